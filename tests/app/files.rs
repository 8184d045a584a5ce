//! Documents and pictures: opened, reloaded, exported.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::{Key, Modifiers, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use longview::Example;
use longview::app::{App, DialogResult, Effect, JobResult, LoadedDocument, Message, StartupDocument, State, UiCommand};
use longview::interchange::Format;
use longview::layout;

use super::support::*;

#[test]
fn ctrl_e_saves_where_the_dialog_says() {
    let folder = tempfile::tempdir().expect("a folder");
    let target = folder.path().join("picture.png");
    let desktop = TestDesktop::new(DialogResult::Path(target.clone()));
    let mut harness = window_on(LoadedDocument::example(Example::Report), Arc::clone(&desktop), vec2(1280.0, 800.0));
    press(&mut harness, Modifiers::COMMAND, Key::E);
    harness.get_by_label("3 ×").click();
    harness.run();
    click_and_finish(&mut harness, "Save As…");
    assert_eq!(desktop.asked(), ["save timeline.png"]);
    assert!(shows(&harness, "Saved"), "a notice says so");
    let size = png_size(&target);
    let chart = harness.state().state().chart_rect.size();
    assert_eq!(size, [(chart.x * 3.0).round() as u32, (chart.y * 3.0).round() as u32]);
    click_and_finish(&mut harness, "Open folder");
    assert_eq!(desktop.asked().last(), Some(&format!("reveal {}", folder.path().display())));
}

#[test]
fn data_is_exported_from_the_menu() {
    let folder = tempfile::tempdir().expect("a folder");
    let target = folder.path().join("events.csv");
    let desktop = TestDesktop::new(DialogResult::Path(target.clone()));
    let mut harness = window_on(LoadedDocument::example(Example::Report), Arc::clone(&desktop), vec2(1280.0, 800.0));
    for name in ["File", "Export Data"] {
        harness.get_by_label(name).click();
        harness.run();
    }
    click_and_finish(&mut harness, "Table (CSV)…");
    assert_eq!(desktop.asked(), ["save still-distant-neighbors.csv"]);
    assert!(shows(&harness, "Saved") && shows(&harness, "CSV: 1 era is left out"), "a notice says so");
    let text = std::fs::read_to_string(&target).expect("a table");
    assert!(text.starts_with("id,title,date,") && text.lines().count() > 7, "{text}");
}

#[test]
fn every_format_of_data_can_be_typed_a_path_for_and_replaces_only_when_told_to() {
    let folder = tempfile::tempdir().expect("a folder");
    for format in Format::ALL {
        let target = folder.path().join(format!("typed.{}", format.ending()));
        std::fs::write(&target, "old").expect("a file");
        let mut harness = window();
        harness.state_mut().apply(UiCommand::ExportData(format).into());
        finish(&mut harness);
        assert!(shows(&harness, "no save dialog"), "{format:?}");
        let path = folder.path().join("typed").to_string_lossy().into_owned();
        harness.state_mut().apply(UiCommand::SetSavePath(path).into());
        harness.run();
        click_and_finish(&mut harness, "Save");
        assert_eq!(std::fs::read_to_string(&target).expect("a file"), "old");
        click_and_finish(&mut harness, "Replace");
        assert!(std::fs::read_to_string(&target).expect("a file").contains("Treaty on Basic Relations"), "{format:?}");
    }
}

#[test]
fn without_a_dialog_a_path_is_typed() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut harness = window();
    press(&mut harness, Modifiers::COMMAND, Key::E);
    click_and_finish(&mut harness, "Save As…");
    assert!(shows(&harness, "no save dialog"));
    let field = harness.get_by_label("Save as");
    field.focus();
    harness.run();
    press(&mut harness, Modifiers::COMMAND, Key::A);
    let target = folder.path().join("typed");
    harness.get_by_label("Save as").type_text(&target.to_string_lossy());
    harness.run();
    click_and_finish(&mut harness, "Save");
    assert_eq!(png_size(&target.with_extension("png"))[0], (harness.state().state().chart_rect.width() * 2.0) as u32);
}

#[test]
fn a_picture_that_cannot_be_written_is_said_and_leaves_nothing() {
    let target = PathBuf::from("no such folder").join("picture.png");
    let desktop = TestDesktop::new(DialogResult::Path(target.clone()));
    let mut harness = window_on(LoadedDocument::example(Example::Report), desktop, vec2(1280.0, 800.0));
    press(&mut harness, Modifiers::COMMAND, Key::E);
    click_and_finish(&mut harness, "Save As…");
    assert!(shows(&harness, "the folder no such folder does not exist"));
    assert!(!target.exists());
    assert!(harness.state().state().export.open, "the form stays, to try again");
}

#[test]
fn a_file_is_replaced_only_when_asked_twice_and_a_document_never() {
    let folder = tempfile::tempdir().expect("a folder");
    let document = folder.path().join("mine.ron");
    std::fs::write(&document, Example::Report.text()).expect("a document");
    let mut harness = window_on_file(&document);
    press(&mut harness, Modifiers::COMMAND, Key::E);
    click_and_finish(&mut harness, "Save As…");
    let type_path = |harness: &mut Harness<'static, App>, path: &Path| {
        harness.get_by_label("Save as").focus();
        harness.run();
        press(harness, Modifiers::COMMAND, Key::A);
        harness.get_by_label("Save as").type_text(&path.to_string_lossy());
        harness.run();
    };
    type_path(&mut harness, &document);
    click_and_finish(&mut harness, "Save");
    assert!(shows(&harness, "is no place for a picture"));
    assert_eq!(std::fs::read_to_string(&document).expect("the document"), Example::Report.text());

    let old = folder.path().join("old.png");
    std::fs::write(&old, "old").expect("a file");
    type_path(&mut harness, &old);
    click_and_finish(&mut harness, "Save");
    assert!(shows(&harness, "old.png is there already"));
    assert_eq!(std::fs::read(&old).expect("the file"), b"old");
    click_and_finish(&mut harness, "Replace");
    assert!(png_size(&old)[0] > 1000);
}

#[test]
fn a_cancelled_dialog_changes_nothing() {
    let mut harness = window_on(
        LoadedDocument::example(Example::Report),
        TestDesktop::new(DialogResult::Cancelled),
        vec2(1280.0, 800.0),
    );
    press(&mut harness, Modifiers::COMMAND, Key::E);
    click_and_finish(&mut harness, "Save As…");
    assert!(harness.state().state().notices.is_empty());
    harness.get_by_label("Cancel").click();
    harness.run();
    assert!(!harness.state().state().export.open);
}

#[test]
fn reloading_keeps_the_view_and_the_last_good_document() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("mine.ron");
    std::fs::write(&path, Example::Report.text()).expect("a document");
    let mut harness = window_on_file(&path);
    harness.get_by_label(TREATY).click();
    harness.run();
    press(&mut harness, Modifiers::NONE, Key::Plus);
    let view = harness.state().state().view;

    let renamed = Example::Report.text().replace("Treaty on Basic Relations", "The Treaty");
    std::fs::write(&path, &renamed).expect("a document");
    harness.key_press_modifiers(Modifiers::NONE, Key::F5);
    finish(&mut harness);
    assert!(harness.query_by_label("The Treaty").is_some(), "the new title is shown");
    assert_eq!(harness.state().state().view, view);
    assert!(shows(&harness, "1 of 7"), "the selection is kept");

    std::fs::write(&path, renamed.replace("lane: \"people\"", "lane: \"peeple\"")).expect("a document");
    harness.key_press_modifiers(Modifiers::NONE, Key::F5);
    finish(&mut harness);
    assert!(harness.query_by_label("The Treaty").is_some(), "what has no error is shown");
    assert!(shows(&harness, "2 events of 7 are not shown: line "));
    assert!(shows(&harness, "5 events, 1 era, 2 series · mine.ron · 2 events of 7 are not shown"));
    assert!(shows(&harness, "there is no lane `peeple`, and 1 more error"));
    assert!(!harness.state().state().problems_open);
    harness.get_by_label("Problems").click();
    harness.run();
    assert!(shows(&harness, "did you mean `people`?"));
    assert!(shows(&harness, "The rest of mine.ron is."));
    press(&mut harness, Modifiers::NONE, Key::Escape);
    press(&mut harness, Modifiers::NONE, Key::P);
    assert!(shows(&harness, "did you mean `people`?"), "a key leads there too");
    press(&mut harness, Modifiers::NONE, Key::Escape);

    std::fs::write(&path, renamed.replacen("events: [", "events: [[", 1)).expect("a document");
    harness.key_press_modifiers(Modifiers::NONE, Key::F5);
    finish(&mut harness);
    assert!(shows(&harness, "The last good version stays"));
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(harness.query_by_label("The Treaty").is_some(), "the last good view stays");
    assert!(shows(&harness, "mine.ron is not shown: line "));
    assert!(shows(&harness, "1 error in mine.ron"));

    std::fs::write(&path, Example::Report.text()).expect("a document");
    harness.key_press_modifiers(Modifiers::NONE, Key::F5);
    finish(&mut harness);
    assert!(shows(&harness, "no problems"));
}

/// Of a document in which a lane and an event come first, the rows and the colours of the others stay.
#[test]
fn a_reload_moves_no_event_and_recolours_no_lane() {
    let document = |lane: &str, event: &str| {
        format!(
            "(title: \"t\", lanes: [{lane}(id: \"a\", title: \"A\"), (id: \"b\", title: \"B\")], events: [{event}
            (id: \"one\", lane: \"a\", title: \"One\", date: \"1960/1970\"),
            (id: \"two\", lane: \"b\", title: \"Two\", date: \"1980\"),
            ])"
        )
    };
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("mine.ron");
    std::fs::write(&path, document("", "")).expect("a document");
    let mut harness = window_on_file(&path);
    let found = |harness: &Harness<'static, App>| {
        let timeline = harness.state().state().timeline();
        let chart = chart_now(harness);
        let place = |mark: &layout::Mark| {
            let id = timeline.event(mark.event).expect("an event").id.to_owned();
            (id, mark.row, mark.style, timeline.lane(mark.lane).expect("a lane").color())
        };
        chart.marks().map(place).collect::<Vec<_>>()
    };
    let before = found(&harness);
    assert_eq!(before.len(), 2);

    // Placed anew, it would take the row of the first one.
    let more = "(id: \"more\", lane: \"a\", title: \"More\", date: \"1955/1965\"),";
    std::fs::write(&path, document("(id: \"new\", title: \"New\"), ", more)).expect("a document");
    harness.key_press_modifiers(Modifiers::NONE, Key::F5);
    finish(&mut harness);
    let after = found(&harness);
    assert_eq!(after.len(), 3);
    assert_eq!(after.iter().filter(|(id, ..)| id != "more").collect::<Vec<_>>(), before.iter().collect::<Vec<_>>());
}

#[test]
fn another_document_is_opened() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("other.ron");
    let text = r#"(title: "Other", lanes: [(id: "a", title: "A")], events: [(id: "e", lane: "a", title: "Only", date: "1850")])"#;
    std::fs::write(&path, text).expect("a document");
    let mut harness = window_on(
        LoadedDocument::example(Example::Report),
        TestDesktop::new(DialogResult::Path(path)),
        vec2(1280.0, 800.0),
    );
    harness.key_press_modifiers(Modifiers::COMMAND, Key::O);
    finish(&mut harness);
    assert!(harness.query_by_label("Only, 1850").is_some());
    harness.get_by_label("File").click();
    harness.run();
    harness.get_by_label_contains("Examples").hover();
    harness.run_steps(10);
    click_and_finish(&mut harness, "Korea and Japan");
    assert!(harness.query_by_label(TREATY).is_some());
}

#[test]
fn a_large_document_is_read_behind_the_window_and_can_be_called_off() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("large.ron");
    let event = |n| {
        format!(
            "(id: \"e{n}\", lane: \"a\", title: \"Event {n}\", date: \"{}\", description: \"{}\"),\n",
            1900 + n % 100,
            "x".repeat(900)
        )
    };
    let events: Vec<String> = (0..5_000).map(event).collect();
    let text = format!("(title: \"Large\", lanes: [(id: \"a\", title: \"A\")], events: [\n{}])", events.concat());
    std::fs::write(&path, text).expect("a document");
    let answer = DialogResult::Path(path);
    let mut harness =
        window_on(LoadedDocument::example(Example::Report), TestDesktop::new(answer.clone()), vec2(1280.0, 800.0));
    harness.key_press_modifiers(Modifiers::COMMAND, Key::O);
    finish(&mut harness);
    assert!(shows(&harness, "5,000 events"));
    assert!(shows(&harness, "more events"), "what has no title is counted");

    let mut harness =
        window_on(LoadedDocument::example(Example::Report), TestDesktop::new(answer), vec2(1280.0, 800.0));
    harness.key_press_modifiers(Modifiers::COMMAND, Key::O);
    // The dialog has answered and the reading has begun; Escape calls it off before it can end.
    for _ in 0..10_000 {
        harness.step();
        if harness.state().state().jobs.loading().is_some() {
            break;
        }
    }
    harness.key_press(Key::Escape);
    harness.step();
    assert!(harness.state().state().jobs.loading().is_none());
    harness.state_mut().finish_jobs();
    harness.run();
    assert!(harness.query_by_label(TREATY).is_some(), "the last good view stays");
}

#[test]
fn a_window_says_that_its_first_document_is_being_read() {
    // Its effects are not carried out, so that the reading does not end before one looks.
    let (mut state, _) = State::new(StartupDocument::Later("large.ron".into()));
    assert_eq!(state.status(), "Reading large.ron…");
    state.apply(UiCommand::CancelLoading.into());
    assert_eq!(state.status(), "No document is open.");
    let effects = state.apply(UiCommand::Reload.into());
    let [Effect::Start(id, _)] = effects.as_slice() else { panic!("no job: {effects:?}") };
    let text = "(title: \"Large\", lanes: [], events: [])";
    let loaded = LoadedDocument::from_bytes(None, "large.ron".to_owned(), text);
    state.apply(Message::Job(*id, JobResult::Loaded(Some(Box::new(loaded)))));
    assert_eq!(state.status(), "no events · large.ron · 1 warning");

    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("first.ron");
    std::fs::write(&path, Example::Report.text()).expect("a document");
    let startup = StartupDocument::Later(path);
    let mut harness = Harness::builder().with_size(vec2(900.0, 600.0)).with_step_dt(0.05).build_eframe(|creation| {
        let mut app = App::new(&creation.egui_ctx, startup, TestDesktop::new(DialogResult::Unavailable));
        app.apply(UiCommand::CancelLoading.into());
        app.finish_jobs();
        app
    });
    harness.run();
    assert!(!shows(&harness, "no events"), "nothing is known of it");
    assert_eq!(
        harness.query_all_by_label("No document is open.").count(),
        2,
        "in place of the chart, and in the panel"
    );
    assert!(harness.query_by_label("Overview of the whole document").is_none());
    harness.key_press_modifiers(Modifiers::NONE, Key::F5);
    finish(&mut harness);
    assert!(shows(&harness, "no problems"));
    assert!(harness.query_by_label("Overview of the whole document").is_some());
}

#[test]
fn a_broken_document_opens_a_window_that_says_why() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("broken.ron");
    std::fs::write(&path, "(title: \"Broken\", lanes: [").expect("a document");
    let harness = window_on_file(&path);
    assert!(shows(&harness, "broken.ron:1:26"), "the place of the bracket is named");
}

#[test]
fn a_mended_document_is_reloaded_over_the_list_of_its_problems() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("mended.ron");
    std::fs::write(&path, "(title: \"Broken\", lanes: [").expect("a document");
    let mut harness = window_on_file(&path);
    assert!(harness.state().state().problems_open);
    std::fs::write(&path, Example::Report.text()).expect("a document");
    harness.key_press_modifiers(Modifiers::NONE, Key::F5);
    finish(&mut harness);
    assert!(!harness.state().state().problems_open);
    assert!(harness.query_by_label(TREATY).is_some());
}

#[test]
fn a_file_that_cannot_be_read_opens_a_window_that_says_so() {
    let folder = tempfile::tempdir().expect("a folder");
    let missing = folder.path().join("missing.ron");
    for (path, why) in [(missing.as_path(), "there is no such file"), (folder.path(), "it is a folder")] {
        let mut harness = window_on_file(path);
        assert!(shows(&harness, why) && shows(&harness, &path.display().to_string()), "{why}: what and where");
        assert!(harness.query_by_label("Overview of the whole document").is_none(), "no axis of nothing");
        assert!(shows(&harness, "cannot be read") || shows(&harness, "cannot read"));
        click_and_finish(&mut harness, "Example: Korea and Japan");
        assert!(harness.query_by_label(TREATY).is_some(), "an example is a click away");
        assert!(!shows(&harness, why));
    }
    // Put there, it is read.
    let mut harness = window_on_file(&missing);
    std::fs::write(&missing, Example::Report.text()).expect("a document");
    click_and_finish(&mut harness, "Reload");
    assert!(harness.query_by_label(TREATY).is_some());
}

#[test]
fn opening_a_file_that_cannot_be_read_keeps_the_document() {
    let folder = tempfile::tempdir().expect("a folder");
    let missing = folder.path().join("missing.ron");
    let desktop = TestDesktop::new(DialogResult::Path(missing));
    let mut harness = window_on(LoadedDocument::example(Example::Report), desktop, vec2(1280.0, 800.0));
    press(&mut harness, Modifiers::COMMAND, Key::O);
    finish(&mut harness);
    assert!(harness.state().state().problems_open);
    assert!(shows(&harness, "there is no such file") && shows(&harness, "The last good version stays"));
    assert!(harness.query_by_label("Example: Antiquity").is_some());
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(harness.query_by_label(TREATY).is_some(), "the document stays");
    assert!(!shows(&harness, "missing.ron"), "what has been read and closed is done with");
}

#[test]
fn a_file_that_is_no_timeline_opens_a_window_that_says_so() {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, bytes) in [
        ("page.html", &b"<!doctype html><p>1900: One</p>"[..]),
        ("data.json", b"{\"events\": ["),
        ("picture.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"),
        ("nothing", b""),
    ] {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).expect("a file");
        let mut harness = window_on_file(&path);
        assert!(shows(&harness, &format!("{name}:1:1")), "the list of problems names {name}");
        press(&mut harness, Modifiers::NONE, Key::Escape);
        assert!(shows(&harness, &format!("{name} cannot be shown")));
        click_and_finish(&mut harness, "Example: Korea and Japan");
        assert!(harness.query_by_label(TREATY).is_some());
    }
}
