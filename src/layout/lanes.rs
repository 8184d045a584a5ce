//! Lanes, placed: marks with their labels, and a strip that counts what has no mark of its own.
//!
//! Where a lane holds more events than can be told apart, the most important ones get marks and titles and all others
//! are counted in the strip below them, column by column; zooming in takes them out of it one after another.

use egui::{Pos2, Rangef, Rect};

use crate::timeline::{EventIndex, Index, Interval, LaneIndex, Timeline};

use super::labels::Label;
use super::view::TimeAxis;

/// Radius of a marker, in points.
pub const MARKER_RADIUS: f32 = 6.0;
/// Length of the tip of the arrow that ends an open bar, in points.
pub const ARROW_TIP: f32 = 12.0;

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

/// One event, placed.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// The event.
    pub event: EventIndex,
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
    /// Events in view that have a mark but no label.
    pub unlabelled: usize,
    /// Events in view that have no mark of their own.
    pub strip: Option<Strip>,
}

/// Events of a lane that have no mark of their own, counted.
#[derive(Clone, Debug, PartialEq)]
pub struct Strip {
    /// Where it stands, in points.
    pub rect: Rect,
    /// How many events it counts.
    pub hidden: usize,
    /// Columns that hold any, left to right.
    pub columns: Vec<Column>,
    /// Events in the fullest column.
    pub fullest: usize,
}

/// A column of a strip.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Column {
    /// Its x, in points.
    pub x: Rangef,
    /// Its extent in time.
    pub extent: Interval,
    /// How many events it counts.
    pub count: usize,
}

/// Height of a strip, in points.
pub(super) const STRIP: f32 = 18.0;
/// Width of a column, in points.
const COLUMN: f32 = 4.0;

/// Counts the events of a lane that are drawn in view, column by column, but for those that have marks.
pub(super) fn strip(index: &Index, timeline: &Timeline, marked: &[EventIndex], axis: TimeAxis, rect: Rect) -> Strip {
    let mut shown: Vec<i64> =
        marked.iter().filter_map(|event| timeline.event(*event)).map(|event| event.date.anchor()).collect();
    shown.sort_unstable();
    let shown_before = |seconds: i64| shown.partition_point(|anchor| *anchor < seconds);
    let count = ((axis.right - axis.left) / COLUMN).ceil().max(1.0) as usize;
    let edge = |column: usize| (axis.left + column as f32 * COLUMN).min(axis.right);
    let mut columns = Vec::new();
    let mut start = axis.time(axis.left);
    let (mut all, mut marks) = (index.drawn_before(start), shown_before(start));
    for column in 0..count {
        let end = axis.time(edge(column + 1)).max(start);
        let (all_after, marks_after) = (index.drawn_before_from(all, end), shown_before(end));
        let hidden = (all_after - all).saturating_sub(marks_after - marks);
        if hidden > 0 {
            let x = Rangef::new(edge(column), edge(column + 1));
            columns.push(Column { x, extent: Interval { start, end }, count: hidden });
        }
        (start, all, marks) = (end, all_after, marks_after);
    }
    let fullest = columns.iter().map(|column| column.count).max().unwrap_or(0);
    let overlapping = index.count(axis.view.interval());
    let in_view = axis.view.interval();
    let marked_in_view = marked
        .iter()
        .filter_map(|event| timeline.event(*event))
        .filter(|event| event.date.bounds().overlaps(in_view))
        .count();
    Strip { rect, hidden: overlapping - marked_in_view.min(overlapping), columns, fullest }
}
