//! Series in a plot of their own.

use egui::{Color32, Key, Modifiers, Pos2, Shape, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use longview::app::{App, DialogResult, Explorer, LoadedDocument};
use longview::document::Scale;
use longview::layout::View;

use super::support::*;

const NONE: Modifiers = Modifiers::NONE;

const DOCUMENT: &str = r#"(
    title: "Values",
    lanes: [(id: "l", title: "Lane")],
    events: [(id: "e", lane: "l", title: "Event", date: "1900")],
    sources: [(id: "s", title: "A source")],
    series: [
        (id: "wheat", title: "Wheat", unit: "tonnes", points: [
            (date: "1900", value: 100.0), (date: "1901", value: 120.0), (date: "1910", value: 150.0, qualifier: About),
            (date: "1920", value: 400.0, qualifier: MoreThan)]),
        (id: "rye", title: "Rye", unit: "tonnes", points: [(date: "1901", value: 50.0), (date: "1920", value: 25.0)]),
        (id: "frost", title: "Frost", unit: "°C", points: [(date: "1900", value: -3.0), (date: "1920", value: 4.0)]),
        (id: "rome", title: "Rome", unit: "people", scale: Log, points: [
            (date: "-0099", value: 400000.0), (date: "0100", value: 1000000.0)]),
    ],
)"#;

fn window_on_text(text: &str) -> Harness<'static, App> {
    let loaded = LoadedDocument::from_bytes(None, "values.ron".to_owned(), text.as_bytes());
    window_on(loaded, TestDesktop::new(DialogResult::Unavailable), vec2(1280.0, 800.0))
}

/// A window with the explorer open on the first series.
fn exploring() -> Harness<'static, App> {
    let mut harness = window_on_text(DOCUMENT);
    press(&mut harness, NONE, Key::S);
    harness
}

fn explorer<'a>(harness: &'a Harness<'static, App>) -> &'a Explorer {
    harness.state().state().explorer.as_ref().expect("the explorer is open")
}

/// The titles of the series that are shown.
fn shown(harness: &Harness<'static, App>) -> Vec<String> {
    let timeline = harness.state().state().timeline();
    let title = |index: &_| timeline.series_at(*index).map(|series| series.title.clone());
    explorer(harness).shown.iter().filter_map(title).collect()
}

/// The first second of a year.
fn time_of(year: i32) -> i64 {
    let date = year.to_string().parse::<longview::date::Date>().expect("a year");
    date.known_bounds().start
}

fn toggle(harness: &mut Harness<'static, App>, name: &str) {
    harness.get_by_label(name).click();
    harness.run();
}

/// Indexes to a date that is typed.
fn index_to(harness: &mut Harness<'static, App>, date: &str) {
    type_into(harness, "Index to 100 at", date);
    harness.get_by_label("Apply").click();
    harness.run();
}

#[test]
fn a_key_opens_the_explorer_and_escape_returns_to_the_chart() {
    let mut harness = window_on_text(DOCUMENT);
    assert!(harness.state().state().explorer.is_none());
    press(&mut harness, NONE, Key::S);
    assert_eq!(shown(&harness), ["Wheat"]);
    assert!(shows(&harness, "Plot, tonnes: Wheat, 4 values"), "the plot has a name");
    press(&mut harness, NONE, Key::Escape);
    assert!(harness.state().state().explorer.is_none());
    assert!(harness.state().state().selected().is_some(), "Escape closes one thing at a time");
    press(&mut harness, NONE, Key::S);
    harness.get_by_label("Back to Chart").click();
    harness.run();
    assert!(harness.state().state().explorer.is_none());
    press(&mut harness, NONE, Key::S);
    press(&mut harness, NONE, Key::S);
    assert!(harness.state().state().explorer.is_none(), "the key that opens it closes it");
}

#[test]
fn name_plot_record_and_menu_open_the_explorer() {
    for open in [
        |harness: &mut Harness<'static, App>| harness.get_by_label("Rye, tonnes").click(),
        |harness: &mut Harness<'static, App>| {
            let name = harness.get_by_label("Rye, tonnes").rect();
            let plot = name.left_bottom() + vec2(200.0, 20.0);
            harness.hover_at(plot);
            harness.run();
            for pressed in [true, false] {
                let button = egui::PointerButton::Primary;
                harness.event(egui::Event::PointerButton { pos: plot, button, pressed, modifiers: NONE });
            }
        },
        |harness: &mut Harness<'static, App>| {
            harness.get_by_label("Rye, tonnes").click();
            harness.run();
            press(harness, NONE, Key::Escape);
            harness.get_by_label("Explore").click();
        },
        |harness: &mut Harness<'static, App>| {
            harness.get_by_label("Rye, tonnes").click();
            harness.run();
            press(harness, NONE, Key::Escape);
            harness.get_by_label("View").click();
            harness.run();
            harness.get_by_label_contains("Explore Series").click();
        },
    ] {
        let mut harness = window_on_text(DOCUMENT);
        open(&mut harness);
        harness.run();
        assert_eq!(shown(&harness), ["Rye"]);
        assert!(shows(&harness, "50 tonnes"), "its record is beside it");
    }
}

#[test]
fn without_series_there_is_nothing_to_explore() {
    let mut harness = window_on_text("(title: \"Empty\")");
    press(&mut harness, NONE, Key::S);
    assert!(harness.state().state().explorer.is_none());
    harness.get_by_label("View").click();
    harness.run();
    let entry = harness.get_by_label_contains("Explore Series");
    assert!(entry.accesskit_node().is_disabled());
}

#[test]
fn series_of_one_unit_share_a_plot_and_others_have_their_own() {
    let mut harness = exploring();
    toggle(&mut harness, "Rye, tonnes");
    assert!(shows(&harness, "Plot, tonnes: Wheat, 4 values; Rye, 2 values"));
    toggle(&mut harness, "Frost, °C");
    assert!(shows(&harness, "Plot, tonnes: Wheat, 4 values; Rye, 2 values"));
    assert!(shows(&harness, "Plot, °C: Frost, 2 values"));
    toggle(&mut harness, "Wheat, tonnes");
    assert_eq!(shown(&harness), ["Rye", "Frost"]);
    assert!(shows(&harness, "Plot, tonnes: Rye, 2 values"));
}

#[test]
fn the_scale_is_that_of_the_series_until_another_is_chosen() {
    let mut harness = exploring();
    assert_eq!(explorer(&harness).scale, Scale::Linear);
    harness.get_by_label("Logarithmic").click();
    harness.run();
    assert_eq!(explorer(&harness).scale, Scale::Log);
    let mut harness = window_on_text(DOCUMENT);
    harness.get_by_label_contains("Rome, people").click();
    harness.run();
    assert_eq!(explorer(&harness).scale, Scale::Log);
}

#[test]
fn keys_step_through_values_and_say_each() {
    let mut harness = exploring();
    for (key, expect) in [
        (Key::ArrowRight, "Wheat: 100 tonnes in 1900"),
        (Key::ArrowRight, "Wheat: 120 tonnes in 1901 · 20% above 1900"),
        (Key::ArrowRight, "Wheat: about 150 tonnes in 1910 · about 50% above 1900"),
        (Key::ArrowLeft, "Wheat: 120 tonnes in 1901"),
        (Key::End, "Wheat: more than 400 tonnes in 1920 · at least 4 times 1900"),
        (Key::ArrowRight, "Wheat: more than 400 tonnes in 1920"),
        (Key::Home, "Wheat: 100 tonnes in 1900"),
        (Key::ArrowLeft, "Wheat: 100 tonnes in 1900"),
    ] {
        press(&mut harness, NONE, key);
        assert!(shows(&harness, expect), "{key:?} does not say {expect:?}");
    }
}

#[test]
fn indexed_series_are_100_at_the_same_date() {
    let mut harness = exploring();
    for name in ["Rye, tonnes", "Frost, °C", "Rome, people"] {
        toggle(&mut harness, name);
    }
    index_to(&mut harness, "1901");
    assert!(shows(&harness, "Plot, 1901 = 100: Wheat, 4 values; Rye, 2 values"));
    assert!(shows(&harness, "Frost: values in °C have no ratios"));
    assert!(shows(&harness, "Rome: no value in 1901"));
    press(&mut harness, NONE, Key::Escape);
    harness.get_by_label("Explore").click();
    harness.run();
    assert!(!shows(&harness, "= 100"), "it is closed as it was opened");
}

#[test]
fn the_readout_compares_with_the_value_that_is_100() {
    let mut harness = exploring();
    press(&mut harness, NONE, Key::End);
    index_to(&mut harness, "1901");
    assert!(shows(&harness, "more than 400 tonnes in 1920 · index 333 · at least 3.33 times 1901"));
    harness.get_by_label("Show Values").click();
    harness.run();
    assert!(shows(&harness, "more than 400 tonnes in 1920 · at least 4 times 1900"));
    // With nothing in the field, the date of the selected value.
    harness.get_by_label("Apply").click();
    harness.run();
    assert!(shows(&harness, "Plot, 1920 = 100"));
}

#[test]
fn what_is_no_date_is_refused_with_a_reason() {
    let mut harness = exploring();
    index_to(&mut harness, "soonish");
    assert!(!shows(&harness, "= 100"));
    assert!(shows(&harness, "soonish"), "the reason quotes it");
    index_to(&mut harness, "1901");
    assert!(shows(&harness, "1901 = 100"));
    index_to(&mut harness, "");
    assert!(!shows(&harness, "= 100"), "no date, no index");
}

#[test]
fn dates_before_the_common_era_are_written_as_such() {
    let mut harness = window_on_text(DOCUMENT);
    harness.get_by_label_contains("Rome, people").click();
    harness.run();
    press(&mut harness, NONE, Key::ArrowRight);
    assert!(shows(&harness, "Rome: 400,000 people in 100 BCE"));
    index_to(&mut harness, "100 BCE");
    assert!(shows(&harness, "Plot, 100 BCE = 100: Rome, 2 values"));
}

#[test]
fn keys_zoom_and_pan_the_explorer_and_leave_the_chart_alone() {
    let mut harness = exploring();
    let chart = harness.state().state().view;
    let whole = explorer(&harness).view;
    press(&mut harness, NONE, Key::Plus);
    let closer = explorer(&harness).view;
    assert!(closer.span() < whole.span());
    press(&mut harness, Modifiers::SHIFT, Key::ArrowRight);
    assert!(explorer(&harness).view.interval().start > closer.interval().start);
    press(&mut harness, NONE, Key::Num0);
    assert_eq!(explorer(&harness).view, whole);
    press(&mut harness, NONE, Key::Minus);
    assert!(explorer(&harness).view.span() > whole.span());
    assert_eq!(harness.state().state().view, chart);
}

#[test]
fn the_wheel_zooms_at_the_pointer_and_a_drag_pans() {
    let mut harness = exploring();
    let plot = harness.get_by_label_contains("Plot, tonnes").rect();
    let before = explorer(&harness).view;
    let at = plot.left_top() + plot.size() * vec2(0.25, 0.5);
    let held = before.time_at(0.25);
    wheel(&mut harness, at, vec2(0.0, 200.0), NONE);
    let after = explorer(&harness).view;
    assert!(after.span() < before.span());
    let moved = after.time_at(0.25).abs_diff(held) as f64;
    assert!(moved < after.span() * 0.01, "{moved} s");
    let drag = |harness: &mut Harness<'static, App>, from: egui::Pos2, to: egui::Pos2| {
        let button = |pos, pressed| {
            let button = egui::PointerButton::Primary;
            egui::Event::PointerButton { pos, button, pressed, modifiers: NONE }
        };
        harness.event(egui::Event::PointerMoved(from));
        harness.event(button(from, true));
        harness.run();
        harness.event(egui::Event::PointerMoved(to));
        harness.run();
        harness.event(button(to, false));
        harness.run();
    };
    drag(&mut harness, at, at + vec2(100.0, 0.0));
    let dragged = explorer(&harness).view;
    assert!((dragged.span() - after.span()).abs() < 1.0);
    let seconds = after.time_at(0.5) - dragged.time_at(0.5);
    let expect = after.span() * f64::from(100.0 / plot.width());
    assert!((seconds as f64 - expect).abs() < after.span() * 0.02, "{seconds} s is not {expect} s");
}

#[test]
fn a_wheel_that_turns_sideways_pans_as_the_chart_does() {
    let pans = |harness: &mut Harness<'static, App>, at: egui::Pos2, view: fn(&App) -> View| {
        let before = view(harness.state());
        wheel(harness, at, vec2(-60.0, 0.0), NONE);
        let after = view(harness.state());
        assert!((after.span() - before.span()).abs() < 1.0);
        after.interval().start - before.interval().start
    };
    let mut harness = window_on_text(DOCUMENT);
    press(&mut harness, NONE, Key::Plus);
    let at = chart_at(&harness, 0.5, 0.2);
    assert!(pans(&mut harness, at, |app| app.state().view) > 0);
    let mut harness = exploring();
    let at = harness.get_by_label_contains("Plot, tonnes").rect().center();
    assert!(pans(&mut harness, at, |app| app.state().explorer.as_ref().expect("it is open").view) > 0);
}

#[test]
fn one_axis_below_the_plots_says_the_time() {
    let mut harness = exploring();
    toggle(&mut harness, "Frost, °C");
    let plot = harness.get_by_label_contains("Plot, °C").rect();
    let view = explorer(&harness).view;
    let texts = texts(&harness);
    for year in [1900, 1905, 1910, 1915, 1920] {
        let words = year.to_string();
        let found: Vec<_> = texts.iter().filter(|text| text.galley.text() == words).collect();
        let [label] = found[..] else { panic!("{year} is there {} times", found.len()) };
        let rect = label.visual_bounding_rect();
        let start = time_of(year);
        assert!(rect.top() >= plot.bottom(), "{year} at {rect}, below {plot}");
        let x = plot.left() + view.fraction_of(start) as f32 * plot.width();
        assert!((x - 1.0..x + rect.width() + 20.0).contains(&rect.right()), "{year} at {rect}, not at {x}");
    }
}

#[test]
fn values_of_an_axis_stand_left_of_their_plot() {
    let harness = exploring();
    let plot = harness.get_by_label_contains("Plot, tonnes").rect();
    for words in ["0", "100", "200", "300", "400"] {
        let texts = texts(&harness);
        let label = texts.iter().find(|text| text.galley.text() == words).expect("a value of the axis");
        let rect = label.visual_bounding_rect();
        assert!((plot.left() - 10.0..plot.left()).contains(&rect.right()), "{words} at {rect}, beside {plot}");
        assert!(plot.y_range().contains(rect.center().y), "{words} at {rect}, beside {plot}");
    }
}

#[test]
fn a_box_that_is_drawn_with_the_right_button_is_shown() {
    let mut harness = exploring();
    let plot = harness.get_by_label_contains("Plot, tonnes").rect();
    let before = explorer(&harness).view;
    let [from, to] = [vec2(0.25, 0.25), vec2(0.75, 0.75)].map(|part| plot.left_top() + plot.size() * part);
    let button = |pos, pressed| {
        let button = egui::PointerButton::Secondary;
        egui::Event::PointerButton { pos, button, pressed, modifiers: NONE }
    };
    // Only what moves is a drag; it begins where that is known.
    let pressed = from - vec2(10.0, 10.0);
    harness.event(egui::Event::PointerMoved(pressed));
    harness.event(button(pressed, true));
    harness.run();
    for at in [from, to] {
        harness.event(egui::Event::PointerMoved(at));
        harness.run();
    }
    harness.event(button(to, false));
    harness.run();
    let after = explorer(&harness).view;
    assert!((after.span() / before.span() - 0.5).abs() < 0.02, "{} of {}", after.span(), before.span());
    let moved = before.time_at(0.25).abs_diff(after.time_at(0.0)) as f64;
    assert!(moved < before.span() * 0.01, "{moved} s");
    assert!(!texts(&harness).iter().any(|text| text.galley.text() == "400"), "the values are those in the box");
}

#[test]
fn a_value_that_holds_on_has_a_tip_at_the_edge() {
    let mut harness = window_on_text(&DOCUMENT.replace("date: \"1910\"", "date: \"1910/..\""));
    press(&mut harness, NONE, Key::S);
    let plot = harness.get_by_label_contains("Plot, tonnes").rect();
    let start = plot.left() + explorer(&harness).view.fraction_of(time_of(1910)) as f32 * plot.width();
    let shapes = painted_shapes(&harness);
    let bar = shapes.iter().find_map(|shape| match shape {
        Shape::Rect(bar) if (bar.rect.left() - start).abs() < 1.0 && bar.rect.width() > 100.0 => Some(bar.rect),
        _ => None,
    });
    let bar = bar.expect("a bar from 1910 on");
    assert!(bar.right() < plot.right() - 4.0, "{bar} in {plot}");
    let is_tip = |shape: &&&Shape| match shape {
        Shape::Path(path) => {
            path.closed && path.points.len() == 3 && path.points.contains(&Pos2::new(plot.right(), bar.center().y))
        }
        _ => false,
    };
    assert_eq!(shapes.iter().filter(is_tip).count(), 1);
}

#[test]
fn the_selected_value_has_a_ring() {
    let mut harness = exploring();
    let rings = |harness: &Harness<'static, App>| -> Vec<Pos2> {
        let ring = |shape: &Shape| match shape {
            Shape::Circle(circle) if circle.fill == Color32::TRANSPARENT => Some(circle.center),
            _ => None,
        };
        painted_shapes(harness).into_iter().filter_map(ring).collect()
    };
    assert_eq!(rings(&harness), []);
    let plot = harness.get_by_label_contains("Plot, tonnes").rect();
    let mut before = 0.0;
    for key in [Key::ArrowRight, Key::ArrowRight, Key::End] {
        press(&mut harness, NONE, key);
        let [ring] = rings(&harness)[..] else { panic!("one ring: {:?}", rings(&harness)) };
        assert!(plot.contains(ring) && ring.x > before, "{key:?} leads to {ring}");
        before = ring.x;
    }
}

#[test]
fn a_value_of_a_whole_year_is_as_wide_as_the_year() {
    let harness = exploring();
    let plot = harness.get_by_label_contains("Plot, tonnes").rect();
    let view = explorer(&harness).view;
    let x = |year| plot.left() + view.fraction_of(time_of(year)) as f32 * plot.width();
    let found = painted_shapes(&harness).into_iter().any(|shape| match shape {
        Shape::Rect(bar) => (bar.rect.left() - x(1910)).abs() < 1.0 && (bar.rect.right() - x(1911)).abs() < 1.0,
        _ => false,
    });
    assert!(found, "nothing is from {} to {}", x(1910), x(1911));
}

#[test]
fn a_click_says_the_nearest_value() {
    let mut harness = exploring();
    let plot = harness.get_by_label_contains("Plot, tonnes").rect();
    // The last value is at the upper right.
    let at = plot.left_top() + plot.size() * vec2(0.93, 0.15);
    harness.hover_at(at);
    harness.run();
    for pressed in [true, false] {
        let button = egui::PointerButton::Primary;
        harness.event(egui::Event::PointerButton { pos: at, button, pressed, modifiers: NONE });
    }
    harness.run();
    assert!(shows(&harness, "Wheat: more than 400 tonnes in 1920"));
}

#[test]
fn the_pointer_reads_a_value() {
    let mut harness = exploring();
    let view = explorer(&harness).view;
    let plot = harness.get_by_label_contains("Plot, tonnes").rect();
    let timeline = harness.state().state().timeline();
    let point = &timeline.series[0].points[3];
    let x = plot.left() + view.fraction_of(point.date.anchor()) as f32 * plot.width();
    // Somewhere up there is the highest value; a tooltip needs the pointer within a few points of it.
    let found = (0..60).any(|step| {
        harness.hover_at(egui::pos2(x, plot.top() + plot.height() * 0.005 * step as f32));
        harness.run();
        shows(&harness, "more than 400 tonnes in 1920\nat least 4 times 1900")
    });
    assert!(found, "no tooltip says it");
}

#[test]
fn the_line_of_the_index_is_dragged_from_value_to_value() {
    let mut harness = exploring();
    index_to(&mut harness, "1900");
    let grip = harness.get_by_label_contains("drag to another date").rect();
    let plot = harness.get_by_label_contains("Plot, 1900 = 100").rect();
    let button = |pos, pressed| {
        let button = egui::PointerButton::Primary;
        egui::Event::PointerButton { pos, button, pressed, modifiers: NONE }
    };
    let to = egui::pos2(plot.right() - 60.0, grip.center().y);
    harness.event(egui::Event::PointerMoved(grip.center()));
    harness.event(button(grip.center(), true));
    harness.run();
    harness.event(egui::Event::PointerMoved(to));
    harness.run();
    harness.event(button(to, false));
    harness.run();
    assert!(shows(&harness, "Plot, 1920 = 100"));
}

#[test]
fn a_reload_keeps_what_is_explored() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("values.ron");
    std::fs::write(&path, DOCUMENT).expect("a document");
    let mut harness = window_on_file(&path);
    press(&mut harness, NONE, Key::S);
    toggle(&mut harness, "Rye, tonnes");
    index_to(&mut harness, "1901");
    // Another series comes before them.
    let first = r#"series: [(id: "new", title: "New", unit: "u", points: [(date: "1905", value: 1.0)]),"#;
    std::fs::write(&path, DOCUMENT.replace("series: [", first)).expect("a document");
    press(&mut harness, NONE, Key::F5);
    finish(&mut harness);
    assert_eq!(shown(&harness), ["Wheat", "Rye"]);
    assert!(shows(&harness, "Plot, 1901 = 100: Wheat, 4 values; Rye, 2 values"));
    // None of them is left.
    std::fs::write(&path, "(title: \"Other\", events: [(id: \"e\", lane: \"l\", title: \"E\", date: \"1900\")], lanes: [(id: \"l\", title: \"L\")])").expect("a document");
    press(&mut harness, NONE, Key::F5);
    finish(&mut harness);
    assert!(harness.state().state().explorer.is_none());
}

#[test]
fn two_hundred_thousand_values_are_drawn_as_columns() {
    let day = |number: u32| {
        let [year, month, day] = [1400 + number / 336, number / 28 % 12 + 1, number % 28 + 1];
        format!("{year}-{month:02}-{day:02}")
    };
    let points = (0..200_000).map(|number| longview::document::Point {
        date: day(number),
        value: f64::from(number % 1000 + 1),
        ..Default::default()
    });
    let series = longview::document::Series {
        id: "s".to_owned(),
        title: "Many".to_owned(),
        unit: "u".to_owned(),
        points: points.collect(),
        ..Default::default()
    };
    let document =
        longview::document::Timeline { title: "Many".to_owned(), series: vec![series], ..Default::default() };
    let timeline = longview::timeline::resolve(document).timeline;
    let loaded = LoadedDocument { timeline, ..LoadedDocument::from_bytes(None, "many.ron".to_owned(), &b""[..]) };
    let mut harness = window_on(loaded, TestDesktop::new(DialogResult::Unavailable), vec2(1280.0, 800.0));
    press(&mut harness, NONE, Key::S);
    assert!(shows(&harness, "Plot, u: Many, 200,000 values"));
    let plot = harness.get_by_label_contains("Plot, u").rect();
    harness.hover_at(plot.center());
    harness.run();
    assert!(shows(&harness, "mean "), "a column says how many values it has, and their mean");
    let shapes = harness.output().shapes.len();
    assert!(shapes < 3_000, "{shapes} shapes");
    let began = std::time::Instant::now();
    harness.run_steps(20);
    assert!(began.elapsed().as_secs_f64() / 20.0 < 0.2, "a frame took {:?}", began.elapsed() / 20);
}

#[test]
fn a_small_window_has_the_explorer_too() {
    let loaded = LoadedDocument::from_bytes(None, "values.ron".to_owned(), DOCUMENT.as_bytes());
    let mut harness = window_on(loaded, TestDesktop::new(DialogResult::Unavailable), vec2(320.0, 240.0));
    press(&mut harness, NONE, Key::S);
    assert!(shows(&harness, "Plot, tonnes: Wheat, 4 values"));
    press(&mut harness, NONE, Key::R);
    harness.get_by_label("Explore").click();
    harness.run();
    assert!(harness.get_by_label("Back to Chart").rect().right() <= 320.0);
}
