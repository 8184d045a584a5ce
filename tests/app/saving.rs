//! Documents that were changed: saved, closed, and changed by another program meanwhile. Nothing is lost unasked.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::{Key, Modifiers, ViewportCommand, ViewportId, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use longview::Example;
use longview::app::{App, DialogResult, LoadedDocument, UiCommand};

use super::support::*;

/// A folder with a document, and a window on it.
fn opened() -> (tempfile::TempDir, PathBuf, Harness<'static, App>) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("mine.ron");
    fs::write(&path, Example::Report.text()).expect("a document");
    let harness = window_on_file(&path);
    (folder, path, harness)
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).expect("a document")
}

fn title(harness: &Harness<'static, App>) -> String {
    harness.state().state().window_title()
}

fn is_marked(harness: &Harness<'static, App>) -> bool {
    assert_eq!(title(harness).starts_with("• "), shows(harness, "unsaved changes"), "the title and the status agree");
    title(harness).starts_with("• ")
}

/// Replaces a part of the file as another program would.
fn change(path: &Path, from: &str, to: &str) {
    let text = read(path);
    assert!(text.contains(from), "{from}");
    fs::write(path, text.replacen(from, to, 1)).expect("a document");
}

fn save(harness: &mut Harness<'static, App>) {
    harness.key_press_modifiers(Modifiers::COMMAND, Key::S);
    finish(harness);
}

fn undo(harness: &mut Harness<'static, App>) {
    press(harness, Modifiers::COMMAND, Key::Z);
}

const OTHER: &str = "(title: \"Other\", lanes: [(id: \"a\", title: \"A\")], \
                     events: [(id: \"e\", lane: \"a\", title: \"Only\", date: \"1850\")])";

#[test]
fn ctrl_s_saves_and_what_is_unsaved_is_marked() {
    let (_folder, path, mut harness) = opened();
    assert!(!is_marked(&harness));
    edit(&mut harness, TREATY_ID, "title", "The Treaty");
    assert!(is_marked(&harness));
    assert_eq!(read(&path), Example::Report.text(), "nothing is written unasked");
    save(&mut harness);
    assert!(!is_marked(&harness));
    assert_eq!(read(&path), text(&harness));
    assert!(read(&path).contains("\"The Treaty\""));
    undo(&mut harness);
    assert!(is_marked(&harness), "what is taken back is not in the file");
    press(&mut harness, Modifiers::COMMAND, Key::Y);
    assert!(!is_marked(&harness), "it is what was saved");
    undo(&mut harness);
    save(&mut harness);
    assert_eq!(read(&path), Example::Report.text(), "to the byte");
}

#[test]
fn what_has_no_file_is_saved_where_the_user_says() {
    let folder = tempfile::tempdir().expect("a folder");
    let target = folder.path().join("new.ron");
    let desktop = TestDesktop::new(DialogResult::Path(target.clone()));
    let mut harness = window_on(LoadedDocument::example(Example::Report), Arc::clone(&desktop), vec2(1280.0, 800.0));
    edit(&mut harness, TREATY_ID, "title", "The Treaty");
    save(&mut harness);
    assert_eq!(desktop.asked(), ["save still-distant-neighbors.ron"]);
    assert_eq!(read(&target), text(&harness));
    assert!(!is_marked(&harness) && shows(&harness, "new.ron"));
    edit(&mut harness, TREATY_ID, "title", "Another");
    save(&mut harness);
    assert_eq!(desktop.asked().len(), 1, "from then on it has one");
    assert!(read(&target).contains("\"Another\""));
}

/// Clicks, and returns whether the window is told to close.
fn quits_after(harness: &mut Harness<'static, App>, label: &str) -> bool {
    harness.get_by_label(label).click();
    for _ in 0..4 {
        harness.step();
        harness.state_mut().finish_jobs();
        let commands = &harness.output().viewport_output[&ViewportId::ROOT].commands;
        if commands.contains(&ViewportCommand::Close) {
            return true;
        }
    }
    false
}

#[test]
fn closing_asks_about_unsaved_changes() {
    let (_folder, path, mut harness) = opened();
    assert!(closes(&mut harness), "there is nothing to lose");
    edit(&mut harness, TREATY_ID, "title", "The Treaty");
    assert!(!closes(&mut harness));
    assert!(shows(&harness, "Save the changes of mine.ron before the window is closed?"));
    assert!(!quits_after(&mut harness, "Cancel"));
    assert!(!shows(&harness, "Save the changes") && is_marked(&harness));

    assert!(!closes(&mut harness));
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(!shows(&harness, "Save the changes"), "Escape cancels, too");

    assert!(!closes(&mut harness));
    assert!(quits_after(&mut harness, "Save"));
    assert!(read(&path).contains("\"The Treaty\""));
    assert!(closes(&mut harness));
}

#[test]
fn changes_can_be_given_up_by_closing() {
    let (_folder, path, mut harness) = opened();
    edit(&mut harness, TREATY_ID, "title", "The Treaty");
    press(&mut harness, Modifiers::COMMAND, Key::Q);
    assert!(shows(&harness, "What is not saved is lost."), "the key asks, too");
    assert!(quits_after(&mut harness, "Discard"));
    assert!(closes(&mut harness), "it asks once");
    assert_eq!(read(&path), Example::Report.text());
}

#[test]
fn a_window_that_cannot_save_does_not_close() {
    let (folder, _, mut harness) = opened();
    edit(&mut harness, TREATY_ID, "title", "The Treaty");
    let moved = folder.path().with_extension("moved");
    fs::rename(folder.path(), &moved).expect("a folder");
    assert!(!closes(&mut harness));
    assert!(!quits_after(&mut harness, "Save"));
    harness.run();
    assert!(shows(&harness, "does not exist; create it or choose another"));
    assert!(is_marked(&harness));
    fs::rename(&moved, folder.path()).expect("a folder");
    assert!(!closes(&mut harness), "it asks again");
    assert!(quits_after(&mut harness, "Save"));
}

#[test]
fn another_document_waits_for_unsaved_changes() {
    let folder = tempfile::tempdir().expect("a folder");
    let (mine, other) = (folder.path().join("mine.ron"), folder.path().join("other.ron"));
    fs::write(&mine, Example::Report.text()).expect("a document");
    fs::write(&other, OTHER).expect("a document");
    for (choice, shown, saved) in
        [("Cancel", "mine.ron", false), ("Discard", "other.ron", false), ("Save", "other.ron", true)]
    {
        let mut harness = window_on_file(&mine);
        edit(&mut harness, TREATY_ID, "title", "The Treaty");
        harness.state_mut().apply(UiCommand::OpenFile(other.clone()).into());
        finish(&mut harness);
        assert!(shows(&harness, "Save the changes of mine.ron before other.ron is shown?"));
        click_and_finish(&mut harness, choice);
        assert_eq!(harness.state().state().document.name, shown, "{choice}");
        assert_eq!(read(&mine).contains("\"The Treaty\""), saved, "{choice}");
        assert_eq!(is_marked(&harness), choice == "Cancel");
    }
}

#[test]
fn a_file_that_was_changed_elsewhere_keeps_both_changes_when_saved() {
    let (_folder, path, mut harness) = opened();
    edit(&mut harness, TREATY_ID, "title", "The Treaty");
    change(&path, "About 10,000 visitors", "Some visitors");
    save(&mut harness);
    assert!(shows(&harness, "its changes and yours are both in the document"));
    let saved = read(&path);
    assert!(saved.contains("\"The Treaty\"") && saved.contains("Some visitors"));
    assert_eq!(saved, text(&harness));
    assert!(!is_marked(&harness));
    undo(&mut harness);
    assert!(!text(&harness).contains("Some visitors") && text(&harness).contains("\"The Treaty\""));
    undo(&mut harness);
    assert_eq!(text(&harness), Example::Report.text());
}

#[test]
fn reloading_keeps_unsaved_changes_and_what_can_be_taken_back() {
    let (_folder, path, mut harness) = opened();
    edit(&mut harness, TREATY_ID, "title", "The Treaty");
    harness.key_press_modifiers(Modifiers::NONE, Key::F5);
    finish(&mut harness);
    assert!(text(&harness).contains("\"The Treaty\"") && is_marked(&harness), "the file has not changed");
    change(&path, "About 10,000 visitors", "Some visitors");
    harness.key_press_modifiers(Modifiers::NONE, Key::F5);
    finish(&mut harness);
    assert!(harness.query_by_label("The Treaty, 1965").is_some() && shows(&harness, "Some visitors"));
    assert!(is_marked(&harness));
    save(&mut harness);
    change(&path, "Some visitors", "Many visitors");
    harness.key_press_modifiers(Modifiers::NONE, Key::F5);
    finish(&mut harness);
    assert!(shows(&harness, "Many visitors") && !is_marked(&harness));
    harness.get_by_label("Edit").click();
    harness.run();
    assert!(shows(&harness, "Undo: changes to mine.ron by another program"));
    press(&mut harness, Modifiers::NONE, Key::Escape);
    undo(&mut harness);
    undo(&mut harness);
    assert_eq!(text(&harness), Example::Report.text());
}

/// A window whose document was changed in the file, too, in the same place; it has been saved.
fn in_conflict(desktop: Arc<TestDesktop>) -> (tempfile::TempDir, PathBuf, Harness<'static, App>) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("mine.ron");
    fs::write(&path, Example::Report.text()).expect("a document");
    let mut harness = window_on(LoadedDocument::from_path(&path), desktop, vec2(1280.0, 800.0));
    edit(&mut harness, TREATY_ID, "title", "My Treaty");
    change(&path, "Treaty on Basic Relations", "Their Treaty");
    save(&mut harness);
    assert!(shows(&harness, "Which version counts?"));
    assert!(shows(&harness, "title: \"My Treaty\",") && shows(&harness, "title: \"Their Treaty\","), "side by side");
    assert!(read(&path).contains("Their Treaty"), "nothing is written yet");
    (folder, path, harness)
}

#[test]
fn of_two_versions_mine_can_count() {
    let (_folder, path, mut harness) = in_conflict(TestDesktop::new(DialogResult::Unavailable));
    click_and_finish(&mut harness, "Keep Mine");
    assert!(read(&path).contains("Their Treaty") && is_marked(&harness));
    save(&mut harness);
    assert!(read(&path).contains("My Treaty") && !is_marked(&harness));
}

#[test]
fn of_two_versions_theirs_can_count_and_be_taken_back() {
    let (_folder, path, mut harness) = in_conflict(TestDesktop::new(DialogResult::Unavailable));
    click_and_finish(&mut harness, "Take the File’s");
    assert!(harness.query_by_label("Their Treaty, 1965").is_some());
    assert_eq!(text(&harness), read(&path));
    assert!(!is_marked(&harness));
    undo(&mut harness);
    assert!(harness.query_by_label("My Treaty, 1965").is_some() && is_marked(&harness));
}

#[test]
fn of_two_versions_both_can_stay() {
    let elsewhere = tempfile::tempdir().expect("a folder");
    let target = elsewhere.path().join("copy.ron");
    let (_folder, path, mut harness) = in_conflict(TestDesktop::new(DialogResult::Path(target.clone())));
    click_and_finish(&mut harness, "Save Mine Elsewhere…");
    assert!(read(&target).contains("My Treaty") && read(&path).contains("Their Treaty"));
    assert!(!is_marked(&harness) && harness.state().state().document.name == "copy.ron");
}

#[test]
fn which_of_two_versions_counts_can_be_decided_later() {
    let (_folder, path, mut harness) = in_conflict(TestDesktop::new(DialogResult::Unavailable));
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(!shows(&harness, "Which version counts?") && is_marked(&harness));
    assert!(read(&path).contains("Their Treaty"));
    save(&mut harness);
    assert!(shows(&harness, "Which version counts?"), "it is asked again");
    click_and_finish(&mut harness, "Decide Later");
    assert!(!closes(&mut harness));
    assert!(!quits_after(&mut harness, "Save"), "nor does it close before");
    assert!(shows(&harness, "Which version counts?"));
}

#[test]
fn a_deleted_file_is_written_again() {
    let (_folder, path, mut harness) = opened();
    edit(&mut harness, TREATY_ID, "title", "The Treaty");
    fs::remove_file(&path).expect("a document");
    save(&mut harness);
    assert_eq!(read(&path), text(&harness));
}

#[cfg(unix)]
#[test]
fn a_link_and_permissions_stay() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let (folder, path, _) = opened();
    let link = folder.path().join("link.ron");
    symlink(&path, &link).expect("a link");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).expect("permissions");
    let mut harness = window_on_file(&link);
    edit(&mut harness, TREATY_ID, "title", "The Treaty");
    save(&mut harness);
    assert!(fs::symlink_metadata(&link).expect("a link").is_symlink());
    assert!(read(&path).contains("\"The Treaty\""));
    assert_eq!(fs::metadata(&path).expect("a file").permissions().mode() & 0o777, 0o640);
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_leaves_the_changes_unsaved() {
    let folder = tempfile::tempdir().expect("a folder");
    let full = folder.path().join("full.ron");
    std::os::unix::fs::symlink("/dev/full", &full).expect("a link");
    let mut harness = window();
    edit(&mut harness, TREATY_ID, "title", "The Treaty");
    save(&mut harness);
    assert!(shows(&harness, "no save dialog"));
    harness.state_mut().apply(UiCommand::SetSavePath(full.to_string_lossy().into_owned()).into());
    harness.run();
    for button in ["Save", "Replace"] {
        if harness.query_by_label(button).is_some() {
            click_and_finish(&mut harness, button);
        }
    }
    assert!(shows(&harness, "the disk is full"));
    assert!(is_marked(&harness));
    assert!(text(&harness).contains("\"The Treaty\""));
}

#[test]
fn ctrl_s_in_a_field_saves_what_is_typed_in_it() {
    let (_folder, path, mut harness) = opened();
    click(&mut harness, TREATY);
    press(&mut harness, Modifiers::NONE, Key::E);
    harness.get_all_by_label("Title").last().expect("a field").click();
    harness.run();
    press(&mut harness, Modifiers::COMMAND, Key::A);
    typed(&mut harness, "The Treaty");
    assert_eq!(read(&path), Example::Report.text(), "the field is not left");
    save(&mut harness);
    assert!(read(&path).contains("title: \"The Treaty\""));
    assert!(!is_marked(&harness));
    assert!(shows(&harness, "Edit event"), "the form goes on");
    // So it is with a text of several lines.
    harness.get_all_by_label("Description").last().expect("a field").click();
    harness.run();
    press(&mut harness, Modifiers::COMMAND, Key::A);
    typed(&mut harness, "Words.");
    save(&mut harness);
    assert_eq!(read(&path), text(&harness));
    assert!(read(&path).contains("description: \"Words.\""));
    typed(&mut harness, " And more.");
    save(&mut harness);
    assert!(read(&path).contains("description: \"Words. And more.\""), "what is typed after it is saved, too");
}

/// What a window says that cannot save, as something was done to the folder of its document; once that is undone, it saves.
fn said_where(harm: impl Fn(&Path), mend: impl Fn(&Path)) -> String {
    let (folder, path, mut harness) = opened();
    edit(&mut harness, TREATY_ID, "title", "The Treaty");
    harm(folder.path());
    save(&mut harness);
    assert!(is_marked(&harness) && text(&harness).contains("\"The Treaty\""));
    let said = harness.state().state().notices.last().map(|notice| notice.text.clone()).unwrap_or_default();
    mend(folder.path());
    assert_eq!(read(&path), Example::Report.text());
    save(&mut harness);
    assert!(read(&path).contains("\"The Treaty\""), "once it may be written, it is");
    assert!(!is_marked(&harness));
    said
}

/// Runs a test in a process to which permissions apply, if they do not to this one: the superuser is above them unless it
/// gives that up. Returns whether it did.
#[cfg(unix)]
fn ran_under_permissions(test: &str) -> bool {
    const AGAIN: &str = "LONGVIEW_TEST_UNDER_PERMISSIONS";
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().expect("a folder");
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o500)).expect("permissions");
    if fs::File::create(folder.path().join("new")).is_err() {
        return false;
    }
    assert!(std::env::var_os(AGAIN).is_none(), "permissions do not apply without CAP_DAC_OVERRIDE either");
    let this = std::env::current_exe().expect("the path of the test");
    let mut again = std::process::Command::new("setpriv");
    again.arg("--bounding-set=-dac_override").arg(this).args(["--exact", test]).env(AGAIN, "1");
    let output = again.output().expect("setpriv, of util-linux, runs");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && said.contains("1 passed"), "{said}{}", String::from_utf8_lossy(&output.stderr));
    true
}

#[cfg(unix)]
#[test]
fn a_read_only_file_and_folder_are_named_with_what_to_do() {
    use std::os::unix::fs::PermissionsExt as _;
    if ran_under_permissions("saving::a_read_only_file_and_folder_are_named_with_what_to_do") {
        return;
    }
    let set =
        |path: &Path, mode: u32| fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("permissions");
    let folder = said_where(|folder| set(folder, 0o500), |folder| set(folder, 0o700));
    let file = |folder: &Path| folder.join("mine.ron");
    let file = said_where(|folder| set(&file(folder), 0o400), |folder| set(&file(folder), 0o600));
    for said in [folder, file] {
        assert!(said.contains("mine.ron: permission denied; choose a place that you may write to"), "{said}");
    }
}

#[test]
fn a_folder_in_the_place_of_the_file_is_named() {
    let names = |folder: &Path| (folder.join("mine.ron"), folder.join("away.ron"));
    let said = said_where(
        |folder| {
            let (path, away) = names(folder);
            fs::rename(&path, away).expect("a document");
            fs::create_dir(&path).expect("a folder");
        },
        |folder| {
            let (path, away) = names(folder);
            fs::remove_dir(&path).expect("a folder");
            fs::rename(away, &path).expect("a document");
        },
    );
    assert!(said.contains("mine.ron") && said.contains("folder"), "{said}");
}

#[test]
fn folds_stay_where_events_are_changed() {
    let place = tempfile::tempdir().expect("a folder");
    let path = place.path().join("mine.ron");
    let document = r#"(title: "T", lanes: [(id: "g", title: "Group"), (id: "a", title: "Inner", parent: "g"), (id: "b", title: "Other")],
        events: [(id: "one", lane: "a", title: "One", date: "1905"), (id: "two", lane: "b", title: "Two", date: "1906")])"#;
    fs::write(&path, document).expect("a document");
    let mut harness = window_on_file(&path);
    harness.state_mut().apply(UiCommand::FoldAll.into());
    harness.run();
    let folded = |harness: &Harness<'static, App>| harness.state().state().lanes.folded.clone();
    assert_eq!(folded(&harness).len(), 1);
    let before = folded(&harness);
    edit(&mut harness, "one", "title", "First");
    edit(&mut harness, "one", "lane", "b");
    undo(&mut harness);
    save(&mut harness);
    change(&path, "Two", "Second");
    harness.key_press_modifiers(Modifiers::NONE, Key::F5);
    finish(&mut harness);
    assert!(text(&harness).contains("Second"));
    assert_eq!(folded(&harness), before);
}
