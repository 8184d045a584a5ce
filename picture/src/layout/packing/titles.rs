//! Titles that are not whole on one line: on two lines, on the other side of their marks, or elided.
//!
//! No event is moved or loses its title for these. Where rows are as high as two lines, the second line is in the row of
//! the mark; where they are lower, it takes what is free in the next row, or a row that is added for it.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use egui::Rangef;

use crate::timeline::Timeline;

use super::super::labels::{Measured, Setting};
use super::super::measure::Measure;
use super::super::placement::Place;
use super::super::rows::Rows;
use super::super::view::TimeAxis;
use super::item::{Item, is_in_view};
use super::packed::{Packed, Packing};

/// A title is elided to multiples of this, in points, where it is not whole on two lines.
const STEP: f32 = 16.0;
/// Maximum width that a title is elided to, in points.
const WIDEST: f32 = 480.0;

/// Returns the greatest width in a range that is a multiple of [`STEP`] and has a place, and that place. What has a place
/// also has one if it is narrower.
fn widest(widths: Rangef, mut place: impl FnMut(f32) -> Option<Place>) -> Option<(f32, Place)> {
    if widths.min > WIDEST {
        return None;
    }
    let steps = |width: f32| width.clamp(0.0, WIDEST) / STEP;
    let (mut least, most) = (steps(widths.min).ceil() as u16, steps(widths.max).floor() as u16);
    let mut more = most.checked_sub(least)?;
    let mut found = None;
    loop {
        let middle = least + if found.is_none() { 0 } else { more.div_ceil(2) };
        let width = f32::from(middle) * STEP;
        match place(width) {
            Some(place) => {
                more -= middle - least;
                (least, found) = (middle, Some((width, place)));
            }
            None if found.is_none() => return None,
            None => more = middle - least - 1,
        }
        if more == 0 {
            return found;
        }
    }
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
        let rows = lane.break_titles_with_wishes(packing, measure).into_iter();
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
        self.break_titles_with_wishes(packing, measure).len() + self.rows()
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

    /// Sets titles that are cut on two lines if these hold all of them, on the same side of their marks.
    pub(super) fn break_titles(&mut self, packing: Packing<'_>, measure: &mut dyn Measure) {
        self.break_each_title(packing, measure, None);
    }

    /// The same; returns the rows below which an empty row would hold the second lines of others; none of a lane that lacks
    /// room for events.
    pub(super) fn break_titles_with_wishes(
        &mut self,
        packing: Packing<'_>,
        measure: &mut dyn Measure,
    ) -> BTreeMap<usize, Wish> {
        let mut wishes = BTreeMap::new();
        let is_full = packing.setting == Setting::TwoLines || self.has_strip;
        self.break_each_title(packing, measure, Some(&mut wishes).filter(|_| !is_full));
        wishes
    }

    fn break_each_title(
        &mut self,
        packing: Packing<'_>,
        measure: &mut dyn Measure,
        mut wishes: Option<&mut BTreeMap<usize, Wish>>,
    ) {
        let axis = packing.axis;
        for item in self.items.iter_mut().filter(|item| item.is_cut(axis)) {
            let Some(label) = &item.label else { continue };
            let has_row = item.row + label.rows_of_two_lines() <= self.limit;
            if !has_row && wishes.is_none() {
                continue;
            }
            let label = label.clone();
            let broken = label.on_two_lines(measure);
            if let Some(broken) = broken.clone().filter(|_| has_row)
                && item.relabel(broken, &mut self.held, axis, Item::place_on_its_side)
            {
                continue;
            }
            let Some(wishes) = wishes.as_deref_mut() else { continue };
            if broken.is_some_and(|broken| item.fits_above_an_empty_row(broken, &mut self.held, axis)) {
                wishes.entry(item.row).or_default().whole += 1;
                continue;
            }
            // At the least width it has a place if it has one at any.
            let least = label.two_line_widths(measure).map(|widths| (widths.min / STEP).ceil() * STEP);
            let elided = least.filter(|width| *width <= WIDEST).map(|width| label.elided_on_two_lines(width));
            if elided.is_some_and(|elided| item.fits_above_an_empty_row(elided, &mut self.held, axis)) {
                wishes.entry(item.row).or_default().longer += 1;
            }
        }
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
            let Some(event) = timeline.events.headline(item.event) else { continue };
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
        let Some(label) = self.label.clone() else { return };
        self.release(rows);
        let has_row = self.row + label.rows_of_two_lines() <= limit;
        let widths = if has_row { label.two_line_widths(measure) } else { None };
        let broken = widths.and_then(|widths| {
            let at = |width: f32| label.elided_on_two_lines(width);
            let found = widest(widths, |width| {
                self.label = Some(at(width));
                self.place_on_its_side(self.row, rows, axis)
            });
            found.map(|(width, place)| (at(width), place))
        });
        let found = broken.or_else(|| {
            let found = widest(label.one_line_widths()?, |width| {
                let longer = label.elided_at(width);
                let whole = longer.widths().next().unwrap_or_default();
                self.label = Some(longer);
                // The date stays.
                self.place_on_its_side(self.row, rows, axis).filter(|place| place.x.span() >= whole - 0.01)
            });
            found.map(|(width, place)| (label.elided_at(width), place))
        });
        let (label, place) = found.map_or((label, self.place), |(label, place)| (label, Some(place)));
        self.label = Some(label);
        self.take(self.row, place, rows);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_widest_that_has_a_place_is_found() {
        let check = |widths: [f32; 2], room: f32, expect: Option<f32>| {
            let mut tried = 0;
            let found = widest(Rangef::new(widths[0], widths[1]), |width| {
                tried += 1;
                assert!(widths[0] <= width && width <= widths[1], "{width} is not in {widths:?}");
                (width <= room).then_some(Place { x: Rangef::new(0.0, width), flush_right: false })
            });
            assert_eq!(found.map(|(width, place)| (width, place.x.max)), expect.map(|width| (width, width)), "{room}");
            assert!(tried <= 7, "{tried} for {widths:?} in {room}");
        };
        for room in 0..500_u16 {
            let room = f32::from(room);
            let expect = (room / STEP).floor() * STEP;
            check([0.0, 400.0], room, Some(expect.min(400.0)));
            check([100.0, 300.0], room, (expect >= 112.0).then_some(expect.min(288.0)));
            check([170.0, 175.0], room, None);
        }
        check([100.0, 900.0], 900.0, Some(WIDEST));
        check([600.0, 900.0], 900.0, None);
    }
}
