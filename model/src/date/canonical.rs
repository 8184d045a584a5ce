//! The canonical text of a date, which parses to the same date: EDTF if it has a form for the date, otherwise words.

use std::fmt::{self, Write as _};
use std::str::FromStr;

use serde::de::Visitor;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::civil::Calendar;
use super::error::DateError;
use super::form::{AgeUnit, Form, Fraction, NANOS};
use super::marks::Components;
use super::mask::{Field, Mask};
use super::model::{Date, DatePart, Endpoint, Precision, SetKind, SetPart};
use super::vocabulary::{MINUS, Manner, Style, month, offset_words};
use super::words;

/// Writes the date as a text that [`Date::parse`] reads as the same date: EDTF (ISO 8601-2) if it has a form for the
/// date, otherwise words. For text meant for people see [`Date::words`].
///
/// A time of day that was moved to the axis of a [`Zone`](super::Zone) is written at its own offset from UTC.
///
/// ```
/// use longview_model::date::Date;
///
/// for (text, canonical) in [
///     ("15 March 44 BCE", "-0043-03-15"),
///     ("c. 1850", "1850~"),
///     ("the 1960s", "196X"),
///     ("since 1998", "1998/.."),
///     ("6th century BCE", "6th century BCE"),
///     ("66 million years ago", "66 Ma"),
/// ] {
///     let date = Date::parse(text)?;
///     assert_eq!(date.to_string(), canonical);
///     assert_eq!(canonical.parse::<Date>()?, date);
/// }
/// # Ok::<(), longview_model::date::DateError>(())
/// ```
impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let calendars = self.calendars();
        let names_calendar = calendars == Calendars::Mixed;
        let said = |part: &DatePart| written(part, false, names_calendar);
        match self {
            Self::Single(part) => f.write_str(&said(part))?,
            Self::Span { start, end } => {
                f.write_str(&span(start, end, &|part, words| written(part, words, names_calendar)))?;
            }
            Self::Set(set) => match set.parts.as_slice() {
                [SetPart::Before(part)] => write!(f, "before {}", said(part))?,
                [SetPart::After(part)] => write!(f, "after {}", said(part))?,
                parts => {
                    let members: Vec<String> = parts.iter().map(|part| member(part, &said)).collect();
                    match set.kind {
                        SetKind::OneOf => write!(f, "[{}]", members.join(","))?,
                        SetKind::AllOf => write!(f, "{{{}}}", members.join(","))?,
                    }
                }
            },
        }
        f.write_str(if calendars == Calendars::Julian { " (Julian)" } else { "" })
    }
}

/// Parses a date in the Gregorian calendar, as [`Date::parse`] does.
impl FromStr for Date {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Self, DateError> {
        Self::parse(text)
    }
}

/// Serializes the date as the string that [`Display`](fmt::Display) writes.
///
/// ```
/// use longview_model::date::Date;
///
/// let date: Date = serde_json::from_str("\"15 March 44 BCE\"")?;
/// assert_eq!(serde_json::to_string(&date)?, "\"-0043-03-15\"");
/// # Ok::<(), serde_json::Error>(())
/// ```
impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Deserializes the date from a string, as [`Date::parse`] does; an error says what is wrong and what to write.
impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;

        impl Visitor<'_> for Text {
            type Value = Date;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a date in a string")
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Date, E> {
                Date::parse(text).map_err(|error| match &error.hint {
                    Some(hint) => E::custom(format_args!("{text:?}: {error}; {hint}")),
                    None => E::custom(format_args!("{text:?}: {error}")),
                })
            }
        }

        deserializer.deserialize_str(Text)
    }
}

/// The calendars that the parts of a date were written in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Calendars {
    Gregorian,
    Julian,
    Mixed,
}

impl Date {
    fn calendars(&self) -> Calendars {
        let (mut julian, mut gregorian) = (false, false);
        self.each_part(&mut |part| match part.calendar {
            Calendar::Julian => julian = true,
            // An age or a week is the same in both calendars.
            Calendar::Gregorian => gregorian |= !is_in_both(part),
        });
        match (julian, gregorian) {
            (true, true) => Calendars::Mixed,
            (true, false) => Calendars::Julian,
            (false, _) => Calendars::Gregorian,
        }
    }
}

fn is_in_both(part: &DatePart) -> bool {
    matches!(part.form, Form::Ago { .. }) || part.precision == Precision::Week
}

fn span(start: &Endpoint, end: &Endpoint, said: &dyn Fn(&DatePart, bool) -> String) -> String {
    let parts = || [start, end].into_iter().filter_map(Endpoint::part);
    // Next to words, only the simplest EDTF is read.
    let needs_words = parts().any(|part| edtf(part).is_none());
    let said =
        &|part: &DatePart| said(part, needs_words && part.form == Form::Calendar && part.precision > Precision::Hour);
    let is_dual = |endpoint: &Endpoint| endpoint.part().is_some_and(|part| part.form == Form::Dual);
    if !is_dual(start) && !is_dual(end) {
        return format!("{}/{}", endpoint(start, true, said), endpoint(end, false, said));
    }
    // A dual year contains a slash, so the interval cannot use one.
    match (start, end) {
        (Endpoint::Dated(start), Endpoint::Open) => format!("since {}", said(start)),
        (Endpoint::Open, Endpoint::Dated(end)) => format!("until {}", said(end)),
        (Endpoint::Dated(start), Endpoint::Unknown) => format!("from {} to unknown", said(start)),
        (Endpoint::Unknown, Endpoint::Dated(end)) => format!("from unknown to {}", said(end)),
        _ => format!("{} – {}", endpoint(start, true, said), endpoint(end, false, said)),
    }
}

fn endpoint(endpoint: &Endpoint, is_start: bool, said: &dyn Fn(&DatePart) -> String) -> String {
    match endpoint {
        Endpoint::Dated(part) => said(part),
        Endpoint::Beyond(part) if is_start => format!("..{}", said(part)),
        Endpoint::Beyond(part) => format!("{}..", said(part)),
        Endpoint::Open => "..".to_owned(),
        Endpoint::Unknown => String::new(),
    }
}

fn member(part: &SetPart, said: &dyn Fn(&DatePart) -> String) -> String {
    match part {
        SetPart::On(part) => said(part),
        SetPart::Through(first, last) => format!("{}..{}", said(first), said(last)),
        SetPart::OnOrBefore(part) => format!("..{}", said(part)),
        SetPart::OnOrAfter(part) => format!("{}..", said(part)),
        SetPart::Before(part) => format!("before {}", said(part)),
        SetPart::After(part) => format!("after {}", said(part)),
    }
}

/// Returns the text of one part, in words if `words` is set or EDTF has no form for it.
fn written(part: &DatePart, words: bool, names_calendar: bool) -> String {
    let text = edtf(part).filter(|_| !words).unwrap_or_else(|| in_words(part));
    match part.calendar {
        _ if !names_calendar || is_in_both(part) => text,
        Calendar::Julian => format!("{text} (Julian)"),
        Calendar::Gregorian => format!("{text} (Gregorian)"),
    }
}

/// Returns the part in words, without the explanation in brackets, and without separators in its numbers, which would
/// separate the members of a set.
fn in_words(part: &DatePart) -> String {
    let manner = Manner { style: Style::Full, common_era: true };
    let body = match part.form {
        Form::Dual => dual(part, manner),
        // For a winter in a far year, the second year would not be read.
        Form::Season(24) => format!("winter {}", manner.year(part.first_civil().year)),
        _ => words::body(part, manner),
    };
    let body = body.split_once(" (").map_or(body.as_str(), |(body, _)| body);
    words::marked(part, Style::Full, &body.replace(',', ""))
}

/// Formats a dual date: "11 February 1731/32", "11 February 1699/00".
fn dual(part: &DatePart, manner: Manner) -> String {
    let civil = part.first_civil();
    let year =
        if civil.year > 1 { format!("{}/{:02}", civil.year - 1, civil.year % 100) } else { manner.year(civil.year) };
    let day = if part.precision == Precision::Day { format!("{} ", civil.day) } else { String::new() };
    format!("{day}{} {year}", month(Style::Full, civil.month))
}

/// Returns the part in EDTF, or `None` if EDTF has no form for it.
fn edtf(part: &DatePart) -> Option<String> {
    let civil = words::written_civil(part);
    let (month, day) = (|| Some(format!("{:02}", civil.month)), || Some(format!("{:02}", civil.day)));
    match part.form {
        Form::Calendar => match part.precision {
            Precision::Year => {
                let year = four_digits(civil.year).unwrap_or_else(|| format!("Y{}", civil.year));
                Some(components(part, year, None, None))
            }
            Precision::Month => Some(components(part, four_digits(civil.year)?, month(), None)),
            Precision::Day => Some(components(part, four_digits(civil.year)?, month(), day())),
            Precision::Week => week(part),
            precision if precision < Precision::Day => time(part),
            _ => None,
        },
        Form::Season(code) => Some(components(part, four_digits(civil.year)?, Some(code.to_string()), None)),
        Form::Local { .. } | Form::Zoned { .. } => time(part),
        Form::Mask(mask) => Some(masked(part, Mask(mask))),
        Form::Block => block(part),
        Form::Significant { estimate } => significant(part, estimate),
        Form::Ago { value, decimals, unit } => Some(words::marked(part, Style::Full, &age(value, decimals, unit))),
        Form::Counted | Form::Dual | Form::Winter | Form::Portion { .. } => None,
    }
}

/// Returns a year in four digits, with a minus sign before year 0, or `None` if it has more.
fn four_digits(year: i64) -> Option<String> {
    match year {
        0..=9_999 => Some(format!("{year:04}")),
        -9_999..0 => Some(format!("-{:04}", -year)),
        _ => None,
    }
}

/// Joins year, month and day with their marks: after the last component if the marks apply to the whole date, otherwise
/// before each component.
fn components(part: &DatePart, year: String, month: Option<String>, day: Option<String>) -> String {
    let is_whole = |marked: Components| marked.all() || !marked.any();
    if is_whole(part.approximate) && is_whole(part.uncertain) {
        let text: Vec<String> = [Some(year), month, day].into_iter().flatten().collect();
        return with_mark(part, text.join("-"));
    }
    let written = [Some(year), month, day].into_iter().flatten().enumerate();
    let marked = written.map(|(position, text)| {
        let has = |marked: Components| marked.contains(position);
        format!("{}{text}", mark(has(part.approximate), has(part.uncertain)))
    });
    marked.collect::<Vec<_>>().join("-")
}

/// Returns the text followed by the marks of the whole part.
fn with_mark(part: &DatePart, text: impl fmt::Display) -> String {
    format!("{text}{}", mark(part.approximate.any(), part.uncertain.any()))
}

const fn mark(approximate: bool, uncertain: bool) -> &'static str {
    match (approximate, uncertain) {
        (false, false) => "",
        (true, false) => "~",
        (false, true) => "?",
        (true, true) => "%",
    }
}

/// Returns an ISO 8601 week, `2015-W50`; it belongs to the year of its Thursday.
fn week(part: &DatePart) -> Option<String> {
    let (year, number) = part.iso_week();
    Some(with_mark(part, format_args!("{}-W{number:02}", four_digits(year).filter(|_| year >= 0)?)))
}

/// Returns a day with a time of day: `2015-12-10T14:30+09:00`.
fn time(part: &DatePart) -> Option<String> {
    let civil = words::written_civil(part);
    let day = format!("{}-{:02}-{:02}", four_digits(civil.year)?, civil.month, civil.day);
    let mut text = format!("{day}T{:02}", civil.hour);
    // Writing to a string cannot fail.
    if part.precision <= Precision::Minute {
        let _ = write!(text, ":{:02}", civil.minute);
    }
    if part.precision <= Precision::Second {
        let Fraction { nanos, digits } = part.fraction();
        // A leap second is stored in the second before it.
        let (second, nanos) = if nanos >= NANOS { (civil.second + 1, nanos - NANOS) } else { (civil.second, nanos) };
        let _ = write!(text, ":{second:02}");
        if digits > 0 {
            let fraction = format!("{nanos:09}");
            let _ = write!(text, ".{}", fraction.get(..usize::from(digits)).unwrap_or(&fraction));
        }
    }
    match part.form {
        Form::Zoned { offset, .. } if offset.seconds() == 0 => text.push('Z'),
        Form::Zoned { offset, .. } => text.push_str(&offset_words(offset.seconds()).replace(MINUS, "-")),
        _ => {}
    }
    Some(with_mark(part, text))
}

/// Returns digits of which some are unspecified: `1560-X2`.
fn masked(part: &DatePart, mask: Mask) -> String {
    let digit = |digit: Option<u8>| digit.map_or('X', |digit| char::from(b'0' + digit));
    let field = |Field(digits): Field| digits.map(digit).iter().collect::<String>();
    let sign = if part.first_civil().year < 0 { "-" } else { "" };
    let year = format!("{sign}{}", mask.year().map(digit).iter().collect::<String>());
    components(part, year, mask.month().map(field), mask.day().map(field))
}

/// Returns years with the same first digits: `156X`, "1560s BCE".
fn block(part: &DatePart) -> Option<String> {
    let (first, last) = (part.first_civil().year, part.last_civil().year);
    let power = match part.precision {
        Precision::Decade => 1,
        Precision::Century => 2,
        Precision::Millennium => 3,
        _ => return None,
    };
    let size = 10_i64.pow(power as u32);
    let masked = |year: i64| format!("{:0width$}{}", year / size, "X".repeat(power), width = 4 - power);
    // Negative years with unspecified digits do not include year 0.
    let nearest = if last == -1 { 0 } else { -last };
    let named = 1 - last;
    if (0..=9_999).contains(&first) && first % size == 0 {
        Some(with_mark(part, masked(first)))
    } else if (-9_999..0).contains(&first) && nearest % size == 0 && -first == nearest + size - 1 {
        Some(with_mark(part, format_args!("-{}", masked(nearest))))
    } else if last <= 0 && named % size == 0 && (power == 2 || named % 100 != 0) {
        // "1900s BCE" is read as a hundred years.
        Some(words::marked(part, Style::Full, &format!("{named}s BCE")))
    } else {
        None
    }
}

/// Returns years with the same significant digits: `1950S2`, `Y171010000S3`.
fn significant(part: &DatePart, estimate: Option<u32>) -> Option<String> {
    let (first, last) = (part.first_civil().year, part.last_civil().year);
    let power = (last - first + 1).checked_ilog10()?;
    let year = first + i64::from(estimate.unwrap_or_default());
    let width = year.unsigned_abs().checked_ilog10().map_or(1, |log| log + 1).max(4);
    let digits = width.checked_sub(power).filter(|digits| *digits > 0)?;
    let text = four_digits(year).unwrap_or_else(|| format!("Y{year}"));
    Some(with_mark(part, format_args!("{text}S{digits}")))
}

/// Returns an age before 1950: `66 Ma`, `13.80 Ga`.
fn age(value: u32, decimals: u8, unit: AgeUnit) -> String {
    let unit = match unit {
        AgeUnit::Thousand => "ka",
        AgeUnit::Million => "Ma",
        AgeUnit::Billion => "Ga",
    };
    let decimals = usize::from(decimals);
    let scale = 10_u64.saturating_pow(decimals as u32);
    let (whole, rest) = (u64::from(value) / scale, u64::from(value) % scale);
    if decimals == 0 { format!("{whole} {unit}") } else { format!("{whole}.{rest:0decimals$} {unit}") }
}
