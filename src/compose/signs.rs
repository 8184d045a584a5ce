//! The words of a line, and the signs before some of them.

use std::ops::Range;

/// A word of a line, or what a sign names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    /// Its bytes in the line, with its sign and quotation marks.
    pub range: Range<usize>,
    /// What it is.
    pub kind: Kind,
}

/// What a word of a line is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A word, as it is meant: without the backslash before a sign.
    Word(String),
    /// A tag.
    Tag(String),
    /// The name of a lane. Without quotation marks, further words may belong to it.
    Lane {
        /// The name.
        name: String,
        /// Whether it is in quotation marks.
        is_quoted: bool,
    },
}

/// Quotation marks: the first one, and the one that ends what is quoted.
const QUOTES: [(char, char); 3] = [('"', '"'), ('“', '”'), ('„', '“')];

/// Cuts a line into words. A sign counts only before a word, so that `a@b.org` and `C#` are words; `\#` is no sign.
pub(super) fn tokens(line: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(start) = line.get(at..).and_then(|rest| Some(at + rest.find(|c: char| !c.is_whitespace())?)) {
        let token = token(line, start);
        at = token.range.end.max(start + 1);
        tokens.push(token);
    }
    tokens
}

fn token(line: &str, start: usize) -> Token {
    let rest = line.get(start..).unwrap_or_default();
    let word = rest.split(char::is_whitespace).next().unwrap_or_default();
    let whole = start..start + word.len();
    let Some(sign) = word.chars().next().filter(|c| matches!(c, '#' | '@')) else {
        let is_escaped = word.starts_with(r"\#") || word.starts_with(r"\@");
        let word = if is_escaped { word.get(1..).unwrap_or_default() } else { word };
        return Token { range: whole, kind: Kind::Word(word.to_owned()) };
    };
    let after = rest.get(1..).unwrap_or_default();
    let named = |name: &str, is_quoted: bool| match sign {
        '#' => Kind::Tag(name.to_owned()),
        _ => Kind::Lane { name: name.to_owned(), is_quoted },
    };
    if let Some((name, length)) = quoted(after) {
        return Token { range: start..start + 1 + length, kind: named(name, true) };
    }
    let name = after.split(char::is_whitespace).next().unwrap_or_default();
    let name = name.trim_end_matches([',', ';', '.', ':']);
    // "#1" is a number.
    if !name.chars().any(char::is_alphabetic) {
        return Token { range: whole, kind: Kind::Word(word.to_owned()) };
    }
    Token { range: whole, kind: named(name, false) }
}

/// Returns what is in quotation marks at the beginning of a text, and its length with them, in bytes.
fn quoted(text: &str) -> Option<(&str, usize)> {
    QUOTES.iter().find_map(|(open, close)| {
        let inside = text.strip_prefix(*open)?;
        let name = inside.split_once(*close)?.0;
        let length = open.len_utf8() + name.len() + close.len_utf8();
        let name = name.trim();
        (!name.is_empty()).then_some((name, length))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_stand_before_words() {
        let check = |line: &str, expect: &[&str]| {
            let shown = |token: &Token| match &token.kind {
                Kind::Word(word) => word.clone(),
                Kind::Tag(tag) => format!("tag({tag})"),
                Kind::Lane { name, is_quoted } => format!("lane{}({name})", if *is_quoted { "!" } else { "" }),
            };
            let tokens = tokens(line);
            assert_eq!(tokens.iter().map(shown).collect::<Vec<_>>(), expect, "{line}");
            assert!(tokens.windows(2).all(|pair| pair[0].range.end <= pair[1].range.start), "{line}");
        };
        check("  1965\tTreaty ", &["1965", "Treaty"]);
        check("Treaty #war, #1 # C# @people", &["Treaty", "tag(war)", "#1", "#", "C#", "lane(people)"]);
        check(r#"#"two words" @“Foreign policy”x"#, &["tag(two words)", "lane!(Foreign policy)", "x"]);
        check(r"\#war a@b.org \n", &["#war", "a@b.org", r"\n"]);
        check("#\"open", &["tag(\"open)"]);
        check("", &[]);
    }
}
