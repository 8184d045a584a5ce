//! Value axes: the mapping from values to positions, and value ticks.
//!
//! The value of a tick is a decimal number, never a binary one, so that no rounding error shows on an axis.

use crate::document::Scale;
use crate::timeline::{Series, number, raised};

use super::lanes::MARKER_RADIUS;
use super::measure::{Measure, TextRole};

/// Minimum distance between two value ticks, in points.
const TICK_SPACING: f32 = 20.0;
/// Minimum distance between two ticks within a decade, in points.
const MINOR_SPACING: f32 = 15.0;
/// Free space on both sides of a tick label, in points.
const LABEL_MARGIN: f32 = 4.0;

/// A value tick.
#[derive(Clone, Debug, PartialEq)]
pub struct ValueTick {
    /// The value in plotted units.
    pub value: f64,
    /// The value as text.
    pub label: String,
}

/// The mapping from the values of a series to positions.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct ValueAxis {
    pub(super) scale: Scale,
    /// Factor that values are multiplied by before they are plotted.
    factor: f64,
    /// On a linear scale, values are plotted in units of ten to this power, so that neither sums nor differences of the
    /// largest and the smallest numbers leave the range of an `f64`.
    power: i32,
    /// Lowest and highest value in plotted units, with a margin.
    pub(super) bounds: (f64, f64),
    /// Whether all values are zero.
    is_zero: bool,
}

impl ValueAxis {
    /// Returns the axis of a plot of this height, in points; `None` if the series has no values.
    pub(super) fn of(series: &Series, height: f32) -> Option<Self> {
        let traces = [&series.line.values, &series.apart.values];
        let extremes = traces.into_iter().filter_map(|values| {
            let all = values.summary(0..values.len())?;
            Some((values.value(all.low), values.value(all.high)))
        });
        let (low, high) = extremes.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))?;
        Some(Self::between(series.scale, (low, high), height))
    }

    /// Returns the axis for several series in a plot of this height, in points, each with its factor. Linear if a value
    /// is zero or less, as that has no logarithm. `None` if there are no values.
    pub(super) fn of_all<'a>(
        series: impl Iterator<Item = (&'a Series, f64)>,
        scale: Scale,
        height: f32,
    ) -> Option<Self> {
        let extremes = series.filter_map(|(series, factor)| {
            let of_trace = |values: &crate::timeline::Values| {
                let all = values.summary(0..values.len())?;
                Some((values.value(all.low) * factor, values.value(all.high) * factor))
            };
            let both = [&series.line.values, &series.apart.values];
            both.into_iter().filter_map(of_trace).reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))
        });
        let (low, high) = extremes.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))?;
        let scale = if low > 0.0 { scale } else { Scale::Linear };
        Some(Self::between(scale, (low, high), height))
    }

    /// Returns the same axis for a series whose values are multiplied by `factor`.
    pub(super) fn times(self, factor: f64) -> Self {
        Self { factor, ..self }
    }

    /// Returns the part of the axis between two fractions of its length.
    pub(super) fn part(self, (from, to): (f64, f64)) -> Self {
        let (low, high) = self.bounds;
        let at = |fraction: f64| low + fraction * (high - low);
        Self { bounds: (at(from), at(to)), ..self }
    }

    fn between(scale: Scale, (low, high): (f64, f64), height: f32) -> Self {
        let largest = low.abs().max(high.abs());
        let power = if largest > 0.0 { largest.log10().floor().clamp(-300.0, 308.0) as i32 } else { 0 };
        let axis =
            Self { scale, factor: 1.0, power, bounds: (0.0, 1.0), is_zero: largest == 0.0 && scale == Scale::Linear };
        let (mut low, mut high) = (axis.plotted(low), axis.plotted(high));
        if scale == Scale::Linear {
            // A linear scale of values of one sign starts at zero; negative values only if they are all equal, as
            // otherwise their differences matter.
            low = if low > 0.0 { 0.0 } else { low };
            high = if high < 0.0 && high - low < 1e-9 { 0.0 } else { high };
        }
        if axis.is_zero {
            high = 1.0;
        } else if high - low < 1e-9 {
            (low, high) = (low - 0.5, high + 0.5);
        }
        let room = (high - low) * 0.12;
        // Below zero there is only room for a marker.
        let marker = (high - low) * f64::from(MARKER_RADIUS / height.max(4.0 * MARKER_RADIUS));
        let below = if scale == Scale::Linear && low == 0.0 { marker } else { room };
        Self { bounds: (low - below, high + room * 1.4), ..axis }
    }

    /// Returns a value in plotted units: in units of a power of ten, or its decimal logarithm on a log scale.
    pub(super) fn plotted(self, value: f64) -> f64 {
        let value = value * self.factor;
        match self.scale {
            Scale::Linear => value / 10_f64.powi(self.power),
            // The smallest positive `f64`.
            Scale::Log => value.max(f64::from_bits(1)).log10(),
        }
    }

    /// Returns as many value ticks as fit the height, in points; fewer if a label would be wider than `room`.
    pub(super) fn ticks(self, height: f32, room: f32, measure: &mut dyn Measure) -> Vec<ValueTick> {
        let mut most = (height / TICK_SPACING).floor().max(2.0);
        let mut widest = |ticks: &[ValueTick]| {
            ticks.iter().map(|tick| measure.width(&tick.label, TextRole::Small)).fold(0.0_f32, f32::max)
        };
        loop {
            let mut ticks = self.ticks_at_most(f64::from(most), height);
            if widest(&ticks) + 2.0 * LABEL_MARGIN <= room {
                return ticks;
            }
            if most <= 2.0 {
                // A truncated number would be misleading.
                ticks.retain(|tick| widest(std::slice::from_ref(tick)) + 2.0 * LABEL_MARGIN <= room);
                return ticks;
            }
            most -= 1.0;
        }
    }

    /// Returns the width that labels need, in points, for any of these plot heights.
    pub(super) fn label_room(self, heights: [f32; 2], measure: &mut dyn Measure) -> f32 {
        let ticks = heights.into_iter().flat_map(|height| self.ticks(height, f32::INFINITY, &mut *measure));
        let labels: Vec<String> = ticks.map(|tick| tick.label).collect();
        let widest = labels.iter().map(|label| measure.width(label, TextRole::Small)).fold(0.0, f32::max);
        widest.ceil() + 2.0 * LABEL_MARGIN + 1.0
    }

    fn ticks_at_most(self, most: f64, height: f32) -> Vec<ValueTick> {
        let (low, high) = self.bounds;
        let range = high - low;
        match self.scale {
            Scale::Linear if self.is_zero => vec![ValueTick { value: 0.0, label: "0".to_owned() }],
            Scale::Linear => {
                let ticks = self.two_or_more(range / most);
                let unit = Unit::of_all(&ticks);
                let tick = |decimal: Decimal| ValueTick {
                    // In plotted units.
                    value: Decimal { power: decimal.power - self.power, ..decimal }.value(),
                    label: decimal.words(unit),
                };
                ticks.into_iter().map(tick).collect()
            }
            Scale::Log => {
                let decimals = self.logarithmic(most, height);
                let tick = |decimal: Decimal| ValueTick { value: decimal.log10(), label: decimal.short() };
                decimals.into_iter().map(tick).collect()
            }
        }
    }

    /// Returns the multiples of a step in plotted units.
    fn linear(self, step: Step) -> Vec<Decimal> {
        let (low, high) = self.bounds;
        let size = step.size();
        let first = (low / size).ceil();
        let count = ((high / size).floor() - first + 1.0).clamp(0.0, 100.0) as i64;
        let multiple = |index: i64| Decimal::new((first as i64 + index) * step.digit, step.power + self.power);
        (0..count).map(multiple).collect()
    }

    /// Returns powers of ten; also 1, 2 and 5 times these if there is room or there are fewer than two powers; round
    /// steps if the scale covers only a part of that.
    fn logarithmic(self, most: f64, height: f32) -> Vec<Decimal> {
        const DECADES: [f64; 9] = [1.0, 2.0, 3.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0];
        let (low, high) = self.bounds;
        let range = high - low;
        let inside = |decimal: &Decimal| (low..=high).contains(&decimal.log10());
        // No `f64` is above that.
        let decades = low.floor() as i32..=(high.floor() as i32).min(f64::MAX_10_EXP);
        let minor = || decades.clone().flat_map(|power| [1, 2, 5].map(|digit| Decimal::new(digit, power)));
        let spacing = f64::from(height) / range * 2.0_f64.log10();
        if spacing >= f64::from(MINOR_SPACING) && minor().filter(inside).count() as f64 <= most {
            let minor: Vec<Decimal> = minor().filter(inside).collect();
            if minor.len() >= 2 {
                return minor;
            }
        }
        let powers = |every: f64| -> Vec<Decimal> {
            let round = decades.clone().filter(|power| power % every as i32 == 0);
            round.map(|power| Decimal::new(1, power)).filter(inside).collect()
        };
        // Slightly closer than requested is better than much further apart; and two ticks are kept if there are any.
        let first = DECADES.iter().position(|every| every * 1.1 >= range / most).unwrap_or(DECADES.len() - 1);
        let found = DECADES.iter().take(first + 1).rev().map(|every| powers(*every)).find(|powers| powers.len() >= 2);
        if let Some(powers) = found {
            return powers;
        }
        let minor = apart(minor().filter(inside).collect(), f64::from(height) / range);
        if minor.len() >= 2 {
            return minor;
        }
        // Such a narrow range is nearly linear. Values are in units of the power of ten at its lower end.
        let unit = low.floor();
        let values = (10_f64.powf(low - unit), 10_f64.powf(high - unit));
        let narrow = Self { scale: Scale::Linear, factor: 1.0, power: unit as i32, bounds: values, is_zero: false };
        narrow.two_or_more((values.1 - values.0) / most)
    }

    /// Returns the multiples of a round step not less than `least`, in plotted units, or of a smaller one if these are
    /// fewer than two.
    fn two_or_more(self, least: f64) -> Vec<Decimal> {
        let multiples = [1.0, 2.0, 4.0].map(|parts| self.linear(Step::of(least / parts)));
        let [coarse, finer, finest] = multiples;
        [coarse, finer].into_iter().find(|multiples| multiples.len() >= 2).unwrap_or(finest)
    }
}

/// Returns the ticks that do not overlap, always with the first and the last; a decade is `decade` points high.
fn apart(ticks: Vec<Decimal>, decade: f64) -> Vec<Decimal> {
    let distance = |a: &Decimal, b: &Decimal| (b.log10() - a.log10()) * decade;
    let Some(last) = ticks.last().copied() else { return ticks };
    let mut kept: Vec<Decimal> = Vec::new();
    for tick in ticks {
        let clear =
            |other: Option<&Decimal>| other.is_none_or(|other| distance(other, &tick) >= f64::from(MINOR_SPACING));
        if tick == last || (clear(kept.last()) && distance(&tick, &last) >= f64::from(MINOR_SPACING)) || kept.is_empty()
        {
            kept.push(tick);
        }
    }
    kept
}

/// A step of 1, 2 or 5 times a power of ten.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Step {
    digit: i64,
    power: i32,
}

impl Step {
    /// Returns the smallest step that is not less than `least`.
    fn of(least: f64) -> Self {
        let power = least.max(f64::MIN_POSITIVE).log10().floor() as i32;
        let of_power = [1, 2, 5].map(|digit| Self { digit, power });
        // The tolerance prevents an exact step from being rounded up to the next.
        let found = of_power.into_iter().find(|step| step.size() >= least * (1.0 - 1e-12));
        found.unwrap_or(Self { digit: 1, power: power + 1 })
    }

    fn size(self) -> f64 {
        Decimal::new(self.digit, self.power).value()
    }
}

/// A decimal number: an integer times a power of ten.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Decimal {
    digits: i64,
    power: i32,
}

/// The unit of the labels of an axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unit {
    /// Thousands, millions and so on, which have a letter: the power of ten and the letter.
    Letter(i32, &'static str),
    /// A power of ten, written with each number.
    Power(i32),
}

impl Unit {
    /// Returns the unit for a number of this order of magnitude.
    fn of(magnitude: i32) -> Self {
        match magnitude {
            -3..=3 => Self::Letter(0, ""),
            4..=5 => Self::Letter(3, "\u{202f}k"),
            6..=8 => Self::Letter(6, "\u{202f}M"),
            9..=11 => Self::Letter(9, "\u{202f}G"),
            12..=14 => Self::Letter(12, "\u{202f}T"),
            other => Self::Power(other),
        }
    }

    /// Returns the common unit of several numbers: that of the largest.
    fn of_all(decimals: &[Decimal]) -> Self {
        Self::of(decimals.iter().filter_map(|decimal| decimal.magnitude()).max().unwrap_or(0))
    }
}

impl Decimal {
    /// Creates a decimal without trailing zeros.
    fn new(mut digits: i64, mut power: i32) -> Self {
        while digits != 0 && digits % 10 == 0 {
            (digits, power) = (digits / 10, power + 1);
        }
        Self { digits, power: if digits == 0 { 0 } else { power } }
    }

    /// Returns the nearest binary number.
    fn value(self) -> f64 {
        format!("{}e{}", self.digits, self.power).parse().unwrap_or(0.0)
    }

    fn log10(self) -> f64 {
        (self.digits as f64).log10() + f64::from(self.power)
    }

    /// Returns the power of ten of the first digit; `None` for zero.
    fn magnitude(self) -> Option<i32> {
        self.digits.unsigned_abs().checked_ilog10().map(|digits| digits as i32 + self.power)
    }

    /// Formats the number in the unit that suits it: "10 k", "10²⁹".
    fn short(self) -> String {
        self.words(Unit::of(self.magnitude().unwrap_or(0)))
    }

    /// Formats the number in a unit: "0.5 M", "1.5 × 10⁴⁰".
    fn words(self, unit: Unit) -> String {
        let in_units = |power: i32| number(Self { power: self.power - power, ..self }.value());
        match unit {
            _ if self.digits == 0 => "0".to_owned(),
            Unit::Letter(power, letter) => format!("{}{letter}", in_units(power)),
            Unit::Power(power) => {
                let ten = format!("10{}", raised(&power.to_string()));
                match in_units(power).as_str() {
                    "1" => ten,
                    "\u{2212}1" => format!("\u{2212}{ten}"),
                    factor => format!("{factor}×{ten}"),
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::measure::fixed::Fixed;
    use super::*;
    use proptest::prelude::*;

    /// Returns the labels of the axis of values from the lowest to the highest.
    fn labels(scale: Scale, extremes: (f64, f64), height: f32) -> String {
        let ticks = ValueAxis::between(scale, extremes, height).ticks(height, f32::INFINITY, &mut Fixed);
        let labels: Vec<String> = ticks.into_iter().map(|tick| tick.label.replace('\u{202f}', "")).collect();
        labels.join(" ")
    }

    #[test]
    fn value_ticks_are_round() {
        let check = |scale, extremes, height, expect: &str| assert_eq!(labels(scale, extremes, height), expect);
        check(Scale::Log, (0.22, 85.0), 120.0, "1 10 100");
        check(Scale::Log, (1e4, 5e6), 54.0, "10k 1M");
        check(Scale::Linear, (10.0, 80.0), 100.0, "0 20 40 60 80");
        check(Scale::Linear, (-410.0, 0.0), 54.0, "\u{2212}400 \u{2212}200 0");
        check(Scale::Linear, (-0.9, 0.9), 100.0, "\u{2212}1 \u{2212}0.5 0 0.5 1");
        check(Scale::Linear, (10.0, 90_000.0), 120.0, "0 20k 40k 60k 80k 100k");
        check(Scale::Linear, (10.0, 1_900_000.0), 120.0, "0 0.5M 1M 1.5M 2M");
    }

    #[test]
    fn an_axis_says_its_numbers_shortly_from_the_smallest_to_the_largest() {
        let check = |scale, extremes, expect: &str| assert_eq!(labels(scale, extremes, 120.0), expect);
        check(Scale::Linear, (1e40, 2e40), "0 0.5×10⁴⁰ 10⁴⁰ 1.5×10⁴⁰ 2×10⁴⁰");
        check(Scale::Linear, (1e300, 1.7e308), "0 0.5×10³⁰⁸ 10³⁰⁸ 1.5×10³⁰⁸");
        check(Scale::Linear, (-1.7e308, 1.7e308), "\u{2212}2×10³⁰⁸ \u{2212}10³⁰⁸ 0 10³⁰⁸ 2×10³⁰⁸");
        check(Scale::Linear, (1e-300, 3e-300), "0 10^\u{2212}300 2×10^\u{2212}300 3×10^\u{2212}300");
        check(Scale::Linear, (1e-20, 3e-20), "0 10^\u{2212}20 2×10^\u{2212}20 3×10^\u{2212}20");
        check(Scale::Log, (1e3, 1.1e18), "1,000 1M 1G 1T 10¹⁵ 10¹⁸");
        check(Scale::Log, (1e9, 6e24), "10G 10¹⁵ 10²⁰ 10²⁵");
        check(Scale::Log, (1e-300, 1e300), "10^\u{2212}200 1 10²⁰⁰");
    }

    #[test]
    fn a_log_axis_with_room_has_ticks_within_its_decades() {
        let check = |high, height, expect: &str| assert_eq!(labels(Scale::Log, (1.0, high), height), expect);
        check(20.0, 80.0, "1 10");
        check(20.0, 120.0, "1 2 5 10 20");
        check(100.0, 54.0, "1 100");
        check(100.0, 80.0, "1 10 100");
        check(100.0, 120.0, "1 10 100");
        check(100.0, 190.0, "1 2 5 10 20 50 100 200");
        check(1000.0, 54.0, "1 100");
        check(1000.0, 400.0, "0.5 1 2 5 10 20 50 100 200 500 1,000 2,000");
    }

    #[test]
    fn a_log_axis_within_a_decade_has_ticks() {
        let check = |extremes, expect: &str| assert_eq!(labels(Scale::Log, extremes, 120.0), expect, "{extremes:?}");
        check((1.5, 8.0), "2 5 10");
        check((1.5, 12.0), "2 5 10");
        check((2e15, 6e15), "2×10¹⁵ 5×10¹⁵");
        check((3.1, 3.2), "3.1 3.15 3.2");
        check((3.0e20, 3.3e20), "3×10²⁰ 3.1×10²⁰ 3.2×10²⁰ 3.3×10²⁰");
        check((1000.0, 1000.0), "500 1,000 2,000");
        check((7.0, 7.000_000_000_000_1), "2 5 10 20");
    }

    #[test]
    fn one_value_has_an_axis_with_zero_where_it_can() {
        let check =
            |value: f64, expect: &str| assert_eq!(labels(Scale::Linear, (value, value), 60.0), expect, "{value}");
        check(0.0, "0");
        check(1000.0, "0 500 1,000");
        check(-5.0, "\u{2212}5 0");
        check(1e-12, "0 0.5×10^\u{2212}12 10^\u{2212}12");
        // Of the step that would suit the height only one multiple is on the axis.
        let low = ValueAxis::between(Scale::Linear, (-0.7713, -0.1294), 54.0);
        assert!(low.ticks(54.0, f32::INFINITY, &mut Fixed).len() >= 2);
    }

    #[test]
    fn labels_that_have_no_room_are_fewer_or_none() {
        let axis = ValueAxis::between(Scale::Linear, (1e40, 2e40), 200.0);
        let labels = |room: f32| -> Vec<String> {
            axis.ticks(200.0, room, &mut Fixed).into_iter().map(|tick| tick.label).collect()
        };
        assert_eq!(labels(50.0), ["0", "10⁴⁰", "2×10⁴⁰"]);
        assert_eq!(labels(40.0), ["0"]);
    }

    proptest! {
        /// For any values: at least two ticks unless all are zero, in order, within bounds, apart, short and without
        /// rounding noise.
        #[test]
        fn an_axis_of_any_values_can_be_read(
            first in -1.0_f64..1.0, second in -1.0_f64..1.0,
            power in prop_oneof![-300_i32..300, -6_i32..9],
            other in -300_i32..300, same in any::<bool>(),
            height in 54.0_f32..600.0,
            log in any::<bool>(),
        ) {
            let scale = if log { Scale::Log } else { Scale::Linear };
            let value = |digits: f64, power: i32| {
                let value = digits * 10_f64.powi(power);
                if log { value.abs().max(f64::MIN_POSITIVE) } else { value }
            };
            let (a, b) = (value(first, power), value(second, if same { power } else { other }));
            let axis = ValueAxis::between(scale, (a.min(b), a.max(b)), height);
            let (low, high) = axis.bounds;
            prop_assert!(low.is_finite() && high.is_finite() && low < high, "{low} {high}");
            prop_assert!(low <= axis.plotted(a) && axis.plotted(b) <= high);
            let ticks = axis.ticks(height, f32::INFINITY, &mut Fixed);
            prop_assert!(ticks.len() >= 2 && ticks.len() <= 40, "{} ticks", ticks.len());
            for tick in &ticks {
                prop_assert!((low..=high).contains(&tick.value), "{tick:?}");
                // A sign, five digits, a point and "×10^" with a sign and three digits.
                prop_assert!(tick.label.chars().count() <= 15, "{}", tick.label);
                prop_assert!(!tick.label.contains("99999") && !tick.label.contains("00000"), "{}", tick.label);
            }
            for pair in ticks.windows(2) {
                let apart = (pair[1].value - pair[0].value) / (high - low) * f64::from(height);
                prop_assert!(pair[0].label != pair[1].label && apart > 9.0, "{pair:?} {apart}");
            }
        }
    }
}
