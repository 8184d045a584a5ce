//! The file of what a person has chosen for the program.

use crate::app::file_fault::FileFault;
use crate::app::preferences::{FoundPreferences, Preferences};

use super::own_file::OwnFile;

/// Returns what the file holds. One that holds something else is given another name.
pub(super) fn read(file: &OwnFile) -> FoundPreferences {
    let mut preferences = Preferences::default();
    let fault = file.read(&mut |text| Preferences::decode(text).map(|held| preferences = held));
    FoundPreferences { preferences, fault }
}

/// Writes what has been chosen since `from`; what other windows have chosen otherwise stays.
pub(super) fn keep(file: &OwnFile, from: &Preferences, to: &Preferences) -> Result<(), String> {
    let FoundPreferences { preferences, fault } = read(file);
    if let Some(fault) = fault.filter(FileFault::is_in_the_way) {
        return Err(fault.words());
    }
    let written = file.write(&preferences.merged(from, to).encode());
    written.map_err(|error| format!("The settings could not be kept: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_chosen_is_written_where_the_file_can_be_read() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("longview/preferences.ron");
        let file = OwnFile::new(path.clone());
        let usual = Preferences::default();
        assert_eq!(read(&file), FoundPreferences { preferences: usual.clone(), fault: None });

        let chosen = Preferences { reduced_motion: true, ..usual.clone() };
        keep(&file, &usual, &chosen).expect("a file");
        assert_eq!(read(&file), FoundPreferences { preferences: chosen.clone(), fault: None });

        std::fs::write(&path, "(sound: true)").expect("a file");
        let found = read(&file);
        assert_eq!(found.preferences, usual);
        assert!(found.fault.expect("a fault").set_aside.is_some());
        keep(&file, &usual, &chosen).expect("a file in its place");
        assert_eq!(read(&file).preferences, chosen);

        // A folder in the place of the file.
        let file = OwnFile::new(folder.path().to_path_buf());
        assert!(keep(&file, &usual, &Preferences { letter_keys: false, ..usual.clone() }).is_err());
        assert!(folder.path().is_dir());
    }
}
