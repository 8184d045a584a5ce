//! Citations: the source of a claim and how the claim follows from it.

use crate::document::Basis;

use super::handles::SourceIndex;

/// A citation of an era, a series or a point of a series.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    /// The work.
    pub source: SourceIndex,
    /// The place in the work.
    pub locator: Option<String>,
    /// How the claim follows from the work; nothing is claimed if `None`.
    pub basis: Option<Basis>,
    /// A remark for the reader.
    pub note: Option<String>,
}

impl Citation {
    /// Returns a borrowed view of the citation, as events return it.
    #[must_use]
    pub fn view(&self) -> CitationView<'_> {
        let Self { source, locator, basis, note } = self;
        CitationView { source: *source, locator: locator.as_deref(), basis: *basis, note: note.as_deref() }
    }
}

/// A borrowed citation, independent of how it is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CitationView<'a> {
    /// The work.
    pub source: SourceIndex,
    /// The place in the work.
    pub locator: Option<&'a str>,
    /// How the claim follows from the work; nothing is claimed if `None`.
    pub basis: Option<Basis>,
    /// A remark for the reader.
    pub note: Option<&'a str>,
}
