//! Labels: an event's title and date, beside its mark or inside its bar.

use egui::{Rangef, Rect, pos2};

use super::measure::{Face, Measure};

/// Free space between a mark and its label, in points.
pub(super) const MARK_GAP: f32 = 10.0;
/// Free space between two labels of a row, in points.
pub(super) const LABEL_GAP: f32 = 10.0;
/// Space between title and date in one line, in points.
pub(super) const DATE_GAP: f32 = 8.0;
/// No label is wider than this, in points; what is longer is elided.
const WIDEST: f32 = 280.0;

/// How an event's label is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Setting {
    /// Title over date.
    TwoLines,
    /// Title and date in one line, or the title only, where rows are low.
    OneLine,
}

/// A placed label. Text that is wider than the rectangle is elided when painted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// In [`Face::Label`].
    pub title: String,
    /// In [`Face::Small`]; empty where there is no room.
    pub date: String,
    /// Where the label stands, in points.
    pub rect: Rect,
    /// Whether the date stands behind the title instead of under it.
    pub one_line: bool,
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
    /// Width of the whole label, in points.
    pub(super) width: f32,
    /// Width where the date is left out, in points; none where that gains nothing.
    pub(super) title_only: Option<f32>,
    pub(super) elided: bool,
    setting: Setting,
}

impl Measured {
    pub(super) fn new(title: &str, date: String, setting: Setting, room: f32, measure: &mut dyn Measure) -> Self {
        let widest = WIDEST.min(room);
        let title_width = measure.width(title, Face::Label);
        let date_width = measure.width(&date, Face::Small);
        let shown = title_width.min(widest).ceil() + 1.0;
        let (width, title_only) = match setting {
            Setting::TwoLines => (shown.max(date_width.ceil() + 1.0), None),
            Setting::OneLine => (shown + DATE_GAP + date_width.ceil(), Some(shown)),
        };
        Self { title: title.to_owned(), date, width, title_only, elided: title_width > widest, setting }
    }

    pub(super) fn placed(self, x: Rangef, y: Rangef, flush_right: bool) -> Label {
        let rect = Rect::from_min_max(pos2(x.min, y.min), pos2(x.max, y.max));
        let has_date = x.span() > self.title_only.unwrap_or(0.0) + DATE_GAP / 2.0;
        let date = if has_date { self.date } else { String::new() };
        let one_line = self.setting == Setting::OneLine;
        Label { title: self.title, date, rect, flush_right, one_line, elided: self.elided }
    }
}
