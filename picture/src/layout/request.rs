//! The input of the layout.

use egui::Rect;

use crate::query::Projection;
use crate::timeline::{EraIndex, EventIndex, Timeline};

use super::arrangement::Arrangement;
use super::measure::{Measure, TextRole};
use super::pictures::Pictures;
use super::regions::Parts;
use super::view::View;

/// How many rows the lanes have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum RowMode {
    /// In a window as many as the titles of up to 500 events need, to which it scrolls; in a picture as many as it holds.
    #[default]
    Auto,
    /// As many as the window or picture holds.
    Fit,
    /// As many as all titles in view need: a window scrolls to them, a picture must be as high as
    /// [`needed_height`](super::needed_height()).
    All,
}

/// What to place, and where.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// The document.
    pub timeline: &'a Timeline,
    /// The events and lanes that are shown.
    pub projection: &'a Projection,
    /// The span of time that is shown.
    pub view: View,
    /// The rectangle of the chart, in points.
    pub rect: Rect,
    /// The parts that the image has.
    pub parts: Parts,
    /// The texts above the chart.
    pub heading: Heading<'a>,
    /// Scroll offset of lanes and series, in points; clamped to the valid range.
    pub scroll: f32,
    /// Whether lanes that do not fit can be scrolled to. On a page they cannot, so what has no room is counted there.
    pub scrolls: bool,
    /// How many rows the lanes have.
    pub rows: RowMode,
    /// An event that has a mark however many others there are: the selected one.
    pub pinned: Option<EventIndex>,
    /// An era whose name comes before all others: the selected one.
    pub pinned_era: Option<EraIndex>,
    /// The events that notes describe, sorted: each mark has the number of its event among them, from 1. Empty if marks
    /// are not numbered.
    pub numbered: &'a [EventIndex],
    /// The pictures of events, of which some are shown where there is room; none if they are not wanted.
    pub pictures: &'a Pictures,
    /// The rows of the last frame, so that events keep their rows while the view moves; empty for a single image.
    pub arrangement: &'a Arrangement,
}

impl<'a> Request<'a> {
    /// Returns the request for a chart in a window, with the overview and lanes that scroll: nothing is pinned, no rows
    /// are known.
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
            rows: RowMode::default(),
            pinned: None,
            pinned_era: None,
            numbered: &[],
            pictures: Pictures::NONE,
            arrangement: Arrangement::EMPTY,
        }
    }

    /// Returns the request for a chart on a page, with a legend and without scrolling.
    #[must_use]
    pub fn page(timeline: &'a Timeline, projection: &'a Projection, view: View, rect: Rect) -> Self {
        let parts = Parts { title: true, overview: false, legend: true, source_line: true };
        Self { parts, scrolls: false, ..Self::window(timeline, projection, view, rect) }
    }
}

/// The texts above a chart; an empty line takes no room.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Heading<'a> {
    /// The title.
    pub title: &'a str,
    /// The subtitle.
    pub subtitle: &'a str,
}

impl<'a> Heading<'a> {
    /// Returns the title and subtitle of the document.
    #[must_use]
    pub fn of(timeline: &'a Timeline) -> Self {
        Self { title: &timeline.title, subtitle: timeline.subtitle.as_deref().unwrap_or_default() }
    }

    /// Returns the number of lines of title and subtitle at a width, in points: at most two each; a longer text is
    /// elided.
    pub(super) fn lines(self, width: f32, measure: &mut dyn Measure) -> [usize; 2] {
        [(self.title, TextRole::Title), (self.subtitle, TextRole::Subtitle)]
            .map(|(words, face)| if words.is_empty() { 0 } else { 1 + usize::from(measure.width(words, face) > width) })
    }
}
