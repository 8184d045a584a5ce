//! Where things come from and go to.

use std::path::PathBuf;

/// Where a document comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// `./timeline.ron` where there is one, else the built-in example.
    Default,
    /// Standard input.
    Standard,
    /// A file.
    File(PathBuf),
}

/// Where a picture goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Output {
    /// Standard output.
    Standard,
    /// A file.
    File(PathBuf),
}

/// Returns where a document comes from.
pub(super) fn input(file: Option<PathBuf>) -> Input {
    match file {
        None => Input::Default,
        Some(file) if file.as_os_str() == "-" => Input::Standard,
        Some(file) => Input::File(file),
    }
}
