//! Date parts from calendar units. Years are astronomical; callers have validated months and days.

use super::civil::{self, Calendar, Civil, DAY, MAX_YEAR, PRESENT};
use super::form::{AgeUnit, Form};
use super::model::{DatePart, Interval, Precision};

/// Returns `true` if the year is within the supported range.
pub(super) const fn in_range(year: i64) -> bool {
    -MAX_YEAR <= year && year <= MAX_YEAR
}

/// Returns the astronomical number of a year before the common era: 1 BCE is 0.
pub(super) const fn before_common_era(year: i64) -> i64 {
    1 - year
}

pub(super) fn year(calendar: Calendar, year: i64) -> DatePart {
    span_of_years(calendar, year, year, Precision::Year, Form::Calendar)
}

pub(super) fn month(calendar: Calendar, year: i64, month: u8) -> DatePart {
    let start = calendar.days(year, month, 1);
    let end = start + i64::from(calendar.days_in_month(year, month));
    DatePart::new(days(start, end), Precision::Month, calendar, Form::Calendar)
}

pub(super) fn day(calendar: Calendar, year: i64, month: u8, day: u8) -> DatePart {
    let start = calendar.days(year, month, day);
    DatePart::new(days(start, start + 1), Precision::Day, calendar, Form::Calendar)
}

/// Returns a season, quarter, third or half by its valid ISO 8601-2 code.
pub(super) fn season(calendar: Calendar, year: i64, code: u8) -> DatePart {
    let (first, months) = season_months(code);
    let past = first + months;
    let end = if past > 12 { calendar.days(year + 1, past - 12, 1) } else { calendar.days(year, past, 1) };
    DatePart::new(days(calendar.days(year, first, 1), end), Precision::Season, calendar, Form::Season(code))
}

/// Returns the first month and the number of months of a sub-year group. Seasons without a hemisphere are northern; a
/// winter begins in December of the year by which it is named.
const fn season_months(code: u8) -> (u8, u8) {
    match code {
        22 | 26 | 32 => (6, 3),
        23 | 27 | 29 => (9, 3),
        24 | 28 | 30 => (12, 3),
        33 => (1, 3),
        34 => (4, 3),
        35 => (7, 3),
        36 => (10, 3),
        37 => (1, 4),
        38 => (5, 4),
        39 => (9, 4),
        40 => (1, 6),
        41 => (7, 6),
        _ => (3, 3),
    }
}

/// Returns the years from `first` to `last`, inclusive.
pub(super) fn span_of_years(calendar: Calendar, first: i64, last: i64, precision: Precision, form: Form) -> DatePart {
    let extent = Interval { start: calendar.year_start(first), end: calendar.year_start(last + 1) };
    DatePart::new(extent, precision, calendar, form)
}

/// Returns `10^power` years with the same leading digits, from the one that ends in zeros: "the 1960s", "the 440s BCE".
pub(super) fn block(first_written: i64, power: u32, before: bool) -> DatePart {
    let size = 10_i64.pow(power);
    let (first, last) = if before {
        (before_common_era(first_written + size - 1), before_common_era(first_written))
    } else {
        (first_written, first_written + size - 1)
    };
    span_of_years(Calendar::Gregorian, first, last, Precision::of_power(power), Form::Block)
}

/// Returns the `count`th unit of `10^power` years of its era, counted from 1: the 6th century BCE is 600 to 501 BCE.
pub(super) fn counted(count: i64, power: u32, before: bool) -> DatePart {
    let size = 10_i64.pow(power);
    let (nearer, further) = (size * (count - 1) + 1, size * count);
    let (first, last) =
        if before { (before_common_era(further), before_common_era(nearer)) } else { (nearer, further) };
    span_of_years(Calendar::Gregorian, first, last, Precision::of_power(power), Form::Counted)
}

/// Returns the age of `value / 10^decimals` units, plus or minus half of its last digit, or `None` if that digit is
/// finer than a year or the age is outside the supported range.
pub(super) fn ago(value: u32, decimals: u8, unit: AgeUnit) -> Option<DatePart> {
    let power = unit.power().checked_sub(u32::from(decimals))?;
    let step = 10_i64.pow(power);
    let middle = PRESENT - i64::from(value).checked_mul(step)?;
    if !in_range(middle) {
        return None;
    }
    let form = Form::Ago { value, decimals, unit };
    let (first, last) = if step == 1 { (middle, middle) } else { (middle - step / 2, middle + step / 2 - 1) };
    Some(span_of_years(Calendar::Gregorian, first, last, Precision::of_power(power), form))
}

/// Returns an ISO 8601 week, or `None` if the year has no such week. The days are Gregorian: weeks are the same in
/// either calendar, but their years are not.
pub(super) fn week(year: i64, week: u8) -> Option<DatePart> {
    let first_monday = |year: i64| {
        // 4 January is always in the first week.
        let day = Calendar::Gregorian.days(year, 1, 4);
        day - i64::from(civil::weekday(day) - 1)
    };
    let start = first_monday(year) + 7 * (i64::from(week) - 1);
    let exists = week > 0 && start < first_monday(year + 1);
    exists.then(|| DatePart::new(days(start, start + 7), Precision::Week, Calendar::Gregorian, Form::Calendar))
}

/// Converts a block of years or a counted unit to the years of `calendar`; returns any other part unchanged.
pub(super) fn in_calendar(part: DatePart, calendar: Calendar) -> DatePart {
    let consists_of_years =
        matches!(part.form, Form::Block | Form::Counted | Form::Significant { .. } | Form::Portion { .. });
    if part.calendar == calendar || !consists_of_years {
        return part;
    }
    let year = |seconds| Civil::from_seconds_in(part.calendar, seconds).year;
    let extent = Interval {
        start: calendar.year_start(year(part.extent.start)),
        end: calendar.year_start(year(part.extent.end)),
    };
    DatePart { extent, calendar, ..part }
}

fn days(start: i64, end: i64) -> Interval {
    Interval { start: start.saturating_mul(DAY), end: end.saturating_mul(DAY) }
}

#[cfg(test)]
mod tests {
    use super::super::iso;
    use super::*;

    fn check(part: &DatePart, start: &str, end: &str) {
        assert_eq!((iso(part.extent.start).as_str(), iso(part.extent.end).as_str()), (start, end));
    }

    #[test]
    fn centuries_and_decades_before_the_common_era() {
        check(&counted(6, 2, true), "-000599-01-01", "-000499-01-01");
        check(&counted(1, 2, true), "-000099-01-01", "0001-01-01");
        check(&counted(1, 2, false), "0001-01-01", "0101-01-01");
        check(&counted(20, 2, false), "1901-01-01", "2001-01-01");
        check(&counted(2, 3, true), "-001999-01-01", "-000999-01-01");
        check(&block(440, 1, true), "-000448-01-01", "-000438-01-01");
        check(&block(1960, 1, false), "1960-01-01", "1970-01-01");
    }

    #[test]
    fn ages_take_half_a_digit_either_way() {
        for (value, decimals, unit, start, end) in [
            (66, 0, AgeUnit::Million, "-66498050-01-01", "-65498050-01-01"),
            (138, 1, AgeUnit::Billion, "-13849998050-01-01", "-13749998050-01-01"),
            (12, 0, AgeUnit::Thousand, "-010550-01-01", "-009550-01-01"),
            (1, 3, AgeUnit::Thousand, "1949-01-01", "1950-01-01"),
        ] {
            match ago(value, decimals, unit) {
                Some(part) => check(&part, start, end),
                None => panic!("{value} {decimals} {unit:?}"),
            }
        }
        assert!(ago(1, 4, AgeUnit::Thousand).is_none());
        assert!(ago(u32::MAX, 0, AgeUnit::Billion).is_none());
    }

    #[test]
    fn weeks_of_iso_8601() {
        for (year, number, start, end) in [
            (1985, 15, "1985-04-08", "1985-04-15"),
            (2020, 53, "2020-12-28", "2021-01-04"),
            (2021, 1, "2021-01-04", "2021-01-11"),
            (2008, 1, "2007-12-31", "2008-01-07"),
        ] {
            match week(year, number) {
                Some(part) => check(&part, start, end),
                None => panic!("{year}-W{number}"),
            }
        }
        assert!(week(2021, 53).is_none() && week(2021, 0).is_none());
    }

    #[test]
    fn a_winter_runs_into_the_next_year() {
        check(&season(Calendar::Gregorian, 2001, 24), "2001-12-01", "2002-03-01");
        check(&season(Calendar::Gregorian, 2001, 41), "2001-07-01", "2002-01-01");
    }
}
