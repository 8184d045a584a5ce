//! Names of the parts of a document that last over a reload.

use std::collections::HashSet;
use std::sync::Arc;

/// What names one of several parts of a document of the same kind.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    /// The id in the document, which no other part of the kind has.
    Id(Arc<str>),
    /// The position in the document, counted from 0, of a part that has no id, or one that an earlier part has too.
    Place(u32),
}

/// Names an item of a document over a reload, as [`Item`](super::Item) names it within one timeline.
///
/// [`Timeline::id`](super::Timeline::id) returns the id of an item, and [`Timeline::find`](super::Timeline::find) the item.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ItemId {
    /// An event.
    Event(Key),
    /// An era.
    Era(Key),
    /// A series.
    Series(Key),
}

/// Names a lane of a document over a reload, as [`LaneIndex`](super::LaneIndex) names it within one timeline.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LaneId(pub Key);

impl Key {
    /// The key of the part with this id in the document.
    #[must_use]
    pub fn of_id(id: &str) -> Self {
        Self::Id(id.into())
    }

    /// The key of a part at a position in the document.
    pub(super) fn of_place(place: usize) -> Self {
        Self::Place(place as u32)
    }

    /// The keys of parts with these ids, in the order of the document.
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
