//! Data that an export keeps for each font that it uses.

use std::sync::Arc;

use crate::scene::text::FontIndex;

/// A value for each face and position on its axes.
pub(super) struct PerFont<T> {
    // A page has only a few, for which a linear search is faster than hashing.
    entries: Vec<Entry<T>>,
}

struct Entry<T> {
    font: FontIndex,
    coords: Arc<[i16]>,
    value: T,
}

impl<T> PerFont<T> {
    pub const fn new() -> Self {
        Self { entries: Vec::new() }
    }

    /// Returns the value of a font, creating it on first use.
    pub fn get(&mut self, font: FontIndex, coords: &Arc<[i16]>, make: impl FnOnce() -> T) -> &mut T {
        let known = self.entries.iter().position(|entry| entry.font == font && entry.coords == *coords);
        let place = known.unwrap_or_else(|| {
            self.entries.push(Entry { font, coords: Arc::clone(coords), value: make() });
            self.entries.len() - 1
        });
        &mut self.entries[place].value
    }
}
