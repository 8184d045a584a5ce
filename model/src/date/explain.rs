//! Errors for texts that are not dates: the reason, and what to write instead.

use std::ops::Range;

use super::civil::Calendar;
use super::edtf::Refusal;
use super::error::DateError;
use super::vocabulary;

/// Returns the numbers of a text such as `03/04/1990` with their widths, if it is two or three numbers and separators.
fn numbers(written: &str, separators: &[char]) -> Option<Vec<(u64, usize)>> {
    let pieces: Vec<&str> = written.split(separators).map(str::trim).collect();
    if !(2..=3).contains(&pieces.len()) {
        return None;
    }
    let number = |piece: &&str| {
        let digits = !piece.is_empty() && piece.len() <= 4 && piece.bytes().all(|b| b.is_ascii_digit());
        Some((piece.parse().ok().filter(|_| digits)?, piece.len()))
    };
    pieces.iter().map(number).collect()
}

/// Returns the error for a text that means "no date" where a date is required.
pub(super) fn undated(text: &str) -> DateError {
    let written = vocabulary::quoted(text.trim());
    DateError::new(0..text.len(), format!("{written} says that there is no date, and one is needed here"))
}

/// Refuses `03.04.1990`, which can be either of two days.
pub(super) fn numeric(text: &str, range: Range<usize>) -> Result<(), DateError> {
    let written = &text[range.clone()];
    if !written.starts_with(|c: char| c.is_ascii_digit()) || !written.contains('.') {
        return Ok(());
    }
    match numbers(written, &['.']) {
        Some(found) if found.len() == 3 => Err(triple(&found, range, written)),
        _ => Ok(()),
    }
}

/// Refuses slashes that separate day, month and year, not the ends of an interval.
pub(super) fn slashes(text: &str, range: Range<usize>) -> Result<(), DateError> {
    let written = &text[range.clone()];
    match numbers(written, &['/']).as_deref() {
        Some([(month @ 1..=12, 1..=2), (year, 4)]) => {
            Err(DateError::new(range, format!("{written} is an interval from year {month} to year {year}, or a month")))
        }
        Some(found) if found.len() == 3 && found.iter().any(|&(_, width)| width <= 2) => {
            Err(triple(found, range, written))
        }
        _ => Ok(()),
    }
}

/// Returns the error for three numbers, which are a day in an order that would have to be guessed;
/// [`suggest`](super::suggest) adds the suggestions.
fn triple(found: &[(u64, usize)], range: Range<usize>, written: &str) -> DateError {
    let unclear = format!("{written} is not a date that everybody reads alike");
    let message = match *found {
        [(a @ 1..=12, 1..=2), (b @ 1..=12, 1..=2), (_, 4)] if a != b => {
            format!("{written} has day and month in an order that readers take both ways")
        }
        [(day @ 29..=31, 1..=2), (month @ 1..=12, 1..=2), (year, 4)]
        | [(month @ 1..=12, 1..=2), (day @ 29..=31, 1..=2), (year, 4)]
        | [(year, 4), (month @ 1..=12, 1..=2), (day @ 29..=31, 1..=2)] => {
            no_such_day(year, month, day).unwrap_or(unclear)
        }
        [(_, 1..=2), (_, 1..=2), (_, 1..=2)] => format!("{unclear}: the year has two digits"),
        [(0, 1..=2), (1..=12, 1..=2), (_, 4)] | [(_, 4), (1..=12, 1..=2), (0, 1..=2)] => "a day is 1 to 31".into(),
        [(1..=31, 1..=2), (month, 1..=2), (_, 4)] | [(_, 4), (month, 1..=2), (1..=31, 1..=2)]
            if !(1..=12).contains(&month) && !matches!(found, [(1..=12, _), (13..=31, _), _]) =>
        {
            "a month is 01 to 12".into()
        }
        _ => unclear,
    };
    DateError::new(range, message)
}

/// Returns the message for a day that its month does not have, or `None` if the month has it.
fn no_such_day(year: u64, month: u64, day: u64) -> Option<String> {
    let (astronomical, month) = (i64::try_from(year).ok()?, u8::try_from(month).ok()?);
    let last = Calendar::Gregorian.days_in_month(astronomical, month);
    (day > u64::from(last)).then(|| vocabulary::no_such_day(astronomical, month, last, 0..0).message)
}

/// Returns the error for a single date that is not EDTF.
pub(super) fn refusal(text: &str, range: Range<usize>, refusal: &Refusal, calendar: Calendar) -> DateError {
    let written = &text[range.clone()];
    let error = match refusal {
        Refusal::TooFar => return DateError::too_far(range),
        Refusal::Syntax(error) => error,
    };
    if let Some(error) = whole(text, range.clone(), calendar) {
        return error;
    }
    let at = (range.start + error.offset).min(range.end);
    match error.message {
        "number out of supported range" | "exponent out of supported range" => DateError::too_far(range),
        "month must be 01-12 or a sub-year code 21-41" => month_error(at, range),
        "day is out of range for the month" => {
            DateError::new(at..(at + 2).min(range.end), "no such month has this day")
        }
        "Y-prefixed years require |year| > 9999" => short_year_with_y(written, range),
        message => DateError::new(character(text, at, &range), message),
    }
}

/// Returns the error for a `Y` before a year of four digits or fewer. `Y-44` may mean the astronomical year -44, as
/// written, or 44 BCE.
fn short_year_with_y(written: &str, range: Range<usize>) -> DateError {
    let error = DateError::new(range, "a Y stands before years beyond 9999 only");
    let (year, sign) =
        match written.get(1..).map(|rest| (rest.strip_prefix('-').unwrap_or(rest), rest.starts_with('-'))) {
            Some((digits, sign)) => (power_of_ten(digits).filter(|&year| year <= 9_999), sign),
            None => (None, false),
        };
    match (year, sign) {
        (Some(0), _) => error.instead("0000"),
        (Some(year), true) => error.instead(format!("-{year:04}")).instead(format!("{year} BCE")),
        (Some(year), false) => error.instead(format!("{year:04}")),
        (None, _) => error,
    }
}

/// Returns the value of digits with or without an exponent, `20E2`.
fn power_of_ten(written: &str) -> Option<u64> {
    let (digits, exponent) = written.split_once('E').unwrap_or((written, "0"));
    let power = 10_u64.checked_pow(exponent.parse().ok()?)?;
    digits.parse::<u64>().ok()?.checked_mul(power)
}

/// Returns the range of the character at a byte, or of the last one in `range` if the byte is at its end.
fn character(text: &str, at: usize, range: &Range<usize>) -> Range<usize> {
    let start = text[range.clone()]
        .char_indices()
        .map(|(index, _)| range.start + index)
        .take_while(|&index| index <= at)
        .last()
        .unwrap_or(range.start);
    start..start + text[start..range.end].chars().next().map_or(0, char::len_utf8)
}

/// Returns the errors that depend on the whole of the text.
fn whole(text: &str, range: Range<usize>, calendar: Calendar) -> Option<DateError> {
    let written = &text[range.clone()];
    let (sign, unsigned) = match written.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", written),
    };
    let is_digits = |piece: &str| piece.bytes().all(|b| b.is_ascii_digit());
    let core = unsigned.trim_end_matches(['?', '~', '%']);
    if let Some((year, month)) = core.split_once('-')
        && (year.len(), month.len()) == (4, 1)
        && is_digits(year)
        && is_digits(month)
    {
        let end = range.start + sign.len() + core.len();
        return Some(short_month(sign, year, month, range.start..end, end - 1..end));
    }
    if is_digits(unsigned) {
        return Some(digits_only(text, sign, unsigned, range));
    }
    let pieces: Vec<&str> = unsigned.split('-').collect();
    if pieces.len() > 3 || !pieces.iter().all(|piece| is_digits(piece)) {
        return None;
    }
    let last = range.end - pieces.last().map_or(0, |piece| piece.len())..range.end;
    match *pieces.as_slice() {
        ["0000", ..] if sign == "-" => Some(signed_zero(range)),
        // The year with an unknown month, or two years.
        [year, "00"] if year.len() == 4 && year.ends_with("99") => {
            let next = year.parse::<u64>().ok()? + 1;
            let error = DateError::ambiguous(range, "a month is 01 to 12, and a second year is written in full");
            Some(error.instead(format!("{sign}{year}")).instead(format!("{sign}{year}/{next}")))
        }
        [year, ""] if year.len() == 4 => Some(
            DateError::new(last.start - 1..last.end, "a month is missing after the hyphen")
                .replace(range, format!("{sign}{year}/..")),
        ),
        [first, last] if first.len() == 4 && last.len() == 4 => {
            Some(DateError::new(range, "two years are not joined by a hyphen").instead(format!("{sign}{first}/{last}")))
        }
        [first, last] if (1..=3).contains(&first.len()) && !last.is_empty() => Some(short_years(first, last, range)),
        [year, month, day] => three_pieces(sign, [year, month, day], range, calendar),
        _ => None,
    }
}

/// Returns the error for `1247-8`, a month with one digit or two years.
fn short_month(sign: &str, year: &str, month: &str, range: Range<usize>, last: Range<usize>) -> DateError {
    let iso = format!("{sign}{year}-0{month}");
    if !sign.is_empty() || year.get(3..).is_none_or(|end| end >= month) {
        return DateError::new(last, "a month has two digits").replace(range, iso);
    }
    let years = format!("{year}/{}{month}", year.get(..3).unwrap_or_default());
    DateError::ambiguous(last, "a month has two digits").replace(range.clone(), years).replace(range, iso)
}

/// Returns the error for two numbers joined by a hyphen, the first with fewer than four digits.
fn short_years(first: &str, last: &str, range: Range<usize>) -> DateError {
    let error = DateError::new(range, "a year has four digits");
    match (first.parse::<u64>(), last.parse::<u64>()) {
        (Ok(a @ 1..), Ok(b @ 1..)) if a > b => error.instead(format!("{a} BCE/{b} BCE")),
        (Ok(a @ 1..), Ok(b @ 1..)) => error.instead(format!("{a} CE/{b} CE")),
        _ => error,
    }
}

/// Returns the error for three numbers joined by hyphens.
fn three_pieces(sign: &str, pieces: [&str; 3], range: Range<usize>, calendar: Calendar) -> Option<DateError> {
    let [year, month, day] = pieces;
    let small = |piece: &str| piece.parse::<u8>().ok();
    let written = || pieces.join("-");
    match pieces.map(str::len) {
        [4, 2, 2] => {
            let magnitude = year.parse::<i64>().ok()?;
            let number = if sign.is_empty() { magnitude } else { -magnitude };
            let month = small(month)?;
            let last = calendar.days_in_month(number, month);
            let place = range.end - 2..range.end;
            (last > 0).then(|| match small(day) {
                Some(0) => DateError::new(place, format!("a day is 01 to {last}")),
                _ => vocabulary::no_such_day(number, month, last, place),
            })
        }
        [4, 1..=2, 1..=2] => {
            let iso = format!("{sign}{year}-{:02}-{:02}", small(month)?, small(day)?);
            Some(DateError::new(range, "month and day have two digits").instead(iso))
        }
        [1..=2, 1..=2, 2 | 4] if sign.is_empty() => {
            let number = |piece: &str| Some((piece.parse().ok()?, piece.len()));
            Some(triple(&[number(year)?, number(month)?, number(day)?], range, &written()))
        }
        _ => None,
    }
}

fn signed_zero(range: Range<usize>) -> DateError {
    DateError::new(range, "year 0 has no sign").instead("0000")
}

/// Returns the error for digits alone that are not four.
fn digits_only(text: &str, sign: &str, digits: &str, range: Range<usize>) -> DateError {
    let value = digits.parse::<u64>().unwrap_or(u64::MAX);
    if sign == "-" && value == 0 {
        return signed_zero(range);
    }
    if sign == "-" {
        return negative(value, range);
    }
    match (digits.len(), value) {
        (0, _) => DateError::new(range, "a year is missing"),
        (_, 0) => DateError::no_year_zero(range),
        (1..=2, _) => short_year(text, range, value),
        (3, _) => DateError::new(range, "a year has four digits").instead(format!("0{digits}")),
        (8, _) => eight_digits(digits, range),
        _ => vocabulary::long_year(value, range),
    }
}

/// Returns the error for a year of one or two digits. Next to a year of four digits it is a day or a part of a year,
/// not a year, and nothing is suggested.
pub(super) fn short_year(text: &str, range: Range<usize>, value: u64) -> DateError {
    let error = DateError::new(range, "a year of one or two digits can mean several years");
    let mut numbers = text.split(|c: char| !c.is_ascii_digit());
    if numbers.any(|digits| digits.len() == 4) {
        return error;
    }
    error.instead(format!("19{value:02}")).instead(format!("{value} CE")).instead(format!("{value} BCE"))
}

/// Returns the error for an ISO date in `iso` followed by an era in `era`: the year of that era was meant, not the
/// astronomical one.
pub(super) fn iso_with_era(text: &str, iso: Range<usize>, era: Range<usize>, before: bool) -> DateError {
    let error = DateError::new(era.clone(), "an ISO date has no era: its year is astronomical");
    let unsigned = text[iso.clone()].trim_start_matches('-');
    let (year, rest) = unsigned.split_at(unsigned.find(|c: char| !c.is_ascii_digit()).unwrap_or(unsigned.len()));
    match year.parse::<u64>() {
        Ok(year @ 1..=9_999) => {
            let sign = if before && year > 1 { "-" } else { "" };
            error.replace(iso.start..era.end, format!("{sign}{:04}{rest}", year - u64::from(before)))
        }
        _ => error,
    }
}

/// Returns the error for a year with a minus sign and not four digits: most likely a year BCE, perhaps an astronomical
/// one.
fn negative(value: u64, range: Range<usize>) -> DateError {
    let error = DateError::new(range, "a year with a minus sign has four digits, or a Y before it")
        .instead(format!("{value} BCE"));
    if value <= 9_999 { error.instead(format!("-{value:04}")) } else { error.instead(format!("Y-{value}")) }
}

/// Returns the error for a year, a month and a day without hyphens.
fn eight_digits(digits: &str, range: Range<usize>) -> DateError {
    let (year, month, day) = (&digits[..4], &digits[4..6], &digits[6..]);
    let number = |piece: &str| piece.parse().unwrap_or_default();
    let error = match number(month) {
        1..=12 => DateError::new(
            range,
            match no_such_day(number(year), number(month), number(day)) {
                Some(message) => message,
                None if number(day) == 0 => "a day is 1 to 31".into(),
                None => "year, month and day are separated by hyphens".into(),
            },
        ),
        _ => DateError::new(range, "year, month and day are separated by hyphens, and a month is 01 to 12"),
    };
    error.instead(format!("{year}-{month}-{day}"))
}

/// Returns the error for a month that is neither 01 to 12 nor a season.
fn month_error(at: usize, range: Range<usize>) -> DateError {
    let place = at..(at + 2).min(range.end);
    DateError::new(place, "a month is 01 to 12 (or 21 to 41 for seasons, quarters and halves)")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_three_plain_numbers_are_taken_for_day_month_and_year() {
        assert_eq!(numbers("03/04/1990", &['/']), Some(vec![(3, 2), (4, 2), (1990, 4)]));
        for text in ["1990", "1965-06/1966-01", "a/b/c", "1/2/3/4", "//", "12345/1/1"] {
            assert_eq!(numbers(text, &['/']), None, "{text}");
        }
    }

    #[test]
    fn the_fault_is_a_whole_character() {
        assert_eq!(character("19€5", 3, &(0..6)), 2..5);
        assert_eq!(character("1965", 9, &(0..4)), 3..4);
        assert_eq!(character("", 0, &(0..0)), 0..0);
    }
}
