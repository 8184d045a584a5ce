//! Splices of a whole text: in place, and between two texts.

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

    /// Returns what makes a text of another: one replacement, without what both begin and end with.
    ///
    /// ```
    /// use longview_model::edit::Splices;
    ///
    /// let splices = Splices::between("1965, Tokio", "1965, Tokyo");
    /// assert_eq!(splices.as_slice()[0].range, 9..10);
    /// assert_eq!(splices.apply("1965, Tokio"), "1965, Tokyo");
    /// ```
    #[must_use]
    pub fn between(old: &str, new: &str) -> Self {
        let most = old.len().min(new.len());
        let mut start = common(old.as_bytes(), new.as_bytes(), most);
        while !old.is_char_boundary(start) || !new.is_char_boundary(start) {
            start -= 1;
        }
        let mut after = common_end(old.as_bytes(), new.as_bytes(), most - start);
        while !old.is_char_boundary(old.len() - after) || !new.is_char_boundary(new.len() - after) {
            after -= 1;
        }
        let with = new.get(start..new.len() - after).unwrap_or_default();
        Self::new(vec![Splice::new(start..old.len() - after, with)]).unwrap_or_default()
    }
}

/// Number of bytes that are compared at once.
const BLOCK: usize = 4096;

/// Returns how many bytes two texts begin with in common, at most `most`.
fn common(one: &[u8], other: &[u8], most: usize) -> usize {
    let (one, other) = (one.get(..most).unwrap_or(one), other.get(..most).unwrap_or(other));
    let same = one.chunks(BLOCK).zip(other.chunks(BLOCK)).take_while(|(one, other)| one == other).count();
    let start = (same * BLOCK).min(most);
    let rest = one.iter().zip(other).skip(start);
    start + rest.take_while(|(one, other)| one == other).count()
}

/// Returns how many bytes two texts end with in common, at most `most`.
fn common_end(one: &[u8], other: &[u8], most: usize) -> usize {
    let last = |bytes: &[u8]| bytes.len().saturating_sub(most);
    let (one, other) = (one.get(last(one)..).unwrap_or(one), other.get(last(other)..).unwrap_or(other));
    let same = one.rchunks(BLOCK).zip(other.rchunks(BLOCK)).take_while(|(one, other)| one == other).count();
    let start = (same * BLOCK).min(most);
    let rest = one.iter().rev().zip(other.iter().rev()).skip(start);
    start + rest.take_while(|(one, other)| one == other).count()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_between_two_texts_makes_one_of_the_other(
            shared in ("[aé한]{0,8}", "[aé한]{0,8}"),
            own in ("[aé한b]{0,6}", "[aé한c]{0,6}"),
            times in 0_usize..2_000,
        ) {
            let long = "aé".repeat(times);
            let text = |own: &str| format!("{}{long}{own}{long}{}", shared.0, shared.1);
            let (old, new) = (text(&own.0), text(&own.1));
            let splices = Splices::between(&old, &new);
            prop_assert_eq!(splices.apply(&old), new);
            let changed: usize = splices.as_slice().iter().map(|splice| splice.range.len()).sum();
            prop_assert!(changed <= own.0.len(), "{:?}", splices);
        }

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
