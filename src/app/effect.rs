//! What the state asks of the world outside the program.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use egui::ColorImage;

use crate::Example;
use crate::compose::Template;
use crate::export::{Format, Picture};
use crate::import::Extent;
use crate::interchange;
use crate::progress::Progress;
use crate::query::{Projection, RowOrder, Search};
use crate::scene::text::FontSet;
use crate::timeline::{EventIndex, LaneId, LaneIndex, Timeline};

use super::captured_text::{CapturedText, ReadTextJob};
use super::export_job::ExportJob;
use super::import_settings::{ImportChoices, ImportSettings};
use super::jobs::JobId;
use super::origins::Origins;
use super::preferences::Preferences;
use super::session::Session;
use super::settle_job::SettleJob;
use super::unsaved::{FoundUnsaved, Unsaved};

/// Something to be done outside, as [`State::apply`](super::State::apply) returns it.
#[derive(Debug)]
pub enum Effect {
    /// Start a job, whose result comes back with this id.
    Start(JobId, Job),
    /// Put a picture on the clipboard.
    Copy(Box<ColorImage>),
    /// Put a text on the clipboard.
    CopyText(String),
    /// Open an address in the browser or the mail program.
    OpenUrl(String),
    /// Close the window.
    Quit,
    /// Let what a person has chosen for the program take effect.
    Prefer(Box<Preferences>),
    /// Let the window fill the screen, or end that.
    SetFullScreen(bool),
    /// Set the title of the window.
    SetTitle(String),
    /// Set text in these fonts.
    SetFonts(Box<FontSet>),
}

/// Work that takes time and gives a [`JobResult`](super::JobResult).
#[derive(Debug)]
pub enum Job {
    /// Ask where to save a picture.
    AskSave {
        /// File name to begin with.
        name: String,
        /// Folder to begin in.
        folder: Option<PathBuf>,
    },
    /// Ask where to save the document.
    AskSaveDocument {
        /// File name to begin with.
        name: String,
        /// Folder to begin in.
        folder: Option<PathBuf>,
    },
    /// Ask where to save data for other programs.
    AskSaveData {
        /// File name to begin with.
        name: String,
        /// Its format.
        format: interchange::Format,
        /// Folder to begin in.
        folder: Option<PathBuf>,
    },
    /// Write data for other programs.
    ExportData {
        /// The document.
        timeline: Arc<Timeline>,
        /// What is shown of it.
        projection: Box<Projection>,
        /// The format.
        format: interchange::Format,
        /// Where it goes.
        path: PathBuf,
        /// Documents that are open, which are never overwritten.
        documents: Vec<PathBuf>,
        /// The canonical path of the document, if it has one.
        document: Option<PathBuf>,
        /// Whether a file that exists may be replaced.
        may_replace: bool,
        /// How far it has come; cancels it.
        export: Arc<ExportJob>,
    },
    /// Write the document.
    SaveDocument(Box<DocumentToSave>),
    /// Ask which document to open.
    AskOpen {
        /// Folder to begin in.
        folder: Option<PathBuf>,
    },
    /// Ask for the file of a picture.
    AskMedia {
        /// Folder to begin in.
        folder: Option<PathBuf>,
    },
    /// Read a text of which events are made, or see to what it needs.
    Capture(CaptureJob),
    /// Ask which file to import.
    AskImport {
        /// Folder to begin in.
        folder: Option<PathBuf>,
    },
    /// Find out what an import would make of a file.
    PreviewImport {
        /// The file.
        path: PathBuf,
        /// Its name without its folder.
        name: String,
        /// Its content, if it has been read.
        bytes: Option<Arc<Vec<u8>>>,
        /// What is chosen.
        settings: Box<ImportSettings>,
        /// How much of it is read.
        extent: Extent,
        /// How far it has come; cancels it.
        progress: Arc<Progress>,
    },
    /// Find what a newer version of a file changes in the document.
    Update(Box<UpdateJob>),
    /// Find the events that are searched.
    Search(Box<SearchJob>),
    /// Read a document.
    Load {
        /// Where it comes from.
        source: DocumentSource,
        /// How a file of another program is imported, if that was chosen.
        import: Option<Box<ImportChoices>>,
        /// The version of it that is shown, if one is: only what differs from that has to be read.
        older: Option<OlderVersion>,
        /// The groups that are shown folded, if it has them.
        folded: BTreeSet<LaneId>,
        /// How far it has come; cancels it.
        progress: Arc<Progress>,
    },
    /// Read the text of the document again, since it was changed.
    Reopen {
        /// The text.
        text: Arc<String>,
        /// The groups that are shown folded.
        folded: BTreeSet<LaneId>,
        /// Cancels it.
        progress: Arc<Progress>,
    },
    /// Find out which pictures of the document are missing.
    FindPictureProblems {
        /// The document.
        timeline: Arc<Timeline>,
        /// Its text.
        text: Arc<String>,
        /// Its folder.
        folder: PathBuf,
    },
    /// Find out what has become of the file of the document.
    Reread {
        /// The file.
        path: PathBuf,
        /// Where to it seems to have been moved.
        moved_to: Option<PathBuf>,
        /// What it held.
        saved: Arc<String>,
    },
    /// Write what a person has chosen for the program to its file.
    KeepPreferences {
        /// What was in the file as this window knows it.
        from: Box<Preferences>,
        /// What is chosen now.
        to: Box<Preferences>,
    },
    /// Remember a document that is shown, by its file.
    KeepRecent(PathBuf),
    /// Write what is remembered from one window to the next.
    KeepSession(Box<Session>),
    /// Keep unsaved changes, or see to those of an earlier process.
    Unsaved(UnsavedJob),
    /// Search the system for fonts that have the characters of a text that the carried ones lack.
    FindFonts {
        /// The text of the document.
        text: Arc<String>,
        /// Further characters that the carried ones lack.
        also: String,
    },
    /// Put the events of groups of lanes in order, so that they can be folded.
    Group {
        /// The document.
        timeline: Arc<Timeline>,
        /// The groups.
        lanes: Vec<LaneIndex>,
        /// Cancels it between two groups.
        progress: Arc<Progress>,
    },
    /// Find what a filter shows, or count what there is to choose from.
    Filter(Box<FilterJob>),
    /// Make the rows of the list of events.
    List(Box<ListJob>),
    /// Lay out the rows of a view that has come to rest.
    Settle(Arc<SettleJob>),
    /// Read a picture of the document, to be shown in a record.
    ReadPicture {
        /// The folder of the document.
        folder: PathBuf,
        /// The path from there.
        file: String,
    },
    /// Read the sizes of all pictures of the document.
    ReadSizes {
        /// The document.
        timeline: Arc<Timeline>,
        /// Its folder.
        folder: PathBuf,
    },
    /// Read the picture of an event, to be shown in the chart.
    ReadThumbnail {
        /// The document.
        timeline: Arc<Timeline>,
        /// Its folder.
        folder: PathBuf,
        /// The event.
        event: EventIndex,
    },
    /// Draw a picture and write it.
    Export {
        /// What to draw.
        picture: Box<Picture>,
        /// Where it goes.
        path: PathBuf,
        /// Documents that are open, which are never overwritten.
        documents: Vec<PathBuf>,
        /// Whether a file that exists may be replaced.
        may_replace: bool,
        /// How far it has come; cancels it.
        export: Arc<ExportJob>,
    },
    /// Draw a picture for the clipboard.
    Copy {
        /// What to draw.
        picture: Box<Picture>,
        /// How far it has come; cancels it.
        export: Arc<ExportJob>,
    },
    /// Draw a picture as small as the form shows it.
    Preview {
        /// What to draw.
        picture: Box<Picture>,
        /// The file that it would be.
        format: Format,
        /// Which of its pages, from 0.
        page: usize,
    },
    /// Open a folder in the file manager.
    Reveal(PathBuf),
    /// Ask where to save the report of a panic, and write it there.
    SaveReport {
        /// Its text.
        text: String,
        /// Folder to begin in.
        folder: Option<PathBuf>,
        /// Files that are not to be overwritten.
        documents: Vec<PathBuf>,
    },
}

/// The events that are filtered.
#[derive(Debug)]
pub struct FilterJob {
    /// The document.
    pub timeline: Arc<Timeline>,
    /// What is to be shown of it; `None` if it is counted what there is to choose from.
    pub search: Option<Search>,
    /// The groups that are shown folded.
    pub folded: BTreeSet<LaneId>,
    /// Cancels it.
    pub progress: Arc<Progress>,
}

/// The events that are put into the order of the list.
#[derive(Debug)]
pub struct ListJob {
    /// The document.
    pub timeline: Arc<Timeline>,
    /// What is shown of it.
    pub projection: Projection,
    /// The order.
    pub order: RowOrder,
    /// Cancels it.
    pub progress: Arc<Progress>,
}

/// A document on its way into a file.
#[derive(Clone, Debug)]
pub struct DocumentToSave {
    /// Its text.
    pub text: Arc<String>,
    /// Where it goes.
    pub path: PathBuf,
    /// Files that are not to be overwritten.
    pub keep: Vec<PathBuf>,
    /// Whether a file that exists may be replaced.
    pub may_replace: bool,
    /// What the file must hold to be replaced, unless it is gone; anything if that is `None`.
    pub expected: Option<Arc<String>>,
    /// Its canonical path before, if it had one.
    pub was: Option<PathBuf>,
    /// Those of its origins that are not kept with that yet.
    pub origins: Origins,
}

/// What is done with the files of unsaved changes.
#[derive(Debug)]
pub enum UnsavedJob {
    /// Write the file of this process.
    Keep {
        /// The changes, without the fingerprint of what was saved; `None` if the file is removed.
        unsaved: Option<Box<Unsaved>>,
        /// The text as it was last read from its file or written to it.
        saved: Arc<String>,
        /// Files of earlier processes that are not needed any more then.
        replaces: Vec<PathBuf>,
    },
    /// Remove the file that an earlier process has left.
    Drop(PathBuf),
    /// Read the document that the changes of an earlier process are of.
    Recover(Box<FoundUnsaved>),
}

/// A search for events.
#[derive(Debug)]
pub struct SearchJob {
    /// The document.
    pub timeline: Arc<Timeline>,
    /// What is shown of it.
    pub projection: Projection,
    /// What is looked for.
    pub search: Search,
    /// The same, as it is typed.
    pub typed: String,
    /// Cancels it.
    pub progress: Arc<Progress>,
}

/// A version of a document that has been read.
#[derive(Clone, Debug)]
pub struct OlderVersion {
    /// What is shown of it.
    pub timeline: Arc<Timeline>,
    /// Its text.
    pub text: Arc<String>,
}

/// Where a document comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DocumentSource {
    /// A file.
    File(PathBuf),
    /// The program itself.
    Example(Example),
    /// A document to start from.
    Template(Template),
}

impl Job {
    /// What the program does meanwhile, for the report of a panic: "reading the document".
    pub(super) const fn words(&self) -> &'static str {
        match self {
            Self::Capture(job) => job.words(),
            Self::Copy { .. } => "copying the picture",
            Self::AskOpen { .. }
            | Self::AskImport { .. }
            | Self::AskMedia { .. }
            | Self::AskSave { .. }
            | Self::AskSaveDocument { .. }
            | Self::AskSaveData { .. } => "asking for a file",
            Self::Update(_) => "reading the file",
            Self::Search(_) => "searching",
            Self::PreviewImport { .. } => "previewing the import",
            Self::SaveDocument(_) => "saving the document",
            Self::Unsaved(_) => "keeping unsaved changes",
            Self::KeepPreferences { .. } => "keeping the settings",
            Self::KeepRecent(_) | Self::KeepSession(_) => "remembering the document",
            Self::ExportData { .. } => "exporting data",
            Self::Load { .. } | Self::Reopen { .. } | Self::Reread { .. } => "reading the document",
            Self::FindPictureProblems { .. }
            | Self::ReadPicture { .. }
            | Self::ReadSizes { .. }
            | Self::ReadThumbnail { .. } => "reading a picture",
            Self::FindFonts { .. } => "searching for fonts",
            Self::Group { .. } => "folding a group",
            Self::Filter(_) => "filtering the events",
            Self::List(_) => "sorting the list of events",
            Self::Settle(_) => "laying out rows",
            Self::Export { .. } => "exporting the picture",
            Self::Preview { .. } => "drawing the preview",
            Self::Reveal(_) => "opening a folder",
            Self::SaveReport { .. } => "saving the report",
        }
    }
}

/// Work for a text of which events are made, or for a picture of an event.
#[derive(Debug)]
pub enum CaptureJob {
    /// Ask for the file of a text.
    Ask {
        /// Folder to begin in.
        folder: Option<PathBuf>,
    },
    /// Read a text.
    Read(ReadTextJob),
    /// Find out which sentences of a text events cite.
    FindCited {
        /// The document.
        timeline: Arc<Timeline>,
        /// The text.
        text: Arc<CapturedText>,
    },
    /// Copy a picture into the folder of the document, unless it is in it.
    CopyPicture {
        /// The picture.
        from: PathBuf,
        /// The folder of the document.
        folder: PathBuf,
        /// The path of the picture within that folder, if it is in it.
        within: Option<String>,
    },
}

impl CaptureJob {
    /// What the program does meanwhile, for a report of a panic.
    const fn words(&self) -> &'static str {
        match self {
            Self::Ask { .. } => "asking for a file",
            Self::Read(_) | Self::FindCited { .. } => "reading the text",
            Self::CopyPicture { .. } => "copying the picture",
        }
    }
}

/// A file that is brought into the document.
#[derive(Clone, Debug)]
pub struct UpdateJob {
    /// The file.
    pub path: PathBuf,
    /// How it is imported.
    pub import: Box<ImportChoices>,
    /// The text of the document.
    pub text: Arc<String>,
    /// The canonical path of the document, if it has one.
    pub document: Option<PathBuf>,
    /// What it was made of in this window.
    pub origins: Origins,
}
