//! When unsaved changes are kept in a file, what becomes of those of an earlier process, and which documents are remembered.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use crate::edit::difference;

use super::effect::{Effect, Job, UnsavedJob};
use super::jobs::Awaited;
use super::leaving::{Conflict, Leaving, Next};
use super::recent::RecentFiles;
use super::recovered::Recovered;
use super::state::State;
use super::subscription::Subscription;
use super::unsaved::{FoundUnsaved, Kept, RecoveryChoice, Unsaved};

/// How long changes are in memory only, in seconds; of a large document, longer.
const DELAY: f64 = 1.0;
/// How much is written in a second without being in the way.
const BYTES_A_SECOND: f64 = 5e7;

impl State {
    /// Remembers documents from now on, beginning with the one that is shown; `known` are those of earlier windows.
    pub(super) fn keep_recent(&mut self, known: RecentFiles) -> Option<Effect> {
        self.recent = Some(known);
        self.note_recent()
    }

    /// Remembers the file of the document that is shown, if it has one.
    pub(super) fn note_recent(&mut self) -> Option<Effect> {
        let path = self.document.canonical_path.as_ref().or(self.document.path.as_ref())?;
        let known = self.recent.as_ref().filter(|known| known.iter().next() != Some(path))?;
        let (path, known) = (path.clone(), known.clone().with(path));
        self.recent = Some(known);
        Some(Effect::Start(self.jobs.start(Awaited::KeepRecent), Job::KeepRecent(path)))
    }

    /// Keeps unsaved changes from now on, and offers what earlier processes have left.
    pub(super) fn keep_unsaved(&mut self, found: Vec<FoundUnsaved>) {
        self.unsaved.is_on = true;
        self.unsaved.found = found;
    }

    /// Starts to write unsaved changes to their file, or to remove it once there are none.
    pub(super) fn autosave(&mut self) -> Option<Effect> {
        if !self.unsaved.is_on || self.jobs.keeps_unsaved() {
            return None;
        }
        let document = &self.document;
        let (number, revision, typed) = (document.number, document.editing.revision(), self.typed_revision());
        let version = self.has_something_to_lose().then_some((number, revision, typed));
        let is_kept = version == self.unsaved.written && (version.is_some() || self.unsaved.replaces.is_empty());
        if is_kept {
            self.unsaved.due = None;
            return None;
        }
        // What takes long to write is written less often.
        let delay = DELAY + self.document.text.len() as f64 / BYTES_A_SECOND;
        let due = *self.unsaved.due.get_or_insert(self.now + delay);
        if version.is_some() && self.now < due {
            return None;
        }
        self.unsaved.due = None;
        let unsaved = version.map(|_| Box::new(self.unsaved()));
        let replaces = std::mem::take(&mut self.unsaved.replaces);
        let job = UnsavedJob::Keep { unsaved, saved: self.document.editing.saved(), replaces };
        Some(Effect::Start(self.jobs.start(Awaited::KeepUnsaved(version)), Job::Unsaved(job)))
    }

    /// Returns what is lost if the window ends now. A document that is in its file is not part of it.
    fn unsaved(&self) -> Unsaved {
        let (path, name) = (self.document.path.clone(), self.document.name.clone());
        let is_saved = !self.has_unsaved_changes();
        let changes = if is_saved { 0 } else { self.document.editing.entries().1.max(1) };
        let text = if is_saved && path.is_some() { Arc::default() } else { Arc::clone(&self.document.text) };
        Unsaved { path, name, changes, saved: 0, text, drafts: self.kept_drafts() }
    }

    /// Returns what is kept for the next start when the window is closed: what is typed in forms, unless it was given up.
    #[must_use]
    pub fn kept_at_end(&self) -> Option<Unsaved> {
        (self.unsaved.is_on && self.quits && self.has_typed()).then(|| self.unsaved())
    }

    /// Takes in whether unsaved changes are in their file.
    pub(super) fn unsaved_kept(&mut self, version: Option<Kept>, kept: Result<(), String>) {
        // What cannot be written is not tried again before it changes.
        self.unsaved.written = version;
        if let Err(error) = kept {
            self.notice(format!("Unsaved changes are in this window only: {error}"), None, true);
        }
    }

    /// What wakes the window when unsaved changes are to be written.
    pub(super) fn keeping_subscription(&self) -> Option<Subscription> {
        let due = self.unsaved.due.and_then(|due| Duration::try_from_secs_f64(due).ok())?;
        Some(Subscription::At(due))
    }

    /// Does with unsaved changes of an earlier process what the user says.
    pub(super) fn choose_recovery(&mut self, choice: RecoveryChoice) -> Vec<Effect> {
        match choice {
            RecoveryChoice::Later => {
                self.unsaved.found.clear();
                Vec::new()
            }
            RecoveryChoice::Discard(file) => {
                self.unsaved.found.retain(|found| found.file != file);
                vec![Effect::Start(self.jobs.start(Awaited::DropUnsaved), Job::Unsaved(UnsavedJob::Drop(file)))]
            }
            RecoveryChoice::Recover(file) => {
                let Some(found) = self.take_found(&file) else { return Vec::new() };
                let job = UnsavedJob::Recover(Box::new(found));
                vec![Effect::Start(self.jobs.start(Awaited::Recover), Job::Unsaved(job))]
            }
        }
    }

    fn take_found(&mut self, file: &Path) -> Option<FoundUnsaved> {
        let at = self.unsaved.found.iter().position(|found| found.file == file)?;
        Some(self.unsaved.found.remove(at))
    }

    /// Shows unsaved changes of an earlier process, once nothing else is lost by that.
    pub(super) fn take_recovered(&mut self, recovered: Box<Recovered>) -> Vec<Effect> {
        if self.has_something_to_lose() {
            self.leaving = Some(Leaving { next: Next::Recover(recovered), saves: false });
            return Vec::new();
        }
        self.show_recovered(*recovered)
    }

    /// Shows the document in its file, and the unsaved changes as one that can be taken back.
    pub(super) fn show_recovered(&mut self, recovered: Recovered) -> Vec<Effect> {
        let Recovered { loaded, is_as_it_was, found } = recovered;
        let FoundUnsaved { file, unsaved, .. } = found;
        let theirs = Arc::clone(&loaded.text);
        let path = loaded.path.clone();
        if loaded.timeline.is_none() {
            let words = "Unsaved changes cannot be shown, since the document in its file cannot; they are kept in";
            self.notice(format!("{words} {}", file.display()), Some(file), true);
            return Vec::new();
        }
        let mut effects = self.replace_document(loaded);
        if unsaved.changes == 0 {
            effects.extend(self.restore_drafts(&unsaved.drafts));
            self.unsaved.replaces.push(file);
            return effects;
        }
        let changes = difference(&theirs, &unsaved.text);
        effects.extend(self.change_text("recover unsaved changes".to_owned(), changes));
        if path.is_none() {
            self.document.editing.is_merged_with(theirs, false);
        } else if let Some(path) = path.filter(|_| !is_as_it_was) {
            self.document.editing.is_merged_with(Arc::clone(&theirs), false);
            self.conflict = Some(Conflict { path, theirs });
        }
        self.unsaved.replaces.push(file);
        effects.extend(self.restore_drafts(&unsaved.drafts));
        effects
    }
}
