//! Moves dates earlier and later, in steps of their own precision.

use super::civil::{Calendar, Civil, DAY, MAX_YEAR, Seconds};
use super::form::Form;
use super::model::{Date, DatePart, DateSet, Endpoint, Interval, Precision, SetPart};
use super::{parts, portions};

/// What of a date is moved.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
pub enum Handle {
    /// All of it, so that it stays as long as it is.
    Whole,
    /// Its beginning.
    Start,
    /// Its end. That of a single date makes it a span.
    End,
}

impl Date {
    /// Returns the date with a part of it moved by so many steps, which are units of the precision of that part: years
    /// for "1965", days for "1965-06-22", centuries for "6th century BCE". Marks such as "c." stay. Returns `None` if
    /// there is no such date, if its end would be before its start, or if the part is of a form that is not moved: with
    /// unspecified digits before others, of two years, or of significant digits.
    ///
    /// ```
    /// use longview_model::date::{Date, Handle};
    ///
    /// let moved = |text: &str, handle, steps| Some(Date::parse(text).ok()?.moved(handle, steps)?.to_string());
    /// assert_eq!(moved("1965", Handle::Whole, -1).as_deref(), Some("1964"));
    /// assert_eq!(moved("28 February 2024", Handle::Whole, 2).as_deref(), Some("2024-03-01"));
    /// assert_eq!(moved("1998/..", Handle::Start, 1).as_deref(), Some("1999/.."));
    /// assert_eq!(moved("1998/..", Handle::End, 1), None);
    /// ```
    #[must_use]
    pub fn moved(&self, handle: Handle, steps: i64) -> Option<Self> {
        match (self, handle) {
            (Self::Single(part), Handle::Whole) => Some(Self::Single(part.moved(steps)?)),
            (Self::Single(part), Handle::Start) => span(Endpoint::Dated(part.moved(steps)?), Endpoint::Dated(*part)),
            (Self::Single(part), Handle::End) => span(Endpoint::Dated(*part), Endpoint::Dated(part.moved(steps)?)),
            (Self::Span { start, end }, Handle::Start) => span(start.moved(steps)?, *end),
            (Self::Span { start, end }, Handle::End) => span(*start, end.moved(steps)?),
            (Self::Span { start, end }, Handle::Whole) => match (start.part(), end.part()) {
                (Some(first), Some(last)) if first.precision == last.precision => {
                    span(start.moved(steps)?, end.moved(steps)?)
                }
                (Some(first), Some(last)) => {
                    let by = i128::from(first.moved(steps)?.extent.start) - i128::from(first.extent.start);
                    let to = i64::try_from(i128::from(last.extent.start) + by).ok()?;
                    span(start.moved(steps)?, end.moved(last.steps_to(to)?)?)
                }
                (Some(_), None) => span(start.moved(steps)?, *end),
                (None, Some(_)) => span(*start, end.moved(steps)?),
                (None, None) => None,
            },
            (Self::Set(set), Handle::Whole) => {
                let parts = set.parts.iter().map(|part| part.moved(steps)).collect::<Option<_>>()?;
                Some(Self::Set(Box::new(DateSet { kind: set.kind, parts })))
            }
            (Self::Set(_), _) => None,
        }
    }

    /// Returns by how many steps a part of the date is moved so that its beginning, or for [`Handle::End`] its end, is as
    /// near to a time as it can be. Returns `None` if the part is not moved.
    ///
    /// ```
    /// use longview_model::date::{Date, Handle};
    ///
    /// let date = Date::parse("1965/1970")?;
    /// let other = Date::parse("1968-03")?.bounds();
    /// assert_eq!(date.steps_to(Handle::Whole, other.start), Some(3));
    /// assert_eq!(date.steps_to(Handle::End, other.end), Some(-3));
    /// # Ok::<(), longview_model::date::DateError>(())
    /// ```
    #[must_use]
    pub fn steps_to(&self, handle: Handle, time: Seconds) -> Option<i64> {
        let part = self.held(handle)?;
        // The end of a part is the start of the one after it.
        if handle == Handle::End { part.steps_to(time)?.checked_sub(1) } else { part.steps_to(time) }
    }

    /// Returns the time that is moved: the beginning of the date, or its end. Returns `None` if it is not moved.
    #[must_use]
    pub fn handle_time(&self, handle: Handle) -> Option<Seconds> {
        let extent = self.held(handle)?.extent;
        Some(if handle == Handle::End { extent.end } else { extent.start })
    }

    /// Returns the part that the steps are those of.
    fn held(&self, handle: Handle) -> Option<&DatePart> {
        match (self, handle) {
            (Self::Single(part), _) => Some(part),
            (Self::Span { start, .. }, Handle::Start) => start.part(),
            (Self::Span { end, .. }, Handle::End) => end.part(),
            (Self::Span { start, end }, Handle::Whole) => start.part().or(end.part()),
            (Self::Set(set), Handle::Whole) => set.parts.first().map(SetPart::first),
            (Self::Set(_), _) => None,
        }
    }

    /// Returns a text that is read as this date in a calendar, and that is written as `pattern` is, the text of `like`.
    /// Returns `None` if none is.
    ///
    /// ```
    /// use longview_model::date::{Calendar, Date, Handle};
    ///
    /// let next = |text: &str| {
    ///     let date = Date::parse(text).ok()?;
    ///     date.moved(Handle::Whole, 1)?.written_like(text, &date, Calendar::Gregorian)
    /// };
    /// assert_eq!(next("22 June 1965").as_deref(), Some("23 June 1965"));
    /// assert_eq!(next("1965-06-22").as_deref(), Some("1965-06-23"));
    /// assert_eq!(next("c. 1850").as_deref(), Some("c. 1851"));
    /// ```
    #[must_use]
    pub fn written_like(&self, pattern: &str, like: &Self, calendar: Calendar) -> Option<String> {
        let pattern = pattern.trim();
        let canonical = |date: &Self| without_calendar(date.to_string(), calendar);
        let about = ["c. ", "ca. ", "circa "].into_iter().find(|about| pattern.starts_with(about)).unwrap_or("about ");
        let words = |date: &Self| {
            let words = without_calendar(date.words(), calendar);
            words.strip_prefix("about ").map(|rest| format!("{about}{rest}")).unwrap_or(words)
        };
        // Of two ways in which the pattern may be written, the canonical one is the one that is always read again.
        let is_words = pattern != canonical(like) && pattern.chars().any(char::is_alphabetic) || pattern.contains('–');
        let texts = if is_words { [words(self), canonical(self)] } else { [canonical(self), words(self)] };
        texts.into_iter().find(|text| Self::parse_in(text, calendar).is_ok_and(|read| read.is_alike(self)))
    }

    /// Returns whether two dates are the same, though one may be a winter that is named by one year and the other by two.
    fn is_alike(&self, other: &Self) -> bool {
        self == other || self.bounds() == other.bounds() && self.words() == other.words()
    }
}

/// Returns the words of a date in a calendar that is said elsewhere.
fn without_calendar(text: String, calendar: Calendar) -> String {
    match text.strip_suffix(" (Julian)") {
        Some(plain) if calendar == Calendar::Julian => plain.to_owned(),
        _ => text,
    }
}

/// Returns a span, or a single date if both ends are the same. Returns `None` if the end is before the start.
fn span(start: Endpoint, end: Endpoint) -> Option<Date> {
    if end.is_before_start(&start) {
        return None;
    }
    match (start, end) {
        (Endpoint::Dated(first), Endpoint::Dated(last)) if first == last => Some(Date::Single(first)),
        _ => Some(Date::Span { start, end }),
    }
}

impl Endpoint {
    fn moved(&self, steps: i64) -> Option<Self> {
        match self {
            Self::Dated(part) => Some(Self::Dated(part.moved(steps)?)),
            Self::Beyond(part) => Some(Self::Beyond(part.moved(steps)?)),
            Self::Open | Self::Unknown => None,
        }
    }
}

impl SetPart {
    fn moved(&self, steps: i64) -> Option<Self> {
        Some(match self {
            Self::On(part) => Self::On(part.moved(steps)?),
            Self::Through(first, last) if first.precision == last.precision => {
                Self::Through(first.moved(steps)?, last.moved(steps)?)
            }
            Self::Through(..) => return None,
            Self::OnOrBefore(part) => Self::OnOrBefore(part.moved(steps)?),
            Self::OnOrAfter(part) => Self::OnOrAfter(part.moved(steps)?),
            Self::Before(part) => Self::Before(part.moved(steps)?),
            Self::After(part) => Self::After(part.moved(steps)?),
        })
    }

    fn first(&self) -> &DatePart {
        match self {
            Self::On(part)
            | Self::Through(part, _)
            | Self::OnOrBefore(part)
            | Self::OnOrAfter(part)
            | Self::Before(part)
            | Self::After(part) => part,
        }
    }
}

impl DatePart {
    /// Returns the part so many units of its precision later, with its marks.
    fn moved(&self, steps: i64) -> Option<Self> {
        let calendar = self.calendar;
        let civil = self.first_civil();
        let part = match (self.form, self.precision) {
            (Form::Portion { portion, counted }, _) => {
                portions::of(&portions::whole(self, portion, counted).moved(steps)?, portion)?
            }
            (Form::Season(code), _) => season(calendar, civil.year, code, steps)?,
            (Form::Ago { value, decimals, unit }, _) => {
                let value = u32::try_from(i64::from(value).checked_sub(steps)?).ok().filter(|value| *value > 0)?;
                parts::ago(value, decimals, unit)?
            }
            (Form::Block | Form::Counted, precision) => self.years_later(steps.checked_mul(years(precision)?)?)?,
            (Form::Calendar, Precision::Year) => parts::year(calendar, year(civil.year, steps)?),
            (Form::Calendar, Precision::Month) => {
                let months = i64::from(civil.month - 1).checked_add(steps)?;
                let month = u8::try_from(months.rem_euclid(12) + 1).ok()?;
                parts::month(calendar, year(civil.year, months.div_euclid(12))?, month)
            }
            (Form::Calendar | Form::Local { .. } | Form::Zoned { .. }, precision) => {
                Self { extent: shifted(self.extent, seconds(precision)?.checked_mul(steps)?)?, ..*self }
            }
            (Form::Mask(_) | Form::Dual | Form::Winter | Form::Significant { .. }, _) => return None,
        };
        let (approximate, uncertain) = (self.approximate, self.uncertain);
        Some(Self { approximate, uncertain, ..part })
    }

    /// Returns a block of years so many years later, unless it would be in the other era, whose blocks begin elsewhere.
    fn years_later(&self, later: i64) -> Option<Self> {
        let (first, last) = (self.first_civil().year, self.last_civil().year);
        let (from, to) = (year(first, later)?, year(last, later)?);
        let changes_era = self.form == Form::Block && (first > 0) != (from > 0);
        let part = parts::span_of_years(self.calendar, from, to, self.precision, self.form);
        (!changes_era).then_some(part)
    }

    /// Returns the number of steps to the part that begins nearest to a time, the earlier of two.
    fn steps_to(&self, time: Seconds) -> Option<i64> {
        let start = |steps: i64| self.moved(steps).map(|part| part.extent.start);
        // Units of different lengths are counted by the mean of theirs, and then one by one.
        let length = i128::from(self.extent.end) - i128::from(self.extent.start);
        let mut steps = i64::try_from((i128::from(time) - i128::from(self.extent.start)) / length.max(1)).ok()?;
        start(0)?;
        let distance = |steps: i64| start(steps).map(|start| start.abs_diff(time));
        while distance(steps).is_none() && steps != 0 {
            steps /= 2;
        }
        // Each round at least halves what the mean was wrong by, or what lies beyond the last date.
        for _ in 0..128 {
            let (Some(at), Some(here)) = (start(steps), distance(steps)) else { break };
            let mut by = i64::try_from((i128::from(time) - i128::from(at)) / length.max(1)).unwrap_or(0);
            while by != 0 && distance(steps.saturating_add(by)).is_none_or(|there| there >= here) {
                by /= 2;
            }
            if by == 0 {
                break;
            }
            steps = steps.saturating_add(by);
        }
        let nearest = [steps.saturating_sub(1), steps, steps.saturating_add(1)];
        nearest.into_iter().filter_map(|steps| Some((distance(steps)?, steps))).min().map(|(_, steps)| steps)
    }
}

/// Returns the season, quarter, third or half so many later than one.
fn season(calendar: Calendar, first: i64, code: u8, steps: i64) -> Option<DatePart> {
    let (from, count) = match code {
        21..=24 => (21, 4),
        25..=28 => (25, 4),
        29..=32 => (29, 4),
        33..=36 => (33, 4),
        37..=39 => (37, 3),
        40 | 41 => (40, 2),
        _ => return None,
    };
    let place = i64::from(code - from).checked_add(steps)?;
    let code = from + u8::try_from(place.rem_euclid(count)).ok()?;
    Some(parts::season(calendar, year(first, place.div_euclid(count))?, code))
}

/// Returns a year so many years later, if that is within the supported range.
fn year(from: i64, later: i64) -> Option<i64> {
    from.checked_add(later).filter(|year| (-MAX_YEAR..=MAX_YEAR).contains(year))
}

/// Returns an interval so many seconds later, if its years are within the supported range.
fn shifted(extent: Interval, by: i64) -> Option<Interval> {
    let moved = Interval { start: extent.start.checked_add(by)?, end: extent.end.checked_add(by)? };
    let is_in_range = |seconds| Civil::from_seconds_in(Calendar::Gregorian, seconds).year.abs() <= MAX_YEAR;
    (is_in_range(moved.start) && is_in_range(moved.end)).then_some(moved)
}

/// Returns the length of a unit of a fixed length.
const fn seconds(precision: Precision) -> Option<i64> {
    match precision {
        Precision::Second => Some(1),
        Precision::Minute => Some(60),
        Precision::Hour => Some(3_600),
        Precision::Day => Some(DAY),
        Precision::Week => Some(7 * DAY),
        _ => None,
    }
}

/// Returns the number of years of a unit of years.
const fn years(precision: Precision) -> Option<i64> {
    match precision {
        Precision::Decade => Some(10),
        Precision::Century => Some(100),
        Precision::Millennium => Some(1_000),
        Precision::TenThousandYears => Some(10_000),
        Precision::HundredThousandYears => Some(100_000),
        Precision::MillionYears => Some(1_000_000),
        Precision::TenMillionYears => Some(10_000_000),
        Precision::HundredMillionYears => Some(100_000_000),
        Precision::BillionYears => Some(1_000_000_000),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(text: &str, handle: Handle, steps: i64, expect: Option<&str>) {
        let date = Date::parse(text).expect(text);
        let moved = date.moved(handle, steps).map(|moved| {
            let written = moved.written_like(text, &date, Calendar::Gregorian).expect("a text that is read again");
            assert!(Date::parse(&written).is_ok_and(|read| read.is_alike(&moved)), "{written}");
            written
        });
        assert_eq!(moved.as_deref(), expect, "{text} {handle:?} by {steps}");
    }

    #[test]
    fn every_precision_has_its_own_steps() {
        for (text, steps, expect) in [
            ("1965", 1, "1966"),
            ("1 BCE", 1, "1 CE"),
            ("44 BCE", -1, "45 BCE"),
            ("1965-12", 1, "1966-01"),
            ("December 1965", -12, "December 1964"),
            ("1965-12-31", 1, "1966-01-01"),
            ("31 December 1965", 1, "1 January 1966"),
            ("1985-W52", 1, "1986-W01"),
            ("10 December 2015, 14:30", 1, "10 December 2015, 14:31"),
            ("2015-12-10T23:59:59Z", 1, "2015-12-11T00:00:00Z"),
            ("2001-24", 1, "2002-21"),
            ("autumn 1916", 1, "winter 1916–17"),
            ("2001-41", -1, "2001-40"),
            ("156X", 1, "157X"),
            ("the 1960s", -1, "the 1950s"),
            ("1st century", -1, "1st century BCE"),
            ("6th century BCE", 1, "5th century BCE"),
            ("66 Ma", 1, "65 Ma"),
            ("13.8 Ga", 1, "13.7 Ga"),
            ("c. 1850", 1, "c. 1851"),
            ("1850~", 1, "1851~"),
            ("early 19th century", 1, "early 20th century CE"),
            ("before 1914", 1, "before 1915"),
            ("1914 or earlier", -1, "1913 or earlier"),
        ] {
            check(text, Handle::Whole, steps, Some(expect));
        }
        for (text, steps) in [("1 ka", 1), ("11 February 1731/32", 1), ("156X-12-25", 1)] {
            check(text, Handle::Whole, steps, None);
        }
    }

    #[test]
    fn ends_move_apart_from_each_other() {
        check("1965/1970", Handle::Whole, 2, Some("1967/1972"));
        check("1965/1970", Handle::Start, 2, Some("1967/1970"));
        check("1965/1970", Handle::End, -2, Some("1965/1968"));
        check("1965/1970", Handle::End, -5, Some("1965"));
        check("1965/1970", Handle::End, -6, None);
        check("1965/1970", Handle::Start, 6, None);
        check("1965", Handle::End, 2, Some("1965/1967"));
        check("1965", Handle::Start, -2, Some("1963/1965"));
        check("1998–present", Handle::Whole, 1, Some("since 1999"));
        check("1998/..", Handle::End, 1, None);
        check("22 June 1965 – 3 July 1965", Handle::End, 1, Some("22 June – 4 July 1965"));
        // An end of another precision goes as far.
        check("1965/1970-06-15", Handle::Whole, 1, Some("1966/1971-06-15"));
        check("[1667,1668]", Handle::Whole, 1, Some("[1668,1669]"));
        check("[1667,1668]", Handle::End, 1, None);
    }

    proptest! {
        #[test]
        fn steps_lead_to_the_nearest_beginning(start in -3_000_000_i64..3_000_000, days in -3_000_000_i64..3_000_000) {
            for text in ["1965", "1965-02", "1965-06-22", "196X", "19th century", "1985-W52", "2001-22"] {
                let date = Date::parse(text).expect(text);
                let Some(from) = date.moved(Handle::Whole, start / 4000) else { continue };
                let time = days * DAY;
                let steps = from.steps_to(Handle::Whole, time).expect("steps");
                let distance = |steps| {
                    let moved = from.moved(Handle::Whole, steps)?;
                    moved.handle_time(Handle::Whole).map(|at| at.abs_diff(time))
                };
                let here = distance(steps).expect("a date");
                for other in [steps - 1, steps + 1] {
                    prop_assert!(distance(other).is_none_or(|there| there >= here), "{text} {steps} {other}");
                }
            }
        }

        #[test]
        fn steps_back_undo_steps(steps in -90_i64..500) {
            for text in ["1965", "1965-02", "1965-06-22", "196X", "19th century", "2001-22", "1965/1970", "c. 1850"] {
                let date = Date::parse(text).expect(text);
                let there = date.moved(Handle::Whole, steps).expect("a date");
                prop_assert_eq!(there.moved(Handle::Whole, -steps), Some(date));
            }
        }
    }
}
