//! Writes documents, reads them back, and compares them.

use std::collections::BTreeMap;

use longview::date::{Date, Zone};
use longview::document::{self, Timeline};
use longview::import::{Import, Options, import};
use longview::interchange::{Format, write};
use longview::open;
use longview::progress::Progress;
use longview::query::Projection;

/// Writes a document.
pub fn written(document: &Timeline, format: Format) -> (String, Vec<String>) {
    let text = document::write(document);
    let opened = open(text.clone());
    let problems: Vec<String> = opened.diagnostics.iter().map(|problem| problem.human("x.ron", &text)).collect();
    assert!(!opened.has_errors(), "{}", problems.join("\n"));
    let timeline = opened.timeline.expect("a timeline");
    let mut bytes = Vec::new();
    let notes = write(format, &timeline, &Projection::all(&timeline), &mut bytes, &Progress::default());
    (String::from_utf8(bytes).expect("UTF-8"), notes.expect("written"))
}

/// Imports a text, and checks that it becomes a document without errors.
pub fn read(text: &str, name: &str) -> Import {
    let import = import(text.as_bytes(), name, None, &Options::default(), &Progress::default()).expect("an import");
    let document = import.text();
    let opened = open(document.clone());
    let problems: Vec<String> = opened.diagnostics.iter().map(|problem| problem.human(name, &document)).collect();
    assert!(!opened.has_errors(), "{}\n{text}", problems.join("\n"));
    import
}

/// The document of an import, with its events.
pub fn document_of(import: &Import) -> Timeline {
    let events = import.draft.events.iter().map(|event| event.item.clone()).collect();
    Timeline { events, ..import.draft.head.clone() }
}

/// The same document with its dates in one form, and its events and eras in one order.
pub fn normal(document: &Timeline) -> Timeline {
    let mut document = document.clone();
    let zone = document.zone.as_deref().and_then(Zone::named);
    let date = |text: &mut String| {
        if let Ok(date) = Date::parse(text) {
            let placed = zone.as_ref().map(|zone| date.on_axis_of(zone, &mut Vec::new()));
            *text = placed.unwrap_or(date).to_string();
        }
    };
    document.eras.iter_mut().for_each(|era| date(&mut era.date));
    document.series.iter_mut().flat_map(|series| &mut series.points).for_each(|point| date(&mut point.date));
    document.events.iter_mut().filter_map(|event| event.date.as_mut()).for_each(date);
    document.events.sort_by(|a, b| a.id.cmp(&b.id));
    document.eras.sort_by(|a, b| a.id.cmp(&b.id));
    document
}

/// Returns the lines in which two documents differ.
pub fn difference(found: &Timeline, expected: &Timeline) -> String {
    let [found, expected] = [found, expected].map(|document| document::write(&normal(document)));
    let lines = found.lines().zip(expected.lines());
    let differ = lines.filter(|(found, expected)| found != expected).take(3);
    let differ =
        differ.map(|(found, expected)| format!("{found}\n instead of\n{expected}\n")).collect::<Vec<_>>().concat();
    if differ.is_empty() && found != expected { "one has more".to_owned() } else { differ }
}

pub fn finding(import: &Import) -> BTreeMap<String, usize> {
    import.report.findings().map(|(kind, finding)| (format!("{kind:?}"), finding.count)).collect()
}
