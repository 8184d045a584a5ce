//! Handles: indices of the parts of one timeline, created only by the timeline.

macro_rules! handle {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        ///
        /// Only valid for the timeline that it comes from. [`ItemId`](super::ItemId) and [`LaneId`](super::LaneId)
        /// remain valid across reloads.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u32);

        impl $name {
            /// Creates the handle of a position. A timeline has fewer than 2^32 parts of any kind.
            pub(in crate::timeline) fn new(position: usize) -> Self {
                Self(position as u32)
            }

            /// Returns the position.
            #[must_use]
            pub fn get(self) -> usize {
                self.0 as usize
            }
        }
    };
}

handle! {
    /// Index of an event in [`Timeline::events`](super::Timeline::events); dated events are in time order.
    EventIndex
}
handle! {
    /// Index of a lane in [`Timeline::lanes`](super::Timeline::lanes).
    LaneIndex
}
handle! {
    /// Index of an era in [`Timeline::eras`](super::Timeline::eras).
    EraIndex
}
handle! {
    /// Index of a series in [`Timeline::series`](super::Timeline::series).
    SeriesIndex
}
handle! {
    /// Index of a source in [`Timeline::sources`](super::Timeline::sources).
    SourceIndex
}

/// An item of a timeline that has a record to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Item {
    /// An event.
    Event(EventIndex),
    /// An era.
    Era(EraIndex),
    /// A series.
    Series(SeriesIndex),
}
