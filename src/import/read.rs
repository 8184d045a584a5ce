//! Bytes -> an imported document: finds the reader of the format.

use std::fmt;

use super::builder::{Builder, Draft};
use super::error::ImportError;
use super::format::Format;
use super::options::Options;
use super::report::Report;
use super::source::Source;
use super::{
    bibliography, chronozoom, gedcom, icalendar, longview, markdown, markwhen, simile, table, timeline_project,
    timelinejs, vis, wikidata,
};
use crate::document;
use crate::progress::Progress;

/// An imported document, and what there is to say of it.
#[derive(Debug)]
pub struct Import {
    /// The document.
    pub draft: Draft,
    /// What was read, and what became of it.
    pub report: Report,
}

impl Import {
    /// Writes the document as text: the same for the same import.
    ///
    /// # Errors
    /// Returns an error if `out` does.
    pub fn write(&self, out: &mut dyn fmt::Write) -> fmt::Result {
        let mut writer = document::Writer::new(out, &self.draft.head, &self.draft.comments)?;
        for event in &self.draft.events {
            writer.event(&event.item, &event.comments)?;
        }
        writer.finish(&self.draft.head)
    }

    /// Returns the document as text.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = String::new();
        // Writing to a string does not fail.
        let _ = self.write(&mut text);
        text
    }
}

/// Returns whether a file is one of another program, rather than a document.
#[must_use]
pub fn is_foreign(bytes: &[u8], name: &str) -> bool {
    let is_named_document = name.rsplit_once('.').is_some_and(|(_, ending)| ending.eq_ignore_ascii_case("ron"));
    let source = (!is_named_document).then(|| Source::new(bytes, name, None).ok()).flatten();
    source.is_some_and(|source| source.encoding.is_none() || !document::begins_as_document(&source.text))
}

/// Imports a file. `name` is its name without its folder, which the title is made from if the file has none.
///
/// # Errors
/// Returns an error if the format is not known, the file is broken in a way that leaves nothing, or it was cancelled.
pub fn import(
    bytes: &[u8],
    name: &str,
    from: Option<Format>,
    options: &Options,
    progress: &Progress,
) -> Result<Import, ImportError> {
    let source = Source::new(bytes, name, from)?;
    let mut builder = Builder::new(source.format, source.encoding, source.stem(), source.bytes.len());
    let mut rest = begin(&source, options, &mut builder, progress)?;
    while rest.next(&mut builder)? {}
    going_on(progress)?;
    let (draft, report) = builder.finish();
    Ok(Import { draft, report })
}

/// Imports a file as [`import`] does, and writes the document to `out`. The events of a table are made and written one
/// after another, so that they are never in memory at once.
///
/// # Errors
/// Returns an error if the file cannot be imported, or `out` does; what was written is then to be thrown away.
pub fn convert(
    bytes: &[u8],
    name: &str,
    from: Option<Format>,
    options: &Options,
    progress: &Progress,
    out: &mut dyn fmt::Write,
) -> Result<Report, ImportError> {
    let unwritten = |_: fmt::Error| ImportError::new("the document cannot be written");
    let source = Source::new(bytes, name, from)?;
    let mut builder = Builder::new(source.format, source.encoding, source.stem(), source.bytes.len());
    let mut rest = begin(&source, options, &mut builder, progress)?;
    if !rest.is_streamed() {
        while rest.next(&mut builder)? {}
        going_on(progress)?;
        let (draft, report) = builder.finish();
        let import = Import { draft, report };
        import.write(out).map_err(unwritten)?;
        return Ok(import.report);
    }
    builder.name();
    let mut writer = document::Writer::new(out, &builder.draft().head, &builder.draft().comments).map_err(unwritten)?;
    while rest.next(&mut builder)? {
        for event in builder.take_events() {
            writer.event(&event.item, &event.comments).map_err(unwritten)?;
        }
    }
    going_on(progress)?;
    let (draft, report) = builder.finish();
    writer.finish(&draft.head).map_err(unwritten)?;
    Ok(report)
}

/// Returns whether a file is read as a table.
pub(super) fn is_table(source: &Source<'_>) -> bool {
    match source.format {
        Format::Json => !longview::recognises(&source.text),
        Format::Markdown => source.table.is_some(),
        format => matches!(format, Format::Csv | Format::Tsv | Format::Xlsx | Format::Ods),
    }
}

/// Returns the bytes and the text of a file that is a table.
pub(super) fn table_of<'t>(source: &'t Source<'_>) -> table::TableFile<'t> {
    let text = source.encoding.is_some().then(|| source.table.as_deref().unwrap_or(&source.text));
    table::TableFile { format: source.format, bytes: source.bytes, text }
}

fn going_on(progress: &Progress) -> Result<(), ImportError> {
    if progress.is_cancelled() { Err(ImportError::cancelled()) } else { Ok(()) }
}

/// What is left of a file once all but its events is known.
enum Rest<'t> {
    /// Nothing.
    Done,
    /// The rows of a table.
    Rows(Box<table::Rows<'t>>),
}

impl Rest<'_> {
    fn is_streamed(&self) -> bool {
        matches!(self, Self::Rows(rows) if rows.are_streamed())
    }

    /// Adds the next event. Returns `false` if there is none.
    fn next(&mut self, builder: &mut Builder) -> Result<bool, ImportError> {
        match self {
            Self::Done => Ok(false),
            Self::Rows(rows) => rows.next(builder),
        }
    }
}

fn begin<'t>(
    source: &'t Source<'_>,
    options: &'t Options,
    builder: &mut Builder,
    progress: &'t Progress,
) -> Result<Rest<'t>, ImportError> {
    let reader = match source.format {
        Format::Markdown if source.table.is_some() => {
            markdown::leave_out(&source.text, builder);
            let rows = table::open(table_of(source), options, builder, progress)?;
            return Ok(rows.map_or(Rest::Done, |rows| Rest::Rows(Box::new(rows))));
        }
        Format::Json if longview::recognises(&source.text) => longview::read,
        Format::Csv | Format::Tsv | Format::Xlsx | Format::Ods | Format::Json => {
            let rows = table::open(table_of(source), options, builder, progress)?;
            return Ok(rows.map_or(Rest::Done, |rows| Rest::Rows(Box::new(rows))));
        }
        Format::Longview => longview::read,
        Format::TimelineJs => timelinejs::read,
        Format::Simile => simile::read,
        Format::Vis => vis::read,
        Format::Markdown => markdown::read,
        Format::Markwhen => markwhen::read,
        Format::TimelineProject => timeline_project::read,
        Format::ICalendar => icalendar::read,
        Format::ChronoZoom => chronozoom::read,
        Format::Gedcom => gedcom::read,
        Format::Wikidata => wikidata::read,
        Format::BibLatex => bibliography::read_biblatex,
        Format::Csl => bibliography::read_csl,
    };
    reader(&source.text, options, builder, progress)?;
    Ok(Rest::Done)
}
