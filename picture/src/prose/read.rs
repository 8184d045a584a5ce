//! `CommonMark` -> blocks of text, with the HTML in it.
//!
//! HTML is no part of a description's look: a tag for a look of text gives that look, a tag of a block begins
//! one, and any other is left out and its words stay. Nothing is fetched; an image is its alternative text.

use std::rc::Rc;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::timeline::is_web_or_mail;

use super::block::{Block, Kind, Look, Span};
use super::html::{self, Piece};

/// The blocks of a text.
#[must_use]
pub fn read(text: &str) -> Vec<Block> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_DEFINITION_LIST;
    let mut reader = Reader::default();
    // An HTML block comes line by line; its tags may be longer than a line.
    let mut source = String::new();
    for event in Parser::new_ext(text, options) {
        if let Event::Html(line) = event {
            source.push_str(&line);
            continue;
        }
        reader.html(&std::mem::take(&mut source));
        reader.event(event);
    }
    reader.html(&source);
    reader.close();
    reader.blocks
}

#[derive(Default)]
struct Reader {
    blocks: Vec<Block>,
    /// The block that words go to.
    open: Option<Block>,
    /// The looks of what is open in the `CommonMark`, the innermost last.
    looks: Vec<Look>,
    /// The looks of open HTML tags with their names.
    tags: Vec<(String, Look)>,
    /// The next number of each open list; `None` if it has bullets.
    lists: Vec<Option<u64>>,
    quotes: usize,
    /// The bullet or number of the item that has begun.
    mark: Option<String>,
    /// What the next block is.
    kind: Kind,
    /// Where the words of each open image begin, with its address.
    images: Vec<(usize, String)>,
    /// The name of an HTML element whose content is not text.
    skipped: Option<String>,
}

impl Reader {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            // Mathematics is not asked for.
            Event::Text(words) | Event::InlineMath(words) | Event::DisplayMath(words) => self.words(&words),
            Event::Code(words) => {
                let look = Look { code: true, ..self.look() };
                self.span(&words, look);
            }
            Event::Html(source) | Event::InlineHtml(source) => self.html(&source),
            Event::SoftBreak => self.words(" "),
            Event::HardBreak => self.words("\n"),
            Event::Rule => {
                self.close();
                self.blocks.push(Block { kind: Kind::Rule, quotes: self.quotes, ..Block::default() });
            }
            Event::FootnoteReference(name) => self.words(&format!("[{name}]")),
            Event::TaskListMarker(done) => self.mark = Some(if done { "[×]" } else { "[ ]" }.to_owned()),
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        let look = self.looks.last().cloned().unwrap_or_default();
        match tag {
            Tag::Heading { level, .. } => self.begin(Kind::Heading(level as u8)),
            Tag::CodeBlock(_) => self.begin(Kind::Code),
            Tag::Paragraph | Tag::HtmlBlock | Tag::MetadataBlock(_) | Tag::Table(_) | Tag::DefinitionList => {
                self.close();
            }
            Tag::BlockQuote(_) => {
                self.close();
                self.quotes += 1;
            }
            Tag::List(first) => {
                self.close();
                self.lists.push(first);
            }
            Tag::Item => self.item(),
            Tag::FootnoteDefinition(name) => {
                self.close();
                self.lists.push(None);
                self.mark = Some(format!("[{name}]"));
            }
            Tag::DefinitionListTitle => {
                self.close();
                self.looks.push(Look { bold: true, ..look });
            }
            Tag::DefinitionListDefinition => {
                self.close();
                self.lists.push(None);
            }
            Tag::TableHead => {
                self.begin(Kind::Row(Vec::new()));
                self.looks.push(Look { bold: true, ..look });
            }
            Tag::TableRow => self.begin(Kind::Row(Vec::new())),
            Tag::TableCell => {
                if let Kind::Row(cells) = &mut self.block().kind {
                    cells.push(Vec::new());
                }
            }
            Tag::Emphasis => self.looks.push(Look { italic: true, ..look }),
            Tag::Strong => self.looks.push(Look { bold: true, ..look }),
            Tag::Strikethrough => self.looks.push(Look { struck: true, ..look }),
            Tag::Superscript => self.looks.push(Look { raised: 1, ..look }),
            Tag::Subscript => self.looks.push(Look { raised: -1, ..look }),
            Tag::Link { dest_url, .. } => self.looks.push(Look { link: address(&dest_url), ..look }),
            Tag::Image { dest_url, .. } => self.image(&dest_url, &look),
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link => drop(self.looks.pop()),
            TagEnd::Image => self.end_image(),
            TagEnd::DefinitionListTitle | TagEnd::TableHead => {
                self.looks.pop();
                self.close();
            }
            TagEnd::BlockQuote(_) => {
                self.close();
                self.quotes = self.quotes.saturating_sub(1);
            }
            TagEnd::List(_) | TagEnd::DefinitionListDefinition | TagEnd::FootnoteDefinition => {
                self.close();
                self.lists.pop();
            }
            TagEnd::TableCell => {}
            _ => self.close(),
        }
    }

    fn item(&mut self) {
        self.close();
        self.mark = Some(match self.lists.last_mut() {
            Some(Some(number)) => {
                *number += 1;
                format!("{}.", *number - 1)
            }
            _ => "•".to_owned(),
        });
    }

    /// Begins an image: its alternative text follows as words.
    fn image(&mut self, url: &str, look: &Look) {
        self.looks.push(Look { link: look.link.clone().or_else(|| address(url)), ..look.clone() });
        self.words("[Image: ");
        let begun = self.block().spans.iter().map(|span| span.text.len()).sum();
        self.images.push((begun, url.to_owned()));
    }

    fn end_image(&mut self) {
        let Some((begun, url)) = self.images.pop() else { return };
        let length: usize = self.block().spans.iter().map(|span| span.text.len()).sum();
        if length == begun {
            // Without words for it, its file says most.
            let name = url.rsplit('/').find(|part| !part.is_empty()).unwrap_or("without a name").to_owned();
            self.words(&name);
        }
        self.words("]");
        self.looks.pop();
    }

    fn html(&mut self, source: &str) {
        for piece in html::pieces(source) {
            if let Some(skipped) = &self.skipped {
                if matches!(&piece, Piece::Close(name) if name == skipped) {
                    self.skipped = None;
                }
                continue;
            }
            match piece {
                Piece::Text(words) => {
                    let words = crate::layout::one_line(&words).into_owned();
                    if !words.is_empty() {
                        self.words(&words);
                    }
                }
                Piece::Open(tag) => self.open_tag(&tag),
                Piece::Close(name) => {
                    if let Some(at) = self.tags.iter().rposition(|(open, _)| *open == name) {
                        self.tags.truncate(at);
                    } else if html::is_block(&name) {
                        self.close();
                    }
                }
            }
        }
    }

    fn open_tag(&mut self, tag: &html::Tag<'_>) {
        let look = self.look();
        let look = match tag.name.as_str() {
            "a" => Look { link: tag.attribute("href").and_then(|url| address(&url)), ..look },
            "br" => return self.words("\n"),
            "img" => {
                self.image(&tag.attribute("src").unwrap_or_default(), &look);
                self.words(&tag.attribute("alt").unwrap_or_default());
                return self.end_image();
            }
            "script" | "style" | "template" => {
                self.skipped = Some(tag.name.clone());
                return;
            }
            "li" => {
                self.close();
                self.mark = Some("•".to_owned());
                return;
            }
            name if html::is_block(name) => return self.close(),
            name => match html::look(name, &look) {
                Some(look) => look,
                None => return,
            },
        };
        self.tags.push((tag.name.clone(), look));
    }

    /// The look of the next words.
    fn look(&self) -> Look {
        let own = self.looks.last().cloned().unwrap_or_default();
        let Some((_, tag)) = self.tags.last() else { return own };
        Look {
            bold: own.bold || tag.bold,
            italic: own.italic || tag.italic,
            code: own.code || tag.code,
            struck: own.struck || tag.struck,
            raised: if own.raised == 0 { tag.raised } else { own.raised },
            link: own.link.or_else(|| tag.link.clone()),
        }
    }

    fn words(&mut self, words: &str) {
        let look = self.look();
        self.span(words, look);
    }

    fn span(&mut self, words: &str, look: Look) {
        let block = self.block();
        let spans = match &mut block.kind {
            Kind::Row(cells) => match cells.last_mut() {
                Some(cell) => cell,
                None => return,
            },
            _ => &mut block.spans,
        };
        match spans.last_mut().filter(|last| last.look == look) {
            Some(last) => last.text.push_str(words),
            None => spans.push(Span { text: words.to_owned(), look }),
        }
    }

    /// The block that words go to, begun where there is none.
    fn block(&mut self) -> &mut Block {
        let begun = || Block {
            kind: std::mem::take(&mut self.kind),
            spans: Vec::new(),
            depth: self.lists.len(),
            quotes: self.quotes,
            mark: self.mark.take(),
        };
        self.open.get_or_insert_with(begun)
    }

    fn begin(&mut self, kind: Kind) {
        self.close();
        self.kind = kind;
    }

    /// Ends the block that is open; unclosed tags end with it.
    fn close(&mut self) {
        self.tags.clear();
        self.kind = Kind::Paragraph;
        let Some(mut block) = self.open.take() else { return };
        if let Some(last) = block.spans.last_mut() {
            last.text.truncate(last.text.trim_end_matches(['\n', ' ']).len());
        }
        let is_blank = block.spans.iter().all(|span| span.text.trim().is_empty());
        if !is_blank || block.mark.is_some() || matches!(block.kind, Kind::Row(_)) {
            self.blocks.push(block);
        }
    }
}

/// An address that may be opened. Returns `None` for any other, which is no link.
pub(super) fn address(url: &str) -> Option<Rc<str>> {
    is_web_or_mail(url).then(|| Rc::from(url))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The spans of a look as `CommonMark` would have them, each block on a line.
    fn shown(blocks: &[Block]) -> String {
        let span = |span: &Span| {
            let Look { bold, italic, code, struck, raised, link } = &span.look;
            let mut words = span.text.replace('\n', "⏎");
            for (is, sign) in [(*code, "`"), (*struck, "~"), (*italic, "*"), (*bold, "**"), (*raised != 0, "^")] {
                if is {
                    words = format!("{sign}{words}{sign}");
                }
            }
            link.as_ref().map_or(words.clone(), |url| format!("[{words}]({url})"))
        };
        let spans = |spans: &[Span]| spans.iter().map(span).collect::<String>();
        let block = |block: &Block| {
            let mark = block.mark.as_ref().map(|mark| format!("{mark} ")).unwrap_or_default();
            let words = match &block.kind {
                Kind::Paragraph => spans(&block.spans),
                Kind::Heading(level) => format!("h{level} {}", spans(&block.spans)),
                Kind::Code => format!("code {}", spans(&block.spans)),
                Kind::Rule => "rule".to_owned(),
                Kind::Row(cells) => cells.iter().map(|cell| spans(cell)).collect::<Vec<_>>().join(" | "),
            };
            format!("{}{}{mark}{words}", ">".repeat(block.quotes), " ".repeat(block.depth))
        };
        blocks.iter().map(block).collect::<Vec<_>>().join("\n")
    }

    fn check(text: &str, expect: &str) {
        assert_eq!(shown(&read(text)), expect, "{text:?}");
    }

    #[test]
    fn blocks_and_looks_of_commonmark() {
        check("", "");
        check("Plain *it* **bo** ***both*** `co` ~~no~~", "Plain *it* **bo** ***both*** `co` ~no~");
        check("One\ntwo  \nthree\n\nfour", "One two⏎three\nfour");
        check("# Head\ntext\n\n---\n> said\n", "h1 Head\ntext\nrule\n>said");
        check("- a\n- b\n  1. c\n  2. d\n\nend", " • a\n • b\n  1. c\n  2. d\nend");
        check("- [x] done\n- [ ] not", " [×] done\n [ ] not");
        check("```\nlet a;\n  b\n```", "code let a;⏎  b");
        check("|a|b|\n|-|-|\n|1|**2**|", "**a** | **b**\n1 | **2**");
        check(
            "[the page](https://e.org/) <https://f.org/>",
            "[the page](https://e.org/) [https://f.org/](https://f.org/)",
        );
        check("[no link](file.txt) [js](javascript:x)", "no link js");
        check("a[^1]\n\n[^1]: note", "a[1]\n [1] note");
    }

    #[test]
    fn images_are_their_words() {
        check(
            "See ![A picture of it](https://e.org/x.jpg) there",
            "See [[Image: A picture of it]](https://e.org/x.jpg) there",
        );
        check("![](https://e.org/map.png)", "[[Image: map.png]](https://e.org/map.png)");
        check("<img src='https://e.org/x.jpg' alt=\"A map\">", "[[Image: A map]](https://e.org/x.jpg)");
    }

    #[test]
    fn html_is_what_it_means_or_left_out() {
        check("a <b>bold</b> <em>it</em> <span class='x'>plain</span>", "a **bold** *it* plain");
        check("1 < 2 &amp; 3 > 2", "1 < 2 & 3 > 2");
        check("H<sub>2</sub>O, 1<sup>st</sup><br>next", "H^2^O, 1^st^⏎next");
        check("<a href=\"https://e.org/?a=1&amp;b=2\">page</a>", "[page](https://e.org/?a=1&b=2)");
        check("<div>\nOne &lt; two\n<p>Three</p></div>\n\nfour", "One < two\nThree\nfour");
        check("<!-- hidden --> a\n\n<script>\nalert(1)\n</script>\n\nb", "a\nb");
        check("<b>not closed\n\nnext", "**not closed**\nnext");
        check("**<i>both</i>** </b>", "***both***");
        check("<ul><li>One</li><li>Two</li></ul>", "• One\n• Two");
    }
}
