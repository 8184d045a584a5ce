//! The extent of the date that is being typed, on the chart.

use egui::{Rect, Stroke, StrokeKind, Ui};

use crate::document::DocPath;
use crate::layout::Chart;
use crate::paint::Theme;

use super::super::state::State;

/// Marks the time that the date of the form covers, as far as it is in view.
pub fn show(ui: &Ui, chart: &Chart, state: &State, theme: &Theme) {
    // An empty timeline has no axis to mark it on.
    let Some(form) = state.forms.open.as_ref().filter(|_| state.timeline().has_time()) else { return };
    let path = DocPath::root().field("date");
    // A date that is in the document is in the chart already.
    if form.target.list().is_none_or(|list| !matches!(list, "events" | "eras")) || !form.drafts.contains_key(&path) {
        return;
    }
    let Some(date) = form.verdict(&path).date else { return };
    let extent = state.timeline().zone.place(date).bounds();
    let plot = chart.regions.plot;
    let x = |seconds: i64| chart.axis.x(seconds).clamp(f64::from(plot.min) - 2.0, f64::from(plot.max) + 2.0) as f32;
    let (left, right) = (x(extent.start), x(extent.end));
    let rect =
        Rect::from_x_y_ranges(left..=right.max(left + 2.0), chart.regions.eras.top()..=chart.regions.axis.bottom());
    let painter = ui.painter();
    painter.rect(rect, 0.0, Theme::thin(theme.accent, 0.16), Stroke::new(1.5, theme.accent), StrokeKind::Inside);
}
