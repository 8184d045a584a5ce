//! What the export form remembers, and what its messages do.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use egui::ColorImage;
use serde::{Deserialize, Serialize};

use crate::export::{self, Format, Look, PageSize, Picture, PictureFile, Proof, Setup, TextAs, Watch};
use crate::layout::{Arrangement, View};
use crate::timeline::Item;

use super::runtime::{DialogResult, Effect};
use super::state::State;

/// Dots to an inch that paper is usually printed with.
const USUAL_DPI: u32 = 300;

/// What is chosen in the export form; remembered from one time to the next.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ExportSettings {
    /// "png", "svg" or "pdf".
    pub format: String,
    /// The name of a page; none for the chart as large as it is in the window.
    pub page: Option<String>,
    /// Pixels for each point, where the page is a screen.
    pub scale: f32,
    /// Dots per inch, where the page is paper.
    pub dpi: u32,
    /// The whole timeline instead of what the window shows.
    pub whole: bool,
    /// Numbered notes with the sources.
    pub notes: bool,
    /// Text of an SVG becomes outlines.
    pub outlines: bool,
    /// "light", "dark" or "print"; none for the window's own.
    pub look: Option<String>,
    /// Width and height of paper of any size, in millimetres.
    pub paper: [f32; 2],
    /// Width and height of a screen of any size, in points.
    pub screen: [f32; 2],
    /// Free space around the chart, in millimetres; none for what suits the page.
    pub margin: Option<f32>,
    /// A headline instead of the document's, empty for none. Another document has another one.
    #[serde(skip)]
    pub title: Option<String>,
    /// A line under it instead of the document's, empty for none.
    #[serde(skip)]
    pub subtitle: Option<String>,
}

/// The page that is paper of any size.
pub const OWN_PAPER: &str = "paper";
/// The page that is a screen of any size.
pub const OWN_SCREEN: &str = "screen";

impl Default for ExportSettings {
    fn default() -> Self {
        let format = "png".to_owned();
        Self {
            format,
            page: None,
            scale: 2.0,
            dpi: USUAL_DPI,
            whole: false,
            notes: false,
            outlines: false,
            look: None,
            paper: [297.0, 210.0],
            screen: [1920.0, 1080.0],
            margin: None,
            title: None,
            subtitle: None,
        }
    }
}

impl ExportSettings {
    /// The page, if one is chosen that the program knows.
    #[must_use]
    pub fn page_size(&self) -> Option<PageSize> {
        let name = self.page.as_deref()?;
        match name {
            OWN_PAPER => return Some(PageSize::Paper(egui::Vec2::from(self.paper) * export::POINTS_PER_MM)),
            OWN_SCREEN => return Some(PageSize::Custom(self.screen.into())),
            _ => {}
        }
        PageSize::NAMED.into_iter().find(|page| page.name() == Some(name))
    }

    /// Whether the page is paper, whose pixels are told as dots per inch.
    #[must_use]
    pub fn is_paper(&self) -> bool {
        self.page_size().is_some_and(PageSize::is_paper)
    }

    /// The format.
    #[must_use]
    pub fn format(&self) -> Format {
        match self.format.as_str() {
            "svg" => Format::Svg,
            "pdf" => Format::Pdf,
            _ => Format::Png,
        }
    }

    /// The look, if one is chosen.
    #[must_use]
    pub fn look(&self) -> Option<Look> {
        match self.look.as_deref()? {
            "light" => Some(Look::Light),
            "dark" => Some(Look::Dark),
            "print" => Some(Look::Print),
            _ => None,
        }
    }
}

/// A picture that is being drawn, for one who waits for it and may call it off.
#[derive(Debug, Default)]
pub struct ExportJob {
    /// In millionths.
    share: AtomicU32,
    cancelled: AtomicBool,
}

impl ExportJob {
    /// How far it has come, from 0 to 1.
    #[must_use]
    pub fn share(&self) -> f32 {
        self.share.load(Ordering::Relaxed) as f32 / 1e6
    }

    fn reaches(&self, share: f32) {
        self.share.fetch_max((share * 1e6) as u32, Ordering::Relaxed);
    }

    /// Calls it off: no file is written.
    pub fn cancel(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }

    /// Whether it has been called off.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }
}

impl Watch for &ExportJob {
    fn ended(&mut self, stage: &str) {
        match stage {
            "paint" | "fonts" => self.reaches(BEFORE_PIXELS / 2.0),
            "svg" => self.reaches(BEFORE_PIXELS),
            _ => {}
        }
    }

    fn advanced(&mut self, share: f32) {
        self.reaches(BEFORE_PIXELS + (1.0 - BEFORE_PIXELS) * share);
    }

    fn is_cancelled(&self) -> bool {
        ExportJob::is_cancelled(self)
    }
}

/// How far a large picture has come when its pixels begin to be drawn.
const BEFORE_PIXELS: f32 = 0.05;

/// All that a preview depends on.
#[derive(Clone, Debug, PartialEq)]
pub struct PreviewKey {
    choices: ExportSettings,
    view: View,
    size: egui::Vec2,
    page: usize,
    /// What is marked, and how far the lanes are scrolled, in points.
    shown: (Option<Item>, f32),
    dark: bool,
    /// Which document: how many have been shown before it.
    document: u64,
}

/// The picture in the form.
#[derive(Debug, Default)]
pub struct Preview {
    /// What the last one that was asked for depends on.
    asked: Option<PreviewKey>,
    /// Whether one is being drawn.
    busy: bool,
    /// Which page is wanted, from 0.
    pub page: usize,
    /// The last one, and its number; or why there is none.
    pub shown: Option<(u64, Result<Arc<Proof>, String>)>,
}

impl Preview {
    /// What is known of the file as it is chosen now.
    #[must_use]
    pub fn proof(&self) -> Option<&Proof> {
        match &self.shown {
            Some((_, Ok(proof))) if !self.busy => Some(proof),
            _ => None,
        }
    }
}

/// The form of an export.
#[derive(Debug, Default)]
pub struct ExportForm {
    /// Whether it is shown.
    pub open: bool,
    /// What is chosen.
    pub settings: ExportSettings,
    /// Where the picture goes, where the desktop has no dialog to ask.
    pub path: Option<String>,
    /// The file that the picture would replace, once that has been said: saving again replaces it.
    pub replaces: Option<PathBuf>,
    /// Whether a dialog is open.
    pub asking: bool,
    /// The picture that is being drawn for a file or for the clipboard.
    pub job: Option<Arc<ExportJob>>,
    /// How it will look.
    pub preview: Preview,
}

impl ExportForm {
    /// Whether a dialog is open or a picture being drawn.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        self.asking || self.job.is_some()
    }

    /// Forgets what is chosen for one document only.
    pub(super) fn new_document(&mut self) {
        (self.settings.title, self.settings.subtitle) = (None, None);
        self.preview.page = 0;
    }
}

impl State {
    /// The picture that the form asks for.
    #[must_use]
    pub fn picture(&self) -> Picture {
        let choices = &self.export.settings;
        let shown = if self.dark { Look::Dark } else { Look::Light };
        let page = choices.page_size();
        let scale = if choices.is_paper() { choices.dpi as f32 / export::POINTS_PER_INCH } else { choices.scale };
        let as_shown = page.is_none() && !choices.whole;
        let usual = Setup::new(page.unwrap_or(PageSize::Custom(self.chart_rect.size())));
        let setup = Setup {
            scale,
            look: choices.look().unwrap_or(shown),
            notes: choices.notes,
            text: if choices.outlines { TextAs::Outlines } else { TextAs::Text },
            // What is taken as the window shows it is the window's picture; on a page of its own it explains itself.
            legend: !as_shown,
            margin: choices
                .margin
                .map_or(usual.margin, |mm| (mm * export::POINTS_PER_MM).min(usual.page.most_margin())),
            title: choices.title.clone(),
            subtitle: choices.subtitle.clone(),
            ..usual
        };
        // The rows of the window belong to a chart of the window's size.
        Picture {
            timeline: Arc::clone(&self.document.timeline),
            view: if choices.whole { View::whole(self.timeline()) } else { self.view },
            setup,
            selected: self.selected.filter(|_| as_shown),
            scroll: if as_shown { self.scroll } else { 0.0 },
            arrangement: if as_shown { self.arrangement.clone() } else { Arrangement::default() },
        }
    }

    /// Asks for a preview where the form is open and shows another picture than it should.
    pub(super) fn preview(&mut self) -> Vec<Effect> {
        if !self.export.open || self.export.preview.busy {
            return Vec::new();
        }
        let wanted = PreviewKey {
            choices: self.export.settings.clone(),
            view: self.view,
            // A page of its own has the same size in any window.
            size: self.export.settings.page_size().map_or(self.chart_rect.size(), |_| egui::Vec2::ZERO),
            page: self.export.preview.page,
            shown: (self.selected, self.scroll),
            dark: self.dark,
            document: self.documents_shown,
        };
        let preview = &mut self.export.preview;
        if preview.asked.as_ref() == Some(&wanted) {
            return Vec::new();
        }
        preview.asked = Some(wanted);
        preview.busy = true;
        let page = preview.page;
        vec![Effect::Preview { picture: Box::new(self.picture()), format: self.export.settings.format(), page }]
    }

    pub(super) fn previewed(&mut self, drawn: Result<Arc<Proof>, String>) {
        let preview = &mut self.export.preview;
        preview.busy = false;
        if let Ok(proof) = &drawn {
            preview.page = preview.page.min(proof.pages - 1);
            if let Some(asked) = &mut preview.asked {
                asked.page = asked.page.min(proof.pages - 1);
            }
        }
        let number = preview.shown.as_ref().map_or(1, |(number, _)| number + 1);
        preview.shown = Some((number, drawn));
    }

    pub(super) fn save(&mut self) -> Vec<Effect> {
        if self.export.is_busy() {
            return Vec::new();
        }
        if let Some(path) = &self.export.path {
            let path = PathBuf::from(path.trim());
            let may_replace = self.export.replaces.take().is_some();
            self.export_to(path, may_replace)
        } else {
            self.export.asking = true;
            let folder = self.document.path.as_ref().and_then(|path| path.parent()).map(PathBuf::from);
            vec![Effect::AskSave { name: self.picture_name(), folder }]
        }
    }

    fn export_to(&mut self, path: PathBuf, may_replace: bool) -> Vec<Effect> {
        let path = if path.extension().is_none() { path.with_extension(&self.export.settings.format) } else { path };
        if let Err(wrong) = export::picture_format(&path) {
            self.notice(format!("{} is no place for a picture: {wrong}.", path.display()), None, true);
            return Vec::new();
        }
        let drawing = Arc::new(ExportJob::default());
        self.export.job = Some(Arc::clone(&drawing));
        let (picture, documents) = (Box::new(self.picture()), self.document_paths());
        vec![Effect::Export { picture, path, documents, may_replace, drawing }]
    }

    /// The files that no output may overwrite.
    pub(super) fn document_paths(&self) -> Vec<PathBuf> {
        let failed = self.failed.as_ref().and_then(|failed| failed.path.clone());
        self.document.path.clone().into_iter().chain(failed).collect()
    }

    /// Draws the picture for the clipboard.
    pub(super) fn copy(&mut self) -> Vec<Effect> {
        if self.export.is_busy() {
            return Vec::new();
        }
        let drawing = Arc::new(ExportJob::default());
        self.export.job = Some(Arc::clone(&drawing));
        vec![Effect::Draw { picture: Box::new(self.picture()), drawing }]
    }

    pub(super) fn copied(&mut self, drawn: Result<Box<ColorImage>, String>) -> Vec<Effect> {
        self.export.job = None;
        match drawn {
            Ok(image) => {
                let [width, height] = image.size;
                self.notice(format!("Copied the picture ({width} × {height} pixels)"), None, false);
                return vec![Effect::Copy(image)];
            }
            Err(error) => self.notice(error, None, true),
        }
        Vec::new()
    }

    /// Gives the picture up that is being drawn; closes the form where none is.
    pub(super) fn cancel_export(&mut self) {
        match self.export.job.take() {
            Some(drawing) => drawing.cancel(),
            None => self.export.open = false,
        }
    }

    /// A name for the picture: that of the document, with the format's ending.
    fn picture_name(&self) -> String {
        let stem = self.document.path.as_ref().and_then(|path| path.file_stem()).map(|stem| stem.to_string_lossy());
        format!("{}.{}", stem.unwrap_or_else(|| "timeline".into()), self.export.settings.format)
    }

    pub(super) fn save_answered(&mut self, answer: DialogResult) -> Vec<Effect> {
        self.export.asking = false;
        match answer {
            // The dialog itself asks before it replaces a file.
            DialogResult::Path(path) => return self.export_to(path, true),
            DialogResult::Cancelled => {}
            DialogResult::Unavailable => {
                let folder = self.document.path.as_ref().and_then(|path| path.parent());
                let path = folder.map_or_else(PathBuf::new, PathBuf::from).join(self.picture_name());
                self.export.path = Some(path.to_string_lossy().into_owned());
            }
        }
        Vec::new()
    }

    /// A file stands where the picture was to go.
    pub(super) fn already_there(&mut self, path: PathBuf) {
        self.export.job = None;
        self.export.replaces = Some(path);
    }

    /// Takes new choices in; a path typed by hand follows the format.
    pub(super) fn choose(&mut self, choices: ExportSettings) {
        let form = &mut self.export;
        if let Some(path) = form.path.as_mut().filter(|_| choices.format != form.settings.format) {
            let typed = PathBuf::from(path.as_str());
            if Format::of(&typed).is_some() {
                *path = typed.with_extension(&choices.format).to_string_lossy().into_owned();
            }
        }
        form.settings = choices;
        form.replaces = None;
    }

    pub(super) fn exported(&mut self, result: Result<PictureFile, String>) {
        self.export.job = None;
        match result {
            Ok(file) => {
                self.export.open = false;
                let [width, height] = file.size;
                let size = if Format::of(&file.path) == Some(Format::Png) {
                    format!(" ({width} × {height} pixels)")
                } else {
                    String::new()
                };
                let mut text = format!("Saved {}{size}", file.path.display());
                for warning in &file.warnings {
                    text.push('\n');
                    text.push_str(warning);
                }
                self.notice(text, Some(file.path), false);
            }
            Err(error) => self.notice(error, None, true),
        }
    }
}
