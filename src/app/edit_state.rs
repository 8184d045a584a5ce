//! What has been changed in a document, and how much of that is shown.

use std::borrow::Cow;
use std::sync::Arc;

use crate::document::parts::find;
use crate::document::{DocPath, PathSegment};
use crate::edit::{Entry, Intent, Log, NoSuchValue, Splices, edit};

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
}

impl Editing {
    /// Returns the changes of a document that was just opened: none.
    pub(super) fn of(text: &Arc<String>) -> Self {
        Self { shown: Arc::clone(text), ..Self::default() }
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

    /// Returns what changes the text of the document as intended, where the intents are about the document that is
    /// shown.
    ///
    /// # Errors
    /// Returns an error if what is to be changed is not there, or not there any more.
    pub(super) fn splices(&self, text: &str, intents: &[Intent<'_>]) -> Result<Splices, NoSuchValue> {
        if self.since.is_empty() {
            return composed(text, intents);
        }
        let pending = self.since.iter().cloned().reduce(Splices::then).unwrap_or_default();
        if let Ok(rebased) = composed(&self.shown, intents)?.after(&pending) {
            return Ok(rebased);
        }
        // What was changed just before is changed again.
        if intents.iter().all(|intent| is_same_item(intent, &self.shown, text)) {
            composed(text, intents)
        } else {
            Err(NoSuchValue)
        }
    }

    /// Adds a change to the log.
    pub(super) fn record(&mut self, entry: Entry<Place>) {
        self.log.record(entry);
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

/// Returns what changes a text as intended, each intent after the one before it.
fn composed(text: &str, intents: &[Intent<'_>]) -> Result<Splices, NoSuchValue> {
    let mut edited = Cow::Borrowed(text);
    let mut all = Splices::default();
    for (number, intent) in intents.iter().enumerate() {
        let next = edit(&edited, intent, None)?;
        if number + 1 < intents.len() {
            edited = Cow::Owned(next.apply(&edited));
        }
        all = all.then(next);
    }
    Ok(all)
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
            let splices = editing.splices(&text, intents)?;
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
        let mut editing = Editing::of(&Arc::new(TEXT.to_owned()));
        let first = editing.splices(TEXT, &[remove(0)]).expect("an item");
        let text = Arc::new(first.apply(TEXT));
        editing.changed(first);
        editing.reads();
        let second = editing.splices(&text, &[title(1, "new")]).expect("an item");
        let newest = second.apply(&text);
        editing.changed(second);
        editing.shows(text);
        let third = editing.splices(&newest, &[title(1, "newer")]).expect("an item");
        assert_eq!(third.apply(&newest), r#"(events: [(id: "b", title: "new"), (id: "c", title: "newer")])"#);
    }
}
