//! The layout of a view that rests, as it was made without the rows of a frame before.

use crate::timeline::EventIndex;

use super::placement::Resting;
use super::view::TimeAxis;

/// Where the events of all lanes are placed in a view that rests: what a frame needs to place them there again.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Rest {
    /// The mapping between time and x.
    pub(super) axis: TimeAxis,
    /// Row spacing as an index into [`ROW_SPACINGS`](super::regions::ROW_SPACINGS).
    pub(super) level: usize,
    /// Height of the room that the lanes had, in points.
    pub(super) room: f32,
    /// The selected event, which has a mark if there is a way.
    pub(super) pinned: Option<EventIndex>,
    /// The lanes that are shown, top to bottom.
    pub(super) lanes: Vec<LaneRest>,
}

/// The same for one lane.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct LaneRest {
    /// The events that have a mark, in time order.
    pub(super) places: Vec<(EventIndex, Resting)>,
    /// Whether some events have none.
    pub(super) has_strip: bool,
}

impl Rest {
    /// Returns whether an event has a mark.
    pub(super) fn holds(&self, event: EventIndex) -> bool {
        self.lanes.iter().any(|lane| lane.places.binary_search_by_key(&event, |(event, _)| *event).is_ok())
    }
}
