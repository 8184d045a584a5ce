//! Where an event is in its lane: its row, and the place of its label.

use egui::Rangef;

use super::labels::TitleSet;

/// The placement of an event in its lane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Placement {
    pub(super) row: usize,
    /// Whether the label ends at the mark instead of beginning there; `None` if there is no label.
    pub(super) flush_right: Option<bool>,
    /// Whether the second line of the title is in the next row.
    pub(super) in_two_rows: bool,
}

impl Placement {
    /// Returns the number of the row after the last one that mark and label are in.
    pub(super) fn end_row(self) -> usize {
        self.row + 1 + usize::from(self.in_two_rows)
    }
}

/// Where a label is placed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Place {
    /// In points.
    pub(super) x: Rangef,
    /// Whether the label ends at the mark instead of beginning there.
    pub(super) flush_right: bool,
}

/// Where an event is placed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Found {
    pub(super) row: usize,
    /// Where its label is; `None` only for an event that must have a mark.
    pub(super) place: Option<Place>,
    /// The width to which the title is elided, in points, if it has no room otherwise.
    pub(super) narrowed: Option<f32>,
}

/// Where an event is in a view that rests, and how its label is set there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Resting {
    pub(super) row: usize,
    /// Where its label is; `None` if it has none.
    pub(super) place: Option<Place>,
    pub(super) title: Option<TitleSet>,
}
