//! Timeline -> files of other programs, which an import reads back.
//!
//! ```text
//! timeline + projection -> Written    the document that says the same: document's own types
//! Written               -> bytes      csv, whole (JSON), icalendar, timelinejs
//! ```
//!
//! [`write()`] is a pure function of the timeline and the projection: the same make the same bytes. It writes one event after
//! another. What a format cannot hold is counted, and returned in words.
//!
//! What a format has no place for of its own is kept, where it has a place for what other programs do not know, in fields of
//! Longview's. An import reads these first; but what another program has changed beside them is what counts.
//!
//! Invariant: no egui and no file system access here.

pub mod cells;
mod color;
mod context;
mod csv;
mod format;
pub mod html;
pub mod icalendar;
mod json;
mod losses;
mod references;
mod row;
mod shape;
mod sink;
pub mod timelinejs;
mod whole;
mod written;

use std::io;

pub use color::{css_color, css_name};
pub use context::Context;
pub use csv::COLUMNS;
pub use format::Format;
pub use json::Json;
pub use row::Row;

use crate::progress::Progress;
use crate::query::Projection;
use crate::timeline::{Event, Timeline};
use sink::Sink;
use written::Written;

/// Writes a timeline, with the events that a projection shows. Returns what the format cannot hold: a sentence each, without
/// full stops.
///
/// # Errors
/// Returns an error if `out` does, or if the task was cancelled.
pub fn write(
    format: Format,
    timeline: &Timeline,
    projection: &Projection,
    out: &mut dyn io::Write,
    progress: &Progress,
) -> io::Result<Vec<String>> {
    let written = Written::new(timeline, projection);
    let mut sink = Sink::new(out, written.len(), progress);
    match format {
        Format::Csv => csv::write(&written, &mut sink),
        Format::ICalendar => icalendar::write(&written, &mut sink),
        Format::TimelineJs => timelinejs::write(&written, &mut sink),
        Format::Json => whole::write(&written, &mut sink).map(|()| Vec::new()),
    }
}

/// Returns an event as it is listed in JSON: what it has, what its date means, and where it belongs.
#[must_use]
pub fn listed(timeline: &Timeline, event: &Event<'_>) -> Json {
    let mut fields = Row::new(event, timeline).json();
    fields.extend(shape::details(&written::event_of(timeline, event)));
    Json::Object(fields)
}
