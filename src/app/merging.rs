//! How changes that another program has made to the file of the document come into the window.

use std::path::PathBuf;
use std::sync::Arc;

use crate::edit::{Splices, difference};

use super::effect::Effect;
use super::leaving::{Conflict, Resolution};
use super::loaded_document::LoadedDocument;
use super::state::State;

impl State {
    /// Whether a document was read from the file of the one that is shown.
    pub(super) fn is_of_shown_file(&self, loaded: &LoadedDocument) -> bool {
        let is_same = |a: &Option<PathBuf>, b: &Option<PathBuf>| a.is_some() && a == b;
        self.documents_shown > 0
            && loaded.origin.is_none()
            && (is_same(&self.document.path, &loaded.path)
                || is_same(&self.document.canonical_path, &loaded.canonical_path))
    }

    /// Takes in the file of the document, which was read again. Changes made in the window stay, and what has changed in
    /// the file is one entry of the log.
    pub(super) fn take_reloaded(&mut self, mut loaded: LoadedDocument) -> Vec<Effect> {
        let saved = self.document.editing.saved();
        let theirs = Arc::clone(&loaded.text);
        if self.has_unsaved_changes() {
            self.failed = None;
            self.problems_open = false;
            if *saved == *theirs {
                return self.reopen();
            }
            let path = loaded.path.take().unwrap_or_default();
            return self.take_theirs(path, theirs, &difference(&saved, &loaded.text));
        }
        let before = self.place();
        let changes = difference(&self.document.text, &theirs);
        let mut editing = std::mem::take(&mut self.document.editing);
        if !changes.is_empty() {
            let undo = changes.inverse(&self.document.text);
            editing.record_or_extend(elsewhere(&self.document.name), changes, undo, [before.clone(), before]);
        }
        editing.is_read_as(&theirs);
        self.document.editing = editing;
        self.replace_document(loaded)
    }

    /// Takes in what another program has written into the file of the document, where that and the changes made in the
    /// window do not overlap. Otherwise the user is asked.
    pub(super) fn take_theirs(&mut self, path: PathBuf, theirs: Arc<String>, changes: &Splices) -> Vec<Effect> {
        if *theirs == *self.document.text {
            self.conflict = None;
            self.document.editing.is_merged_with(theirs, true);
            self.shows_file();
            return Vec::new();
        }
        let own = self.document.editing.since_saved(&self.document.text);
        let Ok(rebased) = changes.after(&own) else {
            self.conflict = Some(Conflict { path, theirs });
            return Vec::new();
        };
        self.conflict = None;
        let was_saved = !self.has_unsaved_changes();
        let name = self.document.name.clone();
        let effects = self.change_text(elsewhere(&name), rebased);
        self.document.editing.is_merged_with(theirs, was_saved);
        if !was_saved {
            let words =
                format!("{name} was changed by another program: its changes and yours are both in the document");
            self.notice(words, None, false);
        }
        effects
    }

    /// The same when the document was about to be saved, which is then tried again.
    pub(super) fn take_theirs_before_saving(
        &mut self,
        path: PathBuf,
        theirs: Arc<String>,
        changes: &Splices,
    ) -> Vec<Effect> {
        let mut effects = self.take_theirs(path, theirs, changes);
        if self.conflict.is_none() {
            effects.extend(self.save_document());
        }
        effects
    }

    /// Does with two versions of the document what the user says.
    pub(super) fn resolve(&mut self, resolution: Resolution) -> Vec<Effect> {
        let Some(Conflict { theirs, .. }) = self.conflict.take() else { return Vec::new() };
        let saves = self.leaving.as_ref().is_some_and(|leaving| leaving.saves);
        match resolution {
            Resolution::Mine => {
                self.document.editing.is_merged_with(theirs, false);
                if saves { self.save_document() } else { Vec::new() }
            }
            Resolution::Theirs => {
                let changes = difference(&self.document.text, &theirs);
                let name = format!("take {} as it is in the file", self.document.name);
                let effects = self.change_text(name, changes);
                self.document.editing.is_merged_with(theirs, true);
                // It is seen before anything ends it.
                self.leaving = None;
                effects
            }
            Resolution::Elsewhere => self.ask_save_document(),
            Resolution::Later => {
                self.leaving = None;
                Vec::new()
            }
        }
    }
}

/// The name of a change that another program has made.
fn elsewhere(name: &str) -> String {
    format!("changes to {name} by another program")
}
