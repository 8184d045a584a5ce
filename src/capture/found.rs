//! A date that was found in a text.

use std::ops::Range;

/// A date in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundDate {
    /// Its bytes in the text.
    pub range: Range<usize>,
    /// The date as a document has it: as it is written if that is read without a doubt. `None` if the text does not say it
    /// whole.
    pub date: Option<String>,
    /// What else it may mean.
    pub doubt: Option<DateDoubt>,
}

/// Why a date is doubtful.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateDoubt {
    /// Why, in words without a full stop.
    pub words: String,
    /// Dates that may be meant, as a document has them.
    pub readings: Vec<String>,
}

impl DateDoubt {
    pub(super) fn new(words: impl Into<String>, readings: Vec<String>) -> Self {
        Self { words: words.into(), readings }
    }
}
