//! Layout state that a moving view keeps between frames: the row of each event, and the row spacing.
//!
//! Computing the layout from scratch for every view would move an event to another row whenever a neighbour enters or
//! leaves the view. A window therefore passes the arrangement of its last frame to the next one while the view moves.
//! Once the view has come to rest, and in an export, all rows are assigned anew (see [`settle`](super::settle())); the
//! arrangement then holds what repeats that layout in each frame.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::timeline::{EventIndex, LaneIndex, Successors, Timeline};

use super::kept_thumbnails::Kept;
use super::labels::Label;
use super::lanes::{LaneBox, Mark};
use super::placed::Chart;
use super::placement::Placement;
use super::regions::ROW_SPACINGS;
use super::rest::Rest;
use super::view::{TimeAxis, View};

/// Rows that events keep while the view is only panned and zoomed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Arrangement {
    lanes: BTreeMap<LaneIndex, LanePlacements>,
    /// Index into [`ROW_SPACINGS`].
    row_spacing: usize,
    /// The rank of the width of the view ([`View::width_rank`]); 0 before anything has been arranged.
    span: i64,
    /// Whether the rows are those of a view in which every event has a mark; such rows fit any closer view.
    of_home: bool,
    /// Whether the document has changed since the rows were assigned, so that some of its events may have none.
    outdated: bool,
    /// The pictures of events.
    thumbnails: Option<Arc<Kept>>,
    /// The layout of a view that rests.
    rest: Option<Arc<Rest>>,
}

/// The placements that are kept for a lane.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct LanePlacements {
    /// The placement of each event, sorted by event.
    places: Vec<(EventIndex, Placement)>,
    /// The minimum number of rows.
    least: usize,
}

impl Arrangement {
    /// An empty arrangement.
    pub const EMPTY: &'static Self = &Self {
        lanes: BTreeMap::new(),
        row_spacing: 0,
        span: 0,
        of_home: false,
        outdated: false,
        thumbnails: None,
        rest: None,
    };

    /// Returns whether nothing has been arranged yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.span == 0
    }

    fn of_lane(&self, lane: LaneIndex) -> &[(EventIndex, Placement)] {
        self.lanes.get(&lane).map_or(&[], |kept| &kept.places)
    }

    /// Returns the placement of an event in its lane.
    pub(super) fn placement(&self, lane: LaneIndex, event: EventIndex) -> Option<Placement> {
        let kept = self.of_lane(lane);
        let at = kept.binary_search_by_key(&event, |(event, _)| *event).ok()?;
        kept.get(at).map(|(_, placement)| *placement)
    }

    /// Returns the events of a lane that have a row, in time order.
    pub(super) fn events(&self, lane: LaneIndex) -> impl Iterator<Item = EventIndex> {
        self.of_lane(lane).iter().map(|(event, _)| *event)
    }

    /// Returns the minimum number of rows of a lane.
    pub(super) fn rows(&self, lane: LaneIndex) -> usize {
        self.lanes.get(&lane).map_or(1, |kept| kept.least)
    }

    /// Returns the number of rows of a lane that events are in, but at least the minimum.
    pub(super) fn kept_rows(&self, lane: LaneIndex) -> usize {
        self.of_lane(lane).iter().map(|(_, placement)| placement.end_row()).fold(self.rows(lane), usize::max)
    }

    /// Returns the pictures of events.
    pub(super) fn thumbnails(&self) -> &Kept {
        self.thumbnails.as_deref().unwrap_or(Kept::NONE)
    }

    /// Returns the events whose pictures are shown, in the order of choice.
    pub fn pictured(&self) -> impl Iterator<Item = EventIndex> {
        self.thumbnails().events()
    }

    /// Returns the layout of a view that rests, if it is on this axis.
    pub(super) fn rest_on(&self, axis: TimeAxis) -> Option<&Arc<Rest>> {
        self.rest.as_ref().filter(|rest| rest.axis == axis)
    }

    /// Returns whether this is the layout of a view that rests, made without the rows of an earlier frame.
    #[must_use]
    pub fn rests_at(&self, view: View) -> bool {
        self.rest.as_ref().is_some_and(|rest| rest.axis.view == view)
    }

    /// Returns the same rows for a view that no longer rests.
    #[must_use]
    pub fn moving(self) -> Self {
        Self { rest: None, ..self }
    }

    /// Returns whether a view is no wider than the last one, so that all arranged events still have room.
    pub(super) fn covers(&self, view: View) -> bool {
        view.width_rank() <= self.span
    }

    /// Returns the row spacing as an index into [`ROW_SPACINGS`].
    pub(super) fn row_spacing(&self) -> usize {
        self.row_spacing.min(ROW_SPACINGS.len() - 1)
    }

    /// Creates an arrangement of some events of a lane.
    #[cfg(test)]
    pub(super) fn holding(lane: LaneIndex, places: Vec<(EventIndex, Placement)>) -> Self {
        Self { lanes: [(lane, LanePlacements { places, least: 1 })].into(), span: i64::MAX, ..Self::default() }
    }

    /// Returns whether [`Arrangement::first`] must be called before a chart is placed with this arrangement.
    #[must_use]
    pub fn is_unsettled(&self) -> bool {
        self.is_empty() || self.outdated
    }

    /// Returns the arrangement for a newer version of the document. Events in both versions keep their rows and the
    /// sides of their labels, and lanes keep their heights. The result must be completed by [`Arrangement::first`], unless
    /// the versions differ so little that it is taken as [`settled`](Self::settled).
    #[must_use]
    pub fn translated(&self, successors: &Successors<'_>, after: &Timeline) -> Self {
        let newer = successors.lanes(after);
        let event = |event: EventIndex, lane: LaneIndex| {
            let found = successors.event(event, after)?;
            (after.event(found)?.lane == lane).then_some(found)
        };
        let lane = |(lane, kept): (&LaneIndex, &LanePlacements)| {
            let lane = *newer.get(lane)?;
            let place = |(old, placement): &(EventIndex, Placement)| Some((event(*old, lane)?, *placement));
            let mut places: Vec<(EventIndex, Placement)> = kept.places.iter().filter_map(place).collect();
            places.sort_unstable_by_key(|(event, _)| *event);
            Some((lane, LanePlacements { places, least: kept.least }))
        };
        let lanes = self.lanes.iter().filter_map(lane).collect();
        let same_lane = |lane: LaneIndex| newer.get(&lane).copied();
        let thumbnails = self.thumbnails.as_ref().map(|kept| Arc::new(kept.translated(same_lane, event)));
        let Self { row_spacing, span, .. } = *self;
        Self { lanes, row_spacing, span, of_home: false, outdated: !self.is_empty(), thumbnails, rest: None }
    }

    /// Returns the same arrangement, marked as settled.
    #[must_use]
    pub fn settled(&self) -> Self {
        Self { outdated: false, ..self.clone() }
    }

    /// Returns the arrangement with the rows of the home view added, if every event has room there and none changes its
    /// row.
    pub(super) fn with_home(self, home: &Chart) -> Self {
        if home.regions.most_scroll() > 0.0 || home.lanes.iter().any(|lane| lane.strip.is_some()) {
            return self;
        }
        let mut found = self.renewed(home).unwrap_or_else(|| self.clone());
        for lane in &home.lanes {
            let LanePlacements { places, least } = found.lanes.entry(lane.lane).or_default();
            *least = lane.rows;
            for (event, place) in places {
                let Some(before) = self.placement(lane.lane, *event) else { continue };
                if before.row != place.row {
                    // The arrangement comes from a closer view, where marks that touch at home are apart.
                    return self;
                }
                *place = before;
            }
        }
        Self { of_home: true, ..found }
    }

    /// Returns the arrangement after a chart that was placed with this one; `None` if nothing has changed.
    #[must_use]
    pub fn renewed(&self, chart: &Chart) -> Option<Self> {
        let span = chart.axis.view.width_rank();
        let row_spacing = chart.row_spacing;
        let (rest, thumbnails) = (chart.rest.clone(), chart.kept_thumbnails.clone());
        let is_whole = chart.regions.most_scroll() == 0.0 && chart.lanes.iter().all(|lane| lane.strip.is_none());
        if self.of_home && is_whole {
            // Every event already has its row.
            let is_same = (self.row_spacing, self.span, &self.rest) == (row_spacing, span, &rest)
                && self.thumbnails == thumbnails;
            return (!is_same).then(|| Self { row_spacing, span, thumbnails, rest, ..self.clone() });
        }
        // What all have room for stays as high as it is while the view moves.
        let is_first = self.is_empty() && is_whole;
        let lane = |lane: &LaneBox| {
            let places = lane.marks.iter().map(|mark| (mark.event, placement(mark))).collect();
            let least = if is_first { lane.rows } else { self.rows(lane.lane).min(lane.rows) };
            (lane.lane, LanePlacements { places, least })
        };
        let lanes = chart.lanes.iter().map(lane).collect();
        let of_home = is_first && chart.left_out.earlier + chart.left_out.later == 0;
        let renewed = Self { lanes, row_spacing, span, of_home, outdated: false, thumbnails, rest };
        (renewed != *self).then_some(renewed)
    }
}

fn placement(mark: &Mark) -> Placement {
    let in_two_rows = mark.label.as_ref().is_some_and(Label::is_in_two_rows);
    Placement { row: mark.row, flush_right: mark.label.as_ref().map(|label| label.flush_right), in_two_rows }
}

#[cfg(test)]
mod tests {
    use super::super::MarkShape;
    use super::super::chart::chart;
    use super::super::measure::fixed::Fixed;
    use super::super::request::Request;
    use super::super::shown::Shown;
    use super::*;
    use std::collections::HashMap;

    use crate::document;
    use crate::timeline::{Item, ItemId, resolve};
    use egui::{Rect, pos2, vec2};
    use proptest::prelude::*;

    fn timeline(events: &[(u32, u32, u32)]) -> Shown {
        resolve(document(events)).timeline.unwrap_or_default().into()
    }

    fn document(events: &[(u32, u32, u32)]) -> document::Timeline {
        let lane = |id: &str| document::Lane { id: id.to_owned(), title: id.to_owned(), ..Default::default() };
        let event = |(number, (lane, year, length)): (usize, &(u32, u32, u32))| document::Event {
            id: format!("e{number}"),
            lane: ["a", "b"][*lane as usize % 2].to_owned(),
            title: "A title of some words".chars().cycle().take(8 + number * 7 % 20).collect(),
            date: Some(if length % 4 == 0 { format!("{year}/{}", year + length) } else { year.to_string() }),
            ..Default::default()
        };
        document::Timeline {
            title: "t".to_owned(),
            lanes: vec![lane("a"), lane("b")],
            events: events.iter().enumerate().map(event).collect(),
            ..Default::default()
        }
    }

    fn request<'a>(timeline: &'a Shown, view: View, arrangement: &'a Arrangement) -> Request<'a> {
        let rect = Rect::from_min_size(pos2(0.0, 0.0), vec2(1000.0, 600.0));
        Request { arrangement, ..Request::window(timeline, &timeline.projection, view, rect) }
    }

    /// Returns the row and the y of the centre of each mark.
    fn rows(chart: &Chart) -> HashMap<EventIndex, (usize, f32)> {
        let y = |shape: &MarkShape, rect: Rect| match shape {
            MarkShape::Point { center, .. } => center.y,
            _ => rect.center().y,
        };
        chart.marks().map(|mark| (mark.event, (mark.row, y(&mark.shape, mark.rect)))).collect()
    }

    /// Simulates panning and zooming from home; `zooms` are factors, `pans` fractions of the view.
    fn follow(timeline: &Shown, steps: &[(f64, f64, f64)], check: &mut dyn FnMut(&Chart, &Chart, bool)) {
        let home = View::home(timeline);
        let nothing = Arrangement::default();
        let mut arrangement = Arrangement::first(request(timeline, home, &nothing), &mut Fixed);
        let mut before = chart(request(timeline, home, &arrangement), &mut Fixed);
        let mut view = home;
        for (factor, at, pan) in steps {
            let zoomed = view.zoomed(*factor, *at);
            let is_pan = zoomed.span() > home.span();
            view = if is_pan { view } else { zoomed }.panned(*pan).kept_near(timeline.extent, 0.1);
            arrangement = arrangement.renewed(&before).unwrap_or(arrangement);
            let after = chart(request(timeline, view, &arrangement), &mut Fixed);
            check(&before, &after, is_pan || *factor >= 1.0);
            before = after;
        }
    }

    fn step() -> impl Strategy<Value = (f64, f64, f64)> {
        let pan = prop_oneof![Just(0.0), -0.4..0.4];
        (prop_oneof![Just(1.0), 1.0..2.0, 0.5..1.0], 0.0..1.0, pan)
    }

    #[test]
    fn an_arrangement_covers_what_is_no_wider() {
        let shown = timeline(&[(0, 1900, 1), (0, 1950, 1)]);
        let home = View::home(&shown);
        let placed = chart(request(&shown, home, Arrangement::EMPTY), &mut Fixed);
        let arrangement = Arrangement::EMPTY.renewed(&placed).expect("an arrangement");
        assert!(arrangement.covers(home) && arrangement.covers(home.zoomed(2.0, 0.5)));
        assert!(!arrangement.covers(home.zoomed(0.5, 0.5)) && !Arrangement::EMPTY.covers(home));
    }

    #[test]
    fn an_arrangement_is_settled_until_the_document_changes() {
        let shown = timeline(&[(0, 1900, 1), (0, 1950, 1)]);
        let first = Arrangement::first(request(&shown, View::home(&shown), Arrangement::EMPTY), &mut Fixed);
        assert!(Arrangement::EMPTY.is_empty() && Arrangement::EMPTY.is_unsettled());
        assert!(!first.is_empty() && !first.is_unsettled());
        let newer = first.translated(&Successors::Named(&shown), &shown);
        assert!(!newer.is_empty() && newer.is_unsettled() && !newer.settled().is_unsettled());
    }

    #[test]
    fn an_arrangement_is_renewed_only_by_a_change() {
        let shown = timeline(&[(0, 1900, 1), (0, 1950, 1), (1, 1950, 4)]);
        let home = View::home(&shown);
        let of_view = Arrangement::EMPTY.renewed(&chart(request(&shown, home, Arrangement::EMPTY), &mut Fixed));
        let of_home = Some(Arrangement::first(request(&shown, home, Arrangement::EMPTY), &mut Fixed));
        for arrangement in [of_view, of_home] {
            let arrangement = arrangement.expect("an arrangement");
            let same = chart(request(&shown, home, &arrangement), &mut Fixed);
            assert_eq!(arrangement.renewed(&same), None);
            let closer = chart(request(&shown, home.zoomed(1.5, 0.5), &arrangement), &mut Fixed);
            let renewed = arrangement.renewed(&closer).expect("another width of the view");
            assert!(renewed.span < arrangement.span && renewed.of_home == arrangement.of_home);
            let other_spacing = Chart { row_spacing: same.row_spacing + 1, ..same };
            let renewed = arrangement.renewed(&other_spacing).expect("another spacing");
            assert_eq!(renewed.row_spacing, other_spacing.row_spacing);
        }
    }

    /// Rows of a closer view in which two marks share a row that touch at home are not those of home.
    #[test]
    fn rows_that_do_not_fit_home_stay_those_of_the_view() {
        let shown = timeline(&[(0, 1950, 4), (0, 1952, 4)]);
        let (lane, of_lane) = shown.iter_lanes().next().expect("a lane");
        let events = of_lane.index().events();
        let in_row = |row| Placement { row, flush_right: None, in_two_rows: false };
        for (rows, fits) in [([0, 0], false), ([0, 1], true), ([1, 0], true)] {
            let places = events.iter().copied().zip(rows.map(in_row)).collect();
            let kept = Arrangement::holding(lane, places);
            let home = chart(request(&shown, View::home(&shown), &kept), &mut Fixed);
            let found = kept.clone().with_home(&home);
            assert_eq!(found.of_home, fits, "{rows:?}");
            let found: Vec<_> = events.iter().map(|event| found.placement(lane, *event).map(|at| at.row)).collect();
            assert_eq!(found, rows.map(Some));
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        /// Panning and zooming in never moves an event to another row; zooming out moves one only where its mark would
        /// overlap another.
        #[test]
        fn no_event_hops_rows(
            events in prop_oneof![
                prop::collection::vec((0_u32..2, 1900_u32..2000, 1_u32..12), 1..12),
                prop::collection::vec((0_u32..2, 1900_u32..2000, 1_u32..12), 100..400),
            ],
            steps in prop::collection::vec(step(), 1..24),
        ) {
            let timeline = timeline(&events);
            let mut hops = Vec::new();
            follow(&timeline, &steps, &mut |before, after, is_inward| {
                if before.most_scroll() > 0.0 && after.most_scroll() == 0.0 {
                    // What had to be scrolled to is all in view now.
                    return;
                }
                let (old, new) = (rows(before), rows(after));
                for mark in after.marks() {
                    let (Some((was, _)), (is, _)) = (old.get(&mark.event), new[&mark.event]) else { continue };
                    let pushed = after.marks().any(|other| {
                        other.row == *was && other.lane == mark.lane && other.bounds().x_range().expand(1.0).intersects(mark.rect.x_range())
                    });
                    // A mark at the edge may be pushed by one that is itself out of view.
                    let inside = mark.rect.left() > after.axis.left + 20.0 && mark.rect.right() < after.axis.right - 20.0;
                    if is != *was && (is_inward || (inside && !pushed)) {
                        hops.push((mark.event, *was, is));
                    }
                }
            });
            prop_assert!(hops.is_empty(), "{hops:?}");
        }

        /// A newer version of the document, with other events and lanes, moves no event to another row. If only the
        /// order of the document has changed, all labels stay as they are.
        #[test]
        fn a_reload_moves_nothing(
            events in prop_oneof![
                prop::collection::vec((0_u32..2, 1900_u32..2000, 1_u32..12), 2..12),
                prop::collection::vec((0_u32..2, 1900_u32..2000, 1_u32..12), 100..400),
            ],
            more in prop_oneof![Just(Vec::new()), prop::collection::vec((0_u32..2, 1900_u32..2000, 1_u32..12), 0..4)],
            steps in prop::collection::vec(step(), 1..12),
            removed in prop_oneof![Just(0_usize), 0_usize..4],
        ) {
            let before = timeline(&events);
            let mut newer = document(&events);
            newer.events.drain(..removed.min(events.len() - 1));
            newer.events.extend(document(&more).events.into_iter().map(|mut event| {
                event.id.insert(0, '+');
                event
            }));
            newer.lanes.reverse();
            let is_same = more.is_empty() && removed == 0;
            if !is_same {
                newer.lanes.insert(0, document::Lane { id: "new".to_owned(), ..Default::default() });
            }
            let after = Shown::from(resolve(newer).timeline.expect("events"));

            let mut last = None;
            follow(&before, &steps, &mut |_, chart, _| last = Some(chart.clone()));
            let old = last.expect("a step");
            // What the newer document has outside the old home view does not matter here.
            let nothing = Arrangement::default();
            let shown = |timeline: &Shown, arrangement: &Arrangement| {
                let request = request(timeline, old.axis.view, arrangement);
                let first = arrangement.is_unsettled().then(|| Arrangement::first(request, &mut Fixed));
                let arrangement = first.as_ref().unwrap_or(arrangement);
                let shown = chart(Request { arrangement, ..request }, &mut Fixed);
                (arrangement.renewed(&shown).unwrap_or_else(|| arrangement.clone()), shown)
            };
            let (arrangement, old) = shown(&before, &nothing.renewed(&old).expect("an arrangement"));
            let (_, new) = shown(&after, &arrangement.translated(&Successors::Named(&before), &after));
            let places = |timeline: &Timeline, chart: &Chart| -> HashMap<ItemId, (usize, Option<bool>)> {
                let side = |mark: &Mark| mark.label.as_ref().map(|label| label.flush_right);
                let id = |mark: &Mark| timeline.id(Item::Event(mark.event)).expect("an event");
                chart.marks().map(|mark| (id(mark), (mark.row, side(mark)))).collect()
            };
            let (old_places, new_places) = (places(&before, &old), places(&after, &new));
            let new_places: std::collections::BTreeMap<_, _> = new_places.into_iter().collect();
            for (id, (row, side)) in new_places {
                if let Some((was, old_side)) = old_places.get(&id) {
                    prop_assert_eq!(row, *was, "{:?}", id);
                    // Labels may be placed differently where there is more or less room.
                    prop_assert!(side == *old_side || !is_same, "{:?}", id);
                }
            }
        }

        /// A view that does not move keeps its layout, with every label in view.
        #[test]
        fn a_view_that_rests_does_not_change(
            events in prop::collection::vec((0_u32..2, 1900_u32..2000, 1_u32..12), 1..300),
        ) {
            let timeline = timeline(&events);
            let rest = vec![(1.0, 0.5, 0.0); 4];
            let mut frames: Vec<Vec<Option<egui::Rect>>> = Vec::new();
            let labels = |chart: &Chart| chart.marks().map(|mark| mark.label.as_ref().map(|label| label.rect)).collect();
            follow(&timeline, &rest, &mut |_, after, _| frames.push(labels(after)));
            let (last, before) = (&frames[3], &frames[2]);
            prop_assert_eq!(last, before);
            for rect in last.iter().flatten() {
                prop_assert!(rect.left() >= 44.0 - 0.01 && rect.right() <= 980.0 + 0.01, "{rect:?}");
            }
        }

        /// In a document where everything has room, nothing moves vertically.
        #[test]
        fn a_small_document_stays_where_it_is(
            years in prop::collection::btree_set(0_u32..12, 1..8),
            steps in prop::collection::vec(step(), 1..24),
        ) {
            let events: Vec<(u32, u32, u32)> = years.iter().map(|n| (n % 2, 1900 + n * 9, 1)).collect();
            let timeline = timeline(&events);
            let mut moved = Vec::new();
            follow(&timeline, &steps, &mut |before, after, _| {
                let (old, new) = (rows(before), rows(after));
                for mark in after.marks() {
                    if old.get(&mark.event).is_some_and(|(_, was)| (was - new[&mark.event].1).abs() > 0.01) {
                        moved.push(mark.event);
                    }
                }
            });
            prop_assert!(moved.is_empty(), "{moved:?}");
        }
    }
}
