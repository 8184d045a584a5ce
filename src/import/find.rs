//! Which format a file is in: by its content, or else by its name.

use super::format::Format;
use super::{
    bibliography, chronozoom, gedcom, icalendar, longview, markdown, markwhen, simile, table, timeline_project,
    timelinejs, vis, wikidata,
};

/// Recognises a format by the text of a file.
type Recognises = fn(&str) -> bool;

/// What is recognised by its content; the special before the general.
const BY_CONTENT: [(Format, Recognises); 15] = [
    (Format::Longview, longview::recognises),
    (Format::ICalendar, icalendar::recognises),
    (Format::Gedcom, gedcom::recognises),
    (Format::TimelineProject, timeline_project::recognises),
    (Format::Simile, simile::recognises),
    (Format::TimelineJs, timelinejs::recognises),
    (Format::ChronoZoom, chronozoom::recognises),
    (Format::Wikidata, wikidata::recognises),
    (Format::Csl, bibliography::recognises_csl),
    (Format::Vis, vis::recognises),
    (Format::Json, table::recognises_objects),
    (Format::BibLatex, bibliography::recognises_biblatex),
    (Format::Markdown, markdown::recognises),
    (Format::Markwhen, markwhen::recognises),
    (Format::Csv, table::recognises),
];

/// Returns the format of a file. `text` is absent for a binary file.
pub(super) fn find(text: Option<&str>, bytes: &[u8], name: &str) -> Option<Format> {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
    let by_name = Format::ALL.into_iter().find(|format| format.endings().contains(&ending.as_str()));
    let Some(text) = text else { return spreadsheet(bytes) };
    let found = BY_CONTENT.iter().find(|(_, recognises)| recognises(text)).map(|(format, _)| *format);
    match (found, by_name) {
        // What may be a table by its content may be anything else by its name, and the lines of a table may look like
        // dates with a text.
        (Some(Format::Csv), Some(Format::Tsv | Format::Markwhen | Format::Markdown))
        | (Some(Format::Markwhen), Some(Format::Csv | Format::Tsv)) => by_name,
        (Some(found), _) => Some(found),
        (None, by_name) => by_name,
    }
}

/// Returns the format of a spreadsheet. Both are ZIP files; the first entry of ODS says what it is.
fn spreadsheet(bytes: &[u8]) -> Option<Format> {
    /// Number of bytes that are examined.
    const HEAD: usize = 1024;
    let head = bytes.get(..HEAD).unwrap_or(bytes);
    if !head.starts_with(b"PK\x03\x04") {
        return None;
    }
    let has = |word: &[u8]| head.windows(word.len()).any(|window| window == word);
    if has(b"application/vnd.oasis.opendocument.spreadsheet") { Some(Format::Ods) } else { Some(Format::Xlsx) }
}
