//! The field in which lines make events: over the chart, and in the chart of an empty timeline.

use egui::{
    Button, Context, Event, FontId, Key, KeyboardShortcut, Label, Modifiers, Rect, RichText, TextEdit, Ui, UiBuilder,
    vec2,
};

use crate::compose::{EventLine, LaneName};
use crate::paint::Theme;

use super::dialog::{Dialog, focus_once, scrolling};
use super::fonts::bold;
use super::message::Message;

use super::state::State;
use super::ui_command::UiCommand;
use super::words::count_words;

/// An example of a line.
const EXAMPLE: &str = "1965-06-22 Treaty signed #treaty @diplomacy";
/// The greatest number of lines of which it is said what they are read as.
const MOST: usize = 12;

/// Shows the field over the chart.
pub(super) fn show(ctx: &Context, state: &State, theme: &Theme, messages: &mut Vec<Message>) {
    let dialog = Dialog { name: "New Events", width: 560.0, close: Message::Ui(UiCommand::Clear), at_foot: true };
    let body = |ui: &mut Ui, room: f32, messages: &mut Vec<Message>| {
        scrolling(ui, room, |ui| {
            let hint = "A line each: a date, what happened, #tags and the @lane. Shift+Enter begins another line.";
            ui.add(Label::new(RichText::new(hint).weak()).wrap());
            lines(ui, state, theme, messages);
        });
    };
    dialog.show(ctx, messages, body, |ui, messages| {
        add_button(ui, state, theme, messages);
        if ui.button("Close").on_hover_text("Close (Esc)").clicked() {
            messages.push(UiCommand::Clear.into());
        }
    });
}

/// Shows, in the chart of an empty timeline, how the first event is made.
pub(super) fn first(ui: &mut Ui, chart: Rect, state: &State, theme: &Theme, messages: &mut Vec<Message>) {
    let size = vec2(480.0_f32.min(chart.width() - 24.0).max(0.0), 260.0_f32.min(chart.height() - 16.0).max(0.0));
    let rect = Rect::from_center_size(chart.center(), size);
    let mut inside = ui.new_child(UiBuilder::new().max_rect(rect));
    egui::Frame::popup(inside.style()).inner_margin(egui::Margin::same(20)).show(&mut inside, |ui| {
        ui.set_width(ui.available_width());
        ui.label(RichText::new("What happened first?").heading());
        ui.add(
            Label::new("Say when and what, in one line. @ names a lane, # a tag. Everything can be changed later.")
                .wrap(),
        );
        ui.add_space(6.0);
        lines(ui, state, theme, messages);
        ui.add_space(6.0);
        ui.horizontal_wrapped(|ui| {
            add_button(ui, state, theme, messages);
            if ui.button("Use a Form").on_hover_text("Go on in a form (N)").clicked() {
                messages.push(UiCommand::NewEvent.into());
            }
            let capture =
                ui.button("From a Text…").on_hover_text("Paste a report, and make events of its sentences (C)");
            if capture.clicked() {
                messages.push(UiCommand::Capture.into());
            }
        });
    });
}

/// The field, and what its lines are read as.
fn lines(ui: &mut Ui, state: &State, theme: &Theme, messages: &mut Vec<Message>) {
    let mut typed = state.quick_entry.clone().unwrap_or_default();
    // Enter adds the events.
    let newline = KeyboardShortcut::new(Modifiers::SHIFT, Key::Enter);
    let field = TextEdit::multiline(&mut typed).hint_text(EXAMPLE).desired_rows(1).return_key(newline);
    let response = ui.add(field.desired_width(f32::INFINITY).id(field_id())).accessible_name("Events, a line each");
    if ui.data_mut(|data| data.remove_temp::<bool>(field_id())).is_some() {
        response.request_focus();
    }
    if state.asks_lines() {
        focus_once(ui, &response, true);
    } else {
        focus_first(ui, &response, state);
    }
    if response.changed() {
        messages.push(UiCommand::SetQuickEntry(typed).into());
    }
    // Shift may be up again at the end of the frame.
    let is_enter = |event: &Event| matches!(event, Event::Key { key: Key::Enter, pressed: true, modifiers, .. } if !modifiers.shift);
    if response.has_focus() && ui.input(|input| input.events.iter().any(is_enter)) {
        add(ui.ctx(), false, messages);
    }
    let (names, lines) = (state.lane_names(), state.typed_lines());
    for line in lines.iter().take(MOST) {
        understood(ui, line, (state, &names), theme, messages);
    }
    if lines.len() > MOST {
        ui.weak(format!("and {}", count_words(lines.len() - MOST, "more line")));
    }
}

/// What a line is read as, what is wrong with it, and what to write instead.
fn understood(
    ui: &mut Ui,
    line: &EventLine,
    (state, names): (&State, &[LaneName<'_>]),
    theme: &Theme,
    messages: &mut Vec<Message>,
) {
    ui.add_space(2.0);
    ui.add(Label::new(RichText::new(line.words(names)).font(bold(13.0))).wrap());
    for doubt in &line.doubts {
        let color = if doubt.is_error { theme.error } else { theme.muted };
        let mut message = doubt.message.chars();
        let first = message.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
        ui.add(Label::new(RichText::new(first + message.as_str()).color(color)).wrap());
        if doubt.fixes.is_empty() {
            continue;
        }
        ui.horizontal_wrapped(|ui| {
            for fix in &doubt.fixes {
                let button = ui.add(Button::new(RichText::new(&fix.words).font(FontId::proportional(13.0))));
                if button.accessible_name(format!("Write {}", fix.words)).clicked() {
                    let all = state.typed_lines();
                    let mended = all.iter().map(|other| if other.line == line.line { &fix.line } else { &other.line });
                    let mended: Vec<&str> = mended.map(String::as_str).collect();
                    messages.push(UiCommand::SetQuickEntry(mended.join("\n")).into());
                    // Enter adds what is now right.
                    ui.data_mut(|data| data.insert_temp(field_id(), true));
                }
            }
        });
    }
}

/// Gives the focus to the field in an empty timeline, once.
fn focus_first(ui: &Ui, response: &egui::Response, state: &State) {
    let id = egui::Id::unique("first event had the focus");
    let shown = ui.data_mut(|data| std::mem::replace(data.get_temp_mut_or_default::<u64>(id), state.documents_shown));
    if shown != state.documents_shown {
        response.request_focus();
    }
}

/// The id of the field: of one, wherever it stands.
fn field_id() -> egui::Id {
    egui::Id::unique("lines that make events")
}

/// The button that adds the events, and the one that adds their lane too.
fn add_button(ui: &mut Ui, state: &State, theme: &Theme, messages: &mut Vec<Message>) {
    let lines = state.typed_lines();
    let words =
        if lines.len() > 1 { format!("Add {}", count_words(lines.len(), "Event")) } else { "Add Event".to_owned() };
    let ready = !lines.is_empty() && lines.iter().all(EventLine::is_good);
    let main = Button::new(RichText::new(words).font(bold(13.5)).color(theme.on_accent)).fill(theme.accent);
    if ui.add_enabled(ready, main).on_hover_text("Add what is typed (Enter)").clicked() {
        add(ui.ctx(), false, messages);
    }
    let near = lines.iter().filter(|line| !line.is_good()).find_map(|line| line.new_lane.as_deref());
    if let Some(lane) = near
        && ui.button(format!("Add with New Lane “{lane}”")).clicked()
    {
        add(ui.ctx(), true, messages);
    }
}

/// Adds the events of the lines. The field is for further ones: it has the focus, and its changes are no longer those of
/// what was typed before.
fn add(ctx: &Context, makes_lane: bool, messages: &mut Vec<Message>) {
    messages.push(UiCommand::AddTyped { makes_lane }.into());
    ctx.data_mut(|data| data.insert_temp(field_id(), true));
    if let Some(mut state) = TextEdit::load_state(ctx, field_id()) {
        state.clear_undoer();
        state.store(ctx, field_id());
    }
}

/// Whether the field has the focus and nothing is typed in it: keys that change a text then have nothing to change.
pub(super) fn is_idle(ctx: &Context, state: &State) -> bool {
    state.quick_entry.as_deref().unwrap_or_default().is_empty() && ctx.memory(|memory| memory.has_focus(field_id()))
}
