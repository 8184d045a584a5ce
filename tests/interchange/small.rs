//! A small document, and what becomes of it in other programs.

use std::collections::BTreeSet;

use longview::document::{Event, Timeline};
use longview::interchange::{Format, write};
use longview::open;
use longview::progress::Progress;
use longview::query::{Filter, Projection};

use super::support::{document_of, read};

/// A document of two events, with something of everything.
const SMALL: &str = r#"(
    title: "Small",
    author: "A",
    sources: [(id: "book", title: "A book", author: "B. Writer", date: "1901")],
    lanes: [(id: "out", title: "Outer", color: "teal"), (id: "in", title: "Inner", parent: "out")],
    eras: [(id: "age", title: "An age", date: "1840/1860")],
    events: [
        (id: "about", lane: "in", title: "About", date: "1850~", description: "Some *words*.", tags: ["a", "b"],
            place: (name: "Seoul", latitude: 37.5, longitude: 127.0), figures: ["n"],
            links: [(url: "https://e.org/a", title: "A link")], media: [(file: "a.png", alt: "A picture")],
            citations: [(source: "book", locator: "p. 3", basis: Stated)]),
        (id: "day", lane: "in", also: ["out"], title: "=A day", date: "1965-06-22", related: ["about"]),
        (id: "old", lane: "out", title: "Old", date: "500 BCE"),
        (id: "none", lane: "out", title: "Undated", written: "some day"),
    ],
    series: [(id: "n", title: "N", unit: "u", points: [(date: "1850", value: 1.5)])],
)"#;

/// Writes the small document.
fn small(format: Format) -> (String, Vec<String>) {
    let timeline = open(SMALL).timeline.expect("a timeline");
    let mut bytes = Vec::new();
    let notes = write(format, &timeline, &Projection::all(&timeline), &mut bytes, &Progress::default());
    (String::from_utf8(bytes).expect("UTF-8"), notes.expect("written"))
}

/// Returns the event with an id.
fn event_of<'d>(document: &'d Timeline, id: &str) -> &'d Event {
    document.events.iter().find(|event| event.id == id).expect("an event")
}

#[test]
fn what_a_format_cannot_hold_is_counted() {
    let check = |format: Format, expect: &[&str]| assert_eq!(small(format).1, expect, "{format:?}");
    check(Format::Json, &[]);
    check(
        Format::Csv,
        &[
            "CSV: title and author of the document are left out",
            "CSV: 1 era is left out",
            "CSV: 1 series is left out",
            "CSV: 1 event loses its figures with the series",
            "CSV: 1 lane loses its colour and all lanes get ids made of their titles",
        ],
    );
    check(
        Format::ICalendar,
        &[
            "iCalendar: 1 event without a date written as a journal entry, which has none",
            "iCalendar: 1 event before the year 1 or after 9999, which no calendar can say, left without a date",
            "iCalendar: 1 date that is no day or time written as all days that may be meant; only Longview reads the date \
             itself",
            "iCalendar: 1 picture in a file left out for all programs but Longview",
            "iCalendar: 1 event with sources that other programs show in the description only",
            "iCalendar: 1 era left out for all programs but Longview",
            "iCalendar: 1 series left out for all programs but Longview",
        ],
    );
    check(
        Format::TimelineJs,
        &[
            "TimelineJS: 1 event without a date left out for all programs but Longview",
            "TimelineJS: 1 date that it has no form for shown in words, beside the time that may be meant",
            "TimelineJS: 1 event in several lanes shown in the first of them",
            "TimelineJS: 1 event whose tags only Longview reads",
            "TimelineJS: 1 event whose place only Longview reads",
            "TimelineJS: 1 series left out for all programs but Longview",
        ],
    );
}

#[test]
fn what_another_program_changes_in_a_calendar_counts() {
    let (text, _) = small(Format::ICalendar);
    let before = document_of(&read(&text, "x.ics"));
    let changed = text
        .replace("DTSTART;VALUE=DATE:18500101", "DTSTART;VALUE=DATE:18510301")
        .replace("DTEND;VALUE=DATE:18510101", "DTEND;VALUE=DATE:18510303")
        .replace("LOCATION:Seoul", "LOCATION:Busan")
        .replace("SUMMARY:=A day", "SUMMARY:Renamed")
        .replace("CATEGORIES:Inner,a,b", "CATEGORIES:Inner,a,c")
        .replace(
            "BEGIN:VEVENT\r\nUID:day",
            "BEGIN:VEVENT\r\nSUMMARY:New\r\nDTSTART:20200102T030405Z\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:day",
        );
    let after = document_of(&read(&changed, "x.ics"));
    let about = event_of(&after, "about");
    assert_eq!(about.date.as_deref(), Some("1851-03-01/1851-03-02"));
    assert_eq!(about.place.as_ref().and_then(|place| place.name.as_deref()), Some("Busan"));
    assert_eq!(about.tags, ["a", "c"]);
    let unchanged = |event: &Event| Event { date: None, place: None, tags: Vec::new(), ..event.clone() };
    assert_eq!(unchanged(about), unchanged(event_of(&before, "about")));
    assert_eq!(event_of(&after, "day").title, "Renamed");
    assert_eq!(event_of(&after, "day").date.as_deref(), Some("1965-06-22"));
    assert_eq!(event_of(&after, "new").date.as_deref(), Some("2020-01-02T03:04:05Z"));
    assert_eq!(event_of(&after, "none").written.as_deref(), Some("some day"));
    assert_eq!(event_of(&after, "old").date.as_deref(), Some("-0499"));
}

#[test]
fn what_is_changed_in_a_slide_counts() {
    let (text, _) = small(Format::TimelineJs);
    let before = document_of(&read(&text, "x.json"));
    let changed = text
        .replace("\"year\": 1965,", "\"year\": 1966,")
        .replace("\"headline\": \"=A day\"", "\"headline\": \"A <b>day</b>\"")
        .replace("\"headline\": \"Small\"", "\"headline\": \"Larger\"")
        .replace("\"group\": \"Outer\"", "\"group\": \"Another\"");
    let after = document_of(&read(&changed, "x.json"));
    assert_eq!((before.title.as_str(), after.title.as_str()), ("Small", "Larger"));
    let day = event_of(&after, "day");
    assert_eq!((day.title.as_str(), day.date.as_deref()), ("A day", Some("1966-06-22")));
    assert_eq!((&day.also, &day.related), (&event_of(&before, "day").also, &event_of(&before, "day").related));
    assert_eq!(event_of(&after, "about"), event_of(&before, "about"));
    assert_eq!(event_of(&after, "old").lane, "another");
    assert_eq!(after.eras, before.eras);
}

#[test]
fn a_table_that_a_spreadsheet_has_saved_is_read() {
    let (text, _) = small(Format::Csv);
    assert!(text.contains(",'=A day,"), "no cell is a formula: {text}");
    let changed = text.replace("1965-06-22", "6/22/1965").replace("1850~", "sometime");
    let after = document_of(&read(&changed, "x.csv"));
    assert_eq!(event_of(&after, "day").date.as_deref(), Some("1965-06-22"));
    assert_eq!(event_of(&after, "day").title, "=A day");
    let about = event_of(&after, "about");
    assert_eq!((about.date.as_deref(), about.written.as_deref()), (None, Some("sometime")));
    assert_eq!(about.citations.len(), 1);
}

/// The names of all fields of objects in a value.
fn names(value: &serde_json::Value, found: &mut BTreeSet<String>) {
    match value {
        serde_json::Value::Array(values) => values.iter().for_each(|value| names(value, found)),
        serde_json::Value::Object(fields) => {
            for (name, value) in fields {
                found.insert(name.clone());
                names(value, found);
            }
        }
        _ => {}
    }
}

#[test]
fn the_description_of_the_formats_names_every_field() {
    let page = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/data.md")).expect("a page");
    let mut found = BTreeSet::new();
    names(&serde_json::from_str(&small(Format::Json).0).expect("JSON"), &mut found);
    let (table, _) = small(Format::Csv);
    found.extend(table.lines().next().expect("a header").split(',').map(str::to_owned));
    let missing: Vec<&String> = found.iter().filter(|name| !page.contains(&format!("`{name}`"))).collect();
    assert!(missing.is_empty(), "{missing:?}");
    assert!(found.len() > 60, "{found:?}");
}

#[test]
fn only_what_is_shown_is_written() {
    let timeline = open(SMALL).timeline.expect("a timeline");
    let shown = |ids: &[&str]| {
        let is_shown = |_, event: &longview::timeline::Event<'_>| ids.contains(&event.id);
        let filter = Filter { events: Some(&is_shown), ..Filter::default() };
        let projection = filter.project(&timeline, &Progress::default()).expect("a projection");
        let mut bytes = Vec::new();
        write(Format::Json, &timeline, &projection, &mut bytes, &Progress::default()).expect("written");
        document_of(&read(&String::from_utf8(bytes).expect("UTF-8"), "x.json"))
    };
    let ids = |document: &Timeline| document.events.iter().map(|event| event.id.clone()).collect::<Vec<_>>();
    let lanes = |document: &Timeline| document.lanes.iter().map(|lane| lane.id.clone()).collect::<Vec<_>>();
    let old = shown(&["old", "none"]);
    assert_eq!((ids(&old), lanes(&old)), (vec!["old".to_owned(), "none".to_owned()], vec!["out".to_owned()]));
    let day = shown(&["day"]);
    assert_eq!((ids(&day), lanes(&day).len()), (vec!["day".to_owned()], 2));
    assert!(event_of(&day, "day").related.is_empty(), "what it is related to is not there");
    assert_eq!(shown(&["old", "about", "day", "none"]).events.len(), 4);
}

#[test]
fn writing_can_be_cancelled() {
    let timeline = open(SMALL).timeline.expect("a timeline");
    for format in Format::ALL {
        let progress = Progress::default();
        progress.cancel();
        let result = write(format, &timeline, &Projection::all(&timeline), &mut Vec::new(), &progress);
        assert!(result.is_err(), "{format:?}");
    }
}

/// Other programs read it: Python's own modules for CSV and JSON.
#[test]
#[ignore = "needs python3"]
fn python_reads_tables_and_json() {
    let folder = tempfile::tempdir().expect("a folder");
    for format in Format::ALL {
        let name = folder.path().join(format!("x.{}", format.ending()));
        std::fs::write(name, small(format).0).expect("written");
    }
    let program = "import csv, json\n\
        rows = list(csv.DictReader(open('x.csv', newline='', encoding='utf-8')))\n\
        assert [row['id'] for row in rows] == ['old', 'about', 'day', 'none'], rows\n\
        assert rows[2]['title'] == \"'=A day\" and None not in rows[0], rows\n\
        whole = json.load(open('x.json', encoding='utf-8'))\n\
        assert whole['longview'] == 1 and len(whole['events']) == 4\n\
        slides = json.load(open('x.timelinejs.json', encoding='utf-8'))\n\
        assert [slide['start_date']['year'] for slide in slides['events']] == [-500, 1850, 1965]\n";
    let run = std::process::Command::new("python3").current_dir(folder.path()).args(["-c", program]).output();
    let run = run.expect("python3");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
}

/// Runs the program in a folder.
fn longview(folder: &std::path::Path, arguments: &[&str]) -> std::process::Output {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_longview"));
    command.current_dir(folder).args(arguments).stdin(std::process::Stdio::null());
    command.output().expect("the program runs")
}

#[test]
fn the_program_writes_a_document_and_reads_it_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("UTF-8");
    let done = |arguments: &[&str]| {
        let output = longview(folder.path(), arguments);
        assert!(output.status.success(), "{arguments:?}: {}", text(&output.stderr));
        text(&output.stdout)
    };
    let first = done(&["export", "-o", "-", "--format", "json"]);
    done(&["export", "-o", "x.json"]);
    assert_eq!(std::fs::read_to_string(folder.path().join("x.json")).expect("a file"), first);
    done(&["import", "x.json", "-o", "y.ron"]);
    assert_eq!(done(&["export", "y.ron", "-o", "-", "--format", "json"]), first);
    // Its events are what the list has.
    let value: serde_json::Value = serde_json::from_str(&first).expect("JSON");
    let list: serde_json::Value = serde_json::from_str(&done(&["list", "--format", "json"])).expect("JSON");
    assert_eq!(value["events"], list);
    // It is never the input.
    let refused = longview(folder.path(), &["export", "x.json", "-o", "x.json"]);
    assert!(
        !refused.status.success() && text(&refused.stderr).contains("is the file of the document"),
        "{}",
        text(&refused.stderr)
    );
}
