//! The digits of dates and times, as civil time.

use crate::date::Seconds;
use crate::date::civil::{DAY, days_from_civil, days_in_month};
use crate::import::recurrence::{End, Rule};

/// Reads the digits of a date: `20240131`.
fn day(text: &str) -> Option<Seconds> {
    let number = |from: usize, to: usize| digits(text.get(from..to)?);
    let (year, month, day) = (number(0, 4)?, number(4, 6)? as u8, number(6, 8)? as u8);
    let is_valid = text.len() == 8 && (1..=12).contains(&month) && day >= 1 && day <= days_in_month(year, month);
    is_valid.then(|| days_from_civil(year, month, day) * DAY)
}

fn digits(text: &str) -> Option<i64> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

/// Reads the digits of a time of day: `140000`, `1400`. A leap second is the second before it.
fn time_of_day(text: &str) -> Option<Seconds> {
    let number = |from: usize| text.get(from..from + 2).map_or(Some(0), digits);
    let (hour, minute, second) = (number(0)?, number(2)?, number(4)?.min(59));
    let is_valid = matches!(text.len(), 4 | 6) && hour < 24 && minute < 60;
    is_valid.then_some(hour * 3_600 + minute * 60 + second)
}

/// Reads a date with or without a time of day, as civil time, whatever its zone.
pub(super) fn civil_time(text: &str) -> Option<Seconds> {
    let text = text.trim().trim_end_matches(['Z', 'z']);
    match text.split_once(['T', 't']) {
        Some((date, time)) => Some(day(date)? + time_of_day(time)?),
        None => day(text),
    }
}

/// Returns where a rule ends: a time, and whether it is one of UTC. A day ends with its last second.
pub(super) fn until(rule: &Rule) -> Option<(Seconds, bool)> {
    let End::Until(text) = &rule.end else { return None };
    let time = civil_time(text)?;
    if text.contains('T') { Some((time, text.ends_with('Z'))) } else { Some((time + DAY - 1, false)) }
}
