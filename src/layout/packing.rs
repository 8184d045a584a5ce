//! Packing: assigns a row to each mark of a lane, and a free place to its label.
//!
//! A picture of its own, and the first frame of a view, are packed by [`sweep`]: in time order, the more important
//! events first where there is no room for all. While a view moves, each event keeps the row and the side of its label
//! (see [`Arrangement`]); what comes into view takes what is free.

mod item;
mod sweep;

use std::ops::Range;

use egui::{Rangef, Rect};

use crate::date::Interval;
use crate::query::ShownLane;
use crate::timeline::{Event, EventIndex, LaneIndex, Timeline};

use self::item::{Item, is_in_view};
use self::sweep::{Candidate, Sweep, clearance};
pub(super) use self::sweep::{Filling, Order};
use super::arrangement::Arrangement;
use super::labels::{Measured, Setting};
use super::lanes::{self, LaneBox};
use super::measure::Measure;
use super::placement::Found;
use super::rest::LaneRest;
use super::rows::Rows;
use super::view::TimeAxis;

/// Maximum number of rows of a lane.
const MOST_ROWS: usize = 1000;
/// After this many consecutive events without a place, a crowded lane is considered full and no others are tried.
const IN_VAIN: usize = 12;

/// Marks of one lane that have rows but no y yet.
pub(super) struct Packed<'t> {
    items: Vec<Item<'t>>,
    rows: usize,
    /// Whether some events of the lane have no mark.
    has_strip: bool,
    /// What packs the lane like this again, if it was packed without rows from an earlier frame.
    rest: LaneRest,
}

/// The parameters of packing, apart from the lane.
#[derive(Clone, Copy)]
pub(super) struct Packing<'a> {
    /// The mapping between time and x.
    pub(super) axis: TimeAxis,
    /// How labels are laid out.
    pub(super) setting: Setting,
    /// An event that gets a mark whatever its importance.
    pub(super) pinned: Option<EventIndex>,
    /// The rows that events already have.
    pub(super) arrangement: &'a Arrangement,
    /// Width of the number before each title, in points; 0 if there are no numbers.
    pub(super) number: f32,
}

/// The events of a lane that are to get rows, with their labels, in time order.
pub(super) struct Candidates<'t> {
    lane: LaneIndex,
    all: Vec<Candidate<'t>>,
    /// How many events are in view.
    in_view: usize,
}

impl<'t> Candidates<'t> {
    /// Returns the `most` most important events of a lane that are in view, and the pinned one. At most `most_begun` of
    /// them have begun before the view: these overlap at its left edge, so that each needs a row of its own.
    pub(super) fn new(
        timeline: &'t Timeline,
        shown: &ShownLane,
        packing: Packing<'_>,
        [most, most_begun]: [usize; 2],
        measure: &mut dyn Measure,
    ) -> Self {
        let Packing { axis, pinned, .. } = packing;
        let index = shown.index();
        let view = axis.view.interval();
        let mut chosen = index.most_important_by_column(view, most, most_begun, lanes::column_log2(axis));
        if let Some(pinned) = pinned.filter(|pinned| index.contains(*pinned) && is_within(timeline, *pinned, view)) {
            chosen.retain(|event| *event != pinned);
            chosen.insert(0, pinned);
        }
        let candidate = |(rank, event): (usize, EventIndex)| {
            let resolved = timeline.event(event)?;
            let mut item = Item::new(event, resolved, axis).filter(|item| item.is_in_sight(axis))?;
            item.label = Some(packing.measured(resolved, measure));
            let importance = if pinned == Some(event) { f32::INFINITY } else { resolved.importance };
            Some(Candidate { item, importance, rank })
        };
        let all = chosen.len();
        let mut candidates: Vec<Candidate<'t>> = chosen.into_iter().enumerate().filter_map(candidate).collect();
        candidates.sort_unstable_by_key(|candidate| candidate.item.event);
        // Of the events that only adjoin the view nothing is in sight.
        let in_view = index.count(view).saturating_sub(all - candidates.len());
        Self { lane: shown.lane(), all: candidates, in_view }
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

    /// Packs the lane into the rows of `filling`.
    pub(super) fn pack(
        self,
        timeline: &'t Timeline,
        packing: Packing<'_>,
        filling: Filling,
        measure: &mut dyn Measure,
    ) -> Packed<'t> {
        let found = self.found(packing, filling);
        let candidates = self.all.into_iter().zip(found);
        let found: Vec<_> = candidates.filter_map(|(candidate, found)| Some((candidate.item, found?))).collect();
        let has_strip = found.len() < self.in_view;
        pack_found(timeline, (self.lane, has_strip), packing, found, measure)
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
    timeline.event(event).and_then(|event| event.known_bounds()).is_some_and(|bounds| bounds.overlaps(time))
}

impl Packing<'_> {
    /// Measures the label of an event, with its date if that is below the title.
    fn measured<'t>(&self, event: Event<'t>, measure: &mut dyn Measure) -> Measured<'t> {
        let room = self.axis.width() as f32 * 0.6;
        let label = Measured::title((event.title, event.importance < 0.0), self.setting, (room, self.number), measure);
        match self.setting {
            Setting::TwoLines => label.dated(event.date_words_within(self.axis.view.interval()), measure),
            Setting::OneLine => label,
        }
    }
}

/// Packs a lane of a view that rests as it was packed before.
pub(super) fn pack_again<'t>(
    timeline: &'t Timeline,
    lane: LaneIndex,
    packing: Packing<'_>,
    rest: &LaneRest,
    measure: &mut dyn Measure,
) -> Packed<'t> {
    let item = |(event, found): &(EventIndex, Found)| {
        let resolved = timeline.event(*event)?;
        let mut item = Item::new(*event, resolved, packing.axis)?;
        item.label = Some(packing.measured(resolved, measure));
        Some((item, *found))
    };
    let found = rest.places.iter().filter_map(item).collect();
    pack_found(timeline, (lane, rest.has_strip), packing, found, measure)
}

/// Packs the items of a lane, which are in time order, at the places that were found for them.
fn pack_found<'t>(
    timeline: &'t Timeline,
    (lane, has_strip): (LaneIndex, bool),
    packing: Packing<'_>,
    found: Vec<(Item<'t>, Found)>,
    measure: &mut dyn Measure,
) -> Packed<'t> {
    let places = found.iter().map(|(item, found)| (item.event, *found)).collect();
    let mut rows = Rows::new(clearance(packing.setting));
    let take = |(mut item, Found { row, place, narrowed }): (Item<'t>, Found)| {
        let narrower = narrowed.and_then(|width| item.label.as_ref()?.narrowed(width));
        item.label = narrower.or(item.label);
        item.take(row, place, &mut rows);
        item
    };
    let items: Vec<Item<'t>> = found.into_iter().map(take).collect();
    let limit = items.iter().map(|item| item.row + 1).max().unwrap_or(1);
    let mut packer = Packer { lane, packing, rows, limit, items };
    packer.finish_labels(timeline, measure);
    Packed { items: packer.items, rows: limit, has_strip, rest: LaneRest { places, has_strip } }
}

/// Packs a lane while the view moves: what had a row keeps it, and other events, at most `most` in all, take what is free
/// in at most `limit` rows. What had a row beyond these looks for another.
pub(super) fn pack_moving<'t>(
    timeline: &'t Timeline,
    shown: &ShownLane,
    packing: Packing<'_>,
    [most, limit]: [usize; 2],
    measure: &mut dyn Measure,
) -> Packed<'t> {
    let Packing { axis, arrangement, .. } = packing;
    let lane = shown.lane();
    let view = axis.view.interval();
    let rows = Rows::new(clearance(packing.setting));
    let limit = limit.clamp(1, MOST_ROWS);
    let candidates = Candidates::new(timeline, shown, packing, [most, 2 * limit], measure);
    let in_view = candidates.in_view;
    let mut packer = Packer { lane, packing, rows, limit, items: Vec::new() };
    let mut candidates = candidates.all;
    let is_known: Vec<EventIndex> = candidates.iter().map(|candidate| candidate.item.event).collect();
    if arrangement.covers(axis.view) {
        // Events with a row keep it; when zooming out, more important ones may take it.
        let kept = arrangement.events(lane).filter(|event| is_known.binary_search(event).is_err());
        let kept = kept.filter(|event| is_within(timeline, *event, view));
        candidates.extend(kept.filter_map(|event| {
            let resolved = timeline.event(event)?;
            let mut item = Item::new(event, resolved, axis).filter(|item| item.is_in_sight(axis))?;
            item.label = Some(packing.measured(resolved, measure));
            Some(Candidate { item, importance: resolved.importance, rank: usize::MAX })
        }));
    }
    let is_new = |candidate: &Candidate<'_>| arrangement.placement(lane, candidate.item.event).is_none();
    let all_fit = in_view <= most;
    candidates.sort_by_key(|candidate| {
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
    packer.finish_labels(timeline, measure);
    let Packer { mut items, .. } = packer;
    items.sort_unstable_by_key(|item| item.event);
    let used = items.iter().map(|item| item.row + 1).max().unwrap_or(1);
    let has_strip = items.len() < in_view;
    Packed { items, rows: used.max(arrangement.rows(lane).min(limit)), has_strip, rest: LaneRest::default() }
}

/// A lane that is being packed.
struct Packer<'t, 'a> {
    lane: LaneIndex,
    packing: Packing<'a>,
    rows: Rows,
    /// The rows that there are.
    limit: usize,
    items: Vec<Item<'t>>,
}

impl<'t> Packer<'t, '_> {
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
        item.previous = self.packing.arrangement.placement(self.lane, item.event);
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

    /// Once every title has its place: labels that run out of the view may change sides, elided titles are shown in full
    /// if there is room, and one-line labels get their dates if all of the lane have room for them.
    fn finish_labels(&mut self, timeline: &'t Timeline, measure: &mut dyn Measure) {
        let axis = self.packing.axis;
        for item in &mut self.items {
            if item.place.is_some_and(|place| !is_in_view(place.x, axis)) {
                item.place_anew(&mut self.rows, axis, Item::place_in_view);
            }
            item.grow(&mut self.rows, axis);
        }
        if self.packing.setting == Setting::OneLine {
            self.date_labels(timeline, measure);
        }
    }

    /// Adds the dates to one-line labels if all of them have room for theirs.
    fn date_labels(&mut self, timeline: &'t Timeline, measure: &mut dyn Measure) {
        let axis = self.packing.axis;
        let mut before = Vec::new();
        let mut fits = true;
        for (position, item) in self.items.iter_mut().enumerate() {
            let (Some(place), Some(label)) = (item.place, item.label.clone()) else { continue };
            let Some(event) = timeline.event(item.event) else { continue };
            before.push((position, place, label.clone()));
            item.label = Some(label.dated(event.date_words_within(axis.view.interval()), measure));
            let whole = item.label.as_ref().and_then(|label| label.widths().next()).unwrap_or_default();
            item.place_anew(&mut self.rows, axis, Item::place_on_its_side);
            fits = item.place.is_some_and(|place| place.x.span() >= whole - 0.01);
            if !fits {
                break;
            }
        }
        if fits {
            return;
        }
        for (position, place, label) in before {
            if let Some(item) = self.items.get_mut(position) {
                self.rows.release(item.row, item.event);
                item.label = Some(label);
                item.take(item.row, Some(place), &mut self.rows);
            }
        }
    }
}

impl Packed<'_> {
    /// Returns the number of rows that the lane needs; at least one.
    pub(super) fn rows(&self) -> usize {
        self.rows
    }

    /// Returns whether some events of the lane have no mark.
    pub(super) fn hides(&self) -> bool {
        self.has_strip
    }

    /// Returns what packs the lane like this again.
    pub(super) fn rest(&self) -> LaneRest {
        self.rest.clone()
    }

    /// Assigns a y to every mark in a lane with this rectangle.
    pub(super) fn placed(
        self,
        shown: &ShownLane,
        timeline: &Timeline,
        rect: Rect,
        row_height: f32,
        axis: TimeAxis,
    ) -> LaneBox {
        /// Greatest height of a strip, in points; it takes no more than the free space of its lane.
        const STRIP: f32 = 14.0;
        let used = self.rows as f32 * row_height;
        let strip_height = if self.has_strip { (rect.height() - used).clamp(0.0, STRIP) } else { 0.0 };
        let top = rect.center().y - f32::midpoint(used, strip_height);
        let marked: Vec<EventIndex> = self.items.iter().map(|item| item.event).collect();
        let mut marks = Vec::with_capacity(self.items.len());
        let own_lane = |event: EventIndex| {
            let lane = timeline.event(event).map_or(shown.lane(), |event| timeline.lane_within(&event, shown.lane()));
            (lane, timeline.lane(lane).map_or(0, |lane| lane.style))
        };
        let mut unlabelled = 0;
        for item in self.items {
            if !item.is_in_sight(axis) {
                continue;
            }
            let row_top = top + item.row as f32 * row_height;
            let lane = own_lane(item.event);
            let mark =
                item.placed(lane, Rangef::new(row_top, row_top + row_height), Rangef::new(axis.left, axis.right));
            unlabelled += usize::from(mark.label.is_none());
            marks.push(mark);
        }
        let names = Rangef::new(rect.left(), axis.left);
        let strip = self.has_strip.then(|| {
            let y = Rangef::new(top + used, top + used + strip_height);
            let columns = Rect::from_x_y_ranges(axis.left..=axis.right, y);
            lanes::strip(shown.index(), timeline, &marked, axis, columns, Rect::from_x_y_ranges(names, y))
        });
        let strip = strip.filter(|strip| strip.hidden > 0);
        let bottom = if strip.is_some() { top + used } else { rect.bottom() };
        let name = Rect::from_x_y_ranges(names, rect.top()..=bottom);
        LaneBox { lane: shown.lane(), folded: shown.folded(), rect, name, rows: self.rows, marks, unlabelled, strip }
    }
}

#[cfg(test)]
mod tests;
