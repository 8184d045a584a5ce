//! The panel of a text of which events are made.

use std::sync::Arc;

use egui::{
    Button, ComboBox, Context, Event, Id, Key, KeyboardShortcut, Label, Modifiers, RichText, ScrollArea, TextEdit, Ui,
};

use crate::capture::FoundDate;
use crate::date::Date;
use crate::layout::one_line;
use crate::paint::Theme;

use super::capture_list;
use super::capture_state::{Capture, CaptureMessage, Step};
use super::captured_text::CapturedText;
use super::message::{FrameEvent, Message};
use super::state::State;
use super::ui_command::UiCommand;
use super::words::count_words;

pub(super) use super::capture_list::Dragged;

/// Length of a pasted text that is read at once, in bytes: a field with more would be slow.
const LONG: usize = 20_000;

const NEXT: KeyboardShortcut = KeyboardShortcut::new(Modifiers::ALT, Key::ArrowDown);
const PREVIOUS: KeyboardShortcut = KeyboardShortcut::new(Modifiers::ALT, Key::ArrowUp);
const NEXT_DATE: KeyboardShortcut = KeyboardShortcut::new(Modifiers::ALT, Key::PageDown);
const PREVIOUS_DATE: KeyboardShortcut = KeyboardShortcut::new(Modifiers::ALT, Key::PageUp);
const READ: KeyboardShortcut = KeyboardShortcut::new(Modifiers::COMMAND, Key::Enter);

/// Shows the panel.
pub fn show(ui: &mut Ui, state: &State, theme: &Theme, messages: &mut Vec<Message>) {
    let capture = &state.capture;
    let mut changes = Vec::new();
    keys(ui, state, &mut changes);
    ui.horizontal_wrapped(|ui| {
        ui.label(RichText::new("Text").heading());
        if hinted(ui, "Close Text", "Hide the text; it is there again when it is shown", Some("C")).clicked() {
            messages.push(UiCommand::Capture.into());
        }
        let keys = UiCommand::CaptureFile.shortcuts().first().map(|keys| ui.ctx().format_shortcut(keys));
        let hint = "Read a text, a web page or a PDF file";
        if hinted(ui, "Open File…", hint, keys.as_deref()).clicked() {
            messages.push(UiCommand::CaptureFile.into());
        }
        if capture.text.is_some() && hinted(ui, "Other Text…", "Paste another text", None).clicked() {
            changes.push(CaptureMessage::Anew);
        }
    });
    match &capture.text {
        None => entry(ui, capture, &mut changes),
        Some(text) => {
            let height = (ui.available_height() * 0.45).clamp(60.0, 230.0);
            egui::Panel::bottom("captured event").exact_size(height).resizable(false).show(ui, |ui| {
                ScrollArea::vertical().auto_shrink(false).show(ui, |ui| form(ui, state, text, &mut changes));
            });
            sentences(ui, capture, text, theme, &mut changes);
        }
    }
    if capture.focuses_title || capture.focuses_text {
        messages.push(FrameEvent::CaptureFocused.into());
    }
    messages.extend(changes.into_iter().map(|change| UiCommand::ChangeCapture(change).into()));
}

/// The keys of the panel, which work in its fields, too.
fn keys(ui: &Ui, state: &State, changes: &mut Vec<CaptureMessage>) {
    if state.capture.text.is_none() || state.has_overlay() {
        return;
    }
    for (keys, change) in [
        (NEXT, CaptureMessage::Step(Step::Next)),
        (PREVIOUS, CaptureMessage::Step(Step::Previous)),
        (NEXT_DATE, CaptureMessage::OtherDate(Step::Next)),
        (PREVIOUS_DATE, CaptureMessage::OtherDate(Step::Previous)),
    ] {
        if ui.input_mut(|input| input.consume_shortcut(&keys)) {
            changes.push(change);
        }
    }
}

/// A button that says what it does, and its key.
fn hinted(ui: &mut Ui, name: &str, hint: &str, keys: Option<&str>) -> egui::Response {
    let keys = keys.map(|keys| format!(" ({keys})")).unwrap_or_default();
    ui.button(name).on_hover_text(format!("{hint}{keys}"))
}

fn words_of(context: &Context, keys: KeyboardShortcut) -> String {
    context.format_shortcut(&keys)
}

/// The field for the text.
fn entry(ui: &mut Ui, capture: &Capture, changes: &mut Vec<CaptureMessage>) {
    let words =
        "Paste a report here, or open its file: every date in it is marked, and sentences become events that cite it.";
    ui.add(Label::new(words).wrap());
    let field = Id::unique("text of a report");
    let has_focus = ui.memory(|memory| memory.has_focus(field));
    let is_typed = !capture.typed.trim().is_empty();
    let hint = format!("Find the dates and sentences of the text ({})", words_of(ui.ctx(), READ));
    let read = ui.add_enabled(is_typed, Button::new("Read Text")).on_hover_text(hint).clicked();
    if read || has_focus && ui.input_mut(|input| input.consume_shortcut(&READ)) {
        changes.push(CaptureMessage::Read);
    }
    if has_focus {
        changes.extend(long_paste(ui, capture).map(CaptureMessage::Paste));
    }
    let mut typed = capture.typed.clone();
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        let text = TextEdit::multiline(&mut typed).desired_width(f32::INFINITY).desired_rows(12).id(field);
        let response = ui.add(text).accessible_name("Text of a report");
        if capture.focuses_text {
            response.request_focus();
        }
        if response.changed() {
            changes.push(CaptureMessage::Type(typed));
        }
    });
}

/// Takes a long text that is pasted out of the input.
fn long_paste(ui: &Ui, capture: &Capture) -> Option<String> {
    let is_long = |event: &Event| matches!(event, Event::Paste(text) if text.len() > LONG);
    let at = ui.input(|input| input.events.iter().position(is_long))?;
    let Event::Paste(text) = ui.input_mut(|input| input.events.remove(at)) else { return None };
    // What is typed already stays before it.
    Some(if capture.typed.trim().is_empty() { text } else { format!("{}\n\n{text}", capture.typed) })
}

/// The sentences, and how many of those with dates are left.
fn sentences(
    ui: &mut Ui,
    capture: &Capture,
    text: &Arc<CapturedText>,
    theme: &Theme,
    changes: &mut Vec<CaptureMessage>,
) {
    let [used, left] = capture.counts();
    ui.label(format!("{} with dates: {used} cited, {left} left", count_words(used + left, "sentence")));
    for note in &text.notes {
        ui.add(Label::new(RichText::new(note).weak()).wrap());
    }
    ui.horizontal_wrapped(|ui| {
        for (name, hint, keys, step) in [
            ("Previous Date", "Select the sentence with a date before that is not cited", PREVIOUS, Step::Previous),
            ("Next Date", "Select the next sentence with a date that is not cited", NEXT, Step::Next),
        ] {
            let keys = words_of(ui.ctx(), keys);
            if hinted(ui, name, hint, Some(&keys)).clicked() {
                changes.push(CaptureMessage::Step(step));
            }
        }
    });
    capture_list::show(ui, capture, text, theme, changes);
}

/// The form of the event that is made of the selected sentence.
fn form(ui: &mut Ui, state: &State, text: &CapturedText, changes: &mut Vec<CaptureMessage>) {
    let capture = &state.capture;
    let Some(sentence) = capture.selected else {
        ui.add(
            Label::new(RichText::new("Select a sentence to make an event of it, or drag it to a lane.").weak()).wrap(),
        );
        return;
    };
    let mut title = capture.title.clone();
    ui.horizontal(|ui| {
        let label = ui.label("Title");
        let field = TextEdit::singleline(&mut title).desired_width(f32::INFINITY).hint_text("In your own words");
        let field = ui.add(field).labelled_by(label.id);
        if capture.focuses_title {
            field.request_focus();
        }
        if field.changed() {
            changes.push(CaptureMessage::Title(title.clone()));
        }
        if field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter)) {
            changes.push(CaptureMessage::Add);
        }
    });
    let mut date = capture.date.clone();
    ui.horizontal(|ui| {
        let label = ui.label("Date");
        let field = ui.add(TextEdit::singleline(&mut date).desired_width(160.0)).labelled_by(label.id);
        if field.changed() {
            changes.push(CaptureMessage::Date(date));
        }
        ui.add(Label::new(capture.date_words()).wrap());
    });
    dates(ui, text.text.dates_of(sentence), changes);
    lane(ui, state, changes);
    source(ui, state, changes);
    let missing = capture.missing(state.captured_source().as_deref());
    ui.horizontal_wrapped(|ui| {
        let at = text.text.locator(sentence);
        let hint = "Add the event, and go on to the next sentence with a date (Enter in the title)";
        if ui.add_enabled(missing.is_none(), Button::new("Add Event")).on_hover_text(hint).clicked() {
            changes.push(CaptureMessage::Add);
        }
        ui.weak(missing.unwrap_or_else(|| format!("Cites the sentence, {at}")));
    });
}

/// The dates of the sentence, and what else they may mean, as buttons.
fn dates(ui: &mut Ui, found: &[FoundDate], changes: &mut Vec<CaptureMessage>) {
    let keys = [PREVIOUS_DATE, NEXT_DATE].map(|keys| words_of(ui.ctx(), keys)).join(", ");
    ui.horizontal_wrapped(|ui| {
        for FoundDate { date, doubt, .. } in found {
            let readings = doubt.iter().flat_map(|doubt| &doubt.readings);
            let words = |date: &str| Date::parse(date).map_or_else(|_| date.to_owned(), |date| date.words());
            for date in date.iter().chain(readings) {
                if hinted(ui, &words(date), "Take this date", Some(&keys)).clicked() {
                    changes.push(CaptureMessage::Date(date.clone()));
                }
            }
            if let Some(doubt) = doubt {
                ui.weak(format!("({})", doubt.words));
            }
        }
    });
}

fn lane(ui: &mut Ui, state: &State, changes: &mut Vec<CaptureMessage>) {
    let now = state.captured_lane();
    let lanes = &state.timeline().lanes;
    let title = lanes.iter().find(|lane| Some(&lane.id) == now.as_ref()).map_or("Events", |lane| &lane.title);
    ui.horizontal(|ui| {
        ui.label("Lane");
        let list = ComboBox::from_id_salt("captured lane").selected_text(one_line(title));
        let list = list.show_ui(ui, |ui| {
            for lane in lanes {
                if ui.add(Button::selectable(Some(&lane.id) == now.as_ref(), one_line(&lane.title))).clicked() {
                    changes.push(CaptureMessage::Lane(lane.id.clone()));
                    ui.close();
                }
            }
        });
        let list = list.response.on_hover_text("The lane that the event comes into");
        list.accessible_name(format!("Lane: {title}"));
    });
}

fn source(ui: &mut Ui, state: &State, changes: &mut Vec<CaptureMessage>) {
    const NEW: &str = "A new source";
    let capture = &state.capture;
    let sources = &state.timeline().sources;
    let chosen = state.captured_source();
    let now = chosen.as_ref().and_then(|id| sources.iter().find(|source| source.id == *id));
    let title = now.map_or(NEW, |source| &source.title);
    ui.horizontal(|ui| {
        ui.label("Source");
        let list = ComboBox::from_id_salt("captured source").selected_text(one_line(title)).truncate();
        let list = list.show_ui(ui, |ui| {
            let all = sources.iter().map(|source| (Some(&source.id), source.title.as_str()));
            for (id, title) in all.chain(std::iter::once((None, NEW))) {
                if ui.add(Button::selectable(id == now.map(|source| &source.id), one_line(title))).clicked() {
                    changes.push(CaptureMessage::Source(id.cloned()));
                    ui.close();
                }
            }
        });
        let list = list.response.on_hover_text("The source that the text is of, which events cite");
        list.accessible_name(format!("Source: {title}"));
    });
    if now.is_none() {
        let mut title = capture.new_source.clone();
        ui.horizontal(|ui| {
            let label = ui.label("Title of the source");
            let field = ui.add(TextEdit::singleline(&mut title).desired_width(f32::INFINITY)).labelled_by(label.id);
            if field.changed() {
                changes.push(CaptureMessage::NewSource(title));
            }
        });
    }
}
