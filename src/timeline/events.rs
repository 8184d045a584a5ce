//! The events of a timeline, stored compactly enough for a million events.
//!
//! Strings are ranges of the document's text, which is kept whole. Events are stored in the batches in which they were
//! resolved; a separate permutation puts them in time order.

use std::fmt;
use std::hash::{BuildHasher as _, RandomState};
use std::sync::Arc;

use super::citation::CitationView;
use super::details::{Details, Media};
use super::handles::{EventIndex, LaneIndex, SeriesIndex, SourceIndex};
use super::item_id::Key;
use super::records::{CitationRecord, Records, Slice};
use crate::date::{Date, Interval};
use crate::document::DocPath;

/// An event.
#[derive(Clone, Copy, Debug)]
pub struct Event<'a> {
    /// The id in the document.
    pub id: &'a str,
    /// The lane that contains it.
    pub lane: LaneIndex,
    /// Further lanes that it belongs to: each once, and not its own.
    pub also: &'a [LaneIndex],
    /// The title.
    pub title: &'a str,
    /// The date; `None` if it is unknown.
    pub date: Option<&'a Date>,
    /// The description, in `CommonMark`.
    pub description: Option<&'a str>,
    /// Priority for getting a title if there is not enough room for all; 0 if the document does not specify it.
    pub importance: f32,
    /// Free-form tags.
    pub tags: Tags<'a>,
    /// Related events.
    pub related: &'a [EventIndex],
    /// Series whose values at this date are shown in the record.
    pub figures: &'a [SeriesIndex],
    /// The citations.
    pub citations: Citations<'a>,
    /// What only some events have.
    pub details: Details<'a>,
}

impl Event<'_> {
    /// Returns all lanes that it belongs to: its own, then the further ones.
    pub fn lanes(&self) -> impl Iterator<Item = LaneIndex> {
        std::iter::once(self.lane).chain(self.also.iter().copied())
    }

    /// Returns the interval that its date may cover; `None` if it is undated.
    #[must_use]
    pub fn bounds(&self) -> Option<Interval> {
        self.date.map(Date::bounds)
    }

    /// Returns the known part of that interval: see [`Date::known_bounds`].
    #[must_use]
    pub fn known_bounds(&self) -> Option<Interval> {
        self.date.map(Date::known_bounds)
    }

    /// Returns the date in words, or "undated".
    #[must_use]
    pub fn date_words(&self) -> String {
        self.date.map_or_else(|| UNDATED.to_owned(), Date::words)
    }

    /// Returns the date in short form; empty if it is undated.
    #[must_use]
    pub fn short_date_words(&self) -> String {
        self.date.map(Date::short_words).unwrap_or_default()
    }
}

/// What a chart shows of an event. Other texts of the event, which may be far away in memory, are not looked at.
#[derive(Clone, Copy, Debug)]
pub struct Headline<'a> {
    /// The title.
    pub title: &'a str,
    /// The date; `None` if it is unknown.
    pub date: Option<&'a Date>,
    /// Priority for getting a title if there is not enough room for all.
    pub importance: f32,
}

impl Headline<'_> {
    /// Returns the date in short form, without what is the same throughout a time around it; empty if it is undated.
    #[must_use]
    pub fn date_words_within(&self, around: Interval) -> String {
        self.date.map(|date| date.words_within(around)).unwrap_or_default()
    }
}

/// Text for the date of an event without one.
pub const UNDATED: &str = "undated";

/// The tags of an event.
#[derive(Clone, Copy)]
pub struct Tags<'a> {
    symbols: &'a [u32],
    names: &'a [Box<str>],
}

impl<'a> Tags<'a> {
    /// Returns the number of tags.
    #[must_use]
    pub fn len(self) -> usize {
        self.symbols.len()
    }

    /// Returns whether there are none.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.symbols.is_empty()
    }

    /// Returns an iterator over the tags.
    pub fn iter(self) -> impl Iterator<Item = &'a str> {
        self.symbols.iter().filter_map(|symbol| self.names.get(*symbol as usize)).map(AsRef::as_ref)
    }
}

impl fmt::Debug for Tags<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

/// The citations of an event.
#[derive(Clone, Copy)]
pub struct Citations<'a> {
    records: &'a [CitationRecord],
    batch: Option<&'a Records>,
    source: &'a str,
}

impl<'a> Citations<'a> {
    /// Returns the number of citations.
    #[must_use]
    pub fn len(self) -> usize {
        self.records.len()
    }

    /// Returns whether there are none.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.records.is_empty()
    }

    /// Returns an iterator over the citations.
    pub fn iter(self) -> impl Iterator<Item = CitationView<'a>> {
        self.records.iter().map(move |record| {
            let text = |text: Slice| self.batch.and_then(|batch| batch.maybe(text, self.source));
            CitationView {
                source: SourceIndex::new(record.source as usize),
                locator: text(record.locator),
                basis: record.basis,
                note: text(record.note),
            }
        })
    }
}

impl fmt::Debug for Citations<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

/// All events of a timeline: the dated ones in time order (see [`Date::sort_key`]), with equal dates in document order,
/// then the undated ones in document order.
#[derive(Clone, Debug, Default)]
pub struct Events {
    /// The text of the document.
    pub(super) source: Arc<String>,
    /// The batches, in document order.
    pub(super) batches: Vec<Records>,
    /// The document number of each event: the dated ones in time order, then the undated ones.
    pub(super) order: Vec<u32>,
    /// The number of dated events.
    pub(super) dated: usize,
    /// Every tag once.
    pub(super) tag_names: Vec<Box<str>>,
    /// The document numbers of all events, sorted by the hash of their ids.
    pub(super) by_hash: Vec<u32>,
    /// The hasher for ids.
    pub(super) hasher: RandomState,
}

impl Events {
    /// Returns the number of events.
    #[must_use]
    pub fn len(&self) -> usize {
        self.order.len()
    }

    /// Returns the number of dated events; these come first.
    #[must_use]
    pub fn dated(&self) -> usize {
        self.dated
    }

    /// Returns the indices of the undated events.
    pub fn undated(&self) -> impl ExactSizeIterator<Item = EventIndex> + use<> {
        (self.dated..self.len()).map(EventIndex::new)
    }

    /// Returns whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.order.is_empty()
    }

    /// Returns the event at a position. Returns `None` if there is none.
    #[must_use]
    pub fn get(&self, index: usize) -> Option<Event<'_>> {
        self.written(*self.order.get(index)? as usize)
    }

    /// Returns what a chart shows of an event. Returns `None` if there is no such event.
    #[must_use]
    pub fn headline(&self, event: EventIndex) -> Option<Headline<'_>> {
        let (batch, offset) = self.batch_of(*self.order.get(event.get())? as usize)?;
        let record = batch.events.get(offset)?;
        let title = batch.text(record.title, &self.source);
        Some(Headline { title, date: record.date.as_ref(), importance: record.importance })
    }

    /// Returns the date of an event, without looking at its texts. Returns `None` if it is unknown, or if there is no such
    /// event.
    #[must_use]
    pub fn date(&self, event: EventIndex) -> Option<&Date> {
        let (batch, offset) = self.batch_of(*self.order.get(event.get())? as usize)?;
        batch.events.get(offset)?.date.as_ref()
    }

    /// Returns an iterator over all events: the dated ones in time order, then the undated ones.
    pub fn iter(&self) -> impl Iterator<Item = Event<'_>> {
        (0..self.len()).filter_map(|index| self.get(index))
    }

    /// Returns the indices of all events, in the same order.
    pub fn indices(&self) -> impl ExactSizeIterator<Item = EventIndex> + use<> {
        (0..self.len()).map(EventIndex::new)
    }

    /// Returns the media of all events in document order, each with its path in the document. Omitted events are
    /// included.
    pub fn media(&self) -> impl Iterator<Item = (DocPath, Media<'_>)> {
        self.batches.iter().flat_map(move |batch| {
            batch.details.iter().flat_map(move |record| {
                let offset = record.of as usize;
                let path = DocPath::root().field("events").index(batch.first + offset).field("media");
                let media = Details::new(batch, offset, &self.source).media().enumerate();
                media.map(move |(position, media)| (path.clone().index(position), media))
            })
        })
    }

    /// Returns the events with a [`picture`](Details::picture), in document order, each with the path of the file.
    pub fn pictures(&self) -> impl Iterator<Item = (EventIndex, &str)> {
        let files = self.batches.iter().flat_map(move |batch| {
            let with_media = batch.details.iter().filter(|record| record.media[0] < record.media[1]);
            with_media.filter_map(move |record| {
                let offset = record.of as usize;
                let file = Details::new(batch, offset, &self.source).picture()?.shown_file()?;
                Some((batch.first + offset, file))
            })
        });
        files.filter_map(|(number, file)| Some((self.position(number as u32)?, file)))
    }

    /// Returns the key that identifies an event across reloads.
    pub(super) fn key(&self, event: EventIndex) -> Option<Key> {
        let number = *self.order.get(event.get())?;
        let id = self.written(number as usize)?.id;
        Some(if id.trim().is_empty() { Key::of_place(number as usize) } else { Key::of_id(id) })
    }

    /// Returns the event with a key, in O(log n).
    pub(super) fn find(&self, key: &Key) -> Option<EventIndex> {
        match key {
            Key::Id(id) => self.position(self.number_of(id)?),
            Key::Place(number) => {
                let has_id = !self.written(*number as usize)?.id.trim().is_empty();
                if has_id { None } else { self.position(*number) }
            }
        }
    }

    /// Returns the document number of the first event with this id, including omitted events.
    fn number_of(&self, id: &str) -> Option<u32> {
        let hash = self.hasher.hash_one(id);
        let id_of = |number: &u32| self.written(*number as usize).map_or("", |event| event.id);
        let start = self.by_hash.partition_point(|number| self.hasher.hash_one(id_of(number)) < hash);
        let same = self.by_hash.get(start..)?.iter().take_while(|number| self.hasher.hash_one(id_of(number)) == hash);
        same.copied().find(|number| id_of(number) == id)
    }

    /// Returns the index of the event with this document number. Returns `None` if it is omitted.
    fn position(&self, number: u32) -> Option<EventIndex> {
        let key = |number: u32| self.written(number as usize)?.date.map(|date| (date.sort_key(), number));
        let (dated, undated) = self.order.split_at_checked(self.dated)?;
        let found = match key(number) {
            Some(own) => dated.binary_search_by(|other| key(*other).cmp(&Some(own))).ok()?,
            None => self.dated + undated.binary_search(&number).ok()?,
        };
        Some(EventIndex::new(found))
    }

    /// Returns the batch of the event with this document number, and its position in the batch.
    pub(super) fn batch_of(&self, number: usize) -> Option<(&Records, usize)> {
        let after = self.batches.partition_point(|batch| batch.first <= number);
        let batch = self.batches.get(after.checked_sub(1)?)?;
        Some((batch, number - batch.first))
    }

    /// Returns the event with this document number.
    fn written(&self, number: usize) -> Option<Event<'_>> {
        let (batch, offset) = self.batch_of(number)?;
        let record = batch.events.get(offset)?;
        let start = offset.checked_sub(1).and_then(|before| batch.events.get(before)).map(|record| record.ends);
        let (start, end) = (start.unwrap_or_default(), record.ends);
        Some(Event {
            id: batch.text(record.id, &self.source),
            lane: LaneIndex::new(record.lane as usize),
            title: batch.text(record.title, &self.source),
            date: record.date.as_ref(),
            description: batch.maybe(record.description, &self.source),
            importance: record.importance,
            tags: Tags { symbols: part(&batch.tags, start.tags, end.tags), names: &self.tag_names },
            also: batch.also(offset),
            related: part(&batch.related, start.related, end.related),
            figures: part(&batch.figures, start.figures, end.figures),
            citations: Citations {
                records: part(&batch.citations, start.citations, end.citations),
                batch: Some(batch),
                source: &self.source,
            },
            details: Details::new(batch, offset, &self.source),
        })
    }
}

fn part<T>(pool: &[T], start: u32, end: u32) -> &[T] {
    pool.get(start as usize..end as usize).unwrap_or_default()
}

impl<'a> IntoIterator for &'a Events {
    type Item = Event<'a>;
    type IntoIter = Box<dyn Iterator<Item = Event<'a>> + 'a>;

    fn into_iter(self) -> Self::IntoIter {
        Box::new(self.iter())
    }
}
