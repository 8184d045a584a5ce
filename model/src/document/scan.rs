//! A tokenizer of RON that keeps positions in the text.
//!
//! The scanner recognises just enough of the language to distinguish brackets and field names from similar text in
//! strings and comments. It accepts any text, stops at its end, and agrees with `ron` wherever `ron` accepts the text.

use std::ops::Range;

use super::literals::{comment_end, raw_string_end, string_end};

/// The kind of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TokenKind {
    /// `(`, `[` or `{`.
    Open(char),
    /// `)`, `]` or `}`.
    Close(char),
    Comma,
    Colon,
    /// A string, `".."` or `r#".."#`.
    Text,
    /// A byte string or byte literal, which no field takes.
    Bytes,
    /// A character literal, which no field takes either.
    Char,
    /// An identifier, including any `r#`.
    Word,
    /// Anything that starts like a number, up to the first character that cannot be in a number or date.
    Number,
    /// Any other character.
    Other(char),
    /// A string without an end.
    UnclosedText,
    /// A block comment without an end.
    UnclosedComment,
    /// The end of the text.
    End,
}

/// A token and its bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub kind: TokenKind,
    pub start: usize,
    pub end: usize,
}

impl Token {
    pub fn span(self) -> Range<usize> {
        self.start..self.end
    }

    /// Returns `true` if the list or group that contains this token ends here.
    pub fn ends_group(self) -> bool {
        use TokenKind::{Close, End, UnclosedComment, UnclosedText};
        matches!(self.kind, Close(_) | End | UnclosedComment | UnclosedText)
    }
}

/// A position in a text that moves over its tokens. Copy it to look ahead.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scanner<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Scanner<'t> {
    pub fn new(text: &'t str) -> Self {
        Self::at(text, 0)
    }

    /// Creates a scanner at a position within a text.
    pub fn at(text: &'t str, at: usize) -> Self {
        Self { text, at }
    }

    /// Returns the source of a token of this text.
    pub fn source(&self, token: Token) -> &'t str {
        self.text.get(token.span()).unwrap_or_default()
    }

    /// Returns the name of a [`TokenKind::Word`], without the `r#` of a raw identifier.
    pub fn word(&self, token: Token) -> &'t str {
        let source = self.source(token);
        source.strip_prefix("r#").unwrap_or(source)
    }

    pub fn peek(&self) -> Token {
        let mut ahead = *self;
        ahead.advance()
    }

    /// Takes the next token. At the end it is always [`TokenKind::End`].
    pub fn advance(&mut self) -> Token {
        let (kind, start, end) = if let Err(comment) = self.skip_blank() {
            (TokenKind::UnclosedComment, comment, self.text.len())
        } else {
            let (kind, length) = token(self.rest());
            (kind, self.at, self.at + length)
        };
        self.at = end;
        Token { kind, start, end }
    }

    /// Takes the next token if it is of this kind.
    pub fn take(&mut self, kind: TokenKind) -> Option<Token> {
        let mut ahead = *self;
        let token = ahead.advance();
        (token.kind == kind).then(|| {
            *self = ahead;
            token
        })
    }

    /// Returns `true` if the next parenthesis opens a group of fields.
    pub fn at_fields(&self) -> bool {
        let mut ahead = *self;
        ahead.advance();
        ahead.take(TokenKind::Word).is_some() && ahead.peek().kind == TokenKind::Colon
    }

    /// Returns the end of the last token that was taken.
    pub fn position(&self) -> usize {
        self.at
    }

    /// Moves to the next comma or closing bracket of this group, skipping nested brackets.
    pub fn skip_value(&mut self) {
        let mut depth = 0_usize;
        loop {
            let mut ahead = *self;
            let token = ahead.advance();
            match token.kind {
                TokenKind::Comma if depth == 0 => return,
                TokenKind::Open(_) => depth += 1,
                TokenKind::Close(_) if depth > 0 => depth -= 1,
                _ if token.ends_group() => return,
                _ => {}
            }
            *self = ahead;
        }
    }

    /// Moves past the attributes at the top of a document, `#![enable(..)]`.
    pub fn skip_attributes(&mut self) {
        while self.peek().kind == TokenKind::Other('#') {
            let mut ahead = *self;
            ahead.advance();
            if ahead.take(TokenKind::Other('!')).is_none() || ahead.take(TokenKind::Open('[')).is_none() {
                return;
            }
            while !ahead.peek().ends_group() {
                ahead.skip_value();
                ahead.take(TokenKind::Comma);
            }
            ahead.take(TokenKind::Close(']'));
            *self = ahead;
        }
    }

    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// Moves past white space and comments. Returns the start of an unclosed comment as an error.
    fn skip_blank(&mut self) -> Result<(), usize> {
        loop {
            let rest = self.rest();
            let word = rest.trim_start_matches(is_blank);
            self.at += rest.len() - word.len();
            let is_line = word.starts_with("//");
            if !is_line && !word.starts_with("/*") {
                return Ok(());
            }
            match comment_end(word.as_bytes(), 0) {
                Some(length) => self.at += length,
                // The last line may end without a line break.
                None if is_line => self.at += word.len(),
                None => return Err(self.at),
            }
        }
    }
}

/// Returns whether a character is white space in RON, which includes some direction marks but not the no-break space.
fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t'..='\r' | '\u{85}' | '\u{200E}' | '\u{200F}' | '\u{2028}' | '\u{2029}')
}

/// Returns the token that the text starts with, and its length in bytes.
fn token(text: &str) -> (TokenKind, usize) {
    let Some(first) = text.chars().next() else {
        return (TokenKind::End, 0);
    };
    match first {
        '(' | '[' | '{' => (TokenKind::Open(first), 1),
        ')' | ']' | '}' => (TokenKind::Close(first), 1),
        ',' => (TokenKind::Comma, 1),
        ':' => (TokenKind::Colon, 1),
        '"' => closed(TokenKind::Text, text, string_end(text.as_bytes(), 0)),
        '\'' => match character(text) {
            Some(length) => (TokenKind::Char, length),
            None => (TokenKind::Other(first), 1),
        },
        '0'..='9' | '+' | '-' | '.' => (TokenKind::Number, run(text, |c| is_word(c) || is_mark(c))),
        _ if first == '_' || first.is_alphabetic() => word(text),
        _ => (TokenKind::Other(first), first.len_utf8()),
    }
}

/// Returns a word, or the literal that begins like one.
fn word(text: &str) -> (TokenKind, usize) {
    if let Some(after) = text.strip_prefix('b') {
        if after.starts_with('"') {
            return closed(TokenKind::Bytes, text, string_end(text.as_bytes(), 1));
        }
        if let Some(length) = after.starts_with('\'').then(|| character(after)).flatten() {
            return (TokenKind::Bytes, 1 + length);
        }
    }
    for (prefix, kind) in [("br", TokenKind::Bytes), ("r", TokenKind::Text)] {
        if let Some(hashes) = text.strip_prefix(prefix).and_then(raw_hashes) {
            return closed(kind, text, raw_string_end(text.as_bytes(), prefix.len() + hashes, hashes));
        }
    }
    match text.strip_prefix("r#").map(|name| run(name, |c| is_word(c) || is_mark(c))) {
        Some(length) if length > 0 => (TokenKind::Word, 2 + length),
        _ => (TokenKind::Word, run(text, is_word)),
    }
}

fn closed(kind: TokenKind, text: &str, end: Option<usize>) -> (TokenKind, usize) {
    end.map_or((TokenKind::UnclosedText, text.len()), |end| (kind, end))
}

/// Returns the number of hashes before the quote of a raw string, if one follows its prefix.
fn raw_hashes(after_prefix: &str) -> Option<usize> {
    let hashes = run(after_prefix, |c| c == '#');
    (after_prefix.as_bytes().get(hashes) == Some(&b'"')).then_some(hashes)
}

/// Returns the length of the character literal that the text starts with. An apostrophe that begins none is not an
/// error.
fn character(text: &str) -> Option<usize> {
    let mut inside = text.get(1..)?.char_indices();
    if inside.next()?.1 == '\\' {
        inside.next()?;
        // The longest escape is \u{10FFFF}.
        return inside.take(9).find(|&(_, c)| c == '\'').map(|(at, _)| at + 2);
    }
    inside.next().filter(|&(_, c)| c == '\'').map(|(at, _)| at + 2)
}

fn is_word(c: char) -> bool {
    c == '_' || c.is_alphanumeric()
}

/// Returns `true` if the character may be part of a number, a date or a raw identifier.
fn is_mark(c: char) -> bool {
    matches!(c, '.' | '+' | '-')
}

fn run(text: &str, belongs: impl Fn(char) -> bool) -> usize {
    text.find(|c| !belongs(c)).unwrap_or(text.len())
}

/// Returns the bytes between the quotes of a string literal, and whether it is raw.
pub(super) fn string_body(literal: &str) -> (Range<usize>, bool) {
    let raw = literal.starts_with('r');
    let open = literal.find('"').map_or(0, |quote| quote + 1);
    let close = literal.rfind('"').unwrap_or(literal.len());
    (open..close.max(open), raw)
}

/// Returns the pieces of a string literal's body: each escape or character with its bytes in the body, and the number
/// of bytes in the value. A piece that `ron` would reject counts as its own source.
pub(super) fn string_pieces(body: &str, raw: bool) -> impl Iterator<Item = (Range<usize>, usize)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = body.get(at..).filter(|rest| !rest.is_empty())?;
        let (length, value) = if raw { (first_length(rest), None) } else { piece(rest) };
        let start = at;
        at += length;
        Some((start..at, value.unwrap_or(length)))
    })
}

fn first_length(text: &str) -> usize {
    text.chars().next().map_or(1, char::len_utf8)
}

/// Returns the length of the first piece of a plain string, and that of its value if it differs.
fn piece(rest: &str) -> (usize, Option<usize>) {
    let Some(escape) = rest.strip_prefix('\\') else {
        return (first_length(rest), None);
    };
    match escape.chars().next() {
        // Several of these may encode one character in UTF-8; each is one of its bytes.
        Some('x') if escape.get(1..3).is_some() => (4, Some(1)),
        Some('u') => match unicode_escape(escape) {
            Some((length, c)) => (1 + length, Some(c.len_utf8())),
            None => (2, None),
        },
        // A continued line: the line break and the indentation after it are not part of the value.
        Some('\n' | '\r') => {
            let indent = run(escape, |c| matches!(c, ' ' | '\t' | '\n' | '\r'));
            (1 + indent, Some(0))
        }
        Some(c) if c.is_ascii() => (2, Some(1)),
        Some(c) => (1 + c.len_utf8(), None),
        None => (1, None),
    }
}

fn unicode_escape(escape: &str) -> Option<(usize, char)> {
    let digits = escape.strip_prefix("u{")?;
    let close = digits.find('}').filter(|&close| close <= 6)?;
    let code = u32::from_str_radix(digits.get(..close)?, 16).ok()?;
    Some((close + 3, char::from_u32(code)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(text: &str) -> Vec<(TokenKind, &str)> {
        let mut scanner = Scanner::new(text);
        let mut tokens = Vec::new();
        loop {
            let token = scanner.advance();
            if token.kind == TokenKind::End {
                return tokens;
            }
            tokens.push((token.kind, scanner.source(token)));
        }
    }

    #[track_caller]
    fn check(text: &str, expect: &[(TokenKind, &str)]) {
        assert_eq!(tokens(text), expect, "{text}");
    }

    #[test]
    fn brackets_in_strings_and_comments_are_not_brackets() {
        use TokenKind::{Close, Open, Text};
        check(
            "( \"[\\\"(\" r#\"{\"}\"# /* [ /* ( */ ] */ // )\n)",
            &[(Open('('), "("), (Text, "\"[\\\"(\""), (Text, "r#\"{\"}\"#"), (Close(')'), ")")],
        );
    }

    #[test]
    fn literals_that_no_field_takes_are_one_token() {
        use TokenKind::{Bytes, Char, Other, Text};
        check("'('", &[(Char, "'('")]);
        check("'\\''", &[(Char, "'\\''")]);
        check("'\\u{10FFFF}'", &[(Char, "'\\u{10FFFF}'")]);
        check("'한'", &[(Char, "'한'")]);
        check(
            "b'(' b\"(\" br\"(\" br#\"\"(\"#",
            &[(Bytes, "b'('"), (Bytes, "b\"(\""), (Bytes, "br\"(\""), (Bytes, "br#\"\"(\"#")],
        );
        check("r\"\\\"", &[(Text, "r\"\\\"")]);
        check("'", &[(Other('\''), "'")]);
    }

    #[test]
    fn words_and_numbers() {
        use TokenKind::{Colon, Number, Word};
        check("r#title: red _b", &[(Word, "r#title"), (Colon, ":"), (Word, "red"), (Word, "_b")]);
        check("-1_0.5e+3 2015-12-10 .5", &[(Number, "-1_0.5e+3"), (Number, "2015-12-10"), (Number, ".5")]);
    }

    #[test]
    fn what_has_no_end_runs_to_the_end() {
        use TokenKind::{Open, UnclosedComment, UnclosedText};
        check("( \"abc\\\"", &[(Open('('), "("), (UnclosedText, "\"abc\\\"")]);
        check("r##\"abc\"#", &[(UnclosedText, "r##\"abc\"#")]);
        check("( /* /* */", &[(Open('('), "("), (UnclosedComment, "/* /* */")]);
        check("\"\\", &[(UnclosedText, "\"\\")]);
    }

    #[test]
    fn pieces_of_a_string_make_its_value() {
        let check = |literal: &str| {
            let value: String = ron::from_str(literal).expect("valid");
            let (body, raw) = string_body(literal);
            let made: usize = string_pieces(&literal[body], raw).map(|(_, made)| made).sum();
            assert_eq!(made, value.len(), "{literal}");
        };
        check(r#""plain 한국""#);
        check(r#""a\"b\\c\n\t\r\0\'""#);
        check(r#""\x41\xE2\x82\xAC\u{20AC}\u{1F600}""#);
        check("\"one \\\n     line\"");
        check("\"one \\\r\n\t line\"");
        check(r##"r#"a\n"b"#"##);
    }
}
