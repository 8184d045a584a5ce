//! Limits of a document. Exceeding a limit is an error that names it.

/// Maximum size of a document, in bytes.
pub const MAX_FILE_BYTES: usize = 512 << 20;
/// Maximum number of events in a document.
pub const MAX_EVENTS: usize = 2_000_000;
/// Maximum length of a string, in bytes of its value (escapes resolved, without quotes).
pub const MAX_STRING_BYTES: usize = 1 << 20;
/// Maximum nesting depth of brackets.
pub const MAX_NESTING: usize = 128;
/// Maximum number of lanes from one at the top to one that is nested in it, both included.
pub const MAX_LANE_DEPTH: usize = 32;
/// Maximum number of tags of an event.
pub const MAX_TAGS: usize = 64;
