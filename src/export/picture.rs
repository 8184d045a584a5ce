//! What a picture shows, and how it becomes a file.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::Vec2;

use crate::layout::{Arrangement, View};
use crate::paint::Painted;
use crate::query::Projection;
use crate::timeline::{Item, Timeline};

use super::scene::{Notes, Scene, Sheet};
use super::setup::{POINTS_PER_INCH, POINTS_PER_MM, Setup};
use super::{
    About, ExportError, Fonts, Group, Page, PngMeta, Published, Substitutes, Svg, SvgOptions, Watch, about,
    identifiers, pdf, raster, svg,
};

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
    pub setup: Setup,
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

/// A finished file.
#[derive(Clone, Debug)]
pub struct Exported {
    /// The file.
    pub bytes: Vec<u8>,
    /// Width and height, in pixels; those of an SVG or a PDF are its points.
    pub size: [u32; 2],
    /// What the carried fonts could not set.
    pub substitutes: Substitutes,
    /// What the picture leaves out, a sentence each, without full stops.
    pub left_out: Vec<String>,
}

/// A page of a file before there is one.
#[derive(Clone, Debug)]
pub struct Proof {
    /// How it looks.
    pub image: egui::ColorImage,
    /// Which page it is, from 0.
    pub number: usize,
    /// How many there are.
    pub pages: usize,
    /// Width and height that it has as a PNG, in pixels.
    pub pixels: [u64; 2],
    /// What the picture leaves out, as for a file.
    pub left_out: Vec<String>,
}

/// A picture that has been written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PictureFile {
    /// Where it is.
    pub path: PathBuf,
    /// Width and height, in pixels.
    pub size: [u32; 2],
    /// What a reader should know of its fonts.
    pub warnings: Vec<String>,
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

    /// The picture as an SVG document on its way to pixels, with the fonts that it is set in.
    #[must_use]
    pub fn svg(&self) -> (Svg, Fonts) {
        let scene = Scene::new(self, Notes::Below, &mut ());
        (self.write(scene.first(), &scene.fonts, &[], None), scene.fonts)
    }

    /// The picture's pixels, as those of a PNG.
    ///
    /// # Errors
    /// As [`Self::export`].
    pub fn image(&self, watch: &mut dyn Watch) -> Result<egui::ColorImage, ExportError> {
        raster::check_size(self.size(), self.setup.scale)?;
        let (svg, fonts) = self.svg();
        watch.ended("svg");
        raster::image(&svg, self.setup.scale, &fonts, watch)
    }

    /// One page of the file that the picture would be in a format, no larger than `room`, in pixels.
    ///
    /// # Errors
    /// As [`Self::export`]; but a page that is too large to be drawn at its own scale is no error.
    pub fn proof(&self, format: Format, page: usize, room: Vec2) -> Result<Proof, ExportError> {
        let scale_to = |size: Vec2| (room / size).min_elem();
        raster::check_size(self.size(), scale_to(self.size()))?;
        let scene = Scene::new(self, Notes::of(format), &mut ());
        let pages = scene.sheets.len();
        let number = page.min(pages - 1);
        let sheet = scene.sheets.get(number).unwrap_or_else(|| scene.first());
        let svg = self.write(sheet, &scene.fonts, &[], None);
        let image = raster::image(&svg, scale_to(sheet.size), &scene.fonts, &mut ())?;
        let pixels = [sheet.size.x, sheet.size.y].map(|points| f64::from(points) * f64::from(self.setup.scale));
        let pixels = pixels.map(|side| side.round() as u64);
        Ok(Proof { image, number, pages, pixels, left_out: scene.left_out })
    }

    /// The picture as a PNG file.
    ///
    /// # Errors
    /// As [`Self::export`].
    pub fn png(&self) -> Result<Exported, ExportError> {
        self.export(Format::Png, &mut ())
    }

    /// The picture as a file.
    ///
    /// # Errors
    /// Where a side would be longer than [`super::MAX_SIDE`] pixels, the scale is no positive number, memory runs out,
    /// or `watch` calls it off.
    pub fn export(&self, format: Format, watch: &mut dyn Watch) -> Result<Exported, ExportError> {
        // Before the work, not after it: a huge page costs minutes to lay out. Only pixels have a scale.
        let scale = if format == Format::Png { self.setup.scale } else { 1.0 };
        raster::check_size(self.size(), scale)?;
        let scene = Scene::new(self, Notes::of(format), watch);
        let size = match format {
            Format::Png => raster::check_size(scene.first().size, scale)?,
            Format::Svg | Format::Pdf => [scene.first().size.x, scene.first().size.y].map(|side| side.round() as u32),
        };
        let about = self.about();
        let bytes = match format {
            Format::Svg => {
                let groups = self.groups(&scene.painted);
                let millimetres = self.setup.page.is_paper().then_some(POINTS_PER_MM);
                let published = Published {
                    language: &about.language,
                    anchors: &scene.painted.anchors,
                    text: self.setup.text,
                    points_per_mm: millimetres,
                };
                let svg = self.write(scene.first(), &scene.fonts, &groups, Some(published));
                watch.ended("svg");
                svg.text.into_bytes()
            }
            Format::Png => {
                let svg = self.write(scene.first(), &scene.fonts, &[], None);
                watch.ended("svg");
                let meta = PngMeta { about: &about, dots_per_inch: Some(POINTS_PER_INCH * self.setup.scale) };
                raster::png(&svg, self.setup.scale, &scene.fonts, &meta, watch)?
            }
            Format::Pdf => self.pdf(&scene, &about, watch)?,
        };
        Ok(Exported { bytes, size, substitutes: scene.substitutes, left_out: scene.left_out })
    }

    fn pdf(&self, scene: &Scene, about: &About, watch: &mut dyn Watch) -> Result<Vec<u8>, ExportError> {
        let drawn: Vec<Svg> = scene.sheets.iter().map(|sheet| self.write(sheet, &scene.fonts, &[], None)).collect();
        watch.ended("svg");
        let alternative = about::alternative(&self.timeline, about, &scene.events(), &scene.left_out);
        let pages: Vec<Page<'_>> = drawn
            .iter()
            .zip(&scene.sheets)
            .enumerate()
            .map(|(number, (svg, sheet))| Page {
                svg: &svg.text,
                scale: 72.0 / POINTS_PER_INCH,
                // The chart is one figure; notes are read as they stand.
                alternative: (number == 0).then_some(alternative.as_str()),
                links: &sheet.links,
            })
            .collect();
        let bytes = pdf::pdf(&pages, about, &scene.fonts, watch)?;
        watch.ended("pdf");
        Ok(bytes)
    }

    /// What the file tells about itself.
    fn about(&self) -> About {
        About::of(&self.timeline, self.heading())
    }

    fn write(&self, sheet: &Sheet, fonts: &Fonts, groups: &[Group], published: Option<Published<'_>>) -> Svg {
        let about = self.about();
        let options = SvgOptions {
            size: sheet.size,
            pixels_per_point: 1.0,
            background: self.setup.look.theme().paper,
            title: &about.title,
            description: &about.description,
            fonts,
            groups,
            published,
        };
        svg(&sheet.shapes, &options)
    }

    /// What was painted of each event and series, with the names that they have in the document.
    fn groups(&self, painted: &Painted) -> Vec<Group> {
        let timeline = &self.timeline;
        let named = |item: Item| match item {
            Item::Event(index) => timeline
                .event(index)
                .map(|event| ("event", event.id[..].to_owned(), event.title[..].to_owned(), event.date_words())),
            Item::Series(index) => timeline
                .series_at(index)
                .map(|series| ("series", series.id.clone(), series.title.clone(), series.unit.clone())),
            Item::Era(_) => None,
        };
        let parts: Vec<_> = painted.items.iter().filter_map(|(item, shapes)| Some((named(*item)?, shapes))).collect();
        let ids = identifiers(parts.iter().map(|((kind, id, ..), _)| (*kind, id.as_str())));
        let mut groups: Vec<Group> = parts
            .into_iter()
            .zip(ids)
            .map(|(((_, _, title, description), shapes), id)| Group { shapes: shapes.clone(), id, title, description })
            .collect();
        groups.sort_by_key(|group| group.shapes.start);
        groups
    }
}
