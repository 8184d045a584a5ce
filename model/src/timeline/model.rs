//! The types of the resolved timeline.

use std::sync::{Arc, OnceLock};

use super::citation::Citation;
use super::clocks::AxisZone;
use super::color::{Color, Hue};
use super::events::{Event, Events, Placed, UNDATED};
use super::handles::{EraIndex, EventIndex, Item, LaneIndex, SeriesIndex, SourceIndex};
use super::index::Index;
use super::item_id::{ItemId, Key, LaneId};
use super::kept::Kept;
use super::omitted::Omitted;
use super::series::Series;
use super::sources::{Source, SourceNames};
use super::time_scale::TimeScale;
use crate::date::{Date, Interval};
use crate::document::Axis;
use crate::document::parts::ListPosition;

/// A resolved document: every reference is a valid index, every date is parsed.
#[derive(Clone, Debug, Default)]
pub struct Timeline {
    /// The title of the image.
    pub title: String,
    /// The line under the title.
    pub subtitle: Option<String>,
    /// What the document is about, in `CommonMark`.
    pub description: Option<String>,
    /// The author of the timeline, not of its sources.
    pub author: Option<String>,
    /// When the timeline was made or last revised.
    pub date: Option<Date>,
    /// The language of its texts, as a BCP 47 tag; English if absent.
    pub language: Option<String>,
    /// Works that the citations refer to, in document order.
    pub sources: Vec<Source>,
    /// The names of the sources for the source line.
    pub source_names: SourceNames,
    /// Lanes, top to bottom: depth first, so that the lanes in a lane follow it.
    pub lanes: Vec<Lane>,
    /// Eras, sorted by their beginning.
    pub eras: Vec<Era>,
    /// The dated events in time order, then the undated ones.
    pub events: Events,
    /// Data series, top to bottom.
    pub series: Vec<Series>,
    /// The index of all dated events.
    pub(super) index: Arc<Index>,
    /// The smallest interval that contains everything dated, ignoring open ends. One day in 1970 if nothing is dated.
    pub extent: Interval,
    /// The zone that times of day are shown in.
    pub zone: AxisZone,
    /// Whether any lane contains another.
    pub(super) has_groups: bool,
    /// Whether any event is in several lanes.
    pub(super) has_also: bool,
    /// Whether anything has a time of day.
    pub has_clocks: bool,
    /// Whether the document asks for an axis on which time is even.
    pub axis: Axis,
    /// The scale of time that gives more of the width to stretches in which much happens.
    pub even: TimeScale,
    /// The initial view that the document asks for.
    pub initial_view: Option<Interval>,
    /// The parts of the document that are omitted because they have errors.
    pub omitted: Omitted,
    /// What events are resolved with.
    pub(super) kept: Option<Arc<Kept>>,
}

/// A horizontal band of events.
#[derive(Clone, Debug)]
pub struct Lane {
    /// The id in the document.
    pub id: String,
    /// The name shown at the left.
    pub title: String,
    /// The colour that the document specifies.
    pub(super) color: Option<Color>,
    /// Identifies the lane across reloads.
    pub(super) key: LaneId,
    /// The style of the lane, which determines the shape of its markers and, if the document specifies no colour, its
    /// hue: the position in the document when it was first opened, kept across reloads.
    pub style: usize,
    /// The lane that contains it.
    pub parent: Option<LaneIndex>,
    /// Number of lanes around it.
    pub depth: usize,
    /// Number of lanes in it, at any depth.
    pub descendants: usize,
    /// The index of the lane's dated events.
    pub(super) index: Arc<Index>,
    /// The lane's undated events, in document order.
    pub(super) undated: Arc<[EventIndex]>,
    /// The events of the lane and of all lanes in it, once they have been asked for.
    pub(super) group: OnceLock<Group>,
}

/// The events of a lane and of all lanes in it, each once.
#[derive(Clone, Debug)]
pub struct Group {
    /// The index of the dated events.
    pub index: Arc<Index>,
    /// The undated events, in document order.
    pub undated: Arc<[EventIndex]>,
}

impl Lane {
    /// Returns whether it contains other lanes.
    #[must_use]
    pub fn is_group(&self) -> bool {
        self.descendants > 0
    }

    /// Returns the colour of the lane's marks and name: that of the document, or else that of its style.
    #[must_use]
    pub fn color(&self) -> Color {
        self.color.unwrap_or_else(|| Color::Named(Hue::of_style(self.style)))
    }

    /// Returns the colour that the document specifies.
    #[must_use]
    pub fn own_color(&self) -> Option<Color> {
        self.color
    }

    /// Returns the index of all dated events of the lane. The subset that is shown is in a
    /// [`Projection`](crate::query::Projection).
    #[must_use]
    pub fn index(&self) -> &Arc<Index> {
        &self.index
    }

    /// Returns all undated events of the lane, in document order.
    #[must_use]
    pub fn undated(&self) -> &Arc<[EventIndex]> {
        &self.undated
    }
}

/// A named span of time behind the lanes.
#[derive(Clone, Debug)]
pub struct Era {
    /// The id in the document.
    pub id: String,
    /// The name shown in the band.
    pub title: String,
    /// Its extent.
    pub date: Date,
    /// The colour that the document specifies.
    pub color: Option<Color>,
    /// The description, in `CommonMark`.
    pub description: Option<String>,
    /// The citations.
    pub citations: Vec<Citation>,
    /// Identifies the era across reloads.
    pub(super) key: Key,
}

impl Timeline {
    /// Returns the scale of an axis of this document.
    #[must_use]
    pub fn scale(&self, axis: Axis) -> TimeScale {
        match axis {
            Axis::Linear => TimeScale::LINEAR,
            Axis::Even => self.even,
        }
    }

    /// Returns whether there is a time to show: something is dated, or the document asks for a view.
    #[must_use]
    pub fn has_time(&self) -> bool {
        let has_points = || self.series.iter().any(|series| !series.points.is_empty());
        self.events.dated() > 0 || !self.eras.is_empty() || self.initial_view.is_some() || has_points()
    }

    /// Returns whether there is nothing to draw or list: no event, no era and no value of a series.
    #[must_use]
    pub fn shows_nothing(&self) -> bool {
        self.events.is_empty() && self.eras.is_empty() && self.series.iter().all(|series| series.points.is_empty())
    }

    /// Returns the index of all dated events. The subset that is shown is in a
    /// [`Projection`](crate::query::Projection).
    #[must_use]
    pub fn index(&self) -> &Arc<Index> {
        &self.index
    }

    /// Returns the event at `index`. Returns `None` if there is none.
    #[must_use]
    pub fn event(&self, index: EventIndex) -> Option<Event<'_>> {
        self.events.get(index.get())
    }

    /// Returns the lane at `index`. Returns `None` if there is none.
    #[must_use]
    pub fn lane(&self, index: LaneIndex) -> Option<&Lane> {
        self.lanes.get(index.get())
    }

    /// Returns the number of an event in the document, from 0. Returns `None` if there is no such event.
    #[must_use]
    pub fn number_in_document(&self, event: EventIndex) -> Option<usize> {
        self.events.number(event)
    }

    /// Returns where in the text of the document the list of events is searched for the one with a number, and for the
    /// gap before it: a place not far before it. Returns `None` if there is none, or if the document was not read from a
    /// text.
    ///
    /// ```
    /// use longview_model::document::{DocPath, parts};
    /// # let text = r#"(title: "", lanes: [(id: "a", title: "")], events: [(id: "treaty", lane: "a", title: "")])"#;
    /// let timeline = longview_model::open(text).timeline.unwrap();
    /// let event = timeline.event_by_id("treaty").unwrap();
    /// let number = timeline.number_in_document(event).unwrap();
    /// let path = DocPath::root().field("events").index(number).field("id");
    /// let found = parts::find(text, path.segments(), timeline.list_position(number)).unwrap();
    /// assert_eq!(&text[found], "\"treaty\"");
    /// ```
    #[must_use]
    pub fn list_position(&self, number: usize) -> Option<ListPosition> {
        let batch = self.events.batch_of(number.saturating_sub(1))?;
        (!batch.bytes.is_empty()).then_some(ListPosition { index: batch.first, at: batch.bytes.start })
    }

    /// Returns the places of events in the text of the document that are known, and that of the end of their list.
    #[must_use]
    pub fn list_positions(&self) -> Vec<ListPosition> {
        let batches = self.events.batches.iter().filter(|batch| !batch.bytes.is_empty());
        let starts = batches.clone().map(|batch| ListPosition { index: batch.first, at: batch.bytes.start });
        let end_of =
            |batch: &Placed| ListPosition { index: batch.first + batch.records.events.len(), at: batch.bytes.end };
        let end = batches.clone().next_back().map(end_of);
        starts.chain(end).collect()
    }

    /// Gives up the text of the document, so that it can be changed in place. Events have no texts from then on.
    pub fn release_text(&mut self) {
        self.events.source = Arc::default();
    }

    /// Returns the era at `index`. Returns `None` if there is none.
    #[must_use]
    pub fn era(&self, index: EraIndex) -> Option<&Era> {
        self.eras.get(index.get())
    }

    /// Returns the series at `index`. Returns `None` if there is none.
    #[must_use]
    pub fn series_at(&self, index: SeriesIndex) -> Option<&Series> {
        self.series.get(index.get())
    }

    /// Returns all lanes with their indices, top to bottom.
    #[must_use]
    pub fn iter_lanes(&self) -> impl ExactSizeIterator<Item = (LaneIndex, &Lane)> {
        self.lanes.iter().enumerate().map(|(position, lane)| (LaneIndex::new(position), lane))
    }

    /// Returns all eras with their indices, sorted by their beginning.
    #[must_use]
    pub fn iter_eras(&self) -> impl ExactSizeIterator<Item = (EraIndex, &Era)> {
        self.eras.iter().enumerate().map(|(position, era)| (EraIndex::new(position), era))
    }

    /// Returns all series with their indices, top to bottom.
    #[must_use]
    pub fn iter_series(&self) -> impl ExactSizeIterator<Item = (SeriesIndex, &Series)> {
        self.series.iter().enumerate().map(|(position, series)| (SeriesIndex::new(position), series))
    }

    /// Returns the id that identifies an item across reloads. Returns `None` for an item of another timeline that is
    /// out of range in this one.
    #[must_use]
    pub fn id(&self, item: Item) -> Option<ItemId> {
        Some(match item {
            Item::Event(event) => ItemId::Event(self.events.key(event)?),
            Item::Era(era) => ItemId::Era(self.era(era)?.key.clone()),
            Item::Series(series) => ItemId::Series(self.series_at(series)?.key.clone()),
        })
    }

    /// Returns the item with this id. Returns `None` if there is none, or if it has errors and is therefore omitted.
    ///
    /// Costs O(log n) for an event, O(n) for an era or a series.
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

    /// Returns the id that identifies a lane across reloads. Returns `None` for a lane of another timeline that is out
    /// of range in this one.
    #[must_use]
    pub fn lane_id(&self, lane: LaneIndex) -> Option<&LaneId> {
        self.lane(lane).map(|lane| &lane.key)
    }

    /// Returns the lane with this id, in O(n).
    #[must_use]
    pub fn find_lane(&self, id: &LaneId) -> Option<LaneIndex> {
        self.iter_lanes().find(|(_, lane)| lane.key == *id).map(|(lane, _)| lane)
    }

    /// Returns the event with this id in the document.
    #[must_use]
    pub fn event_by_id(&self, id: &str) -> Option<EventIndex> {
        self.events.find(&Key::of_id(id))
    }

    /// Returns the lane of an event.
    #[must_use]
    pub fn lane_of(&self, event: &Event<'_>) -> Option<&Lane> {
        self.lane(event.lane)
    }

    /// Returns the source of a citation.
    #[must_use]
    pub fn source(&self, index: SourceIndex) -> Option<&Source> {
        self.sources.get(index.get())
    }

    /// Returns the event after `from` in time order; the first if `from` is `None` or undated.
    #[must_use]
    pub fn next(&self, from: Option<EventIndex>) -> Option<EventIndex> {
        let index = self.dated(from).map_or(0, |event| event.get() + 1);
        (index < self.events.dated()).then(|| EventIndex::new(index))
    }

    /// Returns the event before `from` in time order; the last if `from` is `None` or undated.
    #[must_use]
    pub fn previous(&self, from: Option<EventIndex>) -> Option<EventIndex> {
        self.dated(from).map_or(self.events.dated(), EventIndex::get).checked_sub(1).map(EventIndex::new)
    }

    /// Returns the event if it has a date.
    #[must_use]
    pub fn dated(&self, event: Option<EventIndex>) -> Option<EventIndex> {
        event.filter(|event| event.get() < self.events.dated())
    }

    /// Returns the counts in words: "7 events (1 undated), 1 era, 2 series".
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

    /// Returns who made the timeline, and when: "Made by A. Writer, 24 November 2026". Returns `None` if the document
    /// does not specify it.
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

    /// Returns the line that names the sources: "Source: Council on Foreign Relations, 10 December 2015".
    #[must_use]
    pub fn source_line(&self) -> Option<String> {
        self.source_lines().next()
    }

    /// Returns variants of this line, shorter and shorter, for limited room; the first names up to three makers.
    pub fn source_lines(&self) -> impl Iterator<Item = String> {
        self.source_names.lines()
    }
}
