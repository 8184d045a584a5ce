//! The textures of the pictures in the record.

use std::collections::HashMap;
use std::sync::Arc;

use egui::{ColorImage, TextureHandle, TextureOptions, Ui};

/// Textures of pictures, as long as they are shown.
#[derive(Default)]
pub struct Textures(HashMap<String, Known>);

struct Known {
    image: Arc<ColorImage>,
    texture: TextureHandle,
    is_used: bool,
}

impl Textures {
    /// The texture of a picture with this path.
    pub fn of(&mut self, ui: &Ui, file: &str, image: &Arc<ColorImage>) -> TextureHandle {
        if let Some(known) = self.0.get_mut(file).filter(|known| Arc::ptr_eq(&known.image, image)) {
            known.is_used = true;
            return known.texture.clone();
        }
        let texture = ui.ctx().load_texture(file, Arc::clone(image), TextureOptions::LINEAR);
        let known = Known { image: Arc::clone(image), texture: texture.clone(), is_used: true };
        self.0.insert(file.to_owned(), known);
        texture
    }

    /// Forgets what was not shown since the last call.
    pub fn retain_used(&mut self) {
        self.0.retain(|_, known| std::mem::take(&mut known.is_used));
    }
}
