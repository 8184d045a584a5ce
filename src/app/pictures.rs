//! The pictures that records show, as far as they are kept.

use std::sync::Arc;

use egui::ColorImage;

/// Maximum size of all pictures that are kept, in bytes. Those of one record are always kept.
const MOST_BYTES: usize = 64 << 20;
/// Maximum number of pictures that one record shows.
pub(super) const MOST_SHOWN: usize = 16;

/// What became of a picture: it can be shown, or why it cannot.
pub type ReadPicture = Result<Arc<ColorImage>, String>;

/// The pictures that have been read, by their paths in the document; the one that was wanted last is last.
#[derive(Debug, Default)]
pub struct Pictures(Vec<(String, ReadPicture)>);

impl Pictures {
    /// What became of a picture; `None` if it has not been read.
    #[must_use]
    pub fn get(&self, file: &str) -> Option<&ReadPicture> {
        self.0.iter().find(|(known, _)| known == file).map(|(_, picture)| picture)
    }

    /// Takes in a picture, and forgets those that were wanted longest ago if they are too large together.
    pub(super) fn insert(&mut self, file: String, picture: ReadPicture) {
        self.0.push((file, picture));
        let bytes = |picture: &ReadPicture| picture.as_ref().map_or(0, |image| size_of_val(image.pixels.as_slice()));
        let mut all: usize = self.0.iter().map(|(_, picture)| bytes(picture)).sum();
        while all > MOST_BYTES && self.0.len() > MOST_SHOWN {
            let (_, forgotten) = self.0.remove(0);
            all -= bytes(&forgotten);
        }
    }

    /// Notes that a picture is wanted. Returns `false` if it has not been read.
    pub(super) fn is_wanted(&mut self, file: &str) -> bool {
        let found = self.0.iter().position(|(known, _)| known == file);
        if let Some(found) = found {
            let picture = self.0.remove(found);
            self.0.push(picture);
        }
        found.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_wanted_longest_ago_is_forgotten_first() {
        let mut pictures = Pictures::default();
        let large = || Ok(Arc::new(ColorImage::filled([1024, 1024], egui::Color32::BLACK)));
        for number in 0..20 {
            pictures.insert(number.to_string(), large());
        }
        let known =
            |pictures: &Pictures| (0..30).filter(|file| pictures.get(&file.to_string()).is_some()).collect::<Vec<_>>();
        assert_eq!(known(&pictures), (4..20).collect::<Vec<_>>(), "16 of 4 MiB each");
        assert!(pictures.is_wanted("4") && !pictures.is_wanted("0"));
        pictures.insert("20".to_owned(), large());
        assert_eq!(known(&pictures), std::iter::once(4).chain(6..21).collect::<Vec<_>>());
        pictures.insert("21".to_owned(), Err("missing".to_owned()));
        assert!(matches!(pictures.get("21"), Some(Err(_))));
    }
}
