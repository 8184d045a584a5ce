//! The even scale of a document: stretches in which much happens get more of the width, empty ones less.
//!
//! The stretches are found as in a density estimate by a tree: the stretch whose halves differ most in density, by the
//! gain in logarithmic likelihood, is divided first, next to the events at the ends of a gap. The width of a stretch is
//! a weighted geometric mean of its number of events and its duration. A long stretch without any event is a break.

use super::model::Timeline;
use super::time_scale::{MOST_STRETCHES, StretchStart, TimeScale};
use crate::date::civil::{DAY, civil_from_days, days_from_civil};
use crate::date::{Date, Interval};
use crate::sorting;

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
/// Maximum number of gaps at which a document is divided before anything else.
const MOST_GAPS: usize = 5;
/// Minimum ratio of the length of such a gap and of the distances near it.
const LEAST_RATIO: f64 = 8.0;
/// Share of a part that a division of it keeps away from any event, so that one division magnifies a cluster only so
/// much.
const LEAST_MARGIN: f64 = 1.0 / 64.0;
/// Minimum weight of the events of a stretch that has any, in a small document: few do not tell how dense they are.
const LEAST_WEIGHT: f64 = 2.0;
/// The same in a large one.
const MOST_LEAST_WEIGHT: f64 = 12.0;
/// Weight of the end of a span, compared with that of its beginning, where its title is.
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
            TimeScale::new(&rated(&divided(whole, &Samples::new(&occasions))))
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
    // Eras are behind events, and shown by their extents.
    for era in timeline.eras.iter().filter(|_| timeline.events.dated() == 0) {
        add(&era.date, 1.0);
    }
    all.sort_by(|a, b| a.at.total_cmp(&b.at));
    all
}

/// Occasions in order of time, with the sums of their weights.
struct Samples<'a> {
    occasions: &'a [Occasion],
    /// The sum of the weights of those before each, and of all.
    sums: Vec<f64>,
    /// The sum of the logarithms of the precisions of those before each, and of all.
    precisions: Vec<f64>,
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
        let sums = |of: fn(&Occasion) -> f64| {
            let all = occasions.iter().scan(0.0, |sum, occasion| {
                *sum += of(occasion);
                Some(*sum)
            });
            std::iter::once(0.0).chain(all).collect()
        };
        let (sums, precisions) = (sums(|one| one.weight), sums(|one| one.precision.max(1.0).ln()));
        Self { occasions, sums, precisions }
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

    /// Returns whether a part has no occasion, or enough of them for a density, which is no finer than their dates.
    fn has_density(&self, part: Part) -> bool {
        let least = (LEAST_WEIGHT + self.occasions.len() as f64 / 60.0).min(MOST_LEAST_WEIGHT);
        let count = part.after - part.first;
        let sum = |at: usize| self.precisions.get(at).copied().unwrap_or_default();
        let precision = ((sum(part.after) - sum(part.first)) / count.max(1) as f64).exp();
        count == 0 || self.weight(part) >= least && part.length() >= 2.0 * precision
    }

    /// Returns the parts between the longest gaps, and the gaps. A gap is much longer than any distance near it.
    fn apart(&self, whole: Part) -> Vec<Part> {
        /// Number of occasions on either side of a gap that are near it.
        const NEAR: usize = 3;
        let at = |place: usize| self.occasions.get(place).copied();
        let gap = |place: usize| -> Option<(f64, Part)> {
            let (before, next) = (at(place.checked_sub(1)?)?, at(place)?);
            let near = [before.at - at(place.checked_sub(NEAR)?)?.at, at(place + NEAR - 1)?.at - next.at];
            let near = [near[0].max(before.precision), near[1].max(next.precision)];
            let length = next.at - before.at;
            let ratio = length / near[0].max(near[1]).max(1.0);
            let margin = |near: f64| near.max(LEAST_MARGIN * length).min(length / 4.0);
            let [start, end] = [before.at + margin(near[0]), next.at - margin(near[1])];
            let start = roundest(start - 0.5 * margin(near[0]), start).unwrap_or(start);
            let end = roundest(end, end + 0.5 * margin(near[1])).unwrap_or(end);
            (ratio > LEAST_RATIO).then_some((ratio, Part { start, end, first: place, after: place }))
        };
        let mut gaps: Vec<(f64, Part)> = (whole.first..whole.after).filter_map(gap).collect();
        sorting::by(&mut gaps, |a, b| b.0.total_cmp(&a.0));
        gaps.truncate(MOST_GAPS);
        sorting::by_key(&mut gaps, |(_, gap)| gap.first);
        let mut parts = Vec::new();
        let mut rest = whole;
        for (_, gap) in gaps {
            parts.extend([Part { end: gap.start, after: gap.first, ..rest }, gap]);
            rest = Part { start: gap.end, first: gap.first, ..rest };
        }
        parts.push(rest);
        parts
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
    (LEAST_MARGIN * part.length()).max(0.75 * occasion.precision).max(1.0)
}

/// Divides a part at its longest gaps, and then into at most [`MOST_STRETCHES`] but two as long as that gains more than
/// chance would; returns them in order of time, with the weights of their occasions.
fn divided(whole: Part, samples: &Samples<'_>) -> Vec<(Part, f64)> {
    let divisible = |part: Part| (part, samples.best_division(part));
    let mut parts: Vec<_> = samples.apart(whole).into_iter().map(divisible).collect();
    while parts.len() < MOST_STRETCHES - 2 {
        let gain = |(_, division): &(Part, Option<(f64, [Part; 2])>)| division.map_or(f64::NEG_INFINITY, |best| best.0);
        let most = parts.iter().enumerate().max_by(|a, b| gain(a.1).total_cmp(&gain(b.1)));
        let Some((place, (_, Some((_, halves))))) = most.filter(|(_, part)| gain(part) > LEAST_GAIN) else { break };
        let (place, halves) = (place, halves.map(divisible));
        parts.splice(place..=place, halves);
    }
    parts.into_iter().map(|(part, _)| (part, samples.weight(part))).collect()
}

/// Gives each part its width.
fn rated(parts: &[(Part, f64)]) -> Vec<StretchStart> {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document;
    use crate::timeline::resolve;
    use proptest::prelude::*;

    fn timeline(dates: &[String]) -> Timeline {
        let event = |(number, date): (usize, &String)| document::Event {
            id: format!("e{number}"),
            lane: "a".to_owned(),
            title: "t".to_owned(),
            date: Some(date.clone()),
            ..Default::default()
        };
        let lane = document::Lane { id: "a".to_owned(), title: "a".to_owned(), ..Default::default() };
        let events = dates.iter().enumerate().map(event).collect();
        let document = document::Timeline { title: "t".to_owned(), lanes: vec![lane], events, ..Default::default() };
        resolve(document).timeline.unwrap_or_default()
    }

    fn years(years: impl IntoIterator<Item = i32>) -> Vec<String> {
        years.into_iter().map(|year| year.to_string()).collect()
    }

    fn time(text: &str) -> i64 {
        Date::parse(text).map(|date| date.bounds().start).unwrap_or_default()
    }

    /// The share of the width of a document that the time between two dates takes, in percent.
    fn share(timeline: &Timeline, from: &str, to: &str) -> f64 {
        let width = |from: i64, to: i64| timeline.even.position(to).since(timeline.even.position(from));
        100.0 * width(time(from), time(to)) / width(timeline.extent.start, timeline.extent.end)
    }

    #[test]
    fn what_is_even_already_stays_linear() {
        let check = |dates: &[String]| assert_eq!(timeline(dates).even, TimeScale::LINEAR, "{dates:?}");
        check(&[]);
        check(&years([1965]));
        check(&years([1965, 1965, 1965]));
        check(&years([1965, 2015]));
        check(&years(1900..2000));
        check(&["1900/2000".to_owned()]);
    }

    #[test]
    fn a_crowded_year_gets_the_width_of_its_events() {
        let mut dates = years((1900..2000).step_by(10));
        dates.extend((1..=28).map(|day| format!("1963-11-{day:02}")));
        let crowded = timeline(&dates);
        let share = |from, to| share(&crowded, from, to);
        assert!(share("1963-10-25", "1963-12-05") > 50.0, "{}", share("1963-10-25", "1963-12-05"));
        assert!(share("1900", "1950") > 5.0, "{}", share("1900", "1950"));
        assert!(crowded.even.stretches().count() <= MOST_STRETCHES);
    }

    #[test]
    fn a_long_gap_is_a_break() {
        let mut dates = years((1900..1910).chain(1990..2000));
        let breaks = |dates: &[String]| -> Vec<Interval> {
            let found = timeline(dates).even;
            found.stretches().filter(|stretch| stretch.is_break).map(|stretch| stretch.interval).collect()
        };
        let found = breaks(&dates);
        assert_eq!(found.len(), 1, "{found:?}");
        let Interval { start, end } = found[0];
        assert!(time("1909-07") < start && start < time("1920"), "{found:?}");
        assert!(time("1980") < end && end <= time("1990-07"), "{found:?}");
        let part = share(&timeline(&dates), "1920", "1980");
        assert!(part < 4.0, "the break takes {part} %");
        // With something in it there is none.
        dates.extend(years((1912..1988).step_by(4)));
        assert_eq!(breaks(&dates), []);
    }

    #[test]
    fn deep_time_is_spread_from_the_first_stars_to_writing() {
        let deep = include_str!("../../../timelines/deep-time.ron");
        let deep = crate::open(deep).timeline.expect("an example");
        let share = |from, to| share(&deep, from, to);
        for (from, to, least) in [("13.8 Ga", "4.6 Ga", 10.0), ("4.6 Ga", "600 Ma", 20.0), ("100 Ma", "12 ka", 5.0)] {
            assert!(share(from, to) > least, "{from} to {to}: {}", share(from, to));
        }
        assert!(share("12 ka", "1966") > 4.0, "history: {}", share("12 ka", "1966"));
    }

    #[test]
    fn the_roundest_time_of_the_calendar_is_found() {
        let check = |from: &str, to: &str, expect: &str| {
            let found = roundest(time(from) as f64, time(to) as f64);
            assert_eq!(found.map(|found| found as i64), Some(time(expect)), "{from} to {to}");
        };
        check("1963-11-22T10:17", "1963-11-22T13:50", "1963-11-22T13:00");
        check("1963-11-22T10:17", "1963-11-23T13:50", "1963-11-23");
        check("1963-11-22", "1963-12-22", "1963-12-01");
        check("1963-11-22", "1964-12-22", "1964");
        check("1963-11-22", "1972-12-22", "1970");
        check("1863-11-22", "2072-12-22", "2000");
        assert_eq!(roundest(61.0, 119.0), None);
    }

    #[test]
    fn a_large_document_is_looked_at_in_samples() {
        let many: Vec<String> = (0..20_000).map(|n| format!("{}", 1000 + n % 1000)).collect();
        assert!(occasions(&timeline(&many)).len() <= MOST_SAMPLES);
    }

    proptest! {
        /// On any document the scale is strictly monotone and keeps every known interval at a positive width; it does
        /// not depend on the order of the document.
        #[test]
        fn nothing_vanishes(
            years in prop::collection::vec((-100_000_i32..3000, 0_i32..500), 1..60),
            days in prop::collection::vec((1_u32..13, 1_u32..29), 0..60),
        ) {
            let year = |year: i32| match year {
                -9999..0 => format!("-{:04}", -year),
                0..=9999 => format!("{year:04}"),
                _ => format!("Y{year}"),
            };
            let span = |(from, length): &(i32, i32)| {
                if *length % 2 == 0 { year(*from) } else { format!("{}/{}", year(*from), year(from + length)) }
            };
            let mut dates: Vec<String> = years.iter().map(span).collect();
            dates.extend(days.iter().map(|(month, day)| format!("1963-{month:02}-{day:02}")));
            let scaled = timeline(&dates);
            prop_assert_eq!(scaled.events.dated(), dates.len());
            let even = scaled.even;
            let starts: Vec<i64> = even.stretches().map(|stretch| stretch.interval.start).collect();
            prop_assert!(starts.windows(2).all(|pair| pair[0] < pair[1]), "{:?}", starts);
            let whole = even.position(scaled.extent.end).since(even.position(scaled.extent.start));
            for event in scaled.events.iter() {
                let Some(known) = event.date.map(Date::known_extent) else { continue };
                let (start, end) = (even.position(known.start), even.position(known.end));
                prop_assert!(start < end);
                prop_assert_eq!((even.time(start), even.time(end)), (known.start, known.end));
                prop_assert!(end.since(start) <= whole);
            }
            dates.reverse();
            prop_assert_eq!(timeline(&dates).even, even);
        }
    }
}
