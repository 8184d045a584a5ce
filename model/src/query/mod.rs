//! Selection of the events and lanes of a timeline that are shown, and their order.
//!
//! The chart, lists and counts use a [`Projection`] of a [`Timeline`](crate::timeline::Timeline); a [`Filter`]
//! determines its content. Lanes and their order reuse the indexes of the timeline at no cost. If events must be
//! examined, [`Filter::project`] builds new indexes, possibly in a background job.
//!
//! Invariant: no egui and no file system access here.

mod filter;
mod folding;
mod found;
mod listing;
mod narrowing;
mod needle;
mod projection;
mod search;
#[cfg(test)]
mod tests;

pub use filter::{Filter, Row};
pub use folding::{folded, folded_rows};
pub use found::Found;
pub use listing::{Column, Listing, RowOrder};
pub use narrowing::{Facets, narrowed};
pub use needle::Needle;
pub use projection::{Projection, ShownLane};
pub use search::{Search, SearchProblem, term_of};
