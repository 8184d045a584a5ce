//! Longview: a desktop timeline that says where every claim comes from and how exactly it is dated.
//!
//! The pipeline, each arrow a pure function, side effects at the two ends:
//!
//! ```text
//! bytes -> document -> timeline -> layout -> shapes -> window or file
//!          document    timeline    layout    paint     app       export
//! ```
//!
//! The package `longview-model` has all up to the timeline, `longview-picture` all from there to files; both are handed
//! on here: [`open()`] takes bytes to a
//! [`timeline::Timeline`]; [`layout::chart()`] places it for a view and a size;
//! [`paint::chart()`] draws what was placed; [`app`] shows it in a window and [`export`] writes it to a file.

pub mod app;
pub mod capture;
pub mod cli;
pub mod clock;
pub mod compose;
pub mod crash;
pub mod examples;
pub mod import;
pub mod interchange;
pub mod listing;
pub mod open_at;

pub use examples::Example;
pub use longview_model::open::{Cost, Opened, open, open_text, open_with_progress};
pub use longview_model::{date, document, edit, progress, query, reopen, sorting, timeline};
pub use longview_picture::{export, layout, media, paint, prose, scene};

use progress::Progress;

/// A file that has been opened: a document, or what another program wrote.
#[derive(Debug)]
pub struct OpenedFile {
    /// The document, or what the file was imported as.
    pub document: Opened,
    /// What became of a file of another program; `None` for a document.
    pub report: Option<import::Report>,
    /// Whether a file of another program could be imported, or more of it, if the user chose how.
    pub asks: bool,
}

impl From<Opened> for OpenedFile {
    fn from(document: Opened) -> Self {
        Self { document, report: None, asks: false }
    }
}

/// Opens a file: a document, or what another program wrote, which is imported. `name` is the name of the file, `from` the
/// format of another program if it is given, and `options` are for an import. Returns `None` if the task was cancelled.
#[must_use]
pub fn open_file(
    bytes: impl Into<Vec<u8>>,
    name: &str,
    from: Option<import::Format>,
    options: &import::Options,
    progress: &Progress,
) -> Option<OpenedFile> {
    let bytes = bytes.into();
    if from.is_none() && !import::is_foreign(&bytes, name) {
        return open_with_progress(bytes, progress).map(OpenedFile::from);
    }
    let imported = match import::import(&bytes, name, from, options, progress) {
        Ok(imported) => imported,
        Err(_) if progress.is_cancelled() => return None,
        Err(error) => {
            let text = String::from_utf8_lossy(&bytes).into_owned();
            let asks = error.asks;
            let wrong = error.diagnostic(&text);
            let document = Opened::unreadable(text, vec![wrong], Cost::default());
            return Some(OpenedFile { asks, ..OpenedFile::from(document) });
        }
    };
    drop(bytes);
    let document = open_with_progress(imported.text(), progress)?;
    let asks = imported.report.leaves_a_choice();
    Some(OpenedFile { document, report: Some(imported.report), asks })
}
