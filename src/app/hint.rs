//! What a control says of its command on hovering.

use egui::Context;

use super::shortcuts::Shortcuts;
use super::ui_command::UiCommand;

/// Lets a control say what its command does, with its first key.
pub(super) fn with_hint(ctx: &Context, response: egui::Response, command: &UiCommand) -> egui::Response {
    let Some(entry) = command.entry() else { return response };
    let keys = Shortcuts::shown(ctx, entry.shortcuts).map(|keys| format!(" ({keys})")).unwrap_or_default();
    response.on_hover_text(format!("{}{keys}", entry.tooltip))
}
