//! What menus, tooltips and the list of keys say of commands, and which keys mean them.

use egui::{Key, KeyboardShortcut, Modifiers};

use crate::compose::Template;
use crate::date::Handle;
use crate::interchange::Format;

use super::form::FormMessage;
use super::ui_command::UiCommand;

/// What menus, tooltips and the list of keys say of a command.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// The name in a menu.
    pub text: &'static str,
    /// What it does, in a sentence without a full stop.
    pub tooltip: &'static str,
    /// Its keys; the first one is shown in menus.
    pub shortcuts: &'static [KeyboardShortcut],
}

const NONE: Modifiers = Modifiers::NONE;
const COMMAND: Modifiers = Modifiers::COMMAND;
const SHIFT: Modifiers = Modifiers::SHIFT;
const ALT: Modifiers = Modifiers::ALT;

const fn key(modifiers: Modifiers, key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(modifiers, key)
}

const fn entry(text: &'static str, shortcuts: &'static [KeyboardShortcut], tooltip: &'static str) -> Entry {
    Entry { text, tooltip, shortcuts }
}

impl UiCommand {
    /// What menus say of it. Returns `None` if it depends on a value, such as a place in the chart.
    #[must_use]
    pub fn entry(&self) -> Option<Entry> {
        self.file_entry().or_else(|| self.edit_entry()).or_else(|| self.view_entry())
    }

    /// What the File menu says of it.
    #[rustfmt::skip]
    fn file_entry(&self) -> Option<Entry> {
        Some(match self {
            Self::NewDocument(Template::Blank) => entry("New", const { &[key(COMMAND, Key::N)] }, "Begin a timeline"),
            Self::Open => entry("Open…", const { &[key(COMMAND, Key::O)] }, "Choose another document"),
            Self::Reload => entry("Reload", const { &[key(NONE, Key::F5)] }, "Read the document again and keep the view"),
            Self::Import => entry("Import…", const { &[key(COMMAND, Key::I)] },
                "Choose a file of another program, and how it is imported"),
            Self::ImportChoices => entry("Import Choices…", const { &[key(COMMAND.plus(SHIFT), Key::I)] },
                "Choose anew how the file is imported"),
            Self::SaveDocument => entry("Save", const { &[key(COMMAND, Key::S)] }, "Save the document in its file"),
            Self::SaveAs => entry("Save As…", const { &[key(COMMAND.plus(SHIFT), Key::S)] }, "Save the document in a file"),
            Self::CaptureFile => entry("Capture from File…", const { &[key(COMMAND.plus(SHIFT), Key::O)] },
                "Show the text of a file beside the chart, also that of a PDF file, and make events of its sentences"),
            Self::ImportReport => entry("Import Report", &[], "Say what became of the file that was imported"),
            Self::Export => entry("Export…", const { &[key(COMMAND, Key::E)] }, "Save the chart as a picture"),
            Self::ExportData(Format::Csv) => entry("Table (CSV)…", &[], "Write the events that are shown as a table"),
            Self::ExportData(Format::Json) => entry("Whole Document (JSON)…", &[],
                "Write the document as JSON, of which an import makes the same document"),
            Self::ExportData(Format::ICalendar) => entry("Calendar (iCalendar)…", &[],
                "Write the events that are shown as a calendar"),
            Self::ExportData(Format::TimelineJs) => entry("TimelineJS…", &[],
                "Write the events that are shown for TimelineJS"),
            Self::CopyPicture => entry("Copy Picture", const { &[key(COMMAND.plus(SHIFT), Key::C)] },
                "Put the picture, as the export form makes it, on the clipboard"),
            Self::Quit => entry("Quit", const { &[key(COMMAND, Key::Q)] }, "Close the window"),
            _ => return None,
        })
    }

    /// What the Edit menu says of it, and what is said of the box that finds everything.
    #[rustfmt::skip]
    fn edit_entry(&self) -> Option<Entry> {
        Some(match self {
            Self::Undo => entry("Undo", const { &[key(COMMAND, Key::Z)] }, "Take the last change back"),
            Self::Redo => entry("Redo", const { &[key(COMMAND.plus(SHIFT), Key::Z), key(COMMAND, Key::Y)] },
                "Repeat the change that was taken back last"),
            Self::EditHistory => entry("Edit History", const { &[key(NONE, Key::H)] },
                "List all changes, and go back and forth between them"),
            Self::Capture => entry("Capture from Text", const { &[key(NONE, Key::C)] },
                "Show a report beside the chart, and make events of its sentences"),
            Self::EditRecord => entry("Edit Record", const { &[key(NONE, Key::E), key(NONE, Key::F2)] },
                "Change what is selected, or the timeline itself, in a form; show the record again"),
            Self::NewEvent => entry("New Event", const { &[key(NONE, Key::N)] }, "Add an event in a form"),
            Self::QuickEntry => entry("New Events in Lines", const { &[key(NONE, Key::A), key(COMMAND, Key::Enter)] },
                "Add events, a line each: 1965-06-22 Treaty signed #treaty @diplomacy"),
            Self::Form(FormMessage::AddPart("lanes")) => entry("New Lane", const { &[key(NONE, Key::L)] }, "Add a lane"),
            Self::Form(FormMessage::AddPart("sources")) => entry("New Source", const { &[key(SHIFT, Key::S)] },
                "Add a work that events can cite"),
            Self::Form(FormMessage::AddPart("eras")) => entry("New Era", const { &[key(SHIFT, Key::N)] },
                "Add an era behind the lanes"),
            Self::Find => entry("Find…", const { &[key(COMMAND, Key::K), key(NONE, Key::Slash)] },
                "Search events, run a command, go to a date"),
            Self::Duplicate => entry("Duplicate Event", const { &[key(COMMAND, Key::D)] }, "Copy the selected event"),
            Self::Delete => entry("Delete", const { &[key(NONE, Key::Delete)] },
                "Delete the selected events from the document"),
            Self::CopyEvents => entry("Copy Events", const { &[key(COMMAND, Key::C)] },
                "Copy the selected events as rows that a spreadsheet takes in"),
            Self::CopyRecord => entry("Copy Record", const { &[key(SHIFT, Key::C)] },
                "Copy the whole record of the selected event as text"),
            Self::ExtendEarlier => entry("Select Earlier Too", const { &[key(SHIFT, Key::ArrowUp)] },
                "Select the event before those that are selected, too"),
            Self::ExtendLater => entry("Select Later Too", const { &[key(SHIFT, Key::ArrowDown)] },
                "Select the event after those that are selected, too"),
            _ => return self.moving_entry(),
        })
    }

    /// What the Edit menu says of it where it moves something.
    #[rustfmt::skip]
    fn moving_entry(&self) -> Option<Entry> {
        Some(match self {
            Self::MoveDate(Handle::Whole, ..0) => entry("Move Earlier", const { &[key(COMMAND, Key::ArrowLeft)] },
                "Move the selected event earlier, by a step of the precision of its date"),
            Self::MoveDate(Handle::Whole, _) => entry("Move Later", const { &[key(COMMAND, Key::ArrowRight)] },
                "Move the selected event later, by a step of the precision of its date"),
            Self::MoveDate(Handle::Start, ..0) => entry("Start Earlier", const { &[key(ALT.plus(SHIFT), Key::ArrowLeft)] },
                "Let the selected event begin a step earlier"),
            Self::MoveDate(Handle::Start, _) => entry("Start Later", const { &[key(ALT.plus(SHIFT), Key::ArrowRight)] },
                "Let the selected event begin a step later"),
            Self::MoveDate(Handle::End, ..0) => entry("End Earlier", const { &[key(COMMAND.plus(SHIFT), Key::ArrowLeft)] },
                "Let the selected event end a step earlier"),
            Self::MoveDate(Handle::End, _) => entry("End Later", const { &[key(COMMAND.plus(SHIFT), Key::ArrowRight)] },
                "Let the selected event end a step later"),
            Self::MoveToLane(..0) => entry("Move to the Lane Above", const { &[key(COMMAND, Key::ArrowUp)] },
                "Move the selected event to the lane above its own"),
            Self::MoveToLane(_) => entry("Move to the Lane Below", const { &[key(COMMAND, Key::ArrowDown)] },
                "Move the selected event to the lane below its own"),
            Self::MoveLane(..0) => entry("Move Lane Up", const { &[key(COMMAND.plus(SHIFT), Key::ArrowUp)] },
                "Move the lane that the keys are on above the one before it"),
            Self::MoveLane(_) => entry("Move Lane Down", const { &[key(COMMAND.plus(SHIFT), Key::ArrowDown)] },
                "Move the lane that the keys are on below the one after it"),
            _ => return None,
        })
    }

    /// What the View menu says of it, where that is about time and rows.
    #[rustfmt::skip]
    fn view_entry(&self) -> Option<Entry> {
        Some(match self {
            Self::ZoomIn => entry("Zoom In", const { &[key(NONE, Key::Plus), key(NONE, Key::Equals)] },
                "Show less time, around the selected event where one is in view"),
            Self::ZoomOut => entry("Zoom Out", const { &[key(NONE, Key::Minus)] }, "Show more time, around the same place"),
            Self::Fit => entry("Fit All", const { &[key(NONE, Key::Num0)] }, "Show the whole document"),
            Self::FitSelected => entry("Fit Selected", const { &[key(NONE, Key::F)] },
                "Show what is selected, with what is near it"),
            Self::PanLeft => entry("Earlier", const { &[key(SHIFT, Key::ArrowLeft)] }, "Move the view to earlier times"),
            Self::PanRight => entry("Later", const { &[key(SHIFT, Key::ArrowRight)] }, "Move the view to later times"),
            Self::EvenTime => entry("Even Time", const { &[key(SHIFT, Key::E)] },
                "Give the times in which much happens more of the width, or show time to scale again"),
            Self::FitRows => entry("Fit Rows", const { &[key(NONE, Key::W)] },
                "Show as many rows as the window holds and count the other events, or scroll to the rows again"),
            Self::AllRows => entry("All Rows", const { &[key(SHIFT, Key::W)] },
                "Show rows for all events in view, however many there are, or for up to 500 again"),
            Self::Pictures => entry("Pictures", const { &[key(NONE, Key::I)] },
                "Show pictures of events in the chart where there is room, or hide them"),
            _ => return self.other_entry(),
        })
    }

    /// What the View, Go and Help menus say of it.
    #[rustfmt::skip]
    fn other_entry(&self) -> Option<Entry> {
        Some(match self {
            Self::Previous => entry("Previous Event", const { &[key(NONE, Key::ArrowLeft), key(NONE, Key::Comma)] },
                "Select the event before"),
            Self::Next => entry("Next Event", const { &[key(NONE, Key::ArrowRight), key(NONE, Key::Period)] },
                "Select the event after"),
            Self::First => entry("First Event", const { &[key(NONE, Key::Home)] }, "Select the first event"),
            Self::Last => entry("Last Event", const { &[key(NONE, Key::End)] }, "Select the last event"),
            Self::ScrollUp => entry("Lanes Above", const { &[key(NONE, Key::PageUp)] },
                "Scroll to lanes and series that do not fit above"),
            Self::ScrollDown => entry("Lanes and Series Below", const { &[key(NONE, Key::PageDown)] },
                "Scroll to lanes and series that do not fit below"),
            Self::LaneAbove => entry("Lane Above", const { &[key(NONE, Key::ArrowUp)] }, "Go to the lane above"),
            Self::LaneBelow => entry("Lane Below", const { &[key(NONE, Key::ArrowDown)] }, "Go to the lane below"),
            Self::Fold => entry("Fold or Unfold Group", const { &[key(NONE, Key::G)] },
                "Show what is in a group of lanes in one, or in lanes of their own again"),
            Self::FoldAll => entry("Fold All Groups", const { &[key(SHIFT, Key::G)] }, "Fold all groups of lanes"),
            Self::UnfoldAll => entry("Unfold All Groups", const { &[key(SHIFT, Key::U)] }, "Unfold all groups of lanes"),
            Self::NextRegion => entry("Next Part of the Window", const { &[key(NONE, Key::F6)] },
                "Give the focus to menus, chart, overview, list of events, record or status line, one after the other"),
            Self::PreviousRegion => entry("Previous Part of the Window", const { &[key(SHIFT, Key::F6)] },
                "Give the focus to the part of the window before"),
            Self::Back => entry("Back", const { &[key(Modifiers::ALT, Key::ArrowLeft), key(NONE, Key::BrowserBack)] },
                "Go to what was shown and selected before"),
            Self::Forward => entry("Forward", const { &[key(Modifiers::ALT, Key::ArrowRight)] },
                "Go to what was left by going back"),
            Self::CopyLink => entry("Copy Link", const { &[key(COMMAND.plus(SHIFT), Key::K)] },
                "Put the command line on the clipboard that opens the document where it is shown now"),
            Self::Measure => entry("Measure", const { &[key(NONE, Key::M)] },
                "Measure from what is selected to what is selected next, or between two edges in the chart"),
            Self::Actions => entry("Actions", const { &[key(SHIFT, Key::F10), key(NONE, Key::Menu)] },
                "Show what can be done with what is selected (right click)"),
            Self::FullScreen => entry("Full Screen", const { &[key(NONE, Key::F11)] },
                "Let the window fill the screen, or end that"),
            Self::Record => entry("Show or Hide Record", const { &[key(NONE, Key::R)] },
                "Show the record beside the chart, or in a small window instead of it; hide it again"),
            Self::Clear => entry("Clear Selection", const { &[key(NONE, Key::Escape)] },
                "Select nothing, or close what is open"),
            Self::SwitchTheme => entry("Switch Light and Dark", const { &[key(NONE, Key::T)] },
                "Switch between light and dark"),
            Self::Explore => entry("Explore Series", const { &[key(NONE, Key::S)] },
                "Compare series in a plot of their own, or return to the chart"),
            Self::FilterEvents => entry("Filter Events…", const { &[key(COMMAND.plus(SHIFT), Key::F)] },
                "Choose which events are shown: by lane, tag, source, basis, precision or time"),
            Self::ClearFilter => entry("Clear Filter", const { &[key(SHIFT, Key::A)] }, "Show all events again"),
            Self::HideLane => entry("Hide Lane", const { &[key(SHIFT, Key::H)] },
                "Show only what is not in the lane that the keys are on"),
            Self::EventList => entry("Event List", const { &[key(COMMAND, Key::L)] },
                "Show the events as rows that can be sorted, or hide them"),
            Self::PlaceEventList => entry("Event List Instead of Chart", const { &[key(COMMAND.plus(SHIFT), Key::L)] },
                "Show the list of events in the place of the chart, or below it"),
            Self::Problems => entry("Problems", const { &[key(NONE, Key::P)] }, "List what is wrong with the document"),
            Self::Help => entry("Keys", const { &[key(NONE, Key::F1), key(NONE, Key::Questionmark)] },
                "List what the keys and the mouse do"),
            _ => return self.settings_entry(),
        })
    }

    /// What the menus say of it, if it is about settings.
    #[rustfmt::skip]
    fn settings_entry(&self) -> Option<Entry> {
        Some(match self {
            Self::Settings => entry("Settings…", const { &[key(COMMAND, Key::Comma)] },
                "Choose theme, text size, motion and keys"),
            Self::TextLarger => entry("Larger Text", const { &[key(COMMAND, Key::Plus), key(COMMAND, Key::Equals)] },
                "Show text and all else larger"),
            Self::TextSmaller => entry("Smaller Text", const { &[key(COMMAND, Key::Minus)] },
                "Show text and all else smaller"),
            Self::TextUsual => entry("Usual Text Size", const { &[key(COMMAND, Key::Num0)] },
                "Show text and all else in the usual size"),
            _ => return None,
        })
    }

    /// Its keys; empty if it has none.
    #[must_use]
    pub fn shortcuts(&self) -> &'static [KeyboardShortcut] {
        self.entry().map_or(&[], |entry| entry.shortcuts)
    }

    /// The command whose shortcut a key with these modifiers matches best. Returns `None` if none matches.
    #[must_use]
    pub fn of(key: Key, modifiers: Modifiers) -> Option<Self> {
        let all = Self::LISTED.iter();
        let shortcuts = all.flat_map(|command| command.shortcuts().iter().map(move |keys| (command.clone(), *keys)));
        best_match(shortcuts, key, modifiers)
    }
}

/// The value whose shortcut matches a pressed key and has most of the pressed modifiers, whatever the order of
/// `shortcuts`. A shortcut matches if it has exactly these modifiers, or all but Shift for a sign that some keyboards
/// type with Shift.
fn best_match<T>(shortcuts: impl Iterator<Item = (T, KeyboardShortcut)>, key: Key, modifiers: Modifiers) -> Option<T> {
    let unshifted = Modifiers { shift: false, ..modifiers };
    let matches = |shortcut: &KeyboardShortcut| {
        let is_exact = modifiers.matches_exact(shortcut.modifiers);
        shortcut.logical_key == key && (is_exact || is_sign(key) && unshifted.matches_exact(shortcut.modifiers))
    };
    let count = |modifiers: Modifiers| {
        [modifiers.alt, modifiers.shift, modifiers.ctrl, modifiers.mac_cmd, modifiers.command]
            .into_iter()
            .filter(|is_held| *is_held)
            .count()
    };
    shortcuts.filter(|(_, keys)| matches(keys)).max_by_key(|(_, keys)| count(keys.modifiers)).map(|(value, _)| value)
}

/// Whether a keyboard may type this with Shift.
fn is_sign(key: Key) -> bool {
    matches!(
        key,
        Key::Plus | Key::Minus | Key::Equals | Key::Questionmark | Key::Comma | Key::Period | Key::Num0 | Key::Slash
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_commands_share_a_key() {
        let mut all: Vec<(Key, Modifiers, UiCommand)> = Vec::new();
        for command in UiCommand::LISTED {
            for KeyboardShortcut { modifiers, logical_key } in command.shortcuts().iter().copied() {
                let other = all.iter().find(|(key, of, _)| *key == logical_key && *of == modifiers);
                assert_eq!(other, None, "{command:?}");
                all.push((logical_key, modifiers, command.clone()));
            }
        }
    }

    #[test]
    fn listed_commands_have_an_entry() {
        for command in UiCommand::LISTED {
            assert!(command.entry().is_some_and(|entry| !entry.text.is_empty()), "{command:?}");
        }
    }

    #[test]
    fn a_key_means_the_command_that_fits_best() {
        let check = |key, modifiers, expect| assert_eq!(UiCommand::of(key, modifiers), expect, "{key:?} {modifiers:?}");
        check(Key::F, NONE, Some(UiCommand::FitSelected));
        check(Key::F, Modifiers::ALT, None);
        check(Key::F, Modifiers::CTRL, None);
        check(Key::F, SHIFT, None);
        check(Key::ArrowLeft, NONE, Some(UiCommand::Previous));
        check(Key::ArrowLeft, SHIFT, Some(UiCommand::PanLeft));
        check(Key::ArrowLeft, Modifiers::ALT, Some(UiCommand::Back));
        check(Key::ArrowLeft, SHIFT | Modifiers::ALT, Some(UiCommand::MoveDate(Handle::Start, -1)));
        check(Key::E, Modifiers::CTRL | COMMAND, Some(UiCommand::Export));
        check(Key::E, Modifiers::CTRL | COMMAND | SHIFT, None);
        check(Key::C, Modifiers::CTRL | COMMAND | SHIFT, Some(UiCommand::CopyPicture));
        // Signs may need Shift, as "+" does on a US keyboard, "?" on a German one and "0" on a French one.
        check(Key::Plus, SHIFT, Some(UiCommand::ZoomIn));
        check(Key::Questionmark, SHIFT, Some(UiCommand::Help));
        check(Key::Num0, SHIFT, Some(UiCommand::Fit));
        check(Key::Plus, Modifiers::CTRL | COMMAND, Some(UiCommand::TextLarger));
        check(Key::Plus, SHIFT | Modifiers::ALT, None);
    }

    #[test]
    fn the_shortcut_with_most_modifiers_wins_in_any_order() {
        let plain = ("plain", KeyboardShortcut::new(NONE, Key::Plus));
        let shifted = ("shifted", KeyboardShortcut::new(SHIFT, Key::Plus));
        for order in [[plain, shifted], [shifted, plain]] {
            let check = |modifiers, expect| assert_eq!(best_match(order.into_iter(), Key::Plus, modifiers), expect);
            check(SHIFT, Some("shifted"));
            check(NONE, Some("plain"));
            check(Modifiers::ALT, None);
        }
    }
}
