//! Laboratory dates: `1540±9`, `1540 +/- 9`, `1535-5+20`, and years before present, `7000 BP`, `12,000 cal BP`.
//!
//! "Before present" counts calendar years back from 1950 (Stuiver and Polach, "Reporting of 14C data", Radiocarbon 19,
//! 1977). An uncalibrated radiocarbon age is not in calendar years, so a bare "BP" causes a caution.

use super::rewriting::Rewriting;
use crate::date::civil::PRESENT;
use crate::date::error::{Caution, DateError};
use crate::date::vocabulary;

/// The notations for "plus or minus".
const PLUS_MINUS: [&str; 4] = ["\u{b1}", "+/-", "+-", "\u{2213}"];

/// Rewrites a year with a margin of error as one of a range of years, and years before present as years of an era.
#[expect(clippy::unnecessary_wraps, reason = "as the other forms")]
pub(super) fn rewrite(rewriting: &mut Rewriting) -> Result<(), DateError> {
    let lab = |window: &[u8]| window.eq_ignore_ascii_case(b"bp") || window.eq_ignore_ascii_case(b"b.");
    let signed = rewriting.text.contains(['+', '\u{b1}', '\u{2213}']);
    if !signed && !rewriting.text.as_bytes().windows(2).any(lab) {
        return Ok(());
    }
    let text = rewriting.text.trim().to_owned();
    let (measured, before_present, calibrated) = without_present(&text);
    let Some((prefix, middle, minus, plus, rest)) = with_error(&measured) else {
        if before_present {
            ages(rewriting, &text, &measured, calibrated);
        }
        return Ok(());
    };
    // Next to a margin of error, "about" adds nothing.
    if !matches!(prefix.to_ascii_lowercase().as_str(), "" | "c" | "c." | "ca" | "ca." | "circa" | "about") {
        return Ok(());
    }
    let before_era = matches!(rest.to_ascii_lowercase().as_str(), "bc" | "bce" | "b.c." | "b.c.e.");
    if !(rest.is_empty() || before_era || matches!(rest.to_ascii_lowercase().as_str(), "ad" | "ce" | "a.d.")) {
        return Ok(());
    }
    // Astronomical years from here on.
    let middle = if before_present {
        PRESENT - middle
    } else if before_era {
        1 - middle
    } else {
        middle
    };
    let (minus, plus) = if before_present || before_era { (plus, minus) } else { (minus, plus) };
    let (first, last) = (year(middle.saturating_sub(minus)), year(middle.saturating_add(plus)));
    rewriting.text = format!("[{first}..{last}]");
    doubt(rewriting, &text, before_present, calibrated);
    Ok(())
}

fn doubt(rewriting: &mut Rewriting, text: &str, before_present: bool, calibrated: bool) {
    if before_present && !calibrated {
        let message = format!("{text} is read as calendar years before 1950");
        let advice = "a radiocarbon age has to be calibrated first; if it has been, write cal BP";
        rewriting.cautions.push(Caution::new(0..text.len(), message).advice(advice));
    }
}

/// Rewrites years before present without a margin of error, alone or as the ends of a span.
fn ages(rewriting: &mut Rewriting, text: &str, measured: &str, calibrated: bool) {
    // "12 ka BP" is 12 ka.
    if measured.ends_with(|c: char| c.is_alphabetic()) {
        measured.clone_into(&mut rewriting.text);
        return;
    }
    let between = measured.strip_prefix("between ").map(|rest| rest.replace(" and ", "-"));
    let ends = between.clone().unwrap_or_else(|| measured.trim_start_matches("from ").replace(" to ", "-"));
    let mut years = Vec::new();
    for end in ends.split(['-', '\u{2013}', '\u{2014}']) {
        let Some(age) = number(end.trim()) else {
            return;
        };
        years.push(PRESENT - age);
    }
    years.sort_unstable();
    let approximate = |year_number: &i64| format!("c. {}", year(*year_number));
    rewriting.text = match years.as_slice() {
        [first, last] if between.is_some() => format!("[{}..{}]", year(*first), year(*last)),
        [only] => approximate(only),
        [first, last] => format!("{} \u{2013} {}", approximate(first), approximate(last)),
        _ => return,
    };
    doubt(rewriting, text, true, calibrated);
}

/// Returns a text without "BP" and the words around it, whether it had them, and whether the age is calibrated.
fn without_present(text: &str) -> (String, bool, bool) {
    let mut found = (false, false);
    let kept: Vec<&str> = text
        .split_whitespace()
        .filter(|word| match word.trim_end_matches(',').to_ascii_lowercase().as_str() {
            "bp" | "b.p." => {
                found.0 = true;
                false
            }
            "cal" | "cal." | "calbp" => {
                found.1 = true;
                found.0 |= word.len() > 4;
                false
            }
            "yr" | "yrs" | "years" | "14c" => false,
            _ => true,
        })
        .collect();
    let rest = kept.join(" ");
    match rest.strip_suffix("BP") {
        Some(glued) if glued.ends_with(|c: char| c.is_ascii_digit()) => (glued.to_owned(), true, found.1),
        _ if found.0 => (rest, true, found.1),
        _ => (text.to_owned(), false, false),
    }
}

/// Splits a year with a margin of error: the text before it, the year, how much less and more it may be, and the rest.
fn with_error(text: &str) -> Option<(&str, i64, i64, i64, &str)> {
    let start = text.find(|c: char| c.is_ascii_digit())?;
    let (prefix, rest) = text.split_at(start);
    let (middle, rest) = leading(rest)?;
    if let Some(tail) = PLUS_MINUS.iter().find_map(|sign| rest.trim_start().strip_prefix(sign)) {
        let (error, rest) = leading(tail.trim_start())?;
        return Some((prefix.trim(), middle, error, error, rest.trim()));
    }
    // "1535-5+20", as in the dates of tree rings.
    let (minus, rest) = leading(rest.strip_prefix('-')?)?;
    let (plus, rest) = leading(rest.strip_prefix('+')?)?;
    (middle >= 1_000 && minus < 100 && plus < 100).then(|| (prefix.trim(), middle, minus, plus, rest.trim()))
}

/// Splits the number at the beginning of a text from the rest.
fn leading(text: &str) -> Option<(i64, &str)> {
    let length = text.find(|c: char| !(c.is_ascii_digit() || c == ',')).unwrap_or(text.len());
    Some((number(&text[..length])?, &text[length..]))
}

/// Parses a whole number with or without separators between its thousands.
fn number(text: &str) -> Option<i64> {
    let groups: Vec<&str> = text.split(',').collect();
    let well_formed = groups.iter().all(|group| !group.is_empty() && group.bytes().all(|b| b.is_ascii_digit()))
        && groups.iter().skip(1).all(|group| group.len() == 3);
    groups.concat().parse().ok().filter(|&value: &i64| well_formed && value <= 100_000_000)
}

/// Formats an astronomical year with its era.
fn year(astronomical: i64) -> String {
    let (year, before) = vocabulary::era_year(astronomical);
    format!("{year} {}", if before { "BCE" } else { "CE" })
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;
    use super::*;

    #[test]
    fn errors_of_measurement() {
        check(rewrite, "1540\u{b1}9", "[1531 CE..1549 CE]");
        check(rewrite, "1540 +/- 9", "[1531 CE..1549 CE]");
        check(rewrite, "3000 \u{b1} 50 BCE", "[3050 BCE..2950 BCE]");
        check(rewrite, "7000\u{b1}50 BP", "[5101 BCE..5001 BCE]");
        check(rewrite, "1535-5+20", "[1530 CE..1555 CE]");
        check(rewrite, "1600-25+17", "[1575 CE..1617 CE]");
    }

    #[test]
    fn before_present() {
        check(rewrite, "7000 BP", "c. 5051 BCE");
        check(rewrite, "55 BP", "c. 1895 CE");
        check(rewrite, "7,000 cal BP", "c. 5051 BCE");
        check(rewrite, "7000 cal. yr BP", "c. 5051 BCE");
        check(rewrite, "7000BP", "c. 5051 BCE");
        check(rewrite, "1200 - 1500 BP", "c. 450 CE \u{2013} c. 750 CE");
        check(rewrite, "7000 to 6000 cal BP", "c. 5051 BCE \u{2013} c. 4051 BCE");
        check(rewrite, "between 7000 and 6000 cal BP", "[5051 BCE..4051 BCE]");
        check(rewrite, "12 ka BP", "12 ka");
        for text in ["7000 years ago", "1535-05", "1985-04+09:00", "BP", "cal", "1540", "10\u{b1}x", ""] {
            check(rewrite, text, text);
        }
    }
}
