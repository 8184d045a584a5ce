//! What is typed in a form and is not in the document: it outlives another event, another program, the window and a crash.

use std::fs;
use std::path::{Path, PathBuf};

use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use longview::Example;
use longview::app::{App, LoadedDocument, Unsaved};

use super::support::*;
use super::unsaved::{files, wait, window_keeping};

/// A folder with a document, and a window on it that keeps what is typed.
fn opened() -> (tempfile::TempDir, PathBuf, PathBuf, Harness<'static, App>) {
    let folder = tempfile::tempdir().expect("a folder");
    let (path, kept) = (folder.path().join("mine.ron"), folder.path().join("kept"));
    fs::write(&path, Example::Report.text()).expect("a document");
    let harness = window_keeping(LoadedDocument::from_path(&path), kept.clone());
    (folder, path, kept, harness)
}

/// Types a date that cannot be read in the form of the treaty.
fn type_wrong_date(harness: &mut Harness<'static, App>) {
    click(harness, TREATY);
    press(harness, Modifiers::NONE, Key::E);
    type_into(harness, "Date", "31 June 1965");
    assert!(shows(harness, "June 1965 has 30 days"));
}

fn typed_date(harness: &Harness<'static, App>) -> String {
    let form = harness.state().state().forms.open.as_ref();
    form.map(|form| form.text(&longview::document::DocPath::root().field("date")).to_owned()).unwrap_or_default()
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).expect("a document")
}

#[test]
fn what_is_typed_stays_where_the_file_is_changed() {
    let (_folder, path, _, mut harness) = opened();
    type_wrong_date(&mut harness);
    fs::write(&path, Example::Report.text().replace("About 10,000 visitors", "Some visitors")).expect("a document");
    harness.key_press_modifiers(Modifiers::NONE, Key::F5);
    finish(&mut harness);
    assert!(shows(&harness, "Some visitors"));
    assert_eq!(typed_date(&harness), "31 June 1965");
    type_into(&mut harness, "Date", "30 June 1965");
    assert!(text(&harness).contains("date: \"30 June 1965\"") && text(&harness).contains("Some visitors"));
}

#[test]
fn what_is_typed_outlives_a_crash() {
    let (_folder, path, kept, mut harness) = opened();
    type_wrong_date(&mut harness);
    wait(&mut harness);
    let file = files(&kept, "unsaved").pop().expect("a file");
    let unsaved = Unsaved::decode(&fs::read(file).expect("a file")).expect("a whole file");
    assert_eq!((unsaved.changes, unsaved.drafts.len()), (0, 1));
    assert_eq!(unsaved.drafts[0].typed, "31 June 1965");
    // The process ends without a word.
    drop(harness);
    let mut harness = window_keeping(LoadedDocument::example(Example::Apollo), kept.clone());
    harness.get_by_label_contains("Recover what is typed in a field of mine.ron").click();
    finish(&mut harness);
    assert_eq!(typed_date(&harness), "31 June 1965");
    assert!(shows(&harness, "June 1965 has 30 days"), "and it says what is wrong");
    assert_eq!(text(&harness), read(&path));
    type_into(&mut harness, "Date", "30 June 1965");
    harness.key_press_modifiers(Modifiers::COMMAND, Key::S);
    wait(&mut harness);
    assert!(read(&path).contains("date: \"30 June 1965\""));
    assert!(files(&kept, "unsaved").is_empty(), "nothing is left to be kept");
}

#[test]
fn what_is_typed_outlives_a_crash_with_the_changes_around_it() {
    let (_folder, _, kept, mut harness) = opened();
    edit(&mut harness, TREATY_ID, "title", "The Treaty");
    press(&mut harness, Modifiers::NONE, Key::N);
    typed(&mut harness, "Protocol");
    wait(&mut harness);
    drop(harness);
    let mut harness = window_keeping(LoadedDocument::example(Example::Apollo), kept);
    assert!(shows(&harness, "1 change and what is typed in 3 fields of mine.ron"));
    harness.get_by_label_contains("Recover 1 change").click();
    finish(&mut harness);
    assert!(text(&harness).contains("\"The Treaty\""));
    assert!(shows(&harness, "New event"));
    click(&mut harness, "Add Event");
    assert!(text(&harness).contains("title: \"Protocol\""));
}

#[test]
fn lines_that_are_typed_outlive_a_crash() {
    let (_folder, _, kept, mut harness) = opened();
    press(&mut harness, Modifiers::NONE, Key::A);
    typed(&mut harness, "1970 A visit");
    wait(&mut harness);
    drop(harness);
    let mut harness = window_keeping(LoadedDocument::example(Example::Apollo), kept);
    harness.get_by_label_contains("Recover").click();
    finish(&mut harness);
    assert!(shows(&harness, "1970 · A visit"));
}

#[test]
fn a_window_with_something_typed_asks_before_it_closes_and_keeps_it() {
    let (_folder, path, kept, mut harness) = opened();
    type_wrong_date(&mut harness);
    // Another event is shown: it is kept with its form.
    press(&mut harness, Modifiers::NONE, Key::Escape);
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(!closes(&mut harness));
    assert!(shows(&harness, "not in the document: the date of Treaty on Basic Relations."));
    assert!(shows(&harness, "It is kept, and offered at the next start."));
    click(&mut harness, "Cancel");
    assert!(!closes(&mut harness), "it asks again");
    click(&mut harness, "Close");
    assert!(harness.state().state().kept_at_end().is_some());
    eframe::App::on_exit(harness.state_mut(), None);
    assert_eq!(read(&path), Example::Report.text());
    drop(harness);
    let mut harness = window_keeping(LoadedDocument::from_path(&path), kept.clone());
    harness.get_by_label_contains("Recover what is typed").click();
    finish(&mut harness);
    assert_eq!(typed_date(&harness), "31 June 1965");

    assert!(!closes(&mut harness));
    // The form has one, too.
    harness.get_all_by_label("Discard").last().expect("a button").click();
    harness.run();
    eframe::App::on_exit(harness.state_mut(), None);
    drop(harness);
    let harness = window_keeping(LoadedDocument::from_path(&path), kept);
    assert!(!shows(&harness, "Unsaved Changes Were Found"), "what was given up is gone");
}

#[test]
fn what_is_good_is_saved_and_what_is_not_is_kept() {
    let (_folder, path, kept, mut harness) = opened();
    type_wrong_date(&mut harness);
    // A title that is typed, and its field not left.
    harness.get_all_by_label("Title").last().expect("a field").click();
    harness.run();
    press(&mut harness, Modifiers::COMMAND, Key::A);
    typed(&mut harness, "The Treaty");
    assert!(!closes(&mut harness));
    assert!(shows(&harness, "Save the changes of mine.ron") && shows(&harness, "the date of The Treaty"));
    harness.get_by_label("Save").click();
    finish(&mut harness);
    eframe::App::on_exit(harness.state_mut(), None);
    assert!(read(&path).contains("\"The Treaty\""));
    drop(harness);
    let harness = window_keeping(LoadedDocument::from_path(&path), kept);
    assert!(shows(&harness, "what is typed in a field of mine.ron"));
}

#[test]
fn another_document_waits_for_what_is_typed() {
    let (folder, _, _, mut harness) = opened();
    let other = folder.path().join("other.ron");
    fs::write(&other, "(title: \"Other\", lanes: [], events: [])").expect("a document");
    type_wrong_date(&mut harness);
    harness.state_mut().apply(longview::app::UiCommand::OpenFile(other).into());
    finish(&mut harness);
    assert!(shows(&harness, "It is given up with the document"));
    click(&mut harness, "Cancel");
    assert_eq!(typed_date(&harness), "31 June 1965");
}

#[test]
fn what_is_typed_for_one_event_is_not_that_of_another() {
    let (_folder, _, _, mut harness) = opened();
    click(&mut harness, TREATY);
    press(&mut harness, Modifiers::NONE, Key::E);
    harness.get_all_by_label("New tag").last().expect("a field").click();
    harness.run();
    typed(&mut harness, "signed");
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert!(text(&harness).contains("\"signed\""), "Enter adds it");
    harness.get_all_by_label("New tag").last().expect("a field").click();
    harness.run();
    typed(&mut harness, "peace");
    // Another event is selected meanwhile.
    let id = longview::timeline::ItemId::Event(longview::timeline::Key::of_id("report"));
    harness.state_mut().apply(longview::app::UiCommand::Visit(id).into());
    harness.run();
    assert_eq!(text(&harness).matches("\"peace\"").count(), 1, "it went to the one it was typed for");
    let at = text(&harness).find("\"peace\"").expect("a tag");
    assert!(at < text(&harness).find("id: \"visitors-1965\"").expect("the next event"));
}
