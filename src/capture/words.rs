//! The words of a text.

use std::ops::Range;

/// A word between spaces, without the punctuation around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word<'t> {
    /// Its bytes in the text, with the full stop after it that may be of an abbreviation.
    pub range: Range<usize>,
    /// What it is, without that full stop.
    pub text: &'t str,
    /// Whether a comma, a bracket or the like is after it.
    pub is_end: bool,
    /// Whether only a comma is after it, as in "June 22, 1965".
    pub has_comma: bool,
    /// Whether a sign of a currency, a section or a number is before it.
    pub has_sign: bool,
}

const OPENING: [char; 9] = ['(', '[', '{', '"', '\'', '“', '‘', '«', '„'];
const CLOSING: [char; 14] = [')', ']', '}', '"', '\'', '”', '’', '»', ',', ';', ':', '!', '?', '…'];

/// Cuts a text into words.
pub(super) fn words(text: &str) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    let mut at = 0;
    while let Some(start) = text.get(at..).and_then(|rest| Some(at + rest.find(|c: char| !c.is_whitespace())?)) {
        let whole = text.get(start..).unwrap_or_default();
        let length = whole.find(char::is_whitespace).unwrap_or(whole.len());
        at = start + length;
        let whole = whole.get(..length).unwrap_or_default();
        let opened = whole.trim_start_matches(OPENING);
        // A full stop before a closing sign ends a sentence: "(in 1965.)".
        let closed = opened.trim_end_matches(|c: char| CLOSING.contains(&c) || c == '.' || is_note_number(c));
        let start = start + whole.len() - opened.len();
        let after = opened.get(closed.len()..).unwrap_or_default();
        let stop = usize::from(after.starts_with('.'));
        let after = after.get(stop..).unwrap_or_default();
        let has_sign = closed.starts_with(['$', '€', '£', '¥', '₩', '§', '#', '№', '+']);
        if !closed.is_empty() {
            words.push(Word {
                range: start..start + closed.len() + stop,
                text: closed,
                is_end: !after.is_empty(),
                has_comma: after == ",",
                has_sign,
            });
        }
    }
    words
}

/// Returns whether a character is of the number of a note.
pub(super) fn is_note_number(c: char) -> bool {
    matches!(c, '¹' | '²' | '³' | '⁰' | '⁴'..='⁹')
}

impl Word<'_> {
    /// Returns its value, if it is a whole number in digits.
    pub fn number(&self) -> Option<u32> {
        let is_number = (1..=4).contains(&self.text.len()) && self.text.bytes().all(|byte| byte.is_ascii_digit());
        self.text.parse().ok().filter(|_| is_number)
    }

    /// Returns whether it is the name of a month. That of a verb or a noun needs a capital.
    pub fn is_month(&self) -> bool {
        const SHORT: [&str; 12] = ["jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec"];
        let lower = self.text.to_lowercase();
        let is_name = (1..=12).filter_map(crate::date::month_name).any(|name| name.eq_ignore_ascii_case(&lower));
        (is_name || SHORT.contains(&lower.as_str())) && self.text.starts_with(char::is_uppercase)
    }

    /// Returns whether it is one of some words in lower case.
    pub fn is(&self, words: &[&str]) -> bool {
        words.iter().any(|word| self.text.eq_ignore_ascii_case(word))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_no_punctuation() {
        let text = "(“In c. 1965, US$85 billion…)";
        let found: Vec<(&str, &str, bool)> =
            words(text).iter().map(|word| (word.text, &text[word.range.clone()], word.is_end)).collect();
        assert_eq!(
            found,
            [
                ("In", "In", false),
                ("c", "c.", false),
                ("1965", "1965", true),
                ("US$85", "US$85", false),
                ("billion", "billion", true)
            ]
        );
        assert!(words("").is_empty() && words(" – ... ").len() == 1);
    }
}
