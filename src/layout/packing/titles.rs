//! Titles that are not whole on one line: on two lines, on the other side of their marks, or elided.
//!
//! No event is moved or loses its title for these. Where rows are as high as two lines, the second line is in the row of
//! the mark; where they are lower, it takes what is free in the next row, or a row that is added for it.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::timeline::Timeline;

use super::super::labels::{Measured, Setting};
use super::super::measure::Measure;
use super::super::rows::Rows;
use super::super::view::TimeAxis;
use super::item::{Item, is_in_view};
use super::packed::{Packed, Packing};

/// A title is elided to multiples of this, in points, where it is not whole on two lines.
const STEP: f32 = 16.0;
/// Maximum width that a title is elided to, in points.
const WIDEST: f32 = 480.0;

/// Returns the widths that a title is elided to, in points, from wide to narrow.
fn steps() -> impl Iterator<Item = f32> {
    (1..=(WIDEST / STEP) as u16).rev().map(|steps| f32::from(steps) * STEP)
}

/// How many titles of a row an empty row below it would hold the second lines of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Wish {
    /// Titles that would be whole.
    whole: usize,
    /// Titles of which more would be shown.
    longer: usize,
}

/// Completes the titles of lanes that are packed anew. `most` are the rows that there are in all at this row spacing and
/// at denser ones with the same labels; returns the position of the first of them that holds a whole title for every
/// event that may have one, or of the last.
pub(in crate::layout) fn finish<'t>(
    packed: &mut [Packed<'t>],
    timeline: &'t Timeline,
    packing: Packing<'_>,
    most: &[usize],
    measure: &mut dyn Measure,
) -> usize {
    let used: usize = packed.iter().map(Packed::rows).sum();
    let mut wishes: Vec<(Reverse<Wish>, usize, usize)> = Vec::new();
    for (position, lane) in packed.iter_mut().enumerate() {
        let rows = lane.break_titles(packing, measure).into_iter();
        wishes.extend(rows.map(|(row, wish)| (Reverse(wish), position, row)));
    }
    wishes.sort_unstable();
    let room = |most: &usize| most.saturating_sub(used);
    let needed = wishes.iter().filter(|(Reverse(wish), ..)| wish.whole > 0).count();
    let chosen = most.iter().position(|most| room(most) >= needed).unwrap_or(most.len().saturating_sub(1));
    wishes.truncate(most.get(chosen).map_or(0, room));
    for (position, lane) in packed.iter_mut().enumerate() {
        let mut rows: Vec<usize> = wishes.iter().filter(|(_, at, _)| *at == position).map(|(.., row)| *row).collect();
        rows.sort_unstable();
        lane.add_rows(&rows);
        lane.break_titles(packing, measure);
        lane.turn_titles(packing.axis, measure);
        lane.complete(timeline, packing, measure);
    }
    chosen
}

impl<'t> Packed<'t> {
    /// Returns the number of rows in which as much as possible of every title is shown.
    pub(in crate::layout) fn rows_for_titles(mut self, packing: Packing<'_>, measure: &mut dyn Measure) -> usize {
        self.break_titles(packing, measure).len() + self.rows()
    }

    /// Once every title has its place: labels that run out of the view may change sides, and elided titles are shown in
    /// full if there is room.
    pub(super) fn grow(&mut self, axis: TimeAxis) {
        for item in &mut self.items {
            if item.place.is_some_and(|place| !is_in_view(place.x, axis)) {
                item.place_anew(&mut self.held, axis, Item::place_in_view);
            }
            item.grow(&mut self.held, axis);
        }
    }

    /// Sets titles that are cut on two lines if these hold all of them, on the same side of their marks. Returns the rows
    /// below which an empty row would hold the second lines of others; none of a lane that lacks room for events.
    pub(super) fn break_titles(&mut self, packing: Packing<'_>, measure: &mut dyn Measure) -> BTreeMap<usize, Wish> {
        let axis = packing.axis;
        let mut wishes: BTreeMap<usize, Wish> = BTreeMap::new();
        let is_full = packing.setting == Setting::TwoLines || self.has_strip;
        for item in self.items.iter_mut().filter(|item| item.is_cut(axis)) {
            let Some(label) = item.label.clone() else { continue };
            let broken = label.on_two_lines(measure);
            let has_row = |label: &Measured<'t>| item.row + label.rows() <= self.limit;
            if let Some(broken) = broken.clone().filter(has_row)
                && item.relabel(broken, &mut self.held, axis, Item::place_on_its_side)
            {
                continue;
            }
            if is_full {
                continue;
            }
            if broken.is_some_and(|broken| item.fits_above_an_empty_row(broken, &mut self.held, axis)) {
                wishes.entry(item.row).or_default().whole += 1;
            } else if steps().any(|width| {
                let elided = label.elided_on_two_lines(width, measure);
                elided.is_some_and(|elided| item.fits_above_an_empty_row(elided, &mut self.held, axis))
            }) {
                wishes.entry(item.row).or_default().longer += 1;
            }
        }
        wishes
    }

    /// Adds an empty row below each of these rows, which are in ascending order.
    fn add_rows(&mut self, below: &[usize]) {
        for row in below.iter().rev() {
            let is_around = |item: &Item<'t>| item.row == *row && item.end_row() > row + 1;
            for item in self.items.iter().filter(|item| is_around(item)) {
                item.release(&mut self.held);
            }
            self.held.insert(row + 1);
            for item in &mut self.items {
                if item.row > *row {
                    item.row += 1;
                } else if is_around(item) {
                    item.take(item.row, item.place, &mut self.held);
                }
            }
            self.limit = self.limit.saturating_add(1);
        }
    }

    /// Moves titles that are cut to the other side of their marks if they are whole there.
    fn turn_titles(&mut self, axis: TimeAxis, measure: &mut dyn Measure) {
        for item in self.items.iter_mut().filter(|item| item.is_cut(axis)) {
            let grown = item.label.as_ref().and_then(Measured::grown);
            if grown.is_some_and(|grown| item.relabel(grown, &mut self.held, axis, Item::place_in_view)) {
                continue;
            }
            let broken = item.label.as_ref().and_then(|label| label.on_two_lines(measure));
            if let Some(broken) = broken.filter(|broken| item.row + broken.rows() <= self.limit) {
                item.relabel(broken, &mut self.held, axis, Item::place_in_view);
            }
        }
    }

    /// Adds dates to labels in low rows, and shows as much as there is room for of the titles that are cut.
    pub(super) fn complete(&mut self, timeline: &'t Timeline, packing: Packing<'_>, measure: &mut dyn Measure) {
        if packing.setting == Setting::OneLine {
            self.date_labels(timeline, packing, measure);
        }
        for item in self.items.iter_mut().filter(|item| item.is_cut(packing.axis)) {
            item.show_more(&mut self.held, self.limit, packing.axis, measure);
        }
    }

    /// Adds the dates to one-line labels if all of them have room for theirs.
    fn date_labels(&mut self, timeline: &'t Timeline, packing: Packing<'_>, measure: &mut dyn Measure) {
        let axis = packing.axis;
        let mut before = Vec::new();
        let mut fits = true;
        for (position, item) in self.items.iter_mut().enumerate() {
            let (Some(place), Some(label)) = (item.place, item.label.clone()) else { continue };
            let Some(event) = timeline.event(item.event) else { continue };
            before.push((position, place, label.clone()));
            let dated = label.dated(event.date_words_within(axis.view.interval()), measure);
            let whole = dated.widths().next().unwrap_or_default();
            item.relabel(dated, &mut self.held, axis, Item::place_on_its_side);
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
                item.release(&mut self.held);
                item.label = Some(label);
                item.take(item.row, Some(place), &mut self.held);
            }
        }
    }
}

impl<'t> Item<'t> {
    /// Returns whether a label would have a place on its side if the next row were empty.
    fn fits_above_an_empty_row(&mut self, label: Measured<'t>, rows: &mut Rows, axis: TimeAxis) -> bool {
        self.release(rows);
        let before = self.label.replace(label);
        let fits = self.places_on_its_side(axis).any(|place| rows.is_free(self.row, self.span_with(place)));
        self.label = before;
        self.take(self.row, self.place, rows);
        fits
    }

    /// Shows more of a title that is cut: on two lines, or else on a longer one.
    fn show_more(&mut self, rows: &mut Rows, limit: usize, axis: TimeAxis, measure: &mut dyn Measure) {
        for width in steps() {
            let broken = self.label.as_ref().and_then(|label| label.elided_on_two_lines(width, measure));
            let Some(broken) = broken.filter(|broken| self.row + broken.rows() <= limit) else { continue };
            if self.relabel(broken, rows, axis, Self::place_on_its_side) {
                return;
            }
        }
        for width in steps() {
            let Some(widened) = self.label.as_ref().and_then(|label| label.widened(width)) else { continue };
            // The date stays.
            let whole = widened.widths().next().unwrap_or_default();
            let place = |item: &Self, row: usize, rows: &Rows, axis: TimeAxis| {
                item.place_on_its_side(row, rows, axis).filter(|place| place.x.span() >= whole - 0.01)
            };
            if self.relabel(widened, rows, axis, place) {
                return;
            }
        }
    }
}
