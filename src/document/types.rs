//! The format, as plain structs.
//!
//! Deliberately without `flatten`, `untagged` and internal tags: each of them buffers the input and
//! loses the position of what is wrong in it. `schema.rs` says the same in a form that can be
//! walked; a test holds the two together.

use std::{fmt, marker::PhantomData};

use serde::{
    Deserialize, Deserializer, Serialize,
    de::{Error, SeqAccess, Visitor},
};

use super::{MAX_EVENTS, MAX_TAGS, text::Text};

/// A whole document.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Timeline {
    /// The name of the timeline.
    pub title: String,
    /// A line under the title.
    pub subtitle: Option<String>,
    /// What the timeline is about, in `CommonMark`.
    pub description: Option<String>,
    /// Who made the timeline; not who wrote its sources.
    pub author: Option<String>,
    /// When the timeline was made or last revised.
    pub date: Option<String>,
    /// The IANA name of the time zone that all times of day are shown in, such as `Asia/Seoul`.
    pub zone: Option<String>,
    /// What its claims rest on.
    #[serde(default)]
    pub sources: Vec<Source>,
    /// The rows that events are sorted into, top to bottom.
    #[serde(default)]
    pub lanes: Vec<Lane>,
    /// The periods behind everything else.
    #[serde(default)]
    pub eras: Vec<Era>,
    /// The events, in any order. At most [`MAX_EVENTS`].
    #[serde(default, deserialize_with = "at_most::<MAX_EVENTS, _, _>")]
    pub events: Vec<Event>,
    /// The measured quantities under the events.
    #[serde(default)]
    pub series: Vec<Series>,
    /// The span of time to open with; everything if absent.
    pub view: Option<InitialView>,
}

/// The span of time that a document opens with.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename = "View")]
pub struct InitialView {
    /// The first date in view; the document's first if absent.
    pub from: Option<String>,
    /// The last date in view; the document's last if absent.
    pub to: Option<String>,
}

/// Something that claims rest on: a report, a book, a page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// The name by which citations refer to it.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Who wrote it.
    pub author: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// When it was published.
    pub date: Option<String>,
    /// Where it can be read.
    pub url: Option<String>,
}

/// A row of events.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lane {
    /// The name by which events refer to it.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its colour; one from the theme if absent.
    pub color: Option<String>,
}

/// A period behind the events.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Era {
    /// Its name within the document.
    pub id: String,
    /// Its title.
    pub title: String,
    /// When it was.
    pub date: String,
    /// What it was, in `CommonMark`.
    pub description: Option<String>,
    /// What it rests on.
    #[serde(default)]
    pub citations: Vec<Citation>,
}

/// Something that happened. Its strings are [`String`]s, or slices of the text that it was read from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "S: Deserialize<'de>"))]
pub struct Event<S = String> {
    /// The name by which other events and the command line refer to it.
    pub id: S,
    /// The id of the lane that it is in.
    pub lane: S,
    /// Its title.
    pub title: S,
    /// When it was; it may be absent, or say that it is not known.
    pub date: Option<S>,
    /// The calendar that the date is written in.
    #[serde(default)]
    pub calendar: Calendar,
    /// What it was, in `CommonMark`.
    pub description: Option<S>,
    /// How much it deserves its title where there is no room for all; a whole number, 0 if absent, more for more.
    pub importance: Option<i32>,
    /// Words to find it by. At most [`MAX_TAGS`].
    #[serde(default, deserialize_with = "at_most::<MAX_TAGS, _, _>")]
    pub tags: Vec<S>,
    /// The ids of events that it belongs with.
    #[serde(default)]
    pub related: Vec<S>,
    /// The ids of series whose value at this event's date belongs to its record.
    #[serde(default)]
    pub figures: Vec<S>,
    /// What it rests on.
    #[serde(default)]
    pub citations: Vec<Citation<S>>,
}

/// A calendar that dates are written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Calendar {
    /// Today's, carried back before its beginning in 1582 as ISO 8601 does.
    #[default]
    Gregorian,
    /// Caesar's, with a leap day in every fourth year: what people wrote before they took up today's.
    Julian,
}

/// A quantity that was measured at some dates.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Series {
    /// The name by which figures refer to it.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What its values count, as it should be shown: `US$ billion`.
    pub unit: String,
    /// How its values are spaced.
    #[serde(default)]
    pub scale: Scale,
    /// Its values.
    pub points: Vec<Point>,
    /// What the series as a whole rests on.
    #[serde(default)]
    pub citations: Vec<Citation>,
}

/// How the values of a series are spaced.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Scale {
    /// Equal differences are equally far apart.
    #[default]
    Linear,
    /// Equal ratios are equally far apart.
    Log,
}

/// One value of a series.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Point {
    /// When it was measured.
    pub date: String,
    /// The value, in the series' unit; finite.
    #[serde(deserialize_with = "finite")]
    pub value: f64,
    /// How exact the value is; exact if absent.
    pub qualifier: Option<Qualifier>,
    /// What this value rests on, where it differs from the series.
    #[serde(default)]
    pub citations: Vec<Citation>,
}

/// How exact a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Qualifier {
    /// Near the value.
    About,
    /// Above the value.
    MoreThan,
    /// Below the value.
    LessThan,
    /// The value or above.
    AtLeast,
    /// The value or below.
    AtMost,
}

/// Where a claim comes from. Its strings are [`String`]s, or slices of the text that it was read from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Citation<S = String> {
    /// The id of the source.
    pub source: S,
    /// Where in the source: `Overview, ¶1`.
    pub locator: Option<S>,
    /// How the claim follows from the source.
    pub basis: Basis,
    /// Whatever a reader should know before relying on it.
    pub note: Option<S>,
}

impl Event<Text<'_>> {
    /// The same event on its own, apart from the text.
    #[must_use]
    pub fn to_owned(&self) -> Event {
        let owned = |texts: &[Text<'_>]| texts.iter().map(Text::to_owned).collect();
        Event {
            id: self.id.to_owned(),
            lane: self.lane.to_owned(),
            title: self.title.to_owned(),
            date: self.date.as_ref().map(Text::to_owned),
            calendar: self.calendar,
            description: self.description.as_ref().map(Text::to_owned),
            importance: self.importance,
            tags: owned(&self.tags),
            related: owned(&self.related),
            figures: owned(&self.figures),
            citations: self.citations.iter().map(Citation::to_owned).collect(),
        }
    }
}

impl Citation<Text<'_>> {
    fn to_owned(&self) -> Citation {
        Citation {
            source: self.source.to_owned(),
            locator: self.locator.as_ref().map(Text::to_owned),
            basis: self.basis,
            note: self.note.as_ref().map(Text::to_owned),
        }
    }
}

/// How a claim follows from its source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Basis {
    /// The source says it.
    Stated,
    /// It is computed or concluded from what the source says.
    Derived,
    /// It is common knowledge that the source gives a setting for.
    Background,
}

/// A number that can be drawn: neither NaN nor infinite.
fn finite<'de, D: Deserializer<'de>>(deserializer: D) -> Result<f64, D::Error> {
    let value = f64::deserialize(deserializer)?;
    if value.is_finite() { Ok(value) } else { Err(D::Error::custom("must be a finite number")) }
}

/// A list of at most `MOST` items. It stops at the first item too many, before a hostile list can
/// fill the memory.
pub(super) fn at_most<'de, const MOST: usize, T, D>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    T: Deserialize<'de>,
    D: Deserializer<'de>,
{
    struct AtMost<const MOST: usize, T>(PhantomData<T>);

    impl<'de, const MOST: usize, T: Deserialize<'de>> Visitor<'de> for AtMost<MOST, T> {
        type Value = Vec<T>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(f, "a list of at most {MOST} items")
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Vec<T>, A::Error> {
            let mut items = Vec::new();
            while let Some(item) = list.next_element()? {
                if items.len() == MOST {
                    return Err(A::Error::custom(format_args!("a list may hold at most {MOST} items")));
                }
                items.push(item);
            }
            Ok(items)
        }
    }

    deserializer.deserialize_seq(AtMost::<MOST, T>(PhantomData))
}
