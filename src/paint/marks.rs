//! Marks: markers, extents, bars, arrows.

use egui::epaint::{Mesh, Vertex, WHITE_UV};
use egui::{Color32, CornerRadius, Pos2, Rangef, Rect, Shape, Stroke, StrokeKind, pos2, vec2};

use crate::layout::{ARROW_TIP, MARKER_RADIUS, Mark, MarkShape, Member, TimeAxis};

use super::theme::Theme;

/// Height of the band that shows a date's extent behind its marker, in points.
const EXTENT_HEIGHT: f32 = 18.0;
/// An end of a bar that is exact to this many points is drawn as an edge.
const FIRM: f32 = 4.0;

/// How a mark stands out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct State {
    pub(super) selected: bool,
    pub(super) hovered: bool,
}

/// A marker of the shape that a lane has; the shape says the same as the colour.
pub fn marker(style: usize, center: Pos2, radius: f32, fill: Color32, stroke: Stroke) -> Shape {
    let corners =
        |points: &[(f32, f32)]| -> Vec<Pos2> { points.iter().map(|(x, y)| center + vec2(*x, *y) * radius).collect() };
    let polygon = |points: &[(f32, f32)]| Shape::convex_polygon(corners(points), fill, stroke);
    match style % 6 {
        0 => egui::epaint::CircleShape { center, radius: radius * 0.95, fill, stroke }.into(),
        1 => polygon(&[(-0.85, -0.85), (0.85, -0.85), (0.85, 0.85), (-0.85, 0.85)]),
        2 => polygon(&[(0.0, 1.05), (-1.1, -0.8), (1.1, -0.8)]),
        3 => polygon(&[(0.0, -1.15), (1.15, 0.0), (0.0, 1.15), (-1.15, 0.0)]),
        4 => polygon(&[(0.0, -1.05), (1.1, 0.8), (-1.1, 0.8)]),
        _ => polygon(&[(-0.55, -0.95), (0.55, -0.95), (1.1, 0.0), (0.55, 0.95), (-0.55, 0.95), (-1.1, 0.0)]),
    }
}

/// A rectangle whose colour runs from left to right.
pub(super) fn gradient(rect: Rect, left: Color32, right: Color32) -> Shape {
    let mut mesh = Mesh::default();
    let corners =
        [(rect.left_top(), left), (rect.right_top(), right), (rect.right_bottom(), right), (rect.left_bottom(), left)];
    mesh.vertices.extend(corners.map(|(pos, color)| Vertex { pos, uv: WHITE_UV, color }));
    mesh.add_triangle(0, 1, 2);
    mesh.add_triangle(0, 2, 3);
    Shape::mesh(mesh)
}

/// Diagonal lines over a rectangle: what is doubtful is told by a pattern, not by colour alone.
fn hatch(rect: Rect, color: Color32) -> Vec<Shape> {
    const SPACING: f32 = 5.0;
    let height = rect.height();
    let first = (rect.left() - height) / SPACING;
    let count = ((rect.width() + height) / SPACING).ceil().max(0.0) as usize;
    let stroke = Stroke::new(1.0, color);
    (0..=count)
        .filter_map(|line| {
            // Rising lines at fixed places, so that the pattern does not crawl while the rectangle grows.
            let x = (first.ceil() + line as f32) * SPACING;
            let low = (rect.left() - x).max(0.0);
            let high = (rect.right() - x).min(height);
            let at = |rise: f32| pos2(x + rise, rect.bottom() - rise);
            (low < high).then(|| Shape::line_segment([at(low), at(high)], stroke))
        })
        .collect()
}

/// Depth of the teeth where a mark is torn off at the edge of the view, in points.
const TOOTH: f32 = 5.0;

/// The teeth of a torn edge: from a body that ends at `from` to the edge of the view at `to`.
fn teeth(from: f32, to: f32, y: Rangef, tint: Color32) -> impl Iterator<Item = Shape> {
    /// About as high as a tooth is, in points.
    const HEIGHT: f32 = 8.0;
    let count = (y.span() / HEIGHT).round().max(2.0);
    let at = move |step: f32| y.min + y.span() * step / count;
    (0..count as usize).map(move |tooth| {
        let tooth = tooth as f32;
        let corners = vec![pos2(from, at(tooth)), pos2(to, at(tooth + 0.5)), pos2(from, at(tooth + 1.0))];
        Shape::convex_polygon(corners, tint, Stroke::NONE)
    })
}

/// The shapes of a mark but its label.
#[derive(Default)]
pub(super) struct Shapes {
    /// Bands and bars, which end with the chart.
    pub(super) bands: Vec<Shape>,
    /// Markers, which may stand half over its edge.
    pub(super) markers: Vec<Shape>,
}

/// All shapes of a mark but its label.
pub(super) fn mark(mark: &Mark, axis: TimeAxis, color: Color32, theme: &Theme, state: State) -> Shapes {
    match &mark.shape {
        MarkShape::Point { center, extent } => {
            let bands = extent_band(mark, *center, *extent, axis, color, state);
            let shown = (axis.left - 0.5..=axis.right + 0.5).contains(&center.x);
            let markers = if shown { point(mark, *center, color, theme, state) } else { Vec::new() };
            Shapes { bands, markers }
        }
        MarkShape::Set { centers, extents, one_of } => {
            Shapes { bands: set(mark, centers, extents, *one_of, color, theme, state), ..Shapes::default() }
        }
        MarkShape::Span { x, sure, open_start, open_end, .. } => {
            let bar = Bar {
                x: *x,
                sure: *sure,
                y: mark.rect.y_range(),
                open_start: *open_start,
                open_end: *open_end,
                torn: mark.is_torn(axis),
                uncertain: mark.uncertain,
            };
            Shapes { bands: bar.shapes(axis, color, theme, state), ..Shapes::default() }
        }
    }
}

/// The band that shows what a date leaves open.
fn extent_band(mark: &Mark, center: Pos2, extent: Rangef, axis: TimeAxis, color: Color32, state: State) -> Vec<Shape> {
    if extent.span() <= 2.0 && !mark.approximate {
        return Vec::new();
    }
    // A label that stands on a wide extent stands on all of it.
    let label = mark.label.as_ref().map(|label| label.rect).filter(|rect| extent.intersects(rect.x_range()));
    let height = label.map_or(EXTENT_HEIGHT, |rect| rect.height() - 4.0);
    let y = Rangef::point(center.y).expand(height / 2.0);
    let tint = Theme::thin(color, if state.hovered || state.selected { 0.34 } else { 0.24 });
    let [torn_start, torn_end] = mark.is_torn(axis);
    let start = if torn_start { (axis.left + TOOTH).round() } else { axis.left - 20.0 };
    let end = if torn_end { (axis.right - TOOTH).round() } else { axis.right + 20.0 };
    let shown = extent.intersection(Rangef::new(start, end));
    let mut shapes = Vec::new();
    if mark.approximate {
        shapes.extend(fading(extent, y, tint));
    } else {
        let round = |torn: bool| if torn { 0 } else { 3 };
        let ([nw, sw], [ne, se]) = ([round(torn_start); 2], [round(torn_end); 2]);
        let corners = CornerRadius { nw, ne, sw, se };
        shapes.push(Shape::rect_filled(Rect::from_x_y_ranges(shown, y), corners, tint));
    }
    if torn_start {
        shapes.extend(teeth(start, axis.left, y, tint));
    }
    if torn_end {
        shapes.extend(teeth(end, axis.right, y, tint));
    }
    if mark.uncertain && shown.span() > 2.0 {
        shapes.extend(hatch(Rect::from_x_y_ranges(shown, y), Theme::thin(color, 0.55)));
    }
    shapes
}

fn point(mark: &Mark, center: Pos2, color: Color32, theme: &Theme, state: State) -> Vec<Shape> {
    let mut shapes = Vec::new();
    if state.selected {
        // Low rows leave less room around a marker.
        let radius = MARKER_RADIUS + if mark.label.as_ref().is_some_and(|label| label.one_line) { 3.0 } else { 5.0 };
        shapes.push(Shape::circle_filled(center, radius, Theme::thin(theme.accent, 0.2)));
        shapes.push(Shape::circle_stroke(center, radius, Stroke::new(2.0, theme.accent)));
    } else if state.hovered {
        shapes.push(Shape::circle_stroke(center, MARKER_RADIUS + 4.0, Stroke::new(1.5, color)));
    }
    shapes.push(one_marker(mark, center, mark.uncertain, color, theme));
    shapes
}

/// A band that is strongest in its middle: "about 1850" may be a little before or after.
fn fading(extent: Rangef, y: Rangef, tint: Color32) -> [Shape; 2] {
    let (left, middle, right) = (extent.min, extent.center(), extent.max);
    let rect = |from: f32, to: f32| Rect::from_x_y_ranges(from.round()..=to.round(), y);
    [
        gradient(rect(left, middle), Color32::TRANSPARENT, tint),
        gradient(rect(middle, right), tint, Color32::TRANSPARENT),
    ]
}

/// A marker: filled, or hollow where the date is in doubt.
fn one_marker(mark: &Mark, center: Pos2, hollow: bool, color: Color32, theme: &Theme) -> Shape {
    let (fill, stroke) =
        if hollow { (theme.paper, Stroke::new(2.0, color)) } else { (color, Stroke::new(1.0, theme.paper)) };
    marker(mark.style, center, if hollow { MARKER_RADIUS - 1.0 } else { MARKER_RADIUS }, fill, stroke)
}

/// Several dates, joined: dashed and hollow where only one of them is meant.
fn set(
    mark: &Mark,
    centers: &[Pos2],
    extents: &[Member],
    one_of: bool,
    color: Color32,
    theme: &Theme,
    state: State,
) -> Vec<Shape> {
    let mut shapes = Vec::new();
    if state.selected || state.hovered {
        let stroke = if state.selected { Stroke::new(2.0, theme.accent) } else { Stroke::new(1.5, color) };
        shapes.push(Shape::rect_stroke(mark.rect.expand(4.0), 8.0, stroke, StrokeKind::Middle));
    }
    let (y, tint) = (Rangef::point(mark.rect.center().y).expand(EXTENT_HEIGHT / 2.0), Theme::thin(color, 0.24));
    for Member { x, known } in extents {
        let clear = Color32::TRANSPARENT;
        let (earlier, later) = (Rangef::new(x.min, known.min), Rangef::new(known.max, x.max));
        if earlier.span() > 0.0 {
            shapes.push(gradient(Rect::from_x_y_ranges(earlier, y), clear, tint));
        }
        if later.span() > 0.0 {
            shapes.push(gradient(Rect::from_x_y_ranges(later, y), tint, clear));
        }
        if known.span() > 2.0 {
            shapes.push(Shape::rect_filled(Rect::from_x_y_ranges(*known, y), if x == known { 3.0 } else { 0.0 }, tint));
        }
    }
    let thread = Stroke::new(1.5, Theme::thin(color, 0.7));
    for pair in centers.windows(2) {
        let [from, to] = pair else { continue };
        if one_of {
            shapes.extend(Shape::dashed_line(&[*from, *to], thread, 3.0, 3.0));
        } else {
            shapes.push(Shape::line_segment([*from, *to], thread));
        }
    }
    for center in centers {
        shapes.push(one_marker(mark, *center, one_of || mark.uncertain, color, theme));
    }
    shapes
}

/// A span: solid where it surely was, fading where its ends are not exact, an arrow where it has none.
struct Bar {
    x: Rangef,
    sure: Rangef,
    y: Rangef,
    open_start: bool,
    open_end: bool,
    /// Whether it goes on past the edges of the view.
    torn: [bool; 2],
    uncertain: bool,
}

impl Bar {
    fn shapes(&self, axis: TimeAxis, color: Color32, theme: &Theme, state: State) -> Vec<Shape> {
        let tint = Theme::thin(color, if state.hovered || state.selected { 0.38 } else { 0.26 });
        let faint = Theme::thin(color, 0.05);
        let (left, right) = (axis.left, axis.right);
        // Whole points, so that the pieces of a bar meet without a seam.
        let rect = |from: f32, to: f32| Rect::from_x_y_ranges(Rangef::new(from.round(), to.round()), self.y);
        // What lies beyond the view is not drawn, so that nothing need be cut off.
        let [torn_start, torn_end] = self.torn;
        let tip = |open: bool, torn: bool| if open { ARROW_TIP } else { f32::from(u8::from(torn)) * TOOTH };
        let body_start = self.sure.min.max(left + tip(self.open_start, torn_start));
        let body_end = self.sure.max.min(right - tip(self.open_end, torn_end));
        let mut shapes = Vec::new();

        if !self.open_start && self.sure.min - self.x.min > 0.5 && self.sure.min > left {
            shapes.push(gradient(rect(self.x.min, self.sure.min), faint, tint));
        }
        if body_end > body_start {
            shapes.push(Shape::rect_filled(rect(body_start, body_end), 0.0, tint));
        }
        if torn_start {
            shapes.extend(teeth(body_start.round(), left, self.y, tint));
        }
        if torn_end {
            shapes.extend(teeth(body_end.round(), right, self.y, tint));
        }
        if !self.open_end && self.x.max - self.sure.max > 0.5 && self.sure.max < right {
            shapes.push(gradient(rect(self.sure.max, self.x.max), tint, faint));
        }
        let middle = self.y.center();
        if self.open_start && body_end > left {
            let tip = vec![pos2(left, middle), pos2(left + ARROW_TIP, self.y.min), pos2(left + ARROW_TIP, self.y.max)];
            shapes.push(Shape::convex_polygon(tip, tint, Stroke::NONE));
        }
        if self.open_end && body_start < right {
            let from = (right - ARROW_TIP).max(body_start);
            let tip = vec![pos2(from, self.y.min), pos2(right, middle), pos2(from, self.y.max)];
            shapes.push(Shape::convex_polygon(tip, tint, Stroke::NONE));
        }
        if self.uncertain {
            let start = if torn_start { body_start } else { self.x.min.max(left) };
            let shown = Rangef::new(start, if torn_end { body_end } else { self.x.max.min(right) });
            shapes.extend(hatch(rect(shown.min, shown.max), Theme::thin(color, 0.45)));
        }
        // An end that is exact to a few points gets a firm edge; one that fades has none.
        let edge = |x: f32| Shape::line_segment([pos2(x, self.y.min), pos2(x, self.y.max)], Stroke::new(3.0, color));
        if !self.open_start && self.sure.min - self.x.min <= FIRM && self.x.min > left - 3.0 {
            shapes.push(edge(self.x.min + 1.5));
        }
        if !self.open_end && self.x.max - self.sure.max <= FIRM && self.x.span() > 8.0 && self.x.max < right + 3.0 {
            shapes.push(edge(self.x.max - 1.5));
        }
        if state.selected {
            let outline = rect(self.x.min.max(left), self.x.max.min(right)).expand(2.0);
            shapes.push(Shape::rect_stroke(outline, 4.0, Stroke::new(2.0, theme.accent), StrokeKind::Outside));
        }
        shapes
    }
}
