//! A table of the events: comma-separated values, RFC 4180.
//!
//! The columns have the names of the fields of the document, and an import matches them without being told. A cell that a
//! spreadsheet would take for a formula has an apostrophe before it; an import takes it away.

use std::collections::HashSet;
use std::io;

use crate::document::{Basis, Citation, Event, Media};

use super::cells::{self, guarded};
use super::context::Context;
use super::losses::{Losses, same_titles};
use super::shape::source_texts;
use super::sink::Sink;
use super::written::Written;

/// The names of the columns.
pub const COLUMNS: [&str; 17] = [
    "id",
    "title",
    "date",
    "written",
    "lane",
    "also",
    "description",
    "place",
    "latitude",
    "longitude",
    "tags",
    "importance",
    "color",
    "links",
    "media",
    "citations",
    "related",
];

/// Writes a table. Returns what it cannot hold.
pub(super) fn write(written: &Written<'_>, sink: &mut Sink<'_>) -> io::Result<Vec<String>> {
    let context = Context::new(&written.head);
    let mut used = Used::default();
    sink.text(&line(&COLUMNS.map(str::to_owned)))?;
    for (_, event) in written.events() {
        sink.text(&line(&row(&event, &context)))?;
        used.add(&event);
        sink.event()?;
    }
    Ok(used.losses(&context))
}

/// Returns a line of cells, with its end.
fn line(cells: &[String; COLUMNS.len()]) -> String {
    let mut line = String::new();
    for (number, cell) in cells.iter().enumerate() {
        if number > 0 {
            line.push(',');
        }
        let cell = guarded(cell);
        let is_plain = !cell.contains(['"', ',', ';', '\t', '|', '\n', '\r']) && cell.trim() == cell;
        if is_plain {
            line.push_str(&cell);
        } else {
            line.push('"');
            line.push_str(&cell.replace('"', "\"\""));
            line.push('"');
        }
    }
    line.push_str("\r\n");
    line
}

/// Returns the cells of an event.
fn row(event: &Event, context: &Context<'_>) -> [String; COLUMNS.len()] {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let place = event.place.as_ref();
    let degrees = |degrees: Option<f64>| degrees.map(|degrees| degrees.to_string()).unwrap_or_default();
    let lane = |id: &String| cells::path(context.lane_titles(id));
    let also: Vec<String> = event.also.iter().map(lane).collect();
    let records = |records: Vec<String>| records.join("\n");
    [
        event.id.clone(),
        event.title.clone(),
        text(&event.date),
        text(&event.written),
        lane(&event.lane),
        cells::list(also.iter().map(String::as_str)),
        text(&event.description),
        place.and_then(|place| place.name.clone()).unwrap_or_default(),
        degrees(place.and_then(|place| place.latitude)),
        degrees(place.and_then(|place| place.longitude)),
        cells::list(event.tags.iter().map(String::as_str)),
        event.importance.map(|importance| importance.to_string()).unwrap_or_default(),
        text(&event.color),
        records(
            event
                .links
                .iter()
                .map(|link| cells::record(Some(&link.url), &[("title", link.title.as_deref())]))
                .collect(),
        ),
        records(event.media.iter().map(media).collect()),
        records(event.citations.iter().map(|one| citation(one, context)).collect()),
        cells::list(event.related.iter().map(String::as_str)),
    ]
}

fn media(media: &Media) -> String {
    let Media { file, url, alt, caption, credit, license } = media;
    let fields = [
        ("file", file.as_deref()),
        ("url", url.as_deref()),
        ("alt", alt.as_deref()),
        ("caption", caption.as_deref()),
        ("credit", credit.as_deref()),
        ("license", license.as_deref()),
    ];
    cells::record(None, &fields)
}

/// Returns a citation: the title of the source, what is claimed of it, then what else is known of the source.
fn citation(citation: &Citation, context: &Context<'_>) -> String {
    let mut fields = vec![
        ("locator", citation.locator.as_deref()),
        ("basis", citation.basis.map(Basis::name)),
        ("note", citation.note.as_deref()),
    ];
    let source = context.source(&citation.source);
    let texts = source.map(source_texts);
    let others = texts.iter().flatten().filter(|(name, _)| *name != "title");
    fields.extend(others.map(|(name, text)| (*name, text.map(String::as_str))));
    cells::record(source.map(|source| source.title.as_str()), &fields)
}

/// What the events of a document refer to.
#[derive(Debug, Default)]
struct Used {
    lanes: HashSet<String>,
    sources: HashSet<String>,
    with_figures: usize,
}

impl Used {
    fn add(&mut self, event: &Event) {
        for lane in std::iter::once(&event.lane).chain(&event.also) {
            if !self.lanes.contains(lane) {
                self.lanes.insert(lane.clone());
            }
        }
        for citation in &event.citations {
            if !self.sources.contains(&citation.source) {
                self.sources.insert(citation.source.clone());
            }
        }
        self.with_figures += usize::from(!event.figures.is_empty());
    }

    fn losses(&self, context: &Context<'_>) -> Vec<String> {
        let head = context.head;
        let mut losses = Losses::new("CSV");
        losses.fields_of_document(head, &[]);
        losses.add(head.eras.len(), ["era is", "eras are"], "left out");
        losses.add(head.series.len(), ["series is", "series are"], "left out");
        losses.add(self.with_figures, ["event loses its figures", "events lose their figures"], "with the series");
        let is_empty =
            |id: &String| !self.lanes.contains(id) && !head.lanes.iter().any(|lane| lane.parent.as_ref() == Some(id));
        let empty = head.lanes.iter().filter(|lane| is_empty(&lane.id)).count();
        losses.add(empty, ["lane", "lanes"], "without an event left out");
        let colored = head.lanes.iter().filter(|lane| lane.color.is_some()).count();
        losses.add(
            colored,
            ["lane loses its colour", "lanes lose their colours"],
            "and all lanes get ids made of their titles",
        );
        losses.add(same_titles(&head.lanes), ["lane", "lanes"], "with the title of another one put into that");
        let uncited = head.sources.iter().filter(|source| !self.sources.contains(&source.id)).count();
        losses.add(uncited, ["source", "sources"], "that no event cites left out");
        losses.into_sentences()
    }
}
