//! Distances are measured between edges, by keys and by pointer, and stay where they are pinned.

use egui::{Key, Modifiers, Pos2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use longview::app::{App, Edge, MeasureMessage, UiCommand};
use longview::date::Handle;
use longview::export::Format;
use longview::layout::MarkShape;
use longview::progress::Progress;
use longview::timeline::{EventIndex, Item, ItemId, Key as ItemKey};

use super::support::*;

fn measures(harness: &Harness<'static, App>) -> Vec<String> {
    harness.state().state().drawn_measures().into_iter().map(|measure| measure.words).collect()
}

fn visit(harness: &mut Harness<'static, App>, id: &str) {
    harness.state_mut().apply(UiCommand::Visit(ItemId::Event(ItemKey::of_id(id))).into());
    harness.run();
}

#[test]
fn keys_alone_measure_from_one_event_to_another() {
    let mut harness = window();
    visit(&mut harness, "treaty");
    press(&mut harness, Modifiers::NONE, Key::M);
    assert!(shows(&harness, "From Treaty on Basic Relations: choose where to"));
    press(&mut harness, Modifiers::NONE, Key::End);
    assert!(shows(&harness, "Treaty on Basic Relations to "), "what would be pinned is said");
    visit(&mut harness, "culture");
    let words = "32 to 34 years; 11,689 to 12,417 days";
    assert!(shows(&harness, words), "least to most, in units and days");
    press(&mut harness, Modifiers::NONE, Key::M);
    assert_eq!(measures(&harness), [words]);
    // Another one is measured; Esc leaves, and what is pinned stays.
    visit(&mut harness, "gdp-2013");
    assert!(shows(&harness, "Measure: choose an edge"));
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(!shows(&harness, "choose an edge"));
    assert_eq!(measures(&harness).len(), 1);
    assert!(harness.state().state().selected().is_some(), "Esc leaves the mode only");
    // The list of all that is pinned removes them.
    press(&mut harness, Modifiers::NONE, Key::M);
    visit(&mut harness, "report");
    press(&mut harness, Modifiers::NONE, Key::M);
    assert_eq!(measures(&harness).len(), 2);
    harness.get_all_by_label("Remove").next().expect("a button").click();
    harness.run();
    assert!(measures(&harness).len() == 1 && !measures(&harness).contains(&words.to_owned()));
    harness.get_by_label("Remove").click();
    harness.run();
    assert!(measures(&harness).is_empty());
    harness.get_by_label("Done").click();
    harness.run();
    assert!(!harness.state().state().sitting.measuring.is_active);
}

/// Where the marks of two events begin.
fn starts(harness: &Harness<'static, App>, ids: [&str; 2]) -> [Pos2; 2] {
    let chart = chart_now(harness);
    let timeline = harness.state().state().timeline();
    ids.map(|id| {
        let event: EventIndex = timeline.event_by_id(id).expect("an event");
        let mark = chart.marks().find(|mark| mark.event == event).expect("a mark");
        let x = match &mark.shape {
            MarkShape::Span { x, .. } => x.min,
            _ => mark.rect.center().x,
        };
        egui::pos2(x, mark.rect.center().y)
    })
}

fn click_at(harness: &mut Harness<'static, App>, at: Pos2) {
    harness.hover_at(at);
    harness.run();
    for pressed in [true, false] {
        let (button, modifiers) = (egui::PointerButton::Primary, Modifiers::NONE);
        harness.event(egui::Event::PointerButton { pos: at, button, pressed, modifiers });
        harness.step();
    }
    harness.run();
}

#[test]
fn the_pointer_meets_edges_and_a_click_selects_nothing() {
    let mut harness = window();
    press(&mut harness, Modifiers::NONE, Key::M);
    let [from, to] = starts(&harness, ["treaty", "culture"]);
    click_at(&mut harness, from);
    assert!(shows(&harness, "From Treaty on Basic Relations: choose where to"));
    harness.hover_at(to);
    harness.run();
    assert!(shows(&harness, "32 to 34 years"), "what would be pinned is said");
    click_at(&mut harness, to);
    assert_eq!(measures(&harness), ["32 to 34 years; 11,689 to 12,417 days"]);
    assert_eq!(harness.state().state().selected(), None);
    // Away from all edges any date is one, as exact as the view.
    let free = egui::pos2(f32::midpoint(from.x, to.x), to.y);
    click_at(&mut harness, free);
    assert!(matches!(harness.state().state().sitting.measuring.from, Some(Edge::At(_))));
    // The view moves as ever.
    let view = harness.state().state().view;
    wheel(&mut harness, free, vec2(0.0, 60.0), Modifiers::NONE);
    assert_ne!(harness.state().state().view, view);
}

#[test]
fn a_record_measures_from_its_date() {
    let mut harness = window();
    visit(&mut harness, "treaty");
    click(&mut harness, "Measure from Here");
    assert!(shows(&harness, "From Treaty on Basic Relations"));
    let (era, _) = harness.state().state().timeline().iter_eras().next().expect("an era");
    let id = harness.state().state().timeline().id(Item::Era(era)).expect("an id");
    harness.state_mut().apply(UiCommand::Visit(id).into());
    harness.run();
    click(&mut harness, "Measure from Its End");
    assert!(shows(&harness, "From end of "));
    visit(&mut harness, "culture");
    assert!(shows(&harness, "earlier"), "{:?}", harness.state().state().sitting.measuring);
}

#[test]
fn measures_follow_what_they_are_of() {
    let mut harness = window();
    let edge = |id: &str| Edge::Of(ItemId::Event(ItemKey::of_id(id)), Handle::Start);
    for id in ["treaty", "gdp-2013"] {
        harness.state_mut().apply(UiCommand::ChangeMeasures(MeasureMessage::Choose(edge(id))).into());
    }
    harness.run();
    assert_eq!(measures(&harness), ["47 to 49 years; 17,168 to 17,896 days"]);
    edit(&mut harness, "treaty", "date", "1965-06-22");
    finish(&mut harness);
    assert_eq!(measures(&harness).len(), 1);
    assert_ne!(measures(&harness), ["47 to 49 years; 17,168 to 17,896 days"]);
    // What is gone is not measured.
    visit(&mut harness, "treaty");
    press(&mut harness, Modifiers::NONE, Key::Escape);
    visit(&mut harness, "treaty");
    press(&mut harness, Modifiers::NONE, Key::Delete);
    finish(&mut harness);
    assert!(measures(&harness).is_empty());
}

#[test]
fn a_picture_shows_what_is_pinned_unless_that_is_declined() {
    let mut harness = window();
    visit(&mut harness, "treaty");
    press(&mut harness, Modifiers::NONE, Key::M);
    visit(&mut harness, "culture");
    press(&mut harness, Modifiers::NONE, Key::M);
    let svg = |harness: &Harness<'static, App>| {
        let exported = harness.state().state().picture().export(Format::Svg, &Progress::default()).expect("a picture");
        String::from_utf8(exported.bytes).expect("text")
    };
    let words = "32 to 34 years; 11,689 to 12,417 days";
    assert!(svg(&harness).contains(words));
    press(&mut harness, Modifiers::COMMAND, Key::E);
    click(&mut harness, "Those that are pinned");
    assert!(!svg(&harness).contains(words));
}
