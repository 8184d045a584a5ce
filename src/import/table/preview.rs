//! What an import of a table would make, to be looked at and changed before it is made.

use super::super::builder::Builder;
use super::super::error::ImportError;
use super::super::options::Options;
use super::cell::Row;
use super::columns::Column;
use super::dated::Reader;
use super::event;
use super::plan::Plan;
use super::rows::{Table, TableFile};
use super::rules::Question;
use crate::progress::Progress;

/// What an import of a table would make.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Preview {
    /// The columns, and what they were taken for.
    pub columns: Vec<Column>,
    /// The number of the row that names the columns.
    pub header: Option<usize>,
    /// What was concluded of how dates are written, a sentence each.
    pub conclusions: Vec<String>,
    /// What only the user knows, without which nothing can be imported.
    pub question: Option<Question>,
    /// The first rows.
    pub rows: Vec<PreviewRow>,
    /// Number of rows that are events.
    pub events: usize,
    /// Number of those whose date cannot be read.
    pub undated: usize,
    /// The first rows whose date cannot be read.
    pub undated_rows: Vec<PreviewRow>,
    /// The options of the command line that repeat the choices.
    pub arguments: Vec<String>,
}

/// A row, and what becomes of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PreviewRow {
    /// Its number.
    pub number: usize,
    /// The texts of its cells.
    pub cells: Vec<String>,
    /// The title of its event.
    pub title: String,
    /// Its date as it would be written; `None` if it has none.
    pub date: Option<String>,
    /// Its date in the words of the file, if they are kept.
    pub written: Option<String>,
    /// What may have been meant instead.
    pub doubt: Option<String>,
}

/// Returns what an import of a table would make. Returns `None` if its columns are those of another format.
pub(in super::super) fn preview(
    file: TableFile<'_>,
    options: &Options,
    mut builder: Builder,
    progress: &Progress,
) -> Result<Option<Preview>, ImportError> {
    /// Number of rows that are shown.
    const SHOWN: usize = 50;
    let table = Table::new(file, options, progress)?;
    if super::header_of_timelinejs(&table).is_some() {
        return Ok(None);
    }
    let plan = Plan::new(&table, options, progress)?;
    let (lanes, sources) = plan.fill(&mut builder);
    let reader = Reader::new(&plan);
    let mut preview = Preview {
        columns: plan.columns.all.clone(),
        header: plan.header,
        conclusions: plan.rules.conclusions.clone(),
        question: plan.rules.question.clone(),
        arguments: plan.arguments(options),
        ..Preview::default()
    };
    let mut cursor = table.begin();
    let mut row = Row::default();
    while table.next(&mut cursor, &mut row) {
        if plan.skipped(&row).is_some() {
            continue;
        }
        preview.events += 1;
        if preview.events.is_multiple_of(4096) && progress.is_cancelled() {
            return Err(ImportError::cancelled());
        }
        let is_dated = reader.read(&row, &mut builder).dated.date.is_some();
        preview.undated += usize::from(!is_dated);
        let (is_first, is_undated) = (preview.rows.len() < SHOWN, !is_dated && preview.undated_rows.len() < SHOWN);
        if !is_first && !is_undated {
            continue;
        }
        event::add(&plan, &row, &lanes, &sources, &mut builder)?;
        let Some(made) = builder.take_events().pop() else { continue };
        let shown = PreviewRow {
            number: row.number,
            cells: row.cells.iter().map(|cell| cell.text.trim().to_owned()).collect(),
            title: made.item.title,
            date: made.item.date,
            written: made.item.written,
            doubt: made.comments.into_iter().next(),
        };
        if is_undated {
            preview.undated_rows.push(shown.clone());
        }
        if is_first {
            preview.rows.push(shown);
        }
    }
    Ok(Some(preview))
}
