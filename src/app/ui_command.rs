//! What the user can do.
//!
//! Menus, buttons, shortcuts and panels all push the same [`UiCommand`]s. Those in [`UiCommand::LISTED`] have an
//! [`Entry`], so that a menu, a tooltip, the list of keys and a screen reader say the same of them.

use std::path::PathBuf;
use std::sync::Arc;

use egui::{Key, KeyboardShortcut, Modifiers, ThemePreference};

use crate::Example;
use crate::crash::CrashReport;
use crate::date::Handle;
use crate::interchange::Format;
use crate::layout::View;
use crate::timeline::{Axis, ItemId, LaneId};

use super::capture_state::CaptureMessage;
use super::dragging::DragMessage;
use super::explorer::ExplorerMessage;
use super::export_settings::ExportSettings;
use super::gesture::Gesture;
use super::import_state::ImportMessage;
use super::leaving::{LeaveChoice, Resolution};
use super::unsaved::RecoveryChoice;

/// Something that the user does.
#[derive(Clone, Debug, PartialEq)]
pub enum UiCommand {
    /// Choose another document.
    Open,
    /// Read the document again.
    Reload,
    /// Open the form for saving the chart as a picture.
    Export,
    /// Ask where to write what is shown as data for other programs.
    ExportData(Format),
    /// Put the picture on the clipboard.
    CopyPicture,
    /// Close the window.
    Quit,
    /// Show less time.
    ZoomIn,
    /// Show more time.
    ZoomOut,
    /// Show the whole document.
    Fit,
    /// Show what is selected.
    FitSelected,
    /// Move the view to earlier times.
    PanLeft,
    /// Move the view to later times.
    PanRight,
    /// Give stretches of time in which much happens more of the width, or go back to a linear axis.
    EvenTime,
    /// Show as many rows as the window holds, or go back to rows that scroll.
    FitRows,
    /// Show the rows of all events in view, or of up to 500 again.
    AllRows,
    /// Show pictures of events in the chart, or hide them.
    Pictures,
    /// Select the event before.
    Previous,
    /// Select the event after.
    Next,
    /// Select the first event.
    First,
    /// Select the last event.
    Last,
    /// Scroll up through lanes and series.
    ScrollUp,
    /// Scroll down through lanes and series.
    ScrollDown,
    /// Go to the lane above.
    LaneAbove,
    /// Go to the lane below.
    LaneBelow,
    /// Fold or unfold the group that the keys are on.
    Fold,
    /// Fold all groups of lanes.
    FoldAll,
    /// Unfold all groups of lanes.
    UnfoldAll,
    /// Show the record, or hide it.
    Record,
    /// Select nothing; close what is open.
    Clear,
    /// Switch from light to dark, or back.
    SwitchTheme,
    /// Open the explorer of series, or return to the chart.
    Explore,
    /// Show the list of problems, or hide it.
    Problems,
    /// Show the list of keys, or hide it.
    Help,

    /// Choose a file of another program, and how it is imported.
    Import,
    /// Choose how the document is imported that is not saved yet.
    ImportChoices,
    /// Save the document in its file.
    SaveDocument,
    /// Ask where to save the document.
    SaveAs,
    /// Show what became of the file that the document was imported from, or hide it.
    ImportReport,

    /// Take the last change back.
    Undo,
    /// Repeat the change that was taken back last.
    Redo,
    /// Show the list of changes, or hide it.
    EditHistory,
    /// Move the date of the selected event, or an end of it, by a step of its precision; positive is later.
    MoveDate(Handle, i8),
    /// Move the selected event to the lane above, or below; positive is down.
    MoveToLane(i8),
    /// Move the lane that the keys are on above the one beside it, or below; positive is down.
    MoveLane(i8),
    /// Show a text beside the chart of which events are made, or hide it.
    Capture,

    /// Save unsaved changes, or give them up, or do not what would end the document.
    Leave(LeaveChoice),
    /// Decide which of two versions of the document counts.
    Resolve(Resolution),
    /// Show unsaved changes of an earlier process, or give them up.
    Recovery(RecoveryChoice),
    /// Move the date of an event, or a lane, with the pointer.
    Drag(DragMessage),
    /// Change the document.
    Edit(Box<Gesture>),
    /// Change the text beside the chart, or make an event of it.
    ChangeCapture(CaptureMessage),
    /// Go to the document after this many of its changes.
    GoToEdit(usize),
    /// Open a file: a document, or one of another program.
    OpenFile(PathBuf),
    /// Change the import form, import its file or close it.
    ImportForm(ImportMessage),
    /// Set the path that the document is saved at, typed by hand.
    SetSavePath(String),
    /// Save the document at the path typed by hand.
    SaveTyped,
    /// Show a document that the program carries.
    OpenExample(Example),
    /// Show light, dark, or what the system says.
    SetTheme(ThemePreference),
    /// Show the record of an item.
    Select(ItemId),
    /// Select nothing.
    Deselect,
    /// Show the document's own record, wherever the record has its place.
    ShowDocument,
    /// Show the record of an item that may be out of view, and bring it into view.
    Visit(ItemId),
    /// Fold or unfold a group of lanes.
    ToggleGroup(LaneId),
    /// Go to a lane, and unfold the groups around it.
    ShowLane(LaneId),
    /// Change the explorer of series, open it or close it.
    Explorer(ExplorerMessage),
    /// Zoom by a factor (above 1 is closer) at a fraction of the view's width.
    Zoom {
        /// Above 1 is closer.
        factor: f64,
        /// 0 is the left edge of the view, 1 the right one.
        at: f64,
    },
    /// Move the view by a fraction of its width; positive is later.
    Pan(f64),
    /// Lay out time like this.
    SetAxis(Axis),
    /// Show exactly this view.
    Show(View),
    /// Move to this view smoothly.
    Glide(View),
    /// Scroll the lanes to this many points from the top.
    Scroll(f32),
    /// Set what is chosen in the export form.
    SetExport(Box<ExportSettings>),
    /// Show this page in the preview, from 0.
    PreviewPage(usize),
    /// Set where the picture goes, typed by hand.
    SetExportPath(String),
    /// Ask for the place of the picture, or save it where the path field says.
    Save,
    /// Cancel the picture that is being drawn or written; close the form if none is.
    CancelExport,
    /// Set the path of a document, typed by hand.
    SetOpenPath(String),
    /// Open the document at the path typed by hand.
    OpenTyped,
    /// Cancel the document that is being read.
    CancelLoading,
    /// Open the folder of a file in the file manager.
    Reveal(PathBuf),
    /// Open an address of the web or of mail; any other is shown and not opened.
    OpenUrl(String),
    /// Remove a notice.
    Dismiss(u64),
    /// Show or hide the list of problems.
    ShowProblems(bool),
    /// Show or hide the list of keys.
    ShowHelp(bool),
    /// Save the report of a panic.
    SaveReport(Arc<CrashReport>),
}

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

const fn key(modifiers: Modifiers, key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(modifiers, key)
}

const fn entry(text: &'static str, shortcuts: &'static [KeyboardShortcut], tooltip: &'static str) -> Entry {
    Entry { text, tooltip, shortcuts }
}

impl UiCommand {
    /// The commands that have an [`Entry`], in the order of the list of keys.
    pub const LISTED: &'static [Self] = &[
        Self::Open,
        Self::Reload,
        Self::Import,
        Self::ImportChoices,
        Self::SaveDocument,
        Self::SaveAs,
        Self::ImportReport,
        Self::Export,
        Self::ExportData(Format::Csv),
        Self::ExportData(Format::Json),
        Self::ExportData(Format::ICalendar),
        Self::ExportData(Format::TimelineJs),
        Self::CopyPicture,
        Self::Quit,
        Self::Undo,
        Self::Redo,
        Self::EditHistory,
        Self::MoveDate(Handle::Whole, -1),
        Self::MoveDate(Handle::Whole, 1),
        Self::MoveDate(Handle::Start, -1),
        Self::MoveDate(Handle::Start, 1),
        Self::MoveDate(Handle::End, -1),
        Self::MoveDate(Handle::End, 1),
        Self::MoveToLane(-1),
        Self::MoveToLane(1),
        Self::MoveLane(-1),
        Self::MoveLane(1),
        Self::Capture,
        Self::ZoomIn,
        Self::ZoomOut,
        Self::Fit,
        Self::FitSelected,
        Self::PanLeft,
        Self::PanRight,
        Self::EvenTime,
        Self::FitRows,
        Self::AllRows,
        Self::Pictures,
        Self::Previous,
        Self::Next,
        Self::First,
        Self::Last,
        Self::ScrollUp,
        Self::ScrollDown,
        Self::LaneAbove,
        Self::LaneBelow,
        Self::Fold,
        Self::FoldAll,
        Self::UnfoldAll,
        Self::Record,
        Self::Clear,
        Self::SwitchTheme,
        Self::Explore,
        Self::Problems,
        Self::Help,
    ];

    /// What menus say of it. Returns `None` if it depends on a value, such as a place in the chart.
    #[must_use]
    pub fn entry(&self) -> Option<Entry> {
        self.file_entry().or_else(|| self.edit_entry()).or_else(|| self.other_entry())
    }

    /// What the File menu says of it.
    #[rustfmt::skip]
    fn file_entry(&self) -> Option<Entry> {
        Some(match self {
            Self::Open => entry("Open…", const { &[key(COMMAND, Key::O)] }, "Choose another document"),
            Self::Reload => entry("Reload", const { &[key(NONE, Key::F5)] }, "Read the document again and keep the view"),
            Self::Import => entry("Import…", const { &[key(COMMAND, Key::I)] },
                "Choose a file of another program, and how it is imported"),
            Self::ImportChoices => entry("Import Choices…", const { &[key(COMMAND.plus(SHIFT), Key::I)] },
                "Choose anew how the file is imported"),
            Self::SaveDocument => entry("Save", const { &[key(COMMAND, Key::S)] }, "Save the document in its file"),
            Self::SaveAs => entry("Save As…", const { &[key(COMMAND.plus(SHIFT), Key::S)] }, "Save the document in a file"),
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

    /// What the Edit menu says of it.
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
            Self::MoveDate(Handle::Start, ..0) => entry("Start Earlier", const { &[key(COMMAND, Key::Comma)] },
                "Let the selected event begin a step earlier"),
            Self::MoveDate(Handle::Start, _) => entry("Start Later", const { &[key(COMMAND, Key::Period)] },
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

    /// What the View, Go and Help menus say of it.
    #[rustfmt::skip]
    fn other_entry(&self) -> Option<Entry> {
        Some(match self {
            Self::ZoomIn => entry("Zoom In", const { &[key(NONE, Key::Plus), key(NONE, Key::Equals)] },
                "Show less time, around the selected event where one is in view"),
            Self::ZoomOut => entry("Zoom Out", const { &[key(NONE, Key::Minus)] }, "Show more time, around the same place"),
            Self::Fit => entry("Fit All", const { &[key(NONE, Key::Num0)] }, "Show the whole document"),
            Self::FitSelected => entry("Fit Selected", const { &[key(NONE, Key::F)] },
                "Show what is selected, with what is near it"),
            Self::PanLeft => entry("Earlier", const { &[key(SHIFT, Key::ArrowLeft)] }, "Move the view to earlier times"),
            Self::PanRight => entry("Later", const { &[key(SHIFT, Key::ArrowRight)] }, "Move the view to later times"),
            Self::EvenTime => entry("Even Time", const { &[key(NONE, Key::E)] },
                "Give the times in which much happens more of the width, or show time to scale again"),
            Self::FitRows => entry("Fit Rows", const { &[key(NONE, Key::W)] },
                "Show as many rows as the window holds and count the other events, or scroll to the rows again"),
            Self::AllRows => entry("All Rows", const { &[key(SHIFT, Key::W)] },
                "Show rows for all events in view, however many there are, or for up to 500 again"),
            Self::Pictures => entry("Pictures", const { &[key(NONE, Key::I)] },
                "Show pictures of events in the chart where there is room, or hide them"),
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
            Self::Record => entry("Show or Hide Record", const { &[key(NONE, Key::R)] },
                "Show the record beside the chart, or in a small window instead of it; hide it again"),
            Self::Clear => entry("Clear Selection", const { &[key(NONE, Key::Escape)] },
                "Select nothing, or close what is open"),
            Self::SwitchTheme => entry("Switch Light and Dark", const { &[key(NONE, Key::T)] },
                "Switch between light and dark"),
            Self::Explore => entry("Explore Series", const { &[key(NONE, Key::S)] },
                "Compare series in a plot of their own, or return to the chart"),
            Self::Problems => entry("Problems", const { &[key(NONE, Key::P)] }, "List what is wrong with the document"),
            Self::Help => entry("Keys", const { &[key(NONE, Key::F1), key(NONE, Key::Questionmark)] },
                "List what the keys and the mouse do"),
            Self::Open | Self::Reload | Self::Import | Self::ImportChoices | Self::SaveDocument | Self::SaveAs | Self::ImportReport
            | Self::Export | Self::ExportData(_) | Self::CopyPicture | Self::Quit | Self::Undo | Self::Redo
            | Self::EditHistory | Self::Capture | Self::ChangeCapture(_) | Self::MoveDate(..) | Self::MoveToLane(_) | Self::MoveLane(_) | Self::Drag(_)
            | Self::Leave(_) | Self::Resolve(_) | Self::Recovery(_) | Self::Edit(_) | Self::GoToEdit(_) | Self::OpenFile(_) | Self::ImportForm(_) | Self::SetSavePath(_) | Self::SaveTyped | Self::OpenExample(_)
            | Self::SetTheme(_) | Self::Select(_) | Self::Deselect | Self::ShowDocument | Self::ToggleGroup(_)
            | Self::ShowLane(_) | Self::SetAxis(_) | Self::Visit(_) | Self::Explorer(_) | Self::Zoom { .. }
            | Self::Pan(_) | Self::Show(_) | Self::Glide(_) | Self::Scroll(_) | Self::SetExport(_)
            | Self::PreviewPage(_) | Self::SetExportPath(_) | Self::Save | Self::CancelExport
            | Self::SetOpenPath(_) | Self::OpenTyped | Self::CancelLoading | Self::Reveal(_) | Self::OpenUrl(_)
            | Self::Dismiss(_) | Self::ShowProblems(_) | Self::ShowHelp(_) | Self::SaveReport(_) => return None,
        })
    }

    /// Its keys; empty if it has none.
    #[must_use]
    pub fn shortcuts(&self) -> &'static [KeyboardShortcut] {
        self.entry().map_or(&[], |entry| entry.shortcuts)
    }

    /// Whether its keys work while a form or a list is shown over the chart, such as reloading a corrected document.
    #[must_use]
    pub fn works_over_overlays(&self) -> bool {
        matches!(self, Self::Clear | Self::CopyPicture | Self::Help | Self::Problems | Self::Quit | Self::Reload)
    }

    /// Whether it selects another event.
    #[must_use]
    pub fn selects(&self) -> bool {
        matches!(self, Self::Previous | Self::Next | Self::First | Self::Last)
    }

    /// Whether its keys scroll the record where that has the focus.
    #[must_use]
    pub fn scrolls(&self) -> bool {
        matches!(self, Self::First | Self::Last | Self::ScrollUp | Self::ScrollDown | Self::LaneAbove | Self::LaneBelow)
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
    matches!(key, Key::Plus | Key::Minus | Key::Equals | Key::Questionmark | Key::Comma | Key::Period | Key::Num0)
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
        check(Key::ArrowLeft, Modifiers::ALT, None);
        check(Key::ArrowLeft, SHIFT | Modifiers::ALT, None);
        check(Key::E, Modifiers::CTRL | COMMAND, Some(UiCommand::Export));
        check(Key::E, Modifiers::CTRL | COMMAND | SHIFT, None);
        check(Key::C, Modifiers::CTRL | COMMAND | SHIFT, Some(UiCommand::CopyPicture));
        // Signs may need Shift, as "+" does on a US keyboard, "?" on a German one and "0" on a French one.
        check(Key::Plus, SHIFT, Some(UiCommand::ZoomIn));
        check(Key::Questionmark, SHIFT, Some(UiCommand::Help));
        check(Key::Num0, SHIFT, Some(UiCommand::Fit));
        check(Key::Plus, Modifiers::CTRL | COMMAND, None);
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
