//! What the user can do.
//!
//! Menus, buttons, shortcuts and panels all push the same [`UiCommand`]s. Those in [`UiCommand::LISTED`] have an
//! [`Entry`](super::Entry), so that a menu, a tooltip, the list of keys and a screen reader say the same of them.

use std::path::PathBuf;
use std::sync::Arc;

use egui::ThemePreference;

use crate::Example;
use crate::compose::Template;
use crate::crash::CrashReport;
use crate::date::Handle;
use crate::interchange::Format;
use crate::layout::View;
use crate::timeline::{Axis, ItemId, LaneId};

use super::capture_state::CaptureMessage;
use super::drag::DragMessage;
use super::dropped::{DropChoice, Place};
use super::explorer::ExplorerMessage;
use super::export_settings::ExportSettings;
use super::filter_state::FilterMessage;
use super::find_message::FindMessage;
use super::form::FormMessage;
use super::gesture::Gesture;
use super::import_state::ImportMessage;
use super::leaving::{LeaveChoice, Resolution};
use super::list_state::ListMessage;
use super::measure::MeasureMessage;
use super::preferences::Preference;
use super::several::SeveralMessage;
use super::unsaved::RecoveryChoice;
use super::update_state::UpdateMessage;

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
    /// Open the box in which events are searched, or type in it.
    Find,
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
    /// Give the focus to the next part of the window.
    NextRegion,
    /// Give the focus to the part of the window before.
    PreviousRegion,
    /// Go to the view and selection before.
    Back,
    /// Go to the view and selection that was left by going back.
    Forward,
    /// Put the command line on the clipboard that opens the document where it is shown.
    CopyLink,
    /// Measure between two edges: begin, pin, or end.
    Measure,
    /// Show what can be done with what is selected.
    Actions,
    /// Let the window fill the screen, or end that.
    FullScreen,
    /// Show the record, or hide it.
    Record,
    /// Select nothing; close what is open.
    Clear,
    /// Switch from light to dark, or back.
    SwitchTheme,
    /// Open the explorer of series, or return to the chart.
    Explore,
    /// Show the form in which it is chosen which events are shown, or hide it.
    FilterEvents,
    /// Show all events again.
    ClearFilter,
    /// Show only what is not in the lane that the keys are on.
    HideLane,
    /// Show the events as rows of a table, or hide them.
    EventList,
    /// Show that table in the place of the chart, or below it.
    PlaceEventList,
    /// Show the list of problems, or hide it.
    Problems,
    /// Show the list of keys, or hide it.
    Help,
    /// Show the page of settings, or hide it.
    Settings,
    /// Show text and all else larger.
    TextLarger,
    /// Show text and all else smaller.
    TextSmaller,
    /// Show text and all else in the usual size.
    TextUsual,

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
    /// Choose the file of a text that is shown beside the chart.
    CaptureFile,
    /// Show the record as a form, or as a record again.
    EditRecord,
    /// Show the form of a new event.
    NewEvent,
    /// Show the field in which a line makes an event, or hide it.
    QuickEntry,
    /// Copy the selected event.
    Duplicate,
    /// Delete the selected events.
    Delete,
    /// Put the selected events on the clipboard, as rows of a table.
    CopyEvents,
    /// Put the record of the selected event on the clipboard, as text.
    CopyRecord,
    /// Select the event before those that are selected, too.
    ExtendEarlier,
    /// Select the event after those that are selected, too.
    ExtendLater,

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
    /// Make an event of a text that is pasted, or several.
    Paste(String),
    /// Do with a file that is dropped what fits it; where in the chart, if that is known.
    DropFile(PathBuf, Option<Place>),
    /// Decide what is to become of a file that was dropped.
    Drop(DropChoice),
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
    /// Begin a document.
    NewDocument(Template),
    /// Change something in a form, open it or close it.
    Form(FormMessage),
    /// Choose an edge to measure from or to, or remove a measure.
    ChangeMeasures(MeasureMessage),
    /// Put a text on the clipboard.
    CopyText(String),
    /// Select several events, or change all that are selected.
    Several(SeveralMessage),
    /// Search in the box, walk through what is found, or close it.
    Finder(FindMessage),
    /// Do something with the report of an update from a file.
    Update(UpdateMessage),
    /// Set the lines that make events, as they are typed.
    SetQuickEntry(String),
    /// Make events of the lines that were typed, with the lane that they name and that there is not, or without.
    AddTyped {
        /// Whether that lane is made.
        makes_lane: bool,
    },
    /// Show a document that the program carries.
    OpenExample(Example),
    /// Choose something for the program, whatever document is shown.
    Prefer(Preference),
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
    /// Do something with the filter.
    Filter(FilterMessage),
    /// Do something in the list of events.
    List(ListMessage),
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

impl UiCommand {
    /// The commands that have an [`Entry`](super::Entry), in the order of the list of keys.
    pub const LISTED: &'static [Self] = &[
        Self::NewDocument(Template::Blank),
        Self::Open,
        Self::Reload,
        Self::Import,
        Self::ImportChoices,
        Self::SaveDocument,
        Self::SaveAs,
        Self::ImportReport,
        Self::CaptureFile,
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
        Self::EditRecord,
        Self::NewEvent,
        Self::QuickEntry,
        Self::Form(FormMessage::AddPart("lanes")),
        Self::Form(FormMessage::AddPart("sources")),
        Self::Form(FormMessage::AddPart("eras")),
        Self::Duplicate,
        Self::Delete,
        Self::CopyEvents,
        Self::CopyRecord,
        Self::ExtendEarlier,
        Self::ExtendLater,
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
        Self::Find,
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
        Self::NextRegion,
        Self::PreviousRegion,
        Self::Back,
        Self::Forward,
        Self::CopyLink,
        Self::Measure,
        Self::Actions,
        Self::FullScreen,
        Self::Record,
        Self::Clear,
        Self::SwitchTheme,
        Self::Explore,
        Self::FilterEvents,
        Self::ClearFilter,
        Self::HideLane,
        Self::EventList,
        Self::PlaceEventList,
        Self::Problems,
        Self::Help,
        Self::Settings,
        Self::TextLarger,
        Self::TextSmaller,
        Self::TextUsual,
    ];

    /// Whether it does something with the document as it is: what is typed in a form belongs to it.
    pub(super) fn is_about_document(&self) -> bool {
        matches!(
            self,
            Self::SaveDocument
                | Self::SaveAs
                | Self::SaveTyped
                | Self::Undo
                | Self::Redo
                | Self::GoToEdit(_)
                | Self::Duplicate
                | Self::Delete
                | Self::Export
                | Self::ExportData(_)
                | Self::CopyPicture
                | Self::Quit
                | Self::Reload
                | Self::NewDocument(_)
                | Self::Open
                | Self::OpenFile(_)
                | Self::OpenExample(_)
                | Self::Import
        )
    }

    /// Whether its keys work while someone types: they mean nothing in a text, and what is typed is part of what they do.
    #[must_use]
    pub fn works_while_typing(&self) -> bool {
        matches!(
            self,
            Self::SaveDocument
                | Self::SaveAs
                | Self::Quit
                | Self::Open
                | Self::NewDocument(_)
                | Self::Export
                | Self::Import
                | Self::TextLarger
                | Self::TextSmaller
                | Self::TextUsual
                | Self::Find
                | Self::NextRegion
                | Self::PreviousRegion
        )
    }

    /// Whether its keys work in the empty field of lines that make events: what was added last is taken back there, too.
    #[must_use]
    pub fn works_in_idle_line(&self) -> bool {
        matches!(self, Self::Clear | Self::Undo | Self::Redo)
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
}
