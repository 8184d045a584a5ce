//! What the ends of a span, or the dates of a list, omit and take from each other: "3–7 May 1970", "44–31 BCE",
//! "1914–18".

use super::context::Context;
use super::doubt;
use super::error::DateError;
use super::joint::Joint;
use super::written::{Number, Unit, Written};

/// Adds to each date what it omits and the other contains.
pub(super) fn share(
    context: &mut Context<'_>,
    left: &mut Written,
    right: &mut Written,
    joint: &Joint,
) -> Result<(), DateError> {
    let text = context.text;
    doubt::second_minus(text, left, right, joint)?;
    doubt::years_in_span(text, left, right, joint)?;
    doubt::dual_year_or_span(left, right, joint)?;
    doubt::year_or_same_day(left, right, joint)?;
    if left.calendar.is_none() {
        left.calendar = right.calendar;
    }
    if share_day_of_time(left, right) {
        return Ok(());
    }
    if left.iso.is_some() || right.iso.is_some() {
        return doubt::after_iso(text, left, right);
    }
    if left.is_empty() && left.portion.is_some() {
        let portion = left.portion;
        let qualifier = left.qualifier;
        let range = left.range.clone();
        *left = Written { portion, qualifier, range, time: None, ..right.clone() };
        return Ok(());
    }
    share_unit(left, right);
    short_year(context, left, right, joint)?;
    share_year_first(left, right);
    share_year_last(left, right);
    share_era(left, right)?;
    share_decade(left, right);
    Ok(())
}

/// A time of day without a day is on the same day.
fn share_day_of_time(left: &Written, right: &mut Written) -> bool {
    let only_time = right.time.is_some() && Written { time: None, ..right.clone() }.is_empty() && left.time.is_some();
    if only_time {
        let (time, qualifier, range) = (right.time.clone(), right.qualifier, right.range.clone());
        *right = Written { qualifier, time, range, ..left.clone() };
    }
    only_time
}

/// "6th–5th century", "252–66 Ma", "1970–80s".
fn share_unit(left: &mut Written, right: &Written) {
    if left.unit != Unit::Year || left.month.is_some() || left.season.is_some() || left.time.is_some() {
        return;
    }
    let own = match right.unit {
        Unit::Year => return,
        Unit::Century | Unit::Millennium => left.number.is_none(),
        Unit::Age(_) | Unit::YearsAgo => left.era.is_none(),
        // The first of two decades may be written as a year; the span begins with that year in either case.
        Unit::Block => right.number.as_ref().is_some_and(|number| number.digits <= 2),
    };
    if own && left.day.is_some() != left.number.is_some() {
        left.number = left.number.take().or_else(|| left.day.take());
        left.unit = right.unit;
        left.plural_end = left.number.as_ref().map_or(0, |number| number.range.end);
    }
}

/// Completes the second year or decade if its first digits are omitted: "1914–18", "1850s–60s".
fn short_year(context: &mut Context<'_>, left: &Written, right: &mut Written, joint: &Joint) -> Result<(), DateError> {
    let Some(first) = left.number.as_ref().filter(|_| matches!(left.unit, Unit::Year | Unit::Block)) else {
        return Ok(());
    };
    let is_year = right.is_number_alone() || right.unit == Unit::Block;
    let Some(last) = right.number.as_ref().or(right.day.as_ref()).filter(|_| is_year) else {
        return Ok(());
    };
    // "1900s–45" is neither a year nor a decade.
    let mixed = left.unit == Unit::Block && right.unit == Unit::Year;
    if last.digits >= first.digits || !last.is_short() || first.digits > 4 || right.ordinal || mixed {
        return Ok(());
    }
    if left.month.is_some() || left.season.is_some() || left.day.is_some() {
        // "1776 July 4–10" begins with its year, so that the last number is a day.
        let is_day = left.year_first && left.day.is_some() && right.number.is_none();
        return if is_day { Ok(()) } else { Err(doubt::short_year_after_month(left, last, joint)) };
    }
    let expanded = expand(first, last);
    let before = |written: &Written| written.era.as_ref().is_some_and(|era| era.before);
    if before(left) || before(right) {
        let ambiguous = expanded.value < first.value && right.unit == Unit::Year && before(right);
        return if ambiguous { Err(doubt::short_year_before_era(left, right, &expanded)) } else { Ok(()) };
    }
    // "AD 14–37" and "98–117 CE" have the second year in full.
    if (left.era.is_some() || right.era.is_some()) && last.value > first.value {
        return Ok(());
    }
    if right.era.is_none() && right.unit == Unit::Year {
        doubt::month_or_year(context.text, first, last, joint)?;
    }
    let expanded = match expanded {
        expanded if expanded.value > first.value => expanded,
        expanded if follows(first, last) => Number { value: first.value + 1, ..expanded },
        expanded => return Err(doubt::short_year_backwards(first, &expanded, joint)),
    };
    if follows(first, last) && right.era.is_none() && right.unit == Unit::Year {
        context.cautions.extend(doubt::dual_year_as_span(left, &expanded, joint));
    }
    right.day = None;
    right.number = Some(expanded);
    Ok(())
}

/// Returns the number `last` with the leading digits of `first`.
fn expand(first: &Number, last: &Number) -> Number {
    let size = if last.digits == 1 { 10 } else { 100 };
    let value = first.value - first.value % size + last.value;
    Number { value, digits: first.digits, decimals: 0, range: last.range.clone() }
}

/// Returns `true` if the digits of `last` are those of the year after `first`: "1699/00".
fn follows(first: &Number, last: &Number) -> bool {
    let size = if last.digits == 1 { 10 } else { 100 };
    (first.value + 1) % size == last.value
}

/// Takes the year, or the year and the month, from the start: "1776 July 4–10".
fn share_year_first(left: &mut Written, right: &mut Written) {
    if right.unit != Unit::Year || left.unit != Unit::Year || right.number.is_some() || left.number.is_none() {
        return;
    }
    let fits = right.month.is_some() || right.season.is_some() || right.day.is_some() && left.day.is_some();
    if !fits {
        return;
    }
    if right.month.is_none() && right.season.is_none() {
        right.month = left.month;
        right.day_after_month = false;
    } else if left.month.is_none() && left.season.is_none() && left.day.is_some() {
        left.month = right.month;
    }
    right.number.clone_from(&left.number);
    right.dual = left.dual;
    if right.era.is_none() {
        right.era.clone_from(&left.era);
    }
}

/// Takes the year, or the year and the month, from the end: "3–7 May 1970", "April 14–15, 1912", "June–August 1965".
fn share_year_last(left: &mut Written, right: &mut Written) {
    if right.unit != Unit::Year || left.unit != Unit::Year || left.number.is_some() || right.number.is_none() {
        return;
    }
    let day_of_month = left.day.is_some() && right.day.is_some() && right.month.is_some();
    if left.month.is_none() && left.season.is_none() && !day_of_month {
        return;
    }
    if left.month.is_none() && left.season.is_none() {
        left.month = right.month;
    } else if right.month.is_none() && right.season.is_none() && right.day.is_some() {
        right.month = left.month;
    }
    // In "August 20 – 27 2011" the 20 is a day, because the year is at the end.
    left.day_after_month = false;
    left.number.clone_from(&right.number);
    left.dual = right.dual;
    if left.era.is_none() {
        left.era.clone_from(&right.era);
    }
}

/// "44–31 BCE", "AD 14–37".
fn share_era(left: &mut Written, right: &mut Written) -> Result<(), DateError> {
    let counts_years = |unit| !matches!(unit, Unit::Age(_) | Unit::YearsAgo);
    if !counts_years(left.unit) || !counts_years(right.unit) {
        return Ok(());
    }
    match (&left.era, &right.era) {
        (None, Some(era)) if left.number.is_some() || left.day.is_some() => left.era = Some(era.clone()),
        (Some(era), None) if !era.before => right.era = Some(era.clone()),
        (Some(_), None) => doubt::era_of_end(left, right)?,
        _ => {}
    }
    // A short number with an era is a year.
    for written in [left, right] {
        if written.era.is_some() && written.is_number_alone() {
            written.number = written.number.take().or_else(|| written.day.take());
        }
    }
    Ok(())
}

/// Next to a decade, "2000s" is a decade too.
fn share_decade(left: &mut Written, right: &mut Written) {
    let hundreds = |written: &Written| written.number.as_ref().is_some_and(|number| number.value % 100 == 0);
    if left.unit == Unit::Block && right.unit == Unit::Block {
        (left.decade, right.decade) = (hundreds(left) && !hundreds(right), hundreds(right) && !hundreds(left));
    }
}

// ------------------------------------------------------------------------------------------------- winters

/// Returns the winter that two years name, as in "winter 1916–17", or `None` if they do not name one.
pub(super) fn one_winter(left: &Written, right: &Written, joint: &Joint) -> Option<Written> {
    const WINTER: u8 = 24;
    let (first, last) = (left.number.as_ref()?, right.number.as_ref().or(right.day.as_ref())?);
    let season = left.season.or(right.season)?;
    let alone = right.month.is_none() && right.iso.is_none() && left.unit == Unit::Year && right.unit == Unit::Year;
    let once = left.season.is_some() != right.season.is_some() && left.day.is_none() && left.month.is_none();
    if season != WINTER || !alone || !once || right.number.is_some() && right.day.is_some() {
        return None;
    }
    let full = last.digits == first.digits && !matches!(joint, Joint::Slash(_));
    let next = if full { first.value + 1 == last.value } else { last.digits < first.digits && follows(first, last) };
    next.then(|| Written {
        season: Some(WINTER),
        dual: true,
        era: right.era.clone().or_else(|| left.era.clone()),
        calendar: right.calendar.or(left.calendar),
        range: left.range.start..right.range.end,
        ..left.clone()
    })
}
