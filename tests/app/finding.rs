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
    harness.get_by_label(&count);
    assert_eq!(harness.state().state().said(), "1 event found", "it is said by itself");
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

/// What the list of the box says, and which line of it is selected.
fn lines(harness: &Harness<'static, App>) -> Vec<(String, bool)> {
    let rows = harness.query_all_by_role(egui::Role::ListBoxOption);
    let line = |node: egui_kittest::Node<'_>| {
        let node = node.accesskit_node();
        (node.label().unwrap_or_default(), node.is_selected() == Some(true))
    };
    rows.map(line).collect()
}

#[test]
fn commands_are_found_and_carried_out_and_others_say_why_not() {
    let mut harness = window();
    search(&mut harness, ">dark");
    assert_eq!(lines(&harness)[0].0, "Switch Light and Dark, T", "with its key");
    assert!(found(&harness).is_none(), "no event is searched");
    press(&mut harness, Modifiers::NONE, Key::ArrowDown);
    press(&mut harness, Modifiers::NONE, Key::ArrowDown);
    assert_eq!(lines(&harness)[1], ("Theme: Dark".to_owned(), true));
    press(&mut harness, Modifiers::NONE, Key::Enter);
    harness.run();
    assert!(harness.state().state().dark);
    assert!(harness.state().state().finder.is_none(), "the box is closed");

    search(&mut harness, ">delete");
    let row = harness.get_by_label("Delete, No event is selected");
    assert!(row.accesskit_node().is_disabled());
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert!(harness.state().state().finder.is_some(), "nothing is done");
    press(&mut harness, Modifiers::NONE, Key::Escape);
    search(&mut harness, ">fit all");
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert!(harness.state().state().finder.is_none(), "the first is meant");
}

/// Menus and the box agree on what can be done.
#[test]
fn menus_offer_what_the_box_can_do() {
    for selects in [false, true] {
        let mut harness = window();
        if selects {
            click(&mut harness, TREATY);
        }
        for menu in ["File", "Edit", "View", "Go"] {
            harness.get_by_label(menu).click();
            harness.run();
            let mut compared = 0;
            for command in longview::app::UiCommand::LISTED {
                let Some(entry) = command.entry() else { continue };
                let keys = entry.shortcuts.first().map(|keys| harness.ctx.format_shortcut(keys)).unwrap_or_default();
                let name = format!("{} {keys}", entry.text);
                let button = |node: &egui_kittest::Node<'_>| {
                    let node = node.accesskit_node();
                    let label = node.label().unwrap_or_default();
                    node.role() == egui::Role::Button && (label == entry.text || label == name)
                };
                let Some(node) = harness.query_all_by_label_contains(entry.text).find(button) else { continue };
                let reason = harness.state().state().unavailable(command);
                assert_eq!(node.accesskit_node().is_disabled(), reason.is_some(), "{menu}, {}: {reason:?}", entry.text);
                compared += 1;
            }
            assert!(compared > 3, "{menu}: {compared}");
            press(&mut harness, Modifiers::NONE, Key::Escape);
        }
    }
}

#[test]
fn a_date_alone_is_gone_to() {
    let mut harness = window();
    search(&mut harness, "1965");
    assert_eq!(lines(&harness)[0].0, "Go to 1965, show this time");
    assert!(found(&harness).is_some_and(|count| count > 1), "and what happened then is found");
    press(&mut harness, Modifiers::NONE, Key::Enter);
    rest(&mut harness);
    let view = harness.state().state().view.interval();
    let years = (view.end - view.start) as f64 / 31_556_952.0;
    let year = 1970.0 + view.start as f64 / 31_556_952.0;
    assert!((0.9..4.0).contains(&years) && (1963.0..1965.1).contains(&year), "{years} years from {year}");
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert_ne!(selected(&harness), "", "then Enter walks through these");
}

#[test]
fn conditions_are_completed() {
    let mut harness = window();
    press(&mut harness, Modifiers::COMMAND, Key::K);
    assert!(lines(&harness).iter().any(|(line, _)| line == "@, events of a lane"), "what can be typed is said");
    typed(&mut harness, "@pe");
    finish(&mut harness);
    assert_eq!(lines(&harness)[0].0, "@People, lane");
    press(&mut harness, Modifiers::NONE, Key::Tab);
    assert_eq!(harness.state().state().finder.as_ref().map(|finder| finder.typed.as_str()), Some("@People "));
    // The cursor is behind it.
    typed(&mut harness, "#tr");
    finish(&mut harness);
    assert_eq!(lines(&harness)[0].0, "#travel, tag", "only tags of events that are found");
    press(&mut harness, Modifiers::NONE, Key::ArrowDown);
    press(&mut harness, Modifiers::NONE, Key::Enter);
    finish(&mut harness);
    assert_eq!(harness.state().state().finder.as_ref().map(|finder| finder.typed.as_str()), Some("@People #travel "));
    assert_eq!(found(&harness), Some(2));
    typed(&mut harness, "after:1970");
    finish(&mut harness);
    assert_eq!(found(&harness), Some(1));
}

#[test]
fn what_cannot_be_understood_is_said() {
    let mut harness = window();
    search(&mut harness, "visitors before:Febuary basis:heard");
    assert!(shows(&harness, "“Febuary”:") && shows(&harness, "No basis is called “heard”"));
    assert_eq!(found(&harness), Some(2), "the rest is searched");
}

/// A click shows an event, and the box stays; the chart can be used meanwhile.
#[test]
fn an_event_of_the_list_is_shown_by_a_click() {
    let mut harness = window();
    search(&mut harness, "visitors");
    harness.get_by_label_contains("More than five million visitors, 2014 · People").click();
    rest(&mut harness);
    assert_eq!(selected(&harness), "visitors-2014");
    assert!(shows(&harness, "match 2"));
    assert!(harness.ctx.text_edit_focused(), "the field has the keys");
    let row = harness.query_all_by_role(egui::Role::ListBoxOption).find(egui_kittest::Node::is_focused);
    let row = row.expect("a screen reader is at the event").accesskit_node();
    assert_eq!((row.position_in_set(), row.size_of_set()), (Some(1), Some(2)));
    harness.get_by_label("Next Match (Enter)").click();
    rest(&mut harness);
    assert_eq!(selected(&harness), "visitors-1965", "from the last to the first");
    click(&mut harness, "Stay");
    assert!(harness.state().state().finder.is_none());
}
