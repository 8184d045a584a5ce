//! Ticks of the time axis, at common calendar steps, from seconds to billions of years.
//!
//! A tick is at the first second of what its label names. If the tick counts an extent, such as a year or a month, the
//! label is centred on that extent, so that "2015" never looks like 1 January 2015. Below a year, a second row of
//! labels names the coarser unit: 2015 under Jan Feb Mar.

use egui::Rangef;

use crate::timeline::MOST_STRETCHES;

use super::measure::{Measure, TextRole};
use super::tick_steps::{MAX_TICKS, NameRoom, Step, Tick, Unit, step, steps};
use super::view::TimeAxis;

/// The ticks of an axis.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ticks {
    /// The ticks, left to right.
    pub fine: Vec<Tick>,
    /// The coarser unit under them, left to right; empty from a year up.
    pub coarse: Vec<Tick>,
    /// The zone of the times of day on the ticks, and the x of its right end, left of the axis. `None` if there are no
    /// times of day, or if a label of the coarser unit names the zone.
    pub zone: Option<(String, f32)>,
    /// Why there are no ticks, and the x of the centre of this text.
    pub reason: Option<(&'static str, f32)>,
    /// The breaks of an axis that is not to scale, left to right.
    pub breaks: Vec<AxisBreak>,
    /// x of the places where the scale changes, in points, but for those at a break.
    pub changes: Vec<f32>,
    /// The thickness of the line of an axis that is not to scale, in points, in ranges of x.
    pub weights: Vec<(Rangef, f32)>,
    /// The words that say that an axis is not to scale, and the x of their right end, left of the axis.
    pub not_to_scale: Option<(&'static str, f32)>,
}

/// A stretch of time without events that takes little of the width.
#[derive(Clone, Debug, PartialEq)]
pub struct AxisBreak {
    /// Its range of x, in points, within the axis.
    pub x: Rangef,
    /// How much time it skips, such as "37 years".
    pub skips: String,
    /// The same as far as there is room: in full, in short, or empty.
    pub words: String,
    /// x of the centre of the words.
    pub words_x: f32,
    /// Whether the words are in the row of the ticks; else in that of the coarser unit.
    pub in_upper_row: bool,
}

/// The properties of a document that its ticks depend on.
#[derive(Clone, Copy, Debug)]
pub(super) struct Calendar<'a> {
    /// Whether the document reaches back before year 1, so that labels need room for the era. Independent of the view,
    /// as the step would otherwise change while panning.
    pub(super) has_bce: bool,
    /// The name of the zone of times of day.
    pub(super) zone: &'a str,
    /// Width of the room left of the axis, in points.
    pub(super) gutter: f32,
}

impl Ticks {
    /// Returns no ticks, for a document without a date.
    pub(super) fn nothing_dated(axis: TimeAxis) -> Self {
        let reason = Some(("Nothing is dated", f32::midpoint(axis.left, axis.right)));
        Self { reason, ..Self::default() }
    }
}

/// Distance of the zone name from the axis, in points.
pub(super) const ZONE_GAP: f32 = 8.0;

/// Returns the width that the name of a zone takes left of an axis, in points: that of the whole name or, if that
/// exceeds `most`, of the city.
pub(super) fn zone_room(zone: &str, most: f32, measure: &mut dyn Measure) -> f32 {
    let mut room = |name: &str| measure.width(name, TextRole::Small).ceil() + ZONE_GAP;
    let whole = room(zone);
    if whole <= most { whole } else { room(city(zone)) }
}

/// Returns the city that a zone is named after: `Buenos_Aires` for `America/Argentina/Buenos_Aires`.
fn city(zone: &str) -> &str {
    zone.rsplit('/').next().unwrap_or(zone)
}

/// Places the ticks of a linear axis.
#[must_use]
pub(super) fn ticks(axis: TimeAxis, calendar: Calendar<'_>, measure: &mut dyn Measure) -> Ticks {
    let chosen = choose(axis, calendar.has_bce, measure);
    let fine = chosen.place(axis, measure);
    let room = NameRoom { x: Rangef::new(axis.left, axis.right), abbreviates: false };
    let mut coarse = chosen.coarser().map_or_else(Vec::new, |coarser| coarser.place_names(axis, room, measure));
    let zone = if chosen.unit == Unit::Second { named_zone(axis, calendar, &mut coarse, measure) } else { None };
    Ticks { fine, coarse, zone, ..Ticks::default() }
}

/// Returns the name of the zone and the x of its right end, if there is room left of the axis, or none beside a day.
pub(super) fn named_zone(
    axis: TimeAxis,
    Calendar { zone, gutter, .. }: Calendar<'_>,
    coarse: &mut [Tick],
    measure: &mut dyn Measure,
) -> Option<(String, f32)> {
    let whole = measure.width(zone, TextRole::Small).ceil() + ZONE_GAP <= gutter;
    let named = whole || !name_zone(coarse, zone, axis, measure);
    named.then(|| (if whole { zone } else { city(zone) }.to_owned(), axis.left - ZONE_GAP))
}

/// Returns the ticks of a section of an axis that is not linear, in the finest steps of which both rows have a label.
/// The labels of the lower row are within `room`; `share` is the share of the section in the width of the axis. Also
/// returns whether the ticks are times of day; `None` if no step has labels.
pub(super) fn section_ticks(
    axis: TimeAxis,
    has_bce: bool,
    (room, share): (Rangef, f64),
    measure: &mut dyn Measure,
) -> Option<(Ticks, bool)> {
    /// After this many steps without labels, coarser ones have none either.
    const MOST_TRIES: usize = 12;
    let room = NameRoom { x: room, abbreviates: true };
    let is_labelled = |ticks: &[Tick]| ticks.iter().any(|tick| !tick.label.is_empty());
    // Leaves room for two additional ticks in each of the other sections.
    let most = (share * (MAX_TICKS - 2 * MOST_STRETCHES) as f64).max(1.0);
    // In a section that is much shorter than a step there is no tick.
    let (least, longest) = (axis.view.span() / most, 4.0 * axis.view.span());
    let mut fitting: Vec<Step> = steps().take_while(|step| step.seconds() <= longest).collect();
    fitting.retain(|step| step.seconds() >= least);
    fitting.retain(|step| step.fits(axis, has_bce, measure));
    fitting.into_iter().take(MOST_TRIES).find_map(|step| {
        let fine = step.place(axis, measure);
        let coarse = step.coarser().map(|coarser| coarser.place_names(axis, room, measure));
        let has_labels = is_labelled(&fine) && coarse.as_deref().is_none_or(is_labelled);
        let ticks = Ticks { fine, coarse: coarse.unwrap_or_default(), ..Ticks::default() };
        has_labels.then_some((ticks, step.unit == Unit::Second))
    })
}

/// Adds the zone to the first day that has room for it; returns whether there is one.
fn name_zone(days: &mut [Tick], zone: &str, axis: TimeAxis, measure: &mut dyn Measure) -> bool {
    let edges: Vec<f32> = days.iter().map(|day| day.x.max(axis.left)).skip(1).chain([axis.right]).collect();
    for (day, right) in days.iter_mut().zip(edges) {
        let label = format!("{}, {zone}", day.label);
        if !day.label.is_empty() && measure.width(&label, TextRole::TickStrong) + 8.0 <= right - day.x.max(axis.left) {
            day.label = label;
            return true;
        }
    }
    false
}

fn choose(axis: TimeAxis, has_bce: bool, measure: &mut dyn Measure) -> Step {
    // Leaves room for additional ticks at both edges.
    let least = axis.view.span() / (MAX_TICKS - 4) as f64;
    let mut all = steps();
    let fits = |step: &Step| step.seconds() >= least && step.fits(axis, has_bce, measure);
    all.find(fits).unwrap_or(step(Unit::Age, 100_000_000_000))
}

#[cfg(test)]
mod tests {
    use super::super::measure::fixed::Fixed;
    use super::super::tick_steps::age_label;
    use super::super::view::{View, YEAR};
    use super::*;
    use crate::date::{Date, Interval};
    use proptest::prelude::*;

    fn axis_of(from: &str, to: &str) -> TimeAxis {
        let time = |text: &str| Date::parse(text).map(|date| date.bounds().start).unwrap_or_default();
        TimeAxis { view: View::of(Interval { start: time(from), end: time(to) }), left: 0.0, right: 900.0 }
    }

    fn calendar(has_bce: bool) -> Calendar<'static> {
        Calendar { has_bce, zone: "UTC", gutter: 100.0 }
    }

    fn labels(ticks: &[Tick]) -> String {
        let labels: Vec<&str> =
            ticks.iter().map(|tick| tick.label.as_str()).filter(|label| !label.is_empty()).collect();
        labels.join(" ")
    }

    #[test]
    fn steps_are_those_that_people_use() {
        fn check(from: &str, to: &str, fine: &str, coarse: &str) {
            let ticks = ticks(axis_of(from, to), calendar(from.starts_with('-')), &mut Fixed);
            assert_eq!(labels(&ticks.fine), fine, "{from} to {to}");
            assert_eq!(labels(&ticks.coarse), coarse, "{from} to {to}, coarse");
        }
        check("1962", "2024", "1965 1970 1975 1980 1985 1990 1995 2000 2005 2010 2015 2020", "");
        check("2015-01", "2016-01", "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec", "2015");
        check("2013", "2017", "Q1 Q2 Q3 Q4 Q1 Q2 Q3 Q4 Q1 Q2 Q3 Q4 Q1 Q2 Q3 Q4", "2013 2014 2015 2016");
        check("2015-12-08", "2015-12-18", "8 9 10 11 12 13 14 15 16 17", "December 2015");
        check(
            "2015-12-10",
            "2015-12-11",
            "00:00 02:00 04:00 06:00 08:00 10:00 12:00 14:00 16:00 18:00 20:00 22:00 00:00",
            "10 December 2015",
        );
        check("2024-01-20T10:00:00", "2024-01-20T10:00:01", "10:00:00 10:00:01", "20 January 2024");
        check("2024-01-20T10:00:00", "2024-01-20T10:00:03", "10:00:00 10:00:01 10:00:02 10:00:03", "20 January 2024");
        check("-0209", "0250", "200 BCE 150 BCE 100 BCE 50 BCE 1 CE 50 CE 100 CE 150 CE 200 CE", "");
    }

    #[test]
    fn a_year_is_labelled_in_its_middle() {
        let axis = axis_of("2005", "2020");
        let ticks = ticks(axis, calendar(false), &mut Fixed);
        let tick = ticks.fine.iter().find(|tick| tick.label == "2012").map(|tick| tick.label_x - tick.x);
        let half_year = (YEAR / 2.0 / axis.seconds_per_point()) as f32;
        assert!(tick.is_some_and(|shift| (shift - half_year).abs() < 1.0), "{tick:?}");
    }

    #[test]
    fn the_zone_is_named_where_there_are_times_of_day() {
        let check = |from: &str, to: &str, zone, gutter, expect: Option<&str>, coarse: &str| {
            let found = ticks(axis_of(from, to), Calendar { has_bce: false, zone, gutter }, &mut Fixed);
            assert_eq!(found.zone.as_ref().map(|(name, _)| name.as_str()), expect, "{from} {to}");
            assert_eq!(labels(&found.coarse), coarse, "{from} {to}");
        };
        check("2015-12-10", "2015-12-11", "UTC", 100.0, Some("UTC"), "10 December 2015");
        check("2015-12-10", "2015-12-11", "Asia/Seoul", 20.0, None, "10 December 2015, Asia/Seoul");
        let long = "America/Argentina/Buenos_Aires";
        check(
            "2015-12-10",
            "2015-12-12",
            long,
            90.0,
            None,
            "10 December 2015, America/Argentina/Buenos_Aires 11 December 2015",
        );
        check(
            "2015-12-10",
            "2015-12-15",
            long,
            100.0,
            Some("Buenos_Aires"),
            "10 December 2015 11 December 2015 12 December 2015 13 December 2015 14 December 2015",
        );
        check("2015-12-08", "2015-12-18", "UTC", 100.0, None, "December 2015");
        check("2013", "2017", "UTC", 20.0, None, "2013 2014 2015 2016");
    }

    #[test]
    fn a_second_in_view_has_its_time_wherever_it_is() {
        for tenth in 0..10 {
            let axis = axis_of("2024-01-20T10:00:00", "2024-01-20T10:00:01");
            let axis = TimeAxis { view: axis.view.panned(f64::from(tenth) / 10.0), ..axis };
            let ticks = ticks(axis, calendar(false), &mut Fixed);
            assert!(!labels(&ticks.fine).is_empty(), "{tenth}");
        }
    }

    #[test]
    fn deep_time_is_counted_in_ages() {
        assert_eq!(age_label(66_000_000), "66 Ma");
        assert_eq!(age_label(13_800_000_000), "13.8 Ga");
        assert_eq!(age_label(12_000), "12 ka");
        assert_eq!(age_label(-5_000_000), "+5 Ma");
        assert_eq!(age_label(0), "present");
    }

    proptest! {
        /// For any view and any width: labels are in order and never overlap, and there are at most 300 ticks.
        #[test]
        fn labels_never_touch(
            start in -430_000_000_000_000_000_i64..400_000_000_000_000_000,
            exponent in 0.0_f64..18.4,
            width in 200.0_f32..8_000.0,
        ) {
            let span = 10_f64.powf(exponent) as i64;
            let view = View::of(Interval { start, end: start.saturating_add(span.max(1)) });
            let axis = TimeAxis { view, left: 0.0, right: width };
            let ticks = ticks(axis, calendar(start < -62_135_596_800), &mut Fixed);
            prop_assert!(ticks.fine.len() <= MAX_TICKS && ticks.coarse.len() <= MAX_TICKS, "{} ticks", ticks.fine.len());
            for row in [&ticks.fine, &ticks.coarse] {
                let shown: Vec<&Tick> = row.iter().filter(|tick| !tick.label.is_empty()).collect();
                for pair in shown.windows(2) {
                    let [a, b] = pair else { continue };
                    let half = |tick: &Tick| Fixed.width(&tick.label, TextRole::TickStrong) / 2.0;
                    prop_assert!(a.label_x + half(a) <= b.label_x - half(b) + 0.01, "{} and {}", a.label, b.label);
                }
            }
        }
    }
}
