//! Changes a timeline as an [`Amendment`] says: the order of the events and the indexes are changed, not made anew.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;
use std::time::Duration;

use rayon::prelude::*;

use super::amendment::{Amendment, Run};
use super::complete::complete;
use super::events::{Events, Placed};
use super::handles::EventIndex;
use super::index::{Index, Indexed};
use super::kept::Kept;
use super::lists::replace;
use super::model::{Lane, Timeline};
use super::resolve::{Resolved, shown};
use super::successors::Moved;
use crate::date::Date;
use crate::sorting;

/// Minimum number of events for which several threads are worth their cost.
const WORTH_SHARING: usize = 20_000;

impl Timeline {
    /// Returns the timeline of the edited text, whose [`Amendment`] for this one is given, and where its events are now. It
    /// is the same as that of the opened text, but for the styles of lanes and series, which stay.
    #[must_use]
    pub fn amended(mut self, amendment: Amendment, text: Arc<String>) -> (Resolved, Moved) {
        let Amendment { rest, runs, start } = amendment;
        if let Some(rest) = rest {
            self.replace_rest(*rest);
        }
        let in_order = Renumbering::of(&self.events.batches, &runs, &is_in_same_place);
        let in_hashes = Renumbering::of(&self.events.batches, &runs, &has_same_hash);
        self.events.replace_batches(runs, start);
        self.events.source = text;
        self.events.rehash(&in_hashes);
        let moved = self.events.reorder(&in_order).unwrap_or_default();
        if !moved.removed.is_empty() || !moved.inserted.is_empty() {
            self.reindex(&moved);
        }
        let mut problems = Vec::new();
        if let Some(kept) = self.kept.clone() {
            problems.extend(kept.problems.iter().cloned());
            problems.extend(self.events.problems());
            complete(&kept, &mut self, &mut problems);
        }
        let timeline = shown(self, false, &mut problems);
        (Resolved { timeline, problems, indexing: Duration::ZERO }, moved)
    }

    /// Takes all but the events from another timeline, which has the same lanes.
    fn replace_rest(&mut self, (mut rest, kept): (Self, Kept)) {
        for (lane, own) in rest.lanes.iter_mut().zip(&mut self.lanes) {
            (lane.index, lane.undated) = (std::mem::take(&mut own.index), std::mem::take(&mut own.undated));
            lane.group = std::mem::take(&mut own.group);
            lane.style = own.style;
        }
        for (series, own) in rest.series.iter_mut().zip(&self.series) {
            series.style = own.style;
        }
        (rest.events, rest.index) = (std::mem::take(&mut self.events), std::mem::take(&mut self.index));
        rest.kept = Some(Arc::new(kept));
        *self = rest;
    }

    /// Changes the indexes.
    fn reindex(&mut self, moves: &Moved) {
        let Self { events, index, lanes, .. } = self;
        let (mut dated, mut undated) = (vec![Vec::new(); lanes.len()], vec![Vec::new(); lanes.len()]);
        for new in moves.indices() {
            let Some(event) = events.get(new.get()) else { continue };
            let lists = if new.get() < events.dated() { &mut dated } else { &mut undated };
            for lane in event.lanes() {
                lists.get_mut(lane.get()).into_iter().for_each(|list| list.push(new));
            }
        }
        let of = |event: EventIndex| events.indexed(event);
        let in_lane = |(lane, (dated, undated)): (&mut Lane, (Vec<EventIndex>, Vec<EventIndex>))| {
            moves.amend(&mut lane.index, &dated, &of);
            lane.undated = moves.amended(&lane.undated, &undated);
            lane.group.take();
        };
        let all: Vec<EventIndex> = moves.indices().filter(|event| event.get() < events.dated()).collect();
        let new = dated.into_iter().zip(undated);
        if events.dated() >= WORTH_SHARING {
            let new: Vec<_> = new.collect();
            let in_lanes = || lanes.par_iter_mut().zip(new).for_each(in_lane);
            rayon::join(|| moves.amend(index, &all, &of), in_lanes);
        } else {
            moves.amend(index, &all, &of);
            lanes.iter_mut().zip(new).for_each(in_lane);
        }
    }
}

impl Events {
    /// Replaces some batches; `start` is where the text of the first one begins.
    fn replace_batches(&mut self, runs: Vec<Run>, start: usize) {
        let mut batches = Vec::with_capacity(self.batches.len());
        let mut old = std::mem::take(&mut self.batches).into_iter();
        let mut at = 0;
        for run in runs {
            batches.extend(old.by_ref().take(run.old.start - at));
            old.by_ref().take(run.old.len()).for_each(drop);
            batches.extend(run.new);
            at = run.old.end;
        }
        batches.extend(old);
        let (mut first, mut at) = (0, start);
        for batch in &mut batches {
            (batch.first, batch.bytes) = (first, at..at + batch.bytes.len());
            (first, at) = (first + batch.records.events.len(), batch.bytes.end);
        }
        self.batches = batches;
    }

    fn rehash(&mut self, renumbering: &Renumbering) {
        let Some((kept, _)) = renumbering.renumbered(&self.by_hash) else { return };
        let key = |number: u32| (self.hash_of(number as usize), number);
        let mut new: Vec<u32> = renumbering.new.clone();
        sorting::by_key(&mut new, |number| key(*number));
        let place = |number: u32| (kept.partition_point(|other| key(*other) < key(number)), number);
        let inserted: Vec<(usize, u32)> = new.into_iter().map(place).collect();
        let mut by_hash = kept;
        replace(&mut by_hash, &[], &inserted);
        self.by_hash = by_hash;
    }

    /// Puts the new events in their places in the order. Returns `None` if no place changes.
    fn reorder(&mut self, renumbering: &Renumbering) -> Option<Moved> {
        let (mut order, removed) = renumbering.renumbered(&self.order)?;
        let dated = self.dated - removed.partition_point(|position| *position < self.dated);
        let is_shown = |number: &u32| {
            let batch = self.batch_of(*number as usize);
            batch.is_some_and(|batch| !batch.is_omitted(*number as usize - batch.first))
        };
        let key = |number: u32| (self.date_of(number as usize).map(Date::sort_key), number);
        let shown = renumbering.new.iter().copied().filter(is_shown);
        let (mut new, undated): (Vec<u32>, Vec<u32>) = shown.partition(|number| key(*number).0.is_some());
        sorting::by_key(&mut new, |number| key(*number));
        let dated_after = dated + new.len();
        let (before, after) = order.split_at_checked(dated)?;
        let in_time = |number: u32| (before.partition_point(|other| key(*other) < key(number)), number);
        let last = |number: u32| (dated + after.partition_point(|other| *other < number), number);
        let inserted: Vec<(usize, u32)> = new.into_iter().map(in_time).chain(undated.into_iter().map(last)).collect();
        replace(&mut order, &[], &inserted);
        let before_order = std::mem::replace(&mut self.order, order);
        self.dated = dated_after;
        let new: HashMap<u64, usize> = inserted
            .iter()
            .enumerate()
            .filter_map(|(before, (place, number))| Some((self.hash_of(*number as usize)?, place + before)))
            .collect();
        let again = |position: &usize| {
            let number = before_order.get(*position)?;
            let old = renumbering.old.binary_search_by_key(number, |(number, _)| *number).ok()?;
            let now = new.get(&renumbering.old.get(old)?.1)?;
            Some((EventIndex::new(*position), EventIndex::new(*now)))
        };
        let again = removed.iter().filter_map(again).collect();
        let inserted: Vec<usize> = inserted.into_iter().map(|(place, _)| place).collect();
        Some(Moved { removed, inserted, again })
    }
}

/// Returns whether two events have the same id, and are in the same lanes, at the same places there.
fn is_in_same_place((old, at): (&Placed, usize), (new, to): (&Placed, usize)) -> bool {
    let (Some(one), Some(other)) = (old.records.events.get(at), new.records.events.get(to)) else { return false };
    has_same_hash((old, at), (new, to))
        && one.lane == other.lane
        && one.importance.to_bits() == other.importance.to_bits()
        && one.date == other.date
        && old.is_omitted(at) == new.is_omitted(to)
        && old.records.also(at) == new.records.also(to)
}

fn has_same_hash((old, at): (&Placed, usize), (new, to): (&Placed, usize)) -> bool {
    old.records.hashes.get(at) == new.records.hashes.get(to)
}

/// How the numbers of events in the document change, where only events that differ are replaced.
struct Renumbering {
    /// The numbers that are replaced, and how much larger the numbers after them are.
    runs: Vec<(Range<u32>, i64)>,
    /// Those numbers, ascending, and the hashes of the ids.
    old: Vec<(u32, u64)>,
    /// The new numbers of those that replace them.
    new: Vec<u32>,
}

/// Returns whether two events, each in its batch, are the same in some respect.
type IsSame<'a> = &'a dyn Fn((&Placed, usize), (&Placed, usize)) -> bool;

impl Renumbering {
    fn of(batches: &[Placed], runs: &[Run], is_same: IsSame<'_>) -> Self {
        let mut found = Self { runs: Vec::with_capacity(runs.len()), old: Vec::new(), new: Vec::new() };
        let mut shift = 0_i64;
        for run in runs {
            let old = events_of(batches.get(run.old.clone()).unwrap_or_default());
            let new = events_of(&run.new);
            let first = batches.get(run.old.start).map_or(0, |batch| batch.first) as u32;
            let pairs = || old.iter().copied().zip(new.iter().copied());
            let before = pairs().take_while(|(old, new)| is_same(*old, *new)).count();
            let most = old.len().min(new.len()) - before;
            let from_end = old.iter().rev().copied().zip(new.iter().rev().copied());
            let after = from_end.take(most).take_while(|(old, new)| is_same(*old, *new)).count();
            let (start, end) = (first + before as u32, first + (old.len() - after) as u32);
            let hash = |(batch, offset): &(&Placed, usize)| batch.records.hashes.get(*offset).copied().unwrap_or(0);
            found.old.extend((start..end).zip(old.iter().skip(before).map(hash)));
            let first_new = i64::from(start) + shift;
            found.new.extend((0..(new.len() - after - before) as i64).map(|number| (first_new + number) as u32));
            shift += new.len() as i64 - old.len() as i64;
            found.runs.push((start..end, shift));
        }
        found
    }

    /// Returns the new numbers of those in a list that remain, and the positions in the list of the others. Returns `None`
    /// if nothing changes.
    fn renumbered(&self, numbers: &[u32]) -> Option<(Vec<u32>, Vec<usize>)> {
        if self.new.is_empty() && self.runs.iter().all(|(old, shift)| old.is_empty() && *shift == 0) {
            return None;
        }
        let mut kept = Vec::with_capacity(numbers.len() + self.new.len());
        let mut removed = Vec::new();
        for (position, number) in numbers.iter().enumerate() {
            let before = self.runs.partition_point(|(run, _)| run.start <= *number);
            match before.checked_sub(1).and_then(|last| self.runs.get(last)) {
                None => kept.push(*number),
                Some((run, _)) if *number < run.end => removed.push(position),
                Some((_, shift)) => kept.push((i64::from(*number) + shift) as u32),
            }
        }
        Some((kept, removed))
    }
}

/// Returns the events of some batches, each with its position in its batch.
fn events_of(batches: &[Placed]) -> Vec<(&Placed, usize)> {
    batches.iter().flat_map(|batch| (0..batch.records.events.len()).map(move |offset| (batch, offset))).collect()
}

impl Moved {
    /// Returns the indices of the events that are put in; ascending.
    fn indices(&self) -> impl Iterator<Item = EventIndex> {
        self.inserted.iter().enumerate().map(|(before, place)| EventIndex::new(place + before))
    }

    /// Renumbers events that remain and are in order.
    fn renumber(&self, list: &mut [EventIndex]) {
        let first = self.first();
        let start = list.partition_point(|event| event.get() < first);
        let (mut removed, mut inserted) = (self.removed.iter().peekable(), self.inserted.iter().peekable());
        let (mut less, mut more) = (0, 0);
        for event in list.iter_mut().skip(start) {
            less += std::iter::from_fn(|| removed.next_if(|removed| **removed < event.get())).count();
            let kept = event.get() - less;
            more += std::iter::from_fn(|| inserted.next_if(|place| **place <= kept)).count();
            if less == more && removed.peek().is_none() && inserted.peek().is_none() {
                return;
            }
            *event = EventIndex::new(kept + more);
        }
    }

    /// Returns the first index that may change.
    fn first(&self) -> usize {
        self.removed.iter().chain(&self.inserted).copied().min().unwrap_or(usize::MAX)
    }

    /// Changes an index, to which `new` come.
    fn amend(&self, index: &mut Arc<Index>, new: &[EventIndex], of: &dyn Fn(EventIndex) -> Indexed) {
        let position = |removed: &usize| index.events().binary_search(&EventIndex::new(*removed)).ok();
        let removed: Vec<usize> = self.removed.iter().filter_map(position).collect();
        let is_before = index.events().last().is_none_or(|last| last.get() < self.first());
        if !is_before || !new.is_empty() {
            Arc::make_mut(index).amend(&removed, &|list| self.renumber(list), new, of);
        }
    }

    /// Returns a list of events that is changed, to which `new` come.
    fn amended(&self, list: &Arc<[EventIndex]>, new: &[EventIndex]) -> Arc<[EventIndex]> {
        if new.is_empty() && list.last().is_none_or(|last| last.get() < self.first()) {
            return Arc::clone(list);
        }
        let is_kept = |event: &EventIndex| self.removed.binary_search(&event.get()).is_err();
        let mut changed: Vec<EventIndex> = list.iter().copied().filter(is_kept).collect();
        self.renumber(&mut changed);
        let place = |event: &EventIndex| (changed.partition_point(|other| other < event), *event);
        let inserted: Vec<(usize, EventIndex)> = new.iter().map(place).collect();
        replace(&mut changed, &[], &inserted);
        changed.into()
    }
}
