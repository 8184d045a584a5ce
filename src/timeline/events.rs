//! The events of a timeline, held so that a million of them need little memory.
//!
//! Strings stay where the document has them: an event holds ranges of the document's text, which is kept whole. Events
//! are held in the batches that they were resolved in, and an order over all of them makes them stand in time order.

use std::fmt;
use std::hash::{BuildHasher as _, RandomState};
use std::sync::Arc;

use crate::document::Basis;

use super::citation::CitationView;
use super::handles::{EventIndex, LaneIndex, SeriesIndex, SourceIndex};
use super::item_id::Key;
use crate::date::{Date, Interval};

/// Something that happened.
#[derive(Clone, Copy, Debug)]
pub struct Event<'a> {
    /// The id in the document.
    pub id: &'a str,
    /// The lane that it is drawn in.
    pub lane: LaneIndex,
    /// What it is called.
    pub title: &'a str,
    /// When it was; none where that is not known.
    pub date: Option<&'a Date>,
    /// `CommonMark`.
    pub description: Option<&'a str>,
    /// How much it deserves its title where not all have room; 0 where the document does not say.
    pub importance: f32,
    /// Free words.
    pub tags: Tags<'a>,
    /// Events that belong with this one.
    pub related: &'a [EventIndex],
    /// Series whose values at this date the record shows.
    pub figures: &'a [SeriesIndex],
    /// Where it is said.
    pub citations: Citations<'a>,
}

impl Event<'_> {
    /// All that its date may cover; none where it is undated.
    #[must_use]
    pub fn bounds(&self) -> Option<Interval> {
        self.date.map(Date::bounds)
    }

    /// What is known of that: see [`Date::known_bounds`].
    #[must_use]
    pub fn known_bounds(&self) -> Option<Interval> {
        self.date.map(Date::known_bounds)
    }

    /// The date in words, or "undated".
    #[must_use]
    pub fn date_words(&self) -> String {
        self.date.map_or_else(|| UNDATED.to_owned(), Date::words)
    }
}

impl Event<'_> {
    /// The date in the fewest words; empty where it is undated.
    #[must_use]
    pub fn short_date_words(&self) -> String {
        self.date.map(Date::short_words).unwrap_or_default()
    }
}

/// What is said of the date of an event that has none.
pub const UNDATED: &str = "undated";

/// The tags of an event.
#[derive(Clone, Copy)]
pub struct Tags<'a> {
    symbols: &'a [u32],
    names: &'a [Box<str>],
}

impl<'a> Tags<'a> {
    /// How many there are.
    #[must_use]
    pub fn len(self) -> usize {
        self.symbols.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.symbols.is_empty()
    }

    /// One after the other.
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
    /// How many there are.
    #[must_use]
    pub fn len(self) -> usize {
        self.records.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.records.is_empty()
    }

    /// One after the other.
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

/// All events of a timeline: the dated ones in time order (see [`Date::sort_key`]), where equal dates keep the order of
/// the document, then the undated ones in that order.
#[derive(Clone, Debug, Default)]
pub struct Events {
    /// The text of the document.
    pub(super) source: Arc<String>,
    /// In the order of the document.
    pub(super) batches: Vec<Records>,
    /// The number in the document of each event: the dated ones in time order, then the undated ones.
    pub(super) order: Vec<u32>,
    /// How many are dated.
    pub(super) dated: usize,
    /// Every tag once.
    pub(super) tag_names: Vec<Box<str>>,
    /// The numbers in the document of all events, by the hash of their ids.
    pub(super) by_hash: Vec<u32>,
    /// Hashes the ids.
    pub(super) hasher: RandomState,
}

impl Events {
    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.order.len()
    }

    /// How many of them are dated; these are the first ones.
    #[must_use]
    pub fn dated(&self) -> usize {
        self.dated
    }

    /// The positions of those without a date.
    pub fn undated(&self) -> impl ExactSizeIterator<Item = EventIndex> + use<> {
        (self.dated..self.len()).map(EventIndex::new)
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.order.is_empty()
    }

    /// The event at a position, if there is one.
    #[must_use]
    pub fn get(&self, index: usize) -> Option<Event<'_>> {
        self.written(*self.order.get(index)? as usize)
    }

    /// All of them: the dated ones in time order, then the undated ones.
    pub fn iter(&self) -> impl Iterator<Item = Event<'_>> {
        (0..self.len()).filter_map(|index| self.get(index))
    }

    /// The handles of all of them, in the same order.
    pub fn indices(&self) -> impl ExactSizeIterator<Item = EventIndex> + use<> {
        (0..self.len()).map(EventIndex::new)
    }

    /// What names an event over a reload.
    pub(super) fn key(&self, event: EventIndex) -> Option<Key> {
        let number = *self.order.get(event.get())?;
        let id = self.written(number as usize)?.id;
        Some(if id.trim().is_empty() { Key::of_place(number as usize) } else { Key::of_id(id) })
    }

    /// The event that a key names, in O(log n).
    pub(super) fn find(&self, key: &Key) -> Option<EventIndex> {
        match key {
            Key::Id(id) => self.position(self.number_of(id)?),
            Key::Place(number) => {
                let has_id = !self.written(*number as usize)?.id.trim().is_empty();
                if has_id { None } else { self.position(*number) }
            }
        }
    }

    /// The number in the document of the first event with this id, whether it is left out or not.
    fn number_of(&self, id: &str) -> Option<u32> {
        let hash = self.hasher.hash_one(id);
        let id_of = |number: &u32| self.written(*number as usize).map_or("", |event| event.id);
        let start = self.by_hash.partition_point(|number| self.hasher.hash_one(id_of(number)) < hash);
        let same = self.by_hash.get(start..)?.iter().take_while(|number| self.hasher.hash_one(id_of(number)) == hash);
        same.copied().find(|number| id_of(number) == id)
    }

    /// Where the event with this number in the document is in the order of time. Returns `None` if it is left out.
    fn position(&self, number: u32) -> Option<EventIndex> {
        let key = |number: u32| self.written(number as usize)?.date.map(|date| (date.sort_key(), number));
        let (dated, undated) = self.order.split_at_checked(self.dated)?;
        let found = match key(number) {
            Some(own) => dated.binary_search_by(|other| key(*other).cmp(&Some(own))).ok()?,
            None => self.dated + undated.binary_search(&number).ok()?,
        };
        Some(EventIndex::new(found))
    }

    /// The batch of the event with this number in the document, and its position there.
    pub(super) fn batch_of(&self, number: usize) -> Option<(&Records, usize)> {
        let after = self.batches.partition_point(|batch| batch.first <= number);
        let batch = self.batches.get(after.checked_sub(1)?)?;
        Some((batch, number - batch.first))
    }

    /// The event with this number in the document.
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
            related: part(&batch.related, start.related, end.related),
            figures: part(&batch.figures, start.figures, end.figures),
            citations: Citations {
                records: part(&batch.citations, start.citations, end.citations),
                batch: Some(batch),
                source: &self.source,
            },
        })
    }
}

fn part<T>(pool: &[T], start: u32, end: u32) -> &[T] {
    pool.get(start as usize..end as usize).unwrap_or_default()
}

/// A run of events, in the order of the document.
#[derive(Clone, Debug, Default)]
pub(super) struct Records {
    /// The number in the document of the first one.
    pub first: usize,
    pub events: Vec<Record>,
    /// Symbols of tags: positions in [`Events::tag_names`].
    pub tags: Vec<u32>,
    pub related: Vec<EventIndex>,
    pub figures: Vec<SeriesIndex>,
    pub citations: Vec<CitationRecord>,
    /// Strings that the text of the document spells with escapes, or that come from no text.
    pub extra: String,
}

impl Records {
    /// A string of these events.
    pub fn text<'a>(&'a self, slice: Slice, source: &'a str) -> &'a str {
        self.maybe(slice, source).unwrap_or_default()
    }

    /// The same, where it may be absent.
    pub fn maybe<'a>(&'a self, Slice { start, length }: Slice, source: &'a str) -> Option<&'a str> {
        let (start, length) = (start as usize, length as usize);
        match start.checked_sub(source.len()) {
            None => source.get(start..start + length),
            Some(start) => self.extra.get(start..start + length),
        }
    }
}

/// An event.
#[derive(Clone, Debug)]
pub(super) struct Record {
    pub id: Slice,
    pub title: Slice,
    pub description: Slice,
    pub lane: u32,
    pub importance: f32,
    /// Where its lists end in the pools of the batch; they begin where those of the event before end.
    pub ends: Ends,
    pub date: Option<Date>,
}

/// Positions in the pools of a batch.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Ends {
    pub tags: u32,
    pub related: u32,
    pub figures: u32,
    pub citations: u32,
}

/// A citation of an event.
#[derive(Clone, Debug)]
pub(super) struct CitationRecord {
    pub source: u32,
    pub locator: Slice,
    pub basis: Basis,
    pub note: Slice,
}

/// Bytes of the document's text, or, past its end, of the batch's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Slice {
    pub start: u32,
    pub length: u32,
}

impl Slice {
    /// No string.
    pub const ABSENT: Self = Self { start: u32::MAX, length: u32::MAX };
}

impl<'a> IntoIterator for &'a Events {
    type Item = Event<'a>;
    type IntoIter = Box<dyn Iterator<Item = Event<'a>> + 'a>;

    fn into_iter(self) -> Self::IntoIter {
        Box::new(self.iter())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_is_small() {
        assert!(size_of::<Record>() <= 128);
        assert!(size_of::<CitationRecord>() <= 24);
    }
}
