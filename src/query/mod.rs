//! Which events and lanes of a timeline are shown, and in which order.
//!
//! A [`Projection`] is what the chart, lists and counts see of a [`Timeline`](crate::timeline::Timeline); a [`Filter`]
//! says what is in one. Lanes and their order come from the indexes of the timeline, at no cost. For anything that
//! looks at the events, [`Filter::project`] makes new indexes; a job can do that.
//!
//! Invariant: no egui and no file system here.

mod filter;
mod projection;
#[cfg(test)]
mod tests;

pub use filter::{Filter, Row};
pub use projection::{Projection, ShownLane};
