//! Packing without rows from an earlier frame: one pass in time order, which makes as many titles as it can.
//!
//! Each event takes the first row where mark and label touch nothing, below the earlier marks that are near to it. Where
//! no row has room, the event that would block its row the longest gives way; for events of one importance that is the
//! greedy algorithm for the largest set of intervals that fit into k rows (M. C. Carlisle, E. L. Lloyd: On the k-coloring
//! of intervals, 1995), so that one event more never costs more than a few titles. Then gaps are filled in order of
//! importance, and of events that could take each other's place the more important one gets it.

use std::ops::Range;

use crate::timeline::EventIndex;

use super::super::labels::{Measured, NARROWER, Setting};
use super::super::placement::{Found, Place};
use super::super::rows::{Clearance, Rows, Span, Touching};
use super::super::view::TimeAxis;
use super::item::Item;

/// An event gives way to another one of the same importance that ends so much earlier, in points.
const LONGER: f32 = 40.0;
/// Marks whose centres are farther apart than this, in points, are not near, and neither is what is before the earlier or
/// begins after the later of them.
const FAR: f32 = 80.0;

/// An event that is to get a row.
pub(super) struct Candidate<'t> {
    pub(super) item: Item<'t>,
    /// Its importance in the document, infinite if it must have a mark.
    pub(super) importance: f32,
    /// Its position in the order of importance, in which equal importance is spread over the time.
    pub(super) rank: usize,
}

/// How rows are filled.
#[derive(Clone, Copy)]
pub(in crate::layout) struct Filling {
    /// The rows that there are.
    pub(in crate::layout) limit: usize,
    /// A label that would cover so many later marks goes to the left of its mark, if there is room.
    pub(in crate::layout) covers: usize,
    /// What the order in time of marks that are near to each other is worth.
    pub(in crate::layout) order: Order,
    /// Whether either side of the first row is better than the preferred side of a later one.
    pub(in crate::layout) first_row: bool,
}

/// What the order in time of marks that are near to each other is worth.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::layout) enum Order {
    /// The earlier one is above the later, or one of them is left out.
    Strict,
    /// The same for as long as the rows of the filling have room, then rows begin again at the top: where marks are
    /// near to each other throughout, all would be one endless flight of stairs.
    Wraps,
    /// Nothing.
    Ignored,
}

/// The result of a pass.
pub(super) struct Sweep<'a, 't> {
    candidates: &'a [Candidate<'t>],
    axis: TimeAxis,
    filling: Filling,
    rows: Rows,
    /// Where each candidate is placed.
    pub(super) found: Vec<Option<Found>>,
}

/// Returns the distances that labels keep.
pub(super) fn clearance(setting: Setting) -> Clearance {
    match setting {
        Setting::TwoLines => Clearance { text_to_mark: 20.0, text_to_text: 10.0 },
        Setting::OneLine => Clearance { text_to_mark: 14.0, text_to_text: 8.0 },
    }
}

/// Places candidates, which are in time order and have their labels. If `whole`, returns `None` as soon as one of them has
/// no place because of others.
pub(super) fn sweep<'a, 't>(
    candidates: &'a [Candidate<'t>],
    axis: TimeAxis,
    setting: Setting,
    filling: Filling,
    whole: bool,
) -> Option<Sweep<'a, 't>> {
    let rows = Rows::new(clearance(setting));
    let mut sweep = Sweep { candidates, axis, filling, rows, found: Vec::with_capacity(candidates.len()) };
    let mut places = Vec::new();
    for (position, candidate) in candidates.iter().enumerate() {
        let narrowed = widest_places(&candidate.item, axis, &mut places);
        if sweep.covers_too_many(position, &places) {
            places.sort_by_key(|place| !place.flush_right);
        }
        let floor = if filling.order == Order::Ignored { 0 } else { sweep.above(position) };
        let found = sweep.search(candidate, &places, floor..filling.limit).or_else(|| {
            let wraps = filling.order == Order::Wraps;
            wraps.then(|| sweep.search(candidate, &places, 0..usize::MAX)).flatten()
        });
        sweep.found.push(None);
        match found {
            Some((row, place)) => sweep.take(position, Found { row, place: Some(place), narrowed }),
            // Not even an empty row has room for it.
            None if places.is_empty() => {}
            None if whole => return None,
            None => sweep.replace(position, (&places, narrowed), floor..filling.limit, |own, other| {
                own.importance > other.importance
                    || own.importance == other.importance && end(&other.item) > end(&own.item) + LONGER
            }),
        }
    }
    Some(sweep)
}

/// Collects the places of a label that are in view: those of the whole title, or else of the widest elided one that is
/// returned.
fn widest_places(item: &Item<'_>, axis: TimeAxis, places: &mut Vec<Place>) -> Option<f32> {
    places.clear();
    places.extend(item.places_in_view(axis));
    if !places.is_empty() {
        return None;
    }
    NARROWER.into_iter().find(|width| {
        places.extend(item.places_at(*width, axis));
        !places.is_empty()
    })
}

/// Returns where what an item blocks for later ones ends, in points.
fn end(item: &Item<'_>) -> f32 {
    item.occupied.max + item.label.as_ref().map_or(0.0, Measured::reach)
}

/// Returns how much of a row an item takes, in points.
fn width(item: &Item<'_>) -> f32 {
    item.occupied.span() + item.label.as_ref().map_or(0.0, Measured::reach)
}

impl<'t> Sweep<'_, 't> {
    /// Returns the number of candidates that are placed.
    pub(super) fn count(&self) -> usize {
        self.found.iter().flatten().count()
    }

    /// Returns the number of candidates in each row.
    pub(super) fn per_row(&self) -> Vec<usize> {
        let mut counts = Vec::new();
        for found in self.found.iter().flatten() {
            if counts.len() <= found.row {
                counts.resize(found.row + 1, 0);
            }
            if let Some(count) = counts.get_mut(found.row) {
                *count += 1;
            }
        }
        counts
    }

    /// Fills the gaps, with the shortest titles first or with the most important events first; then lets the more important
    /// of two events have the place that either could take, and fills the gaps that this leaves.
    pub(super) fn fill(&mut self, shortest_first: bool) {
        let left = |sweep: &Self| -> Vec<usize> {
            let mut left: Vec<usize> = (0..sweep.candidates.len()).filter(|at| sweep.is_left_out(*at)).collect();
            left.sort_by_key(|at| sweep.candidates.get(*at).map(|candidate| candidate.rank));
            left
        };
        let mut by_order = left(self);
        if shortest_first {
            let width = |at: &usize| self.candidates.get(*at).map_or(0.0, |own| width(&own.item));
            by_order.sort_by(|a, b| width(a).total_cmp(&width(b)));
        }
        for position in by_order {
            self.fill_gap(position);
        }
        let mut places = Vec::new();
        for position in left(self) {
            let Some(candidate) = self.candidates.get(position) else { continue };
            let narrowed = widest_places(&candidate.item, self.axis, &mut places);
            let rows = self.above(position)..self.below(position);
            self.replace(position, (&places, narrowed), rows, |own, other| {
                own.importance > other.importance || own.importance == other.importance && own.rank < other.rank
            });
        }
        for position in left(self) {
            self.fill_gap(position);
        }
        for position in left(self) {
            self.force(position);
        }
    }

    fn is_left_out(&self, position: usize) -> bool {
        self.found.get(position).is_none_or(Option::is_none)
    }

    /// Returns whether the label would cover so many later marks that the left side is better.
    fn covers_too_many(&self, position: usize, places: &[Place]) -> bool {
        if self.filling.covers == usize::MAX {
            return false;
        }
        let right = places.iter().find(|place| !place.flush_right).map_or(f32::NEG_INFINITY, |place| place.x.max);
        let Some(own) = self.candidates.get(position) else { return false };
        let later = self.candidates.iter().skip(position + 1).take(self.filling.covers);
        let covered =
            later.filter(|other| other.item.occupied.min < right && other.item.occupied.min > own.item.occupied.min);
        right > own.item.occupied.max && covered.count() == self.filling.covers
    }

    /// Returns the first row that is not above an earlier mark that is near.
    fn above(&self, position: usize) -> usize {
        let Some(own) = self.candidates.get(position).map(|candidate| &candidate.item) else { return 0 };
        let earlier = self.candidates.iter().zip(&self.found).take(position).rev();
        let near = earlier.take_while(|(other, _)| other.item.occupied.center() > own.occupied.center() - FAR);
        let rows = near.filter(|(other, _)| own.is_near(&other.item)).filter_map(|(_, found)| Some((*found)?.row));
        rows.max().unwrap_or(0)
    }

    /// Returns the row after the last one that is not below a later mark that is near.
    fn below(&self, position: usize) -> usize {
        let Some(own) = self.candidates.get(position).map(|candidate| &candidate.item) else { return 0 };
        let later = self.candidates.iter().zip(&self.found).skip(position + 1);
        // In the order of the beginnings; a bar, whose centre may be far away, may begin before a mark that is near.
        let near = later.take_while(|(other, _)| other.item.occupied.min < own.occupied.center() + FAR);
        let rows = near.filter(|(other, _)| own.is_near(&other.item)).filter_map(|(_, found)| Some((*found)?.row + 1));
        rows.min().unwrap_or(self.filling.limit).min(self.filling.limit)
    }

    /// Returns the first row, and the place in it, where mark and label touch nothing.
    fn search(
        &self,
        candidate: &Candidate<'t>,
        places: &[Place],
        Range { start: floor, end }: Range<usize>,
    ) -> Option<(usize, Place)> {
        let is_free = |row: usize, place: Place| self.rows.is_free(row, candidate.item.span_with(place));
        // A row that nothing is in is free; what is after it is not looked at.
        let limit = end.min(self.rows.count().max(floor) + 1);
        if self.filling.first_row {
            let in_row = |row| places.iter().find(|place| is_free(row, **place)).map(|place| (row, *place));
            return (floor..limit).find_map(in_row);
        }
        places.iter().find_map(|place| (floor..limit).find(|row| is_free(*row, *place)).map(|row| (row, *place)))
    }

    fn take(&mut self, position: usize, found: Found) {
        let Some(item) = self.candidates.get(position).map(|candidate| &candidate.item) else { return };
        let span = found.place.map_or(Span::mark(item.occupied), |place| item.span_with(place));
        self.rows.occupy(found.row, span, item.event);
        if let Some(slot) = self.found.get_mut(position) {
            *slot = Some(found);
        }
    }

    fn position_of(&self, event: EventIndex) -> Option<usize> {
        self.candidates.binary_search_by_key(&event, |candidate| candidate.item.event).ok()
    }

    fn release(&mut self, position: usize) {
        let Some(event) = self.candidates.get(position).map(|candidate| candidate.item.event) else { return };
        if let Some(found) = self.found.get_mut(position).and_then(Option::take) {
            self.rows.release(found.row, event);
        }
    }

    /// Takes the place of the one event that is in the way and that gives way, the least important and then the longest.
    fn replace(
        &mut self,
        position: usize,
        (places, narrowed): (&[Place], Option<f32>),
        rows: Range<usize>,
        gives_way: impl Fn(&Candidate<'t>, &Candidate<'t>) -> bool,
    ) {
        let Some(own) = self.candidates.get(position) else { return };
        let mut best: Option<(usize, Found)> = None;
        for row in rows {
            for place in places {
                let Touching::One(event) = self.rows.touching(row, own.item.span_with(*place)) else { continue };
                let Some(at) = self.position_of(event) else { continue };
                let Some(other) = self.candidates.get(at).filter(|other| gives_way(own, other)) else { continue };
                let is_better = |(best, _): &(usize, Found)| {
                    self.candidates.get(*best).is_none_or(|best| {
                        let order = other.importance.total_cmp(&best.importance);
                        order.is_lt() || order.is_eq() && end(&other.item) > end(&best.item)
                    })
                };
                if best.as_ref().is_none_or(is_better) {
                    best = Some((at, Found { row, place: Some(*place), narrowed }));
                }
            }
        }
        if let Some((other, found)) = best {
            self.release(other);
            self.take(position, found);
        }
    }

    /// Places what was left out where it fits, with a shorter title if need be.
    fn fill_gap(&mut self, position: usize) {
        let Some(candidate) = self.candidates.get(position) else { return };
        let (above, below) = (self.above(position), self.below(position));
        let whole = candidate.item.places_in_view(self.axis).map(|place| (None, place));
        let narrower = NARROWER
            .into_iter()
            .flat_map(|width| candidate.item.places_at(width, self.axis).map(move |place| (Some(width), place)));
        let places: Vec<(Option<f32>, Place)> = whole.chain(narrower).collect();
        let found = places.into_iter().find_map(|(narrowed, place)| {
            let is_free = |row: &usize| self.rows.is_free(*row, candidate.item.span_with(place));
            (above..below).find(is_free).map(|row| Found { row, place: Some(place), narrowed })
        });
        if let Some(found) = found {
            self.take(position, found);
        }
    }

    /// Places the mark of an event that must have one, in the place of whatever is in the way.
    fn force(&mut self, position: usize) {
        let Some(candidate) = self.candidates.get(position).filter(|own| own.importance == f32::INFINITY) else {
            return;
        };
        let place = candidate.item.places_in_view(self.axis).next();
        let span = place.map_or(Span::mark(candidate.item.occupied), |place| candidate.item.span_with(place));
        let row = self.above(position).min(self.filling.limit.saturating_sub(1));
        for event in self.rows.touched(row, span) {
            if let Some(other) = self.position_of(event) {
                self.release(other);
            }
        }
        self.take(position, Found { row, place, narrowed: None });
    }
}
