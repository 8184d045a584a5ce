//! Files of other programs, opened in the window and saved as documents.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::{Key, Modifiers, vec2};
use egui_kittest::kittest::Queryable as _;
use longview::app::{DialogResult, LoadedDocument, UiCommand};

use super::support::*;

const CALENDAR: &str = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nX-WR-CALNAME:Feasts\r\n\
    BEGIN:VEVENT\r\nUID:a\r\nSUMMARY:New Year\r\nDTSTART;VALUE=DATE:20240101\r\nEND:VEVENT\r\n\
    BEGIN:VEVENT\r\nUID:b\r\nSUMMARY:May Day\r\nDTSTART;VALUE=DATE:20240501\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

fn calendar(folder: &Path) -> PathBuf {
    let path = folder.join("feasts.ics");
    std::fs::write(&path, CALENDAR).expect("a calendar");
    path
}

#[test]
fn a_calendar_opens_as_a_document_that_is_not_saved() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = calendar(folder.path());
    let target = folder.path().join("feasts.ron");
    let desktop = TestDesktop::new(DialogResult::Path(target.clone()));
    let mut harness = window_on(LoadedDocument::from_path(&path), Arc::clone(&desktop), vec2(1280.0, 800.0));
    assert!(shows(&harness, "Import Report") && shows(&harness, "2 events") && shows(&harness, "not saved yet"));
    let state = harness.state().state();
    assert_eq!((state.document.path.as_deref(), state.document.origin.as_deref()), (None, Some(&*path)));
    click_and_finish(&mut harness, "Save As…");
    assert_eq!(desktop.asked(), ["save feasts.ron"]);
    assert!(!shows(&harness, "Import Report") && shows(&harness, "Saved"));
    let state = harness.state().state();
    assert_eq!((state.document.path.as_deref(), state.document.origin.as_deref()), (Some(&*target), None));
    let saved = std::fs::read(&target).expect("the document");
    let opened = longview::open(saved);
    assert!(!opened.has_errors());
    assert_eq!(opened.timeline.map(|timeline| timeline.events.len()), Some(2));
    assert_eq!(std::fs::read_to_string(&path).expect("the calendar"), CALENDAR);
    // From now on the document is what is read again.
    std::fs::remove_file(&path).expect("the calendar");
    press(&mut harness, Modifiers::NONE, Key::F5);
    finish(&mut harness);
    assert!(harness.state().state().failed.is_none());
}

#[test]
fn a_path_for_it_is_typed_where_there_is_no_dialog_and_its_source_is_never_replaced() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = calendar(folder.path());
    let mut harness = window_on_file(&path);
    press(&mut harness, Modifiers::NONE, Key::Escape);
    press(&mut harness, Modifiers::COMMAND | Modifiers::SHIFT, Key::S);
    finish(&mut harness);
    assert!(shows(&harness, "no save dialog"));
    let type_path = |harness: &mut _, path: &Path| type_into(harness, "Path", &path.to_string_lossy());
    type_path(&mut harness, &path);
    click_and_finish(&mut harness, "Save");
    assert!(shows(&harness, "is there already"));
    click_and_finish(&mut harness, "Replace");
    assert_eq!(std::fs::read_to_string(&path).expect("the calendar"), CALENDAR);
    // The ending is added, and what is there is replaced only when asked twice.
    let other = folder.path().join("other.ron");
    std::fs::write(&other, "old").expect("a file");
    type_path(&mut harness, &folder.path().join("other"));
    click_and_finish(&mut harness, "Save");
    assert_eq!(std::fs::read_to_string(&other).expect("the file"), "old");
    click_and_finish(&mut harness, "Replace");
    assert!(std::fs::read_to_string(&other).expect("the document").contains("New Year"));
}

#[test]
fn a_file_that_is_dropped_on_the_window_is_opened() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = calendar(folder.path());
    let mut harness = window();
    harness.state_mut().apply(UiCommand::OpenFile(path.clone()).into());
    finish(&mut harness);
    assert!(shows(&harness, "Import Report"));
    // Its button has the focus.
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert!(!shows(&harness, "Import Report") && shows(&harness, "May Day"));
    // The menu shows the report again.
    harness.get_by_label("File").click();
    harness.run();
    harness.get_by_label("Import Report").click();
    harness.run();
    assert!(shows(&harness, "2 events"));
    press(&mut harness, Modifiers::NONE, Key::Escape);
    // It is imported anew, and the view stays.
    press(&mut harness, Modifiers::NONE, Key::Plus);
    rest(&mut harness);
    let view = harness.state().state().view;
    std::fs::write(&path, CALENDAR.replace("May Day", "Labour Day")).expect("a calendar");
    press(&mut harness, Modifiers::NONE, Key::F5);
    finish(&mut harness);
    press(&mut harness, Modifiers::NONE, Key::Escape);
    let state = harness.state().state();
    assert_eq!(state.view, view);
    assert!(state.timeline().events.iter().any(|event| event.title == "Labour Day"));
}

#[test]
fn a_file_that_cannot_be_imported_says_why_and_what_is_shown_stays() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("broken.json");
    std::fs::write(&path, "{\"events\": [").expect("a file");
    let mut harness = window();
    harness.state_mut().apply(UiCommand::OpenFile(path).into());
    finish(&mut harness);
    assert!(shows(&harness, "broken.json") && harness.state().state().failed.is_some());
    assert!(!harness.state().state().timeline().events.is_empty());
}

#[test]
fn the_status_says_which_dates_are_words() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.csv");
    std::fs::write(&path, "date,title\n1965,A treaty\n1966,A visit\nwhen the war began,A war\n").expect("a table");
    let mut harness = window_on_file(&path);
    finish(&mut harness);
    assert!(harness.state().state().status().ends_with("1 date is kept as words, and undated"));
    assert!(!shows(&harness, "no problems"));
}
