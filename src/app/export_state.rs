//! What the export form remembers.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use egui::Vec2;

use crate::export::{Format, PagePreview};
use crate::layout::View;
use crate::paint::Measure;
use crate::timeline::{ItemId, LaneId};

use super::export_settings::ExportSettings;

/// All that a preview depends on.
#[derive(Clone, Debug, PartialEq)]
pub struct PreviewKey {
    pub(super) settings: ExportSettings,
    pub(super) view: View,
    pub(super) size: Vec2,
    pub(super) page: usize,
    /// What is marked, and how far the lanes are scrolled, in points.
    pub(super) shown: (Option<ItemId>, f32),
    pub(super) dark: bool,
    /// What is measured.
    pub(super) measures: Vec<Measure>,
    /// Whether pictures of events are known and shown.
    pub(super) has_pictures: bool,
    /// The groups that are folded.
    pub(super) folded: BTreeSet<LaneId>,
    /// Which document: how many have been shown before it.
    pub(super) document: u64,
}

/// The picture in the form.
#[derive(Debug, Default)]
pub struct Preview {
    /// What the last one that was asked for depends on.
    pub(super) asked: Option<PreviewKey>,
    /// Which page is wanted, from 0.
    pub page: usize,
    /// The last one, and its number; or why there is none.
    pub shown: Option<(u64, Result<Arc<PagePreview>, String>)>,
}

impl Preview {
    /// Takes in the preview that was asked for last.
    pub(super) fn take(&mut self, drawn: Result<Arc<PagePreview>, String>) {
        if let Ok(proof) = &drawn {
            let last = proof.pages.saturating_sub(1);
            self.page = self.page.min(last);
            if let Some(asked) = &mut self.asked {
                asked.page = asked.page.min(last);
            }
        }
        let number = self.shown.as_ref().map_or(1, |(number, _)| number + 1);
        self.shown = Some((number, drawn));
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
    /// How it will look.
    pub preview: Preview,
}

impl ExportForm {
    /// Forgets what is chosen for one document only.
    pub(super) fn new_document(&mut self) {
        (self.settings.title, self.settings.subtitle) = (None, None);
        self.preview.page = 0;
    }

    /// Takes new settings in; a path typed by hand follows the format.
    pub(super) fn set(&mut self, settings: ExportSettings) {
        if let Some(path) = self.path.as_mut().filter(|_| settings.format != self.settings.format) {
            let typed = PathBuf::from(path.as_str());
            if Format::of(&typed).is_some() {
                *path = typed.with_extension(settings.format.extension()).to_string_lossy().into_owned();
            }
        }
        self.settings = settings;
        self.replaces = None;
    }
}
