//! Opens a document again whose text has changed, in a time that depends on the change and hardly on the document.

use std::sync::Arc;

use crate::document::{self, Recovery};
use crate::edit::{Splices, difference};
use crate::open::{Cost, Opened, open_text};
use crate::progress::Progress;
use crate::timeline::{Amendment, Moved, Resolved, TextEdit, Timeline};

/// What an edit of its text changes in a document that has been opened.
#[derive(Debug)]
pub struct Change {
    amendment: Amendment,
}

impl Change {
    /// Returns what an edit of a document changes, whose timeline and text are given. Returns `None` if the edited text has
    /// to be opened like any other: [`open`](crate::open()).
    ///
    /// Costs as much as reading what is near the edit.
    #[must_use]
    pub fn of(timeline: &Timeline, text: &str, splices: &Splices) -> Option<Self> {
        let edits: Vec<TextEdit<'_>> =
            splices.as_slice().iter().map(|splice| (splice.range.clone(), splice.text.as_str())).collect();
        let is_sound = |(range, _): &TextEdit<'_>| text.get(range.clone()).is_some();
        if !edits.iter().all(is_sound) {
            return None;
        }
        timeline.amendment(text, &edits).map(|amendment| Self { amendment })
    }

    /// Returns the edited document, and where its events are now. Where nothing else refers to the timeline or the text,
    /// they are changed in place.
    #[must_use]
    pub fn apply(self, timeline: Arc<Timeline>, text: Arc<String>, splices: &Splices) -> (Opened, Moved) {
        let mut timeline = Arc::unwrap_or_clone(timeline);
        timeline.release_text();
        self.with_text(timeline, splices.apply_to(text))
    }

    /// Returns the document of a text that has been read, which is the edited one.
    #[must_use]
    pub fn apply_read(self, timeline: Arc<Timeline>, text: Arc<String>) -> (Opened, Moved) {
        self.with_text(Arc::unwrap_or_clone(timeline), text)
    }

    fn with_text(self, timeline: Timeline, text: Arc<String>) -> (Opened, Moved) {
        let (Resolved { timeline, problems, .. }, moved) = timeline.amended(self.amendment, Arc::clone(&text));
        let diagnostics = if problems.is_empty() {
            Vec::new()
        } else {
            let known = timeline.as_ref().map(Timeline::list_positions).unwrap_or_default();
            document::locate_from(&text, problems, &Recovery::default(), &known)
        };
        (Opened { timeline, diagnostics, text, cost: Cost::default() }, moved)
    }
}

/// Opens a newer version of a document, of which timeline and text of an older one are given. Returns `None` if the task was
/// cancelled.
#[must_use]
pub fn open_newer(bytes: Vec<u8>, (timeline, text): (&Arc<Timeline>, &str), progress: &Progress) -> Option<Opened> {
    let newer = match document::decode(bytes) {
        Ok(newer) => Arc::new(newer),
        Err((text, wrong)) => return Some(Opened::unreadable(text, vec![wrong], Cost::default())),
    };
    progress.begin(newer.len() as u64);
    match Change::of(timeline, text, &difference(text, &newer)) {
        Some(change) => Some(change.apply_read(Arc::clone(timeline), newer).0),
        None => open_text(newer, progress),
    }
}

#[cfg(test)]
mod tests;
