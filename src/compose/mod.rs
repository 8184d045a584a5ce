//! What a user types -> events and documents: [`event_lines`] reads a line as an event, [`Template`]s are documents to start
//! from.

mod doubt;
mod leading;
mod line;
mod moment;
mod points;
mod signs;
mod template;

pub use doubt::{Fix, LineDoubt};
pub use line::{EventLine, LaneName, event_line, event_lines};
pub use moment::date_near;
pub use points::{PointLine, number, points};
pub use template::Template;
