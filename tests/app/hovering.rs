//! What the pointer reads on what it rests on, what a right click offers, and that every control says what it does.

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, Order, PointerButton, Pos2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use longview::app::{App, DialogResult, LoadedDocument, UiCommand};

use super::support::*;

/// Whether anything is told of what the pointer is on.
fn tells(harness: &Harness<'static, App>) -> bool {
    harness.ctx.memory(|memory| memory.areas().visible_layer_ids().iter().any(|layer| layer.order == Order::Tooltip))
}

fn hover(harness: &mut Harness<'static, App>, at: Pos2) {
    harness.hover_at(at);
    harness.run_steps(20);
}

fn right_click(harness: &mut Harness<'static, App>, at: Pos2) {
    harness.hover_at(at);
    harness.run();
    for pressed in [true, false] {
        let (button, modifiers) = (PointerButton::Secondary, Modifiers::NONE);
        harness.event(Event::PointerButton { pos: at, button, pressed, modifiers });
        harness.step();
    }
    harness.run();
}

#[test]
fn a_mark_says_its_title_date_lane_and_first_sentence() {
    let mut harness = window();
    let at = harness.get_by_label(TREATY).rect().center();
    hover(&mut harness, at);
    let said: Vec<String> = texts(&harness).iter().map(|text| text.galley.text().to_owned()).collect();
    let has = |words: &str| said.iter().any(|text| text.contains(words));
    assert!(tells(&harness) && has("Treaty on Basic Relations") && has("1965 · ") && has("Diplomacy"), "{said:?}");
    let description = harness.state().state().timeline();
    let event = description.event_by_id("treaty").and_then(|event| description.event(event)).expect("an event");
    let first = event.description.expect("a description").split(". ").next().expect("a sentence").to_owned();
    let start: String = first.chars().take(20).collect();
    assert!(has(&start), "{start}: {said:?}");
}

#[test]
fn an_era_says_its_first_sentence_and_a_strip_its_years() {
    let mut harness = window();
    let era = chart_now(&harness).eras.first().and_then(|era| era.name).expect("a name").center();
    hover(&mut harness, era);
    assert!(tells(&harness));
    let many = (0..400)
        .map(|n| format!("(id: \"e{n}\", lane: \"a\", title: \"Event {n}\", date: \"{}\"),", 1600 + n))
        .collect::<Vec<_>>()
        .concat();
    let text = format!("(title: \"t\", lanes: [(id: \"a\", title: \"a\")], events: [{many}])");
    let loaded = LoadedDocument::from_bytes(None, "many.ron".to_owned(), text);
    let mut harness = window_on(loaded, TestDesktop::new(DialogResult::Unavailable), vec2(900.0, 600.0));
    press(&mut harness, Modifiers::NONE, Key::W);
    rest(&mut harness);
    let strip = chart_now(&harness).lanes.iter().find_map(|lane| lane.strip.clone()).expect("a strip");
    hover(&mut harness, strip.rect.center());
    let said: Vec<String> = texts(&harness).iter().map(|text| text.galley.text().to_owned()).collect();
    let told = said.iter().find(|text| text.contains("here")).expect("what is here");
    assert!(told.contains(" to 1"), "{told}");
}

#[test]
fn a_right_click_offers_what_can_be_done_with_an_event() {
    let mut harness = window();
    let at = harness.get_by_label(TREATY).rect().center();
    right_click(&mut harness, at);
    assert!(shows(&harness, "1 of 7"), "it is selected");
    for words in ["Edit Record", "Fit Selected", "Duplicate Event", "Delete", "Copy Title", "Measure from Here"] {
        assert!(harness.query_all_by_label_contains(words).next().is_some(), "{words}");
    }
    let copy = harness.get_by_label("Copy Title");
    copy.click();
    let mut copied = None;
    for _ in 0..4 {
        harness.step();
        let commands = harness.output().platform_output.commands.iter();
        copied = copied.or(commands.clone().find_map(|command| match command {
            egui::OutputCommand::CopyText(text) => Some(text.clone()),
            _ => None,
        }));
    }
    assert_eq!(copied.as_deref(), Some("Treaty on Basic Relations"));
    harness.run();
    assert!(harness.query_by_label("Copy Title").is_none(), "it closes");
    right_click(&mut harness, at);
    harness.get_by_label_contains("Delete").click();
    finish(&mut harness);
    assert!(harness.query_by_label(TREATY).is_none());
}

#[test]
fn lanes_eras_and_free_places_have_actions_too() {
    let mut harness = window();
    let has = |harness: &Harness<'static, App>, words: &str| harness.query_by_label_contains(words).is_some();
    let name = chart_now(&harness).lanes.first().expect("a lane").name.center();
    right_click(&mut harness, name);
    assert!(has(&harness, "New Event in This Lane") && has(&harness, "Edit Lane"));
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(!has(&harness, "Edit Lane"), "Esc closes it");
    let era = chart_now(&harness).eras.first().and_then(|era| era.name).expect("a name").center();
    right_click(&mut harness, era);
    assert!(harness.query_all_by_label("Measure from Its Start").count() == 2 && has(&harness, "Copy Title"));
    press(&mut harness, Modifiers::NONE, Key::Escape);
    let free = chart_at(&harness, 0.45, 0.2);
    right_click(&mut harness, free);
    assert!(has(&harness, "Fit All"));
    click(&mut harness, "New Event Here");
    finish(&mut harness);
    assert!(harness.state().state().forms.open.is_some(), "the form of a new event");
    let series = chart_now(&harness).series.first().expect("a series").plot.center();
    right_click(&mut harness, series);
    assert!(has(&harness, "Explore Series"));
}

#[test]
fn keys_open_the_actions_of_what_is_selected() {
    let mut harness = window();
    press(&mut harness, Modifiers::NONE, Key::Home);
    press(&mut harness, Modifiers::SHIFT, Key::F10);
    assert!(harness.query_by_label("Copy Title").is_some());
    let focused = harness.root().children_recursive().find(egui_kittest::Node::is_focused);
    let label = focused.and_then(|node| node.accesskit_node().label());
    assert!(label.as_deref().is_some_and(|label| label.contains("Edit Record")), "{label:?}");
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert!(harness.state().state().forms.open.is_some());
    press(&mut harness, Modifiers::NONE, Key::Escape);
    press(&mut harness, Modifiers::NONE, Key::Escape);
    press(&mut harness, Modifiers::NONE, Key::Escape);
    press(&mut harness, Modifiers::NONE, Key::Menu);
    assert!(harness.query_by_label("New Event Here").is_some(), "of the chart, where nothing is selected");
}

/// The buttons that are in sight, with their labels.
fn buttons(harness: &Harness<'static, App>) -> Vec<(String, Pos2)> {
    let window = egui::Rect::from_min_size(Pos2::ZERO, vec2(1280.0, 800.0));
    let nodes = harness.root().children_recursive();
    let is_button = |role| matches!(role, Role::Button | Role::CheckBox | Role::RadioButton | Role::Link);
    nodes
        .filter(|node| is_button(node.accesskit_node().role()))
        .map(|node| (node.accesskit_node().label().unwrap_or_default(), node.rect().center()))
        .filter(|(_, at)| window.shrink(1.0).contains(*at))
        .collect()
}

/// Those of the buttons in sight that say nothing on hovering.
fn silent(harness: &mut Harness<'static, App>, skips: &[&str]) -> Vec<String> {
    harness.ctx.all_styles_mut(|style| {
        style.interaction.tooltip_delay = 0.0;
        style.interaction.tooltip_grace_time = 0.0;
        style.interaction.show_tooltips_only_when_still = false;
    });
    let mut silent = Vec::new();
    for (label, at) in buttons(harness) {
        if skips.iter().any(|skip| label.contains(skip)) {
            continue;
        }
        harness.hover_at(at);
        harness.run_steps(3);
        if !tells(harness) {
            silent.push(label);
        }
        harness.hover_at(egui::pos2(700.0, 20.0));
        harness.run_steps(2);
        assert!(!tells(harness));
    }
    silent
}

#[test]
fn every_button_says_what_it_does() {
    /// The names of menus say what is in them; links to a filter are at the end of the record, where they are scrolled out of
    /// sight.
    const MENUS: [&str; 6] = ["File", "Edit", "View", "Go", "Help", "Show only"];
    let mut harness = window();
    assert_eq!(silent(&mut harness, &MENUS), Vec::<String>::new(), "with nothing selected");
    press(&mut harness, Modifiers::NONE, Key::Home);
    assert_eq!(silent(&mut harness, &MENUS), Vec::<String>::new(), "with an event selected");
    let mut all = Vec::new();
    for command in
        [UiCommand::Help, UiCommand::Problems, UiCommand::EditHistory, UiCommand::Export, UiCommand::Settings]
    {
        let under: Vec<String> = buttons(&harness).into_iter().map(|(label, _)| label).collect();
        harness.state_mut().apply(command.clone().into());
        finish(&mut harness);
        let found = silent(&mut harness, &[]);
        all.extend(found.into_iter().filter(|label| !under.contains(label)).map(|label| (command.clone(), label)));
        press(&mut harness, Modifiers::NONE, Key::Escape);
    }
    assert!(all.is_empty(), "{all:?}");
}

#[test]
fn every_line_of_a_menu_says_what_it_does() {
    let mut silent = Vec::new();
    for menu in ["Edit", "View", "Go", "Help", "File"] {
        let mut harness = window();
        let before: Vec<String> = buttons(&harness).into_iter().map(|(label, _)| label).collect();
        click(&mut harness, menu);
        let lines: Vec<_> = buttons(&harness).into_iter().filter(|(label, _)| !before.contains(label)).collect();
        assert!(lines.len() > 1, "{menu}");
        for (label, at) in lines {
            hover(&mut harness, at);
            let opens_another = harness.query_all_by_role(Role::Button).count() > 0
                && ["New", "Open Recent", "Examples", "Export Data", "Move", "Theme", "Text Size"]
                    .iter()
                    .any(|name| label.starts_with(name));
            if !tells(&harness) && !opens_another {
                silent.push(format!("{menu}: {label}"));
            }
        }
    }
    assert!(silent.is_empty(), "{silent:?}");
}
