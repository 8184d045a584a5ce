//! The meanings of the words in dates.

use std::ops::Range;

use super::civil::Calendar;
use super::error::DateError;
use super::form::{AgeUnit, Portion};
use super::vocabulary::{self, MONTHS};

/// What a word means in a date.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) enum Word {
    Month(u8),
    /// A season by its ISO 8601-2 code.
    Season(u8),
    Quarter,
    BeforeEra,
    CommonEra,
    About,
    Perhaps,
    /// "the", "of", "in", "year": without a meaning of their own.
    Filler,
    /// An ordinal in letters: "nineteenth" is 19.
    Nth(u8),
    /// "last", before a half, third or quarter.
    Last,
    /// "early", "mid" and "late".
    Portion(Portion),
    Half,
    /// "quarter" in letters.
    Fourth,
    /// "(Julian)", "(O.S.)", "(Gregorian)", "(N.S.)".
    Calendar(Calendar),
    /// The "s" of "1960s".
    Plural,
    /// The "th" of "6th".
    Ordinal,
    /// "c.": "circa" before a date, "century" after a number.
    C,
    Century,
    Millennium,
    Age(AgeUnit),
    /// "million" and so on, before "years ago".
    Scale(AgeUnit),
    Years,
    Ago,
    Since,
    Until,
    Before,
    After,
    By,
    /// "not" or "no", before "before", "after", "earlier" and "later".
    Not,
    /// "earlier" and "later".
    Earlier,
    Later,
    /// "onwards".
    Onwards,
    Between,
    And,
    Or,
    To,
    Present,
    Unknown,
}

impl Word {
    /// Returns `true` if a date or a part of one may end with this word, so that a hyphen after it is a dash.
    pub const fn ends_date(self) -> bool {
        matches!(
            self,
            Self::Month(_)
                | Self::Season(_)
                | Self::BeforeEra
                | Self::CommonEra
                | Self::Plural
                | Self::Ordinal
                | Self::Nth(_)
                | Self::Century
                | Self::Millennium
                | Self::Age(_)
                | Self::Scale(_)
                | Self::Years
                | Self::Ago
                | Self::Calendar(_)
                | Self::Portion(_)
                | Self::Present
                | Self::Unknown
                | Self::C
                | Self::About
                | Self::Perhaps
        )
    }

    /// Returns `true` if the text after it is in words too, so that four digits and a hyphen are a year and a dash.
    pub const fn wants_year(self) -> bool {
        matches!(self, Self::Month(_) | Self::Season(_) | Self::CommonEra | Self::Quarter | Self::Years)
    }
}

/// Room for the longest word, which has thirteen letters.
const LONGEST: usize = 16;

/// Returns the meaning of a word; case and full stops are ignored.
pub(super) fn meaning(written: &str) -> Option<Word> {
    if !written.is_ascii() {
        return None;
    }
    let mut letters = [0; LONGEST];
    let mut len = 0;
    for byte in written.bytes().filter(u8::is_ascii_alphabetic) {
        *letters.get_mut(len)? = byte.to_ascii_lowercase();
        len += 1;
    }
    if let Some(month) = vocabulary::month_of(&letters[..len]) {
        return Some(Word::Month(month));
    }
    Some(match &letters[..len] {
        b"spring" => Word::Season(21),
        b"summer" => Word::Season(22),
        b"autumn" | b"fall" => Word::Season(23),
        b"winter" => Word::Season(24),
        b"q" => Word::Quarter,
        b"bce" | b"bc" => Word::BeforeEra,
        b"ce" | b"ad" => Word::CommonEra,
        b"about" | b"around" | b"ca" | b"circa" | b"approx" | b"approximately" | b"abt" | b"est" | b"estimated"
        | b"cal" | b"calc" | b"calculated" => Word::About,
        b"possibly" | b"perhaps" | b"maybe" | b"probably" => Word::Perhaps,
        b"the" | b"of" | b"in" | b"on" | b"year" | b"sometime" | b"during" | b"either" | b"both" | b"than" => {
            Word::Filler
        }
        b"s" => Word::Plural,
        b"st" | b"nd" | b"rd" | b"th" => Word::Ordinal,
        b"c" => Word::C,
        b"century" | b"centuries" | b"cent" => Word::Century,
        b"millennium" | b"millennia" => Word::Millennium,
        b"ka" | b"kya" => Word::Age(AgeUnit::Thousand),
        b"ma" | b"mya" => Word::Age(AgeUnit::Million),
        b"ga" | b"bya" | b"gya" => Word::Age(AgeUnit::Billion),
        b"thousand" => Word::Scale(AgeUnit::Thousand),
        b"million" => Word::Scale(AgeUnit::Million),
        b"billion" => Word::Scale(AgeUnit::Billion),
        b"years" => Word::Years,
        b"ago" => Word::Ago,
        b"early" | b"beginning" => Word::Portion(Portion::Early),
        b"mid" | b"middle" => Word::Portion(Portion::Mid),
        b"late" | b"end" => Word::Portion(Portion::Late),
        b"half" => Word::Half,
        b"third" => Word::Nth(3),
        b"quarter" => Word::Fourth,
        b"last" => Word::Last,
        b"julian" | b"os" => Word::Calendar(Calendar::Julian),
        b"gregorian" | b"ns" => Word::Calendar(Calendar::Gregorian),
        b"between" | b"bet" => Word::Between,
        b"and" => Word::And,
        b"or" => Word::Or,
        b"by" => Word::By,
        b"not" | b"no" => Word::Not,
        b"earlier" => Word::Earlier,
        b"later" => Word::Later,
        b"onward" | b"onwards" => Word::Onwards,
        b"unknown" => Word::Unknown,
        b"since" | b"from" => Word::Since,
        b"until" | b"till" => Word::Until,
        b"before" | b"pre" | b"bef" => Word::Before,
        b"after" | b"post" | b"aft" => Word::After,
        b"to" | b"through" => Word::To,
        b"present" | b"now" | b"today" | b"ongoing" => Word::Present,
        letters => {
            return vocabulary::spelled_ordinal(letters).map(Word::Nth);
        }
    })
}

/// Words other than the names of months that are often misspelt.
const SPELLINGS: [&str; 7] = ["century", "millennium", "present", "spring", "summer", "autumn", "winter"];

pub(super) fn unknown_word(written: &str, range: Range<usize>) -> DateError {
    let error =
        DateError::new(range, format!("{} is not a word that dates are written with", vocabulary::quoted(written)));
    let close = MONTHS
        .iter()
        .chain(&SPELLINGS)
        .find(|word| is_close(&word.to_ascii_lowercase(), &written.to_ascii_lowercase()));
    match close {
        Some(word) => error.hint(format!("did you mean {word:?}?")).instead(*word),
        None => error,
    }
}

/// Returns `true` if two words differ in at most two letters in the middle and have at least three others in common.
fn is_close(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let head = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[head..], &b[head..]);
    let tail = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    head + tail >= 3 && a.len().max(b.len()) - tail <= 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn close_spellings() {
        for (a, b, close) in [("february", "febuary", true), ("august", "agust", true), ("march", "hello", false)] {
            assert_eq!(is_close(a, b), close, "{a} {b}");
        }
    }

    #[test]
    fn meanings() {
        for (written, word) in [
            ("B.C.E.", Some(Word::BeforeEra)),
            ("Febr.", Some(Word::Month(2))),
            ("NOVEM", Some(Word::Month(11))),
            ("ma", Some(Word::Age(AgeUnit::Million))),
            ("nineteenth", Some(Word::Nth(19))),
            ("ao\u{fb}t", None),
            ("m\u{e4}", None),
        ] {
            assert_eq!(meaning(written), word, "{written}");
        }
    }
}
