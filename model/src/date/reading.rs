//! A date that has been read, with its cautions.

use super::error::Caution;
use super::model::Date;

/// The result of [`Date::read`]: a date and its cautions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The date that the text was read as.
    pub date: Date,
    /// The cautions about each place where something else may have been meant, in the order in which they were found.
    pub cautions: Vec<Caution>,
}
