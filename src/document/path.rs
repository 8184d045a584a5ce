//! Paths to the values of a document, independent of its text.

/// One segment of a [`DocPath`]: from a value of the document to a value inside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PathSegment {
    /// To a field, by name.
    Field(&'static str),
    /// To an item of a list, from 0.
    Index(usize),
}

/// A place in a document, by meaning: `events`, 17, `citations`, 0, `source`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DocPath(Vec<PathSegment>);

impl DocPath {
    /// The document itself.
    #[must_use]
    pub fn root() -> Self {
        Self::default()
    }

    /// The field of this name in here.
    #[must_use]
    pub fn field(mut self, name: &'static str) -> Self {
        self.0.push(PathSegment::Field(name));
        self
    }

    /// The item at this index, from 0, in here.
    #[must_use]
    pub fn index(mut self, index: usize) -> Self {
        self.0.push(PathSegment::Index(index));
        self
    }

    /// The place that these steps lead to.
    pub(super) fn of(steps: &[PathSegment]) -> Self {
        Self(steps.to_vec())
    }

    /// The steps from the document to the place.
    #[must_use]
    pub fn segments(&self) -> &[PathSegment] {
        &self.0
    }
}
