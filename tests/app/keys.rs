//! Keys and the focus: one key does one thing, and what has no pointer can do all that a pointer can.

use egui::accesskit::Role;
use egui::{Key, Modifiers, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use longview::app::{App, DialogResult, LoadedDocument, PageChoice, UiCommand};
use longview::export::PageSize;

use super::support::*;

fn title_of_selected(harness: &Harness<'static, App>) -> String {
    let state = harness.state().state();
    let event = state.selected_event().and_then(|event| state.timeline().event(event));
    event.map_or_else(String::new, |event| event.title.to_owned())
}

fn has_focus(harness: &Harness<'static, App>, label: &str) -> bool {
    harness.query_all_by_label_contains(label).any(|node| node.accesskit_node().is_focused())
}

fn focus(harness: &mut Harness<'static, App>, label: &str) {
    harness.get_by_label(label).focus();
    harness.run();
    assert!(has_focus(harness, label), "{label} has the focus");
}

#[test]
fn an_arrow_key_moves_one_thing() {
    let mut harness = window();
    focus(&mut harness, "Fit all");
    for _ in 0..2 {
        press(&mut harness, Modifiers::NONE, Key::ArrowRight);
        assert!(has_focus(&harness, "Fit all"), "the focus stays where someone has put it");
    }
    assert!(shows(&harness, "2 of 7"), "and the selection moves");

    // Where nothing has the focus it goes along with the selection.
    let mut harness = window();
    press(&mut harness, Modifiers::NONE, Key::ArrowRight);
    assert!(has_focus(&harness, TREATY));
    press(&mut harness, Modifiers::NONE, Key::ArrowRight);
    assert!(shows(&harness, "2 of 7"));
    assert!(!has_focus(&harness, TREATY));
    assert!(has_focus(&harness, &title_of_selected(&harness)));
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert!(shows(&harness, "2 of 7"), "Enter shows what is shown already");
}

#[test]
fn next_keeps_the_focus_and_says_what_it_will_do() {
    let mut harness = window();
    press(&mut harness, Modifiers::NONE, Key::Home);
    focus(&mut harness, "Next →");
    for n in 2..=7 {
        let hint = harness.get_by_label("Next →").accesskit_node().description().expect("a description");
        press(&mut harness, Modifiers::NONE, Key::Enter);
        assert!(has_focus(&harness, "Next →"));
        assert!(shows(&harness, &format!("{n} of 7")));
        assert!(hint.starts_with("Go to ") && hint.contains(&title_of_selected(&harness)), "{n}: {hint}");
    }
    let hint = harness.get_by_label("Next →").accesskit_node().description().expect("a description");
    assert_eq!(hint, "No event comes after this one");
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert!(has_focus(&harness, "Next →") && shows(&harness, "7 of 7"));
}

#[test]
fn escape_closes_a_menu_and_nothing_else() {
    for name in ["File", "View", "Go", "Help"] {
        let mut harness = window();
        press(&mut harness, Modifiers::NONE, Key::Home);
        harness.get_by_label(name).click();
        harness.run();
        assert!(egui::Popup::is_any_open(&harness.ctx));
        press(&mut harness, Modifiers::NONE, Key::Escape);
        assert!(!egui::Popup::is_any_open(&harness.ctx), "{name} is closed");
        assert!(shows(&harness, "1 of 7"), "what is selected behind {name} stays");
        press(&mut harness, Modifiers::NONE, Key::Escape);
        assert_eq!(harness.state().state().selected(), None);
    }
}

#[test]
fn no_key_means_an_action_in_a_menu_or_a_text_field() {
    let keys = [Key::T, Key::F, Key::P, Key::R, Key::Plus, Key::Num0, Key::End, Key::PageDown, Key::F1];
    let unchanged = |harness: &Harness<'static, App>, before: longview::layout::View| {
        let state = harness.state().state();
        let overlays = state.help_open || state.problems_open;
        !state.dark && !overlays && state.selected().is_none() && state.view == before && state.record.is_shown()
    };
    let mut harness = window();
    let before = harness.state().state().view;
    harness.get_by_label("View").click();
    harness.run();
    for key in keys {
        press(&mut harness, Modifiers::NONE, key);
        assert!(unchanged(&harness, before), "{key:?} in a menu");
    }
    let mut harness = window();
    press(&mut harness, Modifiers::COMMAND, Key::E);
    harness.get_by_role_and_label(Role::TextInput, "Headline").focus();
    harness.run();
    for key in keys {
        press(&mut harness, Modifiers::NONE, key);
        assert!(unchanged(&harness, before), "{key:?} in a text field");
    }
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(harness.state().state().export.open, "Escape leaves the field");
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(!harness.state().state().export.open, "and then the form");
}

#[test]
fn other_modifiers_mean_other_keys() {
    let mut harness = window();
    press(&mut harness, Modifiers::NONE, Key::End);
    let before = harness.state().state().view;
    for (modifiers, key) in
        [(Modifiers::ALT, Key::F), (Modifiers::ALT, Key::T), (Modifiers::SHIFT, Key::F), (Modifiers::ALT, Key::Home)]
    {
        press(&mut harness, modifiers, key);
        let state = harness.state().state();
        assert!(state.view == before && !state.dark && shows(&harness, "7 of 7"), "{modifiers:?} {key:?}");
    }
    press(&mut harness, Modifiers::SHIFT, Key::ArrowLeft);
    assert!(shows(&harness, "7 of 7"), "Shift and an arrow pans only");
    assert!(harness.state().state().view != before);
}

#[test]
fn a_list_in_a_form_opens_and_closes_by_key() {
    let mut harness = window();
    press(&mut harness, Modifiers::COMMAND, Key::E);
    harness.get_by_label("Page: As in the window").focus();
    harness.run();
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert!(egui::Popup::is_any_open(&harness.ctx));
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(!egui::Popup::is_any_open(&harness.ctx), "Escape closes the list");
    assert!(harness.state().state().export.open, "and not the form");

    harness.get_by_label("Page: As in the window").focus();
    harness.run();
    press(&mut harness, Modifiers::NONE, Key::Enter);
    harness.get_by_label("A4").focus();
    harness.run();
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert!(!egui::Popup::is_any_open(&harness.ctx), "Enter chooses and closes the list");
    assert_eq!(harness.state().state().export.settings.page, PageChoice::Named(PageSize::A4));
    assert!(has_focus(&harness, "Page: A4"), "its name says what is chosen, and it has the focus again");
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(!harness.state().state().export.open);
}

#[test]
fn escape_closes_what_was_opened_last() {
    let mut harness = window();
    press(&mut harness, Modifiers::NONE, Key::Home);
    press(&mut harness, Modifiers::NONE, Key::F1);
    assert!(shows(&harness, "Keys and Mouse"));
    press(&mut harness, Modifiers::NONE, Key::P);
    assert!(shows(&harness, "Nothing is wrong with") && !shows(&harness, "Keys and Mouse"), "one list at a time");
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(!harness.state().state().problems_open);
    press(&mut harness, Modifiers::COMMAND, Key::E);
    // What is asked about may come while a form is open.
    harness.state_mut().apply(UiCommand::ShowProblems(true).into());
    harness.run();
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(!harness.state().state().problems_open && harness.state().state().export.open);
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(!harness.state().state().export.open);
    assert!(shows(&harness, "1 of 7"));
}

/// A window on a lane of 600 events, 40 lanes, or three series, which have no room.
fn window_on_text(text: String, size: egui::Vec2) -> Harness<'static, App> {
    window_on(
        LoadedDocument::from_bytes(None, "keys".to_owned(), text),
        TestDesktop::new(DialogResult::Unavailable),
        size,
    )
}

#[test]
fn a_strip_names_its_lane_and_is_zoomed_into_by_key() {
    let events: Vec<String> = (0..600)
        .map(|n| {
            format!(
                "(id: \"e{n}\", lane: \"b\", title: \"Event {n}\", date: \"{}-06-{:02}\"),",
                1900 + n / 30,
                1 + n % 30
            )
        })
        .collect();
    let lanes = "(id: \"a\", title: \"Alpha\"), (id: \"b\", title: \"Beta\")";
    let text = format!("(title: \"Many\", lanes: [{lanes}], events: [{}])", events.concat());
    for key in [Key::Enter, Key::Space] {
        let mut harness = window_on_text(text.clone(), vec2(1280.0, 800.0));
        let before = harness.state().state().view;
        let strip = harness.get_by_label_contains("more events");
        assert!(strip.accesskit_node().label().expect("a name").starts_with("Beta: "));
        strip.focus();
        harness.run();
        press(&mut harness, Modifiers::NONE, key);
        assert!(harness.state().state().view.span() < before.span() / 2.0, "{key:?} looks closer");
    }
}

#[test]
fn lanes_that_do_not_fit_are_scrolled_to_by_key() {
    let lanes: Vec<String> = (0..40).map(|n| format!("(id: \"l{n}\", title: \"Lane {n}\"),")).collect();
    let events: Vec<String> = (0..40)
        .map(|n| format!("(id: \"e{n}\", lane: \"l{n}\", title: \"Event {n}\", date: \"{}\"),", 1900 + n))
        .collect();
    let text = format!("(title: \"Many\", lanes: [{}], events: [{}])", lanes.concat(), events.concat());
    let mut harness = window_on_text(text, vec2(900.0, 600.0));
    assert!(harness.query_by_label("Event 39, 1939").is_none());
    press(&mut harness, Modifiers::NONE, Key::PageDown);
    let (scroll, lanes) = (harness.state().state().scroll, chart_now(&harness).regions.lanes.height());
    assert!((lanes * 0.8..lanes - 10.0).contains(&scroll), "a page of {lanes} goes {scroll}, so that a line is kept");
    for _ in 0..12 {
        press(&mut harness, Modifiers::NONE, Key::PageDown);
    }
    assert!(harness.query_by_label("Event 39, 1939").is_some());
    assert!(harness.query_by_label("Event 0, 1900").is_none());
    // What is selected is brought into view, from either side.
    for (key, name) in [(Key::Home, "Event 0, 1900"), (Key::End, "Event 39, 1939")] {
        press(&mut harness, Modifiers::NONE, key);
        let (chart, selected) = (chart_now(&harness), harness.state().state().selected_event());
        let mark = chart.marks().find(|mark| Some(mark.event) == selected).expect("a mark");
        assert!(chart.regions.lanes.contains_rect(mark.rect), "{name} is at {}", mark.rect);
        assert!(harness.query_by_label(name).is_some());
    }
    for _ in 0..12 {
        press(&mut harness, Modifiers::NONE, Key::PageUp);
    }
    assert!(harness.query_by_label("Event 0, 1900").is_some());
}

#[test]
fn series_that_do_not_fit_are_reached_by_key_wheel_and_cue() {
    let series = |n: usize| {
        format!(
            "(id: \"s{n}\", title: \"Series {n}\", unit: \"people\", points: [(date: \"1900\", value: 1), (date: \"1950\", value: 9)]),"
        )
    };
    let text = format!(
        "(title: \"Series\", lanes: [(id: \"a\", title: \"A\")], events: [(id: \"e\", lane: \"a\", title: \"E\", date: \"1900\")], series: [{}])",
        (0..4).map(series).collect::<String>()
    );
    // As on a screen of 1280 by 800 pixels with text at 150 %, 200 % and 300 %.
    for size in [vec2(853.0, 533.0), vec2(640.0, 400.0), vec2(427.0, 267.0)] {
        let last = "Series 3, people";
        let mut harness = window_on_text(text.clone(), size);
        assert!(harness.query_by_label(last).is_none(), "{size}");
        for _ in 0..16 {
            press(&mut harness, Modifiers::NONE, Key::PageDown);
        }
        assert!(harness.query_by_label(last).is_some(), "{size} by key");
        for _ in 0..16 {
            press(&mut harness, Modifiers::NONE, Key::PageUp);
        }
        assert!(harness.query_by_label(last).is_none(), "{size} and back");
        let mut presses = 0;
        while harness.query_by_label(last).is_none() && presses < 5 {
            harness.get_by_label_contains("+").click();
            harness.run();
            presses += 1;
        }
        assert!(harness.query_by_label(last).is_some(), "{size} by its cue");
        let mut harness = window_on_text(text.clone(), size);
        let names = chart_at(&harness, 0.01, 0.5);
        for _ in 0..12 {
            wheel(&mut harness, names, vec2(0.0, -50.0), Modifiers::NONE);
        }
        assert!(harness.query_by_label(last).is_some(), "{size} by wheel");
        harness.get_by_label(last).click();
        harness.run();
        assert!(matches!(harness.state().state().selected(), Some(longview::timeline::Item::Series(_))), "its record");
    }
}

#[test]
fn series_that_are_scrolled_out_are_named_as_left_out() {
    let series = |n: usize| {
        format!(
            "(id: \"s{n}\", title: \"Series {n}\", unit: \"people\", points: [(date: \"1900\", value: 1), (date: \"1950\", value: 9)]),"
        )
    };
    let all: Vec<String> = (0..4).map(series).collect();
    let text = format!(
        "(title: \"T\", lanes: [(id: \"a\", title: \"A\")], events: [(id: \"e\", lane: \"a\", title: \"E\", date: \"1900\")], series: [{}])",
        all.concat()
    );
    let harness = window_on_text(text, vec2(853.0, 533.0));
    let rect = harness.state().state().chart_rect;
    for scroll in [0.0, 80.0, 1e6] {
        let chart = placed_at(&harness, rect, scroll);
        let state = harness.state().state();
        let words = chart.left_out.words(state.timeline(), state.projection()).concat();
        let shown: Vec<usize> = chart.series.iter().map(|series| series.series.get()).collect();
        assert!(!shown.is_empty() && shown.len() < 4);
        for n in 0..4 {
            assert_eq!(words.contains(&format!("Series {n}")), !shown.contains(&n), "{n} at {scroll}: {words}");
        }
    }
}
