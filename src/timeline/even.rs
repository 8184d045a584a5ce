//! The even scale of a document: stretches in which much happens get more of the width, empty ones less.
//!
//! The stretches are found as in a density estimate by a tree: the stretch whose halves differ most in density, by the
//! gain in logarithmic likelihood, is divided first, next to the events at the ends of a gap. The width of a stretch is
//! a weighted geometric mean of its number of events and its duration. A long stretch without any event is a break.

use super::model::Timeline;
use super::time_scale::{MOST_STRETCHES, StretchStart, TimeScale};
use crate::date::civil::{DAY, civil_from_days, days_from_civil};
use crate::date::{Date, Interval};

/// Exponent of the number of events in the width of a stretch; that of its duration is the rest to 1.
const EVENNESS: f64 = 0.93;
/// Maximum number of events that are looked at; of more, a sample at equal distances in the order of time.
const MOST_SAMPLES: usize = 4_096;
/// Share of the width that a break takes.
const BREAK: f64 = 0.024;
/// Minimum share of the width that an empty stretch would take at the rate of its neighbour, for it to be a break.
const LEAST_BREAK: f64 = 0.05;
/// Minimum gain of dividing a stretch, in units of logarithmic likelihood, in addition to the logarithm of the number of
/// samples: below, differences in density are those of chance.
const LEAST_GAIN: f64 = 2.0;
/// Minimum weight of the events of a stretch that has any, in a small document: few do not tell how dense they are.
const LEAST_WEIGHT: f64 = 2.0;
/// The same in a large one.
const MOST_LEAST_WEIGHT: f64 = 12.0;
/// Weight of the end of a span and of an era, compared with that of an event, whose title is at its beginning.
const END: f64 = 0.3;

/// Something that happens: a point of interest in time.
#[derive(Clone, Copy, Debug)]
struct Occasion {
    /// Seconds since 1970.
    at: f64,
    /// The duration of the part of the date that names it, in seconds: 31,536,000 for a year.
    precision: f64,
    weight: f64,
}

/// Returns the even scale of a document; the linear one if its events are even already.
///
/// Costs O(1) for each of at most 4,096 events.
pub(super) fn scale(timeline: &Timeline) -> TimeScale {
    let occasions = occasions(timeline);
    let (start, end) = (timeline.extent.start as f64, timeline.extent.end as f64);
    match (occasions.first(), occasions.last()) {
        (Some(first), Some(last)) if first.at < last.at => {
            let whole = Part { start: start.min(first.at), end: end.max(last.at), first: 0, after: occasions.len() };
            TimeScale::new(&rated(divided(whole, &Samples::new(&occasions))))
        }
        _ => TimeScale::LINEAR,
    }
}

/// Returns what happens in a document, in order of time.
fn occasions(timeline: &Timeline) -> Vec<Occasion> {
    let step = timeline.events.dated().div_ceil(MOST_SAMPLES).max(1);
    let mut all = Vec::new();
    let mut add = |date: &Date, start: f64| {
        let mut one = |extent: Interval, weight: f64| {
            all.push(Occasion { at: extent.middle() as f64, precision: extent.length() as f64, weight });
        };
        match date {
            Date::Span { start: from, end: to } => {
                for (end, weight) in [(from, start), (to, END)] {
                    if let Some(part) = end.part() {
                        one(part.extent(), weight);
                    }
                }
            }
            Date::Single(_) | Date::Set(_) => one(date.known_extent(), start),
        }
    };
    for index in (0..timeline.events.dated()).step_by(step) {
        if let Some(date) = timeline.events.get(index).and_then(|event| event.date) {
            add(date, 1.0);
        }
    }
    for era in &timeline.eras {
        add(&era.date, END);
    }
    all.sort_by(|a, b| a.at.total_cmp(&b.at));
    all
}

/// Occasions in order of time, with the sums of their weights.
struct Samples<'a> {
    occasions: &'a [Occasion],
    /// The sum of the weights of those before each, and of all.
    sums: Vec<f64>,
}

/// A part of the time, and the occasions in it: from `first` to before `after`.
#[derive(Clone, Copy, Debug)]
struct Part {
    start: f64,
    end: f64,
    first: usize,
    after: usize,
}

impl Part {
    fn length(self) -> f64 {
        self.end - self.start
    }
}

impl<'a> Samples<'a> {
    fn new(occasions: &'a [Occasion]) -> Self {
        let mut sums = vec![0.0];
        sums.extend(occasions.iter().scan(0.0, |sum, occasion| {
            *sum += occasion.weight;
            Some(*sum)
        }));
        Self { occasions, sums }
    }

    /// Returns the sum of the weights in a part.
    fn weight(&self, part: Part) -> f64 {
        let sum = |at: usize| self.sums.get(at).copied().unwrap_or_default();
        sum(part.after) - sum(part.first)
    }

    /// Returns the logarithmic likelihood of the occasions of a part, if they are spread evenly over it.
    fn likelihood(&self, part: Part) -> f64 {
        let weight = self.weight(part);
        if weight > 0.0 { weight * (weight / part.length()).ln() } else { 0.0 }
    }

    /// Returns whether a part has enough occasions for a density, or none.
    fn has_density(&self, part: Part) -> bool {
        let least = (LEAST_WEIGHT + self.occasions.len() as f64 / 60.0).min(MOST_LEAST_WEIGHT);
        part.first == part.after || self.weight(part) >= least
    }

    /// Returns the two parts that differ most in density, and the gain in likelihood.
    fn best_division(&self, part: Part) -> Option<(f64, [Part; 2])> {
        let own = self.likelihood(part);
        let mut best: Option<(f64, [Part; 2])> = None;
        for place in part.first..=part.after {
            let before = place.checked_sub(1).filter(|at| *at >= part.first).and_then(|at| self.occasions.get(at));
            let next = self.occasions.get(place).filter(|_| place < part.after);
            let gap = (before.map_or(part.start, |one| one.at), next.map_or(part.end, |one| one.at));
            let room = gap.1 - gap.0;
            let margins = [before.map(|one| margin(one, part)), next.map(|one| margin(one, part))];
            let margins = margins.map(|margin| margin.map(|margin| margin.min(room / 2.0)));
            let cuts = [margins[0].map(|margin| gap.0 + margin), margins[1].map(|margin| gap.1 - margin)];
            for (cut, margin) in cuts.into_iter().zip(margins).filter_map(|(cut, margin)| cut.zip(margin)) {
                let cut = roundest((cut - 0.6 * margin).max(gap.0), (cut + 0.6 * margin).min(gap.1)).unwrap_or(cut);
                if cut - part.start < 1.0 || part.end - cut < 1.0 || cut <= gap.0 || cut >= gap.1 {
                    continue;
                }
                let parts = [Part { end: cut, after: place, ..part }, Part { start: cut, first: place, ..part }];
                if !parts.iter().all(|part| self.has_density(*part)) {
                    continue;
                }
                let gain = parts.iter().map(|part| self.likelihood(*part)).sum::<f64>() - own;
                if best.as_ref().is_none_or(|(most, _)| gain > *most) {
                    best = Some((gain, parts));
                }
            }
        }
        best
    }
}

/// Returns the distance that a division of a part keeps from an occasion beside it, in seconds: what its date may be
/// off, or a share of the part.
fn margin(occasion: &Occasion, part: Part) -> f64 {
    /// Share of the part that a division keeps away from any occasion, so that one division magnifies a cluster only
    /// so much.
    const LEAST: f64 = 1.0 / 64.0;
    (LEAST * part.length()).max(0.75 * occasion.precision).max(1.0)
}

/// Divides a part into at most [`MOST_STRETCHES`] but two as long as that gains more than chance would; returns them in order of
/// time, with the weights of their occasions.
fn divided(whole: Part, samples: &Samples<'_>) -> Vec<(Part, f64)> {
    let least = LEAST_GAIN;
    let mut parts = vec![(whole, samples.best_division(whole))];
    while parts.len() < MOST_STRETCHES - 2 {
        let gain = |(_, division): &(Part, Option<(f64, [Part; 2])>)| division.map_or(f64::NEG_INFINITY, |best| best.0);
        let most = parts.iter().enumerate().max_by(|a, b| gain(a.1).total_cmp(&gain(b.1)));
        let Some((place, (_, Some((_, halves))))) = most.filter(|(_, part)| gain(part) > least) else { break };
        let (place, halves) = (place, *halves);
        let halves = halves.map(|half| (half, samples.best_division(half)));
        parts.splice(place..=place, halves);
    }
    parts.into_iter().map(|(part, _)| (part, samples.weight(part))).collect()
}

/// Gives each part its width.
fn rated(parts: Vec<(Part, f64)>) -> Vec<StretchStart> {
    let length = |part: &Part| part.length();
    // The width of a part with events; the seconds of an empty one are as wide as those of its wider neighbour.
    let busy = |(part, weight): &(Part, f64)| {
        (*weight > 0.0).then(|| weight.powf(EVENNESS) * length(part).powf(1.0 - EVENNESS) / length(part))
    };
    let rates: Vec<Option<f64>> = parts.iter().map(busy).collect();
    let beside = |place: usize| {
        let before = place.checked_sub(1).and_then(|at| rates.get(at)).copied().flatten();
        let after = rates.get(place + 1).copied().flatten();
        [before, after].into_iter().flatten().reduce(f64::min).unwrap_or(f64::MIN_POSITIVE)
    };
    let total: f64 = parts.iter().zip(&rates).filter_map(|((part, _), rate)| Some(length(part) * (*rate)?)).sum();
    let stretch = |(place, ((part, _), rate)): (usize, (&(Part, f64), &Option<f64>))| {
        let (rate, is_break) = match rate {
            Some(rate) => (*rate, false),
            None if length(part) * beside(place) > LEAST_BREAK * total => (BREAK * total / length(part), true),
            None => (beside(place), false),
        };
        StretchStart { start: part.start as i64, log2_rate: rate.log2(), is_break }
    };
    let mut stretches: Vec<StretchStart> = parts.iter().zip(&rates).enumerate().map(stretch).collect();
    // Beyond the document nothing is magnified.
    let mean = (total / parts.iter().map(|(part, _)| part.length()).sum::<f64>()).log2();
    let outside = |start: f64, beside: Option<&StretchStart>| {
        let log2_rate = beside.map_or(mean, |beside| beside.log2_rate.min(mean));
        StretchStart { start: start as i64, log2_rate, is_break: false }
    };
    let before = outside(f64::MIN, stretches.first());
    let after = outside(parts.last().map_or(f64::MAX, |(part, _)| part.end), stretches.last());
    stretches.insert(0, before);
    stretches.push(after);
    stretches
}

/// Returns the roundest time of the calendar after `from` and at or before `to`, in seconds since 1970: the beginning of
/// a millennium rather than of a century, of a year rather than of a month, of a day rather than of an hour. Returns
/// `None` if there is no whole minute.
fn roundest(from: f64, to: f64) -> Option<f64> {
    let day = (to / DAY as f64).floor() as i64;
    let (year, month, _) = civil_from_days(day);
    let powers = std::iter::successors(Some(10_000_000_000_i64), |power| (*power >= 10).then_some(power / 10));
    let years = powers.map(|power| days_from_civil(year.div_euclid(power) * power, 1, 1));
    let months = [days_from_civil(year, month, 1), day].into_iter();
    let days = years.chain(months).map(|day| day as f64 * DAY as f64);
    let times = [3_600.0, 60.0].into_iter().map(|unit| (to / unit).floor() * unit);
    days.chain(times).find(|time| *time > from && *time <= to)
}
