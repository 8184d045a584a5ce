//! One date in the forms people write: `15 March 44 BCE`, `6th century BCE`, `c. 1850`, `66 Ma`.

use std::ops::Range;

use super::civil::Calendar;
use super::error::DateError;
use super::lex::{Kind, Token, Word};
use super::model::{AgeUnit, DatePart, Qualifier};
use super::reader::Context;
use super::{doubt, explain, parts, reader, time, vocabulary};

/// A number as written.
#[derive(Clone)]
struct Number {
    /// All its digits, without the decimal point; saturated.
    value: u64,
    /// The digits before the point.
    digits: usize,
    /// The digits after it.
    decimals: usize,
    range: Range<usize>,
}

/// Reads all of `tokens` as one date.
pub(super) fn part(context: &mut Context<'_>, tokens: &[Token]) -> Result<DatePart, DateError> {
    let mut parser = Parser { text: context.text, calendar: context.calendar, context, tokens, at: 0 };
    let mut qualifier = Qualifier::default();
    loop {
        match parser.peek() {
            Kind::Word(Word::About | Word::C) => qualifier.approximate = true,
            Kind::Word(Word::Perhaps) => qualifier.uncertain = true,
            // A mark before a number belongs to the whole, as `~1850` does in EDTF.
            Kind::Mark(mark) => {
                qualifier.add(mark);
            }
            _ => break,
        }
        parser.at += 1;
    }
    let part = parser.body()?;
    while let Kind::Mark(mark) = parser.peek() {
        qualifier.add(mark);
        parser.at += 1;
    }
    match parser.peek() {
        Kind::End => Ok(parts::in_calendar(part.qualified(qualifier), parser.calendar)),
        _ => Err(parser.unexpected()),
    }
}

fn needs_day(range: Range<usize>) -> DateError {
    DateError::new(range, "a time of day needs a whole date before it")
}

struct Parser<'c, 'a> {
    context: &'c mut Context<'a>,
    text: &'a str,
    tokens: &'c [Token],
    at: usize,
    calendar: Calendar,
}

impl Parser<'_, '_> {
    fn peek(&self) -> Kind {
        self.tokens.get(self.at).map_or(Kind::End, |token| token.kind)
    }

    fn bump(&mut self, word: Word) -> bool {
        let found = self.peek() == Kind::Word(word);
        self.at += usize::from(found);
        found
    }

    /// The range of the next token, or the end of the last.
    fn place(&self) -> Range<usize> {
        let end = self.tokens.last().map_or(0, |token| token.end);
        self.tokens.get(self.at).map_or(end..end, Token::range)
    }

    fn unexpected(&self) -> DateError {
        let place = self.place();
        if place.is_empty() {
            return DateError::new(place, "the date is not complete");
        }
        if self.peek() == Kind::Time {
            return needs_day(place);
        }
        let written = &self.text[place.clone()];
        DateError::new(place, format!("{} does not belong here", vocabulary::quoted(written)))
    }

    fn body(&mut self) -> Result<DatePart, DateError> {
        match self.peek() {
            Kind::Iso => self.iso(),
            Kind::Number => self.number_first(),
            Kind::Word(Word::CommonEra) => {
                self.at += 1;
                let number = self.number()?;
                let year = Self::whole_year(&number, false)?;
                Ok(parts::year(self.calendar, year))
            }
            Kind::Word(Word::Month(month)) => self.month_first(month),
            Kind::Word(Word::Season(code)) => {
                self.at += 1;
                let year = self.year()?;
                Ok(parts::season(self.calendar, year, code))
            }
            Kind::Word(Word::Quarter) => self.quarter(),
            Kind::Word(Word::Present) => Err(DateError::new(self.place(), "the present is only the end of a span")),
            Kind::Word(Word::Before | Word::After) => Err(self.exclusive()),
            Kind::Minus => {
                Err(DateError::new(self.place(), "a year with a minus sign has four digits and no era").instead(""))
            }
            _ => Err(self.unexpected()),
        }
    }

    /// "before 1914" leaves open whether 1914 is meant.
    fn exclusive(&self) -> DateError {
        let hint = if self.peek() == Kind::Word(Word::Before) {
            "write ../1914 up to and including 1914, ../1913 without it"
        } else {
            "write 1914/.. from 1914 on, 1915/.. without it"
        };
        DateError::new(self.place(), "it is not clear whether the date itself is included").hint(hint)
    }

    fn iso(&mut self) -> Result<DatePart, DateError> {
        let range = self.place();
        self.at += 1;
        let part = reader::iso_part(self.context, range.clone())?;
        if matches!(self.peek(), Kind::Word(Word::BeforeEra | Word::CommonEra)) {
            let before = self.peek() == Kind::Word(Word::BeforeEra);
            return Err(explain::iso_with_era(self.text, range, self.place(), before));
        }
        self.with_time(part, range)
    }

    fn with_time(&mut self, part: DatePart, range: Range<usize>) -> Result<DatePart, DateError> {
        if self.peek() != Kind::Time {
            return Ok(part);
        }
        if !part.is_plain_day() {
            return Err(needs_day(range));
        }
        let place = self.place();
        self.at += 1;
        time::attach(part, self.text, place, &mut self.context.cautions)
    }

    fn number_first(&mut self) -> Result<DatePart, DateError> {
        let number = self.number()?;
        match self.peek() {
            Kind::Word(Word::Plural) => self.block(&number),
            Kind::Word(Word::Ordinal) => {
                self.at += 1;
                match self.peek() {
                    Kind::Word(Word::Century | Word::C) => self.counted(&number, 2),
                    Kind::Word(Word::Millennium) => self.counted(&number, 3),
                    Kind::Word(Word::Month(month)) => self.day_first(&number, month),
                    _ => Err(self.unexpected()),
                }
            }
            Kind::Word(Word::Month(month)) => self.day_first(&number, month),
            Kind::Word(Word::Age(unit)) => {
                self.at += 1;
                Self::ago(&number, unit)
            }
            Kind::Word(Word::Scale(unit)) => {
                self.at += 1;
                self.years_ago()?;
                Self::ago(&number, unit)
            }
            Kind::Word(Word::Years) => {
                self.years_ago()?;
                Self::plain_years_ago(&number)
            }
            _ => {
                let before = self.era();
                let year = match before {
                    Some(before) => Self::whole_year(&number, before)?,
                    None => self.bare_year(&number)?,
                };
                Ok(parts::year(self.calendar, year))
            }
        }
    }

    fn day_first(&mut self, day: &Number, month: u8) -> Result<DatePart, DateError> {
        self.at += 1;
        let year = self.year()?;
        self.day(year, month, day)
    }

    fn month_first(&mut self, month: u8) -> Result<DatePart, DateError> {
        self.at += 1;
        let next = |parser: &Self, offset: usize| parser.tokens.get(parser.at + offset).map(|token| token.kind);
        // "March 15, 44 BCE": two numbers, or a number with "th".
        let ordinal = next(self, 1) == Some(Kind::Word(Word::Ordinal));
        let after_day = if ordinal { 2 } else { 1 };
        let more = matches!(next(self, after_day), Some(Kind::Number | Kind::Word(Word::CommonEra)));
        if self.peek() == Kind::Number && more {
            let day = self.number()?;
            self.at += usize::from(ordinal);
            let year = self.year()?;
            return self.day(year, month, &day);
        }
        let year = self.year()?;
        Ok(parts::month(self.calendar, year, month))
    }

    fn day(&mut self, year: i64, month: u8, day: &Number) -> Result<DatePart, DateError> {
        let last = self.calendar.days_in_month(year, month);
        match u8::try_from(day.value) {
            Ok(value) if (1..=last).contains(&value) && day.decimals == 0 => {
                let range = day.range.clone();
                self.with_time(parts::day(self.calendar, year, month, value), range)
            }
            _ => Err(vocabulary::no_such_day(year, month, last, day.range.clone())),
        }
    }

    fn quarter(&mut self) -> Result<DatePart, DateError> {
        self.at += 1;
        let number = self.number()?;
        let Some(quarter) = u8::try_from(number.value).ok().filter(|quarter| (1..=4).contains(quarter)) else {
            return Err(DateError::new(number.range, "a quarter is Q1 to Q4"));
        };
        let year = self.year()?;
        Ok(parts::season(self.calendar, year, 32 + quarter))
    }

    fn block(&mut self, number: &Number) -> Result<DatePart, DateError> {
        let plural = self.place();
        self.at += 1;
        let before = self.era();
        let power = if number.value.is_multiple_of(100) { 2 } else { 1 };
        if !number.value.is_multiple_of(10) || number.decimals > 0 || number.value == 0 {
            return Err(DateError::new(number.range.clone(), "a decade is named after a year that ends in 0")
                .instead((number.value / 10 * 10).to_string()));
        }
        if before.is_none() && number.digits < 3 {
            return Err(DateError::new(number.range.clone(), "it is not clear which century this decade is in")
                .instead(format!("19{:02}", number.value)));
        }
        let first = Self::within_limit(number)?;
        if power == 2 {
            let range = number.range.start..plural.end;
            let written = &self.text[number.range.clone()];
            self.context.cautions.push(doubt::hundred_years(written, first, before == Some(true), range));
        }
        Ok(parts::block(first, power, before == Some(true)))
    }

    fn counted(&mut self, number: &Number, power: u32) -> Result<DatePart, DateError> {
        self.at += 1;
        let before = self.era() == Some(true);
        if number.value == 0 || number.decimals > 0 {
            return Err(DateError::new(number.range.clone(), "centuries and millennia are counted from the 1st"));
        }
        let count = Self::within_limit(number)?;
        if count > 1_000_000 {
            return Err(DateError::too_far(number.range.clone()));
        }
        Ok(parts::counted(count, power, before))
    }

    fn years_ago(&mut self) -> Result<(), DateError> {
        let complete = self.bump(Word::Years) && self.bump(Word::Ago);
        if complete { Ok(()) } else { Err(self.unexpected().instead(" years ago")) }
    }

    fn ago(number: &Number, unit: AgeUnit) -> Result<DatePart, DateError> {
        let range = number.range.clone();
        if number.value == 0 {
            return Err(DateError::new(range, "an age of nothing is not a date").hint("write the year"));
        }
        let (Ok(value), Ok(decimals)) = (u32::try_from(number.value), u8::try_from(number.decimals)) else {
            return Err(DateError::new(range, "an age has at most nine digits").hint("write the year instead"));
        };
        if u32::from(decimals) > unit.power() {
            return Err(DateError::new(range, "an age is not counted in parts of a year").hint("write fewer digits"));
        }
        parts::ago(value, decimals, unit).ok_or_else(|| DateError::too_far(range))
    }

    /// "12,000 years ago": zeros at the end say how exact it is, not how many years.
    fn plain_years_ago(number: &Number) -> Result<DatePart, DateError> {
        let mut number = number.clone();
        if number.decimals > 0 {
            return Err(DateError::new(number.range, "an age is not counted in parts of a year"));
        }
        number.decimals = 3;
        while number.decimals > 0 && number.value.is_multiple_of(10) && number.value > 0 {
            number.value /= 10;
            number.decimals -= 1;
        }
        Self::ago(&number, AgeUnit::Thousand)
    }

    /// An era that follows a year: true before the common era.
    fn era(&mut self) -> Option<bool> {
        let before = match self.peek() {
            Kind::Word(Word::BeforeEra) => true,
            Kind::Word(Word::CommonEra) => false,
            _ => return None,
        };
        self.at += 1;
        Some(before)
    }

    /// A year after a month, a day or a season: a number with or without an era on either side.
    fn year(&mut self) -> Result<i64, DateError> {
        if self.bump(Word::CommonEra) {
            let number = self.number()?;
            return Self::whole_year(&number, false);
        }
        if self.peek() == Kind::Iso || self.peek() == Kind::Minus {
            return Err(DateError::new(self.place(), "a year is expected"));
        }
        if self.peek() != Kind::Number {
            let place = self.place();
            return Err(DateError::new(place, "a year is missing"));
        }
        let number = self.number()?;
        match self.era() {
            Some(before) => Self::whole_year(&number, before),
            None => self.bare_year(&number),
        }
    }

    /// The astronomical year of a number with an era.
    fn whole_year(number: &Number, before: bool) -> Result<i64, DateError> {
        if number.decimals > 0 {
            return Err(DateError::new(number.range.clone(), "a year is a whole number"));
        }
        let value = Self::within_limit(number)?;
        if value == 0 {
            return Err(DateError::no_year_zero(number.range.clone()));
        }
        Ok(if before { parts::before_common_era(value) } else { value })
    }

    /// The year of a number that stands alone, if nothing else can be meant.
    fn bare_year(&self, number: &Number) -> Result<i64, DateError> {
        let written = &self.text[number.range.clone()];
        let range = number.range.clone();
        let value = number.value;
        if number.decimals > 0 {
            let error = DateError::new(range, "a number alone with a decimal point is not a date");
            let is_age = number.digits <= 3 && number.decimals <= 3 && !written.starts_with('0');
            return Err(if is_age {
                error.instead(format!("{written} Ma")).instead(format!("{written} ka"))
            } else {
                error
            });
        }
        if value == 0 {
            return Err(DateError::no_year_zero(range));
        }
        match number.digits {
            0..=2 => Err(explain::short_year(self.text, range, value)),
            3 | 4 if !written.contains(',') => Self::whole_year(number, false),
            _ => {
                Self::within_limit(number)?;
                Err(vocabulary::long_year(value, range))
            }
        }
    }

    fn within_limit(number: &Number) -> Result<i64, DateError> {
        i64::try_from(number.value)
            .ok()
            .filter(|&value| parts::in_range(value))
            .ok_or_else(|| DateError::too_far(number.range.clone()))
    }

    fn number(&mut self) -> Result<Number, DateError> {
        if self.peek() != Kind::Number {
            let place = self.place();
            return Err(DateError::new(place, "a number is expected"));
        }
        let range = self.place();
        self.at += 1;
        let written = &self.text[range.clone()];
        let (whole, fraction) = written.split_once('.').unwrap_or((written, ""));
        let digits = |text: &str| text.bytes().filter(u8::is_ascii_digit).count();
        let value = written
            .bytes()
            .filter(u8::is_ascii_digit)
            .fold(0_u64, |value, digit| value.saturating_mul(10).saturating_add(u64::from(digit - b'0')));
        Ok(Number { value, digits: digits(whole), decimals: digits(fraction), range })
    }
}
