//! The file that names the documents that were shown last.

use std::fs;
use std::path::{Path, PathBuf};

use crate::app::recent::RecentFiles;
use crate::export;

/// That file.
#[derive(Debug)]
pub(super) struct RecentFile(PathBuf);

impl RecentFile {
    pub fn new(file: PathBuf) -> Self {
        Self(file)
    }

    /// Returns the documents that it names.
    pub fn read(&self) -> RecentFiles {
        fs::read_to_string(&self.0).map(|text| RecentFiles::decode(&text)).unwrap_or_default()
    }

    /// Puts a document before all others, also those of other windows. Returns all of them. Where the file cannot be
    /// written, they are forgotten with the window.
    pub fn keep(&self, path: &Path) -> RecentFiles {
        let files = self.read().with(path);
        let folder = self.0.parent().map_or(Ok(()), fs::create_dir_all);
        let _ = folder.map(|()| export::write_file(&self.0, files.encode().as_bytes(), &[]));
        files
    }
}
