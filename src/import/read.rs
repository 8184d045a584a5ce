//! Bytes -> an imported document: finds the reader of the format.

use std::fmt;

use super::builder::{Builder, Draft};
use super::error::ImportError;
use super::format::Format;
use super::options::Options;
use super::report::Report;
use super::source::Source;
use super::{
    bibliography, chronozoom, gedcom, icalendar, json, markwhen, simile, table, timeline_project, timelinejs, vis,
    wikidata,
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
        writer.finish()
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
    let mut builder = Builder::new(source.format, source.encoding, source.stem());
    read(&source, options, &mut builder, progress)?;
    if progress.is_cancelled() {
        return Err(ImportError::cancelled());
    }
    let (draft, report) = builder.finish();
    Ok(Import { draft, report })
}

fn read(source: &Source<'_>, options: &Options, builder: &mut Builder, progress: &Progress) -> Result<(), ImportError> {
    let reader = match source.format {
        Format::Csv | Format::Tsv | Format::Xlsx | Format::Ods => table::read,
        Format::TimelineJs => timelinejs::read,
        Format::Simile => simile::read,
        Format::Vis => vis::read,
        Format::Markwhen => markwhen::read,
        Format::TimelineProject => timeline_project::read,
        Format::ICalendar => icalendar::read,
        Format::ChronoZoom => chronozoom::read,
        Format::Gedcom => gedcom::read,
        Format::Wikidata => wikidata::read,
        Format::BibLatex => bibliography::read_biblatex,
        Format::Csl => bibliography::read_csl,
        Format::Json => json::read,
    };
    reader(&source.text, options, builder, progress)
}
