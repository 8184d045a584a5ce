//! Finds where characters occur in the strings of a document.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::scan::{Scanner, TokenKind, string_body, string_pieces};

/// Returns the bytes at which each of the wanted characters first occurs in a string of the document. An escape such as
/// `\u{1f600}` counts as its character; comments are ignored.
#[must_use]
pub fn first_occurrences(text: &str, wanted: &BTreeSet<char>) -> BTreeMap<char, Range<usize>> {
    let mut found = BTreeMap::new();
    let mut scanner = Scanner::new(text);
    while found.len() < wanted.len() {
        let token = scanner.advance();
        match token.kind {
            TokenKind::End | TokenKind::UnclosedText | TokenKind::UnclosedComment => break,
            TokenKind::Text => {
                let literal = scanner.source(token);
                let (within, raw) = string_body(literal);
                let start = token.start + within.start;
                let body = literal.get(within).unwrap_or_default();
                for (piece, _) in string_pieces(body, raw) {
                    let character = body.get(piece.clone()).and_then(character);
                    if let Some(c) = character.filter(|c| wanted.contains(c)) {
                        found.entry(c).or_insert(start + piece.start..start + piece.end);
                    }
                }
            }
            _ => {}
        }
    }
    found
}

/// Returns the character of a piece of a string; `None` for an escape that is not numeric.
fn character(piece: &str) -> Option<char> {
    let mut characters = piece.chars();
    match (characters.next(), characters.next()) {
        (Some(c), None) => Some(c),
        _ => unescaped(piece),
    }
}

/// Returns the character of an escape such as `\u{1f600}`.
fn unescaped(escape: &str) -> Option<char> {
    let digits = escape.strip_prefix("\\u{")?.strip_suffix('}')?;
    char::from_u32(u32::from_str_radix(digits, 16).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_strings_count() {
        let text = r##"// 調
            (title: "a 約 \u{8abf} \"x", /* 条 */ id: r#"約条"#)"##;
        let found = first_occurrences(text, &BTreeSet::from(['調', '約', '条', '国']));
        let found: Vec<(char, &str)> = found.into_iter().map(|(c, place)| (c, &text[place])).collect();
        assert_eq!(found, [('条', "条"), ('約', "約"), ('調', r"\u{8abf}")]);
        assert_eq!(first_occurrences("(title: \"約", &BTreeSet::from(['約'])), BTreeMap::new());
    }
}
