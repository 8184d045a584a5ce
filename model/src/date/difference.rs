//! The distance between two dates, in calendar units and in days; a range if either date is imprecise.

use super::civil::Seconds;
use super::civil::{DAY, civil_from_days, days_from_civil, days_in_month};
use super::form::{Form, NANOS};
use super::model::{Date, Endpoint, Interval, Precision};
use super::vocabulary::count;

/// The order of the second of two dates relative to the first.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    /// The second date is wholly later.
    Later,
    /// The second date is wholly earlier.
    Earlier,
    /// Both are the same day or the same second.
    Same,
    /// The two overlap, or are too imprecise for their order to be known.
    Overlapping,
}

/// The distance between two dates, which [`between`] and [`Date::duration`] return.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Whether the second date is later or earlier.
    pub direction: Direction,
    /// The least and the greatest number of days; the greatest is `i64::MAX` if an open end makes it unbounded. The
    /// least is 0 if the two overlap.
    pub days: (i64, i64),
    /// The first and the last day on which the earlier of the two moments may lie.
    earlier: (i64, i64),
    /// The first and the last day on which the later of the two moments may lie.
    later: (i64, i64),
    /// The distance in seconds, if both are times of day.
    seconds: Option<i64>,
    /// Nanoseconds to add to `seconds`; may be negative.
    nanos: i64,
    approximate: bool,
    precision: Precision,
    spans: bool,
    /// Whether the known extents are apart while an end between them is unknown.
    unknown: bool,
}

/// Returns the distance from `a` to `b`; for spans, from the end of the earlier to the start of the later.
///
/// ```
/// use longview_model::date::{Date, between};
///
/// let (treaty, report) = (Date::parse("1965-06-22")?, Date::parse("2015-12-10")?);
/// assert_eq!(between(&treaty, &report).words(), "50 years, 5 months and 18 days");
/// # Ok::<(), longview_model::date::DateError>(())
/// ```
#[must_use]
pub fn between(a: &Date, b: &Date) -> Difference {
    let (first, second) = (a.bounds(), b.bounds());
    let earlier_in_second = first == second && nanos(b) < nanos(a);
    if second.start < first.start && second.end <= first.start || earlier_in_second {
        let flipped = distance(b, a);
        let direction = match flipped.direction {
            Direction::Later => Direction::Earlier,
            other => other,
        };
        return Difference { direction, ..flipped };
    }
    distance(a, b)
}

impl Date {
    /// Returns the duration of a span, from its start to its end, or `None` for a moment, a set, or a span with an end
    /// that is open or unknown.
    ///
    /// ```
    /// use longview_model::date::Date;
    ///
    /// let lasts = Date::parse("1965/2015")?.duration();
    /// assert_eq!(lasts.map(|lasts| lasts.words()).as_deref(), Some("49 to 51 years"));
    /// # Ok::<(), longview_model::date::DateError>(())
    /// ```
    #[must_use]
    pub fn duration(&self) -> Option<Difference> {
        let Self::Span { start: Endpoint::Dated(start), end: Endpoint::Dated(end) } = self else {
            return None;
        };
        Some(distance(&Self::Single(*start), &Self::Single(*end)))
    }
}

/// Returns the distance from `a` to `b`, which is not wholly earlier than `a`.
fn distance(a: &Date, b: &Date) -> Difference {
    let (earlier, later) = (moment(a, false), moment(b, true));
    let (from, to) = (day_range(earlier), day_range(later));
    let precision = coarseness(a).max(coarseness(b));
    let unbounded = from.0 == i64::MIN || to.1 == i64::MAX;
    let greatest = if unbounded { i64::MAX } else { to.1.saturating_sub(from.0) };
    let least = to.0.saturating_sub(from.1);
    let exact = precision < Precision::Day;
    let seconds = exact.then(|| {
        let of_clocks = later.start.saturating_sub(earlier.start);
        // The clocks of a zone may have been put forward or back in between.
        of_clocks.saturating_add(i64::from(axis_offset(a, false)) - i64::from(axis_offset(b, true)))
    });
    let nanos = if exact { i64::from(nanos(b)) - i64::from(nanos(a)) } else { 0 };
    let spans = a.is_span() || b.is_span();
    let apart = if spans { a.bounds().end <= b.bounds().start } else { earlier.end <= later.start };
    let direction = match seconds {
        Some(0) if nanos == 0 => Direction::Same,
        Some(0) => Direction::Later,
        _ if precision <= Precision::Day && earlier == later => Direction::Same,
        _ if apart => Direction::Later,
        _ => Direction::Overlapping,
    };
    let days = match direction {
        Direction::Overlapping => (0, greatest.max(from.1.saturating_sub(to.0)).max(0)),
        _ => (least.max(0), greatest.max(0)),
    };
    let approximate = is_approximate(a) || is_approximate(b);
    let (known, other) = (a.known_bounds(), b.known_bounds());
    let unknown = known.end <= other.start || other.end <= known.start;
    Difference { direction, days, earlier: from, later: to, seconds, nanos, approximate, precision, spans, unknown }
}

/// Returns the fraction of a second of a time of day, in nanoseconds.
fn nanos(date: &Date) -> u32 {
    if let Date::Single(part) = date { part.fraction().nanos } else { 0 }
}

/// Returns the offset of the axis from UTC, in seconds east, at the moment from which a distance is measured, or 0 if
/// no zone is known.
fn axis_offset(date: &Date, start_of_span: bool) -> i32 {
    let part = match date {
        Date::Single(part) => Some(part),
        Date::Span { start, end } => if start_of_span { start } else { end }.part(),
        Date::Set(_) => None,
    };
    match part.map(|part| part.form) {
        Some(Form::Zoned { shown, .. }) => shown.seconds(),
        _ => 0,
    }
}

/// Returns the extent from which a distance is measured: the start or the end of a span, otherwise the whole extent.
fn moment(date: &Date, start_of_span: bool) -> Interval {
    let Date::Span { start, end } = date else {
        return date.bounds();
    };
    match (if start_of_span { start } else { end }, start_of_span) {
        (Endpoint::Dated(part), _) => part.extent,
        (Endpoint::Beyond(part), true) => Interval { start: Seconds::MIN, ..part.extent },
        (Endpoint::Beyond(part), false) => Interval { end: Seconds::MAX, ..part.extent },
        _ => date.bounds(),
    }
}

/// Returns the first and the last day of an interval, `i64::MIN` and `i64::MAX` where it is unbounded.
fn day_range(interval: Interval) -> (i64, i64) {
    let first = if interval.start == Seconds::MIN { i64::MIN } else { interval.start.div_euclid(DAY) };
    let last = if interval.end == Seconds::MAX { i64::MAX } else { (interval.end.saturating_sub(1)).div_euclid(DAY) };
    (first, last.max(first))
}

fn coarseness(date: &Date) -> Precision {
    match date {
        Date::Single(part) => part.precision,
        Date::Span { start, end } => [start, end]
            .into_iter()
            .filter_map(Endpoint::part)
            .map(|part| part.precision)
            .max()
            .unwrap_or(Precision::Year),
        Date::Set(_) => Precision::Year,
    }
}

fn is_approximate(date: &Date) -> bool {
    match date {
        Date::Single(part) => part.approximate.any(),
        Date::Span { start, end } => {
            [start, end].into_iter().filter_map(Endpoint::part).any(|part| part.approximate.any())
        }
        Date::Set(_) => false,
    }
}

impl Difference {
    /// Returns the distance in calendar units: "33 years", "32 to 34 years", "about 49 years", "2 months and 3 days",
    /// "at least 5 years".
    ///
    /// ```
    /// use longview_model::date::{Date, between};
    ///
    /// let apart = between(&Date::parse("1965")?, &Date::parse("1998")?);
    /// assert_eq!(apart.words(), "32 to 34 years");
    /// # Ok::<(), longview_model::date::DateError>(())
    /// ```
    #[must_use]
    pub fn words(&self) -> String {
        match self.direction {
            Direction::Same if self.seconds.is_some() => return "the same time".into(),
            Direction::Same => return "the same day".into(),
            Direction::Overlapping if self.unknown => return "an unknown time apart".into(),
            Direction::Overlapping if self.spans || self.days.1 == i64::MAX => {
                return "overlapping".into();
            }
            Direction::Overlapping => {
                let (_, most) = years_of(0, self.days.1);
                let text = if self.days.1 < 32 { plural(self.days.1, "day") } else { plural(most, "year") };
                return format!("at most {text} apart");
            }
            Direction::Later | Direction::Earlier => {}
        }
        if let Some(seconds) = self.seconds.filter(|seconds| *seconds < 2 * DAY) {
            return self.about(clock_words(seconds, self.nanos));
        }
        let (_, from_last) = self.earlier;
        if self.days.1 == i64::MAX {
            let least = years_of(from_last, self.later.0).0;
            return if least == 0 { "an unknown time".into() } else { format!("at least {}", plural(least, "year")) };
        }
        if self.days.0 == self.days.1 || self.precision <= Precision::Day {
            return self.exact_words();
        }
        self.range_words()
    }

    /// Returns the distance in days: "12,053 days", "11,689 to 12,418 days".
    ///
    /// ```
    /// use longview_model::date::{Date, between};
    ///
    /// let apart = between(&Date::parse("1850-01-01~")?, &Date::parse("1850-01-04")?);
    /// assert_eq!(apart.days_words(), "about 3 days");
    /// # Ok::<(), longview_model::date::DateError>(())
    /// ```
    #[must_use]
    pub fn days_words(&self) -> String {
        match (self.direction, self.days) {
            (Direction::Same, _) | (_, (0, 0)) => "the same day".into(),
            (Direction::Overlapping, _) if self.unknown => "an unknown time apart".into(),
            (Direction::Overlapping, _) if self.spans => "overlapping".into(),
            (_, (least, i64::MAX)) => format!("at least {}", plural(least, "day")),
            (Direction::Overlapping, (_, most)) => format!("at most {} apart", plural(most, "day")),
            (_, (least, most)) if least == most => self.about(plural(least, "day")),
            (_, (least, most)) => {
                format!("{} to {}", count(least.unsigned_abs()), plural(most, "day"))
            }
        }
    }

    /// Returns the distance in calendar units and in days: "15 to 17 years; 5,480 to 6,208 days". The days are left out where
    /// the units say them, and where there are millions of years.
    ///
    /// ```
    /// use longview_model::date::{Date, between};
    ///
    /// let apart = between(&Date::parse("1965-06-22")?, &Date::parse("2015-12-10")?);
    /// assert_eq!(apart.measured_words(), "50 years, 5 months and 18 days; 18,433 days");
    /// # Ok::<(), longview_model::date::DateError>(())
    /// ```
    #[must_use]
    pub fn measured_words(&self) -> String {
        let (units, days) = (self.words(), self.days_words());
        let is_short = self.seconds.is_some_and(|seconds| seconds < 2 * DAY);
        let is_long = self.days.0 / 366 >= LARGE;
        let is_said = units == days || self.direction == Direction::Same;
        if is_short || is_long || is_said { units } else { format!("{units}; {days}") }
    }

    fn about(&self, text: String) -> String {
        if self.approximate { format!("about {text}") } else { text }
    }

    /// Returns the years, months and days between two days, in words.
    fn exact_words(&self) -> String {
        let (years, months, days) = calendar_units(self.earlier.0, self.later.0);
        if self.approximate && years > 0 {
            return format!("about {}", plural(years + i64::from(months >= 6), "year"));
        }
        let units = [(years, "year"), (months, "month"), (days, "day")];
        let said: Vec<String> = units.iter().filter(|(n, _)| *n > 0).map(|&(n, unit)| plural(n, unit)).collect();
        let text = match said.as_slice() {
            [] => "the same day".into(),
            [firsts @ .., last] if !firsts.is_empty() => {
                format!("{} and {last}", firsts.join(", "))
            }
            [only, ..] => only.clone(),
        };
        self.about(text)
    }

    /// Returns the least and the greatest whole number of units in words, rounded outwards below a million years.
    fn range_words(&self) -> String {
        let ((from_first, from_last), (to_first, to_last)) = (self.earlier, self.later);
        let (least, most) = (years_of(from_last, to_first).0, years_of(from_first, to_last).1);
        if self.approximate {
            let middle = |first: i64, last: i64| first.midpoint(last);
            let (from, to) = (middle(from_first, from_last), middle(to_first, to_last));
            let (years, months, days) = calendar_units(from, to);
            let rounded = years + i64::from(months >= 6);
            return match (rounded, months) {
                (0, 0) => format!("about {}", plural(days, "day")),
                (0, _) => format!("about {}", plural(months, "month")),
                _ if least >= LARGE => {
                    format!("about {}", large_words(rounded, rounded, most - least))
                }
                _ => format!("about {}", plural(rounded, "year")),
            };
        }
        if least >= LARGE {
            return large_words(least, most, most - least);
        }
        if most <= 2 && self.precision < Precision::Year {
            let months = |days: (i64, i64)| {
                let (years, months, rest) = calendar_units(days.0, days.1);
                (years * 12 + months, years * 12 + months + i64::from(rest > 0))
            };
            return range_of(months((from_last, to_first)).0, months((from_first, to_last)).1, "month");
        }
        range_of(least, most, "year")
    }
}

/// Distances of this many years or more are expressed in millions or billions of years.
const LARGE: i64 = 1_000_000;

fn range_of(least: i64, most: i64, unit: &str) -> String {
    match least {
        _ if least >= most => plural(most, unit),
        0 => format!("up to {}", plural(most, unit)),
        _ => format!("{} to {}", count(least.unsigned_abs()), plural(most, unit)),
    }
}

/// Formats "65.5 to 66.5 million years": rounded, with enough decimals to show a tenth of `width`.
fn large_words(least: i64, most: i64, width: i64) -> String {
    let (scale, name) = if most >= 1_000_000_000 { (1_000_000_000, "billion") } else { (LARGE, "million") };
    let (mut step, mut decimals) = (scale, 0_usize);
    while decimals < 6 && step * 10 > width.max(1) {
        step /= 10;
        decimals += 1;
    }
    let said = |years: i64| {
        let steps = years.saturating_add(step / 2) / step;
        let per_unit = scale / step;
        let whole = count((steps / per_unit).unsigned_abs());
        if decimals == 0 {
            return whole;
        }
        let text = format!("{whole}.{:0decimals$}", steps % per_unit);
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    };
    match (said(least), said(most)) {
        (low, high) if low == high => format!("{low} {name} years"),
        (low, high) => format!("{low} to {high} {name} years"),
    }
}

fn plural(value: i64, unit: &str) -> String {
    format!("{} {unit}{}", count(value.unsigned_abs()), if value == 1 { "" } else { "s" })
}

/// Formats "1 hour 30 minutes", "0.7 seconds"; the nanoseconds are added to the seconds and may be negative.
fn clock_words(seconds: i64, nanos: i64) -> String {
    let of_second = i64::from(NANOS);
    let (seconds, nanos) = (seconds + nanos.div_euclid(of_second), nanos.rem_euclid(of_second));
    let units = [(seconds / 3_600, "hour"), (seconds / 60 % 60, "minute")];
    let mut said: Vec<String> = units.iter().filter(|(n, _)| *n > 0).map(|&(n, unit)| plural(n, unit)).collect();
    if nanos > 0 {
        let decimals = format!("{nanos:09}");
        said.push(format!("{}.{} seconds", seconds % 60, decimals.trim_end_matches('0')));
    } else if seconds % 60 > 0 {
        said.push(plural(seconds % 60, "second"));
    }
    said.join(" ")
}

/// Returns the number of years from a day to a later one: complete years, and years begun.
fn years_of(from: i64, to: i64) -> (i64, i64) {
    let (complete, months, days) = calendar_units(from, to);
    (complete, complete + i64::from(months > 0 || days > 0))
}

/// Returns the years, months and days from a day to a later one. A month is complete on the day of the same number, or
/// on the last day of a shorter month, so that 31 January to 28 February is one month.
fn calendar_units(from: i64, to: i64) -> (i64, i64, i64) {
    if to <= from {
        return (0, 0, 0);
    }
    let ((year, month, day), (end_year, end_month, _)) = (civil_from_days(from), civil_from_days(to));
    let target = |months: i64| {
        let index = i64::from(month) - 1 + months;
        let (y, m) = (year + index.div_euclid(12), u8::try_from(index.rem_euclid(12) + 1).unwrap_or(1));
        days_from_civil(y, m, day.min(days_in_month(y, m)))
    };
    let mut months = (end_year - year) * 12 + i64::from(end_month) - i64::from(month);
    if target(months) > to {
        months -= 1;
    }
    (months / 12, months % 12, to - target(months))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directions() {
        for (a, b, expect) in [
            ("1965", "1998", Direction::Later),
            ("1998", "1965", Direction::Earlier),
            ("1965", "1965-06-22", Direction::Overlapping),
            ("1965", "1965", Direction::Overlapping),
            ("1965-06-22", "1965-06-22", Direction::Same),
            ("1965/2015", "2014", Direction::Overlapping),
            ("1965/2015", "2016", Direction::Later),
            ("2016", "1965/2015", Direction::Earlier),
            ("1998/..", "2014", Direction::Overlapping),
        ] {
            let found = Date::parse(a).and_then(|a| Date::parse(b).map(|b| between(&a, &b).direction));
            assert_eq!(found, Ok(expect), "{a} -> {b}");
        }
    }

    #[test]
    fn units_of_the_calendar() {
        let check = |from: (i64, u8, u8), to: (i64, u8, u8), expect| {
            let day = |(y, m, d)| days_from_civil(y, m, d);
            assert_eq!(calendar_units(day(from), day(to)), expect, "{from:?} {to:?}");
        };
        check((1965, 6, 22), (2015, 12, 10), (50, 5, 18));
        check((2001, 1, 31), (2001, 3, 1), (0, 1, 1));
        check((2004, 2, 29), (2005, 2, 28), (1, 0, 0));
        check((0, 12, 31), (1, 1, 1), (0, 0, 1));
        check((2015, 1, 1), (2014, 1, 1), (0, 0, 0));
    }

    fn date(days: i64, precision: u8) -> Date {
        let (year, month, day) = civil_from_days(days);
        let text = match precision {
            0 => format!("{year:04}"),
            1 => format!("{year:04}-{month:02}"),
            _ => format!("{year:04}-{month:02}-{day:02}"),
        };
        Date::parse(&text).expect("a date")
    }

    proptest::proptest! {
        #[test]
        fn a_distance_is_symmetric_and_its_units_add_up(
            a in 0_i64..2_000_000, b in 0_i64..2_000_000, precisions in (0_u8..3, 0_u8..3),
        ) {
            // From year 1 on, so that years have four digits.
            let first = days_from_civil(1, 1, 1);
            let (a, b) = (a + first, b + first);
            let (one, other) = (date(a, precisions.0), date(b, precisions.1));
            let (there, back) = (between(&one, &other), between(&other, &one));
            proptest::prop_assert_eq!(there.days, back.days);
            proptest::prop_assert_eq!(there.measured_words(), back.measured_words());
            let (least, most) = there.days;
            proptest::prop_assert!(0 <= least && least <= most);
            // The days between any two days that the dates may be.
            proptest::prop_assert!((least..=most).contains(&(a - b).abs()));
            let (from, to) = (a.min(b), a.max(b));
            let (years, months, days) = calendar_units(from, to);
            proptest::prop_assert!((0..12).contains(&months) && (0..31).contains(&days));
            let (year, month, day) = civil_from_days(from);
            let index = i64::from(month) - 1 + months;
            let (year, month) = (year + years + index / 12, u8::try_from(index % 12 + 1).expect("a month"));
            let day = day.min(days_in_month(year, month));
            proptest::prop_assert_eq!(days_from_civil(year, month, day) + days, to);
        }
    }

    #[test]
    fn a_measure_says_units_and_days() {
        let check = |a: &str, b: &str, expect: &str| {
            let [a, b] = [a, b].map(|text| Date::parse(text).expect("a date"));
            assert_eq!(between(&a, &b).measured_words(), expect, "{a} {b}");
        };
        check("1998", "2014", "15 to 17 years; 5,480 to 6,208 days");
        check("1965-06-22", "2015-12-10", "50 years, 5 months and 18 days; 18,433 days");
        check("1965-06-22", "1965-06-25", "3 days");
        check("1965-06-22", "1965-06-22", "the same day");
        check("1965", "1965", "at most 1 year apart; at most 364 days apart");
        check("1965~", "2015", "about 50 years; 17,898 to 18,626 days");
        check("1965-06-22T10:00", "1965-06-22T11:30", "1 hour 30 minutes");
        check("66 Ma", "1965", "65.5 to 66.5 million years");
    }

    #[test]
    fn clocks() {
        let check = |seconds, nanos, words: &str| assert_eq!(clock_words(seconds, nanos), words);
        check(5_400, 0, "1 hour 30 minutes");
        check(0, 700_000_000, "0.7 seconds");
        check(1, -250_000_000, "0.75 seconds");
        check(61, 0, "1 minute 1 second");
        check(60, 5_000, "1 minute 0.000005 seconds");
    }

    #[test]
    fn large_distances() {
        assert_eq!(large_words(65_500_000, 66_500_001, 1_000_001), "65.5 to 66.5 million years");
        assert_eq!(large_words(999_999_999, 1_000_000_001, 2), "1 billion years");
    }
}
