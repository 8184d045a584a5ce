//! How documents are saved, and what waits for that.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::document::new_id;

use super::desktop::DialogResult;
use super::effect::{DocumentToSave, Effect, Job};
use super::exporting_data;
use super::jobs::{Awaited, Saving};
use super::leaving::{LeaveChoice, Leaving, Next};
use super::message::SaveOutcome;
use super::origins::Origins;
use super::state::{SavePath, SaveWhat, State};

impl State {
    /// Whether the document has changes that are in no file.
    #[must_use]
    pub fn has_unsaved_changes(&self) -> bool {
        self.documents_shown > 0 && !self.document.editing.is_saved()
    }

    /// Whether the window is not to be closed without a question.
    #[must_use]
    pub fn holds_window(&self) -> bool {
        self.has_something_to_lose() && !self.quits
    }

    /// Saves the document in its file; asks where to if it has none.
    pub(super) fn save_document(&mut self) -> Vec<Effect> {
        if self.documents_shown == 0 || self.jobs.saves_document() {
            return Vec::new();
        }
        match self.document.path.clone() {
            Some(path) => self.write_document(&path, true),
            None => self.ask_save_document(),
        }
    }

    /// Asks where to save the document, unless a dialog already does.
    pub(super) fn ask_save_document(&mut self) -> Vec<Effect> {
        if self.documents_shown == 0 || self.jobs.saves_document() {
            return Vec::new();
        }
        let job = Job::AskSaveDocument { name: self.document_name(), folder: self.folder() };
        vec![Effect::Start(self.jobs.start(Awaited::AskSaveDocument), job)]
    }

    /// Returns the name that a file of the document begins with: its own, or that of the file that it was imported from.
    fn document_name(&self) -> String {
        format!("{}.ron", self.document_stem())
    }

    /// Returns that name without an ending; one of a document from no file is made of its title.
    pub(super) fn document_stem(&self) -> String {
        let path = self.document.path.as_ref().or(self.document.origin.as_ref());
        let stem = path.and_then(|path| path.file_stem()).map(|stem| stem.to_string_lossy().into_owned());
        stem.unwrap_or_else(|| new_id(&self.timeline().title, "timeline", |_| false))
    }

    /// Saves the document where the user said; offers a field for its path if there is no dialog.
    pub(super) fn save_document_answered(&mut self, answer: DialogResult) -> Vec<Effect> {
        match answer {
            // The dialog itself asks before it replaces a file.
            DialogResult::Path(path) => self.write_document(&path, true),
            DialogResult::Cancelled => {
                self.leaving = None;
                Vec::new()
            }
            DialogResult::Unavailable => {
                let path = self.folder().unwrap_or_default().join(self.document_name());
                let path = path.to_string_lossy().into_owned();
                self.save_path = Some(SavePath { path, ..SavePath::default() });
                Vec::new()
            }
        }
    }

    /// Saves the document or data at the path typed by hand.
    pub(super) fn save_typed(&mut self) -> Vec<Effect> {
        let Some(SavePath { path, what, replaces }) = self.save_path.clone() else { return Vec::new() };
        let path = PathBuf::from(path.trim());
        match what {
            SaveWhat::Document => {
                let full = with_ending(&path);
                let may_replace = replaces.as_ref() == Some(&full) || self.document.path.as_ref() == Some(&full);
                self.write_document(&path, may_replace)
            }
            SaveWhat::Data(format) => {
                let may_replace = replaces.as_ref() == Some(&exporting_data::with_ending(&path, format));
                self.export_data(format, &path, may_replace)
            }
        }
    }

    fn write_document(&mut self, path: &Path, may_replace: bool) -> Vec<Effect> {
        let path = with_ending(path);
        // What it was imported from is another file, and stays as it is.
        let keep = self.document.origin.iter().cloned().collect();
        // What another program has written into its own file meanwhile is not replaced unseen.
        let is_own = self.document.path.as_ref() == Some(&path);
        let expected = is_own.then(|| self.document.editing.saved());
        let text = Arc::clone(&self.document.text);
        self.document.editing.begins_saving();
        let origins = self.document.origins.clone();
        let saving = Saving { number: self.document.number, text: Arc::clone(&text), origins: origins.clone() };
        let was = self.document.canonical_path.clone();
        let origins = if is_own && origins.is(&self.document.kept_origins) { Origins::default() } else { origins };
        let document = DocumentToSave { text, path, keep, may_replace, expected, was, origins };
        let job = Job::SaveDocument(Box::new(document));
        vec![Effect::Start(self.jobs.start(Awaited::SaveDocument(saving)), job)]
    }

    /// Says what became of the document that was to be saved.
    pub(super) fn document_saved(&mut self, saving: Saving, saved: Result<SaveOutcome, String>) -> Vec<Effect> {
        let is_shown = saving.number == self.document.number;
        match saved {
            Ok(SaveOutcome::Saved { path, canonical_path, origins }) => {
                self.save_path = None;
                self.report_open = false;
                let kept = origins.err().map(|why| format!("\n{why}; an update from it will replace what differs"));
                let words = format!("Saved {}{}", path.display(), kept.unwrap_or_default());
                self.notice(words, Some(path.clone()), false);
                if is_shown {
                    let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
                    self.document.name = name.unwrap_or_default();
                    (self.document.path, self.document.canonical_path) = (Some(path), canonical_path);
                    self.document.origin = None;
                    self.document.kept_origins = saving.origins;
                    self.document.editing.is_saved_as(saving.text);
                }
                let mut effects = vec![Effect::SetTitle(self.window_title())];
                effects.extend(if is_shown { self.note_recent() } else { None });
                return effects.into_iter().chain(self.saved_before_leaving()).collect();
            }
            Ok(SaveOutcome::Exists(path)) => {
                if let Some(save) = &mut self.save_path {
                    save.replaces = Some(path);
                }
            }
            Ok(SaveOutcome::Changed { path, theirs, difference }) if is_shown => {
                return self.take_theirs_before_saving(path, theirs, &difference);
            }
            // Of a document that is not shown any more, nothing is left to save.
            Ok(SaveOutcome::Changed { .. }) => {}
            Err(error) => {
                // With the path field open, another path can be typed.
                if self.save_path.is_none() {
                    self.leaving = None;
                }
                self.notice(error, None, true);
            }
        }
        Vec::new()
    }
}

impl State {
    /// Closes the window, once nothing is lost by that.
    pub(super) fn quit(&mut self) -> Vec<Effect> {
        if self.holds_window() {
            self.leaving = Some(Leaving { next: Next::Quit, saves: false });
            return Vec::new();
        }
        vec![Effect::Quit]
    }

    /// Does with unsaved changes what the user says.
    pub(super) fn leave(&mut self, choice: LeaveChoice) -> Vec<Effect> {
        match choice {
            LeaveChoice::Stay => self.leaving = None,
            LeaveChoice::Discard => {
                self.forget_typed();
                return self.go_on();
            }
            // Nothing but what is typed is not saved.
            LeaveChoice::Save if !self.has_unsaved_changes() => return self.go_on(),
            LeaveChoice::Save => {
                if let Some(leaving) = &mut self.leaving {
                    leaving.saves = true;
                    return self.save_document();
                }
            }
        }
        Vec::new()
    }

    /// Does what has waited for the document to be saved, once it is.
    fn saved_before_leaving(&mut self) -> Vec<Effect> {
        if !self.leaving.as_ref().is_some_and(|leaving| leaving.saves) {
            return Vec::new();
        }
        if self.has_unsaved_changes() {
            // Something was changed while it was saved.
            return self.save_document();
        }
        self.go_on()
    }

    /// Does what has waited for unsaved changes.
    fn go_on(&mut self) -> Vec<Effect> {
        match self.leaving.take().map(|leaving| leaving.next) {
            Some(Next::Quit) => {
                self.quits = true;
                vec![Effect::Quit]
            }
            Some(Next::Show(loaded)) => self.replace_document(*loaded),
            Some(Next::Recover(recovered)) => self.show_recovered(*recovered),
            None => Vec::new(),
        }
    }
}

/// Returns the path, with the ending of a document if it has none.
fn with_ending(path: &Path) -> PathBuf {
    if path.extension().is_none() { path.with_extension("ron") } else { path.to_path_buf() }
}
