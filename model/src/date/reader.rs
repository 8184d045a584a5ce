//! Reads a date: splits intervals and sets, and passes each date in them to the reader of its form.

use std::ops::Range;

use super::civil::Calendar;
use super::context::Context;
use super::error::DateError;
use super::explain;
use super::human;
use super::lex;
use super::model::{Date, DatePart, DateSet, Endpoint, SetKind, SetPart};
use super::reading::Reading;
use super::{doubt, iso_date, joined, plain, spoken};

/// The areas of IANA names, before a slash; every other slash separates the ends of an interval.
const AREAS: [&str; 19] = [
    "Africa",
    "America",
    "Antarctica",
    "Arctic",
    "Argentina",
    "Asia",
    "Atlantic",
    "Australia",
    "Brazil",
    "Canada",
    "Chile",
    "Etc",
    "Europe",
    "Indian",
    "Indiana",
    "Kentucky",
    "North_Dakota",
    "Pacific",
    "US",
];

/// Reads a date in any form.
pub(super) fn read(text: &str, calendar: Calendar) -> Result<Reading, DateError> {
    if let Some(part) = plain::read(text.as_bytes(), calendar) {
        return Ok(Reading { date: Date::Single(part), cautions: Vec::new() });
    }
    let mut context = Context { text, calendar, cautions: Vec::new() };
    let date = read_general(&mut context)?;
    Ok(Reading { date, cautions: context.cautions })
}

fn read_general(context: &mut Context<'_>) -> Result<Date, DateError> {
    let text = context.text;
    let mut range = trimmed(text, 0..text.len());
    // A calendar after the whole text applies to all of its dates.
    if let Some(dates) = text[range.clone()].strip_suffix(" (Julian)").filter(|dates| !dates.contains('(')) {
        context.calendar = Calendar::Julian;
        range = trimmed(text, range.start..range.start + dates.len());
    }
    let written = &text[range.clone()];
    if written.is_empty() {
        return Err(DateError::new(0..text.len(), "the date is empty"));
    }
    if written.starts_with(['{', '[']) {
        return set(context, range);
    }
    if let Some(slash) = slash(text, range.clone()) {
        return interval(context, range, slash);
    }
    if let Some(part) = dots(context, range.clone())? {
        return Ok(Date::Set(Box::new(DateSet { kind: SetKind::OneOf, parts: vec![part] })));
    }
    // "1984-?" has an unknown end.
    if looks_iso(written) && !joined::joins_years(written) && !written.ends_with("-?") {
        return iso_date::read(context, range).map(Date::Single);
    }
    explain::numeric(text, range.clone())?;
    spoken::read(context, lex::lex(text, range)?.as_slice())
}

/// Reads `2004..` and `..2004`, which EDTF has only as members of a set, as a set of one member. Returns `None` if
/// there are no dots at an end.
fn dots(context: &mut Context<'_>, range: Range<usize>) -> Result<Option<SetPart>, DateError> {
    let written = &context.text[range.clone()];
    let (before, after) = (written.starts_with(".."), written.ends_with(".."));
    if !before && !after {
        return Ok(None);
    }
    let length = if before && after { 0 } else { 2 };
    let inner = trimmed(
        context.text,
        range.start + if before { length } else { 0 }..range.end - if after { length } else { 0 },
    );
    if before && after || context.text[inner.clone()].starts_with('.') || context.text[inner.clone()].ends_with('.') {
        return Err(DateError::new(range, "two dots stand before or after a date, not both, nor more than two"));
    }
    let named = part(context, inner.clone())?;
    context.cautions.push(doubt::dots(context.text, range, inner, before));
    Ok(Some(if before { SetPart::OnOrBefore(named) } else { SetPart::OnOrAfter(named) }))
}

/// Reads one date, in any form, from `text[range]`.
fn part(context: &mut Context<'_>, range: Range<usize>) -> Result<DatePart, DateError> {
    let text = context.text;
    let range = trimmed(text, range);
    let written = &text[range.clone()];
    if written.is_empty() {
        return Err(DateError::new(range, "a date is missing here"));
    }
    if looks_iso(written) {
        return iso_date::read(context, range);
    }
    explain::numeric(text, range.clone())?;
    human::part(context, lex::lex(context.text, range)?.as_slice())
}

/// Returns `true` if a text can only be an EDTF date without a time of day: capitals, digits and marks.
fn looks_iso(written: &str) -> bool {
    let bytes = written.as_bytes();
    matches!(bytes, [b'0'..=b'9' | b'X' | b'Y' | b'-' | b'?' | b'~' | b'%', ..])
        && bytes.iter().all(|b| matches!(b, b'0'..=b'9' | b'X' | b'Y' | b'E' | b'S' | b'W' | b'-' | b'?' | b'~' | b'%'))
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let written = &text[range.clone()];
    let start = range.end - written.trim_start().len();
    let end = range.start + written.trim_end().len();
    start..end.max(start)
}

/// Returns the first slash that separates the ends of an interval.
fn slash(text: &str, range: Range<usize>) -> Option<usize> {
    let bytes = &text.as_bytes()[range.clone()];
    let mut from = 0;
    while let Some(found) = bytes[from..].iter().position(|&b| b == b'/') {
        let at = from + found;
        if joined::is_dual_year(&text[range.clone()], at) {
            from = at + 1;
            continue;
        }
        let word = bytes[..at].iter().rev().take_while(|b| b.is_ascii_alphabetic() || **b == b'_').count();
        let is_zone = word > 0 && AREAS.iter().any(|area| area.as_bytes() == &bytes[at - word..at]);
        if !is_zone {
            return Some(range.start + at);
        }
        from = at + 1;
    }
    None
}

// ------------------------------------------------------------------------------------------------- intervals

fn interval(context: &mut Context<'_>, range: Range<usize>, at: usize) -> Result<Date, DateError> {
    let text = context.text;
    explain::slashes(text, range.clone())?;
    if let Some(second) = slash(text, at + 1..range.end) {
        return Err(DateError::new(second..second + 1, "an interval has one slash, between its start and its end"));
    }
    let (start_range, end_range) = (trimmed(text, range.start..at), trimmed(text, at + 1..range.end));
    if are_spoken(&text[start_range.clone()], &text[end_range.clone()]) {
        let (left, right) = (lex::lex(text, start_range)?, lex::lex(text, end_range)?);
        return spoken::slashed(context, left.as_slice(), right.as_slice(), at);
    }
    let start = endpoint(context, start_range.clone(), true)?;
    let end = endpoint(context, end_range.clone(), false)?;
    if start.part().is_none() && end.part().is_none() {
        return Err(DateError::new(range, "an interval has a date at one end at least"));
    }
    ordered(text, start, end, start_range, end_range)
}

/// Returns `true` if both sides of a slash are in a spoken form, so that one may omit what the other contains.
fn are_spoken(start: &str, end: &str) -> bool {
    let dotted = |text: &str| matches!(text, "" | "open" | "unknown") || text.starts_with("..") || text.ends_with("..");
    let is_present = ["present", "now", "today", "ongoing"].iter().any(|word| end.eq_ignore_ascii_case(word));
    if dotted(start) || dotted(end) || is_present {
        return false;
    }
    let is_short_year = |text: &str| {
        let digits = text.trim_end_matches(['?', '~', '%']);
        digits.len() <= 3 && digits.bytes().all(|b| b.is_ascii_digit())
    };
    is_short_year(start) || is_short_year(end) || !looks_iso(start) || !looks_iso(end)
}

fn endpoint(context: &mut Context<'_>, range: Range<usize>, is_start: bool) -> Result<Endpoint, DateError> {
    let text = context.text;
    let written = &text[range.clone()];
    match written {
        // The words of the EDTF draft of 2012.
        "" | "unknown" => return Ok(Endpoint::Unknown),
        ".." | "open" => return Ok(Endpoint::Open),
        _ => {}
    }
    if !is_start && ["present", "now", "today", "ongoing"].iter().any(|word| written.eq_ignore_ascii_case(word)) {
        return Ok(Endpoint::Open);
    }
    if written.starts_with("..") {
        if !is_start {
            return Err(DateError::new(range.start..range.start + 2, "two dots before a date belong to a start")
                .replace(range.end..range.end, "..")
                .instead(""));
        }
        return part(context, range.start + 2..range.end).map(Endpoint::Beyond);
    }
    if written.ends_with("...") || written.starts_with("...") {
        return Err(DateError::new(range, "two dots stand before or after a date, not more"));
    }
    if written.ends_with("..") {
        if is_start {
            return Err(DateError::new(range.end - 2..range.end, "two dots after a date belong to an end").instead(""));
        }
        return part(context, range.start..range.end - 2).map(Endpoint::Beyond);
    }
    part(context, range).map(Endpoint::Dated)
}

/// Returns the span between two ends, or an error if the end has passed before the start can have begun.
fn ordered(
    text: &str,
    start: Endpoint,
    end: Endpoint,
    start_range: Range<usize>,
    end_range: Range<usize>,
) -> Result<Date, DateError> {
    if end.is_before_start(&start) {
        let whole = start_range.start..end_range.end;
        let (first, last) = (&text[start_range], &text[end_range.clone()]);
        return Err(DateError::end_before_start(end_range).replace(whole, format!("{last}/{first}")));
    }
    Ok(Date::Span { start, end })
}

// ------------------------------------------------------------------------------------------------- sets

fn set(context: &mut Context<'_>, range: Range<usize>) -> Result<Date, DateError> {
    let text = context.text;
    let (kind, close) =
        if text[range.clone()].starts_with('{') { (SetKind::AllOf, '}') } else { (SetKind::OneOf, ']') };
    let inner = range.start + 1..range.end.saturating_sub(1).max(range.start + 1);
    if range.len() < 2 || !text[range.clone()].ends_with(close) {
        return Err(
            DateError::new(range.start..range.start + 1, "the set is not closed").replace(range.end..range.end, close)
        );
    }
    if let Some(date) = bracketed(context, inner.clone(), kind)? {
        return Ok(date);
    }
    let mut parts = Vec::new();
    let mut start = inner.start;
    for written in text[inner.clone()].split(',') {
        let place = start..start + written.len();
        start = place.end + 1;
        match set_part(context, trimmed(text, place)) {
            Ok(part) => parts.push(part),
            // "[July 4, 1776]" is one date in the brackets of a catalogue.
            Err(error) if kind == SetKind::OneOf && !text[inner.clone()].contains("..") => {
                let tokens = lex::lex(text, inner).map_err(|_| error.clone())?;
                return spoken::read(context, tokens.as_slice()).map_err(|_| error);
            }
            Err(error) => return Err(error),
        }
    }
    Ok(Date::Set(Box::new(DateSet { kind, parts })))
}

/// Reads `[1862-1865]` and `[c. 1790]`: catalogues put dates in brackets that are not from the item itself. Returns
/// `None` if the brackets are those of a set.
fn bracketed(context: &mut Context<'_>, inner: Range<usize>, kind: SetKind) -> Result<Option<Date>, DateError> {
    let inner = trimmed(context.text, inner);
    let written = &context.text[inner.clone()];
    let is_set = written.contains([',', '{', '}']) || written.contains("..");
    if is_set || written.is_empty() || looks_iso(written) && !joined::joins_years(written) || kind == SetKind::AllOf {
        return Ok(None);
    }
    let date = match slash(context.text, inner.clone()) {
        Some(at) => interval(context, inner.clone(), at)?,
        None => spoken::read(context, lex::lex(context.text, inner.clone())?.as_slice())?,
    };
    if let Date::Span { start: Endpoint::Dated(first), end: Endpoint::Dated(last) } = &date
        && !written.contains(['[', ']'])
    {
        context.cautions.push(doubt::bracketed_span(context.text, inner, first, last));
    }
    Ok(Some(date))
}

fn set_part(context: &mut Context<'_>, range: Range<usize>) -> Result<SetPart, DateError> {
    let text = context.text;
    let written = &text[range.clone()];
    if written.is_empty() || written == ".." {
        let end = text[range.start..].chars().next().map_or(range.start, |c| range.start + c.len_utf8());
        return Err(DateError::new(range.start..range.end.max(end), "a date is missing in the set"));
    }
    let Some(dots) = written.find("..").map(|at| range.start + at) else {
        if looks_iso(written) && !joined::joins_years(written) {
            return iso_date::read(context, range).map(SetPart::On);
        }
        explain::numeric(text, range.clone())?;
        return spoken::set_part(context, lex::lex(text, range)?.as_slice());
    };
    if written.match_indices("..").nth(1).is_some() || written.contains("...") {
        return Err(DateError::new(range, "a member of a set has two dots at most, once"));
    }
    if dots == range.start {
        return part(context, dots + 2..range.end).map(SetPart::OnOrBefore);
    }
    let first = part(context, range.start..dots)?;
    if dots + 2 == range.end {
        return Ok(SetPart::OnOrAfter(first));
    }
    let last = part(context, dots + 2..range.end)?;
    if first.extent.start >= last.extent.end {
        return Err(DateError::end_before_start(dots + 2..range.end));
    }
    Ok(SetPart::Through(first, last))
}
