//! Writes data for other programs.

use std::path::PathBuf;
use std::sync::Arc;

use crate::app::export_job::ExportJob;
use crate::app::message::DataOutcome;
use crate::app::origins::{Origin, OriginContent};
use crate::export::{self, ExportError, InputFile, WriteFault};
use crate::interchange::{self, Format};
use crate::query::Projection;
use crate::timeline::Timeline;

use super::origins::OriginFiles;
use super::update::source_path;

/// What is written, and where.
pub(super) struct Data {
    pub timeline: Arc<Timeline>,
    pub projection: Box<Projection>,
    pub format: Format,
    pub path: PathBuf,
    /// Files that are not to be overwritten.
    pub inputs: Vec<InputFile>,
    pub may_replace: bool,
    /// The canonical path of the document, if it has one.
    pub document: Option<PathBuf>,
}

/// Writes a file, unless that is cancelled before it has its name.
pub(super) fn write_data(data: &Data, export: &ExportJob, files: Option<&OriginFiles>) -> Result<DataOutcome, String> {
    let Data { timeline, projection, format, path, inputs, may_replace, document } = data;
    export::check_output(path, inputs).map_err(|error| error.to_string())?;
    if !*may_replace && path.exists() {
        return Ok(DataOutcome::Exists(path.clone()));
    }
    let mut bytes = Vec::new();
    let written = interchange::write(*format, timeline, projection, &mut bytes, export.progress());
    let mut notes = match written {
        _ if export.is_cancelled() => return Ok(DataOutcome::Cancelled),
        Ok(notes) => notes,
        Err(error) => return Err(error.to_string()),
    };
    match export::write_file_unless_cancelled(path, &bytes, inputs, &|| export.commit()) {
        Err(ExportError::Write { fault: WriteFault::Cancelled, .. }) => return Ok(DataOutcome::Cancelled),
        other => other.map_err(|error| error.to_string())?,
    }
    if let (Some(document), Some(files)) = (document, files) {
        // Whoever brings the file back is told what has been changed in it.
        let content = OriginContent::Written(*format, Arc::new(bytes));
        let origin = Origin { source: source_path(path), content };
        notes.extend(files.keep(document, None, &[origin]).err());
    }
    // What has errors is shown nowhere, and no file has it.
    notes.extend(timeline.omitted.words(timeline.events.len()).map(|words| format!("{words}, and not in the file")));
    Ok(DataOutcome::Saved { path: path.clone(), notes })
}
