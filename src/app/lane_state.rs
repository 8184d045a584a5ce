//! What the window remembers of lanes.

use std::collections::BTreeSet;

use crate::timeline::{LaneId, LaneIndex};

/// What the window remembers of lanes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LaneState {
    /// The groups that are folded, or will be once a job has put their events in order.
    pub folded: BTreeSet<LaneId>,
    /// The groups for which that job must still be started.
    pub(super) ungrouped: Vec<LaneIndex>,
    /// The lane that the keys are on.
    pub current: Option<LaneId>,
    /// Whether that lane must still be scrolled into sight.
    pub reveals: bool,
    /// Whether the name of that lane must still be given the focus.
    pub focuses: bool,
}
