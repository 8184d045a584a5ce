//! What the import form remembers.

use std::path::PathBuf;
use std::sync::Arc;

use crate::import::{Extent, Preview};

use super::import_settings::{ImportChoices, ImportSettings};

/// A preview or why there is none, and the content of the file that it is of.
pub type ReadPreview = (Arc<Vec<u8>>, Result<Box<Preview>, String>);

/// Something that the user does in the import form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ImportMessage {
    /// Choose how the file is imported.
    Set(Box<ImportSettings>),
    /// Show these rows.
    Show(PreviewRows),
    /// Go to the row before the current one of those whose dates are not understood.
    Previous,
    /// Go to the row after it.
    Next,
    /// Put the command line on the clipboard.
    CopyCommandLine,
    /// Import the file, and show the document.
    Import,
    /// Bring what is new in the file into the document that is shown.
    Update,
    /// Close the form; the document stays.
    Cancel,
}

/// Which rows the form shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum PreviewRows {
    /// The first ones.
    #[default]
    First,
    /// Those whose dates are not understood.
    NotUnderstood,
}

/// A preview that was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Asked {
    settings: ImportSettings,
    extent: Extent,
    is_answered: bool,
}

/// The form of an import.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportForm {
    /// The file.
    pub path: PathBuf,
    /// The name shown for it.
    pub name: String,
    /// What is chosen.
    pub settings: ImportSettings,
    /// Which rows are shown.
    pub rows: PreviewRows,
    /// Which of the rows that are not understood is the current one, from 0.
    pub current: usize,
    /// What would be made; of earlier choices while that is being found out.
    pub preview: Option<Arc<Preview>>,
    /// Why nothing can be made with what is chosen.
    pub error: Option<String>,
    /// The content of the file, once it has been read.
    pub(super) bytes: Option<Arc<Vec<u8>>>,
    asked: Option<Asked>,
}

impl ImportForm {
    /// A form for a file.
    pub(super) fn new(path: PathBuf, name: String, settings: ImportSettings) -> Self {
        Self { path, name, settings, ..Self::default() }
    }

    /// Returns how much is to be read next: the beginning after each choice, then all. Returns `None` if what is shown is
    /// what is chosen, or is being found out.
    pub(super) fn wanted(&self) -> Option<Extent> {
        match &self.asked {
            Some(asked) if asked.settings == self.settings => {
                let has_more = self.error.is_none() && self.preview.as_ref().is_some_and(|preview| !preview.is_whole);
                (asked.is_answered && asked.extent == Extent::First && has_more).then_some(Extent::Whole)
            }
            _ => Some(Extent::First),
        }
    }

    /// Notes what is asked for.
    pub(super) fn ask(&mut self, extent: Extent) {
        self.asked = Some(Asked { settings: self.settings.clone(), extent, is_answered: false });
    }

    /// Takes in what was asked for last.
    pub(super) fn take(&mut self, found: Result<Preview, String>) {
        if let Some(asked) = &mut self.asked {
            asked.is_answered = true;
        }
        match found {
            Ok(preview) => {
                self.error = None;
                self.current = self.current.min(preview.not_understood.len().saturating_sub(1));
                if preview.is_whole && preview.not_understood.is_empty() {
                    self.rows = PreviewRows::First;
                }
                self.preview = Some(Arc::new(preview));
            }
            Err(error) => self.error = Some(error),
        }
    }

    /// Returns whether what is shown is what is chosen, and counted to the end of the file.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        let is_answered = |asked: &Asked| asked.is_answered && asked.settings == self.settings;
        let is_whole = self.preview.as_ref().is_some_and(|preview| preview.is_whole);
        self.asked.as_ref().is_some_and(is_answered) && (self.error.is_some() || is_whole)
    }

    /// Returns how the file would be imported; `None` if that is not known yet, or not possible.
    #[must_use]
    pub fn choices(&self) -> Option<ImportChoices> {
        let preview = self.preview.as_ref().filter(|_| self.is_settled() && self.error.is_none())?;
        let table = match &preview.table {
            _ if self.settings.is_wrong() => return None,
            Some(table) if table.question.is_some() => return None,
            Some(table) => table.options.clone(),
            None => self.settings.table(),
        };
        Some(ImportChoices { settings: self.settings.clone(), table })
    }

    /// Goes to another row of those whose dates are not understood, from the last one to the first.
    pub(super) fn walk(&mut self, is_forward: bool) {
        let count = self.preview.as_ref().map_or(0, |preview| preview.not_understood.len());
        if count == 0 {
            return;
        }
        if self.rows == PreviewRows::NotUnderstood {
            self.current = (self.current + if is_forward { 1 } else { count - 1 }) % count;
        }
        self.rows = PreviewRows::NotUnderstood;
    }
}
