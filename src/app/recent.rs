//! The documents that were shown last.

use std::path::{Path, PathBuf};

use super::effect::{Effect, Job};
use super::jobs::Awaited;
use super::state::State;

/// The greatest number of documents that are remembered.
const MOST: usize = 9;

/// The files of documents that were shown last, newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RecentFiles(Vec<PathBuf>);

impl RecentFiles {
    /// Returns the files that a text names, one on each line. Lines that are no absolute path are left out.
    #[must_use]
    pub fn decode(text: &str) -> Self {
        let paths = text.lines().map(PathBuf::from).filter(|path| path.is_absolute());
        Self(paths.take(MOST).collect())
    }

    /// Returns the text that names them. A path that is no text of one line is left out.
    #[must_use]
    pub fn encode(&self) -> String {
        let lines = self.0.iter().filter_map(|path| path.to_str()).filter(|path| !path.contains(['\n', '\r']));
        lines.flat_map(|line| [line, "\n"]).collect()
    }

    /// Puts a file before all others.
    #[must_use]
    pub fn with(mut self, path: &Path) -> Self {
        self.0.retain(|other| other != path);
        self.0.insert(0, path.to_path_buf());
        self.0.truncate(MOST);
        self
    }

    /// Returns the files, newest first.
    pub fn iter(&self) -> impl Iterator<Item = &Path> {
        self.0.iter().map(PathBuf::as_path)
    }
}

impl State {
    /// Remembers documents from now on, beginning with the one that is shown; `known` are those of earlier windows.
    pub(super) fn keep_recent(&mut self, known: RecentFiles) -> Option<Effect> {
        self.recent = Some(known);
        self.note_recent()
    }

    /// Remembers the file of the document that is shown, if it has one.
    pub(super) fn note_recent(&mut self) -> Option<Effect> {
        let path = self.document.canonical_path.as_ref().or(self.document.path.as_ref())?;
        let known = self.recent.as_ref().filter(|known| known.iter().next() != Some(path))?;
        let (path, known) = (path.clone(), known.clone().with(path));
        self.recent = Some(known);
        Some(Effect::Start(self.jobs.start(Awaited::KeepRecent), Job::KeepRecent(path)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_comes_first_and_each_once() {
        let paths = ["/a.ron", "/b.ron", "/a.ron", "/c d/e.ron"];
        let files = paths.iter().fold(RecentFiles::default(), |files, path| files.with(Path::new(path)));
        assert_eq!(files.encode(), "/c d/e.ron\n/a.ron\n/b.ron\n");
        assert_eq!(RecentFiles::decode(&files.encode()), files);
        let many = (0..20).fold(files, |files, n| files.with(&PathBuf::from(format!("/{n}"))));
        assert_eq!((many.iter().count(), many.iter().next()), (MOST, Some(Path::new("/19"))));
    }

    #[test]
    fn what_is_no_path_is_left_out() {
        assert_eq!(RecentFiles::decode("\n/a.ron\nno path\n\0\n").encode(), "/a.ron\n");
        assert_eq!(RecentFiles::default().with(Path::new("/a\nb")).encode(), "");
    }
}
