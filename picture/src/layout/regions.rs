//! Division of the chart rectangle: title, eras, lanes, series, axis, overview, source line.

use egui::{Rangef, Rect};

use super::labels::Setting;

/// Free space around the chart, in points.
pub(super) const MARGIN: f32 = 20.0;
const TITLE: f32 = 32.0;
const SUBTITLE: f32 = 22.0;
/// Line heights of title and subtitle.
const HEADING_LINES: [f32; 2] = [28.0, 18.0];
/// Height of a row of era names.
pub(super) const ERA_ROW: f32 = 26.0;
/// Height of a line that counts what is not in the image.
pub(super) const INDICATOR_LINE: f32 = 16.0;
const AXIS: f32 = 44.0;
const OVERVIEW: f32 = 42.0;
const FOOTER: f32 = 30.0;
const LEGEND: f32 = 26.0;
/// Line height of the legend.
pub(super) const LEGEND_LINE: f32 = 20.0;
/// Height of the line that counts what is outside the view.
const OUTSIDE: f32 = 18.0;
/// Number of lanes that get a row each as long as other parts can be dropped for them.
const LEAST_LANES: usize = 3;
/// Height of the line above a plot that names it.
pub(super) const SERIES_HEADER: f32 = 26.0;
/// Minimum height of a plot; a lower one would not be readable.
pub(super) const LEAST_PLOT: f32 = 54.0;
pub(super) const TALLEST_PLOT: f32 = 190.0;
const TALLEST_LANE: f32 = 72.0;
/// The share of the room that lanes keep however many series there are.
const LEAST_SHARE: f32 = 0.55;

/// The parts that the image has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parts {
    /// Title and subtitle above the chart.
    pub title: bool,
    /// The strip with the whole document, below the chart.
    pub overview: bool,
    /// The lines that explain shapes, above the overview.
    pub legend: bool,
    /// The line that names the sources, at the bottom.
    pub source_line: bool,
}

/// A part around the lanes that is dropped from a small image.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The lines that explain shapes.
    Legend,
    /// The line under the title.
    Subtitle,
    /// The strip with the whole document.
    Overview,
    /// The title.
    Title,
    /// The line that names the sources.
    SourceLine,
}

impl Part {
    /// Returns its name.
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Legend => "the legend",
            Self::Subtitle => "the line under the headline",
            Self::Overview => "the overview",
            Self::Title => "the headline",
            Self::SourceLine => "the sources",
        }
    }
}

/// The parts of the chart, in points.
#[derive(Clone, Debug, PartialEq)]
pub struct ChartRegions {
    /// The whole chart.
    pub outer: Rect,
    /// Title line; empty if there is none.
    pub title: Rect,
    /// Subtitle line; empty if there is none.
    pub subtitle: Rect,
    /// Maximum number of lines of title and subtitle.
    pub heading_lines: [usize; 2],
    /// x range of everything that is placed in time.
    pub plot: Rangef,
    /// The era names, above the lanes.
    pub eras: Rect,
    /// The visible part of the lanes.
    pub lanes: Rect,
    /// Height of all lanes; if greater than that of `lanes`, they scroll.
    pub lanes_height: f32,
    /// Height of a row in a lane.
    pub row_height: f32,
    /// Free space of a lane above and below its rows, in total.
    pub lane_padding: f32,
    /// Names and plots of the series.
    pub series: Vec<Rect>,
    /// Tick labels.
    pub axis: Rect,
    /// The line that counts what is outside the view, if there is no overview to show it beside.
    pub outside: Option<Rect>,
    /// The strip with the whole document.
    pub overview: Option<Rect>,
    /// The legend.
    pub legend: Option<Rect>,
    /// The source line.
    pub footer: Option<Rect>,
}

/// The row spacing of the lanes.
#[derive(Clone, Copy, Debug)]
pub(super) struct RowSpacing {
    /// Height of a row, in points.
    pub(super) row: f32,
    /// Free space of a lane above and below its rows in total, in points.
    pub(super) padding: f32,
    /// How labels are laid out.
    pub(super) setting: Setting,
}

/// Row spacings from roomy to dense.
pub(super) const ROW_SPACINGS: [RowSpacing; 4] = [
    RowSpacing { row: 42.0, padding: 10.0, setting: Setting::TwoLines },
    RowSpacing { row: 33.0, padding: 8.0, setting: Setting::TwoLines },
    RowSpacing { row: 20.0, padding: 8.0, setting: Setting::OneLine },
    DENSEST,
];

/// The densest row spacing, the last of [`ROW_SPACINGS`].
pub(super) const DENSEST: RowSpacing = RowSpacing { row: 17.0, padding: 8.0, setting: Setting::OneLine };

/// What the regions must provide room for.
#[derive(Clone)]
pub(super) struct Needs {
    /// Number of lines of title and subtitle.
    pub(super) heading_lines: [usize; 2],
    pub(super) era_rows: usize,
    /// Width of the names at the left.
    pub(super) gutter: f32,
    /// Number of lanes.
    pub(super) lanes: usize,
    /// Number of series shown.
    pub(super) series: usize,
    /// Height of the bands of lanes with pictures, in points.
    pub(super) pictures: f32,
    /// Number of lines of the legend, if there is one.
    pub(super) legend_lines: usize,
    /// Whether anything outside the view must be counted.
    pub(super) outside: bool,
}

impl Needs {
    /// Drops parts around the lanes, the least informative first, until the lanes have a minimum of room, or until
    /// lanes and series have the given height, in points.
    pub(super) fn fit(&mut self, outer: Rect, mut parts: Parts, height: Option<f32>) -> FittedParts {
        let lane = DENSEST.row + DENSEST.padding;
        let counted = if self.lanes > LEAST_LANES { INDICATOR_LINE + 4.0 } else { 0.0 };
        let lanes = self.lanes.min(LEAST_LANES) as f32 * lane + counted;
        let wanted = if self.lanes == 0 { series_height(self.series.min(1)) } else { lanes };
        let mut given_up = Vec::new();
        let mut most_lanes = f32::INFINITY;
        for step in 0..=8 {
            // Title and source line are dropped only if not even one lane would have room.
            let enough = height.unwrap_or(if step < 7 { wanted } else { wanted.min(lane + counted) });
            if ChartRegions::room(outer, parts, self) >= enough {
                break;
            }
            most_lanes = enough;
            let [title, subtitle] = &mut self.heading_lines;
            let has_title = parts.title;
            match step {
                0 if std::mem::take(&mut parts.legend) => given_up.push(Part::Legend),
                1 => *subtitle = 1.min(*subtitle),
                2 => self.era_rows = self.era_rows.min(2),
                3 => self.era_rows = self.era_rows.min(1),
                4 if std::mem::take(subtitle) > 0 && has_title => given_up.push(Part::Subtitle),
                5 => *title = 1.min(*title),
                6 if std::mem::take(&mut parts.overview) => given_up.push(Part::Overview),
                7 if std::mem::take(&mut parts.title) && *title > 0 => given_up.push(Part::Title),
                8 if std::mem::take(&mut parts.source_line) => given_up.push(Part::SourceLine),
                _ => {}
            }
        }
        FittedParts { parts, given_up, most_lanes }
    }
}

/// The parts for which there is room.
pub(super) struct FittedParts {
    pub(super) parts: Parts,
    /// The parts dropped entirely.
    pub(super) given_up: Vec<Part>,
    /// The height that lanes use at most, in points. Where a part is dropped the lanes use no more than they have at the
    /// least height that has room for it, so that a slightly higher chart does not show fewer titles.
    pub(super) most_lanes: f32,
}

/// Returns the height for the lanes above so many series, in points: what the series leave, but not less than a little
/// more than half of the room. It grows with the room, without steps.
pub(super) fn lanes_room(series: usize, room: f32) -> f32 {
    (room - series_height(series)).max(room * LEAST_SHARE)
}

/// Returns the number of series shown below lanes that need this height at the densest spacing: all if all fit;
/// otherwise the lanes keep slightly more than half of the room, and the axis always keeps its place.
pub(super) fn series_shown(series: usize, room: f32, lanes_need: f32) -> usize {
    if series_height(series) + lanes_need <= room {
        return series;
    }
    let left = room - lanes_need.min(room * LEAST_SHARE);
    series.min((left / series_height(1)).max(0.0) as usize)
}

impl ChartRegions {
    /// Returns the maximum scroll offset of the lanes, in points.
    pub(super) fn most_scroll(&self) -> f32 {
        let more = self.lanes_height - self.lanes.height();
        // Less than a point is a rounding error.
        if more > 1.0 { more } else { 0.0 }
    }

    /// Returns the height that pictures in lanes may take, in points: what the rows do not need, and what plots have beyond
    /// a height at which they are read well.
    pub(super) fn spare(&self, lanes: usize, spacing: RowSpacing) -> f32 {
        const PLOT: f32 = 110.0;
        let beyond = |plot: &Rect| (plot.height() - SERIES_HEADER - PLOT).max(0.0);
        let plots: f32 = self.series.iter().map(beyond).sum();
        (self.lane_padding - spacing.padding).max(0.0) * lanes as f32 + plots
    }

    /// Returns the height left for lanes and series, regardless of their content.
    pub(super) fn room(outer: Rect, parts: Parts, needs: &Needs) -> f32 {
        outer.height() - fixed_height(parts, needs)
    }

    /// Divides the rectangle. `rows` are the rows of each lane, `spacing` is an entry of [`ROW_SPACINGS`].
    pub(super) fn new(outer: Rect, parts: Parts, needs: &Needs, rows: &[usize], spacing: RowSpacing) -> Self {
        let room = Self::room(outer, parts, needs);
        let RowSpacing { row: row_height, padding, .. } = spacing;
        let lanes_least = lanes_height(rows, spacing);
        let series_least = needs.series as f32 * (SERIES_HEADER + LEAST_PLOT);
        let spare = (room - lanes_least - needs.pictures - series_least).max(0.0);

        // Spare height goes to the plots and to the lanes in turn until they are tall enough, then to the plots, or to
        // the lanes if there are no plots.
        let lane_count = rows.len().max(1) as f32;
        let plots_want = needs.series as f32 * (TALLEST_PLOT - LEAST_PLOT);
        let lanes_want = rows.iter().map(|&n| (TALLEST_LANE - n as f32 * row_height - padding).max(0.0)).sum::<f32>();
        let wanted = plots_want + lanes_want;
        let granted = if wanted > 0.0 { (spare / wanted).min(1.0) } else { 0.0 };
        let left_over = (spare - wanted).max(0.0);
        let to_lanes = lanes_want * granted + if needs.series == 0 { left_over } else { 0.0 };
        let to_plots = plots_want * granted + if needs.series > 0 { left_over } else { 0.0 };
        let lane_padding = padding + to_lanes / lane_count;
        let lanes_height = lanes_least + needs.pictures + to_lanes;
        let plot_height =
            if needs.series > 0 { SERIES_HEADER + LEAST_PLOT + to_plots / needs.series as f32 } else { 0.0 };
        let lanes_shown = lanes_height.min((room - needs.series as f32 * plot_height).max(row_height + padding));

        let inner = outer.shrink2(egui::vec2(MARGIN, 0.0));
        let mut top = outer.top() + MARGIN / 2.0;
        let mut take = |height: f32| {
            let rect = Rect::from_x_y_ranges(inner.x_range(), top..=top + height);
            top += height;
            rect
        };
        let [title, subtitle] = heading_heights(parts, needs).map(&mut take);
        take(8.0);
        let eras = take(needs.era_rows as f32 * ERA_ROW);
        let lanes = take(lanes_shown);
        let series = (0..needs.series).map(|_| take(plot_height)).collect();
        let axis = take(AXIS);
        let outside = has_outside(parts, needs).then(|| take(OUTSIDE));
        let overview = parts.overview.then(|| take(OVERVIEW));
        let legend = parts.legend.then(|| take(legend_height(needs)));
        let footer = parts
            .source_line
            .then(|| Rect::from_x_y_ranges(inner.x_range(), outer.bottom() - FOOTER..=outer.bottom() - 4.0));
        let plot = Rangef::new(inner.left() + needs.gutter, inner.right());
        Self {
            outer,
            title,
            subtitle,
            heading_lines: needs.heading_lines,
            plot,
            eras,
            lanes,
            lanes_height,
            row_height,
            lane_padding,
            series,
            axis,
            outside,
            overview,
            legend,
            footer,
        }
    }
}

fn fixed_height(parts: Parts, needs: &Needs) -> f32 {
    let title: f32 = heading_heights(parts, needs).iter().sum();
    let overview = if parts.overview { OVERVIEW + 6.0 } else { 0.0 };
    let legend = if parts.legend { legend_height(needs) } else { 0.0 };
    let footer = if parts.source_line { FOOTER } else { 8.0 };
    let outside = if has_outside(parts, needs) { OUTSIDE } else { 0.0 };
    MARGIN / 2.0 + title + 8.0 + needs.era_rows as f32 * ERA_ROW + AXIS + outside + overview + legend + footer
}

/// Returns whether what is outside the view is counted in a line of its own.
fn has_outside(parts: Parts, needs: &Needs) -> bool {
    needs.outside && !parts.overview
}

/// Returns the heights of title and subtitle.
fn heading_heights(parts: Parts, needs: &Needs) -> [f32; 2] {
    let [title, subtitle] = needs.heading_lines;
    let [between, between_small] = HEADING_LINES;
    let height = |lines: usize, one: f32, between: f32| {
        if lines == 0 || !parts.title { 0.0 } else { one + (lines - 1) as f32 * between }
    };
    [height(title, TITLE, between), height(subtitle, SUBTITLE, between_small)]
}

fn legend_height(needs: &Needs) -> f32 {
    LEGEND + needs.legend_lines.saturating_sub(1) as f32 * LEGEND_LINE
}

/// Returns the height that the lanes need at a spacing.
pub(super) fn lanes_height(rows: &[usize], spacing: RowSpacing) -> f32 {
    rows.iter().map(|&rows| rows as f32 * spacing.row + spacing.padding).sum::<f32>()
}

/// Returns the minimum height of the series.
pub(super) fn series_height(series: usize) -> f32 {
    series as f32 * (SERIES_HEADER + LEAST_PLOT)
}
