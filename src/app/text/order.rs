//! Puts the glyphs of laid out text in the order in which they are seen.
//!
//! egui sets words one after the other from left to right, and turns only those of one font from right to left. Where a
//! line has such words, its glyphs are moved to where the Unicode Bidirectional Algorithm has them, after the line has been
//! broken: lines break as they are read, and keep their widths. The text of the galley, by which it is copied, searched and
//! exported, stays in the order of reading.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use egui::emath::GuiRounding as _;
use egui::epaint::text::{Glyph, LayoutSection, PlacedRow, Row};
use egui::{Align, Color32, Context, Galley, Pos2, Rect, Shape, pos2};
use unicode_bidi::{Level, ParagraphBidiInfo};

use crate::scene::text::direction::{has_order, is_mark, mirrored, seen};
use crate::sorting;

use super::reading::{Read, reads};

/// Orders all text that is painted in a context. What has no words from right to left costs a look at its letters.
///
/// Text fields keep egui's order, by which it places the cursor.
#[derive(Default)]
pub struct VisualOrder {
    /// What was ordered in the last pass, by where egui's own galley is.
    known: HashMap<usize, Known>,
}

struct Known {
    /// Held, so that no other galley takes its place.
    _held: Arc<Galley>,
    ordered: Option<Arc<Galley>>,
    is_used: bool,
}

impl egui::Plugin for VisualOrder {
    fn debug_name(&self) -> &'static str {
        "visual order of text"
    }

    fn output_hook(&mut self, context: &Context, output: &mut egui::FullOutput) {
        for clipped in &mut output.shapes {
            self.shape(context, &mut clipped.shape);
        }
        self.known.retain(|_, known| std::mem::take(&mut known.is_used));
    }
}

impl VisualOrder {
    fn shape(&mut self, context: &Context, shape: &mut Shape) {
        match shape {
            Shape::Vec(shapes) => shapes.iter_mut().for_each(|shape| self.shape(context, shape)),
            Shape::Text(text) if has_order(&text.galley.job.text) && !is_field(&text.galley) => {
                if let Some(ordered) = self.ordered(context, &text.galley) {
                    text.galley = ordered;
                }
            }
            _ => {}
        }
    }

    /// A galley with its glyphs in order, made once as long as it is shown; none where they stand in it already.
    fn ordered(&mut self, context: &Context, galley: &Arc<Galley>) -> Option<Arc<Galley>> {
        let place = |galley: &Arc<Galley>| Arc::as_ptr(galley).addr();
        if let Some(known) = self.known.get_mut(&place(galley)) {
            known.is_used = true;
            return known.ordered.clone();
        }
        let mirror = |c: char, section: &LayoutSection| glyph(context, c, section);
        let ordered = ordered(galley, &mirror).map(Arc::new);
        if let Some(ordered) = &ordered {
            let known = Known { _held: Arc::clone(ordered), ordered: None, is_used: true };
            self.known.insert(place(ordered), known);
        }
        let known = Known { _held: Arc::clone(galley), ordered: ordered.clone(), is_used: true };
        self.known.insert(place(galley), known);
        ordered
    }
}

/// A galley with its glyphs in the order in which they are seen, for who must know their places before they are painted.
pub fn in_visual_order(context: &Context, galley: Arc<Galley>) -> Arc<Galley> {
    if !has_order(&galley.job.text) {
        return galley;
    }
    let order = |plugin: &mut VisualOrder| plugin.ordered(context, &galley);
    context.with_plugin(order).flatten().unwrap_or(galley)
}

/// Whether a galley is that of a text field: nothing else keeps white space at the end of lines.
fn is_field(galley: &Galley) -> bool {
    galley.job.keep_trailing_whitespace
}

/// The glyph of a character in a format.
fn glyph(context: &Context, c: char, section: &LayoutSection) -> Option<Glyph> {
    let font = section.format.font_id.clone();
    let galley = context.fonts_mut(|fonts| fonts.layout_no_wrap(c.into(), font, Color32::PLACEHOLDER));
    galley.rows.first().and_then(|row| row.glyphs.first()).copied()
}

/// A galley with its glyphs in the order in which they are seen; none where they stand in it already. `mirror` gives the
/// glyph of a character in a format.
fn ordered(galley: &Galley, mirror: &dyn Fn(char, &LayoutSection) -> Option<Glyph>) -> Option<Galley> {
    let text: Vec<(usize, char)> = galley.job.text.char_indices().collect();
    let reads = reads(galley);
    let mut made: Option<Galley> = None;
    let (mut first_row, mut first_glyph) = (0, 0);
    for rows in galley.rows.split_inclusive(|row| row.ends_with_newline) {
        let mut lines = Vec::with_capacity(rows.len());
        let mut glyph = first_glyph;
        for row in rows {
            lines.push(reads.get(glyph..glyph + row.glyphs.len()).unwrap_or_default());
            glyph += row.glyphs.len();
        }
        let paragraph = Paragraph::new(&galley.job.text, &text, &lines);
        for (index, line) in lines.iter().enumerate() {
            if let Some(order) = paragraph.order(line) {
                let galley = made.get_or_insert_with(|| galley.clone());
                order.apply(&mut galley.rows[first_row + index], galley.pixels_per_point, mirror);
            }
        }
        if paragraph.base.is_rtl() && rows.len() > 1 && galley.job.halign == Align::LEFT {
            let galley = made.get_or_insert_with(|| galley.clone());
            let width = galley.rect.width();
            for row in galley.rows.iter_mut().skip(first_row).take(rows.len()) {
                row.pos.x = (width - row.size.x).max(0.0).round_to_pixels(galley.pixels_per_point);
            }
        }
        first_row += rows.len();
        first_glyph = glyph;
    }
    if let Some(made) = &mut made {
        let bounds = |row: &PlacedRow| row.visuals.mesh_bounds.translate(row.pos.to_vec2());
        made.mesh_bounds = made.rows.iter().map(bounds).fold(Rect::NOTHING, Rect::union);
    }
    made
}

/// A paragraph of a galley, which may take several rows.
struct Paragraph<'t> {
    /// Its text with the levels of all of its bytes.
    info: ParagraphBidiInfo<'t>,
    /// Its characters with their places in bytes of the whole text, from the place of the first.
    text: &'t [(usize, char)],
    /// The place of its first character in the whole text.
    first: usize,
    /// The level of the paragraph itself.
    base: Level,
}

/// Clusters of a row in the order in which they are seen.
struct Order<'t, 'c> {
    clusters: Vec<Seen<'c>>,
    text: &'t [(usize, char)],
}

/// A letter with its marks.
struct Seen<'c> {
    /// Places of its glyphs in the row.
    glyphs: Range<usize>,
    /// Which character of the text begins it; none where it shows none of the text.
    place: Option<usize>,
    section: &'c LayoutSection,
    is_turned: bool,
    level: Level,
}

impl<'t> Paragraph<'t> {
    fn new(whole: &'t str, text: &'t [(usize, char)], lines: &[&[Read<'_>]]) -> Self {
        let places = || lines.iter().flat_map(|line| line.iter()).filter_map(|read| read.cluster);
        let first = places().min().unwrap_or_default();
        // What is cut off has no glyphs, but says how the paragraph runs.
        let rest = text.get(first..).unwrap_or_default();
        let count = rest.iter().position(|(_, c)| *c == '\n').unwrap_or(rest.len());
        let text = &rest[..count];
        let byte = |place: usize| rest.get(place).map_or(whole.len(), |(at, _)| *at);
        let info = ParagraphBidiInfo::new(&whole[byte(0)..byte(count)], None);
        let base = info.paragraph_level;
        Self { info, text, first, base }
    }

    /// The order of a row's clusters; none where they stand in it already.
    fn order<'c>(&self, line: &[Read<'c>]) -> Option<Order<'t, 'c>> {
        let places = || line.iter().filter_map(|read| read.cluster);
        let (start, end) = (places().min()? - self.first, places().max()? + 1 - self.first);
        let begin = self.text.first()?.0;
        let byte = |place: usize| self.text.get(place).map_or(self.info.text.len(), |(at, _)| *at - begin);
        let line_start = byte(start);
        let levels = self.levels(line_start..byte(end))?;
        if levels.iter().all(Level::is_ltr) {
            return None;
        }
        let mut clusters: Vec<Seen<'c>> = Vec::new();
        for (index, read) in line.iter().enumerate().filter(|(_, read)| !read.is_again) {
            let place = read.cluster.map(|place| self.base_of(place - self.first));
            let level = place.and_then(|place| levels.get(byte(place).checked_sub(line_start)?).copied());
            match clusters.last_mut() {
                Some(last) if place.is_some() && last.place == place && last.glyphs.end == index => {
                    last.glyphs.end = index + 1;
                }
                _ => clusters.push(Seen {
                    glyphs: index..index + 1,
                    place,
                    section: read.section,
                    is_turned: read.is_turned,
                    level: level.unwrap_or(self.base),
                }),
            }
        }
        // As they are read; what stands for the rest comes last.
        sorting::by_key(&mut clusters, |seen| seen.place.unwrap_or(usize::MAX));
        let levels: Vec<Level> = clusters.iter().map(|seen| seen.level).collect();
        let mut places = vec![0; clusters.len()];
        for (seen, index) in seen(&levels).into_iter().enumerate() {
            places[index] = seen;
        }
        let mut ordered: Vec<(usize, Seen<'c>)> = places.into_iter().zip(clusters).collect();
        sorting::by_key(&mut ordered, |(place, _)| *place);
        let clusters = ordered.into_iter().map(|(_, seen)| seen).collect();
        Some(Order { clusters, text: self.text })
    }

    /// The levels of the bytes of a line. White space at its end is of the paragraph's own (rule L1 of the algorithm).
    fn levels(&self, line: Range<usize>) -> Option<Vec<Level>> {
        use unicode_bidi::BidiClass::{B, BN, FSI, LRE, LRI, LRO, PDF, PDI, RLE, RLI, RLO, S, WS};
        let mut levels = self.info.levels.get(line.clone())?.to_vec();
        let classes = self.info.original_classes.get(line)?;
        let mut is_end = true;
        for (level, class) in levels.iter_mut().zip(classes).rev() {
            match class {
                B | S => is_end = true,
                WS | FSI | LRI | RLI | PDI | RLE | LRE | RLO | LRO | PDF | BN => {}
                _ => is_end = false,
            }
            if is_end {
                *level = self.base;
            }
        }
        Some(levels)
    }

    /// The letter that a mark stands on; any other character itself.
    fn base_of(&self, place: usize) -> usize {
        let before = self.text.get(..=place).unwrap_or_default();
        before.iter().rposition(|(_, c)| !is_mark(*c)).unwrap_or(place)
    }
}

impl Order<'_, '_> {
    /// Moves the glyphs of a row, those that stay neighbours by whole pixels and together.
    fn apply(&self, placed: &mut PlacedRow, grid: f32, mirror: &dyn Fn(char, &LayoutSection) -> Option<Glyph>) {
        let row = Arc::make_mut(&mut placed.row);
        let mut x = row.glyphs.iter().map(|glyph| glyph.pos.x).fold(f32::INFINITY, f32::min);
        let follow = |a: &Seen<'_>, b: &Seen<'_>| a.glyphs.end == b.glyphs.start;
        for together in self.clusters.chunk_by(follow) {
            let range = together[0].glyphs.start..together[together.len() - 1].glyphs.end;
            let glyphs = &row.glyphs[range.clone()];
            let start = glyphs.first().map_or(x, |glyph| glyph.pos.x);
            let width: f32 = glyphs.iter().map(|glyph| glyph.advance_width).sum();
            let shift = (x - start).round_to_pixels(grid);
            for index in range {
                shift_glyph(row, index, shift);
            }
            x += width;
        }
        for seen in self.clusters.iter().filter(|seen| seen.level.is_rtl() && !seen.is_turned) {
            let character = seen.place.and_then(|place| self.text.get(place));
            let Some((_, c)) = character.filter(|(_, c)| mirrored(*c) != *c) else { continue };
            if let Some(glyph) = mirror(mirrored(*c), seen.section) {
                replace_glyph(row, seen.glyphs.start, &glyph, grid);
            }
        }
        row.visuals.mesh_bounds = row.visuals.mesh.calc_bounds();
    }
}

/// The corners of a glyph in the mesh of its row; none where it has no ink.
fn corners<'r>(row: &'r mut Row, glyph: &Glyph) -> Option<&'r mut [egui::epaint::Vertex]> {
    let first = glyph.first_vertex as usize;
    (!glyph.uv_rect.is_nothing()).then(|| row.visuals.mesh.vertices.get_mut(first..first + 4)).flatten()
}

fn shift_glyph(row: &mut Row, index: usize, shift: f32) {
    let Some(glyph) = row.glyphs.get_mut(index) else { return };
    glyph.pos.x += shift;
    let glyph = *glyph;
    for corner in corners(row, &glyph).into_iter().flatten() {
        corner.pos.x += shift;
    }
}

/// Draws another glyph at the place of one.
fn replace_glyph(row: &mut Row, index: usize, by: &Glyph, grid: f32) {
    let Some(glyph) = row.glyphs.get(index).copied().filter(|_| !by.uv_rect.is_nothing()) else { return };
    let uv = |[x, y]: [u16; 2]| pos2(f32::from(x), f32::from(y));
    let ink = Rect::from_min_size((glyph.pos + by.uv_rect.offset).round_to_pixels(grid), by.uv_rect.size);
    let texture = Rect::from_min_max(uv(by.uv_rect.min), uv(by.uv_rect.max));
    let corners_of =
        |rect: Rect| -> [Pos2; 4] { [rect.left_top(), rect.right_top(), rect.left_bottom(), rect.right_bottom()] };
    let Some(corners) = corners(row, &glyph) else { return };
    // The order of them differs with slanted text, so each is told by where it stands in the texture.
    let (min, max) = (uv(glyph.uv_rect.min), uv(glyph.uv_rect.max));
    let old = corners_of(Rect::from_min_max(min, max));
    for corner in corners {
        let Some(place) = old.iter().position(|at| *at == corner.uv) else { continue };
        corner.pos = corners_of(ink)[place];
        corner.uv = corners_of(texture)[place];
    }
    if let Some(glyph) = row.glyphs.get_mut(index) {
        glyph.uv_rect = by.uv_rect;
    }
}

#[cfg(test)]
mod tests {
    use egui::text::{LayoutJob, TextWrapping};
    use egui::{FontData, FontId};
    use skrifa::MetadataProvider as _;
    use skrifa::raw::types::Tag;

    use super::super::reading::is_without_ink;
    use super::*;

    /// The carried regular font with these blocks of characters, and no others, drawn as its letters from "a" on.
    fn font_of(blocks: &[(u32, u32)]) -> Vec<u8> {
        let carried = crate::scene::text::FontSet::carried();
        let (_, regular) = carried.faces().next().expect("a face");
        let mut font = regular.data.as_ref().to_vec();
        let read = regular.font().expect("a font");
        let first = read.charmap().map('a').expect("a letter").to_u32();
        let record = read.table_directory.table_records().iter().position(|r| r.tag() == Tag::new(b"cmap"));
        // Version 0, one table for Unicode (0, 4), 12 bytes from here: format 12, its length, no language, its groups.
        let length = 16 + 12 * blocks.len() as u32;
        let mut table: Vec<u8> = [0, 1, 0, 4].map(u16::to_be_bytes).concat();
        table.extend([12, 12 << 16, length, 0, blocks.len() as u32].map(u32::to_be_bytes).concat());
        table.extend(blocks.iter().flat_map(|(from, to)| [*from, *to, first].map(u32::to_be_bytes).concat()));
        let place = [font.len() as u32, table.len() as u32].map(u32::to_be_bytes).concat();
        let record = 12 + 16 * record.expect("a table");
        font[record + 8..record + 16].copy_from_slice(&place);
        font.extend(table);
        font
    }

    /// Calls back in a context whose fonts have Hebrew and Arabic letters, or lack them.
    fn in_context(has_letters: bool, run: impl Fn(&Context)) {
        let context = Context::default();
        let mut definitions = crate::app::fonts::definitions();
        if has_letters {
            let font = font_of(&[(0x5d0, 0x5ea), (0x621, 0x63a), (0x660, 0x669)]);
            definitions.font_data.insert("east".to_owned(), Arc::new(FontData::from_owned(font)));
            for family in definitions.families.values_mut() {
                family.push("east".to_owned());
            }
        }
        context.set_fonts(definitions);
        for _ in 0..2 {
            let mut output = context.run_ui(egui::RawInput::default(), |_| {});
            output.textures_delta.clear();
        }
        run(&context);
    }

    fn set(context: &Context, job: LayoutJob) -> Galley {
        let galley = context.fonts_mut(|fonts| fonts.layout_job(job));
        let mirror = |c: char, section: &LayoutSection| glyph(context, c, section);
        ordered(&galley, &mirror).unwrap_or_else(|| Galley::clone(&galley))
    }

    fn job(text: &str, width: f32) -> LayoutJob {
        let mut job = LayoutJob::simple_singleline(text.into(), FontId::proportional(14.0), Color32::PLACEHOLDER);
        job.wrap = TextWrapping::wrap_at_width(width);
        job
    }

    /// What is seen on each line from left to right.
    fn lines(galley: &Galley) -> Vec<String> {
        let reads = reads(galley);
        let mut reads = reads.iter();
        let line = |row: &PlacedRow| {
            let shown = |(glyph, _): &(&Glyph, &Read<'_>)| !is_without_ink(glyph);
            let mut glyphs: Vec<&Glyph> =
                row.glyphs.iter().zip(reads.by_ref()).filter(shown).map(|(glyph, _)| glyph).collect();
            sorting::by(&mut glyphs, |a, b| a.pos.x.total_cmp(&b.pos.x));
            glyphs.iter().map(|glyph| glyph.chr).collect()
        };
        galley.rows.iter().map(line).collect()
    }

    fn check(context: &Context, text: &str, expect: &str) {
        let galley = set(context, job(text, f32::INFINITY));
        assert_eq!(lines(&galley), [expect], "{text:?}");
        let plain = context.fonts_mut(|fonts| fonts.layout_job(job(text, f32::INFINITY)));
        assert_eq!(galley.size(), plain.size(), "{text:?} takes the room that was measured");
        assert_eq!(galley.text(), text);
    }

    #[test]
    fn words_are_seen_in_the_order_of_their_directions() {
        for has_letters in [true, false] {
            in_context(has_letters, |context| {
                check(context, "Treaty, 1965!", "Treaty, 1965!");
                check(context, "אבג", "גבא");
                check(context, "אבג דהו", "והד גבא");
                check(context, "אבג 1965 דהו", "והד 1965 גבא");
                check(context, "אבג 12:30 דהו", "והד 12:30 גבא");
                check(context, "a אב, גד b", "a דג ,בא b");
                check(context, "אב a b גד", "דג a b בא");
                check(context, "ابج 1965 and English دهز", "زهد and English 1965 جبا");
                check(context, "אבג (דהו) 7", "7 (והד( גבא".replace("(והד(", ")והד(").as_str());
                check(context, "ממ ממ", "ממ ממ");
                check(context, "\u{2068}אב גד\u{2069} 3 tons", "דג בא 3 tons");
                check(context, "אב \u{200e}12 May 1965", "12 May 1965 בא");
            });
        }
        in_context(true, |context| {
            check(context, "سنة١٩٦٥", "١٩٦٥ةنس");
            check(context, "a \u{202e}bcd\u{202c} e", "a dcb e");
        });
    }

    #[test]
    fn lines_break_as_they_are_read() {
        in_context(true, |context| {
            let galley = set(context, job("אבגד הוזח טיכל", 82.0));
            assert_eq!(lines(&galley), [" חזוה דגבא", "לכיט"]);
            let right = |row: &PlacedRow| row.pos.x + row.size.x;
            let ends: Vec<f32> = galley.rows.iter().map(right).collect();
            assert!((ends[0] - ends[1]).abs() < 1.0, "they begin at the right: {ends:?}");
        });
    }

    #[test]
    fn brackets_are_mirrored() {
        in_context(true, |context| {
            let galley = set(context, job("אב (גד)", f32::INFINITY));
            let close = set(context, job(")", f32::INFINITY)).rows[0].glyphs[0].uv_rect;
            let row = &galley.rows[0];
            let bracket = row.glyphs.iter().find(|glyph| glyph.chr == '(').expect("a bracket");
            assert_eq!(bracket.uv_rect, close);
            let corner = row.visuals.mesh.vertices[bracket.first_vertex as usize];
            assert_eq!(corner.uv, pos2(f32::from(close.min[0]), f32::from(close.min[1])));
        });
    }

    #[test]
    fn ink_moves_with_its_glyph() {
        in_context(true, |context| {
            let galley = set(context, job("אבג 1965 דהו", f32::INFINITY));
            let row = &galley.rows[0];
            for glyph in row.glyphs.iter().filter(|glyph| !glyph.uv_rect.is_nothing()) {
                let ink = row.visuals.mesh.vertices[glyph.first_vertex as usize].pos.x;
                assert!((ink - (glyph.pos.x + glyph.uv_rect.offset.x)).abs() < 1.0, "{} {ink}", glyph.chr);
            }
        });
    }

    #[test]
    fn all_that_is_painted_is_ordered_once() {
        in_context(true, |context| {
            context.add_plugin(VisualOrder::default());
            let pass = || {
                let mut output = context.run_ui(egui::RawInput::default(), |ui| {
                    ui.label("אבג דהו");
                    ui.label("plain");
                });
                output.textures_delta.clear();
                let text = |clipped: &egui::epaint::ClippedShape| {
                    if let Shape::Text(text) = &clipped.shape { Some(Arc::clone(&text.galley)) } else { None }
                };
                output.shapes.iter().filter_map(text).find(|galley| has_order(galley.text())).expect("a text")
            };
            let (first, second) = (pass(), pass());
            assert_eq!(lines(&first), ["והד גבא"]);
            assert!(Arc::ptr_eq(&first, &second));
        });
    }
}
