//! The part of a timeline that a search finds, and what there is to choose from.

use std::collections::HashMap;

use crate::document::Basis;
use crate::progress::Progress;
use crate::sorting;
use crate::timeline::{Event, EventIndex, LaneIndex, Timeline};

use super::filter::Filter;
use super::folding::{folded, folded_rows};
use super::projection::Projection;
use super::search::Search;

/// Returns the events of a timeline that a search finds, with the groups for which `is_folded` returns `true` in one row
/// each. Lanes that its conditions exclude, and those without any event that is found, are not shown. Returns `None` if
/// `progress` is cancelled.
///
/// A search for nothing returns all events and lanes.
#[must_use]
pub fn narrowed(
    timeline: &Timeline,
    search: &Search,
    is_folded: &dyn Fn(LaneIndex) -> bool,
    progress: &Progress,
) -> Option<Projection> {
    if search.is_empty() {
        return Some(folded(timeline, is_folded));
    }
    let mut is_found = vec![false; timeline.events.len()];
    for event in search.run(timeline, progress)? {
        if let Some(found) = is_found.get_mut(event.get()) {
            *found = true;
        }
    }
    let lanes = search.lanes(timeline);
    let is_shown = |lane: &LaneIndex| lanes.get(lane.get()).copied().unwrap_or_default();
    let mut rows = folded_rows(timeline, is_folded);
    rows.retain(|row| std::iter::once(&row.lane).chain(&row.folded).any(is_shown));
    let shows = |event: EventIndex, _: &Event<'_>| is_found.get(event.get()).copied().unwrap_or_default();
    let filter = Filter { rows: Some(&rows), time: None, events: Some(&shows) };
    let narrowed = filter.project(timeline, progress)?;
    Some(narrowed.without_empty_lanes())
}

/// What the events of a timeline have that they can be chosen by, each with the number of events that have it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facets {
    /// The tags, the most frequent first.
    pub tags: Vec<(String, usize)>,
    /// The sources, by their position.
    pub sources: Vec<usize>,
    /// The bases of citations, in the order of [`Self::BASES`].
    pub bases: [usize; 3],
    /// How exactly events are dated, in words; the most frequent first.
    pub precisions: Vec<(String, usize)>,
    /// The number of undated events.
    pub undated: usize,
}

impl Facets {
    /// The bases of citations, in the order in which they are counted.
    pub const BASES: [Basis; 3] = [Basis::Stated, Basis::Derived, Basis::Background];

    /// Counts. Returns `None` if `progress` is cancelled.
    #[must_use]
    pub fn of(timeline: &Timeline, progress: &Progress) -> Option<Self> {
        /// Number of events between two checks for cancellation.
        const STEP: usize = 4096;
        let mut tags: HashMap<&str, usize> = HashMap::new();
        let mut precisions: HashMap<String, usize> = HashMap::new();
        let mut facets = Self {
            sources: vec![0; timeline.sources.len()],
            undated: timeline.events.undated().len(),
            ..Self::default()
        };
        for (number, event) in timeline.events.iter().enumerate() {
            if number % STEP == 0 && progress.is_cancelled() {
                return None;
            }
            event.tags.iter().for_each(|tag| *tags.entry(tag).or_default() += 1);
            if let Some(date) = event.date {
                *precisions.entry(date.precision_words()).or_default() += 1;
            }
            let mut cited: Vec<usize> = event.citations.iter().map(|citation| citation.source.get()).collect();
            cited.sort_unstable();
            cited.dedup();
            for source in cited {
                if let Some(count) = facets.sources.get_mut(source) {
                    *count += 1;
                }
            }
            for (basis, count) in Self::BASES.into_iter().zip(&mut facets.bases) {
                *count += usize::from(event.citations.iter().any(|citation| citation.basis == Some(basis)));
            }
        }
        facets.tags = by_count(tags.into_iter().map(|(tag, count)| (tag.to_owned(), count)).collect());
        facets.precisions = by_count(precisions.into_iter().collect());
        Some(facets)
    }
}

/// Returns names with the most frequent first.
fn by_count(mut counts: Vec<(String, usize)>) -> Vec<(String, usize)> {
    sorting::by(&mut counts, |(one, count), (other, others)| others.cmp(count).then_with(|| one.cmp(other)));
    counts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::open::open;

    const TEXT: &str = r#"(
        title: "t",
        sources: [(id: "b", title: "Blue Book"), (id: "a", title: "An Atlas")],
        lanes: [(id: "g", title: "Group"), (id: "one", title: "One", parent: "g"), (id: "two", title: "Two", parent: "g"),
            (id: "out", title: "Out")],
        events: [
            (id: "none", lane: "out", title: "", tags: ["x"]),
            (id: "1", lane: "one", title: "", date: "1901", tags: ["x", "y"], citations: [(source: "b", basis: Stated)]),
            (id: "2", lane: "two", also: ["out"], title: "", date: "1902-05",
                citations: [(source: "b"), (source: "a", basis: Derived), (source: "a", basis: Derived)]),
            (id: "3", lane: "out", title: "", date: "1903", tags: ["x"]),
        ],
    )"#;

    /// Checks the lanes that are shown, each with the number of its events, and the number of all.
    #[track_caller]
    fn check(typed: &str, is_folded: bool, expect: &[(&str, usize)], all: usize) {
        let timeline = open(TEXT).timeline.expect("a timeline");
        let search = Search::new(typed);
        let shown = narrowed(&timeline, &search, &|_| is_folded, &Progress::default()).expect("not cancelled");
        let title = |lane| timeline.lane(lane).map_or("", |lane| lane.title.as_str());
        let lanes: Vec<(&str, usize)> = shown.lanes().iter().map(|lane| (title(lane.lane()), lane.len())).collect();
        assert_eq!((lanes.as_slice(), shown.len()), (expect, all), "{typed}");
    }

    #[test]
    fn what_is_found_is_shown_in_its_lanes_and_no_others() {
        check("", false, &[("Group", 0), ("One", 1), ("Two", 1), ("Out", 3)], 4);
        check("#x", false, &[("One", 1), ("Out", 2)], 3);
        check("#x", true, &[("Group", 1), ("Out", 2)], 3);
        check("@=Two", false, &[("Two", 1)], 1);
        check("-@=Two", false, &[("One", 1), ("Out", 2)], 3);
        check("@=Group", true, &[("Group", 2)], 2);
        check("#nothing", false, &[], 0);
    }

    #[test]
    fn what_can_be_chosen_is_counted() {
        let timeline = open(TEXT).timeline.expect("a timeline");
        let facets = Facets::of(&timeline, &Progress::default()).expect("not cancelled");
        let counted = |name: &str, count| (name.to_owned(), count);
        assert_eq!(facets.tags, [counted("x", 3), counted("y", 1)]);
        assert_eq!((facets.sources, facets.bases, facets.undated), (vec![2, 1], [1, 1, 0], 1));
        assert_eq!(facets.precisions, [counted("dated to the year", 2), counted("dated to the month", 1)]);
        let progress = Progress::default();
        progress.cancel();
        assert!(Facets::of(&timeline, &progress).is_none());
        assert!(narrowed(&timeline, &Search::new("#x"), &|_| false, &progress).is_none());
    }

    #[test]
    fn steps_in_time_go_to_what_is_shown() {
        let timeline = open(TEXT).timeline.expect("a timeline");
        let shown = narrowed(&timeline, &Search::new("#x"), &|_| false, &Progress::default()).expect("not cancelled");
        let [one, two, three, none] = ["1", "2", "3", "none"].map(|id| timeline.event_by_id(id));
        assert_eq!((shown.next(None), shown.previous(None)), (one, three));
        assert_eq!((shown.next(one), shown.previous(three)), (three, one));
        assert_eq!((shown.next(two), shown.previous(two)), (three, one), "from what is not shown, too");
        assert_eq!((shown.next(three), shown.previous(one)), (None, None));
        assert_eq!(shown.next(timeline.dated(none)), one);
        assert!(one.is_some_and(|one| shown.contains(one)) && !two.is_some_and(|two| shown.contains(two)));
        assert!(none.is_some_and(|none| shown.contains(none)));
    }
}
