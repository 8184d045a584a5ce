//! What an import would make, as data.

use super::super::encoding::Encoding;
use super::super::format::Format;
use super::super::options::TableOptions;
use super::super::report::{Place, Report};
use super::columns::Column;
use super::rules::Question;

/// How much of a file a preview reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// The first rows of a table in text, which takes no time; all of any other file.
    First,
    /// All of it.
    Whole,
}

/// What an import would make.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preview {
    /// The format that the file was read as.
    pub format: Format,
    /// The encoding of its text; `None` if it has no text.
    pub encoding: Option<Encoding>,
    /// What is counted, in singular: "row", "entry", "event".
    pub unit: &'static str,
    /// Whether all of the file was read, so that the counts are those of an import.
    pub is_whole: bool,
    /// What becomes of its entries.
    pub counts: Counts,
    /// The columns, and what they were taken for.
    pub columns: Vec<Column>,
    /// The first rows.
    pub rows: Vec<PreviewRow>,
    /// The first rows that are undated as their dates are not understood.
    pub not_understood: Vec<PreviewRow>,
    /// What was understood of a table; `None` if the file is none, so that columns are no choice.
    pub table: Option<TablePreview>,
}

impl Preview {
    /// Creates a preview without rows.
    pub(in super::super) fn of(report: &Report) -> Self {
        Self {
            format: report.format,
            encoding: report.encoding,
            unit: report.unit,
            is_whole: true,
            counts: Counts::default(),
            columns: Vec::new(),
            rows: Vec::new(),
            not_understood: Vec::new(),
            table: None,
        }
    }
}

/// What becomes of the entries of a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Number of events with a date.
    pub dated: usize,
    /// Number of events of which the file says no date.
    pub undated: usize,
    /// Number of events that are undated as their dates are not understood.
    pub not_understood: usize,
    /// Number of entries that are no events.
    pub left_out: usize,
}

impl Counts {
    /// Returns the number of events.
    #[must_use]
    pub fn events(self) -> usize {
        self.dated + self.undated + self.not_understood
    }
}

/// What was understood of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TablePreview {
    /// The number of the row that names the columns.
    pub header: Option<usize>,
    /// The names of the sheets of a spreadsheet, with whether they are hidden.
    pub sheets: Vec<(String, bool)>,
    /// Which of them is read.
    pub sheet: usize,
    /// What was concluded of how dates are written, a sentence each.
    pub conclusions: Vec<String>,
    /// What only the user knows, without which nothing can be imported.
    pub question: Option<Question>,
    /// What was taken for something without being sure of it, a sentence each.
    pub doubts: Vec<String>,
    /// The first of the hundred years that years of two digits lie in; `None` if there are none.
    pub century: Option<i64>,
    /// Whether there are dates in which either number may be the day.
    pub has_either: bool,
    /// Whether there are times of day without a date.
    pub has_bare_times: bool,
    /// The options that repeat what was chosen and concluded: an import with them makes what the preview shows.
    pub options: TableOptions,
}

/// A row, and what its dates are read as.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PreviewRow {
    /// Its number.
    pub place: Place,
    /// The texts of its cells.
    pub cells: Vec<String>,
    /// What its dates are read as: that of the start, then that of the end.
    pub readings: Vec<Reading>,
}

/// What a date is read as.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// The column that it is in, from 0.
    pub column: usize,
    /// What it is read as, with how exactly it is known; or why it is not understood.
    pub words: String,
    /// Whether it is understood.
    pub is_understood: bool,
    /// What it would be with day and month in the other order.
    pub other: Option<String>,
}

/// Returns the beginning of a text that is too long for a cell.
pub(in super::super) fn shortened(text: &str) -> String {
    /// Maximum length of the text of a cell, in characters.
    const MOST: usize = 300;
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}
