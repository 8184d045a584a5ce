//! Edits of a document's text that leave everything else in it as the author wrote it.
//!
//! [`edit()`] is a pure function from a text and an [`Intent`] to [`Splices`]: disjoint ranges of bytes and what replaces
//! them. A splice is never wider than the tokens that change; a value that reads as it should is not touched; new fields
//! and items look like those beside them: indentation, line breaks, a comma after the last, the space after a colon,
//! quotes.

mod difference;
mod in_place;
mod insert;
mod intent;
mod literal;
mod log;
mod reconcile;
mod remove;
mod splice;
mod update;

#[cfg(test)]
pub(crate) mod tests;

pub use difference::difference;
pub use intent::{Intent, NoSuchValue, edit};
pub use log::{Entry, Log};
pub use splice::{Overlap, Splice, Splices};
pub use update::{FieldChange, ItemChange, Outcome, Update, Versions, update};
