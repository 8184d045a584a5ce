//! Dates of GEDCOM 5.5.1 and 7.0: calendar escapes and interpreted dates. The reader itself knows the keywords (`ABT`,
//! `BEF`, `BET`).

use super::calendars::unread;
use super::rewriting::Rewriting;
use crate::date::civil::Calendar;
use crate::date::error::DateError;

/// Replaces the escapes in a text by the calendar, and an interpreted date by the date alone.
pub(super) fn rewrite(rewriting: &mut Rewriting) -> Result<(), DateError> {
    if !rewriting.text.starts_with(|c: char| c.is_ascii_alphabetic()) && !rewriting.text.contains("@#D") {
        return Ok(());
    }
    let mut text = rewriting.text.clone();
    if text.get(..4).is_some_and(|word| word.eq_ignore_ascii_case("INT ")) {
        text = interpreted(&text[4..])?;
    }
    text = calendars(rewriting, &text)?;
    if let Some(rest) = text.strip_prefix("TO ") {
        text = format!("until {rest}");
    }
    rewriting.certain |= text != rewriting.text;
    rewriting.text = text;
    Ok(())
}

/// Returns the date of `INT 1850 (about eighteen fifty)`, without the phrase that it interprets.
fn interpreted(rest: &str) -> Result<String, DateError> {
    let (date, phrase) = match rest.split_once('(') {
        Some((date, phrase)) => (date.trim(), Some(phrase)),
        None => (rest.trim(), None),
    };
    if date.is_empty() {
        return Err(DateError::new(0..usize::MAX, "INT gives the date that the words in parentheses stand for"));
    }
    if phrase.is_some_and(|phrase| !phrase.trim_end().ends_with(')')) {
        return Err(DateError::new(0..usize::MAX, "the parenthesis is not closed").instead(date));
    }
    Ok(date.to_owned())
}

/// Returns the text with the calendar in words in each date that has an escape.
fn calendars(rewriting: &mut Rewriting, text: &str) -> Result<String, DateError> {
    let mut rewritten = String::with_capacity(text.len());
    let mut rest = text;
    // Whether the date being copied is Julian.
    let mut julian = false;
    while let Some(at) = rest.find("@#D") {
        let (before, escape) = rest.split_at(at);
        copy(&mut rewritten, before, &mut julian);
        let Some((name, tail)) = escape[3..].split_once('@') else {
            return Err(refused(text, rest.len(), "the calendar's escape has no @ at its end"));
        };
        julian = match name.trim().to_ascii_uppercase().as_str() {
            "JULIAN" => true,
            "GREGORIAN" => false,
            "HEBREW" => return Err(other(text, rest.len() - at, "Hebrew")),
            "FRENCH R" | "FRENCH_R" => return Err(other(text, rest.len() - at, "French Republican")),
            "ROMAN" => return Err(other(text, rest.len() - at, "Roman")),
            _ => return Err(refused(text, rest.len() - at, "this escape names no calendar that is known")),
        };
        rest = tail.trim_start();
    }
    if rewritten.is_empty() && rest.len() == text.len() {
        return prefixed(text);
    }
    // A calendar before the whole text applies to all of it.
    if rewritten.trim().is_empty() && julian {
        rewriting.calendar = Calendar::Julian;
        return Ok(rest.to_owned());
    }
    copy(&mut rewritten, rest, &mut julian);
    close(&mut rewritten, &mut julian);
    Ok(rewritten)
}

/// Copies words; a Julian date in them ends before the keyword that begins the next date.
fn copy(rewritten: &mut String, text: &str, julian: &mut bool) {
    let end = [" AND ", " TO ", " and ", " to "].iter().filter_map(|word| text.find(word)).min();
    match end {
        Some(end) if *julian => {
            rewritten.push_str(&text[..end]);
            close(rewritten, julian);
            rewritten.push_str(&text[end..]);
        }
        _ => rewritten.push_str(text),
    }
}

fn close(rewritten: &mut String, julian: &mut bool) {
    if std::mem::take(julian) {
        rewritten.push_str(" (Julian)");
    }
}

/// Reads the calendars of GEDCOM 7, which are named without an escape.
fn prefixed(text: &str) -> Result<String, DateError> {
    let (name, rest) = text.split_once(' ').unwrap_or((text, ""));
    match name {
        "GREGORIAN" if !rest.is_empty() => Ok(rest.to_owned()),
        "JULIAN" if !rest.is_empty() => Ok(format!("{rest} (Julian)")),
        "HEBREW" => Err(other(text, text.len(), "Hebrew")),
        "FRENCH_R" => Err(other(text, text.len(), "French Republican")),
        _ => Ok(text.to_owned()),
    }
}

/// Returns the error for a calendar that is not supported; its escape begins `left` bytes before the end of the text.
fn other(text: &str, left: usize, name: &str) -> DateError {
    let start = text.len() - left;
    let length = text[start + 1..].find('@').map_or(text.len() - start, |end| end + 2);
    unread(start..start + length, name)
}

fn refused(text: &str, left: usize, message: &str) -> DateError {
    DateError::new(text.len() - left..text.len(), message)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{check, refused};
    use super::*;

    #[test]
    fn escapes() {
        check(rewrite, "@#DGREGORIAN@ 25 DEC 2020", "25 DEC 2020");
        check(rewrite, "@#DJULIAN@ 25 DEC 1700", "25 DEC 1700");
        check(rewrite, "ABT @#DJULIAN@ MAR 1066", "ABT MAR 1066 (Julian)");
        check(rewrite, "BET @#DJULIAN@ 1700 AND 1750", "BET 1700 (Julian) AND 1750");
        check(rewrite, "FROM 1700 TO @#DJULIAN@ 1750", "FROM 1700 TO 1750 (Julian)");
        check(rewrite, "FROM @#DJULIAN@ 1700 TO @#DJULIAN@ 1750", "FROM 1700 (Julian) TO 1750 (Julian)");
        check(rewrite, "INT @#DJULIAN@ 1700 (about seventeen hundred)", "1700");
        check(rewrite, "TO 1920", "until 1920");
        check(rewrite, "JULIAN 25 DEC 1700", "25 DEC 1700 (Julian)");
        refused(rewrite, "@#DHEBREW@ 13 CSH 5760", "dates of the Hebrew calendar are not read");
        refused(rewrite, "@#DFRENCH R@ 15 VEND 3", "dates of the French Republican calendar are not read");
        refused(rewrite, "@#DUNKNOWN@ 1", "this escape names no calendar that is known");
        refused(rewrite, "@#D", "the calendar's escape has no @ at its end");
    }

    #[test]
    fn interpretations() {
        check(rewrite, "INT 1850 (about eighteen fifty)", "1850");
        check(rewrite, "INT 25 DEC 1850 (he said (about) fifty)", "25 DEC 1850");
        check(rewrite, "INT 1850", "1850");
        refused(rewrite, "INT 1850 (no closing", "the parenthesis is not closed");
        refused(rewrite, "INT (only a phrase)", "INT gives the date that the words in parentheses stand for");
        for text in ["1850", "int", "INTERVAL", ""] {
            check(rewrite, text, text);
        }
    }
}
