//! The filter that determines the content of a projection.

use std::fmt;
use std::sync::Arc;

use crate::date::Interval;
use crate::progress::Progress;
use crate::timeline::{Event, EventIndex, Lane, LaneIndex, Timeline};

use super::projection::{Projection, ShownLane};

/// A lane that is shown, with the lanes whose events are shown in it instead of in lanes of their own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The lane.
    pub lane: LaneIndex,
    /// The lanes folded into it.
    pub folded: Vec<LaneIndex>,
}

/// Determines whether an event is shown.
pub type Predicate<'a> = dyn Fn(EventIndex, &Event<'_>) -> bool + Sync + 'a;

/// Determines which events are shown, and in which lanes. The default shows all of them.
#[derive(Clone, Copy, Default)]
pub struct Filter<'a> {
    /// The lanes that are shown, top to bottom; all in document order if `None`. Each lane may occur only once.
    pub rows: Option<&'a [Row]>,
    /// Only events whose known bounds overlap this interval are shown, and no undated ones.
    pub time: Option<Interval>,
    /// Only events for which this returns `true` are shown.
    pub events: Option<&'a Predicate<'a>>,
}

impl fmt::Debug for Filter<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { rows, time, events } = self;
        let has_predicate = events.is_some();
        f.debug_struct("Filter").field("rows", rows).field("time", time).field("events", &has_predicate).finish()
    }
}

/// Returns whether each lane of the timeline is in one of the rows.
fn covers(rows: &[Vec<(LaneIndex, &Lane)>], timeline: &Timeline) -> bool {
    rows.iter().map(Vec::len).sum::<usize>() == timeline.lanes.len()
}

/// Returns the dated events of some lanes in time order, each once.
fn distinct(lanes: &[ShownLane]) -> Vec<EventIndex> {
    let mut events: Vec<EventIndex> = lanes.iter().flat_map(|lane| lane.index().events()).copied().collect();
    events.sort_unstable();
    events.dedup();
    events
}

/// Number of examined events between two checks for cancellation.
const STEP: usize = 4096;

impl Filter<'_> {
    /// Returns the lanes of each row, starting with the lane that is shown.
    fn rows<'t>(&self, timeline: &'t Timeline) -> Vec<Vec<(LaneIndex, &'t Lane)>> {
        let Some(rows) = self.rows else { return timeline.iter_lanes().map(|lane| vec![lane]).collect() };
        let lanes = |row: &Row| {
            let lanes = std::iter::once(row.lane).chain(row.folded.iter().copied());
            lanes.filter_map(|lane| Some((lane, timeline.lane(lane)?))).collect()
        };
        rows.iter().map(lanes).filter(|lanes: &Vec<_>| !lanes.is_empty()).collect()
    }

    /// Returns whether [`Filter::project`] examines events: if not, it costs no more than a clone of the projection.
    #[must_use]
    pub fn looks_at_events(&self) -> bool {
        let has_folded = self.rows.is_some_and(|rows| rows.iter().any(|row| !row.folded.is_empty()));
        has_folded || self.time.is_some() || self.events.is_some()
    }

    /// Returns the number of events that pass the filter, in O(log n) for each lane. Returns `None` if each event must
    /// be examined, also because some may be in several lanes of which not all are shown; use [`len`](Projection::len)
    /// of the projection then.
    #[must_use]
    pub fn count(&self, timeline: &Timeline) -> Option<usize> {
        if timeline.has_also() {
            // The counts of lanes cannot be added.
            let is_whole = self.events.is_none() && covers(&self.rows(timeline), timeline);
            let all = || self.time.map_or_else(|| timeline.events.len(), |time| timeline.index().count(time));
            return is_whole.then(all);
        }
        let of_lane = |(_, lane): &(LaneIndex, &Lane)| match self.time {
            Some(time) => lane.index().count(time),
            None => lane.index().len() + lane.undated().len(),
        };
        self.events.is_none().then(|| self.rows(timeline).iter().flatten().map(of_lane).sum())
    }

    /// Returns the projection of the events that pass the filter. Returns `None` if `progress` is cancelled; its units
    /// of work are events.
    ///
    /// A row that is one lane of the timeline costs nothing; for other rows the events in the time of the filter are
    /// examined and those that pass are indexed, which takes a fraction of a second for a million events.
    #[must_use]
    pub fn project(&self, timeline: &Timeline, progress: &Progress) -> Option<Projection> {
        let rows = self.rows(timeline);
        if self.rows.is_none() && !self.looks_at_events() {
            return Some(Projection::all(timeline));
        }
        progress.begin(rows.iter().flatten().map(|(_, lane)| (lane.index().len() + lane.undated().len()) as u64).sum());
        let shown: Vec<ShownLane> = rows.iter().map(|row| self.row(timeline, row, progress)).collect::<Option<_>>()?;
        let is_whole = || self.time.is_none() && self.events.is_none() && covers(&rows, timeline);
        let all = timeline.has_also().then(|| {
            if is_whole() { Arc::clone(timeline.index()) } else { Arc::new(timeline.index_of(distinct(&shown))) }
        });
        (!progress.is_cancelled()).then(|| Projection::of(shown, all))
    }

    /// Returns the shown part of several lanes as one.
    fn row(&self, timeline: &Timeline, lanes: &[(LaneIndex, &Lane)], progress: &Progress) -> Option<ShownLane> {
        let lane = lanes.first()?.0;
        if let ([(_, only)], None, None) = (lanes, self.time, self.events) {
            progress.advance((only.index().len() + only.undated().len()) as u64, 0);
            let (index, undated) = (Arc::clone(only.index()), Arc::clone(only.undated()));
            return (!progress.is_cancelled()).then_some(ShownLane { lane, folded: 0, index, undated });
        }
        let folded = lanes.len() - 1;
        let is_group = || lanes.iter().skip(1).map(|(lane, _)| *lane).eq(timeline.lanes_in(lane));
        if let (None, None, true) = (self.time, self.events, is_group()) {
            progress.advance(lanes.iter().map(|(_, lane)| (lane.index().len() + lane.undated().len()) as u64).sum(), 0);
            let group = timeline.group(lane)?;
            let (index, undated) = (Arc::clone(&group.index), Arc::clone(&group.undated));
            return (!progress.is_cancelled()).then_some(ShownLane { lane, folded, index, undated });
        }
        let (mut dated, mut undated) = (Vec::new(), Vec::new());
        for (_, lane) in lanes {
            let index = lane.index();
            let in_time = self.time.map_or_else(|| index.events().to_vec(), |time| index.overlapping(time));
            self.pass(timeline, &in_time, &mut dated, progress)?;
            let untimed = if self.time.is_none() { lane.undated() } else { [].as_slice() };
            self.pass(timeline, untimed, &mut undated, progress)?;
            progress.advance((index.len() - in_time.len() + lane.undated().len() - untimed.len()) as u64, 0);
        }
        for events in [&mut dated, &mut undated] {
            events.sort_unstable();
            events.dedup();
        }
        let index = Arc::new(timeline.index_of(dated));
        (!progress.is_cancelled()).then(|| ShownLane { lane, folded, index, undated: undated.into() })
    }

    /// Adds the events for which the predicate returns `true`. Returns `None` if `progress` is cancelled.
    fn pass(
        &self,
        timeline: &Timeline,
        events: &[EventIndex],
        passed: &mut Vec<EventIndex>,
        progress: &Progress,
    ) -> Option<()> {
        let is_shown = |event: &EventIndex| {
            let holds = |shows: &Predicate<'_>| timeline.event(*event).is_some_and(|resolved| shows(*event, &resolved));
            self.events.is_none_or(holds)
        };
        for events in events.chunks(STEP) {
            if progress.is_cancelled() {
                return None;
            }
            passed.extend(events.iter().copied().filter(is_shown));
            progress.advance(events.len() as u64, 0);
        }
        Some(())
    }
}
