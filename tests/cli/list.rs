//! `longview list`: events as a table, CSV and JSON.

use longview::Example;

use crate::support::{dated, folder, longview, text};

#[test]
fn lists_name_all_lanes_of_an_event() {
    let folder = tempfile::tempdir().expect("a folder");
    let document = r#"(title: "T", lanes: [(id: "in", title: "In", parent: "mid"), (id: "mid", title: "M", parent: "out"),
        (id: "out", title: "Out"), (id: "x", title: "X")],
        events: [(id: "e", lane: "in", also: ["x", "out"], title: "E", date: "1900")])"#;
    std::fs::write(folder.path().join("timeline.ron"), document).expect("writable");
    let list = |format| text(&longview(folder.path(), &["list", "--format", format]).stdout);
    assert!(list("csv").contains(",out mid,x out\n"), "{}", list("csv"));
    assert!(list("table").lines().nth(1).is_some_and(|line| line.starts_with("e   in x out  E")), "{}", list("table"));
    let rows: serde_json::Value = serde_json::from_str(&list("json")).expect("JSON");
    assert_eq!(rows.as_array().map(Vec::len), Some(1), "an event of several lanes is listed once");
    assert_eq!((&rows[0]["parents"], &rows[0]["also"]), (&["out", "mid"].into(), &["x", "out"].into()));
}

#[test]
fn list_prints_the_events_in_time_order() {
    let folder = folder();
    let table = text(&longview(folder.path(), &["list"]).stdout);
    let ids: Vec<&str> = table.lines().skip(1).filter_map(|line| line.split_whitespace().next()).collect();
    assert_eq!(ids, ["treaty", "visitors-1965", "culture", "gdp-2013", "trade-2014", "visitors-2014", "report"]);
    let treaty = table.lines().nth(1).expect("a line");
    for cell in ["1965-01-01", "1966-01-01", "dated to the year", "diplomacy", "cfr"] {
        assert!(treaty.contains(cell), "{treaty} does not say {cell}");
    }

    let csv = text(&longview(folder.path(), &["list", "--format", "csv"]).stdout);
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.expect("a row")).collect();
    assert_eq!(rows.len(), 7);
    assert_eq!(rows[2].iter().collect::<Vec<_>>()[3..6], ["since 1998", "1998-01-01", ""]);

    let json = text(&longview(folder.path(), &["list", "--format", "json"]).stdout);
    let rows: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(rows[6]["date"], "10 December 2015");
    assert_eq!(rows[6]["latest"], "2015-12-11");
    assert_eq!(rows[2]["latest"], serde_json::Value::Null);
    assert_eq!(rows[0]["sources"][0], "cfr");
}

#[test]
fn a_list_in_json_has_all_that_an_event_has() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("timeline.ron"), include_str!("../fixtures/good/details.ron"))
        .expect("a document");
    let json = text(&longview(folder.path(), &["list", "--format", "json"]).stdout);
    let rows: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    let expect = serde_json::json!({
        "id": "treaty", "lane": "all", "parents": [], "also": [], "title": "A treaty", "date": "22 June 1965",
        "earliest": "1965-06-22", "latest": "1965-06-23", "start": "dated", "end": "dated",
        "precision": "dated to the day", "sources": ["article"], "edtf": "1965-06-22",
        "written": "in the summer of that year",
        "place": {"name": "Tokyo", "latitude": 35.682, "longitude": 139.759},
        "color": "#b03060", "description": null, "importance": 2, "tags": [], "related": [], "figures": [],
        "links": [
            {"url": "https://example.org/more", "title": "More on the treaty"},
            {"url": "mailto:desk@example.org", "title": null},
        ],
        "media": [
            {"file": "pictures/quadrants.png", "url": null, "alt": "Four squares of four colours",
             "caption": "The four colours of the desk", "credit": "A. Painter", "license": "CC BY 4.0"},
            {"file": null, "url": "https://example.org/film", "alt": null, "caption": "A film of the signing",
             "credit": null, "license": null},
        ],
        "citations": [{"source": "article", "locator": "p. 13", "basis": null, "note": null}],
    });
    assert_eq!(rows[0], expect);
    assert_eq!(rows[1]["place"], serde_json::json!({"name": "Seoul", "latitude": null, "longitude": null}));

    std::fs::write(folder.path().join("timeline.ron"), Example::Report.text()).expect("a document");
    let json = text(&longview(folder.path(), &["list", "--format", "json"]).stdout);
    let rows: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    let treaty = &rows[0];
    assert_eq!(treaty["tags"], serde_json::json!(["treaty", "normalization"]));
    assert_eq!((&treaty["related"][0], &treaty["citations"][0]["basis"]), (&"visitors-1965".into(), &"Stated".into()));
    assert_eq!((&rows[2]["edtf"], treaty["figures"].as_array().map(Vec::len)), (&"1998/..".into(), Some(2)));
}

#[test]
fn a_list_says_of_an_end_whether_it_is_unknown_or_open() {
    let folder = folder();
    let document = dated(&["1727/", "/1728", "1729/..", "../1730", "1731/1732", "1733"]);
    std::fs::write(folder.path().join("timeline.ron"), document).expect("a document");
    let json = text(&longview(folder.path(), &["list", "--format", "json"]).stdout);
    let rows: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    let rows: Vec<_> =
        rows.as_array().expect("rows").iter().map(|row| [&row["id"], &row["start"], &row["end"]]).collect();
    let expect = [
        ["e3", "open", "dated"],
        ["e0", "dated", "unknown"],
        ["e1", "unknown", "dated"],
        ["e2", "dated", "open"],
        ["e4", "dated", "dated"],
        ["e5", "dated", "dated"],
    ];
    assert_eq!(rows, expect);
    let csv = text(&longview(folder.path(), &["list", "--format", "csv"]).stdout);
    assert!(csv.contains(r#"e0,a,t,"from 1727, end unknown",1727-01-01,,dated,unknown,"#), "{csv}");
    let table = text(&longview(folder.path(), &["list"]).stdout);
    assert!(table.contains("1727-01-01  unknown") && table.contains("1729-01-01  open"), "{table}");
}

#[test]
fn undated_events_are_listed_after_the_others_and_no_problem() {
    let folder = folder();
    std::fs::write(folder.path().join("timeline.ron"), include_str!("../fixtures/good/undated.ron"))
        .expect("a document");
    let check = longview(folder.path(), &["check"]);
    assert_eq!((check.status.code(), text(&check.stdout)), (Some(0), String::new()));
    let table = text(&longview(folder.path(), &["list"]).stdout);
    let ids: Vec<&str> = table.lines().skip(1).filter_map(|line| line.split_whitespace().next()).collect();
    assert_eq!(ids, ["dated", "later", "left-out", "none", "blank", "word", "unknown"]);
    assert!(table.lines().nth(4).is_some_and(|line| line.contains("undated")), "{table}");

    let csv = text(&longview(folder.path(), &["list", "--format", "csv"]).stdout);
    assert!(csv.contains("word,b,A word,undated,,,undated,undated,not dated,"), "{csv}");
    let json = text(&longview(folder.path(), &["list", "--format", "json"]).stdout);
    let rows: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!((&rows[6]["date"], &rows[6]["earliest"]), (&"undated".into(), &serde_json::Value::Null));

    let drawn = longview(folder.path(), &["export", "-o", "a.svg", "--select", "word"]);
    assert_eq!(drawn.status.code(), Some(0), "{}", text(&drawn.stderr));
    let svg = std::fs::read_to_string(folder.path().join("a.svg")).expect("a picture");
    assert!(svg.contains("Later") && !svg.contains("A word"), "what is undated has no place in the picture");
}

#[test]
fn a_list_says_in_which_zone_its_times_are() {
    let folder = folder();
    let list = |document: String| {
        std::fs::write(folder.path().join("timeline.ron"), document).expect("a document");
        let json = text(&longview(folder.path(), &["list", "--format", "json"]).stdout);
        let rows: serde_json::Value = serde_json::from_str(&json).expect("JSON");
        let rows = rows.as_array().expect("rows").iter();
        rows.map(|row| {
            [&row["id"], &row["earliest"], &row["latest"]].map(|cell| cell.as_str().unwrap_or("-").to_owned())
        })
        .collect::<Vec<_>>()
    };
    let dates = ["2015-12-10T09:00+09:00", "2015-12-09T20:00:00.25-05:00", "2015-12-10"];
    let expect = [
        ["e0", "2015-12-10T00:00:00Z", "2015-12-10T00:01:00Z"],
        ["e2", "2015-12-10", "2015-12-11"],
        ["e1", "2015-12-10T01:00:00.25Z", "2015-12-10T01:00:00.26Z"],
    ];
    assert_eq!(list(dated(&dates)), expect);
    let in_seoul = dated(&dates).replacen("lanes", "zone: \"Asia/Seoul\", lanes", 1);
    let expect = [
        ["e2", "2015-12-10", "2015-12-11"],
        ["e0", "2015-12-10T09:00:00+09:00", "2015-12-10T09:01:00+09:00"],
        ["e1", "2015-12-10T10:00:00.25+09:00", "2015-12-10T10:00:00.26+09:00"],
    ];
    assert_eq!(list(in_seoul), expect);
    let seconds = ["1963-11-22T12:30:18.900", "1963-11-22T12:30:18.200", "1963-11-22T12:30:18", "2016-12-31T23:59:60"];
    let order: Vec<String> = list(dated(&seconds)).into_iter().map(|[id, ..]| id).collect();
    assert_eq!(order, ["e2", "e1", "e0", "e3"]);
}

#[test]
fn years_beyond_four_digits_are_signed_and_longer() {
    let folder = folder();
    let document = r#"(title: "t", lanes: [(id: "a", title: "a")], events: [
        (id: "x", lane: "a", title: "x", date: "44 BCE"), (id: "y", lane: "a", title: "y", date: "Y-138E8")])"#;
    std::fs::write(folder.path().join("timeline.ron"), document).expect("a document");
    let table = text(&longview(folder.path(), &["list"]).stdout);
    assert!(table.contains("-000043-01-01"), "{table}");
    assert!(table.contains("-13800000000-01-01"), "{table}");
}

#[test]
fn columns_of_a_list_are_as_wide_as_a_terminal_shows_them() {
    let folder = folder();
    let event = |id: &str, title: &str| format!("(id: \"{id}\", lane: \"a\", title: \"{title}\", date: \"1965\"),");
    let events = [event("x", "Plain"), event("東京", "조약 체결"), event("e\u{301}", "👩‍👩‍👧 e\u{301}e\u{301}")].concat();
    std::fs::write(
        folder.path().join("timeline.ron"),
        format!("(title: \"t\", lanes: [(id: \"a\", title: \"a\")], events: [{events}])"),
    )
    .expect("a document");
    let table = text(&longview(folder.path(), &["list"]).stdout);
    let widths: Vec<usize> = table
        .lines()
        .map(|line| {
            let date = line.find("1965").or(line.find("date")).expect("a date");
            unicode_width::UnicodeWidthStr::width(&line[..date])
        })
        .collect();
    assert_eq!(widths, [23; 4], "{table}");
}
