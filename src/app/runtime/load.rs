//! Reads documents.

use std::fs::{File, Metadata};
use std::io::{ErrorKind, Read as _};
use std::path::Path;
use std::sync::Arc;

use crate::clock;
use crate::document::{Diagnostic, MAX_FILE_BYTES, Severity};
use crate::import::{self, Extent, Options};
use crate::media::{self, Thoroughness};
use crate::progress::Progress;
use crate::reopen;

use crate::app::effect::{DocumentSource, OlderVersion};
use crate::app::import_settings::{ImportChoices, ImportSettings};
use crate::app::import_state::ReadPreview;
use crate::app::loaded_document::{DocumentFonts, FoundFonts, LoadedDocument, StartupDocument, source_name};
use crate::sorting;

/// A document larger than this, in bytes, is read while the window is already there.
const LARGE: u64 = 2_000_000;

impl LoadedDocument {
    /// The document at a path. If the file cannot be read, `unreadable` says why. Fonts of the system are not searched.
    #[must_use]
    pub fn from_path(path: &Path) -> Self {
        Self::from_path_with_progress(path, None, None, &Progress::default()).unwrap_or_default()
    }

    /// The same with progress, with what was chosen about a file that is imported, and where an older version of the document
    /// may have been read. Returns `None` if the reading is cancelled.
    fn from_path_with_progress(
        path: &Path,
        import: Option<Box<ImportChoices>>,
        older: Option<&OlderVersion>,
        progress: &Progress,
    ) -> Option<Self> {
        let name = source_name(&DocumentSource::File(path.to_path_buf()));
        let ImportChoices { settings, table } = import.as_deref().cloned().unwrap_or_default();
        let options = Options { living: settings.living, today: clock::today(), table };
        let document = match read_document(path) {
            Ok(bytes) => match older.filter(|_| !import::is_foreign(&bytes, &name)) {
                Some(OlderVersion { timeline, text }) => {
                    Self::from(reopen::open_newer(bytes, (timeline, text.as_str()), progress)?)
                }
                None => Self::from(crate::open_file(bytes, &name, settings.from, &options, progress)?),
            },
            Err(error) => {
                let unreadable = Some(format!("cannot read {}: {error}", path.display()));
                Self { unreadable, ..Self::default() }
            }
        };
        let document = Self { diagnostics: with_pictures(&document, path), ..document };
        let path = path.to_path_buf();
        if document.report.is_some() {
            return Some(Self { origin: Some(path), import, name, ..document });
        }
        // A path that is not found has no canonical form.
        let canonical_path = path.canonicalize().ok();
        Some(Self { path: Some(path), canonical_path, name, ..document })
    }

    /// Reads a document and searches the system for the fonts that it needs. Returns `None` if the reading is cancelled.
    #[must_use]
    pub fn load(
        source: &DocumentSource,
        import: Option<Box<ImportChoices>>,
        older: Option<&OlderVersion>,
        progress: &Progress,
    ) -> Option<Self> {
        let document = match source {
            DocumentSource::File(path) => Self::from_path_with_progress(path, import, older, progress)?,
            DocumentSource::Example(example) => Self::example(*example),
            DocumentSource::Template(template) => Self::template(*template),
        };
        let fonts = match document.fonts {
            DocumentFonts::Unsearched => DocumentFonts::Found(FoundFonts::search(&document.text)),
            fonts => fonts,
        };
        (!progress.is_cancelled()).then_some(Self { fonts, ..document })
    }
}

impl StartupDocument {
    /// The document at a path, read unless it is large.
    #[must_use]
    pub fn from_path(path: &Path) -> Self {
        // A pipe, or another file that is not regular, may have to be waited for.
        let takes_a_while = |metadata: Metadata| metadata.len() > LARGE || !(metadata.is_file() || metadata.is_dir());
        let is_large = path.metadata().is_ok_and(takes_a_while);
        if is_large { Self::Later(path.to_path_buf()) } else { LoadedDocument::from_path(path).into() }
    }
}

/// What is wrong with a document at a path, and which of its pictures are missing.
fn with_pictures(document: &LoadedDocument, path: &Path) -> Vec<Diagnostic> {
    let mut diagnostics = document.diagnostics.clone();
    let has_errors = diagnostics.iter().any(|problem| problem.severity == Severity::Error);
    if let (Some(timeline), Some(folder), false) = (&document.timeline, path.parent(), has_errors) {
        diagnostics.extend(media::warnings(timeline, &document.text, folder, Thoroughness::Quick));
        sorting::by_key(&mut diagnostics, |problem| problem.span.start);
    }
    diagnostics
}

/// What an import would make of a file, which is read unless it was before.
///
/// # Errors
/// Why the file cannot be read.
pub(super) fn preview_import(
    path: &Path,
    name: &str,
    bytes: Option<Arc<Vec<u8>>>,
    settings: &ImportSettings,
    extent: Extent,
    progress: &Progress,
) -> Result<ReadPreview, String> {
    let bytes = match bytes {
        Some(bytes) => bytes,
        None => Arc::new(read_document(path).map_err(|error| format!("cannot read {}: {error}", path.display()))?),
    };
    let options = Options { living: settings.living, today: clock::today(), table: settings.table() };
    let preview = import::preview(&bytes, name, settings.from, &options, extent, progress);
    let preview = preview.map(Box::new).map_err(|error| match error.hint {
        Some(hint) => format!("{}; {hint}", error.message),
        None => error.message,
    });
    Ok((bytes, preview))
}

/// The bytes of a document.
///
/// # Errors
/// Why they cannot be read, in words that follow "cannot read timeline.ron:".
pub(super) fn read_document(path: &Path) -> Result<Vec<u8>, String> {
    let words = |error: std::io::Error| match error.kind() {
        ErrorKind::NotFound => "there is no such file".to_owned(),
        ErrorKind::PermissionDenied => "its owner does not let you read it".to_owned(),
        ErrorKind::IsADirectory => "it is a folder".to_owned(),
        _ => error.to_string(),
    };
    if path.is_dir() {
        return Err("it is a folder; a timeline is a file".to_owned());
    }
    let mut bytes = Vec::new();
    // One byte more than a document may have, so that one that is too large is known to be.
    let mut file = File::open(path).map_err(words)?.take(MAX_FILE_BYTES as u64 + 1);
    file.read_to_end(&mut bytes).map_err(words)?;
    Ok(bytes)
}
