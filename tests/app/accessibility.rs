//! The window for who does not see it: what is said, what is in the accessibility tree, and where the focus goes.

use egui::accesskit::{Live, Role};
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use longview::app::{App, FilterMessage, UiCommand};

use super::support::*;

/// What a screen reader is given to speak.
#[track_caller]
fn said(harness: &Harness<'static, App>) -> String {
    let mut live: Vec<String> = Vec::new();
    for node in harness.query_all_by_role(Role::Status) {
        if node.accesskit_node().live() == Live::Polite {
            live.push(node.accesskit_node().label().unwrap_or_default());
        }
    }
    assert!(live.len() == 1, "{live:?} are live");
    live.concat().trim_end_matches('\u{a0}').to_owned()
}

#[test]
fn a_step_through_time_is_said_with_date_lane_and_position() {
    let mut harness = window();
    for (key, expect) in [
        (Key::Home, "Treaty on Basic Relations, 1965, Diplomacy, 1 of 7"),
        (Key::ArrowRight, "About 10,000 visitors, 1965, People, 2 of 7"),
        (Key::End, "The report is published, 10 December 2015, Publication, 7 of 7"),
        (Key::Escape, "Nothing is selected"),
    ] {
        press(&mut harness, Modifiers::NONE, key);
        assert_eq!(said(&harness), expect, "{key:?}");
    }
}

#[test]
fn the_visible_range_is_said_once_the_view_rests() {
    let mut harness = window();
    for (modifiers, key) in
        [(Modifiers::NONE, Key::Plus), (Modifiers::SHIFT, Key::ArrowRight), (Modifiers::NONE, Key::Num0)]
    {
        let before = said(&harness);
        press(&mut harness, modifiers, key);
        rest(&mut harness);
        let words = harness.state().state().view_words();
        assert!(words.contains(" to ") && words.contains("event"), "{words}");
        assert_eq!(said(&harness), words, "{key:?}");
        assert_ne!(said(&harness), before);
    }
    // What moves with the pointer is not said while it moves.
    let at = chart_at(&harness, 0.5, 0.5);
    let before = said(&harness);
    turn_wheel(&mut harness, at, egui::vec2(0.0, 200.0), Modifiers::NONE);
    assert_eq!(said(&harness), before);
    rest(&mut harness);
    assert_eq!(said(&harness), harness.state().state().view_words());
    assert_ne!(said(&harness), before);
}

#[test]
fn what_a_search_finds_is_counted_aloud() {
    let mut harness = window();
    press(&mut harness, Modifiers::COMMAND, Key::K);
    typed(&mut harness, "visitors");
    finish(&mut harness);
    let found = harness.state().state().found().expect("it is found").len();
    assert!(found > 1);
    assert_eq!(said(&harness), format!("{found} events found"));
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert!(said(&harness).ends_with(&format!(", 1 of {found} found")), "{}", said(&harness));
    press(&mut harness, Modifiers::COMMAND, Key::A);
    typed(&mut harness, "no such word");
    finish(&mut harness);
    assert_eq!(said(&harness), "No event is found");
}

#[test]
fn what_a_filter_shows_is_counted_aloud() {
    let mut harness = window();
    harness.state_mut().apply(UiCommand::Filter(FilterMessage::Add("@Diplomacy".to_owned())).into());
    finish(&mut harness);
    assert!(said(&harness).starts_with("Shown: "), "{}", said(&harness));
    assert!(said(&harness).contains(" of 7 events"), "{}", said(&harness));
    // Positions are those among what is shown.
    press(&mut harness, Modifiers::NONE, Key::Home);
    let shown = harness.state().state().projection().dated();
    assert!(shown < 7 && said(&harness).ends_with(&format!("1 of {shown}")), "{}", said(&harness));
    press(&mut harness, Modifiers::SHIFT, Key::A);
    finish(&mut harness);
    assert_eq!(said(&harness), "All 7 events are shown");
}

#[test]
fn what_is_done_is_said() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.ron");
    let text = "(title: \"A\", lanes: [(id: \"l\", title: \"L\")], events: [(id: \"e\", lane: \"l\", title: \"E\", date: \"1900\")])";
    std::fs::write(&path, text).expect("a file");
    let mut harness = window_on_file(&path);
    edit(&mut harness, "e", "title", "Other");
    assert_eq!(said(&harness), "Changed: change title of e");
    press(&mut harness, Modifiers::COMMAND, Key::Z);
    assert_eq!(said(&harness), "Undone: change title of e");
    press(&mut harness, Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    assert_eq!(said(&harness), "Redone: change title of e");
    press(&mut harness, Modifiers::COMMAND, Key::S);
    finish(&mut harness);
    assert_eq!(said(&harness), format!("Saved {}", path.display()));
    press(&mut harness, Modifiers::NONE, Key::F5);
    finish(&mut harness);
    assert_eq!(said(&harness), "a.ron is read again");
    press(&mut harness, Modifiers::NONE, Key::T);
    assert_eq!(said(&harness), "Theme: dark");
    press(&mut harness, Modifiers::COMMAND, Key::Plus);
    assert_eq!(said(&harness), "Text size: 110 %");
    press(&mut harness, Modifiers::NONE, Key::R);
    assert!(said(&harness).starts_with("Record off"), "{}", said(&harness));
}

/// The name of what has the focus.
fn focused(harness: &Harness<'static, App>) -> String {
    let mut all = harness.query_all_by(|node| node.is_focused() && !node.is_hidden());
    all.next().and_then(|node| node.accesskit_node().label()).unwrap_or_default()
}

#[test]
fn a_key_walks_through_the_parts_of_the_window() {
    let mut harness = window();
    press(&mut harness, Modifiers::COMMAND, Key::L);
    press(&mut harness, Modifiers::NONE, Key::Escape);
    let status = harness.state().state().status();
    let parts = ["File", "Half a century of normalized relations", "Overview", "Event list", "Record", &status, "File"];
    for part in parts {
        press(&mut harness, Modifiers::NONE, Key::F6);
        assert!(focused(&harness).starts_with(part), "{part}: {}", focused(&harness));
    }
    for part in [status.as_str(), "Record", "Event list"] {
        press(&mut harness, Modifiers::SHIFT, Key::F6);
        assert!(focused(&harness).starts_with(part), "{part}: {}", focused(&harness));
    }
}

#[test]
fn the_chart_is_one_stop_in_which_keys_move_one_cursor() {
    let mut harness = window();
    press(&mut harness, Modifiers::NONE, Key::Home);
    assert_eq!(focused(&harness), TREATY);
    let node = harness.get_by_label(TREATY);
    let data = node.accesskit_node().data();
    assert_eq!((data.position_in_set(), data.size_of_set()), (Some(0), Some(7)));
    press(&mut harness, Modifiers::NONE, Key::ArrowRight);
    assert_eq!(focused(&harness), "About 10,000 visitors, 1965");
    // Tab leads past the other marks.
    press(&mut harness, Modifiers::NONE, Key::Tab);
    assert!(!focused(&harness).contains(", 19") && !focused(&harness).contains(", 20"), "{}", focused(&harness));
    // A screen reader may go to any of them.
    harness.get_by_label(TREATY).focus();
    harness.run();
    assert_eq!(focused(&harness), TREATY);
}

#[test]
fn the_overview_is_a_slider() {
    let mut harness = window();
    press(&mut harness, Modifiers::NONE, Key::Plus);
    rest(&mut harness);
    let before = harness.state().state().view;
    let slider = harness.get_by_role(Role::Slider);
    assert!(slider.accesskit_node().data().value().is_some_and(|value| value.contains(" to ")));
    slider.focus();
    harness.run();
    press(&mut harness, Modifiers::NONE, Key::ArrowRight);
    rest(&mut harness);
    let after = harness.state().state().view;
    assert!(after.interval().start > before.interval().start);
    assert!(harness.state().state().selected_event().is_none(), "no other cursor moves");
    assert!(focused(&harness).starts_with("Overview"));
    press(&mut harness, Modifiers::NONE, Key::ArrowLeft);
    rest(&mut harness);
    assert!(harness.state().state().view.interval().start < after.interval().start);
}

#[test]
fn what_is_drawn_in_the_chart_is_in_the_tree() {
    let harness = window();
    let heading = harness.get_by_role_and_label(Role::Heading, "Still Distant Neighbors");
    assert_eq!(heading.accesskit_node().data().level(), Some(1));
    for part in ["Chart, 19", "Time axis: 19", "Lane Diplomacy, ", "Values: 1965: "] {
        assert!(shows(&harness, part), "{part}");
    }
    let record = harness.get_by_label("Record").rect();
    let mark = harness.get_by_label(TREATY).rect();
    assert!(mark.right() < record.left());
    // What is at the left is read first.
    let all: Vec<String> = harness.query_all_by(|_| true).filter_map(|node| node.accesskit_node().label()).collect();
    let at = |name: &str| all.iter().position(|label| label == name).expect(name);
    assert!(at(TREATY) < at("Record"), "{all:?}");
}

#[test]
fn the_bar_is_read_from_left_to_right() {
    let harness = window();
    let all: Vec<String> = harness.query_all_by(|_| true).filter_map(|node| node.accesskit_node().label()).collect();
    let place = |name: &str| {
        let at = all.iter().position(|label| label == name).expect(name);
        (at, harness.get_by_role_and_label(Role::Button, name).rect().left())
    };
    let places = ["File", "Help", "Zoom out", "Zoom in", "Fit all", "Dark", "Export…"].map(place);
    assert!(places.windows(2).all(|two| two[0].0 < two[1].0 && two[0].1 < two[1].1), "{places:?}");
    let edge = harness.get_by_role_and_label(Role::Button, "Export…").rect().right();
    assert!((1266.0..=1274.0).contains(&edge), "it ends at the edge of the window: {edge}");
}

#[test]
fn the_record_begins_with_its_title_as_a_heading() {
    let mut harness = window();
    harness.get_by_role_and_label(Role::Heading, "About this timeline");
    press(&mut harness, Modifiers::NONE, Key::Home);
    let title = harness.get_by_role_and_label(Role::Heading, "Treaty on Basic Relations");
    assert_eq!(title.accesskit_node().data().level(), Some(2));
}

#[test]
fn the_focus_comes_back_when_a_dialog_is_closed() {
    let mut harness = window();
    press(&mut harness, Modifiers::NONE, Key::Home);
    let before = focused(&harness);
    assert_eq!(before, TREATY);
    for command in [UiCommand::Help, UiCommand::Export, UiCommand::Find, UiCommand::Settings] {
        harness.state_mut().apply(command.into());
        finish(&mut harness);
        assert_ne!(focused(&harness), before);
        press(&mut harness, Modifiers::NONE, Key::Escape);
        finish(&mut harness);
        let state = harness.state().state();
        assert!(!state.has_overlay() && state.finder.is_none());
        assert_eq!(focused(&harness), before);
    }
}

#[test]
fn a_dialog_has_a_name_and_the_focus() {
    for (command, name) in
        [(UiCommand::Help, "Keys and Mouse"), (UiCommand::Problems, "Problems"), (UiCommand::Settings, "Settings")]
    {
        let mut harness = window();
        harness.state_mut().apply(command.into());
        harness.run();
        let dialog = harness.get_by_role_and_label(Role::Dialog, name);
        assert!(dialog.accesskit_node().data().is_modal(), "{name}");
        assert_eq!(focused(&harness), "Close", "{name}");
        press(&mut harness, Modifiers::NONE, Key::Enter);
        assert!(!harness.state().state().has_overlay(), "{name}");
    }
}

#[test]
fn a_link_that_is_followed_leaves_the_focus_in_the_record() {
    let mut harness = window();
    press(&mut harness, Modifiers::NONE, Key::Home);
    harness.get_by_role_and_label(Role::Link, "Cultural exchange booms").focus();
    harness.run();
    press(&mut harness, Modifiers::NONE, Key::Enter);
    let state = harness.state().state();
    let selected = state.selected_event().and_then(|event| state.timeline().event(event)).map(|event| event.title);
    assert_eq!(selected, Some("Cultural exchange booms"));
    assert!(harness.get_by_label("Record").is_focused(), "its keys scroll what is read next");
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(!harness.get_by_label("Record").is_focused(), "Escape leaves it");
}
