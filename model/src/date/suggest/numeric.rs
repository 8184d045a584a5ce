//! Rewrites numeric days and months, in the orders in which people write them, in ISO 8601.

use super::pieces::number;

/// Which of two numbers is the day if both may be a month.
#[derive(Copy, Clone, PartialEq, Eq)]
enum Order {
    DayFirst,
    MonthFirst,
}

/// The centuries to which two digits may belong.
const CENTURIES: [u64; 2] = [1_900, 2_000];
/// Two digits greater than this are not taken for a year of the 21st century.
const LAST_OF_2000S: u64 = 49;

/// Rewrites each numeric date in ISO 8601, in each order that all of them can have.
pub(super) fn rewrite(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for order in [Order::DayFirst, Order::MonthFirst] {
        for century in CENTURIES {
            if let Some(rewritten) = ordered(text, order, century).filter(|rewritten| !found.contains(rewritten)) {
                found.push(rewritten);
            }
        }
    }
    found
}

/// Rewrites the text in one order. Returns `None` if nothing changes or a number does not fit the order.
fn ordered(text: &str, order: Order, century: u64) -> Option<String> {
    let mut rewritten = String::new();
    let mut rest = text;
    let mut after_date = false;
    let mut after_joint = false;
    let mut changed = false;
    while let Some(first) = rest.chars().next() {
        let at_start = begins(&rewritten, after_joint);
        after_joint = false;
        if let (true, Some((numbers, length))) = (at_start && first.is_ascii_digit(), run(rest)) {
            let iso = iso(&numbers, order, century)?;
            changed |= iso != rest[..length];
            rewritten.push_str(&iso);
            rest = &rest[length..];
            after_date = true;
        } else if let Some(length) = joint(rest).filter(|_| after_date) {
            rewritten.push('/');
            rest = &rest[length..];
            after_date = false;
            after_joint = true;
        } else {
            rewritten.push(first);
            rest = &rest[first.len_utf8()..];
            after_date = false;
        }
    }
    changed.then_some(rewritten)
}

/// Returns `true` if a date may begin after a text: not within a number, nor after a shortened year ("1538/9-1540").
fn begins(before: &str, after_joint: bool) -> bool {
    let mut before = before.chars().rev();
    match before.next() {
        None => true,
        Some('/' | '-' | '.') => after_joint || !before.next().is_some_and(|c| c.is_ascii_digit()),
        Some(c) => !c.is_ascii_alphanumeric(),
    }
}

/// Returns the length of a dash between two numeric dates.
fn joint(text: &str) -> Option<usize> {
    let trimmed = text.trim_start();
    let rest = ["\u{2013}", "\u{2014}", "-", "to ", "/"].iter().find_map(|dash| trimmed.strip_prefix(dash))?;
    let rest = rest.trim_start();
    rest.starts_with(|c: char| c.is_ascii_digit()).then_some(text.len() - rest.len())
}

/// Returns two or three numbers with the same separator between them, and their length in bytes.
fn run(text: &str) -> Option<(Vec<(u64, usize)>, usize)> {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let mut end = digits(text);
    let mut numbers = vec![number(&text[..end])?];
    let separator = text[end..].chars().next().filter(|c| matches!(c, '/' | '.' | '-' | ':'))?;
    while numbers.len() < 3 && text[end..].starts_with(separator) {
        let length = digits(&text[end + 1..]);
        let Some(next) = number(&text[end + 1..end + 1 + length]) else {
            break;
        };
        numbers.push(next);
        end += 1 + length;
    }
    let two_are_a_month = matches!(numbers[..], [(1..=12, 1..=2), (_, 4)])
        || matches!(numbers[..], [(_, 4), (0..=12, 2)] if separator != '/')
        || matches!(numbers[..], [(_, 4), (1..=12, 2)]) && text[end..].trim_start().is_empty();
    let complete = numbers.len() == 3 || two_are_a_month;
    // "1.5 Ma" and "10:30:00" are not days.
    let is_time = separator == ':' && numbers[0].1 != 4;
    (complete && !is_time).then_some((numbers, end))
}

/// Returns the ISO text of two or three numbers. A day of zero, or a month and day of zero, are unknown.
fn iso(numbers: &[(u64, usize)], order: Order, century: u64) -> Option<String> {
    match *numbers {
        [(month @ 0..=12, 1..=2), (year, 4)] | [(year, 4), (month @ 0..=12, 1..=2)] => Some(text(year, month, 0)),
        [(year, 4), a, b] => {
            let plain = valid(a.0, b.0).then(|| text(year, a.0, b.0));
            plain.or_else(|| (a.0 > 0 && valid(b.0, a.0)).then(|| text(year, b.0, a.0)))
        }
        [a, b, (year, 4)] => dated(a.0, b.0, year, order),
        [a, b, (short, 2)] => {
            let last = || short_year(short, century).and_then(|year| dated(a.0, b.0, year, order));
            let first = || short_year(a.0, century).filter(|_| a == (a.0.max(32), 2) && valid(b.0, short));
            last().or_else(|| first().map(|year| text(year, b.0, short)))
        }
        _ => None,
    }
}

/// Returns the year of two digits in a century, or `None` if it cannot be in that one.
fn short_year(short: u64, century: u64) -> Option<u64> {
    (short <= LAST_OF_2000S || century == CENTURIES[0]).then_some(century + short)
}

/// Returns a day and a month in ISO 8601, or `None` if they are not valid in the order.
fn dated(a: u64, b: u64, year: u64, order: Order) -> Option<String> {
    let (day_first, month_first) = (valid(b, a), valid(a, b));
    match order {
        Order::DayFirst if day_first => Some(text(year, b, a)),
        Order::MonthFirst if month_first => Some(text(year, a, b)),
        _ => None,
    }
}

fn valid(month: u64, day: u64) -> bool {
    (1..=12).contains(&month) && day <= 31 || (month, day) == (0, 0)
}

fn text(year: u64, month: u64, day: u64) -> String {
    match (month, day) {
        (0, _) => format!("{year:04}"),
        (_, 0) => format!("{year:04}-{month:02}"),
        _ => format!("{year:04}-{month:02}-{day:02}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: &[&str]) {
        assert_eq!(rewrite(text), expect, "{text}");
    }

    #[test]
    fn orders() {
        check("10/7/2008", &["2008-07-10", "2008-10-07"]);
        check("13.04.1990", &["1990-04-13"]);
        check("04/13/1990", &["1990-04-13"]);
        check("04-04-1990", &["1990-04-04"]);
        check("1990-13-04", &["1990-04-13"]);
        check("1990/4/3", &["1990-04-03"]);
        check("1965-00-00", &["1965"]);
        check("1985-05-00", &["1985-05"]);
        check("03/1988?", &["1988-03?"]);
        check("1985:04:12", &["1985-04-12"]);
    }

    #[test]
    fn all_dates_of_a_text_have_one_order() {
        check("1/2/2000 - 12/21/2001", &["2000-01-02/2001-12-21"]);
        check("01/01/1980-12/31/1981", &["1980-01-01/1981-12-31"]);
        check("07/2018 - 12/2018", &["2018-07/2018-12"]);
        check("c. 6/1946", &["c. 1946-06"]);
    }

    #[test]
    fn years_of_two_digits() {
        check("2/19/16", &["1916-02-19", "2016-02-19"]);
        check("2/19/79", &["1979-02-19"]);
        check("90-11-04", &["1990-11-04"]);
        check("1/2/79", &["1979-02-01", "1979-01-02"]);
    }

    #[test]
    fn what_is_no_day_stays() {
        for text in [
            "2019-00-01",
            "1538/9-1540",
            "1966-14-14",
            "1985-04-12",
            "1965/2015",
            "1.5 Ma",
            "10:30:00",
            "hello",
            "1965",
            "",
        ] {
            check(text, &[]);
        }
    }
}
