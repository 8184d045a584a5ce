//! Value labels of a series: placed beside their points, without overlapping lines, markers and each other.

use egui::{Pos2, Rangef, Rect, Vec2, pos2, vec2};

use crate::document::Basis;
use crate::timeline::{Quantity, Series};

use super::lanes::MARKER_RADIUS;
use super::measure::{Measure, TextRole};
use super::plot::PlotPoint;

/// With more points than this in view, only the first and the last are labelled.
const MOST_VALUES: usize = 12;

/// What a value label must not overlap.
struct Obstacles {
    plot: Rect,
    markers: Vec<Rect>,
    /// The extents of the dates, which a label may overlap if there is no room elsewhere.
    extents: Vec<Rect>,
    lines: Vec<(Pos2, Pos2)>,
    labels: Vec<Rect>,
}

impl Obstacles {
    /// Returns a free place for a label of this size beside a point, and beside the extent of its date if that is
    /// narrow: preferably above, then to the right.
    fn place(&self, point: Pos2, extent: Rangef, size: Vec2) -> Option<Rect> {
        const NARROW: f32 = 60.0;
        const RISES: [f32; 6] = [-17.0, -26.0, 3.0, 14.0, -36.0, 24.0];
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
            // A label above a line of another point would seem to belong to that line.
            let nearest = pos2(rect.x_range().clamp(point.x), rect.y_range().clamp(point.y));
            let others = self.lines.iter().filter(|(from, to)| *from != point && *to != point);
            let beyond = others.into_iter().any(|(from, to)| cross([point, nearest], [*from, *to]));
            free && clear && !beyond && self.plot.expand2(vec2(0.0, 8.0)).contains_rect(*rect)
        });
        let first = free.next()?;
        let off_extents = |rect: &Rect| !self.extents.iter().any(|extent| extent.intersects(*rect));
        std::iter::once(first).chain(free).find(off_extents).or(Some(first))
    }
}

/// Labels the points at these places with their values where there is room.
pub(super) fn label_points(
    series: &Series,
    points: &mut [PlotPoint],
    places: &[Pos2],
    lines: Vec<(Pos2, Pos2)>,
    plot: Rect,
    measure: &mut dyn Measure,
) {
    let few = points.len() <= MOST_VALUES;
    let last = points.len().saturating_sub(1);
    let extents = points
        .iter()
        .zip(places)
        .map(|(point, place)| Rect::from_x_y_ranges(point.extent, Rangef::point(place.y).expand(MARKER_RADIUS)));
    let mut obstacles = Obstacles {
        plot,
        markers: places.iter().map(|place| Rect::from_center_size(*place, vec2(12.0, 12.0))).collect(),
        extents: extents.collect(),
        lines,
        labels: Vec::new(),
    };
    for (number, (point, place)) in points.iter_mut().zip(places).enumerate() {
        if !few && number != 0 && number != last {
            continue;
        }
        for text in value_labels(series, point.index) {
            let size = vec2(measure.width(&text, TextRole::Small).ceil() + 1.0, 16.0);
            if let Some(rect) = obstacles.place(*place, point.extent, size) {
                obstacles.labels.push(rect);
                point.label = Some((text, rect));
                break;
            }
        }
    }
}

/// Returns whether two line segments cross.
fn cross([a, b]: [Pos2; 2], [c, d]: [Pos2; 2]) -> bool {
    let side = |from: Pos2, to: Pos2, at: Pos2| {
        let (along, across) = (to - from, at - from);
        along.x * across.y - along.y * across.x
    };
    side(a, b, c) * side(a, b, d) < 0.0 && side(c, d, a) * side(c, d, b) < 0.0
}

/// Returns whether a line segment touches a rectangle: clipping by the Liang–Barsky algorithm.
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

/// Returns the possible labels of a point, longest first: the value with its unit, whether it is derived, and at the
/// last point how it compares with the first one.
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
    fn a_value_does_not_stand_beyond_a_line_that_is_not_its_own() {
        assert!(cross([pos2(0.0, 0.0), pos2(2.0, 2.0)], [pos2(0.0, 2.0), pos2(2.0, 0.0)]));
        assert!(!cross([pos2(0.0, 0.0), pos2(1.0, 1.0)], [pos2(0.0, 3.0), pos2(3.0, 0.0)]));
        let point = pos2(200.0, 60.0);
        let place = |lines: Vec<(Pos2, Pos2)>| {
            let obstacles = Obstacles {
                plot: Rect::from_min_max(pos2(0.0, 0.0), pos2(400.0, 70.0)),
                markers: vec![Rect::from_center_size(point, vec2(12.0, 12.0))],
                extents: Vec::new(),
                lines,
                labels: vec![Rect::from_min_max(pos2(0.0, 42.0), pos2(400.0, 78.0))],
            };
            obstacles.place(point, Rangef::point(point.x), vec2(80.0, 16.0)).map(|rect| rect.top() - point.y)
        };
        assert_eq!(place(Vec::new()), Some(-36.0));
        assert_eq!(place(vec![(pos2(0.0, 50.0), pos2(400.0, 50.0))]), None);
    }

    #[test]
    fn a_line_is_seen_to_cross_a_label() {
        let rect = Rect::from_min_max(pos2(10.0, 10.0), pos2(20.0, 20.0));
        assert!(line_touches(rect, pos2(0.0, 0.0), pos2(30.0, 30.0)));
        assert!(line_touches(rect, pos2(15.0, 0.0), pos2(15.0, 12.0)));
        assert!(!line_touches(rect, pos2(0.0, 0.0), pos2(30.0, 9.0)));
        assert!(!line_touches(rect, pos2(0.0, 15.0), pos2(9.0, 15.0)));
    }
}
