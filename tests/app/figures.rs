//! What the record says of series: at the date of an event, and whole.

use egui::{Key, Modifiers, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use longview::app::{App, DialogResult, LoadedDocument};

use super::support::*;

/// A window of 1280 by 1200 on a document of these events, whose figures are those of all series, and of these series.
fn window_of(events: &str, series: &str) -> Harness<'static, App> {
    let text = format!(r#"(title: "T", lanes: [(id: "a", title: "A")], events: [{events}], series: [{series}])"#);
    let loaded = LoadedDocument::from_bytes(None, "figures".to_owned(), text);
    window_on(loaded, TestDesktop::new(DialogResult::Unavailable), vec2(1280.0, 1200.0))
}

/// Whether the record shows this; the chart has words about its series of its own.
fn shows(harness: &Harness<'static, App>, words: &str) -> bool {
    let mut nodes = harness.query_all_by_label_contains(words);
    nodes.any(|node| {
        !node
            .accesskit_node()
            .value()
            .or(node.accesskit_node().label())
            .is_some_and(|words| words.starts_with("Values: "))
    })
}

#[track_caller]
fn says(harness: &Harness<'static, App>, words: &[&str]) {
    for words in words {
        assert!(shows(harness, words), "the record does not say {words:?}");
    }
}

const YEARS: &str = r#"(id: "y", title: "Fallen", unit: "people", points: [(date: "1990", value: 10),
    (date: "1991", value: 2000), (date: "1992", value: 90000), (date: "1993", value: 500)]),
    (id: "m", title: "Mean", unit: "units", points: [(date: "1985", value: 4), (date: "1990s", value: 12)])"#;

#[test]
fn figures_of_other_dates_say_their_own() {
    let figures = r#"figures: ["y", "m"]"#;
    let event = |id: &str, date: &str| format!(r#"(id: "{id}", lane: "a", title: "{id}", date: "{date}", {figures})"#);
    let events = [event("war", "1990/1993"), event("year", "1992"), event("before", "1985/1986")].join(", ");
    let mut harness = window_of(&events, YEARS);
    press(&mut harness, Modifiers::NONE, Key::Home);
    says(&harness, &["before", "Fallen: no value for this date", "4 units"]);
    assert!(!shows(&harness, "more value"), "none is left out");
    press(&mut harness, Modifiers::NONE, Key::ArrowRight);
    says(&harness, &["1990 10 people", "1991 2,000 people", "1992 90,000 people", "1993 500 people"]);
    says(&harness, &["Figures", "the 1990s", "12 units"]);
    press(&mut harness, Modifiers::NONE, Key::ArrowRight);
    says(&harness, &["90,000 people", "the 1990s", "12 units"]);
    assert!(!shows(&harness, "Figures in"), "one of them is of another date");
    assert!(!shows(&harness, "1990 10 people"), "nor is what is of another year shown");
}

#[test]
fn figures_since_a_year_are_no_figures_in_it() {
    let harness = {
        let event = r#"(id: "e", lane: "a", title: "E", date: "1991/..", figures: ["s"])"#;
        let series = r#"(id: "s", title: "Steady", unit: "people", points: [(date: "1980", value: 1000), (date: "2000", value: 1001)])"#;
        let mut harness = window_of(event, series);
        press(&mut harness, Modifiers::NONE, Key::Home);
        harness
    };
    says(&harness, &["2000", "1,001 people", "about the same as 1980"]);
    assert!(!shows(&harness, "in since") && !shows(&harness, "1 times"));
}

#[test]
fn the_record_of_a_long_series_sets_what_is_in_sight() {
    let points: Vec<String> = (0..9_000).map(|n| format!("(date: \"{}\", value: {n})", 1000 + n)).collect();
    let series = format!(r#"(id: "s", title: "Long", unit: "u", points: [{}])"#, points.join(","));
    let mut harness = window_of(r#"(id: "e", lane: "a", title: "E", date: "1991")"#, &series);
    harness.get_by_label("Long, u").click();
    harness.run();
    says(&harness, &["9,000 values", "1000: 0 u"]);
    let rows = harness.query_all_by_label_contains(" u").count();
    assert!((20..200).contains(&rows), "{rows} rows");
    let top = |n: usize| harness.get_by_label_contains(&format!("{}: {n} u", 1000 + n)).rect().top();
    for n in 0..5 {
        assert!((12.0..30.0).contains(&(top(n + 1) - top(n))), "one below the other");
    }
}
