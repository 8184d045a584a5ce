//! An event as properties of a calendar's.

use std::fmt::Write as _;

use crate::date::{Date, Zone};
use crate::document::{Event, Media};
use crate::interchange::color::css_name;
use crate::interchange::context::Context;
use crate::interchange::html::{html, plain};
use crate::interchange::json::Json;
use crate::interchange::{references, shape};
use crate::timeline::is_web_or_mail;

use super::line::{Property, escaped};
use super::moment::Span;
use super::names::{DATE, EVENT};

/// What of an event a property says. An import takes from Longview's own properties what these still say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The title.
    Title,
    /// The date.
    Date,
    /// The description, with the sources.
    Description,
    /// The lanes and tags.
    Categories,
    /// The place.
    Place,
    /// Links and media.
    Links,
    /// The colour.
    Color,
    /// The importance.
    Importance,
}

impl Part {
    /// The parts, each with the names of its properties.
    pub const ALL: [(Self, &'static [&'static str]); 8] = [
        (Self::Title, &["SUMMARY"]),
        (Self::Date, &["DTSTART", "DTEND", "DURATION", "RRULE", "RDATE"]),
        (Self::Description, &["DESCRIPTION", "X-ALT-DESC"]),
        (Self::Categories, &["CATEGORIES"]),
        (Self::Place, &["LOCATION", "GEO"]),
        (Self::Links, &["URL", "ATTACH"]),
        (Self::Color, &["COLOR"]),
        (Self::Importance, &["PRIORITY"]),
    ];
}

/// An event as a component of a calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Component {
    /// Whether it is a journal entry, as the calendar cannot say its date.
    pub is_journal: bool,
    /// What all programs read.
    pub parts: Vec<(Part, Property)>,
    /// Whether that says all of the date.
    pub is_exact: bool,
}

/// Returns the UID of the event with an id.
#[must_use]
pub fn uid(id: &str) -> String {
    format!("{id}@longview")
}

/// Returns an event as all programs read it. `zone` is that of the document.
#[must_use]
pub fn component(event: &Event, context: &Context<'_>, zone: Option<&Zone>) -> Component {
    let date = event.date.as_deref().and_then(|date| Date::parse(date).ok());
    let span = date.and_then(|date| Span::new(&date, zone));
    let mut parts = vec![(Part::Title, Property::text("SUMMARY", &event.title))];
    if let Some(span) = &span {
        let kind = if span.is_days { ";VALUE=DATE" } else { "" };
        parts.push((Part::Date, Property::raw("DTSTART", kind, span.start.clone())));
        let end = span.end.iter().map(|end| (Part::Date, Property::raw("DTEND", kind, end.clone())));
        parts.extend(end);
    }
    described(event, context, &mut parts);
    let lanes = std::iter::once(&event.lane).chain(&event.also).map(|lane| context.lane_title(lane));
    let categories = lanes.chain(event.tags.iter().map(String::as_str)).filter(|title| !title.trim().is_empty());
    let categories: Vec<String> = categories.map(escaped).collect();
    if !categories.is_empty() {
        parts.push((Part::Categories, Property::raw("CATEGORIES", "", categories.join(","))));
    }
    if span.is_some() {
        placed(event, &mut parts);
    }
    linked(event, &mut parts);
    let color = event.color.as_deref().or_else(|| context.lane_color(&event.lane)).and_then(css_name);
    if let Some(color) = color {
        parts.push((Part::Color, Property::raw("COLOR", "", color.to_owned())));
    }
    // 1 is the highest priority, 5 the middle, 9 the lowest.
    if let Some(importance) = event.importance.filter(|importance| *importance != 0 && span.is_some()) {
        let priority = 5 - importance.clamp(-4, 4);
        parts.push((Part::Importance, Property::raw("PRIORITY", "", priority.to_string())));
    }
    Component { is_journal: span.is_none(), parts, is_exact: span.is_some_and(|span| span.is_exact) }
}

/// Adds the description in words, with the sources below it; in HTML too if it has looks.
fn described(event: &Event, context: &Context<'_>, parts: &mut Vec<(Part, Property)>) {
    let description = event.description.as_deref().unwrap_or_default();
    let mut text = plain(description);
    let mut page = html(description);
    let is_plain = page == html(&text);
    for (number, citation) in event.citations.iter().enumerate() {
        let words = references::words(citation, context);
        let gap = if text.is_empty() {
            ""
        } else if number == 0 {
            "\n\n"
        } else {
            "\n"
        };
        // Writing to a string does not fail.
        let _ = write!(text, "{gap}Source: {words}");
        let _ = write!(page, "<p>Source: {}</p>", super::super::html::escaped(&words));
    }
    if !text.is_empty() {
        parts.push((Part::Description, Property::text("DESCRIPTION", &text)));
    }
    if !is_plain {
        let property = Property { parameters: ";FMTTYPE=text/html", ..Property::text("X-ALT-DESC", &page) };
        parts.push((Part::Description, property));
    }
}

fn placed(event: &Event, parts: &mut Vec<(Part, Property)>) {
    let Some(place) = &event.place else { return };
    if let Some(name) = &place.name {
        parts.push((Part::Place, Property::text("LOCATION", name)));
    }
    if let (Some(latitude), Some(longitude)) = (place.latitude, place.longitude) {
        parts.push((Part::Place, Property::raw("GEO", "", format!("{latitude};{longitude}"))));
    }
}

/// Adds the addresses of links and media. A component has one URL; further ones are attached.
fn linked(event: &Event, parts: &mut Vec<(Part, Property)>) {
    let is_address = |url: &&str| is_web_or_mail(url) && !url.contains(|c: char| c.is_control() || c.is_whitespace());
    let links = event.links.iter().map(|link| link.url.as_str()).filter(is_address);
    for (number, url) in links.enumerate() {
        let name = if number == 0 { "URL" } else { "ATTACH" };
        parts.push((Part::Links, Property::raw(name, "", url.to_owned())));
    }
    for url in event.media.iter().filter_map(address).filter(is_address) {
        parts.push((Part::Links, Property::raw("ATTACH", kind_of(url), url.to_owned())));
    }
}

fn address(media: &Media) -> Option<&str> {
    media.url.as_deref()
}

/// Returns the parameter for the kind of a picture, by the ending of its address.
fn kind_of(url: &str) -> &'static str {
    let path = url.split(['?', '#']).next().unwrap_or_default().to_ascii_lowercase();
    match path.rsplit_once('.').map(|(_, ending)| ending) {
        Some("jpg" | "jpeg") => ";FMTTYPE=image/jpeg",
        Some("png") => ";FMTTYPE=image/png",
        Some("gif") => ";FMTTYPE=image/gif",
        Some("webp") => ";FMTTYPE=image/webp",
        Some("svg") => ";FMTTYPE=image/svg+xml",
        _ => "",
    }
}

/// Returns what only Longview reads of an event.
pub(super) fn own(event: &Event) -> Vec<Property> {
    let mut fields = shape::names(event);
    fields.extend(shape::details(event).into_iter().filter(|(name, _)| *name != "edtf"));
    let date = event.date.as_ref().map(|date| Property::text(DATE, date));
    date.into_iter().chain([Property::text(EVENT, &Json::Object(fields).compact())]).collect()
}
