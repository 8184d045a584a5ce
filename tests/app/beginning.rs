//! A timeline that is made from nothing, by someone who has not done it before.

use std::path::Path;
use std::sync::Arc;

use egui::{Event, Key, Modifiers, PointerButton, Pos2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use longview::Example;
use longview::app::{App, DialogResult, LoadedDocument, UiCommand};
use longview::compose::Template;
use longview::document::DocPath;

use super::support::*;

/// A window on a new timeline.
fn begun() -> Harness<'static, App> {
    let mut harness = window();
    harness.state_mut().apply(UiCommand::NewDocument(Template::Blank).into());
    finish(&mut harness);
    harness
}

fn typed(harness: &mut Harness<'static, App>, words: &str) {
    harness.event(Event::Text(words.to_owned()));
    harness.run();
}

/// Types a line, and adds its event.
fn line(harness: &mut Harness<'static, App>, words: &str) {
    typed(harness, words);
    press(harness, Modifiers::NONE, Key::Enter);
    rest(harness);
}

fn click(harness: &mut Harness<'static, App>, label: &str) {
    harness.get_by_label(label).click();
    harness.run();
}

fn double_click(harness: &mut Harness<'static, App>, at: Pos2) {
    harness.hover_at(at);
    harness.run();
    for pressed in [true, false, true, false] {
        let button = PointerButton::Primary;
        harness.event(Event::PointerButton { pos: at, button, pressed, modifiers: Modifiers::NONE });
        harness.step();
    }
    harness.run();
}

fn text(harness: &Harness<'static, App>) -> String {
    harness.state().state().document.text.to_string()
}

fn titles(harness: &Harness<'static, App>) -> Vec<String> {
    harness.state().state().timeline().lanes.iter().map(|lane| lane.title.clone()).collect()
}

/// What a field of the open form has in it.
fn field(harness: &Harness<'static, App>, name: &'static str) -> String {
    let form = harness.state().state().forms.open.as_ref().expect("a form");
    form.text(&DocPath::root().field(name)).to_owned()
}

#[test]
fn what_is_added_to_a_whole_view_stays_in_view_with_all_the_rest() {
    let mut harness = begun();
    assert!(harness.state().state().status().contains("no problems"), "an empty timeline is no problem");
    line(&mut harness, "13 July 1254 League of the Rhine @Rhine");
    line(&mut harness, "24 October 1648 Peace of Westphalia");
    line(&mut harness, "from 1829 to 1856 Russia holds the mouth @Danube");
    for event in ["League of the Rhine, 13 July 1254", "Peace of Westphalia, 24 October 1648"] {
        assert!(harness.query_by_label(event).is_some(), "{event}");
    }
    assert!(harness.query_by_label("Russia holds the mouth, 1829–1856").is_some());
    // A closer view is the reader's own, and moves only as far as it must.
    press(&mut harness, Modifiers::NONE, Key::Escape);
    press(&mut harness, Modifiers::NONE, Key::Plus);
    press(&mut harness, Modifiers::NONE, Key::Plus);
    rest(&mut harness);
    let length = harness.state().state().view.interval().length();
    press(&mut harness, Modifiers::NONE, Key::A);
    line(&mut harness, "1992 The canal is opened");
    let now = harness.state().state().view.interval().length();
    assert!(now.abs_diff(length) <= 2, "{now} seconds, not {length}");
    assert!(harness.query_by_label("The canal is opened, 1992").is_some());
}

#[test]
fn a_line_adds_the_lanes_that_it_names() {
    let mut harness = begun();
    typed(&mut harness, "1254 League @Rhine");
    assert!(shows(&harness, "1254 · League · new lane “Rhine”"), "what Enter does is said");
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert_eq!(titles(&harness), ["Rhine"], "the lane that a timeline begins with was only its place");
    typed(&mut harness, "1856 Paris @Danube");
    press(&mut harness, Modifiers::SHIFT, Key::Enter);
    typed(&mut harness, "1815 Vienna @\"The law\"");
    press(&mut harness, Modifiers::SHIFT, Key::Enter);
    typed(&mut harness, "1921 Statute @danube");
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert_eq!(titles(&harness), ["Rhine", "Danube", "The law"]);
    let timeline = harness.state().state().timeline();
    assert!(timeline.event_by_id("statute").is_some() && text(&harness).matches("lane: \"danube\"").count() == 2);

    // Several words without quotation marks are offered as a name.
    typed(&mut harness, "1648 Peace @Before the treaties");
    assert!(shows(&harness, "The name of the lane is “Before” alone"));
    click(&mut harness, "Write Before the treaties");
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert_eq!(titles(&harness).last().map(String::as_str), Some("Before the treaties"));

    // A slip of the pen is no lane, unless it is meant.
    typed(&mut harness, "1868 Mannheim @Rhin");
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert!(!text(&harness).contains("Mannheim"));
    click(&mut harness, "Add with New Lane “Rhin”");
    assert!(titles(&harness).contains(&"Rhin".to_owned()));
    // The field has the focus for the next one.
    line(&mut harness, "1869 Next");
    assert!(text(&harness).contains("title: \"Next\""));
}

#[test]
fn the_first_lane_stays_where_a_line_names_none() {
    let mut harness = begun();
    typed(&mut harness, "1254 League @Rhine");
    press(&mut harness, Modifiers::SHIFT, Key::Enter);
    typed(&mut harness, "1648 Peace");
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert_eq!(titles(&harness), ["Events", "Rhine"]);
}

#[test]
fn keys_of_the_empty_line_are_about_the_timeline() {
    let mut harness = begun();
    line(&mut harness, "1254 League");
    line(&mut harness, "1648 Piece of Westphalia");
    assert!(shows(&harness, "New Events"));
    press(&mut harness, Modifiers::COMMAND, Key::Z);
    assert!(!text(&harness).contains("Piece"), "what was added last is taken back");
    assert!(!shows(&harness, "1254 · League"), "and what was typed before does not come again");
    line(&mut harness, "1648 Peace of Westphalia");
    assert!(text(&harness).contains("Peace"));
    // In a line, the key is about its words.
    typed(&mut harness, "1700 Tolls");
    press(&mut harness, Modifiers::COMMAND, Key::Z);
    assert!(text(&harness).contains("Peace"));
    press(&mut harness, Modifiers::COMMAND, Key::A);
    press(&mut harness, Modifiers::NONE, Key::Delete);
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(!shows(&harness, "New Events"), "one key closes it");
}

#[test]
fn shift_that_is_let_go_at_once_still_begins_a_line() {
    let mut harness = begun();
    typed(&mut harness, "1254 League");
    // Within one frame, as a fast hand or another program does.
    for pressed in [true, false] {
        let (key, modifiers) = (Key::Enter, Modifiers::SHIFT);
        harness.event(Event::Key { key, physical_key: None, pressed, repeat: false, modifiers });
    }
    harness.run();
    assert!(!text(&harness).contains("League"));
    line(&mut harness, "1648 Peace");
    assert!(text(&harness).contains("League") && text(&harness).contains("Peace"));
}

#[test]
fn a_form_goes_on_with_the_line_that_was_typed() {
    let mut harness = begun();
    typed(&mut harness, "13 July 1254 League #tolls");
    click(&mut harness, "Use a Form");
    assert_eq!((field(&harness, "title"), field(&harness, "date")), ("League".to_owned(), "13 July 1254".to_owned()));
    assert!(shows(&harness, "#tolls"));
    click(&mut harness, "Add Event");
    assert!(text(&harness).contains("tags: [\"tolls\"]"), "{}", text(&harness));
    press(&mut harness, Modifiers::NONE, Key::Escape);
    press(&mut harness, Modifiers::NONE, Key::Escape);

    // In a text of several lines the keys of the form work, too.
    press(&mut harness, Modifiers::NONE, Key::N);
    typed(&mut harness, "Peace");
    press(&mut harness, Modifiers::NONE, Key::Tab);
    // What is typed replaces the date that is offered.
    typed(&mut harness, "1648");
    assert_eq!(field(&harness, "date"), "1648");
    harness.get_all_by_label("Description").last().expect("a field").click();
    harness.run();
    typed(&mut harness, "In Osnabrück");
    press(&mut harness, Modifiers::COMMAND, Key::Enter);
    assert!(text(&harness).contains("description: \"In Osnabrück\""), "{}", text(&harness));
}

#[test]
fn a_text_is_a_way_to_begin() {
    let mut harness = begun();
    click(&mut harness, "From a Text…");
    assert!(harness.state().state().capture.open);
}

#[test]
fn lanes_sources_and_eras_are_made_by_key_and_menu() {
    let mut harness = begun();
    line(&mut harness, "1254 League");
    line(&mut harness, "1994 Sofia");
    press(&mut harness, Modifiers::NONE, Key::Escape);
    press(&mut harness, Modifiers::NONE, Key::L);
    typed(&mut harness, "Danube");
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert_eq!(titles(&harness), ["Events", "Danube"]);
    press(&mut harness, Modifiers::NONE, Key::Escape);
    click(&mut harness, "Edit");
    harness.get_by_label_contains("New Source").click();
    harness.run();
    typed(&mut harness, "Rivers in Common");
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert!(text(&harness).contains("title: \"Rivers in Common\""));
    press(&mut harness, Modifiers::NONE, Key::Escape);

    press(&mut harness, Modifiers::SHIFT, Key::N);
    typed(&mut harness, "Free rivers");
    assert!(field(&harness, "date").contains('/'), "an era is a span: {}", field(&harness, "date"));
    press(&mut harness, Modifiers::NONE, Key::Tab);
    typed(&mut harness, "1815/1914");
    press(&mut harness, Modifiers::NONE, Key::Enter);
    rest(&mut harness);
    assert!(text(&harness).contains("date: \"1815/1914\""), "{}", text(&harness));
    // Where an era is moved to, the view follows.
    press(&mut harness, Modifiers::NONE, Key::Plus);
    press(&mut harness, Modifiers::NONE, Key::Plus);
    rest(&mut harness);
    type_into(&mut harness, "Date", "1200/1230");
    rest(&mut harness);
    assert!(harness.query_by_label("Free rivers, 1200–1230").is_some());
}

#[test]
fn a_lane_is_renamed_by_a_double_click_on_its_name() {
    let mut harness = window();
    let name = chart_texts(&harness).into_iter().find(|text| text.words == "Culture").expect("the name of a lane");
    double_click(&mut harness, name.rect.center());
    assert!(shows(&harness, "Edit lane"));
    typed(&mut harness, "Arts");
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert!(titles(&harness).contains(&"Arts".to_owned()), "the name has the focus, and is replaced");
}

#[test]
fn a_document_is_saved_while_someone_types() {
    let desktop = TestDesktop::new(DialogResult::Cancelled);
    let example = LoadedDocument::example(Example::Report);
    let mut harness = window_on(example, Arc::clone(&desktop), egui::vec2(1280.0, 800.0));
    press(&mut harness, Modifiers::NONE, Key::E);
    typed(&mut harness, "Rivers in Common");
    press(&mut harness, Modifiers::COMMAND, Key::S);
    finish(&mut harness);
    assert_eq!(desktop.asked(), ["save rivers-in-common.ron"], "under the name that was just typed");
    // Signs are typed, whatever else they mean.
    typed(&mut harness, "?");
    assert!(!shows(&harness, "Keys and Mouse"));
}

#[test]
fn no_hint_of_the_chart_stands_over_a_dialog() {
    let mut harness = window();
    let title =
        chart_texts(&harness).into_iter().find(|text| text.words == "Treaty on Basic Relations").expect("a title");
    harness.hover_at(title.rect.center());
    harness.run_steps(40);
    let hints = |harness: &Harness<'static, App>| harness.query_all_by_label_contains("dated to the year").count();
    assert!(hints(&harness) > 0, "the hint is shown");
    press(&mut harness, Modifiers::COMMAND, Key::E);
    harness.run_steps(20);
    assert!(shows(&harness, "Export Picture"));
    assert_eq!(hints(&harness), 0);
}

/// A window that remembers documents in a file.
fn remembering(document: &Path, file: &Path) -> Harness<'static, App> {
    let (loaded, file) = (LoadedDocument::from_path(document), file.to_path_buf());
    let desktop = TestDesktop::new(DialogResult::Path(document.with_file_name("saved.ron")));
    let mut harness = Harness::builder()
        .with_size(egui::vec2(1280.0, 800.0))
        .with_max_steps(60)
        .with_step_dt(0.05)
        .build_eframe(move |creation| App::new(&creation.egui_ctx, loaded, desktop).keeping_recent_in(file));
    finish(&mut harness);
    harness
}

fn recent(harness: &mut Harness<'static, App>, name: &str) {
    click(harness, "File");
    click(harness, "Open Recent");
    click_and_finish(harness, name);
}

#[test]
fn documents_are_opened_again_from_the_menu() {
    let folder = tempfile::tempdir().expect("a folder");
    let [one, two] = ["one.ron", "two.ron"].map(|name| folder.path().join(name));
    let file = folder.path().join("own").join("recent");
    for path in [&one, &two] {
        std::fs::write(path, Example::Report.text()).expect("a document");
        drop(remembering(path, &file));
    }
    // Another window, on a document that it has saved under another name.
    let mut harness = remembering(&two, &file);
    recent(&mut harness, "one.ron");
    assert_eq!(harness.state().state().document.name, "one.ron");
    press(&mut harness, Modifiers::COMMAND | Modifiers::SHIFT, Key::S);
    finish(&mut harness);
    assert_eq!(harness.state().state().document.name, "saved.ron");
    recent(&mut harness, "two.ron");
    assert_eq!(harness.state().state().document.name, "two.ron");
    let names: Vec<String> = std::fs::read_to_string(&file).expect("a file").lines().map(str::to_owned).collect();
    let ends = |name: &str, end: &str| name.ends_with(end);
    assert!(names.len() == 3 && ends(&names[0], "two.ron") && ends(&names[1], "saved.ron"), "{names:?}");

    // A window that is to remember nothing offers nothing.
    let mut harness = window();
    click(&mut harness, "File");
    assert!(harness.query_by_label("one.ron").is_none());
}
