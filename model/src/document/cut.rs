//! Cuts the list of events of a document into chunks, at memory speed rather than parser speed.
//!
//! The cutter recognises only strings, raw strings and comments. It accepts any text; the parser of the chunks
//! determines whether they are events. Literals that no field accepts (characters, bytes) need no special handling, as
//! a chunk that contains one is rejected anyway.

use std::borrow::Cow;
use std::ops::Range;

use ron::{Deserializer, extensions::Extensions};

use super::limits::MAX_EVENTS;
use super::literals::{comment_end, raw_string_end, string_end};
use super::options::options;
use super::scan::{Scanner, TokenKind};

/// Approximate length of a chunk, in bytes. It is short in tests, so that short documents have several.
const CHUNK_BYTES: usize = if cfg!(test) { 1 << 10 } else { 256 << 10 };

/// A run of whole events, up to and including the comma after the last one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Chunk {
    /// Its range in the text.
    pub bytes: Range<usize>,
    /// The number of its first event.
    pub first: usize,
    /// The number of events in it.
    pub count: usize,
}

/// The parts of a text.
pub(super) struct Cut<'t> {
    /// The document without its events.
    pub rest: Cow<'t, str>,
    /// The bytes of the events, which `rest` lacks.
    pub events: Range<usize>,
    /// The chunks of its events.
    pub chunks: Vec<Chunk>,
}

/// Cuts a text. Returns `None` if the text certainly has a mistake or has attributes that change how the rest is read,
/// or if `stop` returns `true`.
pub(super) fn cut<'t>(text: &'t str, stop: &dyn Fn() -> bool) -> Option<Cut<'t>> {
    let head = Deserializer::from_str_with_options(text, &options()).ok()?;
    if !(head.extensions() - Extensions::IMPLICIT_SOME).is_empty() {
        return None;
    }
    let mut scanner = Scanner::at(text, text.len() - head.remainder().len());
    scanner.take(TokenKind::Word);
    scanner.take(TokenKind::Open('('))?;
    while let Some(name) = scanner.take(TokenKind::Word) {
        scanner.take(TokenKind::Colon)?;
        if scanner.word(name) == "events" {
            scanner.take(TokenKind::Open('['))?;
            let first = scanner.position();
            let (end, chunks) = cut_list(text, first, stop)?;
            return Some(Cut {
                rest: [text.get(..first)?, text.get(end..)?].concat().into(),
                events: first..end,
                chunks,
            });
        }
        let mut cutter = Cutter { bytes: text.as_bytes(), at: scanner.position(), met: false };
        cutter.skip_value()?;
        scanner = Scanner::at(text, cutter.at);
        scanner.take(TokenKind::Comma);
    }
    scanner.take(TokenKind::Close(')'))?;
    Some(Cut { rest: text.into(), events: text.len()..text.len(), chunks: Vec::new() })
}

/// Returns the end of the list whose first item begins at `first`, and its chunks.
fn cut_list(text: &str, first: usize, stop: &dyn Fn() -> bool) -> Option<(usize, Vec<Chunk>)> {
    cut_from(text, first, usize::MAX, stop)
}

/// The same for a part of a list, which ends after a comma at `end` if it does not end before.
fn cut_from(text: &str, first: usize, end: usize, stop: &dyn Fn() -> bool) -> Option<(usize, Vec<Chunk>)> {
    let mut cutter = Cutter { bytes: text.as_bytes(), at: first, met: false };
    let mut chunks = Vec::new();
    let (mut start, mut numbers) = (first, 0..0);
    loop {
        if cutter.at >= end {
            if cutter.at > start {
                chunks.push(Chunk { bytes: start..cutter.at, first: numbers.start, count: numbers.len() });
            }
            return Some((cutter.at, chunks));
        }
        let separator = cutter.skip_value()?;
        let at_end = separator != b',';
        if !at_end {
            cutter.at += 1;
        }
        numbers.end += usize::from(cutter.met || !at_end);
        cutter.met = false;
        if cutter.at - start >= CHUNK_BYTES || (at_end && cutter.at > start) {
            if stop() || numbers.end > MAX_EVENTS {
                return None;
            }
            chunks.push(Chunk { bytes: start..cutter.at, first: numbers.start, count: numbers.len() });
            (start, numbers) = (cutter.at, numbers.end..numbers.end);
        }
        if at_end {
            return Some((cutter.at, chunks));
        }
    }
}

/// Cuts a part of a list of events, which is followed by other events or, if it is the last, by the end of the list.
/// Returns `None` if it cannot be such a part.
pub(super) fn cut_part(text: &str, is_last: bool) -> Option<Vec<Chunk>> {
    if !is_last {
        let (end, chunks) = cut_from(text, 0, text.len(), &|| false)?;
        let is_part = end == text.len() && (text.is_empty() || text.ends_with(','));
        return is_part.then_some(chunks);
    }
    let closed = [text, "]"].concat();
    let (end, chunks) = cut_list(&closed, 0, &|| false)?;
    (end == text.len()).then_some(chunks)
}

/// Returns the end of the value that begins at `at`, which is the comma or closing bracket after it. Returns `None` if
/// the text ends before.
pub(super) fn end_of_value(text: &str, at: usize) -> Option<usize> {
    let mut cutter = Cutter { bytes: text.as_bytes(), at, met: false };
    cutter.skip_value()?;
    Some(cutter.at)
}

/// A position in a text that moves over its values.
struct Cutter<'t> {
    bytes: &'t [u8],
    at: usize,
    /// Whether a bracket has been opened since this was last reset.
    met: bool,
}

impl Cutter<'_> {
    /// Moves to the comma or closing bracket after a value and returns it. Returns `None` if the text ends before.
    fn skip_value(&mut self) -> Option<u8> {
        let mut depth = 0_usize;
        loop {
            self.at += self.bytes.get(self.at..)?.iter().position(|byte| MEANS[usize::from(*byte)])?;
            let byte = *self.bytes.get(self.at)?;
            match byte {
                b'"' => self.skip_string()?,
                b'/' => self.at = comment_end(self.bytes, self.at)?,
                b',' if depth == 0 => return Some(byte),
                b',' => self.at += 1,
                b'(' | b'[' | b'{' => {
                    self.met = true;
                    depth += 1;
                    self.at += 1;
                }
                _ if depth == 0 => return Some(byte),
                _ => {
                    depth -= 1;
                    self.at += 1;
                }
            }
        }
    }

    /// Moves past the string whose opening quote is here.
    fn skip_string(&mut self) -> Option<()> {
        self.at = match self.raw_hashes() {
            Some(hashes) => raw_string_end(self.bytes, self.at, hashes)?,
            None => string_end(self.bytes, self.at)?,
        };
        Some(())
    }

    /// Returns the number of hashes before the quote at this position, if it opens a raw string.
    fn raw_hashes(&self) -> Option<usize> {
        let before = self.bytes.get(..self.at)?;
        if !matches!(before.last(), Some(b'r' | b'#')) {
            return None;
        }
        let hashes = before.iter().rev().take_while(|byte| **byte == b'#').count();
        // If the `r` ends a word, no string may follow, and `ron` rejects it.
        before.get(..before.len() - hashes)?.ends_with(b"r").then_some(hashes)
    }
}

/// The bytes that the cutter must examine; it skips all others.
const MEANS: [bool; 256] = {
    let mut means = [false; 256];
    let mut left: &[u8] = b"\"/,()[]{}";
    while let [byte, rest @ ..] = left {
        means[*byte as usize] = true;
        left = rest;
    }
    means
};

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, rest: &str, events: &[usize]) {
        let cut = cut(text, &|| false).expect("can be cut");
        assert_eq!(cut.rest, rest);
        assert_eq!(cut.chunks.iter().map(|chunk| chunk.count).collect::<Vec<_>>(), events, "{text}");
    }

    #[test]
    fn events_are_told_from_what_looks_like_them() {
        check("(title: \"],(\")", "(title: \"],(\")", &[]);
        check("(title: \"\", events: [])", "(title: \"\", events: [])", &[]);
        check("(title: \"\", events: [ /* , ( */ ])", "(title: \"\", events: [])", &[0]);
        check("(events: [(id: \"),\"), (x: [1, 2]),], title: \"\")", "(events: [], title: \"\")", &[2]);
        check("(events: [(a: r#\"\"),(\"#, b: r\"\\\"), // ),(\n /* ( /* ), */ ), */ ()])", "(events: [])", &[2]);
        check("(eras: [(events: [(), ()])], events: [()])", "(eras: [(events: [(), ()])], events: [])", &[1]);
        check("#![enable(implicit_some)] (events: [()])", "#![enable(implicit_some)] (events: [])", &[1]);
        check("Timeline(r#events: [(e: \"\\\"),(\"), Event()])", "Timeline(r#events: [])", &[2]);
    }

    #[test]
    fn what_is_no_document_is_not_cut() {
        let texts = [
            "",
            "(events: [",
            "(events: [(",
            "(events: [(a: \"",
            "(events: [(a: r#\"\")])",
            "(events: [/* ])",
            "(events: [//])",
            "(events [])",
            "#![enable(unwrap_newtypes)](events: [])",
            "#![enable(none)](events: [])",
        ];
        for text in texts {
            assert!(cut(text, &|| false).is_none(), "{text}");
        }
    }

    #[test]
    fn pieces_follow_each_other() {
        let text = format!("(events: [{}])", "(id: \"한\"), ".repeat(100_000));
        let Cut { chunks, .. } = cut(&text, &|| false).expect("can be cut");
        assert!(chunks.len() > 3);
        for pair in chunks.windows(2) {
            assert_eq!(pair[0].bytes.end, pair[1].bytes.start);
            assert_eq!(pair[0].first + pair[0].count, pair[1].first);
        }
        let last = chunks.last().expect("chunks");
        assert_eq!(last.first + last.count, 100_000);
        assert!(cut(&text, &|| true).is_none(), "it stops");
    }
}
