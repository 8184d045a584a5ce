//! Text, shaped once for measuring, for windows and for all files.
//!
//! A [`TextEngine`] shapes text to a [`TextLayout`]: lines of positioned glyphs in visual order, each with the range of
//! the text that it represents. Shaping, font fallback, the bidirectional algorithm and line breaking are those of the
//! `parley` library; only the truncation of text is implemented here.

pub mod direction;
mod engine;
mod fonts;

use std::ops::Range;
use std::sync::Arc;

use egui::{Color32, Rect, Vec2};

pub use engine::{Span, TextEngine};
pub use fonts::{FontFace, FontFamily, FontIndex, FontSet};

/// How far oblique glyphs lean to the right, in units of their height: the tangent of 12 degrees, as in italics.
pub const OBLIQUE: f32 = 0.212_56;

/// Size and weight of text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TextStyle {
    /// Size of the font, in points.
    pub size: f32,
    /// Whether it is bold.
    pub bold: bool,
}

/// Shaped text. Coordinates are points from the top left of the layout.
#[derive(Clone, Debug, PartialEq)]
pub struct TextLayout {
    /// The text as shown: if it was truncated, it ends with an ellipsis.
    pub text: String,
    /// Its lines, from top to bottom.
    pub lines: Vec<TextLine>,
    /// Width of the widest line, and height of all.
    pub size: Vec2,
    /// The maximum extent of the glyphs; [`Rect::NOTHING`] without glyphs.
    pub ink: Rect,
    /// Whether the text was truncated.
    pub elided: bool,
}

/// A line of shaped text.
#[derive(Clone, Debug, PartialEq)]
pub struct TextLine {
    /// Its range in the text, in bytes.
    pub range: Range<usize>,
    /// The y of the baseline.
    pub baseline: f32,
    /// The x of the beginning of the line.
    pub left: f32,
    /// The width, without trailing white space.
    pub width: f32,
    /// Its glyphs, from left to right.
    pub runs: Vec<GlyphRun>,
}

/// Glyphs of one font, size, colour and direction.
#[derive(Clone, Debug, PartialEq)]
pub struct GlyphRun {
    /// The font, in the [`FontSet`] of the engine that shaped the text.
    pub font: FontIndex,
    /// The position of a variable font on its axes, as normalized coordinates (2.14 fixed point); empty for other
    /// fonts.
    pub coords: Arc<[i16]>,
    /// Size of the font, in points.
    pub size: f32,
    /// Whether bold was requested, whatever weight the font has.
    pub bold: bool,
    /// Whether its glyphs are slanted by [`OBLIQUE`] about their origins. None of the bundled fonts has italics.
    pub oblique: bool,
    /// A colour of its own, if it has one.
    pub color: Option<Color32>,
    /// Whether it is read from right to left.
    pub right_to_left: bool,
    /// Its range in the text, in bytes.
    pub range: Range<usize>,
    /// The glyphs, from left to right.
    pub glyphs: Vec<Glyph>,
}

/// A positioned glyph.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Glyph {
    /// The glyph index in its font.
    pub id: u32,
    /// The x of its origin.
    pub x: f32,
    /// The y of its origin.
    pub y: f32,
    /// The distance to the next glyph on its right.
    pub advance: f32,
    /// Start of the characters that it represents, in bytes of the text. Shared by all glyphs of a cluster.
    pub start: u32,
    /// End of these characters.
    pub end: u32,
}

impl Glyph {
    /// Returns the range of characters that it represents, in bytes of the text.
    #[must_use]
    pub const fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

impl TextLayout {
    /// Returns the y of the baseline of the first line; the height if there is none.
    #[must_use]
    pub fn first_baseline(&self) -> f32 {
        self.lines.first().map_or(self.size.y, |line| line.baseline)
    }

    /// Returns whether it is one line of glyphs in logical order.
    #[must_use]
    pub fn reads_straight(&self) -> bool {
        let straight = |pair: &[GlyphRun]| pair[0].range.end <= pair[1].range.start;
        let runs = self.lines.first().map_or(&[][..], |line| &line.runs);
        self.lines.len() == 1 && runs.iter().all(|run| !run.right_to_left) && runs.windows(2).all(straight)
    }

    /// Returns a line in logical order, truncated at a width, in points, with an ellipsis after the last cluster that
    /// fits. The glyphs are not reshaped.
    pub(super) fn cut_off(&self, ellipsis: &Self, width: f32) -> Self {
        let Some(line) = self.lines.first() else { return ellipsis.clone() };
        let room = width - ellipsis.size.x;
        let glyphs = || line.runs.iter().flat_map(|run| &run.glyphs);
        let too_wide = glyphs().find(|glyph| glyph.x + glyph.advance - line.left > room + 0.01);
        let end = too_wide.map_or(self.text.len(), |glyph| glyph.start as usize);
        let beginning = self.text.get(..end).unwrap_or_default().trim_end();
        let end = beginning.len();
        let mut runs: Vec<GlyphRun> = line.runs.iter().filter(|run| run.range.start < end).cloned().collect();
        if let Some(last) = runs.last_mut() {
            last.range.end = last.range.end.min(end);
            last.glyphs.retain(|glyph| (glyph.start as usize) < end);
        }
        let behind = runs.iter().flat_map(|run| &run.glyphs).map(|glyph| glyph.x + glyph.advance);
        let x = behind.fold(line.left, f32::max);
        for run in ellipsis.lines.iter().flat_map(|line| &line.runs) {
            let mut run = run.clone();
            run.range = run.range.start + end..run.range.end + end;
            for glyph in &mut run.glyphs {
                glyph.x += x;
                (glyph.start, glyph.end) = (glyph.start + end as u32, glyph.end + end as u32);
            }
            runs.push(run);
        }
        let text = format!("{beginning}{}", ellipsis.text);
        let shown = x - line.left + ellipsis.size.x;
        let cut = TextLine { range: 0..text.len(), baseline: line.baseline, left: line.left, width: shown, runs };
        let ink = self.ink.with_max_x(x + ellipsis.ink.right());
        let size = Vec2::new(shown, self.size.y.max(ellipsis.size.y));
        Self { text, lines: vec![cut], size, ink, elided: true }
    }

    /// Returns all runs of glyphs, line by line.
    pub fn runs(&self) -> impl Iterator<Item = &GlyphRun> {
        self.lines.iter().flat_map(|line| &line.runs)
    }

    /// Returns the lines of a range as a text of their own, with the first one at the top; the whole text if there are
    /// none in the range.
    #[must_use]
    pub fn only_lines(&self, range: Range<usize>) -> Self {
        let kept = self.lines.get(range).unwrap_or_default();
        let (Some(first), Some(last)) = (kept.first(), kept.last()) else { return self.clone() };
        if kept.len() == self.lines.len() {
            return self.clone();
        }
        let height = self.size.y / self.lines.len() as f32;
        let (up, cut) = (first.baseline - self.first_baseline(), first.range.start);
        let moved = |line: &TextLine| {
            let mut line = line.clone();
            line.range = line.range.start - cut..line.range.end - cut;
            line.baseline -= up;
            for run in &mut line.runs {
                run.range = run.range.start.saturating_sub(cut)..run.range.end.saturating_sub(cut);
                for glyph in &mut run.glyphs {
                    glyph.y -= up;
                    glyph.start = glyph.start.saturating_sub(cut as u32);
                    glyph.end = glyph.end.saturating_sub(cut as u32);
                }
            }
            line
        };
        let lines: Vec<TextLine> = kept.iter().map(moved).collect();
        let above = lines.first().map_or(0.0, |line| line.baseline);
        let below = lines.last().map_or(0.0, |line| line.baseline);
        // Glyphs extend beyond their baselines by the same distance as those of the whole text.
        let ink = self.ink.with_max_y(self.ink.bottom() - (self.last_baseline() - above) + (below - above));
        let text = self.text.get(first.range.start..last.range.end).unwrap_or_default().to_owned();
        let size = Vec2::new(self.size.x, height * lines.len() as f32);
        Self { text, lines, size, ink, elided: self.elided }
    }

    /// Returns a line without the white space at its end, as a text of its own; an empty text if there is no such line.
    pub(super) fn line_alone(&self, index: usize) -> Self {
        let Some(height) = self.lines.get(index).map(|_| self.size.y / self.lines.len() as f32) else {
            return Self {
                text: String::new(),
                lines: Vec::new(),
                size: Vec2::ZERO,
                ink: Rect::NOTHING,
                elided: false,
            };
        };
        let mut alone = self.only_lines(index..index + 1);
        let end = alone.text.trim_end().len();
        alone.text.truncate(end);
        for line in &mut alone.lines {
            line.range = 0..end;
            for run in &mut line.runs {
                run.range.end = run.range.end.min(end);
                run.glyphs.retain(|glyph| (glyph.start as usize) < end);
            }
            line.runs.retain(|run| !run.glyphs.is_empty());
            let glyphs = || line.runs.iter().flat_map(|run| &run.glyphs);
            let left = glyphs().map(|glyph| glyph.x).fold(f32::INFINITY, f32::min);
            let right = glyphs().map(|glyph| glyph.x + glyph.advance).fold(left, f32::max);
            if left.is_finite() {
                for glyph in line.runs.iter_mut().flat_map(|run| &mut run.glyphs) {
                    glyph.x -= left;
                }
                (line.left, line.width) = (0.0, right - left);
                alone.size = Vec2::new(right - left, height);
                let around = self.ink.x_range().span() - self.size.x;
                alone.ink = alone.ink.with_min_x(-around).with_max_x(right - left + around);
            }
        }
        alone
    }

    /// Returns the y of the baseline of the last line; the height if there is none.
    fn last_baseline(&self) -> f32 {
        self.lines.last().map_or(self.size.y, |line| line.baseline)
    }

    /// Returns the rectangles around a part of the text, one on each of the lines that it is on, as high as the lines.
    #[must_use]
    pub fn parts(&self, part: &Range<usize>) -> Vec<Rect> {
        let height = self.size.y / self.lines.len().max(1) as f32;
        let on_line = |line: &TextLine| {
            let glyphs = line.runs.iter().flat_map(|run| &run.glyphs);
            let within = glyphs.filter(|glyph| glyph.start as usize >= part.start && glyph.end as usize <= part.end);
            let x = within.fold(egui::Rangef::NOTHING, |x, glyph| {
                egui::Rangef::new(x.min.min(glyph.x), x.max.max(glyph.x + glyph.advance))
            });
            let top = line.baseline - self.first_baseline();
            (x.span() > 0.0).then(|| Rect::from_x_y_ranges(x, top..=top + height))
        };
        self.lines.iter().filter_map(on_line).collect()
    }

    /// Returns the rectangle around a part of the text on its first line, as high as the layout. Returns `None` if
    /// nothing of it is shown.
    #[must_use]
    pub fn part(&self, part: &Range<usize>) -> Option<Rect> {
        let glyphs = self.lines.first()?.runs.iter().flat_map(|run| &run.glyphs);
        let within = glyphs.filter(|glyph| glyph.start as usize >= part.start && glyph.end as usize <= part.end);
        let x = within.fold(egui::Rangef::NOTHING, |x, glyph| {
            egui::Rangef::new(x.min.min(glyph.x), x.max.max(glyph.x + glyph.advance))
        });
        (x.span() > 0.0).then(|| Rect::from_x_y_ranges(x, 0.0..=self.size.y))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_a_paragraph_are_a_text_of_their_own() {
        let mut engine = TextEngine::new(FontSet::carried());
        let spans = [Span { text: "One two three four five six seven eight nine ten", ..Span::default() }];
        let whole = engine.paragraph(&spans, 12.0, 80.0, usize::MAX, None);
        assert!(whole.lines.len() >= 4);
        let part = whole.only_lines(1..3);
        let first = &whole.lines[1];
        assert_eq!(part.text, whole.text[first.range.start..whole.lines[2].range.end]);
        assert!((part.first_baseline() - whole.first_baseline()).abs() < 0.01);
        assert!((part.size.y - whole.size.y * 2.0 / whole.lines.len() as f32).abs() < 0.01);
        let words = |layout: &TextLayout| -> String {
            layout.runs().flat_map(|run| &run.glyphs).map(|glyph| &layout.text[glyph.range()]).collect()
        };
        assert_eq!(words(&part).trim(), part.text.trim());
        assert!(part.ink.height() < whole.ink.height());
        assert_eq!(whole.only_lines(0..whole.lines.len()), whole);
    }

    #[test]
    fn a_part_on_several_lines_has_a_place_on_each() {
        let mut engine = TextEngine::new(FontSet::carried());
        let text = "One two three four five six seven eight nine ten";
        let whole = engine.paragraph(&[Span { text, ..Span::default() }], 12.0, 80.0, usize::MAX, None);
        let parts = whole.parts(&(4..text.len() - 4));
        assert_eq!(parts.len(), whole.lines.len());
        assert!(parts[0].left() > 15.0 && parts[1].left() < 1.0);
        assert!(parts.windows(2).all(|pair| pair[1].top() > pair[0].top()));
        assert_eq!(whole.parts(&(2..2)), []);
    }
}
