//! The window follows the file of its document.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use egui::{Key, Modifiers, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use longview::Example;
use longview::app::{
    App, DialogResult, Effect, FrameEvent, Job, JobId, JobResult, LoadedDocument, Message, Reread, State, UiCommand,
};
use longview::edit::difference;

use super::support::*;

/// A folder with a document, and a window that follows it.
fn watching() -> (tempfile::TempDir, PathBuf, Harness<'static, App>) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("mine.ron");
    fs::write(&path, Example::Report.text()).expect("a document");
    let harness = window_watching(&path);
    (folder, path, harness)
}

fn window_watching(path: &Path) -> Harness<'static, App> {
    let loaded = LoadedDocument::from_path(path);
    let desktop = TestDesktop::new(DialogResult::Unavailable);
    let mut harness = Harness::builder()
        .with_size(vec2(1280.0, 800.0))
        .with_max_steps(60)
        .with_step_dt(0.05)
        .build_eframe(move |creation| App::new(&creation.egui_ctx, loaded, desktop).watching_files());
    harness.state_mut().finish_jobs();
    harness.run();
    harness
}

/// Shows frames until something is so.
#[track_caller]
fn until(harness: &mut Harness<'static, App>, what: &str, is_so: impl Fn(&Harness<'static, App>) -> bool) {
    let began = Instant::now();
    while !is_so(harness) {
        assert!(began.elapsed() < Duration::from_secs(20), "{what}");
        harness.step();
        harness.state_mut().finish_jobs();
        std::thread::yield_now();
    }
    harness.run();
}

fn changed(from: &str, to: &str) -> String {
    let text = Example::Report.text();
    assert!(text.contains(from), "{from}");
    text.replacen(from, to, 1)
}

fn is_unsaved(harness: &Harness<'static, App>) -> bool {
    harness.state().state().has_unsaved_changes()
}

#[test]
fn what_another_program_writes_is_shown_in_place() {
    let (_folder, path, mut harness) = watching();
    harness.get_by_label(TREATY).click();
    harness.run();
    press(&mut harness, Modifiers::NONE, Key::Plus);
    rest(&mut harness);
    let before = (harness.state().state().view, harness.state().state().selected(), harness.state().state().scroll);
    fs::write(&path, changed("Treaty on Basic Relations", "The Treaty")).expect("a document");
    until(&mut harness, "the new title", |harness| shows(harness, "The Treaty"));
    let state = harness.state().state();
    assert_eq!((state.view, state.selected(), state.scroll), before);
    assert!(!is_unsaved(&harness));
    press(&mut harness, Modifiers::COMMAND, Key::Z);
    assert_eq!(text(&harness), Example::Report.text(), "it is a step that can be taken back");
}

#[test]
fn a_file_that_is_replaced_is_followed() {
    let (folder, path, mut harness) = watching();
    for title in ["First", "Second"] {
        // As editors do that write a file of their own and rename it.
        let temporary = folder.path().join("mine.ron.new");
        fs::write(&temporary, changed("Treaty on Basic Relations", title)).expect("a document");
        fs::rename(&temporary, &path).expect("a document");
        until(&mut harness, title, |harness| shows(harness, title));
        // And as those do that move the old one away first.
        fs::rename(&path, folder.path().join("mine.ron~")).expect("a document");
        fs::write(&path, changed("About 10,000 visitors", title)).expect("a document");
        until(&mut harness, "visitors", |harness| harness.query_by_label(TREATY).is_some());
        assert_eq!(harness.state().state().document.name, "mine.ron");
    }
    assert!(harness.state().state().notices.iter().all(|notice| !notice.is_error));
}

#[cfg(unix)]
#[test]
fn a_link_is_followed_to_its_file() {
    let (folder, path, _) = watching();
    let elsewhere = tempfile::tempdir().expect("a folder");
    let link = elsewhere.path().join("link.ron");
    std::os::unix::fs::symlink(&path, &link).expect("a link");
    let mut harness = window_watching(&link);
    fs::write(&path, changed("Treaty on Basic Relations", "The Treaty")).expect("a document");
    until(&mut harness, "the new title", |harness| shows(harness, "The Treaty"));
    let other = folder.path().join("other.ron");
    fs::write(&other, changed("Treaty on Basic Relations", "Another")).expect("a document");
    fs::remove_file(&link).expect("a link");
    std::os::unix::fs::symlink(&other, &link).expect("a link");
    until(&mut harness, "the other file", |harness| shows(harness, "Another"));
}

#[test]
fn a_broken_save_keeps_the_picture_and_lists_the_problems() {
    let (folder, path, mut harness) = watching();
    // At once, so that the file is not read before it is whole.
    let temporary = folder.path().join("mine.ron.new");
    fs::write(&temporary, changed("events: [", "events: [[")).expect("a document");
    fs::rename(&temporary, &path).expect("a document");
    until(&mut harness, "the problems", |harness| shows(harness, "The last good version stays"));
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(harness.query_by_label(TREATY).is_some());
    assert!(shows(&harness, "mine.ron is not shown: line "));
    press(&mut harness, Modifiers::NONE, Key::P);
    fs::write(&path, changed("Treaty on Basic Relations", "The Treaty")).expect("a document");
    until(&mut harness, "the mended one", |harness| shows(harness, "The Treaty"));
    assert!(shows(&harness, "no problems") && !harness.state().state().problems_open);
    assert!(!is_unsaved(&harness));
}

#[test]
fn a_second_broken_save_keeps_the_list_of_problems_until_a_good_one() {
    // Of so many events that the text is read by a job: what goes on meanwhile is seen.
    let good = |title: &str| {
        let event = |number: usize| format!("(id: \"{number}\", lane: \"a\", title: \"{title}\", date: \"1965\"),\n");
        let events: String = (0..2500).map(event).collect();
        format!("(title: \"\", lanes: [(id: \"a\", title: \"A\")], events: [\n{events}])")
    };
    let broken = |brackets: &str| good("one").replacen("events: [", &format!("events: [{brackets}"), 1);
    let mut on_disk = good("one");
    let loaded = LoadedDocument::from_bytes(Some("mine.ron".into()), "mine.ron".to_owned(), on_disk.as_str());
    let mut state = State::new(loaded.into()).0;
    state.apply(FrameEvent::WatchesFiles.into());
    let mut now = 0.0;
    let mut saves = |state: &mut State, text: &str| {
        state.apply(Message::FileTouched(None));
        now += 5.0;
        let id = reads_at(state, now).expect("a job");
        let found = if text == on_disk {
            Reread::Same
        } else {
            Reread::Changed {
                theirs: Arc::new(text.to_owned()),
                difference: difference(&on_disk, text),
                is_partial: false,
            }
        };
        on_disk = text.to_owned();
        state.apply(Message::Job(id, JobResult::Reread(found)))
    };
    let read = |state: &mut State, effects: Vec<Effect>| {
        let reopened = effects.into_iter().find_map(|effect| match effect {
            Effect::Start(id, Job::Reopen { text, progress, .. }) => Some((id, text, progress)),
            _ => None,
        });
        let (id, text, progress) = reopened.expect("a job that reads the text");
        let loaded = longview::open_text(text, &progress).map(|opened| Box::new(opened.into()));
        state.apply(Message::Job(id, JobResult::Loaded(loaded)));
    };
    let effects = saves(&mut state, &broken("["));
    read(&mut state, effects);
    let first = state.problems().1.to_vec();
    assert!(state.failed.is_some() && state.problems_open);

    let second = broken("[ (");
    let effects = saves(&mut state, &second);
    assert!(state.problems_open, "the list closes before the second version is read");
    assert_eq!(state.problems().1, first);
    read(&mut state, effects);
    assert!(state.failed.is_some() && state.problems_open);

    // Touched, but as it was.
    saves(&mut state, &second);
    assert!(state.failed.is_some() && state.problems_open, "what is broken is not mended by being looked at");

    let effects = saves(&mut state, &good("two"));
    assert!(state.failed.is_some() && state.problems_open);
    read(&mut state, effects);
    assert!(state.failed.is_none() && !state.problems_open);
    assert_eq!(*state.document.text, good("two"));
}

#[test]
fn a_deletion_is_said_and_the_document_can_be_written_again() {
    let (_folder, path, mut harness) = watching();
    fs::remove_file(&path).expect("a document");
    until(&mut harness, "a notice", |harness| shows(harness, "mine.ron was deleted or moved."));
    assert!(is_unsaved(&harness) && harness.query_by_label(TREATY).is_some());
    harness.key_press_modifiers(Modifiers::COMMAND, Key::S);
    finish(&mut harness);
    assert_eq!(fs::read_to_string(&path).expect("a document"), Example::Report.text());
    assert!(!is_unsaved(&harness));
}

#[test]
fn a_file_that_comes_back_is_followed_again() {
    let (folder, path, mut harness) = watching();
    let moved = folder.path().with_extension("moved");
    fs::rename(folder.path(), &moved).expect("a folder");
    until(&mut harness, "a notice", |harness| shows(harness, "mine.ron was deleted or moved."));
    fs::rename(&moved, folder.path()).expect("a folder");
    until(&mut harness, "that it is back", |harness| !is_unsaved(harness));
    fs::write(&path, changed("Treaty on Basic Relations", "The Treaty")).expect("a document");
    until(&mut harness, "the new title", |harness| shows(harness, "The Treaty"));
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_that_is_renamed_is_followed() {
    let (folder, path, mut harness) = watching();
    let renamed = folder.path().join("renamed.ron");
    fs::rename(&path, &renamed).expect("a document");
    until(&mut harness, "the new name", |harness| shows(harness, "mine.ron is renamed.ron now"));
    assert!(!is_unsaved(&harness));
    fs::write(&renamed, changed("Treaty on Basic Relations", "The Treaty")).expect("a document");
    until(&mut harness, "the new title", |harness| shows(harness, "The Treaty"));
    edit(&mut harness, TREATY_ID, "title", "Mine");
    harness.key_press_modifiers(Modifiers::COMMAND, Key::S);
    finish(&mut harness);
    assert!(fs::read_to_string(&renamed).expect("a document").contains("\"Mine\"") && !path.exists());
}

#[test]
fn unsaved_changes_and_those_of_the_file_are_brought_together() {
    let (_folder, path, mut harness) = watching();
    edit(&mut harness, TREATY_ID, "title", "Mine");
    fs::write(&path, changed("About 10,000 visitors", "Theirs")).expect("a document");
    until(&mut harness, "both", |harness| text(harness).contains("Theirs"));
    assert!(text(&harness).contains("\"Mine\"") && is_unsaved(&harness));
    assert!(shows(&harness, "its changes and yours are both in the document"));
    fs::write(&path, changed("Treaty on Basic Relations", "Other")).expect("a document");
    until(&mut harness, "a question", |harness| shows(harness, "Which version counts?"));
    assert!(text(&harness).contains("\"Mine\"") && shows(&harness, "\"Other\""));
}

#[test]
fn what_the_window_saves_is_no_change_of_another_program() {
    let (_folder, path, mut harness) = watching();
    edit(&mut harness, TREATY_ID, "title", "Mine");
    let document = Arc::clone(&harness.state().state().document.timeline);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::S);
    finish(&mut harness);
    // A later change shows that those of the saving have been seen.
    fs::write(path.with_extension("other"), "").expect("a file");
    harness.run_steps(40);
    finish(&mut harness);
    assert!(Arc::ptr_eq(&document, &harness.state().state().document.timeline), "nothing was read again");
    assert_eq!(harness.state().state().document.editing.entries().0.len(), 1);
}

#[test]
fn a_document_that_could_not_be_shown_is_once_it_is_mended() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("mine.ron");
    fs::write(&path, "(title: \"Broken\", lanes: [").expect("a document");
    let mut harness = window_watching(&path);
    assert!(shows(&harness, "mine.ron:1:26"));
    fs::write(&path, Example::Report.text()).expect("a document");
    until(&mut harness, "the document", |harness| harness.query_by_label(TREATY).is_some());
}

/// A state that follows its file, and the job with which that is read `after` seconds.
fn followed() -> State {
    let loaded = LoadedDocument::from_bytes(Some("mine.ron".into()), "mine.ron".to_owned(), Example::Report.text());
    let mut state = State::new(loaded.into()).0;
    state.apply(FrameEvent::WatchesFiles.into());
    state
}

fn reads_at(state: &mut State, now: f64) -> Option<JobId> {
    let effects = state.apply(FrameEvent::Tick(now).into());
    effects.into_iter().find_map(|effect| match effect {
        Effect::Start(id, Job::Reread { .. }) => Some(id),
        _ => None,
    })
}

fn holds(text: &str, is_partial: bool) -> JobResult {
    let difference = difference(Example::Report.text(), text);
    JobResult::Reread(Reread::Changed { theirs: Arc::new(text.to_owned()), difference, is_partial })
}

#[test]
fn a_burst_of_writes_is_read_once() {
    let mut state = followed();
    for step in 0..8 {
        assert_eq!(reads_at(&mut state, f64::from(step) * 0.1), None);
        state.apply(Message::FileTouched(None));
    }
    assert_eq!(reads_at(&mut state, 0.8), None);
    assert!(reads_at(&mut state, 0.9).is_some());
    assert_eq!(reads_at(&mut state, 2.0), None, "once");
    // One that does not end is read all the same.
    let mut state = followed();
    let mut found = None;
    for step in 0..20 {
        found = found.or(reads_at(&mut state, f64::from(step) * 0.1).map(|_| step));
        state.apply(Message::FileTouched(None));
    }
    assert_eq!(found, Some(10));
}

#[test]
fn a_file_that_ends_in_the_middle_is_waited_for() {
    let whole = changed("Treaty on Basic Relations", "The Treaty");
    let partial = &whole[..whole.len() / 2];
    for is_finished in [true, false] {
        let mut state = followed();
        state.apply(Message::FileTouched(None));
        let mut now = 0.0;
        let mut next = |state: &mut State| loop {
            now += 0.05;
            if let Some(id) = reads_at(state, now) {
                return (id, now);
            }
        };
        for _ in 0..3 {
            let (id, _) = next(&mut state);
            state.apply(Message::Job(id, holds(partial, true)));
            assert!(state.failed.is_none() && *state.document.text == Example::Report.text(), "nothing is shown");
        }
        if is_finished {
            let (id, _) = next(&mut state);
            state.apply(Message::Job(id, holds(&whole, false)));
            assert!(state.failed.is_none() && *state.document.text == whole);
            continue;
        }
        // It stays so: that is what it is.
        while state.failed.is_none() {
            let (id, now) = next(&mut state);
            assert!(now < 2.0, "it is not waited for without end");
            state.apply(Message::Job(id, holds(partial, true)));
        }
        assert_eq!(*state.document.text, partial);
        assert_eq!(state.timeline().events.len(), 7, "the last good picture stays");
    }
}

#[test]
fn a_file_that_is_gone_for_a_moment_is_not_missed() {
    let mut state = followed();
    state.apply(Message::FileTouched(None));
    let id = reads_at(&mut state, 1.0).expect("a job");
    state.apply(Message::Job(id, JobResult::Reread(Reread::Gone)));
    assert!(state.notices.is_empty());
    let id = reads_at(&mut state, 1.5).expect("another look");
    state.apply(Message::Job(id, JobResult::Reread(Reread::Same)));
    assert!(state.notices.is_empty() && !state.has_unsaved_changes());
}

#[test]
fn what_was_read_before_the_document_was_saved_counts_no_more() {
    let mut state = followed();
    state.apply(Message::FileTouched(None));
    let id = reads_at(&mut state, 1.0).expect("a job");
    let saving = state.apply(UiCommand::SaveDocument.into()).into_iter().find_map(|effect| match effect {
        Effect::Start(id, Job::SaveDocument(_)) => Some(id),
        _ => None,
    });
    state.apply(Message::Job(id, holds("(title: \"Old\", lanes: [], events: [])", false)));
    assert_eq!(*state.document.text, Example::Report.text());
    let saved = longview::app::SaveOutcome::Saved { path: "mine.ron".into(), canonical_path: None, origins: Ok(()) };
    state.apply(Message::Job(saving.expect("a job"), JobResult::DocumentSaved(Ok(saved))));
    assert!(reads_at(&mut state, 2.0).is_some(), "it is read again");
}
