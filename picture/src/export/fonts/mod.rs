//! System fonts for characters that the bundled ones lack, and subsets of fonts for embedding.

mod characters;
mod folders;
mod missing;
mod subset;
mod substitutes;
mod system;

pub(super) use characters::{is_ignorable, is_seen};
pub use missing::missing_in;
pub(super) use subset::subset;
pub use substitutes::{Fallback, Substitutes};
pub use system::{NeededFonts, lacking};

#[cfg(test)]
mod tests {
    use crate::scene::text::FontSet;

    /// Returns the bytes of the bundled fonts: regular and bold.
    pub fn carried() -> [Vec<u8>; 2] {
        let set = FontSet::carried();
        let mut faces = set.faces().map(|(_, face)| face.data.as_ref().to_vec());
        [(); 2].map(|()| faces.next().expect("two faces"))
    }
}
