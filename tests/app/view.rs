//! What span of time is shown, and everything that moves it; theme, help, menus.

use egui::{Key, Modifiers, Pos2, ThemePreference, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use longview::app::{App, DialogResult, LoadedDocument, Message, UiCommand};

use super::support::*;

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
    // In the row of eras; in a lane it makes an event.
    let empty = chart_at(&harness, 0.75, 0.12);
    for _ in 0..2 {
        harness.drag_at(empty);
        harness.drop_at(empty);
        harness.step();
    }
    harness.run();
    assert!((harness.state().state().view.span() - home.span()).abs() < 1.0, "double click fits");
}

/// A window on events at these dates, in one lane.
fn window_on_dates(dates: &[&str]) -> Harness<'static, App> {
    let event =
        |(n, date): (usize, &&str)| format!("(id: \"e{n}\", lane: \"a\", title: \"Event {n}\", date: \"{date}\"),");
    let events: Vec<String> = dates.iter().enumerate().map(event).collect();
    let text = format!("(title: \"Dates\", lanes: [(id: \"a\", title: \"A\")], events: [{}])", events.concat());
    let loaded = LoadedDocument::from_bytes(None, "dates".to_owned(), text);
    window_on(loaded, TestDesktop::new(DialogResult::Unavailable), vec2(1280.0, 800.0))
}

fn span(harness: &Harness<'static, App>) -> f64 {
    harness.state().state().view.span()
}

/// Where the selected event is in the view: 0 at the left edge, 1 at the right edge.
fn selected_at(harness: &Harness<'static, App>) -> [f64; 2] {
    let state = harness.state().state();
    let event = state.selected_event().and_then(|event| state.timeline().event(event)).expect("a selected event");
    let extent = event.date.expect("a date").known_extent();
    [state.view.fraction_of(extent.start), state.view.fraction_of(extent.end)]
}

#[test]
fn f_shows_a_single_date_among_its_neighbours() {
    let mut harness =
        window_on_dates(&["1900", "2024-01-20T10:00", "2024-01-20T10:30", "2024-01-20T18:00", "2024-03-01"]);
    for _ in 0..3 {
        press(&mut harness, Modifiers::NONE, Key::ArrowRight);
    }
    press(&mut harness, Modifiers::NONE, Key::F);
    let [start, end] = selected_at(&harness);
    assert!(start < 0.5 && 0.5 < end, "in the middle, not from {start} to {end}");
    let day = 86_400.0;
    assert!(span(&harness) > day / 2.0 && span(&harness) < 2.0 * day, "{} s", span(&harness));
    for name in ["Event 1", "Event 3"] {
        assert!(harness.query_all_by_label_contains(&format!("{name}, ")).next().is_some(), "{name} is not in sight");
    }
    // What is alone still has as much on either side.
    let mut harness = window_on_dates(&["2024-01-20"]);
    press(&mut harness, Modifiers::NONE, Key::Home);
    press(&mut harness, Modifiers::NONE, Key::F);
    assert!((span(&harness) - 3.0 * day).abs() < 2.0, "{} s", span(&harness));
}

#[test]
fn f_shows_a_span_over_most_of_the_width() {
    for date in ["1914-07-28/1918-11-11", "2024-01-20T10:00/2024-01-20T10:05", "0900/1900"] {
        let mut harness = window_on_dates(&["1900", date, "2025"]);
        harness.get_by_label_contains("Event 1, ").click();
        harness.run();
        press(&mut harness, Modifiers::NONE, Key::F);
        let [start, end] = selected_at(&harness);
        assert!((start - 0.1).abs() < 0.01 && (end - 0.9).abs() < 0.01, "{date}: from {start} to {end}");
    }
}

#[test]
fn zoom_keys_zoom_around_the_selected_event_in_view() {
    let mut harness = window_on_dates(&["1900", "1910", "1990", "2000"]);
    press(&mut harness, Modifiers::NONE, Key::Home);
    let [before, _] = selected_at(&harness);
    assert!(before < 0.2, "near the left edge");
    for key in [Key::Plus, Key::Plus, Key::Plus, Key::Minus] {
        press(&mut harness, Modifiers::NONE, key);
        let [start, end] = selected_at(&harness);
        assert!(start < 0.2 && end > 0.0, "{key:?}: it stays in view, from {start} to {end}");
    }
    // Out of view, it no longer counts.
    press(&mut harness, Modifiers::NONE, Key::Num0);
    let away = harness.state().state().view.panned(0.3);
    harness.state_mut().apply(Message::Ui(UiCommand::Show(away)));
    harness.run();
    let middle = |harness: &Harness<'static, App>| harness.state().state().view.time_at(0.5);
    let was = middle(&harness);
    press(&mut harness, Modifiers::NONE, Key::Plus);
    assert!((middle(&harness) - was).abs() < 100_000, "around the middle");
}

#[test]
fn keys_move_the_view_by_a_fifth_of_its_width() {
    let mut harness = window();
    press(&mut harness, Modifiers::NONE, Key::Plus);
    let before = harness.state().state().view;
    let moved = |harness: &Harness<'static, App>| before.fraction_of(harness.state().state().view.time_at(0.0));
    press(&mut harness, Modifiers::SHIFT, Key::ArrowRight);
    assert!((moved(&harness) - 0.2).abs() < 1e-3, "to later times: {}", moved(&harness));
    press(&mut harness, Modifiers::SHIFT, Key::ArrowLeft);
    press(&mut harness, Modifiers::SHIFT, Key::ArrowLeft);
    assert!((moved(&harness) + 0.2).abs() < 1e-3, "to earlier times: {}", moved(&harness));
    assert!((harness.state().state().view.span() - before.span()).abs() < 1.0, "the span stays");
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

/// An edge of the window in the overview moves with the pointer; the other edge stays.
#[test]
fn an_edge_of_the_overview_is_dragged() {
    for (is_start, by) in [(true, -40.0), (true, 25.0), (false, 40.0), (false, -25.0)] {
        let mut harness = window();
        for _ in 0..4 {
            press(&mut harness, Modifiers::NONE, Key::Plus);
        }
        let overview = chart_now(&harness).overview.expect("an overview");
        let before = harness.state().state().view.interval();
        let (edge, y) = (if is_start { overview.window.min } else { overview.window.max }, overview.rect.center().y);
        assert!(overview.window.span() > 40.0, "{}", overview.window.span());
        harness.hover_at(Pos2::new(edge, y));
        harness.run();
        harness.drag_at(Pos2::new(edge, y));
        harness.run();
        // A drag begins once the pointer has moved a little.
        for share in [0.5, 1.0] {
            harness.hover_at(Pos2::new(edge + by * share, y));
            harness.run();
        }
        harness.drop_at(Pos2::new(edge + by, y));
        harness.run();
        let after = harness.state().state().view.interval();
        let (stays, moves) =
            if is_start { ((before.end, after.end), after.start) } else { ((before.start, after.start), after.end) };
        let point = overview.axis.seconds_per_point() as i64;
        assert!((stays.0 - stays.1).abs() <= 1, "the other edge stays: {before:?}, {after:?}");
        let to = overview.axis.time(edge + by);
        assert!((moves - to).abs() <= point, "by {by}: {moves} is not {to}");
    }
}

#[test]
fn what_is_out_of_view_is_counted_and_a_click_away() {
    let mut harness = window();
    press(&mut harness, Modifiers::NONE, Key::End);
    press(&mut harness, Modifiers::NONE, Key::F);
    for _ in 0..4 {
        press(&mut harness, Modifiers::NONE, Key::Plus);
    }
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
    let loaded = LoadedDocument::from_bytes(None, "many".to_owned(), text.as_bytes());
    let mut harness = window_on(loaded, TestDesktop::new(DialogResult::Unavailable), vec2(900.0, 600.0));
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
    assert_eq!(harness.state().state().preferences.theme, ThemePreference::Dark);
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
fn help_lists_every_key() {
    let mut harness = window();
    press(&mut harness, Modifiers::NONE, Key::F1);
    for entry in UiCommand::LISTED.iter().filter_map(UiCommand::entry) {
        if !entry.shortcuts.is_empty() {
            assert!(shows(&harness, entry.tooltip), "{entry:?} is not listed");
        }
    }
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(!harness.state().state().help_open);
}

#[test]
fn every_listed_command_is_in_a_menu() {
    let mut found = String::new();
    for name in ["File", "Edit", "View", "Go", "Help"] {
        let mut harness = window();
        harness.get_by_label(name).click();
        harness.run();
        for inner in ["Export Data", "Move", "Text Size"] {
            let Some(inner) = harness.query_by_label_contains(inner) else { continue };
            inner.click();
            harness.run();
        }
        for command in UiCommand::LISTED {
            if command.entry().is_some_and(|entry| shows(&harness, entry.text)) {
                found = format!("{found}{command:?} ");
            }
        }
    }
    for command in UiCommand::LISTED {
        assert!(found.contains(&format!("{command:?} ")), "{command:?} is in no menu");
    }
}

#[test]
fn every_part_shares_one_x() {
    let harness = window();
    let rect = egui::Rect::from_min_size(Pos2::ZERO, vec2(900.0, 764.0));
    let placed = placed(&harness, rect);
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
    let harness = window();
    for size in [vec2(420.0, 380.0), vec2(560.0, 564.0), vec2(900.0, 764.0), vec2(2000.0, 1400.0)] {
        let rect = egui::Rect::from_min_size(Pos2::ZERO, size);
        let placed = placed(&harness, rect);
        let labels: Vec<egui::Rect> = placed.marks().filter_map(|mark| mark.label.as_ref()).map(|l| l.rect).collect();
        assert_eq!(labels.len(), 7, "at {size:?} every event has its title");
        for (index, a) in labels.iter().enumerate() {
            for b in labels.iter().skip(index + 1) {
                assert!(!a.shrink(0.5).intersects(b.shrink(0.5)), "{a:?} touches {b:?} at {size:?}");
            }
        }
    }
}
