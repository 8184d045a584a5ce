//! Reads one EDTF date, levels 0 to 2, with `edtf_core`. Intervals and sets are split before.

use edtf_core::{DateField, Edtf, ParseError, YearKind};

use super::civil::Calendar;
use super::form::Form;
use super::marks::{Components, Marks, Qualifier};
use super::mask::Mask;
use super::model::{DatePart, Precision};
use super::parts;

/// Why a text is not a date that can be represented.
pub(super) enum Refusal {
    /// Not EDTF; the offset is relative to the text given.
    Syntax(ParseError),
    /// The year is outside the supported range.
    TooFar,
}

/// Reads one date; masks, seasons, `Y` years, exponents and significant digits are allowed.
pub(super) fn read(text: &str, calendar: Calendar) -> Result<DatePart, Refusal> {
    let unsigned = without_sign(text);
    match Edtf::parse(unsigned.as_deref().unwrap_or(text)) {
        Ok(Edtf::Date(date)) => convert(&date, unsigned.is_some(), calendar).map(|part| part.marked(marks(&date))),
        Ok(_) => Err(Refusal::Syntax(ParseError { message: "a single date is expected here", offset: 0 })),
        Err(error) => Err(Refusal::Syntax(error)),
    }
}

/// Returns a negative year with unspecified digits, `-01XX`, without its sign, or `None` for any other text. ISO 8601-2
/// allows an X anywhere in a component, but `edtf_core` does not after a sign. Leap years are the same on both sides of
/// year 0.
fn without_sign(text: &str) -> Option<String> {
    let (mark, rest) = text.split_at(text.find('-').filter(|&at| at <= 1)?);
    let rest = rest.get(1..)?;
    let year = rest.get(..4)?;
    let masked = year.contains('X') && year.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'X'));
    (masked && matches!(mark, "" | "?" | "~" | "%")).then(|| format!("{mark}{rest}"))
}

/// Returns the marks of each component.
fn marks(date: &edtf_core::Date) -> Marks {
    let mut marks = Marks::default();
    let written = [Some(date.year.qualifier), date.month.map(|f| f.qualifier), date.day.map(|f| f.qualifier)];
    let mut count = 0;
    for (position, qualifier) in written.into_iter().enumerate() {
        if let Some(edtf_core::Qualifier { approximate, uncertain }) = qualifier {
            marks.put(Qualifier { approximate, uncertain }, Components::at(position));
            count = position + 1;
        }
    }
    marks.of(count)
}

/// Converts the date; `negative` is set if its sign has been removed.
fn convert(date: &edtf_core::Date, negative: bool, calendar: Calendar) -> Result<DatePart, Refusal> {
    let masked = [date.month, date.day].into_iter().flatten().any(DateField::has_unspecified);
    if masked || date.year.has_unspecified() {
        let negative = negative || matches!(date.year.kind, YearKind::Standard { negative: true, .. });
        let none = ParseError { message: "no day has these digits", offset: 0 };
        return Mask::new(&date.year, date.month, date.day).date(negative, calendar).ok_or(Refusal::Syntax(none));
    }
    let year = date.year.value().filter(|year| parts::in_range(*year)).ok_or(Refusal::TooFar)?;
    if let Some(digits) = date.year.significant_digits {
        return Ok(significant(calendar, year, width(&date.year.kind), digits));
    }
    Ok(match (date.month.and_then(DateField::value), date.day.and_then(DateField::value)) {
        (None, _) => parts::year(calendar, year),
        (Some(month), Some(day)) => parts::day(calendar, year, month, day),
        (Some(month @ 1..=12), None) => parts::month(calendar, year, month),
        (Some(code), None) => parts::season(calendar, year, code),
    })
}

/// Returns the years that share the first `digits` of the `width` digits of `year`.
fn significant(calendar: Calendar, year: i64, width: u32, digits: u32) -> DatePart {
    let power = width.saturating_sub(digits).min(11);
    let size = 10_i64.pow(power);
    let nearer = year.abs() - year.abs() % size;
    let further = nearer + size - 1;
    let (first, last) = if year < 0 { (-further, -nearer) } else { (nearer, further) };
    let form = Form::Significant { estimate: u32::try_from(year - first).ok() };
    parts::span_of_years(calendar, first, last, Precision::of_power(power), form)
}

/// Returns the number of digits that a year has in its form.
fn width(kind: &YearKind) -> u32 {
    let digits = |value: i64| value.unsigned_abs().checked_ilog10().map_or(1, |log| log + 1);
    match *kind {
        YearKind::Standard { .. } => 4,
        YearKind::Big { value } => digits(value),
        YearKind::Exponential { significand, exponent } => digits(significand).saturating_add(exponent),
    }
}
