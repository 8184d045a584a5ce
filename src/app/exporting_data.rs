//! How a document is written as data for other programs.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::interchange::Format;

use super::desktop::DialogResult;
use super::effect::{Effect, Job};
use super::export_job::ExportJob;
use super::jobs::Awaited;
use super::message::DataOutcome;
use super::state::{SavePath, SaveWhat, State};

impl State {
    /// Asks where to write what is shown in a format, unless something is being exported.
    pub(super) fn ask_export_data(&mut self, format: Format) -> Vec<Effect> {
        if self.documents_shown == 0 || self.is_exporting() {
            return Vec::new();
        }
        let job = Job::AskSaveData { name: self.data_name(format), format, folder: self.folder() };
        vec![Effect::Start(self.jobs.start(Awaited::AskSaveData(format)), job)]
    }

    /// Returns a name for the file: that of the document, with the ending of the format.
    fn data_name(&self, format: Format) -> String {
        format!("{}.{}", self.document_stem(), format.ending())
    }

    /// Writes the file where the user said; offers a field for its path if there is no dialog.
    pub(super) fn data_answered(&mut self, format: Format, answer: DialogResult) -> Vec<Effect> {
        match answer {
            // The dialog itself asks before it replaces a file.
            DialogResult::Path(path) => self.export_data(format, &path, true),
            DialogResult::Cancelled => Vec::new(),
            DialogResult::Unavailable => {
                let path = self.folder().unwrap_or_default().join(self.data_name(format));
                let path = path.to_string_lossy().into_owned();
                self.save_path = Some(SavePath { path, what: SaveWhat::Data(format), replaces: None });
                Vec::new()
            }
        }
    }

    /// Writes what is shown in a format.
    pub(super) fn export_data(&mut self, format: Format, path: &Path, may_replace: bool) -> Vec<Effect> {
        let export = Arc::new(ExportJob::default());
        let job = Job::ExportData {
            timeline: Arc::clone(&self.document.timeline),
            projection: Box::new(self.document.projection.clone()),
            format,
            path: with_ending(path, format),
            documents: self.document_paths(),
            document: self.document.canonical_path.clone(),
            may_replace,
            export: Arc::clone(&export),
        };
        vec![Effect::Start(self.jobs.start(Awaited::ExportData(export)), job)]
    }

    /// Says what became of the file, and what its format cannot hold.
    pub(super) fn data_exported(&mut self, result: Result<DataOutcome, String>) {
        match result {
            Ok(DataOutcome::Saved { path, notes }) => {
                self.save_path = None;
                // What was imported from it before is not what it holds any more.
                self.document.origins = self.document.origins.without(&path);
                let saved = format!("Saved {}", path.display());
                let lines: Vec<String> = std::iter::once(saved).chain(notes).collect();
                self.notice(lines.join("\n"), Some(path), false);
            }
            Ok(DataOutcome::Exists(path)) => {
                if let Some(save) = &mut self.save_path {
                    save.replaces = Some(path);
                }
            }
            // The notice came when it was cancelled.
            Ok(DataOutcome::Cancelled) => {}
            Err(error) => self.notice(error, None, true),
        }
    }
}

/// Returns the path, with the ending of the format if it has none.
pub(super) fn with_ending(path: &Path, format: Format) -> PathBuf {
    if path.extension().is_none() { path.with_extension(format.ending()) } else { path.to_path_buf() }
}
