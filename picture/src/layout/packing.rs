//! Packing: assigns a row to each mark of a lane, and a free place to its label.
//!
//! A picture of its own, and the first frame of a view, are packed by [`sweep`]: in time order, the more important
//! events first where there is no room for all. While a view moves, each event keeps the row and the side of its label
//! (see [`Arrangement`](super::arrangement::Arrangement)); what comes into view takes what is free.

mod item;
mod packed;
mod sweep;
mod titles;

use std::ops::Range;

use crate::date::Interval;
use crate::query::ShownLane;
use crate::timeline::{EventIndex, Timeline};

use self::item::Item;
pub(super) use self::packed::{Packed, Packing};
use self::sweep::{Candidate, Sweep, clearance};
pub(super) use self::sweep::{Filling, Order};
pub(super) use self::titles::finish;
use super::lanes;
use super::measure::Measure;
use super::placement::{Found, Resting};
use super::rest::LaneRest;
use super::rows::Rows;

/// Maximum number of rows of a lane.
const MOST_ROWS: usize = 1000;
/// After this many consecutive events without a place, a crowded lane is considered full and no others are tried.
const IN_VAIN: usize = 12;

/// How many events of a lane get rows.
#[derive(Clone, Copy)]
pub(super) struct Most {
    /// How many are in view.
    pub(super) count: usize,
    /// Maximum number that get rows.
    pub(super) rows: usize,
    /// Maximum number of these that have begun before the view.
    pub(super) begun: usize,
}

/// The events of a lane that are to get rows, with their labels, in time order.
pub(super) struct Candidates<'t> {
    all: Vec<Candidate<'t>>,
    /// How many events are in view.
    in_view: usize,
}

impl<'t> Candidates<'t> {
    /// Returns the `most` most important of the `count` events of a lane that are in view, and the pinned one. At most
    /// `most_begun` of them have begun before the view: these overlap at its left edge, so that each needs a row of its
    /// own.
    pub(super) fn new(
        timeline: &'t Timeline,
        shown: &ShownLane,
        packing: Packing<'_>,
        Most { count, rows: most, begun }: Most,
        measure: &mut dyn Measure,
    ) -> Self {
        let Packing { axis, pinned, .. } = packing;
        let index = shown.index();
        let view = axis.view.interval();
        let mut chosen = index.most_important_by_column(view, most, begun, lanes::column_log2(axis));
        if let Some(pinned) = pinned.filter(|pinned| index.contains(*pinned) && is_within(timeline, *pinned, view)) {
            chosen.retain(|event| *event != pinned);
            chosen.insert(0, pinned);
        }
        let candidate = |(rank, event): (usize, EventIndex)| {
            let resolved = timeline.events.headline(event)?;
            let mut item = Item::new(event, resolved, axis).filter(|item| item.is_in_sight(axis))?;
            item.label = Some(packing.measured(resolved, measure));
            let importance = if pinned == Some(event) { f32::INFINITY } else { resolved.importance };
            Some(Candidate { item, importance, rank })
        };
        let all = chosen.len();
        let mut candidates: Vec<Candidate<'t>> = chosen.into_iter().enumerate().filter_map(candidate).collect();
        candidates.sort_unstable_by_key(|candidate| candidate.item.event);
        // Of the events that only adjoin the view nothing is in sight.
        let in_view = count.saturating_sub(all - candidates.len());
        Self { all: candidates, in_view }
    }

    /// Returns the number of events in each row if there are rows for all.
    pub(super) fn per_row(&self, packing: Packing<'_>, filling: Filling) -> Vec<usize> {
        let filling = Filling { limit: usize::MAX, ..filling };
        let swept = sweep::sweep(&self.all, packing.axis, packing.setting, filling, true);
        swept.map(|swept| swept.per_row()).unwrap_or_default()
    }

    /// Returns how all events are packed in the fewest rows if there are rows for all: in strict order of time, unless
    /// that takes many more rows than the labels need. Then how many rows that takes.
    pub(super) fn whole(&self, packing: Packing<'_>, filling: Filling) -> (Filling, usize) {
        /// Strict order may take so much more.
        const MORE: f32 = 1.3;
        const ROWS: usize = 8;
        let strict = self.per_row(packing, filling).len().max(1);
        let least = self.per_row(packing, Filling { order: Order::Ignored, ..filling }).len().max(1);
        if strict <= (least as f32 * MORE) as usize + ROWS {
            return (Filling { limit: strict, ..filling }, strict);
        }
        let wrapped = Filling { limit: least, order: Order::Wraps, ..filling };
        let swept = sweep::sweep(&self.all, packing.axis, packing.setting, wrapped, true);
        (wrapped, swept.map_or(least, |swept| swept.per_row().len()).max(least))
    }

    /// Packs the lane into the rows of `filling`. The titles must be completed by [`finish`].
    pub(super) fn pack(self, packing: Packing<'_>, filling: Filling) -> Packed<'t> {
        let found = self.found(packing, filling);
        let mut rows = Rows::new(clearance(packing.setting));
        let placed = |(candidate, found): (Candidate<'t>, Option<Found>)| {
            let Found { row, place, narrowed } = found?;
            let mut item = candidate.item;
            let narrower = narrowed.and_then(|width| item.label.as_ref()?.narrowed(width));
            item.label = narrower.or(item.label);
            item.take(row, place, &mut rows);
            Some(item)
        };
        let in_view = self.in_view;
        let items: Vec<Item<'t>> = self.all.into_iter().zip(found).filter_map(placed).collect();
        let has_strip = items.len() < in_view;
        let mut packed = Packed { items, held: rows, limit: filling.limit, least: 1, has_strip };
        packed.grow(packing.axis);
        packed
    }

    /// Returns how many events have a title in the rows of `filling`.
    pub(super) fn count(&self, packing: Packing<'_>, filling: Filling) -> usize {
        self.found(packing, filling).iter().flatten().count()
    }

    /// Returns the number of events that are to get rows.
    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    fn found(&self, packing: Packing<'_>, filling: Filling) -> Vec<Option<Found>> {
        let Packing { axis, setting, .. } = packing;
        let pass = |filling: Filling, whole: bool| sweep::sweep(&self.all, axis, setting, filling, whole);
        // One side throughout, if that has room.
        let one_sided = Filling { covers: usize::MAX, ..filling };
        let is_whole = |swept: &Sweep<'_, '_>| swept.count() == self.all.len();
        let whole = |filling: Filling| pass(filling, true).filter(is_whole);
        if let Some(all) = whole(one_sided).or_else(|| whole(filling)) {
            return all.found;
        }
        // The best of several packings varies less from document to document than any of them.
        let passes = [(filling, true), (filling, false), (one_sided, true), (one_sided, false)];
        let passes = passes.into_iter().filter_map(|(filling, shortest_first)| {
            let mut swept = pass(filling, false)?;
            swept.fill(shortest_first);
            Some(swept)
        });
        passes.max_by_key(Sweep::count).map(|best| best.found).unwrap_or_default()
    }
}

/// Returns whether an event overlaps a time.
pub(super) fn is_within(timeline: &Timeline, event: EventIndex, time: Interval) -> bool {
    timeline.events.date(event).is_some_and(|date| date.known_bounds().overlaps(time))
}

/// Packs a lane of a view that rests as it was packed before.
pub(super) fn pack_again<'t>(
    timeline: &'t Timeline,
    packing: Packing<'_>,
    rest: &LaneRest,
    measure: &mut dyn Measure,
) -> Packed<'t> {
    let item = |(event, resting): &(EventIndex, Resting)| {
        let resolved = timeline.events.headline(*event)?;
        let mut item = Item::new(*event, resolved, packing.axis)?;
        (item.row, item.place) = (resting.row, resting.place);
        item.label = resting.title.map(|title| packing.set_as(resolved, title, measure));
        Some(item)
    };
    let items = rest.places.iter().filter_map(item).collect();
    let held = Rows::new(clearance(packing.setting));
    Packed { items, held, limit: 0, least: 1, has_strip: rest.has_strip }
}

/// Packs a lane, of which `count` events are in view, while the view moves: what had a row keeps it, and other events, at
/// most `most` in all, take what is free in at most `limit` rows. What had a row beyond these looks for another.
pub(super) fn pack_moving<'t>(
    timeline: &'t Timeline,
    shown: &ShownLane,
    packing: Packing<'_>,
    [count, most, limit]: [usize; 3],
    measure: &mut dyn Measure,
) -> Packed<'t> {
    let Packing { axis, arrangement, .. } = packing;
    let lane = shown.lane();
    let view = axis.view.interval();
    let rows = Rows::new(clearance(packing.setting));
    let limit = limit.clamp(1, MOST_ROWS);
    let candidates = Candidates::new(timeline, shown, packing, Most { count, rows: most, begun: 2 * limit }, measure);
    let in_view = candidates.in_view;
    let mut packer = Packer { packing, rows, limit, items: Vec::with_capacity(candidates.all.len()) };
    let mut candidates = candidates.all;
    let is_known: Vec<EventIndex> = candidates.iter().map(|candidate| candidate.item.event).collect();
    if arrangement.covers(axis.view) {
        // Events with a row keep it; when zooming out, more important ones may take it.
        let kept = arrangement.events(lane).filter(|event| is_known.binary_search(event).is_err());
        let kept = kept.filter(|event| is_within(timeline, *event, view));
        candidates.extend(kept.filter_map(|event| {
            let resolved = timeline.events.headline(event)?;
            let mut item = Item::new(event, resolved, axis).filter(|item| item.is_in_sight(axis))?;
            item.label = Some(packing.measured(resolved, measure));
            Some(Candidate { item, importance: resolved.importance, rank: usize::MAX })
        }));
    }
    for candidate in &mut candidates {
        candidate.item.previous = arrangement.placement(lane, candidate.item.event);
    }
    let is_new = |candidate: &Candidate<'_>| candidate.item.previous.is_none();
    let all_fit = in_view <= most;
    candidates.sort_unstable_by_key(|candidate| {
        let rank = if all_fit { 0 } else { candidate.rank };
        (is_new(candidate), rank, candidate.item.event)
    });
    let kept = candidates.partition_point(|candidate| !is_new(candidate));
    let mut new = candidates.split_off(kept);
    // No label of an event that has a row may push another one out of its row.
    let moved = candidates.into_iter().filter_map(|candidate| packer.keep(candidate));
    let mut moved: Vec<Candidate<'t>> = moved.collect();
    packer.label_kept();
    moved.append(&mut new);
    let mut in_vain = 0;
    for candidate in moved {
        in_vain = if packer.place(candidate.item, all_fit) { 0 } else { in_vain + 1 };
        if in_vain == IN_VAIN {
            break;
        }
    }
    packer.finish(timeline, in_view, arrangement.rows(lane), measure)
}

/// A lane that is being packed.
struct Packer<'t, 'a> {
    packing: Packing<'a>,
    rows: Rows,
    /// The rows that there are.
    limit: usize,
    items: Vec<Item<'t>>,
}

impl<'t> Packer<'t, '_> {
    /// Returns the lane, of whose events so many are in view, with its titles and at least so many rows.
    fn finish(mut self, timeline: &'t Timeline, in_view: usize, least: usize, measure: &mut dyn Measure) -> Packed<'t> {
        self.items.sort_unstable_by_key(|item| item.event);
        let Self { packing, rows: held, limit, items } = self;
        let has_strip = items.len() < in_view;
        let mut lane = Packed { items, held, limit, least: least.min(limit), has_strip };
        // No title takes a row more than the lane has, unless it had it.
        lane.limit = lane.rows_before().min(limit);
        lane.grow(packing.axis);
        lane.break_titles(packing, measure);
        lane.complete(timeline, packing, measure);
        lane
    }

    /// Returns the rows between the marks that are near to an event in time order.
    fn rows_for(&self, item: &Item<'t>) -> Range<usize> {
        let near = || self.items.iter().filter(|other| other.is_near(item));
        let above = near().filter(|other| other.event < item.event).map(|other| other.row).max().unwrap_or(0);
        let below = near().filter(|other| other.event > item.event).map(|other| other.row + 1).min();
        above..below.unwrap_or(self.limit).max(above)
    }

    /// Places the mark of an event that has a row there. Returns the event if its mark touches another one.
    fn keep(&mut self, mut candidate: Candidate<'t>) -> Option<Candidate<'t>> {
        let item = &mut candidate.item;
        let row = item.previous?.row;
        if row >= self.limit || !item.take_row(&mut self.rows, row..row + 1) {
            item.previous = None;
            return Some(candidate);
        }
        self.items.push(candidate.item);
        None
    }

    /// Labels the events that have kept their rows.
    fn label_kept(&mut self) {
        let axis = self.packing.axis;
        for item in &mut self.items {
            item.find_place(&mut self.rows, 0..0, axis);
            item.narrow(&mut self.rows, axis);
        }
    }

    /// Places an event with its label. If all events have a mark, one without room for its label gets a row all the
    /// same. Returns whether it has a row.
    fn place(&mut self, mut item: Item<'t>, all_fit: bool) -> bool {
        let axis = self.packing.axis;
        let candidate_rows = self.rows_for(&item);
        let must = all_fit || self.packing.pinned == Some(item.event);
        let found = item.take_with_label(&mut self.rows, candidate_rows.clone(), axis)
            || (must
                && (item.take_row(&mut self.rows, candidate_rows)
                    || item.take_with_label(&mut self.rows, 0..self.limit, axis)
                    || item.take_row(&mut self.rows, 0..self.limit)));
        if found {
            item.narrow(&mut self.rows, axis);
            self.items.push(item);
        }
        found
    }
}

#[cfg(test)]
mod tests;
