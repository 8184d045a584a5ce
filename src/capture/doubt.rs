//! What a number in prose may be besides a year.

use super::found::{DateDoubt, FoundDate};
use super::words::Word;

/// What is counted or numbered: no year is after these words.
const NUMBERED: [&str; 36] = [
    "page",
    "pages",
    "p",
    "pp",
    "no",
    "nos",
    "nr",
    "number",
    "numbers",
    "room",
    "figure",
    "fig",
    "table",
    "chapter",
    "ch",
    "vol",
    "volume",
    "line",
    "lines",
    "section",
    "sections",
    "article",
    "articles",
    "art",
    "paragraph",
    "para",
    "isbn",
    "issn",
    "box",
    "flight",
    "route",
    "highway",
    "resolution",
    "usd",
    "eur",
    "version",
];
/// No year is before these words.
const UNITS: [&str; 42] = [
    "percent", "per", "people", "persons", "men", "women", "children", "km", "m", "kg", "g", "t", "tons", "tonnes",
    "miles", "feet", "ft", "metres", "meters", "hectares", "acres", "dollars", "euros", "pounds", "yen", "won",
    "times", "copies", "soldiers", "troops", "million", "billion", "trillion", "thousand", "hundred", "votes", "words",
    "pages", "years", "days", "hours", "gdp",
];
/// What is "of" a number.
const SUMS: [&str; 18] = [
    "total",
    "sum",
    "number",
    "population",
    "average",
    "maximum",
    "minimum",
    "cost",
    "price",
    "height",
    "altitude",
    "capacity",
    "distance",
    "length",
    "weight",
    "crowd",
    "army",
    "group",
];
/// A number after these words is a year, if it can be one.
const BEFORE_YEARS: [&str; 30] = [
    "in",
    "of",
    "since",
    "by",
    "until",
    "till",
    "from",
    "after",
    "before",
    "during",
    "to",
    "and",
    "between",
    "around",
    "about",
    "circa",
    "the",
    "for",
    "or",
    "through",
    "year",
    "throughout",
    "early",
    "mid",
    "late",
    "on",
    "until",
    "its",
    "–",
    "was",
];
/// Words that end like a plural and are none.
const NO_PLURALS: [&str; 14] =
    ["was", "has", "is", "its", "this", "as", "his", "thus", "perhaps", "always", "whereas", "does", "sees", "across"];

/// Returns a date whose year may be a number of something with that doubt. Returns `None` if it is such a number.
pub(super) fn of_number(found: FoundDate, words: &[Word<'_>], at: usize, count: usize) -> Option<FoundDate> {
    let these = words.get(at..at + count)?;
    let last = these.last()?;
    let is_bare = |word: &Word<'_>| {
        word.text.bytes().all(|byte| byte.is_ascii_digit())
            || word.text.chars().all(|c| c.is_ascii_digit() || matches!(c, '–' | '-'))
    };
    let is_number = is_bare(last) && these.iter().all(|word| is_bare(word) || !has_digit(word) && !word.is_month());
    let is_season =
        these.iter().any(|word| word.is(&["spring", "summer", "autumn", "fall", "winter", "end", "beginning"]));
    if !is_number || is_season {
        return Some(with_usual_doubts(found, these));
    }
    let before = at.checked_sub(1).and_then(|before| words.get(before)).filter(|word| !word.is_end);
    let earlier = at.checked_sub(2).and_then(|earlier| words.get(earlier));
    let next = words.get(at + count).filter(|_| !last.is_end);
    if before.is_some_and(|word| word.is(&NUMBERED) || word.text.ends_with(['$', '€', '£', '#', '§'])) {
        return None;
    }
    // "No. 1984" has a full stop after the word that says what it is.
    if next.is_some_and(|word| word.is(&UNITS) || word.text.starts_with(['%', '°'])) {
        return None;
    }
    let is_sum = before.is_some_and(|word| word.is(&["of"])) && earlier.is_some_and(|word| word.is(&SUMS));
    if is_sum {
        return None;
    }
    // "In 1951 talks began" is a year, "in 1500 villages" and "in 2000 villages" may be none.
    let is_year = last.number().is_some_and(|number| number >= 1700 && number % 100 != 0);
    let says_when = before.is_some_and(|word| word.is(&["in", "since", "by", "until", "during"]));
    if let Some(counted) = next.filter(|word| is_plural(word) && !(is_year && says_when)) {
        let words = format!("it may be a number of {}", counted.text);
        let doubt = found.doubt.clone().unwrap_or_else(|| DateDoubt::new(words, Vec::new()));
        return Some(FoundDate { doubt: Some(doubt), ..found });
    }
    let is_introduced = these.len() > 1 || before.is_none_or(|word| word.is(&BEFORE_YEARS));
    if is_introduced || last.text.len() > 4 {
        return Some(with_usual_doubts(found, these));
    }
    let doubt = DateDoubt::new("it may be a number", Vec::new());
    Some(FoundDate { doubt: Some(found.doubt.clone().unwrap_or(doubt)), ..found })
}

fn has_digit(word: &Word<'_>) -> bool {
    word.text.bytes().any(|byte| byte.is_ascii_digit())
}

fn is_plural(word: &Word<'_>) -> bool {
    word.text.len() > 3
        && word.text.ends_with('s')
        && word.text.chars().all(char::is_lowercase)
        && !word.is(&NO_PLURALS)
}

/// Adds the doubts of words that people use for more than the date says.
fn with_usual_doubts(found: FoundDate, words: &[Word<'_>]) -> FoundDate {
    if found.doubt.is_some() {
        return found;
    }
    let begins = |name: &str| words.first().is_some_and(|word| word.is(&[name]));
    let rest = |from: usize, to: usize| {
        words.get(from..to).unwrap_or_default().iter().map(|word| word.text).collect::<Vec<_>>().join(" ")
    };
    let doubt = if begins("between") {
        let and = words.iter().position(|word| word.is(&["and"]));
        and.map(|and| {
            let all = format!("{}/{}", rest(1, and), rest(and + 1, words.len()));
            let all = crate::date::Date::parse(&all).ok().map(|date| date.to_string());
            DateDoubt::new("it may be all of the time between the two", all.into_iter().collect())
        })
    } else if begins("from")
        && !words.iter().any(|word| word.is(&["to", "until", "till", "–", "-", "onwards", "onward"]))
    {
        Some(DateDoubt::new("what is from a time need not go on", vec![rest(1, words.len())]))
    } else {
        None
    };
    FoundDate { doubt, ..found }
}

/// Returns a day of a month whose year the text does not say, and its number of words.
pub(super) fn without_year(words: &[Word<'_>], at: usize) -> Option<(FoundDate, usize)> {
    let [first, second] = words.get(at..at + 2)? else { return None };
    let is_day = |word: &Word<'_>| {
        let digits = word.text.trim_end_matches(|c: char| c.is_ascii_lowercase());
        digits.parse::<u8>().is_ok_and(|day| (1..=31).contains(&day)) && word.text.len() <= 4 && !word.has_sign
    };
    let is_one = is_day(first) && second.is_month() || first.is_month() && is_day(second);
    let doubt = DateDoubt::new("the text does not say the year here", Vec::new());
    let range = first.range.start..second.range.start + second.text.len();
    (is_one && !first.is_end).then_some((FoundDate { range, date: None, doubt: Some(doubt) }, 2))
}
