//! The bar at the top: menus, zoom, theme, export.

use egui::{Button, RichText, Ui};

use crate::Example;
use crate::compose::Template;
use crate::date::Handle;
use crate::interchange;
use crate::layout::{RowMode, one_line};
use crate::paint::Theme;
use crate::timeline::Axis;

use super::command_entry::Entry;
use super::dialog::follow_focus;
use super::form::FormMessage;
use super::hint::with_hint;
use super::message::Message;
use super::recent::RecentFiles;
use super::record_panel::RecordPlacement;
use super::settings_page::THEMES;
use super::shortcuts::Shortcuts;
use super::state::State;
use super::ui_command::UiCommand;

/// Room that the parts of the bar take, in points, with the space around them.
const MENUS: f32 = 232.0;
const MENU: f32 = 46.0;
const EXPORT: f32 = 100.0;
const RECORD: f32 = 74.0;
const ZOOM: f32 = 96.0;
const THEME: f32 = 58.0;

/// Shows the bar. What has no room in it is left out: the menus have all of it, too.
pub fn show(ui: &mut Ui, state: &State, theme: &Theme, messages: &mut Vec<Message>) {
    let mut room = ui.available_width();
    // The menus come first, each by its name or all under one.
    let placement = state.record.placement;
    let takes_place = matches!(placement, RecordPlacement::Instead | RecordPlacement::InsteadOfText);
    let record = takes_place && room >= MENU + RECORD;
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
                menus(ui, state, messages);
            } else {
                drop_down(ui, "Menu", &mut |ui| menus(ui, state, messages));
            }
        });
        let tools = [(zoom, ZOOM), (switch, THEME), (record, RECORD), (export, EXPORT)];
        let guess = tools.iter().filter(|(is_shown, _)| *is_shown).map(|(_, width)| width).sum();
        at_right(ui, ("tools of the bar", tools.map(|(is_shown, _)| is_shown), theme.dark), guess, &mut |ui| {
            if zoom {
                zoom_buttons(ui, messages);
            }
            if switch {
                theme_button(ui, state, messages);
            }
            if record {
                record_button(ui, state, messages);
            }
            if export {
                export_button(ui, theme, messages);
            }
        });
    });
}

/// Shows something at the right end of a row. Keys and readers go through it from left to right, which they would not in a
/// layout from right to left. `what` tells apart what differs in width, which is known from the frame before; `guess` is
/// that of the first frame, in points.
fn at_right(ui: &mut Ui, what: impl egui::AsIdSalt, guess: f32, add: &mut dyn FnMut(&mut Ui)) {
    let width = egui::Id::unique(what);
    let known: Option<f32> = ui.data(|data| data.get_temp(width));
    let row = ui.max_rect();
    let left = row.right() - known.unwrap_or(guess);
    let layout = egui::Layout::left_to_right(egui::Align::Center);
    let mut inside = ui.new_child(egui::UiBuilder::new().max_rect(row.with_min_x(left)).layout(layout));
    add(&mut inside);
    let found = inside.min_rect().width();
    if known.is_none_or(|known| (known - found).abs() > 0.1) {
        ui.data_mut(|data| data.insert_temp(width, found));
        ui.ctx().request_repaint();
    }
}

fn menus(ui: &mut Ui, state: &State, messages: &mut Vec<Message>) {
    menu(ui, "File", &[], messages, &mut |ui, messages| {
        templates(ui, messages);
        entry(ui, UiCommand::Open, true, messages);
        recent(ui, state, messages);
        entry(ui, UiCommand::Reload, true, messages);
        examples(ui, messages);
        ui.separator();
        entry(ui, UiCommand::Import, true, messages);
        entry(ui, UiCommand::ImportChoices, state.can_be_imported_anew(), messages);
        entry(ui, UiCommand::SaveDocument, state.documents_shown > 0, messages);
        entry(ui, UiCommand::SaveAs, state.documents_shown > 0, messages);
        entry(ui, UiCommand::CaptureFile, state.documents_shown > 0, messages);
        entry(ui, UiCommand::ImportReport, state.has_report(), messages);
        ui.separator();
        entry(ui, UiCommand::Export, true, messages);
        export_data(ui, state, messages);
        entry(ui, UiCommand::CopyPicture, true, messages);
        ui.separator();
        entry(ui, UiCommand::Settings, true, messages);
        entry(ui, UiCommand::Quit, true, messages);
    });
    edit_menu(ui, state, messages);
    view_menu(ui, state, messages);
    go_menu(ui, state, messages);
    menu(ui, "Help", &[UiCommand::Problems, UiCommand::Help], messages, &mut |_, _| {});
}

fn view_menu(ui: &mut Ui, state: &State, messages: &mut Vec<Message>) {
    menu(ui, "View", &[UiCommand::ZoomIn, UiCommand::ZoomOut, UiCommand::Fit], messages, &mut |ui, messages| {
        entry(ui, UiCommand::FitSelected, state.selected().is_some(), messages);
        ui.separator();
        entry(ui, UiCommand::PanLeft, true, messages);
        entry(ui, UiCommand::PanRight, true, messages);
        toggle(ui, UiCommand::EvenTime, state.axis() == Axis::Even, messages);
        toggle(ui, UiCommand::FitRows, state.rows == RowMode::Fit, messages);
        toggle(ui, UiCommand::AllRows, state.rows == RowMode::All, messages);
        toggle(ui, UiCommand::Pictures, !state.hides_pictures, messages);
        let scrolls = state.scrolls.most > 0.0;
        entry(ui, UiCommand::ScrollUp, scrolls && state.scroll > 0.0, messages);
        entry(ui, UiCommand::ScrollDown, scrolls && state.scroll < state.scrolls.most, messages);
        ui.separator();
        entry(ui, UiCommand::Record, true, messages);
        toggle(ui, UiCommand::Measure, state.sitting.measuring.is_active, messages);
        toggle(ui, UiCommand::FullScreen, state.sitting.full_screen, messages);
        entry(ui, UiCommand::FilterEvents, state.documents_shown > 0, messages);
        entry(ui, UiCommand::ClearFilter, state.filter.is_active(), messages);
        toggle(ui, UiCommand::EventList, state.list.is_open, messages);
        toggle(ui, UiCommand::PlaceEventList, state.list_covers_chart(), messages);
        entry(ui, UiCommand::Explore, state.first_series().is_some(), messages);
        entry(ui, UiCommand::SwitchTheme, true, messages);
        themes(ui, state, messages);
        text_sizes(ui, state, messages);
    });
}

fn go_menu(ui: &mut Ui, state: &State, messages: &mut Vec<Message>) {
    menu(
        ui,
        "Go",
        &[UiCommand::Find, UiCommand::Previous, UiCommand::Next, UiCommand::First, UiCommand::Last],
        messages,
        &mut |ui, messages| {
            ui.separator();
            let (goes_back, goes_forward) = state.sitting.trail.ends();
            entry(ui, UiCommand::Back, goes_back, messages);
            entry(ui, UiCommand::Forward, goes_forward, messages);
            entry(ui, UiCommand::NextRegion, true, messages);
            entry(ui, UiCommand::PreviousRegion, true, messages);
            entry(ui, UiCommand::Actions, state.documents_shown > 0, messages);
            entry(ui, UiCommand::CopyLink, state.document.path.is_some(), messages);
            ui.separator();
            let has_lanes = !state.projection().lanes().is_empty();
            entry(ui, UiCommand::LaneAbove, has_lanes, messages);
            entry(ui, UiCommand::LaneBelow, has_lanes, messages);
            entry(ui, UiCommand::HideLane, has_lanes, messages);
            let (some_folded, some_unfolded) = state.folds();
            entry(ui, UiCommand::Fold, some_folded || some_unfolded, messages);
            entry(ui, UiCommand::FoldAll, some_unfolded, messages);
            entry(ui, UiCommand::UnfoldAll, some_folded, messages);
            ui.separator();
            entry(ui, UiCommand::Clear, state.selected().is_some(), messages);
        },
    );
}

/// What moves the selected event, and the lane that the keys are on.
fn move_menu(ui: &mut Ui, state: &State, messages: &mut Vec<Message>) {
    drop_down(ui, "Move", &mut |ui| {
        let selected = state.selected_event();
        let can_move = |handle| selected.is_some_and(|event| state.can_move(event, handle));
        for handle in [Handle::Whole, Handle::Start, Handle::End] {
            entry(ui, UiCommand::MoveDate(handle, -1), can_move(handle), messages);
            entry(ui, UiCommand::MoveDate(handle, 1), can_move(handle), messages);
        }
        ui.separator();
        entry(ui, UiCommand::MoveToLane(-1), selected.is_some(), messages);
        entry(ui, UiCommand::MoveToLane(1), selected.is_some(), messages);
        let has_lane = state.current_lane().is_some() || selected.is_some();
        entry(ui, UiCommand::MoveLane(-1), has_lane, messages);
        entry(ui, UiCommand::MoveLane(1), has_lane, messages);
    });
}

fn edit_menu(ui: &mut Ui, state: &State, messages: &mut Vec<Message>) {
    menu(ui, "Edit", &[], messages, &mut |ui, messages| {
        let editing = &state.document.editing;
        change_entry(ui, UiCommand::Undo, editing.next_undo(), messages);
        change_entry(ui, UiCommand::Redo, editing.next_redo(), messages);
        entry(ui, UiCommand::EditHistory, state.documents_shown > 0, messages);
        ui.separator();
        move_menu(ui, state, messages);
        ui.separator();
        entry(ui, UiCommand::Capture, state.documents_shown > 0, messages);
        let (has_document, has_event) = (state.documents_shown > 0, state.selected_event().is_some());
        entry(ui, UiCommand::NewEvent, has_document, messages);
        entry(ui, UiCommand::QuickEntry, has_document, messages);
        for list in ["lanes", "sources", "eras"] {
            entry(ui, UiCommand::Form(FormMessage::AddPart(list)), has_document, messages);
        }
        ui.separator();
        toggle(ui, UiCommand::EditRecord, state.forms.open.is_some(), messages);
        entry(ui, UiCommand::Duplicate, has_event, messages);
        entry(ui, UiCommand::Delete, has_event, messages);
        entry(ui, UiCommand::CopyEvents, has_event, messages);
        entry(ui, UiCommand::CopyRecord, has_event, messages);
        entry(ui, UiCommand::ExtendEarlier, has_event, messages);
        entry(ui, UiCommand::ExtendLater, has_event, messages);
    });
}

fn export_button(ui: &mut Ui, theme: &Theme, messages: &mut Vec<Message>) {
    ui.add_space(10.0);
    let words = RichText::new("Export…").font(super::fonts::bold(13.5)).color(theme.on_accent);
    let export = ui.add(Button::new(words).fill(theme.accent).min_size(egui::vec2(84.0, 26.0)));
    if with_hint(ui.ctx(), export, &UiCommand::Export).clicked() {
        messages.push(Message::Ui(UiCommand::Export));
    }
}

/// In a window that has no room for both, from the chart or the text to the record and back.
fn record_button(ui: &mut Ui, state: &State, messages: &mut Vec<Message>) {
    let name = match state.record.placement {
        _ if !state.record.is_shown() => "Record",
        RecordPlacement::InsteadOfText => "Text",
        _ => "Chart",
    };
    let switch = ui.add(Button::new(name));
    if with_hint(ui.ctx(), switch, &UiCommand::Record).clicked() {
        messages.push(Message::Ui(UiCommand::Record));
    }
}

fn theme_button(ui: &mut Ui, state: &State, messages: &mut Vec<Message>) {
    let name = if state.dark { "Light" } else { "Dark" };
    ui.add_space(10.0);
    let switch = ui.add(Button::new(name).frame_when_inactive(false));
    if with_hint(ui.ctx(), switch, &UiCommand::SwitchTheme).clicked() {
        messages.push(Message::Ui(UiCommand::SwitchTheme));
    }
}

fn zoom_buttons(ui: &mut Ui, messages: &mut Vec<Message>) {
    for (words, name, command) in [
        ("\u{2212}", "Zoom out", UiCommand::ZoomOut),
        ("+", "Zoom in", UiCommand::ZoomIn),
        ("Fit", "Fit all", UiCommand::Fit),
    ] {
        let button = ui.add(Button::new(words).frame_when_inactive(false)).accessible_name(name);
        if with_hint(ui.ctx(), button, &command).clicked() {
            messages.push(command.into());
        }
    }
}

fn menu(
    ui: &mut Ui,
    name: &str,
    commands: &[UiCommand],
    messages: &mut Vec<Message>,
    rest: &mut dyn FnMut(&mut Ui, &mut Vec<Message>),
) {
    drop_down(ui, name, &mut |ui| {
        // In a low window the entries scroll; the bar stays in sight.
        let room = ui.ctx().content_rect().size() - egui::vec2(24.0, 56.0);
        // A menu has the height of the window, not the usual one of what floats.
        ui.set_max_height(room.y.max(0.0));
        egui::ScrollArea::vertical().max_height(room.y.max(0.0)).show(ui, |ui| {
            ui.set_min_width(190.0_f32.min(room.x).max(0.0));
            for command in commands {
                entry(ui, command.clone(), true, messages);
            }
            rest(ui, messages);
            follow_focus(ui);
        });
    });
}

/// A menu of the bar, or one within another. Not generic, so that the program has the code of a menu once.
fn drop_down(ui: &mut Ui, name: &str, content: &mut dyn FnMut(&mut Ui)) {
    ui.menu_button(name, content);
}

/// The ways to another document, as buttons.
pub(super) fn open_another(ui: &mut Ui, messages: &mut Vec<Message>) {
    let open = ui.button(UiCommand::Open.entry().map_or("", |entry| entry.text));
    if with_hint(ui.ctx(), open, &UiCommand::Open).clicked() {
        messages.push(Message::Ui(UiCommand::Open));
    }
    for example in Example::ALL {
        if ui.button(format!("Example: {}", example.name())).clicked() {
            messages.push(Message::Ui(UiCommand::OpenExample(example)));
        }
    }
}

/// A line of a menu; nothing for a command without an entry.
pub(super) fn entry(ui: &mut Ui, command: UiCommand, enabled: bool, messages: &mut Vec<Message>) {
    let Some(entry) = command.entry() else { return };
    line(ui, command, enabled, Button::new(entry.text), entry, messages);
}

/// A line of a menu that takes a change back or repeats it, with the name of the change.
fn change_entry(ui: &mut Ui, command: UiCommand, change: Option<&str>, messages: &mut Vec<Message>) {
    let Some(entry) = command.entry() else { return };
    let words = change.map_or_else(|| entry.text.to_owned(), |name| format!("{}: {}", entry.text, short(name)));
    line(ui, command, change.is_some(), Button::new(words), entry, messages);
}

/// Returns the name of a change, cut where it is too long for a menu.
fn short(name: &str) -> String {
    const MOST: usize = 60;
    let name = one_line(name);
    if name.chars().count() <= MOST {
        return name.into_owned();
    }
    name.chars().take(MOST - 1).chain(['…']).collect()
}

/// A line of a menu that is marked while what it switches is on.
fn toggle(ui: &mut Ui, command: UiCommand, is_on: bool, messages: &mut Vec<Message>) {
    let Some(entry) = command.entry() else { return };
    line(ui, command, true, Button::selectable(is_on, entry.text), entry, messages);
}

fn line(
    ui: &mut Ui,
    command: UiCommand,
    enabled: bool,
    mut button: Button<'_>,
    entry: Entry,
    messages: &mut Vec<Message>,
) {
    if let Some(keys) = Shortcuts::shown(ui.ctx(), entry.shortcuts) {
        button = button.shortcut_text(keys);
    }
    let line = ui.add_enabled(enabled, button).on_hover_text(entry.tooltip).on_disabled_hover_text(entry.tooltip);
    if line.clicked() {
        messages.push(command.into());
        ui.close();
    }
}

/// The formats of other programs.
fn export_data(ui: &mut Ui, state: &State, messages: &mut Vec<Message>) {
    drop_down(ui, "Export Data", &mut |ui| {
        for format in interchange::Format::ALL {
            entry(ui, UiCommand::ExportData(format), state.documents_shown > 0, messages);
        }
    });
}

/// The documents to start from.
fn templates(ui: &mut Ui, messages: &mut Vec<Message>) {
    drop_down(ui, "New", &mut |ui| {
        for template in Template::ALL {
            let command = UiCommand::NewDocument(template);
            let mut button = Button::new(template.title());
            if let Some(keys) = Shortcuts::shown(ui.ctx(), command.shortcuts()) {
                button = button.shortcut_text(keys);
            }
            if ui.add(button).on_hover_text(template.description()).clicked() {
                messages.push(command.into());
                ui.close();
            }
        }
    });
}

/// The documents that were shown last, but for the one that is shown.
fn recent(ui: &mut Ui, state: &State, messages: &mut Vec<Message>) {
    let shown = [&state.document.path, &state.document.canonical_path].map(|path| path.as_deref());
    let others: Vec<_> =
        state.recent.iter().flat_map(RecentFiles::iter).filter(|file| !shown.contains(&Some(*file))).collect();
    ui.add_enabled_ui(!others.is_empty(), |ui| {
        drop_down(ui, "Open Recent", &mut |ui| {
            for file in &others {
                let name = file.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
                if ui.button(name.as_ref()).on_hover_text(file.display().to_string()).clicked() {
                    messages.push(UiCommand::OpenFile(file.to_path_buf()).into());
                    ui.close();
                }
            }
        });
    });
}

fn examples(ui: &mut Ui, messages: &mut Vec<Message>) {
    drop_down(ui, "Examples", &mut |ui| {
        for example in Example::ALL {
            if ui.button(example.name()).clicked() {
                messages.push(Message::Ui(UiCommand::OpenExample(example)));
                ui.close();
            }
        }
    });
}

fn themes(ui: &mut Ui, state: &State, messages: &mut Vec<Message>) {
    drop_down(ui, "Theme", &mut |ui| {
        for (preference, name) in THEMES {
            if ui.radio(state.preferences.theme == preference, name).clicked() {
                messages.push(Message::Ui(UiCommand::SetTheme(preference)));
                ui.close();
            }
        }
    });
}

fn text_sizes(ui: &mut Ui, state: &State, messages: &mut Vec<Message>) {
    drop_down(ui, &format!("Text Size: {}", state.preferences.text_size.words()), &mut |ui| {
        for command in [UiCommand::TextLarger, UiCommand::TextSmaller, UiCommand::TextUsual] {
            entry(ui, command, true, messages);
        }
    });
}
