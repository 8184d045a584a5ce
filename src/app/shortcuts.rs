//! Keys that mean a command. They are taken before egui reads the input, so that one key does one thing: egui's own
//! focus moves with the arrow keys and is given up with Escape.

use egui::{Context, Event, Key, KeyboardShortcut, Modifiers, Plugin, Popup, RawInput};

use super::event_list;
use super::find_field;
use super::find_message::FindMessage;
use super::over::Over;
use super::overview_strip;
use super::ui_command::UiCommand;

/// Takes the keys of commands out of the input.
#[derive(Debug, Default)]
pub(super) struct Shortcuts {
    /// What is shown over the chart, as of the last frame.
    over: Over,
    /// Whether the record has the focus, as of the last frame: what scrolls the chart then scrolls the record.
    in_record: bool,
    /// Whether the focus is in the empty field of lines that make events, as of the last frame.
    in_idle_line: bool,
    /// Whether keys without Ctrl or Alt that type a character mean nothing.
    without_letters: bool,
    /// Whether the list of events has the focus, as of the last frame.
    in_list: bool,
    /// Whether the overview has the focus, as of the last frame: arrow keys move its window.
    in_overview: bool,
    /// Whether the field of the search has the focus, as of the last frame.
    in_search: bool,
    /// Whether the form of a new event is shown, as of the last frame: it has Ctrl+Enter.
    in_new_event: bool,
    pressed: Vec<UiCommand>,
}

impl Shortcuts {
    /// The commands whose keys have been pressed since the last call, in their order.
    pub(super) fn pressed(context: &Context) -> Vec<UiCommand> {
        context.with_plugin(|keys: &mut Self| std::mem::take(&mut keys.pressed)).unwrap_or_default()
    }

    /// Tells what is shown over the chart, whether the record has the focus, whether the empty field of lines that make events
    /// has it, and whether the form of a new event is shown.
    pub(super) fn set_place(context: &Context, over: Over, [in_record, in_idle_line, in_new_event]: [bool; 3]) {
        let (in_list, in_search) = (event_list::has_focus(context), find_field::has_focus(context));
        context.with_plugin(|keys: &mut Self| {
            (keys.over, keys.in_record, keys.in_idle_line) = (over, in_record, in_idle_line);
            keys.in_overview = overview_strip::has_focus(context);
            (keys.in_list, keys.in_search, keys.in_new_event) = (in_list, in_search, in_new_event);
        });
    }

    /// Tells whether keys without Ctrl or Alt that type a character mean commands.
    pub(super) fn set_letter_keys(context: &Context, on: bool) {
        context.with_plugin(|keys: &mut Self| keys.without_letters = !on);
    }

    /// Returns the keys of a command that menus and tooltips show; `None` if it has none that work.
    pub(super) fn shown(context: &Context, shortcuts: &[KeyboardShortcut]) -> Option<String> {
        let without_letters = context.with_plugin(|keys: &mut Self| keys.without_letters).unwrap_or_default();
        let works = |keys: &&KeyboardShortcut| !without_letters || !is_typed(keys.logical_key, keys.modifiers);
        shortcuts.iter().find(works).map(|keys| context.format_shortcut(keys))
    }

    fn is_taken(&self, command: &UiCommand) -> bool {
        self.over.leaves(command) && !(self.in_record && command.scrolls())
    }
}

impl Plugin for Shortcuts {
    fn debug_name(&self) -> &'static str {
        "longview keys"
    }

    fn input_hook(&mut self, context: &Context, input: &mut RawInput) {
        // In an open menu or list every key has its meaning there, and while someone types, most have.
        if Popup::is_any_open(context) {
            return;
        }
        let types = context.text_edit_focused();
        input.events.retain(|event| {
            let Event::Key { key, pressed: true, modifiers, .. } = event else { return true };
            if self.without_letters && is_typed(*key, *modifiers) {
                return true;
            }
            if self.in_new_event && *key == Key::Enter && modifiers.command {
                return true;
            }
            let in_list = self.in_list && self.over == Over::Nothing;
            let of_list = if in_list { event_list::command_of(*key, *modifiers) } else { None };
            let of_overview = match key {
                Key::ArrowLeft => Some(UiCommand::PanLeft),
                Key::ArrowRight => Some(UiCommand::PanRight),
                _ => None,
            };
            let of_part = of_list.or(of_overview.filter(|_| self.in_overview && modifiers.is_none()));
            let command = of_part.or_else(|| UiCommand::of(*key, *modifiers));
            let command = command.filter(|command| match (types, self.in_idle_line) {
                (false, _) => self.is_taken(command),
                (true, true) if command.works_in_idle_line() => true,
                (true, _) if self.in_search && *command == UiCommand::Clear => true,
                // A key that is a sign is typed.
                (true, _) => {
                    (modifiers.command || *key == Key::F6) && self.is_taken(command) && command.works_while_typing()
                }
            });
            // Escape gives up the focus too.
            let stays = command.as_ref().is_none_or(|command| *command == UiCommand::Clear);
            // The key that leads to the field leads out of it, too.
            let leaves = |command| {
                if self.in_search && command == UiCommand::Find {
                    UiCommand::Finder(FindMessage::Stay)
                } else {
                    command
                }
            };
            self.pressed.extend(command.map(leaves));
            stays
        });
    }
}

/// Whether a key with these modifiers types a character: a letter, a digit or a sign.
fn is_typed(key: Key, modifiers: Modifiers) -> bool {
    let is_character = key.symbol_or_name().chars().count() == 1 && !is_arrow(key);
    is_character && !modifiers.ctrl && !modifiers.command && !modifiers.alt && !modifiers.mac_cmd
}

fn is_arrow(key: Key) -> bool {
    matches!(key, Key::ArrowLeft | Key::ArrowRight | Key::ArrowUp | Key::ArrowDown)
}
