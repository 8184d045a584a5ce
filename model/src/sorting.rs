//! Sorts what is short or seldom sorted by one sort for all types.
//!
//! The standard library's sort is compiled anew for each type and each order, in about 5,000 bytes. This one sorts
//! positions, through a pointer to the order, so that what is compiled for each use is a loop that swaps. It is for lists
//! that are not sorted while a frame is drawn or a million events are read.

use std::cmp::Ordering;

/// Sorts a list by an order, which is that of [`slice::sort_by`]: equal elements keep their places.
pub fn by<T>(items: &mut [T], compare: impl Fn(&T, &T) -> Ordering) {
    let order = {
        let items = &*items;
        sorted(items.len(), &|one, other| match (items.get(one), items.get(other)) {
            (Some(one), Some(other)) => compare(one, other),
            _ => Ordering::Equal,
        })
    };
    cycles(order, &mut |one, other| items.swap(one, other));
}

/// Sorts a list by keys, as [`slice::sort_by_key`]: elements with equal keys keep their places.
pub fn by_key<T, K: Ord>(items: &mut [T], key: impl Fn(&T) -> K) {
    by(items, |one, other| key(one).cmp(&key(other)));
}

/// Returns the positions of so many elements in their order.
fn sorted(count: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by(|one, other| compare(*one, *other));
    order
}

/// Swaps elements so that the one which was at `order[i]` is at `i`.
fn cycles(mut order: Vec<usize>, swap: &mut dyn FnMut(usize, usize)) {
    for start in 0..order.len() {
        let mut at = start;
        while let Some(from) = order.get_mut(at) {
            let from = std::mem::replace(from, at);
            if from == start || from == at {
                break;
            }
            swap(at, from);
            at = from;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn sorts_as_the_standard_library_does(keys in prop::collection::vec(0u8..20, 0..60)) {
            let numbered: Vec<(u8, usize)> = keys.iter().copied().zip(0..).collect();
            let (mut ours, mut theirs) = (numbered.clone(), numbered);
            super::by_key(&mut ours, |(key, _)| *key);
            theirs.sort_by_key(|(key, _)| *key);
            prop_assert_eq!(&ours, &theirs);
            super::by(&mut ours, |one, other| other.0.cmp(&one.0));
            theirs.sort_by_key(|(key, _)| std::cmp::Reverse(*key));
            prop_assert_eq!(ours, theirs);
        }
    }
}
