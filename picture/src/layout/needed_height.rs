//! The height at which a chart shows everything.

use egui::{Rect, vec2};

use super::chart::{LEAST, around, chart_above};
use super::fitting;
use super::left_out::LeftOut;
use super::legend;
use super::measure::Measure;
use super::regions::{self, ChartRegions};
use super::request::{Request, RowMode};
use super::thumbnails;

/// Returns the height of the chart at which every event in view has a title, every lane and series its place, and some
/// pictures of events theirs, in points, if its rows are [`RowMode::All`]; at most `most`. The height of the request does not matter.
#[must_use]
pub fn needed_height(request: Request<'_>, most: f32, measure: &mut dyn Measure) -> f32 {
    /// Rows are roomy up to this share of the width.
    const COMFORTABLE: f32 = 0.4;
    /// Height of a plot, in points.
    const PLOT: f32 = 110.0;
    /// More lines than this no legend has.
    const MOST_LINES: usize = 12;
    let rect = Rect::from_min_size(request.rect.min, request.rect.size().max(LEAST));
    let request = Request { rect, scrolls: false, rows: RowMode::All, ..request };
    let (_, _, axis, _) = around(1, request, measure);
    let lanes =
        fitting::needed(request, axis, rect.width() * COMFORTABLE, measure) + thumbnails::needed_height(&request);
    let mut height = lanes;
    for lines in 1..=MOST_LINES {
        // How many eras are named depends on the height.
        let rect = Rect::from_min_size(rect.min, vec2(rect.width(), height));
        let (needs, parts, ..) = around(lines, Request { rect, ..request }, measure);
        let series = regions::series_height(needs.series) + needs.series as f32 * PLOT;
        height = (height - ChartRegions::room(rect, parts, &needs) + lanes + series).ceil() + 1.0;
        let rect = Rect::from_min_size(rect.min, vec2(rect.width(), height));
        let (needs, parts, ..) = around(lines, Request { rect, ..request }, measure);
        let has_room = ChartRegions::room(rect, parts, &needs) >= lanes + series;
        let chart = chart_above(lines, Request { rect, ..request }, measure);
        if has_room && legend::lines(&chart.legend) <= lines {
            break;
        }
    }
    height.min(most)
}

impl LeftOut {
    /// Returns the number of things that the image leaves out, or shows without a title, for lack of height.
    #[must_use]
    pub fn lacking_height(&self) -> usize {
        self.without_marks() + self.untitled + self.lanes.iter().sum::<usize>() + self.series + self.parts.len()
    }
}
