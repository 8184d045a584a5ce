//! Finds the most important events of a range without scanning it.
//!
//! A sparse table over blocks answers range-maximum queries in constant time (M. A. Bender, M. Farach-Colton: The LCA
//! Problem Revisited, 2000); the next most important event is in one of the two remaining parts of the range.

use std::cmp::Ordering;
use std::collections::BinaryHeap;
use std::ops::Range;

/// Number of events in a block, whose most important one has one entry in the table.
const BLOCK: usize = 16;

/// The importance of events, in time order; see [`worth`](super::worth).
#[derive(Clone, Debug, Default)]
pub(super) struct Important {
    importance: Vec<u64>,
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
    pub(super) fn new(importance: Vec<u64>) -> Self {
        let mut made = Self { importance, table: Vec::new() };
        let blocks = made.importance.len().div_ceil(BLOCK);
        let mut row: Vec<u32> = (0..blocks)
            .map(|block| {
                let start = block * BLOCK;
                made.scan(start..(start + BLOCK).min(made.importance.len())).unwrap_or(start) as u32
            })
            .collect();
        let mut reach = 1;
        while row.len() > reach {
            let pairs = row.iter().zip(row.get(reach..).unwrap_or_default());
            let wider = pairs.map(|(left, right)| made.better(*left as usize, *right as usize) as u32).collect();
            made.table.push(std::mem::replace(&mut row, wider));
            reach *= 2;
        }
        made.table.push(row);
        made
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
            prop_assert_eq!(Important::new(importance).first(range, most), expected);
        }
    }
}
