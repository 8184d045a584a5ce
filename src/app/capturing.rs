//! How events are made of a text beside the chart.

use crate::document::{DocPath, Event, Lane, Source, Value, new_id};
use crate::edit::Intent;
use crate::timeline::{ItemId, Key};

use super::capture_state::{CaptureMessage, Step};
use super::effect::Effect;
use super::state::State;

impl State {
    /// Shows the text beside the chart, or hides it.
    pub(super) fn toggle_capture(&mut self) {
        self.capture.open = !self.capture.open && self.documents_shown > 0;
    }

    /// Takes in what the user does with the text.
    pub(super) fn change_capture(&mut self, message: CaptureMessage) -> Vec<Effect> {
        if message == CaptureMessage::Add {
            return self.add_captured();
        }
        self.capture.change(message);
        Vec::new()
    }

    /// Finds out which sentences are cited, if that may have changed.
    pub(super) fn follow_captured(&mut self) {
        if self.capture.is_behind(self.documents_shown) {
            let timeline = std::sync::Arc::clone(&self.document.timeline);
            self.capture.follow(&timeline, self.documents_shown);
        }
    }

    /// Adds the event that is made of the selected sentence, with its source and lane if they are new; goes on to the next
    /// sentence.
    fn add_captured(&mut self) -> Vec<Effect> {
        if self.capture.missing().is_some() {
            return Vec::new();
        }
        let timeline = self.timeline();
        let mut intents = Vec::new();
        let at = |list: &'static str| DocPath::root().field(list);
        let lane = self.captured_lane().unwrap_or_else(|| {
            let lane = Lane { id: "events".to_owned(), title: "Events".to_owned(), ..Lane::default() };
            intents.push(Intent::Insert { list: at("lanes"), index: 0, value: fixed((&lane).into()) });
            lane.id
        });
        let known = self.capture.source.clone().filter(|id| timeline.sources.iter().any(|source| source.id == *id));
        let source = known.unwrap_or_else(|| {
            let title = self.capture.new_source.trim().to_owned();
            let id = new_id(&title, "source", |id| timeline.sources.iter().any(|source| source.id == id));
            let source = Source { id: id.clone(), title, ..Source::default() };
            let value = fixed((&source).into());
            intents.push(Intent::Insert { list: at("sources"), index: timeline.sources.len(), value });
            id
        });
        let Some(event) = self.capture.event(lane, source.clone()) else { return Vec::new() };
        let id = new_id(&event.title, "event", |id| timeline.event_by_id(id).is_some());
        let event = Event { id: id.clone(), ..event };
        // Those that are not shown because they have errors are in the list too.
        let index = usize::MAX;
        intents.push(Intent::Insert { list: at("events"), index, value: fixed((&event).into()) });
        let shown = self.document.editing.entries().1;
        let effects = self.edit(format!("add {}", event.title), &intents, Some(ItemId::Event(Key::of_id(&id))));
        if self.document.editing.entries().1 != shown {
            self.capture.source = Some(source);
            self.capture.new_source.clear();
            self.follow_captured();
            self.capture.change(CaptureMessage::Title(String::new()));
            self.capture.step(Step::Next);
        }
        effects
    }

    /// The id of the lane that the event comes into; `None` if the document has no lanes.
    #[must_use]
    pub fn captured_lane(&self) -> Option<String> {
        let lanes = || self.timeline().lanes.iter();
        let chosen = self.capture.lane.as_ref().filter(|id| lanes().any(|lane| lane.id == **id));
        chosen.cloned().or_else(|| lanes().next().map(|lane| lane.id.clone()))
    }
}

/// Returns a value that borrows nothing.
fn fixed(value: Value<'_>) -> Value<'static> {
    match value {
        Value::Text(text) => Value::Text(text.into_owned().into()),
        Value::Word(word) => Value::Word(word),
        Value::Number(number) => Value::Number(number),
        Value::Integer(integer) => Value::Integer(integer),
        Value::List(items) => Value::List(items.into_iter().map(fixed).collect()),
        Value::Item(fields) => Value::Item(fields.into_iter().map(|(name, value)| (name, fixed(value))).collect()),
    }
}
