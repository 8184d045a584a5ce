//! A view that comes to rest: its rows are those of a picture of it, and nothing that is looked at is lost.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::time::Duration;

use egui::{Key, Modifiers, Pos2, Rect, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use longview::Example;
use longview::app::{App, DialogResult, LoadedDocument, UiCommand};
use longview::layout::{Arrangement, Chart, Parts, Request, chart};

use super::support::*;

/// A document of so many lanes and events, without series.
fn document(lanes: usize, events: usize, date: &dyn Fn(usize) -> String) -> String {
    let mut text = "(title: \"Many\", lanes: [".to_owned();
    for lane in 0..lanes {
        write!(text, "(id: \"l{lane}\", title: \"Lane {lane}\"),").expect("text");
    }
    text += "], events: [";
    for event in 0..events {
        let (lane, date) = (event * 5 % lanes, date(event));
        let title = format!("Event {event} {}", "of some words and more".split_at(event * 7 % 23).0);
        write!(text, "(id: \"e{event}\", lane: \"l{lane}\", title: {:?}, date: \"{date}\"),", title.trim_end())
            .expect("text");
    }
    text + "])"
}

fn window_of(text: &str) -> Harness<'static, App> {
    let loaded = LoadedDocument::from_bytes(None, "rest.ron".to_owned(), text);
    assert!(loaded.diagnostics.is_empty(), "{:?}", loaded.diagnostics);
    window_on(loaded, TestDesktop::new(DialogResult::Unavailable), vec2(1280.0, 800.0))
}

/// Documents that are crowded in different ways.
fn documents() -> Vec<(&'static str, String)> {
    let monthly = |event: usize| format!("{}-{:02}-03", 1900 + event / 12, event % 12 + 1);
    let spans = |event: usize| format!("{}/{}", 1800 + event * 37 % 150, 1802 + event * 37 % 150 + event % 31);
    let day = |event: usize| format!("1963-11-22T{:02}:{:02}", 8 + event / 60 % 16, event * 17 % 60);
    vec![
        ("a report", Example::Report.text().to_owned()),
        ("480 in one lane", document(1, 480, &monthly)),
        ("spans in lanes", document(7, 120, &spans)),
        ("a day", document(3, 400, &day)),
        ("many lanes", document(60, 240, &monthly)),
    ]
}

/// Moves the view by key or wheel, as the number says.
fn move_view(harness: &mut Harness<'static, App>, number: usize) {
    let at = chart_at(harness, 0.3 + 0.09 * (number % 6) as f32, 0.4);
    match number % 7 {
        0 | 3 => wheel(harness, at, vec2(0.0, 140.0), Modifiers::NONE),
        1 => press(harness, Modifiers::NONE, Key::Plus),
        2 => wheel(harness, at, vec2(0.0, -130.0), Modifiers::SHIFT),
        4 => press(harness, Modifiers::SHIFT, Key::ArrowRight),
        5 => wheel(harness, at, vec2(0.0, -90.0), Modifiers::NONE),
        _ => press(harness, Modifiers::SHIFT, Key::ArrowLeft),
    }
}

/// Takes the pointer off the chart, so that it is on no event.
fn leave(harness: &mut Harness<'static, App>) {
    harness.hover_at(Pos2::new(3.0, 3.0));
    harness.run();
}

/// The row and the title of each mark.
fn rows(chart: &Chart) -> BTreeMap<String, (usize, Option<String>)> {
    let place = |mark: &longview::layout::Mark| {
        (format!("{:?} {:?}", mark.lane, mark.event), (mark.row, mark.label.as_ref().map(|label| label.title.clone())))
    };
    chart.marks().map(place).collect()
}

/// How many frames until nothing changes without the user, at most 100; they are drawn as soon as one is wanted.
fn frames_to_standstill(harness: &mut Harness<'static, App>) -> usize {
    let wants = |harness: &Harness<'static, App>| {
        let delay = harness.output().viewport_output.values().map(|output| output.repaint_delay).min();
        delay.is_some_and(|delay| delay < Duration::from_hours(1))
    };
    (0..100)
        .find(|_| {
            let is_still = !wants(harness);
            harness.step();
            is_still
        })
        .unwrap_or(100)
}

#[test]
fn a_view_at_rest_is_laid_out_as_if_it_had_never_moved() {
    let mut moved = 0;
    for (name, text) in documents() {
        let mut harness = window_of(&text);
        for number in 0..7 {
            move_view(&mut harness, number);
            let before = rows(&chart_now(&harness));
            leave(&mut harness);
            rest(&mut harness);
            let shown = chart_now(&harness);
            let afresh = chart_with(&harness, Arrangement::EMPTY);
            assert_eq!(shown.lanes, afresh.lanes, "{name}, {number}");
            moved += usize::from(rows(&shown) != before);
            // What is drawn is that: each mark in sight reacts where it is.
            let timeline = harness.state().state().timeline();
            let seen =
                shown.regions.lanes.intersect(Rect::from_x_y_ranges(shown.regions.plot, Rect::EVERYTHING.y_range()));
            for mark in shown.marks().filter(|mark| seen.contains_rect(mark.bounds())).take(20) {
                let event = timeline.event(mark.event).expect("an event");
                let name = format!("{}, {}", event.title, event.date_words());
                let is_there = |rect: Rect| (rect.min - mark.bounds().min).length() < 1.0;
                assert!(harness.query_all_by_label(&name).any(|node| is_there(node.rect())), "{name}");
            }
        }
    }
    assert!(moved > 10, "{moved} views had other rows while they moved");
}

#[test]
fn rows_that_take_long_are_laid_out_on_the_side() {
    let monthly = |event: usize| format!("{}-{:02}-03", 1900 + event / 12, event % 12 + 1);
    let mut harness = window_of(&document(3, 700, &monthly));
    harness.state_mut().apply(UiCommand::FitRows.into());
    let mut moved = 0;
    for number in 0..5 {
        move_view(&mut harness, number);
        leave(&mut harness);
        let before = rows(&chart_now(&harness));
        rest(&mut harness);
        finish(&mut harness);
        rest(&mut harness);
        let shown = chart_now(&harness);
        assert_eq!(shown.lanes, chart_with(&harness, Arrangement::EMPTY).lanes, "{number}");
        assert!(harness.state().state().arrangement.rests_at(harness.state().state().view), "{number}");
        moved += usize::from(rows(&shown) != before);
    }
    assert!(moved > 1, "{moved}");
}

/// A picture has no overview; as high as the window without it, it holds the same rows.
#[test]
fn a_picture_of_a_view_has_the_rows_of_the_window() {
    for (name, text) in documents().into_iter().skip(1) {
        let mut harness = window_of(&text);
        press(&mut harness, Modifiers::NONE, Key::W);
        for number in 0..6 {
            move_view(&mut harness, number);
        }
        leave(&mut harness);
        rest(&mut harness);
        let shown = chart_now(&harness);
        let state = harness.state().state();
        let picture = |height: f32| {
            let rect = Rect::from_min_size(state.chart_rect.min, vec2(state.chart_rect.width(), height));
            let page = Request::page(state.timeline(), state.projection(), state.view, rect);
            let request = Request { parts: Parts { legend: false, ..page.parts }, rows: state.rows, ..page };
            longview::app::canvas::Canvas::with(&harness.ctx, |canvas| chart(request, canvas.engine()))
        };
        let height = state.chart_rect.height();
        let more = picture(height).regions.lanes.height() - shown.regions.lanes.height();
        let picture = picture(height - more);
        assert!((picture.regions.lanes.height() - shown.regions.lanes.height()).abs() < 0.1, "{name}");
        let (shown, picture) = (rows(&shown), rows(&picture));
        assert!(!shown.is_empty());
        if name == "many lanes" {
            // A page ends with a whole lane.
            assert!(picture.iter().all(|(mark, place)| shown.get(mark) == Some(place)), "{name}");
        } else {
            assert_eq!(shown, picture, "{name}");
        }
    }
}

#[test]
fn a_window_at_rest_stands_still() {
    for (number, (name, text)) in documents().into_iter().enumerate() {
        // Each kind of rows with each kind of document would take long.
        for fits in if number % 2 == 0 { [false, true].as_slice() } else { &[true] } {
            let mut harness = window_of(&text);
            if *fits {
                press(&mut harness, Modifiers::NONE, Key::W);
            }
            move_view(&mut harness, 0);
            assert!(frames_to_standstill(&mut harness) < 12, "{name}, fits: {fits}");
            // Also where what is selected is out of the view, or at its edge.
            for number in 1..4 {
                press(&mut harness, Modifiers::NONE, Key::ArrowRight);
                assert!(frames_to_standstill(&mut harness) < 40, "{name}, fits: {fits}, {number}");
                move_view(&mut harness, number);
                assert!(frames_to_standstill(&mut harness) < 40, "{name}, fits: {fits}, {number}");
            }
        }
    }
}

#[test]
fn what_is_selected_or_under_the_pointer_keeps_its_title() {
    let (_, text) = documents().swap_remove(3);
    let mut under = 0;
    for number in 0..5 {
        let mut harness = window_of(&text);
        press(&mut harness, Modifiers::NONE, Key::W);
        let titled = |harness: &Harness<'static, App>, event| {
            chart_now(harness).marks().any(|mark| mark.event == event && mark.label.is_some())
        };
        let chart = chart_now(&harness);
        let mark = chart.marks().filter(|mark| mark.label.is_some()).nth(number * 6).expect("a title").event;
        let state = harness.state().state();
        let id = state.timeline().id(longview::timeline::Item::Event(mark)).expect("an event");
        harness.state_mut().apply(longview::app::UiCommand::Select(id).into());
        harness.run();
        let middle = chart_at(&harness, 0.5, 0.4);
        wheel(&mut harness, middle, vec2(0.0, -60.0), Modifiers::NONE);
        rest(&mut harness);
        assert!(titled(&harness, mark), "the selected one");

        press(&mut harness, Modifiers::NONE, Key::Escape);
        let at = chart_at(&harness, 0.25 + number as f32 * 0.1, 0.45);
        wheel(&mut harness, at, vec2(0.0, 60.0), Modifiers::NONE);
        let on = |harness: &Harness<'static, App>| {
            let chart = chart_now(harness);
            chart.marks().find(|mark| mark.bounds().contains(at) && mark.label.is_some()).map(|mark| mark.event)
        };
        let Some(event) = on(&harness) else { continue };
        under += 1;
        rest(&mut harness);
        assert!(titled(&harness, event), "the one under the pointer");
    }
    assert!(under > 1, "{under}");
}

#[test]
fn rows_stay_while_the_pointer_holds_the_chart() {
    let (_, text) = documents().swap_remove(1);
    let mut harness = window_of(&text);
    let at = chart_at(&harness, 0.5, 0.4);
    wheel(&mut harness, at, vec2(0.0, 200.0), Modifiers::NONE);
    rest(&mut harness);
    harness.drag_at(at);
    harness.run_steps(2);
    for step in 1..20_u8 {
        harness.hover_at(at - vec2(f32::from(step) * 20.0, 0.0));
        harness.step();
    }
    harness.run_steps(2);
    let held = rows(&chart_now(&harness));
    harness.run_steps(30);
    assert_eq!(rows(&chart_now(&harness)), held, "for as long as the button is pressed");
    harness.drop_at(at - vec2(380.0, 0.0));
    leave(&mut harness);
    rest(&mut harness);
    assert_eq!(chart_now(&harness).lanes, chart_with(&harness, Arrangement::EMPTY).lanes);
    assert_ne!(rows(&chart_now(&harness)), held);
}

#[test]
fn marks_glide_to_their_rows() {
    let (_, text) = documents().swap_remove(1);
    let mut harness = window_of(&text);
    let at = chart_at(&harness, 0.5, 0.4);
    wheel(&mut harness, at, vec2(0.0, 300.0), Modifiers::NONE);
    wheel(&mut harness, at, vec2(0.0, -300.0), Modifiers::SHIFT);
    leave(&mut harness);
    let drawn = |harness: &Harness<'static, App>| -> BTreeMap<String, f32> {
        let nodes = harness.query_all_by_label_contains("Event ");
        nodes.map(|node| (node.accesskit_node().label().unwrap_or_default(), node.rect().center().y)).collect()
    };
    let mut frames = vec![drawn(&harness)];
    for _ in 0..14 {
        harness.step();
        frames.push(drawn(&harness));
    }
    let (first, last) = (frames.first().expect("a frame"), frames.last().expect("a frame"));
    let is_elsewhere = |name: &&String| last.get(*name).is_some_and(|y| (y - first[*name]).abs() > 30.0);
    let moved: Vec<&String> = first.keys().filter(is_elsewhere).collect();
    assert!(!moved.is_empty(), "no mark has moved");
    for name in moved {
        let way: Vec<f32> = frames.iter().filter_map(|frame| frame.get(name).copied()).collect();
        let (from, to) = (way[0], way[way.len() - 1]);
        let between = way.iter().filter(|y| (**y - from).abs() > 1.0 && (**y - to).abs() > 1.0).count();
        assert!((1..=4).contains(&between), "{name}: {way:?}");
        assert!(way.is_sorted() || way.iter().rev().is_sorted(), "{name}: {way:?}");
    }
}

/// An event that is visited from afar is in sight once the view has arrived and its rows are laid out.
#[test]
fn what_is_visited_is_scrolled_into_sight() {
    let (_, text) = documents().swap_remove(1);
    let mut harness = window_of(&text);
    let at = chart_at(&harness, 0.2, 0.4);
    wheel(&mut harness, at, vec2(0.0, 100.0), Modifiers::NONE);
    leave(&mut harness);
    rest(&mut harness);
    for key in [Key::End, Key::Home] {
        press(&mut harness, Modifiers::NONE, key);
        rest(&mut harness);
        let chart = chart_now(&harness);
        assert!(chart.most_scroll() > 100.0, "{} is little to scroll", chart.most_scroll());
        let event = harness.state().state().selected_event().expect("an event");
        let mark = chart.marks().find(|mark| mark.event == event).expect("a mark");
        assert!(chart.regions.lanes.y_range().contains(mark.rect.center().y), "{key:?}: {:?}", mark.rect);
    }
}
