use std::sync::Arc;

use proptest::prelude::*;

use super::Change;
use crate::document::parts::find;
use crate::document::tests::random::{self, Random};
use crate::document::{self, DocPath, Event, Lane, Link, Media, Place, Source, Value, write};
use crate::edit::tests::{change, changes};
use crate::edit::{Intent, Splice, Splices, difference, edit};
use crate::timeline::{Item, Successors, Timeline};

/// Returns all that can be asked of a timeline, in words.
fn told(timeline: &Timeline, text: &str) -> String {
    let mut said = Vec::new();
    let Timeline { title, subtitle, description, author, date, language, sources, source_names, eras, series, .. } =
        timeline;
    said.push(format!("{title:?} {subtitle:?} {description:?} {author:?} {date:?} {language:?}"));
    said.push(format!("{sources:?} {source_names:?} {eras:?} {series:?}"));
    let Timeline { extent, zone, has_clocks, axis, even, initial_view, omitted, .. } = timeline;
    said.push(format!("{extent:?} {zone:?} {has_clocks} {axis:?} {even:?} {initial_view:?} {omitted:?}"));
    said.push(format!("{} {} {:?}", timeline.has_groups(), timeline.has_also(), timeline.index()));
    // A group is known once it has been asked for.
    let groups: Vec<_> = timeline.iter_lanes().map(|(index, _)| timeline.group(index)).collect();
    said.push(format!("{groups:?}"));
    for (index, lane) in timeline.iter_lanes() {
        said.push(format!("{lane:?} {:?} {:?}", lane.own_color(), timeline.lane_id(index)));
    }
    for index in timeline.events.indices() {
        let number = timeline.number_in_document(index).expect("a number");
        let path = DocPath::root().field("events").index(number).field("id");
        let id = timeline.id(Item::Event(index)).expect("an id");
        let place = find(text, path.segments(), timeline.list_position(number));
        assert_eq!(place, find(text, path.segments(), None), "where {number} is");
        assert_eq!(timeline.find(&id), Some(Item::Event(index)), "{id:?}");
        said.push(format!("{:?} {number} {id:?} {place:?}", timeline.event(index)));
    }
    said.push(format!("{} {:?}", timeline.events.dated(), timeline.events.media().collect::<Vec<_>>()));
    said.push(format!("{:?}", timeline.events.pictures().collect::<Vec<_>>()));
    said.join("\n")
}

/// Asserts that a document that was opened again is the same as that of its text.
#[track_caller]
fn assert_same(timeline: Option<&Timeline>, diagnostics: &[document::Diagnostic], text: &str) {
    let opened = crate::open(text);
    assert_eq!(diagnostics, opened.diagnostics, "{text}");
    let [found, expected] = [timeline, opened.timeline.as_ref()].map(|timeline| timeline.map(|one| told(one, text)));
    let (found, expected) = (found.unwrap_or_default(), expected.unwrap_or_default());
    let differs = found.lines().zip(expected.lines()).find(|(found, expected)| found != expected);
    assert!(found == expected, "{text}\n{differs:#?}");
}

/// A document that is edited again and again.
struct Edited {
    timeline: Option<Arc<Timeline>>,
    text: Arc<String>,
    /// How many edits did not need the whole text to be opened.
    quick: usize,
}

impl Edited {
    fn new(text: String) -> Self {
        Self { timeline: crate::open(text.as_str()).timeline.map(Arc::new), text: Arc::new(text), quick: 0 }
    }

    /// Edits the text and asserts that the timeline is that of the edited one.
    #[track_caller]
    fn edit(&mut self, splices: &Splices, is_read: bool) {
        let expected = splices.apply(&self.text);
        let change = self.timeline.as_ref().and_then(|timeline| Change::of(timeline, &self.text, splices));
        let Some((change, timeline)) = change.zip(self.timeline.take()) else {
            *self = Self { quick: self.quick, ..Self::new(expected) };
            return;
        };
        // What the events are called now, and what they are to be called.
        let names: Vec<_> = timeline.events.indices().map(|event| (event, timeline.id(Item::Event(event)))).collect();
        let (found, moved) = if is_read {
            change.apply_read(timeline, Arc::new(expected.clone()))
        } else {
            change.apply(timeline, std::mem::take(&mut self.text), splices)
        };
        assert_eq!(*found.text, expected);
        let newer = found.timeline.as_ref().expect("a timeline");
        let successors = Successors::Moved(moved);
        for (event, name) in names {
            let now = successors.event(event, newer).and_then(|event| newer.id(Item::Event(event)));
            let by_name = name.as_ref().and_then(|name| newer.find(name)).and_then(|item| newer.id(item));
            // One that is given another id is still the same.
            assert!(by_name.is_none() || now == by_name, "{name:?} {now:?}");
        }
        assert_same(found.timeline.as_ref(), &found.diagnostics, &expected);
        *self = Self { timeline: found.timeline.map(Arc::new), text: found.text, quick: self.quick + 1 };
    }
}

const DATES: [&str; 16] = [
    "1965",
    "1998/..",
    "2014-02",
    "44 BCE",
    "1850~",
    "../1914",
    "1965/2015",
    "2014-02-03",
    "1965",
    "1965/1965",
    "2014-02-03T10:00",
    "2014-02-03T10:00Z",
    "no date",
    "1.2.1999",
    "1965/",
    "{1960,1970}",
];

/// Returns an event, mostly a good one.
fn event(random: &mut Random, id: String, others: usize) -> Event {
    let mut is_so = |one_in: usize| random.below(one_in) == 0;
    let [rare, odd, has_date, has_details, is_wrong] = [is_so(9), is_so(3), !is_so(5), is_so(4), is_so(40)];
    let lane = if is_wrong { "none" } else { random.pick(&["a", "b", "c"]) };
    let mut event = Event {
        id,
        lane: lane.to_owned(),
        title: random.pick(&["T", "U \"x\"", "", "한국"]).to_owned(),
        ..Event::default()
    };
    event.date = has_date.then(|| random.pick(&DATES).to_owned());
    event.importance = odd.then(|| random.below(3) as i32);
    event.tags = vec![random.pick(&["x", "y", "z\n"]).to_owned()];
    event.description = odd.then(|| "A long description. ".repeat(random.below(20)));
    if rare {
        event.also = vec![random.pick(&["a", "b"]).to_owned()];
        event.related = vec![format!("e{}", random.below(others.max(1)))];
    }
    if has_details {
        event.place = Some(Place { name: Some("Seoul".to_owned()), ..Place::default() });
        event.links = vec![Link { url: random.pick(&["https://x.org", "x"]).to_owned(), title: None }];
        event.media = vec![Media { file: Some("a.png".to_owned()), ..Media::default() }];
        event.color = Some(random.pick(&["red", "blue", "nocolour"]).to_owned());
        event.written = Some("then".to_owned());
    }
    event
}

fn document(random: &mut Random) -> document::Timeline {
    let lane = |id: &str, parent: Option<&str>| Lane {
        id: id.to_owned(),
        title: id.to_owned(),
        parent: parent.map(str::to_owned),
        ..Lane::default()
    };
    let count = random.below(60);
    document::Timeline {
        title: "t".to_owned(),
        lanes: vec![lane("a", None), lane("c", Some("a")), lane("b", None)],
        sources: vec![Source { id: "s".to_owned(), ..Source::default() }],
        events: (0..count).map(|number| event(random, format!("e{number}"), count)).collect(),
        view: (random.below(3) == 0).then(|| document::InitialView { from: None, to: Some("1990".to_owned()) }),
        eras: vec![document::Era { id: "era".to_owned(), date: "1900/1950".to_owned(), ..document::Era::default() }],
        ..document::Timeline::default()
    }
}

/// Returns an intent as a user has them.
fn intent(random: &mut Random, count: usize, step: usize) -> Intent<'static> {
    let text = |text: &str| Value::Text(text.to_owned().into());
    let events = || DocPath::root().field("events");
    let index = random.below(count.max(1));
    let set = |path: DocPath, value: Value<'static>| Intent::Set { path, value };
    match random.below(13) {
        0..3 => set(events().index(index).field("date"), text(random.pick(&DATES))),
        3 => set(events().index(index).field("title"), text("Changed")),
        4 => set(events().index(index).field("lane"), text(random.pick(&["a", "b", "c"]))),
        5 => set(events().index(index).field("importance"), Value::Integer(random.below(4) as i32)),
        6 => set(events().index(index).field("id"), text(&format!("new{}", random.below(40)))),
        7 | 8 => {
            let new = event(random, format!("i{step}"), count);
            let value = Value::from(&new).to_static();
            Intent::Insert { list: events(), index: random.below(count + 1), value }
        }
        9 => Intent::Remove { list: events(), index },
        10 => Intent::Move { list: events(), from: index, to: random.below(count.max(1)) },
        11 => set(DocPath::root().field("title"), text(random.pick(&["t", "u"]))),
        _ => {
            let eras = || DocPath::root().field("eras").index(0);
            let choice = random.below(4);
            match choice {
                0 => set(eras().field("date"), text(random.pick(&["1900/1950", "1800", "x"]))),
                1 => set(DocPath::root().field("lanes").index(0).field("title"), text("Lane")),
                2 => set(DocPath::root().field("zone"), text("Asia/Seoul")),
                _ => set(DocPath::root().field("view").field("to"), text(random.pick(&["1800", "2000"]))),
            }
        }
    }
}

/// Returns a replacement of any bytes by something that may mean anything.
fn any_splice(random: &mut Random, text: &str) -> Splice {
    let boundary = |mut at: usize| {
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let start = boundary(random.below(text.len() + 1));
    let length = [0, 0, 1, 2, 30, 700][random.below(6)];
    let with = random
        .pick(&["", "", ",", "(", ")", "[", "]", "\"", "/*", "*/", "//", "\n", "(),", "x", "r#\"", ",,", "e1", "0"]);
    Splice::new(start..boundary((start + length).min(text.len())), with)
}

proptest! {
    /// However a document is edited, one that was opened again is the same as the opened one.
    #[test]
    fn edits_of_a_good_document_are_those_of_the_text(seed in 1..u64::MAX, steps in 1_usize..12) {
        let mut random = Random(seed);
        let document = document(&mut random);
        let mut edited = Edited::new(write(&document));
        for step in 0..steps {
            let count = edited.timeline.as_ref().map_or(0, |timeline| timeline.events.len() + timeline.omitted.events);
            let several = if random.below(4) == 0 { 3 } else { 1 };
            let mut splices = Splices::default();
            let mut text = (*edited.text).clone();
            for _ in 0..several {
                if let Ok(next) = edit(&text, &intent(&mut random, count, step), None) {
                    text = next.apply(&text);
                    splices = splices.then(next);
                }
            }
            edited.edit(&splices, random.below(3) == 0);
        }
    }

    /// So it is where anything is put anywhere.
    #[test]
    fn what_is_broken_is_opened_anew_or_the_same(seed in 1..u64::MAX, steps in 1_usize..6) {
        let mut random = Random(seed);
        let document = document(&mut random);
        let text = if random.below(2) == 0 { write(&document) } else { random::Writer::new(seed).timeline(&document) };
        let mut edited = Edited::new(text.clone());
        for _ in 0..steps {
            let (one, other) = (any_splice(&mut random, &edited.text), any_splice(&mut random, &edited.text));
            let splices = Splices::new(vec![one.clone(), other]).or_else(|_| Splices::new(vec![one])).expect("one");
            edited.edit(&splices, false);
            let back = difference(&edited.text, &text);
            edited.edit(&back, true);
        }
    }

    /// So it is with documents of any text.
    #[test]
    fn edits_of_any_document_are_those_of_the_text(
        document in random::timeline(),
        style in prop::option::of(1_u64..),
        changes in prop::collection::vec(changes(), 1..4),
    ) {
        let mut document = document;
        let text = style.map_or_else(|| write(&document), |style| random::Writer::new(style).timeline(&document));
        let mut edited = Edited::new(text);
        for one in changes {
            let Some(intent) = change(&mut document, one) else { continue };
            if let Ok(splices) = edit(&edited.text, &intent, None) {
                edited.edit(&splices, false);
            }
        }
    }
}

/// Most edits do not need the whole text.
#[test]
fn what_a_user_does_is_quick() {
    let mut random = Random(7);
    let good = |number: usize| {
        let date = (!number.is_multiple_of(9)).then(|| DATES[number % 8].to_owned());
        Event { id: format!("e{number}"), lane: "a".to_owned(), title: "T".to_owned(), date, ..Event::default() }
    };
    let document = document::Timeline { events: (0..200).map(good).collect(), ..document(&mut random) };
    let mut edited = Edited::new(write(&document));
    let text = |text: &str| Value::Text(text.to_owned().into());
    let event = |index: usize| DocPath::root().field("events").index(index);
    let new = [777, 778, 779].map(good);
    let list = || DocPath::root().field("events");
    let intents = [
        Intent::Set { path: event(17).field("title"), value: text("Changed") },
        Intent::Set { path: event(18).field("date"), value: text("1700") },
        Intent::Set { path: event(18).field("lane"), value: text("b") },
        Intent::Set { path: event(18).field("id"), value: text("renamed") },
        Intent::Unset { path: event(19).field("date") },
        Intent::Insert { list: list(), index: 100, value: (&new[0]).into() },
        Intent::Insert { list: list(), index: 0, value: (&new[1]).into() },
        Intent::Insert { list: list(), index: 999, value: (&new[2]).into() },
        Intent::Remove { list: list(), index: 100 },
        Intent::Remove { list: list(), index: 201 },
        Intent::Move { list: list(), from: 3, to: 150 },
        Intent::Set { path: DocPath::root().field("title"), value: text("Another") },
        Intent::Set { path: DocPath::root().field("lanes").index(0).field("title"), value: text("Another") },
    ];
    for (number, intent) in intents.iter().enumerate() {
        let splices = edit(&edited.text, intent, None).expect("an edit");
        edited.edit(&splices, false);
        assert_eq!(edited.quick, number + 1, "{intent:?}");
    }
}
