//! Time zones, and dates on the axis of a zone.

use jiff::tz::{AmbiguousOffset, TimeZone};

use super::civil::Seconds;
use super::civil::{self, Calendar, Civil, DAY, iso};
use super::form::{Form, Fraction, NANOS, Offset};
use super::model::{Date, DatePart, Interval, Precision};
use super::vocabulary::offset_words;

/// A time zone of the IANA database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Zone {
    rules: TimeZone,
    name: String,
}

/// The offset or offsets of a zone at a civil time.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) enum Shown {
    /// The time occurred once, at this offset from UTC in seconds east.
    Once(i32),
    /// It occurred twice, as the clocks were put back: at the first offset and then at the second.
    Twice(i32, i32),
    /// It did not occur, as the clocks were put forward past it; the offset is the one before.
    Never(i32),
}

/// Which kinds of times of day occur in a date, as returned by [`Date::clocks`].
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
pub struct Clocks {
    /// Some time of day has a zone or an offset from UTC.
    pub zoned: bool,
    /// Some time of day has neither.
    pub local: bool,
}

impl Zone {
    /// Returns the zone of a name, ignoring case, or `None` if the IANA database has no such zone.
    ///
    /// ```
    /// use longview_model::date::Zone;
    ///
    /// assert_eq!(Zone::named("asia/seoul").as_ref().map(Zone::name), Some("Asia/Seoul"));
    /// assert_eq!(Zone::named("Mars/Olympus"), None);
    /// ```
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let rules = super::zone_data::named(name)?;
        let name = rules.iana_name().unwrap_or(name).to_owned();
        Some(Self { rules, name })
    }

    /// Returns the IANA name of the zone.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the rules of the zone.
    #[must_use]
    pub fn into_rules(self) -> TimeZone {
        self.rules
    }

    /// Returns the offset from UTC at an instant, in seconds east.
    fn offset_at(&self, utc: Seconds) -> i32 {
        let known = utc.clamp(jiff::Timestamp::MIN.as_second(), jiff::Timestamp::MAX.as_second());
        jiff::Timestamp::from_second(known).map_or(0, |instant| self.rules.to_offset(instant).seconds())
    }

    /// Returns the offset or offsets at a civil time, or `None` outside the years -9999 to 9999.
    pub(super) fn shown(&self, civil: Seconds) -> Option<Shown> {
        Some(match self.rules.to_ambiguous_timestamp(civil_time(civil)?).offset() {
            AmbiguousOffset::Unambiguous { offset } => Shown::Once(offset.seconds()),
            AmbiguousOffset::Fold { before, after } => Shown::Twice(before.seconds(), after.seconds()),
            AmbiguousOffset::Gap { before, .. } => Shown::Never(before.seconds()),
        })
    }
}

fn civil_time(local: Seconds) -> Option<jiff::civil::DateTime> {
    let (year, month, day) = Calendar::Gregorian.civil(local.div_euclid(DAY));
    let Civil { hour, minute, second, .. } = Civil::from_seconds(local);
    let small = |value: u8| i8::try_from(value).ok();
    let year = i16::try_from(year).ok()?;
    jiff::civil::DateTime::new(year, small(month)?, small(day)?, small(hour)?, small(minute)?, small(second)?, 0).ok()
}

/// A time of day that is doubtful in a zone, as reported by [`Date::on_axis_of`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct ZoneDoubt {
    /// Whether the time does not exist.
    pub is_error: bool,
    /// What is doubtful.
    pub message: String,
    /// What to write.
    pub hint: String,
}

impl Date {
    /// Returns which kinds of times of day occur in the date.
    ///
    /// ```
    /// use longview_model::date::Date;
    ///
    /// let clocks = Date::parse("2015-12-10T14:30+09:00")?.clocks();
    /// assert!(clocks.zoned && !clocks.local);
    /// # Ok::<(), longview_model::date::DateError>(())
    /// ```
    #[must_use]
    pub fn clocks(&self) -> Clocks {
        let mut clocks = Clocks::default();
        self.each_part(&mut |part| {
            if part.precision < Precision::Day {
                let zoned = matches!(part.form, Form::Zoned { .. });
                clocks.zoned |= zoned;
                clocks.local |= !zoned;
            }
        });
        clocks
    }

    /// Returns the same date on an axis in `zone`: the extents of times of day become civil time of that zone, and a
    /// time without a zone is in it. What is doubtful in the zone is added to `doubts`. Days and longer units do not
    /// change.
    ///
    /// ```
    /// use longview_model::date::{Date, Zone};
    ///
    /// let date = Date::parse("2015-12-10T00:00Z")?;
    /// if let Some(seoul) = Zone::named("Asia/Seoul") {
    ///     let moved = date.on_axis_of(&seoul, &mut Vec::new());
    ///     assert_eq!(moved.bounds().start - date.bounds().start, 9 * 3_600);
    /// }
    /// # Ok::<(), longview_model::date::DateError>(())
    /// ```
    #[must_use]
    pub fn on_axis_of(&self, zone: &Zone, doubts: &mut Vec<ZoneDoubt>) -> Self {
        if self.clocks() == Clocks::default() {
            return self.clone();
        }
        self.map_parts(&mut |part| on_axis(part, zone, doubts))
    }

    /// Returns the date with its times of day in the zone of the axis, or `None` if they already are.
    pub(super) fn as_shown(&self) -> Option<Self> {
        let mut differs = false;
        self.each_part(&mut |part| {
            differs |= matches!(part.form, Form::Zoned { offset, shown, .. } if offset != shown);
        });
        differs.then(|| {
            self.map_parts(&mut |part| match part.form {
                Form::Zoned { shown, nanos, digits, .. } => {
                    DatePart { form: Form::Zoned { offset: shown, shown, nanos, digits }, ..*part }
                }
                _ => *part,
            })
        })
    }

    /// Returns the first second in which the date may lie and the first one after it, in ISO 8601, with the offset from
    /// UTC of a time that has one; `None` for an end that is open or unknown.
    ///
    /// ```
    /// use longview_model::date::Date;
    ///
    /// let [first, after] = Date::parse("1998/..")?.iso_bounds();
    /// assert_eq!((first.as_deref(), after), (Some("1998-01-01"), None));
    /// # Ok::<(), longview_model::date::DateError>(())
    /// ```
    #[must_use]
    pub fn iso_bounds(&self) -> [Option<String>; 2] {
        let (earliest, latest) = (self.earliest(), self.latest());
        let (mut first, mut last) = (None, None);
        self.each_part(&mut |part| {
            if part.precision < Precision::Day {
                let is_first = Some(part.extent.start) == earliest;
                let is_last = Some(part.extent.end) == latest;
                first = first.take().or_else(|| is_first.then(|| part.iso_start()));
                last = if is_last { Some(part.iso_end()) } else { last.take() };
            }
        });
        [
            earliest.map(|second| first.unwrap_or_else(|| iso(second))),
            latest.map(|second| last.unwrap_or_else(|| iso(second))),
        ]
    }
}

fn on_axis(part: &DatePart, zone: &Zone, doubts: &mut Vec<ZoneDoubt>) -> DatePart {
    if part.precision >= Precision::Day {
        return *part;
    }
    let Fraction { nanos, digits } = part.fraction();
    let moved =
        |by: i64| Interval { start: part.extent.start.saturating_add(by), end: part.extent.end.saturating_add(by) };
    let (extent, offset, shown) = if let Form::Zoned { offset, shown, .. } = part.form {
        let utc = part.extent.start.saturating_sub(i64::from(shown.seconds()));
        let now = zone.offset_at(utc);
        let extent = moved(i64::from(now) - i64::from(shown.seconds()));
        if matches!(zone.shown(extent.start), Some(Shown::Twice(_, second)) if second == now) {
            doubts.push(second_pass(zone));
        }
        (extent, offset, Offset::new(now))
    } else {
        let offset = match zone.shown(part.extent.start) {
            Some(Shown::Once(offset)) => offset,
            Some(Shown::Twice(first, second)) => {
                doubts.push(twice(zone, first, second));
                first
            }
            Some(Shown::Never(before)) => {
                doubts.push(never(zone));
                before
            }
            None => return *part,
        };
        (part.extent, Offset::new(offset), Offset::new(offset))
    };
    DatePart { extent, form: Form::Zoned { offset, shown, nanos, digits }, ..*part }
}

fn second_pass(zone: &Zone) -> ZoneDoubt {
    let name = zone.name();
    ZoneDoubt {
        is_error: false,
        message: format!("this is in the hour that came twice as the clocks of {name} were put back"),
        hint: format!("the axis is in {name} and shows that hour once; `zone: \"UTC\"` tells the two apart"),
    }
}

fn twice(zone: &Zone, first: i32, second: i32) -> ZoneDoubt {
    let (first, second) = (offset_words(first), offset_words(second));
    ZoneDoubt {
        is_error: false,
        message: format!(
            "this time came twice in {}, at UTC{first} and, after the clocks were put back, at UTC{second}: the first is \
             taken",
            zone.name()
        ),
        hint: format!("write {} or {} behind it", ascii(&first), ascii(&second)),
    }
}

fn never(zone: &Zone) -> ZoneDoubt {
    ZoneDoubt {
        is_error: true,
        message: format!("the clocks of {}, the document's zone, were put forward past this time", zone.name()),
        hint: "write the offset from UTC behind it, as in +09:00".to_owned(),
    }
}

/// Returns an offset as it is written in a date, with a hyphen for the minus sign.
fn ascii(offset: &str) -> String {
    offset.replace('\u{2212}', "-")
}

impl DatePart {
    /// Returns the start of a time of day, with its decimals and its offset from UTC: `2015-12-10T14:30:00.250+09:00`.
    fn iso_start(&self) -> String {
        let Fraction { nanos, digits } = self.fraction();
        iso_time(self.extent.start, nanos, digits, self.zone_offset())
    }

    /// Returns the first moment after a time of day: one second later, or one unit of its last decimal.
    fn iso_end(&self) -> String {
        let Fraction { nanos, digits } = self.fraction();
        if digits == 0 {
            return iso_time(self.extent.end, 0, 0, self.zone_offset());
        }
        let next = nanos + 10_u32.pow(9_u32.saturating_sub(u32::from(digits)));
        // Second 60, a leap second, precedes the next minute.
        if next == 2 * NANOS || next == NANOS && nanos < NANOS {
            return iso_time(self.extent.end, 0, digits, self.zone_offset());
        }
        iso_time(self.extent.start, next, digits, self.zone_offset())
    }

    /// Returns the offset of the axis from UTC, or `None` for a time without one.
    fn zone_offset(&self) -> Option<i32> {
        if let Form::Zoned { shown, .. } = self.form { Some(shown.seconds()) } else { None }
    }
}

fn iso_time(second: Seconds, nanos: u32, digits: u8, offset: Option<i32>) -> String {
    let day = iso(second.div_euclid(DAY).saturating_mul(DAY));
    let Civil { hour, minute, second, .. } = civil::Civil::from_seconds(second);
    let decimals = format!("{:09}", nanos % NANOS);
    let fraction = decimals.get(..usize::from(digits)).filter(|text| !text.is_empty());
    let second = u32::from(second) + nanos / NANOS;
    let zone = match offset {
        None => String::new(),
        Some(0) => "Z".to_owned(),
        Some(offset) => ascii(&offset_words(offset)),
    };
    let point = if fraction.is_some() { "." } else { "" };
    format!("{day}T{hour:02}:{minute:02}:{second:02}{point}{}{zone}", fraction.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, zone: &str) -> (Date, Vec<String>) {
        let (Ok(date), Some(zone)) = (Date::parse(text), Zone::named(zone)) else { panic!("{text} {zone}") };
        let mut doubts = Vec::new();
        let date = date.on_axis_of(&zone, &mut doubts);
        (date, doubts.into_iter().map(|doubt| doubt.message).collect())
    }

    #[test]
    fn times_stand_on_the_axis_in_its_zone() {
        let check = |text: &str, zone: &str, start: &str, label: &str, record: &str| {
            let (date, doubts) = shown(text, zone);
            assert_eq!(doubts, <[String; 0]>::default(), "{text}");
            let found = (date.earliest().map(iso), date.short_words(), date.words_dual());
            assert_eq!(found, (Some(start.to_owned()), label.to_owned(), record.to_owned()));
        };
        let seoul = "Asia/Seoul";
        check(
            "2015-12-10T09:00Z",
            seoul,
            "2015-12-10T18:00:00",
            "10 Dec 2015, 18:00 UTC+09:00",
            "10 December 2015, 09:00 UTC (18:00 UTC+09:00)",
        );
        check(
            "2015-12-09T20:00-05:00",
            seoul,
            "2015-12-10T10:00:00",
            "10 Dec 2015, 10:00 UTC+09:00",
            "9 December 2015, 20:00 UTC\u{2212}05:00 (10 December 2015, 10:00 UTC+09:00)",
        );
        check(
            "2015-12-10T08:00",
            seoul,
            "2015-12-10T08:00:00",
            "10 Dec 2015, 08:00 UTC+09:00",
            "10 December 2015, 08:00 UTC+09:00",
        );
        check("2015-12-10", seoul, "2015-12-10", "10 Dec 2015", "10 December 2015");
        let york = "america/new_york";
        check(
            "2015-07-01T12:00Z",
            york,
            "2015-07-01T08:00:00",
            "1 July 2015, 08:00 UTC\u{2212}04:00",
            "1 July 2015, 12:00 UTC (08:00 UTC\u{2212}04:00)",
        );
    }

    #[test]
    fn hours_that_came_twice_or_never_are_told() {
        let york = "America/New_York";
        assert!(shown("2015-11-01T01:30", york).1[0].contains("came twice"));
        assert!(shown("2015-11-01T06:30Z", york).1[0].contains("the hour that came twice"));
        assert!(shown("2015-11-01T05:30Z", york).1.is_empty());
        assert!(shown("2015-03-08T02:30", york).1[0].contains("put forward"));
        assert!(Zone::named("Mars/Base").is_none());
    }

    #[test]
    fn iso_times_name_their_offset() {
        let check = |text: &str, zone: Option<&str>, start: &str, end: &str| {
            let date = match (zone, Date::parse(text)) {
                (Some(zone), _) => shown(text, zone).0,
                (None, Ok(date)) => date,
                (None, Err(error)) => panic!("{text}: {error}"),
            };
            assert_eq!(date.iso_bounds(), [Some(start.to_owned()), Some(end.to_owned())], "{text}");
        };
        check("2015-12-10", None, "2015-12-10", "2015-12-11");
        check("2015-12-10T00:00", None, "2015-12-10T00:00:00", "2015-12-10T00:01:00");
        check("2015-12-10T09:00+09:00", None, "2015-12-10T00:00:00Z", "2015-12-10T00:01:00Z");
        check("2015-12-10T00:00Z", Some("Asia/Seoul"), "2015-12-10T09:00:00+09:00", "2015-12-10T09:01:00+09:00");
        check("1963-11-22T12:30:18.250Z", None, "1963-11-22T12:30:18.250Z", "1963-11-22T12:30:18.251Z");
        check("1963-11-22T12:30:18.9", None, "1963-11-22T12:30:18.9", "1963-11-22T12:30:19.0");
        check("2016-12-31T23:59:60Z", None, "2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z");
        check("2016-12-31T23:59:60.5Z", None, "2016-12-31T23:59:60.5Z", "2016-12-31T23:59:60.6Z");
        check("2015-12-10T09:00Z/2015-12-11", None, "2015-12-10T09:00:00Z", "2015-12-12");
        check("2015-12-10/2015-12-10T09:00Z", None, "2015-12-10", "2015-12-10T09:01:00Z");
    }
}
