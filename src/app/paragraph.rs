//! A paragraph of words in several looks, with links in it.

use std::ops::Range;

use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::text_selection::LabelSelectionState;
use egui::{
    Align, Color32, CursorIcon, FontId, Galley, Id, Pos2, Rect, Response, Role, Sense, Stroke, Ui, WidgetInfo, vec2,
};

use crate::layout::one_line;
use crate::scene::text::direction::{has_order, is_right_to_left};

use super::roles;
use super::text::{in_visual_order, reads};

/// Words that are laid out together. Lines break between words, and in a word that is longer than a line.
#[derive(Default)]
pub struct Paragraph {
    job: LayoutJob,
    /// Where links are in the text, in bytes.
    links: Vec<Range<usize>>,
    /// Where words are that have a colour behind them or a line through them, in bytes.
    marked: Vec<(Range<usize>, Mark)>,
    /// Whether a text from right to left is aligned at the right.
    flush: bool,
    /// Whether it is the heading of what follows, of this level.
    heading: Option<usize>,
}

/// What is drawn at some words besides them. egui would draw it at their place in the order of reading.
#[derive(Clone, Copy)]
enum Mark {
    Behind(Color32),
    Through(Stroke),
}

impl Paragraph {
    /// A paragraph of one look.
    pub fn of(words: &str, font: FontId, color: Color32) -> Self {
        let mut paragraph = Self::default();
        paragraph.push(words, TextFormat::simple(font, color));
        paragraph
    }

    /// The same, at the right where its text runs from right to left.
    pub fn flush(self) -> Self {
        Self { flush: true, ..self }
    }

    /// The same, as the heading of what follows.
    pub fn heading(self, level: usize) -> Self {
        Self { heading: Some(level), ..self }
    }

    /// Adds words.
    pub fn push(&mut self, words: &str, mut format: TextFormat) {
        let range = self.job.text.len()..self.job.text.len() + words.len();
        let behind = std::mem::replace(&mut format.background, Color32::TRANSPARENT);
        let through = std::mem::replace(&mut format.strikethrough, Stroke::NONE);
        if behind != Color32::TRANSPARENT {
            self.marked.push((range.clone(), Mark::Behind(behind)));
        }
        if through != Stroke::NONE {
            self.marked.push((range, Mark::Through(through)));
        }
        self.job.append(words, 0.0, format);
    }

    /// Adds words that are set apart from those before them.
    pub fn beside(&mut self, words: &str, format: TextFormat) {
        self.job.append(" ", 4.0, format.clone());
        self.job.append(words, 0.0, format);
    }

    /// Adds words that can be clicked.
    pub fn link(&mut self, words: &str, format: TextFormat) {
        let start = self.job.text.len();
        self.push(words, format);
        self.links.push(start..self.job.text.len());
    }

    /// Shows it in the width that is left, and gives its links in their order.
    pub fn show(mut self, ui: &mut Ui) -> Vec<Response> {
        let room = ui.available_width();
        self.job.wrap = TextWrapping::wrap_at_width(room);
        self.job.halign = Align::LEFT;
        let galley = ui.fonts_mut(|fonts| fonts.layout_job(self.job));
        let galley = in_visual_order(ui.ctx(), galley);
        let at_right = self.flush && has_order(galley.text()) && runs_from_right(galley.text());
        let width = if at_right { room.max(galley.size().x) } else { galley.size().x };
        let (rect, response) = ui.allocate_exact_size(vec2(width, galley.size().y), Sense::DRAG);
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, heard(galley.text())));
        if let Some(level) = self.heading {
            roles::mark_heading(ui, response.id, &heard(galley.text()), level);
        }
        let at = Pos2::new(if at_right { rect.right() - galley.size().x } else { rect.left() }, rect.top());
        let parts = rects(&self.links, &galley).into_iter().zip(&self.links).enumerate();
        let links: Vec<Response> = parts
            .map(|(number, (rects, range))| {
                let words = galley.text().get(range.clone()).unwrap_or_default();
                let rects: Vec<Rect> = rects.iter().map(|rect| rect.translate(at.to_vec2())).collect();
                link(ui, response.id.with(("link", number)), words, at, &rects)
            })
            .collect();
        if ui.is_rect_visible(rect) {
            let (ranges, marks): (Vec<_>, Vec<_>) = self.marked.into_iter().unzip();
            for (rects, mark) in rects(&ranges, &galley).into_iter().zip(marks) {
                for rect in rects {
                    let rect = rect.translate(at.to_vec2());
                    match mark {
                        Mark::Behind(color) => drop(ui.painter().rect_filled(rect.expand2(vec2(2.0, 0.0)), 3.0, color)),
                        Mark::Through(stroke) => drop(ui.painter().hline(rect.x_range(), rect.center().y, stroke)),
                    }
                }
            }
            let color = ui.visuals().text_color();
            if has_order(galley.text()) {
                // Places in it are not in the order in which egui selects.
                ui.painter().galley(at, galley, color);
            } else {
                LabelSelectionState::label_text_selection(ui, &response, at, galley, color, Stroke::NONE);
            }
        }
        links
    }
}

/// A text for a screen reader: on one line, without marks of direction.
fn heard(text: &str) -> String {
    one_line(text).replace(['\u{2068}', '\u{2069}'], "")
}

/// Whether the first letter of a text runs from right to left.
fn runs_from_right(text: &str) -> bool {
    text.chars().find(|c| c.is_alphabetic()).is_some_and(is_right_to_left)
}

/// What senses clicks on a link, on each of the lines that it takes; the first can have the focus. A link without ink
/// stands where its paragraph begins.
fn link(ui: &Ui, id: Id, words: &str, start: Pos2, rects: &[Rect]) -> Response {
    let part = |part: usize, rect: Rect| {
        ui.interact(rect, id.with(part), if part == 0 { Sense::click() } else { Sense::CLICK })
    };
    let first = part(0, rects.first().copied().unwrap_or(Rect::from_min_size(start, egui::Vec2::ZERO)));
    first.widget_info(|| WidgetInfo::labeled(Role::Link, true, heard(words)));
    let response =
        rects.iter().enumerate().skip(1).fold(first, |response, (index, rect)| response | part(index, *rect));
    let color = ui.visuals().hyperlink_color;
    let width = if response.hovered() || response.has_focus() { 1.5 } else { 0.5 };
    for rect in rects {
        ui.painter().hline(rect.x_range(), rect.bottom() - 1.5, Stroke::new(width, color));
        if response.has_focus() {
            ui.painter().rect_stroke(rect.expand(2.0), 3.0, Stroke::new(2.0, color), egui::StrokeKind::Outside);
        }
    }
    response.on_hover_cursor(CursorIcon::PointingHand)
}

/// Where parts of a galley's text are, by their bytes: rectangles on the lines of each. The parts follow one another.
fn rects(parts: &[Range<usize>], galley: &Galley) -> Vec<Vec<Rect>> {
    // Each with the number of its line.
    let mut found: Vec<Vec<(usize, Rect)>> = vec![Vec::new(); parts.len()];
    if parts.is_empty() {
        return Vec::new();
    }
    let bytes: Vec<usize> = galley.text().char_indices().map(|(at, _)| at).collect();
    let reads = reads(galley);
    let mut reads = reads.iter();
    for (index, row) in galley.rows.iter().enumerate() {
        for (glyph, read) in row.glyphs.iter().zip(reads.by_ref()) {
            let Some(at) = read.cluster.and_then(|cluster| bytes.get(cluster)) else { continue };
            let part = parts.partition_point(|part| part.end <= *at);
            let is_in = parts.get(part).is_some_and(|part| part.contains(at));
            // White space at the end of a line is not marked; any other is between words that are.
            let is_seen = glyph.advance_width > 0.0 && !glyph.chr.is_whitespace();
            let Some(found) = found.get_mut(part).filter(|_| is_in && is_seen) else { continue };
            let rect = glyph.logical_rect().translate(row.pos.to_vec2());
            match found.last_mut() {
                Some((row, last)) if *row == index => *last |= rect,
                _ => found.push((index, rect)),
            }
        }
    }
    found.into_iter().map(|rects| rects.into_iter().map(|(_, rect)| rect).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_where_they_stand() {
        let context = egui::Context::default();
        context.set_fonts(crate::app::fonts::definitions());
        for _ in 0..2 {
            let mut output = context.run_ui(egui::RawInput::default(), |_| {});
            output.textures_delta.clear();
        }
        let mut job = LayoutJob::default();
        let format = TextFormat::simple(FontId::proportional(14.0), Color32::PLACEHOLDER);
        // Equal formats become one section.
        for words in ["One ", "first", "second", " three"] {
            job.append(words, 0.0, format.clone());
        }
        let line = context.fonts_mut(|fonts| fonts.layout_job(job.clone()));
        let found = rects(&[4..9, 9..15], &line);
        let [first, second] = &found[..] else { panic!("{found:?}") };
        assert!(first.len() == 1 && second.len() == 1);
        assert!(first[0].left() > 10.0 && (first[0].right() - second[0].left()).abs() < 1.0, "{first:?} {second:?}");
        job.wrap.max_width = 60.0;
        let lines = context.fonts_mut(|fonts| fonts.layout_job(job));
        let broken = rects(std::slice::from_ref(&(4..15)), &lines);
        assert!(matches!(&broken[0][..], [above, below] if above.center().y < below.top()), "{broken:?}");
    }
}
