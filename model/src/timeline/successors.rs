//! What the parts of a timeline have become in a newer version of it.

use std::collections::HashMap;

use super::handles::{EventIndex, Item, LaneIndex, SeriesIndex};
use super::model::Timeline;

/// What the parts of a timeline have become in a newer version of it.
#[derive(Debug)]
pub enum Successors<'a> {
    /// They have the same names. The older version is given.
    Named(&'a Timeline),
    /// They have been moved; lanes and series are where they were.
    Moved(Moved),
}

/// How an edit has moved the events of a timeline.
#[derive(Debug, Default)]
pub struct Moved {
    /// The indices that were taken out; ascending.
    pub(super) removed: Vec<usize>,
    /// Where others were put in: positions among the remaining ones; ascending.
    pub(super) inserted: Vec<usize>,
    /// Those of them that have been put in again, at other places.
    pub(super) again: HashMap<EventIndex, EventIndex>,
}

impl Successors<'_> {
    /// Returns the event that an event has become; `newer` is the newer version.
    #[must_use]
    pub fn event(&self, event: EventIndex, newer: &Timeline) -> Option<EventIndex> {
        match self {
            Self::Named(older) => match newer.find(&older.id(Item::Event(event))?)? {
                Item::Event(found) => Some(found),
                _ => None,
            },
            Self::Moved(moved) => moved.event(event),
        }
    }

    /// Returns the series that a series has become.
    #[must_use]
    pub fn series(&self, series: SeriesIndex, newer: &Timeline) -> Option<SeriesIndex> {
        match self {
            Self::Named(older) => match newer.find(&older.id(Item::Series(series))?)? {
                Item::Series(found) => Some(found),
                _ => None,
            },
            Self::Moved(_) => Some(series),
        }
    }

    /// Returns what the lanes have become.
    #[must_use]
    pub fn lanes(&self, newer: &Timeline) -> HashMap<LaneIndex, LaneIndex> {
        match self {
            Self::Named(older) => {
                let newer: HashMap<_, _> =
                    newer.iter_lanes().filter_map(|(lane, _)| Some((newer.lane_id(lane)?, lane))).collect();
                let found = |lane| Some((lane, *newer.get(older.lane_id(lane)?)?));
                older.iter_lanes().filter_map(|(lane, _)| found(lane)).collect()
            }
            Self::Moved(_) => newer.iter_lanes().map(|(lane, _)| (lane, lane)).collect(),
        }
    }
}

impl Moved {
    fn event(&self, event: EventIndex) -> Option<EventIndex> {
        let before = self.removed.partition_point(|removed| *removed < event.get());
        if self.removed.get(before) == Some(&event.get()) {
            return self.again.get(&event).copied();
        }
        let kept = event.get() - before;
        Some(EventIndex::new(kept + self.inserted.partition_point(|place| *place <= kept)))
    }
}
