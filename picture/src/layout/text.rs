//! Titles and other short texts on one line.

use std::borrow::Cow;

/// Returns a text as set on one line: line breaks, tabs and other control characters become spaces, runs of spaces
/// become one, and both ends are trimmed.
///
/// Spaces with a width of their own, such as U+00A0 and U+2009, are kept.
#[must_use]
pub fn one_line(text: &str) -> Cow<'_, str> {
    if is_one_line(text) {
        return Cow::Borrowed(text);
    }
    let mut line = String::with_capacity(text.len());
    for word in text.split(is_break).filter(|word| !word.is_empty()) {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    Cow::Owned(line)
}

/// Returns whether a character separates words like a plain space: a space, or one that cannot be set on a line.
fn is_break(c: char) -> bool {
    c == ' ' || c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')
}

fn is_one_line(text: &str) -> bool {
    let bytes = text.as_bytes();
    // In UTF-8, C1 control characters begin with 0xc2, and U+2028 and U+2029 with 0xe2. Counting takes no branches: many
    // bytes are looked at in one step.
    let may_break = |byte: &&u8| matches!(**byte, 0..=0x1f | 0x7f | 0xc2 | 0xe2);
    if bytes.iter().filter(may_break).count() > 0 {
        return slowly(text);
    }
    let after = bytes.get(1..).unwrap_or_default();
    let gaps = bytes.iter().zip(after).filter(|pair| *pair == (&b' ', &b' ')).count();
    gaps == 0 && bytes.first() != Some(&b' ') && bytes.last() != Some(&b' ')
}

/// The same check for texts with characters that share a first byte with the breaking ones.
fn slowly(text: &str) -> bool {
    let mut after_space = true;
    for c in text.chars() {
        if is_break(c) && (c != ' ' || after_space) {
            return false;
        }
        after_space = c == ' ';
    }
    !after_space || text.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: &str) {
        let line = one_line(text);
        assert_eq!(line, expect, "{text:?}");
        assert_eq!(matches!(line, Cow::Borrowed(_)), text == expect, "{text:?} is copied only where it changes");
        assert_eq!(one_line(expect), expect, "once is enough");
    }

    #[test]
    fn breaks_are_spaces() {
        for text in ["", "Treaty of 1965", "a", "100\u{a0}km", "\u{b9}\u{2009}First", "日本 語", "—“é”…"] {
            check(text, text);
        }
        for gap in ["\n", "\r\n", "\r", "\t", "\u{b}", "\u{c}", "\u{85}", "\u{2028}", "\u{2029}", "\0", "  ", " \n\t "]
        {
            check(&format!("First{gap}second"), "First second");
            check(&format!("{gap}First{gap}{gap}— second{gap}"), "First — second");
        }
        for nothing in [" ", "\n", "\t \r\n"] {
            check(nothing, "");
        }
    }
}
