//! Why a text is no date, and what to write instead.

use std::ops::Range;

use super::civil::Calendar;
use super::edtf::Refusal;
use super::error::{Caution, DateError};
use super::vocabulary;

/// The numbers of a text such as `03/04/1990`, with their widths, if it is three (or two) numbers and separators.
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

/// Refuses `03.04.1990`, which can mean two days.
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
            Err(DateError::new(range, format!("{written} is an interval from year {month} to year {year}, or a month"))
                .hint(format!("write {year:04}-{month:02} for the month")))
        }
        Some(found) if found.len() == 3 && found.iter().any(|&(_, width)| width <= 2) => {
            Err(triple(found, range, written))
        }
        _ => Ok(()),
    }
}

/// The error for three numbers, which are a day in an order that has to be guessed.
fn triple(found: &[(u64, usize)], range: Range<usize>, written: &str) -> DateError {
    let unclear = "is not a date that everybody reads alike";
    match *found {
        [(a @ 1..=12, 1..=2), (b @ 1..=12, 1..=2), (year, 4)] if a != b => {
            DateError::new(range, format!("{written} has day and month in an order that readers take both ways"))
                .hint(format!("write {year:04}-{b:02}-{a:02} or {year:04}-{a:02}-{b:02}"))
        }
        [(day @ 1..=31, 1..=2), (month @ 1..=12, 1..=2), (year, 4)]
        | [(month @ 1..=12, 1..=2), (day @ 13..=31, 1..=2), (year, 4)]
        | [(year, 4), (month @ 1..=12, 1..=2), (day @ 1..=31, 1..=2)] => {
            DateError::new(range, format!("{written} {unclear}")).hint(format!("write {year:04}-{month:02}-{day:02}"))
        }
        [(_, 1..=2), (_, 1..=2), (_, 1..=2)] => {
            DateError::new(range, format!("{written} {unclear}")).hint("write the year with four digits: 1990-04-03")
        }
        _ => DateError::new(range, format!("{written} {unclear}")).hint("write year, month and day: 1990-04-03"),
    }
}

/// The error for one date that is not EDTF.
pub(super) fn refusal(text: &str, range: Range<usize>, refusal: &Refusal, calendar: Calendar) -> DateError {
    let written = &text[range.clone()];
    let error = match refusal {
        Refusal::TooFar => return DateError::too_far(range),
        Refusal::JulianMask => {
            return DateError::new(range, "a Julian month or day cannot have unspecified digits")
                .hint("write the month or the year alone");
        }
        Refusal::Syntax(error) => error,
    };
    if let Some(error) = whole(written, range.clone(), calendar) {
        return error;
    }
    let at = (range.start + error.offset).min(range.end);
    match error.message {
        "number out of supported range" | "exponent out of supported range" => DateError::too_far(range),
        "month must be 01-12 or a sub-year code 21-41" => month_error(written, at, range),
        "day is out of range for the month" => {
            DateError::new(at..(at + 2).min(range.end), "no such month has this day")
        }
        message => {
            let error = DateError::new(character(text, at, &range), message);
            match hint_for(message, written) {
                Some(hint) => error.hint(hint),
                None => error,
            }
        }
    }
}

/// What to write instead, by what the parser says.
fn hint_for(message: &str, written: &str) -> Option<String> {
    let digits: String = written.bytes().filter(u8::is_ascii_digit).map(char::from).collect();
    match message {
        "Y-prefixed years require |year| > 9999" if !written.contains('E') => {
            Some(format!("write {digits:0>4} without the Y"))
        }
        "year must have exactly four digits (or X)" | "expected '-' before month" => {
            Some("write 1965, 1965-06 or 1965-06-22".into())
        }
        _ => None,
    }
}

/// The character at a byte, or the last one of the range if the byte is at its end.
fn character(text: &str, at: usize, range: &Range<usize>) -> Range<usize> {
    let start = text[range.clone()]
        .char_indices()
        .map(|(index, _)| range.start + index)
        .take_while(|&index| index <= at)
        .last()
        .unwrap_or(range.start);
    start..start + text[start..range.end].chars().next().map_or(0, char::len_utf8)
}

/// Errors that are told from the whole of the text.
fn whole(written: &str, range: Range<usize>, calendar: Calendar) -> Option<DateError> {
    let (sign, unsigned) = match written.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", written),
    };
    let is_digits = |piece: &str| piece.bytes().all(|b| b.is_ascii_digit());
    if is_digits(unsigned) {
        return Some(digits_only(sign, unsigned, range));
    }
    let pieces: Vec<&str> = unsigned.split('-').collect();
    if pieces.len() > 3 || !pieces.iter().all(|piece| is_digits(piece)) {
        return None;
    }
    let last = range.end - pieces.last().map_or(0, |piece| piece.len())..range.end;
    match *pieces.as_slice() {
        ["0000", ..] if sign == "-" => Some(signed_zero(range)),
        [year, ""] if year.len() == 4 => Some(
            DateError::new(last.start - 1..last.end, "a month is missing after the hyphen")
                .hint(format!("for a span that goes on write {sign}{year}/..")),
        ),
        [first, last] if first.len() == 4 && last.len() == 4 => Some(
            DateError::new(range, "two years are not joined by a hyphen").hint(format!("write {sign}{first}/{last}")),
        ),
        [first, last] if (1..=3).contains(&first.len()) && !last.is_empty() => Some(
            DateError::new(range, "a year has four digits")
                .hint(format!("for a span write {first} BCE/{last} BCE or AD {first}/AD {last}")),
        ),
        [year, month] if year.len() == 4 && month.len() == 1 => {
            Some(DateError::new(last, "a month has two digits").hint(format!("write {sign}{year}-0{month}")))
        }
        [year, month, day] => three_pieces(sign, [year, month, day], range, calendar),
        _ => None,
    }
}

/// The error for three numbers joined by hyphens.
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
            (last > 0).then(|| vocabulary::no_such_day(number, month, last, place))
        }
        [4, 1..=2, 1..=2] => Some(DateError::new(range, "month and day have two digits").hint(format!(
            "write {sign}{year}-{:02}-{:02}",
            small(month)?,
            small(day)?
        ))),
        [1..=2, 1..=2, 4] if sign.is_empty() => {
            let number = |piece: &str| Some((piece.parse().ok()?, piece.len()));
            Some(triple(&[number(year)?, number(month)?, number(day)?], range, &written()))
        }
        _ => None,
    }
}

fn signed_zero(range: Range<usize>) -> DateError {
    DateError::new(range, "year 0 has no sign").hint("write 1 BCE, or in EDTF 0000")
}

/// The error for digits alone that are not four.
fn digits_only(sign: &str, digits: &str, range: Range<usize>) -> DateError {
    let value = digits.parse::<u64>().unwrap_or(u64::MAX);
    if sign == "-" && value == 0 {
        return signed_zero(range);
    }
    if sign == "-" {
        let error = DateError::new(range, "a year with a minus sign has four digits, or a Y before it");
        return match value {
            0..=9_999 => error.hint(format!("write {value} BCE, or in EDTF -{:04}", value.saturating_sub(1))),
            _ => error.hint(format!("write Y-{value}")),
        };
    }
    match (digits.len(), value) {
        (0, _) => DateError::new(range, "a year is missing").hint("write 1965 or -0043"),
        (_, 0) => DateError::no_year_zero(range),
        (1..=2, _) => DateError::new(range, "a year of one or two digits can mean several years")
            .hint(format!("write 19{value:02}, AD {value} or {value} BCE")),
        (3, _) => DateError::new(range, "a year has four digits").hint(format!("write 0{digits} or AD {value}")),
        (8, _) => DateError::new(range, "year, month and day are separated by hyphens").hint(format!(
            "write {}-{}-{}",
            &digits[..4],
            &digits[4..6],
            &digits[6..]
        )),
        _ => DateError::new(range, "a year has four digits, or an era, or a Y before it")
            .hint(vocabulary::long_year_hint(value)),
    }
}

/// The error for a month that is neither 01 to 12 nor a season.
fn month_error(written: &str, at: usize, range: Range<usize>) -> DateError {
    let place = at..(at + 2).min(range.end);
    let error = DateError::new(place, "a month is 01 to 12 (or 21 to 41 for seasons, quarters and halves)");
    match written.split('-').collect::<Vec<_>>()[..] {
        [year, end] if year.len() == 4 && year.get(2..).is_some_and(|start| start < end) && end.len() == 2 => {
            error.hint(format!("for a span of years write {year}/{}{end}", &year[..2]))
        }
        [year, day, month @ ("01" | "02" | "03" | "04" | "05" | "06" | "07" | "08" | "09" | "10" | "11" | "12")]
            if year.len() == 4 =>
        {
            error.hint(format!("write year, month, day: {year}-{month}-{day}"))
        }
        _ => error,
    }
}

/// What a valid date may be mistaken for: astronomical years that were meant as BCE, and hundreds meant as decades.
pub(super) fn caution(text: &str) -> Option<Caution> {
    let bytes = text.as_bytes();
    let begins = |at: usize| {
        let before = at.checked_sub(1).map(|before| bytes[before]);
        before.is_none_or(|b| matches!(b, b'/' | b'.' | b'[' | b'{' | b',' | b' ' | b'?' | b'~' | b'%'))
    };
    (0..bytes.len()).filter(|&at| begins(at)).find_map(|at| caution_at(text, at))
}

/// The caution for the year that begins at a byte, if one does.
fn caution_at(text: &str, at: usize) -> Option<Caution> {
    let bytes = text.as_bytes();
    let negative = bytes[at] == b'-';
    let first = at + usize::from(negative);
    let digits = bytes[first..].iter().take_while(|b| b.is_ascii_digit()).count();
    let range = at..first + digits;
    let written = &text[range.clone()];
    let value: i64 = text[first..range.end].parse().ok().filter(|&value| value <= 9_999)?;
    let meant = |before: i64| {
        if before == 1 { "0000".into() } else { format!("-{:04}", before - 1) }
    };
    match (digits, &bytes[range.end..]) {
        (4, _) if negative && value > 0 => Some(Caution {
            message: format!("{written} is an astronomical year: it means {} BCE", value + 1),
            hint: format!("if {value} BCE is meant, write {value} BCE or {}", meant(value)),
            range,
        }),
        (4, rest) if value == 0 && !negative && rest.first().is_none_or(|b| !b.is_ascii_alphabetic()) => {
            Some(Caution {
                message: "0000 is an astronomical year: it means 1 BCE".into(),
                hint: "if AD 1 is meant, write 0001".into(),
                range,
            })
        }
        (3.., [b's', ..] | [b'\'', b's', ..]) if value % 100 == 0 && !negative => Some(Caution {
            message: format!("{written}s is read as a hundred years, {value} to {}", value + 99),
            hint: format!("for the decade write {:03}X", value / 10),
            range: at..range.end + 1,
        }),
        _ => None,
    }
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
