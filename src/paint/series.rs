//! Series plots, by `egui_plot`, on the chart's own x mapping.

use egui::{Align2, Color32, Rangef, Rect, Sense, Shape, Stroke, UiBuilder};
use egui_plot::{AxisHints, GridMark, HoverPosition, Line, LineStyle, MarkerShape, Plot, PlotPoints, Points};

use crate::layout::{Chart, Face, MARKER_RADIUS, SeriesBox};
use crate::timeline::{Item, Series, Timeline, preposition};

use super::chart::{Emphasis, text, text_within};
use super::fonts::font;
use super::theme::Theme;

/// What the legend calls a dashed line.
const NOT_MEASURED: &str = "dashed: not measured between";

/// Draws one series: its name and legend, its value axis, its points.
pub(super) fn series(
    ui: &mut egui::Ui,
    chart: &Chart,
    placed: &SeriesBox,
    timeline: &Timeline,
    emphasis: Emphasis<'_>,
    theme: &Theme,
) {
    let Some(series) = timeline.series.get(placed.series.0) else { return };
    let color = theme.series(placed.series.0);
    let name_color = emphasis.color(Item::Series(placed.series), color, theme);
    header(ui.painter(), placed, series, name_color, theme);
    extents(ui.painter(), placed, color);
    plot(ui, chart, placed, series, color, theme);
    for point in &placed.points {
        if let Some((words, rect)) = &point.label {
            text(ui.painter(), rect.left_center(), Align2::LEFT_CENTER, words, Face::Small, theme.ink);
        }
    }
}

fn header(painter: &egui::Painter, placed: &SeriesBox, series: &Series, color: Color32, theme: &Theme) {
    let at = placed.header.left_center();
    let name = text(painter, at, Align2::LEFT_CENTER, &series.title, Face::Name, color);
    let mut legend = placed.unit.clone();
    if placed.has_gaps {
        legend.push_str(" · ");
        legend.push_str(NOT_MEASURED);
    }
    let after = egui::pos2(name.right() + 10.0, at.y);
    let width = placed.plot.right() - after.x;
    text_within(painter, after, Align2::LEFT_CENTER, &legend, Face::Small, theme.muted, width);
}

/// A value of a whole year is as wide as the year.
fn extents(painter: &egui::Painter, placed: &SeriesBox, color: Color32) {
    let (low, high) = placed.bounds;
    for point in &placed.points {
        let extent = point.extent.intersection(placed.plot.x_range());
        if extent.span() > 2.0 {
            let y = placed.plot.bottom() - ((point.value - low) / (high - low)) as f32 * placed.plot.height();
            let band = Rect::from_x_y_ranges(extent, Rangef::point(y).expand(MARKER_RADIUS));
            painter.add(Shape::rect_filled(band, 3.0, Theme::thin(color, 0.18)));
        }
    }
}

fn plot(ui: &mut egui::Ui, chart: &Chart, placed: &SeriesBox, series: &Series, color: Color32, theme: &Theme) {
    // The value axis takes exactly the names' width, so that the plot begins where the view does.
    let gutter = placed.plot.left() - placed.header.left();
    let whole = placed.plot.with_min_x(placed.header.left());
    let mut ui = ui.new_child(UiBuilder::new().id_salt(("series", placed.series.0)).max_rect(whole));
    let span = chart.axis.view.span();
    let axis = AxisHints::new_y()
        .formatter(|mark: GridMark, _| label_at(placed, mark.value))
        .label_spacing(0.0..=1.0)
        .min_thickness(gutter)
        .tick_label_font(font(Face::Small))
        .tick_label_color(theme.muted);
    let response = Plot::new(("plot", placed.series.0))
        .width(whole.width())
        .height(whole.height())
        .show_background(false)
        .show_axes([false, true])
        .show_grid([false, true])
        .custom_y_axes(vec![axis])
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

fn label_at(placed: &SeriesBox, value: f64) -> String {
    let near = |tick: &&crate::layout::ValueTick| (tick.value - value).abs() < 1e-9 * value.abs().max(1.0);
    placed.ticks.iter().find(near).map(|tick| tick.label.clone()).unwrap_or_default()
}

fn grid(placed: &SeriesBox) -> Vec<GridMark> {
    let step = match placed.ticks.as_slice() {
        [first, second, ..] => second.value - first.value,
        _ => placed.bounds.1 - placed.bounds.0,
    };
    placed.ticks.iter().map(|tick| GridMark { value: tick.value, step_size: step }).collect()
}

/// Points that follow one another are joined; over a gap the line is dashed.
fn lines<'a>(plot: &mut egui_plot::PlotUi<'a>, placed: &'a SeriesBox, color: Color32) {
    for pair in placed.points.windows(2) {
        let [from, to] = pair else { continue };
        let ends = vec![[from.offset, from.value], [to.offset, to.value]];
        let style = if to.after_gap { LineStyle::Dashed { length: 6.0 } } else { LineStyle::Solid };
        let width = if to.after_gap { 1.5 } else { 2.0 };
        let stroke = Stroke::new(width, Theme::thin(color, if to.after_gap { 0.75 } else { 1.0 }));
        plot.line(Line::new("", PlotPoints::new(ends)).stroke(stroke).style(style).allow_hover(false));
    }
}

fn points<'a>(plot: &mut egui_plot::PlotUi<'a>, placed: &'a SeriesBox, series: &Series, color: Color32, theme: &Theme) {
    let all = || -> PlotPoints<'a> { placed.points.iter().map(|point| [point.offset, point.value]).collect() };
    let radius = if placed.points.len() > 60 { MARKER_RADIUS * 0.4 } else { MARKER_RADIUS * 0.75 };
    let name = series.title.clone();
    plot.points(Points::new(name, all()).shape(MarkerShape::Circle).radius(radius + 1.0).color(color));
    let hole = Points::new("", all()).shape(MarkerShape::Circle).radius(radius - 1.0).color(theme.paper);
    plot.points(hole.allow_hover(false));
}

/// What the pointer reads at a point: value, date, and how it compares with the first one.
fn readout(hover: &HoverPosition<'_>, placed: &SeriesBox, series: &Series) -> Option<String> {
    let HoverPosition::NearDataPoint { index, .. } = hover else { return None };
    let number = placed.points.get(*index)?.index;
    let figure = series.figure(number)?;
    let date = &figure.point.date;
    let when = preposition(date).map_or_else(|| ",".to_owned(), |preposition| format!(" {preposition}"));
    let mut lines = vec![series.title.clone(), format!("{}{when} {}", figure.value_words(), date.words())];
    lines.extend(figure.ratio_words());
    Some(lines.join("\n"))
}
