//! What is not in the picture, and leads there: strips that count events, and the lines at the edges.

use egui::{CursorIcon, Role, Sense, Ui, WidgetInfo};

use crate::date::Interval;
use crate::layout::{self, Chart, Overflow};
use crate::timeline::Item;

use super::hover;
use super::message::Message;
use super::state::State;
use super::ui_command::UiCommand;
use super::words::count_words;

/// Whether the view rests: what the pointer happens to pass over while it zooms and pans need not be told.
pub(super) fn is_still(ui: &Ui) -> bool {
    ui.input(|input| input.smooth_scroll_delta() == egui::Vec2::ZERO && (input.zoom_delta() - 1.0).abs() < 1e-6)
}

/// What a strip counts is told on hovering; a click zooms to it, and a key to where it counts most.
pub(super) fn strips(ui: &Ui, chart: &Chart, state: &State, messages: &mut Vec<Message>) {
    for lane in &chart.lanes {
        let Some(strip) = &lane.strip else { continue };
        let rect = strip.rect.intersect(chart.regions.lanes);
        if !rect.is_positive() {
            continue;
        }
        let id = ui.scope_id().with(("strip", state.timeline().lane_id(lane.lane)));
        let response = ui.interact(rect, id, Sense::click());
        let title = state.timeline().lane(lane.lane).map_or("", |lane| &lane.title);
        let name = || format!("{title}: {}", count_words(strip.hidden, "more event"));
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name()));
        let pointer = response.hover_pos().or(response.interact_pointer_pos());
        if let Some(extent) = pointer.and_then(|pointer| extent_at(strip, pointer.x)) {
            if response.clicked() {
                messages.push(Message::Ui(UiCommand::Glide(state.around(extent))));
            }
            let words = count_words(hidden_in(lane, extent, state), "event");
            let response = response.on_hover_cursor(CursorIcon::ZoomIn);
            if is_still(ui) {
                let when = hover::time_words(extent, state.view.interval().length() as f64);
                response.on_hover_text_at_pointer(format!("{words} here, {when}: click to look closer"));
            }
        } else if response.clicked() {
            let fullest = strip.bins.iter().max_by_key(|bin| bin.count);
            let extent = fullest.and_then(|bin| extent_at(strip, bin.x.center()));
            messages.extend(extent.map(|extent| Message::Ui(UiCommand::Glide(state.around(extent)))));
        }
    }
}

/// The extent in time of the bins of a strip that are near x. Returns `None` if none is.
fn extent_at(strip: &layout::DensityStrip, x: f32) -> Option<Interval> {
    /// Columns that are this close count as near, in points.
    const NEAR: f32 = 12.0;
    let mut near = strip.bins.iter().filter(|bin| (bin.x.center() - x).abs() <= NEAR);
    let first = near.next()?;
    let last = near.next_back().unwrap_or(first);
    Some(Interval { start: first.extent.start, end: last.extent.end })
}

/// How many events of a lane in an extent have no mark. The sum of the columns would count twice what covers two of them.
fn hidden_in(lane: &layout::LaneBox, extent: Interval, state: &State) -> usize {
    let (timeline, projection) = (state.timeline(), state.projection());
    let all = projection.lane(lane.lane).map_or(0, |lane| lane.index().count(extent));
    let bounds = |mark: &layout::Mark| timeline.event(mark.event).and_then(|event| event.known_bounds());
    let marked = lane.marks.iter().filter_map(bounds).filter(|bounds| bounds.overlaps(extent)).count();
    all.saturating_sub(marked)
}

/// How much of the lanes in sight one press of a key or a click scrolls by.
pub(super) const PAGE: f32 = 0.8;

/// What is not in the picture is a click away.
pub(super) fn indicators(ui: &Ui, chart: &Chart, state: &State, messages: &mut Vec<Message>) {
    for indicator in &chart.indicators {
        let response = ui.interact(
            indicator.rect.expand2(egui::vec2(0.0, 4.0)),
            ui.scope_id().with(("indicator", indicator.overflow)),
            Sense::click(),
        );
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &indicator.text));
        if response.clicked() {
            messages.extend(toward(indicator.overflow, chart, state));
        }
        response.on_hover_cursor(CursorIcon::PointingHand).on_hover_text(match indicator.overflow {
            Overflow::Earlier => "Select the last event before the view",
            Overflow::Later => "Select the first event after the view",
            Overflow::LanesAbove => "Scroll to the lanes above",
            Overflow::LanesBelow => "Scroll to the lanes below",
            Overflow::Series => "Scroll to series that do not fit",
            Overflow::Eras => "Show an era whose name does not fit",
            Overflow::Undated => "List the events without a date",
        });
    }
}

/// What leads to something that is not in the picture.
fn toward(overflow: Overflow, chart: &Chart, state: &State) -> Option<Message> {
    let page = chart.regions.lanes.height() * PAGE;
    let shown = chart.axis.view.interval();
    let visit = |item| state.timeline().id(item).map(|id| Message::Ui(UiCommand::Visit(id)));
    match overflow {
        Overflow::Earlier => state.projection().last_before(shown.start).map(Item::Event).and_then(visit),
        Overflow::Later => state.projection().first_after(shown.end).map(Item::Event).and_then(visit),
        Overflow::LanesAbove => Some(Message::Ui(UiCommand::Scroll(chart.scrolling.lanes - page))),
        Overflow::LanesBelow => {
            Some(Message::Ui(UiCommand::Scroll((chart.scrolling.lanes + page).min(chart.most_scroll()))))
        }
        Overflow::Series => {
            Some(Message::Ui(UiCommand::Scroll(chart.scrolling.to_other_series(state.timeline().series.len()))))
        }
        Overflow::Eras => {
            let era = chart.eras.iter().find(|era| era.name.is_none());
            era.and_then(|era| visit(Item::Era(era.index)))
        }
        Overflow::Undated => Some(Message::Ui(UiCommand::ShowDocument)),
    }
}
