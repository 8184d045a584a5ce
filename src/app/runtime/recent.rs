//! The file that names the documents that were shown last.

use std::path::Path;

use crate::app::recent::RecentFiles;

use super::own_file::OwnFile;

/// Returns the documents that the file names.
pub(super) fn read(file: &OwnFile) -> RecentFiles {
    known(file).0
}

/// Returns the documents that the file names, and whether it can be written. One that is broken gets another name: no one
/// misses what it named, which the menu shows.
fn known(file: &OwnFile) -> (RecentFiles, bool) {
    let mut files = RecentFiles::default();
    let fault = file.read(&mut |text| {
        files = RecentFiles::decode(text);
        Ok(())
    });
    (files, !fault.is_some_and(|fault| fault.is_in_the_way()))
}

/// Puts a document before all others, also those of other windows. Returns all of them. Where the file cannot be written,
/// they are forgotten with the window.
pub(super) fn keep(file: &OwnFile, path: &Path) -> RecentFiles {
    let (files, is_free) = known(file);
    let files = files.with(path);
    if is_free {
        let _ = file.write(&files.encode());
    }
    files
}
