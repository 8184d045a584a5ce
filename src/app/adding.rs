//! How events come into the document, are copied, and are deleted.

use crate::compose::{EventLine, LaneName, date_near, event_lines};
use crate::date::Date;
use crate::document::{self, DocPath, Event, Fields, Value, new_id, parts};
use crate::edit::Intent;
use crate::layout::one_line;
use crate::sorting;
use crate::timeline::{EventIndex, Item, ItemId, Key, Lane};

use super::effect::Effect;
use super::form::{FormMessage, new_lane};
use super::several::SeveralMessage;
use super::state::State;
use super::ui_command::UiCommand;
use super::words::count_words;

/// An event that comes into the document: its fields without an id, and its date.
pub(super) type NewEvent = (Fields<'static>, Option<Date>);

/// The id and the title of the lane that a new timeline begins with.
const FIRST_LANE: (&str, &str) = ("events", "Events");

fn text(text: impl Into<String>) -> Value<'static> {
    Value::Text(text.into().into())
}

fn events() -> DocPath {
    DocPath::root().field("events")
}

impl State {
    /// Does what the user commands, where that makes or changes events or other parts of the document.
    ///
    /// # Errors
    /// Returns the command if it does not.
    pub(super) fn write(&mut self, command: UiCommand) -> Result<Vec<Effect>, UiCommand> {
        Ok(match command {
            UiCommand::Clear if self.forms.open.is_some() && !self.has_overlay() => self.close_form(),
            UiCommand::EditRecord => self.toggle_form(),
            UiCommand::Capture if self.record.covers_text() && self.capture.open => self.uncover_text(),
            UiCommand::Record if self.record.covers_text() => self.uncover_text(),
            UiCommand::NewEvent => self.new_event(),
            UiCommand::Duplicate => self.duplicate(),
            UiCommand::Delete => self.delete_selected(),
            UiCommand::ExtendEarlier => self.change_several(SeveralMessage::Extend { later: false }),
            UiCommand::ExtendLater => self.change_several(SeveralMessage::Extend { later: true }),
            UiCommand::Form(message) => self.change_form(message),
            UiCommand::Several(message) => self.change_several(message),
            UiCommand::AddTyped { makes_lane } => self.add_typed_lines(makes_lane),
            UiCommand::NewDocument(template) => self.new_document(template),
            UiCommand::QuickEntry => {
                let closes = self.quick_entry.is_some() || self.documents_shown == 0;
                self.quick_entry = (!closes).then(String::new);
                Vec::new()
            }
            UiCommand::SetQuickEntry(typed) => {
                self.quick_entry = Some(typed);
                Vec::new()
            }
            other => return Err(other),
        })
    }

    /// Adds events, each after the one that is before it in time, and selects the last. `intents` adds the lanes that they
    /// need; those that name no lane are in one that there is. Returns the key of the last.
    pub(super) fn add_events(
        &mut self,
        new: Vec<NewEvent>,
        mut intents: Vec<Intent<'static>>,
    ) -> (Vec<Effect>, Option<Key>) {
        let usual = self.usual_lane();
        let lane = usual.unwrap_or_else(|| self.new_lane("Events", &[], &mut intents));
        let mut ids: Vec<String> = Vec::new();
        let mut placed: Vec<(usize, Fields<'static>)> = Vec::new();
        let mut titles = Vec::new();
        for (mut fields, date) in new {
            let title = fields.iter().find_map(|(name, value)| match value {
                Value::Text(title) if *name == "title" => Some(title.clone().into_owned()),
                _ => None,
            });
            let title = title.unwrap_or_default();
            let is_taken = |id: &str| ids.iter().any(|own| own == id) || self.has_event(id);
            let id = new_id(&title, "event", is_taken);
            titles.push(title);
            let named = fields.iter_mut().find(|(name, _)| *name == "lane");
            match named {
                Some((_, value)) if *value == text("") => *value = text(lane.clone()),
                Some(_) => {}
                None => fields.insert(0, ("lane", text(lane.clone()))),
            }
            fields.retain(|(name, _)| *name != "id");
            fields.insert(0, ("id", text(id.clone())));
            placed.push((self.place_in_document(date.as_ref()), fields));
            ids.push(id);
        }
        let last = ids.last().map(|id| Key::of_id(id));
        sorting::by_key(&mut placed, |(place, _)| *place);
        let insert = |(number, (place, fields)): (usize, (usize, Fields<'static>))| Intent::Insert {
            list: events(),
            index: place.saturating_add(number),
            value: Value::Item(fields),
        };
        intents.extend(placed.into_iter().enumerate().map(insert));
        let name = match titles.as_slice() {
            [one] => format!("add {}", one_line(one)),
            more => format!("add {}", count_words(more.len(), "event")),
        };
        let effects = self.edit(name, &intents, last.clone().map(ItemId::Event));
        (effects, last)
    }

    /// Adds what adds a lane, and returns its id, which is none of those that are added with it.
    fn new_lane(&self, title: &str, added: &[(String, String)], intents: &mut Vec<Intent<'static>>) -> String {
        let lanes = &self.timeline().lanes;
        let is_taken = |id: &str| lanes.iter().any(|lane| lane.id == id) || added.iter().any(|(_, own)| own == id);
        let id = new_id(title, "lane", is_taken);
        if added.is_empty() && intents.is_empty() && self.has_first_lane_only() {
            // The lane that a new timeline begins with only keeps the place of the first one.
            let first = DocPath::root().field("lanes").index(0);
            let set = |name, value: &str| Intent::Set { path: first.clone().field(name), value: text(value) };
            intents.extend([set("id", &id), set("title", title)]);
            return id;
        }
        let value = Value::Item(vec![("id", text(id.clone())), ("title", text(title))]);
        intents.push(Intent::Insert { list: DocPath::root().field("lanes"), index: usize::MAX, value });
        id
    }

    /// Returns the id of the lane with a title or an id, and what adds it where there is none. `is_further`: the event is
    /// in another lane, too.
    pub(super) fn lane_titled(&self, title: &str, is_further: bool) -> (String, Vec<Intent<'static>>) {
        let name = title.to_lowercase();
        let is_it = |lane: &&Lane| lane.id == title || lane.title.to_lowercase() == name;
        if let Some(lane) = self.timeline().lanes.iter().find(is_it) {
            return (lane.id.clone(), Vec::new());
        }
        // The lane that a new timeline begins with is then needed as it is.
        let added = is_further.then(|| (FIRST_LANE.1.to_lowercase(), FIRST_LANE.0.to_owned()));
        let mut intents = Vec::new();
        (self.new_lane(title, added.as_slice(), &mut intents), intents)
    }

    /// Whether there is nothing but the lane that a new timeline begins with.
    pub(super) fn has_first_lane_only(&self) -> bool {
        let timeline = self.timeline();
        let is_first = |lane: &Lane| lane.id == FIRST_LANE.0 && lane.title == FIRST_LANE.1;
        timeline.shows_nothing() && matches!(timeline.lanes.as_slice(), [lane] if is_first(lane))
    }

    /// Returns whether an event has an id, also one that is not shown.
    fn has_event(&self, id: &str) -> bool {
        let is_hidden = || !self.document.problems.is_empty() && self.document.text.contains(&format!("\"{id}\""));
        self.timeline().event_by_id(id).is_some() || is_hidden()
    }

    /// Returns the number that a new event has in the document: after the one that ends before it, at the end without one.
    fn place_in_document(&self, date: Option<&Date>) -> usize {
        let timeline = self.timeline();
        let start = date.map(|date| timeline.zone.place(date.clone()).known_bounds().start);
        let before = start.and_then(|start| timeline.index().last_before(start));
        before.and_then(|event| timeline.number_in_document(event)).map_or(usize::MAX / 2, |number| number + 1)
    }

    /// Returns the id of the lane for a new event: that of the keys, of what is selected, or the first.
    pub(super) fn usual_lane(&self) -> Option<String> {
        let timeline = self.timeline();
        let of_selected = || self.selected_event().and_then(|event| timeline.event(event)).map(|event| event.lane);
        let first = || timeline.iter_lanes().next().map(|(index, _)| index);
        let lane = self.current_lane().or_else(of_selected).or_else(first)?;
        timeline.lane(lane).map(|lane| lane.id.clone())
    }

    /// Returns the date in the middle of the view, as exact as the view is.
    pub(super) fn date_in_view(&self) -> String {
        let view = self.target();
        date_near(view.time_at(0.5), view.interval().length() as f64)
    }

    /// Returns a span around the middle of the view, as exact as the view is.
    pub(super) fn span_in_view(&self) -> String {
        let view = self.target();
        let [from, to] = [0.4, 0.6].map(|at| date_near(view.time_at(at), view.interval().length() as f64));
        if from == to { from } else { format!("{from}/{to}") }
    }

    /// Shows the form of a new event: that of the line that is typed, or one in the middle of the view.
    pub(super) fn new_event(&mut self) -> Vec<Effect> {
        let mut typed = self.typed_lines().into_iter();
        let date = self.timeline().has_time().then(|| self.date_in_view());
        let Some(EventLine { event, new_lane: new, .. }) = typed.next() else {
            return self.change_form(FormMessage::New { lane: None, date });
        };
        let effects = self.open_new_event(Some(event.lane), event.date.or(date));
        self.type_in_form(DocPath::root().field("title"), event.title);
        if let Some(title) = new {
            self.type_in_form(new_lane(), title);
        }
        self.change_form(FormMessage::SetList(DocPath::root().field("tags"), event.tags));
        self.change_form(FormMessage::SetList(DocPath::root().field("also"), event.also));
        // Further lines are there again once there is an event.
        let rest: Vec<String> = typed.map(|line| line.line).collect();
        self.quick_entry = (!rest.is_empty()).then(|| rest.join("\n"));
        effects
    }

    /// Returns the names of the lanes, for lines that name them.
    pub(super) fn lane_names(&self) -> Vec<LaneName<'_>> {
        self.timeline().lanes.iter().map(|lane| LaneName { id: &lane.id, title: &lane.title }).collect()
    }

    /// Returns the lines that have been typed, as events.
    pub(super) fn typed_lines(&self) -> Vec<EventLine> {
        let typed = self.quick_entry.as_deref().unwrap_or_default();
        event_lines(typed, &self.lane_names(), &self.usual_lane().unwrap_or_default())
    }

    /// Adds the events of the lines that have been typed, if all are good, with the lanes that they name and that there are
    /// not; `makes_lane` adds also one whose name is near that of another.
    pub(super) fn add_typed_lines(&mut self, makes_lane: bool) -> Vec<Effect> {
        let lines = self.typed_lines();
        let errors = |line: &EventLine| line.doubts.iter().filter(|doubt| doubt.is_error).count();
        let is_good = |line: &EventLine| line.is_good() || makes_lane && line.new_lane.is_some() && errors(line) == 1;
        if lines.is_empty() || !lines.iter().all(is_good) {
            return Vec::new();
        }
        let mut intents = Vec::new();
        let mut added: Vec<(String, String)> = Vec::new();
        if lines.iter().any(|line| line.new_lane.is_none()) && self.has_first_lane_only() {
            // That lane is needed as it is.
            added.push((FIRST_LANE.1.to_lowercase(), FIRST_LANE.0.to_owned()));
        }
        let mut new: Vec<NewEvent> = Vec::new();
        for EventLine { mut event, date, new_lane, .. } in lines {
            if let Some(title) = new_lane {
                let name = title.to_lowercase();
                let known = added.iter().find(|(own, _)| *own == name).map(|(_, id)| id.clone());
                let id = known.unwrap_or_else(|| self.new_lane(&title, &added, &mut intents));
                added.push((name, id.clone()));
                if event.lane.is_empty() { event.lane = id } else { event.also.push(id) }
            }
            new.push((fields_of(&event), date.map(|reading| reading.date)));
        }
        let (effects, added) = self.add_events(new, intents);
        if added.is_some() {
            self.quick_entry = Some(String::new());
        }
        effects
    }

    /// Copies the selected events, each after the original. Shows the form of the only copy; of several, the copies are
    /// selected.
    pub(super) fn duplicate(&mut self) -> Vec<Effect> {
        let all = self.selected_events();
        let mut copies: Vec<(usize, Event)> = all.iter().filter_map(|event| self.event_as_written(*event)).collect();
        sorting::by_key(&mut copies, |(number, _)| *number);
        let mut ids: Vec<String> = Vec::new();
        let mut intents = Vec::new();
        for (before, (number, event)) in copies.iter().enumerate() {
            let id = new_id(&event.title, "event", |id| self.has_event(id) || ids.iter().any(|own| own == id));
            let mut fields = fields_of(event);
            fields.retain(|(name, _)| *name != "id");
            fields.insert(0, ("id", text(id.clone())));
            intents.push(Intent::Insert { list: events(), index: number + before + 1, value: Value::Item(fields) });
            ids.push(id);
        }
        let keys: Vec<Key> = ids.iter().map(|id| Key::of_id(id)).collect();
        let (Some(first), [(_, event), ..]) = (keys.first(), copies.as_slice()) else { return Vec::new() };
        let selected = ItemId::Event(first.clone());
        if keys.len() > 1 {
            let name = format!("duplicate {}", count_words(keys.len(), "event"));
            let effects = self.edit(name, &intents, Some(selected));
            self.select_also(keys.into_iter().skip(1).map(ItemId::Event));
            return effects;
        }
        let name = format!("duplicate {}", one_line(&event.title));
        let mut effects = self.edit(name, &intents, Some(selected));
        effects.extend(self.change_form(FormMessage::Open(super::form::FormTarget::Event(first.clone()))));
        if let Some(form) = &mut self.forms.open {
            form.focus_title();
        }
        effects
    }

    /// Returns the number of an event in the document, and the event as it is written there.
    fn event_as_written(&self, event: EventIndex) -> Option<(usize, Event)> {
        let timeline = self.timeline();
        let number = timeline.number_in_document(event)?;
        let path = events().index(number);
        let text = &self.document.text;
        let written = text.get(parts::find(text, path.segments(), timeline.list_position(number))?)?;
        let alone = document::read(format!("(title: \"\", events: [{written}])").as_bytes());
        alone.timeline?.events.into_iter().next().map(|event| (number, event))
    }

    /// Deletes the selected events, with what refers to them, and selects the next one.
    pub(super) fn delete_selected(&mut self) -> Vec<Effect> {
        let all = self.selected_events();
        let timeline = self.timeline();
        let Some(last) = all.last().copied() else { return Vec::new() };
        let next = std::iter::successors(timeline.next(Some(last)), |event| timeline.next(Some(*event)));
        let next = next
            .take(all.len())
            .find(|event| all.binary_search(event).is_err())
            .or_else(|| timeline.previous(all.first().copied()));
        let next = next.and_then(|event| timeline.id(Item::Event(event)));
        let titles: Vec<String> = all
            .iter()
            .filter_map(|event| timeline.event(*event))
            .map(|event| one_line(event.title).into_owned())
            .collect();
        let mut intents = self.without_relations_to(&all);
        let mut numbers: Vec<usize> = all.iter().filter_map(|event| timeline.number_in_document(*event)).collect();
        numbers.sort_unstable();
        let remove = |number: usize| Intent::Remove { list: events(), index: number };
        intents.extend(numbers.into_iter().rev().map(remove));
        let name = match titles.as_slice() {
            [one] => format!("delete {one}"),
            more => format!("delete {}", count_words(more.len(), "event")),
        };
        self.forms.followed = None;
        let effects = self.edit(name, &intents, next.clone());
        self.selected = next;
        effects
    }

    /// Returns what takes relations to some events out of all others.
    fn without_relations_to(&self, gone: &[EventIndex]) -> Vec<Intent<'static>> {
        let timeline = self.timeline();
        let refers = |event: &EventIndex| {
            timeline.event(*event).is_some_and(|event| event.related.iter().any(|related| gone.contains(&related)))
        };
        let kept = timeline.events.indices().filter(|event| !gone.contains(event)).filter(refers);
        let without = |event: EventIndex| {
            let number = timeline.number_in_document(event)?;
            let path = events().index(number).field("related");
            let related = timeline.event(event)?.related.iter().filter(|related| !gone.contains(related));
            let ids: Vec<Value<'static>> =
                related.filter_map(|related| Some(text(timeline.event(related)?.id))).collect();
            Some(if ids.is_empty() { Intent::Unset { path } } else { Intent::Set { path, value: Value::List(ids) } })
        };
        kept.filter_map(without).collect()
    }
}

/// Returns the fields of an event, independent of it.
fn fields_of(event: &Event) -> Fields<'static> {
    match Value::from(event).to_static() {
        Value::Item(fields) => fields,
        _ => Vec::new(),
    }
}
