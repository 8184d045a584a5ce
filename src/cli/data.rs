//! `longview export` as data for other programs: a table, a calendar, the whole document.

use std::path::{Path, PathBuf};

use clap::ArgMatches;
use clap::parser::ValueSource;

use crate::export::{Format as Picture, picture_format};
use crate::interchange::Format as Data;

use super::paths::{Input, Output};

/// A document as data for other programs.
#[derive(Debug)]
pub struct DataExport {
    /// The document.
    pub input: Input,
    /// Where the file goes.
    pub output: Output,
    /// Its format.
    pub format: Data,
    /// What the events that are written must meet, as in a search.
    pub filter: Option<String>,
}

/// The format of a file that is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FileFormat {
    Picture(Picture),
    Data(Data),
}

impl FileFormat {
    /// The names of all formats.
    pub const NAMES: [&str; 7] = ["png", "svg", "pdf", "csv", "json", "ics", "timelinejs"];

    /// Returns the format with a name.
    pub fn named(name: &str) -> Option<Self> {
        let picture = Picture::of(Path::new(&format!("a.{name}"))).map(Self::Picture);
        picture.or_else(|| Data::named(name).map(Self::Data))
    }

    /// Returns the format that the ending of a path says.
    fn of(path: &Path) -> Result<Self, String> {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if let Some(format) = Data::of_file(&name) {
            return Ok(Self::Data(format));
        }
        let more = "; as data, write .csv, .json, .ics or .timelinejs.json";
        picture_format(path).map(Self::Picture).map_err(|message| message + more)
    }

    /// Returns whether a file whose ending says this format may be in another one.
    fn agrees_with(self, other: Self) -> bool {
        let is_json = |format: Self| matches!(format, Self::Data(Data::Json | Data::TimelineJs));
        self == other || is_json(self) && is_json(other)
    }
}

/// Returns where a file goes, and its format by `--format` or by the ending, which must not disagree.
pub(super) fn output(path: PathBuf, format: Option<FileFormat>) -> Result<(Output, FileFormat), String> {
    if path.as_os_str() == "-" {
        let format = format.ok_or(
            "for standard output the format must be said: --format png, svg or pdf for a picture, csv, json, ics or \
             timelinejs for data",
        )?;
        return Ok((Output::Standard, format));
    }
    let by_ending = FileFormat::of(&path);
    match (by_ending, format) {
        (Ok(ending), Some(format)) if !ending.agrees_with(format) => {
            Err(format!("the ending of {} does not agree with --format", path.display()))
        }
        (Ok(_), Some(format)) => Ok((Output::File(path), format)),
        (Err(_), Some(format)) if path.extension().is_none() => Ok((Output::File(path), format)),
        (by_ending, _) => Ok((Output::File(path), by_ending?)),
    }
}

/// Returns an error if an option of pictures was given. `arguments` are those of `export`.
pub(super) fn no_options_of_pictures(arguments: Option<&ArgMatches>) -> Result<(), String> {
    let Some(arguments) = arguments else { return Ok(()) };
    let is_of_picture = |id: &&str| {
        // The group of all arguments has the name of their type.
        let is_shared = ["TypedExport", "file", "output", "format", "filter", "verbose"].contains(id);
        !is_shared && arguments.value_source(id) == Some(ValueSource::CommandLine)
    };
    match arguments.ids().map(clap::Id::as_str).find(is_of_picture) {
        Some(option) => Err(format!("--{option} is for a picture: data has no page and no view")),
        None => Ok(()),
    }
}
