//! What is known of the file of the document.

use std::path::PathBuf;

/// How long a file must be left alone before it is read, in seconds.
const QUIET: f64 = 0.15;
/// How long that is waited for at most.
const MOST_BURST: f64 = 1.0;

/// What is known of the file of the document. Times are in seconds since the window opened.
#[derive(Debug, Default)]
pub struct Watch {
    /// Whether the file is followed at all.
    pub(super) is_on: bool,
    /// When it was touched first and last since it was read.
    pub(super) touched: Option<(f64, f64)>,
    /// Where it was moved to.
    pub(super) moved_to: Option<PathBuf>,
    /// Since when it is gone or ends in the middle.
    pub(super) waits_since: Option<f64>,
    /// Whether the user has been told that it is gone.
    pub(super) is_gone: bool,
}

impl Watch {
    /// When the file is read.
    pub(super) fn due(&self) -> Option<f64> {
        let (first, last) = self.touched?;
        // What is looked at later has been touched later.
        Some((last + QUIET).min(first + MOST_BURST))
    }

    /// Notes that it was touched.
    pub(super) fn touch(&mut self, at: f64) {
        self.touched = Some((self.touched.map_or(at, |(first, _)| first), at));
    }
}
