//! Several events that are selected at once, by pointer and key, and what is done with all of them.

use egui::{Event, Key, Modifiers, PointerButton};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use longview::Example;
use longview::app::App;

use super::support::*;

/// Clicks the mark of an event with modifiers.
fn click_with(harness: &mut Harness<'static, App>, title: &str, modifiers: Modifiers) {
    let right = harness.state().state().chart_rect.right();
    let marks = harness.get_all_by_label_contains(title).map(|node| node.rect().center());
    let pos = marks.into_iter().find(|at| at.x < right).expect("a mark");
    harness.hover_at(pos);
    harness.run();
    for pressed in [true, false] {
        let button = PointerButton::Primary;
        harness.event_modifiers(Event::PointerButton { pos, button, pressed, modifiers }, modifiers);
        harness.step();
    }
    harness.event_modifiers(Event::PointerMoved(pos), Modifiers::NONE);
    harness.run();
}

fn selected(harness: &Harness<'static, App>) -> Vec<String> {
    let state = harness.state().state();
    let events = state.selected_events();
    events.iter().filter_map(|event| Some(state.timeline().event(*event)?.id.to_owned())).collect()
}

#[test]
fn ctrl_and_a_click_selects_one_more_or_one_less() {
    let mut harness = window();
    click_with(&mut harness, "Treaty on Basic", Modifiers::NONE);
    click_with(&mut harness, "Cultural exchange", Modifiers::COMMAND);
    assert_eq!(selected(&harness), ["treaty", "culture"]);
    assert!(shows(&harness, "2 events selected"));
    click_with(&mut harness, "The report is published", Modifiers::COMMAND);
    assert_eq!(selected(&harness), ["treaty", "culture", "report"]);
    click_with(&mut harness, "Cultural exchange", Modifiers::COMMAND);
    assert_eq!(selected(&harness), ["treaty", "report"]);
    click_with(&mut harness, "Cultural exchange", Modifiers::NONE);
    assert_eq!(selected(&harness), ["culture"], "a click alone selects one");
    assert!(!shows(&harness, "events selected"));
}

#[test]
fn shift_and_a_click_selects_all_up_to_one() {
    let mut harness = window();
    click_with(&mut harness, "Cultural exchange", Modifiers::NONE);
    click_with(&mut harness, "More than five million", Modifiers::SHIFT);
    let all = selected(&harness);
    assert_eq!(all.first().map(String::as_str), Some("culture"));
    assert_eq!(all.last().map(String::as_str), Some("visitors-2014"));
    assert!(all.len() >= 3, "{all:?}");
    assert!(shows(&harness, &format!("{} events selected", all.len())));
    // To the other side of the first.
    click_with(&mut harness, "Treaty on Basic", Modifiers::SHIFT);
    let all = selected(&harness);
    assert!(all.contains(&"treaty".to_owned()) && all.contains(&"culture".to_owned()), "{all:?}");
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(selected(&harness).len() <= 1);
}

#[test]
fn each_thing_done_with_several_is_one_change() {
    let mut harness = window();
    click_with(&mut harness, "Treaty on Basic", Modifiers::NONE);
    click_with(&mut harness, "Cultural exchange", Modifiers::COMMAND);
    let original = Example::Report.text();

    choose(&mut harness, "Move all to: ", "Economy");
    assert_eq!(last_change(&harness), "move 2 events to Economy");
    assert_eq!(text(&harness).matches("lane: \"economy\"").count(), original.matches("lane: \"economy\"").count() + 2);
    undo(&mut harness);
    assert_eq!(text(&harness), original);
    assert_eq!(selected(&harness), ["treaty", "culture"], "they are still selected");

    type_into(&mut harness, "Tag all", "early");
    click(&mut harness, "Add the tag to all");
    assert_eq!(text(&harness).matches("\"early\"").count(), 2);
    click(&mut harness, "Take #early from all");
    assert_eq!(text(&harness), original, "to the byte");
    undo(&mut harness);
    undo(&mut harness);

    click(&mut harness, "Duplicate All");
    assert_eq!(last_change(&harness), "duplicate 2 events");
    assert_eq!(text(&harness).matches("title: \"Treaty on Basic Relations\"").count(), 2);
    assert_eq!(selected(&harness).len(), 2, "the copies are selected");
    assert!(!selected(&harness).contains(&"treaty".to_owned()));
    undo(&mut harness);
    assert_eq!(text(&harness), original);

    click_with(&mut harness, "Treaty on Basic", Modifiers::NONE);
    click_with(&mut harness, "Cultural exchange", Modifiers::COMMAND);
    press(&mut harness, Modifiers::NONE, Key::Delete);
    assert_eq!(last_change(&harness), "delete 2 events");
    undo(&mut harness);
    assert_eq!(text(&harness), original);
}
