//! How what a person chooses for the program changes, takes effect and is kept.

use super::effect::{Effect, Job};
use super::jobs::Awaited;
use super::preferences::{FoundPreferences, Preference, Preferences};
use super::state::State;

impl State {
    /// Takes in what was found in the file of the choices, and keeps them there from now on.
    pub(super) fn keeps_preferences(&mut self, found: FoundPreferences) -> Vec<Effect> {
        let can_be_kept = found.fault.as_ref().is_none_or(|fault| !fault.is_in_the_way());
        if let Some(fault) = found.fault {
            self.notice(fault.words(), None, true);
        }
        self.preferences = found.preferences;
        self.kept_preferences = can_be_kept.then(|| self.preferences.clone());
        vec![Effect::Prefer(Box::new(self.preferences.clone()))]
    }

    /// Makes a choice.
    pub(super) fn prefer(&mut self, preference: Preference) -> Vec<Effect> {
        self.say_preference(&preference);
        self.preferences.set(preference);
        vec![Effect::Prefer(Box::new(self.preferences.clone()))]
    }

    /// Writes the choices to their file where they have changed.
    pub(super) fn write_preferences(&mut self) -> Option<Effect> {
        let kept = self.kept_preferences.as_ref().filter(|kept| **kept != self.preferences)?;
        if self.jobs.keeps_preferences() {
            // Once that is done, the newest are written.
            return None;
        }
        let (from, to) = (Box::new(kept.clone()), Box::new(self.preferences.clone()));
        let id = self.jobs.start(Awaited::KeepPreferences(to.clone()));
        Some(Effect::Start(id, Job::KeepPreferences { from, to }))
    }

    /// Takes in whether the choices are in their file.
    pub(super) fn preferences_kept(&mut self, written: Preferences, kept: Result<(), String>) {
        match kept {
            Ok(()) => self.kept_preferences = Some(written),
            Err(error) => {
                // Once told, it is not tried with every choice again.
                self.kept_preferences = None;
                self.notice(error, None, true);
            }
        }
    }
}
