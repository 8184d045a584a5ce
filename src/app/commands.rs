//! The commands that the box finds by name.

use egui::ThemePreference;

use crate::Example;
use crate::compose::Template;
use crate::query::Needle;
use crate::sorting;

use super::finder::{Offer, OfferLine};
use super::recent::RecentFiles;
use super::settings_page::THEMES;
use super::state::State;
use super::ui_command::UiCommand;

impl State {
    /// Returns the commands that words find, the best first; those that would do nothing now come after others that are as
    /// good.
    pub(super) fn commands(&self, typed: &str) -> Vec<OfferLine> {
        let words: Vec<Word> = typed.split_whitespace().filter_map(Word::new).collect();
        let mut found: Vec<((u32, bool), OfferLine)> = Vec::new();
        let mut consider = |words_of: String, more: &str, command: UiCommand| {
            let rank: Option<u32> = words.iter().map(|word| word.rank(&words_of, more)).sum();
            if let Some(rank) = rank {
                let key = (rank, self.unavailable(&command).is_some());
                found.push((key, OfferLine { words: words_of, hint: String::new(), offer: Offer::Run(command) }));
            }
        };
        for command in UiCommand::LISTED {
            let is_of_box = matches!(command, UiCommand::Find | UiCommand::Clear);
            if let Some(entry) = command.entry().filter(|_| !is_of_box) {
                consider(entry.text.to_owned(), entry.tooltip, command.clone());
            }
        }
        for template in Template::ALL.into_iter().filter(|template| *template != Template::Blank) {
            consider(format!("New: {}", template.title()), "Begin a timeline", UiCommand::NewDocument(template));
        }
        for example in Example::ALL {
            consider(format!("Example: {}", example.name()), "Open a timeline", UiCommand::OpenExample(example));
        }
        for (theme, name) in THEMES {
            let what = if theme == ThemePreference::Dark { "Night colours" } else { "Colours" };
            consider(format!("Theme: {name}"), what, UiCommand::SetTheme(theme));
        }
        for file in self.recent.iter().flat_map(RecentFiles::iter) {
            let name = file.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
            consider(format!("Open Recent: {name}"), "", UiCommand::OpenFile(file.to_path_buf()));
        }
        sorting::by_key(&mut found, |(key, _)| *key);
        found.into_iter().map(|(_, line)| line).collect()
    }
}

/// A word of the name of a command, or some of its letters.
struct Word {
    needle: Needle,
    letters: Vec<char>,
}

impl Word {
    fn new(word: &str) -> Option<Self> {
        Some(Self { needle: Needle::new(word)?, letters: word.chars().flat_map(char::to_lowercase).collect() })
    }

    /// Returns how far a name is from the word, 0 for one that begins with it. Returns `None` if neither the name nor the
    /// words that say more have it.
    fn rank(&self, name: &str, more: &str) -> Option<u32> {
        let begins = |text: &str| text.split(|c: char| !c.is_alphanumeric()).any(|part| self.needle.begins(part));
        match () {
            () if self.needle.begins(name) => Some(0),
            () if begins(name) => Some(1),
            () if self.needle.is_in(name) => Some(2),
            () if self.has_letters(name) => Some(3),
            () => begins(more).then_some(5),
        }
    }

    /// Returns whether a name has the letters in their order, the first of them at the beginning of a word.
    fn has_letters(&self, name: &str) -> bool {
        let name: Vec<char> = name.chars().flat_map(char::to_lowercase).collect();
        let [first, rest @ ..] = self.letters.as_slice() else { return false };
        let begins = |at: &usize| {
            let before = at.checked_sub(1).and_then(|before| name.get(before));
            name.get(*at) == Some(first) && before.is_none_or(|c| !c.is_alphanumeric())
        };
        let follows = |at: usize| {
            let mut left = name.iter().skip(at + 1);
            rest.iter().all(|letter| left.any(|c| c == letter))
        };
        self.letters.len() > 1 && (0..name.len()).filter(begins).any(follows)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_found_by_words_in_any_order_and_by_letters() {
        let state = State::default();
        let check = |typed: &str, expect: &str| {
            let found = state.commands(typed);
            assert_eq!(found.first().map(|line| line.words.as_str()), Some(expect), "{typed}");
        };
        check("", "New");
        check("zoom", "Zoom In");
        check("out zoom", "Zoom Out");
        check("zout", "Zoom Out");
        check("dark", "Switch Light and Dark");
        check("theme dark", "Theme: Dark");
        check("calendar", "Calendar (iCalendar)…");
        check("FÍT", "Fit All");
        assert!(state.commands("no such command").is_empty());
        assert!(state.commands("").len() > UiCommand::LISTED.len());
    }

    #[test]
    fn a_command_that_would_do_nothing_says_why() {
        let state = State::default();
        assert_eq!(state.unavailable(&UiCommand::Undo), Some("Nothing is changed"));
        assert_eq!(state.unavailable(&UiCommand::Delete), Some("No event is selected"));
        assert_eq!(state.unavailable(&UiCommand::Open), None);
    }
}
