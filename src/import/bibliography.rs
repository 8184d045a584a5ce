//! Bibliographies: `BibLaTeX` and CSL-JSON.

use super::builder::Builder;
use super::error::ImportError;
use super::options::Options;
use crate::progress::Progress;

/// Returns whether a text is a bibliography in `BibLaTeX`.
pub(super) fn recognises_biblatex(_text: &str) -> bool {
    false
}

/// Returns whether a text is a bibliography in CSL-JSON.
pub(super) fn recognises_csl(_text: &str) -> bool {
    false
}

/// Reads a bibliography in `BibLaTeX`.
pub(super) fn read_biblatex(
    _text: &str,
    _options: &Options,
    _builder: &mut Builder,
    _progress: &Progress,
) -> Result<(), ImportError> {
    Err(ImportError::new("this format is not read yet"))
}

/// Reads a bibliography in CSL-JSON.
pub(super) fn read_csl(
    _text: &str,
    _options: &Options,
    _builder: &mut Builder,
    _progress: &Progress,
) -> Result<(), ImportError> {
    Err(ImportError::new("this format is not read yet"))
}
