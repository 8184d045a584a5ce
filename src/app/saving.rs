//! How documents are saved.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::desktop::DialogResult;
use super::effect::{Effect, Job};
use super::exporting_data;
use super::jobs::Awaited;
use super::message::SaveOutcome;
use super::state::{SavePath, SaveWhat, State};

impl State {
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

    /// Returns that name without an ending.
    pub(super) fn document_stem(&self) -> String {
        let path = self.document.path.as_ref().or(self.document.origin.as_ref());
        let stem = path.and_then(|path| path.file_stem()).map(|stem| stem.to_string_lossy().into_owned());
        stem.unwrap_or_else(|| "timeline".to_owned())
    }

    /// Saves the document where the user said; offers a field for its path if there is no dialog.
    pub(super) fn save_document_answered(&mut self, answer: DialogResult) -> Vec<Effect> {
        match answer {
            // The dialog itself asks before it replaces a file.
            DialogResult::Path(path) => self.write_document(&path, true),
            DialogResult::Cancelled => Vec::new(),
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
            SaveWhat::Document => self.write_document(&path, replaces.as_ref() == Some(&with_ending(&path))),
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
        let job = Job::SaveDocument { text: Arc::clone(&self.document.text), path, keep, may_replace };
        vec![Effect::Start(self.jobs.start(Awaited::SaveDocument(self.document.number)), job)]
    }

    /// Says what became of the document that was to be saved; `number` is which of the documents of this window it was.
    pub(super) fn document_saved(&mut self, number: u64, saved: Result<SaveOutcome, String>) -> Vec<Effect> {
        match saved {
            Ok(SaveOutcome::Saved { path, canonical_path }) => {
                self.save_path = None;
                self.report_open = false;
                self.notice(format!("Saved {}", path.display()), Some(path.clone()), false);
                if number == self.document.number {
                    let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
                    self.document.name = name.unwrap_or_default();
                    (self.document.path, self.document.canonical_path) = (Some(path), canonical_path);
                    self.document.origin = None;
                }
                return vec![Effect::SetTitle(self.window_title())];
            }
            Ok(SaveOutcome::Exists(path)) => {
                if let Some(save) = &mut self.save_path {
                    save.replaces = Some(path);
                }
            }
            Err(error) => self.notice(error, None, true),
        }
        Vec::new()
    }
}

/// Returns the path, with the ending of a document if it has none.
fn with_ending(path: &Path) -> PathBuf {
    if path.extension().is_none() { path.with_extension("ron") } else { path.to_path_buf() }
}
