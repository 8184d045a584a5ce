//! How wide text is, asked of whoever holds the fonts.

/// What a text of the chart is, which decides its font and size. Sizes are in points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TextRole {
    /// The document's title.
    Title,
    /// The line under it, and the source line.
    Subtitle,
    /// Lane names, series names, era names.
    Name,
    /// An event's title.
    Label,
    /// Dates under titles, units, counts.
    Small,
    /// Tick labels.
    Tick,
    /// Tick labels of the coarser unit.
    TickStrong,
}

impl TextRole {
    /// Size of the role, in points.
    #[must_use]
    pub fn size(self) -> f32 {
        match self {
            Self::Title => 22.0,
            Self::Subtitle | Self::Name => 13.0,
            Self::Label => 13.5,
            Self::Small => 11.5,
            Self::Tick | Self::TickStrong => 12.0,
        }
    }

    /// Whether the role is the family's bold.
    #[must_use]
    pub fn is_bold(self) -> bool {
        matches!(self, Self::Title | Self::Name | Self::Label | Self::TickStrong)
    }
}

/// Measures text.
pub trait Measure {
    /// Width of one line of text, in points.
    fn width(&mut self, text: &str, role: TextRole) -> f32;
}

#[cfg(test)]
pub(crate) mod fixed {
    use super::{Measure, TextRole};

    /// Every character is 0.6 of the role's size wide: enough for tests of placing.
    pub(crate) struct Fixed;

    impl Measure for Fixed {
        fn width(&mut self, text: &str, role: TextRole) -> f32 {
            text.chars().count() as f32 * role.size() * 0.6
        }
    }
}
