//! One EDTF date, levels 0 to 2, through `edtf_core`. Intervals and sets are taken apart before they come here.

use edtf_core::{Bound, DateField, Edtf, ParseError, YearKind};

use super::civil::Calendar;
use super::mask::Mask;
use super::model::{DatePart, Form, Precision, Qualifier};
use super::parts;

/// Why a text is not a date that can be held.
pub(super) enum Refusal {
    /// Not EDTF; the offset is within the text given.
    Syntax(ParseError),
    /// The year is beyond the limit.
    TooFar,
    /// Julian months and days cannot have unspecified digits.
    JulianMask,
}

/// Reads one date, which may have masks, seasons, `Y` years, exponents and significant digits.
pub(super) fn read(text: &str, calendar: Calendar) -> Result<DatePart, Refusal> {
    match Edtf::parse(text) {
        Ok(Edtf::Date(date)) => {
            let qualifier = Qualifier { approximate: date.is_approximate(), uncertain: date.is_uncertain() };
            convert(&date, calendar).map(|part| part.qualified(qualifier))
        }
        Ok(_) => Err(Refusal::Syntax(ParseError { message: "a single date is expected here", offset: 0 })),
        Err(error) => Err(Refusal::Syntax(error)),
    }
}

fn convert(date: &edtf_core::Date, calendar: Calendar) -> Result<DatePart, Refusal> {
    let month_masked = [date.month, date.day].into_iter().flatten().any(DateField::has_unspecified);
    if calendar == Calendar::Julian && month_masked {
        return Err(Refusal::JulianMask);
    }
    let Some(year) = date.year.value() else {
        return if date.year.has_unspecified() { Ok(masked(date)) } else { Err(Refusal::TooFar) };
    };
    if !parts::in_range(year) {
        return Err(Refusal::TooFar);
    }
    if month_masked {
        return Ok(masked(date));
    }
    if let Some(digits) = date.year.significant_digits {
        return Ok(significant(year, width(&date.year.kind), digits));
    }
    Ok(match (date.month.and_then(DateField::value), date.day.and_then(DateField::value)) {
        (None, _) => parts::year(calendar, year),
        (Some(month), Some(day)) => parts::day(calendar, year, month, day),
        (Some(month @ 1..=12), None) => parts::month(calendar, year, month),
        (Some(code), None) => parts::season(calendar, year, code),
    })
}

/// A date with unspecified digits: everything from the first day that fits to the last.
fn masked(date: &edtf_core::Date) -> DatePart {
    let bounds = Edtf::Date(*date).bounds();
    // The parser lets nothing through that has no completion, so both bounds are days.
    let (Bound::Date(first), Bound::Date(last)) = (bounds.earliest, bounds.latest) else {
        return parts::span_of_years(Calendar::Gregorian, 0, 9_999, Precision::TenThousandYears, Form::Block);
    };
    let extent = parts::day(Calendar::Gregorian, first.year, first.month, first.day)
        .extent
        .hull(parts::day(Calendar::Gregorian, last.year, last.month, last.day).extent);
    let mask = Mask::new(&date.year, date.month, date.day);
    let year = mask.year();
    let precision = match year.iter().position(Option::is_none) {
        Some(first) => Precision::of_power([4, 3, 2, 1][first.min(3)]),
        None if date.month.is_some_and(DateField::has_unspecified) => Precision::Year,
        None => Precision::Month,
    };
    let known = year.iter().take_while(|digit| digit.is_some()).count();
    let only_last_digits = date.month.is_none() && known > 0 && year[known..].iter().all(Option::is_none);
    let form = if only_last_digits { Form::Block } else { Form::Mask(mask.0) };
    DatePart::new(extent, precision, Calendar::Gregorian, form)
}

/// The years that share the first `digits` of the `width` digits of `year`.
fn significant(year: i64, width: u32, digits: u32) -> DatePart {
    let power = width.saturating_sub(digits).min(11);
    let size = 10_i64.pow(power);
    let nearer = year.abs() - year.abs() % size;
    let further = nearer + size - 1;
    let (first, last) = if year < 0 { (-further, -nearer) } else { (nearer, further) };
    let form = Form::Significant { estimate: u32::try_from(year - first).ok() };
    parts::span_of_years(Calendar::Gregorian, first, last, Precision::of_power(power), form)
}

/// The digits of a year as its form counts them.
fn width(kind: &YearKind) -> u32 {
    let digits = |value: i64| value.unsigned_abs().checked_ilog10().map_or(1, |log| log + 1);
    match *kind {
        YearKind::Standard { .. } => 4,
        YearKind::Big { value } => digits(value),
        YearKind::Exponential { significand, exponent } => digits(significand).saturating_add(exponent),
    }
}
