//! Where the record is shown beside the chart, and whether it is.

use egui::Vec2;

/// The least width of a window that has room for a text beside a chart, in points.
pub(super) const TEXT_BESIDE: f32 = 640.0;

/// Where the record is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RecordPlacement {
    /// At the right of the chart.
    #[default]
    Beside,
    /// Under the chart, in a narrow and high window.
    Below,
    /// Instead of the chart, in a window that is too small for both.
    Instead,
    /// Instead of the text beside the chart, in a window that is too narrow for all three.
    InsteadOfText,
}

impl RecordPlacement {
    /// Where the record is shown if this much room is under the menus, in points, of which a text takes its part if it is
    /// shown.
    #[must_use]
    pub fn of(size: Vec2, has_text: bool) -> Self {
        const BESIDE: f32 = 560.0;
        const BELOW: f32 = 420.0;
        const BESIDE_TEXT: f32 = 1080.0;
        if has_text && size.x >= TEXT_BESIDE {
            return if size.x >= BESIDE_TEXT { Self::Beside } else { Self::InsteadOfText };
        }
        let height = if has_text { size.y * 0.5 } else { size.y };
        if size.x >= BESIDE {
            Self::Beside
        } else if height >= BELOW {
            Self::Below
        } else {
            Self::Instead
        }
    }
}

/// Whether the record is shown, in a window of any size.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RecordPanel {
    /// Where it is.
    pub placement: RecordPlacement,
    /// Hidden where it has a place of its own.
    hidden: bool,
    /// Shown where it takes the place of something else.
    instead: bool,
    /// Whether it must still be given the focus.
    pub focuses: bool,
}

impl RecordPanel {
    /// The same in another place.
    #[must_use]
    pub fn at(self, placement: RecordPlacement) -> Self {
        Self { placement, ..self }
    }

    /// Whether it is shown.
    #[must_use]
    pub fn is_shown(self) -> bool {
        if self.takes_place() { self.instead } else { !self.hidden }
    }

    /// Whether it takes the place of something else where it is shown.
    fn takes_place(self) -> bool {
        matches!(self.placement, RecordPlacement::Instead | RecordPlacement::InsteadOfText)
    }

    /// Whether it is shown instead of the text beside the chart.
    #[must_use]
    pub fn covers_text(self) -> bool {
        self.placement == RecordPlacement::InsteadOfText && self.instead
    }

    /// Whether it is shown instead of the chart.
    #[must_use]
    pub fn covers_chart(self) -> bool {
        self.placement == RecordPlacement::Instead && self.instead
    }

    /// Whether it is hidden where it has a place of its own.
    #[must_use]
    pub fn is_hidden(self) -> bool {
        self.hidden
    }

    /// Hides it where it has a place of its own, or shows it there.
    pub(super) fn set_hidden(&mut self, hidden: bool) {
        self.hidden = hidden;
    }

    /// Shows it.
    pub(super) fn show(&mut self) {
        if !self.is_shown() {
            self.toggle();
        }
    }

    /// Shows it, or hides it.
    pub(super) fn toggle(&mut self) {
        if self.takes_place() {
            self.instead = !self.instead;
        } else {
            self.hidden = !self.hidden;
        }
    }
}
