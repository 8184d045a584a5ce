//! What reaches out of the program: files, dialogs, threads. State asks for an [`Effect`]; its result comes back as
//! a [`Message`].

use std::cell::Cell;
use std::fs::{File, Metadata};
use std::io::{ErrorKind, Read as _};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Once};

use egui::FontDefinitions;

use crate::Example;
use crate::crash;
use crate::document::{Diagnostic, MAX_FILE_BYTES};
use crate::export::{self, Format, InputFile, Picture, PictureFile};
use crate::paint;
use crate::progress::Progress;
use crate::timeline::Timeline;

use super::export_state::ExportJob;
use super::message::Message;

/// Something to be done outside.
#[derive(Debug)]
pub enum Effect {
    /// Ask where to save a picture.
    AskSave {
        /// File name to begin with.
        name: String,
        /// Folder to begin in.
        folder: Option<PathBuf>,
    },
    /// Ask which document to open.
    AskOpen {
        /// Folder to begin in.
        folder: Option<PathBuf>,
    },
    /// Draw a picture and write it.
    Export {
        /// What to draw.
        picture: Box<Picture>,
        /// Where it goes.
        path: PathBuf,
        /// Documents that are open, which it never goes over.
        documents: Vec<PathBuf>,
        /// Whether a file that stands there may be replaced.
        may_replace: bool,
        /// How far it has come; calls it off.
        drawing: Arc<ExportJob>,
    },
    /// Draw a picture for the clipboard.
    Draw {
        /// What to draw.
        picture: Box<Picture>,
        /// How far it has come; calls it off.
        drawing: Arc<ExportJob>,
    },
    /// Draw a picture as small as the form shows it.
    Preview {
        /// What to draw.
        picture: Box<Picture>,
        /// The file that it would be.
        format: Format,
        /// Which of its pages, from 0.
        page: usize,
    },
    /// Put a picture on the clipboard.
    Copy(Box<egui::ColorImage>),
    /// Read a document.
    Load {
        /// Where it is.
        path: PathBuf,
        /// How far it has come; calls it off.
        progress: Arc<Progress>,
    },
    /// Open a folder.
    Reveal(PathBuf),
    /// Ask where to save the report of a panic, and write it there.
    SaveReport {
        /// What stands in it.
        text: String,
        /// Folder to begin in.
        folder: Option<PathBuf>,
        /// Files that are not to be written over.
        documents: Vec<PathBuf>,
    },
    /// Close the window.
    Quit,
    /// Show another theme.
    SetTheme(egui::ThemePreference),
    /// Name the window.
    SetTitle(String),
    /// Set text in these fonts.
    SetFonts(Box<FontDefinitions>),
}

/// What a thread works at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JobKind {
    /// A dialog is open.
    Ask,
    /// A document is read.
    Load,
    /// A picture is drawn and written.
    Export,
    /// A picture is drawn for the clipboard.
    Draw,
    /// A picture is drawn for the form.
    Preview,
    /// A folder is opened.
    Reveal,
}

impl JobKind {
    /// What the program does meanwhile.
    const fn words(self) -> &'static str {
        match self {
            Self::Ask => "asking for a file",
            Self::Load => "reading the document",
            Self::Export => "exporting the picture",
            Self::Draw => "copying the picture",
            Self::Preview => "drawing the preview",
            Self::Reveal => "opening a folder",
        }
    }
}

/// What a dialog says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DialogResult {
    /// A path was chosen.
    Path(PathBuf),
    /// The user changed their mind.
    Cancelled,
    /// The desktop has no dialog to show.
    Unavailable,
}

/// A document that has been read, or what is wrong with it.
#[derive(Debug)]
pub struct LoadedDocument {
    /// Where it was read from; none for the built-in example and for standard input.
    pub path: Option<PathBuf>,
    /// The name shown for it.
    pub name: String,
    /// All of it that has no error; none where nothing can be shown.
    pub timeline: Option<Timeline>,
    /// Errors and warnings, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
    /// The text of the document.
    pub text: Arc<String>,
    /// Fonts that set what the carried ones lack; none where these do.
    pub fonts: Option<Box<FontDefinitions>>,
    /// Why the file could not be read at all.
    pub unreadable: Option<String>,
}

impl LoadedDocument {
    /// A document from its bytes.
    #[must_use]
    pub fn from_bytes(path: Option<PathBuf>, name: String, bytes: impl Into<Vec<u8>>) -> Self {
        Self { path, name, ..Self::from(crate::open(bytes)) }
    }

    /// The document at a path. A file that cannot be read is said in `unreadable`.
    #[must_use]
    pub fn from_path(path: &Path) -> Self {
        Self::watched(path, &Progress::default()).unwrap_or_else(|| Self::waiting(path))
    }

    /// The same for one who waits; none once it is called off.
    #[must_use]
    pub fn watched(path: &Path, progress: &Progress) -> Option<Self> {
        match read_document(path) {
            Ok(bytes) => {
                let opened = Self::from(crate::open_with_progress(bytes, progress)?);
                let Self { path, name, .. } = Self::waiting(path);
                Some(Self { path, name, ..opened })
            }
            Err(error) => {
                let unreadable = Some(format!("cannot read {}: {error}", path.display()));
                Some(Self { unreadable, ..Self::waiting(path) })
            }
        }
    }

    /// A document that has not been read yet.
    #[must_use]
    pub fn waiting(path: &Path) -> Self {
        let name = path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into());
        let path = Some(path.to_path_buf());
        Self {
            path,
            name,
            timeline: None,
            diagnostics: Vec::new(),
            text: Arc::default(),
            fonts: None,
            unreadable: None,
        }
    }

    /// A document that the program carries.
    #[must_use]
    pub fn example(example: Example) -> Self {
        Self::from_bytes(None, format!("example “{}”", example.name()), example.text().as_bytes())
    }
}

impl From<crate::Opened> for LoadedDocument {
    /// A document without a name, with the fonts that it needs.
    fn from(opened: crate::Opened) -> Self {
        let crate::Opened { timeline, mut diagnostics, text, .. } = opened;
        let needed = export::definitions_for(&text, paint::definitions());
        if timeline.is_some() {
            diagnostics.extend(export::missing_in(&text, &needed.missing));
            diagnostics.sort_by_key(|problem| problem.span.start);
        }
        let fonts = needed.definitions.map(Box::new);
        Self { path: None, name: String::new(), timeline, diagnostics, text, fonts, unreadable: None }
    }
}

/// What a window opens with.
#[derive(Debug)]
pub enum StartupDocument {
    /// A document that has been read, before the window is asked for: a thread for it would save half a millisecond and
    /// cost five, since C libraries allocate with locks from the first thread on, and graphics drivers allocate much.
    Ready(Box<LoadedDocument>),
    /// A document that takes a while to read.
    Large(PathBuf),
}

impl StartupDocument {
    /// The document at a path, read unless it is large.
    #[must_use]
    pub fn path(path: &Path) -> Self {
        // What is no file, such as a pipe, may have to be waited for.
        let takes_a_while = |metadata: Metadata| metadata.len() > LARGE || !(metadata.is_file() || metadata.is_dir());
        let is_large = path.metadata().is_ok_and(takes_a_while);
        if is_large { Self::Large(path.to_path_buf()) } else { Self::Ready(Box::new(LoadedDocument::from_path(path))) }
    }
}

/// The bytes of a document.
///
/// # Errors
/// Why they cannot be read, in words that follow "cannot read timeline.ron:".
fn read_document(path: &Path) -> Result<Vec<u8>, String> {
    let words = |error: std::io::Error| match error.kind() {
        ErrorKind::NotFound => "there is no such file".to_owned(),
        ErrorKind::PermissionDenied => "its owner does not let you read it".to_owned(),
        ErrorKind::IsADirectory => "it is a folder".to_owned(),
        _ => error.to_string(),
    };
    if path.is_dir() {
        return Err("it is a folder; a timeline is a file".to_owned());
    }
    let mut bytes = Vec::new();
    // One byte more than a document may have, so that one that is too large is known to be.
    let mut file = File::open(path).map_err(words)?.take(MAX_FILE_BYTES as u64 + 1);
    file.read_to_end(&mut bytes).map_err(words)?;
    Ok(bytes)
}

/// A document larger than this, in bytes, is read while the window is already there.
const LARGE: u64 = 2_000_000;

/// The dialogs of a desktop. Calls block: they are made on threads of their own.
pub trait Desktop: Send + Sync {
    /// Asks where to save a file.
    fn ask_save(&self, name: &str, folder: Option<&Path>) -> DialogResult;
    /// Asks where to save a file of text.
    fn ask_save_text(&self, name: &str, folder: Option<&Path>) -> DialogResult;
    /// Asks which document to open.
    fn ask_open(&self, folder: Option<&Path>) -> DialogResult;
    /// Shows a folder in the file manager.
    ///
    /// # Errors
    /// Why it could not.
    fn reveal(&self, folder: &Path) -> Result<(), String>;
}

/// The dialogs of the desktop that the program runs on.
pub struct NativeDesktop;

impl Desktop for NativeDesktop {
    fn ask_save(&self, name: &str, folder: Option<&Path>) -> DialogResult {
        ask(|| {
            let dialog = rfd::FileDialog::new().set_title("Export Picture").set_file_name(name);
            let ending = Path::new(name).extension().map(|ending| ending.to_string_lossy().into_owned());
            let ending = ending.unwrap_or_else(|| "png".to_owned());
            let dialog = dialog.add_filter(format!("{} picture", ending.to_uppercase()), &[ending.as_str()]);
            let dialog = dialog.add_filter("SVG picture", &["svg"]).add_filter("PDF document", &["pdf"]);
            folder.into_iter().fold(dialog, rfd::FileDialog::set_directory).save_file()
        })
    }

    fn ask_save_text(&self, name: &str, folder: Option<&Path>) -> DialogResult {
        ask(|| {
            let dialog = rfd::FileDialog::new().set_title("Save Report").set_file_name(name);
            let dialog = dialog.add_filter("Text", &["txt"]);
            folder.into_iter().fold(dialog, rfd::FileDialog::set_directory).save_file()
        })
    }

    fn ask_open(&self, folder: Option<&Path>) -> DialogResult {
        ask(|| {
            let dialog = rfd::FileDialog::new().set_title("Open Timeline").add_filter("Timeline", &["ron"]);
            let dialog = dialog.add_filter("All files", &["*"]);
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

/// Runs a dialog of rfd. It answers "none" both when the user cancels and when the desktop has no dialog; only the
/// log tells the two apart, so its error is listened for.
fn ask(dialog: impl FnOnce() -> Option<PathBuf>) -> DialogResult {
    DialogLog::install();
    DIALOG_LOG.take();
    match dialog() {
        Some(path) => DialogResult::Path(path),
        None if DIALOG_LOG.take() => DialogResult::Unavailable,
        None => DialogResult::Cancelled,
    }
}

/// A logger that only notes whether rfd has logged an error.
struct DialogLog(std::sync::atomic::AtomicBool);

static DIALOG_LOG: DialogLog = DialogLog(std::sync::atomic::AtomicBool::new(false));

impl DialogLog {
    fn install() {
        static ONCE: Once = Once::new();
        ONCE.call_once(|| {
            if log::set_logger(&DIALOG_LOG).is_ok() {
                log::set_max_level(log::LevelFilter::Error);
            }
        });
    }

    fn take(&self) -> bool {
        self.0.swap(false, std::sync::atomic::Ordering::SeqCst)
    }
}

impl log::Log for DialogLog {
    fn enabled(&self, metadata: &log::Metadata<'_>) -> bool {
        metadata.level() == log::Level::Error && metadata.target().starts_with("rfd")
    }

    fn log(&self, record: &log::Record<'_>) {
        if self.enabled(record.metadata()) {
            self.0.store(true, std::sync::atomic::Ordering::SeqCst);
        }
    }

    fn flush(&self) {}
}

/// Carries effects out, on threads where they take time.
pub struct Runtime {
    desktop: Arc<dyn Desktop>,
    context: egui::Context,
    sender: Sender<Option<Message>>,
    results: Receiver<Option<Message>>,
    /// Threads that have not sent their one message yet.
    under_way: Cell<usize>,
}

impl Runtime {
    /// Runtime on a desktop; the context is woken when one has a result.
    #[must_use]
    pub fn new(desktop: Arc<dyn Desktop>, context: egui::Context) -> Self {
        let (sender, results) = channel();
        Self { desktop, context, sender, results, under_way: Cell::new(0) }
    }

    /// What has come back since the last call.
    pub fn results(&self) -> Vec<Message> {
        let ended: Vec<Option<Message>> = self.results.try_iter().collect();
        self.under_way.set(self.under_way.get() - ended.len());
        ended.into_iter().flatten().collect()
    }

    /// Waits for the end of something that is under way, and gives its result; false where nothing is.
    pub(super) fn wait(&self) -> (bool, Option<Message>) {
        if self.under_way.get() == 0 {
            return (false, None);
        }
        let ended = self.results.recv().ok();
        self.under_way.set(self.under_way.get() - 1);
        (true, ended.flatten())
    }

    /// Carries out one effect.
    pub fn perform(&self, effect: Effect) {
        match effect {
            Effect::AskSave { name, folder } => {
                self.spawn(JobKind::Ask, move |desktop| {
                    Some(Message::SaveAnswered(desktop.ask_save(&name, folder.as_deref())))
                });
            }
            Effect::AskOpen { folder } => {
                self.spawn(JobKind::Ask, move |desktop| {
                    Some(Message::OpenAnswered(desktop.ask_open(folder.as_deref())))
                });
            }
            Effect::Export { picture, path, documents, may_replace, drawing } => {
                self.spawn(JobKind::Export, move |_| {
                    let inputs: Vec<InputFile> = documents.iter().map(|path| InputFile::at(path)).collect();
                    if let Err(refused) = export::check_output(&path, &inputs) {
                        return Some(Message::Exported(Err(refused.to_string())));
                    }
                    if !may_replace && path.exists() {
                        return Some(Message::AlreadyThere(path));
                    }
                    write_picture(&picture, &path, &inputs, &drawing).map(Message::Exported)
                })
            }
            Effect::Draw { picture, drawing } => self.spawn(JobKind::Draw, move |_| {
                let drawn = picture.image(&mut &*drawing).map(Box::new).map_err(|error| error.to_string());
                (!drawing.is_cancelled()).then_some(Message::Copied(drawn))
            }),
            Effect::Preview { picture, format, page } => self.spawn(JobKind::Preview, move |_| {
                let drawn = picture.proof(format, page, PREVIEW).map(Arc::new).map_err(|error| error.to_string());
                Some(Message::Previewed(drawn))
            }),
            Effect::Copy(image) => self.context.copy_image(*image),
            Effect::Load { path, progress } => self.spawn(JobKind::Load, move |_| {
                let loaded = LoadedDocument::watched(&path, &progress)?;
                Some(Message::Loaded(Box::new(loaded)))
            }),
            Effect::Reveal(folder) => self.spawn(JobKind::Reveal, move |desktop| {
                desktop.reveal(&folder).err().map(|error| {
                    Message::Exported(Err(format!("The folder {} could not be opened: {error}", folder.display())))
                })
            }),
            Effect::SaveReport { text, folder, documents } => self.spawn(JobKind::Ask, move |desktop| {
                let inputs: Vec<InputFile> = documents.iter().map(|path| InputFile::at(path)).collect();
                let written = match desktop.ask_save_text("longview-report.txt", folder.as_deref()) {
                    DialogResult::Path(path) => {
                        let written = export::write_file(&path, text.as_bytes(), &inputs).map(|()| path);
                        written.map_err(|error| error.to_string())
                    }
                    DialogResult::Unavailable => write_temporary(&text),
                    DialogResult::Cancelled => return None,
                };
                Some(Message::ReportSaved(written))
            }),
            Effect::Quit => self.context.send_viewport_cmd(egui::ViewportCommand::Close),
            Effect::SetTheme(preference) => self.context.set_theme(preference),
            Effect::SetFonts(fonts) => self.context.set_fonts(*fonts),
            Effect::SetTitle(title) => self.context.send_viewport_cmd(egui::ViewportCommand::Title(title)),
        }
    }

    /// Runs `work` on a thread of its own. A panic of it is its result.
    fn spawn(&self, job: JobKind, work: impl FnOnce(&dyn Desktop) -> Option<Message> + Send + 'static) {
        self.under_way.set(self.under_way.get() + 1);
        let (desktop, sender, context) = (Arc::clone(&self.desktop), self.sender.clone(), self.context.clone());
        std::thread::spawn(move || {
            let result = crash::catch(job.words(), || work(&*desktop));
            let result = result.unwrap_or_else(|report| Some(Message::JobCrashed(job, report)));
            // The receiver is gone only when the window is: then nobody is left to be told.
            if sender.send(result).is_ok() {
                context.request_repaint();
            }
        });
    }
}

/// Writes a text to a new file among the system's temporary ones.
fn write_temporary(text: &str) -> Result<PathBuf, String> {
    let file = tempfile::Builder::new().prefix("longview-report-").suffix(".txt").tempfile();
    let file = file.map_err(|error| format!("the report cannot be saved: {error}"))?;
    export::write_file(file.path(), text.as_bytes(), &[]).map_err(|error| error.to_string())?;
    file.into_temp_path().keep().map_err(|error| format!("the report cannot be kept: {error}"))
}

/// Room for the preview, in its pixels: twice what the form gives it in points, for screens of two pixels a point.
const PREVIEW: egui::Vec2 = egui::vec2(760.0, 600.0);

/// Draws a picture and writes it; none once it is called off.
fn write_picture(
    picture: &Picture,
    path: &Path,
    inputs: &[InputFile],
    mut drawing: &ExportJob,
) -> Option<Result<PictureFile, String>> {
    let format = Format::of(path).unwrap_or(Format::Png);
    let exported = picture.export(format, &mut drawing);
    if drawing.is_cancelled() {
        return None;
    }
    let written = exported.and_then(|exported| {
        export::write_file(path, &exported.bytes, inputs)?;
        let warnings = exported.substitutes.warnings();
        Ok(PictureFile { path: path.to_path_buf(), size: exported.size, warnings })
    });
    Some(written.map_err(|error| error.to_string()))
}
