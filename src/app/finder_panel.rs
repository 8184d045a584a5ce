//! The box in which events are searched: its field, what is offered and what was found, over the top of the chart.

use std::ops::Range;

use egui::accesskit::{AutoComplete, HasPopup};
use egui::text::{CCursor, CCursorRange};
use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{
    Align, Align2, Area, Button, Color32, Context, FontId, Frame, Id, Key, Label, Margin, Modifiers, Order, Rect,
    RichText, Role, Sense, Stroke, TextEdit, Ui, UiBuilder, WidgetInfo, pos2, vec2,
};

use crate::layout::one_line;
use crate::paint::Theme;
use crate::query::{Found, Needle};
use crate::sorting;
use crate::timeline::{Event, EventIndex, Timeline, number};

use super::filter_state::FilterMessage;
use super::find_field::{field_id, has_focus};
use super::find_message::FindMessage;
use super::finder::{Finder, Offer, OfferLine};
use super::message::Message;
use super::shortcuts::Shortcuts;
use super::state::State;
use super::ui_command::UiCommand;
use super::words::count_words;

/// How wide the box is where the chart has room, in points.
const WIDTH: f32 = 580.0;
/// The height of an option, in points.
const ROW: f32 = 26.0;
/// How many options are shown.
const ROWS: usize = 8;
/// How many are shown while Enter goes from event to event, so that these can be seen.
const WALKED: usize = 3;

/// Shows the box, if it is open.
pub(super) fn show(ctx: &Context, state: &State, theme: &Theme, messages: &mut Vec<Message>) {
    let focused = field_id().with("focused");
    let Some(finder) = &state.finder else {
        return ctx.data_mut(|data| data.remove::<u64>(focused));
    };
    let (window, chart) = (ctx.content_rect(), state.chart_rect);
    let width = WIDTH.min(chart.width().max(260.0) - 16.0).min(window.width() - 16.0).max(0.0);
    let x = chart
        .center()
        .x
        .clamp(window.left() + width / 2.0 + 8.0, (window.right() - width / 2.0 - 8.0).max(window.left()));
    let area = Area::new(Id::unique("find")).order(Order::Foreground).pivot(Align2::CENTER_TOP);
    area.fixed_pos(pos2(x, window.top() + 41.0)).accessible_name("Find").show(ctx, |ui| {
        Frame::popup(ui.style()).inner_margin(Margin::same(8)).show(ui, |ui| {
            ui.set_width(width - 16.0);
            ui.spacing_mut().item_spacing.y = 4.0;
            let room = window.height() - 41.0 - 130.0;
            let most = if finder.walks { WALKED } else { ROWS };
            let rows = ((room / ROW).max(1.0) as usize).min(most);
            let options = Options { finder, found: state.found(), rows, theme };
            keys(ui, &options, messages);
            field(ui, &options, messages);
            summary(ui, state, &options, messages);
            for problem in finder.search.problems() {
                let mut words = problem.message.chars();
                let first = words.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
                ui.add(Label::new(RichText::new(first + words.as_str()).color(theme.error)).wrap());
            }
            list(ui, state, &options, messages);
        });
    });
}

/// What can be chosen in the box.
struct Options<'a> {
    finder: &'a Finder,
    found: Option<&'a Found>,
    /// How many are shown at once.
    rows: usize,
    theme: &'a Theme,
}

impl Options<'_> {
    fn len(&self) -> usize {
        self.finder.offers.len() + self.found.map_or(0, Found::len)
    }

    fn shown(&self) -> Range<usize> {
        let most = self.len().saturating_sub(self.rows);
        let mut top = self.finder.top;
        if let Some(active) = self.finder.active.filter(|_| self.finder.follows) {
            // The one before and the one after are in sight, too.
            top = top.min(active.saturating_sub(1)).max((active + 2).saturating_sub(self.rows));
        }
        let top = top.min(most);
        top..(top + self.rows).min(self.len())
    }

    fn completes(&self) -> Option<usize> {
        let writes = |line: &&OfferLine| matches!(line.offer, Offer::Write(_));
        let is_active =
            self.finder.active.filter(|option| self.finder.offers.get(*option).as_ref().is_some_and(writes));
        let first = || self.finder.offers.iter().position(|line| writes(&line));
        // In an empty field Tab leads on.
        if self.finder.typed.is_empty() { is_active } else { is_active.or_else(first) }
    }
}

/// Takes the keys that have another meaning in the box than in a field.
fn keys(ui: &Ui, options: &Options<'_>, messages: &mut Vec<Message>) {
    if !has_focus(ui.ctx()) {
        return;
    }
    let page = options.rows.saturating_sub(1).max(1) as isize;
    let meanings = [
        (Modifiers::SHIFT, Key::Enter, FindMessage::Enter(-1)),
        (Modifiers::NONE, Key::Enter, FindMessage::Enter(1)),
        (Modifiers::NONE, Key::ArrowDown, FindMessage::Move(1)),
        (Modifiers::NONE, Key::ArrowUp, FindMessage::Move(-1)),
        (Modifiers::NONE, Key::PageDown, FindMessage::Move(page)),
        (Modifiers::NONE, Key::PageUp, FindMessage::Move(-page)),
    ];
    for (modifiers, key, meaning) in meanings {
        for _ in 0..ui.input_mut(|input| input.count_and_consume_key(modifiers, key)) {
            messages.push(UiCommand::Finder(meaning.clone()).into());
        }
    }
    if let Some(option) = options.completes()
        && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Tab))
    {
        choose(option, messages);
    }
}

fn choose(option: usize, messages: &mut Vec<Message>) {
    messages.push(UiCommand::Finder(FindMessage::Choose(option)).into());
}

fn field(ui: &mut Ui, options: &Options<'_>, messages: &mut Vec<Message>) {
    let finder = options.finder;
    let (id, focused) = (field_id(), field_id().with("focused"));
    let mut typed = finder.typed.clone();
    let is_new = ui.data_mut(|data| *data.get_temp_mut_or_default::<u64>(focused)) != finder.focuses;
    if is_new {
        ui.data_mut(|data| data.insert_temp(focused, finder.focuses));
        let mut state = TextEdit::load_state(ui.ctx(), id).unwrap_or_default();
        let end = CCursor::new(typed.chars().count());
        let start = if finder.selects_all { CCursor::new(0) } else { end };
        state.cursor.set_char_range(Some(CCursorRange::two(start, end)));
        state.store(ui.ctx(), id);
    }
    let field =
        TextEdit::singleline(&mut typed).id(id).desired_width(f32::INFINITY).lock_focus(options.completes().is_some());
    let field = field.font(FontId::proportional(16.0)).hint_text("Find events, > for a command, or a date");
    let response = ui.add(field).accessible_name("Find events, commands and dates");
    if is_new {
        response.request_focus();
    }
    if response.changed() {
        messages.push(UiCommand::Finder(FindMessage::Type(typed)).into());
    }
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_role(Role::EditableComboBox);
        node.set_auto_complete(AutoComplete::List);
        node.set_has_popup(HasPopup::Listbox);
        node.set_expanded(options.len() > 0);
        if let Some(active) = finder.active.filter(|active| options.shown().contains(active)) {
            node.set_active_descendant(row_id(active).accesskit_id());
        }
    });
}

/// The number of events that were found, and what leads from one to another and out of the box.
fn summary(ui: &mut Ui, state: &State, options: &Options<'_>, messages: &mut Vec<Message>) {
    let finder = options.finder;
    ui.horizontal(|ui| {
        let words = summary_words(state, options);
        let label = ui.add(Label::new(RichText::new(&words).color(options.theme.muted)));
        label.widget_info(|| WidgetInfo::labeled(Role::Status, true, &words));
        ui.with_layout(egui::Layout::right_to_left(Align::Center), |ui| {
            let buttons = [
                ("Close", "Close, and go back to where it was opened (Esc)", FindMessage::Return),
                ("Stay", "Close, and stay here (Ctrl+K)", FindMessage::Stay),
                ("›", "Next Match (Enter)", FindMessage::Enter(1)),
                ("‹", "Previous Match (Shift+Enter)", FindMessage::Enter(-1)),
            ];
            let is_found = options.found.is_some_and(|found| !found.is_empty());
            if is_found {
                let hint = "Show only the events that are found, and close";
                if ui.add(Button::new("Filter").frame_when_inactive(false)).on_hover_text(hint).clicked() {
                    messages.push(UiCommand::Filter(FilterMessage::Add(finder.typed.clone())).into());
                    messages.push(UiCommand::Finder(FindMessage::Stay).into());
                }
            }
            for (words, hint, message) in buttons {
                let is_step = matches!(message, FindMessage::Enter(_));
                if is_step && !is_found {
                    continue;
                }
                let button = ui.add(Button::new(words).frame_when_inactive(false)).on_hover_text(hint);
                let button = if is_step { button.accessible_name(hint) } else { button };
                if button.clicked() {
                    // An arrow is about events, whatever else is offered.
                    let message = if is_step && !finder.walks { step(options, &message) } else { message };
                    messages.push(UiCommand::Finder(message).into());
                }
            }
        });
    });
}

/// What an arrow does before Enter has gone to an event.
fn step(options: &Options<'_>, message: &FindMessage) -> FindMessage {
    let offers = options.finder.offers.len();
    match (options.finder.active.filter(|active| *active >= offers), message) {
        (None, FindMessage::Enter(1)) => FindMessage::Choose(offers),
        (None, _) => FindMessage::Choose(options.len().saturating_sub(1)),
        (Some(_), message) => message.clone(),
    }
}

/// "12 of 340 events", and which of them is selected.
fn summary_words(state: &State, options: &Options<'_>) -> String {
    let finder = options.finder;
    let Some(found) = options.found else {
        return match () {
            () if finder.finds_commands() => count_words(finder.offers.len(), "command"),
            () if state.searches() => "Searching…".to_owned(),
            () => count_words(state.projection().len(), "event"),
        };
    };
    let all = count_words(state.projection().len(), "event");
    let words = format!("{} of {all}", number(found.len() as f64));
    match finder.active.and_then(|active| active.checked_sub(finder.offers.len())) {
        Some(position) => format!("{words}, match {}", number((position + 1) as f64)),
        None => words,
    }
}

fn row_id(option: usize) -> Id {
    Id::unique(("search option", option))
}

fn list(ui: &mut Ui, state: &State, options: &Options<'_>, messages: &mut Vec<Message>) {
    let shown = options.shown();
    if shown.is_empty() {
        return;
    }
    ui.spacing_mut().item_spacing.y = 0.0;
    let builder = UiBuilder::new().accessibility_role(Role::ListBox).accessibility_label("Results");
    let size = options.len();
    ui.ctx().accesskit_node_builder(ui.unique_id(), |_| {});
    let list = ui.scope_builder(builder, |ui| {
        for option in shown.clone() {
            row(ui, state, options, option, messages);
        }
        ui.unique_id()
    });
    ui.ctx().accesskit_node_builder(list.inner, |node| node.set_size_of_set(size));
    let rect = list.response.rect;
    if size > options.rows {
        let (share, start) = (options.rows as f32 / size as f32, shown.start as f32 / size as f32);
        let height = (rect.height() * share).max(16.0);
        let top = rect.top() + (rect.height() * start).min(rect.height() - height);
        let bar = Rect::from_x_y_ranges(rect.right() - 4.0..=rect.right(), top..=top + height);
        ui.painter().rect_filled(bar, 2.0, options.theme.edge);
    }
    wheel(ui, rect, options, shown.start, messages);
}

/// Scrolls by whole options.
fn wheel(ui: &Ui, rect: Rect, options: &Options<'_>, top: usize, messages: &mut Vec<Message>) {
    let id = field_id().with("wheel");
    let delta = ui.input(|input| input.smooth_scroll_delta().y);
    if delta == 0.0 || !ui.rect_contains_pointer(rect) {
        return;
    }
    let sum = ui.data(|data| data.get_temp::<f32>(id)).unwrap_or_default() - delta;
    let rows = (sum / ROW).trunc();
    ui.data_mut(|data| data.insert_temp(id, sum - rows * ROW));
    let next = top.saturating_add_signed(rows as isize).min(options.len().saturating_sub(options.rows));
    if next != top {
        messages.push(UiCommand::Finder(FindMessage::Scroll(next)).into());
    }
}

/// What a line of the list says.
struct Line {
    title: String,
    /// The parts of the title that were looked for, in bytes.
    marked: Vec<Range<usize>>,
    side: String,
    is_enabled: bool,
}

impl Line {
    fn of_event(event: EventIndex, finder: &Finder, timeline: &Timeline) -> Self {
        let resolved = timeline.event(event);
        let title = resolved.as_ref().map(|event| one_line(event.title).into_owned()).unwrap_or_default();
        let mut marked: Vec<Range<usize>> = finder.search.words().flat_map(|word| word.find_all(&title)).collect();
        sorting::by_key(&mut marked, |range| (range.start, range.end));
        let lane = resolved.as_ref().and_then(|event| timeline.lane(event.lane)).map(|lane| one_line(&lane.title));
        let date = resolved.as_ref().map(Event::date_words).unwrap_or_default();
        let side = format!("{date} · {}", lane.unwrap_or_default());
        Self { title, marked, side, is_enabled: true }
    }

    fn of_offer(line: &OfferLine, ctx: &Context, state: &State, typed: &str) -> Self {
        let title = line.words.clone();
        let Offer::Run(command) = &line.offer else {
            return Self { title, marked: Vec::new(), side: line.hint.clone(), is_enabled: true };
        };
        let words = typed.trim_start_matches('>').split_whitespace().filter_map(Needle::new);
        let mut marked: Vec<Range<usize>> = words.filter_map(|word| word.find(&title)).collect();
        sorting::by_key(&mut marked, |range| (range.start, range.end));
        let reason = state.unavailable(command);
        let keys = || Shortcuts::shown(ctx, command.shortcuts()).unwrap_or_default();
        Self { title, marked, side: reason.map_or_else(keys, str::to_owned), is_enabled: reason.is_none() }
    }

    /// The title, with what was looked for on a ground of its own and underlined.
    fn title(&self, theme: &Theme, color: Color32) -> LayoutJob {
        let plain = TextFormat::simple(FontId::proportional(14.0), color);
        let look =
            TextFormat { background: theme.found, underline: Stroke::new(1.0, theme.found_edge), ..plain.clone() };
        let mut job = LayoutJob::default();
        let mut from = 0;
        for range in &self.marked {
            let start = range.start.max(from);
            if start < range.end {
                job.append(self.title.get(from..start).unwrap_or_default(), 0.0, plain.clone());
                job.append(self.title.get(start..range.end).unwrap_or_default(), 0.0, look.clone());
                from = range.end;
            }
        }
        job.append(self.title.get(from..).unwrap_or_default(), 0.0, plain);
        job
    }
}

fn row(ui: &mut Ui, state: &State, options: &Options<'_>, option: usize, messages: &mut Vec<Message>) {
    let (finder, theme) = (options.finder, options.theme);
    let event = || options.found?.events().get(option - finder.offers.len());
    let line = if let Some(offer) = finder.offers.get(option) {
        Line::of_offer(offer, ui.ctx(), state, &finder.typed)
    } else {
        let Some(event) = event() else { return };
        Line::of_event(*event, finder, state.timeline())
    };
    let (_, rect) = ui.allocate_space(vec2(ui.available_width(), ROW));
    // Not focusable: the field keeps the focus.
    let response = ui.interact(rect, row_id(option), Sense::CLICK);
    let is_active = finder.active == Some(option);
    let name = || if line.side.is_empty() { line.title.clone() } else { format!("{}, {}", line.title, line.side) };
    response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, line.is_enabled, is_active, name()));
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_selected(is_active);
        node.set_position_in_set(option);
        node.set_size_of_set(options.len());
    });
    let visuals = ui.visuals();
    if is_active {
        ui.painter().rect_filled(rect, 4.0, visuals.selection.bg_fill);
        let bar = Rect::from_min_size(rect.min, vec2(3.0, rect.height()));
        ui.painter().rect_filled(bar, 1.5, theme.accent);
    } else if response.hovered() && line.is_enabled {
        ui.painter().rect_filled(rect, 4.0, visuals.widgets.hovered.bg_fill);
    }
    let inside = rect.shrink2(vec2(10.0, 0.0));
    let color = if line.is_enabled { theme.ink } else { theme.muted };
    let within = |mut job: LayoutJob, width: f32| {
        job.wrap = TextWrapping::truncate_at_width(width.max(0.0));
        ui.painter().layout_job(job)
    };
    let side = LayoutJob::simple_singleline(line.side.clone(), FontId::proportional(12.5), theme.muted);
    let side = within(side, inside.width() * if line.is_enabled { 0.5 } else { 0.62 });
    let title = within(line.title(theme, color), inside.width() - side.size().x - 12.0);
    let place = |size: egui::Vec2, align: Align2| align.align_size_within_rect(size, inside).min;
    ui.painter().galley(place(title.size(), Align2::LEFT_CENTER), title, color);
    ui.painter().galley(place(side.size(), Align2::RIGHT_CENTER), side, theme.muted);
    if response.clicked() {
        choose(option, messages);
    }
}
