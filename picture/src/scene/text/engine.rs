//! Shapes text to [`TextLayout`]s.

mod two_lines;

use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::ops::Range;
use std::sync::Arc;

use egui::{Color32, Rangef, Rect, pos2, vec2};
use parley::fontique::{Collection, CollectionOptions, FontInfoOverride, FontWeight, SourceCache};
use parley::{
    Alignment, AlignmentOptions, FontContext, FontFamily, FontFamilyName, Layout, LayoutContext, LineHeight,
    OverflowWrap, StyleProperty,
};
use skrifa::MetadataProvider as _;
use skrifa::instance::{LocationRef, Size};

use super::{FontIndex, FontSet, Glyph, GlyphRun, TextLayout, TextLine, TextStyle};

/// Appended to elided text.
const ELLIPSIS: &str = "…";
/// Number of frames that a line is cached for after its last use.
const KEPT_FRAMES: u64 = 120;
/// Number of lines above which only those in use are cached.
const MOST_LINES: usize = 4096;

/// A part of a text with its style.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Span<'t> {
    /// The words.
    pub text: &'t str,
    /// Whether they are bold.
    pub bold: bool,
    /// Whether they are slanted, as emphasis is. The fonts have no italics: see [`GlyphRun::oblique`].
    pub oblique: bool,
    /// Their colour, if it is not that of the text around them.
    pub color: Option<Color32>,
}

/// The style of a part of a text, as passed through the shaping library.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Brush {
    bold: bool,
    oblique: bool,
    color: Option<Color32>,
}

/// Shapes text with the fonts of one [`FontSet`], and caches the result while it is in use.
pub struct TextEngine {
    fonts: FontSet,
    context: FontContext,
    layouts: LayoutContext<Brush>,
    families: Vec<FontFamilyName<'static>>,
    /// Maps a font file and an index in it to a font.
    indexes: HashMap<(u64, u32), FontIndex>,
    /// Shaped lines, by the hash of their input.
    lines: HashMap<u64, Kept<Arc<TextLayout>>>,
    /// Where titles may be broken, by the hash of their input.
    breaks: HashMap<u64, Kept<Arc<[[f32; 2]]>>>,
    /// Advances of ASCII characters for each measured style, in points.
    ascii: Vec<(TextStyle, [f32; 128])>,
    /// Advances of other characters at a font size of one point, in points.
    advances: HashMap<(char, bool), f32>,
    /// Frame counter, to determine what is still in use.
    frame: u64,
}

/// What is cached of a text.
struct Kept<T> {
    text: String,
    value: T,
    /// The frame that it was last used in.
    used: u64,
}

impl TextEngine {
    /// Creates an engine with these fonts.
    #[must_use]
    pub fn new(fonts: FontSet) -> Self {
        let options = CollectionOptions { shared: false, system_fonts: false };
        let mut context = FontContext { collection: Collection::new(options), source_cache: SourceCache::default() };
        let mut indexes = HashMap::new();
        for family in fonts.families() {
            for index in &family.faces {
                let Some(face) = fonts.face(*index) else { continue };
                indexes.insert((face.data.id(), face.index), *index);
                // A collection registers all of its fonts under the same name; they are distinguished by weight.
                let named = FontInfoOverride { family_name: Some(&family.key), ..FontInfoOverride::default() };
                context.collection.register_fonts(face.data.clone(), Some(named));
            }
        }
        let names = fonts.families().iter().map(|family| FontFamilyName::Named(Cow::Owned(family.key.clone())));
        let families = names.collect();
        Self {
            fonts,
            context,
            layouts: LayoutContext::new(),
            families,
            indexes,
            lines: HashMap::new(),
            breaks: HashMap::new(),
            ascii: Vec::new(),
            advances: HashMap::new(),
            frame: 0,
        }
    }

    /// Returns the fonts.
    #[must_use]
    pub const fn fonts(&self) -> &FontSet {
        &self.fonts
    }

    /// Removes lines that were unused for several calls of this function: text that leaves the view often returns soon.
    pub fn end_frame(&mut self) {
        let kept_for = if self.lines.len() > MOST_LINES { 0 } else { KEPT_FRAMES };
        let frame = self.frame;
        self.lines.retain(|_, kept| kept.used + kept_for >= frame);
        self.breaks.retain(|_, kept| kept.used + kept_for >= frame);
        self.frame += 1;
    }

    /// Returns one line of text. Text wider than `width`, in points, is cut off at its logical end, in either
    /// direction, and ends with an ellipsis.
    ///
    /// The text should not contain line breaks: the result is always one line.
    pub fn line(&mut self, text: &str, style: TextStyle, width: f32) -> Arc<TextLayout> {
        let room = Room { width, lines: 1, wraps: false, line_height: None };
        // A text that fits has the same layout at any width, unless it is too long to be shaped whole.
        let is_endless = text.len() > room.most_letters();
        if !is_endless {
            let whole = self.kept((text, None), style, f32::INFINITY, |engine| {
                let spans = [Span { text, bold: style.bold, ..Span::default() }];
                engine.shape(&spans, style.size, Room { width: f32::INFINITY, ..room })
            });
            if room.holds(&whole) {
                return whole;
            }
            if whole.reads_straight() {
                return self.kept((text, None), style, width, |engine| {
                    let ellipsis = engine.line(ELLIPSIS, style, f32::INFINITY);
                    whole.cut_off(&ellipsis, width)
                });
            }
        }
        self.kept((text, None), style, width, |engine| {
            let spans = [Span { text, bold: style.bold, ..Span::default() }];
            engine.set(&spans, style.size, room)
        })
    }

    /// Returns a line from the cache, or shapes it: the whole of a text, or one of its lines.
    fn kept(
        &mut self,
        (text, line): (&str, Option<usize>),
        style: TextStyle,
        width: f32,
        shape: impl FnOnce(&mut Self) -> TextLayout,
    ) -> Arc<TextLayout> {
        let mut hasher = DefaultHasher::new();
        (text, line, style.size.to_bits(), style.bold, width.to_bits()).hash(&mut hasher);
        let key = hasher.finish();
        if let Some(kept) = self.lines.get_mut(&key).filter(|kept| kept.text == text) {
            kept.used = self.frame;
            return Arc::clone(&kept.value);
        }
        let layout = Arc::new(shape(self));
        let kept = Kept { text: text.to_owned(), value: Arc::clone(&layout), used: self.frame };
        self.lines.insert(key, kept);
        layout
    }

    /// Returns a paragraph, broken into lines of at most `width` points, and cut off after `lines` of them.
    /// `line_height`, in points, is that of the fonts if it is `None`.
    pub fn paragraph(
        &mut self,
        spans: &[Span<'_>],
        size: f32,
        width: f32,
        lines: usize,
        line_height: Option<f32>,
    ) -> TextLayout {
        self.set(spans, size, Room { width, lines, wraps: true, line_height })
    }

    /// Returns the width of one line of text, in points: at most slightly more than that of the shaped line.
    ///
    /// For scripts whose letters do not join it is the sum of the advances, which kerning can only reduce: a hundred
    /// times faster than shaping, and most of what is measured is never drawn.
    pub fn width(&mut self, text: &str, style: TextStyle) -> f32 {
        if text.is_ascii() {
            let advances = self.ascii(style);
            return text.bytes().map(|byte| advances.get(usize::from(byte)).copied().unwrap_or_default()).sum();
        }
        if text.chars().any(is_shaped) {
            return self.line(text, style, f32::INFINITY).size.x;
        }
        let ascii = *self.ascii(style);
        let advance = |c: char| match ascii.get(c as usize) {
            Some(advance) => *advance,
            None => self.advance(c, style.bold) * style.size,
        };
        text.chars().map(advance).sum()
    }

    /// Returns the advances of ASCII characters in a style, in points.
    fn ascii(&mut self, style: TextStyle) -> &[f32; 128] {
        let known = self.ascii.iter().position(|(known, _)| *known == style);
        let place = known.unwrap_or_else(|| {
            let mut advances = [0.0; 128];
            for (byte, advance) in (0_u8..).zip(&mut advances) {
                *advance = self.advance(char::from(byte), style.bold) * style.size;
            }
            self.ascii.push((style, advances));
            self.ascii.len() - 1
        });
        &self.ascii[place].1
    }

    /// Returns the advance of a character at a font size of one point, in points.
    fn advance(&mut self, c: char, bold: bool) -> f32 {
        if let Some(known) = self.advances.get(&(c, bold)) {
            return *known;
        }
        let advance = if c.is_control() || is_invisible(c) {
            0.0
        } else {
            // A character without a font is drawn as the missing glyph of the first.
            let face = self.fonts.face_for(c, bold).or_else(|| self.fonts.face_for(' ', bold));
            let face = face.and_then(|index| self.fonts.face(index));
            face.and_then(super::FontFace::font).map_or(0.0, |font| {
                let glyph = font.charmap().map(c).unwrap_or_default();
                font.glyph_metrics(Size::new(1.0), LocationRef::default()).advance_width(glyph).unwrap_or_default()
            })
        };
        self.advances.insert((c, bold), advance);
        advance
    }

    /// Shapes a text within its room, shortened if necessary.
    fn set(&mut self, spans: &[Span<'_>], size: f32, room: Room) -> TextLayout {
        let most = room.most_letters();
        let total: usize = spans.iter().map(|span| span.text.len()).sum();
        let ends = if total > most { prefix_ends(spans, most) } else { Vec::new() };
        if ends.is_empty() {
            let whole = self.shape(spans, size, room);
            if room.holds(&whole) {
                return whole;
            }
        }
        self.shortened(spans, size, room, ends)
    }

    /// Returns the longest prefix of a text that fits with an ellipsis.
    fn shortened(&mut self, spans: &[Span<'_>], size: f32, room: Room, ends: Vec<usize>) -> TextLayout {
        let ends = if ends.is_empty() { prefix_ends(spans, usize::MAX) } else { ends };
        let mut cut = |end: usize| {
            let beginning = beginning_of(spans, end);
            let borrowed: Vec<Span<'_>> = beginning.iter().map(|(text, span)| Span { text, ..*span }).collect();
            self.shape(&borrowed, size, room)
        };
        // Binary search for the maximum number of letters.
        let (mut fits, mut too_many) = (0, ends.len());
        let mut best = None;
        while fits + 1 < too_many {
            let middle = usize::midpoint(fits, too_many);
            let layout = cut(ends[middle]);
            if room.holds(&layout) {
                fits = middle;
                best = Some(layout);
            } else {
                too_many = middle;
            }
        }
        TextLayout { elided: true, ..best.unwrap_or_else(|| cut(0)) }
    }

    /// Shapes all of a text and breaks it into lines.
    fn shape(&mut self, spans: &[Span<'_>], size: f32, room: Room) -> TextLayout {
        let (text, mut shaped) = self.shaped(spans, size, room.line_height);
        shaped.break_all_lines(room.wraps.then_some(room.width));
        shaped.align(Alignment::Start, AlignmentOptions::default());
        self.layout(text, &shaped)
    }

    /// Shapes all of a text.
    fn shaped(&mut self, spans: &[Span<'_>], size: f32, line_height: Option<f32>) -> (String, Layout<Brush>) {
        let text: String = spans.iter().map(|span| span.text).collect();
        let mut builder = self.layouts.ranged_builder(&mut self.context, &text, 1.0, false);
        builder.push_default(StyleProperty::FontFamily(FontFamily::List(Cow::Borrowed(&self.families))));
        builder.push_default(StyleProperty::FontSize(size));
        builder.push_default(StyleProperty::OverflowWrap(OverflowWrap::Anywhere));
        if let Some(height) = line_height {
            builder.push_default(StyleProperty::LineHeight(LineHeight::Absolute(height)));
        }
        let mut from = 0;
        for span in spans {
            let range = from..from + span.text.len();
            let brush = Brush { bold: span.bold, oblique: span.oblique, color: span.color };
            if span.bold {
                builder.push(StyleProperty::FontWeight(FontWeight::BOLD), range.clone());
            }
            builder.push(StyleProperty::Brush(brush), range.clone());
            from = range.end;
        }
        let shaped = builder.build(&text);
        (text, shaped)
    }

    /// Converts the result of the shaping library to plain data.
    fn layout(&self, text: String, shaped: &Layout<Brush>) -> TextLayout {
        let mut lines = Vec::with_capacity(shaped.len());
        let (mut ink, mut width) = (Rect::NOTHING, 0.0_f32);
        let first = shaped.first_baseline().unwrap_or_default();
        for line in shaped.lines() {
            let metrics = line.metrics();
            // Lines are whole points apart, so that all are on whole pixels if the first is.
            let baseline = first + (metrics.baseline - first).round();
            let left = metrics.inline_min_coord + metrics.offset;
            let runs = self.runs(&line, baseline, left);
            for run in &runs {
                let x = run.glyphs.iter().fold(Rangef::NOTHING, |x, glyph| {
                    Rangef::new(x.min.min(glyph.x), x.max.max(glyph.x + glyph.advance))
                });
                // Glyphs extend slightly beyond their advances.
                let y = Rangef::new(baseline - run.size * 1.1, baseline + run.size * 0.35);
                ink = ink.union(Rect::from_x_y_ranges(x.expand(run.size * 0.1), y));
            }
            let line_width = metrics.advance - metrics.hanging_advance;
            width = width.max(left.max(0.0) + line_width);
            lines.push(TextLine { range: line.text_range(), baseline, left, width: line_width, runs });
        }
        TextLayout { text, lines, size: vec2(width, shaped.height()), ink, elided: false }
    }

    /// Returns the glyphs of a line, in runs of one style.
    fn runs(&self, line: &parley::Line<'_, Brush>, baseline: f32, left: f32) -> Vec<GlyphRun> {
        let mut runs: Vec<GlyphRun> = Vec::new();
        let mut x = left;
        for run in line.runs() {
            let data = run.font();
            let font = self.indexes.get(&(data.data.id(), data.index)).copied().unwrap_or(FontIndex::new(0));
            let coords: Arc<[i16]> = run.normalized_coords().iter().map(|coord| coord.to_bits()).collect();
            let mut last: Option<u16> = None;
            let mut ligature_end = 0;
            for cluster in run.visual_clusters() {
                let style = cluster.style_index();
                if last != Some(style) {
                    last = Some(style);
                    let brush = cluster.style().brush;
                    runs.push(GlyphRun {
                        font,
                        coords: Arc::clone(&coords),
                        size: run.font_size(),
                        bold: brush.bold,
                        oblique: brush.oblique,
                        color: brush.color,
                        right_to_left: run.is_rtl(),
                        range: cluster.text_range(),
                        glyphs: Vec::new(),
                    });
                }
                let Some(run) = runs.last_mut() else { continue };
                x = add_cluster(run, &cluster, pos2(x, baseline), &mut ligature_end);
            }
        }
        runs
    }
}

/// Adds the glyphs of a cluster to a run, starting at a point on the baseline. Returns the x after it.
///
/// From right to left, the later letters of a ligature are visited before its glyphs: `ligature_end` is their end until
/// the glyphs are reached.
fn add_cluster(
    run: &mut GlyphRun,
    cluster: &parley::Cluster<'_, Brush>,
    at: egui::Pos2,
    ligature_end: &mut u32,
) -> f32 {
    let range = cluster.text_range();
    run.range = run.range.start.min(range.start)..run.range.end.max(range.end);
    let (start, end) = (range.start as u32, range.end as u32);
    if cluster.is_ligature_continuation() {
        if run.right_to_left {
            *ligature_end = end.max(*ligature_end);
        } else if let Some(first) = run.glyphs.last().map(|glyph| glyph.start) {
            let ligature = run.glyphs.iter_mut().rev().take_while(|glyph| glyph.start == first);
            ligature.for_each(|glyph| glyph.end = glyph.end.max(end));
        }
        return at.x;
    }
    let end = end.max(std::mem::take(ligature_end));
    let mut x = at.x;
    for glyph in cluster.glyphs() {
        run.glyphs.push(Glyph { id: glyph.id, x: x + glyph.x, y: at.y + glyph.y, advance: glyph.advance, start, end });
        x += glyph.advance;
    }
    x
}

/// The available room for a text.
#[derive(Clone, Copy)]
struct Room {
    /// Width, in points.
    width: f32,
    /// The maximum number of lines.
    lines: usize,
    /// Whether lines are broken.
    wraps: bool,
    /// Height of a line, in points, if it is not that of the fonts.
    line_height: Option<f32>,
}

impl Room {
    /// Returns an upper bound for the number of letters: no letter is narrower than a quarter of a point, and longer
    /// texts are truncated before shaping.
    fn most_letters(self) -> usize {
        ((self.width * 4.0) as usize).saturating_mul(self.lines).max(64)
    }

    fn holds(self, layout: &TextLayout) -> bool {
        layout.lines.len() <= self.lines && layout.size.x <= self.width + 0.01
    }
}

/// Returns the end of each letter of a text, in bytes from its beginning, up to `most` letters; 0 first.
fn prefix_ends(spans: &[Span<'_>], most: usize) -> Vec<usize> {
    let mut from = 0;
    let mut ends = vec![0];
    for span in spans {
        let end = |(at, c): (usize, char)| from + at + c.len_utf8();
        ends.extend(span.text.char_indices().take(most.saturating_sub(ends.len())).map(end));
        from += span.text.len();
    }
    ends
}

/// Returns the first `end` bytes of a text without trailing white space, and an ellipsis.
fn beginning_of<'s>(spans: &[Span<'s>], end: usize) -> Vec<(String, Span<'s>)> {
    let mut rest = end;
    let mut beginning: Vec<(String, Span<'s>)> = Vec::new();
    for span in spans {
        let part: Range<usize> = 0..rest.min(span.text.len());
        rest -= part.end;
        beginning.push((span.text.get(part).unwrap_or_default().to_owned(), *span));
        if rest == 0 {
            break;
        }
    }
    while let Some((text, ..)) = beginning.last_mut() {
        text.truncate(text.trim_end().len());
        if !text.is_empty() || beginning.len() == 1 {
            break;
        }
        beginning.pop();
    }
    if let Some((text, ..)) = beginning.last_mut() {
        text.push_str(ELLIPSIS);
    }
    beginning
}

/// Returns whether a character belongs to a script with contextual shaping, by Unicode block: scripts from right to
/// left and those of India and its neighbours; or whether it joins with its neighbours, like emoji.
fn is_shaped(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{10ff}' | '\u{1700}'..='\u{1cff}' | '\u{a800}'..='\u{abff}' | '\u{fb1d}'..='\u{fdff}'
        | '\u{fe70}'..='\u{fefc}' | '\u{10800}'..='\u{11fff}' | '\u{1e800}'..='\u{1efff}' | '\u{200d}'
        | '\u{1f1e6}'..='\u{1f1ff}' | '\u{1f3fb}'..='\u{1f3ff}')
}

/// Returns whether a character has no advance of its own: direction marks, joiners, selectors, and combining accents.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0000}'..='\u{e0fff}' | '\u{300}'..='\u{36f}'
        | '\u{483}'..='\u{489}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}'
        | '\u{fe20}'..='\u{fe2f}')
}

#[cfg(test)]
mod tests;
