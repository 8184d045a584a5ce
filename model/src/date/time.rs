//! Times of day, with an offset from UTC, an IANA zone, or neither.

use std::ops::Range;

use super::civil::DAY;
use super::error::{Caution, DateError};
use super::form::{Form, Fraction, NANOS, Offset};
use super::marks::{Marks, Qualifier};
use super::model::{DatePart, Interval, Precision};
use super::vocabulary::{MINUS, offset_words, quoted};
use super::zone::{Shown, Zone};

/// The limit of an offset from UTC, in seconds: local mean time has never differed more than this from that of
/// Greenwich.
const MAX_OFFSET: i32 = 16 * 3_600;

/// A time of day as written: its second, its precision and its fraction of a second.
struct Clock {
    second: i64,
    precision: Precision,
    fraction: Fraction,
    range: Range<usize>,
}

/// Adds the time of day in `text[range]` to the day `date`, and cautions about it to `cautions`.
pub(super) fn attach(
    date: DatePart,
    text: &str,
    range: Range<usize>,
    cautions: &mut Vec<Caution>,
) -> Result<DatePart, DateError> {
    let mut qualifier = Qualifier::default();
    let bytes = text.as_bytes();
    let mut end = range.end;
    while end > range.start && qualifier.add(bytes[end - 1]) {
        end -= 1;
    }
    let mut cursor = Cursor { text, at: range.start, end, cautions };
    let clock = cursor.clock()?;
    let local = date.extent.start.saturating_add(clock.second);
    let length = match clock.precision {
        Precision::Second => 1,
        Precision::Minute => 60,
        _ => 3_600,
    };
    let zone = cursor.zone(local)?;
    let start = local.saturating_sub(i64::from(zone.unwrap_or_default()));
    let Fraction { nanos, digits } = clock.fraction;
    if nanos >= NANOS {
        cautions.extend(no_leap_second(start, zone.is_some(), clock.range));
    }
    let form = match zone {
        Some(offset) => Form::Zoned { offset: Offset::new(offset), shown: Offset::default(), nanos, digits },
        None if clock.fraction == Fraction::default() => Form::Calendar,
        None => Form::Local { nanos, digits },
    };
    let extent = Interval { start, end: start.saturating_add(length) };
    let marks = Marks { approximate: date.approximate, uncertain: date.uncertain };
    Ok(DatePart::new(extent, clock.precision, date.calendar, form).marked(marks).qualified(qualifier))
}

/// Returns the caution about a leap second that cannot exist. A leap second is the 61st second of the last minute of a
/// UTC day; without a zone, that minute may be any that ends a quarter of an hour, the unit of offsets.
fn no_leap_second(start: i64, is_utc: bool, range: Range<usize>) -> Option<Caution> {
    let until_next = if is_utc { DAY } else { 900 };
    let message = "no day of UTC ends with this minute, so it had no leap second; the time is taken for the end of it";
    (start.rem_euclid(until_next) != until_next - 1).then(|| Caution::new(range, message))
}

/// A position in the text of a time, which ends at `end`.
struct Cursor<'a, 'c> {
    text: &'a str,
    at: usize,
    end: usize,
    cautions: &'c mut Vec<Caution>,
}

impl<'a> Cursor<'a, '_> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..self.end).unwrap_or_default()
    }

    fn eat(&mut self, byte: u8) -> bool {
        let found = self.rest().as_bytes().first() == Some(&byte);
        self.at += usize::from(found);
        found
    }

    fn skip_spaces(&mut self) {
        self.at = self.end - self.rest().trim_start().len();
    }

    /// Reads up to two digits, and returns them with their range, or `None` if there are none.
    fn number(&mut self) -> Option<(u8, Range<usize>)> {
        let digits = self.rest().bytes().take(2).take_while(u8::is_ascii_digit).count();
        let range = self.at..self.at + digits;
        self.at = range.end;
        let value = self.text[range.clone()].bytes().fold(0, |value, digit| value * 10 + (digit - b'0'));
        (digits > 0).then_some((value, range))
    }

    /// Reads a number after a colon, at most `last`.
    fn component(&mut self, last: u8, name: &str) -> Result<u8, DateError> {
        let place = self.place();
        let (value, range) = self
            .number()
            .filter(|(_, range)| range.len() == 2)
            .ok_or_else(|| DateError::new(place, format!("a {name} has two digits")).hint("write a time as 14:30"))?;
        if value > last {
            return Err(DateError::new(range, format!("a {name} is 00 to {last}")));
        }
        Ok(value)
    }

    /// Returns the range of the next character, or the end of the text.
    fn place(&self) -> Range<usize> {
        self.at..self.at + self.rest().chars().next().map_or(0, char::len_utf8)
    }

    fn clock(&mut self) -> Result<Clock, DateError> {
        let place = self.place();
        let (hour, range) =
            self.number().ok_or_else(|| DateError::new(place, "a time is expected").hint("write a time as 14:30"))?;
        let mut minute = 0;
        let mut second = 0;
        let mut precision = Precision::Hour;
        let mut fraction = Fraction::default();
        if self.eat(b':') {
            (minute, precision) = (self.component(59, "minute")?, Precision::Minute);
            if self.eat(b':') {
                (second, precision) = (self.component(60, "second")?, Precision::Second);
                fraction = self.fraction()?;
                // Seconds are counted without leap seconds: second 60 is stored as second 59 plus one second.
                if second == 60 {
                    second = 59;
                    fraction.nanos += NANOS;
                }
            }
        }
        let clock = range.start..self.at;
        let hour = self.twelve_hour(hour, &range)?;
        if hour > 23 {
            let error = DateError::new(range, "an hour is 00 to 23");
            return Err(if hour == 24 { error.hint("write 00:00 of the next day") } else { error });
        }
        let second = i64::from(hour) * 3_600 + i64::from(minute) * 60 + i64::from(second);
        Ok(Clock { second, precision, fraction, range: clock })
    }

    /// Reads the digits after a point or a comma, at most nine.
    fn fraction(&mut self) -> Result<Fraction, DateError> {
        let digits = self.rest().get(1..).unwrap_or_default().bytes().take_while(u8::is_ascii_digit).count();
        if digits == 0 || !(self.eat(b'.') || self.eat(b',')) {
            return Ok(Fraction::default());
        }
        let range = self.at..self.at + digits;
        self.at = range.end;
        let written = &self.text[range.clone()];
        let count = u8::try_from(digits).ok().filter(|count| *count <= 9).ok_or_else(|| {
            DateError::new(range, "a second is divided into billionths at most").hint("write nine digits at most")
        })?;
        let value = written.bytes().fold(0, |value, digit| value * 10 + u32::from(digit - b'0'));
        Ok(Fraction { nanos: value * 10_u32.pow(9 - u32::from(count)), digits: count })
    }

    /// Reads "am" or "pm", and returns the hour of the day.
    fn twelve_hour(&mut self, hour: u8, range: &Range<usize>) -> Result<u8, DateError> {
        let tail = self.rest().trim_start();
        let Some(half) = tail.get(..2) else {
            return Ok(hour);
        };
        let afternoon = half.eq_ignore_ascii_case("pm");
        let more = tail.as_bytes().get(2).is_some_and(u8::is_ascii_alphabetic);
        if more || !(afternoon || half.eq_ignore_ascii_case("am")) {
            return Ok(hour);
        }
        self.at = self.end - tail.len() + 2;
        if !(1..=12).contains(&hour) {
            return Err(
                DateError::new(range.clone(), "with am or pm an hour is 1 to 12").hint("write 14:30, or 2:30 pm")
            );
        }
        Ok(hour % 12 + if afternoon { 12 } else { 0 })
    }

    /// Returns the offset in seconds east of UTC in the rest of the text, at a local time, or `None` if it has none.
    fn zone(&mut self, local: i64) -> Result<Option<i32>, DateError> {
        self.skip_spaces();
        if self.rest().is_empty() {
            return Ok(None);
        }
        for name in ["Z", "UTC", "GMT"] {
            if self.rest().eq_ignore_ascii_case(name) {
                return Ok(Some(0));
            }
        }
        if self.rest().get(..3).is_some_and(|name| name.eq_ignore_ascii_case("UTC")) {
            self.at += 3;
        }
        let offset = if self.rest().starts_with(['+', '-', MINUS]) { Some(self.offset()?) } else { None };
        if self.rest().is_empty() {
            return Ok(offset);
        }
        let bracketed = self.rest().strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
        let range = if bracketed.is_some() { self.at + 1..self.end - 1 } else { self.at..self.end };
        if bracketed.is_none() && offset.is_some() {
            return Err(DateError::new(range, "unexpected text after the offset").hint("an offset is written +09:00"));
        }
        self.named(range, local, offset).map(Some)
    }

    /// Reads `+09:00`, `+0900`, `+09` or `+09:00:21`, in seconds.
    fn offset(&mut self) -> Result<i32, DateError> {
        let start = self.at;
        let sign = if self.rest().starts_with('+') { 1 } else { -1 };
        self.at += self.rest().chars().next().map_or(0, char::len_utf8);
        let place = self.place();
        let (hours, _) = self.number().filter(|(_, range)| range.len() == 2).ok_or_else(|| {
            DateError::new(place, "an offset from UTC has two digits for its hours").hint("write +09:00")
        })?;
        let mut seconds = i32::from(hours) * 3_600;
        if self.eat(b':') {
            seconds += i32::from(self.component(59, "minute")?) * 60;
            if self.eat(b':') {
                seconds += i32::from(self.component(59, "second")?);
            }
        } else if self.rest().starts_with(|c: char| c.is_ascii_digit()) {
            seconds += i32::from(self.component(59, "minute")?) * 60;
        }
        if seconds >= MAX_OFFSET {
            return Err(DateError::new(start..self.at, "no place is 16 hours or more from UTC").hint("write +09:00"));
        }
        Ok(sign * seconds)
    }

    /// Returns the offset of an IANA zone at a local time; a given offset selects one of two.
    fn named(&mut self, range: Range<usize>, local: i64, given: Option<i32>) -> Result<i32, DateError> {
        let name = &self.text[range.clone()];
        let zone = Zone::named(name).ok_or_else(|| {
            DateError::new(range.clone(), format!("there is no time zone called {}", quoted(name)))
                .hint("write an IANA name such as Asia/Seoul, an offset such as +09:00, or Z for UTC")
        })?;
        let shown = zone.shown(local).ok_or_else(|| {
            DateError::new(range.clone(), "time zones are known for the years -9999 to 9999").hint("leave the zone out")
        })?;
        match (shown, given) {
            (Shown::Once(offset), _) => agreed(offset, given, range),
            (Shown::Never(_), _) => {
                Err(DateError::new(range, format!("the clocks of {name} were put forward past this time"))
                    .hint("write the offset from UTC instead, as in +09:00"))
            }
            (Shown::Twice(first, second), None) => {
                self.cautions.push(twice(name, range, [first, second]));
                Ok(first)
            }
            (Shown::Twice(_, second), Some(offset)) if offset == second => Ok(offset),
            (Shown::Twice(first, _), Some(_)) => agreed(first, given, range),
        }
    }
}

/// Returns the caution about a time that came twice, as the clocks were put back: the first is taken, and an offset
/// selects.
fn twice(zone: &str, range: Range<usize>, [first, second]: [i32; 2]) -> Caution {
    let message = format!(
        "this time came twice in {zone}, at UTC{} and, after the clocks were put back, at UTC{}: the first is taken",
        offset_words(first),
        offset_words(second)
    );
    let written = offset_words(second).replace(MINUS, "-");
    Caution::new(range.clone(), message).replace(range, format!("{written}[{zone}]"))
}

/// Returns the offset of a zone, or an error if a given offset differs.
fn agreed(offset: i32, given: Option<i32>, range: Range<usize>) -> Result<i32, DateError> {
    match given {
        Some(given) if given != offset => {
            Err(DateError::new(range, format!("this zone was at UTC{} then", offset_words(offset)))
                .hint("leave the zone or the offset out"))
        }
        _ => Ok(offset),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date::{Calendar, iso, parts};

    /// Checks a time on 1 November 2015, when the clocks of New York were put back.
    fn check(text: &str, expect: Result<&str, Range<usize>>) {
        let day = parts::day(Calendar::Gregorian, 2015, 11, 1);
        let found = attach(day, text, 0..text.len(), &mut Vec::new())
            .map(|part| iso(part.extent.start))
            .map_err(|error| error.range);
        assert_eq!(found, expect.map(str::to_owned), "{text}");
    }

    #[test]
    fn zones() {
        check("14:30", Ok("2015-11-01T14:30:00"));
        check("14:30Z", Ok("2015-11-01T14:30:00"));
        check("14:30 UTC+05:30", Ok("2015-11-01T09:00:00"));
        check("09:00 UTC\u{2212}05:30", Ok("2015-11-01T14:30:00"));
        check("02:00+0900", Ok("2015-10-31T17:00:00"));
        check("14:30 asia/seoul", Ok("2015-11-01T05:30:00"));
        check("14:30+08:00[Asia/Seoul]", Err(12..22));
        check("14:30 Mars/Base", Err(6..15));
        check("14:30+24:00", Err(5..11));
    }

    #[test]
    fn an_hour_that_happens_twice_is_the_first_unless_the_offset_says_so() {
        check("01:30 America/New_York", Ok("2015-11-01T05:30:00"));
        check("01:30-04:00[America/New_York]", Ok("2015-11-01T05:30:00"));
        check("01:30-05:00[America/New_York]", Ok("2015-11-01T06:30:00"));
        check("01:30-06:00[America/New_York]", Err(12..28));
    }

    #[test]
    fn clocks() {
        check("12 am", Ok("2015-11-01"));
        check("12:05pm", Ok("2015-11-01T12:05:00"));
        check("13:05 pm", Err(0..2));
        check("23:59:60", Ok("2015-11-01T23:59:59"));
        check("23:59:60Z", Ok("2015-11-01T23:59:59"));
        check("08:59:60+09:00", Ok("2015-10-31T23:59:59"));
        check("12:10:60", Ok("2015-11-01T12:10:59"));
        check("14:30:00.123456789Z", Ok("2015-11-01T14:30:00"));
        check("14:30:00,25", Ok("2015-11-01T14:30:00"));
        check("14:30:00.1234567891Z", Err(9..19));
        check("14:6", Err(3..4));
        check("14:61", Err(3..5));
        check("", Err(0..0));
    }

    #[test]
    fn offsets_in_words() {
        assert_eq!(offset_words(32_400), "+09:00");
        assert_eq!(offset_words(-561), "\u{2212}00:09:21");
    }
}
