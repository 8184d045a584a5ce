//! Unsaved changes of an earlier process, on their way into the window.

use super::loaded_document::LoadedDocument;
use super::unsaved::FoundUnsaved;

/// The document that unsaved changes are of, and the changes.
#[derive(Debug)]
pub struct Recovered {
    /// The document in its file as it is now; without any file, the document with its changes.
    pub loaded: LoadedDocument,
    /// Whether the file holds what the changes were made of.
    pub is_as_it_was: bool,
    /// The changes.
    pub found: FoundUnsaved,
}
