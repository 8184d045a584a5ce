//! Series plots, by `egui_plot`, on the chart's own x mapping.

use egui::epaint::{BandPoint, BandShape};
use egui::{Align, Align2, Color32, Rangef, Rect, Sense, Shape, Stroke, UiBuilder, pos2};
use egui_plot::{GridMark, HoverPosition, Line, LineStyle, MarkerShape, Plot, PlotPoints, Points};

use crate::layout::{
    ARROW_TIP, Chart, MARKER_RADIUS, PlotColumn, PlotLine, PointEnd, SeriesBox, TextRole, UNKNOWN_FADE,
};
use crate::timeline::{Figure, Item, Quantity, Series, Timeline, number, preposition};

use super::chart::{Emphasis, Painted, baseline, text, text_on};
use super::marks::gradient;
use super::theme::Theme;

/// Draws one series: its name and legend, its value axis, its points.
pub(super) fn series(
    ui: &mut egui::Ui,
    chart: &Chart,
    placed: &SeriesBox,
    timeline: &Timeline,
    emphasis: Emphasis<'_>,
    theme: &Theme,
    parts: &mut Painted,
) {
    let Some(series) = timeline.series_at(placed.series) else { return };
    let color = theme.series(series.style);
    let name_color = emphasis.color(Item::Series(placed.series), color, theme);
    header(ui.painter(), placed, series, name_color, theme);
    if placed.ticks.is_empty() && placed.is_empty() {
        return;
    }
    extents(ui.painter(), placed, color);
    bands(ui.painter(), chart, placed, &placed.columns_apart, color);
    bands(ui.painter(), chart, placed, &placed.columns, color);
    let on = ui.painter().clone();
    // Its only texts are those of the value axis, which stand left of it.
    parts.anchored(&on, egui::Align::Max, || plot(ui, chart, placed, series, color, theme));
    for point in &placed.points {
        if let Some((words, rect)) = &point.label {
            text(ui.painter(), rect.left_center(), Align2::LEFT_CENTER, words, TextRole::Small, theme.ink);
        }
    }
}

fn header(painter: &egui::Painter, placed: &SeriesBox, series: &Series, color: Color32, theme: &Theme) {
    let at = placed.header.left_center();
    let name = text(painter, at, Align2::LEFT_CENTER, &series.title, TextRole::Name, color);
    let legend = std::iter::once(placed.unit.as_str()).chain(placed.remarks.iter().copied());
    let legend = legend.filter(|words| !words.is_empty()).collect::<Vec<_>>().join(" · ");
    let after = name.right() + 10.0;
    let line = (after, baseline(painter, TextRole::Name, at.y));
    text_on(painter, line, Align::Min, &legend, (TextRole::Small, theme.muted), placed.plot.right() - after);
}

/// A value of a whole year is as wide as the year; one that holds on has a tip at the edge, and one whose end is not known
/// fades out.
fn extents(painter: &egui::Painter, placed: &SeriesBox, color: Color32) {
    let tint = Theme::thin(color, 0.18);
    for point in &placed.points {
        let y = Rangef::point(placed.y(point.value)).expand(MARKER_RADIUS);
        let Rangef { min: left, max: right } = placed.plot.x_range();
        let [from, to] = point.ends;
        // Only what fades stands beyond what is known.
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
            painter.add(Shape::rect_filled(Rect::from_x_y_ranges(body, y), corners, tint));
        }
        let clear = Theme::thin(color, 0.0);
        for (end, edge, outward, colors) in
            [(from, known.min, -UNKNOWN_FADE, [clear, tint]), (to, known.max, UNKNOWN_FADE, [tint, clear])]
        {
            let x = Rangef::new(edge.min(edge + outward), edge.max(edge + outward)).intersection(placed.plot.x_range());
            if end == PointEnd::Unknown && x.span() > 0.0 {
                painter.add(gradient(Rect::from_x_y_ranges(x.min.round()..=x.max.round(), y), colors[0], colors[1]));
            }
        }
        for (end, edge, inward) in [(from, left, ARROW_TIP), (to, right, -ARROW_TIP)] {
            if end == PointEnd::Open && known.contains(edge) {
                let base = edge + inward;
                let corners = vec![pos2(edge, y.center()), pos2(base, y.min), pos2(base, y.max)];
                painter.add(Shape::convex_polygon(corners, tint, Stroke::NONE));
            }
        }
    }
}

/// From the lowest to the highest value of each column; columns without others beside them have a line.
fn bands(painter: &egui::Painter, chart: &Chart, placed: &SeriesBox, columns: &[PlotColumn], color: Color32) {
    let seconds_per_point = chart.axis.seconds_per_point();
    let clip = painter.with_clip_rect(placed.plot.intersect(painter.clip_rect()));
    let x = |seconds: f64| chart.axis.left + (seconds / seconds_per_point) as f32;
    let tint = Theme::thin(color, 0.3);
    for run in columns.chunk_by(|_, next| next.follows) {
        let y = |column: &PlotColumn| Rangef::new(placed.y(column.high.0), placed.y(column.low.0));
        if let [alone] = run {
            let y = y(alone);
            let at = x(alone.offset);
            let bar = Rect::from_x_y_ranges(Rangef::point(at).expand(1.0), y.expand(1.0));
            clip.rect_filled(bar, 0.0, color);
            continue;
        }
        let samples = run.iter().map(|column| BandPoint { x: x(column.offset), y: y(column) });
        clip.add(Shape::Band(BandShape::filled(samples.collect(), tint)));
    }
}

fn plot(ui: &mut egui::Ui, chart: &Chart, placed: &SeriesBox, series: &Series, color: Color32, theme: &Theme) {
    let mut ui = ui.new_child(UiBuilder::new().id_salt(("series", placed.series)).max_rect(placed.plot));
    let span = chart.axis.view.span();
    value_labels(ui.painter(), placed, theme);
    let response = Plot::new(("plot", placed.series))
        .width(placed.plot.width())
        .height(placed.plot.height())
        .show_background(false)
        // An axis of the plot's own is as wide as it was in the frame before.
        .show_axes([false, false])
        .show_grid([false, true])
        .y_grid_spacer(|_| grid(placed))
        .grid_spacing(0.0..=1.0)
        .grid_color(theme.grid_strong)
        .set_margin_fraction(egui::Vec2::ZERO)
        .allow_zoom(false)
        .allow_drag(false)
        .allow_scroll(false)
        .allow_boxed_zoom(false)
        .allow_double_click_reset(false)
        .show_crosshair(false)
        .sense(Sense::hover())
        .label_formatter(|hover| readout(hover, placed, series))
        .show(&mut ui, |plot| {
            plot.set_plot_bounds_x(0.0..=span);
            plot.set_plot_bounds_y(placed.bounds.0..=placed.bounds.1);
            lines(plot, placed, color);
            points(plot, placed, series, color, theme);
        });
    debug_assert!(
        (response.transform.frame().left() - placed.plot.left()).abs() < 0.51,
        "the plot begins at {} and the view at {}",
        response.transform.frame().left(),
        placed.plot.left()
    );
}

/// Writes the value ticks, left of the plot.
fn value_labels(painter: &egui::Painter, placed: &SeriesBox, theme: &Theme) {
    const MARGIN: f32 = 4.0;
    for tick in &placed.ticks {
        let at = egui::pos2(placed.plot.left() - MARGIN, placed.y(tick.value));
        text(painter, at, Align2::RIGHT_CENTER, &tick.label, TextRole::Small, theme.muted);
    }
}

fn grid(placed: &SeriesBox) -> Vec<GridMark> {
    // The layout has kept them apart: none is left out for its neighbours.
    let step = placed.bounds.1 - placed.bounds.0;
    placed.ticks.iter().map(|tick| GridMark { value: tick.value, step_size: step }).collect()
}

/// Solid lines that follow on one another are one; over what was not measured a line is dashed.
fn lines<'a>(plot: &mut egui_plot::PlotUi<'a>, placed: &'a SeriesBox, color: Color32) {
    let joined = |before: &PlotLine, next: &PlotLine| !before.is_gap && !next.is_gap && before.to == next.from;
    let width = if placed.columns.is_empty() { 2.0 } else { 1.5 };
    for run in placed.lines.chunk_by(joined) {
        let Some(first) = run.first() else { continue };
        let points: Vec<[f64; 2]> = std::iter::once(first.from).chain(run.iter().map(|line| line.to)).collect();
        let (style, stroke) = if first.is_gap {
            (LineStyle::Dashed { length: 6.0 }, Stroke::new(1.5, Theme::thin(color, 0.75)))
        } else {
            (LineStyle::Solid, Stroke::new(width, color))
        };
        plot.line(Line::new("", PlotPoints::new(points)).stroke(stroke).style(style).allow_hover(false));
    }
}

fn points<'a>(plot: &mut egui_plot::PlotUi<'a>, placed: &'a SeriesBox, series: &Series, color: Color32, theme: &Theme) {
    let radius = if placed.points.len() > 60 { MARKER_RADIUS * 0.4 } else { MARKER_RADIUS * 0.75 };
    let all = || -> PlotPoints<'a> { placed.points.iter().map(|point| [point.offset, point.value]).collect() };
    plot.points(Points::new(series.title.clone(), all()).shape(MarkerShape::Circle).radius(radius + 1.0).color(color));
    let hole = Points::new("", all()).shape(MarkerShape::Circle).radius(radius - 1.0).color(theme.paper);
    plot.points(hole.allow_hover(false));
}

/// What the pointer reads: at a point the value, its date, and how it compares with the first one; in a column how many
/// values there are, the lowest, the highest and their mean.
fn readout(hover: &HoverPosition<'_>, placed: &SeriesBox, series: &Series) -> Option<String> {
    let (HoverPosition::NearDataPoint { position, .. } | HoverPosition::Elsewhere { position }) = hover;
    if let HoverPosition::NearDataPoint { index, .. } = hover {
        let figure = series.figure(placed.points.get(*index)?.index)?;
        let mut lines = vec![series.title.clone(), dated(&figure)];
        lines.extend(figure.ratio_words());
        return Some(lines.join("\n"));
    }
    let all = placed.columns.iter().chain(&placed.columns_apart);
    let away = |column: &&PlotColumn| (column.offset - position.x).abs();
    let near = |column: &&PlotColumn| away(column) <= column.extent.length() as f64 * 2.0;
    let column = all.filter(near).min_by(|a, b| away(a).total_cmp(&away(b)))?;
    let [low, high] = [column.low.1, column.high.1].map(|position| series.figure(position));
    let (low, high) = (dated(&low?), dated(&high?));
    let title = &series.title;
    if column.count == 1 {
        return Some(format!("{title}\n{low}"));
    }
    let mean = Quantity::new(column.mean.1, None).rounded(3).words(&series.unit);
    Some(format!("{title}: {} values\nmean {mean}\nlowest {low}\nhighest {high}", number(column.count as f64)))
}

/// "US$85 billion in 2014".
fn dated(figure: &Figure<'_>) -> String {
    let date = &figure.point.date;
    let when = preposition(date).map_or_else(|| ",".to_owned(), |preposition| format!(" {preposition}"));
    format!("{}{when} {}", figure.value_words(), date.words())
}
