//! Calendars that Longview wrote: what its own properties say comes back, as far as the others still say the same.
//!
//! Another program may have moved or renamed an event, and knows nothing of Longview's properties: a part of an event that no
//! longer is as it was written is read as in any other calendar.

use serde_json::Value;

use super::super::builder::Builder;
use super::super::json_text::json;
use super::super::longview::{self, Known};
use super::super::loose::Object;
use super::component::{Calendar, Entry};
use super::event;
use crate::date::Zone;
use crate::document::{self, Event};
use crate::import::report::Place;
use crate::interchange::Context;
use crate::interchange::icalendar::{DATE, EVENT, Part, Property, TIMELINE, component, uid};

/// The document that a calendar was written from, without its events.
#[derive(Debug)]
pub(super) struct Own {
    known: Known,
    head: document::Timeline,
    zone: Option<Zone>,
}

/// An event as it was written, with what is no longer so.
#[derive(Debug)]
pub(super) struct OwnEvent {
    /// The event, with the parts that were changed as the calendar has them now. Its date is as it was written.
    pub event: Event,
    /// Whether the calendar says another date than that.
    pub is_moved: bool,
}

impl Own {
    /// Reads the document that a calendar was written from, and fills in what is not its events.
    pub fn new(calendar: &Calendar, builder: &mut Builder) -> Option<Self> {
        let object = object(&calendar.entry.text(TIMELINE)?)?;
        let known = longview::head(&object, builder);
        let name = calendar.name();
        let head = builder.head();
        let is_same = |name: &String| head.title.split_whitespace().eq(name.split_whitespace());
        if let Some(name) = name.filter(|name| !is_same(name)) {
            head.title = name;
        }
        let head = head.clone();
        let zone = head.zone.as_deref().and_then(Zone::named);
        Some(Self { known, head, zone })
    }

    /// Returns the event that an entry was written from. Returns `None` if Longview did not write it.
    pub fn event(&self, entry: &Entry, builder: &mut Builder) -> Option<OwnEvent> {
        let object = object(&entry.text(EVENT)?)?;
        let written = Event { date: entry.text(DATE), ..longview::event(&object) };
        let context = Context::new(&self.head);
        let expected = component(&written, &context, self.zone.as_ref()).parts;
        let is_same = |part: Part, names: &[&str]| {
            let expected = expected.iter().filter(|(of, _)| *of == part).map(|(_, property)| property);
            let expected = expected.map(|Property { name, value, .. }| (*name, value.as_str()));
            let found = entry.properties.iter().filter(|property| names.contains(&property.name.as_str()));
            expected.eq(found.map(|property| (property.name.as_str(), property.value.as_str())))
        };
        let changed: Vec<Part> =
            Part::ALL.iter().filter(|(part, names)| !is_same(*part, names)).map(|(part, _)| *part).collect();
        let mut event = written;
        if !changed.is_empty() {
            let now = event::event(entry, &mut builder.report);
            for part in &changed {
                self.change(&mut event, &now, *part);
            }
        }
        let event = self.known.checked(event, Place(entry.line), builder);
        Some(OwnEvent { event, is_moved: changed.contains(&Part::Date) })
    }

    /// Takes a part of an event from what the calendar says now.
    fn change(&self, event: &mut Event, now: &Event, part: Part) {
        match part {
            Part::Title => event.title.clone_from(&now.title),
            Part::Date => {}
            Part::Description => event.description.clone_from(&now.description),
            Part::Categories => {
                let context = Context::new(&self.head);
                let is_lane = |tag: &String| {
                    let lanes = std::iter::once(&event.lane).chain(&event.also);
                    lanes.map(|lane| context.lane_title(lane)).any(|title| title.trim() == tag)
                };
                let tags = now.tags.iter().filter(|tag| !is_lane(tag)).cloned().collect();
                event.tags = tags;
            }
            Part::Place => event.place.clone_from(&now.place),
            Part::Links => {
                event.links.clone_from(&now.links);
                event.media.retain(|media| media.url.is_none());
                event.media.extend(now.media.iter().cloned());
            }
            Part::Color => event.color.clone_from(&now.color),
            Part::Importance => event.importance = now.importance,
        }
    }
}

/// Returns the id in the document for the UID that a calendar has.
pub(super) fn id_of(found: &str) -> &str {
    let suffix = uid("");
    found.strip_suffix(&suffix).unwrap_or(found)
}

fn object(text: &str) -> Option<Object> {
    match json(text).ok()? {
        Value::Object(object) => Some(object),
        _ => None,
    }
}
