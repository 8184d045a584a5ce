//! Dates -> the parts of dates in `TimelineJS`.

use crate::date::civil::Civil;
use crate::date::{Date, DatePart, Endpoint, Interval, Precision, Seconds, Zone};
use crate::interchange::json::Json;

/// When a slide is.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Span {
    pub start: Json,
    /// The last year, month, day or time, which is part of it.
    pub end: Option<Json>,
    /// Whether that is all that the date says.
    pub is_exact: bool,
}

/// The years that dates of JavaScript reach, which the scale for people needs.
const YEARS: std::ops::RangeInclusive<i64> = -271_820..=275_759;

/// Returns whether a date needs the scale of the universe, on which there are only years.
pub(super) fn is_cosmological(date: &Date) -> bool {
    let Interval { start, end } = date.known_extent();
    [start, end.saturating_sub(1)].into_iter().any(|second| !YEARS.contains(&Civil::from_seconds(second).year))
}

/// What parts a date has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Unit {
    Second,
    Minute,
    Day,
    Month,
    Year,
}

impl Unit {
    fn of(precision: Precision) -> Self {
        match precision {
            Precision::Second => Self::Second,
            Precision::Minute | Precision::Hour => Self::Minute,
            Precision::Day | Precision::Week | Precision::Season => Self::Day,
            Precision::Month => Self::Month,
            _ => Self::Year,
        }
    }
}

impl Span {
    /// Returns the time of a date in the zone of the document.
    pub fn new(date: &Date, zone: Option<&Zone>, is_cosmological: bool) -> Self {
        let placed = zone.map(|zone| date.on_axis_of(zone, &mut Vec::new()));
        let date = placed.as_ref().unwrap_or(date);
        let least = if is_cosmological { Unit::Year } else { Unit::Second };
        let part = |seconds: Seconds, unit: Unit| Moment::new(seconds, unit.max(least));
        let [opening, closing] = match date {
            Date::Span { start, end } => {
                let dated = |end: &Endpoint| end.part().copied();
                let [start, end] = [dated(start), dated(end)];
                [start.or(end), end]
            }
            Date::Single(part) => [Some(*part), (!is_whole(part)).then_some(*part)],
            Date::Set(_) => [None, None],
        };
        let Interval { start, end } = date.known_extent();
        let unit = |part: &Option<DatePart>| part.map_or(Unit::Day, |part| Unit::of(part.precision()));
        let (first_unit, last_unit) = match date {
            Date::Set(_) => (Unit::of_interval(start, end), Unit::of_interval(start, end)),
            _ => (unit(&opening), unit(&closing)),
        };
        let start = part(start, first_unit);
        let end = match (&closing, date) {
            (Some(closing), _) if last_unit <= Unit::Minute => Some(part(closing.extent().start, last_unit)),
            (Some(_), _) | (None, Date::Set(_)) => Some(part(end.saturating_sub(1), last_unit)),
            (None, _) => None,
        };
        let end = end.filter(|end| *end != start);
        let said = match &end {
            Some(end) => format!("{}/{}", start.edtf(), end.edtf()),
            None => start.edtf(),
        };
        let is_exact = Date::parse(&said).is_ok_and(|said| said == *date);
        Self { start: start.json(), end: end.map(Moment::json), is_exact }
    }
}

impl Unit {
    /// Returns the longest unit of which an interval has a whole number.
    fn of_interval(start: Seconds, end: Seconds) -> Self {
        let begins = |seconds: Seconds| {
            let Civil { month, day, hour, minute, second, .. } = Civil::from_seconds(seconds);
            match (month, day, hour, minute, second) {
                (1, 1, 0, 0, 0) => Self::Year,
                (_, 1, 0, 0, 0) => Self::Month,
                (_, _, 0, 0, 0) => Self::Day,
                _ => Self::Second,
            }
        };
        begins(start).min(begins(end))
    }
}

/// Returns whether a part is one year, month, day or moment.
fn is_whole(part: &DatePart) -> bool {
    matches!(
        part.precision(),
        Precision::Second | Precision::Minute | Precision::Day | Precision::Month | Precision::Year
    ) && part.extent().length() <= 366 * crate::date::civil::DAY
}

/// A year, month, day or time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Moment {
    civil: Civil,
    unit: Unit,
}

impl Moment {
    fn new(seconds: Seconds, unit: Unit) -> Self {
        let Civil { year, month, day, hour, minute, second } = Civil::from_seconds(seconds);
        let has = |least: Unit, value: u8, other: u8| if unit <= least { value } else { other };
        let civil = Civil {
            year,
            month: has(Unit::Month, month, 1),
            day: has(Unit::Day, day, 1),
            hour: has(Unit::Minute, hour, 0),
            minute: has(Unit::Minute, minute, 0),
            second: has(Unit::Second, second, 0),
        };
        Self { civil, unit }
    }

    /// Returns the parts. Years BCE are negative, and there is no year 0.
    fn json(self) -> Json {
        let Civil { year, month, day, hour, minute, second } = self.civil;
        let year = if year < 1 { year.saturating_sub(1) } else { year };
        let mut fields = vec![("year", Json::Integer(year))];
        let parts = [
            (Unit::Month, "month", month),
            (Unit::Day, "day", day),
            (Unit::Minute, "hour", hour),
            (Unit::Minute, "minute", minute),
            (Unit::Second, "second", second),
        ];
        let has = parts.into_iter().filter(|(unit, ..)| self.unit <= *unit);
        fields.extend(has.map(|(_, name, value)| (name, Json::Integer(value.into()))));
        Json::Object(fields)
    }

    fn edtf(self) -> String {
        let Civil { year, month, day, hour, minute, second } = self.civil;
        let year = match year {
            0..=9_999 => format!("{year:04}"),
            -9_999..=-1 => format!("-{:04}", -year),
            _ => format!("Y{year}"),
        };
        match self.unit {
            Unit::Year => year,
            Unit::Month => format!("{year}-{month:02}"),
            Unit::Day => format!("{year}-{month:02}-{day:02}"),
            Unit::Minute => format!("{year}-{month:02}-{day:02}T{hour:02}:{minute:02}"),
            Unit::Second => format!("{year}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_have_parts() {
        let check = |text: &str, start: &str, end: Option<&str>, is_exact: bool| {
            let date = Date::parse(text).expect(text);
            let span = Span::new(&date, None, is_cosmological(&date));
            let found = (span.start.compact(), span.end.map(|end| end.compact()), span.is_exact);
            assert_eq!(found, (start.to_owned(), end.map(str::to_owned), is_exact), "{text}");
        };
        check("1965", "{\"year\":1965}", None, true);
        check("1965-06", "{\"year\":1965,\"month\":6}", None, true);
        check("15 March 44 BCE", "{\"year\":-44,\"month\":3,\"day\":15}", None, true);
        check("c. 1850", "{\"year\":1850}", None, false);
        check("196X", "{\"year\":1960}", Some("{\"year\":1969}"), false);
        check("1965/2015", "{\"year\":1965}", Some("{\"year\":2015}"), true);
        check("1965-06-22/1966", "{\"year\":1965,\"month\":6,\"day\":22}", Some("{\"year\":1966}"), true);
        check("1998/..", "{\"year\":1998}", None, false);
        check("/1727", "{\"year\":1727}", None, false);
        check("[1667,1669]", "{\"year\":1667}", Some("{\"year\":1669}"), false);
        check("1965-06-22T09:05", "{\"year\":1965,\"month\":6,\"day\":22,\"hour\":9,\"minute\":5}", None, true);
        // From 66.5 to 65.5 million years before 1950, without a year 0.
        check("66 Ma", "{\"year\":-66498051}", Some("{\"year\":-65498052}"), false);
    }
}
