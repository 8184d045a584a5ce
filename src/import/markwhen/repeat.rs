//! "every 2 weeks for 5 times" -> the times at which an event recurs.

use crate::date::Seconds;
use crate::import::icalendar::zone::{end_of_year, year_of};
use crate::import::recurrence::{End, Expansion, Frequency, Limits, Rule, expand};

use super::range::{Unit, unit};
use super::resolve::shifted;

/// Maximum number of times of a recurrence without end, and of one with an end.
const MOST: [usize; 2] = [1_000, 10_000];

/// Reads what is after "every", and returns the times of an event that begins at `start`. Returns `None` if it cannot be
/// read. `steps` is what may still be spent, in days or times looked at.
pub(super) fn times(every: &str, start: Seconds, today: Option<Seconds>, steps: &mut usize) -> Option<Expansion> {
    let text = every.trim().to_ascii_lowercase();
    let (count, rest) = count(&text);
    let (mut rule, rest) = match unit(rest) {
        Some((unit, rest)) => (rule(unit, count), rest),
        None => week_days(rest, count)?,
    };
    let mut until = None;
    let rest = rest.trim();
    if let Some(rest) = rest.strip_prefix("for ") {
        let (number, rest) = number(rest)?;
        if rest.trim() == "times" || rest.trim() == "time" {
            rule.end = End::Count(number);
        } else {
            let (unit, _) = unit(rest.trim())?;
            until = Some(shifted(start, &[(i64::try_from(number).ok()?, unit)], false) - 1);
        }
    } else if let Some(rest) = rest.strip_prefix('x') {
        rule.end = End::Count(number(rest)?.0);
    } else if !rest.is_empty() {
        return None;
    }
    let has_end = until.is_some() || rule.end != End::Never;
    let last = today.filter(|_| !has_end).map(|today| end_of_year(year_of(today) + 1).max(start));
    let [without_end, with_end] = MOST;
    let most = if has_end { with_end } else { without_end };
    Some(expand(&rule, start, Limits { until, last, most }, steps))
}

fn number(text: &str) -> Option<(u64, &str)> {
    let text = text.trim();
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (digits, rest) = text.split_at_checked(end)?;
    Some((digits.parse().ok().filter(|number| (1..1_000_000).contains(number))?, rest))
}

/// Reads "2", "other" or nothing, which is 1.
fn count(text: &str) -> (i64, &str) {
    if let Some(rest) = text.strip_prefix("other ") {
        return (2, rest.trim());
    }
    match number(text) {
        Some((number, rest)) => (number as i64, rest.trim()),
        None => (1, text),
    }
}

fn rule(unit: Unit, count: i64) -> Rule {
    let frequency = match unit {
        Unit::Second => Frequency::Secondly,
        Unit::Minute => Frequency::Minutely,
        Unit::Hour => Frequency::Hourly,
        Unit::Day | Unit::WeekDay => Frequency::Daily,
        Unit::Week => Frequency::Weekly,
        Unit::Month => Frequency::Monthly,
        Unit::Year => Frequency::Yearly,
    };
    let mut rule = Rule::every(frequency, count, End::Never);
    if unit == Unit::WeekDay {
        rule.by_day = (1..=5).map(|day| (0, day)).collect();
    }
    rule
}

/// Reads "monday, wednesday and friday".
fn week_days(text: &str, count: i64) -> Option<(Rule, &str)> {
    const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let mut rule = Rule::every(Frequency::Weekly, count, End::Never);
    let mut rest = text;
    loop {
        let trimmed = rest.trim_start_matches([' ', ',', '&']);
        let trimmed = trimmed.strip_prefix("and ").unwrap_or(trimmed);
        let found = DAYS.iter().zip(1_u8..).find_map(|(name, day)| Some((day, trimmed.strip_prefix(name)?)));
        let Some((day, after)) = found else { break };
        rule.by_day.push((0, day));
        rest = after.strip_prefix('s').unwrap_or(after);
    }
    (!rule.by_day.is_empty()).then_some((rule, rest))
}

#[cfg(test)]
mod tests {
    use crate::date::civil::{DAY, days_from_civil};
    use crate::date::iso;

    use super::*;

    #[test]
    fn words_are_recurrences() {
        let start = days_from_civil(2024, 1, 1) * DAY;
        let check = |every: &str, expect: Option<&[&str]>| {
            let found = times(every, start, Some(days_from_civil(2024, 6, 1) * DAY), &mut 1_000_000);
            let found: Option<Vec<String>> = found.map(|found| found.times.into_iter().take(4).map(iso).collect());
            let expect = expect.map(|days| days.iter().map(|day| (*day).to_owned()).collect::<Vec<_>>());
            assert_eq!(found, expect, "{every}");
        };
        check("2 weeks for 2 times", Some(&["2024-01-01", "2024-01-15"]));
        check("other day x 3", Some(&["2024-01-01", "2024-01-03", "2024-01-05"]));
        check("month for 3 months", Some(&["2024-01-01", "2024-02-01", "2024-03-01"]));
        check("year", Some(&["2024-01-01", "2025-01-01"]));
        check("weekday", Some(&["2024-01-01", "2024-01-02", "2024-01-03", "2024-01-04"]));
        check("Monday and Friday x3", Some(&["2024-01-01", "2024-01-05", "2024-01-08"]));
        check("blue moon", None);
        check("2 weeks for ever", None);
    }
}
