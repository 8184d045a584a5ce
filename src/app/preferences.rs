//! What a person has chosen for the program, whatever document is shown. It is kept in a file beside the other files that
//! the program keeps for itself.

use egui::ThemePreference;
use serde::{Deserialize, Serialize};

use super::file_fault::FileFault;
use super::filter_state::NamedFilter;

/// The choices. A field that is added has a default, so that older files stay valid, and a line in [`Self::merged`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Preferences {
    /// Light, dark, or as the system says.
    #[serde(with = "StoredTheme")]
    pub theme: ThemePreference,
    /// How large text is, and all that goes with it.
    pub text_size: TextSize,
    /// Whether the view and the rows are where they are going at once, without gliding there.
    pub reduced_motion: bool,
    /// Whether keys without Ctrl or Alt that type a character mean commands.
    pub letter_keys: bool,
    /// The filters that have a name.
    pub filters: Vec<NamedFilter>,
}

/// How [`Preferences::theme`] is written.
#[derive(Serialize, Deserialize)]
#[serde(remote = "ThemePreference")]
enum StoredTheme {
    Dark,
    Light,
    System,
}

impl Default for Preferences {
    fn default() -> Self {
        let text_size = TextSize::default();
        Self {
            theme: ThemePreference::System,
            text_size,
            reduced_motion: false,
            letter_keys: true,
            filters: Vec::new(),
        }
    }
}

/// One choice, as [`UiCommand::Prefer`](super::UiCommand::Prefer) makes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Preference {
    /// Light, dark, or as the system says.
    Theme(ThemePreference),
    /// How large text is.
    TextSize(TextSize),
    /// Whether nothing glides.
    ReducedMotion(bool),
    /// Whether single characters mean commands.
    LetterKeys(bool),
    /// The filters that have a name.
    Filters(Vec<NamedFilter>),
}

impl Preferences {
    /// Returns the choices that a file holds.
    ///
    /// # Errors
    /// Where in the file something is no choice, and why.
    pub fn decode(text: &str) -> Result<Self, String> {
        ron::from_str(text).map_err(|error| error.to_string())
    }

    /// Returns the text of a file that holds them.
    #[must_use]
    pub fn encode(&self) -> String {
        // Nothing in them can fail to be written.
        ron::ser::to_string_pretty(self, ron::ser::PrettyConfig::default()).unwrap_or_default() + "\n"
    }

    /// Makes a choice.
    pub(super) fn set(&mut self, preference: Preference) {
        match preference {
            Preference::Theme(theme) => self.theme = theme,
            Preference::TextSize(size) => self.text_size = size,
            Preference::ReducedMotion(reduced) => self.reduced_motion = reduced,
            Preference::LetterKeys(on) => self.letter_keys = on,
            Preference::Filters(filters) => self.filters = filters,
        }
    }

    /// Returns these choices, which another window may have made, with what differs between two versions of this window's.
    #[must_use]
    pub fn merged(self, from: &Self, to: &Self) -> Self {
        fn one<T: PartialEq + Clone>(theirs: T, from: &T, to: &T) -> T {
            if from == to { theirs } else { to.clone() }
        }
        Self {
            theme: one(self.theme, &from.theme, &to.theme),
            text_size: one(self.text_size, &from.text_size, &to.text_size),
            reduced_motion: one(self.reduced_motion, &from.reduced_motion, &to.reduced_motion),
            letter_keys: one(self.letter_keys, &from.letter_keys, &to.letter_keys),
            filters: one(self.filters, &from.filters, &to.filters),
        }
    }
}

/// How large text is, in percent of its usual size: from 75 to 300.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "u16", into = "u16")]
pub struct TextSize(u16);

impl Default for TextSize {
    fn default() -> Self {
        Self(100)
    }
}

impl TextSize {
    /// The sizes that keys and buttons go through, in percent.
    const STEPS: [u16; 12] = [75, 90, 100, 110, 125, 150, 175, 200, 225, 250, 275, 300];

    /// Returns the next size above, or the largest.
    #[must_use]
    pub fn larger(self) -> Self {
        Self(Self::STEPS.into_iter().find(|step| *step > self.0).unwrap_or(self.0))
    }

    /// Returns the next size below, or the smallest.
    #[must_use]
    pub fn smaller(self) -> Self {
        Self(Self::STEPS.into_iter().rev().find(|step| *step < self.0).unwrap_or(self.0))
    }

    /// Returns what the sizes of everything in the window are multiplied by.
    #[must_use]
    pub fn factor(self) -> f32 {
        f32::from(self.0) / 100.0
    }

    /// Returns "125 %".
    #[must_use]
    pub fn words(self) -> String {
        format!("{} %", self.0)
    }
}

impl TryFrom<u16> for TextSize {
    type Error = String;

    fn try_from(percent: u16) -> Result<Self, String> {
        let size = (75..=300).contains(&percent).then_some(Self(percent));
        size.ok_or_else(|| format!("a text size is from 75 to 300 percent, not {percent}"))
    }
}

impl From<TextSize> for u16 {
    fn from(size: TextSize) -> Self {
        size.0
    }
}

/// What was found in the file of the choices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundPreferences {
    /// The choices: the program's own where the file holds none.
    pub preferences: Preferences,
    /// What was wrong with the file, if anything was.
    pub fault: Option<FileFault>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choices_come_back() {
        let chosen = Preferences {
            theme: ThemePreference::Dark,
            text_size: TextSize(150),
            reduced_motion: true,
            letter_keys: false,
            filters: vec![NamedFilter { name: "A".to_owned(), terms: "#\"b c\" @d".to_owned() }],
        };
        for preferences in [Preferences::default(), chosen] {
            assert_eq!(Preferences::decode(&preferences.encode()), Ok(preferences));
        }
        assert_eq!(Preferences::decode("()"), Ok(Preferences::default()), "an older file lacks fields");
    }

    #[test]
    fn what_is_no_choice_is_named_with_its_place() {
        let check = |text: &str, expect: &str| {
            let error = Preferences::decode(text).expect_err(text);
            assert!(error.contains(expect), "{text}: {error}");
        };
        check("", "1:1");
        check("(\n text_size: 20,\n)", "75 to 300 percent, not 20");
        check("(\n sound: true,\n)", "sound");
        check("(theme: Sepia)", "Sepia");
    }

    #[test]
    fn sizes_end_at_75_and_300_percent() {
        let mut size = TextSize::default();
        let mut up = Vec::new();
        for _ in 0..12 {
            size = size.larger();
            up.push(size.0);
        }
        assert_eq!(up, [110, 125, 150, 175, 200, 225, 250, 275, 300, 300, 300, 300]);
        assert_eq!(TextSize(75).smaller().words(), "75 %");
        assert_eq!((TextSize(120).smaller().0, TextSize(120).larger().0), (110, 125));
    }

    #[test]
    fn what_another_window_has_chosen_stays() {
        let from = Preferences::default();
        let to = Preferences { text_size: TextSize(200), ..from.clone() };
        let theirs = Preferences { theme: ThemePreference::Dark, text_size: TextSize(75), ..from.clone() };
        let expect = Preferences { theme: ThemePreference::Dark, text_size: TextSize(200), ..from.clone() };
        assert_eq!(theirs.merged(&from, &to), expect);
    }
}
