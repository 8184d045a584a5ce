//! The whole chart, placed.

use super::eras::EraBand;
use super::lanes::{LaneBox, Mark};
use super::left_out::LeftOut;
use super::legend::LegendEntry;
use super::overflow::OverflowIndicator;
use super::overview::Overview;
use super::plot::SeriesBox;
use super::regions::ChartRegions;
use super::scrolling::Scrolling;
use super::ticks::Ticks;
use super::view::TimeAxis;

/// Everything that is drawn, placed.
#[derive(Clone, Debug, PartialEq)]
pub struct Chart {
    /// The parts of the picture.
    pub regions: ChartRegions,
    /// The headline.
    pub title: String,
    /// The line under it.
    pub subtitle: String,
    /// The mapping between time and x that all parts share.
    pub axis: TimeAxis,
    /// Ticks of the axis.
    pub ticks: Ticks,
    /// Eras, by their beginning.
    pub eras: Vec<EraBand>,
    /// Lanes, top to bottom.
    pub lanes: Vec<LaneBox>,
    /// Series, top to bottom.
    pub series: Vec<SeriesBox>,
    /// The strip with the whole document.
    pub overview: Option<Overview>,
    /// What the shapes in the picture mean.
    pub legend: Vec<LegendEntry>,
    /// What is not in the picture, and how much of it.
    pub left_out: LeftOut,
    /// Where the picture says so.
    pub indicators: Vec<OverflowIndicator>,
    /// Which lanes and series are in sight, and how far that is scrolled down.
    pub scrolling: Scrolling,
    /// How close the rows of the lanes stand.
    pub(super) row_spacing: usize,
}

impl Chart {
    /// All marks, top to bottom and by time.
    pub fn marks(&self) -> impl Iterator<Item = &Mark> {
        self.lanes.iter().flat_map(|lane| &lane.marks)
    }

    /// How far lanes and series can be scrolled, in points.
    #[must_use]
    pub fn most_scroll(&self) -> f32 {
        self.scrolling.most
    }
}
