//! Dates as programs write them: ISO 8601, the `Date` of JavaScript, milliseconds.

use super::builder::Builder;
use super::dates::{Dated, is_date};
use super::parts::{self, End, Parts};
use super::report::{Kind, Place};
use crate::date::Calendar;

/// A day, month or year, with the time of day if there is one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Moment {
    /// The date.
    pub parts: Parts,
    /// Hour, minute and second. Absent at midnight, which is how programs write a day.
    pub time: Option<[u8; 3]>,
    /// The offset from UTC in minutes.
    pub offset: Option<i32>,
    /// Whether the year was written as a negative number.
    pub is_negative: bool,
}

/// Returns a day if the calendar has it.
fn day_of(year: i64, month: u8, day: u8) -> Option<Parts> {
    let parts = Parts::new(Calendar::Gregorian, year, Some(month), Some(day));
    parts.day.map(|_| parts)
}

impl Moment {
    /// Creates a date without a time.
    #[must_use]
    pub fn new(parts: Parts) -> Self {
        Self { parts, ..Self::default() }
    }

    /// Returns the same if it can be written: of a year of five digits or more, only the year is.
    #[must_use]
    pub fn writable(self) -> Option<Self> {
        /// The furthest year that a document may have.
        const FURTHEST: i64 = 100_000_000_000;
        let Parts { year, month, .. } = self.parts;
        (year.abs() < FURTHEST && (year <= 9999 || month.is_none())).then_some(self)
    }

    /// Returns the same with a time of day. Midnight is none.
    #[must_use]
    pub fn at(self, time: [u8; 3]) -> Self {
        Self { time: Some(time).filter(|time| *time != [0; 3] && self.parts.day.is_some()), ..self }
    }

    /// Reads milliseconds since 1970 in UTC.
    #[must_use]
    pub fn of_milliseconds(milliseconds: i64) -> Option<Self> {
        /// The range of a `Date` of JavaScript, in milliseconds.
        const MOST: i64 = 8_640_000_000_000_000;
        if milliseconds.abs() > MOST {
            return None;
        }
        let seconds = milliseconds.div_euclid(1000);
        let (days, second) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
        let (year, month, day) = Calendar::Gregorian.civil(Calendar::Gregorian.days(1970, 1, 1) + days);
        let time = [second / 3600, second / 60 % 60, second % 60].map(|part| part as u8);
        Self { offset: Some(0), ..Self::new(day_of(year, month, day)?).at(time) }.writable()
    }

    /// Reads ISO 8601: a year, month or day, with or without a time. A negative year is the year BCE that its digits say:
    /// the standard counts a year 0, authors do not.
    #[must_use]
    pub fn of_iso(text: &str) -> Option<Self> {
        let text = text.trim();
        let (is_negative, rest) = match text.strip_prefix(['-', '−']) {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (date, time) = match rest.split_once(['T', 't', ' ']) {
            Some((date, time)) => (date, Some(time)),
            None => (rest, None),
        };
        let fields: Vec<&str> = date.split('-').collect();
        let number = |text: &str| -> Option<i64> {
            text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse().ok()).flatten()
        };
        let year_of = |digits: &str| -> Option<i64> {
            let year = number(digits).filter(|_| (4..=6).contains(&digits.len()))?;
            Some(if is_negative { 1 - year } else { year })
        };
        let parts = match fields.as_slice() {
            [whole] if whole.len() == 8 => {
                day_of(year_of(whole.get(..4)?)?, number(whole.get(4..6)?)? as u8, number(whole.get(6..)?)? as u8)?
            }
            [year] => Parts::year(year_of(year)?),
            [year, month] if month.len() == 2 => {
                let parts = Parts::new(Calendar::Gregorian, year_of(year)?, Some(number(month)? as u8), None);
                parts.month.map(|_| parts)?
            }
            [year, month, day] if month.len() <= 2 && day.len() <= 2 && !day.is_empty() && !month.is_empty() => {
                day_of(year_of(year)?, number(month)? as u8, number(day)? as u8)?
            }
            _ => return None,
        };
        let moment = Self { is_negative, ..Self::new(parts) };
        let Some(time) = time else { return moment.writable() };
        let end = time.find(['Z', 'z', '+', '-']).unwrap_or(time.len());
        let (clock, zone) = time.split_at(end);
        Self { offset: offset(zone)?, ..moment.at(self::clock(clock.trim())?) }.writable()
    }

    /// Reads a date as JavaScript writes and reads it: `Fri Nov 22 1963 12:30:00 GMT-0600`, `May 20, 1961`,
    /// `11/22/1963`, `Nov 1963`.
    #[must_use]
    pub fn of_javascript(text: &str) -> Option<Self> {
        let bare = text.split('(').next().unwrap_or_default().replace([',', '.'], " ");
        let (mut month, mut numbers, mut time, mut zone) = (None, Vec::new(), None, None);
        let mut is_before = false;
        for word in bare.split_whitespace() {
            let lower = word.to_ascii_lowercase();
            if word.contains(':') && !lower.starts_with("gmt") && !lower.starts_with("utc") {
                let end = word.find(['Z', 'z', '+', '-']).unwrap_or(word.len());
                time = Some(clock(word.get(..end)?)?);
                zone = zone.or(offset(word.get(end..)?)?);
            } else if let Some(found) = month_of(&lower) {
                month = Some(found);
            } else if let ("am" | "pm", Some([hour, ..])) = (lower.as_str(), &mut time) {
                *hour = *hour % 12 + if lower == "pm" { 12 } else { 0 };
            } else if matches!(lower.as_str(), "bc" | "bce" | "b c") {
                is_before = true;
            } else if let Some(found) = zone_of(&lower) {
                zone = Some(found);
            } else if word.contains('/') && numbers.is_empty() && month.is_none() {
                let fields = word.split('/').map(|field| field.parse::<i64>().ok());
                numbers = fields.collect::<Option<Vec<i64>>>()?;
                // The month is first, unless the year is.
                if numbers.first().is_some_and(|first| *first > 31) {
                    numbers.rotate_left(1);
                }
                month = Some(u8::try_from(*numbers.first()?).ok()?);
                numbers.remove(0);
            } else if word.bytes().all(|b| b.is_ascii_digit()) {
                numbers.push(word.parse().ok()?);
            } else if let Some(number) = ["st", "nd", "rd", "th"].iter().find_map(|end| lower.strip_suffix(end)) {
                numbers.push(number.parse().ok()?);
            } else if !is_weekday(&lower) && !matches!(lower.as_str(), "ad" | "ce") {
                return None;
            }
        }
        let (day, year) = match numbers.as_slice() {
            [year] => (None, *year),
            // The year is the number that no day can be.
            [year, day] if *year > 31 => (Some(u8::try_from(*day).ok()?), *year),
            [day, year] => (Some(u8::try_from(*day).ok()?), *year),
            _ => return None,
        };
        let year = if is_before { 1 - year } else { year };
        let parts = match (month, day) {
            (Some(month), Some(day)) => day_of(year, month, day)?,
            (Some(month), None) => {
                let parts = Parts::new(Calendar::Gregorian, year, Some(month), None);
                parts.month.map(|_| parts)?
            }
            (None, None) => Parts::year(year),
            (None, Some(_)) => return None,
        };
        Self { offset: zone, ..Self::new(parts).at(time.unwrap_or_default()) }.writable()
    }

    /// Returns whether it is the first day of a year, as which programs write the year.
    #[must_use]
    pub fn is_new_year(self) -> bool {
        self.time.is_none() && self.parts.month == Some(1) && self.parts.day == Some(1)
    }

    /// Returns the year of it.
    #[must_use]
    pub fn to_year(self) -> Self {
        Self { parts: Parts::year(self.parts.year), time: None, ..self }
    }

    /// Returns the text, in EDTF, or, before the era, as a person writes it. The offset of a time is written if asked for.
    #[must_use]
    pub fn text(self, with_offset: bool) -> String {
        let Some([hour, minute, second]) = self.time else { return self.parts.text() };
        let seconds = if second == 0 { String::new() } else { format!(":{second:02}") };
        let offset = match self.offset.filter(|_| with_offset) {
            None => String::new(),
            Some(0) => "Z".to_owned(),
            Some(offset) => {
                let sign = if offset < 0 { '-' } else { '+' };
                format!("{sign}{:02}:{:02}", offset.abs() / 60, offset.abs() % 60)
            }
        };
        let between = if self.parts.year < 1 { ' ' } else { 'T' };
        // A time in a zone has its seconds.
        let seconds = if seconds.is_empty() && !offset.is_empty() { ":00".to_owned() } else { seconds };
        format!("{}{between}{hour:02}:{minute:02}{seconds}{offset}", self.parts.text())
    }

    /// Returns the first day of a year, month or day, to compare.
    fn key(self) -> (i64, u8, u8, [u8; 3]) {
        let Parts { year, month, day, .. } = self.parts;
        (year, month.unwrap_or(1), day.unwrap_or(1), self.time.unwrap_or_default())
    }
}

/// Returns the span of two moments. Returns `None` if it ends before it begins.
#[must_use]
pub fn span(start: Moment, end: Moment, with_offset: bool) -> Option<String> {
    if start == end {
        return Some(start.text(with_offset));
    }
    if start.time.is_none() && end.time.is_none() {
        return parts::span(End::At(start.parts), End::At(end.parts));
    }
    let text = format!("{}/{}", start.text(with_offset), end.text(with_offset));
    is_date(&text).then_some(text)
}

/// Returns a span that may be none, as an event has it: of one that ends before it begins only the beginning is a date, and
/// the words of both are kept.
pub fn dated(builder: &mut Builder, place: Place, span: Option<String>, start: String, words: [&str; 2]) -> Dated {
    if let Some(span) = span {
        return Dated::exact(span);
    }
    let what = "an end that is before its beginning, kept as words";
    builder.report.add(Kind::Changed(what.into()), place, words[1]);
    Dated { written: Some(words.join(" – ")), ..Dated::exact(start) }
}

/// Returns a moment between two others, the second of which is the end: between 1845 and 1846 is in 1845. Returns `None`
/// if the second is before the first.
#[must_use]
pub fn between(first: Moment, end: Moment, with_offset: bool) -> Option<String> {
    if first.time.is_some() || end.time.is_some() {
        if first == end {
            return Some(first.text(with_offset));
        }
        let text = format!("[{}..{}]", first.text(with_offset), end.text(with_offset));
        return is_date(&text).then_some(text);
    }
    if let Some(parts) = whole(first, end) {
        return Some(parts.text());
    }
    let last = if end.parts.month.is_none() && end.parts.year > first.parts.year {
        Parts { year: end.parts.year - 1, ..end.parts }
    } else {
        end.parts
    };
    if first.parts == last { Some(last.text()) } else { parts::between(Some(first.parts), Some(last)) }
}

/// Returns a moment that is at one of two others or between them, the second of which is the latest that it may be: a moment
/// from 1900 to 1902 may be in 1902. Returns `None` if the second is before the first.
#[must_use]
pub fn from_to(first: Moment, latest: Moment, with_offset: bool) -> Option<String> {
    if first == latest {
        return Some(first.text(with_offset));
    }
    if first.time.is_none() && latest.time.is_none() {
        return parts::between(Some(first.parts), Some(latest.parts));
    }
    let text = format!("[{}..{}]", first.text(with_offset), latest.text(with_offset));
    is_date(&text).then_some(text)
}

/// Returns the year or month that goes from the beginning of one date to the beginning of another, or to its own last day.
#[must_use]
pub fn whole(first: Moment, end: Moment) -> Option<Parts> {
    let ((year, month, 1, [0, 0, 0]), (end_year, end_month, end_day, [0, 0, 0])) = (first.key(), end.key()) else {
        return None;
    };
    let is_whole = |is_year: bool| {
        let next = match (is_year, month) {
            (true, _) | (false, 12) => (year + 1, 1),
            (false, _) => (year, month + 1),
        };
        let last_month = if is_year { 12 } else { month };
        let last = Calendar::Gregorian.days_in_month(year, last_month);
        (end_year, end_month, end_day) == (next.0, next.1, 1)
            || end.parts.day.is_some() && (end_year, end_month, end_day) == (year, last_month, last)
    };
    if month == 1 && is_whole(true) {
        return Some(Parts::year(year));
    }
    // Of two years, the months are not known.
    if first.parts.month.is_none() || end.parts.month.is_none() || !is_whole(false) {
        return None;
    }
    Some(Parts { month: Some(month), ..Parts::year(year) })
}

/// Returns the offset that all times have in common; `None` if they have none, or different ones.
#[must_use]
pub fn common_offset(moments: impl IntoIterator<Item = Moment>) -> Option<i32> {
    let mut offsets = moments.into_iter().filter(|moment| moment.time.is_some()).map(|moment| moment.offset);
    let first = offsets.next()??;
    offsets.all(|offset| offset == Some(first)).then_some(first)
}

/// Returns the IANA name of the zone with an offset from UTC in minutes. Only whole hours have one.
#[must_use]
pub fn zone_name(offset: i32) -> Option<String> {
    match (offset % 60, offset / 60) {
        (0, 0) => Some("Etc/UTC".to_owned()),
        // Their signs are those of POSIX: west is positive.
        (0, hours @ 1..=14) => Some(format!("Etc/GMT-{hours}")),
        (0, hours @ -12..=-1) => Some(format!("Etc/GMT+{}", -hours)),
        _ => None,
    }
}

/// Reads a time of day.
pub fn clock(text: &str) -> Option<[u8; 3]> {
    let lower = text.trim().to_ascii_lowercase();
    let (digits, afternoon) = match (lower.strip_suffix("pm"), lower.strip_suffix("am")) {
        (Some(digits), _) => (digits, Some(12)),
        (_, Some(digits)) => (digits, Some(0)),
        _ => (lower.as_str(), None),
    };
    let mut fields = digits.trim().split(':');
    let mut next = |most: u8| -> Option<u8> {
        match fields.next() {
            Some(field) => field.split('.').next()?.trim().parse().ok().filter(|number| *number <= most),
            None => Some(0),
        }
    };
    let (hour, minute, second) = (next(24)?, next(59)?, next(60)?.min(59));
    let hour = afternoon.map_or(hour, |afternoon| hour % 12 + afternoon);
    (fields.next().is_none() && hour < 24).then_some([hour, minute, second])
}

/// Reads `Z`, `+01:00`, `-0600` or nothing. The outer `None` is an error.
#[expect(clippy::option_option, reason = "no offset is not an error")]
fn offset(text: &str) -> Option<Option<i32>> {
    let text = text.trim();
    match text.chars().next() {
        None => Some(None),
        Some('Z' | 'z') => (text.len() == 1).then_some(Some(0)),
        Some(sign @ ('+' | '-')) => {
            let digits: String = text.chars().skip(1).filter(|c| *c != ':').collect();
            let number: i32 = digits.parse().ok().filter(|_| matches!(digits.len(), 1..=4))?;
            let minutes = if digits.len() <= 2 { number * 60 } else { number / 100 * 60 + number % 100 };
            (minutes <= 14 * 60).then_some(Some(if sign == '-' { -minutes } else { minutes }))
        }
        Some(_) => None,
    }
}

/// Reads a zone as JavaScript does, in lower case.
fn zone_of(word: &str) -> Option<i32> {
    if let Some(rest) = word.strip_prefix("gmt").or_else(|| word.strip_prefix("utc")) {
        return if rest.is_empty() { Some(0) } else { offset(rest)? };
    }
    Some(match word {
        "z" => 0,
        "edt" => -240,
        "est" | "cdt" => -300,
        "cst" | "mdt" => -360,
        "mst" | "pdt" => -420,
        "pst" => -480,
        _ => return offset(word).flatten().filter(|_| word.len() == 5 || word.len() == 6),
    })
}

/// The English names of the months, in lower case.
pub(super) const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

fn month_of(word: &str) -> Option<u8> {
    let found = MONTHS.iter().position(|month| word.len() >= 3 && month.starts_with(word) || word == "sept")?;
    Some(if word == "sept" { 9 } else { found as u8 + 1 })
}

fn is_weekday(word: &str) -> bool {
    const DAYS: [&str; 7] = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];
    DAYS.iter().any(|day| word.len() >= 3 && day.starts_with(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn javascript(text: &str) -> Option<String> {
        Moment::of_javascript(text).map(|moment| moment.text(true))
    }

    #[test]
    fn dates_of_javascript_are_read() {
        let check = |text: &str, expect: Option<&str>| assert_eq!(javascript(text).as_deref(), expect, "{text}");
        check("Fri Nov 22 1963 12:30:00 GMT-0600", Some("1963-11-22T12:30:00-06:00"));
        check("Sat May 20 1961 00:00:00 GMT-0600", Some("1961-05-20"));
        check("Fri Nov 22 1963 12:30:15 GMT-0600 (Central Standard Time)", Some("1963-11-22T12:30:15-06:00"));
        check("Fri, 22 Nov 1963 12:30:00 GMT", Some("1963-11-22T12:30:00Z"));
        check("Nov 14 1840 00:00:00 GMT", Some("1840-11-14"));
        check("Dec 5 1926 00:00:00 GMT", Some("1926-12-05"));
        check("May 20, 1961", Some("1961-05-20"));
        check("20th September 1961 3:05 PM EST", Some("1961-09-20T15:05:00-05:00"));
        check("Nov 1840", Some("1840-11"));
        check("11/22/1963", Some("1963-11-22"));
        check("1963/11/22", Some("1963-11-22"));
        check("Mar 15 44 BC", Some("15 March 44 BCE"));
        check("476", Some("0476"));
        check("500 BC", Some("500 BCE"));
        for wrong in [
            "",
            "soon",
            "Feb 30 1961",
            "Foo 3 1961",
            "1 2 3",
            "22/11/1963",
            "May 20 1961 25:00",
            "Nov 22 19606",
            "1388534400000",
            "99999999999999999999",
        ] {
            check(wrong, None);
        }
    }

    #[test]
    fn iso_dates_are_read() {
        let check = |text: &str, expect: Option<&str>| {
            assert_eq!(Moment::of_iso(text).map(|moment| moment.text(true)).as_deref(), expect, "{text}");
        };
        check("2001-09-27", Some("2001-09-27"));
        check("20010927", Some("2001-09-27"));
        check("2001-09", Some("2001-09"));
        check("2001", Some("2001"));
        check("2001-9-7", Some("2001-09-07"));
        check("2001-09-27T00:00:00Z", Some("2001-09-27"));
        check("2001-09-27 14:05", Some("2001-09-27T14:05"));
        check("2001-09-27T14:05:09.123+02:00", Some("2001-09-27T14:05:09+02:00"));
        check("-000333-01-01", Some("1 January 333 BCE"));
        check("-000333-01-01T12:00:00.000Z", Some("1 January 333 BCE 12:00:00Z"));
        for wrong in ["", "2001-13", "2001-02-30", "1", "99-01-01", "2001-09-27T25:00", "2001-09-27Tx", "2001-W12"] {
            check(wrong, None);
        }
    }

    #[test]
    fn milliseconds_are_in_utc() {
        let check = |milliseconds: i64, expect: Option<&str>| {
            assert_eq!(Moment::of_milliseconds(milliseconds).map(|moment| moment.text(true)).as_deref(), expect);
        };
        check(0, Some("1970-01-01"));
        check(1_388_534_400_000, Some("2014-01-01"));
        check(-5_364_662_399_000, Some("1800-01-01T00:00:01Z"));
        check(i64::MAX, None);
    }

    #[test]
    fn a_moment_between_two_others() {
        let check = |first: &str, end: &str, expect: Option<&str>| {
            let moment = |text: &str| Moment::of_javascript(text).expect("a date");
            assert_eq!(between(moment(first), moment(end), false).as_deref(), expect, "{first} {end}");
        };
        check("1845", "1846", Some("1845"));
        check("1875", "1879", Some("[1875..1878]"));
        check("Apr 01 1883", "May 01 1883", Some("1883-04"));
        check("Apr 01 1883", "Apr 30 1883", Some("1883-04"));
        check("Jan 01 1883", "Dec 31 1883", Some("1883"));
        check("Apr 02 1883", "May 01 1883", Some("[1883-04-02..1883-05-01]"));
        check("Nov 22 1963 12:15:00", "Nov 22 1963 12:20:00", Some("[1963-11-22T12:15..1963-11-22T12:20]"));
        check("1846", "1845", None);
    }

    #[test]
    fn a_moment_that_may_be_the_last_one() {
        let check = |first: &str, latest: &str, expect: Option<&str>| {
            let moment = |text: &str| Moment::of_javascript(text).expect("a date");
            assert_eq!(from_to(moment(first), moment(latest), false).as_deref(), expect, "{first} {latest}");
        };
        check("1900", "1902", Some("[1900..1902]"));
        check("1900", "1901", Some("[1900..1901]"));
        check("1900", "1900", Some("1900"));
        check("Nov 22 1963 12:15:00", "Nov 22 1963 12:20:00", Some("[1963-11-22T12:15..1963-11-22T12:20]"));
        check("1902", "1900", None);
    }

    #[test]
    fn zones_have_names() {
        assert_eq!(zone_name(-360).as_deref(), Some("Etc/GMT+6"));
        assert_eq!(zone_name(0).as_deref(), Some("Etc/UTC"));
        assert_eq!(zone_name(330), None);
        let moment = |text: &str| Moment::of_iso(text).expect("a date");
        let times = ["2001-01-01T10:00+01:00", "2001-01-01", "2001-01-02T10:00+01:00"].map(moment);
        assert_eq!(common_offset(times), Some(60));
        assert_eq!(common_offset(["2001-01-01T10:00+01:00", "2001-01-02T10:00"].map(moment)), None);
    }
}
