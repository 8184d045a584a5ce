//! The document as it is written: RON text in, a [`Timeline`] or a list of [`Diagnostic`]s out.
//!
//! Nothing here depends on windows, files or the meaning of dates. [`read()`] determines whether the text is a
//! well-formed document; later checks (whether a lane exists, whether a date is valid) report the [`DocPath`] of the
//! value, and [`locate()`] finds its bytes in the text.
//!
//! Reading has a fast and a slow path. A valid document is cut between its events by a scanner that recognises strings
//! and comments ([`Chunks`]), and `ron` parses the chunks on all cores. Only if `ron` rejects one is the text walked
//! again ([`parse_with_diagnostics()`]): first its brackets, then all of it against the format's own schema. This finds
//! every problem at once, whereas a deserializer stops at the first.

mod brackets;
mod check;
mod chunks;
mod cut;
mod diagnostic;
mod foreign;
mod ids;
mod limits;
mod literals;
mod locate;
mod occurrences;
mod options;
pub mod parts;
mod path;
mod position;
mod raw_diagnostic;
mod read;
mod recovery;
mod recut;
mod ron_error;
mod scan;
mod schema;
mod structure;
mod text;
mod tree;
mod types;
mod value;
mod words;
mod write;

#[cfg(test)]
pub(crate) mod tests;

pub use chunks::{Chunks, Mapped, Piece};
pub use diagnostic::{Diagnostic, Problem, Severity, nearest};
pub use foreign::begins_as_document;
pub use ids::{Ids, new_id};
pub use limits::{MAX_EVENTS, MAX_FILE_BYTES, MAX_LANE_DEPTH, MAX_NESTING, MAX_STRING_BYTES, MAX_TAGS};
pub use locate::{locate, locate_from};
pub use occurrences::first_occurrences;
pub use path::{DocPath, PathSegment};
pub use read::{Parsed, Read, decode, parse_with_diagnostics, read, read_with_progress};
pub use recovery::Recovery;
pub use recut::{map_part, read_without_events};
pub use schema::field_names;
pub use text::Text;
pub use tree::Tree;
pub use types::{
    Axis, Basis, Calendar, Citation, Era, Event, InitialView, Lane, Link, Media, Place, Point, Qualifier, Scale,
    Series, Source, Timeline,
};
pub use value::{Fields, Style, Value};
pub use write::{Writer, write};
