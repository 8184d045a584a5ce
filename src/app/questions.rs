//! Questions about changes that could be lost.

use egui::{Context, FontId, RichText, Ui};

use crate::edit::difference;
use crate::paint::Theme;

use super::dialog::{Dialog, focus_once, scrolling};
use super::dropped::{DropChoice, Dropped, MEDIA_FOLDER};
use super::fonts::bold;
use super::leaving::{Conflict, LeaveChoice, Leaving, Next, Resolution};
use super::message::Message;
use super::state::State;
use super::ui_command::UiCommand;
use super::unsaved::{FoundUnsaved, RecoveryChoice};

/// Maximum number of places in which two versions differ that are shown.
const MOST_PLACES: usize = 50;
/// Maximum length of what is shown of such a place, in characters.
const MOST_CHARACTERS: usize = 2_000;

/// Asks what is to become of unsaved changes.
pub(super) fn leave(ctx: &Context, state: &State, leaving: &Leaving, messages: &mut Vec<Message>) {
    if leaving.saves {
        return;
    }
    let answer = |choice| Message::Ui(UiCommand::Leave(choice));
    let dialog = Dialog { name: "Unsaved Changes", width: 420.0, close: answer(LeaveChoice::Stay), at_foot: false };
    let body = |ui: &mut Ui, room: f32, _: &mut Vec<Message>| {
        scrolling(ui, room, |ui| {
            let what = match &leaving.next {
                Next::Quit => "the window is closed".to_owned(),
                Next::Show(loaded) => format!("{} is shown", loaded.name),
                Next::Recover(recovered) => format!("unsaved changes of {} are shown", recovered.found.unsaved.name),
            };
            if state.has_unsaved_changes() {
                ui.label(format!("Save the changes of {} before {what}?", state.document.name));
                ui.label("What is not saved is lost.");
            }
            if let Some(typed) = state.typed_words() {
                ui.add_space(4.0);
                ui.label(format!("Something that is typed is not in the document: {typed}."));
                ui.label(match (&leaving.next, state.unsaved.is_kept()) {
                    (Next::Quit, true) => "It is kept, and offered at the next start.",
                    _ => "It is given up with the document; Cancel leaves it as it is.",
                });
            }
        });
    };
    dialog.show(ctx, messages, body, |ui, messages| {
        let saves = match &leaving.next {
            _ if state.has_unsaved_changes() => "Save",
            Next::Quit => "Close",
            _ => "Go On",
        };
        for (name, choice) in
            [(saves, LeaveChoice::Save), ("Discard", LeaveChoice::Discard), ("Cancel", LeaveChoice::Stay)]
        {
            let button = ui.button(name);
            if choice == LeaveChoice::Save {
                focus_once(ui, &button, false);
            }
            if button.clicked() {
                messages.push(answer(choice));
            }
        }
    });
}

/// Offers unsaved changes that earlier processes have left.
pub(super) fn recovery(ctx: &Context, found: &[FoundUnsaved], messages: &mut Vec<Message>) {
    let answer = |choice| Message::Ui(UiCommand::Recovery(choice));
    let dialog = Dialog {
        name: "Unsaved Changes Were Found",
        width: 460.0,
        close: answer(RecoveryChoice::Later),
        at_foot: false,
    };
    let body = |ui: &mut Ui, room: f32, messages: &mut Vec<Message>| {
        scrolling(ui, room, |ui| {
            ui.label("Longview ended before they were saved. What has been kept:");
            for one in found {
                let words = one.words();
                ui.add_space(4.0);
                ui.label(&words);
                if let Some(path) = &one.unsaved.path {
                    ui.weak(path.display().to_string());
                }
                ui.horizontal_wrapped(|ui| {
                    for (name, choice) in [
                        ("Recover", RecoveryChoice::Recover(one.file.clone())),
                        ("Discard", RecoveryChoice::Discard(one.file.clone())),
                    ] {
                        let button = ui.button(name).accessible_name(format!("{name} {words}"));
                        if button.clicked() {
                            messages.push(answer(choice));
                        }
                    }
                });
            }
        });
    };
    dialog.show(ctx, messages, body, |ui, messages| {
        if ui.button("Decide Later").clicked() {
            messages.push(answer(RecoveryChoice::Later));
        }
    });
}

/// Asks what is to become of a file that was dropped on the window.
pub(super) fn dropped(ctx: &Context, dropped: &Dropped, messages: &mut Vec<Message>) {
    let name = dropped.path().file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let (title, words) = match dropped {
        Dropped::Text(_) => ("Text or Timeline", format!("What is to be done with {name}?")),
        Dropped::Picture { folder, .. } => {
            let folder = folder.join(MEDIA_FOLDER);
            let why = "A document shows pictures of its own folder only.";
            ("Copy Picture", format!("{why} Copy {name} into {}?", folder.display()))
        }
    };
    let dialog = Dialog { name: title, width: 460.0, close: Message::Ui(UiCommand::Clear), at_foot: false };
    let body = |ui: &mut Ui, room: f32, _: &mut Vec<Message>| {
        scrolling(ui, room, |ui| ui.add(egui::Label::new(words).wrap()));
    };
    dialog.show(ctx, messages, body, |ui, messages| {
        let choices: &[(&str, &str, DropChoice)] = match dropped {
            Dropped::Text(_) => &[
                (
                    "Capture from It",
                    "Show the text beside the chart, and make events of its sentences",
                    DropChoice::Capture,
                ),
                ("Open or Import It", "Read the file as a timeline or a table", DropChoice::Open),
            ],
            Dropped::Picture { .. } => {
                &[("Copy", "The file stays where it is; no other file is overwritten", DropChoice::Copy)]
            }
        };
        for (number, (name, hint, choice)) in choices.iter().enumerate() {
            let button = ui.button(*name).on_hover_text(*hint);
            if number == 0 {
                focus_once(ui, &button, false);
            }
            if button.clicked() {
                messages.push(UiCommand::Drop(*choice).into());
            }
        }
        if ui.button("Cancel").on_hover_text("Do nothing with the file (Esc)").clicked() {
            messages.push(UiCommand::Clear.into());
        }
    });
}

/// Asks which version of a document counts, and shows where they differ.
pub(super) fn conflict(ctx: &Context, state: &State, conflict: &Conflict, theme: &Theme, messages: &mut Vec<Message>) {
    let answer = |resolution| Message::Ui(UiCommand::Resolve(resolution));
    let dialog = Dialog { name: "Two Versions", width: 820.0, close: answer(Resolution::Later), at_foot: false };
    let body = |ui: &mut Ui, room: f32, _: &mut Vec<Message>| {
        scrolling(ui, room, |ui| {
            ui.label(format!(
                "{} was changed by another program, in places that you have changed, too. Which version counts?",
                conflict.path.display()
            ));
            ui.weak("Until you decide, neither is lost: yours is in this window, the other one in the file.");
            ui.add_space(6.0);
            versions(ui, &state.document.text, &conflict.theirs, theme);
        });
    };
    dialog.show(ctx, messages, body, |ui, messages| {
        for (name, resolution, hint) in [
            ("Keep Mine", Resolution::Mine, "The next time you save, your version replaces the file"),
            ("Take the File’s", Resolution::Theirs, "Your changes can be had again with Undo"),
            ("Save Mine Elsewhere…", Resolution::Elsewhere, "Both versions stay, in two files"),
            ("Decide Later", Resolution::Later, "Nothing is written before you decide"),
        ] {
            if ui.button(name).on_hover_text(hint).clicked() {
                messages.push(answer(resolution));
            }
        }
    });
}

/// Shows both versions of each place in which they differ, side by side, or one under the other in a narrow window.
fn versions(ui: &mut Ui, mine: &str, theirs: &str, theme: &Theme) {
    let changes = difference(mine, theirs);
    let all = changes.as_slice();
    let (mut added, mut removed) = (0, 0);
    let mut line = Lines::default();
    for change in all.iter().take(MOST_PLACES) {
        let number = line.of(mine, change.range.start);
        let start = change.range.start + added - removed;
        (added, removed) = (added + change.text.len(), removed + change.range.len());
        let [own, other] = [mine.get(change.range.clone()), theirs.get(start..start + change.text.len())];
        ui.add_space(4.0);
        ui.separator();
        ui.label(RichText::new(format!("Line {number}")).font(bold(13.0)));
        let columns = if ui.available_width() < 420.0 { 1 } else { 2 };
        let show = |ui: &mut Ui, whose: &str, text: Option<&str>| {
            ui.weak(whose);
            let text = text.unwrap_or_default().trim_matches(['\n', '\r']);
            let words = if text.trim().is_empty() { "(nothing)" } else { text };
            let words: String = words.chars().take(MOST_CHARACTERS).collect();
            ui.add(egui::Label::new(RichText::new(words).font(FontId::monospace(12.5)).color(theme.ink)).wrap());
        };
        if columns == 1 {
            show(ui, "Mine", own);
            show(ui, "In the file", other);
        } else {
            ui.columns(2, |columns| {
                for (column, (whose, text)) in columns.iter_mut().zip([("Mine", own), ("In the file", other)]) {
                    show(column, whose, text);
                }
            });
        }
    }
    if all.len() > MOST_PLACES {
        ui.weak(format!("and {} more places", all.len() - MOST_PLACES));
    }
}

/// The numbers of lines, from 1, of places that are asked for in their order.
#[derive(Default)]
struct Lines {
    at: usize,
    before: usize,
}

impl Lines {
    fn of(&mut self, text: &str, at: usize) -> usize {
        self.before += text.get(self.at..at).unwrap_or_default().matches('\n').count();
        self.at = at;
        // A piece that begins with the end of a line is on the next one.
        self.before + 1
    }
}
