//! What a document may hold at most. What is over a limit is an error that names it.

/// The largest document, in bytes.
pub const MAX_FILE_BYTES: usize = 512 << 20;
/// The most events in a document.
pub const MAX_EVENTS: usize = 2_000_000;
/// The longest string, in bytes of its value (escapes resolved, without quotes).
pub const MAX_STRING_BYTES: usize = 1 << 20;
/// The deepest nesting of brackets.
pub const MAX_NESTING: usize = 128;
/// The most tags on one event.
pub const MAX_TAGS: usize = 64;
