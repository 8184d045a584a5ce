//! Histograms of times, such as beginnings of events, precomputed at several resolutions.
//!
//! At level k, time is divided into buckets of 2^k seconds that begin at multiples of their width: a bucket of one
//! level is two of the level below. A chart whose columns are buckets therefore does not flicker while panning, and a
//! column splits in two while zooming.

/// Counts at increasing bucket widths; levels that would hardly be shorter than the one below are left out.
#[derive(Clone, Debug, Default)]
pub(super) struct Histogram {
    /// The levels, from fine to coarse.
    levels: Vec<Level>,
}

/// The non-empty buckets of one width.
#[derive(Clone, Debug)]
struct Level {
    /// Binary logarithm of the bucket width in seconds.
    log2: u32,
    /// Number of each bucket, which is its first second divided by the width; ascending.
    buckets: Vec<i64>,
    /// Number of times before the end of each bucket.
    until: Vec<u32>,
}

/// A level is kept only if it has at most one bucket per this many entries of its source.
const FIRST: usize = 4;

impl Histogram {
    /// Counts these times, in seconds, which must be ascending.
    pub(super) fn new(times: &[i64]) -> Self {
        let mut levels: Vec<Level> = Vec::new();
        let mut most = times.len() / FIRST;
        for log2 in 0..i64::BITS {
            let made = match levels.last() {
                None => Level::new(log2, times.iter().enumerate().map(|(at, time)| (*time, at as u32 + 1)), most),
                Some(finer) if finer.buckets.len() <= 1 => break,
                Some(finer) => Level::new(log2, finer.pairs(), most),
            };
            if let Some(level) = made {
                most = level.buckets.len() / 2;
                levels.push(level);
            }
        }
        Self { levels }
    }

    /// Counts one more time, or one less if it is taken out.
    pub(super) fn amend(&mut self, time: i64, is_taken_out: bool) {
        for level in &mut self.levels {
            level.amend(time, is_taken_out);
        }
    }

    /// Calls `told` for each non-empty bucket of 2^`log2` seconds that ends after `from`, with its number and the
    /// number of times before its end. Stops when `told` returns `false`.
    pub(super) fn each(&self, times: &[i64], log2: u32, from: i64, told: &mut dyn FnMut(i64, usize) -> bool) {
        if let Some(level) = self.levels.iter().rev().find(|level| level.log2 <= log2) {
            let finer = from >> level.log2;
            let first = level.buckets.partition_point(|bucket| *bucket < finer);
            let buckets = level.buckets.iter().zip(&level.until).skip(first);
            merged(buckets.map(|(bucket, until)| (bucket >> (log2 - level.log2), *until as usize)), told);
        } else {
            let first = times.partition_point(|time| *time < from);
            let rest = times.iter().enumerate().skip(first);
            merged(rest.map(|(at, time)| (time >> log2, at + 1)), told);
        }
    }
}

/// Merges consecutive entries of the same bucket, with the count at its end.
fn merged(pairs: impl Iterator<Item = (i64, usize)>, told: &mut dyn FnMut(i64, usize) -> bool) {
    let mut open: Option<(i64, usize)> = None;
    for (bucket, until) in pairs {
        if let Some((known, counted)) = open
            && known != bucket
            && !told(known, counted)
        {
            return;
        }
        open = Some((bucket, until));
    }
    if let Some((bucket, until)) = open {
        told(bucket, until);
    }
}

impl Level {
    /// Creates a level from the first second of each bucket and the count at its end; `None` if it has too many
    /// buckets.
    fn new(log2: u32, source: impl Iterator<Item = (i64, u32)> + Clone, most: usize) -> Option<Self> {
        let mut last = None;
        let mut count = 0_usize;
        for (start, _) in source.clone() {
            let bucket = Some(start >> log2);
            count += usize::from(bucket != last);
            last = bucket;
            if count > most {
                return None;
            }
        }
        let mut level = Self { log2, buckets: Vec::with_capacity(count), until: Vec::with_capacity(count) };
        let mut gather = |bucket, until: usize| {
            level.buckets.push(bucket);
            level.until.push(until as u32);
            true
        };
        merged(source.map(|(start, until)| (start >> log2, until as usize)), &mut gather);
        Some(level)
    }

    fn amend(&mut self, time: i64, is_taken_out: bool) {
        let bucket = time >> self.log2;
        let at = self.buckets.partition_point(|other| *other < bucket);
        let before = at.checked_sub(1).and_then(|before| self.until.get(before)).copied().unwrap_or(0);
        if !is_taken_out && self.buckets.get(at) != Some(&bucket) {
            self.buckets.insert(at, bucket);
            self.until.insert(at, before);
        }
        for until in self.until.get_mut(at..).unwrap_or_default() {
            *until = if is_taken_out { until.saturating_sub(1) } else { *until + 1 };
        }
        if is_taken_out && self.until.get(at) == Some(&before) {
            self.buckets.remove(at);
            self.until.remove(at);
        }
    }

    /// Returns the first second of each bucket, and the count at its end.
    fn pairs(&self) -> impl Iterator<Item = (i64, u32)> + Clone {
        self.buckets.iter().zip(&self.until).map(|(bucket, until)| (bucket << self.log2, *until))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// At every level the counts equal those of a linear scan, however the times are distributed.
        #[test]
        fn counts_are_those_of_a_full_look(
            mut times in prop::collection::vec(prop_oneof![-100_i64..100, -1_000_000_i64..1_000_000, Just(7)], 0..300),
            log2 in 0_u32..24,
            from in -1_000_000_i64..1_000_000,
        ) {
            times.sort_unstable();
            let mut told = Vec::new();
            Histogram::new(&times).each(&times, log2, from, &mut |bucket, until| {
                told.push((bucket, until));
                true
            });
            let mut expected: Vec<(i64, usize)> = Vec::new();
            for (at, time) in times.iter().enumerate() {
                let bucket = time >> log2;
                if bucket < from >> log2 { continue }
                match expected.last_mut() {
                    Some(last) if last.0 == bucket => last.1 = at + 1,
                    _ => expected.push((bucket, at + 1)),
                }
            }
            // A finer level may skip the part of the first bucket before `from`, which callers do not use.
            let later = |list: &[(i64, usize)]| list.iter().filter(|(bucket, _)| *bucket > from >> log2).copied().collect::<Vec<_>>();
            prop_assert_eq!(later(&told), later(&expected));
        }
    }

    proptest! {
        /// A histogram to which times are added, and from which others are taken, tells what a new one does.
        #[test]
        fn changed_counts_are_those_of_a_new_one(
            mut times in prop::collection::vec(-100_i64..100, 1..300),
            taken in prop::collection::vec(any::<prop::sample::Index>(), 0..40),
            added in prop::collection::vec(-120_i64..120, 0..40),
            log2 in 0_u32..9,
            from in -150_i64..150,
        ) {
            times.sort_unstable();
            let mut changed = Histogram::new(&times);
            for index in taken {
                if !times.is_empty() {
                    changed.amend(times.remove(index.index(times.len())), true);
                }
            }
            for time in added {
                changed.amend(time, false);
                times.push(time);
            }
            times.sort_unstable();
            let told = |histogram: &Histogram| {
                let mut told = Vec::new();
                histogram.each(&times, log2, from, &mut |bucket, until| {
                    if bucket > from >> log2 {
                        told.push((bucket, until));
                    }
                    true
                });
                told
            };
            prop_assert_eq!(told(&changed), told(&Histogram::new(&times)));
        }
    }

    #[test]
    fn levels_halve_until_one_bucket_holds_all() {
        let times: Vec<i64> = (0..100_000).map(|n| n * 977).collect();
        let histogram = Histogram::new(&times);
        assert!(histogram.levels.windows(2).all(|pair| pair[1].buckets.len() * 2 <= pair[0].buckets.len()));
        assert_eq!(histogram.levels.last().map(|level| level.buckets.len()), Some(1));
        let stored: usize = histogram.levels.iter().map(|level| level.buckets.len()).sum();
        assert!(stored <= times.len() / 2, "{stored}");
    }
}
