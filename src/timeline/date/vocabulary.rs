//! Names and numbers in words, shared by errors and by dates.

use std::ops::Range;

use super::error::DateError;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

const SHORT_MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec",
];

/// Whether to write in full or to save room.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) enum Style {
    Full,
    Short,
}

/// The name of a month, 1 to 12.
pub(super) fn month(style: Style, month: u8) -> &'static str {
    let names = if style == Style::Full {
        &MONTHS
    } else {
        &SHORT_MONTHS
    };
    names
        .get(usize::from(month).wrapping_sub(1))
        .copied()
        .unwrap_or("?")
}

/// A number with separators between its thousands, from five digits on.
pub(super) fn grouped(value: u64) -> String {
    let digits = value.to_string();
    if digits.len() < 5 {
        digits
    } else {
        with_separators(&digits)
    }
}

/// A count with separators between its thousands, from four digits on.
pub(super) fn count(value: u64) -> String {
    with_separators(&value.to_string())
}

fn with_separators(digits: &str) -> String {
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// "1st", "2nd", "3rd", "4th", "11th".
pub(super) fn ordinal(value: u64) -> String {
    let suffix = match (value % 10, value % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{}{suffix}", grouped(value))
}

/// The year of an era and whether it is before the common era. There is no year 0.
pub(super) fn era_year(astronomical: i64) -> (u64, bool) {
    if astronomical > 0 {
        (astronomical.unsigned_abs(), false)
    } else {
        (astronomical.unsigned_abs() + 1, true)
    }
}

/// A year that stands in a text with others of its era only: "1965", "44 BCE".
///
/// Years before 100 carry their era, for a bare "79" is not seen to be a year.
pub(super) fn year(astronomical: i64) -> String {
    match era_year(astronomical) {
        (year, true) => format!("{} BCE", grouped(year)),
        (year @ 0..100, false) => format!("{year} CE"),
        (year, false) => grouped(year),
    }
}

/// The error for a day that its month does not have.
pub(super) fn no_such_day(
    astronomical: i64,
    month_number: u8,
    last: u8,
    place: Range<usize>,
) -> DateError {
    let month = month(Style::Full, month_number);
    let year = year(astronomical);
    DateError::new(place, format!("{month} {year} has {last} days"))
        .hint(format!("write a day from 1 to {last}, or the month alone"))
}

/// What to write for a year of five digits or more.
pub(super) fn long_year_hint(value: u64) -> String {
    if value > 9_999 {
        format!(
            "write Y{value}, {} CE or {} BCE",
            grouped(value),
            grouped(value)
        )
    } else {
        format!("write {value:04}, {value} CE or {value} BCE")
    }
}
