//! Measures between two edges: what is pinned, and what is being measured.

use crate::date::{Date, Direction, Endpoint, Handle, between};
use crate::layout::one_line;
use crate::paint;
use crate::timeline::{Item, ItemId, Timeline};

/// The greatest number of measures that are pinned.
pub(super) const MOST: usize = 12;

/// One end of a measure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edge {
    /// The start or the end of an event or era.
    Of(ItemId, Handle),
    /// A date of its own.
    At(Box<Date>),
}

/// A distance between two edges.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measure {
    /// Where it begins.
    pub from: Edge,
    /// Where it ends.
    pub to: Edge,
}

/// What is measured.
#[derive(Debug, Default)]
pub struct Measuring {
    /// Whether edges are chosen by pointer and keys.
    pub is_active: bool,
    /// The edge that was chosen first.
    pub from: Option<Edge>,
    /// The measures that stay.
    pub pinned: Vec<Measure>,
    /// When something was selected last, in seconds since the window opened.
    pub(super) selected_at: f64,
}

/// What is done with measures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MeasureMessage {
    /// Choose an edge: the first one, or the second one, which pins the measure.
    Choose(Edge),
    /// Begin anew at an edge.
    Begin(Edge),
    /// Remove a pinned measure, by its position.
    Remove(usize),
    /// Remove all pinned measures.
    RemoveAll,
}

impl Edge {
    /// Returns its date. Returns `None` if the document has none for it.
    #[must_use]
    pub fn date(&self, timeline: &Timeline) -> Option<Date> {
        match self {
            Self::At(date) => Some((**date).clone()),
            Self::Of(id, handle) => end_of(date_of(id, timeline)?, *handle),
        }
    }

    /// Returns what it is in words: "start of Treaty on Basic Relations", "1965".
    #[must_use]
    pub fn words(&self, timeline: &Timeline) -> String {
        let Self::Of(id, handle) = self else {
            return self.date(timeline).map(|date| date.words()).unwrap_or_default();
        };
        let title = match timeline.find(id) {
            Some(Item::Event(event)) => timeline.event(event).map(|event| one_line(event.title).into_owned()),
            Some(Item::Era(era)) => timeline.era(era).map(|era| one_line(&era.title).into_owned()),
            _ => None,
        };
        let title = title.unwrap_or_default();
        match (date_of(id, timeline), handle) {
            (Some(Date::Span { .. }), Handle::End) => format!("end of {title}"),
            (Some(Date::Span { .. }), _) => format!("start of {title}"),
            _ => title,
        }
    }
}

/// Returns the date of an event or era.
pub(super) fn date_of<'t>(id: &ItemId, timeline: &'t Timeline) -> Option<&'t Date> {
    match timeline.find(id)? {
        Item::Event(event) => timeline.event(event)?.date,
        Item::Era(era) => timeline.era(era).map(|era| &era.date),
        Item::Series(_) => None,
    }
}

/// Returns the start or the end of a date. Returns `None` if it is open or unknown.
pub(super) fn end_of(date: &Date, handle: Handle) -> Option<Date> {
    let end = match date {
        Date::Single(_) => return Some(date.clone()),
        Date::Span { end, .. } if handle == Handle::End => end,
        Date::Span { start, .. } => start,
        Date::Set(_) => return None,
    };
    match end {
        Endpoint::Dated(part) => Some(Date::Single(*part)),
        _ => None,
    }
}

impl Measure {
    /// Returns the distance: "15 to 17 years; 5,480 to 6,208 days". Returns `None` if an edge has no date any more.
    #[must_use]
    pub fn words(&self, timeline: &Timeline) -> Option<String> {
        let (from, to) = (self.from.date(timeline)?, self.to.date(timeline)?);
        Some(between(&from, &to).measured_words())
    }

    /// Returns all of it in words: "start of A to start of B: 15 to 17 years; 5,480 to 6,208 days later".
    #[must_use]
    pub fn sentence(&self, timeline: &Timeline) -> Option<String> {
        let (from, to) = (self.from.date(timeline)?, self.to.date(timeline)?);
        let difference = between(&from, &to);
        let order = match difference.direction {
            Direction::Later => " later",
            Direction::Earlier => " earlier",
            Direction::Same | Direction::Overlapping => "",
        };
        let edges = [&self.from, &self.to].map(|edge| edge.words(timeline));
        Some(format!("{} to {}: {}{order}", edges[0], edges[1], difference.measured_words()))
    }

    /// Returns what is drawn of it.
    #[must_use]
    pub fn drawn(&self, timeline: &Timeline, is_draft: bool) -> Option<paint::Measure> {
        let (from, to) = (self.from.date(timeline)?.known_extent(), self.to.date(timeline)?.known_extent());
        Some(paint::Measure { from, to, words: self.words(timeline)?, is_draft })
    }
}
