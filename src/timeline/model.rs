//! The types of the resolved timeline.

use crate::document::Basis;

use super::clocks::AxisZone;
use super::color::LaneColor;
use super::events::{CitationView, Event, Events, UNDATED};
use super::index::Index;
use super::omitted::Omitted;
use super::series::Series;
use super::sources::{Source, SourceNames};
use crate::date::{Date, Interval};

/// Position of an event in [`Timeline::events`]: that of a dated one is in time order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EventIndex(pub usize);

/// Position of a lane in [`Timeline::lanes`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LaneIndex(pub usize);

/// Position of a series in [`Timeline::series`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SeriesIndex(pub usize);

/// Position of a source in [`Timeline::sources`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceIndex(pub usize);

/// Anything in a timeline that has a record to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Item {
    /// An event.
    Event(EventIndex),
    /// An era, by its position in [`Timeline::eras`].
    Era(usize),
    /// A series.
    Series(SeriesIndex),
}

/// A whole document, resolved: every reference is an index that exists, every date is parsed.
#[derive(Clone, Debug, Default)]
pub struct Timeline {
    /// Headline of the picture.
    pub title: String,
    /// Line under the headline.
    pub subtitle: Option<String>,
    /// What the document is about, in `CommonMark`.
    pub description: Option<String>,
    /// Who made the timeline; not who wrote its sources.
    pub author: Option<String>,
    /// When the timeline was made or last revised.
    pub date: Option<Date>,
    /// Works that the citations refer to, in document order.
    pub sources: Vec<Source>,
    /// The names of those for one line.
    pub source_names: SourceNames,
    /// Lanes, top to bottom.
    pub lanes: Vec<Lane>,
    /// Eras, by their beginning.
    pub eras: Vec<Era>,
    /// The dated events in time order, then the undated ones.
    pub events: Events,
    /// Data series, top to bottom.
    pub series: Vec<Series>,
    /// All dated events.
    pub index: Index,
    /// Smallest interval that holds every dated thing; open ends do not count. One day at 1970 when nothing is dated.
    pub extent: Interval,
    /// The zone that times of day are shown in.
    pub zone: AxisZone,
    /// Whether anything is dated to a time of day.
    pub has_clocks: bool,
    /// What the document asks to show at first.
    pub initial_view: Option<Interval>,
    /// What of the document is not here, because something is wrong with it.
    pub omitted: Omitted,
}

/// A horizontal band of events.
#[derive(Clone, Debug)]
pub struct Lane {
    /// The id in the document.
    pub id: String,
    /// The name shown at the left.
    pub title: String,
    /// The colour of the lane's marks and name.
    pub color: LaneColor,
    /// The lane's dated events.
    pub index: Index,
    /// How many undated events the lane has besides.
    pub undated: usize,
}

/// A named stretch of time behind the lanes.
#[derive(Clone, Debug)]
pub struct Era {
    /// The id in the document.
    pub id: String,
    /// The name shown in the band.
    pub title: String,
    /// Its extent.
    pub date: Date,
    /// `CommonMark`.
    pub description: Option<String>,
    /// Where it is said.
    pub citations: Vec<Citation>,
}

/// Where a claim comes from and how it follows from there.
#[derive(Clone, Debug)]
pub struct Citation {
    /// The work.
    pub source: SourceIndex,
    /// The place in the work.
    pub locator: Option<String>,
    /// Whether the work says it, it follows from what the work says, or it is common knowledge.
    pub basis: Basis,
    /// A remark for the reader.
    pub note: Option<String>,
}

impl Citation {
    /// The citation as those of events are seen.
    #[must_use]
    pub fn view(&self) -> CitationView<'_> {
        let Self { source, locator, basis, note } = self;
        CitationView { source: *source, locator: locator.as_deref(), basis: *basis, note: note.as_deref() }
    }
}

impl Timeline {
    /// Whether there is a time to show: something is dated, or the document asks for a view.
    #[must_use]
    pub fn has_time(&self) -> bool {
        let has_points = || self.series.iter().any(|series| !series.points.is_empty());
        !self.index.is_empty() || !self.eras.is_empty() || self.initial_view.is_some() || has_points()
    }

    /// Whether nothing is in it that could be drawn or listed: no event, no era and no value of a series.
    #[must_use]
    pub fn shows_nothing(&self) -> bool {
        self.events.is_empty() && self.eras.is_empty() && self.series.iter().all(|series| series.points.is_empty())
    }

    /// The event at `index`, if there is one.
    #[must_use]
    pub fn event(&self, index: EventIndex) -> Option<Event<'_>> {
        self.events.get(index.0)
    }

    /// The event that has this id in the document.
    #[must_use]
    pub fn event_by_id(&self, id: &str) -> Option<EventIndex> {
        self.events.by_id(id)
    }

    /// The lane of an event.
    #[must_use]
    pub fn lane_of(&self, event: &Event<'_>) -> Option<&Lane> {
        self.lanes.get(event.lane.0)
    }

    /// The source of a citation.
    #[must_use]
    pub fn source(&self, index: SourceIndex) -> Option<&Source> {
        self.sources.get(index.0)
    }

    /// The event after `from` in time order; the first when none is given, or one that is undated.
    #[must_use]
    pub fn next(&self, from: Option<EventIndex>) -> Option<EventIndex> {
        let index = self.dated(from).map_or(0, |EventIndex(index)| index + 1);
        (index < self.events.dated()).then_some(EventIndex(index))
    }

    /// The event before `from` in time order; the last when none is given, or one that is undated.
    #[must_use]
    pub fn previous(&self, from: Option<EventIndex>) -> Option<EventIndex> {
        self.dated(from).map_or(self.events.dated(), |EventIndex(index)| index).checked_sub(1).map(EventIndex)
    }

    /// The event, if it has a date.
    #[must_use]
    pub fn dated(&self, event: Option<EventIndex>) -> Option<EventIndex> {
        event.filter(|EventIndex(index)| *index < self.events.dated())
    }

    /// "7 events (1 undated), 1 era, 2 series".
    #[must_use]
    pub fn counts_words(&self) -> String {
        fn count(n: usize, one: &str, many: &str) -> Option<String> {
            match n {
                0 => None,
                1 => Some(format!("1 {one}")),
                _ => Some(format!("{} {many}", super::number(n as f64))),
            }
        }
        let events = count(self.events.len(), "event", "events").unwrap_or_else(|| "no events".to_owned());
        let undated = match self.events.undated().len() {
            0 => String::new(),
            1 if self.events.len() == 1 => format!(" ({UNDATED})"),
            undated => format!(" ({} {UNDATED})", super::number(undated as f64)),
        };
        let parts: Vec<String> = [
            Some(events + &undated),
            count(self.eras.len(), "era", "eras"),
            count(self.series.len(), "series", "series"),
        ]
        .into_iter()
        .flatten()
        .collect();
        parts.join(", ")
    }

    /// Who made the timeline, and when: "Made by A. Writer, 24 November 2026". None where the document does not say.
    #[must_use]
    pub fn made_words(&self) -> Option<String> {
        let date = self.date.as_ref().map(Date::words);
        match (&self.author, date) {
            (Some(author), Some(date)) => Some(format!("Made by {author}, {date}")),
            (Some(author), None) => Some(format!("Made by {author}")),
            (None, Some(date)) => Some(format!("As of {date}")),
            (None, None) => None,
        }
    }

    /// One line that names where the facts come from: "Source: Council on Foreign Relations, 10 December 2015".
    #[must_use]
    pub fn source_line(&self) -> Option<String> {
        self.source_lines().next()
    }

    /// The same naming up to three makers, then fewer, for where there is less room.
    pub fn source_lines(&self) -> impl Iterator<Item = String> {
        self.source_names.lines()
    }
}
