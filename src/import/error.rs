//! Why a file cannot be imported.

use std::fmt::{self, Write as _};

use crate::document::{Diagnostic, MAX_EVENTS, Severity};

/// An error that leaves nothing to import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportError {
    /// Line and column, from 1, if the problem is at one place of a text.
    pub at: Option<[usize; 2]>,
    /// The problem, in a sentence without a full stop.
    pub message: String,
    /// What to do.
    pub hint: Option<String>,
    /// Whether the file could be imported if the user chose something.
    pub asks: bool,
}

impl ImportError {
    /// Creates an error about the whole file.
    #[must_use]
    pub fn new(message: impl Into<String>) -> Self {
        Self { at: None, message: message.into(), hint: None, asks: false }
    }

    /// Creates an error at a byte of a text.
    #[must_use]
    pub fn at_byte(text: &str, byte: usize, message: impl Into<String>) -> Self {
        let before = text.get(..byte.min(text.len())).unwrap_or_default();
        let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        Self { at: Some([line, column]), ..Self::new(message) }
    }

    /// Creates an error in a line, from 1.
    #[must_use]
    pub fn at_line(line: usize, message: impl Into<String>) -> Self {
        Self { at: Some([line, 1]), ..Self::new(message) }
    }

    /// Creates an error about something that only the user knows.
    pub(super) fn asking(message: impl Into<String>) -> Self {
        Self { asks: true, ..Self::new(message) }
    }

    /// Adds what to do.
    #[must_use]
    pub fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }

    pub(super) fn cancelled() -> Self {
        Self::new("the import was cancelled")
    }

    /// Creates the error of a file that refers to the same texts so often that they cannot be held.
    pub(super) fn too_long() -> Self {
        Self::new("the file repeats more text than a timeline can hold")
            .hint("texts that many of its entries refer to are in the document as often as that")
    }

    /// Creates the error of a file with too many events.
    pub(super) fn too_many() -> Self {
        let most = crate::date::with_separators(&MAX_EVENTS.to_string());
        Self::new(format!("the file has more than {most} events, which a timeline cannot hold"))
    }

    /// Returns the error as a diagnostic of a text: at its beginning if it is at no place.
    #[must_use]
    pub fn diagnostic(self, text: &str) -> Diagnostic {
        let [line, column] = self.at.unwrap_or([1, 1]);
        let start = text.split_inclusive('\n').take(line - 1).map(str::len).sum::<usize>();
        let within = text.get(start..).unwrap_or_default().char_indices().nth(column - 1).map_or(0, |(at, _)| at);
        let span = start + within..start + within;
        Diagnostic { severity: Severity::Error, line, column, span, message: self.message, hint: self.hint }
    }

    /// Returns the error for people: `class.csv:12:7: error: message`, and the hint on a line of its own.
    #[must_use]
    pub fn human(&self, file: &str) -> String {
        let at = self.at.map(|[line, column]| format!(":{line}:{column}")).unwrap_or_default();
        let mut text = format!("{file}{at}: error: {}\n", self.message);
        if let Some(hint) = &self.hint {
            // Writing to a string does not fail.
            let _ = writeln!(text, "  hint: {hint}");
        }
        text
    }
}

impl fmt::Display for ImportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for ImportError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_a_line_and_a_column() {
        let check = |text: &str, byte: usize, expect: [usize; 2]| {
            assert_eq!(ImportError::at_byte(text, byte, "wrong").at, Some(expect), "{text:?} {byte}");
        };
        check("", 0, [1, 1]);
        check("ab\ncd", 4, [2, 2]);
        check("한국\n", 6, [1, 3]);
        check("a", 99, [1, 2]);
        let error = ImportError::at_line(3, "no date").hint("write one");
        assert_eq!(error.human("a.csv"), "a.csv:3:1: error: no date\n  hint: write one\n");
        assert_eq!(ImportError::new("empty").human("a"), "a: error: empty\n");
    }
}
