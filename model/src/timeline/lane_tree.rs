//! The tree of lanes: which lane contains which, and their order.
//!
//! Lanes are stored depth first, so that a lane and all lanes in it are one range.

use crate::document::{self, DocPath, MAX_LANE_DEPTH, Problem};

use super::ids::{Ids, error};

/// The place of each lane in the tree. Positions are depth first, numbers are those of the document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct LaneTree {
    /// The places, depth first.
    pub places: Vec<Place>,
    /// The position of each lane, by its number in the document.
    pub positions: Vec<usize>,
}

/// The place of a lane in the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// The number of the lane in the document.
    pub number: usize,
    /// The position of the lane that contains it.
    pub parent: Option<usize>,
    /// Number of lanes around it.
    pub depth: usize,
    /// Number of lanes in it, at any depth. They follow it.
    pub descendants: usize,
}

impl LaneTree {
    /// Finds the parents of the lanes, and reports unknown ones, lanes that contain themselves, and too deep nesting. A
    /// lane whose parent is such a mistake is at the top.
    pub fn new(lanes: &[document::Lane], ids: &Ids, problems: &mut Vec<Problem>) -> Self {
        let mut parents: Vec<Option<usize>> = Vec::with_capacity(lanes.len());
        for (number, lane) in lanes.iter().enumerate() {
            let parent = lane.parent.as_ref().and_then(|id| {
                let parent = ids.find(id, || path(number), problems)?;
                if parent == number {
                    let hint = "leave `parent` out for a lane at the top".to_owned();
                    problems.push(error(path(number), "a lane cannot be its own parent".to_owned(), Some(hint)));
                }
                (parent != number).then_some(parent)
            });
            parents.push(parent);
        }
        break_cycles(lanes, &mut parents, problems);
        let mut children: Vec<Vec<usize>> = vec![Vec::new(); lanes.len()];
        let mut tops = Vec::new();
        for (number, parent) in parents.iter().enumerate() {
            match parent.and_then(|parent| children.get_mut(parent)) {
                Some(children) => children.push(number),
                None => tops.push(number),
            }
        }
        Self::depth_first(&tops, &children, problems)
    }

    fn depth_first(tops: &[usize], children: &[Vec<usize>], problems: &mut Vec<Problem>) -> Self {
        let mut tree = Self { places: Vec::with_capacity(children.len()), positions: vec![0; children.len()] };
        let mut waiting: Vec<(usize, Option<usize>, usize)> = tops.iter().rev().map(|top| (*top, None, 0)).collect();
        let mut too_deep = Vec::new();
        loop {
            // What is nested too deep comes last, at the top.
            let next = waiting.pop().or_else(|| too_deep.pop().map(|number| (number, None, 0)));
            let Some((number, parent, depth)) = next else { break };
            if depth == MAX_LANE_DEPTH {
                let hint = "put it into a lane nearer to the top".to_owned();
                let message = format!("lanes are nested more than {MAX_LANE_DEPTH} deep");
                problems.push(error(path(number), message, Some(hint)));
                too_deep.push(number);
                continue;
            }
            let position = tree.places.len();
            tree.places.push(Place { number, parent, depth, descendants: 0 });
            if let Some(held) = tree.positions.get_mut(number) {
                *held = position;
            }
            let within = children.get(number).map_or(&[][..], Vec::as_slice);
            waiting.extend(within.iter().rev().map(|child| (*child, Some(position), depth + 1)));
        }
        for position in (0..tree.places.len()).rev() {
            let Some(Place { parent, descendants, .. }) = tree.places.get(position).copied() else { continue };
            if let Some(parent) = parent.and_then(|parent| tree.places.get_mut(parent)) {
                parent.descendants += descendants + 1;
            }
        }
        tree
    }
}

/// Reports each cycle of parents once, at its first lane in the document, which then has no parent.
fn break_cycles(lanes: &[document::Lane], parents: &mut [Option<usize>], problems: &mut Vec<Problem>) {
    /// Maximum number of ids in a message.
    const NAMED: usize = 6;
    // The walk in which each lane was reached; a lane that is reached again in one walk is in a cycle.
    let mut walks: Vec<Option<usize>> = vec![None; parents.len()];
    for start in 0..parents.len() {
        let mut at = Some(start);
        while let Some(number) = at {
            match walks.get_mut(number) {
                Some(walk @ None) => *walk = Some(start),
                Some(Some(walk)) if *walk == start => break,
                _ => at = None,
            }
            at = at.and_then(|number| parents.get(number).copied().flatten());
        }
        let Some(first) = at else { continue };
        let cycle: Vec<usize> = std::iter::successors(parents.get(first).copied().flatten(), |number| {
            parents.get(*number).copied().flatten().filter(|_| *number != first)
        })
        .collect();
        let Some(first) = cycle.iter().copied().min() else { continue };
        let id = |number: &usize| lanes.get(*number).map_or("", |lane| lane.id.as_str());
        let rest = cycle.iter().cycle().skip_while(|number| **number != first).take(cycle.len());
        let mut words: Vec<String> = rest.take(NAMED).map(|number| format!("`{}`", id(number))).collect();
        words.push(if cycle.len() > NAMED { "…".to_owned() } else { format!("`{}`", id(&first)) });
        let message = format!("lanes contain each other: {}", words.join(" is in "));
        let hint = "leave `parent` out of the one that is at the top".to_owned();
        problems.push(error(path(first), message, Some(hint)));
        if let Some(parent) = parents.get_mut(first) {
            *parent = None;
        }
    }
}

fn path(number: usize) -> DocPath {
    DocPath::root().field("lanes").index(number).field("parent")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the ids of the lanes depth first, each after as many dots as lanes are around it, and the problems.
    /// Lanes are written as `id` or `id<parent`.
    fn tree(lanes: &str) -> (String, Vec<String>) {
        let lane = |text: &str| {
            let (id, parent) = text.split_once('<').map_or((text, None), |(id, parent)| (id, Some(parent)));
            document::Lane { id: id.to_owned(), parent: parent.map(str::to_owned), ..Default::default() }
        };
        let lanes: Vec<document::Lane> = lanes.split_whitespace().map(lane).collect();
        let mut problems = Vec::new();
        let ids = Ids::new("lane", "lanes", lanes.iter().map(|lane| &lane.id), &mut problems);
        let tree = LaneTree::new(&lanes, &ids, &mut problems);
        for (position, place) in tree.places.iter().enumerate() {
            assert_eq!(tree.positions[place.number], position);
            let within = tree.places[position + 1..].iter().take_while(|later| later.depth > place.depth);
            assert_eq!(within.count(), place.descendants);
            assert_eq!(place.parent.map(|parent| tree.places[parent].depth + 1).unwrap_or_default(), place.depth);
        }
        let words = tree.places.iter().map(|place| ".".repeat(place.depth) + &lanes[place.number].id);
        (words.collect::<Vec<_>>().join(" "), problems.into_iter().map(|problem| problem.message).collect())
    }

    #[track_caller]
    fn check(lanes: &str, expect: &str, problems: &[&str]) {
        let (found, said) = tree(lanes);
        assert_eq!(found, expect);
        assert_eq!(said, problems);
    }

    #[test]
    fn lanes_are_depth_first_in_the_order_of_the_document() {
        check("a b c", "a b c", &[]);
        check("a b<a c d<a e<b", "a .b ..e .d c", &[]);
        check("child<top other top", "other top .child", &[]);
    }

    #[test]
    fn wrong_parents_are_said_and_no_lane_is_lost() {
        check("a b<x", "a b", &["there is no lane `x`"]);
        check("a<a b<a", "a .b", &["a lane cannot be its own parent"]);
        check("a<b b<a", "a .b", &["lanes contain each other: `a` is in `b` is in `a`"]);
        check("x<c a<b b<c c<a", "a .c ..x ..b", &["lanes contain each other: `a` is in `b` is in `c` is in `a`"]);
        check(
            "a<b b<a c<d d<c",
            "a .b c .d",
            &["lanes contain each other: `a` is in `b` is in `a`", "lanes contain each other: `c` is in `d` is in `c`"],
        );
        let deep: Vec<String> =
            (0..=MAX_LANE_DEPTH).map(|n| if n == 0 { "l0".to_owned() } else { format!("l{n}<l{}", n - 1) }).collect();
        let (found, said) = tree(&deep.join(" "));
        assert_eq!(said, ["lanes are nested more than 32 deep"]);
        assert!(found.ends_with(".l31 l32"), "{found}");
        assert_eq!(tree(&deep[..MAX_LANE_DEPTH].join(" ")).1, [""; 0]);
    }
}
