//! What a range says -> when it is, and as a date of a document.

use std::collections::HashMap;

use crate::date::civil::{DAY, civil_from_days, days_from_civil, days_in_month, weekday};
use crate::date::{Calendar, Date, Seconds};
use crate::import::dates::is_date;
use crate::import::icalendar::moment::Moment;
use crate::import::icalendar::zone::Zone;
use crate::import::parts::{End, Parts, span};
use crate::import::recurrence::months_later;

use super::range::{Point, Range, Relative, Unit};

/// When an event is, in seconds of civil time: from its first moment up to the first one after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Extent {
    pub from: Seconds,
    pub to: Seconds,
}

/// A range that has been resolved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Resolved {
    pub extent: Extent,
    /// The date in EDTF, or as a person writes it before the era.
    pub date: String,
    /// What was concluded: "the year", "the order of day and month".
    pub concluded: Option<&'static str>,
}

/// What is concluded of "now" and of what counts from it: the same file says another day tomorrow.
const TODAY: &str = "the day of the import, as now,";

/// What ranges are resolved with.
#[derive(Debug, Default)]
pub(super) struct Context {
    /// The first moment of today.
    pub today: Option<Seconds>,
    /// Whether the day is before the month in a date with slashes.
    pub day_first: bool,
    /// The zone of the document.
    pub home: Option<Zone>,
    /// The event before.
    pub prior: Option<Extent>,
    pub ids: HashMap<String, Extent>,
}

/// One end of a range.
#[derive(Clone, Debug)]
struct Side {
    extent: Extent,
    text: Text,
}

#[derive(Clone, Debug)]
enum Text {
    Parts(Parts),
    /// A time of day.
    Time(Seconds),
    /// As the file writes it.
    Written(String),
    /// What was worked out from another event.
    Computed,
    Open,
}

impl Context {
    /// Resolves a range; its times of day are in `zone`. Returns `None` if it cannot be: what it refers to is not there,
    /// or it ends before it begins.
    pub fn resolve(&self, range: &Range<'_>, zone: &Zone) -> Option<Resolved> {
        let mut concluded = None;
        let (start, end) = match (&range.start, &range.end) {
            (Point::Relative(relative), None) => {
                let base = self.base(relative, &mut concluded)?;
                let to = shifted(base, &relative.amounts, relative.is_before);
                let extent = Extent { from: base.min(to), to: base.max(to) };
                (Side { extent, text: Text::Computed }, None)
            }
            (Point::Relative(first), Some(Point::Relative(length))) if first.is_before => {
                let to = shifted(self.base(first, &mut concluded)?, &first.amounts, true);
                let from = shifted(to, &length.amounts, true);
                (Side { extent: Extent { from, to }, text: Text::Computed }, None)
            }
            (start, end) => {
                let start = self.side(start, None, &mut concluded)?;
                let end = match end {
                    Some(end) => Some(self.side(end, Some(start.extent.from), &mut concluded)?),
                    None => None,
                };
                (start, end)
            }
        };
        let to = end.as_ref().map_or(start.extent.to, |end| match end.text {
            Text::Open => self.today.unwrap_or(start.extent.to).max(start.extent.from),
            _ => end.extent.to,
        });
        let extent = Extent { from: start.extent.from, to };
        if extent.to < extent.from {
            return None;
        }
        let date = self.date(extent, &start.text, end.as_ref().map(|end| &end.text), zone)?;
        Some(Resolved { extent, date, concluded })
    }

    /// Returns the moment that a relative point counts from; today, if there is no event before it.
    fn base(&self, relative: &Relative, concluded: &mut Option<&'static str>) -> Option<Seconds> {
        let named = relative.id.as_ref().and_then(|id| self.ids.get(id).copied());
        let from_end = relative.from_end.unwrap_or(!relative.is_before);
        if let Some(extent) = named.or(self.prior) {
            return Some(if from_end { extent.to } else { extent.from });
        }
        *concluded = Some(TODAY);
        self.today
    }

    /// Resolves one end. `start` is that of the range, if this is its end.
    fn side(&self, point: &Point, start: Option<Seconds>, concluded: &mut Option<&'static str>) -> Option<Side> {
        let at = |moment: Seconds, text: Text| Some(Side { extent: Extent { from: moment, to: moment }, text });
        match point {
            Point::Open => at(start?, Text::Open),
            Point::Now if start.is_some() => at(start?, Text::Open),
            Point::Now => {
                *concluded = Some(TODAY);
                let (year, month, day) = civil_from_days(self.today?.div_euclid(DAY));
                at(self.today?, Text::Parts(Parts::new(Calendar::Gregorian, year, Some(month), Some(day))))
            }
            Point::Iso(text) => {
                let bounds = Date::try_read(text, Calendar::Gregorian)?.date.known_bounds();
                let extent = Extent { from: bounds.start, to: bounds.end };
                Some(Side { extent, text: Text::Written(text.clone()) })
            }
            Point::Date { year, month, day, clock } => {
                if year.is_none() {
                    *concluded = Some("the year");
                }
                let year = year.or_else(|| Some(civil_from_days(self.today?.div_euclid(DAY)).0))?;
                dated(year, *month, *day, *clock)
            }
            Point::Slashes { first, second, year, clock } => {
                let is_date =
                    |month: u8, day: u8| (1..=12).contains(&month) && (1..=days_in_month(*year, month)).contains(&day);
                let orders = if self.day_first {
                    [(*second, *first), (*first, *second)]
                } else {
                    [(*first, *second), (*second, *first)]
                };
                let [usual, other] = orders;
                let (month, day) = if is_date(usual.0, usual.1) {
                    usual
                } else {
                    *concluded = Some("the order of day and month");
                    Some(other).filter(|(month, day)| is_date(*month, *day))?
                };
                dated(*year, Some(month), Some(day), *clock)
            }
            Point::Clock([hour, minute]) => {
                let before = start.or(self.prior.map(|prior| prior.to));
                if before.is_none() {
                    *concluded = Some(TODAY);
                }
                let base = before.or(self.today)?;
                let clock = i64::from(*hour) * 3_600 + i64::from(*minute) * 60;
                let same_day = base.div_euclid(DAY) * DAY + clock;
                let time = if same_day < base { same_day + DAY } else { same_day };
                at(time, Text::Time(time))
            }
            Point::Relative(relative) => {
                let named = relative.id.as_ref().and_then(|id| self.ids.get(id));
                let base = match (start, named) {
                    (Some(start), None) => start,
                    _ => self.base(relative, concluded)?,
                };
                at(shifted(base, &relative.amounts, relative.is_before && start.is_none()), Text::Computed)
            }
        }
    }

    /// Writes a range as a date.
    fn date(&self, extent: Extent, start: &Text, end: Option<&Text>, zone: &Zone) -> Option<String> {
        let is_computed = |text: &Text| matches!(text, Text::Computed);
        if is_computed(start) || end.is_some_and(is_computed) {
            if let Some(Text::Open) = end {
                return Some(format!("{}/..", self.computed(Extent { to: extent.from, ..extent }, zone)));
            }
            return Some(self.computed(extent, zone));
        }
        let time = |time: Seconds| Moment::Time(time, zone.clone()).iso(self.home.as_ref());
        let text = |text: &Text| match text {
            Text::Parts(parts) => parts.text(),
            Text::Time(at) => time(*at),
            Text::Written(text) => text.clone(),
            Text::Computed | Text::Open => "..".to_owned(),
        };
        match (start, end) {
            (start, None) => Some(text(start)),
            (Text::Parts(first), Some(Text::Parts(last))) => span(End::At(*first), End::At(*last)),
            (Text::Parts(first), Some(Text::Open)) => span(End::At(*first), End::Open),
            (start, Some(end)) => Some(format!("{}/{}", text(start), text(end))),
        }
        .filter(|date| is_date(date))
    }

    /// Writes what was worked out, in years, months or days if it is whole ones.
    pub fn computed(&self, extent: Extent, zone: &Zone) -> String {
        let Extent { from, to } = extent;
        let parts = |moment: Seconds| civil_from_days(moment.div_euclid(DAY));
        let (first, end) = (parts(from), parts(to));
        let is_far = [first.0, end.0].iter().any(|year| !(1..=9_999).contains(year));
        let are = |test: fn((i64, u8, u8)) -> bool| from % DAY == 0 && to % DAY == 0 && test(first) && test(end);
        let new = |(year, month, day): (i64, u8, u8)| Parts::new(Calendar::Gregorian, year, Some(month), Some(day));
        let (first, last) = if is_far || to > from && are(|(_, month, day)| month == 1 && day == 1) {
            (Parts::year(first.0), Parts::year(parts(to.max(from + 1) - 1).0))
        } else if to > from && are(|(.., day)| day == 1) {
            let last = parts(to - 1);
            (Parts { day: None, ..new(first) }, Parts { day: None, ..new(last) })
        } else if are(|_| true) {
            (new(first), new(parts(to.max(from + 1) - 1)))
        } else {
            let time = |time: Seconds| Moment::Time(time, zone.clone()).iso(self.home.as_ref());
            return if to > from { format!("{}/{}", time(from), time(to)) } else { time(from) };
        };
        if first == last { first.text() } else { span(End::At(first), End::At(last)).unwrap_or_else(|| first.text()) }
    }
}

/// Returns a date as one end of a range.
fn dated(year: i64, month: Option<u8>, day: Option<u8>, clock: Option<[u8; 2]>) -> Option<Side> {
    let parts = Parts::new(Calendar::Gregorian, year, month, day);
    if parts.month != month || parts.day != day {
        return None;
    }
    let from = days_from_civil(year, month.unwrap_or(1), day.unwrap_or(1)) * DAY;
    if let Some([hour, minute]) = clock {
        let time = from + i64::from(hour) * 3_600 + i64::from(minute) * 60;
        return Some(Side { extent: Extent { from: time, to: time }, text: Text::Time(time) });
    }
    let to = match (month, day) {
        (_, Some(_)) => from + DAY,
        (Some(_), None) => months_later(from, 1),
        (None, None) => months_later(from, 12),
    };
    Some(Side { extent: Extent { from, to }, text: Text::Parts(parts) })
}

/// Returns a moment that is some amounts later, or earlier.
pub(super) fn shifted(moment: Seconds, amounts: &[(i64, Unit)], is_before: bool) -> Seconds {
    amounts.iter().fold(moment, |moment, (count, unit)| {
        let count = if is_before { -count } else { *count };
        match unit {
            Unit::Second => moment + count,
            Unit::Minute => moment + count * 60,
            Unit::Hour => moment + count * 3_600,
            Unit::Day => moment + count * DAY,
            Unit::Week => moment + count * 7 * DAY,
            Unit::WeekDay => week_days_later(moment, count),
            Unit::Month => months_later(moment, count),
            Unit::Year => months_later(moment, count.saturating_mul(12)),
        }
    })
}

/// Returns a moment that is some days from Monday to Friday later, or earlier.
fn week_days_later(moment: Seconds, count: i64) -> Seconds {
    let step = count.signum();
    // The day that passes is the one that begins, or, going back, the one that ended.
    let is_weekend = |day: i64| weekday(if step < 0 { day - 1 } else { day }) > 5;
    let mut day = moment.div_euclid(DAY);
    for _ in 0..count.abs() % 5 {
        while is_weekend(day) {
            day += step;
        }
        day += step;
    }
    if count != 0 {
        while count.abs() % 5 == 0 && is_weekend(day) {
            day += step;
        }
    }
    (day + count / 5 * 7) * DAY + moment.rem_euclid(DAY)
}

#[cfg(test)]
mod tests {
    use super::super::range::range;
    use super::*;

    fn day(year: i64, month: u8, day: u8) -> Seconds {
        days_from_civil(year, month, day) * DAY
    }

    #[test]
    fn ranges_follow_each_other() {
        let mut context = Context { today: Some(day(2026, 11, 26)), ..Context::default() };
        let mut check = |line: &str, expect: &str| {
            let range = range(line).expect("a range");
            let found = context.resolve(&range, &Zone::Floating);
            assert_eq!(found.as_ref().map(|found| found.date.as_str()), Some(expect), "{line}");
            let found = found.expect("a date");
            assert!(Date::parse(&found.date).is_ok(), "{line}");
            context.prior = Some(found.extent);
            context.ids.insert(range.rest.trim().to_owned(), found.extent);
        };
        check("01/01/2023 - 2 weeks: one", "2023-01-01/2023-01-14");
        check("2 weeks: two", "2023-01-15/2023-01-28");
        check("1 month: three", "2023-01-29/2023-02-27");
        check("after !one 1 month: four", "2023-01-15/2023-02-14");
        check("1 week - 3 days: five", "2023-02-22/2023-02-24");
        check("2021 - 2023: six", "2021/2023");
        check("1 year: seven", "2024");
        check("12/25/2022: christmas", "2022-12-25");
        check("5 days - 3 days: after", "2022-12-31/2023-01-02");
        check("before !christmas 1 month: gifts", "2022-11-25/2022-12-24");
        check("before !christmas 1 week - 1 month: more", "2022-11-18/2022-12-17");
        check("July 13, 2022 - 5 week days: item", "2022-07-13/2022-07-19");
        check("10 week days: second", "2022-07-20/2022-08-02");
        check("2018/6 months: half", "2018-01/2018-06");
        check("2005/now: goes on", "2005/..");
        check("now - 10 days: from now", "2026-11-26/2026-12-05");
        check("now: things", "2026-11-26");
        check("March 3: this year", "2026-03-03");
        check("3:30pm - 4:30pm: clock", "2026-03-04T15:30/2026-03-04T16:30");
        check("25/12/2022: swapped", "2022-12-25");
        check("44 BC - 14 AD: rome", "44 BCE/14 CE");
        check("2031-11-19T01:35:10Z-2099-08-04T18:22:48Z: iso", "2031-11-19T01:35:10Z/2099-08-04T18:22:48Z");
        check("!christmas.start 2 hours: hours", "2022-12-25T00:00/2022-12-25T02:00");
    }

    #[test]
    fn what_depends_on_the_day_of_the_import_is_said() {
        let context = Context { today: Some(day(2026, 11, 26)), ..Context::default() };
        let check = |line: &str, expect: bool| {
            let range = range(line).expect("a range");
            let found = context.resolve(&range, &Zone::Floating).expect("a date");
            assert_eq!(found.concluded == Some(TODAY), expect, "{line}");
        };
        for line in ["now: a", "now - 10 days: a", "3 days: a", "15:30: a", "before 2 weeks: a", "now / 2030: a"] {
            check(line, true);
        }
        for line in ["2005 / now: a", "2005 - 3 days: a", "2005: a"] {
            check(line, false);
        }
    }

    #[test]
    fn what_cannot_be_is_not_resolved() {
        let context = Context::default();
        for line in
            ["2023 - 2021: back", "02/30/2022: none", "now: no clock", "3 days: after nothing", "March 3: which year"]
        {
            let range = range(line).expect("a range");
            assert_eq!(context.resolve(&range, &Zone::Floating), None, "{line}");
        }
    }

    #[test]
    fn days_of_the_week_are_counted() {
        let check = |from: Seconds, count: i64, to: Seconds| assert_eq!(week_days_later(from, count), to, "{count}");
        check(day(2022, 7, 13), 5, day(2022, 7, 20));
        check(day(2022, 7, 16), 1, day(2022, 7, 19));
        check(day(2022, 7, 15), 1, day(2022, 7, 16));
        check(day(2022, 7, 18), -1, day(2022, 7, 15));
        check(day(2022, 7, 20), -5, day(2022, 7, 13));
        check(day(2022, 7, 20), 0, day(2022, 7, 20));
    }
}
