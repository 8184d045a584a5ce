//! The window at every size and scale that a desktop may give it, with every overlay open: nothing aborts, and what
//! must be reached can be.

use std::fmt::Write as _;

use egui::{Key, Modifiers, Vec2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use longview::Example;
use longview::app::{App, DialogResult, ExportSettings, LoadedDocument, PageChoice, UiCommand};
use longview::export::PageSize;

use super::support::*;

/// Sizes of windows, in pixels.
const SIZES: [[f32; 2]; 10] = [
    [1.0, 1.0],
    [10.0, 10.0],
    [100.0, 60.0],
    [240.0, 180.0],
    [320.0, 240.0],
    [300.0, 600.0],
    [600.0, 300.0],
    [640.0, 480.0],
    [1280.0, 800.0],
    [4000.0, 3000.0],
];

/// Pixels a point, from small text on one screen to the largest text on another.
const SCALES: [f32; 6] = [0.5, 1.0, 1.5, 2.0, 3.0, 5.0];

/// What may be shown over the chart.
#[derive(Clone, Copy, Debug)]
enum Over {
    Nothing,
    Record,
    Export,
    Import,
    Path,
    Problems,
    Keys,
    Notice,
    Menu(&'static str),
    List,
}

const OVER: [Over; 11] = [
    Over::Nothing,
    Over::Record,
    Over::Export,
    Over::Import,
    Over::Path,
    Over::Problems,
    Over::Keys,
    Over::Notice,
    Over::Menu("File"),
    Over::Menu("View"),
    Over::List,
];

impl Over {
    fn open(self, harness: &mut Harness<'static, App>) {
        match self {
            Self::Nothing => {}
            Self::Record => press(harness, Modifiers::NONE, Key::End),
            Self::Export | Self::List => {
                // A page of its own, whose preview is drawn once.
                let choices = ExportSettings {
                    page: PageChoice::Named(PageSize::Square),
                    scale: 1.0,
                    ..ExportSettings::default()
                };
                harness.state_mut().apply(UiCommand::SetExport(Box::new(choices)).into());
                harness.state_mut().apply(UiCommand::Export.into());
            }
            Self::Import => {
                // This desktop has no dialog.
                harness.state_mut().apply(UiCommand::Import.into());
                harness.state_mut().finish_jobs();
                let table = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/import/table/appointees.csv");
                harness.state_mut().apply(UiCommand::SetOpenPath(table.to_owned()).into());
                harness.state_mut().apply(UiCommand::OpenTyped.into());
                harness.state_mut().finish_jobs();
            }
            Self::Path => {
                // This desktop has no dialog.
                harness.state_mut().apply(UiCommand::Open.into());
                harness.state_mut().finish_jobs();
            }
            Self::Problems => harness.state_mut().apply(UiCommand::ShowProblems(true).into()),
            Self::Keys => harness.state_mut().apply(UiCommand::ShowHelp(true).into()),
            Self::Notice => {
                harness.state_mut().apply(UiCommand::OpenUrl("file:a long address ".repeat(12)).into());
            }
            Self::Menu(name) => harness.get_by_label(name).click(),
        }
        harness.run_steps(2);
        if matches!(self, Self::List) {
            harness.get_by_role(egui::accesskit::Role::ComboBox).click();
            harness.run_steps(2);
        }
    }

    fn close(self, harness: &mut Harness<'static, App>) {
        if let (Self::Notice, Some(notice)) = (self, harness.state().state().notices.first()) {
            let id = notice.id;
            harness.state_mut().apply(UiCommand::Dismiss(id).into());
        }
        for _ in 0..3 {
            harness.key_press(Key::Escape);
            harness.run_steps(2);
        }
        assert!(!harness.state().state().has_overlay(), "{self:?}");
    }
}

/// A document with more lanes, eras, series and events than most windows have room for.
fn crowded() -> String {
    let mut text =
        String::from("(title: \"A headline of so many words that it takes two lines or three in a narrow window\",");
    text.push_str(
        "subtitle: \"And a line below it, which is no shorter than the headline itself and wraps as well\", lanes: [",
    );
    for lane in 0..9 {
        write!(text, "(id: \"l{lane}\", title: \"Lane number {lane} of nine\"),").expect("text");
    }
    text.push_str("], eras: [");
    for era in 0..5 {
        write!(text, "(id: \"t{era}\", title: \"Era {era}\", date: \"{}/{}\"),", 1800 + era * 20, 1850 + era * 20)
            .expect("text");
    }
    text.push_str("], series: [");
    for series in 0..3 {
        write!(text, "(id: \"s{series}\", title: \"Series {series}\", unit: \"people a year\", points: [")
            .expect("text");
        for point in 0..30 {
            write!(text, "(date: \"{}\", value: {}),", 1800 + point * 5, point * point).expect("text");
        }
        text.push_str("]),");
    }
    text.push_str("], events: [");
    for event in 0..360 {
        let (lane, year) = (event % 9, 1800 + event % 151);
        write!(text, "(id: \"e{event}\", lane: \"l{lane}\", title: \"Event number {event}\", date: \"{year}\"),")
            .expect("text");
    }
    text.push_str("])");
    text
}

fn window_of(text: &str) -> Harness<'static, App> {
    let loaded = LoadedDocument::from_bytes(None, "sizes.ron".to_owned(), text);
    window_on(loaded, TestDesktop::new(DialogResult::Unavailable), ROOMY)
}

/// A window in which everything has its place, in points.
const ROOMY: Vec2 = vec2(1280.0, 800.0);

/// Shows a document with everything that may be open over it, at every size and at every scale: together, three
/// documents see every size at every scale under each.
fn at_every_size(text: &str, number: usize) {
    let mut harness = window_of(text);
    for (turn, over) in OVER.into_iter().enumerate() {
        harness.set_size(ROOMY);
        harness.run_steps(2);
        over.open(&mut harness);
        for (column, scale) in SCALES.into_iter().enumerate() {
            // A scale changes how many points a window has. How many pixels a point has is tried once a document: text of
            // another size in pixels is drawn anew, which takes longer than all else.
            let in_pixels = matches!(over, Over::Nothing);
            harness.set_pixels_per_point(if in_pixels { scale } else { 1.0 });
            for (row, pixels) in SIZES.into_iter().enumerate() {
                let size = Vec2::from(pixels) / scale;
                if (turn + row + column) % 3 != number || size.x > 4000.0 {
                    continue;
                }
                // Both themes take their turns; they differ in colours only.
                let is_dark = (row + column / 3) % 2 == 0;
                harness.ctx.set_theme(if is_dark { egui::Theme::Dark } else { egui::Theme::Light });
                harness.set_size(size);
                // What a form measures in one frame, it uses in the next.
                harness.run_steps(if harness.state().state().has_overlay() { 2 } else { 1 });
                let notices = &harness.state().state().notices;
                let crashed = notices.iter().find(|notice| notice.report.is_some());
                assert_eq!(crashed, None, "{over:?} {pixels:?} {scale}");
                if pixels[0] < 700.0 {
                    let shapes = harness.output().shapes.clone();
                    assert!(!harness.ctx.tessellate(shapes, scale).is_empty(), "{over:?} {pixels:?} {scale}");
                }
            }
        }
        over.close(&mut harness);
    }
}

#[test]
fn an_empty_document_is_shown_at_every_size() {
    at_every_size("(title: \"\", lanes: [], events: [])", 0);
}

#[test]
fn a_small_document_is_shown_at_every_size() {
    at_every_size(Example::Report.text(), 1);
}

#[test]
fn a_crowded_document_is_shown_at_every_size() {
    at_every_size(&crowded(), 2);
}

/// Windows that are small, in points: small screens, tiles beside others, text at 200 % and 300 %.
const SMALL: [Vec2; 5] =
    [vec2(320.0, 240.0), vec2(427.0, 267.0), vec2(300.0, 600.0), vec2(600.0, 300.0), vec2(640.0, 400.0)];

#[test]
fn the_buttons_of_every_form_are_in_sight() {
    let buttons = [
        (Over::Export, ["Save As…", "Copy Picture", "Cancel"].as_slice()),
        (Over::Import, &["Import", "Cancel", "Reset"]),
        (Over::Path, &["Open", "Cancel"]),
        (Over::Problems, &["Reload", "Close"]),
        (Over::Keys, &["Close"]),
    ];
    for (over, labels) in buttons {
        let mut harness = window_of(Example::Report.text());
        over.open(&mut harness);
        for size in SMALL {
            harness.set_size(size);
            harness.run_steps(3);
            let window = egui::Rect::from_min_size(egui::Pos2::ZERO, size);
            for label in labels {
                let rect = harness.get_by_label(label).rect();
                assert!(window.contains_rect(rect), "{over:?}: {label} is at {rect} in a window of {size}");
            }
        }
    }
}

#[test]
fn page_down_scrolls_a_form_and_the_focus_is_in_sight() {
    let mut harness = window_of(Example::Report.text());
    Over::Keys.open(&mut harness);
    harness.set_size(SMALL[0]);
    harness.run_steps(3);
    let top = |harness: &Harness<'static, App>| harness.get_by_label("Zoom at the pointer").rect().top();
    let before = top(&harness);
    press(&mut harness, Modifiers::NONE, Key::PageDown);
    assert!(top(&harness) < before - 20.0, "the list of keys scrolls");
    press(&mut harness, Modifiers::NONE, Key::PageUp);
    assert!((top(&harness) - before).abs() < 1.0);

    let mut harness = window_of(Example::Report.text());
    Over::Export.open(&mut harness);
    harness.set_size(SMALL[0]);
    harness.run_steps(3);
    let buttons = harness.get_by_label("Cancel").rect().top();
    harness.get_by_role_and_label(egui::accesskit::Role::TextInput, "Headline").focus();
    harness.run_steps(4);
    let field = harness.get_by_role_and_label(egui::accesskit::Role::TextInput, "Headline").rect();
    assert!(field.top() > 0.0 && field.bottom() <= buttons, "{field} is out of sight, above {buttons}");
}

#[test]
fn the_parts_of_a_chart_stand_one_below_the_other() {
    for text in [Example::Report.text().to_owned(), crowded()] {
        let mut harness = window_of(&text);
        for size in SMALL {
            harness.set_size(size);
            harness.run_steps(2);
            let rect = harness.state().state().chart_rect;
            let chart = placed(&harness, rect);
            let frame = &chart.regions;
            let mut parts = vec![frame.title, frame.subtitle, frame.eras, frame.lanes];
            parts.extend(&frame.series);
            parts.push(frame.axis);
            parts.extend(frame.outside);
            parts.extend(frame.overview);
            parts.extend(frame.footer);
            for pair in parts.windows(2) {
                assert!(pair[0].bottom() <= pair[1].top() + 0.5, "{} runs into {} at {size}", pair[0], pair[1]);
            }
            assert!(parts.iter().all(|part| part.bottom() <= rect.bottom() + 0.5), "{parts:?} leave {rect} at {size}");
            assert!(frame.lanes.height() >= 20.0, "no lane is seen at {size}");
        }
    }
}

#[test]
fn a_small_window_has_a_place_for_the_record() {
    let mut harness = window_of(Example::Report.text());
    press(&mut harness, Modifiers::NONE, Key::Home);
    let chart = |harness: &Harness<'static, App>| harness.query_by_label(TREATY).is_some();
    let record = |harness: &Harness<'static, App>| shows(harness, "1 of 7");
    let mut at = |size: Vec2| {
        harness.set_size(size);
        harness.run_steps(3);
        let beside = (chart(&harness), record(&harness));
        press(&mut harness, Modifiers::NONE, Key::R);
        let toggled = (chart(&harness), record(&harness));
        press(&mut harness, Modifiers::NONE, Key::R);
        assert_eq!((chart(&harness), record(&harness)), beside, "R is undone by R at {size}");
        (beside, toggled)
    };
    assert_eq!(at(vec2(1280.0, 800.0)), ((true, true), (true, false)), "beside the chart, or hidden");
    assert_eq!(at(vec2(300.0, 600.0)), ((true, true), (true, false)), "below it, or hidden");
    assert_eq!(at(vec2(320.0, 240.0)), ((true, false), (false, true)), "in its place");

    // By pointer, and back by Escape, which leaves the selection.
    harness.get_by_label("Record").click();
    harness.run();
    assert!(record(&harness) && !chart(&harness));
    press(&mut harness, Modifiers::NONE, Key::ArrowRight);
    assert!(shows(&harness, "2 of 7"), "keys go on from event to event");
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(chart(&harness) && harness.state().state().selected().is_some());
    harness.get_by_label("Record").click();
    harness.run();
    harness.get_by_label("Chart").click();
    harness.run();
    assert!(chart(&harness));
}

#[test]
fn the_bar_keeps_its_menus_in_any_width() {
    let mut harness = window_of(Example::Report.text());
    for width in [110.0, 150.0, 200.0, 260.0, 320.0, 420.0, 640.0, 1280.0] {
        harness.set_size(vec2(width, 400.0));
        harness.run_steps(3);
        let names = ["Menu", "File", "View", "Go", "Help", "Export…", "Record", "Chart", "Dark", "Fit all", "Zoom in"];
        let rects: Vec<(&str, egui::Rect)> = names
            .iter()
            .flat_map(|name| harness.query_all_by_label(name).map(|node| (*name, node.rect())))
            .filter(|(_, rect)| rect.top() < 37.0)
            .collect();
        assert!(rects.iter().any(|(name, _)| *name == "Menu" || *name == "Help"), "{width}: {rects:?}");
        for (n, (name, rect)) in rects.iter().enumerate() {
            assert!(rect.left() >= 0.0 && rect.right() <= width, "{width}: {name} is at {rect}");
            let other = rects.iter().skip(n + 1).find(|(_, other)| other.shrink(1.0).intersects(*rect));
            assert_eq!(other, None, "{width}: {name} at {rect}");
        }
    }
}

#[test]
fn what_is_not_shown_is_told_in_a_small_window_too() {
    let text = r#"(title: "T", view: (from: "1990", to: "2000"), lanes: [(id: "a", title: "A")], events: [
        (id: "early", lane: "a", title: "Early", date: "1900"), (id: "in", lane: "a", title: "In", date: "1995"),
        (id: "late", lane: "a", title: "Late", date: "2020"), (id: "bad", lane: "a", title: "Bad", date: "2020-13-01")])"#;
    for size in SMALL {
        let mut harness = window_of(text);
        press(&mut harness, Modifiers::NONE, Key::Escape);
        harness.set_size(size);
        harness.run_steps(3);
        for words in ["1 event of 4 is not shown", "← 1", "1 later →"] {
            let short = words.replace(" later", "");
            assert!(shows(&harness, words) || shows(&harness, &short), "{words:?} is not said at {size}");
        }
        harness.get_by_label("Problems").click();
        harness.run();
        assert!(harness.state().state().problems_open, "the way to the list at {size}");
    }
}

#[test]
fn notices_stay_in_a_window_of_any_size() {
    for size in [vec2(320.0, 240.0), vec2(500.0, 300.0), vec2(1280.0, 800.0)] {
        let desktop = TestDesktop::new(DialogResult::Unavailable);
        let mut harness = window_on(LoadedDocument::example(Example::Report), desktop, size);
        for _ in 0..4 {
            harness.state_mut().apply(UiCommand::OpenUrl("file:a long address ".repeat(12)).into());
        }
        harness.run_steps(3);
        assert_eq!(harness.state().state().notices.len(), 4);
        let area = harness.ctx.memory(|memory| memory.area_rect(egui::Id::unique("notices"))).expect("notices");
        assert!(
            area.left() >= 0.0 && area.right() <= size.x && area.top() >= 10.0 && area.bottom() <= size.y,
            "{area} in {size}"
        );
    }
}
