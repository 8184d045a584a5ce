//! Carries out effects: files, dialogs, threads, the clipboard. The results of jobs come back as messages.

mod capture;
mod data;
mod load;
mod origins;
mod own_file;
mod pictures;
mod preferences;
mod recent;
mod save;
mod session;
mod storage;
mod unsaved;
mod update;
mod watch;

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};

use crate::crash;
use crate::export::{self, ExportError, Format, InputFile, Picture, PictureFile, WriteFault};
use crate::layout::Pictures;
use crate::media::{self, Thoroughness};
use crate::progress::Progress;
use crate::query::{Facets, Listing};
use crate::scene::text::TextEngine;
use crate::timeline::{LaneId, LaneIndex, Timeline};

use crate::app::canvas::Canvas;
use crate::app::desktop::{Desktop, DialogResult};
use crate::app::effect::{Effect, FilterJob, Job};
use crate::app::export_job::ExportJob;
use crate::app::file_fault::FileFault;
use crate::app::fonts;
use crate::app::jobs::JobId;
use crate::app::loaded_document::{FoundFonts, LoadedDocument};
use crate::app::message::{ExportOutcome, JobResult, Message};
use crate::app::preferences::{FoundPreferences, Preferences};
use crate::app::recent::RecentFiles;
use crate::app::session::{Session, WindowPlace};
use crate::app::settle_job::SettleJob;
use crate::app::shortcuts::Shortcuts;
use crate::app::style;
use crate::app::subscription::{Subscription, Subscriptions};
use crate::app::unsaved::{FoundUnsaved, Unsaved};

use data::{Data, write_data};
use origins::OriginFiles;
use own_file::OwnFile;
pub(super) use storage::storage_folder;
use unsaved::UnsavedFiles;
use watch::FileWatch;

/// Room for the preview, in its pixels: twice what the form gives it in points, for screens of two pixels a point.
const PREVIEW: egui::Vec2 = egui::vec2(760.0, 600.0);

/// Carries effects out, on threads where they take time.
pub struct Runtime {
    desktop: Arc<dyn Desktop>,
    context: egui::Context,
    sender: Sender<(JobId, JobResult)>,
    results: Receiver<(JobId, JobResult)>,
    /// How many jobs have not sent their result yet.
    under_way: Cell<usize>,
    subscriptions: RefCell<Subscriptions>,
    watch: RefCell<FileWatch>,
    /// Where unsaved changes are kept, if they are.
    unsaved: Option<Arc<Mutex<UnsavedFiles>>>,
    /// Where it is kept what documents were made of, if it is.
    origins: Option<Arc<OriginFiles>>,
    /// Where documents are remembered, if they are.
    recent: Option<Arc<OwnFile>>,
    /// Where it is kept what a person has chosen for the program, if it is.
    preferences: Option<Arc<OwnFile>>,
    /// Where it is kept what is remembered from one window to the next, if it is.
    session: Option<Arc<OwnFile>>,
}

/// The files that the program keeps for itself.
#[derive(Clone, Copy, Default)]
struct OwnFiles<'f> {
    unsaved: Option<&'f Mutex<UnsavedFiles>>,
    origins: Option<&'f OriginFiles>,
    recent: Option<&'f OwnFile>,
    preferences: Option<&'f OwnFile>,
    session: Option<&'f OwnFile>,
}

impl Runtime {
    /// A runtime on a desktop; the context is woken when a job has ended.
    #[must_use]
    pub fn new(desktop: Arc<dyn Desktop>, context: egui::Context) -> Self {
        let (sender, results) = channel();
        let (under_way, subscriptions) = (Cell::new(0), RefCell::default());
        let watch = RefCell::new(FileWatch::new());
        Self {
            desktop,
            context,
            sender,
            results,
            under_way,
            subscriptions,
            watch,
            unsaved: None,
            origins: None,
            recent: None,
            preferences: None,
            session: None,
        }
    }

    /// Keeps unsaved changes in a folder. Returns what earlier processes have left there.
    pub(super) fn keep_unsaved_in(&mut self, folder: PathBuf) -> Vec<FoundUnsaved> {
        let mut files = UnsavedFiles::new(folder);
        let found = files.find();
        self.unsaved = Some(Arc::new(Mutex::new(files)));
        found
    }

    /// Keeps in a folder what documents were made of.
    pub(super) fn keep_origins_in(&mut self, folder: PathBuf) {
        self.origins = Some(Arc::new(OriginFiles::new(folder)));
    }

    /// Remembers documents in a file. Returns those that it names.
    pub(super) fn keep_recent_in(&mut self, file: PathBuf) -> RecentFiles {
        let file = OwnFile::new(file);
        let known = recent::read(&file);
        self.recent = Some(Arc::new(file));
        known
    }

    /// Keeps in a file what a person chooses for the program. Returns what it holds.
    pub(super) fn keep_preferences_in(&mut self, file: PathBuf) -> FoundPreferences {
        let file = OwnFile::new(file);
        let found = preferences::read(&file);
        self.preferences = Some(Arc::new(file));
        found
    }

    /// Keeps in a file what is remembered from one window to the next. Returns what it holds, and what is wrong with it.
    pub(super) fn keep_session_in(&mut self, file: PathBuf) -> (Session, Option<FileFault>) {
        let file = OwnFile::new(file);
        let known = session::read(&file);
        self.session = Some(Arc::new(file));
        known
    }

    /// Writes what is remembered, as the window ends.
    pub(super) fn keep_session(&self, session: Option<Session>) {
        if let (Some(file), Some(session)) = (&self.session, session) {
            session::write(session, file);
        }
    }

    /// Removes the file of unsaved changes, as the window ends as the user wants it to; or leaves in it what is kept for the
    /// next start.
    pub(super) fn end(&self, kept: Option<&Unsaved>) {
        let Some(files) = &self.unsaved else { return };
        let mut files = unsaved::locked(files);
        let is_kept = kept.is_some() && files.keep(kept, &[]).is_ok();
        if !is_kept {
            files.end();
        }
    }

    /// The results that have come back since the last call.
    pub fn results(&self) -> Vec<Message> {
        let ended: Vec<_> = self.results.try_iter().collect();
        self.under_way.set(self.under_way.get() - ended.len());
        let touched = self.watch.borrow().touched().map(Message::FileTouched);
        ended.into_iter().map(|(id, result)| Message::Job(id, result)).chain(touched).collect()
    }

    /// Whether any job has not sent its result yet.
    pub(super) fn has_jobs(&self) -> bool {
        self.under_way.get() > 0
    }

    /// Waits for the end of a job. Returns `None` if none is under way.
    pub(super) fn wait(&self) -> Option<Message> {
        if self.under_way.get() == 0 {
            return None;
        }
        let (id, result) = self.results.recv().ok()?;
        self.under_way.set(self.under_way.get() - 1);
        Some(Message::Job(id, result))
    }

    /// Starts and stops subscriptions so that exactly those of `wanted` run; `now` is the time of the frame, in seconds
    /// since the window opened.
    pub(super) fn subscribe(&self, wanted: &[Subscription], now: f64) {
        let mut subscriptions = self.subscriptions.borrow_mut();
        subscriptions.update(wanted, now);
        let file = wanted.iter().find_map(|one| if let Subscription::File(path) = one { Some(path) } else { None });
        self.watch.borrow_mut().follow(file, &self.context);
        if let Some(wait) = subscriptions.next(now) {
            self.context.request_repaint_after(wait);
        }
    }

    /// Carries out one effect.
    pub fn perform(&self, effect: Effect) {
        match effect {
            Effect::Start(id, job) => self.start(id, job),
            Effect::Copy(image) => self.context.copy_image(*image),
            Effect::CopyText(text) => self.context.copy_text(text),
            Effect::OpenUrl(url) => self.context.open_url(egui::OpenUrl::new_tab(url)),
            Effect::Quit => self.context.send_viewport_cmd(egui::ViewportCommand::Close),
            Effect::Prefer(preferences) => self.prefer(&preferences),
            Effect::SetFullScreen(full) => self.context.send_viewport_cmd(egui::ViewportCommand::Fullscreen(full)),
            Effect::SetFonts(fonts) => {
                self.context.set_fonts(fonts::definitions_of(&fonts));
                Canvas::with(&self.context, |canvas| canvas.set_fonts(*fonts));
            }
            Effect::SetTitle(title) => self.context.send_viewport_cmd(egui::ViewportCommand::Title(title)),
        }
    }

    /// Lets what a person has chosen for the program take effect in the window.
    fn prefer(&self, preferences: &Preferences) {
        self.context.set_theme(preferences.theme);
        self.context.set_zoom_factor(preferences.text_size.factor());
        style::set_motion(&self.context, !preferences.reduced_motion);
        Shortcuts::set_letter_keys(&self.context, preferences.letter_keys);
    }

    /// Runs a job on a thread of its own. A panic of it is its result.
    fn start(&self, id: JobId, job: Job) {
        self.under_way.set(self.under_way.get() + 1);
        let (desktop, sender, context) = (Arc::clone(&self.desktop), self.sender.clone(), self.context.clone());
        let (unsaved, origins) = (self.unsaved.clone(), self.origins.clone());
        let (recent, preferences) = (self.recent.clone(), self.preferences.clone());
        let session = self.session.clone();
        std::thread::spawn(move || {
            let words = job.words();
            let files = OwnFiles {
                unsaved: unsaved.as_deref(),
                origins: origins.as_deref(),
                recent: recent.as_deref(),
                preferences: preferences.as_deref(),
                session: session.as_deref(),
            };
            let result =
                crash::catch(words, || run(job, &*desktop, &context, files)).unwrap_or_else(JobResult::Crashed);
            // Sending fails only when the window is closed.
            if sender.send((id, result)).is_ok() {
                context.request_repaint();
            }
        });
    }
}

/// Returns where the window was, as a file of what is remembered says.
pub(super) fn window_place(file: PathBuf) -> WindowPlace {
    session::window(&OwnFile::new(file))
}

/// Does the work of a job.
fn run(job: Job, desktop: &dyn Desktop, context: &egui::Context, files: OwnFiles<'_>) -> JobResult {
    match job {
        Job::AskSave { name, folder } => JobResult::Dialog(desktop.ask_save(&name, folder.as_deref())),
        Job::AskOpen { folder } => JobResult::Dialog(desktop.ask_open(folder.as_deref())),
        Job::AskMedia { folder } => JobResult::Dialog(desktop.ask_media(folder.as_deref())),
        Job::Capture(job) => capture::run(job, desktop),
        Job::AskImport { folder } => JobResult::Dialog(desktop.ask_import(folder.as_deref())),
        Job::AskSaveDocument { name, folder } => JobResult::Dialog(desktop.ask_save_document(&name, folder.as_deref())),
        Job::AskSaveData { name, format: of, folder: from } => {
            JobResult::Dialog(desktop.ask_save_data(&name, of, from.as_deref()))
        }
        Job::ExportData { timeline, projection, format, path, documents, document, may_replace, export } => {
            let inputs = input_files(&documents);
            let data = Data { timeline, projection, format, path, inputs, may_replace, document };
            JobResult::DataExported(write_data(&data, &export, files.origins))
        }
        Job::SaveDocument(document) => JobResult::DocumentSaved(save::save_document(*document, files.origins)),
        Job::Search(job) => JobResult::Searched(job.run().map(Box::new)),
        Job::Update(job) => JobResult::UpdateFound(update::find(&job, files.origins)),
        Job::PreviewImport { path, name, bytes, settings, extent, progress } => {
            JobResult::ImportPreviewed(load::preview_import(&path, &name, bytes, &settings, extent, &progress))
        }
        Job::Load { source, import, older, folded, progress } => {
            folded_as(LoadedDocument::load(&source, import, older.as_ref(), &progress), &folded, &progress)
        }
        Job::Reopen { text, folded, progress } => {
            folded_as(crate::open_text(text, &progress).map(LoadedDocument::from), &folded, &progress)
        }
        Job::Reread { path, moved_to, saved } => JobResult::Reread(watch::reread(&path, moved_to, &saved)),
        Job::KeepPreferences { from, to } => {
            JobResult::PreferencesKept(files.preferences.map_or(Ok(()), |file| preferences::keep(file, &from, &to)))
        }
        Job::KeepRecent(path) => JobResult::RecentKept(files.recent.map(|file| recent::keep(file, &path))),
        Job::KeepSession(session) => session::keep(*session, files.session),
        Job::Unsaved(job) => unsaved::run(job, files.unsaved),
        Job::FindPictureProblems { timeline, text, folder } => {
            JobResult::PictureProblems(media::warnings(&timeline, &text, &folder, Thoroughness::Quick))
        }
        Job::Group { timeline, lanes, progress } => group(&timeline, lanes.into_iter(), &progress),
        Job::Filter(job) => filter(&job),
        Job::List(job) => JobResult::Listed(Listing::new(&job.timeline, &job.projection, job.order, &job.progress)),
        Job::Settle(job) => settle(&job, context),
        Job::ReadPicture { folder, file } => JobResult::Picture(pictures::read_picture(&folder, &file)),
        Job::ReadSizes { timeline, folder } => JobResult::Sizes(Pictures::new(media::sizes(&timeline, &folder))),
        Job::ReadThumbnail { timeline, folder, event } => pictures::thumbnail(&timeline, event, &folder),
        Job::FindFonts { text, also } => JobResult::Fonts(FoundFonts::search_also(&text, &also)),
        Job::Export { picture, path, documents, may_replace, export } => {
            export_picture(*picture, Target { path, inputs: input_files(&documents), may_replace }, &export)
        }
        Job::Copy { picture, export } => copy_picture(*picture, &export),
        Job::Preview { picture, format, page } => {
            let drawn = pictures::reading(*picture).preview(format, page, PREVIEW).map(Arc::new);
            JobResult::Previewed(drawn.map_err(|error| error.to_string()))
        }
        Job::Reveal(folder) => JobResult::Revealed(reveal(&folder, desktop)),
        Job::SaveReport { text, folder, documents } => {
            JobResult::ReportSaved(save_report(&text, folder.as_deref(), &documents, desktop))
        }
    }
}

/// Finds what a filter shows; without one, what filters can be made of.
fn filter(job: &FilterJob) -> JobResult {
    match &job.search {
        Some(search) => JobResult::Filtered(job.projection(search)),
        None => JobResult::Facets(Facets::of(&job.timeline, &job.progress)),
    }
}

/// Draws a picture and writes it.
fn export_picture(picture: Picture, target: Target, export: &ExportJob) -> JobResult {
    let written = write_picture(&pictures::reading(picture), target, export);
    JobResult::Exported(written.map_err(|error| error.to_string()))
}

/// Draws a picture for the clipboard.
fn copy_picture(picture: Picture, export: &ExportJob) -> JobResult {
    let drawn = pictures::reading(picture).image(export.progress()).map(Box::new);
    JobResult::Copied(drawn.map_err(|error| error.to_string()))
}

/// Lays out the rows of a view that has come to rest.
fn settle(job: &SettleJob, context: &egui::Context) -> JobResult {
    // Text is as wide as in the window.
    let fonts = Canvas::with(context, |canvas| canvas.engine().fonts().clone());
    JobResult::Settled(Box::new(job.run(&mut TextEngine::new(fonts))))
}

/// Shows a folder in the system's file manager.
fn reveal(folder: &Path, desktop: &dyn Desktop) -> Result<(), String> {
    let shown = desktop.reveal(folder);
    shown.map_err(|error| format!("The folder {} could not be opened: {error}", folder.display()))
}

/// Puts the events of the folded lanes of a document that was read in order.
fn folded_as(loaded: Option<LoadedDocument>, folded: &BTreeSet<LaneId>, progress: &Progress) -> JobResult {
    if let Some(timeline) = loaded.as_ref().and_then(|loaded| loaded.timeline.as_ref()) {
        group(timeline, folded.iter().filter_map(|lane| timeline.find_lane(lane)), progress);
    }
    JobResult::Loaded(loaded.map(Box::new))
}

/// Puts the events of groups of lanes in order, unless that is cancelled.
fn group(timeline: &Timeline, mut lanes: impl Iterator<Item = LaneIndex>, progress: &Progress) -> JobResult {
    while let Some(lane) = lanes.next().filter(|_| !progress.is_cancelled()) {
        // The timeline keeps it.
        let _ = timeline.group(lane);
    }
    JobResult::Grouped
}

fn input_files(documents: &[PathBuf]) -> Vec<InputFile> {
    documents.iter().map(|path| InputFile::at(path)).collect()
}

/// Where a picture goes.
struct Target {
    path: PathBuf,
    /// Files that are not to be overwritten.
    inputs: Vec<InputFile>,
    may_replace: bool,
}

/// Draws a picture and writes it, unless that is cancelled before the file has its name.
fn write_picture(picture: &Picture, target: Target, export: &ExportJob) -> Result<ExportOutcome, ExportError> {
    let Target { path, inputs, may_replace } = target;
    export::check_output(&path, &inputs)?;
    if !may_replace && path.exists() {
        return Ok(ExportOutcome::Exists(path));
    }
    let format = Format::of(&path).unwrap_or(Format::Png);
    let written = picture.export(format, export.progress()).and_then(|exported| {
        export::write_file_unless_cancelled(&path, &exported.bytes, &inputs, &|| export.commit())?;
        let warnings = exported.substitutes.warnings();
        Ok(ExportOutcome::Saved(PictureFile { path, size: exported.size, warnings }))
    });
    match written {
        Err(ExportError::Cancelled | ExportError::Write { fault: WriteFault::Cancelled, .. }) => {
            Ok(ExportOutcome::Cancelled)
        }
        other => other,
    }
}

/// Asks where to save a report and writes it there. Returns `None` if the user changed their mind.
fn save_report(
    text: &str,
    folder: Option<&Path>,
    documents: &[PathBuf],
    desktop: &dyn Desktop,
) -> Result<Option<PathBuf>, String> {
    let inputs = input_files(documents);
    match desktop.ask_save_text("longview-report.txt", folder) {
        DialogResult::Path(path) => {
            export::write_file(&path, text.as_bytes(), &inputs).map_err(|error| error.to_string())?;
            Ok(Some(path))
        }
        DialogResult::Unavailable => write_temporary(text).map(Some),
        DialogResult::Cancelled => Ok(None),
    }
}

/// Writes a text to a new file among the system's temporary ones.
fn write_temporary(text: &str) -> Result<PathBuf, String> {
    let file = tempfile::Builder::new().prefix("longview-report-").suffix(".txt").tempfile();
    let file = file.map_err(|error| format!("the report cannot be saved: {error}"))?;
    export::write_file(file.path(), text.as_bytes(), &[]).map_err(|error| error.to_string())?;
    file.into_temp_path().keep().map_err(|error| format!("the report cannot be kept: {error}"))
}
