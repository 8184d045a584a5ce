//! How several events are selected, and changed at once.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::document::{DocPath, Value};
use crate::edit::Intent;
use crate::layout::one_line;
use crate::timeline::{EventIndex, Item, ItemId};

use super::effect::Effect;
use super::several::{SelectedEvents, Several, SeveralMessage};
use super::state::State;
use super::words::count_words;

impl State {
    /// Returns the events that are selected, in the order of time.
    #[must_use]
    pub fn selected_events(&self) -> Arc<[EventIndex]> {
        if self.knows_selected_events() {
            Arc::clone(&self.sitting.selected_events.found)
        } else {
            self.find_selected_events()
        }
    }

    /// Whether the selected events have been found since anything about them has changed.
    fn knows_selected_events(&self) -> bool {
        let SelectedEvents { version, selected, several, .. } = &self.sitting.selected_events;
        // What is shared has not changed.
        let is_same = Arc::ptr_eq(&several.others, &self.several.others) && several.anchor == self.several.anchor;
        *version == self.documents_shown && is_same && *selected == self.selected
    }

    /// Finds the selected events for the frames that follow.
    pub(super) fn note_selected_events(&mut self) {
        if !self.knows_selected_events() {
            let (selected, several) = (self.selected.clone(), self.several.clone());
            let found = self.find_selected_events();
            self.sitting.selected_events = SelectedEvents { version: self.documents_shown, selected, several, found };
        }
    }

    fn find_selected_events(&self) -> Arc<[EventIndex]> {
        let timeline = self.timeline();
        let others = self.several.others.iter().filter(|_| self.several.anchor == self.selected);
        let found = others.chain(&self.selected).filter_map(|id| match timeline.find(id) {
            Some(Item::Event(event)) => Some(event),
            _ => None,
        });
        let mut all: Vec<EventIndex> = found.collect();
        all.sort_unstable();
        all.dedup();
        all.into()
    }

    /// Returns whether more than one event is selected.
    #[must_use]
    pub fn has_several(&self) -> bool {
        self.several.anchor == self.selected && !self.several.others.is_empty() && self.selected_events().len() > 1
    }

    /// Selects events, or changes those that are selected.
    pub(super) fn change_several(&mut self, message: SeveralMessage) -> Vec<Effect> {
        match message {
            SeveralMessage::Toggle(id) => self.toggle_selected(id),
            SeveralMessage::Through(id) => self.select_through(&id),
            SeveralMessage::Extend { later } => self.extend_selected(later),
            SeveralMessage::MoveToLane(lane) => return self.move_selected_to_lane(&lane),
            SeveralMessage::AddTag(tag) => return self.tag_selected(tag.trim(), true),
            SeveralMessage::RemoveTag(tag) => return self.tag_selected(&tag, false),
            SeveralMessage::TypeTag(tag) => self.typed_tag = tag,
        }
        Vec::new()
    }

    fn others(&mut self) -> &mut BTreeSet<ItemId> {
        if self.several.anchor != self.selected {
            self.several = Several { anchor: self.selected.clone(), ..Several::default() };
        }
        Arc::make_mut(&mut self.several.others)
    }

    /// Selects further events besides the one whose record is shown.
    pub(super) fn select_also(&mut self, ids: impl Iterator<Item = ItemId>) {
        self.others().extend(ids);
    }

    pub(super) fn toggle_selected(&mut self, id: ItemId) {
        let is_event = matches!((&id, &self.selected), (ItemId::Event(_), Some(ItemId::Event(_))));
        if !is_event {
            self.selected = Some(id);
            return;
        }
        let is_selected = self.selected.as_ref() == Some(&id);
        let others = self.others();
        if is_selected {
            // Another one takes its place.
            let next = others.pop_first();
            let others = std::mem::take(others);
            self.selected = next;
            self.several = Several { anchor: self.selected.clone(), others: Arc::new(others) };
        } else if !others.remove(&id) {
            others.insert(id);
        }
    }

    fn select_through(&mut self, id: &ItemId) {
        let (Some(Item::Event(to)), Some(from)) = (self.timeline().find(id), self.selected_event()) else {
            self.selected = Some(id.clone());
            return;
        };
        let timeline = self.timeline();
        // Events are in the order of time; undated ones are after all others.
        let (first, last) = (from.min(to), from.max(to));
        let between = timeline.events.indices().skip(first.get()).take(last.get() + 1 - first.get());
        let ids: Vec<ItemId> =
            between.filter(|event| *event != from).filter_map(|event| timeline.id(Item::Event(event))).collect();
        *self.others() = ids.into_iter().collect();
    }

    fn extend_selected(&mut self, later: bool) {
        let all = self.selected_events();
        let timeline = self.timeline();
        let next = match (all.first(), all.last()) {
            (Some(_), Some(last)) if later => self.projection().next(Some(*last)),
            (Some(first), _) => self.projection().previous(Some(*first)),
            _ => None,
        };
        let id = next.and_then(|event| timeline.id(Item::Event(event)));
        self.others().extend(id);
    }

    /// "3 events", or the title of the only one.
    fn selected_words(&self, all: &[EventIndex]) -> String {
        match all {
            [one] => self.timeline().event(*one).map(|event| one_line(event.title).into_owned()).unwrap_or_default(),
            more => count_words(more.len(), "event"),
        }
    }

    fn path_of(&self, event: EventIndex) -> Option<DocPath> {
        Some(DocPath::root().field("events").index(self.timeline().number_in_document(event)?))
    }

    fn move_selected_to_lane(&mut self, lane: &str) -> Vec<Effect> {
        let all = self.selected_events();
        let timeline = self.timeline();
        let Some(title) = timeline.lanes.iter().find(|other| other.id == lane).map(|lane| lane.title.clone()) else {
            return Vec::new();
        };
        let set = |event: &EventIndex| {
            let is_there =
                timeline.event(*event).and_then(|event| timeline.lane(event.lane)).is_some_and(|own| own.id == lane);
            let path = self.path_of(*event).filter(|_| !is_there)?;
            Some(Intent::Set { path: path.field("lane"), value: Value::Text(lane.to_owned().into()) })
        };
        let intents: Vec<Intent<'static>> = all.iter().filter_map(set).collect();
        let name = format!("move {} to {}", self.selected_words(&all), one_line(&title));
        self.edit_selected(name, &intents)
    }

    fn tag_selected(&mut self, tag: &str, adds: bool) -> Vec<Effect> {
        if tag.is_empty() {
            return Vec::new();
        }
        let all = self.selected_events();
        let timeline = self.timeline();
        let set = |event: &EventIndex| {
            let tags = timeline.event(*event)?.tags;
            let has = tags.iter().any(|own| own == tag);
            if has == adds || adds && tags.len() >= crate::document::MAX_TAGS {
                return None;
            }
            let path = self.path_of(*event)?.field("tags");
            let kept = tags.iter().filter(|own| *own != tag);
            let new: Vec<&str> = kept.chain(adds.then_some(tag)).collect();
            let list = new.iter().map(|tag| Value::Text((*tag).to_owned().into())).collect();
            Some(if new.is_empty() { Intent::Unset { path } } else { Intent::Set { path, value: Value::List(list) } })
        };
        let intents: Vec<Intent<'static>> = all.iter().filter_map(set).collect();
        let words = self.selected_words(&all);
        let name = if adds { format!("tag {words} with {tag}") } else { format!("take tag {tag} from {words}") };
        self.typed_tag.clear();
        self.edit_selected(name, &intents)
    }

    /// Makes changes after which the same events are selected.
    fn edit_selected(&mut self, name: String, intents: &[Intent<'static>]) -> Vec<Effect> {
        if intents.is_empty() {
            return Vec::new();
        }
        self.edit(name, intents, None)
    }
}
