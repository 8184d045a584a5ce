//! Diagnostics with byte positions only.

use std::ops::Range;

use crate::sorting;

use super::diagnostic::{Diagnostic, Severity};
use super::position::{Counter, LineColumn};

/// A problem at some bytes of a text. Converted to a [`Diagnostic`] once all are known, so that lines are counted only
/// once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct RawDiagnostic {
    pub severity: Severity,
    pub span: Range<usize>,
    pub message: String,
    pub hint: Option<String>,
}

impl RawDiagnostic {
    pub fn error(span: Range<usize>, message: impl Into<String>) -> Self {
        Self { severity: Severity::Error, span, message: message.into(), hint: None }
    }

    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

/// Returns the diagnostics in text order, with lines and columns. A byte order mark before the text is not counted as a
/// column.
///
/// The text may be truncated, or be invalid UTF-8 after the last diagnostic.
pub(super) fn with_positions(text: &[u8], mut diagnostics: Vec<RawDiagnostic>) -> Vec<Diagnostic> {
    sorting::by_key(&mut diagnostics, |diagnostic| (diagnostic.span.start, diagnostic.span.end));
    let mut counter = Counter::new(text);
    let placed = diagnostics.into_iter().map(|RawDiagnostic { severity, span, message, hint }| {
        let LineColumn { line, column } = counter.move_to(span.start);
        Diagnostic { severity, line, column, span, message, hint }
    });
    placed.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn diagnostics_come_in_the_order_of_the_text() {
        let text = "a\nb c\nd";
        let found = [6, 2, 4, 0].map(|at| RawDiagnostic::error(at..at + 1, "x")).to_vec();
        let placed: Vec<_> = with_positions(text.as_bytes(), found).iter().map(|d| (d.line, d.column)).collect();
        assert_eq!(placed, [(1, 1), (2, 1), (2, 3), (3, 1)]);
    }
}
