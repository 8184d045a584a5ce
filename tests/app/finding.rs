//! The box in which events are searched, by label and key.

use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use longview::app::App;
use longview::timeline::Item;

use super::support::*;

/// Opens the box and types, and waits for what is found.
fn search(harness: &mut Harness<'static, App>, words: &str) {
    press(harness, Modifiers::COMMAND, Key::K);
    typed(harness, words);
    finish(harness);
}

/// The id of the selected event.
fn selected(harness: &Harness<'static, App>) -> String {
    let state = harness.state().state();
    let event = state.selected_event().and_then(|event| state.timeline().event(event));
    event.map(|event| event.id.to_owned()).unwrap_or_default()
}

/// The number of events that are found.
fn found(harness: &Harness<'static, App>) -> Option<usize> {
    harness.state().state().found().map(longview::query::Found::len)
}

#[test]
fn events_are_found_as_words_are_typed() {
    let mut harness = window();
    press(&mut harness, Modifiers::NONE, Key::Slash);
    let field = harness.get_by_label("Find events, commands and dates");
    assert!(field.is_focused(), "what is typed next is searched");
    typed(&mut harness, "TREATY basic");
    finish(&mut harness);
    assert_eq!(found(&harness), Some(1), "whatever the case, and in any order");
    let all = harness.state().state().projection().len();
    let count = format!("1 of {all} events");
    let status = harness.get_by_label(&count);
    assert_eq!(status.accesskit_node().data().live(), Some(egui::accesskit::Live::Polite), "it is said by itself");
    let row = harness.get_by_label_contains("Treaty on Basic Relations, 1965 · ");
    assert_eq!(row.accesskit_node().role(), egui::Role::ListBoxOption);
    assert_eq!(selected(&harness), "", "nothing is selected before Enter");
    typed(&mut harness, "x");
    finish(&mut harness);
    assert_eq!(found(&harness), Some(0));
    assert!(shows(&harness, "0 of "));
}

#[test]
fn enter_walks_through_what_is_found_and_escape_goes_back() {
    let mut harness = window();
    click(&mut harness, TREATY);
    press(&mut harness, Modifiers::NONE, Key::Plus);
    press(&mut harness, Modifiers::NONE, Key::R);
    rest(&mut harness);
    let before = harness.state().state().view;
    search(&mut harness, "visitors");
    let state = harness.state().state();
    let events = state.found().expect("some").events().to_vec();
    let ids: Vec<String> =
        events.iter().filter_map(|event| state.timeline().event(*event)).map(|event| event.id.to_owned()).collect();
    assert!(ids.len() > 1, "{ids:?}");
    for id in ids.iter().chain(&ids[..1]) {
        press(&mut harness, Modifiers::NONE, Key::Enter);
        rest(&mut harness);
        assert_eq!(&selected(&harness), id, "one after another, and from the last to the first");
        let state = harness.state().state();
        assert!(state.record.is_shown(), "the record of what is found");
        let event = state.selected().expect("an event");
        let Item::Event(event) = event else { panic!("an event") };
        let bounds = state.timeline().event(event).and_then(|event| event.known_bounds()).expect("a date");
        assert!(bounds.overlaps(state.view.interval()), "it is in view");
    }
    assert!(shows(&harness, "match 1"));
    press(&mut harness, Modifiers::SHIFT, Key::Enter);
    assert_eq!(Some(&selected(&harness)), ids.last());
    press(&mut harness, Modifiers::NONE, Key::Escape);
    rest(&mut harness);
    assert_eq!(selected(&harness), TREATY_ID);
    assert!(!harness.state().state().record.is_shown(), "it was hidden");
    let view = harness.state().state().view;
    assert_eq!(view.interval(), before.interval());
    assert!(harness.state().state().finder.is_none() && found(&harness).is_none());
}

#[test]
fn one_stays_where_the_box_has_led() {
    let mut harness = window();
    search(&mut harness, "treaty");
    press(&mut harness, Modifiers::NONE, Key::ArrowDown);
    rest(&mut harness);
    assert_eq!(selected(&harness), TREATY_ID);
    let view = harness.state().state().view;
    press(&mut harness, Modifiers::COMMAND, Key::K);
    rest(&mut harness);
    assert!(harness.state().state().finder.is_none());
    assert_eq!((selected(&harness).as_str(), harness.state().state().view), (TREATY_ID, view));
    // The chart has the keys again.
    press(&mut harness, Modifiers::NONE, Key::ArrowRight);
    assert_ne!(selected(&harness), TREATY_ID);
}

#[test]
fn enter_waits_for_what_is_found() {
    let mut harness = window();
    press(&mut harness, Modifiers::COMMAND, Key::K);
    harness.event(egui::Event::Text("treaty".to_owned()));
    harness.key_press(Key::Enter);
    finish(&mut harness);
    assert_eq!(selected(&harness), TREATY_ID);
}

#[test]
fn what_is_edited_while_something_is_searched_is_found_or_not() {
    let mut harness = window();
    search(&mut harness, "basic relations");
    let before = found(&harness).expect("some");
    edit(&mut harness, TREATY_ID, "title", "Agreement");
    finish(&mut harness);
    assert_eq!(found(&harness), Some(before - 1));
    undo(&mut harness);
    finish(&mut harness);
    assert_eq!(found(&harness), Some(before));
}
