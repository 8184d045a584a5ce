//! What the notes are about.

use std::sync::Arc;

use crate::timeline::{EraIndex, EventIndex, SeriesIndex};

/// What the notes say of each event, besides its title and date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoteParts {
    /// Its citations; at the end, the works that are cited.
    pub sources: bool,
    /// Its description and figures; at the beginning, the description of the document.
    pub descriptions: bool,
}

/// What the notes are about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Noted {
    /// The events in view, in time order: the notes are numbered from 1.
    pub events: Arc<[EventIndex]>,
    /// The dated events out of view, in time order.
    pub outside: Vec<EventIndex>,
    /// The events without a date.
    pub undated: Vec<EventIndex>,
    /// Eras.
    pub eras: Vec<EraIndex>,
    /// Series.
    pub series: Vec<SeriesIndex>,
}
