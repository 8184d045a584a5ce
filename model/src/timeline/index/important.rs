//! Finds the most important events of a range without scanning it.
//!
//! A sparse table over blocks answers range-maximum queries in constant time (M. A. Bender, M. Farach-Colton: The LCA
//! Problem Revisited, 2000); the next most important event is in one of the two remaining parts of the range.

use std::cmp::Ordering;
use std::collections::BinaryHeap;
use std::ops::Range;

use super::indexed::Indexed;
use super::worth::{self, Merit};
use crate::timeline::lists::replace;

/// Number of events in a block, whose most important one has one entry in the table.
const BLOCK: usize = 16;

/// The importance of events, in time order; see [`worth`].
#[derive(Clone, Debug, Default)]
pub(super) struct Important {
    importance: Vec<u64>,
    /// The part of each that does not depend on the number of dates before it; see [`Merit`].
    apart: Vec<f32>,
    /// In row k, at i: position of the most important event of the 2^k blocks from block i.
    table: Vec<Vec<u32>>,
}

/// A remaining part of a range, with its most important event.
#[derive(Clone, Copy)]
struct Part {
    importance: u64,
    at: usize,
    start: usize,
    end: usize,
}

impl Ord for Part {
    fn cmp(&self, other: &Self) -> Ordering {
        // Ties are resolved in favour of the earlier one.
        self.importance.cmp(&other.importance).then_with(|| other.at.cmp(&self.at))
    }
}

impl PartialOrd for Part {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Part {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Part {}

impl Important {
    /// Creates it from the merits of all events, in time order.
    pub(super) fn new(merits: &[Merit]) -> Self {
        let (mut dates, mut rank) = (0_usize, 0_usize);
        let value = |merit: &Merit| {
            (dates, rank) = if merit.is_first { (dates + 1, 0) } else { (dates, rank + 1) };
            worth::value(*merit, dates.saturating_sub(1), rank)
        };
        let importance = merits.iter().map(value).collect();
        let apart = merits.iter().map(|merit| merit.apart).collect();
        let mut made = Self { importance, apart, table: Vec::new() };
        made.build_table();
        made
    }

    fn build_table(&mut self) {
        let blocks = self.importance.len().div_ceil(BLOCK);
        let mut row: Vec<u32> = (0..blocks)
            .map(|block| {
                let start = block * BLOCK;
                self.scan(start..(start + BLOCK).min(self.importance.len())).unwrap_or(start) as u32
            })
            .collect();
        let mut table = Vec::new();
        let mut reach = 1;
        while row.len() > reach {
            let pairs = row.iter().zip(row.get(reach..).unwrap_or_default());
            let wider = pairs.map(|(left, right)| self.better(*left as usize, *right as usize) as u32).collect();
            table.push(std::mem::replace(&mut row, wider));
            reach *= 2;
        }
        table.push(row);
        self.table = table;
    }

    /// Takes out the events at some positions, which are ascending, and puts others in, each with its position in the
    /// remaining list, ascending, and its stated importance; `facts` are those of the events at the new positions.
    pub(super) fn amend(&mut self, removed: &[usize], inserted: &[usize], facts: &dyn Fn(usize) -> Indexed) {
        let firsts = |importance: &[u64]| importance.iter().filter(|worth| worth::is_first(**worth)).count();
        let is_first = |position: &usize| self.importance.get(*position).is_some_and(|worth| worth::is_first(*worth));
        let mut dates_before = removed.iter().filter(|position| is_first(position)).count();
        let put: Vec<(usize, u64)> = inserted.iter().map(|place| (*place, u64::from(u32::MAX))).collect();
        replace(&mut self.importance, removed, &put);
        replace(&mut self.apart, removed, &inserted.iter().map(|place| (*place, 0.0)).collect::<Vec<_>>());
        let windows = self.windows(removed, inserted);
        let (Some(start), Some(end)) = (windows.first().map(|first| first.start), windows.last().map(|last| last.end))
        else {
            return self.build_table();
        };
        dates_before +=
            windows.iter().map(|window| firsts(self.importance.get(window.clone()).unwrap_or_default())).sum::<usize>();
        dates_before -= inserted.len();
        let mut dates_after = 0;
        for window in windows {
            let anchor = |position: Option<usize>| position.map(|position| facts(position).anchor);
            let before = anchor(window.start.checked_sub(1));
            let after = anchor(Some(window.end).filter(|end| *end < self.importance.len()));
            let here: Vec<Indexed> = window.clone().map(facts).collect();
            for (position, merit) in window.zip(worth::merits(&here, before, after)) {
                dates_after += usize::from(merit.is_first);
                if let (Some(own), Some(apart)) = (self.importance.get_mut(position), self.apart.get_mut(position)) {
                    (*own, *apart) = (worth::value(merit, 0, usize::from(!merit.is_first)), merit.apart);
                }
            }
        }
        // The dates after those that have changed have other numbers, unless there are as many as before.
        let end = if dates_after == dates_before { end } else { self.importance.len() };
        let (mut dates, mut rank) = (firsts(self.importance.get(..start).unwrap_or_default()), 0);
        let changed = self.importance.get_mut(start..end).unwrap_or_default();
        for (own, apart) in changed.iter_mut().zip(self.apart.get(start..end).unwrap_or_default()) {
            let merit = Merit { stated: worth::stated(*own), apart: *apart, is_first: worth::is_first(*own) };
            (dates, rank) = if merit.is_first { (dates + 1, 0) } else { (dates, rank + 1) };
            *own = worth::value(merit, dates.saturating_sub(1), rank);
        }
        self.build_table();
    }

    /// Returns the positions of the dates near which events have been taken out or put in, and of the dates before and
    /// after them.
    fn windows(&self, removed: &[usize], inserted: &[usize]) -> Vec<Range<usize>> {
        let count = self.importance.len();
        let is_first = |position: &usize| self.importance.get(*position).is_none_or(|worth| worth::is_first(*worth));
        let start_of = |position: usize| (0..=position).rev().find(is_first).unwrap_or(0);
        let end_of = |position: usize| (position + 1..count).find(is_first).unwrap_or(count);
        // Where each would be in the remaining list, then where that is now.
        let taken = removed.iter().enumerate().map(|(before, position)| position - before);
        let put = |place: usize| place + inserted.partition_point(|other| *other < place);
        let mut touched: Vec<usize> = taken.map(put).collect();
        touched.extend(inserted.iter().enumerate().map(|(before, place)| place + before));
        touched.sort_unstable();
        let mut windows: Vec<Range<usize>> = Vec::new();
        for position in touched {
            let start = position.checked_sub(1).map_or(0, start_of);
            let window = start..end_of(end_of(position).min(count)).min(count);
            match windows.last_mut().filter(|last| window.start <= last.end) {
                Some(last) => last.end = last.end.max(window.end),
                None => windows.push(window),
            }
        }
        windows.retain(|window| !window.is_empty());
        windows
    }

    /// Returns the importance of the event at a position.
    pub(super) fn get(&self, position: usize) -> u64 {
        self.importance.get(position).copied().unwrap_or(0)
    }

    fn better(&self, left: usize, right: usize) -> usize {
        if self.get(right) > self.get(left) { right } else { left }
    }

    /// Returns the most important position of a short range by a linear scan.
    fn scan(&self, range: Range<usize>) -> Option<usize> {
        range.reduce(|best, next| self.better(best, next))
    }

    /// Returns the most important position of a range.
    fn most(&self, range: Range<usize>) -> Option<usize> {
        let (first, last) = (range.start.div_ceil(BLOCK), range.end / BLOCK);
        if first >= last {
            return self.scan(range);
        }
        let row = (last - first).ilog2();
        let blocks = self.table.get(row as usize).and_then(|row_of| {
            let (left, right) = (row_of.get(first)?, row_of.get(last - (1 << row))?);
            Some(self.better(*left as usize, *right as usize))
        });
        let parts = [self.scan(range.start..first * BLOCK), blocks, self.scan(last * BLOCK..range.end)];
        parts.into_iter().flatten().reduce(|best, next| self.better(best, next))
    }

    /// Returns up to `most` positions of a range, the most important first.
    pub(super) fn first(&self, range: Range<usize>, most: usize) -> Vec<usize> {
        let mut found = Vec::with_capacity(most.min(range.len()));
        let mut parts = BinaryHeap::new();
        let part = |start: usize, end: usize| {
            self.most(start..end).map(|at| Part { importance: self.get(at), at, start, end })
        };
        parts.extend(part(range.start, range.end));
        while found.len() < most
            && let Some(Part { at, start, end, .. }) = parts.pop()
        {
            found.push(at);
            parts.extend(part(start, at));
            parts.extend(part(at + 1, end));
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_first_are_those_of_a_sorted_list(
            importance in prop::collection::vec(0_u64..40, 0..400),
            from in 0_usize..400,
            length in 0_usize..400,
            most in 0_usize..50,
        ) {
            let end = (from + length).min(importance.len());
            let range = from.min(end)..end;
            let mut expected: Vec<usize> = range.clone().collect();
            expected.sort_by(|a, b| importance[*b].cmp(&importance[*a]).then(a.cmp(b)));
            expected.truncate(most);
            let mut important = Important { importance, ..Important::default() };
            important.build_table();
            prop_assert_eq!(important.first(range, most), expected);
        }
    }
}
