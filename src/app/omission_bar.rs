//! The bar that says what of the document is not shown, as long as something is not.

use egui::{Frame, Label, Margin, Panel, RichText, Sense, Sides, Ui};

use crate::paint::Theme;

use super::fonts::bold;
use super::message::Message;
use super::state::State;
use super::ui_command::UiCommand;

/// Shows the bar under the menus, where there is something to say.
pub fn show(ui: &mut Ui, state: &State, theme: &Theme, messages: &mut Vec<Message>) {
    let Some(words) = state.not_shown_words() else { return };
    let frame = Frame::new().inner_margin(Margin::symmetric(16, 4));
    Panel::top("not shown").frame(frame).show(ui, |ui| {
        let (clicked, asked) = Sides::new().shrink_left().truncate().show(
            ui,
            |ui| {
                let text = RichText::new(words.as_str()).font(bold(13.0)).color(theme.error);
                ui.add(Label::new(text).truncate().sense(Sense::click())).on_hover_text(words.as_str()).clicked()
            },
            |ui| ui.link("Problems").clicked(),
        );
        if clicked || asked {
            messages.push(Message::Ui(UiCommand::ShowProblems(true)));
        }
    });
}
