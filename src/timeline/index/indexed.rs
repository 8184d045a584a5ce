//! What an index must know of an event.

use crate::date::{Date, Endpoint, Interval};

/// What the index must know of an event.
#[derive(Clone, Copy, Debug, Default)]
pub struct Indexed {
    /// What its date is known to cover: open ends are unbounded, unknown ones are not.
    pub bounds: Interval,
    /// The second that it is drawn at.
    pub anchor: i64,
    /// Length of a span, in seconds; none where an end of it is unknown, and for other dates.
    pub span: Option<i64>,
    /// What the document says of its importance.
    pub importance: f32,
}

impl Indexed {
    /// An event of this date.
    #[must_use]
    pub fn new(date: &Date, importance: f32) -> Self {
        let has_length =
            matches!(date, Date::Span { start, end } if ![start, end].into_iter().any(|end| *end == Endpoint::Unknown));
        let span = has_length.then(|| date.known_extent().length());
        Self { bounds: date.known_bounds(), anchor: date.anchor(), span, importance }
    }
}
