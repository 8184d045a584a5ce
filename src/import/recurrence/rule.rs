//! A recurrence rule, and its text.

use std::collections::BTreeSet;

/// The period that a rule repeats in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Frequency {
    Secondly,
    Minutely,
    Hourly,
    #[default]
    Daily,
    Weekly,
    Monthly,
    Yearly,
}

/// Where a rule ends.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum End {
    /// It has no end.
    #[default]
    Never,
    /// After a number of times, the first one included.
    Count(u64),
    /// At a date or time, which is included; as the file writes it.
    Until(String),
}

/// A rule. Empty lists do not restrict it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rule {
    pub frequency: Frequency,
    /// Number of periods from one to the next; at least 1.
    pub interval: i64,
    pub end: End,
    pub by_second: Vec<i64>,
    pub by_minute: Vec<i64>,
    pub by_hour: Vec<i64>,
    /// Days of the week, 1 for Monday to 7 for Sunday, each with its number in the month or year; 0 for all.
    pub by_day: Vec<(i64, u8)>,
    pub by_month_day: Vec<i64>,
    pub by_year_day: Vec<i64>,
    pub by_week: Vec<i64>,
    pub by_month: Vec<i64>,
    pub by_position: Vec<i64>,
    /// The first day of the week.
    pub week_start: u8,
}

impl Rule {
    /// Returns a rule without restrictions.
    pub fn every(frequency: Frequency, interval: i64, end: End) -> Self {
        Self { frequency, interval: interval.max(1), end, week_start: 1, ..Self::default() }
    }

    /// Reads the value of an RRULE. Returns the part that cannot be read if there is one.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut rule = Self::every(Frequency::Daily, 1, End::Never);
        let mut has_frequency = false;
        for part in text.split(';').map(str::trim).filter(|part| !part.is_empty()) {
            let wrong = || part.to_owned();
            let (name, value) = part.split_once('=').ok_or_else(wrong)?;
            let value = value.trim().to_ascii_uppercase();
            match name.trim().to_ascii_uppercase().as_str() {
                "FREQ" => {
                    rule.frequency = frequency(&value).ok_or_else(wrong)?;
                    has_frequency = true;
                }
                "INTERVAL" => rule.interval = number(&value, 1, i64::from(u32::MAX)).ok_or_else(wrong)?,
                "COUNT" => rule.end = End::Count(value.parse().ok().filter(|count| *count > 0).ok_or_else(wrong)?),
                "UNTIL" => rule.end = End::Until(value),
                "BYSECOND" => rule.by_second = numbers(&value, 0, 60).ok_or_else(wrong)?,
                "BYMINUTE" => rule.by_minute = numbers(&value, 0, 59).ok_or_else(wrong)?,
                "BYHOUR" => rule.by_hour = numbers(&value, 0, 23).ok_or_else(wrong)?,
                "BYDAY" => {
                    let days: Option<BTreeSet<(i64, u8)>> = value.split(',').map(week_day).collect();
                    rule.by_day = days.ok_or_else(wrong)?.into_iter().collect();
                }
                "BYMONTHDAY" => rule.by_month_day = signed(&value, 31).ok_or_else(wrong)?,
                "BYYEARDAY" => rule.by_year_day = signed(&value, 366).ok_or_else(wrong)?,
                "BYWEEKNO" => rule.by_week = signed(&value, 53).ok_or_else(wrong)?,
                "BYMONTH" => rule.by_month = numbers(&value, 1, 12).ok_or_else(wrong)?,
                "BYSETPOS" => rule.by_position = signed(&value, 366).ok_or_else(wrong)?,
                "WKST" => rule.week_start = week_day(&value).ok_or_else(wrong)?.1,
                // Calendars other than the Gregorian (RFC 7529) are not known.
                "RSCALE" if value == "GREGORIAN" => {}
                "SKIP" if value == "OMIT" => {}
                _ => return Err(wrong()),
            }
        }
        // Second 60 is a leap second, which civil time does not count.
        rule.by_second.iter_mut().for_each(|second| *second = (*second).min(59));
        if has_frequency { Ok(rule) } else { Err("FREQ".to_owned()) }
    }
}

fn frequency(text: &str) -> Option<Frequency> {
    Some(match text {
        "SECONDLY" => Frequency::Secondly,
        "MINUTELY" => Frequency::Minutely,
        "HOURLY" => Frequency::Hourly,
        "DAILY" => Frequency::Daily,
        "WEEKLY" => Frequency::Weekly,
        "MONTHLY" => Frequency::Monthly,
        "YEARLY" => Frequency::Yearly,
        _ => return None,
    })
}

fn number(text: &str, least: i64, most: i64) -> Option<i64> {
    text.trim().parse().ok().filter(|number| (least..=most).contains(number))
}

/// Reads a list, which is a set: what it repeats says nothing.
fn numbers(text: &str, least: i64, most: i64) -> Option<Vec<i64>> {
    let numbers: Option<BTreeSet<i64>> = text.split(',').map(|text| number(text, least, most)).collect();
    numbers.map(|numbers| numbers.into_iter().collect())
}

/// Reads numbers of which negative ones count from the end; there is no 0.
fn signed(text: &str, most: i64) -> Option<Vec<i64>> {
    numbers(text, -most, most).filter(|numbers| !numbers.contains(&0))
}

/// Reads a day of the week with its number: `-1MO`.
fn week_day(text: &str) -> Option<(i64, u8)> {
    const DAYS: [&str; 7] = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
    let text = text.trim();
    let (number_text, name) = text.split_at_checked(text.len().checked_sub(2)?)?;
    let day = DAYS.iter().position(|day| *day == name)?;
    let nth = if number_text.is_empty() { 0 } else { number(number_text, -53, 53).filter(|nth| *nth != 0)? };
    Some((nth, day as u8 + 1))
}
