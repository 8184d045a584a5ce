//! How pictures are previewed, saved and copied.

use std::path::PathBuf;
use std::sync::Arc;

use egui::{ColorImage, Vec2};

use crate::export::{self, Format, Look, PagePreview, PageSetup, PageSize, Picture, PictureFile, Room};
use crate::layout::{Arrangement, Heading, View};
use crate::query::Projection;

use super::desktop::DialogResult;
use super::effect::{Effect, Job};
use super::export_job::ExportJob;
use super::export_state::PreviewKey;
use super::jobs::Awaited;
use super::message::ExportOutcome;
use super::state::State;

impl State {
    /// The picture that the form asks for.
    #[must_use]
    pub fn picture(&self) -> Picture {
        let settings = &self.export.settings;
        let shown = if self.dark { Look::Dark } else { Look::Light };
        let page = settings.page_size();
        let scale = if settings.is_paper() { settings.dpi as f32 / export::POINTS_PER_INCH } else { settings.scale };
        let as_shown = page.is_none() && !settings.whole;
        let usual = PageSetup::new(page.unwrap_or(PageSize::Custom(self.chart_rect.size())));
        let margin = settings.margin.map(|mm| (mm * export::POINTS_PER_MM).min(usual.page.most_margin()));
        let room = settings.room();
        let setup = PageSetup {
            room,
            scale,
            look: settings.look.unwrap_or(shown),
            pictures: settings.pictures && !(as_shown && self.hides_pictures),
            measures: if settings.measures { self.drawn_measures() } else { Vec::new() },
            notes: settings.notes,
            text: settings.text,
            // A picture of what the window shows is the window's; on a page of its own it explains itself.
            legend: !as_shown,
            margin: margin.unwrap_or(usual.margin),
            title: settings.title.clone(),
            subtitle: self.picture_subtitle(),
            ..usual
        };
        // The rows of the window belong to a chart of the window's size.
        Picture {
            timeline: Arc::clone(&self.document.timeline),
            pictures: self.document_pictures(),
            projection: self.picture_projection(),
            view: if settings.whole { View::whole_on(self.scale(), self.timeline()) } else { self.view },
            setup,
            selected: self.selected().filter(|_| as_shown),
            // Neither scrolls a picture that shows everything.
            scroll: if as_shown && room == Room::OnePage { self.scroll } else { 0.0 },
            arrangement: if as_shown && room == Room::OnePage {
                self.arrangement.clone()
            } else {
                Arrangement::default()
            },
        }
    }

    /// Which events the picture shows.
    fn picture_projection(&self) -> Projection {
        if self.filter.is_active() && !self.export.settings.filtered {
            return self.projected(self.timeline()).0;
        }
        self.projection().clone()
    }

    /// The line under the headline of the picture, with what the filter shows. Returns `None` for that of the document.
    fn picture_subtitle(&self) -> Option<String> {
        let own = self.export.settings.subtitle.clone();
        let Some(words) = self.filter_words().filter(|_| self.export.settings.filtered) else { return own };
        let own = own.unwrap_or_else(|| Heading::of(self.timeline()).subtitle.to_owned());
        Some(if own.is_empty() { words } else { format!("{own} · {words}") })
    }

    /// Whether the save dialog is open, a picture is being drawn, or data is written.
    #[must_use]
    pub fn is_exporting(&self) -> bool {
        self.jobs.asks_save() || self.jobs.export().is_some()
    }

    /// What is known of the file as it is chosen now. Returns `None` while that is being found out.
    #[must_use]
    pub fn proof(&self) -> Option<&PagePreview> {
        match &self.export.preview.shown {
            Some((_, Ok(proof))) if !self.jobs.previews() => Some(proof),
            _ => None,
        }
    }

    /// Starts a preview if the form is open and shows another picture than it should.
    pub(super) fn preview(&mut self) -> Vec<Effect> {
        if !self.export.open || self.jobs.previews() {
            return Vec::new();
        }
        let settings = &self.export.settings;
        let page = self.export.preview.page;
        let wanted = PreviewKey {
            settings: settings.clone(),
            view: self.view,
            // A page of its own has the same size in any window.
            size: settings.page_size().map_or(self.chart_rect.size(), |_| Vec2::ZERO),
            page,
            shown: (self.selected.clone(), self.scroll),
            dark: self.dark,
            folded: self.lanes.folded.clone(),
            measures: self.drawn_measures(),
            has_pictures: !self.picture_sizes().is_empty(),
            document: self.documents_shown,
        };
        if self.export.preview.asked.as_ref() == Some(&wanted) {
            return Vec::new();
        }
        let job = Job::Preview { picture: Box::new(self.picture()), format: settings.format, page };
        self.export.preview.asked = Some(wanted);
        vec![Effect::Start(self.jobs.start(Awaited::Preview), job)]
    }

    /// Saves the picture where the path field says, or asks where to.
    pub(super) fn save(&mut self) -> Vec<Effect> {
        if self.is_exporting() {
            return Vec::new();
        }
        if let Some(path) = &self.export.path {
            let path = PathBuf::from(path.trim());
            let may_replace = self.export.replaces.take().is_some();
            return self.export_to(path, may_replace);
        }
        let job = Job::AskSave { name: self.picture_name(), folder: self.folder() };
        vec![Effect::Start(self.jobs.start(Awaited::AskSave), job)]
    }

    fn export_to(&mut self, path: PathBuf, may_replace: bool) -> Vec<Effect> {
        let ending = self.export.settings.format.extension();
        let path = if path.extension().is_none() { path.with_extension(ending) } else { path };
        if let Err(wrong) = export::picture_format(&path) {
            self.notice(format!("{} is no place for a picture: {wrong}.", path.display()), None, true);
            return Vec::new();
        }
        let export = Arc::new(ExportJob::default());
        let id = self.jobs.start(Awaited::Export(Arc::clone(&export)));
        let (picture, documents) = (Box::new(self.picture()), self.document_paths());
        vec![Effect::Start(id, Job::Export { picture, path, documents, may_replace, export })]
    }

    /// Draws the picture for the clipboard.
    pub(super) fn copy(&mut self) -> Vec<Effect> {
        if self.is_exporting() {
            return Vec::new();
        }
        let export = Arc::new(ExportJob::default());
        let id = self.jobs.start(Awaited::Copy(Arc::clone(&export)));
        vec![Effect::Start(id, Job::Copy { picture: Box::new(self.picture()), export })]
    }

    /// Puts the picture on the clipboard that was drawn for it.
    pub(super) fn copied(&mut self, drawn: Result<Box<ColorImage>, String>) -> Vec<Effect> {
        match drawn {
            Ok(image) => {
                let [width, height] = image.size;
                self.notice(format!("Copied the picture ({width} × {height} pixels)"), None, false);
                vec![Effect::Copy(image)]
            }
            Err(error) => {
                self.notice(error, None, true);
                Vec::new()
            }
        }
    }

    /// Cancels the picture that is being drawn or written; closes the form if none is. A file that has its name already
    /// cannot be cancelled: its result is still awaited.
    pub(super) fn cancel_export(&mut self) {
        if self.jobs.export().is_none() {
            self.jobs.retain(|job| !matches!(job, Awaited::AskSave));
            self.export.open = false;
        } else {
            let is_data = self.jobs.written_data().is_some();
            if self.cancel_pictures() {
                let what = if is_data { "no data was written" } else { "no picture was written or copied" };
                self.notice(format!("Cancelled: {what}"), None, false);
            }
        }
    }

    /// Cancels the picture or data that is being drawn or written, unless it is too late. Returns whether it was cancelled.
    pub(super) fn cancel_pictures(&mut self) -> bool {
        let mut is_cancelled = false;
        self.jobs.retain(|job| match job {
            Awaited::Export(export) | Awaited::Copy(export) | Awaited::ExportData(export) if export.cancel() => {
                is_cancelled = true;
                false
            }
            _ => true,
        });
        is_cancelled
    }

    /// A name for the picture: that of the document, with the format's ending.
    fn picture_name(&self) -> String {
        let stem = self.document.path.as_ref().and_then(|path| path.file_stem()).map(|stem| stem.to_string_lossy());
        let ending = self.export.settings.format.extension();
        format!("{}.{ending}", stem.unwrap_or_else(|| "timeline".into()))
    }

    /// Saves the picture where the dialog says; offers a field for its path if there is no dialog.
    pub(super) fn save_answered(&mut self, answer: DialogResult) -> Vec<Effect> {
        match answer {
            // The dialog itself asks before it replaces a file.
            DialogResult::Path(path) => return self.export_to(path, true),
            DialogResult::Cancelled => {}
            DialogResult::Unavailable => {
                let path = self.folder().unwrap_or_default().join(self.picture_name());
                self.export.path = Some(path.to_string_lossy().into_owned());
            }
        }
        Vec::new()
    }

    /// Says what became of an export.
    pub(super) fn exported(&mut self, result: Result<ExportOutcome, String>) {
        match result {
            Ok(ExportOutcome::Saved(file)) => {
                self.export.open = false;
                self.notice(saved_words(&file), Some(file.path), false);
            }
            Ok(ExportOutcome::Exists(path)) => self.export.replaces = Some(path),
            // The notice came when it was cancelled.
            Ok(ExportOutcome::Cancelled) => {}
            Err(error) => self.notice(error, None, true),
        }
    }
}

/// "Saved chart.png (2560 × 1600 pixels)", and a line for each warning.
fn saved_words(file: &PictureFile) -> String {
    let [width, height] = file.size;
    let is_png = Format::of(&file.path) == Some(Format::Png);
    let size = if is_png { format!(" ({width} × {height} pixels)") } else { String::new() };
    let saved = format!("Saved {}{size}", file.path.display());
    std::iter::once(saved).chain(file.warnings.iter().cloned()).collect::<Vec<_>>().join("\n")
}
