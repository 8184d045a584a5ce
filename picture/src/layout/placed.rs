//! The placed chart.

use std::sync::Arc;

use super::eras::EraBand;
use super::kept_thumbnails::Kept;
use super::lanes::{LaneBox, Mark};
use super::left_out::LeftOut;
use super::legend::LegendEntry;
use super::overflow::OverflowIndicator;
use super::overview::Overview;
use super::plot::SeriesBox;
use super::regions::ChartRegions;
use super::rest::Rest;
use super::scrolling::Scrolling;
use super::thumbnail::Thumbnail;
use super::ticks::Ticks;
use super::view::TimeAxis;

/// Everything that is drawn, placed.
#[derive(Clone, Debug, PartialEq)]
pub struct Chart {
    /// The regions of the image.
    pub regions: ChartRegions,
    /// The title.
    pub title: String,
    /// The subtitle.
    pub subtitle: String,
    /// The mapping between time and x that all parts share.
    pub axis: TimeAxis,
    /// Ticks of the axis.
    pub ticks: Ticks,
    /// Eras, sorted by their beginning.
    pub eras: Vec<EraBand>,
    /// Lanes, top to bottom.
    pub lanes: Vec<LaneBox>,
    /// Whether the first lane begins on the page before, as in a [`slice`](Self::slice).
    pub continues: bool,
    /// Whether the first lane is on a page after the first, as in a [`slice`](Self::slice): its groups are named on an
    /// earlier page.
    pub is_further: bool,
    /// Series, top to bottom.
    pub series: Vec<SeriesBox>,
    /// The overview strip.
    pub overview: Option<Overview>,
    /// The explanations of the shapes in the image.
    pub legend: Vec<LegendEntry>,
    /// What is not in the image, and how much of it.
    pub left_out: LeftOut,
    /// The indicators that state this in the image.
    pub indicators: Vec<OverflowIndicator>,
    /// The lanes and series in sight, and the scroll offset.
    pub scrolling: Scrolling,
    /// The row spacing, as an index into [`super::regions::ROW_SPACINGS`].
    pub(super) row_spacing: usize,
    /// The pictures, so that the next frame has them where they are; `None` if there are none.
    pub(super) kept_thumbnails: Option<Arc<Kept>>,
    /// How the lanes are laid out without rows from an earlier frame; `None` if they are laid out with them.
    pub(super) rest: Option<Arc<Rest>>,
}

impl Chart {
    /// Returns all marks, by lane from top to bottom and in time order.
    pub fn marks(&self) -> impl Iterator<Item = &Mark> {
        self.lanes.iter().flat_map(|lane| &lane.marks)
    }

    /// Returns all pictures of events, by lane from top to bottom.
    pub fn thumbnails(&self) -> impl Iterator<Item = &Thumbnail> {
        self.lanes.iter().flat_map(|lane| &lane.thumbnails)
    }

    /// Returns the maximum scroll offset of lanes and series, in points.
    #[must_use]
    pub fn most_scroll(&self) -> f32 {
        self.scrolling.most
    }
}
