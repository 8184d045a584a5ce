//! The document as it is written: RON text in, a [`Timeline`] or a list of [`Diagnostic`]s out.
//!
//! Nothing here knows a window, a file or the meaning of a date. [`read()`] answers whether the text
//! is a well-formed document; whatever is checked later (does this lane exist, is this a date)
//! names the [`DocPath`] that it is about, and [`locate()`] finds its bytes in the text.
//!
//! Reading has two speeds. A good document is cut between its events by a scanner that knows strings
//! and comments ([`Chunks`]), and `ron` parses the chunks on all cores. Only when it refuses one is
//! the text walked again ([`parse_with_diagnostics()`]), its brackets first and then all of it against the format's
//! own schema, which finds every problem at once where a deserializer stops at the first.

mod brackets;
mod check;
mod chunks;
mod cut;
mod diagnostic;
mod foreign;
mod limits;
mod literals;
mod locate;
mod occurrences;
mod options;
mod path;
mod position;
mod raw_diagnostic;
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
pub use diagnostic::{Diagnostic, Problem, Severity, nearest};
pub use limits::{MAX_EVENTS, MAX_FILE_BYTES, MAX_NESTING, MAX_STRING_BYTES, MAX_TAGS};
pub use locate::locate;
pub use occurrences::first_occurrences;
pub use path::{DocPath, PathSegment};
pub use read::{Parsed, Read, decode, parse_with_diagnostics, read, read_with_progress};
pub use recovery::Recovery;
pub use text::Text;
pub use types::{
    Basis, Calendar, Citation, Era, Event, InitialView, Lane, Point, Qualifier, Scale, Series, Source, Timeline,
};
