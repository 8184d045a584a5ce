//! The filter: conditions above the chart, chosen in a form, typed, or clicked in the record; what they do to the chart, the
//! list, steps in time and exports.

use std::fmt::Write as _;

use egui::{Key, Modifiers, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use longview::app::{App, DialogResult, FilterMessage, LoadedDocument, UiCommand};

use super::support::*;

/// Opens the form of the filter.
fn open_form(harness: &mut Harness<'static, App>) {
    press(harness, Modifiers::COMMAND | Modifiers::SHIFT, Key::F);
    finish(harness);
}

fn apply(harness: &mut Harness<'static, App>, message: FilterMessage) {
    harness.state_mut().apply(UiCommand::Filter(message).into());
    finish(harness);
}

/// The ids of the events that are shown, in the order of time.
fn shown(harness: &Harness<'static, App>) -> Vec<String> {
    let state = harness.state().state();
    let mut events = state.projection().events();
    events.extend_from_slice(state.projection().undated());
    events.into_iter().filter_map(|event| Some(state.timeline().event(event)?.id.to_owned())).collect()
}

fn lanes(harness: &Harness<'static, App>) -> Vec<String> {
    let state = harness.state().state();
    let lanes = state.projection().lanes().iter();
    lanes.filter_map(|lane| Some(state.timeline().lane(lane.lane())?.title.clone())).collect()
}

fn selected(harness: &Harness<'static, App>) -> Option<String> {
    let state = harness.state().state();
    Some(state.timeline().event(state.selected_event()?)?.id.to_owned())
}

#[test]
fn conditions_are_chosen_with_counts_and_taken_out_above_the_chart() {
    let mut harness = window();
    open_form(&mut harness);
    click(&mut harness, "Diplomacy (1)");
    assert_eq!(shown(&harness), ["treaty"]);
    // Of several lanes, each is enough.
    click(&mut harness, "People (2)");
    assert_eq!(shown(&harness), ["treaty", "visitors-1965", "visitors-2014"]);
    assert_eq!(lanes(&harness), ["Diplomacy", "People"]);
    click(&mut harness, "travel (2)");
    assert_eq!(shown(&harness), ["visitors-1965", "visitors-2014"], "a tag, too");
    assert_eq!(lanes(&harness), ["People"], "a lane without any such event is not shown");
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(!shows(&harness, "Filter Events"), "the form is closed");
    assert!(shows(&harness, "2 of 7 events"));
    click(&mut harness, "Remove filter: tag travel");
    assert_eq!(shown(&harness).len(), 3);
    assert!(shows(&harness, "3 of 7 events"));
    click(&mut harness, "Add to the filter");
    assert!(shows(&harness, "Filter Events"));
    click(&mut harness, "Diplomacy (1)");
    assert_eq!(shown(&harness).len(), 2, "what is chosen is chosen no more");
    press(&mut harness, Modifiers::NONE, Key::Escape);
    click(&mut harness, "Clear the filter");
    assert_eq!(shown(&harness).len(), 7);
    assert!(!shows(&harness, "of 7 events"));
}

#[test]
fn conditions_are_typed_and_what_cannot_be_understood_is_said() {
    let mut harness = window();
    open_form(&mut harness);
    type_into(&mut harness, "Condition", "before:Febuary");
    assert!(shows(&harness, "Febuary"));
    assert!(harness.state().state().filter.terms.is_empty());
    type_into(&mut harness, "Condition", "after:2000 -@=Culture");
    click(&mut harness, "Add the condition");
    assert_eq!(shown(&harness), ["gdp-2013", "trade-2014", "visitors-2014", "report"]);
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(shows(&harness, "Remove filter: after 2000"));
    assert!(shows(&harness, "Remove filter: not lane Culture"));
    press(&mut harness, Modifiers::SHIFT, Key::A);
    assert_eq!(shown(&harness).len(), 7);
}

#[test]
fn the_field_has_the_focus_when_the_form_opens_and_gives_it_up() {
    let mut harness = window();
    for _ in 0..2 {
        open_form(&mut harness);
        assert!(harness.get_by_label("Condition").is_focused());
        press(&mut harness, Modifiers::NONE, Key::Tab);
        assert!(!harness.get_by_label("Condition").is_focused(), "the keys lead on");
        press(&mut harness, Modifiers::NONE, Key::Escape);
        assert!(!shows(&harness, "Filter Events"));
    }
    // From the keys to the filter, without a pointer.
    open_form(&mut harness);
    typed(&mut harness, "#travel");
    press(&mut harness, Modifiers::NONE, Key::Enter);
    finish(&mut harness);
    assert_eq!(shown(&harness), ["visitors-1965", "visitors-2014"]);
}

#[test]
fn conditions_say_titles_whatever_is_typed() {
    let mut harness = window();
    apply(&mut harness, FilterMessage::Add("@=people source:=cfr".to_owned()));
    assert_eq!(shown(&harness).len(), 2, "an id finds its lane");
    assert!(shows(&harness, "Remove filter: lane People"));
    let source =
        "source Still Distant Neighbors: South Korea-Japan Relations Fifty Years After Diplomatic Normalization";
    assert!(shows(&harness, &format!("Remove filter: {source}")));
    let words = harness.state().state().filter_words().expect("a filter");
    assert_eq!(words, format!("Shown: 2 of 7 events: lane People, {source}"));
    assert!(harness.state().state().picture().setup.subtitle.expect("a line").ends_with(&words));
    // In step with the document.
    let path = longview::document::DocPath::root().field("lanes").index(1).field("title");
    let id = harness.state().state().timeline().lanes.iter().position(|lane| lane.id == "people").expect("a lane");
    assert_eq!(id, 1);
    let value = longview::document::Value::Text("Travellers".into());
    let gesture = longview::app::Gesture::new("rename", vec![longview::edit::Intent::Set { path, value }]);
    harness.state_mut().apply(UiCommand::Edit(Box::new(gesture)).into());
    finish(&mut harness);
    assert!(shows(&harness, "Remove filter: lane Travellers"));
}

#[test]
fn what_is_in_view_becomes_a_condition() {
    let mut harness = window();
    press(&mut harness, Modifiers::NONE, Key::End);
    press(&mut harness, Modifiers::NONE, Key::F);
    finish(&mut harness);
    let seen = harness.state().state().view.interval();
    assert!(seen.length() < harness.state().state().timeline().extent.length() / 2, "a part of it is in view");
    open_form(&mut harness);
    click_and_finish(&mut harness, "Only what is in view");
    press(&mut harness, Modifiers::NONE, Key::Escape);
    let state = harness.state().state();
    let overlaps = |event: &longview::timeline::EventIndex| {
        let bounds = state.timeline().event(*event).and_then(|event| event.known_bounds()).expect("a date");
        bounds.start < seen.end && seen.start < bounds.end
    };
    let (within, all) = (shown(&harness), state.timeline().events.len());
    let expected = state.timeline().events.indices().filter(overlaps).count();
    assert_eq!(within.len(), expected, "{within:?}");
    assert!((1..all).contains(&expected));
    assert_eq!(state.filter.chips().count(), 2, "after and before, each of which can be taken out");
}

#[test]
fn steps_in_time_the_list_and_the_record_follow_the_filter() {
    let mut harness = window();
    apply(&mut harness, FilterMessage::Add("@=People".to_owned()));
    press(&mut harness, Modifiers::NONE, Key::Home);
    assert_eq!(selected(&harness).as_deref(), Some("visitors-1965"));
    press(&mut harness, Modifiers::NONE, Key::ArrowRight);
    assert_eq!(selected(&harness).as_deref(), Some("visitors-2014"));
    press(&mut harness, Modifiers::NONE, Key::ArrowRight);
    assert_eq!(selected(&harness).as_deref(), Some("visitors-2014"), "no other is shown");
    press(&mut harness, Modifiers::COMMAND, Key::L);
    finish(&mut harness);
    assert_eq!(harness.query_all_by_role(egui::Role::ListBoxOption).count(), 2);
    assert!(shows(&harness, "Event list, 2 events"));
    // A change of the document keeps the filter.
    edit(&mut harness, "visitors-1965", "lane", "culture");
    assert_eq!(shown(&harness), ["visitors-2014"]);
    assert_eq!(harness.query_all_by_role(egui::Role::ListBoxOption).count(), 1);
    undo(&mut harness);
    assert_eq!(shown(&harness).len(), 2);
}

/// Presses a link of the record as a screen reader does, wherever the record is scrolled.
fn press_link(harness: &mut Harness<'static, App>, label: &str) {
    harness.get_by_label_contains(label).click_accesskit();
    harness.run();
}

#[test]
fn lanes_tags_and_sources_of_the_record_are_conditions() {
    let mut harness = window();
    click(&mut harness, TREATY);
    press_link(&mut harness, "Show only tag treaty");
    assert_eq!(shown(&harness), ["treaty"]);
    press_link(&mut harness, "Show only tag treaty");
    assert_eq!(shown(&harness).len(), 7, "a second click takes it out again");
    press_link(&mut harness, "Show only lane Diplomacy");
    assert_eq!(lanes(&harness), ["Diplomacy"]);
    assert!(shows(&harness, "Remove filter: lane Diplomacy"));
    press(&mut harness, Modifiers::SHIFT, Key::A);
    press_link(&mut harness, "Show only events that cite Still Distant Neighbors");
    assert!(shows(&harness, "Remove filter: source Still Distant Neighbors"));
    assert_eq!(shown(&harness).len(), 7);
}

#[test]
fn a_lane_is_hidden_by_key() {
    let mut harness = window();
    press(&mut harness, Modifiers::NONE, Key::ArrowDown);
    press(&mut harness, Modifiers::NONE, Key::ArrowDown);
    let lane = harness.state().state().current_lane().expect("a lane");
    let title = harness.state().state().timeline().lane(lane).map(|lane| lane.title.clone()).expect("a title");
    press(&mut harness, Modifiers::SHIFT, Key::H);
    assert!(!lanes(&harness).contains(&title), "{:?}", lanes(&harness));
    assert_eq!(lanes(&harness).len(), 4);
    assert!(shows(&harness, &format!("Remove filter: not lane {title}")));
}

#[test]
fn a_picture_shows_what_the_filter_shows_and_says_it() {
    let mut harness = window();
    apply(&mut harness, FilterMessage::Add("@=Economy".to_owned()));
    let picture = harness.state().state().picture();
    assert_eq!(picture.projection.len(), 2);
    let subtitle = picture.setup.subtitle.expect("a line");
    assert!(subtitle.starts_with("South Korea–Japan relations"), "{subtitle}");
    assert!(subtitle.ends_with(" · Shown: 2 of 7 events: lane Economy"), "{subtitle}");
    press(&mut harness, Modifiers::COMMAND, Key::E);
    finish(&mut harness);
    click(&mut harness, "Only those of the filter: 2 of 7 events");
    finish(&mut harness);
    let picture = harness.state().state().picture();
    assert_eq!((picture.projection.len(), picture.setup.subtitle), (7, None));
}

#[test]
fn filters_are_kept_by_name() {
    let mut harness = window();
    apply(&mut harness, FilterMessage::Add("#travel".to_owned()));
    open_form(&mut harness);
    type_into(&mut harness, "Name of the filter", "Journeys");
    click(&mut harness, "Keep");
    assert_eq!(harness.state().state().preferences.filters.len(), 1);
    click(&mut harness, "Show All Events");
    assert_eq!(shown(&harness).len(), 7);
    click(&mut harness, "Journeys");
    assert_eq!(shown(&harness), ["visitors-1965", "visitors-2014"]);
    click(&mut harness, "Forget the filter Journeys");
    assert!(harness.state().state().preferences.filters.is_empty());
    let kept = longview::app::Preferences {
        filters: vec![longview::app::NamedFilter { name: "A".to_owned(), terms: "#\"b c\" @d".to_owned() }],
        ..Default::default()
    };
    assert_eq!(longview::app::Preferences::decode(&kept.encode()), Ok(kept));
}

#[test]
fn what_a_search_has_found_becomes_a_condition() {
    let mut harness = window();
    press(&mut harness, Modifiers::COMMAND, Key::K);
    typed(&mut harness, "visitors");
    finish(&mut harness);
    click(&mut harness, "Filter");
    assert_eq!(harness.state().state().filter.terms, "visitors");
    assert!(shows(&harness, "Remove filter: “visitors”"));
    assert!(shown(&harness).contains(&"visitors-2014".to_owned()));
    assert!(shown(&harness).len() < 7);
}

#[test]
fn many_events_are_filtered_by_a_job_and_nothing_is_left_of_it_in_another_document() {
    let mut text =
        "(title: \"Many\", lanes: [(id: \"a\", title: \"A\"), (id: \"b\", title: \"B\")], events: [".to_owned();
    for number in 0..12_000 {
        let (lane, year) = (if number % 3 == 0 { "a" } else { "b" }, 1000 + number / 12);
        write!(
            text,
            "(id: \"{number}\", lane: \"{lane}\", title: \"E\", date: \"{year}\", tags: [\"t{}\"]),",
            number % 2
        )
        .expect("room in a string");
    }
    text.push_str("])");
    let loaded = LoadedDocument::from_bytes(None, "many.ron".to_owned(), text.into_bytes());
    let mut harness = window_on(loaded, TestDesktop::new(DialogResult::Unavailable), vec2(1280.0, 800.0));
    open_form(&mut harness);
    click_and_finish(&mut harness, "t1 (6,000)");
    assert_eq!(harness.state().state().projection().len(), 6_000);
    click_and_finish(&mut harness, "A (4,000)");
    assert_eq!(harness.state().state().projection().len(), 2_000);
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(shows(&harness, "2,000 of 12,000 events"));
    edit(&mut harness, "3", "lane", "b");
    finish(&mut harness);
    assert_eq!(harness.state().state().projection().len(), 1_999, "in step with changes");
    harness.state_mut().apply(UiCommand::OpenExample(longview::Example::Report).into());
    finish(&mut harness);
    click_and_finish(&mut harness, "Discard");
    assert_eq!(harness.state().state().projection().len(), 7);
    assert!(!harness.state().state().filter.is_active());
}
