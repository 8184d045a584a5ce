//! The input and the cautions of a date reader.

use super::civil::Calendar;
use super::error::Caution;

/// The text and calendar that a date is read from, and the cautions found while reading it.
pub(super) struct Context<'t> {
    pub text: &'t str,
    pub calendar: Calendar,
    pub cautions: Vec<Caution>,
}
