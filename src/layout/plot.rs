//! A plot of a series, placed: its points and lines, or its columns.

use egui::{Rangef, Rect};

use crate::date::Interval;
use crate::timeline::SeriesIndex;

use super::values::ValueTick;

/// What one end of a value's time is like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PointEnd {
    /// It is where the date says.
    Dated,
    /// There is none: the value holds on.
    Open,
    /// It is not known: the time fades out at what is known.
    Unknown,
}

/// A point in view or next to it.
#[derive(Clone, Debug, PartialEq)]
pub struct PlotPoint {
    /// Position in the series.
    pub index: usize,
    /// Seconds after the left edge of the view, at the second that the point is drawn at.
    pub offset: f64,
    /// The value as plotted: in units of a power of ten, or its decimal logarithm on a log scale.
    pub value: f64,
    /// x of the point's whole date, in points: a year for "1965". An open end leaves the plot.
    pub extent: Rangef,
    /// What the beginning and the end of this are like.
    pub ends: [PointEnd; 2],
    /// The value in words, and where they stand, in points.
    pub label: Option<(String, Rect)>,
}

/// A straight line between two points, cut a little outside of the view.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlotLine {
    /// Seconds after the left edge of the view, and the value as plotted.
    pub from: [f64; 2],
    /// The same of its other end, which is not earlier.
    pub to: [f64; 2],
    /// Nothing was measured between the two.
    pub is_gap: bool,
}

/// Points that are too close to be told apart, summed up.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlotColumn {
    /// Its extent in time.
    pub extent: Interval,
    /// Seconds after the left edge of the view, in its middle, or at its point where it has only one.
    pub offset: f64,
    /// How many points are in it.
    pub count: usize,
    /// The lowest value: as plotted, and its position in the series.
    pub low: (f64, usize),
    /// The highest value.
    pub high: (f64, usize),
    /// The mean, as plotted, and as it is.
    pub mean: (f64, f64),
    /// Whether it follows on the column before it, without a column between them that has no points.
    pub follows: bool,
}

/// A series, placed.
#[derive(Clone, Debug, PartialEq)]
pub struct SeriesBox {
    /// The series.
    pub series: SeriesIndex,
    /// The line above the plot that names it, in points.
    pub header: Rect,
    /// The plot, in points: its left and right edges are those of the view.
    pub plot: Rect,
    /// Lowest and highest value of the plot, as plotted.
    pub bounds: (f64, f64),
    /// Value ticks, upwards.
    pub ticks: Vec<ValueTick>,
    /// Points: those that a line goes through by time, then those apart.
    pub points: Vec<PlotPoint>,
    /// Lines, left to right; where points are columns, these are between their means.
    pub lines: Vec<PlotLine>,
    /// Columns, left to right.
    pub columns: Vec<PlotColumn>,
    /// Columns of points apart, left to right.
    pub columns_apart: Vec<PlotColumn>,
    /// Unit and scale in words.
    pub unit: String,
    /// What shapes in the plot mean, and what is missing in it.
    pub remarks: Vec<&'static str>,
}

impl SeriesBox {
    /// Whether there is nothing in the plot.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let is_seen = |point: &PlotPoint| point.extent.intersects(self.plot.x_range());
        self.lines.is_empty()
            && self.columns.is_empty()
            && self.columns_apart.is_empty()
            && !self.points.iter().any(is_seen)
    }

    /// y of a value as plotted, in points.
    #[must_use]
    pub fn y(&self, value: f64) -> f32 {
        let (low, high) = self.bounds;
        self.plot.bottom() - ((value - low) / (high - low)) as f32 * self.plot.height()
    }
}
