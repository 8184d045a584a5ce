//! The explorer's panel: what is compared, how, the plots over one time axis, and what is said of the selected value.

use egui::{Align, Frame, Key, Layout, Margin, Rangef, Rect, RichText, ScrollArea, Sense, TextEdit, Ui, pos2, vec2};

use crate::app::canvas::Canvas;
use crate::app::fonts::font;
use crate::document::Scale;
use crate::layout::{
    Compared, ComparisonRequest, TextRole, Ticks, TimeAxis, compare, comparison_room, one_line, ticks_of,
};
use crate::paint::Theme;
use crate::timeline::{Series, SeriesIndex, Timeline};

use super::plot::{self, Group, Member, Shared};
use super::readout;
use super::state::{Explorer, ExplorerMessage};

/// Height of the line above a plot, in points.
const HEADER: f32 = 22.0;
/// Height of the labels under the plots, in points.
const AXIS: f32 = 40.0;
/// Least height of a plot, in points.
const LEAST: f32 = 110.0;

/// Shows the explorer in all the space that is left.
pub fn show(ui: &mut Ui, explorer: &Explorer, timeline: &Timeline, theme: &Theme, messages: &mut Vec<ExplorerMessage>) {
    let margin = if ui.available_width() < 420.0 { 10 } else { 20 };
    Frame::new().inner_margin(Margin { left: margin, right: margin, top: 8, bottom: 8 }).show(ui, |ui| {
        title(ui, messages);
        // Where a wheel zooms, it does not scroll.
        let source =
            egui::containers::scroll_area::ScrollSource { mouse_wheel: !explorer_is_hovered(ui), ..Default::default() };
        ScrollArea::vertical().auto_shrink([false, false]).scroll_source(source).show(ui, |ui| {
            choices(ui, explorer, timeline, theme, messages);
            scales(ui, explorer, theme, messages);
            let (groups, missing) = groups(explorer, timeline);
            for words in missing {
                ui.label(RichText::new(words).color(theme.muted));
            }
            plots(ui, explorer, timeline, &groups, theme, messages);
            said(ui, explorer, timeline, &groups);
        });
    });
}

/// Whether the pointer was on a plot in the last frame.
fn explorer_is_hovered(ui: &Ui) -> bool {
    ui.data(|data| data.get_temp(hovered_id()).unwrap_or(false))
}

fn hovered_id() -> egui::Id {
    egui::Id::unique("a plot of the explorer is hovered")
}

fn title(ui: &mut Ui, messages: &mut Vec<ExplorerMessage>) {
    ui.horizontal(|ui| {
        ui.label(RichText::new("Series").heading());
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if ui.button("Back to Chart").on_hover_text("Return to the chart (Escape)").clicked() {
                messages.push(ExplorerMessage::Close);
            }
        });
    });
}

/// The legend: each series with its colour, shown or not.
fn choices(ui: &mut Ui, explorer: &Explorer, timeline: &Timeline, theme: &Theme, messages: &mut Vec<ExplorerMessage>) {
    ui.horizontal_wrapped(|ui| {
        for (index, series) in timeline.iter_series() {
            let mut is_shown = explorer.shown.contains(&index);
            let name = RichText::new(format!("{}, {}", one_line(&series.title), series.unit));
            let name = if is_shown { name.color(theme.series(series.style)).strong() } else { name };
            if ui.checkbox(&mut is_shown, name).changed() {
                messages.push(ExplorerMessage::Toggle(index));
            }
        }
    });
}

/// How values are shown: the scale and the date that is 100.
fn scales(ui: &mut Ui, explorer: &Explorer, theme: &Theme, messages: &mut Vec<ExplorerMessage>) {
    ui.horizontal_wrapped(|ui| {
        for (scale, name) in [(Scale::Linear, "Linear"), (Scale::Log, "Logarithmic")] {
            if ui.radio(explorer.scale == scale, name).clicked() {
                messages.push(ExplorerMessage::SetScale(scale));
            }
        }
        ui.separator();
        index_field(ui, explorer, messages);
    });
    if let Some(refused) = &explorer.refused {
        ui.colored_label(theme.error, refused);
    }
}

fn index_field(ui: &mut Ui, explorer: &Explorer, messages: &mut Vec<ExplorerMessage>) {
    let label = ui.label("Index to 100 at");
    let mut typed = explorer.typed.clone();
    let field = TextEdit::singleline(&mut typed).desired_width(120.0).hint_text("a date");
    let response = ui.add(field).labelled_by(label.id);
    if response.changed() {
        messages.push(ExplorerMessage::TypeDate(typed));
    }
    if response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter)) {
        messages.push(ExplorerMessage::IndexToTyped);
    }
    if ui.button("Apply").on_hover_text("Show each series as a share of its value at this date, which is 100").clicked()
    {
        let to = match explorer.selected {
            Some(value) if explorer.typed.trim().is_empty() => ExplorerMessage::IndexTo(value),
            _ => ExplorerMessage::IndexToTyped,
        };
        messages.push(to);
    }
    if explorer.index.is_some() && ui.button("Show Values").on_hover_text("Show the values themselves").clicked() {
        messages.push(ExplorerMessage::Unindex);
    }
}

/// The plots, and what cannot be in one: a plot for each unit, or one of all that are indexed.
fn groups<'a>(explorer: &Explorer, timeline: &'a Timeline) -> (Vec<Group<'a>>, Vec<String>) {
    let shown = || explorer.shown.iter().filter_map(|index| Some((*index, timeline.series_at(*index)?)));
    let member = |index: SeriesIndex, series: &'a Series, base: Option<(usize, f64)>| Member {
        compared: Compared { index, series, factor: base.map_or(1.0, |(_, value)| 100.0 / value) },
        base: base.map(|(point, _)| point),
    };
    let mut groups: Vec<Group<'a>> = Vec::new();
    let mut missing = Vec::new();
    let Some(date) = &explorer.index else {
        for (index, series) in shown() {
            let member = member(index, series, None);
            if let Some(group) = groups.iter_mut().find(|group| group.unit == series.unit) {
                group.members.push(member);
            } else {
                let (unit, title) = (series.unit.clone(), series.unit.clone());
                groups.push(Group { unit, title, members: vec![member] });
            }
        }
        return (groups, missing);
    };
    let mut members = Vec::new();
    for (index, series) in shown() {
        match date.base(series) {
            Ok(point) => {
                let value = series.points.get(point).map_or(1.0, |point| point.value);
                members.push(member(index, series, Some((point, value))));
            }
            Err(why) => missing.push(format!("{}: {why}", one_line(&series.title))),
        }
    }
    if !members.is_empty() {
        groups.push(Group { unit: String::new(), title: date.words(), members });
    }
    (groups, missing)
}

/// All plots, one under the other, over one time axis.
fn plots(
    ui: &mut Ui,
    explorer: &Explorer,
    timeline: &Timeline,
    groups: &[Group<'_>],
    theme: &Theme,
    messages: &mut Vec<ExplorerMessage>,
) {
    const SAID: f32 = 30.0;
    let count = groups.len().max(1) as f32;
    let height = ((ui.available_height() - AXIS - SAID) / count - HEADER).max(LEAST).floor();
    let size = vec2(ui.available_width(), count * (height + HEADER) + AXIS);
    let (_, rect) = ui.allocate_space(size);
    let compared: Vec<Vec<Compared<'_>>> =
        groups.iter().map(|group| group.members.iter().map(|member| member.compared).collect()).collect();
    let context = ui.ctx().clone();
    let gutter = Canvas::with(&context, |canvas| {
        let gutters = compared.iter().map(|series| comparison_room(series, explorer.scale, height, canvas.engine()));
        gutters.fold(0.0_f32, f32::max).max(24.0)
    });
    let axis = plot::axis(explorer.view, rect.left() + gutter, rect.right() - 8.0);
    let ticks = Canvas::with(&context, |canvas| ticks_of(timeline, axis, gutter, canvas.engine()));
    let mut top = rect.top();
    let mut bottom = rect.bottom() - AXIS;
    for (group, series) in groups.iter().zip(&compared) {
        let y = Rangef::new(top + HEADER, top + HEADER + height);
        let part = plot::part(explorer, group);
        let request = ComparisonRequest { series, scale: explorer.scale, axis, y, part };
        if let Some(placed) = Canvas::with(&context, |canvas| compare(request, canvas.engine())) {
            plot::show(ui, group, &placed, Shared { explorer, axis, ticks: &ticks, theme }, messages);
        } else {
            let at = pos2(axis.left, y.center());
            ui.painter().text(at, egui::Align2::LEFT_CENTER, "no values", font(TextRole::Small), theme.muted);
        }
        (top, bottom) = (y.max, y.max);
    }
    let region = Rect::from_min_max(pos2(axis.left, rect.top()), pos2(axis.right, bottom));
    let is_hovered = ui.rect_contains_pointer(region);
    ui.data_mut(|data| data.insert_temp(hovered_id(), is_hovered));
    time_axis(ui, &ticks, axis, bottom, theme);
    ui.interact(rect, ui.scope_id().with("plots"), Sense::hover());
}

fn time_axis(ui: &Ui, ticks: &Ticks, axis: TimeAxis, top: f32, theme: &Theme) {
    let painter = ui.painter();
    painter.hline(axis.left..=axis.right, top, egui::Stroke::new(1.0, theme.axis));
    let label = |x: f32, y: f32, words: &str, role: TextRole, align: egui::Align2| {
        if !words.is_empty() {
            painter.text(pos2(x, y), align, words, font(role), theme.muted);
        }
    };
    for tick in &ticks.fine {
        painter.vline(tick.x, top..=top + 4.0, egui::Stroke::new(1.0, theme.axis));
        label(tick.label_x, top + 5.0, &tick.label, TextRole::Tick, egui::Align2::CENTER_TOP);
    }
    for tick in &ticks.coarse {
        label(tick.label_x, top + 21.0, &tick.label, TextRole::TickStrong, egui::Align2::CENTER_TOP);
    }
    if let Some((zone, x)) = &ticks.zone {
        label(*x, top + 5.0, zone, TextRole::Small, egui::Align2::RIGHT_TOP);
    }
    if let Some((reason, x)) = &ticks.reason {
        label(*x, top + 5.0, reason, TextRole::Tick, egui::Align2::CENTER_TOP);
    }
}

/// The selected value in words; without one, how to come to one.
fn said(ui: &mut Ui, explorer: &Explorer, timeline: &Timeline, groups: &[Group<'_>]) {
    let words = explorer.selected.and_then(|value| {
        let series = timeline.series_at(value.series)?;
        let members = groups.iter().flat_map(|group| &group.members);
        let base = members.filter(|member| member.compared.index == value.series).find_map(|member| member.base);
        let words = readout::of_point(series, value.point, base).join(" · ");
        Some(format!("{}: {words}", one_line(&series.title)))
    });
    match words {
        Some(words) => drop(ui.label(words)),
        None => drop(ui.weak("Click a value, or step through values with the left and right arrow keys.")),
    }
}
