//! What Longview itself writes: a whole document in JSON, and the fields of events that it adds to files of other formats.
//!
//! A document comes back as it was. What it may not have, because someone has changed the file, is left out and counted.

use std::collections::HashSet;

use serde_json::Value;

use super::builder::{Builder, is_readable};
use super::error::ImportError;
use super::loose::{self, Object};
use super::options::Options;
use super::report::{Kind, Place};
use crate::date::{Date, Zone, is_undated};
use crate::document::{
    self, Axis, Basis, Calendar, Citation, Era, Event, InitialView, Lane, Link, MAX_STRING_BYTES, Media, Point,
    Qualifier, Scale, Series, Source,
};
use crate::progress::Progress;
use crate::timeline::Color;

/// Returns whether a text is a whole document: an object whose first field is `longview`.
pub(super) fn recognises(text: &str) -> bool {
    let rest = text.trim_start_matches('\u{feff}').trim_start().strip_prefix('{');
    let rest = rest.and_then(|rest| rest.trim_start().strip_prefix("\"longview\""));
    rest.is_some_and(|rest| rest.trim_start().starts_with(':'))
}

/// Reads a whole document.
pub(super) fn read(
    text: &str,
    _options: &Options,
    builder: &mut Builder,
    progress: &Progress,
) -> Result<(), ImportError> {
    let value = loose::parse(text)?;
    let Some(object) = value.as_object() else {
        return Err(ImportError::new("this is no timeline of Longview: it is no object"));
    };
    builder.report.unit = "event";
    let known = head(object, builder);
    let events = object.get("events").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    builder.report.entries = events.len();
    for (number, value) in events.iter().enumerate() {
        if number % 1_024 == 0 && progress.is_cancelled() {
            return Err(ImportError::cancelled());
        }
        let place = Place(number + 1);
        match value.as_object() {
            Some(object) => {
                let event = known.checked(event(object), place, builder);
                builder.whole_event(place, event)?;
            }
            None => builder.report.add(Kind::LeftOut("what is no event".into()), place, &value.to_string()),
        }
    }
    Ok(())
}

/// The ids that events may refer to.
#[derive(Debug, Default)]
pub(super) struct Known {
    lanes: HashSet<String>,
    sources: HashSet<String>,
    series: HashSet<String>,
    zone: Option<Zone>,
}

/// Reads everything but the events.
pub(super) fn head(object: &Object, builder: &mut Builder) -> Known {
    let text = |name: &str| string(object, name);
    let zone = text("zone").and_then(|zone| Zone::named(zone.trim()));
    let mut known = Known { zone, ..Known::default() };
    let date = text("date").filter(|date| is_readable(date, Calendar::Gregorian));
    let view = object.get("view").and_then(Value::as_object);
    let lost = [
        ("time zone that is not known", text("zone").filter(|_| known.zone.is_none())),
        ("date of the document that cannot be read", text("date").filter(|_| date.is_none())),
        ("view that cannot be read", view.filter(|object| view_of(object).is_none()).map(|_| String::new())),
    ];
    for (what, words) in lost {
        if let Some(words) = words {
            builder.report.add(Kind::Dropped(what.into()), Place::default(), &words);
        }
    }
    let head = builder.head();
    head.title = text("title").unwrap_or_default();
    head.subtitle = text("subtitle");
    head.description = text("description");
    head.author = text("author");
    head.date = date;
    head.language = text("language");
    head.zone = known.zone.as_ref().map(|zone| zone.name().to_owned());
    head.axis = if text("axis").as_deref() == Some("Even") { Axis::Even } else { Axis::Linear };
    head.view = view.and_then(view_of);
    items(object, &mut known, builder);
    known
}

/// Reads sources, lanes, eras and series.
fn items(object: &Object, known: &mut Known, builder: &mut Builder) {
    for object in objects(object, "sources") {
        let source = source(&|name| string(object, name));
        let id = builder.whole_source(source);
        known.sources.insert(id);
    }
    for object in objects(object, "lanes") {
        let lane = Lane {
            id: string(object, "id").unwrap_or_default(),
            title: string(object, "title").unwrap_or_default(),
            color: color(object),
            parent: string(object, "parent"),
        };
        known.lanes.insert(builder.whole_lane(lane));
    }
    for object in objects(object, "eras") {
        let era = Era {
            id: string(object, "id").unwrap_or_default(),
            title: string(object, "title").unwrap_or_default(),
            date: string(object, "date").unwrap_or_default(),
            color: color(object),
            description: string(object, "description"),
            citations: known.citations(citations(object), Place::default(), builder),
        };
        if known.is_date(&era.date) {
            builder.whole_era(era);
        } else {
            builder.report.add(Kind::LeftOut("an era without a date".into()), Place::default(), &era.title);
        }
    }
    for object in objects(object, "series") {
        let series = known.series_of(object, builder);
        known.series.insert(builder.whole_series(series));
    }
}

impl Known {
    /// Returns whether a date is one that an item may have that needs one.
    fn is_date(&self, text: &str) -> bool {
        !is_undated(text) && self.is_at_some_time(text)
    }

    /// Returns whether a date can be read, and all of its times of day exist in the zone of the document.
    fn is_at_some_time(&self, text: &str) -> bool {
        let Some(date) = Date::parse(text).ok() else { return is_undated(text) };
        let mut doubts = Vec::new();
        if let Some(zone) = &self.zone {
            let _ = date.on_axis_of(zone, &mut doubts);
        }
        !doubts.iter().any(|doubt| doubt.is_error)
    }

    fn citations(&self, citations: Vec<Citation>, place: Place, builder: &mut Builder) -> Vec<Citation> {
        let is_known = |citation: &Citation| {
            let is_known = self.sources.contains(&citation.source);
            if !is_known {
                builder.report.add(Kind::Dropped("citation of no source".into()), place, &citation.source);
            }
            is_known
        };
        citations.into_iter().filter(is_known).collect()
    }

    fn series_of(&self, object: &Object, builder: &mut Builder) -> Series {
        let scale = if string(object, "scale").as_deref() == Some("Log") { Scale::Log } else { Scale::Linear };
        let mut points = Vec::new();
        for object in objects(object, "points") {
            let point = Point {
                date: string(object, "date").unwrap_or_default(),
                value: object.get("value").and_then(Value::as_f64).unwrap_or(f64::NAN),
                qualifier: string(object, "qualifier").and_then(|name| qualifier(&name)),
                citations: self.citations(citations(object), Place::default(), builder),
            };
            let is_on_scale = point.value.is_finite() && (scale == Scale::Linear || point.value > 0.0);
            if is_on_scale && self.is_date(&point.date) {
                points.push(point);
            } else {
                let kind = Kind::LeftOut("a value without a date or a number".into());
                builder.report.add(kind, Place::default(), &point.date);
            }
        }
        Series {
            id: string(object, "id").unwrap_or_default(),
            title: string(object, "title").unwrap_or_default(),
            unit: string(object, "unit").unwrap_or_default(),
            scale,
            points,
            citations: self.citations(citations(object), Place::default(), builder),
        }
    }

    /// Returns an event without what it may not have. One without a lane is in the first one.
    pub fn checked(&self, event: Event, place: Place, builder: &mut Builder) -> Event {
        let mut event = event;
        if !self.lanes.contains(&event.lane) {
            let title = if event.lane.trim().is_empty() { "Events" } else { &event.lane };
            let lane = builder.lane(title, None);
            let kind = Kind::Changed("a lane that is not there, made anew".into());
            builder.report.add(kind, place, &event.lane);
            event.lane = builder.lane_id(lane);
        }
        let own = event.lane.clone();
        let mut dropped = |what: &'static str, is_known: bool, id: &str| {
            if !is_known {
                builder.report.add(Kind::Dropped(what.into()), place, id);
            }
            is_known
        };
        event.also.retain(|lane| *lane != own && dropped("lane that is not there", self.lanes.contains(lane), lane));
        event.figures.retain(|id| dropped("series that is not there", self.series.contains(id), id));
        event.citations = self.citations(std::mem::take(&mut event.citations), place, builder);
        if let Some(date) = event.date.take_if(|date| !self.is_at_some_time(date)) {
            builder.report.add(Kind::KeptAsWords, place, &date);
            event.written.get_or_insert(date);
        }
        event
    }
}

fn view_of(object: &Object) -> Option<InitialView> {
    let (from, to) = (string(object, "from")?, string(object, "to")?);
    let [start, end] = [Date::parse(&from).ok()?.earliest()?, Date::parse(&to).ok()?.latest()?];
    (start < end).then_some(InitialView { from: Some(from), to: Some(to) })
}

/// Reads a source, whose fields `text` returns.
pub(super) fn source(text: &dyn Fn(&str) -> Option<String>) -> Source {
    let date = |name: &str| text(name).filter(|date| is_readable(date, Calendar::Gregorian));
    Source {
        id: text("id").unwrap_or_default(),
        title: text("title").unwrap_or_default(),
        author: text("author"),
        publisher: text("publisher"),
        date: date("date"),
        url: text("url"),
        kind: text("kind"),
        container: text("container"),
        editors: text("editors"),
        volume: text("volume"),
        issue: text("issue"),
        pages: text("pages"),
        edition: text("edition"),
        place: text("place"),
        doi: text("doi"),
        isbn: text("isbn"),
        accessed: date("accessed"),
        original_date: date("original_date"),
    }
}

/// Reads an event, whatever it refers to.
pub(super) fn event(object: &Object) -> Event {
    let text = |name: &str| string(object, name);
    let importance = object.get("importance").and_then(Value::as_i64).and_then(|number| i32::try_from(number).ok());
    let place = object.get("place").and_then(Value::as_object);
    Event {
        id: text("id").unwrap_or_default(),
        lane: text("lane").unwrap_or_default(),
        also: strings(object, "also"),
        title: text("title").unwrap_or_default(),
        date: text("edtf"),
        calendar: Calendar::Gregorian,
        written: text("written"),
        place: place.map(|place| document::Place {
            name: string(place, "name"),
            latitude: place.get("latitude").and_then(Value::as_f64),
            longitude: place.get("longitude").and_then(Value::as_f64),
        }),
        color: color(object),
        description: text("description"),
        importance: importance.filter(|importance| *importance != 0),
        tags: strings(object, "tags"),
        related: strings(object, "related"),
        figures: strings(object, "figures"),
        links: objects(object, "links")
            .map(|link| Link { url: string(link, "url").unwrap_or_default(), title: string(link, "title") })
            .collect(),
        media: objects(object, "media").map(|object| medium(&|name| string(object, name))).collect(),
        citations: citations(object),
    }
}

/// Reads a picture, whose fields `text` returns.
pub(super) fn medium(text: &dyn Fn(&str) -> Option<String>) -> Media {
    Media {
        file: text("file"),
        url: text("url"),
        alt: text("alt"),
        caption: text("caption"),
        credit: text("credit"),
        license: text("license"),
    }
}

fn citations(object: &Object) -> Vec<Citation> {
    let citation = |object: &Object| Citation {
        source: string(object, "source").unwrap_or_default(),
        locator: string(object, "locator"),
        basis: string(object, "basis").and_then(|name| basis(&name)),
        note: string(object, "note"),
    };
    objects(object, "citations").map(citation).collect()
}

/// Returns the basis with a name.
pub(super) fn basis(name: &str) -> Option<Basis> {
    [Basis::Stated, Basis::Derived, Basis::Background].into_iter().find(|basis| basis.name() == name)
}

fn qualifier(name: &str) -> Option<Qualifier> {
    let all = [Qualifier::About, Qualifier::MoreThan, Qualifier::LessThan, Qualifier::AtLeast, Qualifier::AtMost];
    all.into_iter().find(|qualifier| qualifier.name() == name)
}

fn color(object: &Object) -> Option<String> {
    string(object, "color").filter(|color| Color::parse(color).is_some())
}

/// Returns a string as it is written, as far as a document can hold it.
fn string(object: &Object, name: &str) -> Option<String> {
    let text = object.get(name).and_then(Value::as_str)?;
    let end = (0..=text.len().min(MAX_STRING_BYTES)).rev().find(|end| text.is_char_boundary(*end))?;
    text.get(..end).map(str::to_owned)
}

fn strings(object: &Object, name: &str) -> Vec<String> {
    let values = object.get(name).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    values.iter().filter_map(Value::as_str).map(str::to_owned).collect()
}

fn objects<'v>(object: &'v Object, name: &str) -> impl Iterator<Item = &'v Object> {
    super::json_text::objects(object, name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_told_from_other_json() {
        for text in ["{\"longview\": 1}", "\u{feff} {\n\t\"longview\" :1"] {
            assert!(recognises(text), "{text}");
        }
        for text in ["", "{}", "{\"title\": \"longview\"}", "[{\"longview\": 1}]", "{\"longview\""] {
            assert!(!recognises(text), "{text}");
        }
    }
}
