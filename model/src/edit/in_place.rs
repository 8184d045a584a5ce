//! Changes of a long text in its place.

use std::sync::Arc;

use super::splice::{Splice, Splices};

/// Maximum number of places far from each other that are changed in place, each of which moves what follows.
const MOST_PLACES: usize = 3;
/// Number of bytes between two splices up to which they are one place.
const NEAR: usize = 1 << 16;
/// Number of bytes by which the room of a text grows.
const ROOM: usize = 1 << 16;

impl Splices {
    /// Returns the text with its replacements as [`apply`](Self::apply) does, in the place of the original if nothing else
    /// refers to that.
    #[must_use]
    pub fn apply_to(&self, text: Arc<String>) -> Arc<String> {
        let places = self.places();
        match Arc::try_unwrap(text) {
            Ok(mut text) if places.len() <= MOST_PLACES => {
                let added: usize = self.as_slice().iter().map(|splice| splice.text.len()).sum();
                if text.capacity() - text.len() < added {
                    // Twice the room, as it grows otherwise, is much for a large text.
                    text.reserve_exact(added + ROOM);
                }
                for place in places.into_iter().rev() {
                    let start = place.as_slice().first().map_or(0, |first| first.range.start);
                    let end = place.as_slice().last().map_or(0, |last| last.range.end);
                    if let Some(part) = text.get(start..end) {
                        let part = place.moved_back(start).apply(part);
                        text.replace_range(start..end, &part);
                    }
                }
                Arc::new(text)
            }
            Ok(text) => Arc::new(self.apply(&text)),
            Err(text) => Arc::new(self.apply(&text)),
        }
    }

    /// Returns the replacements in groups, of which each is at one place.
    fn places(&self) -> Vec<Self> {
        let is_near = |one: &Splice, other: &Splice| other.range.start - one.range.end <= NEAR;
        self.as_slice().chunk_by(is_near).map(Self::of_slice).collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// In place or not, and wherever the replacements are, the text is the same.
        #[test]
        fn a_text_changed_in_place_is_the_same(
            places in prop::collection::btree_map(0_usize..40, ("[x한]{0,3}", 0_usize..3), 0..6),
            far in any::<bool>(),
        ) {
            let line = format!("{}\n", "é".repeat(if far { NEAR } else { 4 }));
            let text = line.repeat(20);
            let step = text.len() / 40 / 2 * 2;
            let boundary = |mut at: usize| { while !text.is_char_boundary(at) { at += 1; } at };
            let splice = |(place, (with, length)): (&usize, &(String, usize))| {
                Splice::new(boundary(place * step)..boundary(place * step + length), with.clone())
            };
            let splices = Splices::new(places.iter().map(splice).collect()).expect("apart");
            let expected = splices.apply(&text);
            let shared = Arc::new(text);
            prop_assert_eq!(&*splices.apply_to(Arc::clone(&shared)), &expected);
            prop_assert_eq!(&*splices.apply_to(shared), &expected);
        }
    }
}
