//! Figures: the values of series at the date of an event, and how a value compares with the first one of its series.

use crate::document::{Basis, Qualifier};

use super::events::Event;
use super::index::Summary;
use super::model::Timeline;
use super::quantity::{Quantity, number};
use super::series::{Point, Series, Trace, has_ends};
use crate::date::{Date, Interval, Precision};
use crate::sorting;

/// Maximum length of a list of values; a longer one is shortened to its first, lowest, highest and last value.
const MOST: usize = 8;

/// The values of a series at the date of an event.
#[derive(Clone, Debug, PartialEq)]
pub struct Figures<'a> {
    /// The series.
    pub series: &'a Series,
    /// The values: those of exactly the date of the event first, then in time order. Empty if the series has none.
    pub readings: Vec<Reading<'a>>,
    /// Number of further values that are left out.
    pub left_out: usize,
}

/// A value at the date of an event.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading<'a> {
    /// The value.
    pub figure: Figure<'a>,
    /// The date of measurement in words; `None` if it is the date of the event itself.
    pub when: Option<String>,
}

/// A value of a series, and how it compares with the first value of the series.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure<'a> {
    /// The series.
    pub series: &'a Series,
    /// The point.
    pub point: &'a Point,
    /// The point it is compared with: the first one, if this is a later one and both dates have two ends.
    pub first: Option<&'a Point>,
}

/// What is known about a ratio of qualified values.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Bound {
    Plain,
    About,
    AtLeast,
    AtMost,
}

impl Bound {
    /// Returns the bound for the ratio of a value to another; `None` if nothing is known.
    fn of(value: Option<Qualifier>, first: Option<Qualifier>) -> Option<Self> {
        let side = |qualifier: Option<Qualifier>| match qualifier {
            Some(Qualifier::MoreThan | Qualifier::AtLeast) => 1,
            Some(Qualifier::LessThan | Qualifier::AtMost) => -1,
            Some(Qualifier::About) | None => 0,
        };
        match (side(value), side(first)) {
            (0, 0) if value == Some(Qualifier::About) => Some(Self::About),
            // If the first is "about" a value, rounding already covers that.
            (0, 0) => Some(Self::Plain),
            (1, 0 | -1) | (0, -1) => Some(Self::AtLeast),
            (-1, 0 | 1) | (0, 1) => Some(Self::AtMost),
            _ => None,
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::About => "about ",
            Self::AtLeast => "at least ",
            Self::AtMost => "at most ",
        }
    }

    /// Returns the same for the distance to a larger value.
    fn flipped(self) -> Self {
        match self {
            Self::AtLeast => Self::AtMost,
            Self::AtMost => Self::AtLeast,
            other => other,
        }
    }
}

impl Series {
    /// Returns the point at a position, compared with the first one.
    #[must_use]
    pub fn figure(&self, position: usize) -> Option<Figure<'_>> {
        let point = self.points.get(position)?;
        let first = self.base.filter(|base| *base < position).and_then(|base| self.points.get(base));
        let is_later = |first: &&Point| first.date.known_bounds().end <= point.date.known_bounds().start;
        Some(Figure { series: self, point, first: first.filter(is_later).filter(|_| has_ends(&point.date)) })
    }

    /// Returns whether a doubled number means a doubled quantity, so that values may be compared as ratios. This is not
    /// the case if zero is an arbitrary point of the scale, as with degrees Celsius.
    #[must_use]
    pub fn has_ratios(&self) -> bool {
        starts_at_nothing(&self.unit)
    }

    /// Returns the values of the series at a date.
    ///
    /// These are the values of exactly the date and, for a span, those within it. If there are none: the values of the
    /// shortest time that contains the date, or else those of times that overlap it. Each value of another date has its
    /// date in words, so that it cannot be mistaken for a value of the date itself.
    #[must_use]
    pub fn figures_at(&self, date: &Date) -> Figures<'_> {
        let mut exact = self.exact(date);
        if !exact.is_empty() && !date.is_span() {
            return self.figures(date, &exact, &[], 0);
        }
        let parts = extents(date);
        let (inside, left_out) = self.inside(&parts, &exact);
        if exact.is_empty() && inside.is_empty() {
            exact = self.around(&parts);
        }
        self.figures(date, &exact, &inside, left_out)
    }

    fn figures(&self, date: &Date, first: &[usize], then: &[(usize, &'static str)], left_out: usize) -> Figures<'_> {
        let reading = |(position, role): (usize, &'static str)| {
            let figure = self.figure(position)?;
            let same = figure.point.date == *date;
            let when = format!("{}{role}", figure.point.date.words());
            Some(Reading { figure, when: (!same).then_some(when) })
        };
        let all = first.iter().map(|position| (*position, "")).chain(then.iter().copied());
        Figures { series: self, readings: all.filter_map(reading).collect(), left_out }
    }

    fn traces(&self) -> [&Trace; 2] {
        [&self.line, &self.apart]
    }

    /// Returns the points of exactly this date.
    fn exact(&self, date: &Date) -> Vec<usize> {
        let (anchor, bounds) = (date.anchor(), date.known_bounds());
        let at = Interval { start: anchor, end: anchor.saturating_add(1) };
        let of_trace = |trace: &'_ Trace| -> Vec<usize> {
            let here = trace.values.drawn_in(at).filter(|at| trace.values.extent(*at) == Some(bounds));
            here.take(MOST).filter_map(|at| trace.point(at)).collect()
        };
        let same_kind = |position: &usize| {
            self.points.get(*position).is_some_and(|point| {
                matches!(point.date, Date::Set(_)) == matches!(date, Date::Set(_)) && point.date.is_same_time(date)
            })
        };
        let mut found: Vec<usize> = self.traces().into_iter().flat_map(of_trace).filter(same_kind).collect();
        found.sort_unstable();
        found
    }

    /// Returns the points within any of `parts`, except `known`, in time order, each with its role if only some are
    /// shown; then the number of those left out.
    fn inside(&self, parts: &[Interval], known: &[usize]) -> (Vec<(usize, &'static str)>, usize) {
        let mut all = Vec::new();
        let mut summaries = Vec::new();
        let mut count = 0;
        for trace in self.traces() {
            let found: Vec<Summary> = parts.iter().filter_map(|part| trace.values.within(*part)).collect();
            count += found.iter().map(|found| found.count).sum::<usize>();
            // Values apart aggregate the others, so their extremes count only if there are no others.
            if summaries.is_empty() {
                summaries.extend(found.into_iter().map(|found| (trace, found)));
            }
            let listed = parts.iter().flat_map(|part| trace.values.inside(*part, MOST + known.len() + 1));
            all.extend(listed.filter_map(|at| trace.point(at)).filter(|position| !known.contains(position)));
        }
        all.sort_unstable();
        all.dedup();
        if all.len() <= MOST {
            return (all.into_iter().map(|position| (position, "")).collect(), 0);
        }
        let mut shown = self.ends_and_extremes(&summaries);
        shown.retain(|(position, _)| !known.contains(position));
        let left_out = count.saturating_sub(shown.len()).saturating_sub(known.len());
        (shown, left_out)
    }

    /// Returns the first, the lowest, the highest and the last of some points.
    fn ends_and_extremes(&self, summaries: &[(&Trace, Summary)]) -> Vec<(usize, &'static str)> {
        let of = |end: fn(&Summary) -> usize| {
            summaries.iter().filter_map(move |(trace, found)| trace.point(end(found))).collect::<Vec<usize>>()
        };
        let value = |position: &usize| self.points.get(*position).map_or(f64::NAN, |point| point.value);
        let chosen = [
            (of(|found| found.first).into_iter().min(), ""),
            (of(|found| found.low).into_iter().min_by(|a, b| value(a).total_cmp(&value(b))), " (lowest)"),
            (of(|found| found.high).into_iter().min_by(|a, b| value(b).total_cmp(&value(a))), " (highest)"),
            (of(|found| found.last).into_iter().max(), ""),
        ];
        let mut shown: Vec<(usize, &'static str)> =
            chosen.into_iter().filter_map(|(position, role)| Some((position?, role))).collect();
        // Of two entries for the same point, the one with a role is kept.
        sorting::by_key(&mut shown, |(position, role)| (*position, role.is_empty()));
        shown.dedup_by_key(|(position, _)| *position);
        shown
    }

    /// Returns the points of the shortest time that contains one of `parts`; else those of times that overlap any.
    fn around(&self, parts: &[Interval]) -> Vec<usize> {
        let mut found: Vec<(Interval, Interval, usize)> = Vec::new();
        for trace in self.traces() {
            for part in parts {
                let here = trace.values.overlapping(*part, 8 * MOST).into_iter();
                found.extend(here.filter_map(|at| Some((*part, trace.values.extent(at)?, trace.point(at)?))));
            }
        }
        let holds =
            |(part, extent, _): &&(Interval, Interval, usize)| extent.start <= part.start && part.end <= extent.end;
        let shortest = found.iter().filter(holds).map(|(_, extent, _)| extent.length()).min();
        let of_length =
            |length: i64| found.iter().filter(holds).filter(move |(_, extent, _)| extent.length() == length);
        let mut positions: Vec<usize> = match shortest {
            Some(length) => of_length(length).map(|(.., position)| *position).collect(),
            None => found.iter().map(|(.., position)| *position).collect(),
        };
        positions.sort_unstable();
        positions.dedup();
        positions.truncate(MOST);
        positions
    }
}

/// Returns the intervals of a date: one, or one for each date of a set.
fn extents(date: &Date) -> Vec<Interval> {
    match date {
        Date::Set(set) => set.parts().iter().map(crate::date::SetPart::known_extent).collect(),
        Date::Single(_) | Date::Span { .. } => vec![date.known_bounds()],
    }
}

/// Returns "on" for a day and "in" for a month or a calendar year; `None` for all other dates, whose words take no
/// preposition.
#[must_use]
pub fn preposition(date: &Date) -> Option<&'static str> {
    const DAY: i64 = 86_400;
    let Date::Single(part) = date else { return None };
    match part.precision() {
        _ if part.approximate().any() || part.uncertain().any() => None,
        Precision::Day if part.extent().length() <= DAY => Some("on"),
        Precision::Month | Precision::Year if part.extent().length() <= 366 * DAY => Some("in"),
        _ => None,
    }
}

fn basis_of(point: &Point, series: &Series) -> Option<Basis> {
    let citations = if point.citations.is_empty() { &series.citations } else { &point.citations };
    citations.first().and_then(|citation| citation.basis)
}

impl Figure<'_> {
    /// Returns the value in words: "about 10,000 people a year".
    #[must_use]
    pub fn value_words(&self) -> String {
        Quantity::new(self.point.value, self.point.qualifier).words(&self.series.unit)
    }

    /// Returns the value with its date: "US$85 billion in 2014".
    #[must_use]
    pub fn dated_words(&self) -> String {
        let date = &self.point.date;
        let when = preposition(date).map_or_else(|| ",".to_owned(), |preposition| format!(" {preposition}"));
        format!("{}{when} {}", self.value_words(), date.words())
    }

    /// Returns how the value follows from its source.
    #[must_use]
    pub fn basis(&self) -> Option<Basis> {
        basis_of(self.point, self.series)
    }

    /// Returns whether the ratio was computed by this program from two values that the source states. If the first
    /// value is itself derived, it may have been derived from the ratio (as 85 / 385 is), so the result is `false`.
    #[must_use]
    pub fn ratio_is_derived(&self) -> bool {
        let first = self.first.and_then(|first| basis_of(first, self.series));
        self.basis() == Some(Basis::Stated) && first == Some(Basis::Stated)
    }

    /// Compares the value with the first one: "385 times 1965", "12% below 1965". Returns `None` at the first point and
    /// if a comparison is not meaningful.
    ///
    /// The qualifier of the later value carries over; if the first is "about" a value, rounding to three significant
    /// digits covers that.
    #[must_use]
    pub fn ratio_words(&self) -> Option<String> {
        let first = self.first?;
        let ratio = self.point.value / first.value;
        let both_positive = first.value > 0.0 && self.point.value > 0.0;
        let is_ratio = both_positive && ratio.is_finite() && ratio > 0.0;
        if !is_ratio || !starts_at_nothing(&self.series.unit) {
            return None;
        }
        let bound = Bound::of(self.point.qualifier, first.qualifier)?;
        Some(format!("{} {}", compared(ratio, bound, &self.series.unit)?, first.date.words()))
    }
}

/// Formats a ratio to another value, without its date: "385 times", "12% below".
fn compared(ratio: f64, bound: Bound, unit: &str) -> Option<String> {
    /// Ratios from this value on are written as multiples.
    const TIMES: f64 = 1.95;
    let rounded = |value: f64, digits: i32| number(Quantity::new(value, None).rounded(digits).bare());
    let words = bound.words();
    if ratio >= TIMES {
        return Some(format!("{words}{} times", rounded(ratio, 3)));
    }
    // A percentage of a percentage would be mistaken for percentage points.
    if unit.contains('%') || unit.to_lowercase().contains("percent") {
        return None;
    }
    let percent = |share: f64| rounded(100.0 * share, 2);
    if (ratio - 1.0).abs() < 0.005 {
        return Some(match bound {
            Bound::AtLeast => "at least that of".to_owned(),
            Bound::AtMost => "at most that of".to_owned(),
            Bound::Plain if ratio == 1.0 => "the same as".to_owned(),
            Bound::Plain | Bound::About => "about the same as".to_owned(),
        });
    }
    Some(match ratio {
        above if above > 1.0 => format!("{words}{}% above", percent(above - 1.0)),
        below if below >= 0.1 => format!("{}{}% below", bound.flipped().words(), percent(1.0 - below)),
        small => format!("{words}{}% of", percent(small)),
    })
}

/// Returns whether a doubled number means a doubled quantity, which it does not if zero is an arbitrary point of the
/// scale.
fn starts_at_nothing(unit: &str) -> bool {
    let unit = unit.to_lowercase();
    let words = || unit.split(|c: char| !c.is_alphabetic());
    !unit.contains('°') && !words().any(|word| matches!(word, "celsius" | "fahrenheit" | "degrees" | "ph" | "db"))
}

impl Timeline {
    /// Returns the values of the series of an event at its date, in the order in which the event names them; empty if
    /// it has none.
    #[must_use]
    pub fn figures<'a>(&'a self, event: &Event<'_>) -> Vec<Figures<'a>> {
        let Some(date) = event.date else { return Vec::new() };
        let series = event.figures.iter().filter_map(|series| self.series_at(*series));
        series.map(|series| series.figures_at(date)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::series::SeriesWords;
    use super::*;
    use crate::document::Scale;
    use crate::timeline::Key;

    fn series(points: &[(&str, f64, Option<Qualifier>)], unit: &str) -> Series {
        let point = |(date, value, qualifier): &(&str, f64, Option<Qualifier>)| Point {
            date: Date::parse(date).expect("a date"),
            value: *value,
            qualifier: *qualifier,
            citations: Vec::new(),
            place: 0,
        };
        let words = SeriesWords {
            id: String::new(),
            title: String::new(),
            unit: unit.to_owned(),
            scale: Scale::Linear,
            key: Key::of_place(0),
            style: 0,
        };
        Series::new(words, points.iter().map(point).collect(), Vec::new())
    }

    fn plain(points: &[(&str, f64)]) -> Series {
        let points: Vec<_> = points.iter().map(|(date, value)| (*date, *value, None)).collect();
        series(&points, "")
    }

    /// Returns "1990: 10; 1991: 2,000"; values of the event's own date have no date.
    fn said(series: &Series, date: &str) -> String {
        let figures = series.figures_at(&Date::parse(date).expect("a date"));
        let said = figures.readings.iter().map(|reading| {
            let when = reading.when.as_ref().map(|when| format!("{when}: ")).unwrap_or_default();
            format!("{when}{}", reading.figure.value_words())
        });
        let more = (figures.left_out > 0).then(|| format!("and {} more", figures.left_out));
        said.chain(more).collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn a_figure_is_that_of_its_date_or_says_another() {
        let losses = plain(&[("1990", 10.0), ("1991", 2000.0), ("1992", 90_000.0), ("1993", 500.0)]);
        let check = |date: &str, expect: &str| assert_eq!(said(&losses, date), expect, "{date}");
        check("1992", "90,000");
        check("1990/1993", "1990: 10; 1991: 2,000; 1992: 90,000; 1993: 500");
        check("1991/1992", "1991: 2,000; 1992: 90,000");
        check("1992-05-03", "1992: 90,000");
        check("1992/..", "1992: 90,000; 1993: 500");
        check("../1991", "1990: 10; 1991: 2,000");
        check("1992/", "1992: 90,000");
        check("/1992", "1992: 90,000");
        check("[1990,1993]", "1990: 10; 1993: 500");
        check("1992~", "1992: 90,000");
        check("1990s", "1990: 10; 1991: 2,000; 1992: 90,000; 1993: 500");
        check("1992-07/1993-06", "1992: 90,000; 1993: 500");
        check("1995", "");

        let mixed = plain(&[("1985", 4.0), ("1990s", 12.0), ("1992", 6.0)]);
        let check = |date: &str, expect: &str| assert_eq!(said(&mixed, date), expect, "{date}");
        check("1992", "6");
        check("1993", "the 1990s: 12");
        check("1990s", "12");
        check("1990/1999", "the 1990s: 12; 1992: 6");
        check("1986", "");
    }

    #[test]
    fn only_names_of_the_calendar_have_a_preposition() {
        let check = |date: &str, expect: Option<&str>| {
            assert_eq!(preposition(&Date::parse(date).expect("a date")), expect, "{date}");
        };
        check("1965", Some("in"));
        check("1965-06", Some("in"));
        check("1965-06-22", Some("on"));
        for date in ["1991/..", "../1979", "1965~", "1965?", "1990s", "[1667,1668]", "XXXX-12-25", "1990/1993"] {
            check(date, None);
        }
    }

    #[test]
    fn a_long_list_is_shortened_and_counted() {
        let years: Vec<(String, f64)> =
            (1900..2000).map(|year| (year.to_string(), f64::from(year * 37 % 100))).collect();
        let years: Vec<(&str, f64)> = years.iter().map(|(date, value)| (date.as_str(), *value)).collect();
        let series = plain(&years);
        assert_eq!(said(&series, "1910/1917").matches(';').count(), 7, "eight values have room");
        assert_eq!(said(&series, "1900/1999"), "1900 (lowest): 0; 1927 (highest): 99; 1999: 63; and 97 more");
        let with_all = [("1900/1999", 7.0)].iter().chain(&years).copied().collect::<Vec<_>>();
        assert_eq!(
            said(&plain(&with_all), "1900/1999"),
            "7; 1900 (lowest): 0; 1927 (highest): 99; 1999: 63; and 97 more"
        );
    }

    #[test]
    fn a_ratio_is_said_as_a_newspaper_would_or_not_at_all() {
        use Qualifier::{About, AtMost, LessThan, MoreThan};
        let last = |points: &[(&str, f64, Option<Qualifier>)], unit: &str| {
            let series = series(points, unit);
            series.figure(points.len() - 1).and_then(|figure| figure.ratio_words()).unwrap_or_default()
        };
        let check = |from: f64, to: f64, expect: &str| {
            assert_eq!(last(&[("1980", from, None), ("2000", to, None)], "people"), expect, "{from} {to}");
        };
        check(1000.0, 1001.0, "about the same as 1980");
        check(1000.0, 1000.0, "the same as 1980");
        check(1000.0, 1150.0, "15% above 1980");
        check(1000.0, 880.0, "12% below 1980");
        check(1000.0, 20.0, "2% of 1980");
        check(10.0, 3850.0, "385 times 1980");
        check(1.0, 2.0, "2 times 1980");
        check(-5.0, 10.0, "");
        check(0.0, 10.0, "");
        check(5.0, 0.0, "");
        check(1e-300, 1e300, "");

        let open = |first: &str, second: &str| last(&[(first, 5.0, None), (second, 10.0, None)], "people");
        assert_eq!(open("../1979", "2000"), "");
        assert_eq!(open("/1979", "2000"), "");
        assert_eq!(open("[1970,1979]", "2000"), "");
        assert_eq!(open("1979", "2000/.."), "");
        assert_eq!(open("1990s", "1996"), "", "what overlaps is no later");
        assert_eq!(open("1970/1979", "2000"), "2 times 1970–1979");

        let qualified = |first, second| last(&[("1980", 5.0, first), ("2000", 15.0, second)], "people");
        assert_eq!(qualified(Some(About), None), "3 times 1980");
        assert_eq!(qualified(None, Some(About)), "about 3 times 1980");
        assert_eq!(qualified(None, Some(MoreThan)), "at least 3 times 1980");
        assert_eq!(qualified(Some(MoreThan), None), "at most 3 times 1980");
        assert_eq!(qualified(Some(MoreThan), Some(MoreThan)), "", "nothing follows");
        assert_eq!(qualified(Some(AtMost), Some(MoreThan)), "at least 3 times 1980");
        let fell = last(&[("1980", 10.0, None), ("2000", 8.0, Some(LessThan))], "people");
        assert_eq!(fell, "at least 20% below 1980");

        let pair = [("1980", 5.0, None), ("2000", 6.0, None)];
        assert_eq!(last(&pair, "%"), "");
        assert_eq!(last(&pair, "°C"), "");
        assert_eq!(last(&pair, "degrees Celsius"), "");
        assert_eq!(last(&pair, "degreesless"), "20% above 1980");
    }
}
