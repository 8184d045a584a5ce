//! Counts and searches of a projection equal those of a linear scan.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::{Filter, Projection, Row, folded_rows};
use crate::date::Interval;
use crate::document;
use crate::progress::Progress;
use crate::timeline::{Event, EventIndex, LaneIndex, Timeline, resolve_recovered};

/// Lane, year, length and importance of events; those of length 0 have no date. One of importance 7 is in the next lane
/// too, and one of -7 in all lanes.
type Events = Vec<(usize, i32, i32, i16)>;

const LANES: usize = 4;

fn timeline(events: &Events) -> Timeline {
    let event = |(number, (lane, year, length, importance)): (usize, &(usize, i32, i32, i16))| document::Event {
        id: format!("e{number}"),
        lane: (lane % LANES).to_string(),
        also: match importance {
            7 => vec![((lane + 1) % LANES).to_string()],
            -7 => (1..LANES).map(|more| ((lane + more) % LANES).to_string()).collect(),
            _ => Vec::new(),
        },
        date: match length {
            0 => None,
            1 => Some(year.to_string()),
            _ => Some(format!("{year}/{}", year + length - 1)),
        },
        importance: Some((*importance).into()),
        ..Default::default()
    };
    let document = document::Timeline {
        lanes: (0..LANES).map(|id| document::Lane { id: id.to_string(), ..Default::default() }).collect(),
        events: events.iter().enumerate().map(event).collect(),
        ..Default::default()
    };
    resolve_recovered(document, &[]).timeline.unwrap_or_default()
}

fn year(year: i32) -> i64 {
    i64::from(year - 1970) * 31_556_952
}

fn interval() -> impl Strategy<Value = Interval> {
    (1890_i32..2010, 1_i32..60).prop_map(|(from, length)| Interval { start: year(from), end: year(from + length) })
}

/// Generates some of the lanes in some order, some of them folded into others.
fn rows() -> impl Strategy<Value = Vec<Vec<usize>>> {
    let order = Just((0..LANES).collect::<Vec<usize>>()).prop_shuffle();
    (order, 0..=LANES, prop::collection::vec(prop::bool::ANY, LANES)).prop_map(|(order, shown, folded)| {
        let mut rows: Vec<Vec<usize>> = Vec::new();
        for (lane, folded) in order.into_iter().take(shown).zip(folded) {
            match rows.last_mut().filter(|_| folded) {
                Some(row) => row.push(lane),
                None => rows.push(vec![lane]),
            }
        }
        rows
    })
}

fn handles(timeline: &Timeline, rows: &[Vec<usize>]) -> Vec<Row> {
    let handle = |lane: &usize| timeline.iter_lanes().nth(*lane).expect("a lane").0;
    let row = |lanes: &Vec<usize>| {
        let mut lanes = lanes.iter().map(handle);
        Row { lane: lanes.next().expect("a lane"), folded: lanes.collect() }
    };
    rows.iter().map(row).collect()
}

fn bounds(timeline: &Timeline, event: EventIndex) -> Option<Interval> {
    timeline.event(event)?.known_bounds()
}

/// Compares all results of a projection with those expected for the events of its rows.
fn check(timeline: &Timeline, projection: &Projection, expect: &[(LaneIndex, Vec<EventIndex>)], seen: Interval) {
    let lanes: Vec<LaneIndex> = projection.lanes().iter().map(super::ShownLane::lane).collect();
    assert_eq!(lanes, expect.iter().map(|(lane, _)| *lane).collect::<Vec<_>>());
    let mut all: Vec<EventIndex> = expect.iter().flat_map(|(_, events)| events.iter().copied()).collect();
    all.sort_unstable();
    all.dedup();
    let dated: Vec<(EventIndex, Interval)> =
        all.iter().filter_map(|event| Some((*event, bounds(timeline, *event)?))).collect();
    assert_eq!((projection.len(), projection.dated()), (all.len(), dated.len()));
    let undated: Vec<EventIndex> = all.iter().copied().filter(|event| bounds(timeline, *event).is_none()).collect();
    assert_eq!(projection.undated(), undated);
    let count = |is: &dyn Fn(Interval) -> bool| dated.iter().filter(|(_, bounds)| is(*bounds)).count();
    assert_eq!(projection.count(seen), count(&|bounds| bounds.overlaps(seen)));
    assert_eq!(projection.begun_before(seen.end), count(&|bounds| bounds.start < seen.end));
    assert_eq!(projection.ended_by(seen.start), count(&|bounds| bounds.end <= seen.start));
    let before = dated.iter().rfind(|(_, bounds)| bounds.end <= seen.start).map(|(event, _)| *event);
    assert_eq!(projection.last_before(seen.start), before);
    let after = dated.iter().find(|(_, bounds)| bounds.start >= seen.end).map(|(event, _)| *event);
    assert_eq!(projection.first_after(seen.end), after);

    let positions = all.iter().map(|event| projection.position(*event));
    let dated_before = |event: &EventIndex| dated.iter().position(|(other, _)| other == event);
    assert!(positions.eq(all.iter().map(dated_before)));

    let mut columns = BTreeMap::new();
    projection.columns(seen, 27, &mut |column, count| {
        columns.insert(column, count);
    });
    let column = |number: i64| {
        let start = (number << 27).max(seen.start);
        let column = Interval { start, end: ((number + 1) << 27).min(seen.end) };
        (number, count(&|bounds| bounds.overlaps(column)))
    };
    let expected = ((seen.start >> 27)..=((seen.end - 1) >> 27)).map(column).filter(|(_, count)| *count > 0);
    assert_eq!(columns, expected.collect::<BTreeMap<_, _>>());

    for (lane, events) in expect {
        let shown = projection.lane(*lane).expect("it is shown");
        assert_eq!(shown.len(), events.len());
        let overlaps = |event: &EventIndex| bounds(timeline, *event).is_some_and(|bounds| bounds.overlaps(seen));
        let overlapping: Vec<EventIndex> = events.iter().copied().filter(overlaps).collect();
        assert_eq!(shown.index().overlapping(seen), overlapping);
        assert_eq!(shown.index().count(seen), overlapping.len());
        let importance = |event: &EventIndex| timeline.event(*event).expect("an event").importance as i32;
        let picked = shown.index().most_important(seen, 5, 5);
        assert!(picked.iter().all(|event| overlapping.contains(event)));
        let mut best: Vec<i32> = overlapping.iter().map(importance).collect();
        best.sort_unstable_by(|a, b| b.cmp(a));
        best.truncate(5);
        assert_eq!(picked.iter().map(importance).collect::<Vec<_>>(), best);
    }
}

proptest! {
    #[test]
    fn counts_and_picks_are_those_of_a_look_at_every_event(
        events in prop::collection::vec((0..LANES, 1900_i32..2000, 0_i32..9, -20_i16..20), 0..120),
        rows in prop::option::of(rows()),
        time in prop::option::of(interval()),
        odd in prop::bool::ANY,
        seen in interval(),
    ) {
        let timeline = timeline(&events);
        let handles = rows.as_ref().map(|rows| handles(&timeline, rows));
        let is_odd = |_: EventIndex, event: &Event<'_>| event.importance as i32 % 2 != 0;
        let filter = Filter {
            rows: handles.as_deref(),
            time,
            events: if odd { Some(&is_odd) } else { None },
        };
        let projection = filter.project(&timeline, &Progress::default()).expect("nobody cancels it");

        let passes = |event: EventIndex, resolved: &Event<'_>| {
            let in_time = time.is_none_or(|time| resolved.known_bounds().is_some_and(|bounds| bounds.overlaps(time)));
            in_time && (!odd || is_odd(event, resolved))
        };
        let of_row = |lanes: &[LaneIndex]| -> (LaneIndex, Vec<EventIndex>) {
            let events = timeline.events.indices().filter(|event| {
                timeline.event(*event).is_some_and(|resolved| resolved.lanes().any(|lane| lanes.contains(&lane)) && passes(*event, &resolved))
            });
            (lanes[0], events.collect())
        };
        let lanes: Vec<Vec<LaneIndex>> = match &handles {
            None => timeline.iter_lanes().map(|(lane, _)| vec![lane]).collect(),
            Some(rows) => rows.iter().map(|row| [[row.lane].as_slice(), &row.folded].concat()).collect(),
        };
        let expect: Vec<(LaneIndex, Vec<EventIndex>)> = lanes.iter().map(|lanes| of_row(lanes)).collect();
        check(&timeline, &projection, &expect, seen);
        if let Some(count) = filter.count(&timeline) {
            prop_assert_eq!(count, projection.len());
        }
        if !timeline.has_also() {
            prop_assert_eq!(filter.count(&timeline).is_none(), odd);
        }
    }

    /// However lanes are nested and folded, each event is shown once in each row that has a lane of it, and counted once.
    #[test]
    fn folded_groups_show_each_event_once(
        parents in prop::collection::vec(prop::option::of(0_usize..8), 8),
        events in prop::collection::vec((0_usize..8, prop::collection::vec(0_usize..8, 0..3), prop::bool::ANY), 0..60),
        folds in prop::collection::vec(prop::bool::ANY, 8),
    ) {
        let lane = |(id, parent): (usize, &Option<usize>)| document::Lane {
            id: id.to_string(),
            parent: parent.filter(|parent| *parent < id).map(|parent| parent.to_string()),
            ..Default::default()
        };
        let event = |(number, (lane, also, is_dated)): (usize, &(usize, Vec<usize>, bool))| document::Event {
            id: format!("e{number}"),
            lane: lane.to_string(),
            also: also.iter().map(ToString::to_string).collect(),
            date: is_dated.then(|| (1900 + number).to_string()),
            ..Default::default()
        };
        let document = document::Timeline {
            lanes: parents.iter().enumerate().map(lane).collect(),
            events: events.iter().enumerate().map(event).collect(),
            ..Default::default()
        };
        let timeline = resolve_recovered(document, &[]).timeline.unwrap_or_default();
        let rows = folded_rows(&timeline, &|lane| folds[lane.get()]);
        let mut seen: Vec<LaneIndex> = rows.iter().flat_map(|row| [&[row.lane], row.folded.as_slice()].concat()).collect();
        seen.dedup();
        prop_assert_eq!(seen, timeline.iter_lanes().map(|(lane, _)| lane).collect::<Vec<_>>(), "each lane once, in order");
        let filter = Filter { rows: Some(&rows), ..Filter::default() };
        let projection = filter.project(&timeline, &Progress::default()).expect("nobody cancels it");
        prop_assert_eq!((projection.len(), filter.count(&timeline)), (events.len(), Some(events.len())));
        let all: Vec<EventIndex> = timeline.events.indices().collect();
        for (row, shown) in rows.iter().zip(projection.lanes()) {
            prop_assert_eq!((row.lane, row.folded.len()), (shown.lane(), shown.folded()));
            let is_here = |event: &EventIndex| {
                let resolved = timeline.event(*event).expect("an event");
                resolved.lanes().any(|lane| lane == row.lane || row.folded.contains(&lane))
            };
            let expected: Vec<EventIndex> = all.iter().copied().filter(is_here).collect();
            prop_assert_eq!([shown.index().events(), shown.undated()].concat(), expected);
        }
    }
}

#[test]
fn a_filter_reports_its_progress_and_can_be_cancelled() {
    let timeline = timeline(&(0..9000).map(|number| (number % LANES, 1900 + number as i32 % 100, 1, 0)).collect());
    let progress = Progress::default();
    let looked = std::sync::atomic::AtomicUsize::new(0);
    let count = |_: EventIndex, _: &Event<'_>| {
        looked.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        true
    };
    let filter = Filter { events: Some(&count), ..Filter::default() };
    assert!(filter.looks_at_events() && !Filter::default().looks_at_events());
    let all = filter.project(&timeline, &progress).expect("it is not cancelled");
    assert_eq!((all.len(), looked.load(std::sync::atomic::Ordering::Relaxed)), (9000, 9000));
    assert!((progress.share() - 1.0).abs() < 1e-6, "{}", progress.share());

    progress.cancel();
    assert!(filter.project(&timeline, &progress).is_none());
    let cancelling = Progress::default();
    let cancel = |_: EventIndex, _: &Event<'_>| {
        cancelling.cancel();
        true
    };
    let filter = Filter { events: Some(&cancel), ..Filter::default() };
    assert!(filter.project(&timeline, &cancelling).is_none(), "while it looks");
}
