//! How the pointer moves the selected event in the chart, and what is seen of that.

use egui::{Align2, CursorIcon, Rect, Response, Sense, Stroke, StrokeKind, Ui};

use crate::date::{Handle, Seconds};
use crate::layout::{Chart, Mark, MarkShape, TextRole};
use crate::paint::Theme;
use crate::timeline::{Item, ItemId};

use super::drag::DragMessage;
use super::fonts::font;
use super::message::Message;
use super::state::State;
use super::ui_command::UiCommand;

/// How near another event's end must be to be met, in points.
const NEAR: f32 = 8.0;
/// The width of the area that takes hold of an end, in points.
const GRIP: f32 = 8.0;
/// A bar of less than this is moved as a whole, in points: its ends are beside it.
const ROOM: f32 = 3.0 * GRIP;

/// Moves the event of a mark, which is selected, as the pointer drags it or one of its ends.
pub fn react(ui: &Ui, chart: &Chart, state: &State, mark: &Mark, whole: &Response, messages: &mut Vec<Message>) {
    let Some(item) = state.timeline().id(Item::Event(mark.event)) else { return };
    let held = Held { ui, chart, state, mark, item };
    if state.can_move(mark.event, Handle::Whole) || state.timeline().lanes.len() > 1 {
        held.follow(whole, Handle::Whole, CursorIcon::Grab, messages);
    }
    for (handle, rect) in ends(mark) {
        let rect = rect.intersect(chart.regions.lanes);
        if !rect.is_positive() || !state.can_move(mark.event, handle) {
            continue;
        }
        // Not focusable: keys do the same to what is selected.
        let id = ui.scope_id().with(("handle", &held.item, mark.lane.get(), handle == Handle::Start));
        let response = ui.interact(rect, id, Sense::CLICK | Sense::DRAG);
        held.follow(&response, handle, CursorIcon::ResizeHorizontal, messages);
    }
}

/// Returns the ends of a bar that can be taken hold of.
fn ends(mark: &Mark) -> Vec<(Handle, Rect)> {
    let MarkShape::Span { x, open_start, open_end, .. } = &mark.shape else { return Vec::new() };
    let outside = if x.span() < ROOM { GRIP } else { 0.0 };
    let grip = |left: f32| Rect::from_x_y_ranges(left..=left + GRIP, mark.rect.y_range());
    let start = (!open_start).then(|| (Handle::Start, grip(x.min - outside)));
    let end = (!open_end).then(|| (Handle::End, grip(x.max - GRIP + outside)));
    start.into_iter().chain(end).collect()
}

struct Held<'a> {
    ui: &'a Ui,
    chart: &'a Chart,
    state: &'a State,
    mark: &'a Mark,
    item: ItemId,
}

impl Held<'_> {
    /// Says what the pointer does with an area.
    fn follow(&self, response: &Response, handle: Handle, cursor: CursorIcon, messages: &mut Vec<Message>) {
        if response.drag_started() {
            messages.push(UiCommand::Drag(DragMessage::Begin(self.item.clone(), handle)).into());
        } else if response.drag_stopped() {
            messages.push(UiCommand::Drag(DragMessage::Drop).into());
        } else if response.dragged() {
            messages.extend(self.target(response).map(|target| UiCommand::Drag(target).into()));
        }
        if response.dragged() {
            self.ui.ctx().set_cursor_icon(if cursor == CursorIcon::Grab { CursorIcon::Grabbing } else { cursor });
        } else if response.hovered() {
            self.ui.ctx().set_cursor_icon(cursor);
        }
    }

    /// Returns where what is held is moved to.
    fn target(&self, response: &Response) -> Option<DragMessage> {
        let drag = self.state.drag.as_ref().filter(|drag| drag.item == self.item)?;
        let pointer = response.interact_pointer_pos()?;
        let pressed = self.ui.input(|input| input.pointer.press_origin())?;
        let axis = &self.chart.axis;
        let x = axis.x(drag.origin()) as f32 + pointer.x - pressed.x;
        let alone = self.ui.input(|input| input.modifiers.alt);
        let snap = if alone { None } else { self.near(x) };
        let lane = self.chart.lanes.iter().find(|lane| lane.rect.y_range().contains(pointer.y));
        let lane = lane.filter(|lane| lane.lane != self.mark.lane && lane.folded == 0);
        let lane = lane.and_then(|lane| self.state.timeline().lane_id(lane.lane)).cloned();
        Some(DragMessage::To { time: axis.time(x), lane, snap })
    }

    /// Returns the time nearest to x at which another event in sight begins or ends, if that is near.
    fn near(&self, x: f32) -> Option<Seconds> {
        let others = self.chart.marks().filter(|mark| mark.event != self.mark.event);
        let bounds = others.filter_map(|mark| self.state.timeline().event(mark.event)?.known_bounds());
        let times = bounds.flat_map(|bounds| [bounds.start, bounds.end]);
        let near = times.map(|time| ((self.chart.axis.x(time) as f32 - x).abs(), time));
        near.filter(|(distance, _)| *distance <= NEAR).min_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, time)| time)
    }
}

/// Shows where the date that is dragged is now, with the date before and after.
pub fn show(ui: &Ui, chart: &Chart, state: &State, theme: &Theme) {
    let Some(drag) = &state.drag else { return };
    let Some(Item::Event(event)) = state.timeline().find(&drag.item) else { return };
    let Some(mark) = chart.marks().find(|mark| mark.event == event) else { return };
    let painter = ui.painter().with_clip_rect(chart.regions.outer);
    let (extent, plot) = (drag.extent(), chart.regions.plot);
    let x = [extent.start, extent.end].map(|time| plot.clamp(chart.axis.x(time) as f32));
    let lane = drag.lane.as_ref().and_then(|lane| state.timeline().find_lane(lane));
    let lane = lane.and_then(|lane| chart.lanes.iter().find(|placed| placed.lane == lane));
    let mut bar = Rect::from_x_y_ranges(x[0]..=x[1].max(x[0] + 2.0), mark.rect.y_range());
    if let Some(lane) = lane {
        let rect = lane.rect.intersect(chart.regions.lanes);
        painter.rect_stroke(rect.shrink(1.0), 3.0, Stroke::new(2.0, theme.accent), StrokeKind::Inside);
        bar = bar.translate(egui::vec2(0.0, rect.center().y - bar.center().y));
    }
    if let Some(snap) = drag.snap {
        let x = chart.axis.x(snap) as f32;
        painter.vline(x, chart.regions.lanes.y_range(), Stroke::new(1.5, theme.accent));
    }
    painter.rect_stroke(bar.expand(2.0), 3.0, Stroke::new(2.0, theme.accent), StrokeKind::Outside);
    let galley = painter.layout_no_wrap(drag.words(), font(TextRole::Label), theme.ink);
    let size = galley.size() + egui::vec2(16.0, 10.0);
    let room = chart.regions.outer.shrink(4.0);
    let above = Align2::CENTER_BOTTOM.anchor_size(bar.center_top() - egui::vec2(0.0, 8.0), size);
    let left = above.left().clamp(room.left(), (room.right() - size.x).max(room.left()));
    let rect = Rect::from_min_size(egui::pos2(left, above.top().max(room.top())), size);
    painter.rect(rect, 4.0, theme.raised, Stroke::new(1.0, theme.edge), StrokeKind::Inside);
    painter.galley(rect.min + egui::vec2(8.0, 5.0), galley, theme.ink);
}
