//! A measure.

use crate::date::Interval;

/// A distance between two times.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measure {
    /// Within which time one end lies.
    pub from: Interval,
    /// Within which time the other end lies.
    pub to: Interval,
    /// The distance in words.
    pub words: String,
    /// Whether it is still being made.
    pub is_draft: bool,
}
