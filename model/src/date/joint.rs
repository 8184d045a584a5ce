//! What separates the ends of a span, or the dates of a list.

use std::ops::Range;

/// The separator of two dates.
#[derive(Clone, Debug)]
pub(super) enum Joint {
    /// A dash, a hyphen, or "to".
    Dash(Range<usize>),
    /// The slash of an interval.
    Slash(Range<usize>),
    /// "or" or "and".
    List,
}

impl Joint {
    /// Returns the bytes of the separator in the text; empty for words.
    pub fn range(&self) -> Range<usize> {
        match self {
            Self::Dash(range) | Self::Slash(range) => range.clone(),
            Self::List => 0..0,
        }
    }

    /// Returns `true` if it is a hyphen, as between the parts of an ISO date.
    pub fn is_hyphen(&self, text: &str) -> bool {
        matches!(self, Self::Dash(range) if &text[range.clone()] == "-")
    }
}
