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
    /// The same of the text that is being saved.
    saving: Option<usize>,
}

impl<C> Default for Log<C> {
    fn default() -> Self {
        Self { entries: Vec::new(), done: 0, saved: Some(0), saving: None }
    }
}

impl<C> Log<C> {
    /// Adds a gesture after those that are in the text. Those that were taken back are given up.
    pub fn record(&mut self, entry: Entry<C>) {
        self.entries.truncate(self.done);
        for saved in [&mut self.saved, &mut self.saving] {
            saved.take_if(|saved| *saved > self.done);
        }
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

    /// Notes that the text is being saved as it is.
    pub fn begin_saving(&mut self) {
        self.saving = Some(self.done);
    }

    /// Notes that the text is saved as it was when [`begin_saving`](Self::begin_saving) was called.
    pub fn finish_saving(&mut self) {
        self.saved = self.saving.take();
    }

    /// Notes that the text that was saved is no longer what the file holds.
    pub fn mark_unsaved(&mut self) {
        self.saved = None;
    }

    /// Returns what makes the text of the text as it was saved. Returns `None` if that can no longer be reached.
    #[must_use]
    pub fn since_saved(&self) -> Option<Splices> {
        let saved = self.saved?;
        let redone = self.entries.get(saved..self.done).unwrap_or_default().iter().map(|entry| &entry.redo);
        let undone = self.entries.get(self.done..saved).unwrap_or_default().iter().rev().map(|entry| &entry.undo);
        Some(redone.chain(undone).cloned().reduce(Splices::then).unwrap_or_default())
    }

    /// Adds to the last gesture what was changed after it, if it has this name and is the last in the text. Returns
    /// whether it has been added.
    pub fn extend(&mut self, name: &str, redo: &Splices, undo: &Splices, after: C) -> bool {
        let last = self.done.checked_sub(1).and_then(|last| self.entries.get_mut(last));
        let Some(entry) = last.filter(|entry| entry.name == name) else { return false };
        entry.redo = std::mem::take(&mut entry.redo).then(redo.clone());
        entry.undo = undo.clone().then(std::mem::take(&mut entry.undo));
        entry.after = after;
        self.entries.truncate(self.done);
        for saved in [&mut self.saved, &mut self.saving] {
            saved.take_if(|saved| *saved >= self.done);
        }
        true
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

    #[test]
    fn what_is_saved_later_was_saved_as_it_was() {
        let mut log = Log::default();
        log.record(entry("a"));
        log.begin_saving();
        log.record(entry("b"));
        log.finish_saving();
        assert!(!log.is_saved(), "b was made meanwhile");
        log.undo();
        assert!(log.is_saved());
        log.begin_saving();
        log.undo();
        log.record(entry("c"));
        log.finish_saving();
        assert!(!log.is_saved(), "what was saved cannot be reached any more");
    }

    #[test]
    fn what_was_changed_since_it_was_saved() {
        let mut text = "0".to_owned();
        let mut log = Log::default();
        for (number, name) in ["a", "b", "c"].into_iter().enumerate() {
            let redo = Splices::new(vec![super::super::Splice::insertion(text.len(), name)]).expect("one");
            log.record(Entry {
                name: name.into(),
                undo: redo.inverse(&text),
                redo: redo.clone(),
                before: (),
                after: (),
            });
            text = redo.apply(&text);
            if number == 1 {
                log.mark_saved();
            }
        }
        let since = |log: &Log<()>, saved: &str| log.since_saved().map(|since| since.apply(saved));
        assert_eq!(since(&log, "0ab").as_deref(), Some("0abc"));
        log.undo();
        assert_eq!(since(&log, "0ab").as_deref(), Some("0ab"));
        log.undo();
        log.undo();
        assert_eq!(since(&log, "0ab").as_deref(), Some("0"));
        log.record(entry("d"));
        assert_eq!(log.since_saved(), None);
    }

    #[test]
    fn a_gesture_goes_on() {
        let insert =
            |at: usize, text: &str| Splices::new(vec![super::super::Splice::insertion(at, text)]).expect("one");
        let mut log = Log::default();
        let (redo, undo) = (insert(0, "a"), insert(0, "a").inverse(""));
        log.record(Entry { name: "type".into(), redo, undo, before: 0, after: 1 });
        log.mark_saved();
        let (redo, undo) = (insert(1, "b"), insert(1, "b").inverse("a"));
        assert!(!log.extend("drag", &redo, &undo, 2));
        assert!(log.extend("type", &redo, &undo, 2));
        let entry = log.next_undo().expect("an entry");
        assert_eq!((entry.redo.apply(""), entry.undo.apply("ab"), entry.after), ("ab".into(), String::new(), 2));
        assert!(!log.is_saved());
    }
}
