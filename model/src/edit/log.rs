//! What has been changed, and can be taken back.

use super::splice::Splices;

/// A gesture of the user: what it changed, and what was there before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry<C> {
    /// What it did, in words: "move Treaty to 1966".
    pub name: String,
    /// What makes the text after it of the text before it.
    pub redo: Splices,
    /// What makes the text before it of the text after it.
    pub undo: Splices,
    /// What the user saw before it.
    pub before: C,
    /// What the user saw after it.
    pub after: C,
}

/// All gestures since a document was opened, without a limit, and how many of them are in the text.
#[derive(Clone, Debug)]
pub struct Log<C> {
    entries: Vec<Entry<C>>,
    done: usize,
    /// The number of gestures in the text as it was saved; `None` if that can no longer be reached.
    saved: Option<usize>,
}

impl<C> Default for Log<C> {
    fn default() -> Self {
        Self { entries: Vec::new(), done: 0, saved: Some(0) }
    }
}

impl<C> Log<C> {
    /// Adds a gesture after those that are in the text. Those that were taken back are given up.
    pub fn record(&mut self, entry: Entry<C>) {
        self.entries.truncate(self.done);
        self.saved = self.saved.filter(|saved| *saved <= self.done);
        self.entries.push(entry);
        self.done += 1;
    }

    /// Returns the gesture that would be taken back.
    #[must_use]
    pub fn next_undo(&self) -> Option<&Entry<C>> {
        self.done.checked_sub(1).and_then(|last| self.entries.get(last))
    }

    /// Returns the gesture that would be repeated.
    #[must_use]
    pub fn next_redo(&self) -> Option<&Entry<C>> {
        self.entries.get(self.done)
    }

    /// Takes a gesture back, and returns it.
    pub fn undo(&mut self) -> Option<&Entry<C>> {
        self.done = self.done.checked_sub(1)?;
        self.entries.get(self.done)
    }

    /// Repeats a gesture, and returns it.
    pub fn redo(&mut self) -> Option<&Entry<C>> {
        let entry = self.entries.get(self.done)?;
        self.done += 1;
        Some(entry)
    }

    /// Notes that the text is saved as it is.
    pub fn mark_saved(&mut self) {
        self.saved = Some(self.done);
    }

    /// Returns whether the text is as it was saved.
    #[must_use]
    pub fn is_saved(&self) -> bool {
        self.saved == Some(self.done)
    }

    /// Returns all gestures in the order in which they were made, and how many of them are in the text.
    #[must_use]
    pub fn entries(&self) -> (&[Entry<C>], usize) {
        (&self.entries, self.done)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(name: &str) -> Entry<()> {
        let (redo, undo) = (Splices::default(), Splices::default());
        Entry { name: name.into(), redo, undo, before: (), after: () }
    }

    #[test]
    fn what_is_saved_is_known() {
        let mut log = Log::default();
        assert!(log.is_saved() && log.undo().is_none() && log.redo().is_none());
        log.record(entry("a"));
        log.record(entry("b"));
        assert!(!log.is_saved());
        log.mark_saved();
        assert_eq!(log.undo().map(|entry| entry.name.as_str()), Some("b"));
        assert!(!log.is_saved());
        assert_eq!(log.redo().map(|entry| entry.name.as_str()), Some("b"));
        assert!(log.is_saved());
        log.undo();
        log.record(entry("c"));
        assert_eq!(log.entries().0.iter().map(|entry| entry.name.as_str()).collect::<Vec<_>>(), ["a", "c"]);
        // What was saved had "b", which is given up.
        log.undo();
        assert!(!log.is_saved() && log.next_redo().is_some());
        log.undo();
        assert!(!log.is_saved() && log.next_undo().is_none());
    }
}
