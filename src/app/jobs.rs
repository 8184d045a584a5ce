//! Which work outside the program is awaited.
//!
//! [`Jobs`] gives every [`Job`](super::effect::Job) that is started an id, which its result carries back. A result whose
//! id is not awaited any more belongs to work that was cancelled or replaced, and is dropped.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::interchange::Format;
use crate::progress::Progress;
use crate::query::RowOrder;
use crate::timeline::EventIndex;

use super::dropped::NewPicture;
use super::export_job::ExportJob;
use super::origins::Origins;
use super::preferences::Preferences;
use super::settle_job::SettleJob;
use super::unsaved::Kept;

/// The id of a job. Only [`Jobs`] makes one, and never the same one twice in a window.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct JobId(u64);

/// A document that is being read; what is shown stays until it has been.
#[derive(Clone, Debug)]
pub struct Loading {
    /// The name shown for it.
    pub name: String,
    /// How far it has come; cancels it.
    pub progress: Arc<Progress>,
}

/// A document that is being saved.
#[derive(Clone, Debug)]
pub struct Saving {
    /// Which of the documents of the window it is.
    pub number: u64,
    /// Its text.
    pub text: Arc<String>,
    /// What it was made of.
    pub origins: Origins,
}

/// A job whose result is awaited, with what can be seen and done while it runs.
#[derive(Clone, Debug)]
pub enum Awaited {
    /// The dialog for opening a document is shown.
    AskOpen,
    /// The dialog for importing a file is shown.
    AskImport,
    /// The dialog for choosing a text is shown.
    AskText,
    /// A text of which events are made is read.
    Text(Arc<Progress>),
    /// It is found out which sentences of a text are cited.
    Cited,
    /// Fonts of the system are searched for a text of which events are made.
    CapturedFonts,
    /// A picture is copied into the folder of the document.
    CopyPicture(NewPicture),
    /// The dialog for choosing a picture is shown.
    AskMedia,
    /// What an import would make is found out.
    PreviewImport(Arc<Progress>),
    /// The dialog for saving a picture is shown.
    AskSave,
    /// The dialog for saving the document is shown.
    AskSaveDocument,
    /// The dialog for saving data for other programs is shown.
    AskSaveData(Format),
    /// Data for other programs is written to a file.
    ExportData(Arc<ExportJob>),
    /// A document is written.
    SaveDocument(Saving),
    /// The text of the document is read again, since it was changed.
    Reopen(Arc<Progress>),
    /// The file of the document is compared with this text, which it held.
    Reread(Arc<String>),
    /// It is found out which pictures of the document are missing.
    PictureProblems,
    /// What a person has chosen for the program is written to its file.
    KeepPreferences(Box<Preferences>),
    /// What is remembered from one window to the next is written.
    KeepSession,
    /// A document is remembered that is shown.
    KeepRecent,
    /// Unsaved changes are written to their file: this version; `None` if the file is removed.
    KeepUnsaved(Option<Kept>),
    /// Unsaved changes of an earlier process are given up.
    DropUnsaved,
    /// Unsaved changes of an earlier process are read.
    Recover,
    /// It is found what a file changes in the document, whose text is this.
    Update(Arc<String>),
    /// Events are searched.
    Search(Arc<Progress>),
    /// A document is read.
    Load(Loading),
    /// Fonts of the system are searched for a document that is shown already.
    Fonts,
    /// Events of groups that are folded are put in order.
    Group(Arc<Progress>),
    /// What the filter shows is found.
    Filter(Arc<Progress>),
    /// It is counted what there is to choose from, in this version of the document.
    Facets(u64),
    /// The rows of the list of events are made.
    List {
        /// Which version of the timeline they are of, and of what is shown of it.
        made_of: (u64, u64),
        /// What they are sorted by.
        order: RowOrder,
        /// Cancels it.
        progress: Arc<Progress>,
    },
    /// The rows of a view that has come to rest are laid out.
    Settle(Arc<SettleJob>),
    /// A picture of the document is read: the one with this path.
    Picture(String),
    /// The sizes of the pictures of the document are read.
    Sizes,
    /// The picture of an event is read for the chart.
    Thumbnail(EventIndex),
    /// A picture is drawn and written to a file.
    Export(Arc<ExportJob>),
    /// A picture is drawn for the clipboard.
    Copy(Arc<ExportJob>),
    /// A picture is drawn for the export form.
    Preview,
    /// A folder is opened in the file manager.
    Reveal,
    /// The report of a panic is saved where the user says.
    SaveReport,
}

impl Awaited {
    /// Whether two jobs are of one kind.
    fn is_like(&self, other: &Self) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(other)
    }
}

/// The jobs whose results are awaited.
#[derive(Debug, Default)]
pub struct Jobs {
    last: u64,
    awaited: BTreeMap<JobId, Awaited>,
}

impl Jobs {
    /// Awaits a new job; earlier ones of its kind are no longer awaited.
    pub(super) fn start(&mut self, job: Awaited) -> JobId {
        self.awaited.retain(|_, earlier| !earlier.is_like(&job));
        self.last += 1;
        let id = JobId(self.last);
        self.awaited.insert(id, job);
        id
    }

    /// Ends a job. Returns `None` if it is not awaited.
    pub(super) fn finish(&mut self, id: JobId) -> Option<Awaited> {
        self.awaited.remove(&id)
    }

    /// Awaits the jobs for which `keep` returns `false` no longer.
    pub(super) fn retain(&mut self, mut keep: impl FnMut(&Awaited) -> bool) {
        self.awaited.retain(|_, job| keep(job));
    }

    /// The jobs that are awaited, earliest first.
    pub fn iter(&self) -> impl Iterator<Item = &Awaited> {
        self.awaited.values()
    }

    /// The document that is being read.
    #[must_use]
    pub fn loading(&self) -> Option<&Loading> {
        self.iter().find_map(|job| if let Awaited::Load(loading) = job { Some(loading) } else { None })
    }

    /// The picture that is being drawn for a file or for the clipboard, or the data that is written.
    #[must_use]
    pub fn export(&self) -> Option<&Arc<ExportJob>> {
        self.iter().find_map(|job| match job {
            Awaited::Export(export) | Awaited::Copy(export) | Awaited::ExportData(export) => Some(export),
            _ => None,
        })
    }

    /// The data that is written.
    #[must_use]
    pub fn written_data(&self) -> Option<&Arc<ExportJob>> {
        self.iter().find_map(|job| if let Awaited::ExportData(export) = job { Some(export) } else { None })
    }

    /// Whether the dialog for opening a document, a text or a file to import is shown.
    #[must_use]
    pub fn asks_open(&self) -> bool {
        self.iter().any(|job| matches!(job, Awaited::AskOpen | Awaited::AskImport | Awaited::AskText))
    }

    /// How far the preview of an import has come that is being made.
    #[must_use]
    pub fn previewed_import(&self) -> Option<&Arc<Progress>> {
        self.iter().find_map(|job| if let Awaited::PreviewImport(progress) = job { Some(progress) } else { None })
    }

    /// How far the text has come that is being read.
    #[must_use]
    pub fn read_text(&self) -> Option<&Arc<Progress>> {
        self.iter().find_map(|job| if let Awaited::Text(progress) = job { Some(progress) } else { None })
    }

    /// Whether fonts of the system are searched.
    #[must_use]
    pub fn seeks_fonts(&self) -> bool {
        self.iter().any(|job| matches!(job, Awaited::Fonts | Awaited::CapturedFonts))
    }

    /// Whether the dialog for saving a picture or data is shown.
    #[must_use]
    pub fn asks_save(&self) -> bool {
        self.iter().any(|job| matches!(job, Awaited::AskSave | Awaited::AskSaveData(_)))
    }

    /// Whether the document is being saved, or the dialog for that is shown.
    #[must_use]
    pub fn saves_document(&self) -> bool {
        self.iter().any(|job| matches!(job, Awaited::AskSaveDocument | Awaited::SaveDocument(_)))
    }

    /// Whether the text of the document is read again.
    #[must_use]
    pub fn reopens(&self) -> bool {
        self.iter().any(|job| matches!(job, Awaited::Reopen(_)))
    }

    /// Whether the file of the document is compared with what it held.
    #[must_use]
    pub fn rereads(&self) -> bool {
        self.iter().any(|job| matches!(job, Awaited::Reread(_)))
    }

    /// Whether what a person has chosen for the program is written to its file.
    #[must_use]
    pub fn keeps_preferences(&self) -> bool {
        self.iter().any(|job| matches!(job, Awaited::KeepPreferences(_)))
    }

    /// Whether unsaved changes are written to their file.
    #[must_use]
    pub fn keeps_unsaved(&self) -> bool {
        self.iter().any(|job| matches!(job, Awaited::KeepUnsaved(_)))
    }

    /// Whether groups are being folded.
    #[must_use]
    pub fn groups(&self) -> bool {
        self.iter().any(|job| matches!(job, Awaited::Group(_)))
    }

    /// Whether it is being found what the filter shows.
    #[must_use]
    pub fn filters(&self) -> bool {
        self.iter().any(|job| matches!(job, Awaited::Filter(_)))
    }

    /// Whether the rows of the list of events are made.
    #[must_use]
    pub fn lists(&self) -> bool {
        self.iter().any(|job| matches!(job, Awaited::List { .. }))
    }

    /// Whether rows are being laid out for a view that has come to rest.
    #[must_use]
    pub fn settles(&self) -> bool {
        self.iter().any(|job| matches!(job, Awaited::Settle(_)))
    }

    /// Whether a picture of the document is being read.
    #[must_use]
    pub fn reads_picture(&self) -> bool {
        self.iter().any(|job| matches!(job, Awaited::Picture(_)))
    }

    /// Whether the picture of an event is being read for the chart.
    #[must_use]
    pub fn reads_thumbnail(&self) -> bool {
        self.iter().any(|job| matches!(job, Awaited::Thumbnail(_) | Awaited::Sizes))
    }

    /// Whether a picture is being drawn for the export form.
    #[must_use]
    pub fn previews(&self) -> bool {
        self.iter().any(|job| matches!(job, Awaited::Preview))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_job_ends_once_and_a_later_one_of_its_kind_replaces_it() {
        let mut jobs = Jobs::default();
        let (first, reveal) = (jobs.start(Awaited::Preview), jobs.start(Awaited::Reveal));
        let second = jobs.start(Awaited::Preview);
        assert!(first < reveal && reveal < second, "ids are never given twice");
        assert!(jobs.finish(first).is_none(), "it was replaced");
        assert!(matches!(jobs.finish(second), Some(Awaited::Preview)));
        assert!(jobs.finish(second).is_none(), "it has ended");
        assert!(matches!(jobs.finish(reveal), Some(Awaited::Reveal)), "another kind is not touched");
    }
}
