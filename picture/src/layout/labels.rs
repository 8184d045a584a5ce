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
pub const DATE_GAP: f32 = 8.0;
/// Maximum width of a label, in points, while others are still unplaced; longer ones are elided.
const WIDEST: f32 = 280.0;
/// Widths that a longer title is elided to if it finds no room otherwise, in points.
pub(super) const NARROWER: [f32; 3] = [200.0, 140.0, 90.0];
/// A label that runs out of the view is elided to multiples of this, in points, so that most frames of a moving view
/// need no new text layout.
const STEP: f32 = 8.0;
/// A title that is wider than this, in points, is not looked at for two lines that hold all of it.
const WIDEST_WHOLE: f32 = 1600.0;
/// Distance between the baselines of a title on two lines, in points: less than that of any two rows, so that the lines
/// are seen as one text.
pub const TITLE_LEADING: f32 = 16.0;

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
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    /// The title, in [`TextRole::Label`], or in [`TextRole::MinorLabel`] if it is minor.
    pub title: String,
    /// Whether the event is less important than most.
    pub is_minor: bool,
    /// The date, in [`TextRole::Small`]; empty if there is no room.
    pub date: String,
    /// The rectangle of the label, in points.
    pub rect: Rect,
    /// Whether rows are low: the date follows the title on the same line instead of being below it.
    pub one_line: bool,
    /// The width at which the title is broken into two lines, in points, with the date after the second; `None` if it
    /// is on one line.
    pub break_width: Option<f32>,
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
    /// Width of the number before the title, in points.
    number: f32,
    /// Width of the whole title on one line, in points.
    whole: f32,
    /// Width of the title as shown, in points.
    title_width: f32,
    /// The widths of both lines of the title, in points; `None` if it is on one line.
    lines: Option<[f32; 2]>,
    elided: bool,
    date: String,
    /// Width of the date, in points.
    date_width: f32,
    setting: Setting,
}

/// How the title of a label is set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct TitleSet {
    /// Width of the title as shown, in points.
    width: f32,
    /// The widths of both lines, in points; `None` if it is on one line.
    lines: Option<[f32; 2]>,
    elided: bool,
    /// Whether it has a date.
    pub(super) is_dated: bool,
}

impl Label {
    /// Returns the role of the title.
    #[must_use]
    pub fn role(&self) -> TextRole {
        role(self.is_minor)
    }

    /// Returns the height of the row of its mark, in points.
    #[must_use]
    pub fn row_height(&self) -> f32 {
        self.rect.height() - if self.is_in_two_rows() { TITLE_LEADING } else { 0.0 }
    }

    /// Returns whether the second line of the title is in the row below that of its mark.
    pub(super) fn is_in_two_rows(&self) -> bool {
        self.one_line && self.break_width.is_some()
    }
}

fn role(is_minor: bool) -> TextRole {
    if is_minor { TextRole::MinorLabel } else { TextRole::Label }
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
        let title_width = number + measure.width(&title, role(is_minor));
        let shown = title_width.min(widest).ceil() + 1.0;
        let elided = title_width > widest;
        let whole = title_width.ceil() + 1.0;
        Self {
            title,
            is_minor,
            number,
            whole,
            title_width: shown,
            lines: None,
            elided,
            date: String::new(),
            date_width: 0.0,
            setting,
        }
    }

    /// Returns how the title is set.
    pub(super) fn title_set(&self) -> TitleSet {
        let Self { title_width: width, lines, elided, .. } = *self;
        TitleSet { width, lines, elided, is_dated: !self.date.is_empty() }
    }

    /// Returns the label with its title set like this, without the date if that has none.
    pub(super) fn set_as(self, TitleSet { width, lines, elided, is_dated }: TitleSet) -> Self {
        let (date, date_width) = if is_dated { (self.date, self.date_width) } else { (String::new(), 0.0) };
        Self { title_width: width, lines, elided, date, date_width, ..self }
    }

    /// Returns whether the title is elided.
    pub(super) fn is_elided(&self) -> bool {
        self.elided
    }

    /// Returns the number of rows that the label takes.
    pub(super) fn rows(&self) -> usize {
        if self.lines.is_some() { self.rows_of_two_lines() } else { 1 }
    }

    /// Returns the number of rows that the label takes with its title on two lines.
    pub(super) fn rows_of_two_lines(&self) -> usize {
        if self.setting == Setting::OneLine { 2 } else { 1 }
    }

    /// Returns the label with the whole title on two lines, broken between words so that the wider line, the second one
    /// with the date after it, is as narrow as possible; `None` if the title is one word.
    pub(super) fn on_two_lines(&self, measure: &mut dyn Measure) -> Option<Self> {
        if self.whole > WIDEST_WHOLE {
            return None;
        }
        let tail = self.tail();
        let breaks = measure.breaks(&self.title, role(self.is_minor));
        let lines = breaks.iter().map(|[first, last]| [(first + self.number).ceil() + 1.0, last.ceil() + 1.0]);
        let width = |[first, last]: &[f32; 2]| first.max(last + tail);
        let lines = lines.min_by(|a, b| width(a).total_cmp(&width(b)))?;
        let [first, last] = lines;
        Some(Self { title_width: first.max(last), lines: Some(lines), elided: false, ..self.clone() })
    }

    /// Returns the widths, in points, between which two lines show more of an elided title than one does, as
    /// [`elided_on_two_lines`](Self::elided_on_two_lines); `None` if there are none.
    pub(super) fn two_line_widths(&self, measure: &mut dyn Measure) -> Option<Rangef> {
        /// Two lines are worth it if they hold so many times as much.
        const WORTH: f32 = 1.25;
        let breaks = measure.breaks(&self.title, role(self.is_minor));
        // One word at least has room on the first line.
        let [word, _] = breaks.first()?;
        let least = (word + self.number + 1.0).max(self.title_width.min(self.whole) * WORTH / 2.0);
        (least < self.whole).then_some(Rangef::new(least, self.whole - 1.0))
    }

    /// Returns the label with the title elided on two lines of a width, in points, and without its date.
    pub(super) fn elided_on_two_lines(&self, width: f32) -> Self {
        let (lines, date) = (Some([width; 2]), String::new());
        Self { title_width: width, lines, elided: true, date, date_width: 0.0, ..self.clone() }
    }

    /// Returns the widths, in points, to which the title can be elided on one line so that more of it is shown; `None`
    /// if it is not elided on one line.
    pub(super) fn one_line_widths(&self) -> Option<Rangef> {
        let is_cut = self.elided && self.lines.is_none() && self.title_width < self.whole;
        is_cut.then_some(Rangef::new(self.title_width + 1.0, self.whole - 1.0))
    }

    /// Returns the label with its title elided to another width, in points.
    pub(super) fn elided_at(&self, width: f32) -> Self {
        Self { title_width: width, ..self.clone() }
    }

    /// Returns the width that the date takes after the title, in points.
    fn tail(&self) -> f32 {
        if self.date.is_empty() { 0.0 } else { DATE_GAP + self.date_width }
    }

    /// Returns the label with the whole title; `None` if it is already whole.
    pub(super) fn grown(&self) -> Option<Self> {
        self.elided.then(|| Self { title_width: self.whole, lines: None, elided: false, ..self.clone() })
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
        let dated = Self { date, date_width, ..self };
        let broken = if dated.lines.is_some() && !dated.elided { dated.on_two_lines(measure) } else { None };
        broken.unwrap_or(dated)
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

    /// Returns the possible widths of the label, in points, best first: with the date and, where that follows the title,
    /// without it.
    pub(super) fn widths(&self) -> impl Iterator<Item = f32> + use<> {
        let title = self.title_width;
        let (whole, less) = match (self.lines, self.setting) {
            (None, Setting::TwoLines) => (title.max(self.date_width + 1.0), None),
            _ if self.date.is_empty() => (title, None),
            (Some([first, last]), _) => (first.max(last + self.tail()), Some(title)),
            (None, Setting::OneLine) => (title + self.tail(), Some(title)),
        };
        std::iter::once(whole).chain(less)
    }

    /// Returns the label at a place, elided where it runs out of the view.
    pub(super) fn placed(self, x: Rangef, y: Rangef, flush_right: bool, view: Rangef) -> Label {
        let x = within(x, flush_right, view);
        let more = if self.rows() > 1 { TITLE_LEADING } else { 0.0 };
        let rect = Rect::from_min_max(pos2(x.min, y.min), pos2(x.max, y.max + more));
        let one_line = self.setting == Setting::OneLine;
        let has_date = match self.lines {
            Some([_, last]) => x.span() >= last + self.tail() - 0.01,
            None if one_line => x.span() > self.title_width + DATE_GAP / 2.0,
            None => x.span() >= self.date_width,
        };
        let break_width = self.lines.map(|_| self.title_width.min(x.span()));
        let elided = self.elided || x.span() < self.title_width;
        let date = if has_date { self.date } else { String::new() };
        let (title, is_minor) = (self.title.into_owned(), self.is_minor);
        Label { title, is_minor, date, rect, one_line, break_width, flush_right, elided }
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
