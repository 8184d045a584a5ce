//! Dates -> days and times of a calendar (RFC 5545, 3.3.4 and 3.3.5).

use crate::date::civil::{Civil, DAY};
use crate::date::{Date, DatePart, Endpoint, Interval, Precision, Seconds, Zone};

/// When an event takes place in a calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Span {
    /// The value of DTSTART.
    pub start: String,
    /// The value of DTEND, which is not part of the event.
    pub end: Option<String>,
    /// Whether these are days, rather than times of day.
    pub is_days: bool,
    /// Whether that is all that the date says.
    pub is_exact: bool,
}

impl Span {
    /// Returns the days, or the times of day, that a date may cover. `zone` is that of times of day that have none. Returns
    /// `None` if they are not all within the years 1 to 9999, which are all that a calendar can say.
    pub fn new(date: &Date, zone: Option<&Zone>) -> Option<Self> {
        let clocks = date.clocks();
        if !clocks.zoned && !clocks.local {
            return Self::of_days(date);
        }
        let date = in_utc(date, zone);
        let Interval { start, end } = date.known_extent();
        let end = match &date {
            Date::Single(part) if part.precision() <= Precision::Minute => None,
            Date::Span { end: Endpoint::Dated(part), .. } if part.precision() <= Precision::Minute => {
                Some(part.extent().start)
            }
            _ => Some(end),
        };
        let end = end.filter(|end| *end > start);
        if !is_sayable(start) || !end.is_none_or(is_sayable) {
            return None;
        }
        let mark = if date.clocks().zoned { "Z" } else { "" };
        let is_exact = ends(&date).is_some_and(|ends| ends.into_iter().flatten().all(is_a_time));
        let time = |seconds: Seconds| time(seconds) + mark;
        Some(Self { start: time(start), end: end.map(time), is_days: false, is_exact })
    }

    fn of_days(date: &Date) -> Option<Self> {
        let Interval { start, end } = date.known_extent();
        let first = start.div_euclid(DAY) * DAY;
        let end = -(-end).div_euclid(DAY) * DAY;
        if !is_sayable(first) || !is_sayable(end) {
            return None;
        }
        let is_exact = ends(date).is_some_and(|ends| ends.into_iter().flatten().all(is_a_day));
        let end = (end > first + DAY).then(|| day(end));
        Some(Self { start: day(first), end, is_days: true, is_exact })
    }
}

/// Returns a date with its times of day in UTC, if any of them has a zone.
fn in_utc(date: &Date, zone: Option<&Zone>) -> Date {
    let placed = zone.map_or_else(|| date.clone(), |zone| date.on_axis_of(zone, &mut Vec::new()));
    match Zone::named("UTC") {
        Some(utc) if placed.clocks().zoned => placed.on_axis_of(&utc, &mut Vec::new()),
        _ => placed,
    }
}

/// Returns the parts of a date that has no more than one or two of them.
fn ends(date: &Date) -> Option<[Option<&DatePart>; 2]> {
    match date {
        Date::Single(part) => Some([Some(part), None]),
        Date::Span { start: Endpoint::Dated(start), end: Endpoint::Dated(end) } => Some([Some(start), Some(end)]),
        _ => None,
    }
}

fn is_plain(part: &DatePart) -> bool {
    let is_gregorian = part.calendar() == crate::date::Calendar::Gregorian;
    is_gregorian && !part.approximate().any() && !part.uncertain().any()
}

fn is_a_day(part: &DatePart) -> bool {
    part.precision() == Precision::Day && part.extent().length() == DAY && is_plain(part)
}

fn is_a_time(part: &DatePart) -> bool {
    part.precision() <= Precision::Minute && is_plain(part)
}

/// Returns whether a calendar can say a moment.
fn is_sayable(seconds: Seconds) -> bool {
    (1..=9_999).contains(&Civil::from_seconds(seconds).year)
}

fn day(seconds: Seconds) -> String {
    let Civil { year, month, day, .. } = Civil::from_seconds(seconds);
    format!("{year:04}{month:02}{day:02}")
}

fn time(seconds: Seconds) -> String {
    let Civil { hour, minute, second, .. } = Civil::from_seconds(seconds);
    format!("{}T{hour:02}{minute:02}{second:02}", day(seconds))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_days_or_times() {
        let check = |text: &str, zone: Option<&str>, expect: Option<(&str, Option<&str>, bool)>| {
            let date = Date::parse(text).expect(text);
            let span = Span::new(&date, zone.and_then(Zone::named).as_ref());
            let found = span.as_ref().map(|span| (span.start.as_str(), span.end.as_deref(), span.is_exact));
            assert_eq!(found, expect, "{text}");
        };
        check("1965-06-22", None, Some(("19650622", None, true)));
        check("1965-06-22/1965-07-01", None, Some(("19650622", Some("19650702"), true)));
        check("1965", None, Some(("19650101", Some("19660101"), false)));
        check("1965-06-22~", None, Some(("19650622", None, false)));
        check("1998/..", None, Some(("19980101", Some("19990101"), false)));
        check("[1667,1669]", None, Some(("16670101", Some("16700101"), false)));
        check("0001-01-01", None, Some(("00010101", None, true)));
        check("0000", None, None);
        check("1 BCE/0001", None, None);
        check("9999-12-30", None, Some(("99991230", None, true)));
        check("9999-12-31", None, None);
        check("66 Ma", None, None);
        check("1965-06-22T09:05", None, Some(("19650622T090500", None, true)));
        check("1965-06-22T09", None, Some(("19650622T090000", Some("19650622T100000"), false)));
        check("2015-12-10T14:30+09:00", None, Some(("20151210T053000Z", None, true)));
        check("2015-12-10T14:30", Some("Asia/Seoul"), Some(("20151210T053000Z", None, true)));
        check("2015-12-10T05:30Z", Some("Asia/Seoul"), Some(("20151210T053000Z", None, true)));
        check("2015-12-10T14:30Z/2015-12-11T01:00Z", None, Some(("20151210T143000Z", Some("20151211T010000Z"), true)));
        check("1965-06-22T09:05/1965-06-23", None, Some(("19650622T090500", Some("19650624T000000"), false)));
        check("25 October 1917 (Julian)", None, Some(("19171107", None, false)));
    }
}
