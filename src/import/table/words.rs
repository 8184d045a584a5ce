//! The words of a cell, as a part of a description.

use std::borrow::Cow;

use super::super::html::{plain, prose};

/// Returns the words of a text as `CommonMark` on one line.
pub(super) fn words(text: &str) -> Cow<'_, str> {
    if is_plain(text) { Cow::Borrowed(text) } else { Cow::Owned(prose(&plain(text)).text) }
}

/// Returns whether a text surely means itself: letters, digits and single spaces, and signs that are no marks. A million
/// cells are asked this.
fn is_plain(text: &str) -> bool {
    let mut before = b' ';
    text.bytes().all(|byte| {
        let is_fit = match byte {
            b' ' | b'/' => before != byte && before != b':',
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b',' | b'.' | b'(' | b')' | b'\'' | b':' | b'%' | b'?' => true,
            // The bytes of a letter that is not ASCII; signs are few.
            byte => !byte.is_ascii(),
        };
        before = byte;
        is_fit
    }) && before != b' '
        && (text.is_ascii() || text.chars().all(|c| c.is_ascii() || c.is_alphanumeric()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stay_themselves() {
        let check = |text: &str, expect: &str| assert_eq!(words(text), expect, "{text:?}");
        check("OMB Director", "OMB Director");
        check("a *b*\nc", "a \\*b\\* c");
        check(" a  b ", "a b");
        check("Größe: 3/4", "Größe: 3/4");
        check("see https://e.org/a_b", "see https://e.org/a_b");
        check("", "");
        for text in ["OMB Director", "3/4/1990", "Größe (1:2)", "대통령 취임"] {
            assert!(is_plain(text), "{text}");
            assert_eq!(prose(&plain(text)).text, text);
        }
    }
}
