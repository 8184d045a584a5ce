//! The document as it is written: RON text in, a [`Timeline`] or a list of [`Diagnostic`]s out.
//!
//! Nothing here knows a window, a file or the meaning of a date. [`read()`] answers whether the text
//! is a well-formed document; whatever is checked later (does this lane exist, is this a date)
//! names the [`DocPath`] that it is about, and [`locate()`] finds where that stands in the text.
//!
//! Reading has two speeds. A good document is cut between its events by a scanner that knows strings
//! and comments ([`Chunks`]), and `ron` parses the pieces on all cores. Only when it refuses one is
//! the text walked again ([`parse_with_diagnostics()`]), its brackets first and then all of it against the format's
//! own schema, which finds every problem at once where a deserializer stops at the first.

mod brackets;
mod check;
mod chunks;
mod cut;
mod diagnostic;
mod foreign;
mod locate;
mod occurrences;
mod position;
mod read;
mod recovery;
mod ron_error;
mod scan;
mod schema;
mod structure;
mod text;
mod types;
mod words;

#[cfg(test)]
pub(crate) mod tests;

pub use chunks::{Chunks, Mapped};
pub use diagnostic::{Diagnostic, DocPath, PathSegment, Problem, Severity, nearest};
pub use locate::locate;
pub use occurrences::first_occurrences;
pub use read::{Parsed, Read, decode, parse_with_diagnostics, read, read_with_progress};
pub use recovery::Recovery;
pub use text::Text;
pub use types::{
    Basis, Calendar, Citation, Era, Event, InitialView, Lane, Point, Qualifier, Scale, Series, Source, Timeline,
};

/// The largest document, in bytes.
pub const MAX_FILE_BYTES: usize = 512 << 20;
/// The most events in a document.
pub const MAX_EVENTS: usize = 2_000_000;
/// The longest string, in bytes of its value (what its escapes stand for, without quotes).
pub const MAX_STRING_BYTES: usize = 1 << 20;
/// The deepest nesting of brackets.
pub const MAX_NESTING: usize = 128;
/// The most tags on one event.
pub const MAX_TAGS: usize = 64;
