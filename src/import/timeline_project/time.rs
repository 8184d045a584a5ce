//! Times of the calendars that a file may be in, and periods as texts of a document.

use crate::date::Calendar;
use crate::date::civil::civil_from_days;
use crate::import::parts::{End, Parts, span};

/// The calendar of a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum TimeType {
    #[default]
    Gregorian,
    /// Numbers without a unit.
    Numeric,
    /// The Coptic calendar.
    Coptic,
    /// A calendar of twelve months of 30 days and five further days, of a game or of ancient Egypt: the name of the
    /// calendar.
    Schematic(&'static str),
}

impl TimeType {
    /// Returns the calendar with a name; the Gregorian one if the name is not known.
    pub fn named(name: &str) -> Self {
        match name.trim().to_ascii_lowercase().as_str() {
            name if name.starts_with("num") => Self::Numeric,
            name if name.starts_with("coptic") => Self::Coptic,
            name if name.starts_with("bosparanian") => Self::Schematic("Bosparanian"),
            name if name.starts_with("pharaonic") => Self::Schematic("Pharaonic"),
            _ => Self::Gregorian,
        }
    }
}

/// A time of a file, in the Gregorian calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Time {
    year: i64,
    month: u8,
    day: u8,
    /// Hour, minute, second.
    clock: [u8; 3],
    /// Whether the file has a number and no day.
    is_year: bool,
}

impl Time {
    /// Reads `2012-07-04 13:20:00`, or a number. Years before the era are astronomical.
    pub fn read(text: &str, time_type: TimeType) -> Option<Self> {
        let text = text.trim();
        if time_type == TimeType::Numeric {
            let year: f64 = text.parse().ok().filter(|number: &f64| number.abs() < 1e10)?;
            return Some(Self { year: year.floor() as i64, month: 1, day: 1, clock: [0; 3], is_year: true });
        }
        let (date, clock) = text.split_once([' ', 'T']).unwrap_or((text, "0:0:0"));
        let (sign, date) = date.strip_prefix('-').map_or((1, date), |date| (-1, date));
        let mut numbers = date.split('-').map(str::parse::<u32>);
        let mut part = || numbers.next()?.ok();
        let (year, month, day) = (sign * i64::from(part()?), u8::try_from(part()?).ok()?, u8::try_from(part()?).ok()?);
        let mut parts = clock.split(':').map(|part| part.trim().parse::<u8>().ok());
        let mut part = |most: u8| parts.next().unwrap_or(Some(0)).filter(|part| *part <= most);
        let clock = [part(23)?, part(59)?, part(59)?];
        let (year, month, day) = match time_type {
            TimeType::Coptic => coptic(year, month, day)?,
            TimeType::Schematic(_) => schematic(year, month, day)?,
            _ => (year, month, day),
        };
        let is_valid = (1..=12).contains(&month) && day >= 1 && day <= Calendar::Gregorian.days_in_month(year, month);
        is_valid.then_some(Self { year, month, day, clock, is_year: false })
    }

    fn has_clock(self) -> bool {
        self.clock != [0; 3]
    }

    fn parts(self) -> Parts {
        if self.is_year || !(-9_999..=9_999).contains(&self.year) {
            return Parts::year(self.year);
        }
        Parts::new(Calendar::Gregorian, self.year, Some(self.month), Some(self.day))
    }

    fn iso(self) -> String {
        let Self { year, month, day, clock: [hour, minute, second], .. } = self;
        let second = if second == 0 { String::new() } else { format!(":{second:02}") };
        format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}{second}")
    }
}

/// Returns a day of the Coptic calendar, whose year 1 began on 29 August 284 (Julian), in the Gregorian one.
fn coptic(year: i64, month: u8, day: u8) -> Option<(i64, u8, u8)> {
    /// The Julian day number of the first day of year 1, and that of 1970-01-01.
    const EPOCHS: [i64; 2] = [1_825_030, 2_440_588];
    let is_valid = (1..=13).contains(&month) && (1..=30).contains(&day);
    let days = 365 * (year - 1) + year.div_euclid(4) + 30 * (i64::from(month) - 1) + i64::from(day) - 1;
    is_valid.then(|| civil_from_days(EPOCHS[0] - EPOCHS[1] + days))
}

/// Returns the day with the same number in a year of the Gregorian calendar without a leap day.
fn schematic(year: i64, month: u8, day: u8) -> Option<(i64, u8, u8)> {
    /// The first day of a year without a leap day, counted from 1970-01-01: 2001-01-01.
    const COMMON: i64 = 11_323;
    let is_valid = (1..=13).contains(&month) && (1..=30).contains(&day);
    let number = 30 * (i64::from(month) - 1) + i64::from(day) - 1;
    let (_, month, day) = civil_from_days(COMMON + number.min(364));
    is_valid.then_some((year, month, day))
}

/// How the ends of a period are known.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Ends {
    pub fuzzy_start: bool,
    pub fuzzy_end: bool,
    /// Whether it goes on until today.
    pub goes_on: bool,
}

/// Returns a period as a date of a document. A period that begins and ends at midnight is one of days.
pub(super) fn date(start: Time, end: Time, ends: Ends) -> Option<String> {
    let is_fuzzy = ends.fuzzy_start || ends.fuzzy_end;
    let has_clock = start.has_clock() || end.has_clock() && !ends.goes_on;
    let about = |time: Time, is_fuzzy: bool| if is_fuzzy { time.parts().about() } else { time.parts() };
    let is_short = end <= start && !ends.goes_on;
    if has_clock && !is_fuzzy && (1..=9_999).contains(&start.year) && end.year <= 9_999 {
        return Some(match (is_short, ends.goes_on) {
            (true, _) => start.iso(),
            (_, true) => format!("{}/..", start.iso()),
            _ => format!("{}/{}", start.iso(), end.iso()),
        });
    }
    let (first, last) = (about(start, ends.fuzzy_start), about(end, ends.fuzzy_end));
    if ends.goes_on {
        return span(End::At(first), End::Open);
    }
    if is_short || start.parts() == end.parts() {
        return Some(about(start, is_fuzzy).text());
    }
    span(End::At(first), End::At(last))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_become_dates() {
        let check = |start: &str, end: &str, ends: [bool; 3], expect: Option<&str>| {
            let [fuzzy_start, fuzzy_end, goes_on] = ends;
            let time = |text: &str| Time::read(text, TimeType::Gregorian).expect("a time");
            let found = date(time(start), time(end), Ends { fuzzy_start, fuzzy_end, goes_on });
            assert_eq!(found.as_deref(), expect, "{start} {end}");
            assert!(crate::date::Date::parse(&found.expect("a date")).is_ok(), "{start}");
        };
        let plain = [false; 3];
        check("2012-07-04 00:00:00", "2012-07-04 00:00:00", plain, Some("2012-07-04"));
        check("2012-07-04 00:00:00", "2012-07-06 00:00:00", plain, Some("2012-07-04/2012-07-06"));
        check("2012-7-4 13:20:0", "2012-7-4 13:20:0", plain, Some("2012-07-04T13:20"));
        check("2012-07-04 13:20:00", "2012-07-04 15:00:30", plain, Some("2012-07-04T13:20/2012-07-04T15:00:30"));
        check("1914-07-28 00:00:00", "1918-11-11 00:00:00", [true, true, false], Some("1914-07-28~/1918-11-11~"));
        check("1914-07-28 00:00:00", "1918-11-11 00:00:00", [false, true, false], Some("1914-07-28/1918-11-11~"));
        check("1914-07-28 00:00:00", "1914-07-28 00:00:00", [true, true, false], Some("1914-07-28~"));
        check("2012-07-04 00:00:00", "2013-01-01 12:34:56", [false, false, true], Some("2012-07-04/.."));
        check("-43-03-15 00:00:00", "-43-03-15 00:00:00", plain, Some("15 March 44 BCE"));
        check("-20000-01-01 00:00:00", "-10000-01-01 00:00:00", plain, Some("20001 BCE/10001 BCE"));
    }

    #[test]
    fn other_calendars_are_read() {
        let check = |text: &str, time_type: TimeType, expect: Option<&str>| {
            let found = Time::read(text, time_type).map(|time| time.parts().text());
            assert_eq!(found.as_deref(), expect, "{text}");
        };
        check("12", TimeType::Numeric, Some("0012"));
        check("-3.5", TimeType::Numeric, Some("5 BCE"));
        // The first day of the Coptic year 1736 was 12 September 2019.
        check("1736-1-1 00:00:00", TimeType::named("coptictime"), Some("2019-09-12"));
        check("1000-3-15 00:00:00", TimeType::named("bosparaniantime"), Some("1000-03-16"));
        check("1000-13-5 00:00:00", TimeType::named("bosparaniantime"), Some("1000-12-31"));
        for wrong in ["", "2012", "2012-13-01 00:00:00", "2012-02-30 00:00:00", "2012-01-01 25:00:00", "x-1-1"] {
            check(wrong, TimeType::Gregorian, None);
        }
    }
}
