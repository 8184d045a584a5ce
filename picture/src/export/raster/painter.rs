//! Draws the nodes of a scene into bands of pixels.

use std::sync::Arc;

use egui::Color32;
use vello_cpu::color::{AlphaColor, Srgb};
use vello_cpu::kurbo::{Affine, BezPath, Rect, Shape as _};
use vello_cpu::peniko::{Gradient, ImageQuality, ImageSampler};
use vello_cpu::{Image, ImageSource, PaintType, Pixmap, PixmapMut, RenderContext, Resources};

use super::glyphs::{GlyphShapes, Shape};
use super::grid::{Grid, PixelRect};
use super::page::{Leaf, PIXEL, Page};
use super::{outline, resample};
use crate::scene::text::OBLIQUE;
use crate::scene::{self, Geometry, Node, Paint, Radii, TextNode};

/// Draws bands of a page.
pub(super) struct Painter<'r> {
    page: &'r Page<'r>,
    context: RenderContext,
    resources: Resources,
    glyphs: GlyphShapes<'r>,
    /// The path to fill; a reused buffer.
    lines: BezPath,
}

impl<'r> Painter<'r> {
    pub fn new(page: &'r Page<'r>) -> Self {
        Self {
            page,
            context: RenderContext::new(1, 1),
            resources: Resources::new(),
            glyphs: GlyphShapes::new(page.fonts),
            lines: BezPath::new(),
        }
    }

    /// Returns the pixels of `rows` rows from `top`, row by row: premultiplied red, green, blue and alpha.
    pub fn band(&mut self, top: u32, rows: u32) -> Vec<u8> {
        // Both are at most MAX_SIDE.
        let (width, height) = (self.page.size[0] as u16, rows as u16);
        self.context.reset_and_resize(width, height);
        let background = self.page.scene.background;
        if background != Color32::TRANSPARENT {
            self.context.set_paint(solid(background));
            self.context.fill_rect(&Rect::new(0.0, 0.0, f64::from(width), f64::from(height)));
        }
        let band = [top as i32, (top + rows) as i32];
        let mut clip = None;
        for leaf in &self.page.leaves {
            if leaf.touches.min[1] >= band[1] || leaf.touches.max[1] <= band[0] {
                continue;
            }
            if leaf.clip != clip {
                if clip.take().is_some() {
                    self.context.pop_clip_path();
                }
                if let Some(inside) = leaf.clip {
                    self.context.push_clip_path(&outline::pixels(inside, top).to_path(1.0));
                }
                clip = leaf.clip;
            }
            self.leaf(leaf, top, rows);
        }
        if clip.is_some() {
            self.context.pop_clip_path();
        }
        self.context.flush();
        let mut pixels = vec![0; usize::from(width) * usize::from(height) * PIXEL];
        if let Some(target) = PixmapMut::new(width, height, &mut pixels) {
            self.context.render(target, &mut self.resources);
        }
        pixels
    }

    fn leaf(&mut self, leaf: &Leaf<'r>, top: u32, rows: u32) {
        match leaf.node {
            Node::Path(path) => self.path(path, top),
            Node::Text(text) => self.text(text, top, rows),
            Node::Image(image) => self.image(image, leaf.touches, top, rows),
            // These have been flattened before.
            Node::Group(_) | Node::Clip(_) => {}
        }
    }

    fn path(&mut self, path: &scene::Path, top: u32) {
        let grid = &self.page.grid;
        match path.fill {
            Some(Paint::Hatching(hatching)) if hatching.color != Color32::TRANSPARENT => {
                self.outline(&path.geometry, top);
                self.context.push_clip_path(&self.lines);
                self.set_lines(outline::hatched(hatching, path.geometry.bounds(), grid), top);
                self.context.set_paint(solid(hatching.color));
                self.context.fill_path(&self.lines);
                self.context.pop_clip_path();
            }
            Some(Paint::Solid(color)) if color != Color32::TRANSPARENT => {
                self.fill(&path.geometry, solid(color), top);
            }
            Some(Paint::Gradient(gradient)) => self.fill(&path.geometry, shading(gradient, grid, top), top),
            Some(Paint::Solid(_) | Paint::Hatching(_)) | None => {}
        }
        if let Some(stroke) = path.stroke.filter(|stroke| stroke.width > 0.0 && stroke.color != Color32::TRANSPARENT) {
            let line = outline::of(&path.geometry, grid);
            self.set_lines(outline::stroked(&line, stroke, grid), top);
            self.context.set_paint(solid(stroke.color));
            self.context.fill_path(&self.lines);
        }
    }

    fn fill(&mut self, geometry: &Geometry, paint: impl Into<PaintType>, top: u32) {
        self.context.set_paint(paint);
        if let Geometry::Rect { rect, radii: Radii::ZERO } = geometry {
            let [min, max] = [self.page.grid.point(rect.min), self.page.grid.point(rect.max)];
            let top = f64::from(top);
            self.context.fill_rect(&Rect::new(min.x, min.y - top, max.x, max.y - top));
        } else {
            self.outline(geometry, top);
            self.context.fill_path(&self.lines);
        }
    }

    /// Sets `lines` to the outline of a shape.
    fn outline(&mut self, geometry: &Geometry, top: u32) {
        if let Geometry::Rects(rects) = geometry {
            self.lines.truncate(0);
            for rect in rects {
                let mut sharp = self.page.grid.round(*rect);
                // Rules and columns thinner than a pixel must not vanish.
                for axis in 0..2 {
                    sharp.max[axis] = sharp.max[axis].max(sharp.min[axis] + 1);
                }
                self.lines.extend(outline::pixels(sharp, top).path_elements(1.0));
            }
        } else {
            self.set_lines(outline::of(geometry, &self.page.grid), top);
        }
    }

    /// Sets `lines` to a path in points of the page.
    fn set_lines(&mut self, mut path: BezPath, top: u32) {
        path.apply_affine(self.page.grid.affine());
        self.lines.truncate(0);
        Grid::flatten(path, top, &mut self.lines);
    }

    fn text(&mut self, text: &TextNode, top: u32, rows: u32) {
        let grid = &self.page.grid;
        for run in text.layout.runs() {
            let Some(font) = self.glyphs.font(run.font, &run.coords) else { continue };
            self.context.set_paint(solid(run.color.unwrap_or(text.color)));
            self.lines.truncate(0);
            let size = f64::from(run.size) / font.units_per_em();
            let lean = Affine::skew(if run.oblique { -f64::from(OBLIQUE) } else { 0.0 }, 0.0);
            for glyph in &run.glyphs {
                let at = text.at + egui::vec2(glyph.x, glyph.y);
                let place = Affine::translate((f64::from(at.x), f64::from(at.y)));
                let whole = grid.affine() * place * lean;
                match font.shape(glyph.id) {
                    Shape::Outline { path, bounds } => {
                        let whole = whole * Affine::scale_non_uniform(size, -size);
                        let bounds = whole.transform_rect_bbox(*bounds);
                        let band = f64::from(top)..f64::from(top + rows);
                        if bounds.y1 >= band.start - 1.0 && bounds.y0 <= band.end + 1.0 {
                            Grid::flatten(path.iter().map(|element| whole * element), top, &mut self.lines);
                        }
                    }
                    Shape::Picture => {
                        let down = Affine::translate((0.0, -f64::from(top)));
                        self.context.set_transform(down * whole);
                        let glyph = vello_cpu::Glyph { id: glyph.id, x: 0.0, y: 0.0 };
                        self.context
                            .glyph_run(&mut self.resources, font.data())
                            .font_size(run.size)
                            .hint(false)
                            .normalized_coords(&run.coords)
                            .fill_glyphs(std::iter::once(glyph));
                        self.context.reset_transform();
                    }
                }
            }
            if !self.lines.is_empty() {
                self.context.fill_path(&self.lines);
            }
        }
    }

    fn image(&mut self, image: &scene::Image, touches: PixelRect, top: u32, rows: u32) {
        let target = self.page.grid.round(image.rect);
        let band = PixelRect { min: [i32::MIN, top as i32], max: [i32::MAX, (top + rows) as i32] };
        let shown = target.intersect(touches).intersect(band);
        if shown.is_empty() {
            return;
        }
        let pixels = resample::resample(&image.data, target, shown);
        // No side of the visible part is longer than that of the page.
        let [width, height] = [0, 1].map(|axis| (shown.max[axis] - shown.min[axis]) as u16);
        let pixels = Pixmap::from_parts(pixels, width, height);
        let sampler = ImageSampler { quality: ImageQuality::Low, ..ImageSampler::default() };
        self.context.set_paint(Image { image: ImageSource::Pixmap(Arc::new(pixels)), sampler });
        let place = outline::pixels(shown, top);
        self.context.set_paint_transform(Affine::translate((place.x0, place.y0)));
        self.context.fill_rect(&place);
        self.context.reset_paint_transform();
    }
}

fn solid(color: Color32) -> AlphaColor<Srgb> {
    let [red, green, blue, alpha] = color.to_array().map(f32::from);
    // Not rounded to integers, as the rasteriser premultiplies again.
    let straight = |channel: f32| if alpha > 0.0 { (channel / alpha).min(1.0) } else { 0.0 };
    AlphaColor::new([straight(red), straight(green), straight(blue), alpha / 255.0])
}

fn shading(gradient: scene::Gradient, grid: &Grid, top: u32) -> Gradient {
    let [mut from, mut to] = [grid.point(gradient.from), grid.point(gradient.to)];
    if from.y == to.y {
        // The height of a horizontal gradient does not matter, but rounding errors would depend on it.
        (from.y, to.y) = (0.0, 0.0);
    } else {
        from.y -= f64::from(top);
        to.y -= f64::from(top);
    }
    let [first, last] = gradient.colors.map(solid);
    Gradient::new_linear(from, to).with_stops([(0.0, first), (1.0, last)])
}
