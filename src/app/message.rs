//! What changes the state: what the user does, the results of jobs, and what a frame reports.

use std::path::PathBuf;
use std::sync::Arc;

use egui::{ColorImage, Rect};

use crate::crash::CrashReport;
use crate::document::Diagnostic;
use crate::edit::Splices;
use crate::edit::Update;
use crate::export::{PagePreview, PictureFile};
use crate::layout::{Arrangement, Pictures, Settled, View};
use crate::open_at::OpenAt;
use crate::query::{Facets, Listing, Projection};
use crate::scene::ImageData;
use crate::timeline::{EventIndex, ItemId};

use super::captured_text::CapturedText;
use super::desktop::DialogResult;
use super::dropped::KeptPicture;
use super::file_fault::FileFault;
use super::finder::Searched;
use super::import_state::ReadPreview;
use super::jobs::JobId;
use super::loaded_document::{FoundFonts, LoadedDocument};
use super::origins::{Origin, Origins};
use super::pictures::ReadPicture;
use super::preferences::FoundPreferences;
use super::recent::RecentFiles;
use super::record_panel::RecordPlacement;
use super::recovered::Recovered;
use super::session::{Session, SizedPanel, WindowPlace};
use super::ui_command::UiCommand;
use super::unsaved::FoundUnsaved;

/// Something that changes the state, through [`State::apply`](super::State::apply).
#[derive(Debug)]
pub enum Message {
    /// The user does something.
    Ui(UiCommand),
    /// A job has ended.
    Job(JobId, JobResult),
    /// A frame begins, or has been drawn.
    Frame(FrameEvent),
    /// The file of the document may have changed; where to it was moved, if it was.
    FileTouched(Option<PathBuf>),
}

impl From<UiCommand> for Message {
    fn from(command: UiCommand) -> Self {
        Self::Ui(command)
    }
}

impl From<FrameEvent> for Message {
    fn from(event: FrameEvent) -> Self {
        Self::Frame(event)
    }
}

/// What a newer version of a file changes in the document.
#[derive(Debug)]
pub struct FoundUpdate {
    /// The name of the file.
    pub name: String,
    /// What brings it into the document.
    pub update: Update,
    /// What of the file cannot be in a document, a sentence each.
    pub notes: Vec<String>,
    /// What was noted of the file, if anything was.
    pub older: Option<Origin>,
    /// What is to be noted of it.
    pub newer: Origin,
}

/// What a job has come to.
#[derive(Debug)]
pub enum JobResult {
    /// A dialog was answered.
    Dialog(DialogResult),
    /// The document was written, or why it was not.
    DocumentSaved(Result<SaveOutcome, String>),
    /// A document was read; `None` if that was cancelled.
    Loaded(Option<Box<LoadedDocument>>),
    /// What an import would make, or why the file cannot be read.
    ImportPreviewed(Result<ReadPreview, String>),
    /// What a file changes in the document, or why that is not known.
    UpdateFound(Result<FoundUpdate, String>),
    /// What was found; `None` if the search was cancelled.
    Searched(Option<Box<Searched>>),
    /// The documents that were shown last, if they are remembered.
    RecentKept(Option<RecentFiles>),
    /// What a person has chosen for the program is in its file, or why it is not.
    PreferencesKept(Result<(), String>),
    /// What is remembered was written.
    SessionKept,
    /// Unsaved changes were written to their file, or why they were not.
    UnsavedKept(Result<(), String>),
    /// Unsaved changes of an earlier process were given up.
    UnsavedDropped,
    /// Unsaved changes of an earlier process, with the document that they are of.
    Recovered(Box<Recovered>),
    /// A text of which events are made, or why it was not read.
    TextRead(Result<Box<CapturedText>, String>),
    /// For each sentence of a text, whether an event cites it.
    Cited(Vec<bool>),
    /// The picture in the folder of the document, or why there is none.
    PictureCopied(Result<KeptPicture, String>),
    /// What became of the file of the document.
    Reread(Reread),
    /// What is wrong with the pictures of the document.
    PictureProblems(Vec<Diagnostic>),
    /// Fonts of the system were searched.
    Fonts(FoundFonts),
    /// The events of groups were put in order.
    Grouped,
    /// What the filter shows; `None` if that was cancelled.
    Filtered(Option<Projection>),
    /// What there is to choose from; `None` if that was cancelled.
    Facets(Option<Facets>),
    /// The rows of the list of events; `None` if that was cancelled.
    Listed(Option<Listing>),
    /// The rows of a view that has come to rest; or the event under the pointer that would have lost its title.
    Settled(Box<Result<Settled, EventIndex>>),
    /// A picture of the document was read, or why it was not.
    Picture(ReadPicture),
    /// The sizes of the pictures of the document were read.
    Sizes(Pictures),
    /// The picture of an event was read; `None` if it cannot be shown.
    Thumbnail(Option<Arc<ImageData>>),
    /// A picture was drawn and written, or not.
    Exported(Result<ExportOutcome, String>),
    /// Data for other programs was written, or not.
    DataExported(Result<DataOutcome, String>),
    /// The picture for the clipboard, or why there is none.
    Copied(Result<Box<ColorImage>, String>),
    /// How the picture will look, or why it cannot be drawn.
    Previewed(Result<Arc<PagePreview>, String>),
    /// A folder was opened, or why it was not.
    Revealed(Result<(), String>),
    /// Where the report of a panic was saved, or why it was not; `None` if the user changed their mind.
    ReportSaved(Result<Option<PathBuf>, String>),
    /// The job panicked.
    Crashed(CrashReport),
}

/// What became of an export that did not fail.
#[derive(Debug, PartialEq, Eq)]
pub enum ExportOutcome {
    /// The file is there.
    Saved(PictureFile),
    /// Nothing was written, since this file exists and may not be replaced yet.
    Exists(PathBuf),
    /// Nothing was written, since the export was cancelled.
    Cancelled,
}

/// What became of data for other programs whose writing did not fail.
#[derive(Debug, PartialEq, Eq)]
pub enum DataOutcome {
    /// The file is there.
    Saved {
        /// Where it is.
        path: PathBuf,
        /// What it does not hold, a sentence each.
        notes: Vec<String>,
    },
    /// Nothing was written, since this file exists and may not be replaced yet.
    Exists(PathBuf),
    /// Nothing was written, since the export was cancelled.
    Cancelled,
}

/// What became of a document that could be saved.
#[derive(Debug, PartialEq, Eq)]
pub enum SaveOutcome {
    /// It is in this file.
    Saved {
        /// Where it is.
        path: PathBuf,
        /// The same file by its canonical path.
        canonical_path: Option<PathBuf>,
        /// Whether its origins are kept with it, or why they are not.
        origins: Result<(), String>,
    },
    /// Nothing was written, since this file exists and may not be replaced yet.
    Exists(PathBuf),
    /// Nothing was written, since another program has changed the file.
    Changed {
        /// The file.
        path: PathBuf,
        /// What it holds.
        theirs: Arc<String>,
        /// What makes that of what it was expected to hold.
        difference: Splices,
    },
}

/// What became of the file of the document.
#[derive(Debug, PartialEq, Eq)]
pub enum Reread {
    /// It holds what was last read from it or written to it.
    Same,
    /// It holds something else.
    Changed {
        /// What it holds.
        theirs: Arc<String>,
        /// What makes that of what it held.
        difference: Splices,
        /// Whether it seems to be written still: it ends in the middle.
        is_partial: bool,
    },
    /// It was moved here.
    Moved {
        /// Where it is.
        path: PathBuf,
        /// The same file by its canonical path.
        canonical_path: Option<PathBuf>,
    },
    /// It is gone.
    Gone,
    /// It cannot be read, and why.
    Unreadable(String),
}

/// What a frame reports.
#[derive(Clone, Debug, PartialEq)]
pub enum FrameEvent {
    /// A frame begins, this many seconds after the window opened.
    Tick(f64),
    /// The file of the document is followed from now on.
    WatchesFiles,
    /// Unsaved changes are kept in files from now on; what earlier processes have left.
    KeepsUnsaved(Vec<FoundUnsaved>),
    /// Documents that are shown are remembered; these were in earlier windows.
    KeepsRecent(RecentFiles),
    /// What a person chooses for the program is kept in a file from now on; what it holds.
    KeepsPreferences(Box<FoundPreferences>),
    /// What is remembered is kept in a file from now on; what earlier windows have left there, and what is wrong with it.
    KeepsSession(Box<Session>, Option<FileFault>),
    /// The menu of what can be done with what is selected has been opened.
    ActionsShown,
    /// Another part of the window has been given the focus.
    Walked,
    /// The first document is opened at this place.
    OpensAt(Box<OpenAt>),
    /// The window is here; whether it fills the screen.
    WindowPlaced(WindowPlace, bool),
    /// The user has given a panel this size, in points.
    PanelSized(SizedPanel, f32),
    /// A button of the pointer is pressed, or has just been released.
    PointerHeld,
    /// The window is drawn with the record in this place.
    RecordPlaced(RecordPlacement),
    /// The chart was drawn.
    Drawn {
        /// Its rectangle, in points.
        rect: Rect,
        /// Whether it was drawn in the dark theme.
        dark: bool,
        /// How far its lanes and series can be scrolled.
        scrolls: ScrollRange,
    },
    /// The chart was drawn with these rows.
    Arranged(Box<Arrangement>),
    /// The rows of a view that has come to rest were laid out anew; or they were not, as this event under the pointer would
    /// have lost its title.
    Settled(Box<Result<Settled, EventIndex>>),
    /// The view has come to rest, but laying out its rows anew takes longer than a frame may; with the event under the
    /// pointer.
    SettlesSlowly(Option<EventIndex>),
    /// What is selected was scrolled to: the lanes are this many points from the top.
    Revealed(f32),
    /// A key of the chart changed the selection while the chart had the focus, which goes to the mark of what is selected.
    FocusFollows,
    /// An event was dragged that is not selected, and therefore stays where it is.
    DraggedUnselected,
    /// The mark of what is selected has been given the focus.
    Focused,
    /// The list of events was drawn with so many rows in sight.
    ListDrawn(f64),
    /// The list of events has been given the focus.
    ListFocused,
    /// The record has been given the focus.
    RecordFocused,
    /// The name of the lane that the keys are on has been given the focus.
    LaneFocused,
    /// The field for the title of an event that is made of a text has got the focus.
    CaptureFocused,
    /// A frame or a message panicked: the state goes back to what was drawn last, if that is known.
    Panicked {
        /// What was drawn last.
        place: Option<Place>,
        /// The panic, if the user has not been told of it yet.
        report: Option<Arc<CrashReport>>,
    },
}

/// What part of which document is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// The span of time.
    pub view: View,
    /// How far the lanes are scrolled, in points.
    pub scroll: f32,
    /// What is selected.
    pub selected: Option<ItemId>,
    /// How many documents had been shown.
    pub document: u64,
    /// What the document was made of.
    pub origins: Origins,
}

/// How far the lanes and series of a chart can be scrolled, in points.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ScrollRange {
    /// By one press of a key.
    pub page: f32,
    /// From the first lane to the last series.
    pub most: f32,
}
