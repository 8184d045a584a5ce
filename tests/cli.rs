//! The command line from outside: what is printed where, what is written, and the exit code.

#![expect(clippy::expect_used, reason = "a test fails by panicking")]

use longview::Example;
use std::path::Path;
use std::process::{Command, Output, Stdio};

fn longview(folder: &Path, arguments: &[&str]) -> Output {
    command(folder, arguments).output().expect("the program runs")
}

/// The program in a folder, on a machine without a display.
fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_longview"));
    command.current_dir(folder).args(arguments).stdin(Stdio::null());
    for variable in ["DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET"] {
        command.env_remove(variable);
    }
    command
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a folder")
}

/// Width, height and RGB or RGBA pixels of a PNG.
fn decode(path: &Path) -> (u32, u32, Vec<u8>) {
    let file = std::io::BufReader::new(std::fs::File::open(path).expect("the picture"));
    let mut reader = png::Decoder::new(file).read_info().expect("a PNG header");
    let mut pixels = vec![0; reader.output_buffer_size().expect("a size that fits memory")];
    let info = reader.next_frame(&mut pixels).expect("whole pixel data");
    pixels.truncate(info.buffer_size());
    (info.width, info.height, pixels)
}

#[test]
fn groups_are_folded_by_their_ids() {
    let folder = folder();
    let document = r#"(title: "T", lanes: [(id: "out", title: "Outer"), (id: "in", title: "Inner", parent: "out"),
        (id: "x", title: "Other")], events: [(id: "e", lane: "in", title: "Event", date: "1900"),
        (id: "f", lane: "x", title: "Else", date: "1950")])"#;
    std::fs::write(folder.path().join("timeline.ron"), document).expect("writable");
    let names = |arguments: &[&str]| {
        let drawn = longview(folder.path(), &[&["export", "-o", "-", "--format", "svg"], arguments].concat());
        assert!(drawn.status.success(), "{}", text(&drawn.stderr));
        let svg = text(&drawn.stdout);
        ["Outer", "Inner", "Other", "Event"].map(|name| svg.contains(&format!(">{name}<")))
    };
    assert_eq!(names(&[]), [true; 4]);
    assert_eq!(names(&["--fold", "out"]), [true, false, true, true], "what is in it is shown in it");
    let refused = |id: &str| text(&longview(folder.path(), &["export", "-o", "a.svg", "--fold", id]).stderr);
    assert!(refused("outt").contains("there is no lane `outt`; did you mean `out`?"), "{}", refused("outt"));
    assert!(refused("x").contains("no lane is in the lane `x`"), "{}", refused("x"));
}

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
    std::fs::write(folder.path().join("timeline.ron"), include_str!("fixtures/good/details.ron")).expect("a document");
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
fn a_picture_that_cannot_be_shown_is_a_warning() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("timeline.ron"), include_str!("fixtures/good/details.ron")).expect("a document");
    let missing = "timeline.ron:49:27: warning: `pictures/quadrants.png` is not shown: there is no such file";
    for arguments in [&["check"][..], &["export", "-o", "a.png"], &["check", "./timeline.ron"]] {
        let output = longview(folder.path(), arguments);
        let said = text(&output.stdout) + &text(&output.stderr);
        assert!(output.status.success(), "{arguments:?}: {said}");
        assert!(said.contains(missing), "{arguments:?}: {said}");
    }
    std::fs::create_dir(folder.path().join("pictures")).expect("a folder");
    let file = folder.path().join("pictures/quadrants.png");
    std::fs::write(&file, "no picture").expect("a file");
    assert!(text(&longview(folder.path(), &["check"]).stdout).contains("this is neither a PNG nor a JPEG"));
    std::fs::write(&file, include_bytes!("fixtures/good/pictures/quadrants.png")).expect("a file");
    let output = longview(folder.path(), &["check"]);
    assert_eq!((text(&output.stdout), output.status.success()), (String::new(), true));
}

/// A document of one lane with an event of each of these dates, whose ids are e0, e1 and so on.
fn dated(dates: &[&str]) -> String {
    let event =
        |(number, date): (usize, &&str)| format!("(id: \"e{number}\", lane: \"a\", title: \"t\", date: \"{date}\"),");
    let events: String = dates.iter().enumerate().map(event).collect();
    format!("(title: \"t\", lanes: [(id: \"a\", title: \"a\")], events: [{events}])")
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
    std::fs::write(folder.path().join("timeline.ron"), include_str!("fixtures/good/undated.ron")).expect("a document");
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
fn check_reports_every_problem_and_fails_on_an_error() {
    let folder = folder();
    let good = longview(folder.path(), &["check"]);
    assert_eq!((good.status.code(), text(&good.stdout)), (Some(0), String::new()));

    let document = "(title: \"t\", lanes: [(id: \"a\", title: \"a\")], events: [\n    (id: \"e\", lane: \"b\", title: \"e\", date: \"1999-13\"),\n])";
    std::fs::write(folder.path().join("bad.ron"), document).expect("a document");
    let bad = longview(folder.path(), &["check", "bad.ron"]);
    assert_eq!(bad.status.code(), Some(1));
    let report = text(&bad.stdout);
    assert!(report.contains("bad.ron:2:21: error: there is no lane `b`"), "{report}");
    assert!(report.contains("bad.ron:2:50: error: a month is 01 to 12"), "{report}");

    let json = longview(folder.path(), &["check", "bad.ron", "--format", "json"]);
    let rows: serde_json::Value = serde_json::from_str(&text(&json.stdout)).expect("JSON");
    assert_eq!((rows[0]["line"].as_u64(), rows[0]["column"].as_u64()), (Some(2), Some(21)));

    let missing = longview(folder.path(), &["check", "nowhere.ron"]);
    assert_eq!(missing.status.code(), Some(1));
    assert!(text(&missing.stderr).contains("cannot read nowhere.ron"));
}

/// The program with a text on its standard input.
fn piped(folder: &Path, arguments: &[&str], input: &str) -> Output {
    use std::io::Write as _;
    let mut command = command(folder, arguments);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program runs");
    let mut pipe = child.stdin.take().expect("standard input");
    pipe.write_all(input.as_bytes()).expect("the program reads");
    drop(pipe);
    child.wait_with_output().expect("the program ends")
}

#[test]
fn a_document_comes_from_standard_input_too() {
    let folder = folder();
    let output = piped(folder.path(), &["list", "-"], Example::Report.text());
    assert!(text(&output.stdout).contains("treaty"));
}

#[test]
fn problems_of_standard_input_are_shown_with_their_lines() {
    let folder = folder();
    let document = "(title: \"t\", lanes: [(id: \"a\", title: \"a\")], events: [\n    (id: \"e\", lane: \"a\", title: \"東京\", date: \"1999-13\"),\n])";
    let line = " 2 |     (id: \"e\", lane: \"a\", title: \"東京\", date: \"1999-13\"),\n   |                                                     ^^\n";
    for arguments in [&["check", "-"][..], &["list", "-"], &["export", "-", "-o", "a.png"], &["-"]] {
        if arguments == ["-"] && !cfg!(all(unix, not(target_os = "macos"))) {
            continue;
        }
        let output = piped(folder.path(), arguments, document);
        let said = text(&output.stdout) + &text(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}: {said}");
        assert!(said.contains("standard input:2:51: error: ") && said.contains(line), "{arguments:?}: {said}");
    }
}

#[test]
fn one_error_does_not_hide_the_other_events_but_fails_what_must_be_whole() {
    let folder = folder();
    let document = Example::Report.text().replace("date: \"2013\"", "date: \"2013-13\"");
    assert_eq!(
        longview::open(document.as_bytes()).timeline.map(|timeline| timeline.counts_words()).as_deref(),
        Some("6 events, 1 era, 2 series")
    );
    std::fs::write(folder.path().join("timeline.ron"), document).expect("a document");
    for arguments in [&["check"][..], &["list"], &["export", "-o", "a.png"]] {
        let output = longview(folder.path(), arguments);
        let said = text(&output.stdout) + &text(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}: {said}");
        assert!(said.contains("error: a month is 01 to 12") && !said.contains("treaty"), "{arguments:?}: {said}");
    }
    assert!(!folder.path().join("a.png").exists());
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

#[test]
fn export_draws_without_a_display() {
    let folder = folder();
    let output = longview(
        folder.path(),
        &["export", "-o", "a.png", "--size", "800x500", "--scale", "1.5", "--select", "treaty"],
    );
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let (width, height, pixels) = decode(&folder.path().join("a.png"));
    assert_eq!((width, height), (1200, 750));
    let paper = [0xfb, 0xfa, 0xf7];
    assert_eq!(pixels[..3], paper);
    let inked = pixels.chunks_exact(3).filter(|pixel| *pixel != paper).count();
    assert!(inked > 20_000, "{inked} pixels are drawn on");

    let dark = longview(folder.path(), &["export", "-o", "b.png", "--size", "800x500", "--theme", "dark"]);
    assert_eq!(dark.status.code(), Some(0));
    assert_eq!(decode(&folder.path().join("b.png")).2[..3], [0x16, 0x18, 0x1d]);
}

#[test]
fn the_ending_says_the_format() {
    let folder = folder();
    for (name, begins) in [("a.PNG", &b"\x89PNG"[..]), ("a.svg", b"<svg xmlns="), ("a.pdf", b"%PDF-1.5")] {
        let output = longview(folder.path(), &["export", "-o", name, "--size", "800x600"]);
        assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), String::new()), "{name}");
        let file = std::fs::read(folder.path().join(name)).expect("the file");
        assert!(file.starts_with(begins), "{name}");
    }
}

#[test]
fn a_picture_goes_to_standard_output() {
    let folder = folder();
    for (format, begins) in [("png", &b"\x89PNG"[..]), ("svg", b"<svg xmlns="), ("pdf", b"%PDF-1.5")] {
        let name = format!("a.{format}");
        let piped = longview(folder.path(), &["export", "-o", "-", "--format", format]);
        assert_eq!((piped.status.code(), text(&piped.stderr)), (Some(0), String::new()), "{format}");
        assert!(piped.stdout.starts_with(begins), "{format}");
        assert_eq!(longview(folder.path(), &["export", "-o", &name]).status.code(), Some(0));
        assert_eq!(piped.stdout, std::fs::read(folder.path().join(name)).expect("a file"), "{format}: the same bytes");
    }
    assert!(!folder.path().join("-").exists());
    // Not even where the shell has opened the document for it.
    #[cfg(unix)]
    {
        let path = folder.path().join("doc.ron");
        std::fs::write(&path, Example::Report.text()).expect("a document");
        let document = std::fs::OpenOptions::new().append(true).open(&path).expect("the document");
        let mut command = command(folder.path(), &["export", "doc.ron", "-o", "-", "--format", "svg"]);
        let refused = command.stdout(document).output().expect("the program runs");
        assert_eq!(refused.status.code(), Some(1));
        assert!(text(&refused.stderr).contains("that is the file of the document"), "{}", text(&refused.stderr));
        assert_eq!(std::fs::read_to_string(&path).expect("the document"), Example::Report.text());
    }
}

#[test]
fn a_script_that_the_carried_fonts_lack_is_told() {
    let folder = folder();
    let document = r#"(title: "조약", lanes: [(id: "a", title: "a")], events: [])"#;
    std::fs::write(folder.path().join("timeline.ron"), document).expect("a document");
    let output = longview(folder.path(), &["export", "-o", "a.svg"]);
    let said = text(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{said}");
    // A font of this system sets it, or none does.
    let is_told = |line: &str| line.starts_with("longview: warning: ") && line.contains('약') && line.contains('조');
    assert!(said.lines().any(is_told), "{said}");
}

#[test]
fn the_document_is_never_written_over() {
    const DOCUMENT: &str = r#"(title: "Mine", lanes: [(id: "a", title: "a")], events: [])"#;
    let folder = folder();
    let at = |name: &str| folder.path().join(name);
    std::fs::write(at("doc.svg"), DOCUMENT).expect("a document");
    std::fs::create_dir(at("sub")).expect("a folder");
    std::fs::hard_link(at("doc.svg"), at("hard.png")).expect("a hard link");
    let mut outputs = vec!["doc.svg".to_owned(), "./doc.svg".to_owned(), "sub/../doc.svg".to_owned()];
    outputs.extend(["hard.png".to_owned(), at("doc.svg").display().to_string()]);
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("doc.svg", at("link.pdf")).expect("a link");
        std::os::unix::fs::symlink("link.pdf", at("outer.png")).expect("a link");
        std::os::unix::fs::symlink(".", at("here")).expect("a link");
        outputs.extend(["link.pdf".to_owned(), "outer.png".to_owned(), "here/doc.svg".to_owned()]);
    }
    // A file system that ignores case has one file for both names.
    if at("DOC.SVG").exists() {
        outputs.push("DOC.SVG".to_owned());
    }
    for output in &outputs {
        let refused = longview(folder.path(), &["export", "doc.svg", "-o", output]);
        assert_eq!(refused.status.code(), Some(1), "{output}");
        let says = format!("longview: cannot write {output}: that is the file of the document (doc.svg)");
        assert!(text(&refused.stderr).starts_with(&says), "{}", text(&refused.stderr));
        assert_eq!(std::fs::read_to_string(at("doc.svg")).expect("the document"), DOCUMENT, "{output}");
    }
    // The same of a document that nobody named, and of one that is redirected to standard input.
    std::fs::hard_link(at("doc.svg"), at("timeline.ron")).expect("a hard link");
    let refused = longview(folder.path(), &["export", "-o", "hard.png"]);
    assert!(text(&refused.stderr).contains("(timeline.ron)"), "{}", text(&refused.stderr));
    #[cfg(unix)]
    {
        let input = std::fs::File::open(at("doc.svg")).expect("the document");
        let mut command = command(folder.path(), &["export", "-", "-o", "doc.svg"]);
        let refused = command.stdin(input).output().expect("the program runs");
        assert_eq!(refused.status.code(), Some(1));
        assert!(text(&refused.stderr).contains("(standard input)"), "{}", text(&refused.stderr));
    }
    assert_eq!(std::fs::read_to_string(at("doc.svg")).expect("the document"), DOCUMENT);
    // What only lies beside it is replaced as ever, and so is what a link elsewhere leads to.
    std::fs::write(at("other.svg"), "old").expect("a file");
    assert_eq!(longview(folder.path(), &["export", "doc.svg", "-o", "other.svg"]).status.code(), Some(0));
    assert!(std::fs::read_to_string(at("other.svg")).expect("a picture").starts_with("<svg"));
}

/// A crowded document: three eras on one another, many lanes and series, an undated event.
fn crowded() -> String {
    let all = |count: usize, write: &dyn Fn(usize) -> String| (0..count).map(write).collect::<Vec<_>>().concat();
    let eras = all(6, &|n| format!("(id: \"era{n}\", title: \"Era {n}\", date: \"1900/1950\"),"));
    let lanes = all(30, &|n| format!("(id: \"{n}\", title: \"Lane {n}\"),"));
    let events = all(90, &|n| {
        let (lane, year) = (n % 30, 1890 + n % 70);
        format!("(id: \"e{n}\", lane: \"{lane}\", title: \"Event {n}\", date: \"{year}\"),")
    });
    let points = "[(date: \"1900\", value: 1), (date: \"1940\", value: 2)]";
    let series = all(9, &|n| format!("(id: \"s{n}\", title: \"Series {n}\", unit: \"t\", points: {points}),"));
    format!(
        "(title: \"Crowded\", view: (from: \"1900\", to: \"1950\"),
        eras: [{eras} (id: \"late\", title: \"Late\", date: \"1990\")], lanes: [{lanes}],
        events: [(id: \"never\", lane: \"0\", title: \"Some day\"), {events}], series: [{series}])"
    )
}

#[test]
fn what_a_picture_leaves_out_is_told_with_numbers() {
    let folder = folder();
    std::fs::write(folder.path().join("timeline.ron"), crowded()).expect("a document");
    for name in ["a.png", "a.svg", "a.pdf"] {
        let mut line = vec!["export", "-o", name, "--size", "640x400"];
        line.extend(name.ends_with("pdf").then_some("--fit"));
        let output = longview(folder.path(), &line);
        let said = text(&output.stderr);
        assert_eq!(output.status.code(), Some(0), "{said}");
        let notes: Vec<&str> = said.lines().filter_map(|line| line.strip_prefix("longview: note: ")).collect();
        assert_eq!(notes.len(), said.lines().count(), "{said}");
        for (begins, contains) in [
            ("29 of 91 events lie outside the view", "20 before it and 9 after it"),
            ("1 of 91 events has no date", "“Some day”"),
            ("25 of 30 lanes have no room, with 55 events", "“Lane 5”, “Lane 6”, “Lane 7” and 22 more"),
            ("9 of 9 series have no room", "“Series 0”, “Series 1”, “Series 2” and 6 more"),
            ("1 of 7 eras lies outside the view", "“Late”"),
            ("3 of 7 eras have no room for a name", "“Era 3”, “Era 4” and “Era 5”"),
        ] {
            let found = notes.iter().find(|note| note.starts_with(begins));
            assert!(
                found.is_some_and(|note| note.contains(contains)),
                "{name}: {begins} … {contains} is not in {said}"
            );
        }
    }
    // The picture says the same numbers.
    let svg = std::fs::read_to_string(folder.path().join("a.svg")).expect("the picture");
    for count in ["← 20 earlier", "9 later →", "1 undated", "↓ 25 lanes", "+9 series", "+3 eras"] {
        assert!(svg.contains(&format!(">{count}</text>")), "{count} is not in the picture");
    }
}

#[test]
fn a_tall_picture_and_further_pages_leave_no_lane_or_series_out() {
    let folder = folder();
    std::fs::write(folder.path().join("timeline.ron"), crowded()).expect("a document");
    for line in [
        &["export", "-o", "a.svg", "--size", "640xauto"][..],
        &["export", "-o", "a.png", "--size", "640xAUTO", "--scale", "1"],
        &["export", "-o", "a.pdf", "--size", "640x400"],
        &["export", "-o", "a.pdf", "--page", "a4", "--notes"],
    ] {
        let output = longview(folder.path(), line);
        let said = text(&output.stderr);
        assert_eq!(output.status.code(), Some(0), "{said}");
        for lacking in ["lanes have no room", "series have no room", "only counted", "no room for a title"] {
            assert!(!said.contains(lacking), "{line:?}: {said}");
        }
        // What lies elsewhere is elsewhere however tall the picture is.
        assert!(
            said.contains("outside the view, 20 before it and 9 after it") && said.contains("has no date"),
            "{said}"
        );
    }
    let svg = std::fs::read_to_string(folder.path().join("a.svg")).expect("the picture");
    assert!(svg.contains("width=\"640\"") && svg.contains(">Lane 29</text>") && svg.contains(">Series 8</text>"));
    let wrong = longview(folder.path(), &["export", "-o", "a.png", "--size", "640xauto", "--fit"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(text(&wrong.stderr).contains("--fit"));
}

#[test]
fn a_png_holds_words_that_stand_for_it() {
    let folder = folder();
    let output = longview(folder.path(), &["export", "-o", "a.png"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let file = std::fs::File::open(folder.path().join("a.png")).expect("the picture");
    let reader = png::Decoder::new(std::io::BufReader::new(file)).read_info().expect("a PNG");
    let texts = &reader.info().utf8_text;
    let words = texts.iter().find(|text| text.keyword == "Description").and_then(|text| text.get_text().ok());
    let words = words.expect("a description");
    assert!(words.starts_with("Timeline: ") && words.contains("1965: Treaty on Basic Relations"), "{words}");
}

#[test]
fn a_selected_event_that_is_not_in_the_picture_is_told() {
    let folder = folder();
    let says = |arguments: &[&str], why: &str| {
        let mut line = vec!["export", "-o", "a.svg", "--select", "treaty"];
        line.extend(arguments);
        let said = text(&longview(folder.path(), &line).stderr);
        let note = format!("longview: note: the selected event `treaty` is not in the picture: {why}\n");
        assert_eq!(said.contains(&note), !why.is_empty(), "{said}");
    };
    says(&[], "");
    says(&["--from", "2000"], "it lies outside the view");
    std::fs::write(folder.path().join("timeline.ron"), crowded().replace("\"never\"", "\"treaty\""))
        .expect("a document");
    says(&[], "it has no date");
    std::fs::write(folder.path().join("timeline.ron"), crowded().replace("\"e87\"", "\"treaty\"")).expect("a document");
    says(&["--whole", "--size", "640x400"], "its lane has no room");
}

#[test]
fn a_picture_of_all_says_nothing() {
    let folder = folder();
    let output = longview(folder.path(), &["export", "-o", "a.svg"]);
    assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), String::new()));
}

#[test]
fn from_and_to_choose_the_span() {
    let folder = folder();
    let draw = |name: &str, more: &[&str]| {
        let mut arguments = vec!["export", "-o", name, "--size", "800x500", "--scale", "1"];
        arguments.extend(more);
        assert_eq!(longview(folder.path(), &arguments).status.code(), Some(0));
        std::fs::read(folder.path().join(name)).expect("a picture")
    };
    let all = draw("all.png", &[]);
    assert_ne!(all, draw("part.png", &["--from", "1990", "--to", "2020"]));
    assert_eq!(all, draw("again.png", &[]), "the same input gives the same bytes");
}

#[test]
fn failures_are_said_and_have_their_exit_codes() {
    let folder = folder();
    std::fs::write(folder.path().join("bad.ron"), "(title: 1)").expect("a document");
    for (arguments, code, says) in [
        (&["export"][..], 2, "--output"),
        (&["export", "-o", "a.gif"], 2, "write a PNG, an SVG or a PDF"),
        (&["export", "bad.ron", "-o", "a.png"], 1, "bad.ron:1:9: error:"),
        (&["export", "-o", "no/a.png"], 1, "the folder no does not exist"),
        (&["export", "-o", "a.png", "--select", "nobody"], 1, "there is no event `nobody`; `longview list`"),
        (&["export", "-o", "a.png", "--select", "Treety"], 1, "there is no event `Treety`; did you mean `treaty`?"),
        (&["export", "-o", "a.png", "--size", "9000x9000", "--scale", "2"], 1, "at most 16384"),
        (&["export", "-o", "a.png", "--from", "soon"], 2, "not a word that dates are written with"),
        (&["list", "nowhere.ron"], 1, "cannot read nowhere.ron"),
        (&["nowhere.ron"], 1, "cannot read nowhere.ron"),
    ] {
        let output = longview(folder.path(), arguments);
        let said = text(&output.stderr);
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {said}");
        assert!(said.contains(says), "{arguments:?}: {said}");
    }
    assert!(!folder.path().join("a.png").exists(), "a failed export leaves nothing");
}

#[test]
#[cfg(all(unix, not(target_os = "macos")))]
fn without_a_display_one_line_names_the_export() {
    let folder = folder();
    let output = longview(folder.path(), &[]);
    let said = text(&output.stderr);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(said.lines().count(), 1, "{said}");
    assert!(said.contains("no display") && said.contains("longview export"), "{said}");
}

#[test]
fn verbose_tells_what_each_stage_cost() {
    let folder = folder();
    let output = longview(folder.path(), &["export", "-o", "a.png", "-v"]);
    let said = text(&output.stderr);
    for stage in ["read", "parse", "resolve", "index", "layout", "paint", "raster", "write"] {
        assert!(said.lines().any(|line| line.starts_with(stage) && line.ends_with("ms")), "{stage} is not in {said}");
    }
}

#[test]
fn the_example_of_the_readme_is_a_document() {
    let readme = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).expect("the README");
    let document = readme.split("```ron\n").nth(1).and_then(|rest| rest.split("```").next()).expect("a ron block");
    let opened = longview::open(document.as_bytes());
    assert_eq!(opened.diagnostics, []);
    assert!(opened.timeline.is_some_and(|timeline| !timeline.events.is_empty()));
}

#[test]
fn even_time_is_chosen_by_a_flag_or_by_the_document() {
    let folder = folder();
    let mut dates: Vec<String> = (1900..1910).chain(1990..2000).map(|year| year.to_string()).collect();
    dates.extend((10..28).map(|day| format!("1905-03-{day}")));
    let linear = dated(&dates.iter().map(String::as_str).collect::<Vec<_>>());
    let svg = |document: &str, flags: &[&str]| {
        std::fs::write(folder.path().join("timeline.ron"), document).expect("a document");
        let arguments = [&["export", "-o", "-", "--format", "svg"], flags].concat();
        let output = longview(folder.path(), &arguments);
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
        text(&output.stdout)
    };
    assert!(!svg(&linear, &[]).contains("not to scale"));
    let even = svg(&linear, &["--even"]);
    for words in [">not to scale<", ">March 1905<", " years<"] {
        assert!(even.contains(words), "{words} is not in the picture");
    }
    let asking = linear.replacen('(', "(axis: Even, ", 1);
    assert_eq!(svg(&asking, &[]), even, "the document asks for the same");
    assert_eq!(svg(&asking, &["--even"]), even);
    assert!(svg(&linear, &["--even", "--from", "1904", "--to", "1995"]).contains("not to scale"));
}
