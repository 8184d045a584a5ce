//! Outlines of shapes, in points of the page.

use egui::{Pos2, Rect};
use vello_cpu::kurbo::{self, BezPath, Cap, Join, Point, RoundedRectRadii, Shape as _, StrokeOpts};

use super::grid::{Grid, PixelRect, TOLERANCE};
use crate::scene::{Geometry, Hatching, MITER_LIMIT, Radii, Stroke};

fn point(at: Pos2) -> Point {
    Point::new(f64::from(at.x), f64::from(at.y))
}

pub(super) fn rect(rect: Rect) -> kurbo::Rect {
    kurbo::Rect::from_points(point(rect.min), point(rect.max))
}

/// Returns a rectangle of whole pixels, moved up by `top` pixels.
pub(super) fn pixels(rect: PixelRect, top: u32) -> kurbo::Rect {
    let top = f64::from(top);
    let [left, upper] = rect.min.map(f64::from);
    let [right, lower] = rect.max.map(f64::from);
    kurbo::Rect::new(left, upper - top, right, lower - top)
}

fn line(points: &[Pos2], is_closed: bool) -> BezPath {
    let mut path = BezPath::with_capacity(points.len() + 1);
    if let Some((first, rest)) = points.split_first() {
        path.move_to(point(*first));
        for at in rest {
            path.line_to(point(*at));
        }
        if is_closed {
            path.close_path();
        }
    }
    path
}

/// Returns the outline of a shape. Curves are exact to [`TOLERANCE`] pixels.
pub(super) fn of(geometry: &Geometry, grid: &Grid) -> BezPath {
    let tolerance = TOLERANCE / grid.largest();
    match geometry {
        Geometry::Rect { rect: edges, radii: Radii::ZERO } => rect(*edges).to_path(tolerance),
        Geometry::Rect { rect: edges, radii } => {
            let Radii { nw, ne, se, sw } = radii.within(*edges);
            let radii = RoundedRectRadii::new(f64::from(nw), f64::from(ne), f64::from(se), f64::from(sw));
            rect(*edges).to_rounded_rect(radii).to_path(tolerance)
        }
        Geometry::Rects(rects) => {
            let mut path = BezPath::with_capacity(rects.len() * 5);
            for edges in rects {
                path.extend(rect(*edges).path_elements(tolerance));
            }
            path
        }
        Geometry::Circle { center, radius } => {
            kurbo::Circle::new(point(*center), f64::from(*radius)).to_path(tolerance)
        }
        Geometry::Polyline(points) => line(points, false),
        Geometry::Polygon(points) => line(points, true),
        Geometry::Band(points) => line(&Geometry::band_outline(points), true),
    }
}

/// Returns the area that a stroke covers.
pub(super) fn stroked(path: &BezPath, stroke: Stroke, grid: &Grid) -> BezPath {
    let style = kurbo::Stroke::new(f64::from(stroke.width))
        .with_caps(Cap::Butt)
        .with_join(Join::Miter)
        .with_miter_limit(f64::from(MITER_LIMIT));
    let style = match stroke.dash {
        // A dash pattern of zero length is ignored.
        Some([dash, gap]) if dash >= 0.0 && gap > 0.0 && dash + gap > f32::EPSILON => {
            style.with_dashes(0.0, [f64::from(dash), f64::from(gap)])
        }
        _ => style,
    };
    kurbo::stroke(path, &style, &StrokeOpts::default(), TOLERANCE / grid.largest())
}

/// Returns the area that the lines of a hatching cover in a rectangle and slightly around it.
pub(super) fn hatched(hatching: Hatching, bounds: Rect, grid: &Grid) -> BezPath {
    let stroke = Stroke::new(hatching.width, hatching.color);
    let mut area = BezPath::new();
    for ends in hatching.lines_beyond(bounds) {
        area.extend(stroked(&line(&ends, false), stroke, grid));
    }
    area
}
