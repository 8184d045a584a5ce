//! What floats over the chart: the export form, the list of problems, the keys, notices.

use egui::{Align2, Area, Context, Frame, Id, Key, Margin, Order, RichText, TextEdit, Ui};

use crate::document::Severity;
use crate::import::Report;
use crate::paint::Theme;

use super::capture_state::CaptureMessage;
use super::dialog::{Dialog, focus_once, forget_focus, scrolling};
use super::export_job::ExportJob;
use super::fonts::bold;
use super::jobs::Loading;
use super::message::Message;
use super::over::Over;
use super::questions;
use super::state::{Notice, OpenWhat, SavePath, SaveWhat, State};
use super::ui_command::UiCommand;

/// Shows whatever is open.
pub fn show(ctx: &Context, state: &State, theme: &Theme, messages: &mut Vec<Message>) {
    if state.quick_entry.is_none() && !matches!(state.over(), Over::Dialog | Over::Export) {
        forget_focus(ctx);
    }
    if let Some(path) = &state.open_path {
        open(ctx, path, state.opens, messages);
    }
    if let Some(save) = &state.save_path {
        save_as(ctx, save, messages);
    }
    let shows_report = state.report_open && state.import.is_none();
    if let Some(report) = state.document.update.as_ref().filter(|_| shows_report) {
        super::update_panel::show(ctx, report, messages);
    } else if let Some(report) = state.document.report.as_ref().filter(|_| shows_report) {
        import_report(ctx, report, state.can_be_imported_anew(), messages);
    }
    if let Some(leaving) = &state.leaving {
        questions::leave(ctx, state, leaving, messages);
    }
    if !state.unsaved.found.is_empty() {
        questions::recovery(ctx, &state.unsaved.found, messages);
    }
    if let Some(conflict) = &state.conflict {
        questions::conflict(ctx, state, conflict, theme, messages);
    }
    if let Some(dropped) = &state.dropped {
        questions::dropped(ctx, dropped, messages);
    }
    if state.help_open {
        help(ctx, messages);
    }
    if state.settings_open {
        super::settings_page::show(ctx, &state.preferences, messages);
    }
    if state.asks_lines() {
        super::entry_panel::show(ctx, state, theme, messages);
    }
    if state.history_open {
        super::history::show(ctx, state, messages);
    }
    if state.problems_open {
        problems(ctx, state, theme, messages);
    }
    if let Some(loading) = state.jobs.loading() {
        progress(ctx, loading, theme, messages);
    }
    if let Some(reading) = state.jobs.read_text() {
        let words = ["Reading the text".to_owned(), format!("{:.0} %", reading.share() * 100.0)];
        let cancel = UiCommand::ChangeCapture(CaptureMessage::Cancel);
        floating_progress(ctx, &words, reading.share(), cancel, theme, messages);
    }
    if let Some(export) = state.jobs.written_data() {
        data_progress(ctx, export, theme, messages);
    }
    notices(ctx, state, theme, messages);
}

/// Where what floats is anchored: above the status line, nearer to the corner in a small window.
fn corner(ctx: &Context) -> [f32; 2] {
    if ctx.content_rect().size().min_elem() < 420.0 { [4.0, -4.0] } else { [20.0, -40.0] }
}

/// How far the document that is being read has come. What is read at once shows nothing.
fn progress(ctx: &Context, loading: &Loading, theme: &Theme, messages: &mut Vec<Message>) {
    let (done, total) = (loading.progress.done(), loading.progress.total());
    if total < WORTH_SHOWING {
        return;
    }
    let events = crate::timeline::number(loading.progress.items() as f64);
    let stage = if done < total { format!("{events} events") } else { "putting them in order".to_owned() };
    let megabytes = |bytes: u64| format!("{:.0}", bytes as f64 / 1e6);
    let words =
        [format!("Reading {}: {stage}", loading.name), format!("{} of {} MB", megabytes(done), megabytes(total))];
    floating_progress(ctx, &words, loading.progress.share(), UiCommand::CancelLoading, theme, messages);
}

/// How far the data that is written has come. What is written at once shows nothing.
fn data_progress(ctx: &Context, export: &ExportJob, theme: &Theme, messages: &mut Vec<Message>) {
    let (done, total) = (export.progress().done(), export.progress().total());
    if total < MANY_EVENTS {
        return;
    }
    let number = |events: u64| crate::timeline::number(events as f64);
    let words = ["Writing data".to_owned(), format!("{} of {} events", number(done), number(total))];
    floating_progress(ctx, &words, export.share(), UiCommand::CancelExport, theme, messages);
}

/// A bar with what goes on above it, how far it has come behind it, and what stops it below.
fn floating_progress(
    ctx: &Context,
    [title, words]: &[String; 2],
    share: f32,
    cancel: UiCommand,
    theme: &Theme,
    messages: &mut Vec<Message>,
) {
    Area::new(Id::unique("progress")).order(Order::Foreground).anchor(Align2::LEFT_BOTTOM, corner(ctx)).show(
        ctx,
        |ui| {
            Frame::popup(ui.style()).inner_margin(Margin::symmetric(14, 10)).show(ui, |ui| {
                ui.set_width(340.0_f32.min(ctx.content_rect().width() - 40.0).max(0.0));
                ui.label(title);
                progress_bar(ui, share, words, 200.0_f32.min(ui.available_width() * 0.6), theme);
                if ui.button("Cancel").on_hover_text("Change nothing, and close (Esc)").clicked() {
                    messages.push(Message::Ui(cancel));
                }
            });
        },
    );
}

/// How far something has come, with words behind the bar.
pub(super) fn progress_bar(ui: &mut Ui, share: f32, words: &str, width: f32, theme: &Theme) {
    ui.horizontal(|ui| {
        // The track is seen on whatever floats.
        ui.visuals_mut().extreme_bg_color = theme.line;
        let bar = egui::ProgressBar::new(share).desired_width(width).desired_height(10.0).corner_radius(4);
        ui.add(bar.fill(theme.accent));
        ui.weak(words);
    });
}

/// A document of fewer bytes than this is there before a word about it could be read.
const WORTH_SHOWING: u64 = 4_000_000;
/// Fewer events than these are written before a word about it could be read.
const MANY_EVENTS: u64 = 20_000;

/// A line for a path; returns whether Enter was pressed in it.
pub(super) fn path_field(
    ui: &mut Ui,
    path: &str,
    name: &str,
    changed: impl FnOnce(String) -> UiCommand,
    messages: &mut Vec<Message>,
) -> bool {
    let mut text = path.to_owned();
    let response = ui.add(TextEdit::singleline(&mut text).desired_width(f32::INFINITY)).accessible_name(name);
    focus_once(ui, &response, true);
    if response.changed() {
        messages.push(changed(text).into());
    }
    response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter))
}

fn open(ctx: &Context, path: &str, what: OpenWhat, messages: &mut Vec<Message>) {
    let (name, question, button) = match what {
        OpenWhat::Document => ("Open Timeline", "Which document?", "Open"),
        OpenWhat::Import => ("Import", "Which file?", "Import…"),
        OpenWhat::Text => ("Capture from File", "Which text or PDF file?", "Open Text"),
    };
    let dialog = Dialog { name, width: 420.0, close: Message::Ui(UiCommand::Clear), at_foot: false };
    let body = |ui: &mut Ui, room: f32, messages: &mut Vec<Message>| {
        scrolling(ui, room, |ui| {
            ui.label(format!("This desktop has no open dialog. {question}"));
            if path_field(ui, path, "Path", UiCommand::SetOpenPath, messages) {
                messages.push(Message::Ui(UiCommand::OpenTyped));
            }
        });
    };
    dialog.show(ctx, messages, body, |ui, messages| {
        if ui.button(button).clicked() {
            messages.push(Message::Ui(UiCommand::OpenTyped));
        }
        if ui.button("Cancel").on_hover_text("Change nothing, and close (Esc)").clicked() {
            messages.push(Message::Ui(UiCommand::Clear));
        }
    });
}

fn save_as(ctx: &Context, save: &SavePath, messages: &mut Vec<Message>) {
    let name = match save.what {
        SaveWhat::Document => "Save Timeline",
        SaveWhat::Data(_) => "Export Data",
    };
    let dialog = Dialog { name, width: 420.0, close: Message::Ui(UiCommand::Clear), at_foot: false };
    let body = |ui: &mut Ui, room: f32, messages: &mut Vec<Message>| {
        scrolling(ui, room, |ui| {
            ui.label("This desktop has no save dialog. Where to?");
            if path_field(ui, &save.path, "Path", UiCommand::SetSavePath, messages) {
                messages.push(Message::Ui(UiCommand::SaveTyped));
            }
            if let Some(file) = &save.replaces {
                ui.label(format!("{} is there already.", file.display()));
            }
        });
    };
    dialog.show(ctx, messages, body, |ui, messages| {
        if ui.button(if save.replaces.is_some() { "Replace" } else { "Save" }).clicked() {
            messages.push(Message::Ui(UiCommand::SaveTyped));
        }
        if ui.button("Cancel").on_hover_text("Change nothing, and close (Esc)").clicked() {
            messages.push(Message::Ui(UiCommand::Clear));
        }
    });
}

/// What became of the file that the document was imported from.
fn import_report(ctx: &Context, report: &Report, is_unsaved: bool, messages: &mut Vec<Message>) {
    let dialog =
        Dialog { name: "Import Report", width: 560.0, close: Message::Ui(UiCommand::ImportReport), at_foot: false };
    let body = |ui: &mut Ui, room: f32, _: &mut Vec<Message>| {
        scrolling(ui, room, |ui| {
            ui.label(RichText::new(report.to_string()).font(bold(13.5)));
            let mut is_whole = true;
            for (kind, finding) in report.findings() {
                is_whole = false;
                ui.add_space(4.0);
                ui.add(egui::Label::new(report.line(kind, finding)).wrap());
            }
            if is_whole {
                ui.label("Everything in it is in the document.");
            }
            for hint in &report.hints {
                ui.add_space(4.0);
                ui.add(egui::Label::new(hint).wrap());
            }
            if is_unsaved {
                ui.add_space(6.0);
                ui.weak("The document is not saved yet.");
            }
        });
    };
    dialog.show(ctx, messages, body, |ui, messages| {
        if is_unsaved
            && ui.button("Save As…").on_hover_text("Choose where to save the document (Ctrl+Shift+S)").clicked()
        {
            messages.push(Message::Ui(UiCommand::SaveAs));
        }
        if is_unsaved
            && ui
                .button("Import Choices…")
                .on_hover_text("Choose anew how the file is imported (Ctrl+Shift+I)")
                .clicked()
        {
            messages.push(Message::Ui(UiCommand::ImportChoices));
        }
        if ui.button("Close").on_hover_text("Close (Esc)").clicked() {
            messages.push(Message::Ui(UiCommand::ImportReport));
        }
    });
}

fn help(ctx: &Context, messages: &mut Vec<Message>) {
    let dialog =
        Dialog { name: "Keys and Mouse", width: 500.0, close: Message::Ui(UiCommand::ShowHelp(false)), at_foot: false };
    let body = |ui: &mut Ui, room: f32, _: &mut Vec<Message>| {
        scrolling(ui, room, |ui| {
            ui.spacing_mut().interact_size.y = 18.0;
            // In a narrow window the meaning of a key is under it.
            let columns = if ui.available_width() < 340.0 { 1 } else { 2 };
            egui::Grid::new("keys").num_columns(columns).spacing([24.0, 4.0]).show(ui, |ui| {
                for (input, meaning) in inputs(ui.ctx()) {
                    ui.label(RichText::new(input).font(bold(13.0)));
                    if columns == 1 {
                        ui.end_row();
                    }
                    ui.add(egui::Label::new(meaning).wrap());
                    ui.end_row();
                }
            });
        });
    };
    dialog.show(ctx, messages, body, |ui, messages| {
        if ui.button("Close").on_hover_text("Close (Esc)").clicked() {
            messages.push(Message::Ui(UiCommand::ShowHelp(false)));
        }
    });
}

/// What mouse and keys do.
fn inputs(ctx: &Context) -> Vec<(String, &'static str)> {
    let mouse = [
        ("Right click", "Show what can be done with what is there"),
        ("Back and forward buttons", "Go through what was shown and selected before"),
        ("Wheel", "Zoom at the pointer"),
        ("Drag, Shift+wheel", "Move through time"),
        ("Double click in a lane", "Add an event there"),
        ("Double click on a lane's name", "Rename the lane"),
        ("Double click elsewhere", "Show the whole document"),
        ("Drag a selected event, a lane's name", "Move it"),
        ("Ctrl+click, Shift+click", "Select one event more; all events up to one"),
        ("Click", "Show the record of an event, an era or a series"),
        ("Page Up, Page Down", "Scroll the record, where it has the focus"),
    ];
    let mut all: Vec<(String, &str)> = mouse.map(|(input, meaning)| (input.to_owned(), meaning)).into();
    for entry in UiCommand::LISTED.iter().filter_map(UiCommand::entry) {
        // The same key as plus on keyboards that type it with Shift.
        let keys = entry.shortcuts.iter().filter(|keys| keys.logical_key != Key::Equals);
        let keys: Vec<String> = keys.map(|keys| ctx.format_shortcut(keys)).collect();
        if !keys.is_empty() {
            all.push((keys.join(", "), entry.tooltip));
        }
    }
    all
}

fn problems(ctx: &Context, state: &State, theme: &Theme, messages: &mut Vec<Message>) {
    let dialog =
        Dialog { name: "Problems", width: 620.0, close: Message::Ui(UiCommand::ShowProblems(false)), at_foot: false };
    let body = |ui: &mut Ui, room: f32, _: &mut Vec<Message>| {
        scrolling(ui, room, |ui| list_of_problems(ui, state, theme));
    };
    dialog.show(ctx, messages, body, |ui, messages| {
        if ui.button("Reload").on_hover_text("Read the document again and keep the view (F5)").clicked() {
            messages.push(Message::Ui(UiCommand::Reload));
        }
        if state.failed.is_some() {
            super::menu::open_another(ui, messages);
        }
        if ui.button("Close").on_hover_text("Close (Esc)").clicked() {
            messages.push(Message::Ui(UiCommand::ShowProblems(false)));
        }
    });
}

fn list_of_problems(ui: &mut Ui, state: &State, theme: &Theme) {
    let (name, diagnostics) = state.problems();
    if let Some(unreadable) = state.unreadable() {
        ui.colored_label(theme.error, unreadable);
        ui.label("Open another document or an example, or put the file there and reload.");
    } else if diagnostics.is_empty() {
        ui.label(format!("Nothing is wrong with {name}."));
    }
    let kept = !state.timeline().events.is_empty() && state.failed.is_some();
    if kept {
        ui.label(format!("{name} cannot be shown. The last good version stays until it can."));
    } else if state.failed.is_some() {
        ui.label(format!("{name} cannot be shown."));
    } else if let Some(omitted) = state.timeline().omitted.words(state.timeline().events.len()) {
        ui.label(format!("{omitted}. The rest of {name} is."));
    }
    for problem in diagnostics {
        ui.add_space(6.0);
        let color = if problem.severity == Severity::Error { theme.error } else { theme.ink };
        // Colour is not all that tells an error from a warning.
        let place = format!("{name}:{}:{}: {}", problem.line, problem.column, problem.severity);
        ui.label(RichText::new(place).font(bold(13.0)).color(color));
        ui.label(&problem.message);
        if let Some(hint) = &problem.hint {
            ui.weak(hint);
        }
    }
}

fn notices(ctx: &Context, state: &State, theme: &Theme, messages: &mut Vec<Message>) {
    if state.notices.is_empty() {
        return;
    }
    let area = Area::new(Id::unique("notices")).order(Order::Foreground).anchor(Align2::LEFT_BOTTOM, corner(ctx));
    area.show(ctx, |ui| {
        let room = ctx.content_rect().height() - 60.0;
        egui::ScrollArea::vertical().max_height(room.max(0.0)).show(ui, |ui| {
            for notice in &state.notices {
                one_notice(ui, notice, theme, messages);
            }
        });
    });
}

fn one_notice(ui: &mut Ui, notice: &Notice, theme: &Theme, messages: &mut Vec<Message>) {
    let edge = if notice.is_error { theme.error } else { theme.line };
    Frame::popup(ui.style()).stroke(egui::Stroke::new(1.0, edge)).inner_margin(Margin::symmetric(14, 8)).show(
        ui,
        |ui| {
            ui.set_max_width(520.0_f32.min(ui.ctx().content_rect().width() - 48.0).max(0.0));
            ui.horizontal_wrapped(|ui| {
                if notice.is_error {
                    ui.colored_label(theme.error, &notice.text);
                } else {
                    ui.label(&notice.text);
                }
                if let Some(file) = &notice.file
                    && ui.link("Open folder").clicked()
                {
                    messages.push(Message::Ui(UiCommand::Reveal(file.clone())));
                }
                if let Some(report) = &notice.report
                    && ui.link("Save report").clicked()
                {
                    messages.push(Message::Ui(UiCommand::SaveReport(std::sync::Arc::clone(report))));
                }
                if ui.link("Dismiss").clicked() {
                    messages.push(Message::Ui(UiCommand::Dismiss(notice.id)));
                }
            });
        },
    );
}
