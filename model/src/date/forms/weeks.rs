//! Weeks and days of the year, ISO 8601-1:2019 sections 5.2.3 and 5.2.4: `1985-W15-5`, `1985-W15`, `1985-102`.

use std::ops::Range;

use super::rewriting::Rewriting;
use crate::date::civil::{Calendar, DAY, civil_from_days};
use crate::date::error::{Caution, DateError};
use crate::date::marks::Qualifier;
use crate::date::model::DatePart;
use crate::date::parts;
use crate::date::vocabulary::ordinal;

/// The first year for which a day number is likely.
const FIRST_WITH_DAYS: i64 = 1_800;

/// Rewrites each day of a week and day of a year, and each week at an end of a span, as a day.
pub(super) fn rewrite(rewriting: &mut Rewriting) -> Result<(), DateError> {
    let (text, calendar) = (rewriting.text.as_str(), rewriting.calendar);
    let may_be = |window: &[u8]| {
        matches!(
            window,
            [b'0'..=b'9' | b'-', b'W' | b'w', b'0'..=b'9', ..] | [b'-', b'0'..=b'9', b'0'..=b'9', b'0'..=b'9']
        )
    };
    if !text.as_bytes().windows(4).any(may_be) {
        return Ok(());
    }
    let mut rewritten = String::with_capacity(text.len() + 16);
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        let begins = !text[..at].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '-' | '+'));
        let found = if begins {
            week(text, at, calendar)?.or(day_of_year(text, at, calendar, &mut rewriting.cautions)?)
        } else {
            None
        };
        if let Some((days, length)) = found {
            rewritten.push_str(&days);
            at += length;
        } else {
            rewritten.push(first);
            at += first.len_utf8();
        }
    }
    rewriting.text = rewritten;
    Ok(())
}

/// A week or a day of one: the year, the number of the week, and the day from 1 for Monday to 7 for Sunday.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
struct Week {
    year: i64,
    number: i64,
    day: Option<i64>,
}

impl Week {
    /// Reads a week at the beginning of a text, and returns it with its length in bytes.
    fn leading(text: &[u8]) -> Option<(Self, usize)> {
        let (year, tail) = digits(text, 4)?;
        let tail = tail.strip_prefix(b"-").unwrap_or(tail);
        let (number, tail) = digits(tail.strip_prefix(b"W").or_else(|| tail.strip_prefix(b"w"))?, 2)?;
        let day = tail.strip_prefix(b"-").and_then(|tail| digits(tail, 1)).or_else(|| digits(tail, 1));
        let (day, tail) = day.map_or((None, tail), |(day, tail)| (Some(day), tail));
        let ends = !tail.first().is_some_and(u8::is_ascii_alphanumeric);
        ends.then_some((Self { year, number, day }, text.len() - tail.len()))
    }

    /// Returns the week or day, or the reason why it does not exist.
    fn part(self) -> Result<DatePart, String> {
        let week = u8::try_from(self.number).ok().and_then(|number| parts::week(self.year, number));
        let Some(week) = week else {
            let last = if parts::week(self.year, 53).is_some() { 53 } else { 52 };
            return Err(format!("{} has {last} weeks", self.year));
        };
        match self.day {
            None => Ok(week),
            Some(day @ 1..=7) => {
                let (year, month, day) = civil_from_days(week.extent.start.div_euclid(DAY) + day - 1);
                Ok(parts::day(Calendar::Gregorian, year, month, day))
            }
            Some(_) => Err("a day of a week is 1 to 7, from Monday to Sunday".into()),
        }
    }
}

/// Reads the ISO week or day of a week that is all of `text[range]`, with its mark. Returns `None` if it is neither.
pub(in crate::date) fn read(text: &str, range: Range<usize>) -> Option<Result<DatePart, DateError>> {
    let written = text.get(range.clone())?;
    let (week, length) = Week::leading(written.as_bytes())?;
    let mut qualifier = Qualifier::default();
    if !written.as_bytes()[length..].iter().all(|&mark| qualifier.add(mark)) {
        return None;
    }
    Some(match week.part() {
        Ok(part) => Ok(part.qualified(qualifier)),
        Err(message) => Err(DateError::new(range, message)),
    })
}

/// Returns the text of the week or day of a week that begins at a byte, and its length in bytes: a day in ISO 8601 for
/// a day of a week or a week before or after a dash or "to", otherwise the ISO week.
fn week(text: &str, at: usize, calendar: Calendar) -> Result<Option<(String, usize)>, DateError> {
    let Some((week, length)) = Week::leading(&text.as_bytes()[at..]) else {
        return Ok(None);
    };
    let range = at..at + length;
    let part = week.part().map_err(|message| DateError::new(range.clone(), message))?;
    let (first, last) = (part.extent.start.div_euclid(DAY), part.extent.end.div_euclid(DAY) - 1);
    let days = if week.day.is_some() {
        iso(calendar, first)
    } else {
        let (before, after) = (text[..range.start].trim_end(), text[range.end..].trim_start());
        let joint = after.starts_with(['-', '\u{2013}', '\u{2014}']) || after.starts_with("to ");
        let joined = before.ends_with(['-', '\u{2013}', '\u{2014}']) || before.ends_with(" to");
        match (joined, joint) {
            (true, _) => iso(calendar, last),
            (false, true) => iso(calendar, first),
            _ => format!("{:04}-W{:02}", week.year, week.number),
        }
    };
    Ok(Some((days, length)))
}

/// Returns the day of a year that begins at a byte. If the three digits may be the end of a span of years ("1247-248"),
/// it is an error, as the two are decades apart; if they may be a month and a day without a hyphen, it is a caution.
fn day_of_year(
    text: &str,
    at: usize,
    calendar: Calendar,
    cautions: &mut Vec<Caution>,
) -> Result<Option<(String, usize)>, DateError> {
    let rest = &text.as_bytes()[at..];
    let Some((year, tail)) = digits(rest, 4) else {
        return Ok(None);
    };
    let Some((number, tail)) = tail.strip_prefix(b"-").and_then(|tail| digits(tail, 3)) else {
        return Ok(None);
    };
    if tail.first().is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'-') {
        return Ok(None);
    }
    let range = at..at + 8;
    let last = if calendar.is_leap(year) { 366 } else { 365 };
    let day = iso(calendar, calendar.days(year, 1, 1) + number - 1);
    let whole = year - year % 1_000 + number;
    // A shortened year does not begin with 0, and years of the future are not shortened.
    let span = (whole > year && number >= 100 && whole <= 2_100).then(|| format!("{year:04}/{whole:04}"));
    match (span, (1..=last).contains(&number)) {
        (Some(span), true) => Err(DateError::ambiguous(range, "this may be a span of years or a day of a year")
            .instead(span)
            .instead(day)),
        // Day numbers come from machines; three digits after an older year are a shortened or misspelt year.
        (None, true) if year < FIRST_WITH_DAYS => Err(DateError::ambiguous(
            range,
            format!("this may be a day of the year {year}, or a misspelt span of years"),
        )
        .instead(day)),
        (Some(span), false) => Err(DateError::new(range, format!("the year {year} has {last} days")).instead(span)),
        (None, false) => Err(DateError::new(range, format!("the year {year} has {last} days"))),
        (None, true) => {
            cautions.push(doubted(&text[range.clone()], range, year, number, &day));
            Ok(Some((day, 8)))
        }
    }
}

/// Returns the caution about a day of a year whose digits may be a month and a day.
fn doubted(written: &str, range: Range<usize>, year: i64, number: i64, day: &str) -> Caution {
    let message = format!("{written} is read as the {} day of the year, {day}", ordinal(number.unsigned_abs()));
    let caution = Caution::new(range.clone(), message);
    [(number / 10, number % 10), (number / 100, number % 100)].into_iter().fold(caution, |caution, (month, day)| {
        // Only what is a date is suggested.
        caution.replace(range.clone(), format!("{year:04}-{month:02}-{day:02}"))
    })
}

/// Splits the number in the first `count` bytes, if they are digits, from the rest.
fn digits(bytes: &[u8], count: usize) -> Option<(i64, &[u8])> {
    let (number, rest) = bytes.split_at_checked(count)?;
    let value = number.iter().try_fold(0, |value, b| b.is_ascii_digit().then(|| value * 10 + i64::from(b - b'0')))?;
    Some((value, rest))
}

/// Formats the day in ISO 8601; the first week of a year may begin before it, so that year 0 has days of year -1.
fn iso(calendar: Calendar, day: i64) -> String {
    let (year, month, day) = calendar.civil(day);
    let sign = if year < 0 { "-" } else { "" };
    format!("{sign}{:04}-{month:02}-{day:02}", year.unsigned_abs())
}

#[cfg(test)]
mod tests {
    use super::super::tests::{check, refused};
    use super::*;

    #[test]
    fn weeks_in_words_are_their_days() {
        check(rewrite, "1985-w15-5", "1985-04-12");
        check(rewrite, "1985W155", "1985-04-12");
        check(rewrite, "1985W15", "1985-W15");
        check(rewrite, "1985-W15 to 1985-W17", "1985-04-08 to 1985-04-28");
        check(rewrite, "since 1985-W15-5", "since 1985-04-12");
        check(rewrite, "2020-W53-7", "2021-01-03");
        check(rewrite, "2008-W01-1", "2007-12-31");
        refused(rewrite, "2021-W53", "2021 has 52 weeks");
        refused(rewrite, "1985-W00", "1985 has 52 weeks");
        refused(rewrite, "1985-W15-8", "a day of a week is 1 to 7, from Monday to Sunday");
    }

    #[test]
    fn weeks() {
        use crate::date::model::Date;

        let words = |text: &str| Some(Date::Single(read(text, 0..text.len())?.ok()?).words());
        assert_eq!(words("1985-W15").as_deref(), Some("week 15 of 1985 (8\u{2013}14 April 1985)"));
        assert_eq!(words("1985-W15-5").as_deref(), Some("12 April 1985"));
        assert_eq!(words("1985-W15~").as_deref(), Some("about week 15 of 1985 (8\u{2013}14 April 1985)"));
        assert_eq!((words("1985-W53"), words("1985-04"), words("1985-W15x")), (None, None, None));
    }

    #[test]
    fn days_of_a_year() {
        check(rewrite, "1985-102", "1985-04-12");
        check(rewrite, "2004-366", "2004-12-31");
        check(rewrite, "1985-102/1985-105", "1985-04-12/1985-04-15");
        refused(rewrite, "1247-248", "this may be a span of years or a day of a year");
        refused(rewrite, "1392-139", "this may be a day of the year 1392, or a misspelt span of years");
        refused(rewrite, "1618-648", "the year 1618 has 365 days");
        refused(rewrite, "1985-000", "the year 1985 has 365 days");
    }

    #[test]
    fn other_numbers_stay() {
        for text in ["1985-04-12", "1985", "1985-1022", "1985-102-1", "11985-102", "1985-W1", "1985-Wxy", ""] {
            check(rewrite, text, text);
        }
    }
}
