//! What is said to a screen reader as the state changes: in which words, and of what.

use std::time::Duration;

use crate::layout::{RowMode, one_line};
use crate::timeline::{Axis, Event, EventIndex, Item, UNDATED, number};

use super::hover;
use super::preferences::Preference;
use super::said::{Seen, Topic};
use super::settings_page::THEMES;
use super::state::State;
use super::subscription::Subscription;
use super::words::count_words;

impl State {
    /// What was said last: a screen reader speaks it whenever it is another.
    #[must_use]
    pub fn said(&self) -> &str {
        self.sitting.said.words()
    }

    /// Says what has changed.
    pub(super) fn say(&mut self) {
        let (seen, now) = (self.seen(), self.now);
        for topic in self.sitting.said.look(seen, now) {
            let words = self.words_of(topic);
            self.sitting.said.tell(&words);
        }
    }

    /// What wakes the window to say something.
    pub(super) fn saying_subscription(&self) -> Option<Subscription> {
        let due_at = self.sitting.said.due_at()?;
        Duration::try_from_secs_f64(due_at).ok().map(Subscription::At)
    }

    fn seen(&self) -> Seen {
        let finder = self.finder.as_ref().filter(|finder| !finder.search.is_empty() && !self.searches());
        let found = finder.and_then(|finder| Some((finder.typed.clone(), self.found()?.len())));
        Seen {
            document: self.document.number,
            selected: self.selected.clone(),
            others: if self.several.anchor == self.selected { self.several.others.len() } else { 0 },
            view: self.target(),
            search: found,
            filter: (!self.filters()).then(|| self.filter.terms.clone()),
            rows: self.projection().lanes().len(),
            lane: self.lanes.current.clone(),
            switches: [
                self.axis() == Axis::Even,
                self.rows == RowMode::Fit,
                self.rows == RowMode::All,
                !self.hides_pictures,
                self.record.is_shown(),
                self.list.is_open,
                self.sitting.measuring.is_active,
                self.sitting.full_screen,
                self.explorer.is_some(),
            ],
        }
    }

    fn words_of(&self, topic: Topic) -> String {
        match topic {
            Topic::Document => format!("{}: {}", one_line(&self.timeline().title), self.status()),
            Topic::Selection => {
                self.selected().map_or_else(|| "Nothing is selected".to_owned(), |item| self.item_words(item))
            }
            Topic::Several => format!("{} selected", count_words(self.selected_events().len(), "event")),
            Topic::Lane => self.lane_words(),
            Topic::Search => match self.found().map_or(0, crate::query::Found::len) {
                0 => "No event is found".to_owned(),
                found => format!("{} found", count_words(found, "event")),
            },
            Topic::Filter => self
                .filter_words()
                .unwrap_or_else(|| format!("All {} are shown", count_words(self.timeline().events.len(), "event"))),
            Topic::Rows => format!("{} shown", count_words(self.projection().lanes().len(), "lane")),
            Topic::View => self.view_words(),
            Topic::Switch(name, is_on) => format!("{name} {}", if is_on { "on" } else { "off" }),
        }
    }

    /// "1960 to 2020, 7 events".
    #[must_use]
    pub fn view_words(&self) -> String {
        let shown = self.target().interval();
        let events = count_words(self.projection().count(shown), "event");
        format!("{}, {events}", hover::time_words(shown, shown.length() as f64))
    }

    fn lane_words(&self) -> String {
        let lane =
            self.current_lane().and_then(|lane| Some((self.timeline().lane(lane)?, self.projection().lane(lane)?)));
        lane.map_or_else(String::new, |(lane, shown)| {
            format!("Lane {}: {}", one_line(&lane.title), count_words(shown.len(), "event"))
        })
    }

    /// "Cultural exchange booms, since 1998, Culture, 3 of 7".
    fn item_words(&self, item: Item) -> String {
        let timeline = self.timeline();
        match item {
            Item::Event(index) => {
                timeline.event(index).map(|event| self.event_words(&event, index)).unwrap_or_default()
            }
            Item::Era(era) => timeline
                .era(era)
                .map(|era| format!("Era {}, {}", one_line(&era.title), era.date.words()))
                .unwrap_or_default(),
            Item::Series(series) => timeline
                .series_at(series)
                .map(|series| format!("Series {}, {}", one_line(&series.title), one_line(&series.unit)))
                .unwrap_or_default(),
        }
    }

    fn event_words(&self, event: &Event<'_>, index: EventIndex) -> String {
        let date = if event.date.is_some() { event.date_words() } else { UNDATED.to_owned() };
        let lane = self.timeline().lane_of(event).map(|lane| format!(", {}", one_line(&lane.title)));
        let place = self.place_words(index).map(|words| format!(", {words}"));
        format!("{}, {date}{}{}", one_line(event.title), lane.unwrap_or_default(), place.unwrap_or_default())
    }

    /// "3 of 7"; "3 of 12 found" while the box shows what it has found. Returns `None` for an event that is not shown, and
    /// one without a date.
    #[must_use]
    pub fn place_words(&self, event: EventIndex) -> Option<String> {
        let words = |place: usize, count: usize| {
            let [place, count] = [place + 1, count].map(|n| number(n as f64));
            format!("{place} of {count}")
        };
        if let Some(found) = self.found() {
            return found.position(event).map(|place| format!("{} found", words(place, found.len())));
        }
        Some(words(self.projection().position(event)?, self.projection().dated()))
    }

    /// Says what was chosen for the program, where that is not in a form.
    pub(super) fn say_preference(&mut self, preference: &Preference) {
        let words = match preference {
            Preference::Theme(theme) => {
                THEMES.iter().find(|(of, _)| of == theme).map(|(_, name)| format!("Theme: {}", name.to_lowercase()))
            }
            Preference::TextSize(size) => Some(format!("Text size: {}", size.words())),
            _ => None,
        };
        self.sitting.said.tell(&words.unwrap_or_default());
    }
}
