//! What a picture leaves out, as an export says it.

use crate::support::{folder, longview, text};

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
