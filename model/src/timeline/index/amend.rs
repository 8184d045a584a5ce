//! Changes an index where some events have been taken out or put in, in a fraction of the time that a new one takes.

use super::histogram::Histogram;
use super::{EventIndex, Index, Indexed};
use crate::timeline::lists::replace;

/// Number of changes up to which counts are changed one by one.
const FEW: usize = 16;
/// Number of events up to which counts are made anew.
const SMALL: usize = 4096;

impl Index {
    /// Takes out the events at some positions in the index, which are ascending, renumbers the remaining ones, and then
    /// puts others in, which are in time order. `renumber` keeps their order; `of` is about events as they are renumbered.
    pub(in crate::timeline) fn amend(
        &mut self,
        removed: &[usize],
        renumber: &dyn Fn(&mut [EventIndex]),
        inserted: &[EventIndex],
        of: &dyn Fn(EventIndex) -> Indexed,
    ) {
        let taken = |list: &[i64]| removed.iter().filter_map(|at| list.get(*at)).copied().collect::<Vec<i64>>();
        let (taken_starts, taken_ends) = (taken(&self.starts), taken(&self.ends));
        replace(&mut self.events, removed, &[]);
        renumber(&mut self.events);
        if removed.is_empty() && inserted.is_empty() {
            return;
        }
        let places: Vec<usize> = inserted.iter().map(|event| self.events.partition_point(|own| own < event)).collect();
        let facts: Vec<Indexed> = inserted.iter().map(|event| of(*event)).collect();
        let put = |of: fn(&Indexed) -> i64| places.iter().copied().zip(facts.iter().map(of)).collect::<Vec<_>>();
        let (starts, ends) = (put(|event| event.bounds.start), put(|event| event.bounds.end));
        replace(&mut self.events, &[], &places.iter().copied().zip(inserted.iter().copied()).collect::<Vec<_>>());
        replace(&mut self.starts, removed, &starts);
        replace(&mut self.ends, removed, &ends);
        let last = |end: i64| end.saturating_sub(1);
        let taken_lasts = taken_ends.into_iter().map(last).collect();
        let lasts = ends.into_iter().map(|(_, end)| last(end)).collect();
        let (taken_lasts, lasts) = replace_sorted(&mut self.lasts, taken_lasts, lasts);
        let starts = starts.into_iter().map(|(_, start)| start).collect::<Vec<_>>();
        amend_counts(&mut self.begins, &self.starts, &taken_starts, &starts);
        amend_counts(&mut self.ends_in, &self.lasts, &taken_lasts, &lasts);
        let Self { important, events, .. } = self;
        important.amend(removed, &places, &|position| events.get(position).map(|event| of(*event)).unwrap_or_default());
        self.build_tree();
    }
}

/// Takes some values out of a sorted list and puts others in. Returns both, sorted.
fn replace_sorted(list: &mut Vec<i64>, mut taken: Vec<i64>, mut put: Vec<i64>) -> (Vec<i64>, Vec<i64>) {
    taken.sort_unstable();
    put.sort_unstable();
    let mut removed: Vec<usize> = Vec::with_capacity(taken.len());
    for value in &taken {
        let first = list.partition_point(|own| own < value);
        // Of equal ones, each is taken once.
        let next = removed.last().map_or(0, |last| last + 1);
        removed.push(first.max(next));
    }
    replace(list, &removed, &[]);
    let inserted: Vec<(usize, i64)> =
        put.iter().map(|value| (list.partition_point(|own| own < value), *value)).collect();
    replace(list, &[], &inserted);
    (taken, put)
}

/// Counts `times`, which `taken` were taken from and `put` were put into.
fn amend_counts(counts: &mut Histogram, times: &[i64], taken: &[i64], put: &[i64]) {
    if times.len() <= SMALL || taken.len() + put.len() > FEW {
        *counts = Histogram::new(times);
        return;
    }
    for time in taken {
        counts.amend(*time, true);
    }
    for time in put {
        counts.amend(*time, false);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::date::Date;

    /// An event for each number, some of the same date.
    fn of(number: u32) -> Indexed {
        let year = 1900 + number % 97;
        let date = match number % 7 {
            0 => format!("{year}/{}", year + number % 11 + 1),
            1 => format!("{year}/"),
            2 => format!("{year}/{year}"),
            _ => year.to_string(),
        };
        Indexed::new(&Date::parse(&date).expect("a date"), (number % 3) as f32)
    }

    fn index(numbers: &[u32]) -> Index {
        let events = (0..numbers.len()).map(EventIndex::new).collect();
        Index::new(events, &|event| of(numbers[event.get()]))
    }

    fn sorted(mut numbers: Vec<u32>) -> Vec<u32> {
        numbers.sort_by_key(|number| (of(*number).bounds.start, of(*number).bounds.end, *number));
        numbers.dedup();
        numbers
    }

    proptest! {
        /// A changed index is a new one of the same events.
        #[test]
        fn a_changed_index_is_a_new_one(
            numbers in prop::collection::vec(0_u32..400, 0..300),
            removed in prop::collection::vec(0_u32..400, 0..40),
            inserted in prop::collection::vec(0_u32..400, 0..40),
        ) {
            let before = sorted(numbers);
            let is_kept = |number: &u32| !removed.contains(number);
            let after = sorted(before.iter().copied().filter(is_kept).chain(inserted).collect());
            let kept: Vec<u32> = before.iter().copied().filter(|number| after.contains(number) && is_kept(number)).collect();
            let taken: Vec<usize> = (0..before.len()).filter(|at| !kept.contains(&before[*at])).collect();
            let put: Vec<EventIndex> = (0..after.len()).filter(|at| !kept.contains(&after[*at])).map(EventIndex::new).collect();
            let mut changed = index(&before);
            let renumber = |events: &mut [EventIndex]| {
                for event in events {
                    let own = before[event.get()];
                    *event = EventIndex::new(after.iter().position(|other| *other == own).expect("kept"));
                }
            };
            changed.amend(&taken, &renumber, &put, &|event| of(after[event.get()]));
            prop_assert_eq!(format!("{changed:?}"), format!("{:?}", index(&after)));
        }
    }
}
