//! Labels: the title and date of an event, beside its mark or inside its bar.

use std::borrow::Cow;

use egui::{Rangef, Rect, pos2};

use super::measure::{Measure, TextRole};
use super::text::one_line;

/// Free space between a mark and its label, in points.
const MARK_GAP: f32 = 10.0;
/// The same where rows are low.
const MARK_GAP_ONE_LINE: f32 = 7.0;
/// Space between title and date on one line, in points.
pub(super) const DATE_GAP: f32 = 8.0;
/// Maximum width of a label, in points, while others are still unplaced; longer ones are elided.
const WIDEST: f32 = 280.0;
/// Widths that a longer title is elided to if it finds no room otherwise, in points.
pub(super) const NARROWER: [f32; 3] = [200.0, 140.0, 90.0];
/// A label that runs out of the view is elided to multiples of this, in points, so that most frames of a moving view
/// need no new text layout.
const STEP: f32 = 8.0;

/// How an event's label is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Setting {
    /// Title over date.
    TwoLines,
    /// Title and date on one line, or only the title, for low rows.
    OneLine,
}

/// Returns the number of a note in superscript, followed by a thin space.
pub(super) fn raised(number: usize) -> String {
    format!("{}\u{2009}", crate::timeline::raised(&number.to_string()))
}

/// A placed label. Text that is wider than the rectangle is elided when painted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The title, in [`TextRole::Label`], or in [`TextRole::MinorLabel`] if it is minor.
    pub title: String,
    /// Whether the event is less important than most.
    pub is_minor: bool,
    /// The date, in [`TextRole::Small`]; empty if there is no room.
    pub date: String,
    /// The rectangle of the label, in points.
    pub rect: Rect,
    /// Whether the date follows the title on the same line instead of being below it.
    pub one_line: bool,
    /// Whether the lines are aligned to the right edge of the rectangle instead of its left.
    pub flush_right: bool,
    /// Whether the title is elided.
    pub elided: bool,
}

/// A label that has been measured but not placed.
#[derive(Clone, Debug)]
pub(super) struct Measured<'t> {
    title: Cow<'t, str>,
    is_minor: bool,
    /// Width of the whole title, in points.
    whole: f32,
    /// Width of the title as shown, in points.
    title_width: f32,
    elided: bool,
    date: String,
    /// Width of the date, in points.
    date_width: f32,
    setting: Setting,
}

impl Label {
    /// Returns the role of the title.
    #[must_use]
    pub fn role(&self) -> TextRole {
        if self.is_minor { TextRole::MinorLabel } else { TextRole::Label }
    }
}

impl<'t> Measured<'t> {
    /// Creates a label with only the title; `number` is the width of the number before it.
    pub(super) fn title(
        (title, is_minor): (&'t str, bool),
        setting: Setting,
        (room, number): (f32, f32),
        measure: &mut dyn Measure,
    ) -> Self {
        let widest = WIDEST.min(room);
        let title = one_line(title);
        let title_width = number + measure.width(&title, if is_minor { TextRole::MinorLabel } else { TextRole::Label });
        let shown = title_width.min(widest).ceil() + 1.0;
        let elided = title_width > widest;
        let whole = title_width.ceil() + 1.0;
        Self { title, is_minor, whole, title_width: shown, elided, date: String::new(), date_width: 0.0, setting }
    }

    /// Returns the label with the whole title; `None` if it is already whole.
    pub(super) fn grown(&self) -> Option<Self> {
        self.elided.then(|| Self { title_width: self.whole, elided: false, ..self.clone() })
    }

    /// Returns the label with its title elided to a width, in points, dropping a date that is wider; `None` if that is
    /// not narrower.
    pub(super) fn narrowed(&self, width: f32) -> Option<Self> {
        let date = if self.date_width > width { String::new() } else { self.date.clone() };
        (self.title_width > width).then(|| Self { title_width: width, elided: true, date, ..self.clone() })
    }

    /// Returns the label with a date.
    pub(super) fn dated(self, date: String, measure: &mut dyn Measure) -> Self {
        let date_width = measure.width(&date, TextRole::Small).ceil();
        Self { date, date_width, ..self }
    }

    /// Returns the free space between the mark and the label, in points.
    pub(super) fn mark_gap(&self) -> f32 {
        match self.setting {
            Setting::TwoLines => MARK_GAP,
            Setting::OneLine => MARK_GAP_ONE_LINE,
        }
    }

    /// Returns how far the label extends from its mark, in points.
    pub(super) fn reach(&self) -> f32 {
        self.mark_gap() + self.widths().next().unwrap_or_default()
    }

    /// Returns the possible widths of the label, in points, best first: with the date and, on one line, without it.
    pub(super) fn widths(&self) -> impl Iterator<Item = f32> + use<> {
        let title = self.title_width;
        let (whole, less) = match self.setting {
            Setting::TwoLines => (title.max(self.date_width + 1.0), None),
            Setting::OneLine if self.date.is_empty() => (title, None),
            Setting::OneLine => (title + DATE_GAP + self.date_width, Some(title)),
        };
        std::iter::once(whole).chain(less)
    }

    /// Returns the label at a place, elided where it runs out of the view.
    pub(super) fn placed(self, x: Rangef, y: Rangef, flush_right: bool, view: Rangef) -> Label {
        let x = within(x, flush_right, view);
        let rect = Rect::from_min_max(pos2(x.min, y.min), pos2(x.max, y.max));
        let one_line = self.setting == Setting::OneLine;
        let has_date =
            if one_line { x.span() > self.title_width + DATE_GAP / 2.0 } else { x.span() >= self.date_width };
        let date = if has_date { self.date } else { String::new() };
        let elided = self.elided || x.span() < self.title_width;
        Label { title: self.title.into_owned(), is_minor: self.is_minor, date, rect, flush_right, one_line, elided }
    }
}

/// Returns the part of a label's place that is in view, keeping the end at the mark.
fn within(x: Rangef, flush_right: bool, view: Rangef) -> Rangef {
    if view.min <= x.min && x.max <= view.max {
        return x;
    }
    let shown = x.intersection(view);
    let width = ((shown.span() / STEP).floor() * STEP).max(0.0);
    if flush_right { Rangef::new(shown.max - width, shown.max) } else { Rangef::new(shown.min, shown.min + width) }
}
