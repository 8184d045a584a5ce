//! What was wrong with a file that the program keeps for itself.

use std::path::PathBuf;

/// What was wrong with such a file, which was not used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileFault {
    /// The file.
    pub file: PathBuf,
    /// Why it could not be used.
    pub why: String,
    /// Where it was put, so that another file can be written in its place.
    pub set_aside: Option<PathBuf>,
}

impl FileFault {
    /// Whether the file is still there, so that no other can be written in its place.
    pub(super) fn is_in_the_way(&self) -> bool {
        self.set_aside.is_none()
    }

    /// Returns what the user is told.
    #[must_use]
    pub fn words(&self) -> String {
        let (file, why) = (self.file.display(), &self.why);
        match &self.set_aside {
            Some(aside) => format!(
                "{file} is broken ({why}). It was set aside as {}, and the window begins without it.",
                aside.display()
            ),
            None => format!("{file} cannot be read ({why}). What belongs there is not remembered."),
        }
    }
}
