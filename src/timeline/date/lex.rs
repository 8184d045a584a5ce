//! The text of a date as people write it -> a few tokens, without allocation.

use std::ops::Range;

use super::error::DateError;
use super::model::AgeUnit;
use super::vocabulary;

/// More tokens than this are not one date, nor one span between two.
const MAX_TOKENS: usize = 24;

/// What a word means in a date.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) enum Word {
    Month(u8),
    /// By its ISO 8601-2 code.
    Season(u8),
    Quarter,
    BeforeEra,
    CommonEra,
    About,
    Perhaps,
    /// "the", "of", "in", "year": says nothing.
    Filler,
    /// The s of "1960s".
    Plural,
    /// The th of "6th".
    Ordinal,
    /// "c.": "circa" in front, "century" behind.
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
    To,
    Present,
}

/// The kind of a token.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Word(Word),
    /// Digits, perhaps with thousands separators or a decimal point.
    Number,
    /// Digits and hyphens: an ISO or EDTF date.
    Iso,
    /// A time of day and all that follows.
    Time,
    /// A dash between the two ends of a span.
    Dash,
    /// `?`, `~` or `%`.
    Mark(u8),
    Minus,
    End,
}

/// A token and its bytes in the text.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub kind: Kind,
    pub start: usize,
    pub end: usize,
}

impl Token {
    pub const fn range(&self) -> Range<usize> {
        self.start..self.end
    }
}

/// The tokens of a text.
#[derive(Copy, Clone)]
pub(super) struct Tokens {
    tokens: [Token; MAX_TOKENS],
    len: usize,
}

impl Tokens {
    pub const fn new() -> Self {
        Self { tokens: [Token { kind: Kind::End, start: 0, end: 0 }; MAX_TOKENS], len: 0 }
    }

    pub fn as_slice(&self) -> &[Token] {
        &self.tokens[..self.len]
    }

    /// Adds tokens, as far as there is room; true if there was.
    pub fn extend(&mut self, more: &[Token]) -> bool {
        let room = &mut self.tokens[self.len..];
        let taken = more.len().min(room.len());
        room[..taken].copy_from_slice(&more[..taken]);
        self.len += taken;
        taken == more.len()
    }
}

/// Splits `text[range]` into tokens.
pub(super) fn lex(text: &str, range: Range<usize>) -> Result<Tokens, DateError> {
    let mut lexer = Lexer { text, at: range.start, end: range.end };
    let mut tokens = Tokens::new();
    let mut in_date = false;
    while let Some(token) = lexer.next(in_date)? {
        if !tokens.extend(&[token]) {
            return Err(DateError::new(token.start..range.end, "this is too long for one date"));
        }
        in_date = true;
    }
    Ok(tokens)
}

struct Lexer<'a> {
    text: &'a str,
    at: usize,
    end: usize,
}

impl Lexer<'_> {
    fn byte(&self, index: usize) -> u8 {
        if index < self.end { self.text.as_bytes()[index] } else { 0 }
    }

    fn run(&self, from: usize, accept: impl Fn(u8) -> bool) -> usize {
        from + self.text.as_bytes()[from..self.end].iter().take_while(|&&byte| accept(byte)).count()
    }

    fn token(&mut self, kind: Kind, end: usize) -> Token {
        let token = Token { kind, start: self.at, end };
        self.at = end;
        token
    }

    fn next(&mut self, in_date: bool) -> Result<Option<Token>, DateError> {
        loop {
            let byte = self.byte(self.at);
            return Ok(Some(match byte {
                _ if self.at >= self.end => return Ok(None),
                b' ' | b'\t' | b',' => {
                    self.at += 1;
                    continue;
                }
                // An apostrophe in "1960's", and a stop after a day or an abbreviation.
                b'\'' | b'.' if in_date => {
                    self.at += 1;
                    continue;
                }
                b'0'..=b'9' => self.number(in_date),
                b'-' => self.hyphen(in_date),
                b'?' | b'~' | b'%' => self.mark(byte),
                _ if byte.is_ascii_alphabetic() => match self.word(in_date)? {
                    Some(token) => token,
                    None => continue,
                },
                _ => match self.other()? {
                    Some(token) => token,
                    None => continue,
                },
            }));
        }
    }

    fn number(&mut self, in_date: bool) -> Token {
        let digits = self.run(self.at, |b| b.is_ascii_digit());
        if in_date && self.byte(digits) == b':' && digits - self.at <= 2 {
            return self.time();
        }
        if self.is_iso(digits) {
            let mut end = self.run(digits, |b| matches!(b, b'0'..=b'9' | b'X' | b'-' | b'?' | b'~' | b'%'));
            // A hyphen at the end joins this to what follows.
            while self.byte(end - 1) == b'-' {
                end -= 1;
            }
            return self.token(Kind::Iso, end);
        }
        let mut end = digits;
        while self.byte(end) == b',' && self.run(end + 1, |b| b.is_ascii_digit()) == end + 4 && digits - self.at <= 3 {
            end += 4;
        }
        if self.byte(end) == b'.' && self.byte(end + 1).is_ascii_digit() {
            end = self.run(end + 1, |b| b.is_ascii_digit());
        }
        self.token(Kind::Number, end)
    }

    /// A time of day with its zone: all up to the end, or up to the dash of a span.
    fn time(&mut self) -> Token {
        let rest = &self.text[self.at..self.end];
        let stops = ["\u{2013}", "\u{2014}", " - ", " to "];
        let length = stops.iter().filter_map(|stop| rest.find(stop)).min().unwrap_or(rest.len());
        let end = self.at + rest[..length].trim_end().len();
        self.token(Kind::Time, end)
    }

    /// Whether the digits up to `digits` begin an ISO date: four of them and a hyphen, or an `X`.
    fn is_iso(&self, digits: usize) -> bool {
        let next = self.byte(digits + 1);
        match self.byte(digits) {
            b'X' => true,
            b'-' => next.is_ascii_digit() || matches!(next, b'X' | b'?' | b'~' | b'%'),
            b'?' | b'~' | b'%' => next == b'-' && self.byte(digits + 2).is_ascii_digit(),
            _ => false,
        }
    }

    fn hyphen(&mut self, in_date: bool) -> Token {
        let digits = self.run(self.at + 1, |b| b.is_ascii_digit());
        if !in_date && digits == self.at + 5 {
            // The sign of an astronomical year.
            let end = self.run(digits, |b| matches!(b, b'0'..=b'9' | b'X' | b'-' | b'?' | b'~' | b'%'));
            return self.token(Kind::Iso, end);
        }
        let kind = if in_date { Kind::Dash } else { Kind::Minus };
        self.token(kind, self.at + 1)
    }

    fn mark(&mut self, byte: u8) -> Token {
        self.token(Kind::Mark(byte), self.at + 1)
    }

    /// A word; or the time of day that follows it ("T14:30", "at 14:30"); or nothing, if it says nothing.
    fn word(&mut self, in_date: bool) -> Result<Option<Token>, DateError> {
        let mut end = self.run(self.at, |b| b.is_ascii_alphabetic());
        // Stops within and after an abbreviation: "B.C.E.", "Mar.", "c.".
        while self.byte(end) == b'.' {
            end = self.run(end + 1, |b| b.is_ascii_alphabetic());
        }
        let written = &self.text[self.at..end];
        if in_date && (written.eq_ignore_ascii_case("t") || written.eq_ignore_ascii_case("at")) {
            self.at = self.run(end, |b| b == b' ');
            return Ok(Some(self.time()));
        }
        match meaning(written) {
            Some(Word::Filler) => {
                self.at = end;
                Ok(None)
            }
            Some(word) => Ok(Some(self.token(Kind::Word(word), end))),
            None => Err(unknown_word(written, self.at..end)),
        }
    }

    /// Dashes and spaces outside ASCII; anything else has no place in a date.
    fn other(&mut self) -> Result<Option<Token>, DateError> {
        let Some(character) = self.text.get(self.at..self.end).and_then(|rest| rest.chars().next()) else {
            self.at = self.end;
            return Ok(None);
        };
        let end = self.at + character.len_utf8();
        match character {
            '\u{2013}' | '\u{2014}' => Ok(Some(self.token(Kind::Dash, end))),
            '\u{2019}' => {
                self.at = end;
                Ok(None)
            }
            _ if character.is_whitespace() => {
                self.at = end;
                Ok(None)
            }
            _ => Err(DateError::new(self.at..end, format!("{character:?} has no meaning in a date"))),
        }
    }
}

/// The longest word that means something has thirteen letters.
const LONGEST: usize = 16;

/// The meaning of a word, whatever its case and its stops.
fn meaning(written: &str) -> Option<Word> {
    let mut letters = [0; LONGEST];
    let mut len = 0;
    for byte in written.bytes().filter(u8::is_ascii_alphabetic) {
        *letters.get_mut(len)? = byte.to_ascii_lowercase();
        len += 1;
    }
    Some(match &letters[..len] {
        b"january" | b"jan" => Word::Month(1),
        b"february" | b"feb" => Word::Month(2),
        b"march" | b"mar" => Word::Month(3),
        b"april" | b"apr" => Word::Month(4),
        b"may" => Word::Month(5),
        b"june" | b"jun" => Word::Month(6),
        b"july" | b"jul" => Word::Month(7),
        b"august" | b"aug" => Word::Month(8),
        b"september" | b"sep" | b"sept" => Word::Month(9),
        b"october" | b"oct" => Word::Month(10),
        b"november" | b"nov" => Word::Month(11),
        b"december" | b"dec" => Word::Month(12),
        b"spring" => Word::Season(21),
        b"summer" => Word::Season(22),
        b"autumn" | b"fall" => Word::Season(23),
        b"winter" => Word::Season(24),
        b"q" => Word::Quarter,
        b"bce" | b"bc" => Word::BeforeEra,
        b"ce" | b"ad" => Word::CommonEra,
        b"about" | b"around" | b"ca" | b"circa" | b"approx" | b"approximately" => Word::About,
        b"possibly" | b"perhaps" | b"maybe" | b"probably" => Word::Perhaps,
        b"the" | b"of" | b"in" | b"year" => Word::Filler,
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
        b"since" | b"from" => Word::Since,
        b"until" | b"till" => Word::Until,
        b"before" => Word::Before,
        b"after" => Word::After,
        b"to" | b"through" => Word::To,
        b"present" | b"now" | b"today" | b"ongoing" => Word::Present,
        _ => return None,
    })
}

/// Words that are easily misspelt.
const SPELLINGS: [&str; 18] = [
    "January",
    "February",
    "March",
    "April",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
    "century",
    "millennium",
    "present",
    "spring",
    "summer",
    "autumn",
    "winter",
];

fn unknown_word(written: &str, range: Range<usize>) -> DateError {
    let error =
        DateError::new(range, format!("{} is not a word that dates are written with", vocabulary::quoted(written)));
    let close = SPELLINGS.iter().find(|word| is_close(&word.to_ascii_lowercase(), &written.to_ascii_lowercase()));
    match close {
        Some(word) => error.hint(format!("did you mean {word:?}?")).instead(*word),
        None => error,
    }
}

/// Whether two words share their ends but for two letters of the longer in the middle.
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

    fn check(text: &str, expect: &[(Kind, &str)]) {
        match lex(text, 0..text.len()) {
            Ok(tokens) => {
                let found: Vec<_> = tokens.as_slice().iter().map(|t| (t.kind, &text[t.range()])).collect();
                assert_eq!(found, expect, "{text}");
            }
            Err(error) => panic!("{text}: {error:?}"),
        }
    }

    #[test]
    fn tokens() {
        let bce = Kind::Word(Word::BeforeEra);
        check("44 B.C.E.", &[(Kind::Number, "44"), (bce, "B.C.E.")]);
        check("10,000BCE", &[(Kind::Number, "10,000"), (bce, "BCE")]);
        check("the year 1965,", &[(Kind::Number, "1965")]);
        check("1960's", &[(Kind::Number, "1960"), (Kind::Word(Word::Plural), "s")]);
        check("c.1850-03?", &[(Kind::Word(Word::C), "c."), (Kind::Iso, "1850-03?")]);
        check("1998–2015", &[(Kind::Number, "1998"), (Kind::Dash, "–"), (Kind::Number, "2015")]);
        check("2015-12-10T14:30Z", &[(Kind::Iso, "2015-12-10"), (Kind::Time, "14:30Z")]);
        check(
            "2015-12-10 at 9:05 – 10:00",
            &[(Kind::Iso, "2015-12-10"), (Kind::Time, "9:05"), (Kind::Dash, "–"), (Kind::Time, "10:00")],
        );
    }

    #[test]
    fn close_spellings() {
        for (a, b, close) in [("february", "febuary", true), ("august", "agust", true), ("march", "hello", false)] {
            assert_eq!(is_close(a, b), close, "{a} {b}");
        }
    }

    #[test]
    fn too_many_tokens_are_refused() {
        assert!(lex(&"1 ".repeat(MAX_TOKENS), 0..2 * MAX_TOKENS).is_ok());
        assert!(lex(&"1 ".repeat(1_000), 0..2_000).is_err());
    }
}
