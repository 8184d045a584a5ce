//! Timelines are written in formats of other programs, and come back without loss of what the format can hold.

#![expect(clippy::expect_used, reason = "a test fails by panicking")]

use std::collections::{BTreeMap, BTreeSet};

use longview::date::{Date, Zone};
use longview::document::{
    self, Axis, Basis, Citation, Era, Event, InitialView, Lane, Link, Media, Place, Point, Qualifier, Scale, Series,
    Source, Timeline,
};
use longview::import::{Format as From, Import, Options, import};
use longview::interchange::{Format, write};
use longview::open;
use longview::progress::Progress;
use longview::query::{Filter, Projection};
use proptest::collection::{btree_set, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{Index, select};

/// Dates of all kinds.
const DATES: [&str; 64] = [
    "1965",
    "1965-06",
    "1965-06-22",
    "0044-03-15",
    "0001",
    "0001-01-01",
    "9999-12-31",
    "9999",
    "196X",
    "19XX",
    "1XXX",
    "1965~",
    "1965-06?",
    "1965-06-22%",
    "2004-06-~11",
    "?2004-06-11",
    "c. 1850",
    "1965-21",
    "2001-34",
    "2001-40",
    "1985-W15",
    "1965/2015",
    "1965-06-22/1965-07-01",
    "1984?/2004~",
    "1998/..",
    "../1914",
    "1727/",
    "/1727",
    "..1800/1850..",
    "[1667,1668]",
    "[1667..1672]",
    "{1667,1668}",
    "[..1670]",
    "[1670..]",
    "before 1970",
    "after 1970",
    "44 BCE",
    "15 March 44 BCE",
    "-0043-03-15",
    "500 BCE/300 BCE",
    "0000",
    "6th century BCE",
    "6th century",
    "2nd millennium BCE",
    "66 Ma",
    "13.8 Ga",
    "12 ka",
    "Y-65000000",
    "Y170000002",
    "Y-17E7",
    "1950S2",
    "156X-12-25",
    "15XX-12-25",
    "1965-06-22T09:05",
    "1965-06-22T09:05:30",
    "2015-12-10T14:30+09:00",
    "2015-12-10T14:30:15Z",
    "2015-12-10T14:30Z/2015-12-11T01:00Z",
    "1965-06-22T09:05:30.25",
    "25 October 1917 (Julian)",
    "early 19th century",
    "winter 1916-17",
    "11 February 1731/32",
    "1965-06-22T09/1965-06-23",
];

/// Words with what formats have signs of their own for.
fn words() -> impl Strategy<Value = String> {
    const PIECES: [&str; 34] = [
        "treaty",
        " of ",
        "1965",
        ", ",
        "; ",
        ": ",
        " \"quoted\" ",
        "'",
        "=",
        "+",
        "-",
        "@",
        "\\",
        "\\n",
        "|",
        "<",
        ">",
        "&amp;",
        "<b>",
        "é",
        "漢字",
        "한국",
        "שלום",
        "مرحبا",
        "\u{202e}",
        "👩‍🚀",
        "🎉",
        "*",
        "_",
        "#",
        "[x](y)",
        "^",
        "`",
        "%",
    ];
    let pieces = vec(select(&PIECES[..]), 1..6).prop_map(|pieces| pieces.concat().trim().to_owned());
    pieces.prop_filter("something", |words| !words.is_empty())
}

/// A title: one line, or more.
fn title() -> impl Strategy<Value = String> {
    (words(), option::weighted(0.1, words())).prop_map(|(first, second)| match second {
        Some(second) => format!("{first}\n{second}"),
        None => first,
    })
}

/// A description in `CommonMark`.
fn prose() -> impl Strategy<Value = String> {
    const BLOCKS: [&str; 8] = [
        "Two *words* and **more**, with `code`.",
        "- one\n- two\n  - three",
        "1. first\n2. second",
        "> quoted\n> on",
        "# A heading",
        "See [the page](https://e.org/a?b=1&c=2), or <https://e.org>.",
        "A line\\\nbroken, 5 < 6 & \"x\".",
        "שלום, 漢字 😀",
    ];
    vec(select(&BLOCKS[..]), 1..4).prop_map(|blocks| blocks.join("\n\n"))
}

fn url() -> impl Strategy<Value = String> {
    select(&["https://e.org/a?b=1&c=2", "https://e.org/ü;x,y", "http://e.org/a.jpg", "mailto:a@e.org"][..])
        .prop_map(str::to_owned)
}

fn citation(sources: usize) -> impl Strategy<Value = Citation> {
    let basis = option::of(select(&[Basis::Stated, Basis::Derived, Basis::Background][..]));
    let parts = (any::<Index>(), option::of(words()), basis, option::of(words()));
    parts.prop_map(move |(source, locator, basis, note)| Citation {
        source: format!("source-{}", source.index(sources.max(1))),
        locator,
        basis,
        note,
    })
}

/// Citations, if there is anything to cite.
fn citations(sources: usize) -> BoxedStrategy<Vec<Citation>> {
    if sources == 0 { Just(Vec::new()).boxed() } else { vec(citation(sources), 0..3).boxed() }
}

fn color() -> impl Strategy<Value = Option<String>> {
    option::of(select(&["teal", "#1f7a74", "#000000"][..]).prop_map(str::to_owned))
}

fn media() -> impl Strategy<Value = Media> {
    let address = prop_oneof![
        Just((Some("pictures/a b.png".to_owned()), None)),
        Just((None, Some("https://e.org/p.jpg".to_owned()))),
    ];
    (address, [option::of(words()), option::of(words()), option::of(words()), option::of(words())])
        .prop_map(|((file, url), [alt, caption, credit, license])| Media { file, url, alt, caption, credit, license })
}

fn place() -> impl Strategy<Value = Place> {
    let degrees = option::of((-89.5_f64..89.5, -179.5_f64..179.5));
    (option::of(words()), degrees).prop_filter_map("somewhere", |(name, degrees)| {
        let (latitude, longitude) = (degrees.map(|at| at.0), degrees.map(|at| at.1));
        (name.is_some() || latitude.is_some()).then_some(Place { name, latitude, longitude })
    })
}

/// How much of everything a document has.
#[derive(Clone, Copy, Debug)]
struct Counts {
    lanes: usize,
    sources: usize,
    series: usize,
}

fn event(counts: Counts) -> impl Strategy<Value = Event> {
    let date = option::weighted(0.85, select(&DATES[..]).prop_map(str::to_owned));
    let lanes = (any::<Index>(), btree_set(0..counts.lanes, 0..2));
    let texts = (title(), option::of(words()), option::of(prose()), color(), option::of(place()));
    let link = (url(), option::of(words())).prop_map(|(url, title)| Link { url, title });
    let lists = (
        btree_set(words(), 0..3),
        btree_set(0..counts.series.max(1), 0..2),
        vec(link, 0..3),
        vec(media(), 0..3),
        citations(counts.sources),
    );
    (date, lanes, texts, lists, option::of(-9..9_i32), option::of(any::<Index>())).prop_map(
        move |(date, (lane, also), (title, written, description, color, place), lists, importance, related)| {
            let (tags, figures, links, media, citations) = lists;
            let lane = lane.index(counts.lanes);
            let figures = figures.into_iter().filter(|_| counts.series > 0);
            Event {
                id: related.map(|index| format!("{}", index.index(100))).unwrap_or_default(),
                lane: format!("lane-{lane}"),
                also: also.into_iter().filter(|other| *other != lane).map(|other| format!("lane-{other}")).collect(),
                title,
                date,
                calendar: document::Calendar::Gregorian,
                written,
                place,
                color,
                description,
                importance: importance.filter(|importance| *importance != 0),
                tags: tags.into_iter().collect(),
                related: Vec::new(),
                figures: figures.map(|series| format!("series-{series}")).collect(),
                links,
                media,
                citations,
            }
        },
    )
}

fn source() -> impl Strategy<Value = Source> {
    let date = option::of(select(&["2015-12-10", "1998", "n.d."][..]).prop_map(str::to_owned));
    let texts = [(); 10].map(|()| option::of(words()));
    (words(), date, option::of(url()), texts).prop_map(|(title, date, url, texts)| {
        let [author, publisher, kind, container, editors, volume, issue, pages, edition, place] = texts;
        Source {
            id: String::new(),
            title,
            author,
            publisher,
            date: date.clone(),
            url,
            kind,
            container,
            editors,
            volume,
            issue,
            pages,
            edition,
            place,
            doi: Some("10.1000/182".to_owned()),
            isbn: None,
            accessed: date.filter(|date| date != "n.d."),
            original_date: Some("1901".to_owned()),
        }
    })
}

fn era(sources: usize) -> impl Strategy<Value = Era> {
    let dates =
        select(&["1965/2015", "6th century BCE", "1998/..", "66 Ma", "1965-06-22/1965-07-01", "1914/1918~"][..]);
    (words(), dates, color(), option::of(prose()), citations(sources)).prop_map(
        |(title, date, color, description, citations)| Era {
            id: String::new(),
            title,
            date: date.to_owned(),
            color,
            description,
            citations,
        },
    )
}

fn series(sources: usize) -> impl Strategy<Value = Series> {
    let qualifier = option::of(select(&[Qualifier::About, Qualifier::MoreThan, Qualifier::AtMost][..]));
    let point = (1900..2000_i64, 1.0_f64..1e6, qualifier, citations(sources));
    let point = point.prop_map(|(year, value, qualifier, citations)| Point {
        date: year.to_string(),
        value,
        qualifier,
        citations,
    });
    let scale = select(&[Scale::Linear, Scale::Log][..]);
    (words(), words(), scale, vec(point, 0..4), citations(sources)).prop_map(
        |(title, unit, scale, points, citations)| Series { id: String::new(), title, unit, scale, points, citations },
    )
}

/// A document without errors.
fn document() -> impl Strategy<Value = Timeline> {
    let counts = (1..5_usize, 0..4_usize, 0..3_usize);
    counts.prop_flat_map(|(lanes, sources, series_count)| {
        let counts = Counts { lanes, sources, series: series_count };
        let lane = (words(), color(), any::<bool>(), any::<Index>());
        let head =
            (title(), option::of(words()), option::of(prose()), option::of(words()), any::<bool>(), any::<bool>());
        let parts = (
            vec(lane, lanes),
            vec(source(), sources),
            vec(era(sources), 0..3),
            vec(event(counts), 0..8),
            vec(series(sources), series_count),
        );
        (head, parts).prop_map(|((title, subtitle, description, author, is_dated, is_even), parts)| {
            let (lanes, sources, eras, events, series) = parts;
            let mut document = Timeline {
                title,
                subtitle,
                description,
                author,
                date: is_dated.then(|| "2026-11-24".to_owned()),
                language: is_even.then(|| "ko".to_owned()),
                zone: is_dated.then(|| "Asia/Seoul".to_owned()),
                sources,
                lanes: Vec::new(),
                eras,
                events,
                series,
                axis: if is_even { Axis::Even } else { Axis::Linear },
                view: is_dated
                    .then(|| InitialView { from: Some("1900".to_owned()), to: Some("2015-12-10".to_owned()) }),
            };
            // A lane may be in the one before it, so that they are depth first.
            for (number, (title, color, is_inner, _)) in lanes.into_iter().enumerate() {
                let parent = (is_inner && number > 0).then(|| format!("lane-{}", number - 1));
                document.lanes.push(Lane { id: format!("lane-{number}"), title, color, parent });
            }
            name(&mut document);
            document
        })
    })
}

/// Gives everything an id, and relates each event to the one that its id was drawn for.
fn name(document: &mut Timeline) {
    for (number, source) in document.sources.iter_mut().enumerate() {
        source.id = format!("source-{number}");
    }
    for (number, era) in document.eras.iter_mut().enumerate() {
        era.id = format!("era {number}, \"x\"");
    }
    for (number, series) in document.series.iter_mut().enumerate() {
        series.id = format!("series-{number}");
    }
    let count = document.events.len();
    for (number, event) in document.events.iter_mut().enumerate() {
        let related = event.id.parse::<usize>().ok().map(|drawn| drawn % count).filter(|other| *other != number);
        event.related = related.map(id_of).into_iter().collect();
        event.id = id_of(number);
    }
}

/// The id of an event. Some cannot be made of words.
fn id_of(number: usize) -> String {
    if number.is_multiple_of(2) { format!("e{number}") } else { format!("É {number}; \"a,b\" <x>@y") }
}

/// Writes a document.
fn written(document: &Timeline, format: Format) -> (String, Vec<String>) {
    let text = document::write(document);
    let opened = open(text.clone());
    let problems: Vec<String> = opened.diagnostics.iter().map(|problem| problem.human("x.ron", &text)).collect();
    assert!(!opened.has_errors(), "{}", problems.join("\n"));
    let timeline = opened.timeline.expect("a timeline");
    let mut bytes = Vec::new();
    let notes = write(format, &timeline, &Projection::all(&timeline), &mut bytes, &Progress::default());
    (String::from_utf8(bytes).expect("UTF-8"), notes.expect("written"))
}

/// Imports a text, and checks that it becomes a document without errors.
fn read(text: &str, name: &str) -> Import {
    let import = import(text.as_bytes(), name, None, &Options::default(), &Progress::default()).expect("an import");
    let document = import.text();
    let opened = open(document.clone());
    let problems: Vec<String> = opened.diagnostics.iter().map(|problem| problem.human(name, &document)).collect();
    assert!(!opened.has_errors(), "{}\n{text}", problems.join("\n"));
    import
}

/// The document of an import, with its events.
fn document_of(import: &Import) -> Timeline {
    let events = import.draft.events.iter().map(|event| event.item.clone()).collect();
    Timeline { events, ..import.draft.head.clone() }
}

/// The same document with its dates in one form, and its events and eras in one order.
fn normal(document: &Timeline) -> Timeline {
    let mut document = document.clone();
    let zone = document.zone.as_deref().and_then(Zone::named);
    let date = |text: &mut String| {
        if let Ok(date) = Date::parse(text) {
            let placed = zone.as_ref().map(|zone| date.on_axis_of(zone, &mut Vec::new()));
            *text = placed.unwrap_or(date).to_string();
        }
    };
    document.eras.iter_mut().for_each(|era| date(&mut era.date));
    document.series.iter_mut().flat_map(|series| &mut series.points).for_each(|point| date(&mut point.date));
    document.events.iter_mut().filter_map(|event| event.date.as_mut()).for_each(date);
    document.events.sort_by(|a, b| a.id.cmp(&b.id));
    document.eras.sort_by(|a, b| a.id.cmp(&b.id));
    document
}

/// Returns the lines in which two documents differ.
fn difference(found: &Timeline, expected: &Timeline) -> String {
    let [found, expected] = [found, expected].map(|document| document::write(&normal(document)));
    let lines = found.lines().zip(expected.lines());
    let differ = lines.filter(|(found, expected)| found != expected).take(3);
    let differ =
        differ.map(|(found, expected)| format!("{found}\n instead of\n{expected}\n")).collect::<Vec<_>>().concat();
    if differ.is_empty() && found != expected { "one has more".to_owned() } else { differ }
}

fn finding(import: &Import) -> BTreeMap<String, usize> {
    import.report.findings().map(|(kind, finding)| (format!("{kind:?}"), finding.count)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn a_document_comes_back_whole_from_json(document in document()) {
        let (text, notes) = written(&document, Format::Json);
        prop_assert_eq!(notes, Vec::<String>::new());
        let import = read(&text, "x.json");
        prop_assert_eq!(import.report.format, From::Longview);
        prop_assert_eq!(finding(&import), BTreeMap::new());
        let back = document_of(&import);
        prop_assert_eq!(difference(&back, &document), "");
        // It is written as the same bytes again.
        prop_assert_eq!(written(&back, Format::Json).0, text);
    }
}

/// Returns a document in which lanes are named by the titles of them and of the lanes around them, each once.
fn by_titles(document: &Timeline) -> Timeline {
    let lane = |id: &str| document.lanes.iter().find(|lane| lane.id == id);
    let path = |id: &str| {
        let around = std::iter::successors(lane(id), |inner| lane(inner.parent.as_deref()?));
        around.map(|lane| lane.title.as_str()).collect::<Vec<_>>().join(" < ")
    };
    let mut named = document.clone();
    for event in &mut named.events {
        event.lane = path(&event.lane);
        let also: BTreeSet<String> = event.also.iter().map(|lane| path(lane)).collect();
        event.also = also.into_iter().filter(|lane| *lane != event.lane).collect();
    }
    named
}

/// Returns what a table holds of a document: its events, and the sources that they cite.
fn in_a_table(document: &Timeline) -> Timeline {
    let mut events = by_titles(document).events;
    for event in &mut events {
        event.figures.clear();
    }
    let cited: BTreeSet<&str> =
        events.iter().flat_map(|event| &event.citations).map(|citation| citation.source.as_str()).collect();
    let mut sources: Vec<Source> =
        document.sources.iter().filter(|source| cited.contains(source.id.as_str())).cloned().collect();
    sources.sort_by(|a, b| a.id.cmp(&b.id));
    Timeline { sources, events, ..Timeline::default() }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn events_come_back_from_a_table(document in document()) {
        let (text, _) = written(&document, Format::Csv);
        let import = read(&text, "x.csv");
        prop_assert_eq!(import.report.format, From::Csv);
        prop_assert_eq!(finding(&import), BTreeMap::new(), "{}", text);
        let back = document_of(&import);
        prop_assert_eq!(difference(&in_a_table(&back), &in_a_table(&normal(&document))), "", "{}", text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn a_document_comes_back_whole_from_a_calendar(document in document()) {
        let (text, _) = written(&document, Format::ICalendar);
        for line in text.split_terminator("\r\n") {
            prop_assert!(line.len() <= 75, "{}", line);
            prop_assert!(!line.contains(|c: char| c.is_control() && c != '\t'), "{:?}", line);
        }
        let import = read(&text, "x.ics");
        prop_assert_eq!(import.report.format, From::ICalendar);
        prop_assert_eq!(finding(&import), BTreeMap::new(), "{}", text);
        let back = document_of(&import);
        prop_assert_eq!(difference(&back, &document), "", "{}", text);
        prop_assert_eq!(written(&back, Format::ICalendar).0, text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn a_document_comes_back_whole_from_timelinejs(document in document()) {
        let (text, _) = written(&document, Format::TimelineJs);
        let import = read(&text, "x.json");
        prop_assert_eq!(import.report.format, From::TimelineJs);
        prop_assert_eq!(finding(&import), BTreeMap::new(), "{}", text);
        let back = document_of(&import);
        prop_assert_eq!(difference(&back, &document), "", "{}", text);
        prop_assert_eq!(&written(&back, Format::TimelineJs).0, &text);
        // What it requires: slides have a beginning, eras an end too.
        let value: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        let list = |name: &str| value[name].as_array().expect("a list").clone();
        prop_assert!(list("events").iter().all(|slide| slide["start_date"]["year"].is_i64()));
        prop_assert!(list("eras").iter().all(|era| era["start_date"]["year"].is_i64() && era["end_date"]["year"].is_i64()));
    }
}

/// A document of two events, with something of everything.
const SMALL: &str = r#"(
    title: "Small",
    author: "A",
    sources: [(id: "book", title: "A book", author: "B. Writer", date: "1901")],
    lanes: [(id: "out", title: "Outer", color: "teal"), (id: "in", title: "Inner", parent: "out")],
    eras: [(id: "age", title: "An age", date: "1840/1860")],
    events: [
        (id: "about", lane: "in", title: "About", date: "1850~", description: "Some *words*.", tags: ["a", "b"],
            place: (name: "Seoul", latitude: 37.5, longitude: 127.0), figures: ["n"],
            links: [(url: "https://e.org/a", title: "A link")], media: [(file: "a.png", alt: "A picture")],
            citations: [(source: "book", locator: "p. 3", basis: Stated)]),
        (id: "day", lane: "in", also: ["out"], title: "=A day", date: "1965-06-22", related: ["about"]),
        (id: "old", lane: "out", title: "Old", date: "500 BCE"),
        (id: "none", lane: "out", title: "Undated", written: "some day"),
    ],
    series: [(id: "n", title: "N", unit: "u", points: [(date: "1850", value: 1.5)])],
)"#;

/// Writes the small document.
fn small(format: Format) -> (String, Vec<String>) {
    let timeline = open(SMALL).timeline.expect("a timeline");
    let mut bytes = Vec::new();
    let notes = write(format, &timeline, &Projection::all(&timeline), &mut bytes, &Progress::default());
    (String::from_utf8(bytes).expect("UTF-8"), notes.expect("written"))
}

/// Returns the event with an id.
fn event_of<'d>(document: &'d Timeline, id: &str) -> &'d Event {
    document.events.iter().find(|event| event.id == id).expect("an event")
}

#[test]
fn what_a_format_cannot_hold_is_counted() {
    let check = |format: Format, expect: &[&str]| assert_eq!(small(format).1, expect, "{format:?}");
    check(Format::Json, &[]);
    check(
        Format::Csv,
        &[
            "CSV: title and author of the document are left out",
            "CSV: 1 era is left out",
            "CSV: 1 series is left out",
            "CSV: 1 event loses its figures with the series",
            "CSV: 1 lane loses its colour and all get ids made of their titles",
        ],
    );
    check(
        Format::ICalendar,
        &[
            "iCalendar: 1 event without a date written as journal entries, which have none",
            "iCalendar: 1 event before the year 1 or after 9999, which no calendar can say, written as journal entries \
             without a date",
            "iCalendar: 1 date that is no day or time written as all days that may be meant; only Longview reads the date \
             itself",
            "iCalendar: 1 picture in a file left out for all programs but Longview",
            "iCalendar: 1 event with sources that other programs show in the description only",
            "iCalendar: 1 era left out for all programs but Longview",
            "iCalendar: 1 series left out for all programs but Longview",
        ],
    );
    check(
        Format::TimelineJs,
        &[
            "TimelineJS: 1 event without a date left out for all programs but Longview",
            "TimelineJS: 1 date that it has no form for shown in words, beside the time that may be meant",
            "TimelineJS: 1 event in several lanes shown in the first of them",
            "TimelineJS: 1 event whose tags only Longview reads",
            "TimelineJS: 1 event whose place only Longview reads",
            "TimelineJS: 1 series left out for all programs but Longview",
        ],
    );
}

#[test]
fn what_another_program_changes_in_a_calendar_counts() {
    let (text, _) = small(Format::ICalendar);
    let before = document_of(&read(&text, "x.ics"));
    let changed = text
        .replace("DTSTART;VALUE=DATE:18500101", "DTSTART;VALUE=DATE:18510301")
        .replace("DTEND;VALUE=DATE:18510101", "DTEND;VALUE=DATE:18510303")
        .replace("LOCATION:Seoul", "LOCATION:Busan")
        .replace("SUMMARY:=A day", "SUMMARY:Renamed")
        .replace("CATEGORIES:Inner,a,b", "CATEGORIES:Inner,a,c")
        .replace(
            "BEGIN:VEVENT\r\nUID:day",
            "BEGIN:VEVENT\r\nSUMMARY:New\r\nDTSTART:20200102T030405Z\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:day",
        );
    let after = document_of(&read(&changed, "x.ics"));
    let about = event_of(&after, "about");
    assert_eq!(about.date.as_deref(), Some("1851-03-01/1851-03-02"));
    assert_eq!(about.place.as_ref().and_then(|place| place.name.as_deref()), Some("Busan"));
    assert_eq!(about.tags, ["a", "c"]);
    let unchanged = |event: &Event| Event { date: None, place: None, tags: Vec::new(), ..event.clone() };
    assert_eq!(unchanged(about), unchanged(event_of(&before, "about")));
    assert_eq!(event_of(&after, "day").title, "Renamed");
    assert_eq!(event_of(&after, "day").date.as_deref(), Some("1965-06-22"));
    assert_eq!(event_of(&after, "new").date.as_deref(), Some("2020-01-02T03:04:05Z"));
    assert_eq!(event_of(&after, "none").written.as_deref(), Some("some day"));
    assert_eq!(event_of(&after, "old").date.as_deref(), Some("-0499"));
}

#[test]
fn what_is_changed_in_a_slide_counts() {
    let (text, _) = small(Format::TimelineJs);
    let before = document_of(&read(&text, "x.json"));
    let changed = text
        .replace("\"year\": 1965,", "\"year\": 1966,")
        .replace("\"headline\": \"=A day\"", "\"headline\": \"A <b>day</b>\"")
        .replace("\"headline\": \"Small\"", "\"headline\": \"Larger\"")
        .replace("\"group\": \"Outer\"", "\"group\": \"Another\"");
    let after = document_of(&read(&changed, "x.json"));
    assert_eq!((before.title.as_str(), after.title.as_str()), ("Small", "Larger"));
    let day = event_of(&after, "day");
    assert_eq!((day.title.as_str(), day.date.as_deref()), ("A day", Some("1966-06-22")));
    assert_eq!((&day.also, &day.related), (&event_of(&before, "day").also, &event_of(&before, "day").related));
    assert_eq!(event_of(&after, "about"), event_of(&before, "about"));
    assert_eq!(event_of(&after, "old").lane, "another");
    assert_eq!(after.eras, before.eras);
}

#[test]
fn a_table_that_a_spreadsheet_has_saved_is_read() {
    let (text, _) = small(Format::Csv);
    assert!(text.contains(",'=A day,"), "no cell is a formula: {text}");
    let changed = text.replace("1965-06-22", "6/22/1965").replace("1850~", "sometime");
    let after = document_of(&read(&changed, "x.csv"));
    assert_eq!(event_of(&after, "day").date.as_deref(), Some("1965-06-22"));
    assert_eq!(event_of(&after, "day").title, "=A day");
    let about = event_of(&after, "about");
    assert_eq!((about.date.as_deref(), about.written.as_deref()), (None, Some("sometime")));
    assert_eq!(about.citations.len(), 1);
}

/// The names of all fields of objects in a value.
fn names(value: &serde_json::Value, found: &mut BTreeSet<String>) {
    match value {
        serde_json::Value::Array(values) => values.iter().for_each(|value| names(value, found)),
        serde_json::Value::Object(fields) => {
            for (name, value) in fields {
                found.insert(name.clone());
                names(value, found);
            }
        }
        _ => {}
    }
}

#[test]
fn the_description_of_the_formats_names_every_field() {
    let page = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/data.md")).expect("a page");
    let mut found = BTreeSet::new();
    names(&serde_json::from_str(&small(Format::Json).0).expect("JSON"), &mut found);
    let (table, _) = small(Format::Csv);
    found.extend(table.lines().next().expect("a header").split(',').map(str::to_owned));
    let missing: Vec<&String> = found.iter().filter(|name| !page.contains(&format!("`{name}`"))).collect();
    assert!(missing.is_empty(), "{missing:?}");
    assert!(found.len() > 60, "{found:?}");
}

#[test]
fn only_what_is_shown_is_written() {
    let timeline = open(SMALL).timeline.expect("a timeline");
    let shown = |ids: &[&str]| {
        let is_shown = |_, event: &longview::timeline::Event<'_>| ids.contains(&event.id);
        let filter = Filter { events: Some(&is_shown), ..Filter::default() };
        let projection = filter.project(&timeline, &Progress::default()).expect("a projection");
        let mut bytes = Vec::new();
        write(Format::Json, &timeline, &projection, &mut bytes, &Progress::default()).expect("written");
        document_of(&read(&String::from_utf8(bytes).expect("UTF-8"), "x.json"))
    };
    let ids = |document: &Timeline| document.events.iter().map(|event| event.id.clone()).collect::<Vec<_>>();
    let lanes = |document: &Timeline| document.lanes.iter().map(|lane| lane.id.clone()).collect::<Vec<_>>();
    let old = shown(&["old", "none"]);
    assert_eq!((ids(&old), lanes(&old)), (vec!["old".to_owned(), "none".to_owned()], vec!["out".to_owned()]));
    let day = shown(&["day"]);
    assert_eq!((ids(&day), lanes(&day).len()), (vec!["day".to_owned()], 2));
    assert!(event_of(&day, "day").related.is_empty(), "what it is related to is not there");
    assert_eq!(shown(&["old", "about", "day", "none"]).events.len(), 4);
}

#[test]
fn writing_can_be_cancelled() {
    let timeline = open(SMALL).timeline.expect("a timeline");
    for format in Format::ALL {
        let progress = Progress::default();
        progress.cancel();
        let result = write(format, &timeline, &Projection::all(&timeline), &mut Vec::new(), &progress);
        assert!(result.is_err(), "{format:?}");
    }
}

/// Other programs read it: Python's own modules for CSV and JSON.
#[test]
#[ignore = "needs python3"]
fn python_reads_tables_and_json() {
    let folder = tempfile::tempdir().expect("a folder");
    for format in Format::ALL {
        let name = folder.path().join(format!("x.{}", format.ending()));
        std::fs::write(name, small(format).0).expect("written");
    }
    let program = "import csv, json\n\
        rows = list(csv.DictReader(open('x.csv', newline='', encoding='utf-8')))\n\
        assert [row['id'] for row in rows] == ['old', 'about', 'day', 'none'], rows\n\
        assert rows[2]['title'] == \"'=A day\" and None not in rows[0], rows\n\
        whole = json.load(open('x.json', encoding='utf-8'))\n\
        assert whole['longview'] == 1 and len(whole['events']) == 4\n\
        slides = json.load(open('x.timelinejs.json', encoding='utf-8'))\n\
        assert [slide['start_date']['year'] for slide in slides['events']] == [-500, 1850, 1965]\n";
    let run = std::process::Command::new("python3").current_dir(folder.path()).args(["-c", program]).output();
    let run = run.expect("python3");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
}

/// Runs the program in a folder.
fn longview(folder: &std::path::Path, arguments: &[&str]) -> std::process::Output {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_longview"));
    command.current_dir(folder).args(arguments).stdin(std::process::Stdio::null());
    command.output().expect("the program runs")
}

#[test]
fn the_program_writes_a_document_and_reads_it_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("UTF-8");
    let done = |arguments: &[&str]| {
        let output = longview(folder.path(), arguments);
        assert!(output.status.success(), "{arguments:?}: {}", text(&output.stderr));
        text(&output.stdout)
    };
    let first = done(&["export", "-o", "-", "--format", "json"]);
    done(&["export", "-o", "x.json"]);
    assert_eq!(std::fs::read_to_string(folder.path().join("x.json")).expect("a file"), first);
    done(&["import", "x.json", "-o", "y.ron"]);
    assert_eq!(done(&["export", "y.ron", "-o", "-", "--format", "json"]), first);
    // Its events are what the list has.
    let value: serde_json::Value = serde_json::from_str(&first).expect("JSON");
    let list: serde_json::Value = serde_json::from_str(&done(&["list", "--format", "json"])).expect("JSON");
    assert_eq!(value["events"], list);
    // It is never the input.
    let refused = longview(folder.path(), &["export", "x.json", "-o", "x.json"]);
    assert!(
        !refused.status.success() && text(&refused.stderr).contains("is the file of the document"),
        "{}",
        text(&refused.stderr)
    );
}
