//! Changes of the document: made, taken back, repeated.

use std::sync::Arc;

use egui::{Key, Modifiers, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use longview::Example;
use longview::app::{
    App, Awaited, DialogResult, Effect, Gesture, Job, JobId, JobResult, LeaveChoice, LoadedDocument, Message,
    StartupDocument, State, UiCommand,
};
use longview::document::{DocPath, Value};
use longview::edit::Intent;
use longview::progress::Progress;
use longview::timeline::Item;

use super::support::*;

#[test]
fn a_change_is_shown_and_taken_back_by_key_and_menu() {
    let mut harness = window();
    harness.get_by_label(TREATY).click();
    harness.run();
    edit(&mut harness, TREATY_ID, "title", "The Treaty");
    assert!(harness.query_by_label("The Treaty, 1965").is_some(), "the chart shows it");
    assert!(text(&harness).contains("\"The Treaty\""));

    harness.get_by_label("Edit").click();
    harness.run();
    harness.get_by_label_contains("Undo: change title of treaty").click();
    harness.run();
    assert!(harness.query_by_label(TREATY).is_some());
    assert_eq!(text(&harness), Example::Report.text(), "to the byte");

    press(&mut harness, Modifiers::COMMAND, Key::Y);
    assert!(harness.query_by_label("The Treaty, 1965").is_some());
    press(&mut harness, Modifiers::COMMAND, Key::Z);
    assert!(harness.query_by_label(TREATY).is_some());
    press(&mut harness, Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    assert!(harness.query_by_label("The Treaty, 1965").is_some());
    press(&mut harness, Modifiers::COMMAND, Key::Z);
    press(&mut harness, Modifiers::COMMAND, Key::Z);
    assert_eq!(text(&harness), Example::Report.text(), "there is no more to take back");
}

#[test]
fn a_change_keeps_view_selection_rows_and_folds() {
    let mut harness = window();
    harness.get_by_label(TREATY).click();
    harness.run();
    press(&mut harness, Modifiers::NONE, Key::Plus);
    rest(&mut harness);
    let before = (harness.state().state().view, harness.state().state().selected(), harness.state().state().scroll);
    let titles = |harness: &Harness<'static, App>| {
        let mut texts = chart_texts(harness);
        texts.retain(|text| !text.words.contains("Treaty"));
        texts.into_iter().map(|text| (text.words, text.rect)).collect::<Vec<_>>()
    };
    let placed = titles(&harness);
    edit(&mut harness, TREATY_ID, "description", "Other words.");
    assert_eq!(titles(&harness), placed, "nothing hops at once");
    rest(&mut harness);
    let state = harness.state().state();
    assert_eq!((state.view, state.selected(), state.scroll), before);
    assert_eq!(titles(&harness), placed, "nor later");
    assert!(shows(&harness, "Other words."), "the record shows it");
}

#[test]
fn taking_a_change_back_returns_to_where_it_was_made() {
    let mut harness = window();
    harness.get_by_label(TREATY).click();
    harness.run();
    press(&mut harness, Modifiers::NONE, Key::F);
    rest(&mut harness);
    let before = (harness.state().state().view, harness.state().state().selected());
    edit(&mut harness, TREATY_ID, "title", "The Treaty");
    press(&mut harness, Modifiers::NONE, Key::Num0);
    press(&mut harness, Modifiers::NONE, Key::End);
    rest(&mut harness);
    assert_ne!((harness.state().state().view, harness.state().state().selected()), before);
    press(&mut harness, Modifiers::COMMAND, Key::Z);
    rest(&mut harness);
    assert_eq!((harness.state().state().view, harness.state().state().selected()), before);
}

#[test]
fn the_list_of_changes_can_be_walked() {
    let mut harness = window();
    for title in ["One", "Two", "Three"] {
        let mut gesture = set(harness.state().state().timeline(), TREATY_ID, "title", title);
        gesture.name = format!("call it {title}");
        harness.state_mut().apply(UiCommand::Edit(Box::new(gesture)).into());
    }
    harness.run();
    press(&mut harness, Modifiers::NONE, Key::H);
    harness.get_by_label("call it Three (shown)");
    harness.get_by_label("call it One").click();
    harness.run();
    harness.get_by_label("call it Two (taken back)");
    assert!(text(&harness).contains("\"One\""));
    harness.get_by_label("As opened").click();
    harness.run();
    assert_eq!(text(&harness), Example::Report.text());
    harness.get_by_label("call it Three (taken back)").click();
    harness.run();
    assert!(text(&harness).contains("\"Three\""));
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(harness.query_by_label("As opened").is_none(), "it is closed");
    // What is done now is in the place of what was taken back.
    press(&mut harness, Modifiers::COMMAND, Key::Z);
    edit(&mut harness, TREATY_ID, "title", "Four");
    press(&mut harness, Modifiers::NONE, Key::H);
    assert!(shows(&harness, "call it Two") && !shows(&harness, "call it Three"));
}

#[test]
fn several_intents_are_one_change_and_the_last_selects() {
    let mut harness = window();
    let list = DocPath::root().field("events");
    let fields = [("id", "new"), ("lane", "politics"), ("title", "New Event"), ("date", "1980")];
    let lane = harness.state().state().timeline().iter_lanes().next().map(|(_, lane)| lane.id.clone()).expect("a lane");
    let value = |(name, text): (&'static str, &str)| {
        let text = if name == "lane" { lane.clone() } else { text.to_owned() };
        (name, Value::Text(text.into()))
    };
    let event = Value::Item(fields.map(value).to_vec());
    let insert = Intent::Insert { list: list.clone(), index: 0, value: event };
    let title = Intent::Set { path: list.index(0).field("title"), value: Value::Text("Newest Event".into()) };
    let id = longview::timeline::ItemId::Event(longview::timeline::Key::of_id("new"));
    let gesture = Gesture::new("add an event", vec![insert, title]).selecting(id);
    harness.state_mut().apply(UiCommand::Edit(Box::new(gesture)).into());
    rest(&mut harness);
    assert!(harness.query_by_label("Newest Event, 1980").is_some());
    assert!(shows(&harness, "of 8"), "its record is shown");
    press(&mut harness, Modifiers::COMMAND, Key::Z);
    assert_eq!(text(&harness), Example::Report.text(), "one step back");
}

#[test]
fn what_makes_the_document_unreadable_is_listed_and_taken_back() {
    let mut harness = window();
    edit(&mut harness, TREATY_ID, "date", "1965-13");
    assert!(shows(&harness, "1 event of 7 is not shown: line "), "what has an error is not shown");
    press(&mut harness, Modifiers::COMMAND, Key::Z);
    assert!(shows(&harness, "no problems"));
}

/// The job that effects start to read the document again.
fn reopening(effects: Vec<Effect>) -> Option<(JobId, Arc<String>)> {
    effects.into_iter().find_map(|effect| match effect {
        Effect::Start(id, Job::Reopen { text, .. }) => Some((id, text)),
        _ => None,
    })
}

/// A state with so many events that they are not read again within a frame. One of them refers to an unknown event, so
/// that any change may matter to it and all is read.
fn large() -> State {
    of_events(2500, "(id: \"x\", lane: \"l\", title: \"X\", related: [\"nobody\"])")
}

/// A state with so many good events, and others.
fn of_events(count: usize, others: &str) -> State {
    let event = |n: usize| format!("(id: \"e{n}\", lane: \"l\", title: \"E{n}\", date: \"{:04}\"),\n", 1 + n % 1900);
    let events = (0..count).map(event).collect::<String>();
    let text = format!("(title: \"T\", lanes: [(id: \"l\", title: \"L\")], events: [\n{events}{others}])");
    State::new(StartupDocument::from(LoadedDocument::from_bytes(None, "large".to_owned(), text))).0
}

fn reopened(text: &Arc<String>) -> JobResult {
    let opened = longview::open_text(Arc::clone(text), &Progress::default()).expect("not cancelled");
    JobResult::Loaded(Some(Box::new(opened.into())))
}

#[test]
fn changes_made_while_a_large_document_is_read_are_not_lost() {
    let mut state = large();
    let title = |state: &State, id: &str| {
        let item = longview::timeline::ItemId::Event(longview::timeline::Key::of_id(id));
        match state.timeline().find(&item) {
            Some(Item::Event(event)) => state.timeline().event(event).map(|event| event.title.to_owned()),
            _ => None,
        }
    };
    let change = |state: &mut State, id: &str, value: &str| {
        let gesture = set(state.timeline(), id, "title", value);
        state.apply(UiCommand::Edit(Box::new(gesture)).into())
    };
    let original = state.document.text.to_string();
    let (first, read) = reopening(change(&mut state, "e7", "first")).expect("a job");
    assert_eq!(title(&state, "e7").as_deref(), Some("E7"), "the last picture stays");
    assert!(state.document.text.contains("\"first\""), "it is in the text at once");
    assert!(reopening(change(&mut state, "e2400", "second")).is_none(), "one job at a time");
    assert!(reopening(change(&mut state, "e7", "third")).is_none());
    let (second, newest) = reopening(state.apply(Message::Job(first, reopened(&read)))).expect("what came later");
    assert_eq!(title(&state, "e7").as_deref(), Some("first"));
    assert!(Arc::ptr_eq(&newest, &state.document.text));
    assert!(reopening(state.apply(Message::Job(second, reopened(&newest)))).is_none());
    assert_eq!(title(&state, "e7").as_deref(), Some("third"));
    assert_eq!(title(&state, "e2400").as_deref(), Some("second"));
    assert!(!state.jobs.iter().any(|job| matches!(job, Awaited::Reopen(_))));
    for _ in 0..3 {
        state.apply(UiCommand::Undo.into());
    }
    assert_eq!(*state.document.text, original);
}

/// Changes of a large document are in the text, in what is shown and in its order at once, and so is what takes them back.
#[test]
fn changes_of_a_large_document_are_shown_at_once() {
    let mut state = of_events(5000, "");
    let original = state.document.text.to_string();
    let at = |state: &State, id: &str| state.timeline().event_by_id(id).map(longview::timeline::EventIndex::get);
    let change = |state: &mut State, id: &str, field: &'static str, value: &str| {
        let gesture = set(state.timeline(), id, field, value);
        assert!(
            reopening(state.apply(UiCommand::Edit(Box::new(gesture)).into())).is_none(),
            "nothing is read by a job"
        );
    };
    change(&mut state, "e1800", "title", "changed");
    let event = |state: &State, id: &str| {
        let event = state.timeline().event_by_id(id).and_then(|event| state.timeline().event(event)).expect("there");
        (event.title.to_owned(), event.date_words())
    };
    assert_eq!(event(&state, "e1800").0, "changed");
    let before = at(&state, "e4999");
    change(&mut state, "e4999", "date", "0001-01-01");
    assert_eq!(event(&state, "e4999").1, "1 January 1 CE");
    assert!(at(&state, "e4999") < before);
    assert_eq!(state.projection().len(), 5000);
    change(&mut state, "e17", "date", "44 BCE");
    assert_eq!(at(&state, "e17"), Some(0));
    assert_eq!(state.document.problems, [], "no problem");
    let list = DocPath::root().field("events");
    let remove = Gesture::new("remove an event", vec![Intent::Remove { list, index: 2000 }]);
    assert!(reopening(state.apply(UiCommand::Edit(Box::new(remove)).into())).is_none());
    assert_eq!((at(&state, "e2000"), state.projection().len()), (None, 4999));
    assert_eq!(event(&state, "e4999").1, "1 January 1 CE");
    for _ in 0..4 {
        assert!(reopening(state.apply(UiCommand::Undo.into())).is_none());
    }
    assert_eq!(*state.document.text, original);
    let opened = longview::open(original).timeline.expect("a good document");
    let all = |timeline: &longview::timeline::Timeline| {
        timeline.events.iter().map(|event| format!("{event:?}")).collect::<Vec<_>>()
    };
    assert!(all(state.timeline()) == all(&opened));
}

#[test]
fn another_document_ends_what_was_read_of_the_one_before() {
    let mut state = large();
    let gesture = set(state.timeline(), "e1", "title", "changed");
    let (id, text) = reopening(state.apply(UiCommand::Edit(Box::new(gesture)).into())).expect("a job");
    let (other, _) = match state.apply(UiCommand::OpenExample(Example::Report).into()).pop() {
        Some(Effect::Start(id, job)) => (id, job),
        other => panic!("no job: {other:?}"),
    };
    let example = JobResult::Loaded(Some(Box::new(LoadedDocument::example(Example::Report))));
    state.apply(Message::Job(other, example));
    assert_eq!(state.timeline().events.len(), 2500, "it asks about the change");
    state.apply(UiCommand::Leave(LeaveChoice::Discard).into());
    state.apply(Message::Job(id, reopened(&text)));
    assert_eq!(state.timeline().events.len(), 7);
    assert!(state.document.editing.next_undo().is_none(), "it has no changes yet");
}

#[test]
fn nothing_can_be_changed_where_no_document_is_open() {
    let desktop = TestDesktop::new(DialogResult::Unavailable);
    let loaded = LoadedDocument::from_path(std::path::Path::new("no such file.ron"));
    let mut harness = window_on(loaded, desktop, vec2(1280.0, 800.0));
    let gesture = Gesture::new("change nothing", vec![Intent::Unset { path: DocPath::root().field("subtitle") }]);
    harness.state_mut().apply(UiCommand::Edit(Box::new(gesture)).into());
    harness.run();
    assert!(harness.state().state().document.editing.next_undo().is_none());
    press(&mut harness, Modifiers::NONE, Key::H);
    assert!(!harness.state().state().history_open);
}
