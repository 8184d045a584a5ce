//! The Timeline Project: XML.

use super::builder::Builder;
use super::error::ImportError;
use super::options::Options;
use crate::progress::Progress;

/// Returns whether a text is in this format.
pub(super) fn recognises(_text: &str) -> bool {
    false
}

/// Reads a text.
pub(super) fn read(
    _text: &str,
    _options: &Options,
    _builder: &mut Builder,
    _progress: &Progress,
) -> Result<(), ImportError> {
    Err(ImportError::new("this format is not read yet"))
}
