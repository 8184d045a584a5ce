//! The import form: what is understood of a file is looked at and changed before a document is made of it.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use egui::{Key, Modifiers, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use longview::app::{
    App, Awaited, DialogResult, Effect, ImportMessage, ImportSettings, Job, JobId, JobResult, LoadedDocument, Message,
    PreviewRows, State, UiCommand,
};
use longview::import::{self, DateOrder, Extent, Field, Format, Options};
use longview::progress::Progress;

use super::support::*;

const VISITS: &str = "When,What,Who\n5/6/1965,Treaty,Kim\n7/8/1965,Visit,Lee\nabout then,Rumour,Kim\n,Undated,Lee\n";

fn file(folder: &Path, name: &str, text: &str) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, text).expect("a file");
    path
}

/// Rows of a year and a title.
fn years(count: usize) -> String {
    (0..count).map(|row| format!("{},Event {row}\n", 1000 + row % 900)).collect::<Vec<_>>().concat()
}

/// A window in which the form is open for a file, chosen in the dialog.
fn form_of(path: &Path) -> Harness<'static, App> {
    let desktop = TestDesktop::new(DialogResult::Path(path.to_path_buf()));
    let report = LoadedDocument::example(longview::Example::Report);
    let mut harness = window_on(report, Arc::clone(&desktop), vec2(1280.0, 800.0));
    press(&mut harness, Modifiers::COMMAND, Key::I);
    finish(&mut harness);
    assert_eq!(desktop.asked(), ["import"]);
    assert!(is_open(&harness));
    harness
}

fn is_open(harness: &Harness<'static, App>) -> bool {
    harness.state().state().import.is_some()
}

/// Chooses an entry of a list, by what the list is called and shows.
fn choose(harness: &mut Harness<'static, App>, list: &str, entry: &str) {
    harness.get_by_label(list).click();
    harness.run();
    harness.get_by_label(entry).click_accesskit();
    finish(harness);
}

fn title<'h>(harness: &'h Harness<'static, App>) -> &'h str {
    &harness.state().state().timeline().title
}

#[test]
fn a_question_is_answered_and_the_file_imported() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = file(folder.path(), "visits.csv", VISITS);
    let mut harness = form_of(&path);
    assert!(shows(&harness, "visits.csv · a table (CSV) · UTF-8"));
    assert!(shows(&harness, "Row 2: in “5/6/1965” either number may be the day"));
    assert!(shows(&harness, "Not understood: either number may be the day"));
    assert!(shows(&harness, "4 rows: 0 dated, 1 undated, 3 not understood"));
    let before = title(&harness).to_owned();
    // Nothing is imported before it is answered; the answer has the focus.
    press(&mut harness, Modifiers::COMMAND, Key::Enter);
    assert!(is_open(&harness));
    press(&mut harness, Modifiers::NONE, Key::Enter);
    finish(&mut harness);
    assert!(shows(&harness, "5 June 1965, not 6 May 1965"), "the day is first");
    harness.get_by_label("Month first: 5/6 is May 6").click();
    finish(&mut harness);
    assert!(shows(&harness, "6 May 1965, not 5 June 1965") || shows(&harness, "May 6"));
    assert!(shows(&harness, "4 rows: 2 dated, 1 undated, 1 not understood"));
    assert_eq!(title(&harness), before, "the document stays");
    press(&mut harness, Modifiers::COMMAND, Key::Enter);
    finish(&mut harness);
    assert!(!is_open(&harness) && shows(&harness, "Import Report"));
    assert_eq!(title(&harness), "visits");
    let dates: Vec<String> = harness.state().state().timeline().events.iter().map(|event| event.date_words()).collect();
    assert!(dates.iter().any(|date| date == "6 May 1965"), "{dates:?}");
}

#[test]
fn cancelling_leaves_the_document() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = file(folder.path(), "visits.csv", VISITS);
    for cancel in ["key", "button"] {
        let mut harness = form_of(&path);
        let before = title(&harness).to_owned();
        match cancel {
            "key" => press(&mut harness, Modifiers::NONE, Key::Escape),
            _ => click_and_finish(&mut harness, "Cancel"),
        }
        assert!(!is_open(&harness) && !shows(&harness, "Problems"), "{cancel}");
        assert_eq!(title(&harness), before);
    }
}

#[test]
fn a_column_is_what_its_menu_says() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = file(folder.path(), "visits.csv", &VISITS.replace("5/6", "15/6"));
    let mut harness = form_of(&path);
    choose(&mut harness, "Who: In the description, no field fits", "Lane");
    assert!(shows(&harness, "Who: Lane, chosen"));
    choose(&mut harness, "What: Title, by its name", "Not used");
    assert!(shows(&harness, "What: Not used, chosen"));
    choose(&mut harness, "Who: Lane, chosen", "Title");
    assert!(shows(&harness, "Who: Title, chosen"));
    let settings = &harness.state().state().import.as_ref().expect("a form").settings;
    assert_eq!(settings.columns.values().copied().collect::<Vec<_>>(), [Field::Unused, Field::Title]);
    choose(&mut harness, "What: Not used, chosen", "Automatic");
    choose(&mut harness, "Who: Title, chosen", "Lane");
    // The focus is on the list that was used, so that the keys go on from there.
    press(&mut harness, Modifiers::COMMAND, Key::Enter);
    finish(&mut harness);
    let lanes: Vec<&str> = harness.state().state().timeline().lanes.iter().map(|lane| lane.title.as_str()).collect();
    assert_eq!(lanes, ["Kim", "Lee"]);
    // The choices can be changed until the document is saved.
    press(&mut harness, Modifiers::NONE, Key::Escape);
    press(&mut harness, Modifiers::COMMAND | Modifiers::SHIFT, Key::I);
    finish(&mut harness);
    assert!(shows(&harness, "Who: Lane, chosen"));
    click_and_finish(&mut harness, "Reset");
    assert!(shows(&harness, "Who: In the description, no field fits"));
}

#[test]
fn rows_that_are_not_understood_are_walked_through() {
    let folder = tempfile::tempdir().expect("a folder");
    let rows = years(300);
    let text = format!("When,What\nwell before,A\n{rows}much later,B\n{rows}never mind,C\n");
    let path = file(folder.path(), "long.csv", &text);
    let mut harness = form_of(&path);
    assert!(shows(&harness, "603 rows: 600 dated, 3 not understood"));
    assert!(!shows(&harness, "much later"));
    harness.get_by_label("Next not understood").click();
    harness.run();
    assert!(shows(&harness, "1 of 3") && shows(&harness, "much later"));
    assert!(shows(&harness, "Row 2: “well before”: "), "its words, and why");
    harness.get_by_label("Next not understood").click();
    harness.run();
    assert!(shows(&harness, "2 of 3"));
    harness.get_by_label("Previous not understood").click();
    harness.run();
    harness.get_by_label("Previous not understood").click();
    harness.run();
    assert!(shows(&harness, "3 of 3") && shows(&harness, "603"), "the last one, and its row");
    harness.get_by_label("First rows").click();
    harness.run();
    assert!(!shows(&harness, "much later"));
    harness.get_by_label("Not understood (3)").click();
    harness.run();
    assert!(shows(&harness, "never mind"));
}

#[test]
fn what_is_typed_is_said_to_be_wrong_beside_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = file(folder.path(), "times.csv", "Time,What,Date\n10:00,Start,1/2/03\n11:30,End,2/2/03\n");
    let mut harness = form_of(&path);
    choose(&mut harness, "Date: Date or start, by its name", "Not used");
    choose(&mut harness, "Time: Time of day, by its name", "Date or start");
    assert!(shows(&harness, "“10:00” is a time of day, and no row has a date. Say on which day."));
    type_into(&mut harness, "Times are on", "someday");
    finish(&mut harness);
    assert!(harness.state().state().import.as_ref().is_some_and(|form| form.choices().is_none()));
    type_into(&mut harness, "Times are on", "3 February 2003");
    type_into(&mut harness, "Zone", "Mars");
    finish(&mut harness);
    assert!(shows(&harness, "the IANA database has no such zone"));
    type_into(&mut harness, "Zone", "Europe/Berlin");
    finish(&mut harness);
    assert!(shows(&harness, "2 rows: 2 dated") && shows(&harness, "3 February 2003"));
    choose(&mut harness, "Date: Not used, chosen", "Automatic");
    choose(&mut harness, "Time: Date or start, chosen", "Time of day");
    type_into(&mut harness, "Century from", "1800");
    finish(&mut harness);
    assert!(shows(&harness, "1803"));
}

/// The command line of the form gives the bytes of the form.
#[test]
fn the_command_line_makes_the_same_document() {
    let folder = tempfile::tempdir().expect("a folder");
    let target = folder.path().join("saved.ron");
    let path = file(folder.path(), "it's a $HOME \"file\".csv", &VISITS.replace("Who", "Who's \"who\""));
    let mut harness = form_of(&path);
    harness.get_by_label("Day first: 5/6 is 5 June").click();
    finish(&mut harness);
    choose(&mut harness, "Who's \"who\": In the description, no field fits", "Tags");
    type_into(&mut harness, "Zone", "Europe/Berlin");
    finish(&mut harness);
    harness.get_by_label("Copy command line").click();
    let line = copied(&mut harness);
    harness.run();
    assert!(shows(&harness, "Copied the command line"));
    assert!(line.contains("--day-month") && line.contains("--zone Europe/Berlin") && line.contains("--tags"), "{line}");
    click_and_finish(&mut harness, "Import");
    press(&mut harness, Modifiers::NONE, Key::Escape);
    let saved = harness.state().state().document.text.to_string();
    drop(harness);
    assert!(!target.exists());
    let program = Path::new(env!("CARGO_BIN_EXE_longview")).parent().expect("a folder");
    let mut shell = Command::new("sh");
    let paths = format!("{}:{}", program.display(), std::env::var("PATH").unwrap_or_default());
    let output = shell.arg("-c").arg(&line).env("PATH", paths).output().expect("a shell");
    assert!(output.status.success(), "{line}: {}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(std::fs::read_to_string(path.with_extension("ron")).expect("a document"), saved);
}

/// What the next frames put on the clipboard.
fn copied(harness: &mut Harness<'static, App>) -> String {
    for _ in 0..5 {
        harness.step();
        let commands = harness.output().platform_output.commands.iter();
        let mut texts = commands.filter_map(|command| match command {
            egui::OutputCommand::CopyText(text) => Some(text.clone()),
            _ => None,
        });
        if let Some(text) = texts.next() {
            return text;
        }
    }
    unreachable!("nothing is put on the clipboard")
}

/// The name of what has the focus.
fn focused(harness: &Harness<'static, App>) -> String {
    let mut all = harness.query_all_by(|node| node.is_focused() && !node.is_hidden());
    let node = all.next().map(|node| node.accesskit_node());
    node.and_then(|node| node.label().or_else(|| node.value())).unwrap_or_default()
}

/// All of the form can be done by keyboard, in the order in which it is read, and each part says what it is.
#[test]
fn the_focus_goes_through_the_form() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = file(folder.path(), "visits.csv", &VISITS.replace("5/6", "5/16"));
    let mut harness = form_of(&path);
    assert_eq!(focused(&harness), "Import", "so that Enter imports");
    let mut order = Vec::new();
    for _ in 0..18 {
        press(&mut harness, Modifiers::NONE, Key::Tab);
        order.push(focused(&harness));
    }
    assert_eq!(
        order,
        [
            "Update Document",
            "Cancel",
            "Format: A table (CSV)",
            "Names in: Row 1",
            "Day first: 5/6 is 5 June",
            "Month first: 5/6 is May 6",
            "Zone",
            "First rows",
            "Not understood (1)",
            "Previous not understood",
            "Next not understood",
            "When: Date or start, by its name",
            "What: Title, by its name",
            "Who: In the description, no field fits",
            "Copy command line",
            "Command line",
            "Import",
            "Update Document",
        ]
    );
    // A list is opened and an entry chosen with the keys alone.
    while !focused(&harness).starts_with("Who") {
        press(&mut harness, Modifiers::NONE, Key::Tab);
    }
    press(&mut harness, Modifiers::NONE, Key::Enter);
    while focused(&harness) != "Lane" {
        press(&mut harness, Modifiers::NONE, Key::Tab);
    }
    press(&mut harness, Modifiers::NONE, Key::Enter);
    finish(&mut harness);
    assert_eq!(focused(&harness), "Who: Lane, chosen");
}

/// Columns that are out of sight come into sight with the focus.
#[test]
fn the_focus_reaches_the_last_column_of_a_wide_table() {
    let folder = tempfile::tempdir().expect("a folder");
    let cells = |of: &dyn Fn(usize) -> String| (0..60).map(of).collect::<Vec<_>>().join(",");
    let text = format!("{}\n{}\n", cells(&|column| format!("C{column}")), cells(&|column| (1900 + column).to_string()));
    let mut harness = form_of(&file(folder.path(), "wide.csv", &text));
    assert!(!shows(&harness, "C59: "));
    while !focused(&harness).starts_with("C0: ") {
        press(&mut harness, Modifiers::NONE, Key::Tab);
    }
    for column in 1..60 {
        press(&mut harness, Modifiers::NONE, Key::Tab);
        assert!(focused(&harness).starts_with(&format!("C{column}: ")), "{column}: {}", focused(&harness));
    }
    press(&mut harness, Modifiers::SHIFT, Key::Tab);
    assert!(focused(&harness).starts_with("C58: "));
}

/// A file is opened at once as it is understood; the form opens only where something is open.
#[test]
fn the_form_opens_by_itself_where_a_choice_is_open() {
    let folder = tempfile::tempdir().expect("a folder");
    let check = |name: &str, text: &str, opens: bool, events: usize| {
        let path = file(folder.path(), name, text);
        let mut harness = window_on_file(&path);
        finish(&mut harness);
        assert_eq!(is_open(&harness), opens, "{name}");
        assert_eq!(harness.state().state().timeline().events.len(), events, "{name}");
        harness
    };
    let mut harness = check("sure.csv", "Date,Title\n1965,A\n1966,B\n", false, 2);
    press(&mut harness, Modifiers::NONE, Key::Escape);
    press(&mut harness, Modifiers::NONE, Key::F5);
    finish(&mut harness);
    check("words.csv", "Date,Title\n1965,A\nonce upon a time,B\n", true, 2);
    check("content.csv", "1965,A\n1966,B\n", true, 2);
    let mut harness = check("asked.csv", VISITS, true, 0);
    // Without a choice, nothing can be shown of it, and that is said.
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(shows(&harness, "either number may be the day, and no other row settles it"));
    let mut harness = check("asked.csv", VISITS, true, 0);
    harness.get_by_label("Day first: 5/6 is 5 June").click();
    finish(&mut harness);
    click_and_finish(&mut harness, "Import");
    assert_eq!(harness.state().state().timeline().events.len(), 4);
    assert!(harness.state().state().failed.is_none());
    // Reading it again keeps what was chosen, and asks nothing.
    press(&mut harness, Modifiers::NONE, Key::Escape);
    press(&mut harness, Modifiers::NONE, Key::F5);
    finish(&mut harness);
    assert!(!is_open(&harness) && harness.state().state().failed.is_none());
    assert_eq!(harness.state().state().timeline().events.len(), 4);
}

/// Another sheet, another row of names, and another format are other files: what was chosen about columns is forgotten.
#[test]
fn a_sheet_is_chosen_and_so_is_the_row_of_names() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/import/table/phases.xlsx");
    let mut harness = form_of(&path);
    let form = |harness: &Harness<'static, App>| harness.state().state().import.clone().expect("a form");
    let found = form(&harness).preview.expect("a preview");
    choose(&mut harness, "Sheet: Main", "Hidden (hidden)");
    assert_eq!(form(&harness).settings.sheet.as_deref(), Some("Hidden"));
    assert!(form(&harness).preview.is_some_and(|preview| preview.rows != found.rows));
    click_and_finish(&mut harness, "Reset");
    assert_eq!(form(&harness).preview.expect("a preview"), found);
    let header = found.table.as_ref().and_then(|table| table.header).expect("a header");
    choose(&mut harness, &format!("Names in: Row {header}"), "No row");
    let columns = form(&harness).preview.expect("a preview").columns.clone();
    assert!(columns.iter().all(|column| column.name.is_empty()));
    assert_eq!(form(&harness).choices().and_then(|choices| choices.table.header), Some(0));
}

#[test]
fn other_formats_are_previewed_too() {
    let folder = tempfile::tempdir().expect("a folder");
    let tree = "0 HEAD\n1 GEDC\n2 VERS 5.5\n0 @A@ INDI\n1 NAME Ann /Lee/\n1 BIRT\n2 DATE 1800\n1 DEAT\n2 DATE 1870\n\
        0 @B@ INDI\n1 NAME Ben /Lee/\n1 BIRT\n2 DATE 2001\n0 TRLR\n";
    let path = file(folder.path(), "family.ged", tree);
    let mut harness = form_of(&path);
    let events = |harness: &Harness<'static, App>| {
        let form = harness.state().state().import.as_ref().expect("a form");
        form.preview.as_ref().expect("a preview").counts.events()
    };
    let before = events(&harness);
    assert!(shows(&harness, "a family tree (GEDCOM)") && shows(&harness, "1 event: 1 dated, 1 left out"));
    harness.get_by_label("Persons who may be living").click();
    finish(&mut harness);
    assert!(events(&harness) > before);
    choose(&mut harness, "Format: A family tree (GEDCOM)", "A calendar (iCalendar)");
    assert!(harness.state().state().import.as_ref().is_some_and(|form| form.error.is_some()));
    click_and_finish(&mut harness, "Reset");
    assert_eq!(events(&harness), before);
}

#[test]
fn a_file_that_cannot_be_read_says_why() {
    let folder = tempfile::tempdir().expect("a folder");
    let harness = form_of(&folder.path().join("missing.csv"));
    assert!(shows(&harness, "there is no such file"));
    let harness = form_of(&file(folder.path(), "empty.csv", ""));
    assert!(
        shows(&harness, "empty")
            && harness.state().state().import.as_ref().is_some_and(|form| form.choices().is_none())
    );
}

#[test]
fn a_path_is_typed_where_there_is_no_dialog() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = file(folder.path(), "visits.csv", VISITS);
    let mut harness = window();
    harness.get_by_label("File").click();
    harness.run();
    harness.get_by_label_contains("Import…").click();
    finish(&mut harness);
    assert!(shows(&harness, "no open dialog. Which file?"));
    type_into(&mut harness, "Path", &path.to_string_lossy());
    click_and_finish(&mut harness, "Import…");
    assert!(is_open(&harness) && shows(&harness, "visits.csv"));
}

/// A state in which the form is open, whose jobs are not carried out.
fn state_with_form() -> (State, JobId, Arc<Progress>) {
    let (mut state, _) = State::new(LoadedDocument::example(longview::Example::Report).into());
    let asked = started(state.apply(UiCommand::Import.into()));
    let answer = JobResult::Dialog(DialogResult::Path("visits.csv".into()));
    let (id, Job::PreviewImport { progress, extent, .. }) = started(state.apply(Message::Job(asked.0, answer))) else {
        unreachable!("the form asks for a preview")
    };
    assert_eq!(extent, Extent::First);
    (state, id, progress)
}

fn started(effects: Vec<Effect>) -> (JobId, Job) {
    let mut jobs = effects.into_iter().filter_map(|effect| match effect {
        Effect::Start(id, job) => Some((id, job)),
        _ => None,
    });
    jobs.next().expect("a job")
}

fn previewed(text: &str, settings: &ImportSettings, extent: Extent) -> JobResult {
    let options = Options { table: settings.table(), ..Options::default() };
    let preview = import::preview(text.as_bytes(), "visits.csv", None, &options, extent, &Progress::default());
    JobResult::ImportPreviewed(Ok((Arc::new(text.as_bytes().to_vec()), Ok(Box::new(preview.expect("a preview"))))))
}

fn set(settings: &ImportSettings) -> Message {
    UiCommand::ImportForm(ImportMessage::Set(Box::new(settings.clone()))).into()
}

#[test]
fn a_preview_of_an_earlier_choice_changes_nothing() {
    let (mut state, first, progress) = state_with_form();
    let chosen = ImportSettings { order: Some(DateOrder::DayMonth), ..ImportSettings::default() };
    let (second, Job::PreviewImport { settings, .. }) = started(state.apply(set(&chosen))) else {
        unreachable!("a new choice asks for a preview")
    };
    assert!(progress.is_cancelled(), "the thread is told");
    assert_eq!(*settings, chosen);
    // The result of the first choice comes late.
    state.apply(Message::Job(first, previewed(VISITS, &ImportSettings::default(), Extent::First)));
    assert!(state.import.as_ref().is_some_and(|form| form.preview.is_none() && !form.is_settled()));
    state.apply(Message::Job(second, previewed(VISITS, &chosen, Extent::First)));
    let form = state.import.as_ref().expect("a form");
    assert!(form.is_settled() && form.choices().is_some());
    // Nothing more is asked for.
    assert!(state.apply(UiCommand::ImportForm(ImportMessage::Show(PreviewRows::First)).into()).is_empty());
    assert!(!state.jobs.iter().any(|job| matches!(job, Awaited::PreviewImport(_))));
}

#[test]
fn a_large_table_is_shown_first_and_counted_then() {
    let (mut state, first, _) = state_with_form();
    let rows = years(5_000);
    let text = format!("Date,Title\n{rows}");
    let settings = ImportSettings::default();
    let effects = state.apply(Message::Job(first, previewed(&text, &settings, Extent::First)));
    let form = state.import.as_ref().expect("a form");
    assert!(form.preview.as_ref().is_some_and(|preview| !preview.rows.is_empty() && !preview.is_whole));
    assert!(form.choices().is_none(), "nothing is imported before it is counted");
    let (second, Job::PreviewImport { extent: Extent::Whole, bytes: Some(bytes), .. }) = started(effects) else {
        unreachable!("all of it is read next, from what is in memory")
    };
    assert_eq!(bytes.len(), text.len());
    assert!(state.apply(UiCommand::ImportForm(ImportMessage::Import).into()).is_empty());
    state.apply(Message::Job(second, previewed(&text, &settings, Extent::Whole)));
    assert!(state.import.as_ref().is_some_and(|form| form.choices().is_some()));
}

#[test]
fn a_form_that_is_closed_takes_nothing() {
    let (mut state, id, progress) = state_with_form();
    state.apply(UiCommand::Clear.into());
    assert!(state.import.is_none() && progress.is_cancelled());
    state.apply(Message::Job(id, previewed(VISITS, &ImportSettings::default(), Extent::First)));
    assert!(state.import.is_none());
    // Nor does a form for another file take the preview of the first.
    let (mut state, old, _) = state_with_form();
    state.apply(UiCommand::Clear.into());
    let asked = started(state.apply(UiCommand::Import.into()));
    state.apply(Message::Job(asked.0, JobResult::Dialog(DialogResult::Path("other.csv".into()))));
    state.apply(Message::Job(old, previewed(VISITS, &ImportSettings::default(), Extent::First)));
    assert!(state.import.as_ref().is_some_and(|form| form.name == "other.csv" && form.preview.is_none()));
}

#[test]
fn a_format_that_is_chosen_is_the_one_that_is_imported() {
    let (mut state, ..) = state_with_form();
    let chosen = ImportSettings { from: Some(Format::Csv), ..ImportSettings::default() };
    let (id, _) = started(state.apply(set(&chosen)));
    state.apply(Message::Job(id, previewed("Date,Title\n1965,A\n1966,B\n", &chosen, Extent::First)));
    let (_, Job::Load { import: Some(import), .. }) =
        started(state.apply(UiCommand::ImportForm(ImportMessage::Import).into()))
    else {
        unreachable!("the file is read")
    };
    assert_eq!(import.settings, chosen);
    assert!(state.import.is_none());
}
