//! Byte offsets to lines and columns.

use std::ops::Range;

use super::diagnostic::{Diagnostic, Severity};

/// The byte order mark that some editors put before UTF-8 text. It is not part of the document.
pub(super) const BOM: &str = "\u{FEFF}";

/// Something found in a text, at bytes of it. It becomes a [`Diagnostic`] when all are known and
/// lines can be counted once.
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

/// A line and column, both from 1, the column in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct LineColumn {
    pub line: usize,
    pub column: usize,
}

/// Counts lines over increasing offsets of a text, so that many cost one pass.
struct Counter<'t> {
    text: &'t [u8],
    at: usize,
    place: LineColumn,
}

impl Counter<'_> {
    #[expect(clippy::naive_bytecount, reason = "it vectorises, and a crate for it would not pay")]
    fn move_to(&mut self, offset: usize) -> LineColumn {
        let passed = self.text.get(self.at..offset).unwrap_or_default();
        let lines = passed.iter().filter(|&&byte| byte == b'\n').count();
        let line_start = passed.iter().rposition(|&byte| byte == b'\n').map_or(0, |newline| newline + 1);
        let columns = passed.iter().skip(line_start).filter(|&&byte| byte & 0xC0 != 0x80).count();
        self.place.line += lines;
        self.place.column = if lines == 0 { self.place.column + columns } else { 1 + columns };
        self.at = self.at.max(offset);
        self.place
    }
}

/// Findings in the order of the text, with lines and columns. A byte order mark before the text
/// takes no column.
///
/// The text may be cut short or be no UTF-8 after the last diagnostic.
pub(super) fn place(text: &[u8], mut diagnostics: Vec<RawDiagnostic>) -> Vec<Diagnostic> {
    diagnostics.sort_by_key(|diagnostic| (diagnostic.span.start, diagnostic.span.end));
    let start = if text.starts_with(BOM.as_bytes()) { BOM.len() } else { 0 };
    let mut counter = Counter { text, at: start, place: LineColumn { line: 1, column: 1 } };
    let placed = diagnostics.into_iter().map(|RawDiagnostic { severity, span, message, hint }| {
        let LineColumn { line, column } = counter.move_to(span.start);
        Diagnostic { severity, line, column, span, message, hint }
    });
    placed.collect()
}

/// The line and column of one offset. It costs a pass over the text before it.
pub(super) fn line_column(text: &str, offset: usize) -> LineColumn {
    let start = if text.starts_with(BOM) { BOM.len() } else { 0 };
    Counter { text: text.as_bytes(), at: start, place: LineColumn { line: 1, column: 1 } }.move_to(offset)
}

/// The byte offset of a line and column of a text, or its end if it has no such place.
pub(super) fn offset(text: &str, place: LineColumn) -> usize {
    let mut line_start = 0;
    for _ in 1..place.line {
        let Some(newline) = text.get(line_start..).and_then(|rest| rest.find('\n')) else {
            return text.len();
        };
        line_start += newline + 1;
    }
    let line = text.get(line_start..).unwrap_or_default();
    line.char_indices().nth(place.column.saturating_sub(1)).map_or(text.len(), |(at, _)| line_start + at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters() {
        let text = "ab\n한국 x\r\n\ny";
        for (at, line, column) in
            [(0, 1, 1), (2, 1, 3), (3, 2, 1), (6, 2, 2), (10, 2, 4), (13, 3, 1), (14, 4, 1), (15, 4, 2)]
        {
            assert_eq!(line_column(text, at), LineColumn { line, column }, "{at}");
            assert_eq!(offset(text, LineColumn { line, column }), at);
        }
        assert_eq!(offset(text, LineColumn { line: 9, column: 1 }), text.len());
    }

    #[test]
    fn a_byte_order_mark_takes_no_column() {
        assert_eq!(line_column("\u{FEFF}ab", 4), LineColumn { line: 1, column: 2 });
    }

    #[test]
    fn findings_are_placed_in_order() {
        let text = "a\nb c\nd";
        let found = [6, 2, 4, 0].map(|at| RawDiagnostic::error(at..at + 1, "x")).to_vec();
        let placed: Vec<_> = place(text.as_bytes(), found).iter().map(|d| (d.line, d.column)).collect();
        assert_eq!(placed, [(1, 1), (2, 1), (2, 3), (3, 1)]);
    }
}
