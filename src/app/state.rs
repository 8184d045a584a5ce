//! All that the window remembers, and the one function that changes it.

use std::path::PathBuf;
use std::sync::Arc;

use egui::{Rect, ThemePreference, Vec2};

use crate::crash::CrashReport;
use crate::document::{Diagnostic, Severity};
use crate::layout::{Arrangement, View, one_line};
use crate::paint;
use crate::progress::Progress;
use crate::timeline::{EventIndex, Item, Timeline};

use super::count_words;
use super::export_state::ExportForm;
use super::message::{Message, UiCommand};
use super::navigation::{Glide, PAN_STEP, ZOOM_STEP};
use super::record_panel::RecordPanel;
use super::runtime::{DialogResult, Effect, LoadedDocument};

/// How long a notice stays that needs no answer, in seconds.
const NOTICE: f64 = 12.0;

/// The document that is shown.
#[derive(Debug)]
pub struct OpenDocument {
    /// Where it was read from; none for the built-in example and for standard input.
    pub path: Option<PathBuf>,
    /// The name shown for it.
    pub name: String,
    /// The last good timeline; empty when there was none yet.
    pub timeline: Arc<Timeline>,
    /// What is wrong with it, and what is odd, in the order of the text. What has an error is not shown.
    pub problems: Vec<Diagnostic>,
    /// Whether it is set in fonts of the system besides the carried ones.
    pub has_own_fonts: bool,
}

/// A document, or a newer version of one, that could not be shown.
#[derive(Debug)]
pub struct FailedDocument {
    /// Where it was read from.
    pub path: Option<PathBuf>,
    /// The name shown for it.
    pub name: String,
    /// What is wrong with it, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
    /// Why the file could not be read at all.
    pub unreadable: Option<String>,
}

/// A document that is being read; the last good view stays meanwhile.
#[derive(Clone, Debug)]
pub struct Loading {
    /// The name shown for it.
    pub name: String,
    /// How far it has come.
    pub progress: Arc<Progress>,
}

/// A message that does not ask for an answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Notice {
    /// Names it, for [`Message::Dismiss`].
    pub id: u64,
    /// What it says.
    pub text: String,
    /// The file that it is about.
    pub file: Option<PathBuf>,
    /// Whether something failed: such a notice stays until it is dismissed.
    pub is_error: bool,
    /// The panic that it is about, which can be saved as a report.
    pub report: Option<Arc<CrashReport>>,
    /// When it was first shown, in seconds since the window opened.
    shown_at: f64,
}

/// How far the lanes and series of a chart can be scrolled, in points.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ScrollRange {
    /// By one press of a key.
    pub page: f32,
    /// From the first lane to the last series.
    pub most: f32,
}

/// All that the window remembers.
#[derive(Debug)]
pub struct State {
    /// The document: the last one that was good.
    pub document: OpenDocument,
    /// A later one that was not.
    pub failed: Option<FailedDocument>,
    /// What span of time is shown.
    pub view: View,
    /// How far the lanes are scrolled down, in points.
    pub scroll: f32,
    /// How far the lanes and series can be scrolled, as last drawn.
    pub scrolls: ScrollRange,
    /// Whose record is shown.
    pub selected: Option<Item>,
    /// Where the record is shown, if it is.
    pub record: RecordPanel,
    /// Light, dark, or as the system says.
    pub theme: ThemePreference,
    /// Whether dark is shown, as last drawn: exports follow it.
    pub dark: bool,
    /// The export form.
    pub export: ExportForm,
    /// The path field for opening a document, where the desktop has no dialog to ask.
    pub open_path: Option<String>,
    /// Whether the selected event must still be scrolled into sight.
    pub reveal: bool,
    /// Whether the mark of what is selected must still be given the focus.
    pub focuses: bool,
    /// A document that is being read.
    pub loading: Option<Loading>,
    /// Messages, oldest first.
    pub notices: Vec<Notice>,
    /// Whether the list of problems is shown.
    pub problems_open: bool,
    /// Whether the list of keys is shown.
    pub help_open: bool,
    /// The rectangle of the chart, in points, as last drawn: exports take its size.
    pub chart_rect: Rect,
    /// The rows of the chart, as last drawn; they stay while the view moves.
    pub arrangement: Arrangement,
    /// How many documents have been shown so far, newer versions of one counted apart.
    pub(super) documents_shown: u64,
    pub(super) glide: Option<Glide>,
    last_notice: u64,
    /// Seconds since the window opened, as of the last tick.
    pub(super) now: f64,
}

impl State {
    /// The state of a window that has just opened a document.
    #[must_use]
    pub fn new(loaded: LoadedDocument) -> Self {
        let document = OpenDocument {
            path: None,
            name: loaded.name.clone(),
            timeline: Arc::new(Timeline::default()),
            problems: Vec::new(),
            has_own_fonts: false,
        };
        let mut state = Self {
            view: View::of(document.timeline.extent),
            document,
            failed: None,
            scroll: 0.0,
            scrolls: ScrollRange::default(),
            selected: None,
            record: RecordPanel::default(),
            theme: ThemePreference::System,
            dark: false,
            export: ExportForm::default(),
            documents_shown: 0,
            open_path: None,
            reveal: false,
            focuses: false,
            loading: None,
            notices: Vec::new(),
            problems_open: false,
            help_open: false,
            chart_rect: Rect::from_min_size(egui::Pos2::ZERO, Vec2::new(900.0, 764.0)),
            arrangement: Arrangement::default(),
            glide: None,
            last_notice: 0,
            now: 0.0,
        };
        state.load(loaded);
        state
    }

    /// The timeline that is shown.
    #[must_use]
    pub fn timeline(&self) -> &Timeline {
        &self.document.timeline
    }

    /// The selected event, if an event is selected.
    #[must_use]
    pub fn selected_event(&self) -> Option<EventIndex> {
        match self.selected {
            Some(Item::Event(event)) => Some(event),
            _ => None,
        }
    }

    /// Whether the view is on its way, so that another frame is needed.
    #[must_use]
    pub fn is_moving(&self) -> bool {
        self.glide.is_some()
    }

    /// Whether something is wrong with the document, or odd about it.
    #[must_use]
    pub fn has_problems(&self) -> bool {
        self.failed.is_some() || !self.problems().1.is_empty()
    }

    /// Why the file that was to be read last could not be read at all.
    #[must_use]
    pub fn unreadable(&self) -> Option<&str> {
        self.failed.as_ref()?.unreadable.as_deref()
    }

    /// The name of the document that was read last, and what is wrong with it or odd about it.
    #[must_use]
    pub fn problems(&self) -> (&str, &[Diagnostic]) {
        match &self.failed {
            Some(failed) => (&failed.name, &failed.diagnostics),
            None => (&self.document.name, &self.document.problems),
        }
    }

    /// What is not shown and why, as long as it is not: "1 event of 120 is not shown: line 17: a month is 01 to 12".
    #[must_use]
    pub fn not_shown_words(&self) -> Option<String> {
        let (name, problems) = self.problems();
        if let Some(unreadable) = self.unreadable().filter(|_| self.documents_shown > 0) {
            return Some(format!("{name} is not shown: {unreadable}"));
        }
        let mut errors = problems.iter().filter(|problem| problem.severity == Severity::Error);
        let first = errors.next()?;
        let timeline = self.timeline();
        let what = match &self.failed {
            Some(_) => format!("{name} is not shown"),
            None => timeline.omitted.words(timeline.events.len()).unwrap_or_else(|| format!("{name} has an error")),
        };
        let more = match errors.count() {
            0 => String::new(),
            more => format!(", and {}", count_words(more, "more error")),
        };
        Some(format!("{what}: line {}: {}{more}", first.line, first.message))
    }

    /// Whether anything is shown over the chart that Escape closes.
    #[must_use]
    pub fn has_overlay(&self) -> bool {
        self.export.open || self.help_open || self.problems_open || self.open_path.is_some()
    }

    /// "7 events, 1 era, 2 series · timeline.ron · no problems".
    /// While there is nothing to show yet, what is awaited: nothing is known of a document that has not been read.
    #[must_use]
    pub fn status(&self) -> String {
        if let Some(words) = self.awaited_words() {
            return words;
        }
        let (name, all) = self.problems();
        let errors = all.iter().filter(|problem| problem.severity == Severity::Error).count();
        let problems = match (errors, &self.failed) {
            (0, Some(FailedDocument { unreadable: Some(_), .. })) => format!("{name} cannot be read"),
            (0, _) if all.is_empty() => "no problems".to_owned(),
            (0, _) => count_words(all.len(), "warning"),
            (_, Some(_)) => format!("{} in {name}", count_words(errors, "error")),
            (_, None) => {
                let omitted = self.timeline().omitted.words(self.timeline().events.len());
                omitted.unwrap_or_else(|| count_words(errors, "error"))
            }
        };
        format!("{} · {} · {problems}", self.timeline().counts_words(), self.document.name)
    }

    /// "Reading timeline.ron…", as long as no document has been shown.
    #[must_use]
    pub fn awaited_words(&self) -> Option<String> {
        match (&self.loading, &self.failed) {
            _ if self.documents_shown > 0 => None,
            (Some(loading), _) => Some(format!("Reading {}…", loading.name)),
            (None, _) => Some("No document is open.".to_owned()),
        }
    }

    /// Changes the state as a command says; what must happen outside is returned.
    pub fn apply(&mut self, message: Message) -> Vec<Effect> {
        match message {
            Message::Ui(action) => return self.act(action),
            Message::OpenExample(example) => return self.load(LoadedDocument::example(example)),
            Message::Select(item) => self.selected = Some(item),
            Message::Deselect => self.selected = None,
            Message::ShowDocument => {
                self.selected = None;
                self.record.show();
            }
            Message::Focus => self.focuses = self.selected.is_some(),
            Message::Focused => self.focuses = false,
            Message::Visit(item) => self.visit(item),
            Message::Zoom { factor, at } => {
                let view = self.view.zoomed(factor, at).not_beyond(self.timeline().extent, at);
                self.show(view);
            }
            Message::Pan(fraction) => self.show(self.view.panned(fraction)),
            Message::Show(view) => self.show(view),
            Message::Glide(view) => self.jump_to(view),
            Message::Scroll(scroll) => {
                self.scroll = scroll.max(0.0);
                self.reveal = false;
            }
            Message::Drawn { rect, dark, scrolls } => {
                if rect.size() != self.chart_rect.size() {
                    self.arrangement = Arrangement::default();
                }
                (self.chart_rect, self.dark, self.scrolls) = (rect, dark, scrolls);
            }
            Message::Arranged(arrangement) => self.arrangement = *arrangement,
            Message::SetTheme(theme) => {
                self.theme = theme;
                return vec![Effect::SetTheme(theme)];
            }
            Message::Tick(now) => {
                self.tick(now);
                return self.preview();
            }
            Message::Choose(choices) => self.choose(*choices),
            Message::Previewed(drawn) => self.previewed(drawn),
            Message::PreviewPage(page) => self.export.preview.page = page,
            Message::Copied(drawn) => return self.copied(drawn),
            Message::CancelExport => self.cancel_export(),
            Message::SetExportPath(path) => {
                self.export.path = Some(path);
                self.export.replaces = None;
            }
            Message::AlreadyThere(path) => self.already_there(path),
            Message::Save => return self.save(),
            Message::SaveAnswered(answer) => return self.save_answered(answer),
            Message::Exported(result) => self.exported(result),
            Message::OpenAnswered(answer) => return self.open_answered(answer),
            Message::SetOpenPath(path) => self.open_path = Some(path),
            Message::OpenTyped => {
                let path = self.open_path.take().unwrap_or_default();
                return self.start_loading(PathBuf::from(path.trim()));
            }
            // A reading that was given up just as it ended is still given up.
            Message::Loaded(_) if self.loading.is_none() => {}
            Message::Loaded(loaded) => {
                self.loading = None;
                return self.load(*loaded);
            }
            Message::CancelLoading => self.cancel_loading(),
            Message::Reveal(file) => {
                let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
                return vec![Effect::Reveal(folder.map_or_else(|| PathBuf::from("."), PathBuf::from))];
            }
            Message::Dismiss(id) => self.notices.retain(|notice| notice.id != id),
            Message::ShowProblems(open) => self.show_list(true, open),
            Message::ShowHelp(open) => self.show_list(false, open),
            Message::Resized(room) => self.record.room = room,
            Message::JobCrashed(job, report) => self.job_crashed(job, report),
            Message::SaveReport(report) => return self.save_report(&report),
            Message::ReportSaved(saved) => self.report_saved(saved),
        }
        Vec::new()
    }

    fn act(&mut self, action: UiCommand) -> Vec<Effect> {
        let folder = self.document.path.as_ref().and_then(|path| path.parent()).map(PathBuf::from);
        match action {
            UiCommand::Open => return vec![Effect::AskOpen { folder }],
            UiCommand::Reload => match self.failed.as_ref().map_or(&self.document.path, |failed| &failed.path) {
                Some(path) => {
                    let path = path.clone();
                    return self.start_loading(path);
                }
                None => self.notice("This document does not come from a file.".to_owned(), None, false),
            },
            UiCommand::Export => {
                self.export.open = true;
                self.export.replaces = None;
            }
            UiCommand::CopyPicture => return self.copy(),
            UiCommand::Quit => return vec![Effect::Quit],
            UiCommand::ZoomIn => self.zoom(ZOOM_STEP),
            UiCommand::ZoomOut => self.zoom(1.0 / ZOOM_STEP),
            UiCommand::Fit => self.jump_to(View::home(self.timeline())),
            UiCommand::FitSelected => self.fit_selected(),
            UiCommand::PanLeft => self.glide_to(self.target().panned(-PAN_STEP)),
            UiCommand::PanRight => self.glide_to(self.target().panned(PAN_STEP)),
            UiCommand::Previous => self.step(self.timeline().previous(self.selected_event())),
            UiCommand::Next => self.step(self.timeline().next(self.selected_event())),
            UiCommand::First => self.step(self.timeline().next(None)),
            UiCommand::Last => self.step(self.timeline().previous(None)),
            UiCommand::ScrollUp => self.scroll_by(-1.0),
            UiCommand::ScrollDown => self.scroll_by(1.0),
            UiCommand::Record => self.toggle_record(),
            UiCommand::Clear => self.clear(),
            UiCommand::SwitchTheme => {
                self.theme = if self.dark { ThemePreference::Light } else { ThemePreference::Dark };
                return vec![Effect::SetTheme(self.theme)];
            }
            UiCommand::Problems => self.show_list(true, !self.problems_open),
            UiCommand::Help => self.show_list(false, !self.help_open),
        }
        Vec::new()
    }

    /// Escape closes the topmost thing, and only then gives up the selection.
    fn clear(&mut self) {
        if self.help_open {
            self.help_open = false;
        } else if self.problems_open {
            self.show_list(true, false);
        } else if self.open_path.take().is_some() {
            // The path field is closed.
        } else if self.export.open {
            self.cancel_export();
        } else if self.loading.is_some() {
            self.cancel_loading();
        } else if self.record.covers_chart() {
            self.toggle_record();
        } else {
            self.selected = None;
        }
    }

    /// Shows one of the lists that stand over all else; where the other is open, that is closed.
    fn show_list(&mut self, problems: bool, open: bool) {
        if problems {
            self.problems_open = open;
            self.help_open &= !open;
            // Once that has been read, a file that cannot be opened no longer stands before the document that is shown.
            let is_other =
                |failed: &mut FailedDocument| failed.unreadable.is_some() && failed.path != self.document.path;
            if !open && self.documents_shown > 0 {
                self.failed.take_if(is_other);
            }
        } else {
            self.help_open = open;
            self.problems_open &= !open;
        }
    }

    fn tick(&mut self, now: f64) {
        self.advance(now);
        self.notices.retain(|notice| notice.is_error || now - notice.shown_at < NOTICE);
    }

    pub(super) fn notice(&mut self, text: String, file: Option<PathBuf>, is_error: bool) {
        self.last_notice += 1;
        self.notices.push(Notice { id: self.last_notice, text, file, is_error, report: None, shown_at: self.now });
        // More than a few at once are not read.
        let surplus = self.notices.len().saturating_sub(4);
        self.notices.drain(..surplus);
    }

    fn open_answered(&mut self, answer: DialogResult) -> Vec<Effect> {
        match answer {
            DialogResult::Path(path) => return self.start_loading(path),
            DialogResult::Cancelled => {}
            DialogResult::Unavailable => {
                let path = self.document.path.as_ref().map(|path| path.to_string_lossy().into_owned());
                self.open_path = Some(path.unwrap_or_default());
            }
        }
        Vec::new()
    }

    /// Has a document read; one that is being read already is given up for it.
    pub fn start_loading(&mut self, path: PathBuf) -> Vec<Effect> {
        self.cancel_loading();
        let progress = Arc::new(Progress::default());
        let name = LoadedDocument::waiting(&path).name;
        self.loading = Some(Loading { name, progress: Arc::clone(&progress) });
        vec![Effect::Load { path, progress }]
    }

    fn cancel_loading(&mut self) {
        if let Some(loading) = self.loading.take() {
            loading.progress.cancel();
        }
    }

    /// Takes a document in. One with errors leaves the last good view where it is.
    fn load(&mut self, loaded: LoadedDocument) -> Vec<Effect> {
        if loaded.timeline.is_none() && loaded.diagnostics.is_empty() && loaded.unreadable.is_none() {
            // Still to be read.
            (self.document.path, self.document.name) = (loaded.path, loaded.name);
            return Vec::new();
        }
        let Some(mut timeline) = loaded.timeline else {
            let LoadedDocument { path, name, diagnostics, unreadable, .. } = loaded;
            // Where no document is shown, there is room to say in the window itself that a file cannot be read.
            self.show_list(true, unreadable.is_none() || self.documents_shown > 0);
            self.failed = Some(FailedDocument { path, name, diagnostics, unreadable });
            // The list of problems quotes it.
            self.document.has_own_fonts |= loaded.fonts.is_some();
            return loaded.fonts.map(Effect::SetFonts).into_iter().collect();
        };
        let same = loaded.path.is_some() && loaded.path == self.document.path && !self.timeline().events.is_empty();
        self.selected = same.then(|| self.renewed_selection(&timeline)).flatten();
        self.arrangement = if same {
            timeline.keep_styles_of(self.timeline());
            self.arrangement.translated(self.timeline(), &timeline)
        } else {
            Arrangement::default()
        };
        let had_own_fonts = self.document.has_own_fonts;
        self.document = OpenDocument {
            path: loaded.path,
            name: loaded.name,
            timeline: Arc::new(timeline),
            problems: loaded.diagnostics,
            has_own_fonts: loaded.fonts.is_some(),
        };
        self.failed = None;
        self.documents_shown += 1;
        self.problems_open = false;
        if same {
            self.show(self.view);
        } else {
            self.glide = None;
            self.scroll = 0.0;
            self.export.new_document();
            self.view = View::home(self.timeline());
        }
        let mut effects = vec![Effect::SetTitle(self.window_title())];
        match loaded.fonts {
            Some(fonts) => effects.push(Effect::SetFonts(fonts)),
            None if had_own_fonts => effects.push(Effect::SetFonts(Box::new(paint::definitions()))),
            None => {}
        }
        effects
    }

    /// The selection in a newer version of the document, found by its id.
    fn renewed_selection(&self, newer: &Timeline) -> Option<Item> {
        newer.find(&self.timeline().id(self.selected?)?)
    }

    /// "Still Distant Neighbors – Longview".
    #[must_use]
    pub fn window_title(&self) -> String {
        let title = one_line(&self.timeline().title);
        if title.is_empty() { format!("{} – Longview", self.document.name) } else { format!("{title} – Longview") }
    }
}
