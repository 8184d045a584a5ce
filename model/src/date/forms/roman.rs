//! Centuries in Roman numerals: `XIVth century`, `XIX c.`, `XVI–XVII centuries`.

use super::rewriting::Rewriting;
use crate::date::error::DateError;
use crate::date::vocabulary::ordinal;

/// Replaces the Roman numerals of a text that names a century by ordinals.
#[expect(clippy::unnecessary_wraps, reason = "as the other forms")]
pub(super) fn rewrite(rewriting: &mut Rewriting) -> Result<(), DateError> {
    let text = &rewriting.text;
    if !text.contains(['I', 'V', 'X', 'L']) {
        return Ok(());
    }
    let lower = text.to_ascii_lowercase();
    let named = ["century", "centuries", "cent.", "millennium", " c.", " c"].iter().any(|name| {
        lower.match_indices(name).any(|(at, _)| !lower[at + name.len()..].starts_with(|c: char| c.is_alphabetic()))
    });
    if !named {
        return Ok(());
    }
    let mut rewritten = String::with_capacity(text.len() + 8);
    let mut rest = text.as_str();
    while let Some(first) = rest.chars().next() {
        let after_digit = rewritten.ends_with(|c: char| c.is_ascii_digit());
        let length = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len()).max(first.len_utf8());
        let (word, tail) = rest.split_at(length);
        match count(word) {
            // Excludes the X of "15XX".
            Some(value) if !after_digit => rewritten.push_str(&ordinal(value)),
            _ => rewritten.push_str(word),
        }
        rest = tail;
    }
    rewriting.text = rewritten;
    Ok(())
}

/// Returns `true` if a text begins with a numeral followed by something other than a digit.
pub(super) fn leads(text: &str) -> bool {
    let word = text.split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default();
    word.len() < text.len() && !text[word.len()..].starts_with(|c: char| c.is_ascii_digit()) && count(word).is_some()
}

/// Returns the value of a numeral with or without "th".
fn count(word: &str) -> Option<u64> {
    let numeral = ["st", "nd", "rd", "th"].iter().find_map(|suffix| word.strip_suffix(suffix)).unwrap_or(word);
    // "C" is "century"; there are no centuries "D" and "M".
    value(numeral).filter(|&value| value < 50 && numeral != "C")
}

/// Returns the value of a Roman numeral in capitals, in its standard form only.
pub(in crate::date) fn value(text: &str) -> Option<u64> {
    const NUMERALS: [(&str, u64); 13] = [
        ("M", 1_000),
        ("CM", 900),
        ("D", 500),
        ("CD", 400),
        ("C", 100),
        ("XC", 90),
        ("L", 50),
        ("XL", 40),
        ("X", 10),
        ("IX", 9),
        ("V", 5),
        ("IV", 4),
        ("I", 1),
    ];
    let (mut rest, mut value) = (text, 0);
    for (numeral, worth) in NUMERALS {
        while let Some(tail) = rest.strip_prefix(numeral) {
            (rest, value) = (tail, value + worth);
        }
    }
    // Only the standard form is accepted, which "IIII" and "IVI" are not.
    let (mut left, mut written) = (value, String::new());
    for (numeral, worth) in NUMERALS {
        while left >= worth {
            left -= worth;
            written.push_str(numeral);
        }
    }
    (rest.is_empty() && value > 0 && written == text).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;
    use super::*;

    #[test]
    fn numerals() {
        for (text, expect) in [
            ("XIV", Some(14)),
            ("XIX", Some(19)),
            ("MDCCLXXVI", Some(1_776)),
            ("MCMXCIX", Some(1_999)),
            ("IIII", None),
            ("IVI", None),
            ("VX", None),
            ("xiv", None),
            ("", None),
        ] {
            assert_eq!(value(text), expect, "{text}");
        }
    }

    #[test]
    fn centuries() {
        check(rewrite, "XIVth century", "14th century");
        check(rewrite, "XIX century", "19th century");
        check(rewrite, "early XIX c.", "early 19th c.");
        check(rewrite, "XVI\u{2013}XVII centuries", "16th\u{2013}17th centuries");
        check(rewrite, "Vth century BC", "5th century BC");
        for text in ["about c. 15XX", "15XX", "MIX", "VI", "c. 1850", "19th century", "XIX", "1900 CE"] {
            check(rewrite, text, text);
        }
    }
}
