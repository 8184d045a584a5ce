//! Lanes that contain lanes.

use std::sync::Arc;

use super::events::Event;
use super::handles::{EventIndex, LaneIndex};
use super::index::{Index, Indexed};
use super::model::{Group, Timeline};

impl Timeline {
    /// Returns the lanes in a lane, at any depth, top to bottom.
    pub fn lanes_in(&self, lane: LaneIndex) -> impl DoubleEndedIterator<Item = LaneIndex> + use<> {
        let count = self.lane(lane).map_or(0, |lane| lane.descendants);
        (lane.get() + 1..lane.get() + 1 + count).map(LaneIndex::new)
    }

    /// Returns whether a lane contains another, at any depth.
    #[must_use]
    pub fn contains(&self, lane: LaneIndex, other: LaneIndex) -> bool {
        let count = self.lane(lane).map_or(0, |lane| lane.descendants);
        (lane.get() + 1..=lane.get() + count).contains(&other.get())
    }

    /// Returns the first lane of an event that is `lane` or in it; its own if none is.
    #[must_use]
    pub fn lane_within(&self, event: &Event<'_>, lane: LaneIndex) -> LaneIndex {
        event.lanes().find(|own| *own == lane || self.contains(lane, *own)).unwrap_or(event.lane)
    }

    /// Returns the lane and the lanes around it, innermost first.
    pub fn around(&self, lane: LaneIndex) -> impl Iterator<Item = LaneIndex> {
        std::iter::successors(Some(lane), |lane| self.lane(*lane)?.parent)
    }

    /// Returns whether any lane contains another.
    #[must_use]
    pub fn has_groups(&self) -> bool {
        self.has_groups
    }

    /// Returns the titles of a lane and the lanes around it, outermost first: `Europe › France`.
    #[must_use]
    pub fn path_of(&self, lane: LaneIndex) -> String {
        let around = self.around(lane);
        let mut titles: Vec<&str> = around.filter_map(|lane| Some(self.lane(lane)?.title.as_str())).collect();
        titles.reverse();
        titles.join(" › ")
    }

    /// Returns whether any event is in several lanes, so that counts of lanes may not be added.
    #[must_use]
    pub fn has_also(&self) -> bool {
        self.has_also
    }

    /// Returns the events of a lane and of all lanes in it, each once. The first call for a group takes time in
    /// proportion to its events. Returns `None` if there is no such lane.
    #[must_use]
    pub fn group(&self, lane: LaneIndex) -> Option<&Group> {
        let resolved = self.lane(lane)?;
        Some(resolved.group.get_or_init(|| {
            if !resolved.is_group() {
                return Group { index: Arc::clone(resolved.index()), undated: Arc::clone(resolved.undated()) };
            }
            let lanes = || std::iter::once(lane).chain(self.lanes_in(lane)).filter_map(|lane| self.lane(lane));
            let undated = lanes().map(|lane| lane.undated().as_ref());
            Group {
                index: Arc::new(self.index_of(joined(lanes().map(|lane| lane.index().events())))),
                undated: joined(undated).into(),
            }
        }))
    }

    /// Returns how many events [`Self::group`] would have to look at: 0 for a group that has been asked for before, and for
    /// a lane without lanes in it.
    #[must_use]
    pub fn events_to_group(&self, lane: LaneIndex) -> usize {
        let is_ready = self.lane(lane).is_none_or(|lane| !lane.is_group() || lane.group.get().is_some());
        let lanes = std::iter::once(lane).chain(self.lanes_in(lane)).filter_map(|lane| self.lane(lane));
        if is_ready { 0 } else { lanes.map(|lane| lane.index().len() + lane.undated().len()).sum() }
    }

    /// Returns the index of dated events, which must be in time order.
    #[must_use]
    pub fn index_of(&self, events: Vec<EventIndex>) -> Index {
        let fact = |event: EventIndex| {
            let event = self.event(event);
            event.and_then(|event| Some(Indexed::new(event.date?, event.importance))).unwrap_or_default()
        };
        Index::new(events, &fact)
    }
}

/// Returns the events of several lists in order, each once.
fn joined<'e>(lists: impl Iterator<Item = &'e [EventIndex]>) -> Vec<EventIndex> {
    let mut events: Vec<EventIndex> = lists.flatten().copied().collect();
    events.sort_unstable();
    events.dedup();
    events
}
