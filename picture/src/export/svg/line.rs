//! A line of shaped text in logical order, in parts of one look.

use std::ops::Range;

use egui::{Color32, Rangef};
use unicode_bidi::{Direction, get_base_direction};

use crate::scene::TextNode;
use crate::scene::text::{FontIndex, FontSet, GlyphRun, TextLine};
use crate::sorting;

use super::super::fonts::is_ignorable;

/// The style of a part of a text, as written to the file.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Look {
    /// Size of the font, in points.
    pub size: f32,
    /// Whether it is bold.
    pub bold: bool,
    /// Whether it is slanted.
    pub oblique: bool,
    /// Its colour.
    pub color: Color32,
    /// The font whose family must be named, because a viewer might choose another from the list.
    pub font: Option<FontIndex>,
}

/// A part of a line in one look and, unless the viewer orders them, in one direction.
#[derive(Clone, Debug, PartialEq)]
pub struct Piece {
    /// Its range in the text of the layout, in bytes.
    pub range: Range<usize>,
    /// Its look.
    pub look: Look,
    /// Whether it is read from right to left.
    pub right_to_left: bool,
}

/// A line without white space at its ends.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Its range in the text of the layout, in bytes.
    pub range: Range<usize>,
    /// The extent of its glyphs, in points on the page.
    pub x: Rangef,
    /// The y of the baseline, in points on the page.
    pub baseline: f32,
    /// Its pieces in logical order; never empty.
    pub pieces: Vec<Piece>,
    /// Whether each piece must be positioned explicitly: a viewer that sets words in several fonts and directions does
    /// not keep their order.
    pub is_placed: bool,
    /// Whether the paragraph runs from right to left.
    pub right_to_left: bool,
}

impl Line {
    /// Creates a line of a text. Returns `None` if it shows nothing.
    pub fn new(node: &TextNode, line: &TextLine, fonts: &FontSet) -> Option<Self> {
        let text = &node.layout.text;
        let range = trimmed(text, line.range.clone())?;
        let mut pieces: Vec<Piece> = line.runs.iter().filter_map(|run| piece(node, run, &range)).collect();
        sorting::by_key(&mut pieces, |piece| piece.range.start);
        let runs_both_ways = pieces.iter().any(|piece| piece.right_to_left);
        if runs_both_ways {
            lend_fonts(&mut pieces, text, fonts);
        }
        // The list of families already leads a viewer to the fonts of the first one.
        let of_first = |index: FontIndex| fonts.families().first().is_some_and(|family| family.faces.contains(&index));
        let shared = shared_font(&pieces, text).filter(|font| !of_first(*font));
        // If the order of its words need not be kept, a viewer may use other fonts for missing characters.
        let words = text.get(range.clone()).unwrap_or_default();
        let shared = shared.filter(|font| !runs_both_ways || has_all(fonts, *font, words));
        let is_named = runs_both_ways || shared.is_some() && line.runs.iter().any(has_clusters);
        for piece in &mut pieces {
            piece.look.font = match (is_named, shared) {
                (false, _) => None,
                (true, Some(font)) => Some(font),
                (true, None) => piece.look.font.filter(|font| !of_first(*font)),
            };
        }
        let first = pieces.first()?.look;
        let is_placed = runs_both_ways && pieces.iter().any(|piece| piece.look != first);
        Some(Self {
            baseline: node.at.y + line.baseline,
            x: extent(node, line, &range)?,
            pieces: merged(pieces, is_placed),
            is_placed,
            right_to_left: runs_both_ways && is_right_to_left(text, range.start),
            range,
        })
    }

    /// Returns whether it has a single look.
    pub fn is_plain(&self) -> bool {
        self.pieces.len() == 1
    }
}

/// Returns a range of text without white space at its ends. Returns `None` if nothing is left.
pub fn trimmed(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let words = text.get(range.clone())?;
    let start = range.start + (words.len() - words.trim_start().len());
    let end = start + words.trim().len();
    (start < end).then_some(start..end)
}

/// Returns the extent of the glyphs of a part of the text on a line, in points on the page. Returns `None` if it has
/// none there.
pub fn extent(node: &TextNode, line: &TextLine, part: &Range<usize>) -> Option<Rangef> {
    let glyphs = line.runs.iter().flat_map(|run| &run.glyphs);
    let glyphs = glyphs.filter(|glyph| part.contains(&(glyph.start as usize)));
    let x =
        glyphs.fold(Rangef::NOTHING, |x, glyph| Rangef::new(x.min.min(glyph.x), x.max.max(glyph.x + glyph.advance)));
    (x.span() >= 0.0).then(|| Rangef::new(node.at.x + x.min, node.at.x + x.max))
}

/// Returns the piece for the part of a run that is within a range of the text.
fn piece(node: &TextNode, run: &GlyphRun, within: &Range<usize>) -> Option<Piece> {
    let range = run.range.start.max(within.start)..run.range.end.min(within.end);
    if range.is_empty() {
        return None;
    }
    let color = run.color.unwrap_or(node.color);
    let look = Look { size: run.size, bold: run.bold, oblique: run.oblique, color, font: Some(run.font) };
    Some(Piece { range, look, right_to_left: run.right_to_left })
}

/// Sets non-letters in the font of their neighbours if that has them, so that words are not split.
fn lend_fonts(pieces: &mut [Piece], text: &str, fonts: &FontSet) {
    let words = |piece: &Piece| text.get(piece.range.clone()).unwrap_or_default().to_owned();
    for place in 0..pieces.len() {
        let own = words(&pieces[place]);
        if own.chars().any(char::is_alphabetic) {
            continue;
        }
        let neighbours = [place.checked_sub(1), Some(place + 1)].into_iter().flatten();
        let lender = neighbours.filter_map(|neighbour| pieces.get(neighbour)).find(|neighbour| {
            let can_lend = neighbour.look.font.is_some_and(|font| has_all(fonts, font, &own));
            can_lend && words(neighbour).chars().any(char::is_alphabetic)
        });
        if let Some(font) = lender.map(|lender| lender.look.font) {
            pieces[place].look.font = font;
        }
    }
}

/// Returns whether a font has all characters of a text that are visible or have an advance.
fn has_all(fonts: &FontSet, font: FontIndex, text: &str) -> bool {
    let has = |c: char| fonts.face(font).is_some_and(|face| face.has(c));
    text.chars().all(|c| has(c) || c.is_control() || is_ignorable(c))
}

/// Returns the font that sets all letters of a line. Returns `None` if there are several.
fn shared_font(pieces: &[Piece], text: &str) -> Option<FontIndex> {
    let has_letters =
        |piece: &&Piece| text.get(piece.range.clone()).is_some_and(|words| words.chars().any(char::is_alphabetic));
    let mut fonts = pieces.iter().filter(has_letters).map(|piece| piece.look.font);
    let first = fonts.next()??;
    fonts.all(|font| font == Some(first)).then_some(first)
}

/// Returns whether some letters of a run are shaped together, so that they must be set in one font.
fn has_clusters(run: &GlyphRun) -> bool {
    run.glyphs.windows(2).any(|pair| pair[0].start == pair[1].start)
        || run.glyphs.iter().any(|glyph| glyph.end - glyph.start > 4)
}

/// Joins pieces of the same look; if each is positioned, only those of the same direction.
fn merged(pieces: Vec<Piece>, is_placed: bool) -> Vec<Piece> {
    let mut merged: Vec<Piece> = Vec::new();
    for piece in pieces {
        match merged.last_mut() {
            Some(last) if last.look == piece.look && (!is_placed || last.right_to_left == piece.right_to_left) => {
                last.range.end = piece.range.end;
            }
            _ => merged.push(piece),
        }
    }
    merged
}

/// Returns whether the paragraph at a position of a text runs from right to left, according to its first letter.
fn is_right_to_left(text: &str, place: usize) -> bool {
    let start = text.get(..place).and_then(|before| before.rfind('\n')).map_or(0, |end| end + 1);
    text.get(start..).is_some_and(|paragraph| get_base_direction(paragraph) == Direction::Rtl)
}
