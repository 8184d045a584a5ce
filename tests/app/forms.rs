//! The record as a form: each field by its label, and what is then in the file.

use egui::{Key, Modifiers, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use longview::app::{App, DialogResult, LoadedDocument};

use super::support::*;

const EVENT: &str = r#"(id: "one", lane: "a", title: "One", date: "1905-06")"#;

fn document(points: &str) -> String {
    format!(
        r#"(
    title: "Mine", // by hand
    sources: [(id: "s", title: "A Book")],
    lanes: [(id: "a", title: "A"), (id: "b", title: "B", parent: "a"), (id: "c", title: "C")],
    eras: [(id: "era", title: "Era", date: "1900/1910")],
    events: [
        {EVENT}, // the first
        (id: "second-one", lane: "c", title: "Peace", date: "1908-05-02"),
    ],
    series: [(id: "trade", title: "Trade", unit: "t", points: [{points}])],
)
"#
    )
}

fn mine() -> String {
    document(r#"(date: "1905", value: 1)"#)
}

/// A window on a document that is high enough for all of a form.
fn window_of(text: &str) -> Harness<'static, App> {
    let loaded = LoadedDocument::from_bytes(None, "mine.ron".to_owned(), text.to_owned());
    window_on(loaded, TestDesktop::new(DialogResult::Unavailable), vec2(1280.0, 3400.0))
}

/// The form of the first event.
fn form_of_one(text: &str) -> Harness<'static, App> {
    let mut harness = window_of(text);
    press(&mut harness, Modifiers::NONE, Key::Home);
    press(&mut harness, Modifiers::NONE, Key::E);
    assert!(shows(&harness, "Edit event"));
    harness
}

/// The form of a part of the document, which the document's own form leads to.
fn form_of(text: &str, title: &str, noun: &str) -> Harness<'static, App> {
    let mut harness = window_of(text);
    press(&mut harness, Modifiers::NONE, Key::E);
    harness.get_all_by_label(title).last().expect("a link").click();
    harness.run();
    assert!(shows(&harness, &format!("Edit {noun}")));
    harness
}

/// What a user does with a field.
enum Do {
    Type(&'static str),
    Choose(&'static str),
}

#[test]
fn each_field_of_an_event_writes_what_is_typed_and_nothing_else() {
    let text_before = mine();
    let with = |more: &str| EVENT.replace(')', &format!(", {more})"));
    let cases: &[(&str, Do, String)] = &[
        ("Title", Do::Type("First “One”"), EVENT.replace("\"One\"", "\"First “One”\"")),
        ("Date", Do::Type("3 June 1905"), EVENT.replace("1905-06", "3 June 1905")),
        ("Lane: ", Do::Choose("A › B"), EVENT.replace("lane: \"a\"", "lane: \"b\"")),
        ("Description", Do::Type("It *begins*."), with("description: \"It *begins*.\"")),
        ("New tag", Do::Type("war, #peace"), with("tags: [\"war\", \"peace\"]")),
        ("Place", Do::Type("Seoul"), with("place: (name: \"Seoul\")")),
        ("Latitude", Do::Type("37.57"), with("place: (latitude: 37.57)")),
        ("New link", Do::Type("https://example.org/a"), with("links: [(url: \"https://example.org/a\")]")),
        ("Date as the author writes it", Do::Type("im Juni 1905"), with("written: \"im Juni 1905\"")),
        ("Calendar of the date: ", Do::Choose("Julian"), with("calendar: Julian")),
        ("Importance", Do::Type("-2"), with("importance: -2")),
        ("Colour: ", Do::Choose("green"), with("color: \"green\"")),
        ("Add to a further lane: ", Do::Choose("C"), EVENT.replace("\"a\",", "\"a\", also: [\"c\"],")),
        ("Show figures of: ", Do::Choose("Trade"), with("figures: [\"trade\"]")),
    ];
    let mut harness = form_of_one(&text_before);
    for (label, what, expect) in cases {
        match what {
            Do::Type(words) => type_into(&mut harness, label, words),
            Do::Choose(choice) => choose(&mut harness, label, choice),
        }
        last_change(&harness);
        let changed = text(&harness);
        let same_but_for_order = changed == text_before.replace(EVENT, expect);
        assert!(same_but_for_order, "{label}: {changed}");
        undo(&mut harness);
        assert_eq!(text(&harness), text_before, "{label}");
    }
}

#[test]
fn each_field_says_what_is_wrong_with_it() {
    let mut harness = form_of_one(&mine());
    for (label, wrong, says) in [
        ("Title", "", "This cannot be left out"),
        ("Date", "31 June 1905", "June 1905 has 30 days"),
        ("Latitude", "91", "This is between -90 and 90"),
        ("Longitude", "east", "A number is needed, such as 85 or 0.22"),
        ("Importance", "much", "An integer is needed"),
        ("New link", "example.org", "Only addresses of the web and of mail can be opened"),
    ] {
        harness.get_all_by_label(label).last().expect("a field").click();
        harness.run();
        press(&mut harness, Modifiers::COMMAND, Key::A);
        match wrong {
            "" => press(&mut harness, Modifiers::NONE, Key::Delete),
            _ => typed(&mut harness, wrong),
        }
        assert!(shows(&harness, says), "{label}: {says}");
        assert_eq!(text(&harness), mine(), "{label}");
        if label == "New link" {
            // It may be meant so, or as it is offered.
            click(&mut harness, "Write https://example.org");
            assert!(text(&harness).contains("links: [(url: \"https://example.org\")]"));
        }
    }
    let form = harness.state().state().forms.open.as_ref().expect("a form");
    assert!(form.has_drafts(), "what is wrong is still there to be mended");
    assert!(shows(&harness, "a field is not in the document"), "and the status says so");
    click(&mut harness, "Discard");
    undo(&mut harness);
    assert_eq!(text(&harness), mine());
}

#[test]
fn a_description_is_shown_as_the_record_shows_it() {
    let mut harness = form_of_one(&mine());
    type_into(&mut harness, "Description", "Only words.");
    assert!(!shows(&harness, "Preview"), "what has no marks looks as it is typed");
    type_into(&mut harness, "Description", "# Peace\n\nAt *last*, [signed](https://example.org).");
    assert!(shows(&harness, "Preview"));
    assert!(
        harness.query_by_role_and_label(egui::accesskit::Role::Link, "signed").is_some(),
        "a link as in the record"
    );
    let opened = longview::open(text(&harness)).timeline.expect("a document");
    let event = opened.events.iter().find(|event| event.id == "one").expect("the event");
    assert_eq!(event.description, Some("# Peace\n\nAt *last*, [signed](https://example.org)."));
}

#[test]
fn a_citation_has_a_source_a_place_a_basis_and_a_note() {
    let mut harness = form_of_one(&mine());
    choose(&mut harness, "Add a citation of: ", "A Book");
    type_into(&mut harness, "Place in the source of citation 1", "p. 7");
    choose(&mut harness, "Basis of citation 1: ", "Derived");
    type_into(&mut harness, "Note of citation 1", "As the table *says*.");
    let citation = r#"(source: "s", locator: "p. 7", basis: Derived, note: "As the table *says*.")"#;
    let expect = mine().replace(EVENT, &EVENT.replace(')', &format!(", citations: [{citation}])")));
    assert_eq!(text(&harness), expect);
    last_change(&harness);
    click(&mut harness, "Remove citation 1");
    assert_eq!(text(&harness).replace(", citations: []", ""), mine());
}

#[test]
fn a_source_is_made_while_it_is_cited() {
    let mut harness = form_of_one(&mine());
    click(&mut harness, "Cite New Source…");
    assert!(shows(&harness, "Edit source"));
    // Its title has the focus.
    typed(&mut harness, "Their Paper");
    press(&mut harness, Modifiers::NONE, Key::Tab);
    type_into(&mut harness, "Date", "1990");
    click(&mut harness, "Done");
    assert!(shows(&harness, "Edit event"), "the event goes on");
    assert!(shows(&harness, "Source of citation 1: Their Paper"));
    last_change(&harness);
    assert!(text(&harness).contains(r#"(id: "new-source", title: "Their Paper", date: "1990")"#));
    assert!(text(&harness).contains(r#"citations: [(source: "new-source")]"#));
    for _ in 0..3 {
        undo(&mut harness);
    }
    assert_eq!(text(&harness), mine(), "source and citation are one change");
}

#[test]
fn a_source_has_all_its_fields() {
    let mut harness = form_of(&mine(), "A Book", "source");
    let fields = [
        ("Author", "author", "A. Writer"),
        ("Publisher", "publisher", "A House"),
        ("Date", "date", "2015-12-10"),
        ("Address", "url", "https://example.org/book"),
        ("Kind", "kind", "book"),
        ("Published in", "container", "A Series"),
        ("Editors", "editors", "B. Reader"),
        ("Volume", "volume", "2"),
        ("Issue", "issue", "3"),
        ("Pages", "pages", "12–30"),
        ("Edition", "edition", "2nd"),
        ("Place of publication", "place", "Seoul"),
        ("DOI", "doi", "10.1000/182"),
        ("ISBN", "isbn", "978-3-16-148410-0"),
        ("Looked up on", "accessed", "2026-11-24"),
        ("First published", "original_date", "1890"),
    ];
    for (label, field, value) in fields {
        type_into(&mut harness, label, value);
        last_change(&harness);
        assert!(text(&harness).contains(&format!("{field}: \"{value}\"")), "{label}: {}", text(&harness));
    }
    type_into(&mut harness, "Looked up on", "yesterday or so");
    assert!(text(&harness).contains("accessed: \"2026-11-24\""), "what cannot be read changes nothing");
    while harness.state().state().document.editing.next_undo().is_some() {
        undo(&mut harness);
    }
    assert_eq!(text(&harness), mine());
}

#[test]
fn a_lane_is_put_into_another_but_not_into_itself() {
    let mut harness = form_of(&mine(), "A", "lane");
    assert!(shows(&harness, "It cannot be within a lane that is in it."));
    harness.get_all_by_label_contains("Within the lane: ").last().expect("a list").click();
    harness.run();
    let offered = |harness: &Harness<'static, App>, words: &str| {
        harness.query_all_by_role(egui::accesskit::Role::Button).any(|node| format!("{node:?}").contains(words))
    };
    assert!(offered(&harness, "label: \"C\"") && !offered(&harness, "label: \"A › B\""), "no circle can be made");
    harness.get_all_by_label("C").last().expect("a choice").click();
    harness.run();
    assert_eq!(text(&harness), mine().replace("title: \"A\"", "title: \"A\", parent: \"c\""));
    last_change(&harness);
    assert!(shows(&harness, "Within the lane: C"));
    choose(&mut harness, "Within the lane: ", "None");
    assert_eq!(text(&harness), mine());
}

#[test]
fn lanes_are_nested_only_so_deep() {
    let lane = |n: usize| match n {
        0 => "(id: \"l0\", title: \"L0\")".to_owned(),
        n => format!("(id: \"l{n}\", title: \"L{n}\", parent: \"l{}\")", n - 1),
    };
    let lanes = (0..32).map(lane).collect::<Vec<_>>().join(", ");
    let text = format!(
        "(title: \"T\", lanes: [{lanes}, (id: \"x\", title: \"Other\")], events: [(id: \"e\", lane: \"x\", title: \"E\", date: \"1900\")])"
    );
    let harness = form_of(&text, "Other", "lane");
    assert!(shows(&harness, "Lanes are nested at most 32 deep, so it cannot be within 1 other lane."));
}

#[test]
fn eras_have_a_date_and_a_colour() {
    let mut harness = form_of(&mine(), "Era", "era");
    type_into(&mut harness, "Date", "1901/1911");
    choose(&mut harness, "Colour: ", "violet");
    type_into(&mut harness, "Description", "Years.");
    let expect = mine().replace("\"1900/1910\"", "\"1901/1911\", description: \"Years.\", color: \"violet\"");
    let other = mine().replace("\"1900/1910\"", "\"1901/1911\", color: \"violet\", description: \"Years.\"");
    assert!([expect, other].contains(&text(&harness)), "{}", text(&harness));
    type_into(&mut harness, "Date", "");
    assert!(shows(&harness, "A date is needed"));
    last_change(&harness);
}

#[test]
fn all_points_of_a_series_can_be_changed() {
    let point = |n: usize| format!("(date: \"{}\", value: {n})", 1800 + n);
    let before = document(&(1..=103).map(point).collect::<Vec<_>>().join(", "));
    let mut harness = form_of(&before, "Trade", "series");
    assert!(shows(&harness, "1–50 of 103 points"));
    click(&mut harness, "Later points");
    click(&mut harness, "Later points");
    assert!(shows(&harness, "101–103 of 103 points"));
    type_into(&mut harness, "Value of point 103", "12.5");
    choose(&mut harness, "Exactness of point 103: ", "About");
    let expect = before.replace("value: 103)", "value: 12.5, qualifier: About)");
    assert_eq!(text(&harness), expect);
    click(&mut harness, "Remove point 102");
    assert!(!text(&harness).contains("value: 102"));
    click(&mut harness, "Earlier points");
    assert!(shows(&harness, "51–100 of 102 points"));
    type_into(&mut harness, "Date of point 51", "1851, so");
    assert!(text(&harness).contains("\"1851\""), "a date that cannot be read changes nothing");
    last_change(&harness);
}

#[test]
fn points_are_pasted_from_a_spreadsheet() {
    let mut harness = form_of(&mine(), "Trade", "series");
    let pasted = "Jahr\tWert\n22/06/1906\t0,25\n03/04/1907\t1.234,5\n1908\tviel\n31/06/1909\t2\n";
    type_into(&mut harness, "Points from a spreadsheet", pasted);
    assert!(shows(&harness, "Read as 1906-06-22: 0.25 … 1907-04-03: 1234.5"));
    assert!(shows(&harness, "Line 4: “viel” is no number"));
    assert!(shows(&harness, "Line 5: June 1909 has 30 days"));
    assert_eq!(text(&harness), mine(), "nothing before it is asked for");
    click(&mut harness, "Add 2 Points");
    let added = r#", (date: "1906-06-22", value: 0.25), (date: "1907-04-03", value: 1234.5)]"#;
    assert_eq!(text(&harness), mine().replace("value: 1)]", &format!("value: 1){added}")));
    last_change(&harness);
    let form = harness.state().state().forms.open.as_ref().expect("a form");
    let path = longview::document::DocPath::root().field("points").index(usize::MAX);
    assert_eq!(form.text(&path), "1908\tviel\n31/06/1909\t2", "what is wrong stays to be mended");
    undo(&mut harness);
    assert_eq!(text(&harness), mine(), "one change");
}

#[test]
fn related_events_are_found_by_title_id_and_date() {
    for words in ["peac", "second-o", "2 May 1908", "1908"] {
        let mut harness = form_of_one(&mine());
        type_into(&mut harness, "Find an event", words);
        harness.get_by_label("Relate to Peace, 2 May 1908").click();
        harness.run();
        let expect = mine().replace(EVENT, &EVENT.replace(')', ", related: [\"second-one\"])"));
        assert_eq!(text(&harness), expect, "{words}");
        click(&mut harness, "Take out Peace");
        assert_eq!(text(&harness), mine(), "{words}");
    }
}

/// The marked time of a date that is typed, in points of the window.
fn extent(harness: &Harness<'static, App>) -> Option<egui::Rect> {
    painted_shapes(harness).into_iter().find_map(|shape| match shape {
        egui::Shape::Rect(rect) if rect.stroke.width == 1.5 && rect.rect.height() > 100.0 => Some(rect.rect),
        _ => None,
    })
}

#[test]
fn the_extent_of_a_date_is_marked_while_it_is_typed() {
    let mut harness = form_of_one(&mine());
    assert_eq!(extent(&harness), None);
    harness.get_all_by_label("Date").last().expect("a field").click();
    harness.run();
    press(&mut harness, Modifiers::COMMAND, Key::A);
    typed(&mut harness, "1907");
    let date = longview::date::Date::read("1907", longview::date::Calendar::Gregorian).expect("a date").date;
    let chart = chart_now(&harness);
    let (start, end) = (chart.axis.x(date.bounds().start) as f32, chart.axis.x(date.bounds().end) as f32);
    let marked = extent(&harness).expect("a mark");
    assert!((marked.left() - start).abs() < 1.0 && (marked.right() - end).abs() < 1.0, "{marked:?} {start} {end}");
    assert!(shows(&harness, "1907 · dated to the year"));
    typed(&mut harness, ", perhaps not");
    assert_eq!(extent(&harness), None, "what is no date has no extent");
}
