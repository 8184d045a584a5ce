//! The whole document as JSON.

use std::io;

use super::json::Json;
use super::row::Row;
use super::shape;
use super::sink::Sink;
use super::written::Written;

/// The version of the shape, in the field by which it is recognised.
const VERSION: i64 = 1;

/// Writes a document: an object with the fields of a document, and one item of each of its lists after another.
pub(super) fn write(written: &Written<'_>, sink: &mut Sink<'_>) -> io::Result<()> {
    let [before, after] = shape::head(&written.head);
    sink.text("{\n")?;
    let version = ("longview", Json::Integer(VERSION));
    for (name, value) in std::iter::once(version).chain(before) {
        sink.text(&format!("  \"{name}\": {},\n", value.pretty(2)))?;
    }
    sink.text("  \"events\": [")?;
    for (number, (event, document)) in written.events().enumerate() {
        let mut fields = Row::new(&event, written.timeline).json();
        fields.extend(shape::details(&document));
        sink.text(if number == 0 { "\n    " } else { ",\n    " })?;
        sink.text(&Json::Object(fields).pretty(4))?;
        sink.event()?;
    }
    sink.text(if written.len() == 0 { "]" } else { "\n  ]" })?;
    for (name, value) in after {
        sink.text(&format!(",\n  \"{name}\": {}", value.pretty(2)))?;
    }
    sink.text("\n}\n")
}
