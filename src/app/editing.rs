//! How the document is changed, and what has been changed is taken back.

use std::sync::Arc;

use crate::document::{Diagnostic, MAX_FILE_BYTES};
use crate::edit::{Entry, Intent, Splices};
use crate::progress::Progress;
use crate::sorting;
use crate::timeline::ItemId;

use super::documents::Version;
use super::effect::{Effect, Job};
use super::gesture::Gesture;
use super::jobs::Awaited;
use super::loaded_document::LoadedDocument;
use super::message::Place;
use super::origins::Origins;
use super::state::{FailedDocument, State};

/// A text of at most so many bytes, and so many events, is read again within a frame.
const AT_ONCE: (usize, usize) = (1_000_000, 2_000);

impl State {
    /// Makes the change that a panel asks for.
    pub(super) fn carry_out(&mut self, gesture: Gesture) -> Vec<Effect> {
        let Gesture { name, intents, selects } = gesture;
        self.edit(name, &intents, selects)
    }

    /// Changes the document as intended, which is one entry of the log with this name. Each intent is about the document
    /// after the one before it, and the first is about the document that is shown. Then an item is selected and brought
    /// into view, if one is given.
    pub(super) fn edit(&mut self, name: String, intents: &[Intent<'_>], selects: Option<ItemId>) -> Vec<Effect> {
        let origins = self.document.origins.clone();
        self.edit_from(name, intents, selects, origins)
    }

    /// The same, after which the document is made of these files.
    pub(super) fn edit_from(
        &mut self,
        name: String,
        intents: &[Intent<'_>],
        selects: Option<ItemId>,
        origins: Origins,
    ) -> Vec<Effect> {
        if self.documents_shown == 0 {
            return Vec::new();
        }
        let document = &self.document;
        let Ok(redo) = document.editing.splices(&document.text, intents, &document.timeline) else {
            self.notice(format!("Nothing was changed: the document has changed meanwhile ({name})"), None, true);
            return Vec::new();
        };
        let before = self.place();
        let shows_all = self.target() == self.home();
        let undo = redo.inverse(&self.document.text);
        let mut effects = Vec::new();
        if !redo.is_empty() {
            match self.rewrite(&redo) {
                Some(read) => effects = read,
                None => return Vec::new(),
            }
        }
        self.document.origins = origins;
        if let Some(item) = selects {
            // Where everything was in view, it is with what is new.
            if shows_all && self.target() != self.home() {
                self.jump_to(self.home());
            }
            self.visit(item);
        }
        if !redo.is_empty() {
            let after = Place { view: self.target(), ..self.place() };
            self.sitting.said.tell(&format!("Changed: {name}"));
            self.document.editing.record(Entry { name, redo, undo, before, after });
        }
        effects
    }

    /// Changes the text as another program did, or as it is in the file.
    pub(super) fn change_text(&mut self, name: String, changes: Splices) -> Vec<Effect> {
        let place = self.place();
        let undo = changes.inverse(&self.document.text);
        let effects = if changes.is_empty() { Some(self.reopen()) } else { self.rewrite(&changes) };
        let Some(effects) = effects else { return Vec::new() };
        if !changes.is_empty() {
            self.sitting.said.tell(&format!("Changed: {name}"));
            self.document.editing.record_or_extend(name, changes, undo, [place.clone(), place]);
        }
        effects
    }

    /// Takes the last change back.
    pub(super) fn undo(&mut self) -> Vec<Effect> {
        let (_, done) = self.document.editing.entries();
        done.checked_sub(1).map(|before| self.go_to_edit(before)).unwrap_or_default()
    }

    /// Repeats the change that was taken back last.
    pub(super) fn redo(&mut self) -> Vec<Effect> {
        let (_, done) = self.document.editing.entries();
        self.go_to_edit(done + 1)
    }

    /// Takes changes back, or repeats them, until so many are in the text; returns to what the user saw then.
    pub(super) fn go_to_edit(&mut self, done: usize) -> Vec<Effect> {
        let editing = &self.document.editing;
        let undoes = editing.entries().1 > done;
        let (what, name) = if undoes { ("Undone", editing.next_undo()) } else { ("Redone", editing.next_redo()) };
        let words = format!("{what}: {}", name.unwrap_or_default());
        let Some((splices, place)) = self.document.editing.walk_to(done) else { return Vec::new() };
        self.sitting.said.tell(&words);
        let effects = self.rewrite(&splices).unwrap_or_default();
        self.return_to(place);
        effects
    }

    /// Changes the text, and reads it again. Returns `None` if that would make it too large.
    fn rewrite(&mut self, splices: &Splices) -> Option<Vec<Effect>> {
        if let Some(effects) = self.amend(splices) {
            self.document.editing.revise();
            return Some(effects);
        }
        let edited = splices.apply(&self.document.text);
        if edited.len() > MAX_FILE_BYTES {
            let limit = MAX_FILE_BYTES >> 20;
            self.notice(format!("Nothing was changed: the document would have more than {limit} MiB"), None, true);
            return None;
        }
        self.document.text = Arc::new(edited);
        self.document.editing.revise();
        self.document.editing.changed(splices.clone());
        Some(self.reopen())
    }

    /// Reads the text of the document again: at once if that takes no time, else by a job. What is shown stays until then.
    pub(super) fn reopen(&mut self) -> Vec<Effect> {
        if self.jobs.reopens() {
            // The text as it is then is read once that has ended.
            return Vec::new();
        }
        let text = Arc::clone(&self.document.text);
        self.document.editing.reads();
        let progress = Arc::new(Progress::default());
        if text.len() <= AT_ONCE.0 && self.timeline().events.len() <= AT_ONCE.1 {
            let opened = crate::open_text(text, &progress);
            return opened.map(|opened| self.take_reopened(opened.into())).unwrap_or_default();
        }
        let folded = self.lanes.folded.clone();
        let id = self.jobs.start(Awaited::Reopen(Arc::clone(&progress)));
        vec![Effect::Start(id, Job::Reopen { text, folded, progress })]
    }

    /// Shows the document as it was read again. If nothing of it can be shown, what is shown stays.
    pub(super) fn take_reopened(&mut self, loaded: LoadedDocument) -> Vec<Effect> {
        let LoadedDocument { timeline, diagnostics, text, fonts, .. } = loaded;
        let mut effects = Vec::new();
        if let Some(timeline) = timeline {
            // The list of problems that were mended is of no use any more.
            self.problems_open &= self.failed.is_none();
            self.show_timeline(timeline, Version::Edited);
            self.document.problems = diagnostics;
            self.document.editing.shows(Arc::clone(&text));
            effects.extend(self.find_picture_problems(&text));
        } else {
            let (path, name) = (self.document.path.clone(), self.document.name.clone());
            self.failed = Some(FailedDocument { path, name, diagnostics, unreadable: None });
            self.show_problems(true);
        }
        effects.push(Effect::SetTitle(self.window_title()));
        let is_newest = Arc::ptr_eq(&text, &self.document.text);
        effects.extend(self.take_document_fonts(fonts, text));
        if !is_newest {
            effects.extend(self.reopen());
        }
        effects
    }

    /// Finds out which pictures of the document are missing, if it has any.
    pub(super) fn find_picture_problems(&mut self, text: &Arc<String>) -> Option<Effect> {
        let folder = self.folder()?;
        self.timeline().events.media().next()?;
        let timeline = Arc::clone(&self.document.timeline);
        let job = Job::FindPictureProblems { timeline, text: Arc::clone(text), folder };
        Some(Effect::Start(self.jobs.start(Awaited::PictureProblems), job))
    }

    /// Adds problems to those of the document, in the order of the text.
    pub(super) fn add_problems(&mut self, found: Vec<Diagnostic>) {
        let problems = &mut self.document.problems;
        problems.extend(found);
        sorting::by_key(problems, |problem| problem.span.start);
    }

    /// What part of which document is shown.
    pub(super) fn place(&self) -> Place {
        let (selected, origins) = (self.selected.clone(), self.document.origins.clone());
        Place { view: self.view, scroll: self.scroll, selected, document: self.documents_shown, origins }
    }

    /// Returns to what the user saw before or after a change.
    fn return_to(&mut self, place: Place) {
        self.selected = place.selected;
        self.document.origins = place.origins;
        self.scroll = place.scroll;
        self.reveal = self.selected.is_some();
        if self.target() != place.view {
            self.jump_to(place.view);
        }
    }
}
