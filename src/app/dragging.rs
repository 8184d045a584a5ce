//! Dates and lanes that are moved, by the pointer and by keys.

use crate::date::{Calendar, Date, Endpoint, Handle};
use crate::document::{DocPath, Value, parts};
use crate::edit::Intent;
use crate::layout::one_line;
use crate::timeline::{Event, EventIndex, Item, ItemId, LaneId, LaneIndex};

use super::drag::{Drag, DragMessage, WrittenDate};
use super::effect::Effect;
use super::gesture::Gesture;
use super::state::State;

impl State {
    /// Takes hold of a date, moves it, and lets it go.
    pub(super) fn drag(&mut self, message: DragMessage) -> Vec<Effect> {
        match message {
            DragMessage::Begin(item, handle) => {
                self.drag = self.held(item, handle);
                Vec::new()
            }
            DragMessage::To { time, lane, snap } => {
                if let Some(drag) = &mut self.drag {
                    drag.lane = lane.filter(|_| drag.handle == Handle::Whole);
                    drag.go_to(time, snap);
                }
                Vec::new()
            }
            DragMessage::Drop => {
                let gesture = self.drag.take().and_then(|drag| self.gesture_of(&drag));
                gesture.map(|gesture| self.carry_out(gesture)).unwrap_or_default()
            }
            DragMessage::Lane(lane, other) => {
                let gesture = self.lane_gesture(&lane, &other);
                gesture.map(|gesture| self.carry_out(gesture)).unwrap_or_default()
            }
        }
    }

    /// Returns whether a part of the date of an event can be moved.
    #[must_use]
    pub fn can_move(&self, event: EventIndex, handle: Handle) -> bool {
        let date = self.timeline().event(event).and_then(|event| event.date);
        date.is_some_and(|date| [-1, 1].into_iter().any(|steps| date.moved(handle, steps).is_some()))
    }

    /// Moves a part of the date of the selected event by steps of its precision.
    pub(super) fn move_date(&mut self, handle: Handle, steps: i64) -> Vec<Effect> {
        let item = self.selected_event().and_then(|event| self.timeline().id(Item::Event(event)));
        let Some(mut drag) = item.and_then(|item| self.held(item, handle)) else { return Vec::new() };
        drag.moved = drag.written.moved(handle, steps);
        let gesture = self.gesture_of(&drag);
        let gesture = gesture.map(|gesture| gesture.selecting(drag.item));
        gesture.map(|gesture| self.carry_out(gesture)).unwrap_or_default()
    }

    /// Moves the selected event to the lane above or below its own.
    pub(super) fn move_to_lane(&mut self, by: isize) -> Vec<Effect> {
        let Some(event) = self.selected_event() else { return Vec::new() };
        let (Some(item), Some(own)) =
            (self.timeline().id(Item::Event(event)), self.timeline().event(event).map(|event| event.lane))
        else {
            return Vec::new();
        };
        let lanes: Vec<LaneIndex> = self.timeline().iter_lanes().map(|(lane, _)| lane).collect();
        let place = lanes.iter().position(|lane| *lane == own).and_then(|place| place.checked_add_signed(by));
        let Some(lane) = place.and_then(|place| lanes.get(place)) else { return Vec::new() };
        let Some(mut drag) = self.held_undated(&item) else { return Vec::new() };
        drag.lane = self.timeline().lane_id(*lane).cloned();
        let gesture = self.gesture_of(&drag).map(|gesture| gesture.selecting(drag.item));
        gesture.map(|gesture| self.carry_out(gesture)).unwrap_or_default()
    }

    /// Moves the lane that the keys are on before the lane beside it, or after it.
    pub(super) fn move_lane(&mut self, by: isize) -> Vec<Effect> {
        let selected = || self.timeline().event(self.selected_event()?).map(|event| event.lane);
        let Some(lane) = self.current_lane().or_else(selected) else { return Vec::new() };
        let parent = |lane: LaneIndex| self.timeline().lane(lane).and_then(|lane| lane.parent);
        let all = self.timeline().iter_lanes().map(|(lane, _)| lane);
        let beside: Vec<LaneIndex> = all.filter(|other| parent(*other) == parent(lane)).collect();
        let place = beside.iter().position(|other| *other == lane).and_then(|place| place.checked_add_signed(by));
        let other = place.and_then(|place| beside.get(place));
        let ids = other.and_then(|other| Some((self.timeline().lane_id(lane)?, self.timeline().lane_id(*other)?)));
        let gesture = ids.and_then(|(lane, other)| self.lane_gesture(lane, other));
        gesture.map(|gesture| self.carry_out(gesture)).unwrap_or_default()
    }

    /// Returns the date of an event, to be moved. Returns `None` if it cannot be.
    fn held(&self, item: ItemId, handle: Handle) -> Option<Drag> {
        let Some(Item::Event(index)) = self.timeline().find(&item) else { return None };
        let written = self.written_date(index, &self.timeline().event(index)?)?;
        written.date.handle_time(handle)?;
        Some(Drag { item, handle, lane: None, snap: None, written, moved: None })
    }

    /// Returns an event to be moved to another lane, though its date cannot be.
    fn held_undated(&self, item: &ItemId) -> Option<Drag> {
        self.held(item.clone(), Handle::Whole).or_else(|| {
            let date = Date::parse("1970").ok()?;
            let written = WrittenDate { text: String::new(), date, calendar: Calendar::Gregorian, to_axis: 0 };
            Some(Drag { item: item.clone(), handle: Handle::Whole, lane: None, snap: None, written, moved: None })
        })
    }

    /// Returns the date of an event as the document has it.
    fn written_date(&self, index: EventIndex, event: &Event<'_>) -> Option<WrittenDate> {
        let shown = event.date?;
        let number = self.timeline().number_in_document(index)?;
        let path = DocPath::root().field("events").index(number).field("date");
        let document = self.document.editing.shown_text();
        let found = parts::find(document, path.segments(), self.timeline().list_position(number))?;
        let text = parts::string_at(document, parts::bare(document, found))?;
        let calendar =
            if is_julian(shown) && !text.contains("Julian") { Calendar::Julian } else { Calendar::Gregorian };
        let date = Date::parse_in(&text, calendar).ok()?;
        let to_axis = shown.known_extent().start.saturating_sub(date.known_extent().start);
        Some(WrittenDate { text, date, calendar, to_axis })
    }

    /// Returns what changes the document as something was dragged. Returns `None` if that is nothing.
    fn gesture_of(&self, drag: &Drag) -> Option<Gesture> {
        let Some(Item::Event(index)) = self.timeline().find(&drag.item) else { return None };
        let event = self.timeline().event(index)?;
        let path = DocPath::root().field("events").index(self.timeline().number_in_document(index)?);
        let set = |field: &'static str, value: String| Intent::Set {
            path: path.clone().field(field),
            value: Value::Text(value.into()),
        };
        let moved = drag.moved.as_ref().filter(|(date, _)| *date != drag.written.date);
        let lane =
            drag.lane.as_ref().and_then(|lane| self.timeline().find_lane(lane)).filter(|lane| *lane != event.lane);
        let lane = lane.and_then(|lane| self.timeline().lane(lane));
        let title = one_line(event.title).into_owned();
        let what = match drag.handle {
            Handle::Whole => title,
            Handle::Start => format!("the start of {title}"),
            Handle::End => format!("the end of {title}"),
        };
        let (mut name, mut intents) = (format!("move {what}"), Vec::new());
        if let Some((_, text)) = moved {
            name = format!("{name} to {text}");
            intents.push(set("date", text.clone()));
        }
        if let Some(lane) = lane {
            name = format!("{name} to the lane {}", one_line(&lane.title));
            intents.push(set("lane", lane.id.clone()));
        }
        (!intents.is_empty()).then(|| Gesture::new(name, intents))
    }

    /// Returns what puts a lane in the place of another one in the same group.
    fn lane_gesture(&self, lane: &LaneId, other: &LaneId) -> Option<Gesture> {
        let found = |id: &LaneId| self.timeline().lane(self.timeline().find_lane(id)?);
        let (lane, other) = (found(lane)?, found(other)?);
        if lane.parent != other.parent {
            return None;
        }
        let text = self.document.editing.shown_text();
        let list = DocPath::root().field("lanes");
        let items = parts::items(text, parts::bare(text, parts::find(text, list.segments(), None)?).start)?;
        let number =
            |id: &str| items.parts.iter().position(|item| id_of(text, item.value.start).as_deref() == Some(id));
        let (from, to) = (number(&lane.id)?, number(&other.id)?);
        let place = if from < to { "below" } else { "above" };
        let name = format!("move the lane {} {place} {}", one_line(&lane.title), one_line(&other.title));
        (from != to).then(|| Gesture::new(name, vec![Intent::Move { list, from, to }]))
    }
}

/// Returns the id of an item of a list, whose value begins at an offset.
fn id_of(text: &str, start: usize) -> Option<String> {
    let value = parts::bare(text, parts::value_at(text, start)?);
    let fields = parts::fields(text, value.start)?;
    let id = fields.parts.into_iter().find(|field| field.name == "id")?;
    parts::string_at(text, parts::bare(text, id.value))
}

/// Returns whether a date is in the Julian calendar.
fn is_julian(date: &Date) -> bool {
    let is = |part: &crate::date::DatePart| part.calendar() == Calendar::Julian;
    match date {
        Date::Single(part) => is(part),
        Date::Span { start, end } => [start, end].into_iter().filter_map(Endpoint::part).any(is),
        Date::Set(_) => date.to_string().ends_with("(Julian)"),
    }
}
