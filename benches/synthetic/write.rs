//! Writes a synthetic document.

use std::io::Write;

use longview::document::Event;

use crate::synthetic::{Form, empty, events};

/// Writes a document of so many events.
///
/// # Errors
/// Those of the writer.
pub fn write(count: u64, form: Form, out: &mut dyn Write) -> std::io::Result<()> {
    let document = empty(count, form);
    let (title, axis) = (&document.title, document.axis);
    writeln!(
        out,
        "(\n    title: {title:?},\n    axis: {axis:?},\n    sources: [(id: \"made\", title: \"Made up\")],\n    lanes: ["
    )?;
    for lane in &document.lanes {
        writeln!(out, "        (id: {:?}, title: {:?}),", lane.id, lane.title)?;
    }
    writeln!(out, "    ],\n    events: [")?;
    for event in events(count, form) {
        let Event { id, lane, title, date, .. } = &event;
        let date = date.as_deref().unwrap_or_default();
        write!(out, "        (id: {id:?}, lane: {lane:?}, title: {title:?}, date: {date:?}")?;
        if let Some(description) = &event.description {
            write!(out, ", description: {description:?}")?;
        }
        for citation in &event.citations {
            let locator = citation.locator.as_deref().unwrap_or_default();
            write!(out, ", citations: [(source: {:?}, locator: {locator:?}, basis: Stated)]", citation.source)?;
        }
        writeln!(out, "),")?;
    }
    writeln!(out, "    ],\n)")
}
