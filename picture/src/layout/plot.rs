//! A placed plot of a series: its points and lines, or its columns.

use egui::{Rangef, Rect};

use crate::date::Interval;
use crate::timeline::SeriesIndex;

use super::values::ValueTick;

/// The kind of one end of a value's time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PointEnd {
    /// A dated end.
    Dated,
    /// No end: the value continues to hold.
    Open,
    /// An unknown end: the time fades out after the known part.
    Unknown,
}

/// A point in view or adjacent to it.
#[derive(Clone, Debug, PartialEq)]
pub struct PlotPoint {
    /// Index of the point in the series.
    pub index: usize,
    /// Seconds from the left edge of the view to the second that the point is drawn at.
    pub offset: f64,
    /// The plotted value: in units of a power of ten, or its decimal logarithm on a log scale.
    pub value: f64,
    /// x of the whole extent of the date, in points: a year for "1965". An open end extends out of the plot.
    pub extent: Rangef,
    /// The kinds of the beginning and the end of the extent.
    pub ends: [PointEnd; 2],
    /// The value in words, and its rectangle, in points.
    pub label: Option<(String, Rect)>,
}

/// A straight line between two points, clipped slightly outside the view.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlotLine {
    /// Seconds from the left edge of the view, and the plotted value.
    pub from: [f64; 2],
    /// The same for the other end, which is not earlier.
    pub to: [f64; 2],
    /// Whether nothing was measured between the two.
    pub is_gap: bool,
}

/// An aggregate of points that are too close to be told apart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlotColumn {
    /// Its extent in time.
    pub extent: Interval,
    /// Seconds from the left edge of the view to its middle, or to its point if it has only one.
    pub offset: f64,
    /// Number of points in it.
    pub count: usize,
    /// The lowest value: as plotted, and its index in the series.
    pub low: (f64, usize),
    /// The highest value, in the same form.
    pub high: (f64, usize),
    /// The mean: as plotted, and in the unit of the series.
    pub mean: (f64, f64),
    /// Whether it is adjacent to the column before it, without an empty column between them.
    pub follows: bool,
}

/// A placed series.
#[derive(Clone, Debug, PartialEq)]
pub struct SeriesBox {
    /// The series.
    pub series: SeriesIndex,
    /// The rectangle of the line above the plot that names it, in points.
    pub header: Rect,
    /// The rectangle of the plot, in points; its left and right edges are those of the view.
    pub plot: Rect,
    /// Lowest and highest value of the plot, in plotted units.
    pub bounds: (f64, f64),
    /// Value ticks, from bottom to top.
    pub ticks: Vec<ValueTick>,
    /// Points: first those on the line, in time order, then those apart from it.
    pub points: Vec<PlotPoint>,
    /// Lines, left to right; where points are aggregated to columns, these connect their means.
    pub lines: Vec<PlotLine>,
    /// Columns, left to right.
    pub columns: Vec<PlotColumn>,
    /// Columns of the points apart from the line, left to right.
    pub columns_apart: Vec<PlotColumn>,
    /// Unit and scale in words.
    pub unit: String,
    /// Explanations of shapes in the plot, and of what is missing from it.
    pub remarks: Vec<&'static str>,
}

impl SeriesBox {
    /// Returns whether the plot is empty.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let is_seen = |point: &PlotPoint| point.extent.intersects(self.plot.x_range());
        self.lines.is_empty()
            && self.columns.is_empty()
            && self.columns_apart.is_empty()
            && !self.points.iter().any(is_seen)
    }

    /// Returns the y of a plotted value, in points.
    #[must_use]
    pub fn y(&self, value: f64) -> f32 {
        let (low, high) = self.bounds;
        self.plot.bottom() - ((value - low) / (high - low)) as f32 * self.plot.height()
    }
}
