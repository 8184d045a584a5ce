//! Weekdays next to dates, which are checked and otherwise ignored.

use super::rewriting::Rewriting;
use crate::date::civil::{Civil, weekday};
use crate::date::error::{Caution, DateError};
use crate::date::model::{Date, DatePart, Precision};
use crate::date::words;

const NAMES: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// Removes the weekdays from a text.
#[expect(clippy::unnecessary_wraps, reason = "as the other forms")]
pub(super) fn rewrite(rewriting: &mut Rewriting) -> Result<(), DateError> {
    let text = &rewriting.text;
    if !text.split(|c: char| !c.is_alphabetic()).any(|word| number(word).is_some()) {
        return Ok(());
    }
    let mut rewritten = String::with_capacity(text.len());
    let mut weekdays = Vec::new();
    let mut rest = text.as_str();
    while let Some(first) = rest.chars().next() {
        let length = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len()).max(first.len_utf8());
        let (word, tail) = rest.split_at(length);
        rest = tail;
        match number(word) {
            Some(number) => {
                weekdays.push(number);
                rest = rest.trim_start_matches(['.', ',', ' ']);
            }
            None => rewritten.push_str(word),
        }
    }
    if !weekdays.is_empty() {
        let rewritten = rewritten.replace("()", "");
        rewritten.trim().trim_end_matches(',').clone_into(&mut rewriting.text);
        rewriting.weekdays = weekdays;
        rewriting.certain = true;
    }
    Ok(())
}

/// Returns `true` if a text begins with a weekday.
pub(super) fn leads(text: &str) -> bool {
    let word = text.split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default();
    number(word).is_some()
}

/// Returns the number of a weekday by its name or an abbreviation of at least three letters; 1 is Monday.
fn number(word: &str) -> Option<u8> {
    let mut letters = [0; 9];
    let lower = letters.get_mut(..word.len())?;
    lower.copy_from_slice(word.as_bytes());
    lower.make_ascii_lowercase();
    Some(match &*lower {
        b"mon" | b"monday" => 1,
        b"tue" | b"tues" | b"tuesday" => 2,
        b"wed" | b"weds" | b"wednesday" => 3,
        b"thu" | b"thur" | b"thurs" | b"thursday" => 4,
        b"fri" | b"friday" => 5,
        b"sat" | b"saturday" => 6,
        b"sun" | b"sunday" => 7,
        _ => return None,
    })
}

/// Returns the caution about the first weekday that is not that of its date; both are in the same order.
pub(super) fn doubt(date: &Date, weekdays: &[u8], text: &str) -> Option<Caution> {
    let parts: Vec<&DatePart> = match date {
        Date::Single(part) => vec![part],
        Date::Span { start, end } => [start, end].into_iter().filter_map(|end| end.part()).collect(),
        Date::Set(_) => Vec::new(),
    };
    // If the numbers of weekdays and dates differ, it is not certain which belong together.
    if weekdays.is_empty() || weekdays.len() != parts.len() {
        return None;
    }
    let (part, written) = parts.into_iter().zip(weekdays).find(|(part, written)| of(part) != Some(**written))?;
    let name = |number: u8| NAMES.get(usize::from(number).wrapping_sub(1)).copied().unwrap_or("day");
    let message = match of(part) {
        Some(actual) => format!("{} was a {}, not a {}", said(part), name(actual), name(*written)),
        None => format!("{} is not one day, and has no weekday", said(part)),
    };
    Some(Caution::new(0..text.len(), message).advice("correct the date, or leave the weekday out"))
}

/// Returns the weekday of a day or a time of day, in the zone in which it was written.
fn of(part: &DatePart) -> Option<u8> {
    let Civil { year, month, day, .. } = words::written_civil(part);
    (part.precision <= Precision::Day).then(|| weekday(part.calendar.days(year, month, day)))
}

fn said(part: &DatePart) -> String {
    Date::Single(*part).words()
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;
    use super::*;

    #[test]
    fn weekdays_are_taken_out() {
        check(rewrite, "Friday, 12 April 1985", "12 April 1985");
        check(rewrite, "Fri. 12 April 1985", "12 April 1985");
        check(rewrite, "12 April 1985 (Friday)", "12 April 1985");
        check(rewrite, "12 April 1985, Friday", "12 April 1985");
        check(rewrite, "Friday 12 \u{2013} Saturday 13 April 1985", "12 \u{2013} 13 April 1985");
        for text in ["12 April 1985", "Marsden", "sunk 1985", ""] {
            check(rewrite, text, text);
        }
    }
}
