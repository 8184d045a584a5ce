//! The resolved, immutable model of a document.
//!
//! [`resolve()`] turns the document as written into a [`Timeline`]: ids become indices, date strings become
//! [`Date`](crate::date::Date)s, events are put in time order. Everything downstream reads this and never the document.
//!
//! A document in chunks is resolved chunk by chunk: a [`Resolver`] makes a [`Batch`] of each, on any thread, and then
//! one timeline from all of them. The [`Events`] of a timeline hold ranges of the document's text instead of strings of
//! their own.
//!
//! Invariant: no egui and no file system access here.

mod amend;
mod amendment;
mod batch;
mod citation;
mod clocks;
mod color;
mod complete;
mod details;
mod even;
mod events;
mod figures;
mod groups;
mod handles;
mod ids;
mod index;
mod item_id;
mod kept;
mod lane_tree;
mod language;
mod lists;
mod merge;
mod model;
mod omitted;
mod quantity;
mod records;
mod reference;
mod references;
mod resolve;
mod series;
mod sources;
mod styles;
mod successors;
#[cfg(test)]
mod tests;
mod time_scale;

pub use crate::document::Axis;
pub use amendment::{Amendment, TextEdit};
pub use batch::Batch;
pub use citation::{Citation, CitationView};
pub use clocks::AxisZone;
pub use color::{Color, Hue};
pub use details::{Details, Link, Media, Place, is_within};
pub use events::{Citations, Event, Events, Headline, Related, Tags, UNDATED};
pub use figures::{Figure, Figures, Reading, preposition};
pub use handles::{EraIndex, EventIndex, Item, LaneIndex, SeriesIndex, SourceIndex};
pub use index::{Index, Indexed, Summary, Values};
pub use item_id::{ItemId, Key, LaneId};
pub use language::is_language_tag;
pub use model::{Era, Group, Lane, Timeline};
pub use omitted::Omitted;
pub use quantity::{Quantity, number, raised, with_unit};
pub use reference::{Address, Reference};
pub use resolve::{Resolved, Resolver, resolve, resolve_recovered};
pub use series::{Between, Point, Series, Trace};
pub use sources::{Named, Source, SourceNames, Work, is_web, is_web_or_mail};
pub use successors::{Moved, Successors};
pub use time_scale::{MOST_STRETCHES, Position, Stretch, StretchStart, TimeScale};
