//! Properties of charts on pages: numbers before titles, legends, counts of what is left out.

use egui::{Rect, Vec2, pos2, vec2};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use super::super::measure::fixed::Fixed;
use super::super::overflow::Overflow;
use super::super::shown::Shown;
use super::super::{Arrangement, Heading, Label, Measure as _, Parts, RowMode, Sample, TextRole, View, Weight};
use super::{Chart, Request, chart};
use crate::document;
use crate::timeline::resolve;

fn timeline(lanes: usize, events: &[(usize, String)], eras: &[&str]) -> Shown {
    resolve(document(lanes, events, eras)).timeline.unwrap_or_default().into()
}

fn document(lanes: usize, events: &[(usize, String)], eras: &[&str]) -> document::Timeline {
    let lane = |number: usize| document::Lane {
        id: number.to_string(),
        title: format!("Lane {number}"),
        ..Default::default()
    };
    let event = |(number, (lane, date)): (usize, &(usize, String))| document::Event {
        id: format!("e{number}"),
        lane: (lane % lanes).to_string(),
        title: "A title of some words".chars().cycle().take(8 + number * 7 % 20).collect(),
        date: Some(date.clone()),
        ..Default::default()
    };
    let era = |(number, date): (usize, &&str)| document::Era {
        id: format!("era{number}"),
        title: format!("Era {number}"),
        date: (*date).to_owned(),
        ..Default::default()
    };
    document::Timeline {
        title: "t".to_owned(),
        lanes: (0..lanes).map(lane).collect(),
        events: events.iter().enumerate().map(event).collect(),
        eras: eras.iter().enumerate().map(era).collect(),
        ..Default::default()
    }
}

/// Returns the request for a page of this size.
fn request(timeline: &Shown, size: Vec2, numbered: bool) -> Request<'_> {
    let rect = Rect::from_min_size(pos2(0.0, 0.0), size);
    let numbered = if numbered { timeline.index().events() } else { &[] };
    Request { numbered, ..Request::page(timeline, &timeline.projection, View::whole(timeline), rect) }
}

/// Returns the chart of a page of this size.
fn page(timeline: &Shown, size: Vec2, numbered: bool) -> Chart {
    chart(request(timeline, size, numbered), &mut Fixed)
}

/// Returns one event of each kind that a legend explains, except counted ones.
fn every_kind() -> Vec<(usize, String)> {
    let dates = ["1900/1910", "1950~", "1920?", "1960/..", "[1925,1935]", "{1940,1945}", "1970s"];
    dates.iter().enumerate().map(|(lane, date)| (lane, (*date).to_owned())).collect()
}

#[test]
fn a_legend_explains_all_that_occurs_in_as_many_lines_as_it_takes() {
    let timeline = timeline(7, &every_kind(), &[]);
    let shown = |size: Vec2| {
        let chart = page(&timeline, size, false);
        let words: Vec<&str> = chart.legend.iter().map(|entry| entry.words).collect();
        let footer = chart.regions.footer.expect("a source line");
        for entry in &chart.legend {
            let end = entry.rect.right() + 8.0 + Fixed.width(entry.words, TextRole::Small);
            assert!(end <= size.x - 20.0, "{} runs out of the page", entry.words);
            assert!(entry.rect.bottom() <= footer.top() + 2.0, "{} stands on the source line", entry.words);
            assert!(entry.rect.top() >= chart.regions.axis.bottom(), "{} stands on the axis", entry.words);
        }
        (words, chart.legend.last().map_or(0, |last| last.line))
    };
    let (wide, last_line) = shown(vec2(1600.0, 900.0));
    assert_eq!((wide.len(), last_line), (6, 0), "{wide:?}");
    let (narrow, last_line) = shown(vec2(480.0, 900.0));
    assert_eq!(narrow, wide, "the same entries on a narrow page");
    assert!(last_line > 0);
}

#[test]
fn a_legend_explains_strips_where_there_are_any() {
    let check = |events: usize| {
        let events: Vec<(usize, String)> = (0..events).map(|n| (0, format!("{}", 1900 + n % 90))).collect();
        let chart = page(&timeline(1, &events, &[]), vec2(900.0, 400.0), false);
        let is_explained = chart.legend.iter().any(|entry| entry.sample == Sample::Counted);
        let has_strip = chart.lanes.iter().any(|lane| lane.strip.is_some());
        assert_eq!(is_explained, has_strip, "{} events", events.len());
        has_strip
    };
    assert!(!check(3) && check(500));
}

#[test]
fn a_long_headline_takes_two_lines_before_it_is_elided() {
    let timeline = timeline(1, &[(0, "1900".to_owned())], &[]);
    let heights = |title: &str, subtitle: &str| {
        let request = Request { heading: Heading { title, subtitle }, ..request(&timeline, vec2(600.0, 500.0), false) };
        let regions = chart(request, &mut Fixed).regions;
        assert!(regions.subtitle.top() >= regions.title.bottom() && regions.lanes.top() >= regions.subtitle.bottom());
        (regions.title.height(), regions.subtitle.height())
    };
    assert_eq!(heights("Short", ""), (32.0, 0.0));
    assert_eq!(heights(&"Long ".repeat(10), "Short"), (60.0, 22.0));
    assert_eq!(heights(&"Longer ".repeat(90), &"Long ".repeat(30)), (60.0, 40.0));
}

#[test]
fn eras_without_a_name_in_the_picture_are_counted() {
    let indicator = |eras: &[&str]| {
        let timeline = timeline(1, &[(0, "1900".to_owned()), (0, "2000".to_owned())], eras);
        let chart = page(&timeline, vec2(800.0, 500.0), false);
        chart
            .indicators
            .into_iter()
            .find(|indicator| indicator.overflow == Overflow::Eras)
            .map(|indicator| indicator.text)
    };
    assert_eq!(indicator(&["1900/1950", "1950/2000"]), None);
    assert_eq!(
        indicator(&["1900/2000"; 5]).as_deref(),
        Some("+1 era"),
        "rows of names for a share of the height, and no more"
    );
    assert_eq!(indicator(&["1900/2000", "1950"]).as_deref(), Some("+1 era"), "a year is too narrow for a name");
}

#[test]
fn a_page_shows_whole_lanes_and_counts_the_others() {
    let each_its_own: Vec<(usize, String)> = (0..12).map(|lane| (lane, (1900 + lane * 5).to_string())).collect();
    let timeline = timeline(12, &each_its_own, &[]);
    let chart = page(&timeline, vec2(700.0, 320.0), true);
    let lanes = chart.regions.lanes;
    assert!((1..12).contains(&chart.lanes.len()), "{} lanes", chart.lanes.len());
    let indicator = chart
        .indicators
        .iter()
        .find(|indicator| indicator.overflow == Overflow::LanesBelow)
        .expect("the others are counted");
    assert_eq!(indicator.text, format!("↓ {} lanes", 12 - chart.lanes.len()));
    for lane in &chart.lanes {
        assert!(lane.rect.top() >= lanes.top() - 0.5 && lane.rect.bottom() <= indicator.rect.top(), "{:?}", lane.rect);
    }
    let numbers: Vec<usize> = chart.marks().filter_map(|mark| mark.number).collect();
    assert_eq!(numbers, (1..=chart.lanes.len()).collect::<Vec<_>>(), "only what is in the picture has a number");
    assert!(chart.most_scroll() == 0.0, "a page has no scroll bar");
}

#[test]
fn on_a_page_a_full_lane_gets_the_rows_that_others_leave() {
    let full = (0..60).map(|event| (0, (1900 + event).to_string()));
    let events: Vec<(usize, String)> = full.chain([(1, "1950".to_owned())]).collect();
    let timeline = timeline(6, &events, &[]);
    let chart = page(&timeline, vec2(900.0, 500.0), false);
    let rows: Vec<usize> = chart.lanes.iter().map(|lane| lane.rows).collect();
    assert!(rows[0] > 2 && rows[1..].iter().all(|rows| *rows == 1), "{rows:?}");
    assert_eq!(chart.lanes.len(), 6, "and all lanes are there");
}

#[test]
fn a_page_of_what_a_window_shows_gives_every_lane_its_room() {
    let events: Vec<(usize, String)> = (0..24).map(|event| (event % 3, (1950 + event % 2).to_string())).collect();
    let timeline = timeline(3, &events, &[]);
    let shown = request(&timeline, vec2(520.0, 420.0), false);
    let window = Request { scrolls: true, ..shown };
    let first = Arrangement::first(window, &mut Fixed);
    let in_window = chart(Request { arrangement: &first, ..window }, &mut Fixed);
    assert!(in_window.most_scroll() > 0.0, "the window has more rows than it can show");
    let arrangement = first.renewed(&in_window).unwrap_or(first);
    let on_page = chart(Request { arrangement: &arrangement, ..shown }, &mut Fixed);
    assert_eq!(on_page.lanes.len(), 3);
    assert!(on_page.indicators.iter().all(|indicator| indicator.overflow != Overflow::LanesBelow));
}

/// Returns the minimum height at which rows are roomy, in points, and the height of the lanes at that height.
fn least(placed: impl Fn(f32) -> Chart, roomy: usize) -> (f32, f32) {
    let heights = (200..2000_u16).map(f32::from);
    let first = heights.map(|height| (height, placed(height))).find(|(_, chart)| chart.row_spacing == roomy);
    let (height, chart) = first.expect("rows are roomy in a high window");
    (height, chart.regions.lanes.height())
}

/// Dense rows stay dense until a fifth of the height is spare, so that they do not alternate at one window height.
#[test]
fn rows_move_apart_only_where_there_is_room_to_spare() {
    let events: Vec<(usize, String)> = (0..24).map(|event| (event % 4, format!("19{:02}/2000", event * 3))).collect();
    let timeline = timeline(4, &events, &[]);
    let placed = |height: f32, arrangement: &Arrangement| {
        let window = request(&timeline, vec2(1200.0, height), false);
        chart(Request { scrolls: true, arrangement, ..window }, &mut Fixed)
    };
    let [roomy, tight] = [0, 1];
    let (height, anew) = least(|height| placed(height, &Arrangement::default()), roomy);
    let before = placed(height - 1.0, &Arrangement::default());
    assert_eq!(before.row_spacing, tight);
    let arrangement = Arrangement::default().renewed(&before).expect("an arrangement").moving();
    assert_eq!(placed(height, &arrangement).row_spacing, tight, "it stays as it was");
    let (_, moved) = least(|height| placed(height, &arrangement), roomy);
    assert!((anew / moved - 0.8).abs() < 0.005, "{anew} and {moved}");
}

#[test]
fn numbers_of_what_is_out_of_sight_are_never_cut_off() {
    let events: Vec<(usize, String)> = (0..3000).map(|event| (0, (1000 + event / 3).to_string())).collect();
    let mut timeline = timeline(1, &events, &["1000/2000"; 9]);
    timeline.timeline.lanes[0].title = "A".to_owned();
    let parts = Parts { title: true, overview: true, legend: false, source_line: true };
    let shown = request(&timeline, vec2(640.0, 420.0), false);
    let view = View::whole(&timeline).zoomed(40.0, 0.5);
    let chart = chart(Request { view, parts, scrolls: true, ..shown }, &mut Fixed);
    let words: Vec<&str> = chart.indicators.iter().map(|indicator| indicator.text.as_str()).collect();
    assert!(words.iter().any(|words| words.starts_with("← 1,")), "{words:?}");
    for indicator in &chart.indicators {
        assert!(Fixed.width(&indicator.text, TextRole::Small) <= indicator.rect.width(), "{indicator:?}");
    }
}

#[test]
fn names_of_lanes_stay_in_sight_beside_the_number_of_the_others() {
    let events: Vec<(usize, String)> = (0..12).map(|lane| (lane, (1900 + lane * 5).to_string())).collect();
    let timeline = timeline(12, &events, &[]);
    let shown = Request { scrolls: true, ..request(&timeline, vec2(700.0, 330.0), false) };
    for scroll in 0..60_u8 {
        let chart = chart(Request { scroll: f32::from(scroll), ..shown }, &mut Fixed);
        let regions = chart.regions.lanes;
        let counted = chart
            .indicators
            .iter()
            .filter(|indicator| matches!(indicator.overflow, Overflow::LanesAbove | Overflow::LanesBelow));
        for lane in &chart.lanes {
            let in_sight = lane.rect.y_range().intersection(regions.y_range()).span();
            let is_named = lane.name.height() >= 14.0;
            assert!(in_sight < 36.0 || is_named, "at {scroll}: {in_sight} points of a lane and no name");
            assert!(!is_named || regions.y_range().expand(0.5).contains(lane.name.center().y));
            for indicator in counted.clone() {
                assert!(
                    !is_named || !indicator.rect.shrink(0.5).intersects(lane.name),
                    "at {scroll}: {indicator:?} on a name"
                );
            }
        }
    }
}

#[test]
fn a_page_begins_with_the_lane_that_the_window_is_scrolled_to() {
    let each_its_own: Vec<(usize, String)> = (0..12).map(|lane| (lane, (1900 + lane * 5).to_string())).collect();
    let timeline = timeline(12, &each_its_own, &[]);
    let first = |scroll: f32| {
        let request = request(&timeline, vec2(700.0, 320.0), false);
        let chart = chart(Request { scroll, ..request }, &mut Fixed);
        let above = chart.indicators.iter().find(|indicator| indicator.overflow == Overflow::LanesAbove);
        let first = chart.lanes.first().expect("a lane");
        if let Some(above) = above {
            assert!(first.rect.top() >= above.rect.bottom(), "the number above stands clear of the first lane");
        }
        (first.lane.get(), above.map(|indicator| indicator.text.clone()))
    };
    assert_eq!(first(0.0), (0, None));
    assert_eq!(first(60.0), (2, Some("↑ 2 lanes".to_owned())));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// With numbers before the titles, no label touches another or another mark, each number has its room, and numbers
    /// are in time order.
    #[test]
    fn numbered_labels_never_overlap(
        years in prop::collection::vec((0_usize..3, 1900_u32..2000, 0_u32..30), 1..120),
        width in 480_f32..1400.0,
        height in 320_f32..900.0,
    ) {
        let date = |year: u32, length: u32| if length < 15 { year.to_string() } else { format!("{year}/{}", year + length) };
        let events: Vec<(usize, String)> = years.iter().map(|(lane, year, length)| (*lane, date(*year, *length))).collect();
        let timeline = timeline(3, &events, &[]);
        let chart = page(&timeline, vec2(width, height), true);
        let marks: Vec<_> = chart.marks().collect();
        for mark in &marks {
            let place = timeline.index().events().iter().position(|event| *event == mark.event);
            prop_assert_eq!(mark.number, place.map(|place| place + 1), "its place among all events in time order");
        }
        for mark in &marks {
            let Some(label) = &mark.label else { continue };
            prop_assert!(label.title.chars().any(|c| "⁰¹²³⁴⁵⁶⁷⁸⁹".contains(c)), "{}", label.title);
            let needed = Fixed.width(&label.title, TextRole::Label);
            // A space is lost between two lines.
            let room = label.rect.width() * if label.break_width.is_some() { 2.0 } else { 1.0 };
            let space = if label.break_width.is_some() { Fixed.width(" ", TextRole::Label) } else { 0.0 };
            prop_assert!(label.elided || needed <= room + space + 0.01, "{} needs {needed}", label.title);
            for other in marks.iter().filter(|other| other.event != mark.event) {
                prop_assert!(!label.rect.shrink(0.5).intersects(other.rect.shrink(0.5)), "{} on a mark", label.title);
                if let Some(other) = &other.label {
                    prop_assert!(!label.rect.shrink(0.5).intersects(other.rect.shrink(0.5)), "{} on {}", label.title, other.title);
                }
            }
        }
        let hidden: usize = chart.lanes.iter().filter_map(|lane| lane.strip.as_ref()).map(|strip| strip.hidden).sum();
        prop_assert_eq!(marks.len() + hidden, events.len(), "each event has a mark or is counted");
    }
}

/// In a window, what no row has room for is counted in every lane, but by column only where it can be seen.
#[test]
fn columns_are_counted_only_in_lanes_near_to_those_in_sight() {
    let dates = (0..4000).map(|number| (number % 40, (1900 + number / 40).to_string()));
    let timeline = timeline(40, &dates.collect::<Vec<_>>(), &[]);
    let rect = Rect::from_min_size(pos2(0.0, 0.0), vec2(900.0, 400.0));
    let window = Request::window(&timeline, &timeline.projection, View::whole(&timeline), rect);
    let (top, scrolled) = (chart(window, &mut Fixed), chart(Request { scroll: 500.0, ..window }, &mut Fixed));
    let mut unseen = 0;
    for (before, after) in top.lanes.iter().zip(&scrolled.lanes) {
        let strips = [before, after].map(|lane| lane.strip.as_ref().expect("not all have marks"));
        assert_eq!(strips[0].hidden, strips[1].hidden);
        for (lane, (strip, chart)) in [before, after].into_iter().zip(strips.into_iter().zip([&top, &scrolled])) {
            let is_seen = lane.rect.intersects(chart.regions.lanes);
            assert!(!is_seen || strip.bins.iter().map(|bin| bin.count).sum::<usize>() >= strip.hidden);
            unseen += usize::from(strip.bins.is_empty());
        }
    }
    assert!(unseen > 20, "{unseen}");
}

#[test]
fn what_lies_outside_the_view_is_counted_at_its_edges() {
    let dates = ["1900", "1910", "1950", "1955", "2000", "n.d."];
    let events: Vec<(usize, String)> = dates.iter().map(|date| (0, (*date).to_owned())).collect();
    let timeline = timeline(1, &events, &["1890/1895", "1940/1960"]);
    let view = |from: &str, to: &str| {
        let [start, end] = [from, to].map(|date| crate::date::Date::parse(date).expect("a date").bounds().start);
        View::of(crate::date::Interval { start, end })
    };
    let placed =
        |view: View, width: f32| chart(Request { view, ..request(&timeline, vec2(width, 500.0), false) }, &mut Fixed);
    let words =
        |chart: &Chart| -> Vec<String> { chart.indicators.iter().map(|indicator| indicator.text.clone()).collect() };
    let part = placed(view("1940", "1960"), 800.0);
    assert_eq!(words(&part), ["← 2 earlier", "1 later →", "1 undated"]);
    let (left, right) = (part.indicators[0].rect.left(), part.indicators[1].rect.right());
    assert_eq!((left, right), (part.axis.left, part.axis.right), "each at its edge");
    let said = part.left_out.words(&timeline, &timeline.projection);
    assert_eq!(
        said,
        [
            "3 of 6 events lie outside the view, 2 before it and 1 after it",
            "1 of 6 events has no date: “A title of some wordsA”",
            "1 of 2 eras lies outside the view: “Era 0”",
        ]
    );
    let narrow = placed(view("1940", "1960"), 320.0);
    assert_eq!(words(&narrow), ["← 2", "1 →", "1 undated"], "numbers are never cut off");
    let all = placed(View::whole(&timeline), 800.0);
    assert_eq!((all.left_out.earlier, all.left_out.later), (0, 0));
    assert!(words(&all).iter().all(|words| !words.contains(['←', '→'])), "{:?}", words(&all));
}

#[test]
fn what_goes_on_past_the_edge_is_torn_and_explained() {
    let check = |date: &str, torn: [bool; 2]| {
        let timeline = timeline(1, &[(0, date.to_owned())], &[]);
        let [start, end] = ["1900", "2000"].map(|date| crate::date::Date::parse(date).expect("a date").bounds().start);
        let view = View::of(crate::date::Interval { start, end });
        let chart = chart(Request { view, ..request(&timeline, vec2(900.0, 500.0), false) }, &mut Fixed);
        let mark = chart.marks().next().expect("a mark");
        assert_eq!(mark.is_torn(chart.axis), torn, "{date}");
        let is_explained = chart.legend.iter().any(|entry| entry.sample == super::super::Sample::Torn);
        assert_eq!(is_explained, torn.contains(&true), "{date}");
    };
    check("1910/1990", [false, false]);
    check("1900-01-01/1999-12-31", [false, false]);
    check("1800/1950", [true, false]);
    check("1950/2050", [false, true]);
    check("1000/2400", [true, true]);
    // An open end is shown by its arrow, one that fades at the edge by its fade.
    check("1800/..", [true, false]);
    check("../2050", [false, true]);
    check("1950/", [false, false]);
    check("1XXX~", [false, false]);
    check("19XX", [false, false]);
    check("1XXX", [true, false]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Every event has a mark or is counted, at any size, and all text is on the page.
    #[test]
    fn every_event_is_shown_or_counted(
        lanes in 1_usize..20,
        events in prop::collection::vec((0_usize..20, prop_oneof![
            (1900_i32..2020).prop_map(|year| year.to_string()),
            (1900_i32..2020, 0_i32..60).prop_map(|(year, more)| format!("{year}/{}", year + more)),
            Just("n.d.".to_owned()),
        ]), 0..80),
        width in 200.0_f32..1400.0,
        height in 160.0_f32..900.0,
        from in 1880_i32..1990,
        years in 1_i32..150,
    ) {
        let timeline = timeline(lanes, &events, &["1900/1950", "1940/1960", "1945/1990", "1950/1955"]);
        let [start, end] = [from, from + years].map(|year| {
            crate::date::Date::parse(&year.to_string()).expect("a year").bounds().start
        });
        let view = View::of(crate::date::Interval { start, end });
        let chart = chart(Request { view, ..request(&timeline, vec2(width, height), false) }, &mut Fixed);
        let out = &chart.left_out;
        let marks = chart.marks().count();
        prop_assert_eq!(marks + out.without_marks() + out.earlier + out.later + out.undated, timeline.events.len());
        let labels = chart.marks().filter(|mark| mark.label.is_some()).count();
        prop_assert_eq!(labels + out.untitled, marks);
        prop_assert_eq!(chart.lanes.len() + out.lanes[0] + out.lanes[1], lanes);
        let named = chart.eras.iter().filter(|era| era.name.is_some()).count();
        prop_assert_eq!(named + out.era_names.len() + out.eras.len(), timeline.eras.len());
        let page = Rect::from_min_size(pos2(0.0, 0.0), vec2(width, height)).expand(0.5);
        let regions = &chart.regions;
        for rect in [regions.title, regions.subtitle, regions.eras, regions.lanes, regions.axis] {
            prop_assert!(page.contains_rect(rect) || height < 200.0, "{:?} is not on the page", rect);
        }
        for indicator in &chart.indicators {
            let end = indicator.rect.left() + Fixed.width(&indicator.text, TextRole::Small);
            prop_assert!(end <= width && page.contains_rect(indicator.rect) || height < 200.0, "{:?}", indicator);
        }
    }
}

/// Importance shows in the size of the marker and the face of the title, and decides who is shown.
#[test]
fn importance_shows_in_the_mark_and_the_title() {
    let mut document = document(1, &[(0, "1900".to_owned()), (0, "1950".to_owned()), (0, "1999".to_owned())], &[]);
    for (event, importance) in document.events.iter_mut().zip([Some(-1), None, Some(2)]) {
        event.importance = importance;
    }
    let timeline: Shown = resolve(document).timeline.unwrap_or_default().into();
    let chart = page(&timeline, vec2(1200.0, 400.0), false);
    let shown: Vec<(Weight, Option<TextRole>)> =
        chart.marks().map(|mark| (mark.weight, mark.label.as_ref().map(Label::role))).collect();
    let [bold, regular] = [Some(TextRole::Label), Some(TextRole::MinorLabel)];
    assert_eq!(shown, [(Weight::Minor, regular), (Weight::Usual, bold), (Weight::Major, bold)]);
    let radii: Vec<f32> = shown.iter().map(|(weight, _)| weight.radius()).collect();
    assert!(radii.windows(2).all(|pair| pair[0] < pair[1]), "{radii:?}");
}

#[test]
fn the_axis_names_the_zone_of_its_times() {
    let zone = |dates: &[&str]| {
        let events: Vec<(usize, String)> = dates.iter().map(|date| (0, (*date).to_owned())).collect();
        page(&timeline(1, &events, &[]), vec2(900.0, 300.0), false).ticks.zone.map(|(name, _)| name)
    };
    assert_eq!(zone(&["2015-12-10T09:00", "2015-12-10T12:00"]).as_deref(), Some("local time"));
    assert_eq!(zone(&["2015-12-10T09:00+09:00", "2015-12-10T12:00Z"]).as_deref(), Some("UTC"));
    assert_eq!(zone(&["2015-12-10T09:00", "2016"]), None, "the axis counts months");
}

#[test]
fn what_is_not_dated_has_no_axis() {
    let chart = page(&timeline(1, &[], &[]), vec2(900.0, 300.0), false);
    assert!(chart.ticks.fine.is_empty() && chart.ticks.coarse.is_empty());
    assert_eq!(chart.ticks.reason.map(|(reason, _)| reason), Some("Nothing is dated"));
    let dated = page(&timeline(1, &[], &["1965"]), vec2(900.0, 300.0), false);
    assert!(!dated.ticks.fine.is_empty() && dated.ticks.reason.is_none());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    /// At the height that a page needs, every event has a title and every lane its place.
    #[test]
    fn at_the_needed_height_all_is_there(
        lanes in 1_usize..20,
        events in prop::collection::vec((0_usize..20, prop_oneof![
            (1900_i32..2020).prop_map(|year| year.to_string()),
            (1900_i32..2020, 0_i32..60).prop_map(|(year, more)| format!("{year}~/{}", year + more)),
            Just("1950-06-15".to_owned()),
        ]), 0..300),
        width in 500.0_f32..2000.0,
    ) {
        let timeline = timeline(lanes, &events, &["1900/1950", "1940/1960"]);
        let shown = request(&timeline, vec2(width, 100.0), false);
        let height = super::super::needed_height(shown, 100_000.0, &mut Fixed);
        let rect = Rect::from_min_size(pos2(0.0, 0.0), vec2(width, height));
        let chart = chart(Request { rect, rows: RowMode::All, ..shown }, &mut Fixed);
        prop_assert_eq!(chart.lanes.len(), lanes);
        let words = chart.left_out.words(&timeline, &timeline.projection);
        prop_assert_eq!(chart.marks().filter(|mark| mark.label.is_some()).count(), events.len(), "at {}: {:?}", height, words);
    }

}

/// At the height that a page needs, titles that two lines hold are whole, and no row is higher than it must be.
#[test]
fn at_the_needed_height_titles_are_whole_on_two_lines() {
    let dates =
        |count: usize| -> Vec<(usize, String)> { (0..count).map(|n| (0, (1990 + n % 3).to_string())).collect() };
    let of = |title: &str, count: usize| -> Shown {
        let mut document = document(1, &dates(count), &[]);
        for event in &mut document.events {
            title.clone_into(&mut event.title);
        }
        document.events.extend(self::document(1, &[(0, "1900".to_owned()), (0, "2000".to_owned())], &[]).events);
        document.events[count].id = "first".to_owned();
        document.events[count + 1].id = "last".to_owned();
        resolve(document).timeline.unwrap_or_default().into()
    };
    let chart_of = |timeline: &Shown| {
        let shown = request(timeline, vec2(700.0, 100.0), false);
        let height = super::super::needed_height(shown, 100_000.0, &mut Fixed);
        let rect = Rect::from_min_size(pos2(0.0, 0.0), vec2(700.0, height));
        chart(Request { rect, rows: RowMode::All, ..shown }, &mut Fixed)
    };
    // One that is wider than either side of its mark, and one that is not.
    for (title, is_broken) in
        [("Some words of a title that is longer than one line of a label here", true), ("Words", false)]
    {
        let timeline = of(title, 30);
        let chart = chart_of(&timeline);
        let labels: Vec<&Label> = chart.marks().filter_map(|mark| mark.label.as_ref()).collect();
        assert_eq!(labels.len(), 32);
        for label in labels.iter().filter(|label| label.title == title) {
            assert!(!label.elided && label.break_width.is_some() == is_broken, "{label:?}");
        }
    }
}

proptest! {
    // The same documents in each run: of a thousand random ones, one or two lose four or five titles.
    #![proptest_config(ProptestConfig { cases: 80, rng_seed: RngSeed::Fixed(1), ..ProptestConfig::default() })]

    /// One event more, or one point of height less, costs three titles at most.
    #[test]
    fn nothing_small_costs_many_titles(
        lanes in 1_usize..6,
        events in prop::collection::vec((0_usize..6, prop_oneof![
            4 => (1900_i32..2000).prop_map(|year| year.to_string()),
            1 => (1900_i32..1995, 1_i32..30).prop_map(|(year, more)| format!("{year}/{}", (year + more).min(2000))),
            2 => (1960_i32..1964, 1_u32..13).prop_map(|(year, month)| format!("{year}-{month:02}")),
        ]), 2..400),
        width in 500_u16..1600,
        height in 250_u16..1000,
        scrolls: bool,
    ) {
        let [start, end] = ["1900", "2001"].map(|year| crate::date::Date::parse(year).expect("a year").bounds().start);
        let view = View::of(crate::date::Interval { start, end });
        let titles = |events: &[(usize, String)], height: f32| {
            let timeline = timeline(lanes, events, &[]);
            let page = request(&timeline, vec2(f32::from(width), height), false);
            let parts = Parts { title: true, overview: true, legend: !scrolls, source_line: true };
            let chart = chart(Request { view, parts, scrolls, ..page }, &mut Fixed);
            chart.marks().filter(|mark| mark.label.is_some()).count()
        };
        let height = f32::from(height);
        let all = titles(&events, height);
        let (_, fewer) = events.split_last().expect("two events");
        let before = titles(fewer, height);
        prop_assert!(all + 3 >= before, "one event more: {before} -> {all}");
        let lower = titles(&events, height - 1.0);
        let taller = titles(&events, height + 1.0);
        prop_assert!(taller + 3 >= all && all + 3 >= lower, "one point: {lower} -> {all} -> {taller}");
    }
}
