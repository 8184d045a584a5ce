//! Keys that mean an action. They are taken before egui reads the input, so that one key does one thing: egui's own
//! focus moves with the arrow keys and is given up with Escape.

use egui::{Context, Event, Plugin, Popup, RawInput};

use super::message::UiCommand;

/// Takes the keys of actions out of the input.
#[derive(Debug, Default)]
pub(super) struct Shortcuts {
    /// Whether a form or a list is shown over the chart, as of the last frame.
    over: bool,
    /// Whether the record has the focus, as of the last frame: what scrolls the chart then scrolls the record.
    in_record: bool,
    pressed: Vec<UiCommand>,
}

impl Shortcuts {
    /// The actions whose keys have been pressed since the last call, in their order.
    pub(super) fn pressed(context: &Context) -> Vec<UiCommand> {
        context.with_plugin(|keys: &mut Self| std::mem::take(&mut keys.pressed)).unwrap_or_default()
    }

    /// Tells whether a form or a list is shown over the chart, and whether the record has the focus.
    pub(super) fn set_place(context: &Context, over: bool, in_record: bool) {
        context.with_plugin(|keys: &mut Self| (keys.over, keys.in_record) = (over, in_record));
    }

    fn is_taken(&self, action: UiCommand) -> bool {
        (!self.over || action.works_over_overlays()) && !(self.in_record && action.scrolls())
    }
}

impl Plugin for Shortcuts {
    fn debug_name(&self) -> &'static str {
        "longview keys"
    }

    fn input_hook(&mut self, context: &Context, input: &mut RawInput) {
        // In an open menu or list, and while someone types, every key has its meaning there.
        if Popup::is_any_open(context) || context.text_edit_focused() {
            return;
        }
        input.events.retain(|event| {
            let Event::Key { key, pressed: true, modifiers, .. } = event else { return true };
            let action = UiCommand::of(*key, *modifiers).filter(|action| self.is_taken(*action));
            self.pressed.extend(action);
            // Escape gives up the focus too.
            action.is_none_or(|action| action == UiCommand::Clear)
        });
    }
}
