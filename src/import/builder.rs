//! A document in the making: lanes, sources and ids, each once.

use std::collections::{HashMap, HashSet};
use std::hash::BuildHasher as _;

use crate::date::{Calendar, Date, is_undated};
use crate::document::{self, Event, Ids, Lane, MAX_EVENTS, MAX_LANE_DEPTH, Timeline};

use super::dates::{Dated, Dates};
use super::encoding::Encoding;
use super::error::ImportError;
use super::format::Format;
use super::limits::{Limits, most_text};
use super::report::{Kind, Place, Report};
use super::titles::{is_too_long, title_of};

/// An item with the comments that stand before it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Noted<T> {
    /// The item.
    pub item: T,
    /// What a reader of the document should know of it, a sentence each.
    pub comments: Vec<String>,
}

/// A document as it was imported.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Draft {
    /// Everything but the events.
    pub head: Timeline,
    /// What a reader of the document should know of all of it.
    pub comments: Vec<String>,
    /// The events.
    pub events: Vec<Noted<Event>>,
}

/// Returns whether a date can be read, or says that there is none.
pub(super) fn is_readable(date: &str, calendar: document::Calendar) -> bool {
    let calendar = match calendar {
        document::Calendar::Gregorian => Calendar::Gregorian,
        document::Calendar::Julian => Calendar::Julian,
    };
    is_undated(date) || Date::try_read(date, calendar).is_some()
}

/// The title of the lane of events that are in none.
const LANE: &str = "Events";

/// Makes a document from what a reader finds.
#[derive(Debug)]
pub struct Builder {
    draft: Draft,
    /// Number of events that were added.
    events: usize,
    /// Length of the texts of events, in bytes, and how long they may be.
    length: usize,
    most_length: usize,
    /// Whether events are taken away as they come.
    is_streamed: bool,
    /// What is counted.
    pub report: Report,
    stem: String,
    event_ids: Ids,
    lane_ids: Ids,
    source_ids: Ids,
    era_ids: Ids,
    series_ids: Ids,
    /// The number of each lane, by the hash of its title and the number of the lane that contains it.
    lanes: HashMap<u64, usize>,
    /// The number of the lane that contains each lane.
    parents: Vec<Option<usize>>,
    /// The number of each source, by the hash of all that it says.
    sources: HashMap<u64, usize>,
    /// The id in the document of each id in the file.
    foreign: HashMap<String, String>,
}

impl Builder {
    /// Creates a document of a file that is so long, in bytes. `stem` is its name, which the title is made from if there is
    /// none.
    pub(super) fn new(format: Format, encoding: Option<Encoding>, stem: String, length: usize) -> Self {
        Self {
            draft: Draft::default(),
            events: 0,
            length: 0,
            most_length: most_text(length),
            is_streamed: false,
            report: Report::new(format, encoding),
            stem,
            event_ids: Ids::default(),
            lane_ids: Ids::default(),
            source_ids: Ids::default(),
            era_ids: Ids::default(),
            series_ids: Ids::default(),
            lanes: HashMap::new(),
            parents: Vec::new(),
            sources: HashMap::new(),
            foreign: HashMap::new(),
        }
    }

    /// Returns everything but the events, to add to: title, description, zone and so on.
    pub fn head(&mut self) -> &mut Timeline {
        &mut self.draft.head
    }

    /// Adds a comment at the top of the document.
    pub fn comment(&mut self, text: impl Into<String>) {
        self.draft.comments.push(text.into());
    }

    /// Returns the number of the lane with a title, in another lane or at the top. It is made if there is none.
    pub fn lane(&mut self, title: &str, parent: Option<usize>) -> usize {
        let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
        let mut title = if title.is_empty() { LANE.to_owned() } else { title };
        Limits::new(&mut self.report, Place::default()).text(&mut title);
        // What nests deeper than a document may is put beside what it is in.
        let parent = match parent {
            Some(lane) if self.depth(lane) + 1 >= MAX_LANE_DEPTH => self.parent(lane),
            parent => parent,
        };
        let key = self.lanes.hasher().hash_one((parent, &title));
        let is_it = |number: usize| {
            self.parent(number) == parent && self.draft.head.lanes.get(number).is_some_and(|lane| lane.title == title)
        };
        if let Some(number) = self.lanes.get(&key).copied().filter(|number| is_it(*number)) {
            return number;
        }
        let id = self.lane_ids.of_words(&title, "lane");
        let parent_id = parent.and_then(|parent| Some(self.draft.head.lanes.get(parent)?.id.clone()));
        let number = self.draft.head.lanes.len();
        self.draft.head.lanes.push(Lane { id, title, color: None, parent: parent_id });
        self.parents.push(parent);
        self.lanes.insert(key, number);
        number
    }

    fn parent(&self, lane: usize) -> Option<usize> {
        self.parents.get(lane).copied().flatten()
    }

    /// Returns the number of lanes around a lane.
    fn depth(&self, lane: usize) -> usize {
        std::iter::successors(Some(lane), |lane| self.parent(*lane)).count() - 1
    }

    /// Returns the id of a lane.
    #[must_use]
    pub fn lane_id(&self, lane: usize) -> String {
        self.draft.head.lanes.get(lane).map(|lane| lane.id.clone()).unwrap_or_default()
    }

    /// Sets the colour of a lane, unless it has one.
    pub fn lane_color(&mut self, lane: usize, color: Option<String>) {
        if let Some(lane) = self.draft.head.lanes.get_mut(lane) {
            lane.color = lane.color.take().or(color);
        }
    }

    /// Returns the id of a source. Sources that say the same are one.
    pub fn source(&mut self, foreign: &str, source: document::Source) -> String {
        let mut source = source;
        Limits::new(&mut self.report, Place::default()).source(&mut source);
        let key = self.sources.hasher().hash_one(&source);
        let known = self.sources.get(&key).and_then(|number| self.draft.head.sources.get(*number));
        if let Some(known) = known {
            // Compared with its id, so that neither is copied.
            let own = std::mem::replace(&mut source.id, known.id.clone());
            if source == *known {
                return source.id;
            }
            source.id = own;
        }
        let id = self.source_ids.of_foreign(foreign, &source.title, "source");
        self.sources.insert(key, self.draft.head.sources.len());
        self.draft.head.sources.push(document::Source { id: id.clone(), ..source });
        id
    }

    /// Adds an era. Its id is made from that of the file, or from its title.
    pub fn era(&mut self, foreign: &str, era: document::Era) {
        let mut era = era;
        Limits::new(&mut self.report, Place::default()).era(&mut era);
        let id = self.era_ids.of_foreign(foreign, &era.title, "era");
        self.draft.head.eras.push(document::Era { id, ..era });
    }

    /// Reads a date that a person wrote, and counts what is uncertain about it.
    pub fn date(&mut self, dates: Dates, text: &str, place: Place) -> Dated {
        let read = dates.read(text);
        match &read {
            Dated { date: Some(_), doubt: Some(_), .. } => self.report.add(Kind::Ambiguous, place, text),
            Dated { date: None, written: Some(words), .. } if !crate::date::is_undated(words) => {
                self.report.add(Kind::KeptAsWords, place, text);
            }
            _ => {}
        }
        read
    }

    /// Adds an event: its id is made from its `id` if it has one, else from that of the file or from its title; what its
    /// lists may not hold is dropped and counted; a missing title, or one longer than a line, is made from the text.
    /// `lane` is the number of its lane.
    ///
    /// The ids in its `related` are those of the file.
    ///
    /// # Errors
    /// Returns an error if the document would have too many events.
    pub fn event(
        &mut self,
        place: Place,
        foreign: &str,
        lane: Option<usize>,
        dated: Dated,
        event: Event,
    ) -> Result<(), ImportError> {
        self.room()?;
        let lane = lane.unwrap_or_else(|| self.lane(LANE, None));
        let mut noted = Noted { item: event, comments: Vec::new() };
        let mut dated = dated;
        // A date of random parts may be none after all: a document never has one that cannot be read.
        if let Some(date) = dated.date.take_if(|date| !is_readable(date, dated.calendar)) {
            self.report.add(Kind::KeptAsWords, place, &date);
            dated.written.get_or_insert(date);
        }
        if let Some(doubt) = dated.doubt {
            noted.comments.push(doubt);
        }
        // What says that there is no date counts as none: "unknown".
        if dated.date.is_none() && dated.written.as_deref().is_none_or(is_undated) {
            self.report.add(Kind::Undated, place, &noted.item.title);
        }
        let event = &mut noted.item;
        event.lane = self.lane_id(lane);
        (event.date, event.calendar, event.written) = (dated.date, dated.calendar, dated.written);
        self.title(place, event);
        self.limit(place, event)?;
        event.id = if event.id.is_empty() {
            self.event_ids.of_foreign(foreign, &event.title, "event")
        } else {
            self.event_ids.of_words(&event.id, "event")
        };
        if !foreign.is_empty() && !self.is_streamed {
            self.foreign.entry(foreign.to_owned()).or_insert_with(|| event.id.clone());
        }
        self.draft.events.push(noted);
        self.events += 1;
        Ok(())
    }

    /// Adds an event of a document as it is, but for an id that another one has, and for what its lists may not hold. Its
    /// date can be read, and what it refers to is there, except for the events that it is related to.
    ///
    /// # Errors
    /// Returns an error if the document would have too many events.
    pub(super) fn whole_event(&mut self, place: Place, event: Event) -> Result<(), ImportError> {
        self.room()?;
        let mut event = event;
        self.limit(place, &mut event)?;
        let id = self.event_ids.of_document(&event.id, &event.title, "event");
        let own = std::mem::replace(&mut event.id, id);
        if !own.is_empty() && !self.is_streamed {
            self.foreign.entry(own).or_insert_with(|| event.id.clone());
        }
        self.draft.events.push(Noted { item: event, comments: Vec::new() });
        self.events += 1;
        Ok(())
    }

    /// Adds a lane of a document. One whose parent is not there yet, or is too deep, is at the top. Returns its id.
    pub(super) fn whole_lane(&mut self, lane: Lane) -> String {
        let parent = lane.parent.as_ref();
        let parent = parent.and_then(|id| self.draft.head.lanes.iter().position(|lane| lane.id == *id));
        let parent = parent.filter(|parent| self.depth(*parent) + 1 < MAX_LANE_DEPTH);
        if parent.is_none() && lane.parent.is_some() {
            let kind = Kind::Changed("a lane in one that is not there, put at the top".into());
            self.report.add(kind, Place::default(), &lane.title);
        }
        let id = self.lane_ids.of_document(&lane.id, &lane.title, "lane");
        let parent_id = parent.and_then(|parent| Some(self.draft.head.lanes.get(parent)?.id.clone()));
        let number = self.draft.head.lanes.len();
        let key = self.lanes.hasher().hash_one((parent, &lane.title));
        self.lanes.entry(key).or_insert(number);
        self.draft.head.lanes.push(Lane { id: id.clone(), parent: parent_id, ..lane });
        self.parents.push(parent);
        id
    }

    /// Adds a source of a document. Returns its id.
    pub(super) fn whole_source(&mut self, source: document::Source) -> String {
        let id = self.source_ids.of_document(&source.id, &source.title, "source");
        self.draft.head.sources.push(document::Source { id: id.clone(), ..source });
        id
    }

    /// Adds an era of a document, whose date can be read.
    pub(super) fn whole_era(&mut self, era: document::Era) {
        let id = self.era_ids.of_document(&era.id, &era.title, "era");
        self.draft.head.eras.push(document::Era { id, ..era });
    }

    /// Adds a series of a document, whose dates can be read. Returns its id.
    pub(super) fn whole_series(&mut self, series: document::Series) -> String {
        let id = self.series_ids.of_document(&series.id, &series.title, "series");
        self.draft.head.series.push(document::Series { id: id.clone(), ..series });
        id
    }

    /// Says what entries a file has, and how many.
    ///
    /// # Errors
    /// Returns an error if they are more than a document may have events, before anything is made of them.
    pub(super) fn entries(&mut self, unit: &'static str, count: usize) -> Result<(), ImportError> {
        (self.report.unit, self.report.entries) = (unit, count);
        if count > MAX_EVENTS { Err(ImportError::too_many()) } else { Ok(()) }
    }

    /// Keeps an event to the limits of a document.
    ///
    /// # Errors
    /// Returns an error if the texts of all events are much more than there is in the file.
    fn limit(&mut self, place: Place, event: &mut Event) -> Result<(), ImportError> {
        let mut limits = Limits::new(&mut self.report, place);
        limits.event(event);
        self.length += limits.length;
        if self.length > self.most_length { Err(ImportError::too_long()) } else { Ok(()) }
    }

    /// Returns an error if there is no room for another event.
    fn room(&self) -> Result<(), ImportError> {
        if self.events < MAX_EVENTS { Ok(()) } else { Err(ImportError::too_many()) }
    }

    /// Makes a title that is a line.
    fn title(&mut self, place: Place, event: &mut Event) {
        if event.title.trim().is_empty() {
            let made = event.description.as_deref().and_then(title_of);
            self.report.add(Kind::TitleMade, place, event.description.as_deref().unwrap_or_default());
            event.title = made.unwrap_or_else(|| "Untitled".to_owned());
        } else if is_too_long(&event.title) {
            let whole = std::mem::take(&mut event.title);
            self.report.add(Kind::TitleMade, place, &whole);
            event.title = title_of(&whole).unwrap_or_else(|| "Untitled".to_owned());
            event.description = Some(match event.description.take() {
                Some(text) if !text.trim().is_empty() && !text.starts_with(whole.trim()) => {
                    format!("{}\n\n{text}", whole.trim())
                }
                _ => whole.trim().to_owned(),
            });
        } else if event.title.trim().len() < event.title.len() {
            event.title = event.title.trim().to_owned();
        }
    }

    /// Returns everything but the events, as it is so far.
    pub(super) fn draft(&self) -> &Draft {
        &self.draft
    }

    /// Takes away the events that were added, so that they need not be in memory at once. None of them may be related to
    /// one that comes later.
    pub(super) fn take_events(&mut self) -> Vec<Noted<Event>> {
        self.is_streamed = true;
        std::mem::take(&mut self.draft.events)
    }

    /// Gives the document a title, unless it has one, and keeps its texts to their limits.
    pub(super) fn name(&mut self) {
        let title = &mut self.draft.head.title;
        if title.trim().is_empty() {
            *title = if self.stem.is_empty() { "Timeline".to_owned() } else { self.stem.clone() };
        }
        Limits::new(&mut self.report, Place::default()).head(&mut self.draft.head);
    }

    pub(super) fn finish(mut self) -> (Draft, Report) {
        self.name();
        let head = &mut self.draft.head;
        let foreign = &self.foreign;
        for Noted { item: event, .. } in &mut self.draft.events {
            let related = std::mem::take(&mut event.related);
            let mut taken = HashSet::from([event.id.clone()]);
            let known = related.iter().filter_map(|id| foreign.get(id));
            event.related = known.filter(|id| taken.insert((*id).clone())).cloned().collect();
        }
        self.report.events = self.events;
        self.report.eras = head.eras.len();
        self.report.lanes = head.lanes.len();
        self.report.sources = head.sources.len();
        (self.draft, self.report)
    }
}
