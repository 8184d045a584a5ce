//! Where the program keeps files of its own.

use std::env;
use std::path::PathBuf;

/// Returns the folder of the program's own files. On Linux it is that of the [XDG base directories], on macOS and Windows
/// that which their guidelines name; `None` where the user has no home.
///
/// [XDG base directories]: https://specifications.freedesktop.org/basedir/latest/
pub fn storage_folder() -> Option<PathBuf> {
    let absolute = |variable: &str| env::var_os(variable).map(PathBuf::from).filter(|path| path.is_absolute());
    if cfg!(windows) {
        return absolute("APPDATA").map(|folder| folder.join("longview").join("data"));
    }
    if cfg!(target_os = "macos") {
        return env::home_dir().map(|home| home.join("Library/Application Support/longview"));
    }
    let data = absolute("XDG_DATA_HOME").or_else(|| env::home_dir().map(|home| home.join(".local/share")));
    data.map(|folder| folder.join("longview"))
}
