//! Paragraphs of the notes: words in several looks, set in a column.

use std::ops::Range;
use std::sync::Arc;

use egui::Color32;

use crate::scene::text::{Span, TextEngine, TextLayout, TextStyle};
use crate::scene::{Element, ElementKind, OutlineEntry};

use super::super::theme::Theme;

/// Font size, in points: 9 pt in print.
pub(super) const SIZE: f32 = 12.0;
/// Least width of the number column, in points.
const INDENT: f32 = 26.0;
/// Free space between a number or bullet and its text, in points.
pub(super) const BESIDE_MARK: f32 = 8.0;
/// Free space above a note, in points.
const ABOVE_NOTE: f32 = 7.0;
/// Free space above a heading, in points.
const ABOVE_HEADING: f32 = 16.0;

/// Words in one look.
#[derive(Clone, Debug, Default)]
pub(super) struct Words {
    pub text: String,
    pub bold: bool,
    pub oblique: bool,
    pub code: bool,
    pub struck: bool,
    pub tone: Tone,
    /// The address that they lead to, and the words that describe its target.
    pub link: Option<(String, String)>,
}

/// The colour of words.
#[derive(Clone, Copy, Debug, Default)]
pub(super) enum Tone {
    #[default]
    Ink,
    Muted,
}

impl Words {
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    pub fn bold(text: impl Into<String>) -> Self {
        Self { bold: true, ..Self::plain(text) }
    }

    pub fn muted(text: impl Into<String>) -> Self {
        Self { tone: Tone::Muted, ..Self::plain(text) }
    }
}

/// A link in a paragraph.
#[derive(Clone, Debug)]
pub(super) struct TextLink {
    /// Its range in the text, in bytes.
    pub range: Range<usize>,
    pub url: String,
    pub title: String,
}

/// A paragraph of the notes, broken into lines.
#[derive(Clone, Debug)]
pub struct Block {
    /// The number or bullet before it, with the structure element that contains it.
    pub(super) mark: Option<(Arc<TextLayout>, Arc<[Element]>)>,
    pub(super) text: Arc<TextLayout>,
    /// Distance of the text from the left edge of the column, in points.
    pub(super) indent: f32,
    /// Free space above it, unless it is at the top of a column, in points.
    pub(super) above: f32,
    pub(super) links: Vec<TextLink>,
    /// The ranges of code in the text.
    pub(super) code: Vec<Range<usize>>,
    /// The ranges of struck words.
    pub(super) struck: Vec<Range<usize>>,
    /// Whether it is a block of code.
    pub(super) is_code: bool,
    /// The distances of the bars of quotations from the left edge of the column, in points.
    pub(super) bars: Vec<f32>,
    /// Whether it must be in the same column as the beginning of the next block.
    pub(super) keeps_next: bool,
    /// The structure element that it is.
    pub(super) path: Arc<[Element]>,
    pub(super) outline: Option<OutlineEntry>,
}

/// Sets text in a column.
pub(super) struct Setter<'a> {
    text: &'a mut TextEngine,
    theme: &'a Theme,
    /// Width of the column, in points.
    column: f32,
    /// Width of the number column, in points.
    pub indent: f32,
    /// The number of structure elements so far.
    elements: usize,
}

impl<'a> Setter<'a> {
    /// Creates a setter of notes that are numbered up to `last`.
    pub fn new(text: &'a mut TextEngine, theme: &'a Theme, column: f32, last: usize) -> Self {
        let number = text.line(&last.to_string(), TextStyle { size: SIZE, bold: true }, f32::INFINITY);
        let indent = (number.size.x + BESIDE_MARK).ceil().max(INDENT);
        Self { text, theme, column, indent, elements: 0 }
    }

    /// Returns a new structure element of a kind.
    pub fn element(&mut self, kind: ElementKind) -> Element {
        self.elements += 1;
        kind.numbered(self.elements)
    }

    /// Sets a paragraph at a distance from the left edge of the column, in points.
    pub fn paragraph(&mut self, words: &[Words], indent: f32, path: Vec<Element>) -> Block {
        let color = |words: &Words| match (words.tone, &words.link) {
            (_, Some(_)) => self.theme.accent,
            (Tone::Muted, None) => self.theme.muted,
            (Tone::Ink, None) => self.theme.ink,
        };
        let span = |words: &'_ Words| (words.bold, words.oblique, color(words));
        let looks: Vec<(bool, bool, Color32)> = words.iter().map(span).collect();
        let spans = words.iter().zip(looks);
        let spans: Vec<Span<'_>> = spans
            .map(|(words, (bold, oblique, color))| Span { text: &words.text, bold, oblique, color: Some(color) })
            .collect();
        let text = Arc::new(self.text.paragraph(&spans, SIZE, self.column - indent, usize::MAX, None));
        let mut block = Block {
            mark: None,
            text,
            indent,
            above: 0.0,
            links: Vec::new(),
            code: Vec::new(),
            struck: Vec::new(),
            is_code: false,
            bars: Vec::new(),
            keeps_next: false,
            path: path.into(),
            outline: None,
        };
        let mut from = 0;
        for words in words {
            let range = from..from + words.text.len();
            from = range.end;
            if let Some((url, title)) = &words.link {
                block.links.push(TextLink { range: range.clone(), url: url.clone(), title: title.clone() });
            }
            if words.code {
                block.code.push(range.clone());
            }
            if words.struck {
                block.struck.push(range);
            }
        }
        block
    }

    /// Sets a number or bullet.
    pub fn mark(&mut self, words: &str, path: Vec<Element>) -> (Arc<TextLayout>, Arc<[Element]>) {
        let style = TextStyle { size: SIZE, bold: true };
        (self.text.line(words, style, f32::INFINITY), path.into())
    }

    /// Sets the heading of a section.
    pub fn heading(&mut self, words: &str) -> Block {
        let element = self.element(ElementKind::Heading(1, words.into()));
        let outline = OutlineEntry { level: 1, title: words.to_owned() };
        let heading = self.paragraph(&[Words::bold(words)], 0.0, vec![element]);
        Block { above: ABOVE_HEADING, keeps_next: true, outline: Some(outline), ..heading }
    }

    /// Sets the first paragraph of a note: a title with its qualification.
    pub fn title(&mut self, words: &[Words], path: Vec<Element>) -> Block {
        Block { above: ABOVE_NOTE, ..self.paragraph(words, self.indent, path) }
    }
}
