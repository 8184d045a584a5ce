//! The sentences of a text, of which only those in sight are laid out.

use std::sync::Arc;

use egui::mutex::Mutex;
use egui::text::{LayoutJob, TextFormat};
use egui::{
    Align, Area, Button, CursorIcon, DragAndDrop, Frame, Id, Order, Rect, ScrollArea, Sense, Stroke, TextStyle, Ui,
    UiBuilder, pos2, style::ScrollAnimation, vec2,
};

use crate::capture::FoundDate;
use crate::paint::Theme;

use super::capture_state::{Capture, CaptureMessage};
use super::captured_text::CapturedText;

/// A sentence that is dragged with the pointer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Dragged(pub(super) usize);

/// How high the rows of a text are: those that have been seen, to the point, others as far as their length says.
#[derive(Debug, Default)]
struct Heights {
    /// The text and the width that they are of.
    of: (usize, u32),
    rows: Vec<f32>,
    /// The row that is to be scrolled to.
    sought: Option<usize>,
}

/// Height of the line above a paragraph, and of the space above it, in points.
const HEAD: f32 = 22.0;

/// Shows the sentences.
pub(super) fn show(
    ui: &mut Ui,
    capture: &Capture,
    text: &Arc<CapturedText>,
    theme: &Theme,
    changes: &mut Vec<CaptureMessage>,
) {
    let id = Id::unique("heights of the text");
    let kept = ui.data_mut(|data| Arc::clone(data.get_temp_mut_or_default::<Arc<Mutex<Heights>>>(id)));
    let mut kept = kept.lock();
    let width = ui.available_width();
    let of = (Arc::as_ptr(text) as usize, width as u32);
    if kept.of != of {
        *kept = Heights { of, rows: estimated(ui, text, width), sought: kept.sought.or(capture.selected) };
    }
    if capture.focuses_title {
        kept.sought = capture.selected;
    }
    let area = ScrollArea::vertical().auto_shrink(false);
    area.show_viewport(ui, |ui, seen| {
        let Heights { rows: heights, sought, .. } = &mut *kept;
        let (left, top) = (ui.max_rect().left(), ui.max_rect().top());
        let width = ui.available_width();
        let place = |from: f32, height: f32| Rect::from_min_size(pos2(left, top + from), vec2(width, height));
        ui.set_min_height(heights.iter().sum());
        if let Some(row) = *sought {
            let from: f32 = heights.iter().take(row).sum();
            let height = heights.get(row).copied().unwrap_or_default();
            if from < seen.top() || from + height > seen.bottom().max(seen.top() + height) {
                ui.scroll_to_rect_animation(place(from, height), Some(Align::Center), ScrollAnimation::none());
            } else {
                *sought = None;
            }
        }
        let mut from = 0.0;
        let mut row = 0;
        while let Some(height) = heights.get(row).filter(|height| from + **height < seen.top()) {
            from += height;
            row += 1;
        }
        while let Some(height) = heights.get_mut(row).filter(|_| from < seen.bottom()) {
            let builder = UiBuilder::new().max_rect(place(from, *height)).id_salt(row);
            let mut inside = ui.new_child(builder);
            sentence(&mut inside, capture, text, row, theme, changes);
            *height = inside.min_rect().height() + ui.spacing().item_spacing.y;
            from += *height;
            row += 1;
        }
    });
}

/// Returns how high sentences are, as far as their length says.
fn estimated(ui: &Ui, text: &CapturedText, width: f32) -> Vec<f32> {
    let font = TextStyle::Body.resolve(ui.style());
    let line = ui.fonts_mut(|fonts| fonts.row_height(&font));
    let padding = ui.spacing().button_padding;
    // Half of its size is about how wide a letter is.
    let letters = ((width - 2.0 * padding.x) / (font.size * 0.5)).max(8.0);
    let height = |(number, sentence): (usize, &crate::capture::Sentence)| {
        let lines = (sentence.range.len() as f32 / letters).ceil();
        let head = if is_first(text, number) { HEAD } else { 0.0 };
        lines * line + 2.0 * padding.y + head + ui.spacing().item_spacing.y
    };
    text.text.sentences().iter().enumerate().map(height).collect()
}

/// Returns whether a sentence begins a paragraph.
fn is_first(text: &CapturedText, number: usize) -> bool {
    let paragraph = text.text.sentences().get(number).and_then(|one| text.text.paragraphs().get(one.paragraph));
    paragraph.is_some_and(|paragraph| paragraph.sentences.start == number)
}

/// A sentence, with the number of its paragraph above the first one.
fn sentence(
    ui: &mut Ui,
    capture: &Capture,
    text: &CapturedText,
    number: usize,
    theme: &Theme,
    changes: &mut Vec<CaptureMessage>,
) {
    let paragraph = text.text.sentences().get(number).and_then(|one| text.text.paragraphs().get(one.paragraph));
    if let Some(paragraph) = paragraph.filter(|paragraph| paragraph.sentences.start == number) {
        let page = paragraph.page.map(|page| format!(", {}", text.text.page_words(page))).unwrap_or_default();
        ui.add_space(4.0);
        ui.weak(format!("¶ {}{page}", paragraph.number));
    }
    let words = words(ui, capture, text, number, theme);
    let button = Button::selectable(capture.selected == Some(number), words).wrap().sense(Sense::click_and_drag());
    let response = ui.add(button);
    if response.clicked() {
        changes.push(CaptureMessage::Select(number));
    }
    if response.drag_started() {
        DragAndDrop::set_payload(ui.ctx(), Dragged(number));
    }
    if response.dragged() {
        dragged(ui, text, number);
    }
    response.on_hover_cursor(CursorIcon::PointingHand);
}

/// Shows, beside the pointer, the sentence that is dragged.
fn dragged(ui: &Ui, text: &CapturedText, number: usize) {
    const MOST: usize = 60;
    let Some(at) = ui.ctx().pointer_latest_pos() else { return };
    ui.ctx().set_cursor_icon(CursorIcon::Grabbing);
    let quotation = text.text.quotation(number);
    let mut words: String = quotation.chars().take(MOST).collect();
    if words.len() < quotation.len() {
        words.push('…');
    }
    let area = Area::new(Id::unique("dragged sentence")).order(Order::Tooltip).interactable(false);
    area.fixed_pos(at + vec2(14.0, 14.0)).show(ui.ctx(), |ui| {
        Frame::popup(ui.style()).show(ui, |ui| {
            ui.set_max_width(260.0);
            ui.label(words);
            ui.weak("Drop it in a lane");
        });
    });
}

/// The words of a sentence, with its dates marked: underlined, and, if they are doubtful, in italics.
fn words(ui: &Ui, capture: &Capture, text: &CapturedText, sentence: usize, theme: &Theme) -> LayoutJob {
    let font = TextStyle::Body.resolve(ui.style());
    let is_used = capture.is_used(sentence);
    let plain = TextFormat::simple(font, if is_used { theme.muted } else { theme.ink });
    let mut job = LayoutJob::default();
    if is_used {
        job.append("Cited · ", 0.0, plain.clone());
    }
    let text = &text.text;
    let Some(range) = text.sentences().get(sentence).map(|sentence| sentence.range.clone()) else { return job };
    let mut add = |from: usize, to: usize, format: TextFormat| {
        let words = text.text().get(from..to).unwrap_or_default().replace(['\n', '\r'], " ");
        job.append(&words, 0.0, format);
    };
    let mut at = range.start;
    for FoundDate { range: date, doubt, .. } in text.dates_of(sentence) {
        add(at, date.start, plain.clone());
        let marked = TextFormat {
            color: theme.accent,
            underline: Stroke::new(1.5, theme.accent),
            italics: doubt.is_some(),
            ..plain.clone()
        };
        add(date.start, date.end, marked);
        at = date.end;
    }
    add(at, range.end, plain);
    job
}
