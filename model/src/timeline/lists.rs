//! Takes elements out of long lists and puts others in.

/// Number of changes up to which a list is changed in place.
const FEW: usize = 4;

/// Takes out the elements at some positions, then puts others in, each at its position in the remaining list. Both are
/// ascending; elements for the same position keep their order.
pub(super) fn replace<T: Copy>(list: &mut Vec<T>, removed: &[usize], inserted: &[(usize, T)]) {
    if removed.len() + inserted.len() <= FEW {
        for position in removed.iter().rev().filter(|position| **position < list.len()).collect::<Vec<_>>() {
            list.remove(*position);
        }
        for (position, element) in inserted.iter().rev() {
            list.insert((*position).min(list.len()), *element);
        }
        return;
    }
    let mut kept = Vec::with_capacity((list.len() + inserted.len()).saturating_sub(removed.len()));
    let mut inserted = inserted.iter().peekable();
    let mut at = 0;
    let mut keep = |mut run: &[T], kept: &mut Vec<T>, is_end: bool| {
        // The number of elements that remain, without those that were put in.
        while let Some((place, element)) = inserted.next_if(|(place, _)| is_end || *place <= at + run.len()) {
            let (before, after) = run.split_at_checked(place - at).unwrap_or((run, &[]));
            kept.extend_from_slice(before);
            kept.push(*element);
            at += before.len();
            run = after;
        }
        kept.extend_from_slice(run);
        at += run.len();
    };
    let mut from = 0;
    for position in removed {
        keep(list.get(from..*position).unwrap_or_default(), &mut kept, false);
        from = position + 1;
    }
    keep(list.get(from..).unwrap_or_default(), &mut kept, true);
    *list = kept;
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn elements_are_where_they_are_put(
            list in prop::collection::vec(0_u32..100, 0..40),
            removed in prop::collection::vec(any::<prop::sample::Index>(), 0..12),
            inserted in prop::collection::vec((any::<prop::sample::Index>(), 100_u32..200), 0..12),
        ) {
            let mut removed: Vec<usize> = removed.into_iter().filter(|_| !list.is_empty()).map(|at| at.index(list.len())).collect();
            removed.sort_unstable();
            removed.dedup();
            let left = list.len() - removed.len();
            let mut inserted: Vec<(usize, u32)> = inserted.into_iter().map(|(at, element)| (at.index(left + 1), element)).collect();
            inserted.sort_by_key(|(at, _)| *at);
            let mut expected: Vec<u32> = list.iter().enumerate().filter(|(at, _)| !removed.contains(at)).map(|(_, element)| *element).collect();
            for (at, element) in inserted.iter().rev() {
                expected.insert(*at, *element);
            }
            let mut changed = list;
            replace(&mut changed, &removed, &inserted);
            prop_assert_eq!(changed, expected);
        }
    }
}
