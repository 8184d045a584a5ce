//! Refuses dates of calendars that are not supported, which are recognized by the names of their months.

use super::rewriting::Rewriting;
use crate::date::error::DateError;

/// The names of the months of each calendar in lower case, without accents; those that are also English words are
/// omitted.
const MONTHS: [(&str, &[&str]); 3] = [
    (
        "French Republican",
        &[
            "vendemiaire",
            "brumaire",
            "frimaire",
            "nivose",
            "pluviose",
            "ventose",
            "germinal",
            "floreal",
            "prairial",
            "messidor",
            "thermidor",
            "fructidor",
        ],
    ),
    (
        "Hebrew",
        &[
            "tishri",
            "tishrei",
            "heshvan",
            "cheshvan",
            "marcheshvan",
            "kislev",
            "tevet",
            "shevat",
            "shvat",
            "adar",
            "nisan",
            "iyar",
            "sivan",
            "tammuz",
            "elul",
        ],
    ),
    ("Islamic", &["muharram", "safar", "rabi", "jumada", "rajab", "shaban", "ramadan", "shawwal", "dhu"]),
];

/// Returns an error if the text names a month of another calendar.
pub(super) fn rewrite(rewriting: &mut Rewriting) -> Result<(), DateError> {
    let text = &rewriting.text;
    let mut at = 0;
    for word in text.split_inclusive(|c: char| !c.is_alphabetic()) {
        let name = word.trim_end_matches(|c: char| !c.is_alphabetic());
        let is =
            |month: &&str| month.chars().eq(name.chars().map(|letter| without_accent(letter.to_ascii_lowercase())));
        if let Some((calendar, _)) = MONTHS.iter().find(|(_, months)| name.len() > 2 && months.iter().any(is)) {
            return Err(unread(at..at + name.len(), calendar));
        }
        at += word.len();
    }
    Ok(())
}

fn without_accent(letter: char) -> char {
    match letter {
        '\u{e9}' | '\u{e8}' => 'e',
        '\u{f4}' => 'o',
        other => other,
    }
}

/// Returns the error for a date of a calendar that is not supported.
pub(super) fn unread(range: std::ops::Range<usize>, calendar: &str) -> DateError {
    DateError::new(range, format!("dates of the {calendar} calendar are not read"))
        .hint("write the day in the Gregorian calendar, or in the Julian with (Julian) behind it")
}

#[cfg(test)]
mod tests {
    use super::super::tests::{check, refused};
    use super::*;

    #[test]
    fn calendars_are_named() {
        refused(rewrite, "15 Thermidor 8", "dates of the French Republican calendar are not read");
        refused(rewrite, "24 flor\u{e9}al", "dates of the French Republican calendar are not read");
        refused(rewrite, "15 Nisan 5785", "dates of the Hebrew calendar are not read");
        refused(rewrite, "1 Ramadan 1445", "dates of the Islamic calendar are not read");
        check(rewrite, "15 May 1785", "15 May 1785");
    }
}
