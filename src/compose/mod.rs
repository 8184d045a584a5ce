//! What a user types -> events and documents: [`event_lines`] reads a line as an event, [`Template`]s are documents to start
//! from.

mod doubt;
mod leading;
mod line;
mod signs;
mod template;

pub use doubt::{Fix, LineDoubt};
pub use line::{EventLine, LaneName, event_line, event_lines};
pub use template::Template;
