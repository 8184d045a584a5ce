//! The types of the resolved timeline.

use std::sync::Arc;

use super::citation::Citation;
use super::clocks::AxisZone;
use super::color::{Hue, LaneColor};
use super::events::{Event, Events, UNDATED};
use super::handles::{EraIndex, EventIndex, Item, LaneIndex, SeriesIndex, SourceIndex};
use super::index::Index;
use super::item_id::{ItemId, Key, LaneId};
use super::omitted::Omitted;
use super::series::Series;
use super::sources::{Source, SourceNames};
use crate::date::{Date, Interval};

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
    pub(super) index: Arc<Index>,
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
    /// The colour that the document names.
    pub(super) color: Option<LaneColor>,
    /// Names the lane over a reload.
    pub(super) key: LaneId,
    /// Which hue it has, where the document names no colour, and which shape of marker: its position in the document when
    /// that was opened, which it keeps over a reload.
    pub style: usize,
    /// The lane's dated events.
    pub(super) index: Arc<Index>,
    /// Its undated events, in the order of the document.
    pub(super) undated: Arc<[EventIndex]>,
}

impl Lane {
    /// The colour of the lane's marks and name: the one that the document names, or else that of its style.
    #[must_use]
    pub fn color(&self) -> LaneColor {
        self.color.unwrap_or_else(|| LaneColor::Named(Hue::of_style(self.style)))
    }

    /// The index of all dated events of the lane. What is shown of them is in a
    /// [`Projection`](crate::query::Projection).
    #[must_use]
    pub fn index(&self) -> &Arc<Index> {
        &self.index
    }

    /// All undated events of the lane, in the order of the document.
    #[must_use]
    pub fn undated(&self) -> &Arc<[EventIndex]> {
        &self.undated
    }
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
    /// Names the era over a reload.
    pub(super) key: Key,
}

impl Timeline {
    /// Whether there is a time to show: something is dated, or the document asks for a view.
    #[must_use]
    pub fn has_time(&self) -> bool {
        let has_points = || self.series.iter().any(|series| !series.points.is_empty());
        self.events.dated() > 0 || !self.eras.is_empty() || self.initial_view.is_some() || has_points()
    }

    /// Whether nothing is in it that could be drawn or listed: no event, no era and no value of a series.
    #[must_use]
    pub fn shows_nothing(&self) -> bool {
        self.events.is_empty() && self.eras.is_empty() && self.series.iter().all(|series| series.points.is_empty())
    }

    /// The index of all dated events. What is shown of them is in a [`Projection`](crate::query::Projection).
    #[must_use]
    pub fn index(&self) -> &Arc<Index> {
        &self.index
    }

    /// The event at `index`, if there is one.
    #[must_use]
    pub fn event(&self, index: EventIndex) -> Option<Event<'_>> {
        self.events.get(index.get())
    }

    /// The lane at `index`, if there is one.
    #[must_use]
    pub fn lane(&self, index: LaneIndex) -> Option<&Lane> {
        self.lanes.get(index.get())
    }

    /// The era at `index`, if there is one.
    #[must_use]
    pub fn era(&self, index: EraIndex) -> Option<&Era> {
        self.eras.get(index.get())
    }

    /// The series at `index`, if there is one.
    #[must_use]
    pub fn series_at(&self, index: SeriesIndex) -> Option<&Series> {
        self.series.get(index.get())
    }

    /// All lanes with their handles, top to bottom.
    #[must_use]
    pub fn iter_lanes(&self) -> impl ExactSizeIterator<Item = (LaneIndex, &Lane)> {
        self.lanes.iter().enumerate().map(|(position, lane)| (LaneIndex::new(position), lane))
    }

    /// All eras with their handles, by their beginning.
    #[must_use]
    pub fn iter_eras(&self) -> impl ExactSizeIterator<Item = (EraIndex, &Era)> {
        self.eras.iter().enumerate().map(|(position, era)| (EraIndex::new(position), era))
    }

    /// All series with their handles, top to bottom.
    #[must_use]
    pub fn iter_series(&self) -> impl ExactSizeIterator<Item = (SeriesIndex, &Series)> {
        self.series.iter().enumerate().map(|(position, series)| (SeriesIndex::new(position), series))
    }

    /// The id that names an item over a reload. Returns `None` for an item of another timeline that has no place in this
    /// one.
    #[must_use]
    pub fn id(&self, item: Item) -> Option<ItemId> {
        Some(match item {
            Item::Event(event) => ItemId::Event(self.events.key(event)?),
            Item::Era(era) => ItemId::Era(self.era(era)?.key.clone()),
            Item::Series(series) => ItemId::Series(self.series_at(series)?.key.clone()),
        })
    }

    /// The item with this id. Returns `None` if there is none, or if something is wrong with it, so that it is left out.
    ///
    /// Costs O(log n) for an event, and a look at all eras or series for one of these.
    #[must_use]
    pub fn find(&self, id: &ItemId) -> Option<Item> {
        match id {
            ItemId::Event(key) => self.events.find(key).map(Item::Event),
            ItemId::Era(key) => self.iter_eras().find(|(_, era)| era.key == *key).map(|(era, _)| Item::Era(era)),
            ItemId::Series(key) => {
                self.iter_series().find(|(_, series)| series.key == *key).map(|(series, _)| Item::Series(series))
            }
        }
    }

    /// The id that names a lane over a reload. Returns `None` for a lane of another timeline that has no place in this one.
    #[must_use]
    pub fn lane_id(&self, lane: LaneIndex) -> Option<&LaneId> {
        self.lane(lane).map(|lane| &lane.key)
    }

    /// The lane with this id, found by a look at all lanes.
    #[must_use]
    pub fn find_lane(&self, id: &LaneId) -> Option<LaneIndex> {
        self.iter_lanes().find(|(_, lane)| lane.key == *id).map(|(lane, _)| lane)
    }

    /// The event that has this id in the document.
    #[must_use]
    pub fn event_by_id(&self, id: &str) -> Option<EventIndex> {
        self.events.find(&Key::of_id(id))
    }

    /// The lane of an event.
    #[must_use]
    pub fn lane_of(&self, event: &Event<'_>) -> Option<&Lane> {
        self.lane(event.lane)
    }

    /// The source of a citation.
    #[must_use]
    pub fn source(&self, index: SourceIndex) -> Option<&Source> {
        self.sources.get(index.get())
    }

    /// The event after `from` in time order; the first when none is given, or one that is undated.
    #[must_use]
    pub fn next(&self, from: Option<EventIndex>) -> Option<EventIndex> {
        let index = self.dated(from).map_or(0, |event| event.get() + 1);
        (index < self.events.dated()).then(|| EventIndex::new(index))
    }

    /// The event before `from` in time order; the last when none is given, or one that is undated.
    #[must_use]
    pub fn previous(&self, from: Option<EventIndex>) -> Option<EventIndex> {
        self.dated(from).map_or(self.events.dated(), EventIndex::get).checked_sub(1).map(EventIndex::new)
    }

    /// The event, if it has a date.
    #[must_use]
    pub fn dated(&self, event: Option<EventIndex>) -> Option<EventIndex> {
        event.filter(|event| event.get() < self.events.dated())
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
