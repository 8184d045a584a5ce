//! Text as the outlines of its glyphs, for programs that do not read the embedded fonts.

use std::fmt::Write as _;

use egui::{Color32, Pos2, pos2};
use skrifa::instance::{LocationRef, NormalizedCoord, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::raw::types::F2Dot14;
use skrifa::{GlyphId, MetadataProvider as _};

use crate::scene::TextNode;
use crate::scene::text::{FontSet, GlyphRun, OBLIQUE, TextLine};

use super::xml;

/// Path data in one colour.
pub type Colored = (Color32, String);

/// Returns the outlines of a line of text, grouped by colour.
///
/// Returns `None` if a glyph is not an outline but an image, such as the emoji of some fonts.
pub fn paths(node: &TextNode, line: &TextLine, fonts: &FontSet) -> Option<Vec<Colored>> {
    let mut paths: Vec<Colored> = Vec::new();
    for run in &line.runs {
        let color = run.color.unwrap_or(node.color);
        if paths.last().is_none_or(|(known, _)| *known != color) {
            paths.push((color, String::new()));
        }
        if let Some((_, data)) = paths.last_mut() {
            draw(data, node, run, fonts)?;
        }
    }
    paths.retain(|(color, data)| !data.is_empty() && *color != Color32::TRANSPARENT);
    Some(paths)
}

/// Appends the outlines of a run. Returns `None` if a visible glyph has none.
fn draw(data: &mut String, node: &TextNode, run: &GlyphRun, fonts: &FontSet) -> Option<()> {
    let font = fonts.face(run.font)?.font()?;
    let outlines = font.outline_glyphs();
    let coords: Vec<NormalizedCoord> = run.coords.iter().map(|coord| F2Dot14::from_bits(*coord)).collect();
    let lean = if run.oblique { OBLIQUE } else { 0.0 };
    for glyph in &run.glyphs {
        let id = GlyphId::new(glyph.id);
        let size = Size::new(run.size);
        let mut pen = Pen { data, origin: node.at + pos2(glyph.x, glyph.y).to_vec2(), lean, has_drawn: false };
        if let Some(outline) = outlines.get(id) {
            // Glyphs that cannot be drawn are omitted, as in every renderer.
            let _ = outline.draw(DrawSettings::unhinted(size, LocationRef::new(&coords)), &mut pen);
        }
        let has_drawn = pen.has_drawn;
        let is_bitmap = || font.bitmap_strikes().glyph_for_size(size, id).is_some();
        if font.color_glyphs().get(id).is_some() || !has_drawn && is_bitmap() {
            return None;
        }
    }
    Some(())
}

/// Appends an outline as path data, moved to its position, with y down.
struct Pen<'d> {
    data: &'d mut String,
    origin: Pos2,
    /// How far it leans to the right, in units of its height.
    lean: f32,
    has_drawn: bool,
}

impl Pen<'_> {
    fn command(&mut self, command: char, points: &[(f32, f32)]) {
        self.has_drawn = true;
        self.data.push(command);
        for (number, (x, y)) in points.iter().enumerate() {
            if number > 0 {
                self.data.push(' ');
            }
            xml::point(self.data, pos2(self.origin.x + x + y * self.lean, self.origin.y - y));
        }
    }
}

impl OutlinePen for Pen<'_> {
    fn move_to(&mut self, x: f32, y: f32) {
        self.command('M', &[(x, y)]);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.command('L', &[(x, y)]);
    }

    fn quad_to(&mut self, cx0: f32, cy0: f32, x: f32, y: f32) {
        self.command('Q', &[(cx0, cy0), (x, y)]);
    }

    fn curve_to(&mut self, cx0: f32, cy0: f32, cx1: f32, cy1: f32, x: f32, y: f32) {
        self.command('C', &[(cx0, cy0), (cx1, cy1), (x, y)]);
    }

    fn close(&mut self) {
        self.command('Z', &[]);
    }
}

/// Appends outlines as one element, with their text as its label.
pub fn write(out: &mut String, paths: &[Colored], words: &str) {
    if paths.is_empty() {
        return;
    }
    out.push_str("<g role=\"img\"");
    xml::text_attribute(out, "aria-label", words);
    out.push('>');
    for (color, data) in paths {
        let _ = write!(out, "<path d=\"{data}\"");
        xml::paint(out, "fill", *color);
        out.push_str("/>");
    }
    out.push_str("</g>\n");
}
