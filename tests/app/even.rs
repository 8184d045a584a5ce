//! Even time: by key and menu, while moving, over a reload, and in pictures.

use egui::{Key, Modifiers, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use longview::app::{App, DialogResult, LoadedDocument, StartupDocument, State, UiCommand};
use longview::layout::View;
use longview::timeline::Axis;

use super::support::*;

/// A document with a crowded week in 1963, and few events in the other years; with more fields.
fn crowded(fields: &str) -> String {
    let few = (1900..2000).step_by(10).map(|year| (format!("y{year}"), year.to_string()));
    let many = (0..30).map(|n| (format!("d{n}"), format!("1963-11-2{}T{:02}:00", n / 8, 3 * (n % 8))));
    let event =
        |(id, date): (String, String)| format!("(id: \"{id}\", lane: \"a\", title: \"On {id}\", date: \"{date}\"),");
    let events: String = few.chain(many).map(event).collect();
    format!("(title: \"Crowded\", {fields} lanes: [(id: \"a\", title: \"A\")], events: [{events}])")
}

fn window_on_text(text: String) -> Harness<'static, App> {
    let loaded = LoadedDocument::from_bytes(None, "crowded".to_owned(), text);
    window_on(loaded, TestDesktop::new(DialogResult::Unavailable), vec2(1280.0, 800.0))
}

fn is_even(harness: &Harness<'static, App>) -> bool {
    let state = harness.state().state();
    assert_eq!(state.axis() == Axis::Even, !state.view.scale().is_linear());
    assert_eq!(shows(harness, "Time axis, not to scale"), !state.view.scale().is_linear());
    state.axis() == Axis::Even
}

/// The share of the view that the crowded week takes.
fn week(harness: &Harness<'static, App>) -> f64 {
    let state = harness.state().state();
    let start = |id: &str| {
        let event = state.timeline().event_by_id(id).and_then(|event| state.timeline().event(event));
        event.and_then(|event| event.known_bounds()).expect("a dated event").start
    };
    state.view.fraction_of(start("d29")) - state.view.fraction_of(start("d0"))
}

#[test]
fn a_key_and_the_menu_switch_to_even_time_and_back() {
    let mut harness = window_on_text(crowded(""));
    let home = harness.state().state().view;
    assert!(!is_even(&harness) && week(&harness) < 0.001);
    press(&mut harness, Modifiers::SHIFT, Key::E);
    assert!(is_even(&harness) && week(&harness) > 0.4, "the week takes {}", week(&harness));
    harness.get_by_label("View").click();
    harness.run();
    harness.get_by_label_contains("Even Time").click();
    harness.run();
    assert!(!is_even(&harness));
    assert_eq!(harness.state().state().view, home, "all of the document is shown again");
}

#[test]
fn the_document_asks_for_even_time() {
    let mut harness = window_on_text(crowded("axis: Even,"));
    assert!(is_even(&harness));
    press(&mut harness, Modifiers::SHIFT, Key::E);
    assert!(!is_even(&harness));
    let harness = window_on_text(crowded("axis: Linear,"));
    assert!(!is_even(&harness));
}

#[test]
fn the_same_time_is_shown_on_the_other_axis() {
    let mut harness = window_on_text(crowded(""));
    let interval = longview::date::Interval { start: -1_000_000_000, end: 100_000_000 };
    harness.state_mut().apply(UiCommand::Show(View::of(interval)).into());
    harness.run();
    press(&mut harness, Modifiers::SHIFT, Key::E);
    assert!(is_even(&harness));
    assert_eq!(harness.state().state().view.interval(), interval);
}

#[test]
fn the_scale_stays_while_the_view_moves() {
    let mut harness = window_on_text(crowded("axis: Even,"));
    let home = harness.state().state().view;
    let at = chart_at(&harness, 0.6, 0.5);
    let under = |harness: &Harness<'static, App>| {
        let view = harness.state().state().view;
        assert_eq!(view.scale(), home.scale());
        view
    };
    wheel(&mut harness, at, vec2(0.0, 100.0), Modifiers::NONE);
    let closer = under(&harness);
    assert!(closer.span() < home.span() * 0.9);
    wheel(&mut harness, at, vec2(0.0, -100.0), Modifiers::NONE);
    assert!((under(&harness).span() / home.span() - 1.0).abs() < 1e-3);
    press(&mut harness, Modifiers::SHIFT, Key::ArrowRight);
    assert!(under(&harness).interval().start > home.interval().start);
    press(&mut harness, Modifiers::NONE, Key::Home);
    press(&mut harness, Modifiers::NONE, Key::F);
    assert!(under(&harness).span() < home.span());
    for _ in 0..80 {
        press(&mut harness, Modifiers::NONE, Key::Plus);
    }
    assert!(under(&harness).interval().length() <= 2, "as close as a second");
    press(&mut harness, Modifiers::NONE, Key::Num0);
    assert_eq!(under(&harness), home);
}

#[test]
fn a_click_on_a_mark_of_a_crowded_time_selects_it() {
    let mut harness = window_on_text(crowded("axis: Even,"));
    harness.get_by_label_contains("On d15, ").click();
    harness.run();
    let state = harness.state().state();
    let selected = state.selected_event().and_then(|event| state.timeline().event(event)).map(|event| event.id);
    assert_eq!(selected, Some("d15"));
}

#[test]
fn the_choice_lasts_over_a_reload_and_ends_with_the_document() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("mine.ron");
    std::fs::write(&path, crowded("")).expect("a document");
    let mut harness = window_on_file(&path);
    press(&mut harness, Modifiers::SHIFT, Key::E);
    press(&mut harness, Modifiers::NONE, Key::Plus);
    let shown = harness.state().state().view;

    // The scale of the newer version is another one; the same time stays in view.
    std::fs::write(&path, crowded("").replace("1910", "1911").replace("1920", "1912")).expect("a document");
    harness.key_press_modifiers(Modifiers::NONE, Key::F5);
    finish(&mut harness);
    assert!(is_even(&harness));
    let state = harness.state().state();
    assert_eq!(state.view.scale(), &state.timeline().even);
    let near = |a: i64, b: i64| (a - b).abs() <= 2;
    let (before, after) = (shown.interval(), state.view.interval());
    assert!(near(before.start, after.start) && near(before.end, after.end), "{before:?}, {after:?}");

    harness.state_mut().apply(UiCommand::OpenExample(longview::Example::Report).into());
    finish(&mut harness);
    assert!(!is_even(&harness), "another document is shown as it asks");
}

#[test]
fn a_window_that_is_opened_with_even_time_shows_its_first_document_so() {
    let (mut state, _) = State::new(StartupDocument::Later("later.ron".into()));
    let _ = state.apply(UiCommand::SetAxis(Axis::Even).into());
    assert_eq!(state.axis(), Axis::Even);
    let loaded = LoadedDocument::from_bytes(None, "crowded".to_owned(), crowded(""));
    let mut harness = window_on(loaded, TestDesktop::new(DialogResult::Unavailable), vec2(1280.0, 800.0));
    harness.state_mut().apply(UiCommand::SetAxis(Axis::Even).into());
    harness.run();
    assert!(is_even(&harness));
}

#[test]
fn a_picture_is_on_the_axis_of_the_window() {
    let mut harness = window_on_text(crowded(""));
    press(&mut harness, Modifiers::SHIFT, Key::E);
    let state = harness.state().state();
    assert_eq!(state.picture().view.scale(), &state.timeline().even);
    let mut settings = state.export.settings.clone();
    settings.whole = true;
    harness.state_mut().apply(UiCommand::SetExport(Box::new(settings)).into());
    let state = harness.state().state();
    assert_eq!(state.picture().view.scale(), &state.timeline().even);
}

#[test]
fn series_are_compared_on_a_linear_axis() {
    let text = longview::Example::Report.text().replacen("title:", "axis: Even, title:", 1);
    let mut harness = window_on_text(text);
    assert!(is_even(&harness));
    press(&mut harness, Modifiers::NONE, Key::S);
    let explorer = harness.state().state().explorer.as_ref().expect("the explorer");
    assert!(explorer.view.scale().is_linear());
}
