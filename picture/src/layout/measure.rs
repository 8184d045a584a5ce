//! Text measurement, implemented by the owner of the fonts.

use std::sync::Arc;

/// The role of a text in the chart, which determines its font and size. Sizes are in points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TextRole {
    /// The document's title.
    Title,
    /// The subtitle, and the source line.
    Subtitle,
    /// Lane names, series names, era names.
    Name,
    /// An event's title.
    Label,
    /// The title of an event that is less important than most.
    MinorLabel,
    /// Dates under titles, units, counts.
    Small,
    /// Tick labels.
    Tick,
    /// Tick labels of the coarser unit.
    TickStrong,
}

impl TextRole {
    /// Returns the font size of the role, in points.
    #[must_use]
    pub fn size(self) -> f32 {
        match self {
            Self::Title => 22.0,
            Self::Subtitle | Self::Name => 13.0,
            Self::Label | Self::MinorLabel => 13.5,
            Self::Small => 11.5,
            Self::Tick | Self::TickStrong => 12.0,
        }
    }

    /// Returns whether the role uses the bold face of the family.
    #[must_use]
    pub fn is_bold(self) -> bool {
        matches!(self, Self::Title | Self::Name | Self::Label | Self::TickStrong)
    }
}

/// Measures text.
pub trait Measure {
    /// Returns the width of one line of text, in points.
    fn width(&mut self, text: &str, role: TextRole) -> f32;

    /// Returns the widths of the two parts of a text, in points, at each place where a line may end between words; the
    /// first part in ascending order.
    fn breaks(&mut self, text: &str, role: TextRole) -> Arc<[[f32; 2]]>;
}

#[cfg(test)]
pub(crate) mod fixed {
    use super::{Arc, Measure, TextRole};

    /// Measures every character as 0.6 of the font size, which is accurate enough for tests of placement.
    pub(crate) struct Fixed;

    impl Measure for Fixed {
        fn width(&mut self, text: &str, role: TextRole) -> f32 {
            text.chars().count() as f32 * role.size() * 0.6
        }

        fn breaks(&mut self, text: &str, role: TextRole) -> Arc<[[f32; 2]]> {
            let parts = text.match_indices(' ').map(|(at, _)| [&text[..at], &text[at + 1..]]);
            parts.map(|parts| parts.map(|part| self.width(part, role))).collect()
        }
    }
}
