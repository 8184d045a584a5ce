//! A paragraph of words in several looks, with links in it.

use std::ops::Range;
use std::sync::Arc;

use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{
    Align, Color32, CursorIcon, FontId, Galley, Pos2, Rect, Response, Role, Sense, Stroke, Ui, WidgetInfo, vec2,
};

use crate::layout::one_line;
use crate::paint::text::{has_order, in_visual_order, is_right_to_left, reads};

/// Words that are laid out together. Lines break between words, and in a word that is longer than a line.
#[derive(Default)]
pub struct Paragraph {
    job: LayoutJob,
    /// Where links stand in the text.
    links: Vec<Range<usize>>,
    /// Where words stand that have a colour behind them, or a line through them.
    marked: Vec<(Range<usize>, Mark)>,
    /// Whether a text from right to left stands at the right.
    flush: bool,
}

/// What is drawn at some words besides them. egui would draw it where they stand in the order of reading.
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

    /// Adds words that stand apart from those before them.
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
        let (rect, response) = ui.allocate_exact_size(vec2(width, galley.size().y), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, one_line(galley.text())));
        let at = Pos2::new(if at_right { rect.right() - galley.size().x } else { rect.left() }, rect.top());
        let links =
            self.links.iter().enumerate().map(|(number, range)| link(ui, &response, number, range, &galley, at));
        let links: Vec<Response> = links.collect();
        if ui.is_rect_visible(rect) {
            for (range, mark) in &self.marked {
                for rect in rects(range, &galley) {
                    let rect = rect.translate(at.to_vec2());
                    match mark {
                        Mark::Behind(color) => {
                            drop(ui.painter().rect_filled(rect.expand2(vec2(2.0, 0.0)), 3.0, *color))
                        }
                        Mark::Through(stroke) => drop(ui.painter().hline(rect.x_range(), rect.center().y, *stroke)),
                    }
                }
            }
            ui.painter().galley(at, galley, ui.visuals().text_color());
        }
        links
    }
}

/// Whether the first letter of a text runs from right to left.
fn runs_from_right(text: &str) -> bool {
    text.chars().find(|c| c.is_alphabetic()).is_some_and(is_right_to_left)
}

/// What senses clicks on a link, on each of the lines that it takes; the first can have the focus.
fn link(
    ui: &Ui,
    paragraph: &Response,
    number: usize,
    range: &Range<usize>,
    galley: &Arc<Galley>,
    at: Pos2,
) -> Response {
    let words = galley.text().get(range.clone()).unwrap_or_default();
    let part = |part: usize, rect: Rect| {
        let sense = if part == 0 { Sense::click() } else { Sense::CLICK };
        ui.interact(rect, paragraph.id.with((number, part)), sense)
    };
    let rects: Vec<Rect> = rects(range, galley).iter().map(|rect| rect.translate(at.to_vec2())).collect();
    let first = part(0, rects.first().copied().unwrap_or(Rect::from_min_size(at, egui::Vec2::ZERO)));
    first.widget_info(|| WidgetInfo::labeled(Role::Link, true, one_line(words)));
    let response =
        rects.iter().enumerate().skip(1).fold(first, |response, (index, rect)| response | part(index, *rect));
    let color = ui.visuals().hyperlink_color;
    let width = if response.hovered() || response.has_focus() { 1.5 } else { 0.5 };
    for rect in &rects {
        ui.painter().hline(rect.x_range(), rect.bottom() - 1.5, Stroke::new(width, color));
        if response.has_focus() {
            ui.painter().rect_stroke(rect.expand(2.0), 3.0, Stroke::new(2.0, color), egui::StrokeKind::Outside);
        }
    }
    response.on_hover_cursor(CursorIcon::PointingHand)
}

/// Where some of a galley's text stands, by its bytes: a rectangle on each line.
fn rects(range: &Range<usize>, galley: &Galley) -> Vec<Rect> {
    let text = galley.text();
    let count = |end: usize| text.get(..end).map_or(0, |before| before.chars().count());
    let characters = count(range.start)..count(range.end);
    let reads = reads(galley);
    let mut reads = reads.iter();
    let mut rects = Vec::new();
    for row in &galley.rows {
        let mut found = Rect::NOTHING;
        for (glyph, read) in row.glyphs.iter().zip(reads.by_ref()) {
            if glyph.advance_width > 0.0 && read.cluster.is_some_and(|cluster| characters.contains(&cluster)) {
                found |= glyph.logical_rect().translate(row.pos.to_vec2());
            }
        }
        if found.is_positive() {
            rects.push(found);
        }
    }
    rects
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_where_they_stand() {
        let context = egui::Context::default();
        context.set_fonts(crate::paint::definitions());
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
        let [first, second] = [4..9, 9..15].map(|range| rects(&range, &line));
        assert!(first.len() == 1 && second.len() == 1);
        assert!(first[0].left() > 10.0 && (first[0].right() - second[0].left()).abs() < 1.0, "{first:?} {second:?}");
        job.wrap.max_width = 60.0;
        let lines = context.fonts_mut(|fonts| fonts.layout_job(job));
        let broken = rects(&(4..15), &lines);
        assert!(matches!(&broken[..], [above, below] if above.center().y < below.top()), "{broken:?}");
    }
}
