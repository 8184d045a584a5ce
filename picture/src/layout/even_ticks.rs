//! Ticks of an axis, to scale or not: of one that is not, each section has those that suit it, and each break says what
//! it skips.

use egui::{Rangef, lerp};

use crate::date::civil::{DAY, civil_from_days};
use crate::date::{Interval, month_name};
use crate::timeline::{Timeline, number};

use super::measure::{Measure, TextRole};
use super::tick_steps::{GAP, Tick, age_label, year_label};
use super::ticks::{AxisBreak, Calendar, Ticks, ZONE_GAP, named_zone, section_ticks, ticks};
use super::view::{Section, TimeAxis, YEAR};

/// The words that say that an axis is not to scale.
const NOT_TO_SCALE: &str = "not to scale";
/// Minimum free space between the words of a break and other labels, in points.
const WORDS_GAP: f32 = 8.0;
/// Minimum width of a section with ticks, in points.
const LEAST_SECTION: f32 = 6.0;
/// Minimum width of a section that is named although it has no room for ticks, in points.
const LEAST_NAMED: f32 = 40.0;

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
    if axis.view.scale().is_linear() { ticks(axis, calendar, measure) } else { place(axis, calendar, measure) }
}

/// Returns the width that the words that an axis is not to scale take left of it, in points.
pub(super) fn sign_room(measure: &mut dyn Measure) -> f32 {
    measure.width(NOT_TO_SCALE, TextRole::Small).ceil() + ZONE_GAP
}

/// Places the ticks of an axis that is not linear.
fn place(axis: TimeAxis, calendar: Calendar<'_>, measure: &mut dyn Measure) -> Ticks {
    let sections = axis.sections();
    let (breaks, [upper, lower]) = place_breaks(axis, &sections, measure);
    let mut rows = Rows { fine: Vec::new(), coarse: Vec::new(), has_clocks: false };
    for (place, section) in sections.iter().enumerate() {
        if section.is_break || section.axis.right - section.axis.left < LEAST_SECTION {
            continue;
        }
        let before_ticks = sections.get(place + 1).is_some_and(|next| !next.is_break);
        rows.add(section, axis, (before_ticks, room_beside(section, &lower)), calendar.has_bce, measure);
    }
    let zone = rows.has_clocks.then(|| named_zone(axis, calendar, &mut [], measure)).flatten();
    let fine = clear(rows.fine, &upper, axis, measure);
    let not_to_scale = Some((NOT_TO_SCALE, axis.left - ZONE_GAP));
    let coarse = joined(rows.coarse, &breaks);
    let pairs = sections.iter().zip(sections.iter().skip(1));
    let changes = pairs.filter(|(before, after)| !before.is_break && !after.is_break);
    let changes = changes.map(|(_, after)| after.axis.left).collect();
    Ticks { fine, coarse, zone, reason: None, breaks, changes, weights: weights(axis, &sections), not_to_scale }
}

/// Returns how thick the line of the axis is in each section: the more time in a point, the thicker. It depends on the
/// whole scale, so that it stays while the view moves.
fn weights(axis: TimeAxis, sections: &[Section]) -> Vec<(Rangef, f32)> {
    /// Thickness where a point is the least time and where it is the most, in points.
    const WEIGHTS: [f32; 2] = [1.0, 4.0];
    /// Minimum binary logarithm of the ratio of the two, so that small differences look small.
    const LEAST: f32 = 6.0;
    let scale = axis.view.scale();
    let slowness = |rate: f64| -rate.log2() as f32;
    let all = scale.stretches().filter(|stretch| !stretch.is_break).map(|stretch| slowness(stretch.rate()));
    let range = all.fold(Rangef::NOTHING, |range, one| Rangef::new(range.min.min(one), range.max.max(one)));
    let weight = |section: &Section| {
        let own = slowness(scale.stretch_at(section.interval.start).rate());
        let share = ((own - range.min) / range.span().max(LEAST)).clamp(0.0, 1.0);
        let own = if section.is_break { WEIGHTS[0] } else { lerp(WEIGHTS[0]..=WEIGHTS[1], share) };
        (Rangef::new(section.axis.left, section.axis.right), own)
    };
    sections.iter().map(weight).collect()
}

/// The ticks of all sections; of the upper row with the number of their section.
struct Rows {
    fine: Vec<(usize, Tick)>,
    coarse: Vec<Tick>,
    has_clocks: bool,
}

impl Rows {
    /// Adds the ticks of a section, or its name if it has no room for ticks. `before_ticks` is whether the next section
    /// has ticks too, `room` the range of x of labels in the lower row, in points.
    fn add(
        &mut self,
        section: &Section,
        axis: TimeAxis,
        (before_ticks, room): (bool, Rangef),
        has_bce: bool,
        measure: &mut dyn Measure,
    ) {
        let own = section.axis;
        let number = self.fine.last().map_or(0, |(number, _)| number + 1);
        let Some((ticks, has_clocks)) = section_ticks(own, has_bce, (room, own.width() / axis.width()), measure) else {
            if own.right - own.left >= LEAST_NAMED {
                self.coarse.push(Tick { x: own.left, ..name(section.interval, room, measure) });
            }
            return;
        };
        self.has_clocks |= has_clocks;
        // A tick before the section names something that reaches into it; its line would be in another section.
        let outside = |x: f32| x < own.left - 0.5 && own.left > axis.left;
        let ticks_in = ticks.fine.into_iter().filter(|tick| !before_ticks || tick.x < own.right - 0.5);
        self.fine.extend(ticks_in.map(|tick| {
            let x = if outside(tick.x) { axis.left - 1.0 } else { tick.x };
            (number, Tick { x, ..tick })
        }));
        let names = ticks.coarse.into_iter().filter(|tick| tick.x < own.right - 0.5);
        self.coarse.extend(names.map(|tick| Tick { x: tick.x.max(own.left), ..tick }));
    }
}

/// Joins labels of the lower row that name the same time in adjacent sections, unless a break is between them.
fn joined(ticks: Vec<Tick>, breaks: &[AxisBreak]) -> Vec<Tick> {
    let mut joined: Vec<Tick> = Vec::new();
    for tick in ticks {
        let is_apart = |before: &Tick| breaks.iter().any(|one| before.x <= one.x.min && one.x.min <= tick.x);
        match joined.last_mut() {
            Some(before) if is_same(&before.label, &tick.label) && !is_apart(before) => {
                before.label_x = f32::midpoint(before.label_x, tick.label_x);
                if tick.label.len() > before.label.len() {
                    before.label = tick.label;
                }
            }
            _ => joined.push(tick),
        }
    }
    joined
}

/// Returns whether two labels name the same time, with the name of the month or its abbreviation, or a day with or
/// without the year.
fn is_same(a: &str, b: &str) -> bool {
    let same =
        |(a, b): (&str, &str)| a == b || a.len() >= 3 && b.len() >= 3 && a.get(..3) == b.get(..3) && !is_number(a);
    let words = a.split(' ').count().min(b.split(' ').count());
    let is_day = |label: &str| words == 2 && is_number(label);
    let agree = a.split(' ').zip(b.split(' ')).all(same);
    !a.is_empty() && !b.is_empty() && agree && (a.split(' ').count() == b.split(' ').count() || is_day(a) && is_day(b))
}

fn is_number(word: &str) -> bool {
    word.starts_with(|letter: char| letter.is_ascii_digit())
}

/// Returns the range of x of a section that words of breaks leave free, in points.
fn room_beside(section: &Section, taken: &[Rangef]) -> Rangef {
    let whole = Rangef::new(section.axis.left, section.axis.right);
    let mut room = whole;
    for words in taken.iter().filter(|words| words.intersects(whole)) {
        if words.center() < whole.center() {
            room.min = room.min.max(words.max);
        } else {
            room.max = room.max.min(words.min);
        }
    }
    room
}

/// Returns the range of x of words around `x`, in points, with a gap on both sides.
fn extent(x: f32, words: &str, role: TextRole, measure: &mut dyn Measure) -> Rangef {
    Rangef::point(x).expand(measure.width(words, role) / 2.0 + WORDS_GAP / 2.0)
}

/// Returns the breaks, and the ranges of x that their words take in the upper and the lower row.
fn place_breaks(axis: TimeAxis, sections: &[Section], measure: &mut dyn Measure) -> (Vec<AxisBreak>, [Vec<Rangef>; 2]) {
    let mut taken = [Vec::<Rangef>::new(), Vec::new()];
    let mut breaks = Vec::new();
    for section in sections.iter().filter(|section| section.is_break) {
        let x = Rangef::new(section.axis.left, section.axis.right);
        let length = section.stretch.length() as f64;
        let words = [false, true].map(|short| duration(length, short));
        let skips = words[0].clone();
        let mut placed = AxisBreak { x, skips, words: String::new(), words_x: x.center(), in_upper_row: false };
        // The lower row is the usual place; the words are within the axis.
        let choices = [(&words[0], false), (&words[1], false), (&words[0], true), (&words[1], true)];
        for (words, in_upper_row) in choices {
            let half = measure.width(words, TextRole::Small) / 2.0;
            if 2.0 * half > axis.right - axis.left {
                continue;
            }
            let words_x = x.center().clamp(axis.left + half, axis.right - half);
            let own = extent(words_x, words, TextRole::Small, measure);
            let [upper, lower] = &mut taken;
            let row = if in_upper_row { upper } else { lower };
            if row.last().is_none_or(|other| other.max <= own.min) {
                row.push(own);
                placed = AxisBreak { words: words.clone(), words_x, in_upper_row, ..placed };
                break;
            }
        }
        breaks.push(placed);
    }
    (breaks, taken)
}

/// Removes labels that touch those of another section, or the words of a break in their row: of two labels that of the
/// section that has more of them.
fn clear(ticks: Vec<(usize, Tick)>, taken: &[Rangef], axis: TimeAxis, measure: &mut dyn Measure) -> Vec<Tick> {
    let mut counts = vec![0_usize; ticks.len() + 1];
    for (section, tick) in &ticks {
        if let Some(count) = counts.get_mut(*section) {
            *count += usize::from(!tick.label.is_empty());
        }
    }
    let mut kept: Vec<(usize, Tick, Rangef)> = Vec::new();
    for (section, mut tick) in ticks {
        let half = measure.width(&tick.label, TextRole::TickStrong) / 2.0;
        if !tick.label.is_empty() {
            // Left of the axis are the words that it is not to scale.
            tick.label_x = tick.label_x.max(axis.left + half);
        }
        let own = Rangef::point(tick.label_x).expand(half);
        if taken.iter().any(|words| words.intersects(own)) {
            tick.label.clear();
        }
        if !tick.label.is_empty()
            && let Some((other, before, its)) = kept.iter_mut().rev().find(|(_, tick, _)| !tick.label.is_empty())
            && its.max + GAP / 3.0 > own.min
        {
            let count = |section: usize| counts.get(section).copied().unwrap_or_default();
            let (loser, label) =
                if count(*other) > count(section) { (*other, &mut before.label) } else { (section, &mut tick.label) };
            label.clear();
            if let Some(count) = counts.get_mut(loser) {
                *count = count.saturating_sub(1);
            }
        }
        kept.push((section, tick, own));
    }
    let in_view = |tick: &Tick| tick.x >= axis.left - 0.5 || !tick.label.is_empty();
    kept.into_iter().map(|(_, tick, _)| tick).filter(in_view).collect()
}

/// Returns the label of a section that has no room for ticks: the shortest time of the calendar that contains it, or its
/// first and last year. Empty if it has no room for that either.
fn name(shown: Interval, room: Rangef, measure: &mut dyn Measure) -> Tick {
    let civil = |seconds: i64| civil_from_days(seconds.div_euclid(DAY));
    let (from, to) = (civil(shown.start), civil(shown.end.saturating_sub(1)));
    let month =
        |letters: usize| -> String { month_name(from.1).unwrap_or_default().chars().take(letters).collect::<String>() };
    let year = year_label(from.0, false);
    let mut names = Vec::new();
    if from == to {
        names.extend([usize::MAX, 3].map(|letters| format!("{} {} {year}", from.2, month(letters))));
        // The year is beside it.
        names.push(format!("{} {}", from.2, month(3)));
    } else if (from.0, from.1) == (to.0, to.1) {
        names.extend([usize::MAX, 3].map(|letters| format!("{} {year}", month(letters))));
    }
    if from.0 == to.0 {
        names.push(year);
    } else if from.0 > -10_000 {
        names.push(format!("{year}–{}", year_label(to.0, false)));
    } else {
        let age = |year: i64| age_label(rounded(crate::date::civil::PRESENT - year));
        names.extend([format!("{}–{}", age(from.0), age(to.0)), age(from.0)]);
    }
    let label = names.into_iter().find(|name| measure.width(name, TextRole::TickStrong) + WORDS_GAP <= room.span());
    Tick { x: room.min, label: label.unwrap_or_default(), label_x: room.center(), strong: true }
}

/// Rounds to two digits.
fn rounded(value: i64) -> i64 {
    let power = 10_i64.pow(value.unsigned_abs().max(1).ilog10().saturating_sub(1));
    (value + value.signum() * power / 2) / power * power
}

/// Returns a duration in words, in one unit: "37 years", or "37 yr" if `short`.
fn duration(seconds: f64, short: bool) -> String {
    const UNITS: [(f64, &str, &str); 7] = [
        (1e9 * YEAR, "billion year", "bn yr"),
        (1e6 * YEAR, "million year", "m yr"),
        (YEAR, "year", "yr"),
        (YEAR / 12.0, "month", "mo"),
        (DAY as f64, "day", "d"),
        (3_600.0, "hour", "h"),
        (60.0, "minute", "min"),
    ];
    // Less than two of a unit are said in the next one.
    let found = UNITS.iter().find(|(unit, ..)| seconds >= if *unit > YEAR { *unit } else { 1.95 * unit });
    let (unit, long, brief) = found.copied().unwrap_or((1.0, "second", "s"));
    let value = seconds / unit;
    let said = if unit > YEAR && value < 10.0 {
        number((value * 10.0).round() / 10.0)
    } else {
        let value = value.round();
        number(if value < 1_000.0 { value } else { rounded(value as i64) as f64 })
    };
    if short {
        return format!("{said} {brief}");
    }
    let plural = if said == "1" && unit <= YEAR { "" } else { "s" };
    format!("{said} {long}{plural}")
}

#[cfg(test)]
mod tests {
    use super::super::measure::fixed::Fixed;
    use super::super::view::View;
    use super::*;
    use crate::date::Date;
    use crate::timeline::{StretchStart, TimeScale};
    use proptest::prelude::*;

    fn time(text: &str) -> i64 {
        Date::parse(text).map(|date| date.bounds().start).unwrap_or_default()
    }

    fn calendar(has_bce: bool) -> Calendar<'static> {
        Calendar { has_bce, zone: "UTC", gutter: 100.0 }
    }

    /// The scale of stretches from these times, with the binary logarithms of their rates; 9 stands for a break.
    fn scale(stretches: &[(&str, f64)]) -> TimeScale {
        let start = |(from, log2_rate): &(&str, f64)| {
            let is_break = *log2_rate > 8.0;
            StretchStart { start: time(from), log2_rate: if is_break { -12.0 } else { *log2_rate }, is_break }
        };
        TimeScale::new(&stretches.iter().map(start).collect::<Vec<_>>())
    }

    fn ticks(scale: TimeScale, from: &str, to: &str) -> Ticks {
        let view = View::on(scale, Interval { start: time(from), end: time(to) });
        place(TimeAxis { view, left: 100.0, right: 1000.0 }, calendar(false), &mut Fixed)
    }

    fn labels(ticks: &[Tick]) -> String {
        let shown: Vec<&str> = ticks.iter().map(|tick| tick.label.as_str()).filter(|label| !label.is_empty()).collect();
        shown.join(" ")
    }

    #[test]
    fn every_stretch_has_ticks_that_suit_it() {
        let check = |stretches: &[(&str, f64)], from: &str, to: &str, fine: &str, coarse: &str| {
            let found = ticks(scale(stretches), from, to);
            assert_eq!(labels(&found.fine), fine, "{from} to {to}");
            assert_eq!(labels(&found.coarse), coarse, "{from} to {to}, coarse");
            assert_eq!(found.not_to_scale, Some((NOT_TO_SCALE, 92.0)));
        };
        let day = [("1900", -12.0), ("1963-11-22", 0.0), ("1963-11-23", -12.0)];
        check(&day, "1943", "1984", "1945 1950 1955 1960 00:00 12:00 1965 1970 1975 1980", "22 November 1963");
        let zone = |stretches: &[(&str, f64)]| ticks(scale(stretches), "1943", "1984").zone.map(|(zone, _)| zone);
        assert_eq!(zone(&day).as_deref(), Some("UTC"), "where any stretch has times of day");
        assert_eq!(zone(&[("1900", 0.0), ("1963", 2.0)]), None);
        // Both sides of a break, whose words are in the lower row.
        let gap = [("1900", 0.0), ("1910", 9.0), ("2000", 0.0)];
        check(&gap, "1905", "2005", "1905 1906 1907 1908 1909 2000 2001 2002 2003 2004", "");
        let found = ticks(scale(&gap), "1905", "2005");
        let words: Vec<(&str, bool)> = found.breaks.iter().map(|one| (one.words.as_str(), one.in_upper_row)).collect();
        assert_eq!(words, [("90 years", false)]);
        assert!(found.changes.is_empty(), "the break shows that the scale changes");
    }

    #[test]
    fn the_axis_is_thicker_where_more_time_is_in_a_point() {
        let day = [("1900", -12.0), ("1963-11-22", 0.0), ("1963-11-23", -6.0)];
        let weights = |from: &str, to: &str| -> Vec<f32> {
            ticks(scale(&day), from, to).weights.iter().map(|(_, weight)| *weight).collect()
        };
        assert_eq!(weights("1943", "1984"), [4.0, 1.0, 2.5]);
        // It stays when the view moves.
        assert_eq!(weights("1943", "1963-11-22T12:00"), [4.0, 1.0]);
        assert_eq!(weights("1970", "1971"), [2.5]);
        // Four times as much is not yet twice as thick.
        let found = ticks(scale(&[("1900", 0.0), ("1950", 2.0)]), "1940", "1960").weights;
        let ends: Vec<[f32; 3]> = found.iter().map(|(x, weight)| [x.min, x.max, *weight].map(f32::round)).collect();
        assert_eq!(ends, [[100.0, 280.0, 2.0], [280.0, 1000.0, 1.0]]);
    }

    #[test]
    fn a_label_that_names_the_same_time_in_two_stretches_is_shown_once() {
        let found = ticks(
            scale(&[("1963-11-20", 0.0), ("1963-11-22T06:00", 2.0), ("1963-11-22T18:00", 0.0), ("1963-11-24", 2.0)]),
            "1963-11-22",
            "1963-11-23",
        );
        assert_eq!(labels(&found.coarse), "22 November 1963");
        assert_eq!(found.changes.len(), 2);
        let check = |a: &str, b: &str, expect: bool| assert_eq!(is_same(a, b), expect, "{a}, {b}");
        check("22 Nov 1963", "22 November 1963", true);
        check("22 Nov 1963", "23 Nov 1963", false);
        check("Jan 1963", "June 1963", false);
        check("1963", "1963", true);
        check("1963", "1964", false);
        check("1963", "November 1963", false);
        check("22 Nov", "22 November 1963", true);
        check("22 Nov", "23 November 1963", false);
        check("1963", "1963 CE", false);
        check("", "", false);
    }

    #[test]
    fn a_time_at_which_a_stretch_ends_is_named_once() {
        let days = scale(&[("1963-11-20", 0.0), ("1963-11-22", 2.0), ("1963-11-24", 0.0)]);
        let found = ticks(days, "1963-11-21", "1963-11-25");
        let lines: Vec<f32> = found.coarse.iter().map(|tick| tick.x.round()).collect();
        assert_eq!(lines, [100.0, 190.0, 550.0, 910.0]);
        assert_eq!(labels(&found.coarse), "Nov 1963 22 November 1963 23 November 1963 Nov 1963");
    }

    #[test]
    fn durations_are_said_in_one_unit() {
        let check = |seconds: f64, long: &str, short: &str| {
            assert_eq!([duration(seconds, false), duration(seconds, true)], [long, short]);
        };
        check(37.2 * YEAR, "37 years", "37 yr");
        check(9.31e9 * YEAR, "9.3 billion years", "9.3 bn yr");
        check(1e9 * YEAR, "1 billion years", "1 bn yr");
        check(12.4e6 * YEAR, "12 million years", "12 m yr");
        check(12_345.0 * YEAR, "12,000 years", "12,000 yr");
        check(1.5 * YEAR, "18 months", "18 mo");
        check(20.0 * 86_400.0, "20 days", "20 d");
        check(3.0 * 3_600.0, "3 hours", "3 h");
        check(90.0, "90 seconds", "90 s");
        check(1.0, "1 second", "1 s");
    }

    #[test]
    fn a_stretch_without_ticks_is_named() {
        let check = |from: &str, to: &str, width: f32, expect: &str| {
            let shown = Interval { start: time(from), end: time(to) };
            assert_eq!(name(shown, Rangef::new(0.0, width), &mut Fixed).label, expect, "{from} to {to}");
        };
        check("1963-11-22T10:00", "1963-11-22T12:00", 200.0, "22 November 1963");
        check("1963-11-22T10:00", "1963-11-22T12:00", 100.0, "22 Nov 1963");
        check("1963-11-22T10:00", "1963-11-22T12:00", 60.0, "22 Nov");
        check("1963-11-02", "1963-11-22", 100.0, "Nov 1963");
        check("1963-05-02", "1963-11-22", 100.0, "1963");
        check("1963-05-02", "1968-11-22", 100.0, "1963–1968");
        check("1963-05-02", "1968-11-22", 20.0, "");
        check("Y-12000000", "Y-3000000", 200.0, "12 Ma–3 Ma");
    }

    prop_compose! {
        fn scales()(
            first in -400_000_000_000_000_000_i64..1_000_000_000_000_000,
            steps in prop::collection::vec((0.0_f64..17.0, -45.0_f64..0.0, prop::bool::weighted(0.2)), 2..20),
        ) -> TimeScale {
            let mut start = first;
            let stretches: Vec<StretchStart> = steps.into_iter().map(|(exponent, log2_rate, is_break)| {
                start += 10_f64.powf(exponent) as i64;
                StretchStart { start, log2_rate, is_break }
            }).collect();
            TimeScale::new(&stretches)
        }
    }

    proptest! {
        /// On any scale, in any view: labels and the words of breaks are within the picture, in order and never
        /// overlap, and there are at most 300 ticks.
        #[test]
        fn labels_never_touch(
            scale in scales(),
            [a, b] in [0_usize..20, 0_usize..20],
            [before, after] in [1_i64..1_000_000_000_000, 1_i64..1_000_000_000_000],
            width in 200.0_f32..8_000.0,
        ) {
            let starts: Vec<i64> =
                scale.stretches().map(|stretch| stretch.interval.start).filter(|start| *start > i64::MIN).collect();
            prop_assume!(!starts.is_empty());
            let (a, b) = (starts[a % starts.len()], starts[b % starts.len()]);
            let view = View::on(scale, Interval { start: a.min(b) - before, end: a.max(b) + after });
            let axis = TimeAxis { view, left: 100.0, right: 100.0 + width };
            let found = place(axis, calendar(a.min(b) < -62_135_596_800), &mut Fixed);
            prop_assert!(found.fine.len() <= 300 && found.coarse.len() <= 300, "{} ticks", found.fine.len());
            for upper in [true, false] {
                let row = if upper { &found.fine } else { &found.coarse };
                let mut taken: Vec<(Rangef, &str)> = Vec::new();
                for tick in row.iter().filter(|tick| !tick.label.is_empty()) {
                    let half = Fixed.width(&tick.label, TextRole::TickStrong) / 2.0;
                    taken.push((Rangef::point(tick.label_x).expand(half), &tick.label));
                }
                for one in found.breaks.iter().filter(|one| one.in_upper_row == upper && !one.words.is_empty()) {
                    let half = Fixed.width(&one.words, TextRole::Small) / 2.0;
                    taken.push((Rangef::point(one.words_x).expand(half), &one.words));
                }
                taken.sort_by(|a, b| a.0.min.total_cmp(&b.0.min));
                for pair in taken.windows(2) {
                    prop_assert!(pair[0].0.max <= pair[1].0.min + 0.01, "{} and {}", pair[0].1, pair[1].1);
                }
                for (x, label) in taken {
                    prop_assert!(x.min >= axis.left - 0.1 && x.max <= axis.right + 8.1, "{label} at {x:?}");
                }
            }
            for tick in &found.fine {
                let is_in_view = tick.x >= axis.left - 0.6 && tick.x <= axis.right + 0.6;
                prop_assert!(is_in_view || tick.x < axis.left && !tick.label.is_empty(), "{tick:?}");
            }
        }
    }
}
