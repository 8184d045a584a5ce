//! Replacements of bytes of a text.

use std::collections::VecDeque;
use std::ops::Range;

use thiserror::Error;

use crate::sorting;

/// Bytes of a text, and what replaces them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Splice {
    /// The bytes that are replaced; empty where something is inserted.
    pub range: Range<usize>,
    /// What replaces them.
    pub text: String,
}

/// Replacements of disjoint ranges of one text, in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Splices(Vec<Splice>);

/// Two replacements of the same bytes, or two insertions at the same place.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
#[error("both change the text at byte {at}")]
pub struct Overlap {
    /// The first byte that both change.
    pub at: usize,
}

impl Splice {
    /// Returns the replacement of a range.
    pub fn new(range: Range<usize>, text: impl Into<String>) -> Self {
        Self { range, text: text.into() }
    }

    /// Returns the insertion of a text.
    pub fn insertion(at: usize, text: impl Into<String>) -> Self {
        Self::new(at..at, text)
    }

    /// Returns the removal of a range.
    #[must_use]
    pub fn removal(range: Range<usize>) -> Self {
        Self::new(range, "")
    }
}

impl Splices {
    /// Returns replacements in the order of their ranges. Insertions at the same place keep their order.
    ///
    /// # Errors
    /// Returns an error if two ranges overlap.
    pub fn new(mut splices: Vec<Splice>) -> Result<Self, Overlap> {
        splices.retain(|splice| !splice.range.is_empty() || !splice.text.is_empty());
        sorting::by_key(&mut splices, |splice| (splice.range.start, splice.range.end));
        let mut after = 0;
        for splice in &splices {
            if splice.range.start < after {
                return Err(Overlap { at: splice.range.start });
            }
            after = splice.range.end;
        }
        Ok(Self(splices))
    }

    /// Returns some replacements that are disjoint and in order.
    pub(super) fn of_slice(splices: &[Splice]) -> Self {
        Self(splices.to_vec())
    }

    /// Returns the replacements for a text, as ones of the part of it that begins at `by` and holds all of them.
    pub(super) fn moved_back(mut self, by: usize) -> Self {
        for splice in &mut self.0 {
            splice.range = splice.range.start - by..splice.range.end - by;
        }
        self
    }

    /// Returns the replacements, in the order of their ranges.
    #[must_use]
    pub fn as_slice(&self) -> &[Splice] {
        &self.0
    }

    /// Returns whether nothing is replaced.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the text with its replacements. Ranges outside of the text, or within a character, are left as they are.
    #[must_use]
    pub fn apply(&self, text: &str) -> String {
        let added: usize = self.0.iter().map(|splice| splice.text.len()).sum();
        let mut edited = String::with_capacity(text.len() + added);
        let mut at = 0;
        for Splice { range, text: with } in &self.0 {
            if let (Some(before), true) = (text.get(at..range.start), text.get(range.clone()).is_some()) {
                edited.push_str(before);
                edited.push_str(with);
                at = range.end;
            }
        }
        edited.push_str(text.get(at..).unwrap_or_default());
        edited
    }

    /// Returns what makes the original text of the edited one.
    #[must_use]
    pub fn inverse(&self, original: &str) -> Self {
        let mut moved = Moved::default();
        let inverse = self.0.iter().map(|Splice { range, text }| {
            let start = moved.at(range.start);
            moved.pass(range, text);
            Splice::new(start..start + text.len(), original.get(range.clone()).unwrap_or_default())
        });
        Self(inverse.collect())
    }

    /// Returns the replacements for a text that is part of another, as ones of the other, in which it begins at `by`.
    #[must_use]
    pub fn moved(mut self, by: usize) -> Self {
        for splice in &mut self.0 {
            splice.range = splice.range.start + by..splice.range.end + by;
        }
        self
    }

    /// Returns the replacements that do at once what these and then `next`, which is about the edited text, do.
    #[must_use]
    pub fn then(self, next: Self) -> Self {
        let mut rest = Pieces::of(self);
        let mut combined = Vec::new();
        let mut at = 0;
        for Splice { range, text } in next.0 {
            rest.take(range.start - at, &mut |piece| combined.push(piece));
            rest.take(range.len(), &mut |_| {});
            combined.push(Piece::New(text));
            at = range.end;
        }
        combined.extend(rest.0);
        splices(combined)
    }

    /// Returns these replacements as ones of the text that `other`, which is about the same text, makes.
    ///
    /// # Errors
    /// Returns an error if both change the same bytes, or insert at the same place.
    pub fn after(&self, other: &Self) -> Result<Self, Overlap> {
        let mut moved = Moved::default();
        let mut others = other.0.iter().peekable();
        let mut rebased = Vec::with_capacity(self.0.len());
        for splice in &self.0 {
            while let Some(done) = others.next_if(|done| {
                done.range.end <= splice.range.start && !(done.range.is_empty() && done.range.end == splice.range.start)
                    || done.range.end < splice.range.start
            }) {
                moved.pass(&done.range, &done.text);
            }
            if let Some(next) = others.peek()
                && (next.range.start < splice.range.end
                    || next.range.start == splice.range.start && next.range.is_empty())
            {
                return Err(Overlap { at: next.range.start.max(splice.range.start) });
            }
            rebased.push(Splice::new(moved.at(splice.range.start)..moved.at(splice.range.end), splice.text.clone()));
        }
        Ok(Self(rebased))
    }
}

/// A piece of an edited text.
enum Piece {
    /// Bytes of the original text.
    Kept(Range<usize>),
    New(String),
}

/// An edited text from some place on.
struct Pieces(VecDeque<Piece>);

impl Pieces {
    fn of(splices: Splices) -> Self {
        let mut pieces = VecDeque::new();
        let mut at = 0;
        for Splice { range, text } in splices.0 {
            pieces.extend([Piece::Kept(at..range.start), Piece::New(text)]);
            at = range.end;
        }
        // Wherever the text ends.
        pieces.push_back(Piece::Kept(at..usize::MAX));
        Self(pieces)
    }

    /// Takes a number of bytes.
    fn take(&mut self, mut length: usize, to: &mut dyn FnMut(Piece)) {
        while length > 0
            && let Some(first) = self.0.pop_front()
        {
            let (taken, left, count) = first.cut(length);
            length -= count;
            to(taken);
            if let Some(left) = left {
                self.0.push_front(left);
            }
        }
    }
}

impl Piece {
    /// Returns at most `most` bytes, the bytes after them, and the number taken.
    fn cut(self, most: usize) -> (Self, Option<Self>, usize) {
        match self {
            Self::Kept(range) if range.len() > most => {
                let middle = range.start + most;
                (Self::Kept(range.start..middle), Some(Self::Kept(middle..range.end)), most)
            }
            Self::New(mut text) if text.len() > most => {
                // A splice of the edited text never cuts a character.
                let left = if text.is_char_boundary(most) { text.split_off(most) } else { String::new() };
                (Self::New(text), Some(Self::New(left)), most)
            }
            Self::Kept(range) => {
                let count = range.len();
                (Self::Kept(range), None, count)
            }
            Self::New(text) => {
                let count = text.len();
                (Self::New(text), None, count)
            }
        }
    }
}

/// Returns what makes an edited text of the original.
fn splices(pieces: Vec<Piece>) -> Splices {
    let mut splices = Vec::new();
    let (mut at, mut new) = (0, String::new());
    for piece in pieces {
        match piece {
            Piece::New(text) => new += &text,
            Piece::Kept(range) if range.is_empty() => {}
            Piece::Kept(range) => {
                if !new.is_empty() || at < range.start {
                    splices.push(Splice::new(at..range.start, std::mem::take(&mut new)));
                }
                at = range.end;
            }
        }
    }
    Splices(splices)
}

/// Where offsets of an original text are in the edited one.
#[derive(Default)]
struct Moved {
    added: usize,
    removed: usize,
}

impl Moved {
    fn at(&self, offset: usize) -> usize {
        (offset + self.added).saturating_sub(self.removed)
    }

    fn pass(&mut self, range: &Range<usize>, text: &str) {
        self.added += text.len();
        self.removed += range.len();
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Returns disjoint replacements of a text of ASCII characters.
    fn made(text: &str, seeds: &[(usize, usize, String)]) -> Splices {
        let mut all: Vec<Splice> = Vec::new();
        for (start, length, with) in seeds {
            let start = start % (text.len() + 1);
            let range = start..(start + length).min(text.len());
            let is_clear = |other: &Splice| other.range.end < range.start || range.end < other.range.start;
            if all.iter().all(is_clear) {
                all.push(Splice::new(range, with.clone()));
            }
        }
        Splices::new(all).expect("disjoint")
    }

    fn seeds() -> impl Strategy<Value = Vec<(usize, usize, String)>> {
        prop::collection::vec((0..60_usize, 0..8_usize, "[A-Z]{0,5}"), 0..8)
    }

    proptest! {
        #[test]
        fn an_inverse_gives_the_original(text in "[a-z]{0,40}", seeds in seeds()) {
            let splices = made(&text, &seeds);
            let edited = splices.apply(&text);
            prop_assert_eq!(splices.inverse(&text).apply(&edited), text);
        }

        #[test]
        fn two_edits_at_once_are_one_after_the_other(text in "[a-z]{0,40}", first in seeds(), second in seeds()) {
            let first = made(&text, &first);
            let edited = first.apply(&text);
            let second = made(&edited, &second);
            let combined = first.clone().then(second.clone());
            prop_assert_eq!(combined.apply(&text), second.apply(&edited), "{:?} {:?}", first, second);
            prop_assert_eq!(Splices::new(combined.0.clone()), Ok(combined));
        }

        #[test]
        fn edits_that_do_not_overlap_commute(text in "[a-z]{0,40}", first in seeds(), second in seeds()) {
            let (first, second) = (made(&text, &first), made(&text, &second));
            if let (Ok(then), Ok(other)) = (second.after(&first), first.after(&second)) {
                prop_assert_eq!(then.apply(&first.apply(&text)), other.apply(&second.apply(&text)));
            }
        }
    }

    #[test]
    fn changes_of_the_same_place_overlap() {
        let check = |one: Splice, other: Splice, is_clear: bool| {
            let [one, other] = [one, other].map(|splice| Splices::new(vec![splice]).expect("one"));
            assert_eq!(one.after(&other).is_ok(), is_clear, "{one:?} {other:?}");
            assert_eq!(other.after(&one).is_ok(), is_clear, "{other:?} {one:?}");
        };
        check(Splice::new(2..4, "x"), Splice::new(4..5, "y"), true);
        check(Splice::new(2..4, "x"), Splice::new(3..5, "y"), false);
        check(Splice::insertion(2, "x"), Splice::insertion(2, "y"), false);
        check(Splice::insertion(2, "x"), Splice::insertion(3, "y"), true);
        check(Splice::insertion(3, "x"), Splice::new(2..4, "y"), false);
    }
}
