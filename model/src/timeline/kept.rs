//! What is kept of resolving a document, so that an edit of some events need not resolve the rest again.

use crate::document::{self, Problem};

use super::clocks::Seen;
use super::references::References;

/// What events are resolved with, and what depends on both the events and the rest.
#[derive(Debug)]
pub(super) struct Kept {
    pub references: References,
    /// The problems of the rest.
    pub problems: Vec<Problem>,
    /// The times of day in eras and series.
    pub seen: Seen,
    /// The initial view, as it is written.
    pub view: Option<document::InitialView>,
    /// Whether the text could be read without a mistake, and no problem is one between several events.
    pub is_whole: bool,
}
