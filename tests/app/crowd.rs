//! Documents with more events than fit: rows that stay, what is counted, what a click on a count does.

use std::fmt::Write as _;

use egui::{Modifiers, Pos2, Rect, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use longview::app::{App, DialogResult, LoadedDocument};

use super::support::*;

const WIDE: egui::Vec2 = vec2(1280.0, 800.0);

/// A window on a document of one lane with an event a month for so many years from 1900 on.
fn monthly(years: i32, title: &dyn Fn(i32, i32) -> String) -> Harness<'static, App> {
    let mut text = "(title: \"Many\", lanes: [(id: \"a\", title: \"A\")], events: [".to_owned();
    for year in 1900..1900 + years {
        for month in 1..=12 {
            let title = title(year, month);
            write!(text, "(id: \"{year}-{month}\", lane: \"a\", title: {title:?}, date: \"{year}-{month:02}-03\"),")
                .expect("room in a string");
        }
    }
    text.push_str("])");
    let loaded = LoadedDocument::from_bytes(None, "many.ron".to_owned(), text.into_bytes());
    assert!(loaded.diagnostics.is_empty(), "{:?}", loaded.diagnostics);
    window_on(loaded, TestDesktop::new(DialogResult::Unavailable), WIDE)
}

/// Name and place of every mark.
fn marks(harness: &Harness<'static, App>) -> Vec<(String, Rect)> {
    let nodes = harness.query_all_by_label_contains("Event of");
    nodes.map(|node| (node.accesskit_node().label().unwrap_or_default(), node.rect())).collect()
}

fn event_of(year: i32, month: i32) -> String {
    format!("Event of {month}/{year}")
}

#[test]
fn panning_moves_no_event_up_or_down() {
    let mut harness = monthly(40, &event_of);
    let at = chart_at(&harness, 0.5, 0.4);
    let mut before = marks(&harness);
    let mut compared = 0;
    for _ in 0..8 {
        // The view does not rest in between.
        turn_wheel(&mut harness, at, vec2(0.0, -45.0), Modifiers::SHIFT);
        harness.run_steps(2);
        let after = marks(&harness);
        for (name, rect) in &after {
            if let Some((_, was)) = before.iter().find(|(known, _)| known == name) {
                compared += 1;
                assert!((rect.center().y - was.center().y).abs() < 0.6, "{name} was at {was:?}, is at {rect:?}");
            }
        }
        before = after;
    }
    assert!(compared > 40, "{compared} marks were in view before and after");
}

#[test]
fn a_count_splits_on_a_click_until_every_event_is_there() {
    let mut harness = monthly(60, &event_of);
    let home = harness.state().state().view;
    let strip = harness.get_by_label_contains("more events").rect();
    let hidden = harness.get_by_label_contains("more events").accesskit_node().label().expect("a count");
    let (lane, count) = hidden.split_once(": ").expect("the lane and the count");
    assert_eq!(lane, "A", "a strip names its lane");
    let more: usize = count.split(' ').next().expect("a number").parse().expect("a number");
    let chart = placed(&harness, harness.state().state().chart_rect);
    assert_eq!(more + chart.marks().count(), 720, "each event has a mark or is counted");
    assert!(chart.most_scroll() > 0.0, "the rows of the marks are scrolled to");
    let at = Pos2::new(strip.left() + strip.width() * 0.37, strip.center().y);
    let meant = {
        let rect = harness.state().state().chart_rect;
        let axis = placed(&harness, rect).axis;
        axis.time(at.x)
    };
    harness.hover_at(at);
    harness.run_steps(8);
    assert!(shows(&harness, "click to look closer"));
    harness.drag_at(at);
    harness.drop_at(at);
    harness.run();
    let closer = harness.state().state().view;
    assert!(closer.span() < home.span() / 8.0, "{} of {}", closer.span(), home.span());
    assert!(closer.interval().start < meant && meant < closer.interval().end, "it is the place that was clicked");
    assert!(harness.query_all_by_label_contains("more events").next().is_none(), "all events there have a mark");
}

#[test]
fn rows_fit_the_window_or_are_those_of_all_events() {
    let mut harness = monthly(60, &event_of);
    let shown = |harness: &Harness<'static, App>| {
        let chart = chart_now(harness);
        (chart.marks().count(), chart.most_scroll() > 0.0)
    };
    assert_eq!(shown(&harness), (500, true), "rows of the most important ones, to scroll to");
    press(&mut harness, Modifiers::NONE, egui::Key::W);
    let (fitted, scrolls) = shown(&harness);
    assert!((100..500).contains(&fitted) && !scrolls, "{fitted}");
    harness.get_by_label("View").click();
    harness.run();
    harness.get_by_label_contains("All Rows").click();
    harness.run();
    assert_eq!(shown(&harness), (720, true));
    press(&mut harness, Modifiers::SHIFT, egui::Key::W);
    assert_eq!(shown(&harness), (500, true), "as at first");
}

#[test]
fn an_elided_title_is_read_whole_on_hovering() {
    let long = "An event whose name runs on and on until it is far wider than any label may be, to its very last word";
    let mut harness = monthly(1, &|_, month| if month == 3 { long.to_owned() } else { format!("{month}") });
    let at = harness.get_by_label_contains(long).rect().center();
    assert!(!shows(&harness, "dated to the day"));
    harness.hover_at(at);
    harness.run_steps(8);
    assert!(shows(&harness, "dated to the day"), "the tooltip");
    let whole = harness.query_all_by_label(long).count();
    assert!(whole >= 1, "the tooltip has the title in full");
}

#[test]
fn what_is_counted_is_grouped_everywhere() {
    let mut harness = monthly(100, &event_of);
    let counts = harness.query_all_by_label("1,200 events").count();
    assert_eq!(counts, 2, "of the document and of its lane");
    press(&mut harness, Modifiers::NONE, egui::Key::End);
    assert!(harness.query_by_label("1,200 of 1,200").is_some());
}
