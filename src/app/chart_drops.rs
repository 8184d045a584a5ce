//! What is dropped on the chart.

use std::path::PathBuf;

use egui::{Context, DragAndDrop, Pos2, Stroke, StrokeKind, Ui};

use crate::compose::date_near;
use crate::layout::{Chart, LaneBox};
use crate::paint::Theme;

use super::capture_panel::Dragged;
use super::capture_state::CaptureMessage;
use super::dropped::{Place, is_picture};
use super::message::Message;
use super::record_panel::RecordPlacement;
use super::state::State;
use super::ui_command::UiCommand;

/// Returns the lane and the date of a point.
pub(super) fn place_at(chart: &Chart, state: &State, at: Pos2) -> Option<Place> {
    let lane = state.timeline().lane(lane_at(chart, at)?.lane)?.id.clone();
    let date = date_near(chart.axis.time(at.x), state.view.interval().length() as f64);
    Some(Place { lane: Some(lane), date: Some(date) })
}

/// Returns the lane that a point is in.
fn lane_at(chart: &Chart, at: Pos2) -> Option<&LaneBox> {
    let is_in = |lane: &&LaneBox| lane.rect.y_range().contains(at.y);
    chart.lanes.iter().find(is_in).filter(|_| chart.regions.outer.contains(at))
}

/// Returns whether pictures that are dropped on the chart make events where they are dropped.
fn takes_drops(state: &State) -> bool {
    state.awaited_words().is_none() && state.explorer.is_none() && !state.has_overlay()
}

/// Returns the files that are dropped on the window, but for those that the chart takes.
pub(super) fn elsewhere(context: &Context, state: &State) -> Vec<PathBuf> {
    let files = dropped(context).into_iter();
    files.filter(|path| !(is_picture(path) && takes_drops(state) && is_over_chart(context, state))).collect()
}

fn dropped(context: &Context) -> Vec<PathBuf> {
    context.input(|input| input.raw.dropped_files.iter().map(|file| file.path().to_path_buf()).collect())
}

fn is_over_chart(context: &Context, state: &State) -> bool {
    let is_shown = !(state.record.is_shown() && state.record.placement == RecordPlacement::Instead);
    is_shown && context.pointer_latest_pos().is_some_and(|at| state.chart_rect.contains(at))
}

/// What is dropped on the chart: pictures, and sentences of the text beside it.
pub(super) fn show(ui: &Ui, chart: &Chart, state: &State, theme: &Theme, messages: &mut Vec<Message>) {
    let Some(at) = ui.ctx().pointer_latest_pos() else { return };
    if takes_drops(state) && is_over_chart(ui.ctx(), state) {
        for path in dropped(ui.ctx()).into_iter().filter(|path| is_picture(path)) {
            messages.push(UiCommand::DropFile(path, place_at(chart, state, at)).into());
        }
    }
    let Some(Dragged(sentence)) = DragAndDrop::payload::<Dragged>(ui.ctx()).as_deref().copied() else { return };
    let Some(lane) = lane_at(chart, at).filter(|_| state.chart_rect.contains(at)) else { return };
    let Some(id) = state.timeline().lane(lane.lane).map(|lane| lane.id.clone()) else { return };
    let rect = lane.rect.intersect(chart.regions.outer);
    ui.painter().rect_stroke(rect, 2.0, Stroke::new(2.0, theme.accent), StrokeKind::Inside);
    if ui.input(|input| input.pointer.any_released()) {
        DragAndDrop::clear_payload(ui.ctx());
        messages.push(UiCommand::ChangeCapture(CaptureMessage::Place(sentence, id)).into());
    }
}
