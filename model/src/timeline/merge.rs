//! The steps of resolving that need all events at once: duplicate ids, related events, time order, and the indexes.

use std::collections::{HashMap, HashSet};
use std::hash::RandomState;
use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use crate::document::{DocPath, Problem};
use crate::progress::Progress;

use super::batch::Batch;
use super::events::{Events, Placed, Stored};
use super::handles::{EventIndex, LaneIndex};
use super::ids::{EVENTS, error};
use super::index::{Index, Indexed};
use super::model::Lane;

/// Minimum number of events for which several threads are worth their cost.
const WORTH_SHARING: usize = 20_000;
/// Maximum number of comparisons in total to suggest ids for unknown ones.
const MOST_COMPARISONS: usize = 20_000_000;

/// The ids of all events.
struct Numbers<'a> {
    events: &'a Events,
    /// The hash of each id with the number of its event, sorted.
    hashes: Vec<(u64, u32)>,
}

impl<'a> Numbers<'a> {
    fn new(events: &'a Events) -> Self {
        let mut numbered = Vec::with_capacity(count(&events.batches));
        for batch in &events.batches {
            numbered.extend(batch.records.hashes.iter().copied().zip(batch.first as u32..));
        }
        numbered.par_sort_unstable();
        Self { events, hashes: numbered }
    }

    /// Returns the id of the event with this number, unless it is empty.
    fn id(&self, number: u32) -> Option<&'a str> {
        self.events.stored(number as usize).and_then(Stored::id).filter(|id| !id.trim().is_empty())
    }

    /// Returns the events whose id is that of an earlier event.
    fn repeated(&self) -> Vec<u32> {
        let mut found = Vec::new();
        for same in self.hashes.chunk_by(|a, b| a.0 == b.0).filter(|same| same.len() > 1) {
            for (position, (_, number)) in same.iter().enumerate() {
                let id = self.id(*number);
                let before = same.get(..position).unwrap_or_default();
                if id.is_some() && before.iter().any(|(_, other)| self.id(*other) == id) {
                    found.push(*number);
                }
            }
        }
        found.sort_unstable();
        found
    }

    /// Returns all numbers, sorted by the hash of their ids.
    fn by_hash(&self) -> Vec<u32> {
        self.hashes.iter().map(|(_, number)| *number).collect()
    }

    /// Returns the first event with this id, whose hash is given, too.
    fn find(&self, id: &str, hash: u64) -> Option<u32> {
        let start = self.hashes.partition_point(|(other, _)| *other < hash);
        let same = self.hashes.get(start..)?.iter().take_while(|(other, _)| *other == hash);
        same.map(|(_, number)| *number).find(|number| self.id(*number) == Some(id))
    }

    /// Returns all ids in sorted order.
    fn known(&self) -> Vec<&'a str> {
        let mut known: Vec<&str> = self.hashes.iter().filter_map(|(_, number)| self.id(*number)).collect();
        known.sort_unstable();
        known.dedup();
        known
    }
}

/// All events, not yet in time order.
pub(super) struct Unordered {
    pub events: Events,
    /// The problems between several events.
    pub between: Vec<Problem>,
}

/// Joins batches and finds the problems between them. Returns `None` if cancelled.
pub(super) fn join(
    batches: Vec<Batch>,
    (source, hasher): (Arc<String>, RandomState),
    progress: &Progress,
) -> Option<Unordered> {
    let mut events = Events { source, hasher, ..Events::default() };
    events.batches.extend(batches.into_iter().map(Placed::from));
    let numbers = Numbers::new(&events);
    let mut between = Vec::new();
    for number in numbers.repeated() {
        between.push(EVENTS.twice(number as usize, numbers.id(number).unwrap_or_default()));
    }
    check_related(&numbers, &mut between, progress)?;
    events.by_hash = numbers.by_hash();
    Some(Unordered { events, between })
}

/// Reports ids of related events that do not exist, and events that are related to themselves. Returns `None` if
/// cancelled.
fn check_related(numbers: &Numbers<'_>, problems: &mut Vec<Problem>, progress: &Progress) -> Option<()> {
    let mut known: Option<Vec<&str>> = None;
    let mut comparisons = 0;
    for batch in numbers.events.batches.iter().filter(|batch| !batch.records.related.is_empty()) {
        for (offset, position, related) in batch.records.related() {
            let index = batch.first + offset;
            let path = || DocPath::root().field("events").index(index).field("related").index(position);
            let id = batch.records.text(related.id, batch.text(&numbers.events.source));
            match numbers.find(id, related.hash) {
                Some(number) if number as usize == index => {
                    problems.push(error(path(), "an event cannot be related to itself".to_owned(), None));
                }
                Some(_) => {}
                None if progress.is_cancelled() => return None,
                None if comparisons > MOST_COMPARISONS => {
                    problems.push(error(path(), format!("there is no event `{id}`"), None));
                }
                None => {
                    let known = known.get_or_insert_with(|| numbers.known());
                    comparisons += known.len();
                    problems.push(EVENTS.missing(id, path(), known.iter().copied()));
                }
            }
        }
    }
    (!progress.is_cancelled()).then_some(())
}

/// Returns the number of events in some batches.
fn count(batches: &[Placed]) -> usize {
    batches.iter().map(|batch| batch.records.events.len()).sum()
}

impl Unordered {
    /// Omits the events with these document numbers.
    pub fn omit(&mut self, numbers: &HashSet<usize>) {
        let mut numbers: Vec<usize> = numbers.iter().copied().collect();
        numbers.sort_unstable();
        let mut numbers = numbers.into_iter().peekable();
        for batch in &mut self.events.batches {
            let end = batch.first + batch.records.events.len();
            let here = std::iter::from_fn(|| numbers.next_if(|number| *number < end));
            batch.omitted = here.map(|number| (number - batch.first) as u32).collect();
        }
    }

    /// Puts the events in time order, and builds the index of all events and those of the lanes. Returns `None` if
    /// cancelled.
    pub fn into_order(self, lanes: &mut [Lane], progress: &Progress) -> Option<(Events, Index)> {
        let Self { mut events, .. } = self;
        let Known { mut keys, undated, facts } = Known::new(&events.batches);
        keys.par_sort_unstable();
        events.order.reserve_exact(keys.len() + undated.len());
        events.order.extend(keys.iter().map(|(.., number)| number & ((1 << NUMBER_BITS) - 1)));
        drop(keys);
        events.dated = events.order.len();
        events.order.extend(undated);
        if progress.is_cancelled() {
            return None;
        }
        let index = index(&events, &|number| facts.get(number).copied().unwrap_or_default(), lanes);
        (!progress.is_cancelled()).then_some((events, index))
    }
}

/// Sort key: time order, then document order; the lower bits of the last field are the document number of the event.
type Key = (i64, u32, i64, u32);

/// Number of bits for the document number of an event; the remaining bits are the kind of its date.
const NUMBER_BITS: u32 = 30;

/// The data that the order and the indexes need.
struct Known {
    /// The sort keys of the dated events.
    keys: Vec<Key>,
    /// The document numbers of the undated events.
    undated: Vec<u32>,
    /// The data that the indexes need, in document order.
    facts: Vec<Indexed>,
}

impl Known {
    fn new(batches: &[Placed]) -> Self {
        let count = count(batches);
        let (mut keys, mut facts) = (Vec::with_capacity(count), Vec::with_capacity(count));
        let mut undated = Vec::new();
        for batch in batches {
            for ((offset, record), number) in batch.records.events.iter().enumerate().zip(batch.first as u32..) {
                if batch.is_omitted(offset) {
                    facts.push(Indexed::default());
                    continue;
                }
                let Some(date) = &record.date else {
                    undated.push(number);
                    facts.push(Indexed::default());
                    continue;
                };
                let (start, nanos, end, kind) = date.sort_key();
                keys.push((start, nanos, end, u32::from(kind) << NUMBER_BITS | number));
                facts.push(Indexed::new(date, record.importance));
            }
        }
        Self { keys, undated, facts }
    }
}

/// Returns the further lanes of the events that have any, by their document numbers.
fn further_lanes(batches: &[Placed]) -> HashMap<usize, &[LaneIndex]> {
    let mut further = HashMap::new();
    for batch in batches.iter().filter(|batch| !batch.records.also.is_empty()) {
        for offset in batch.records.also_of.iter().map(|offset| *offset as usize) {
            further.insert(batch.first + offset, batch.records.also(offset));
        }
    }
    further
}

/// Builds the index of all dated events and those of the lanes.
fn index(events: &Events, fact: &(dyn Fn(usize) -> Indexed + Sync), lanes: &mut [Lane]) -> Index {
    let number = |index: EventIndex| events.order.get(index.get()).map_or(usize::MAX, |number| *number as usize);
    let of = |index: EventIndex| fact(number(index));
    // A small document needs no threads.
    let is_large = events.dated() >= WORTH_SHARING;
    let all = || Index::new((0..events.dated()).map(EventIndex::new).collect(), &of);
    let mut of_lanes = || {
        let written = events.batches.iter().flat_map(|batch| batch.records.events.iter().map(|record| record.lane));
        let lane_of: Vec<u32> = written.collect();
        let further = further_lanes(&events.batches);
        let share = |indices: Range<usize>, in_lanes: &mut [Vec<EventIndex>]| {
            let mut push = |lane: usize, index| {
                if let Some(lane) = in_lanes.get_mut(lane) {
                    lane.push(index);
                }
            };
            for index in indices.map(EventIndex::new) {
                let number = number(index);
                lane_of.get(number).into_iter().for_each(|lane| push(*lane as usize, index));
                let also = if further.is_empty() { None } else { further.get(&number) };
                also.into_iter().copied().flatten().for_each(|lane| push(lane.get(), index));
            }
        };
        let mut in_lanes: Vec<Vec<EventIndex>> = vec![Vec::new(); lanes.len()];
        share(0..events.dated(), &mut in_lanes);
        let fill = |(lane, in_lane): (&mut Lane, Vec<EventIndex>)| lane.index = Arc::new(Index::new(in_lane, &of));
        if is_large {
            lanes.par_iter_mut().zip(in_lanes).for_each(fill);
        } else {
            lanes.iter_mut().zip(in_lanes).for_each(fill);
        }
        let mut undated: Vec<Vec<EventIndex>> = vec![Vec::new(); lanes.len()];
        share(events.dated()..events.len(), &mut undated);
        for (lane, undated) in lanes.iter_mut().zip(undated) {
            lane.undated = undated.into();
        }
    };
    if is_large {
        return rayon::join(all, of_lanes).0;
    }
    of_lanes();
    all()
}
