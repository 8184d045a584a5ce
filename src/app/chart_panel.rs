//! The chart in the window: places it, draws it, and turns what the pointer does into messages.

use std::sync::Arc;

use egui::{Context, CursorIcon, Id, Rangef, Rect, Response, RichText, Role, Sense, Ui, WidgetInfo};

use crate::layout::{self, Arrangement, Chart, Request, one_line};
use crate::paint::{self, Emphasis, Theme};
use crate::scene::Builder;
use crate::timeline::{EventIndex, Item, LaneIndex};

use super::canvas::Canvas;
use super::chart_drops::{self, place_at};
use super::chart_tree;
use super::context_menu;
use super::cues;
use super::dialog::scrolling;
use super::drag_handles;
use super::dropped::Place;
use super::entry_panel;
use super::explorer::ExplorerMessage;
use super::form::FormMessage;
use super::form_panel;
use super::hint::with_hint;
use super::hover;
use super::lane_names;
use super::measure_overlay;
use super::message::{FrameEvent, Message, ScrollRange};
use super::overview_strip;
use super::readout;
use super::regions::{self, Region};
use super::roving::Roving;
use super::several::SeveralMessage;
use super::state::State;
use super::ui_command::UiCommand;

/// Zoom for each point that the wheel scrolls: a notch (50 points) zooms by about a fifth.
const ZOOM_PER_POINT: f64 = 0.0037;

/// The items of which one can have the focus.
const ITEMS: &str = "items of the chart";

/// Shows the chart in all the space that is left.
pub fn show(ui: &mut Ui, state: &State, theme: &Theme, messages: &mut Vec<Message>) {
    let rect = ui.available_rect_before_wrap();
    let drawn = |scrolling: ScrollRange| {
        let is_new = state.chart_rect != rect || state.dark != theme.dark || state.scrolls != scrolling;
        is_new.then_some(Message::Frame(FrameEvent::Drawn { rect, dark: theme.dark, scrolls: scrolling }))
    };
    if let Some(words) = state.awaited_words() {
        // The axis of no document would be taken for that of an empty one.
        messages.extend(drawn(ScrollRange::default()));
        no_document(ui, &words, state, theme, messages);
        return;
    }
    // A chart that needs more room than there is ends at the edge.
    ui.shrink_clip_rect(rect);
    let chart = place(ui, state, rect, messages);
    background(ui, &chart, state, messages);
    let hovered = items(ui, &chart, state, messages);
    let page = (chart.regions.lanes.height() * cues::PAGE).max(chart.regions.row_height);
    messages.extend(drawn(ScrollRange { page, most: chart.most_scroll() }));
    cues::strips(ui, &chart, state, messages);
    cues::indicators(ui, &chart, state, messages);
    let lane = lane_names::show(ui, &chart, state, messages);
    if state.reveal && !state.is_arriving() {
        reveal(&chart, state, messages);
    } else if state.lanes.reveals {
        lane_names::reveal(&chart, state, messages);
    }
    if let Some(strip) = &chart.overview {
        overview_strip::show(ui, strip, state.view, messages);
    }
    let status = state.status();
    status_line(ui, &chart, &status, messages);
    let measures = measure_overlay::show(ui, &chart, state, theme, messages);
    let emphasis = Emphasis {
        selected: state.selected(),
        hovered,
        lane,
        status: Some(&status),
        found: state.found(),
        measures: &measures,
    };
    let (timeline, images) = (state.timeline(), state.document.thumbnails.images());
    let input = paint::Input { chart: &chart, timeline, emphasis, theme, images, describes: false };
    Canvas::with(ui.ctx(), |canvas| {
        let mut scene = Builder::new(rect.size(), theme.paper, ui.ctx().pixels_per_point(), canvas.engine());
        paint::chart(&mut scene, &input);
        let scene = scene.finish();
        canvas.paint(ui, &scene);
    });
    readout::show(ui, &chart, state.timeline());
    context_menu::show(ui, &chart, state, messages);
    chart_drops::show(ui, &chart, state, theme, messages);
    drag_handles::show(ui, &chart, state, theme);
    several(ui, &chart, state, theme);
    form_panel::show_extent(ui, &chart, state, theme);
    if state.timeline().shows_nothing() && state.documents_shown > 0 && state.forms.open.is_none() {
        entry_panel::first(ui, rect, state, theme, messages);
    }
    ui.advance_cursor_after_rect(rect);
}

/// Marks the events that are selected besides the one whose record is shown.
fn several(ui: &Ui, chart: &Chart, state: &State, theme: &Theme) {
    if !state.has_several() {
        return;
    }
    let all = state.selected_events();
    let painter = ui.painter().with_clip_rect(chart.regions.lanes);
    for mark in chart.marks().filter(|mark| all.binary_search(&mark.event).is_ok()) {
        let stroke = egui::Stroke::new(2.0, theme.accent);
        painter.rect_stroke(mark.bounds().expand(2.0), 4.0, stroke, egui::StrokeKind::Outside);
    }
}

/// Places the chart, with the rows of the last frame, on their way to those of a view that has come to rest.
fn place(ui: &Ui, state: &State, rect: Rect, messages: &mut Vec<Message>) -> Chart {
    let request = Request {
        scroll: state.scroll,
        pinned: state.selected_event(),
        pinned_era: state.selected_era(),
        arrangement: &state.arrangement,
        rows: state.rows,
        pictures: state.picture_sizes(),
        ..Request::window(state.timeline(), state.projection(), state.view, rect)
    };
    let is_new = state.arrangement.is_empty();
    let (chart, first) = Canvas::with(ui.ctx(), |canvas| {
        let text = canvas.engine();
        let is_outdated = !is_new && state.arrangement.is_unsettled();
        let first = is_outdated.then(|| Arrangement::first(request, text));
        let arrangement = first.as_ref().unwrap_or(&state.arrangement);
        let request = Request { arrangement, ..request };
        let place = if is_new { layout::chart_at_rest } else { layout::chart };
        (place(request, text), first)
    });
    let arrangement = first.as_ref().unwrap_or(&state.arrangement);
    let renewed = arrangement.renewed(&chart).or(first.filter(|first| *first != state.arrangement));
    messages.extend(renewed.map(|renewed| FrameEvent::Arranged(Box::new(renewed)).into()));
    if state.settles() {
        settle(ui, request, &chart, state, messages);
    }
    let chart = match state.row_motion() {
        Some((from, fraction)) => chart.on_its_way(from, fraction),
        None => chart,
    };
    match state.found() {
        Some(found) => chart.with_found(found, state.timeline(), state.projection()),
        None => chart,
    }
}

/// Lays out rows anew for a view that has come to rest.
fn settle(ui: &Ui, request: Request<'_>, chart: &Chart, state: &State, messages: &mut Vec<Message>) {
    let pointer = ui.ctx().pointer_hover_pos().filter(|pointer| chart.regions.lanes.contains(*pointer));
    let held = pointer.and_then(|at| chart.marks().find(|mark| mark.bounds().contains(at))).map(|mark| mark.event);
    if held.is_some_and(|held| state.settling_waits_for(held)) {
        return;
    }
    if layout::settles_slowly(state.projection(), state.view, state.rows) {
        messages.push(FrameEvent::SettlesSlowly(held).into());
        return;
    }
    let settled = Canvas::with(ui.ctx(), |canvas| layout::settle(request, chart, held, canvas.engine()));
    messages.push(FrameEvent::Settled(Box::new(settled)).into());
}

/// The line under the chart, which a screen reader reads; a click shows the problems.
fn status_line(ui: &Ui, chart: &Chart, status: &str, messages: &mut Vec<Message>) {
    let Some(footer) = chart.regions.footer else { return };
    let response = ui.interact(footer, ui.scope_id().with("status"), Sense::click());
    regions::add(ui.ctx(), Region::Status, footer, Some(response.id));
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, status));
    if with_hint(ui.ctx(), response, &UiCommand::Problems).clicked() {
        messages.push(UiCommand::ShowProblems(true).into());
    }
}

/// In place of the chart: why there is none, and the ways to one.
fn no_document(ui: &mut Ui, words: &str, state: &State, theme: &Theme, messages: &mut Vec<Message>) {
    if state.jobs.loading().is_some() {
        ui.centered_and_justified(|ui| ui.weak(words));
        return;
    }
    egui::Frame::new().inner_margin(egui::Margin::same(20)).show(ui, |ui| {
        scrolling(ui, ui.available_height(), |ui| {
            ui.label(RichText::new(words).heading());
            if let Some(failed) = &state.failed {
                ui.add_space(6.0);
                let why = failed.unreadable.clone().unwrap_or_else(|| format!("{} cannot be shown.", failed.name));
                ui.colored_label(theme.error, why);
            }
            ui.add_space(6.0);
            ui.label("Open a document, look at an example, or put the file there and reload.");
            ui.add_space(12.0);
            ui.horizontal_wrapped(|ui| {
                super::menu::open_another(ui, messages);
                if state.failed.is_some()
                    && ui.button("Reload").on_hover_text("Read the document again and keep the view (F5)").clicked()
                {
                    messages.push(Message::Ui(UiCommand::Reload));
                }
                let has_list = state.failed.as_ref().is_some_and(|failed| !failed.diagnostics.is_empty());
                if has_list && ui.button("Problems").clicked() {
                    messages.push(Message::Ui(UiCommand::ShowProblems(true)));
                }
            });
        });
    });
}

/// Wheel, drag and double click on everything that is placed in time.
fn background(ui: &Ui, chart: &Chart, state: &State, messages: &mut Vec<Message>) {
    chart_tree::headline(ui, chart, state);
    let frame = &chart.regions;
    let columns = Rect::from_x_y_ranges(frame.plot, frame.eras.top()..=frame.axis.bottom());
    let response = ui.interact(columns, ui.scope_id().with("chart"), Sense::CLICK | Sense::DRAG);
    let width = chart.axis.width();
    if response.drag_started()
        && let Some(at) = ui.input(|input| input.pointer.press_origin())
        && chart.marks().any(|mark| mark.hit_areas().into_iter().any(|area| area.contains(at)))
    {
        messages.push(FrameEvent::DraggedUnselected.into());
    }
    if response.dragged() {
        ui.ctx().set_cursor_icon(CursorIcon::Grabbing);
        let delta = response.drag_delta();
        if delta.x != 0.0 {
            messages.push(Message::Ui(UiCommand::Pan(-f64::from(delta.x) / width)));
        }
        if delta.y != 0.0 && chart.most_scroll() > 0.0 {
            messages.push(Message::Ui(UiCommand::Scroll((chart.scrolling.at - delta.y).min(chart.most_scroll()))));
        }
    }
    if response.double_clicked() {
        let place = response.interact_pointer_pos().and_then(|at| free_place(chart, state, at));
        messages.push(Message::Ui(place.map_or(UiCommand::Fit, UiCommand::Form)));
    } else if response.clicked() {
        messages.push(Message::Ui(UiCommand::Deselect));
    }
    chart_tree::time_axis(ui, chart);
    wheel(ui, chart, columns, messages);
}

/// Returns what makes an event at a place in a lane.
fn free_place(chart: &Chart, state: &State, at: egui::Pos2) -> Option<FormMessage> {
    let Place { lane, date } = place_at(chart, state, at)?;
    Some(FormMessage::New { lane, date })
}

fn wheel(ui: &Ui, chart: &Chart, columns: Rect, messages: &mut Vec<Message>) {
    let Some(pointer) = ui.ctx().pointer_hover_pos() else { return };
    // What floats over the chart keeps its own wheel.
    if !chart.regions.outer.contains(pointer) || ui.ctx().layer_id_at(pointer) != Some(ui.layer_id()) {
        return;
    }
    let (scroll, pinch) = ui.input(|input| (input.smooth_scroll_delta(), input.zoom_delta()));
    if columns.contains(pointer) {
        let factor = (f64::from(scroll.y) * ZOOM_PER_POINT).exp() * f64::from(pinch);
        if (factor - 1.0).abs() > 1e-6 {
            messages.push(Message::Ui(UiCommand::Zoom { factor, at: chart.axis.fraction(pointer.x) }));
        }
        if scroll.x != 0.0 {
            messages.push(Message::Ui(UiCommand::Pan(-f64::from(scroll.x) / chart.axis.width())));
        }
    } else if scroll.y != 0.0 && chart.most_scroll() > 0.0 {
        messages.push(Message::Ui(UiCommand::Scroll((chart.scrolling.at - scroll.y).min(chart.most_scroll()))));
    }
}

/// Everything that can be clicked for its record; returns what the pointer is on.
fn items(ui: &Ui, chart: &Chart, state: &State, messages: &mut Vec<Message>) -> Option<Item> {
    let several = if state.has_several() { state.selected_events() } else { Arc::default() };
    let mut items = Items {
        state,
        messages,
        selected: state.selected(),
        several,
        hovered: None,
        roving: Roving::begin(ui, ITEMS),
        gave_focus: false,
    };
    items.eras(ui, chart);
    items.series(ui, chart);
    items.marks(ui, chart);
    items.thumbnails(ui, chart);
    let Items { hovered, roving, .. } = items;
    let has_focus = roving.end(ui);
    ui.data_mut(|data| data.insert_temp(item_has_focus(), has_focus));
    hovered
}

/// The items of a chart while they are made to react.
struct Items<'a> {
    state: &'a State,
    messages: &'a mut Vec<Message>,
    selected: Option<Item>,
    /// The events that are selected, if they are several.
    several: Arc<[EventIndex]>,
    /// What the pointer or the focus is on.
    hovered: Option<Item>,
    roving: Roving,
    /// Whether the selected item was given the focus: an event may have several marks.
    gave_focus: bool,
}

impl Items<'_> {
    fn has_also(&self, item: Item) -> bool {
        matches!(item, Item::Event(event) if self.several.binary_search(&event).is_ok())
    }

    fn eras(&mut self, ui: &Ui, chart: &Chart) {
        for era in &chart.eras {
            if let (Some(name), Some(resolved)) = (era.name, self.state.timeline().era(era.index)) {
                let rect = era.dates.map_or(name, |dates| name.union(dates));
                let label = format!("{}, {}", one_line(&resolved.title), resolved.date.words());
                let sentence = || resolved.description.as_deref().and_then(hover::first_sentence);
                self.item(ui, rect, Item::Era(era.index), &|| label.clone()).on_hover_ui(|ui| {
                    ui.set_max_width(300.0);
                    ui.label(&label);
                    sentence().map(|sentence| ui.label(sentence));
                });
            }
        }
    }

    fn series(&mut self, ui: &Ui, chart: &Chart) {
        for placed in &chart.series {
            let Some(series) = self.state.timeline().series_at(placed.series) else { continue };
            let rect = placed.header.with_max_x(placed.header.left() + 180.0).shrink2(egui::vec2(0.0, 1.0));
            let label = format!("{}, {}", one_line(&series.title), placed.unit);
            let name = self
                .item(ui, rect, Item::Series(placed.series), &|| label.clone())
                .on_hover_text("Explore the values, and show their sources");
            // Not focusable: the name is, and does the same.
            let plot = ui.interact(placed.plot, ui.scope_id().with(("plot", placed.series)), Sense::CLICK);
            chart_tree::values(&plot, series);
            if name.clicked() || plot.clicked() {
                self.messages.push(UiCommand::Explorer(ExplorerMessage::Open(placed.series)).into());
            }
        }
    }

    fn marks(&mut self, ui: &Ui, chart: &Chart) {
        let timeline = self.state.timeline();
        let lanes = chart.regions.lanes.intersect(Rect::from_x_y_ranges(chart.regions.plot, Rangef::EVERYTHING));
        let is_still = cues::is_still(ui);
        let pictured: Vec<EventIndex> = chart.thumbnails().map(|thumbnail| thumbnail.event).collect();
        for mark in chart.marks() {
            let mut areas = mark.hit_areas().into_iter().map(|area| area.intersect(lanes)).filter(Rect::is_positive);
            let (Some(rect), Some(event)) = (areas.next(), timeline.event(mark.event)) else { continue };
            // Only a screen reader needs the words.
            let has_picture = pictured.contains(&mark.event);
            let name = || {
                let picture = event.details.picture().filter(|_| has_picture);
                let picture = picture.map(|media| format!(", picture: {}", one_line(media.words())));
                format!("{}, {}{}", one_line(event.title), event.date_words(), picture.unwrap_or_default())
            };
            let response = self.item_in(ui, (rect, areas.next()), Item::Event(mark.event), Some(mark.lane), &name);
            if self.selected == Some(Item::Event(mark.event)) {
                drag_handles::react(ui, chart, self.state, mark, &response, self.messages);
            }
            if is_still && !self.state.has_overlay() {
                response.on_hover_ui_at_pointer(|ui| hover::event(ui, &event, timeline));
            }
        }
    }

    /// Makes pictures react as the marks that they belong to, which have the focus and the words.
    fn thumbnails(&mut self, ui: &Ui, chart: &Chart) {
        for thumbnail in chart.thumbnails() {
            let item = Item::Event(thumbnail.event);
            let (Some(id), rect) = (self.state.timeline().id(item), thumbnail.rect.intersect(chart.regions.lanes))
            else {
                continue;
            };
            if !rect.is_positive() {
                continue;
            }
            let response = ui.interact(rect, ui.scope_id().with(("thumbnail", &id)), Sense::CLICK);
            if response.hovered() {
                self.hovered = Some(item);
                ui.ctx().set_cursor_icon(CursorIcon::PointingHand);
            }
            if response.clicked() {
                self.messages.push(UiCommand::Select(id).into());
            }
            let media = self.state.timeline().event(thumbnail.event).and_then(|event| event.details.picture());
            if let Some(media) = media {
                let words = [media.words().to_owned(), media.credit_words()];
                response.on_hover_text(
                    words.iter().filter(|words| !words.is_empty()).cloned().collect::<Vec<_>>().join("\n"),
                );
            }
        }
    }

    /// Makes the rectangle of an item react.
    fn item(&mut self, ui: &Ui, rect: Rect, item: Item, name: &dyn Fn() -> String) -> Response {
        self.item_in(ui, (rect, None), item, None, name)
    }

    /// Makes the rectangle of an item react, and a further one, where an event may be in several lanes.
    fn item_in(
        &mut self,
        ui: &Ui,
        (rect, further): (Rect, Option<Rect>),
        item: Item,
        lane: Option<LaneIndex>,
        name: &dyn Fn() -> String,
    ) -> Response {
        // The focus stays on the item in a newer version of the document, too.
        let timeline = self.state.timeline();
        let (id, place) = (timeline.id(item), lane.and_then(|lane| timeline.lane_id(lane)));
        let name_of_area = ui.scope_id().with(("item", &id, place));
        // Only what is selected is dragged, so that nothing is moved by accident.
        let selected = self.selected == Some(item);
        let drags = if selected && matches!(item, Item::Event(_)) { Sense::DRAG } else { Sense::empty() };
        let response = self.roving.interact(ui, rect, name_of_area, drags, selected);
        // Not focusable: the first rectangle is.
        let further = further.map(|rect| ui.interact(rect, name_of_area.with("further"), Sense::CLICK | drags));
        let is_marked = selected || self.has_also(item);
        response.widget_info(|| WidgetInfo::selected(Role::Button, true, is_marked, name()));
        if let Item::Event(event) = item {
            let shown = self.state.projection();
            ui.ctx().accesskit_node_builder(name_of_area, |node| {
                // A button that is pressed would be heard to be released with every step.
                node.clear_toggled();
                node.set_selected(is_marked);
                // Also for readers that speak nothing but what has the focus.
                let lane = timeline.event(event).and_then(|event| timeline.lane_of(&event));
                if let Some(lane) = lane {
                    node.set_description(&*lane.title);
                }
                if let Some(position) = shown.position(event) {
                    node.set_position_in_set(position);
                    node.set_size_of_set(shown.dated());
                }
            });
        }
        let response = further.map_or(response.clone(), |further| response | further);
        if response.clicked() {
            let modifiers = ui.input(|input| input.modifiers);
            self.messages.extend(id.map(|id| match item {
                Item::Event(_) if modifiers.command => UiCommand::Several(SeveralMessage::Toggle(id)).into(),
                Item::Event(_) if modifiers.shift => UiCommand::Several(SeveralMessage::Through(id)).into(),
                _ => UiCommand::Select(id).into(),
            }));
        }
        if response.double_clicked() {
            self.messages.push(UiCommand::FitSelected.into());
        }
        if self.state.focuses && selected && !std::mem::replace(&mut self.gave_focus, true) {
            self.roving.focus(&response);
            self.messages.push(FrameEvent::Focused.into());
        }
        if response.hovered() || response.has_focus() {
            self.hovered = Some(item);
        }
        response.on_hover_cursor(CursorIcon::PointingHand)
    }
}

/// Whether something in the chart that has a record has the focus, as last drawn.
fn item_has_focus() -> Id {
    Id::unique("chart item has focus")
}

/// What of the chart can have the focus.
pub(super) fn stop(context: &Context) -> Option<Id> {
    context.data(|data| data.get_temp(Id::unique(ITEMS)))
}

/// Whether a selection by key takes the focus along: not where something outside the chart has it.
pub(super) fn may_take_focus(context: &Context) -> bool {
    let in_chart = [item_has_focus(), lane_names::has_focus()]
        .into_iter()
        .any(|id| context.data(|data| data.get_temp(id).unwrap_or(false)));
    in_chart || context.memory(|memory| memory.focused().is_none())
}

/// Scrolls to the selected event where its row is out of sight, and to the selected series where that is.
fn reveal(chart: &Chart, state: &State, messages: &mut Vec<Message>) {
    if let Some(Item::Series(series)) = state.selected() {
        messages.push(Message::Frame(FrameEvent::Revealed(chart.scrolling.to_series(series.get()))));
        return;
    }
    let (seen, lanes) = (chart.regions.lanes, chart.scrolling.lanes);
    let mark = state.selected_event().and_then(|event| chart.marks().find(|mark| mark.event == event));
    let scroll = match mark {
        Some(mark) if mark.rect.top() < seen.top() => lanes + mark.rect.top() - seen.top() - 12.0,
        Some(mark) if mark.rect.bottom() > seen.bottom() => lanes + mark.rect.bottom() - seen.bottom() + 12.0,
        _ => chart.scrolling.at,
    };
    messages.push(Message::Frame(FrameEvent::Revealed(scroll)));
}
