//! What a chart is asked for.

use egui::Rect;

use crate::query::Projection;
use crate::timeline::{EventIndex, Timeline};

use super::arrangement::Arrangement;
use super::measure::{Measure, TextRole};
use super::regions::Parts;
use super::view::View;

/// What to place, and where.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// The document.
    pub timeline: &'a Timeline,
    /// Which of its events and lanes are shown.
    pub projection: &'a Projection,
    /// What span of time is shown.
    pub view: View,
    /// The rectangle of the chart, in points.
    pub rect: Rect,
    /// Which parts the picture has.
    pub parts: Parts,
    /// What stands above the chart.
    pub heading: Heading<'a>,
    /// How far lanes and series are scrolled down, in points; clamped to what there is.
    pub scroll: f32,
    /// Whether lanes that do not fit may be scrolled to. A page cannot be: there, what has no room is counted.
    pub scrolls: bool,
    /// An event that has a mark however many others there are: the selected one.
    pub pinned: Option<EventIndex>,
    /// Whether the events that have marks are numbered, for notes that say more of them.
    pub numbered: bool,
    /// The rows of the last frame, so that nothing hops while the view moves; empty for a picture of its own.
    pub arrangement: &'a Arrangement,
}

impl<'a> Request<'a> {
    /// A chart in a window, with the whole document below it and lanes that scroll: nothing is pinned, no rows are known.
    #[must_use]
    pub fn window(timeline: &'a Timeline, projection: &'a Projection, view: View, rect: Rect) -> Self {
        let parts = Parts { title: true, overview: true, legend: false, source_line: true };
        Self {
            timeline,
            projection,
            view,
            rect,
            parts,
            heading: Heading::of(timeline),
            scroll: 0.0,
            scrolls: true,
            pinned: None,
            numbered: false,
            arrangement: Arrangement::EMPTY,
        }
    }

    /// A chart on a page, which explains its shapes and cannot be scrolled.
    #[must_use]
    pub fn page(timeline: &'a Timeline, projection: &'a Projection, view: View, rect: Rect) -> Self {
        let parts = Parts { title: true, overview: false, legend: true, source_line: true };
        Self { parts, scrolls: false, ..Self::window(timeline, projection, view, rect) }
    }
}

/// The words above a chart; a line without words takes no room.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Heading<'a> {
    /// The headline.
    pub title: &'a str,
    /// The line under it.
    pub subtitle: &'a str,
}

impl<'a> Heading<'a> {
    /// The words that the document has.
    #[must_use]
    pub fn of(timeline: &'a Timeline) -> Self {
        Self { title: &timeline.title, subtitle: timeline.subtitle.as_deref().unwrap_or_default() }
    }

    /// How many lines title and subtitle take in a width, in points: two at most, and then they may be elided.
    pub(super) fn lines(self, width: f32, measure: &mut dyn Measure) -> [usize; 2] {
        [(self.title, TextRole::Title), (self.subtitle, TextRole::Subtitle)]
            .map(|(words, face)| if words.is_empty() { 0 } else { 1 + usize::from(measure.width(words, face) > width) })
    }
}
