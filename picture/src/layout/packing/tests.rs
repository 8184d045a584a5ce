//! Marks and labels of one lane.

use super::super::arrangement::Arrangement;
use super::super::labels::{Label, Setting, TITLE_LEADING};
use super::super::lanes::{LaneBox, MarkShape};
use super::super::measure::TextRole;
use super::super::measure::fixed::Fixed;
use super::super::placement::Placement;
use super::super::shown::Shown;
use super::super::view::{TimeAxis, View};
use super::*;
use crate::date::Date;
use crate::date::civil::Civil;
use crate::document;
use crate::timeline::resolve;
use egui::{Rangef, Rect, pos2, vec2};
use proptest::prelude::*;

fn timeline(events: &[(&str, &str)]) -> Shown {
    let document = document::Timeline {
        title: "t".to_owned(),
        lanes: vec![document::Lane { id: "l".to_owned(), title: "l".to_owned(), ..Default::default() }],
        events: events
            .iter()
            .enumerate()
            .map(|(index, (date, title))| document::Event {
                id: format!("e{index}"),
                lane: "l".to_owned(),
                title: (*title).to_owned(),
                date: Some((*date).to_owned()),
                ..Default::default()
            })
            .collect(),
        ..Default::default()
    };
    resolve(document).timeline.unwrap_or_default().into()
}

fn first_lane(timeline: &Shown) -> &ShownLane {
    timeline.projection.lanes().first().expect("a lane")
}

/// Packs the first lane into at most this many rows.
fn pack<'t>(timeline: &'t Shown, packing: Packing<'_>, rows: usize) -> Packed<'t> {
    let shown = first_lane(timeline);
    let count = shown.index().count(packing.axis.view.interval());
    if packing.arrangement.is_empty() {
        let most = Most { count, rows: 60, begun: usize::MAX };
        let candidates = Candidates::new(timeline, shown, packing, most, &mut Fixed);
        let filling = Filling { limit: rows, covers: 1, order: Order::Strict, first_row: true };
        let mut packed = [candidates.pack(packing, filling)];
        finish(&mut packed, timeline, packing, &[rows], &mut Fixed);
        let [packed] = packed;
        packed
    } else {
        pack_moving(timeline, shown, packing, [count, 60, rows], &mut Fixed)
    }
}

fn lane_of(events: &[(&str, &str)], from: i32, to: i32) -> LaneBox {
    lane_in(6, events, from, to)
}

/// Returns a lane of at most this many rows when crowded.
fn lane_in(rows: usize, events: &[(&str, &str)], from: i32, to: i32) -> LaneBox {
    lane_set((Setting::TwoLines, 38.0), rows, events, from, to)
}

/// Returns a lane of at most this many rows of a setting and height, in points.
fn lane_set(
    (setting, row_height): (Setting, f32),
    rows: usize,
    events: &[(&str, &str)],
    from: i32,
    to: i32,
) -> LaneBox {
    let timeline = timeline(events);
    let year = |year: i32| i64::from(year - 1970) * 31_556_952;
    let view = View::of(Interval { start: year(from), end: year(to) });
    let axis = TimeAxis { view, left: 100.0, right: 900.0 };
    let arrangement = &Arrangement::default();
    let packing = Packing { axis, setting, pinned: None, arrangement, number: 0.0 };
    let packed = pack(&timeline, packing, rows);
    let height = packed.rows() as f32 * row_height;
    let rect = Rect::from_min_size(pos2(0.0, 0.0), vec2(900.0, height));
    packed.placed(first_lane(&timeline), &timeline, (rect, Rangef::EVERYTHING), row_height, axis)
}

#[test]
fn neighbours_turn_their_labels_away_from_each_other() {
    let lane = lane_of(&[("2013", "Gross domestic product"), ("2014", "Trade")], 1962, 2022);
    let sides: Vec<bool> = lane.marks.iter().filter_map(|mark| mark.label.as_ref()).map(|l| l.flush_right).collect();
    assert_eq!(sides, [true, false]);
    let rows: Vec<f32> = lane.marks.iter().map(|mark| mark.rect.center().y).collect();
    assert_eq!(rows.first(), rows.last(), "both stand in one row");
}

#[test]
fn a_span_keeps_its_label_in_view() {
    let lane = lane_of(&[("1900/2020", "A long century")], 1960, 1990);
    let label = lane.marks.first().and_then(|mark| mark.label.as_ref()).map(|label| label.rect);
    assert!(label.is_some_and(|rect| rect.left() >= 100.0 && rect.right() <= 900.0), "{label:?}");
}

#[test]
fn a_long_title_takes_two_lines_where_there_is_less_room_and_is_shortened_where_two_have_none() {
    let long = "A title of many more words than any label is given while others look for theirs";
    let label = |events: &[(&str, &str)], from: i32, to: i32| {
        let lane = lane_of(events, from, to);
        let mark = lane.marks.into_iter().find(|mark| mark.label.as_ref().is_some_and(|label| label.title == long));
        mark.and_then(|mark| mark.label).expect("a title")
    };
    let whole = label(&[("1970", long)], 1969, 1990);
    assert!(!whole.elided && whole.rect.width() >= Fixed.width(long, TextRole::Label), "{whole:?}");
    assert_eq!(whole.break_width, None);
    let less = label(&[("1970", long), ("1978", "Another"), ("1962", "A third")], 1960, 1982);
    assert!(!less.elided && less.break_width.is_some_and(|width| width <= less.rect.width()), "{less:?}");
    assert_eq!(less.date, "1970", "the date follows the second line");
    let timeline = timeline(&[("1970", long)]);
    let view = View::of(Interval { start: -10 * 31_556_952, end: 11 * 31_556_952 });
    let axis = TimeAxis { view, left: 100.0, right: 420.0 };
    let (arrangement, setting) = (&Arrangement::default(), Setting::TwoLines);
    let packing = Packing { axis, setting, pinned: None, arrangement, number: 0.0 };
    let packed = pack(&timeline, packing, 1);
    let lane = packed.placed(
        first_lane(&timeline),
        &timeline,
        (Rect::from_min_size(pos2(0.0, 0.0), vec2(420.0, 38.0)), Rangef::EVERYTHING),
        38.0,
        axis,
    );
    let narrow = lane.marks.into_iter().find_map(|mark| mark.label).expect("half of a narrow view is room enough");
    assert!(narrow.elided && narrow.break_width == Some(128.0), "{narrow:?}");
}

/// Where rows are low, the second line of a title takes what is free in the next row, or a row that is added for it.
#[test]
fn the_second_line_of_a_title_is_in_the_next_row() {
    let long = "A title of many words that is too long for one line";
    let low = |rows: usize, events: &[(&str, &str)]| lane_set((Setting::OneLine, 20.0), rows, events, 1970, 1990);
    // The mark after it leaves less room than one line takes.
    let [first, next, below] = [("1971", long), ("1980", "Next"), ("1971", "Below")];
    let label = |lane: &LaneBox| lane.marks[0].label.clone().expect("a title");
    let lines = |label: &Label| (label.elided, label.break_width.is_some(), label.rect.height());
    let free = low(2, &[first, next]);
    assert_eq!((lines(&label(&free)), free.rows), ((false, true, 20.0 + TITLE_LEADING), 2));
    assert_eq!((label(&free).row_height(), label(&free).date.as_str()), (20.0, "1971"));
    let taken = low(2, &[first, below, next]);
    assert_eq!((lines(&label(&taken)), taken.rows), ((true, false, 20.0), 2));
    let added = low(3, &[first, below, next]);
    let rows: Vec<usize> = added.marks.iter().map(|mark| mark.row).collect();
    assert_eq!((lines(&label(&added)), added.rows), ((false, true, 20.0 + TITLE_LEADING), 3));
    assert_eq!(rows, [0, 2, 0], "the mark below is moved down by the line");
}

#[test]
fn a_title_that_is_whole_on_the_other_side_turns() {
    // It cannot be broken, and has room for most of it on the right, for all of it on the left.
    let title = "A title that is too long for its right side".replace(' ', "\u{a0}");
    let lane = lane_set((Setting::OneLine, 20.0), 1, &[("1981", &title)], 1970, 1990);
    let label = lane.marks[0].label.as_ref().expect("a title");
    assert!(!label.elided && label.flush_right, "{label:?}");
}

#[test]
fn a_title_that_runs_out_of_the_view_is_shortened_at_its_edge() {
    // It cannot be broken.
    let title = "A title of some words".replace(' ', "\u{a0}");
    let timeline = timeline(&[("1970", &title), ("1972/1985", "What leaves no room behind it")]);
    let axis = |from: i64| TimeAxis {
        view: View::of(Interval { start: (from - 1970) * 31_556_952, end: (from - 1950) * 31_556_952 }),
        left: 100.0,
        right: 900.0,
    };
    let (rect, setting, pinned) = (Rect::from_min_size(pos2(0.0, 0.0), vec2(900.0, 38.0)), Setting::TwoLines, None);
    let [first, second] = [0, 1].map(|position| timeline.events.indices().nth(position).expect("two events"));
    let placement =
        |event, flush_right| (event, Placement { row: 0, flush_right: Some(flush_right), in_two_rows: false });
    let arrangement =
        &Arrangement::holding(first_lane(&timeline).lane(), vec![placement(first, true), placement(second, false)]);
    let packing = |axis| Packing { axis, setting, pinned, arrangement, number: 0.0 };
    let label = |from: i64| {
        let packed = pack(&timeline, packing(axis(from)), 1);
        let lane = packed.placed(first_lane(&timeline), &timeline, (rect, Rangef::EVERYTHING), 38.0, axis(from));
        lane.marks.into_iter().find(|mark| mark.event == first).and_then(|mark| mark.label).expect("a label")
    };
    assert!(!label(1960).elided, "all of it is in view");
    let mut shortened = false;
    for from in [1963, 1964, 1965, 1966, 1967, 1968] {
        let label = label(from);
        assert!(label.rect.left() >= 100.0, "{from}: {:?}", label.rect);
        let whole = label.rect.width() >= Fixed.width(&label.title, TextRole::Label);
        assert_eq!(label.elided, !whole, "{from}: {label:?}");
        shortened |= label.elided;
    }
    assert!(shortened);
}

#[test]
fn what_comes_into_a_view_that_moves_has_a_title() {
    let timeline = timeline(&[("1970", "First"), ("1980", "Second")]);
    let view = View::of(Interval { start: -10 * 31_556_952, end: 20 * 31_556_952 });
    let (axis, setting) = (TimeAxis { view, left: 100.0, right: 900.0 }, Setting::TwoLines);
    let known = timeline.events.indices().nth(1).expect("two events");
    let places = vec![(known, Placement { row: 0, flush_right: Some(false), in_two_rows: false })];
    let arrangement = &Arrangement::holding(first_lane(&timeline).lane(), places);
    let packing = Packing { axis, setting, pinned: None, arrangement, number: 0.0 };
    let packed = pack(&timeline, packing, 2);
    let titled = |item: &Item<'_>| item.place.is_some_and(|place| item::is_in_view(place.x, axis));
    assert_eq!(packed.items.iter().map(titled).collect::<Vec<_>>(), [true, true]);
}

#[test]
fn an_event_gives_up_its_title_rather_than_its_order_in_time() {
    // A week is less than a mark is high, and wider than a mark.
    let timeline = timeline(&[("1970-04-10", "Earlier"), ("1970-04-17", "Between"), ("1970-04-24", "Later")]);
    let view = View::of(Interval { start: 0, end: 365 * 86_400 });
    let (axis, setting) = (TimeAxis { view, left: 100.0, right: 900.0 }, Setting::TwoLines);
    let events: Vec<EventIndex> = timeline.events.indices().collect();
    let [earlier, _, later] = events[..] else { panic!("three events") };
    let kept = |event, flush_right| (event, Placement { row: 1, flush_right: Some(flush_right), in_two_rows: false });
    let arrangement =
        &Arrangement::holding(first_lane(&timeline).lane(), vec![kept(earlier, true), kept(later, false)]);
    let packing = Packing { axis, setting, pinned: None, arrangement, number: 0.0 };
    let packed = pack(&timeline, packing, 3);
    let placed: Vec<(usize, bool)> = packed.items.iter().map(|item| (item.row, item.place.is_some())).collect();
    assert_eq!(placed, [(1, true), (1, false), (1, true)]);
}

#[test]
fn a_long_flight_of_stairs_begins_again_at_the_top() {
    let rows = |events: usize| {
        // Each mark is near to the next.
        let dates: Vec<String> = (0..events).map(|n| format!("1970-{:02}-{:02}", 1 + n / 5, 1 + n % 5 * 6)).collect();
        let events: Vec<(&str, &str)> = dates.iter().map(|date| (date.as_str(), "Event")).collect();
        let timeline = timeline(&events);
        let view = View::of(Interval { start: 0, end: 365 * 86_400 });
        let (axis, setting) = (TimeAxis { view, left: 100.0, right: 900.0 }, Setting::OneLine);
        let packing = Packing { axis, setting, pinned: None, arrangement: &Arrangement::default(), number: 0.0 };
        let candidates = Candidates::new(
            &timeline,
            first_lane(&timeline),
            packing,
            Most { count: usize::MAX, rows: 60, begun: usize::MAX },
            &mut Fixed,
        );
        let filling = Filling { limit: usize::MAX, covers: 1, order: Order::Strict, first_row: true };
        let (filling, rows) = candidates.whole(packing, filling);
        (rows, filling.order == Order::Wraps)
    };
    assert!(!rows(8).1, "a short one goes on");
    let (many, wraps) = rows(40);
    assert!(wraps && many < 20, "{many} rows");
}

#[test]
fn an_open_end_runs_out_of_the_view() {
    let lane = lane_of(&[("1998/..", "Since then")], 1962, 2022);
    let shape = lane.marks.first().map(|mark| &mark.shape);
    assert!(matches!(shape, Some(MarkShape::Span { x, open_end: true, open_start: false, .. }) if x.max > 900.0));
}

#[test]
fn bars_from_edge_to_edge_leave_rows_to_what_happens_meanwhile() {
    let spans: Vec<String> = (0..40).map(|n| format!("{}/{}", 1850 - n, 2000 + 2 * n)).collect();
    let long = spans.iter().map(|date| (date.as_str(), "All the time"));
    let dates: Vec<String> = (0..40).map(|n| format!("195{}-0{}", n % 10, 1 + n / 10)).collect();
    let events: Vec<(&str, &str)> = long.chain(dates.iter().map(|date| (date.as_str(), "Meanwhile"))).collect();
    for rows in [6, 12] {
        let lane = lane_in(rows, &events, 1948, 1962);
        let titled = |title: &str| {
            let labels = lane.marks.iter().filter_map(|mark| mark.label.as_ref());
            labels.filter(|label| label.title == title).count()
        };
        assert!(titled("All the time") <= rows / 2, "{} of {rows} rows", titled("All the time"));
        assert!(titled("Meanwhile") >= 6, "{} titles of what happens meanwhile", titled("Meanwhile"));
        assert_eq!(lane.marks.len() + lane.strip.as_ref().map_or(0, |strip| strip.hidden), events.len());
    }
}

#[test]
fn of_many_in_one_place_the_first_have_titles_in_their_order() {
    // On one day; within one day, which is a few pixels of forty years; the same with important events among them.
    let titles: Vec<String> = (0..3000).map(|n| format!("Item {n}")).collect();
    let day = |_: usize| "2001-05-11".to_owned();
    let minutes = |n: usize| format!("2001-05-11T{:02}:{:02}", n / 120, n / 2 % 60);
    let dates: [&dyn Fn(usize) -> String; 2] = [&day, &|n| minutes(n.min(2879))];
    for date in dates {
        let dates: Vec<String> = (0..3000).map(date).collect();
        let events: Vec<(&str, &str)> =
            dates.iter().zip(&titles).map(|(date, title)| (date.as_str(), title.as_str())).collect();
        let lane = lane_in(6, &events, 1980, 2020);
        let named: Vec<&str> =
            lane.marks.iter().filter_map(|mark| mark.label.as_ref()).map(|label| label.title.as_str()).collect();
        let first: Vec<&str> = titles.iter().take(named.len()).map(String::as_str).collect();
        assert!(named.len() >= 6, "{named:?}");
        assert_eq!(named, first);
        assert_eq!(lane.marks.len() + lane.strip.as_ref().map_or(0, |strip| strip.hidden), 3000);
    }
}

#[test]
fn what_has_just_ended_has_no_title_in_the_picture() {
    // The axis begins and ends with a year, which adjoins its neighbours.
    let timeline = timeline(&[("1949", "Before"), ("1955", "Meanwhile"), ("1960", "After")]);
    let view = |from: &str, to: &str| {
        let [from, to] = [from, to].map(|text| Date::parse(text).unwrap().bounds().start);
        View::of(Interval { start: from, end: to })
    };
    let axis = TimeAxis { view: view("1950", "1960"), left: 100.0, right: 900.0 };
    let (setting, arrangement) = (Setting::TwoLines, &Arrangement::default());
    let packing = Packing { axis, setting, pinned: None, arrangement, number: 0.0 };
    let packed = pack(&timeline, packing, 6);
    let rect = Rect::from_min_size(pos2(0.0, 0.0), vec2(900.0, 100.0));
    let lane = packed.placed(first_lane(&timeline), &timeline, (rect, Rangef::EVERYTHING), 38.0, axis);
    let titles: Vec<&str> =
        lane.marks.iter().filter_map(|mark| mark.label.as_ref()).map(|label| label.title.as_str()).collect();
    assert_eq!(titles, ["Meanwhile"]);
    assert_eq!(lane.marks.len(), 1, "nor a mark");
}

#[test]
fn what_cannot_be_told_apart_is_counted() {
    let events: Vec<(&str, &str)> = (0..50).map(|_| ("1970", "At once")).collect();
    let lane = lane_of(&events, 1900, 2020);
    let hidden = lane.strip.as_ref().map_or(0, |strip| strip.hidden);
    assert_eq!(lane.marks.len() + hidden, 50);
    assert!(hidden > 0 && lane.strip.is_some_and(|strip| strip.fullest == hidden));
}

#[test]
fn what_runs_through_the_view_is_counted_all_over_it_and_days_rise_above_it() {
    let through = (0..40).map(|_| ("1900/1990", "Long"));
    let events: Vec<(&str, &str)> = through.chain((0..30).map(|_| ("1950-06-15", "On a day"))).collect();
    let lane = lane_of(&events, 1949, 1952);
    let strip = lane.strip.expect("not all have marks");
    let spans = lane.marks.iter().filter(|mark| matches!(mark.shape, MarkShape::Span { .. })).count();
    assert_eq!(strip.least, 40 - spans, "each column counts what goes on");
    assert_eq!(strip.fullest, strip.hidden, "and one of them all that is on that day");
    let ends = (strip.bins.first().map(|column| column.x.min), strip.bins.last().map(|column| column.x.max));
    assert_eq!(ends, (Some(strip.rect.left()), Some(strip.rect.right())));
    assert!(strip.count.right() <= strip.rect.left(), "the number stands beside the columns");
}

/// Returns events with titles of words, and the same with titles of which none can be broken.
fn worded(years: &[(i32, i32, usize)]) -> [Vec<(String, String)>; 2] {
    let event = |(year, length, letters): &(i32, i32, usize), space: char| {
        let date = if *length < 20 { year.to_string() } else { format!("{year}/{}", year + length) };
        let title = "Some words of a title ".chars().cycle().take(*letters).collect::<String>();
        (date, title.trim_end().replace(' ', &space.to_string()))
    };
    [' ', '\u{a0}'].map(|space| years.iter().map(|year| event(year, space)).collect())
}

proptest! {
    /// Titles on two lines keep their distance from the marks and texts of others in both of their rows, and take no
    /// title from anybody; marks stay in their order.
    #[test]
    fn titles_on_two_lines_are_clear_of_others(
        years in prop::collection::vec((1900_i32..2020, 0_i32..40, 3_usize..90), 1..60),
        from in 1880_i32..2000,
        span in 1_i32..160,
        rows in 1_usize..30,
        is_low: bool,
    ) {
        let set = if is_low { (Setting::OneLine, 20.0) } else { (Setting::TwoLines, 33.0) };
        let lanes = worded(&years).map(|written| {
            let events: Vec<(&str, &str)> = written.iter().map(|(d, t)| (d.as_str(), t.as_str())).collect();
            lane_set(set, rows, &events, from, from + span)
        });
        let [lane, unbroken] = &lanes;
        let clear = clearance(set.0);
        for mark in &lane.marks {
            let Some(label) = &mark.label else { continue };
            prop_assert!(label.rect.bottom() <= lane.rect.bottom() + 0.01, "{label:?}");
            let own = match mark.shape {
                MarkShape::Point { extent, .. } => extent,
                _ => mark.rect.x_range(),
            };
            if own.contains(label.rect.left()) && own.contains(label.rect.right()) {
                // It is on its mark, which others may adjoin.
                continue;
            }
            for other in lane.marks.iter().filter(|other| other.event != mark.event) {
                let apart = |rect: Rect| (rect.left() - label.rect.right()).max(label.rect.left() - rect.right());
                let is_beside = |rect: Rect| label.rect.y_range().shrink(0.5).intersects(rect.y_range());
                prop_assert!(!is_beside(other.rect) || apart(other.rect) >= clear.text_to_mark - 0.5, "{} {:?}", label.title, other);
                if let Some(text) = other.label.as_ref().map(|label| label.rect).filter(|rect| is_beside(*rect)) {
                    prop_assert!(apart(text) >= clear.text_to_text - 0.5, "{} {:?}", label.title, other);
                }
            }
        }
        let titled = |lane: &LaneBox| -> Vec<EventIndex> {
            lane.marks.iter().filter(|mark| mark.label.is_some()).map(|mark| mark.event).collect()
        };
        prop_assert_eq!(titled(lane), titled(unbroken));
        let order = |lane: &LaneBox| {
            let mut marks: Vec<_> = lane.marks.iter().map(|mark| (mark.row, mark.event)).collect();
            marks.sort_unstable();
            marks.into_iter().map(|(_, event)| event).collect::<Vec<_>>()
        };
        prop_assert_eq!(order(lane), order(unbroken));
        prop_assert!(unbroken.marks.iter().flat_map(|mark| &mark.label).all(|label| label.break_width.is_none()));
    }
}

proptest! {
    /// Every event in view is placed or counted, however many there are.
    #[test]
    fn every_event_is_counted(years in prop::collection::vec(1900_i32..1930, 1..300)) {
        let written: Vec<String> = years.iter().map(i32::to_string).collect();
        let events: Vec<(&str, &str)> = written.iter().map(|year| (year.as_str(), "An event")).collect();
        let lane = lane_of(&events, 1895, 1935);
        let hidden = lane.strip.as_ref().map_or(0, |strip| strip.hidden);
        prop_assert_eq!(lane.marks.len() + hidden, events.len());
        let columns: Vec<usize> = lane.strip.iter().flat_map(|strip| &strip.bins).map(|column| column.count).collect();
        prop_assert!(columns.iter().sum::<usize>() >= hidden, "each is in one column at least");
        prop_assert!(columns.iter().all(|count| (1..=hidden).contains(count)), "and in each once");
        let labelled = lane.marks.iter().filter(|mark| mark.label.is_some()).count();
        prop_assert_eq!(lane.unlabelled, lane.marks.len() - labelled);
    }

    /// Of two small marks that are near to each other the earlier one is above, also where bars begin between them and
    /// where there is no room for all.
    #[test]
    fn of_near_marks_the_earlier_is_above(
        spans in prop::collection::vec((0_i64..700, prop_oneof![0_i64..40, 0_i64..4000]), 2..60),
        rows in 1_usize..9,
    ) {
        let civil = |days: i64| Civil::from_seconds((20 * 365 + 5 + days) * 86_400);
        let written: Vec<String> = spans.iter().map(|(start, length)| {
            let [from, to] = [civil(*start), civil(start + length)];
            format!("{:04}-{:02}-{:02}/{:04}-{:02}-{:02}", from.year, from.month, from.day, to.year, to.month, to.day)
        }).collect();
        let events: Vec<(&str, &str)> = written.iter().map(|date| (date.as_str(), "Somebody, Secretary")).collect();
        let lane = lane_set((Setting::OneLine, 17.0), rows, &events, 1989, 1999);
        let small: Vec<_> = lane.marks.iter().filter(|mark| mark.rect.width() < 30.0).collect();
        for (at, one) in small.iter().enumerate() {
            for other in small.iter().skip(at + 1) {
                let is_near = (one.rect.center().x - other.rect.center().x).abs() < 14.0;
                let [earlier, later] = if one.event < other.event { [one, other] } else { [other, one] };
                prop_assert!(!is_near || earlier.row <= later.row, "{earlier:?} {later:?}");
            }
        }
    }

    /// No label touches another label or another mark, whatever the dates are.
    #[test]
    fn labels_never_overlap(
        years in prop::collection::vec((1900_i32..2020, 0_i32..40, 3_usize..40), 1..60),
        from in 1880_i32..2000,
        span in 1_i32..160,
    ) {
        let written: Vec<(String, String)> = years
            .iter()
            .map(|(year, length, title)| {
                let date = if *length < 20 { year.to_string() } else { format!("{year}/{}", year + length) };
                (date, "x".repeat(*title))
            })
            .collect();
        let events: Vec<(&str, &str)> = written.iter().map(|(d, t)| (d.as_str(), t.as_str())).collect();
        let lane = lane_of(&events, from, from + span);
        for (index, mark) in lane.marks.iter().enumerate() {
            let Some(label) = &mark.label else { continue };
            for (other_index, other) in lane.marks.iter().enumerate() {
                if index == other_index { continue }
                prop_assert!(!label.rect.shrink(0.5).intersects(other.rect.shrink(0.5)), "{} on a mark", label.title);
                if let Some(other) = &other.label {
                    prop_assert!(!label.rect.shrink(0.5).intersects(other.rect.shrink(0.5)));
                }
            }
        }
    }
}
