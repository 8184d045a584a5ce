//! Finds events without scanning all of them: how many overlap an interval, how many fall in each of many columns, and
//! which are the most important in view.

mod amend;
mod histogram;
mod important;
mod indexed;
mod values;
mod worth;

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;
use std::ops::Range;

use self::histogram::Histogram;
use self::important::Important;
pub use self::indexed::Indexed;
pub(super) use self::values::Measured;
pub use self::values::{Summary, Values};
use super::handles::EventIndex;
use crate::date::Interval;

/// Number of events in a block, which shares one leaf of the tree.
const BLOCK: usize = 16;

/// An index of some events, in time order. All queries cost O(log n) for each thing that they return or count.
#[derive(Clone, Debug, Default)]
pub struct Index {
    /// Indices in the timeline, in time order.
    events: Vec<EventIndex>,
    /// First second of each event; ascending.
    starts: Vec<i64>,
    /// First second after each event, in time order.
    ends: Vec<i64>,
    /// Last second of each event; ascending.
    lasts: Vec<i64>,
    begins: Histogram,
    /// Histogram of the last seconds.
    ends_in: Histogram,
    important: Important,
    /// A binary tree over blocks of events, root first: the children of node i are 2i + 1 and 2i + 2.
    tree: Vec<Node>,
    /// Number of leaves of the tree: a power of two.
    blocks: usize,
}

/// Aggregate of all events under a node.
#[derive(Clone, Copy, Debug)]
struct Node {
    importance: u64,
    earliest_end: i64,
    latest_end: i64,
}

const EMPTY: Node = Node { importance: 0, earliest_end: i64::MAX, latest_end: i64::MIN };

impl Index {
    /// Indexes the events at these positions, which must be in time order.
    #[must_use]
    pub fn new(events: Vec<EventIndex>, of: &dyn Fn(EventIndex) -> Indexed) -> Self {
        let facts: Vec<Indexed> = events.iter().map(|index| of(*index)).collect();
        let starts: Vec<i64> = facts.iter().map(|event| event.bounds.start).collect();
        let ends: Vec<i64> = facts.iter().map(|event| event.bounds.end).collect();
        let mut lasts: Vec<i64> = ends.iter().map(|end| end.saturating_sub(1)).collect();
        lasts.sort_unstable();
        let important = Important::new(&worth::merits(&facts, None, None));
        let (begins, ends_in) = (Histogram::new(&starts), Histogram::new(&lasts));
        let mut index = Self { events, starts, ends, lasts, begins, ends_in, important, tree: Vec::new(), blocks: 0 };
        index.build_tree();
        index
    }

    fn build_tree(&mut self) {
        self.blocks = self.events.len().div_ceil(BLOCK).next_power_of_two();
        self.tree = vec![EMPTY; 2 * self.blocks - 1];
        for (position, end) in self.ends.iter().enumerate() {
            if let Some(node) = self.tree.get_mut(self.blocks - 1 + position / BLOCK) {
                node.importance = node.importance.max(self.important.get(position));
                node.earliest_end = node.earliest_end.min(*end);
                node.latest_end = node.latest_end.max(*end);
            }
        }
        for parent in (0..self.blocks - 1).rev() {
            let child = |side| self.tree.get(2 * parent + side).copied().unwrap_or(EMPTY);
            let (left, right) = (child(1), child(2));
            if let Some(node) = self.tree.get_mut(parent) {
                node.importance = left.importance.max(right.importance);
                node.earliest_end = left.earliest_end.min(right.earliest_end);
                node.latest_end = left.latest_end.max(right.latest_end);
            }
        }
    }

    /// Returns the events, in time order.
    #[must_use]
    pub fn events(&self) -> &[EventIndex] {
        &self.events
    }

    /// Returns whether the index contains an event.
    #[must_use]
    pub fn contains(&self, event: EventIndex) -> bool {
        self.events.binary_search(&event).is_ok()
    }

    /// Returns the events that overlap an interval, in time order.
    #[must_use]
    pub fn overlapping(&self, interval: Interval) -> Vec<EventIndex> {
        let (start, end) = (self.begun_before(interval.start), self.begun_before(interval.end));
        let mut found = self.running_at(interval.start, start, usize::MAX);
        found.sort_unstable();
        found.extend(start..end.max(start));
        found.into_iter().filter_map(|position| self.event_at(position)).collect()
    }

    /// Returns the number of events.
    #[must_use]
    pub fn len(&self) -> usize {
        self.events.len()
    }

    /// Returns whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.events.is_empty()
    }

    /// Returns the number of events that overlap an interval.
    #[must_use]
    pub fn count(&self, interval: Interval) -> usize {
        self.begun_before(interval.end) - self.ended_by(interval.start)
    }

    /// Returns the number of events that begin before a time.
    #[must_use]
    pub fn begun_before(&self, seconds: i64) -> usize {
        self.starts.partition_point(|start| *start < seconds)
    }

    /// Returns the number of events that have ended by a time.
    #[must_use]
    pub fn ended_by(&self, seconds: i64) -> usize {
        self.lasts.partition_point(|last| *last < seconds)
    }

    /// Counts the events that overlap each column of 2^`log2` seconds within an interval. Columns begin at multiples of
    /// their width; the first and the last one are clipped to the interval. An event that covers several columns counts
    /// in each. Calls `told` for each non-empty column with its number, which is its first second divided by its width,
    /// and the count.
    pub fn columns(&self, interval: Interval, log2: u32, told: &mut dyn FnMut(i64, usize)) {
        let (first, last) = (interval.start >> log2, interval.end.saturating_sub(1) >> log2);
        let counts = |histogram: &Histogram, seconds: &[i64]| {
            let mut counts = Vec::new();
            histogram.each(seconds, log2, interval.start, &mut |column, until| {
                counts.push((column, until));
                column < last
            });
            counts.into_iter().peekable()
        };
        let (mut begins, mut ends) = (counts(&self.begins, &self.starts), counts(&self.ends_in, &self.lasts));
        let most = self.begun_before(interval.end);
        let (mut begun, mut ended) = (self.begun_before(interval.start), self.ended_by(interval.start));
        for column in first..=last {
            while let Some((_, until)) = begins.next_if(|(begin, _)| *begin <= column) {
                begun = until.clamp(begun, most.max(begun));
            }
            while let Some((_, until)) = ends.next_if(|(end, _)| *end < column) {
                ended = until.max(ended);
            }
            if begun > ended {
                told(column, begun - ended);
            }
        }
    }

    /// Counts the events that begin in each column of 2^`log2` seconds within an interval, in proportion to the columns
    /// in which any does. Calls `told` for each of them with its number, which is its first second divided by its width,
    /// and the count.
    pub fn begins(&self, interval: Interval, log2: u32, told: &mut dyn FnMut(i64, usize)) {
        let last = interval.end.saturating_sub(1) >> log2;
        let (mut before, most) = (self.begun_before(interval.start), self.begun_before(interval.end));
        self.begins.each(&self.starts, log2, interval.start, &mut |column, until| {
            let until = until.min(most);
            if column <= last && until > before {
                told(column, until - before);
                before = until;
            }
            column < last
        });
    }

    /// Returns the last event, in time order, that has ended by a time.
    #[must_use]
    pub fn last_before(&self, seconds: i64) -> Option<EventIndex> {
        let begun = self.begun_before(seconds);
        let mut nodes = vec![0];
        while let Some(node) = nodes.pop() {
            let found = self.tree.get(node).is_some_and(|found| found.earliest_end <= seconds);
            if !found || self.leftmost_position(node) >= begun {
                continue;
            }
            if node < self.blocks - 1 {
                nodes.extend([2 * node + 1, 2 * node + 2]);
                continue;
            }
            let first = self.leftmost_position(node);
            let ends = self.ends.get(first..(first + BLOCK).min(begun)).unwrap_or_default();
            if let Some(place) = ends.iter().rposition(|end| *end <= seconds) {
                return self.event_at(first + place);
            }
        }
        None
    }

    /// Returns the first event, in time order, that begins at a time or later.
    #[must_use]
    pub fn first_after(&self, seconds: i64) -> Option<EventIndex> {
        self.event_at(self.begun_before(seconds))
    }

    fn event_at(&self, position: usize) -> Option<EventIndex> {
        self.events.get(position).copied()
    }

    /// Returns up to `most` of the events that overlap an interval, the most important first; at most `most_begun` of
    /// them begin before it.
    #[must_use]
    pub fn most_important(&self, interval: Interval, most: usize, most_begun: usize) -> Vec<EventIndex> {
        let inside = self.begun_before(interval.start)..self.begun_before(interval.end);
        let found = self.most_important_positions(interval.start, inside, most, most_begun);
        found.into_iter().filter_map(|position| self.event_at(position)).collect()
    }

    /// Like [`most_important`](Self::most_important), but among events of equal importance that begin in the same
    /// column of 2^`log2` seconds in the interval, returns the earliest ones, in time order, as a chart cannot show the
    /// remaining differences in importance.
    #[must_use]
    pub fn most_important_by_column(
        &self,
        interval: Interval,
        most: usize,
        most_begun: usize,
        log2: u32,
    ) -> Vec<EventIndex> {
        let inside = self.begun_before(interval.start)..self.begun_before(interval.end);
        let mut found = self.most_important_positions(interval.start, inside.clone(), most, most_begun);
        // If all are among them, none of the others is earlier.
        if found.iter().filter(|position| inside.contains(position)).count() < inside.len() {
            self.replace_by_earliest(&mut found, inside, log2);
        }
        found.into_iter().filter_map(|position| self.event_at(position)).collect()
    }

    /// Returns the positions of the most important of the events that begin `inside` these, and of those that run at
    /// `seconds`, before which the others have begun.
    fn most_important_positions(
        &self,
        seconds: i64,
        inside: Range<usize>,
        most: usize,
        most_begun: usize,
    ) -> Vec<usize> {
        let begun = self.running_at(seconds, inside.start, most_begun.min(most));
        let inside = self.important.first(inside.start..inside.end.max(inside.start), most);
        if begun.is_empty() {
            return inside;
        }
        let keyed = begun.into_iter().chain(inside).map(|position| (Reverse(self.important.get(position)), position));
        let mut keyed: Vec<(Reverse<u64>, usize)> = keyed.collect();
        keyed.sort_unstable();
        keyed.truncate(most);
        keyed.into_iter().map(|(_, position)| position).collect()
    }

    /// Replaces positions of equal importance in one column by the same number of the earliest of that importance
    /// there.
    fn replace_by_earliest(&self, found: &mut [usize], inside: Range<usize>, log2: u32) {
        let column = |position: usize| self.starts.get(position).map(|start| start >> log2);
        // Column and importance of each event, its index in the list, its position.
        let mut places: Vec<((i64, u32), usize, usize)> = Vec::with_capacity(found.len());
        for (place, position) in found.iter().enumerate() {
            if let Some(column) = column(*position).filter(|_| inside.contains(position)) {
                places.push(((column, worth::stated(self.important.get(*position))), place, *position));
            }
        }
        places.sort_unstable();
        let mut earliest: Vec<usize> = Vec::new();
        for equals in places.chunk_by(|(a, ..), (b, ..)| a == b) {
            let Some(((number, importance), ..)) = equals.first() else { continue };
            // The first of the column is not after the first of these.
            let most = equals.iter().map(|(.., position)| *position).min().unwrap_or(inside.end);
            let first = self.first_of_column(inside.start..most, number.saturating_mul(1 << log2));
            // Others may be between them, but only a limited number is searched.
            let near = (first..inside.end.min(first + equals.len() * 4 + 64))
                .take_while(|position| column(*position) == Some(*number));
            let same = near.filter(|position| worth::stated(self.important.get(*position)) == *importance);
            earliest.clear();
            earliest.extend(same.take(equals.len()));
            if earliest.len() < equals.len() {
                earliest.extend(equals.iter().map(|(.., position)| *position));
                earliest.sort_unstable();
                earliest.dedup();
            }
            for ((_, place, _), position) in equals.iter().zip(&earliest) {
                if let Some(place) = found.get_mut(*place) {
                    *place = *position;
                }
            }
        }
    }

    /// Returns the first position of a range that begins at a time or later, or the end of the range. Searches from the
    /// end in steps of growing width, as the result is usually near the end.
    fn first_of_column(&self, range: Range<usize>, seconds: i64) -> usize {
        let (mut low, mut high, mut step) = (range.start, range.end, 1);
        while high > low {
            let at = high.saturating_sub(step).max(low);
            if self.starts.get(at).is_some_and(|start| *start < seconds) {
                low = at + 1;
                break;
            }
            high = at;
            step *= 2;
        }
        let between = self.starts.get(low..high).unwrap_or_default();
        low + between.partition_point(|start| *start < seconds)
    }

    /// Returns up to `most` positions of events that begin before a time and end after it, the most important first;
    /// the first `begun` events have begun.
    fn running_at(&self, seconds: i64, begun: usize, most: usize) -> Vec<usize> {
        let mut found = Vec::new();
        // What has ended has begun.
        let most = most.min(begun.saturating_sub(self.ended_by(seconds)));
        if most == 0 {
            return found;
        }
        let mut heap = BinaryHeap::new();
        self.push_node(&mut heap, 0, seconds, begun);
        while found.len() < most
            && let Some(Candidate { what, .. }) = heap.pop()
        {
            match what {
                What::Event(position) => found.push(position),
                What::Node(node) if node >= self.blocks - 1 => {
                    let first = (node + 1 - self.blocks) * BLOCK;
                    for position in first..(first + BLOCK).min(begun) {
                        if self.ends.get(position).is_some_and(|end| *end > seconds) {
                            let importance = self.important.get(position);
                            heap.push(Candidate { importance, what: What::Event(position) });
                        }
                    }
                }
                What::Node(node) => {
                    self.push_node(&mut heap, 2 * node + 1, seconds, begun);
                    self.push_node(&mut heap, 2 * node + 2, seconds, begun);
                }
            }
        }
        found
    }

    /// Pushes a node unless nothing under it can be running.
    fn push_node(&self, heap: &mut BinaryHeap<Candidate>, node: usize, seconds: i64, begun: usize) {
        let Some(found) = self.tree.get(node) else { return };
        let leftmost = self.leftmost_position(node);
        if found.latest_end > seconds && leftmost < begun {
            heap.push(Candidate { importance: found.importance, what: What::Node(node) });
        }
    }

    /// Returns the first position under a node.
    fn leftmost_position(&self, mut node: usize) -> usize {
        while node < self.blocks - 1 {
            node = 2 * node + 1;
        }
        (node + 1 - self.blocks) * BLOCK
    }
}

/// A candidate in the search for the most important events.
#[derive(PartialEq, Eq)]
struct Candidate {
    importance: u64,
    what: What,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum What {
    Node(usize),
    Event(usize),
}

impl Ord for Candidate {
    fn cmp(&self, other: &Self) -> Ordering {
        let what = match (self.what, other.what) {
            // An event under a node may be earlier than one of equal importance, so nodes come first.
            (What::Node(_), What::Event(_)) => Ordering::Greater,
            (What::Event(_), What::Node(_)) => Ordering::Less,
            (What::Node(own), What::Node(other)) | (What::Event(own), What::Event(other)) => other.cmp(&own),
        };
        self.importance.cmp(&other.importance).then(what)
    }
}

impl PartialOrd for Candidate {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document;
    use crate::timeline::{Event, Timeline, resolve};
    use proptest::prelude::*;

    fn timeline(dates: &[String]) -> Timeline {
        let event = |(number, date): (usize, &String)| document::Event {
            id: format!("e{number}"),
            lane: "l".to_owned(),
            title: "t".to_owned(),
            date: Some(date.clone()),
            ..Default::default()
        };
        let document = document::Timeline {
            title: "t".to_owned(),
            lanes: vec![document::Lane { id: "l".to_owned(), title: "l".to_owned(), ..Default::default() }],
            events: dates.iter().enumerate().map(event).collect(),
            ..Default::default()
        };
        resolve(document).timeline.unwrap_or_default()
    }

    proptest! {
        /// Every result equals that of a linear scan.
        #[test]
        fn answers_are_those_of_a_full_look(
            years in prop::collection::vec((1900_i32..2000, 0_i32..50), 0..200),
            from in 1880_i32..2010,
            length in 1_i32..100,
            most in 1_usize..40,
        ) {
            let dates: Vec<String> = years
                .iter()
                .map(|(year, more)| match more % 6 {
                    0 | 3 => year.to_string(),
                    1 => format!("{year}/"),
                    2 => format!("/{year}"),
                    4 if *more < 10 => format!("{year}/.."),
                    _ => format!("{year}/{}", year + more),
                })
                .collect();
            let timeline = timeline(&dates);
            let index = timeline.index();
            let second = |year: i32| i64::from(year - 1970) * 31_556_952;
            let interval = Interval { start: second(from), end: second(from + length) };
            let overlapping: Vec<EventIndex> = (0..timeline.events.len())
                .map(EventIndex::new)
                .filter(|index| timeline.event(*index).is_some_and(|event| event.known_bounds().expect("a dated event").overlaps(interval)))
                .collect();
            prop_assert_eq!(index.count(interval), overlapping.len());

            let bounds = |event: &EventIndex| timeline.event(*event).expect("an event").known_bounds().expect("a date");
            let all = || (0..timeline.events.len()).map(EventIndex::new);
            prop_assert_eq!(index.last_before(interval.start), all().rfind(|event| bounds(event).end <= interval.start));
            prop_assert_eq!(index.first_after(interval.end), all().find(|event| bounds(event).start >= interval.end));

            let found = index.most_important(interval, most, most);
            prop_assert_eq!(found.len(), overlapping.len().min(most));
            prop_assert!(found.iter().all(|index| overlapping.contains(index)));
            let worth = |event: &EventIndex| index.important.get(event.get());
            let least = found.iter().map(worth).min().unwrap_or(u64::MAX);
            let left_out = overlapping.iter().filter(|index| !found.contains(index)).map(worth);
            prop_assert!(left_out.max().unwrap_or(0) <= least || found.is_empty());
            for log2 in [20, 26, 40] {
                let told = index.most_important_by_column(interval, most, most, log2);
                let column = |event: &EventIndex| bounds(event).start >> log2;
                let columns = |events: &[EventIndex]| { let mut all: Vec<i64> = events.iter().map(column).collect(); all.sort_unstable(); all };
                prop_assert_eq!(columns(&told), columns(&found), "as many of each column");
                let begins = |event: &EventIndex| bounds(event).start >= interval.start;
                for event in told.iter().filter(|event| begins(event)) {
                    let before = all().filter(|other| column(other) == column(event) && other < event && begins(other));
                    let left_out = before.filter(|other| !told.contains(other)).count();
                    prop_assert_eq!(left_out, 0, "{:?} is told, and not one before it", event);
                }
            }
            let begun = |event: &&EventIndex| timeline.event(**event).expect("an event").known_bounds().expect("a date").start < interval.start;
            let few = index.most_important(interval, 1000, 2);
            let expected = overlapping.iter().filter(begun).count().min(2);
            prop_assert_eq!(few.iter().filter(begun).count(), expected);

            for log2 in [20, 25, 31] {
                let mut told = Vec::new();
                index.columns(interval, log2, &mut |column, count| told.push((column, count)));
                let columns = (interval.start >> log2)..=((interval.end - 1) >> log2);
                let expected: Vec<(i64, usize)> = columns
                    .map(|column| {
                        let (start, end) = ((column << log2).max(interval.start), ((column + 1) << log2).min(interval.end));
                        let column_of_time = Interval { start, end };
                        let overlapping = |event: &Event<'_>| event.known_bounds().expect("a dated event").overlaps(column_of_time);
                        (column, timeline.events.iter().filter(overlapping).count())
                    })
                    .filter(|(_, count)| *count > 0)
                    .collect();
                prop_assert_eq!(told, expected);
            }
        }
    }
}
