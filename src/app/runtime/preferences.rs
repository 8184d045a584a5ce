//! The file of what a person has chosen for the program.

use std::fs;
use std::io::ErrorKind;
use std::path::PathBuf;

use crate::app::preferences::{FoundPreferences, Preferences, PreferencesFault};
use crate::export;

/// That file.
#[derive(Debug)]
pub(super) struct PreferencesFile(PathBuf);

impl PreferencesFile {
    pub fn new(file: PathBuf) -> Self {
        Self(file)
    }

    /// Returns what the file holds. One that holds something else is given another name.
    pub fn read(&self) -> FoundPreferences {
        let why = match fs::read(&self.0) {
            Ok(bytes) => {
                match str::from_utf8(&bytes).map_err(|error| error.to_string()).and_then(Preferences::decode) {
                    Ok(preferences) => return FoundPreferences { preferences, fault: None },
                    Err(why) => why,
                }
            }
            Err(error) if error.kind() == ErrorKind::NotFound => {
                return FoundPreferences { preferences: Preferences::default(), fault: None };
            }
            Err(error) => {
                let fault = PreferencesFault { why: error.to_string(), set_aside: None, file: self.0.clone() };
                return FoundPreferences { preferences: Preferences::default(), fault: Some(fault) };
            }
        };
        let fault = PreferencesFault { why, set_aside: self.set_aside(), file: self.0.clone() };
        FoundPreferences { preferences: Preferences::default(), fault: Some(fault) }
    }

    /// Gives the file a name that no other one has. Returns the name, or `None` if that fails.
    fn set_aside(&self) -> Option<PathBuf> {
        let names = (1..1000).map(|number| self.0.with_extension(format!("broken-{number}.ron")));
        let name = names.into_iter().find(|name| !name.exists())?;
        fs::rename(&self.0, &name).ok().map(|()| name)
    }

    /// Writes what has been chosen since `from`; what other windows have chosen otherwise stays.
    pub fn keep(&self, from: &Preferences, to: &Preferences) -> Result<(), String> {
        let FoundPreferences { preferences, fault } = self.read();
        if let Some(fault) = fault.filter(|fault| fault.set_aside.is_none()) {
            return Err(fault.words());
        }
        let words = |error: String| format!("The settings could not be kept: {error}");
        let folder = self.0.parent().map_or(Ok(()), fs::create_dir_all);
        folder.map_err(|error| words(error.to_string()))?;
        let text = preferences.merged(from, to).encode();
        export::write_file(&self.0, text.as_bytes(), &[]).map_err(|error| words(error.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_holds_something_else_is_set_aside() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("longview/preferences.ron");
        let file = PreferencesFile::new(path.clone());
        assert_eq!(file.read(), FoundPreferences { preferences: Preferences::default(), fault: None });

        let usual = Preferences::default();
        let chosen = Preferences { reduced_motion: true, ..usual.clone() };
        file.keep(&usual, &chosen).expect("a file");
        assert_eq!(file.read(), FoundPreferences { preferences: chosen.clone(), fault: None });

        for (number, broken) in [b"(sound: true)".as_slice(), b"\xff"].into_iter().enumerate() {
            fs::write(&path, broken).expect("a file");
            let found = file.read();
            let aside = path.with_extension(format!("broken-{}.ron", number + 1));
            assert_eq!(fs::read(&aside).expect("the file under another name"), broken);
            assert!(!path.exists());
            assert_eq!(found.preferences, usual);
            let words = found.fault.expect("a fault").words();
            assert!(words.contains(&aside.display().to_string()), "{words}");
        }
        file.keep(&usual, &chosen).expect("a file in its place");
        assert_eq!(file.read().preferences, chosen);
    }

    #[test]
    fn what_cannot_be_read_is_left_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        // A folder in the place of the file.
        let file = PreferencesFile::new(folder.path().to_path_buf());
        let fault = file.read().fault.expect("a fault");
        assert_eq!(fault.set_aside, None);
        let usual = Preferences::default();
        assert!(file.keep(&usual, &Preferences { letter_keys: false, ..usual.clone() }).is_err());
        assert!(folder.path().is_dir());
    }
}
