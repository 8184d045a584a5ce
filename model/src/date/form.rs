//! What is needed to write a date part in words, apart from its extent and its precision.

/// The unit of an age counted back from 1950.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum AgeUnit {
    /// ka
    Thousand,
    /// Ma
    Million,
    /// Ga
    Billion,
}

impl AgeUnit {
    /// Returns the exponent of the unit in years, to base ten.
    pub(super) const fn power(self) -> u32 {
        match self {
            Self::Thousand => 3,
            Self::Million => 6,
            Self::Billion => 9,
        }
    }
}

/// A part of a longer time.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Portion {
    /// The first third.
    Early,
    /// The second third.
    Mid,
    /// The last third.
    Late,
    /// The 1st or 2nd half.
    Half(u8),
    /// The 1st to 3rd third.
    Third(u8),
    /// The 1st to 4th quarter.
    Quarter(u8),
}

/// The fraction of a second of a time of day; that of a leap second is a whole second or more.
///
/// Seconds are counted without leap seconds, so that 23:59:60 is stored as the second 23:59:59 plus one second.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Fraction {
    /// Nanoseconds after the second; at least 1,000,000,000 for a leap second.
    pub nanos: u32,
    /// The number of digits that were written.
    pub digits: u8,
}

/// An offset from UTC in seconds east; less than a day, so that it fits in the three spare bytes of a part.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Offset([u8; 3]);

impl Offset {
    pub(super) const fn new(seconds: i32) -> Self {
        let [a, b, c, _] = seconds.to_le_bytes();
        Self([a, b, c])
    }

    pub(super) const fn seconds(self) -> i32 {
        let Self([a, b, c]) = self;
        // The sign bit is that of the highest byte.
        i32::from_le_bytes([0, a, b, c]) >> 8
    }
}

/// Nanoseconds in a second.
pub(super) const NANOS: u32 = 1_000_000_000;

/// The form that a date part was written in.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Form {
    /// A year, month, week, day or time of day, which the extent describes completely.
    Calendar,
    /// A time of day without a zone, with its [`Fraction`].
    Local { nanos: u32, digits: u8 },
    /// A time of day that was written at an `offset` from UTC, with its [`Fraction`]. The extent is civil time of the
    /// axis, whose offset from UTC at that time is `shown`: 0 unless the document has a zone.
    Zoned { offset: Offset, shown: Offset, nanos: u32, digits: u8 },
    /// A part of a year, by its ISO 8601-2 code, 21 to 41.
    Season(u8),
    /// Years that share their first digits, as in 156X or "the 1960s".
    Block,
    /// A century or millennium that is counted, as in "6th century BCE".
    Counted,
    /// Unspecified digits: the eight digits of year, month and day from the high nibble down; see
    /// [`Mask`](super::mask::Mask).
    Mask(u32),
    /// An age before 1950: `value / 10^decimals` units.
    Ago { value: u32, decimals: u8, unit: AgeUnit },
    /// A year, month or day of a dual year, as in "11 February 1731/32": the second year is that of the new style,
    /// which begins on 1 January.
    Dual,
    /// A winter that is named by both of its years, as in "winter 1916–17".
    Winter,
    /// A part of a century, decade, year or month, as in "early 19th century"; the precision is that of the whole.
    /// Centuries and millennia are either `counted` or have the same first digits ("the 1800s").
    Portion { portion: Portion, counted: bool },
    /// Years with the same significant digits; the estimate is this many years after the first, if it fits.
    Significant { estimate: Option<u32> },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_keep_their_sign() {
        for seconds in [0, 1, -1, 32_400, -18_000, 57_599, -57_599] {
            assert_eq!(Offset::new(seconds).seconds(), seconds);
        }
        assert!(size_of::<Form>() <= 12);
    }
}
