//! The names of lanes in the chart: a click folds and unfolds a group.

use egui::{CursorIcon, Id, Rect, Response, Role, Sense, Ui, WidgetInfo};

use crate::layout::{Chart, LaneBox, one_line};
use crate::timeline::{Key, Lane, LaneIndex};

use super::drag::DragMessage;
use super::form::{FormMessage, FormTarget};
use super::message::{FrameEvent, Message};
use super::roving::Roving;
use super::state::State;
use super::ui_command::UiCommand;
use super::words::count_words;

/// How a lane is changed.
const EDITED: &str = "Double click to rename, drag to reorder";

/// Makes the names in sight react. Returns the lane to emphasize: the one under the pointer if it is a group, else the
/// one that has the focus.
pub fn show(ui: &Ui, chart: &Chart, state: &State, messages: &mut Vec<Message>) -> Option<LaneIndex> {
    let (mut hovered, mut focused) = (None, None);
    let current = state.current_lane();
    let mut roving = Roving::begin(ui, "names of lanes");
    for placed in &chart.lanes {
        let rect = placed.name.intersect(chart.regions.lanes);
        let Some(lane) = state.timeline().lane(placed.lane).filter(|_| rect.is_positive()) else { continue };
        let Some(id) = state.timeline().lane_id(placed.lane) else { continue };
        let rect = Rect::from_center_size(rect.center(), rect.size().min(egui::vec2(f32::INFINITY, 40.0)));
        let is_current = current == Some(placed.lane);
        let response = roving.interact(ui, rect, ui.scope_id().with(("lane name", id)), Sense::DRAG, is_current);
        reorder(ui, chart, state, &response, placed, messages);
        response.widget_info(|| WidgetInfo::selected(Role::Button, true, is_current, words(lane, placed, state)));
        if response.double_clicked() {
            messages.push(UiCommand::Form(FormMessage::Open(FormTarget::Lane(Key::of_id(&lane.id)))).into());
        } else if response.clicked() {
            let command =
                if lane.is_group() { UiCommand::ToggleGroup(id.clone()) } else { UiCommand::ShowLane(id.clone()) };
            messages.push(command.into());
        }
        if state.lanes.focuses && is_current {
            response.request_focus();
            messages.push(FrameEvent::LaneFocused.into());
        }
        if response.has_focus() {
            focused = Some(placed.lane);
        }
        if lane.is_group() {
            if response.hovered() {
                hovered = Some(placed.lane);
            }
            let hint = if placed.folded > 0 { "Unfold (G)" } else { "Fold (G)" };
            response.on_hover_cursor(CursorIcon::PointingHand).on_hover_text(format!("{hint}. {EDITED}"));
        } else {
            response.on_hover_text(EDITED);
        }
    }
    roving.end(ui);
    ui.data_mut(|data| data.insert_temp(has_focus(), focused.is_some()));
    hovered.or(focused)
}

/// Moves a lane to the place of another one of its group as the pointer drags its name there.
fn reorder(ui: &Ui, chart: &Chart, state: &State, name: &Response, placed: &LaneBox, messages: &mut Vec<Message>) {
    if !name.dragged() && !name.drag_stopped() {
        return;
    }
    let parent = |lane: LaneIndex| state.timeline().lane(lane).and_then(|lane| lane.parent);
    let Some(pointer) = name.interact_pointer_pos() else { return };
    // What is in a lane beside it is that lane.
    let under = chart.lanes.iter().find(|lane| lane.rect.y_range().contains(pointer.y)).map(|lane| lane.lane);
    let around =
        under.and_then(|lane| state.timeline().around(lane).find(|around| parent(*around) == parent(placed.lane)));
    let Some(other) = around.filter(|other| *other != placed.lane) else { return };
    if name.drag_stopped() {
        let ids = state.timeline().lane_id(placed.lane).zip(state.timeline().lane_id(other));
        messages
            .extend(ids.map(|(lane, other)| UiCommand::Drag(DragMessage::Lane(lane.clone(), other.clone())).into()));
        return;
    }
    ui.ctx().set_cursor_icon(CursorIcon::Grabbing);
    let inside = |lane: LaneIndex| state.timeline().around(lane).any(|around| around == other);
    let rows = chart.lanes.iter().filter(|lane| inside(lane.lane)).map(|lane| lane.rect.y_range());
    let Some(rows) = rows.reduce(|all, row| egui::Rangef::new(all.min.min(row.min), all.max.max(row.max))) else {
        return;
    };
    let y = if other < placed.lane { rows.min } else { rows.max };
    ui.painter().hline(chart.regions.outer.x_range(), y, egui::Stroke::new(3.0, ui.visuals().selection.bg_fill));
}

/// Whether the name of a lane has the focus, as last drawn.
pub fn has_focus() -> Id {
    Id::unique("lane name has focus")
}

/// What a screen reader says of a lane: "Group Asia, folded, 12 events".
fn words(lane: &Lane, placed: &LaneBox, state: &State) -> String {
    let events = state.projection().lane(placed.lane).map_or(0, crate::query::ShownLane::len);
    let name = one_line(&lane.title);
    let events = count_words(events, "event");
    match (lane.is_group(), placed.folded) {
        (false, _) => format!("Lane {name}, {events}"),
        (true, 0) => format!("Group {name}, unfolded, {events}"),
        (true, _) => format!("Group {name}, folded, {events}"),
    }
}

/// Scrolls to the lane that the keys are on where it is out of sight.
pub fn reveal(chart: &Chart, state: &State, messages: &mut Vec<Message>) {
    /// Room above and below, in points: the lines there count the lanes that are out of sight.
    const MARGIN: f32 = 20.0;
    let Some(current) = state.current_lane() else { return };
    let Some(lane) = chart.lanes.iter().find(|placed| placed.lane == current) else { return };
    let seen = chart.regions.lanes.y_range().shrink(MARGIN.min(chart.regions.lanes.height() / 4.0));
    let scroll = if lane.rect.top() < seen.min {
        chart.scrolling.lanes + lane.rect.top() - seen.min
    } else if lane.rect.bottom() > seen.max {
        chart.scrolling.lanes + (lane.rect.bottom() - seen.max).min(lane.rect.top() - seen.min)
    } else {
        chart.scrolling.at
    };
    messages.push(FrameEvent::Revealed(scroll.clamp(0.0, chart.most_scroll().max(0.0))).into());
}
