//! The panel of a text of which events are made.

use egui::text::{LayoutJob, TextFormat};
use egui::{Button, ComboBox, FontId, Key, Label, RichText, ScrollArea, Stroke, TextEdit, TextStyle, Ui};

use crate::capture::{FoundDate, SourceText};
use crate::date::Date;
use crate::layout::one_line;
use crate::paint::Theme;

use super::capture_state::{Capture, CaptureMessage, Step};
use super::message::{FrameEvent, Message};
use super::state::State;
use super::ui_command::UiCommand;
use super::words::count_words;

/// Shows the panel.
pub fn show(ui: &mut Ui, state: &State, theme: &Theme, messages: &mut Vec<Message>) {
    let capture = &state.capture;
    let mut changes = Vec::new();
    ui.horizontal_wrapped(|ui| {
        ui.label(RichText::new("Text").heading());
        if ui.button("Close Text").clicked() {
            messages.push(UiCommand::Capture.into());
        }
        if capture.text.is_some() && ui.button("Other Text…").clicked() {
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
    if capture.focuses_title {
        messages.push(FrameEvent::CaptureFocused.into());
    }
    messages.extend(changes.into_iter().map(|change| UiCommand::ChangeCapture(change).into()));
}

/// The field for the text.
fn entry(ui: &mut Ui, capture: &Capture, changes: &mut Vec<CaptureMessage>) {
    ui.add(
        Label::new(
            "Paste a report here: every date in it is marked, and sentences become events that cite it. Of a PDF, \
        take the text that your reader copies, or that pdftotext writes.",
        )
        .wrap(),
    );
    if ui.add_enabled(!capture.typed.trim().is_empty(), Button::new("Read Text")).clicked() {
        changes.push(CaptureMessage::Read);
    }
    let mut typed = capture.typed.clone();
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        let field = TextEdit::multiline(&mut typed).desired_width(f32::INFINITY).desired_rows(12);
        let field = ui.add(field).accessible_name("Text of a report");
        if field.changed() {
            changes.push(CaptureMessage::Type(typed));
        }
    });
}

/// The sentences of the paragraphs that are shown.
fn sentences(ui: &mut Ui, capture: &Capture, text: &SourceText, theme: &Theme, changes: &mut Vec<CaptureMessage>) {
    let [used, left] = capture.counts();
    ui.label(format!("{} with dates: {used} cited, {left} left", count_words(used + left, "sentence")));
    let all = text.paragraphs().len();
    let last = (capture.first + Capture::SHOWN).min(all);
    ui.horizontal_wrapped(|ui| {
        for (name, step) in [("Previous Date", Step::Previous), ("Next Date", Step::Next)] {
            if ui.button(name).clicked() {
                changes.push(CaptureMessage::Step(step));
            }
        }
        if all > Capture::SHOWN {
            if ui.add_enabled(capture.first > 0, Button::new("Earlier Text")).clicked() {
                changes.push(CaptureMessage::Show(capture.first.saturating_sub(Capture::SHOWN)));
            }
            if ui.add_enabled(last < all, Button::new("Later Text")).clicked() {
                changes.push(CaptureMessage::Show(last));
            }
        }
    });
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        for paragraph in text.paragraphs().get(capture.first..last).unwrap_or_default() {
            let page = paragraph.page.map(|page| format!(", p. {page}")).unwrap_or_default();
            ui.add_space(4.0);
            ui.weak(format!("¶ {}{page}", paragraph.number));
            for sentence in paragraph.sentences.clone() {
                let is_selected = capture.selected == Some(sentence);
                let job = words(ui, capture, text, sentence, theme);
                let button = Button::selectable(is_selected, job).wrap();
                let button = ui.add(button);
                if button.clicked() {
                    changes.push(CaptureMessage::Select(sentence));
                }
                if is_selected && capture.focuses_title {
                    button.scroll_to_me(None);
                }
            }
        }
    });
}

/// The words of a sentence, with its dates marked: underlined, and, if they are doubtful, in italics.
fn words(ui: &Ui, capture: &Capture, text: &SourceText, sentence: usize, theme: &Theme) -> LayoutJob {
    let font: FontId = TextStyle::Body.resolve(ui.style());
    let is_used = capture.is_used(sentence);
    let plain = TextFormat::simple(font, if is_used { theme.muted } else { theme.ink });
    let mut job = LayoutJob::default();
    if is_used {
        job.append("Cited · ", 0.0, plain.clone());
    }
    let Some(range) = text.sentences().get(sentence).map(|sentence| sentence.range.clone()) else { return job };
    let mut add = |from: usize, to: usize, format: TextFormat| {
        let words = text.text().get(from..to).unwrap_or_default().replace(['\n', '\r'], " ");
        job.append(&words, 0.0, format);
    };
    let mut at = range.start;
    for FoundDate { range: date, doubt, .. } in text.dates_of(sentence) {
        add(at, date.start, plain.clone());
        let marked = TextFormat {
            color: theme.accent,
            underline: Stroke::new(1.5, theme.accent),
            italics: doubt.is_some(),
            ..plain.clone()
        };
        add(date.start, date.end, marked);
        at = date.end;
    }
    add(at, range.end, plain);
    job
}

/// The form of the event that is made of the selected sentence.
fn form(ui: &mut Ui, state: &State, text: &SourceText, changes: &mut Vec<CaptureMessage>) {
    let capture = &state.capture;
    let Some(sentence) = capture.selected else {
        ui.weak("Select a sentence to make an event of it.");
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
    dates(ui, text.dates_of(sentence), changes);
    lane(ui, state, changes);
    source(ui, state, changes);
    let missing = capture.missing();
    ui.horizontal_wrapped(|ui| {
        let at = text.locator(sentence);
        if ui.add_enabled(missing.is_none(), Button::new("Add Event")).clicked() {
            changes.push(CaptureMessage::Add);
        }
        ui.weak(missing.unwrap_or_else(|| format!("Cites the sentence, {at}")));
    });
}

/// The dates of the sentence, and what else they may mean, as buttons.
fn dates(ui: &mut Ui, found: &[FoundDate], changes: &mut Vec<CaptureMessage>) {
    ui.horizontal_wrapped(|ui| {
        for FoundDate { date, doubt, .. } in found {
            let readings = doubt.iter().flat_map(|doubt| &doubt.readings);
            let words = |date: &str| Date::parse(date).map_or_else(|_| date.to_owned(), |date| date.words());
            for date in date.iter().chain(readings) {
                if ui.button(words(date)).clicked() {
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
        list.response.accessible_name(format!("Lane: {title}"));
    });
}

fn source(ui: &mut Ui, state: &State, changes: &mut Vec<CaptureMessage>) {
    const NEW: &str = "A new source";
    let capture = &state.capture;
    let sources = &state.timeline().sources;
    let now = capture.source.as_ref().and_then(|id| sources.iter().find(|source| source.id == *id));
    let title = now.map_or(NEW, |source| &source.title);
    ui.horizontal(|ui| {
        ui.label("Source");
        let list = ComboBox::from_id_salt("captured source").selected_text(one_line(title)).truncate();
        let list = list.show_ui(ui, |ui| {
            let all = sources.iter().map(|source| (Some(&source.id), source.title.as_str()));
            for (id, title) in std::iter::once((None, NEW)).chain(all) {
                if ui.add(Button::selectable(id == now.map(|source| &source.id), one_line(title))).clicked() {
                    changes.push(CaptureMessage::Source(id.cloned()));
                    ui.close();
                }
            }
        });
        list.response.accessible_name(format!("Source: {title}"));
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
