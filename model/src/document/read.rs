//! Reads bytes to a document.

use std::str::Utf8Error;

use super::{
    brackets,
    check::check,
    chunks::{Chunks, Piece},
    diagnostic::Diagnostic,
    foreign,
    limits::MAX_FILE_BYTES,
    locate::locate,
    options::options,
    position::{BOM, line_column},
    raw_diagnostic::{RawDiagnostic, with_positions},
    recovery::{Recovery, Splice},
    ron_error,
    scan::{Scanner, TokenKind},
    structure::broken,
    text::Text,
    types::{Event, Timeline},
};
use crate::progress::Progress;

/// The result of [`read()`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Read {
    /// The document; `None` exactly if one of the diagnostics is an error.
    pub timeline: Option<Timeline>,
    /// The problems of the text, in text order.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads a document, or returns all of its syntax problems.
///
/// The bytes must be UTF-8; a byte order mark is skipped. Syntax, names and types of fields, and the limits are
/// checked; dates and ids are checked when the document is resolved. No input causes a panic.
///
/// At most a thousand problems are reported.
#[must_use]
pub fn read(bytes: &[u8]) -> Read {
    read_with_progress(bytes, &Progress::default()).unwrap_or_default()
}

/// Reads a document as [`read()`] does, and reports to `progress`. Returns `None` if the task was cancelled.
#[must_use]
pub fn read_with_progress(bytes: &[u8], progress: &Progress) -> Option<Read> {
    let text = match decode_slice(bytes) {
        Ok(text) => text,
        Err(diagnostic) => return Some(Read { timeline: None, diagnostics: with_positions(bytes, vec![diagnostic]) }),
    };
    if let Some(timeline) = parse_fast(text, progress) {
        return Some(Read { timeline: Some(timeline), diagnostics: Vec::new() });
    }
    if progress.is_cancelled() {
        return None;
    }
    let Parsed { timeline, recovery: found } = parse_with_diagnostics(text);
    let timeline = timeline.filter(|_| found.is_empty());
    Some(Read { timeline, diagnostics: locate(text, Vec::new(), &found) })
}

/// Reads a document without mistakes. Returns `None` if it has one, or if the task was cancelled.
pub(super) fn parse_fast(text: &str, progress: &Progress) -> Option<Timeline> {
    let mut chunks = Chunks::cut(text, progress)?;
    let own = |_: Piece<'_>, events: &[Event<Text<'_>>]| events.iter().map(Event::to_owned).collect::<Vec<_>>();
    let read = chunks.map(progress, own)?;
    let mut timeline = chunks.take_rest();
    timeline.events = read.parts.into_iter().flatten().collect();
    read.recovery.is_empty().then_some(timeline)
}

/// Converts bytes to text without copying.
///
/// # Errors
/// Returns the text with invalid sequences replaced, and the problem.
pub fn decode(bytes: Vec<u8>) -> Result<String, (String, Diagnostic)> {
    let wrong = check_bytes(&bytes).err();
    let (text, wrong) = match String::from_utf8(bytes) {
        Ok(text) => (text, wrong),
        Err(error) => {
            let wrong = wrong.unwrap_or_else(|| not_text(error.as_bytes(), error.utf8_error()));
            (String::from_utf8_lossy(error.as_bytes()).into_owned(), Some(wrong))
        }
    };
    match wrong.and_then(|wrong| with_positions(text.as_bytes(), vec![wrong]).pop()) {
        None => Ok(text),
        Some(wrong) => Err((text, wrong)),
    }
}

fn decode_slice(bytes: &[u8]) -> Result<&str, RawDiagnostic> {
    check_bytes(bytes)?;
    std::str::from_utf8(bytes).map_err(|error| not_text(bytes, error))
}

/// Checks whether bytes can be a document, regardless of content.
pub(super) fn check_bytes(bytes: &[u8]) -> Result<(), RawDiagnostic> {
    if bytes.len() > MAX_FILE_BYTES {
        let limit = MAX_FILE_BYTES >> 20;
        return Err(RawDiagnostic::error(0..0, format!("the document is larger than the limit of {limit} MiB"))
            .hint("split it into several documents"));
    }
    // UTF-16 of any RON begins with a character whose other byte is zero, with or without a byte order mark.
    if let [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] | [0, _, ..] | [_, 0, ..] = bytes {
        return Err(
            RawDiagnostic::error(0..0, "this is not UTF-8 text: it looks like UTF-16").hint("save the file as UTF-8")
        );
    }
    foreign::binary(bytes).map_or(Ok(()), Err)
}

fn not_text(bytes: &[u8], error: Utf8Error) -> RawDiagnostic {
    let at = error.valid_up_to();
    let byte = bytes.get(at).copied().unwrap_or_default();
    let length = error.error_len().unwrap_or(bytes.len() - at);
    RawDiagnostic::error(at..at + length, format!("this is not UTF-8 text: the byte 0x{byte:02X} cannot stand here"))
        .hint("save the file as UTF-8; it may be in an older encoding such as Windows-1252")
}

/// A document that was read despite its mistakes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Parsed {
    /// The document, with fillers for what cannot be read; `None` if nothing can.
    pub timeline: Option<Timeline>,
    /// The syntax problems.
    pub recovery: Recovery,
}

/// Returns all syntax problems of a text, and the document as far as it can be read.
///
/// This is the slow path, for texts that cannot be read in [`Chunks`].
#[must_use]
pub fn parse_with_diagnostics(text: &str) -> Parsed {
    let body = text.strip_prefix(BOM).unwrap_or(text);
    let shift = text.len() - body.len();
    let (timeline, found) = parse_text(body);
    Parsed { timeline, recovery: found.moved(|at| at + shift) }
}

fn parse_text(text: &str) -> (Option<Timeline>, Recovery) {
    if Scanner::new(text).peek().kind == TokenKind::End {
        let empty = RawDiagnostic::error(0..0, "the document is empty");
        return (None, Recovery::fatal(empty.hint("a document begins with `Timeline(title: \"..\")`")));
    }
    if let Some(foreign) = foreign::text(text) {
        return (None, Recovery::fatal(foreign));
    }
    if let Some(broken) = broken(text) {
        return parse_balanced(text, &broken).unwrap_or_else(|| (None, Recovery::fatal(broken)));
    }
    parse_sound(text)
}

/// Reads a text with unmatched brackets as if they matched. Events that contain these brackets are not read.
fn parse_balanced(text: &str, wrong: &RawDiagnostic) -> Option<(Option<Timeline>, Recovery)> {
    let splices = brackets::balance(text)?;
    let wrong = bracket_diagnostic(text, wrong, splices.first()?);
    let mut all = Recovery { splices, ..Recovery::fatal(wrong.clone()) };
    let balanced = all.repair(text);
    if broken(&balanced.text).is_some() {
        return None;
    }
    let (timeline, found) = parse_sound(&balanced.text);
    let timeline = timeline?;
    let read = found.repair(&balanced.text).text;
    // No other problems are reported in them or around them.
    let mut unsure = vec![wrong.span];
    for at in balanced.new_spans() {
        let (path, span) = brackets::event_at(&balanced.text, at.start)?;
        unsure.push(balanced.written(span));
        all.fillers.push(path.clone());
        all.paths.push(path);
    }
    let mut found = found.moved_spans(|span| balanced.written(span));
    found.diagnostics.retain(|diagnostic| {
        unsure.iter().all(|unsure| diagnostic.span.end < unsure.start || unsure.end < diagnostic.span.start)
    });
    all.gave_up = false;
    all.add(found);
    // Two repairs must result in the same text as their combination, or spans would be wrong.
    let same = all.repair(text).text == read;
    same.then_some((Some(timeline), all))
}

/// Returns the diagnostic for the brackets of a text, at the first splice that balances them.
fn bracket_diagnostic(text: &str, wrong: &RawDiagnostic, first: &Splice) -> RawDiagnostic {
    let place = line_column(text, first.span.start);
    match first.text.chars().next() {
        None => {
            let bracket = text.get(first.span.clone()).unwrap_or_default();
            RawDiagnostic::error(first.span.clone(), format!("this `{bracket}` is one too many"))
                .hint("remove it: what follows would stand outside")
        }
        Some(bracket @ (')' | ']' | '}')) => {
            wrong.clone().hint(format!("add `{bracket}` before {}:{}", place.line, place.column))
        }
        Some(_) => wrong.clone(),
    }
}

fn parse_sound(text: &str) -> (Option<Timeline>, Recovery) {
    let mut found = check(text);
    if found.gave_up {
        return (None, found);
    }
    match options().from_str(&found.repair(text).text) {
        Ok(timeline) => (Some(timeline), found),
        Err(error) => {
            if found.is_empty() {
                found = Recovery::fatal(ron_error::in_text(text, &error));
            }
            (None, found)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::check::MAX_DIAGNOSTICS;
    use super::super::limits::MAX_EVENTS;
    use super::*;

    #[track_caller]
    fn check(bytes: &[u8], line: usize, column: usize, message: &str) {
        let Read { timeline, diagnostics } = read(bytes);
        assert!(timeline.is_none());
        assert_eq!(diagnostics.len(), 1, "{diagnostics:#?}");
        let found = &diagnostics[0];
        assert_eq!((found.line, found.column), (line, column), "{found:?}");
        assert!(found.message.contains(message), "{found:?}");
    }

    #[test]
    fn text_in_other_encodings_is_named() {
        let utf16 = |bom: &[u8]| {
            let units = "(title: \"t\")".encode_utf16().flat_map(u16::to_le_bytes);
            bom.iter().copied().chain(units).collect::<Vec<_>>()
        };
        check(&utf16(&[0xFF, 0xFE]), 1, 1, "UTF-16");
        check(&utf16(&[]), 1, 1, "UTF-16");
        check(b"\xFE\xFF\0(", 1, 1, "UTF-16");
        check(b"(\n title: \"caf\xE9\")", 2, 13, "0xE9");
        check("(title: \"한".as_bytes().split_last().expect("bytes").1, 1, 10, "0xED");
    }

    #[test]
    fn a_byte_order_mark_is_skipped() {
        let with_mark = "\u{FEFF}(title: \"t\")";
        assert_eq!(read(with_mark.as_bytes()).timeline.map(|t| t.title).as_deref(), Some("t"));
        check("\u{FEFF}(titel: \"t\")".as_bytes(), 1, 2, "no field `titel`");
        check("\u{FEFF}(title: \"t\"".as_bytes(), 1, 1, "never closed");
        let found = &read("\u{FEFF}(titel: \"t\")".as_bytes()).diagnostics[0];
        assert_eq!(found.span, 4..9);
        assert!(found.human("f", "\u{FEFF}(titel: \"t\")").contains("| (titel: \"t\")\n   |  ^^^^^\n"));
    }

    #[test]
    fn a_document_without_a_document() {
        check(b"", 1, 1, "the document is empty");
        check(b"  // nothing\n", 1, 1, "the document is empty");
        check("\u{FEFF}".as_bytes(), 1, 1, "the document is empty");
    }

    #[test]
    fn a_file_too_large_is_refused_unread() {
        check(&vec![0; MAX_FILE_BYTES + 1], 1, 1, "larger than the limit of 512 MiB");
    }

    #[test]
    fn what_only_ron_sees_is_reported_at_its_place() {
        check(b"#![enable(no_such_thing)]\n(title: \"t\")", 1, 11, "no extension `no_such_thing`");
        check(b"#![enable(explicit_struct_names)]\n(title: \"t\")", 2, 1, "expected the name `Timeline`");
        check(b"#![disable(x)]\n(title: \"t\")", 1, 4, "expected an attribute");
    }

    #[test]
    fn many_problems_end_with_a_word_about_the_rest() {
        let text = format!("(title: \"t\", events: [{}])", "(x: 1),\n".repeat(3000));
        let found = read(text.as_bytes()).diagnostics;
        assert_eq!(found.len(), MAX_DIAGNOSTICS + 1);
        assert!(found.iter().any(|d| d.message.contains("too many problems")));
    }

    /// Takes a while and a gigabyte of memory: `cargo test --release -- --ignored`.
    #[test]
    #[ignore = "slow"]
    fn events_are_limited() {
        let event = "(id:\"\",lane:\"\",title:\"\",date:\"\"),\n";
        let text = |count| format!("(title:\"\",events:[\n{}])", event.repeat(count));
        assert!(read(text(MAX_EVENTS).as_bytes()).timeline.is_some());
        check(text(MAX_EVENTS + 5).as_bytes(), 2_000_002, 1, "`events` may hold 2000000 items at most");
    }
}
