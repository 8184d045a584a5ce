//! What a picture shows, and how.

use std::path::Path;
use std::sync::Arc;

use egui::Vec2;

use crate::layout::{Arrangement, Heading, View};
use crate::query::Projection;
use crate::timeline::{Item, Timeline};

use super::page_setup::PageSetup;

/// What a picture shows, and how.
#[derive(Clone, Debug)]
pub struct Picture {
    /// The document.
    pub timeline: Arc<Timeline>,
    /// Which of its events and lanes are shown.
    pub projection: Projection,
    /// What span of time is shown.
    pub view: View,
    /// Page and look.
    pub setup: PageSetup,
    /// What is marked.
    pub selected: Option<Item>,
    /// How far the lanes are scrolled down, in points.
    pub scroll: f32,
    /// The rows of the window that the picture is taken of; empty for a picture of its own.
    pub arrangement: Arrangement,
}

/// The kinds of file that a picture can be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// Pixels.
    #[default]
    Png,
    /// Marks and texts, for browsers and drawing programs.
    Svg,
    /// Marks and texts, for print and reading.
    Pdf,
}

impl Format {
    /// The ending of its files, without a dot.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Svg => "svg",
            Self::Pdf => "pdf",
        }
    }

    /// The format that the ending of a path names, in capitals or not.
    #[must_use]
    pub fn of(path: &Path) -> Option<Self> {
        let ending = path.extension()?.to_string_lossy().to_ascii_lowercase();
        match ending.as_str() {
            "png" => Some(Self::Png),
            "svg" => Some(Self::Svg),
            "pdf" => Some(Self::Pdf),
            _ => None,
        }
    }
}

/// The format that the ending of a path names.
///
/// # Errors
/// Why its ending will not do.
pub fn picture_format(path: &Path) -> Result<Format, String> {
    match (Format::of(path), path.extension()) {
        (Some(format), _) => Ok(format),
        (None, Some(other)) => {
            let other = other.to_string_lossy();
            Err(format!("there is no picture format `{other}`; write a PNG, an SVG or a PDF"))
        }
        (None, None) => Err("the name needs the ending .png, .svg or .pdf".to_owned()),
    }
}

impl Picture {
    /// Width and height, in pixels, without notes below.
    #[must_use]
    pub fn pixels(&self) -> [u32; 2] {
        let size = self.size();
        [size.x, size.y].map(|points| (points * self.setup.scale).round().max(1.0) as u32)
    }

    /// The page, in points.
    pub(super) fn size(&self) -> Vec2 {
        self.setup.page.points()
    }

    /// The document's words above the chart, or those of the setup.
    pub(super) fn heading(&self) -> Heading<'_> {
        let own = Heading::of(&self.timeline);
        Heading {
            title: self.setup.title.as_deref().unwrap_or(own.title),
            subtitle: self.setup.subtitle.as_deref().unwrap_or(own.subtitle),
        }
    }
}
