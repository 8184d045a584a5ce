//! `CommonMark` as the record shows it.

use std::collections::HashMap;
use std::rc::Rc;

use egui::text::TextFormat;
use egui::{Align, Color32, FontId, Rect, Stroke, Ui, UiBuilder, pos2, vec2};

use crate::app::fonts;
use crate::prose::{self, Block, Kind, Look, Span};

use super::paragraph::Paragraph;

/// Size of the text, in points.
const SIZE: f32 = 14.0;
/// How far a list or a quotation is set in, in points.
const INDENT: f32 = 18.0;
/// Free space between blocks, in points.
const GAP: f32 = 8.0;
/// Free space between the items of a list, in points.
const ITEM_GAP: f32 = 4.0;

/// Texts that have been read, as long as they are shown.
#[derive(Default)]
pub struct Cache(HashMap<String, Known>);

struct Known {
    blocks: Rc<[Block]>,
    is_used: bool,
}

impl Cache {
    fn blocks(&mut self, text: &str) -> Rc<[Block]> {
        if !self.0.contains_key(text) {
            let blocks = prose::read(text).into();
            self.0.insert(text.to_owned(), Known { blocks, is_used: true });
        }
        self.0.get_mut(text).map_or_else(Rc::default, |known| {
            known.is_used = true;
            Rc::clone(&known.blocks)
        })
    }

    /// Forgets what was not shown since the last call.
    pub fn retain_used(&mut self) {
        self.0.retain(|_, known| std::mem::take(&mut known.is_used));
    }
}

/// Shows a text in the width that is left. Returns the address of a link that was clicked.
pub fn show(ui: &mut Ui, cache: &mut Cache, text: &str) -> Option<Rc<str>> {
    let mut clicked = None;
    let blocks = cache.blocks(text);
    let gap = |last: &Block, next: &Block| if last.depth > 0 && next.depth > 0 { ITEM_GAP } else { GAP };
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for (index, next) in blocks.iter().enumerate() {
            if let Some(last) = index.checked_sub(1).and_then(|last| blocks.get(last)) {
                ui.add_space(gap(last, next));
            }
            clicked = block(ui, next).or(clicked.take());
        }
    });
    clicked
}

/// Shows a block; returns the address of a link in it that was clicked.
fn block(ui: &mut Ui, block: &Block) -> Option<Rc<str>> {
    let room = ui.available_rect_before_wrap();
    // Never so far in that no word has room.
    let indent = (INDENT * (block.depth + block.quotes) as f32).min(room.width() * 0.4).floor();
    let inside = Rect::from_min_max(pos2(room.left() + indent, room.top()), room.max);
    let mut child = ui.new_child(UiBuilder::new().max_rect(inside));
    let ui_inside = &mut child;
    let clicked = match &block.kind {
        Kind::Rule => {
            ui_inside.add(egui::Separator::default().spacing(GAP));
            None
        }
        Kind::Row(cells) => row(ui_inside, cells),
        Kind::Code => code(ui_inside, &block.spans),
        Kind::Heading(level) => {
            let size = [18.0, 16.0, 15.0].get(usize::from(*level) - 1).copied().unwrap_or(SIZE);
            words(ui_inside, &block.spans, size, true)
        }
        Kind::Paragraph => words(ui_inside, &block.spans, SIZE, false),
    };
    let bottom = child.min_rect().bottom();
    if let Some(mark) = &block.mark {
        let color = ui.visuals().weak_text_color();
        let galley = ui.painter().layout_no_wrap(mark.clone(), FontId::proportional(SIZE), color);
        ui.painter().galley(inside.min - vec2(galley.size().x + 5.0, 0.0), galley, color);
    }
    let line = Stroke::new(2.0, ui.visuals().widgets.noninteractive.bg_stroke.color);
    for quote in 0..block.quotes {
        ui.painter().vline(room.left() + 3.0 + INDENT * quote as f32, room.top()..=bottom, line);
    }
    ui.advance_cursor_after_rect(Rect::from_min_max(room.min, pos2(room.right(), bottom)));
    clicked
}

/// A block of code, with a button that copies it.
fn code(ui: &mut Ui, spans: &[Span]) -> Option<Rc<str>> {
    /// For how long it is said that the code has been copied, in seconds.
    const SAID: f64 = 2.0;
    let (fill, now) = (ui.visuals().code_bg_color, ui.input(|input| input.time));
    egui::Frame::new()
        .fill(fill)
        .inner_margin(6)
        .corner_radius(4.0)
        .show(ui, |ui| {
            ui.set_min_width(ui.available_width());
            let clicked = words(ui, spans, SIZE - 1.0, false);
            let id = ui.scope_id().with("copied");
            let copied = ui.data(|data| data.get_temp::<f64>(id)).is_some_and(|at| now - at < SAID);
            if ui.small_button(if copied { "Copied" } else { "Copy" }).clicked() {
                ui.copy_text(spans.iter().map(|span| span.text.as_str()).collect());
                ui.data_mut(|data| data.insert_temp(id, now));
                ui.request_repaint_after(std::time::Duration::from_secs_f64(SAID));
            }
            clicked
        })
        .inner
}

/// Shows words; returns the address of a link in them that was clicked.
fn words(ui: &mut Ui, spans: &[Span], size: f32, bold: bool) -> Option<Rc<str>> {
    let mut paragraph = Paragraph::default();
    let mut targets = Vec::new();
    for span in spans {
        let format = format(ui, &span.look, size, bold);
        match &span.look.link {
            // Where nothing of it can be seen there is nothing to click.
            Some(url) if !span.text.trim().is_empty() => {
                paragraph.link(&span.text, format);
                targets.push(url);
            }
            _ => paragraph.push(&span.text, format),
        }
    }
    let mut clicked = None;
    for (url, response) in targets.into_iter().zip(paragraph.flush().show(ui)) {
        if response.clicked() {
            clicked = Some(Rc::clone(url));
        }
        response.on_hover_text(&**url);
    }
    clicked
}

/// The cells of a row of a table beside each other, equally wide; returns the address of a link that was clicked.
fn row(ui: &mut Ui, cells: &[Vec<Span>]) -> Option<Rc<str>> {
    let room = ui.available_rect_before_wrap();
    let width = room.width() / cells.len().max(1) as f32;
    let (mut bottom, mut clicked) = (room.top(), None);
    for (index, cell) in cells.iter().enumerate() {
        let left = room.left() + width * index as f32;
        let rect = Rect::from_min_max(pos2(left, room.top()), pos2(left + width - 6.0, room.bottom()));
        let mut child = ui.new_child(UiBuilder::new().max_rect(rect));
        clicked = words(&mut child, cell, SIZE, false).or(clicked);
        bottom = bottom.max(child.min_rect().bottom());
    }
    ui.advance_cursor_after_rect(Rect::from_min_max(room.min, pos2(room.right(), bottom)));
    clicked
}

fn format(ui: &Ui, look: &Look, size: f32, bold: bool) -> TextFormat {
    let visuals = ui.visuals();
    let raised = look.raised != 0;
    let size = if raised { size * 0.75 } else { size };
    let font_id = if bold || look.bold { fonts::bold(size) } else { FontId::proportional(size) };
    let color = if look.link.is_some() { visuals.hyperlink_color } else { Color32::PLACEHOLDER };
    TextFormat {
        font_id,
        color,
        italics: look.italic,
        background: if look.code { visuals.code_bg_color } else { Color32::TRANSPARENT },
        strikethrough: if look.struck { Stroke::new(1.0, visuals.text_color()) } else { Stroke::NONE },
        valign: if look.raised > 0 { Align::TOP } else { Align::BOTTOM },
        ..TextFormat::default()
    }
}
