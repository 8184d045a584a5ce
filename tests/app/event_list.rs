//! The list of events: the same events as rows, by pointer and key, in step with the chart, the record and edits.

use std::fmt::Write as _;

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, OutputCommand, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use longview::app::{App, DialogResult, ListPlacement, LoadedDocument, UiCommand};

use super::support::*;

/// A window with the list in the place of the chart.
fn listed() -> Harness<'static, App> {
    let mut harness = window();
    press(&mut harness, Modifiers::COMMAND | Modifiers::SHIFT, Key::L);
    finish(&mut harness);
    harness
}

/// A window on a document with so many events.
fn many(count: usize) -> Harness<'static, App> {
    let mut text = "(title: \"Many\", lanes: [(id: \"a\", title: \"A\")], events: [".to_owned();
    for number in 0..count {
        // Titles are not in the order of time.
        let (title, year, month) = (number * 7 % count, 1000 + number / 12, 1 + number % 12);
        write!(text, "(id: \"{number}\", lane: \"a\", title: \"Event {title:05}\", date: \"{year}-{month:02}\"),")
            .expect("room in a string");
    }
    text.push_str("])");
    let loaded = LoadedDocument::from_bytes(None, "many.ron".to_owned(), text.into_bytes());
    let mut harness = window_on(loaded, TestDesktop::new(DialogResult::Unavailable), vec2(1280.0, 800.0));
    press(&mut harness, Modifiers::COMMAND | Modifiers::SHIFT, Key::L);
    finish(&mut harness);
    harness
}

/// The names of the rows in sight, from the top.
fn rows(harness: &Harness<'static, App>) -> Vec<String> {
    let mut rows: Vec<(f32, String)> = harness
        .query_all_by_role(Role::ListBoxOption)
        .map(|row| (row.rect().top(), row.accesskit_node().label().unwrap_or_default()))
        .collect();
    rows.sort_by(|a, b| a.0.total_cmp(&b.0));
    rows.into_iter().map(|(_, name)| name).collect()
}

fn titles(harness: &Harness<'static, App>) -> Vec<String> {
    rows(harness).iter().filter_map(|row| row.split(", ").nth(1).map(str::to_owned)).collect()
}

/// The ids of the selected events.
fn selected(harness: &Harness<'static, App>) -> Vec<String> {
    let state = harness.state().state();
    let events = state.selected_events();
    events.iter().filter_map(|event| Some(state.timeline().event(*event)?.id.to_owned())).collect()
}

fn key(harness: &mut Harness<'static, App>, key: Key) {
    press(harness, Modifiers::NONE, key);
}

/// What was copied in the last frame.
fn copied(harness: &Harness<'static, App>) -> Option<String> {
    let commands = harness.output().platform_output.commands.iter();
    let mut texts = commands.filter_map(|command| match command {
        OutputCommand::CopyText(text) => Some(text.clone()),
        _ => None,
    });
    texts.next()
}

#[test]
fn the_events_are_rows_that_say_all_of_them() {
    let mut harness = window();
    press(&mut harness, Modifiers::COMMAND, Key::L);
    assert_eq!(harness.state().state().list.placement, ListPlacement::Below);
    assert!(shows(&harness, TREATY), "the chart is shown above it");
    let all = rows(&harness);
    assert_eq!(all.len(), 7, "{all:?}");
    assert_eq!(
        all[0],
        "1965, Treaty on Basic Relations, Diplomacy, tags treaty, normalization, sources Still Distant Neighbors: South \
         Korea-Japan Relations Fifty Years After Diplomatic Normalization"
    );
    let list = harness.get_by_label("Event list, 7 events, sorted by date, ascending");
    assert_eq!(list.accesskit_node().role(), Role::ListBox);
    assert!(list.is_focused(), "its keys work at once");
    let first = harness.get_all_by_role(Role::ListBoxOption).next().expect("a row");
    let node = first.accesskit_node();
    assert_eq!((node.data().position_in_set(), node.data().size_of_set()), (Some(0), Some(7)));
    press(&mut harness, Modifiers::COMMAND, Key::L);
    assert!(rows(&harness).is_empty());
}

#[test]
fn keys_walk_through_the_rows_and_the_selection_follows() {
    let mut harness = listed();
    assert!(!shows(&harness, "Fit all") || harness.query_by_label(TREATY).is_none(), "the chart is not shown");
    key(&mut harness, Key::ArrowDown);
    assert_eq!(selected(&harness), ["treaty"]);
    key(&mut harness, Key::ArrowDown);
    assert_eq!(selected(&harness), ["visitors-1965"]);
    key(&mut harness, Key::End);
    assert_eq!(selected(&harness), ["report"]);
    key(&mut harness, Key::ArrowDown);
    assert_eq!(selected(&harness), ["report"], "there is no row below the last");
    key(&mut harness, Key::Home);
    assert_eq!(selected(&harness), ["treaty"]);
    key(&mut harness, Key::ArrowRight);
    assert_eq!(selected(&harness), ["visitors-1965"], "the keys of time work, too");
    let row = harness.get_by_label_contains("About 10,000 visitors, People");
    assert!(row.is_focused(), "a screen reader is on the row");
    key(&mut harness, Key::Enter);
    assert!(harness.get_by_label("Record").is_focused());
    // What is selected elsewhere is the row that the keys go on from.
    harness.get_by_label_contains("Event list").focus();
    harness.run();
    key(&mut harness, Key::ArrowUp);
    assert_eq!(selected(&harness), ["treaty"]);
}

#[test]
fn each_column_sorts_and_the_other_way_at_the_second_click() {
    let mut harness = listed();
    let in_time = titles(&harness);
    assert_eq!(in_time[0], "Treaty on Basic Relations");
    key(&mut harness, Key::Home);
    click(&mut harness, "Sort by title");
    let by_title = titles(&harness);
    let mut sorted = by_title.clone();
    sorted.sort_by_key(|title| title.to_lowercase());
    assert_eq!(by_title, sorted);
    assert_eq!(selected(&harness), ["treaty"], "the selection stays");
    assert!(shows(&harness, "Event list, 7 events, sorted by title, ascending"));
    click(&mut harness, "Sort by title, sorted, ascending");
    assert_eq!(titles(&harness), sorted.iter().rev().cloned().collect::<Vec<_>>());
    click(&mut harness, "Sort by lane");
    let lanes: Vec<String> = rows(&harness).iter().filter_map(|row| Some(row.split(", ").nth(2)?.to_owned())).collect();
    assert_eq!(lanes.first().map(String::as_str), Some("Diplomacy"), "{lanes:?}");
    assert_eq!(lanes.last().map(String::as_str), Some("Publication"), "{lanes:?}");
    click(&mut harness, "Sort by date");
    assert_eq!(titles(&harness), in_time);
    click(&mut harness, "Sort by date, sorted, ascending");
    assert_eq!(titles(&harness)[0], "The report is published");
}

#[test]
fn several_rows_are_selected_and_copied_for_a_spreadsheet() {
    let mut harness = listed();
    key(&mut harness, Key::Home);
    press(&mut harness, Modifiers::SHIFT, Key::ArrowDown);
    press(&mut harness, Modifiers::SHIFT, Key::ArrowDown);
    assert_eq!(selected(&harness), ["treaty", "visitors-1965", "culture"]);
    press(&mut harness, Modifiers::SHIFT, Key::ArrowUp);
    assert_eq!(selected(&harness), ["treaty", "visitors-1965"]);
    let at = harness.get_by_label_contains("The report is published, Publication").rect().center();
    for pressed in [true, false] {
        let button = egui::PointerButton::Primary;
        let modifiers = Modifiers::COMMAND;
        harness.hover_at(at);
        harness.event_modifiers(Event::PointerButton { pos: at, button, pressed, modifiers }, modifiers);
        harness.step();
    }
    harness.event_modifiers(Event::PointerMoved(at), Modifiers::NONE);
    harness.run();
    assert_eq!(selected(&harness), ["treaty", "visitors-1965", "report"]);
    harness.event(Event::Copy);
    harness.step();
    let text = copied(&harness).expect("a text");
    let lines: Vec<Vec<&str>> = text.lines().map(|line| line.split('\t').collect()).collect();
    assert_eq!(lines.len(), 3, "{text}");
    assert_eq!(lines[0][..3], ["1965", "Treaty on Basic Relations", "Diplomacy"]);
    assert!(lines.iter().all(|line| line.len() == 5), "{text}");
    harness.run();

    press(&mut harness, Modifiers::COMMAND, Key::A);
    assert_eq!(selected(&harness).len(), 7);
}

#[test]
fn shift_and_a_click_selects_all_rows_up_to_one() {
    let mut harness = listed();
    let click = |harness: &mut Harness<'static, App>, row: usize, modifiers: Modifiers| {
        let pos = harness.get_all_by_role(Role::ListBoxOption).nth(row).expect("a row").rect().center();
        harness.hover_at(pos);
        harness.run();
        for pressed in [true, false] {
            let button = egui::PointerButton::Primary;
            harness.event_modifiers(egui::Event::PointerButton { pos, button, pressed, modifiers }, modifiers);
            harness.step();
        }
        harness.event_modifiers(egui::Event::PointerMoved(pos), Modifiers::NONE);
        harness.run();
    };
    let all = titles(&harness);
    click(&mut harness, 1, Modifiers::NONE);
    assert_eq!(selected(&harness).len(), 1);
    click(&mut harness, 4, Modifiers::SHIFT);
    assert!(shows(&harness, "4 events selected"));
    let copy = |harness: &mut Harness<'static, App>| {
        harness.event(egui::Event::Copy);
        harness.step();
        copied(harness).unwrap_or_default()
    };
    let lines = copy(&mut harness);
    for (row, title) in all.iter().enumerate() {
        assert_eq!(lines.contains(title.as_str()), (1..=4).contains(&row), "{title}");
    }
    click(&mut harness, 3, Modifiers::COMMAND);
    assert!(shows(&harness, "3 events selected"));
    click(&mut harness, 0, Modifiers::SHIFT);
    assert!(shows(&harness, "2 events selected"), "up to the other side of the first");
    click(&mut harness, 0, Modifiers::NONE);
    assert_eq!(selected(&harness).len(), 1);
}

#[test]
fn copied_cells_are_text_whatever_is_in_them() {
    let text = r#"(title: "t", lanes: [(id: "a", title: "@lane")], events: [
        (id: "f", lane: "a", title: "=1+1", tags: ["-x"], date: "1965"),
        (id: "g", lane: "a", title: "say \"hi\"\tor\nnot", date: "1966"),
    ])"#;
    let loaded = LoadedDocument::from_bytes(None, "cells.ron".to_owned(), text.as_bytes());
    let mut harness = window_on(loaded, TestDesktop::new(DialogResult::Unavailable), vec2(1280.0, 800.0));
    press(&mut harness, Modifiers::COMMAND, Key::L);
    press(&mut harness, Modifiers::COMMAND, Key::A);
    harness.state_mut().apply(UiCommand::CopyEvents.into());
    harness.step();
    let expect = "1965\t'=1+1\t'@lane\t'-x\t\n1966\t\"say \"\"hi\"\"\tor\nnot\"\t'@lane\t\t\n";
    assert_eq!(copied(&harness).as_deref(), Some(expect));
}

#[test]
fn very_many_rows_are_reached_by_key_and_sorted_by_a_job() {
    let mut harness = many(20_000);
    let shown = rows(&harness).len();
    assert!((20..60).contains(&shown), "only those in sight are built: {shown}");
    assert!(rows(&harness)[0].contains("Event 00000"));
    key(&mut harness, Key::PageDown);
    key(&mut harness, Key::PageDown);
    let at = selected(&harness)[0].parse::<usize>().expect("a number");
    assert!((15..60).contains(&at), "a page, not a row: {at}");
    key(&mut harness, Key::End);
    assert_eq!(selected(&harness), ["19999"]);
    assert!(rows(&harness).iter().any(|row| row.starts_with("August 2666, ")), "it is in sight");
    let last = harness.get_by_label_contains("August 2666, Event");
    assert_eq!(last.accesskit_node().data().position_in_set(), Some(19_999));
    click_and_finish(&mut harness, "Sort by title");
    assert!(rows(&harness).iter().any(|row| row.starts_with("August 2666, ")), "what is selected stays in sight");
    harness.get_by_label_contains("Event list").focus();
    harness.run();
    key(&mut harness, Key::Home);
    assert!(rows(&harness)[0].contains("Event 00000"), "{:?}", rows(&harness)[0]);
    assert!(rows(&harness)[1].contains("Event 00001"), "{:?}", rows(&harness)[1]);
    press(&mut harness, Modifiers::COMMAND, Key::A);
    assert!(shows(&harness, "At most 10,000 events are selected at once"));
}

#[test]
fn edits_and_another_selection_are_in_the_list_at_once() {
    let mut harness = listed();
    edit(&mut harness, TREATY_ID, "date", "2020");
    let all = titles(&harness);
    assert_eq!(all.last().map(String::as_str), Some("Treaty on Basic Relations"), "{all:?}");
    edit(&mut harness, TREATY_ID, "title", "Aaa");
    click(&mut harness, "Sort by title");
    assert_eq!(titles(&harness)[0], "Aaa");
    harness.get_by_label_contains("2020, Aaa").click();
    harness.run();
    assert_eq!(selected(&harness), [TREATY_ID]);
    press(&mut harness, Modifiers::NONE, Key::Delete);
    assert_eq!(rows(&harness).len(), 6);
    undo(&mut harness);
    assert_eq!(rows(&harness).len(), 7);
    // In the chart, the row of what is selected there is the one that the keys are on.
    click(&mut harness, "Below Chart");
    harness.state_mut().apply(UiCommand::Next.into());
    harness.run();
    let id = selected(&harness);
    let row = harness.state().state().list.cursor.expect("a row");
    let state = harness.state().state();
    let event = state.list.listing.event(row, state.timeline()).and_then(|event| state.timeline().event(event));
    assert_eq!(event.map(|event| event.id.to_owned()).as_ref(), id.first());
    click(&mut harness, "Hide the event list");
    assert!(rows(&harness).is_empty());
}

#[test]
fn the_wheel_and_the_bar_scroll() {
    let mut harness = many(5_000);
    let at = harness.get_all_by_role(Role::ListBoxOption).nth(4).expect("a row").rect().center();
    wheel(&mut harness, at, vec2(0.0, -260.0), Modifiers::NONE);
    let top = harness.state().state().list.top;
    assert!((top - 10.0).abs() < 0.5, "ten rows of 26 points: {top}");
    let bar = harness.get_by_label("Scroll the event list").rect();
    harness.drag_at(bar.center_top() + vec2(0.0, 8.0));
    harness.run();
    harness.hover_at(bar.center());
    harness.run();
    harness.hover_at(bar.center_bottom());
    harness.run();
    harness.drop_at(bar.center_bottom());
    harness.run();
    assert!(harness.state().state().list.top > 4_000.0, "{}", harness.state().state().list.top);
}
