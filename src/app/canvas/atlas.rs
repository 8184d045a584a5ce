//! The texture that holds the glyphs.

use std::collections::HashMap;

use egui::epaint::FontColorTransferFunction;
use egui::{Color32, ColorImage, Context, Rect, TextureHandle, TextureId, TextureOptions, Vec2, pos2, vec2};
use skrifa::instance::{NormalizedCoord, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::{GlyphId, MetadataProvider as _};
use vello_cpu::color::{OpaqueColor, Srgb};
use vello_cpu::kurbo::{Affine, BezPath};

use crate::scene::text::{FontFace, FontIndex, GlyphRun};

/// Width of the texture, in pixels.
const WIDTH: usize = 1024;
/// Its height at first: small, so that it is quickly on the graphics card.
const FIRST_HEIGHT: usize = 128;
/// Its height at most; a texture that is full is begun anew.
const MAX_HEIGHT: usize = 2048;
/// A glyph is rendered at so many offsets from the pixel grid.
const BINS: f32 = 4.0;
/// The largest glyph that is rendered, in pixels.
const MAX_GLYPH: f64 = 512.0;

/// A glyph in the texture.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sprite {
    /// Its place in the texture, in pixels.
    pub(super) texels: Rect,
    /// From the origin of the glyph on the pixel grid to the top left of the sprite, in pixels.
    pub(super) offset: Vec2,
    /// Whether it has colours of its own.
    pub(super) is_colored: bool,
}

/// What tells one sprite from another.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Key {
    font: FontIndex,
    glyph: u32,
    /// The size, in pixels.
    size: u32,
    bin: u8,
    coords: Option<std::sync::Arc<[i16]>>,
}

/// The texture with its glyphs, packed in shelves.
pub(super) struct Atlas {
    texture: Option<TextureHandle>,
    image: ColorImage,
    sprites: HashMap<Key, Option<Sprite>>,
    /// The left and the top of the free part of the current shelf, and the height of that shelf, in pixels.
    shelf: [usize; 3],
    /// The rows that are not on the graphics card yet.
    changed: Option<[usize; 2]>,
    has_grown: bool,
    was_restarted: bool,
    made_for: (f32, FontColorTransferFunction),
}

impl Default for Atlas {
    fn default() -> Self {
        let mut atlas = Self {
            texture: None,
            image: ColorImage::filled([WIDTH, FIRST_HEIGHT], Color32::TRANSPARENT),
            sprites: HashMap::new(),
            shelf: [0, 0, 0],
            changed: None,
            has_grown: true,
            was_restarted: false,
            made_for: (1.0, FontColorTransferFunction::Off),
        };
        atlas.restart();
        atlas
    }
}

impl Atlas {
    /// Makes ready for a frame. Returns whether all glyphs are to be placed anew.
    pub(super) fn prepare(&mut self, context: &Context, scale: f32, transfer: FontColorTransferFunction) -> bool {
        let is_other = self.made_for != (scale, transfer);
        if is_other {
            self.made_for = (scale, transfer);
            self.restart();
        }
        self.was_restarted = false;
        if self.texture.is_none() {
            self.texture = Some(context.load_texture("glyphs", self.image.clone(), TextureOptions::LINEAR));
            (self.changed, self.has_grown) = (None, false);
        }
        is_other
    }

    /// Whether the texture was begun anew since this was last asked or since [`Self::prepare`].
    pub(super) const fn take_restarted(&mut self) -> bool {
        std::mem::replace(&mut self.was_restarted, false)
    }

    /// Width and height of the texture, in pixels.
    pub(super) const fn size(&self) -> [usize; 2] {
        self.image.size
    }

    /// The texture.
    pub(super) fn id(&self) -> TextureId {
        self.texture.as_ref().map_or(TextureId::default(), TextureHandle::id)
    }

    /// Forgets all glyphs. The pixel at the top left is white: shapes without a texture are of it.
    fn restart(&mut self) {
        self.sprites.clear();
        self.image.pixels.fill(Color32::TRANSPARENT);
        for row in 0..2 {
            self.image.pixels[row * WIDTH..row * WIDTH + 2].fill(Color32::WHITE);
        }
        self.shelf = [4, 0, 4];
        self.changed = Some([0, self.image.size[1]]);
        self.was_restarted = true;
    }

    /// Brings what is new to the graphics card.
    pub(super) fn upload(&mut self) {
        let Some(texture) = &mut self.texture else { return };
        if std::mem::take(&mut self.has_grown) {
            texture.set(self.image.clone(), TextureOptions::LINEAR);
            self.changed = None;
        } else if let Some([from, to]) = self.changed.take() {
            let rows = self.image.pixels[from * WIDTH..to * WIDTH].to_vec();
            texture.set_partial([0, from], ColorImage::new([WIDTH, to - from], rows), TextureOptions::LINEAR);
        }
    }

    /// The sprite of a glyph whose origin is at this x, in pixels, and the whole pixel that it is drawn from.
    ///
    /// Returns no sprite for a glyph without ink.
    pub(super) fn sprite(&mut self, face: &FontFace, run: &GlyphRun, glyph: u32, x: f32) -> (Option<Sprite>, f32) {
        let quarters = (x * BINS).round();
        let pixel = (quarters / BINS).floor();
        let bin = quarters - pixel * BINS;
        let size = run.size * self.made_for.0;
        let coords = (!run.coords.is_empty()).then(|| std::sync::Arc::clone(&run.coords));
        let key = Key { font: run.font, glyph, size: size.to_bits(), bin: bin as u8, coords };
        if let Some(known) = self.sprites.get(&key) {
            return (*known, pixel);
        }
        let sprite = rendered(face, run, glyph, size, bin / BINS).map(|image| self.place(&image));
        self.sprites.insert(key, sprite);
        (sprite, pixel)
    }

    /// Puts a rendered glyph into the texture.
    fn place(&mut self, Rendered { size: [width, height], pixels, offset, is_colored }: &Rendered) -> Sprite {
        /// Free pixels around a glyph, so that none shines into its neighbour.
        const GAP: usize = 1;
        let [mut left, mut top, mut tall] = self.shelf;
        if left + width + GAP > WIDTH {
            (left, top, tall) = (0, top + tall + GAP, 0);
        }
        while top + height + GAP > self.image.size[1] && self.image.size[1] < MAX_HEIGHT {
            let rows = self.image.size[1];
            self.image.pixels.resize(WIDTH * rows * 2, Color32::TRANSPARENT);
            self.image.size[1] = rows * 2;
            self.has_grown = true;
        }
        if top + height + GAP > self.image.size[1] {
            self.restart();
            [left, top, tall] = self.shelf;
        }
        let (_, transfer) = self.made_for;
        for (row, line) in pixels.chunks_exact(*width).enumerate() {
            let start = (top + row) * WIDTH + left;
            for (texel, color) in self.image.pixels[start..start + width].iter_mut().zip(line) {
                *texel = if *is_colored { *color } else { transfer.color_from_coverage(f32::from(color.a()) / 255.0) };
            }
        }
        self.shelf = [left + width + GAP, top, tall.max(*height)];
        let [from, to] = self.changed.unwrap_or([top, top]);
        self.changed = Some([from.min(top), to.max(top + height)]);
        let min = pos2(left as f32, top as f32);
        let texels = Rect::from_min_size(min, vec2(*width as f32, *height as f32));
        Sprite { texels, offset: *offset, is_colored: *is_colored }
    }
}

/// A glyph as pixels, premultiplied.
struct Rendered {
    size: [usize; 2],
    pixels: Vec<Color32>,
    /// From its origin to its top left, in pixels.
    offset: Vec2,
    is_colored: bool,
}

/// Renders a glyph, its origin moved to the right by a part of a pixel. Returns `None` if it has no ink.
fn rendered(face: &FontFace, run: &GlyphRun, glyph: u32, size: f32, shift: f32) -> Option<Rendered> {
    let font = face.font()?;
    let id = GlyphId::new(glyph);
    if font.color_glyphs().get(id).is_some() {
        return rendered_in_colors(face, run, glyph, size);
    }
    let coords: Vec<NormalizedCoord> = run.coords.iter().map(|coord| NormalizedCoord::from_bits(*coord)).collect();
    let mut pen = PathPen { path: BezPath::new(), shift: f64::from(shift) };
    let settings = DrawSettings::unhinted(Size::new(size), &coords[..]);
    font.outline_glyphs().get(id)?.draw(settings, &mut pen).ok()?;
    let path = pen.path;
    let bounds = path.control_box().expand();
    let (width, height) = (bounds.width(), bounds.height());
    if !(width >= 1.0 && height >= 1.0 && width.max(height) <= MAX_GLYPH) {
        return None;
    }
    let mut context = vello_cpu::RenderContext::new(width as u16, height as u16);
    context.set_transform(Affine::translate((-bounds.x0, -bounds.y0)));
    context.set_paint(OpaqueColor::<Srgb>::WHITE);
    context.fill_path(&path);
    let size = [width as usize, height as usize];
    let pixels = pixels_of(&mut context, &mut vello_cpu::Resources::new(), size);
    Some(Rendered { size, pixels, offset: vec2(bounds.x0 as f32, bounds.y0 as f32), is_colored: false })
}

/// Renders a glyph that has colours of its own, such as an emoji: in a square with an em of room around it.
fn rendered_in_colors(face: &FontFace, run: &GlyphRun, glyph: u32, pixels_per_em: f32) -> Option<Rendered> {
    let side = f64::from(pixels_per_em * 3.0).ceil().clamp(1.0, MAX_GLYPH) as u16;
    let (x, y) = (pixels_per_em.round(), (pixels_per_em * 2.0).round());
    let mut context = vello_cpu::RenderContext::new(side, side);
    let mut resources = vello_cpu::Resources::new();
    context.set_paint(OpaqueColor::<Srgb>::WHITE);
    let font = vello_cpu::peniko::FontData::new(face.data.clone(), face.index);
    context
        .glyph_run(&mut resources, &font)
        .font_size(pixels_per_em)
        .hint(false)
        .normalized_coords(&run.coords)
        .fill_glyphs(std::iter::once(vello_cpu::Glyph { id: glyph, x, y }));
    let square = [usize::from(side); 2];
    let pixels = pixels_of(&mut context, &mut resources, square);
    pixels.iter().any(|pixel| pixel.a() > 0).then_some(Rendered {
        size: square,
        pixels,
        offset: vec2(-x, -y),
        is_colored: true,
    })
}

/// The pixels of a drawing.
fn pixels_of(
    context: &mut vello_cpu::RenderContext,
    resources: &mut vello_cpu::Resources,
    [width, height]: [usize; 2],
) -> Vec<Color32> {
    let mut pixmap = vello_cpu::Pixmap::new(width as u16, height as u16);
    context.flush();
    context.render(&mut pixmap, resources);
    let color = |pixel: &[u8]| match *pixel {
        [red, green, blue, alpha] => Color32::from_rgba_premultiplied(red, green, blue, alpha),
        _ => Color32::TRANSPARENT,
    };
    pixmap.data_as_u8_slice().chunks_exact(4).map(color).collect()
}

/// Draws an outline into a path, with y down.
struct PathPen {
    path: BezPath,
    shift: f64,
}

impl PathPen {
    fn at(&self, x: f32, y: f32) -> (f64, f64) {
        (f64::from(x) + self.shift, -f64::from(y))
    }
}

impl OutlinePen for PathPen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.path.move_to(self.at(x, y));
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.path.line_to(self.at(x, y));
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        self.path.quad_to(self.at(cx, cy), self.at(x, y));
    }

    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        self.path.curve_to(self.at(ax, ay), self.at(bx, by), self.at(x, y));
    }

    fn close(&mut self) {
        self.path.close_path();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn glyph(size: [usize; 2], color: Color32) -> Rendered {
        Rendered { size, pixels: vec![color; size[0] * size[1]], offset: Vec2::ZERO, is_colored: true }
    }

    #[test]
    fn each_glyph_has_a_place_of_its_own_and_the_texture_grows_as_needed() {
        let mut atlas = Atlas::default();
        let placed: Vec<(Rect, Color32)> = (0..1800)
            .map(|n| {
                let color = Color32::from_rgb((n % 256) as u8, (n / 256) as u8, 77);
                (atlas.place(&glyph([7 + n % 9, 9 + n % 13], color)).texels, color)
            })
            .collect();
        // Shelves of 85 glyphs, 22 pixels each.
        assert_eq!(atlas.size(), [WIDTH, 512]);
        assert_eq!(atlas.image.pixels.len(), WIDTH * 512);
        let pixel = |x: usize, y: usize| atlas.image.pixels[y * WIDTH + x];
        for (texels, color) in placed {
            let [left, top, right, bottom] =
                [texels.left(), texels.top(), texels.right(), texels.bottom()].map(|side| side as usize);
            assert!((top..bottom).all(|y| (left..right).all(|x| pixel(x, y) == color)), "{texels}");
            let gap = (top..bottom).map(|y| pixel(right, y)).chain((left..right).map(|x| pixel(x, bottom)));
            assert!(gap.into_iter().all(|color| color == Color32::TRANSPARENT), "{texels}");
        }
        assert_eq!(pixel(0, 0), Color32::WHITE);
    }

    #[test]
    fn a_full_texture_is_begun_anew() {
        let mut atlas = Atlas::default();
        assert!(atlas.take_restarted() && !atlas.take_restarted(), "it begins");
        // Twenty shelves of ten.
        let places: Vec<Rect> = (0..200).map(|_| atlas.place(&glyph([100, 100], Color32::RED)).texels).collect();
        assert!(!atlas.take_restarted());
        let next = atlas.place(&glyph([100, 100], Color32::RED)).texels;
        assert!(atlas.take_restarted() && !atlas.take_restarted());
        assert_eq!(next, places[0]);
        assert_eq!(atlas.size(), [WIDTH, MAX_HEIGHT]);
        assert_eq!(atlas.image.pixels.iter().filter(|pixel| **pixel == Color32::RED).count(), 10_000);
    }

    #[test]
    fn the_rows_that_have_changed_go_to_the_graphics_card() {
        let mut atlas = Atlas { changed: None, ..Atlas::default() };
        for _ in 0..12 {
            atlas.place(&glyph([100, 50], Color32::RED));
        }
        assert_eq!(atlas.changed, Some([0, 101]), "two shelves");
    }
}
