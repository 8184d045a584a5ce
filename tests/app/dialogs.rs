//! Keys while a dialog covers the chart: none of them does anything to what it covers.

use std::path::Path;

use egui::{Event, Key, Modifiers, vec2};
use egui_kittest::Harness;
use longview::Example;
use longview::app::{App, DialogResult, DropPlace, LoadedDocument, UiCommand, Unsaved, fingerprint};

use super::support::*;
use super::unsaved::window_keeping;

/// A window that finds the unsaved changes of an earlier process.
fn window_with_recovery(kept: &Path) -> Harness<'static, App> {
    let text = Example::Report.text().replace("Treaty", "Pact");
    let unsaved = Unsaved {
        path: None,
        name: "mine.ron".to_owned(),
        changes: 1,
        saved: fingerprint(b"saved"),
        text: std::sync::Arc::new(text),
        drafts: Vec::new(),
    };
    std::fs::write(kept.join("1-0.unsaved"), unsaved.encode()).expect("a file");
    std::fs::write(kept.join("1-0.lock"), "").expect("a file");
    window_keeping(LoadedDocument::example(Example::Report), kept.to_path_buf())
}

/// What a key could have changed.
fn looks(harness: &Harness<'static, App>) -> String {
    let state = harness.state().state();
    let open = [
        state.help_open,
        state.problems_open,
        state.settings_open,
        state.export.open,
        state.history_open,
        state.report_open,
        state.capture.open,
        state.dark,
        state.explorer.is_some(),
        state.forms.open.is_some(),
        state.quick_entry.is_some(),
        state.import.is_some(),
        state.open_path.is_some(),
        state.record.is_shown(),
    ];
    let text = fingerprint(state.document.text.as_bytes());
    format!("{open:?} {:?} {:?} {text}", state.selected(), state.view)
}

/// Types every letter and presses every shortcut but those that leave or are about the dialog's own text, and expects that nothing comes of it.
fn nothing_happens(harness: &mut Harness<'static, App>, what: &str) {
    let before = looks(harness);
    let works = |command: &&UiCommand| {
        use UiCommand::{Clear, Quit, TextLarger, TextSmaller, TextUsual};
        !matches!(command, Clear | Quit | TextLarger | TextSmaller | TextUsual)
    };
    let shortcuts = UiCommand::LISTED.iter().filter(works);
    for keys in shortcuts.flat_map(UiCommand::shortcuts) {
        // These leave or press what has the focus.
        if matches!(keys.logical_key, Key::Enter | Key::Space | Key::Escape) {
            continue;
        }
        harness.key_press_modifiers(keys.modifiers, keys.logical_key);
        if keys.modifiers == Modifiers::NONE {
            harness.event(Event::Text(keys.logical_key.symbol_or_name().to_lowercase()));
        }
        harness.run();
        assert_eq!(looks(harness), before, "{keys:?} over {what}");
    }
}

#[test]
fn no_key_acts_under_a_question() {
    let kept = tempfile::tempdir().expect("a folder");
    let mut harness = window_with_recovery(kept.path());
    assert!(shows(&harness, "Unsaved Changes Were Found"));
    nothing_happens(&mut harness, "unsaved changes that were found");
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(!shows(&harness, "Unsaved Changes Were Found"));
    press(&mut harness, Modifiers::NONE, Key::P);
    assert!(harness.state().state().problems_open, "and then keys act again");
    press(&mut harness, Modifiers::NONE, Key::P);

    edit(&mut harness, TREATY_ID, "title", "The Pact");
    press(&mut harness, Modifiers::COMMAND, Key::Q);
    assert!(shows(&harness, "Save the changes of"));
    nothing_happens(&mut harness, "unsaved changes");
    press(&mut harness, Modifiers::NONE, Key::Escape);

    let file = kept.path().join("notes.txt");
    std::fs::write(&file, "In 1965.").expect("a file");
    harness.state_mut().apply(UiCommand::DropFile(file, None).into());
    harness.run();
    assert!(shows(&harness, "What is to be done with notes.txt?"));
    nothing_happens(&mut harness, "a file that was dropped");
    press(&mut harness, Modifiers::NONE, Key::Escape);

    harness.state_mut().apply(UiCommand::EditHistory.into());
    harness.run();
    nothing_happens(&mut harness, "the history");
}

/// A JPEG that says when it was taken.
fn photograph(date: &str) -> Vec<u8> {
    let mut exif = b"Exif\0\0II*\0\x08\0\0\0\x01\0\x69\x87\x04\0\x01\0\0\0\x1a\0\0\0\0\0\0\0".to_vec();
    exif.extend(b"\x01\0\x03\x90\x02\0\x14\0\0\0\x2c\0\0\0\0\0\0\0");
    exif.extend(date.as_bytes());
    exif.push(0);
    let upright = include_bytes!("../fixtures/images/quadrants.jpg");
    let mut file = upright[..2].to_vec();
    file.extend([0xff, 0xe1, 0, exif.len() as u8 + 2]);
    file.extend(exif);
    file.extend(&upright[2..]);
    file
}

#[test]
fn a_photograph_proposes_the_date_on_which_it_was_taken() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("timeline.ron");
    std::fs::write(&path, Example::Report.text()).expect("a document");
    std::fs::write(folder.path().join("one.jpg"), photograph("2012:07:31 14:05:33")).expect("a picture");
    let elsewhere = tempfile::tempdir().expect("a folder");
    std::fs::write(elsewhere.path().join("two.jpg"), photograph("1998:02:03 00:00:00")).expect("a picture");
    std::fs::write(elsewhere.path().join("three.jpg"), photograph("    :  :     :  :  ")).expect("a picture");
    let mut harness =
        window_on(LoadedDocument::from_path(&path), TestDesktop::new(DialogResult::Unavailable), vec2(1280.0, 3000.0));
    let place = || Some(DropPlace { lane: Some("culture".to_owned()), date: Some("1965".to_owned()) });
    let mut check = |file: &Path, title: &str, expect: &str| {
        harness.state_mut().apply(UiCommand::DropFile(file.to_path_buf(), place()).into());
        harness.run();
        if shows(&harness, "Copy Picture") {
            click_and_finish(&mut harness, "Copy");
        }
        finish(&mut harness);
        let is_told = shows(&harness, "The photograph says when it was taken");
        assert_eq!(is_told, expect != "1965", "{title}");
        harness.event(Event::Text(title.to_owned()));
        harness.run();
        click(&mut harness, "Add Event");
        finish(&mut harness);
        let state = harness.state().state();
        let event = state.timeline().event_by_id(title).and_then(|event| state.timeline().event(event));
        let date = event.and_then(|event| event.date.cloned());
        assert_eq!(date.map(|date| date.words()).as_deref(), Some(expect), "{}", state.document.text);
        let shown = state.notices.iter().map(|notice| notice.id).collect::<Vec<_>>();
        for notice in shown {
            harness.state_mut().apply(UiCommand::Dismiss(notice).into());
        }
        // A picture that is dropped while a form is shown comes to its event.
        while harness.state().state().forms.open.is_some() {
            harness.state_mut().apply(UiCommand::Clear.into());
        }
    };
    check(&folder.path().join("one.jpg"), "one", "31 July 2012");
    check(&elsewhere.path().join("two.jpg"), "two", "3 February 1998");
    check(&elsewhere.path().join("three.jpg"), "three", "1965");
}

#[test]
fn a_picture_of_another_kind_is_refused_with_the_reason() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("timeline.ron");
    std::fs::write(&path, Example::Report.text()).expect("a document");
    let mut harness = window_on_file(&path);
    let mut check = |name: &str, bytes: &[u8], expect: &str| {
        let elsewhere = tempfile::tempdir().expect("a folder");
        let file = elsewhere.path().join(name);
        std::fs::write(&file, bytes).expect("a picture");
        harness.state_mut().apply(UiCommand::DropFile(file, None).into());
        harness.run();
        if shows(&harness, "Copy Picture") {
            click_and_finish(&mut harness, "Copy");
        }
        assert!(shows(&harness, "is not added") && shows(&harness, expect), "{name}");
        let state = harness.state().state();
        assert!(state.forms.open.is_none() && *state.document.text == Example::Report.text());
        assert!(!folder.path().join("media").exists(), "nothing is copied");
    };
    check("one.webp", b"RIFF\0\0\0\0WEBPVP8 ", "it is in WebP, and only PNG and JPEG can be shown");
    check("two.HEIC", b"", "it is in HEIC");
    // The web gives pictures names of other kinds.
    check("three.jpg", b"RIFF\0\0\0\0WEBPVP8 ", "this is a picture in WebP; only PNG and JPEG can be shown");
}
