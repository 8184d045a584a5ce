//! What is wrong with a document or a command line: where it is said, and the exit code.

use longview::Example;
use std::path::Path;

use crate::support::{folder, longview, piped, text};

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

#[test]
fn a_picture_that_cannot_be_shown_is_a_warning() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("timeline.ron"), include_str!("../fixtures/good/details.ron"))
        .expect("a document");
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
    std::fs::write(&file, include_bytes!("../fixtures/good/pictures/quadrants.png")).expect("a file");
    let output = longview(folder.path(), &["check"]);
    assert_eq!((text(&output.stdout), output.status.success()), (String::new(), true));
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
fn the_example_of_the_readme_is_a_document() {
    let readme = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).expect("the README");
    let document = readme.split("```ron\n").nth(1).and_then(|rest| rest.split("```").next()).expect("a ron block");
    let opened = longview::open(document.as_bytes());
    assert_eq!(opened.diagnostics, []);
    assert!(opened.timeline.is_some_and(|timeline| !timeline.events.is_empty()));
}

#[test]
fn a_window_that_cannot_open_where_it_is_asked_to_says_why() {
    let folder = folder();
    for (arguments, code, says) in [
        (&["--select", "traety"][..], 1, "there is no event `traety`; did you mean `treaty`?"),
        (&["--find", "zeppelin"], 1, "no event is found for `zeppelin`"),
        (&["--from", "3000"], 1, "nothing lies between --from and --to"),
        (&["--from", "2000", "--to", "1990"], 2, "--from must be before --to"),
        (&["--to", "1999-13"], 2, "a month is 01 to 12"),
        (&["--find", "after:then"], 2, "--find"),
        (&["--select", "treaty", "--from", "1960"], 1, "no window can be opened here"),
    ] {
        if says.starts_with("no window") && !cfg!(all(unix, not(target_os = "macos"))) {
            continue;
        }
        let output = longview(folder.path(), arguments);
        let said = text(&output.stderr);
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {said}");
        assert!(said.contains(says), "{arguments:?}: {said}");
    }
}
