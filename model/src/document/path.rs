//! Paths to the values of a document, independent of its text.

/// One segment of a [`DocPath`]: from a value of the document to a value inside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PathSegment {
    /// To a field, by name.
    Field(&'static str),
    /// To an item of a list, from 0.
    Index(usize),
}

/// A path to a value of a document: `events`, 17, `citations`, 0, `source`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DocPath(Vec<PathSegment>);

impl DocPath {
    /// Returns the path of the document itself.
    #[must_use]
    pub fn root() -> Self {
        Self::default()
    }

    /// Returns the path of the field of this name.
    #[must_use]
    pub fn field(mut self, name: &'static str) -> Self {
        self.0.push(PathSegment::Field(name));
        self
    }

    /// Returns the path of the item at this index, from 0.
    #[must_use]
    pub fn index(mut self, index: usize) -> Self {
        self.0.push(PathSegment::Index(index));
        self
    }

    /// Returns the path of a value whose path within this value is known.
    #[must_use]
    pub fn join(mut self, within: &Self) -> Self {
        self.0.extend_from_slice(&within.0);
        self
    }

    /// Returns the path of the value that contains this one, and the step from it. Returns `None` for the document itself.
    #[must_use]
    pub fn split_last(&self) -> Option<(Self, PathSegment)> {
        self.0.split_last().map(|(last, rest)| (Self(rest.to_vec()), *last))
    }

    /// Returns the path of the same value in a list that begins `by` items earlier: its first index is that much larger.
    #[must_use]
    pub fn shifted(mut self, by: usize) -> Self {
        if let Some(PathSegment::Index(index)) = self.0.iter_mut().find(|step| matches!(step, PathSegment::Index(_))) {
            *index += by;
        }
        self
    }

    /// Returns the path with these steps.
    pub(super) fn of(steps: &[PathSegment]) -> Self {
        Self(steps.to_vec())
    }

    /// Returns the steps from the document to the value.
    #[must_use]
    pub fn segments(&self) -> &[PathSegment] {
        &self.0
    }
}
