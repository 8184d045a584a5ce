//! The zones of times: those of the IANA database, or as a file defines them.

use std::collections::HashMap;
use std::rc::Rc;

use jiff::civil::DateTime;
use jiff::tz::{AmbiguousOffset, TimeZone};

use crate::date::civil::{Civil, DAY, civil_from_days, days_from_civil};
use crate::date::{self, Seconds};
use crate::import::recurrence::{Limits, Rule, expand};

use super::clock::{civil_time, until};
use super::component::{Entry, ZoneRules};
use super::windows_zones;

/// Where the clocks are that show a time.
#[derive(Clone, Debug)]
pub(in crate::import) enum Zone {
    /// Wherever somebody is.
    Floating,
    Utc,
    /// A zone of the IANA database.
    Named(TimeZone),
    /// A zone that the file defines.
    Rules(Rc<Rules>),
}

/// The offset of a zone from UTC at a civil time, in seconds east.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::import) struct Offset {
    pub seconds: i64,
    /// Whether the civil time occurs once. If it occurs twice, the offset is that of the first time; if it does not
    /// occur, that from before the clocks were put forward (RFC 5545, 3.3.5).
    pub is_plain: bool,
}

/// The changes of the clocks in a zone.
#[derive(Debug, Default)]
pub(in crate::import) struct Rules {
    /// For each change: the civil time before it, and the offsets from UTC before and after it, in order of time.
    changes: Vec<(Seconds, i64, i64)>,
}

impl Zone {
    /// Returns the zone of the IANA database that a name stands for: as it is, after a prefix such as
    /// `/mozilla.org/20050126_1/`, or as Windows names it.
    pub fn named(name: &str) -> Option<Self> {
        if ["UTC", "Z", "GMT", "Etc/UTC"].iter().any(|utc| name.eq_ignore_ascii_case(utc)) {
            return Some(Self::Utc);
        }
        let parts: Vec<&str> = name.split('/').filter(|part| !part.is_empty()).collect();
        let tails = (0..parts.len()).rev().take(3).rev().filter_map(|from| parts.get(from..));
        let found = tails.map(|tail| tail.join("/")).find_map(|name| date::Zone::named(&name));
        found.or_else(|| date::Zone::named(windows_zones::iana(name)?)).map(|zone| Self::Named(zone.into_rules()))
    }

    /// Returns the zone of an offset from UTC, in seconds east. Returns `None` if there is none such.
    pub fn fixed(seconds: i64) -> Option<Self> {
        let offset = jiff::tz::Offset::from_seconds(i32::try_from(seconds).ok()?).ok()?;
        Some(Self::Named(TimeZone::fixed(offset)))
    }

    /// Returns the name that it has in the IANA database, if it is in it.
    pub fn name(&self) -> Option<&str> {
        match self {
            Self::Named(zone) => zone.iana_name(),
            Self::Utc => Some("UTC"),
            Self::Floating | Self::Rules(_) => None,
        }
    }

    /// Returns the offset at a civil time.
    pub fn offset(&self, civil: Seconds) -> Offset {
        match self {
            Self::Floating | Self::Utc => Offset { seconds: 0, is_plain: true },
            Self::Named(zone) => named_offset(zone, civil),
            Self::Rules(rules) => rules.offset(civil),
        }
    }

    /// Returns the instant of a civil time, in seconds of UTC. A floating time is its own.
    pub fn instant(&self, civil: Seconds) -> Seconds {
        civil - self.offset(civil).seconds
    }

    /// Returns the civil time of an instant. A floating time is its own.
    pub fn civil(&self, instant: Seconds) -> Seconds {
        match self {
            Self::Floating | Self::Utc => instant,
            Self::Named(zone) => {
                let known = instant.clamp(jiff::Timestamp::MIN.as_second(), jiff::Timestamp::MAX.as_second());
                let offset = jiff::Timestamp::from_second(known).map_or(0, |at| zone.to_offset(at).seconds());
                instant + i64::from(offset)
            }
            Self::Rules(rules) => rules.civil(instant),
        }
    }
}

fn named_offset(zone: &TimeZone, civil: Seconds) -> Offset {
    let once = |seconds: i32| Offset { seconds: i64::from(seconds), is_plain: true };
    let Some(time) = date_time(civil) else { return once(0) };
    match zone.to_ambiguous_timestamp(time).offset() {
        AmbiguousOffset::Unambiguous { offset } => once(offset.seconds()),
        AmbiguousOffset::Fold { before, .. } | AmbiguousOffset::Gap { before, .. } => {
            Offset { is_plain: false, ..once(before.seconds()) }
        }
    }
}

fn date_time(civil: Seconds) -> Option<DateTime> {
    let Civil { year, month, day, hour, minute, second } = Civil::from_seconds(civil);
    let small = |value: u8| i8::try_from(value).ok();
    let year = i16::try_from(year).ok()?;
    DateTime::new(year, small(month)?, small(day)?, small(hour)?, small(minute)?, small(second)?, 0).ok()
}

impl Rules {
    /// Maximum number of changes that are worked out for a zone.
    const MOST: usize = 4_000;
    /// The year after which no changes are worked out.
    const LAST_YEAR: i64 = 2_100;

    /// Works out the changes of a zone. Returns `None` if it defines none.
    fn new(zone: &ZoneRules, steps: &mut usize) -> Option<Self> {
        let mut changes = Vec::new();
        for part in zone.parts.iter().take(64) {
            let offset = |name: &str| part.get(name).and_then(|property| offset(&property.value));
            let Some(after) = offset("TZOFFSETTO") else { continue };
            let before = offset("TZOFFSETFROM").unwrap_or(after);
            changes.extend(onsets(part, before, steps).into_iter().map(|onset| (onset, before, after)));
            if changes.len() > Self::MOST {
                break;
            }
        }
        changes.sort_unstable();
        (!changes.is_empty()).then_some(Self { changes })
    }

    fn offset(&self, civil: Seconds) -> Offset {
        let next = self.changes.partition_point(|(onset, ..)| *onset <= civil);
        let upcoming = self.changes.get(next).map(|(onset, before, after)| (*onset, after - before));
        // Put back: the civil time comes again after the change.
        let comes_twice = upcoming.is_some_and(|(onset, gained)| gained < 0 && civil >= onset + gained);
        let Some((onset, before, after)) = next.checked_sub(1).and_then(|last| self.changes.get(last)) else {
            let first = self.changes.first().map_or(0, |(_, before, _)| *before);
            return Offset { seconds: first, is_plain: !comes_twice };
        };
        // Put forward: the civil time does not come.
        if civil < onset + (after - before) {
            return Offset { seconds: *before, is_plain: false };
        }
        Offset { seconds: *after, is_plain: !comes_twice }
    }

    fn civil(&self, instant: Seconds) -> Seconds {
        let next = self.changes.partition_point(|(onset, before, _)| onset - before <= instant);
        match next.checked_sub(1).and_then(|last| self.changes.get(last)) {
            Some((.., after)) => instant + after,
            None => instant + self.changes.first().map_or(0, |(_, before, _)| *before),
        }
    }
}

/// Returns the civil times at which a part of a zone begins to apply.
fn onsets(part: &Entry, before: i64, steps: &mut usize) -> Vec<Seconds> {
    let Some(start) = part.get("DTSTART").and_then(|property| civil_time(&property.value)) else { return Vec::new() };
    let mut onsets = vec![start];
    for property in part.all("RDATE").take(1_000) {
        onsets.extend(property.value.split(',').take(1_000).filter_map(civil_time));
    }
    for rule in part.all("RRULE").take(4).filter_map(|property| Rule::parse(&property.value).ok()) {
        let until = until(&rule).map(|(time, is_utc)| if is_utc { time + before } else { time });
        let limits = Limits { until, last: Some(days_from_civil(Rules::LAST_YEAR, 1, 1) * DAY), most: 1_000 };
        onsets.extend(expand(&rule, start, limits, steps).times.into_iter().skip(1));
    }
    onsets
}

/// Reads an offset from UTC: `+0900`, `-073000`.
fn offset(text: &str) -> Option<i64> {
    let text = text.trim();
    let (sign, digits) = match text.split_at_checked(1)? {
        ("+", digits) => (1, digits),
        ("-", digits) => (-1, digits),
        _ => return None,
    };
    let digits = digits.replace(':', "");
    let part = |from: usize| digits.get(from..from + 2).map_or(Some(0), |part| part.parse::<i64>().ok());
    let seconds = part(0)? * 3_600 + part(2)? * 60 + part(4)?;
    (digits.len() >= 2 && seconds < DAY).then_some(sign * seconds)
}

/// The zones that the times of a calendar refer to.
#[derive(Debug)]
pub(super) struct Zones {
    known: HashMap<String, Option<Zone>>,
    /// What may still be spent on working out changes of the clocks, in days or times looked at.
    steps: usize,
}

impl Default for Zones {
    fn default() -> Self {
        Self { known: HashMap::new(), steps: 4_000_000 }
    }
}

impl Zones {
    /// Returns the zone of a TZID: of the IANA database if it names one, or else as the calendar defines it. Returns
    /// `None` if it is not known.
    pub fn get(&mut self, name: &str, defined: &[ZoneRules]) -> Option<Zone> {
        if let Some(zone) = self.known.get(name) {
            return zone.clone();
        }
        let zone = Zone::named(name).or_else(|| defined_zone(name, defined, &mut self.steps));
        self.known.insert(name.to_owned(), zone.clone());
        zone
    }
}

fn defined_zone(name: &str, defined: &[ZoneRules], steps: &mut usize) -> Option<Zone> {
    /// Maximum number of zones of a calendar; the IANA database has fewer.
    const MOST: usize = 600;
    let rules = defined.iter().take(MOST).find(|rules| rules.entry.text("TZID").is_some_and(|id| id.trim() == name))?;
    if let Some(zone) = rules.entry.text("X-LIC-LOCATION").and_then(|name| Zone::named(name.trim())) {
        return Some(zone);
    }
    Rules::new(rules, steps).map(|rules| Zone::Rules(Rc::new(rules)))
}

/// Returns the last moment of a year.
pub(in crate::import) fn end_of_year(year: i64) -> Seconds {
    days_from_civil(year + 1, 1, 1) * DAY - 1
}

/// Returns the year of a moment.
pub(in crate::import) fn year_of(time: Seconds) -> i64 {
    civil_from_days(time.div_euclid(DAY)).0
}

#[cfg(test)]
mod tests {
    use super::super::component::read;
    use super::*;

    const OUTLOOK: &str = "BEGIN:VCALENDAR\nBEGIN:VTIMEZONE\nTZID:Office Time\nBEGIN:STANDARD\n\
        DTSTART:16010101T030000\nTZOFFSETFROM:+0200\nTZOFFSETTO:+0100\n\
        RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10\nEND:STANDARD\nBEGIN:DAYLIGHT\nDTSTART:16010101T020000\n\
        TZOFFSETFROM:+0100\nTZOFFSETTO:+0200\nRRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3\nEND:DAYLIGHT\n\
        END:VTIMEZONE\nEND:VCALENDAR";

    #[test]
    fn a_zone_of_the_file_agrees_with_that_of_the_database() {
        let file = read(OUTLOOK);
        let own = Zones::default().get("Office Time", &file.calendars[0].zones).expect("a zone");
        let named = Zone::named("/mozilla.org/20050126_1/Europe/Berlin").expect("a zone");
        assert_eq!((own.name(), named.name()), (None, Some("Europe/Berlin")));
        for hour in 0..24 * 366 {
            let time = days_from_civil(2024, 1, 1) * DAY + hour * 3_600 + 1_800;
            assert_eq!(own.offset(time), named.offset(time), "{hour}");
            assert_eq!(own.civil(time), named.civil(time), "{hour}");
        }
        let check = |text: &str, seconds: i64, is_plain: bool| {
            let time = civil_time(text).expect("a time");
            assert_eq!(named.offset(time), Offset { seconds, is_plain }, "{text}");
        };
        check("20240331T023000", 3_600, false);
        check("20241027T023000", 7_200, false);
        check("20240701T120000", 7_200, true);
    }

    #[test]
    fn names_of_zones_are_found() {
        let check = |name: &str, expect: Option<&str>| {
            assert_eq!(Zone::named(name).as_ref().and_then(Zone::name), expect, "{name}");
        };
        check("Asia/Seoul", Some("Asia/Seoul"));
        check(
            "/freeassociation.sourceforge.net/America/Argentina/Buenos_Aires",
            Some("America/Argentina/Buenos_Aires"),
        );
        check("Pacific Standard Time", Some("America/Los_Angeles"));
        check("Office Time", None);
        check("", None);
        assert!(matches!(Zone::named("UTC"), Some(Zone::Utc)));
    }

    #[test]
    fn offsets_are_read() {
        let check = |text: &str, expect: Option<i64>| assert_eq!(offset(text), expect, "{text}");
        check("+0900", Some(32_400));
        check("-073030", Some(-27_030));
        check("+01:30", Some(5_400));
        check("0900", None);
        check("+é", None);
        check("+9999", None);
    }
}
