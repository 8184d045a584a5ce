//! Splits a text into runs of digits, letters, spaces and single other characters.

/// The class of the characters of a piece.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) enum Class {
    Digits,
    Letters,
    Space,
    Other,
}

fn class(character: char) -> Class {
    match character {
        _ if character.is_ascii_digit() => Class::Digits,
        _ if character.is_alphabetic() => Class::Letters,
        _ if character.is_whitespace() => Class::Space,
        _ => Class::Other,
    }
}

/// Returns the pieces of a text, which together are the text. Letters are those of any script.
pub(super) fn pieces(text: &str) -> Vec<(Class, &str)> {
    let mut found: Vec<(Class, &str)> = Vec::new();
    let mut start = 0;
    let mut last = None;
    for (at, character) in text.char_indices() {
        let this = class(character);
        if last.is_some_and(|last| last != this || this == Class::Other) {
            found.push((last.unwrap_or(this), &text[start..at]));
            start = at;
        }
        last = Some(this);
    }
    if let Some(last) = last {
        found.push((last, &text[start..]));
    }
    found
}

/// Replaces each run of white space in the text by one space, and removes it at the ends.
pub(super) fn collapsed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Parses a number of at most four digits, and returns it with its width.
pub(super) fn number(text: &str) -> Option<(u64, usize)> {
    let plain = (1..=4).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    Some((text.parse().ok().filter(|_| plain)?, text.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_any_script_stay_whole() {
        use Class::{Digits, Letters, Other, Space};
        let expect = [(Digits, "5"), (Space, " "), (Letters, "août"), (Other, "-"), (Other, "-"), (Digits, "14")];
        assert_eq!(pieces("5 août--14"), expect);
        assert!(pieces("").is_empty());
    }
}
