//! The properties that only Longview reads.

/// The property with the document without its events.
pub const TIMELINE: &str = "X-LONGVIEW-TIMELINE";
/// The property with the date of an event.
pub const DATE: &str = "X-LONGVIEW-DATE";
/// The property with the rest of an event.
pub const EVENT: &str = "X-LONGVIEW-EVENT";
