//! Lanes that nest: groups fold and unfold by click and key, and the keys walk through lanes.

use std::fmt::Write as _;

use egui::{Key, Modifiers, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use longview::app::{App, DialogResult, Effect, Job, JobResult, LoadedDocument, Message, State, UiCommand};

use crate::support::{TestDesktop, chart_now, finish, placed, press, shows, window_on, window_on_file};

/// Two groups, one of them in the other; an event of Seoul is also in Trade.
const NESTED: &str = r#"(
    title: "Nested",
    lanes: [
        (id: "asia", title: "Asia"),
        (id: "korea", title: "Korea", parent: "asia"),
        (id: "seoul", title: "Seoul", parent: "korea"),
        (id: "trade", title: "Trade"),
    ],
    events: [
        (id: "treaty", lane: "seoul", also: ["trade"], title: "Treaty", date: "1965"),
        (id: "games", lane: "seoul", title: "Games", date: "1988"),
        (id: "plan", lane: "korea", title: "Plan", date: "1962"),
        (id: "round", lane: "trade", title: "Round", date: "1973"),
    ],
)"#;

fn nested() -> Harness<'static, App> {
    let loaded = LoadedDocument::from_bytes(None, "nested".to_owned(), NESTED.as_bytes());
    window_on(loaded, TestDesktop::new(DialogResult::Unavailable), vec2(1280.0, 800.0))
}

/// The titles of the lanes that are shown, top to bottom.
fn lanes(harness: &Harness<'static, App>) -> Vec<String> {
    let state = harness.state().state();
    let lanes = state.projection().lanes().iter().filter_map(|shown| state.timeline().lane(shown.lane()));
    lanes.map(|lane| lane.title.clone()).collect()
}

fn current(harness: &Harness<'static, App>) -> Option<String> {
    let state = harness.state().state();
    Some(state.timeline().lane(state.current_lane()?)?.title.clone())
}

#[test]
fn a_click_folds_a_group_and_another_unfolds_it() {
    let mut harness = nested();
    assert_eq!(lanes(&harness), ["Asia", "Korea", "Seoul", "Trade"]);
    harness.get_by_label("Group Korea, unfolded, 1 event").click();
    harness.run();
    assert_eq!(lanes(&harness), ["Asia", "Korea", "Trade"]);
    assert!(shows(&harness, "Group Korea, folded, 3 events"));
    assert_eq!(harness.query_all_by_label("Games, 1988").count(), 1, "it is shown in the group");
    harness.get_by_label("Group Korea, folded, 3 events").click();
    harness.run();
    assert_eq!(lanes(&harness), ["Asia", "Korea", "Seoul", "Trade"]);
}

#[test]
fn keys_and_menu_fold_the_group_around_and_all_of_them() {
    let mut harness = nested();
    for _ in 0..3 {
        press(&mut harness, Modifiers::NONE, Key::ArrowDown);
    }
    assert_eq!(current(&harness).as_deref(), Some("Seoul"));
    press(&mut harness, Modifiers::NONE, Key::G);
    assert_eq!(
        (lanes(&harness), current(&harness)),
        (vec!["Asia".into(), "Korea".into(), "Trade".into()], Some("Korea".into()))
    );
    press(&mut harness, Modifiers::NONE, Key::G);
    assert_eq!(lanes(&harness).len(), 4, "the same key unfolds it");
    press(&mut harness, Modifiers::SHIFT, Key::G);
    assert_eq!(lanes(&harness), ["Asia", "Trade"]);
    press(&mut harness, Modifiers::SHIFT, Key::U);
    assert_eq!(lanes(&harness).len(), 4);
    let choose = |harness: &mut Harness<'static, App>, command: &str| {
        harness.get_by_label("Go").click();
        harness.run();
        harness.get_by_label_contains(command).click();
        harness.run();
    };
    choose(&mut harness, "Fold All Groups");
    assert_eq!(lanes(&harness), ["Asia", "Trade"]);
    choose(&mut harness, "Unfold All Groups");
    assert_eq!(lanes(&harness).len(), 4);
}

#[test]
fn an_event_of_two_lanes_is_one_event_wherever_it_is_clicked() {
    let mut harness = nested();
    let state = harness.state().state();
    assert_eq!((state.projection().len(), state.timeline().counts_words().as_str()), (4, "4 events"));
    assert_eq!(harness.query_all_by_label("Treaty, 1965").count(), 2);
    for place in 0..2 {
        harness.get_all_by_label("Treaty, 1965").nth(place).expect("a mark").click();
        harness.run();
        let state = harness.state().state();
        let event = state.selected_event().and_then(|event| state.timeline().event(event)).expect("an event");
        assert_eq!(event.id, "treaty", "{place}");
        press(&mut harness, Modifiers::NONE, Key::Escape);
    }
    press(&mut harness, Modifiers::SHIFT, Key::G);
    assert_eq!(harness.state().state().projection().len(), 4, "it is counted once, however it is folded");
    let chart = placed(&harness, harness.state().state().chart_rect);
    let left_out = chart.left_out.words(harness.state().state().timeline(), harness.state().state().projection());
    assert_eq!(left_out, [""; 0]);
}

/// What has no room in the chart is in the record of the document, and a click leads to it.
#[test]
fn the_record_leads_to_lanes_and_eras_that_have_no_room() {
    let mut text = "(title: \"Full\", lanes: [(id: \"top\", title: \"Top\"),".to_owned();
    for n in 0..60 {
        write!(text, "(id: \"l{n}\", title: \"Lane {n}\", parent: \"top\"),").expect("text");
    }
    text += "], events: [";
    for n in 0..60 {
        write!(text, "(id: \"e{n}\", lane: \"l{n}\", title: \"Event {n}\", date: \"{}\"),", 1700 + n).expect("text");
    }
    text += "], eras: [";
    for n in 0..60 {
        write!(text, "(id: \"era{n}\", title: \"Era {n}\", date: \"{}/{}\"),", 1700 + n, 1900 - n).expect("text");
    }
    text += "])";
    let open = || {
        let loaded = LoadedDocument::from_bytes(None, "full".to_owned(), text.as_bytes());
        window_on(loaded, TestDesktop::new(DialogResult::Unavailable), vec2(1280.0, 3200.0))
    };
    let mut harness = open();
    press(&mut harness, Modifiers::SHIFT, Key::G);
    assert_eq!(lanes(&harness), ["Top"]);
    harness.get_by_label("Lane 41, 1 event").click();
    harness.run();
    assert_eq!(current(&harness).as_deref(), Some("Lane 41"), "its group is unfolded");
    assert!(shows(&harness, "Lane Lane 41, 1 event"));

    let mut harness = open();
    let named = |harness: &Harness<'static, App>| {
        let chart = chart_now(harness);
        let eras = chart.eras.iter().filter(|era| era.name.is_some());
        eras.filter_map(|era| harness.state().state().timeline().era(era.index)).map(|era| era.id.clone()).collect()
    };
    let before: Vec<String> = named(&harness);
    assert!(!before.contains(&"era40".to_owned()), "{before:?}");
    harness.get_by_label("Era 40, 1740–1860").click();
    harness.run();
    assert!(matches!(harness.state().state().selected(), Some(longview::timeline::Item::Era(_))));
    let after: Vec<String> = named(&harness);
    assert!(after.contains(&"era40".to_owned()), "{after:?}");
    assert!(matches!(harness.state().state().selected(), Some(longview::timeline::Item::Era(_))));
}

#[test]
fn the_record_leads_to_series_that_have_no_room() {
    let mut text = "(title: \"Full\", lanes: [(id: \"a\", title: \"A\")], series: [".to_owned();
    for n in 0..8 {
        let points = "points: [(date: \"1700\", value: 1), (date: \"1800\", value: 2)]";
        write!(text, "(id: \"s{n}\", title: \"Series {n}\", unit: \"t\", {points}),").expect("text");
    }
    text += "])";
    let loaded = LoadedDocument::from_bytes(None, "full".to_owned(), text.into_bytes());
    let mut harness = window_on(loaded, TestDesktop::new(DialogResult::Unavailable), vec2(1280.0, 600.0));
    assert!(harness.query_by_label("Series 7, t").is_none());
    harness.get_by_label("Series 7").click();
    harness.run();
    assert!(harness.query_by_label("Series 7, t").is_some(), "it is scrolled to");
    assert!(matches!(harness.state().state().selected(), Some(longview::timeline::Item::Series(_))));
}

#[test]
fn folded_groups_last_over_a_reload() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("nested.ron");
    std::fs::write(&path, NESTED).expect("writable");
    let mut harness = window_on_file(&path);
    harness.get_by_label_contains("Group Korea, unfolded").click();
    harness.run();
    let more =
        NESTED.replace("(id: \"trade\",", "(id: \"busan\", title: \"Busan\", parent: \"korea\"), (id: \"trade\",");
    std::fs::write(&path, more).expect("writable");
    press(&mut harness, Modifiers::NONE, Key::F5);
    finish(&mut harness);
    assert_eq!(lanes(&harness), ["Asia", "Korea", "Trade"], "and the new lane is in it");
    assert_eq!(harness.state().state().timeline().lanes.len(), 5);
}

#[test]
fn hundreds_of_lanes_are_walked_by_keys() {
    let mut text = "(title: \"Many\", lanes: [(id: \"top\", title: \"Top\"),".to_owned();
    for n in 0..200 {
        write!(text, "(id: \"l{n}\", title: \"Lane {n}\", parent: \"top\"),").expect("text");
    }
    text += "], events: [";
    for n in 0..200 {
        write!(text, "(id: \"e{n}\", lane: \"l{n}\", title: \"Event {n}\", date: \"{}\"),", 1700 + n).expect("text");
    }
    text += "])";
    let loaded = LoadedDocument::from_bytes(None, "many".to_owned(), text.as_bytes());
    let mut harness = window_on(loaded, TestDesktop::new(DialogResult::Unavailable), vec2(900.0, 600.0));
    assert!(harness.query_by_label("Lane Lane 30, 1 event").is_none());
    for _ in 0..32 {
        press(&mut harness, Modifiers::NONE, Key::ArrowDown);
    }
    let lane = harness.get_by_label("Lane Lane 30, 1 event");
    assert!(lane.accesskit_node().is_focused(), "a screen reader reads it");
    assert!(harness.query_by_label("Event 30, 1730").is_some(), "its event is in sight");
    assert!(harness.query_by_label("Event 0, 1700").is_none());
    for _ in 0..31 {
        press(&mut harness, Modifiers::NONE, Key::ArrowUp);
    }
    assert!(harness.query_by_label("Event 0, 1700").is_some());
    assert_eq!(current(&harness).as_deref(), Some("Top"));
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert_eq!(lanes(&harness), ["Top"], "Enter folds the group that has the focus");
}

/// A group of two lanes with so many events, and one of one lane with one event.
fn large(events: usize) -> String {
    let lanes = [("big", ""), ("a", "big"), ("b", "big"), ("small", ""), ("c", "small")];
    let mut text = "(title: \"Large\", lanes: [".to_owned();
    for (id, parent) in lanes {
        let parent = if parent.is_empty() { String::new() } else { format!(", parent: \"{parent}\"") };
        write!(text, "(id: \"{id}\", title: \"{id}\"{parent}),").expect("text");
    }
    text += "], events: [(id: \"c\", lane: \"c\", title: \"C\", date: \"1900\"),";
    for n in 0..events {
        let lane = ["a", "b"][n % 2];
        write!(text, "(id: \"e{n}\", lane: \"{lane}\", title: \"E\", date: \"{}\"),", 1000 + n % 1000).expect("text");
    }
    text + "])"
}

fn titles(state: &State) -> Vec<&str> {
    let lanes = state.projection().lanes().iter().filter_map(|shown| state.timeline().lane(shown.lane()));
    lanes.map(|lane| lane.title.as_str()).collect()
}

/// The events of a large group are put in order by a job; what is shown stays until that is done.
#[test]
fn a_large_group_is_folded_by_a_job() {
    let loaded = LoadedDocument::from_bytes(None, "large".to_owned(), large(12_000));
    let mut state = State::new(loaded.into()).0;
    let lane = |state: &State, place: usize| {
        let lane = state.timeline().iter_lanes().nth(place).expect("a lane").0;
        state.timeline().lane_id(lane).cloned().expect("its id")
    };
    let (big, small) = (lane(&state, 0), lane(&state, 3));
    let all = ["big", "a", "b", "small", "c"];
    let job = |effects: Vec<Effect>| {
        let jobs = effects.into_iter().filter_map(|effect| match effect {
            Effect::Start(id, Job::Group { timeline, lanes, .. }) => Some((id, timeline, lanes)),
            _ => None,
        });
        jobs.last()
    };
    assert!(job(state.apply(UiCommand::ToggleGroup(small.clone()).into())).is_none(), "a small one at once");
    assert_eq!(titles(&state), ["big", "a", "b", "small"]);
    state.apply(UiCommand::ToggleGroup(small).into());

    let (id, ..) = job(state.apply(UiCommand::ToggleGroup(big.clone()).into())).expect("a job");
    assert_eq!(titles(&state), all, "what is shown stays");
    assert!(state.status().ends_with("folding…"), "{}", state.status());
    // Who changes their mind is shown nothing of it.
    assert!(job(state.apply(UiCommand::ToggleGroup(big.clone()).into())).is_none());
    state.apply(Message::Job(id, JobResult::Grouped));
    assert_eq!(titles(&state), all);
    assert!(!state.jobs.groups());

    let (id, timeline, lanes) = job(state.apply(UiCommand::ToggleGroup(big.clone()).into())).expect("a job");
    for lane in lanes {
        assert!(timeline.group(lane).is_some());
    }
    state.apply(Message::Job(id, JobResult::Grouped));
    assert_eq!(titles(&state), ["big", "small", "c"]);
    assert_eq!(state.projection().len(), 12_001);
    for _ in 0..2 {
        assert!(job(state.apply(UiCommand::ToggleGroup(big.clone()).into())).is_none(), "in order once and for all");
    }
    assert_eq!(titles(&state), ["big", "small", "c"]);
}

#[test]
fn a_large_group_stays_folded_over_a_reload() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("large.ron");
    std::fs::write(&path, large(12_000)).expect("writable");
    let mut harness = window_on_file(&path);
    harness.get_by_label_contains("Group big, unfolded").click();
    finish(&mut harness);
    assert_eq!(lanes(&harness), ["big", "small", "c"]);
    std::fs::write(&path, large(12_500)).expect("writable");
    press(&mut harness, Modifiers::NONE, Key::F5);
    harness.run_steps(2);
    harness.state_mut().finish_jobs();
    assert_eq!(lanes(&harness), ["big", "small", "c"]);
    assert_eq!(harness.state().state().projection().len(), 12_501);
}
