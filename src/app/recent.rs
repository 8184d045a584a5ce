//! The documents that were shown last.

use std::path::{Path, PathBuf};

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
