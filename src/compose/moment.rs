//! A place on the axis as a date.

use crate::date::civil::Civil;

const DAY: f64 = 86_400.0;
const YEAR: f64 = 365.25 * DAY;

/// Returns a time as a date that is as exact as a view of so many seconds shows it: a tenth of the view or less, a whole
/// year, month, day or minute.
///
/// ```
/// use longview::compose::date_near;
/// use longview::date::Date;
///
/// let treaty = Date::parse("1965-06-22").unwrap().anchor();
/// let year = 365.25 * 86_400.0;
/// assert_eq!(date_near(treaty, 50.0 * year), "1965");
/// assert_eq!(date_near(treaty, 2.0 * year), "1965-06");
/// assert_eq!(date_near(treaty, 0.1 * year), "1965-06-22");
/// ```
#[must_use]
pub fn date_near(seconds: i64, view: f64) -> String {
    let Civil { year, month, day, hour, minute, .. } = Civil::from_seconds(seconds);
    if !(-9_999..=9_999).contains(&year) {
        return far(year, view);
    }
    if view >= 10.0 * YEAR {
        return match year {
            1.. => format!("{year:04}"),
            before => format!("{} BCE", 1 - before),
        };
    }
    let year = if year < 0 { format!("-{:04}", -year) } else { format!("{year:04}") };
    if view >= 0.8 * YEAR {
        format!("{year}-{month:02}")
    } else if view >= 10.0 * DAY {
        format!("{year}-{month:02}-{day:02}")
    } else {
        format!("{year}-{month:02}-{day:02}T{hour:02}:{minute:02}")
    }
}

/// Returns a year of the far past or future, rounded to what can be seen.
fn far(year: i64, view: f64) -> String {
    // A hundredth of the view: one, two or five of a power of ten would be finer than a hand is.
    let seen = (view / YEAR / 100.0).max(1.0);
    let round = |years: f64| {
        // At least one digit is left of a year that is near to the present.
        let step = 10_f64.powf(seen.min(years.max(1.0)).log10().floor());
        (years / step).round() * step
    };
    if year > 0 {
        return format!("Y{:.0}", round(year as f64));
    }
    // Years ago are counted from 1950.
    let (ago, unit) = match round(1_950.0 - year as f64) {
        ago if ago >= 1e9 => (ago / 1e9, "Ga"),
        ago if ago >= 1e6 => (ago / 1e6, "Ma"),
        ago => (ago / 1e3, "ka"),
    };
    // Nine digits are exact for all years that a document may have.
    let digits = format!("{ago:.9}");
    format!("{} {unit}", digits.trim_end_matches('0').trim_end_matches('.'))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::date::{Calendar, Date};

    #[test]
    fn a_place_is_a_date_as_exact_as_the_view() {
        let check = |date: &str, years: f64, expect: &str| {
            let date = Date::parse(date).expect("a date").anchor();
            assert_eq!(date_near(date, years * YEAR), expect);
        };
        check("1965-06-22", 1_000.0, "1965");
        check("0044-03-15", 100.0, "0044");
        check("15 March 44 BCE", 100.0, "44 BCE");
        check("15 March 44 BCE", 2.0, "-0043-03");
        check("1969-07-20T20:17", 0.01, "1969-07-20T20:17");
        check("66 Ma", 200e6, "66 Ma");
        check("13.787 Ga", 13.8e9, "13.8 Ga");
        check("12 ka", 5_000.0, "12 ka");
        check("12 ka", 2.5e9, "10 ka");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(20_000))]
        #[test]
        fn every_place_has_a_date_near_it(year in -9_000_000_000_i64..60_000, view in 1e3_f64..1e17) {
            let seconds = Calendar::Gregorian.seconds(year, 6, 15);
            let written = date_near(seconds, view);
            let read = Date::parse(&written);
            let bounds = read.expect("a date").bounds();
            let off = (bounds.start - seconds).max(seconds - bounds.end).max(0) as f64;
            prop_assert!(off <= 0.02 * view + 2e3 * YEAR, "{} is {} from {}", written, off, seconds);
        }
    }
}
