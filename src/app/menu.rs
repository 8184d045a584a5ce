//! The bar at the top: menus, zoom, theme, export.

use egui::{Align, Button, Context, Layout, RichText, ThemePreference, Ui};

use crate::Example;
use crate::paint::Theme;

use super::command::{Action, Command};
use super::dialog::follow_focus;
use super::room::Room;
use super::state::State;

/// Room that the parts of the bar take, in points, with the space around them.
const MENUS: f32 = 190.0;
const MENU: f32 = 46.0;
const EXPORT: f32 = 100.0;
const RECORD: f32 = 74.0;
const ZOOM: f32 = 96.0;
const THEME: f32 = 58.0;

/// Shows the bar. What has no room in it is left out: all of it stands in the menus too.
pub fn show(ui: &mut Ui, state: &State, theme: &Theme, commands: &mut Vec<Command>) {
    let mut room = ui.available_width();
    // The menus come first, each by its name or all under one.
    let record = state.record.room == Room::Instead && room >= MENU + RECORD;
    if record {
        room -= RECORD;
    }
    let mut take = |width: f32| {
        let fits = width <= room;
        if fits {
            room -= width;
        }
        fits
    };
    let by_name = take(MENUS);
    let [export, zoom, switch] = [EXPORT, ZOOM, THEME].map(|width| by_name && take(width));
    ui.horizontal_centered(|ui| {
        egui::MenuBar::new().ui(ui, |ui| {
            if by_name {
                menus(ui, state, commands);
            } else {
                ui.menu_button("Menu", |ui| menus(ui, state, commands));
            }
        });
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.add_space(4.0);
            if export {
                export_button(ui, theme, commands);
            }
            if record {
                record_button(ui, state, commands);
            }
            if switch {
                theme_button(ui, state, commands);
            }
            if zoom {
                zoom_buttons(ui, commands);
            }
        });
    });
}

fn menus(ui: &mut Ui, state: &State, commands: &mut Vec<Command>) {
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
        let scrolls = state.scrolls.most > 0.0;
        entry(ui, Action::ScrollUp, scrolls && state.scroll > 0.0, commands);
        entry(ui, Action::ScrollDown, scrolls && state.scroll < state.scrolls.most, commands);
        ui.separator();
        entry(ui, Action::Record, true, commands);
        entry(ui, Action::SwitchTheme, true, commands);
        themes(ui, state, commands);
    });
    menu(ui, "Go", &[Action::Previous, Action::Next, Action::First, Action::Last], commands, |ui, commands| {
        ui.separator();
        entry(ui, Action::Clear, state.selected.is_some(), commands);
    });
    menu(ui, "Help", &[Action::Problems, Action::Help], commands, |_, _| {});
}

fn export_button(ui: &mut Ui, theme: &Theme, commands: &mut Vec<Command>) {
    let words = RichText::new("Export…").font(crate::paint::bold(13.5)).color(theme.on_accent);
    let export = ui.add(Button::new(words).fill(theme.accent).min_size(egui::vec2(84.0, 26.0)));
    if with_hint(ui.ctx(), export, Action::Export).clicked() {
        commands.push(Command::Act(Action::Export));
    }
    ui.add_space(10.0);
}

/// In a window that has no room for both, from the chart to the record and back.
fn record_button(ui: &mut Ui, state: &State, commands: &mut Vec<Command>) {
    let name = if state.record.is_shown() { "Chart" } else { "Record" };
    let switch = ui.add(Button::new(name));
    if with_hint(ui.ctx(), switch, Action::Record).clicked() {
        commands.push(Command::Act(Action::Record));
    }
}

fn theme_button(ui: &mut Ui, state: &State, commands: &mut Vec<Command>) {
    let name = if state.dark { "Light" } else { "Dark" };
    let switch = ui.add(Button::new(name).frame_when_inactive(false));
    if with_hint(ui.ctx(), switch, Action::SwitchTheme).clicked() {
        commands.push(Command::Act(Action::SwitchTheme));
    }
    ui.add_space(10.0);
}

fn zoom_buttons(ui: &mut Ui, commands: &mut Vec<Command>) {
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
        // In a low window the entries scroll; the bar stays in sight.
        let room = ui.ctx().content_rect().size() - egui::vec2(24.0, 56.0);
        egui::ScrollArea::vertical().max_height(room.y.max(0.0)).show(ui, |ui| {
            ui.set_min_width(190.0_f32.min(room.x).max(0.0));
            for action in actions {
                entry(ui, *action, true, commands);
            }
            rest(ui, commands);
            follow_focus(ui);
        });
    });
}

/// The ways to another document, as buttons.
pub(super) fn open_another(ui: &mut Ui, commands: &mut Vec<Command>) {
    let open = ui.button(Action::Open.text());
    if with_hint(ui.ctx(), open, Action::Open).clicked() {
        commands.push(Command::Act(Action::Open));
    }
    for example in Example::ALL {
        if ui.button(format!("Example: {}", example.name())).clicked() {
            commands.push(Command::OpenExample(example));
        }
    }
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
