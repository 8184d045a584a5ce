//! Random documents.

use longview::document::{
    self, Axis, Basis, Citation, Era, Event, InitialView, Lane, Link, Media, Place, Point, Qualifier, Scale, Series,
    Source, Timeline,
};
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
pub fn document() -> impl Strategy<Value = Timeline> {
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
