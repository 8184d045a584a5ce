//! One event of a lane while it looks for its place: its mark, and where its label may be.

use std::ops::Range;

use egui::{Pos2, Rangef, Rect, pos2, vec2};

use crate::date::Date;
use crate::timeline::{EventIndex, Headline, LaneIndex};

use super::super::labels::{Measured, NARROWER};
use super::super::lanes::{ARROW_TIP, MARKER_RADIUS, Mark, MarkShape, Member, Weight};
use super::super::placement::{Place, Placement};
use super::super::rows::{Rows, Span};
use super::super::shape::{Bar, Shape, hull, members, shape_of};
use super::super::view::TimeAxis;

/// Overlaps with the edges of the view below this, in points, are rounding errors.
const ROUNDING: f32 = 0.05;
/// Marks wider than this, in points, are bars: which of two is above the other says nothing about their order.
const SMALL: f32 = 34.0;
/// Of small marks whose centres are closer than this, in points, the earlier one is above the later.
const NEAR: f32 = 16.0;

/// An event, its mark and its label.
pub(super) struct Item<'t> {
    pub(super) event: EventIndex,
    pub(super) shape: Shape,
    /// The x range that the mark occupies in its row, in points.
    pub(super) occupied: Rangef,
    pub(super) row: usize,
    /// Its placement in the frame before.
    pub(super) previous: Option<Placement>,
    pub(super) label: Option<Measured<'t>>,
    pub(super) place: Option<Place>,
    /// The sign of its importance.
    weight: Weight,
    approximate: bool,
    uncertain: bool,
    /// The extents of the dates of a set, and whether only one of them is meant.
    set: Option<(Vec<Member>, bool)>,
}

impl<'t> Item<'t> {
    /// Returns the item of an event, or `None` if it has no date.
    pub(super) fn new(index: EventIndex, event: Headline<'t>, axis: TimeAxis) -> Option<Self> {
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
            weight: Weight::of(event.importance),
            approximate: date.is_approximate(),
            uncertain: date.is_uncertain(),
            set: members(date, axis),
        })
    }

    /// Returns whether the earlier of this mark and another one must be above the later.
    pub(super) fn is_near(&self, other: &Self) -> bool {
        let is_small = |item: &Self| item.occupied.span() < SMALL;
        is_small(self) && is_small(other) && (self.occupied.center() - other.occupied.center()).abs() < NEAR
    }

    /// Returns what the item holds of its row.
    pub(super) fn span(&self) -> Span {
        self.place.map_or(Span::mark(self.occupied), |place| self.span_with(place))
    }

    /// Returns what it would hold of its row with its label at a place.
    pub(super) fn span_with(&self, place: Place) -> Span {
        let is_text = [place.x.min < self.occupied.min, place.x.max > self.occupied.max];
        Span { x: hull(place.x, self.occupied), is_text }
    }

    /// Returns what it would hold of the next row with its label at a place.
    fn span_below(&self, place: Place) -> Option<Span> {
        let is_in_two_rows = self.label.as_ref().is_some_and(|label| label.rows() > 1);
        is_in_two_rows.then_some(Span { x: place.x, is_text: [true; 2] })
    }

    /// Returns whether mark and label touch nothing with the label at a place in a row.
    pub(super) fn is_free(&self, row: usize, place: Place, rows: &Rows) -> bool {
        let below = self.span_below(place);
        rows.is_free(row, self.span_with(place)) && below.is_none_or(|below| rows.is_free(row + 1, below))
    }

    /// Takes a row, and a place for the label in it.
    pub(super) fn take(&mut self, row: usize, place: Option<Place>, rows: &mut Rows) {
        self.row = row;
        self.place = place;
        rows.occupy(row, self.span(), self.event);
        if let Some(below) = place.and_then(|place| self.span_below(place)) {
            rows.occupy(row + 1, below, self.event);
        }
    }

    /// Gives up what the item holds of its row and of the next one.
    pub(super) fn release(&self, rows: &mut Rows) {
        rows.release(self.row, self.event);
        if self.place.is_some_and(|place| self.span_below(place).is_some()) {
            rows.release(self.row + 1, self.event);
        }
    }

    /// Returns the number of the row after the last one that mark and label are in.
    pub(super) fn end_row(&self) -> usize {
        let label = self.label.as_ref().filter(|_| self.place.is_some());
        self.row + label.map_or(1, Measured::rows)
    }

    /// Returns whether the mark touches nothing in a row.
    pub(super) fn touches_nothing(&self, row: usize, rows: &Rows) -> bool {
        rows.is_free(row, Span::mark(self.occupied))
    }

    /// Takes the first of the candidate rows in which the mark touches no other.
    pub(super) fn take_row(&mut self, rows: &mut Rows, mut candidate_rows: Range<usize>) -> bool {
        let free = candidate_rows.find(|&row| self.touches_nothing(row, rows));
        if let Some(row) = free {
            self.take(row, None, rows);
        }
        free.is_some()
    }

    /// Takes the first of the candidate rows in which neither mark nor label touches anything.
    pub(super) fn take_with_label(
        &mut self,
        rows: &mut Rows,
        mut candidate_rows: Range<usize>,
        axis: TimeAxis,
    ) -> bool {
        let found = candidate_rows.find_map(|row| Some((row, self.place_in(row, rows, axis)?)));
        if let Some((row, place)) = found {
            self.take(row, Some(place), rows);
        }
        found.is_some()
    }

    /// Moves the label within its row if `look` finds a better place; returns whether it does.
    pub(super) fn place_anew(
        &mut self,
        rows: &mut Rows,
        axis: TimeAxis,
        look: impl Fn(&Self, usize, &Rows, TimeAxis) -> Option<Place>,
    ) -> bool {
        let Some(place) = self.place else { return false };
        self.release(rows);
        let found = look(self, self.row, rows, axis);
        self.take(self.row, Some(found.unwrap_or(place)), rows);
        found.is_some()
    }

    /// Places the label beside the mark or inside the bar, in this row or else in a candidate row where both fit.
    pub(super) fn find_place(&mut self, rows: &mut Rows, candidate_rows: Range<usize>, axis: TimeAxis) {
        // A label may overlap the extent of its own mark.
        self.release(rows);
        let mut candidate_rows = std::iter::once(self.row).chain(candidate_rows);
        let found = candidate_rows.find_map(|row| Some((row, self.place_in(row, rows, axis)?)));
        let (row, place) = found.map_or((self.row, self.place), |(row, place)| (row, Some(place)));
        self.take(row, place, rows);
    }

    /// Shortens a title for which there is no room.
    pub(super) fn narrow(&mut self, rows: &mut Rows, axis: TimeAxis) {
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
    pub(super) fn grow(&mut self, rows: &mut Rows, axis: TimeAxis) {
        if let Some(grown) = self.label.as_ref().and_then(Measured::grown) {
            self.relabel(grown, rows, axis, Self::place_on_its_side);
        }
    }

    /// Sets the label otherwise if `look` finds a place for that in its row; returns whether it does.
    pub(super) fn relabel(
        &mut self,
        label: Measured<'t>,
        rows: &mut Rows,
        axis: TimeAxis,
        look: impl Fn(&Self, usize, &Rows, TimeAxis) -> Option<Place>,
    ) -> bool {
        self.release(rows);
        let before = self.label.replace(label);
        let found = look(self, self.row, rows, axis);
        if found.is_none() {
            self.label = before;
        }
        self.take(self.row, found.or(self.place), rows);
        found.is_some()
    }

    /// Returns whether part of the title is not shown.
    pub(super) fn is_cut(&self, axis: TimeAxis) -> bool {
        let is_elided = self.label.as_ref().is_some_and(Measured::is_elided);
        self.place.is_some_and(|place| is_elided || !is_in_view(place.x, axis))
    }

    /// Returns whether the event itself is in view, not only the range it occupies: an event that ends as the view
    /// begins is not.
    pub(super) fn is_in_sight(&self, axis: TimeAxis) -> bool {
        let overlaps = |x: Rangef| x.max > axis.left + ROUNDING && x.min < axis.right - ROUNDING;
        match self.shape {
            Shape::Point { x, extent } => (axis.left..=axis.right).contains(&x) || overlaps(extent),
            Shape::Span(Bar { x, .. }) => overlaps(x),
        }
    }

    /// Returns the places of the label that are entirely in view, best first.
    pub(super) fn places_in_view(&self, axis: TimeAxis) -> impl Iterator<Item = Place> {
        self.all_places(axis).filter(move |place| is_in_view(place.x, axis))
    }

    /// Returns the places in view of a title that is elided to a width, in points; none if it is no wider.
    pub(super) fn places_at(&self, width: f32, axis: TimeAxis) -> impl Iterator<Item = Place> {
        let is_narrower = self.label.as_ref().is_some_and(|label| label.narrowed(width).is_some());
        is_narrower
            .then(|| self.places(width, axis))
            .into_iter()
            .flatten()
            .filter(move |place| is_in_view(place.x, axis))
    }

    fn all_places(&self, axis: TimeAxis) -> impl Iterator<Item = Place> {
        self.label.iter().flat_map(Measured::widths).flat_map(move |width| self.places(width, axis))
    }

    /// Returns the place of the label in a row. A label that had a place keeps its side, even if it then runs out of
    /// the view.
    fn place_in(&self, row: usize, rows: &Rows, axis: TimeAxis) -> Option<Place> {
        let keeps = self.previous.filter(|kept| kept.row == row).and_then(|kept| {
            let is_free = |place: &Place| self.is_free(row, *place, rows);
            let same = |place: &Place| Some(place.flush_right) == kept.flush_right && is_free(place);
            let in_view = self.places_in_view(axis).find(same);
            // Only the title may run out of the view.
            in_view.or_else(|| self.all_places(axis).filter(same).last())
        });
        keeps.or_else(|| self.place_in_view(row, rows, axis))
    }

    /// Returns the best place for the label in a row that is entirely in view.
    pub(super) fn place_in_view(&self, row: usize, rows: &Rows, axis: TimeAxis) -> Option<Place> {
        self.places_in_view(axis).find(|place| self.is_free(row, *place, rows))
    }

    /// Returns the places in view on the side where the label already is, best first.
    pub(super) fn places_on_its_side(&self, axis: TimeAxis) -> impl Iterator<Item = Place> {
        let now = self.place.map(|place| place.flush_right);
        self.places_in_view(axis).filter(move |place| Some(place.flush_right) == now)
    }

    /// Returns the best place in view on the side where the label already is.
    pub(super) fn place_on_its_side(&self, row: usize, rows: &Rows, axis: TimeAxis) -> Option<Place> {
        self.places_on_its_side(axis).find(|place| self.is_free(row, *place, rows))
    }

    /// Returns the places for a label of this width, best first.
    fn places(&self, width: f32, axis: TimeAxis) -> impl Iterator<Item = Place> + use<'t> {
        let gap = self.label.as_ref().map_or(0.0, Measured::mark_gap);
        let beginning_at = move |start: f32| Rangef::new(start, start + width);
        // A bar or an extent is no higher than one row.
        let is_low = self.label.as_ref().is_some_and(|label| label.rows() > 1);
        let inside = self
            .inside(width, axis)
            .filter(|_| !is_low)
            .map(|start| Place { x: beginning_at(start), flush_right: false });
        let [whole, marker] = self.beside(axis);
        let extent = whole.unwrap_or(Rangef::NOTHING);
        // Beside a wide extent the label would be far from its marker, so it may be placed on the extent instead.
        let on_extent = marker.filter(|_| !self.uncertain && !is_low).into_iter().flat_map(move |marker| {
            let right = Place { x: beginning_at(marker.max + gap), flush_right: false };
            let left = Place { x: beginning_at(marker.min - gap - width), flush_right: true };
            [right, left].into_iter().filter(move |place| extent.min <= place.x.min && place.x.max <= extent.max)
        });
        let beside = whole.into_iter().flat_map(move |mark| {
            let right = Place { x: beginning_at(mark.max + gap), flush_right: false };
            let left = Place { x: beginning_at(mark.min - gap - width), flush_right: true };
            [right, left]
        });
        // Text on a pattern is hard to read, so inside an uncertain bar is the last choice.
        let (first, last) = if self.uncertain { (None, inside) } else { (inside, None) };
        first.into_iter().chain(on_extent).chain(beside).chain(last)
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

    /// Returns the whole mark as far as it is in view, and the marker if it has an extent that may hold the label.
    fn beside(&self, axis: TimeAxis) -> [Option<Rangef>; 2] {
        match self.shape {
            Shape::Point { x, extent } => {
                let marker = Rangef::new(x - MARKER_RADIUS, x + MARKER_RADIUS);
                if self.set.is_some() {
                    return [Some(hull(marker, extent.expand(MARKER_RADIUS))), None];
                }
                [Some(hull(marker, extent)), Some(marker)]
            }
            Shape::Span(Bar { x, .. }) => [Some(Rangef::new(x.min.max(axis.left), x.max.min(axis.right))), None],
        }
    }

    /// Returns the mark in a row of this y range.
    pub(super) fn placed(self, (lane, style): (LaneIndex, usize), y: Rangef, view: Rangef) -> Mark {
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
        let Self { event, row, weight, approximate, uncertain, .. } = self;
        Mark { event, number: None, lane, style, row, shape, rect, label, weight, approximate, uncertain }
    }
}

/// Returns whether a range of x is entirely in view.
pub(super) fn is_in_view(x: Rangef, axis: TimeAxis) -> bool {
    x.min >= axis.left && x.max <= axis.right
}
