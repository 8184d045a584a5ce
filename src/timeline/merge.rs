//! The steps of resolving that need all events at once: duplicate ids, related events, time order, and the indexes.

use std::collections::{HashMap, HashSet};
use std::hash::BuildHasher as _;
use std::hash::RandomState;
use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use crate::document::{DocPath, Problem};
use crate::progress::Progress;

use super::batch::Batch;
use super::events::Events;
use super::handles::{EventIndex, LaneIndex};
use super::ids::{EVENTS, error};
use super::index::{Index, Indexed};
use super::model::Lane;
use super::records::{Records, Slice};
use crate::date::{Date, Interval};

/// Minimum number of events for which several threads are worth their cost.
const WORTH_SHARING: usize = 20_000;
/// Maximum number of comparisons in total to suggest ids for unknown ones.
const MOST_COMPARISONS: usize = 20_000_000;

/// The ids of all events.
struct Numbers<'a> {
    events: &'a Events,
    random: &'a RandomState,
    /// The hash of each id with the number of its event, sorted.
    hashes: Vec<(u64, u32)>,
}

impl<'a> Numbers<'a> {
    fn new(events: &'a Events, hashes: &[(usize, Vec<u64>)], random: &'a RandomState) -> Self {
        let mut numbered = Vec::with_capacity(hashes.iter().map(|(_, hashes)| hashes.len()).sum());
        for (first, hashes) in hashes {
            numbered.extend(hashes.iter().copied().zip(*first as u32..));
        }
        numbered.par_sort_unstable();
        Self { events, random, hashes: numbered }
    }

    /// Returns the id of the event with this number, unless it is empty.
    fn id(&self, number: u32) -> Option<&'a str> {
        let (batch, offset) = self.events.batch_of(number as usize)?;
        let id = batch.text(batch.events.get(offset)?.id, &self.events.source);
        (!id.trim().is_empty()).then_some(id)
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

    /// Returns the first event with this id.
    fn find(&self, id: &str) -> Option<u32> {
        let hash = self.random.hash_one(id);
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
    /// Related events by their document numbers, batch by batch.
    related: Vec<Vec<Option<u32>>>,
    /// The document numbers of the omitted events.
    pub omitted: HashSet<usize>,
}

/// Joins batches and finds the problems between them. Returns `None` if cancelled.
pub(super) fn join(
    batches: Vec<Batch>,
    (source, random): (Arc<String>, &RandomState),
    problems: &mut Vec<Problem>,
    progress: &Progress,
) -> Option<Unordered> {
    let mut events = Events { source, ..Events::default() };
    let (mut hashes, mut written, mut tag_names) = (Vec::new(), Vec::new(), Vec::new());
    for batch in batches {
        hashes.push((batch.records.first, batch.hashes));
        written.push(batch.related);
        tag_names.push(batch.tag_names);
        problems.extend(batch.problems);
        events.batches.push(batch.records);
    }
    intern_tags(&mut events, &tag_names);
    let numbers = Numbers::new(&events, &hashes, random);
    drop(hashes);
    for number in numbers.repeated() {
        problems.push(EVENTS.twice(number as usize, numbers.id(number).unwrap_or_default()));
    }
    let related = find_related(&numbers, &written, problems, progress)?;
    let by_hash = numbers.by_hash();
    (events.by_hash, events.hasher) = (by_hash, random.clone());
    Some(Unordered { events, related, omitted: HashSet::new() })
}

/// Returns the related events of each event, with `None` for ids that do not exist.
fn find_related(
    numbers: &Numbers<'_>,
    written: &[Vec<(usize, usize, Slice)>],
    problems: &mut Vec<Problem>,
    progress: &Progress,
) -> Option<Vec<Vec<Option<u32>>>> {
    let mut known: Option<Vec<&str>> = None;
    let mut comparisons = 0;
    let mut related = Vec::with_capacity(written.len());
    for (batch, written) in numbers.events.batches.iter().zip(written) {
        let mut found = Vec::with_capacity(written.len());
        for (index, position, id) in written {
            let path = || DocPath::root().field("events").index(*index).field("related").index(*position);
            let id = batch.text(*id, &numbers.events.source);
            let number = numbers.find(id);
            found.push(number);
            match number {
                Some(number) if number as usize == *index => {
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
        related.push(found);
    }
    (!progress.is_cancelled()).then_some(related)
}

/// Gives each tag one symbol, the same in all batches.
fn intern_tags(events: &mut Events, names: &[Vec<Slice>]) {
    let mut symbols: HashMap<Box<str>, u32> = HashMap::new();
    let Events { source, batches, tag_names, .. } = events;
    for (batch, names) in batches.iter_mut().zip(names) {
        let mut here = Vec::with_capacity(names.len());
        for name in names {
            let name = batch.text(*name, source);
            let symbol = symbols.get(name).copied().unwrap_or_else(|| {
                let symbol = tag_names.len() as u32;
                symbols.insert(name.into(), symbol);
                tag_names.push(name.into());
                symbol
            });
            here.push(symbol);
        }
        for tag in &mut batch.tags {
            *tag = here.get(*tag as usize).copied().unwrap_or_default();
        }
    }
}

impl Unordered {
    /// Returns whether any event is in several lanes.
    pub fn has_also(&self) -> bool {
        self.events.batches.iter().any(|batch| !batch.also.is_empty())
    }

    /// Returns the smallest interval that contains all dates of events that are not omitted.
    pub fn extent(&self) -> Option<Interval> {
        let records = self.events.batches.iter().flat_map(|batch| (batch.first..).zip(&batch.events));
        let kept = records.filter(|(number, _)| !self.omitted.contains(number));
        kept.filter_map(|(_, record)| record.date.as_ref()).map(Date::known_extent).reduce(Interval::hull)
    }

    /// Puts the events in time order, and builds the index of all events and those of the lanes. Returns `None` if
    /// cancelled.
    pub fn into_order(self, lanes: &mut [Lane], progress: &Progress) -> Option<(Events, Index)> {
        let Self { mut events, related, omitted } = self;
        let Known { mut keys, undated, facts } = Known::new(&events.batches, &omitted);
        keys.par_sort_unstable();
        events.order.reserve_exact(keys.len() + undated.len());
        events.order.extend(keys.iter().map(|(.., number)| number & ((1 << NUMBER_BITS) - 1)));
        drop(keys);
        events.dated = events.order.len();
        events.order.extend(undated);
        relate(&mut events, &related);
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
    fn new(batches: &[Records], omitted: &HashSet<usize>) -> Self {
        let count = batches.iter().map(|batch| batch.events.len()).sum();
        let (mut keys, mut facts) = (Vec::with_capacity(count), Vec::with_capacity(count));
        let mut undated = Vec::new();
        for batch in batches {
            for (record, number) in batch.events.iter().zip(batch.first as u32..) {
                if !omitted.is_empty() && omitted.contains(&(number as usize)) {
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

/// Maps the document numbers of related events to their indices. Events that are not shown have no relations.
fn relate(events: &mut Events, related: &[Vec<Option<u32>>]) {
    if related.iter().all(Vec::is_empty) {
        return;
    }
    let count = events.batches.last().map_or(0, |last| last.first + last.events.len());
    let mut position = vec![None; count];
    for (sorted, number) in events.order.iter().enumerate() {
        if let Some(position) = position.get_mut(*number as usize) {
            *position = Some(sorted as u32);
        }
    }
    for (batch, related) in events.batches.iter_mut().zip(related) {
        let find = |number: &Option<u32>| position.get((*number)? as usize).copied().flatten();
        let mut start = 0;
        for record in &mut batch.events {
            let written = related.get(start..record.ends.related as usize).unwrap_or_default();
            start = record.ends.related as usize;
            batch.related.extend(written.iter().filter_map(find).map(|index| EventIndex::new(index as usize)));
            record.ends.related = batch.related.len() as u32;
        }
    }
}

/// Returns the further lanes of the events that have any, by their document numbers.
fn further_lanes(batches: &[Records]) -> HashMap<usize, &[LaneIndex]> {
    let mut further = HashMap::new();
    for batch in batches.iter().filter(|batch| !batch.also.is_empty()) {
        for offset in batch.also_of.iter().map(|offset| *offset as usize) {
            further.insert(batch.first + offset, batch.also(offset));
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
        let written = events.batches.iter().flat_map(|batch| batch.events.iter().map(|record| record.lane));
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
