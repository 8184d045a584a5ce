//! Formatting of numbers: "about 10,000 people a year", "US$85 billion", "385 times".

use crate::date::with_separators;
use crate::document::Qualifier;

/// A value with the qualifier that the source gives.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quantity {
    value: f64,
    qualifier: Option<Qualifier>,
}

impl Quantity {
    /// Creates a quantity from a value and its qualifier in the source.
    #[must_use]
    pub fn new(value: f64, qualifier: Option<Qualifier>) -> Self {
        Self { value, qualifier }
    }

    /// Returns the quantity rounded to a number of significant digits.
    #[must_use]
    pub fn rounded(self, digits: i32) -> Self {
        if self.value == 0.0 || !self.value.is_finite() {
            return self;
        }
        let magnitude = self.value.abs().log10().floor() as i32;
        let unit = 10_f64.powi(magnitude + 1 - digits);
        // Dividing by the inverse avoids results such as 0.22000000000000003.
        let value =
            if unit >= 1.0 { (self.value / unit).round() * unit } else { (self.value / unit).round() / (1.0 / unit) };
        Self { value, ..self }
    }

    /// Returns the quantity in words with its unit: "more than 5,000,000 people a year".
    #[must_use]
    pub fn words(self, unit: &str) -> String {
        prefixed(self.qualifier_word(), with_unit(self.shown(), unit))
    }

    /// Returns the quantity in words without a unit, as in a chart.
    #[must_use]
    pub fn bare_words(self) -> String {
        prefixed(self.qualifier_word(), number(self.shown()))
    }

    /// Returns the value without its qualifier.
    pub(super) fn bare(self) -> f64 {
        self.value
    }

    /// Returns the value as displayed: unchanged, except that a value qualified as "about" is rounded to two decimals,
    /// to none from 1,000 up, and below 1 to two significant digits.
    fn shown(self) -> f64 {
        let before_point = self.value.abs().max(f64::MIN_POSITIVE).log10().floor() as i32 + 1;
        match self.qualifier {
            Some(Qualifier::About) if before_point > 3 => self.rounded(before_point).value,
            Some(Qualifier::About) => self.rounded((before_point + 2).max(2)).value,
            _ => self.value,
        }
    }

    fn qualifier_word(self) -> Option<&'static str> {
        self.qualifier.map(|qualifier| match qualifier {
            Qualifier::About => "about",
            Qualifier::MoreThan => "more than",
            Qualifier::LessThan => "less than",
            Qualifier::AtLeast => "at least",
            Qualifier::AtMost => "at most",
        })
    }
}

fn prefixed(word: Option<&str>, rest: String) -> String {
    match word {
        Some(word) => format!("{word} {rest}"),
        None => rest,
    }
}

/// Formats a value with its unit. A unit whose first word contains a currency sign goes in front: `US$ billion` results
/// in "US$85 billion"; a percent sign follows without a space; any other unit follows a space.
#[must_use]
pub fn with_unit(value: f64, unit: &str) -> String {
    let figure = number(value);
    let unit = unit.trim();
    let (first, rest) = unit.split_once(' ').unwrap_or((unit, ""));
    if first.contains(['$', '€', '£', '¥', '₩', '₹', '₽', '¢']) {
        let rest = rest.trim();
        if rest.is_empty() { format!("{first}{figure}") } else { format!("{first}{figure} {rest}") }
    } else if unit.starts_with('%') {
        format!("{figure}{unit}")
    } else if unit.is_empty() {
        figure
    } else {
        format!("{figure} {unit}")
    }
}

/// Formats a number with all its digits: thousands separated by commas, a true minus sign; powers of ten only where
/// plain digits would be too long to read. Computed values should be rounded before ([`Quantity::rounded`]).
#[must_use]
pub fn number(value: f64) -> String {
    /// The precision of an `f64` in decimal digits (IEEE 754: 15.95); more digits would show binary rounding errors.
    const DIGITS: i32 = 15;
    if !value.is_finite() {
        return "unknown".to_owned();
    }
    let magnitude = value.abs();
    if magnitude != 0.0 && !(1e-6..1e15).contains(&magnitude) {
        return in_powers_of_ten(value);
    }
    let before_point = if magnitude == 0.0 { 1 } else { magnitude.log10().floor() as i32 + 1 };
    let decimals = (DIGITS - before_point).clamp(0, 20) as usize;
    let plain = format!("{magnitude:.decimals$}");
    let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
    let fraction = fraction.trim_end_matches('0');
    let sign = if value < 0.0 && plain.chars().any(|digit| matches!(digit, '1'..='9')) { "\u{2212}" } else { "" };
    let point = if fraction.is_empty() { "" } else { "." };
    format!("{sign}{}{point}{fraction}", with_separators(whole))
}

/// Formats "1.5 × 10¹⁸".
fn in_powers_of_ten(value: f64) -> String {
    let written = format!("{value:e}");
    let (factor, exponent) = written.split_once('e').unwrap_or((&written, "0"));
    format!("{}\u{202f}×\u{202f}10{}", factor.replace('-', "\u{2212}"), raised(exponent))
}

/// Formats an exponent: "¹²", or "^−12" below zero, since the bundled fonts have no superscript minus sign.
#[must_use]
pub fn raised(exponent: &str) -> String {
    const RAISED: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    if let Some(figures) = exponent.strip_prefix('-') {
        return format!("^\u{2212}{figures}");
    }
    exponent.chars().filter_map(|c| RAISED.get(c.to_digit(10)? as usize)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_people_write_them() {
        fn check(value: f64, expect: &str) {
            assert_eq!(number(value), expect);
        }
        check(0.0, "0");
        check(85.0, "85");
        check(0.220_78, "0.22078");
        check(0.019_2, "0.0192");
        check(1.0385, "1.0385");
        check(2015.75, "2,015.75");
        check(0.1 + 0.2, "0.3");
        check(1_234_567.891_234, "1,234,567.891234");
        check(4.9, "4.9");
        check(10_000.0, "10,000");
        check(5_000_000.0, "5,000,000");
        check(-1234.5, "\u{2212}1,234.5");
        check(999.999, "999.999");
        check(1.5e18, "1.5\u{202f}×\u{202f}10¹⁸");
        check(-0.000_000_01, "\u{2212}1\u{202f}×\u{202f}10^\u{2212}8");
        check(f64::NAN, "unknown");
    }

    #[test]
    fn units_stand_where_people_put_them() {
        fn check(value: f64, unit: &str, expect: &str) {
            assert_eq!(with_unit(value, unit), expect);
        }
        check(85.0, "US$ billion", "US$85 billion");
        check(3.0, "€", "€3");
        check(12.5, "%", "12.5%");
        check(10_000.0, "people a year", "10,000 people a year");
        check(7.0, "", "7");
    }

    #[test]
    fn qualifiers_survive() {
        let about = Quantity::new(10_000.0, Some(Qualifier::About));
        assert_eq!(about.words("people"), "about 10,000 people");
        let about = |value| Quantity::new(value, Some(Qualifier::About)).bare_words();
        assert_eq!(about(0.220_78), "about 0.22", "what is about a value has no digits that say more");
        assert_eq!([about(1234.5), about(12.345), about(0.0)], ["about 1,235", "about 12.35", "about 0"]);
        assert_eq!(Quantity::new(1234.5, None).bare_words(), "1,234.5");
        assert_eq!(Quantity::new(500.0, Some(Qualifier::MoreThan)).bare_words(), "more than 500");
        assert_eq!(Quantity::new(384.993_2, None).rounded(3).bare_words(), "385");
        assert_eq!(Quantity::new(0.220_78, None).rounded(2).bare_words(), "0.22");
    }
}
