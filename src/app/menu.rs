//! The bar at the top: menus, zoom, theme, export.

use egui::{Align, Button, Context, Layout, RichText, ThemePreference, Ui};

use crate::Example;
use crate::paint::Theme;

use super::command::{Action, Command};
use super::state::State;

/// Shows the bar.
pub fn show(ui: &mut Ui, state: &State, theme: &Theme, commands: &mut Vec<Command>) {
    ui.horizontal_centered(|ui| {
        egui::MenuBar::new().ui(ui, |ui| {
            menu(ui, "File", &[Action::Open, Action::Reload], commands, |ui, commands| {
                examples(ui, commands);
                ui.separator();
                entry(ui, Action::Export, true, commands);
                entry(ui, Action::CopyPicture, true, commands);
                ui.separator();
                entry(ui, Action::Quit, true, commands);
            });
            menu(ui, "View", &[Action::ZoomIn, Action::ZoomOut, Action::Fit], commands, |ui, commands| {
                entry(ui, Action::FitSelected, state.selected.is_some(), commands);
                ui.separator();
                entry(ui, Action::PanLeft, true, commands);
                entry(ui, Action::PanRight, true, commands);
                ui.separator();
                entry(ui, Action::SwitchTheme, true, commands);
                themes(ui, state, commands);
            });
            menu(ui, "Go", &[Action::Previous, Action::Next, Action::First, Action::Last], commands, |ui, commands| {
                ui.separator();
                entry(ui, Action::Clear, state.selected.is_some(), commands);
            });
            menu(ui, "Help", &[Action::Problems, Action::Help], commands, |_, _| {});
        });
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.add_space(4.0);
            right_side(ui, state, theme, commands);
        });
    });
}

fn right_side(ui: &mut Ui, state: &State, theme: &Theme, commands: &mut Vec<Command>) {
    let words = RichText::new("Export…").font(crate::paint::bold(13.5)).color(theme.on_accent);
    let export = ui.add(Button::new(words).fill(theme.accent).min_size(egui::vec2(84.0, 26.0)));
    if with_hint(ui.ctx(), export, Action::Export).clicked() {
        commands.push(Command::Act(Action::Export));
    }
    ui.add_space(10.0);
    let name = if state.dark { "Light" } else { "Dark" };
    let switch = ui.add(Button::new(name).frame_when_inactive(false));
    if with_hint(ui.ctx(), switch, Action::SwitchTheme).clicked() {
        commands.push(Command::Act(Action::SwitchTheme));
    }
    ui.add_space(10.0);
    for (words, name, action) in
        [("Fit", "Fit all", Action::Fit), ("+", "Zoom in", Action::ZoomIn), ("\u{2212}", "Zoom out", Action::ZoomOut)]
    {
        let button = ui.add(Button::new(words).frame_when_inactive(false)).accessible_name(name);
        if with_hint(ui.ctx(), button, action).clicked() {
            commands.push(Command::Act(action));
        }
    }
}

fn with_hint(ctx: &Context, response: egui::Response, action: Action) -> egui::Response {
    let keys = action.shortcuts().first().map(|keys| format!(" ({})", ctx.format_shortcut(keys))).unwrap_or_default();
    response.on_hover_text(format!("{}{keys}", action.tooltip()))
}

fn menu(
    ui: &mut Ui,
    name: &str,
    actions: &[Action],
    commands: &mut Vec<Command>,
    rest: impl FnOnce(&mut Ui, &mut Vec<Command>),
) {
    ui.menu_button(name, |ui| {
        ui.set_min_width(190.0);
        for action in actions {
            entry(ui, *action, true, commands);
        }
        rest(ui, commands);
    });
}

fn entry(ui: &mut Ui, action: Action, enabled: bool, commands: &mut Vec<Command>) {
    let mut button = Button::new(action.text());
    if let Some(keys) = action.shortcuts().first() {
        button = button.shortcut_text(ui.ctx().format_shortcut(keys));
    }
    if ui.add_enabled(enabled, button).on_hover_text(action.tooltip()).clicked() {
        commands.push(Command::Act(action));
        ui.close();
    }
}

fn examples(ui: &mut Ui, commands: &mut Vec<Command>) {
    ui.menu_button("Examples", |ui| {
        for example in Example::ALL {
            if ui.button(example.name()).clicked() {
                commands.push(Command::OpenExample(example));
                ui.close();
            }
        }
    });
}

fn themes(ui: &mut Ui, state: &State, commands: &mut Vec<Command>) {
    ui.menu_button("Theme", |ui| {
        let all = [
            (ThemePreference::System, "As the System"),
            (ThemePreference::Light, "Light"),
            (ThemePreference::Dark, "Dark"),
        ];
        for (preference, name) in all {
            if ui.radio(state.theme == preference, name).clicked() {
                commands.push(Command::SetTheme(preference));
                ui.close();
            }
        }
    });
}
