//! Events and problems as text: what `longview list` and `longview check` print.

use std::sync::Arc;

use serde::Serialize;

use crate::cli::{CheckFormat, ListFormat};
use crate::document::Diagnostic;
use crate::timeline::date::iso;
use crate::timeline::{Event, Timeline};

/// One event, as it is listed.
#[derive(Debug, Serialize)]
struct Row<'a> {
    id: &'a str,
    lane: &'a str,
    title: &'a str,
    /// The date in words.
    date: String,
    /// First second that the date may mean, in ISO 8601; none where the beginning is open.
    earliest: Option<String>,
    /// First second after the date, in ISO 8601; none where the end is open.
    latest: Option<String>,
    /// How exactly it is dated, in words.
    precision: String,
    /// Titles of the works that are cited, each once.
    sources: Vec<&'a str>,
}

impl<'a> Row<'a> {
    fn new(event: &Event<'a>, timeline: &'a Timeline) -> Self {
        let mut sources: Vec<&str> = Vec::new();
        for citation in event.citations.iter() {
            if let Some(source) = timeline.source(citation.source)
                && !sources.contains(&source.id.as_str())
            {
                sources.push(&source.id);
            }
        }
        Self {
            id: event.id,
            lane: timeline.lane_of(event).map_or("", |lane| &lane.id),
            title: event.title,
            date: event.date.words(),
            earliest: event.date.earliest().map(iso),
            latest: event.date.latest().map(iso),
            precision: event.date.precision_words(),
            sources,
        }
    }

    fn cells(&self) -> [String; 8] {
        [
            self.id.to_owned(),
            self.lane.to_owned(),
            self.title.to_owned(),
            self.date.clone(),
            self.earliest.clone().unwrap_or_default(),
            self.latest.clone().unwrap_or_default(),
            self.precision.clone(),
            self.sources.join(" "),
        ]
    }
}

const HEADINGS: [&str; 8] = ["id", "lane", "title", "date", "earliest", "latest", "precision", "sources"];

/// The events of a timeline in time order. `latest` is exclusive; an open end is empty, or null in JSON.
///
/// # Errors
/// When a row cannot be written as JSON or CSV, which no timeline is known to cause.
pub fn events(timeline: &Timeline, format: ListFormat) -> Result<String, String> {
    let rows = timeline.events.iter().map(|event| Row::new(&event, timeline));
    match format {
        ListFormat::Table => Ok(table(rows.map(|row| row.cells()))),
        ListFormat::Csv => csv(rows.map(|row| row.cells())),
        ListFormat::Json => json(&rows.collect::<Vec<_>>()),
    }
}

/// Columns as wide as their widest cell, two spaces apart. What would break a line becomes a space.
fn table(rows: impl Iterator<Item = [String; 8]>) -> String {
    let headings = HEADINGS.map(str::to_owned);
    let flat = |cell: String| cell.replace(char::is_control, " ");
    let rows: Vec<[String; 8]> = std::iter::once(headings).chain(rows.map(|row| row.map(flat))).collect();
    let mut widths = [0; 8];
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    let mut out = String::new();
    for row in &rows {
        let mut line = String::new();
        for (width, cell) in widths.iter().zip(row) {
            line.push_str(cell);
            line.extend(std::iter::repeat_n(' ', width + 2 - cell.chars().count()));
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

fn csv(rows: impl Iterator<Item = [String; 8]>) -> Result<String, String> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(HEADINGS).map_err(|error| error.to_string())?;
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
