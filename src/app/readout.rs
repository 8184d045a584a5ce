//! What the pointer reads in the plot of a series.

use egui::{Align2, Area, Frame, Id, Order, Pos2, Ui};

use crate::date::Interval;
use crate::layout::{Chart, PlotColumn, SeriesBox};
use crate::timeline::{Figure, Quantity, Series, Timeline, number, preposition};

/// A point is read while the pointer is this close to it, in points.
const NEAR: f32 = 10.0;

/// Shows what the pointer is on in the plot of a series.
pub fn show(ui: &Ui, chart: &Chart, timeline: &Timeline) {
    let Some(pointer) = ui.ctx().pointer_hover_pos() else { return };
    // What floats over the chart hides it.
    if ui.ctx().layer_id_at(pointer) != Some(ui.layer_id()) || ui.ctx().is_being_dragged(ui.scope_id().with("chart")) {
        return;
    }
    let Some(placed) = chart.series.iter().find(|placed| placed.plot.contains(pointer)) else { return };
    let Some(series) = timeline.series_at(placed.series) else { return };
    let Some(words) = words(chart, placed, series, pointer) else { return };
    Area::new(Id::unique("series readout"))
        .order(Order::Tooltip)
        .interactable(false)
        .pivot(if pointer.x > placed.plot.center().x { Align2::RIGHT_BOTTOM } else { Align2::LEFT_BOTTOM })
        .fixed_pos(pointer + egui::vec2(if pointer.x > placed.plot.center().x { -12.0 } else { 12.0 }, -8.0))
        .show(ui.ctx(), |ui| {
            Frame::popup(ui.style()).show(ui, |ui| ui.label(words));
        });
}

/// At a point its value, its date, and how it compares with the first one; in a column how many values there are, the
/// lowest, the highest and their mean. `None` away from both.
fn words(chart: &Chart, placed: &SeriesBox, series: &Series, pointer: Pos2) -> Option<String> {
    let seconds_per_point = chart.axis.seconds_per_point();
    let at =
        |offset: f64, value: f64| Pos2::new(chart.axis.left + (offset / seconds_per_point) as f32, placed.y(value));
    let away = |point: &&crate::layout::PlotPoint| at(point.offset, point.value).distance(pointer);
    let nearest = placed.points.iter().min_by(|a, b| away(a).total_cmp(&away(b))).filter(|point| away(point) <= NEAR);
    if let Some(point) = nearest {
        let figure = series.figure(point.index)?;
        let mut lines = vec![series.title.clone(), dated(&figure)];
        lines.extend(figure.ratio_words());
        return Some(lines.join("\n"));
    }
    let offset = f64::from(pointer.x - chart.axis.left) * seconds_per_point;
    let all = placed.columns.iter().chain(&placed.columns_apart);
    let away = |column: &&PlotColumn| (column.offset - offset).abs();
    let view = &chart.axis.view;
    let width = |extent: Interval| view.offset_of(extent.end) - view.offset_of(extent.start);
    let near = |column: &&PlotColumn| away(column) <= width(column.extent) * 2.0;
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
