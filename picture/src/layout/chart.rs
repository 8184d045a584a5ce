//! Places the whole chart.

use std::sync::Arc;

use egui::{Rangef, Rect, Vec2, vec2};

use crate::timeline::{EraIndex, EventIndex, Lane, Timeline};

use super::eras::{self, EraBand};
use super::even_ticks::{self, ticks_of};
use super::fitting::{self, Fitted};
use super::kept_thumbnails::Kept;
use super::labels;
use super::lane_names;
use super::lanes::LaneBox;
use super::left_out::LeftOut;
use super::legend;
use super::measure::{Measure, TextRole};
use super::overflow::{self, Stack};
use super::overview;
use super::packing::Packed;
use super::placed::Chart;
use super::regions::{self, ChartRegions, DENSEST, FittedParts, Needs, Part, Parts, RowSpacing};
use super::request::Request;
use super::scrolling::Scrolling;
use super::series;
use super::thumbnails;
use super::ticks;
use super::view::TimeAxis;

/// Minimum size that a chart is placed in, in points; if the rectangle is smaller, the rest is cut off.
pub(super) const LEAST: Vec2 = vec2(120.0, 80.0);

/// Places the chart.
#[must_use]
pub fn chart(request: Request<'_>, measure: &mut dyn Measure) -> Chart {
    let rect = Rect::from_min_size(request.rect.min, request.rect.size().max(LEAST));
    let request = Request { rect, ..request };
    // What the legend must explain is known only after everything is placed. If the legend needs more lines, place
    // again.
    let mut lines = 1;
    loop {
        let chart = chart_above(lines, request, measure);
        let needed = legend::lines(&chart.legend);
        if needed <= lines {
            return chart;
        }
        lines = needed;
    }
}

/// Returns what the chart needs around its lanes above a legend of the given number of lines, its parts, its axis, and
/// its eras.
pub(super) fn around(
    legend_lines: usize,
    request: Request<'_>,
    measure: &mut dyn Measure,
) -> (Needs, Parts, TimeAxis, Vec<EraBand>) {
    let Request { timeline, projection, view, rect, heading, .. } = request;
    let parts = Parts { overview: request.parts.overview && timeline.has_time(), ..request.parts };
    let gutter = gutter(request, measure);
    let plot = Rangef::new(rect.left() + regions::MARGIN + gutter, rect.right() - regions::MARGIN);
    let axis = TimeAxis { view, left: plot.min, right: plot.max };
    let (bands, era_rows) = eras::place(timeline, axis, (eras::most_rows(rect.height()), request.pinned_era), measure);
    let needs = Needs {
        heading_lines: heading.lines(rect.width() - 2.0 * regions::MARGIN, measure),
        era_rows,
        gutter,
        lanes: projection.lanes().len(),
        series: timeline.series.len(),
        pictures: 0.0,
        legend_lines,
        outside: projection.count(view.interval()) < projection.len(),
    };
    (needs, parts, axis, bands)
}

/// Places the chart above a legend of the given number of lines.
pub(super) fn chart_above(legend_lines: usize, request: Request<'_>, measure: &mut dyn Measure) -> Chart {
    let Request { timeline, projection, view, rect, heading, .. } = request;
    let (mut needs, parts, axis, mut bands) = around(legend_lines, request, measure);
    let (era_rows, gutter, shown) = (needs.era_rows, needs.gutter, view.interval());
    let plot = Rangef::new(axis.left, rect.right() - regions::MARGIN);
    let around = (needs.clone(), parts);
    let FittedParts { parts, given_up, most_lanes } = needs.fit(rect, parts, None);
    let room = ChartRegions::room(rect, parts, &needs);
    let fitted = fitting::fit(request, axis, regions::lanes_room(needs.series, room).min(most_lanes), measure);
    let rows = fitted.rows();
    needs.series = regions::series_shown(needs.series, room, fitted.height());
    let lanes = (rows.as_slice(), fitted.spacing());
    let (mut regions, mut scrolling, given_up) = scrolled(request, lanes, (&mut needs, parts, given_up), around);
    if needs.era_rows < era_rows {
        (bands, _) = eras::place(timeline, axis, (needs.era_rows, request.pinned_era), measure);
    }
    let mut eras = bands;

    for era in &mut eras {
        let down = vec2(0.0, regions.eras.top());
        era.name = era.name.map(|rect| rect.translate(down));
        era.dates = era.dates.map(|rect| rect.translate(down));
    }
    let fitted_spacing = fitted.spacing();
    let Fitted { packed, level, rest } = fitted;
    let heights: Vec<f32> = packed.iter().map(|packed| lane_height(packed, &regions)).collect();
    let stack = if request.scrolls {
        Stack::scrolled(&heights, scrolling.lanes, &regions)
    } else {
        let whole = Stack::whole(&heights, scrolling.lanes, most_lanes, &regions);
        // For the remaining lanes only their number is needed.
        regions.lanes_height = regions.lanes.height();
        scrolling.most = 0.0;
        whole
    };
    let mut lanes = place_lanes(packed, &stack, request, axis, &regions);
    // Where events have no mark, no height is spare.
    let is_whole = most_lanes.is_infinite() && stack.beyond == [0, 0] && scrolling.most == 0.0;
    let is_whole = is_whole && lanes.iter().all(|lane| lane.strip.is_none());
    let around = (is_whole.then_some(&mut needs), parts, fitted_spacing);
    let kept_thumbnails = place_thumbnails(request, axis, around, (&mut regions, &mut lanes, rest.is_some()), measure);
    number_marks(&mut lanes, request.numbered);
    let series = timeline
        .iter_series()
        .skip(scrolling.first_series)
        .zip(&regions.series)
        .map(|((index, series), rect)| series::place(index, series, *rect, axis, measure))
        .collect();
    let overview = regions.overview.map(|rect| {
        let rect = Rect::from_x_y_ranges(plot, rect.y_range());
        overview::place(timeline, projection, view, rect, measure)
    });
    let left_out = LeftOut {
        lanes: stack.beyond,
        series_before: scrolling.first_series,
        eras: outside(timeline, &eras),
        era_names: eras.iter().filter(|era| era.name.is_none()).map(|era| era.index).collect(),
        parts: given_up,
        series: timeline.series.len() - regions.series.len(),
        ..LeftOut::new(projection, shown, &lanes, stack.placed).counted_once(timeline, projection, shown, &lanes)
    };
    let indicators = overflow::indicators(&left_out, axis, &regions, measure);
    let ticks = ticks_of(timeline, axis, gutter, measure);
    let (title, subtitle) = (heading.title.to_owned(), heading.subtitle.to_owned());
    let legend = regions.legend.map(|line| legend::place(&lanes, axis, line, measure)).unwrap_or_default();
    Chart {
        regions,
        title,
        subtitle,
        axis,
        ticks,
        eras,
        lanes,
        continues: false,
        is_further: false,
        series,
        overview,
        legend,
        left_out,
        indicators,
        scrolling,
        row_spacing: level,
        kept_thumbnails,
        rest,
    }
}

/// Returns the eras that have no band.
fn outside(timeline: &Timeline, shown: &[EraBand]) -> Vec<EraIndex> {
    // Both sequences are in the order of the eras.
    let mut shown = shown.iter().map(|era| era.index).peekable();
    timeline.iter_eras().map(|(era, _)| era).filter(|era| shown.next_if_eq(era).is_none()).collect()
}

/// Returns the regions of a chart that may scroll, its scroll state, and the parts that are dropped. `fitted` are the
/// lanes and series in sight before any scrolling, `around` the parts around them when there is room for all.
fn scrolled(
    request: Request<'_>,
    (rows, spacing): (&[usize], RowSpacing),
    (needs, mut parts, mut given_up): (&mut Needs, Parts, Vec<Part>),
    (mut alone, around): (Needs, Parts),
) -> (ChartRegions, Scrolling, Vec<Part>) {
    let rect = request.rect;
    let mut regions = ChartRegions::new(rect, parts, needs, rows, spacing);
    // Room for one series, which takes part of the room of the lanes once it is scrolled to.
    let least = regions::series_height(1) + DENSEST.row + DENSEST.padding;
    let FittedParts { parts: around, given_up: given_up_too, .. } = alone.fit(rect, around, Some(least));
    let has_room = ChartRegions::room(rect, around, &alone) >= least;
    let all = request.timeline.series.len();
    let mut scrolling = Scrolling::new(request.scroll, regions.most_scroll(), needs.series, all, has_room);
    if scrolling.series > needs.series {
        if ChartRegions::room(rect, parts, needs) < least {
            (parts, given_up) = (around, given_up_too);
            *needs = alone;
        }
        needs.series = scrolling.series;
        regions = ChartRegions::new(rect, parts, needs, rows, spacing);
        scrolling.lanes = scrolling.at.min(regions.most_scroll());
    }
    (regions, scrolling, given_up)
}

/// Returns the width of the names at the left.
fn gutter(request: Request<'_>, measure: &mut dyn Measure) -> f32 {
    const VALUES: f32 = 48.0;
    let Request { timeline, projection, rect, .. } = request;
    let lanes = projection.lanes().iter().filter_map(|shown| timeline.lane(shown.lane()));
    let most_width = rect.width() * 0.25;
    let name =
        |lane: &Lane| measure.width(&lane.title, TextRole::Name) + lane_names::lane_indent(timeline, lane, most_width);
    let names = lanes.map(name).fold(0.0, f32::max);
    // An image has no room for more series than this.
    let shown = timeline.series.iter().take(40);
    let heights = [regions::LEAST_PLOT, regions::TALLEST_PLOT];
    let values = shown.map(|series| series::label_room(series, heights, measure).max(VALUES)).fold(0.0, f32::max);
    // A truncated number would be misleading.
    let most = format!("← {}", crate::timeline::number(projection.len() as f64));
    let eras = format!("+{}", timeline.eras.len());
    let counts = [most, eras].map(|count| measure.width(&count, TextRole::Small)).into_iter().fold(0.0, f32::max);
    let zone = if timeline.has_clocks { ticks::zone_room(timeline.zone.name(), most_width, measure) } else { 0.0 };
    let sign = if request.view.scale().is_linear() { 0.0 } else { even_ticks::sign_room(measure) };
    (names.ceil() + 14.0).max(sign).max(values).max(counts.ceil() + 5.0).max(zone).min(most_width).max(24.0)
}

/// Numbers the marks by their events' positions in a sorted list, and puts the numbers before their titles.
fn number_marks(lanes: &mut [LaneBox], numbered: &[EventIndex]) {
    for mark in lanes.iter_mut().flat_map(|lane| &mut lane.marks) {
        let Ok(position) = numbered.binary_search(&mark.event) else { continue };
        mark.number = Some(position + 1);
        if let Some(label) = &mut mark.label {
            label.title.insert_str(0, &labels::raised(position + 1));
        }
    }
}

fn lane_height(packed: &Packed<'_>, regions: &ChartRegions) -> f32 {
    packed.rows() as f32 * regions.row_height + regions.lane_padding
}

fn place_lanes(
    packed: Vec<Packed<'_>>,
    stack: &Stack,
    request: Request<'_>,
    axis: TimeAxis,
    regions: &ChartRegions,
) -> Vec<LaneBox> {
    /// Lanes that are not farther out of sight than this, in points, may be drawn on their way in or out.
    const NEAR: f32 = 100.0;
    let (mut top, names) = (stack.top, stack.names(regions));
    let seen = if request.scrolls { regions.lanes.y_range().expand(NEAR) } else { Rangef::EVERYTHING };
    let lanes = request.projection.lanes().iter().zip(packed).enumerate();
    lanes
        .filter(|(position, _)| stack.placed.contains(position))
        .map(|(_, (lane, packed))| {
            let height = lane_height(&packed, regions);
            let rect = Rect::from_x_y_ranges(regions.lanes.x_range(), top..=top + height);
            top += height;
            let mut lane = packed.placed(lane, request.timeline, (rect, seen), regions.row_height, axis);
            // A name stays in sight as long as part of its lane is.
            let y = lane.name.y_range().intersection(names);
            lane.name = Rect::from_x_y_ranges(lane.name.x_range(), y.min..=y.max.max(y.min));
            if let Some(strip) = &mut lane.strip {
                strip.keep_in_sight(lane.rect, regions.lanes);
            }
            lane
        })
        .collect()
}

/// Places pictures of events in what lanes leave free, and in bands of those for which there is height to spare.
/// `around` is what is around the lanes if all of them are in sight; else no lane has a band.
fn place_thumbnails(
    request: Request<'_>,
    axis: TimeAxis,
    (needs, parts, spacing): (Option<&mut Needs>, Parts, RowSpacing),
    (regions, lanes, is_at_rest): (&mut ChartRegions, &mut [LaneBox], bool),
    measure: &mut dyn Measure,
) -> Option<Arc<Kept>> {
    let spare = if needs.is_some() { regions.spare(lanes.len(), spacing) } else { 0.0 };
    let (row_height, padding) = (regions.row_height, spacing.padding);
    let among = thumbnails::Lanes { all: lanes, row_height, padding, spare, is_at_rest };
    let placed = thumbnails::place(&request, axis, among, measure)?;
    if let Some(needs) = needs.filter(|_| placed.height() > 0.0) {
        needs.pictures = placed.height();
        let rows: Vec<usize> = lanes.iter().map(|lane| lane.rows).collect();
        *regions = ChartRegions::new(request.rect, parts, needs, &rows, spacing);
    }
    let has_bands = placed.height() > 0.0;
    let mut top = regions.lanes.top();
    for ((lane, thumbnails), [above, below]) in lanes.iter_mut().zip(placed.thumbnails).zip(placed.bands) {
        lane.thumbnails = thumbnails;
        if has_bands {
            let rows = lane.rows as f32 * row_height + regions.lane_padding;
            let y = Rangef::new(top + above, top + above + rows);
            lane.move_rows(y, [above, below]);
            top += above + rows + below;
        }
    }
    Some(Arc::new(placed.kept))
}

#[cfg(test)]
mod tests;
