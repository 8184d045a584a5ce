//! Translates errors of `ron` to messages for users: without names of Rust types or terms of `ron`.
//!
//! The checker reports most errors itself, since it knows the format. What it leaves to `ron` are the contents of
//! literals, the attributes at the top, and whatever it does not detect.

use std::ops::Range;

use ron::{
    Error,
    error::{Position, SpannedError},
};

use super::{
    diagnostic::nearest,
    position::{LineColumn, offset},
    raw_diagnostic::RawDiagnostic,
    words::{character, shorten},
};

/// Returns the error inside a string literal that starts at this byte of the text.
pub(super) fn in_string(literal: &str, error: &SpannedError, start: usize) -> RawDiagnostic {
    let (message, hint) = explain(&error.code);
    let near = byte(literal, error.span.end);
    // `ron` reports the error in the middle of an escape, which begins at the last backslash.
    let escape = literal.get(..near).and_then(|before| before.rfind('\\')).unwrap_or(0);
    let rest = literal.get(escape..).unwrap_or_default();
    let length: usize = rest.chars().take(2).map(char::len_utf8).sum();
    let message = match &error.code {
        Error::InvalidEscape(_) => {
            format!("`{}` is no escape that a string can hold", shorten(rest.get(..length).unwrap_or(rest)))
        }
        _ => message,
    };
    let mut diagnostic = RawDiagnostic::error(start + escape..start + escape + length, message);
    diagnostic.hint = hint;
    diagnostic
}

/// Returns an error of the whole text, at its own position.
pub(super) fn in_text(text: &str, error: &SpannedError) -> RawDiagnostic {
    let (message, hint) = explain(&error.code);
    let mut diagnostic = RawDiagnostic::error(span(text, error), message);
    diagnostic.hint = hint;
    diagnostic
}

/// Returns the bytes of the error: the last token if it was parsed but rejected, else the character at which `ron`
/// stopped.
fn span(text: &str, error: &SpannedError) -> Range<usize> {
    let end = byte(text, error.span.end);
    match error.code {
        Error::NoSuchStructField { .. }
        | Error::DuplicateStructField { .. }
        | Error::NoSuchEnumVariant { .. }
        | Error::NoSuchExtension(_)
        | Error::ExpectedDifferentStructName { .. }
        | Error::InvalidValueForType { .. }
        | Error::Message(_) => byte(text, error.span.start).min(end)..end,
        _ => {
            let width = text.get(end..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
            end..end + width
        }
    }
}

fn byte(text: &str, place: Position) -> usize {
    offset(text, LineColumn { line: place.line, column: place.col })
}

fn expected(what: &str) -> (String, Option<String>) {
    (format!("expected {what}"), None)
}

/// Returns a message and a hint. Names in them are those of the document.
pub(super) fn explain(error: &Error) -> (String, Option<String>) {
    match error {
        Error::NoSuchStructField { expected, found, .. } => {
            (format!("there is no field `{}` here", shorten(found)), Some(one_of(found, expected)))
        }
        Error::NoSuchEnumVariant { expected, found, .. } => {
            (format!("`{}` is not one of the words that may stand here", shorten(found)), Some(one_of(found, expected)))
        }
        Error::MissingStructField { field, .. } => {
            (format!("this item has no `{field}`"), Some(format!("add `{field}: ..`")))
        }
        Error::DuplicateStructField { field, .. } => {
            (format!("`{field}` is given twice"), Some("keep one of the two".into()))
        }
        Error::ExpectedDifferentStructName { expected, found } => {
            (format!("expected `{expected}(`, found `{}(`", shorten(found)), None)
        }
        Error::ExpectedStructName(name) => {
            let why = "the document enables `explicit_struct_names`".into();
            (format!("expected the name `{}` before `(`", shorten(name)), Some(why))
        }
        Error::ExpectedNamedStructLike(name) if !name.is_empty() => expected(&format!("`{name}(` or `(`")),
        Error::NoSuchExtension(name) => {
            let known = "a timeline needs none: leave the attribute out";
            (format!("there is no extension `{}`", shorten(name)), Some(known.into()))
        }
        Error::InvalidEscape(_) => {
            let hint = r#"write `\\` for a backslash; others are `\n`, `\t`, `\"` and `\u{20AC}`"#;
            ("this is no escape that a string can hold".into(), Some(hint.into()))
        }
        _ => explain_value(error),
    }
}

/// Explains errors of values.
fn explain_value(error: &Error) -> (String, Option<String>) {
    match error {
        Error::InvalidIntegerDigit { digit, base } => (format!("`{digit}` is no digit in base {base}"), None),
        Error::InvalidIdentifier(name) | Error::SuggestRawIdentifier(name) => {
            (format!("`{}` cannot be a name", shorten(name)), None)
        }
        Error::UnexpectedChar(c) => (format!("{} cannot stand here", character(*c)), None),
        Error::InvalidValueForType { found, .. } => (format!("{} cannot stand here", shorten(found)), None),
        // Contains our own messages, as those of serde are all handled above.
        Error::Message(message) => (message.clone(), None),
        Error::Io(_) | Error::Fmt => ("the document could not be read".into(), None),
        Error::ExceededRecursionLimit => ("values are nested too deep".into(), None),
        _ => explain_plain(error),
    }
}

/// Explains the errors without data.
fn explain_plain(error: &Error) -> (String, Option<String>) {
    match error {
        Error::Eof => ("the document ends too early".into(), Some("is a bracket or a quote missing?".into())),
        Error::TrailingCharacters => ("the timeline ends here, but something follows".into(), None),
        Error::ExpectedArray => expected("a list in [ ]"),
        Error::ExpectedArrayEnd => expected("`]`"),
        Error::ExpectedAttribute => expected("an attribute such as `#![enable(implicit_some)]`"),
        Error::ExpectedAttributeEnd => expected("`)]` to close the attribute"),
        Error::ExpectedBoolean => expected("`true` or `false`"),
        Error::ExpectedComma => ("a `,` is missing here".into(), None),
        Error::ExpectedChar => expected("a character in single quotes"),
        Error::ExpectedByteLiteral | Error::ExpectedByteString => expected("a byte string"),
        Error::ExpectedFloat | Error::ExpectedInteger => expected("a number"),
        Error::FloatUnderscore | Error::UnderscoreAtBeginning => {
            ("this `_` cannot stand here in a number".into(), Some("it goes between digits: `85_000`".into()))
        }
        Error::ExpectedOption => expected("a value or `None`"),
        Error::ExpectedOptionEnd | Error::ExpectedStructLikeEnd => expected("`)`"),
        Error::ExpectedMap => expected("`{`"),
        Error::ExpectedMapColon => ("a `:` is missing here".into(), None),
        Error::ExpectedMapEnd => expected("`}`"),
        Error::ExpectedStructLike | Error::ExpectedNamedStructLike(_) => expected("`(`"),
        Error::ExpectedUnit => expected("`()`"),
        Error::ExpectedString => expected("a string in quotes"),
        Error::ExpectedStringEnd => ("this string is never closed".into(), None),
        Error::ExpectedIdentifier => expected("a name"),
        Error::ExpectedRangeSyntax | Error::ExpectedRawValue => expected("a value"),
        Error::ExpectedDifferentLength { .. } => ("this list has the wrong length".into(), None),
        Error::IntegerOutOfBounds => ("this number is too large".into(), None),
        Error::UnclosedBlockComment | Error::UnclosedLineComment => ("this comment is never closed".into(), None),
        Error::Utf8Error(_) => ("this is not UTF-8 text".into(), Some("save the file as UTF-8".into())),
        // The enum is non-exhaustive.
        _ => ("this cannot be read".into(), None),
    }
}

fn one_of(found: &str, names: &[&str]) -> String {
    let listed = format!("it may be one of {}", names.join(", "));
    match nearest(found, names.iter().copied()) {
        Some(near) => format!("did you mean `{near}`? {listed}"),
        None => listed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(error: &Error, message: &str) {
        let (found, _) = explain(error);
        assert!(found.contains(message), "{found}");
        for jargon in ["Event", "struct", "variant", "enum ", "serde", "RON"] {
            assert!(!found.contains(jargon), "{found}");
        }
    }

    #[test]
    fn errors_are_in_words_for_people() {
        let outer = || Some("Event".to_owned());
        check(
            &Error::NoSuchStructField { expected: &["title"], found: "titel".into(), outer: outer() },
            "no field `titel`",
        );
        check(&Error::MissingStructField { field: "date", outer: outer() }, "this item has no `date`");
        check(
            &Error::NoSuchEnumVariant { expected: &["Log"], found: "log".into(), outer: outer() },
            "`log` is not one",
        );
        check(&Error::DuplicateStructField { field: "date", outer: outer() }, "`date` is given twice");
        check(&Error::UnexpectedChar('\u{A0}'), "a no-break space");
        check(&Error::ExpectedStringEnd, "never closed");
        check(&Error::Io("x".into()), "could not be read");
    }

    #[test]
    fn near_names_are_suggested() {
        let error = Error::NoSuchStructField { expected: &["id", "title"], found: "titel".into(), outer: None };
        assert_eq!(explain(&error).1.as_deref(), Some("did you mean `title`? it may be one of id, title"));
    }
}
