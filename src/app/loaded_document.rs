//! A document that has been read, on its way into the window.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::Example;
use crate::compose::Template;
use crate::document::Diagnostic;
use crate::export::{self, NeededFonts};
use crate::import::{Options, Report};
use crate::progress::Progress;
use crate::scene::text::FontSet;
use crate::timeline::Timeline;

use super::effect::DocumentSource;
use super::import_settings::ImportChoices;

/// A document that has been read, with what is wrong with it.
#[derive(Debug, Default)]
pub struct LoadedDocument {
    /// Where it was read from; `None` for an example and for standard input.
    pub path: Option<PathBuf>,
    /// The same file by its canonical path, by which another path to it is recognized.
    pub canonical_path: Option<PathBuf>,
    /// The file of another program that it was imported from; it is then not saved yet, and has no path.
    pub origin: Option<PathBuf>,
    /// What became of that file.
    pub report: Option<Arc<Report>>,
    /// How it was imported, if that was chosen.
    pub import: Option<Box<ImportChoices>>,
    /// Whether it could be imported, or more of it, if that was chosen.
    pub asks: bool,
    /// The name shown for it.
    pub name: String,
    /// All of it that has no error; `None` if nothing can be shown.
    pub timeline: Option<Timeline>,
    /// Errors and warnings, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
    /// The text of the document.
    pub text: Arc<String>,
    /// The fonts that it needs.
    pub fonts: DocumentFonts,
    /// Why the file could not be read at all.
    pub unreadable: Option<String>,
}

/// The fonts that a document needs.
#[derive(Debug, Default)]
pub enum DocumentFonts {
    /// The carried ones have all its characters.
    #[default]
    Carried,
    /// The carried ones lack characters; those of the system have not been searched yet.
    Unsearched,
    /// The system was searched for characters that the carried ones lack.
    Found(FoundFonts),
}

/// What a search of the system's fonts has found for a document.
#[derive(Debug)]
pub struct FoundFonts {
    /// The carried fonts and those of the system behind them; `None` if the system has none that helps.
    pub fonts: Option<Box<FontSet>>,
    /// Warnings about characters that no font has.
    pub missing: Vec<Diagnostic>,
}

impl FoundFonts {
    /// Searches the system's fonts for the characters of a text that the carried ones lack. This takes time.
    #[must_use]
    pub fn search(text: &str) -> Self {
        Self::search_also(text, "")
    }

    /// The same for further characters, of which nothing is warned.
    #[must_use]
    pub fn search_also(text: &str, also: &str) -> Self {
        let base = FontSet::carried();
        let mut wanted = export::lacking(text, &base);
        wanted.extend(also.chars());
        let needed = NeededFonts::for_characters(wanted, &base);
        let missing = export::missing_in(text, &needed.missing);
        Self { fonts: needed.fonts.map(Box::new), missing }
    }
}

impl LoadedDocument {
    /// A document from its bytes. Fonts of the system are not searched.
    #[must_use]
    pub fn from_bytes(path: Option<PathBuf>, name: String, bytes: impl Into<Vec<u8>>) -> Self {
        Self { path, name, ..Self::from(crate::open(bytes)) }
    }

    /// A document from bytes that may be those of another program, and that are then imported.
    #[must_use]
    pub fn from_any_bytes(name: String, bytes: Vec<u8>, options: &Options) -> Self {
        let opened = crate::open_file(bytes, &name, None, options, &Progress::default());
        Self { name, ..opened.map(Self::from).unwrap_or_default() }
    }

    /// A document that the program carries.
    #[must_use]
    pub fn example(example: Example) -> Self {
        Self { name: example_name(example), ..Self::from(crate::open(example.text().as_bytes())) }
    }
}

impl LoadedDocument {
    /// A document to start from.
    #[must_use]
    pub fn template(template: Template) -> Self {
        Self { name: template_name(template), ..Self::from(crate::open(template.text().as_bytes())) }
    }
}

impl From<crate::Opened> for LoadedDocument {
    /// A document without a path and a name.
    fn from(opened: crate::Opened) -> Self {
        let crate::Opened { timeline, diagnostics, text, .. } = opened;
        let lacks = !export::lacking(&text, &FontSet::carried()).is_empty();
        let fonts = if lacks { DocumentFonts::Unsearched } else { DocumentFonts::Carried };
        Self { timeline, diagnostics, text, fonts, ..Self::default() }
    }
}

impl From<crate::OpenedFile> for LoadedDocument {
    /// A document without a path and a name.
    fn from(opened: crate::OpenedFile) -> Self {
        let crate::OpenedFile { document, report, asks } = opened;
        Self { report: report.map(Arc::new), asks, ..Self::from(document) }
    }
}

/// The name that is shown for what comes from a source.
pub(super) fn source_name(source: &DocumentSource) -> String {
    match source {
        DocumentSource::File(path) => file_name(path),
        DocumentSource::Example(example) => example_name(*example),
        DocumentSource::Template(template) => template_name(*template),
    }
}

fn file_name(path: &Path) -> String {
    path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into())
}

fn template_name(template: Template) -> String {
    format!("new {}", template.title().to_lowercase())
}

fn example_name(example: Example) -> String {
    format!("example “{}”", example.name())
}

/// What a window opens with.
#[derive(Debug)]
pub enum StartupDocument {
    /// A document that has been read, before the window is asked for: a thread for it would save half a millisecond and
    /// cost five, since C libraries allocate with locks from the first thread on, and graphics drivers allocate much.
    Ready(Box<LoadedDocument>),
    /// A document that takes a while to read: the window is there first.
    Later(PathBuf),
}

impl From<LoadedDocument> for StartupDocument {
    fn from(document: LoadedDocument) -> Self {
        Self::Ready(Box::new(document))
    }
}
