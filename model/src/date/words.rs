//! Formats one date part in words, at its own precision.

use super::civil::Civil;
use super::form::{AgeUnit, Form, Fraction, NANOS};
use super::mask::{Field, Mask};
use super::model::{DatePart, Interval, Precision};
use super::portions;
use super::vocabulary::{self, Manner, Style, era_year, grouped, month, offset_words, ordinal};

/// Returns the part with its marks: "about 1850", "c. 1850", "possibly 1850".
pub(super) fn part(part: &DatePart, manner: Manner) -> String {
    marked(part, manner.style, &body(part, manner))
}

/// Adds the marks of `part` to a text: those of the whole date before it, those of some components after it.
pub(super) fn marked(part: &DatePart, style: Style, text: &str) -> String {
    if !part.approximate.any() && !part.uncertain.any() {
        return text.to_owned();
    }
    let full = style == Style::Full;
    let about = match (part.approximate.all(), full) {
        (false, _) => "",
        (true, true) => "about ",
        (true, false) => "c. ",
    };
    let (before, after) = match (part.uncertain.all(), full) {
        (false, _) => ("", ""),
        (true, true) => ("possibly ", ""),
        (true, false) => ("", "?"),
    };
    let of_components = component_marks(part, style).map_or(String::new(), |marks| format!(" ({marks})"));
    format!("{before}{about}{text}{after}{of_components}")
}

/// Returns the marks of some components only: "month uncertain", "year and month approximate".
pub(super) fn component_marks(part: &DatePart, style: Style) -> Option<String> {
    let (approximate, uncertain) = (part.approximate.names(), part.uncertain.names());
    let words = |names: &str, about: bool, doubtful: bool| match (style, about, doubtful) {
        (Style::Full, true, true) => format!("{names} approximate and uncertain"),
        (Style::Full, true, false) => format!("{names} approximate"),
        (Style::Full, false, _) => format!("{names} uncertain"),
        (Style::Short, about, doubtful) => {
            format!("{}{names}{}", if about { "c. " } else { "" }, if doubtful { "?" } else { "" })
        }
    };
    Some(match (approximate, uncertain) {
        (None, None) => return None,
        (Some(names), Some(same)) if names == same => words(&names, true, true),
        (Some(names), Some(others)) => {
            format!("{}, {}", words(&others, false, true), words(&names, true, false))
        }
        (Some(names), None) => words(&names, true, false),
        (None, Some(names)) => words(&names, false, true),
    })
}

/// Returns the part without its marks.
pub(super) fn body(part: &DatePart, manner: Manner) -> String {
    match part.form {
        Form::Calendar | Form::Local { .. } | Form::Dual => calendar(part, 0, manner),
        Form::Zoned { offset, .. } => {
            format!("{} {}", calendar(part, from_axis(part), manner), zone_words(offset.seconds()))
        }
        Form::Season(code) => season(code, part.first_civil().year, manner),
        Form::Winter => season(24, part.first_civil().year, manner),
        Form::Portion { portion, counted } => {
            let whole = body(&portions::whole(part, portion, counted), manner);
            portions::words(part, portion, &whole, manner)
        }
        Form::Block => block(part, manner),
        Form::Counted => counted(part, manner),
        Form::Mask(mask) => masked(part, Mask(mask), manner),
        Form::Ago { value, decimals, unit } => age(value, decimals, unit, manner.style),
        Form::Significant { estimate } => significant(part, estimate, manner),
    }
}

/// Formats two times at one offset from UTC, with a common day once: "10 December 2015, 14:00–16:00 UTC".
pub(super) fn zoned_pair(a: &DatePart, b: &DatePart, offset: i32, manner: Manner) -> String {
    let (first, last) = (written_civil(a), written_civil(b));
    let (start, zone) = (calendar(a, from_axis(a), manner), zone_words(offset));
    if (first.year, first.month, first.day) == (last.year, last.month, last.day) {
        format!("{start}–{} {zone}", clock(b))
    } else {
        format!("{start} – {} {zone}", calendar(b, from_axis(b), manner))
    }
}

/// Returns the difference between a time as written and its extent on the axis, in seconds.
fn from_axis(part: &DatePart) -> i32 {
    if let Form::Zoned { offset, shown, .. } = part.form { offset.seconds() - shown.seconds() } else { 0 }
}

/// Returns the first moment of a part in the calendar and the zone in which it was written.
pub(super) fn written_civil(part: &DatePart) -> Civil {
    Civil::from_seconds_in(part.calendar, part.extent.start.saturating_add(i64::from(from_axis(part))))
}

/// Formats a time of day as it was written, without its day: "14:30 UTC+09:00".
pub(super) fn clock_words(part: &DatePart) -> String {
    match part.form {
        Form::Zoned { offset, .. } => format!("{} {}", clock(part), zone_words(offset.seconds())),
        _ => clock(part),
    }
}

/// Returns `true` if two times were written on the same day.
pub(super) fn is_same_day(a: &DatePart, b: &DatePart) -> bool {
    let (a, b) = (written_civil(a), written_civil(b));
    (a.year, a.month, a.day) == (b.year, b.month, b.day)
}

fn zone_words(offset: i32) -> String {
    if offset == 0 { "UTC".to_owned() } else { format!("UTC{}", offset_words(offset)) }
}

/// Formats a time of day: "14:30:05.25", "14:30" or "14 h".
pub(super) fn clock(part: &DatePart) -> String {
    let Civil { hour, minute, second, .. } = written_civil(part);
    match part.precision {
        Precision::Second => {
            let Fraction { nanos, digits } = part.fraction();
            // A leap second is stored as the second before it plus one second.
            let second = u32::from(second) + nanos / NANOS;
            let digits = usize::from(digits);
            let decimals = format!("{:09}", nanos % NANOS);
            let point = if digits > 0 { "." } else { "" };
            format!("{hour:02}:{minute:02}:{second:02}{point}{}", decimals.get(..digits).unwrap_or_default())
        }
        Precision::Minute => format!("{hour:02}:{minute:02}"),
        _ => format!("{hour:02} h"),
    }
}

fn calendar(part: &DatePart, offset: i32, manner: Manner) -> String {
    let local = part.extent.start.saturating_add(i64::from(offset));
    let civil = Civil::from_seconds_in(part.calendar, local);
    let year = if part.form == Form::Dual { dual_year(civil.year, manner) } else { manner.year(civil.year) };
    match part.precision {
        Precision::Month => month_of(civil.month, civil.year, &year, manner),
        Precision::Week => week(part, manner),
        Precision::Day => format!("{} {} {year}", civil.day, month(manner.style, civil.month)),
        precision if precision < Precision::Day => {
            format!("{} {} {year}, {}", civil.day, month(manner.style, civil.month), clock(part))
        }
        _ => year,
    }
}

/// Formats "August 1965", but "August of 30 BCE", as the number of such a year could be that of a day.
fn month_of(month_number: u8, astronomical: i64, year: &str, manner: Manner) -> String {
    let could_be_a_day = era_year(astronomical).0 <= 31;
    format!("{}{}{year}", month(manner.style, month_number), if could_be_a_day { " of " } else { " " })
}

/// Formats "1731/32": the year counted from 25 March, and the year counted from 1 January.
fn dual_year(astronomical: i64, manner: Manner) -> String {
    let before = astronomical - 1;
    if before <= 0 {
        return manner.year(astronomical);
    }
    let same_century = before / 100 == astronomical / 100;
    if same_century { format!("{before}/{:02}", astronomical % 100) } else { format!("{before}/{astronomical}") }
}

/// Formats a week, "week 15 of 1985 (8–14 April 1985)"; it belongs to the year of its Thursday.
fn week(part: &DatePart, manner: Manner) -> String {
    let (of_year, number) = part.iso_week();
    let name = format!("week {number} of {}", manner.year(of_year));
    if manner.style == Style::Short { name } else { format!("{name} ({})", days_of(part, manner)) }
}

/// Formats the first and the last day of a part: "8–14 April 1985", "29 December 1986 – 4 January 1987".
fn days_of(part: &DatePart, manner: Manner) -> String {
    let (first, last) = (part.first_civil(), part.last_civil());
    let end = format!("{} {} {}", last.day, month(manner.style, last.month), manner.year(last.year));
    if (first.year, first.month) == (last.year, last.month) {
        return format!("{}–{end}", first.day);
    }
    let of_year = if first.year == last.year { String::new() } else { format!(" {}", manner.year(first.year)) };
    format!("{} {}{of_year} – {end}", first.day, month(manner.style, first.month))
}

/// Returns the name of an ISO 8601-2 sub-year group, with its hemisphere if the code has one, and with both years if it
/// extends from one into the next.
fn season(code: u8, first_year: i64, manner: Manner) -> String {
    let both = matches!(code, 24 | 28 | 30);
    let year = if both { two_years(first_year, manner) } else { manner.year(first_year) };
    season_of(code, &format!(" {year}"), &format!(" of {year}"))
}

/// Formats a year and the one after it: "1916–17".
fn two_years(first: i64, manner: Manner) -> String {
    match (first, (first + 1).rem_euclid(100)) {
        (100.., last @ 1..) => format!("{}–{last:02}", manner.year(first)),
        _ => manner.years(first, first + 1),
    }
}

/// Returns the same with the words for the year: `year` after a name, `of_year` after a portion.
fn season_of(code: u8, year: &str, of_year: &str) -> String {
    let names = ["spring", "summer", "autumn", "winter"];
    match code {
        33..=36 => format!("Q{}{year}", code - 32),
        37..=39 => format!("{} third{of_year}", ordinal(u64::from(code - 36))),
        40..=41 => format!("{} half{of_year}", ordinal(u64::from(code - 39))),
        _ => {
            let name = names[usize::from(code.saturating_sub(21)) % 4];
            let hemisphere = match code {
                25..=28 => " (northern)",
                29..=32 => " (southern)",
                _ => "",
            };
            format!("{name}{year}{hemisphere}")
        }
    }
}

fn block(part: &DatePart, manner: Manner) -> String {
    let (first, last) = (part.first_civil().year, part.last_civil().year);
    let (name, before) = if last <= 0 { era_year(last) } else { (first.unsigned_abs(), false) };
    let era = match (before, manner.common_era) {
        (true, _) => " BCE",
        (false, true) => " CE",
        (false, false) => "",
    };
    let full = manner.style == Style::Full;
    // Years whose astronomical numbers have the same digits have no common digits before the common era.
    let named = match part.precision {
        Precision::Decade => name % 10 == 0 && name % 100 != 0 && name >= 100,
        Precision::Century => name % 100 == 0 && name >= 100,
        _ => false,
    };
    let range = manner.years(first, last);
    match part.precision {
        _ if first <= 0 && last > 0 => format!("{}{range}", if full { "the years " } else { "" }),
        _ if named => format!("{}{}s{era}", if full { "the " } else { "" }, grouped(name)),
        Precision::Decade if full => format!("the decade {range}"),
        Precision::Millennium if full => format!("the millennium {range}"),
        _ if full => format!("the years {range}"),
        _ => range,
    }
}

/// Returns the number of the century or millennium within its era, and whether it is before the common era.
pub(super) fn count_of(part: &DatePart) -> (u64, bool) {
    let size = if part.precision == Precision::Century { 100 } else { 1_000 };
    let (last, before) = era_year(part.last_civil().year);
    (if before { last / size + 1 } else { last / size }, before)
}

/// Returns the name of the unit: "century", "c." and so on.
pub(super) fn counted_unit(precision: Precision, style: Style) -> &'static str {
    match (precision, style) {
        (Precision::Century, Style::Full) => "century",
        (Precision::Century, Style::Short) => "c.",
        (_, Style::Full) => "millennium",
        (_, Style::Short) => "mill.",
    }
}

fn counted(part: &DatePart, manner: Manner) -> String {
    let (count, before) = count_of(part);
    let unit = counted_unit(part.precision, manner.style);
    let era = match (before, manner.common_era || count == 1) {
        (true, _) => " BCE",
        (false, true) => " CE",
        (false, false) => "",
    };
    format!("{} {unit}{era}", ordinal(count))
}

/// Returns the digits of an age as they were written: "13.80".
pub(super) fn age_number(value: u32, decimals: u8) -> String {
    let scale = 10_u64.pow(u32::from(decimals.min(18)));
    let value = u64::from(value);
    let whole = grouped(value / scale);
    if decimals == 0 { whole } else { format!("{whole}.{:0width$}", value % scale, width = usize::from(decimals)) }
}

/// Formats an age: "12,000 years ago", "66 million years ago", "13.8 Ga".
pub(super) fn age(value: u32, decimals: u8, unit: AgeUnit, style: Style) -> String {
    let number = age_number(value, decimals);
    match (style, unit) {
        (Style::Short, AgeUnit::Thousand) => format!("{number} ka"),
        (Style::Short, AgeUnit::Million) => format!("{number} Ma"),
        (Style::Short, AgeUnit::Billion) => format!("{number} Ga"),
        (Style::Full, AgeUnit::Thousand) => {
            let years = u64::from(value) * 10_u64.pow(3_u32.saturating_sub(u32::from(decimals)));
            format!("{} year{} ago", vocabulary::count(years), if years == 1 { "" } else { "s" })
        }
        (Style::Full, AgeUnit::Million) => format!("{number} million years ago"),
        (Style::Full, AgeUnit::Billion) => format!("{number} billion years ago"),
    }
}

fn significant(part: &DatePart, estimate: Option<u32>, manner: Manner) -> String {
    let (first, last) = (part.first_civil().year, part.last_civil().year);
    let range = manner.years(first, last);
    let full = manner.style == Style::Full;
    match estimate {
        Some(0) if first == last => manner.year(first),
        Some(offset) if full => format!("about {} ({range})", manner.year(first + i64::from(offset))),
        Some(offset) => format!("c. {} ({range})", manner.year(first + i64::from(offset))),
        None => range,
    }
}

// ------------------------------------------------------------------------------------------------- masks

fn masked(part: &DatePart, mask: Mask, manner: Manner) -> String {
    let (joint, year) = masked_year(part, mask, manner);
    let Some(month_field) = mask.month() else {
        return year;
    };
    if let Some(code) = mask.season() {
        let of_year = if joint == " in " { " of a year" } else { "" };
        return season_of(code, &format!("{joint}{year}"), &format!("{of_year}{joint}{year}"));
    }
    let months = months_words(month_field, manner.style);
    let Some(day_field) = mask.day() else {
        return match months {
            Some(months) => format!("{months}{joint}{year}"),
            None if manner.style == Style::Short => year,
            None => format!("a month{}{year}", of(joint)),
        };
    };
    // "a month from January to September" is not a name that can follow a day.
    let is_named = months.as_ref().is_some_and(|months| !months.starts_with("a month"));
    let before = if is_named { "" } else { "of " };
    let short = manner.style == Style::Short;
    let joint = if months.is_some() { joint } else { of(joint) };
    let month = months.as_deref().unwrap_or("a month");
    match (day_field.value(), days_words(day_field, longest_month(part, mask))) {
        (Some(day), _) if is_named => format!("{day} {month}{joint}{year}"),
        (Some(day), _) => format!("day {day} of {month}{joint}{year}"),
        (None, Some(days)) if !short || is_named => format!("{days} {before}{month}{joint}{year}"),
        (None, None) if short && is_named => format!("{month}{joint}{year}"),
        (None, _) if short => year,
        (None, _) if months.is_none() => format!("a day in {year}"),
        (None, _) => format!("a day in {month}{joint}{year}"),
    }
}

/// Returns what joins the words "a month" to a year, if `joint` joins the name of a month to it.
fn of(joint: &'static str) -> &'static str {
    if joint == " " { " of " } else { joint }
}

/// Returns what joins a month to the year of a mask, and the year.
fn masked_year(part: &DatePart, mask: Mask, manner: Manner) -> (&'static str, String) {
    let digits = mask.year();
    let known = digits.iter().take_while(|digit| digit.is_some()).count();
    if known == 4 {
        return (" ", manner.year(part.first_civil().year));
    }
    let negative = part.first_civil().year < 0;
    let fill = |with: u8| {
        let value = digits.iter().fold(0, |value, digit| value * 10 + i64::from(digit.unwrap_or(with)));
        if negative { -value } else { value }
    };
    let (first, last) = if negative { (fill(9), fill(0)) } else { (fill(0), fill(9)) };
    if known == 0 && digits.iter().all(Option::is_none) {
        let of_era = if negative { "an unknown year BCE" } else { "an unknown year" };
        return (" of ", of_era.into());
    }
    if digits[known..].iter().all(Option::is_none) {
        let calendar = part.calendar;
        let extent = Interval { start: calendar.year_start(first), end: calendar.year_start(last + 1) };
        let precision = Precision::of_power(u32::try_from(4 - known).unwrap_or(1));
        let whole = DatePart::new(extent, precision, calendar, Form::Block);
        return (" in ", block(&whole, manner));
    }
    let pattern: String = digits.iter().map(|digit| digit.map_or('X', |d| char::from(b'0' + d))).collect();
    (" of ", format!("a year like {}{pattern}", if negative { "-" } else { "" }))
}

/// Returns the matching months, or `None` if any month matches.
fn months_words(field: Field, style: Style) -> Option<String> {
    if field.is_unknown() {
        return None;
    }
    let months: Vec<u8> = field.candidates(12).collect();
    Some(match months[..] {
        [first, .., last] if months.len() > 2 => {
            format!("a month from {} to {}", month(style, first), month(style, last))
        }
        _ => months.iter().map(|&m| month(style, m)).collect::<Vec<_>>().join(" or "),
    })
}

/// Returns the greatest number of days that the month of a mask can have.
fn longest_month(part: &DatePart, mask: Mask) -> u8 {
    let year_known = mask.year().iter().all(Option::is_some);
    let year = if year_known { part.first_civil().year } else { 0 };
    match mask.month().and_then(Field::value) {
        Some(month) => part.calendar.days_in_month(year, month),
        None => 31,
    }
}

/// Returns the matching days, or `None` if any day matches.
fn days_words(field: Field, last: u8) -> Option<String> {
    if field.is_unknown() {
        return None;
    }
    let days: Vec<u8> = field.candidates(last).collect();
    match days[..] {
        // With a known first digit, consecutive days match.
        [first, .., last] if field.0[0].is_some() => Some(format!("a day from {first} to {last}")),
        [ref firsts @ .., last] => {
            let firsts: Vec<String> = firsts.iter().map(u8::to_string).collect();
            Some(format!("{} or {last}", firsts.join(", ")))
        }
        [] => None,
    }
}
