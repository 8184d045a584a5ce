//! Unsaved changes after a crash or a power cut.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;

use egui::{Key, Modifiers, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use longview::Example;
use longview::app::{App, DialogResult, LoadedDocument, Unsaved, fingerprint};

use super::support::*;

/// A window on a document that keeps unsaved changes in a folder.
pub fn window_keeping(document: LoadedDocument, kept: PathBuf) -> Harness<'static, App> {
    let desktop = TestDesktop::new(DialogResult::Unavailable);
    let mut harness = Harness::builder()
        .with_size(vec2(1280.0, 800.0))
        .with_max_steps(60)
        .with_step_dt(0.05)
        .build_eframe(move |creation| App::new(&creation.egui_ctx, document, desktop).keeping_unsaved_in(kept));
    harness.state_mut().finish_jobs();
    harness.run();
    harness
}

/// Lets the time pass after which changes are kept.
pub fn wait(harness: &mut Harness<'static, App>) {
    harness.run_steps(25);
    finish(harness);
}

/// The files in a folder with this ending.
pub fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().map(|entry| entry.expect("an entry").path());
    entries.filter(|path| path.extension().is_some_and(|found| found == ending)).collect()
}

/// A folder with a document, and the folder of unsaved changes in it.
fn place() -> (tempfile::TempDir, PathBuf, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let (document, kept) = (folder.path().join("mine.ron"), folder.path().join("kept"));
    fs::write(&document, Example::Report.text()).expect("a document");
    (folder, document, kept)
}

/// Leaves unsaved changes of a document, as a process does that ends at once.
fn leave(kept: &Path, document: Option<&Path>, saved: &str, text: &str) -> PathBuf {
    fs::create_dir_all(kept).expect("a folder");
    let (path, saved) = (document.map(PathBuf::from), fingerprint(saved.as_bytes()));
    let (name, text) = ("mine.ron".to_owned(), Arc::new(text.to_owned()));
    let unsaved = Unsaved { path, name, changes: 2, saved, text, drafts: Vec::new() };
    let file = kept.join("1-0.unsaved");
    fs::write(&file, unsaved.encode()).expect("a file");
    fs::write(file.with_extension("lock"), "").expect("a file");
    file
}

fn changed() -> String {
    Example::Report.text().replace("Treaty on Basic Relations", "The Treaty")
}

#[test]
fn unsaved_changes_are_kept_until_they_are_saved() {
    let (_folder, document, kept) = place();
    let mut harness = window_keeping(LoadedDocument::from_path(&document), kept.clone());
    wait(&mut harness);
    assert!(files(&kept, "unsaved").is_empty(), "there are none");
    edit(&mut harness, TREATY_ID, "title", "The Treaty");
    wait(&mut harness);
    let file = files(&kept, "unsaved").pop().expect("a file");
    let unsaved = Unsaved::decode(&fs::read(&file).expect("a file")).expect("a whole file");
    assert_eq!((unsaved.path.as_deref(), unsaved.changes), (Some(document.as_path()), 1));
    assert_eq!((*unsaved.text).clone(), text(&harness));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(fs::metadata(&file).expect("a file").permissions().mode() & 0o777, 0o600, "it is nobody else's");
    }
    harness.key_press_modifiers(Modifiers::COMMAND, Key::S);
    wait(&mut harness);
    assert!(files(&kept, "unsaved").is_empty(), "it is in its own file now");
    edit(&mut harness, TREATY_ID, "title", "Again");
    wait(&mut harness);
    assert_eq!(files(&kept, "unsaved"), [file]);
    press(&mut harness, Modifiers::COMMAND, Key::Z);
    wait(&mut harness);
    assert!(files(&kept, "unsaved").is_empty(), "nothing is unsaved");
    // Another process does not touch what a living one keeps.
    edit(&mut harness, TREATY_ID, "title", "Again");
    wait(&mut harness);
    let other = window_keeping(LoadedDocument::example(Example::Report), kept.clone());
    assert!(!shows(&other, "Unsaved Changes Were Found"));
    eframe::App::on_exit(harness.state_mut(), None);
    assert!(files(&kept, "unsaved").is_empty() && files(&kept, "lock").is_empty(), "an end that was wanted");
}

#[test]
fn what_a_crash_has_left_is_offered_and_can_be_taken_back() {
    let (_folder, document, kept) = place();
    let left = leave(&kept, Some(&document), Example::Report.text(), &changed());
    let mut harness = window_keeping(LoadedDocument::example(Example::Apollo), kept.clone());
    assert!(shows(&harness, "2 changes of mine.ron, less than a minute ago"));
    harness.get_by_label_contains("Recover 2 changes").click();
    finish(&mut harness);
    assert!(harness.query_by_label("The Treaty, 1965").is_some());
    assert!(shows(&harness, "mine.ron") && shows(&harness, "unsaved changes"));
    assert_eq!(fs::read_to_string(&document).expect("a document"), Example::Report.text(), "nothing is saved unasked");
    wait(&mut harness);
    assert!(!left.exists() && files(&kept, "unsaved").len() == 1, "it is kept anew");
    press(&mut harness, Modifiers::COMMAND, Key::Z);
    assert_eq!(text(&harness), Example::Report.text());
    press(&mut harness, Modifiers::COMMAND, Key::Y);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::S);
    wait(&mut harness);
    assert_eq!(fs::read_to_string(&document).expect("a document"), changed());
    assert!(files(&kept, "unsaved").is_empty());
}

#[test]
fn what_a_crash_has_left_can_be_given_up_or_left_for_later() {
    let (_folder, document, kept) = place();
    let left = leave(&kept, Some(&document), Example::Report.text(), &changed());
    let mut harness = window_keeping(LoadedDocument::from_path(&document), kept.clone());
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(!shows(&harness, "Unsaved Changes Were Found") && left.exists());
    drop(harness);
    let mut harness = window_keeping(LoadedDocument::from_path(&document), kept);
    harness.get_by_label_contains("Discard 2 changes").click();
    finish(&mut harness);
    assert!(!shows(&harness, "Unsaved Changes Were Found") && !left.exists());
    assert_eq!(text(&harness), Example::Report.text());
}

#[test]
fn what_a_crash_has_left_of_a_file_that_was_changed_since_is_a_choice() {
    let (_folder, document, kept) = place();
    leave(&kept, Some(&document), "what the file held before", &changed());
    let mut harness = window_keeping(LoadedDocument::from_path(&document), kept);
    harness.get_by_label_contains("Recover 2 changes").click();
    finish(&mut harness);
    assert!(shows(&harness, "Which version counts?"));
    click_and_finish(&mut harness, "Take the File’s");
    assert_eq!(text(&harness), Example::Report.text());
    press(&mut harness, Modifiers::COMMAND, Key::Z);
    assert_eq!(text(&harness), changed());
}

#[test]
fn what_a_crash_has_left_of_no_file_or_a_lost_one_is_whole() {
    for path in [None, Some(Path::new("no such folder/mine.ron"))] {
        let (_folder, _, kept) = place();
        leave(&kept, path, "", &changed());
        let mut harness = window_keeping(LoadedDocument::example(Example::Apollo), kept);
        harness.get_by_label_contains("Recover 2 changes").click();
        finish(&mut harness);
        assert_eq!(text(&harness), changed());
        assert!(harness.state().state().has_unsaved_changes());
    }
}

#[test]
fn changes_that_cannot_be_read_come_back_too() {
    let (_folder, document, kept) = place();
    let broken = Example::Report.text().replacen("events: [", "events: [[", 1);
    leave(&kept, Some(&document), Example::Report.text(), &broken);
    let mut harness = window_keeping(LoadedDocument::from_path(&document), kept);
    harness.get_by_label_contains("Recover 2 changes").click();
    finish(&mut harness);
    assert_eq!(text(&harness), broken);
    assert!(shows(&harness, "The last good version stays"), "the list of problems");
    press(&mut harness, Modifiers::NONE, Key::Escape);
    press(&mut harness, Modifiers::COMMAND, Key::Z);
    assert_eq!(text(&harness), Example::Report.text());
    assert!(shows(&harness, "no problems"));
}

/// The power fails while the file is written: beside the whole one there is a part of a new one, of any length; or the disk
/// has lost the end of the file itself.
#[test]
fn a_power_cut_leaves_the_last_whole_changes_or_none() {
    let (_folder, document, kept) = place();
    let left = leave(&kept, Some(&document), Example::Report.text(), &changed());
    let whole = fs::read(&left).expect("a file");
    for length in (0..whole.len()).step_by(whole.len() / 7).chain([whole.len() - 1]) {
        let partial = whole.get(..length).expect("a part");
        fs::write(kept.join(".longview-abc.tmp"), partial).expect("a part");
        let harness = window_keeping(LoadedDocument::from_path(&document), kept.clone());
        assert!(shows(&harness, "2 changes of mine.ron"), "{length} bytes of a new one");
        drop(harness);

        fs::write(&left, partial).expect("a part");
        let harness = window_keeping(LoadedDocument::from_path(&document), kept.clone());
        assert!(!shows(&harness, "Unsaved Changes Were Found"), "{length} bytes are left");
        assert_eq!(text(&harness), Example::Report.text());
        drop(harness);
        fs::write(&left, &whole).expect("a file");
    }
}

/// The name of the variable that says in which folder a process is to change a document until it is killed.
const FOLDER: &str = "LONGVIEW_TEST_FOLDER";

/// A process that changes a document again and again, and keeps and saves it. It is killed by the test below.
#[test]
#[ignore = "only ends by being killed"]
fn changes_without_end() {
    let Some(folder) = std::env::var_os(FOLDER).map(PathBuf::from) else { return };
    let document = LoadedDocument::from_path(&folder.join("mine.ron"));
    let mut harness = window_keeping(document, folder.join("kept"));
    for number in 0.. {
        edit(&mut harness, TREATY_ID, "title", &format!("Number {number}"));
        wait(&mut harness);
        if number % 3 == 2 {
            harness.key_press_modifiers(Modifiers::COMMAND, Key::S);
            finish(&mut harness);
        }
    }
}

/// The number in the title of the treaty, in a text that is a whole document.
fn number_in(text: &str) -> Option<usize> {
    let opened = longview::open(text.as_bytes());
    assert!(!opened.has_errors(), "a whole document");
    let timeline = opened.timeline.expect("a document");
    let event = timeline.events.iter().find(|event| event.id == TREATY_ID).expect("the treaty");
    event.title.strip_prefix("Number ").map(|number| number.parse().expect("a number"))
}

#[test]
fn a_process_that_is_killed_loses_nothing_that_was_kept() {
    for writes in [1, 2, 4, 7] {
        let (folder, document, kept) = place();
        let program = std::env::current_exe().expect("this program");
        let mut child = Command::new(program)
            .args(["unsaved::changes_without_end", "--exact", "--ignored"])
            .env(FOLDER, folder.path())
            .stdout(Stdio::null())
            .spawn()
            .expect("a process");
        // Until so many versions have been seen.
        let (mut seen, mut last) = (0, None);
        let mut known = None;
        while seen < writes {
            let bytes = files(&kept, "unsaved").pop().and_then(|file| fs::read(file).ok()).unwrap_or_default();
            let kept = Unsaved::decode(&bytes).and_then(|unsaved| number_in(&unsaved.text));
            if kept.is_some() && kept != last {
                (seen, last, known) = (seen + 1, kept, kept);
            }
            assert!(child.try_wait().expect("a process").is_none(), "it has ended by itself");
            std::thread::yield_now();
        }
        child.kill().expect("killed");
        child.wait().expect("a process");

        let saved = number_in(&fs::read_to_string(&document).expect("the document is whole"));
        let mut harness = window_keeping(LoadedDocument::from_path(&document), kept.clone());
        if harness.query_by_label_contains("Recover").is_some() {
            harness.get_by_label_contains("Recover").click();
            finish(&mut harness);
        }
        let now = number_in(&text(&harness));
        assert!(now >= known && now >= saved, "{now:?} of {known:?}, {saved:?}");
    }
}
