//! Ticks of the time axis, at common calendar steps, from seconds to billions of years.
//!
//! A tick is at the first second of what its label names. If the tick counts an extent, such as a year or a month, the
//! label is centred on that extent, so that "2015" never looks like 1 January 2015. Below a year, a second row of
//! labels names the coarser unit: 2015 under Jan Feb Mar.

use egui::Rangef;

use crate::date::civil::{DAY, PRESENT, civil_from_days, days_from_civil};
use crate::date::month_name;

use crate::timeline::{MOST_STRETCHES, Timeline};

use super::even_ticks;
use super::measure::{Measure, TextRole};
use super::view::TimeAxis;

/// Maximum number of ticks of an axis of any width.
const MAX_TICKS: usize = 300;
/// Minimum free space between two labels, in points.
pub(super) const GAP: f32 = 18.0;

/// A tick and its label.
#[derive(Clone, Debug, PartialEq)]
pub struct Tick {
    /// x of the line, in points.
    pub x: f32,
    /// The label; empty if there is none.
    pub label: String,
    /// x of the label's centre, in points.
    pub label_x: f32,
    /// Whether it is at a rounder step, such as a decade among years.
    pub strong: bool,
}

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

/// A unit of the civil calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unit {
    Second,
    Day,
    Week,
    Month,
    Year,
    /// Years counted back from [`PRESENT`].
    Age,
}

/// A step between ticks: a number of units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Step {
    unit: Unit,
    count: i64,
}

const fn step(unit: Unit, count: i64) -> Step {
    Step { unit, count }
}

/// Steps below a year, finest first; times of day are counted in seconds.
const SHORT_STEPS: [Step; 21] = [
    step(Unit::Second, 1),
    step(Unit::Second, 2),
    step(Unit::Second, 5),
    step(Unit::Second, 10),
    step(Unit::Second, 15),
    step(Unit::Second, 30),
    step(Unit::Second, 60),
    step(Unit::Second, 120),
    step(Unit::Second, 300),
    step(Unit::Second, 600),
    step(Unit::Second, 900),
    step(Unit::Second, 1_800),
    step(Unit::Second, 3_600),
    step(Unit::Second, 7_200),
    step(Unit::Second, 10_800),
    step(Unit::Second, 21_600),
    step(Unit::Second, 43_200),
    step(Unit::Day, 1),
    step(Unit::Week, 1),
    step(Unit::Month, 1),
    step(Unit::Month, 3),
];

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

/// Returns the ticks of a time axis for a document, with this width left of the axis, in points; if nothing is dated,
/// no ticks and the reason.
#[must_use]
pub fn ticks_of(timeline: &Timeline, axis: TimeAxis, gutter: f32, measure: &mut dyn Measure) -> Ticks {
    if !timeline.has_time() {
        return Ticks::nothing_dated(axis);
    }
    // The first second of year 1.
    let has_bce = timeline.extent.start < -62_135_596_800;
    let calendar = Calendar { has_bce, zone: timeline.zone.name(), gutter };
    if axis.view.scale().is_linear() {
        ticks(axis, calendar, measure)
    } else {
        even_ticks::place(axis, calendar, measure)
    }
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

/// Returns all steps, finest first.
fn steps() -> impl Iterator<Item = Step> {
    let powers = std::iter::successors(Some(1_i64), |power| Some(power * 10)).take(11);
    let counts = powers.flat_map(|power| [1, 2, 5].map(|digit| digit * power));
    // Steps of two years would skip years that readers look for.
    let counts = counts.filter(|count| *count != 2);
    SHORT_STEPS.into_iter().chain(counts.map(|count| step(if count >= 10_000 { Unit::Age } else { Unit::Year }, count)))
}

/// Where the labels of the second row may be.
#[derive(Clone, Copy)]
struct NameRoom {
    /// Their range of x, in points.
    x: Rangef,
    /// Whether a month is abbreviated if its name does not fit.
    abbreviates: bool,
}

impl Step {
    /// Returns the minimum length of the step, in seconds.
    fn seconds(self) -> f64 {
        let unit = match self.unit {
            Unit::Second => 1,
            Unit::Day => DAY,
            Unit::Week => 7 * DAY,
            Unit::Month => 28 * DAY,
            Unit::Year | Unit::Age => 365 * DAY,
        };
        (unit * self.count) as f64
    }

    fn fits(self, axis: TimeAxis, has_bce: bool, measure: &mut dyn Measure) -> bool {
        let sample = match self.unit {
            Unit::Second if self.count < 60 => "00:00:00",
            Unit::Second => "00:00",
            Unit::Day | Unit::Week => "00",
            Unit::Month if self.count == 1 => "May",
            Unit::Month => "Q0",
            Unit::Year if has_bce => "0000 BCE",
            Unit::Year => "0000",
            Unit::Age => "000.0 Ma",
        };
        self.spacing(axis) >= measure.width(sample, TextRole::TickStrong) + GAP
    }

    /// Returns the minimum distance between two ticks, in points.
    fn spacing(self, axis: TimeAxis) -> f32 {
        (self.seconds() / axis.seconds_per_point()) as f32
    }

    /// Returns the sequence number of the last tick at or before a time.
    fn index_at(self, seconds: i64) -> i64 {
        let days = seconds.div_euclid(DAY);
        match self.unit {
            Unit::Second => seconds.div_euclid(self.count),
            Unit::Day => days,
            // 1970-01-01 was a Thursday; weeks begin on Monday.
            Unit::Week => (days + 3).div_euclid(7),
            Unit::Month => {
                let (year, month, _) = civil_from_days(days);
                (year * 12 + i64::from(month) - 1).div_euclid(self.count)
            }
            Unit::Year => year_index(civil_from_days(days).0, self.count),
            Unit::Age => (civil_from_days(days).0 - PRESENT).div_euclid(self.count),
        }
    }

    /// Returns the first second of a tick.
    fn time(self, index: i64) -> i64 {
        let days = match self.unit {
            Unit::Second => return index.saturating_mul(self.count),
            Unit::Day => index,
            Unit::Week => index * 7 - 3,
            Unit::Month => {
                let month = index * self.count;
                days_from_civil(month.div_euclid(12), (month.rem_euclid(12) + 1) as u8, 1)
            }
            Unit::Year => days_from_civil(index_year(index, self.count), 1, 1),
            Unit::Age => days_from_civil(PRESENT + index * self.count, 1, 1),
        };
        days.saturating_mul(DAY)
    }

    /// Returns half of the extent that the label names, in seconds, which is the offset of its centre from the tick; 0
    /// for an instant.
    fn half_extent(self, index: i64) -> i64 {
        match self.unit {
            Unit::Second | Unit::Age => 0,
            Unit::Day | Unit::Week => DAY / 2,
            Unit::Month => (self.time(index + 1) - self.time(index)) / 2,
            Unit::Year => 365 * DAY / 2,
        }
    }

    fn label(self, index: i64, axis: TimeAxis) -> String {
        let time = self.time(index);
        let (year, month, day) = civil_from_days(time.div_euclid(DAY));
        match self.unit {
            Unit::Second => clock(time.rem_euclid(DAY), self.count),
            Unit::Day | Unit::Week => day.to_string(),
            Unit::Month if self.count == 1 => month_name(month).unwrap_or_default().chars().take(3).collect(),
            Unit::Month => format!("Q{}", (month - 1) / 3 + 1),
            Unit::Year => year_label(year, civil_from_days(axis.view.interval().start.div_euclid(DAY)).0 <= 0),
            Unit::Age => age_label(-index * self.count),
        }
    }

    fn strong(self, index: i64) -> bool {
        match self.unit {
            Unit::Second => self.time(index).rem_euclid(DAY) == 0,
            Unit::Day | Unit::Week => false,
            Unit::Month => (index * self.count).rem_euclid(12) == 0,
            Unit::Year => index.rem_euclid(rounder(self.count)) == 0,
            Unit::Age => index == 0 || index.rem_euclid(rounder(self.count)) == 0,
        }
    }

    fn place(self, axis: TimeAxis, measure: &mut dyn Measure) -> Vec<Tick> {
        let shown = axis.view.interval();
        let (first, last) = (self.index_at(shown.start), self.index_at(shown.end));
        let mut widest = 0.0_f32;
        for index in [first, first.midpoint(last), last] {
            widest = widest.max(measure.width(&self.label(index, axis), TextRole::TickStrong));
        }
        // If labels are longer than assumed when the step was chosen, only every second one is kept, or fewer. Selected
        // by tick number, so that the same ones remain while panning.
        let every = ((widest + GAP / 2.0) / self.spacing(axis)).ceil().max(1.0) as i64;
        let ticks = (first..=last)
            .take(MAX_TICKS)
            .map(|index| {
                let time = self.time(index);
                let mut label = self.label(index, axis);
                let x = axis.x_clipped(time);
                let mut label_x = axis.x_clipped(time.saturating_add(self.half_extent(index)));
                let half = measure.width(&label, TextRole::TickStrong) / 2.0;
                let (first, last) = (axis.left + half - half.min(8.0), axis.right - half + half.min(8.0));
                // The label of an instant at an end of the axis is moved inwards, into view.
                if self.half_extent(index) == 0 && x >= axis.left - 0.5 && x <= axis.right + 0.5 && first <= last {
                    label_x = label_x.clamp(first, last);
                }
                let whole = label_x >= first && label_x <= last;
                if !whole || index.rem_euclid(every) != 0 {
                    label.clear();
                }
                Tick { x, label, label_x, strong: self.strong(index) }
            })
            .filter(|tick| tick.x >= axis.left - 0.5 && tick.x <= axis.right + 0.5 || !tick.label.is_empty());
        let mut ticks: Vec<Tick> = ticks.collect();
        keep_apart(&mut ticks, measure);
        ticks
    }

    /// Returns the unit of the second row.
    fn coarser(self) -> Option<Self> {
        match self.unit {
            Unit::Second => Some(step(Unit::Day, 1)),
            Unit::Day | Unit::Week => Some(step(Unit::Month, 1)),
            Unit::Month => Some(step(Unit::Year, 1)),
            Unit::Year | Unit::Age => None,
        }
    }

    /// Returns the labels of the second row, each centred on the part of the extent that it names within `room`.
    fn place_names(self, axis: TimeAxis, room: NameRoom, measure: &mut dyn Measure) -> Vec<Tick> {
        let shown = axis.view.interval();
        (self.index_at(shown.start)..=self.index_at(shown.end))
            .take(MAX_TICKS)
            .map(|index| {
                let (start, end) = (axis.x_clipped(self.time(index)), axis.x_clipped(self.time(index + 1)));
                let (left, right) = (start.max(room.x.min), end.min(room.x.max));
                let mut fits = |label: &String| measure.width(label, TextRole::TickStrong) + 8.0 <= right - left;
                let long = Some(self.long_label(index, usize::MAX)).filter(&mut fits);
                let short = || Some(self.long_label(index, 3)).filter(|_| room.abbreviates);
                Tick {
                    x: start,
                    label: long.or_else(|| short().filter(&mut fits)).unwrap_or_default(),
                    label_x: f32::midpoint(left, right),
                    strong: true,
                }
            })
            .collect()
    }

    /// Returns a label that stands alone, with this many letters of the month.
    fn long_label(self, index: i64, letters: usize) -> String {
        let (year, month, day) = civil_from_days(self.time(index).div_euclid(DAY));
        let year = year_label(year, false);
        let month: String = month_name(month).unwrap_or_default().chars().take(letters).collect();
        match self.unit {
            Unit::Day => format!("{day} {month} {year}"),
            Unit::Month => format!("{month} {year}"),
            _ => year,
        }
    }
}

/// Removes labels at the ends that overlap their neighbours after having been moved inwards.
fn keep_apart(ticks: &mut [Tick], measure: &mut dyn Measure) {
    let labelled = || ticks.iter().enumerate().filter(|(_, tick)| !tick.label.is_empty()).map(|(at, _)| at);
    let ends = [(labelled().next(), labelled().nth(1)), (labelled().next_back(), labelled().rev().nth(1))];
    for (end, neighbour) in ends {
        let both = end.and_then(|end| ticks.get(end)).zip(neighbour.and_then(|other| ticks.get(other)));
        let touch = both.is_some_and(|(a, b)| {
            let half = |tick: &Tick, measure: &mut dyn Measure| measure.width(&tick.label, TextRole::TickStrong) / 2.0;
            (a.label_x - b.label_x).abs() < half(a, measure) + half(b, measure) + GAP / 4.0
        });
        if let Some(tick) = end.filter(|_| touch).and_then(|end| ticks.get_mut(end)) {
            tick.label.clear();
        }
    }
}

/// Numbers ticks of several years so that they are at round years of their own era: …, 200 BCE, 100 BCE, 1 CE, 100,
/// 200, …
fn year_index(year: i64, count: i64) -> i64 {
    if count == 1 {
        year
    } else if year >= count {
        year / count
    } else if year >= 1 {
        0
    } else {
        -((1 - year + count - 1) / count)
    }
}

fn index_year(index: i64, count: i64) -> i64 {
    if count == 1 {
        index
    } else if index > 0 {
        index * count
    } else {
        1 + index * count
    }
}

/// Returns the number of steps in the next rounder one.
fn rounder(count: i64) -> i64 {
    let mut digit = count;
    while digit >= 10 {
        digit /= 10;
    }
    if digit == 5 { 2 } else { 5 }
}

fn clock(second_of_day: i64, step: i64) -> String {
    let (hour, minute, second) = (second_of_day / 3600, second_of_day / 60 % 60, second_of_day % 60);
    if step < 60 { format!("{hour:02}:{minute:02}:{second:02}") } else { format!("{hour:02}:{minute:02}") }
}

/// Formats an astronomical year: no year zero, BCE before year 1, CE if both eras are in view.
pub(super) fn year_label(year: i64, both_eras: bool) -> String {
    if year < 1 {
        format!("{} BCE", crate::timeline::number((1 - year) as f64).replace(',', if year > -9_999 { "" } else { "," }))
    } else if both_eras && year < 1_000 {
        format!("{year} CE")
    } else if year >= 10_000 {
        crate::timeline::number(year as f64)
    } else {
        year.to_string()
    }
}

/// Formats years before the present: "12 ka", "66 Ma", "13.8 Ga"; "present" for 0, a plus sign for the future.
pub(super) fn age_label(years: i64) -> String {
    let magnitude = years.abs();
    let (unit, name) = match magnitude {
        0 => return "present".to_owned(),
        1..1_000_000 => (1_000, "ka"),
        1_000_000..1_000_000_000 => (1_000_000, "Ma"),
        _ => (1_000_000_000, "Ga"),
    };
    let sign = if years < 0 { "+" } else { "" };
    format!("{sign}{} {name}", crate::timeline::number(magnitude as f64 / f64::from(unit)))
}

#[cfg(test)]
mod tests {
    use super::super::measure::fixed::Fixed;
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
