//! Tables of cells: CSV and TSV, XLSX and ODS, and lists of objects in JSON.
//!
//! ```text
//! text or sheet -> rows     text, sheet: read as often as needed, never all in memory as text
//! rows -> Plan              header: which row names the columns; columns: what they hold; rules: how dates are read
//! Plan + row -> event       event, dated
//! Plan + first rows         preview
//! ```
//!
//! A table is read twice: the first time to find columns, lanes, sources, and how dates are written, which the whole column
//! tells; the second time to make events one after another.

mod archive;
mod cell;
mod columns;
mod content;
mod dated;
mod event;
mod header;
mod names;
mod numeric;
mod objects;
mod own;
mod plan;
mod preview;
mod preview_model;
mod rows;
mod rules;
mod sheet;
mod sources;
mod text;
mod words;

use std::collections::HashMap;

use super::builder::Builder;
use super::error::ImportError;
use super::format::Format;
use super::html::plain;
use super::options::Options;
use super::report::{Kind, Place};
use super::timelinejs::Slides;
use crate::progress::Progress;
use cell::Row;
use own::Own;
use plan::{Plan, Skipped};
use rows::{Cursor, Table};

pub use columns::{Column, Why};
pub(super) use preview::{date_words, preview};
pub(super) use preview_model::shortened;
pub use preview_model::{Counts, Extent, Preview, PreviewRow, Reading, TablePreview};
pub(super) use rows::TableFile;
pub use rules::Question;

/// Returns whether a text looks like a table.
pub(super) fn recognises(text: &str) -> bool {
    text::is_table(text)
}

/// Returns whether a text looks like a list of objects in JSON.
pub(super) fn recognises_objects(text: &str) -> bool {
    objects::recognises(text)
}

/// Returns what an entry of a table is.
pub(super) fn unit(format: Format) -> &'static str {
    match format {
        Format::Json => "entry",
        Format::Markdown => "line",
        _ => "row",
    }
}

/// The rows of a table from which events are made.
pub(super) struct Rows<'t> {
    table: Table<'t>,
    cursor: Cursor<'t>,
    row: Row<'t>,
    plan: Plan,
    /// The number of each lane, by the text of its cells.
    lanes: HashMap<String, usize>,
    /// The id of each source, by its text.
    sources: HashMap<String, String>,
    /// What is known of a table that Longview wrote.
    own: Option<Own>,
    progress: &'t Progress,
    /// Where the progress was reported last.
    reported: u64,
}

/// Begins to read a table: finds its columns, lanes and sources, and all else that stands before the events of a document.
/// Returns `None` if the table belongs to another format, which has read all of it.
pub(super) fn open<'t>(
    file: TableFile<'t>,
    options: &Options,
    builder: &mut Builder,
    progress: &'t Progress,
) -> Result<Option<Rows<'t>>, ImportError> {
    builder.report.unit = unit(file.format);
    let table = Table::new(file, options, progress)?;
    progress.begin(table.size() * 2);
    if let Some(header) = header_of_timelinejs(&table) {
        slides(&table, &header, builder, progress)?;
        return Ok(None);
    }
    if let Table::Sheet(sheet) = &table {
        builder.head().title = sheet.title.as_deref().map(plain).unwrap_or_default();
    }
    let plan = Plan::new(&table, options, progress)?;
    plan.asked()?;
    let own = own_of(&table, options);
    if own.is_none() {
        builder.report.is_table = true;
        builder.report.doubts = plan.doubts();
        builder.report.hints.extend(plan.rules.serials.clone());
        if let Table::Sheet(sheet) = &table
            && options.table.sheet.is_none()
            && sheet.others().any(|(_, is_hidden)| !is_hidden)
        {
            builder.report.doubts.push("The file has more than one sheet.".to_owned());
        }
    }
    let (lanes, sources) = if own.is_some() { Default::default() } else { plan.fill(builder) };
    let cursor = table.begin();
    Ok(Some(Rows { table, cursor, row: Row::default(), plan, lanes, sources, own, progress, reported: 0 }))
}

impl Rows<'_> {
    /// Returns whether events can be taken away one after another: none refers to one that comes later.
    pub fn are_streamed(&self) -> bool {
        self.own.is_none()
    }

    /// Adds the event of the next row. Returns `false` if there is none.
    pub fn next(&mut self, builder: &mut Builder) -> Result<bool, ImportError> {
        /// How often the progress is reported, in the units of a table.
        const STEP: u64 = 1 << 16;
        loop {
            if !self.table.next(&mut self.cursor, &mut self.row) {
                self.end(builder);
                return Ok(false);
            }
            let position = Table::position(&self.cursor);
            if position - self.reported >= STEP {
                self.progress.advance(position - self.reported, 0);
                self.reported = position;
                if self.progress.is_cancelled() {
                    return Err(ImportError::cancelled());
                }
            }
            let place = Place(self.row.number);
            match self.plan.skipped(&self.row) {
                Some(Skipped::Before) => {}
                Some(Skipped::Header) => builder.report.add(Kind::LeftOut("the header once more".into()), place, ""),
                Some(Skipped::Heading) => {
                    builder.report.entries += 1;
                    let words = self.row.cells.iter().map(|cell| cell.text.trim()).find(|text| !text.is_empty());
                    builder.report.add(
                        Kind::LeftOut("a row with a single cell".into()),
                        place,
                        words.unwrap_or_default(),
                    );
                }
                None => {
                    builder.report.entries += 1;
                    match &mut self.own {
                        Some(own) => own.add(&self.plan, &self.row, builder)?,
                        None => event::add(&self.plan, &self.row, &self.lanes, &self.sources, builder)?,
                    }
                    return Ok(true);
                }
            }
        }
    }

    fn end(&self, builder: &mut Builder) {
        if let Cursor::Text(rows) = &self.cursor {
            for row in &rows.unclosed {
                let kind = Kind::Changed("a quote that is never closed, taken as a character".into());
                builder.report.add(kind, Place(*row), "");
            }
        }
        if let Table::Sheet(sheet) = &self.table {
            for (row, error) in &sheet.errors {
                builder.report.add(Kind::Dropped("an error of a formula".into()), Place(*row), error);
            }
            for (row, what, words) in &sheet.unread {
                builder.report.add(Kind::Dropped((*what).into()), Place(*row), words);
            }
            for (name, is_hidden) in sheet.others() {
                let what = if *is_hidden { "a hidden sheet" } else { "another sheet, which --sheet reads" };
                builder.report.add(Kind::LeftOut(what.into()), Place::default(), name);
            }
        }
    }
}

/// Returns what is known of a table that Longview wrote, unless the user says what its columns hold.
fn own_of(table: &Table<'_>, options: &Options) -> Option<Own> {
    let mut row = Row::default();
    let is_free = options.table.columns.is_empty() && table.next(&mut table.begin(), &mut row);
    if is_free { Own::new(row.cells.iter().map(|cell| cell.text.as_ref())) } else { None }
}

/// Returns the names of the columns if they are those of the spreadsheet of `TimelineJS`.
fn header_of_timelinejs(table: &Table<'_>) -> Option<Vec<String>> {
    let mut row = Row::default();
    if !table.next(&mut table.begin(), &mut row) {
        return None;
    }
    let names: Vec<&str> = row.cells.iter().map(|cell| cell.text.trim()).collect();
    Slides::are_in(&names).then(|| names.into_iter().map(str::to_owned).collect())
}

/// Reads the rows below the header of the spreadsheet of `TimelineJS`.
fn slides(table: &Table<'_>, header: &[String], builder: &mut Builder, progress: &Progress) -> Result<(), ImportError> {
    let mut slides = Slides::default();
    let mut cursor = table.begin();
    let mut row = Row::default();
    table.next(&mut cursor, &mut row);
    while table.next(&mut cursor, &mut row) {
        builder.report.entries += 1;
        if builder.report.entries.is_multiple_of(1024) && progress.is_cancelled() {
            return Err(ImportError::cancelled());
        }
        let cells = header.iter().enumerate().map(|(column, name)| (name.as_str(), row.text(column)));
        slides.row(builder, Place(row.number), cells)?;
    }
    Ok(())
}
