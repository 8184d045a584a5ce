//! Series: values over time, in the order in which they are drawn, and which of them a line joins.

use std::collections::BTreeMap;

use crate::document::{Qualifier, Scale};

use super::citation::Citation;
use super::index::{Measured, Values};
use super::item_id::Key;
use crate::date::{Date, Endpoint, Interval};

/// Values over time, drawn under the lanes.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// The id in the document.
    pub id: String,
    /// The name shown at the left.
    pub title: String,
    /// Unit of the values, as written.
    pub unit: String,
    /// How the value axis is divided.
    pub scale: Scale,
    /// The measured points, by the second that each is drawn at ([`Date::anchor`]).
    pub points: Vec<Point>,
    /// Where the whole series is said.
    pub citations: Vec<Citation>,
    /// The values that a line goes through.
    pub line: Trace,
    /// Values of longer times, such as the mean of a decade among years: each of them covers some of a shorter time, so
    /// that no line goes through them.
    pub apart: Trace,
    /// Which colour it has: its position in the document when that was opened, which it keeps over a reload.
    pub style: usize,
    /// Names the series over a reload.
    pub(super) key: Key,
    /// Position of the first point whose date has two ends, which later ones are compared with.
    pub(super) base: Option<usize>,
}

/// One measured value.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// When it was measured.
    pub date: Date,
    /// The value, in the unit of the series.
    pub value: f64,
    /// "about", "more than"; none when the value is given plainly.
    pub qualifier: Option<Qualifier>,
    /// Where this value is said, where it differs from the series.
    pub citations: Vec<Citation>,
    /// Position among the points of the series in the document, which names the point over a reload.
    pub place: usize,
}

/// Some points of a series, indexed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Trace {
    /// Positions in [`Series::points`], ascending.
    points: Vec<u32>,
    /// The values at these.
    pub values: Values,
}

/// What is between two values that follow one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Between {
    /// Nothing: where the time of one ends that of the other begins.
    Nothing,
    /// A time that was not measured.
    Gap,
    /// Less than nothing: their times overlap, so that neither is before the other.
    Overlap,
}

impl Trace {
    /// The points at these positions of a series.
    fn new(points: &[Point], positions: Vec<u32>) -> Self {
        let measured: Vec<Measured> =
            positions.iter().filter_map(|position| points.get(*position as usize)).map(measured).collect();
        Self { points: positions, values: Values::new(&measured) }
    }

    /// The position in the series of the point at a position in the trace.
    #[must_use]
    pub fn point(&self, position: usize) -> Option<usize> {
        self.points.get(position).map(|point| *point as usize)
    }

    /// What is between the point at a position in the trace and the one before it; none before the first.
    #[must_use]
    pub fn before(&self, position: usize) -> Option<Between> {
        let before = self.values.extent(position.checked_sub(1)?)?;
        let own = self.values.extent(position)?;
        Some(match own.start.cmp(&before.end) {
            std::cmp::Ordering::Less => Between::Overlap,
            std::cmp::Ordering::Equal => Between::Nothing,
            std::cmp::Ordering::Greater => Between::Gap,
        })
    }
}

fn measured(point: &Point) -> Measured {
    Measured { extent: point.date.known_bounds(), anchor: point.date.anchor(), value: point.value }
}

impl Series {
    /// Orders the points, and tells which of them a line joins.
    pub(super) fn new(document: SeriesWords, mut points: Vec<Point>, citations: Vec<Citation>) -> Self {
        points.sort_by_cached_key(|point| (point.date.anchor(), point.date.sort_key()));
        let extents: Vec<Interval> = points.iter().map(|point| point.date.known_bounds()).collect();
        let apart = over_shorter(&extents);
        let positions = |wanted: bool| -> Vec<u32> {
            (0_u32..).zip(&apart).filter(|(_, apart)| **apart == wanted).map(|(position, _)| position).collect()
        };
        let [line, apart] = [false, true].map(|apart| Trace::new(&points, positions(apart)));
        let base = points.iter().position(|point| has_ends(&point.date));
        let SeriesWords { id, title, unit, scale, key, style } = document;
        Self { id, title, unit, scale, points, citations, line, apart, style, key, base }
    }

    /// All of the time that the points name.
    #[must_use]
    pub fn extent(&self) -> Option<Interval> {
        self.points.iter().map(|point| point.date.known_extent()).reduce(Interval::hull)
    }
}

/// What a document says of a series besides its points.
pub(super) struct SeriesWords {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) unit: String,
    pub(super) scale: Scale,
    pub(super) key: Key,
    pub(super) style: usize,
}

/// Whether a date is one stretch of time that begins and ends.
pub(super) fn has_ends(date: &Date) -> bool {
    match date {
        Date::Single(_) => true,
        Date::Span { start, end } => [start, end].into_iter().all(|end| matches!(end, Endpoint::Dated(_))),
        Date::Set(_) => false,
    }
}

/// Which of some extents overlap a shorter one.
fn over_shorter(extents: &[Interval]) -> Vec<bool> {
    let mut found = vec![false; extents.len()];
    let mut by_start: Vec<&Interval> = extents.iter().collect();
    by_start.sort_unstable_by_key(|extent| (extent.start, extent.end));
    // Mostly none overlaps any other.
    if by_start.windows(2).all(|pair| matches!(pair, [first, second] if first.end <= second.start)) {
        return found;
    }
    let mut by_length: Vec<(i64, usize)> = (0..).zip(extents).map(|(at, extent)| (extent.length(), at)).collect();
    by_length.sort_unstable();
    // What shorter ones cover, as stretches that do not overlap: first second and first second after.
    let mut covered: BTreeMap<i64, i64> = BTreeMap::new();
    for equals in by_length.chunk_by(|(a, _), (b, _)| a == b) {
        let these = || equals.iter().filter_map(|(_, at)| Some((*at, *extents.get(*at)?)));
        for (at, extent) in these() {
            let last = covered.range(..extent.end).next_back();
            if let Some(found) = found.get_mut(at) {
                *found = last.is_some_and(|(_, end)| *end > extent.start);
            }
        }
        for (_, Interval { mut start, mut end }) in these() {
            while let Some((from, to)) = covered.range(..=end).next_back().map(|(from, to)| (*from, *to))
                && to >= start
            {
                covered.remove(&from);
                (start, end) = (start.min(from), end.max(to));
            }
            covered.insert(start, end);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn series(dates: &[&str]) -> Series {
        let points = dates.iter().zip(1_u8..).map(|(date, value)| Point {
            date: Date::parse(date).expect("a date"),
            value: f64::from(value),
            qualifier: None,
            citations: Vec::new(),
            place: usize::from(value) - 1,
        });
        let words = SeriesWords {
            id: String::new(),
            title: String::new(),
            unit: String::new(),
            scale: Scale::Linear,
            key: Key::of_place(0),
            style: 0,
        };
        Series::new(words, points.collect(), Vec::new())
    }

    /// The points of the line in words, "-" where two are joined, "~" over a gap and "|" where they overlap; then what is
    /// apart.
    #[track_caller]
    fn check(dates: &[&str], line: &str, apart: &[&str]) {
        let series = series(dates);
        let words = |trace: &Trace, at: usize| series.points[trace.point(at).expect("a point")].date.words();
        let mut found = String::new();
        for at in 0..series.line.values.len() {
            found.push_str(match series.line.before(at) {
                None => "",
                Some(Between::Nothing) => " - ",
                Some(Between::Gap) => " ~ ",
                Some(Between::Overlap) => " | ",
            });
            found.push_str(&words(&series.line, at));
        }
        assert_eq!(found, line);
        let found: Vec<String> = (0..series.apart.values.len()).map(|at| words(&series.apart, at)).collect();
        assert_eq!(found, apart);
    }

    #[test]
    fn a_line_joins_what_follows_and_never_what_overlaps() {
        check(&["1991", "1990", "1992"], "1990 - 1991 - 1992", &[]);
        check(&["1990", "1992"], "1990 ~ 1992", &[]);
        check(&["2001-02", "2001-01", "2001-04"], "January 2001 - February 2001 ~ April 2001", &[]);
        check(&["1985", "1990s", "1992", "2003"], "1985 ~ 1992 ~ 2003", &["the 1990s"]);
        check(&["1989", "1990s", "2000"], "1989 - the 1990s - 2000", &[]);
        check(&["1980s", "1994/2003"], "the 1980s ~ 1994–2003", &[]);
        check(&["1990/1992", "1991/1993"], "1990–1992 | 1991–1993", &[]);
        check(&["1990", "1990", "1991"], "1990 | 1990 - 1991", &[]);
        check(&["../1979", "1970/1975", "1985"], "1970–1975 ~ 1985", &["until 1979"]);
    }

    proptest! {
        #[test]
        fn what_is_apart_overlaps_something_shorter(extents in prop::collection::vec((0_i64..200, 1_i64..40), 0..60)) {
            let extents: Vec<Interval> =
                extents.into_iter().map(|(start, length)| Interval { start, end: start + length }).collect();
            let expect: Vec<bool> = extents
                .iter()
                .map(|own| extents.iter().any(|other| other.length() < own.length() && other.overlaps(*own)))
                .collect();
            prop_assert_eq!(over_shorter(&extents), expect);
        }
    }
}
