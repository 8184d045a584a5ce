//! How files of other programs are imported with choices.

use std::path::PathBuf;
use std::sync::Arc;

use crate::progress::Progress;

use super::desktop::DialogResult;
use super::effect::{DocumentSource, Effect, Job};
use super::import_settings::{ImportChoices, ImportSettings};
use super::import_state::{ImportForm, ImportMessage, ReadPreview};
use super::jobs::Awaited;
use super::loaded_document::source_name;
use super::state::{OpenWhat, State};

impl State {
    /// Asks which file to import, unless a dialog already does.
    pub(super) fn ask_import(&mut self) -> Vec<Effect> {
        if self.jobs.asks_open() {
            return Vec::new();
        }
        let folder = self.folder();
        vec![Effect::Start(self.jobs.start(Awaited::AskImport), Job::AskImport { folder })]
    }

    /// Opens the form for the file that was chosen; offers a field for its path if there is no dialog.
    pub(super) fn import_answered(&mut self, answer: DialogResult) {
        match answer {
            DialogResult::Path(path) => self.open_import_form(path, ImportSettings::default()),
            DialogResult::Cancelled => {}
            DialogResult::Unavailable => {
                let folder = self.folder().unwrap_or_default();
                self.ask_path(folder.join("").to_string_lossy().into_owned(), OpenWhat::Import);
            }
        }
    }

    /// Opens the form for a file. One for another file is closed.
    pub(super) fn open_import_form(&mut self, path: PathBuf, settings: ImportSettings) {
        self.cancel_preview();
        let name = source_name(&DocumentSource::File(path.clone()));
        self.problems_open = false;
        self.help_open = false;
        self.import = Some(ImportForm::new(path, name, settings));
    }

    /// Whether the document was imported from a file and is not saved yet, so that it can be imported otherwise.
    #[must_use]
    pub fn can_be_imported_anew(&self) -> bool {
        self.document.origin.is_some() && self.document.path.is_none()
    }

    /// Opens the form for the file that the document was imported from, with what was chosen then.
    pub(super) fn import_anew(&mut self) {
        if let Some(path) = self.document.origin.clone().filter(|_| self.can_be_imported_anew()) {
            let settings = self.document.import.as_ref().map(|choices| choices.settings.clone());
            self.open_import_form(path, settings.unwrap_or_default());
        }
    }

    /// Does what the user does in the form.
    pub(super) fn change_import(&mut self, message: ImportMessage) -> Vec<Effect> {
        let Some(form) = &mut self.import else { return Vec::new() };
        match message {
            ImportMessage::Set(settings) => form.settings = *settings,
            ImportMessage::Show(rows) => form.rows = rows,
            ImportMessage::Previous => form.walk(false),
            ImportMessage::Next => form.walk(true),
            ImportMessage::CopyCommandLine => {
                let line = form.choices().map(|choices| choices.command_line(&form.path));
                if let Some(line) = line {
                    self.notice("Copied the command line".to_owned(), None, false);
                    return vec![Effect::CopyText(line)];
                }
            }
            ImportMessage::Import => {
                if let Some(choices) = form.choices() {
                    let path = form.path.clone();
                    self.close_import_form();
                    return self.import_file(path, choices);
                }
            }
            ImportMessage::Update => return self.update_from_form(),
            ImportMessage::Cancel => self.cancel_import(),
        }
        Vec::new()
    }

    fn import_file(&mut self, path: PathBuf, choices: ImportChoices) -> Vec<Effect> {
        self.start_loading(DocumentSource::File(path), Some(Box::new(choices)))
    }

    /// Closes the form. A file of which nothing could be imported without a choice is a problem then.
    pub(super) fn cancel_import(&mut self) {
        let is_of_form = self.failed.as_ref().is_some_and(|failed| {
            failed.path.is_some() && failed.path == self.import.as_ref().map(|form| form.path.clone())
        });
        self.close_import_form();
        self.problems_open |= is_of_form;
    }

    fn close_import_form(&mut self) {
        self.cancel_preview();
        self.import = None;
    }

    /// Cancels the preview that is being made.
    fn cancel_preview(&mut self) {
        self.jobs.retain(|job| {
            let Awaited::PreviewImport(progress) = job else { return true };
            progress.cancel();
            false
        });
    }

    /// Starts a preview if the form is open and shows another one than it should. One that is being made is cancelled.
    pub(super) fn preview_import(&mut self) -> Vec<Effect> {
        let Some(extent) = self.import.as_ref().and_then(ImportForm::wanted) else { return Vec::new() };
        self.cancel_preview();
        let Some(form) = &mut self.import else { return Vec::new() };
        form.ask(extent);
        let progress = Arc::new(Progress::default());
        let job = Job::PreviewImport {
            path: form.path.clone(),
            name: form.name.clone(),
            bytes: form.bytes.clone(),
            settings: Box::new(form.settings.clone()),
            extent,
            progress: Arc::clone(&progress),
        };
        vec![Effect::Start(self.jobs.start(Awaited::PreviewImport(progress)), job)]
    }

    /// Takes in a preview, or why the file cannot be read.
    pub(super) fn take_preview(&mut self, found: Result<ReadPreview, String>) {
        let Some(form) = &mut self.import else { return };
        match found {
            Ok((bytes, preview)) => {
                form.bytes = Some(bytes);
                form.take(preview.map(|preview| *preview));
            }
            Err(error) => form.take(Err(error)),
        }
    }
}
