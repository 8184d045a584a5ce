//! Every user action, by label and key, in the program's own window without a display: what is done, and what the
//! panel, the chart and the file system then say.

#![expect(clippy::expect_used, reason = "a test fails by panicking")]

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use egui::{Event, Key, Modifiers, MouseWheelUnit, Pos2, ThemePreference, TouchPhase, Vec2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use longview::Example;
use longview::app::{Action, Answer, App, Desktop, Loaded};

/// A desktop that answers as the test says, and notes what it was asked.
struct TestDesktop {
    answer: Answer,
    asked: Mutex<Vec<String>>,
}

impl TestDesktop {
    fn new(answer: Answer) -> Arc<Self> {
        Arc::new(Self { answer, asked: Mutex::default() })
    }

    fn asked(&self) -> Vec<String> {
        self.asked.lock().expect("no test panics while it asks").clone()
    }

    fn note(&self, what: String) {
        self.asked.lock().expect("no test panics while it asks").push(what);
    }
}

impl Desktop for TestDesktop {
    fn ask_save(&self, name: &str, _: Option<&Path>) -> Answer {
        self.note(format!("save {name}"));
        self.answer.clone()
    }

    fn ask_open(&self, _: Option<&Path>) -> Answer {
        self.note("open".to_owned());
        self.answer.clone()
    }

    fn reveal(&self, folder: &Path) -> Result<(), String> {
        self.note(format!("reveal {}", folder.display()));
        Ok(())
    }
}

fn window_on(loaded: Loaded, desktop: Arc<TestDesktop>, size: Vec2) -> Harness<'static, App> {
    let mut harness = Harness::builder()
        .with_size(size)
        .with_max_steps(60)
        .with_step_dt(0.05)
        .with_theme(egui::Theme::Light)
        .build_eframe(move |creation| App::new(&creation.egui_ctx, loaded, desktop));
    harness.run();
    harness
}

fn window() -> Harness<'static, App> {
    window_on(Loaded::example(Example::Report), TestDesktop::new(Answer::Unavailable), vec2(1280.0, 800.0))
}

/// A window on a document in a file.
fn window_on_file(path: &Path) -> Harness<'static, App> {
    window_on(Loaded::from_path(path), TestDesktop::new(Answer::Unavailable), vec2(1280.0, 800.0))
}

/// Waits until all that was started outside has ended, and shows what came of it.
fn finish(harness: &mut Harness<'static, App>) {
    harness.run_steps(2);
    harness.state_mut().finish_effects();
    harness.run();
}

/// Clicks what starts something outside, and waits for its end.
fn click_and_finish(harness: &mut Harness<'static, App>, label: &str) {
    harness.get_by_label(label).click();
    finish(harness);
}

fn press(harness: &mut Harness<'static, App>, modifiers: Modifiers, key: Key) {
    harness.key_press_modifiers(modifiers, key);
    harness.run();
}

fn shows(harness: &Harness<'static, App>, text: &str) -> bool {
    harness.query_all_by_label_contains(text).next().is_some()
}

fn chart_at(harness: &Harness<'static, App>, x: f32, y: f32) -> Pos2 {
    let rect = harness.state().state().chart_rect;
    rect.min + rect.size() * vec2(x, y)
}

fn wheel(harness: &mut Harness<'static, App>, at: Pos2, delta: Vec2, modifiers: Modifiers) {
    harness.hover_at(at);
    harness.run();
    let (unit, source) = (MouseWheelUnit::Point, egui::MouseWheelSource::Wheel);
    harness.event_modifiers(Event::MouseWheel { unit, source, delta, phase: TouchPhase::Move, modifiers }, modifiers);
    harness.run();
}

const TREATY: &str = "Treaty on Basic Relations, 1965";

#[test]
fn clicking_the_treaty_shows_its_whole_record() {
    let mut harness = window();
    harness.get_by_label(TREATY).click();
    harness.run();
    for text in [
        "dated to the year",
        "normalize diplomatic relations",
        "Diplomacy",
        "1 of 7",
        "Figures in 1965",
        "about US$0.22 billion",
        "about 10,000 people a year",
        "Derived",
        "Stated",
        "Council on Foreign Relations, 10 December 2015",
        "Overview, ¶2",
        "Cultural exchange booms",
    ] {
        assert!(shows(&harness, text), "the record does not say {text:?}");
    }
}

#[test]
fn the_misprinted_unit_is_explained() {
    let mut harness = window();
    harness.get_by_label_contains("GDP: Japan third").click();
    harness.run();
    assert!(shows(&harness, "prints “$4.9 billion”"));
    assert!(shows(&harness, "so trillions are shown here"));
}

#[test]
fn figures_compare_with_the_first_value() {
    let mut harness = window();
    harness.get_by_label_contains("Goods trade reaches").click();
    harness.run();
    assert!(shows(&harness, "US$85 billion"));
    assert!(shows(&harness, "385 times 1965"));
    harness.get_by_label_contains("More than five million visitors").click();
    harness.run();
    assert!(shows(&harness, "more than 5,000,000 people a year"));
    assert!(shows(&harness, "at least 500 times 1965"));
}

#[test]
fn nothing_selected_shows_the_document() {
    let harness = window();
    for text in ["a cycle of better ties", "7 events, 1 era, 2 series", "2 events", "no problems"] {
        assert!(shows(&harness, text), "the panel does not say {text:?}");
    }
}

#[test]
fn eras_and_series_have_records_too() {
    let mut harness = window();
    harness.get_by_label("Half a century of normalized relations, 1965–2015").click();
    harness.run();
    assert!(shows(&harness, "a cycle recurs"));
    harness.get_by_label_contains("Goods trade, US$ billion").click();
    harness.run();
    assert!(shows(&harness, "85 / 385"));
}

#[test]
fn keys_go_through_the_events_in_time_order() {
    let mut harness = window();
    let mut titles = Vec::new();
    for key in
        [Key::ArrowRight, Key::Period, Key::ArrowRight, Key::Period, Key::ArrowRight, Key::Period, Key::ArrowRight]
    {
        press(&mut harness, Modifiers::NONE, key);
        let state = harness.state().state();
        let event = state.selected_event().and_then(|event| state.timeline().event(event)).expect("a selected event");
        titles.push(event.id.clone());
    }
    let expect = ["treaty", "visitors-1965", "culture", "gdp-2013", "trade-2014", "visitors-2014", "report"];
    assert_eq!(titles, expect);
    press(&mut harness, Modifiers::NONE, Key::ArrowRight);
    assert!(shows(&harness, "7 of 7"), "the last event stays");
    press(&mut harness, Modifiers::NONE, Key::Comma);
    assert!(shows(&harness, "6 of 7"));
    press(&mut harness, Modifiers::NONE, Key::Home);
    assert!(shows(&harness, "1 of 7"));
    press(&mut harness, Modifiers::NONE, Key::End);
    assert!(shows(&harness, "7 of 7"));
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert_eq!(harness.state().state().selected, None);
}

#[test]
fn the_panel_leads_to_neighbours_and_related_events() {
    let tall = vec2(1280.0, 1200.0);
    let mut harness = window_on(Loaded::example(Example::Report), TestDesktop::new(Answer::Unavailable), tall);
    harness.get_by_label(TREATY).click();
    harness.run();
    harness.get_by_label("Next →").click();
    harness.run();
    assert!(shows(&harness, "2 of 7"));
    harness.get_by_label("← Previous").click();
    harness.run();
    assert!(shows(&harness, "1 of 7"));
    harness.get_by_label("Cultural exchange booms").click();
    harness.run();
    assert!(shows(&harness, "3 of 7"));
}

#[test]
fn the_wheel_zooms_at_the_pointer() {
    let mut harness = window();
    let at = chart_at(&harness, 0.6, 0.5);
    let before = harness.state().state().view;
    wheel(&mut harness, at, vec2(0.0, 100.0), Modifiers::NONE);
    let after = harness.state().state().view;
    assert!(after.span() < before.span() * 0.9, "{} is not closer than {}", after.span(), before.span());
    assert!(after.interval().start > before.interval().start && after.interval().end < before.interval().end);
    wheel(&mut harness, at, vec2(0.0, -100.0), Modifiers::NONE);
    let back = harness.state().state().view;
    assert!((back.span() / before.span() - 1.0).abs() < 1e-3, "zooming back gives the same span");
    let shift = (back.interval().start - before.interval().start).abs();
    assert!(shift < 200_000, "the time under the pointer moved by {shift} s");
}

#[test]
fn shift_and_wheel_pan() {
    let mut harness = window();
    let at = chart_at(&harness, 0.5, 0.5);
    let before = harness.state().state().view;
    wheel(&mut harness, at, vec2(0.0, -60.0), Modifiers::SHIFT);
    let after = harness.state().state().view;
    assert!((after.span() - before.span()).abs() < 1.0, "the span stays");
    assert!(after.interval().start > before.interval().start, "scrolling down goes to later times");
}

#[test]
fn dragging_moves_the_time_with_the_pointer() {
    let mut harness = window();
    let from = chart_at(&harness, 0.5, 0.18);
    let before = harness.state().state().view;
    harness.hover_at(from);
    harness.run();
    harness.drag_at(from);
    harness.run();
    harness.hover_at(from + vec2(-120.0, 0.0));
    harness.run();
    harness.drop_at(from + vec2(-120.0, 0.0));
    harness.run();
    let after = harness.state().state().view;
    assert!(after.interval().start > before.interval().start, "the chart follows the pointer to the left");
    assert!((after.span() - before.span()).abs() < 1.0);
}

#[test]
fn fit_keys_buttons_and_double_click_show_everything() {
    let mut harness = window();
    let home = harness.state().state().view;
    for _ in 0..4 {
        press(&mut harness, Modifiers::NONE, Key::Plus);
    }
    assert!(harness.state().state().view.span() < home.span() / 5.0);
    press(&mut harness, Modifiers::NONE, Key::Num0);
    assert!((harness.state().state().view.span() - home.span()).abs() < 1.0);
    harness.get_by_label("Zoom in").click();
    harness.run();
    assert!(harness.state().state().view.span() < home.span());
    harness.get_by_label("Fit all").click();
    harness.run();
    assert!((harness.state().state().view.span() - home.span()).abs() < 1.0);
    press(&mut harness, Modifiers::NONE, Key::Minus);
    assert!(harness.state().state().view.span() > home.span());
    let empty = chart_at(&harness, 0.75, 0.18);
    for _ in 0..2 {
        harness.drag_at(empty);
        harness.drop_at(empty);
        harness.step();
    }
    harness.run();
    assert!((harness.state().state().view.span() - home.span()).abs() < 1.0, "double click fits");
}

#[test]
fn f_fits_what_is_selected() {
    let mut harness = window();
    press(&mut harness, Modifiers::NONE, Key::End);
    press(&mut harness, Modifiers::NONE, Key::F);
    let span = harness.state().state().view.span();
    assert!((span - 3.0 * 86_400.0).abs() < 2.0, "one day with as much on either side, not {span} s");
}

#[test]
fn the_view_never_leaves_the_document_behind() {
    let mut harness = window();
    let extent = harness.state().state().timeline().extent;
    for _ in 0..40 {
        press(&mut harness, Modifiers::SHIFT, Key::ArrowRight);
    }
    assert!(harness.state().state().view.interval().start < extent.end, "lost in the future");
    for _ in 0..80 {
        press(&mut harness, Modifiers::SHIFT, Key::ArrowLeft);
    }
    assert!(harness.state().state().view.interval().end > extent.start, "lost in the past");
}

#[test]
fn the_overview_moves_the_view() {
    let mut harness = window();
    for _ in 0..4 {
        press(&mut harness, Modifiers::NONE, Key::Plus);
    }
    let strip = harness.get_by_label("Overview of the whole document").rect();
    let before = harness.state().state().view;
    let early = Pos2::new(strip.left() + strip.width() * 0.1, strip.center().y);
    harness.hover_at(early);
    harness.run();
    harness.drag_at(early);
    harness.drop_at(early);
    harness.run();
    let after = harness.state().state().view;
    assert!(after.interval().end < before.interval().start, "a click goes there");
    harness.drag_at(early);
    harness.run();
    harness.hover_at(early + vec2(60.0, 0.0));
    harness.run();
    harness.drop_at(early + vec2(60.0, 0.0));
    harness.run();
    let dragged = harness.state().state().view;
    assert!(dragged.interval().start > after.interval().start, "dragging the window moves it");
}

#[test]
fn hovering_tells_what_a_mark_is() {
    let mut harness = window();
    let at = harness.get_by_label(TREATY).rect().center();
    harness.hover_at(at);
    harness.run_steps(8);
    assert!(shows(&harness, "1965 · dated to the year"));
    assert!(shows(&harness, "Goods trade: about US$0.22 billion"));
}

#[test]
fn hovering_a_point_reads_its_value() {
    use longview::layout::{Parts, Request, View, chart};
    let mut harness = window();
    let state = harness.state().state();
    let timeline = state.timeline().clone();
    let parts = Parts { title: true, overview: true, source_line: true };
    let view = View::home(&timeline);
    let request =
        Request { timeline: &timeline, view, rect: state.chart_rect, parts, scroll: 0.0, scrolls: true, keep: None };
    let placed = chart(request, &mut longview::paint::ContextFonts::new(&harness.ctx));
    let series = &placed.series[0];
    let point = series.points.last().expect("a point");
    // Where our own mapping puts the point; egui_plot answers only if its mapping agrees.
    let x = placed.axis.left + (point.offset / placed.axis.seconds_per_point()) as f32;
    let share = (point.value - series.bounds.0) / (series.bounds.1 - series.bounds.0);
    let y = series.plot.bottom() - share as f32 * series.plot.height();
    harness.hover_at(Pos2::new(x, y));
    harness.run_steps(8);
    assert!(shows(&harness, "US$85 billion in 2014"));
    assert!(shows(&harness, "385 times 1965"));
}

#[test]
fn what_is_out_of_view_is_counted_and_a_click_away() {
    let mut harness = window();
    press(&mut harness, Modifiers::NONE, Key::End);
    press(&mut harness, Modifiers::NONE, Key::F);
    assert!(shows(&harness, "← 5 earlier"), "five events ended before the report; the culture goes on");
    harness.get_by_label("← 5 earlier").click();
    harness.run();
    assert!(shows(&harness, "6 of 7"));
    press(&mut harness, Modifiers::NONE, Key::Home);
    assert!(shows(&harness, "later →"));
}

#[test]
fn zooming_out_stops_before_the_document_is_a_speck() {
    let mut harness = window();
    let extent = harness.state().state().timeline().extent;
    for _ in 0..30 {
        press(&mut harness, Modifiers::NONE, Key::Minus);
    }
    let view = harness.state().state().view;
    assert!(view.span() <= 10.01 * (extent.end - extent.start) as f64, "{} s", view.span());
    assert!(view.interval().start < extent.start && view.interval().end > extent.end);
}

#[test]
fn more_lanes_than_fit_are_counted_and_scrolled_to() {
    let lanes: Vec<String> = (0..40).map(|n| format!("(id: \"l{n}\", title: \"Lane {n}\"),")).collect();
    let events: Vec<String> = (0..40)
        .map(|n| format!("(id: \"e{n}\", lane: \"l{n}\", title: \"Event {n}\", date: \"{}\"),", 1900 + n))
        .collect();
    let text = format!("(title: \"Many\", lanes: [{}], events: [{}])", lanes.concat(), events.concat());
    let loaded = Loaded::from_bytes(None, "many".to_owned(), text.as_bytes());
    let mut harness = window_on(loaded, TestDesktop::new(Answer::Unavailable), vec2(900.0, 600.0));
    assert!(shows(&harness, "lanes"));
    press(&mut harness, Modifiers::NONE, Key::End);
    harness.run();
    assert!(harness.query_by_label("Event 39, 1939").is_some(), "the last event is scrolled into sight");
    assert!(shows(&harness, "↑"));
}

#[test]
fn the_theme_follows_the_system_and_the_switch_overrules_it() {
    let mut harness = window();
    // The harness chooses a theme of its own.
    harness.ctx.set_theme(ThemePreference::System);
    harness.input_mut().system_theme = Some(egui::Theme::Dark);
    harness.run();
    assert!(harness.state().state().dark, "as the system says");
    harness.input_mut().system_theme = Some(egui::Theme::Light);
    harness.run();
    assert!(!harness.state().state().dark);
}

#[test]
fn the_theme_follows_the_switch() {
    let mut harness = window();
    assert!(!harness.state().state().dark);
    harness.get_by_label("Dark").click();
    harness.run();
    assert!(harness.state().state().dark);
    assert_eq!(harness.state().state().theme, ThemePreference::Dark);
    harness.get_by_label("Light").click();
    harness.run();
    assert!(!harness.state().state().dark);
}

#[test]
fn keys_switch_the_theme_and_list_the_problems() {
    let mut harness = window();
    press(&mut harness, Modifiers::NONE, Key::T);
    assert!(harness.state().state().dark);
    press(&mut harness, Modifiers::NONE, Key::T);
    assert!(!harness.state().state().dark);
    press(&mut harness, Modifiers::NONE, Key::P);
    assert!(shows(&harness, "Nothing is wrong with"));
}

#[test]
fn a_julian_date_is_said_in_both_calendars() {
    let mut harness = window();
    harness.get_by_label("File").click();
    harness.run();
    harness.get_by_label_contains("Examples").hover();
    harness.run_steps(10);
    harness.get_by_label("Antiquity").click();
    harness.run();
    harness.get_by_label_contains("The Ides of March").click();
    harness.run();
    assert!(shows(&harness, "15 March 44 BCE (Julian; 13 March 44 BCE Gregorian)"));
    harness.get_by_label_contains("Peloponnesian War").click();
    harness.run();
    assert!(shows(&harness, "lasting 26 to 28 years"));
    assert!(shows(&harness, "days)"), "the duration is said in days too");
}

#[test]
fn help_lists_every_key() {
    let mut harness = window();
    press(&mut harness, Modifiers::NONE, Key::F1);
    for action in Action::ALL {
        if !action.shortcuts().is_empty() {
            assert!(shows(&harness, action.tooltip()), "{action:?} is not listed");
        }
    }
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(!harness.state().state().help_open);
}

#[test]
fn every_action_stands_in_a_menu() {
    let mut found = String::new();
    for name in ["File", "View", "Go", "Help"] {
        let mut harness = window();
        harness.get_by_label(name).click();
        harness.run();
        for action in Action::ALL {
            if shows(&harness, action.text()) {
                found = format!("{found}{action:?} ");
            }
        }
    }
    for action in Action::ALL {
        assert!(found.contains(&format!("{action:?} ")), "{action:?} is in no menu");
    }
}

#[test]
fn ctrl_e_saves_where_the_dialog_says() {
    let folder = tempfile::tempdir().expect("a folder");
    let target = folder.path().join("picture.png");
    let desktop = TestDesktop::new(Answer::Path(target.clone()));
    let mut harness = window_on(Loaded::example(Example::Report), Arc::clone(&desktop), vec2(1280.0, 800.0));
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
    let desktop = TestDesktop::new(Answer::Path(target.clone()));
    let mut harness = window_on(Loaded::example(Example::Report), desktop, vec2(1280.0, 800.0));
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
    let mut harness =
        window_on(Loaded::example(Example::Report), TestDesktop::new(Answer::Cancelled), vec2(1280.0, 800.0));
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
    assert!(shows(&harness, "there is no lane `peeple`"));
    assert!(shows(&harness, "did you mean `people`?"));
    assert!(shows(&harness, "The last good version stays"));
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(harness.query_by_label("The Treaty").is_some(), "the last good view stays");
    assert!(shows(&harness, "2 errors in mine.ron"));

    std::fs::write(&path, Example::Report.text()).expect("a document");
    harness.key_press_modifiers(Modifiers::NONE, Key::F5);
    finish(&mut harness);
    assert!(shows(&harness, "no problems"));
}

#[test]
fn another_document_is_opened() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("other.ron");
    let text = r#"(title: "Other", lanes: [(id: "a", title: "A")], events: [(id: "e", lane: "a", title: "Only", date: "1850")])"#;
    std::fs::write(&path, text).expect("a document");
    let mut harness =
        window_on(Loaded::example(Example::Report), TestDesktop::new(Answer::Path(path)), vec2(1280.0, 800.0));
    harness.key_press_modifiers(Modifiers::COMMAND, Key::O);
    finish(&mut harness);
    assert!(harness.query_by_label("Only, 1850").is_some());
    harness.get_by_label("File").click();
    harness.run();
    harness.get_by_label_contains("Examples").hover();
    harness.run_steps(10);
    harness.get_by_label("Korea and Japan").click();
    harness.run();
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
    let answer = Answer::Path(path);
    let mut harness =
        window_on(Loaded::example(Example::Report), TestDesktop::new(answer.clone()), vec2(1280.0, 800.0));
    harness.key_press_modifiers(Modifiers::COMMAND, Key::O);
    finish(&mut harness);
    assert!(shows(&harness, "5,000 events"));
    assert!(shows(&harness, "more events"), "what has no title is counted");

    let mut harness = window_on(Loaded::example(Example::Report), TestDesktop::new(answer), vec2(1280.0, 800.0));
    harness.key_press_modifiers(Modifiers::COMMAND, Key::O);
    // The dialog has answered and the reading has begun; Escape calls it off before it can end.
    for _ in 0..10_000 {
        harness.step();
        if harness.state().state().loading.is_some() {
            break;
        }
    }
    harness.key_press(Key::Escape);
    harness.step();
    assert!(harness.state().state().loading.is_none());
    harness.state_mut().finish_effects();
    harness.run();
    assert!(harness.query_by_label(TREATY).is_some(), "the last good view stays");
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
fn every_part_shares_one_x() {
    use longview::layout::{Parts, Request, View, chart};
    let harness = window();
    let timeline = harness.state().state().timeline().clone();
    let rect = egui::Rect::from_min_size(Pos2::ZERO, vec2(900.0, 764.0));
    let parts = Parts { title: true, overview: true, source_line: true };
    let request = Request {
        timeline: &timeline,
        view: View::home(&timeline),
        rect,
        parts,
        scroll: 0.0,
        scrolls: true,
        keep: None,
    };
    let placed = chart(request, &mut longview::paint::ContextFonts::new(&harness.ctx));
    for series in &placed.series {
        assert_eq!(series.plot.x_range(), egui::Rangef::new(placed.axis.left, placed.axis.right));
        for point in &series.points {
            let x = placed.axis.left + (point.offset / placed.axis.seconds_per_point()) as f32;
            assert!((x - point.extent.center()).abs() < 0.6, "{x} is not in the middle of {:?}", point.extent);
        }
    }
    let tick = placed.ticks.fine.iter().find(|tick| tick.label == "1965").expect("a tick");
    assert!((tick.x - placed.eras[0].x.min).abs() < 0.01, "the era begins where its year's tick stands");
}

#[test]
fn small_and_large_windows_keep_every_title_apart() {
    use longview::layout::{Parts, Request, View, chart};
    let harness = window();
    let timeline = harness.state().state().timeline().clone();
    for size in [vec2(420.0, 380.0), vec2(560.0, 564.0), vec2(900.0, 764.0), vec2(2000.0, 1400.0)] {
        let rect = egui::Rect::from_min_size(Pos2::ZERO, size);
        let parts = Parts { title: true, overview: true, source_line: true };
        let request = Request {
            timeline: &timeline,
            view: View::home(&timeline),
            rect,
            parts,
            scroll: 0.0,
            scrolls: true,
            keep: None,
        };
        let placed = chart(request, &mut longview::paint::ContextFonts::new(&harness.ctx));
        let labels: Vec<egui::Rect> = placed.marks().filter_map(|mark| mark.label.as_ref()).map(|l| l.rect).collect();
        assert_eq!(labels.len(), 7, "at {size:?} every event has its title");
        for (index, a) in labels.iter().enumerate() {
            for b in labels.iter().skip(index + 1) {
                assert!(!a.shrink(0.5).intersects(b.shrink(0.5)), "{a:?} touches {b:?} at {size:?}");
            }
        }
    }
}

#[test]
fn a_screen_reader_hears_what_is_selected() {
    let mut harness = window();
    harness.get_by_label(TREATY).click();
    harness.run();
    let node = harness.get_by_label(TREATY);
    assert_eq!(node.accesskit_node().toggled(), Some(egui::accesskit::Toggled::True));
}

/// Width and height that a PNG's header gives, after decoding all of it.
fn png_size(path: &Path) -> [u32; 2] {
    let file = std::io::BufReader::new(std::fs::File::open(path).expect("the picture"));
    let mut reader = png::Decoder::new(file).read_info().expect("a PNG header");
    let mut pixels = vec![0; reader.output_buffer_size().expect("a size that fits memory")];
    let info = reader.next_frame(&mut pixels).expect("whole pixel data");
    [info.width, info.height]
}
