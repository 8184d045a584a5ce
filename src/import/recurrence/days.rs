//! Which days a rule allows.

use crate::date::civil::{civil_from_days, days_from_civil, days_in_month, weekday};

use super::rule::{Frequency, Rule};

/// Days, counted from 1970-01-01.
pub(super) type Day = i64;

/// What a day is in its month and year.
#[derive(Clone, Copy, Debug)]
struct Facts {
    year: i64,
    month: i64,
    month_day: i64,
    days_in_month: i64,
    year_day: i64,
    days_in_year: i64,
    week_day: u8,
}

impl Facts {
    fn new(day: Day) -> Self {
        let (year, month, month_day) = civil_from_days(day);
        let first = days_from_civil(year, 1, 1);
        Self {
            year,
            month: i64::from(month),
            month_day: i64::from(month_day),
            days_in_month: i64::from(days_in_month(year, month)),
            year_day: day - first + 1,
            days_in_year: days_from_civil(year + 1, 1, 1) - first,
            week_day: weekday(day),
        }
    }
}

/// A rule whose missing parts have been taken from the first time.
#[derive(Debug)]
pub(super) struct DayFilter<'r> {
    rule: &'r Rule,
    /// The day of the month, if only the first time says it.
    month_day: Option<i64>,
    /// The month, likewise.
    month: Option<i64>,
    /// The day of the week, likewise.
    week_day: Option<u8>,
}

impl<'r> DayFilter<'r> {
    pub fn new(rule: &'r Rule, first: Day) -> Self {
        let facts = Facts::new(first);
        let names_days = !rule.by_day.is_empty() || !rule.by_month_day.is_empty() || !rule.by_year_day.is_empty();
        let (mut month, mut month_day, mut week_day) = (None, None, None);
        match rule.frequency {
            Frequency::Yearly if !rule.by_week.is_empty() && !names_days => week_day = Some(facts.week_day),
            Frequency::Yearly if !names_days => {
                month_day = Some(facts.month_day);
                month = rule.by_month.is_empty().then_some(facts.month);
            }
            Frequency::Monthly if !names_days => month_day = Some(facts.month_day),
            Frequency::Weekly if rule.by_day.is_empty() => week_day = Some(facts.week_day),
            _ => {}
        }
        Self { rule, month_day, month, week_day }
    }

    /// Returns whether the rule allows a day.
    pub fn allows(&self, day: Day) -> bool {
        let rule = self.rule;
        let facts = Facts::new(day);
        let among = |list: &[i64], number: i64, count: i64| {
            list.is_empty() || list.iter().any(|entry| *entry == number || *entry == number - count - 1)
        };
        self.month.is_none_or(|month| month == facts.month)
            && self.month_day.is_none_or(|day| day == facts.month_day)
            && self.week_day.is_none_or(|day| day == facts.week_day)
            && (rule.by_month.is_empty() || rule.by_month.contains(&facts.month))
            && among(&rule.by_month_day, facts.month_day, facts.days_in_month)
            && among(&rule.by_year_day, facts.year_day, facts.days_in_year)
            && (rule.by_week.is_empty() || self.allows_week(day))
            && (rule.by_day.is_empty() || self.allows_week_day(&facts))
    }

    fn allows_week(&self, day: Day) -> bool {
        let (number, count) = week(day, self.rule.week_start);
        self.rule.by_week.iter().any(|entry| *entry == number || *entry == number - count - 1)
    }

    /// Returns whether the day of the week is allowed, with its number in the month or, in a rule that repeats yearly
    /// and names no month, in the year.
    fn allows_week_day(&self, facts: &Facts) -> bool {
        let rule = self.rule;
        let (number, count) = match rule.frequency {
            Frequency::Monthly => (facts.month_day, facts.days_in_month),
            Frequency::Yearly if rule.by_week.is_empty() && !rule.by_month.is_empty() => {
                (facts.month_day, facts.days_in_month)
            }
            Frequency::Yearly if rule.by_week.is_empty() => (facts.year_day, facts.days_in_year),
            _ => return rule.by_day.iter().any(|(_, day)| *day == facts.week_day),
        };
        let from_start = (number - 1) / 7 + 1;
        let from_end = -((count - number) / 7 + 1);
        rule.by_day
            .iter()
            .any(|(nth, day)| *day == facts.week_day && (*nth == 0 || *nth == from_start || *nth == from_end))
    }
}

/// Returns the number of the week that a day is in, and the number of weeks of the year of that week. Week 1 is the first
/// with at least four days in the year.
fn week(day: Day, week_start: u8) -> (i64, i64) {
    let year = Facts::new(day).year;
    let first = |year: i64| {
        let january_4 = days_from_civil(year, 1, 4);
        week_begin(january_4, week_start)
    };
    let (from, to) = match (first(year), first(year + 1)) {
        (from, _) if day < from => (first(year - 1), from),
        (_, to) if day >= to => (to, first(year + 2)),
        both => both,
    };
    ((day - from) / 7 + 1, (to - from) / 7)
}

/// Returns the first day of the week that a day is in.
pub(super) fn week_begin(day: Day, week_start: u8) -> Day {
    day - i64::from((weekday(day) + 7 - week_start) % 7)
}

#[cfg(test)]
mod week_tests {
    use super::*;

    #[test]
    fn weeks_are_numbered_as_iso_8601_does() {
        let check = |[year, month, day]: [i64; 3], expect: (i64, i64)| {
            let day = days_from_civil(year, month as u8, day as u8);
            assert_eq!(week(day, 1), expect, "{year}-{month}");
        };
        check([2015, 12, 31], (53, 53));
        check([2016, 1, 3], (53, 53));
        check([2016, 1, 4], (1, 52));
        check([2018, 12, 31], (1, 52));
        check([1997, 5, 12], (20, 52));
    }
}
