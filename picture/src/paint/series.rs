//! Series: their names, value axes, points and lines.

use egui::{Align, Align2, Color32, Pos2, Rangef, Rect, pos2};

use crate::layout::{ARROW_TIP, MARKER_RADIUS, PlotColumn, PlotLine, PointEnd, SeriesBox, TextRole, UNKNOWN_FADE};
use crate::scene::{Builder, Geometry, Paint, Stroke};
use crate::timeline::{Item, Series};

use super::input::Input;
use super::theme::Theme;
use super::words::{baseline, text, text_on};

/// Draws one series: its name and legend, its value axis, its points.
pub(super) fn series(scene: &mut Builder<'_>, placed: &SeriesBox, input: &Input<'_>) {
    let Some(series) = input.timeline.series_at(placed.series) else { return };
    let color = input.theme.series(series.style);
    header(scene, placed, series, input.color(Item::Series(placed.series), color), input.theme);
    if placed.ticks.is_empty() && placed.is_empty() {
        return;
    }
    extents(scene, placed, color);
    let plot = Plot { input, placed, color };
    scene.clipped(placed.plot, |scene| {
        plot.bands(scene, &placed.columns_apart);
        plot.bands(scene, &placed.columns);
        plot.grid(scene);
    });
    plot.value_labels(scene);
    scene.clipped(placed.plot, |scene| plot.lines(scene));
    plot.points(scene);
    for point in &placed.points {
        if let Some((words, rect)) = &point.label {
            text(scene, rect.left_center(), Align2::LEFT_CENTER, words, (TextRole::Small, input.theme.ink));
        }
    }
}

fn header(scene: &mut Builder<'_>, placed: &SeriesBox, series: &Series, color: Color32, theme: &Theme) {
    let at = placed.header.left_center();
    let name = text(scene, at, Align2::LEFT_CENTER, &series.title, (TextRole::Name, color));
    let legend = std::iter::once(placed.unit.as_str()).chain(placed.remarks.iter().copied());
    let legend = legend.filter(|words| !words.is_empty()).collect::<Vec<_>>().join(" · ");
    let after = name.right() + 10.0;
    let line = (after, baseline(scene, TextRole::Name, at.y));
    text_on(scene, line, Align::Min, &legend, (TextRole::Small, theme.muted), placed.plot.right() - after);
}

/// Draws the extents of values: a value of a whole year is as wide as the year; one with an open end has a tip at the
/// edge, and one with an unknown end fades out.
fn extents(scene: &mut Builder<'_>, placed: &SeriesBox, color: Color32) {
    let tint = Theme::thin(color, 0.18);
    for point in &placed.points {
        let y = Rangef::point(placed.y(point.value)).expand(MARKER_RADIUS);
        let Rangef { min: left, max: right } = placed.plot.x_range();
        let [from, to] = point.ends;
        // Only fades are drawn beyond the known part.
        let fade = |end: PointEnd| if end == PointEnd::Unknown { UNKNOWN_FADE } else { 0.0 };
        let tip = |end: PointEnd| if end == PointEnd::Open { ARROW_TIP } else { 0.0 };
        let whole = point.extent.intersection(placed.plot.x_range());
        if whole.span() <= 2.0 {
            continue;
        }
        let known = Rangef::new(point.extent.min + fade(from), point.extent.max - fade(to));
        let body = Rangef::new(known.min.max(left + tip(from)), known.max.min(right - tip(to)));
        if body.span() > 0.0 {
            let corners = if from == PointEnd::Dated && to == PointEnd::Dated { 3.0 } else { 0.0 };
            scene.rect(Rect::from_x_y_ranges(body, y), corners, tint);
        }
        let clear = Color32::TRANSPARENT;
        for (end, edge, outward, colors) in
            [(from, known.min, -UNKNOWN_FADE, [clear, tint]), (to, known.max, UNKNOWN_FADE, [tint, clear])]
        {
            let x = Rangef::new(edge.min(edge + outward), edge.max(edge + outward)).intersection(placed.plot.x_range());
            if end == PointEnd::Unknown && x.span() > 0.0 {
                scene.gradient(Rect::from_x_y_ranges(x.min.round()..=x.max.round(), y), colors[0], colors[1]);
            }
        }
        for (end, edge, inward) in [(from, left, ARROW_TIP), (to, right, -ARROW_TIP)] {
            if end == PointEnd::Open && known.contains(edge) {
                let base = edge + inward;
                scene.polygon(vec![pos2(edge, y.center()), pos2(base, y.min), pos2(base, y.max)], tint);
            }
        }
    }
}

/// The plot of one series.
struct Plot<'a> {
    input: &'a Input<'a>,
    placed: &'a SeriesBox,
    color: Color32,
}

impl Plot<'_> {
    /// Returns the x of a moment, in points; `offset` is in seconds from the left edge of the view.
    fn x(&self, offset: f64) -> f32 {
        let axis = self.input.chart.axis;
        axis.left + (offset / axis.seconds_per_point()) as f32
    }

    fn at(&self, [offset, value]: [f64; 2]) -> Pos2 {
        pos2(self.x(offset), self.placed.y(value))
    }

    /// Draws the range of values of each column; columns without adjacent ones are drawn as a bar.
    fn bands(&self, scene: &mut Builder<'_>, columns: &[PlotColumn]) {
        let tint = Theme::thin(self.color, 0.3);
        let y = |column: &PlotColumn| Rangef::new(self.placed.y(column.high.0), self.placed.y(column.low.0));
        for run in columns.chunk_by(|_, next| next.follows) {
            if let [alone] = run {
                let at = self.x(alone.offset);
                let bar = Rect::from_x_y_ranges(Rangef::point(at).expand(1.0), y(alone).expand(1.0));
                scene.rect(bar, 0.0, self.color);
                continue;
            }
            let samples = run.iter().map(|column| (self.x(column.offset), y(column))).collect();
            scene.path(Geometry::Band(samples), Some(Paint::Solid(tint)), None);
        }
    }

    /// Draws a line at each value tick.
    fn grid(&self, scene: &mut Builder<'_>) {
        let line = |value: f64| {
            let y = Rangef::point(scene.to_pixel_center(self.placed.y(value))).expand(0.5);
            Rect::from_x_y_ranges(self.placed.plot.x_range(), y)
        };
        let lines = self.placed.ticks.iter().map(|tick| line(tick.value)).collect();
        scene.rects(lines, self.input.theme.grid_strong);
    }

    /// Draws the labels of the value ticks, left of the plot.
    fn value_labels(&self, scene: &mut Builder<'_>) {
        const MARGIN: f32 = 4.0;
        for tick in &self.placed.ticks {
            let at = pos2(self.placed.plot.left() - MARGIN, self.placed.y(tick.value));
            let look = (TextRole::Small, self.input.theme.muted);
            text(scene, at, Align2::RIGHT_CENTER, &tick.label, look);
        }
    }

    /// Draws consecutive solid lines as one; lines over gaps in measurement are dashed.
    fn lines(&self, scene: &mut Builder<'_>) {
        let joined = |before: &PlotLine, next: &PlotLine| !before.is_gap && !next.is_gap && before.to == next.from;
        let width = if self.placed.columns.is_empty() { 2.0 } else { 1.5 };
        for run in self.placed.lines.chunk_by(joined) {
            let Some(first) = run.first() else { continue };
            let points = std::iter::once(first.from).chain(run.iter().map(|line| line.to));
            let stroke = if first.is_gap {
                Stroke::dashed(1.5, Theme::outline(self.color), 6.0, 4.0)
            } else {
                Stroke::new(width, self.color)
            };
            scene.line(points.map(|point| self.at(point)).collect(), stroke);
        }
    }

    /// Draws a ring at each point in view, unclipped at the edges of the plot.
    fn points(&self, scene: &mut Builder<'_>) {
        let share = if self.placed.points.len() > 60 { 0.35 } else { 0.6 };
        let radius = MARKER_RADIUS * share;
        let shown = self.placed.plot.x_range().expand(0.5);
        for point in &self.placed.points {
            let at = self.at([point.offset, point.value]);
            if !shown.contains(at.x) {
                continue;
            }
            scene.circle(at, radius, Some(self.input.theme.paper), Some(Stroke::new(2.0, self.color)));
        }
    }
}
