//! Events and problems as text: what `longview list` and `longview check` print.

use std::sync::Arc;

use serde::Serialize;
use unicode_width::UnicodeWidthStr as _;

use crate::cli::{CheckFormat, ListFormat};
use crate::date::{Date, Endpoint};
use crate::document::{Basis, Diagnostic};
use crate::timeline::{self, CitationView, Event, LaneIndex, Timeline, UNDATED};

/// One event, as it is listed.
#[derive(Debug, Serialize)]
struct Row<'a> {
    id: &'a str,
    lane: &'a str,
    /// Ids of the lanes around that lane, the outermost first.
    parents: Vec<&'a str>,
    /// Ids of further lanes that it belongs to.
    also: Vec<&'a str>,
    title: &'a str,
    /// The date in words.
    date: String,
    /// First second that the date may mean, in ISO 8601, a time of day with its offset from UTC; `None` if the
    /// beginning is open or unknown.
    earliest: Option<String>,
    /// First second after the date, in ISO 8601; `None` if the end is open or unknown.
    latest: Option<String>,
    /// Whether the beginning is "dated", "open" (it goes back without one), "unknown", or that date "or earlier".
    start: &'static str,
    /// Whether the end is "dated", "open" (it goes on), "unknown", or that date "or later".
    end: &'static str,
    /// How exactly it is dated, in words.
    precision: String,
    /// Ids of the works that are cited, each once.
    sources: Vec<&'a str>,
}

/// All that an event has. `null` and empty lists stand for what the document leaves out.
#[derive(Debug, Serialize)]
struct Whole<'a> {
    #[serde(flatten)]
    row: Row<'a>,
    /// The date as EDTF, or in words where EDTF has no form for it, as a document may have it; `None` if it is undated.
    edtf: Option<String>,
    /// The date in the words of the author.
    written: Option<&'a str>,
    place: Option<Place<'a>>,
    color: Option<String>,
    description: Option<&'a str>,
    importance: i64,
    tags: Vec<&'a str>,
    /// Ids of related events.
    related: Vec<&'a str>,
    /// Ids of series.
    figures: Vec<&'a str>,
    links: Vec<Link<'a>>,
    media: Vec<Media<'a>>,
    citations: Vec<Citation<'a>>,
}

#[derive(Debug, Serialize)]
struct Place<'a> {
    name: Option<&'a str>,
    latitude: Option<f64>,
    longitude: Option<f64>,
}

#[derive(Debug, Serialize)]
struct Link<'a> {
    url: &'a str,
    title: Option<&'a str>,
}

#[derive(Debug, Serialize)]
struct Media<'a> {
    file: Option<&'a str>,
    url: Option<&'a str>,
    alt: Option<&'a str>,
    caption: Option<&'a str>,
    credit: Option<&'a str>,
    license: Option<&'a str>,
}

#[derive(Debug, Serialize)]
struct Citation<'a> {
    source: &'a str,
    locator: Option<&'a str>,
    /// "Stated", "Derived" or "Background"; `None` if nothing is claimed.
    basis: Option<&'static str>,
    note: Option<&'a str>,
}

impl<'a> Whole<'a> {
    fn new(event: &Event<'a>, timeline: &'a Timeline) -> Self {
        let details = event.details;
        let place = details.place().map(|place| {
            let [latitude, longitude] = place.coordinates.map_or([None, None], |degrees| degrees.map(Some));
            Place { name: place.name, latitude, longitude }
        });
        let related = event.related.iter().filter_map(|index| timeline.event(*index)).map(|event| event.id);
        let figures = event.figures.iter().filter_map(|index| timeline.series_at(*index));
        let citation = |citation: CitationView<'a>| Citation {
            source: timeline.source(citation.source).map_or("", |source| &source.id),
            locator: citation.locator,
            basis: citation.basis.map(Basis::name),
            note: citation.note,
        };
        Self {
            row: Row::new(event, timeline),
            edtf: event.date.map(Date::to_string),
            written: details.written(),
            place,
            color: details.color().map(|color| color.to_string()),
            description: event.description,
            importance: event.importance as i64,
            tags: event.tags.iter().collect(),
            related: related.collect(),
            figures: figures.map(|series| series.id.as_str()).collect(),
            links: details.links().map(|timeline::Link { url, title }| Link { url, title }).collect(),
            media: details
                .media()
                .map(|timeline::Media { file, url, alt, caption, credit, license }| Media {
                    file,
                    url,
                    alt,
                    caption,
                    credit,
                    license,
                })
                .collect(),
            citations: event.citations.iter().map(citation).collect(),
        }
    }
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
        let id = |lane: LaneIndex| timeline.lane(lane).map(|lane| lane.id.as_str());
        let mut parents: Vec<&str> = timeline.around(event.lane).skip(1).filter_map(id).collect();
        parents.reverse();
        let [earliest, latest] = event.date.map_or([None, None], Date::iso_bounds);
        Self {
            id: event.id,
            lane: timeline.lane_of(event).map_or("", |lane| &lane.id),
            parents,
            also: event.also.iter().copied().filter_map(id).collect(),
            title: event.title,
            date: event.date_words(),
            earliest,
            latest,
            start: event.date.map_or(UNDATED, |date| ending(date, Side::Start)),
            end: event.date.map_or(UNDATED, |date| ending(date, Side::End)),
            precision: event.date.map_or_else(|| "not dated".to_owned(), Date::precision_words),
            sources,
        }
    }

    /// The ids of its lanes in one cell, the own one first.
    fn lanes(&self) -> String {
        std::iter::once(&self.lane).chain(&self.also).copied().collect::<Vec<_>>().join(" ")
    }

    /// The cells of the table, with the kind of an end in place of its second if it has none.
    fn cells(&self) -> [String; 8] {
        let kind_of = |kind: &str| if kind == UNDATED { String::new() } else { kind.to_owned() };
        let second = |second: &Option<String>, kind: &str| second.clone().unwrap_or_else(|| kind_of(kind));
        [
            self.id.to_owned(),
            self.lanes(),
            self.title.to_owned(),
            self.date.clone(),
            second(&self.earliest, self.start),
            second(&self.latest, self.end),
            self.precision.clone(),
            self.sources.join(" "),
        ]
    }

    fn csv_cells(&self) -> [String; 12] {
        let [id, _, title, date, _, _, precision, sources] = self.cells();
        let second = |second: &Option<String>| second.clone().unwrap_or_default();
        let (earliest, latest) = (second(&self.earliest), second(&self.latest));
        let (start, end) = (self.start.to_owned(), self.end.to_owned());
        let (lane, parents, also) = (self.lane.to_owned(), self.parents.join(" "), self.also.join(" "));
        [id, lane, title, date, earliest, latest, start, end, precision, sources, parents, also]
    }
}

const HEADINGS: [&str; 8] = ["id", "lane", "title", "date", "earliest", "latest", "precision", "sources"];
const CSV_HEADINGS: [&str; 12] =
    ["id", "lane", "title", "date", "earliest", "latest", "start", "end", "precision", "sources", "parents", "also"];

/// One side of a date.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Start,
    End,
}

/// What is known of one side of a date, in a word.
fn ending(date: &Date, side: Side) -> &'static str {
    let beyond = if side == Side::Start { "or earlier" } else { "or later" };
    match date {
        Date::Span { start, end } => match if side == Side::Start { start } else { end } {
            Endpoint::Dated(_) => "dated",
            Endpoint::Beyond(_) => beyond,
            Endpoint::Open => "open",
            Endpoint::Unknown => "unknown",
        },
        Date::Single(_) | Date::Set(_) => {
            let second = if side == Side::Start { date.earliest() } else { date.latest() };
            if second.is_some() { "dated" } else { beyond }
        }
    }
}

/// The events of a timeline in time order, then those without a date. `latest` is exclusive; where an end is open or
/// unknown there is no second, which is empty in CSV and null in JSON, and `start` and `end` say which.
///
/// # Errors
/// When a row cannot be written as JSON or CSV, which no timeline is known to cause.
pub fn events(timeline: &Timeline, format: ListFormat) -> Result<String, String> {
    let rows = timeline.events.iter().map(|event| Row::new(&event, timeline));
    let whole = || timeline.events.iter().map(|event| Whole::new(&event, timeline));
    match format {
        ListFormat::Table => Ok(table(rows.map(|row| row.cells()))),
        ListFormat::Csv => csv(rows.map(|row| row.csv_cells())),
        ListFormat::Json => json(&whole().collect::<Vec<_>>()),
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
