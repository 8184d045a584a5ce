//! The report of an update from a file: what was changed in the document, and what was not.

use egui::{Context, RichText, Ui};

use crate::edit::{ItemChange, Outcome};

use super::dialog::{Dialog, scrolling};
use super::fonts::bold;
use super::message::Message;
use super::rows::section;
use super::ui_command::UiCommand;
use super::update_state::{NOTES, Section, UpdateMessage, UpdateReport, field_words, fields, item_words};
use super::words::count_words;

/// The greatest number of items of each kind that are shown.
const MOST: usize = 200;

/// Shows the report.
pub fn show(ctx: &Context, report: &UpdateReport, messages: &mut Vec<Message>) {
    let of = |message: UpdateMessage| Message::Ui(UiCommand::Update(message));
    let dialog = Dialog { name: "Import Report", width: 620.0, close: of(UpdateMessage::Close), at_foot: false };
    let body = |ui: &mut Ui, room: f32, messages: &mut Vec<Message>| {
        scrolling(ui, room, |ui| {
            ui.label(RichText::new(format!("{}: {}", report.name, report.words())).font(bold(13.5)));
            ui.weak(report.basis_words());
            for part in report.sections() {
                show_section(ui, report, &part, messages);
            }
            if !report.notes.is_empty() {
                section(ui, NOTES);
                for note in &report.notes {
                    ui.add(egui::Label::new(note).wrap());
                }
            }
            ui.add_space(8.0);
            ui.weak("All of it is one change, which Undo takes back.");
        });
    };
    dialog.show(ctx, messages, body, |ui, messages| {
        if ui.button("Close").on_hover_text("Close (Esc)").clicked() {
            messages.push(of(UpdateMessage::Close));
        }
        if ui.button("Undo").on_hover_text("Take the update back").clicked() {
            messages.extend([of(UpdateMessage::Close), UiCommand::Undo.into()]);
        }
        if ui.button("Copy").on_hover_text("Put the report on the clipboard").clicked() {
            messages.push(of(UpdateMessage::Copy));
        }
    });
}

fn show_section(ui: &mut Ui, report: &UpdateReport, part: &Section, messages: &mut Vec<Message>) {
    section(ui, part.heading);
    let shown = part.changes.iter().take(MOST).filter_map(|number| Some((*number, report.changes.get(*number)?)));
    for (number, change) in shown {
        show_change(ui, number, change, messages);
    }
    if part.changes.len() > MOST {
        ui.weak(format!("and {}", count_words(part.changes.len() - MOST, "more item")));
    }
}

fn show_change(ui: &mut Ui, number: usize, change: &ItemChange, messages: &mut Vec<Message>) {
    let title = item_words(change);
    ui.add(egui::Label::new(&title).wrap());
    let is_kept = matches!(change.outcome, Outcome::Kept(_));
    let margin = egui::Margin { left: 14, right: 0, top: 0, bottom: 4 };
    egui::Frame::new().inner_margin(margin).show(ui, |ui| {
        for field in fields(&change.outcome) {
            let words = RichText::new(field_words(field, &change.outcome)).weak();
            ui.add(egui::Label::new(words).wrap());
            let name = format!("Take the file’s {} of {title}", field.field.replace('_', " "));
            if is_kept && ui.small_button("Take the File’s").accessible_name(name).clicked() {
                messages.push(UiCommand::Update(UpdateMessage::Take(number, field.field)).into());
            }
        }
    });
}
