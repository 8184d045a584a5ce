//! Placed lanes: marks with their labels, and a strip that counts the events without a mark.
//!
//! If a lane holds more events than can be told apart, the most important ones get marks and titles and all others are
//! counted per column in the strip below them; zooming in gives them marks one after another.

use egui::{Pos2, Rangef, Rect, vec2};

use crate::date::{Date, Interval};
use crate::timeline::{EventIndex, Index, LaneIndex, Timeline};

use super::labels::Label;
use super::thumbnail::Thumbnail;
use super::view::{Section, TimeAxis};

/// Radius of a marker, in points.
pub const MARKER_RADIUS: f32 = 6.0;
/// Length of the tip of the arrow that ends an open bar, in points.
pub const ARROW_TIP: f32 = 12.0;

/// A date of a set; x in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Member {
    /// The whole possible extent; between this and `known` it fades, for "or earlier" and "or later".
    pub x: Rangef,
    /// The extent that the date names.
    pub known: Rangef,
}

/// The shape of a mark; x in points, clipped slightly outside the chart.
#[derive(Clone, Debug, PartialEq)]
pub enum MarkShape {
    /// One date: a marker on the extent of the date.
    Point {
        /// Centre of the marker.
        center: Pos2,
        /// The whole extent of the date: a year for "1965", a year with half a year on either side for "about 1965".
        extent: Rangef,
    },
    /// Several dates: one of them, or all of them.
    Set {
        /// Centre of each marker, in time order.
        centers: Vec<Pos2>,
        /// The extent of each date.
        extents: Vec<Member>,
        /// Whether one of the dates is meant, without it being known which.
        one_of: bool,
    },
    /// From one date to another: a bar.
    Span {
        /// The bar from its earliest beginning to its latest end.
        x: Rangef,
        /// The part of the bar that is certain; between it and `x` the ends fade.
        sure: Rangef,
        /// Whether the bar has no beginning.
        open_start: bool,
        /// Whether the bar continues without an end.
        open_end: bool,
        /// Whether an end of the bar is unknown: it fades out after the known part.
        unknown: bool,
    },
}

/// How an event compares in importance with most others, which have none stated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// Its importance is below zero.
    Minor,
    /// Its importance is zero or not stated.
    Usual,
    /// Its importance is above zero.
    Major,
}

impl Weight {
    pub(super) fn of(importance: f32) -> Self {
        if importance > 0.0 {
            Self::Major
        } else if importance < 0.0 {
            Self::Minor
        } else {
            Self::Usual
        }
    }

    /// Returns the radius of a marker, in points, at most a little more than [`MARKER_RADIUS`].
    #[must_use]
    pub fn radius(self) -> f32 {
        match self {
            Self::Minor => MARKER_RADIUS - 1.5,
            Self::Usual => MARKER_RADIUS,
            Self::Major => MARKER_RADIUS + 1.5,
        }
    }
}

/// A placed event.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// The event.
    pub event: EventIndex,
    /// Its number among the events that notes describe, from 1 in time order; `None` if it is none of them.
    pub number: Option<usize>,
    /// The lane.
    pub lane: LaneIndex,
    /// The lane's [`style`](crate::timeline::Lane::style), which decides the shape of the marker.
    pub style: usize,
    /// Its row in the lane, counted from the top.
    pub row: usize,
    /// The shape that is drawn.
    pub shape: MarkShape,
    /// The bounds of the mark without its label, in points.
    pub rect: Rect,
    /// The label, if there is room for it.
    pub label: Option<Label>,
    /// Its weight, in the size of its marker and the face of its title.
    pub weight: Weight,
    /// Whether the source marks the date as approximate.
    pub approximate: bool,
    /// Whether the source marks the date as uncertain.
    pub uncertain: bool,
}

impl Mark {
    /// Returns whether the mark continues past the left and the right edge of the view, where it is drawn torn off.
    /// Fading ends and open ends at the edge are not torn, as their shape already shows that they continue.
    #[must_use]
    pub fn is_torn(&self, axis: TimeAxis) -> [bool; 2] {
        /// An end within this distance of the edge, in points, counts as in view.
        const NEAR: f32 = 3.0;
        /// Minimum visible width, in points, for a torn edge on either side.
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

    /// Returns the bounds of the mark with its label.
    #[must_use]
    pub fn bounds(&self) -> Rect {
        self.label.as_ref().map_or(self.rect, |label| self.rect.union(label.rect))
    }

    /// Returns the areas that a click hits: the mark with its label, and the line of the label that is in the row below,
    /// where other marks may be; [`Rect::NOTHING`] if none is.
    #[must_use]
    pub fn hit_areas(&self) -> [Rect; 2] {
        match &self.label {
            Some(label) if label.is_in_two_rows() => {
                let (first, second) = label.rect.split_top_bottom_at_y(label.rect.top() + label.row_height());
                [self.rect.union(first), second]
            }
            _ => [self.bounds(), Rect::NOTHING],
        }
    }
}

/// A placed lane.
#[derive(Clone, Debug, PartialEq)]
pub struct LaneBox {
    /// The lane.
    pub lane: LaneIndex,
    /// Number of lanes that are folded into it.
    pub folded: usize,
    /// The lane over the whole width of the chart, in points.
    pub rect: Rect,
    /// The rectangle of its name, in points: beside the rows in sight. Its height is less than a line if none is in
    /// sight.
    pub name: Rect,
    /// The number of rows.
    pub rows: usize,
    /// Marks in time order.
    pub marks: Vec<Mark>,
    /// The pictures of some of its events.
    pub thumbnails: Vec<Thumbnail>,
    /// Number of events in view that have a mark but no label.
    pub unlabelled: usize,
    /// The strip for the events in view that have no mark; `None` if there is none.
    pub strip: Option<DensityStrip>,
}

/// The counts of the events of a lane that have no mark.
#[derive(Clone, Debug, PartialEq)]
pub struct DensityStrip {
    /// The rectangle of its bins, in points.
    pub rect: Rect,
    /// Whether it is over rows of its lane, to be in sight.
    pub is_over_rows: bool,
    /// The rectangle of the number of its events, in points.
    pub count: Rect,
    /// The number of events it counts.
    pub hidden: usize,
    /// Columns that contain events, left to right; an event that covers several columns is counted in each. Empty if
    /// the lane is far out of sight.
    pub bins: Vec<Bin>,
    /// Number of events in the emptiest column, which continue throughout; 0 if a column is empty.
    pub least: usize,
    /// Number of events in the fullest column.
    pub fullest: usize,
}

impl DensityStrip {
    /// Moves the strip up over the rows of its lane if the lane goes on below the part that is seen.
    pub(super) fn keep_in_sight(&mut self, lane: Rect, seen: Rect) {
        let up = (self.rect.bottom() + 1.0 - seen.bottom()).max(0.0);
        if up > 0.0 && self.rect.top() - up >= lane.top().max(seen.top()) {
            self.rect = self.rect.translate(vec2(0.0, -up));
            self.count = self.count.translate(vec2(0.0, -up));
            self.is_over_rows = lane.bottom() > seen.bottom() + 0.5;
        }
    }
}

/// A column of a strip.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bin {
    /// Its range of x, in points.
    pub x: Rangef,
    /// Its extent in time.
    pub extent: Interval,
    /// Number of events without a mark in it.
    pub count: usize,
    /// How many of them begin in it and were found by a search.
    pub found: usize,
}

/// Minimum width of a column, in points.
const COLUMN: f32 = 4.0;

/// Counts the events of a lane in view that have no mark; per column, too, if `is_seen`. `count` is the rectangle of their
/// number. Returns `None` if there are none.
pub(super) fn strip(
    index: &Index,
    timeline: &Timeline,
    marked: &[EventIndex],
    axis: TimeAxis,
    [rect, count]: [Rect; 2],
    is_seen: bool,
) -> Option<DensityStrip> {
    let in_view = axis.view.interval();
    let bounds = |event: &EventIndex| timeline.events.date(*event).map(Date::known_bounds);
    let marked: Vec<Interval> = marked.iter().filter_map(bounds).filter(|bounds| bounds.overlaps(in_view)).collect();
    let hidden = index.count(in_view).saturating_sub(marked.len());
    let (bins, least) = if is_seen && hidden > 0 { columns(index, &marked, axis) } else { Default::default() };
    let fullest = bins.iter().map(|bin| bin.count).max().unwrap_or(0);
    (hidden > 0).then_some(DensityStrip { rect, is_over_rows: false, count, hidden, bins, least, fullest })
}

/// Returns the columns of a strip that contain events other than those `marked`, and the number of these in the emptiest
/// column; 0 if a column is empty.
fn columns(index: &Index, marked: &[Interval], axis: TimeAxis) -> (Vec<Bin>, usize) {
    let mut begins: Vec<i64> = marked.iter().map(|bounds| bounds.start).collect();
    let mut ends: Vec<i64> = marked.iter().map(|bounds| bounds.end).collect();
    begins.sort_unstable();
    ends.sort_unstable();
    let marked_in = |column: Interval| {
        let begun = begins.partition_point(|begin| *begin < column.end);
        begun - ends.partition_point(|end| *end <= column.start)
    };
    let mut bins = Vec::new();
    let mut all_columns = 0;
    for Section { axis: own, interval, .. } in axis.sections() {
        let log2 = column_log2(own);
        // Where the column before ends.
        let mut before = (i64::MIN, 0.0);
        index.columns(interval, log2, &mut |column, all| {
            let start = (column << log2).max(interval.start);
            let end = column.saturating_add(1).saturating_mul(1 << log2).min(interval.end);
            let extent = Interval { start, end };
            let count = all.saturating_sub(marked_in(extent));
            if count > 0 {
                let x_start = if before.0 == start { before.1 } else { axis.x_clipped(start) };
                before = (end, axis.x_clipped(end));
                bins.push(Bin { x: Rangef::new(x_start, before.1), extent, count, found: 0 });
            }
        });
        all_columns += (interval.end.saturating_sub(1) >> log2) - (interval.start >> log2) + 1;
    }
    let has_gaps = (bins.len() as i64) < all_columns;
    let least = if has_gaps { 0 } else { bins.iter().map(|bin| bin.count).min().unwrap_or(0) };
    (bins, least)
}

/// Returns the binary logarithm of the width of a column, in seconds: at least [`COLUMN`] points, and less than twice
/// that.
pub(super) fn column_log2(axis: TimeAxis) -> u32 {
    let least = axis.seconds_per_point() * f64::from(COLUMN);
    least.log2().ceil().clamp(0.0, 61.0) as u32
}
