//! The part of a timeline that is shown.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::date::Interval;
use crate::timeline::{EventIndex, Index, LaneIndex, Timeline};

/// The events of a timeline that are shown, their lanes, and the order of the lanes. All counts and searches cost O(log
/// n) for each lane.
///
/// Only valid for the timeline that it was created from.
#[derive(Clone, Debug, Default)]
pub struct Projection {
    lanes: Vec<ShownLane>,
    /// The undated events in `lanes`, in document order.
    undated: Arc<[EventIndex]>,
    /// The index of all dated events in `lanes`, if there is one.
    all: Option<Arc<Index>>,
}

/// A lane as it is shown: with its shown events, including those of the lanes folded into it.
#[derive(Clone, Debug)]
pub struct ShownLane {
    pub(super) lane: LaneIndex,
    pub(super) folded: usize,
    pub(super) index: Arc<Index>,
    pub(super) undated: Arc<[EventIndex]>,
}

impl ShownLane {
    /// Returns the lane, whose title and colour are shown.
    #[must_use]
    pub fn lane(&self) -> LaneIndex {
        self.lane
    }

    /// Returns the number of lanes that are folded into it.
    #[must_use]
    pub fn folded(&self) -> usize {
        self.folded
    }

    /// Returns the index of the dated events that are shown in the lane.
    #[must_use]
    pub fn index(&self) -> &Index {
        &self.index
    }

    /// Returns the undated events that are shown in the lane, in document order.
    #[must_use]
    pub fn undated(&self) -> &[EventIndex] {
        &self.undated
    }

    /// Returns the number of events that are shown in the lane, dated and undated.
    #[must_use]
    pub fn len(&self) -> usize {
        self.index.len() + self.undated.len()
    }

    /// Returns whether no event is shown in the lane.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl Projection {
    /// All events in all lanes, in the order of the document.
    ///
    /// ```
    /// # use longview_model::open;
    /// use longview_model::query::Projection;
    ///
    /// let text = r#"(title: "", lanes: [(id: "a", title: "")], events: [(id: "b", lane: "a", title: "", date: "1965")])"#;
    /// let timeline = open(text).timeline.unwrap();
    /// let all = Projection::all(&timeline);
    /// assert_eq!(all.len(), timeline.events.len());
    /// assert_eq!(all.lanes().len(), timeline.lanes.len());
    /// ```
    #[must_use]
    pub fn all(timeline: &Timeline) -> Self {
        let lanes = timeline.iter_lanes().map(|(lane, resolved)| {
            let (index, undated) = (Arc::clone(resolved.index()), Arc::clone(resolved.undated()));
            ShownLane { lane, folded: 0, index, undated }
        });
        let undated = timeline.events.undated().collect();
        Self { lanes: lanes.collect(), undated, all: Some(Arc::clone(timeline.index())) }
    }

    /// Creates a projection of these lanes, top to bottom. `all` is the index of all their dated events, each once; it
    /// may be `None` if no event is in several of them.
    pub(super) fn of(lanes: Vec<ShownLane>, all: Option<Arc<Index>>) -> Self {
        let mut undated: Vec<EventIndex> = lanes.iter().flat_map(|lane| lane.undated.iter().copied()).collect();
        undated.sort_unstable();
        undated.dedup();
        Self { lanes, undated: undated.into(), all }
    }

    /// Returns whether two projections of a timeline show the same events in the same lanes, as far as that is known without
    /// a look at the events.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        let is_same = |(a, b): (&ShownLane, &ShownLane)| a.lane == b.lane && Arc::ptr_eq(&a.index, &b.index);
        self.lanes.len() == other.lanes.len() && self.lanes.iter().zip(&other.lanes).all(is_same)
    }

    /// Returns the lanes that are shown, top to bottom.
    #[must_use]
    pub fn lanes(&self) -> &[ShownLane] {
        &self.lanes
    }

    /// Returns the lane as it is shown. Returns `None` if it is not shown, or folded into another.
    #[must_use]
    pub fn lane(&self, lane: LaneIndex) -> Option<&ShownLane> {
        self.lanes.iter().find(|shown| shown.lane == lane)
    }

    /// Returns indexes that together contain each dated event that is shown exactly once.
    fn indexes(&self) -> impl Iterator<Item = &Index> {
        let lanes = if self.all.is_some() { &[] } else { self.lanes.as_slice() };
        self.all.iter().map(Arc::as_ref).chain(lanes.iter().map(ShownLane::index))
    }

    /// Returns the number of events that are shown, dated and undated.
    #[must_use]
    pub fn len(&self) -> usize {
        self.dated() + self.undated.len()
    }

    /// Returns the same without the lanes in which nothing is shown.
    pub(super) fn without_empty_lanes(mut self) -> Self {
        self.lanes.retain(|lane| !lane.is_empty());
        self
    }

    /// Returns whether an event is shown.
    #[must_use]
    pub fn contains(&self, event: EventIndex) -> bool {
        let is_dated = || self.indexes().any(|index| index.events().binary_search(&event).is_ok());
        is_dated() || self.undated.binary_search(&event).is_ok()
    }

    /// Returns the dated event that is shown after `from` in time order; the first if `from` is `None`.
    #[must_use]
    pub fn next(&self, from: Option<EventIndex>) -> Option<EventIndex> {
        let next = |index: &Index| {
            let first = from.map_or(0, |from| index.events().partition_point(|event| *event <= from));
            index.events().get(first).copied()
        };
        self.indexes().filter_map(next).min()
    }

    /// Returns the dated event that is shown before `from` in time order; the last if `from` is `None`.
    #[must_use]
    pub fn previous(&self, from: Option<EventIndex>) -> Option<EventIndex> {
        let previous = |index: &Index| {
            let all = index.events();
            let end = from.map_or(all.len(), |from| all.partition_point(|event| *event < from));
            all.get(end.checked_sub(1)?).copied()
        };
        self.indexes().filter_map(previous).max()
    }

    /// Returns whether no event is shown.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns the number of dated events that are shown.
    #[must_use]
    pub fn dated(&self) -> usize {
        self.indexes().map(Index::len).sum()
    }

    /// Returns the position of a dated event among those that are shown, in time order. Returns `None` if it is not one of
    /// them.
    #[must_use]
    pub fn position(&self, event: EventIndex) -> Option<usize> {
        let is_shown = self.indexes().any(|index| index.events().binary_search(&event).is_ok());
        let before = |index: &Index| index.events().partition_point(|other| *other < event);
        is_shown.then(|| self.indexes().map(before).sum())
    }

    /// Returns the undated events that are shown, in document order.
    #[must_use]
    pub fn undated(&self) -> &[EventIndex] {
        &self.undated
    }

    /// Returns the number of events that overlap an interval.
    #[must_use]
    pub fn count(&self, interval: Interval) -> usize {
        self.indexes().map(|index| index.count(interval)).sum()
    }

    /// Returns the dated events that are shown, each once, in time order.
    #[must_use]
    pub fn events(&self) -> Vec<EventIndex> {
        sorted(self.indexes().flat_map(|index| index.events().iter().copied()).collect())
    }

    /// Returns the events that overlap an interval, each once, in time order.
    #[must_use]
    pub fn overlapping(&self, interval: Interval) -> Vec<EventIndex> {
        sorted(self.indexes().flat_map(|index| index.overlapping(interval)).collect())
    }

    /// Returns the number of events that begin before a time, in seconds.
    #[must_use]
    pub fn begun_before(&self, seconds: i64) -> usize {
        self.indexes().map(|index| index.begun_before(seconds)).sum()
    }

    /// Returns the number of events that have ended by a time, in seconds.
    #[must_use]
    pub fn ended_by(&self, seconds: i64) -> usize {
        self.indexes().map(|index| index.ended_by(seconds)).sum()
    }

    /// Returns the last event, in time order, that has ended by a time, in seconds.
    #[must_use]
    pub fn last_before(&self, seconds: i64) -> Option<EventIndex> {
        self.indexes().filter_map(|index| index.last_before(seconds)).max()
    }

    /// Returns the first event, in time order, that begins at a time, in seconds, or later.
    #[must_use]
    pub fn first_after(&self, seconds: i64) -> Option<EventIndex> {
        self.indexes().filter_map(|index| index.first_after(seconds)).min()
    }

    /// Counts the events that begin in each column of 2^`log2` seconds, as [`Index::begins`] does, in any order and
    /// possibly several times for one column.
    pub fn begins(&self, interval: Interval, log2: u32, told: &mut dyn FnMut(i64, usize)) {
        for index in self.indexes() {
            index.begins(interval, log2, told);
        }
    }

    /// Counts the events that overlap each column of 2^`log2` seconds, as [`Index::columns`] does.
    pub fn columns(&self, interval: Interval, log2: u32, told: &mut dyn FnMut(i64, usize)) {
        if let Some(all) = &self.all {
            return all.columns(interval, log2, told);
        }
        let mut counts: BTreeMap<i64, usize> = BTreeMap::new();
        for index in self.indexes() {
            index.columns(interval, log2, &mut |column, count| *counts.entry(column).or_default() += count);
        }
        for (column, count) in counts {
            told(column, count);
        }
    }
}

fn sorted(mut events: Vec<EventIndex>) -> Vec<EventIndex> {
    events.sort_unstable();
    events.dedup();
    events
}
