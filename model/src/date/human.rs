//! Reads one date in the forms that people write, from its parts: `15 March 44 BCE`, `6th century BCE`, `c. 1850`, `66
//! Ma`.

use std::ops::Range;

use super::civil::Calendar;
use super::context::Context;
use super::error::DateError;
use super::form::{AgeUnit, Form, Portion};
use super::lex::Token;
use super::model::{DatePart, Precision};
use super::written::{self, Number, Unit, Written};
use super::{doubt, explain, iso_date, parts, portions, time, vocabulary};

/// Reads all of `tokens` as one date.
pub(super) fn part(context: &mut Context<'_>, tokens: &[Token]) -> Result<DatePart, DateError> {
    let written = written::parts(context.text, tokens)?;
    build(context, &written)
}

/// Returns the date that the parts specify.
pub(super) fn build(context: &mut Context<'_>, written: &Written) -> Result<DatePart, DateError> {
    let calendar = written.calendar.unwrap_or(context.calendar);
    let part = match (&written.iso, written.unit) {
        (Some(range), _) => iso(context, written, range.clone(), calendar)?,
        (None, Unit::Year) => in_year(context, written, calendar)?,
        (None, _) => counted(context, written)?,
    };
    let part = match written.portion {
        Some(portion) => portion_of(&part, portion, written)?,
        None => part,
    };
    Ok(parts::in_calendar(part.qualified(written.qualifier), calendar))
}

fn portion_of(part: &DatePart, portion: Portion, written: &Written) -> Result<DatePart, DateError> {
    if part.form == Form::Calendar && part.precision == Precision::Year {
        // ISO 8601-2 has codes for these.
        let code = match portion {
            Portion::Quarter(number) => Some(32 + number),
            Portion::Third(number) => Some(36 + number),
            Portion::Half(number) => Some(39 + number),
            _ => None,
        };
        if let Some(code) = code {
            return Ok(parts::season(part.calendar, part.first_civil().year, code));
        }
    }
    portions::of(part, portion).ok_or_else(|| {
        DateError::new(written.range.clone(), "this date has no such part that is whole years, months or days")
    })
}

fn iso(
    context: &mut Context<'_>,
    written: &Written,
    range: Range<usize>,
    calendar: Calendar,
) -> Result<DatePart, DateError> {
    if written.about {
        doubt::years_or_part_of_year(context.text, range.clone())?;
    }
    let outer = std::mem::replace(&mut context.calendar, calendar);
    let part = iso_date::read(context, range.clone());
    context.calendar = outer;
    with_time(context, part?, written, range)
}

fn with_time(
    context: &mut Context<'_>,
    part: DatePart,
    written: &Written,
    range: Range<usize>,
) -> Result<DatePart, DateError> {
    match written.time.clone() {
        None => Ok(part),
        Some(_) if !part.is_plain_day() => Err(written::needs_day(range)),
        Some(time) => time::attach(part, context.text, time, &mut context.cautions),
    }
}

/// Reads a year, or a day, month or season of a year.
fn in_year(context: &mut Context<'_>, written: &Written, calendar: Calendar) -> Result<DatePart, DateError> {
    let text = context.text;
    let mut day = written.day.as_ref();
    let mut number = written.number.as_ref();
    // "March 44" and "44": a number that is not a day is a year.
    if number.is_none() && (written.month.is_none() || written.day_after_month) {
        if let Some(count) = day.filter(|_| written.ordinal && written.month.is_none() && written.season.is_none()) {
            let end =
                count.range.end + if text[count.range.clone()].ends_with(|c: char| c.is_ascii_digit()) { 2 } else { 0 };
            let error = DateError::new(count.range.clone(), "it is not said what is counted");
            return Err(error.replace(end..end, " century"));
        }
        number = day.take();
    }
    let Some(number) = number else {
        let end = written.range.end;
        return Err(if written.month.is_none() && written.season.is_none() {
            DateError::new(end..end, "the date is not complete")
        } else {
            DateError::new(end..end, "a year is missing")
        });
    };
    let mut year = match &written.era {
        Some(era) => whole_year(number, era.before)?,
        None => bare_year(text, number)?,
    };
    // The second year of a dual year is the one that began on 1 January.
    if written.dual {
        year = year.saturating_add(1);
    }
    let part = match (written.season, written.month, day) {
        (None, Some(month), Some(day)) => {
            let part = day_of(calendar, year, month, day)?;
            let part = with_time(context, part, written, day.range.clone())?;
            return Ok(dual(context, part, written, calendar));
        }
        (None, Some(month), None) => parts::month(calendar, year, month),
        (Some(code), None, None) => season(context, code, year, written, calendar)?,
        (None, None, None) if written.dual => {
            return Err(doubt::dual_year_alone(number.range.clone()));
        }
        (None, None, None) => parts::year(calendar, year),
        (_, _, Some(day)) => return Err(not_here(text, day.range.clone())),
        _ => return Err(not_here(text, number.range.clone())),
    };
    if let Some(time) = written.time.clone() {
        return Err(written::needs_day(time));
    }
    Ok(dual(context, part, written, calendar))
}

fn not_here(text: &str, range: Range<usize>) -> DateError {
    let written = vocabulary::quoted(&text[range.clone()]);
    DateError::new(range, format!("{written} does not belong here"))
}

/// Makes the date one with both years of its dual year, and adds the caution that it is read in this calendar.
fn dual(context: &mut Context<'_>, part: DatePart, written: &Written, calendar: Calendar) -> DatePart {
    if !written.dual || part.form != Form::Calendar || part.precision < Precision::Day {
        return part;
    }
    let part = DatePart { form: Form::Dual, ..part };
    if calendar == Calendar::Gregorian && written.calendar.is_none() {
        context.cautions.push(doubt::dual_year(context.text, written.range.clone()));
    }
    part
}

fn season(
    context: &mut Context<'_>,
    code: u8,
    year: i64,
    written: &Written,
    calendar: Calendar,
) -> Result<DatePart, DateError> {
    const WINTER: u8 = 24;
    if !written.dual {
        if code == WINTER {
            context.cautions.push(doubt::winter(written, year));
        }
        return Ok(parts::season(calendar, year, code));
    }
    if code != WINTER {
        return Err(doubt::season_of_two_years(written, year, code));
    }
    // A winter begins in the first of its two years.
    Ok(DatePart { form: Form::Winter, ..parts::season(calendar, year - 1, code) })
}

fn day_of(calendar: Calendar, year: i64, month: u8, day: &Number) -> Result<DatePart, DateError> {
    let last = calendar.days_in_month(year, month);
    match u8::try_from(day.value) {
        Ok(value) if (1..=last).contains(&value) && day.decimals == 0 => Ok(parts::day(calendar, year, month, value)),
        _ => Err(vocabulary::no_such_day(year, month, last, day.range.clone())),
    }
}

/// Reads a decade, century, millennium or age.
fn counted(context: &mut Context<'_>, written: &Written) -> Result<DatePart, DateError> {
    let text = context.text;
    let Some(number) = &written.number else {
        return Err(DateError::new(written.range.clone(), "the date is not complete"));
    };
    if let Some(day) = &written.day {
        return Err(not_here(text, day.range.clone()));
    }
    if let Some(time) = written.time.clone() {
        return Err(written::needs_day(time));
    }
    if written.month.is_some() || written.season.is_some() {
        return Err(not_here(text, number.range.clone()));
    }
    let era = match (&written.era, written.unit) {
        (Some(era), Unit::Age(_) | Unit::YearsAgo) => return Err(not_here(text, era.range.clone())),
        (era, _) => era.as_ref().map(|era| era.before),
    };
    match written.unit {
        Unit::Block => block(context, number, era, written),
        Unit::Century => century(number, 2, era == Some(true)),
        Unit::Millennium => century(number, 3, era == Some(true)),
        Unit::Age(unit) => ago(number, unit),
        _ => plain_years_ago(number),
    }
}

fn block(
    context: &mut Context<'_>,
    number: &Number,
    before: Option<bool>,
    written: &Written,
) -> Result<DatePart, DateError> {
    let hundreds = number.value.is_multiple_of(100);
    let power = if hundreds && !written.decade { 2 } else { 1 };
    if !number.value.is_multiple_of(10) || number.decimals > 0 || number.value == 0 {
        return Err(DateError::new(number.range.clone(), "a decade is named after a year that ends in 0")
            .instead((number.value / 10 * 10).to_string()));
    }
    if before.is_none() && number.digits < 3 {
        return Err(DateError::new(number.range.clone(), "it is not clear which century this decade is in")
            .instead(format!("19{:02}", number.value)));
    }
    let first = within_limit(number)?;
    if hundreds {
        let range = number.range.start..written.plural_end.max(number.range.end);
        context.cautions.push(doubt::hundred_years(first, before == Some(true), written.decade, range));
    }
    Ok(parts::block(first, power, before == Some(true)))
}

fn century(number: &Number, power: u32, before: bool) -> Result<DatePart, DateError> {
    if number.value == 0 || number.decimals > 0 {
        return Err(DateError::new(number.range.clone(), "centuries and millennia are counted from the 1st"));
    }
    let count = within_limit(number)?;
    if count > 1_000_000 {
        return Err(DateError::too_far(number.range.clone()));
    }
    Ok(parts::counted(count, power, before))
}

fn ago(number: &Number, unit: AgeUnit) -> Result<DatePart, DateError> {
    let range = number.range.clone();
    if number.value == 0 {
        return Err(DateError::new(range, "an age of nothing is not a date").hint("write the year"));
    }
    let (Ok(value), Ok(decimals)) = (u32::try_from(number.value), u8::try_from(number.decimals)) else {
        return Err(DateError::new(range, "an age has at most nine digits").hint("write the year instead"));
    };
    if u32::from(decimals) > unit.power() {
        return Err(DateError::new(range, "an age is not counted in parts of a year").hint("write fewer digits"));
    }
    parts::ago(value, decimals, unit).ok_or_else(|| DateError::too_far(range))
}

/// "12,000 years ago": trailing zeros give the precision, so that it is not exact to the year.
fn plain_years_ago(number: &Number) -> Result<DatePart, DateError> {
    let mut number = number.clone();
    if number.decimals > 0 {
        return Err(DateError::new(number.range, "an age is not counted in parts of a year"));
    }
    number.decimals = 3;
    while number.decimals > 0 && number.value.is_multiple_of(10) && number.value > 0 {
        number.value /= 10;
        number.decimals -= 1;
    }
    ago(&number, AgeUnit::Thousand)
}

/// Returns the astronomical year of a number with an era.
fn whole_year(number: &Number, before: bool) -> Result<i64, DateError> {
    if number.decimals > 0 {
        return Err(DateError::new(number.range.clone(), "a year is a whole number"));
    }
    let value = within_limit(number)?;
    if value == 0 {
        return Err(DateError::no_year_zero(number.range.clone()));
    }
    Ok(if before { parts::before_common_era(value) } else { value })
}

/// Returns the year of a number without an era, if it can be nothing else.
fn bare_year(text: &str, number: &Number) -> Result<i64, DateError> {
    let written = &text[number.range.clone()];
    let range = number.range.clone();
    let value = number.value;
    if number.decimals > 0 {
        let error = DateError::new(range, "a number alone with a decimal point is not a date");
        let is_age = number.digits <= 3 && number.decimals <= 3 && !written.starts_with('0');
        return Err(if is_age {
            error.instead(format!("{written} Ma")).instead(format!("{written} ka"))
        } else {
            error
        });
    }
    if value == 0 {
        return Err(DateError::no_year_zero(range));
    }
    match number.digits {
        0..=2 => Err(explain::short_year(text, range, value)),
        3 | 4 if !written.contains(',') => whole_year(number, false),
        _ => {
            within_limit(number)?;
            Err(vocabulary::long_year(value, range))
        }
    }
}

fn within_limit(number: &Number) -> Result<i64, DateError> {
    i64::try_from(number.value)
        .ok()
        .filter(|&value| parts::in_range(value))
        .ok_or_else(|| DateError::too_far(number.range.clone()))
}
