//! A text on its way from a form of its own to one that the reader knows.

use crate::date::civil::Calendar;
use crate::date::error::Caution;

/// A text on its way to what the reader knows.
pub(super) struct Rewriting {
    pub text: String,
    pub calendar: Calendar,
    /// What may be doubted of the text as it was written.
    pub cautions: Vec<Caution>,
    /// The weekdays that were named, 1 for Monday, in their order.
    pub weekdays: Vec<u8>,
    /// Whether the text is certainly in a form, so that what is wrong with the rest of it is what is wrong.
    pub certain: bool,
    /// Whether what the reader doubts of the rewritten text is no doubt about the text as written.
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
