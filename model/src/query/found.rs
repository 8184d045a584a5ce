//! The events that a search has found, counted in any part of a projection in O(log n).

use std::collections::BTreeMap;
use std::ops::Range;

use crate::date::Interval;
use crate::timeline::{EventIndex, LaneIndex, Timeline};

use super::projection::{Projection, ShownLane};

/// The events that a search has found among those of a projection.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// Dated events in time order, then undated ones.
    events: Vec<EventIndex>,
    /// Which of all events they are.
    all: Ranks,
    /// Which of the dated events of each row they are.
    rows: BTreeMap<LaneIndex, Ranks>,
}

impl Found {
    /// Returns those of the events that a search gives that are shown. Costs a few milliseconds for a million events.
    #[must_use]
    pub fn new(mut events: Vec<EventIndex>, timeline: &Timeline, projection: &Projection) -> Self {
        let count = timeline.events.len();
        let of = |events: &mut dyn Iterator<Item = EventIndex>| {
            let mut bits = vec![0; count.div_ceil(64)];
            events.for_each(|event| set(&mut bits, event.get()));
            Ranks::of(bits)
        };
        if projection.len() < count {
            let shown = of(&mut projection.events().into_iter().chain(projection.undated().iter().copied()));
            events.retain(|event| shown.contains(event.get()));
        }
        let all = of(&mut events.iter().copied());
        let row = |shown: &ShownLane| {
            let own = shown.index().events();
            let mut bits = vec![0; own.len().div_ceil(64)];
            for (position, _) in own.iter().enumerate().filter(|(_, event)| all.contains(event.get())) {
                set(&mut bits, position);
            }
            (shown.lane(), Ranks::of(bits))
        };
        let rows = projection.lanes().iter().map(row).collect();
        Self { events, all, rows }
    }

    /// Returns the events, the dated ones in time order, then the undated ones.
    #[must_use]
    pub fn events(&self) -> &[EventIndex] {
        &self.events
    }

    /// Returns the number of events.
    #[must_use]
    pub fn len(&self) -> usize {
        self.events.len()
    }

    /// Returns whether nothing was found.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.events.is_empty()
    }

    /// Returns whether an event was found.
    #[must_use]
    pub fn contains(&self, event: EventIndex) -> bool {
        self.all.contains(event.get())
    }

    /// Returns the position of an event among those that were found. Returns `None` if it is none of them.
    #[must_use]
    pub fn position(&self, event: EventIndex) -> Option<usize> {
        self.contains(event).then(|| self.all.rank(event.get()))
    }

    /// Returns the number of events that begin within an interval.
    #[must_use]
    pub fn begin_in(&self, timeline: &Timeline, interval: Interval) -> usize {
        // Dated events have the positions of their index.
        let index = timeline.index();
        self.all.count(index.begun_before(interval.start)..index.begun_before(interval.end))
    }

    /// Returns the number of events of a row of the projection that begin within an interval.
    #[must_use]
    pub fn begin_in_row(&self, row: &ShownLane, interval: Interval) -> usize {
        let index = row.index();
        let range = index.begun_before(interval.start)..index.begun_before(interval.end);
        self.rows.get(&row.lane()).map_or(0, |ranks| ranks.count(range))
    }
}

fn set(bits: &mut [u64], position: usize) {
    if let Some(word) = bits.get_mut(position / 64) {
        *word |= 1 << (position % 64);
    }
}

/// A set of positions that says how many of them are before any position.
#[derive(Clone, Debug, Default)]
struct Ranks {
    bits: Vec<u64>,
    /// Number of positions in the words before each word, and in all of them.
    before: Vec<u32>,
}

impl Ranks {
    fn of(bits: Vec<u64>) -> Self {
        let mut before = Vec::with_capacity(bits.len() + 1);
        let mut sum = 0;
        before.push(sum);
        for word in &bits {
            sum += word.count_ones();
            before.push(sum);
        }
        Self { bits, before }
    }

    fn contains(&self, position: usize) -> bool {
        self.bits.get(position / 64).is_some_and(|word| word >> (position % 64) & 1 == 1)
    }

    /// Returns how many positions are before this one.
    fn rank(&self, position: usize) -> usize {
        let Some(word) = self.bits.get(position / 64) else {
            return self.before.last().map_or(0, |all| *all as usize);
        };
        let within = (word & ((1 << (position % 64)) - 1)).count_ones();
        (self.before.get(position / 64).copied().unwrap_or_default() + within) as usize
    }

    fn count(&self, range: Range<usize>) -> usize {
        self.rank(range.end).saturating_sub(self.rank(range.start))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::Filter;
    use super::*;
    use crate::open;
    use crate::progress::Progress;

    proptest! {
        /// Counts are those of a look at every event, whatever is shown of a timeline.
        #[test]
        fn counts_are_those_of_a_look_at_every_event(
            events in prop::collection::vec((0_usize..3, prop::option::of(1900_i32..1960), prop::bool::ANY), 0..150),
            hides in prop::bool::ANY,
            from in 1895_i32..1965,
            years in 0_i32..40,
        ) {
            let mut text = String::from("(title: \"\", lanes: [(id: \"0\", title: \"\"), (id: \"1\", title: \"\"), (id: \"2\", title: \"\")], events: [");
            for (number, (lane, year, is_meant)) in events.iter().enumerate() {
                let date = year.map(|year| format!(", date: \"{year}\"")).unwrap_or_default();
                let title = if *is_meant { "meant" } else { "other" };
                let lane = format!("lane: \"{lane}\", title: \"{title}\"");
                text = [text, format!("(id: \"e{number}\", {lane}{date}),")].concat();
            }
            let timeline = open(text + "])").timeline.expect("a timeline");
            let odd = |index: EventIndex, _: &crate::timeline::Event<'_>| index.get() % 2 == 1;
            let filter = Filter { events: if hides { Some(&odd) } else { None }, ..Filter::default() };
            let projection = filter.project(&timeline, &Progress::default()).expect("nobody cancels it");
            let is_meant = |event: &EventIndex| {
                timeline.event(*event).is_some_and(|event| event.title == "meant") && !(hides && event.get().is_multiple_of(2))
            };
            let all: Vec<EventIndex> = timeline.events.indices().collect();
            let searched = all.iter().copied().filter(|event| timeline.event(*event).is_some_and(|event| event.title == "meant"));
            let found = Found::new(searched.collect(), &timeline, &projection);
            let expected: Vec<EventIndex> = all.iter().copied().filter(is_meant).collect();
            prop_assert_eq!(found.events(), &expected);
            prop_assert_eq!((found.len(), found.is_empty()), (expected.len(), expected.is_empty()));
            for event in all {
                prop_assert_eq!(found.contains(event), expected.contains(&event));
                prop_assert_eq!(found.position(event), expected.iter().position(|other| *other == event));
            }
            let seconds = |year: i32| i64::from(year - 1970) * 31_556_952;
            let interval = Interval { start: seconds(from), end: seconds(from + years) };
            let begins = |event: &&EventIndex| {
                let bounds = timeline.event(**event).and_then(|event| event.known_bounds());
                bounds.is_some_and(|bounds| (interval.start..interval.end).contains(&bounds.start))
            };
            prop_assert_eq!(found.begin_in(&timeline, interval), expected.iter().filter(begins).count());
            for row in projection.lanes() {
                let of_row = |event: &&EventIndex| timeline.event(**event).is_some_and(|event| event.lane == row.lane());
                let count = expected.iter().filter(begins).filter(of_row).count();
                prop_assert_eq!(found.begin_in_row(row, interval), count);
            }
        }
    }
}
