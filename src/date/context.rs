//! What a reader of dates is given, and what it notes.

use super::civil::Calendar;
use super::error::Caution;

/// What a date is read from and with, and what is found doubtful on the way.
pub(super) struct Context<'t> {
    pub text: &'t str,
    pub calendar: Calendar,
    pub cautions: Vec<Caution>,
}
