//! What a moving view keeps: the row of each event, and the spacing of the rows.
//!
//! A layout made anew for every view would move an event to another row whenever a neighbour comes or goes. So a
//! window hands the arrangement of its last frame to the next one, and forgets it when the view jumps somewhere else;
//! then, and in an export, everything finds its place anew.

use std::collections::{BTreeMap, HashMap};

use crate::timeline::{EventIndex, Item, LaneId, LaneIndex, Timeline};

use super::lanes::{LaneBox, Mark};
use super::placed::Chart;
use super::regions::ROW_SPACINGS;
use super::view::View;

/// Rows that events keep for as long as the view is only moved and zoomed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Arrangement {
    lanes: BTreeMap<LaneIndex, LanePlacements>,
    /// Position in [`ROW_SPACINGS`].
    row_spacing: usize,
    /// How much time the view shows, in whole seconds; 0 before anything has been arranged.
    span: i64,
    /// Whether the rows are those of home, where everything has room: then they fit any closer view.
    of_home: bool,
    /// Whether the document is another since the rows were found, so that some of its events may have none.
    outdated: bool,
}

/// Where an event stands in its lane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Placement {
    pub(super) row: usize,
    /// Whether the label ends at the mark instead of beginning there; none where there is no label.
    pub(super) flush_right: Option<bool>,
}

/// What a lane keeps.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct LanePlacements {
    /// Where each event stands, by event.
    places: Vec<(EventIndex, Placement)>,
    /// How many rows there are at least.
    least: usize,
}

impl Arrangement {
    /// An arrangement of nothing.
    pub const EMPTY: &'static Self =
        &Self { lanes: BTreeMap::new(), row_spacing: 0, span: 0, of_home: false, outdated: false };

    /// Whether nothing has been arranged yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.span == 0
    }

    fn of_lane(&self, lane: LaneIndex) -> &[(EventIndex, Placement)] {
        self.lanes.get(&lane).map_or(&[], |kept| &kept.places)
    }

    /// Where an event stands in its lane.
    pub(super) fn placement(&self, lane: LaneIndex, event: EventIndex) -> Option<Placement> {
        let kept = self.of_lane(lane);
        let at = kept.binary_search_by_key(&event, |(event, _)| *event).ok()?;
        kept.get(at).map(|(_, placement)| *placement)
    }

    /// The events of a lane that have a row, in time order.
    pub(super) fn events(&self, lane: LaneIndex) -> impl Iterator<Item = EventIndex> {
        self.of_lane(lane).iter().map(|(event, _)| *event)
    }

    /// How many rows a lane has at least.
    pub(super) fn rows(&self, lane: LaneIndex) -> usize {
        self.lanes.get(&lane).map_or(1, |kept| kept.least)
    }

    /// Whether a view shows no more time than the last one did: what was there still has room then.
    pub(super) fn covers(&self, view: View) -> bool {
        view.span() as i64 <= self.span
    }

    /// How close the rows stand: a position in [`ROW_SPACINGS`].
    pub(super) fn row_spacing(&self) -> usize {
        self.row_spacing.min(ROW_SPACINGS.len() - 1)
    }

    /// An arrangement of some events of a lane.
    #[cfg(test)]
    pub(super) fn holding(lane: LaneIndex, places: Vec<(EventIndex, Placement)>) -> Self {
        Self { lanes: [(lane, LanePlacements { places, least: 1 })].into(), span: i64::MAX, ..Self::default() }
    }

    /// Whether [`Arrangement::first`] must be asked before a chart is placed with this one.
    #[must_use]
    pub fn is_unsettled(&self) -> bool {
        self.is_empty() || self.outdated
    }

    /// The arrangement for a newer version of the document, in which the events that both have keep their rows and the
    /// sides of their labels, and the lanes their heights. What is left of it is to be settled by
    /// [`Arrangement::first`].
    #[must_use]
    pub fn translated(&self, before: &Timeline, after: &Timeline) -> Self {
        let newer: HashMap<&LaneId, LaneIndex> =
            after.iter_lanes().filter_map(|(lane, _)| Some((after.lane_id(lane)?, lane))).collect();
        let event = |event: EventIndex, lane: LaneIndex| {
            let Some(Item::Event(found)) = after.find(&before.id(Item::Event(event))?) else { return None };
            (after.event(found)?.lane == lane).then_some(found)
        };
        let lane = |(lane, kept): (&LaneIndex, &LanePlacements)| {
            let lane = *newer.get(before.lane_id(*lane)?)?;
            let place = |(old, placement): &(EventIndex, Placement)| Some((event(*old, lane)?, *placement));
            let mut places: Vec<(EventIndex, Placement)> = kept.places.iter().filter_map(place).collect();
            places.sort_unstable_by_key(|(event, _)| *event);
            Some((lane, LanePlacements { places, least: kept.least }))
        };
        let lanes = self.lanes.iter().filter_map(lane).collect();
        Self { lanes, of_home: false, outdated: !self.is_empty(), ..*self }
    }

    /// The same arrangement, of which nothing is to be settled any more.
    pub(super) fn settled(&self) -> Self {
        Self { outdated: false, ..self.clone() }
    }

    /// The arrangement with the rows of home as well, if everything has room there and a row that is in the arrangement.
    pub(super) fn with_home(self, home: &Chart) -> Self {
        if home.lanes.iter().any(|lane| lane.strip.is_some()) {
            return self;
        }
        let mut found = self.renewed(home).unwrap_or_else(|| self.clone());
        for lane in &home.lanes {
            let LanePlacements { places, least } = found.lanes.entry(lane.lane).or_default();
            *least = lane.rows;
            for (event, place) in places {
                let Some(before) = self.placement(lane.lane, *event) else { continue };
                if before.row != place.row {
                    // It comes from a closer view, in which marks do not touch that do at home.
                    return self;
                }
                *place = before;
            }
        }
        Self { of_home: true, ..found }
    }

    /// The arrangement after a chart that was placed with this one; none where nothing has changed.
    #[must_use]
    pub fn renewed(&self, chart: &Chart) -> Option<Self> {
        let span = chart.axis.view.span() as i64;
        let row_spacing = chart.row_spacing;
        if self.of_home {
            // Everything has its row.
            let changed = row_spacing != self.row_spacing || span != self.span;
            return changed.then(|| Self { row_spacing, span, ..self.clone() });
        }
        let lane = |lane: &LaneBox| {
            let places = lane.marks.iter().map(|mark| (mark.event, placement(mark))).collect();
            (lane.lane, LanePlacements { places, least: self.rows(lane.lane) })
        };
        let renewed = Self { lanes: chart.lanes.iter().map(lane).collect(), row_spacing, span, ..Self::default() };
        (renewed != *self).then_some(renewed)
    }
}

fn placement(mark: &Mark) -> Placement {
    Placement { row: mark.row, flush_right: mark.label.as_ref().map(|label| label.flush_right) }
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
    use crate::timeline::{ItemId, resolve};
    use egui::{Rect, pos2, vec2};
    use proptest::prelude::*;

    fn timeline(events: &[(u32, u32, u32)]) -> Shown {
        resolve(document(events)).timeline.unwrap_or_default().into()
    }

    fn document(events: &[(u32, u32, u32)]) -> document::Timeline {
        let lane = |id: &str| document::Lane { id: id.to_owned(), title: id.to_owned(), color: None };
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

    /// Row, and y of the middle, of each mark.
    fn rows(chart: &Chart) -> HashMap<EventIndex, (usize, f32)> {
        let y = |shape: &MarkShape, rect: Rect| match shape {
            MarkShape::Point { center, .. } => center.y,
            _ => rect.center().y,
        };
        chart.marks().map(|mark| (mark.event, (mark.row, y(&mark.shape, mark.rect)))).collect()
    }

    /// Follows a reader who pans and zooms from home; `zooms` are factors, `pans` fractions of the view.
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

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        /// Panning and zooming in never moves an event to another row; zooming out moves one only where its mark would
        /// stand on another's.
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
                let (old, new) = (rows(before), rows(after));
                for mark in after.marks() {
                    let (Some((was, _)), (is, _)) = (old.get(&mark.event), new[&mark.event]) else { continue };
                    let pushed = after.marks().any(|other| {
                        other.row == *was && other.lane == mark.lane && other.bounds().x_range().expand(1.0).intersects(mark.rect.x_range())
                    });
                    // What pushes a mark at an edge may itself be out of view.
                    let inside = mark.rect.left() > after.axis.left + 20.0 && mark.rect.right() < after.axis.right - 20.0;
                    if is != *was && (is_inward || (inside && !pushed)) {
                        hops.push((mark.event, *was, is));
                    }
                }
            });
            prop_assert!(hops.is_empty(), "{hops:?}");
        }

        /// A newer version of the document, with other events and lanes in it, moves no event to another row. Where only the
        /// order of the document is another, all labels stay as they are.
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
            // What a newer document has outside of the old home does not matter here.
            let nothing = Arrangement::default();
            let shown = |timeline: &Shown, arrangement: &Arrangement| {
                let request = request(timeline, old.axis.view, arrangement);
                let first = arrangement.is_unsettled().then(|| Arrangement::first(request, &mut Fixed));
                let arrangement = first.as_ref().unwrap_or(arrangement);
                let shown = chart(Request { arrangement, ..request }, &mut Fixed);
                (arrangement.renewed(&shown).unwrap_or_else(|| arrangement.clone()), shown)
            };
            let (arrangement, old) = shown(&before, &nothing.renewed(&old).expect("an arrangement"));
            let (_, new) = shown(&after, &arrangement.translated(&before, &after));
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
                    // Labels may find other places where there is more or less room.
                    prop_assert!(side == *old_side || !is_same, "{:?}", id);
                }
            }
        }

        /// A view that rests stays as it is, with every label in view.
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

        /// Where everything has room, nothing moves up or down at all.
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
