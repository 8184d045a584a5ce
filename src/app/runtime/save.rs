//! Writes documents.

use std::path::Path;
use std::sync::Arc;

use crate::app::effect::DocumentToSave;
use crate::app::message::SaveOutcome;
use crate::edit::difference;
use crate::export::{self, ExportError, InputFile, WriteFault};

use super::load::read_document;

/// Writes a document, unless a file is there that may not be replaced, or that holds something else than is expected.
pub(super) fn save_document(document: DocumentToSave) -> Result<SaveOutcome, String> {
    let DocumentToSave { text, path, keep, may_replace, expected } = document;
    let inputs: Vec<InputFile> = keep.iter().map(|path| InputFile::at(path)).collect();
    let expected = expected.as_ref().map(|expected| expected.as_str());
    if !may_replace && path.exists() {
        return Ok(SaveOutcome::Exists(path));
    }
    let changed = |expected: &str| changed(&path, expected);
    if let Some((theirs, difference)) = expected.and_then(changed)
        && theirs != *text
    {
        return Ok(SaveOutcome::Changed { theirs: Arc::new(theirs), difference, path });
    }
    // It is looked at once more when all is on the disk and only the rename remains.
    let is_expected = || expected.and_then(changed).is_none_or(|(theirs, _)| theirs == *text);
    match export::write_file_unless_cancelled(&path, text.as_bytes(), &inputs, &is_expected) {
        Err(ExportError::Write { fault: WriteFault::Cancelled, .. }) => {
            let (theirs, difference) = expected.and_then(changed).unwrap_or_default();
            return Ok(SaveOutcome::Changed { theirs: Arc::new(theirs), difference, path });
        }
        other => other.map_err(|error| error.to_string())?,
    }
    let canonical_path = path.canonicalize().ok();
    Ok(SaveOutcome::Saved { path, canonical_path })
}

/// What a file holds instead of what is expected, and what makes that of it. Returns `None` if it holds that, or if there is
/// nothing that could be lost: no file, or one that cannot be read.
fn changed(path: &Path, expected: &str) -> Option<(String, crate::edit::Splices)> {
    if !path.is_file() {
        return None;
    }
    let bytes = read_document(path).ok()?;
    if bytes == expected.as_bytes() {
        return None;
    }
    let theirs =
        String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned());
    let difference = difference(expected, &theirs);
    Some((theirs, difference))
}
