//! What is wrong with a date's text, and where.

use std::ops::Range;

/// A text that is no date: the place, the reason, and what to write instead.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct DateError {
    /// Bytes of the text at fault, on character boundaries; empty where something is missing.
    pub range: Range<usize>,
    /// What is wrong, without a full stop.
    pub message: String,
    /// What to write instead, if that can be told.
    pub hint: Option<String>,
}

impl DateError {
    pub(super) fn new(range: Range<usize>, message: impl Into<String>) -> Self {
        Self { range, message: message.into(), hint: None }
    }

    pub(super) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    pub(super) fn no_year_zero(range: Range<usize>) -> Self {
        Self::new(range, "there is no year 0: 1 BCE is followed by AD 1")
            .hint("write 1 BCE (in EDTF 0000) or AD 1 (0001)")
    }

    pub(super) fn too_far(range: Range<usize>) -> Self {
        Self::new(range, "the year is beyond 100,000,000,000 either way, the furthest that can be shown")
    }
}

/// A date that is valid but may not mean what its writer thinks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caution {
    /// Bytes of the text in question.
    pub range: Range<usize>,
    /// How the text was read.
    pub message: String,
    /// What to write if something else was meant.
    pub hint: String,
}
