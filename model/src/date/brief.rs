//! What a date says that the time around it does not.

use super::civil::Civil;
use super::form::Form;
use super::model::{Date, DatePart, Endpoint, Interval, Precision};
use super::vocabulary::{Manner, Style, month};
use super::words;

/// Seconds of an hour.
const HOUR: i64 = 3600;

/// What is the same throughout a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shared {
    Nothing,
    Year,
    Day,
}

impl Date {
    /// Returns the date in few words without what is the same throughout `around`, such as a view whose axis says it:
    /// without the year, or without the day. A time of day is that of the axis, without its zone, and without seconds of
    /// `:00` unless `around` is shorter than an hour.
    ///
    /// ```
    /// use longview_model::date::Date;
    ///
    /// let landing = Date::parse("1969-07-20T20:17:40")?;
    /// let around = |time: &str| Date::parse(time).map(|time| time.bounds());
    /// assert_eq!(landing.words_within(around("1969-07-20")?), "20:17:40");
    /// assert_eq!(landing.words_within(around("1969")?), "20 July, 20:17:40");
    /// assert_eq!(landing.words_within(around("1960s")?), "20 July 1969, 20:17:40");
    /// # Ok::<(), longview_model::date::DateError>(())
    /// ```
    #[must_use]
    pub fn words_within(&self, around: Interval) -> String {
        let shown = self.as_shown();
        let date = shown.as_ref().unwrap_or(self);
        let words = match date {
            Self::Single(part) => brief(part, around, shared(around)),
            Self::Span { start: Endpoint::Dated(first), end: Endpoint::Dated(last) } => between(first, last, around),
            Self::Span { start, end } => one_end(date, start, end, around),
            Self::Set(_) => None,
        };
        words.unwrap_or_else(|| self.short_words())
    }
}

/// Returns what is the same throughout a time.
fn shared(around: Interval) -> Shared {
    let first = Civil::from_seconds(around.start);
    let last = Civil::from_seconds(around.end.saturating_sub(1).max(around.start));
    if first.year != last.year {
        Shared::Nothing
    } else if (first.month, first.day) != (last.month, last.day) {
        Shared::Year
    } else {
        Shared::Day
    }
}

/// Returns a span of which one end is dated, such as "until 20 July"; `None` if that end is not one of months, days or
/// times.
fn one_end(date: &Date, start: &Endpoint, end: &Endpoint, around: Interval) -> Option<String> {
    let ends = [start, end].map(Endpoint::part);
    let ([Some(part), None] | [None, Some(part)]) = ends else { return None };
    let brief = brief(part, around, shared(around))?;
    let whole = date.short_words();
    let dated = Date::Single(*part).short_words();
    whole.contains(&dated).then(|| whole.replacen(&dated, &brief, 1))
}

/// Returns both ends of a span, or `None` if an end is not one of months, days or times.
fn between(first: &DatePart, last: &DatePart, around: Interval) -> Option<String> {
    let shared = shared(around);
    let day = |part: &DatePart| {
        let civil = part.first_civil();
        (civil.year, civil.month, civil.day)
    };
    let ends_that_day = day(first) == day(last) && last.precision < Precision::Day && first.precision < Precision::Day;
    let end = brief(last, around, if ends_that_day { Shared::Day } else { shared })?;
    let start = brief(first, around, shared)?;
    Some(if start.contains(' ') || end.contains(' ') {
        format!("{start} – {end}")
    } else {
        format!("{start}–{end}")
    })
}

/// Returns a month, a day or a time without what is shared, with its marks; `None` if it is anything else.
fn brief(part: &DatePart, around: Interval, shared: Shared) -> Option<String> {
    let is_plain = matches!(part.form, Form::Calendar | Form::Local { .. } | Form::Zoned { .. });
    if !is_plain || part.calendar != super::civil::Calendar::Gregorian || part.precision == Precision::Week {
        return None;
    }
    let manner = Manner { style: Style::Short, common_era: false };
    let civil = part.first_civil();
    let name = month(Style::Short, civil.month);
    let year = manner.year(civil.year);
    let day = || match shared {
        Shared::Nothing => format!("{} {name} {year}", civil.day),
        Shared::Year | Shared::Day => format!("{} {name}", civil.day),
    };
    let text = match part.precision {
        Precision::Month if shared == Shared::Nothing => return None,
        Precision::Month => name.to_owned(),
        Precision::Day => day(),
        precision if precision < Precision::Day => {
            let clock = time(part, around);
            if shared == Shared::Day { clock } else { format!("{}, {clock}", day()) }
        }
        _ => return None,
    };
    Some(words::marked(part, Style::Short, &text))
}

/// Returns the time of day, without seconds that say nothing in a time of hours.
fn time(part: &DatePart, around: Interval) -> String {
    let clock = words::clock(part);
    let is_long = around.end.saturating_sub(around.start) >= HOUR;
    match clock.strip_suffix(":00") {
        Some(minutes) if is_long && part.precision == Precision::Second => minutes.to_owned(),
        _ => clock,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_leave_out_what_is_the_same_all_around() {
        let check = |date: &str, around: &str, expect: &str| {
            let [date, around] = [date, around].map(|text| Date::parse(text).expect("a date"));
            assert_eq!(date.words_within(around.bounds()), expect);
        };
        check("1969-07-20T17:44:00Z", "1969-07-20", "17:44");
        check("1969-07-20T17:44:00Z", "1969-07-20T17:40/1969-07-20T17:59", "17:44:00");
        check("1969-07-20T17:44:00Z", "1969-07", "20 July, 17:44");
        check("1969-07-20T17:44:00Z", "1965/1970", "20 July 1969, 17:44");
        check("1969-07-20T17:44:00Z/1969-07-20T20:17:00Z", "1969-07-20", "17:44–20:17");
        check("1969-07-20T17:44:00Z/1969-07-20T20:17:00Z", "1969", "20 July, 17:44 – 20:17");
        check("1969-07-20", "1969", "20 July");
        check("1969-07-20~", "1969", "c. 20 July");
        check("1969-07-20?", "1969", "20 July?");
        check("1969-07-20", "1969-07-20", "20 July");
        check("1969-07", "1969", "July");
        check("1969-07", "1968/1969", "July 1969");
        check("1969-07-16/1969-07-24", "1969", "16 July – 24 July");
        check("1969", "1969", "1969");
        check("1969/..", "1969", "since 1969");
        check("1969-07-20T17:44:00Z/..", "1969", "since 20 July, 17:44");
        check("../1969-07-21~", "1969-07", "until c. 21 July");
        check("1960s", "1969", "1960s");
    }
}
