//! Properties of thumbnails in charts.

use egui::{Rect, Vec2, pos2, vec2};
use proptest::prelude::*;

use super::super::chart::chart;
use super::super::measure::fixed::Fixed;
use super::super::shown::Shown;
use super::super::{Arrangement, Chart, Pictures, View, chart_at_rest, settle};
use super::super::{Request, RowMode};
use super::trial::{MOST, WIDTH_OF_EACH};
use crate::document;
use crate::timeline::EventIndex;
use crate::timeline::resolve;

/// An event: lane, year, importance, and the size of its picture, if it has one.
type Given = (usize, i32, i8, Option<[u32; 2]>);

const LANES: usize = 3;

fn timeline(events: &[Given]) -> Shown {
    let lane = |id: usize| document::Lane { id: id.to_string(), title: id.to_string(), ..Default::default() };
    let event = |(number, (lane, year, importance, _)): (usize, &Given)| document::Event {
        id: format!("e{number}"),
        lane: lane.to_string(),
        title: format!("Event {number}"),
        date: Some(year.to_string()),
        importance: Some(i32::from(*importance)),
        media: vec![document::Media {
            file: Some("a.png".to_owned()),
            credit: (number % 2 == 0).then(|| "A. Painter of houses, public domain".to_owned()),
            ..Default::default()
        }],
        ..Default::default()
    };
    let document = document::Timeline {
        title: "t".to_owned(),
        lanes: (0..LANES).map(lane).collect(),
        events: events.iter().enumerate().map(event).collect(),
        ..Default::default()
    };
    resolve(document).timeline.unwrap_or_default().into()
}

fn pictures(timeline: &Shown, events: &[Given]) -> Pictures {
    let size = |(number, (.., size)): (usize, &Given)| {
        let event = timeline.event_by_id(&format!("e{number}"))?;
        Some((event, Some((*size)?)))
    };
    Pictures::new(events.iter().enumerate().filter_map(size))
}

fn request<'a>(timeline: &'a Shown, pictures: &'a Pictures, size: [f32; 2]) -> Request<'a> {
    let rect = Rect::from_min_size(pos2(0.0, 0.0), size.into());
    Request { pictures, ..Request::window(timeline, &timeline.projection, View::whole(timeline), rect) }
}

/// Returns the ids of the events whose pictures are shown, in time order.
fn shown(timeline: &Shown, chart: &Chart) -> Vec<String> {
    let mut events: Vec<EventIndex> = chart.thumbnails().map(|thumbnail| thumbnail.event).collect();
    events.sort_unstable();
    events.iter().filter_map(|event| Some(timeline.event(*event)?.id.to_owned())).collect()
}

#[test]
fn the_important_ones_and_the_selected_one_are_shown() {
    let all: Vec<Given> = (0..7_i32).map(|n| (0, 1900 + n * 14, i8::from(n % 3 == 0), Some([400, 300]))).collect();
    let timeline = timeline(&all);
    let pictures = pictures(&timeline, &all);
    let usual = request(&timeline, &pictures, [1000.0, 900.0]);
    let first = chart_at_rest(usual, &mut Fixed);
    assert_eq!(shown(&timeline, &first), ["e0", "e2", "e3", "e6"], "as many as the width is for");
    let heights: Vec<f32> = first.thumbnails().map(|thumbnail| thumbnail.rect.height()).collect();
    assert!(heights.iter().all(|height| height.round() == 96.0), "{heights:?}");
    let pinned = timeline.event_by_id("e5");
    let selected = chart_at_rest(Request { pinned, ..usual }, &mut Fixed);
    assert_eq!(shown(&timeline, &selected), ["e0", "e2", "e3", "e5"], "one makes way for the selected one");
    let rows = |chart: &Chart| chart.marks().map(|mark| mark.rect).collect::<Vec<_>>();
    assert_eq!(rows(&selected), rows(&first), "a selection moves no row");
    let none = chart_at_rest(Request { pictures: Pictures::NONE, ..usual }, &mut Fixed);
    assert_eq!(none.thumbnails().count(), 0);
}

#[test]
fn what_cannot_be_shown_has_a_frame_only_if_it_is_selected() {
    let all: Vec<Given> = vec![(0, 1900, 1, None), (0, 1950, 0, None)];
    let timeline = timeline(&all);
    let event = timeline.event_by_id("e0").expect("an event");
    let pictures = Pictures::new([(event, None)]);
    let usual = request(&timeline, &pictures, [800.0, 600.0]);
    assert_eq!(chart_at_rest(usual, &mut Fixed).thumbnails().count(), 0);
    let selected = chart(Request { pinned: Some(event), scrolls: false, ..usual }, &mut Fixed);
    let frames: Vec<(bool, Vec2)> =
        selected.thumbnails().map(|thumbnail| (thumbnail.is_missing, thumbnail.rect.size().round())).collect();
    assert_eq!(frames, [(true, vec2(128.0, 96.0))]);
}

#[test]
fn a_chart_as_high_as_it_needs_has_room_for_pictures() {
    let all: Vec<Given> = (0..2).map(|n| (0, 1900 + n, 0, Some([400, 300]))).collect();
    let timeline = timeline(&all);
    let pictures = pictures(&timeline, &all);
    let usual = request(&timeline, &pictures, [600.0, 100.0]);
    let height = |request: Request<'_>| super::super::needed_height(request, 10_000.0, &mut Fixed);
    let (with, without) = (height(usual), height(Request { pictures: Pictures::NONE, ..usual }));
    assert!((80.0..140.0).contains(&(with - without)), "{without} to {with}");
    let rect = Rect::from_min_size(pos2(0.0, 0.0), vec2(600.0, with));
    let placed = chart_at_rest(Request { rect, scrolls: false, rows: RowMode::All, ..usual }, &mut Fixed);
    assert!(placed.thumbnails().count() > 0);
}

#[test]
fn the_sides_of_a_picture_keep_their_ratio() {
    let check = |size: [u32; 2], expect: [f32; 2]| {
        let all = vec![(0, 1900, 0, Some(size)), (0, 1990, 0, None)];
        let timeline = timeline(&all);
        let pictures = pictures(&timeline, &all);
        let placed = chart_at_rest(request(&timeline, &pictures, [900.0, 500.0]), &mut Fixed);
        let found: Vec<[f32; 2]> =
            placed.thumbnails().map(|thumbnail| thumbnail.rect.size().round()).map(|size| [size.x, size.y]).collect();
        assert_eq!(found, [expect], "{size:?}");
    };
    check([400, 300], [128.0, 96.0]);
    check([3000, 4000], [72.0, 96.0]);
    check([5000, 1000], [211.0, 42.0]);
    check([1, 1], [96.0, 96.0]);
}

fn given() -> impl Strategy<Value = Vec<Given>> {
    let size = prop::option::of((30_u32..900, 30_u32..900).prop_map(|(width, height)| [width, height]));
    let event = (0..LANES, 1900..2000, -1_i8..2, size);
    prop_oneof![prop::collection::vec(event.clone(), 1..25), prop::collection::vec(event, 60..200)]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// Pictures cost no title, no date and no row, and stand on nothing.
    #[test]
    fn pictures_cost_nothing_else(
        events in given(),
        size in (300_f32..1600.0, 250_f32..1000.0),
        (factor, at) in (1.0_f64..8.0, 0.0_f64..1.0),
        pinned in prop::option::of(0_usize..200),
        on_page: bool,
    ) {
        let timeline = timeline(&events);
        let pictures = pictures(&timeline, &events);
        let usual = request(&timeline, &pictures, [size.0, size.1]);
        let pinned = pinned.and_then(|position| timeline.events.indices().nth(position));
        let with = Request { view: usual.view.zoomed(factor, at), pinned, scrolls: !on_page, ..usual };
        let without = chart_at_rest(Request { pictures: Pictures::NONE, ..with }, &mut Fixed);
        let with = chart_at_rest(with, &mut Fixed);
        let titles = |chart: &Chart| {
            let words = |mark: &super::super::Mark| mark.label.as_ref().map(|label| (label.title.clone(), label.date.clone(), label.rect.width().round()));
            chart.marks().map(|mark| (mark.event, mark.lane, mark.row, mark.rect.x_range(), words(mark))).collect::<Vec<_>>()
        };
        prop_assert_eq!(titles(&with), titles(&without));
        prop_assert_eq!(&with.left_out, &without.left_out);
        prop_assert!(with.regions.lanes.bottom() <= with.regions.axis.top() + 0.1);
        let most = ((with.axis.width() as f32 / WIDTH_OF_EACH) as usize).clamp(1, MOST) + 1;
        prop_assert!(with.thumbnails().count() <= most);
        let mut bottom = with.regions.lanes.top() - with.scrolling.lanes;
        for lane in &with.lanes {
            prop_assert!((lane.rect.top() - bottom).abs() < 0.5, "lanes follow one another");
            bottom = lane.rect.bottom();
            for (number, thumbnail) in lane.thumbnails.iter().enumerate() {
                let block = thumbnail.block.shrink(0.5);
                prop_assert!(lane.rect.expand(0.5).contains_rect(block), "{:?} is out of {:?}", block, lane.rect);
                prop_assert!(thumbnail.block.expand(0.1).contains_rect(thumbnail.rect));
                let line = Rect::from_points(&thumbnail.leader).expand(0.1);
                for mark in &lane.marks {
                    for area in mark.hit_areas() {
                        prop_assert!(!area.intersects(block), "{:?} is on {:?}", thumbnail, mark);
                        let is_own = mark.event == thumbnail.event;
                        prop_assert!(is_own || !area.intersects(line), "the line to {:?} crosses {:?}", thumbnail, mark);
                    }
                }
                for other in lane.thumbnails.iter().skip(number + 1) {
                    prop_assert!(!other.block.intersects(block));
                    prop_assert!(other.event != thumbnail.event);
                }
            }
        }
    }

    /// A view that rests is repeated exactly; one that has moved is as if it had not.
    #[test]
    fn pictures_rest_and_settle(
        events in given(),
        size in (500_f32..1600.0, 350_f32..1000.0),
        steps in prop::collection::vec((0.8_f64..1.3, 0.0_f64..1.0, -0.1_f64..0.1), 1..8),
    ) {
        let timeline = timeline(&events);
        let pictures = pictures(&timeline, &events);
        let usual = request(&timeline, &pictures, [size.0, size.1]);
        let first = chart_at_rest(usual, &mut Fixed);
        let mut arrangement = Arrangement::EMPTY.renewed(&first).expect("rows");
        let again = chart(Request { arrangement: &arrangement, ..usual }, &mut Fixed);
        prop_assert_eq!(&again, &first);
        prop_assert_eq!(arrangement.renewed(&again), None);
        let mut view = usual.view;
        for (factor, at, pan) in steps {
            view = view.zoomed(factor, at).panned(pan).kept_near(timeline.extent, 0.1);
            let before: Vec<EventIndex> = arrangement.pictured().collect();
            let moving = chart(Request { view, arrangement: &arrangement, ..usual }, &mut Fixed);
            arrangement = arrangement.renewed(&moving).unwrap_or(arrangement);
            if !arrangement.rests_at(view) {
                prop_assert!(arrangement.pictured().all(|event| before.contains(&event)), "no picture is added");
            }
        }
        let moved = Request { view, arrangement: &arrangement, ..usual };
        let moving = chart(moved, &mut Fixed);
        let settled = settle(moved, &moving, None, &mut Fixed).expect("it settles");
        let rested = chart(Request { arrangement: &settled.arrangement, ..moved }, &mut Fixed);
        let unmoved = chart_at_rest(Request { view, ..usual }, &mut Fixed);
        prop_assert_eq!(&rested.lanes, &unmoved.lanes);
    }
}
