//! Suggestions for dates: each is read, leads to what was most likely meant, and names no other date.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use longview::date::civil::{Calendar, Civil};
use longview::date::{Date, DateError};

/// Texts as catalogues, databases, genealogists, laboratories and people write dates; one a line.
const CORPUS: &str = include_str!("dates_corpus.txt");
/// Each line: text | what it is read as, or what its first suggestion is read as; `-` for a text that is refused without
/// a suggestion.
const HINTS: &str = include_str!("dates_hints.txt");

/// What a text leads to: its own date, or that of its first suggestion.
fn leads_to(text: &str) -> Option<Date> {
    match Date::parse(text) {
        Ok(date) => Some(date),
        Err(error) => error.suggestions.first().map(|first| Date::parse(first).unwrap()),
    }
}

#[test]
fn what_was_most_likely_meant_comes_first() {
    let said = |date: &Date| (date.bounds(), date.words());
    let mut wrong = Vec::new();
    for row in HINTS.lines() {
        let (text, meant) = row.split_once(" | ").unwrap();
        let found = leads_to(text).map(|date| said(&date));
        let meant = (meant != "-").then(|| said(&Date::parse(meant).unwrap()));
        if found != meant {
            wrong.push(format!("{text}: {found:?}, not {meant:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn two_readings_that_are_alike_in_likelihood_are_both_suggested() {
    let check = |text: &str, expect: &[&str]| {
        let error = Date::parse(text).unwrap_err();
        assert_eq!(error.suggestions, expect, "{text}");
        for suggestion in expect {
            assert!(error.hint.as_deref().unwrap().contains(suggestion), "{text}: {:?}", error.hint);
        }
    };
    check("10/7/2008", &["2008-07-10", "2008-10-07"]);
    check("10.07.2008", &["2008-07-10", "2008-10-07"]);
    check("1/2/2000 - 3/4/2001", &["2000-02-01/2001-04-03", "2000-01-02/2001-03-04"]);
    check("1247-248", &["1247/1248", "1247-09-05"]);
    check("Y-44", &["-0044", "44 BCE"]);
    check("44", &["1944", "44 CE", "44 BCE"]);
    check("13.8", &["13.8 Ma", "13.8 ka"]);
}

#[test]
fn every_suggestion_of_the_corpus_is_read_and_names_no_other_year() {
    let (mut refused, mut suggested, mut doubted) = (0, 0, 0);
    for text in CORPUS.lines() {
        match Date::read(text, Calendar::Gregorian) {
            Ok(reading) => {
                for caution in &reading.cautions {
                    doubted += 1;
                    for suggestion in &caution.suggestions {
                        let other = Date::parse(suggestion).unwrap_or_else(|error| panic!("{text:?}: {error:?}"));
                        assert_ne!(other, reading.date, "{text:?} -> {suggestion:?}");
                        named_years(text, suggestion, &other);
                    }
                }
            }
            Err(error) => {
                refused += 1;
                suggested += usize::from(!error.suggestions.is_empty());
                check_error(text, &error);
            }
        }
    }
    assert!(CORPUS.lines().count() > 600);
    assert!(refused > 100 && suggested > 60 && doubted > 20, "{refused} {suggested} {doubted}");
}

/// What must hold of an error: its suggestions are read, none is the text itself, and the hint names each.
fn check_error(text: &str, error: &DateError) {
    for suggestion in &error.suggestions {
        let date = Date::parse(suggestion).unwrap_or_else(|error| panic!("{text:?} -> {suggestion:?}: {error:?}"));
        assert_ne!(suggestion, text);
        let hint = error.hint.as_deref().unwrap_or_default();
        assert!(hint.contains(suggestion.as_str()), "{text:?}: {hint:?} lacks {suggestion:?}");
        named_years(text, suggestion, &date);
    }
    if error.suggestions.is_empty() {
        let hint = error.hint.as_deref().unwrap_or_default();
        assert!(
            !hint.split(' ').any(|word| word.len() >= 4 && word.bytes().all(|b| b.is_ascii_digit())),
            "{text:?}: {hint}"
        );
    }
}

/// Each year of four digits that a text names, of either era, lies within a year of what a suggestion names.
fn named_years(text: &str, suggestion: &str, date: &Date) {
    let year = |second: i64| Civil::from_seconds(second).year;
    let first = date.earliest().map_or(i64::MIN, year);
    let last = date.latest().map_or(i64::MAX, |second| year(second - 1));
    // "Late 1800s" names the first year of what it is late in.
    let slack = if ["early", "mid", "late"].iter().any(|part| text.to_lowercase().contains(part)) { 10 } else { 1 };
    for digits in text.split(|c: char| !c.is_ascii_digit()).filter(|digits| digits.len() == 4) {
        let named: i64 = digits.parse().unwrap();
        let near = |year: i64| first.saturating_sub(slack) <= year && year <= last.saturating_add(slack);
        assert!(near(named) || near(-named), "{text:?} -> {suggestion:?}: {named}");
    }
}
