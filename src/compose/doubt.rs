//! What is wrong with a line, and what to write instead.

use std::ops::Range;

/// Something in a line that is wrong, or may have been meant otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineDoubt {
    /// Its bytes in the line; empty where something is missing.
    pub range: Range<usize>,
    /// What is wrong, without a full stop.
    pub message: String,
    /// Whether the line makes no event until it is mended.
    pub is_error: bool,
    /// Lines that say plainly what may be meant.
    pub fixes: Vec<Fix>,
}

/// A line that may be meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it says instead, in words.
    pub words: String,
    /// The line.
    pub line: String,
}

impl Fix {
    /// Returns a line with other text in the place of some of its bytes.
    pub(super) fn new(words: impl Into<String>, line: &str, range: &Range<usize>, with: &str) -> Self {
        let [before, after] = [line.get(..range.start), line.get(range.end..)].map(Option::unwrap_or_default);
        Self { words: words.into(), line: format!("{before}{with}{after}") }
    }
}
