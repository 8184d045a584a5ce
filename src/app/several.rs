//! Several events that are selected at once, and what is done with all of them.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::timeline::{EventIndex, ItemId};

/// The events that are selected besides the one whose record is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Several {
    /// What was selected when they were: with anything else selected, they are not.
    pub(super) anchor: Option<ItemId>,
    /// The others.
    pub(super) others: Arc<BTreeSet<ItemId>>,
}

/// The selected events as they were found in a timeline, so that a frame need not look for each of them.
#[derive(Debug, Default)]
pub(super) struct SelectedEvents {
    /// Which version of the document.
    pub(super) version: u64,
    /// Whose record was shown, and what was selected besides.
    pub(super) selected: Option<ItemId>,
    pub(super) several: Several,
    pub(super) found: Arc<[EventIndex]>,
}

/// What is done with all events that are selected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SeveralMessage {
    /// Select one more, or one less.
    Toggle(ItemId),
    /// Select all from what is selected to this one, in the order of time.
    Through(ItemId),
    /// Select one more: the one before the first, or after the last.
    Extend {
        /// Whether it is the one after the last.
        later: bool,
    },
    /// Move all to the lane with an id.
    MoveToLane(String),
    /// Give all a tag.
    AddTag(String),
    /// Take a tag from all.
    RemoveTag(String),
    /// The tag that is typed.
    TypeTag(String),
}
