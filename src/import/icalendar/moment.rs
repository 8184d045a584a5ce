//! Dates, times and durations (RFC 5545, 3.3.4 to 3.3.6).

use crate::date::Seconds;
use crate::date::civil::{Civil, DAY};

use super::clock::civil_time;
use super::component::ZoneRules;
use super::line::Property;
use super::zone::{Zone, Zones};

/// A day, or a time of day.
#[derive(Clone, Debug)]
pub(in crate::import) enum Moment {
    /// A day, as the civil time of its first moment.
    Day(Seconds),
    /// A civil time in a zone.
    Time(Seconds, Zone),
}

impl Moment {
    /// Returns the civil time.
    pub fn civil(&self) -> Seconds {
        let (Self::Day(civil) | Self::Time(civil, _)) = self;
        *civil
    }

    /// Returns the instant, in seconds of UTC, of a time with a zone; the civil time of any other.
    pub fn instant(&self) -> Seconds {
        match self {
            Self::Day(civil) => *civil,
            Self::Time(civil, zone) => zone.instant(*civil),
        }
    }

    /// Returns the moment of the same kind at another civil time.
    pub fn at(&self, civil: Seconds) -> Self {
        match self {
            Self::Day(_) => Self::Day(civil),
            Self::Time(_, zone) => Self::Time(civil, zone.clone()),
        }
    }

    /// Returns the moment of the same kind at another instant.
    pub fn at_instant(&self, instant: Seconds) -> Self {
        match self {
            Self::Day(_) => Self::Day(instant),
            Self::Time(_, zone) => Self::Time(zone.civil(instant), zone.clone()),
        }
    }

    /// Returns the moment in ISO 8601. A time that the clocks of the zone `home` show, and show once, is written without
    /// an offset from UTC.
    pub fn iso(&self, home: Option<&Zone>) -> String {
        let (civil, zone) = match self {
            Self::Day(civil) => return iso_day(*civil),
            Self::Time(civil, Zone::Utc) => return iso_time(*civil) + "Z",
            Self::Time(civil, Zone::Floating) => (*civil, home.unwrap_or(&Zone::Floating)),
            Self::Time(civil, zone) => (*civil, zone),
        };
        let offset = zone.offset(civil);
        let at_home = if matches!(zone, Zone::Floating) { Some(offset) } else { home.map(|home| home.offset(civil)) };
        if at_home.is_some_and(|at_home| at_home.is_plain && at_home.seconds == offset.seconds) {
            return iso_time(civil);
        }
        if offset.seconds % 60 != 0 {
            return iso_time(civil - offset.seconds) + "Z";
        }
        let sign = if offset.seconds < 0 { '-' } else { '+' };
        let minutes = offset.seconds.abs() / 60;
        format!("{}{sign}{:02}:{:02}", iso_time(civil), minutes / 60, minutes % 60)
    }
}

pub(in crate::import) fn iso_day(civil: Seconds) -> String {
    let Civil { year, month, day, .. } = Civil::from_seconds(civil);
    format!("{year:04}-{month:02}-{day:02}")
}

fn iso_time(civil: Seconds) -> String {
    let Civil { hour, minute, second, .. } = Civil::from_seconds(civil);
    let seconds = if second == 0 { String::new() } else { format!(":{second:02}") };
    format!("{}T{hour:02}:{minute:02}{seconds}", iso_day(civil))
}

/// What the value of a property says of a moment.
#[derive(Clone, Debug)]
pub(super) struct Reading {
    pub moment: Moment,
    /// The zone that it is said to be in, if that is not known.
    pub unknown_zone: Option<String>,
}

/// Reads a moment, in the zone that the parameters of its property name.
pub(super) fn read(property: &Property, text: &str, zones: &mut Zones, defined: &[ZoneRules]) -> Option<Reading> {
    let text = text.trim();
    let civil = civil_time(text)?;
    let known = |moment: Moment| Some(Reading { moment, unknown_zone: None });
    if !text.contains(['T', 't']) {
        return known(Moment::Day(civil));
    }
    if text.ends_with(['Z', 'z']) {
        return known(Moment::Time(civil, Zone::Utc));
    }
    let Some(name) = property.parameter("TZID").filter(|name| !name.is_empty()) else {
        return known(Moment::Time(civil, Zone::Floating));
    };
    match zones.get(name, defined) {
        Some(zone) => known(Moment::Time(civil, zone)),
        None => Some(Reading { moment: Moment::Time(civil, Zone::Floating), unknown_zone: Some(name.to_owned()) }),
    }
}

/// A duration: days of the calendar, and seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Duration {
    pub days: i64,
    pub seconds: i64,
}

impl Duration {
    /// Reads `P1W`, `P1DT12H`, `-PT15M`.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().to_ascii_uppercase();
        let (sign, text) = match text.strip_prefix('-') {
            Some(text) => (-1, text),
            None => (1, text.strip_prefix('+').unwrap_or(&text)),
        };
        let text = text.strip_prefix('P')?;
        let mut duration = Self { days: 0, seconds: 0 };
        let (mut number, mut is_time, mut is_empty) = (String::new(), false, true);
        for c in text.chars() {
            if c.is_ascii_digit() && number.len() < 9 {
                number.push(c);
                continue;
            }
            if c == 'T' && number.is_empty() {
                is_time = true;
                continue;
            }
            let count: i64 = std::mem::take(&mut number).parse().ok()?;
            match (c, is_time) {
                ('W', false) => duration.days += 7 * count,
                ('D', false) => duration.days += count,
                ('H', true) => duration.seconds += 3_600 * count,
                ('M', true) => duration.seconds += 60 * count,
                ('S', true) => duration.seconds += count,
                _ => return None,
            }
            is_empty = false;
        }
        let is_whole = number.is_empty() && !is_empty;
        is_whole.then_some(Self { days: sign * duration.days, seconds: sign * duration.seconds })
    }

    /// Returns the moment that is this much after another.
    pub fn after(self, start: &Moment) -> Moment {
        let later = start.at(start.civil() + self.days * DAY);
        match later {
            Moment::Day(civil) => Moment::Day(civil + (self.seconds + DAY - 1).div_euclid(DAY) * DAY),
            Moment::Time(..) if self.seconds == 0 => later,
            Moment::Time(..) => later.at_instant(later.instant() + self.seconds),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_read_and_written() {
        let check = |text: &str, zone: Option<&str>, home: Option<&str>, expect: Option<&str>| {
            let parameters = zone.map(|zone| ["TZID".to_owned(), zone.to_owned()]).into_iter().collect();
            let property = Property { parameters, ..Property::default() };
            let home = home.and_then(Zone::named);
            let found = read(&property, text, &mut Zones::default(), &[]);
            let found = found.map(|found| found.moment.iso(home.as_ref()));
            assert_eq!(found.as_deref(), expect, "{text}");
        };
        let (berlin, seoul) = (Some("Europe/Berlin"), Some("Asia/Seoul"));
        check("20160502", None, None, Some("2016-05-02"));
        check("20160502T140000", None, None, Some("2016-05-02T14:00"));
        check("20160502T140030Z", berlin, berlin, Some("2016-05-02T14:00:30Z"));
        check("20160502T140000", berlin, None, Some("2016-05-02T14:00+02:00"));
        check("20160502T140000", berlin, berlin, Some("2016-05-02T14:00"));
        check("20160502T140000", seoul, berlin, Some("2016-05-02T14:00+09:00"));
        check("20241027T023000", berlin, berlin, Some("2024-10-27T02:30+02:00"));
        check("20240331T023000", berlin, berlin, Some("2024-03-31T02:30+01:00"));
        check("20240331T023000", None, berlin, Some("2024-03-31T02:30+01:00"));
        check("20160502T140000", Some("Europe/Paris"), berlin, Some("2016-05-02T14:00"));
        check("18000101T120000", berlin, None, Some("1800-01-01T11:06:32Z"));
        check("00010101", None, None, Some("0001-01-01"));
        check("20160502T1400", None, None, Some("2016-05-02T14:00"));
        check("20161231T235960Z", None, None, Some("2016-12-31T23:59:59Z"));
        for wrong in ["", "20160230", "2016-05-02", "20160502T", "20160502T250000", "é0160502", "201605021"] {
            check(wrong, None, None, None);
        }
    }

    #[test]
    fn durations_are_read() {
        let check = |text: &str, expect: Option<[i64; 2]>| {
            let expect = expect.map(|[days, seconds]| Duration { days, seconds });
            assert_eq!(Duration::parse(text), expect, "{text}");
        };
        check("P15DT5H0M20S", Some([15, 18_020]));
        check("P7W", Some([49, 0]));
        check("-PT15M", Some([0, -900]));
        check("PT1H", Some([0, 3_600]));
        for wrong in ["", "P", "PT", "1D", "P1", "P1H", "PT1D", "PX", "P99999999999D"] {
            check(wrong, None);
        }
    }
}
