//! Text as text: one element for each line, with its content in logical order.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::ops::Range;

use egui::{Align, Color32};
use unicode_bidi::{BidiClass, bidi_class};

use crate::scene::TextNode;
use crate::scene::text::{FontIndex, FontSet, TextLine};

use super::super::page_setup::TextAs;
use super::line::{Line, Look, extent, trimmed};
use super::{fonts, outline, xml};

/// Starts an embedding from right to left, which ends at [`END`].
const RIGHT_TO_LEFT: &str = "\u{202b}";
/// Ends the embedding of [`RIGHT_TO_LEFT`].
const END: &str = "\u{202c}";

/// Writes the texts of a document, and records the characters needed from each font.
pub struct TextWriter<'f> {
    fonts: &'f FontSet,
    text: TextAs,
    /// The characters that text elements set in each font.
    characters: BTreeMap<FontIndex, BTreeSet<char>>,
}

impl<'f> TextWriter<'f> {
    /// Creates a writer for texts that were shaped with these fonts.
    pub const fn new(fonts: &'f FontSet, text: TextAs) -> Self {
        Self { fonts, text, characters: BTreeMap::new() }
    }

    /// Returns the characters that text elements set in each font; empty if all text was converted to outlines.
    pub const fn characters(&self) -> &BTreeMap<FontIndex, BTreeSet<char>> {
        &self.characters
    }

    /// Appends the lines of a text.
    ///
    /// Returns `None`, with nothing appended, if its position is not finite.
    pub fn write(&mut self, out: &mut String, node: &TextNode) -> Option<()> {
        if !node.at.is_finite() {
            return None;
        }
        for shaped in &node.layout.lines {
            let Some(line) = Line::new(node, shaped, self.fonts) else { continue };
            if line.pieces.iter().all(|piece| piece.look.color == Color32::TRANSPARENT) {
                continue;
            }
            if self.text == TextAs::Outlines
                && let Some(paths) = outline::paths(node, shaped, self.fonts)
            {
                outline::write(out, &paths, node.layout.text.get(line.range).unwrap_or_default());
                continue;
            }
            for run in &shaped.runs {
                let words = node.layout.text.get(run.range.clone()).unwrap_or_default();
                self.characters.entry(run.font).or_default().extend(words.chars().filter(|c| !c.is_control()));
            }
            self.line(out, node, shaped, &line);
        }
        Some(())
    }

    fn line(&self, out: &mut String, node: &TextNode, shaped: &TextLine, line: &Line) {
        let Some(mut base) = line.pieces.first().map(|piece| piece.look) else { return };
        if line.is_placed {
            // Each piece names its font, except for the first family.
            base.font = None;
        }
        let words = |range: &Range<usize>| node.layout.text.get(range.clone()).unwrap_or_default();
        out.push_str("<text");
        if !line.is_placed {
            hold(out, line, node.anchor, words(&line.range));
        }
        xml::attribute(out, "y", line.baseline);
        xml::attribute(out, "font-size", base.size);
        self.face(out, base, None);
        xml::paint(out, "fill", base.color);
        // Otherwise a viewer collapses repeated spaces.
        if words(&line.range).contains("  ") {
            out.push_str(" xml:space=\"preserve\"");
        }
        out.push('>');
        // The default direction of the page is left to right, so the position of a line is its left end either way.
        let [begins, ends] = if line.right_to_left && !line.is_placed { [RIGHT_TO_LEFT, END] } else { [""; 2] };
        out.push_str(begins);
        for piece in &line.pieces {
            let whole = words(&piece.range);
            if !line.is_placed {
                self.piece(out, piece.look, base, "", whole);
                continue;
            }
            let inner = trimmed(&node.layout.text, piece.range.clone());
            let placed = inner.and_then(|inner| Some((words(&inner), extent(node, shaped, &inner)?)));
            let Some((inner, x)) = placed else {
                xml::escape(out, whole);
                continue;
            };
            // White space has an advance, but is not positioned.
            xml::escape(out, whole.strip_suffix(whole.trim_start()).unwrap_or_default());
            let mut place = String::new();
            xml::attribute(&mut place, "x", x.min);
            let inner = if piece.right_to_left { turned(inner) } else { inner.to_owned() };
            // A viewer moves white space at an end to the right, in either direction of the text.
            let blank = whole.trim_start().strip_prefix(whole.trim()).unwrap_or_default();
            self.piece(out, piece.look, base, &place, &(inner + blank));
        }
        out.push_str(ends);
        out.push_str("</text>\n");
    }

    /// Appends words, as an element of their own if they are positioned or their look differs from the base.
    fn piece(&self, out: &mut String, look: Look, base: Look, place: &str, words: &str) {
        if place.is_empty() && look == base {
            xml::escape(out, words);
            return;
        }
        out.push_str("<tspan");
        out.push_str(place);
        self.face(out, look, Some(base));
        if look.size.to_bits() != base.size.to_bits() {
            xml::attribute(out, "font-size", look.size);
        }
        if look.color != base.color {
            xml::paint(out, "fill", look.color);
        }
        out.push('>');
        xml::escape(out, words);
        out.push_str("</tspan>");
    }

    /// Appends the attributes of a look, except those inherited from the element around it or else from the document.
    fn face(&self, out: &mut String, look: Look, inherits: Option<Look>) {
        if look.font != inherits.and_then(|known| known.font) {
            let named = look.font.and_then(|font| self.fonts.face(font));
            let families = match (named, self.fonts.faces().next()) {
                (Some(face), Some((_, first))) => {
                    format!("{}, {}, sans-serif", fonts::css_name(&face.family), fonts::css_name(&first.family))
                }
                _ => fonts::css_families(self.fonts),
            };
            xml::text_attribute(out, "font-family", &families);
        }
        if look.bold != inherits.is_some_and(|known| known.bold) {
            let _ = write!(out, " font-weight=\"{}\"", if look.bold { 700 } else { 400 });
        }
        if look.oblique != inherits.is_some_and(|known| known.oblique) {
            let _ = write!(out, " font-style=\"{}\"", if look.oblique { "oblique" } else { "normal" });
        }
    }
}

/// Appends the anchor of a line, for viewers that set it in another font, and the length that it then has.
fn hold(out: &mut String, line: &Line, anchor: Align, words: &str) {
    let (x, name) = match anchor {
        Align::Min => (line.x.min, ""),
        Align::Center => (line.x.center(), "middle"),
        Align::Max => (line.x.max, "end"),
    };
    xml::attribute(out, "x", x);
    if !name.is_empty() {
        xml::text_attribute(out, "text-anchor", name);
    }
    let has_letters_to_space = words.chars().nth(1).is_some();
    if line.is_plain() && has_letters_to_space && line.x.span() > 0.0 {
        xml::attribute(out, "textLength", line.x.span());
        out.push_str(" lengthAdjust=\"spacingAndGlyphs\"");
    }
}

/// Returns words from right to left, embedded explicitly unless their direction follows from their letters.
fn turned(words: &str) -> String {
    // Letters alone need no control characters, which would interfere with searching the file.
    let is_clear = |c: char| matches!(bidi_class(c), BidiClass::R | BidiClass::AL | BidiClass::NSM);
    if words.chars().all(is_clear) { words.to_owned() } else { embedded(words) }
}

/// Returns words embedded from right to left.
fn embedded(words: &str) -> String {
    format!("{RIGHT_TO_LEFT}{words}{END}")
}
