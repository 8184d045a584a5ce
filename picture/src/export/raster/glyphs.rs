//! Glyph shapes.

use std::collections::HashMap;
use std::sync::Arc;

use skrifa::bitmap::BitmapStrikes;
use skrifa::color::ColorGlyphCollection;
use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlineGlyphCollection, OutlinePen};
use skrifa::raw::types::F2Dot14;
use skrifa::{GlyphId, MetadataProvider as _};
use vello_cpu::kurbo::{BezPath, Rect};
use vello_cpu::peniko::FontData;

use super::super::per_font::PerFont;
use crate::scene::text::{FontIndex, FontSet};

/// The fonts of a scene, with a cache of the shapes of drawn glyphs.
pub(super) struct GlyphShapes<'f> {
    fonts: &'f FontSet,
    drawn: PerFont<Option<FontShapes<'f>>>,
}

impl<'f> GlyphShapes<'f> {
    pub const fn new(fonts: &'f FontSet) -> Self {
        Self { fonts, drawn: PerFont::new() }
    }

    /// Returns a font at a position on its axes. Returns `None` if it is of another set.
    pub fn font(&mut self, index: FontIndex, coords: &Arc<[i16]>) -> Option<&mut FontShapes<'f>> {
        self.drawn.get(index, coords, || FontShapes::new(self.fonts, index, coords)).as_mut()
    }
}

/// The shapes of one font.
pub(super) struct FontShapes<'f> {
    data: FontData,
    units_per_em: f64,
    coords: Vec<F2Dot14>,
    outlines: OutlineGlyphCollection<'f>,
    colors: ColorGlyphCollection<'f>,
    bitmaps: BitmapStrikes<'f>,
    shapes: HashMap<u32, Shape>,
}

/// The shape of a glyph.
pub(super) enum Shape {
    /// An outline, with y up, in units of the font; empty for a space.
    Outline {
        /// The outline.
        path: BezPath,
        /// Its bounding rectangle.
        bounds: Rect,
    },
    /// A glyph in several colours, such as emoji.
    Picture,
}

impl<'f> FontShapes<'f> {
    fn new(fonts: &'f FontSet, index: FontIndex, coords: &[i16]) -> Option<Self> {
        let face = fonts.face(index)?;
        let font = face.font()?;
        let units_per_em = f64::from(font.metrics(Size::unscaled(), LocationRef::default()).units_per_em.max(1));
        Some(Self {
            data: FontData::new(face.data.clone(), face.index),
            units_per_em,
            coords: coords.iter().map(|coord| F2Dot14::from_bits(*coord)).collect(),
            outlines: font.outline_glyphs(),
            colors: font.color_glyphs(),
            bitmaps: font.bitmap_strikes(),
            shapes: HashMap::new(),
        })
    }

    pub const fn data(&self) -> &FontData {
        &self.data
    }

    pub const fn units_per_em(&self) -> f64 {
        self.units_per_em
    }

    pub fn shape(&mut self, glyph: u32) -> &Shape {
        let Self { coords, outlines, colors, bitmaps, .. } = self;
        self.shapes.entry(glyph).or_insert_with(|| {
            let glyph = GlyphId::new(glyph);
            if colors.get(glyph).is_some() || bitmaps.glyph_for_size(Size::unscaled(), glyph).is_some() {
                return Shape::Picture;
            }
            let mut pen = PathPen::default();
            if let Some(outline) = outlines.get(glyph) {
                let settings = DrawSettings::unhinted(Size::unscaled(), LocationRef::new(coords));
                // A corrupt glyph is drawn as far as it could be read.
                let _ = outline.draw(settings, &mut pen);
            }
            Shape::Outline { bounds: pen.0.control_box(), path: pen.0 }
        })
    }
}

/// Collects an outline.
#[derive(Default)]
struct PathPen(BezPath);

fn point(x: f32, y: f32) -> (f64, f64) {
    (f64::from(x), f64::from(y))
}

impl OutlinePen for PathPen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.0.move_to(point(x, y));
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.0.line_to(point(x, y));
    }

    fn quad_to(&mut self, cx0: f32, cy0: f32, x: f32, y: f32) {
        self.0.quad_to(point(cx0, cy0), point(x, y));
    }

    fn curve_to(&mut self, cx0: f32, cy0: f32, cx1: f32, cy1: f32, x: f32, y: f32) {
        self.0.curve_to(point(cx0, cy0), point(cx1, cy1), point(x, y));
    }

    fn close(&mut self) {
        self.0.close_path();
    }
}
