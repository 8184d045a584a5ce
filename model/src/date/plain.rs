//! Reads the forms of nearly every date, `YYYY[-MM[-DD]]` with or without sign and qualifiers, without a general
//! parser.

use super::civil::Calendar;
use super::marks::{Components, Marks, Qualifier};
use super::model::DatePart;
use super::parts;

/// Reads exactly `YYYY`, `YYYY-MM` or `YYYY-MM-DD`. Returns `None` for any other text, for a date that does not exist,
/// and for the year 0000, which causes a caution.
#[inline]
pub(super) fn read(text: &[u8], calendar: Calendar) -> Option<DatePart> {
    let (year, rest) = text.split_first_chunk::<4>()?;
    let year = four(*year).filter(|&year| year != 0)?;
    match *rest {
        [] => build(calendar, year, None, None),
        [b'-', a, b] => build(calendar, year, Some(two(a, b)?), None),
        [b'-', a, b, b'-', c, d] => build(calendar, year, Some(two(a, b)?), Some(two(c, d)?)),
        _ => None,
    }
}

/// Reads the same with an optional minus, and an optional qualifier before and after each component. Before a component
/// it applies to that component, after it to that component and all before it (ISO 8601-2, 8.3 and 8.4).
pub(super) fn read_qualified(text: &[u8], calendar: Calendar) -> Option<DatePart> {
    let mut rest = text;
    let mut marks = Marks::default();
    mark(&mut rest, &mut marks, Components::at(0));
    let negative = eat(&mut rest, b'-');
    let (year, tail) = rest.split_first_chunk::<4>()?;
    let year = four(*year)?;
    if negative && year == 0 {
        return None;
    }
    let year = if negative { -year } else { year };
    rest = tail;
    mark(&mut rest, &mut marks, Components::at(0));
    let month = component(&mut rest, &mut marks, 1)?;
    let day = if month.is_some() { component(&mut rest, &mut marks, 2)? } else { None };
    if !rest.is_empty() {
        return None;
    }
    let count = 1 + usize::from(month.is_some()) + usize::from(day.is_some());
    build(calendar, year, month, day).map(|part| part.marked(marks.of(count)))
}

/// Reads a hyphen and two digits with their qualifiers; `position` is 1 for the month and 2 for the day. Returns
/// `Some(None)` at the end of the text, `None` if malformed.
#[expect(clippy::option_option, reason = "malformed and absent are different answers")]
fn component(rest: &mut &[u8], marks: &mut Marks, position: usize) -> Option<Option<u8>> {
    if rest.is_empty() {
        return Some(None);
    }
    if !eat(rest, b'-') {
        return None;
    }
    mark(rest, marks, Components::at(position));
    let [a, b, tail @ ..] = *rest else {
        return None;
    };
    let value = two(*a, *b)?;
    *rest = tail;
    mark(rest, marks, Components::through(position));
    Some(Some(value))
}

/// Reads an optional qualifier and applies it to `components`.
fn mark(rest: &mut &[u8], marks: &mut Marks, components: Components) {
    let mut qualifier = Qualifier::default();
    if let [first, tail @ ..] = *rest
        && qualifier.add(*first)
    {
        marks.put(qualifier, components);
        *rest = tail;
    }
}

fn eat(rest: &mut &[u8], byte: u8) -> bool {
    match rest.split_first() {
        Some((first, tail)) if *first == byte => {
            *rest = tail;
            true
        }
        _ => false,
    }
}

fn build(calendar: Calendar, year: i64, month: Option<u8>, day: Option<u8>) -> Option<DatePart> {
    let Some(month) = month else {
        return Some(parts::year(calendar, year));
    };
    if !(1..=12).contains(&month) {
        return None;
    }
    let Some(day) = day else {
        return Some(parts::month(calendar, year, month));
    };
    // Only the last days depend on the length of the month.
    let exists = day >= 1 && (day <= 28 || day <= calendar.days_in_month(year, month));
    exists.then(|| parts::day(calendar, year, month, day))
}

fn four(digits: [u8; 4]) -> Option<i64> {
    let [a, b, c, d] = digits;
    Some(i64::from(two(a, b)?) * 100 + i64::from(two(c, d)?))
}

fn two(tens: u8, ones: u8) -> Option<u8> {
    let (tens, ones) = (tens.wrapping_sub(b'0'), ones.wrapping_sub(b'0'));
    (tens <= 9 && ones <= 9).then(|| tens * 10 + ones)
}

#[cfg(test)]
mod tests {
    use super::super::model::Precision;
    use super::*;

    #[test]
    fn only_the_plain_forms() {
        let check = |text: &str, expect: Option<Precision>| {
            let found = read(text.as_bytes(), Calendar::Gregorian).map(|part| part.precision);
            assert_eq!(found, expect, "{text}");
        };
        check("1965", Some(Precision::Year));
        check("1965-06", Some(Precision::Month));
        check("1965-06-22", Some(Precision::Day));
        check("2000-02-29", Some(Precision::Day));
        for text in ["", "196", "19650", "1965-6", "1965-13", "1965-00", "1900-02-29", "1965-06-00", "-1965", "196X"] {
            check(text, None);
        }
    }

    #[test]
    fn qualifiers_anywhere_they_may_stand() {
        let (none, all, at, through) = (Components::NONE, Components::ALL, Components::at, Components::through);
        let check = |text: &str, approximate, uncertain| {
            let part = read_qualified(text.as_bytes(), Calendar::Gregorian);
            assert_eq!(part.map(|p| (p.approximate, p.uncertain)), Some((approximate, uncertain)), "{text}");
        };
        check("-0043-03-15", none, none);
        check("1850~", all, none);
        check("~1850", all, none);
        check("2004-06~", all, none);
        check("~2004-06", at(0), none);
        check("?2004-06-~11", at(2), at(0));
        check("2004-%06-11", at(1), at(1));
        check("2004-06~-11", through(1), none);
        check("2004?-06-~11", at(2), at(0));
        check("2004-06-11%", all, all);
        check("?2004-?06-?11", none, all);
        for text in ["-0000", "1850~~", "1850-", "1850-~", "~", "1850-06-11-", "1850-06-11~x"] {
            assert_eq!(read_qualified(text.as_bytes(), Calendar::Gregorian), None, "{text}");
        }
    }
}
