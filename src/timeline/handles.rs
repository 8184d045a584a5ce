//! Positions in one timeline: fast names of its parts, which only the timeline gives out.

macro_rules! handle {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        ///
        /// Only valid for the timeline that it comes from. [`ItemId`](super::ItemId) and [`LaneId`](super::LaneId) last over
        /// a reload.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u32);

        impl $name {
            /// The handle of a position, which a timeline can hold: it has fewer than 2^32 parts of any kind.
            pub(in crate::timeline) fn new(position: usize) -> Self {
                Self(position as u32)
            }

            /// The position.
            #[must_use]
            pub fn get(self) -> usize {
                self.0 as usize
            }
        }
    };
}

handle! {
    /// Position of an event in [`Timeline::events`](super::Timeline::events): that of a dated one is in time order.
    EventIndex
}
handle! {
    /// Position of a lane in [`Timeline::lanes`](super::Timeline::lanes).
    LaneIndex
}
handle! {
    /// Position of an era in [`Timeline::eras`](super::Timeline::eras).
    EraIndex
}
handle! {
    /// Position of a series in [`Timeline::series`](super::Timeline::series).
    SeriesIndex
}
handle! {
    /// Position of a source in [`Timeline::sources`](super::Timeline::sources).
    SourceIndex
}

/// Anything in a timeline that has a record to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Item {
    /// An event.
    Event(EventIndex),
    /// An era.
    Era(EraIndex),
    /// A series.
    Series(SeriesIndex),
}
