//! Longview: a desktop timeline that says where every claim comes from and how exactly it is dated.
//!
//! The pipeline, each arrow a pure function, side effects at the two ends:
//!
//! ```text
//! bytes -> document -> timeline -> layout -> shapes -> window or file
//!          document    timeline    layout    paint     app       export
//! ```
//!
//! [`open`] takes bytes to a [`timeline::Timeline`]; [`layout::chart()`] places it for a view and a size;
//! [`paint::chart()`] draws what was placed; [`app`] shows it in a window and [`export`] writes it to a file.

pub mod app;
pub mod cli;
pub mod document;
pub mod examples;
pub mod export;
pub mod layout;
pub mod listing;
pub mod paint;
pub mod timeline;

pub use examples::Example;

/// A document that has been opened: a timeline, or what is wrong.
#[derive(Debug)]
pub struct Opened {
    /// None where a diagnostic is an error.
    pub timeline: Option<timeline::Timeline>,
    /// Errors and warnings, in the order of the text.
    pub diagnostics: Vec<document::Diagnostic>,
}

/// Opens a document: reads it, then resolves what it means. Problems of syntax end it before problems of meaning.
#[must_use]
pub fn open(bytes: &[u8]) -> Opened {
    let nothing = Opened { timeline: None, diagnostics: Vec::new() };
    // Only a reading that is called off gives nothing, and nobody calls this one off.
    open_watched(bytes, &document::Progress::default()).unwrap_or(nothing)
}

/// The same for one who waits: tells how far it has come, and gives nothing once it is called off.
#[must_use]
pub fn open_watched(bytes: &[u8], progress: &document::Progress) -> Option<Opened> {
    let document::Read { timeline, mut diagnostics } = document::read_watched(bytes, progress)?;
    let Some(written) = timeline else { return Some(Opened { timeline: None, diagnostics }) };
    let resolved = timeline::resolve(written);
    if !resolved.problems.is_empty() {
        // What `read` accepts is UTF-8, so nothing is lost here.
        let text = String::from_utf8_lossy(bytes);
        diagnostics.extend(document::locate(&text, resolved.problems));
        diagnostics.sort_by_key(|diagnostic| diagnostic.span.start);
    }
    (!progress.is_cancelled()).then_some(Opened { timeline: resolved.timeline, diagnostics })
}
