//! Events as they are stored: strings are ranges of the text of a batch, lists are ranges of pools.
//!
//! Nothing here depends on where a batch is in its document, so that versions of a document share the batches in which
//! nothing has changed.

use super::clocks::Seen;
use super::color::Color;
use super::handles::{LaneIndex, SeriesIndex};
use crate::date::{Date, Interval};
use crate::document::{Basis, Problem};

/// A run of events, in document order.
#[derive(Debug, Default)]
pub(super) struct Records {
    pub events: Vec<Record>,
    /// The hash of the id of each event.
    pub hashes: Vec<u64>,
    /// Symbols of tags: indices into the names of the batch's tags.
    pub tags: Vec<u32>,
    /// Every tag of the batch once.
    pub tag_names: Vec<Slice>,
    /// Further lanes of the events: few events have any.
    pub also: Vec<LaneIndex>,
    /// The position in the batch of the event that each of these lanes is of; ascending.
    pub also_of: Vec<u32>,
    pub related: Vec<RelatedRecord>,
    pub figures: Vec<SeriesIndex>,
    pub citations: Vec<CitationRecord>,
    /// The details of the events that have any; in ascending order.
    pub details: Vec<DetailsRecord>,
    /// The address and title of each link.
    pub links: Vec<[Slice; 2]>,
    /// The file, address, alternative text, caption, credit and licence of each of the media.
    pub media: Vec<[Slice; 6]>,
    /// Strings that contain escapes in the document's text, or that have no text.
    pub extra: String,
    /// The problems that do not depend on other events. Their paths count events from the first one of the batch.
    pub problems: Vec<Problem>,
    /// The smallest interval that contains all dates.
    pub extent: Option<Interval>,
    /// The times of day. Their paths count events as those of the problems do.
    pub seen: Seen,
}

impl Records {
    /// Returns the further lanes of the event at a position in the batch.
    pub fn also(&self, offset: usize) -> &[LaneIndex] {
        if self.also.is_empty() {
            return &[];
        }
        let start = self.also_of.partition_point(|of| (*of as usize) < offset);
        let end = self.also_of.partition_point(|of| (*of as usize) <= offset);
        self.also.get(start..end).unwrap_or_default()
    }

    /// Returns the ids of related events: the position of the event in the batch, the index in its list, and the id.
    pub fn related(&self) -> impl Iterator<Item = (usize, usize, RelatedRecord)> {
        let mut start = 0;
        self.events.iter().enumerate().flat_map(move |(offset, record)| {
            let own = self.related.get(start..record.ends.related as usize).unwrap_or_default();
            start = record.ends.related as usize;
            own.iter().enumerate().map(move |(position, related)| (offset, position, *related))
        })
    }

    /// Returns a string of these events, whose text is `source`.
    pub fn text<'a>(&'a self, slice: Slice, source: &'a str) -> &'a str {
        self.maybe(slice, source).unwrap_or_default()
    }

    /// The same for a string that may be absent.
    pub fn maybe<'a>(&'a self, Slice { start, length }: Slice, source: &'a str) -> Option<&'a str> {
        let (start, length) = (start as usize, length as usize);
        match start.checked_sub(source.len()) {
            None => source.get(start..start + length),
            Some(start) => self.extra.get(start..start + length),
        }
    }
}

/// The record of an event.
#[derive(Clone, Debug)]
pub(super) struct Record {
    pub id: Slice,
    pub title: Slice,
    pub description: Slice,
    pub lane: u32,
    pub importance: f32,
    /// The ends of its lists in the pools of the batch; each begins where that of the previous event ends.
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

/// The id of a related event.
#[derive(Clone, Copy, Debug)]
pub(super) struct RelatedRecord {
    pub hash: u64,
    pub id: Slice,
    /// Whether the id is none: it is empty.
    pub is_empty: bool,
}

/// A citation of an event.
#[derive(Clone, Debug)]
pub(super) struct CitationRecord {
    pub source: u32,
    pub locator: Slice,
    pub basis: Option<Basis>,
    pub note: Slice,
}

/// A range of bytes of the text of a batch or, past its end, of the batch's own strings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Slice {
    pub start: u32,
    pub length: u32,
}

impl Slice {
    /// An absent string.
    pub const ABSENT: Self = Self { start: u32::MAX, length: u32::MAX };
}

/// The details of an event, as they are stored.
#[derive(Clone, Debug)]
pub(super) struct DetailsRecord {
    /// The position of the event in its batch.
    pub of: u32,
    pub written: Slice,
    /// The name of the place.
    pub place: Slice,
    pub coordinates: Option<[f64; 2]>,
    pub color: Option<Color>,
    /// The range of its links among those of the batch.
    pub links: [usize; 2],
    /// The range of its media among those of the batch.
    pub media: [usize; 2],
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
