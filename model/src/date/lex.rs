//! Splits the text of a date as people write it into a few tokens, without allocation.

use std::ops::Range;

use super::error::DateError;
pub(super) use super::lexicon::Word;
use super::{joined, lexicon};

/// A text with more tokens than this is neither one date nor a span between two.
const MAX_TOKENS: usize = 24;

/// The kind of a token.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Word(Word),
    /// Digits, perhaps with thousands separators or a decimal point.
    Number,
    /// Digits and hyphens: an ISO or EDTF date.
    Iso,
    /// A dual year: "1731/32".
    Dual,
    /// A time of day and everything after it.
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

    /// Appends as many tokens as there is room for. Returns `true` if all of them fit.
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
    let mut lexer = Lexer { text, at: range.start, end: range.end, last: Kind::End, glued: range.start };
    let mut tokens = Tokens::new();
    while let Some(token) = lexer.next()? {
        if !tokens.extend(&[token]) {
            return Err(DateError::new(token.start..range.end, "this is too long for one date"));
        }
        lexer.last = token.kind;
    }
    Ok(tokens)
}

struct Lexer<'a> {
    text: &'a str,
    at: usize,
    end: usize,
    /// The kind of the previous token.
    last: Kind,
    /// Hyphens before this byte join the parts of one date, as in `11-Sep-2001`.
    glued: usize,
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

    /// Returns `true` if a date has begun, so that a hyphen is a dash, not a sign.
    const fn in_date(&self) -> bool {
        match self.last {
            Kind::End | Kind::Dash | Kind::Minus => false,
            Kind::Word(word) => word.ends_date(),
            Kind::Number | Kind::Iso | Kind::Dual | Kind::Time | Kind::Mark(_) => true,
        }
    }

    fn next(&mut self) -> Result<Option<Token>, DateError> {
        loop {
            let byte = self.byte(self.at);
            return Ok(Some(match byte {
                _ if self.at >= self.end => return Ok(None),
                b' ' | b'\t' | b',' | b'[' | b']' | b'(' | b')' => {
                    self.at += 1;
                    continue;
                }
                // An apostrophe in "1960's", or a full stop after a day or an abbreviation.
                b'\'' | b'.' if self.last != Kind::End && self.byte(self.at + 1) != b'.' => {
                    self.at += 1;
                    continue;
                }
                b'-' if self.at < self.glued => {
                    self.at += 1;
                    continue;
                }
                b'0'..=b'9' => self.number(),
                b'-' => self.hyphen(),
                b'?' | b'~' | b'%' => self.mark(byte),
                b'&' => {
                    self.at += 1;
                    Token { kind: Kind::Word(Word::And), start: self.at - 1, end: self.at }
                }
                _ if byte.is_ascii_alphabetic() => match self.word()? {
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

    fn number(&mut self) -> Token {
        let digits = self.run(self.at, |b| b.is_ascii_digit());
        if self.last != Kind::End && self.byte(digits) == b':' && digits - self.at <= 2 {
            return self.time();
        }
        if let Some(end) = joined::dual_year(self.text.as_bytes(), self.at, self.end) {
            return self.token(Kind::Dual, end);
        }
        if !matches!(self.last, Kind::Number | Kind::Word(Word::Month(_) | Word::Season(_))) {
            self.glued = self.glued.max(joined::glued_date(self.text, self.at, self.end));
        }
        if self.is_iso(digits) {
            let mut end = self.run(digits, |b| matches!(b, b'0'..=b'9' | b'X' | b'-' | b'?' | b'~' | b'%'));
            // A trailing hyphen joins the date to what follows.
            while self.byte(end - 1) == b'-' {
                end -= 1;
            }
            if !self.are_years(end) {
                return self.token(Kind::Iso, end);
            }
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

    /// Returns `true` if the digits and hyphens up to `end` are two years, by their form or by the words around them.
    fn are_years(&self, end: usize) -> bool {
        let written = &self.text[self.at..end];
        if joined::joins_years(written) || matches!(self.last, Kind::Word(word) if word.wants_year()) {
            return true;
        }
        let mut pieces = written.split('-').map(str::len);
        if !matches!((pieces.next(), pieces.next(), pieces.next()), (Some(4), Some(1..=2), None)) {
            return false;
        }
        let next = self.run(end, |b| matches!(b, b' ' | b'\''));
        let word = &self.text[next..self.run(next, |b| b.is_ascii_alphabetic() || b == b'.')];
        matches!(lexicon::meaning(word), Some(Word::BeforeEra | Word::CommonEra | Word::Plural))
    }

    /// Returns a time of day with its zone: everything up to the end, or up to the dash of a span.
    fn time(&mut self) -> Token {
        let rest = &self.text[self.at..self.end];
        let stops = ["\u{2013}", "\u{2014}", " - ", " to ", " (", " or ", " and "];
        let length = stops.iter().filter_map(|stop| rest.find(stop)).min().unwrap_or(rest.len());
        let end = self.at + rest[..length].trim_end().len();
        self.token(Kind::Time, end)
    }

    /// Returns `true` if the digits up to `digits` begin an ISO date: four of them and a hyphen, or an `X`.
    fn is_iso(&self, digits: usize) -> bool {
        let next = self.byte(digits + 1);
        let four = digits == self.at + 4;
        match self.byte(digits) {
            b'X' => true,
            b'-' => {
                four && (next.is_ascii_digit()
                    || next == b'X'
                    || is_mark(next) && self.byte(digits + 2).is_ascii_digit())
            }
            b'?' | b'~' | b'%' => four && next == b'-' && self.byte(digits + 2).is_ascii_digit(),
            _ => false,
        }
    }

    fn hyphen(&mut self) -> Token {
        let digits = self.run(self.at + 1, |b| b.is_ascii_digit());
        let in_date = self.in_date();
        if !in_date && digits == self.at + 5 {
            // A minus sign before an astronomical year.
            let end = self.run(digits, |b| matches!(b, b'0'..=b'9' | b'X' | b'-' | b'?' | b'~' | b'%'));
            return self.token(Kind::Iso, end);
        }
        let kind = if in_date { Kind::Dash } else { Kind::Minus };
        self.token(kind, self.at + 1)
    }

    fn mark(&mut self, byte: u8) -> Token {
        let token = self.token(Kind::Mark(byte), self.at + 1);
        self.with_brackets(token)
    }

    /// Extends the token by the brackets around it, as in "(?)" and "(Julian)".
    fn with_brackets(&mut self, token: Token) -> Token {
        let opened = token.start.checked_sub(1).map(|before| self.byte(before));
        if matches!((opened, self.byte(token.end)), (Some(b'('), b')') | (Some(b'['), b']')) {
            self.at += 1;
            return Token { start: token.start - 1, end: token.end + 1, ..token };
        }
        token
    }

    /// Returns a word, or the time of day after it ("T14:30", "at 14:30"), or `None` for a word without a meaning.
    fn word(&mut self) -> Result<Option<Token>, DateError> {
        let mut end = self.letters(self.at);
        // Full stops within and after an abbreviation: "B.C.E.", "Mar.", "c.".
        while self.byte(end) == b'.' && self.byte(end + 1) != b'.' {
            end = self.letters(end + 1);
        }
        let written = &self.text[self.at..end];
        if self.in_date() && (written.eq_ignore_ascii_case("t") || written.eq_ignore_ascii_case("at")) {
            self.at = self.run(end, |b| b == b' ');
            return Ok(Some(self.time()));
        }
        if let Some((word, end)) = self.compound(written, end) {
            return Ok(Some(self.token(Kind::Word(word), end)));
        }
        match lexicon::meaning(written) {
            Some(Word::Filler) => {
                self.at = end;
                Ok(None)
            }
            // "the years 1914 to 1918", but not "66 million years ago".
            Some(Word::Years) if !matches!(self.last, Kind::Number | Kind::Word(Word::Scale(_))) => {
                (self.at, self.last) = (end, Kind::Word(Word::Years));
                Ok(None)
            }
            Some(Word::Month(month)) => {
                self.glued = self.glued.max(joined::glued_date(self.text, self.at, self.end));
                Ok(Some(self.token(Kind::Word(Word::Month(month)), end)))
            }
            Some(word @ Word::Calendar(_)) => {
                let token = self.token(Kind::Word(word), end);
                Ok(Some(self.with_brackets(token)))
            }
            Some(word) => {
                let token = self.token(Kind::Word(word), end);
                self.swallow_hyphen(word);
                Ok(Some(token))
            }
            None => Err(lexicon::unknown_word(written, self.at..end)),
        }
    }

    /// Returns the end of the letters that begin at a byte; letters outside ASCII count.
    fn letters(&self, from: usize) -> usize {
        let rest = &self.text[from..self.end];
        from + rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len())
    }

    /// Returns the letters of the next word after a byte, hyphens and spaces skipped.
    fn next_word(&self, from: usize) -> (usize, &str) {
        let start = self.run(from, |b| matches!(b, b'-' | b' '));
        (start, &self.text[start..self.letters(start)])
    }

    /// Reads "twenty-first" and similar ordinals.
    fn compound(&self, written: &str, end: usize) -> Option<(Word, usize)> {
        let tens = if written.eq_ignore_ascii_case("twenty") {
            20
        } else if written.eq_ignore_ascii_case("thirty") {
            30
        } else {
            return None;
        };
        let (start, ones) = self.next_word(end);
        match lexicon::meaning(ones) {
            Some(Word::Nth(ones @ 1..=9)) => Some((Word::Nth(tens + ones), self.letters(start))),
            _ => None,
        }
    }

    /// Skips the hyphen of "mid-1930s", "19th-century" and "pre-1600".
    fn swallow_hyphen(&mut self, word: Word) {
        if self.byte(self.at) != b'-' {
            return;
        }
        let next = lexicon::meaning(self.next_word(self.at).1);
        let joined = match word {
            Word::Portion(_) => !matches!(next, Some(Word::Portion(_))),
            Word::Ordinal | Word::Nth(_) => {
                matches!(next, Some(Word::Century | Word::Millennium | Word::C | Word::Half | Word::Fourth))
            }
            Word::Before | Word::After => true,
            _ => false,
        };
        self.at += usize::from(joined);
    }

    /// Reads dashes and spaces outside ASCII; other characters are errors.
    fn other(&mut self) -> Result<Option<Token>, DateError> {
        let Some(character) = self.text.get(self.at..self.end).and_then(|rest| rest.chars().next()) else {
            self.at = self.end;
            return Ok(None);
        };
        let end = self.at + character.len_utf8();
        match character {
            '\u{2010}'..='\u{2015}' | '\u{2212}' => Ok(Some(self.token(Kind::Dash, end))),
            '\u{2019}' => {
                self.at = end;
                Ok(None)
            }
            _ if character.is_whitespace() => {
                self.at = end;
                Ok(None)
            }
            _ if character.is_alphabetic() => self.word(),
            _ => Err(DateError::new(self.at..end, format!("{character:?} has no meaning in a date"))),
        }
    }
}

const fn is_mark(byte: u8) -> bool {
    matches!(byte, b'?' | b'~' | b'%')
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
    fn too_many_tokens_are_refused() {
        assert!(lex(&"1 ".repeat(MAX_TOKENS), 0..2 * MAX_TOKENS).is_ok());
        assert!(lex(&"1 ".repeat(1_000), 0..2_000).is_err());
    }
}
