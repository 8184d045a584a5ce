//! Series: values over time, in drawing order, and which of them are joined by a line.

use std::collections::BTreeMap;

use crate::document::{Qualifier, Scale};

use super::citation::Citation;
use super::index::{Measured, Values};
use super::item_id::Key;
use crate::date::{Date, Endpoint, Interval};
use crate::sorting;

/// Values over time, drawn below the lanes.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// The id in the document.
    pub id: String,
    /// The name shown at the left.
    pub title: String,
    /// Unit of the values, as written.
    pub unit: String,
    /// The scale of the value axis.
    pub scale: Scale,
    /// The measured points, sorted by the second at which each is drawn ([`Date::anchor`]).
    pub points: Vec<Point>,
    /// The citations of the whole series.
    pub citations: Vec<Citation>,
    /// The values that are joined by a line.
    pub line: Trace,
    /// Values of longer times, such as the mean of a decade among years. As each overlaps a shorter time, no line goes
    /// through them.
    pub apart: Trace,
    /// The style of the series, which determines its colour: the position in the document when it was first opened,
    /// kept across reloads.
    pub style: usize,
    /// Identifies the series across reloads.
    pub(super) key: Key,
    /// Index of the first point whose date has two ends, which later ones are compared with.
    pub(super) base: Option<usize>,
}

/// A measured value.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// When it was measured.
    pub date: Date,
    /// The value, in the unit of the series.
    pub value: f64,
    /// "about", "more than"; `None` if the value is exact.
    pub qualifier: Option<Qualifier>,
    /// The citations of this value, if they differ from those of the series.
    pub citations: Vec<Citation>,
    /// Index among the points of the series in the document, which identifies the point across reloads.
    pub place: usize,
}

/// Some points of a series, indexed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Trace {
    /// Indices into [`Series::points`], ascending.
    points: Vec<u32>,
    /// The values of these points.
    pub values: Values,
}

/// The relation between two consecutive values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Between {
    /// They are adjacent: the time of one ends where that of the other begins.
    Nothing,
    /// There is a time between them that was not measured.
    Gap,
    /// Their times overlap, so that neither is before the other.
    Overlap,
}

impl Trace {
    /// Creates a trace of the points at these positions of a series.
    fn new(points: &[Point], positions: Vec<u32>) -> Self {
        let measured: Vec<Measured> =
            positions.iter().filter_map(|position| points.get(*position as usize)).map(measured).collect();
        Self { points: positions, values: Values::new(&measured) }
    }

    /// Returns the index in the series of the point at a position in the trace.
    #[must_use]
    pub fn point(&self, position: usize) -> Option<usize> {
        self.points.get(position).map(|point| *point as usize)
    }

    /// Returns the relation between the point at a position in the trace and the one before it; `None` for the first.
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
    /// Sorts the points and determines which of them are joined by a line.
    pub(super) fn new(document: SeriesWords, mut points: Vec<Point>, citations: Vec<Citation>) -> Self {
        sorting::by_key(&mut points, |point| (point.date.anchor(), point.date.sort_key()));
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

    /// Returns the smallest interval that contains the times of all points.
    #[must_use]
    pub fn extent(&self) -> Option<Interval> {
        self.points.iter().map(|point| point.date.known_extent()).reduce(Interval::hull)
    }
}

/// The properties of a series in a document, except its points.
pub(super) struct SeriesWords {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) unit: String,
    pub(super) scale: Scale,
    pub(super) key: Key,
    pub(super) style: usize,
}

/// Returns whether a date is one span with two ends.
pub(super) fn has_ends(date: &Date) -> bool {
    match date {
        Date::Single(_) => true,
        Date::Span { start, end } => [start, end].into_iter().all(|end| matches!(end, Endpoint::Dated(_))),
        Date::Set(_) => false,
    }
}

/// Returns for each extent whether it overlaps a shorter one.
fn over_shorter(extents: &[Interval]) -> Vec<bool> {
    let mut found = vec![false; extents.len()];
    let mut by_start: Vec<&Interval> = extents.iter().collect();
    sorting::by_key(&mut by_start, |extent| (extent.start, extent.end));
    // Fast path: usually none overlaps any other.
    if by_start.windows(2).all(|pair| matches!(pair, [first, second] if first.end <= second.start)) {
        return found;
    }
    let mut by_length: Vec<(i64, usize)> = (0..).zip(extents).map(|(at, extent)| (extent.length(), at)).collect();
    by_length.sort_unstable();
    // The union of the shorter extents as disjoint intervals: start to end.
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

    /// Checks the points of the line in words, with "-" between joined points, "~" over a gap and "|" where they
    /// overlap; then the points apart.
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
