//! Events that are made of a text beside the chart.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use longview::Example;
use longview::app::{App, CaptureMessage, LoadedDocument, State, UiCommand};
use longview::date::Date;

use super::support::*;

const TEXT: &str = "A report\n\nIn 1951 talks began, page 1965 says. They went on.\n\n\
    On 3 May 1960 students marched; some 1,500 people came. It was between 1998 and 2014.\n";

/// A window with the text beside the chart.
fn reading() -> Harness<'static, App> {
    let mut harness = window();
    press(&mut harness, Modifiers::NONE, Key::C);
    type_into(&mut harness, "Text of a report", TEXT);
    harness.get_by_label("Read Text").click();
    harness.run();
    harness
}

fn text(harness: &Harness<'static, App>) -> String {
    harness.state().state().document.text.to_string()
}

#[test]
fn a_sentence_becomes_an_event_that_cites_it() {
    let mut harness = reading();
    assert!(shows(&harness, "3 sentences with dates: 0 cited, 3 left"));
    harness.get_by_label_contains("In 1951 talks began").click();
    harness.run();
    assert!(shows(&harness, "Write a title"));
    // The field of the title has the focus.
    harness.event(egui::Event::Text("Talks begin".to_owned()));
    harness.run();
    harness.get_by_label_contains("Source: ").click();
    harness.run();
    let title = "Still Distant Neighbors: South Korea-Japan Relations Fifty Years After Diplomatic Normalization";
    harness.get_by_role_and_label(Role::Button, title).click();
    harness.run();
    harness.get_by_label("Add Event").click();
    harness.run();
    let state = harness.state().state();
    let event =
        state.timeline().event_by_id("talks-begin").and_then(|event| state.timeline().event(event)).expect("it");
    assert_eq!((event.title, event.date), ("Talks begin", Some(&Date::parse("1951").expect("a date"))));
    let citation = event.citations.iter().next().expect("a citation");
    assert_eq!(citation.locator, Some("¶ 2"));
    assert_eq!(citation.note, Some("“In 1951 talks began, page 1965 says.”"));
    assert_eq!(state.capture.counts(), [1, 2]);
    assert!(shows(&harness, "3 sentences with dates: 1 cited, 2 left"));
    assert!(harness.query_by_label_contains("Cited · In 1951").is_some(), "it is marked");
    // The next one is selected, with its date.
    assert_eq!((state.capture.selected, state.capture.date.as_str()), (Some(3), "3 May 1960"));
    press(&mut harness, Modifiers::NONE, Key::Escape);
    press(&mut harness, Modifiers::COMMAND, Key::Z);
    assert_eq!(text(&harness), Example::Report.text(), "to the byte");
    assert!(shows(&harness, "3 sentences with dates: 0 cited, 3 left"), "what is taken back is cited no more");
}

#[test]
fn the_date_is_proposed_and_may_be_another() {
    let mut harness = reading();
    harness.get_by_label_contains("It was between 1998").click();
    harness.run();
    assert_eq!(harness.state().state().capture.date, "between 1998 and 2014");
    harness.get_by_label("1998–2014").click();
    harness.run();
    assert_eq!(harness.state().state().capture.date, "1998/2014");
    harness.get_by_label_contains("They went on").click();
    harness.run();
    assert!(harness.state().state().capture.date.is_empty() && shows(&harness, "undated"));
    // What is between is passed over.
    harness.get_by_label("Next Date").click();
    harness.run();
    assert_eq!(harness.state().state().capture.date, "3 May 1960");
    harness.get_by_label("Previous Date").click();
    harness.run();
    assert_eq!(harness.state().state().capture.date, "1951");
    harness.get_by_label("Close Text").click();
    harness.run();
    assert!(harness.query_by_label("Next Date").is_none());
    press(&mut harness, Modifiers::NONE, Key::C);
    assert_eq!(harness.state().state().capture.date, "1951", "it is there again");
}

#[test]
fn a_new_source_is_made_with_the_first_event() {
    let document = "(title: \"T\", lanes: [])";
    let loaded = LoadedDocument::from_bytes(Some("t.ron".into()), "t.ron".to_owned(), document);
    let mut state = State::new(loaded.into()).0;
    let mut change = |message: CaptureMessage| {
        state.apply(UiCommand::ChangeCapture(message).into());
    };
    change(CaptureMessage::Type("One in 1901.\n\nTwo in 1902.".to_owned()));
    change(CaptureMessage::Read);
    change(CaptureMessage::Select(0));
    change(CaptureMessage::Title("One".to_owned()));
    change(CaptureMessage::Add);
    change(CaptureMessage::NewSource("A book".to_owned()));
    change(CaptureMessage::Add);
    change(CaptureMessage::Title("Two".to_owned()));
    change(CaptureMessage::Add);
    let timeline = state.timeline();
    assert_eq!(timeline.sources.iter().map(|source| source.id.as_str()).collect::<Vec<_>>(), ["a-book"]);
    assert_eq!(timeline.events.len(), 2, "one without a source is not added");
    let (entries, _) = state.document.editing.entries();
    assert_eq!(entries.iter().map(|entry| entry.name.as_str()).collect::<Vec<_>>(), ["add One", "add Two"]);
    let opened = longview::open(state.document.text.to_string());
    assert!(!opened.has_errors(), "{:?}", opened.diagnostics);
}

#[test]
fn what_is_missing_is_said() {
    let loaded = LoadedDocument::example(Example::Report);
    let mut state = State::new(loaded.into()).0;
    let mut after = |message: CaptureMessage| {
        state.apply(UiCommand::ChangeCapture(message).into());
        state.capture.missing()
    };
    after(CaptureMessage::Type("One in 1901.".to_owned()));
    assert_eq!(after(CaptureMessage::Read).as_deref(), Some("Select a sentence"));
    assert_eq!(after(CaptureMessage::Select(0)).as_deref(), Some("Write a title"));
    assert_eq!(after(CaptureMessage::Title("One".to_owned())).as_deref(), Some("Name the source"));
    assert_eq!(after(CaptureMessage::NewSource("A book".to_owned())), None);
    assert!(
        after(CaptureMessage::Date("31 June 1901".to_owned())).is_some_and(|why| why.contains("June 1901 has 30 days"))
    );
    assert_eq!(after(CaptureMessage::Date(String::new())), None, "an event may be undated");
}
