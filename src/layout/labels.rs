//! Labels: an event's title and date, beside its mark or inside its bar.

use egui::{Rangef, Rect, pos2};

use super::measure::{Face, Measure};

/// Free space between a mark and its label, in points.
pub(super) const MARK_GAP: f32 = 6.0;
/// Free space between two labels of a row, in points.
pub(super) const LABEL_GAP: f32 = 10.0;
/// No label is wider than this, in points; what is longer is elided.
const WIDEST: f32 = 280.0;

/// How an event's label is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Setting {
    /// Title over date.
    TwoLines,
    /// Title only, where rows are low.
    OneLine,
}

/// A placed label. Text that is wider than the rectangle is elided when painted.
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    /// First line, in [`Face::Label`].
    pub title: String,
    /// Second line, in [`Face::Small`]; empty where there is no room.
    pub date: String,
    /// Where the label stands, in points.
    pub rect: Rect,
    /// Whether the lines end at the right edge of the rectangle instead of beginning at its left.
    pub flush_right: bool,
    /// Whether the title does not fit whole.
    pub elided: bool,
}

/// A label that has been measured but not placed.
#[derive(Clone, Debug)]
pub(super) struct Measured {
    pub(super) title: String,
    pub(super) date: String,
    pub(super) width: f32,
    pub(super) elided: bool,
}

impl Measured {
    pub(super) fn new(title: &str, date: String, setting: Setting, room: f32, measure: &mut dyn Measure) -> Self {
        let widest = WIDEST.min(room);
        let title_width = measure.width(title, Face::Label);
        let date = if setting == Setting::TwoLines { date } else { String::new() };
        let date_width = measure.width(&date, Face::Small);
        Self {
            title: title.to_owned(),
            date,
            width: title_width.max(date_width).min(widest).ceil() + 1.0,
            elided: title_width > widest,
        }
    }

    pub(super) fn placed(self, x: Rangef, y: Rangef, flush_right: bool) -> Label {
        let rect = Rect::from_min_max(pos2(x.min, y.min), pos2(x.max, y.max));
        Label { title: self.title, date: self.date, rect, flush_right, elided: self.elided }
    }
}
