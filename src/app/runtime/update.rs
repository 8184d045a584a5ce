//! Finds what a newer version of a file changes in the document.

use std::sync::Arc;

use crate::app::effect::{DocumentSource, UpdateJob};
use crate::app::import_settings::ImportChoices;
use crate::app::loaded_document::source_name;
use crate::app::message::FoundUpdate;
use crate::clock;
use crate::document::{self, Timeline};
use crate::edit;
use crate::import::{self, Format, Options};
use crate::interchange;
use crate::progress::Progress;
use crate::query::Projection;

use super::load::read_document;

/// Finds what brings a file into a document.
///
/// # Errors
/// Returns why the file or the document cannot be read.
pub(super) fn find(job: &UpdateJob) -> Result<FoundUpdate, String> {
    let UpdateJob { path, import, text, base } = job;
    let name = source_name(&DocumentSource::File(path.clone()));
    let ImportChoices { settings, table } = import.as_ref().clone();
    let options = Options { living: settings.living, today: clock::today(), table };
    let bytes = read_document(path).map_err(|error| format!("cannot read {}: {error}", path.display()))?;
    let cannot = |error: import::ImportError| format!("{name} cannot be imported: {}", error.message);
    let newer = import::import(&bytes, &name, settings.from, &options, &Progress::default()).map_err(cannot)?;
    let (format, newer) = (newer.report.format, newer.text());
    let unreadable = || "a document with errors cannot be updated; correct it first".to_owned();
    let current = parsed(text).ok_or_else(unreadable)?;
    let base = base.as_ref().map(|base| base.as_str().to_owned()).or_else(|| written_as(format, &name, text));
    let base = base.as_deref().and_then(parsed);
    let update = edit::update(base.as_ref(), &current, &parsed(&newer).ok_or_else(unreadable)?);
    Ok(FoundUpdate { name, update, newer: Arc::new(newer) })
}

fn parsed(text: &str) -> Option<Timeline> {
    document::read(text.as_bytes()).timeline
}

/// Returns the document as it comes back from a file of this name and format: what the format cannot hold is the same before
/// and after then. Returns `None` if documents are not written in that format.
fn written_as(format: Format, name: &str, text: &Arc<String>) -> Option<String> {
    let (format, from) = match format {
        Format::Csv | Format::Tsv | Format::Xlsx | Format::Ods => (interchange::Format::Csv, Format::Csv),
        Format::Longview => (interchange::Format::Json, Format::Longview),
        Format::ICalendar => (interchange::Format::ICalendar, Format::ICalendar),
        Format::TimelineJs => (interchange::Format::TimelineJs, Format::TimelineJs),
        _ => return None,
    };
    let progress = Progress::default();
    let timeline = crate::open_text(Arc::clone(text), &progress)?.timeline?;
    let mut bytes = Vec::new();
    interchange::write(format, &timeline, &Projection::all(&timeline), &mut bytes, &progress).ok()?;
    let options = Options { today: clock::today(), ..Options::default() };
    import::import(&bytes, name, Some(from), &options, &progress).ok().map(|import| import.text())
}
