//! The page of settings: what a person chooses for the program, whatever document is shown.

use egui::{Context, RichText, ThemePreference, Ui};

use super::dialog::{Dialog, scrolling};
use super::fonts::bold;
use super::message::Message;
use super::preferences::{Preference, Preferences};
use super::roles;
use super::ui_command::UiCommand;

/// The themes to choose from, and what they are called.
pub(super) const THEMES: [(ThemePreference, &str); 3] =
    [(ThemePreference::System, "As the System"), (ThemePreference::Light, "Light"), (ThemePreference::Dark, "Dark")];

/// Shows the page.
pub(super) fn show(ctx: &Context, preferences: &Preferences, messages: &mut Vec<Message>) {
    let dialog = Dialog { name: "Settings", width: 460.0, close: UiCommand::Settings.into(), at_foot: false };
    let body = |ui: &mut Ui, room: f32, messages: &mut Vec<Message>| {
        scrolling(ui, room, |ui| {
            part(ui, "Theme", |ui| {
                for (theme, name) in THEMES {
                    let hint = "Light, dark, or what the system says";
                    if ui.radio(preferences.theme == theme, name).on_hover_text(hint).clicked() {
                        messages.push(UiCommand::SetTheme(theme).into());
                    }
                }
            });
            part(ui, &format!("Text size: {}", preferences.text_size.words()), |ui| {
                for (name, command) in [
                    ("Smaller", UiCommand::TextSmaller),
                    ("Larger", UiCommand::TextLarger),
                    ("Usual size", UiCommand::TextUsual),
                ] {
                    let button = ui.button(name);
                    if super::hint::with_hint(ui.ctx(), button, &command).clicked() {
                        messages.push(command.into());
                    }
                }
            });
            ui.add_space(6.0);
            roles::heading(ui, RichText::new("Motion and keys").font(bold(13.5)), 3);
            choice(ui, preferences.reduced_motion, "Reduce motion", Preference::ReducedMotion, messages);
            ui.weak("The view and the rows are at once where they are going.");
            choice(ui, preferences.letter_keys, "Single keys are commands", Preference::LetterKeys, messages);
            ui.weak("Without Ctrl or Alt, as E for the form of a record. Speech input may type them by mistake.");
        });
    };
    dialog.show(ctx, messages, body, |ui, messages| {
        if ui.button("Close").on_hover_text("Close (Esc)").clicked() {
            messages.push(UiCommand::Settings.into());
        }
    });
}

/// A heading, and what can be chosen under it.
fn part(ui: &mut Ui, heading: &str, choices: impl FnOnce(&mut Ui)) {
    ui.add_space(6.0);
    roles::heading(ui, RichText::new(heading).font(bold(13.5)), 3);
    roles::group(ui, heading, |ui| ui.horizontal_wrapped(choices));
}

/// Something that is on or off.
fn choice(ui: &mut Ui, is_on: bool, name: &str, preference: fn(bool) -> Preference, messages: &mut Vec<Message>) {
    let mut now = is_on;
    if ui.checkbox(&mut now, name).on_hover_text("Remembered for the next window").changed() {
        messages.push(UiCommand::Prefer(preference(now)).into());
    }
}
