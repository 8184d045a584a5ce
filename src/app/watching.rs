//! How the window follows the file of its document.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use super::effect::{Effect, Job};
use super::jobs::Awaited;
use super::message::Reread;
use super::state::State;
use super::subscription::Subscription;

/// How long a file is waited for that is gone or ends in the middle, as it is while other programs write it.
const GRACE: f64 = 1.0;
/// How often it is looked whether a file that is gone is there again.
const RETURN: f64 = 2.0;

impl State {
    /// Follows the file of the document from now on.
    pub(super) fn watch_files(&mut self) {
        self.watch.is_on = true;
    }

    /// The file may have changed, or was moved.
    pub(super) fn file_touched(&mut self, moved_to: Option<PathBuf>) {
        self.watch.touch(self.now);
        if moved_to.is_some() {
            self.watch.moved_to = moved_to;
        }
    }

    /// What wakes the window while its file is followed.
    pub(super) fn watching_subscriptions(&self) -> [Option<Subscription>; 2] {
        if !self.watch.is_on {
            return [None, None];
        }
        // What has come back is watched anew: its folder may be another one.
        let path = self.watched_path().filter(|_| !self.watch.is_gone);
        let due = self.watch.due().and_then(|due| Duration::try_from_secs_f64(due).ok());
        [path.map(Subscription::File), due.map(Subscription::At)]
    }

    /// The file of the document, or of the one that could not be shown where there is none.
    fn watched_path(&self) -> Option<PathBuf> {
        if self.documents_shown > 0 {
            return self.document.path.clone();
        }
        self.failed.as_ref().and_then(|failed| failed.path.clone())
    }

    /// Reads the file again once it is left alone.
    pub(super) fn look_at_file(&mut self) -> Vec<Effect> {
        let is_due = self.watch.is_on && self.watch.due().is_some_and(|due| due <= self.now);
        let is_busy = self.jobs.saves_document() || self.jobs.loading().is_some() || self.jobs.rereads();
        if !is_due || is_busy {
            return Vec::new();
        }
        self.watch.touched = None;
        if self.documents_shown == 0 {
            return if self.failed.is_some() { self.reload() } else { Vec::new() };
        }
        let Some(path) = self.document.path.clone() else { return Vec::new() };
        let saved = self.document.editing.saved();
        let id = self.jobs.start(Awaited::Reread(Arc::clone(&saved)));
        vec![Effect::Start(id, Job::Reread { path, moved_to: self.watch.moved_to.clone(), saved })]
    }

    /// Takes in what became of the file, which was compared with this text.
    pub(super) fn take_reread(&mut self, basis: &Arc<String>, found: Reread) -> Vec<Effect> {
        let is_outdated = !Arc::ptr_eq(basis, &self.document.editing.saved()) || self.jobs.saves_document();
        if is_outdated {
            // It was saved meanwhile.
            self.watch.touch(self.now);
            return Vec::new();
        }
        let waits = matches!(found, Reread::Gone) || matches!(&found, Reread::Changed { is_partial: true, .. });
        if waits && !self.has_waited() {
            return Vec::new();
        }
        self.watch.waits_since.take_if(|_| !matches!(found, Reread::Gone));
        match found {
            Reread::Same => {
                self.file_is_back();
                self.shows_file();
            }
            Reread::Changed { theirs, difference, .. } => {
                // What is wrong with the version before is listed until this one is shown, or what is wrong with it.
                self.file_is_back();
                let path = self.document.path.clone().unwrap_or_default();
                return self.take_theirs(path, theirs, &difference);
            }
            Reread::Moved { path, canonical_path } => return self.follow(path, canonical_path),
            Reread::Gone => self.file_is_gone(),
            Reread::Unreadable(error) => self.notice(error, None, true),
        }
        Vec::new()
    }

    /// Whether a file that is gone or ends in the middle has been waited for; if not, it is looked at again.
    fn has_waited(&mut self) -> bool {
        let since = *self.watch.waits_since.get_or_insert(self.now);
        let has_waited = self.now - since >= GRACE;
        if !has_waited {
            self.watch.touch(self.now);
        }
        has_waited
    }

    fn file_is_gone(&mut self) {
        if !std::mem::replace(&mut self.watch.is_gone, true) {
            let name = self.document.name.clone();
            let words =
                format!("{name} was deleted or moved. The document is in this window only: Save writes it again.");
            self.notice(words, None, true);
            let saved = self.document.editing.saved();
            self.document.editing.is_merged_with(saved, false);
        }
        // When it is looked for again.
        self.watch.touched = Some((self.now + RETURN, self.now + RETURN));
    }

    fn file_is_back(&mut self) {
        self.watch.moved_to = None;
        if std::mem::take(&mut self.watch.is_gone) {
            let saved = self.document.editing.saved();
            let is_saved = *saved == *self.document.text;
            self.document.editing.is_merged_with(saved, is_saved);
        }
    }

    /// Gives up the problems of a version of the file that is not there any more, where the one that is there is shown.
    pub(super) fn shows_file(&mut self) {
        let is_shown = self.document.editing.shows_text();
        let is_mended = self.failed.take_if(|failed| is_shown && failed.path == self.document.path).is_some();
        self.problems_open &= !is_mended;
    }

    /// Follows the file to where it was moved.
    fn follow(&mut self, path: PathBuf, canonical_path: Option<PathBuf>) -> Vec<Effect> {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        self.notice(format!("{} is {name} now", self.document.name), Some(path.clone()), false);
        self.document.name = name;
        (self.document.path, self.document.canonical_path) = (Some(path), canonical_path);
        self.watch.moved_to = None;
        self.watch.touch(self.now);
        vec![Effect::SetTitle(self.window_title())]
    }
}
