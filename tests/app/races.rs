//! Results of jobs that arrive late, twice or in another order than they were asked for.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use egui::{Key, Modifiers, vec2};
use egui_kittest::kittest::Queryable as _;
use longview::Example;
use longview::app::{
    Awaited, DataOutcome, DialogResult, DocumentFonts, DocumentSource, Effect, ExportJob, ExportOutcome, FoundFonts,
    FrameEvent, Job, JobId, JobResult, LoadedDocument, Message, StartupDocument, State, Subscription, UiCommand,
};
use longview::crash;
use longview::export::PictureFile;
use longview::interchange;
use longview::layout::{self, Arrangement, Request};
use longview::scene::text::{FontSet, TextEngine};
use longview::timeline::Item;

use super::support::*;

/// A state without a document, whose jobs are not carried out.
fn state() -> State {
    let (mut state, _) = State::new(StartupDocument::Later("first.ron".into()));
    state.apply(UiCommand::CancelLoading.into());
    state
}

/// A state that shows a document.
fn state_with(title: &str) -> State {
    State::new(document(title).into()).0
}

fn document(title: &str) -> LoadedDocument {
    let text = format!(
        "(title: \"{title}\", lanes: [(id: \"a\", title: \"A\")], events: [(id: \"e\", lane: \"a\", title: \"E\", date: \"1900\")])"
    );
    LoadedDocument::from_bytes(Some(format!("{title}.ron").into()), format!("{title}.ron"), text)
}

/// The one job that effects start.
fn job(effects: Vec<Effect>) -> (JobId, Job) {
    let mut jobs = effects.into_iter().filter_map(|effect| match effect {
        Effect::Start(id, job) => Some((id, job)),
        _ => None,
    });
    let job = jobs.next().expect("a job");
    assert!(jobs.next().is_none(), "one job");
    job
}

/// Starts to load a document, by the path typed by hand.
fn load(state: &mut State, path: &str) -> JobId {
    state.apply(UiCommand::SetOpenPath(path.to_owned()).into());
    let (id, started) = job(state.apply(UiCommand::OpenTyped.into()));
    assert!(matches!(started, Job::Load { source: DocumentSource::File(file), .. } if file == Path::new(path)));
    id
}

fn loaded(title: &str) -> JobResult {
    JobResult::Loaded(Some(Box::new(document(title))))
}

/// Starts to export a picture.
#[expect(clippy::panic, reason = "a test fails by panicking")]
fn export(state: &mut State) -> (JobId, Arc<ExportJob>) {
    state.apply(UiCommand::Export.into());
    state.apply(UiCommand::SetExportPath("picture.png".to_owned()).into());
    match job(state.apply(UiCommand::Save.into())) {
        (id, Job::Export { export, .. }) => (id, export),
        (_, other) => panic!("no export: {other:?}"),
    }
}

fn saved() -> JobResult {
    let file = PictureFile { path: "picture.png".into(), size: [1, 1], warnings: Vec::new() };
    JobResult::Exported(Ok(ExportOutcome::Saved(file)))
}

fn says(state: &State, words: &str) -> bool {
    state.notices.iter().any(|notice| notice.text.contains(words))
}

fn title(state: &State) -> &str {
    &state.timeline().title
}

#[test]
fn a_load_that_was_overtaken_is_never_taken_for_the_newer_one() {
    for late_first in [true, false] {
        let mut state = state();
        let (old, new) = (load(&mut state, "old.ron"), load(&mut state, "new.ron"));
        assert_ne!(old, new);
        if late_first {
            state.apply(Message::Job(old, loaded("old")));
            assert_eq!(state.status(), "Reading new.ron…", "the newer one is still awaited");
            state.apply(Message::Job(new, loaded("new")));
        } else {
            state.apply(Message::Job(new, loaded("new")));
            state.apply(Message::Job(old, loaded("old")));
        }
        assert_eq!(title(&state), "new");
        assert!(state.jobs.iter().next().is_none(), "nothing is awaited");
        state.apply(Message::Job(new, loaded("again")));
        assert_eq!(title(&state), "new", "a job ends once");
    }
}

#[test]
fn data_that_is_written_shows_how_far_it_is_and_can_be_cancelled() {
    let mut state = state_with("shown");
    let (asked, _) = job(state.apply(UiCommand::ExportData(interchange::Format::Csv).into()));
    let answer = JobResult::Dialog(DialogResult::Path("x.csv".into()));
    let (id, started) = job(state.apply(Message::Job(asked, answer)));
    let Job::ExportData { export, .. } = started else { unreachable!("the data is written") };
    export.progress().begin(50_000);
    export.progress().advance(12_500, 12_500);
    assert_eq!(state.jobs.written_data().map(|export| export.share()), Some(0.25));
    assert!(state.subscriptions().iter().any(|subscription| matches!(subscription, Subscription::Timer(_))));
    state.apply(UiCommand::CancelExport.into());
    assert!(export.is_cancelled() && state.jobs.written_data().is_none());
    assert!(says(&state, "no data was written"));
    state.apply(Message::Job(id, JobResult::DataExported(Ok(DataOutcome::Cancelled))));
    assert_eq!(state.notices.len(), 1, "it is said once");
}

#[test]
fn an_example_is_read_by_a_job_and_overtaken_like_a_file() {
    let mut state = state_with("shown");
    let (example, started) = job(state.apply(UiCommand::OpenExample(Example::Apollo).into()));
    assert!(matches!(started, Job::Load { source: DocumentSource::Example(Example::Apollo), .. }));
    assert_eq!(title(&state), "shown", "nothing is read before the job ends");
    let file = load(&mut state, "file.ron");
    state.apply(Message::Job(example, JobResult::Loaded(Some(Box::new(LoadedDocument::example(Example::Apollo))))));
    assert_eq!(title(&state), "shown");
    state.apply(Message::Job(file, loaded("file")));
    assert_eq!(title(&state), "file");
}

#[test]
fn a_load_that_was_cancelled_changes_nothing() {
    let mut state = state_with("shown");
    state.apply(UiCommand::SetOpenPath("late.ron".to_owned()).into());
    let (id, Job::Load { progress, .. }) = job(state.apply(UiCommand::OpenTyped.into())) else { panic!("no load") };
    state.apply(UiCommand::CancelLoading.into());
    assert!(progress.is_cancelled(), "the thread is told");
    assert_eq!(state.apply(Message::Job(id, loaded("late"))).len(), 0);
    assert_eq!(title(&state), "shown");
    // Nor does the crash of a job that nobody waits for.
    let id = load(&mut state, "crashing.ron");
    state.apply(UiCommand::CancelLoading.into());
    let report = crash::catch("reading the document", || Vec::<u8>::new()[std::hint::black_box(1)]);
    state.apply(Message::Job(id, JobResult::Crashed(report.expect_err("a panic"))));
    assert!(state.notices.is_empty());
}

#[test]
fn a_folder_that_cannot_be_opened_ends_no_export() {
    let mut state = state_with("shown");
    let (exporting, _) = export(&mut state);
    let (reveal, started) = job(state.apply(UiCommand::Reveal("there/old.png".into()).into()));
    assert!(matches!(started, Job::Reveal(folder) if folder == Path::new("there")));
    state.apply(Message::Job(reveal, JobResult::Revealed(Err("The folder there could not be opened".to_owned()))));
    assert!(says(&state, "could not be opened"));
    assert!(state.jobs.export().is_some(), "the export goes on");
    state.apply(Message::Job(exporting, saved()));
    assert!(says(&state, "Saved picture.png") && state.jobs.export().is_none());
}

#[test]
fn an_export_is_either_cancelled_or_saved() {
    // Cancelled before the file has its name.
    let mut state = state_with("shown");
    let (id, exporting) = export(&mut state);
    state.apply(UiCommand::CancelExport.into());
    assert!(state.jobs.export().is_none() && says(&state, "Cancelled"));
    assert!(!exporting.commit(), "the writer is told before it renames the file");
    for result in [JobResult::Exported(Ok(ExportOutcome::Cancelled)), saved()] {
        state.apply(Message::Job(id, result));
        assert!(!says(&state, "Saved"));
    }
    assert!(state.export.open, "the form stays");

    // Cancelled when the file has its name.
    let mut state = state_with("shown");
    let (id, exporting) = export(&mut state);
    assert!(exporting.commit());
    state.apply(UiCommand::CancelExport.into());
    assert!(state.jobs.export().is_some() && !says(&state, "Cancelled"), "it is too late");
    state.apply(Message::Job(id, saved()));
    assert!(says(&state, "Saved picture.png"));

    // What follows is not mistaken for the one that was cancelled.
    let mut state = state_with("shown");
    let (first, _) = export(&mut state);
    state.apply(UiCommand::CancelExport.into());
    let (second, _) = export(&mut state);
    state.apply(Message::Job(first, JobResult::Exported(Err("the disk is full".to_owned()))));
    assert!(state.jobs.export().is_some() && !says(&state, "the disk is full"));
    state.apply(Message::Job(second, saved()));
    assert!(says(&state, "Saved picture.png"));
}

#[test]
fn a_cancelled_copy_leaves_the_clipboard() {
    let mut state = state_with("shown");
    let (id, _) = job(state.apply(UiCommand::CopyPicture.into()));
    state.apply(UiCommand::CancelExport.into());
    let image = Box::new(egui::ColorImage::filled([2, 2], egui::Color32::TRANSPARENT));
    assert!(state.apply(Message::Job(id, JobResult::Copied(Ok(image)))).is_empty());
    assert!(!says(&state, "Copied"));
}

#[test]
fn a_dialog_that_is_answered_after_its_form_was_closed_changes_nothing() {
    let mut state = state_with("shown");
    state.apply(UiCommand::Export.into());
    let (id, started) = job(state.apply(UiCommand::Save.into()));
    assert!(matches!(started, Job::AskSave { .. }));
    assert!(
        state.apply(UiCommand::Save.into()).iter().all(|effect| !matches!(effect, Effect::Start(..))),
        "one dialog"
    );
    state.apply(UiCommand::CancelExport.into());
    assert!(!state.export.open);
    let answer = JobResult::Dialog(DialogResult::Path("picture.png".into()));
    assert!(state.apply(Message::Job(id, answer)).is_empty());
    assert!(!state.is_exporting());

    let (id, _) = job(state.apply(UiCommand::Open.into()));
    assert!(state.apply(UiCommand::Open.into()).is_empty(), "one dialog at a time");
    let answer = || JobResult::Dialog(DialogResult::Path("other.ron".into()));
    assert_eq!(state.apply(Message::Job(id, answer())).len(), 1);
    assert!(state.apply(Message::Job(id, answer())).is_empty(), "a dialog is answered once");
}

#[test]
fn fonts_are_those_of_the_document_that_is_shown() {
    let with_fonts = |title: &str| LoadedDocument { fonts: DocumentFonts::Unsearched, ..document(title) };
    let found = || {
        JobResult::Fonts(FoundFonts {
            fonts: Some(Box::new(longview::scene::text::FontSet::carried())),
            missing: Vec::new(),
        })
    };
    let sets_fonts = |effects: &[Effect]| effects.iter().any(|effect| matches!(effect, Effect::SetFonts(_)));
    let (mut state, effects) = State::new(with_fonts("first").into());
    let (first, started) = job(effects);
    assert!(matches!(started, Job::FindFonts { .. }));
    let (mut other, effects) = State::new(with_fonts("first").into());
    assert!(sets_fonts(&other.apply(Message::Job(job(effects).0, found()))));
    // Another document is shown before the search ends.
    let id = load(&mut state, "second.ron");
    state.apply(Message::Job(id, loaded("second")));
    assert!(!sets_fonts(&state.apply(Message::Job(first, found()))));
    // One that cannot be shown does not end the search.
    let id = load(&mut other, "broken.ron");
    let broken = LoadedDocument::from_bytes(None, "broken.ron".to_owned(), "(title:");
    assert!(!sets_fonts(&other.apply(Message::Job(id, JobResult::Loaded(Some(Box::new(broken)))))));
}

#[test]
fn a_preview_that_is_late_is_followed_by_the_one_that_is_wanted() {
    let mut state = state_with("shown");
    let (first, _) = job(state.apply(UiCommand::Export.into()));
    let mut settings = state.export.settings.clone();
    settings.whole = true;
    assert!(state.apply(UiCommand::SetExport(Box::new(settings)).into()).is_empty(), "one at a time");
    let (second, _) = job(state.apply(Message::Job(first, JobResult::Previewed(Err("late".to_owned())))));
    assert_ne!(first, second);
    assert!(state.apply(Message::Job(first, JobResult::Previewed(Err("twice".to_owned())))).is_empty());
    let shown = |state: &State| state.export.preview.shown.as_ref().and_then(|(_, drawn)| drawn.clone().err());
    assert_eq!(shown(&state).as_deref(), Some("late"));
    state.apply(Message::Job(second, JobResult::Previewed(Err("wanted".to_owned()))));
    assert_eq!(shown(&state).as_deref(), Some("wanted"));
}

#[test]
fn a_panic_ends_the_export_and_its_late_result_is_dropped() {
    let mut state = state_with("shown");
    let (id, exporting) = export(&mut state);
    state.apply(FrameEvent::Panicked { place: None, report: None }.into());
    assert!(exporting.is_cancelled() && state.jobs.export().is_none());
    state.apply(Message::Job(id, saved()));
    assert!(!says(&state, "Saved"));
}

#[test]
fn the_result_of_another_kind_changes_nothing() {
    let mut state = state_with("shown");
    let (id, _) = export(&mut state);
    assert!(matches!(state.jobs.iter().next(), Some(Awaited::Export(_) | Awaited::Preview)));
    state.apply(Message::Job(id, loaded("other")));
    assert_eq!(title(&state), "shown");
}

#[test]
fn subscriptions_are_a_function_of_the_state() {
    let progress = Subscription::Timer(Duration::from_millis(50));
    let notices = Subscription::Timer(Duration::from_secs(1));
    let mut state = state_with("shown");
    assert_eq!(state.subscriptions(), []);
    let id = load(&mut state, "large.ron");
    assert_eq!(state.subscriptions(), std::slice::from_ref(&progress));
    state.apply(Message::Job(id, JobResult::Loaded(None)));
    assert_eq!(state.subscriptions(), []);
    let (id, _) = export(&mut state);
    assert_eq!(state.subscriptions(), std::slice::from_ref(&progress));
    state.apply(Message::Job(id, saved()));
    assert_eq!(state.subscriptions(), std::slice::from_ref(&notices), "its notice passes");
    state.apply(UiCommand::ZoomIn.into());
    let said = Subscription::At(Duration::from_millis(300));
    assert_eq!(state.subscriptions(), [Subscription::EveryFrame, said, notices.clone()]);
    state.apply(FrameEvent::Tick(1.0).into());
    assert_eq!(state.subscriptions(), std::slice::from_ref(&notices));
    state.apply(FrameEvent::Tick(13.0).into());
    assert_eq!(state.subscriptions(), []);
}

#[test]
fn a_notice_passes_without_the_user() {
    let mut harness = window();
    press(&mut harness, Modifiers::NONE, Key::F5);
    assert!(shows(&harness, "does not come from a file"));
    let wait = |harness: &egui_kittest::Harness<'static, longview::app::App>| {
        harness.output().viewport_output.values().map(|output| output.repaint_delay).min().expect("a window")
    };
    assert!(wait(&harness) <= Duration::from_secs(1), "the window wakes by itself");
    harness.run_steps(260);
    assert!(!shows(&harness, "does not come from a file"));
    assert!(wait(&harness) > Duration::from_mins(1), "and sleeps again");
}

/// Both files are read at the same time; whichever ends first, the one that was asked for last is shown.
#[test]
fn the_document_that_was_asked_for_last_is_shown() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, events: usize| -> PathBuf {
        let path = folder.path().join(format!("{name}.ron"));
        let event = |n| format!("(id: \"{n}\", lane: \"a\", title: \"Event {n}\", date: \"1900\"),");
        let events: String = (0..events).map(event).collect();
        let text = format!("(title: \"{name}\", lanes: [(id: \"a\", title: \"A\")], events: [{events}])");
        std::fs::write(&path, text).expect("a document");
        path
    };
    let (slow, fast) = (write("slow", 20_000), write("fast", 1));
    for order in [[&slow, &fast], [&fast, &slow]] {
        let mut harness = window();
        for path in order {
            harness.state_mut().apply(UiCommand::SetOpenPath(path.display().to_string()).into());
            harness.state_mut().apply(UiCommand::OpenTyped.into());
        }
        harness.state_mut().finish_jobs();
        harness.step();
        let last = order[1].file_stem().expect("a name").to_string_lossy();
        assert_eq!(harness.state().state().timeline().title, last);
    }
}

#[test]
fn a_file_that_is_opened_again_by_another_path_is_the_same() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("mine.ron");
    std::fs::write(&path, Example::Report.text()).expect("a document");
    let mut harness = window_on_file(&path);
    harness.get_by_label(TREATY).click();
    harness.run();
    press(&mut harness, Modifiers::NONE, Key::Plus);
    let view = harness.state().state().view;
    let again = folder.path().join(".").join("..").join(folder.path().file_name().expect("a name")).join("mine.ron");
    harness.state_mut().apply(UiCommand::SetOpenPath(again.display().to_string()).into());
    harness.state_mut().apply(UiCommand::OpenTyped.into());
    finish(&mut harness);
    assert_eq!(harness.state().state().view, view);
    assert!(shows(&harness, "1 of 7"), "the selection stays");
}

/// A document whose later version has another event, another era and its lanes in another order.
fn version(newer: bool) -> String {
    use std::fmt::Write as _;
    let mut text = String::from("(title: \"t\", lanes: [");
    let lanes: Vec<usize> = if newer { (0..9).rev().collect() } else { (0..9).collect() };
    for lane in lanes {
        write!(text, "(id: \"l{lane}\", title: \"Lane {lane}\"),").expect("text");
    }
    text.push_str("], eras: [");
    if newer {
        text.push_str("(id: \"early\", title: \"Early\", date: \"1900/1910\"),");
    }
    text.push_str("(id: \"era\", title: \"Era\", date: \"1900/1990\")], events: [");
    if newer {
        text.push_str("(id: \"first\", lane: \"l0\", title: \"First\", date: \"1899\"),");
    }
    for n in 0..60 {
        write!(
            text,
            "(id: \"e{n}\", lane: \"l{}\", title: \"Event {n}\", date: \"{}/{}\"),",
            n % 9,
            1900 + n,
            1904 + n
        )
        .expect("text");
    }
    text.push_str("])");
    text
}

#[test]
fn after_a_reload_nothing_hops() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("mine.ron");
    std::fs::write(&path, version(false)).expect("a document");
    let small = vec2(900.0, 420.0);
    let mut harness = window_on(LoadedDocument::from_path(&path), TestDesktop::new(DialogResult::Unavailable), small);
    for _ in 0..2 {
        press(&mut harness, Modifiers::NONE, Key::Plus);
    }
    let timeline = harness.state().state().timeline();
    let event = timeline.event_by_id("e31").and_then(|event| timeline.id(Item::Event(event))).expect("its id");
    harness.state_mut().apply(UiCommand::Visit(event).into());
    harness.run();
    let scroll = harness.state().state().scrolls.most / 2.0;
    assert!(scroll > 20.0, "lanes have no room");
    harness.state_mut().apply(UiCommand::Scroll(scroll).into());
    harness.run();
    let found = |harness: &egui_kittest::Harness<'static, longview::app::App>| {
        let state = harness.state().state();
        let rows = chart_now(harness);
        let id = |event| state.timeline().event(event).expect("an event").id.to_owned();
        let mut rows: Vec<(String, usize)> = rows.marks().map(|mark| (id(mark.event), mark.row)).collect();
        rows.sort();
        let selected = state.selected_event().map(id);
        (selected, state.view, state.scroll, rows)
    };
    let before = found(&harness);
    assert_eq!(before.0.as_deref(), Some("e31"));

    std::fs::write(&path, version(true)).expect("a newer version");
    press(&mut harness, Modifiers::NONE, Key::F5);
    finish(&mut harness);
    assert_eq!(harness.state().state().timeline().events.len(), 61, "the newer version is shown");
    let after = found(&harness);
    assert_eq!((&after.0, after.1, after.2), (&before.0, before.1, before.2));
    let rows: Vec<_> = after.3.iter().filter(|(id, _)| id != "first").collect();
    assert!(rows.iter().all(|row| before.3.contains(row) || !before.3.iter().any(|(id, _)| *id == row.0)));
    assert!(rows.len() > 10);

    // What an error hides is selected again once that is gone.
    let broken =
        version(true).replace("title: \"Event 31\", date: \"1931/1935\"", "title: \"Event 31\", date: \"soon\"");
    for (text, expect) in [(broken, None), (version(true), Some("e31"))] {
        std::fs::write(&path, text).expect("a version");
        press(&mut harness, Modifiers::NONE, Key::F5);
        finish(&mut harness);
        assert_eq!(found(&harness).0.as_deref(), expect);
        assert_eq!(found(&harness).1, before.1);
    }
}

/// A click on what a frame has shown means that, also if a newer version of the document arrives before it is applied.
#[test]
fn a_click_means_what_was_shown() {
    let mut state = State::new(document("a").into()).0;
    let item = Item::Event(state.timeline().next(None).expect("an event"));
    let clicked = UiCommand::Select(state.timeline().id(item).expect("its id"));
    let text = "(title: \"a\", lanes: [(id: \"a\", title: \"A\")], events: [
        (id: \"new\", lane: \"a\", title: \"New\", date: \"1800\"), (id: \"e\", lane: \"a\", title: \"E\", date: \"1900\")])";
    let newer = LoadedDocument::from_bytes(Some("a.ron".into()), "a.ron".to_owned(), text);
    let (id, _) = job(state.apply(UiCommand::Reload.into()));
    state.apply(Message::Job(id, JobResult::Loaded(Some(Box::new(newer)))));
    state.apply(clicked.into());
    let selected = state.selected_event().and_then(|event| state.timeline().event(event)).expect("an event");
    assert_eq!(selected.id, "e");
}

/// A state whose crowded view has moved and come to rest, in rows that fit the window.
fn resting() -> State {
    let event = |n: usize| format!("(id: \"e{n}\", lane: \"a\", title: \"Event {n}\", date: \"{}\"),", 1500 + n);
    let events: String = (0..400).map(event).collect();
    let text = format!("(title: \"Many\", lanes: [(id: \"a\", title: \"A\")], events: [{events}])");
    let (mut state, _) = State::new(LoadedDocument::from_bytes(None, "many.ron".to_owned(), text).into());
    state.apply(UiCommand::FitRows.into());
    let mut text = TextEngine::new(FontSet::carried());
    let window = Request::window(state.timeline(), state.projection(), state.view, state.chart_rect);
    let drawn = layout::chart(Request { rows: state.rows, ..window }, &mut text);
    let arrangement = Arrangement::EMPTY.renewed(&drawn).expect("rows");
    state.apply(FrameEvent::Arranged(Box::new(arrangement)).into());
    state.apply(UiCommand::Pan(0.1).into());
    state.apply(FrameEvent::Tick(10.0).into());
    assert!(state.settles());
    state
}

/// Starts to lay out the rows of a view that has come to rest.
#[expect(clippy::panic, reason = "a test fails by panicking")]
fn settle(state: &mut State) -> (JobId, JobResult) {
    let (id, job) = match job(state.apply(FrameEvent::SettlesSlowly(None).into())) {
        (id, Job::Settle(job)) => (id, job),
        (_, other) => panic!("no rows: {other:?}"),
    };
    assert!(!state.settles(), "it is under way");
    assert!(state.apply(FrameEvent::SettlesSlowly(None).into()).is_empty(), "once");
    (id, JobResult::Settled(Box::new(job.run(&mut TextEngine::new(FontSet::carried())))))
}

#[test]
fn rows_that_were_laid_out_on_the_side_are_those_of_a_view_that_still_rests() {
    let mut state = resting();
    let (id, rows) = settle(&mut state);
    state.apply(Message::Job(id, rows));
    assert!(state.arrangement.rests_at(state.view) && state.row_motion().is_some() && !state.settles());

    // What has changed meanwhile is laid out once more.
    let event = state.timeline().id(Item::Event(state.timeline().index().events()[200])).expect("an event");
    let changes: [(Message, bool); 4] = [
        (UiCommand::Pan(0.1).into(), true),
        (UiCommand::Scroll(40.0).into(), true),
        (UiCommand::Select(event).into(), true),
        (UiCommand::FitRows.into(), false),
    ];
    for (change, settles) in changes {
        let mut state = resting();
        let (id, rows) = settle(&mut state);
        let words = format!("{change:?}");
        state.apply(change);
        state.apply(FrameEvent::Tick(20.0).into());
        state.apply(Message::Job(id, rows));
        assert!(!state.arrangement.rests_at(state.view), "{words}");
        assert_eq!(state.settles(), settles, "{words}");
    }
}

#[test]
fn rows_that_cannot_be_laid_out_are_not_tried_again_and_again() {
    let mut state = resting();
    let (id, _) = settle(&mut state);
    let report = crash::catch("laying out rows", || panic!("no rows")).expect_err("a report");
    state.apply(Message::Job(id, JobResult::Crashed(report)));
    assert!(!state.settles() && says(&state, "laying out rows"), "{:?}", state.notices);
    state.apply(UiCommand::Pan(0.1).into());
    state.apply(FrameEvent::Tick(20.0).into());
    assert!(state.settles(), "another view is another try");
}
