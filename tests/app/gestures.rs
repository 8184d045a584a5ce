//! Every change has a way back: whatever is done in forms, to several events and by keys, taking all of it back gives the
//! same bytes, and repeating it the same again.

use longview::app::{FormMessage, FormTarget, LoadedDocument, SeveralMessage, StartupDocument, State, UiCommand};
use longview::document::{DocPath, PathSegment};
use longview::timeline::{EventIndex, Item, ItemId, Key};
use proptest::prelude::*;

const DOCUMENT: &str = include_str!("../fixtures/good/details.ron");

/// What a user may type in a field: good and bad, for any of them.
const TYPED: &[&str] = &[
    "",
    "1965",
    "22 June 1965",
    "31 June 1965",
    "c. 1850",
    "Words, “quoted” \"so\"",
    "*Two*\n\nlines \\ of it",
    "3",
    "-1",
    "0,5",
    "https://example.org/a",
    "red",
    "bleu",
    "en",
    "Asia/Seoul",
    "a.png",
    "../a.png",
    "Julian",
    "Stated",
    "1998/..",
];

const FIELDS: &[&str] = &[
    "title",
    "date",
    "lane",
    "description",
    "written",
    "calendar",
    "importance",
    "color",
    "subtitle",
    "author",
    "language",
    "zone",
    "axis",
    "unit",
    "scale",
    "parent",
    "publisher",
    "url",
    "doi",
    "kind",
];

/// The path of a field of a form, by numbers.
fn path(which: usize, at: usize) -> DocPath {
    let root = DocPath::root;
    let item = |list: &'static str, field: &'static str| root().field(list).index(at % 3).field(field);
    match which {
        0 => root().field("place").field("name"),
        1 => root().field("place").field("latitude"),
        2 => item("citations", "note"),
        3 => item("citations", "basis"),
        4 => item("links", "url"),
        5 => item("media", "alt"),
        6 => item("points", "value"),
        7 => item("points", "date"),
        8 => root().field("view").field("from"),
        which => root().field(FIELDS[which % FIELDS.len()]),
    }
}

/// The n-th of what has a form.
fn target(state: &State, n: usize) -> FormTarget {
    let timeline = state.timeline();
    let mut all = vec![FormTarget::Document];
    all.extend(timeline.lanes.iter().map(|lane| FormTarget::Lane(Key::of_id(&lane.id))));
    all.extend(timeline.sources.iter().map(|source| FormTarget::Source(Key::of_id(&source.id))));
    let items = timeline.events.indices().map(Item::Event);
    let items = items.chain(timeline.iter_eras().map(|(era, _)| Item::Era(era)));
    let items = items.chain(timeline.iter_series().map(|(series, _)| Item::Series(series)));
    all.extend(items.filter_map(|item| timeline.id(item)).map(|id| match id {
        ItemId::Event(key) => FormTarget::Event(key),
        ItemId::Era(key) => FormTarget::Era(key),
        ItemId::Series(key) => FormTarget::Series(key),
    }));
    all.swap_remove(n % all.len())
}

fn event(state: &State, n: usize) -> Option<ItemId> {
    let all: Vec<EventIndex> = state.timeline().events.indices().collect();
    state.timeline().id(Item::Event(*all.get(n % all.len().max(1))?))
}

/// One thing that a user does, by numbers.
fn command(state: &State, [what, which, at]: [usize; 3]) -> Option<UiCommand> {
    let typed = TYPED[at % TYPED.len()].to_owned();
    let own = |name: &'static str| DocPath::root().field(name);
    let lane = || state.timeline().lanes.get(at % state.timeline().lanes.len().max(1)).map(|lane| lane.id.clone());
    let form = |message: FormMessage| Some(UiCommand::Form(message));
    let list = ["tags", "also", "related", "figures"][which % 4];
    let items = ["citations", "links", "media", "points"][which % 4];
    match what {
        0 => form(FormMessage::Open(target(state, which * 7 + at))),
        1 | 2 => form(FormMessage::Type(path(which, at), typed)),
        3 => form(FormMessage::Leave(path(which, at))),
        4 => form(FormMessage::Set(path(which, at + 1), typed)),
        5 => form(FormMessage::SetList(own(list), vec![typed, "x".to_owned()].into_iter().take(at % 3).collect())),
        6 if items == "citations" => {
            let source = state.timeline().sources.first()?.id.clone();
            form(FormMessage::Add(own(items), vec![("source", source)]))
        }
        6 if items == "points" => {
            let point = vec![("date", "1970".to_owned()), ("value", at.to_string())];
            form(FormMessage::Add(own(items), point))
        }
        6 => form(FormMessage::Add(own(items), vec![(if items == "links" { "url" } else { "file" }, typed)])),
        7 => {
            let known = state.forms.open.as_ref()?.target();
            let has =
                matches!((known, items), (FormTarget::Event(_), _) | (FormTarget::Series(_), "points" | "citations"));
            has.then(|| UiCommand::Form(FormMessage::Remove(own(items), at % 4)))
        }
        8 => form(FormMessage::AddPart(["lanes", "sources", "eras", "series"][which % 4])),
        9 => form(FormMessage::CiteNew(own("citations"))),
        10 => form(FormMessage::MovePart(if at % 2 == 0 { 1 } else { -1 })),
        11 => form(FormMessage::RemovePart),
        12 => form(FormMessage::New { lane: lane(), date: Some("1970".to_owned()) }),
        13 => form(FormMessage::Create),
        14 => form(FormMessage::Close),
        15 => Some(UiCommand::Select(event(state, at)?)),
        16 => Some(UiCommand::Several(SeveralMessage::Toggle(event(state, at)?))),
        17 => Some(UiCommand::Several(SeveralMessage::Through(event(state, at)?))),
        18 => Some(UiCommand::Several(SeveralMessage::MoveToLane(lane()?))),
        19 => Some(UiCommand::Several(SeveralMessage::AddTag(["a", "b"][at % 2].to_owned()))),
        20 => Some(UiCommand::Several(SeveralMessage::RemoveTag(["a", "b"][at % 2].to_owned()))),
        21 => Some(UiCommand::Duplicate),
        22 => Some(UiCommand::Delete),
        23 => Some(UiCommand::MoveToLane(if at % 2 == 0 { 1 } else { -1 })),
        24 => {
            let path = own("points").index(usize::MAX);
            form(FormMessage::Type(path, "1971\t1\n1972\tmany\n1973\t2,5".to_owned()))
        }
        25 => form(FormMessage::AddPasted),
        26 => Some(UiCommand::Undo),
        27 => Some(UiCommand::Redo),
        _ => form(FormMessage::Type(own(["tags", "links", "media"][which % 3]).index(usize::MAX), typed)),
    }
}

fn state() -> State {
    State::new(StartupDocument::from(LoadedDocument::from_bytes(None, "mine.ron".to_owned(), DOCUMENT))).0
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 160, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_done_is_taken_back_to_the_byte(gestures in prop::collection::vec([0_usize..29, 0..29, 0..29], 1..40)) {
        let mut state = state();
        prop_assert!(!state.has_problems());
        for gesture in gestures {
            if let Some(command) = command(&state, gesture) {
                state.apply(command.into());
                prop_assert!(state.failed.is_none(), "the document can be read: {}", state.document.text);
            }
        }
        // What is typed and good goes into the document first.
        state.apply(UiCommand::Form(FormMessage::Close).into());
        state.apply(UiCommand::Form(FormMessage::Close).into());
        let (_, done) = state.document.editing.entries();
        let text = state.document.text.to_string();
        state.apply(UiCommand::GoToEdit(0).into());
        prop_assert_eq!(state.document.text.as_str(), DOCUMENT);
        prop_assert!(!state.has_problems());
        state.apply(UiCommand::GoToEdit(done).into());
        prop_assert_eq!(state.document.text.as_str(), text);
        while state.document.editing.next_undo().is_some() {
            state.apply(UiCommand::Undo.into());
        }
        prop_assert_eq!(state.document.text.as_str(), DOCUMENT);
    }
}

#[test]
fn a_path_is_one_of_a_form() {
    // The fields above are fields of some part of a document.
    for name in FIELDS {
        let lists = ["events", "lanes", "sources", "eras", "series"];
        let has = |list: &'static str| {
            longview::document::field_names(&[PathSegment::Field(list), PathSegment::Index(0)])
                .is_some_and(|names| names.contains(name))
        };
        let is_own = longview::document::field_names(&[]).is_some_and(|names| names.contains(name));
        assert!(is_own || lists.into_iter().any(has), "{name}");
    }
}
