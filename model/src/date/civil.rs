//! Calendar arithmetic on whole days and seconds, in exact integers.
//!
//! Days count from 1970-01-01 and seconds from 1970-01-01T00:00:00, both proleptic Gregorian, with astronomical
//! years (0 is 1 BCE, -1 is 2 BCE) and no leap seconds. The conversions follow the method of Howard Hinnant's
//! "chrono-compatible low-level date algorithms": the year begins in March, so that the leap day is its last day, and
//! whole cycles of the calendar are counted with floor division.

/// Seconds of civil time, proleptic Gregorian, 0 = 1970-01-01T00:00:00, without leap seconds.
///
/// A time written with a UTC offset or a zone counts in UTC, so that such times compare exactly; on the axis of a
/// [`Zone`](super::Zone) it counts in civil time of that zone.
pub type Seconds = i64;

/// Seconds in a civil day.
pub const DAY: i64 = 86_400;

/// The year from which ages are counted back.
///
/// "Before present" means before 1950 by the convention of radiocarbon dating (Stuiver and Polach, "Reporting of 14C
/// data", Radiocarbon 19, 1977), and ka, Ma and Ga are ages by the recommendation of IUPAC and IUGS (Holden et al.,
/// 2011).
pub const PRESENT: i64 = 1950;

/// The largest year, before or after year 0, that a date may have.
pub const MAX_YEAR: i64 = 100_000_000_000;

/// The conversions clamp years beyond this; all of `i64` seconds lies within it (about 2.9e11 years).
const CLAMP_YEAR: i64 = 1_000_000_000_000;
/// The conversions clamp days beyond this, a little more than [`CLAMP_YEAR`] Julian years.
const CLAMP_DAY: i64 = 366_000_000_000_000;

/// Days in the 400 years after which the Gregorian calendar repeats.
const GREGORIAN_CYCLE: i64 = 146_097;
/// Days in the four years after which the Julian calendar repeats.
const JULIAN_CYCLE: i64 = 1_461;
/// Days from 0000-03-01 Gregorian to 1970-01-01.
const GREGORIAN_EPOCH: i64 = 719_468;
/// Days from 0000-03-01 Julian, which is 0000-02-28 Gregorian, to 1970-01-01.
const JULIAN_EPOCH: i64 = 719_470;

/// The calendar in which a date was written.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Calendar {
    /// Proleptic Gregorian: the calendar of ISO 8601, and of the time axis.
    #[default]
    Gregorian,
    /// Proleptic Julian: a leap day in every fourth year.
    Julian,
}

impl Calendar {
    /// Returns the day number of a date in this calendar. A day past the end of its month carries into the next.
    ///
    /// ```
    /// use longview_model::date::Calendar;
    ///
    /// assert_eq!(Calendar::Gregorian.days(1970, 1, 1), 0);
    /// assert_eq!(Calendar::Julian.days(1917, 10, 25), Calendar::Gregorian.days(1917, 11, 7));
    /// ```
    #[must_use]
    pub fn days(self, year: i64, month: u8, day: u8) -> i64 {
        match self {
            Self::Gregorian => days_from_civil(year, month, day),
            Self::Julian => days_from_julian(year, month, day),
        }
    }

    /// Returns the year, month and day in this calendar of a day number.
    ///
    /// ```
    /// use longview_model::date::Calendar;
    ///
    /// assert_eq!(Calendar::Julian.civil(Calendar::Gregorian.days(1752, 9, 14)), (1752, 9, 3));
    /// ```
    #[must_use]
    pub fn civil(self, days: i64) -> (i64, u8, u8) {
        match self {
            Self::Gregorian => civil_from_days(days),
            Self::Julian => julian_from_days(days),
        }
    }

    /// Returns `true` if a year of this calendar has a 29 February.
    ///
    /// ```
    /// use longview_model::date::Calendar;
    ///
    /// assert!(Calendar::Julian.is_leap(1900));
    /// assert!(!Calendar::Gregorian.is_leap(1900));
    /// ```
    #[must_use]
    pub fn is_leap(self, year: i64) -> bool {
        match self {
            Self::Gregorian => is_leap(year),
            Self::Julian => year.rem_euclid(4) == 0,
        }
    }

    /// Returns the number of days in a month of this calendar, or 0 if the month is not 1 to 12.
    ///
    /// ```
    /// use longview_model::date::Calendar;
    ///
    /// assert_eq!(Calendar::Gregorian.days_in_month(2024, 2), 29);
    /// ```
    #[must_use]
    pub fn days_in_month(self, year: i64, month: u8) -> u8 {
        match month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 if self.is_leap(year) => 29,
            2 => 28,
            _ => 0,
        }
    }

    /// Returns the first second of a day of this calendar, saturating at the ends of `i64`.
    ///
    /// ```
    /// use longview_model::date::Calendar;
    ///
    /// assert_eq!(Calendar::Gregorian.seconds(1970, 1, 2), 86_400);
    /// ```
    #[must_use]
    pub fn seconds(self, year: i64, month: u8, day: u8) -> Seconds {
        self.days(year, month, day).saturating_mul(DAY)
    }

    /// Returns the first second of a year of this calendar, saturating at the ends of `i64`.
    ///
    /// ```
    /// use longview_model::date::Calendar;
    ///
    /// assert_eq!(Calendar::Gregorian.year_start(1970), 0);
    /// ```
    #[must_use]
    pub fn year_start(self, year: i64) -> Seconds {
        self.seconds(year, 1, 1)
    }
}

/// Returns `true` if a proleptic Gregorian year, astronomically numbered, has a 29 February.
///
/// ```
/// use longview_model::date::civil::is_leap;
///
/// assert!(is_leap(2000) && is_leap(0) && !is_leap(1900));
/// ```
#[must_use]
pub const fn is_leap(year: i64) -> bool {
    // 100 divides the year only if 25 does, and then 400 divides it only if 16 does.
    if year.rem_euclid(25) == 0 { year.rem_euclid(16) == 0 } else { year.rem_euclid(4) == 0 }
}

/// Returns the number of days in a Gregorian month, or 0 if the month is not 1 to 12.
///
/// ```
/// use longview_model::date::civil::days_in_month;
///
/// assert_eq!(days_in_month(1900, 2), 28);
/// ```
#[must_use]
pub fn days_in_month(year: i64, month: u8) -> u8 {
    Calendar::Gregorian.days_in_month(year, month)
}

/// Returns the day number of a proleptic Gregorian date. A day past the end of its month carries into the next.
///
/// ```
/// use longview_model::date::civil::days_from_civil;
///
/// assert_eq!(days_from_civil(2000, 3, 1), days_from_civil(2000, 2, 30));
/// ```
#[must_use]
pub fn days_from_civil(year: i64, month: u8, day: u8) -> i64 {
    let (year, day_of_year) = march_based(year, month, day);
    let (cycle, of_cycle) = (year.div_euclid(400), year.rem_euclid(400));
    cycle * GREGORIAN_CYCLE + of_cycle * 365 + of_cycle / 4 - of_cycle / 100 + day_of_year - GREGORIAN_EPOCH
}

/// Returns the proleptic Gregorian year, month and day of a day number.
///
/// ```
/// use longview_model::date::civil::civil_from_days;
///
/// assert_eq!(civil_from_days(-1), (1969, 12, 31));
/// ```
#[must_use]
pub fn civil_from_days(days: i64) -> (i64, u8, u8) {
    let shifted = days.clamp(-CLAMP_DAY, CLAMP_DAY) + GREGORIAN_EPOCH;
    let (cycle, day) = (shifted.div_euclid(GREGORIAN_CYCLE), shifted.rem_euclid(GREGORIAN_CYCLE));
    // Subtract the leap days passed so far, so that every year has 365 days.
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day_of_year = day - (365 * year + year / 4 - year / 100);
    january_based(cycle * 400 + year, day_of_year)
}

/// Returns the day number of a proleptic Julian date. A day past the end of its month carries into the next.
///
/// ```
/// use longview_model::date::civil::{days_from_civil, days_from_julian};
///
/// assert_eq!(days_from_julian(1582, 10, 5), days_from_civil(1582, 10, 15));
/// ```
#[must_use]
pub fn days_from_julian(year: i64, month: u8, day: u8) -> i64 {
    let (year, day_of_year) = march_based(year, month, day);
    let (cycle, of_cycle) = (year.div_euclid(4), year.rem_euclid(4));
    cycle * JULIAN_CYCLE + of_cycle * 365 + day_of_year - JULIAN_EPOCH
}

/// Returns the proleptic Julian year, month and day of a day number.
///
/// ```
/// use longview_model::date::civil::{days_from_civil, julian_from_days};
///
/// assert_eq!(julian_from_days(days_from_civil(1582, 10, 15)), (1582, 10, 5));
/// ```
#[must_use]
pub fn julian_from_days(days: i64) -> (i64, u8, u8) {
    let shifted = days.clamp(-CLAMP_DAY, CLAMP_DAY) + JULIAN_EPOCH;
    let (cycle, day) = (shifted.div_euclid(JULIAN_CYCLE), shifted.rem_euclid(JULIAN_CYCLE));
    let year = (day - day / 1_460) / 365;
    january_based(cycle * 4 + year, day - 365 * year)
}

/// Returns the weekday of a day number: 1 is Monday, 7 is Sunday, as in ISO 8601.
///
/// ```
/// use longview_model::date::civil::{days_from_civil, weekday};
///
/// assert_eq!(weekday(days_from_civil(2015, 12, 10)), 4);
/// ```
#[must_use]
#[expect(clippy::cast_sign_loss, reason = "the remainder is 0 to 6")]
pub fn weekday(days: i64) -> u8 {
    // 1970-01-01 was a Thursday.
    ((days.rem_euclid(7) + 3) % 7) as u8 + 1
}

/// Returns the year that begins in March and the zero-based day within it.
fn march_based(year: i64, month: u8, day: u8) -> (i64, i64) {
    let month = i64::from(month.clamp(1, 12));
    let year = year.clamp(-CLAMP_YEAR, CLAMP_YEAR) - i64::from(month <= 2);
    // From March, months have 31, 30, 31, 30 and 31 days repeatedly: 153 days in five months.
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + i64::from(day) - 1;
    (year, day_of_year)
}

/// Returns the civil date of a zero-based day within a year that begins in March.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a month is 1 to 12, a day 1 to 31")]
fn january_based(year: i64, day_of_year: i64) -> (i64, u8, u8) {
    let month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (year + i64::from(month <= 2), month as u8, day as u8)
}

/// A proleptic Gregorian date and time of day.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Civil {
    /// Astronomical year: 0 is 1 BCE.
    pub year: i64,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
    /// 0 to 23.
    pub hour: u8,
    /// 0 to 59.
    pub minute: u8,
    /// 0 to 59.
    pub second: u8,
}

impl Civil {
    /// Returns the Gregorian date and the time of day of a second.
    ///
    /// ```
    /// use longview_model::date::civil::Civil;
    ///
    /// let civil = Civil::from_seconds(90_061);
    /// assert_eq!((civil.day, civil.hour, civil.minute, civil.second), (2, 1, 1, 1));
    /// ```
    #[must_use]
    pub fn from_seconds(seconds: Seconds) -> Self {
        Self::from_seconds_in(Calendar::Gregorian, seconds)
    }

    /// Returns the date in `calendar`, and the time of day, of a second.
    ///
    /// ```
    /// use longview_model::date::civil::{Calendar, Civil};
    ///
    /// let civil = Civil::from_seconds_in(Calendar::Julian, Calendar::Gregorian.seconds(1917, 11, 7));
    /// assert_eq!((civil.month, civil.day), (10, 25));
    /// ```
    #[must_use]
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "parts of a day fit in a byte")]
    pub fn from_seconds_in(calendar: Calendar, seconds: Seconds) -> Self {
        let (year, month, day) = calendar.civil(seconds.div_euclid(DAY));
        let rest = seconds.rem_euclid(DAY);
        Self { year, month, day, hour: (rest / 3_600) as u8, minute: (rest / 60 % 60) as u8, second: (rest % 60) as u8 }
    }

    /// Returns the second at which this date and time of day begins, saturating at the ends of `i64`.
    ///
    /// ```
    /// use longview_model::date::civil::Civil;
    ///
    /// assert_eq!(Civil::from_seconds(1_000_000_007).seconds(), 1_000_000_007);
    /// ```
    #[must_use]
    pub fn seconds(self) -> Seconds {
        let of_day = i64::from(self.hour) * 3_600 + i64::from(self.minute) * 60 + i64::from(self.second);
        let days = days_from_civil(self.year, self.month, self.day);
        // In 128 bits, because the first day with seconds in the range of `i64` begins before that range.
        let seconds = i128::from(days) * i128::from(DAY) + i128::from(of_day);
        Seconds::try_from(seconds).unwrap_or(if seconds < 0 { Seconds::MIN } else { Seconds::MAX })
    }
}

/// Formats a second in ISO 8601: the date alone at midnight, otherwise date and time.
///
/// Years outside 0000 to 9999 are signed and have at least six digits.
///
/// ```
/// use longview_model::date::iso;
///
/// assert_eq!(iso(0), "1970-01-01");
/// assert_eq!(iso(52_200), "1970-01-01T14:30:00");
/// assert_eq!(iso(-63_517_824_000), "-000043-03-15");
/// ```
#[must_use]
pub fn iso(seconds: Seconds) -> String {
    let Civil { year, month, day, hour, minute, second } = Civil::from_seconds(seconds);
    let year = if (0..=9_999).contains(&year) { format!("{year:04}") } else { format!("{year:+07}") };
    if (hour, minute, second) == (0, 0, 0) {
        format!("{year}-{month:02}-{day:02}")
    } else {
        format!("{year}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_days() {
        let check = |(y, m, d), days| {
            assert_eq!(days_from_civil(y, m, d), days, "{y}-{m}-{d}");
            assert_eq!(civil_from_days(days), (y, m, d), "{days}");
        };
        check((1970, 1, 1), 0);
        check((1969, 12, 31), -1);
        check((2000, 2, 29), 11_016);
        check((0, 3, 1), -GREGORIAN_EPOCH);
        check((0, 2, 29), -GREGORIAN_EPOCH - 1);
        check((1600, 12, 31), -134_775);
    }

    #[test]
    fn julian_meets_gregorian_at_known_days() {
        let check = |(y, m, d), (gy, gm, gd)| {
            let days = days_from_julian(y, m, d);
            assert_eq!(civil_from_days(days), (gy, gm, gd), "Julian {y}-{m}-{d}");
            assert_eq!(julian_from_days(days), (y, m, d));
        };
        check((1582, 10, 5), (1582, 10, 15));
        check((1752, 9, 3), (1752, 9, 14));
        check((1917, 10, 25), (1917, 11, 7));
        check((1900, 2, 29), (1900, 3, 13));
        check((-43, 3, 15), (-43, 3, 13));
        check((-4712, 1, 1), (-4713, 11, 24));
        check((0, 3, 1), (0, 2, 28));
    }

    #[test]
    fn weekdays() {
        assert_eq!(weekday(0), 4);
        assert_eq!(weekday(-1), 3);
        assert_eq!(weekday(days_from_civil(2015, 12, 10)), 4);
        assert_eq!(weekday(days_from_civil(1965, 6, 22)), 2);
    }

    #[test]
    fn iso_text() {
        let check = |c: Civil, text: &str| assert_eq!(iso(c.seconds()), text);
        let at = |year, month, day, hour, minute, second| Civil { year, month, day, hour, minute, second };
        check(at(1965, 1, 1, 0, 0, 0), "1965-01-01");
        check(at(1965, 1, 1, 14, 30, 0), "1965-01-01T14:30:00");
        check(at(0, 1, 1, 0, 0, 1), "0000-01-01T00:00:01");
        check(at(-43, 3, 15, 0, 0, 0), "-000043-03-15");
        check(at(10_000, 1, 1, 0, 0, 0), "+010000-01-01");
        check(at(-13_800_000_000, 1, 1, 0, 0, 0), "-13800000000-01-01");
    }

    #[test]
    fn extremes_do_not_overflow() {
        for seconds in [i64::MIN, i64::MIN + 1, i64::MAX - 1, i64::MAX] {
            let civil = Civil::from_seconds(seconds);
            assert_eq!(civil.seconds(), seconds);
            assert!(!iso(seconds).is_empty());
        }
        for days in [i64::MIN, i64::MAX] {
            let _ = (civil_from_days(days), julian_from_days(days), weekday(days));
        }
        for year in [i64::MIN, i64::MAX] {
            let _ = (days_from_civil(year, 255, 255), days_from_julian(year, 0, 0));
            let _ = (is_leap(year), Calendar::Julian.days_in_month(year, 2), Calendar::Julian.year_start(year));
        }
    }

    #[test]
    fn leap_years() {
        for (year, leap) in [(0, true), (-4, true), (1900, false), (2000, true), (2024, true), (-100, false)] {
            assert_eq!(is_leap(year), leap, "{year}");
        }
    }
}
