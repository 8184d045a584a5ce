//! Scenes in the window: every node becomes triangles of one texture, which holds the glyphs and a white pixel.
//!
//! Shapes are tessellated here and not by egui at the end of the frame, because shapes and text of one texture are one
//! call of the graphics card, whatever their order; with the glyphs in a texture of their own each change from shape to
//! text would be another.

mod atlas;
mod mesh;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::sync::Arc;

use egui::{Context, TextureHandle, TextureOptions, Ui};

use crate::scene::text::{FontSet, TextEngine};
use crate::scene::{ImageData, Scene};

use atlas::Atlas;
pub use mesh::shape;
use mesh::{Painter, TextMeshes};

/// What paints scenes in the window, kept from frame to frame by the context.
pub struct Canvas {
    engine: TextEngine,
    atlas: Atlas,
    texts: TextMeshes,
    images: HashMap<usize, Shown>,
}

/// A picture that is on the graphics card.
struct Shown {
    /// Held, so that no other picture takes its place in memory.
    _data: Arc<ImageData>,
    texture: TextureHandle,
    is_used: bool,
}

impl Default for Canvas {
    fn default() -> Self {
        Self::new(FontSet::carried())
    }
}

impl egui::Plugin for Canvas {
    fn debug_name(&self) -> &'static str {
        "canvas of the chart"
    }

    fn on_end_pass(&mut self, _: &mut Ui) {
        self.engine.end_frame();
        self.texts.end_frame();
        self.images.retain(|_, shown| std::mem::take(&mut shown.is_used));
    }
}

impl Canvas {
    /// A canvas that sets text in these fonts.
    #[must_use]
    pub fn new(fonts: FontSet) -> Self {
        Self {
            engine: TextEngine::new(fonts),
            atlas: Atlas::default(),
            texts: TextMeshes::default(),
            images: HashMap::new(),
        }
    }

    /// Does something with the canvas of a context, which has the carried fonts until others are set.
    pub fn with<R>(context: &Context, run: impl FnOnce(&mut Self) -> R) -> R {
        run(&mut context.plugin_or_default::<Self>().lock())
    }

    /// Sets text in other fonts from now on.
    pub fn set_fonts(&mut self, fonts: FontSet) {
        *self = Self::new(fonts);
    }

    /// What shapes the text of the scenes.
    pub const fn engine(&mut self) -> &mut TextEngine {
        &mut self.engine
    }

    /// Paints a scene; its top left is that of the window.
    pub fn paint(&mut self, ui: &Ui, scene: &Scene) {
        let pixels_per_point = ui.ctx().pixels_per_point();
        let transfer = ui.visuals().text_options.color_transfer_function;
        let mut fresh = self.atlas.prepare(ui.ctx(), pixels_per_point, transfer);
        // A full atlas is begun anew while glyphs are added to it; what was placed before is then painted once more.
        for is_last in [false, true] {
            if fresh {
                self.texts.clear();
            }
            let images = &mut self.images;
            let mut texture_of = |data: &Arc<ImageData>| texture(images, ui.ctx(), data);
            let mut painter = Painter::new(ui, self.engine.fonts(), &mut self.atlas, &mut self.texts, &mut texture_of);
            painter.nodes(&scene.nodes);
            let layers = painter.finish();
            fresh = self.atlas.take_restarted();
            if !fresh || is_last {
                for (clip, mesh) in layers {
                    ui.painter().with_clip_rect(clip).add(egui::Shape::mesh(mesh));
                }
                break;
            }
        }
        self.atlas.upload();
    }
}

/// The texture of a picture.
fn texture(images: &mut HashMap<usize, Shown>, context: &Context, data: &Arc<ImageData>) -> egui::TextureId {
    let shown = images.entry(Arc::as_ptr(data).addr()).or_insert_with(|| {
        let size = data.size().map(|side| side as usize);
        let image = egui::ColorImage::from_rgba_unmultiplied(size, data.rgba());
        let options = TextureOptions::LINEAR.with_mipmap_mode(Some(egui::TextureFilter::Linear));
        let texture = context.load_texture("picture", image, options);
        Shown { _data: Arc::clone(data), texture, is_used: true }
    });
    shown.is_used = true;
    shown.texture.id()
}
