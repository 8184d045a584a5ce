use proptest::prelude::*;

use super::*;
use crate::document::parts::{ListPosition, find, items};
use crate::document::tests::random;
use crate::document::{DocPath, Event, Lane, PathSegment, Read, Timeline, Value, read, write};

/// Checks an edit of a part of a document, of which the rest is around it.
#[track_caller]
fn check(text: &str, intent: &Intent<'_>, expect: &str) {
    let splices = edit(text, intent, None).expect("an edit");
    let edited = splices.apply(text);
    assert_eq!(edited, expect);
    assert_eq!(splices.inverse(text).apply(&edited), text);
    let crlf = |text: &str| text.replace('\n', "\r\n");
    let (windows, expected) = (crlf(text), crlf(expect));
    assert_eq!(edit(&windows, intent, None).expect("an edit").apply(&windows), expected);
}

fn event(index: usize) -> DocPath {
    DocPath::root().field("events").index(index)
}

fn text(text: &str) -> Value<'_> {
    Value::Text(text.into())
}

fn texts<'v>(texts: &[&'v str]) -> Value<'v> {
    Value::List(texts.iter().map(|one| text(one)).collect())
}

const KEPT: &str = "(\n\ttitle: \"t\", // the title\n\tevents: [\n\t\t// The first.\n\t\t( id:\"a\", /* ! */ date : \
                    Some(\"1965?\" /* sic */,), tags: [\"x\" ,\"y\"] ),\n\t\t(\n\t\t\tid: \"b\", // two\n\t\t\ttitle: \
                    r#\"B\"#, lane: \"l\"\n\t\t) // last\n\t],\n)\n";

#[test]
fn a_token_is_replaced_and_nothing_else() {
    let set = |path: DocPath, value: Value<'static>| Intent::Set { path, value };
    check(KEPT, &set(event(0).field("date"), text("1966?")), &KEPT.replace("1965?", "1966?"));
    check(KEPT, &set(event(1).field("title"), text("\"C")), &KEPT.replace("\"B\"", "\"\"C\""));
    check(KEPT, &set(event(0).field("tags"), texts(&["x", "z", "y"])), &KEPT.replace("\"x\" ,", "\"x\" , \"z\","));
    check(KEPT, &set(event(0).field("tags"), texts(&["y"])), &KEPT.replace("\"x\" ,", ""));
    check(KEPT, &set(event(0).field("tags"), texts(&["x"])), &KEPT.replace("\"x\" ,\"y\"", "\"x\" "));
    check(KEPT, &set(event(0).field("date"), text("1965?")), KEPT);
}

#[test]
fn new_fields_look_like_their_neighbours() {
    let set = |path: DocPath, value: Value<'static>| Intent::Set { path, value };
    check(KEPT, &set(event(0).field("title"), text("A")), &KEPT.replace("\"a\",", "\"a\", title:\"A\","));
    let date = "r#\"B\"#,\n\t\t\tdate: \"1\",";
    check(KEPT, &set(event(1).field("date"), text("1")), &KEPT.replace("r#\"B\"#,", date));
    check(
        KEPT,
        &set(DocPath::root().field("subtitle"), text("s")),
        &KEPT.replace("// the title", "// the title\n\tsubtitle: \"s\","),
    );
    check("()", &set(DocPath::root().field("title"), text("t")), "(title: \"t\")");
}

#[test]
fn new_events_look_like_their_neighbours() {
    let new = Event { id: "c".into(), lane: "l".into(), title: "C".into(), date: Some("1".into()), ..Event::default() };
    let insert = |index: usize| Intent::Insert { list: DocPath::root().field("events"), index, value: (&new).into() };
    let one_line = "(id: \"c\", lane: \"l\", title: \"C\", date: \"1\")";
    let broken = "(\n\t\t\tid: \"c\",\n\t\t\tlane: \"l\",\n\t\t\ttitle: \"C\",\n\t\t\tdate: \"1\"\n\t\t)";
    check(KEPT, &insert(0), &KEPT.replace("events: [", &format!("events: [\n\t\t{one_line},")));
    check(KEPT, &insert(1), &KEPT.replace("\"y\"] ),", &format!("\"y\"] ),\n\t\t{one_line},")));
    check(KEPT, &insert(9), &KEPT.replace(") // last", &format!("), // last\n\t\t{broken}")));
    check(
        "(\n    title: \"t\",\n)\n",
        &insert(0),
        &format!("(\n    title: \"t\",\n    events: [\n        {one_line},\n    ],\n)\n"),
    );
    check("(\n  events: [],\n)", &insert(0), &format!("(\n  events: [\n      {one_line},\n  ],\n)"));
}

#[test]
fn what_is_removed_leaves_its_comments() {
    let list = || DocPath::root().field("events");
    let remove = |index| Intent::Remove { list: list(), index };
    let first = "\t\t( id:\"a\", /* ! */ date : Some(\"1965?\" /* sic */,), tags: [\"x\" ,\"y\"] ),\n";
    check(KEPT, &remove(0), &KEPT.replace(first, ""));
    let broken = "(\n\t\t\tid: \"b\", // two\n\t\t\ttitle: r#\"B\"#, lane: \"l\"\n\t\t)";
    check(KEPT, &remove(1), &KEPT.replace("\"y\"] ),", "\"y\"] )").replace(broken, ""));
    check(KEPT, &Intent::Unset { path: event(1).field("id") }, &KEPT.replace("id: \"b\", // two", " // two"));
    check(KEPT, &Intent::Unset { path: event(1).field("lane") }, &KEPT.replace(", lane: \"l\"", ""));
    check(KEPT, &Intent::Unset { path: event(1).field("place") }, KEPT);
    check(KEPT, &Intent::Move { list: list(), from: 0, to: 1 }, &{
        let (one, two) = (first.trim().trim_end_matches(','), broken);
        KEPT.replace(one, "1!").replace(two, one).replace("1!", two)
    });
}

#[test]
fn what_is_not_there_is_an_error() {
    // An event has no unit, and would not be read with one.
    let unit = Intent::Set { path: event(0).field("unit"), value: text("years") };
    assert_eq!(edit(KEPT, &unit, None), Err(NoSuchValue));
    for text in ["", "(", "[1]", "(events: [(id: \"a\"", "(title: \"t\")"] {
        let intent = Intent::Set { path: event(0).field("id"), value: Value::Integer(1) };
        assert_eq!(edit(text, &intent, None), Err(NoSuchValue), "{text}");
        let remove = Intent::Remove { list: DocPath::root().field("events"), index: 0 };
        assert_eq!(edit(text, &remove, None), Err(NoSuchValue), "{text}");
    }
}

/// A change of a document as it is read.
#[derive(Clone, Debug)]
pub(crate) enum Change {
    Event(usize, Box<Event>),
    Date(usize, Option<String>),
    Tags(usize, Vec<String>),
    Insert(usize, Box<Event>),
    Remove(usize),
    Move(usize, usize),
    Title(String),
    Subtitle(Option<String>),
    Lane(String, String),
}

pub(crate) fn changes() -> impl Strategy<Value = Change> {
    let event = || {
        random::timeline().prop_filter_map("an event", |timeline| timeline.events.into_iter().next()).prop_map(Box::new)
    };
    prop_oneof![
        (0..6_usize, event()).prop_map(|(index, event)| Change::Event(index, event)),
        (0..6_usize, prop::option::of(random::text())).prop_map(|(index, date)| Change::Date(index, date)),
        (0..6_usize, prop::collection::vec(random::text(), 0..4)).prop_map(|(index, tags)| Change::Tags(index, tags)),
        (0..8_usize, event()).prop_map(|(index, event)| Change::Insert(index, event)),
        (0..6_usize).prop_map(Change::Remove),
        (0..6_usize, 0..6_usize).prop_map(|(from, to)| Change::Move(from, to)),
        random::text().prop_map(Change::Title),
        prop::option::of(random::text()).prop_map(Change::Subtitle),
        (random::text(), random::text()).prop_map(|(id, title)| Change::Lane(id, title)),
    ]
}

fn maybe(path: DocPath, value: Option<Value<'static>>) -> Intent<'static> {
    match value {
        Some(value) => Intent::Set { path, value },
        None => Intent::Unset { path },
    }
}

/// Makes a change in a document, and returns the intent that does so in its text; none if there is nothing to change.
pub(crate) fn change(timeline: &mut Timeline, change: Change) -> Option<Intent<'static>> {
    let events = || DocPath::root().field("events");
    let string = |text: &str| Value::Text(text.to_owned().into());
    Some(match change {
        Change::Event(index, new) => {
            let value = Value::from(&*new).to_static();
            *timeline.events.get_mut(index)? = *new;
            Intent::Set { path: event(index), value }
        }
        Change::Date(index, date) => {
            timeline.events.get_mut(index)?.date.clone_from(&date);
            maybe(event(index).field("date"), date.as_deref().map(string))
        }
        Change::Tags(index, tags) => {
            let value = Value::List(tags.iter().map(|tag| string(tag)).collect());
            timeline.events.get_mut(index)?.tags = tags;
            Intent::Set { path: event(index).field("tags"), value }
        }
        Change::Insert(index, new) => {
            let value = Value::from(&*new).to_static();
            timeline.events.insert(index.min(timeline.events.len()), *new);
            Intent::Insert { list: events(), index, value }
        }
        Change::Remove(index) => {
            timeline.events.get(index)?;
            timeline.events.remove(index);
            Intent::Remove { list: events(), index }
        }
        Change::Move(from, to) => {
            timeline.events.get(from)?;
            let moved = timeline.events.remove(from);
            timeline.events.insert(to.min(timeline.events.len()), moved);
            Intent::Move { list: events(), from, to }
        }
        Change::Title(title) => {
            timeline.title.clone_from(&title);
            Intent::Set { path: DocPath::root().field("title"), value: string(&title) }
        }
        Change::Subtitle(subtitle) => {
            timeline.subtitle.clone_from(&subtitle);
            maybe(DocPath::root().field("subtitle"), subtitle.as_deref().map(string))
        }
        Change::Lane(id, title) => {
            let lane = Lane { id, title, ..Lane::default() };
            let value = Value::from(&lane).to_static();
            timeline.lanes.insert(0, lane);
            Intent::Insert { list: DocPath::root().field("lanes"), index: 0, value }
        }
    })
}

/// Returns the place of an event, as whoever has read the document knows it.
fn position(text: &str, index: usize) -> Option<ListPosition> {
    let list = items(text, find(text, &[PathSegment::Field("events")], None)?.start)?;
    let at = match index.checked_sub(1) {
        None => list.open + 1,
        Some(before) => list.parts.get(before)?.comma? + 1,
    };
    Some(ListPosition { index, at })
}

#[test]
fn what_is_added_at_the_end_of_a_long_list_is_found_from_any_item() {
    let value = Value::Item(vec![("id", Value::Text("new".into()))]);
    let insert = |index| Intent::Insert { list: DocPath::root().field("events"), index, value: value.clone() };
    for end in ["", ",", ", // the last\n", "\n"] {
        for between in [", ", ",\n    ", ", // remark\n "] {
            let ids = ["a", "b", "c"].map(|id| format!("(id: \"{id}\")"));
            let text = format!("(title: \"T\", events: [\n    {}{end}], eras: [(id: \"e\")])", ids.join(between));
            let expect = edit(&text, &insert(3), None).expect("a list");
            for from in 0..3 {
                for index in [3, 4, usize::MAX] {
                    let found = edit(&text, &insert(index), position(&text, from)).expect("a list");
                    assert_eq!(found, expect, "{text} from {from}");
                }
            }
        }
    }
}

proptest! {
    /// Reading the edited text gives the edit of what was read; taking it back gives the bytes that were there; what is
    /// around an edit is not touched.
    #[test]
    fn an_edit_of_the_text_is_the_edit_of_the_document(
        document in random::timeline(),
        style in prop::option::of(1_u64..),
        changes in prop::collection::vec(changes(), 1..4),
        known in 0..6_usize,
    ) {
        let mut expected = document;
        let mut text = style.map_or_else(|| write(&expected), |style| random::Writer::new(style).timeline(&expected));
        for one in changes {
            let before = text.clone();
            let Some(intent) = change(&mut expected, one) else { continue };
            let splices = edit(&text, &intent, None);
            prop_assert!(splices.is_ok(), "{:?}\n{}", intent, text);
            let splices = splices.unwrap_or_default();
            let again = Splices::new(splices.as_slice().to_vec());
            prop_assert_eq!(again.as_ref(), Ok(&splices));
            let edited = splices.apply(&text);
            let Read { timeline, diagnostics } = read(edited.as_bytes());
            prop_assert_eq!(timeline.as_ref(), Some(&expected), "{:?}\n{}\n{}\n{:?}", intent, text, edited, diagnostics);
            let from = position(&text, known);
            let with = edit(&text, &intent, from).map(|splices| splices.apply(&text));
            prop_assert_eq!(with.as_ref(), Ok(&edited), "{:?} {:?}", intent, from);
            prop_assert_eq!(splices.inverse(&text).apply(&edited), before);
            text = edited;
        }
    }
}
