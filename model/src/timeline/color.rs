//! The colour that a document specifies: a palette name or an RGB value.

use std::fmt;

/// Names of the palette; the theme determines their actual colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Hue {
    /// `blue`
    Blue,
    /// `teal`
    Teal,
    /// `magenta`
    Magenta,
    /// `amber`
    Amber,
    /// `slate`
    Slate,
    /// `green`
    Green,
    /// `violet`
    Violet,
    /// `red`
    Red,
}

impl Hue {
    /// All hues, in the order in which they are assigned to lanes without a colour.
    pub const ALL: [Self; 8] =
        [Self::Blue, Self::Teal, Self::Magenta, Self::Amber, Self::Slate, Self::Green, Self::Violet, Self::Red];

    /// Returns the hue of a lane of this style without a colour of its own: [`Hue::ALL`], cycled.
    #[must_use]
    pub fn of_style(style: usize) -> Self {
        Self::ALL.get(style % Self::ALL.len()).copied().unwrap_or(Self::Blue)
    }

    /// Returns its name in a document.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Blue => "blue",
            Self::Teal => "teal",
            Self::Magenta => "magenta",
            Self::Amber => "amber",
            Self::Slate => "slate",
            Self::Green => "green",
            Self::Violet => "violet",
            Self::Red => "red",
        }
    }
}

/// The colour of a lane, an event or an era.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Color {
    /// A palette name, adapted to the theme.
    Named(Hue),
    /// Red, green and blue as written; darkened or lightened where text needs it.
    Rgb([u8; 3]),
}

impl Color {
    /// Parses a palette name or `#rrggbb`. Returns `None` for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if let Some(digits) = text.strip_prefix('#') {
            let all_hex = digits.len() == 6 && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
            let value = all_hex.then(|| u32::from_str_radix(digits, 16).ok()).flatten()?;
            let [_, red, green, blue] = value.to_be_bytes();
            return Some(Self::Rgb([red, green, blue]));
        }
        Hue::ALL.into_iter().find(|hue| hue.name().eq_ignore_ascii_case(text)).map(Self::Named)
    }
}

/// Writes the colour as a document has it: `teal`, `#1f7a74`.
impl fmt::Display for Color {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Named(hue) => f.write_str(hue.name()),
            Self::Rgb([red, green, blue]) => write!(f, "#{red:02x}{green:02x}{blue:02x}"),
        }
    }
}

/// Returns the message for a text that is no colour, and what to write instead.
pub(super) fn no_color(text: &str) -> (String, String) {
    let names: Vec<&str> = Hue::ALL.into_iter().map(Hue::name).collect();
    let hint = format!("write one of {}, or a colour like #1f7a74", names.join(", "));
    (format!("there is no colour `{text}`"), hint)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_hex_are_read() {
        assert_eq!(Color::parse("teal"), Some(Color::Named(Hue::Teal)));
        assert_eq!(Color::parse("#0a7fFF"), Some(Color::Rgb([10, 127, 255])));
        for text in ["teal", "#0a7fff"] {
            assert_eq!(Color::parse(text).map(|color| color.to_string()).as_deref(), Some(text));
        }
        for wrong in ["", "#12345", "#1234567", "#gg0000", "sky", "#+12345"] {
            assert_eq!(Color::parse(wrong), None, "{wrong}");
        }
    }
}
