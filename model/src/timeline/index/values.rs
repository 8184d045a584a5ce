//! An index of values over time, for the lowest, the highest and the mean of any range without scanning it.
//!
//! It is a tree of blocks in which each node aggregates what a column of a chart shows.

use std::ops::Range;

use crate::date::Interval;

/// Number of children of a node, and of values of a lowest node.
const FAN: usize = 8;

/// One value.
#[derive(Clone, Copy, Debug)]
pub(in crate::timeline) struct Measured {
    /// The interval that it is known to hold for.
    pub(in crate::timeline) extent: Interval,
    /// The second at which it is drawn.
    pub(in crate::timeline) anchor: i64,
    /// The measured value.
    pub(in crate::timeline) value: f64,
}

/// The aggregate of a range of values.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Summary {
    /// The number of values.
    pub count: usize,
    /// Position of the first one.
    pub first: usize,
    /// Position of the last one.
    pub last: usize,
    /// Position of the lowest one; the first among equals.
    pub low: usize,
    /// Position of the highest one; the first among equals.
    pub high: usize,
    /// The arithmetic mean.
    pub mean: f64,
}

impl Summary {
    fn of_one(position: usize, value: f64) -> Self {
        Self { count: 1, first: position, last: position, low: position, high: position, mean: value }
    }
}

/// Values sorted by their anchors. A query costs O(log n) plus the size of its result.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Values {
    anchors: Vec<i64>,
    extents: Vec<Interval>,
    measured: Vec<f64>,
    /// The levels, lowest first; the last has one node.
    levels: Vec<Vec<Node>>,
}

/// The aggregate of all values under a node.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Node {
    low: u32,
    high: u32,
    mean: f64,
    earliest: i64,
    latest: i64,
}

impl Values {
    /// Indexes values whose anchors are ascending.
    pub(in crate::timeline) fn new(measured: &[Measured]) -> Self {
        let mut made = Self {
            anchors: measured.iter().map(|one| one.anchor).collect(),
            extents: measured.iter().map(|one| one.extent).collect(),
            measured: measured.iter().map(|one| one.value).collect(),
            levels: Vec::new(),
        };
        let mut width = FAN;
        while made.levels.last().map_or(measured.len(), Vec::len) > 1
            || (made.levels.is_empty() && !measured.is_empty())
        {
            let level =
                (0..measured.len()).step_by(width).map(|start| made.node(start..(start + width).min(measured.len())));
            let level: Vec<Node> = level.flatten().collect();
            made.levels.push(level);
            width = width.saturating_mul(FAN);
        }
        made
    }

    /// Returns the node of a range, computed from the existing levels.
    fn node(&self, range: Range<usize>) -> Option<Node> {
        let summary = self.summary(range.clone())?;
        let extents = self.hull(range)?;
        Some(Node {
            low: summary.low as u32,
            high: summary.high as u32,
            mean: summary.mean,
            earliest: extents.start,
            latest: extents.end,
        })
    }

    /// Returns the number of values.
    #[must_use]
    pub fn len(&self) -> usize {
        self.anchors.len()
    }

    /// Returns whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.anchors.is_empty()
    }

    /// Returns the value at a position; NaN if there is none.
    #[must_use]
    pub fn value(&self, position: usize) -> f64 {
        self.measured.get(position).copied().unwrap_or(f64::NAN)
    }

    /// Returns the second at which the value at a position is drawn.
    #[must_use]
    pub fn anchor(&self, position: usize) -> Option<i64> {
        self.anchors.get(position).copied()
    }

    /// Returns the interval that the value at a position is known to hold for.
    #[must_use]
    pub fn extent(&self, position: usize) -> Option<Interval> {
        self.extents.get(position).copied()
    }

    /// Returns the positions of the values that are drawn in an interval.
    #[must_use]
    pub fn drawn_in(&self, interval: Interval) -> Range<usize> {
        let before = |end: i64| self.anchors.partition_point(|anchor| *anchor < end);
        let start = before(interval.start);
        start..before(interval.end).max(start)
    }

    /// Returns the aggregate of a range of values; `None` if it is empty.
    #[must_use]
    pub fn summary(&self, range: Range<usize>) -> Option<Summary> {
        let mut found = None;
        self.each(range, &mut |part| self.add(&mut found, part));
        found
    }

    fn add(&self, found: &mut Option<Summary>, part: Summary) {
        let Some(known) = found else {
            *found = Some(part);
            return;
        };
        let count = known.count + part.count;
        // A weighted mean of the means, as a sum could overflow.
        let share = part.count as f64 / count as f64;
        known.mean = known.mean * (1.0 - share) + part.mean * share;
        if self.value(part.low) < self.value(known.low) {
            known.low = part.low;
        }
        if self.value(part.high) > self.value(known.high) {
            known.high = part.high;
        }
        (known.count, known.last) = (count, part.last);
    }

    /// Returns the smallest interval that contains the extents of a range of values.
    fn hull(&self, range: Range<usize>) -> Option<Interval> {
        self.extents.get(range)?.iter().copied().reduce(Interval::hull)
    }

    /// Calls `told` for the parts of a range in order, each a whole node where possible.
    fn each(&self, range: Range<usize>, told: &mut dyn FnMut(Summary)) {
        let Range { mut start, end } = range.start..range.end.min(self.len());
        while start < end {
            // The largest node that begins here and ends in the range.
            let mut fits = None;
            let mut width = FAN;
            for level in &self.levels {
                let stop = (start + width).min(self.len());
                match level.get(start / width) {
                    Some(node) if start.is_multiple_of(width) && stop <= end => fits = Some((node, stop)),
                    _ => break,
                }
                width = width.saturating_mul(FAN);
            }
            if let Some((node, stop)) = fits {
                let (low, high) = (node.low as usize, node.high as usize);
                told(Summary { count: stop - start, first: start, last: stop - 1, low, high, mean: node.mean });
                start = stop;
            } else {
                told(Summary::of_one(start, self.value(start)));
                start += 1;
            }
        }
    }

    /// Returns the aggregate of the values whose extents are entirely within an interval.
    #[must_use]
    pub fn within(&self, interval: Interval) -> Option<Summary> {
        let inside = |extent: Interval| interval.start <= extent.start && extent.end <= interval.end;
        let mut found = None;
        self.search(&mut |extent, range| {
            if inside(extent) {
                self.each(range, &mut |part| self.add(&mut found, part));
                return false;
            }
            extent.overlaps(interval)
        });
        found
    }

    /// Returns up to `most` positions of values whose extents overlap an interval, in order.
    #[must_use]
    pub fn overlapping(&self, interval: Interval, most: usize) -> Vec<usize> {
        let mut found = Vec::new();
        self.search(&mut |extent, range| {
            if found.len() == most || !extent.overlaps(interval) {
                return false;
            }
            if range.len() == 1 {
                found.extend(range);
                return false;
            }
            true
        });
        found
    }

    /// Returns up to `most` positions of values whose extents are entirely within an interval, in order.
    #[must_use]
    pub fn inside(&self, interval: Interval, most: usize) -> Vec<usize> {
        let mut found = Vec::new();
        self.search(&mut |extent, range| {
            let inside = interval.start <= extent.start && extent.end <= interval.end;
            if inside {
                found.extend(range.take(most - found.len()));
            }
            !inside && found.len() < most && extent.overlaps(interval)
        });
        found
    }

    /// Traverses the tree in order: calls `goes_on` with the hull of the extents and the range of each node, and
    /// descends only if it returns `true`.
    fn search(&self, goes_on: &mut dyn FnMut(Interval, Range<usize>) -> bool) {
        let top = self.levels.len();
        let mut open = vec![(top, 0)];
        while let Some((level, number)) = open.pop() {
            let Some(below) = level.checked_sub(1) else {
                if let Some(extent) = self.extent(number) {
                    goes_on(extent, number..number + 1);
                }
                continue;
            };
            let Some(node) = self.levels.get(below).and_then(|nodes| nodes.get(number)) else { continue };
            let width = FAN.saturating_pow(level as u32);
            let range = number * width..(number + 1).saturating_mul(width).min(self.len());
            if goes_on(Interval { start: node.earliest, end: node.latest }, range) {
                open.extend((0..FAN).rev().map(|child| (below, number * FAN + child)));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn measured(points: &[(i64, i64, i32)]) -> Vec<Measured> {
        let mut all: Vec<Measured> = points
            .iter()
            .map(|(start, length, value)| {
                let extent = Interval { start: *start, end: start + length };
                Measured { extent, anchor: extent.middle(), value: f64::from(*value) }
            })
            .collect();
        all.sort_by_key(|one| one.anchor);
        all
    }

    proptest! {
        /// Every result equals that of a linear scan.
        #[test]
        fn answers_are_those_of_a_full_look(
            points in prop::collection::vec((-500_i64..500, 1_i64..60, -50_i32..50), 0..700),
            from in -600_i64..600,
            length in 1_i64..700,
            first in 0_usize..700,
            count in 0_usize..700,
        ) {
            let all = measured(&points);
            let values = Values::new(&all);
            let mut range = first.min(all.len())..(first + count).min(all.len());
            let full = |range: &mut dyn Iterator<Item = usize>| {
                let mut found = None;
                range.for_each(|position| values.add(&mut found, Summary::of_one(position, all[position].value)));
                found
            };
            let same = |found: Option<Summary>, expect: Option<Summary>| match (found, expect) {
                (Some(found), Some(expect)) => {
                    (found.mean - expect.mean).abs() < 1e-9 && found == Summary { mean: found.mean, ..expect }
                }
                (found, expect) => found.is_none() && expect.is_none(),
            };
            prop_assert!(same(values.summary(range.clone()), full(&mut range)));

            let interval = Interval { start: from, end: from + length };
            let drawn: Vec<usize> = (0..all.len()).filter(|at| (from..from + length).contains(&all[*at].anchor)).collect();
            prop_assert_eq!(values.drawn_in(interval).collect::<Vec<_>>(), drawn);
            let overlapping: Vec<usize> = (0..all.len()).filter(|at| all[*at].extent.overlaps(interval)).collect();
            prop_assert_eq!(&values.overlapping(interval, usize::MAX), &overlapping);
            prop_assert_eq!(values.overlapping(interval, 3).len(), overlapping.len().min(3));
            let inside = |at: &usize| interval.start <= all[*at].extent.start && all[*at].extent.end <= interval.end;
            let within = full(&mut (0..all.len()).filter(inside));
            let mut listed: Vec<usize> = (0..all.len()).filter(inside).collect();
            prop_assert_eq!(&values.inside(interval, usize::MAX), &listed);
            listed.truncate(4);
            prop_assert_eq!(values.inside(interval, 4), listed);
            prop_assert!(same(values.within(interval), within), "{:?} {:?}", values.within(interval), within);
        }
    }

    #[test]
    fn a_look_at_all_of_many_is_a_look_at_one_node() {
        let points: Vec<(i64, i64, i32)> = (0..200_000).map(|at| (at, 1, (at * 7919 % 1000) as i32)).collect();
        let values = Values::new(&measured(&points));
        for range in [0..200_000, 1..199_999, 77..131_313] {
            let mut parts = 0;
            values.each(range, &mut |_| parts += 1);
            assert!(parts <= 2 * FAN * values.levels.len(), "{parts}");
        }
        let all = values.summary(0..200_000).expect("values");
        assert_eq!((values.value(all.low), values.value(all.high), all.count), (0.0, 999.0, 200_000));
        assert!((all.mean - 499.5).abs() < 1e-9);
    }

    #[test]
    fn huge_values_have_a_mean() {
        let huge = |value| Measured { extent: Interval { start: 0, end: 1 }, anchor: 0, value };
        let values = Values::new(&[huge(1.5e308), huge(1.5e308), huge(1.5e308)]);
        assert_eq!(values.summary(0..3).map(|all| all.mean.is_finite()), Some(true));
    }
}
