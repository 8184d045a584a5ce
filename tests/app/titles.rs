//! Titles on two lines react to the pointer on both, and take nothing from the marks around them.

use std::fmt::Write as _;

use egui::{Pos2, vec2};
use egui_kittest::Harness;
use longview::app::{App, DialogResult, LoadedDocument};
use longview::timeline::EventIndex;

use super::support::*;

/// A lane of spans and points that overlap, with titles that are longer than a line has room for.
fn document() -> String {
    let mut text = "(title: \"Long\", lanes: [(id: \"l\", title: \"Lane\")], events: [".to_owned();
    for event in 0..24 {
        let year = 1900 + event * 7 % 60;
        let date = if event % 3 == 0 { format!("{year}/{}", year + 5 + event % 9) } else { year.to_string() };
        let words = "of words that are too many for one line of a label beside others".split_at(20 + event * 11 % 44).0;
        write!(text, "(id: \"e{event}\", lane: \"l\", title: \"Event {event} {words}\", date: \"{date}\"),")
            .expect("text");
    }
    text + "])"
}

/// Returns the event that a click at a point selects.
fn clicked(harness: &mut Harness<'static, App>, at: Pos2) -> Option<EventIndex> {
    harness.hover_at(at);
    harness.run();
    harness.drag_at(at);
    harness.drop_at(at);
    finish(harness);
    harness.state().state().selected_event()
}

#[test]
fn both_lines_of_a_title_react_and_no_mark_is_covered() {
    let loaded = LoadedDocument::from_bytes(None, "long.ron".to_owned(), document());
    assert!(loaded.diagnostics.is_empty(), "{:?}", loaded.diagnostics);
    let mut harness = window_on(loaded, TestDesktop::new(DialogResult::Unavailable), vec2(1000.0, 860.0));
    let chart = chart_now(&harness);
    assert_eq!(chart.most_scroll(), 0.0);
    let mut second_lines = 0;
    for mark in chart.marks() {
        let [first, second] = mark.hit_areas();
        assert!(first.contains(mark.rect.center()), "{mark:?}");
        let on_mark = mark.rect.left_center() + vec2(3.0, 0.0);
        assert_eq!(clicked(&mut harness, on_mark), Some(mark.event), "{mark:?}");
        if second.is_positive() {
            second_lines += 1;
            assert_eq!(clicked(&mut harness, second.center()), Some(mark.event), "{mark:?}");
        }
    }
    assert!(second_lines > 3, "{second_lines}");
}
