//! What has been changed in a document, and how much of that is shown.

use std::borrow::Cow;
use std::sync::Arc;

use crate::document::parts::{ListPosition, find};
use crate::document::{DocPath, PathSegment};
use crate::edit::{Entry, Intent, Log, NoSuchValue, Splices, difference, edit};
use crate::timeline::Timeline;

use super::message::Place;

/// The changes of a document.
///
/// A change is in the text at once, and shown once the text has been read again. So what the user sees may be older
/// than the text by some changes.
#[derive(Debug, Default)]
pub struct Editing {
    log: Log<Place>,
    /// The text that what is shown was read from.
    shown: Arc<String>,
    /// What makes the text of the document of it, one after the other.
    since: Vec<Splices>,
    /// How many of these are in the text that is being read.
    reading: usize,
    /// The text as it was last read from its file or written to it.
    saved: Arc<String>,
    /// How often the text was changed.
    revision: u64,
}

impl Editing {
    /// Returns the changes of a document that was just opened: none.
    pub(super) fn of(text: &Arc<String>) -> Self {
        Self { shown: Arc::clone(text), saved: Arc::clone(text), ..Self::default() }
    }

    /// Returns the name of the change that would be taken back.
    #[must_use]
    pub fn next_undo(&self) -> Option<&str> {
        self.log.next_undo().map(|entry| entry.name.as_str())
    }

    /// Returns the name of the change that would be repeated.
    #[must_use]
    pub fn next_redo(&self) -> Option<&str> {
        self.log.next_redo().map(|entry| entry.name.as_str())
    }

    /// Returns all changes in their order, and how many of them are in the text.
    #[must_use]
    pub fn entries(&self) -> (&[Entry<Place>], usize) {
        self.log.entries()
    }

    /// Returns the text that what is shown was read from.
    #[must_use]
    pub fn shown_text(&self) -> &str {
        &self.shown
    }

    /// Returns what changes the text of the document as intended, where the intents are about the document that is
    /// shown.
    ///
    /// # Errors
    /// Returns an error if what is to be changed is not there, or not there any more.
    pub(super) fn splices(
        &self,
        text: &str,
        intents: &[Intent<'_>],
        timeline: &Timeline,
    ) -> Result<Splices, NoSuchValue> {
        let position = |number| timeline.list_position(number);
        if self.since.is_empty() {
            return composed(text, intents, &position);
        }
        let pending = self.since.iter().cloned().reduce(Splices::then).unwrap_or_default();
        if let Ok(rebased) = composed(&self.shown, intents, &position)?.after(&pending) {
            return Ok(rebased);
        }
        // What was changed just before is changed again.
        if intents.iter().all(|intent| is_same_item(intent, &self.shown, text)) {
            composed(text, intents, &|_| None)
        } else {
            Err(NoSuchValue)
        }
    }

    /// Adds a change to the log.
    pub(super) fn record(&mut self, entry: Entry<Place>) {
        self.log.record(entry);
    }

    /// The same, but a change that goes on with the last one of the same name is one with it.
    pub(super) fn record_or_extend(&mut self, name: String, redo: Splices, undo: Splices, places: [Place; 2]) {
        let [before, after] = places;
        if !self.log.extend(&name, &redo, &undo, after.clone()) {
            self.log.record(Entry { name, redo, undo, before, after });
        }
    }

    /// Notes that the text was changed in any way.
    pub(super) fn revise(&mut self) {
        self.revision += 1;
    }

    /// Returns how often the text was changed.
    pub(super) fn revision(&self) -> u64 {
        self.revision
    }

    /// Returns whether the text is in its file.
    #[must_use]
    pub fn is_saved(&self) -> bool {
        self.log.is_saved()
    }

    /// Returns the text as it was last read from its file or written to it.
    pub(super) fn saved(&self) -> Arc<String> {
        Arc::clone(&self.saved)
    }

    /// Returns what makes the text of the document of that.
    pub(super) fn since_saved(&self, text: &str) -> Splices {
        self.log.since_saved().unwrap_or_else(|| difference(&self.saved, text))
    }

    /// Notes that the text is being saved.
    pub(super) fn begins_saving(&mut self) {
        self.log.begin_saving();
    }

    /// Notes that the file holds this text, which is the one of the document when [`begins_saving`](Self::begins_saving)
    /// was called.
    pub(super) fn is_saved_as(&mut self, text: Arc<String>) {
        self.saved = text;
        self.log.finish_saving();
    }

    /// Notes that this text was read from the file, and is that of the document and shown.
    pub(super) fn is_read_as(&mut self, text: &Arc<String>) {
        (self.saved, self.shown) = (Arc::clone(text), Arc::clone(text));
        self.since.clear();
        self.reading = 0;
        self.log.mark_saved();
    }

    /// Notes that the file holds this text, all changes of which are in the document or are to be given up; and whether that
    /// is all that the document has.
    pub(super) fn is_merged_with(&mut self, text: Arc<String>, is_saved: bool) {
        self.saved = text;
        if is_saved {
            self.log.mark_saved();
        } else {
            self.log.mark_unsaved();
        }
    }

    /// Takes changes back, or repeats them, until so many are in the text. Returns what does that, and what the user saw
    /// then. Returns `None` if there is nothing to do.
    pub(super) fn walk_to(&mut self, done: usize) -> Option<(Splices, Place)> {
        let mut all = Splices::default();
        let mut place = None;
        while self.log.entries().1 > done
            && let Some(entry) = self.log.undo()
        {
            all = all.then(entry.undo.clone());
            place = Some(entry.before.clone());
        }
        while self.log.entries().1 < done
            && let Some(entry) = self.log.redo()
        {
            all = all.then(entry.redo.clone());
            place = Some(entry.after.clone());
        }
        Some((all, place?))
    }

    /// Notes that the text was changed, which is not shown yet.
    pub(super) fn changed(&mut self, splices: Splices) {
        self.since.push(splices);
    }

    /// Returns whether what is shown was read from the text as it is now.
    pub(super) fn shows_text(&self) -> bool {
        self.since.is_empty()
    }

    /// Notes that the text is being read as it is now.
    pub(super) fn reads(&mut self) {
        self.reading = self.since.len();
    }

    /// Notes that what is shown was read from this text, as it was when [`reads`](Self::reads) was called.
    pub(super) fn shows(&mut self, text: Arc<String>) {
        self.shown = text;
        self.since.drain(..self.reading.min(self.since.len()));
        self.reading = 0;
    }
}

/// Returns what changes a text as intended, each intent after the one before it. `position` says where an event of the text
/// is found.
fn composed(
    text: &str,
    intents: &[Intent<'_>],
    position: &dyn Fn(usize) -> Option<ListPosition>,
) -> Result<Splices, NoSuchValue> {
    let mut edited = Cow::Borrowed(text);
    let mut all = Splices::default();
    for (number, intent) in intents.iter().enumerate() {
        // What was changed before may have moved the others.
        let position = event_number(intent).filter(|_| number == 0).and_then(position);
        let next = edit(&edited, intent, position)?;
        if number + 1 < intents.len() {
            edited = Cow::Owned(next.apply(&edited));
        }
        all = all.then(next);
    }
    Ok(all)
}

/// Returns the number of the event that an intent is about.
fn event_number(intent: &Intent<'_>) -> Option<usize> {
    let events = PathSegment::Field("events");
    match intent {
        Intent::Set { path, .. } | Intent::Unset { path } => match path.segments() {
            [list, PathSegment::Index(index), ..] if *list == events => Some(*index),
            _ => None,
        },
        Intent::Insert { list, index, .. } | Intent::Remove { list, index } => {
            (list.segments() == [events]).then_some(*index)
        }
        Intent::Move { .. } => None,
    }
}

/// Returns whether the item that an intent is about has the same id in both texts.
fn is_same_item(intent: &Intent<'_>, before: &str, after: &str) -> bool {
    let (list, index) = match intent {
        Intent::Set { path, .. } | Intent::Unset { path } => match path.segments() {
            [PathSegment::Field(list), PathSegment::Index(index), ..] => (*list, *index),
            _ => return true,
        },
        Intent::Remove { list, index } | Intent::Move { list, from: index, .. } => match list.segments() {
            [PathSegment::Field(list)] => (*list, *index),
            _ => return true,
        },
        Intent::Insert { .. } => return true,
    };
    let path = DocPath::root().field(list).index(index).field("id");
    let id = |text| find(text, path.segments(), None).and_then(|found| str::get(text, found));
    id(before).is_some() && id(before) == id(after)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Value;

    const TEXT: &str = r#"(events: [(id: "a", title: "A"), (id: "b", title: "B"), (id: "c", title: "C")])"#;

    fn title(index: usize, title: &'static str) -> Intent<'static> {
        let path = DocPath::root().field("events").index(index).field("title");
        Intent::Set { path, value: Value::Text(title.into()) }
    }

    fn remove(index: usize) -> Intent<'static> {
        Intent::Remove { list: DocPath::root().field("events"), index }
    }

    /// Makes changes of what is shown, of which none is shown before the last is made; returns the text.
    fn changed(all: &[&[Intent<'_>]]) -> Result<String, NoSuchValue> {
        let mut text = TEXT.to_owned();
        let mut editing = Editing::of(&Arc::new(text.clone()));
        for intents in all {
            let splices = editing.splices(&text, intents, &Timeline::default())?;
            text = splices.apply(&text);
            editing.changed(splices);
        }
        Ok(text)
    }

    #[test]
    fn changes_are_about_what_is_shown() {
        let check = |all: &[&[Intent<'_>]], expect: Result<&str, NoSuchValue>| {
            assert_eq!(changed(all).as_deref(), expect.as_deref(), "{all:?}");
        };
        let expect = r#"(events: [(id: "b", title: "B"), (id: "c", title: "new")])"#;
        check(&[&[remove(0)], &[title(2, "new")]], Ok(expect));
        let expect = r#"(events: [(id: "a", title: "A"), (id: "b", title: "newer"), (id: "c", title: "C")])"#;
        check(&[&[title(1, "new")], &[title(1, "newer")]], Ok(expect));
        // Within one change, each is about what the one before has left.
        let expect = r#"(events: [(id: "b", title: "new"), (id: "c", title: "C")])"#;
        check(&[&[remove(0), title(0, "new")]], Ok(expect));
        check(&[&[remove(0)], &[title(0, "new")]], Err(NoSuchValue));
    }

    #[test]
    fn what_is_shown_later_is_taken_into_account() {
        let none = Timeline::default();
        let mut editing = Editing::of(&Arc::new(TEXT.to_owned()));
        let first = editing.splices(TEXT, &[remove(0)], &none).expect("an item");
        let text = Arc::new(first.apply(TEXT));
        editing.changed(first);
        editing.reads();
        let second = editing.splices(&text, &[title(1, "new")], &none).expect("an item");
        let newest = second.apply(&text);
        editing.changed(second);
        editing.shows(text);
        let third = editing.splices(&newest, &[title(1, "newer")], &none).expect("an item");
        assert_eq!(third.apply(&newest), r#"(events: [(id: "b", title: "new"), (id: "c", title: "newer")])"#);
    }
}
