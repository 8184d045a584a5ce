//! Writes documents.

use std::path::Path;
use std::sync::Arc;

use crate::app::effect::DocumentToSave;
use crate::app::message::SaveOutcome;
use crate::edit::{Splices, difference};
use crate::export::{self, ExportError, InputFile, WriteFault};

use super::load::read_document;
use super::origins::OriginFiles;

/// Writes a document, unless a file is there that may not be replaced, or that holds something else than is expected.
pub(super) fn save_document(document: DocumentToSave, files: Option<&OriginFiles>) -> Result<SaveOutcome, String> {
    let DocumentToSave { text, path, keep, may_replace, expected, was, origins } = document;
    let inputs: Vec<InputFile> = keep.iter().map(|path| InputFile::at(path)).collect();
    let expected = expected.as_ref().map(|expected| expected.as_str());
    if !may_replace && path.exists() {
        return Ok(SaveOutcome::Exists(path));
    }
    let changed = |expected: &str| changed(&path, expected);
    match expected.and_then(changed) {
        Some(Ok((theirs, difference))) if theirs != *text => {
            return Ok(SaveOutcome::Changed { theirs: Arc::new(theirs), difference, path });
        }
        Some(Err(error)) => return Err(error),
        _ => {}
    }
    // It is looked at once more when all is on the disk and only the rename remains.
    let is_own = |found: Found| found.is_ok_and(|(theirs, _)| theirs == *text);
    let is_expected = || expected.and_then(changed).is_none_or(is_own);
    match export::write_file_unless_cancelled(&path, text.as_bytes(), &inputs, &is_expected) {
        Err(ExportError::Write { fault: WriteFault::Cancelled, .. }) => {
            let (theirs, difference) = expected.and_then(changed).unwrap_or_else(|| Ok(Default::default()))?;
            return Ok(SaveOutcome::Changed { theirs: Arc::new(theirs), difference, path });
        }
        other => other.map_err(|error| error.to_string())?,
    }
    let canonical_path = path.canonicalize().ok();
    // What is known of another document's origins would be wrong from now on, too.
    let origins = match (files, &canonical_path) {
        (Some(files), Some(own)) => files.keep(own, was.as_deref(), origins.as_slice()),
        _ => Ok(()),
    };
    Ok(SaveOutcome::Saved { path, canonical_path, origins })
}

/// What a file holds instead of what is expected, and what makes that of it; or why it is no text.
type Found = Result<(String, Splices), String>;

/// What a file holds instead of what is expected, and what makes that of it. Returns `None` if it holds that, or if there is
/// nothing that could be lost: no file, or one that cannot be read.
fn changed(path: &Path, expected: &str) -> Option<Found> {
    if !path.is_file() {
        return None;
    }
    let bytes = read_document(path).ok()?;
    if bytes == expected.as_bytes() {
        return None;
    }
    let Ok(theirs) = String::from_utf8(bytes) else {
        let what = "was changed by another program, and is no UTF-8 text any more; save the document in another file";
        return Some(Err(format!("{} {what}", path.display())));
    };
    let difference = difference(expected, &theirs);
    Some(Ok((theirs, difference)))
}
