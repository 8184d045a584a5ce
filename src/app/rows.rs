//! Rows of the record: names with a count or a badge at their right, remarks, headings.

use std::sync::Arc;

use egui::text::TextFormat;
use egui::{
    Color32, FontId, Galley, Pos2, Rect, RichText, Role, Sense, Stroke, TextStyle, Ui, UiBuilder, WidgetInfo, pos2,
    vec2,
};

use crate::document::Basis;
use crate::layout::one_line;
use crate::paint::{self, Theme};
use crate::scene::text::direction::isolated;

use super::fonts::bold;
use super::paragraph::Paragraph;
use super::roles;

/// Free space between the words of a row and its right end, in points.
const GAP: f32 = 8.0;

/// What is at the right end of a row.
#[derive(Clone, Copy)]
pub enum End<'a> {
    /// Nothing.
    Empty,
    /// A few words, such as a count.
    Words(&'a str),
    /// How a claim follows from its source.
    Basis(Basis),
}

impl End<'_> {
    fn words(self) -> (&'static str, &'static str) {
        match self {
            End::Basis(Basis::Stated) => ("Stated", "The source says this."),
            End::Basis(Basis::Derived) => ("Derived", "This follows from what the source says."),
            End::Basis(Basis::Background) => ("Background", "Common knowledge; the source is where to read on."),
            End::Empty | End::Words(_) => ("", ""),
        }
    }

    /// Its words, and how much wider and higher than these it is, in points.
    fn galley(self, ui: &Ui, theme: &Theme) -> Option<(Arc<Galley>, egui::Vec2)> {
        let set =
            |words: &str, font: FontId, color: Color32| ui.painter().layout_no_wrap(words.to_owned(), font, color);
        match self {
            End::Empty => None,
            End::Words(words) => Some((set(words, body(ui), ui.visuals().weak_text_color()), vec2(0.0, 0.0))),
            End::Basis(basis) => Some((set(self.words().0, bold(11.5), theme.badge(basis).1), vec2(16.0, 2.0))),
        }
    }
}

/// A row whose right end keeps its room: the words at the left wrap in what is left of it. Where that would be less than
/// half of the row, the end is below them. A screen reader reads the words first.
pub fn row(ui: &mut Ui, theme: &Theme, end: End<'_>, left: impl FnOnce(&mut Ui)) {
    let line = ui.text_style_height(&TextStyle::Body);
    // The room around the words that a row of buttons has.
    let around = (ui.spacing().interact_size.y - line).max(0.0) / 2.0;
    let room = ui.available_rect_before_wrap();
    let top = room.top() + around;
    let galley = end.galley(ui, theme);
    let size = galley.as_ref().map_or(egui::Vec2::ZERO, |(galley, around)| galley.size() + *around);
    let fits = size.x <= room.width() / 2.0;
    let right = if fits && size.x > 0.0 { room.right() - size.x - GAP } else { room.right() };
    let words = Rect::from_min_max(pos2(room.left(), top), pos2(right, room.bottom()));
    let mut child = ui.new_child(UiBuilder::new().max_rect(words));
    left(&mut child);
    let mut bottom = child.min_rect().bottom().max(top + line);
    if let Some((galley, _)) = galley {
        let y = if fits { top + (line - size.y) / 2.0 } else { bottom + 2.0 };
        let x = if fits { room.right() - size.x } else { room.left() };
        let rect = Rect::from_min_size(pos2(x, y), size);
        show_end(ui, theme, end, rect, galley);
        bottom = bottom.max(rect.bottom());
    }
    ui.advance_cursor_after_rect(Rect::from_min_max(room.min, pos2(room.right(), bottom + around)));
}

fn show_end(ui: &Ui, theme: &Theme, end: End<'_>, rect: Rect, galley: Arc<Galley>) {
    let response = ui.interact(rect, ui.next_auto_id().with("end"), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, galley.text()));
    let at: Pos2 = rect.center() - galley.size() / 2.0;
    if let End::Basis(basis) = end {
        ui.painter().rect_filled(rect, rect.height() / 2.0, theme.badge(basis).0);
        response.on_hover_text(end.words().1);
    }
    ui.painter().galley(at, galley, ui.visuals().text_color());
}

/// The font of running text.
pub fn body(ui: &Ui) -> FontId {
    TextStyle::Body.resolve(ui.style())
}

/// Words of the document in the colour of what is beside the point.
pub fn weak(ui: &mut Ui, words: &str) {
    Paragraph::of(&one_line(words), body(ui), ui.visuals().weak_text_color()).show(ui);
}

/// A name, and what it has, in one line where both fit.
pub fn named(ui: &mut Ui, name: &str, value: &str) {
    let mut paragraph = Paragraph::of(&isolated(&one_line(name)), body(ui), ui.visuals().weak_text_color());
    paragraph.beside(&isolated(&one_line(value)), TextFormat::simple(bold(13.5), Color32::PLACEHOLDER));
    paragraph.show(ui);
}

/// The title of what is shown.
pub fn title(ui: &mut Ui, words: &str) {
    let title = Paragraph::of(&one_line(words), TextStyle::Heading.resolve(ui.style()), Color32::PLACEHOLDER);
    title.heading(2).show(ui);
}

/// The heading of a part of the record.
pub fn section(ui: &mut Ui, words: &str) {
    ui.add_space(4.0);
    ui.separator();
    roles::heading(ui, RichText::new(words).font(bold(13.0)), 3);
}

/// A remark, set apart by a line at its left.
pub fn quoted(ui: &mut Ui, words: &str, theme: &Theme) {
    let margin = egui::Margin { left: 12, right: 0, top: 1, bottom: 1 };
    let frame = egui::Frame::new().inner_margin(margin);
    let shown = frame.show(ui, |ui| {
        Paragraph::of(&one_line(words), FontId::proportional(13.0), Color32::PLACEHOLDER).flush().show(ui)
    });
    let edge = shown.response.rect;
    ui.painter().vline(edge.left() + 3.0, edge.y_range(), Stroke::new(2.0, theme.line));
}

/// A lane's sign, and its name beside it.
pub fn lane_name(ui: &mut Ui, lane: usize, words: &str, color: Color32) {
    let room = ui.available_rect_before_wrap();
    let height = ui.text_style_height(&TextStyle::Body);
    let sign = pos2(room.left() + 7.0, room.top() + height / 2.0);
    ui.painter().add(super::canvas::shape(&paint::marker(lane, sign, 5.5, color, None)));
    let mut child = ui.new_child(UiBuilder::new().max_rect(room.with_min_x(room.left() + 22.0)));
    Paragraph::of(&one_line(words), bold(13.0), color).show(&mut child);
    ui.advance_cursor_after_rect(Rect::from_min_max(room.min, child.min_rect().max));
}
