//! Events and problems as text: what `longview list` and `longview check` print.

use std::sync::Arc;

use serde::Serialize;
use unicode_width::UnicodeWidthStr as _;

use crate::cli::{CheckFormat, ListFormat};
use crate::document::Diagnostic;
use crate::interchange::{self, Json, Row};
use crate::timeline::{Timeline, UNDATED};

/// The ids of its lanes in one cell, the own one first.
fn lanes(row: &Row<'_>) -> String {
    std::iter::once(&row.lane).chain(&row.also).copied().collect::<Vec<_>>().join(" ")
}

/// The cells of the table, with the kind of an end in place of its second if it has none.
fn cells(row: &Row<'_>) -> [String; 8] {
    let kind_of = |kind: &str| if kind == UNDATED { String::new() } else { kind.to_owned() };
    let second = |second: &Option<String>, kind: &str| second.clone().unwrap_or_else(|| kind_of(kind));
    [
        row.id.to_owned(),
        lanes(row),
        row.title.to_owned(),
        row.date.clone(),
        second(&row.earliest, row.start),
        second(&row.latest, row.end),
        row.precision.clone(),
        row.sources.join(" "),
    ]
}

fn csv_cells(row: &Row<'_>) -> [String; 12] {
    let [id, _, title, date, _, _, precision, sources] = cells(row);
    let second = |second: &Option<String>| second.clone().unwrap_or_default();
    let (earliest, latest) = (second(&row.earliest), second(&row.latest));
    let (start, end) = (row.start.to_owned(), row.end.to_owned());
    let (lane, parents, also) = (row.lane.to_owned(), row.parents.join(" "), row.also.join(" "));
    [id, lane, title, date, earliest, latest, start, end, precision, sources, parents, also]
}

const HEADINGS: [&str; 8] = ["id", "lane", "title", "date", "earliest", "latest", "precision", "sources"];
const CSV_HEADINGS: [&str; 12] =
    ["id", "lane", "title", "date", "earliest", "latest", "start", "end", "precision", "sources", "parents", "also"];

/// The events of a timeline in time order, then those without a date. `latest` is exclusive; where an end is open or
/// unknown there is no second, which is empty in CSV and null in JSON, and `start` and `end` say which.
///
/// # Errors
/// When a row cannot be written as JSON or CSV, which no timeline is known to cause.
pub fn events(timeline: &Timeline, format: ListFormat) -> Result<String, String> {
    let rows = timeline.events.iter().map(|event| Row::new(&event, timeline));
    let whole = || timeline.events.iter().map(|event| interchange::listed(timeline, &event));
    match format {
        ListFormat::Table => Ok(table(rows.map(|row| cells(&row)))),
        ListFormat::Csv => csv(rows.map(|row| csv_cells(&row))),
        ListFormat::Json => Ok(Json::List(whole().collect()).pretty(0) + "\n"),
    }
}

/// Columns as wide in a terminal as their widest cell, two spaces apart. What would break a line becomes a space.
fn table(rows: impl Iterator<Item = [String; 8]>) -> String {
    let headings = HEADINGS.map(str::to_owned);
    let flat = |cell: String| cell.replace(char::is_control, " ");
    let rows: Vec<[String; 8]> = std::iter::once(headings).chain(rows.map(|row| row.map(flat))).collect();
    let mut widths = [0; 8];
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.width());
        }
    }
    let mut out = String::new();
    for row in &rows {
        let mut line = String::new();
        for (width, cell) in widths.iter().zip(row) {
            line.push_str(cell);
            line.extend(std::iter::repeat_n(' ', (width + 2).saturating_sub(cell.width())));
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

fn csv(rows: impl Iterator<Item = [String; 12]>) -> Result<String, String> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(CSV_HEADINGS).map_err(|error| error.to_string())?;
    for row in rows {
        writer.write_record(&row).map_err(|error| error.to_string())?;
    }
    let bytes = writer.into_inner().map_err(|error| error.to_string())?;
    String::from_utf8(bytes).map_err(|error| error.to_string())
}

fn json(rows: &impl Serialize) -> Result<String, String> {
    serde_json::to_string_pretty(rows).map(|text| text + "\n").map_err(|error| error.to_string())
}

/// A document that was checked.
#[derive(Debug)]
pub struct Checked {
    /// The name of the file.
    pub file: String,
    /// Its text, for showing the lines of problems.
    pub text: Arc<String>,
    /// What is wrong with it, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
}

#[derive(Serialize)]
struct Problem<'a> {
    file: &'a str,
    line: usize,
    column: usize,
    severity: String,
    message: &'a str,
    hint: Option<&'a str>,
}

/// The problems of some documents.
///
/// # Errors
/// When they cannot be written as JSON, which no problem is known to cause.
pub fn problems(documents: &[Checked], format: CheckFormat) -> Result<String, String> {
    match format {
        CheckFormat::Human => {
            let one = |document: &Checked| -> String {
                let reports = document.diagnostics.iter().map(|problem| problem.human(&document.file, &document.text));
                reports.collect()
            };
            Ok(documents.iter().map(one).collect())
        }
        CheckFormat::Json => {
            let rows: Vec<Problem<'_>> = documents
                .iter()
                .flat_map(|document| {
                    document.diagnostics.iter().map(|problem| Problem {
                        file: &document.file,
                        line: problem.line,
                        column: problem.column,
                        severity: problem.severity.to_string(),
                        message: &problem.message,
                        hint: problem.hint.as_deref(),
                    })
                })
                .collect();
            json(&rows)
        }
    }
}
