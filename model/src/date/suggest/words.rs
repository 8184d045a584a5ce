//! Ordinals in words, and centuries without "th".

use super::pieces::{Class, collapsed, number, pieces};
use crate::date::forms;
use crate::date::vocabulary::{ordinal, spelled_ordinal};

/// Rewrites ordinals as "8th", and "19c", "19 century", "century 19" and "19th-century" as "19th century".
pub(super) fn rewrite(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for (class, piece) in pieces(text) {
        let ordinal = if class == Class::Letters { spelled(piece) } else { None };
        let written = ordinal.map_or_else(|| piece.to_owned(), |unit| with_tens(&mut found, unit));
        found.push(written);
    }
    capital_c(&mut found);
    let rewritten = collapsed(&centuries(found));
    if rewritten == collapsed(text) { Vec::new() } else { vec![rewritten] }
}

fn spelled(word: &str) -> Option<u64> {
    spelled_ordinal(word.to_ascii_lowercase().as_bytes()).map(u64::from)
}

/// Formats an ordinal, with "twenty" or "thirty" taken from the pieces before it.
fn with_tens(before: &mut Vec<String>, unit: u64) -> String {
    let tens = match before.as_slice() {
        [.., tens, joint] if matches!(joint.as_str(), "-" | " ") => match tens.to_ascii_lowercase().as_str() {
            "twenty" => 20,
            "thirty" => 30,
            _ => 0,
        },
        _ => 0,
    };
    if tens > 0 {
        before.truncate(before.len() - 2);
    }
    ordinal(tens + unit)
}

/// Rewrites `C13th`, as written by archaeologists, as `13th century`.
fn capital_c(pieces: &mut [String]) {
    for at in 1..pieces.len() {
        if pieces[at - 1] == "C"
            && let Some((value, 1..=2)) = number(&pieces[at])
        {
            let has_ordinal = pieces.get(at + 1).is_some_and(|next| matches!(next.as_str(), "st" | "nd" | "rd" | "th"));
            pieces[at - 1].clear();
            pieces[at] = format!("{} century", ordinal(value));
            if has_ordinal {
                pieces[at + 1].clear();
            }
        }
    }
}

/// Adds "th" to the number of each century and a space before its name.
fn centuries(mut pieces: Vec<String>) -> String {
    let is_century = |piece: &str| ["century", "centuries", "cent"].iter().any(|name| piece.eq_ignore_ascii_case(name));
    let is_joint = |piece: &str| piece.chars().all(|c| c.is_whitespace() || matches!(c, '-' | '.'));
    let count = |piece: &str| {
        let arabic = number(piece).filter(|&(value, width)| width <= 2 && value > 0).map(|(value, _)| value);
        arabic.or_else(|| forms::roman_value(piece).filter(|&value| value < 50 && piece != "C"))
    };
    for at in 0..pieces.len() {
        let named = is_century(&pieces[at]);
        let short = pieces[at] == "c" && at > 0 && count(&pieces[at - 1]).is_some();
        if !named && !short {
            continue;
        }
        let back = (0..at).rev().find(|&back| !is_joint(&pieces[back]));
        let forward = (at + 1..pieces.len()).find(|&next| !is_joint(&pieces[next]));
        let bare = back.filter(|&back| count(&pieces[back]).is_some());
        let has_ordinal = back.is_some_and(|back| matches!(pieces[back].as_str(), "st" | "nd" | "rd" | "th"));
        match (bare, forward) {
            (Some(back), _) => {
                pieces[back] = ordinal(count(&pieces[back]).unwrap_or(1));
                pieces[back + 1..at].fill(String::new());
                pieces[at] = " century".into();
                if short && pieces.get(at + 1).is_some_and(|next| next == ".") {
                    pieces[at + 1] = String::new();
                }
            }
            (None, _) if has_ordinal => pieces[back.map_or(0, |back| back + 1)..at].fill(" ".into()),
            (None, Some(next)) if back.is_none_or(|back| !pieces[back].ends_with("th")) => {
                if let Some(value) = count(&pieces[next]) {
                    pieces[next] = format!("{} century", ordinal(value));
                    pieces[at..next].fill(String::new());
                }
            }
            _ => {}
        }
    }
    pieces.concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinals_and_centuries() {
        for (text, expect) in [
            ("19c", "19th century"),
            ("18c.", "18th century"),
            ("4 century BC", "4th century BC"),
            ("20. century", "20th century"),
            ("century 19", "19th century"),
            ("century XVI", "16th century"),
            ("mid C13th", "mid 13th century"),
            ("19th-century", "19th century"),
            ("eighth century", "8th century"),
            ("July twenty-first 1776", "July 21st 1776"),
            ("July twenty first, 1776", "July 21st, 1776"),
        ] {
            assert_eq!(rewrite(text), [expect], "{text}");
        }
        for text in ["19th century", "19th c.", "c. 1850", "c 19", "1965", "c", ""] {
            assert!(rewrite(text).is_empty(), "{text}");
        }
    }
}
