//! The text of a date as people write it -> a few tokens, without allocation.

use std::ops::Range;

use super::civil::Calendar;
use super::error::DateError;
use super::model::{AgeUnit, Portion};
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
    /// A number of an order in letters: "nineteenth" is 19.
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
    /// Whether a date or a part of it may end with this word, so that a hyphen after it is a dash.
    const fn ends_date(self) -> bool {
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

    /// Whether what follows it is in words too, so that four digits and a hyphen are a year and a dash.
    const fn wants_year(self) -> bool {
        matches!(self, Self::Month(_) | Self::Season(_) | Self::CommonEra | Self::Quarter | Self::Years)
    }
}

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
    /// The kind of the token before.
    last: Kind,
    /// Up to here hyphens stand between the parts of one date, as in `11-Sep-2001`.
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

    /// Whether a date has begun, so that a hyphen is a dash and not a sign.
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
                // An apostrophe in "1960's", and a stop after a day or an abbreviation.
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
        if let Some(end) = dual_year(self.text.as_bytes(), self.at, self.end) {
            return self.token(Kind::Dual, end);
        }
        if !matches!(self.last, Kind::Number | Kind::Word(Word::Month(_) | Word::Season(_))) {
            self.glued = self.glued.max(glued_date(self.text, self.at, self.end));
        }
        if self.is_iso(digits) {
            let mut end = self.run(digits, |b| matches!(b, b'0'..=b'9' | b'X' | b'-' | b'?' | b'~' | b'%'));
            // A hyphen at the end joins this to what follows.
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

    /// Whether the digits and hyphens up to `end` are two years, by their form or by the words around them.
    fn are_years(&self, end: usize) -> bool {
        let written = &self.text[self.at..end];
        if joins_years(written) || matches!(self.last, Kind::Word(word) if word.wants_year()) {
            return true;
        }
        let mut pieces = written.split('-').map(str::len);
        if !matches!((pieces.next(), pieces.next(), pieces.next()), (Some(4), Some(1..=2), None)) {
            return false;
        }
        let next = self.run(end, |b| matches!(b, b' ' | b'\''));
        let word = &self.text[next..self.run(next, |b| b.is_ascii_alphabetic() || b == b'.')];
        matches!(meaning(word), Some(Word::BeforeEra | Word::CommonEra | Word::Plural))
    }

    /// A time of day with its zone: all up to the end, or up to the dash of a span.
    fn time(&mut self) -> Token {
        let rest = &self.text[self.at..self.end];
        let stops = ["\u{2013}", "\u{2014}", " - ", " to ", " (", " or ", " and "];
        let length = stops.iter().filter_map(|stop| rest.find(stop)).min().unwrap_or(rest.len());
        let end = self.at + rest[..length].trim_end().len();
        self.token(Kind::Time, end)
    }

    /// Whether the digits up to `digits` begin an ISO date: four of them and a hyphen, or an `X`.
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
            // The sign of an astronomical year.
            let end = self.run(digits, |b| matches!(b, b'0'..=b'9' | b'X' | b'-' | b'?' | b'~' | b'%'));
            return self.token(Kind::Iso, end);
        }
        let kind = if in_date { Kind::Dash } else { Kind::Minus };
        self.token(kind, self.at + 1)
    }

    fn mark(&mut self, byte: u8) -> Token {
        let token = self.token(Kind::Mark(byte), self.at + 1);
        // The brackets of "(?)" belong to the mark.
        let opened = token.start.checked_sub(1).map(|before| self.byte(before));
        if matches!((opened, self.byte(token.end)), (Some(b'('), b')') | (Some(b'['), b']')) {
            self.at += 1;
            return Token { start: token.start - 1, end: token.end + 1, ..token };
        }
        token
    }

    /// A word; or the time of day that follows it ("T14:30", "at 14:30"); or nothing, if it says nothing.
    fn word(&mut self) -> Result<Option<Token>, DateError> {
        let mut end = self.letters(self.at);
        // Stops within and after an abbreviation: "B.C.E.", "Mar.", "c.".
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
        match meaning(written) {
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
                self.glued = self.glued.max(glued_date(self.text, self.at, self.end));
                Ok(Some(self.token(Kind::Word(Word::Month(month)), end)))
            }
            Some(word) => {
                let token = self.token(Kind::Word(word), end);
                self.swallow_hyphen(word);
                Ok(Some(token))
            }
            None => Err(unknown_word(written, self.at..end)),
        }
    }

    /// Where the letters that begin at a byte end; letters beyond ASCII are letters too.
    fn letters(&self, from: usize) -> usize {
        let rest = &self.text[from..self.end];
        from + rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len())
    }

    /// The letters of the word that begins at a byte, after hyphens and spaces.
    fn next_word(&self, from: usize) -> (usize, &str) {
        let start = self.run(from, |b| matches!(b, b'-' | b' '));
        (start, &self.text[start..self.letters(start)])
    }

    /// "twenty-first" and the like.
    fn compound(&self, written: &str, end: usize) -> Option<(Word, usize)> {
        let tens = if written.eq_ignore_ascii_case("twenty") {
            20
        } else if written.eq_ignore_ascii_case("thirty") {
            30
        } else {
            return None;
        };
        let (start, ones) = self.next_word(end);
        match meaning(ones) {
            Some(Word::Nth(ones @ 1..=9)) => Some((Word::Nth(tens + ones), self.letters(start))),
            _ => None,
        }
    }

    /// Passes over the hyphen of "mid-1930s", "19th-century" and "pre-1600".
    fn swallow_hyphen(&mut self, word: Word) {
        if self.byte(self.at) != b'-' {
            return;
        }
        let next = meaning(self.next_word(self.at).1);
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

    /// Dashes and spaces outside ASCII; anything else has no place in a date.
    fn other(&mut self) -> Result<Option<Token>, DateError> {
        let Some(character) = self.text.get(self.at..self.end).and_then(|rest| rest.chars().next()) else {
            self.at = self.end;
            return Ok(None);
        };
        let end = self.at + character.len_utf8();
        match character {
            '\u{2012}'..='\u{2015}' => Ok(Some(self.token(Kind::Dash, end))),
            '\u{2010}' | '\u{2011}' | '\u{2212}' => Ok(Some(self.token(Kind::Dash, end))),
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

/// Whether a text of digits, a hyphen and marks can only be two years: `1914-1918`, `1997-98?`, `476-493`. Where the second number
/// may be a month or the code of a season, it is not certain.
pub(super) fn joins_years(written: &str) -> bool {
    let written = written.trim_end_matches(['?', '~', '%']);
    let Some((first, last)) = written.split_once('-') else {
        return false;
    };
    let is_number = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    // No part of an ISO date has three digits.
    if first.len() == 3 && is_number(first) && is_number(last) {
        return match last.len() {
            2 => first[1..] < *last,
            3 => first < last,
            length => length == 4,
        };
    }
    if first.len() != 4 || !is_number(first) || !is_number(last) {
        return false;
    }
    match last.parse::<u16>() {
        Ok(last @ (13..=20 | 42..=99)) => first[2..].parse::<u16>().is_ok_and(|first| last > first),
        Ok(_) => last.len() == 4,
        Err(_) => false,
    }
}

/// Whether the slash at a byte is that of a dual year, "11 February 1731/32": beside a month or season.
pub(super) fn is_dual_year(text: &str, slash: usize) -> bool {
    let bytes = text.as_bytes();
    let digits = bytes[..slash].iter().rev().take_while(|b| b.is_ascii_digit()).count();
    let start = slash - digits;
    let free = start == 0 || !matches!(bytes[start - 1], b'-' | b'/');
    let Some(end) = dual_year(bytes, start, bytes.len()).filter(|_| free) else {
        return false;
    };
    let is_word = |word: &str| matches!(meaning(word), Some(Word::Month(_) | Word::Season(_)));
    // "21 February", "February 21st," before it; "Feb. 21" after it.
    let between = |c: char| c.is_ascii_digit() || c.is_whitespace() || matches!(c, ',' | '.');
    let before = text[..start].trim_end_matches(between);
    let before = ["st", "nd", "rd", "th"]
        .iter()
        .find_map(|end| before.strip_suffix(end))
        .filter(|rest| rest.ends_with(|c: char| c.is_ascii_digit()))
        .map_or(before, |rest| rest.trim_end_matches(between));
    let last = before
        .rfind(|c: char| !c.is_alphabetic())
        .map_or(before, |at| before[at..].trim_start_matches(|c: char| !c.is_alphabetic()));
    let after = text[end..].trim_start_matches(between);
    let first = after.find(|c: char| !c.is_alphabetic()).map_or(after, |at| &after[..at]);
    is_word(last) || is_word(first)
}

/// The end of a dual year that begins at a byte, `1731/32` or `1731/2`: two years that follow each other.
pub(super) fn dual_year(text: &[u8], at: usize, end: usize) -> Option<usize> {
    let digits = |from: usize| text[from..end].iter().take_while(|b| b.is_ascii_digit()).count();
    let first = digits(at);
    if !(3..=4).contains(&first) || text.get(at + first).filter(|_| at + first < end) != Some(&b'/') {
        return None;
    }
    let start = at + first + 1;
    let last = digits(start);
    let value = |from: usize, length: usize| {
        text[from..from + length].iter().fold(0_u32, |value, digit| value * 10 + u32::from(digit - b'0'))
    };
    let modulus = match last {
        1 => 10,
        2 => 100,
        _ => return None,
    };
    let past = start + last;
    let free = text.get(past).filter(|_| past < end).is_none_or(|&b| b != b'/');
    (free && (value(at, first) + 1) % modulus == value(start, last)).then_some(past)
}

/// The end of a date that begins at a byte and has a month in letters between hyphens, `11-Sep-2001`, `2001-Sep-11`,
/// `Sep-11-2001` or `1968-Mar`; `at` if there is none.
fn glued_date(text: &str, at: usize, end: usize) -> usize {
    let bytes = text.as_bytes();
    let mut lengths = [0; 3];
    let (mut from, mut count, mut month) = (at, 0, None);
    loop {
        let run = |accept: fn(&u8) -> bool| bytes[from..end].iter().take_while(|&b| accept(b)).count();
        let (digits, letters) = (run(u8::is_ascii_digit), run(u8::is_ascii_alphabetic));
        if count == 3 || digits > 4 || digits == 0 && letters < 3 {
            return at;
        }
        if letters > 0 {
            if month.is_some() || !matches!(meaning(&text[from..from + letters]), Some(Word::Month(_))) {
                return at;
            }
            month = Some(count);
        }
        lengths[count] = digits;
        count += 1;
        from += digits + letters;
        // A stop after an abbreviated month.
        from += usize::from(letters > 0 && from < end && bytes[from] == b'.');
        if from >= end || bytes[from] != b'-' {
            break;
        }
        from += 1;
    }
    let rest = text[from..end].trim_start();
    let ends = from >= end || !bytes[from].is_ascii_alphanumeric();
    let glued = match (count, month, lengths) {
        (3, Some(1), [1..=2, _, 2..=4] | [3..=4, _, 1..=2]) | (3, Some(0), [_, 1..=2, 4]) => ends,
        // "1970-June 1971" is from 1970 to June 1971.
        (2, Some(1), [4, ..]) => ends && !rest.starts_with(|c: char| c.is_ascii_digit()),
        _ => false,
    };
    if glued { from } else { at }
}

/// The longest word that means something has thirteen letters.
const LONGEST: usize = 16;

/// The meaning of a word, whatever its case and its stops.
fn meaning(written: &str) -> Option<Word> {
    if !written.is_ascii() {
        return None;
    }
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
        letters => return spelled(letters).map(Word::Nth).or_else(|| shortened(letters).map(Word::Month)),
    })
}

/// The value of an ordinal number in letters, up to the twentieth, and of the thirtieth.
fn spelled(letters: &[u8]) -> Option<u8> {
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

/// The month whose name begins with four letters or more: "Febr.", "Novem.".
fn shortened(letters: &[u8]) -> Option<u8> {
    let begins = |month: &u8| vocabulary::month(vocabulary::Style::Full, *month).to_ascii_lowercase();
    (1..=12).find(|month| letters.len() >= 4 && begins(month).as_bytes().starts_with(letters))
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
