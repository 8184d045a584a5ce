//! What a screen reader finds of the chart besides what can be pressed: its name with the time that it shows, its headline, the
//! ticks, the values of series.

use egui::accesskit;
use egui::{Rect, Response, Role, Sense, Ui, WidgetInfo};

use crate::layout::{AxisBreak, Chart};
use crate::timeline::Series;

use super::roles;
use super::state::State;
use super::words::count_words;

/// So many values of a series are told one by one.
const MOST_VALUES: usize = 24;

/// Names the chart and its headline.
pub(super) fn headline(ui: &Ui, chart: &Chart, state: &State) {
    ui.ctx().accesskit_node_builder(ui.unique_id(), |node| {
        node.set_role(accesskit::Role::Group);
        node.set_label(format!("Chart, {}", state.view_words()));
        let [min, max] = [chart.regions.outer.min, chart.regions.outer.max].map(|at| at * ui.pixels_per_point());
        let (x0, y0, x1, y1) = (min.x.into(), min.y.into(), max.x.into(), max.y.into());
        node.set_bounds(accesskit::Rect { x0, y0, x1, y1 });
    });
    for (level, words, rect) in [(1, &chart.title, chart.regions.title), (2, &chart.subtitle, chart.regions.subtitle)] {
        if !words.is_empty() && rect.is_positive() {
            let response = ui.interact(rect, ui.scope_id().with(("headline", level)), Sense::hover());
            response.widget_info(|| WidgetInfo::labeled(Role::Label, true, words));
            if level == 1 {
                roles::mark_heading(ui, response.id, words, level);
            }
        }
    }
}

/// Tells the ticks as one text, and what a break skips.
pub(super) fn time_axis(ui: &Ui, chart: &Chart) {
    let rect = Rect::from_x_y_ranges(chart.regions.plot, chart.regions.axis.y_range());
    let response = ui.interact(rect, ui.scope_id().with("time axis"), Sense::hover());
    let breaks = &chart.ticks.breaks;
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, axis_words(chart)));
    let near = |one: &&AxisBreak, at: egui::Pos2| one.x.expand(4.0).contains(at.x);
    if let Some(one) = response.hover_pos().and_then(|at| breaks.iter().find(|one| near(one, at))) {
        response.on_hover_text_at_pointer(format!("Nothing begins here for {}", one.skips));
    }
}

/// "Time axis: 1960, 1970, 1980".
fn axis_words(chart: &Chart) -> String {
    let mut words = "Time axis".to_owned();
    if chart.ticks.not_to_scale.is_some() {
        words.push_str(", not to scale");
    }
    for one in &chart.ticks.breaks {
        words.push_str("; a break skips ");
        words.push_str(&one.skips);
    }
    let all = chart.ticks.fine.iter().chain(&chart.ticks.coarse);
    for (number, label) in all.map(|tick| &tick.label).filter(|label| !label.is_empty()).enumerate() {
        words.push_str(if number == 0 { ": " } else { ", " });
        words.push_str(label);
    }
    words
}

/// Tells the values of a series, of which its plot shows some.
pub(super) fn values(response: &Response, series: &Series) {
    response.widget_info(|| {
        let told = (0..series.points.len()).take(MOST_VALUES).filter_map(|position| series.figure(position));
        let told: Vec<String> =
            told.map(|figure| format!("{}: {}", figure.point.date.words(), figure.value_words())).collect();
        let more = match series.points.len().saturating_sub(MOST_VALUES) {
            0 => String::new(),
            more => format!("; and {}", count_words(more, "more value")),
        };
        WidgetInfo::labeled(Role::Label, true, format!("Values: {}{more}", told.join("; ")))
    });
}
