//! Counts of what a chart leaves out, where events are in several lanes.

use std::collections::BTreeMap;

use crate::date::Interval;
use crate::query::Projection;
use crate::timeline::{EventIndex, Timeline};

use super::lanes::LaneBox;
use super::left_out::LeftOut;

impl LeftOut {
    /// Counts each event of `timeline` once, however many of the placed lanes it is in: it has a mark, or a title, if it
    /// has one in any lane. Does nothing if no event is in several lanes.
    pub(super) fn counted_once(
        mut self,
        timeline: &Timeline,
        projection: &Projection,
        shown: Interval,
        lanes: &[LaneBox],
    ) -> Self {
        if !timeline.has_also() {
            return self;
        }
        let is_in_view = |event: EventIndex| {
            let bounds = timeline.event(event).and_then(|event| event.known_bounds());
            bounds.is_some_and(|bounds| bounds.overlaps(shown))
        };
        let mut has_title: BTreeMap<EventIndex, bool> = BTreeMap::new();
        for mark in lanes.iter().flat_map(|lane| &lane.marks).filter(|mark| is_in_view(mark.event)) {
            *has_title.entry(mark.event).or_default() |= mark.label.is_some();
        }
        let unmarked = projection.count(shown).saturating_sub(has_title.len());
        // What is in a strip of one lane and has no room in another is counted there.
        self.in_lanes = if self.unmarked == 0 { unmarked } else { self.in_lanes.min(unmarked) };
        self.unmarked = unmarked - self.in_lanes;
        self.untitled = self.untitled.min(has_title.values().filter(|has_title| !**has_title).count());
        self
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use egui::{Rect, pos2, vec2};
    use proptest::prelude::*;

    use super::super::measure::fixed::Fixed;
    use super::super::shown::Shown;
    use super::super::{Request, View, chart};
    use super::*;
    use crate::document;
    use crate::timeline::resolve_recovered;

    proptest! {
        #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]
        /// On a page of any size, of events in any number of lanes: what is shown and what is counted is all there is.
        #[test]
        fn an_event_of_several_lanes_is_counted_once(
            events in prop::collection::vec((0_usize..4, prop::collection::btree_set(0_usize..4, 0..4), 1900..2000), 0..90),
            width in 300.0_f32..1200.0,
            height in 160.0_f32..800.0,
            from in 1880_i32..1990,
        ) {
            let event = |(number, (lane, also, year)): (usize, &(usize, BTreeSet<usize>, i32))| document::Event {
                id: format!("e{number}"),
                title: format!("Event {number}"),
                lane: lane.to_string(),
                also: also.iter().filter(|further| *further != lane).map(ToString::to_string).collect(),
                date: Some(year.to_string()),
                ..Default::default()
            };
            let lane = |id: usize| document::Lane { id: id.to_string(), title: id.to_string(), ..Default::default() };
            let document = document::Timeline {
                lanes: (0..4).map(lane).collect(),
                events: events.iter().enumerate().map(event).collect(),
                ..Default::default()
            };
            let timeline: Shown = resolve_recovered(document, &[]).timeline.unwrap_or_default().into();
            let [start, end] = [from, from + 60].map(|year| {
                crate::date::Date::parse(&year.to_string()).expect("a year").bounds().start
            });
            let rect = Rect::from_min_size(pos2(0.0, 0.0), vec2(width, height));
            let view = View::of(Interval { start, end });
            let numbered = &*timeline.projection.events();
            let chart = chart(
                Request { numbered, ..Request::page(&timeline, &timeline.projection, view, rect) },
                &mut Fixed,
            );
            let out = &chart.left_out;
            let shown: BTreeSet<EventIndex> = chart.marks().map(|mark| mark.event).collect();
            let all = shown.len() + out.without_marks() + out.earlier + out.later;
            prop_assert_eq!(all, timeline.events.len());
            let titled: BTreeSet<EventIndex> =
                chart.marks().filter(|mark| mark.label.is_some()).map(|mark| mark.event).collect();
            prop_assert_eq!(titled.len() + out.untitled, shown.len());
            let numbers: BTreeSet<(EventIndex, Option<usize>)> =
                chart.marks().map(|mark| (mark.event, mark.number)).collect();
            prop_assert_eq!(numbers.len(), shown.len(), "one number for each event");
        }
    }
}
