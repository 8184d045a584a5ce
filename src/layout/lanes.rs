//! Lanes: which row each mark stands in, and where its label finds a place that nothing else takes.
//!
//! Two passes. First every mark gets a row: the first one where it touches no other mark. Then every label gets the
//! room beside its mark that no mark and no other label takes, to the right, to the left or inside its bar; a mark
//! whose label finds none moves to a row where both fit. What finds no row at all is counted in the mark that it
//! would cover: nothing is dropped without a number.

use egui::{Pos2, Rangef, Rect, pos2, vec2};

use crate::timeline::date::{Endpoint, SetKind};
use crate::timeline::{Date, Event, EventIndex, Interval, LaneIndex, Timeline};

use super::labels::{LABEL_GAP, Label, MARK_GAP, Measured, Setting};
use super::measure::Measure;
use super::view::TimeAxis;

/// Radius of a marker, in points.
pub const MARKER_RADIUS: f32 = 6.0;
/// Length of the tip of the arrow that ends an open bar, in points.
pub const ARROW_TIP: f32 = 12.0;
/// No lane has more rows than this.
const MAX_ROWS: usize = 12;
/// A bar is at least this wide, in points, so that a short span is seen.
const LEAST_BAR: f32 = 3.0;

/// An approximate date fades over at least this much on either side, in points.
const LEAST_FADE: f32 = 8.0;

/// Which end of a bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    /// The beginning.
    Start,
    /// The end.
    End,
}

/// What a mark looks like; x in points, clipped to a little beyond the chart.
#[derive(Clone, Debug, PartialEq)]
pub enum MarkShape {
    /// One date: a marker on the extent that the date leaves open.
    Point {
        /// Centre of the marker.
        center: Pos2,
        /// The whole extent of the date: a year for "1965", and a year with a half on either side for "about 1965".
        extent: Rangef,
    },
    /// Several dates: one of them, or all of them.
    Set {
        /// Centre of each marker, by time.
        centers: Vec<Pos2>,
        /// The extent of each date.
        extents: Vec<Rangef>,
        /// One of the dates is meant, it is not known which.
        one_of: bool,
    },
    /// From one date to another: a bar.
    Span {
        /// The bar from its earliest beginning to its latest end.
        x: Rangef,
        /// Where the bar is surely there; between it and `x` the ends fade.
        sure: Rangef,
        /// The bar has no known beginning.
        open_start: bool,
        /// The bar has no known end.
        open_end: bool,
    },
}

/// One event, placed; or several that cannot be told apart.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// The event; the first of them where several stand here.
    pub event: EventIndex,
    /// The events that found no place of their own and stand here too, by time.
    pub others: Vec<EventIndex>,
    /// The extent of all of them in time.
    pub covers: Interval,
    /// The lane.
    pub lane: LaneIndex,
    /// What is drawn.
    pub shape: MarkShape,
    /// The mark without its label, in points.
    pub rect: Rect,
    /// The label, where one found a place.
    pub label: Option<Label>,
    /// Whether the source calls the date approximate.
    pub approximate: bool,
    /// Whether the source calls the date uncertain.
    pub uncertain: bool,
}

impl Mark {
    /// How many events stand here.
    #[must_use]
    pub fn count(&self) -> usize {
        1 + self.others.len()
    }

    /// Whether an event stands here.
    #[must_use]
    pub fn holds(&self, event: EventIndex) -> bool {
        self.event == event || self.others.contains(&event)
    }

    /// Everything that belongs to the mark: where a click means it.
    #[must_use]
    pub fn bounds(&self) -> Rect {
        self.label.as_ref().map_or(self.rect, |label| self.rect.union(label.rect))
    }
}

/// A lane, placed.
#[derive(Clone, Debug, PartialEq)]
pub struct LaneBox {
    /// The lane.
    pub lane: LaneIndex,
    /// The lane over the whole width of the chart, in points.
    pub rect: Rect,
    /// Marks in time order.
    pub marks: Vec<Mark>,
    /// Events in view that have no label of their own.
    pub unlabelled: usize,
}

/// Marks of one lane with rows but no y yet.
pub(super) struct Packed {
    items: Vec<Item>,
    rows: usize,
}

struct Item {
    event: EventIndex,
    others: Vec<EventIndex>,
    covers: Interval,
    shape: Shape,
    /// What the mark takes of its row.
    taken: Rangef,
    row: usize,
    label: Measured,
    place: Option<Place>,
    approximate: bool,
    uncertain: bool,
    /// The extents of a set's dates, and whether one of them is meant.
    set: Option<(Vec<Rangef>, bool)>,
}

#[derive(Clone, Copy)]
enum Shape {
    Point { x: f32, extent: Rangef },
    Span { x: Rangef, sure: Rangef, open_start: bool, open_end: bool },
}

#[derive(Clone, Copy)]
struct Place {
    x: Rangef,
    flush_right: bool,
}

/// What each row of a lane already holds.
#[derive(Default)]
struct Rows(Vec<Vec<Rangef>>);

impl Rows {
    fn is_free(&self, row: usize, wanted: Rangef, gap: f32) -> bool {
        self.0.get(row).is_none_or(|taken| {
            taken.iter().all(|other| wanted.max + gap <= other.min || other.max + gap <= wanted.min)
        })
    }

    fn take(&mut self, row: usize, x: Rangef) {
        if self.0.len() <= row {
            self.0.resize_with(row + 1, Vec::new);
        }
        if let Some(taken) = self.0.get_mut(row) {
            taken.push(x);
        }
    }

    fn give_back(&mut self, row: usize, x: Rangef) {
        if let Some(taken) = self.0.get_mut(row)
            && let Some(index) = taken.iter().position(|other| *other == x)
        {
            taken.swap_remove(index);
        }
    }
}

/// Gives every event of a lane that can be seen a row and, where there is room, a label.
pub(super) fn pack(
    timeline: &Timeline,
    lane: LaneIndex,
    axis: TimeAxis,
    setting: Setting,
    measure: &mut dyn Measure,
) -> Packed {
    let mut rows = Rows::default();
    let mut items: Vec<Item> = Vec::new();
    let events = timeline.lanes.get(lane.0).map_or(&[][..], |lane| &lane.events);
    for &index in events {
        let Some(event) = timeline.event(index) else { continue };
        let Some(item) = Item::new(index, event, axis, setting, measure) else { continue };
        match (0..MAX_ROWS).find(|&row| rows.is_free(row, item.taken, 1.0)) {
            Some(row) => {
                rows.take(row, item.taken);
                items.push(Item { row, ..item });
            }
            None => merge(&mut items, &item),
        }
    }
    for item in &mut items {
        item.find_place(&mut rows, axis);
    }
    let used = items.iter().map(|item| item.row + 1).max().unwrap_or(1);
    Packed { items, rows: used }
}

/// Counts an event that found no row in the nearest mark of the last row.
fn merge(items: &mut [Item], extra: &Item) {
    let distance = |item: &Item| (item.taken.center() - extra.taken.center()).abs();
    let last_row = items.iter_mut().filter(|item| item.row == MAX_ROWS - 1);
    if let Some(item) = last_row.min_by(|a, b| distance(a).total_cmp(&distance(b))) {
        item.others.push(extra.event);
        item.covers = item.covers.hull(extra.covers);
        item.label.title = format!("{} events", item.others.len() + 1);
        item.label.elided = false;
    }
}

impl Item {
    fn new(
        index: EventIndex,
        event: &Event,
        axis: TimeAxis,
        setting: Setting,
        measure: &mut dyn Measure,
    ) -> Option<Self> {
        let shape = shape_of(&event.date, axis)?;
        let room = (axis.right - axis.left) * 0.6;
        let label = Measured::new(&event.title, event.date.short_words(), setting, room, measure);
        let taken = match shape {
            Shape::Point { x, extent } => {
                // The extent may run far; the marker is what must stay clear of others.
                let own = Rangef::new(x - MARKER_RADIUS, x + MARKER_RADIUS);
                let shown = Rangef::new(extent.min.max(axis.left - 20.0), extent.max.min(axis.right + 20.0));
                let is_set = matches!(event.date, Date::Set(_));
                if is_set {
                    hull(own, shown.expand(MARKER_RADIUS))
                } else if shown.span() <= 3.0 * MARKER_RADIUS {
                    own
                } else {
                    hull(own, shown)
                }
            }
            Shape::Span { x, .. } => x,
        };
        Some(Self {
            event: index,
            others: Vec::new(),
            covers: event.date.known_extent(),
            shape,
            taken,
            row: 0,
            label,
            place: None,
            approximate: event.date.is_approximate(),
            uncertain: event.date.is_uncertain(),
            set: members(&event.date, axis),
        })
    }

    /// Puts the label beside the mark or inside the bar, in this row or in another where both fit.
    fn find_place(&mut self, rows: &mut Rows, axis: TimeAxis) {
        // A label may stand on the extent of its own mark.
        rows.give_back(self.row, self.taken);
        let found = std::iter::once(self.row).chain(0..MAX_ROWS).find_map(|row| {
            let free = row == self.row || rows.is_free(row, self.taken, 1.0);
            free.then(|| self.place_in(row, rows, axis)).flatten().map(|place| (row, place))
        });
        if let Some((row, place)) = found {
            self.row = row;
            self.place = Some(place);
            rows.take(row, place.x);
        }
        rows.take(self.row, self.taken);
    }

    fn place_in(&self, row: usize, rows: &Rows, axis: TimeAxis) -> Option<Place> {
        let widths = std::iter::once(self.label.width).chain(self.label.title_only);
        widths.into_iter().find_map(|width| self.place_width(width, row, rows, axis))
    }

    fn place_width(&self, width: f32, row: usize, rows: &Rows, axis: TimeAxis) -> Option<Place> {
        let beginning_at = |start: f32| Rangef::new(start, start + width);
        let inside = self.inside(width, axis).map(|start| Place { x: beginning_at(start), flush_right: false });
        if inside.is_some() && !self.uncertain {
            return inside;
        }
        let beside = self.beside(width, axis).into_iter().flat_map(|mark| {
            let right = Place { x: beginning_at(mark.max + MARK_GAP), flush_right: false };
            let left = Place { x: beginning_at(mark.min - MARK_GAP - width), flush_right: true };
            [right, left]
        });
        let mut free = beside.filter(|place| {
            place.x.min >= axis.left && place.x.max <= axis.right && rows.is_free(row, place.x, LABEL_GAP / 2.0)
        });
        // A pattern is hard to read through, so a label stands on one only where it must.
        free.next().or(inside)
    }

    /// Where the label begins inside a bar that has room for it; it stays in view as long as any room is.
    fn inside(&self, width: f32, axis: TimeAxis) -> Option<f32> {
        let Shape::Span { x, sure, open_start, open_end } = self.shape else { return None };
        let tip = |open: bool| if open { ARROW_TIP } else { 0.0 };
        let start = if sure.span() > 0.0 { sure.min.max(x.min) } else { x.min };
        let start = (start + 8.0).max(axis.left + 8.0 + tip(open_start));
        let end = (x.max - 8.0).min(axis.right - 8.0 - tip(open_end));
        (end - start >= width).then_some(start)
    }

    /// The parts of the mark that the label may stand next to, the best first.
    fn beside(&self, width: f32, axis: TimeAxis) -> Vec<Rangef> {
        match self.shape {
            Shape::Point { x, extent } => {
                let marker = Rangef::new(x - MARKER_RADIUS, x + MARKER_RADIUS);
                if self.set.is_some() {
                    return vec![hull(marker, extent.expand(MARKER_RADIUS))];
                }
                let whole = hull(marker, extent);
                // Beside a wide extent the label would stand far from its marker; it may stand on it instead.
                let on_extent = !self.uncertain && marker.max + MARK_GAP + width <= extent.max;
                if on_extent { vec![marker, whole] } else { vec![whole, marker] }
            }
            Shape::Span { x, .. } => vec![Rangef::new(x.min.max(axis.left), x.max.min(axis.right))],
        }
    }
}

fn hull(a: Rangef, b: Rangef) -> Rangef {
    Rangef::new(a.min.min(b.min), a.max.max(b.max))
}

/// The extents of a set's dates, in points, and whether one of them is meant; none for other dates.
fn members(date: &Date, axis: TimeAxis) -> Option<(Vec<Rangef>, bool)> {
    let Date::Set(set) = date else { return None };
    let extents = set.parts.iter().map(|part| {
        let known = part.known_extent();
        Rangef::new(axis.x_clipped(known.start), axis.x_clipped(known.end))
    });
    Some((extents.collect(), set.kind == SetKind::OneOf))
}

/// The mark of a date, or none where nothing of it is in view.
fn shape_of(date: &Date, axis: TimeAxis) -> Option<Shape> {
    let beyond = 40.0;
    let visible = |x: Rangef| x.max >= axis.left - beyond && x.min <= axis.right + beyond;
    let shape = match date {
        Date::Span { start, end } => {
            let (from, open_start) = end_of_bar(start, axis, Side::Start);
            let (to, open_end) = end_of_bar(end, axis, Side::End);
            let x = Rangef::new(from.min, to.max.max(from.min + LEAST_BAR));
            let sure = Rangef::new(from.max.min(x.max), to.min.max(from.max).min(x.max));
            Shape::Span { x, sure, open_start, open_end }
        }
        Date::Single(_) | Date::Set(_) => {
            let known = date.known_extent();
            let mut extent = Rangef::new(axis.x_clipped(known.start), axis.x_clipped(known.end));
            if date.is_approximate() {
                extent = extent.expand((extent.span() / 2.0).max(LEAST_FADE));
            }
            // The marker stands in the middle of what the date leaves open, and in view while any of that is.
            let inset = MARKER_RADIUS + 4.0;
            let (low, high) = (extent.min.max(axis.left + inset), extent.max.min(axis.right - inset));
            let x = if low <= high { extent.center().clamp(low, high) } else { extent.center() };
            Shape::Point { x, extent }
        }
    };
    let x = match shape {
        Shape::Point { extent, x } => hull(extent, Rangef::new(x - MARKER_RADIUS, x + MARKER_RADIUS)),
        Shape::Span { x, .. } => x,
    };
    visible(x).then_some(shape)
}

/// Where a bar without an end leaves the view.
fn beyond(axis: TimeAxis, side: Side) -> f32 {
    match side {
        Side::Start => axis.left - 20.0,
        Side::End => axis.right + 20.0,
    }
}

/// The x extent of one end of a bar, and whether it is open.
fn end_of_bar(end: &Endpoint, axis: TimeAxis, side: Side) -> (Rangef, bool) {
    match end {
        Endpoint::Dated(part) => {
            let x = Rangef::new(axis.x_clipped(part.extent.start), axis.x_clipped(part.extent.end));
            // "About 1850" says that it may be a little before or after.
            let around = if part.approximate { (x.span() / 2.0).max(LEAST_FADE) } else { 0.0 };
            (x.expand(around), false)
        }
        Endpoint::Beyond(part) => {
            let (start, end) = (axis.x_clipped(part.extent.start), axis.x_clipped(part.extent.end));
            let x = match side {
                Side::Start => Rangef::new(beyond(axis, side).min(start), end),
                Side::End => Rangef::new(start, beyond(axis, side).max(end)),
            };
            (x, true)
        }
        Endpoint::Open | Endpoint::Unknown => (Rangef::point(beyond(axis, side)), true),
    }
}

impl Packed {
    /// How many rows the lane needs; at least one.
    pub(super) fn rows(&self) -> usize {
        self.rows
    }

    /// Gives every mark its y in a lane of this rectangle.
    pub(super) fn placed(self, lane: LaneIndex, rect: Rect, row_height: f32) -> LaneBox {
        let used = self.rows as f32 * row_height;
        let top = rect.center().y - used / 2.0;
        let mut unlabelled = 0;
        let marks = self
            .items
            .into_iter()
            .map(|item| {
                let row_top = top + item.row as f32 * row_height;
                let mark = item.placed(lane, Rangef::new(row_top, row_top + row_height));
                unlabelled += if mark.label.is_none() { mark.count() } else { mark.others.len() };
                mark
            })
            .collect();
        LaneBox { lane, rect, marks, unlabelled }
    }
}

impl Item {
    fn placed(self, lane: LaneIndex, row: Rangef) -> Mark {
        let middle = row.center();
        let (shape, rect) = match self.shape {
            Shape::Point { x, extent } => {
                let center = pos2(x, middle);
                let marker = |center| Rect::from_center_size(center, vec2(MARKER_RADIUS, MARKER_RADIUS) * 2.0);
                match self.set {
                    None => (MarkShape::Point { center, extent }, marker(center)),
                    Some((extents, one_of)) => {
                        let centers: Vec<Pos2> = extents.iter().map(|x| pos2(x.center(), middle)).collect();
                        let rect = centers.iter().map(|center| marker(*center)).reduce(Rect::union);
                        (MarkShape::Set { centers, extents, one_of }, rect.unwrap_or_else(|| marker(center)))
                    }
                }
            }
            Shape::Span { x, sure, open_start, open_end } => {
                let rect = Rect::from_x_y_ranges(x, row.shrink(2.0));
                (MarkShape::Span { x, sure, open_start, open_end }, rect)
            }
        };
        let label = self.place.map(|place| self.label.placed(place.x, row, place.flush_right));
        Mark {
            event: self.event,
            others: self.others,
            covers: self.covers,
            lane,
            shape,
            rect,
            label,
            approximate: self.approximate,
            uncertain: self.uncertain,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::measure::fixed::Fixed;
    use super::super::view::View;
    use super::*;
    use crate::document;
    use crate::timeline::resolve;
    use proptest::prelude::*;

    fn timeline(events: &[(&str, &str)]) -> Timeline {
        let document = document::Timeline {
            title: "t".to_owned(),
            lanes: vec![document::Lane { id: "l".to_owned(), title: "l".to_owned(), color: None }],
            events: events
                .iter()
                .enumerate()
                .map(|(index, (date, title))| document::Event {
                    id: format!("e{index}"),
                    lane: "l".to_owned(),
                    title: (*title).to_owned(),
                    date: (*date).to_owned(),
                    ..Default::default()
                })
                .collect(),
            ..Default::default()
        };
        resolve(document).timeline.unwrap_or_default()
    }

    fn lane_of(events: &[(&str, &str)], from: i32, to: i32) -> LaneBox {
        let timeline = timeline(events);
        let year = |year: i32| i64::from(year - 1970) * 31_556_952;
        let view = View::of(Interval { start: year(from), end: year(to) });
        let axis = TimeAxis { view, left: 100.0, right: 900.0 };
        let packed = pack(&timeline, LaneIndex(0), axis, Setting::TwoLines, &mut Fixed);
        let height = packed.rows() as f32 * 38.0;
        packed.placed(LaneIndex(0), Rect::from_min_size(pos2(0.0, 0.0), vec2(900.0, height)), 38.0)
    }

    #[test]
    fn neighbours_turn_their_labels_away_from_each_other() {
        let lane = lane_of(&[("2013", "Gross domestic product"), ("2014", "Trade")], 1962, 2022);
        let sides: Vec<bool> =
            lane.marks.iter().filter_map(|mark| mark.label.as_ref()).map(|l| l.flush_right).collect();
        assert_eq!(sides, [true, false]);
        let rows: Vec<f32> = lane.marks.iter().map(|mark| mark.rect.center().y).collect();
        assert_eq!(rows.first(), rows.last(), "both stand in one row");
    }

    #[test]
    fn a_span_keeps_its_label_in_view() {
        let lane = lane_of(&[("1900/2020", "A long century")], 1960, 1990);
        let label = lane.marks.first().and_then(|mark| mark.label.as_ref()).map(|label| label.rect);
        assert!(label.is_some_and(|rect| rect.left() >= 100.0 && rect.right() <= 900.0), "{label:?}");
    }

    #[test]
    fn an_open_end_runs_out_of_the_view() {
        let lane = lane_of(&[("1998/..", "Since then")], 1962, 2022);
        let shape = lane.marks.first().map(|mark| &mark.shape);
        assert!(matches!(shape, Some(MarkShape::Span { x, open_end: true, open_start: false, .. }) if x.max > 900.0));
    }

    #[test]
    fn what_cannot_be_told_apart_is_counted() {
        let events: Vec<(&str, &str)> = (0..50).map(|_| ("1970", "At once")).collect();
        let lane = lane_of(&events, 1900, 2020);
        assert_eq!(lane.marks.iter().map(Mark::count).sum::<usize>(), 50);
    }

    proptest! {
        /// Every event of the view stands somewhere, however many there are.
        #[test]
        fn every_event_is_counted(years in prop::collection::vec(1900_i32..1930, 1..300)) {
            let written: Vec<String> = years.iter().map(i32::to_string).collect();
            let events: Vec<(&str, &str)> = written.iter().map(|year| (year.as_str(), "An event")).collect();
            let lane = lane_of(&events, 1895, 1935);
            prop_assert_eq!(lane.marks.iter().map(Mark::count).sum::<usize>(), events.len());
            let labelled = lane.marks.iter().filter(|mark| mark.label.is_some()).count();
            prop_assert_eq!(lane.unlabelled, events.len() - labelled);
        }

        /// No label touches another label or another mark, wherever the events fall.
        #[test]
        fn labels_never_overlap(
            years in prop::collection::vec((1900_i32..2020, 0_i32..40, 3_usize..40), 1..60),
            from in 1880_i32..2000,
            span in 1_i32..160,
        ) {
            let written: Vec<(String, String)> = years
                .iter()
                .map(|(year, length, title)| {
                    let date = if *length < 20 { year.to_string() } else { format!("{year}/{}", year + length) };
                    (date, "x".repeat(*title))
                })
                .collect();
            let events: Vec<(&str, &str)> = written.iter().map(|(d, t)| (d.as_str(), t.as_str())).collect();
            let lane = lane_of(&events, from, from + span);
            for (index, mark) in lane.marks.iter().enumerate() {
                let Some(label) = &mark.label else { continue };
                for (other_index, other) in lane.marks.iter().enumerate() {
                    if index == other_index { continue }
                    prop_assert!(!label.rect.shrink(0.5).intersects(other.rect.shrink(0.5)), "{} on a mark", label.title);
                    if let Some(other) = &other.label {
                        prop_assert!(!label.rect.shrink(0.5).intersects(other.rect.shrink(0.5)));
                    }
                }
            }
        }
    }
}
