//! The format, as plain structs.
//!
//! Deliberately without `flatten`, `untagged` and internal tags: each of them buffers the input and loses the positions
//! of errors. `schema.rs` describes the same format in a form that can be walked; a test ensures that they agree.

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
    /// The description, in `CommonMark`.
    pub description: Option<String>,
    /// The author of the timeline, not of its sources.
    pub author: Option<String>,
    /// When the timeline was made or last revised.
    pub date: Option<String>,
    /// The language of its texts, as a BCP 47 tag such as `ko`; English if absent.
    pub language: Option<String>,
    /// The IANA name of the time zone that all times of day are shown in, such as `Asia/Seoul`.
    pub zone: Option<String>,
    /// The sources of its claims.
    #[serde(default)]
    pub sources: Vec<Source>,
    /// The lanes of events, top to bottom.
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
    /// How time is laid out along the axis.
    #[serde(default)]
    pub axis: Axis,
    /// The span of time to open with; everything if absent.
    pub view: Option<InitialView>,
}

/// How time is laid out along the axis.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Axis {
    /// All seconds are equally wide.
    #[default]
    Linear,
    /// Stretches in which much happens are wider, empty ones narrower.
    Even,
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

/// A source of claims: a report, a book, a page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// The id by which citations refer to it.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The author.
    pub author: Option<String>,
    /// The publisher.
    pub publisher: Option<String>,
    /// The date of publication.
    pub date: Option<String>,
    /// The address.
    pub url: Option<String>,
    /// What kind of work it is: `book`, `article`, `report`, `web page`.
    pub kind: Option<String>,
    /// The work that contains it: a journal, a collection, a site.
    pub container: Option<String>,
    /// The editors.
    pub editors: Option<String>,
    /// The volume of the container.
    pub volume: Option<String>,
    /// The issue of the container.
    pub issue: Option<String>,
    /// Its pages in the container.
    pub pages: Option<String>,
    /// The edition: `2nd`.
    pub edition: Option<String>,
    /// Where it was published.
    pub place: Option<String>,
    /// The Digital Object Identifier, without an address before it.
    pub doi: Option<String>,
    /// The International Standard Book Number.
    pub isbn: Option<String>,
    /// When it was last looked up.
    pub accessed: Option<String>,
    /// When the work was first published, if this is a later edition.
    pub original_date: Option<String>,
}

/// A lane of events.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lane {
    /// The id by which events refer to it.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its colour; one from the theme if absent.
    pub color: Option<String>,
    /// The id of the lane that contains it; it is at the top if absent. Lanes nest at most
    /// [`MAX_LANE_DEPTH`](super::MAX_LANE_DEPTH) deep.
    pub parent: Option<String>,
}

/// A period behind the events.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Era {
    /// Its id, unique within the document.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its extent in time.
    pub date: String,
    /// Its colour; one from the theme if absent.
    pub color: Option<String>,
    /// The description, in `CommonMark`.
    pub description: Option<String>,
    /// The citations.
    #[serde(default)]
    pub citations: Vec<Citation>,
}

/// An event. Its strings are [`String`]s, or slices of the text that it was read from.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "S: Deserialize<'de>"))]
pub struct Event<S = String> {
    /// The id by which other events and the command line refer to it.
    pub id: S,
    /// The id of its lane.
    pub lane: S,
    /// The ids of further lanes that it belongs to.
    #[serde(default)]
    pub also: Vec<S>,
    /// Its title.
    pub title: S,
    /// The date; it may be absent, or be given as unknown.
    pub date: Option<S>,
    /// The calendar that the date is written in.
    #[serde(default)]
    pub calendar: Calendar,
    /// The date in the words of the author, where `date` has been rewritten.
    pub written: Option<S>,
    /// Where it happened.
    pub place: Option<Place<S>>,
    /// Its colour; that of its lane if absent.
    pub color: Option<S>,
    /// The description, in `CommonMark`.
    pub description: Option<S>,
    /// Priority for getting a title if there is not enough room for all; an integer, 0 if absent, larger is more
    /// important.
    pub importance: Option<i32>,
    /// Search keywords. At most [`MAX_TAGS`].
    #[serde(default, deserialize_with = "at_most::<MAX_TAGS, _, _>")]
    pub tags: Vec<S>,
    /// The ids of related events.
    #[serde(default)]
    pub related: Vec<S>,
    /// The ids of series whose values at this event's date are shown in its record.
    #[serde(default)]
    pub figures: Vec<S>,
    /// Links that are no sources.
    #[serde(default)]
    pub links: Vec<Link<S>>,
    /// Pictures, and what else there is to see or hear. The first picture with a file stands in the chart where there is
    /// room.
    #[serde(default)]
    pub media: Vec<Media<S>>,
    /// The citations.
    #[serde(default)]
    pub citations: Vec<Citation<S>>,
}

/// A place on the earth. Its strings are [`String`]s, or slices of the text that it was read from.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Place<S = String> {
    /// Its name.
    pub name: Option<S>,
    /// Degrees north of the equator, from -90 to 90.
    #[serde(default, deserialize_with = "maybe_finite")]
    pub latitude: Option<f64>,
    /// Degrees east of Greenwich, from -180 to 180.
    #[serde(default, deserialize_with = "maybe_finite")]
    pub longitude: Option<f64>,
}

/// A link that is no source. Its strings are [`String`]s, or slices of the text that it was read from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Link<S = String> {
    /// The address.
    pub url: S,
    /// The words to show; the address if absent.
    pub title: Option<S>,
}

/// A picture, or something else to see or hear. Its strings are [`String`]s, or slices of the text that it was read
/// from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Media<S = String> {
    /// The path of the file, relative to the folder of the document and within it.
    pub file: Option<S>,
    /// The address, if there is no file; it is shown as a link and never fetched.
    pub url: Option<S>,
    /// The alternative text: what there is to see.
    pub alt: Option<S>,
    /// The words under it.
    pub caption: Option<S>,
    /// Who made it.
    pub credit: Option<S>,
    /// The licence that it is under.
    pub license: Option<S>,
}

/// A calendar that dates are written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Calendar {
    /// The Gregorian calendar, extended before its introduction in 1582 as in ISO 8601.
    #[default]
    Gregorian,
    /// The Julian calendar, with a leap day in every fourth year, which was in use before the Gregorian.
    Julian,
}

/// A quantity that was measured on several dates.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Series {
    /// The id by which figures refer to it.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The unit of its values, as displayed: `US$ billion`.
    pub unit: String,
    /// The scale of its value axis.
    #[serde(default)]
    pub scale: Scale,
    /// Its values.
    pub points: Vec<Point>,
    /// The citations of the series as a whole.
    #[serde(default)]
    pub citations: Vec<Citation>,
}

/// The scale of a value axis.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Scale {
    /// Equal differences have equal distances.
    #[default]
    Linear,
    /// Equal ratios have equal distances.
    Log,
}

/// A value of a series.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Point {
    /// When it was measured.
    pub date: String,
    /// The value, in the series' unit; finite.
    #[serde(deserialize_with = "finite")]
    pub value: f64,
    /// The exactness of the value; exact if absent.
    pub qualifier: Option<Qualifier>,
    /// The citations of this value, if they differ from those of the series.
    #[serde(default)]
    pub citations: Vec<Citation>,
}

/// The exactness of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Qualifier {
    /// Approximately the value.
    About,
    /// More than the value.
    MoreThan,
    /// Less than the value.
    LessThan,
    /// The value or more.
    AtLeast,
    /// The value or less.
    AtMost,
}

/// The source of a claim. Its strings are [`String`]s, or slices of the text that it was read from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Citation<S = String> {
    /// The id of the source.
    pub source: S,
    /// The location in the source: `Overview, ¶1`.
    pub locator: Option<S>,
    /// How the claim follows from the source; nothing is claimed if absent.
    pub basis: Option<Basis>,
    /// A remark that a reader should know before relying on it.
    pub note: Option<S>,
}

impl Event<Text<'_>> {
    /// Returns an owned copy of the event, independent of the text.
    #[must_use]
    pub fn to_owned(&self) -> Event {
        let owned = |texts: &[Text<'_>]| texts.iter().map(Text::to_owned).collect();
        Event {
            id: self.id.to_owned(),
            lane: self.lane.to_owned(),
            also: owned(&self.also),
            title: self.title.to_owned(),
            date: self.date.as_ref().map(Text::to_owned),
            calendar: self.calendar,
            written: self.written.as_ref().map(Text::to_owned),
            place: self.place.as_ref().map(Place::to_owned),
            color: self.color.as_ref().map(Text::to_owned),
            description: self.description.as_ref().map(Text::to_owned),
            importance: self.importance,
            tags: owned(&self.tags),
            related: owned(&self.related),
            figures: owned(&self.figures),
            links: self.links.iter().map(Link::to_owned).collect(),
            media: self.media.iter().map(Media::to_owned).collect(),
            citations: self.citations.iter().map(Citation::to_owned).collect(),
        }
    }
}

impl Place<Text<'_>> {
    fn to_owned(&self) -> Place {
        let name = self.name.as_ref().map(Text::to_owned);
        Place { name, latitude: self.latitude, longitude: self.longitude }
    }
}

impl Link<Text<'_>> {
    fn to_owned(&self) -> Link {
        Link { url: self.url.to_owned(), title: self.title.as_ref().map(Text::to_owned) }
    }
}

impl Media<Text<'_>> {
    fn to_owned(&self) -> Media {
        let owned = |text: &Option<Text<'_>>| text.as_ref().map(Text::to_owned);
        Media {
            file: owned(&self.file),
            url: owned(&self.url),
            alt: owned(&self.alt),
            caption: owned(&self.caption),
            credit: owned(&self.credit),
            license: owned(&self.license),
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
    /// The source states it.
    Stated,
    /// It is computed or concluded from what the source states.
    Derived,
    /// It is common knowledge for which the source provides context.
    Background,
}

impl Basis {
    /// Returns its name in a document.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Stated => "Stated",
            Self::Derived => "Derived",
            Self::Background => "Background",
        }
    }
}

impl Qualifier {
    /// Returns its name in a document.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::About => "About",
            Self::MoreThan => "MoreThan",
            Self::LessThan => "LessThan",
            Self::AtLeast => "AtLeast",
            Self::AtMost => "AtMost",
        }
    }
}

/// Deserializes a number that can be drawn: neither NaN nor infinite.
fn finite<'de, D: Deserializer<'de>>(deserializer: D) -> Result<f64, D::Error> {
    let value = f64::deserialize(deserializer)?;
    if value.is_finite() { Ok(value) } else { Err(D::Error::custom("must be a finite number")) }
}

/// Deserializes a number as [`finite`] does; it may be absent.
fn maybe_finite<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<f64>, D::Error> {
    match Option::deserialize(deserializer)? {
        Some(value) if !f64::is_finite(value) => Err(D::Error::custom("must be a finite number")),
        value => Ok(value),
    }
}

/// Deserializes a list of at most `MOST` items. Stops at the first excess item, before a malicious list can exhaust the
/// memory.
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
