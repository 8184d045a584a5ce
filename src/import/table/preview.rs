//! What an import of a table would make, to be looked at and changed before it is made.

use super::super::builder::Builder;
use super::super::error::ImportError;
use super::super::options::{Field, Options};
use super::super::report::Place;
use super::cell::Row;
use super::dated::{Reader, Side};
use super::plan::Plan;
use super::preview_model::{Counts, Extent, Preview, PreviewRow, Reading, TablePreview, shortened};
use super::rows::{Table, TableFile};
use super::rules::Exact;
use crate::date::{Calendar, Date};
use crate::document;
use crate::progress::Progress;

/// Number of rows that are shown.
const SHOWN: usize = 200;
/// Number of rows with dates that are not understood which are shown.
const MOST_WRONG: usize = 1_000;
/// Number of rows of a text that a preview of its beginning reads: more than columns are matched by.
const FIRST_ROWS: usize = 2_000;

/// Returns what an import of a table would make. Returns `None` if its columns are those of another format.
pub(in super::super) fn preview(
    file: TableFile<'_>,
    options: &Options,
    extent: Extent,
    mut builder: Builder,
    progress: &Progress,
) -> Result<Option<Preview>, ImportError> {
    let mut table = Table::new(file, options, progress)?;
    if super::header_of_timelinejs(&table).is_some() || super::own_of(&table, options).is_some() {
        return Ok(None);
    }
    let is_whole = extent == Extent::Whole || table.keep_first(FIRST_ROWS);
    progress.begin(table.size() * 2);
    let plan = Plan::new(&table, options, progress)?;
    let other = plan.with_other_order();
    let (reader, other) = (Reader::new(&plan), other.as_ref().map(Reader::new));
    let mut preview = Preview { columns: plan.columns.all.clone(), is_whole, ..Preview::of(&builder.report) };
    let mut cursor = table.begin();
    let mut row = Row::default();
    let mut reported = Table::position(&cursor);
    while table.next(&mut cursor, &mut row) {
        if plan.skipped(&row).is_some() {
            preview.counts.left_out += usize::from(plan.header.is_none_or(|header| row.number > header));
            continue;
        }
        if preview.counts.events().is_multiple_of(4096) {
            if progress.is_cancelled() {
                return Err(ImportError::cancelled());
            }
            let position = Table::position(&cursor);
            progress.advance(position - reported, 0);
            reported = position;
        }
        let (date, sides) = reader.read_sides(&row, &mut builder);
        let is_wrong = date.dated.date.is_none() && sides.iter().any(|side| matches!(side, Side::Words(_)));
        count(&mut preview.counts, date.dated.date.is_some(), is_wrong);
        let is_first = preview.rows.len() < SHOWN;
        let is_listed = is_wrong && preview.not_understood.len() < MOST_WRONG;
        if !(is_first || is_listed) {
            continue;
        }
        let other = other.as_ref().map(|other| other.read_sides(&row, &mut builder).1);
        let shown = shown(&plan, &row, &sides, other.as_ref());
        if is_listed {
            preview.not_understood.push(shown.clone());
        }
        if is_first {
            preview.rows.push(shown);
        }
    }
    preview.table = Some(choices(&plan, &table, options));
    Ok(Some(preview))
}

fn count(counts: &mut Counts, is_dated: bool, is_wrong: bool) {
    match (is_dated, is_wrong) {
        (true, _) => counts.dated += 1,
        (false, false) => counts.undated += 1,
        (false, true) => counts.not_understood += 1,
    }
}

fn choices(plan: &Plan, table: &Table<'_>, options: &Options) -> TablePreview {
    let (sheets, sheet) = match table {
        Table::Sheet(sheet) => (sheet.sheets.clone(), sheet.index),
        Table::Text(_) => (Vec::new(), 0),
    };
    let mut repeated = plan.repeated(&options.table);
    if let Some((name, _)) = sheets.get(sheet).filter(|_| sheets.len() > 1) {
        repeated.sheet = Some(name.clone());
    }
    TablePreview {
        header: plan.header,
        sheets,
        sheet,
        conclusions: plan.rules.conclusions.clone(),
        question: plan.rules.question.clone(),
        doubts: plan.doubts(),
        century: plan.century,
        has_either: plan.rules.has_either,
        has_bare_times: plan.rules.has_bare_times,
        options: repeated,
    }
}

/// Returns a row and what its dates are read as; `other` are its dates with day and month in the other order.
fn shown(plan: &Plan, row: &Row<'_>, sides: &[Side; 2], other: Option<&[Side; 2]>) -> PreviewRow {
    let columns = Reader::columns(plan, row);
    let readings = (0..2).filter_map(|end| {
        let (side, column) = (sides.get(end)?, columns.get(end).copied().flatten()?);
        let (words, is_understood) = words(plan, side)?;
        let other = other.and_then(|other| self::words(plan, other.get(end)?));
        let other = other.filter(|other| other.1 && is_understood && other.0 != words).map(|other| other.0);
        Some(Reading { column, words, is_understood, other })
    });
    let mut readings: Vec<Reading> = readings.collect();
    let column = [Field::Date, Field::Year, Field::End, Field::Time].into_iter().find_map(|of| plan.columns.of(of));
    if let (true, Some(column)) = (readings.is_empty(), column) {
        readings.push(Reading { column, words: "undated".to_owned(), is_understood: true, other: None });
    }
    let cells = row.cells.iter().map(|cell| shortened(cell.text.trim())).collect();
    PreviewRow { place: Place(row.number), cells, readings }
}

/// Returns what one end is read as, in words, and whether it is understood; `None` if nothing is said of it.
fn words(plan: &Plan, side: &Side) -> Option<(String, bool)> {
    Some(match side {
        Side::Blank => return None,
        Side::Open(_) => ("goes on".to_owned(), true),
        Side::Unknown(_) => ("not known".to_owned(), true),
        Side::Date(dated) => (date_words(dated.date.as_deref()?, dated.calendar), true),
        Side::Words(words) => (why(plan, words), false),
    })
}

/// Returns a date in words, with how exactly it is known: "5 June 1965, dated to the day".
pub(in super::super) fn date_words(date: &str, calendar: document::Calendar) -> String {
    let calendar = match calendar {
        document::Calendar::Gregorian => Calendar::Gregorian,
        document::Calendar::Julian => Calendar::Julian,
    };
    match Date::try_read(date, calendar) {
        Some(reading) => format!("{}, {}", reading.date.words(), reading.date.precision_words()),
        None => date.to_owned(),
    }
}

/// Returns why words are no date.
fn why(plan: &Plan, words: &str) -> String {
    if plan.rules.read(words, None, None) == Exact::Either {
        return "either number may be the day".to_owned();
    }
    match Date::parse(words) {
        Ok(_) => "this is no date here".to_owned(),
        Err(error) => match error.hint {
            Some(hint) => format!("{}; {hint}", error.message),
            None => error.message,
        },
    }
}
