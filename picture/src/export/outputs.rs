//! Outputs of an image: a file, pixels, or a preview of a page.

use std::collections::HashMap;
use std::path::PathBuf;

use egui::Vec2;

use crate::progress::Progress;
use crate::scene::Scene;
use crate::scene::text::FontSet;
use crate::timeline::Item;

use super::error::ExportError;
use super::fonts::Substitutes;
use super::metadata::{self, Metadata};
use super::page_setup::{POINTS_PER_INCH, POINTS_PER_MM};
use super::pages::Pages;
use super::pdf::{self, Page};
use super::picture::{Format, Picture};
use super::raster::{self, PngMeta};
use super::svg::{SvgOptions, identifiers, svg};

/// A finished file.
#[derive(Clone, Debug)]
pub struct Exported {
    /// The file.
    pub bytes: Vec<u8>,
    /// Width and height, in pixels; in points for SVG and PDF.
    pub size: [u32; 2],
    /// Characters that the bundled fonts lack, and the fonts used for them.
    pub substitutes: Substitutes,
    /// What the image leaves out, a sentence each, without full stops.
    pub left_out: Vec<String>,
}

/// A preview of a page of a file.
#[derive(Clone, Debug)]
pub struct PagePreview {
    /// The rendered page.
    pub image: egui::ColorImage,
    /// The index of the page, from 0.
    pub number: usize,
    /// The number of pages.
    pub pages: usize,
    /// Width and height of the page as a PNG, in pixels.
    pub pixels: [u64; 2],
    /// What the image leaves out, as for a file.
    pub left_out: Vec<String>,
}

/// An image that has been written to a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PictureFile {
    /// The path.
    pub path: PathBuf,
    /// Width and height, in pixels.
    pub size: [u32; 2],
    /// Warnings about its fonts.
    pub warnings: Vec<String>,
}

impl Picture {
    /// Returns the page with the chart, with notes below it if enabled, and the fonts for its text.
    #[must_use]
    pub fn scene(&self) -> (Scene, FontSet) {
        let mut pages = Pages::new(self, Format::Svg, &Progress::default());
        (pages.scenes.swap_remove(0), pages.fonts)
    }

    /// Returns the pixels of the image, as in a PNG.
    ///
    /// # Errors
    /// See [`Self::export`].
    pub fn image(&self, progress: &Progress) -> Result<egui::ColorImage, ExportError> {
        raster::check_size(self.size(), self.setup.scale)?;
        let pages = Pages::new(self, Format::Png, progress);
        raster::image(pages.first(), &pages.fonts, self.setup.scale, progress)
    }

    /// Returns one page of the file that the image would be in a format, no larger than `room`, in pixels.
    ///
    /// # Errors
    /// See [`Self::export`]; but a page that is too large to be drawn at its own scale is not an error.
    pub fn preview(&self, format: Format, page: usize, room: Vec2) -> Result<PagePreview, ExportError> {
        let scale_to = |size: Vec2| (room / size).min_elem();
        raster::check_size(self.size(), scale_to(self.size()))?;
        let all = Pages::new(self, format, &Progress::default());
        let pages = all.scenes.len();
        let number = page.min(pages - 1);
        let scene = all.scenes.get(number).unwrap_or_else(|| all.first());
        let image = raster::image(scene, &all.fonts, scale_to(scene.size), &Progress::default())?;
        let pixels = [scene.size.x, scene.size.y].map(|points| f64::from(points) * f64::from(self.setup.scale));
        let pixels = pixels.map(|side| side.round() as u64);
        Ok(PagePreview { image, number, pages, pixels, left_out: all.left_out })
    }

    /// Returns the image as a PNG file.
    ///
    /// # Errors
    /// See [`Self::export`].
    pub fn png(&self) -> Result<Exported, ExportError> {
        self.export(Format::Png, &Progress::default())
    }

    /// Returns the image as a file.
    ///
    /// # Errors
    /// Returns an error if a side would be longer than [`super::MAX_SIDE`] pixels, the scale is not a positive number,
    /// memory is exhausted, or it is cancelled.
    pub fn export(&self, format: Format, progress: &Progress) -> Result<Exported, ExportError> {
        // Checked first, as the layout of a huge page can take minutes. Only pixels have a scale.
        let scale = self.scale_in(format);
        raster::check_size(self.size(), scale)?;
        let pages = Pages::new(self, format, progress);
        progress.set_share(BEFORE_DRAWING);
        let page = pages.first();
        let size = match format {
            Format::Png => raster::check_size(page.size, scale)?,
            Format::Svg | Format::Pdf => [page.size.x, page.size.y].map(|side| side.round() as u32),
        };
        let about = self.described();
        let bytes = match format {
            Format::Svg => {
                let names = self.names(page);
                let options = SvgOptions {
                    title: &about.title,
                    description: &about.description,
                    language: &about.language,
                    fonts: &pages.fonts,
                    text: self.setup.text,
                    points_per_mm: self.setup.page.is_paper().then_some(POINTS_PER_MM),
                    names: &names,
                };
                let svg = svg(page, &options);
                progress.end_stage("svg");
                svg.text.into_bytes()
            }
            Format::Png => {
                // A PNG has no other place for the words that stand for it.
                let shown = Pages::events(page);
                let description =
                    metadata::alternative(&self.timeline, &about, [&shown, &pages.pictured], &pages.left_out);
                let about = Metadata { description, ..about };
                let meta = PngMeta { about: &about, dots_per_inch: Some(POINTS_PER_INCH * self.setup.scale) };
                raster::png(page, &pages.fonts, self.setup.scale, &meta, progress)?
            }
            Format::Pdf => self.pdf(&pages, &about, progress)?,
        };
        Ok(Exported { bytes, size, substitutes: pages.substitutes, left_out: pages.left_out })
    }

    fn pdf(&self, pages: &Pages, about: &Metadata, progress: &Progress) -> Result<Vec<u8>, ExportError> {
        // The chart is a single figure on each of its pages; notes are read as text.
        let charts = pages.scenes.iter().take(pages.charts).enumerate();
        let alternatives: Vec<String> = charts
            .map(|(index, scene)| {
                // What is left out is said once.
                let left_out = if index == 0 { pages.left_out.as_slice() } else { &[] };
                metadata::alternative(&self.timeline, about, [&Pages::events(scene), &pages.pictured], left_out)
            })
            .collect();
        let alternatives = alternatives.iter().map(|words| Some(words.as_str())).chain(std::iter::repeat(None));
        let page = |(scene, alternative)| Page { scene, alternative };
        let all: Vec<Page<'_>> = pages.scenes.iter().zip(alternatives).map(page).collect();
        let bytes = pdf::pdf(&all, about, &pages.fonts, 72.0 / POINTS_PER_INCH, progress)?;
        progress.end_stage("pdf");
        Ok(bytes)
    }

    /// Returns the metadata of the file.
    fn described(&self) -> Metadata {
        Metadata::of(&self.timeline, self.heading())
    }

    /// Returns the unique names of the items of a page in a file.
    fn names(&self, scene: &Scene) -> HashMap<Item, String> {
        let timeline = &self.timeline;
        let items = scene.items();
        let id = |item: &Item| match *item {
            Item::Event(index) => ("event", timeline.event(index).map_or("", |event| event.id).to_owned()),
            Item::Series(index) => {
                ("series", timeline.series_at(index).map_or_else(String::new, |series| series.id.clone()))
            }
            Item::Era(index) => ("era", timeline.era(index).map_or_else(String::new, |era| era.id.clone())),
        };
        let ids: Vec<(&str, String)> = items.iter().map(id).collect();
        let names = identifiers(ids.iter().map(|(kind, id)| (*kind, id.as_str())));
        items.into_iter().zip(names).collect()
    }
}

/// The share of the work that is done when the pages are laid out.
const BEFORE_DRAWING: f32 = 0.05;
