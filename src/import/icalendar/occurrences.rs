//! When an event takes place: once, or at each time of its recurrences (RFC 5545, 3.8.5).

use std::collections::{BTreeMap, HashSet};

use crate::date::Seconds;
use crate::date::civil::DAY;
use crate::import::recurrence::{End, Expansion, Limits, Rule, expand};
use crate::import::report::{Kind, Place, Report};

use super::clock::until;
use super::component::{Entry, ZoneRules};
use super::line::Property;
use super::moment::{Duration, Moment, read};
use super::zone::{Zone, Zones, end_of_year, year_of};

/// Maximum number of times that are taken of a recurrence without end.
const MOST_WITHOUT_END: usize = 1_000;
/// Maximum number of times that are taken of a recurrence with an end.
const MOST: usize = 10_000;
/// The last year of a date in a calendar.
const LAST_YEAR: i64 = 9_999;
/// An end that is more years after today than this is none: it is written by programs that cannot say "for ever".
const NO_END_YEARS: i64 = 20;

/// What the times of a calendar are read with.
#[derive(Debug)]
pub(super) struct Clock<'c> {
    pub zones: Zones,
    /// The zones that the calendar defines.
    pub defined: &'c [ZoneRules],
    /// The year of today.
    pub year: Option<i64>,
    /// What may still be spent on recurrences: in days or times looked at, and in times.
    pub steps: usize,
    pub times: usize,
}

/// When an event takes place.
#[derive(Clone, Debug)]
pub(super) struct Span {
    pub start: Moment,
    /// The first moment after it; absent if it is a moment or a day.
    pub end: Option<Moment>,
}

impl Span {
    /// Returns the span in ISO 8601, the last day of a span of days included.
    pub fn iso(&self, home: Option<&Zone>) -> String {
        let start = self.start.iso(home);
        let end = self.end.as_ref().filter(|end| end.instant() > self.start.instant());
        let end = match (&self.start, end) {
            // The end of a span of days is not part of it.
            (Moment::Day(first), Some(Moment::Day(end))) if end - DAY > *first => Moment::Day(end - DAY),
            (_, None) | (Moment::Day(_), Some(Moment::Day(_))) => return start,
            (_, Some(end)) => end.clone(),
        };
        format!("{start}/{}", end.iso(home))
    }
}

/// How long an event takes.
#[derive(Clone, Copy, Debug)]
enum Length {
    /// A moment or a day.
    Short,
    /// So many seconds, whatever the clocks do.
    Exact(Seconds),
    /// As long as the calendar and the clocks say.
    Nominal(Duration),
}

impl Length {
    fn span(self, start: Moment) -> Span {
        let end = match self {
            Self::Short => None,
            Self::Exact(seconds) => Some(start.at_instant(start.instant() + seconds)),
            Self::Nominal(duration) => Some(duration.after(&start)),
        };
        Span { start, end }
    }
}

/// The times of an event.
#[derive(Debug, Default)]
pub(super) struct Times {
    pub spans: Vec<Span>,
    /// Whether a recurrence says them.
    pub recurs: bool,
}

impl Clock<'_> {
    /// Reads a moment, and counts a zone that is not known.
    pub fn moment(&mut self, property: &Property, text: &str, report: &mut Report) -> Option<Moment> {
        let reading = read(property, text, &mut self.zones, self.defined)?;
        if let Some(zone) = reading.unknown_zone {
            let what = "a time in a zone that is not known, read as local time";
            report.add(Kind::Changed(what.into()), Place(property.line), &zone);
        }
        Some(reading.moment)
    }

    /// Returns the times of an event that begins at `start`. `replaced` are the times that other entries stand for.
    pub fn times(&mut self, entry: &Entry, start: &Moment, replaced: &[Moment], report: &mut Report) -> Times {
        let length = self.length(entry, start, report);
        let mut times = BTreeMap::from([(start.instant(), length.span(start.clone()))]);
        let mut recurs = false;
        // Some programs write an empty rule where there is none.
        for property in entry.all("RRULE").filter(|property| !property.value.trim().is_empty()) {
            let found = self.recurrence(property, start, report);
            recurs |= found.is_some();
            for civil in found.unwrap_or_default().times {
                let start = start.at(civil);
                times.entry(start.instant()).or_insert_with(|| length.span(start));
            }
        }
        for property in entry.all("RDATE") {
            recurs = true;
            for text in property.value.split(',') {
                match self.period(property, text, length, report) {
                    Some(span) => drop(times.entry(span.start.instant()).or_insert(span)),
                    None => report.add(Kind::Dropped("date that cannot be read".into()), Place(property.line), text),
                }
            }
        }
        let mut left_out = LeftOut::default();
        for moment in replaced {
            left_out.add(moment, start);
        }
        for property in entry.all("EXRULE") {
            let found = self.recurrence(property, start, report).unwrap_or_default();
            for civil in found.times {
                left_out.add(&start.at(civil), start);
            }
        }
        for property in entry.all("EXDATE") {
            for text in property.value.split(',') {
                match self.moment(property, text, report) {
                    Some(moment) => left_out.add(&moment, start),
                    None => report.add(Kind::Dropped("date that cannot be read".into()), Place(property.line), text),
                }
            }
        }
        times.retain(|instant, span| !left_out.holds(*instant, span.start.civil()));
        let mut spans: Vec<Span> = times.into_values().collect();
        for span in &mut spans {
            if span.end.take_if(|end| !(0..=LAST_YEAR).contains(&year_of(end.civil()))).is_some() {
                report.add(Kind::Dropped("end after the year 9999".into()), Place(entry.line), "");
            }
        }
        Times { spans, recurs }
    }

    /// Returns the civil times of a rule, the first included.
    fn recurrence(&mut self, property: &Property, start: &Moment, report: &mut Report) -> Option<Expansion> {
        let place = Place(property.line);
        let rule = match Rule::parse(&property.value) {
            Ok(rule) => rule,
            Err(part) => {
                report.add(Kind::Dropped("recurrence that cannot be read".into()), place, &part);
                return None;
            }
        };
        let until = until(&rule).map(|(time, is_utc)| match start {
            Moment::Time(_, zone) if is_utc => zone.civil(time),
            _ => time,
        });
        if until.is_none() && matches!(rule.end, End::Until(_)) {
            report.add(Kind::Dropped("end of a recurrence that cannot be read".into()), place, &property.value);
        }
        let has_end = match rule.end {
            End::Count(_) => true,
            _ => until.is_some_and(|until| self.year.is_none_or(|year| year_of(until) <= year + NO_END_YEARS)),
        };
        let last = self.year.filter(|_| !has_end).map(|year| end_of_year(year + 1).max(start.civil()));
        let most = if has_end { MOST } else { MOST_WITHOUT_END }.min(self.times.max(1));
        let mut steps = self.steps.min(1_000_000);
        let before = steps;
        let found = expand(&rule, start.civil(), Limits { until, last, most }, &mut steps);
        self.steps -= before - steps;
        self.times = self.times.saturating_sub(found.times.len());
        report.add(Kind::Changed("a recurrence, made one event each time".into()), place, &property.value);
        if found.goes_on {
            let what = match self.year {
                Some(year) if !has_end && found.times.len() < most => {
                    format!("a recurrence without end, taken up to the end of {}", year + 1)
                }
                _ => "a recurrence of which only the first times are taken".to_owned(),
            };
            report.add(Kind::Changed(what.into()), place, &property.value);
        }
        Some(found)
    }

    fn length(&mut self, entry: &Entry, start: &Moment, report: &mut Report) -> Length {
        if let Some(property) = entry.get("DTEND") {
            let end = self.moment(property, &property.value, report);
            if end.is_none() {
                report.add(Kind::Dropped("end that cannot be read".into()), Place(property.line), &property.value);
            }
            return end.map_or(Length::Short, |end| between(start, &end));
        }
        let Some(property) = entry.get("DURATION") else { return Length::Short };
        let duration = Duration::parse(&property.value);
        if duration.is_none() {
            report.add(Kind::Dropped("duration that cannot be read".into()), Place(property.line), &property.value);
        }
        duration.map_or(Length::Short, Length::Nominal)
    }

    /// Reads an entry of RDATE: a moment, or a period with an end or a duration.
    fn period(&mut self, property: &Property, text: &str, length: Length, report: &mut Report) -> Option<Span> {
        let Some((start, end)) = text.split_once('/') else {
            return self.moment(property, text, report).map(|start| length.span(start));
        };
        let start = self.moment(property, start, report)?;
        let end = match Duration::parse(end) {
            Some(duration) => duration.after(&start),
            None => self.moment(property, end, report)?,
        };
        Some(Span { start, end: Some(end) })
    }
}

/// Returns how long an event takes that has an end.
fn between(start: &Moment, end: &Moment) -> Length {
    match (start, end) {
        (Moment::Day(first), Moment::Day(end)) => {
            Length::Nominal(Duration { days: (end - first).div_euclid(DAY), seconds: 0 })
        }
        // A day on which it ends is part of it.
        (Moment::Day(first), Moment::Time(end, _)) => {
            Length::Nominal(Duration { days: (end - first + DAY - 1).div_euclid(DAY), seconds: 0 })
        }
        (Moment::Time(..), Moment::Day(end)) => Length::Exact(start.at(*end).instant() - start.instant()),
        (Moment::Time(..), Moment::Time(..)) => Length::Exact(end.instant() - start.instant()),
    }
}

/// The times at which an event does not take place.
#[derive(Debug, Default)]
struct LeftOut {
    instants: HashSet<Seconds>,
    civil: HashSet<Seconds>,
    days: HashSet<Seconds>,
}

impl LeftOut {
    fn add(&mut self, moment: &Moment, start: &Moment) {
        match (moment, start) {
            (Moment::Day(day), Moment::Time(..)) => drop(self.days.insert(*day)),
            // One of them has no zone: the clocks are compared.
            (Moment::Time(civil, Zone::Floating), _) | (Moment::Time(civil, _), Moment::Time(_, Zone::Floating)) => {
                self.civil.insert(*civil);
            }
            (Moment::Time(civil, _), Moment::Day(_)) => drop(self.civil.insert(civil.div_euclid(DAY) * DAY)),
            _ => drop(self.instants.insert(moment.instant())),
        }
    }

    fn holds(&self, instant: Seconds, civil: Seconds) -> bool {
        self.instants.contains(&instant)
            || self.civil.contains(&civil)
            || self.days.contains(&(civil.div_euclid(DAY) * DAY))
    }
}
