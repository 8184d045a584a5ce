//! Determines which characters of a text a font must have.

use std::collections::BTreeSet;

/// Returns the visible characters of a document that a font could lack, including those written as escapes.
#[must_use]
pub fn seen_in(text: &str) -> BTreeSet<char> {
    let escaped: Vec<char> = escapes(text).filter(|c| is_seen(*c)).collect();
    let mut seen = BTreeSet::new();
    if text.is_ascii() && escaped.is_empty() {
        return seen;
    }
    let mut known = vec![false; char::MAX as usize + 1];
    for c in text.chars().filter(|c| is_seen(*c)).chain(escaped) {
        // Large texts repeat a few thousand characters.
        if let Some(known) = known.get_mut(c as usize)
            && !std::mem::replace(known, true)
        {
            seen.insert(c);
        }
    }
    seen
}

/// Returns whether a font must have a character to display it. ASCII is excluded, as all fonts have it.
pub fn is_seen(c: char) -> bool {
    !c.is_ascii() && !c.is_control() && !c.is_whitespace() && !is_ignorable(c)
}

/// Returns the characters that a document writes as escapes such as `\u{1f600}`.
fn escapes(text: &str) -> impl Iterator<Item = char> {
    memchr::memmem::find_iter(text.as_bytes(), b"\\u{").filter_map(|at| {
        let (digits, _) = text.get(at + 3..)?.split_once('}').filter(|(digits, _)| digits.len() <= 6)?;
        char::from_u32(u32::from_str_radix(digits, 16).ok()?)
    })
}

/// Returns whether a character is an invisible direction mark, joiner or selector.
pub fn is_ignorable(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_seen_is_more_than_ascii_and_has_ink() {
        let check =
            |text: &str, expect: &str| assert_eq!(seen_in(text).into_iter().collect::<String>(), expect, "{text}");
        check("plain 1965", "");
        check(r"a \u{C870}\u{c57d} \u{110000} \u{", "약조");
        check(r"\u{41}\u{20}\u{200b}", "");
        check("é\u{a0}\u{200e}é–\u{fe0f}", "é–");
    }
}
