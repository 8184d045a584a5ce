//! The dates in running prose.

use std::ops::Range;

use super::doubt;
use super::found::{DateDoubt, FoundDate};
use super::words::{Word, words};
use crate::date::{Calendar, Date};

/// Maximum number of words of a date.
const MOST_WORDS: usize = 12;

/// Finds the dates in a text, in their order. None contains another one.
///
/// ```
/// use longview::capture::find_dates;
///
/// let text = "Since 1998 some 1,500 people a year, see page 1965, have come. It began on 22 June 1965.";
/// let found: Vec<&str> = find_dates(text).iter().map(|found| &text[found.range.clone()]).collect();
/// assert_eq!(found, ["Since 1998", "22 June 1965"]);
/// ```
#[must_use]
pub fn find_dates(text: &str) -> Vec<FoundDate> {
    let words = words(text);
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        match at_word(text, &words, at) {
            Some((date, count)) => {
                found.push(date);
                at += count;
            }
            None => at += 1,
        }
    }
    found
}

/// What a word may be in a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    /// It says when, at least to a century: "1965", "1990s", "BCE", "century".
    Anchor,
    /// It may begin a date.
    Begin,
    /// It may only be within one.
    Within,
}

const BEGIN: [&str; 48] = [
    "about",
    "around",
    "circa",
    "ca",
    "c",
    "approximately",
    "early",
    "mid",
    "middle",
    "late",
    "beginning",
    "end",
    "first",
    "second",
    "third",
    "fourth",
    "last",
    "between",
    "from",
    "since",
    "until",
    "till",
    "before",
    "after",
    "by",
    "spring",
    "summer",
    "autumn",
    "fall",
    "winter",
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
    "pre",
    "post",
];
const WITHIN: [&str; 22] = [
    "the", "of", "to", "or", "and", "half", "quarter", "present", "today", "now", "onwards", "onward", "later",
    "earlier", "ago", "million", "billion", "years", "–", "—", "-", "th",
];
const ERAS: [&str; 6] = ["bce", "bc", "ad", "ce", "b.c", "a.d"];

/// Returns what a word may be in a date. Returns `None` if it is in none.
fn part(word: &Word<'_>) -> Option<Part> {
    let text = word.text;
    if word.has_sign {
        return None;
    }
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    if let Some(number) = word.number() {
        return match (text.len(), number) {
            (4, 1000..=2100) => Some(Part::Anchor),
            (1..=4, 1..) => Some(Part::Begin),
            _ => None,
        };
    }
    if digits > 0 {
        let is_plain =
            |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '–' | '—' | '/' | '.' | ',' | '~' | '?' | ':');
        let has_year = text.split(|c: char| !c.is_ascii_digit()).any(|run| run.len() == 4);
        let is_ordinal = ["st", "nd", "rd", "th"]
            .iter()
            .any(|end| text.strip_suffix(end).is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit())));
        let is_grouped = text.split(',').all(|run| run.bytes().all(|byte| byte.is_ascii_digit()));
        return match () {
            () if !text.chars().all(is_plain) => None,
            () if has_year => Some(Part::Anchor),
            () if is_ordinal || is_grouped || text.contains('.') => Some(Part::Begin),
            () => None,
        };
    }
    if word.is(&ERAS) || word.is(&["century", "centuries", "millennium", "Ma", "Ga", "mya"]) && text != "ma" {
        return Some(Part::Anchor);
    }
    if word.is_month() || word.is(&BEGIN) {
        return Some(Part::Begin);
    }
    word.is(&WITHIN).then_some(Part::Within)
}

/// Returns how many words from one on may belong to a date.
fn run(words: &[Word<'_>], from: usize) -> usize {
    let is_between = words.get(from).is_some_and(|word| word.is(&["between"]));
    let mut count = 0;
    while let Some(word) = words.get(from + count).filter(|word| count < MOST_WORDS && part(word).is_some()) {
        // Two dates stand beside each other.
        if word.is(&["and"]) && !is_between {
            break;
        }
        count += 1;
        let next = words.get(from + count);
        let is_american = word.has_comma
            && (word.is_month() || count > 1 && words.get(from + count - 2).is_some_and(Word::is_month))
            && next.is_some_and(|next| next.text.len() == 4 && next.number().is_some());
        if word.is_end && !is_american {
            break;
        }
    }
    count
}

/// Reads the date that begins with a word. Returns `None` if none does.
fn at_word(text: &str, words: &[Word<'_>], at: usize) -> Option<(FoundDate, usize)> {
    let first = words.get(at)?;
    if part(first)? == Part::Within {
        return None;
    }
    let most = run(words, at);
    for count in (1..=most).rev() {
        let these = words.get(at..at + count)?;
        let Some(last) = these.last() else { continue };
        let is_anchored = these.iter().any(|word| part(word) == Some(Part::Anchor));
        if !is_anchored || last.is(&["the", "of", "to", "or", "and", "–", "—", "-"]) {
            continue;
        }
        // The full stop of "B.C." is of the date, that of "in 1965." is not.
        let range = first.range.start..last.range.start + last.text.len();
        let Some(found) = read(text, range) else { continue };
        if let Some(found) = doubt::of_number(found, words, at, count) {
            return Some((found, count));
        }
        // In "from 0.2 billion in 1965 to 85 billion" the second number is of something else, the first one is not.
        if last.text.len() > 2 || count < 3 {
            return None;
        }
    }
    doubt::without_year(words, at)
}

/// Reads a date. Returns `None` if the text is none.
fn read(text: &str, range: Range<usize>) -> Option<FoundDate> {
    let written = text.get(range.clone())?.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some(reading) = Date::try_read(&written, Calendar::Gregorian) {
        if reading.cautions.is_empty() {
            return Some(FoundDate { range, date: Some(written), doubt: None });
        }
        let full = Date::read(&written, Calendar::Gregorian).ok()?;
        let caution = full.cautions.first()?;
        let doubt = DateDoubt::new(caution.message.clone(), caution.suggestions.clone());
        return Some(FoundDate { range, date: Some(full.date.to_string()), doubt: Some(doubt) });
    }
    // A date in numbers that may be read in two ways.
    let is_numeric = written.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'/' | b'.' | b'-'));
    if !is_numeric || written.split(['/', '.', '-']).count() != 3 {
        return None;
    }
    let error = Date::parse(&written).err().filter(|error| !error.suggestions.is_empty())?;
    let doubt = DateDoubt::new(error.message, error.suggestions);
    Some(FoundDate { range, date: None, doubt: Some(doubt) })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Returns the dates of a text: as they are, "≈" before those that are doubtful.
    fn found(text: &str) -> Vec<String> {
        let mark = |found: &FoundDate| if found.doubt.is_some() { "≈" } else { "" };
        find_dates(text).iter().map(|found| format!("{}{}", mark(found), &text[found.range.clone()])).collect()
    }

    #[track_caller]
    fn check(text: &str, expect: &[&str]) {
        assert_eq!(found(text), expect, "{text}");
    }

    #[test]
    fn dates_are_found_in_prose() {
        check("In 1965 the treaty was signed, and in 2015 it was fifty.", &["1965", "2015"]);
        check("It was signed on 22 June 1965.", &["22 June 1965"]);
        check("On June 22, 1965, it was signed (Tokyo, 22nd June 1965).", &["June 22, 1965", "22nd June 1965"]);
        check("The boom of the 1990s, and the early 2000s.", &["1990s", "≈early 2000s"]);
        check("from 1998 to 2014; 1998–2014; 1998 – 2014", &["from 1998 to 2014", "1998–2014", "1998 – 2014"]);
        check("It has grown since 1998, until 2014.", &["since 1998", "until 2014"]);
        check("Caesar died on 15 March 44 BCE; Rome was founded in 753 BC.", &["15 March 44 BCE", "753 BC"]);
        check("In the late nineteenth century and the 20th century", &["late nineteenth century", "20th century"]);
        check("by the end of 1944, in the spring of 1968", &["by the end of 1944", "spring of 1968"]);
        check("(1965) The 1965 treaty. c. 1850 it rained.", &["1965", "1965", "c. 1850"]);
        check("Published 2015-12-10, about 1850.", &["2015-12-10", "about 1850"]);
        check("in June\n1965", &["June\n1965"]);
        check("It was in 1965,¹ and in 1966.²³", &["1965", "1966"]);
        check("either 1965 or 1966", &["1965 or 1966"]);
        check("It grew from $0.22 billion in 1965 to 85 billion in 2014.", &["1965", "2014"]);
        check("66 million years ago", &[]);
    }

    #[test]
    fn numbers_are_no_dates() {
        for text in [
            "1,500 people came",
            "1500 people came",
            "some 10,000 visitors",
            "see page 1965, p. 1965 and pp. 1965–1970",
            "US$1965 and $ 2000",
            "385 times, 85 billion, 3.5 percent",
            "1965 km from 2000 metres",
            "9/11 and 24/7",
            "You may go. March on!",
            "No. 1984",
            "a total of 1984 in all",
            "version 1.2.3",
            "1000–1500 soldiers",
            "the first and the last",
            "Article 2000",
            "",
        ] {
            check(text, &[]);
        }
    }

    #[test]
    fn what_may_mean_something_else_is_doubtful() {
        check("In 1500 villages nobody knew.", &["≈1500"]);
        check("In 1951 talks began, in 2000 villages.", &["1951", "≈2000"]);
        check("It was 03/04/1990.", &["≈03/04/1990"]);
        check("On 22 June he came, on June 23 he left.", &["≈22 June", "≈June 23"]);
        check("a slump, 1929-39", &["≈1929-39"]);
        check("letters from 1998", &["≈from 1998"]);
        check("between 1998 and 2014", &["≈between 1998 and 2014"]);
        check("Seoul Tokyo 1965 Busan", &["≈1965"]);
        let text = "It was 03/04/1990.";
        let doubt = find_dates(text).remove(0).doubt.expect("a doubt");
        assert_eq!(doubt.readings, ["1990-04-03", "1990-03-04"]);
        let doubt = find_dates("between 1998 and 2014").remove(0).doubt.expect("a doubt");
        assert_eq!(doubt.readings, ["1998/2014"]);
    }

    #[test]
    fn dates_are_as_a_document_has_them() {
        let text = "Since\n1998, on 22 June 1965, in 1929-39";
        for found in find_dates(text) {
            let date = found.date.expect("a date");
            assert!(Date::parse(&date).is_ok(), "{date}");
        }
    }

    proptest! {
        #[test]
        fn dates_are_parts_of_the_text_in_their_order(
            words in prop::collection::vec(prop::sample::select(vec![
                "in", "1965", "22", "June", "June,", "the", "1990s", "between", "and", "to", "from", "(1998)", "c.",
                "19th", "century", "BCE,", "1,500", "people", "–", "03/04/1990", "since", "May", "page", "é", "…", "\n", "of",
            ]), 0..30),
        ) {
            let text = words.join(" ");
            let mut end = 0;
            for found in find_dates(&text) {
                prop_assert!(found.range.start >= end && found.range.end > found.range.start, "{:?}", found);
                prop_assert!(text.get(found.range.clone()).is_some());
                prop_assert!(found.date.as_deref().is_none_or(|date| Date::parse(date).is_ok()), "{:?}", found);
                prop_assert!(found.date.is_some() || found.doubt.is_some());
                end = found.range.end;
            }
        }
    }
}
