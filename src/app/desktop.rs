//! The dialogs and the file manager of a desktop.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use crate::import;
use crate::interchange;

/// How a dialog was answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DialogResult {
    /// A path was chosen.
    Path(PathBuf),
    /// The user changed their mind.
    Cancelled,
    /// The desktop has no dialog to show.
    Unavailable,
}

/// The dialogs of a desktop. Calls block: they are made on threads of their own.
pub trait Desktop: Send + Sync {
    /// Asks where to save a picture.
    fn ask_save(&self, name: &str, folder: Option<&Path>) -> DialogResult;
    /// Asks where to save a text.
    fn ask_save_text(&self, name: &str, folder: Option<&Path>) -> DialogResult;
    /// Asks where to save a document.
    fn ask_save_document(&self, name: &str, folder: Option<&Path>) -> DialogResult;
    /// Asks where to save data for other programs.
    fn ask_save_data(&self, name: &str, format: interchange::Format, folder: Option<&Path>) -> DialogResult;
    /// Asks which document to open, or which file of another program.
    fn ask_open(&self, folder: Option<&Path>) -> DialogResult;
    /// Asks which file of another program to import.
    fn ask_import(&self, folder: Option<&Path>) -> DialogResult;
    /// Asks for the file of a text or a PDF file.
    fn ask_text(&self, folder: Option<&Path>) -> DialogResult;
    /// Asks for the file of a picture.
    fn ask_media(&self, folder: Option<&Path>) -> DialogResult;
    /// Shows a folder in the file manager.
    ///
    /// # Errors
    /// Why it could not.
    fn reveal(&self, folder: &Path) -> Result<(), String>;
}

/// The dialogs of the desktop that the program runs on.
pub struct NativeDesktop {
    log: &'static DialogLog,
}

impl NativeDesktop {
    /// The desktop, with the log in which its dialogs report errors.
    #[must_use]
    pub const fn new(log: &'static DialogLog) -> Self {
        Self { log }
    }

    /// Asks for a file of a format that can be imported, or with one of these endings.
    fn ask_file(&self, title: &str, endings: &[&'static str], folder: Option<&Path>) -> DialogResult {
        self.ask(|| {
            let formats = import::Format::ALL.iter().flat_map(|format| format.endings());
            let all: Vec<&str> = endings.iter().chain(formats).copied().collect();
            let dialog = rfd::FileDialog::new().set_title(title);
            let dialog = dialog.add_filter("Timelines, tables, calendars, family trees", &all);
            let dialog = if endings.contains(&"ron") { dialog.add_filter("Timeline", &["ron"]) } else { dialog };
            let dialog = dialog.add_filter("All files", &["*"]);
            folder.into_iter().fold(dialog, rfd::FileDialog::set_directory).pick_file()
        })
    }

    /// Shows a dialog of rfd. It returns `None` both when the user cancels and when the desktop has no dialog; only the
    /// log tells the two apart.
    fn ask(&self, dialog: impl FnOnce() -> Option<PathBuf>) -> DialogResult {
        self.log.take();
        match dialog() {
            Some(path) => DialogResult::Path(path),
            None if self.log.take() => DialogResult::Unavailable,
            None => DialogResult::Cancelled,
        }
    }
}

impl Desktop for NativeDesktop {
    fn ask_save(&self, name: &str, folder: Option<&Path>) -> DialogResult {
        self.ask(|| {
            let dialog = rfd::FileDialog::new().set_title("Export Picture").set_file_name(name);
            let ending = Path::new(name).extension().map(|ending| ending.to_string_lossy().into_owned());
            let ending = ending.unwrap_or_else(|| "png".to_owned());
            let dialog = dialog.add_filter(format!("{} picture", ending.to_uppercase()), &[ending.as_str()]);
            let dialog = dialog.add_filter("SVG picture", &["svg"]).add_filter("PDF document", &["pdf"]);
            folder.into_iter().fold(dialog, rfd::FileDialog::set_directory).save_file()
        })
    }

    fn ask_save_text(&self, name: &str, folder: Option<&Path>) -> DialogResult {
        self.ask(|| {
            let dialog = rfd::FileDialog::new().set_title("Save Report").set_file_name(name);
            let dialog = dialog.add_filter("Text", &["txt"]);
            folder.into_iter().fold(dialog, rfd::FileDialog::set_directory).save_file()
        })
    }

    fn ask_save_document(&self, name: &str, folder: Option<&Path>) -> DialogResult {
        self.ask(|| {
            let dialog = rfd::FileDialog::new().set_title("Save Timeline").set_file_name(name);
            let dialog = dialog.add_filter("Timeline", &["ron"]);
            folder.into_iter().fold(dialog, rfd::FileDialog::set_directory).save_file()
        })
    }

    fn ask_save_data(&self, name: &str, format: interchange::Format, folder: Option<&Path>) -> DialogResult {
        self.ask(|| {
            let dialog = rfd::FileDialog::new().set_title("Export Data").set_file_name(name);
            let ending = format.ending().rsplit('.').next().unwrap_or_default();
            let dialog = dialog.add_filter(format.title(), &[ending]);
            folder.into_iter().fold(dialog, rfd::FileDialog::set_directory).save_file()
        })
    }

    fn ask_open(&self, folder: Option<&Path>) -> DialogResult {
        self.ask_file("Open Timeline", &["ron", "json", "xml"], folder)
    }

    fn ask_import(&self, folder: Option<&Path>) -> DialogResult {
        self.ask_file("Import", &["json", "xml"], folder)
    }

    fn ask_text(&self, folder: Option<&Path>) -> DialogResult {
        self.ask(|| {
            let dialog = rfd::FileDialog::new().set_title("Capture from File");
            let dialog = dialog.add_filter("Texts and PDF files", &["pdf", "txt", "text", "md", "html", "htm"]);
            let dialog = dialog.add_filter("All files", &["*"]);
            folder.into_iter().fold(dialog, rfd::FileDialog::set_directory).pick_file()
        })
    }

    fn ask_media(&self, folder: Option<&Path>) -> DialogResult {
        self.ask(|| {
            let dialog = rfd::FileDialog::new().set_title("Choose Picture");
            let dialog = dialog.add_filter("Pictures", &["png", "jpg", "jpeg"]).add_filter("All files", &["*"]);
            folder.into_iter().fold(dialog, rfd::FileDialog::set_directory).pick_file()
        })
    }

    fn reveal(&self, folder: &Path) -> Result<(), String> {
        let program = if cfg!(target_os = "macos") {
            "open"
        } else if cfg!(windows) {
            "explorer"
        } else {
            "xdg-open"
        };
        let spawned = std::process::Command::new(program).arg(folder).spawn();
        let mut child = spawned.map_err(|error| format!("cannot run {program}: {error}"))?;
        // Explorer exits with 1 even when all is well, so only a program that is missing counts as a failure there.
        let status = child.wait().map_err(|error| error.to_string())?;
        if status.success() || cfg!(windows) { Ok(()) } else { Err(format!("{program} ended with {status}")) }
    }
}

/// A logger that only remembers whether rfd has logged an error.
///
/// A program has one logger, so it is `main` that makes it the logger of the process.
#[derive(Debug, Default)]
pub struct DialogLog(AtomicBool);

impl DialogLog {
    /// A log without an error.
    #[must_use]
    pub const fn new() -> Self {
        Self(AtomicBool::new(false))
    }

    /// Whether an error was logged since the last call.
    fn take(&self) -> bool {
        self.0.swap(false, Ordering::SeqCst)
    }
}

impl log::Log for DialogLog {
    fn enabled(&self, metadata: &log::Metadata<'_>) -> bool {
        metadata.level() == log::Level::Error
    }

    fn log(&self, record: &log::Record<'_>) {
        if record.level() == log::Level::Error && record.target().starts_with("rfd") {
            self.0.store(true, Ordering::SeqCst);
        }
    }

    fn flush(&self) {}
}

#[cfg(test)]
mod tests {
    use super::*;
    use log::Log as _;

    static LOG: DialogLog = DialogLog::new();

    #[test]
    fn a_dialog_that_failed_is_told_from_one_that_was_cancelled() {
        let desktop = NativeDesktop::new(&LOG);
        let log = |target: &str, level| LOG.log(&log::Record::builder().target(target).level(level).build());
        assert_eq!(desktop.ask(|| Some("a.ron".into())), DialogResult::Path("a.ron".into()));
        assert_eq!(desktop.ask(|| None), DialogResult::Cancelled);
        let failing = || {
            log("rfd::backend", log::Level::Error);
            None
        };
        assert_eq!(desktop.ask(failing), DialogResult::Unavailable);
        assert_eq!(desktop.ask(|| None), DialogResult::Cancelled, "the error was of an earlier dialog");
        let other = || {
            log("rfd::backend", log::Level::Warn);
            log("winit", log::Level::Error);
            None
        };
        assert_eq!(desktop.ask(other), DialogResult::Cancelled, "an error of something else");
    }
}
