//! The events as rows of a table, of which only those in sight are built.

use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{
    Align, Button, CentralPanel, Color32, Context, CursorIcon, FontId, Frame, Id, Key, Layout, Margin, Modifiers,
    Panel, Rect, Response, RichText, Role, Sense, Stroke, StrokeKind, Ui, UiBuilder, WidgetInfo, pos2, vec2,
};

use crate::layout::one_line;
use crate::paint::{self, Theme};
use crate::query::{Column, RowOrder};
use crate::timeline::{Event, EventIndex, Timeline};

use super::fonts::bold;
use super::list_state::{ListMessage, ListPlacement, Step};
use super::message::{FrameEvent, Message};
use super::regions::{self, Place, Region};
use super::state::State;
use super::ui_command::UiCommand;
use super::words::count_words;

/// Height of a row, in points.
const ROW: f32 = 26.0;
/// Width of the scroll bar, in points.
const BAR: f32 = 12.0;
/// Free space on either side of the words of a cell, in points.
const GAP: f32 = 8.0;
/// Characters of a cell that are set.
const MOST: usize = 300;

/// The list, which has the focus while its keys are on a row.
fn list_id() -> Id {
    Id::unique("event list")
}

/// Returns whether the list has the focus, so that it takes the keys that move through rows.
pub(super) fn has_focus(context: &Context) -> bool {
    context.memory(egui::Memory::focused) == Some(list_id())
}

/// Returns what a key means while the list has the focus.
pub(super) fn command_of(key: Key, modifiers: Modifiers) -> Option<UiCommand> {
    let is_alone = Modifiers { shift: false, ..modifiers }.is_none();
    let to = match key {
        Key::ArrowUp => Step::Rows(-1),
        Key::ArrowDown => Step::Rows(1),
        Key::PageUp => Step::Pages(-1),
        Key::PageDown => Step::Pages(1),
        Key::Home => Step::First,
        Key::End => Step::Last,
        Key::Enter if modifiers.is_none() => return Some(UiCommand::List(ListMessage::Open)),
        Key::A if modifiers.command && !modifiers.shift && !modifiers.alt => {
            return Some(UiCommand::List(ListMessage::SelectAll));
        }
        _ => return None,
    };
    is_alone.then_some(UiCommand::List(ListMessage::Go { to, extends: modifiers.shift }))
}

/// The least heights of a chart and of a list below it, in points.
const LEAST_CHART: f32 = 200.0;
const LEAST_LIST: f32 = 130.0;

/// Takes the place of the list, if it is shown: a panel below the chart, or the place of the chart. Returns whether it is
/// that, too.
pub(super) fn place(ui: &mut Ui, state: &State) -> Option<(Place, bool)> {
    if !state.list.is_open || state.explorer.is_some() {
        return None;
    }
    let frame = Frame::new().inner_margin(Margin::symmetric(12, 6));
    let height = ui.available_height();
    if state.list_covers_chart() || height < LEAST_CHART + LEAST_LIST {
        return Some((CentralPanel::no_frame().frame(frame).show(ui, Place::take).inner, true));
    }
    let panel = Panel::bottom("event list").default_size((height * 0.4).max(LEAST_LIST));
    let panel = panel.size_range(LEAST_LIST..=height - LEAST_CHART).frame(frame);
    Some((panel.show(ui, Place::take).inner, false))
}

/// Shows the list in all the space that is left.
pub(super) fn show(ui: &mut Ui, state: &State, theme: &Theme, messages: &mut Vec<Message>) {
    heading(ui, state, messages);
    let room = ui.available_rect_before_wrap();
    if room.width() < 40.0 || room.height() < ROW {
        return;
    }
    let columns = Columns::of(room.with_max_x(room.right() - BAR), state.timeline());
    headings(ui, state, &columns, room.top(), messages);
    let body = room.with_min_y(room.top() + ROW);
    rows(ui, state, theme, &columns, body, messages);
    ui.advance_cursor_after_rect(room);
}

/// The line above the table: how many events are listed, and where the list is.
fn heading(ui: &mut Ui, state: &State, messages: &mut Vec<Message>) {
    ui.horizontal(|ui| {
        let words = if state.jobs.lists() {
            "Sorting…".to_owned()
        } else {
            let (listed, all) = (state.list.listing.len(), state.timeline().events.len());
            if listed == all { count_words(all, "event") } else { format!("{listed} of {}", count_words(all, "event")) }
        };
        ui.label(RichText::new(words).font(bold(13.0)));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let close = ui.button("×").on_hover_text("Hide the list (Ctrl+L)").accessible_name("Hide the event list");
            if close.clicked() {
                messages.push(UiCommand::EventList.into());
            }
            let is_below = state.list.placement == ListPlacement::Below;
            let (words, hint) = if is_below {
                ("Instead of Chart", "Show the list in the place of the chart (Ctrl+Shift+L)")
            } else {
                ("Below Chart", "Show the list below the chart (Ctrl+Shift+L)")
            };
            if ui.button(words).on_hover_text(hint).clicked() {
                messages.push(UiCommand::PlaceEventList.into());
            }
        });
    });
}

/// The columns that have room.
struct Columns(Vec<(Column, egui::Rangef)>);

impl Columns {
    /// The columns of a document that have something to show, as far as there is room: the last are the first that are left
    /// out.
    fn of(room: Rect, timeline: &Timeline) -> Self {
        let width = room.width();
        let shares = [
            (Column::Date, 0.22, true),
            (Column::Title, 0.36, true),
            (Column::Lane, 0.16, width >= 260.0 && timeline.lanes.len() > 1),
            (Column::Tags, 0.13, width >= 480.0 && timeline.events.has_tags()),
            (Column::Sources, 0.19, width >= 700.0 && !timeline.sources.is_empty()),
        ];
        let shown = shares.into_iter().filter(|(_, _, is_shown)| *is_shown);
        let whole: f32 = shown.clone().map(|(_, share, _)| share).sum();
        let mut left = room.left();
        let place = |(column, share, _)| {
            let from = left;
            left += share / whole * width;
            (column, egui::Rangef::new(from, left))
        };
        Self(shown.map(place).collect())
    }
}

/// The names of the columns, which sort by them.
fn headings(ui: &mut Ui, state: &State, columns: &Columns, top: f32, messages: &mut Vec<Message>) {
    let RowOrder { column: sorted, is_descending } = state.list.order;
    for (column, x) in &columns.0 {
        let is_sorted = *column == sorted;
        let (sign, words) = match (is_sorted, is_descending) {
            (false, _) => ("", ""),
            (true, false) => (" ▲", ", sorted, ascending"),
            (true, true) => (" ▼", ", sorted, descending"),
        };
        let rect = Rect::from_x_y_ranges(*x, top..=top + ROW);
        let mut inside = ui.new_child(UiBuilder::new().max_rect(rect).layout(Layout::left_to_right(Align::Center)));
        inside.spacing_mut().button_padding = vec2(GAP, 2.0);
        let text = RichText::new(format!("{}{sign}", column.name())).font(bold(12.5));
        let button = inside.add(Button::new(text).truncate().frame_when_inactive(false));
        let hint = format!("Sort by {}", column.name().to_lowercase());
        if button.on_hover_text(&hint).accessible_name(format!("{hint}{words}")).clicked() {
            messages.push(list(ListMessage::Sort(*column)));
        }
    }
    let line = Stroke::new(1.0, ui.visuals().widgets.noninteractive.bg_stroke.color);
    ui.painter().hline(ui.max_rect().x_range(), top + ROW - 0.5, line);
}

fn list(message: ListMessage) -> Message {
    UiCommand::List(message).into()
}

/// The rows in sight, and the bar that scrolls them.
fn rows(ui: &mut Ui, state: &State, theme: &Theme, columns: &Columns, body: Rect, messages: &mut Vec<Message>) {
    let count = state.list.listing.len();
    let page = f64::from(body.height() / ROW);
    if (state.list.page - page).abs() > 1e-3 {
        messages.push(FrameEvent::ListDrawn(page).into());
    }
    let id = list_id();
    let response = ui.interact(body, id, Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::ListBox, true, name(state)));
    if response.clicked() || state.list.focuses {
        response.request_focus();
        messages.push(FrameEvent::ListFocused.into());
    }
    regions::add(ui.ctx(), Region::List, body, Some(id));
    let builder = UiBuilder::new().max_rect(body).accessibility_parent(id);
    let mut inside = ui.new_child(builder);
    inside.shrink_clip_rect(body);
    let selected = state.selected_events();
    let first = state.list.top.floor() as usize;
    let last = (first + page.ceil() as usize + 1).min(count);
    for row in first..last {
        let top = body.top() + ((row as f64 - state.list.top) * f64::from(ROW)) as f32;
        let rect = Rect::from_min_size(pos2(body.left(), top), vec2(body.width() - BAR, ROW));
        let Some(index) = state.list.listing.event(row, state.timeline()) else { continue };
        let is_selected = selected.binary_search(&index).is_ok();
        let is_dimmed = state.found().is_some_and(|found| !found.contains(index));
        let shown = Row { place: row, index, is_selected, is_dimmed, has_focus: response.has_focus() };
        shown.show(&inside, state, theme, columns, rect, messages);
    }
    if count == 0 {
        inside.centered_and_justified(|ui| ui.weak("No event is listed."));
    }
    if response.has_focus() {
        ui.painter().rect_stroke(body, 2.0, Stroke::new(2.0, theme.accent), StrokeKind::Inside);
    }
    scroll(ui, state, body, messages);
}

/// What a screen reader says of the list.
fn name(state: &State) -> String {
    let RowOrder { column, is_descending } = state.list.order;
    let direction = if is_descending { "descending" } else { "ascending" };
    let count = count_words(state.list.listing.len(), "event");
    format!("Event list, {count}, sorted by {}, {direction}", column.name().to_lowercase())
}

/// A row in sight.
struct Row {
    place: usize,
    index: EventIndex,
    is_selected: bool,
    /// Whether a search goes on that has not found it.
    is_dimmed: bool,
    /// Whether the list has the focus.
    has_focus: bool,
}

impl Row {
    fn show(&self, ui: &Ui, state: &State, theme: &Theme, columns: &Columns, rect: Rect, messages: &mut Vec<Message>) {
        let Some(event) = state.timeline().event(self.index) else { return };
        let is_current = state.list.cursor == Some(self.place);
        let id = ui.scope_id().with(("row", self.place));
        // The list has the focus, and the keys are on one of its rows.
        let response = ui.interact(rect, id, Sense::CLICK);
        response
            .widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, self.is_selected, spoken(state, &event)));
        ui.ctx().accesskit_node_builder(id, |node| {
            // It counts from 0.
            node.set_position_in_set(self.place);
            node.set_size_of_set(state.list.listing.len());
        });
        if is_current {
            ui.ctx().accesskit_node_builder(list_id(), |node| node.set_active_descendant(id.accesskit_id()));
        }
        self.react(ui, &response, messages);
        let painter = ui.painter();
        if self.is_selected {
            painter.rect_filled(rect, 0.0, ui.visuals().selection.bg_fill);
            painter.rect_filled(rect.with_max_x(rect.left() + 3.0), 0.0, theme.accent);
        } else if response.hovered() {
            painter.rect_filled(rect, 0.0, theme.panel);
        }
        let mut is_cut = false;
        for (column, x) in &columns.0 {
            is_cut |= self.cell(ui, state, theme, &event, (*column, Rect::from_x_y_ranges(*x, rect.y_range())));
        }
        if is_current && self.has_focus {
            painter.rect_stroke(rect.shrink(2.0), 2.0, Stroke::new(1.5, theme.accent), StrokeKind::Inside);
        }
        if is_cut && !state.has_overlay() {
            response.on_hover_ui_at_pointer(|ui| {
                ui.set_max_width(360.0);
                ui.label(one_line(event.title));
                ui.label(event.date_words());
            });
        }
    }

    /// Paints a cell. Returns whether its text is cut.
    fn cell(&self, ui: &Ui, state: &State, theme: &Theme, event: &Event<'_>, (column, rect): (Column, Rect)) -> bool {
        let mut left = rect.left() + GAP;
        let (font, color) = match column {
            _ if self.is_dimmed => (FontId::proportional(13.0), theme.muted),
            Column::Title => (bold(13.5), theme.ink),
            Column::Date => (FontId::proportional(13.5), theme.ink),
            _ => (FontId::proportional(13.0), if self.is_selected { theme.ink } else { theme.muted }),
        };
        if column == Column::Lane
            && let Some(lane) = state.timeline().lane_of(event)
        {
            let sign = pos2(left + 5.0, rect.center().y);
            let marker = paint::marker(lane.style, sign, 4.5, theme.color(lane.color()), None);
            ui.painter().add(super::canvas::shape(&marker));
            left += 15.0;
        }
        let words = column.cell(state.timeline(), event);
        let end = words.char_indices().nth(MOST).map_or(words.len(), |(end, _)| end);
        let words = one_line(words.get(..end).unwrap_or_default());
        let width = (rect.right() - GAP - left).max(0.0);
        let mut job = LayoutJob::single_section(words.into_owned(), TextFormat::simple(font, Color32::PLACEHOLDER));
        job.wrap = TextWrapping::truncate_at_width(width);
        let galley = ui.painter().layout_job(job);
        let is_cut = galley.elided;
        let at = pos2(left, rect.center().y - galley.size().y / 2.0);
        ui.painter().with_clip_rect(rect.intersect(ui.clip_rect())).galley(at, galley, color);
        is_cut
    }

    fn react(&self, ui: &Ui, response: &Response, messages: &mut Vec<Message>) {
        if response.double_clicked() {
            messages.push(UiCommand::FitSelected.into());
        } else if response.clicked() {
            let modifiers = ui.input(|input| input.modifiers);
            messages.push(list(match modifiers {
                _ if modifiers.command => ListMessage::Toggle(self.place),
                _ if modifiers.shift => ListMessage::Through(self.place),
                _ => ListMessage::Select(self.place),
            }));
            ui.memory_mut(|memory| memory.request_focus(list_id()));
        }
        if response.hovered() {
            ui.ctx().set_cursor_icon(CursorIcon::PointingHand);
        }
    }
}

/// What a screen reader says of a row.
fn spoken(state: &State, event: &Event<'_>) -> String {
    let cells = Column::ALL.map(|column| match (column, column.cell(state.timeline(), event)) {
        (_, cell) if cell.is_empty() => cell,
        (Column::Tags, cell) => format!("tags {cell}"),
        (Column::Sources, cell) => format!("sources {cell}"),
        (_, cell) => cell,
    });
    let cells: Vec<&str> = cells.iter().map(String::as_str).filter(|cell| !cell.is_empty()).collect();
    one_line(&cells.join(", ")).into_owned()
}

/// The wheel over the rows, and the bar beside them.
fn scroll(ui: &Ui, state: &State, body: Rect, messages: &mut Vec<Message>) {
    let (count, page) = (state.list.listing.len() as f64, f64::from(body.height() / ROW));
    let most = (count - page).max(0.0);
    if most <= 0.0 {
        return;
    }
    let mut top = state.list.top;
    if ui.rect_contains_pointer(body) {
        top -= f64::from(ui.input(|input| input.smooth_scroll_delta().y) / ROW);
    }
    let track = body.with_min_x(body.right() - BAR);
    let height = (f64::from(track.height()) * page / count).max(24.0).min(f64::from(track.height())) as f32;
    let free = f64::from(track.height() - height);
    let response = ui.interact(track, list_id().with("scroll bar"), Sense::CLICK | Sense::DRAG);
    response.widget_info(|| WidgetInfo::labeled(Role::ScrollBar, true, "Scroll the event list"));
    let at = |top: f64| track.top() + (top / most * free) as f32;
    if let Some(pointer) = response.interact_pointer_pos().filter(|_| free > 0.0) {
        if response.dragged() {
            top += f64::from(response.drag_delta().y) / free * most;
        } else if response.clicked() {
            top += if pointer.y < at(top) { -page } else { page };
        }
    }
    let top = top.clamp(0.0, most);
    if (top - state.list.top).abs() > 1e-9 {
        messages.push(list(ListMessage::Scroll(top)));
    }
    let thumb = Rect::from_min_size(pos2(track.left() + 2.0, at(top)), vec2(BAR - 4.0, height));
    let color = if response.hovered() || response.dragged() { ui.visuals().text_color() } else { theme_edge(ui) };
    ui.painter().rect_filled(thumb, 4.0, color);
}

/// The colour of an edge that is seen well enough.
fn theme_edge(ui: &Ui) -> Color32 {
    ui.visuals().widgets.inactive.bg_stroke.color
}
