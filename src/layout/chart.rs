//! Places the whole chart.

use egui::{Rangef, Rect, Vec2, vec2};

use crate::query::ShownLane;
use crate::timeline::{EraIndex, EventIndex, Lane, Timeline};

use super::arrangement::Arrangement;
use super::eras::{self, EraBand};
use super::even_ticks::{self, ticks_of};
use super::labels;
use super::lane_names;
use super::lanes::{LaneBox, STRIP};
use super::left_out::LeftOut;
use super::legend;
use super::measure::{Measure, TextRole};
use super::overflow::{self, Stack};
use super::overview;
use super::packing::{self, MOST_ROWS, Packed, Packing};
use super::placed::Chart;
use super::regions::{self, ChartRegions, DENSEST, Needs, Part, Parts, ROW_SPACINGS, RowSpacing};
use super::request::Request;
use super::scrolling::Scrolling;
use super::series;
use super::ticks;
use super::view::TimeAxis;

/// Minimum size that a chart is placed in, in points; if the rectangle is smaller, the rest is cut off.
const LEAST: Vec2 = vec2(120.0, 80.0);

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

/// Places the chart above a legend of the given number of lines.
fn chart_above(legend_lines: usize, request: Request<'_>, measure: &mut dyn Measure) -> Chart {
    let Request { timeline, projection, view, rect, heading, .. } = request;
    let has_heading = !(heading.title.is_empty() && heading.subtitle.is_empty());
    let parts = Parts {
        title: request.parts.title && has_heading,
        overview: request.parts.overview && timeline.has_time(),
        ..request.parts
    };
    let gutter = gutter(request, measure);
    let plot = Rangef::new(rect.left() + regions::MARGIN + gutter, rect.right() - regions::MARGIN);
    let axis = TimeAxis { view, left: plot.min, right: plot.max.max(plot.min + 1.0) };
    let shown = view.interval();
    let (mut bands, era_rows) =
        eras::place(timeline, axis, (eras::most_rows(rect.height()), request.pinned_era), measure);
    let mut needs = Needs {
        heading_lines: heading.lines(rect.width() - 2.0 * regions::MARGIN, measure),
        era_rows,
        gutter,
        strips: 0.0,
        lanes: projection.lanes().len(),
        series: timeline.series.len(),
        legend_lines,
        outside: projection.count(shown) < projection.len(),
    };
    let around = (needs.clone(), parts);
    let (parts, given_up) = needs.fit(rect, parts, None);
    let room = ChartRegions::room(rect, parts, &needs);
    let (packed, level) = pack_lanes(request, axis, room - regions::series_height(needs.series), measure);
    let spacing = ROW_SPACINGS.get(level).copied().unwrap_or(DENSEST);
    let rows = rows_of(&packed);
    needs.strips = strips_of(&packed);
    needs.series = regions::series_shown(needs.series, room, regions::lanes_height(&rows, needs.strips, spacing));
    let lanes = (rows.as_slice(), spacing);
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
    let heights: Vec<f32> = packed.iter().map(|packed| lane_height(packed, &regions)).collect();
    let stack = if request.scrolls {
        Stack::scrolled(&heights, scrolling.lanes, &regions)
    } else {
        let whole = Stack::whole(&heights, scrolling.lanes, &regions);
        // For the remaining lanes only their number is needed.
        regions.lanes_height = regions.lanes.height();
        scrolling.most = 0.0;
        whole
    };
    let mut lanes = place_lanes(packed, &stack, request, axis, &regions);
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
        series,
        overview,
        legend,
        left_out,
        indicators,
        scrolling,
        row_spacing: level,
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
    let (around, given_up_too) = alone.fit(rect, around, Some(least));
    let has_room = ChartRegions::room(rect, around, &alone) >= least;
    let all = request.timeline.series.len();
    let mut scrolling = Scrolling::new(request.scroll, regions.most_scroll(), needs.series, all, has_room);
    if scrolling.series > needs.series {
        if ChartRegions::room(rect, parts, needs) < least {
            (parts, given_up) = (around, given_up_too);
            *needs = Needs { strips: needs.strips, ..alone };
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

/// Packs the lanes at the roomiest spacing that fits the height; also returns its index in [`ROW_SPACINGS`].
fn pack_lanes<'t>(
    request: Request<'t>,
    axis: TimeAxis,
    room: f32,
    measure: &mut dyn Measure,
) -> (Vec<Packed<'t>>, usize) {
    const ROOMY: usize = 0;
    const TIGHT: usize = 1;
    const DENSE: usize = 2;
    let Request { timeline, projection, scrolls, pinned, arrangement, .. } = request;
    let number = match request.numbered.len() {
        0 => 0.0,
        last => measure.width(&labels::raised(widest_number(last)), TextRole::Label),
    };
    let lanes = projection.lanes().len();
    let share = room / lanes.max(1) as f32 - STRIP;
    // The number of titles that fit in a few rows; more could not be told apart.
    let in_a_row = ((axis.right - axis.left) / 110.0).max(2.0);
    let counts: Vec<usize> = projection.lanes().iter().map(|lane| lane.index().count(axis.view.interval())).collect();
    let mut pack = |level: usize, must_fit: bool, arrangement: &Arrangement| -> Vec<Packed<'t>> {
        let RowSpacing { row, padding, setting } = ROW_SPACINGS.get(level).copied().unwrap_or(DENSEST);
        let equal = (((share - padding) / row) as usize).clamp(1, MOST_ROWS);
        // On a page, lanes that need few rows leave the rest to the others; in a window, rows would appear and
        // disappear with the events of other lanes.
        let strips = counts.iter().filter(|count| **count > 1).count() as f32 * STRIP;
        let all = ((room - strips - padding * lanes as f32) / row).max(0.0) as usize;
        let rows = if scrolls { vec![equal; lanes] } else { shared_rows(&counts, all) };
        let pack = |(lane, rows): (&'t ShownLane, usize)| {
            let most_marks = ((in_a_row * rows as f32 * 1.5) as usize).clamp(12, 160);
            let packing = Packing { axis, setting, most_marks, rows, must_fit, pinned, arrangement, number };
            packing::pack(timeline, lane, packing, measure)
        };
        projection.lanes().iter().zip(rows).map(pack).collect()
    };
    let height = |packed: &[Packed<'_>], level: usize| {
        let spacing = ROW_SPACINGS.get(level).copied().unwrap_or(DENSEST);
        regions::lanes_height(&rows_of(packed), strips_of(packed), spacing)
    };
    let fits = in_a_row * (share / ROW_SPACINGS[ROOMY].row).max(1.0);
    if counts.iter().any(|count| *count as f32 > fits * 1.5) {
        let packed = pack(DENSE, !scrolls, arrangement);
        let fits = scrolls || arrangement.is_empty() || height(&packed, DENSE) <= room;
        return (if fits { packed } else { pack(DENSE, true, &Arrangement::default()) }, DENSE);
    }
    let two_lines = pack(ROOMY, false, arrangement);
    for level in [ROOMY, TIGHT] {
        // Hysteresis: rows become roomier only if that leaves spare room, so that they do not alternate between two
        // spacings.
        let room = if level < arrangement.row_spacing() { room * 0.8 } else { room };
        if height(&two_lines, level) <= room {
            return (two_lines, level);
        }
    }
    let one_line = pack(DENSE, false, arrangement);
    if scrolls || height(&one_line, DENSE) <= room {
        return (one_line, DENSE);
    }
    // A page cannot be scrolled to the rows that a window has, so rows are assigned anew.
    let fitted = pack(DENSE, true, &Arrangement::default());
    let (whole, cut) = (height(&one_line, DENSE), height(&fitted, DENSE));
    // Events go to strips only if that leaves room for more series, or if the lanes alone do not fit.
    let series = timeline.series.len();
    let total = room + regions::series_height(series);
    let shown = |lanes: f32| regions::series_shown(series, total, lanes);
    let in_vain = whole + regions::series_height(shown(whole)) <= total && shown(cut) <= shown(whole);
    (if cut < whole && !in_vain { fitted } else { one_line }, DENSE)
}

/// Distributes rows among lanes with these event counts: each lane gets at least one row and no more than it has
/// events; unused rows go to lanes that have more events.
fn shared_rows(counts: &[usize], all: usize) -> Vec<usize> {
    let mut by_count: Vec<(usize, usize)> =
        counts.iter().copied().enumerate().map(|(lane, count)| (count, lane)).collect();
    by_count.sort_unstable();
    let (mut left, mut lanes_left) = (all, counts.len());
    let mut rows = vec![1; counts.len()];
    for (count, lane) in by_count {
        let given = (left / lanes_left.max(1)).min(count).clamp(1, MOST_ROWS);
        left = left.saturating_sub(given);
        lanes_left -= 1;
        if let Some(rows) = rows.get_mut(lane) {
            *rows = given;
        }
    }
    rows
}

/// Returns a number as wide as any up to `last`.
fn widest_number(last: usize) -> usize {
    last.to_string().bytes().fold(0, |number, _| number * 10 + 8)
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

fn rows_of(packed: &[Packed<'_>]) -> Vec<usize> {
    packed.iter().map(Packed::rows).collect()
}

fn strips_of(packed: &[Packed<'_>]) -> f32 {
    packed.iter().map(Packed::strip_height).sum()
}

fn lane_height(packed: &Packed<'_>, regions: &ChartRegions) -> f32 {
    packed.rows() as f32 * regions.row_height + packed.strip_height() + regions.lane_padding
}

fn place_lanes(
    packed: Vec<Packed<'_>>,
    stack: &Stack,
    request: Request<'_>,
    axis: TimeAxis,
    regions: &ChartRegions,
) -> Vec<LaneBox> {
    let (mut top, names) = (stack.top, stack.names(regions));
    let lanes = request.projection.lanes().iter().zip(packed).enumerate();
    lanes
        .filter(|(position, _)| stack.placed.contains(position))
        .map(|(_, (lane, packed))| {
            let height = lane_height(&packed, regions);
            let rect = Rect::from_x_y_ranges(regions.lanes.x_range(), top..=top + height);
            top += height;
            let mut lane = packed.placed(lane, request.timeline, rect, regions.row_height, axis);
            // A name stays in sight as long as part of its lane is.
            let y = lane.name.y_range().intersection(names);
            lane.name = Rect::from_x_y_ranges(lane.name.x_range(), y.min..=y.max.max(y.min));
            lane
        })
        .collect()
}

#[cfg(test)]
mod tests;
