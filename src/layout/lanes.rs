//! Lanes, placed: marks with their labels, and a strip that counts what has no mark of its own.
//!
//! Where a lane holds more events than can be told apart, the most important ones get marks and titles and all others
//! are counted in the strip below them, column by column; zooming in takes them out of it one after another.

use egui::{Pos2, Rangef, Rect};

use crate::date::Interval;
use crate::timeline::{EventIndex, Index, LaneIndex, Timeline};

use super::labels::Label;
use super::view::TimeAxis;

/// Radius of a marker, in points.
pub const MARKER_RADIUS: f32 = 6.0;
/// Length of the tip of the arrow that ends an open bar, in points.
pub const ARROW_TIP: f32 = 12.0;

/// A date of a set; x in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Member {
    /// All that it may be; between this and `known` it fades, for "or earlier" and "or later".
    pub x: Rangef,
    /// What it names.
    pub known: Rangef,
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
        extents: Vec<Member>,
        /// One of the dates is meant, it is not known which.
        one_of: bool,
    },
    /// From one date to another: a bar.
    Span {
        /// The bar from its earliest beginning to its latest end.
        x: Rangef,
        /// Where the bar is surely there; between it and `x` the ends fade.
        sure: Rangef,
        /// The bar has no beginning.
        open_start: bool,
        /// The bar goes on without an end.
        open_end: bool,
        /// An end of the bar is not known: it fades out at what is known.
        unknown: bool,
    },
}

/// One event, placed.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// The event.
    pub event: EventIndex,
    /// Its number among the events that the chart shows, from 1 on in time order, where they are numbered.
    pub number: Option<usize>,
    /// The lane.
    pub lane: LaneIndex,
    /// The lane's [`style`](crate::timeline::Lane::style), which decides the shape of the marker.
    pub style: usize,
    /// Which row of the lane it stands in, from the top.
    pub row: usize,
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
    /// Whether the mark goes on past the left and the right edge of the view, where it is torn off. Ends that fade there
    /// and ends that are open show that they go on by themselves.
    #[must_use]
    pub fn is_torn(&self, axis: TimeAxis) -> [bool; 2] {
        /// What ends this near to the edge, in points, ends in sight.
        const NEAR: f32 = 3.0;
        /// What is seen must be wide enough for a torn edge on either side, in points.
        const LEAST: f32 = 12.0;
        let view = Rangef::new(axis.left, axis.right);
        let torn = |x: Rangef, sure: Rangef| {
            let has_room = sure.intersection(view).span() >= LEAST;
            let starts = x.min < view.min - NEAR && sure.min < view.min;
            let ends = x.max > view.max + NEAR && sure.max > view.max;
            [starts && has_room, ends && has_room]
        };
        match &self.shape {
            MarkShape::Point { extent, .. } if !self.approximate => torn(*extent, *extent),
            MarkShape::Point { .. } | MarkShape::Set { .. } => [false; 2],
            MarkShape::Span { x, sure, open_start, open_end, .. } => {
                let [starts, ends] = torn(*x, *sure);
                [starts && !open_start, ends && !open_end]
            }
        }
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
    /// Where its name stands, in points: beside those of its rows that are in sight; lower than a line where none is.
    pub name: Rect,
    /// How many rows it has.
    pub rows: usize,
    /// Marks in time order.
    pub marks: Vec<Mark>,
    /// Events in view that have a mark but no label.
    pub unlabelled: usize,
    /// Events in view that have no mark of their own.
    pub strip: Option<DensityStrip>,
}

/// Events of a lane that have no mark of their own, counted.
#[derive(Clone, Debug, PartialEq)]
pub struct DensityStrip {
    /// Where its bins are drawn, in points.
    pub rect: Rect,
    /// Where the number of its events stands, in points.
    pub count: Rect,
    /// How many events it counts.
    pub hidden: usize,
    /// Columns in which any of them is, left to right; an event that covers several is in each.
    pub bins: Vec<Bin>,
    /// Events in the emptiest column: what goes on throughout. None where a column has none.
    pub least: usize,
    /// Events in the fullest column.
    pub fullest: usize,
}

/// A column of a strip.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bin {
    /// Its x, in points.
    pub x: Rangef,
    /// Its extent in time.
    pub extent: Interval,
    /// How many events without a mark of their own are in it.
    pub count: usize,
}

/// Height of a strip, in points.
pub(super) const STRIP: f32 = 14.0;
/// Width of the narrowest column, in points.
const COLUMN: f32 = 4.0;

/// Counts the events of a lane in view, column by column, but for those that have marks. `count` is where their number
/// stands.
pub(super) fn strip(
    index: &Index,
    timeline: &Timeline,
    marked: &[EventIndex],
    axis: TimeAxis,
    rect: Rect,
    count: Rect,
) -> DensityStrip {
    let in_view = axis.view.interval();
    let bounds = |event: &EventIndex| timeline.event(*event).and_then(|event| event.known_bounds());
    let marked: Vec<Interval> = marked.iter().filter_map(bounds).filter(|bounds| bounds.overlaps(in_view)).collect();
    let mut begins: Vec<i64> = marked.iter().map(|bounds| bounds.start).collect();
    let mut ends: Vec<i64> = marked.iter().map(|bounds| bounds.end).collect();
    begins.sort_unstable();
    ends.sort_unstable();
    let marked_in = |column: Interval| {
        let begun = begins.partition_point(|begin| *begin < column.end);
        begun - ends.partition_point(|end| *end <= column.start)
    };
    let log2 = column_log2(axis);
    let mut bins = Vec::new();
    index.columns(in_view, log2, &mut |column, all| {
        let start = (column << log2).max(in_view.start);
        let end = column.saturating_add(1).saturating_mul(1 << log2).min(in_view.end);
        let extent = Interval { start, end };
        let count = all.saturating_sub(marked_in(extent));
        if count > 0 {
            let x = Rangef::new(axis.x_clipped(start), axis.x_clipped(end));
            bins.push(Bin { x, extent, count });
        }
    });
    let all_columns = (in_view.end.saturating_sub(1) >> log2) - (in_view.start >> log2) + 1;
    let has_gaps = (bins.len() as i64) < all_columns;
    let counts = || bins.iter().map(|bin| bin.count);
    let least = if has_gaps { 0 } else { counts().min().unwrap_or(0) };
    let fullest = counts().max().unwrap_or(0);
    let hidden = index.count(in_view).saturating_sub(marked.len());
    DensityStrip { rect, count, hidden, bins, least, fullest }
}

/// Columns are two to the power of this wide, in seconds: at least [`COLUMN`] points, and less than twice that.
pub(super) fn column_log2(axis: TimeAxis) -> u32 {
    let least = axis.seconds_per_point() * f64::from(COLUMN);
    least.log2().ceil().clamp(0.0, 61.0) as u32
}
