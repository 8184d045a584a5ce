//! A timeline that is made by keyboard alone, from an empty document to a picture in a file; and what saves it meanwhile.

use std::io::Write as _;
use std::path::Path;

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use longview::Example;
use longview::app::{App, DialogResult, LoadedDocument};

use super::support::*;

const NONE: Modifiers = Modifiers::NONE;
const CTRL: Modifiers = Modifiers::COMMAND;

/// Someone at a keyboard, whose keys are counted.
struct Typist {
    harness: Harness<'static, App>,
    /// Keys that are not typed as text.
    keys: usize,
    /// Characters that are.
    characters: usize,
}

impl Typist {
    fn key(&mut self, modifiers: Modifiers, key: Key) {
        self.keys += 1;
        self.harness.key_press_modifiers(modifiers, key);
        finish(&mut self.harness);
    }

    fn types(&mut self, words: &str) {
        self.characters += words.chars().count();
        typed(&mut self.harness, words);
    }

    /// Types a line, and presses Enter.
    fn line(&mut self, words: &str) {
        self.types(words);
        self.key(NONE, Key::Enter);
    }

    /// Goes to something by Tab, as one who looks for it does.
    fn tab_to(&mut self, label: &str) {
        for _ in 0..60 {
            if self.has_focus(label) {
                return;
            }
            self.key(NONE, Key::Tab);
        }
        assert!(self.has_focus(label), "Tab does not lead to {label}");
    }

    fn has_focus(&self, label: &str) -> bool {
        self.harness.query_all_by_label_contains(label).any(|node| {
            // The name of a field stands before it.
            node.accesskit_node().is_focused() && node.accesskit_node().role() != Role::Label
        })
    }

    fn text(&self) -> String {
        text(&self.harness)
    }
}

fn at_keyboard(size: egui::Vec2) -> Typist {
    let report = LoadedDocument::example(Example::Report);
    let harness = window_on(report, TestDesktop::new(DialogResult::Unavailable), size);
    Typist { harness, keys: 0, characters: 0 }
}

/// Makes the timeline, and saves it and a picture of it in a folder.
fn make(typist: &mut Typist, folder: &Path) {
    typist.key(CTRL, Key::N);
    for line in [
        "1945-08-15 Korea is liberated @Politics",
        "1965-06-22 Treaty on Basic Relations #treaty @Diplomacy",
        "1973-08-08 Kim Dae-jung is abducted in Tokyo @Diplomacy",
        "1998/2004 Japanese culture is let in @Culture",
        "2002-05-31/2002-06-30 The World Cup of both @Culture",
        "2012-08-10 President Lee visits Dokdo @Politics",
        "2015-12-28 An agreement on the comfort women #treaty @Diplomacy",
    ] {
        typist.line(line);
    }
    typist.key(NONE, Key::Escape);
    assert!(
        typist.harness.state().state().status().starts_with("7 events"),
        "{}",
        typist.harness.state().state().status()
    );

    // Two in forms.
    for (title, date) in [("Export controls", "2019-07-04"), ("Leaders meet in Tokyo", "2023-03-16")] {
        typist.key(NONE, Key::N);
        typist.types(title);
        typist.key(NONE, Key::Tab);
        typist.types(date);
        typist.key(CTRL, Key::Enter);
        typist.key(NONE, Key::Escape);
    }
    // A copy that becomes another one.
    typist.key(CTRL, Key::D);
    typist.types("Leaders meet in Seoul");
    typist.key(NONE, Key::Tab);
    typist.line("2023-05-07");
    typist.key(NONE, Key::Escape);
    assert!(typist.harness.state().state().status().starts_with("10 events"));

    // A source, and a citation of it with the place in it.
    typist.key(Modifiers::SHIFT, Key::S);
    typist.line("Still Distant Neighbors");
    typist.key(NONE, Key::Escape);
    typist.key(NONE, Key::Home);
    typist.key(NONE, Key::ArrowRight);
    assert_eq!(selected(typist), "Treaty on Basic Relations");
    typist.key(NONE, Key::E);
    typist.tab_to("Add a citation of");
    typist.key(NONE, Key::Enter);
    typist.key(NONE, Key::Tab);
    typist.key(NONE, Key::Enter);
    typist.tab_to("Place in the source of citation 1");
    typist.types("¶2");
    typist.key(NONE, Key::Tab);
    assert!(typist.text().contains("locator: \"¶2\""), "{}", typist.text());
    typist.key(NONE, Key::Escape);

    // The interval is moved by keys, and its end; the end is taken back.
    typist.key(NONE, Key::ArrowRight);
    typist.key(NONE, Key::ArrowRight);
    assert_eq!(selected(typist), "Japanese culture is let in");
    typist.key(CTRL, Key::ArrowRight);
    assert!(typist.text().contains("1999/2005"), "{}", typist.text());
    typist.key(CTRL | Modifiers::SHIFT, Key::ArrowRight);
    assert!(typist.text().contains("1999/2006"));
    typist.key(CTRL, Key::Z);
    typist.key(CTRL, Key::Z);
    assert!(typist.text().contains("1998/2004"));

    typist.key(CTRL, Key::S);
    typist.key(CTRL, Key::A);
    typist.line(&folder.join("relations.ron").to_string_lossy());
    assert!(!typist.harness.state().state().has_unsaved_changes());
    typist.key(CTRL, Key::E);
    typist.key(NONE, Key::Enter);
    typist.key(CTRL, Key::A);
    typist.line(&folder.join("relations.png").to_string_lossy());
}

fn selected(typist: &Typist) -> String {
    let state = typist.harness.state().state();
    let event = state.selected_event().and_then(|event| state.timeline().event(event));
    event.map_or_else(String::new, |event| event.title.to_owned())
}

#[test]
fn a_timeline_of_ten_events_is_made_by_keyboard_alone() {
    for size in [vec2(1280.0, 800.0), vec2(900.0, 600.0)] {
        let folder = tempfile::tempdir().expect("a folder");
        let mut typist = at_keyboard(size);
        make(&mut typist, folder.path());
        let written = std::fs::read_to_string(folder.path().join("relations.ron")).expect("the document");
        let read = longview::open(written.as_str());
        assert!(read.diagnostics.is_empty(), "{:?}", read.diagnostics);
        let timeline = read.timeline.expect("a timeline");
        assert_eq!((timeline.events.len(), timeline.sources.len()), (10, 1));
        let lanes: Vec<&str> = timeline.lanes.iter().map(|lane| lane.title.as_str()).collect();
        assert_eq!(lanes, ["Politics", "Diplomacy", "Culture"], "none is left over");
        let treaty = timeline.event_by_id("treaty-on-basic-relations").and_then(|event| timeline.event(event));
        let treaty = treaty.expect("an event");
        assert_eq!(treaty.citations.iter().filter_map(|citation| citation.locator).collect::<Vec<_>>(), ["¶2"]);
        assert!(png_size(&folder.path().join("relations.png"))[0] > 400);
        let paths = 2 * (folder.path().to_string_lossy().chars().count() + "/relations.ron".len());
        let characters = typist.characters - paths;
        let counts = format!("{} keys and {characters} characters, without those of the paths", typist.keys);
        writeln!(std::io::stdout(), "{size:?}: {counts}").expect("an output");
        assert!(typist.keys <= 54 && characters <= 468, "{counts}");
    }
}

/// Presses Ctrl+S, and says where to.
fn saves(harness: &mut Harness<'static, App>, what: &str) {
    press(harness, CTRL, Key::S);
    finish(harness);
    assert!(shows(harness, "Save Timeline"), "{what}");
    press(harness, NONE, Key::Escape);
}

#[test]
fn ctrl_s_saves_whatever_field_has_the_focus() {
    let open = |keys: &[(Modifiers, Key)]| {
        let mut harness = window();
        for (modifiers, key) in keys {
            press(&mut harness, *modifiers, *key);
            finish(&mut harness);
        }
        harness
    };
    // What is typed in a form is part of what is saved.
    let mut harness = open(&[(NONE, Key::Home), (NONE, Key::E)]);
    typed(&mut harness, "Treaty, renamed");
    saves(&mut harness, "a form");
    assert!(text(&harness).contains("Treaty, renamed"));

    let mut harness = open(&[(NONE, Key::Home), (NONE, Key::E)]);
    harness.get_all_by_label("Description").last().expect("a field").focus();
    harness.run();
    typed(&mut harness, "More of it.");
    saves(&mut harness, "a text of several lines");
    assert!(text(&harness).contains("More of it."));

    let mut harness = open(&[(CTRL, Key::K)]);
    typed(&mut harness, "treaty");
    finish(&mut harness);
    saves(&mut harness, "the search box");

    let mut harness = open(&[(NONE, Key::C)]);
    harness.event(Event::Text("On 3 May 1968 it began.".to_owned()));
    finish(&mut harness);
    saves(&mut harness, "the text beside the chart");

    let mut harness = open(&[(NONE, Key::A)]);
    typed(&mut harness, "1970 A visit @Diplomacy");
    saves(&mut harness, "the line that makes events");
}
