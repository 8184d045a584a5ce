//! What another program has changed in a text.

use std::ops::Range;

use super::splice::{Splice, Splices};

/// Texts that differ in more pieces than this, or of which more are between the first difference and the last, are
/// replaced from the first difference to the last.
const MOST: (usize, usize) = (500, 50_000);

/// Returns what makes `after` of `before`, in whole pieces: a piece ends with a comma or a line, so that two changes of
/// one value are never told apart.
#[must_use]
pub fn difference(before: &str, after: &str) -> Splices {
    let (start, ends) = common_ends(before, after);
    let (Some(old), Some(new)) = (before.get(start..ends[0]), after.get(start..ends[1])) else {
        return Splices::default();
    };
    if old.is_empty() && new.is_empty() {
        return Splices::default();
    }
    let (old_pieces, new_pieces) = (pieces(old), pieces(new));
    let differing = if old_pieces.len() + new_pieces.len() <= MOST.1 { runs(&old_pieces, &new_pieces) } else { None };
    let whole = || vec![(0..old_pieces.len(), 0..new_pieces.len())];
    let offset = |pieces: &[&str], at: usize| pieces.iter().take(at).map(|piece| piece.len()).sum::<usize>();
    let splice = |(removed, added): (Range<usize>, Range<usize>)| {
        let range = start + offset(&old_pieces, removed.start)..start + offset(&old_pieces, removed.end);
        let added = offset(&new_pieces, added.start)..offset(&new_pieces, added.end);
        Splice::new(range, new.get(added).unwrap_or_default())
    };
    let splices = differing.unwrap_or_else(whole).into_iter().map(splice).collect();
    // Runs are disjoint and in order.
    Splices::new(splices).unwrap_or_default()
}

/// Returns where both texts begin to differ, and where each ends to, at the ends of pieces.
fn common_ends(before: &str, after: &str) -> (usize, [usize; 2]) {
    let (before, after) = (before.as_bytes(), after.as_bytes());
    let both = before.iter().zip(after);
    let start = equal_chunks(before, after, true);
    let start = start + both.skip(start).take_while(|(a, b)| a == b).count();
    let start =
        before.get(..start).and_then(|same| same.iter().rposition(|byte| is_end(*byte))).map_or(0, |end| end + 1);
    let (old, new) = (before.get(start..).unwrap_or_default(), after.get(start..).unwrap_or_default());
    let same = equal_chunks(old, new, false);
    let same = same + old.iter().rev().zip(new.iter().rev()).skip(same).take_while(|(a, b)| a == b).count();
    // What is before the first end of a piece may belong to a piece that differs.
    let tail = old.get(old.len() - same..).unwrap_or_default();
    let is_whole = same == old.len() && same == new.len();
    let skipped = if is_whole { 0 } else { tail.iter().position(|byte| is_end(*byte)).map_or(same, |end| end + 1) };
    (start, [before.len() - (same - skipped), after.len() - (same - skipped)])
}

/// Returns the length of the chunks that both begin with, or end with, which are compared at memory speed.
fn equal_chunks(one: &[u8], other: &[u8], at_start: bool) -> usize {
    const CHUNK: usize = 4096;
    let mut length = 0;
    loop {
        let next = length + CHUNK;
        let chunk = |bytes: &[u8]| -> Option<(usize, usize)> {
            let free = bytes.len().checked_sub(next)?;
            Some(if at_start { (length, next) } else { (free, free + CHUNK) })
        };
        let (Some(a), Some(b)) = (chunk(one), chunk(other)) else { return length };
        if one.get(a.0..a.1) != other.get(b.0..b.1) {
            return length;
        }
        length = next;
    }
}

fn is_end(byte: u8) -> bool {
    matches!(byte, b',' | b'\n')
}

fn pieces(text: &str) -> Vec<&str> {
    text.split_inclusive([',', '\n']).collect()
}

/// Returns the runs of pieces that differ, shortest script first: Myers, "An O(ND) difference algorithm and its
/// variations" (1986). Returns `None` if there are too many.
fn runs(old: &[&str], new: &[&str]) -> Option<Vec<(Range<usize>, Range<usize>)>> {
    let most = (old.len() + new.len()).min(MOST.0);
    // The farthest piece of `old` on each diagonal, by the number of differences.
    let mut trace: Vec<Vec<usize>> = Vec::new();
    let mut farthest = vec![0_usize; 2 * most + 3];
    let middle = most + 1;
    for differences in 0..=most {
        trace.push(farthest.clone());
        for diagonal in (0..=differences).map(|step| middle + 2 * step - differences) {
            let [below, above] = [diagonal - 1, diagonal + 1].map(|at| farthest.get(at).copied().unwrap_or_default());
            let is_added = diagonal == middle - differences || diagonal != middle + differences && below < above;
            let mut x = if is_added { above } else { below + 1 };
            let mut y = (x + middle).checked_sub(diagonal)?;
            while x < old.len() && y < new.len() && old.get(x) == new.get(y) {
                (x, y) = (x + 1, y + 1);
            }
            *farthest.get_mut(diagonal)? = x;
            if x >= old.len() && y >= new.len() {
                return back(&trace, middle, old.len(), new.len());
            }
        }
    }
    None
}

/// Returns the runs that lead to the end of both texts.
fn back(trace: &[Vec<usize>], middle: usize, old: usize, new: usize) -> Option<Vec<(Range<usize>, Range<usize>)>> {
    let mut found: Vec<(Range<usize>, Range<usize>)> = Vec::new();
    let (mut x, mut y) = (old, new);
    for (differences, farthest) in trace.iter().enumerate().skip(1).rev() {
        let diagonal = x + middle - y;
        let [below, above] = [diagonal - 1, diagonal + 1].map(|at| farthest.get(at).copied().unwrap_or_default());
        let is_added = diagonal == middle - differences || diagonal != middle + differences && below < above;
        let before = if is_added {
            (above, (above + middle).checked_sub(diagonal + 1)?)
        } else {
            (below, (below + middle).checked_sub(diagonal - 1)?)
        };
        let after = if is_added { (before.0, before.1 + 1) } else { (before.0 + 1, before.1) };
        match found.last_mut() {
            Some((removed, added)) if removed.start == after.0 && added.start == after.1 => {
                (removed.start, added.start) = before;
            }
            _ => found.push((before.0..after.0, before.1..after.1)),
        }
        (x, y) = before;
    }
    found.reverse();
    Some(found)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_difference_makes_the_one_text_of_the_other(before in "[ab,\n]{0,30}", after in "[ab,\n]{0,30}") {
            prop_assert_eq!(difference(&before, &after).apply(&before), after);
        }

        #[test]
        fn what_is_the_same_is_not_replaced(pieces in prop::collection::vec("[a-e]{1,3}\n", 1..30), at in 0..30_usize) {
            let before = pieces.concat();
            let mut changed = pieces.clone();
            let at = at % changed.len();
            changed[at] = "new\n".to_owned();
            let found = difference(&before, &changed.concat());
            let range = pieces[..at].concat().len()..pieces[..=at].concat().len();
            prop_assert_eq!(found.as_slice(), &[Splice::new(range, "new\n")]);
        }
    }

    #[test]
    fn changes_far_from_each_other_are_told_apart() {
        let check = |before: &str, after: &str, expect: &[(&str, &str)]| {
            let found = difference(before, after);
            let found: Vec<(&str, &str)> =
                found.as_slice().iter().map(|one| (&before[one.range.clone()], one.text.as_str())).collect();
            assert_eq!(found, expect, "{before:?} {after:?}");
        };
        check("a, b, c\nd", "a, b, c\nd", &[]);
        check("a, b, c\nd", "a, x, c\ny", &[(" b,", " x,"), ("d", "y")]);
        check("a,b,c,", "a,c,", &[("b,", "")]);
        check("a,c,", "a,b,c,", &[("", "b,")]);
        check("é,", "è,", &[("é,", "è,")]);
        check("", "a", &[("", "a")]);
        let long = |middle: &str| format!("{}{middle}{}", "same,\n".repeat(3000), "same,\n".repeat(3000));
        check(&long("a,"), &long("b,"), &[("a,", "b,")]);
    }
}
