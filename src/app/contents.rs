//! The contents of the document in its own record: lanes, eras, series and undated events. Each leads to what it names,
//! also where the chart has no room for it.

use std::borrow::Cow;

use egui::text::TextFormat;
use egui::{CursorIcon, Rect, Role, Sense, TextStyle, Ui, WidgetInfo, pos2, vec2};

use crate::layout::one_line;
use crate::scene::text::direction::isolated;
use crate::timeline::{Item, Lane, LaneIndex, UNDATED, number};

use super::inspector::{Record, name};
use super::paragraph::Paragraph;
use super::rows::{End, body, lane_name, row, section};
use super::ui_command::UiCommand;
use super::words::count_words;

/// Longer lists have one line for each entry, and only those in sight are laid out.
const FEW: usize = 40;
/// So many undated events are listed, each exactly where it belongs: `f32` tells points apart to a small part of one so far.
/// All of them are in the event list, which scrolls by rows.
const MOST_UNDATED: usize = 10_000;
/// Indentation of a lane in another, and the most that a lane is indented, in points.
const INDENT: f32 = 14.0;
const MOST_INDENT: f32 = 84.0;

impl Record<'_> {
    /// All lanes, those in others indented, also those that are folded into a group.
    pub(super) fn lanes(&mut self, ui: &mut Ui) {
        let timeline = self.timeline;
        section(ui, "Lanes");
        let mut chosen = None;
        let indent = |lane: &Lane| (lane.depth as f32 * INDENT).min(MOST_INDENT);
        if timeline.lanes.len() <= FEW {
            for (index, lane) in timeline.iter_lanes() {
                let top = ui.cursor().min;
                let beside = self.events_of(index, lane);
                let color = self.theme.color(lane.color());
                row(ui, self.theme, End::Words(&beside), |ui| {
                    ui.horizontal_top(|ui| {
                        ui.add_space(indent(lane));
                        ui.vertical(|ui| lane_name(ui, lane.style, &lane.title, color));
                    });
                });
                let bottom = pos2(ui.max_rect().right(), ui.min_rect().bottom());
                let rect = Rect::from_min_max(top, bottom.max(top));
                let response = ui.interact(rect, ui.scope_id().with(("go to lane", index.get())), Sense::click());
                let words = format!("Go to {}", name(&lane.title, &lane.id));
                response.widget_info(|| WidgetInfo::labeled(Role::Link, true, &words));
                if response.has_focus() {
                    let stroke = egui::Stroke::new(2.0, self.theme.accent);
                    ui.painter().rect_stroke(rect.expand(2.0), 3.0, stroke, egui::StrokeKind::Outside);
                }
                if response.on_hover_cursor(CursorIcon::PointingHand).on_hover_text(&words).clicked() {
                    chosen = Some(index);
                }
            }
        } else {
            in_sight(ui, timeline.lanes.len(), |ui, at| {
                let Some((index, lane)) = timeline.iter_lanes().nth(at) else { return };
                let words = format!("{}, {}", name(&lane.title, &lane.id), self.events_of(index, lane));
                ui.horizontal(|ui| {
                    ui.add_space(indent(lane));
                    if ui.link(&words).on_hover_text(&words).clicked() {
                        chosen = Some(index);
                    }
                });
            });
        }
        let id = chosen.and_then(|lane| timeline.lane_id(lane));
        self.messages.extend(id.map(|id| UiCommand::ShowLane(id.clone()).into()));
    }

    /// What a lane has: "12 events, 3 undated", "2 events, 5 lanes". A folded group has what is in it.
    fn events_of(&self, index: LaneIndex, lane: &Lane) -> String {
        let shown = self.projection.lane(index);
        let (all, undated) = shown.map_or_else(
            || (lane.index().len() + lane.undated().len(), lane.undated().len()),
            |shown| (shown.len(), shown.undated().len()),
        );
        let lanes = lane.is_group().then(|| count_words(lane.descendants, "lane"));
        let events = (all > 0 || lanes.is_none()).then(|| count_words(all, "event"));
        let undated = (undated > 0).then(|| format!("{} {UNDATED}", number(undated as f64)));
        [events, undated, lanes].into_iter().flatten().collect::<Vec<_>>().join(", ")
    }

    /// All eras: a click shows one over most of the view, where its name has room.
    pub(super) fn eras(&mut self, ui: &mut Ui) {
        let timeline = self.timeline;
        if timeline.eras.is_empty() {
            return;
        }
        section(ui, "Eras");
        let era = |at: usize| timeline.iter_eras().nth(at);
        let entry = |at: usize| era(at).map(|(_, era)| (name(&era.title, &era.id), era.date.words()));
        if let Some((chosen, _)) = list(ui, timeline.eras.len(), &entry).and_then(era) {
            let id = timeline.id(Item::Era(chosen));
            self.messages.extend(id.map(|id| UiCommand::Visit(id).into()));
            self.messages.push(UiCommand::FitSelected.into());
        }
    }

    /// All series: a click scrolls to one.
    pub(super) fn all_series(&mut self, ui: &mut Ui) {
        let timeline = self.timeline;
        if timeline.series.is_empty() {
            return;
        }
        section(ui, "Series");
        let series = |at: usize| timeline.iter_series().nth(at);
        let entry = |at: usize| series(at).map(|(_, series)| (name(&series.title, &series.id), series.unit.clone()));
        if let Some((chosen, _)) = list(ui, timeline.series.len(), &entry).and_then(series) {
            let id = timeline.id(Item::Series(chosen));
            self.messages.extend(id.map(|id| UiCommand::Visit(id).into()));
        }
    }

    /// The events without a date, which have no place in the chart.
    pub(super) fn undated(&mut self, ui: &mut Ui) {
        let timeline = self.timeline;
        let events = self.projection.undated();
        if events.is_empty() {
            return;
        }
        section(ui, "Undated");
        let mut chosen = None;
        let listed = events.len().min(MOST_UNDATED);
        in_sight(ui, listed, |ui, at| {
            let event = events.get(at).and_then(|index| Some((*index, timeline.event(*index)?)));
            let Some((index, event)) = event else { return };
            let title = name(event.title, event.id);
            if ui.link(&*title).on_hover_text(&*title).clicked() {
                chosen = Some(index);
            }
        });
        if let Some(next) = events.get(listed) {
            let words = format!("{} more in the event list", number((events.len() - listed) as f64));
            if ui.link(words).on_hover_text("Go to them (Ctrl+L)").clicked() {
                self.messages.extend((!self.has_list).then(|| UiCommand::EventList.into()));
                chosen = Some(*next);
            }
        }
        if let Some(event) = chosen {
            self.visit(event);
        }
    }
}

/// A link of a list, and the words beside it.
type Entry<'t> = Option<(Cow<'t, str>, String)>;

/// Shows so many links with a few words beside each. Returns the position of the one that is clicked.
fn list<'t>(ui: &mut Ui, count: usize, entry: &dyn Fn(usize) -> Entry<'t>) -> Option<usize> {
    let mut chosen = None;
    let link = TextFormat::simple(body(ui), ui.visuals().hyperlink_color);
    let weak = TextFormat::simple(body(ui), ui.visuals().weak_text_color());
    if count > FEW {
        in_sight(ui, count, |ui, at| {
            let Some((title, beside)) = entry(at) else { return };
            let words = format!("{title}, {}", one_line(&beside));
            if ui.link(&words).on_hover_text(&words).clicked() {
                chosen = Some(at);
            }
        });
        return chosen;
    }
    for at in 0..count {
        let Some((title, beside)) = entry(at) else { continue };
        let mut paragraph = Paragraph::default();
        paragraph.link(&isolated(&title), link.clone());
        paragraph.beside(&isolated(&one_line(&beside)), weak.clone());
        for response in paragraph.show(ui) {
            if response.clicked() {
                chosen = Some(at);
            }
            response.on_hover_text(format!("Go to {title}"));
        }
    }
    chosen
}

/// Lays out those rows of one line that are in sight.
fn in_sight(ui: &mut Ui, count: usize, mut show: impl FnMut(&mut Ui, usize)) {
    let height = ui.text_style_height(&TextStyle::Body);
    let step = height + ui.spacing().item_spacing.y;
    let above = (ui.clip_rect().top() - ui.cursor().top()) / step;
    let first = (above.max(0.0) as usize).min(count);
    let shown = ((ui.clip_rect().height() / step) as usize + 2).min(count - first);
    let skip = |ui: &mut Ui, rows: usize| {
        if rows > 0 {
            ui.allocate_space(vec2(0.0, rows as f32 * step - ui.spacing().item_spacing.y));
        }
    };
    skip(ui, first);
    for at in first..first + shown {
        ui.scope(|ui| {
            ui.spacing_mut().interact_size.y = height;
            ui.style_mut().wrap_mode = Some(egui::TextWrapMode::Truncate);
            show(ui, at);
        });
    }
    skip(ui, count - first - shown);
}
