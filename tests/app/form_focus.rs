//! Where the focus is in a form: what is typed next goes where it is expected, and Enter does what it says.

use egui::{Key, Modifiers, Vec2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use longview::Example;
use longview::app::{App, DialogResult, LoadedDocument, UiCommand};
use longview::compose::Template;
use longview::document::DocPath;

use super::support::*;

const DOCUMENT: &str = r#"(
    title: "Mine",
    sources: [(id: "s", title: "A Book")],
    lanes: [(id: "a", title: "Above"), (id: "b", title: "Below")],
    events: [
        (id: "one", lane: "a", title: "One", date: "1905-06"),
        (id: "cafe", lane: "b", title: "Café Łódź", date: "1907"),
        (id: "street", lane: "b", title: "Große Straße", date: "1908"),
    ],
    series: [(id: "trade", title: "Trade", unit: "t", points: [(date: "1905", value: 1), (date: "1906", value: 2)])],
)
"#;

fn window_of(size: Vec2) -> Harness<'static, App> {
    let loaded = LoadedDocument::from_bytes(None, "mine.ron".to_owned(), DOCUMENT.to_owned());
    window_on(loaded, TestDesktop::new(DialogResult::Unavailable), size)
}

/// A window that is high enough for all of a form.
fn window_high() -> Harness<'static, App> {
    window_of(vec2(1280.0, 3400.0))
}

/// The form of the first event, in a window that is high enough for all of it.
fn form_of_one() -> Harness<'static, App> {
    let mut harness = window_high();
    press(&mut harness, Modifiers::NONE, Key::Home);
    press(&mut harness, Modifiers::NONE, Key::E);
    harness
}

fn enter(harness: &mut Harness<'static, App>) {
    press(harness, Modifiers::NONE, Key::Enter);
}

/// Clicks in a field.
fn go_to(harness: &mut Harness<'static, App>, field: &str) {
    harness.get_all_by_label(field).last().expect("a field").click();
    harness.run();
}

/// The document on one line.
fn flat(harness: &Harness<'static, App>) -> String {
    text(harness).split_whitespace().collect::<Vec<_>>().join(" ").replace("( ", "(").replace(", )", ")")
}

#[test]
fn enter_adds_the_event_from_every_field_of_a_line() {
    for (field, words, expect) in [
        ("Title", "", r#"(id: "peace", lane: "a", title: "Peace", date: ""#),
        ("Date", "1909", r#"title: "Peace", date: "1909")"#),
        ("New tag", "war, peace", r#"tags: ["war", "peace"])"#),
    ] {
        let mut harness = window_high();
        press(&mut harness, Modifiers::NONE, Key::N);
        typed(&mut harness, "Peace");
        go_to(&mut harness, field);
        press(&mut harness, Modifiers::COMMAND, Key::A);
        typed(&mut harness, if words.is_empty() { "Peace" } else { words });
        enter(&mut harness);
        assert!(flat(&harness).contains(expect), "{field}: {}", text(&harness));
        assert_eq!(last_change(&harness), "add Peace");
    }
}

#[test]
fn after_a_choice_the_focus_is_back_in_the_field_one_was_in() {
    let mut harness = window_high();
    press(&mut harness, Modifiers::NONE, Key::N);
    typed(&mut harness, "Peace");
    choose(&mut harness, "Lane: ", "Below");
    typed(&mut harness, " made");
    enter(&mut harness);
    assert!(flat(&harness).contains(r#"lane: "b", title: "Peace made""#), "{}", text(&harness));

    // A date that is offered is taken into the field of the date.
    press(&mut harness, Modifiers::NONE, Key::Escape);
    press(&mut harness, Modifiers::NONE, Key::N);
    typed(&mut harness, "War");
    press(&mut harness, Modifiers::NONE, Key::Tab);
    typed(&mut harness, "03/04/1909");
    click(&mut harness, "Write 1909-04-03");
    enter(&mut harness);
    assert!(flat(&harness).contains(r#"title: "War", date: "1909-04-03")"#), "{}", text(&harness));
}

#[test]
fn a_date_that_is_offered_is_taken_by_key_too() {
    let mut harness = window_high();
    press(&mut harness, Modifiers::NONE, Key::N);
    typed(&mut harness, "War");
    press(&mut harness, Modifiers::NONE, Key::Tab);
    typed(&mut harness, "03/04/1909");
    press(&mut harness, Modifiers::NONE, Key::Tab);
    enter(&mut harness);
    enter(&mut harness);
    assert!(flat(&harness).contains(r#"title: "War", date: "1909-04-03")"#), "{}", text(&harness));
}

#[test]
fn a_list_that_is_opened_by_key_keeps_the_focus() {
    let mut harness = window_high();
    press(&mut harness, Modifiers::NONE, Key::N);
    typed(&mut harness, "Peace");
    // From the title over the date to the lane.
    press(&mut harness, Modifiers::NONE, Key::Tab);
    press(&mut harness, Modifiers::NONE, Key::Tab);
    enter(&mut harness);
    press(&mut harness, Modifiers::NONE, Key::Tab);
    press(&mut harness, Modifiers::NONE, Key::Tab);
    enter(&mut harness);
    assert!(shows(&harness, "Lane: Below"));
    let list = harness.get_by_label("Lane: Below");
    assert!(list.is_focused());
    press(&mut harness, Modifiers::COMMAND, Key::Enter);
    assert!(flat(&harness).contains(r#"lane: "b", title: "Peace""#), "{}", text(&harness));
}

#[test]
fn enter_relates_the_first_event_that_is_found_whatever_its_accents() {
    for (words, id) in [("cafe lodz", "cafe"), ("CAFÉ", "cafe"), ("strasse", "street"), ("1907", "cafe")] {
        let mut harness = form_of_one();
        go_to(&mut harness, "Find an event");
        typed(&mut harness, words);
        enter(&mut harness);
        assert!(text(&harness).contains(&format!("related: [\"{id}\"]")), "{words}: {}", text(&harness));
        // The next one is looked for.
        typed(&mut harness, if id == "cafe" { "GROSSE" } else { "lodz" });
        enter(&mut harness);
        let both = if id == "cafe" { r#"["cafe", "street"]"# } else { r#"["street", "cafe"]"# };
        assert!(text(&harness).contains(&format!("related: {both}")), "{words}: {}", text(&harness));
    }
    let mut harness = form_of_one();
    go_to(&mut harness, "Find an event");
    typed(&mut harness, "nothing like it");
    assert!(shows(&harness, "No other event is found."));
    enter(&mut harness);
    assert_eq!(text(&harness), DOCUMENT);
}

#[test]
fn a_new_row_has_the_focus() {
    let mut harness = form_of_one();
    choose(&mut harness, "Add a citation of: ", "A Book");
    typed(&mut harness, "p. 7");
    go_to(&mut harness, "New link");
    typed(&mut harness, "https://example.org/a");
    enter(&mut harness);
    typed(&mut harness, "A page");
    go_to(&mut harness, "File of a new picture");
    typed(&mut harness, "a.png");
    enter(&mut harness);
    typed(&mut harness, "A map");
    go_to(&mut harness, "New tag");
    typed(&mut harness, "war");
    enter(&mut harness);
    typed(&mut harness, "peace");
    enter(&mut harness);
    let expect = r#"(id: "one", lane: "a", title: "One", date: "1905-06", tags: ["war", "peace"], links: [(url: "https://example.org/a", title: "A page")], media: [(file: "a.png", alt: "A map")], citations: [(source: "s", locator: "p. 7")])"#;
    assert!(flat(&harness).contains(expect), "{}", text(&harness));
    last_change(&harness);
}

#[test]
fn a_source_that_is_made_while_it_is_cited_leads_back_to_its_citation() {
    let mut harness = form_of_one();
    click(&mut harness, "Cite New Source…");
    typed(&mut harness, "Their Paper");
    click(&mut harness, "Done");
    typed(&mut harness, "p. 12");
    press(&mut harness, Modifiers::NONE, Key::Tab);
    assert!(text(&harness).contains(r#"(source: "new-source", locator: "p. 12")"#), "{}", text(&harness));
}

#[test]
fn what_is_removed_by_key_leaves_the_focus_in_the_form() {
    let mut harness = form_of_one();
    go_to(&mut harness, "New tag");
    typed(&mut harness, "war");
    enter(&mut harness);
    harness.get_by_label("Take out #war").focus();
    harness.run();
    enter(&mut harness);
    assert_eq!(text(&harness).replace(", tags: []", ""), DOCUMENT);
    typed(&mut harness, "peace");
    enter(&mut harness);
    assert!(text(&harness).contains(r#"tags: ["peace"]"#), "{}", text(&harness));
}

#[test]
fn values_of_a_series_are_cited() {
    let mut harness = window_high();
    press(&mut harness, Modifiers::NONE, Key::E);
    harness.get_all_by_label("Trade").last().expect("a link").click();
    harness.run();
    click(&mut harness, "Cite point 2");
    choose(&mut harness, "Add to those of point 2: ", "A Book");
    typed(&mut harness, "table 3");
    choose(&mut harness, "Basis of citation 1 of point 2: ", "Derived");
    type_into(&mut harness, "Note of citation 1 of point 2", "A sum.");
    let cited =
        r#"(date: "1906", value: 2, citations: [(source: "s", locator: "table 3", basis: Derived, note: "A sum.")])"#;
    let expect = DOCUMENT.replace(r#"(date: "1906", value: 2)"#, cited);
    assert_eq!(text(&harness), expect);
    assert_eq!(last_change(&harness), "change note of citation 1 of point 2 of Trade");
    // The whole series has citations of its own.
    choose(&mut harness, "Add a citation of: ", "A Book");
    typed(&mut harness, "p. 1");
    press(&mut harness, Modifiers::NONE, Key::Tab);
    assert!(flat(&harness).contains(r#"citations: [(source: "s", locator: "p. 1")])]"#), "{}", text(&harness));
    click(&mut harness, "Remove citation 1 of point 2");
    assert!(shows(&harness, "Cite point 2"));
    last_change(&harness);
    // A source that is new, too.
    click(&mut harness, "Cite New Source… of point 2");
    typed(&mut harness, "Their Paper");
    click(&mut harness, "Done");
    typed(&mut harness, "p. 2");
    press(&mut harness, Modifiers::NONE, Key::Tab);
    assert!(text(&harness).contains(r#"(source: "new-source", locator: "p. 2")"#), "{}", text(&harness));
}

/// A window on a new timeline.
fn begun() -> Harness<'static, App> {
    let mut harness = window();
    harness.state_mut().apply(UiCommand::NewDocument(Template::Blank).into());
    finish(&mut harness);
    harness
}

fn draft(harness: &Harness<'static, App>, path: &DocPath) -> String {
    harness.state().state().forms.open.as_ref().expect("a form").text(path).to_owned()
}

#[test]
fn a_form_keeps_the_lane_that_a_line_has_named() {
    let mut harness = begun();
    typed(&mut harness, "1254 League @\"Rhine cities\"");
    click(&mut harness, "Use a Form");
    assert!(shows(&harness, "Lane: New lane…"));
    let name = longview::app::new_lane();
    assert_eq!(draft(&harness, &name), "Rhine cities");
    click(&mut harness, "Add Event");
    assert!(text(&harness).contains(r#"(id: "rhine-cities", title: "Rhine cities")"#), "{}", text(&harness));
    assert!(!text(&harness).contains(r#"id: "events""#), "it is in the place of the lane that a timeline begins with");
    assert!(flat(&harness).contains(r#"(id: "league", lane: "rhine-cities", title: "League", date: "1254")"#));
    last_change(&harness);

    // A lane that is new besides one that there is.
    press(&mut harness, Modifiers::NONE, Key::Escape);
    press(&mut harness, Modifiers::NONE, Key::N);
    typed(&mut harness, "Peace");
    harness.state_mut().apply(UiCommand::Form(longview::app::FormMessage::Type(name, "Peaces".to_owned())).into());
    harness.run();
    assert!(shows(&harness, "Name of a further lane, which is new"));
    click(&mut harness, "Add Event");
    assert!(flat(&harness).contains(r#"lane: "rhine-cities", also: ["peaces"], title: "Peace""#), "{}", text(&harness));
    assert!(text(&harness).contains(r#"(id: "peaces", title: "Peaces")"#));
    last_change(&harness);
}

#[test]
fn lines_after_the_one_of_the_form_are_there_again() {
    let mut harness = begun();
    typed(&mut harness, "1254 League\n1648 Peace @rhine");
    click(&mut harness, "Use a Form");
    click(&mut harness, "Add Event");
    assert!(shows(&harness, "1648 · Peace · new lane “rhine”"));
    enter(&mut harness);
    assert!(flat(&harness).contains(r#"title: "Peace", date: "1648""#), "{}", text(&harness));
}

#[test]
fn a_new_event_may_be_in_a_new_lane() {
    let mut harness = window_high();
    press(&mut harness, Modifiers::NONE, Key::N);
    typed(&mut harness, "Peace");
    choose(&mut harness, "Lane: ", "New lane…");
    // It has no name yet.
    click(&mut harness, "Add Event");
    assert_eq!(text(&harness), DOCUMENT);
    typed(&mut harness, "Sport");
    enter(&mut harness);
    assert!(text(&harness).contains(r#"(id: "sport", title: "Sport")"#), "{}", text(&harness));
    assert!(flat(&harness).contains(r#"lane: "sport", title: "Peace""#));
    assert_eq!(last_change(&harness), "add Peace");
    undo(&mut harness);
    assert_eq!(text(&harness), DOCUMENT, "lane and event are one change");

    // One that has the name already is no other one.
    press(&mut harness, Modifiers::NONE, Key::Escape);
    press(&mut harness, Modifiers::NONE, Key::N);
    typed(&mut harness, "Peace");
    choose(&mut harness, "Lane: ", "New lane…");
    typed(&mut harness, "below");
    enter(&mut harness);
    assert!(flat(&harness).contains(r#"lane: "b", title: "Peace""#), "{}", text(&harness));
}

#[test]
fn dragging_what_is_not_selected_says_why_it_stays() {
    let mut harness = window();
    let status = |harness: &Harness<'static, App>| harness.state().state().status();
    let from = harness.get_by_label(TREATY).rect().center();
    let mut drag = || {
        let harness = &mut harness;
        harness.hover_at(from);
        harness.run();
        harness.drag_at(from);
        harness.run();
        harness.hover_at(from + vec2(20.0, 0.0));
        harness.run();
        harness.hover_at(from + vec2(60.0, 0.0));
        harness.run();
        harness.drop_at(from + vec2(60.0, 0.0));
        harness.run();
        status(harness)
    };
    assert!(drag().starts_with("Select it first to move it · "));
    assert_eq!(text(&harness), Example::Report.text(), "nothing is moved");
    // It is said once, and not for long.
    harness.run_steps(300);
    assert!(!status(&harness).contains("Select it first"));
}

#[test]
fn a_form_takes_the_place_of_a_text_in_a_narrow_window() {
    let mut harness = window_of(vec2(900.0, 600.0));
    let is_wide = |harness: &Harness<'static, App>| harness.state().state().chart_rect.width() > 440.0;
    press(&mut harness, Modifiers::NONE, Key::C);
    assert!(shows(&harness, "Read Text") && is_wide(&harness));
    assert!(!shows(&harness, "Click an event for its record."));
    press(&mut harness, Modifiers::NONE, Key::Escape);
    press(&mut harness, Modifiers::NONE, Key::Home);
    press(&mut harness, Modifiers::NONE, Key::E);
    assert!(shows(&harness, "Edit event") && !shows(&harness, "Read Text") && is_wide(&harness));
    // What is typed goes into the document as the text comes back.
    typed(&mut harness, "First");
    press(&mut harness, Modifiers::NONE, Key::Enter);
    press(&mut harness, Modifiers::NONE, Key::C);
    assert!(shows(&harness, "Read Text") && !shows(&harness, "Edit event"));
    assert!(text(&harness).contains("title: \"First\""));
    // The record has a button.
    click(&mut harness, "Record");
    assert!(shows(&harness, "Edit") && !shows(&harness, "Read Text"));
    click(&mut harness, "Text");
    assert!(shows(&harness, "Read Text"));
    press(&mut harness, Modifiers::NONE, Key::E);
    click(&mut harness, "Done");
    assert!(shows(&harness, "Read Text"), "and so it is after a form");

    // A form that is open makes room for the text.
    press(&mut harness, Modifiers::NONE, Key::C);
    assert!(!shows(&harness, "Read Text"));
    press(&mut harness, Modifiers::NONE, Key::E);
    assert!(shows(&harness, "Edit event"));
    press(&mut harness, Modifiers::NONE, Key::Enter);
    press(&mut harness, Modifiers::NONE, Key::C);
    assert!(shows(&harness, "Read Text") && !shows(&harness, "Edit event"));
}
