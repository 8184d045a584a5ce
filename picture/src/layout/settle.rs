//! The rows of a view that has come to rest, and of one that shows a newer version of the document.

use std::sync::Arc;

use crate::query::Projection;
use crate::timeline::EventIndex;

use super::arrangement::Arrangement;
use super::chart::chart;
use super::measure::Measure;
use super::packing;
use super::placed::Chart;
use super::request::{Request, RowMode};
use super::row_motion::RowPositions;
use super::view::View;

/// The layout of a view that has come to rest.
#[derive(Clone, Debug, PartialEq)]
pub struct Settled {
    /// Its rows.
    pub arrangement: Arrangement,
    /// The scroll offset at which the selected event, or the one under the pointer, stays at its height as far as the
    /// lanes can be scrolled; in points.
    pub scroll: f32,
    /// Where lanes and marks were before.
    pub from: RowPositions,
}

impl Arrangement {
    /// Returns the initial arrangement of a view: if everything has room at home, rows and lanes are those of the home
    /// view. Events that have a row in the arrangement of the request keep it.
    #[must_use]
    pub fn first(request: Request<'_>, measure: &mut dyn Measure) -> Self {
        let kept = request.arrangement.settled();
        let home = chart(
            Request { view: View::home_on(*request.view.scale(), request.timeline), arrangement: &kept, ..request },
            measure,
        );
        kept.with_home(&home)
    }
}

/// Returns the chart of a view that rests: laid out as if nothing were selected, so that it equals that of a picture,
/// unless the selected event would not be shown.
#[must_use]
pub fn chart_at_rest(request: Request<'_>, measure: &mut dyn Measure) -> Chart {
    let afresh = Request { arrangement: Arrangement::EMPTY, ..request };
    let usual = chart(Request { pinned: None, ..afresh }, measure);
    let is_shown = |event: EventIndex| {
        let in_view = packing::is_within(request.timeline, event, request.view.interval());
        !in_view || titles(&usual, event)
    };
    let mut chart = if request.pinned.is_none_or(is_shown) { usual } else { chart(afresh, measure) };
    if let Some(rest) = &mut chart.rest {
        Arc::make_mut(rest).pinned = request.pinned;
    }
    if request.pinned.is_none() || request.pictures.is_empty() {
        return chart;
    }
    // The same rows, with the picture of the selected event.
    let arrangement = Arrangement::EMPTY.renewed(&chart).unwrap_or_default();
    self::chart(Request { arrangement: &arrangement, ..request }, measure)
}

/// Returns the layout of a view that has come to rest, in which no row is kept from `moving`, the chart of the same view
/// with the rows of its movement. `held` is the event under the pointer: where it would lose its title it has a mark
/// whatever its importance, as the selected event has.
///
/// # Errors
/// Returns `held` if it would lose its title all the same.
pub fn settle(
    request: Request<'_>,
    moving: &Chart,
    held: Option<EventIndex>,
    measure: &mut dyn Measure,
) -> Result<Settled, EventIndex> {
    let held = held.filter(|event| titles(moving, *event));
    let is_kept = |chart: &Chart| held.is_none_or(|event| titles(chart, event));
    let mut chart = chart_at_rest(request, measure);
    if !is_kept(&chart) && request.pinned.is_none() {
        chart = chart_at_rest(Request { pinned: held, ..request }, measure);
        if let Some(rest) = &mut chart.rest {
            Arc::make_mut(rest).pinned = None;
        }
    }
    if let Some(event) = held.filter(|_| !is_kept(&chart)) {
        return Err(event);
    }
    let at = |chart: &Chart, event| chart.marks().find(|mark| mark.event == event).map(|mark| mark.rect.center().y);
    let seen = moving.regions.lanes.y_range();
    let anchor = [held, request.pinned].into_iter().flatten().find_map(|event| {
        let before = at(moving, event).filter(|y| seen.contains(*y))?;
        Some(at(&chart, event)? - before)
    });
    // Below the lanes series are scrolled, one after another.
    let scrolls_lanes = chart.most_scroll() > 0.0 && moving.scrolling.lanes == moving.scrolling.at;
    let scroll = match anchor.filter(|_| scrolls_lanes) {
        Some(down) => (chart.scrolling.at + down).max(0.0),
        None => request.scroll,
    };
    let arrangement = Arrangement::EMPTY.renewed(&chart).unwrap_or_default();
    Ok(Settled { arrangement, scroll, from: RowPositions::of(moving) })
}

/// Returns whether [`settle`] may take longer than a frame: rows that a window of [`RowMode::Auto`] scrolls to are laid out
/// for a limited number of events, but others for as many as have room, and rows that fit the window again and again.
#[must_use]
pub fn settles_slowly(projection: &Projection, view: View, rows: RowMode) -> bool {
    let most = match rows {
        RowMode::Auto => return false,
        RowMode::Fit => 150,
        RowMode::All => 500,
    };
    projection.count(view.interval()) > most
}

/// Returns whether an event has a title in a chart.
fn titles(chart: &Chart, event: EventIndex) -> bool {
    chart.marks().any(|mark| mark.event == event && mark.label.is_some())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use egui::{Rect, pos2, vec2};
    use proptest::prelude::*;

    use super::super::measure::fixed::Fixed;
    use super::super::shown::Shown;
    use super::super::{RowMode, TextRole};
    use super::*;
    use crate::document;
    use crate::timeline::resolve;

    const LANES: usize = 4;

    fn timeline(events: &[(usize, i32, i32)]) -> Shown {
        let lane = |id: usize| document::Lane { id: id.to_string(), title: id.to_string(), ..Default::default() };
        let event = |(number, (lane, year, length)): (usize, &(usize, i32, i32))| document::Event {
            id: format!("e{number}"),
            lane: (lane % LANES).to_string(),
            title: format!(
                "Event {number} {}",
                "of many words ".chars().cycle().take(number * 7 % 60).collect::<String>()
            ),
            date: Some(if length % 4 == 0 { format!("{year}/{}", year + length) } else { year.to_string() }),
            ..Default::default()
        };
        let document = document::Timeline {
            title: "t".to_owned(),
            lanes: (0..LANES).map(lane).collect(),
            events: events.iter().enumerate().map(event).collect(),
            ..Default::default()
        };
        resolve(document).timeline.unwrap_or_default().into()
    }

    fn request(timeline: &Shown, height: f32, rows: RowMode) -> Request<'_> {
        let rect = Rect::from_min_size(pos2(0.0, 0.0), vec2(1000.0, height));
        let view = View::whole(timeline);
        Request { rows, ..Request::window(timeline, &timeline.projection, view, rect) }
    }

    /// Counts how often each title is measured.
    #[derive(Default)]
    struct Counting(BTreeMap<String, usize>);

    impl Measure for Counting {
        fn width(&mut self, text: &str, role: TextRole) -> f32 {
            if role == TextRole::Label && text.starts_with("Event ") {
                *self.0.entry(text.to_owned()).or_default() += 1;
            }
            Fixed.width(text, role)
        }

        fn breaks(&mut self, text: &str, role: TextRole) -> Arc<[[f32; 2]]> {
            Fixed.breaks(text, role)
        }
    }

    fn mode() -> impl Strategy<Value = RowMode> {
        prop_oneof![Just(RowMode::Auto), Just(RowMode::Fit), Just(RowMode::All)]
    }

    fn events() -> impl Strategy<Value = Vec<(usize, i32, i32)>> {
        let event = (0..LANES, 1900..2000, 1..12);
        prop_oneof![prop::collection::vec(event.clone(), 1..30), prop::collection::vec(event, 200..700)]
    }

    #[test]
    fn many_events_settle_slowly_unless_the_window_scrolls() {
        let events: Vec<(usize, i32, i32)> = (0..600).map(|number| (number % LANES, 1900 + number as i32, 1)).collect();
        let timeline = timeline(&events);
        let whole = View::whole(&timeline);
        let check = |rows, closer: f64, expect| {
            let slow = settles_slowly(&timeline.projection, whole.zoomed(closer, 0.5), rows);
            assert_eq!(slow, expect, "{rows:?}, {closer}");
        };
        check(RowMode::Auto, 1.0, false);
        check(RowMode::Fit, 1.0, true);
        check(RowMode::Fit, 10.0, false);
        check(RowMode::All, 1.0, true);
        check(RowMode::All, 2.0, false);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        /// Each frame of a view that rests is the same, to the point, whatever it is scrolled to.
        #[test]
        fn a_view_at_rest_is_repeated_exactly(
            events in events(),
            rows in mode(),
            height in 200_f32..900.0,
            (factor, at) in (1.0_f64..30.0, 0.0_f64..1.0),
            pinned in prop::option::of(0_usize..700),
            scroll in 0_f32..300.0,
        ) {
            let timeline = timeline(&events);
            let whole = request(&timeline, height, rows);
            let pinned = pinned.and_then(|position| timeline.events.indices().nth(position));
            let request = Request { view: whole.view.zoomed(factor, at), pinned, scroll, ..whole };
            let first = chart_at_rest(request, &mut Fixed);
            let arrangement = Arrangement::EMPTY.renewed(&first).expect("rows");
            prop_assert!(arrangement.rests_at(request.view));
            let again = chart(Request { arrangement: &arrangement, ..request }, &mut Fixed);
            prop_assert_eq!(&again, &first);
            prop_assert_eq!(arrangement.renewed(&again), None);
            let unselected = chart(Request { arrangement: &arrangement, pinned: None, ..request }, &mut Fixed);
            prop_assert_eq!(unselected.lanes, first.lanes, "what is no longer selected stays");
            let scrolled = Request { scroll: 0.0, arrangement: &arrangement, ..request };
            let afresh = chart_at_rest(Request { scroll: 0.0, ..request }, &mut Fixed);
            prop_assert_eq!(chart(scrolled, &mut Fixed), afresh);
        }

        /// While the view moves every title is measured once in a frame, unless the spacing of rows changes; where rows fit
        /// the window they always do, and no mark changes its row but where its row is given up.
        #[test]
        fn a_moving_frame_packs_each_lane_once(
            events in events(),
            rows in prop_oneof![Just(RowMode::Auto), Just(RowMode::Fit)],
            height in 250_f32..900.0,
            steps in prop::collection::vec((0.8_f64..1.3, 0.0_f64..1.0, -0.1_f64..0.1), 1..12),
        ) {
            let timeline = timeline(&events);
            let whole = request(&timeline, height, rows);
            let mut view = whole.view.zoomed(2.0, 0.5);
            let mut before = chart_at_rest(Request { view, ..whole }, &mut Fixed);
            let mut arrangement = Arrangement::EMPTY.renewed(&before).expect("rows");
            for (factor, at, pan) in steps {
                view = view.zoomed(factor, at).panned(pan).kept_near(timeline.extent, 0.1);
                let mut counting = Counting::default();
                let after = chart(Request { view, arrangement: &arrangement, ..whole }, &mut counting);
                let most = counting.0.values().copied().max().unwrap_or(0);
                let changes_spacing = after.row_spacing != before.row_spacing;
                prop_assert!(most <= 1 || changes_spacing, "measured {} times", most);
                if rows == RowMode::Fit {
                    let is_least = after.lanes.iter().all(|lane| lane.rows == 1);
                    prop_assert!(after.most_scroll() == 0.0 || is_least, "{:?}", after.regions.lanes_height);
                    let kept: BTreeMap<_, _> = before.marks().map(|mark| (mark.event, mark.row)).collect();
                    let hopped = after.marks().filter(|mark| kept.get(&mark.event).is_some_and(|row| *row != mark.row));
                    prop_assert!(factor < 1.0 || hopped.count() == 0 || changes_spacing);
                }
                arrangement = arrangement.renewed(&after).unwrap_or(arrangement);
                before = after;
            }
        }

        /// A view that has come to rest is laid out as if it had never moved; what is selected or under the pointer keeps
        /// its title and its height.
        #[test]
        fn what_comes_to_rest_forgets_its_movement(
            events in events(),
            rows in mode(),
            height in 250_f32..900.0,
            steps in prop::collection::vec((0.6_f64..1.6, 0.0_f64..1.0, -0.3_f64..0.3), 1..6),
            held in prop::option::of(0_usize..100),
            selects: bool,
        ) {
            let timeline = timeline(&events);
            let whole = request(&timeline, height, rows);
            let mut view = whole.view.zoomed(2.0, 0.5);
            let first = chart_at_rest(Request { view, ..whole }, &mut Fixed);
            let mut arrangement = Arrangement::EMPTY.renewed(&first).expect("rows");
            for (factor, at, pan) in steps {
                view = view.zoomed(factor, at).panned(pan).kept_near(timeline.extent, 0.1);
                let after = chart(Request { view, arrangement: &arrangement, ..whole }, &mut Fixed);
                arrangement = arrangement.renewed(&after).unwrap_or(arrangement);
            }
            let request = Request { view, arrangement: &arrangement, ..whole };
            let moving = chart(request, &mut Fixed);
            let titled: Vec<EventIndex> =
                moving.marks().filter(|mark| mark.label.is_some()).map(|mark| mark.event).collect();
            let held = held.and_then(|position| titled.get(position % titled.len().max(1)).copied());
            let request = Request { pinned: held.filter(|_| selects), ..request };
            let Ok(settled) = settle(request, &moving, held, &mut Fixed) else {
                prop_assert!(held.is_some());
                return Ok(());
            };
            let rested = Request { arrangement: &settled.arrangement, scroll: settled.scroll, ..request };
            let rested = chart(rested, &mut Fixed);
            prop_assert!(held.is_none_or(|event| titles(&rested, event)));
            let unmoved = Request { arrangement: Arrangement::EMPTY, pinned: None, scroll: settled.scroll, ..request };
            let unmoved = chart(unmoved, &mut Fixed);
            if held.is_none_or(|event| titles(&unmoved, event)) {
                prop_assert_eq!(&rested.lanes, &unmoved.lanes);
            }
            // On the way there all marks are between where they were and where they will be.
            let y = |chart: &Chart| -> BTreeMap<_, _> {
                chart.marks().map(|mark| ((mark.lane, mark.event), mark.rect.center().y)).collect()
            };
            let (from, to) = (y(&moving), y(&rested));
            for fraction in [0.0, 0.3, 1.0] {
                for (mark, y) in y(&rested.clone().on_its_way(&settled.from, fraction)) {
                    let (from, to) = (from.get(&mark).copied().unwrap_or(to[&mark]), to[&mark]);
                    prop_assert!((y - (from + (to - from) * fraction)).abs() < 0.01);
                }
            }
        }
    }
}
