//! The format as data, which the checker walks; also the only list of field names for hints.

use super::limits::{MAX_EVENTS, MAX_TAGS};
use super::path::PathSegment;

/// The type of a value.
#[derive(Debug)]
pub(super) enum Shape {
    /// A string in quotes.
    Text,
    /// A finite number.
    Number,
    /// An integer that fits an `i32`.
    Integer,
    /// One of several words.
    Choice(&'static [&'static str]),
    /// A group of fields.
    Item(&'static Kind),
    /// A list with at most this number of items.
    List(&'static Self, usize),
    /// The shape, bare or as `Some(..)`; or `None`.
    Maybe(&'static Self),
}

/// A kind of item: a struct of the format.
#[derive(Debug)]
pub(super) struct Kind {
    /// Its name in RON, which may be before the parenthesis.
    pub name: &'static str,
    /// Its name in messages.
    pub noun: &'static str,
    pub fields: &'static [Field],
}

/// A field of a kind.
#[derive(Debug)]
pub(super) struct Field {
    pub name: &'static str,
    pub required: bool,
    pub shape: Shape,
}

impl Kind {
    pub fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    pub fn names(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.fields.iter().map(|field| field.name)
    }
}

/// Returns the names of the fields of the item at a path, in the order of the format. Returns `None` if there is none.
#[must_use]
pub fn field_names(path: &[PathSegment]) -> Option<Vec<&'static str>> {
    static DOCUMENT: Shape = Shape::Item(&TIMELINE);
    let mut shape = &DOCUMENT;
    for segment in path {
        shape = match (bare(shape), segment) {
            (Shape::Item(kind), PathSegment::Field(name)) => &kind.field(name)?.shape,
            (Shape::List(item, _), PathSegment::Index(_)) => item,
            _ => return None,
        };
    }
    match bare(shape) {
        Shape::Item(kind) => Some(kind.names().collect()),
        _ => None,
    }
}

fn bare(shape: &'static Shape) -> &'static Shape {
    match shape {
        Shape::Maybe(inner) => inner,
        _ => shape,
    }
}

const fn required(name: &'static str, shape: Shape) -> Field {
    Field { name, required: true, shape }
}

const fn optional(name: &'static str, shape: Shape) -> Field {
    Field { name, required: false, shape }
}

const ANY_NUMBER: usize = usize::MAX;
const MAYBE_TEXT: Shape = Shape::Maybe(&Shape::Text);
const TEXTS: Shape = Shape::List(&Shape::Text, ANY_NUMBER);
const CITATIONS: Shape = Shape::List(&Shape::Item(&CITATION), ANY_NUMBER);

pub(super) static TIMELINE: Kind = Kind {
    name: "Timeline",
    noun: "timeline",
    fields: &[
        required("title", Shape::Text),
        optional("subtitle", MAYBE_TEXT),
        optional("description", MAYBE_TEXT),
        optional("author", MAYBE_TEXT),
        optional("date", MAYBE_TEXT),
        optional("language", MAYBE_TEXT),
        optional("zone", MAYBE_TEXT),
        optional("sources", Shape::List(&Shape::Item(&SOURCE), ANY_NUMBER)),
        optional("lanes", Shape::List(&Shape::Item(&LANE), ANY_NUMBER)),
        optional("eras", Shape::List(&Shape::Item(&ERA), ANY_NUMBER)),
        optional("events", Shape::List(&Shape::Item(&EVENT), MAX_EVENTS)),
        optional("series", Shape::List(&Shape::Item(&SERIES), ANY_NUMBER)),
        optional("axis", Shape::Choice(&["Linear", "Even"])),
        optional("view", Shape::Maybe(&Shape::Item(&VIEW))),
    ],
};

static VIEW: Kind =
    Kind { name: "View", noun: "view", fields: &[optional("from", MAYBE_TEXT), optional("to", MAYBE_TEXT)] };

static SOURCE: Kind = Kind {
    name: "Source",
    noun: "source",
    fields: &[
        required("id", Shape::Text),
        required("title", Shape::Text),
        optional("author", MAYBE_TEXT),
        optional("publisher", MAYBE_TEXT),
        optional("date", MAYBE_TEXT),
        optional("url", MAYBE_TEXT),
        optional("kind", MAYBE_TEXT),
        optional("container", MAYBE_TEXT),
        optional("editors", MAYBE_TEXT),
        optional("volume", MAYBE_TEXT),
        optional("issue", MAYBE_TEXT),
        optional("pages", MAYBE_TEXT),
        optional("edition", MAYBE_TEXT),
        optional("place", MAYBE_TEXT),
        optional("doi", MAYBE_TEXT),
        optional("isbn", MAYBE_TEXT),
        optional("accessed", MAYBE_TEXT),
        optional("original_date", MAYBE_TEXT),
    ],
};

static LANE: Kind = Kind {
    name: "Lane",
    noun: "lane",
    fields: &[
        required("id", Shape::Text),
        required("title", Shape::Text),
        optional("color", MAYBE_TEXT),
        optional("parent", MAYBE_TEXT),
    ],
};

static ERA: Kind = Kind {
    name: "Era",
    noun: "era",
    fields: &[
        required("id", Shape::Text),
        required("title", Shape::Text),
        required("date", Shape::Text),
        optional("color", MAYBE_TEXT),
        optional("description", MAYBE_TEXT),
        optional("citations", CITATIONS),
    ],
};

pub(super) static EVENT: Kind = Kind {
    name: "Event",
    noun: "event",
    fields: &[
        required("id", Shape::Text),
        required("lane", Shape::Text),
        optional("also", TEXTS),
        required("title", Shape::Text),
        optional("date", MAYBE_TEXT),
        optional("calendar", Shape::Choice(&["Gregorian", "Julian"])),
        optional("written", MAYBE_TEXT),
        optional("place", Shape::Maybe(&Shape::Item(&PLACE))),
        optional("color", MAYBE_TEXT),
        optional("description", MAYBE_TEXT),
        optional("importance", Shape::Maybe(&Shape::Integer)),
        optional("tags", Shape::List(&Shape::Text, MAX_TAGS)),
        optional("related", TEXTS),
        optional("figures", TEXTS),
        optional("links", Shape::List(&Shape::Item(&LINK), ANY_NUMBER)),
        optional("media", Shape::List(&Shape::Item(&MEDIA), ANY_NUMBER)),
        optional("citations", CITATIONS),
    ],
};

static PLACE: Kind = Kind {
    name: "Place",
    noun: "place",
    fields: &[
        optional("name", MAYBE_TEXT),
        optional("latitude", Shape::Maybe(&Shape::Number)),
        optional("longitude", Shape::Maybe(&Shape::Number)),
    ],
};

static LINK: Kind =
    Kind { name: "Link", noun: "link", fields: &[required("url", Shape::Text), optional("title", MAYBE_TEXT)] };

static MEDIA: Kind = Kind {
    name: "Media",
    noun: "picture",
    fields: &[
        optional("file", MAYBE_TEXT),
        optional("url", MAYBE_TEXT),
        optional("alt", MAYBE_TEXT),
        optional("caption", MAYBE_TEXT),
        optional("credit", MAYBE_TEXT),
        optional("license", MAYBE_TEXT),
    ],
};

static SERIES: Kind = Kind {
    name: "Series",
    noun: "series",
    fields: &[
        required("id", Shape::Text),
        required("title", Shape::Text),
        required("unit", Shape::Text),
        optional("scale", Shape::Choice(&["Linear", "Log"])),
        required("points", Shape::List(&Shape::Item(&POINT), ANY_NUMBER)),
        optional("citations", CITATIONS),
    ],
};

static POINT: Kind = Kind {
    name: "Point",
    noun: "point",
    fields: &[
        required("date", Shape::Text),
        required("value", Shape::Number),
        optional("qualifier", Shape::Maybe(&Shape::Choice(&["About", "MoreThan", "LessThan", "AtLeast", "AtMost"]))),
        optional("citations", CITATIONS),
    ],
};

static CITATION: Kind = Kind {
    name: "Citation",
    noun: "citation",
    fields: &[
        required("source", Shape::Text),
        optional("locator", MAYBE_TEXT),
        optional("basis", Shape::Maybe(&Shape::Choice(&["Stated", "Derived", "Background"]))),
        optional("note", MAYBE_TEXT),
    ],
};

#[cfg(test)]
mod tests {
    use std::fmt::Debug;

    use ron::{Error, Options, extensions::Extensions};
    use serde::de::DeserializeOwned;

    use super::super::types;
    use super::*;

    fn parse<T: DeserializeOwned>(text: &str) -> Result<T, Error> {
        Options::default().with_default_extension(Extensions::IMPLICIT_SOME).from_str(text).map_err(|error| error.code)
    }

    /// Returns a value of the shape, in RON.
    fn sample(shape: &Shape) -> String {
        match shape {
            Shape::Text => "\"x\"".into(),
            Shape::Number | Shape::Integer => "1".into(),
            Shape::Choice(words) => words[0].into(),
            Shape::Item(kind) => whole(kind, ""),
            Shape::List(of, _) => format!("[{}]", sample(of)),
            Shape::Maybe(of) => format!("Some({})", sample(of)),
        }
    }

    /// Returns an item with all fields of its kind except one.
    fn whole(kind: &Kind, without: &str) -> String {
        let fields = kind.fields.iter().filter(|field| field.name != without);
        let fields: Vec<_> = fields.map(|field| format!("{}: {}", field.name, sample(&field.shape))).collect();
        format!("{}({})", kind.name, fields.join(", "))
    }

    /// Field names, requiredness, shapes and choices match those that the struct accepts.
    fn agrees<T: DeserializeOwned + Debug>(kind: &Kind) {
        match parse::<T>("(no_such_field: 1)") {
            Err(Error::NoSuchStructField { expected, .. }) => {
                assert_eq!(kind.names().collect::<Vec<_>>(), expected, "{}", kind.name);
            }
            other => panic!("{}: {other:?}", kind.name),
        }
        parse::<T>(&whole(kind, "")).unwrap_or_else(|error| panic!("{}: {error}", kind.name));
        for field in kind.fields {
            let without = parse::<T>(&whole(kind, field.name));
            assert_eq!(without.is_err(), field.required, "{}.{}: {without:?}", kind.name, field.name);
            let none = parse::<T>(&whole(kind, field.name).replacen('(', &format!("({}: None, ", field.name), 1));
            assert_eq!(none.is_ok(), matches!(field.shape, Shape::Maybe(_)), "{}.{}", kind.name, field.name);
        }
    }

    fn choices<T: DeserializeOwned + Debug>(kind: &Kind, field: &str) {
        let Some(Shape::Choice(words) | Shape::Maybe(Shape::Choice(words))) = kind.field(field).map(|f| &f.shape)
        else {
            panic!("{field} is not a choice");
        };
        match parse::<T>("NoSuchWord") {
            Err(Error::NoSuchEnumVariant { expected, .. }) => assert_eq!(words, &expected),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn the_schema_is_the_structs() {
        agrees::<types::Timeline>(&TIMELINE);
        agrees::<types::InitialView>(&VIEW);
        agrees::<types::Source>(&SOURCE);
        agrees::<types::Lane>(&LANE);
        agrees::<types::Era>(&ERA);
        agrees::<types::Event>(&EVENT);
        agrees::<types::Place>(&PLACE);
        agrees::<types::Link>(&LINK);
        agrees::<types::Media>(&MEDIA);
        agrees::<types::Series>(&SERIES);
        agrees::<types::Point>(&POINT);
        agrees::<types::Citation>(&CITATION);
        choices::<types::Axis>(&TIMELINE, "axis");
        choices::<types::Scale>(&SERIES, "scale");
        choices::<types::Qualifier>(&POINT, "qualifier");
        choices::<types::Basis>(&CITATION, "basis");
    }
}
