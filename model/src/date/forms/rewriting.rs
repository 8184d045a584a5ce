//! The state of a text while forms rewrite it.

use crate::date::civil::Calendar;
use crate::date::error::Caution;

/// A text being rewritten in a form that the reader knows.
pub(super) struct Rewriting {
    pub text: String,
    pub calendar: Calendar,
    /// The cautions about the text as it was written.
    pub cautions: Vec<Caution>,
    /// The weekdays that were named, in order; 1 is Monday.
    pub weekdays: Vec<u8>,
    /// Whether the text is certainly in a form, so that an error in the rewritten text is reported.
    pub certain: bool,
    /// Whether cautions about the rewritten text do not apply to the text as written.
    pub explicit: bool,
}

impl Rewriting {
    pub fn new(text: &str, calendar: Calendar) -> Self {
        Self {
            text: text.to_owned(),
            calendar,
            cautions: Vec::new(),
            weekdays: Vec::new(),
            certain: false,
            explicit: false,
        }
    }
}
