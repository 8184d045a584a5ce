//! The steps between ticks, from a second to billions of years, and their labels.

use egui::Rangef;

use crate::date::civil::{DAY, PRESENT, civil_from_days, days_from_civil};
use crate::date::month_name;

use super::measure::{Measure, TextRole};
use super::view::TimeAxis;

/// Maximum number of ticks of an axis of any width.
pub(super) const MAX_TICKS: usize = 300;
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

/// A unit of the civil calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
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
pub(super) struct Step {
    pub(super) unit: Unit,
    count: i64,
}

pub(super) const fn step(unit: Unit, count: i64) -> Step {
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

/// Returns all steps, finest first.
pub(super) fn steps() -> impl Iterator<Item = Step> {
    let powers = std::iter::successors(Some(1_i64), |power| Some(power * 10)).take(11);
    let counts = powers.flat_map(|power| [1, 2, 5].map(|digit| digit * power));
    // Steps of two years would skip years that readers look for.
    let counts = counts.filter(|count| *count != 2);
    SHORT_STEPS.into_iter().chain(counts.map(|count| step(if count >= 10_000 { Unit::Age } else { Unit::Year }, count)))
}

/// Where the labels of the second row may be.
#[derive(Clone, Copy)]
pub(super) struct NameRoom {
    /// Their range of x, in points.
    pub(super) x: Rangef,
    /// Whether a month is abbreviated if its name does not fit.
    pub(super) abbreviates: bool,
}

impl Step {
    /// Returns the minimum length of the step, in seconds.
    pub(super) fn seconds(self) -> f64 {
        let unit = match self.unit {
            Unit::Second => 1,
            Unit::Day => DAY,
            Unit::Week => 7 * DAY,
            Unit::Month => 28 * DAY,
            Unit::Year | Unit::Age => 365 * DAY,
        };
        (unit * self.count) as f64
    }

    pub(super) fn fits(self, axis: TimeAxis, has_bce: bool, measure: &mut dyn Measure) -> bool {
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

    pub(super) fn place(self, axis: TimeAxis, measure: &mut dyn Measure) -> Vec<Tick> {
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
    pub(super) fn coarser(self) -> Option<Self> {
        match self.unit {
            Unit::Second => Some(step(Unit::Day, 1)),
            Unit::Day | Unit::Week => Some(step(Unit::Month, 1)),
            Unit::Month => Some(step(Unit::Year, 1)),
            Unit::Year | Unit::Age => None,
        }
    }

    /// Returns the labels of the second row, each centred on the part of the extent that it names within `room`.
    pub(super) fn place_names(self, axis: TimeAxis, room: NameRoom, measure: &mut dyn Measure) -> Vec<Tick> {
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
