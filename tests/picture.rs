//! Small pictures of our own exporter, compared to the pixel with those under tests/pictures: processors round
//! differently, so a channel may differ by 2 of 255.
//!
//! `LONGVIEW_UPDATE_PICTURES=1 cargo test --test picture` writes those that differ anew: look at them before committing.

#![expect(clippy::expect_used, reason = "a test fails by panicking")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::{Color32, Rect, pos2, vec2};
use longview::Example;
use longview::export::{DocumentPictures, Look, Metadata, NotesContent, PageSetup, PageSize, Picture, PngMeta, png};
use longview::layout::{self, Arrangement, Pictures, View};
use longview::media;
use longview::paint::{self, Emphasis, Input, Theme};
use longview::progress::Progress;
use longview::query::{Found, Projection, Search};
use longview::scene::text::{FontSet, TextEngine};
use longview::scene::{Builder, Clip, Image, ImageData, Node, Scene, walk};
use longview::timeline::{Item, Timeline};

/// The most that a channel of a pixel may differ by.
const TOLERANCE: u8 = 2;

/// A picture of a document.
struct Case {
    name: &'static str,
    document: String,
    look: Look,
    size: [f32; 2],
    /// Changes to the page.
    setup: fn(&mut PageSetup),
    /// The id of the event that is selected.
    selected: Option<&'static str>,
}

impl Case {
    fn new(name: &'static str, document: impl Into<String>) -> Self {
        let document = document.into();
        Self { name, document, look: Look::Light, size: [420.0, 240.0], setup: |_| {}, selected: None }
    }

    /// One lane with these events.
    fn events(name: &'static str, events: &str) -> Self {
        Self::new(name, format!("(title: \"T\", lanes: [(id: \"a\", title: \"Lane\")], events: [{events}])"))
    }

    /// The same with a view.
    fn view(mut self, from: &str, to: &str) -> Self {
        self.document = self.document.replacen('(', &format!("(view: (from: \"{from}\", to: \"{to}\"), "), 1);
        self
    }

    /// No event, and one series.
    fn series(name: &'static str, series: &str) -> Self {
        Self::new(
            name,
            format!("(title: \"T\", lanes: [(id: \"a\", title: \"Lane\")], series: [(id: \"s\", {series})])"),
        )
    }

    fn look(self, look: Look) -> Self {
        Self { look, ..self }
    }

    fn size(self, width: f32, height: f32) -> Self {
        Self { size: [width, height], ..self }
    }

    fn setup(self, setup: fn(&mut PageSetup)) -> Self {
        Self { setup, ..self }
    }

    fn selected(self, id: &'static str) -> Self {
        Self { selected: Some(id), ..self }
    }

    fn picture(&self) -> Picture {
        let timeline = longview::open(self.document.as_bytes()).timeline.expect(self.name);
        let selected = self.selected.and_then(|id| timeline.event_by_id(id)).map(Item::Event);
        let view = View::home(&timeline);
        let size = egui::Vec2::from(self.size);
        let mut setup = PageSetup { look: self.look, ..PageSetup::new(PageSize::Custom(size)) };
        (self.setup)(&mut setup);
        let timeline = Arc::new(timeline);
        Picture {
            projection: Projection::all(&timeline),
            pictures: document_pictures(&timeline),
            timeline,
            view,
            setup,
            selected,
            scroll: 0.0,
            arrangement: Arrangement::default(),
        }
    }

    fn draw(&self) -> Vec<u8> {
        self.picture().png().expect(self.name).bytes
    }
}

const THUMBNAILS: &str = include_str!("fixtures/good/thumbnails.ron");

/// The pictures among the fixtures.
fn document_pictures(timeline: &Timeline) -> DocumentPictures {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/good");
    let sizes = Arc::new(Pictures::new(media::sizes(timeline, &folder)));
    let read = |timeline: &Timeline, event, folder: &Path| media::thumbnail_of(timeline, event, folder).ok();
    DocumentPictures { sizes, folder: Some(folder), read: Some(read), ..DocumentPictures::default() }
}

/// A lane with an event for each of so many days.
fn crowd(days: usize) -> String {
    let mut events = String::new();
    for day in 0..days {
        let _ = write!(
            events,
            "(id: \"e{day}\", lane: \"a\", title: \"Event {day}\", date: \"2000-01-{:02}\"),",
            1 + day % 28
        );
    }
    events
}

/// Short reigns, one after another.
fn rulers() -> String {
    let reign = |n: u16| {
        let (from, to) = (1800 + n * 6, 1804 + n * 6);
        format!("(id: \"r{n}\", lane: \"a\", title: \"Ruler {n}\", date: \"{from}/{to}\")")
    };
    (0..8).map(reign).collect::<Vec<_>>().join(", ")
}

/// With even time: a crowded week and a long silence, with an era over it, and a series.
fn even() -> String {
    let mut events = String::from("(id: \"s\", lane: \"a\", title: \"All along\", date: \"1905/1995\"),");
    for year in (1900..1908).chain(1993..2000) {
        let _ = write!(events, "(id: \"y{year}\", lane: \"a\", title: \"In {year}\", date: \"{year}\"),");
    }
    for day in 10..20 {
        let _ = write!(events, "(id: \"d{day}\", lane: \"a\", title: \"Day {day}\", date: \"1905-03-{day}\"),");
    }
    let series = monthly(100);
    format!(
        "(title: \"Even\", axis: Even, lanes: [(id: \"a\", title: \"Lane\")], events: [{events}],
        eras: [(id: \"e\", title: \"Peace\", date: \"1920/1992\")], series: [(id: \"s\", {series})])"
    )
}

/// A series with a value for each month of so many years.
fn monthly(years: usize) -> String {
    let mut points = String::new();
    for month in 0..years * 12 {
        let value = 50 + (month * 37) % 41 + month / 6;
        let _ = write!(points, "(date: \"{}-{:02}\", value: {value}),", 1900 + month / 12, 1 + month % 12);
    }
    format!("title: \"Monthly\", unit: \"tons\", points: [{points}]")
}

fn cases() -> Vec<Case> {
    const SETS: &str = r#"(id: "one", lane: "a", title: "One of them", date: "[1667, 1668, 1672..1674]"),
        (id: "all", lane: "a", title: "All of them", date: "{1690, 1695, 1699}")"#;
    const DOUBT: &str = r#"(id: "p", lane: "a", title: "Perhaps", date: "1850?"),
        (id: "s", lane: "a", title: "A doubtful stretch", date: "1840?/1870?"),
        (id: "c", lane: "a", title: "Both", date: "1880%")"#;
    const OPEN: &str = r#"(id: "o", lane: "a", title: "Goes on", date: "1850/.."),
        (id: "b", lane: "a", title: "Began once", date: "../1830"),
        (id: "u", lane: "a", title: "End unknown", date: "1840/")"#;
    const LONG: &str = r#"(id: "a", lane: "a", title: "A congress of all powers meets and settles the borders", date: "1815"),
        (id: "b", lane: "a", title: "A long and expensive war about the succession", date: "1820/1829"),
        (id: "c", lane: "a", title: "The last king of an old house gives up his crown", date: "1836")"#;
    const ERAS: &str = r#"(title: "T", lanes: [(id: "a", title: "Lane")],
        events: [(id: "e", lane: "a", title: "Event", date: "1950")], eras: [
        (id: "1", title: "Outer", date: "1900/1990"), (id: "2", title: "Inner", date: "1930/1950"),
        (id: "3", title: "About", date: "1960~/1985~"), (id: "4", title: "Next", date: "1990/2000")])"#;
    const LANES: &str = r#"(title: "Many lanes", lanes: [(id: "a", title: "One"), (id: "b", title: "Two"),
        (id: "c", title: "Three"), (id: "d", title: "Four"), (id: "e", title: "Five"), (id: "f", title: "Six")],
        events: [(id: "1", lane: "a", title: "First", date: "1900"), (id: "2", lane: "b", title: "Second", date: "1910"),
        (id: "3", lane: "c", title: "Third", date: "1920"), (id: "4", lane: "d", title: "Fourth", date: "1930"),
        (id: "5", lane: "e", title: "Fifth", date: "1940"), (id: "6", lane: "f", title: "Sixth", date: "1950"),
        (id: "7", lane: "a", title: "Never", date: "undated")])"#;
    let report = || Example::Report.text().to_owned();
    let no_legend: fn(&mut PageSetup) = |setup| setup.legend = false;
    let notes: fn(&mut PageSetup) = |setup| setup.notes = NotesContent::Both;
    vec![
        Case::new("report-light", report()).size(640.0, 480.0).selected("treaty"),
        Case::new("report-dark", report()).size(640.0, 480.0).look(Look::Dark).selected("treaty"),
        Case::new("report-print", report()).size(640.0, 480.0).look(Look::Print),
        Case::new("report-small", report()).size(320.0, 240.0),
        Case::new("report-notes", report()).size(420.0, 400.0).look(Look::Print).setup(notes),
        Case::new("report-double", report()).size(320.0, 240.0).setup(|setup| setup.scale = 2.0),
        Case::new("antiquity", Example::Antiquity.text()).size(640.0, 360.0),
        Case::new("antiquity-dark", Example::Antiquity.text()).size(640.0, 360.0).look(Look::Dark),
        Case::events("sets", SETS),
        Case::events("sets-selected", SETS).selected("one").look(Look::Dark),
        Case::events("doubt", DOUBT),
        Case::events("doubt-print", DOUBT).look(Look::Print),
        Case::events("about", r#"(id: "p", lane: "a", title: "About", date: "1850~"),
            (id: "s", lane: "a", title: "From about to about", date: "1830~/1845~")"#),
        Case::events("open-ends", OPEN),
        Case::events("open-ends-selected", OPEN).selected("o"),
        Case::events("torn", r#"(id: "p", lane: "a", title: "A long reign", date: "1700/1900"),
            (id: "c", lane: "a", title: "In a century", date: "18XX")"#).view("1750", "1850"),
        Case::events("strip", &crowd(400)).setup(no_legend),
        Case::events("strip-dark", &crowd(400)).look(Look::Dark),
        Case::events("long-title", r#"(id: "e", lane: "a", date: "1900",
            title: "An event whose title is much longer than any page of this width could ever show on a single line")"#)
            .setup(|setup| setup.title = Some("A headline of many words that has to be broken into two lines here".into())),
        Case::events("two-lines", LONG).size(420.0, 300.0),
        Case::events("two-lines-print", LONG).size(420.0, 440.0).look(Look::Print).setup(notes),
        Case::events("two-lines-low", &format!("{LONG}, {}", rulers())).size(420.0, 340.0).look(Look::Dark),
        Case::events("two-lines-hebrew", r#"(id: "a", lane: "a", date: "1900",
            title: "שלום עולם וכל מה שבו (abc 1965) וכל מה שבו היום")"#),
        Case::events("right-to-left", "(id: \"e\", lane: \"a\", title: \"\u{202e}abc 1965 (def)\u{202c}\", date: \"1900\")"),
        Case::events("letters", r#"(id: "g", lane: "a", title: "Ελληνικά – “naïve” ¶", date: "1900"),
            (id: "c", lane: "a", title: "Первый спутник", date: "1957")"#),
        Case::events("hours", r#"(id: "h", lane: "a", title: "Landing", date: "1969-07-20T20:17:40Z"),
            (id: "s", lane: "a", title: "Step", date: "1969-07-21T02:56:15Z")"#),
        Case::events("one-second", r#"(id: "h", lane: "a", title: "Landing", date: "1969-07-20T20:17:40Z")"#),
        Case::events("deep-time", r#"(id: "b", lane: "a", title: "First stars", date: "Y-13600000000"),
            (id: "e", lane: "a", title: "Earth", date: "Y-4540000000")"#),
        Case::new("even", even()).size(640.0, 460.0),
        Case::new("even-dark", even()).size(640.0, 460.0).look(Look::Dark),
        Case::new("even-print", even()).size(640.0, 460.0).look(Look::Print),
        Case::new("eras", ERAS),
        Case::new("eras-dark", ERAS).look(Look::Dark),
        Case::new("eras-print", ERAS).look(Look::Print),
        Case::new("lanes-left-out", LANES).size(420.0, 220.0),
        Case::series("series-gap", r#"title: "Trade", unit: "tons", scale: Log, points: [(date: "1900", value: 3),
            (date: "1901", value: 30, qualifier: About), (date: "1990", value: 4000)]"#),
        Case::series("series-dense", &monthly(80)),
        Case::series("series-ends", r#"title: "Rate", unit: "%", points: [(date: "1900", value: 3),
            (date: "1920/..", value: 5), (date: "1910/", value: 4)]"#).look(Look::Dark),
        Case::new("thumbnails", THUMBNAILS).size(640.0, 420.0),
        Case::new("thumbnails-dark", THUMBNAILS).size(640.0, 540.0).look(Look::Dark).selected("snow"),
        Case::new("thumbnails-print", THUMBNAILS).size(640.0, 420.0).look(Look::Print).setup(|setup| {
            setup.notes = NotesContent::Sources;
        }),
        Case::new("nothing", "(title: \"Nothing yet\")"),
    ]
}

/// A chart as the window shows it, with nested lanes, one of them folded, nested eras and the overview, and with what a
/// search has found, if anything is searched.
fn window(theme: &Theme, searched: Option<&str>) -> Vec<u8> {
    const NESTED: &str = r#"(title: "Nested", lanes: [(id: "asia", title: "Asia"), (id: "korea", title: "Korea", parent: "asia"),
        (id: "seoul", title: "Seoul", parent: "korea"), (id: "japan", title: "Japan", parent: "asia"),
        (id: "trade", title: "Trade")], events: [
        (id: "treaty", lane: "korea", also: ["japan", "trade"], title: "Treaty", date: "1965"),
        (id: "subway", lane: "seoul", title: "Subway", date: "1974-08-15"), (id: "games", lane: "seoul", title: "Games", date: "1988"),
        (id: "expo", lane: "japan", title: "Expo", date: "1970-03-15/1970-09-13"), (id: "wto", lane: "trade", title: "WTO", date: "1995/..")],
        eras: [(id: "cold", title: "Cold War", date: "1950/1991"), (id: "detente", title: "Détente", date: "1969/1979"),
        (id: "after", title: "After", date: "1991/2000")])"#;
    let timeline = longview::open(NESTED.as_bytes()).timeline.expect("a document");
    let is_korea = |lane| timeline.lane(lane).is_some_and(|lane| lane.id == "korea");
    let projection = longview::query::folded(&timeline, &is_korea);
    let rect = Rect::from_min_size(pos2(0.0, 0.0), vec2(520.0, 340.0));
    let mut text = TextEngine::new(FontSet::carried());
    let view = View::whole(&timeline).zoomed(1.4, 0.6);
    let placed = layout::chart(layout::Request::window(&timeline, &projection, view, rect), &mut text);
    let found = searched.and_then(|typed| Search::new(typed).run(&timeline, &Progress::default()));
    let found = found.map(|events| Found::new(events, &timeline, &projection));
    let placed = match &found {
        Some(found) => placed.with_found(found, &timeline, &projection),
        None => placed,
    };
    let mut scene = Builder::new(rect.size(), theme.paper, 1.0, &mut text);
    let lane = timeline.iter_lanes().nth(3).map(|(lane, _)| lane);
    let emphasis = Emphasis { lane, found: found.as_ref(), ..Emphasis::default() };
    let images = paint::Images::new();
    let input = Input { chart: &placed, timeline: &timeline, emphasis, theme, images: &images, describes: false };
    paint::chart(&mut scene, &input);
    let meta = PngMeta { about: &Metadata::default(), dots_per_inch: None };
    png(&scene.finish(), &FontSet::carried(), 1.0, &meta, &Progress::default()).expect("a picture")
}

/// A scene with a PNG and a JPEG, one of them cut off at a clip.
fn pictures() -> Vec<u8> {
    let fixture = |name: &str| {
        let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/images").join(name);
        Arc::new(ImageData::decode(std::fs::read(path).expect("a picture")).expect("a picture"))
    };
    let image = |name, left: f32, width: f32| {
        let rect = Rect::from_min_size(pos2(left, 10.0), vec2(width, 60.0));
        Node::Image(Image { rect, data: fixture(name), alternative: "A picture".to_owned() })
    };
    let clip = Rect::from_min_max(pos2(100.0, 20.0), pos2(150.0, 60.0));
    let nodes = vec![
        image("quadrants.png", 10.0, 60.0),
        Node::Clip(Clip { rect: clip, nodes: vec![image("quadrants.jpg", 90.0, 80.0)] }),
    ];
    let scene = Scene { size: vec2(200.0, 80.0), background: Color32::WHITE, nodes };
    let meta = PngMeta { about: &Metadata::default(), dots_per_inch: None };
    png(&scene, &FontSet::carried(), 1.0, &meta, &Progress::default()).expect("a picture")
}

fn decode(bytes: &[u8]) -> ([u32; 2], Vec<u8>) {
    let mut reader = png::Decoder::new(std::io::Cursor::new(bytes)).read_info().expect("a PNG header");
    let mut pixels = vec![0; reader.output_buffer_size().expect("a size that fits memory")];
    let info = reader.next_frame(&mut pixels).expect("whole pixel data");
    pixels.truncate(info.buffer_size());
    ([info.width, info.height], pixels)
}

/// How a picture differs from the kept one; `None` if it does not.
fn difference(name: &str, drawn: &[u8]) -> Option<String> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let kept = root.join("tests/pictures").join(name).with_extension("png");
    let (size, found) = decode(drawn);
    let says = match std::fs::read(&kept).map(|bytes| decode(&bytes)) {
        Err(_) => Some("there is no such picture yet".to_owned()),
        Ok((expected, _)) if expected != size => Some(format!("it is {size:?} instead of {expected:?}")),
        Ok((_, expected)) => {
            let differs = |(a, b): (&[u8], &[u8])| a.iter().zip(b).any(|(a, b)| a.abs_diff(*b) > TOLERANCE);
            let count = found.chunks_exact(3).zip(expected.chunks_exact(3)).filter(|pair| differs(*pair)).count();
            (count > 0).then(|| format!("{count} pixels differ"))
        }
    }?;
    let update = std::env::var_os("LONGVIEW_UPDATE_PICTURES").is_some();
    let shown = if update { kept.clone() } else { root.join("target").join(name).with_extension("png") };
    std::fs::write(&shown, drawn).expect("a writable folder");
    (!update).then(|| format!("{name}: {says}; compare {} with {}", shown.display(), kept.display()))
}

#[test]
fn small_pictures_are_the_kept_ones() {
    let drawn = cases().into_iter().map(|case| (case.name, case.draw())).chain([
        ("images", pictures()),
        ("window-light", window(&Theme::light(), None)),
        ("found-light", window(&Theme::light(), Some("treaty"))),
        ("found-dark", window(&Theme::dark(), Some("treaty"))),
        ("window-dark", window(&Theme::dark(), None)),
        ("window-print", window(&Theme::print(), None)),
    ]);
    let differences: Vec<String> = drawn.filter_map(|(name, drawn)| difference(name, &drawn)).collect();
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

#[test]
fn two_runs_give_the_same_bytes() {
    let case = || Case::new("report", Example::Report.text());
    assert_eq!(case().draw(), case().draw());
}

#[test]
fn the_view_chooses_what_is_drawn() {
    let mut picture = Case::new("report", Example::Report.text()).size(640.0, 480.0).picture();
    let titles = |picture: &Picture| {
        let mut texts = String::new();
        walk(&picture.scene().0.nodes, &mut |node| {
            if let Node::Text(text) = node {
                texts.push_str(&text.layout.text);
            }
        });
        [texts.contains("Treaty on Basic Relations"), texts.contains("The report is published")]
    };
    assert_eq!(titles(&picture), [true, true]);
    let start = picture.timeline.events.get(3).expect("a fourth event").bounds().expect("a date").start;
    picture.view = View::of(longview::date::Interval { start, end: start + 5 * 31_556_952 });
    assert_eq!(titles(&picture), [false, true]);
}
