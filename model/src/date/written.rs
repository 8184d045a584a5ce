//! Collects what is written of one date from its tokens: its parts in any order, not yet a date. What an end of a span
//! omits can be taken from the other end before it becomes one.

use std::ops::Range;

use super::civil::Calendar;
use super::error::DateError;
use super::form::{AgeUnit, Portion};
use super::lex::{Kind, Token, Word};
use super::marks::Qualifier;
use super::{explain, vocabulary};

/// A number as it was written.
#[derive(Clone, Debug)]
pub(super) struct Number {
    /// All digits, without the decimal point; saturated.
    pub value: u64,
    /// The number of digits before the point.
    pub digits: usize,
    /// The number of digits after the point.
    pub decimals: usize,
    pub range: Range<usize>,
}

impl Number {
    fn new(text: &str, range: Range<usize>) -> Self {
        let written = &text[range.clone()];
        let (whole, fraction) = written.split_once('.').unwrap_or((written, ""));
        let digits = |text: &str| text.bytes().filter(u8::is_ascii_digit).count();
        let value = written
            .bytes()
            .filter(u8::is_ascii_digit)
            .fold(0_u64, |value, digit| value.saturating_mul(10).saturating_add(u64::from(digit - b'0')));
        Self { value, digits: digits(whole), decimals: digits(fraction), range }
    }

    /// Returns `true` if it may be a day, or a year without its first digits.
    pub const fn is_short(&self) -> bool {
        self.digits <= 2 && self.decimals == 0
    }
}

/// What the number of a date counts.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Unit {
    #[default]
    Year,
    /// "1960s"
    Block,
    Century,
    Millennium,
    /// "66 Ma"
    Age(AgeUnit),
    /// "12,000 years ago"
    YearsAgo,
}

/// An era and its range in the text.
#[derive(Clone, Debug)]
pub(super) struct Era {
    pub before: bool,
    pub range: Range<usize>,
}

/// The parts of one date, as far as they were written.
#[derive(Clone, Debug, Default)]
pub(super) struct Written {
    pub qualifier: Qualifier,
    /// Whether it is marked as approximate by a word: "c.", "about".
    pub about: bool,
    pub portion: Option<Portion>,
    pub iso: Option<Range<usize>>,
    /// A number of one or two digits, which is a day if the date has a month.
    pub day: Option<Number>,
    /// Whether the day is after the month.
    pub day_after_month: bool,
    /// Whether the day has "th" or is in letters.
    pub ordinal: bool,
    /// Whether the year is before the day, the month or the season.
    pub year_first: bool,
    pub month: Option<u8>,
    /// A season, quarter, third or half by its ISO 8601-2 code.
    pub season: Option<u8>,
    /// A year, an age, or the number of a century.
    pub number: Option<Number>,
    /// The end of the "s" of "1960s".
    pub plural_end: usize,
    pub unit: Unit,
    /// Whether "2000s" is ten years and not a hundred.
    pub decade: bool,
    /// Whether the number is the first year of a dual year.
    pub dual: bool,
    pub era: Option<Era>,
    pub time: Option<Range<usize>>,
    pub calendar: Option<Calendar>,
    /// From the first to the last byte.
    pub range: Range<usize>,
}

impl Written {
    /// Returns `true` if only a number is written, which may be a year or a part of one.
    pub fn is_number_alone(&self) -> bool {
        self.iso.is_none()
            && self.month.is_none()
            && self.season.is_none()
            && self.time.is_none()
            && self.unit == Unit::Year
            && self.day.is_some() != self.number.is_some()
    }

    /// Returns `true` if no part of a date is written apart from marks.
    pub const fn is_empty(&self) -> bool {
        self.iso.is_none()
            && self.day.is_none()
            && self.month.is_none()
            && self.season.is_none()
            && self.number.is_none()
            && self.time.is_none()
    }
}

/// Reads all of `tokens` as the parts of one date.
pub(super) fn parts(text: &str, tokens: &[Token]) -> Result<Written, DateError> {
    let range = tokens.first().map_or(0, |token| token.start)..tokens.last().map_or(0, |token| token.end);
    let mut parser = Parser { text, tokens, at: 0, written: Written { range, ..Written::default() }, closed: false };
    while parser.at < tokens.len() {
        parser.token()?;
    }
    Ok(parser.written)
}

struct Parser<'a> {
    text: &'a str,
    tokens: &'a [Token],
    at: usize,
    written: Written,
    /// Whether a mark after the date has ended it.
    closed: bool,
}

impl Parser<'_> {
    fn peek(&self, ahead: usize) -> Kind {
        self.tokens.get(self.at + ahead).map_or(Kind::End, |token| token.kind)
    }

    /// Returns the range of the next token, or the end of the last.
    fn place(&self) -> Range<usize> {
        let end = self.tokens.last().map_or(0, |token| token.end);
        self.tokens.get(self.at).map_or(end..end, Token::range)
    }

    fn unexpected(&self) -> DateError {
        unexpected(self.text, self.place(), self.peek(0))
    }

    fn token(&mut self) -> Result<(), DateError> {
        let kind = self.peek(0);
        let is_mark = matches!(kind, Kind::Mark(_) | Kind::Word(Word::About | Word::Perhaps | Word::Calendar(_)));
        if self.closed && !is_mark {
            return Err(self.unexpected());
        }
        match kind {
            Kind::Mark(mark) => self.mark(|qualifier| {
                qualifier.add(mark);
            }),
            Kind::Word(Word::About) => self.about(),
            Kind::Word(Word::C) if self.written.is_empty() => self.about(),
            Kind::Word(Word::Perhaps) => self.mark(|qualifier| qualifier.uncertain = true),
            Kind::Iso => {
                let range = self.place();
                self.once(|written| written.is_empty() && written.era.is_none(), |written| written.iso = Some(range))?;
            }
            Kind::Time => {
                let range = self.place();
                self.once(|written| written.time.is_none(), |written| written.time = Some(range))?;
            }
            Kind::Number => self.number()?,
            Kind::Dual => {
                let slash = self.text[self.place()].find('/').unwrap_or_default();
                let range = self.place().start..self.place().start + slash;
                let number = Number::new(self.text, range);
                self.once(
                    |written| written.number.is_none() && written.iso.is_none(),
                    |written| (written.number, written.dual) = (Some(number), true),
                )?;
            }
            Kind::Word(word) => self.word(word)?,
            Kind::Minus => {
                return Err(
                    DateError::new(self.place(), "a year with a minus sign has four digits and no era").instead("")
                );
            }
            Kind::Dash | Kind::End => return Err(self.unexpected()),
        }
        Ok(())
    }

    fn about(&mut self) {
        self.written.about = true;
        self.mark(|qualifier| qualifier.approximate = true);
    }

    fn mark(&mut self, change: impl FnOnce(&mut Qualifier)) {
        change(&mut self.written.qualifier);
        self.at += 1;
        self.closed = !self.written.is_empty();
    }

    /// Sets a part that may be written only once.
    fn once(&mut self, may: impl FnOnce(&Written) -> bool, set: impl FnOnce(&mut Written)) -> Result<(), DateError> {
        if !may(&self.written) {
            return Err(self.unexpected());
        }
        set(&mut self.written);
        self.at += 1;
        Ok(())
    }

    fn word(&mut self, word: Word) -> Result<(), DateError> {
        match word {
            Word::Month(month) => self.once(
                |written| written.month.is_none() && written.season.is_none() && written.iso.is_none(),
                |written| {
                    written.month = Some(month);
                    written.year_first |= written.number.is_some();
                },
            ),
            Word::Season(code) => self.season(code),
            Word::Quarter => {
                self.at += 1;
                let range = self.place();
                if self.peek(0) != Kind::Number {
                    return Err(DateError::new(range, "a number is expected"));
                }
                match Number::new(self.text, range.clone()).value {
                    quarter @ 1..=4 => self.season(32 + quarter as u8),
                    _ => Err(DateError::new(range, "a quarter is Q1 to Q4")),
                }
            }
            Word::BeforeEra | Word::CommonEra => self.era(word == Word::BeforeEra),
            Word::Portion(portion) => {
                self.once(|written| written.portion.is_none(), |written| written.portion = Some(portion))
            }
            Word::Nth(value) => {
                let range = self.place();
                let number = Number { value: u64::from(value), digits: 2, decimals: 0, range };
                self.ordinal(number)
            }
            Word::Last => {
                let last = match self.peek(1) {
                    Kind::Word(Word::Half) => Portion::Half(2),
                    Kind::Word(Word::Nth(3)) => Portion::Third(3),
                    Kind::Word(Word::Fourth) => Portion::Quarter(4),
                    _ => return Err(self.unexpected()),
                };
                self.portion(last)
            }
            Word::Calendar(calendar) => {
                self.once(|written| written.calendar.is_none(), |written| written.calendar = Some(calendar))
            }
            Word::Present => Err(DateError::new(self.place(), "the present is only the end of a span")),
            _ => Err(self.unexpected()),
        }
    }

    fn season(&mut self, code: u8) -> Result<(), DateError> {
        self.once(
            |written| written.season.is_none() && written.month.is_none() && written.iso.is_none(),
            |written| {
                written.season = Some(code);
                written.year_first |= written.number.is_some();
            },
        )
    }

    fn era(&mut self, before: bool) -> Result<(), DateError> {
        let range = self.place();
        if let Some(iso) = self.written.iso.clone() {
            return Err(explain::iso_with_era(self.text, iso, range, before));
        }
        self.once(|written| written.era.is_none(), |written| written.era = Some(Era { before, range }))
    }

    fn portion(&mut self, portion: Portion) -> Result<(), DateError> {
        self.at += 1;
        self.once(|written| written.portion.is_none(), |written| written.portion = Some(portion))
    }

    fn number(&mut self) -> Result<(), DateError> {
        let number = Number::new(self.text, self.place());
        match self.peek(1) {
            Kind::Word(Word::Plural) => {
                self.at += 1;
                let end = self.place().end;
                self.counted(number, Unit::Block)?;
                self.written.plural_end = end;
                Ok(())
            }
            Kind::Word(Word::Ordinal) => {
                self.at += 1;
                self.ordinal(number)
            }
            Kind::Word(Word::Century) => self.century(number, Unit::Century),
            Kind::Word(Word::C) if number.is_short() => self.century(number, Unit::Century),
            Kind::Word(Word::Millennium) => self.century(number, Unit::Millennium),
            Kind::Word(Word::Age(unit)) => {
                self.at += 1;
                self.counted(number, Unit::Age(unit))
            }
            Kind::Word(Word::Scale(unit)) => {
                self.at += 2;
                self.years_ago()?;
                self.counted(number, Unit::Age(unit))
            }
            Kind::Word(Word::Years) => {
                self.at += 1;
                self.years_ago()?;
                self.counted(number, Unit::YearsAgo)
            }
            _ => self.day_or_year(number),
        }
    }

    /// Reads a number with "th" or in letters. The token after the next has not been read.
    fn ordinal(&mut self, number: Number) -> Result<(), DateError> {
        let value = u8::try_from(number.value).unwrap_or(u8::MAX);
        match self.peek(1) {
            Kind::Word(Word::Century | Word::C) => self.century(number, Unit::Century),
            Kind::Word(Word::Millennium) => self.century(number, Unit::Millennium),
            Kind::Word(Word::Half) if value <= 2 => self.portion(Portion::Half(value)),
            Kind::Word(Word::Nth(3)) if value <= 3 => self.portion(Portion::Third(value)),
            Kind::Word(Word::Fourth) if value <= 4 => self.portion(Portion::Quarter(value)),
            _ => {
                let after = self.written.month.is_some();
                self.once(
                    |written| written.day.is_none() && written.iso.is_none(),
                    |written| {
                        (written.day, written.day_after_month, written.ordinal) = (Some(number), after, true);
                        written.year_first |= written.number.is_some();
                    },
                )
            }
        }
    }

    fn century(&mut self, number: Number, unit: Unit) -> Result<(), DateError> {
        self.at += 1;
        self.counted(number, unit)
    }

    fn counted(&mut self, number: Number, unit: Unit) -> Result<(), DateError> {
        self.once(
            |written| written.number.is_none() && written.iso.is_none(),
            |written| (written.number, written.unit) = (Some(number), unit),
        )
    }

    fn years_ago(&mut self) -> Result<(), DateError> {
        for word in [Word::Years, Word::Ago] {
            if self.peek(0) != Kind::Word(word) {
                return Err(self.unexpected().instead(" ago").instead(" years ago"));
            }
            self.at += 1;
        }
        // The token that `counted` skips is the last of these.
        self.at -= 1;
        Ok(())
    }

    /// A number of three digits or more, or next to an era, is a year; any other may be a day.
    fn day_or_year(&mut self, number: Number) -> Result<(), DateError> {
        let is_era = |kind| matches!(kind, Kind::Word(Word::BeforeEra | Word::CommonEra));
        let last = self.at.checked_sub(1).and_then(|at| self.tokens.get(at));
        // "64 CE 18 June" already has its year; "22, AD 76" has it after the era.
        let era_before = self.written.number.is_none() && last.is_some_and(|token| is_era(token.kind));
        let era_after = is_era(self.peek(1)) && !self.begins_year(1);
        let short = number.is_short() && !era_before && !era_after;
        let after = self.written.month.is_some();
        if short && self.written.day.is_none() && self.written.iso.is_none() {
            return self.once(
                |_| true,
                |written| {
                    (written.day, written.day_after_month) = (Some(number), after);
                    written.year_first |= written.number.is_some();
                },
            );
        }
        self.once(|written| written.number.is_none() && written.iso.is_none(), |written| written.number = Some(number))
    }
}

impl Parser<'_> {
    /// Returns `true` if the token at `ahead` is an AD before its year; CE is after it.
    fn begins_year(&self, ahead: usize) -> bool {
        let is_ad = |token: &Token| {
            token.kind == Kind::Word(Word::CommonEra) && self.text[token.range()].starts_with(['A', 'a'])
        };
        self.tokens.get(self.at + ahead).is_some_and(is_ad)
            && matches!(self.peek(ahead + 1), Kind::Number | Kind::Dual)
            && !matches!(self.peek(ahead + 2), Kind::Word(Word::Month(_) | Word::Ordinal))
    }
}

/// Returns the error for a token that is not expected here.
fn unexpected(text: &str, place: Range<usize>, kind: Kind) -> DateError {
    if place.is_empty() {
        return DateError::new(place, "the date is not complete");
    }
    if kind == Kind::Time {
        return needs_day(place);
    }
    let written = &text[place.clone()];
    DateError::new(place, format!("{} does not belong here", vocabulary::quoted(written)))
}

pub(super) fn needs_day(range: Range<usize>) -> DateError {
    DateError::new(range, "a time of day needs a whole date before it")
}
