//! Files of other programs -> a document and a report.
//!
//! ```text
//! bytes -> Source      decoded, its format found: text, format
//!       -> Import      the document: its head, its events one after another, and what the report says
//!       -> RON         document::Writer
//! ```
//!
//! Every format is a file with a function that takes text to a [`Draft`]; what formats have in common is beside them:
//! dates ([`Dates`]), ids, lanes and sources ([`Builder`]), HTML. Nothing is dropped without a number: whatever a reader
//! does not keep it counts in the [`Report`]. `docs/import.md` says what that is, for each format.
//!
//! Invariant: no file system, no clock and no egui here; the same bytes and options make the same document.

mod bibliography;
mod builder;
mod chronozoom;
mod dates;
mod encoding;
mod error;
mod find;
mod format;
mod gedcom;
mod html;
mod icalendar;
mod json_text;
mod limits;
mod longview;
mod loose;
mod markdown;
mod markwhen;
mod media;
mod moment;
mod old_encodings;
mod options;
mod parts;
mod preview;
mod read;
mod recurrence;
mod report;
mod simile;
mod source;
mod table;
mod timeline_project;
mod timelinejs;
mod timelinejs_own;
mod titles;
mod vis;
mod wikidata;

pub use crate::interchange::css_color;
pub use builder::{Builder, Draft, Noted};
pub use dates::{Dated, Dates};
pub use encoding::{Encoding, decode};
pub use error::ImportError;
pub use format::Format;
pub use html::{Prose, html, plain, prose};
pub use options::{ColumnName, DateOrder, Field, Options, TableOptions, century, day, zone};
pub use parts::{End, Parts, between, span};
pub use preview::preview;
pub use read::{Import, convert, import, is_foreign};
pub use report::{Finding, Kind, Place, Report};
pub use source::Source;
pub use table::{Column, Counts, Extent, Preview, PreviewRow, Question, Reading, TablePreview, Why};
pub use timelinejs::Slides;
