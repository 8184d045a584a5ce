//! Compares the scanner, the checker and `ron` on random documents in every style, and on randomly damaged ones.

pub(crate) mod random;

use proptest::{collection::vec, prelude::*};
use serde::de::DeserializeOwned;

use super::{
    check::check,
    options::options,
    scan::{Scanner, TokenKind},
    structure::check_structure,
    *,
};
use crate::progress::Progress;
use random::{Random, Writer, timeline};

/// Returns the source of each item of a list of the document.
fn items<'t>(document: &'t str, list: &str) -> Vec<&'t str> {
    let mut scanner = Scanner::new(document);
    let mut items = Vec::new();
    scanner.skip_attributes();
    scanner.take(TokenKind::Word);
    scanner.advance();
    while let Some(name) = scanner.take(TokenKind::Word) {
        scanner.take(TokenKind::Colon);
        if scanner.word(name) == list {
            scanner.advance();
            while !scanner.peek().ends_group() {
                let start = scanner.peek().start;
                scanner.skip_value();
                items.push(&document[start..scanner.position()]);
                scanner.take(TokenKind::Comma);
            }
        }
        scanner.skip_value();
        scanner.take(TokenKind::Comma);
    }
    items
}

fn each<T: DeserializeOwned>(slices: &[&str]) -> Vec<T> {
    let parse = |slice: &&str| options().from_str(slice).unwrap_or_else(|error| panic!("{slice}: {error}"));
    slices.iter().map(parse).collect()
}

/// Returns the value at a path, read by `ron` on its own.
fn at<T: DeserializeOwned>(document: &str, path: DocPath) -> T {
    let problem = Problem { severity: Severity::Warning, path, within: None, message: String::new(), hint: None };
    let found = locate(document, vec![problem], &Recovery::default());
    let source = &document[found[0].span.clone()];
    options().from_str(source).unwrap_or_else(|error| panic!("{source}: {error}"))
}

/// Returns the source of a part of an event's title.
fn part_of_title(document: &str, event: usize, part: std::ops::Range<usize>) -> String {
    let path = DocPath::root().field("events").index(event).field("title");
    let within = Some(part);
    let problem = Problem { severity: Severity::Warning, path, within, message: String::new(), hint: None };
    document[locate(document, vec![problem], &Recovery::default())[0].span.clone()].to_owned()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn scanner_checker_and_ron_agree_on_good_documents(
        timeline in timeline(),
        seed in 1..u64::MAX,
    ) {
        let document = Writer::new(seed).timeline(&timeline);
        let joined = read::parse_fast(&document, &Progress::default());
        prop_assert_eq!(joined.as_ref(), Some(&timeline), "{}", &document);
        let read = read(document.as_bytes());
        prop_assert_eq!(&read.diagnostics, &[], "{}", &document);
        let explained = parse_with_diagnostics(&document);
        prop_assert_eq!(explained.timeline.as_ref(), Some(&timeline), "{}", &document);
        prop_assert_eq!(check(&document), Recovery::default());

        prop_assert_eq!(each::<Event>(&items(&document, "events")), &*timeline.events);
        prop_assert_eq!(each::<Series>(&items(&document, "series")), &*timeline.series);

        prop_assert_eq!(at::<String>(&document, DocPath::root().field("title")), timeline.title);
        for (index, event) in timeline.events.iter().enumerate() {
            let here = || DocPath::root().field("events").index(index);
            if let Some(date) = &event.date {
                prop_assert_eq!(&at::<String>(&document, here().field("date")), date);
            }
            for (index, tag) in event.tags.iter().enumerate() {
                prop_assert_eq!(&at::<String>(&document, here().field("tags").index(index)), tag);
            }
            for (index, citation) in event.citations.iter().enumerate() {
                let here = here().field("citations").index(index);
                let basis: Option<Basis> = at(&document, here.clone().field("basis"));
                prop_assert_eq!(basis, citation.basis);
                prop_assert_eq!(&at::<String>(&document, here.field("source")), &citation.source);
            }
            for (start, c) in event.title.char_indices() {
                let source = part_of_title(&document, index, start..start + c.len_utf8());
                // Unescaped, `"` and `\` can only be in a raw string.
                let again = ron::from_str(&format!("\"{source}\""));
                let again: String = again.unwrap_or_else(|_| source.clone());
                prop_assert_eq!(again, c.to_string(), "{}", source);
            }
        }
        for (index, series) in timeline.series.iter().enumerate() {
            for (at_point, point) in series.points.iter().enumerate() {
                let here = DocPath::root().field("series").index(index);
                let value: f64 = at(&document, here.field("points").index(at_point).field("value"));
                prop_assert_eq!(value.to_bits(), point.value.to_bits());
            }
        }
    }

    #[test]
    fn what_ron_writes_can_be_read(timeline in timeline()) {
        let pretty = ron::ser::PrettyConfig::new().struct_names(true);
        let written = ron::ser::to_string_pretty(&timeline, pretty);
        prop_assert_eq!(read(written.unwrap_or_default().as_bytes()).timeline, Some(timeline));
    }

    #[test]
    fn any_bytes_can_be_read(bytes in vec(any::<u8>(), 0..200), text in any::<String>()) {
        let _ = read(&bytes);
        let _ = read(text.as_bytes());
        let _ = locate(&text, vec![], &Recovery::default());
    }
}

/// A document of about two kilobytes that uses every feature.
const WHOLE: &str = include_str!("../../../tests/fixtures/good/whole.ron");

/// Bytes that change the meaning of the bytes around them.
const PIECES: &[&str] = &[
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "\"",
    "'",
    "\\",
    ",",
    ":",
    "/*",
    "*/",
    "//",
    "\n",
    "r#\"",
    "\"#",
    "#",
    "b'",
    "Some(",
    "None",
    "NaN",
    "-inf",
    "1e999",
    "_",
    "0x",
    "title",
    "date:",
    "Event",
    "\u{FEFF}",
    "한",
    "\u{A0}",
    "\0",
    "#![enable(",
    "é",
    "\r",
    "=",
];

fn mutate(random: &mut Random, document: &mut Vec<u8>) {
    for _ in 0..=random.below(4) {
        let at = random.below(document.len() + 1);
        let end = (at + random.below(12)).min(document.len());
        match random.below(6) {
            0 => drop(document.drain(at..end)),
            1 => drop(document.splice(at..at, random.pick(PIECES).bytes())),
            2 => drop(document.splice(at..end, random.pick(PIECES).bytes())),
            3 => {
                let from = random.below(document.len() + 1);
                let to = (from + random.below(80)).min(document.len());
                let piece = document[from..to].to_vec();
                document.splice(at..at, piece);
            }
            4 if random.below(8) == 0 => document.truncate(at),
            _ => {
                if let Some(byte) = document.get_mut(at) {
                    *byte ^= 1 << random.below(8);
                }
            }
        }
    }
}

/// Reads this number of damaged documents and compares the results with `ron`.
fn fuzz(count: u64) {
    let mut lost = 0;
    for seed in 1..=count {
        let mut random = Random(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        let mut document = WHOLE.as_bytes().to_vec();
        mutate(&mut random, &mut document);
        let Read { timeline, diagnostics } = read(&document);
        let plain = std::str::from_utf8(&document).ok();
        let body = plain.map(|text| text.strip_prefix('\u{FEFF}').unwrap_or(text));
        let by_ron = body.and_then(|text| options().from_str::<Timeline>(text).ok());
        assert_eq!(timeline, by_ron, "seed {seed}: {diagnostics:#?}");
        assert_eq!(timeline.is_none(), !diagnostics.is_empty(), "seed {seed}");
        if timeline.is_some() {
            assert_eq!(check(body.unwrap_or_default()), Recovery::default(), "seed {seed}");
            assert_eq!(check_structure(body.unwrap_or_default()), [], "seed {seed}");
        }
        if let Some(text) = body {
            let explained = parse_with_diagnostics(text);
            lost += u64::from(explained.timeline.is_none() && !explained.recovery.gave_up);
        }
        for diagnostic in &diagnostics {
            assert!(
                diagnostic.span.start <= diagnostic.span.end && diagnostic.span.end <= document.len(),
                "seed {seed}"
            );
            let Some(text) = plain else { continue };
            assert!(text.get(diagnostic.span.clone()).is_some(), "seed {seed}: {diagnostic:?}");
            let _ = diagnostic.human("f", text);
        }
        if let Some(text) = plain.filter(|_| seed % 8 == 0) {
            let path = DocPath::root().field("events").index(1).field("citations").index(0).field("source");
            let within = Some(random.below(9)..random.below(9));
            let problem = Problem { severity: Severity::Error, path, within, message: String::new(), hint: None };
            let found = locate(text, vec![problem], &Recovery::default());
            assert!(text.get(found[0].span.clone()).is_some(), "seed {seed}: {found:?}");
        }
    }
    // If brackets match, mistakes are recovered from, except attributes that only `ron` understands.
    assert!(lost * 100 < count, "{lost} of {count} could not be read");
}

#[test]
fn broken_documents_are_refused_as_ron_refuses_them() {
    fuzz(8_000);
}

/// Run with `cargo test --release -- --ignored`.
#[test]
#[ignore = "slow"]
fn a_million_broken_documents_are_refused_as_ron_refuses_them() {
    fuzz(1_000_000);
}

#[test]
fn a_large_document_is_cut_and_is_the_same() {
    let events: String = (0..9_000)
        .map(|n| {
            format!(
                "  (id: \"e{n}\", lane: \"a\", /* ], \" */ title: r#\"T \"{n}\" ]\"#, date: \"{}\"), // ])\n",
                1000 + n % 999
            )
        })
        .collect::<Vec<_>>()
        .concat();
    let filler = "x".repeat(400_000);
    let text = format!(
        "(title: \"Large\", lanes: [(id: \"a\", title: \"A\")], events: [\n{events}], description: \"{filler}\")"
    );
    let progress = Progress::default();
    let cut = read::parse_fast(&text, &progress).expect("a good document");
    let whole: Timeline = options().from_str(&text).expect("a good document");
    assert_eq!(cut, whole);
    assert_eq!(progress.items(), 9_000);

    // A damaged event far inside is found by the slow path, at its own position.
    let broken = text.replace("id: \"e7777\"", "idd: \"e7777\"");
    let found = read(broken.as_bytes()).diagnostics;
    assert!(found.iter().any(|problem| problem.line == 7779 && problem.message.contains("idd")), "{found:?}");

    let called_off = Progress::default();
    called_off.cancel();
    assert_eq!(read_with_progress(text.as_bytes(), &called_off), None);
}

#[test]
fn a_panic_while_chunks_are_mapped_reaches_the_caller() {
    let event = "(id: \"a\", lane: \"a\", title: \"A\"),\n";
    let text = format!("(title: \"Large\", events: [{}])", event.repeat(40_000));
    let chunks = Chunks::cut(&text, &Progress::default()).expect("a good document");
    let progress = Progress::default();
    let parts =
        chunks.map(&progress, |piece, events| (piece.first, events.len())).expect("events that can be read").parts;
    assert!(parts.len() > 2, "{parts:?}");
    assert_eq!(parts.iter().map(|(_, count)| count).sum::<usize>(), 40_000);
    assert!(parts.is_sorted(), "{parts:?}");
    let fails = |piece: Piece<'_>, _: &[types::Event<Text<'_>>]| assert_eq!(piece.first, 0, "a later chunk");
    let caught = std::panic::catch_unwind(|| chunks.map(&progress, fails).is_some());
    assert!(caught.is_err());
}
