//! The data of an event that an index needs.

use crate::date::{Date, Endpoint, Interval};

/// The data of an event that the index needs.
#[derive(Clone, Copy, Debug, Default)]
pub struct Indexed {
    /// The interval that its date is known to cover: unbounded at open ends, bounded at unknown ones.
    pub bounds: Interval,
    /// The second at which it is drawn.
    pub anchor: i64,
    /// Length of a span, in seconds; `None` if an end of it is unknown, and for other dates.
    pub span: Option<i64>,
    /// The importance that the document specifies.
    pub importance: f32,
}

impl Indexed {
    /// Creates the data for an event with this date.
    #[must_use]
    pub fn new(date: &Date, importance: f32) -> Self {
        let has_length =
            matches!(date, Date::Span { start, end } if ![start, end].into_iter().any(|end| *end == Endpoint::Unknown));
        let span = has_length.then(|| date.known_extent().length());
        Self { bounds: date.known_bounds(), anchor: date.anchor(), span, importance }
    }
}
