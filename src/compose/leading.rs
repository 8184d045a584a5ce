//! The date at the beginning of a line.

use super::doubt::{Fix, LineDoubt};
use super::signs::{Kind, Token};
use crate::date::{Calendar, Date, Reading, is_undated, month_name};

/// The greatest number of words of a date.
const MOST_WORDS: usize = 14;

/// What begins a line, before its title.
pub(super) struct Leading {
    /// The date as it was typed, and what it was read as.
    pub date: Option<(String, Reading)>,
    /// The number of the first token that may belong to the title.
    pub title_from: usize,
    /// What is wrong with the date, or may have been meant otherwise.
    pub doubts: Vec<LineDoubt>,
}

impl Leading {
    fn none(title_from: usize) -> Self {
        Self { date: None, title_from, doubts: Vec::new() }
    }
}

/// The words at the beginning of a line.
struct Words<'l> {
    line: &'l str,
    tokens: &'l [Token],
}

/// Reads the date at the beginning of a line.
pub(super) fn read(line: &str, tokens: &[Token]) -> Leading {
    let most = tokens.iter().take(MOST_WORDS).take_while(|token| matches!(token.kind, Kind::Word(_))).count();
    let words = Words { line, tokens: tokens.get(..most).unwrap_or_default() };
    if words.says_undated() {
        return Leading::none(1 + usize::from(words.word(1).is_some_and(is_dash)));
    }
    let Some(count) = words.dated() else { return words.undated() };
    let title_from = count + usize::from(words.word(count).is_some_and(is_dash));
    let text = words.bare(count);
    let Ok(reading) = Date::read(text, Calendar::Gregorian) else { return Leading::none(0) };
    let doubts = words.doubts(count, &reading);
    Leading { date: Some((text.to_owned(), reading)), title_from, doubts }
}

impl<'l> Words<'l> {
    fn word(&self, index: usize) -> Option<&'l str> {
        self.tokens.get(index).and_then(|token| self.line.get(token.range.clone()))
    }

    /// Returns the first words.
    fn first(&self, count: usize) -> &'l str {
        let end = count.checked_sub(1).and_then(|last| self.tokens.get(last)).map_or(0, |token| token.range.end);
        self.line.get(..end).unwrap_or_default()
    }

    /// Returns the first words without what separates them from a title.
    fn bare(&self, count: usize) -> &'l str {
        self.first(count).trim_end_matches([':', ',', ';'])
    }

    /// Returns what comes after the first words.
    fn after(&self, count: usize) -> &'l str {
        self.line.get(self.first(count).len()..).unwrap_or_default().trim_start()
    }

    fn ends_with_colon(&self, count: usize) -> bool {
        self.first(count).ends_with(':')
    }

    /// Returns whether the line begins with a sign for "without a date".
    fn says_undated(&self) -> bool {
        let first = self.word(0).map(|word| word.trim_end_matches(':')).unwrap_or_default();
        // "Unknown soldier buried" is a title.
        let is_sign = first.contains('.') || first.eq_ignore_ascii_case("undated") || first.chars().all(|c| c == '?');
        !first.is_empty() && is_sign && is_undated(first)
    }

    /// Returns how many words the date has.
    fn dated(&self) -> Option<usize> {
        let begins_title = |word: &str| is_dash(word) || joins(word);
        let is_date =
            |count: &usize| !self.word(count - 1).is_some_and(begins_title) && date(self.bare(*count)).is_some();
        let mut counts = 1..=self.tokens.len();
        counts.clone().find(|count| self.ends_with_colon(*count) && is_date(count)).or_else(|| counts.rfind(is_date))
    }

    /// Returns other dates for the first words, each with the rest of the line.
    fn fixes(&self, count: usize, suggestions: &[String]) -> Vec<Fix> {
        let whole = 0..self.bare(count).len();
        let fix = |text: &String| Fix::new(text, self.line, &whole, text);
        suggestions.iter().map(fix).collect()
    }

    /// Returns a line that has no date, with what is wrong if it begins as dates do.
    fn undated(&self) -> Leading {
        let is_attempt = self.word(0).is_some_and(|first| first.starts_with(|c: char| c.is_ascii_digit()));
        if !is_attempt {
            return Leading::none(0);
        }
        let goes_on = |word: &str| is_month(word) || word.starts_with(|c: char| c.is_ascii_digit());
        let whole = (1..self.tokens.len()).find(|at| !self.word(*at).is_some_and(goes_on)).unwrap_or(self.tokens.len());
        let Err(error) = Date::read(self.bare(whole), Calendar::Gregorian) else { return Leading::none(0) };
        let mut fixes = self.fixes(whole, &error.suggestions);
        fixes.push(Fix { words: "no date".to_owned(), line: format!("? {}", self.line) });
        let doubt = LineDoubt { range: error.range, message: error.message, is_error: true, fixes };
        Leading { doubts: vec![doubt], ..Leading::none(0) }
    }

    /// Returns what may have been meant otherwise by a date.
    fn doubts(&self, count: usize, reading: &Reading) -> Vec<LineDoubt> {
        let cautions = reading.cautions.iter().map(|caution| LineDoubt {
            range: caution.range.clone(),
            message: caution.message.clone(),
            is_error: false,
            fixes: self.fixes(count, &caution.suggestions),
        });
        cautions.chain(self.may_begin_title(count, reading)).collect()
    }

    /// Returns the doubt about "1963 March on Washington", of which the month may be the first word of the title.
    fn may_begin_title(&self, count: usize, reading: &Reading) -> Option<LineDoubt> {
        let before = count.checked_sub(1).filter(|before| *before > 0)?;
        let last = self.tokens.get(before)?.range.clone();
        let word = self.word(before).filter(|word| word.chars().all(char::is_alphabetic))?;
        let (shorter, longer) = (date(self.bare(before))?.date.bounds(), reading.date.bounds());
        let is_within = shorter.start <= longer.start && longer.end <= shorter.end && shorter != longer;
        let rest = self.after(before);
        (is_within && !self.after(count).is_empty()).then(|| LineDoubt {
            range: last,
            message: format!("“{word}” is read as part of the date"),
            is_error: false,
            fixes: vec![Fix {
                words: format!("{}: {rest}", self.bare(before)),
                line: format!("{}: {rest}", self.bare(before)),
            }],
        })
    }
}

/// Reads a date as a document does.
fn date(text: &str) -> Option<Reading> {
    Date::try_read(text, Calendar::Gregorian)
}

fn is_dash(word: &str) -> bool {
    matches!(word, "-" | "–" | "—" | "|" | ":" | "·")
}

/// Returns whether a word ends no date: in "1963 March on Washington" it is of the title.
fn joins(word: &str) -> bool {
    ["at", "by", "for", "in", "of", "on", "the", "with"].iter().any(|joining| word.eq_ignore_ascii_case(joining))
}

/// Returns whether a word is the name of a month, or begins one as abbreviations do.
fn is_month(word: &str) -> bool {
    let word = word.trim_end_matches(['.', ',']).to_lowercase();
    let begins = |month: u8| month_name(month).is_some_and(|name| name.to_lowercase().starts_with(&word));
    word.len() >= 3 && (1..=12).any(begins)
}
