//! Series: the box of a plot, its points and lines, and columns where points are too close to be told apart.

use egui::{Pos2, Rangef, Rect, pos2};

use crate::date::{Date, Endpoint, Interval, SetPart};
use crate::document::Scale;
use crate::timeline::{Between, Series, SeriesIndex, Trace, Values};

use super::measure::Measure;
use super::plot::{PlotColumn, PlotLine, PlotPoint, PointEnd, SeriesBox};
use super::regions::SERIES_HEADER;
use super::shape::UNKNOWN_FADE;
use super::value_labels::label_points;
use super::values::ValueAxis;
use super::view::TimeAxis;

/// Width per point, in points, below which values are drawn as columns.
const DENSE: f64 = 4.0;
/// Minimum width of a column, in points; columns are at most twice as wide.
const COLUMN: f64 = 1.5;
/// Maximum number of values drawn of those whose times reach into the view from outside.
const MOST_REACHING: usize = 200;

/// Explanation of dashed lines.
const NOT_MEASURED: &str = "dashed: not measured between";
/// Explanation of columns.
const COLUMNS: &str = "line: mean, band: lowest to highest";

/// Places a series in its box.
pub(super) fn place(
    index: SeriesIndex,
    series: &Series,
    rect: Rect,
    axis: TimeAxis,
    measure: &mut dyn Measure,
) -> SeriesBox {
    let header = Rect::from_min_max(rect.min, pos2(rect.right(), rect.top() + SERIES_HEADER));
    let plot = Rect::from_min_max(pos2(axis.left, header.bottom()), pos2(axis.right, rect.bottom() - 6.0));
    let scale = if series.scale == Scale::Log { ", log scale" } else { "" };
    let mut placed = SeriesBox { header, unit: format!("{}{scale}", series.unit), ..SeriesBox::empty(index, plot) };
    let Some(values) = ValueAxis::of(series, plot.height()) else {
        placed.remarks.push("no values");
        return placed;
    };
    placed.ticks = values.ticks(plot.height(), plot.left() - rect.left(), measure);
    placed.place_values(series, values, axis);
    placed.label(series, axis, measure);
    if placed.lines.iter().any(|line| line.is_gap) {
        placed.remarks.push(NOT_MEASURED);
    }
    if !placed.columns.is_empty() || !placed.columns_apart.is_empty() {
        placed.remarks.push(COLUMNS);
    }
    if placed.is_empty() {
        placed.remarks.push("no values here");
    }
    placed
}

/// Returns the width of the labels of a value axis, in points, for any of these plot heights.
pub(super) fn label_room(series: &Series, heights: [f32; 2], measure: &mut dyn Measure) -> f32 {
    ValueAxis::of(series, heights[0]).map_or(0.0, |axis| axis.label_room(heights, measure))
}

/// Returns whether there are too many values to draw them individually.
fn is_dense(count: usize, axis: TimeAxis) -> bool {
    count as f64 * DENSE > axis.width()
}

impl SeriesBox {
    /// Creates an empty plot.
    pub(super) fn empty(series: SeriesIndex, plot: Rect) -> Self {
        Self {
            series,
            header: Rect::NOTHING,
            plot,
            bounds: (0.0, 1.0),
            ticks: Vec::new(),
            points: Vec::new(),
            lines: Vec::new(),
            columns: Vec::new(),
            columns_apart: Vec::new(),
            unit: String::new(),
            remarks: Vec::new(),
        }
    }

    /// Places the visible content of a series: points, lines and columns.
    pub(super) fn place_values(&mut self, series: &Series, values: ValueAxis, axis: TimeAxis) {
        self.bounds = values.bounds;
        self.place_trace(series, &series.line, values, axis);
        self.place_apart(series, &series.apart, values, axis);
    }

    /// Places the points on the line, and the line.
    fn place_trace(&mut self, series: &Series, trace: &Trace, values: ValueAxis, axis: TimeAxis) {
        let shown = axis.view.interval();
        let seen = trace.values.drawn_in(shown);
        if is_dense(seen.len(), axis) {
            self.columns = columns(trace, values, axis);
            self.lines = column_lines(&self.columns, trace, axis);
            return;
        }
        // One more point on either side, so that lines continue out of the image.
        let near = seen.start.saturating_sub(1)..(seen.end + 1).min(trace.values.len());
        let reaching = trace.values.overlapping(shown, seen.len() + MOST_REACHING);
        let mut positions: Vec<usize> = near.clone().chain(reaching).collect();
        positions.sort_unstable();
        positions.dedup();
        self.points = positions.iter().filter_map(|at| plot_point(series, trace, *at, values, axis)).collect();
        let place =
            |at: usize| Some([axis.view.offset_of(trace.values.anchor(at)?), values.plotted(trace.values.value(at))]);
        self.lines = near
            .skip(1)
            .filter_map(|at| {
                let is_gap = match trace.before(at)? {
                    Between::Nothing => false,
                    Between::Gap => true,
                    Between::Overlap => return None,
                };
                cut(PlotLine { from: place(at - 1)?, to: place(at)?, is_gap }, axis)
            })
            .collect();
    }

    /// Places the points that are not on the line.
    fn place_apart(&mut self, series: &Series, trace: &Trace, values: ValueAxis, axis: TimeAxis) {
        let shown = axis.view.interval();
        if is_dense(trace.values.drawn_in(shown).len(), axis) {
            self.columns_apart = columns(trace, values, axis);
            return;
        }
        let most = (axis.width() / DENSE) as usize + MOST_REACHING;
        let positions = trace.values.overlapping(shown, most);
        self.points.extend(positions.into_iter().filter_map(|at| plot_point(series, trace, at, values, axis)));
    }

    /// Places values as labels beside points.
    fn label(&mut self, series: &Series, axis: TimeAxis, measure: &mut dyn Measure) {
        if !self.columns.is_empty() || !self.columns_apart.is_empty() {
            return;
        }
        let seconds_per_point = axis.seconds_per_point();
        let at = |offset: f64, value: f64| pos2(axis.left + (offset / seconds_per_point) as f32, self.y(value));
        let places: Vec<Pos2> = self.points.iter().map(|point| at(point.offset, point.value)).collect();
        let lines =
            self.lines.iter().map(|line| (at(line.from[0], line.from[1]), at(line.to[0], line.to[1]))).collect();
        label_points(series, &mut self.points, &places, lines, self.plot, measure);
    }
}

/// Returns a placed point of a trace.
fn plot_point(series: &Series, trace: &Trace, at: usize, values: ValueAxis, axis: TimeAxis) -> Option<PlotPoint> {
    let index = trace.point(at)?;
    let date = &series.points.get(index)?.date;
    let known = date.known_extent();
    let ends = ends(date);
    let beyond = |end: PointEnd, known: f32, outward: f32, edge: f32| match end {
        PointEnd::Dated => known,
        PointEnd::Unknown => known + outward * UNKNOWN_FADE,
        PointEnd::Open => edge,
    };
    let (start, end) = (axis.x_clipped(known.start), axis.x_clipped(known.end));
    let extent = Rangef::new(
        beyond(ends[0], start, -1.0, (axis.left - 20.0).min(start)),
        beyond(ends[1], end, 1.0, (axis.right + 20.0).max(end)),
    );
    Some(PlotPoint {
        index,
        offset: axis.view.offset_of(trace.values.anchor(at)?),
        value: values.plotted(trace.values.value(at)),
        extent,
        ends,
        label: None,
    })
}

/// Returns the kinds of the beginning and the end of a date.
fn ends(date: &Date) -> [PointEnd; 2] {
    let of = |end: &Endpoint| match end {
        Endpoint::Dated(_) => PointEnd::Dated,
        Endpoint::Open => PointEnd::Open,
        Endpoint::Beyond(_) | Endpoint::Unknown => PointEnd::Unknown,
    };
    match date {
        Date::Single(_) => [PointEnd::Dated; 2],
        Date::Span { start, end } => [of(start), of(end)],
        Date::Set(set) => {
            let any = |is: fn(&SetPart) -> bool| {
                if set.parts().iter().any(is) { PointEnd::Unknown } else { PointEnd::Dated }
            };
            [any(|part| matches!(part, SetPart::OnOrBefore(_))), any(|part| matches!(part, SetPart::OnOrAfter(_)))]
        }
    }
}

/// Returns the non-empty columns of a trace in the view, extended by one column on either side.
fn columns(trace: &Trace, axis_of_values: ValueAxis, axis: TimeAxis) -> Vec<PlotColumn> {
    let sections = axis.sections();
    let mut columns: Vec<PlotColumn> = Vec::new();
    for (place, section) in sections.iter().enumerate() {
        let log2 = (section.axis.seconds_per_point() * COLUMN).log2().ceil().clamp(0.0, 61.0) as u32;
        let Interval { start, end } = section.interval;
        // Columns end where the scale changes.
        let (is_first, is_last) = (place == 0, place + 1 == sections.len());
        let least = if is_first { i64::MIN } else { start };
        let most = if is_last { i64::MAX } else { end };
        for number in (start >> log2) - i64::from(is_first)..=((end - 1) >> log2) + i64::from(is_last) {
            let extent = Interval { start: (number << log2).max(least), end: ((number + 1) << log2).min(most) };
            columns.extend(column(trace, axis_of_values, axis, extent));
        }
    }
    let mut before = None;
    for column in &mut columns {
        column.follows = before == Some(column.extent.start);
        before = Some(column.extent.end);
    }
    columns
}

/// Returns the column of an extent. Returns `None` if it has no value.
fn column(trace: &Trace, axis_of_values: ValueAxis, axis: TimeAxis, extent: Interval) -> Option<PlotColumn> {
    let values: &Values = &trace.values;
    let all = values.summary(values.drawn_in(extent))?;
    let middle = if all.count == 1 { values.anchor(all.first) } else { None }.unwrap_or_else(|| extent.middle());
    let of = |position: usize| Some((axis_of_values.plotted(values.value(position)), trace.point(position)?));
    let (low, high) = (of(all.low)?, of(all.high)?);
    Some(PlotColumn {
        extent,
        offset: axis.view.offset_of(middle),
        count: all.count,
        low,
        high,
        // Because of rounding, a mean may be slightly outside the range of its values.
        mean: (axis_of_values.plotted(all.mean).clamp(low.0, high.0), all.mean),
        follows: false,
    })
}

/// Returns the lines between the means of columns: dashed where empty columns separate them because nothing was
/// measured there.
fn column_lines(columns: &[PlotColumn], trace: &Trace, axis: TimeAxis) -> Vec<PlotLine> {
    let line = |pair: &[PlotColumn]| {
        let [from, to] = pair else { return None };
        let first = trace.values.drawn_in(to.extent).start;
        let is_gap = !to.follows && trace.before(first) == Some(Between::Gap);
        cut(PlotLine { from: [from.offset, from.mean.0], to: [to.offset, to.mean.0], is_gap }, axis)
    };
    columns.windows(2).filter_map(line).collect()
}

/// Clips a line to the view and a margin around it; `None` if nothing remains.
fn cut(line: PlotLine, axis: TimeAxis) -> Option<PlotLine> {
    let span = axis.view.span();
    let (from, to) = (-0.05 * span, 1.05 * span);
    let PlotLine { from: [x0, y0], to: [x1, y1], is_gap } = line;
    if x1 < from || x0 > to {
        return None;
    }
    let at = |x: f64| if x1 > x0 { y0 + (y1 - y0) * ((x - x0) / (x1 - x0)) } else { y0 };
    let end = |x: f64, y: f64| {
        if x < from {
            [from, at(from)]
        } else if x > to {
            [to, at(to)]
        } else {
            [x, y]
        }
    };
    Some(PlotLine { from: end(x0, y0), to: end(x1, y1), is_gap })
}

#[cfg(test)]
mod tests {
    use super::super::measure::fixed::Fixed;
    use super::super::view::View;
    use super::*;
    use crate::date::iso;
    use crate::document;
    use crate::timeline::{Timeline, resolve};

    /// Returns a series of these dates and values.
    fn timeline(points: impl Iterator<Item = (String, f64)>) -> Timeline {
        let point = |(date, value): (String, f64)| document::Point { date, value, ..Default::default() };
        let series = document::Series {
            id: "s".to_owned(),
            title: "s".to_owned(),
            unit: "u".to_owned(),
            points: points.map(point).collect(),
            ..Default::default()
        };
        let document = document::Timeline { title: "t".to_owned(), series: vec![series], ..Default::default() };
        resolve(document).timeline.expect("a series")
    }

    fn series(points: impl Iterator<Item = (String, f64)>) -> Series {
        timeline(points).series.pop().expect("a series")
    }

    fn time(date: &str) -> i64 {
        Date::parse(date).expect("a date").anchor()
    }

    /// Returns the series in a plot 1000 points wide that shows the time between two dates.
    fn placed(series: &Series, [from, to]: [&str; 2]) -> SeriesBox {
        let view = View::of(Interval { start: time(from), end: time(to) });
        let rect = Rect::from_min_max(pos2(0.0, 0.0), pos2(1060.0, 200.0));
        let timeline = timeline([("1900".to_owned(), 1.0)].into_iter());
        let (handle, _) = timeline.iter_series().next().expect("a series");
        place(handle, series, rect, TimeAxis { view, left: 60.0, right: 1060.0 }, &mut Fixed)
    }

    fn few(dates: &[(&str, f64)]) -> Series {
        series(dates.iter().map(|(date, value)| ((*date).to_owned(), *value)))
    }

    #[test]
    fn a_line_never_runs_back_and_is_dashed_over_what_was_not_measured() {
        let mixed = few(&[("1985", 4.0), ("1990s", 12.0), ("1992", 6.0), ("1993", 7.0), ("2003", 9.0)]);
        let placed = placed(&mixed, ["1980", "2010"]);
        let ends: Vec<f64> = placed.lines.iter().flat_map(|line| [line.from[1], line.to[1]]).collect();
        assert_eq!(ends, [4.0, 6.0, 6.0, 7.0, 7.0, 9.0].map(|value| value / 10.0), "the mean of a decade is apart");
        assert!(placed.lines.iter().all(|line| line.from[0] < line.to[0]), "{:?}", placed.lines);
        assert_eq!(placed.lines.iter().map(|line| line.is_gap).collect::<Vec<_>>(), [true, false, true]);
        assert_eq!(placed.points.len(), 5);
        assert_eq!(placed.remarks, [NOT_MEASURED]);
    }

    /// Consecutive years are joined, separate years are joined by a dashed line, and overlapping times are not joined.
    #[test]
    fn a_line_is_a_gap_exactly_where_time_lies_between() {
        let check = |dates: &[&str], expect: &[bool]| {
            let points: Vec<(&str, f64)> = dates.iter().zip([1.0, 2.0, 3.0, 4.0]).map(|(date, y)| (*date, y)).collect();
            let found = placed(&few(&points), ["1980", "2000"]);
            assert_eq!(found.lines.iter().map(|line| line.is_gap).collect::<Vec<_>>(), expect, "{dates:?}");
            assert_eq!(found.remarks.contains(&NOT_MEASURED), expect.contains(&true), "{dates:?}");
        };
        check(&["1990", "1991", "1992"], &[false, false]);
        check(&["1990", "1991-01-02", "1992"], &[true, true]);
        check(&["1990-12-31", "1991-01-01", "1991-01-03"], &[false, true]);
        check(&["1990/1992", "1991/1993", "1994/1996"], &[false]);
        check(&["1990/1992", "1991/1993", "1995/1997"], &[true]);
    }

    #[test]
    fn a_time_without_end_leaves_the_plot_and_an_unknown_one_stops() {
        let open = few(&[("../1979", 5.0), ("1985/", 8.0), ("1990/..", 2.0)]);
        let placed = placed(&open, ["1970", "2000"]);
        let of = |index: usize| placed.points.iter().find(|point| point.index == index).expect("a point");
        assert_eq!((of(0).ends, of(0).extent.min), ([PointEnd::Open, PointEnd::Dated], 40.0));
        let year = 1000.0 / 30.0;
        assert_eq!(of(1).ends, [PointEnd::Dated, PointEnd::Unknown]);
        assert!((of(1).extent.span() - year - UNKNOWN_FADE).abs() < 1.0, "{:?}", of(1).extent);
        assert_eq!((of(2).ends, of(2).extent.max), ([PointEnd::Dated, PointEnd::Open], 1080.0));
    }

    #[test]
    fn no_values_are_said_and_have_no_axis() {
        let empty = placed(&few(&[]), ["1970", "2000"]);
        assert_eq!((empty.ticks.len(), empty.remarks), (0, vec!["no values"]));
        let elsewhere = placed(&few(&[("1850", 3.0)]), ["1970", "2000"]);
        assert_eq!(elsewhere.remarks, ["no values here"]);
        let around = placed(&few(&[("1850", 3.0), ("2050", 3.0)]), ["1970", "2000"]);
        assert_eq!(around.remarks, [NOT_MEASURED], "the line is in view");
        let within = placed(&few(&[("20XX", 3.0)]), ["2001", "2002"]);
        assert_eq!((within.remarks.len(), within.points.len()), (0, 1), "its century is");
    }

    /// A series with one value per day.
    fn daily(count: i64) -> Series {
        let from = Date::parse("1450-01-01").expect("a date").anchor();
        let date = |day: i64| iso(from + day * 86_400).split('T').next().unwrap_or_default().to_owned();
        series((0..count).map(|day| (date(day), (day * 7919 % 1000) as f64)))
    }

    #[test]
    fn many_values_are_columns_of_lowest_highest_and_mean() {
        let daily = daily(20_000);
        let placed = placed(&daily, ["1450-01-01", "1504-10-01"]);
        assert_eq!(placed.points, [], "no rings");
        assert!((330..1010).contains(&placed.columns.len()), "{} columns", placed.columns.len());
        assert_eq!(placed.remarks, [COLUMNS]);
        for column in &placed.columns {
            let drawn = daily
                .points
                .iter()
                .filter(|point| (column.extent.start..column.extent.end).contains(&point.date.anchor()));
            let values: Vec<f64> = drawn.map(|point| point.value).collect();
            let (low, high) =
                values.iter().fold((f64::MAX, f64::MIN), |(low, high), value| (low.min(*value), high.max(*value)));
            let found = [column.low, column.high].map(|(_, position)| daily.points[position].value);
            assert_eq!((column.count, found), (values.len(), [low, high]));
            assert!(column.low.0 <= column.mean.0 && column.mean.0 <= column.high.0);
            assert!((column.mean.1 - values.iter().sum::<f64>() / values.len() as f64).abs() < 1e-6);
        }
        assert_eq!(placed.columns.iter().map(|column| column.count).sum::<usize>(), 20_000, "each is in one column");
        assert!(placed.lines.iter().all(|line| !line.is_gap));
        // When zoomed in, each value has its own mark again.
        let close = super::tests::placed(&daily, ["1460-01-01", "1460-01-20"]);
        assert!((19..24).contains(&close.points.len()) && close.columns.is_empty(), "{}", close.points.len());
    }

    /// No line between adjacent columns is dashed, although every seventh day has no value.
    #[test]
    fn a_day_without_a_value_is_no_gap_between_columns() {
        let daily = daily(4_000);
        let weekdays = daily.points.iter().enumerate().filter(|(day, _)| day % 7 != 0);
        let weekdays = series(weekdays.map(|(_, point)| {
            (iso(point.date.anchor()).split('T').next().unwrap_or_default().to_owned(), point.value)
        }));
        let placed = placed(&weekdays, ["1450-01-01", "1460-12-01"]);
        assert!(placed.columns.len() > 300 && placed.lines.len() + 1 == placed.columns.len());
        assert!(placed.lines.iter().all(|line| !line.is_gap));
    }

    #[test]
    fn columns_do_not_hide_a_year_without_values() {
        let daily = daily(2_000);
        let (from, to) = (time("1452-01-01"), time("1453-01-01"));
        let kept = daily.points.iter().filter(|point| !(from..to).contains(&point.date.anchor()));
        let holed = series(
            kept.map(|point| (iso(point.date.anchor()).split('T').next().unwrap_or_default().to_owned(), point.value)),
        );
        let placed = placed(&holed, ["1450-01-01", "1455-06-01"]);
        assert!(!placed.columns.is_empty());
        assert_eq!(placed.lines.iter().filter(|line| line.is_gap).count(), 1);
        assert_eq!(
            placed.columns.iter().filter(|column| !column.follows).count(),
            2,
            "the first, and the one after it"
        );
    }

    #[test]
    fn lines_are_cut_close_to_the_view() {
        let far = few(&[("-9000", 1.0), ("9000", 5.0)]);
        let placed = placed(&far, ["2000-01-01", "2000-01-02"]);
        let span = 86_400.0;
        let [line] = placed.lines.as_slice() else { panic!("{:?}", placed.lines) };
        assert!(line.from[0] >= -0.06 * span && line.to[0] <= 1.06 * span, "{line:?}");
        assert!((line.from[1] - line.to[1]).abs() < 1e-5 && (3.4..3.5).contains(&line.from[1]), "{line:?}");
    }
}
