//! What an import would make, to be looked at and changed before it is made.

use super::builder::Builder;
use super::error::ImportError;
use super::format::Format;
use super::options::Options;
use super::read::{Import, import, is_table, table_of};
use super::report::{Kind, Place};
use super::source::Source;
use super::table::{self, Column, Extent, Preview, PreviewRow, Reading, shortened};
use crate::progress::Progress;

/// Returns what an import would make.
///
/// # Errors
/// Returns an error if the file cannot be read, an option names a column that there is not, or it was cancelled. What has
/// to be asked is no error, but [`TablePreview::question`](super::TablePreview::question).
pub fn preview(
    bytes: &[u8],
    name: &str,
    from: Option<Format>,
    options: &Options,
    extent: Extent,
    progress: &Progress,
) -> Result<Preview, ImportError> {
    let source = Source::new(bytes, name, from)?;
    if is_table(&source) {
        let mut builder = Builder::new(source.format, source.encoding, source.stem(), source.bytes.len());
        builder.report.unit = table::unit(source.format);
        if let Some(found) = table::preview(table_of(&source), options, extent, builder, progress)? {
            return Ok(found);
        }
    }
    drop(source);
    Ok(of_import(&import(bytes, name, from, options, progress)?))
}

/// Returns a preview of an import that has been made.
fn of_import(import: &Import) -> Preview {
    /// Number of events that are shown.
    const SHOWN: usize = 200;
    let mut preview = Preview { unit: "event", ..Preview::of(&import.report) };
    let column = |name: &str, letters: &str| Column {
        name: name.to_owned(),
        letters: letters.to_owned(),
        field: None,
        is_empty: false,
    };
    preview.columns = vec![column("Date", "A"), column("Title", "B")];
    for (number, event) in import.draft.events.iter().map(|event| &event.item).enumerate() {
        let is_wrong = event.date.is_none() && event.written.is_some();
        preview.counts.dated += usize::from(event.date.is_some());
        preview.counts.not_understood += usize::from(is_wrong);
        preview.counts.undated += usize::from(event.date.is_none() && !is_wrong);
        if preview.rows.len() >= SHOWN && !(is_wrong && preview.not_understood.len() < SHOWN) {
            continue;
        }
        let words = event.date.as_deref().map(|date| table::date_words(date, event.calendar));
        let wrong = is_wrong.then(|| "this is no date that can be read".to_owned());
        let words = words.or(wrong).unwrap_or_else(|| "undated".to_owned());
        let reading = Reading { words, is_understood: !is_wrong, ..Reading::default() };
        let written = event.written.as_ref().or(event.date.as_ref()).map(String::as_str).unwrap_or_default();
        let row = PreviewRow {
            place: Place(number + 1),
            cells: vec![shortened(written), shortened(&event.title)],
            readings: vec![reading],
        };
        if is_wrong && preview.not_understood.len() < SHOWN {
            preview.not_understood.push(row.clone());
        }
        if preview.rows.len() < SHOWN {
            preview.rows.push(row);
        }
    }
    let left_out = import.report.findings().filter(|(kind, _)| matches!(kind, Kind::LeftOut(_)));
    preview.counts.left_out = left_out.map(|(_, finding)| finding.count).sum();
    preview
}
