//! How documents come into the window.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::Example;
use crate::compose::Template;
use crate::layout::Arrangement;
use crate::progress::Progress;
use crate::scene::text::FontSet;
use crate::timeline::{Successors, Timeline};

use super::desktop::DialogResult;
use super::edit_state::Editing;
use super::effect::{DocumentSource, Effect, Job, OlderVersion};
use super::import_settings::{ImportChoices, ImportSettings};
use super::jobs::{Awaited, Loading};
use super::lane_state::LaneState;
use super::leaving::{Leaving, Next};
use super::loaded_document::{DocumentFonts, FoundFonts, LoadedDocument, StartupDocument, source_name};
use super::measure::Measuring;
use super::origins::{Origin, OriginContent, Origins};
use super::settling::Settling;
use super::state::{FailedDocument, OpenDocument, OpenWhat, State};
use super::thumbnails::Thumbnails;

/// Whether a job is about the document that is shown.
const fn is_of_document(job: &Awaited) -> bool {
    matches!(
        job,
        Awaited::Fonts | Awaited::Picture(_) | Awaited::Sizes | Awaited::Thumbnail(_) | Awaited::PictureProblems
    )
}

/// Returns what a document is made of that was imported from a file.
fn origin_of(source: Option<&Path>, text: &Arc<String>) -> Origins {
    let Some(source) = source else { return Origins::default() };
    let content = OriginContent::Imported(Arc::clone(text));
    Origins::default().with(Origin { source: source.to_path_buf(), content })
}

/// What a timeline is that is to be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Version {
    /// That of another document.
    First,
    /// That of a newer version of the document.
    Reloaded,
    /// That of the document after a change made in the window.
    Edited,
}

impl State {
    /// The state of a window that opens with a document, and what must happen outside.
    #[must_use]
    pub fn new(startup: StartupDocument) -> (Self, Vec<Effect>) {
        let mut state = Self::default();
        let effects = match startup {
            StartupDocument::Ready(loaded) => {
                state.document.name.clone_from(&loaded.name);
                state.take_document(*loaded)
            }
            StartupDocument::Later(path) => {
                let source = DocumentSource::File(path.clone());
                (state.document.name, state.document.path) = (source_name(&source), Some(path));
                state.start_loading(source, None)
            }
        };
        let title = Effect::SetTitle(state.window_title());
        (state, std::iter::once(title).chain(effects).collect())
    }

    /// Asks which document to open, unless a dialog already does.
    pub(super) fn ask_open(&mut self) -> Vec<Effect> {
        if self.jobs.asks_open() {
            return Vec::new();
        }
        let folder = self.folder();
        vec![Effect::Start(self.jobs.start(Awaited::AskOpen), Job::AskOpen { folder })]
    }

    /// Opens the document that was chosen; offers a field for its path if there is no dialog.
    pub(super) fn open_answered(&mut self, answer: DialogResult) -> Vec<Effect> {
        match answer {
            DialogResult::Path(path) => return self.start_loading(DocumentSource::File(path), None),
            DialogResult::Cancelled => {}
            DialogResult::Unavailable => {
                let path = self.document.path.as_ref().map(|path| path.to_string_lossy().into_owned());
                self.ask_path(path.unwrap_or_default(), OpenWhat::Document);
            }
        }
        Vec::new()
    }

    /// Opens the document at the path typed by hand, or does with the file there what its path was asked for.
    pub(super) fn open_typed(&mut self) -> Vec<Effect> {
        let path = self.open_path.take().unwrap_or_default();
        let path = PathBuf::from(path.trim());
        match std::mem::take(&mut self.opens) {
            OpenWhat::Document => self.start_loading(DocumentSource::File(path), None),
            OpenWhat::Text => self.capture_file(path),
            OpenWhat::Import => {
                self.open_import_form(path, ImportSettings::default());
                Vec::new()
            }
        }
    }

    /// Offers a field for the path of a file.
    pub(super) fn ask_path(&mut self, path: String, what: OpenWhat) {
        (self.open_path, self.opens) = (Some(path), what);
    }

    /// Opens a document that was dropped on the window.
    pub(super) fn open_file(&mut self, path: PathBuf) -> Vec<Effect> {
        self.start_loading(DocumentSource::File(path), None)
    }

    /// Opens a document that the program carries.
    pub(super) fn open_example(&mut self, example: Example) -> Vec<Effect> {
        self.start_loading(DocumentSource::Example(example), None)
    }

    /// Begins a document.
    pub(super) fn new_document(&mut self, template: Template) -> Vec<Effect> {
        self.start_loading(DocumentSource::Template(template), None)
    }

    /// Reads the document again: the one that failed last, if one did.
    pub(super) fn reload(&mut self) -> Vec<Effect> {
        let shown = self.document.path.as_ref().or(self.document.origin.as_ref());
        let path = self.failed.as_ref().map_or(shown, |failed| failed.path.as_ref());
        if let Some(path) = path.cloned() {
            let is_imported = self.failed.is_none() || self.document.origin.as_ref() == Some(&path);
            let import = self.document.import.clone().filter(|_| is_imported);
            return self.start_loading(DocumentSource::File(path), import);
        }
        self.notice("This document does not come from a file.".to_owned(), None, false);
        Vec::new()
    }

    /// Starts to read a document, which is imported as was chosen. One that is being read is cancelled.
    pub(super) fn start_loading(&mut self, source: DocumentSource, import: Option<Box<ImportChoices>>) -> Vec<Effect> {
        self.cancel_loading();
        let progress = Arc::new(Progress::default());
        let loading = Loading { name: source_name(&source), progress: Arc::clone(&progress) };
        let folded = self.lanes.folded.clone();
        let older = self.older_version(&source).filter(|_| import.is_none());
        let job = Job::Load { source, import, older, folded, progress };
        vec![Effect::Start(self.jobs.start(Awaited::Load(loading)), job)]
    }

    /// What is shown of the document that comes from a source, if it is.
    fn older_version(&self, source: &DocumentSource) -> Option<OlderVersion> {
        let OpenDocument { path, timeline, text, editing, .. } = &self.document;
        let is_shown =
            matches!(source, DocumentSource::File(file) if path.as_ref() == Some(file)) && editing.shows_text();
        (is_shown && self.documents_shown > 0)
            .then(|| OlderVersion { timeline: Arc::clone(timeline), text: Arc::clone(text) })
    }

    /// Cancels the document that is being read.
    pub(super) fn cancel_loading(&mut self) {
        self.jobs.retain(|job| {
            let Awaited::Load(loading) = job else { return true };
            loading.progress.cancel();
            false
        });
    }

    /// Shows a document that was read. If nothing of it can be shown, what is shown stays; if something would be lost, the
    /// user is asked.
    pub(super) fn take_document(&mut self, loaded: LoadedDocument) -> Vec<Effect> {
        if loaded.timeline.is_some() && self.is_of_shown_file(&loaded) {
            return self.take_reloaded(loaded);
        }
        if loaded.timeline.is_some() && self.has_something_to_lose() {
            self.leaving = Some(Leaving { next: Next::Show(Box::new(loaded)), saves: false });
            return Vec::new();
        }
        self.replace_document(loaded)
    }

    /// Shows a document in the place of the one that is shown. If nothing of it can be shown, what is shown stays.
    pub(super) fn replace_document(&mut self, loaded: LoadedDocument) -> Vec<Effect> {
        let LoadedDocument {
            path,
            canonical_path,
            origin,
            report,
            import,
            asks,
            name,
            timeline,
            diagnostics,
            text,
            fonts,
            unreadable,
        } = loaded;
        // What was chosen already, or before, is not asked again.
        let asks = asks && import.is_none() && (origin.is_none() || origin != self.document.origin);
        let origins = origin_of(origin.as_deref(), &text);
        let form = origin.clone().or_else(|| path.clone()).filter(|_| asks);
        let mut noted = None;
        if let Some(timeline) = timeline {
            self.report_open = report.is_some();
            self.note_place();
            let is_reloaded = Arc::ptr_eq(&text, &self.document.editing.saved());
            let editing = is_reloaded.then(|| std::mem::take(&mut self.document.editing));
            let document = OpenDocument {
                editing: editing.unwrap_or_else(|| Editing::of(&text)),
                path,
                canonical_path,
                origin,
                origins,
                report,
                import,
                text: Arc::clone(&text),
                name,
                problems: diagnostics,
                ..OpenDocument::default()
            };
            let is_other = self.documents_shown == 0 || !self.document.is_same_file(&document);
            self.show_document(document, timeline);
            noted = self.note_recent();
            if is_other {
                self.restore_place();
            } else {
                self.sitting.said.tell(&format!("{} is read again", self.document.name));
            }
        } else {
            // Where no document is shown, there is room to say in the window itself that a file cannot be read.
            self.problems_open = unreadable.is_none() || self.documents_shown > 0;
            self.help_open &= !self.problems_open;
            self.failed = Some(FailedDocument { path, name, diagnostics, unreadable });
        }
        if let Some(path) = form {
            self.open_import_form(path, ImportSettings::default());
        }
        let mut effects = vec![Effect::SetTitle(self.window_title())];
        effects.extend(noted);
        effects.extend(self.take_document_fonts(fonts, text));
        effects
    }

    /// Sets text in the fonts that a text needs, or starts to search for them.
    pub(super) fn take_document_fonts(&mut self, fonts: DocumentFonts, text: Arc<String>) -> Vec<Effect> {
        self.document.lacks_fonts = !matches!(fonts, DocumentFonts::Carried);
        // The text beside the chart needs its own besides those of this document.
        self.capture_fonts.clear();
        let mut effects = Vec::new();
        match fonts {
            DocumentFonts::Unsearched => {
                let also = String::new();
                effects.push(Effect::Start(self.jobs.start(Awaited::Fonts), Job::FindFonts { text, also }));
            }
            DocumentFonts::Found(found) if self.failed.is_none() => effects.extend(self.take_fonts(found)),
            DocumentFonts::Carried if self.failed.is_none() => effects.extend(self.set_fonts(None)),
            // The list of problems quotes the document that failed.
            DocumentFonts::Found(FoundFonts { fonts: Some(fonts), .. }) => {
                effects.extend(self.set_fonts(Some(fonts)));
            }
            DocumentFonts::Found(_) | DocumentFonts::Carried => {}
        }
        effects
    }

    /// Shows a document. If it is a newer version of the one that is shown, view, selection, rows and colours stay.
    fn show_document(&mut self, document: OpenDocument, timeline: Timeline) {
        let is_same_file = self.document.is_same_file(&document);
        let is_newer_version = is_same_file && !self.timeline().events.is_empty();
        self.jobs.retain(|job| !matches!(job, Awaited::Reopen(_)));
        let number = self.document.number + u64::from(!is_same_file);
        self.show_timeline(timeline, if is_newer_version { Version::Reloaded } else { Version::First });
        let OpenDocument { timeline, projection, thumbnails, .. } = std::mem::take(&mut self.document);
        self.document = OpenDocument { timeline, projection, thumbnails, number, ..document };
        self.problems_open = false;
    }

    /// Shows a timeline, of a document or of a newer version of the one that is shown.
    pub(super) fn show_timeline(&mut self, mut timeline: Timeline, version: Version) {
        let before = Arc::clone(&self.document.timeline);
        if version != Version::First {
            timeline.keep_styles_of(&before);
        }
        self.show_successor(timeline, version, &Successors::Named(&before));
    }

    /// The same, where it is known what the parts of the timeline that was shown have become.
    pub(super) fn show_successor(&mut self, timeline: Timeline, version: Version, successors: &Successors<'_>) {
        let is_newer_version = version != Version::First;
        let had_events = match successors {
            Successors::Named(before) => !before.events.is_empty(),
            Successors::Moved(_) => true,
        };
        // What is chosen before the first document is meant for it.
        self.chosen_axis.take_if(|_| !is_newer_version && self.documents_shown > 0);
        self.selected.take_if(|_| !is_newer_version);
        let explorer = self.explorer.take().filter(|_| is_newer_version);
        self.explorer = explorer.and_then(|explorer| explorer.renewed(successors, &timeline));
        self.keep_rows_of_version(&timeline, version, successors);
        self.jobs.retain(|job| !is_of_document(job));
        if !is_newer_version {
            self.sitting.measuring = Measuring::default();
            self.lanes = LaneState::default();
        }
        self.cancel_grouping();
        self.cancel_filter();
        if !is_newer_version {
            self.forget_filter();
        }
        let filtered = self.filtered_at_once(&timeline, true);
        self.filter.awaits = self.filter.is_active() && filtered.is_none();
        let (projection, ungrouped) = match filtered {
            Some(filtered) => (filtered, Vec::new()),
            None => self.projected(&timeline),
        };
        self.lanes.ungrouped = if self.filter.awaits { Vec::new() } else { ungrouped };
        let thumbnails = if is_newer_version {
            self.document.thumbnails.translated(successors, &timeline)
        } else {
            Thumbnails::default()
        };
        (self.document.timeline, self.document.projection) = (Arc::new(timeline), projection);
        self.document.thumbnails = thumbnails;
        self.word_filter();
        self.failed = None;
        self.documents_shown += 1;
        if is_newer_version && had_events {
            // A view that is on its way goes on.
            match &mut self.glide {
                None => self.show(self.view),
                Some(glide) => {
                    let scale = self.document.timeline.scale(self.chosen_axis.unwrap_or(self.document.timeline.axis));
                    (glide.from, glide.to) = (glide.from.with_scale(scale), glide.to.with_scale(scale));
                }
            }
        } else {
            self.glide = None;
            self.scroll = 0.0;
            self.export.new_document();
            self.view = self.home();
        }
    }

    /// Keeps the rows of the timeline that is shown for a newer version of it.
    fn keep_rows_of_version(&mut self, timeline: &Timeline, version: Version, successors: &Successors<'_>) {
        if version == Version::First {
            return self.keep_rows(Arrangement::default());
        }
        let rows = self.arrangement.translated(successors, timeline);
        if version == Version::Edited && !self.arrangement.is_unsettled() {
            // The next frame repeats the rows, as if the view had moved; then they come to rest.
            self.keep_rows(rows.settled());
            self.settling = Settling::moved(self.now);
        } else {
            self.keep_rows(rows);
        }
    }

    /// Sets text in the fonts that were found for the document that is shown, and warns of characters that no font has.
    pub(super) fn take_fonts(&mut self, found: FoundFonts) -> Option<Effect> {
        if self.documents_shown > 0 {
            self.add_problems(found.missing);
        }
        self.capture_fonts.clear();
        self.set_fonts(found.fonts)
    }

    /// Sets text in these fonts, or in the carried ones. Returns `None` if it is.
    pub(super) fn set_fonts(&mut self, fonts: Option<Box<FontSet>>) -> Option<Effect> {
        self.texts_changed();
        let had_system_fonts = std::mem::replace(&mut self.has_system_fonts, fonts.is_some());
        match fonts {
            Some(fonts) => Some(Effect::SetFonts(fonts)),
            None => had_system_fonts.then(|| Effect::SetFonts(Box::new(FontSet::carried()))),
        }
    }
}
