//! Fonts of the system, for what the carried ones lack, and fonts cut down to what a file needs of them.

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

    /// The bytes of the carried fonts: regular and bold.
    pub fn carried() -> [Vec<u8>; 2] {
        let set = FontSet::carried();
        let mut faces = set.faces().map(|(_, face)| face.data.as_ref().to_vec());
        [(); 2].map(|()| faces.next().expect("two faces"))
    }
}
