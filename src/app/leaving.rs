//! What waits for unsaved changes to be saved or given up, and a file that another program has changed, too.

use std::path::PathBuf;
use std::sync::Arc;

use super::loaded_document::LoadedDocument;
use super::recovered::Recovered;

/// What the user asked for that ends the document.
#[derive(Debug)]
pub enum Next {
    /// The window is closed.
    Quit,
    /// Another document is shown.
    Show(Box<LoadedDocument>),
    /// Unsaved changes of an earlier process are shown.
    Recover(Box<Recovered>),
}

/// Something that waits for unsaved changes.
#[derive(Debug)]
pub struct Leaving {
    /// What is done then.
    pub next: Next,
    /// Whether the document is being saved for it.
    pub saves: bool,
}

/// What is to become of unsaved changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeaveChoice {
    /// They are saved.
    Save,
    /// They are given up.
    Discard,
    /// The document stays.
    Stay,
}

/// A file that another program has changed in the places that were changed in the window, too.
#[derive(Clone, Debug)]
pub struct Conflict {
    /// The file.
    pub path: PathBuf,
    /// What it holds now.
    pub theirs: Arc<String>,
}

/// Which version of a document counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resolution {
    /// The one in the window: the next time it is saved, it replaces the file.
    Mine,
    /// The one in the file, which can be taken back.
    Theirs,
    /// The one in the window, which is saved in another file.
    Elsewhere,
    /// It is decided later.
    Later,
}
