//! Translates words of other languages to English, for suggestions; dates are read in English only.

mod tables;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::sync::LazyLock;

use super::pieces::{Class, collapsed, pieces};
use crate::date::forms;
use crate::date::vocabulary::ordinal;
use tables::{MONTHS, PHRASES, WORDS};

/// The English for each word.
static KNOWN: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
    let all = MONTHS.iter().chain(&WORDS);
    all.flat_map(|(english, words)| words.iter().map(|word| (*word, *english))).collect()
});

/// Translates each word of another language to English.
pub(super) fn rewrite(text: &str) -> Vec<String> {
    let known = with_phrases(text);
    let text = known.as_deref().unwrap_or(text);
    let mut found = known.is_some();
    let mut rewritten = String::new();
    let mut before = Class::Space;
    let pieces = pieces(text);
    let mut at = 0;
    while let Some(&(class, piece)) = pieces.get(at) {
        at += 1;
        let english = match class {
            Class::Letters => match contracted(pieces.get(at - 1..at + 2).unwrap_or_default()) {
                Some(month) => {
                    at += 2;
                    Some(month.to_owned())
                }
                None if before == Class::Digits => counted(&rewritten, piece),
                None if is_short_century(&rewritten, piece, pieces.get(at)) => Some("century".to_owned()),
                None => match century_after(pieces.get(at - 1..at + 2).unwrap_or_default()) {
                    Some(century) => {
                        at += 2;
                        Some(century)
                    }
                    None => match decade_after(pieces.get(at - 1..).unwrap_or_default()) {
                        Some((decade, length)) => {
                            at += length - 1;
                            Some(decade)
                        }
                        None => translated(piece),
                    },
                },
            },
            // That of a half, third or quarter: "2. Hälfte".
            Class::Other if piece == "." && before == Class::Digits && is_portion(pieces.get(at..at + 2)) => {
                counted(&rewritten, "º")
            }
            // The full stop of a German or Danish day or century: "8. Mai", "20. Jahrhundert".
            Class::Other if piece == "." && before == Class::Digits && is_counted(&rewritten, &pieces, at) => {
                Some(String::new())
            }
            _ => None,
        };
        // The full stop of an abbreviation that is now written in full.
        let is_full = english.as_ref().is_some_and(|english| english.len() > 2);
        if is_full && pieces.get(at).is_some_and(|(_, next)| *next == ".") {
            at += 1;
        }
        found |= english.as_ref().is_some_and(|english| !english.is_empty() || class == Class::Letters);
        rewritten.push_str(english.as_deref().unwrap_or(piece));
        before = class;
    }
    if found { vec![collapsed(&rewritten)] } else { cjk(text) }
}

/// Returns whether the full stop before the piece at a position is that of an ordinal: of the first number, or of one
/// before a word of another language.
fn is_counted(rewritten: &str, pieces: &[(Class, &str)], at: usize) -> bool {
    let next = match pieces.get(at..at + 2) {
        Some([(Class::Space, _), (Class::Letters, word)]) => translated(word),
        _ => None,
    };
    !rewritten.contains(' ') || next.is_some_and(|english| !english.is_empty())
}

/// Returns the century that is named before its number: "siglo XVIII".
fn century_after(pieces: &[(Class, &str)]) -> Option<String> {
    let [(Class::Letters, word), (Class::Space, _), (Class::Letters, number)] = pieces else { return None };
    let is_century = translated(word).is_some_and(|english| english == "century");
    Some(format!("{} century", ordinal(forms::roman_value(number).filter(|_| is_century)?)))
}

/// Returns whether a word is the abbreviation of a century in French, after its number.
fn is_short_century(before: &str, word: &str, next: Option<&(Class, &str)>) -> bool {
    let is_counted = ["st ", "nd ", "rd ", "th "].iter().any(|ending| before.ends_with(ending));
    word == "s" && is_counted && next.is_none_or(|(_, next)| *next == ".")
}

/// Returns whether what follows is the name of a half, third or quarter.
fn is_portion(next: Option<&[(Class, &str)]>) -> bool {
    let Some([(Class::Space, _), (Class::Letters, word)]) = next else { return false };
    translated(word).is_some_and(|english| matches!(english.as_str(), "half" | "third" | "quarter"))
}

/// Returns the decade that is named before its first year, and the number of pieces: "années 1920", "década de 1920".
fn decade_after(pieces: &[(Class, &str)]) -> Option<(String, usize)> {
    const DECADES: [&str; 7] = ["années", "annees", "años", "anni", "década", "decennio", "jaren"];
    let ((_, name), rest) = pieces.split_first()?;
    if !DECADES.contains(&name.to_lowercase().as_str()) {
        return None;
    }
    let is_between = |class: Class, piece: &str| match class {
        Class::Space => true,
        Class::Letters => piece == "los" || translated(piece).is_some_and(|english| english.is_empty()),
        _ => false,
    };
    let between = rest.iter().take_while(|(class, piece)| is_between(*class, piece)).count();
    let (_, year) = rest.get(between).filter(|(class, year)| *class == Class::Digits && is_decade(year))?;
    Some((format!("{year}s"), between + 2))
}

/// Returns whether a number is the first year of a decade.
fn is_decade(digits: &str) -> bool {
    digits.len() == 4 && digits.ends_with('0')
}

/// Returns the month of an old contraction, with a full stop before its last letters: "Jan.y", "Sep.tr", "Aug.st".
fn contracted(pieces: &[(Class, &str)]) -> Option<&'static str> {
    const STEMS: [(&str, &str); 15] = [
        ("jan", "January"),
        ("feb", "February"),
        ("febr", "February"),
        ("mar", "March"),
        ("apr", "April"),
        ("aug", "August"),
        ("sep", "September"),
        ("sept", "September"),
        ("oct", "October"),
        ("octo", "October"),
        ("nov", "November"),
        ("novem", "November"),
        ("dec", "December"),
        ("decb", "December"),
        ("decem", "December"),
    ];
    let [(Class::Letters, stem), (Class::Other, "."), (Class::Letters, end)] = pieces else {
        return None;
    };
    let is_end = ["y", "ry", "ary", "r", "er", "br", "ber", "t", "st", "tr", "h", "l"].contains(end);
    STEMS.iter().find(|(name, _)| is_end && stem.eq_ignore_ascii_case(name)).map(|&(_, month)| month)
}

/// Replaces the ending of an ordinal: "1er" and "2e" are French and Spanish, "19e" is Dutch, "23d" old English; and that of
/// a decade: "1920er".
fn counted(before: &str, ending: &str) -> Option<String> {
    let is_ordinal = matches!(ending, "er" | "d" | "ère" | "re" | "e" | "ème" | "º" | "ª" | "o" | "a");
    let digits = before.rsplit(|c: char| !c.is_ascii_digit()).next()?;
    if ending == "er" && is_decade(digits) {
        return Some("s".to_owned());
    }
    let english = ordinal(digits.parse().ok().filter(|_| is_ordinal)?);
    english.get(english.len() - 2..).map(str::to_owned)
}

/// Returns the English for a word, or `None` if it is English already or unknown.
fn translated(word: &str) -> Option<String> {
    let lower = word.to_lowercase();
    // "XIXe siècle".
    if let Some(count) = ["e", "ème", "er"].iter().find_map(|end| forms::roman_value(word.strip_suffix(end)?)) {
        return Some(ordinal(count));
    }
    KNOWN.get(lower.as_str()).map(|english| (*english).to_owned())
}

/// Replaces phrases of several words in another language, and what "s. XVII" shortens, or returns `None` if there are none.
fn with_phrases(text: &str) -> Option<String> {
    let mut rewritten: Option<String> = None;
    for (written, english) in PHRASES {
        let text = rewritten.as_deref().unwrap_or(text);
        let lower = text.to_lowercase();
        if let Some(at) = lower.find(written).filter(|_| lower.len() == text.len()) {
            rewritten = Some(format!("{}{english}{}", text.get(..at)?, text.get(at + written.len()..)?));
        }
    }
    let text = rewritten.as_deref().unwrap_or(text);
    let century = ["saec. ", "sec. ", "s. "].into_iter().find_map(|name| {
        let (before, number) = text.split_once(name)?;
        let digits = number.split_whitespace().next().unwrap_or_default();
        let is_century = digits.len() > 1 && forms::roman_value(digits).is_some();
        (is_century && !before.ends_with(char::is_alphanumeric)).then(|| format!("{before}siglo {number}"))
    });
    century.or(rewritten)
}

/// Rewrites Chinese and Japanese dates, which have the unit after each number: 1985年4月12日.
fn cjk(text: &str) -> Vec<String> {
    if !text.contains('年') {
        return Vec::new();
    }
    let mut rewritten = text.replace(['年', '月'], "-").replace('日', "");
    while rewritten.ends_with('-') {
        rewritten.pop();
    }
    vec![rewritten]
}
