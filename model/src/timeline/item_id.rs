//! Identifiers of the parts of a document that are stable across reloads.

use std::collections::HashSet;
use std::sync::Arc;

/// Identifies one of several parts of a document of the same kind.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    /// The id in the document, unique among the parts of this kind.
    Id(Arc<str>),
    /// The position in the document, from 0, of a part that has no id or the same id as an earlier part.
    Place(u32),
}

/// Identifies an item of a document across reloads, as [`Item`](super::Item) does within one timeline.
///
/// [`Timeline::id`](super::Timeline::id) returns the id of an item, and [`Timeline::find`](super::Timeline::find) the
/// item with an id.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ItemId {
    /// An event.
    Event(Key),
    /// An era.
    Era(Key),
    /// A series.
    Series(Key),
}

/// Identifies a lane of a document across reloads, as [`LaneIndex`](super::LaneIndex) does within one timeline.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LaneId(pub Key);

impl Key {
    /// Returns the key of the part with this id in the document.
    #[must_use]
    pub fn of_id(id: &str) -> Self {
        Self::Id(id.into())
    }

    /// Returns the key of a part at a position in the document.
    pub(super) fn of_place(place: usize) -> Self {
        Self::Place(place as u32)
    }

    /// Returns the keys of parts with these ids, in document order.
    pub(super) fn of_all<'a>(ids: impl Iterator<Item = &'a String>) -> Vec<Self> {
        let mut seen = HashSet::new();
        let key = |(place, id): (usize, &'a String)| {
            let is_own = !id.trim().is_empty() && seen.insert(id);
            if is_own { Self::of_id(id) } else { Self::of_place(place) }
        };
        ids.enumerate().map(key).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_no_id_of_its_own_is_named_by_its_place() {
        let ids = ["a", "", "b", "a", " "].map(str::to_owned);
        let (id, place) = (Key::of_id, Key::Place);
        assert_eq!(Key::of_all(ids.iter()), [id("a"), place(1), id("b"), place(3), place(4)]);
    }
}
