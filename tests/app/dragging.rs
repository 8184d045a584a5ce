//! Dates and lanes that are moved by the pointer and by keys.

use egui::{Key, Modifiers, Pos2, Vec2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use longview::Example;
use longview::app::{App, DialogResult, LoadedDocument};

use super::support::*;

const DOCUMENT: &str = r#"(
    title: "A test",
    lanes: [
        (id: "a", title: "Above"), // the first
        (id: "b", title: "Below"),
        (id: "c", title: "Last"),
    ],
    events: [
        (id: "reign", lane: "a", title: "Reign", date: "1950/1960"),
        (id: "meeting", lane: "b", title: "Meeting", date: "1970"),
        (id: "end", lane: "c", title: "The end", date: "1990"),
        (id: "some day", lane: "c", title: "Some day"),
    ],
)
"#;

fn open() -> Harness<'static, App> {
    let loaded = LoadedDocument::from_bytes(None, "test.ron".to_owned(), DOCUMENT.as_bytes().to_vec());
    window_on(loaded, TestDesktop::new(DialogResult::Unavailable), vec2(1280.0, 800.0))
}

/// The mark of an event, as last drawn.
fn mark(harness: &Harness<'static, App>, id: &str) -> egui::Rect {
    let event = harness.state().state().timeline().event_by_id(id).expect("an event");
    chart_now(harness).marks().find(|mark| mark.event == event).expect("a mark").rect
}

/// How far apart two years are in the chart, in points.
fn years(harness: &Harness<'static, App>, from: i64, to: i64) -> f32 {
    let axis = chart_now(harness).axis;
    let x = |year| axis.x(longview::date::Calendar::Gregorian.year_start(year));
    (x(to) - x(from)) as f32
}

/// Drags by so many points, in steps, and lets go.
fn drag(harness: &mut Harness<'static, App>, from: Pos2, by: Vec2) {
    begin(harness, from, by);
    harness.drop_at(from + by);
    harness.run();
    rest(harness);
}

/// Drags by so many points, and holds on.
fn begin(harness: &mut Harness<'static, App>, from: Pos2, by: Vec2) {
    harness.hover_at(from);
    harness.run();
    harness.drag_at(from);
    harness.run();
    for share in [0.4, 0.8, 1.0] {
        harness.hover_at(from + share * by);
        harness.run_steps(2);
    }
}

fn select(harness: &mut Harness<'static, App>, label: &str) {
    harness.get_by_label(label).click();
    harness.run();
    rest(harness);
}

#[test]
fn only_what_is_selected_is_dragged() {
    let mut harness = open();
    let (from, view) = (mark(&harness, "meeting").center(), harness.state().state().view);
    drag(&mut harness, from, vec2(60.0, 0.0));
    assert_eq!(text(&harness), DOCUMENT, "nothing is changed by accident");
    assert_ne!(harness.state().state().view, view, "the chart is moved");
}

#[test]
fn an_event_is_dragged_in_steps_of_its_precision() {
    let mut harness = open();
    select(&mut harness, "Meeting, 1970");
    let (from, by) = (mark(&harness, "meeting").center(), years(&harness, 1970, 1977));
    begin(&mut harness, from, vec2(by + 1.0, 0.0));
    let words = harness.state().state().drag.as_ref().map(longview::app::Drag::words);
    assert_eq!(words.as_deref(), Some("1970 → 1977"), "the date before and after is shown");
    assert_eq!(text(&harness), DOCUMENT, "nothing is changed before it is let go");
    harness.drop_at(from + vec2(by + 1.0, 0.0));
    harness.run();
    assert_eq!(text(&harness), DOCUMENT.replace("\"1970\"", "\"1977\""));
    assert!(harness.query_by_label("Meeting, 1977").is_some());
    harness.get_by_label("Edit").click();
    harness.run();
    harness.get_by_label_contains("Undo: move Meeting to 1977").click();
    harness.run();
    assert_eq!(text(&harness), DOCUMENT);
}

#[test]
fn each_end_is_dragged_by_itself() {
    let mut harness = open();
    select(&mut harness, "Reign, 1950–1960");
    let (bar, by) = (mark(&harness, "reign"), years(&harness, 1960, 1963));
    drag(&mut harness, bar.right_center() - vec2(3.0, 0.0), vec2(by, 0.0));
    assert_eq!(text(&harness), DOCUMENT.replace("1950/1960", "1950/1963"));
    let bar = mark(&harness, "reign");
    drag(&mut harness, bar.left_center() + vec2(3.0, 0.0), vec2(-by, 0.0));
    assert_eq!(text(&harness), DOCUMENT.replace("1950/1960", "1947/1963"));
    let bar = mark(&harness, "reign");
    drag(&mut harness, bar.center(), vec2(by, 0.0));
    assert_eq!(text(&harness), DOCUMENT.replace("1950/1960", "1950/1966"));
}

#[test]
fn escape_puts_back_what_is_held() {
    let mut harness = open();
    select(&mut harness, "Meeting, 1970");
    let from = mark(&harness, "meeting").center();
    begin(&mut harness, from, vec2(80.0, 0.0));
    press(&mut harness, Modifiers::NONE, Key::Escape);
    harness.drop_at(from + vec2(80.0, 0.0));
    harness.run();
    assert_eq!(text(&harness), DOCUMENT);
    assert!(harness.state().state().selected().is_some(), "it is still selected");
}

#[test]
fn what_comes_near_another_end_meets_it_unless_alt_is_held() {
    let mut harness = open();
    select(&mut harness, "Meeting, 1970");
    // A little less than to 1990, where another event begins.
    let (from, by) = (mark(&harness, "meeting").center(), years(&harness, 1970, 1990) - 5.0);
    begin(&mut harness, from, vec2(by, 0.0));
    let drag = |harness: &Harness<'static, App>| harness.state().state().drag.clone().expect("something is held");
    assert_eq!(drag(&harness).snap, Some(longview::date::Calendar::Gregorian.year_start(1990)));
    assert_eq!(drag(&harness).words(), "1970 → 1990");
    harness.drop_at(from + vec2(by, 0.0));
    harness.run();
    press(&mut harness, Modifiers::COMMAND, Key::Z);
    rest(&mut harness);
    harness.key_down_modifiers(Modifiers::ALT, Key::A);
    let far = years(&harness, 1970, 1989);
    begin(&mut harness, from, vec2(far, 0.0));
    assert_eq!(drag(&harness).snap, None, "Alt leaves it alone");
}

#[test]
fn an_event_is_dragged_to_another_lane() {
    let mut harness = open();
    select(&mut harness, "Meeting, 1970");
    let lanes: Vec<egui::Rect> = chart_now(&harness).lanes.iter().map(|lane| lane.rect).collect();
    let from = mark(&harness, "meeting").center();
    drag(&mut harness, from, vec2(0.0, lanes[0].center().y - from.y));
    assert_eq!(text(&harness), DOCUMENT.replace("lane: \"b\"", "lane: \"a\""));
    press(&mut harness, Modifiers::COMMAND, Key::ArrowDown);
    press(&mut harness, Modifiers::COMMAND, Key::ArrowDown);
    assert_eq!(text(&harness), DOCUMENT.replace("lane: \"b\"", "lane: \"c\""), "keys do the same");
    press(&mut harness, Modifiers::COMMAND, Key::ArrowDown);
    assert_eq!(text(&harness), DOCUMENT.replace("lane: \"b\"", "lane: \"c\""), "there is no lane below");
}

#[test]
fn keys_move_dates_and_ends() {
    let mut harness = open();
    select(&mut harness, "Reign, 1950–1960");
    let moved = |text: &str| DOCUMENT.replace("1950/1960", text);
    press(&mut harness, Modifiers::COMMAND, Key::ArrowRight);
    assert_eq!(text(&harness), moved("1951/1961"));
    press(&mut harness, Modifiers::COMMAND | Modifiers::SHIFT, Key::ArrowLeft);
    assert_eq!(text(&harness), moved("1951/1960"));
    press(&mut harness, Modifiers::ALT.plus(Modifiers::SHIFT), Key::ArrowRight);
    press(&mut harness, Modifiers::ALT.plus(Modifiers::SHIFT), Key::ArrowRight);
    assert_eq!(text(&harness), moved("1953/1960"));
    press(&mut harness, Modifiers::ALT.plus(Modifiers::SHIFT), Key::ArrowLeft);
    press(&mut harness, Modifiers::COMMAND, Key::ArrowLeft);
    assert_eq!(text(&harness), moved("1951/1959"));
    for _ in 0..5 {
        press(&mut harness, Modifiers::COMMAND, Key::Z);
    }
    press(&mut harness, Modifiers::COMMAND, Key::Z);
    assert_eq!(text(&harness), DOCUMENT);
}

#[test]
fn lanes_are_reordered_by_drag_and_key() {
    let mut harness = open();
    let place = |harness: &Harness<'static, App>, lane: usize| chart_now(harness).lanes[lane].name.center();
    let (from, to) = (place(&harness, 2), place(&harness, 0));
    drag(&mut harness, from, to - from);
    let order = |harness: &Harness<'static, App>| {
        let lanes = &harness.state().state().timeline().lanes;
        lanes.iter().map(|lane| lane.id.clone()).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(order(&harness), "c a b");
    assert!(text(&harness).contains("// the first"), "remarks stay");
    select(&mut harness, "Meeting, 1970");
    press(&mut harness, Modifiers::COMMAND | Modifiers::SHIFT, Key::ArrowUp);
    assert_eq!(order(&harness), "c b a");
    press(&mut harness, Modifiers::COMMAND | Modifiers::SHIFT, Key::ArrowDown);
    assert_eq!(order(&harness), "c a b");
    for _ in 0..3 {
        press(&mut harness, Modifiers::COMMAND, Key::Z);
    }
    assert_eq!(text(&harness), DOCUMENT);
}

#[test]
fn the_example_is_written_as_it_was() {
    let mut harness = window();
    select(&mut harness, TREATY);
    press(&mut harness, Modifiers::COMMAND, Key::ArrowRight);
    let expect = Example::Report.text().replacen("date: \"1965\",", "date: \"1966\",", 1);
    assert_eq!(text(&harness), expect);
}
