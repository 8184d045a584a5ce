//! Converts byte offsets to lines and columns.

/// The byte order mark that some editors put before UTF-8 text. It is not part of the document.
pub(super) const BOM: &str = "\u{FEFF}";

/// A line and column, both from 1, the column in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct LineColumn {
    pub line: usize,
    pub column: usize,
}

/// Counts lines over increasing offsets of a text, so that many offsets cost one pass.
pub(super) struct Counter<'t> {
    text: &'t [u8],
    at: usize,
    place: LineColumn,
}

impl<'t> Counter<'t> {
    /// Starts at the beginning of a text, after its byte order mark. The text may be truncated, or be invalid UTF-8
    /// after the last offset that is used.
    pub fn new(text: &'t [u8]) -> Self {
        let at = if text.starts_with(BOM.as_bytes()) { BOM.len() } else { 0 };
        Self { text, at, place: LineColumn { line: 1, column: 1 } }
    }

    /// Returns the line and column of `offset`, which must not be before the offset of the previous call.
    #[expect(clippy::naive_bytecount, reason = "it vectorises, and a crate for it would not pay")]
    pub fn move_to(&mut self, offset: usize) -> LineColumn {
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

/// Returns the line and column of one offset. Costs a pass over the text before it.
pub(super) fn line_column(text: &str, offset: usize) -> LineColumn {
    Counter::new(text.as_bytes()).move_to(offset)
}

/// Returns the byte offset of a line and column of a text, or its end if it has no such position.
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
}
