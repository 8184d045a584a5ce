//! Every control says what it does to a pointer that rests on it.

use egui::accesskit::Role;
use egui::{Key, Modifiers, Order, Pos2, Vec2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use longview::Example;
use longview::app::{App, DialogResult, FilterMessage, FormMessage, LoadedDocument, UiCommand};

use super::support::*;

/// So high that nothing is scrolled out of sight.
const SIZE: Vec2 = vec2(1280.0, 2200.0);

fn high_window() -> Harness<'static, App> {
    window_on(LoadedDocument::example(Example::Report), TestDesktop::new(DialogResult::Unavailable), SIZE)
}

/// Controls whose words do not say all, and where they are.
fn controls(harness: &Harness<'static, App>) -> Vec<(String, Pos2)> {
    let window = egui::Rect::from_min_size(Pos2::ZERO, SIZE).shrink(4.0);
    let roles = [Role::Button, Role::CheckBox, Role::RadioButton, Role::Link, Role::ComboBox];
    let mut found: Vec<(String, Pos2)> = Vec::new();
    for role in roles {
        for node in harness.query_all_by_role(role).filter(|node| !node.accesskit_node().is_disabled()) {
            let name = node.accesskit_node().label().unwrap_or_default();
            found.push((name, node.rect().center()));
        }
    }
    found.retain(|(_, at)| window.contains(*at));
    found
}

fn has_tooltip(harness: &Harness<'static, App>) -> bool {
    harness.ctx.memory(|memory| memory.areas().visible_layer_ids().iter().any(|layer| layer.order == Order::Tooltip))
}

/// The controls without a tooltip, of those that were not there before.
fn silent(harness: &mut Harness<'static, App>, known: &[String]) -> Vec<String> {
    let mut silent = Vec::new();
    for (name, at) in controls(harness) {
        if known.contains(&name) || silent.contains(&name) {
            continue;
        }
        harness.hover_at(at);
        harness.run_steps(20);
        if !has_tooltip(harness) {
            silent.push(name);
        }
        harness.hover_at(egui::pos2(640.0, 3.0));
        harness.run_steps(3);
    }
    silent
}

#[test]
fn every_control_says_what_it_does() {
    let ways: [(&str, &[UiCommand]); 14] = [
        ("filter bar", &[]),
        ("filter form", &[UiCommand::FilterEvents]),
        ("search box", &[UiCommand::Find]),
        ("event list", &[UiCommand::EventList]),
        ("event form", &[UiCommand::First, UiCommand::EditRecord]),
        ("new event", &[UiCommand::NewEvent]),
        ("source form", &[UiCommand::Form(FormMessage::AddPart("sources"))]),
        ("lane form", &[UiCommand::Form(FormMessage::AddPart("lanes"))]),
        ("era form", &[UiCommand::Form(FormMessage::AddPart("eras"))]),
        ("series form", &[UiCommand::Form(FormMessage::AddPart("series"))]),
        ("document form", &[UiCommand::EditRecord]),
        ("several events", &[UiCommand::First, UiCommand::ExtendLater]),
        ("lines", &[UiCommand::QuickEntry]),
        ("settings", &[UiCommand::Settings]),
    ];
    let mut all = Vec::new();
    let known: Vec<String> = controls(&high_window()).into_iter().map(|(name, _)| name).collect();
    for (what, commands) in ways {
        let mut harness = high_window();
        if what == "filter bar" {
            harness.state_mut().apply(UiCommand::Filter(FilterMessage::Add("#travel".to_owned())).into());
            finish(&mut harness);
        }
        for command in commands {
            harness.state_mut().apply(command.clone().into());
            finish(&mut harness);
        }
        if what == "search box" {
            typed(&mut harness, "treaty");
            finish(&mut harness);
        }
        let count = controls(&harness).iter().filter(|(name, _)| !known.contains(name)).count();
        assert!(count > 0, "{what} has no control that was not there before");
        let silent = silent(&mut harness, &known);
        all.extend(silent.into_iter().map(|name| format!("{what}: {name}")));
        press(&mut harness, Modifiers::NONE, Key::Escape);
    }
    assert!(all.is_empty(), "controls without a tooltip: {all:#?}");
}
