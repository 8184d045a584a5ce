//! The range of time at the beginning of an event: its words -> what they say.
//!
//! The grammar is that of Markwhen's parser: an EDTF range with a slash is tried first, then one with a hyphen or "to",
//! then years with an era.

use crate::import::dates::is_date;
use crate::import::moment::MONTHS;

/// What a range begins or ends with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Point {
    /// Now.
    Now,
    /// It goes on.
    Open,
    /// A year, month or day, with a time of day if there is one. A missing year is that of today.
    Date { year: Option<i64>, month: Option<u8>, day: Option<u8>, clock: Option<[u8; 2]> },
    /// Three numbers with slashes of which the order of day and month is to be decided: first, second, year.
    Slashes { first: u8, second: u8, year: i64, clock: Option<[u8; 2]> },
    /// A time in UTC, or a week, in ISO 8601.
    Iso(String),
    /// A time of day.
    Clock([u8; 2]),
    /// So much after or before another event.
    Relative(Relative),
}

/// So much after or before another event, the one before if none is named.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Relative {
    pub is_before: bool,
    pub id: Option<String>,
    /// Whether it counts from the start (`false`) or the end (`true`) of that event, if that is said.
    pub from_end: Option<bool>,
    pub amounts: Vec<(i64, Unit)>,
}

/// A unit of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    /// A day from Monday to Friday.
    WeekDay,
    Week,
    Month,
    Year,
}

/// The range of an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Range<'t> {
    pub start: Point,
    pub end: Option<Point>,
    /// The words of the range.
    pub words: &'t str,
    /// What is after "every".
    pub every: Option<&'t str>,
    /// What is after the colon.
    pub rest: &'t str,
}

/// Reads the beginning of an event. Returns `None` if the line begins none.
pub(super) fn range(line: &str) -> Option<Range<'_>> {
    let line = line.trim_start();
    if !line.contains(':') {
        return None;
    }
    edtf(line).or_else(|| casual(line)).or_else(|| era(line)).or_else(|| marked(line))
}

/// Completes a range of which `after` is what comes after its points.
fn complete<'t>(line: &'t str, after: &'t str, start: Point, end: Option<Point>) -> Option<Range<'t>> {
    let words = line.get(..line.len() - after.len())?.trim();
    let after = after.trim_start();
    let (every, rest) = match word(after, "every") {
        Some(every) => {
            let (every, rest) = every.split_once(':')?;
            (Some(every.trim()), rest)
        }
        None => (None, after.strip_prefix(':')?),
    };
    (!words.is_empty()).then_some(Range { start, end, words, every, rest })
}

fn edtf(line: &str) -> Option<Range<'_>> {
    let (start, after) = edtf_point(line)?;
    let Some(end) = after.trim_start().strip_prefix('/') else { return complete(line, after, start, None) };
    if end.trim_start().strip_prefix("..").is_some() {
        return complete(line, end.trim_start().strip_prefix("..")?, start, Some(Point::Open));
    }
    let (end, after) = edtf_point(end.trim_start())?;
    complete(line, after, start, Some(end))
}

fn edtf_point(text: &str) -> Option<(Point, &str)> {
    iso(text).or_else(|| now(text)).or_else(|| iso_week(text)).or_else(|| iso_date(text)).or_else(|| relative(text))
}

fn casual(line: &str) -> Option<Range<'_>> {
    let (start, after) = casual_point(line)?;
    let trimmed = after.trim_start();
    let end = trimmed.strip_prefix(['-', '–', '—']).or_else(|| word(trimmed, "to"));
    let Some(end) = end else { return complete(line, after, start, None) };
    let (end, after) = casual_point(end.trim_start())?;
    complete(line, after, start, Some(end))
}

fn casual_point(text: &str) -> Option<(Point, &str)> {
    iso(text)
        .or_else(|| now(text))
        .or_else(|| iso_week(text))
        .or_else(|| relative(text))
        .or_else(|| named_month(text))
        .or_else(|| clock_only(text))
        .or_else(|| iso_date(text))
        .or_else(|| slashes(text))
}

/// Returns what is after a word.
fn word<'t>(text: &'t str, word: &str) -> Option<&'t str> {
    let (head, rest) = text.split_at_checked(word.len())?;
    let ends = !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_');
    (ends && head.eq_ignore_ascii_case(word)).then_some(rest)
}

/// Splits a number of at least one and at most `most` digits from what is after it, which is no digit.
fn number(text: &str, most: usize) -> Option<(i64, usize, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (digits, rest) = text.split_at_checked(end)?;
    ((1..=most).contains(&end)).then_some((digits.parse().ok()?, end, rest))
}

fn now(text: &str) -> Option<(Point, &str)> {
    word(text, "now").map(|rest| (Point::Now, rest))
}

/// Reads `2031-11-19T01:35:10Z`.
fn iso(text: &str) -> Option<(Point, &str)> {
    /// Maximum length of a time with decimals of a second.
    const MOST: usize = 40;
    let end = text.bytes().take(MOST).position(|byte| byte.eq_ignore_ascii_case(&b'z'))? + 1;
    let (time, rest) = text.split_at_checked(end)?;
    let has_time = time.len() >= 17 && time.get(10..11).is_some_and(|t| t.eq_ignore_ascii_case("t"));
    let is_time = has_time && is_date(time);
    is_time.then(|| (Point::Iso(time.to_ascii_uppercase()), rest))
}

/// Reads `2024-W05` and `2024-W05-3`.
fn iso_week(text: &str) -> Option<(Point, &str)> {
    let (year, 4, rest) = number(text, 4)? else { return None };
    let rest = rest.strip_prefix('-').unwrap_or(rest).strip_prefix(['W', 'w'])?;
    let (week, 2, rest) = number(rest, 2)? else { return None };
    let day = rest.strip_prefix('-').and_then(|rest| number(rest, 1)).filter(|(day, ..)| (1..=7).contains(day));
    Some(match day {
        Some((day, _, rest)) => (Point::Iso(format!("{year:04}-W{week:02}-{day}")), rest),
        None => (Point::Iso(format!("{year:04}-W{week:02}")), rest),
    })
}

/// Reads `2004`, `2004-02`, `2004-02-01` and `2004-02-01 9:30`.
fn iso_date(text: &str) -> Option<(Point, &str)> {
    let (year, 4, rest) = number(text, 4)? else { return None };
    let point = |month, day, clock| Point::Date { year: Some(year), month, day, clock };
    let part = |rest: &'_ str, most: i64| -> Option<(u8, usize)> {
        let (part, 2, after) = number(rest.strip_prefix('-')?, 2)? else { return None };
        (1..=most).contains(&part).then_some((part as u8, rest.len() - after.len()))
    };
    let Some((month, length)) = part(rest, 12) else { return Some((point(None, None, None), rest)) };
    let after_month = rest.get(length..)?;
    let Some((day, length)) = part(after_month, 31) else { return Some((point(Some(month), None, None), after_month)) };
    let after_day = after_month.get(length..)?;
    match spaced_clock(after_day) {
        Some((clock, rest)) => Some((point(Some(month), Some(day), Some(clock)), rest)),
        None => Some((point(Some(month), Some(day), None), after_day)),
    }
}

/// Reads `2222`, `04/1776` and `12/25/2022 8am`.
fn slashes(text: &str) -> Option<(Point, &str)> {
    let (first, _, rest) = number(text, 5)?;
    let year = |year, month, rest| Some((Point::Date { year: Some(year), month, day: None, clock: None }, rest));
    let Some((second, _, after)) = rest.strip_prefix('/').and_then(|rest| number(rest, 5)) else {
        return year(first, None, rest);
    };
    let Some((third, _, after)) = after.strip_prefix('/').and_then(|rest| number(rest, 5)) else {
        return (1..=12).contains(&first).then(|| year(second, Some(first as u8), after))?;
    };
    let [first, second] = [first, second].map(|part| u8::try_from(part).ok());
    let (clock, after) = spaced_clock(after).map_or((None, after), |(clock, after)| (Some(clock), after));
    Some((Point::Slashes { first: first?, second: second?, year: third, clock }, after))
}

/// Reads the time of day after a date.
fn spaced_clock(text: &str) -> Option<([u8; 2], &str)> {
    let trimmed = text.trim_start_matches([' ', '\t', ',']);
    (trimmed.len() < text.len()).then(|| clock(trimmed))?
}

fn clock_only(text: &str) -> Option<(Point, &str)> {
    clock(text).map(|(clock, rest)| (Point::Clock(clock), rest))
}

/// Reads `9:45am`, `8am` and `15:30`.
fn clock(text: &str) -> Option<([u8; 2], &str)> {
    let (hour, _, rest) = number(text, 2)?;
    let minute = rest.strip_prefix(':').and_then(|rest| number(rest, 2)).filter(|(_, digits, _)| *digits == 2);
    let (minute, rest) = minute.map_or((None, rest), |(minute, _, rest)| (Some(minute), rest));
    let half = ["am", "pm"].iter().position(|half| word(rest, half).is_some());
    let hour = match half {
        Some(half) if (1..=12).contains(&hour) => hour % 12 + 12 * half as i64,
        None if minute.is_some() && hour < 24 => hour,
        _ => return None,
    };
    let minute = minute.unwrap_or(0);
    let rest = if half.is_some() { rest.get(2..)? } else { rest };
    (minute < 60).then_some(([hour as u8, minute as u8], rest))
}

/// Reads `18 March 2026`, `Aug 30 9:45am`, `March 2024` and `March`.
fn named_month(text: &str) -> Option<(Point, &str)> {
    let day_of = |number: i64| u8::try_from(number).ok().filter(|day| (1..=31).contains(day));
    let (day, rest) = match number(text, 2) {
        Some((day, _, rest)) if rest.starts_with(char::is_whitespace) => (Some(day_of(day)?), rest.trim_start()),
        _ => (None, text),
    };
    let (month, rest) = month(rest)?;
    let point = |year, day, clock| Point::Date { year, month: Some(month), day, clock };
    let spaced = |text: &'_ str| text.len() - text.trim_start().len();
    // A number of one or two digits is a day, a longer one a year.
    let (day, rest) = match (day, number(rest.trim_start(), 2)) {
        (None, Some((number, _, after))) if spaced(rest) > 0 && day_of(number).is_some() && !is_minute(after) => {
            (day_of(number), after)
        }
        (day, _) => (day, rest),
    };
    let after_comma = rest.strip_prefix(',').unwrap_or(rest);
    let (year, rest) = match number(after_comma.trim_start(), 4) {
        Some((year, digits, after)) if spaced(after_comma) > 0 && (digits == 4 || day.is_none() && digits == 3) => {
            (Some(year), after.strip_prefix(',').unwrap_or(after))
        }
        _ => (None, rest),
    };
    match spaced_clock(rest).filter(|_| day.is_some()) {
        Some((clock, rest)) => Some((point(year, day, Some(clock)), rest)),
        None => Some((point(year, day, None), rest)),
    }
}

/// Returns whether a text goes on with the minute of a time.
fn is_minute(text: &str) -> bool {
    text.strip_prefix(':').and_then(|text| number(text, 2)).is_some_and(|(_, digits, _)| digits == 2)
}

/// Reads the name of a month, or its first three letters.
fn month(text: &str) -> Option<(u8, &str)> {
    MONTHS.iter().zip(1..).find_map(|(name, number)| {
        let rest = word(text, name).or_else(|| word(text, name.get(..3)?))?;
        Some((number, rest))
    })
}

/// Reads `after !id 3 weeks 2 days`.
fn relative(text: &str) -> Option<(Point, &str)> {
    let mut relative = Relative::default();
    let mut rest = text;
    let mut has_word = false;
    for (name, is_before) in [("before", true), ("by", true), ("after", false)] {
        if let Some(after) = word(rest, name) {
            (relative.is_before, rest, has_word) = (is_before, after.trim_start(), true);
            break;
        }
    }
    if let Some(after) = rest.strip_prefix('!') {
        let end = after.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(after.len());
        let (id, after) = after.split_at_checked(end)?;
        relative.id = Some(id.to_owned()).filter(|id| !id.is_empty());
        rest = after;
    }
    for (suffix, from_end) in [(".start", false), (".end", true)] {
        if let Some(after) = word(rest, suffix) {
            (relative.from_end, rest) = (Some(from_end), after);
        }
    }
    let amounts = rest.trim_start();
    let amounts = word(amounts, "plus").or_else(|| amounts.strip_prefix('+')).unwrap_or(amounts).trim_start();
    let mut after = amounts;
    while let Some((amount, next)) = amount(after) {
        relative.amounts.push(amount);
        rest = next;
        after = next.trim_start_matches([' ', '\t', ',']);
    }
    let says_something = relative.id.is_some() || relative.from_end.is_some() || !relative.amounts.is_empty();
    (says_something && (has_word || relative.id.is_some() || !relative.amounts.is_empty()))
        .then_some((Point::Relative(relative), rest))
}

/// Reads an amount: `3 weeks`, `10 business days`, `-2d`.
pub(super) fn amount(text: &str) -> Option<((i64, Unit), &str)> {
    let (sign, digits) = text.strip_prefix('-').map_or((1, text), |digits| (-1, digits));
    let (count, length, rest) = number(digits, 9)?;
    if length == 4 && word(rest, "s").is_some() {
        // A decade, "1990s", is no number of seconds.
        return None;
    }
    let (unit, rest) = unit(rest.trim_start_matches([' ', '\t']))?;
    Some(((sign * count, unit), rest))
}

/// Reads a unit.
pub(super) fn unit(text: &str) -> Option<(Unit, &str)> {
    let end = text.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(text.len());
    let (name, rest) = text.split_at_checked(end)?;
    let unit = match name.to_ascii_lowercase().as_str() {
        "seconds" | "second" | "secs" | "sec" | "s" => Unit::Second,
        "minutes" | "minute" | "mins" | "min" => Unit::Minute,
        "hours" | "hour" | "h" => Unit::Hour,
        "days" | "day" | "d" => Unit::Day,
        "weekdays" | "weekday" | "workdays" | "workday" => Unit::WeekDay,
        "work" | "business" | "week" if after_day(rest).is_some() => return Some((Unit::WeekDay, after_day(rest)?)),
        "weeks" | "week" | "w" => Unit::Week,
        "months" | "month" => Unit::Month,
        "years" | "year" | "y" => Unit::Year,
        _ => return None,
    };
    Some((unit, rest))
}

/// Returns what is after the word for a day, if that comes next.
fn after_day(text: &str) -> Option<&str> {
    let text = text.trim_start();
    ["days", "day", "d"].iter().find_map(|name| word(text, name))
}

/// Reads years with an era: `300–200 BCE`, `50 BC - 50 AD`.
fn era(line: &str) -> Option<Range<'_>> {
    let one = |text: &'_ str| -> Option<(i64, Option<bool>, usize)> {
        let (year, _, rest) = number(text, 5)?;
        let spaced = rest.strip_prefix(' ').unwrap_or(rest);
        let eras = [("BCE", true), ("BC", true), ("AD", false), ("CE", false)];
        let era = eras.into_iter().find_map(|(name, is_before)| Some((is_before, word(spaced, name)?)));
        let (is_before, rest) = era.map_or((None, rest), |(is_before, rest)| (Some(is_before), rest));
        Some((year, is_before, text.len() - rest.len()))
    };
    let point = |year: i64, is_before: Option<bool>| {
        let year = if is_before == Some(true) { 1 - year } else { year };
        Point::Date { year: Some(year), month: None, day: None, clock: None }
    };
    let (first, first_era, length) = one(line)?;
    let after = line.get(length..)?;
    let Some(second) = after.trim_start().strip_prefix(['-', '–']) else {
        return complete(line, after, point(first, first_era), None);
    };
    let second = second.trim_start();
    let (last, last_era, length) = one(second)?;
    complete(line, second.get(length..)?, point(first, first_era.or(last_era)), Some(point(last, last_era)))
}

/// Reads a date of EDTF that says how sure it is, or that some digits are not known; and a decade.
fn marked(line: &str) -> Option<Range<'_>> {
    let (words, rest) = line.split_once(':')?;
    let words = words.trim();
    let is_edtf = words.bytes().all(|byte| byte.is_ascii_digit() || b"X?~%./-,[]{}SY".contains(&byte));
    let says_more = words.contains(['X', '?', '~', '%']) || words.contains("..");
    let is_decade = words.len() == 5 && words.ends_with("0s");
    let is_date = (is_edtf && says_more || is_decade) && words.len() <= 60 && is_date(words);
    is_date.then(|| Range { start: Point::Iso(words.to_owned()), end: None, words, every: None, rest })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the points in short, then what is after "every", then the rest.
    fn read(line: &str) -> String {
        let Some(range) = range(line) else { return "none".to_owned() };
        let short = |point: &Point| match point {
            Point::Now => "now".to_owned(),
            Point::Open => "..".to_owned(),
            Point::Date { year, month, day, clock } => {
                let numbers = [*year, month.map(i64::from), day.map(i64::from)];
                let numbers: Vec<String> =
                    numbers.iter().map(|part| part.map_or("_".to_owned(), |part| part.to_string())).collect();
                let clock = clock.map(|[hour, minute]| format!("T{hour}:{minute}")).unwrap_or_default();
                format!("{}{clock}", numbers.join(" "))
            }
            Point::Slashes { first, second, year, clock } => format!("{first}/{second}/{year}{clock:?}"),
            Point::Iso(text) => text.clone(),
            Point::Clock([hour, minute]) => format!("T{hour}:{minute}"),
            Point::Relative(Relative { is_before, id, from_end, amounts }) => {
                format!("{}{id:?}{from_end:?}{amounts:?}", if *is_before { "before" } else { "after" })
            }
        };
        let end = range.end.as_ref().map(|end| format!(" to {}", short(end))).unwrap_or_default();
        let every = range.every.map(|every| format!(" every {every}")).unwrap_or_default();
        format!("{}{end}{every}|{}", short(&range.start), range.rest.trim())
    }

    #[test]
    fn ranges_of_dates_are_read() {
        let check = |line: &str, expect: &str| assert_eq!(read(line), expect, "{line}");
        check("1964/2008: a", "1964 _ _ to 2008 _ _|a");
        check("2004-06 / 2006-08: a", "2004 6 _ to 2006 8 _|a");
        check("2005/now: a", "2005 _ _ to now|a");
        check("1998/..: a", "1998 _ _ to ..|a");
        check("2024: a: b", "2024 _ _|a: b");
        check("04/1776: a", "1776 4 _|a");
        check("11/11/2024-12/12/2024: a", "11/11/2024None to 12/12/2024None|a");
        check("2031-11-19T01:35:10Z-2099-08-04T18:22:48Z: a", "2031-11-19T01:35:10Z to 2099-08-04T18:22:48Z|a");
        check("January 3 - Apr 6: a", "_ 1 3 to _ 4 6|a");
        check("3:30pm - 4:30pm: a", "T15:30 to T16:30|a");
        check("1 Jan 1998 to 11/11/2011 8am: a", "1998 1 1 to 11/11/2011Some([8, 0])|a");
        check("Nov 11 02:30: a", "_ 11 11T2:30|a");
        check("March 16, 2012 12:19pm: a", "2012 3 16T12:19|a");
        check("2022-02-22 9:45am: a", "2022 2 22T9:45|a");
        check("November 1973-now: a", "1973 11 _ to now|a");
        check("1960-1969: a", "1960 _ _ to 1969 _ _|a");
        check("08/2015-05/2017: CS", "2015 8 _ to 2017 5 _|CS");
        check("300–200 BCE: a", "-299 _ _ to -199 _ _|a");
        check("50 BC - 50 AD: a", "-49 _ _ to 50 _ _|a");
        check("2024-W05-3: a", "2024-W05-3|a");
        check("156X~: a", "156X~|a");
        check("1990s: a", "1990s|a");
        check("1984?/2004-06~: a", "1984?/2004-06~|a");
    }

    #[test]
    fn relative_ranges_are_read() {
        let check = |line: &str, expect: &str| assert_eq!(read(line), expect, "{line}");
        check("2 weeks: a", "afterNoneNone[(2, Week)]|a");
        check("after !Phase1 3 weeks 2 days: a", "afterSome(\"Phase1\")None[(3, Week), (2, Day)]|a");
        check("1 week - 3 days: a", "afterNoneNone[(1, Week)] to afterNoneNone[(3, Day)]|a");
        check("before !X 10 business days: a", "beforeSome(\"X\")None[(10, WeekDay)]|a");
        check("by !X.start 1 month: a", "beforeSome(\"X\")Some(false)[(1, Month)]|a");
        check("2018/6 months: a", "2018 _ _ to afterNoneNone[(6, Month)]|a");
        check("now - 10 years 6 months 3 days: a", "now to afterNoneNone[(10, Year), (6, Month), (3, Day)]|a");
        check("July 13, 2022 - 5 week days: a", "2022 7 13 to afterNoneNone[(5, WeekDay)]|a");
        check("2022-01-01 every 2 weeks for 5 times: a", "2022 1 1 every 2 weeks for 5 times|a");
        check("Jan 1 2022 - 3 days every month x 3: a", "2022 1 1 to afterNoneNone[(3, Day)] every month x 3|a");
    }

    #[test]
    fn other_lines_begin_no_event() {
        for line in
            ["", "text", "title: x", "by: somebody", "Note: 1999", "May be: x", "https://e.org", ": x", "- 1999: x"]
        {
            assert_eq!(range(line), None, "{line}");
        }
    }
}
