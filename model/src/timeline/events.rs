//! The events of a timeline, stored compactly enough for a million events.
//!
//! Strings are ranges of the document's text, which is kept whole. Events are stored in the batches in which they were
//! resolved; a separate permutation puts them in time order. An id is found by its hash.

use std::fmt;
use std::hash::{BuildHasher as _, RandomState};
use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use super::batch::Batch;
use super::citation::CitationView;
use super::details::{Details, Media};
use super::handles::{EventIndex, LaneIndex, SeriesIndex, SourceIndex};
use super::index::Indexed;
use super::item_id::Key;
use super::records::{CitationRecord, Record, Records, RelatedRecord, Slice};
use crate::date::{Date, Interval};
use crate::document::{DocPath, Problem};
use crate::progress::Progress;

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
    pub related: Related<'a>,
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
    batch: &'a Records,
    source: &'a str,
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
        self.symbols.iter().filter_map(move |symbol| {
            let name = self.batch.tag_names.get(*symbol as usize)?;
            self.batch.maybe(*name, self.source)
        })
    }
}

impl fmt::Debug for Tags<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

/// The events that an event is related to.
#[derive(Clone, Copy)]
pub struct Related<'a> {
    records: &'a [RelatedRecord],
    batch: &'a Records,
    source: &'a str,
    events: &'a Events,
}

impl<'a> Related<'a> {
    /// Returns whether there are none.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.iter().next().is_none()
    }

    /// Returns an iterator over those that are shown. Each is found in O(log n).
    pub fn iter(self) -> impl Iterator<Item = EventIndex> + use<'a> {
        self.records.iter().filter_map(move |related| {
            let id = self.batch.text(related.id, self.source);
            self.events.position(self.events.number_of(id, related.hash)?)
        })
    }
}

impl fmt::Debug for Related<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

/// The citations of an event.
#[derive(Clone, Copy)]
pub struct Citations<'a> {
    records: &'a [CitationRecord],
    batch: &'a Records,
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
            let text = |text: Slice| self.batch.maybe(text, self.source);
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

/// A batch, and where it is in its document.
#[derive(Clone, Debug)]
pub(super) struct Placed {
    /// The document number of its first event.
    pub first: usize,
    /// The bytes of the document that it was read from; empty if it was made in memory.
    pub bytes: Range<usize>,
    pub records: Arc<Records>,
    /// The positions in the batch of the events that are omitted; ascending.
    pub omitted: Vec<u32>,
}

impl Placed {
    /// Returns whether the event at a position in the batch is omitted.
    pub fn is_omitted(&self, offset: usize) -> bool {
        !self.omitted.is_empty() && self.omitted.binary_search(&(offset as u32)).is_ok()
    }

    /// Returns the smallest interval that contains the dates of its events that are not omitted.
    pub fn extent(&self) -> Option<Interval> {
        if self.omitted.is_empty() {
            return self.records.extent;
        }
        let kept = self.records.events.iter().enumerate().filter(|(offset, _)| !self.is_omitted(*offset));
        kept.filter_map(|(_, record)| record.date.as_ref()).map(Date::known_extent).reduce(Interval::hull)
    }

    /// Returns the text that its strings are ranges of; `source` is that of the document.
    pub fn text<'a>(&self, source: &'a str) -> &'a str {
        source.get(self.bytes.clone()).unwrap_or_default()
    }
}

impl From<Batch> for Placed {
    fn from(Batch { records, first, bytes }: Batch) -> Self {
        Self { first, bytes, records: Arc::new(records), omitted: Vec::new() }
    }
}

/// An event in its batch.
#[derive(Clone, Copy)]
pub(super) struct Stored<'a> {
    pub records: &'a Records,
    /// The text of the batch.
    pub text: &'a str,
    /// The position of the event in the batch.
    pub offset: usize,
}

impl<'a> Stored<'a> {
    fn record(self) -> Option<&'a Record> {
        self.records.events.get(self.offset)
    }

    /// Returns the id.
    pub fn id(self) -> Option<&'a str> {
        Some(self.records.text(self.record()?.id, self.text))
    }

    /// Returns the hash of the id.
    fn hash(self) -> Option<u64> {
        self.records.hashes.get(self.offset).copied()
    }
}

/// All events of a timeline: the dated ones in time order (see [`Date::sort_key`]), with equal dates in document order,
/// then the undated ones in document order.
#[derive(Clone, Debug, Default)]
pub struct Events {
    /// The text of the document.
    pub(super) source: Arc<String>,
    /// The batches, in document order.
    pub(super) batches: Vec<Placed>,
    /// The document number of each event: the dated ones in time order, then the undated ones.
    pub(super) order: Vec<u32>,
    /// The number of dated events.
    pub(super) dated: usize,
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
        let stored = self.stored(*self.order.get(event.get())? as usize)?;
        let record = stored.record()?;
        let title = stored.records.text(record.title, stored.text);
        Some(Headline { title, date: record.date.as_ref(), importance: record.importance })
    }

    /// Returns the date of an event, without looking at its texts. Returns `None` if it is unknown, or if there is no such
    /// event.
    #[must_use]
    pub fn date(&self, event: EventIndex) -> Option<&Date> {
        self.date_of(*self.order.get(event.get())? as usize)
    }

    /// Returns an iterator over all events: the dated ones in time order, then the undated ones.
    pub fn iter(&self) -> impl Iterator<Item = Event<'_>> {
        (0..self.len()).filter_map(|index| self.get(index))
    }

    /// Returns the indices of all events, in the same order.
    pub fn indices(&self) -> impl ExactSizeIterator<Item = EventIndex> + use<> {
        (0..self.len()).map(EventIndex::new)
    }

    /// Returns the events for which a predicate returns `true`, in their order. They are examined in the order of the
    /// document, which is that of memory, on all processors. Returns `None` if `progress` is cancelled; its units of work
    /// are events.
    #[must_use]
    pub fn select(&self, holds: &(dyn Fn(&Event<'_>) -> bool + Sync), progress: &Progress) -> Option<Vec<EventIndex>> {
        /// Number of events that are examined at a time.
        const STEP: usize = 4096;
        let count = self.batches.last().map_or(0, |batch| batch.first + batch.records.events.len());
        progress.begin(count as u64);
        let steps = (0..count).step_by(STEP).collect::<Vec<usize>>().into_par_iter();
        let selected: Vec<Vec<bool>> = steps
            .map(|first| {
                let numbers = first..(first + STEP).min(count);
                progress.advance(numbers.len() as u64, 0);
                let is_selected = |number: usize| self.written(number).is_some_and(|event| holds(&event));
                (!progress.is_cancelled()).then(|| numbers.map(is_selected).collect())
            })
            .collect::<Option<_>>()?;
        let is_selected = |number: u32| {
            let of_step = selected.get(number as usize / STEP);
            of_step.and_then(|of_step| of_step.get(number as usize % STEP)).copied().unwrap_or_default()
        };
        let found = self.order.iter().enumerate().filter(|(_, number)| is_selected(**number));
        (!progress.is_cancelled()).then(|| found.map(|(index, _)| EventIndex::new(index)).collect())
    }

    /// Returns whether any event has tags, in a time that does not depend on the number of events.
    #[must_use]
    pub fn has_tags(&self) -> bool {
        self.batches.iter().any(|batch| !batch.records.tags.is_empty())
    }

    /// Returns the path of an event in the document. Returns `None` if there is no such event.
    #[must_use]
    pub fn path(&self, event: EventIndex) -> Option<DocPath> {
        let number = *self.order.get(event.get())?;
        Some(DocPath::root().field("events").index(number as usize))
    }

    /// Returns the media of all events in document order, each with its path in the document. Omitted events are
    /// included.
    pub fn media(&self) -> impl Iterator<Item = (DocPath, Media<'_>)> {
        self.batches.iter().flat_map(move |batch| {
            batch.records.details.iter().flat_map(move |record| {
                let offset = record.of as usize;
                let path = DocPath::root().field("events").index(batch.first + offset).field("media");
                let media = Details::new(&batch.records, offset, batch.text(&self.source)).media().enumerate();
                media.map(move |(position, media)| (path.clone().index(position), media))
            })
        })
    }

    /// Returns the events with a [`picture`](Details::picture), in document order, each with the path of the file.
    pub fn pictures(&self) -> impl Iterator<Item = (EventIndex, &str)> {
        let files = self.batches.iter().flat_map(move |batch| {
            let with_media = batch.records.details.iter().filter(|record| record.media[0] < record.media[1]);
            with_media.filter_map(move |record| {
                let offset = record.of as usize;
                let details = Details::new(&batch.records, offset, batch.text(&self.source));
                let file = details.picture()?.shown_file()?;
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
            Key::Id(id) => self.position(self.number_of(id, self.hasher.hash_one(&**id))?),
            Key::Place(number) => {
                let has_id = !self.written(*number as usize)?.id.trim().is_empty();
                if has_id { None } else { self.position(*number) }
            }
        }
    }

    /// Returns the document number of the first event with this id, including omitted events; `hash` is that of the id.
    fn number_of(&self, id: &str, hash: u64) -> Option<u32> {
        let id_of = |number: u32| self.stored(number as usize).and_then(Stored::id);
        self.with_hash(hash).find(|number| id_of(*number) == Some(id))
    }

    /// Returns the document numbers of the events whose id has this hash, ascending.
    pub(super) fn with_hash(&self, hash: u64) -> impl Iterator<Item = u32> {
        let hash_of = |number: &u32| self.hash_of(*number as usize);
        let start = self.by_hash.partition_point(|number| hash_of(number) < Some(hash));
        let rest = self.by_hash.get(start..).unwrap_or_default();
        rest.iter().take_while(move |number| hash_of(number) == Some(hash)).copied()
    }

    /// Returns the hash of the id of the event with this document number.
    pub(super) fn hash_of(&self, number: usize) -> Option<u64> {
        self.stored(number).and_then(Stored::hash)
    }

    /// Returns the data of an event that indexes need.
    pub(super) fn indexed(&self, event: EventIndex) -> Indexed {
        let record = self.number(event).and_then(|number| self.stored(number)?.record());
        let indexed = record.and_then(|record| Some(Indexed::new(record.date.as_ref()?, record.importance)));
        indexed.unwrap_or_default()
    }

    /// Returns the document number of an event.
    pub(super) fn number(&self, event: EventIndex) -> Option<usize> {
        self.order.get(event.get()).map(|number| *number as usize)
    }

    /// Returns the date of the event with this document number.
    pub(super) fn date_of(&self, number: usize) -> Option<&Date> {
        self.stored(number)?.record()?.date.as_ref()
    }

    /// Returns the index of the event with this document number. Returns `None` if it is omitted.
    fn position(&self, number: u32) -> Option<EventIndex> {
        let key = |number: u32| self.date_of(number as usize).map(|date| (date.sort_key(), number));
        let (dated, undated) = self.order.split_at_checked(self.dated)?;
        let found = match key(number) {
            Some(own) => dated.binary_search_by(|other| key(*other).cmp(&Some(own))).ok()?,
            None => self.dated + undated.binary_search(&number).ok()?,
        };
        Some(EventIndex::new(found))
    }

    /// Returns the problems of the events that do not depend on one another.
    pub(super) fn problems(&self) -> impl Iterator<Item = Problem> {
        let shifted = |batch: &'_ Placed| {
            batch.records.problems.iter().map(|problem| problem.shifted(batch.first)).collect::<Vec<_>>()
        };
        self.batches.iter().flat_map(shifted)
    }

    /// Returns the batch of the event with this document number.
    pub(super) fn batch_of(&self, number: usize) -> Option<&Placed> {
        let after = self.batches.partition_point(|batch| batch.first <= number);
        self.batches.get(after.checked_sub(1)?)
    }

    /// Returns the event with this document number as it is stored.
    pub(super) fn stored(&self, number: usize) -> Option<Stored<'_>> {
        let batch = self.batch_of(number)?;
        Some(Stored { records: &batch.records, text: batch.text(&self.source), offset: number - batch.first })
    }

    /// Returns the event with this document number.
    fn written(&self, number: usize) -> Option<Event<'_>> {
        let Stored { records: batch, text: source, offset } = self.stored(number)?;
        let record = batch.events.get(offset)?;
        let start = offset.checked_sub(1).and_then(|before| batch.events.get(before)).map(|record| record.ends);
        let (start, end) = (start.unwrap_or_default(), record.ends);
        Some(Event {
            id: batch.text(record.id, source),
            lane: LaneIndex::new(record.lane as usize),
            title: batch.text(record.title, source),
            date: record.date.as_ref(),
            description: batch.maybe(record.description, source),
            importance: record.importance,
            tags: Tags { symbols: part(&batch.tags, start.tags, end.tags), batch, source },
            also: batch.also(offset),
            related: Related { records: part(&batch.related, start.related, end.related), batch, source, events: self },
            figures: part(&batch.figures, start.figures, end.figures),
            citations: Citations { records: part(&batch.citations, start.citations, end.citations), batch, source },
            details: Details::new(batch, offset, source),
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
