//! What the tests of the command line share.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// Runs the program in a folder, on a machine without a display.
pub(crate) fn longview(folder: &Path, arguments: &[&str]) -> Output {
    command(folder, arguments).output().expect("the program runs")
}

/// Returns the program in a folder, on a machine without a display.
pub(crate) fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_longview"));
    command.current_dir(folder).args(arguments).stdin(Stdio::null());
    for variable in ["DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET"] {
        command.env_remove(variable);
    }
    command
}

pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

pub(crate) fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a folder")
}

/// Returns a document of one lane with an event of each of these dates, whose ids are e0, e1 and so on.
pub(crate) fn dated(dates: &[&str]) -> String {
    let event =
        |(number, date): (usize, &&str)| format!("(id: \"e{number}\", lane: \"a\", title: \"t\", date: \"{date}\"),");
    let events: String = dates.iter().enumerate().map(event).collect();
    format!("(title: \"t\", lanes: [(id: \"a\", title: \"a\")], events: [{events}])")
}

/// Runs the program with a text on its standard input.
pub(crate) fn piped(folder: &Path, arguments: &[&str], input: &str) -> Output {
    let mut command = command(folder, arguments);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program runs");
    let mut pipe = child.stdin.take().expect("standard input");
    pipe.write_all(input.as_bytes()).expect("the program reads");
    drop(pipe);
    child.wait_with_output().expect("the program ends")
}
