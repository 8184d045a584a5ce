//! Cautions: what was read otherwise than it may have been meant. The rule is in the documentation of [`super`].

use std::ops::Range;

use super::error::Caution;
use super::vocabulary::{Style, grouped};
use super::words::{self, Manner};
use super::{DatePart, Qualifier};

/// What may be doubted of the EDTF date in `text[range]`, which has been read as `part`.
pub(super) fn of_iso(text: &str, range: Range<usize>, part: &DatePart, cautions: &mut Vec<Caution>) {
    let mut mark = Qualifier::default();
    let marks = text[range.clone()].bytes().take_while(|&byte| mark.add(byte)).count();
    let range = range.start + marks..range.end;
    let written = &text[range.clone()];
    match written.as_bytes() {
        [b'-', ..] | [b'Y', b'-', ..] => cautions.extend(before_year_one(written, range, part)),
        [b'0', b'0', b'0', b'0', rest @ ..] if rest.first() != Some(&b'S') => {
            let year = range.start..range.start + 4;
            let message = "0000 is an astronomical year: it means 1 BCE";
            cautions.push(Caution::new(year.clone(), message).replace(year, "0001"));
        }
        [b'0'..=b'9', ..] => cautions.extend(season_or_years(written, range, part)),
        _ => {}
    }
}

/// A year with a minus sign, which may have been meant as a year BCE: they differ by one.
fn before_year_one(written: &str, range: Range<usize>, part: &DatePart) -> Option<Caution> {
    let after_sign = written.find('-')? + 1;
    let length = written[after_sign..].bytes().take_while(|byte| matches!(byte, b'0'..=b'9' | b'X')).count();
    let year = &written[..after_sign + length];
    // An exponent or significant digits say that one year more or less does not matter.
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
    let message = format!("{year} is an astronomical year: it means {} BCE", grouped(value + 1));
    Some(Caution::new(range.clone(), message).replace(range, meant))
}

/// `-01XX`: 200 to 101 BCE, where 199 to 100 BCE may have been meant. Masks in other places have no such words.
fn masked_before_year_one(year: &str, digits: &str, range: Range<usize>, part: &DatePart) -> Option<Caution> {
    let known = digits.find('X')?;
    if known == 0 || digits[known..].contains(|c| c != 'X') || part.precision < super::Precision::Decade {
        return None;
    }
    let first: u64 = digits.replace('X', "0").parse().ok()?;
    let last: u64 = digits.replace('X', "9").parse().ok()?;
    let message =
        format!("{year} counts astronomical years: it means {} to {} BCE", grouped(last + 1), grouped(first + 1));
    let meant =
        if last - first == 9 || first % 100 == 0 { format!("{first}s BCE") } else { format!("{last} BCE/{first} BCE") };
    Some(Caution::new(range.clone(), message).replace(range, meant))
}

/// The two years of `1929-39`, whose end is one that a season, quarter, third or half may have as its code.
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
    let message = format!("{} is read as {}, as EDTF has it", &written[..7], words::body(part, manner));
    Some(Caution::new(range.clone(), message).replace(range, format!("{first:04}/{last:04}")))
}

/// `1500s`, which may be a hundred years or ten. `range` is that of the number and its s.
pub(super) fn hundred_years(number: &str, value: i64, before: bool, range: Range<usize>) -> Caution {
    let (first, last, era) = if before { (value + 99, value, " BCE") } else { (value, value + 99, "") };
    let message = format!("{number}s is read as a hundred years, {first} to {last}{era}");
    let decade = if before { format!("{} BCE/{value}", value + 9) } else { format!("{:03}X", value / 10) };
    Caution::new(range.clone(), message).replace(range, decade)
}
