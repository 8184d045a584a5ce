//! Descriptions in `CommonMark`, as paragraphs of the notes.

use std::rc::Rc;

use crate::prose::{self, Kind, Look, Span};
use crate::scene::{Element, ElementKind, ListMarks};

use super::paragraph::{Block, Setter, Tone, Words};

/// How far a list or a quotation is set in, in points.
const STEP: f32 = 14.0;
/// Free space above a paragraph, and above an item of a list, in points.
const ABOVE: [f32; 2] = [4.0, 2.0];

/// Sets a description in a structure element, at a distance from the left edge of the column, in points.
pub(super) fn description(setter: &mut Setter<'_>, text: &str, indent: f32, within: &[Element]) -> Vec<Block> {
    let mut nesting = Nesting { within: within.to_vec(), ..Nesting::default() };
    prose::read(text).iter().map(|block| set(setter, block, indent, &mut nesting)).collect()
}

fn set(setter: &mut Setter<'_>, block: &prose::Block, indent: f32, nesting: &mut Nesting) -> Block {
    let depth = block.depth.max(usize::from(block.mark.is_some()));
    let inside = nesting.enter(setter, block, depth);
    let from = indent + STEP * (depth + block.quotes) as f32;
    let words = words(block);
    let kind = match &block.kind {
        Kind::Heading(level) => {
            // No level is skipped, wherever the text begins.
            nesting.heading = level.saturating_add(1).min(nesting.heading + 1).max(2);
            let title: String = words.iter().map(|words| words.text.as_str()).collect();
            ElementKind::Heading(nesting.heading, title.into())
        }
        Kind::Code => ElementKind::Code,
        Kind::Paragraph | Kind::Rule | Kind::Row(_) => ElementKind::Paragraph,
    };
    let element = setter.element(kind);
    let is_code = block.kind == Kind::Code;
    // Code has a background with a margin.
    let from = if is_code { from + 6.0 } else { from };
    let set = setter.paragraph(&words, from, [inside.as_slice(), &[element]].concat());
    let label = block.mark.as_ref().map(|_| nesting.label(setter));
    let mark = block.mark.as_deref().zip(label).map(|(mark, label)| setter.mark(mark, label));
    let is_next_item = block.depth > 0 && nesting.last_depth > 0;
    nesting.last_depth = block.depth;
    Block {
        mark,
        is_code,
        above: if is_code { 8.0 } else { ABOVE[usize::from(is_next_item)] },
        keeps_next: matches!(block.kind, Kind::Heading(_)),
        bars: (0..block.quotes).map(|quote| indent + 3.0 + STEP * quote as f32).collect(),
        ..set
    }
}

/// The lists and quotations around a block.
#[derive(Default)]
struct Nesting {
    /// The element that contains the description.
    within: Vec<Element>,
    /// The quotations around the last block.
    quotes: Vec<Element>,
    /// The lists around the last block, each with its last item.
    lists: Vec<[Element; 2]>,
    /// The level of the last heading, 0 before the first.
    heading: u8,
    last_depth: usize,
}

impl Nesting {
    /// Moves to the next block. Returns the elements that contain it.
    fn enter(&mut self, setter: &mut Setter<'_>, block: &prose::Block, depth: usize) -> Vec<Element> {
        if self.quotes.len() != block.quotes {
            self.lists.clear();
        }
        self.quotes.truncate(block.quotes);
        while self.quotes.len() < block.quotes {
            self.quotes.push(setter.element(ElementKind::Quote));
        }
        self.lists.truncate(depth);
        while self.lists.len() < depth {
            let is_number = block.mark.as_deref().is_some_and(|mark| mark.starts_with(|c: char| c.is_ascii_digit()));
            let marks = if is_number { ListMarks::Numbers } else { ListMarks::Bullets };
            self.lists.push([setter.element(ElementKind::List(marks)), setter.element(ElementKind::Item)]);
        }
        if let Some([_, item]) = self.lists.last_mut().filter(|_| block.mark.is_some()) {
            *item = setter.element(ElementKind::Item);
        }
        let mut path = self.item();
        if depth > 0 {
            path.push(ElementKind::Body.numbered(0));
        }
        path
    }

    /// Returns the elements around the content of the last item.
    fn item(&self) -> Vec<Element> {
        let mut path = [self.within.as_slice(), self.quotes.as_slice()].concat();
        for (depth, list) in self.lists.iter().enumerate() {
            if depth > 0 {
                path.push(ElementKind::Body.numbered(0));
            }
            path.extend_from_slice(list);
        }
        path
    }

    fn label(&self, setter: &mut Setter<'_>) -> Vec<Element> {
        let label = setter.element(ElementKind::Label);
        [self.item().as_slice(), &[label]].concat()
    }
}

/// Returns the words of a block.
fn words(block: &prose::Block) -> Vec<Words> {
    let bold = matches!(block.kind, Kind::Heading(_));
    let is_block = block.kind == Kind::Code;
    let of = |span: &Span| of_look(span, bold, is_block);
    match &block.kind {
        Kind::Rule => vec![Words { tone: Tone::Muted, ..Words::plain("* * *") }],
        Kind::Row(cells) => {
            let mut row = Vec::new();
            for (number, cell) in cells.iter().enumerate() {
                if number > 0 {
                    row.push(Words::muted(" | "));
                }
                row.extend(cell.iter().map(of));
            }
            row
        }
        _ => block.spans.iter().map(of).collect(),
    }
}

fn of_look(span: &Span, bold: bool, is_block: bool) -> Words {
    let Look { raised, link, .. } = &span.look;
    let text = span.text.replace('\t', "    ").replace('\r', "");
    let text = if *raised == 0 { text } else { raised_words(&text, *raised > 0) };
    let title = || span.text.trim().to_owned();
    Words {
        text,
        bold: bold || span.look.bold,
        oblique: span.look.italic,
        code: span.look.code && !is_block,
        struck: span.look.struck,
        tone: Tone::Ink,
        link: link.as_ref().filter(|_| !span.text.trim().is_empty()).map(|url: &Rc<str>| (url.to_string(), title())),
    }
}

/// Returns figures above or below the line, if the words are only figures and signs: "10³" must not be read as "103".
/// Others stay as they are.
fn raised_words(text: &str, above: bool) -> String {
    const PLAIN: &str = "0123456789+-−=()";
    const ABOVE: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾";
    const BELOW: &str = "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎";
    let to = if above { ABOVE } else { BELOW };
    let of = |c: char| to.chars().nth(PLAIN.chars().position(|plain| plain == c)?);
    text.chars().map(of).collect::<Option<String>>().unwrap_or_else(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::text::{FontSet, TextEngine};

    fn blocks(text: &str) -> Vec<Block> {
        let mut engine = TextEngine::new(FontSet::carried());
        let theme = super::super::super::theme::Theme::print();
        description(&mut Setter::new(&mut engine, &theme, 300.0, 9), text, 26.0, &[])
    }

    /// Returns the structure elements of each block, with the words: "List Item Body Paragraph: a".
    fn structure(text: &str) -> Vec<String> {
        let name = |element: &Element| match &element.kind {
            ElementKind::Heading(level, _) => format!("H{level}"),
            ElementKind::List(_) => "List".to_owned(),
            kind => format!("{kind:?}"),
        };
        let of = |block: &Block| {
            let path: Vec<String> = block.path.iter().map(name).collect();
            format!("{}: {}", path.join(" "), block.text.text)
        };
        blocks(text).iter().map(of).collect()
    }

    #[test]
    fn blocks_have_their_structure() {
        let check = |text: &str, expect: &[&str]| assert_eq!(structure(text), expect, "{text:?}");
        check("One *two*\n\nthree", &["Paragraph: One two", "Paragraph: three"]);
        check(
            "- a\n- b\n  1. c\n\nend",
            &[
                "List Item Body Paragraph: a",
                "List Item Body Paragraph: b",
                "List Item Body List Item Body Paragraph: c",
                "Paragraph: end",
            ],
        );
        check("> said\n\n`x`", &["Quote Paragraph: said", "Paragraph: x"]);
        check("### Deep\n\n# High\n\n#### Deep", &["H2: Deep", "H2: High", "H3: Deep"]);
        check("```\nlet a;\n```", &["Code: let a;"]);
        check("|a|b|\n|-|-|\n|1|2|", &["Paragraph: a | b", "Paragraph: 1 | 2"]);
    }

    #[test]
    fn items_of_a_list_share_it_and_have_marks() {
        let all = blocks("1. a\n2. b\n\ntext\n\n- c");
        let marks: Vec<&str> =
            all.iter().filter_map(|block| block.mark.as_ref()).map(|(mark, _)| &*mark.text).collect();
        assert_eq!(marks, ["1.", "2.", "•"]);
        let [a, b, _, c] = &all[..] else { panic!("{}", all.len()) };
        assert!(a.path[0] == b.path[0] && a.path[1] != b.path[1] && a.path[0] != c.path[0]);
        let (_, label) = a.mark.as_ref().expect("a mark");
        assert_eq!(label[..2], a.path[..2]);
    }

    #[test]
    fn figures_above_the_line_stay_there() {
        assert_eq!(raised_words("-12", true), "⁻¹²");
        assert_eq!(raised_words("2", false), "₂");
        assert_eq!(raised_words("st", true), "st");
    }

    #[test]
    fn looks_are_kept() {
        let [block] = &blocks("a **b** *c* `d` ~~e~~ [f](https://example.org/)")[..] else { panic!("one block") };
        let run = |words: &str| {
            let runs = block.text.runs().find(|run| block.text.text[run.range.clone()].trim() == words);
            runs.unwrap_or_else(|| panic!("{words}"))
        };
        assert!(run("b").bold && run("c").oblique && !run("a").bold && !run("a").oblique);
        let words = |range: &std::ops::Range<usize>| block.text.text[range.clone()].to_owned();
        assert_eq!(block.code.iter().map(words).collect::<String>(), "d");
        assert_eq!(block.struck.iter().map(words).collect::<String>(), "e");
        let [link] = &block.links[..] else { panic!("{:?}", block.links) };
        assert_eq!((words(&link.range).as_str(), link.url.as_str()), ("f", "https://example.org/"));
    }
}
