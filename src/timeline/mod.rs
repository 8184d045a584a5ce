//! The resolved, immutable model: what the document means.
//!
//! [`resolve()`] turns the document as written into a [`Timeline`]: ids become indices, date strings become
//! [`Date`]s, events are put in time order. Everything downstream reads this and never the document.
//!
//! Invariant: no egui and no file system here.

mod color;
pub mod date;
mod extent;
mod index;
mod model;
mod quantity;
mod resolve;

pub use color::{Hue, LaneColor};
pub use date::{Date, Interval};
pub use index::{Index, Indexed};
pub use model::{
    Citation, Era, Event, EventIndex, Figure, Item, Lane, LaneIndex, Point, Series, SeriesIndex, Source, SourceIndex,
    Timeline,
};
pub use quantity::{Quantity, number, with_unit};
pub use resolve::{Resolved, resolve};
