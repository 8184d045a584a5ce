//! The window comes back to where it was: by keys, in a new window, and by a command line.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::{Event, Key, Modifiers, OutputCommand, PointerButton, ViewportCommand, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use longview::Example;
use longview::app::{App, DialogResult, ExportSettings, FrameEvent, LoadedDocument, StartupDocument, UiCommand};
use longview::date::Date;
use longview::layout::View;
use longview::open_at::OpenAt;
use longview::timeline::{Axis, Item};

use super::support::*;

/// The title of the selected event.
fn selected(harness: &Harness<'static, App>) -> Option<String> {
    let state = harness.state().state();
    state.selected_event().and_then(|event| state.timeline().event(event)).map(|event| event.title.to_owned())
}

fn view(harness: &Harness<'static, App>) -> View {
    harness.state().state().view
}

fn send(harness: &mut Harness<'static, App>, command: UiCommand) {
    harness.state_mut().apply(command.into());
    harness.run();
}

fn back(harness: &mut Harness<'static, App>) {
    press(harness, Modifiers::ALT, Key::ArrowLeft);
}

fn forward(harness: &mut Harness<'static, App>) {
    press(harness, Modifiers::ALT, Key::ArrowRight);
}

#[test]
fn alt_and_arrows_go_through_what_was_selected_and_shown() {
    let mut harness = window();
    let home = view(&harness);
    press(&mut harness, Modifiers::NONE, Key::Home);
    press(&mut harness, Modifiers::NONE, Key::End);
    press(&mut harness, Modifiers::NONE, Key::F);
    let (last, near) = (selected(&harness), view(&harness));
    assert_ne!(near, home);
    back(&mut harness);
    assert_eq!((selected(&harness), view(&harness)), (last.clone(), home));
    back(&mut harness);
    assert_eq!(selected(&harness).as_deref(), Some("Treaty on Basic Relations"));
    back(&mut harness);
    assert_eq!(selected(&harness), None);
    back(&mut harness);
    assert_eq!((selected(&harness), view(&harness)), (None, home), "there is nothing before");
    for _ in 0..3 {
        forward(&mut harness);
    }
    assert_eq!((selected(&harness), view(&harness)), (last, near));
    // Whoever goes another way has nothing to go forward to.
    back(&mut harness);
    press(&mut harness, Modifiers::NONE, Key::Home);
    assert_eq!(harness.state().state().sitting.trail.ends(), (true, false));
}

#[test]
fn a_movement_is_one_place_however_many_steps_it_has() {
    let mut harness = window();
    let home = view(&harness);
    let at = chart_at(&harness, 0.5, 0.5);
    for _ in 0..4 {
        turn_wheel(&mut harness, at, vec2(0.0, 50.0), Modifiers::NONE);
    }
    harness.run();
    let zoomed = view(&harness);
    assert_ne!(zoomed, home);
    // After a rest another movement begins.
    harness.run_steps(20);
    for _ in 0..3 {
        press(&mut harness, Modifiers::SHIFT, Key::ArrowRight);
    }
    back(&mut harness);
    assert_eq!(view(&harness), zoomed);
    back(&mut harness);
    assert_eq!(view(&harness), home);
    assert!(!harness.state().state().sitting.trail.ends().0);
}

#[test]
fn the_further_buttons_of_a_mouse_go_back_and_forward() {
    let mut harness = window();
    harness.get_by_label(TREATY).click();
    harness.run();
    let at = chart_at(&harness, 0.5, 0.5);
    let mut click = |button| {
        for pressed in [true, false] {
            harness.event(Event::PointerButton { pos: at, button, pressed, modifiers: Modifiers::NONE });
        }
        harness.run();
        selected(&harness)
    };
    assert_eq!(click(PointerButton::Extra1), None);
    assert_eq!(click(PointerButton::Extra2).as_deref(), Some("Treaty on Basic Relations"));
}

#[test]
fn the_way_back_survives_a_newer_version_and_is_bounded() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("mine.ron");
    fs::write(&path, Example::Report.text()).expect("a document");
    let mut harness = window_on_file(&path);
    press(&mut harness, Modifiers::NONE, Key::Home);
    press(&mut harness, Modifiers::NONE, Key::End);
    let renamed = Example::Report.text().replace("Treaty on Basic Relations", "The Treaty");
    fs::write(&path, renamed).expect("a document");
    harness.key_press(Key::F5);
    finish(&mut harness);
    back(&mut harness);
    assert_eq!(selected(&harness).as_deref(), Some("The Treaty"));
    // What is gone is not selected.
    press(&mut harness, Modifiers::NONE, Key::End);
    fs::write(&path, Example::Report.text().replace("\"treaty\"", "\"other\"")).expect("a document");
    harness.key_press(Key::F5);
    finish(&mut harness);
    back(&mut harness);
    assert_eq!(selected(&harness), None);

    for _ in 0..500 {
        for key in [UiCommand::Next, UiCommand::Previous] {
            harness.state_mut().apply(key.into());
        }
    }
    let mut steps = 0;
    while harness.state().state().sitting.trail.ends().0 {
        harness.state_mut().apply(UiCommand::Back.into());
        steps += 1;
    }
    assert_eq!(steps, 200);
}

#[test]
fn another_document_has_a_way_of_its_own() {
    let mut harness = window();
    press(&mut harness, Modifiers::NONE, Key::Home);
    send(&mut harness, UiCommand::OpenExample(Example::Apollo));
    finish(&mut harness);
    assert_eq!(harness.state().state().sitting.trail.ends(), (false, false));
    back(&mut harness);
    assert_eq!(selected(&harness), None);
}

/// A folder with two documents, and the file in which windows remember.
fn place() -> (tempfile::TempDir, [PathBuf; 2], PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().canonicalize().expect("a path");
    let documents = ["one.ron", "two.ron"].map(|name| path.join(name));
    for path in &documents {
        fs::write(path, Example::Report.text()).expect("a document");
    }
    let session = path.join("settings/session");
    (folder, documents, session)
}

fn remembering(document: &Path, session: &Path) -> Harness<'static, App> {
    let (document, session) = (document.to_path_buf(), session.to_path_buf());
    let desktop = TestDesktop::new(DialogResult::Unavailable);
    let mut harness =
        Harness::builder().with_size(vec2(1280.0, 800.0)).with_max_steps(60).build_eframe(move |creation| {
            App::new(&creation.egui_ctx, LoadedDocument::from_path(&document), desktop).keeping_session_in(session)
        });
    finish(&mut harness);
    harness
}

fn close(mut harness: Harness<'static, App>) {
    eframe::App::on_exit(harness.state_mut(), None);
}

#[test]
fn a_new_window_shows_what_the_last_one_did() {
    let (_folder, [one, two], session) = place();
    let mut harness = remembering(&one, &session);
    press(&mut harness, Modifiers::NONE, Key::Home);
    press(&mut harness, Modifiers::NONE, Key::F);
    press(&mut harness, Modifiers::SHIFT, Key::E);
    press(&mut harness, Modifiers::NONE, Key::R);
    let shown = view(&harness).interval();
    close(harness);

    let mut harness = remembering(&one, &session);
    assert_eq!(selected(&harness).as_deref(), Some("Treaty on Basic Relations"));
    assert_eq!(view(&harness).interval(), shown);
    assert_eq!(harness.state().state().axis(), Axis::Even);
    assert!(!harness.state().state().record.is_shown(), "the record is hidden still");
    press(&mut harness, Modifiers::NONE, Key::R);
    // Another document is shown as it asks for, and the first one again where it was left.
    send(&mut harness, UiCommand::OpenFile(two.clone()));
    finish(&mut harness);
    assert_eq!((selected(&harness), harness.state().state().axis()), (None, Axis::Linear));
    press(&mut harness, Modifiers::NONE, Key::End);
    let last = selected(&harness);
    send(&mut harness, UiCommand::OpenFile(one));
    finish(&mut harness);
    assert_eq!(selected(&harness).as_deref(), Some("Treaty on Basic Relations"));
    close(harness);
    let harness = remembering(&two, &session);
    assert_eq!(selected(&harness), last);
    assert!(harness.state().state().record.is_shown());
}

#[test]
fn what_was_chosen_for_exports_comes_back() {
    let (_folder, [one, _], session) = place();
    let mut harness = remembering(&one, &session);
    let chosen = ExportSettings { dpi: 450, whole: true, margin: Some(4.0), ..ExportSettings::default() };
    send(&mut harness, UiCommand::SetExport(Box::new(chosen.clone())));
    close(harness);
    assert_eq!(remembering(&one, &session).state().state().export.settings, chosen);
}

#[test]
fn a_window_that_is_used_for_long_writes_what_is_remembered_before_it_ends() {
    let (_folder, [one, _], session) = place();
    let mut harness = remembering(&one, &session);
    press(&mut harness, Modifiers::NONE, Key::Home);
    assert!(!session.exists());
    let later = harness.input().time.unwrap_or_default() + 31.0;
    harness.input_mut().time = Some(later);
    finish(&mut harness);
    assert_eq!(selected(&remembering(&one, &session)).as_deref(), Some("Treaty on Basic Relations"));
}

#[test]
fn the_filter_of_each_document_comes_back() {
    let (_folder, [one, two], session) = place();
    let shown = |harness: &Harness<'static, App>| harness.state().state().projection().len();
    let mut harness = remembering(&one, &session);
    send(&mut harness, UiCommand::Filter(longview::app::FilterMessage::Add("#travel -after:2000".to_owned())));
    finish(&mut harness);
    assert_eq!(shown(&harness), 1);
    // Another document is not filtered by it.
    send(&mut harness, UiCommand::OpenFile(two.clone()));
    finish(&mut harness);
    assert_eq!(shown(&harness), 7);
    send(&mut harness, UiCommand::OpenFile(one.clone()));
    finish(&mut harness);
    assert_eq!(shown(&harness), 1, "within a window");
    close(harness);
    let mut harness = remembering(&one, &session);
    assert_eq!(shown(&harness), 1, "and in the next one");
    assert!(shows(&harness, "Remove filter: tag travel") && shows(&harness, "1 of 7 events"));
    send(&mut harness, UiCommand::ClearFilter);
    finish(&mut harness);
    close(harness);
    assert_eq!(shown(&remembering(&one, &session)), 7, "what was taken out stays out");
    assert_eq!(shown(&remembering(&two, &session)), 7);
}

#[test]
fn two_windows_do_not_forget_for_each_other() {
    let (_folder, [one, two], session) = place();
    let (mut first, mut second) = (remembering(&one, &session), remembering(&two, &session));
    press(&mut first, Modifiers::NONE, Key::Home);
    press(&mut second, Modifiers::NONE, Key::End);
    let kept = [selected(&first), selected(&second)];
    close(first);
    close(second);
    assert_eq!([one, two].map(|path| selected(&remembering(&path, &session))), kept);
}

#[test]
fn a_broken_file_is_set_aside_and_named() {
    let (_folder, [one, _], session) = place();
    fs::create_dir_all(session.parent().expect("a folder")).expect("a folder");
    fs::write(&session, "longview session 1\nsize wide\n").expect("a file");
    let harness = remembering(&one, &session);
    let aside = session.with_extension("broken-1");
    assert!(
        shows(&harness, &format!("{} is broken (", session.display()))
            && shows(&harness, &format!("set aside as {}", aside.display()))
    );
    assert_eq!(fs::read_to_string(&aside).expect("a file"), "longview session 1\nsize wide\n");
    close(harness);
    assert!(fs::read_to_string(&session).expect("a file").contains("one.ron"), "it is written anew");
    assert!(!shows(&remembering(&one, &session), "broken"));
}

#[test]
fn panels_keep_the_width_that_they_were_given() {
    let (_folder, [one, _], session) = place();
    let mut harness = remembering(&one, &session);
    let chart = harness.state().state().chart_rect;
    let edge = chart.right_center();
    let left = edge - vec2(70.0, 0.0);
    harness.drag_at(edge);
    harness.run();
    harness.hover_at(left);
    harness.run();
    harness.drop_at(left);
    harness.run();
    let narrower = harness.state().state().chart_rect.width();
    assert!(narrower < chart.width() - 50.0, "{narrower}");
    close(harness);
    let again = remembering(&one, &session).state().state().chart_rect.width();
    assert!((again - narrower).abs() < 1.5, "{again} {narrower}");
}

#[test]
fn f11_fills_the_screen() {
    let mut harness = window();
    let asks = |harness: &mut Harness<'static, App>| {
        let (key, modifiers) = (Key::F11, Modifiers::NONE);
        harness.event(Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers });
        harness.step();
        let commands = harness.output().viewport_output.values().flat_map(|output| &output.commands);
        commands.clone().find_map(|command| match command {
            ViewportCommand::Fullscreen(full) => Some(*full),
            _ => None,
        })
    };
    assert_eq!(asks(&mut harness), Some(true));
    assert_eq!(asks(&mut harness), Some(false));
}

/// What was put on the clipboard by a command.
fn copied(harness: &mut Harness<'static, App>, command: UiCommand) -> Option<String> {
    harness.state_mut().apply(command.into());
    harness.step();
    let commands = harness.output().platform_output.commands.iter();
    commands.clone().find_map(|command| match command {
        OutputCommand::CopyText(text) => Some(text.clone()),
        _ => None,
    })
}

#[test]
#[cfg(unix)]
fn a_link_is_the_command_line_that_opens_the_place() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().canonicalize().expect("a path").join("it's mine.ron");
    fs::write(&path, Example::Report.text()).expect("a document");
    let mut harness = window_on_file(&path);
    let quoted = format!("'{}'", path.display().to_string().replace('\'', r"'\''"));
    assert_eq!(copied(&mut harness, UiCommand::CopyLink), Some(format!("longview {quoted}")));
    press(&mut harness, Modifiers::NONE, Key::Home);
    press(&mut harness, Modifiers::NONE, Key::Plus);
    let shown = view(&harness).interval();
    let link = copied(&mut harness, UiCommand::CopyLink).expect("a link");
    let rest = link.strip_prefix(&format!("longview {quoted} --select treaty ")).expect(&link);
    // What it says leads to the same place, to a few thousandths of the width.
    let arguments = ["longview", "x.ron"].into_iter().chain(rest.split(' ')).map(Into::into);
    let command = longview::cli::parse(arguments).expect("a command line");
    let longview::cli::Task::Window { place: Some(place), .. } = command.task else { panic!("{rest}") };
    let mut other = window_on_file(&path);
    other.state_mut().apply(FrameEvent::OpensAt(place).into());
    other.run();
    let again = view(&other).interval();
    for (one, two) in [(shown.start, again.start), (shown.end, again.end)] {
        assert!((one - two).abs() < shown.length() / 200, "{rest}");
    }
    // An example is in no file.
    let mut example = window();
    assert_eq!(copied(&mut example, UiCommand::CopyLink), None);
    example.run();
    assert!(shows(&example, "Only a timeline in a file has a link"));
}

#[test]
fn a_window_opens_at_a_place() {
    let open = |place: OpenAt| {
        let mut harness = window();
        harness.state_mut().apply(FrameEvent::OpensAt(Box::new(place)).into());
        finish(&mut harness);
        harness
    };
    let date = |text: &str| Date::parse(text).ok();
    let harness = open(OpenAt { from: date("1960"), to: date("1969"), ..OpenAt::default() });
    let bounds = |text: &str| Date::parse(text).expect("a date").bounds();
    let shown = view(&harness).interval();
    assert_eq!((shown.start, shown.end), (bounds("1960").start, bounds("1969").end));
    let harness = open(OpenAt { find: Some("korean wave".to_owned()), ..OpenAt::default() });
    assert!(
        selected(&harness).is_some_and(|title| title.to_lowercase().contains("cultur")),
        "{:?}",
        selected(&harness)
    );
    assert!(harness.state().state().found().is_some_and(|found| found.len() == 1), "the box is open with it");
    let harness = open(OpenAt { select: Some("gdp-2013".to_owned()), ..OpenAt::default() });
    assert!(selected(&harness).is_some_and(|title| title.starts_with("GDP")));
    // Eras and series have ids, too.
    let state = window();
    let (_, era) = state.state().state().timeline().iter_eras().next().expect("an era");
    let harness = open(OpenAt { select: Some(era.id.clone()), ..OpenAt::default() });
    assert!(matches!(harness.state().state().selected(), Some(Item::Era(_))));
}

#[test]
fn a_document_that_is_read_later_opens_at_a_place_or_says_that_there_is_none() {
    let (_folder, [one, _], _) = place();
    let open = |id: &'static str| {
        let (path, desktop) = (one.clone(), TestDesktop::new(DialogResult::Unavailable));
        let mut harness = Harness::builder().with_size(vec2(1280.0, 800.0)).build_eframe(move |creation| {
            let mut app = App::new(&creation.egui_ctx, StartupDocument::Later(path), Arc::clone(&desktop) as _);
            let place = OpenAt { select: Some(id.to_owned()), ..OpenAt::default() };
            app.apply(FrameEvent::OpensAt(Box::new(place)).into());
            app
        });
        finish(&mut harness);
        harness
    };
    assert_eq!(selected(&open("treaty")).as_deref(), Some("Treaty on Basic Relations"));
    assert!(shows(&open("traety"), "there is no event `traety`; did you mean `treaty`?"));
}

#[test]
fn a_document_that_is_dropped_is_opened() {
    let (_folder, [one, _], _) = place();
    let mut harness = window_on(
        LoadedDocument::example(Example::Apollo),
        TestDesktop::new(DialogResult::Unavailable),
        vec2(1280.0, 800.0),
    );
    send(&mut harness, UiCommand::DropFile(one, None));
    finish(&mut harness);
    assert!(harness.query_by_label(TREATY).is_some());
}

#[test]
fn the_record_of_the_document_leads_to_everything_however_much_it_is() {
    let many = 20_000;
    let events =
        (0..many).map(|n| format!("(id: \"e{n}\", lane: \"a\", title: \"Rumour {n}\"),")).collect::<Vec<_>>().concat();
    let eras = (0..300)
        .map(|n| format!("(id: \"p{n}\", title: \"Era {n}\", date: \"{}\"),", 1500 + n))
        .collect::<Vec<_>>()
        .concat();
    let series = (0..60)
        .map(|n| format!("(id: \"s{n}\", title: \"Series {n}\", unit: \"m\", points: [(date: \"1500\", value: 1)]),"))
        .collect::<Vec<_>>()
        .concat();
    let text = format!(
        "(title: \"t\", lanes: [(id: \"a\", title: \"a\")], eras: [{eras}], series: [{series}], events: [{events}])"
    );
    let loaded = LoadedDocument::from_bytes(None, "many.ron".to_owned(), text);
    let mut harness = window_on(loaded, TestDesktop::new(DialogResult::Unavailable), vec2(1280.0, 800.0));
    let count = |harness: &Harness<'static, App>, words: &str| harness.query_all_by_label_contains(words).count();
    let scroll = |harness: &mut Harness<'static, App>, points: f32| {
        let at = egui::pos2(1200.0, 500.0);
        wheel(harness, at, vec2(0.0, points), Modifiers::NONE);
        rest(harness);
    };
    let reach = |harness: &mut Harness<'static, App>, words: &str, step: f32| {
        for _ in 0..100 {
            assert!(
                count(harness, "Rumour") < 100 && count(harness, "Series ") < 100,
                "only what is in sight is laid out"
            );
            if harness.query_by_label(words).is_some() {
                return true;
            }
            scroll(harness, step);
        }
        false
    };
    assert!(reach(&mut harness, "Era 299, 1799", -400.0), "the last era");
    assert!(reach(&mut harness, "Series 59, m", -400.0), "the last series");
    assert!(reach(&mut harness, "10,000 more in the event list", -10_000.0), "so many are exactly where they belong");
    assert!(reach(&mut harness, "Rumour 9999", -10_000.0), "the last of them");
    click_and_finish(&mut harness, "10,000 more in the event list");
    assert_eq!(selected(&harness).as_deref(), Some("Rumour 10000"));
    assert!(shows(&harness, "Event list, 20,000 events"));
    press(&mut harness, Modifiers::NONE, Key::End);
    assert_eq!(selected(&harness), Some(format!("Rumour {}", many - 1)), "the last undated event");
}
