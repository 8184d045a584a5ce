//! What a person chooses for the program: it takes effect at once, and the next window has it.

use egui::accesskit::Role;
use egui::{Key, Modifiers, ThemePreference, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use longview::Example;
use longview::app::{App, DialogResult, LoadedDocument, UiCommand};

use super::support::{TestDesktop, click, finish, press, shows, window};

/// A window that keeps what is chosen in a file.
fn window_with(file: &std::path::Path) -> Harness<'static, App> {
    let file = file.to_path_buf();
    let desktop = TestDesktop::new(DialogResult::Unavailable);
    let mut harness = Harness::builder().with_size(vec2(1280.0, 800.0)).with_max_steps(60).with_step_dt(0.05);
    harness = harness.with_theme(egui::Theme::Light);
    let mut harness = harness.build_eframe(move |creation| {
        App::new(&creation.egui_ctx, LoadedDocument::example(Example::Report), desktop).keeping_preferences_in(file)
    });
    finish(&mut harness);
    harness
}

#[test]
fn what_is_chosen_in_the_settings_is_remembered() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("preferences.ron");
    let mut harness = window_with(&file);
    press(&mut harness, Modifiers::COMMAND, Key::Comma);
    assert!(shows(&harness, "Text size: 100 %"));
    click(&mut harness, "Larger");
    harness.get_by_role_and_label(Role::RadioButton, "Dark").click();
    harness.run();
    click(&mut harness, "Reduce motion");
    click(&mut harness, "Single keys are commands");
    assert!(shows(&harness, "Text size: 110 %"));
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(!shows(&harness, "Text size"), "Escape closes the page");
    assert!(harness.state().state().dark);
    finish(&mut harness);

    let mut next = window_with(&file);
    let chosen = next.state().state().preferences.clone();
    assert_eq!(chosen.theme, ThemePreference::Dark);
    assert_eq!(chosen.text_size.words(), "110 %");
    assert!(chosen.reduced_motion && !chosen.letter_keys);
    next.run();
    assert!((next.ctx.zoom_factor() - 1.1).abs() < 1e-6);
}

#[test]
fn the_size_of_text_has_keys_and_stands_in_the_menu() {
    let mut harness = window();
    for _ in 0..20 {
        press(&mut harness, Modifiers::COMMAND, Key::Plus);
    }
    assert!((harness.ctx.zoom_factor() - 3.0).abs() < 1e-6, "300 % at most");
    press(&mut harness, Modifiers::COMMAND, Key::Num0);
    press(&mut harness, Modifiers::COMMAND, Key::Minus);
    click(&mut harness, "View");
    assert!(shows(&harness, "Text Size: 90 %"));
    for _ in 0..5 {
        harness.state_mut().apply(UiCommand::TextSmaller.into());
    }
    harness.run();
    assert!((harness.ctx.zoom_factor() - 0.75).abs() < 1e-6, "75 % at least");
}

#[test]
fn without_single_keys_only_those_with_a_modifier_are_commands() {
    let mut harness = window();
    press(&mut harness, Modifiers::COMMAND, Key::Comma);
    click(&mut harness, "Single keys are commands");
    press(&mut harness, Modifiers::NONE, Key::Escape);
    for key in [Key::P, Key::T, Key::Plus, Key::Num0, Key::Questionmark] {
        press(&mut harness, Modifiers::NONE, key);
        press(&mut harness, Modifiers::SHIFT, key);
    }
    let state = harness.state().state();
    assert!(!state.problems_open && !state.help_open && state.preferences.theme == ThemePreference::System);
    press(&mut harness, Modifiers::NONE, Key::ArrowRight);
    assert!(harness.state().state().selected().is_some(), "arrows type nothing");
    press(&mut harness, Modifiers::NONE, Key::F1);
    assert!(harness.state().state().help_open);
}

#[test]
fn without_motion_the_view_is_there_at_once() {
    let mut harness = window();
    press(&mut harness, Modifiers::COMMAND, Key::Comma);
    click(&mut harness, "Reduce motion");
    press(&mut harness, Modifiers::NONE, Key::Escape);
    let before = harness.state().state().view;
    harness.key_press(Key::Plus);
    harness.step();
    harness.step();
    let there = harness.state().state().view;
    assert_ne!(there, before);
    harness.run();
    assert_eq!(harness.state().state().view, there);
}

#[test]
fn a_broken_file_of_settings_is_set_aside_and_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("preferences.ron");
    std::fs::write(&file, "(theme: Sepia)").expect("a file");
    let mut harness = window_with(&file);
    assert!(shows(&harness, "preferences.broken-1.ron"), "a notice names where it is");
    assert_eq!(std::fs::read_to_string(folder.path().join("preferences.broken-1.ron")).expect("it"), "(theme: Sepia)");
    press(&mut harness, Modifiers::NONE, Key::T);
    finish(&mut harness);
    let kept = std::fs::read_to_string(&file).expect("a new file");
    assert!(kept.contains("Dark"), "{kept}");
    assert!(harness.query_by_label("Dismiss").is_some());
}
