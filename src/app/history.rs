//! The list of changes, in which the user goes back and forth.

use egui::{Button, Context, Ui};

use crate::layout::one_line;

use super::dialog::{Dialog, scrolling};
use super::message::Message;
use super::state::State;
use super::ui_command::UiCommand;

/// Maximum number of changes that are listed before and after the one that is shown.
const MOST: usize = 200;

/// Shows the list of changes.
pub(super) fn show(ctx: &Context, state: &State, messages: &mut Vec<Message>) {
    let dialog =
        Dialog { name: "Edit History", width: 420.0, close: Message::Ui(UiCommand::EditHistory), at_foot: false };
    let body = |ui: &mut Ui, room: f32, messages: &mut Vec<Message>| {
        scrolling(ui, room, |ui| list(ui, state, messages));
    };
    dialog.show(ctx, messages, body, |ui, messages| {
        let editing = &state.document.editing;
        for (name, hint, command, is_possible) in [
            ("Undo", "Take the last change back (Ctrl+Z)", UiCommand::Undo, editing.next_undo().is_some()),
            (
                "Redo",
                "Repeat the change that was taken back last (Ctrl+Y)",
                UiCommand::Redo,
                editing.next_redo().is_some(),
            ),
        ] {
            let button = ui.add_enabled(is_possible, Button::new(name)).on_hover_text(hint);
            if button.on_disabled_hover_text(hint).clicked() {
                messages.push(command.into());
            }
        }
        if ui.button("Close").on_hover_text("Close (Esc)").clicked() {
            messages.push(UiCommand::EditHistory.into());
        }
    });
}

fn list(ui: &mut Ui, state: &State, messages: &mut Vec<Message>) {
    let (entries, done) = state.document.editing.entries();
    if entries.is_empty() {
        ui.label("Nothing has been changed.");
        return;
    }
    let names = std::iter::once("As opened").chain(entries.iter().map(|entry| entry.name.as_str()));
    let first = done.saturating_sub(MOST);
    if first > 0 {
        ui.weak(format!("{first} earlier"));
    }
    for (number, name) in names.enumerate().skip(first).take(2 * MOST + 1) {
        let name = one_line(name);
        let words = match number.cmp(&done) {
            std::cmp::Ordering::Less => name.into_owned(),
            std::cmp::Ordering::Equal => format!("{name} (shown)"),
            std::cmp::Ordering::Greater => format!("{name} (taken back)"),
        };
        let line = ui.add(Button::selectable(number == done, words).wrap());
        if line.on_hover_text("Show the document after this change").clicked() && number != done {
            messages.push(UiCommand::GoToEdit(number).into());
        }
    }
    let later = (entries.len() + 1).saturating_sub(first + 2 * MOST + 1);
    if later > 0 {
        ui.weak(format!("{later} later"));
    }
}
