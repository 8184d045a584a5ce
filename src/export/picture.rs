//! The chart without a window: one egui pass, and its shapes as a file.

use std::path::PathBuf;
use std::sync::Arc;

use egui::{Rect, Vec2};

use crate::layout::{self, Arrangement, Parts, Request, View};
use crate::paint::{self, ContextFonts, Emphasis, Theme};
use crate::timeline::{Item, Timeline};

use super::{ExportError, Fonts, PngMeta, Svg, SvgOptions, raster, svg};

/// What a picture shows, and how.
#[derive(Clone, Debug)]
pub struct Picture {
    /// The document.
    pub timeline: Arc<Timeline>,
    /// What span of time is shown.
    pub view: View,
    /// Width and height, in points.
    pub size: Vec2,
    /// Pixels for each point.
    pub scale: f32,
    /// The dark theme instead of the light one.
    pub dark: bool,
    /// What is marked.
    pub selected: Option<Item>,
    /// How far the lanes are scrolled down, in points.
    pub scroll: f32,
    /// The rows of the window that the picture is taken of; empty for a picture of its own.
    pub arrangement: Arrangement,
}

/// A finished PNG.
#[derive(Clone, Debug)]
pub struct Png {
    /// The file.
    pub bytes: Vec<u8>,
    /// Width and height, in pixels.
    pub size: [u32; 2],
}

/// A picture that has been written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PictureFile {
    /// Where it is.
    pub path: PathBuf,
    /// Width and height, in pixels.
    pub size: [u32; 2],
}

/// The path of a picture whose format the program writes.
///
/// # Errors
/// Why its ending will not do.
pub fn picture_path(text: &str) -> Result<PathBuf, String> {
    let path = PathBuf::from(text);
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase());
    match ending.as_deref() {
        Some("png") => Ok(path),
        Some("svg" | "pdf") => Err("SVG and PDF are not there yet; write a PNG".to_owned()),
        Some(other) => Err(format!("there is no picture format `{other}`; write a PNG")),
        None => Err("the name needs the ending .png".to_owned()),
    }
}

impl Picture {
    /// Width and height, in pixels.
    #[must_use]
    pub fn pixels(&self) -> [u32; 2] {
        [self.size.x, self.size.y].map(|points| (points * self.scale).round().max(1.0) as u32)
    }

    /// The picture as an SVG document, with the fonts that it is set in.
    #[must_use]
    pub fn svg(&self) -> (Svg, Fonts) {
        self.svg_in_stages(&mut |_| {})
    }

    fn svg_in_stages(&self, done: &mut dyn FnMut(&str)) -> (Svg, Fonts) {
        let theme = if self.dark { Theme::dark() } else { Theme::light() };
        let shapes = self.shapes(&theme);
        done("paint");
        let fonts = Fonts::new(&paint::definitions());
        let description = self.description();
        let options = SvgOptions {
            size: self.size,
            pixels_per_point: 1.0,
            background: theme.paper,
            title: &self.timeline.title,
            description: &description,
            fonts: &fonts,
        };
        let svg = svg(&shapes, &options);
        done("svg");
        (svg, fonts)
    }

    /// The picture as a PNG file.
    ///
    /// # Errors
    /// Where a side would be longer than [`super::MAX_SIDE`] pixels, the scale is no positive number, or memory runs
    /// out.
    pub fn png(&self) -> Result<Png, ExportError> {
        self.png_in_stages(&mut |_| {})
    }

    /// The same, calling `done` with the name of each stage as it ends.
    ///
    /// # Errors
    /// As [`Self::png`].
    pub fn png_in_stages(&self, done: &mut dyn FnMut(&str)) -> Result<Png, ExportError> {
        // Before the work, not after it: a huge page costs minutes to lay out.
        raster::check_size(self.size, self.scale)?;
        let (svg, fonts) = self.svg_in_stages(done);
        let description = self.description();
        let meta = PngMeta {
            title: &self.timeline.title,
            description: &description,
            software: concat!("Longview ", env!("CARGO_PKG_VERSION")),
        };
        let bytes = raster::png(&svg.text, self.scale, &fonts, &meta)?;
        done("raster");
        Ok(Png { bytes, size: self.pixels() })
    }

    fn description(&self) -> String {
        let parts = [self.timeline.subtitle.clone(), self.timeline.source_line()];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        parts.join(". ")
    }

    /// The shapes that the window would show, from a pass without a window.
    fn shapes(&self, theme: &Theme) -> Vec<egui::epaint::ClippedShape> {
        let context = egui::Context::default();
        context.set_fonts(paint::definitions());
        let shown = if self.dark { egui::Theme::Dark } else { egui::Theme::Light };
        context.set_theme(shown);
        context.style_mut_of(shown, |style| paint::style(theme, style));
        let rect = Rect::from_min_size(egui::Pos2::ZERO, self.size);
        let input = || egui::RawInput { screen_rect: Some(rect), ..Default::default() };
        // Fonts take effect on the pass after the one in which they are set.
        context.run_ui(input(), |_| {}).textures_delta.clear();
        let mut output = context.run_ui(input(), |ui| {
            let keep = if let Some(Item::Event(event)) = self.selected { Some(event) } else { None };
            let parts = Parts { title: true, overview: false, source_line: true };
            let request = Request {
                arrangement: &self.arrangement,
                timeline: &self.timeline,
                view: self.view,
                rect,
                parts,
                scroll: self.scroll,
                scrolls: false,
                keep,
            };
            let chart = layout::chart(request, &mut ContextFonts::new(ui.ctx()));
            let emphasis = Emphasis { selected: self.selected, hovered: None, status: None };
            paint::chart(ui, &chart, &self.timeline, emphasis, theme);
        });
        output.textures_delta.clear();
        output.shapes
    }
}
