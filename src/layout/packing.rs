//! Packing: assigns a row to each mark of a lane, and a free place to its label.
//!
//! There are two passes. First, every mark gets the first row in which it touches no other mark. Then every label gets
//! free room to the right of its mark, to the left of it or inside its bar; if there is none, the mark moves to a row
//! where both fit.
//!
//! In a crowded lane, marks and labels are placed together, the more important event first, and events that do not fit
//! go to the strip; a row therefore does not depend on less important events nearby. If all events have room, they are
//! placed in time order.
//!
//! An event that already had a row keeps it (see [`Arrangement`]). If it no longer fits there, it goes to the strip in
//! a crowded lane; in any other lane it moves only if its mark would touch one that was placed before.

use std::ops::Range;

use egui::{Pos2, Rangef, Rect, pos2, vec2};

use crate::date::{Date, Interval};
use crate::query::ShownLane;
use crate::timeline::{Event, EventIndex, LaneIndex, Timeline};

use super::arrangement::{Arrangement, Placement};
use super::labels::{LABEL_GAP, MARK_GAP, Measured, NARROWER, Setting};
use super::lanes::{self, ARROW_TIP, LaneBox, MARKER_RADIUS, Mark, MarkShape, Member, STRIP};
use super::measure::Measure;
use super::rows::Rows;
use super::shape::{Bar, Shape, hull, members, shape_of};
use super::view::TimeAxis;

/// Maximum number of rows of a lane whose events all fit.
pub(super) const MOST_ROWS: usize = 12;
/// After this many consecutive events without a place, a crowded lane is considered full and no others are tried.
const IN_VAIN: usize = 12;
/// Adjacent marks do not overlap, so 1958 and 1959 share a row; overlaps below this, in points, are rounding errors.
const ROUNDING: f32 = 0.05;
/// Marks of one lane that have rows but no y yet.
pub(super) struct Packed<'t> {
    items: Vec<Item<'t>>,
    rows: usize,
    /// Whether the lane has room for a strip below its rows.
    has_strip: bool,
}

struct Item<'t> {
    event: EventIndex,
    shape: Shape,
    /// The x range that the mark occupies in its row.
    occupied: Rangef,
    row: usize,
    /// Its previous placement.
    previous: Option<Placement>,
    /// The label, measured only once the mark has a row.
    label: Option<Measured<'t>>,
    place: Option<Place>,
    approximate: bool,
    uncertain: bool,
    /// The extents of the dates of a set, and whether only one of them is meant.
    set: Option<(Vec<Member>, bool)>,
}

#[derive(Clone, Copy)]
struct Place {
    x: Rangef,
    flush_right: bool,
}

/// The parameters of packing, apart from the lane.
#[derive(Clone, Copy)]
pub(super) struct Packing<'a> {
    /// The mapping between time and x.
    pub(super) axis: TimeAxis,
    /// How labels are laid out.
    pub(super) setting: Setting,
    /// Maximum number of events in view that get marks before the less important ones go to the strip.
    pub(super) most_marks: usize,
    /// Maximum number of rows of a lane that has a strip.
    pub(super) rows: usize,
    /// Whether the number of rows is fixed, however few events there are.
    pub(super) must_fit: bool,
    /// An event that has a mark regardless of its importance.
    pub(super) pinned: Option<EventIndex>,
    /// The rows that events already have.
    pub(super) arrangement: &'a Arrangement,
    /// Width of the number before each title, in points; 0 if titles are not numbered.
    pub(super) number: f32,
}

/// Assigns rows and, where there is room, labels to the most important events of a lane.
pub(super) fn pack<'t>(
    timeline: &'t Timeline,
    shown: &ShownLane,
    packing: Packing<'_>,
    measure: &mut dyn Measure,
) -> Packed<'t> {
    let Packing { axis, most_marks, arrangement, .. } = packing;
    let (lane, index) = (shown.lane(), shown.index());
    // Events slightly out of sight take part, so that those in sight do not move when the others come into view.
    let near = near(axis);
    let crowded = index.count(near) > most_marks || packing.must_fit;
    let rows_most = if crowded { packing.rows } else { MOST_ROWS };
    // Events that began before the near range all overlap at its start, so each of them needs a row of its own.
    let most_begun = if crowded { 2 * rows_most } else { most_marks };
    let mut chosen = index.most_important_by_column(near, most_marks, most_begun, lanes::column_log2(axis));
    if let Some(pinned) = packing.pinned.filter(|pinned| index.contains(*pinned))
        && timeline.event(pinned).and_then(|event| event.known_bounds()).is_some_and(|bounds| bounds.overlaps(near))
    {
        chosen.retain(|event| *event != pinned);
        chosen.insert(0, pinned);
    }
    let mut packer = Packer { lane, packing, rows: Rows::default(), rows_most, filled: 0, items: Vec::new() };
    let mut left_out = false;
    if crowded {
        if arrangement.covers(axis.view) {
            // Events that have a row keep it; only the remaining places go to more important ones.
            chosen.retain(|event| arrangement.placement(lane, *event).is_none());
            chosen.splice(0..0, arrangement.events(lane));
        }
        let mut in_vain = 0;
        for index in chosen {
            if let Some(event) = timeline.event(index)
                && let Some(item) = Item::new(index, event, axis)
            {
                if packer.has_enough_of(&item) {
                    continue;
                }
                in_vain = if packer.try_place(item, event, measure) { 0 } else { in_vain + 1 };
            }
            if in_vain == IN_VAIN {
                break;
            }
        }
        // In a window the strip keeps its room while events come and go.
        left_out = !packing.must_fit || packer.items.len() < index.count(near);
    } else {
        // With room for all, time order moves the least; events that have a row come before those that do not.
        chosen.sort_unstable_by_key(|event| (arrangement.placement(lane, *event).is_none(), *event));
        for index in chosen {
            if let Some(event) = timeline.event(index)
                && let Some(item) = Item::new(index, event, axis)
            {
                left_out |= !packer.place_mark(item);
            }
        }
    }
    packer.label_the_rest(timeline, measure);
    packer.finish_labels(timeline, measure);
    let Packer { mut items, .. } = packer;
    items.sort_unstable_by_key(|item| item.event);
    let used = items.iter().map(|item| item.row + 1).max().unwrap_or(1);
    Packed { items, rows: used.max(arrangement.rows(lane).min(rows_most)), has_strip: left_out }
}

/// A lane that is being packed.
struct Packer<'t, 'a> {
    lane: LaneIndex,
    packing: Packing<'a>,
    rows: Rows,
    rows_most: usize,
    /// Number of bars that span the whole view.
    filled: usize,
    items: Vec<Item<'t>>,
}

impl<'t> Packer<'t, '_> {
    /// Returns the rows that an event may take: its own, if it has one.
    fn rows_for(&self, event: EventIndex) -> Range<usize> {
        match self.packing.arrangement.placement(self.lane, event) {
            Some(Placement { row, .. }) if row < MOST_ROWS => row..row + 1,
            _ => 0..self.rows_most,
        }
    }

    fn measured(&self, event: Event<'t>, measure: &mut dyn Measure) -> Measured<'t> {
        let room = self.packing.axis.width() as f32 * 0.6;
        Measured::title(event.title, self.packing.setting, (room, self.packing.number), measure)
    }

    /// Places an event of a crowded lane with its label, or drops it: a mark without a title would only take the place
    /// of a title. Returns whether it was placed.
    fn try_place(&mut self, mut item: Item<'t>, event: Event<'t>, measure: &mut dyn Measure) -> bool {
        let axis = self.packing.axis;
        let candidate_rows = self.rows_for(item.event);
        item.previous = self.packing.arrangement.placement(self.lane, item.event);
        if !item.is_in_sight(axis) {
            let found = item.take_row(&mut self.rows, candidate_rows);
            if found {
                self.items.push(item);
            }
            return found;
        }
        // Measuring a label is the most expensive step.
        if !candidate_rows.clone().any(|row| item.touches_nothing(row, &self.rows)) {
            return false;
        }
        let fills = item.fills(axis);
        let mut label = self.measured(event, measure);
        if self.packing.setting == Setting::TwoLines {
            label = label.dated(event.short_date_words(), measure);
        }
        item.label = Some(label);
        let found = item.take_with_label(&mut self.rows, candidate_rows.clone(), axis)
            || (self.packing.pinned == Some(item.event) && item.take_row(&mut self.rows, candidate_rows));
        if found {
            self.filled += usize::from(fills);
            self.items.push(item);
        }
        found
    }

    /// Returns whether enough bars already span the whole view; other rows are kept for shorter events.
    fn has_enough_of(&self, item: &Item<'_>) -> bool {
        let enough = (self.rows_most / 2).max(1);
        self.filled >= enough && item.fills(self.packing.axis) && self.packing.pinned != Some(item.event)
    }

    /// Refines labels once every title is placed: labels that run out of the view may change sides, elided titles are
    /// shown whole if there is room, and dates take what is left.
    fn finish_labels(&mut self, timeline: &'t Timeline, measure: &mut dyn Measure) {
        let axis = self.packing.axis;
        for item in &mut self.items {
            let leaves = item.place.is_some_and(|place| !is_in_view(place.x, axis));
            let undated =
                self.packing.setting == Setting::OneLine && item.label.as_ref().is_some_and(Measured::is_undated);
            if leaves {
                item.place_anew(&mut self.rows, axis, Item::place_in_view);
            }
            item.grow(&mut self.rows, axis);
            if undated && let Some(event) = timeline.event(item.event) {
                item.label = item.label.take().map(|label| label.dated(event.short_date_words(), measure));
                item.place_anew(&mut self.rows, axis, Item::place_on_its_side);
            }
        }
    }

    /// Assigns a row to an event of a lane that is not crowded; returns `false` if there is none.
    fn place_mark(&mut self, mut item: Item<'t>) -> bool {
        let own = self.rows_for(item.event);
        let found = item.take_row(&mut self.rows, own) || item.take_row(&mut self.rows, 0..self.rows_most);
        if found {
            self.items.push(item);
        }
        found
    }

    /// Labels the marks in sight that have no label yet. Those out of sight are skipped, as measuring text is the most
    /// expensive step.
    fn label_the_rest(&mut self, timeline: &'t Timeline, measure: &mut dyn Measure) {
        let axis = self.packing.axis;
        let mut items = std::mem::take(&mut self.items);
        for item in items.iter_mut().filter(|item| item.label.is_none() && item.is_in_sight(axis)) {
            if let Some(event) = timeline.event(item.event) {
                item.previous = self.packing.arrangement.placement(self.lane, item.event);
                item.label = Some(self.measured(event, measure).dated(event.short_date_words(), measure));
                let candidate_rows = self.rows_for(item.event);
                item.find_place(&mut self.rows, candidate_rows, axis);
                item.narrow(&mut self.rows, axis);
            }
        }
        self.items = items;
    }
}

/// Returns whether a range of x is entirely in view.
fn is_in_view(x: Rangef, axis: TimeAxis) -> bool {
    x.min >= axis.left && x.max <= axis.right
}

/// Returns the view extended by half of its width on either side.
fn near(axis: TimeAxis) -> Interval {
    Interval { start: axis.view.time_at(-0.5), end: axis.view.time_at(1.5) }
}

impl Item<'_> {
    fn new(index: EventIndex, event: Event<'_>, axis: TimeAxis) -> Option<Self> {
        let date = event.date?;
        let shape = shape_of(date, axis)?;
        let occupied = match shape {
            Shape::Point { x, extent } => {
                // The extent may be long; only the marker must not overlap others.
                let own = Rangef::new(x - MARKER_RADIUS, x + MARKER_RADIUS);
                let shown = Rangef::new(extent.min.max(axis.left - 20.0), extent.max.min(axis.right + 20.0));
                let is_set = matches!(date, Date::Set(_));
                hull(own, if is_set { shown.expand(MARKER_RADIUS) } else { shown })
            }
            // Two bars that touch would look like one.
            Shape::Span(Bar { x, .. }) => x.expand(0.25),
        };
        Some(Self {
            event: index,
            shape,
            occupied,
            row: 0,
            previous: None,
            label: None,
            place: None,
            approximate: date.is_approximate(),
            uncertain: date.is_uncertain(),
            set: members(date, axis),
        })
    }

    /// Returns whether the mark touches nothing in a row.
    fn touches_nothing(&self, row: usize, rows: &Rows) -> bool {
        rows.is_free(row, self.occupied.shrink(ROUNDING))
    }

    /// Takes the first of the candidate rows in which the mark touches no other.
    fn take_row(&mut self, rows: &mut Rows, mut candidate_rows: Range<usize>) -> bool {
        let free = candidate_rows.find(|&row| self.touches_nothing(row, rows));
        if let Some(row) = free {
            self.row = row;
            rows.occupy(row, self.occupied);
        }
        free.is_some()
    }

    /// Takes the first of the candidate rows in which neither mark nor label touches anything.
    fn take_with_label(&mut self, rows: &mut Rows, candidate_rows: Range<usize>, axis: TimeAxis) -> bool {
        let found = candidate_rows
            .filter(|&row| self.touches_nothing(row, rows))
            .find_map(|row| self.place_in(row, rows, axis).map(|place| (row, place)));
        if let Some((row, place)) = found {
            self.row = row;
            self.place = Some(place);
            rows.occupy(row, hull(place.x, self.occupied));
        }
        found.is_some()
    }

    /// Moves the label within its row if `look` finds a better place; returns whether it does.
    fn place_anew(
        &mut self,
        rows: &mut Rows,
        axis: TimeAxis,
        look: impl Fn(&Self, usize, &Rows, TimeAxis) -> Option<Place>,
    ) -> bool {
        let Some(place) = self.place else { return false };
        rows.release(self.row, hull(place.x, self.occupied));
        let found = look(self, self.row, rows, axis);
        let place = found.unwrap_or(place);
        self.place = Some(place);
        rows.occupy(self.row, hull(place.x, self.occupied));
        found.is_some()
    }

    /// Places the label beside the mark or inside the bar, in this row or else in a candidate row where both fit.
    fn find_place(&mut self, rows: &mut Rows, candidate_rows: Range<usize>, axis: TimeAxis) {
        // A label may overlap the extent of its own mark.
        rows.release(self.row, self.occupied);
        let found = std::iter::once(self.row).chain(candidate_rows).find_map(|row| {
            let free = row == self.row || self.touches_nothing(row, rows);
            free.then(|| self.place_in(row, rows, axis)).flatten().map(|place| (row, place))
        });
        if let Some((row, place)) = found {
            self.row = row;
            self.place = Some(place);
        }
        rows.occupy(self.row, self.place.map_or(self.occupied, |place| hull(place.x, self.occupied)));
    }

    /// Shortens a title for which there is no room.
    fn narrow(&mut self, rows: &mut Rows, axis: TimeAxis) {
        for width in NARROWER {
            if self.place.is_some() {
                return;
            }
            let Some(narrower) = self.label.as_ref().and_then(|label| label.narrowed(width)) else { continue };
            let wider = self.label.replace(narrower);
            self.find_place(rows, 0..0, axis);
            if self.place.is_none() {
                self.label = wider;
            }
        }
    }

    /// Shows an elided title in full if the other labels have left room for it.
    fn grow(&mut self, rows: &mut Rows, axis: TimeAxis) {
        let Some(grown) = self.label.as_ref().and_then(Measured::grown) else { return };
        let elided = self.label.replace(grown);
        if !self.place_anew(rows, axis, Self::place_on_its_side) {
            self.label = elided;
        }
    }

    /// Returns whether the mark spans the view from one edge to the other.
    fn fills(&self, axis: TimeAxis) -> bool {
        self.occupied.min <= axis.left && self.occupied.max >= axis.right
    }

    /// Returns whether the event itself is in view, not only the range it occupies: an event that ends as the view
    /// begins is not.
    fn is_in_sight(&self, axis: TimeAxis) -> bool {
        let overlaps = |x: Rangef| x.max > axis.left + ROUNDING && x.min < axis.right - ROUNDING;
        match self.shape {
            Shape::Point { x, extent } => (axis.left..=axis.right).contains(&x) || overlaps(extent),
            Shape::Span(Bar { x, .. }) => overlaps(x),
        }
    }

    /// Returns the place of the label in a row. A label that had a place keeps its side, even if it then runs out of
    /// the view.
    fn place_in(&self, row: usize, rows: &Rows, axis: TimeAxis) -> Option<Place> {
        let keeps = self.previous.filter(|kept| kept.row == row).and_then(|kept| {
            let places = || self.label.iter().flat_map(Measured::widths).flat_map(|width| self.places(width, axis));
            let same = |place: &Place| Some(place.flush_right) == kept.flush_right && self.has_room(*place, row, rows);
            let in_view = places().find(|place| same(place) && is_in_view(place.x, axis));
            // Only the title may run out of the view.
            in_view.or_else(|| places().filter(same).last())
        });
        keeps.or_else(|| self.place_in_view(row, rows, axis))
    }

    /// Returns the best place for the label in a row that is entirely in view.
    fn place_in_view(&self, row: usize, rows: &Rows, axis: TimeAxis) -> Option<Place> {
        let mut places = self.label.iter().flat_map(Measured::widths).flat_map(|width| self.places(width, axis));
        places.find(|place| is_in_view(place.x, axis) && self.has_room(*place, row, rows))
    }

    /// Returns the best place in view on the side where the label already is.
    fn place_on_its_side(&self, row: usize, rows: &Rows, axis: TimeAxis) -> Option<Place> {
        let mut places = self.label.iter().flat_map(Measured::widths).flat_map(|width| self.places(width, axis));
        let same = |place: &Place| self.place.is_some_and(|now| now.flush_right == place.flush_right);
        places.find(|place| same(place) && is_in_view(place.x, axis) && self.has_room(*place, row, rows))
    }

    /// Returns whether a row has room for mark and label.
    fn has_room(&self, place: Place, row: usize, rows: &Rows) -> bool {
        let is_inside = self.occupied.min <= place.x.min && place.x.max <= self.occupied.max;
        let wanted = if is_inside {
            self.occupied.shrink(ROUNDING)
        } else {
            hull(place.x.expand(LABEL_GAP / 2.0), self.occupied)
        };
        rows.is_free(row, wanted)
    }

    /// Returns the places for a label of this width, best first.
    fn places(&self, width: f32, axis: TimeAxis) -> impl Iterator<Item = Place> + use<> {
        let beginning_at = move |start: f32| Rangef::new(start, start + width);
        let inside = self.inside(width, axis).map(|start| Place { x: beginning_at(start), flush_right: false });
        let beside = self.beside(width, axis).into_iter().flat_map(move |mark| {
            let right = Place { x: beginning_at(mark.max + MARK_GAP), flush_right: false };
            let left = Place { x: beginning_at(mark.min - MARK_GAP - width), flush_right: true };
            [right, left]
        });
        // Text on a pattern is hard to read, so inside an uncertain bar is the last choice.
        let (first, last) = if self.uncertain { (None, inside) } else { (inside, None) };
        first.into_iter().chain(beside).chain(last)
    }

    /// Returns where the label begins inside the bar, if it fits; it is kept in view as long as there is room.
    fn inside(&self, width: f32, axis: TimeAxis) -> Option<f32> {
        let Shape::Span(Bar { x, sure, open_start, open_end, .. }) = self.shape else { return None };
        let tip = |open: bool| if open { ARROW_TIP } else { 0.0 };
        let start = if sure.span() > 0.0 { sure.min.max(x.min) } else { x.min };
        let start = (start + 8.0).max(axis.left + 8.0 + tip(open_start));
        let end = (x.max - 8.0).min(axis.right - 8.0 - tip(open_end));
        (end - start >= width).then_some(start)
    }

    /// Returns the parts of the mark that the label may be placed beside, best first.
    fn beside(&self, width: f32, axis: TimeAxis) -> Vec<Rangef> {
        match self.shape {
            Shape::Point { x, extent } => {
                let marker = Rangef::new(x - MARKER_RADIUS, x + MARKER_RADIUS);
                if self.set.is_some() {
                    return vec![hull(marker, extent.expand(MARKER_RADIUS))];
                }
                let whole = hull(marker, extent);
                // Beside a wide extent the label would be far from its marker, so it may be placed on the extent
                // instead.
                let on_extent = !self.uncertain && marker.max + MARK_GAP + width <= extent.max;
                if on_extent { vec![marker, whole] } else { vec![whole, marker] }
            }
            Shape::Span(Bar { x, .. }) => vec![Rangef::new(x.min.max(axis.left), x.max.min(axis.right))],
        }
    }
}

impl Packed<'_> {
    /// Returns the number of rows that the lane needs; at least one.
    pub(super) fn rows(&self) -> usize {
        self.rows
    }

    /// Returns the height of the strip below the rows, in points.
    pub(super) fn strip_height(&self) -> f32 {
        if self.has_strip { STRIP } else { 0.0 }
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
        let strip_height = self.strip_height();
        let used = self.rows as f32 * row_height;
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

impl Item<'_> {
    fn placed(self, (lane, style): (LaneIndex, usize), y: Rangef, view: Rangef) -> Mark {
        let middle = y.center();
        let (shape, rect) = match self.shape {
            Shape::Point { x, extent } => {
                let center = pos2(x, middle);
                let marker = |center| Rect::from_center_size(center, vec2(MARKER_RADIUS, MARKER_RADIUS) * 2.0);
                match self.set {
                    None => (MarkShape::Point { center, extent }, marker(center)),
                    Some((extents, one_of)) => {
                        let centers: Vec<Pos2> = extents.iter().map(|date| pos2(date.known.center(), middle)).collect();
                        let rect = centers.iter().map(|center| marker(*center)).reduce(Rect::union);
                        (MarkShape::Set { centers, extents, one_of }, rect.unwrap_or_else(|| marker(center)))
                    }
                }
            }
            Shape::Span(Bar { x, sure, open_start, open_end, unknown }) => {
                let rect = Rect::from_x_y_ranges(x, y.shrink(1.0));
                (MarkShape::Span { x, sure, open_start, open_end, unknown }, rect)
            }
        };
        let label = self.label.zip(self.place).map(|(label, place)| label.placed(place.x, y, place.flush_right, view));
        let Self { event, row, approximate, uncertain, .. } = self;
        Mark { event, number: None, lane, style, row, shape, rect, label, approximate, uncertain }
    }
}

#[cfg(test)]
mod tests;
