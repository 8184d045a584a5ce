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

/// Shows the import form of the file that the dialog of a window answers, and has it update the document.
fn update(harness: &mut Harness<'static, App>) {
    press(harness, Modifiers::NONE, Key::Escape);
    press(harness, Modifiers::COMMAND, Key::I);
    finish(harness);
    harness.get_by_label("Update Document").click();
    finish(harness);
}

/// What the report of an update says first, or the newest notice.
fn notice(harness: &Harness<'static, App>) -> String {
    let state = harness.state().state();
    if let Some(report) = state.document.update.as_ref().filter(|_| state.report_open) {
        let words = format!("{}: {}", report.name, report.words());
        assert!(shows(harness, &words));
        return words;
    }
    harness.state().state().notices.last().map(|notice| notice.text.clone()).unwrap_or_default()
}

/// The titles and dates of the events that are shown.
fn events(harness: &Harness<'static, App>) -> Vec<String> {
    let timeline = harness.state().state().timeline();
    timeline.events.iter().map(|event| format!("{} {}", event.title, event.date_words())).collect()
}

fn save(harness: &mut Harness<'static, App>) {
    harness.key_press_modifiers(Modifiers::COMMAND, Key::S);
    finish(harness);
}

/// A window that keeps in a folder what documents were made of; its dialogs answer with a path.
fn window_in(folder: &Path, document: LoadedDocument, answer: &Path) -> Harness<'static, App> {
    let (desktop, kept) = (TestDesktop::new(DialogResult::Path(answer.to_owned())), folder.join("origins"));
    let mut harness = Harness::builder()
        .with_size(vec2(1280.0, 800.0))
        .with_max_steps(60)
        .with_step_dt(0.05)
        .build_eframe(move |creation| App::new(&creation.egui_ctx, document, desktop).keeping_origins_in(kept));
    harness.state_mut().finish_jobs();
    harness.run();
    harness
}

const VISITS: &str = "id,date,title\ntreaty,1965,A treaty\nvisit,1970,A visit\ntalk,1980,A talk\n";
const NEWER: &str = "id,date,title\ntreaty,1966,Some treaty\ntalk,1980,A talk\nsummit,1990,A summit\n";

#[test]
fn a_newer_table_changes_what_came_from_the_older_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = file(folder.path(), "visits.csv", VISITS);
    let desktop = TestDesktop::new(DialogResult::Path(path.clone()));
    let mut harness = window_on(LoadedDocument::from_path(&path), Arc::clone(&desktop), vec2(1280.0, 800.0));
    press(&mut harness, Modifiers::NONE, Key::Escape);
    edit(&mut harness, "treaty", "title", "The Treaty");
    let before = text(&harness);

    file(folder.path(), "visits.csv", NEWER);
    update(&mut harness);
    let words = "visits.csv: 1 added, 1 changed, 1 removed, 1 changed here too, and kept as you have it";
    assert_eq!(notice(&harness), words);
    assert_eq!(events(&harness), ["The Treaty 1966", "A talk 1980", "A summit 1990"]);
    for said in [
        "Changed here and in the file: yours is kept",
        "title: yours is “The Treaty”; the file’s is “Some treaty”",
        "date: “1965”, now “1966”",
        "A summit",
        "A visit",
        "Compared with the file as it was when it was last read or written.",
    ] {
        assert!(shows(&harness, said), "{said}");
    }
    update(&mut harness);
    assert_eq!(notice(&harness), "visits.csv: nothing is new", "the same file changes nothing more");
    press(&mut harness, Modifiers::COMMAND, Key::Z);
    assert_eq!(text(&harness), before, "it is one change to take back");
    update(&mut harness);
    assert_eq!(notice(&harness), words, "what was taken back is new again");
    click_and_finish(&mut harness, "Undo");
    assert_eq!(text(&harness), before, "also from its report");
}

#[test]
fn a_field_that_was_kept_can_be_taken_from_the_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = file(folder.path(), "visits.csv", VISITS);
    let mut harness = window_in(folder.path(), LoadedDocument::from_path(&path), &path);
    press(&mut harness, Modifiers::NONE, Key::Escape);
    edit(&mut harness, "treaty", "title", "The Treaty");
    file(folder.path(), "visits.csv", NEWER);
    update(&mut harness);
    let updated = text(&harness);
    click_and_finish(&mut harness, "Take the file’s title of The Treaty");
    assert_eq!(text(&harness), updated.replace("\"The Treaty\"", "\"Some treaty\""));
    assert!(!shows(&harness, "yours is kept"), "it is decided");
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(!shows(&harness, "Import Report"));
    press(&mut harness, Modifiers::COMMAND, Key::Z);
    assert_eq!(text(&harness), updated);
}

#[test]
fn what_came_from_a_file_is_known_after_a_restart() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = file(folder.path(), "visits.csv", VISITS);
    let document = folder.path().join("mine.ron");
    let mut harness = window_in(folder.path(), LoadedDocument::from_path(&path), &document);
    press(&mut harness, Modifiers::NONE, Key::Escape);
    edit(&mut harness, "treaty", "title", "The Treaty");
    save(&mut harness);
    drop(harness);

    // A newer version, by another name.
    let newer = file(folder.path(), "visits (2).csv", NEWER);
    let mut harness = window_in(folder.path(), LoadedDocument::from_path(&document), &newer);
    update(&mut harness);
    let words = "visits (2).csv: 1 added, 1 changed, 1 removed, 1 changed here too, and kept as you have it";
    assert_eq!(notice(&harness), words);
    assert_eq!(events(&harness), ["The Treaty 1966", "A talk 1980", "A summit 1990"]);
    // It is not saved: what is known stays that of the document in its file.
    drop(harness);
    let mut harness = window_in(folder.path(), LoadedDocument::from_path(&document), &newer);
    update(&mut harness);
    assert_eq!(notice(&harness), words);
    press(&mut harness, Modifiers::NONE, Key::Escape);
    save(&mut harness);
    drop(harness);
    let mut harness = window_in(folder.path(), LoadedDocument::from_path(&document), &newer);
    update(&mut harness);
    assert_eq!(notice(&harness), "visits (2).csv: nothing is new");
    // Nothing of it is in the document's own folder but what the user has put there.
    let names = std::fs::read_dir(folder.path()).expect("a folder").map(|entry| entry.expect("an entry").file_name());
    let mut names: Vec<_> = names.collect();
    names.sort();
    assert_eq!(names, ["mine.ron", "origins", "visits (2).csv", "visits.csv"]);
}

#[test]
fn another_table_takes_nothing_away() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = file(folder.path(), "visits.csv", VISITS);
    let other = file(folder.path(), "wars.csv", "id,date,title\nwar,1950,A war\n");
    let mut harness = window_in(folder.path(), LoadedDocument::from_path(&path), &other);
    update(&mut harness);
    assert_eq!(events(&harness).len(), 4);
    assert!(shows(&harness, "nothing was removed"), "and that is said");
    assert!(shows(&harness, "A war"));
}

fn table(harness: &Harness<'static, App>) -> String {
    let timeline = harness.state().state().timeline();
    let all = longview::query::Projection::all(timeline);
    let (mut table, progress) = (Vec::new(), longview::progress::Progress::default());
    longview::interchange::write(longview::interchange::Format::Csv, timeline, &all, &mut table, &progress)
        .expect("a table");
    String::from_utf8(table).expect("text")
}

#[test]
fn an_exported_table_that_was_changed_in_a_spreadsheet_comes_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("table.csv");
    let mut harness = window_in(folder.path(), LoadedDocument::example(Example::Report), &path);
    let table = table(&harness);
    file(folder.path(), "table.csv", &table);
    update(&mut harness);
    assert_eq!(text(&harness), Example::Report.text(), "what the table cannot hold stays");
    assert_eq!(notice(&harness), "table.csv: nothing is new");

    file(folder.path(), "table.csv", &table.replace("Treaty on Basic Relations", "Basic Treaty"));
    update(&mut harness);
    let expect = Example::Report.text().replace("title: \"Treaty on Basic Relations\"", "title: \"Basic Treaty\"");
    assert_eq!(text(&harness), expect);
    assert_eq!(notice(&harness), "table.csv: 1 changed");
}

const MINE: &str = r#"(
    title: "Mine",
    // Lanes have ids of their own.
    lanes: [(id: "dip", title: "Diplomacy", color: "blue"), (id: "cul", title: "Culture")],
    events: [
        (id: "treaty", lane: "dip", title: "Treaty", date: "1965-06-22", tags: ["a", "b"], place: (name: "Tokyo", latitude: 35.68, longitude: 139.77)),
        (id: "talk", lane: "dip", title: "Talk; and more", date: "03 May 1970", description: "Says \"so\".\n\nTwice."), // by hand
        (id: "wave", lane: "cul", title: "Wave", date: "1998/.."),
        (id: "month", lane: "cul", title: "Month", date: "2002-06"),
    ],
)
"#;

/// A table as `LibreOffice` writes it in a country with commas in numbers: another separator, a mark at the beginning, dates
/// in its own form, quotes only where they are needed.
fn as_from_spreadsheet(table: &str) -> String {
    let mut rows: Vec<Vec<String>> = Vec::new();
    let (mut row, mut cell, mut quoted) = (Vec::new(), String::new(), false);
    let mut chars = table.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => cell.extend(chars.next()),
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(std::mem::take(&mut cell)),
            '\r' if !quoted => {}
            '\n' if !quoted => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            c => cell.push(c),
        }
    }
    let written = |(number, cell): (usize, &String)| {
        let is_day = cell.len() == 10 && cell.bytes().filter(|byte| *byte == b'-').count() == 2;
        let cell = match number {
            2 if is_day => format!("{}.{}.{}", &cell[8..], &cell[5..7], &cell[..4]),
            8 | 9 => cell.replace('.', ","),
            _ => cell.clone(),
        };
        if cell.contains([';', '"', '\n']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell }
    };
    let line = |row: &Vec<String>| row.iter().enumerate().map(written).collect::<Vec<_>>().join(";");
    format!("\u{feff}{}\n", rows.iter().map(line).collect::<Vec<_>>().join("\n"))
}

#[test]
fn what_a_spreadsheet_writes_otherwise_is_no_change() {
    let folder = tempfile::tempdir().expect("a folder");
    let document = file(folder.path(), "mine.ron", MINE);
    let path = folder.path().join("table.csv");
    let mut harness = window_in(folder.path(), LoadedDocument::from_path(&document), &path);
    let table = as_from_spreadsheet(&table(&harness));
    assert!(table.contains("22.06.1965") && table.contains(";35,68;"), "{table}");
    file(folder.path(), "table.csv", &table);
    update(&mut harness);
    assert_eq!((notice(&harness), text(&harness)), ("table.csv: nothing is new".to_owned(), MINE.to_owned()));

    let changed = table.replace("Tokyo", "Tōkyō").replace("Wave;1998/..;;Culture", "Wave;1999/..;;Diplomacy");
    file(folder.path(), "table.csv", &changed);
    update(&mut harness);
    let expect = MINE.replace("Tokyo", "Tōkyō").replace(
        "lane: \"cul\", title: \"Wave\", date: \"1998/..\"",
        "lane: \"dip\", title: \"Wave\", date: \"1999/..\"",
    );
    assert_eq!(text(&harness), expect, "only what was changed");
    assert_eq!(notice(&harness), "table.csv: 2 changed");
}

#[test]
fn what_was_changed_here_since_a_table_was_exported_stays() {
    let folder = tempfile::tempdir().expect("a folder");
    let document = file(folder.path(), "mine.ron", MINE);
    let path = folder.path().join("table.csv");
    let mut harness = window_in(folder.path(), LoadedDocument::from_path(&document), &path);
    let format = longview::interchange::Format::Csv;
    harness.state_mut().apply(longview::app::UiCommand::ExportData(format).into());
    finish(&mut harness);
    edit(&mut harness, "treaty", "title", "The Treaty");
    save(&mut harness);
    drop(harness);

    // One row is changed, one is deleted, one is changed in both places.
    let table = std::fs::read_to_string(&path).expect("a table");
    let table = table.replace("Wave", "The Wave").replace("treaty,Treaty,", "treaty,Some Treaty,");
    let rows: Vec<&str> = table.split_inclusive('\n').filter(|line| !line.starts_with("month")).collect();
    let table = rows.concat();
    file(folder.path(), "table.csv", &table);
    let mut harness = window_in(folder.path(), LoadedDocument::from_path(&document), &path);
    update(&mut harness);
    assert_eq!(notice(&harness), "table.csv: 1 changed, 1 removed, 1 changed here too, and kept as you have it");
    let month = "        (id: \"month\", lane: \"cul\", title: \"Month\", date: \"2002-06\"),\n";
    let expect = MINE
        .replace("\"Wave\"", "\"The Wave\"")
        .replace("title: \"Treaty\"", "title: \"The Treaty\"")
        .replace(month, "");
    assert_eq!(text(&harness), expect);
}
