//! A calendar: iCalendar, RFC 5545, with the properties of RFC 7986.
//!
//! An event is a VEVENT on the days, or at the times, that its date may cover. One that has none in the years 1 to 9999 is a
//! journal entry without a date (VJOURNAL). What a calendar has no place for is in properties of Longview's, whose values are
//! texts: X-LONGVIEW-TIMELINE, the document without its events as JSON; X-LONGVIEW-DATE, a date as the document has it; and
//! X-LONGVIEW-EVENT, all else of an event as JSON.
//!
//! The same document makes the same bytes: DTSTAMP is the day of the document, or the first of 1970, and UIDs are made of
//! the ids of events.

mod event;
mod line;
mod moment;
mod names;

use std::io;

use crate::date::{Date, Precision, Zone};

use super::context::Context;
use super::html::plain;
use super::json::Json;
use super::losses::Losses;
use super::shape;
use super::sink::Sink;
use super::written::Written;

pub use event::{Component, Part, component, uid};
pub use line::Property;
pub use names::{DATE, EVENT, TIMELINE};

/// Writes a calendar. Returns what it cannot hold.
pub(super) fn write(written: &Written<'_>, sink: &mut Sink<'_>) -> io::Result<Vec<String>> {
    let head = &written.head;
    let context = Context::new(head);
    let zone = head.zone.as_deref().and_then(Zone::named);
    let stamp = stamp(head.date.as_deref());
    sink.text("BEGIN:VCALENDAR\r\n")?;
    for property in properties_of_calendar(&context) {
        sink.text(&property.lines())?;
    }
    let mut counts = Counts::default();
    for (_, event) in written.events() {
        let Component { is_journal, parts, is_exact } = component(&event, &context, zone.as_ref());
        let name = if is_journal { "VJOURNAL" } else { "VEVENT" };
        sink.text(&format!("BEGIN:{name}\r\n"))?;
        sink.text(&Property::text("UID", &uid(&event.id)).lines())?;
        sink.text(&Property::raw("DTSTAMP", "", stamp.clone()).lines())?;
        for related in &event.related {
            sink.text(&Property::text("RELATED-TO", &uid(related)).lines())?;
        }
        for (_, property) in &parts {
            sink.text(&property.lines())?;
        }
        for property in event::own(&event) {
            sink.text(&property.lines())?;
        }
        sink.text(&format!("END:{name}\r\n"))?;
        counts.undated += usize::from(event.date.is_none());
        counts.beyond += usize::from(event.date.is_some() && is_journal);
        counts.inexact += usize::from(!is_journal && !is_exact);
        counts.files += event.media.iter().filter(|media| media.url.is_none()).count();
        counts.citing += usize::from(!event.citations.is_empty());
        sink.event()?;
    }
    sink.text("END:VCALENDAR\r\n")?;
    Ok(counts.losses(&context))
}

/// How much of a document other programs do not see.
#[derive(Debug, Default)]
struct Counts {
    undated: usize,
    beyond: usize,
    inexact: usize,
    files: usize,
    citing: usize,
}

impl Counts {
    fn losses(&self, context: &Context<'_>) -> Vec<String> {
        let mut losses = Losses::new("iCalendar");
        let event = ["event", "events"];
        let undated = [
            "event without a date written as a journal entry, which has none",
            "events without a date written as journal entries, which have none",
        ];
        losses.add(self.undated, undated, "");
        losses.add(
            self.beyond,
            event,
            "before the year 1 or after 9999, which no calendar can say, left without a date",
        );
        let date = ["date that is no day or time", "dates that are no days or times"];
        losses.add(self.inexact, date, "written as all days that may be meant; only Longview reads the date itself");
        losses.add(self.files, ["picture in a file", "pictures in files"], "left out for all programs but Longview");
        losses.add(self.citing, event, "with sources that other programs show in the description only");
        let (eras, series) = (context.head.eras.len(), context.head.series.len());
        losses.add(eras, ["era", "eras"], "left out for all programs but Longview");
        losses.add(series, ["series", "series"], "left out for all programs but Longview");
        losses.into_sentences()
    }
}

fn properties_of_calendar(context: &Context<'_>) -> Vec<Property> {
    let head = context.head;
    let [mut fields, after] = shape::head(head);
    fields.extend(after);
    let mut properties = vec![
        Property::raw("VERSION", "", "2.0".to_owned()),
        Property::raw("PRODID", "", "-//Longview//Longview//EN".to_owned()),
        Property::raw("CALSCALE", "", "GREGORIAN".to_owned()),
        Property::text("NAME", &head.title),
        Property::text("X-WR-CALNAME", &head.title),
    ];
    if let Some(description) = &head.description {
        properties.push(Property::text("DESCRIPTION", &plain(description)));
        properties.push(Property::text("X-WR-CALDESC", &plain(description)));
    }
    if let Some(zone) = &head.zone {
        properties.push(Property::text("X-WR-TIMEZONE", zone));
    }
    properties.push(Property::text(TIMELINE, &Json::Object(fields).compact()));
    properties
}

/// Returns the value of DTSTAMP: the day of the document if it has one, so that the same document makes the same bytes.
fn stamp(date: Option<&str>) -> String {
    let day = date
        .and_then(|date| Date::parse(date).ok())
        .filter(|date| matches!(date, Date::Single(part) if part.precision() == Precision::Day));
    let span = day.and_then(|day| moment::Span::new(&day, None));
    span.map_or_else(|| "19700101".to_owned(), |span| span.start) + "T000000Z"
}
