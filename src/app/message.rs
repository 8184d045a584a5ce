//! What a user can do.
//!
//! A [`UiCommand`] is what menus, buttons and keys offer: it carries its own name, hint and keys, so that all of them
//! say the same. A [`Message`] is what panels push and [`super::State::apply`] carries out.

use std::path::PathBuf;
use std::sync::Arc;

use egui::{ColorImage, Key, KeyboardShortcut, Modifiers, Rect, ThemePreference};

use crate::Example;
use crate::crash::CrashReport;
use crate::export::{PictureFile, Proof};
use crate::layout::{Arrangement, View};
use crate::timeline::Item;

use super::export_state::ExportSettings;
use super::record_panel::RecordPlacement;
use super::runtime::{DialogResult, JobKind, LoadedDocument};
use super::state::ScrollRange;

/// Something that stands in a menu and has a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UiCommand {
    /// Choose another document.
    Open,
    /// Read the document again.
    Reload,
    /// Save the chart as a picture.
    Export,
    /// Put the picture on the clipboard.
    CopyPicture,
    /// Leave.
    Quit,
    /// Show less time.
    ZoomIn,
    /// Show more time.
    ZoomOut,
    /// Show the whole document.
    Fit,
    /// Show what is selected.
    FitSelected,
    /// Earlier.
    PanLeft,
    /// Later.
    PanRight,
    /// The event before.
    Previous,
    /// The event after.
    Next,
    /// The first event.
    First,
    /// The last event.
    Last,
    /// Lanes and series further up.
    ScrollUp,
    /// Lanes and series further down.
    ScrollDown,
    /// Show the record, or hide it.
    Record,
    /// Select nothing; close what is open.
    Clear,
    /// From light to dark, or back.
    SwitchTheme,
    /// Say what is wrong with the document.
    Problems,
    /// List the keys.
    Help,
}

impl UiCommand {
    /// All actions, in the order of the help page.
    pub const ALL: [Self; 22] = [
        Self::Open,
        Self::Reload,
        Self::Export,
        Self::CopyPicture,
        Self::Quit,
        Self::ZoomIn,
        Self::ZoomOut,
        Self::Fit,
        Self::FitSelected,
        Self::PanLeft,
        Self::PanRight,
        Self::Previous,
        Self::Next,
        Self::First,
        Self::Last,
        Self::ScrollUp,
        Self::ScrollDown,
        Self::Record,
        Self::Clear,
        Self::SwitchTheme,
        Self::Problems,
        Self::Help,
    ];

    /// The name in a menu.
    #[must_use]
    pub fn text(self) -> &'static str {
        match self {
            Self::Open => "Open…",
            Self::Reload => "Reload",
            Self::Export => "Export…",
            Self::CopyPicture => "Copy Picture",
            Self::Quit => "Quit",
            Self::ZoomIn => "Zoom In",
            Self::ZoomOut => "Zoom Out",
            Self::Fit => "Fit All",
            Self::FitSelected => "Fit Selected",
            Self::PanLeft => "Earlier",
            Self::PanRight => "Later",
            Self::Previous => "Previous Event",
            Self::Next => "Next Event",
            Self::First => "First Event",
            Self::Last => "Last Event",
            Self::ScrollUp => "Lanes Above",
            Self::ScrollDown => "Lanes and Series Below",
            Self::Record => "Show or Hide Record",
            Self::Clear => "Clear Selection",
            Self::SwitchTheme => "Switch Light and Dark",
            Self::Problems => "Problems",
            Self::Help => "Keys",
        }
    }

    /// What it does, in a sentence.
    #[must_use]
    pub fn tooltip(self) -> &'static str {
        match self {
            Self::Open => "Choose another document",
            Self::Reload => "Read the document again and keep the view",
            Self::Export => "Save the chart as a picture",
            Self::CopyPicture => "Put the picture, as the export form makes it, on the clipboard",
            Self::Quit => "Close the window",
            Self::ZoomIn => "Show less time, around the selected event where one is in view",
            Self::ZoomOut => "Show more time, around the same place",
            Self::Fit => "Show the whole document",
            Self::FitSelected => "Show what is selected, with what is near it",
            Self::PanLeft => "Move the view to earlier times",
            Self::PanRight => "Move the view to later times",
            Self::Previous => "Select the event before",
            Self::Next => "Select the event after",
            Self::First => "Select the first event",
            Self::Last => "Select the last event",
            Self::ScrollUp => "Scroll to lanes and series that do not fit above",
            Self::ScrollDown => "Scroll to lanes and series that do not fit below",
            Self::Record => "Show the record beside the chart, or in a small window instead of it; hide it again",
            Self::Clear => "Select nothing, or close what is open",
            Self::SwitchTheme => "Switch between light and dark",
            Self::Problems => "List what is wrong with the document",
            Self::Help => "List what the keys and the mouse do",
        }
    }

    /// Whether its keys work while a form or a list is shown over the chart: reloading after a mend does.
    #[must_use]
    pub fn works_over_overlays(self) -> bool {
        matches!(self, Self::Clear | Self::CopyPicture | Self::Help | Self::Problems | Self::Quit | Self::Reload)
    }

    /// Whether it selects another event.
    #[must_use]
    pub fn selects(self) -> bool {
        matches!(self, Self::Previous | Self::Next | Self::First | Self::Last)
    }

    /// Whether its keys scroll the record where that has the focus.
    #[must_use]
    pub fn scrolls(self) -> bool {
        matches!(self, Self::First | Self::Last | Self::ScrollUp | Self::ScrollDown)
    }

    /// Its keys; the first one is shown in menus.
    #[must_use]
    pub fn shortcuts(self) -> Vec<KeyboardShortcut> {
        let plain = |key| KeyboardShortcut::new(Modifiers::NONE, key);
        let command = |key| KeyboardShortcut::new(Modifiers::COMMAND, key);
        let shift = |key| KeyboardShortcut::new(Modifiers::SHIFT, key);
        match self {
            Self::Open => vec![command(Key::O)],
            Self::Reload => vec![plain(Key::F5)],
            Self::Export => vec![command(Key::E)],
            Self::CopyPicture => vec![KeyboardShortcut::new(Modifiers::COMMAND | Modifiers::SHIFT, Key::C)],
            Self::Quit => vec![command(Key::Q)],
            Self::ZoomIn => vec![plain(Key::Plus), plain(Key::Equals)],
            Self::ZoomOut => vec![plain(Key::Minus)],
            Self::Fit => vec![plain(Key::Num0)],
            Self::FitSelected => vec![plain(Key::F)],
            Self::PanLeft => vec![shift(Key::ArrowLeft)],
            Self::PanRight => vec![shift(Key::ArrowRight)],
            Self::Previous => vec![plain(Key::ArrowLeft), plain(Key::Comma)],
            Self::Next => vec![plain(Key::ArrowRight), plain(Key::Period)],
            Self::First => vec![plain(Key::Home)],
            Self::Last => vec![plain(Key::End)],
            Self::ScrollUp => vec![plain(Key::PageUp)],
            Self::ScrollDown => vec![plain(Key::PageDown)],
            Self::Record => vec![plain(Key::R)],
            Self::Clear => vec![plain(Key::Escape)],
            Self::SwitchTheme => vec![plain(Key::T)],
            Self::Problems => vec![plain(Key::P)],
            Self::Help => vec![plain(Key::F1), plain(Key::Questionmark)],
        }
    }

    /// The action that a key with these modifiers means: one that has exactly these; where none has, one without Shift
    /// for a sign that some keyboards type with Shift.
    #[must_use]
    pub fn of(key: Key, modifiers: Modifiers) -> Option<Self> {
        let exactly = |pressed: Modifiers| {
            let is_meant = |keys: &KeyboardShortcut| keys.logical_key == key && pressed.matches_exact(keys.modifiers);
            Self::ALL.into_iter().find(|action| action.shortcuts().iter().any(is_meant))
        };
        let unshifted = Modifiers { shift: false, ..modifiers };
        exactly(modifiers).or_else(|| if is_sign(key) { exactly(unshifted) } else { None })
    }
}

/// Whether a keyboard may type this with Shift.
fn is_sign(key: Key) -> bool {
    matches!(key, Key::Plus | Key::Minus | Key::Equals | Key::Questionmark | Key::Comma | Key::Period | Key::Num0)
}

/// Something that changes the state.
#[derive(Debug)]
pub enum Message {
    /// What an action says.
    Ui(UiCommand),
    /// Show a document that the program carries.
    OpenExample(Example),
    /// Show the record of an item.
    Select(Item),
    /// Show the document's own record.
    Deselect,
    /// Show the document's own record, wherever the record has its place.
    ShowDocument,
    /// Give the focus to the mark of what is selected, once it is drawn.
    Focus,
    /// The mark of what is selected has been given the focus.
    Focused,
    /// Show the record of an event that may be out of view, and bring it into view.
    Visit(Item),
    /// Zoom by a factor (above 1 is closer) at a fraction of the view's width.
    Zoom {
        /// Above 1 is closer.
        factor: f64,
        /// 0 is the left edge of the view, 1 the right one.
        at: f64,
    },
    /// Move the view by a fraction of its width; positive is later.
    Pan(f64),
    /// Show exactly this.
    Show(View),
    /// Glide to this view.
    Glide(View),
    /// Scroll the lanes to this many points from the top.
    Scroll(f32),
    /// The chart was drawn with these rows.
    Arranged(Box<Arrangement>),
    /// The chart was drawn in this rectangle, in points, in the dark theme or the light one.
    Drawn {
        /// The rectangle, in points.
        rect: Rect,
        /// The dark theme.
        dark: bool,
        /// How far the lanes and series can be scrolled.
        scrolls: ScrollRange,
    },
    /// The window is drawn with the record in this place.
    Resized(RecordPlacement),
    /// Light, dark, or as the system says.
    SetTheme(ThemePreference),
    /// It is this many seconds since the window opened.
    Tick(f64),
    /// What is chosen in the export form.
    Choose(Box<ExportSettings>),
    /// How the picture will look, or why it cannot be drawn.
    Previewed(Result<Arc<Proof>, String>),
    /// Which page the preview shows, from 0.
    PreviewPage(usize),
    /// The picture for the clipboard, or why there is none.
    Copied(Result<Box<ColorImage>, String>),
    /// Where the picture goes, typed by hand.
    SetExportPath(String),
    /// Ask for the place, or save where the path field says.
    Save,
    /// Give up the picture that is being drawn; where none is, close the form.
    CancelExport,
    /// The save dialog has answered.
    SaveAnswered(DialogResult),
    /// A file stands where the picture was to go.
    AlreadyThere(PathBuf),
    /// The picture is there, or not.
    Exported(Result<PictureFile, String>),
    /// The open dialog has answered.
    OpenAnswered(DialogResult),
    /// The path of a document, typed by hand.
    SetOpenPath(String),
    /// Open the document at the path typed by hand.
    OpenTyped,
    /// A document has been read.
    Loaded(Box<LoadedDocument>),
    /// Give up the document that is being read.
    CancelLoading,
    /// Open the folder of a file.
    Reveal(PathBuf),
    /// Take a notice away.
    Dismiss(u64),
    /// Show or hide the list of what is wrong with the document.
    ShowProblems(bool),
    /// Show or hide the list of keys.
    ShowHelp(bool),
    /// A job panicked.
    JobCrashed(JobKind, CrashReport),
    /// Save the report of a panic.
    SaveReport(Arc<CrashReport>),
    /// The report of a panic is there, or why it is not.
    ReportSaved(Result<PathBuf, String>),
}

#[cfg(test)]
mod tests {
    use super::*;

    const NONE: Modifiers = Modifiers::NONE;
    const SHIFT: Modifiers = Modifiers::SHIFT;

    #[test]
    fn no_two_actions_share_a_key() {
        let mut all: Vec<(Key, Modifiers, UiCommand)> = Vec::new();
        for action in UiCommand::ALL {
            for KeyboardShortcut { modifiers, logical_key } in action.shortcuts() {
                let other = all.iter().find(|(key, of, _)| *key == logical_key && *of == modifiers);
                assert_eq!(other, None, "{action:?}");
                all.push((logical_key, modifiers, action));
            }
        }
    }

    #[test]
    fn a_key_means_the_action_that_fits_best() {
        let check = |key, modifiers, expect| assert_eq!(UiCommand::of(key, modifiers), expect, "{key:?} {modifiers:?}");
        check(Key::F, NONE, Some(UiCommand::FitSelected));
        check(Key::F, Modifiers::ALT, None);
        check(Key::F, Modifiers::CTRL, None);
        check(Key::F, SHIFT, None);
        check(Key::ArrowLeft, NONE, Some(UiCommand::Previous));
        check(Key::ArrowLeft, SHIFT, Some(UiCommand::PanLeft));
        check(Key::ArrowLeft, Modifiers::ALT, None);
        check(Key::ArrowLeft, SHIFT | Modifiers::ALT, None);
        check(Key::E, Modifiers::CTRL | Modifiers::COMMAND, Some(UiCommand::Export));
        check(Key::E, Modifiers::CTRL | Modifiers::COMMAND | SHIFT, None);
        check(Key::C, Modifiers::CTRL | Modifiers::COMMAND | SHIFT, Some(UiCommand::CopyPicture));
        // Signs may need Shift, as "+" does on a US keyboard, "?" on a German one and "0" on a French one.
        check(Key::Plus, SHIFT, Some(UiCommand::ZoomIn));
        check(Key::Questionmark, SHIFT, Some(UiCommand::Help));
        check(Key::Num0, SHIFT, Some(UiCommand::Fit));
        check(Key::Plus, Modifiers::CTRL | Modifiers::COMMAND, None);
        check(Key::Plus, SHIFT | Modifiers::ALT, None);
    }
}
