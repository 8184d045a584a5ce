//! Fields of a form: a name, what is typed, and what is said of it.

use egui::{Align, Button, ComboBox, FontId, Id, Key, Label, Layout, Response, RichText, TextEdit, Ui};

use crate::document::{DocPath, PathSegment};
use crate::paint::Theme;

use super::super::fonts::bold;
use super::super::form::{FormMessage, FormTarget, RecordForm};
use super::super::prose;
use super::super::state::State;

/// Size of the names of fields and of what is said of them, in points.
const SMALL: f32 = 12.5;

/// A form while it is shown.
pub(super) struct Fields<'a> {
    pub form: &'a RecordForm,
    pub state: &'a State,
    pub theme: &'a Theme,
    pub prose: &'a mut prose::Cache,
    pub messages: &'a mut Vec<FormMessage>,
}

/// The name of a field.
pub(in super::super) fn name(ui: &mut Ui, words: &str) {
    ui.add_space(2.0);
    ui.label(RichText::new(words).font(FontId::proportional(SMALL)).weak());
}

/// What is wrong, or may have been meant otherwise.
pub(super) fn remark(ui: &mut Ui, words: &str, color: egui::Color32) {
    ui.add(Label::new(RichText::new(words).font(FontId::proportional(SMALL)).color(color)).wrap());
}

/// "This cannot be left out".
fn sentence(words: &str) -> String {
    let mut rest = words.chars();
    rest.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default() + rest.as_str()
}

impl Fields<'_> {
    pub fn push(&mut self, message: FormMessage) {
        self.messages.push(message);
    }

    /// A text on one line.
    pub fn line(&mut self, ui: &mut Ui, path: &DocPath, label: &str, hint: &str) {
        self.sized_line(ui, path, label, hint, None);
    }

    /// A text on one line, in a font of its own.
    pub fn sized_line(&mut self, ui: &mut Ui, path: &DocPath, label: &str, hint: &str, font: Option<FontId>) {
        name(ui, label);
        let mut text = self.form.text(path).to_owned();
        let mut field = TextEdit::singleline(&mut text).hint_text(hint).desired_width(f32::INFINITY);
        if let Some(font) = font {
            field = field.font(font);
        }
        let response = ui.add(field.id(id(self.form, path))).accessible_name(label);
        self.react(ui, path, &response, text);
        self.verdict(ui, path);
    }

    /// A text of several lines, in `CommonMark`, and what it looks like.
    pub fn prose(&mut self, ui: &mut Ui, path: &DocPath, label: &str, hint: &str) {
        name(ui, label);
        let mut text = self.form.text(path).to_owned();
        let field = TextEdit::multiline(&mut text).hint_text(hint).desired_width(f32::INFINITY).desired_rows(3);
        let response = ui.add(field.id(id(self.form, path))).accessible_name(label);
        self.react(ui, path, &response, text.clone());
        // What has no marks looks as it is typed.
        if text.contains(['*', '_', '`', '#', '[', '>', '<', '\\']) || text.contains("\n-") || text.contains("\n1") {
            let frame = egui::Frame::new().inner_margin(egui::Margin { left: 12, right: 0, top: 2, bottom: 2 });
            let shown = frame.show(ui, |ui| {
                name(ui, "Preview");
                drop(prose::show(ui, self.prose, &text));
            });
            let edge = shown.response.rect;
            ui.painter().vline(edge.left() + 3.0, edge.y_range(), egui::Stroke::new(2.0, self.theme.line));
        }
    }

    /// Tells what is typed, and when a field is left; gives it the focus that it is to get.
    pub fn react(&mut self, ui: &Ui, path: &DocPath, response: &Response, text: String) {
        if self.takes_focus(ui, path, response) {
            // What is typed goes on in the field that one comes back to.
            select(ui, response.id, &text, self.form.last.as_ref() != Some(path));
        }
        if response.gained_focus() {
            self.push(FormMessage::Focused(path.clone()));
            // As in other forms, what is typed replaces what is there where Tab leads to a field.
            if ui.input(|input| input.key_pressed(Key::Tab)) && !text.contains('\n') {
                select(ui, response.id, &text, true);
            }
        }
        if response.changed() {
            self.push(FormMessage::Type(path.clone(), text));
        }
        if response.lost_focus() {
            let entered = ui.input(|input| input.key_pressed(Key::Enter));
            self.push(if entered { FormMessage::Enter(path.clone()) } else { FormMessage::Leave(path.clone()) });
            if entered && *self.form.target() == FormTarget::NewEvent {
                self.push(FormMessage::Create);
            }
        }
    }

    /// Gives a part of the form the focus if that is due.
    pub fn takes_focus(&mut self, ui: &Ui, path: &DocPath, response: &Response) -> bool {
        let takes = self.form.focus.as_ref() == Some(path);
        if takes {
            response.request_focus();
            if !ui.clip_rect().contains_rect(response.rect) {
                response.scroll_to_me(Some(Align::Center));
            }
            self.push(FormMessage::Focused(path.clone()));
        }
        takes
    }

    /// Says where the focus goes once something is chosen: with the pointer, back to the field that one was in, if that is
    /// in sight; by key, to `next`.
    pub fn go_on(&mut self, ui: &Ui, next: Option<DocPath>) {
        let is_clicked = ui.input(|input| input.pointer.any_click());
        let is_seen = |path: &&DocPath| {
            let response = ui.ctx().read_response(id(self.form, path));
            response.is_some_and(|response| ui.clip_rect().contains_rect(response.rect))
        };
        let last = self.form.last.as_ref().filter(is_seen).cloned();
        self.messages.extend(if is_clicked { last } else { next }.map(FormMessage::Focus));
    }

    /// What is said of a field: what it means, what is wrong, and texts that mend it.
    pub fn verdict(&mut self, ui: &mut Ui, path: &DocPath) {
        // An empty field of a form that has just been opened is no mistake yet.
        let is_untouched = self.form.text(path).is_empty() && !self.form.drafts.contains_key(path);
        if is_untouched {
            return;
        }
        let verdict = self.form.verdict(path);
        if let Some(words) = &verdict.words {
            remark(ui, words, self.theme.muted);
        }
        if let Err(problem) = &verdict.value {
            remark(ui, &sentence(problem), self.theme.error);
        }
        self.fixes(ui, path, &verdict.fixes);
        for (caution, fixes) in &verdict.cautions {
            remark(ui, &sentence(caution), self.theme.muted);
            self.fixes(ui, path, fixes);
        }
    }

    fn fixes(&mut self, ui: &mut Ui, path: &DocPath, fixes: &[String]) {
        if fixes.is_empty() {
            return;
        }
        ui.horizontal_wrapped(|ui| {
            for fix in fixes {
                let button = ui.add(Button::new(RichText::new(fix).font(FontId::proportional(SMALL))));
                if button.accessible_name(format!("Write {fix}")).clicked() {
                    self.push(FormMessage::Set(path.clone(), fix.clone()));
                    self.push(FormMessage::Focus(path.clone()));
                }
            }
        });
    }

    /// A choice of several; the text of the first is that of an absent field, if it is empty. Returns what is chosen.
    pub fn choice(&mut self, ui: &mut Ui, path: &DocPath, label: &str, choices: &[(String, String)]) -> Option<String> {
        name(ui, label);
        let now = self.form.text(path);
        let words = choices.iter().find(|(value, _)| value == now).map_or(now, |(_, words)| words);
        let (response, chosen) = list(ui, label, words, choices, Some(now));
        self.takes_focus(ui, path, &response);
        if let Some(chosen) = &chosen {
            self.push(FormMessage::Set(path.clone(), chosen.clone()));
            self.go_on(ui, None);
        }
        chosen
    }

    /// A row of buttons, of which the first is the main one.
    pub fn buttons(&mut self, ui: &mut Ui, buttons: &[(&str, &str, FormMessage)]) {
        ui.horizontal_wrapped(|ui| {
            for (words, hint, message) in buttons {
                if ui.button(*words).on_hover_text(*hint).clicked() {
                    self.push(message.clone());
                }
            }
        });
    }
}

/// A heading with buttons at its right.
pub(super) fn heading(ui: &mut Ui, words: &str, right: impl FnOnce(&mut Ui)) {
    ui.horizontal(|ui| {
        ui.label(RichText::new(words).font(bold(13.0)));
        ui.with_layout(Layout::right_to_left(Align::Center), right);
    });
}

/// A list of choices, and what is chosen. A screen reader on Linux is not told the value of a list, so its name says it.
pub(in super::super) fn list(
    ui: &mut Ui,
    label: &str,
    words: &str,
    choices: &[(String, String)],
    now: Option<&str>,
) -> (Response, Option<String>) {
    let mut chosen = None;
    let room = (ui.ctx().content_rect().height() - 60.0).clamp(20.0, 420.0);
    let width = ui.available_width().max(40.0);
    let list = ComboBox::from_id_salt(("form list", label)).height(room).width(width).selected_text(words).truncate();
    let shown = list.show_ui(ui, |ui| {
        for (value, words) in choices {
            if ui.add(Button::selectable(now == Some(value), words)).clicked() {
                chosen = Some(value.clone());
                ui.close();
            }
        }
    });
    let said = format!("{label}: {words}");
    let response = shown.response.on_hover_text(&said).accessible_name(said);
    if chosen.is_some() {
        response.request_focus();
    }
    (response, chosen)
}

/// The id of a field, which is the same wherever it stands.
pub(super) fn id(form: &RecordForm, path: &DocPath) -> Id {
    let steps: Vec<(&str, usize)> = path
        .segments()
        .iter()
        .map(|segment| match segment {
            PathSegment::Field(name) => (*name, 0),
            PathSegment::Index(index) => ("", *index),
        })
        .collect();
    Id::unique(("form field", format!("{:?}", form.target()), steps))
}

/// Selects all that is in a field, so that typing replaces it, or nothing, so that typing goes on after it.
pub(super) fn select(ui: &Ui, id: Id, text: &str, all: bool) {
    let mut state = TextEdit::load_state(ui.ctx(), id).unwrap_or_default();
    let end = egui::text::CCursor::new(text.chars().count());
    let start = if all { egui::text::CCursor::default() } else { end };
    state.cursor.set_char_range(Some(egui::text::CCursorRange::two(start, end)));
    state.store(ui.ctx(), id);
}
