//! The rows of a file in the import form: what its columns hold, and what its dates are read as.
//!
//! Only the cells in sight are laid out, so that a table may have any number of rows and columns.

use std::ops::Range;

use egui::{
    Align, Align2, Button, ComboBox, FontId, Id, Label, Popup, Rect, RichText, ScrollArea, Stroke, Ui, UiBuilder, pos2,
    vec2,
};

use crate::import::{Column, Field, Preview, PreviewRow, Why};
use crate::paint::Theme;

use super::fonts::bold;
use super::import_state::{ImportForm, ImportMessage, PreviewRows};

/// Heights of a header with menus, of one without them, and of a row, in points.
const HEADER: f32 = 74.0;
const PLAIN_HEADER: f32 = 28.0;
const ROW: f32 = 42.0;
/// Width of the column of row numbers, in points.
const NUMBERS: f32 = 52.0;
/// Widths of columns, in points.
const NARROWEST: f32 = 132.0;
const WIDEST: f32 = 300.0;
const WIDEST_MENU: f32 = 190.0;
/// Space between the edge of a cell and its text, in points.
const PADDING: f32 = 6.0;

/// Where the columns of a table are, in points from its left edge.
struct Columns(Vec<f32>);

impl Columns {
    /// Gives each column the width that its texts need, within limits, and what is left of the room, in points.
    fn new(preview: &Preview, room: f32) -> Self {
        /// Number of rows that tell the width; what a character takes, in points; and how many fit.
        const ROWS: usize = 40;
        const CHARACTER: f32 = 7.0;
        const MOST: usize = (WIDEST / CHARACTER) as usize + 1;
        let length_of = |text: &str| text.chars().take(MOST).count();
        let mut edges = vec![NUMBERS];
        let mut left = NUMBERS;
        for (index, column) in preview.columns.iter().enumerate() {
            let mut length = length_of(&column.title());
            for row in preview.rows.iter().take(ROWS) {
                let words = row.readings.iter().filter(|reading| reading.column == index).map(|reading| &reading.words);
                let texts = words.chain(row.cells.get(index));
                length = texts.map(|text| length_of(text)).max().unwrap_or(0).max(length);
            }
            left += (length as f32 * CHARACTER + 2.0 * PADDING).clamp(NARROWEST, WIDEST);
            edges.push(left);
        }
        let spread = ((room - NUMBERS) / (left - NUMBERS).max(1.0)).clamp(1.0, 2.0);
        Self(edges.into_iter().map(|edge| NUMBERS + (edge - NUMBERS) * spread).collect())
    }

    fn width(&self) -> f32 {
        self.0.last().copied().unwrap_or(NUMBERS)
    }

    fn count(&self) -> usize {
        self.0.len() - 1
    }

    /// Returns the left and the right edge of a column.
    fn edges(&self, column: usize) -> [f32; 2] {
        let edge = |at: usize| self.0.get(at).copied().unwrap_or_else(|| self.width());
        [edge(column), edge(column + 1)]
    }

    /// Returns the columns that are in sight between two places, and one more on each side, so that the keys go on to it.
    fn between(&self, left: f32, right: f32) -> Range<usize> {
        let first = self.0.partition_point(|edge| *edge <= left).saturating_sub(2);
        let last = self.0.partition_point(|edge| *edge < right) + 1;
        first..last.min(self.count()).max(first)
    }
}

/// The rows that are shown.
fn rows<'p>(form: &ImportForm, preview: &'p Preview) -> &'p [PreviewRow] {
    match form.rows {
        PreviewRows::First => &preview.rows,
        PreviewRows::NotUnderstood => &preview.not_understood,
    }
}

/// Returns the height at which all rows are in sight, in points.
pub(super) fn height(preview: &Preview) -> f32 {
    let rows = preview.rows.len().max(preview.not_understood.len());
    header_height(preview) + rows as f32 * ROW + 14.0
}

fn header_height(preview: &Preview) -> f32 {
    if preview.table.is_some() { HEADER } else { PLAIN_HEADER }
}

/// Shows the table in a height, in points.
pub(super) fn show(
    ui: &mut Ui,
    form: &ImportForm,
    preview: &Preview,
    height: f32,
    theme: &Theme,
    messages: &mut Vec<ImportMessage>,
) {
    let (rows, columns) = (rows(form, preview), Columns::new(preview, ui.available_width() - 2.0));
    let frame = egui::Frame::new().stroke(Stroke::new(1.0, theme.line)).fill(theme.paper);
    frame.show(ui, |ui| {
        let area =
            ScrollArea::both().id_salt(("import rows", &form.rows)).max_height(height).min_scrolled_height(height);
        let size = vec2(columns.width(), header_height(preview) + rows.len() as f32 * ROW);
        area.auto_shrink([false, true]).show_viewport(ui, |ui, viewport| {
            ui.set_min_size(size.max(viewport.size()));
            let (origin, header) = (ui.min_rect().min, header_height(preview));
            let table = Table { form, preview, rows, columns: &columns, theme, origin, viewport, header };
            table.reveal(ui);
            table.body(ui);
            table.header(ui, messages);
        });
    });
}

struct Table<'t> {
    form: &'t ImportForm,
    preview: &'t Preview,
    rows: &'t [PreviewRow],
    columns: &'t Columns,
    theme: &'t Theme,
    /// Its top left corner on the screen.
    origin: egui::Pos2,
    /// What is in sight, from there.
    viewport: Rect,
    /// Height of the header, in points.
    header: f32,
}

impl Table<'_> {
    /// Scrolls to the current row, once after each step to it.
    fn reveal(&self, ui: &Ui) {
        let id = Id::unique("import row revealed");
        let wanted = (self.form.rows == PreviewRows::NotUnderstood).then_some(self.form.current);
        let known = ui.data(|data| data.get_temp::<Option<usize>>(id)).flatten();
        if wanted != known {
            ui.data_mut(|data| data.insert_temp(id, wanted));
            if let Some(row) = wanted {
                let top = self.origin.y + self.header + row as f32 * ROW;
                let left = self.origin.x + self.viewport.left();
                // The header covers what is at the top.
                ui.scroll_to_rect(
                    Rect::from_min_size(pos2(left, top - self.header), vec2(1.0, self.header + ROW)),
                    None,
                );
            }
        }
    }

    fn body(&self, ui: &mut Ui) {
        let first = ((self.viewport.top() / ROW).floor().max(0.0)) as usize;
        let last = ((self.viewport.bottom() - self.header) / ROW).ceil().max(0.0) as usize;
        let in_sight = self.columns.between(self.viewport.left(), self.viewport.right());
        for index in first..last.min(self.rows.len()) {
            let Some(row) = self.rows.get(index) else { continue };
            let top = self.origin.y + self.header + index as f32 * ROW;
            let line = Rect::from_x_y_ranges(self.sight_x(), top..=top + ROW);
            if self.form.rows == PreviewRows::NotUnderstood && index == self.form.current {
                let bar = Rect::from_min_size(line.min, vec2(4.0, ROW));
                ui.painter().rect_filled(line, 0.0, self.theme.panel);
                ui.painter().rect_filled(bar, 0.0, self.theme.accent);
            }
            ui.painter().hline(line.x_range(), line.bottom(), Stroke::new(1.0, self.theme.line));
            let number = RichText::new(row.place.0.to_string()).color(self.theme.muted).size(12.0);
            let at = Rect::from_min_size(pos2(self.origin.x, top), vec2(NUMBERS, ROW)).shrink(PADDING);
            ui.put(Rect::from_min_size(at.min, vec2(at.width(), 16.0)), Label::new(number).truncate());
            for column in in_sight.clone() {
                self.cell(ui, row, column, top);
            }
        }
    }

    /// Returns the part of the screen that is in sight, from left to right.
    fn sight_x(&self) -> egui::Rangef {
        egui::Rangef::new(self.origin.x + self.viewport.left(), self.origin.x + self.viewport.right())
    }

    /// Shows a cell as it is written, and beneath it what its date is read as.
    fn cell(&self, ui: &mut Ui, row: &PreviewRow, column: usize, top: f32) {
        let [left, right] = self.columns.edges(column);
        let line = |from: f32| {
            let left = self.origin.x + left + PADDING;
            Rect::from_min_max(pos2(left, top + from), pos2(self.origin.x + right - PADDING, top + from + 18.0))
        };
        let put = |ui: &mut Ui, rect: Rect, text: RichText| {
            let mut ui =
                ui.new_child(UiBuilder::new().max_rect(rect).layout(egui::Layout::left_to_right(Align::Center)));
            ui.add(Label::new(text).truncate());
        };
        let is_unused = self.column(column).is_some_and(|column| matches!(column.field, Some((Field::Unused, _))));
        if let Some(text) = row.cells.get(column).filter(|text| !text.is_empty()) {
            let text = RichText::new(text.split_whitespace().collect::<Vec<_>>().join(" "));
            put(ui, line(4.0), if is_unused { text.color(self.theme.muted).strikethrough() } else { text });
        }
        if let Some(reading) = row.readings.iter().find(|reading| reading.column == column) {
            let other = reading.other.as_ref().map(|other| {
                let date = other.rsplit_once(", dated").map_or(other.as_str(), |(date, _)| date);
                format!(", not {date}")
            });
            let words = match (&other, reading.is_understood) {
                (_, false) => format!("Not understood: {}", reading.words),
                (Some(other), true) => {
                    let date = reading.words.rsplit_once(", dated").map_or(reading.words.as_str(), |(date, _)| date);
                    format!("{date}{other}")
                }
                (None, true) => reading.words.clone(),
            };
            let color = if reading.is_understood { self.theme.muted } else { self.theme.error };
            put(ui, line(21.0), RichText::new(words).size(12.0).color(color));
        }
    }

    fn column(&self, column: usize) -> Option<&Column> {
        self.preview.columns.get(column)
    }

    /// Shows the names of the columns and what they hold, above the rows in sight.
    fn header(&self, ui: &mut Ui, messages: &mut Vec<ImportMessage>) {
        let top = self.origin.y + self.viewport.top();
        let strip = Rect::from_x_y_ranges(self.sight_x(), top..=top + self.header);
        ui.painter().rect_filled(strip, 0.0, self.theme.panel);
        ui.painter().hline(strip.x_range(), strip.bottom(), Stroke::new(1.0, self.theme.edge));
        let unit = if self.preview.unit == "row" { "Row" } else { "No." };
        let at = pos2(self.origin.x + PADDING, top + 8.0);
        ui.painter().text(at, Align2::LEFT_TOP, unit, FontId::proportional(12.0), self.theme.muted);
        for index in self.columns.between(self.viewport.left(), self.viewport.right()) {
            let Some(column) = self.column(index) else { continue };
            let [left, right] = self.columns.edges(index);
            let cell =
                Rect::from_min_max(pos2(self.origin.x + left, top), pos2(self.origin.x + right, top + self.header));
            let inner = cell.shrink2(vec2(PADDING, 4.0));
            let mut ui = ui.new_child(UiBuilder::new().id_salt(("import column", index)).max_rect(inner));
            ui.spacing_mut().item_spacing.y = 2.0;
            let title = RichText::new(column.title()).font(bold(13.5));
            ui.add(Label::new(title).truncate());
            if self.preview.table.is_some() {
                self.menu(&mut ui, index, column, inner.width().min(WIDEST_MENU), messages);
            }
        }
    }

    /// The menu of what a column holds, and why it was taken for that.
    fn menu(&self, ui: &mut Ui, index: usize, column: &Column, width: f32, messages: &mut Vec<ImportMessage>) {
        let (name, why) = (role(column), why(column));
        let room = (ui.ctx().content_rect().height() - 60.0).clamp(20.0, 700.0);
        let list = ComboBox::from_id_salt(index).width(width).height(room).truncate().selected_text(name);
        let mut chosen = None;
        let shown = list.show_ui(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 1.0;
            let is_chosen = self.form.settings.columns.contains_key(&index);
            if is_chosen && ui.button("Automatic").clicked() {
                chosen = Some(None);
            }
            let now = column.field.map_or(Field::Line, |(field, _)| field);
            for field in ordered() {
                if ui.add(Button::selectable(now == field, field_words(field))).clicked() {
                    chosen = Some(Some(field));
                }
            }
        });
        let list = shown.response.accessible_name(format!("{}: {name}, {why}", column.title()));
        super::dialog::follow_focus(ui);
        ui.add(Label::new(RichText::new(why).size(12.0).color(self.theme.muted)).truncate());
        if let Some(field) = chosen {
            let mut settings = self.form.settings.clone();
            settings.choose(index, field);
            messages.push(ImportMessage::Set(Box::new(settings)));
            Popup::close_all(ui.ctx());
            list.request_focus();
        }
    }
}

/// What a column holds, in words.
fn role(column: &Column) -> &'static str {
    match column.field {
        None if column.is_empty => "Nothing",
        None => field_words(Field::Line),
        Some((field, _)) => field_words(field),
    }
}

/// Why a column was taken for what it holds, in words.
fn why(column: &Column) -> &'static str {
    match column.field {
        Some((_, Why::Chosen)) => "chosen",
        Some((_, Why::Named)) => "by its name",
        Some((_, Why::Content)) => "by its content",
        None if column.is_empty => "it is empty",
        None => "no field fits",
    }
}

/// The fields in the order of the menu: first what tables have most.
fn ordered() -> impl Iterator<Item = Field> {
    let is_rare = |field: &Field| field.option().is_none();
    let common = Field::ALL.into_iter().filter(move |field| !is_rare(field));
    common.chain(Field::ALL.into_iter().filter(is_rare))
}

/// The name of a field in the menu.
fn field_words(field: Field) -> &'static str {
    match field {
        Field::Title => "Title",
        Field::Date => "Date or start",
        Field::End => "End",
        Field::Year => "Year",
        Field::Month => "Month",
        Field::Day => "Day of the month",
        Field::Time => "Time of day",
        Field::EndYear => "Year of the end",
        Field::EndMonth => "Month of the end",
        Field::EndDay => "Day of the end",
        Field::EndTime => "Time of the end",
        Field::Lane => "Lane",
        Field::Text => "Text",
        Field::Tags => "Tags",
        Field::Source => "Source",
        Field::Locator => "Page in the source",
        Field::Place => "Place",
        Field::Latitude => "Latitude",
        Field::Longitude => "Longitude",
        Field::Coordinates => "Coordinates",
        Field::Link => "Link",
        Field::Image => "Picture",
        Field::Color => "Colour",
        Field::Id => "Id",
        Field::Importance => "Importance",
        Field::Line => "In the description",
        Field::Unused => "Not used",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_in_sight_have_one_more_on_each_side() {
        let columns = Columns((0..=10).map(|edge| 50.0 + edge as f32 * 100.0).collect());
        let check = |left: f32, right: f32, expect: Range<usize>| {
            assert_eq!(columns.between(left, right), expect, "{left} to {right}");
        };
        check(0.0, 320.0, 0..4);
        check(260.0, 420.0, 1..5);
        check(900.0, 1050.0, 7..10);
        assert_eq!(columns.edges(9), [950.0, 1050.0]);
    }
}
