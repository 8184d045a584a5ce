//! Names and numbers in words, shared by errors and by dates.

use std::ops::Range;

use super::error::DateError;

/// The minus sign, as displayed; people type a hyphen instead.
pub(super) const MINUS: char = '\u{2212}';

/// The English names of the months.
pub(super) const MONTHS: [&str; 12] = [
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

const SHORT_MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec"];

/// Returns the month whose name is or begins with these lower-case letters, at least three: "feb", "febr", "february".
pub(super) fn month_of(letters: &[u8]) -> Option<u8> {
    let start = letters.first_chunk::<3>()?;
    let begins = |name: &str| name.as_bytes().first_chunk::<3>().is_some_and(|name| name.eq_ignore_ascii_case(start));
    let at = MONTHS.into_iter().position(begins)?;
    let whole = MONTHS.get(at)?.as_bytes().get(..letters.len())?;
    whole.eq_ignore_ascii_case(letters).then_some(at as u8 + 1)
}

/// Returns the value of an ordinal number in lower-case letters, up to twentieth, or thirtieth.
pub(super) fn spelled_ordinal(letters: &[u8]) -> Option<u8> {
    const NAMES: [&str; 20] = [
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
        "eleventh",
        "twelfth",
        "thirteenth",
        "fourteenth",
        "fifteenth",
        "sixteenth",
        "seventeenth",
        "eighteenth",
        "nineteenth",
        "twentieth",
    ];
    if letters == b"thirtieth" {
        return Some(30);
    }
    let at = NAMES.iter().position(|name| name.as_bytes() == letters)?;
    u8::try_from(at + 1).ok()
}

/// Whether to write words in full or to abbreviate them.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) enum Style {
    Full,
    Short,
}

/// Returns the name of a month, 1 to 12.
pub(super) fn month(style: Style, month: u8) -> &'static str {
    let names = if style == Style::Full { &MONTHS } else { &SHORT_MONTHS };
    names.get(usize::from(month).wrapping_sub(1)).copied().unwrap_or("?")
}

/// Returns the English name of a month, 1 to 12, or `None` if there is no such month.
///
/// ```
/// use longview_model::date::month_name;
///
/// assert_eq!(month_name(2), Some("February"));
/// assert_eq!(month_name(13), None);
/// ```
#[must_use]
pub fn month_name(month: u8) -> Option<&'static str> {
    MONTHS.get(usize::from(month).wrapping_sub(1)).copied()
}

/// Formats a number with separators between its thousands, from five digits on.
pub(super) fn grouped(value: u64) -> String {
    let digits = value.to_string();
    if digits.len() < 5 { digits } else { with_separators(&digits) }
}

/// Formats a count with separators between its thousands, from four digits on.
pub(super) fn count(value: u64) -> String {
    with_separators(&value.to_string())
}

/// Returns the digits of a whole number with separators between its thousands.
///
/// ```
/// use longview_model::date::with_separators;
///
/// assert_eq!(with_separators("13800000"), "13,800,000");
/// ```
#[must_use]
pub fn with_separators(digits: &str) -> String {
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Formats an ordinal: "1st", "2nd", "3rd", "4th", "11th".
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

/// Returns the year of the era and whether it is before the common era. There is no year 0.
pub(super) fn era_year(astronomical: i64) -> (u64, bool) {
    if astronomical > 0 { (astronomical.unsigned_abs(), false) } else { (astronomical.unsigned_abs() + 1, true) }
}

/// Formats a year: "44 BCE", "1965", and with `common_era` "1965 CE".
///
/// Years before 100 always have their era, because a bare "79" is not recognizable as a year.
pub(super) fn year(astronomical: i64, common_era: bool) -> String {
    match era_year(astronomical) {
        (year, true) => format!("{} BCE", grouped(year)),
        (year, false) if common_era || year < 100 => format!("{} CE", grouped(year)),
        (year, false) => grouped(year),
    }
}

/// Formats an offset from UTC: `+09:00`, `−05:00`, with seconds only if they are not 0.
pub(super) fn offset_words(offset: i32) -> String {
    let sign = if offset < 0 { MINUS } else { '+' };
    let seconds = offset.unsigned_abs();
    let (hours, minutes, seconds) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    if seconds == 0 {
        format!("{sign}{hours:02}:{minutes:02}")
    } else {
        format!("{sign}{hours:02}:{minutes:02}:{seconds:02}")
    }
}

/// The style of the words, and whether CE is written because BCE occurs next to it.
#[derive(Copy, Clone, Debug)]
pub(super) struct Manner {
    pub style: Style,
    pub common_era: bool,
}

impl Manner {
    /// Formats the year, with CE if needed.
    pub fn year(self, astronomical: i64) -> String {
        year(astronomical, self.common_era)
    }

    /// Formats a range of years: "1965–2015", "44–31 BCE", "31 BCE – 14 CE".
    pub fn years(self, first: i64, last: i64) -> String {
        let ((a, a_before), (b, b_before)) = (era_year(first), era_year(last));
        match (a_before, b_before) {
            (true, false) => format!("{} BCE – {} CE", grouped(a), grouped(b)),
            (true, true) => format!("{}–{} BCE", grouped(a), grouped(b)),
            _ if self.common_era || a < 100 => format!("{}–{} CE", grouped(a), grouped(b)),
            _ => format!("{}–{}", grouped(a), grouped(b)),
        }
    }
}

/// Returns a piece of the text in quotes, truncated if it is long.
pub(super) fn quoted(text: &str) -> String {
    const LONGEST: usize = 40;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{:?}…", &text[..end]),
        None => format!("{text:?}"),
    }
}

/// Returns the error for a day that its month does not have.
pub(super) fn no_such_day(astronomical: i64, month_number: u8, last: u8, place: Range<usize>) -> DateError {
    let month = month(Style::Full, month_number);
    let year = year(astronomical, false);
    DateError::new(place, format!("{month} {year} has {last} days"))
}

/// Returns the error for a year of five or more digits, or in another form that years do not have.
pub(super) fn long_year(value: u64, range: Range<usize>) -> DateError {
    let error = DateError::new(range, "a year has four digits, or an era, or a Y before it");
    if value > 9_999 {
        error.instead(format!("Y{value}")).instead(format!("{} BCE", grouped(value)))
    } else {
        error.instead(format!("{value:04}")).instead(format!("{value} BCE"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_words() {
        for (value, ordinal_words, grouped_words, count_words) in [
            (1, "1st", "1", "1"),
            (12, "12th", "12", "12"),
            (22, "22nd", "22", "22"),
            (113, "113th", "113", "113"),
            (1_003, "1003rd", "1003", "1,003"),
            (12_000, "12,000th", "12,000", "12,000"),
            (13_800_000_001, "13,800,000,001st", "13,800,000,001", "13,800,000,001"),
        ] {
            let found = (ordinal(value), grouped(value), count(value));
            assert_eq!(found, (ordinal_words.into(), grouped_words.into(), count_words.into()));
        }
    }

    #[test]
    fn years_have_no_zero() {
        for (astronomical, words) in [(1965, "1965"), (79, "79 CE"), (1, "1 CE"), (0, "1 BCE"), (-43, "44 BCE")] {
            assert_eq!(year(astronomical, false), words);
        }
        assert_eq!(year(1965, true), "1965 CE");
        assert_eq!(year(i64::MIN, false), "9,223,372,036,854,775,809 BCE");
    }

    #[test]
    fn long_quotations_are_cut() {
        assert_eq!(quoted("19xx"), "\"19xx\"");
        assert_eq!(quoted(&"é".repeat(1_000)).chars().count(), 43);
    }
}
