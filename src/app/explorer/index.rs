//! Indexing: the value of each series at one date is 100.

use crate::date::Date;
use crate::timeline::{Reading, Series, preposition};

/// A date that all series are indexed to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndexDate {
    /// The date.
    pub date: Date,
}

impl IndexDate {
    /// "1965 = 100".
    pub fn words(&self) -> String {
        format!("{} = 100", self.date.words())
    }

    /// The position of the point of a series that is 100: the one of this very date, or the only one of a time that holds it.
    ///
    /// # Errors
    /// Why the series cannot be indexed to this date, in words that follow its title and a colon.
    pub fn base(&self, series: &Series) -> Result<usize, String> {
        if !series.has_ratios() {
            return Err(format!("values in {} have no ratios", series.unit));
        }
        let figures = series.figures_at(&self.date);
        let point = match figures.readings.as_slice() {
            [Reading { figure, when: None }, ..] => figure.point,
            [Reading { figure, .. }] if holds(&figure.point.date, &self.date) => figure.point,
            _ => {
                let when = preposition(&self.date).unwrap_or("at");
                return Err(format!("no value {when} {}", self.date.words()));
            }
        };
        if point.value <= 0.0 {
            let when = preposition(&self.date).unwrap_or("at");
            return Err(format!("its value {when} {} is not above zero", self.date.words()));
        }
        // Points are in the order of their anchors.
        let anchor = point.date.anchor();
        let first = series.points.partition_point(|other| other.date.anchor() < anchor);
        let later = series.points.iter().skip(first).position(|other| std::ptr::eq(other, point));
        later.map(|later| first + later).ok_or_else(|| "no value".to_owned())
    }
}

/// Whether all that is known of a date lies in what is known of another.
fn holds(outer: &Date, inner: &Date) -> bool {
    let (outer, inner) = (outer.known_bounds(), inner.known_bounds());
    outer.start <= inner.start && inner.end <= outer.end
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document;
    use crate::timeline::resolve;

    fn base(points: &[(&str, f64)], unit: &str, date: &str) -> Result<String, String> {
        let point = |(date, value): &(&str, f64)| document::Point {
            date: (*date).to_owned(),
            value: *value,
            ..Default::default()
        };
        let series = document::Series {
            id: "s".to_owned(),
            title: "s".to_owned(),
            unit: unit.to_owned(),
            points: points.iter().map(point).collect(),
            ..Default::default()
        };
        let document = document::Timeline { title: "t".to_owned(), series: vec![series], ..Default::default() };
        let timeline = resolve(document).timeline.expect("a timeline");
        let index = IndexDate { date: Date::parse(date).expect("a date") };
        let series = timeline.series.first().expect("a series");
        index.base(series).map(|position| series.points[position].date.words())
    }

    #[test]
    fn the_value_of_the_date_is_100() {
        let check = |points: &[(&str, f64)], date, expect: &str| {
            assert_eq!(base(points, "people", date), Ok(expect.to_owned()), "{date}");
        };
        let years = [("1965", 1.0), ("1970", 2.0), ("1980", 3.0)];
        check(&years, "1965", "1965");
        check(&years, "1980", "1980");
        // A day of a year that has one value.
        check(&years, "1970-05-17", "1970");
        check(&[("1960s", 4.0), ("1975", 5.0)], "1963", "the 1960s");
        check(&[("-0500", 4.0), ("0100", 5.0)], "501 BCE", "501 BCE");
    }

    #[test]
    fn without_a_value_to_divide_by_the_reason_is_told() {
        let check = |points: &[(&str, f64)], unit, date, expect: &str| {
            assert_eq!(base(points, unit, date), Err(expect.to_owned()), "{date}");
        };
        let years = [("1965", 1.0), ("1970", 0.0), ("1980", -3.0)];
        check(&years, "people", "1966", "no value in 1966");
        check(&years, "people", "1966-03-02", "no value on 2 March 1966");
        check(&years, "people", "1965/1980", "no value at 1965–1980");
        check(&years, "people", "1970", "its value in 1970 is not above zero");
        check(&years, "people", "1980", "its value in 1980 is not above zero");
        check(&years, "°C", "1965", "values in °C have no ratios");
    }
}
