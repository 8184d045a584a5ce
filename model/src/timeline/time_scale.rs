//! The scale of time: how much width a second takes in each stretch of time.

use std::sync::{Mutex, PoisonError};

use crate::date::Interval;

/// Maximum number of stretches of a scale.
pub const MOST_STRETCHES: usize = 24;

/// Number of binary digits of a [`Position`] after the point.
const FRACTION: u32 = 60;
/// The smallest binary exponent of a rate: a second of the most compressed stretch takes 2^-40 of the width of a second
/// of the most magnified one.
const LEAST_EXPONENT: i32 = -40;

/// A place along a scale, exact: in units of 2^-60 scaled seconds. A scaled second is as wide as a second of the most
/// magnified stretch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position(i128);

impl Position {
    /// Returns the place `offset` scaled seconds after this one.
    #[must_use]
    pub fn after(self, offset: f64) -> Self {
        // A cast of an `f64` saturates.
        Self(self.0.saturating_add((offset * UNITS) as i128))
    }

    /// Returns the number of scaled seconds from another place to this one.
    #[must_use]
    pub fn since(self, other: Self) -> f64 {
        self.0.saturating_sub(other.0) as f64 / UNITS
    }

    /// Returns the place one unit before, which is less than any second.
    #[must_use]
    pub fn just_before(self) -> Self {
        Self(self.0.saturating_sub(1))
    }
}

/// Units of a [`Position`] in a scaled second.
const UNITS: f64 = (1_u64 << FRACTION) as f64;

/// A stretch of time in which all seconds are equally wide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// The time; the first stretch has no beginning and the last one no end.
    pub interval: Interval,
    /// Binary exponent of the width of a second, in scaled seconds; at most 0.
    exponent: i8,
    /// Whether it is a break: nothing happens in it, and it says how much time it skips.
    pub is_break: bool,
}

impl Stretch {
    /// Returns the width of a second, in scaled seconds.
    #[must_use]
    pub fn rate(self) -> f64 {
        f64::from(self.exponent).exp2()
    }

    fn shift(self) -> u32 {
        FRACTION.saturating_add_signed(i32::from(self.exponent))
    }
}

/// The beginning of a stretch, for [`TimeScale::new`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StretchStart {
    /// The first second, in seconds since 1970. That of the first stretch is ignored.
    pub start: i64,
    /// Binary logarithm of the width of a second, in any unit that all stretches of the scale share; rounded to the next
    /// whole number.
    pub log2_rate: f64,
    /// Whether it is a break.
    pub is_break: bool,
}

/// A piecewise linear, strictly monotone map from time to positions.
///
/// The width of a second is a power of two in every stretch, so that positions and times are exact in both directions:
/// every second has a position of its own, from which [`TimeScale::time`] returns it.
///
/// A scale is as small as a reference, so that every view has its own. Its stretches, at most 2 KB, are kept once for all
/// equal scales, until the program ends.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct TimeScale(&'static [Placed]);

/// A stretch and its place on the scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Placed {
    stretch: Stretch,
    /// A time at an end of the stretch, or within it: the end of the first one, the start of the others.
    anchor: i64,
    /// The position of the anchor, in units of a [`Position`].
    position: i128,
}

/// All of the time.
const EVER: Stretch = Stretch { interval: Interval { start: i64::MIN, end: i64::MAX }, exponent: 0, is_break: false };

const LINEAR: &[Placed] = &[Placed { stretch: EVER, anchor: 0, position: 0 }];

/// Returns the one copy of these stretches that is kept.
fn kept(stretches: Vec<Placed>) -> &'static [Placed] {
    static KEPT: Mutex<Vec<&'static [Placed]>> = Mutex::new(Vec::new());
    let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(same) = kept.iter().find(|other| **other == stretches) {
        return same;
    }
    let own: &'static [Placed] = stretches.leak();
    kept.push(own);
    own
}

impl std::fmt::Debug for TimeScale {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_list().entries(self.stretches()).finish()
    }
}

impl Default for TimeScale {
    fn default() -> Self {
        Self::LINEAR
    }
}

impl TimeScale {
    /// The scale of which all seconds are equally wide.
    pub const LINEAR: Self = Self(LINEAR);

    /// Creates a scale of stretches in order of time; those after the first [`MOST_STRETCHES`], and those that do not
    /// begin after the one before, are ignored. Adjacent stretches of the same rate become one. Without stretches it is
    /// linear.
    #[must_use]
    pub fn new(stretches: &[StretchStart]) -> Self {
        let rate = |stretch: &StretchStart| stretch.log2_rate.round().clamp(-1e6, 1e6) as i32;
        let largest = stretches.iter().map(rate).max().unwrap_or_default();
        let mut all: Vec<Stretch> = Vec::new();
        for stretch in stretches {
            let exponent = (rate(stretch) - largest).clamp(LEAST_EXPONENT, 0) as i8;
            let own = Stretch { exponent, is_break: stretch.is_break, ..EVER };
            let has_room = all.len() < MOST_STRETCHES;
            match all.last_mut() {
                None => all.push(own),
                Some(last) if stretch.start > last.interval.start && has_room => {
                    if (last.exponent, last.is_break) != (exponent, stretch.is_break) {
                        last.interval.end = stretch.start;
                        all.push(Stretch { interval: Interval { start: stretch.start, ..own.interval }, ..own });
                    }
                }
                Some(_) => {}
            }
        }
        Self(if all.len() < 2 { LINEAR } else { kept(placed(all)) })
    }

    /// Returns whether all seconds are equally wide.
    #[must_use]
    pub fn is_linear(&self) -> bool {
        self.0.len() == 1
    }

    /// Returns the stretches, in order of time.
    pub fn stretches(&self) -> impl Iterator<Item = Stretch> + '_ {
        self.0.iter().map(|placed| placed.stretch)
    }

    /// Returns the stretch that a second belongs to.
    #[must_use]
    pub fn stretch_at(&self, seconds: i64) -> Stretch {
        self.placed_at(seconds).map_or(EVER, |placed| placed.stretch)
    }

    fn placed_at(&self, seconds: i64) -> Option<&Placed> {
        let place = self.0.partition_point(|placed| placed.stretch.interval.end <= seconds);
        self.0.get(place).or(self.0.last())
    }

    /// Returns the position of a time in seconds since 1970, in O(log n).
    ///
    /// The positions of two consecutive seconds differ by the rate of the stretch of the first one, exactly.
    #[must_use]
    pub fn position(&self, seconds: i64) -> Position {
        let Some(Placed { stretch, anchor, position }) = self.placed_at(seconds) else { return Position(0) };
        Position(position + ((i128::from(seconds) - i128::from(*anchor)) << stretch.shift()))
    }

    /// Returns the last second whose position is not after this one, or the first or the last `i64` if there is none.
    #[must_use]
    pub fn time(&self, position: Position) -> i64 {
        let seconds = self.unscaled(position).0 >> FRACTION;
        i64::try_from(seconds).unwrap_or(if seconds < 0 { i64::MIN } else { i64::MAX })
    }

    /// Returns the position on the linear scale of the time, with its fraction of a second, that this scale has at
    /// `position`.
    #[must_use]
    pub fn unscaled(&self, position: Position) -> Position {
        // The anchor of the first stretch is its end.
        let place = self.0.get(1..).map_or(0, |others| others.partition_point(|other| other.position <= position.0));
        let Some(Placed { stretch, anchor, position: at }) = self.0.get(place) else { return position };
        // Beyond the times of an `i64` the factor saturates.
        let within = position.0.saturating_sub(*at).saturating_mul(1 << (FRACTION - stretch.shift()));
        Position((i128::from(*anchor) << FRACTION).saturating_add(within))
    }
}

/// Places at least two stretches one after another. Positions are counted from the end of the first one.
fn placed(stretches: Vec<Stretch>) -> Vec<Placed> {
    let mut position = 0;
    let place = |(number, stretch): (usize, Stretch)| {
        let Interval { start, end } = stretch.interval;
        let own = Placed { stretch, anchor: if number == 0 { end } else { start }, position };
        if number > 0 {
            position += (i128::from(end) - i128::from(start)) << stretch.shift();
        }
        own
    };
    stretches.into_iter().enumerate().map(place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn stretch(start: i64, log2_rate: f64, is_break: bool) -> StretchStart {
        StretchStart { start, log2_rate, is_break }
    }

    #[test]
    fn the_linear_scale_is_the_identity() {
        for seconds in [i64::MIN, -1, 0, 1, 435_485_937_600_000_000, i64::MAX] {
            let position = TimeScale::LINEAR.position(seconds);
            assert_eq!(TimeScale::LINEAR.time(position), seconds);
            assert_eq!(TimeScale::LINEAR.unscaled(position), position);
        }
        let (a, b) = (TimeScale::LINEAR.position(-7), TimeScale::LINEAR.position(35));
        assert!((b.since(a) - 42.0).abs() < f64::EPSILON);
        assert_eq!(TimeScale::new(&[]), TimeScale::LINEAR);
        assert_eq!(TimeScale::new(&[stretch(5, -9.0, false)]), TimeScale::LINEAR);
    }

    #[test]
    fn equal_scales_are_kept_once() {
        let scale = || TimeScale::new(&[stretch(0, 0.0, false), stretch(7, -3.0, true)]);
        assert!(std::ptr::eq(scale().0, scale().0));
        assert_ne!(scale(), TimeScale::LINEAR);
        assert!(size_of::<Placed>() * MOST_STRETCHES <= 2048);
    }

    #[test]
    fn a_stretch_takes_its_share_of_the_width() {
        let scale = TimeScale::new(&[stretch(0, 3.0, false), stretch(1000, 1.0, true), stretch(5000, 3.0, false)]);
        let at = |seconds: i64| scale.position(seconds).since(scale.position(0));
        assert!((at(1000) - 1000.0).abs() < 1e-9);
        assert!((at(5000) - 2000.0).abs() < 1e-9, "4,000 seconds are as wide as 1,000");
        assert!((at(5010) - 2010.0).abs() < 1e-9);
        let breaks: Vec<bool> = scale.stretches().map(|stretch| stretch.is_break).collect();
        assert_eq!(breaks, [false, true, false]);
        assert_eq!(scale.stretch_at(4999).interval, Interval { start: 1000, end: 5000 });
        assert_eq!(scale.stretch_at(5000).interval.start, 5000);
    }

    #[test]
    fn stretches_out_of_order_and_of_the_same_rate_are_none() {
        let scale = TimeScale::new(&[
            stretch(0, 0.0, false),
            stretch(100, 0.2, false),
            stretch(200, 2.0, false),
            stretch(150, 0.0, false),
        ]);
        let starts: Vec<i64> = scale.stretches().map(|stretch| stretch.interval.start).collect();
        assert_eq!(starts, [i64::MIN, 200]);
    }

    prop_compose! {
        fn scales()(
            first in -4_000_000_000_000_000_000_i64..4_000_000_000_000_000_000,
            steps in prop::collection::vec((1_i64..1_000_000_000_000_000, -60.0_f64..0.0, any::<bool>()), 1..24),
        ) -> TimeScale {
            let mut start = first;
            let stretches: Vec<StretchStart> = steps.into_iter().map(|(step, log2_rate, is_break)| {
                start += step;
                StretchStart { start, log2_rate, is_break }
            }).collect();
            TimeScale::new(&stretches)
        }
    }

    proptest! {
        /// Every second has a position of its own, in the order of time, from which it is found again; also the seconds
        /// at the ends of stretches.
        #[test]
        fn positions_are_exact_both_ways(scale in scales(), any in any::<i64>(), near in 0_usize..20, by in -2_i64..3) {
            let starts: Vec<i64> = scale.stretches().map(|stretch| stretch.interval.start).collect();
            let edge = starts.get(near % starts.len()).map_or(any, |start| start.saturating_add(by));
            for seconds in [any, edge, i64::MIN, i64::MAX] {
                let position = scale.position(seconds);
                prop_assert_eq!(scale.time(position), seconds);
                if let Some(next) = seconds.checked_add(1) {
                    let after = scale.position(next);
                    prop_assert!(position < after);
                    prop_assert_eq!(scale.time(after.just_before()), seconds);
                    let width = after.since(position);
                    prop_assert!((width / scale.stretch_at(seconds).rate() - 1.0).abs() < 1e-12, "{}", width);
                }
            }
        }

        /// Of two times the later one has the greater position.
        #[test]
        fn positions_are_in_the_order_of_time(scale in scales(), a in any::<i64>(), b in any::<i64>()) {
            prop_assert_eq!(scale.position(a).cmp(&scale.position(b)), a.cmp(&b));
        }

        /// Of two positions the later one never has the earlier time, and a time is never after its position.
        #[test]
        fn times_are_in_the_order_of_positions(scale in scales(), from in any::<i64>(), offset in -1e20_f64..1e20) {
            let (start, end) = (scale.position(from), scale.position(from).after(offset));
            prop_assert_eq!(scale.time(end) >= from, end >= start);
            prop_assert!(scale.position(scale.time(end)) <= end || scale.time(end) == i64::MIN);
        }
    }
}
