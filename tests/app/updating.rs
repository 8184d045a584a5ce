//! Newer versions of files that are brought into the document.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::{Key, Modifiers, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use longview::Example;
use longview::app::{App, DialogResult, LoadedDocument};

use super::support::*;

fn file(folder: &Path, name: &str, text: &str) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, text).expect("a file");
    path
}

/// Updates the document of a window from the file that its dialog answers.
fn update(harness: &mut Harness<'static, App>) {
    press(harness, Modifiers::COMMAND, Key::I);
    finish(harness);
    harness.get_by_label("Update Document").click();
    finish(harness);
}

/// The newest notice.
fn notice(harness: &Harness<'static, App>) -> String {
    harness.state().state().notices.last().map(|notice| notice.text.clone()).unwrap_or_default()
}

#[test]
fn a_newer_table_changes_what_came_from_the_older_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = file(
        folder.path(),
        "visits.csv",
        "id,date,title\ntreaty,1965,A treaty\nvisit,1970,A visit\ntalk,1980,A talk\n",
    );
    let desktop = TestDesktop::new(DialogResult::Path(path.clone()));
    let mut harness = window_on(LoadedDocument::from_path(&path), Arc::clone(&desktop), vec2(1280.0, 800.0));
    press(&mut harness, Modifiers::NONE, Key::Escape);
    edit(&mut harness, "treaty", "title", "The Treaty");
    let before = text(&harness);

    file(
        folder.path(),
        "visits.csv",
        "id,date,title\ntreaty,1966,Some treaty\ntalk,1980,A talk\nsummit,1990,A summit\n",
    );
    update(&mut harness);
    let words =
        "visits.csv: 1 added, 1 changed, 1 removed; changed here and in the file, and kept as they are here: treaty";
    assert_eq!(notice(&harness), words);
    let timeline = harness.state().state().timeline();
    let events: Vec<String> =
        timeline.events.iter().map(|event| format!("{} {}", event.title, event.date_words())).collect();
    assert_eq!(events, ["The Treaty 1966", "A talk 1980", "A summit 1990"]);

    update(&mut harness);
    assert_eq!(notice(&harness), "visits.csv: nothing is new", "the same file changes nothing more");
    press(&mut harness, Modifiers::COMMAND, Key::Z);
    assert_eq!(text(&harness), before, "it is one change to take back");
}

#[test]
fn an_exported_table_that_was_changed_in_a_spreadsheet_comes_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let opened = longview::open(Example::Report.text());
    let timeline = opened.timeline.expect("a timeline");
    let all = longview::query::Projection::all(&timeline);
    let mut table = Vec::new();
    let progress = longview::progress::Progress::default();
    longview::interchange::write(longview::interchange::Format::Csv, &timeline, &all, &mut table, &progress)
        .expect("a table");
    let table = String::from_utf8(table).expect("text");
    let path = file(folder.path(), "table.csv", &table);
    let desktop = TestDesktop::new(DialogResult::Path(path));
    let mut harness = window_on(LoadedDocument::example(Example::Report), desktop, vec2(1280.0, 800.0));
    update(&mut harness);
    assert_eq!(text(&harness), Example::Report.text(), "what the table cannot hold stays");
    assert_eq!(notice(&harness), "table.csv: nothing is new");

    file(folder.path(), "table.csv", &table.replace("Treaty on Basic Relations", "Basic Treaty"));
    update(&mut harness);
    let expect = Example::Report.text().replace("title: \"Treaty on Basic Relations\"", "title: \"Basic Treaty\"");
    assert_eq!(text(&harness), expect);
    assert_eq!(notice(&harness), "table.csv: 1 changed");
}
