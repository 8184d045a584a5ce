//! Series: the box of a plot, its value axis, and where the values are written.

use egui::{Pos2, Rangef, Rect, Vec2, pos2, vec2};

use crate::document::{Basis, Scale};
use crate::timeline::{Point, Quantity, Series, SeriesIndex, number};

use super::frame::SERIES_HEADER;
use super::lanes::MARKER_RADIUS;
use super::measure::{Face, Measure};
use super::view::TimeAxis;

/// With more points than this in view only the first and the last carry their value.
const MOST_VALUES: usize = 12;
/// Least distance between two value ticks, in points.
const TICK_SPACING: f32 = 20.0;

/// A value tick.
#[derive(Clone, Debug, PartialEq)]
pub struct ValueTick {
    /// The value as plotted: its decimal logarithm on a log scale.
    pub value: f64,
    /// The value as written.
    pub label: String,
}

/// A point in view or next to it.
#[derive(Clone, Debug, PartialEq)]
pub struct PlotPoint {
    /// Position in the series.
    pub index: usize,
    /// Seconds after the left edge of the view, at the middle of the point's date.
    pub offset: f64,
    /// The value as plotted: its decimal logarithm on a log scale.
    pub value: f64,
    /// x of the point's whole date, in points: a year for "1965".
    pub extent: Rangef,
    /// Nothing was measured between the point before and this one.
    pub after_gap: bool,
    /// The value in words, and where they stand, in points.
    pub label: Option<(String, Rect)>,
}

/// A series, placed.
#[derive(Clone, Debug, PartialEq)]
pub struct SeriesBox {
    /// The series.
    pub series: SeriesIndex,
    /// The line above the plot that names it, in points.
    pub header: Rect,
    /// The plot, in points: its left and right edges are those of the view.
    pub plot: Rect,
    /// Lowest and highest value of the plot, as plotted.
    pub bounds: (f64, f64),
    /// Value ticks, upwards.
    pub ticks: Vec<ValueTick>,
    /// Points, left to right.
    pub points: Vec<PlotPoint>,
    /// Unit and scale in words.
    pub unit: String,
    /// Whether any two points are joined over a gap.
    pub has_gaps: bool,
}

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
    let bounds = bounds(series, plot.height());
    let ticks = value_ticks(series.scale, bounds, plot.height());
    let mut points = points(series, axis);
    label_points(series, &mut points, plot, bounds, axis, measure);
    let scale = if series.scale == Scale::Log { ", log scale" } else { "" };
    SeriesBox {
        series: index,
        header,
        plot,
        bounds,
        ticks,
        has_gaps: points.iter().any(|point| point.after_gap),
        points,
        unit: format!("{}{scale}", series.unit),
    }
}

/// A value as it is plotted.
fn plotted(scale: Scale, value: f64) -> f64 {
    match scale {
        Scale::Linear => value,
        Scale::Log => value.max(f64::MIN_POSITIVE).log10(),
    }
}

/// Lowest and highest plotted value, with some room; a linear scale of positive values starts at zero, with no more room
/// below than a marker takes. `height` is that of the plot, in points.
fn bounds(series: &Series, height: f32) -> (f64, f64) {
    let values = series.points.iter().map(|point| plotted(series.scale, point.value));
    let (mut low, mut high) =
        values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)));
    if low > high {
        return (0.0, 1.0);
    }
    if series.scale == Scale::Linear && low > 0.0 {
        low = 0.0;
    }
    if high - low < f64::EPSILON * high.abs().max(1.0) {
        (low, high) = (low - 0.5, high + 0.5);
    }
    let room = (high - low) * 0.12;
    let marker = (high - low) * f64::from(MARKER_RADIUS / height.max(4.0 * MARKER_RADIUS));
    let below = if series.scale == Scale::Linear && low == 0.0 { marker } else { room };
    (low - below, high + room * 1.4)
}

/// Value ticks: powers of ten on a log scale, round steps on a linear one, as many as there is height for, and two where
/// there are any so round.
fn value_ticks(scale: Scale, (low, high): (f64, f64), height: f32) -> Vec<ValueTick> {
    let most = f64::from((height / TICK_SPACING).floor().max(2.0));
    let range = high - low;
    let ticks = |step: f64, of: &dyn Fn(f64) -> f64| -> Vec<ValueTick> {
        let first = (low / step).ceil();
        let count = ((high / step).floor() - first + 1.0).clamp(0.0, 100.0) as usize;
        // Adding zero makes a zero of minus zero.
        let values = (0..count).map(|index| (first + index as f64) * step + 0.0);
        values.map(|value| ValueTick { value, label: short(of(value)) }).collect()
    };
    match scale {
        Scale::Log => {
            let powers = ticks((range / most).ceil().max(1.0), &|value| 10_f64.powf(value));
            if powers.len() < 2 { log_ticks((low, high)) } else { powers }
        }
        Scale::Linear => {
            let coarse = ticks(round_step(range / most), &|value| value);
            if coarse.len() < 2 { ticks(round_step(range / most / 2.0), &|value| value) } else { coarse }
        }
    }
}

/// Ticks at 1, 2 and 5 times powers of ten, where a log scale shows less than two of these.
fn log_ticks((low, high): (f64, f64)) -> Vec<ValueTick> {
    let decades = low.floor() as i32..=high.floor() as i32;
    let values = decades.flat_map(|decade| [1.0, 2.0, 5.0].map(|digit| digit * 10_f64.powi(decade)));
    let ticks = values.map(|value| ValueTick { value: value.log10(), label: short(value) });
    ticks.filter(|tick| (low..=high).contains(&tick.value)).collect()
}

/// The next step of 1, 2 or 5 times a power of ten.
fn round_step(least: f64) -> f64 {
    let power = 10_f64.powf(least.max(f64::MIN_POSITIVE).log10().floor());
    [1.0, 2.0, 5.0, 10.0].into_iter().map(|digit| digit * power).find(|step| *step >= least).unwrap_or(10.0 * power)
}

/// A tick's value, short: "10 k", "1 M".
fn short(value: f64) -> String {
    let magnitude = value.abs();
    let (divisor, suffix) = match magnitude {
        m if m >= 1e12 => (1e12, "\u{202f}T"),
        m if m >= 1e9 => (1e9, "\u{202f}G"),
        m if m >= 1e6 => (1e6, "\u{202f}M"),
        m if m >= 1e4 => (1e3, "\u{202f}k"),
        _ => (1.0, ""),
    };
    format!("{}{suffix}", number(value / divisor))
}

/// The points in view and one on either side, so that lines run out of the picture.
fn points(series: &Series, axis: TimeAxis) -> Vec<PlotPoint> {
    let shown = axis.view.interval();
    let after_start = series.points.partition_point(|point| point.date.bounds().end <= shown.start);
    let after_end = series.points.partition_point(|point| point.date.bounds().start < shown.end);
    let first = after_start.saturating_sub(1);
    let last = (after_end + 1).min(series.points.len());
    (first..last)
        .filter_map(|index| {
            let point = series.points.get(index)?;
            let extent = point.date.known_extent();
            let before = index.checked_sub(1).and_then(|before| series.points.get(before));
            Some(PlotPoint {
                index,
                offset: axis.view.offset_of(extent.start.midpoint(extent.end)),
                value: plotted(series.scale, point.value),
                extent: Rangef::new(axis.x_clipped(extent.start), axis.x_clipped(extent.end)),
                after_gap: before.is_some_and(|before| is_gap(before, point)),
                label: None,
            })
        })
        .collect()
}

/// Whether more time lies between two points than half of what they themselves cover.
fn is_gap(before: &Point, after: &Point) -> bool {
    let (before, after) = (before.date.known_extent(), after.date.known_extent());
    let between = after.start.saturating_sub(before.end);
    let covered = before.length().max(after.length());
    between > covered / 2
}

/// What a value's label must keep clear of.
struct Obstacles {
    plot: Rect,
    markers: Vec<Rect>,
    /// What the dates leave open; a label may stand on these where nowhere else is room.
    extents: Vec<Rect>,
    lines: Vec<(Pos2, Pos2)>,
    labels: Vec<Rect>,
}

impl Obstacles {
    /// A free place for a label of this size beside a point, and beside its date's extent where that is narrow: above
    /// it if that is free, to the right if that is.
    fn place(&self, point: Pos2, extent: Rangef, size: Vec2) -> Option<Rect> {
        const NARROW: f32 = 60.0;
        const RISES: [f32; 7] = [-17.0, -26.0, 3.0, 14.0, -36.0, -46.0, 24.0];
        let marker = Rangef::point(point.x).expand(9.0);
        let extent = extent.expand(3.0);
        let x = if extent.span() <= NARROW {
            Rangef::new(extent.min.min(marker.min), extent.max.max(marker.max))
        } else {
            marker
        };
        let beside = [x.max, x.min - size.x];
        let places = RISES.iter().flat_map(|rise| beside.map(|x| Rect::from_min_size(pos2(x, point.y + rise), size)));
        let mut free = places.filter(|rect| {
            let free = self.labels.iter().chain(&self.markers).all(|other| !other.intersects(*rect));
            let clear = !self.lines.iter().any(|(from, to)| line_touches(rect.expand(1.0), *from, *to));
            free && clear && self.plot.expand2(vec2(0.0, 8.0)).contains_rect(*rect)
        });
        let first = free.next()?;
        let off_extents = |rect: &Rect| !self.extents.iter().any(|extent| extent.intersects(*rect));
        std::iter::once(first).chain(free).find(off_extents).or(Some(first))
    }
}

/// Writes values beside points, where there is room for them.
fn label_points(
    series: &Series,
    points: &mut [PlotPoint],
    plot: Rect,
    (low, high): (f64, f64),
    axis: TimeAxis,
    measure: &mut dyn Measure,
) {
    let few = points.len() <= MOST_VALUES;
    let last = points.len().saturating_sub(1);
    let seconds_per_point = axis.seconds_per_point();
    let at = |point: &PlotPoint| {
        let x = axis.left + (point.offset / seconds_per_point) as f32;
        let y = plot.bottom() - ((point.value - low) / (high - low)) as f32 * plot.height();
        pos2(x, y)
    };
    let places: Vec<Pos2> = points.iter().map(at).collect();
    let extents = points
        .iter()
        .zip(&places)
        .map(|(point, place)| Rect::from_x_y_ranges(point.extent, Rangef::point(place.y).expand(MARKER_RADIUS)));
    let mut obstacles = Obstacles {
        plot,
        markers: places.iter().map(|place| Rect::from_center_size(*place, vec2(12.0, 12.0))).collect(),
        extents: extents.collect(),
        lines: places.iter().copied().zip(places.iter().copied().skip(1)).collect(),
        labels: Vec::new(),
    };
    for (number, (point, place)) in points.iter_mut().zip(&places).enumerate() {
        if !few && number != 0 && number != last {
            continue;
        }
        for text in value_labels(series, point.index) {
            let size = vec2(measure.width(&text, Face::Small).ceil() + 1.0, 16.0);
            if let Some(rect) = obstacles.place(*place, point.extent, size) {
                obstacles.labels.push(rect);
                point.label = Some((text, rect));
                break;
            }
        }
    }
}

/// Whether a line from one point to another crosses a rectangle: clipped by Liang and Barsky's method.
fn line_touches(rect: Rect, from: Pos2, to: Pos2) -> bool {
    let step = to - from;
    let (mut enter, mut leave) = (0.0_f32, 1.0_f32);
    for (at, step, low, high) in
        [(from.x, step.x, rect.left(), rect.right()), (from.y, step.y, rect.top(), rect.bottom())]
    {
        if step.abs() < f32::EPSILON {
            if at < low || at > high {
                return false;
            }
            continue;
        }
        let (a, b) = ((low - at) / step, (high - at) / step);
        enter = enter.max(a.min(b));
        leave = leave.min(a.max(b));
    }
    enter <= leave
}

/// What may stand beside a point, the fullest first: the value with its unit, whether it is derived, and at the last
/// point how it compares with the first one.
fn value_labels(series: &Series, index: usize) -> Vec<String> {
    let Some(figure) = series.figure(index) else { return Vec::new() };
    let point = figure.point;
    let ratio = figure.ratio_words().filter(|_| index + 1 == series.points.len());
    let quantity = Quantity::new(point.value, point.qualifier);
    let derived = if figure.basis() == Some(Basis::Derived) { " (derived)" } else { "" };
    let ratio = ratio.map(|ratio| format!(", {ratio}"));
    let ratio_derived = if figure.ratio_is_derived() { " (derived)" } else { "" };
    let values = [quantity.words(&series.unit), quantity.bare_words()].map(|value| format!("{value}{derived}"));
    let compared =
        ratio.iter().flat_map(|ratio| values.iter().map(move |value| format!("{value}{ratio}{ratio_derived}")));
    compared.chain(values.iter().cloned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(scale: Scale, bounds: (f64, f64), height: f32) -> String {
        let labels: Vec<String> = value_ticks(scale, bounds, height).into_iter().map(|tick| tick.label).collect();
        labels.join(" ")
    }

    #[test]
    fn value_ticks_are_round() {
        assert_eq!(labels(Scale::Log, (-0.9, 2.2), 120.0), "1 10 100");
        assert_eq!(labels(Scale::Log, (3.8, 7.0), 54.0), "10\u{202f}k 1\u{202f}M");
        assert_eq!(labels(Scale::Linear, (0.0, 93.0), 100.0), "0 20 40 60 80");
        assert_eq!(labels(Scale::Linear, (-400.0, 60.0), 54.0), "\u{2212}400 \u{2212}200 0", "never one alone");
        assert_eq!(labels(Scale::Log, (0.1, 0.95), 54.0), "2 5");
        assert_eq!(labels(Scale::Linear, (-1.0, 1.0), 100.0), "\u{2212}1 \u{2212}0.5 0 0.5 1");
    }

    #[test]
    fn a_value_stands_beside_what_its_date_leaves_open_and_off_it_where_that_is_wide() {
        let point = pos2(200.0, 60.0);
        let place = |half: f32, height: f32| {
            let extent = Rangef::point(point.x).expand(half);
            let band = Rect::from_x_y_ranges(extent, Rangef::point(point.y).expand(MARKER_RADIUS));
            let obstacles = Obstacles {
                plot: Rect::from_min_max(pos2(0.0, point.y - height / 2.0), pos2(400.0, point.y + height / 2.0)),
                markers: vec![Rect::from_center_size(point, vec2(12.0, 12.0))],
                extents: vec![band],
                lines: Vec::new(),
                labels: Vec::new(),
            };
            let label = obstacles.place(point, extent, vec2(80.0, 16.0)).expect("a place");
            (label.left() - point.x, label.top() - point.y, label.intersects(band))
        };
        assert_eq!(place(0.0, 120.0), (9.0, -17.0, false));
        assert_eq!(place(16.0, 120.0), (19.0, -17.0, false), "beside a narrow one");
        assert_eq!(place(150.0, 120.0), (9.0, -26.0, false), "above a wide one");
        assert_eq!(place(150.0, 20.0), (9.0, -17.0, true), "on it where there is no other room");
    }

    #[test]
    fn a_line_is_seen_to_cross_a_label() {
        let rect = Rect::from_min_max(pos2(10.0, 10.0), pos2(20.0, 20.0));
        assert!(line_touches(rect, pos2(0.0, 0.0), pos2(30.0, 30.0)));
        assert!(line_touches(rect, pos2(15.0, 0.0), pos2(15.0, 12.0)));
        assert!(!line_touches(rect, pos2(0.0, 0.0), pos2(30.0, 9.0)));
        assert!(!line_touches(rect, pos2(0.0, 15.0), pos2(9.0, 15.0)));
    }

    #[test]
    fn a_step_is_one_two_or_five() {
        for (least, expect) in [(0.3, 0.5), (1.0, 1.0), (1.2, 2.0), (18.6, 20.0), (700.0, 1000.0)] {
            assert!((round_step(least) - expect).abs() < 1e-9, "{least}");
        }
    }
}
