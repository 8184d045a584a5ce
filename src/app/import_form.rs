//! The import form: what is understood of a file, all of it changeable before anything is made.

use std::sync::Arc;

use egui::{Button, ComboBox, Context, Id, Key, Label, Modifiers, Popup, Response, RichText, TextEdit, Ui};

use crate::date::with_separators;
use crate::import::{DateOrder, Format, Preview, Question, TablePreview};
use crate::paint::Theme;
use crate::progress::Progress;

use super::dialog::focus_once;
use super::dialog::{Dialog, scrolling};
use super::fonts::bold;
use super::import_settings::ImportSettings;
use super::import_state::{ImportForm, ImportMessage, PreviewRows};
use super::import_table;
use super::message::Message;
use super::overlays::progress_bar;
use super::ui_command::UiCommand;

/// Widest form, in points.
const WIDTH: f32 = 1160.0;
/// Least height of the rows, in points; with less room for them, all of the form scrolls.
const LEAST_ROWS: f32 = 170.0;

/// Shows the form; `updates` says whether there is a document to be updated. `reading` is how far the preview has come that is being made.
pub(super) fn show(
    ctx: &Context,
    (form, updates): (&ImportForm, bool),
    reading: Option<&Arc<Progress>>,
    theme: &Theme,
    messages: &mut Vec<Message>,
) {
    let mut changes = Vec::new();
    let is_free = !Popup::is_any_open(ctx);
    if is_free && ctx.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::Enter)) {
        changes.push(ImportMessage::Import);
    }
    // A click beside the form loses nothing that was chosen.
    let is_changed = form.settings != ImportSettings::default();
    let close = if is_changed { ImportMessage::Show(form.rows) } else { ImportMessage::Cancel };
    let dialog =
        Dialog { name: "Import File", width: WIDTH, close: UiCommand::ImportForm(close).into(), at_foot: false };
    let (mut in_body, mut below) = (Vec::new(), Vec::new());
    dialog.show(
        ctx,
        messages,
        |ui, room, _| body(ui, form, room, theme, &mut in_body),
        |ui, _| buttons(ui, (form, updates), reading, theme, &mut below),
    );
    let changes = changes.into_iter().chain(in_body).chain(below);
    messages.extend(changes.map(|change| Message::Ui(UiCommand::ImportForm(change))));
}

fn body(ui: &mut Ui, form: &ImportForm, room: f32, theme: &Theme, messages: &mut Vec<ImportMessage>) {
    // How high all but the rows is, is known from the frame before.
    let id = Id::unique("import form around the rows");
    let around = ui.data(|data| data.get_temp::<f32>(id)).unwrap_or(240.0);
    // While nothing is known yet, there is as much room as there will most likely be.
    let needed = match (&form.preview, &form.error) {
        (Some(preview), _) => import_table::height(preview),
        (None, Some(_)) => 0.0,
        (None, None) => f32::INFINITY,
    };
    let rows = (room - around).min(needed.max(LEAST_ROWS));
    let mut all = |ui: &mut Ui, rows: f32| {
        let top = ui.cursor().top();
        above(ui, form, theme, messages);
        let begin = ui.cursor().top();
        if let Some(preview) = form.preview.as_ref().filter(|_| form.error.is_none()) {
            import_table::show(ui, form, preview, rows, theme, messages);
        } else if form.error.is_none() {
            ui.add_space(rows);
        }
        let end = ui.cursor().top();
        beneath(ui, form, theme, messages);
        ui.data_mut(|data| data.insert_temp(id, begin - top + (ui.cursor().top() - end) + 8.0));
    };
    if rows < LEAST_ROWS || !room.is_finite() {
        scrolling(ui, room, |ui| all(ui, LEAST_ROWS + 60.0));
    } else {
        all(ui, rows);
    }
}

/// What the file is, and the choices about all of it.
fn above(ui: &mut Ui, form: &ImportForm, theme: &Theme, messages: &mut Vec<ImportMessage>) {
    let mut next = form.settings.clone();
    if let Some(preview) = &form.preview {
        let encoding = preview.encoding.map(|encoding| format!(" · {}", encoding.words())).unwrap_or_default();
        let words = format!("{} · {}{encoding}", form.name, preview.format.title());
        ui.add(Label::new(words).truncate());
    } else {
        ui.add(Label::new(&form.name).truncate());
    }
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 16.0;
        format(ui, form, &mut next);
        if form.preview.as_ref().is_some_and(|preview| preview.format == Format::Gedcom) {
            ui.checkbox(&mut next.living, "Persons who may be living");
        }
        if let Some(table) = form.preview.as_ref().and_then(|preview| preview.table.as_ref()) {
            sheet(ui, table, &mut next);
            header(ui, form, table, &mut next);
            order(ui, table, &mut next);
            typed(ui, table, &mut next);
        }
    });
    for error in [next.century_error(), next.zone_error(), next.on_error()].into_iter().flatten() {
        wrong(ui, theme, &error);
    }
    if let Some(error) = &form.error {
        wrong(ui, theme, error);
    }
    if let Some(table) = form.preview.as_ref().and_then(|preview| preview.table.as_ref()) {
        understood(ui, table, theme);
    }
    if next != form.settings {
        messages.push(ImportMessage::Set(Box::new(next)));
    }
    counts_and_rows(ui, form, theme, messages);
}

fn wrong(ui: &mut Ui, theme: &Theme, words: &str) {
    ui.add(Label::new(RichText::new(words).color(theme.error)).wrap());
}

/// What is asked, doubtful or concluded, a sentence each.
fn understood(ui: &mut Ui, table: &TablePreview, theme: &Theme) {
    match &table.question {
        Some(Question::Order { row, text, is_mixed }) => {
            let why = if *is_mixed { "other rows contradict each other" } else { "no other row settles it" };
            let words =
                format!("Row {row}: in “{text}” either number may be the day, and {why}. Choose which is first.");
            wrong(ui, theme, &words);
        }
        Some(Question::Day { row, text }) => {
            wrong(
                ui,
                theme,
                &format!("Row {row}: “{text}” is a time of day, and no row has a date. Say on which day."),
            );
        }
        None => {}
    }
    let sentences: Vec<&str> = table.doubts.iter().chain(&table.conclusions).map(String::as_str).collect();
    if !sentences.is_empty() {
        ui.add(Label::new(RichText::new(sentences.join(" ")).color(theme.muted)).wrap());
    }
}

/// Shows a choice with its name before it, on a line of its own if it does not fit. `width` is what it takes at least, in
/// points; how wide it was in the frame before is known.
fn choice<R>(ui: &mut Ui, name: &str, width: f32, add: impl FnOnce(&mut Ui) -> R) -> R {
    let id = Id::unique(("import choice", name));
    let width = ui.data(|data| data.get_temp::<f32>(id)).unwrap_or(0.0).max(width);
    if width > ui.available_size_before_wrap().x {
        ui.end_row();
    }
    let shown = ui.horizontal(|ui| {
        ui.set_max_width(width);
        ui.spacing_mut().item_spacing.x = 6.0;
        ui.label(name);
        add(ui)
    });
    ui.data_mut(|data| data.insert_temp(id, shown.response.rect.width()));
    shown.inner
}

/// A list of choices with its name before it. A screen reader on Linux is not told the value of a list, so its name says it.
fn list<T: Clone + PartialEq>(ui: &mut Ui, name: &str, value: &str, choices: &[(T, String)], now: &T) -> Option<T> {
    let mut chosen = None;
    choice(ui, name, 150.0, |ui| {
        let room = (ui.ctx().content_rect().height() - 60.0).clamp(20.0, 420.0);
        let list = ComboBox::from_id_salt(name).height(room).selected_text(value);
        let shown = list.show_ui(ui, |ui| {
            for (choice, words) in choices {
                if ui.add(Button::selectable(choice == now, words)).clicked() {
                    chosen = Some(choice.clone());
                    ui.close();
                }
            }
        });
        let list = shown.response.accessible_name(format!("{name}: {value}"));
        if chosen.is_some() {
            list.request_focus();
        }
    });
    chosen
}

fn format(ui: &mut Ui, form: &ImportForm, next: &mut ImportSettings) {
    let mut choices = vec![(None, "Automatic".to_owned())];
    choices.extend(Format::ALL.map(|format| (Some(format), capitalised(format.title()))));
    let found = form.preview.as_ref().map(|preview| preview.format);
    let value = form.settings.from.or(found).map_or_else(|| "Unknown".to_owned(), |format| capitalised(format.title()));
    if let Some(from) = list(ui, "Format", &value, &choices, &form.settings.from) {
        // What was chosen about columns is of another reading of the file.
        *next = ImportSettings { from, zone: next.zone.clone(), ..ImportSettings::default() };
    }
}

/// "A table (CSV)" of "a table (CSV)".
fn capitalised(words: &str) -> String {
    let mut rest = words.chars();
    let first = rest.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    first + rest.as_str()
}

fn sheet(ui: &mut Ui, table: &TablePreview, next: &mut ImportSettings) {
    if table.sheets.len() < 2 {
        return;
    }
    let words = |(name, is_hidden): &(String, bool)| if *is_hidden { format!("{name} (hidden)") } else { name.clone() };
    let choices: Vec<(String, String)> = table.sheets.iter().map(|sheet| (sheet.0.clone(), words(sheet))).collect();
    let now = table.sheets.get(table.sheet).cloned().unwrap_or_default();
    if let Some(name) = list(ui, "Sheet", &words(&now), &choices, &now.0) {
        next.choose_sheet(&name);
    }
}

/// The row that names the columns.
fn header(ui: &mut Ui, form: &ImportForm, table: &TablePreview, next: &mut ImportSettings) {
    /// Number of rows that are offered.
    const ROWS: usize = 12;
    let row = |row: usize| if row == 0 { "No row".to_owned() } else { format!("Row {row}") };
    let mut choices = vec![(None, "Automatic".to_owned())];
    choices.extend((0..=ROWS).map(|number| (Some(number), row(number))));
    if let Some(header) = list(ui, "Names in", &row(table.header.unwrap_or(0)), &choices, &form.settings.header) {
        next.header = header;
    }
}

/// Which number is the day, where that is not plain.
fn order(ui: &mut Ui, table: &TablePreview, next: &mut ImportSettings) {
    if !table.has_either && next.order.is_none() {
        return;
    }
    let now = next.order.or(table.options.order);
    choice(ui, "5/6 is", 190.0, |ui| {
        for (order, words) in [(DateOrder::DayMonth, "5 June"), (DateOrder::MonthDay, "May 6")] {
            let choice = ui.radio(now == Some(order), words);
            let name = if order == DateOrder::DayMonth { "Day first" } else { "Month first" };
            let choice = choice.accessible_name(format!("{name}: 5/6 is {words}"));
            if table.question.is_some() && order == DateOrder::DayMonth {
                focus_once(ui, &choice, true);
            }
            if choice.clicked() {
                next.order = Some(order);
            }
        }
    });
}

/// What is typed: the century, the zone, and the day of times of day.
fn typed(ui: &mut Ui, table: &TablePreview, next: &mut ImportSettings) {
    let field = |ui: &mut Ui, name: &str, text: &mut String, hint: &str, width: f32| -> Response {
        choice(ui, name, width + 120.0, |ui| {
            ui.add(TextEdit::singleline(text).hint_text(hint).desired_width(width)).accessible_name(name)
        })
    };
    if table.century.is_some() || !next.century.is_empty() {
        let hint = table.century.map(|century| century.to_string()).unwrap_or_default();
        let hover = "The first of the hundred years that years of two digits lie in";
        field(ui, "Century from", &mut next.century, &hint, 52.0).on_hover_text(hover);
    }
    if table.has_bare_times || !next.on.is_empty() {
        let response = field(ui, "Times are on", &mut next.on, "2015-12-10", 100.0);
        if matches!(table.question, Some(Question::Day { .. })) {
            focus_once(ui, &response, true);
        }
        response.on_hover_text("The day of times of day that have none");
    }
    let hover = "The time zone of the document: its times are in it, and shown in it";
    field(ui, "Zone", &mut next.zone, "Europe/Berlin", 120.0).on_hover_text(hover);
}

/// The counts, the switch between the first rows and those that are not understood, and the way through the latter.
fn counts_and_rows(ui: &mut Ui, form: &ImportForm, theme: &Theme, messages: &mut Vec<ImportMessage>) {
    let Some(preview) = form.preview.as_ref().filter(|_| form.error.is_none()) else { return };
    let wrong = preview.counts.not_understood;
    ui.horizontal_wrapped(|ui| {
        let words = if preview.is_whole { counts(preview) } else { "Counting…".to_owned() };
        ui.label(RichText::new(words).font(bold(13.5)));
        let mut show = |ui: &mut Ui, rows: PreviewRows, words: String| {
            if ui.selectable_label(form.rows == rows, words).clicked() {
                messages.push(ImportMessage::Show(rows));
            }
        };
        if wrong == 0 {
            return;
        }
        show(ui, PreviewRows::First, "First rows".to_owned());
        show(ui, PreviewRows::NotUnderstood, format!("Not understood ({})", number(wrong)));
        for (words, name, message) in [
            ("←", "Previous not understood", ImportMessage::Previous),
            ("→", "Next not understood", ImportMessage::Next),
        ] {
            if ui.add(Button::new(words)).accessible_name(name).clicked() {
                messages.push(message);
            }
        }
        if form.rows == PreviewRows::NotUnderstood {
            let shown = preview.not_understood.len();
            let of = if shown < wrong { format!("the first {}", number(shown)) } else { number(shown) };
            ui.label(format!("{} of {of}", form.current + 1));
        }
    });
    if form.rows == PreviewRows::NotUnderstood
        && let Some(row) = preview.not_understood.get(form.current)
    {
        for reading in row.readings.iter().filter(|reading| !reading.is_understood) {
            let written = row.cells.get(reading.column).map(String::as_str).unwrap_or_default();
            let words = format!("{} {}: “{written}”: {}", capitalised(preview.unit), row.place.0, reading.words);
            ui.add(Label::new(RichText::new(words).color(theme.error)).wrap());
        }
    }
}

fn number(count: usize) -> String {
    with_separators(&count.to_string())
}

/// "340 rows: 312 dated, 21 undated, 7 not understood".
fn counts(preview: &Preview) -> String {
    let counts = preview.counts;
    // What is left out of another file is no event.
    let total = counts.events() + if preview.table.is_some() { counts.left_out } else { 0 };
    let units = match (total, preview.unit) {
        (1, unit) => unit.to_owned(),
        (_, "entry") => "entries".to_owned(),
        (_, unit) => format!("{unit}s"),
    };
    let others =
        [(counts.undated, "undated"), (counts.not_understood, "not understood"), (counts.left_out, "left out")];
    let others = others.into_iter().filter(|(count, _)| *count > 0);
    let parts = std::iter::once((counts.dated, "dated")).chain(others);
    let parts: Vec<String> = parts.map(|(count, what)| format!("{} {what}", number(count))).collect();
    format!("{} {units}: {}", number(total), parts.join(", "))
}

/// The command line that repeats the choices.
fn beneath(ui: &mut Ui, form: &ImportForm, theme: &Theme, messages: &mut Vec<ImportMessage>) {
    ui.add_space(4.0);
    let line = form.choices().map(|choices| choices.command_line(&form.path));
    ui.horizontal_top(|ui| {
        let copy = ui.add_enabled(line.is_some(), Button::new("Copy"));
        let copy = copy.on_hover_text("Copy the command line, which imports the file with the same choices");
        if copy.accessible_name("Copy command line").clicked() {
            messages.push(ImportMessage::CopyCommandLine);
        }
        let text = line.unwrap_or_else(|| "longview import …".to_owned());
        let mut text = text.as_str();
        let field = TextEdit::multiline(&mut text).desired_rows(1).desired_width(f32::INFINITY).text_color(theme.ink);
        ui.add(field).accessible_name("Command line");
    });
}

fn buttons(
    ui: &mut Ui,
    (form, updates): (&ImportForm, bool),
    reading: Option<&Arc<Progress>>,
    theme: &Theme,
    messages: &mut Vec<ImportMessage>,
) {
    let ready = form.choices().is_some();
    let import = Button::new(RichText::new("Import").font(bold(13.5)).color(theme.on_accent)).fill(theme.accent);
    let import = ui.add_enabled(ready, import);
    let is_nowhere = ui.memory(|memory| memory.focused().is_none());
    if ready && is_nowhere {
        focus_once(ui, &import, false);
    }
    if import.clicked() {
        messages.push(ImportMessage::Import);
    }
    let update = ui.add_enabled(ready && updates, Button::new("Update Document"));
    let update = update.on_hover_text(
        "Bring what is new in the file into the document that is shown: what you changed in it stays, and it is one change \
         to take back",
    );
    if update.clicked() {
        messages.push(ImportMessage::Update);
    }
    if ui.button("Cancel").on_hover_text("Change nothing, and close (Esc)").clicked() {
        messages.push(ImportMessage::Cancel);
    }
    let is_changed = form.settings != ImportSettings::default();
    if ui.add_enabled(is_changed, Button::new("Reset")).clicked() {
        messages.push(ImportMessage::Set(Box::default()));
    }
    if let Some(reading) = reading {
        if reading.total() > 0 {
            progress_bar(ui, reading.share(), "Reading the file", 120.0, theme);
        } else {
            ui.spinner();
            ui.weak("Reading the file");
        }
    }
}
