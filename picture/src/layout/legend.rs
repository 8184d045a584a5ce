//! The legend: lines below the chart that explain the shapes that occur in it. Colours are named at the left.

use egui::{Rect, pos2, vec2};

use super::lanes::{LaneBox, MARKER_RADIUS, Mark, MarkShape};
use super::measure::{Measure, TextRole};
use super::regions::LEGEND_LINE;
use super::view::TimeAxis;

/// Width of a sample, in points.
const SAMPLE: f32 = 30.0;
/// Free space above the first line, in points.
const TOP: f32 = 6.0;
/// Free space between two entries, in points.
const GAP: f32 = 22.0;

/// A property of a mark that its shape expresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sample {
    /// A date with an extent, such as a year.
    Extent,
    /// An approximate date.
    Approximate,
    /// An uncertain date.
    Uncertain,
    /// A bar without an end.
    Open,
    /// A bar with an unknown end.
    Unknown,
    /// A bar that continues past the edge of the image.
    Torn,
    /// One of several dates.
    OneOf,
    /// All of several dates.
    AllOf,
    /// Events that are counted in a strip.
    Counted,
    /// A thicker part of an axis that is not to scale.
    Weight,
}

impl Sample {
    const ALL: [Self; 10] = [
        Self::Extent,
        Self::Approximate,
        Self::Uncertain,
        Self::Open,
        Self::Unknown,
        Self::Torn,
        Self::OneOf,
        Self::AllOf,
        Self::Counted,
        Self::Weight,
    ];

    fn words(self) -> &'static str {
        match self {
            Self::Extent => "at some time in the shaded stretch",
            Self::Approximate => "about then",
            Self::Uncertain => "uncertain",
            Self::Open => "goes on",
            Self::Unknown => "end or start unknown",
            Self::Torn => "goes on outside the picture",
            Self::OneOf => "one of these",
            Self::AllOf => "all of these",
            Self::Counted => "events without a title of their own",
            Self::Weight => "thicker axis: more time in the same width",
        }
    }

    fn occurs(self, mark: &Mark, axis: TimeAxis) -> bool {
        match (self, &mark.shape) {
            (Self::Extent, MarkShape::Point { extent, .. }) => {
                extent.span() > 2.0 * MARKER_RADIUS && !mark.approximate && !mark.uncertain
            }
            (Self::Open, MarkShape::Span { open_start, open_end, .. }) => *open_start || *open_end,
            (Self::Unknown, MarkShape::Span { unknown, .. }) => *unknown,
            (Self::OneOf, MarkShape::Set { one_of, .. }) => *one_of,
            (Self::AllOf, MarkShape::Set { one_of, .. }) => !*one_of,
            (Self::Torn, _) => mark.is_torn(axis).contains(&true),
            (Self::Approximate, _) => mark.approximate,
            (Self::Uncertain, _) => mark.uncertain,
            _ => false,
        }
    }
}

/// A placed entry of the legend.
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::derive_partial_eq_without_eq, reason = "a rectangle of floats has no Eq")]
pub struct LegendEntry {
    /// The shape that is explained.
    pub sample: Sample,
    /// The rectangle of the sample, in points.
    pub rect: Rect,
    /// Its line, counted from the top.
    pub line: usize,
    /// The explanation, to the right of the sample.
    pub words: &'static str,
}

/// Places the entries that a chart needs, in as many lines as they take; `room` has room for at least one line.
pub(super) fn place(lanes: &[LaneBox], axis: TimeAxis, room: Rect, measure: &mut dyn Measure) -> Vec<LegendEntry> {
    let (mut left, mut line) = (room.left(), 0);
    let mut entries = Vec::new();
    for sample in Sample::ALL {
        let occurs = match sample {
            Sample::Counted => lanes.iter().any(|lane| lane.strip.is_some()),
            Sample::Weight => !axis.view.scale().is_linear(),
            _ => lanes.iter().flat_map(|lane| &lane.marks).any(|mark| sample.occurs(mark, axis)),
        };
        let words = sample.words();
        let width = SAMPLE + 8.0 + measure.width(words, TextRole::Small).ceil();
        if !occurs {
            continue;
        }
        if left > room.left() && left + width > room.right() {
            (left, line) = (room.left(), line + 1);
        }
        let top = room.top() + TOP + line as f32 * LEGEND_LINE;
        let rect = Rect::from_min_size(pos2(left, top), vec2(SAMPLE, 14.0));
        entries.push(LegendEntry { sample, rect, line, words });
        left += width + GAP;
    }
    entries
}

/// Returns the number of lines that the entries take.
pub(super) fn lines(entries: &[LegendEntry]) -> usize {
    entries.last().map_or(0, |last| last.line + 1)
}
