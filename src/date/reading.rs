//! A date that has been read, with what may be doubted of it.

use super::error::Caution;
use super::model::Date;

/// A date that has been read, as [`Date::read`] returns it.
#[non_exhaustive]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// What the text was read as.
    pub date: Date,
    /// Every place where something else may have been meant, in the order in which they were found.
    pub cautions: Vec<Caution>,
}
