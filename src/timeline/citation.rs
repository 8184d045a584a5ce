//! Where a claim comes from and how it follows from there.

use crate::document::Basis;

use super::handles::SourceIndex;

/// A citation of an era, a series or a point of a series.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    /// The work.
    pub source: SourceIndex,
    /// The place in the work.
    pub locator: Option<String>,
    /// Whether the work says it, it follows from what the work says, or it is common knowledge.
    pub basis: Basis,
    /// A remark for the reader.
    pub note: Option<String>,
}

impl Citation {
    /// The citation as those of events are seen.
    #[must_use]
    pub fn view(&self) -> CitationView<'_> {
        let Self { source, locator, basis, note } = self;
        CitationView { source: *source, locator: locator.as_deref(), basis: *basis, note: note.as_deref() }
    }
}

/// A citation, borrowed from wherever it is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CitationView<'a> {
    /// The work.
    pub source: SourceIndex,
    /// The place in the work.
    pub locator: Option<&'a str>,
    /// Whether the work says it, it follows from what the work says, or it is common knowledge.
    pub basis: Basis,
    /// A remark for the reader.
    pub note: Option<&'a str>,
}
