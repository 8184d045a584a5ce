//! A rule and its first time -> the times at which it recurs.

use crate::date::Seconds;
use crate::date::civil::{DAY, civil_from_days, days_from_civil, days_in_month};

use super::days::{Day, DayFilter, week_begin};
use super::rule::{End, Frequency, Rule};

/// Seconds in an hour and in a minute.
const HOUR: i64 = 3_600;
const MINUTE: i64 = 60;
/// The last year that is looked at.
const LAST_YEAR: i64 = 9_999;
/// Maximum number of times within one period.
const MOST_IN_PERIOD: usize = 20_000;

/// Where the expansion of a rule stops, whatever the rule says. Times are civil.
#[derive(Clone, Copy, Debug)]
pub(in crate::import) struct Limits {
    /// The last time that the rule itself allows (UNTIL).
    pub until: Option<Seconds>,
    /// The last time that is asked for; times after it are left out.
    pub last: Option<Seconds>,
    /// Maximum number of times.
    pub most: usize,
}

/// The times of a rule, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::import) struct Expansion {
    pub times: Vec<Seconds>,
    /// Whether the rule goes on after the last of them.
    pub goes_on: bool,
}

/// Returns the times of a rule, of which the first is always `start`. `steps` is what may still be spent on looking for
/// them, in days or times looked at, and is reduced by what was.
pub(in crate::import) fn expand(rule: &Rule, start: Seconds, limits: Limits, steps: &mut usize) -> Expansion {
    let count =
        if let End::Count(count) = rule.end { usize::try_from(count).unwrap_or(usize::MAX) } else { usize::MAX };
    let mut found = Expansion { times: vec![start], goes_on: false };
    let mut periods = Periods::new(rule, start);
    while found.times.len() < count {
        let Some(candidates) = periods.next(steps) else {
            found.goes_on = periods.is_out_of_steps;
            return found;
        };
        for time in candidates.into_iter().filter(|time| *time > start) {
            if limits.until.is_some_and(|until| time > until) || found.times.len() >= count {
                return found;
            }
            if limits.last.is_some_and(|last| time > last) || found.times.len() >= limits.most {
                found.goes_on = true;
                return found;
            }
            found.times.push(time);
        }
        let begin = periods.begin();
        if limits.until.is_some_and(|until| begin > until) {
            return found;
        }
        if limits.last.is_some_and(|last| begin > last) {
            found.goes_on = true;
            return found;
        }
    }
    found
}

/// The periods of a rule, one after another.
struct Periods<'r> {
    rule: &'r Rule,
    filter: DayFilter<'r>,
    /// The period: a year, a month counted from year 0, the first day of a week, a day, or an hour, minute or second
    /// counted from 1970.
    at: i64,
    hours: Vec<i64>,
    minutes: Vec<i64>,
    seconds: Vec<i64>,
    is_out_of_steps: bool,
}

impl<'r> Periods<'r> {
    fn new(rule: &'r Rule, start: Seconds) -> Self {
        let day = start.div_euclid(DAY);
        let (year, month, _) = civil_from_days(day);
        let time = start.rem_euclid(DAY);
        let at = match rule.frequency {
            Frequency::Yearly => year,
            Frequency::Monthly => year * 12 + i64::from(month) - 1,
            Frequency::Weekly => week_begin(day, rule.week_start),
            Frequency::Daily => day,
            Frequency::Hourly => start.div_euclid(HOUR),
            Frequency::Minutely => start.div_euclid(MINUTE),
            Frequency::Secondly => start,
        };
        // What the rule does not name is that of the first time.
        let units = |by: &[i64], of_start: i64| {
            let mut list = if by.is_empty() { vec![of_start] } else { by.to_vec() };
            list.sort_unstable();
            list.dedup();
            list
        };
        Self {
            rule,
            filter: DayFilter::new(rule, day),
            at,
            hours: units(&rule.by_hour, time / HOUR),
            minutes: units(&rule.by_minute, time / MINUTE % 60),
            seconds: units(&rule.by_second, time % MINUTE),
            is_out_of_steps: false,
        }
    }

    /// Returns the first time of the next period.
    fn begin(&self) -> Seconds {
        match self.rule.frequency {
            Frequency::Yearly => days_from_civil(self.at, 1, 1) * DAY,
            Frequency::Monthly => first_of_month(self.at) * DAY,
            Frequency::Weekly | Frequency::Daily => self.at.saturating_mul(DAY),
            Frequency::Hourly => self.at.saturating_mul(HOUR),
            Frequency::Minutely => self.at.saturating_mul(MINUTE),
            Frequency::Secondly => self.at,
        }
    }

    /// Returns the times of the next period, in order. Returns `None` after the last year, or out of steps.
    fn next(&mut self, steps: &mut usize) -> Option<Vec<Seconds>> {
        let begin = self.begin();
        if begin.div_euclid(DAY) >= days_from_civil(LAST_YEAR + 1, 1, 1) {
            return None;
        }
        let mut times = match self.rule.frequency {
            Frequency::Hourly | Frequency::Minutely | Frequency::Secondly => self.within_day(begin),
            _ => self.of_days(begin.div_euclid(DAY), steps),
        };
        if *steps <= times.len() {
            self.is_out_of_steps = true;
            *steps = 0;
            return None;
        }
        *steps -= times.len() + 1;
        if !self.rule.by_position.is_empty() {
            times = positions(&times, &self.rule.by_position);
        }
        Some(times)
    }

    /// Returns the times of a period of days, and moves to the next one.
    fn of_days(&mut self, first: Day, steps: &mut usize) -> Vec<Seconds> {
        let interval = self.rule.interval;
        let (length, step) = match self.rule.frequency {
            Frequency::Yearly => (days_from_civil(self.at + 1, 1, 1) - first, interval),
            Frequency::Monthly => (first_of_month(self.at + 1) - first, interval),
            Frequency::Weekly => (7, interval.saturating_mul(7)),
            _ => (1, interval),
        };
        self.at = self.at.saturating_add(step);
        *steps = steps.saturating_sub(length as usize);
        let mut times = Vec::new();
        for day in (first..first + length).filter(|day| self.filter.allows(*day)) {
            for hour in &self.hours {
                for minute in &self.minutes {
                    for second in &self.seconds {
                        if times.len() >= MOST_IN_PERIOD {
                            return times;
                        }
                        times.push(day * DAY + hour * HOUR + minute * MINUTE + second);
                    }
                }
            }
        }
        times
    }

    /// Returns the times of a period that is shorter than a day, and moves to the next one: over days and hours that
    /// the rule does not allow in one step.
    fn within_day(&mut self, begin: Seconds) -> Vec<Seconds> {
        let rule = self.rule;
        let unit = match rule.frequency {
            Frequency::Hourly => HOUR,
            Frequency::Minutely => MINUTE,
            _ => 1,
        };
        let (hour, minute) = (begin.rem_euclid(DAY) / HOUR, begin.rem_euclid(HOUR) / MINUTE);
        let length = if !self.filter.allows(begin.div_euclid(DAY)) {
            DAY
        } else if !(rule.by_hour.is_empty() || rule.by_hour.contains(&hour)) {
            HOUR
        } else if unit < HOUR && !(rule.by_minute.is_empty() || rule.by_minute.contains(&minute)) {
            MINUTE
        } else {
            self.at = self.at.saturating_add(rule.interval);
            return self.of_time(begin, unit);
        };
        let end = (begin.div_euclid(length) + 1) * length;
        let periods = (end - begin + unit - 1).div_euclid(unit);
        let steps = (periods + rule.interval - 1) / rule.interval;
        self.at = self.at.saturating_add(steps.max(1).saturating_mul(rule.interval));
        Vec::new()
    }

    /// Returns the times within an hour, minute or second that the rule allows.
    fn of_time(&self, begin: Seconds, unit: i64) -> Vec<Seconds> {
        match unit {
            HOUR => {
                let minutes = self.minutes.iter();
                minutes
                    .flat_map(|minute| self.seconds.iter().map(move |second| begin + minute * MINUTE + second))
                    .collect()
            }
            MINUTE => self.seconds.iter().map(|second| begin + second).collect(),
            _ => {
                let second = begin.rem_euclid(MINUTE);
                let is_allowed = self.rule.by_second.is_empty() || self.rule.by_second.contains(&second);
                is_allowed.then_some(begin).into_iter().collect()
            }
        }
    }
}

/// Returns the first day of a month, counted from year 0.
fn first_of_month(month: i64) -> Day {
    days_from_civil(month.div_euclid(12), month.rem_euclid(12) as u8 + 1, 1)
}

/// Returns the times at these positions, counted from 1, or from the end if negative.
fn positions(times: &[Seconds], positions: &[i64]) -> Vec<Seconds> {
    let count = times.len() as i64;
    let mut chosen: Vec<Seconds> = positions
        .iter()
        .filter_map(|position| {
            let index = if *position > 0 { position - 1 } else { count + position };
            times.get(usize::try_from(index).ok()?).copied()
        })
        .collect();
    chosen.sort_unstable();
    chosen.dedup();
    chosen
}

/// Returns a time some months later, on the last day of the month if it has no such day.
pub(in crate::import) fn months_later(time: Seconds, months: i64) -> Seconds {
    let (year, month, day) = civil_from_days(time.div_euclid(DAY));
    let month = (year * 12 + i64::from(month) - 1).saturating_add(months.clamp(-2_000_000, 2_000_000));
    let (year, month) = (month.div_euclid(12), month.rem_euclid(12) as u8 + 1);
    days_from_civil(year, month, day.min(days_in_month(year, month))) * DAY + time.rem_euclid(DAY)
}
