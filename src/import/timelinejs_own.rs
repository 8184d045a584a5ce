//! Timelines of `TimelineJS` that Longview wrote: what its own fields say comes back, as far as the others still say the same.
//!
//! Who has changed a slide by hand knows nothing of Longview's field: a part of it that no longer is as it was written is read
//! as in any other file.

use serde_json::Value;

use super::builder::Builder;
use super::longview::{self, Known};
use super::loose::Object;
use super::report::Place;
use crate::date::Zone;
use crate::document::{Event, Timeline};
use crate::interchange::timelinejs::{OWN, Scale, eras, slide, title};
use crate::interchange::{Context, Json};

/// The document that a file was written from, without its events.
#[derive(Debug)]
pub(super) struct Own {
    known: Known,
    head: Timeline,
    zone: Option<Zone>,
    is_cosmological: bool,
    /// The events that are no slides.
    undated: Vec<Event>,
}

/// An event as it was written.
#[derive(Debug)]
pub(super) struct OwnEvent {
    pub event: Event,
    /// The parts that the slide says otherwise now.
    pub changed: Vec<Part>,
}

/// What of an event some fields of a slide say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// The date.
    Date,
    /// The title, the description, links and sources.
    Text,
    /// The first of its media.
    Media,
    /// The lane.
    Group,
}

/// The parts, each with the names of its fields.
const PARTS: [(Part, &[&str]); 4] = [
    (Part::Date, &["start_date", "end_date", "display_date"]),
    (Part::Text, &["text"]),
    (Part::Media, &["media"]),
    (Part::Group, &["group"]),
];

impl Own {
    /// Reads the document that a timeline was written from, and fills in what is not its events. Returns `None` if Longview
    /// did not write it.
    pub fn new(timeline: &Object, builder: &mut Builder) -> Option<Self> {
        let object = timeline.get(OWN)?.as_object()?;
        let known = longview::head(object, builder);
        let head = builder.head().clone();
        let undated = super::json_text::objects(object, "events").map(longview::event).collect();
        let zone = head.zone.as_deref().and_then(Zone::named);
        let is_cosmological = timeline.get("scale").and_then(Value::as_str) == Some("cosmological");
        Some(Self { known, head, zone, is_cosmological, undated })
    }

    fn scale(&self) -> Scale<'_> {
        Scale { zone: self.zone.as_ref(), is_cosmological: self.is_cosmological }
    }

    /// Returns whether the slide with the title is as it was written.
    pub fn has_title(&self, found: Option<&Value>) -> bool {
        found.is_some_and(|found| is_same(found, &title(&self.head)))
    }

    /// Returns whether the eras are as they were written.
    pub fn has_eras(&self, found: Option<&Value>) -> bool {
        found.is_some_and(|found| is_same(found, &eras(&self.head, self.scale())))
    }

    /// Returns the event that a slide was written from. Returns `None` if Longview did not write it.
    pub fn event(&self, found: &Object, place: Place, builder: &mut Builder) -> Option<OwnEvent> {
        let event = longview::event(found.get(OWN)?.as_object()?);
        let (expected, _) = slide(&event, &Context::new(&self.head), self.scale())?;
        let expected = |name: &str| expected.iter().find(|(field, _)| *field == name).map(|(_, value)| value);
        let is_unchanged = |name: &&str| match (found.get(*name), expected(name)) {
            (Some(found), Some(expected)) => is_same(found, expected),
            (None, None) => true,
            _ => false,
        };
        let changed = PARTS.iter().filter(|(_, names)| !names.iter().all(is_unchanged));
        let changed = changed.map(|(part, _)| *part).collect();
        Some(OwnEvent { event: self.known.checked(event, place, builder), changed })
    }

    /// Returns the events that are no slides.
    pub fn undated(&mut self, builder: &mut Builder) -> Vec<Event> {
        let undated = std::mem::take(&mut self.undated);
        undated.into_iter().map(|event| self.known.checked(event, Place::default(), builder)).collect()
    }
}

/// Returns whether a value of a file is one that was written.
fn is_same(found: &Value, written: &Json) -> bool {
    serde_json::from_str::<Value>(&written.pretty(0)).is_ok_and(|written| written == *found)
}
