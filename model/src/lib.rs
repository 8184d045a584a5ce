//! The documents of Longview, from their text to what it means: dates, the format, edits, the resolved timeline, and which
//! part of it is shown.
//!
//! Nothing here knows of windows, files or pictures. The package is compiled for speed, the program around it for size.
//!
//! ```text
//! text -> document -> timeline -> query
//!           ^ edit     ^ date
//! ```

pub mod date;
pub mod document;
pub mod edit;
pub mod open;
pub mod progress;
pub mod query;
pub mod reopen;
pub mod sorting;
pub mod timeline;

pub use open::{Opened, open, open_with_progress};
