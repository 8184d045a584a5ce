//! The chart without a window: one egui pass, and its shapes as a file.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::epaint::ClippedShape;
use egui::{FontDefinitions, Rect, Vec2};

use crate::layout::{self, Arrangement, Heading, Parts, Request, View};
use crate::paint::{self, ContextFonts, Emphasis, Painted, Theme};
use crate::timeline::{EventIndex, Item, SeriesIndex, Timeline};

use super::setup::{POINTS_PER_INCH, Setup};
use super::{
    About, ExportError, Fonts, Group, Page, PngMeta, Published, Substitutes, Svg, SvgOptions, about, fonts,
    identifiers, links, pdf, raster, svg,
};

/// What a picture shows, and how.
#[derive(Clone, Debug)]
pub struct Picture {
    /// The document.
    pub timeline: Arc<Timeline>,
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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Pixels.
    Png,
    /// Marks and texts, for browsers and drawing programs.
    Svg,
    /// Marks and texts, for print and reading.
    Pdf,
}

impl Format {
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

/// The path of a picture whose format the program writes.
///
/// # Errors
/// Why its ending will not do.
pub fn picture_path(text: &str) -> Result<PathBuf, String> {
    let path = PathBuf::from(text);
    match (Format::of(&path), path.extension()) {
        (Some(_), _) => Ok(path),
        (None, Some(other)) => {
            let other = other.to_string_lossy();
            Err(format!("there is no picture format `{other}`; write a PNG, an SVG or a PDF"))
        }
        (None, None) => Err("the name needs the ending .png, .svg or .pdf".to_owned()),
    }
}

/// What one pass without a window gives.
struct Scene {
    shapes: Vec<ClippedShape>,
    painted: Painted,
    fonts: Fonts,
    substitutes: Substitutes,
}

impl Picture {
    fn size(&self) -> Vec2 {
        self.setup.page.points()
    }

    /// Width and height, in pixels.
    #[must_use]
    pub fn pixels(&self) -> [u32; 2] {
        let size = self.size();
        [size.x, size.y].map(|points| (points * self.setup.scale).round().max(1.0) as u32)
    }

    /// The picture as an SVG document on its way to pixels, with the fonts that it is set in.
    #[must_use]
    pub fn svg(&self) -> (Svg, Fonts) {
        let scene = self.scene(&mut |_| {});
        (self.write(&scene, &[], None), scene.fonts)
    }

    /// The picture's pixels, at so many for each point.
    ///
    /// # Errors
    /// As [`Self::export`].
    pub fn image(&self, scale: f32) -> Result<egui::ColorImage, ExportError> {
        raster::check_size(self.size(), scale)?;
        let (svg, fonts) = self.svg();
        raster::image(&svg.text, scale, &fonts)
    }

    /// The picture as a PNG file.
    ///
    /// # Errors
    /// As [`Self::export`].
    pub fn png(&self) -> Result<Exported, ExportError> {
        self.export(Format::Png, &mut |_| {})
    }

    /// The picture as a file, calling `done` with the name of each stage as it ends.
    ///
    /// # Errors
    /// Where a side would be longer than [`super::MAX_SIDE`] pixels, the scale is no positive number, or memory runs
    /// out.
    pub fn export(&self, format: Format, done: &mut dyn FnMut(&str)) -> Result<Exported, ExportError> {
        // Before the work, not after it: a huge page costs minutes to lay out. Only pixels have a scale.
        let size = raster::check_size(self.size(), if format == Format::Png { self.setup.scale } else { 1.0 })?;
        let scene = self.scene(done);
        let about = About::of(&self.timeline);
        let bytes = match format {
            Format::Svg => {
                let groups = self.groups(&scene.painted);
                let published = Published { language: &about.language };
                let svg = self.write(&scene, &groups, Some(published));
                done("svg");
                svg.text.into_bytes()
            }
            Format::Png => {
                let svg = self.write(&scene, &[], None);
                done("svg");
                let meta = PngMeta { about: &about, dots_per_inch: Some(POINTS_PER_INCH * self.setup.scale) };
                raster::png(&svg.text, self.setup.scale, &scene.fonts, &meta, done)?
            }
            Format::Pdf => {
                let svg = self.write(&scene, &[], None);
                done("svg");
                let alternative = about::alternative(&self.timeline, &about, &scene.events());
                let links = links::links(&scene.shapes, &self.timeline);
                let scale = 72.0 / POINTS_PER_INCH;
                let page = Page { svg: &svg.text, scale, alternative: Some(&alternative), links: &links };
                let bytes = pdf::pdf(&[page], &about, &scene.fonts)?;
                done("pdf");
                bytes
            }
        };
        Ok(Exported { bytes, size, substitutes: scene.substitutes })
    }

    /// The document's words above the chart, or those of the setup.
    fn heading(&self) -> Heading<'_> {
        let own = Heading::of(&self.timeline);
        Heading {
            title: self.setup.title.as_deref().unwrap_or(own.title),
            subtitle: self.setup.subtitle.as_deref().unwrap_or(own.subtitle),
        }
    }

    fn theme(&self) -> Theme {
        self.setup.look.theme()
    }

    fn write(&self, scene: &Scene, groups: &[Group], published: Option<Published<'_>>) -> Svg {
        let about = About::of(&self.timeline);
        let options = SvgOptions {
            size: self.size(),
            pixels_per_point: 1.0,
            background: self.theme().paper,
            title: &about.title,
            description: &about.description,
            fonts: &scene.fonts,
            groups,
            published,
        };
        svg(&scene.shapes, &options)
    }

    /// What was painted of each event and series, with the names that they have in the document.
    fn groups(&self, painted: &Painted) -> Vec<Group> {
        let timeline = &self.timeline;
        let named = |item: Item| match item {
            Item::Event(index) => timeline
                .event(index)
                .map(|event| ("event", event.id[..].to_owned(), event.title[..].to_owned(), event.date.words())),
            Item::Series(SeriesIndex(index)) => timeline
                .series
                .get(index)
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

    /// The shapes that the window would show, and the fonts for them: the carried ones and, where these lack a
    /// character, what the system has.
    fn scene(&self, done: &mut dyn FnMut(&str)) -> Scene {
        let mut definitions = paint::definitions();
        let (mut shapes, mut painted) = self.pass(&definitions, done);
        let wanted = fonts::without_glyph(&shapes, &definitions);
        let mut substitutes = Substitutes::default();
        if !wanted.is_empty() {
            substitutes = fonts::add_system_fonts(&mut definitions, &wanted);
            if !substitutes.fonts.is_empty() {
                (shapes, painted) = self.pass(&definitions, &mut |_| {});
            }
            done("fonts");
        }
        Scene { shapes, painted, fonts: Fonts::new(&definitions), substitutes }
    }

    fn pass(&self, definitions: &FontDefinitions, done: &mut dyn FnMut(&str)) -> (Vec<ClippedShape>, Painted) {
        let theme = self.theme();
        let context = egui::Context::default();
        context.set_fonts(definitions.clone());
        let shown = if theme.dark { egui::Theme::Dark } else { egui::Theme::Light };
        context.set_theme(shown);
        context.style_mut_of(shown, |style| paint::style(&theme, style));
        let page = Rect::from_min_size(egui::Pos2::ZERO, self.size());
        let rect = page.shrink(self.setup.margin.clamp(0.0, page.size().min_elem() / 4.0));
        let input = || egui::RawInput { screen_rect: Some(page), ..Default::default() };
        // Fonts take effect on the pass after the one in which they are set.
        context.run_ui(input(), |_| {}).textures_delta.clear();
        let mut painted = Painted::default();
        let mut output = context.run_ui(input(), |ui| {
            let keep = if let Some(Item::Event(event)) = self.selected { Some(event) } else { None };
            let parts = Parts { title: true, overview: false, source_line: true };
            let request = Request {
                arrangement: &self.arrangement,
                heading: self.heading(),
                timeline: &self.timeline,
                view: self.view,
                rect,
                parts,
                scroll: self.scroll,
                scrolls: false,
                keep,
            };
            let chart = layout::chart(request, &mut ContextFonts::new(ui.ctx()));
            done("layout");
            let emphasis = Emphasis { selected: self.selected, hovered: None, status: None };
            painted = paint::chart(ui, &chart, &self.timeline, emphasis, &theme);
        });
        output.textures_delta.clear();
        done("paint");
        // The pass paints on one layer only, so that places in the layer are places in the list.
        (output.shapes, painted)
    }
}

impl Scene {
    fn events(&self) -> Vec<EventIndex> {
        let event = |item: &Item| if let Item::Event(index) = item { Some(*index) } else { None };
        self.painted.items.iter().filter_map(|(item, _)| event(item)).collect()
    }
}
