//! Cautions about texts that may have another meaning. The rules are in the documentation of [`super`].

use std::ops::Range;

use super::error::{Caution, DateError};
use super::form::Form;
use super::joint::Joint;
use super::marks::Qualifier;
use super::model::{DatePart, Precision};
use super::vocabulary::Manner;
use super::vocabulary::{self, Style, grouped};
use super::words;
use super::written::{Number, Unit, Written};

/// Adds the cautions about the EDTF date in `text[range]`, which has been read as `part`.
pub(super) fn of_iso(text: &str, range: Range<usize>, part: &DatePart, cautions: &mut Vec<Caution>) {
    let mut mark = Qualifier::default();
    let marks = text[range.clone()].bytes().take_while(|&byte| mark.add(byte)).count();
    let range = range.start + marks..range.end;
    let written = &text[range.clone()];
    match written.as_bytes() {
        [b'-', ..] | [b'Y', b'-', ..] => cautions.extend(before_year_one(written, range, part)),
        [b'0', b'0', b'0', b'0', rest @ ..] if rest.first() != Some(&b'S') => {
            let year = range.start..range.start + 4;
            let message = "0000 is an astronomical year: it means 1 BCE, not AD 1";
            cautions.push(Caution::new(year.clone(), message).replace(year, "0001"));
        }
        [b'0'..=b'9', ..] => cautions.extend(season_or_years(written, range, part)),
        _ => {}
    }
}

/// Returns the caution about a year with a minus sign, which may have been meant as a year BCE; the two differ by one.
fn before_year_one(written: &str, range: Range<usize>, part: &DatePart) -> Option<Caution> {
    let after_sign = written.find('-')? + 1;
    let length = written[after_sign..].bytes().take_while(|byte| matches!(byte, b'0'..=b'9' | b'X')).count();
    let year = &written[..after_sign + length];
    // With an exponent or significant digits, one year more or less does not matter.
    if written[year.len()..].starts_with(['E', 'S']) {
        return None;
    }
    let digits = &year[after_sign..];
    let range = range.start..range.start + year.len();
    if digits.contains('X') {
        return masked_before_year_one(year, digits, range, part);
    }
    let value: u64 = digits.parse().ok().filter(|&value| value > 0)?;
    let meant = match value - 1 {
        0 => "0000".to_owned(),
        before @ 1..=9_999 => format!("-{before:04}"),
        before => format!("Y-{before}"),
    };
    let message =
        format!("{year} is an astronomical year: it means {} BCE, not {} BCE", grouped(value + 1), grouped(value));
    Some(Caution::new(range.clone(), message).replace(range, meant))
}

/// `-01XX` is 200 to 101 BCE, where 199 to 100 BCE may have been meant. Other masks cannot be expressed in such words.
fn masked_before_year_one(year: &str, digits: &str, range: Range<usize>, part: &DatePart) -> Option<Caution> {
    let known = digits.find('X')?;
    if known == 0 || digits[known..].contains(|c| c != 'X') || part.precision < Precision::Decade {
        return None;
    }
    let first: u64 = digits.replace('X', "0").parse().ok()?;
    let last: u64 = digits.replace('X', "9").parse().ok()?;
    let message = format!(
        "{year} counts astronomical years: it means {} to {} BCE, not {} to {} BCE",
        grouped(last + 1),
        grouped((first + 1).max(2)),
        grouped(last),
        grouped(first.max(1))
    );
    let meant = if first > 0 && (last - first == 9 || first.is_multiple_of(100)) {
        format!("{first}s BCE")
    } else {
        format!("{last} BCE/{} BCE", first.max(1))
    };
    Some(Caution::new(range.clone(), message).replace(range, meant))
}

/// Returns the two years of `1929-39` if the second may also be the code of a season, quarter, third or half.
pub(super) fn years_like_season(written: &str) -> Option<(u16, u16)> {
    let (year, code) = (written.get(..4)?, written.get(5..7)?);
    let (year, code): (u16, u16) = (year.parse().ok()?, code.parse().ok()?);
    let both = written.as_bytes().get(4) == Some(&b'-') && (21..=41).contains(&code) && code > year % 100;
    both.then(|| (year, year - year % 100 + code))
}

fn season_or_years(written: &str, range: Range<usize>, part: &DatePart) -> Option<Caution> {
    let (first, last) = years_like_season(written)?;
    let range = range.start..range.start + 7;
    let manner = Manner { style: Style::Full, common_era: false };
    let message = format!(
        "{} is read as {}, as EDTF has it, not as the years {first} to {last}",
        &written[..7],
        words::body(part, manner)
    );
    // In a set or a list an interval cannot contain a slash.
    let joined = |joint: &str| format!("{first:04}{joint}{last:04}");
    let caution = Caution::new(range.clone(), message).replace(range.clone(), joined("/"));
    Some(caution.or_else(range.clone(), joined("..")).or_else(range, joined("\u{2013}")))
}

/// Refuses a month or the code of a season after "c.", as two years are just as likely: "c. 1930-35".
pub(super) fn years_or_part_of_year(text: &str, range: Range<usize>) -> Result<(), DateError> {
    let written = text[range.clone()].trim_end_matches(['?', '~', '%']);
    let (Some(year), Some(b'-')) = (written.get(..4), written.as_bytes().get(4)) else {
        return Ok(());
    };
    let (Ok(first), Some(Ok(last))) = (year.parse::<u16>(), written.get(5..).map(str::parse::<u16>)) else {
        return Ok(());
    };
    let is_code = (1..=12).contains(&last) || (21..=41).contains(&last);
    let span = first - first % 100 + last;
    if !is_code || span <= first {
        return Ok(());
    }
    let error = DateError::ambiguous(range, format!("{written} may be two years or one part of a year"));
    Err(error.replace(0..text.len(), format!("{year}~/{span:04}~")).replace(0..text.len(), format!("{written}~")))
}

/// Refuses the code of a season after "from", as two years are likelier: "from 1914-21".
pub(super) fn years_or_season(text: &str, range: Range<usize>) -> Result<(), DateError> {
    let Some((first, last)) = years_like_season(&text[range.clone()]) else { return Ok(()) };
    let written = &text[range.clone()];
    let error = DateError::ambiguous(range, format!("{written} may be two years or one part of a year"));
    Err(error.replace(0..text.len(), format!("{first:04}/{last:04}")).replace(0..text.len(), format!("{written}/..")))
}

/// Returns the error for "between" without two dates after it; "between 1345-7" may be two.
pub(super) fn between_one(text: &str, range: Range<usize>) -> DateError {
    let error = DateError::new(range.end..range.end, "\"between\" is followed by two dates");
    let Some((first, last)) = text[range.clone()].trim_end_matches(['?', '~', '%']).split_once('-') else {
        return error;
    };
    let head = first.get(..first.len().saturating_sub(last.len())).unwrap_or_default();
    error.replace(range, format!("{first} and {head}{last}"))
}

/// Returns the caution about `1500s`, which may be a hundred years or ten. `range` covers the number and its "s".
pub(super) fn hundred_years(value: i64, before: bool, decade: bool, range: Range<usize>) -> Caution {
    let size = if decade { 10 } else { 100 };
    let (first, last, era) = if before { (value + size - 1, value, " BCE") } else { (value, value + size - 1, "") };
    let (read, other) = if decade { ("ten", "a hundred") } else { ("a hundred", "ten") };
    let message = format!("{value}s is read as {read} years, {first} to {last}{era}, not as {other}");
    let other = match (decade, before) {
        (true, false) => format!("{:02}XX", value / 100),
        (false, false) => format!("{:03}X", value / 10),
        (true, true) => format!("{} BCE/{value}", value + 99),
        (false, true) => format!("{} BCE/{value}", value + 9),
    };
    Caution::new(range.clone(), message).replace(range, other)
}

// ------------------------------------------------------------------------------------------------- open sides

/// Returns the caution about "before 1914", which may or may not include 1914.
pub(super) fn limit(text: &str, range: Range<usize>, named: Range<usize>, before: bool) -> Caution {
    let date = &text[named];
    let (written, edge, other) = if before {
        ("before", "ending where it begins", "earlier")
    } else {
        ("after", "beginning where it ends", "later")
    };
    let message = format!("\"{written} {date}\" is read as {edge}, {date} itself left out");
    // In a list "or" separates the dates.
    let in_list = if before { format!("by {date}") } else { format!("not before {date}") };
    Caution::new(range.clone(), message).replace(range.clone(), format!("{date} or {other}")).or_else(range, in_list)
}

/// Returns the caution about `2004..`, which may be a date in or after 2004, or the whole time from 2004 on.
pub(super) fn dots(text: &str, range: Range<usize>, inner: Range<usize>, before: bool) -> Caution {
    let date = &text[inner];
    let (message, other) = if before {
        (
            format!("..{date} is read as a date in or before {date}, not as all the time until then"),
            format!("../{date}"),
        )
    } else {
        (
            format!("{date}.. is read as a date in or after {date}, not as the time that goes on from it"),
            format!("{date}/.."),
        )
    };
    Caution::new(range.clone(), message).replace(range, other)
}

/// `[1862-1865]`, which may be a span in the brackets of a catalogue, or one of the dates.
pub(super) fn bracketed_span(text: &str, inner: Range<usize>, first: &DatePart, last: &DatePart) -> Caution {
    let range = inner.start.saturating_sub(1)..(inner.end + 1).min(text.len());
    let message = format!("[{}] is read as a span in brackets, not as one of its dates", &text[inner]);
    let caution = Caution::new(range, message);
    match (edtf(first), edtf(last)) {
        (Some(first), Some(last)) => caution.replace(0..text.len(), format!("[{first}..{last}]")),
        _ => caution,
    }
}

/// Returns a year, month or day in EDTF, or `None` if the part is none of these.
fn edtf(part: &DatePart) -> Option<String> {
    let civil = part.first_civil();
    let year = match civil.year {
        year @ 0..=9_999 => format!("{year:04}"),
        year @ -9_999..0 => format!("-{:04}", -year),
        _ => return None,
    };
    if part.form != Form::Calendar {
        return None;
    }
    match part.precision {
        Precision::Year => Some(year),
        Precision::Month => Some(format!("{year}-{:02}", civil.month)),
        Precision::Day => Some(format!("{year}-{:02}-{:02}", civil.month, civil.day)),
        _ => None,
    }
}

// ------------------------------------------------------------------------------------------------- winters, dual years

/// Returns the caution about "winter 1965", which may be the one that began in 1964.
pub(super) fn winter(written: &Written, year: i64) -> Caution {
    let named = |year: i64| vocabulary::year(year, false);
    let range = written.range.clone();
    let message = format!("winter {0} is read as the one from December {0} on, not as the one before", named(year));
    let other = match (year - 1, year.rem_euclid(100)) {
        (first @ 100.., last) => format!("winter {first}/{last:02}"),
        (first, _) => format!("winter {}/{}", named(first), named(year)),
    };
    let caution = Caution::new(range.clone(), message).replace(range.clone(), other);
    // Next to a slash only EDTF is read.
    if year > 0 { caution.or_else(range, format!("{:04}-24", year - 1)) } else { caution }
}

/// Returns the caution about a dual year without "(Julian)": nearly all dates with dual years are Julian.
///
/// After a span the word applies to both of its ends.
pub(super) fn dual_year(text: &str, range: Range<usize>) -> Caution {
    let message = "the date is read as Gregorian; dates with dual years are nearly all Julian";
    let end = text.trim_end().len();
    Caution::new(range.end..range.end, message).replace(end..end, " (Julian)")
}

/// Returns the error for a dual year without a month or a winter.
pub(super) fn dual_year_alone(range: Range<usize>) -> DateError {
    DateError::new(range, "a dual year belongs to a day, a month or a winter")
}

/// Returns the error for "summer 1916/17".
pub(super) fn season_of_two_years(written: &Written, year: i64, code: u8) -> DateError {
    DateError::ambiguous(written.range.clone(), "only a winter is in two years")
        .instead(format!("{:04}-{code}/{year:04}-{code}", year - 1))
        .instead(format!("{:04}-{code}/{year:04}", year - 1))
}

/// Returns the caution about `1750/51` alone, which may be a dual year.
pub(super) fn dual_year_as_span(left: &Written, expanded: &Number, joint: &Joint) -> Option<Caution> {
    let Joint::Slash(_) = joint else { return None };
    let range = left.range.start..expanded.range.end;
    let (first, last) = (expanded.value - 1, expanded.value);
    let message = format!("{first}/{last} is read as two years, not as a dual year, which is {last} by the new style");
    Some(Caution::new(range.clone(), message).replace(range, format!("{last:04}")))
}

/// Refuses "21 February 1750/1751", which may be a dual year or a span to the end of 1751.
pub(super) fn dual_year_or_span(left: &Written, right: &Written, joint: &Joint) -> Result<(), DateError> {
    let (Joint::Slash(at) | Joint::Dash(at), Some(first), Some(last)) = (joint, &left.number, &right.number) else {
        return Ok(());
    };
    // "March 1965 – 1966" is a span; "summer 1965–66" may be one summer of the southern hemisphere.
    let named = left.season.is_some() || left.month.is_some() && matches!(joint, Joint::Slash(_));
    if !named || left.year_first || !right.is_number_alone() || first.value + 1 != last.value {
        return Ok(());
    }
    let whole = left.range.start..right.range.end;
    let error = DateError::ambiguous(whole.clone(), "this may be a dual year, or a span to the end of the second year")
        .replace(at.start..last.range.end, format!("/{:02}", last.value % 100));
    Err(match (iso(left), left.season) {
        (Some(start), Some(code)) if code != 24 => error
            .replace(whole.clone(), format!("{start}/{:04}-{code}", last.value))
            .replace(whole, format!("{start}/{:04}", last.value)),
        (Some(start), _) => error.replace(whole, format!("{start}/{:04}", last.value)),
        (None, _) => error,
    })
}

// ------------------------------------------------------------------------------------------------- short years

/// Returns the date in EDTF without its marks, or `None` if it has no such form.
fn iso(written: &Written) -> Option<String> {
    let number = written.number.as_ref().filter(|number| written.unit == Unit::Year && number.decimals == 0)?;
    let value = i64::try_from(number.value).ok()?;
    let value = if written.era.as_ref().is_some_and(|era| era.before) { 1 - value } else { value };
    let year = if value < 0 { format!("-{:04}", -value) } else { format!("{value:04}") };
    Some(match (written.season, written.month, &written.day) {
        (Some(code), _, None) => format!("{year}-{code}"),
        (None, None, None) => year,
        (None, Some(month), None) => format!("{year}-{month:02}"),
        (None, Some(month), Some(day)) => format!("{year}-{month:02}-{:02}", day.value),
        _ => return None,
    })
}

/// Returns the error for "11 February 1731–32" and "summer 1916–17": the second number may be a year or a part of a
/// dual year.
pub(super) fn short_year_after_month(left: &Written, last: &Number, joint: &Joint) -> DateError {
    let error = DateError::ambiguous(last.range.clone(), "after a month or season a year is written in full");
    let Some(first) = left.number.as_ref() else { return error };
    let joint = joint.range().start..last.range.end;
    let whole = left.range.start..last.range.end;
    let expanded = first.value - first.value % 100 + last.value;
    let error = if expanded == first.value + 1 { error.replace(joint, format!("/{:02}", last.value)) } else { error };
    match iso(left).filter(|_| expanded > first.value) {
        Some(start) => error.replace(whole, format!("{start}/{expanded:04}")),
        None => error,
    }
}

/// Returns the error for "327–21 BCE", which may end in 321 or in 21.
pub(super) fn short_year_before_era(left: &Written, right: &Written, expanded: &Number) -> DateError {
    let error = DateError::ambiguous(expanded.range.clone(), "this may be a year in full, or the end of one");
    let (Some(first), Some(last)) = (left.number.as_ref(), right.number.as_ref().or(right.day.as_ref())) else {
        return error;
    };
    let whole = left.range.start..right.range.end;
    error
        .replace(whole.clone(), format!("{} BCE/{} BCE", first.value, expanded.value))
        .replace(whole, format!("{} BCE/{} BCE", first.value, last.value))
}

/// Refuses "28 February 1900 or 1901": the second date may be the same day or a whole year.
pub(super) fn year_or_same_day(left: &Written, right: &Written, joint: &Joint) -> Result<(), DateError> {
    let named = left.month.is_some() || left.season.is_some();
    let (Joint::List, true, false, true) = (joint, named, left.year_first, right.is_number_alone()) else {
        return Ok(());
    };
    let (Some(first), Some(last)) = (iso(left), &right.number) else { return Ok(()) };
    let other = iso(&Written { number: right.number.clone(), ..left.clone() });
    let error =
        DateError::ambiguous(right.range.clone(), "this may be the same day or month of that year, or all of it");
    let error = match other {
        Some(other) => error.replace(left.range.start..right.range.end, format!("[{first},{other}]")),
        None => error,
    };
    Err(error.replace(left.range.start..right.range.end, format!("[{first},{:04}]", last.value)))
}

/// Returns the error for an end before its start if the year of the end was left out: "25 Dec 2015 – 2 Jan".
pub(super) fn end_in_next_year(range: Range<usize>, end: &Written) -> Option<DateError> {
    let year = end.number.as_ref()?.value + 1;
    let at = range.end;
    Some(DateError::ambiguous(range, "the end is before the start").replace(at..at, format!(" {year}")))
}

/// Returns the error for "1998–05": the end is before the start, unless it is in the next century.
pub(super) fn short_year_backwards(first: &Number, expanded: &Number, joint: &Joint) -> DateError {
    let size = if expanded.value / 10 == first.value / 10 { 10 } else { 100 };
    let whole = first.range.start..expanded.range.end.max(joint.range().end);
    DateError::ambiguous(expanded.range.clone(), "the end is before the start")
        .replace(whole, format!("{:04}/{:04}", first.value, expanded.value + size))
}

/// Refuses "2000 - 05" and `1910/12`, in which the second number may be a month or a year.
pub(super) fn month_or_year(text: &str, first: &Number, last: &Number, joint: &Joint) -> Result<(), DateError> {
    let slash = matches!(joint, Joint::Slash(_));
    let follows = (first.value + 1) % 10 == last.value && last.digits == 1;
    let may_be_month = (1..=12).contains(&last.value) && first.digits == 4;
    let as_month = slash && !follows || joint.is_hyphen(text) && last.digits == 2;
    if !may_be_month || !as_month {
        return Ok(());
    }
    let size = if last.digits == 1 { 10 } else { 100 };
    let span = first.value - first.value % size + last.value;
    let whole = first.range.start..last.range.end;
    let month = format!("{:04}-{:02}", first.value, last.value);
    let error =
        DateError::ambiguous(whole.clone(), "the second number may be a month or a year").replace(whole.clone(), month);
    Err(if span > first.value { error.replace(whole, format!("{:04}/{span:04}", first.value)) } else { error })
}

// ------------------------------------------------------------------------------------------------- ends of a span

/// Refuses "44 BCE – 14" and "500 BCE – 300", whose end may be in either era.
pub(super) fn era_of_end(left: &Written, right: &Written) -> Result<(), DateError> {
    let (Some(first), Some(last)) = (&left.number, right.number.as_ref().or(right.day.as_ref())) else {
        return Ok(());
    };
    // Four digits with leading zeros are an ISO 8601 year.
    let in_full = last.digits > 2 && (last.value >= first.value || last.digits == 4 && last.value < 1_000);
    let alone = right.is_number_alone() || right.unit == left.unit && right.number.is_some();
    if in_full && right.unit == Unit::Year || !alone || right.unit != Unit::Year && last.value >= first.value {
        return Ok(());
    }
    let end = right.range.end;
    let error =
        DateError::ambiguous(right.range.clone(), "the era of the end is not certain").replace(end..end, " BCE");
    Err(error.replace(end..end, " CE"))
}

/// Refuses "1900 to 1915-21": a season that looks like two years is not accepted as an end of a span in words.
pub(super) fn years_in_span(text: &str, left: &Written, right: &Written, joint: &Joint) -> Result<(), DateError> {
    let Joint::Dash(_) = joint else { return Ok(()) };
    for side in [left, right] {
        if let Some(range) = side.iso.clone()
            && let Some((first, last)) = years_like_season(&text[range.clone()])
        {
            let message = format!("this may be a part of {first}, or the years {first} to {last}");
            let whole = left.range.start..right.range.end;
            let ends = (&text[left.range.clone()], &text[right.range.clone()]);
            return Err(DateError::ambiguous(range, message).replace(whole, format!("{}/{}", ends.0, ends.1)));
        }
    }
    Ok(())
}

/// Refuses `-1609 -1607`: the second minus may be a sign or a dash.
pub(super) fn second_minus(text: &str, left: &Written, right: &Written, joint: &Joint) -> Result<(), DateError> {
    let (Joint::Dash(dash), Some(start)) = (joint, &left.iso) else { return Ok(()) };
    let spaced = text[..dash.start].ends_with(' ') && !text[dash.end..].starts_with(' ');
    if !spaced || !joint.is_hyphen(text) || !text[start.clone()].starts_with('-') || !right.is_number_alone() {
        return Ok(());
    }
    let (first, last) = (&text[start.clone()], &text[right.range.clone()]);
    let whole = left.range.start..right.range.end;
    Err(DateError::ambiguous(whole.clone(), "the second minus may be a sign or a dash")
        .replace(whole.clone(), format!("{first}/-{last}"))
        .replace(whole, format!("{first}/{last}")))
}

/// Refuses `1912-04-14/15`: an ISO date does not take omitted components from the other end.
pub(super) fn after_iso(text: &str, left: &Written, right: &Written) -> Result<(), DateError> {
    let Some(start) = left.iso.clone().filter(|_| right.is_number_alone() && right.number.is_none()) else {
        return Ok(());
    };
    let start = text[start].trim_end_matches(['?', '~', '%']);
    let error = DateError::ambiguous(right.range.clone(), "after an ISO date the end is written in full");
    let (Some(day), Some(head)) = (&right.day, start.rfind('-').map(|at| &start[..at])) else {
        return Err(error);
    };
    let whole = left.range.start..right.range.end;
    Err(error.replace(whole, format!("{start}/{head}-{:02}", day.value)))
}

/// The end of a span whose mark may be meant for both ends.
#[derive(Copy, Clone)]
pub(super) enum OneEnd {
    /// "c." before the start.
    Start,
    /// A mark after the end.
    End,
}

/// Returns the end whose mark may be meant for both: "c. 1850–1860", "1868–1871?". On either side of a slash a complete
/// date has its own mark: "7 Ma/6 Ma?".
pub(super) fn mark_of_one_end(text: &str, left: &Written, right: &Written) -> Option<OneEnd> {
    let none = Qualifier::default();
    let joint = text.get(left.range.end..right.range.start).unwrap_or_default();
    let is_whole = |end: &Written| end.era.is_some() || !end.is_number_alone();
    if joint.contains('/') && is_whole(left) && is_whole(right) {
        return None;
    }
    if left.qualifier != none && right.qualifier == none {
        return left.about.then_some(OneEnd::Start);
    }
    let after = text[right.range.clone()].trim_end_matches([')', ']']).ends_with(['?', '~', '%']);
    (left.qualifier == none && right.qualifier != none && after).then_some(OneEnd::End)
}

/// Returns the caution for a "c." before the first date of a list.
pub(super) fn of_first_member(text: &str, left: &Written) -> Caution {
    let mark = if left.qualifier.uncertain { "possibly " } else { "c. " };
    let message = "the mark is read as that of the first alone, not of all";
    let caution = Caution::new(left.range.clone(), message);
    let list = [" or ", " and "].iter().find_map(|joint| Some((text[left.range.end..].find(joint)?, joint.len())));
    match list {
        Some((at, length)) => {
            let at = left.range.end + at + length;
            caution.replace(at..at, mark)
        }
        None => caution,
    }
}

/// Returns the caution for a mark at one end of a span. Both dates are complete at this point.
pub(super) fn of_one_end(end: OneEnd, left: &Written, right: &Written) -> Caution {
    let (side, name) = match end {
        OneEnd::Start => (left, "start"),
        OneEnd::End => (right, "end"),
    };
    let mark = match (side.qualifier.approximate, side.qualifier.uncertain) {
        (true, true) => '%',
        (true, false) => '~',
        _ => '?',
    };
    let message = format!("the mark is read as that of the {name} alone, not of both");
    let caution = Caution::new(side.range.clone(), message);
    match (iso(left), iso(right)) {
        (Some(first), Some(last)) => {
            let range = left.range.start..right.range.end;
            let both = |joint: &str| format!("{first}{mark}{joint}{last}{mark}");
            // After "between" a slash is not read.
            caution.replace(range.clone(), both("/")).or_else(range, both(" and "))
        }
        _ => caution,
    }
}
