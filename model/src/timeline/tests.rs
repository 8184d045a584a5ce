//! A document opened in chunks results in the same timeline as one that is read and resolved as a whole.

use std::sync::Arc;

use proptest::prelude::*;

use crate::document::tests::random::{Writer, timeline};
use crate::document::{self, Citation, Diagnostic, Lane, Source};
use crate::progress::Progress;

use super::{Item, Resolver, Timeline, resolve_recovered};
use crate::date::Date;

/// Returns all content of a timeline in words.
fn told(timeline: &Timeline) -> String {
    let lanes: Vec<String> = timeline.lanes.iter().map(|lane| format!("{} {:?}", lane.id, lane.index)).collect();
    let events: Vec<String> = timeline.events.iter().map(|event| format!("{event:?}\n")).collect();
    let Timeline {
        title, subtitle, description, author, date, sources, eras, series, index, extent, initial_view, ..
    } = timeline;
    format!(
        "{title} {subtitle:?} {description:?} {author:?} {date:?} {sources:?} {lanes:?} {eras:?} {series:?} {index:?} {extent:?} {initial_view:?}\n{}",
        events.concat()
    )
}

/// Reads a document with `ron` as a whole.
fn whole(text: &str) -> (Option<String>, Vec<Diagnostic>) {
    let document::Parsed { timeline, recovery: found } = document::parse_with_diagnostics(text);
    let Some(timeline) = timeline else { return (None, document::locate(text, Vec::new(), &found)) };
    let resolved = resolve_recovered(timeline, found.paths());
    (resolved.timeline.as_ref().map(told), document::locate(text, resolved.problems, &found))
}

#[track_caller]
fn check(text: &str) {
    let opened = crate::open(text);
    let (timeline, diagnostics) = whole(text);
    assert_eq!(opened.diagnostics, diagnostics, "{text}");
    assert_eq!(opened.timeline.as_ref().map(told), timeline, "{text}");
}

/// Adds what the events of a random document refer to, so that it is valid.
fn with_meaning(mut document: document::Timeline, seed: u64) -> document::Timeline {
    let dates = ["1965", "1998/..", "2014-02", "44 BCE", "1850~", "../1914", "1965/2015", "2014-02-03"];
    let pick = |number: usize, from: usize| (seed as usize >> (number % 48)) % from;
    document.lanes = ["a", "b \"c\""].map(|id| Lane { id: id.to_owned(), ..Lane::default() }).into();
    document.sources = ["s", "\\"].map(|id| Source { id: id.to_owned(), ..Source::default() }).into();
    let count = document.events.len();
    for (number, event) in document.events.iter_mut().enumerate() {
        event.id = format!("e{number}\n");
        event.lane.clone_from(&document.lanes[pick(number, 2)].id);
        event.date = (!number.is_multiple_of(5)).then(|| dates[pick(number + 7, dates.len())].to_owned());
        event.related = vec![format!("e{}\n", (number + 1) % count)];
        event.related.truncate(usize::from(count > 1));
        event.tags.push("tag".to_owned());
        for Citation { source, .. } in &mut event.citations {
            source.clone_from(&document.sources[pick(number, 2)].id);
        }
    }
    document.date = document.date.map(|_| "2026-11".to_owned());
    document.series.clear();
    document.view = None;
    document
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn in_pieces_and_as_a_whole_are_the_same(document in timeline(), style in 1..u64::MAX, seed in any::<u64>()) {
        // The unmodified document is mostly invalid, and each problem must be found.
        check(&Writer::new(style).timeline(&document));
        let good = with_meaning(document, seed);
        let text = Writer::new(style).timeline(&good);
        prop_assert!(crate::open(text.as_str()).timeline.is_some(), "{}", text);
        check(&text);
    }
}

#[test]
fn good_and_bad_documents_are_the_same_in_pieces() {
    check(include_str!("../../../timeline.ron"));
    check(include_str!("../../../timelines/deep-time.ron"));
    check(include_str!("../../../timelines/apollo-11.ron"));
    check(include_str!("../../../timelines/antiquity.ron"));
    check(include_str!("../../../tests/fixtures/good/whole.ron"));
    check(include_str!("../../../tests/fixtures/meaning/everything.ron"));
    check(include_str!("../../../tests/fixtures/meaning/dates.ron"));
}

/// Returns a document of several chunks, with an event on each line from the second on.
fn large(event: impl Fn(usize) -> String) -> String {
    let events: Vec<String> = (0..20_000).map(|number| format!("({}),\n", event(number))).collect();
    let lanes = "lanes: [(id: \"a\", title: \"A\"), (id: \"b\", title: \"B\")], sources: [(id: \"s\", title: \"S\")]";
    format!("(title: \"Large\", events: [\n{}], {lanes})\n", events.concat())
}

fn plain(number: usize) -> String {
    let (lane, year) = (if number.is_multiple_of(3) { "a" } else { "b" }, 1000 + (number * 7919) % 1000);
    let tags = number % 5;
    format!(
        "id: \"e{number}\", lane: \"{lane}\", title: \"T\\u{{e9}} \\\"{number}\\\"\", date: \"{year}\", tags: [\"t{tags}\"], \
         description: r#\"), \"( {number}\"#, citations: [(source: \"s\", basis: Stated, locator: \"p. {number}\")]"
    )
}

#[test]
fn a_large_document_is_the_same_in_pieces() {
    let text = large(|number| match number {
        777 => format!("{}, related: [\"e19999\", \"e0\"]", plain(777)),
        _ => plain(number),
    });
    check(&text);
    let timeline = crate::open(text.as_str()).timeline.expect("a good document");
    let event = timeline.event_by_id("e777").and_then(|index| timeline.event(index)).expect("there");
    assert_eq!((event.title, event.description), ("Té \"777\"", Some("), \"( 777")));
    assert_eq!(event.tags.iter().collect::<Vec<_>>(), ["t2"]);
    assert_eq!(event.citations.iter().next().and_then(|citation| citation.locator), Some("p. 777"));
    let related = event.related.iter().filter_map(|index| timeline.event(index)).map(|event| event.id);
    assert_eq!(related.collect::<Vec<_>>(), ["e19999", "e0"]);
    assert!(timeline.events.iter().is_sorted_by_key(|event| event.date.map(Date::sort_key)));
}

#[test]
fn undated_events_are_there_but_in_no_index() {
    let text = include_str!("../../../tests/fixtures/good/undated.ron");
    check(text);
    let timeline = crate::open(text).timeline.expect("a good document");
    let ids: Vec<&str> = timeline.events.iter().map(|event| event.id).collect();
    assert_eq!(ids, ["dated", "later", "left-out", "none", "blank", "word", "unknown"]);
    assert_eq!((timeline.events.dated(), timeline.events.undated().len()), (2, 5));
    assert_eq!(timeline.counts_words(), "7 events (5 undated)");
    assert_eq!(timeline.index.len(), 2);
    let lanes: Vec<_> = timeline.lanes.iter().map(|lane| (lane.index.len(), lane.undated.len())).collect();
    assert_eq!(lanes, [(1, 1), (1, 4)]);

    let word = timeline.event_by_id("word").expect("found by its id");
    let event = timeline.event(word).expect("there");
    assert_eq!((event.date, event.date_words().as_str(), event.bounds()), (None, "undated", None));
    let dated = timeline.event_by_id("dated").and_then(|index| timeline.event(index)).expect("there");
    assert_eq!(dated.related.iter().collect::<Vec<_>>(), [timeline.event_by_id("left-out").expect("there"), word]);

    // Previous and next follow time order, in which undated events have no place.
    let [first, last] = ["dated", "later"].map(|id| timeline.event_by_id(id));
    assert_eq!((timeline.next(first), timeline.next(last), timeline.previous(None)), (last, None, last));
    assert_eq!((timeline.next(Some(word)), timeline.previous(Some(word))), (first, last));
    assert_eq!(timeline.extent, crate::open("(title: \"\", lanes: [(id: \"a\", title: \"\")], events: [
        (id: \"x\", lane: \"a\", title: \"x\", date: \"1850\"), (id: \"y\", lane: \"a\", title: \"y\", date: \"1900/\")])").timeline.expect("good").extent);

    let words: Vec<_> = timeline.sources.iter().map(super::Source::date_words).collect();
    assert_eq!(words, [Some("n.d.".to_owned()), None]);
}

#[test]
fn every_problem_of_a_large_document_is_at_its_place() {
    let text = large(|number| {
        let event = plain(number);
        match number {
            40 => event.replace("lane: \"b\"", "lane: \"none\""),
            9_000 => event.replace("id: \"e9000\"", "id: \"e12\""),
            12_345 => event.replace("date: \"", "date: \"x"),
            15_000 => format!("{event}, related: [\"e15000\", \"e15001\", \"nobody at all\"]"),
            19_998 => event.replace("source: \"s\"", "source: \"t\""),
            19_999 => event.replace("lane: \"a\"", "lane: \"\"").replace("lane: \"b\"", "lane: \"\""),
            _ => event,
        }
    });
    check(&text);
    let found = crate::open(text.as_str()).diagnostics;
    let found: Vec<_> = found.iter().map(|found| (found.line, found.column, found.message.as_str())).collect();
    let column =
        |line: usize, what: &str| text.lines().nth(line - 1).and_then(|text| text.find(what)).expect("there") + 1;
    let [lane, id, date, own, source] =
        [(42, "\"none\""), (9_002, "\"e12\""), (12_347, "x"), (15_002, "\"e15000\", \"e15001"), (20_000, "\"t\"")]
            .map(|(line, what)| column(line, what));
    assert_eq!(found[0], (42, lane, "there is no lane `none`"));
    assert_eq!(found[1], (9_002, id, "two events have the id `e12`"));
    assert_eq!((found[2].0, found[2].1), (12_347, date));
    assert_eq!(found[3], (15_002, own, "an event cannot be related to itself"));
    assert_eq!(found[4].2, "there is no event `nobody at all`");
    assert_eq!(found[5], (20_000, source, "there is no source `t`"));
    assert_eq!(found[6].2, "there is no lane ``");
    assert_eq!(found.len(), 7);
}

#[test]
fn mistakes_of_writing_in_a_large_document_are_at_their_places() {
    let text = large(|number| match number {
        5 | 8_000 | 19_990 => plain(number).replace("title:", "titel:"),
        _ => plain(number),
    });
    check(&text);
    let found = crate::open(text.as_str()).diagnostics;
    let lines: Vec<usize> =
        found.iter().filter(|found| found.message.contains("titel")).map(|found| found.line).collect();
    assert_eq!(lines, [7, 8_002, 19_992]);

    // The mistakes cost only the events that contain them, and their chunks are read on all cores like the others.
    let timeline = crate::open(text.as_str()).timeline.expect("the other events");
    assert_eq!((timeline.events.len(), timeline.omitted.events), (19_997, 3));
    assert_eq!(timeline.event_by_id("e8000"), None);
    assert!(timeline.event_by_id("e8001").is_some());
    let pieces = document::Chunks::cut(&text, &Progress::default()).expect("brackets that match");
    let made = pieces.map(&Progress::default(), |_, events| events.len()).expect("the pieces");
    assert_eq!((made.parts.iter().sum::<usize>(), made.recovery.paths().len()), (20_000, 3));
}

#[test]
fn limits_hold_in_pieces() {
    let refused = |text: &str, message: &str| {
        let found = crate::open(text).diagnostics;
        assert!(found.len() == 1 && found[0].message.contains(message), "{found:?}");
    };
    let long = "x".repeat(document::MAX_STRING_BYTES + 1);
    refused(
        &large(|number| {
            if number == 7 {
                format!("{}, figures: []", plain(7).replace("T\\u", &format!("{long}\\u")))
            } else {
                plain(number)
            }
        }),
        "over the limit",
    );
    refused(&format!("(title: \"{long}\")"), "over the limit");
    let deep = "[".repeat(129) + &"]".repeat(129);
    refused(&large(|number| if number == 7 { format!("tags: {deep}") } else { plain(number) }), "nested more than");
    let tags = "\"t\", ".repeat(document::MAX_TAGS + 1);
    let many =
        large(|number| if number == 7 { plain(7).replace("[\"t2\"]", &format!("[{tags}]")) } else { plain(number) });
    refused(&many, "`tags` may hold 64 items at most");
}

#[test]
fn what_is_called_off_ends() {
    let text = Arc::new(large(plain));
    let called_off = Progress::default();
    let mut pieces = document::Chunks::cut(&text, &called_off).expect("a good document");
    let resolver = Resolver::new(pieces.take_rest(), Arc::clone(&text));
    let made = pieces.map(&called_off, |piece, events| resolver.batch(piece, events)).expect("good events");
    assert_eq!((called_off.items(), made.parts.len() > 1), (20_000, true));
    called_off.cancel();
    assert!(pieces.map(&called_off, |_, _| ()).is_none());
    // All is parsed, but the remaining steps are cancelled as well.
    assert!(resolver.finish(made.parts, &[], &called_off).is_none());
    assert!(crate::open_with_progress(text.as_str(), &called_off).is_none());
}

/// Every item is found by its id, in its own timeline and in one with everything in another order.
#[test]
fn ids_last_over_a_reload() {
    let event = |id: &str, date: Option<&str>| document::Event {
        id: id.to_owned(),
        lane: "l".to_owned(),
        title: id.to_owned(),
        date: date.map(str::to_owned),
        ..Default::default()
    };
    let era = |id: &str, date: &str| document::Era { id: id.to_owned(), date: date.to_owned(), ..Default::default() };
    let series = |id: &str| document::Series {
        id: id.to_owned(),
        points: ["1901", "1900"].map(|date| document::Point { date: date.to_owned(), ..Default::default() }).into(),
        ..Default::default()
    };
    let document = document::Timeline {
        lanes: vec![Lane { id: "l".to_owned(), ..Default::default() }],
        events: vec![event("b", Some("1960")), event("u", None), event("a", Some("1950")), event("v", None)],
        eras: vec![era("late", "1950"), era("early", "1900")],
        // The second one with the same id has a key of its own.
        series: ["s", "s", "t"].map(series).into(),
        ..Default::default()
    };
    let before = resolve_recovered(document.clone(), &[]).timeline.expect("events");
    let mut newer = document;
    newer.events.reverse();
    newer.events.insert(0, event("first", Some("1930")));
    newer.eras.insert(0, era("first of all", "1800"));
    newer.series.push(series("w"));
    newer.events.retain(|event| event.id != "v");
    let after = resolve_recovered(newer, &[]).timeline.expect("events");

    let events = before.events.indices().map(Item::Event);
    let eras = before.iter_eras().map(|(era, _)| Item::Era(era));
    let items: Vec<Item> =
        events.chain(eras).chain(before.iter_series().map(|(series, _)| Item::Series(series))).collect();
    assert_eq!(items.len(), 9);
    for item in items {
        let id = before.id(item).expect("it is in the timeline");
        assert_eq!(before.find(&id), Some(item), "{id:?}");
        let title = |timeline: &Timeline, item| match item {
            Item::Event(event) => timeline.event(event).expect("an event").id.to_owned(),
            Item::Era(era) => timeline.era(era).expect("an era").id.clone(),
            Item::Series(series) => timeline.series_at(series).expect("a series").id.clone(),
        };
        let found = after.find(&id).map(|found| title(&after, found));
        let expect = title(&before, item);
        assert_eq!(found, (expect != "v").then_some(expect), "{id:?}");
    }
    let places: Vec<usize> = before.series[0].points.iter().map(|point| point.place).collect();
    assert_eq!(places, [1, 0], "a point knows its place in the document");
}

proptest! {
    /// Events are found by id, however many have the same date, no date, or are omitted.
    #[test]
    fn every_event_is_found_by_its_id(years in prop::collection::vec(prop::option::of(1900_u32..1910), 0..200)) {
        let event = |(number, year): (usize, &Option<u32>)| document::Event {
            // Some ids are duplicates: the later event is omitted.
            id: format!("e{}", number % 150),
            lane: "l".to_owned(),
            date: year.map(|year| year.to_string()),
            ..Default::default()
        };
        let document = document::Timeline {
            lanes: vec![Lane { id: "l".to_owned(), ..Default::default() }],
            events: years.iter().enumerate().map(event).collect(),
            ..Default::default()
        };
        let Some(timeline) = resolve_recovered(document, &[]).timeline else { return Ok(()) };
        for event in timeline.events.indices() {
            let id = timeline.id(Item::Event(event)).expect("it is in the timeline");
            prop_assert_eq!(timeline.find(&id), Some(Item::Event(event)));
        }
        for id in ["e150", "", "E0"] {
            prop_assert_eq!(timeline.event_by_id(id), None);
        }
    }
}

/// An event that belongs to several lanes is one event, in the index of each of them.
#[test]
fn an_event_may_be_in_several_lanes() {
    let text = r#"(title: "T", lanes: [(id: "in", title: "In", parent: "out"), (id: "out", title: "Out"), (id: "x", title: "X")],
        events: [(id: "a", lane: "in", also: ["x"], title: "A", date: "1900"), (id: "b", lane: "x", title: "B", date: "1950"),
            (id: "c", lane: "x", also: ["in", "out"], title: "C"), (id: "d", lane: "x", also: ["no"], title: "D", date: "1960")])"#;
    let opened = crate::open(text);
    let messages: Vec<&str> = opened.diagnostics.iter().map(|problem| problem.message.as_str()).collect();
    assert_eq!(messages, ["there is no lane `no`"]);
    let timeline = opened.timeline.expect("a timeline");
    let ids = |events: &[super::EventIndex]| -> Vec<&str> {
        events.iter().filter_map(|event| timeline.event(*event)).map(|event| event.id).collect()
    };
    let lanes: Vec<(&str, usize, Vec<&str>, Vec<&str>)> = timeline
        .lanes
        .iter()
        .map(|lane| (lane.id.as_str(), lane.depth, ids(lane.index().events()), ids(lane.undated())))
        .collect();
    assert_eq!(
        lanes,
        [("out", 0, vec![], vec!["c"]), ("in", 1, vec!["a"], vec!["c"]), ("x", 0, vec!["a", "b"], vec!["c"])]
    );
    assert_eq!((timeline.index().len(), timeline.events.len()), (2, 3));
    let event = timeline.event(timeline.event_by_id("c").expect("an event")).expect("an event");
    let lanes = event.lanes().filter_map(|lane| timeline.lane(lane));
    assert_eq!(lanes.map(|lane| lane.id.as_str()).collect::<Vec<_>>(), ["x", "in", "out"]);
    let styles: Vec<usize> = timeline.lanes.iter().map(|lane| lane.style).collect();
    assert_eq!(styles, [1, 0, 2], "the hue is that of the place in the document");
}
