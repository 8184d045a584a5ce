//! The description of an image to export: its content and its look.

use std::path::Path;
use std::sync::Arc;

use egui::Vec2;

use crate::layout::{Arrangement, Heading, Pictures, View};
use crate::query::Projection;
use crate::timeline::{Item, Timeline};

use super::document_pictures::DocumentPictures;
use super::page_setup::PageSetup;

/// An image to export: its content and its look.
#[derive(Clone, Debug)]
pub struct Picture {
    /// The document.
    pub timeline: Arc<Timeline>,
    /// The events and lanes that are shown.
    pub projection: Projection,
    /// The span of time that is shown.
    pub view: View,
    /// The pictures of the document.
    pub pictures: DocumentPictures,
    /// The page setup.
    pub setup: PageSetup,
    /// The item that is highlighted.
    pub selected: Option<Item>,
    /// Scroll offset of the lanes, in points.
    pub scroll: f32,
    /// The rows of the window that the image is taken from; empty for an independent image.
    pub arrangement: Arrangement,
}

/// The file formats of an image.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// Pixels.
    #[default]
    Png,
    /// Vector graphics for browsers and drawing programs.
    Svg,
    /// Pages for print and reading.
    Pdf,
}

impl Format {
    /// Returns its file extension, without a dot.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Svg => "svg",
            Self::Pdf => "pdf",
        }
    }

    /// Returns the format for the extension of a path, ignoring case.
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

/// Returns the format for the extension of a path.
///
/// # Errors
/// Returns a message if the extension is missing or not supported.
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
    /// Returns the width and height, in pixels, without notes below.
    #[must_use]
    pub fn pixels(&self) -> [u32; 2] {
        let size = self.size();
        [size.x, size.y].map(|points| (points * self.setup.scale).round().max(1.0) as u32)
    }

    /// Returns the pixels per point in a format; 1 in formats that have no pixels.
    pub(super) fn scale_in(&self, format: Format) -> f32 {
        if format == Format::Png { self.setup.scale } else { 1.0 }
    }

    /// Returns the size of the page, in points.
    pub(super) fn size(&self) -> Vec2 {
        self.setup.page.points()
    }

    /// Returns the sizes of the pictures that may be shown in it.
    pub(super) fn sizes(&self) -> &Pictures {
        if self.setup.pictures { &self.pictures.sizes } else { Pictures::NONE }
    }

    /// Returns the texts above the chart: those of the setup, or else of the document.
    pub(super) fn heading(&self) -> Heading<'_> {
        let own = Heading::of(&self.timeline);
        Heading {
            title: self.setup.title.as_deref().unwrap_or(own.title),
            subtitle: self.setup.subtitle.as_deref().unwrap_or(own.subtitle),
        }
    }
}
