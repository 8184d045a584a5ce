//! A chart that goes on over several pages: rows and plots on each, with names of lanes and eras, axis and legend.

use std::sync::Arc;

use egui::{Rangef, Rect, vec2};

use crate::layout::Chart;
use crate::scene::Builder;

/// A page with a part of a chart: bands of the whole chart, each moved down to its place.
pub(super) struct Sheet {
    chart: Arc<Chart>,
    /// The range of y of a band in the chart, and how far it is moved down, in points.
    bands: Vec<(Rangef, f32)>,
}

impl Sheet {
    /// Returns a page with a whole chart.
    pub fn whole(chart: &Arc<Chart>) -> Self {
        Self { chart: Arc::clone(chart), bands: vec![(Rangef::EVERYTHING, 0.0)] }
    }

    /// Draws the page; `draw` draws a chart.
    pub fn draw(&self, scene: &mut Builder<'_>, draw: &dyn Fn(&mut Builder<'_>, &Chart)) {
        for (band, down) in &self.bands {
            let band = Rect::from_x_y_ranges(Rangef::EVERYTHING, *band);
            scene.moved(vec2(0.0, *down), |scene| scene.clipped(band, |scene| draw(scene, &self.chart)));
        }
    }
}

/// Divides a chart that is taller than a page into pages on which it has this rectangle. On all pages but the first it
/// begins at `top`, below a running head. All in points.
pub(super) fn sheets(chart: &Chart, page: Rect, top: f32) -> Vec<Sheet> {
    let regions = &chart.regions;
    // A pixel above, for lines on the edge.
    let axis = Rangef::new(regions.axis.top() - 1.0, tail_end(chart));
    let footer = Rangef::new(regions.footer.map_or(regions.outer.bottom(), |line| line.top()), regions.outer.bottom());
    let bottom = page.bottom() - footer.span() - axis.span();
    let eras = Rangef::new(regions.eras.top(), regions.lanes.top());
    let heights = [bottom - regions.lanes.top(), bottom - top - eras.span()];
    let slices = chart.slices(heights);
    let sheet = |(index, slice): (usize, &Rangef)| {
        let mut bands = Vec::new();
        let down = if index == 0 {
            bands.push((Rangef::new(regions.outer.top(), slice.max), 0.0));
            0.0
        } else {
            bands.push((eras, top - eras.min));
            let down = top + eras.span() - slice.min;
            bands.push((*slice, down));
            down
        };
        bands.push((axis, down + slice.max - regions.axis.top()));
        bands.push((footer, page.bottom() - regions.outer.bottom()));
        Sheet { chart: Arc::new(chart.slice(*slice)), bands }
    };
    slices.iter().enumerate().map(sheet).collect()
}

/// Returns the y at which what follows the axis ends, except the line of sources.
fn tail_end(chart: &Chart) -> f32 {
    let regions = &chart.regions;
    let below = [regions.outside, regions.overview, regions.legend].into_iter().flatten();
    below.map(|rect| rect.bottom()).fold(regions.axis.bottom(), f32::max)
}
