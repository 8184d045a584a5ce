//! Comparison of several series in one plot, independent of the chart.

use egui::{Rangef, Rect};

use crate::document::Scale;
use crate::timeline::{Series, SeriesIndex};

use super::measure::Measure;
use super::plot::SeriesBox;
use super::values::{ValueAxis, ValueTick};
use super::view::TimeAxis;

/// A series in a comparison.
#[derive(Clone, Copy, Debug)]
pub struct Compared<'a> {
    /// Its index in the timeline.
    pub index: SeriesIndex,
    /// The series.
    pub series: &'a Series,
    /// Factor that the values are multiplied by: 1, or the factor that makes one of them 100.
    pub factor: f64,
}

/// The input of [`compare`].
#[derive(Clone, Copy, Debug)]
pub struct ComparisonRequest<'a> {
    /// The series, in the order in which they are drawn.
    pub series: &'a [Compared<'a>],
    /// The scale of the value axis, used if all values allow it.
    pub scale: Scale,
    /// The left and right edges of the plot, and the time between them.
    pub axis: TimeAxis,
    /// The top and bottom edges, in points.
    pub y: Rangef,
    /// The part of the value axis that is shown, as fractions of the axis that shows all values; (0, 1) is all of it.
    pub part: (f64, f64),
}

/// Series placed in one plot.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// The plot, in points.
    pub plot: Rect,
    /// The scale of the value axis: linear if a value is zero or less, whatever was requested.
    pub scale: Scale,
    /// Lowest and highest value shown, in plotted units.
    pub bounds: (f64, f64),
    /// Value ticks, from bottom to top.
    pub ticks: Vec<ValueTick>,
    /// The series, in the order of the request.
    pub series: Vec<SeriesBox>,
}

impl Comparison {
    /// Returns the y of a plotted value, in points.
    #[must_use]
    pub fn y(&self, value: f64) -> f32 {
        let (low, high) = self.bounds;
        self.plot.bottom() - ((value - low) / (high - low)) as f32 * self.plot.height()
    }

    /// Returns the positions of two plotted values as fractions of the whole value axis, `part` being the part that was
    /// shown.
    #[must_use]
    pub fn part_between(&self, part: (f64, f64), (low, high): (f64, f64)) -> (f64, f64) {
        let (bottom, top) = self.bounds;
        let at = |value: f64| {
            let shown = (value - bottom) / (top - bottom);
            (part.0 + shown * (part.1 - part.0)).clamp(0.0, 1.0)
        };
        (at(low), at(high))
    }
}

/// Places series in one plot. Returns `None` if they have no values.
#[must_use]
pub fn compare(request: ComparisonRequest<'_>, measure: &mut dyn Measure) -> Option<Comparison> {
    let ComparisonRequest { series, scale, axis, y, part } = request;
    let plot = Rect::from_x_y_ranges(axis.left..=axis.right, y);
    let all = value_axis(series, scale, plot.height())?;
    let values = all.part(part);
    let placed = series.iter().map(|compared| {
        let mut placed = SeriesBox::empty(compared.index, plot);
        placed.place_values(compared.series, values.times(compared.factor), axis);
        placed
    });
    Some(Comparison {
        plot,
        scale: values.scale,
        bounds: values.bounds,
        ticks: values.ticks(plot.height(), f32::INFINITY, measure),
        series: placed.collect(),
    })
}

/// Returns the width, in points, that the labels of the value axis of a plot of this height need.
#[must_use]
pub fn comparison_room(series: &[Compared<'_>], scale: Scale, height: f32, measure: &mut dyn Measure) -> f32 {
    value_axis(series, scale, height).map_or(0.0, |axis| axis.label_room([height, height], measure))
}

fn value_axis(series: &[Compared<'_>], scale: Scale, height: f32) -> Option<ValueAxis> {
    ValueAxis::of_all(series.iter().map(|compared| (compared.series, compared.factor)), scale, height)
}

#[cfg(test)]
mod tests {
    use super::super::measure::{Measure as _, TextRole, fixed::Fixed};
    use super::super::view::View;
    use super::*;
    use crate::document;
    use crate::timeline::{Timeline, resolve};

    /// Returns a timeline of series with these values in 2001, 2002 and so on.
    fn timeline(series: &[&[f64]]) -> Timeline {
        let point = |(year, value): (u32, &f64)| document::Point {
            date: (2001 + year).to_string(),
            value: *value,
            ..Default::default()
        };
        let series = series.iter().zip(0..).map(|(values, number)| document::Series {
            id: format!("s{number}"),
            title: format!("s{number}"),
            unit: "u".to_owned(),
            points: (0..).zip(*values).map(point).collect(),
            ..Default::default()
        });
        let document = document::Timeline { title: "t".to_owned(), series: series.collect(), ..Default::default() };
        resolve(document).timeline.expect("a timeline")
    }

    fn placed(timeline: &Timeline, factors: &[f64], scale: Scale, part: (f64, f64)) -> Comparison {
        let series: Vec<Compared<'_>> = timeline
            .iter_series()
            .zip(factors)
            .map(|((index, series), factor)| Compared { index, series, factor: *factor })
            .collect();
        let axis = TimeAxis { view: View::whole(timeline), left: 0.0, right: 400.0 };
        let request = ComparisonRequest { series: &series, scale, axis, y: Rangef::new(0.0, 200.0), part };
        compare(request, &mut Fixed).expect("values")
    }

    /// Returns the y of the points of each series, rounded.
    fn heights(comparison: &Comparison) -> Vec<Vec<f32>> {
        let of = |placed: &SeriesBox| placed.points.iter().map(|point| placed.y(point.value).round()).collect();
        comparison.series.iter().map(of).collect()
    }

    #[test]
    fn series_that_are_multiplied_alike_meet_where_their_products_do() {
        let timeline = timeline(&[&[2.0, 4.0], &[500.0, 250.0]]);
        let placed = placed(&timeline, &[50.0, 0.2], Scale::Linear, (0.0, 1.0));
        let [first, second] = heights(&placed).try_into().expect("two series");
        assert_eq!(first[0], second[0], "both are 100");
        assert!(first[1] < first[0] && second[1] > second[0], "200 above, 50 below: {first:?} {second:?}");
        let labels: Vec<&str> = placed.ticks.iter().map(|tick| tick.label.as_str()).collect();
        assert_eq!(labels, ["0", "50", "100", "150", "200"]);
    }

    #[test]
    fn a_value_has_its_place_in_the_plot() {
        let timeline = timeline(&[&[2.0, 40.0]]);
        let placed = placed(&timeline, &[1.0], Scale::Linear, (0.0, 1.0));
        let (low, high) = placed.bounds;
        assert_eq!([low, f64::midpoint(low, high), high].map(|value| placed.y(value)), [200.0, 100.0, 0.0]);
        assert_eq!(placed.y(40.0), placed.series[0].y(40.0));
    }

    #[test]
    fn the_labels_of_the_axis_have_room() {
        let timeline = timeline(&[&[2.0, 4_000_000.0]]);
        let series: Vec<Compared<'_>> =
            timeline.iter_series().map(|(index, series)| Compared { index, series, factor: 1.0 }).collect();
        let room = comparison_room(&series, Scale::Linear, 200.0, &mut Fixed);
        let placed = placed(&timeline, &[1.0], Scale::Linear, (0.0, 1.0));
        let widths = placed.ticks.iter().map(|tick| Fixed.width(&tick.label, TextRole::Small));
        let widest = widths.fold(0.0, f32::max);
        assert!((widest..widest + 20.0).contains(&room), "{room} for {widest}");
        assert_eq!(comparison_room(&[], Scale::Linear, 200.0, &mut Fixed), 0.0);
    }

    #[test]
    fn equal_ratios_are_equally_far_apart_on_a_logarithmic_scale() {
        let timeline = timeline(&[&[1.0, 10.0, 100.0]]);
        let placed = placed(&timeline, &[1.0], Scale::Log, (0.0, 1.0));
        let heights = &heights(&placed)[0];
        assert_eq!(placed.scale, Scale::Log);
        assert!(((heights[0] - heights[1]) - (heights[1] - heights[2])).abs() <= 1.0, "{heights:?}");
    }

    #[test]
    fn a_scale_with_values_of_zero_or_less_is_linear() {
        for values in [[0.0, 5.0], [-3.0, 5.0]] {
            assert_eq!(placed(&timeline(&[&values]), &[1.0], Scale::Log, (0.0, 1.0)).scale, Scale::Linear);
        }
    }

    #[test]
    fn a_part_of_the_value_axis_fills_the_plot() {
        let timeline = timeline(&[&[1.0, 9.0]]);
        let whole = placed(&timeline, &[1.0], Scale::Linear, (0.0, 1.0));
        let part = whole.part_between((0.0, 1.0), (whole.bounds.0, 2.0));
        let shown = placed(&timeline, &[1.0], Scale::Linear, part);
        assert!((shown.bounds.1 - 2.0).abs() < 1e-9, "{:?}", shown.bounds);
        // A part of a part.
        let again = shown.part_between(part, (shown.bounds.0, 1.0));
        let shown = placed(&timeline, &[1.0], Scale::Linear, again);
        assert!((shown.bounds.1 - 1.0).abs() < 1e-9, "{:?}", shown.bounds);
    }

    #[test]
    fn nothing_is_placed_without_values() {
        let axis = TimeAxis { view: View::whole(&timeline(&[])), left: 0.0, right: 400.0 };
        let y = Rangef::new(0.0, 200.0);
        let request = ComparisonRequest { series: &[], scale: Scale::Linear, axis, y, part: (0.0, 1.0) };
        assert_eq!(compare(request, &mut Fixed), None);
    }
}
