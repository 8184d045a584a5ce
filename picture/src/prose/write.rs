//! Blocks of words -> `CommonMark`.

use std::fmt::Write as _;
use std::rc::Rc;

use super::block::{Block, Kind, Look, Span};
use super::read::{address, read};

/// Returns blocks as `CommonMark`. Words mean themselves when it is read: signs are escaped where they would not. A look
/// that cannot be written beside the words around it is left out.
#[must_use]
pub fn write(blocks: &[Block]) -> String {
    let mut text = String::new();
    let mut before: Option<&Block> = None;
    // The width of the bullets and numbers of the lists that the block before is in.
    let mut indents: Vec<usize> = Vec::new();
    for block in blocks {
        let is_item = block.mark.is_some();
        let is_after_item = indents.iter().sum::<usize>() > 0;
        if before.is_some_and(|before| before.quotes != block.quotes) {
            // A quotation has lists of its own.
            indents.clear();
        }
        indents.resize(block.depth, 0);
        let quotes = "> ".repeat(block.quotes);
        if let Some(before) = before {
            let begins_elsewhere = block.depth > before.depth
                && block.mark.as_ref().is_some_and(|mark| mark.ends_with('.') && mark != "1.");
            let is_tight = is_item && is_after_item && before.quotes == block.quotes && !begins_elsewhere;
            if !is_tight {
                text.push_str("> ".repeat(block.quotes.min(before.quotes)).trim_end());
                text.push('\n');
            }
        }
        let mark = match &block.mark {
            Some(mark) if mark.ends_with('.') => format!("{mark} "),
            Some(_) => "- ".to_owned(),
            None => String::new(),
        };
        let outer = block.depth.saturating_sub(usize::from(is_item));
        let mut first = quotes.clone() + &" ".repeat(indents.iter().take(outer).sum());
        if let Some(width) = indents.last_mut().filter(|_| is_item) {
            *width = mark.len();
        }
        let indent = quotes + &" ".repeat(indents.iter().sum());
        first.push_str(&mark);
        for (number, line) in within(block).lines().enumerate() {
            text.push_str(if number == 0 { &first } else { &indent });
            text.push_str(line);
            text.truncate(text.trim_end_matches(' ').len());
            text.push('\n');
        }
        before = Some(block);
    }
    text.truncate(text.trim_end().len());
    text
}

/// Returns the words of blocks on one line, without their looks.
#[must_use]
pub fn words(blocks: &[Block]) -> String {
    let mut words = String::new();
    for block in blocks {
        for span in &block.spans {
            words.push_str(&span.text);
        }
        words.push(' ');
    }
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns a block without what is around it.
fn within(block: &Block) -> String {
    match &block.kind {
        Kind::Rule => return "---".to_owned(),
        Kind::Code => return fenced(&block.spans),
        Kind::Paragraph | Kind::Heading(_) | Kind::Row(_) => {}
    }
    let lines = |text: String| match block.kind {
        Kind::Heading(level) => {
            format!("{} {}", "#".repeat(usize::from(level.clamp(1, 6))), text.replace("\\\n", " "))
        }
        _ => text,
    };
    let link = |look: &Look| look.link.as_deref().map(|url| Rc::from(safe(url)));
    let spans = tidy(&block.spans, |look| Look { link: link(look), ..look.clone() });
    let plain = tidy(&block.spans, |look| Look { link: link(look), ..Look::default() });
    for (spans, escape) in [(&spans, false), (&spans, true), (&plain, true)] {
        let text = lines(marked(spans, if escape { escaped } else { as_it_is }));
        if is_read_as(&text, &block.kind, spans) {
            return text;
        }
    }
    let bare = tidy(&block.spans, |_| Look::default());
    lines(marked(&bare, wholly_escaped))
}

/// Returns whether a text is read as a block of these words.
fn is_read_as(text: &str, kind: &Kind, spans: &[Span]) -> bool {
    let is_heading = matches!(kind, Kind::Heading(_));
    let expect = tidy(spans, |look| Look { link: look.link.as_deref().and_then(address), ..look.clone() });
    let expect: Vec<Span> = expect
        .into_iter()
        .map(|span| Span { text: if is_heading { span.text.replace('\n', " ") } else { span.text }, ..span })
        .collect();
    match read(text).as_slice() {
        [found] => {
            (found.kind == *kind || !is_heading && found.kind == Kind::Paragraph)
                && found.depth == 0
                && found.quotes == 0
                && found.mark.is_none()
                && found.spans == expect
        }
        _ => false,
    }
}

/// Returns spans with looks changed: no two beside each other look the same, and spaces at the ends of one have only what
/// it has in common with what is beside them, as a mark must stand beside a word.
fn tidy(spans: &[Span], look: impl Fn(&Look) -> Look) -> Vec<Span> {
    let mut tidy: Vec<Span> = Vec::new();
    let mut push = |text: &str, look: Look| {
        if text.is_empty() {
            return;
        }
        match tidy.last_mut().filter(|last| last.look == look) {
            Some(last) => last.text.push_str(text),
            None => tidy.push(Span { text: text.to_owned(), look }),
        }
    };
    let has_words = |span: &&Span| !span.text.trim().is_empty();
    let mut words = spans.iter().filter(has_words).map(|span| look(&span.look)).peekable();
    let mut before = Look::default();
    for span in spans {
        let within = span.text.trim();
        if within.is_empty() {
            push(&span.text, common(&before, words.peek()));
            continue;
        }
        let Some(look) = words.next() else { break };
        let begin = span.text.len() - span.text.trim_start().len();
        push(span.text.get(..begin).unwrap_or_default(), common(&before, Some(&look)));
        push(within, look.clone());
        push(span.text.get(begin + within.len()..).unwrap_or_default(), common(&look, words.peek()));
        before = look;
    }
    tidy
}

/// Returns what two looks have in common.
fn common(one: &Look, other: Option<&Look>) -> Look {
    let Some(other) = other else { return Look::default() };
    Look {
        bold: one.bold && other.bold,
        italic: one.italic && other.italic,
        code: one.code && other.code,
        struck: one.struck && other.struck,
        raised: if one.raised == other.raised { one.raised } else { 0 },
        link: one.link.clone().filter(|link| other.link.as_ref() == Some(link)),
    }
}

fn fenced(spans: &[Span]) -> String {
    let code: String = spans.iter().map(|span| span.text.as_str()).collect();
    let fence = "`".repeat(longest_run(&code, '`').max(2) + 1);
    format!("{fence}\n{code}\n{fence}")
}

fn longest_run(text: &str, sign: char) -> usize {
    let mut run = 0;
    let mut longest = 0;
    for c in text.chars() {
        run = if c == sign { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    longest
}

/// A mark around words of a look, from the outside in.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Mark {
    Link(String),
    Around(&'static str),
    Raised(bool),
}

impl Mark {
    fn open(&self) -> String {
        match self {
            Self::Link(_) => "[".to_owned(),
            Self::Around(sign) => (*sign).to_owned(),
            Self::Raised(up) => if *up { "<sup>" } else { "<sub>" }.to_owned(),
        }
    }

    fn close(&self) -> String {
        match self {
            Self::Link(url) => format!("]({})", destination(url)),
            Self::Around(sign) => (*sign).to_owned(),
            Self::Raised(up) => if *up { "</sup>" } else { "</sub>" }.to_owned(),
        }
    }
}

fn marks(look: &Look) -> Vec<Mark> {
    let around = |is: bool, sign| is.then_some(Mark::Around(sign));
    let raised = (look.raised != 0).then_some(Mark::Raised(look.raised > 0));
    look.link
        .as_ref()
        .map(|url| Mark::Link(url.to_string()))
        .into_iter()
        .chain(around(look.bold, "**"))
        .chain(around(look.italic, "*"))
        .chain(around(look.struck, "~~"))
        .chain(raised)
        .collect()
}

/// Returns an address without what would end it, or be read as something else.
fn safe(url: &str) -> String {
    let mut safe = String::with_capacity(url.len());
    for c in url.chars() {
        match c {
            ' ' | '<' | '>' | '\\' | '(' | ')' | '`' => {
                // Writing to a string does not fail.
                let _ = write!(safe, "%{:02X}", u32::from(c));
            }
            c if c.is_control() || c.is_whitespace() => {}
            c => safe.push(c),
        }
    }
    safe
}

/// Returns a safe address as the destination of a link, in which an entity would be a character.
fn destination(url: &str) -> String {
    if url.contains(';') { url.replace('&', "&amp;") } else { url.to_owned() }
}

/// Returns words with the marks of their looks.
fn marked(spans: &[Span], escape: fn(&str, &mut String)) -> String {
    let mut text = String::new();
    let mut open: Vec<Mark> = Vec::new();
    for span in spans {
        let wanted = marks(&span.look);
        let same = open.iter().zip(&wanted).take_while(|(open, wanted)| open == wanted).count();
        for mark in open.drain(same..).rev() {
            text.push_str(&mark.close());
        }
        for mark in wanted.into_iter().skip(same) {
            // An exclamation mark before a link would make it an image.
            if matches!(mark, Mark::Link(_)) && text.ends_with('!') && !text.ends_with("\\!") {
                text.insert(text.len() - 1, '\\');
            }
            text.push_str(&mark.open());
            open.push(mark);
        }
        if span.look.code {
            text.push_str(&code(&span.text));
        } else {
            escape(&span.text, &mut text);
        }
    }
    for mark in open.drain(..).rev() {
        text.push_str(&mark.close());
    }
    text
}

fn code(words: &str) -> String {
    let words = words.replace('\n', " ");
    let fence = "`".repeat(longest_run(&words, '`') + 1);
    let space = if words.starts_with(['`', ' ']) || words.ends_with(['`', ' ']) { " " } else { "" };
    format!("{fence}{space}{words}{space}{fence}")
}

fn as_it_is(words: &str, text: &mut String) {
    text.push_str(&words.replace('\n', "\\\n"));
}

/// Adds words whose signs are escaped where they may mean something.
fn escaped(words: &str, text: &mut String) {
    let mut after = words.chars().peekable();
    while let Some(c) = after.next() {
        let next = after.peek().copied();
        let is_first = text.is_empty() || text.ends_with('\n');
        let is_between_spaces = text.ends_with(char::is_whitespace) && next.is_some_and(char::is_whitespace);
        let is_within_word = text.ends_with(char::is_alphanumeric) && next.is_some_and(char::is_alphanumeric);
        // A number before a full stop at the beginning of a line.
        let is_number = || {
            let line = text.rsplit('\n').next().unwrap_or_default();
            !line.is_empty() && line.len() <= 9 && line.bytes().all(|b| b.is_ascii_digit())
        };
        let needs = match c {
            '\n' => {
                text.push_str("\\\n");
                continue;
            }
            '\\' | '`' | '[' | ']' => true,
            '*' | '~' => is_first || !is_between_spaces,
            '_' => is_first || !is_between_spaces && !is_within_word,
            '<' => next.is_some_and(|next| next.is_ascii_alphabetic() || matches!(next, '/' | '!' | '?')),
            '&' => {
                let mut name = after.clone().take(32).skip_while(|c| c.is_ascii_alphanumeric() || *c == '#');
                name.next() == Some(';')
            }
            '#' | '+' | '-' | '>' | '=' | ':' | '|' => is_first,
            '.' | ')' => is_number(),
            _ => false,
        };
        if needs {
            text.push('\\');
        }
        text.push(c);
    }
}

/// Adds words with every sign escaped that can be.
fn wholly_escaped(words: &str, text: &mut String) {
    for c in words.chars() {
        if c.is_ascii_punctuation() || c == '\n' {
            text.push('\\');
        }
        text.push(c);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::elements::from_html;
    use super::*;

    #[test]
    fn html_becomes_commonmark() {
        let check = |html: &str, expect: &str| assert_eq!(write(&from_html(html).blocks), expect, "{html}");
        check("", "");
        check("  One\n  two <b>bold </b>and <i>it</i>  ", "One two **bold** and *it*");
        check("<p>One</p><p>Two<br>three<br/><br>four", "One\n\nTwo\\\nthree\n\nfour");
        check("<ul><li>a</li><li>b<ol start=3><li>c<li>d</ol></ul>end", "- a\n- b\n\n  3. c\n  4. d\n\nend");
        check("<h2>Head</h2>text<hr>more", "## Head\n\ntext\n\n---\n\nmore");
        check("<blockquote>said <cite>by her</cite><p>again</blockquote>end", "> said *by her*\n>\n> again\n\nend");
        check("<a href='https://e.org/a b?x=(1)'>the <b>page</b></a>", "[the **page**](https://e.org/a%20b?x=%281%29)");
        check("<a href='/wiki/Bonn'>Bonn</a> <a>plain</a> <a name=x>x", "[Bonn](/wiki/Bonn) plain x");
        check("Wow!<a href='https://e.org/?a&amp;b'>page</a>", "Wow\\![page](https://e.org/?a&b)");
        check("H<sub>2</sub>O <s>no</s> <code>a`b</code>", "H<sub>2</sub>O ~~no~~ ``a`b``");
        check(
            "<table><tr><th>Year<th>Name</tr><tr><td>1965<td><p>Bonn</p></table>after",
            "Year | Name\\\n1965 | Bonn\n\nafter",
        );
        check("<pre>let a;\n  b</pre>", "```\nlet a;\n  b\n```");
        check("a<script>x<y</script>b<style>p</style>c<iframe src=x></iframe>d<iframe>e", "abcde");
        check("AT&amp;T &lt;b&gt; caf&eacute; &amp;amp; 5 < 6", "AT&T \\<b> café \\&amp; 5 < 6");
        check("a_b 2 * 3 [1] #x *no* _no_ <me@e.org>", "a_b 2 * 3 \\[1\\] #x \\*no\\* \\_no\\_ \\<me@e.org>");
        check("1848. A year", "1848\\. A year");
        check("<p>- not<br># a<br>&gt; list", "\\- not\\\n\\# a\\\n\\> list");
        check("a<b>\"b\"</b>c", "a\"b\"c");
        check("</b></ul></blockquote></table></p>x</a>", "x");
    }

    #[test]
    fn media_and_programs_are_set_apart() {
        let html =
            from_html("a<img src='https://e.org/x.jpg' alt='A  map'><script>x</script><img src=data:image/png,x>");
        assert_eq!(html.media, [["https://e.org/x.jpg".to_owned(), "A map".to_owned()]]);
        assert_eq!(html.dropped, ["script", "img within the text"]);
    }

    #[test]
    fn hostile_html_is_bounded() {
        let begun = std::time::Instant::now();
        for part in [
            "<b>",
            "<ul>",
            "<blockquote>a<br>",
            "<ul><li>a",
            "<iframe>",
            "</p>",
            "<table>",
            "*",
            "[",
            "<a href=x>y",
            "> ",
        ] {
            let html = part.repeat(40_000);
            let text = write(&from_html(&html).blocks);
            assert!(text.len() <= html.len() * 12 + 64, "{part}: {} of {}", text.len(), html.len());
        }
        assert!(begun.elapsed().as_secs() < 30, "{:?}", begun.elapsed());
    }

    fn plain(text: &str) -> Vec<Block> {
        let spans = vec![Span { text: text.to_owned(), look: Look::default() }];
        vec![Block { spans, ..Block::default() }]
    }

    proptest! {
        /// Words mean themselves.
        #[test]
        fn words_are_read_back(text in r"([a-c1é ]|[-*_~\[\]()<>&#+.:|`!\\=;/]|\n){0,40}") {
            let line = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
            let lines: Vec<String> = text.lines().map(line).filter(|line| !line.is_empty()).collect();
            let text = lines.join("\n");
            let written = write(&plain(&text));
            let again: Vec<String> = read(&written).iter().flat_map(|block| &block.spans).map(|span| span.text.clone()).collect();
            prop_assert_eq!(again.concat(), text, "{}", written);
        }

        /// Words of HTML are all there, in their order.
        #[test]
        fn no_word_of_html_is_lost(
            parts in prop::collection::vec(prop_oneof![
                "[a-d*_\\[`1.]{1,3} ?",
                prop::sample::select(vec!["<b>", "</b>", "<i>", "</i>", "<p>", "</p>", "<br>", "<ul>", "</ul>", "<ol>", "<li>",
                    "<blockquote>", "</blockquote>", "<h2>", "</h2>", "<a href='https://e.org/'>", "</a>", "<code>", "</code>",
                    "<sup>", "</sup>", "<table>", "<tr>", "<td>", "</table>", "<hr>"]).prop_map(str::to_owned),
            ], 0..24),
        ) {
            let html = parts.concat();
            let blocks = from_html(&html).blocks;
            let written = write(&blocks);
            let letters = |words: String| words.chars().filter(|c| !c.is_whitespace() && *c != '|').collect::<String>();
            prop_assert_eq!(letters(words(&read(&written))), letters(words(&blocks)), "{} -> {}", html, written);
        }
    }
}
