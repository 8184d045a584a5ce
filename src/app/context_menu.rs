//! What can be done with what is under the pointer, or with what is selected.

use egui::containers::menu::menu_style;
use egui::{Align, Button, Id, Layout, Popup, PopupKind, Pos2, Rect, SetOpenCommand, Ui};

use crate::compose::date_near;
use crate::date::{Date, Handle};
use crate::layout::{Chart, one_line};
use crate::timeline::{Item, ItemId, Key as ItemKey, LaneId};

use super::chart_drops::place_at;
use super::dropped::Place;
use super::explorer::ExplorerMessage;
use super::filter_state::FilterMessage;
use super::form::{FormMessage, FormTarget};
use super::measure::{Edge, MeasureMessage, date_of, end_of};
use super::menu::entry;
use super::message::{FrameEvent, Message};
use super::state::State;
use super::ui_command::UiCommand;

/// What the menu is of.
#[derive(Clone, Debug)]
enum Target {
    /// An event, an era or a series.
    Item(ItemId),
    /// A lane.
    Lane(LaneId),
    /// A place in the chart, with the lane that it is in.
    Free { lane: Option<String>, date: String },
}

/// Opens the menu on a click of the second button, or at what is selected when a key asks for it; shows it while it is open.
pub(super) fn show(ui: &Ui, chart: &Chart, state: &State, messages: &mut Vec<Message>) {
    let id = Id::unique("actions");
    let asked = state.sitting.asks_actions.then(|| at_selected(chart, state));
    let by_key = asked.is_some();
    if by_key {
        messages.push(FrameEvent::ActionsShown.into());
    }
    let clicked =
        if ui.input(|input| input.pointer.secondary_clicked()) { under_pointer(ui, chart, state) } else { None };
    let opened = asked.or(clicked);
    if let Some((target, _)) = &opened {
        // What is done is done with what is selected.
        if let Target::Item(item) = target
            && !(state.has_several() && is_among(item, state))
        {
            messages.push(UiCommand::Select(item.clone()).into());
        }
    }
    let is_new = opened.is_some();
    let kept = opened.or_else(|| ui.data(|data| data.get_temp::<(Target, Pos2)>(id)));
    let Some((target, at)) = kept else { return };
    let popup = Popup::new(id, ui.ctx().clone(), at, ui.layer_id())
        .kind(PopupKind::Menu)
        .layout(Layout::top_down_justified(Align::Min))
        .style(menu_style)
        .accessible_name("Actions")
        .open_memory(is_new.then_some(SetOpenCommand::Bool(true)));
    let shown = popup.show(|ui| {
        ui.set_min_width(190.0);
        let room = (ui.ctx().content_rect().height() - 24.0).max(0.0);
        egui::ScrollArea::vertical().max_height(room).show(ui, |ui| {
            let first = ui.next_auto_id();
            actions(ui, &target, state, messages);
            if by_key {
                ui.memory_mut(|memory| memory.request_focus(first));
            }
        });
    });
    ui.data_mut(|data| {
        if shown.is_some() {
            data.insert_temp(id, (target, at));
        } else {
            data.remove::<(Target, Pos2)>(id);
        }
    });
}

fn is_among(item: &ItemId, state: &State) -> bool {
    match state.timeline().find(item) {
        Some(Item::Event(event)) => state.selected_events().binary_search(&event).is_ok(),
        _ => false,
    }
}

/// Returns what is selected and where it is in the chart; where nothing is, the middle of the chart.
fn at_selected(chart: &Chart, state: &State) -> (Target, Pos2) {
    let middle = chart.regions.lanes.center();
    let free = || (free(chart, state, middle), middle);
    let Some(item) = state.selected() else {
        let lane = state.current_lane().and_then(|lane| chart.lanes.iter().find(|placed| placed.lane == lane));
        let named =
            lane.and_then(|placed| Some((state.timeline().lane_id(placed.lane)?.clone(), placed.name.center())));
        return named.map_or_else(free, |(lane, at)| (Target::Lane(lane), at));
    };
    let rect = match item {
        Item::Event(event) => chart.marks().find(|mark| mark.event == event).map(|mark| mark.rect),
        Item::Era(era) => chart.eras.iter().find(|band| band.index == era).and_then(|band| band.name),
        Item::Series(series) => chart.series.iter().find(|placed| placed.series == series).map(|placed| placed.header),
    };
    let outer = chart.regions.outer;
    let at = rect.map_or(middle, |rect| rect.intersect(outer).center().clamp(outer.min, outer.max));
    state.timeline().id(item).map_or_else(free, |id| (Target::Item(id), at))
}

/// Returns what is under the pointer, and where that is. Returns `None` away from the chart.
fn under_pointer(ui: &Ui, chart: &Chart, state: &State) -> Option<(Target, Pos2)> {
    let at = ui.ctx().pointer_interact_pos()?;
    if !chart.regions.outer.contains(at) || ui.ctx().layer_id_at(at) != Some(ui.layer_id()) {
        return None;
    }
    let timeline = state.timeline();
    let lanes = chart.regions.lanes;
    let mark = || {
        let has = |area: &Rect| area.intersect(lanes).contains(at);
        let marks: Vec<_> = chart.marks().collect();
        let mark = marks.into_iter().rev().find(|mark| mark.hit_areas().iter().any(has));
        mark.map(|mark| Item::Event(mark.event))
    };
    let thumbnail = || {
        let placed = chart.thumbnails().find(|placed| placed.rect.intersect(lanes).contains(at));
        placed.map(|placed| Item::Event(placed.event))
    };
    let era = || {
        let named = |name: Option<Rect>| name.is_some_and(|name| name.contains(at));
        chart.eras.iter().find(|band| named(band.name) || named(band.dates)).map(|band| Item::Era(band.index))
    };
    let series = || {
        let has = |rect: Rect| rect.contains(at);
        let placed = chart.series.iter().find(|placed| has(placed.header) || has(placed.plot));
        placed.map(|placed| Item::Series(placed.series))
    };
    if let Some(item) = thumbnail().or_else(mark).or_else(era).or_else(series) {
        return Some((Target::Item(timeline.id(item)?), at));
    }
    let name = chart.lanes.iter().find(|placed| placed.name.intersect(lanes).contains(at));
    if let Some(lane) = name.and_then(|placed| timeline.lane_id(placed.lane)) {
        return Some((Target::Lane(lane.clone()), at));
    }
    Some((free(chart, state, at), at))
}

fn free(chart: &Chart, state: &State, at: Pos2) -> Target {
    let date = date_near(chart.axis.time(at.x), state.view.interval().length() as f64);
    let lane = place_at(chart, state, at).and_then(|Place { lane, .. }| lane);
    Target::Free { lane, date }
}

fn actions(ui: &mut Ui, target: &Target, state: &State, messages: &mut Vec<Message>) {
    match target {
        Target::Item(item) => of_item(ui, item, state, messages),
        Target::Lane(lane) => of_lane(ui, lane, state, messages),
        Target::Free { lane, date } => of_place(ui, lane.as_ref(), date, state, messages),
    }
}

/// A line of the menu for a command that depends on what it is of.
fn item(ui: &mut Ui, words: &str, hint: &str, command: UiCommand, messages: &mut Vec<Message>) {
    if ui.add(Button::new(words)).on_hover_text(hint).clicked() {
        messages.push(command.into());
        ui.close();
    }
}

fn of_item(ui: &mut Ui, id: &ItemId, state: &State, messages: &mut Vec<Message>) {
    let timeline = state.timeline();
    let found = timeline.find(id);
    entry(ui, UiCommand::EditRecord, true, messages);
    if let Some(Item::Series(series)) = found {
        let open = UiCommand::Explorer(ExplorerMessage::Open(series));
        item(ui, "Explore Series", "Compare series in a plot of their own (S)", open, messages);
    } else {
        entry(ui, UiCommand::FitSelected, found.is_some(), messages);
    }
    if let Some(date) = date_of(id, timeline) {
        measures(ui, id, date, messages);
    }
    ui.separator();
    if let Some(title) = title_of(found, state) {
        item(ui, "Copy Title", "Put the title on the clipboard", UiCommand::CopyText(title), messages);
    }
    entry(ui, UiCommand::CopyLink, state.document.path.is_some(), messages);
    if let Some(Item::Event(event)) = found {
        let lane = timeline.event(event).and_then(|event| timeline.lane_id(event.lane));
        if let Some(lane) = lane {
            let go = UiCommand::ShowLane(lane.clone());
            item(ui, "Go to Its Lane", "Bring the lane of this event into view", go, messages);
            only(ui, "Show Only Its Lane", lane, state, messages);
        }
        ui.separator();
        entry(ui, UiCommand::Duplicate, true, messages);
        entry(ui, UiCommand::Delete, true, messages);
    }
}

/// What hides all lanes but one.
fn only(ui: &mut Ui, words: &str, lane: &LaneId, state: &State, messages: &mut Vec<Message>) {
    let Some(lane) = state.timeline().find_lane(lane) else { return };
    let filter = UiCommand::Filter(FilterMessage::Set(state.term_of_lane("@", lane)));
    item(ui, words, "Filter the events by this lane; Clear Filter shows all again", filter, messages);
}

/// What measures from an end of a date.
fn measures(ui: &mut Ui, id: &ItemId, date: &Date, messages: &mut Vec<Message>) {
    let is_single = matches!(date, Date::Single(_));
    for (handle, words) in [(Handle::Start, "Measure from Its Start"), (Handle::End, "Measure from Its End")] {
        if end_of(date, handle).is_none() || is_single && handle == Handle::End {
            continue;
        }
        let words = if is_single { "Measure from Here" } else { words };
        let hint = "Measure to an edge in the chart, or to what is selected next (M)";
        let begin = MeasureMessage::Begin(Edge::Of(id.clone(), handle));
        item(ui, words, hint, UiCommand::ChangeMeasures(begin), messages);
    }
}

fn title_of(found: Option<Item>, state: &State) -> Option<String> {
    let timeline = state.timeline();
    let title = match found? {
        Item::Event(event) => timeline.event(event)?.title.to_owned(),
        Item::Era(era) => timeline.era(era)?.title.clone(),
        Item::Series(series) => timeline.series_at(series)?.title.clone(),
    };
    Some(one_line(&title).into_owned())
}

fn of_lane(ui: &mut Ui, id: &LaneId, state: &State, messages: &mut Vec<Message>) {
    let timeline = state.timeline();
    let Some(lane) = timeline.find_lane(id).and_then(|lane| timeline.lane(lane)) else { return };
    let new = UiCommand::Form(FormMessage::New { lane: Some(lane.id.clone()), date: None });
    item(ui, "New Event in This Lane", "Add an event in a form (N)", new, messages);
    if lane.is_group() {
        let fold = UiCommand::ToggleGroup(id.clone());
        item(
            ui,
            "Fold or Unfold",
            "Show what is in this group in one lane, or in lanes of their own (G)",
            fold,
            messages,
        );
    }
    let edit = UiCommand::Form(FormMessage::Open(FormTarget::Lane(ItemKey::of_id(&lane.id))));
    item(ui, "Edit Lane", "Change its title and colour (double click)", edit, messages);
    let title = one_line(&lane.title).into_owned();
    item(ui, "Copy Title", "Put the title on the clipboard", UiCommand::CopyText(title), messages);
    ui.separator();
    only(ui, "Show Only This Lane", id, state, messages);
    item(ui, "Go to This Lane", "Let the keys be on this lane", UiCommand::ShowLane(id.clone()), messages);
    entry(ui, UiCommand::MoveLane(-1), state.current_lane() == timeline.find_lane(id), messages);
    entry(ui, UiCommand::MoveLane(1), state.current_lane() == timeline.find_lane(id), messages);
}

fn of_place(ui: &mut Ui, lane: Option<&String>, date: &str, state: &State, messages: &mut Vec<Message>) {
    let new = UiCommand::Form(FormMessage::New { lane: lane.cloned(), date: Some(date.to_owned()) });
    item(ui, "New Event Here", "Add an event at this date in a form (double click)", new, messages);
    if let Ok(parsed) = Date::parse(date) {
        let begin = UiCommand::ChangeMeasures(MeasureMessage::Begin(Edge::At(Box::new(parsed))));
        item(ui, "Measure from Here", "Measure from this date to an edge in the chart (M)", begin, messages);
    }
    ui.separator();
    let (goes_back, goes_forward) = state.sitting.trail.ends();
    entry(ui, UiCommand::Back, goes_back, messages);
    entry(ui, UiCommand::Forward, goes_forward, messages);
    entry(ui, UiCommand::Fit, true, messages);
    entry(ui, UiCommand::ZoomIn, true, messages);
    entry(ui, UiCommand::ZoomOut, true, messages);
    ui.separator();
    entry(ui, UiCommand::CopyLink, state.document.path.is_some(), messages);
    entry(ui, UiCommand::CopyPicture, true, messages);
}
