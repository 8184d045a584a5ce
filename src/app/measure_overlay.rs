//! What is seen of measuring in the chart: the edges that the pointer meets, and the list of what is pinned.

use egui::{Align2, Area, CursorIcon, Frame, Id, Order, Pos2, Rect, Role, Sense, Ui, WidgetInfo};

use crate::compose::date_near;
use crate::date::{Date, Handle};
use crate::layout::Chart;
use crate::paint::{self, Theme};
use crate::timeline::{Item, ItemId};

use super::measure::{Edge, Measure, MeasureMessage, end_of};
use super::message::Message;
use super::state::State;
use super::ui_command::UiCommand;

/// How near an edge must be to be met, in points.
const NEAR: f32 = 8.0;

/// Lets the pointer choose edges. Returns what is drawn: the pinned measures, and the one that is being made.
pub(super) fn show(
    ui: &Ui,
    chart: &Chart,
    state: &State,
    theme: &Theme,
    messages: &mut Vec<Message>,
) -> Vec<paint::Measure> {
    let mut drawn = state.drawn_measures();
    if !state.sitting.measuring.is_active {
        return drawn;
    }
    let columns = Rect::from_x_y_ranges(chart.regions.plot, chart.regions.eras.top()..=chart.regions.axis.bottom());
    // Over all items; what is dragged is dragged below it.
    let response = ui.interact(columns, ui.scope_id().with("measure"), Sense::CLICK);
    let response = response.on_hover_cursor(CursorIcon::Crosshair);
    let pointer = response.hover_pos().or(response.interact_pointer_pos());
    let met = pointer.and_then(|at| edge_at(ui, chart, state, at));
    if let Some((edge, _)) = met.as_ref().filter(|_| response.clicked()) {
        messages.push(UiCommand::ChangeMeasures(MeasureMessage::Choose(edge.clone())).into());
    }
    if let Some((_, Some(x))) = met {
        let stroke = egui::Stroke::new(1.5, theme.accent);
        ui.painter().with_clip_rect(columns).vline(x, columns.y_range(), stroke);
    }
    // Whichever was used last says where the measure ends.
    let rests = ui.input(|input| input.pointer.time_since_last_movement());
    let by_pointer = f64::from(rests) <= state.now - state.sitting.measuring.selected_at;
    let end = met.filter(|_| by_pointer).map(|(edge, _)| edge);
    let made = match (&state.sitting.measuring.from, end) {
        (Some(from), Some(to)) => (*from != to).then(|| Measure { from: from.clone(), to }),
        _ => state.measured_by_keys(),
    };
    list(ui, chart, state, made.as_ref(), messages);
    drawn.extend(made.and_then(|measure| measure.drawn(state.timeline(), true)));
    drawn
}

/// Returns the edge that the pointer means, and its x where it is met: that of a mark under the pointer, else of what is
/// near, else the date at the pointer; with Alt always the latter.
fn edge_at(ui: &Ui, chart: &Chart, state: &State, at: Pos2) -> Option<(Edge, Option<f32>)> {
    let timeline = state.timeline();
    let alone = ui.input(|input| input.modifiers.alt);
    let mut best: Option<(f32, ItemId, Handle, f32)> = None;
    let mut offer = |item: Item, date: &Date, is_under: bool, down: f32| {
        let Some(id) = timeline.id(item) else { return };
        for handle in [Handle::Start, Handle::End] {
            let Some(end) = end_of(date, handle) else { continue };
            let extent = end.known_extent();
            let x = chart.axis.x(if handle == Handle::Start { extent.start } else { extent.end }) as f32;
            let away = (x - at.x).abs();
            // What is at the same x is told by how far up or down it is.
            let rank = if is_under { away / 1e6 } else { away + down / 1e3 };
            if (is_under || away <= NEAR) && best.as_ref().is_none_or(|(other, ..)| rank < *other) {
                // Both ends of a single date are the same.
                let handle = if matches!(date, Date::Single(_)) { Handle::Start } else { handle };
                best = Some((rank, id.clone(), handle, x));
            }
        }
    };
    if !alone {
        for mark in chart.marks() {
            let Some(date) = timeline.event(mark.event).and_then(|event| event.date) else { continue };
            let down = (mark.rect.center().y - at.y).abs();
            offer(Item::Event(mark.event), date, mark.bounds().contains(at), down);
        }
        for band in &chart.eras {
            let Some(era) = timeline.era(band.index) else { continue };
            offer(Item::Era(band.index), &era.date, band.name.is_some_and(|name| name.contains(at)), 500.0);
        }
    }
    if let Some((_, id, handle, x)) = best {
        return Some((Edge::Of(id, handle), Some(x)));
    }
    let near = date_near(chart.axis.time(at.x), state.view.interval().length() as f64);
    Date::parse(&near).ok().map(|date| (Edge::At(Box::new(date)), None))
}

/// What is being measured, and all that is pinned, each with a button that removes it; beside the title, where no event is.
fn list(ui: &Ui, chart: &Chart, state: &State, made: Option<&Measure>, messages: &mut Vec<Message>) {
    const HINT: &str = "Click an edge, or select an event and press M; with Alt any date is an edge";
    let (outer, timeline) = (chart.regions.outer, state.timeline());
    let area = Area::new(Id::unique("measures")).order(Order::Middle).pivot(Align2::RIGHT_TOP);
    area.fixed_pos(outer.right_top() + egui::vec2(-4.0, 4.0)).show(ui.ctx(), |ui| {
        Frame::popup(ui.style()).show(ui, |ui| {
            ui.set_max_width((chart.regions.plot.span() * 0.6).clamp(200.0, 460.0));
            let words = match (made.and_then(|measure| measure.sentence(timeline)), &state.sitting.measuring.from) {
                (Some(sentence), _) => sentence,
                (None, Some(from)) => format!("From {}: choose where to", from.words(timeline)),
                (None, None) => "Measure: choose an edge".to_owned(),
            };
            ui.horizontal(|ui| {
                if ui.button("Done").on_hover_text("End measuring; what is pinned stays (Esc)").clicked() {
                    messages.push(UiCommand::Clear.into());
                }
                let label = ui.add(egui::Label::new(&words).wrap());
                label.widget_info(|| WidgetInfo::labeled(Role::Status, true, &words));
                label.on_hover_text(HINT);
            });
            egui::ScrollArea::vertical().max_height(outer.height() * 0.5).show(ui, |ui| {
                for (place, measure) in state.sitting.measuring.pinned.iter().enumerate() {
                    let Some(sentence) = measure.sentence(timeline) else { continue };
                    ui.horizontal(|ui| {
                        let remove = ui.button("Remove").on_hover_text(format!("Remove {sentence}"));
                        if remove.clicked() {
                            messages.push(UiCommand::ChangeMeasures(MeasureMessage::Remove(place)).into());
                        }
                        ui.add(egui::Label::new(&sentence).wrap());
                    });
                }
            });
            let several = state.sitting.measuring.pinned.len() > 1;
            if several && ui.button("Remove All").on_hover_text("Remove all pinned measures").clicked() {
                messages.push(UiCommand::ChangeMeasures(MeasureMessage::RemoveAll).into());
            }
        });
    });
}
