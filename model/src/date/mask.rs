//! Unspecified digits: `1985-XX`, `1560-X2`, `156X-12-25`, `19XX-22`, `-01XX`.

use edtf_core::{DateField, Year, YearKind};

use super::civil::{Calendar, DAY};
use super::form::Form;
use super::model::{DatePart, Interval, Precision};
use super::parts;

/// The nibble of an `X`.
const ANY: u32 = 0xF;
/// A nibble of a component that was not written.
const ABSENT: u32 = 0xE;

/// The digits of year, month and day, some unspecified, in the 32 spare bits of a part.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) struct Mask(pub u32);

/// A two-digit component; `None` digits are unspecified.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) struct Field(pub [Option<u8>; 2]);

impl Mask {
    /// Packs a date whose year has four digits; the sign of a negative year is not stored, but follows from the extent.
    pub fn new(year: &Year, month: Option<DateField>, day: Option<DateField>) -> Self {
        let year = match year.kind {
            YearKind::Standard { digits, .. } => digits,
            YearKind::Big { .. } | YearKind::Exponential { .. } => [None; 4],
        };
        Self::of(year, month.map(|field| Field(field.digits)), day.map(|field| Field(field.digits)))
    }

    /// Packs the digits of a four-digit year, a month and a day.
    pub fn of(year: [Option<u8>; 4], month: Option<Field>, day: Option<Field>) -> Self {
        let nibble = |digit: Option<u8>| digit.map_or(ANY, u32::from);
        let field =
            |field: Option<Field>| field.map_or(ABSENT << 4 | ABSENT, |Field([a, b])| nibble(a) << 4 | nibble(b));
        let year = year.into_iter().fold(0, |packed, digit| packed << 4 | nibble(digit));
        Self(year << 16 | field(month) << 8 | field(day))
    }

    /// Returns the date with these digits, from the first matching day to the last, or `None` if no day matches. The
    /// years of a `negative` date are astronomical and before year 0.
    pub fn date(self, negative: bool, calendar: Calendar) -> Option<DatePart> {
        let start = self.extreme(negative, calendar, true)?.start;
        let end = self.extreme(negative, calendar, false)?.end;
        let year = self.year();
        let precision = match year.iter().position(Option::is_none) {
            Some(first) => Precision::of_power([4, 3, 2, 1][first.min(3)]),
            None if self.month().is_some_and(|month| month.value().is_none()) => Precision::Year,
            None => Precision::Month,
        };
        let known = year.iter().take_while(|digit| digit.is_some()).count();
        let only_last_digits = self.month().is_none() && known > 0 && year[known..].iter().all(Option::is_none);
        let form = if only_last_digits { Form::Block } else { Form::Mask(self.0) };
        Some(DatePart::new(Interval { start, end }, precision, calendar, form))
    }

    /// Returns the first or the last matching day, season or year.
    fn extreme(self, negative: bool, calendar: Calendar, first: bool) -> Option<Interval> {
        let digits = self.year();
        let open = digits.iter().filter(|digit| digit.is_none()).count();
        let count = 10_i64.pow(u32::try_from(open).unwrap_or(4));
        // The unspecified digits count up or down; a year without a matching day is one that is not a leap year, or
        // year 0.
        let ascending = first != negative;
        (0..count).find_map(|turn| {
            let mut rest = if ascending { turn } else { count - 1 - turn };
            let year = [1_000, 100, 10, 1].into_iter().zip(digits).rev().fold(0, |year, (place, digit)| {
                let digit = digit.map_or_else(
                    || {
                        let next = rest % 10;
                        rest /= 10;
                        next
                    },
                    i64::from,
                );
                year + place * digit
            });
            match (negative, year) {
                (true, 0) => None,
                (true, year) => self.in_year(-year, calendar, first),
                (false, year) => self.in_year(year, calendar, first),
            }
        })
    }

    /// Returns the first or the last matching day or season of a year.
    fn in_year(self, year: i64, calendar: Calendar, first: bool) -> Option<Interval> {
        let Some(month) = self.month() else {
            return Some(parts::year(calendar, year).extent);
        };
        if let Some(code) = self.season() {
            return Some(parts::season(calendar, year, code).extent);
        }
        let day_of = |month: u8| {
            let last = calendar.days_in_month(year, month);
            let day = match self.day() {
                None => Some(if first { 1 } else { last }),
                Some(field) => field.extreme(last, first),
            };
            day.map(|day| calendar.days(year, month, day).saturating_mul(DAY))
        };
        let months = 1..=12_u8;
        let fits = |number: &u8| month.fits(*number);
        let start =
            if first { months.filter(fits).find_map(day_of) } else { months.rev().filter(fits).find_map(day_of) }?;
        Some(Interval { start, end: start.saturating_add(DAY) })
    }

    /// Returns the ISO 8601-2 code of a part of a year, if the month is one.
    pub fn season(self) -> Option<u8> {
        self.month().and_then(Field::value).filter(|code| (21..=41).contains(code))
    }

    /// Returns the digits of the year, `None` for an `X`.
    pub fn year(self) -> [Option<u8>; 4] {
        [28, 24, 20, 16].map(|shift| self.digit(shift))
    }

    /// Returns the month, or `None` if none was written.
    pub fn month(self) -> Option<Field> {
        self.field(8)
    }

    /// Returns the day, or `None` if none was written.
    pub fn day(self) -> Option<Field> {
        self.field(0)
    }

    fn field(self, shift: u32) -> Option<Field> {
        (self.0 >> shift & 0xF != ABSENT).then(|| Field([self.digit(shift + 4), self.digit(shift)]))
    }

    fn digit(self, shift: u32) -> Option<u8> {
        let nibble = self.0 >> shift & 0xF;
        (nibble <= 9).then_some(nibble as u8)
    }
}

impl Field {
    /// Returns the value, or `None` unless both digits are known.
    pub fn value(self) -> Option<u8> {
        Some(self.0[0]? * 10 + self.0[1]?)
    }

    /// Returns `true` if neither digit is known.
    pub fn is_unknown(self) -> bool {
        self.0 == [None; 2]
    }

    /// Returns `true` if `value` has these digits.
    pub fn fits(self, value: u8) -> bool {
        let [tens, ones] = self.0;
        tens.is_none_or(|t| t == value / 10) && ones.is_none_or(|o| o == value % 10)
    }

    /// Returns the matching values from 1 to `last`.
    pub fn candidates(self, last: u8) -> impl Iterator<Item = u8> {
        (1..=last).filter(move |value| self.fits(*value))
    }

    /// Returns the first or the last matching value from 1 to `last`.
    fn extreme(self, last: u8, first: bool) -> Option<u8> {
        let mut values = 1..=last;
        if first { values.find(|value| self.fits(*value)) } else { values.rfind(|value| self.fits(*value)) }
    }
}

#[cfg(test)]
mod tests {
    use super::super::civil::iso;
    use super::*;
    use edtf_core::Edtf;

    #[test]
    fn digits_survive_packing() {
        let Ok(Edtf::Date(date)) = Edtf::parse("156X-X2-3X") else { panic!("not a date") };
        let mask = Mask::new(&date.year, date.month, date.day);
        assert_eq!(mask.year(), [Some(1), Some(5), Some(6), None]);
        assert_eq!(mask.month(), Some(Field([None, Some(2)])));
        assert_eq!(mask.day(), Some(Field([Some(3), None])));
        assert_eq!(Mask::new(&date.year, None, None).month(), None);
    }

    #[test]
    fn extents() {
        let check = |year: [Option<u8>; 4], month, day, negative, calendar, start: &str, end: &str| {
            let part = Mask::of(year, month, day).date(negative, calendar).expect("a day fits");
            assert_eq!((iso(part.extent.start).as_str(), iso(part.extent.end).as_str()), (start, end));
        };
        let (century, any) = ([Some(1), Some(7), None, None], [None; 4]);
        let field = |tens: u8, ones: u8| Some(Field([Some(tens), Some(ones)]));
        let (gregorian, julian) = (Calendar::Gregorian, Calendar::Julian);
        check(century, None, None, false, gregorian, "1700-01-01", "1800-01-01");
        check(century, None, None, false, julian, "1700-01-11", "1800-01-12");
        check(century, field(1, 2), field(2, 5), false, julian, "1701-01-05", "1800-01-06");
        check(century, field(2, 2), None, false, gregorian, "1700-06-01", "1799-09-01");
        check(century, field(2, 4), None, false, gregorian, "1700-12-01", "1800-03-01");
        check([None, None, Some(0), Some(0)], field(0, 2), field(2, 9), false, gregorian, "0000-02-29", "9600-03-01");
        check([None, None, Some(0), Some(0)], field(0, 2), field(2, 9), false, julian, "0000-02-27", "9900-05-13");
        check(any, field(1, 2), Some(Field([None; 2])), false, gregorian, "0000-12-01", "+010000-01-01");
        check([Some(0), Some(1), None, None], None, None, true, gregorian, "-000199-01-01", "-000099-01-01");
        check([Some(0), Some(0), Some(0), None], None, None, true, gregorian, "-000009-01-01", "0000-01-01");
        let none = Mask::of(century, field(0, 2), field(3, 0));
        assert_eq!(none.date(false, gregorian), None);
    }

    #[test]
    fn candidates() {
        let all = |digits, last| Field(digits).candidates(last).collect::<Vec<_>>();
        assert_eq!(all([None, Some(2)], 12), [2, 12]);
        assert_eq!(all([Some(1), None], 12), [10, 11, 12]);
        assert_eq!(all([None, Some(1)], 30), [1, 11, 21]);
        assert!(all([Some(3), None], 28).is_empty());
    }
}
