//! Where an event is in its lane: its row, and the place of its label.

use egui::Rangef;

/// The placement of an event in its lane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Placement {
    pub(super) row: usize,
    /// Whether the label ends at the mark instead of beginning there; `None` if there is no label.
    pub(super) flush_right: Option<bool>,
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
