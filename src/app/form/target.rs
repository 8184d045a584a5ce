//! What a form is about.

use crate::document::parts::{bare, fields, find, items};
use crate::document::{DocPath, PathSegment, Tree};
use crate::timeline::{ItemId, Key, Timeline};

/// What a form is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FormTarget {
    /// The document itself.
    Document,
    /// An event that is not in the document yet.
    NewEvent,
    /// An event.
    Event(Key),
    /// An era.
    Era(Key),
    /// A series.
    Series(Key),
    /// A lane.
    Lane(Key),
    /// A source.
    Source(Key),
}

impl From<&ItemId> for FormTarget {
    fn from(id: &ItemId) -> Self {
        match id {
            ItemId::Event(key) => Self::Event(key.clone()),
            ItemId::Era(key) => Self::Era(key.clone()),
            ItemId::Series(key) => Self::Series(key.clone()),
        }
    }
}

impl FormTarget {
    /// Returns the name of the list that the item is in.
    pub(in super::super) fn list(&self) -> Option<&'static str> {
        match self {
            Self::Document => None,
            Self::NewEvent | Self::Event(_) => Some("events"),
            Self::Era(_) => Some("eras"),
            Self::Series(_) => Some("series"),
            Self::Lane(_) => Some("lanes"),
            Self::Source(_) => Some("sources"),
        }
    }

    /// Returns what it is, in a word.
    pub(in super::super) fn noun(&self) -> &'static str {
        match self {
            Self::Document => "timeline",
            Self::NewEvent => "new event",
            Self::Event(_) => "event",
            Self::Era(_) => "era",
            Self::Series(_) => "series",
            Self::Lane(_) => "lane",
            Self::Source(_) => "source",
        }
    }

    fn key(&self) -> Option<&Key> {
        match self {
            Self::Document | Self::NewEvent => None,
            Self::Event(key) | Self::Era(key) | Self::Series(key) | Self::Lane(key) | Self::Source(key) => Some(key),
        }
    }

    /// Returns what has to be selected for its record to be shown.
    pub(in super::super) fn item(&self) -> Option<ItemId> {
        match self {
            Self::Event(key) => Some(ItemId::Event(key.clone())),
            Self::Era(key) => Some(ItemId::Era(key.clone())),
            Self::Series(key) => Some(ItemId::Series(key.clone())),
            _ => None,
        }
    }

    /// Returns the path of the item in a document, and the item as it is written. `timeline` was read from the text.
    /// Returns `None` if there is none.
    pub(in super::super) fn find(&self, text: &str, timeline: &Timeline) -> Option<(DocPath, Tree)> {
        let Some(list) = self.list() else {
            return (*self == Self::Document).then(|| head(text).map(|tree| (DocPath::root(), tree)))?;
        };
        let (number, from) = if let Self::Event(key) = self {
            let crate::timeline::Item::Event(event) = timeline.find(&ItemId::Event(key.clone()))? else { return None };
            let number = timeline.number_in_document(event)?;
            (number, timeline.list_position(number))
        } else {
            (number_of(text, list, self.key()?)?, None)
        };
        let path = DocPath::root().field(list).index(number);
        let tree = Tree::read(text, find(text, path.segments(), from)?)?;
        // In a text that has been changed meanwhile, another event may be there.
        let is_same = match self.key()? {
            Key::Id(id) => tree.text(&DocPath::root().field("id")) == &**id,
            Key::Place(_) => true,
        };
        is_same.then_some((path, tree))
    }
}

/// Returns the number of the item with a key in a list.
fn number_of(text: &str, list: &'static str, key: &Key) -> Option<usize> {
    let id = match key {
        Key::Place(place) => return Some(*place as usize),
        Key::Id(id) => id,
    };
    let parts = items(text, bare(text, find(text, &[PathSegment::Field(list)], None)?).start)?.parts;
    parts.iter().position(|part| {
        let item = fields(text, bare(text, part.value.clone()).start);
        let field = item.and_then(|item| item.parts.into_iter().find(|field| field.name == "id"));
        field.and_then(|field| Tree::read(text, field.value)).is_some_and(|own| own == Tree::Text(id.to_string()))
    })
}

/// Returns the fields of a document but for its long lists, which have forms of their own.
fn head(text: &str) -> Option<Tree> {
    const LISTS: [&str; 3] = ["events", "eras", "series"];
    let whole = fields(text, find(text, &[], None)?.start)?;
    let own = whole.parts.into_iter().filter(|part| !LISTS.contains(&part.name));
    let own = own.filter(|part| text.get(part.value.clone()) != Some("None"));
    let read = own.map(|part| Some((part.name.to_owned(), Tree::read(text, part.value)?)));
    read.collect::<Option<_>>().map(Tree::Item)
}
