//! Random documents come back from each format.

use std::collections::{BTreeMap, BTreeSet};

use longview::document::{Source, Timeline};
use longview::import::Format as From;
use longview::interchange::Format;
use proptest::prelude::*;

use super::documents::document;
use super::support::{difference, document_of, finding, normal, read, written};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn a_document_comes_back_whole_from_json(document in document()) {
        let (text, notes) = written(&document, Format::Json);
        prop_assert_eq!(notes, Vec::<String>::new());
        let import = read(&text, "x.json");
        prop_assert_eq!(import.report.format, From::Longview);
        prop_assert_eq!(finding(&import), BTreeMap::new());
        let back = document_of(&import);
        prop_assert_eq!(difference(&back, &document), "");
        // It is written as the same bytes again.
        prop_assert_eq!(written(&back, Format::Json).0, text);
    }
}

/// Returns a document in which lanes are named by the titles of them and of the lanes around them, each once.
fn by_titles(document: &Timeline) -> Timeline {
    let lane = |id: &str| document.lanes.iter().find(|lane| lane.id == id);
    let path = |id: &str| {
        let around = std::iter::successors(lane(id), |inner| lane(inner.parent.as_deref()?));
        around.map(|lane| lane.title.as_str()).collect::<Vec<_>>().join(" < ")
    };
    let mut named = document.clone();
    for event in &mut named.events {
        event.lane = path(&event.lane);
        let also: BTreeSet<String> = event.also.iter().map(|lane| path(lane)).collect();
        event.also = also.into_iter().filter(|lane| *lane != event.lane).collect();
    }
    named
}

/// Returns what a table holds of a document: its events, and the sources that they cite.
fn in_a_table(document: &Timeline) -> Timeline {
    let mut events = by_titles(document).events;
    for event in &mut events {
        event.figures.clear();
    }
    let cited: BTreeSet<&str> =
        events.iter().flat_map(|event| &event.citations).map(|citation| citation.source.as_str()).collect();
    let mut sources: Vec<Source> =
        document.sources.iter().filter(|source| cited.contains(source.id.as_str())).cloned().collect();
    sources.sort_by(|a, b| a.id.cmp(&b.id));
    Timeline { sources, events, ..Timeline::default() }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn events_come_back_from_a_table(document in document()) {
        let (text, _) = written(&document, Format::Csv);
        let import = read(&text, "x.csv");
        prop_assert_eq!(import.report.format, From::Csv);
        prop_assert_eq!(finding(&import), BTreeMap::new(), "{}", text);
        let back = document_of(&import);
        prop_assert_eq!(difference(&in_a_table(&back), &in_a_table(&normal(&document))), "", "{}", text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn a_document_comes_back_whole_from_a_calendar(document in document()) {
        let (text, _) = written(&document, Format::ICalendar);
        for line in text.split_terminator("\r\n") {
            prop_assert!(line.len() <= 75, "{}", line);
            prop_assert!(!line.contains(|c: char| c.is_control() && c != '\t'), "{:?}", line);
        }
        let import = read(&text, "x.ics");
        prop_assert_eq!(import.report.format, From::ICalendar);
        prop_assert_eq!(finding(&import), BTreeMap::new(), "{}", text);
        let back = document_of(&import);
        prop_assert_eq!(difference(&back, &document), "", "{}", text);
        prop_assert_eq!(written(&back, Format::ICalendar).0, text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn a_document_comes_back_whole_from_timelinejs(document in document()) {
        let (text, _) = written(&document, Format::TimelineJs);
        let import = read(&text, "x.json");
        prop_assert_eq!(import.report.format, From::TimelineJs);
        prop_assert_eq!(finding(&import), BTreeMap::new(), "{}", text);
        let back = document_of(&import);
        prop_assert_eq!(difference(&back, &document), "", "{}", text);
        prop_assert_eq!(&written(&back, Format::TimelineJs).0, &text);
        // What it requires: slides have a beginning, eras an end too.
        let value: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        let list = |name: &str| value[name].as_array().expect("a list").clone();
        prop_assert!(list("events").iter().all(|slide| slide["start_date"]["year"].is_i64()));
        prop_assert!(list("eras").iter().all(|era| era["start_date"]["year"].is_i64() && era["end_date"]["year"].is_i64()));
    }
}
