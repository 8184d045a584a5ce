//! Unspecified digits: `1985-XX`, `1560-X2`, `156X-12-25`.

use edtf_core::{DateField, Year, YearKind};

/// A nibble that stands for `X`.
const ANY: u32 = 0xF;
/// A nibble of a component that was not written.
const ABSENT: u32 = 0xE;

/// The digits of year, month and day, some unspecified, in the 32 bits that a part has to spare.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) struct Mask(pub u32);

/// A two-digit component; `None` digits are unspecified.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) struct Field(pub [Option<u8>; 2]);

impl Mask {
    /// Packs a date whose year has four digits; the sign of a negative year is left to the extent.
    pub fn new(year: &Year, month: Option<DateField>, day: Option<DateField>) -> Self {
        let year = match year.kind {
            YearKind::Standard { digits, .. } => digits,
            YearKind::Big { .. } | YearKind::Exponential { .. } => [None; 4],
        };
        let nibble = |digit: Option<u8>| digit.map_or(ANY, u32::from);
        let field = |field: Option<DateField>| {
            field.map_or(ABSENT << 4 | ABSENT, |f| nibble(f.digits[0]) << 4 | nibble(f.digits[1]))
        };
        let year = year.into_iter().fold(0, |packed, digit| packed << 4 | nibble(digit));
        Self(year << 16 | field(month) << 8 | field(day))
    }

    /// The digits of the year, `None` for an `X`.
    pub fn year(self) -> [Option<u8>; 4] {
        [28, 24, 20, 16].map(|shift| self.digit(shift))
    }

    /// The month, if one was written.
    pub fn month(self) -> Option<Field> {
        self.field(8)
    }

    /// The day, if one was written.
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
    /// The value when both digits are known.
    pub fn value(self) -> Option<u8> {
        Some(self.0[0]? * 10 + self.0[1]?)
    }

    /// Whether neither digit is known.
    pub fn is_unknown(self) -> bool {
        self.0 == [None; 2]
    }

    /// The values from 1 to `last` that fit.
    pub fn candidates(self, last: u8) -> impl Iterator<Item = u8> {
        let [tens, ones] = self.0;
        (1..=last).filter(move |v| tens.is_none_or(|t| t == v / 10) && ones.is_none_or(|o| o == v % 10))
    }
}

#[cfg(test)]
mod tests {
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
    fn candidates() {
        let all = |digits, last| Field(digits).candidates(last).collect::<Vec<_>>();
        assert_eq!(all([None, Some(2)], 12), [2, 12]);
        assert_eq!(all([Some(1), None], 12), [10, 11, 12]);
        assert_eq!(all([None, Some(1)], 30), [1, 11, 21]);
        assert!(all([Some(3), None], 28).is_empty());
    }
}
