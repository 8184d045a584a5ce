//! All that the window remembers. [`State::apply`] is the one function that changes it.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use egui::{Pos2, Rect, Vec2};

use crate::crash::CrashReport;
use crate::document::{Diagnostic, Severity};
use crate::import::Report;
use crate::interchange;
use crate::layout::{Arrangement, RowMode, View, one_line};
use crate::query::Projection;
use crate::timeline::{Axis, EraIndex, EventIndex, Item, ItemId, Timeline};

use super::capture_state::Capture;
use super::drag::{Drag, DragAdvice};
use super::dropped::Dropped;
use super::edit_state::Editing;
use super::effect::Effect;
use super::explorer::Explorer;
use super::export_state::ExportForm;
use super::filter_state::EventFilter;
use super::finder::Finder;
use super::form::Forms;
use super::glide::Glide;
use super::import_settings::ImportChoices;
use super::import_state::ImportForm;
use super::jobs::Jobs;
use super::lane_state::LaneState;
use super::leaving::{Conflict, Leaving};
use super::list_state::EventList;
use super::message::ScrollRange;
use super::origins::Origins;
use super::over::Over;
use super::pictures::Pictures;
use super::preferences::Preferences;
use super::recent::RecentFiles;
use super::record_panel::RecordPanel;
use super::settling::Settling;
use super::several::Several;
use super::sitting::Sitting;
use super::subscription::Subscription;
use super::thumbnails::Thumbnails;
use super::unsaved::KeptUnsaved;
use super::update_state::UpdateReport;
use super::watch::Watch;
use super::words::count_words;

/// How long a notice that reports no error is shown, in seconds.
const NOTICE: f64 = 12.0;
/// How many notices are shown at once.
const MOST_NOTICES: usize = 4;
/// How often progress is shown anew.
const PROGRESS: Duration = Duration::from_millis(50);
/// How often notices are looked at whether their time is over.
const NOTICES: Duration = Duration::from_secs(1);

/// The document that is shown.
#[derive(Debug, Default)]
pub struct OpenDocument {
    /// Where it was read from; `None` for an example and for standard input.
    pub path: Option<PathBuf>,
    /// The same file by its canonical path.
    pub canonical_path: Option<PathBuf>,
    /// The file of another program that it was imported from, if it is not saved yet.
    pub origin: Option<PathBuf>,
    /// What became of that file.
    pub report: Option<Arc<Report>>,
    /// The files that it was made of, as they were when they were brought into it in this window.
    pub origins: Origins,
    /// Those that are kept with its file.
    pub(super) kept_origins: Origins,
    /// What the last update from a file has done.
    pub update: Option<UpdateReport>,
    /// How it was imported, if that was chosen.
    pub import: Option<Box<ImportChoices>>,
    /// The text of the document, with all changes.
    pub text: Arc<String>,
    /// The name shown for it.
    pub name: String,
    /// The last timeline that could be shown; empty if there was none yet.
    pub timeline: Arc<Timeline>,
    /// Which of its events and lanes are shown.
    pub projection: Projection,
    /// Errors and warnings, in the order of the text. What has an error is not shown.
    pub problems: Vec<Diagnostic>,
    /// Its pictures that have been read.
    pub pictures: Pictures,
    /// Those that the chart shows.
    pub thumbnails: Thumbnails,
    /// What has been changed in it.
    pub editing: Editing,
    /// Whether the carried fonts lack some of its characters.
    pub(super) lacks_fonts: bool,
    /// Which of the documents of this window it is, from 1. Its newer versions are the same document.
    pub(super) number: u64,
}

impl OpenDocument {
    /// Whether another document was read from the same file, by whichever path. Returns `false` if it is from no file.
    pub(super) fn is_same_file(&self, other: &Self) -> bool {
        let is_same = |a: &Option<PathBuf>, b: &Option<PathBuf>| a.is_some() && a == b;
        is_same(&self.path, &other.path)
            || is_same(&self.canonical_path, &other.canonical_path)
            || is_same(&self.origin, &other.origin)
    }
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

/// What is to be saved at a path that is typed by hand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SaveWhat {
    /// The document.
    #[default]
    Document,
    /// Data for other programs.
    Data(interchange::Format),
}

/// The path that a document or data is to be saved at, typed by hand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SavePath {
    /// What was typed.
    pub path: String,
    /// What is to be saved there.
    pub what: SaveWhat,
    /// The file that is there already, and that may be replaced if the user says so again.
    pub replaces: Option<PathBuf>,
}

/// A message to the user that needs no answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Notice {
    /// Its number, for [`UiCommand::Dismiss`](super::UiCommand::Dismiss).
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

/// What the file is for whose path is typed by hand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OpenWhat {
    /// It is shown as a document.
    #[default]
    Document,
    /// It is imported as is chosen.
    Import,
    /// Its text is shown beside the chart.
    Text,
}

/// All that the window remembers.
#[derive(Debug)]
pub struct State {
    /// The last document that could be shown.
    pub document: OpenDocument,
    /// A later one that could not be shown.
    pub failed: Option<FailedDocument>,
    /// What span of time is shown.
    pub view: View,
    /// How time is laid out, if the user chose that for this document.
    pub(super) chosen_axis: Option<Axis>,
    /// How far the lanes are scrolled down, in points.
    pub scroll: f32,
    /// How far the lanes and series can be scrolled, as last drawn.
    pub scrolls: ScrollRange,
    /// What the window does besides showing the document: what it remembers, where one can go back to, what is measured.
    pub sitting: Sitting,
    /// Whose record is shown. It may be missing in the timeline while something is wrong with it.
    pub(super) selected: Option<ItemId>,
    /// Where the record is shown, if it is.
    pub record: RecordPanel,
    /// The explorer of series, while it is shown in the place of the chart.
    pub explorer: Option<Explorer>,
    /// What a person has chosen for the program.
    pub preferences: Preferences,
    /// The choices that are in their file; `None` if they are not kept there.
    pub(super) kept_preferences: Option<Preferences>,
    /// Whether dark is shown, as last drawn: exports follow it.
    pub dark: bool,
    /// Which groups of lanes are folded, and which lane the keys are on.
    pub lanes: LaneState,
    /// The list of events.
    pub list: EventList,
    /// Which events are shown.
    pub filter: EventFilter,
    /// The export form.
    pub export: ExportForm,
    /// The date that the pointer moves.
    pub drag: Option<Drag>,
    /// The text beside the chart of which events are made.
    pub capture: Capture,
    /// The form of the record, if it is shown as one, and what was typed in others.
    pub forms: Forms,
    /// The events that are selected besides the one whose record is shown.
    pub(super) several: Several,
    /// The tag that is typed for several events.
    pub(super) typed_tag: String,
    /// The box in which events are searched, while it is open.
    pub finder: Option<Finder>,
    /// The lines that are typed to make events, while their field is shown.
    pub quick_entry: Option<String>,
    /// The import form, while it is open.
    pub import: Option<ImportForm>,
    /// What the path field for opening is for.
    pub opens: OpenWhat,
    /// The path field for opening a document, where the desktop has no dialog to ask.
    pub open_path: Option<String>,
    /// The path field for saving the document or data, where the desktop has no dialog to ask.
    pub save_path: Option<SavePath>,
    /// What waits for unsaved changes to be saved or given up.
    pub leaving: Option<Leaving>,
    /// A file that was dropped, and what it is to become.
    pub dropped: Option<Dropped>,
    /// A version of the document in its file that cannot be brought together with the one in the window.
    pub conflict: Option<Conflict>,
    /// The documents that were shown last, if they are remembered.
    pub recent: Option<RecentFiles>,
    /// How unsaved changes are kept, and those of earlier processes.
    pub unsaved: KeptUnsaved,
    /// What is known of the file of the document.
    pub(super) watch: Watch,
    /// Whether the window is closed, whatever is not saved.
    pub(super) quits: bool,
    /// Whether the title of the window says that something is not saved.
    pub(super) titled_unsaved: bool,
    /// Whether the report of an import is shown.
    pub report_open: bool,
    /// Whether the selected event must still be scrolled into sight.
    pub reveal: bool,
    /// Whether the mark of what is selected must still be given the focus.
    pub focuses: bool,
    /// The jobs whose results are awaited.
    pub jobs: Jobs,
    /// Notices, oldest first.
    pub notices: Vec<Notice>,
    /// Whether the list of problems is shown.
    pub problems_open: bool,
    /// Whether the list of keys is shown.
    pub help_open: bool,
    /// Whether the page of settings is shown.
    pub settings_open: bool,
    /// Whether the list of changes is shown.
    pub history_open: bool,
    /// The rectangle of the chart, in points, as last drawn: exports take its size.
    pub chart_rect: Rect,
    /// The rows of the chart, as last drawn; they stay while the view moves.
    pub arrangement: Arrangement,
    /// How rows come to rest.
    pub(super) settling: Settling,
    /// How many rows the lanes have.
    pub rows: RowMode,
    /// Whether no pictures of events are shown in the chart.
    pub hides_pictures: bool,
    /// How many documents have been shown so far, newer versions of one counted apart.
    pub(super) documents_shown: u64,
    /// How often it has been changed what is shown of one.
    pub(super) projections: u64,
    pub(super) glide: Option<Glide>,
    /// Whether text is set in fonts of the system besides the carried ones.
    pub(super) has_system_fonts: bool,
    /// The characters of the text beside the chart that fonts were last searched for.
    pub(super) capture_fonts: String,
    /// The time of the frame, in seconds since the window opened.
    pub(super) now: f64,
}

impl Default for State {
    /// The state of a window without a document.
    fn default() -> Self {
        Self {
            view: View::of(Timeline::default().extent),
            document: OpenDocument::default(),
            failed: None,
            chosen_axis: None,
            scroll: 0.0,
            scrolls: ScrollRange::default(),
            sitting: Sitting::default(),
            selected: None,
            record: RecordPanel::default(),
            explorer: None,
            preferences: Preferences::default(),
            kept_preferences: None,
            dark: false,
            lanes: LaneState::default(),
            list: EventList::default(),
            filter: EventFilter::default(),
            export: ExportForm::default(),
            drag: None,
            capture: Capture::default(),
            forms: Forms::default(),
            several: Several::default(),
            typed_tag: String::new(),
            finder: None,
            quick_entry: None,
            import: None,
            opens: OpenWhat::default(),
            open_path: None,
            save_path: None,
            leaving: None,
            conflict: None,
            dropped: None,
            recent: None,
            unsaved: KeptUnsaved::default(),
            watch: Watch::default(),
            quits: false,
            titled_unsaved: false,
            report_open: false,
            reveal: false,
            focuses: false,
            jobs: Jobs::default(),
            notices: Vec::new(),
            problems_open: false,
            help_open: false,
            settings_open: false,
            history_open: false,
            chart_rect: Rect::from_min_size(Pos2::ZERO, Vec2::new(900.0, 764.0)),
            arrangement: Arrangement::default(),
            settling: Settling::default(),
            rows: RowMode::default(),
            hides_pictures: false,
            documents_shown: 0,
            projections: 0,
            glide: None,
            has_system_fonts: false,
            capture_fonts: String::new(),
            now: 0.0,
        }
    }
}

impl State {
    /// The timeline that is shown.
    #[must_use]
    pub fn timeline(&self) -> &Timeline {
        &self.document.timeline
    }

    /// Which events and lanes of it are shown.
    #[must_use]
    pub fn projection(&self) -> &Projection {
        &self.document.projection
    }

    /// What is selected. Returns `None` if nothing is, or if the timeline does not have it.
    #[must_use]
    pub fn selected(&self) -> Option<Item> {
        self.timeline().find(self.selected.as_ref()?)
    }

    /// The selected event, if an event is selected.
    #[must_use]
    pub fn selected_event(&self) -> Option<EventIndex> {
        match self.selected() {
            Some(Item::Event(event)) => Some(event),
            _ => None,
        }
    }

    /// The selected era, if an era is selected.
    #[must_use]
    pub fn selected_era(&self) -> Option<EraIndex> {
        match self.selected() {
            Some(Item::Era(era)) => Some(era),
            _ => None,
        }
    }

    /// What wakes the window without the user, as long as it is returned here.
    #[must_use]
    pub fn subscriptions(&self) -> Vec<Subscription> {
        let has_progress =
            self.jobs.loading().is_some() || self.jobs.export().is_some() || self.jobs.previewed_import().is_some();
        let advice_ends =
            self.sitting.drag_advice.shown_until(self.now).and_then(|end| Duration::try_from_secs_f64(end).ok());
        let has_passing_notice = self.notices.iter().any(|notice| !notice.is_error);
        let [row_motion, settles_at] = self.resting_subscriptions();
        let [file, reads_file] = self.watching_subscriptions();
        [
            self.glide.is_some().then_some(Subscription::EveryFrame).or(row_motion),
            settles_at,
            self.keeping_subscription(),
            reads_file,
            file,
            advice_ends.map(Subscription::At),
            self.saying_subscription(),
            has_progress.then_some(Subscription::Timer(PROGRESS)),
            has_passing_notice.then_some(Subscription::Timer(NOTICES)),
        ]
        .into_iter()
        .flatten()
        .collect()
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

    /// Whether there is something to say of a file that the document was made of.
    #[must_use]
    pub fn has_report(&self) -> bool {
        self.document.report.is_some() || self.document.update.is_some()
    }

    /// Whether anything is shown over the chart that Escape closes.
    #[must_use]
    pub fn has_overlay(&self) -> bool {
        self.over() != Over::Nothing
    }

    /// What is shown over the chart that Escape closes.
    pub(super) fn over(&self) -> Over {
        let dialog = self.import.is_some()
            || self.filter.is_open
            || self.history_open
            || self.report_open
            || self.open_path.is_some()
            || self.save_path.is_some()
            || self.leaving.is_some()
            || self.conflict.is_some()
            || self.dropped.is_some()
            || !self.unsaved.found.is_empty();
        let lists = self.help_open || self.problems_open;
        match (dialog, [self.export.open, lists, self.settings_open, self.asks_lines()]) {
            (false, [false, false, false, false]) => Over::Nothing,
            (false, [true, false, false, false]) => Over::Export,
            (false, [false, true, false, false]) => Over::List,
            (false, [false, false, true, false]) => Over::Settings,
            (false, [false, false, false, true]) => Over::Lines,
            _ => Over::Dialog,
        }
    }

    /// Whether the field in which lines make events is shown over the chart. In an empty timeline it is in the chart.
    #[must_use]
    pub fn asks_lines(&self) -> bool {
        self.quick_entry.is_some() && !self.timeline().shows_nothing()
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
            // That nothing is in a new timeline is no problem of it.
            (0, _) if all.is_empty() || self.document.path.is_none() && self.has_first_lane_only() => {
                let report = self.document.report.as_ref();
                report.and_then(|report| report.undecided_words()).unwrap_or_else(|| "no problems".to_owned())
            }
            (0, _) => count_words(all.len(), "warning"),
            (_, Some(_)) => format!("{} in {name}", count_words(errors, "error")),
            (_, None) => {
                let omitted = self.timeline().omitted.words(self.timeline().events.len());
                omitted.unwrap_or_else(|| count_words(errors, "error"))
            }
        };
        let folding = if self.jobs.groups() { " · folding…" } else { "" };
        let unsaved = if self.has_unsaved_changes() { " · unsaved changes" } else { "" };
        let typed = if self.has_typed() { " · a field is not in the document" } else { "" };
        let advice = self.sitting.drag_advice.shown_until(self.now).map(|_| format!("{} · ", DragAdvice::WORDS));
        let (advice, counts) = (advice.unwrap_or_default(), self.timeline().counts_words());
        format!("{advice}{counts} · {} · {problems}{unsaved}{typed}{folding}", self.document.name)
    }

    /// "Reading timeline.ron…", as long as no document has been shown.
    #[must_use]
    pub fn awaited_words(&self) -> Option<String> {
        match (self.jobs.loading(), &self.failed) {
            _ if self.documents_shown > 0 => None,
            (Some(loading), _) => Some(format!("Reading {}…", loading.name)),
            (None, _) => Some("No document is open.".to_owned()),
        }
    }

    /// "Still Distant Neighbors – Longview"; with a dot before it if it has unsaved changes.
    #[must_use]
    pub fn window_title(&self) -> String {
        let title = one_line(&self.timeline().title);
        let title = if title.is_empty() { self.document.name.as_str() } else { &title };
        let mark = if self.has_unsaved_changes() { "• " } else { "" };
        format!("{mark}{title} – Longview")
    }

    /// Sets the title of the window if it has to say, or no more, that something is not saved.
    pub(super) fn retitle(&mut self) -> Option<Effect> {
        let is_unsaved = self.has_unsaved_changes();
        let was_unsaved = std::mem::replace(&mut self.titled_unsaved, is_unsaved);
        (was_unsaved != is_unsaved).then(|| Effect::SetTitle(self.window_title()))
    }

    /// The folder of the document that is shown.
    pub(super) fn folder(&self) -> Option<PathBuf> {
        let path = self.document.path.as_ref().or(self.document.origin.as_ref());
        path.and_then(|path| path.parent()).map(PathBuf::from)
    }

    /// The files that no output may overwrite.
    pub(super) fn document_paths(&self) -> Vec<PathBuf> {
        let failed = self.failed.as_ref().and_then(|failed| failed.path.clone());
        self.document.path.iter().chain(&self.document.origin).cloned().chain(failed).collect()
    }

    /// Shows a notice; `file` is the file that it is about.
    pub(super) fn notice(&mut self, text: String, file: Option<PathBuf>, is_error: bool) {
        self.sitting.last_notice += 1;
        self.sitting.said.tell(&text);
        self.notices.push(Notice {
            id: self.sitting.last_notice,
            text,
            file,
            is_error,
            report: None,
            shown_at: self.now,
        });
        let surplus = self.notices.len().saturating_sub(MOST_NOTICES);
        self.notices.drain(..surplus);
    }

    /// Removes notices whose time is over.
    pub(super) fn expire_notices(&mut self) {
        let now = self.now;
        self.notices.retain(|notice| notice.is_error || now - notice.shown_at < NOTICE);
    }

    /// Shows a notice about a panic, with the offer to save its report.
    pub(super) fn crash_notice(&mut self, report: Arc<CrashReport>, reassurance: &str) {
        self.notice(format!("{} {reassurance}", report.summary()), None, true);
        if let Some(notice) = self.notices.last_mut() {
            notice.report = Some(report);
        }
    }
}
