//! Marks: markers, extents, bars, arrows.

use egui::{Color32, Pos2, Rangef, Rect, pos2, vec2};

use crate::layout::{ARROW_TIP, MARKER_RADIUS, Mark, MarkShape, Member, TimeAxis};
use crate::scene::{Builder, Geometry, Hatching, Paint, Path, Radii, Stroke};

use super::theme::Theme;

/// Height of the band that shows the extent of a date behind its marker, in points.
const EXTENT_HEIGHT: f32 = 18.0;
/// An end of a bar that is exact to within this many points is drawn as an edge.
const FIRM: f32 = 4.0;
/// Depth of the teeth of a mark that is torn off at the edge of the view, in points.
const TOOTH: f32 = 5.0;

/// Opacity of the hatching of what is uncertain, whose date says so, too.
const HATCHING: f32 = 0.6;

/// How a mark is highlighted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct State {
    pub(super) selected: bool,
    pub(super) hovered: bool,
    /// Whether a search has found its event; `None` if nothing is searched.
    pub(super) found: Option<bool>,
}

impl State {
    pub(super) fn is_found(self) -> bool {
        self.found == Some(true)
    }

    /// Whether a search has found other events; what is selected or pointed at is never dimmed.
    pub(super) fn is_dimmed(self) -> bool {
        self.found == Some(false) && !self.selected && !self.hovered
    }
}

/// Draws a marker in the shape of a lane, which distinguishes lanes in addition to the colour.
#[must_use]
pub fn marker(style: usize, center: Pos2, radius: f32, fill: Color32, stroke: Option<Stroke>) -> Path {
    let polygon =
        |points: &[(f32, f32)]| Geometry::Polygon(points.iter().map(|(x, y)| center + vec2(*x, *y) * radius).collect());
    let geometry = match style % 8 {
        0 => Geometry::Circle { center, radius: radius * 0.95 },
        1 => polygon(&[(-0.85, -0.85), (0.85, -0.85), (0.85, 0.85), (-0.85, 0.85)]),
        2 => polygon(&[(0.0, 1.05), (-1.1, -0.8), (1.1, -0.8)]),
        3 => polygon(&[(0.0, -1.15), (1.15, 0.0), (0.0, 1.15), (-1.15, 0.0)]),
        4 => polygon(&[(0.0, -1.05), (1.1, 0.8), (-1.1, 0.8)]),
        5 => polygon(&[(-0.55, -0.95), (0.55, -0.95), (1.1, 0.0), (0.55, 0.95), (-0.55, 0.95), (-1.1, 0.0)]),
        6 => polygon(&[(-1.1, 0.6), (-0.95, 0.0), (-0.55, -0.5), (0.0, -0.7), (0.55, -0.5), (0.95, 0.0), (1.1, 0.6)]),
        _ => polygon(&[(-0.9, -1.1), (1.2, 0.9), (-0.9, 0.9)]),
    };
    Path { geometry, fill: Some(Paint::Solid(fill)), stroke }
}

/// Draws diagonal lines over a rectangle: uncertainty is shown by a pattern, not by colour alone. Under the label, which
/// must be readable, they are of the colour of paper.
fn hatch(scene: &mut Builder<'_>, rect: Rect, color: Color32, (mark, theme): (&Mark, &Theme)) {
    let label = mark.label.as_ref().map_or(Rangef::NOTHING, |label| label.rect.x_range().expand(3.0));
    let under = label.intersection(rect.x_range());
    let parts = if under.span() > 0.0 {
        [(rect.left(), under.min, color), (under.min, under.max, theme.paper), (under.max, rect.right(), color)]
    } else {
        [(rect.left(), rect.right(), color), (0.0, 0.0, color), (0.0, 0.0, color)]
    };
    for (from, to, color) in parts.into_iter().filter(|(from, to, _)| to > from) {
        let part = Rect::from_x_y_ranges(from..=to, rect.y_range());
        scene.hatching(part, Hatching { color, spacing: 5.0, width: 1.0 });
    }
}

/// Draws a line along the upper and the lower edge of a band.
fn outline(scene: &mut Builder<'_>, x: Rangef, y: Rangef, [left, right]: [Color32; 2]) {
    for top in [y.min, y.max - 1.0] {
        let rect = Rect::from_x_y_ranges(x, top.round()..=top.round() + 1.0);
        if left == right {
            scene.rects(vec![rect], left);
        } else {
            scene.gradient(rect, left, right);
        }
    }
}

/// Draws the teeth of a torn edge, from a body that ends at `from` to the edge of the view at `to`.
fn teeth(scene: &mut Builder<'_>, from: f32, to: f32, y: Rangef, tint: Color32) {
    /// Approximate height of a tooth, in points.
    const HEIGHT: f32 = 8.0;
    let count = (y.span() / HEIGHT).round().max(2.0);
    let at = |step: f32| y.min + y.span() * step / count;
    for tooth in 0..count as usize {
        let tooth = tooth as f32;
        let corners = vec![pos2(from, at(tooth)), pos2(to, at(tooth + 0.5)), pos2(from, at(tooth + 1.0))];
        scene.polygon(corners, tint);
    }
}

/// Draws the bands and bars of a mark, clipped to the chart.
pub(super) fn bands(scene: &mut Builder<'_>, mark: &Mark, axis: TimeAxis, color: Color32, theme: &Theme, state: State) {
    match &mark.shape {
        MarkShape::Point { center, extent } => {
            extent_band(scene, mark, (*center, *extent), axis, (color, theme), state);
        }
        MarkShape::Set { centers, extents, one_of } => {
            set(scene, mark, centers, extents, *one_of, color, theme, state);
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
            bar.draw(scene, mark, axis, (color, theme), state);
        }
    }
}

/// Draws the marker of a point in time, which may extend beyond the edge of the chart by half its size.
pub(super) fn markers(
    scene: &mut Builder<'_>,
    mark: &Mark,
    axis: TimeAxis,
    color: Color32,
    theme: &Theme,
    state: State,
) {
    let MarkShape::Point { center, .. } = mark.shape else { return };
    if !(axis.left - 0.5..=axis.right + 0.5).contains(&center.x) {
        return;
    }
    if state.selected {
        // Low rows have less room around a marker.
        let radius = MARKER_RADIUS + if mark.label.as_ref().is_some_and(|label| label.one_line) { 2.5 } else { 5.0 };
        let ring = Stroke::new(2.0, theme.accent);
        scene.circle(center, radius, Some(Theme::thin(theme.accent, 0.2)), Some(ring));
    } else if state.hovered {
        scene.circle(center, MARKER_RADIUS + 4.0, None, Some(Stroke::new(1.5, color)));
    }
    one_marker(scene, mark, center, mark.uncertain, color, theme);
}

/// Returns the height of the band that shows the extent of a date, in points; it stays clear of labels in adjacent rows.
fn extent_height(mark: &Mark) -> f32 {
    let low = mark.label.as_ref().filter(|label| label.one_line).map(|label| label.row_height() - 5.0);
    low.map_or(EXTENT_HEIGHT, |low| low.min(EXTENT_HEIGHT))
}

/// Draws the band that shows the extent of a date.
fn extent_band(
    scene: &mut Builder<'_>,
    mark: &Mark,
    (center, extent): (Pos2, Rangef),
    axis: TimeAxis,
    (color, theme): (Color32, &Theme),
    state: State,
) {
    if extent.span() <= 2.0 && !mark.approximate {
        return;
    }
    // A label that overlaps a wide extent is entirely on it.
    let label = mark.label.as_ref().filter(|label| extent.intersects(label.rect.x_range()));
    let height = label.map_or_else(|| extent_height(mark), |label| label.row_height() - 4.0);
    let y = Rangef::point(center.y).expand(height / 2.0);
    let tint = Theme::body(color, state.hovered || state.selected);
    // The marker itself shows an extent that is hardly wider.
    let line = if extent.span() > 3.0 * MARKER_RADIUS { Theme::outline(color) } else { Color32::TRANSPARENT };
    let [torn_start, torn_end] = mark.is_torn(axis);
    let start = if torn_start { (axis.left + TOOTH).round() } else { axis.left - 20.0 };
    let end = if torn_end { (axis.right - TOOTH).round() } else { axis.right + 20.0 };
    let shown = extent.intersection(Rangef::new(start, end));
    if mark.approximate {
        fading(scene, extent, y, [tint, line]);
    } else {
        let round = |torn: bool| if torn { 0.0 } else { 3.0 };
        let (left, right) = (round(torn_start), round(torn_end));
        let radii = Radii { nw: left, sw: left, ne: right, se: right };
        let body = Rect::from_x_y_ranges(shown, y);
        scene.rect(body, radii, tint);
        if torn_start || torn_end {
            outline(scene, shown, y, [line; 2]);
        } else if line != Color32::TRANSPARENT {
            scene.outline(body.shrink(0.5), radii, Stroke::new(1.0, line));
        }
    }
    if torn_start {
        teeth(scene, start, axis.left, y, tint);
    }
    if torn_end {
        teeth(scene, end, axis.right, y, tint);
    }
    if mark.uncertain && shown.span() > 2.0 {
        hatch(scene, Rect::from_x_y_ranges(shown, y), Theme::thin(color, HATCHING), (mark, theme));
    }
}

/// Draws a band that is strongest in its middle: "about 1850" may be slightly before or after.
fn fading(scene: &mut Builder<'_>, extent: Rangef, y: Rangef, [tint, line]: [Color32; 2]) {
    let [left, middle, right] = [extent.min, extent.center(), extent.max].map(f32::round);
    let clear = Color32::TRANSPARENT;
    for (x, colors, lines) in [
        (Rangef::new(left, middle), [clear, tint], [clear, line]),
        (Rangef::new(middle, right), [tint, clear], [line, clear]),
    ] {
        scene.gradient(Rect::from_x_y_ranges(x, y), colors[0], colors[1]);
        outline(scene, x, y, lines);
    }
}

/// Draws a marker: filled, or hollow if the date is uncertain.
fn one_marker(scene: &mut Builder<'_>, mark: &Mark, center: Pos2, hollow: bool, color: Color32, theme: &Theme) {
    let (fill, stroke) =
        if hollow { (theme.paper, Stroke::new(2.0, color)) } else { (color, Stroke::new(1.0, theme.paper)) };
    let radius = mark.weight.radius() - if hollow { 1.0 } else { 0.0 };
    let Path { geometry, fill, stroke } = marker(mark.style, center, radius, fill, Some(stroke));
    scene.path(geometry, fill, stroke);
}

/// Draws several dates, joined: dashed and hollow if only one of them is meant.
#[expect(clippy::too_many_arguments, reason = "the parts of one shape of a mark")]
fn set(
    scene: &mut Builder<'_>,
    mark: &Mark,
    centers: &[Pos2],
    extents: &[Member],
    one_of: bool,
    color: Color32,
    theme: &Theme,
    state: State,
) {
    if state.selected || state.hovered {
        let stroke = if state.selected { Stroke::new(2.0, theme.accent) } else { Stroke::new(1.5, color) };
        scene.outline(mark.rect.expand(4.0), 8.0, stroke);
    }
    let y = Rangef::point(mark.rect.center().y).expand(extent_height(mark) / 2.0);
    let (tint, edge) = (Theme::body(color, false), Theme::outline(color));
    for Member { x, known } in extents {
        let clear = Color32::TRANSPARENT;
        let (earlier, later) = (Rangef::new(x.min, known.min), Rangef::new(known.max, x.max));
        if earlier.span() > 0.0 {
            scene.gradient(Rect::from_x_y_ranges(earlier, y), clear, tint);
        }
        if later.span() > 0.0 {
            scene.gradient(Rect::from_x_y_ranges(later, y), tint, clear);
        }
        if known.span() > 2.0 {
            scene.rect(Rect::from_x_y_ranges(*known, y), if x == known { 3.0 } else { 0.0 }, tint);
            if known.span() > 3.0 * MARKER_RADIUS {
                outline(scene, *known, y, [edge; 2]);
            }
        }
    }
    let join = if one_of { Stroke::dashed(1.5, edge, 3.0, 3.0) } else { Stroke::new(1.5, edge) };
    for pair in centers.windows(2) {
        scene.line(pair.to_vec(), join);
    }
    for center in centers {
        one_marker(scene, mark, *center, one_of || mark.uncertain, color, theme);
    }
}

/// A span: solid where it is certain, fading where its ends are inexact, with an arrow at open ends.
struct Bar {
    x: Rangef,
    sure: Rangef,
    y: Rangef,
    open_start: bool,
    open_end: bool,
    /// Whether it continues past the edges of the view.
    torn: [bool; 2],
    uncertain: bool,
}

impl Bar {
    fn draw(
        &self,
        scene: &mut Builder<'_>,
        mark: &Mark,
        axis: TimeAxis,
        (color, theme): (Color32, &Theme),
        state: State,
    ) {
        let tint = Theme::body(color, state.hovered || state.selected);
        let (line, faint, clear) = (Theme::outline(color), Theme::thin(color, 0.05), Color32::TRANSPARENT);
        let (left, right) = (axis.left, axis.right);
        // The part beyond the view is not drawn, so that no clipping is needed.
        let [torn_start, torn_end] = self.torn;
        let tip = |open: bool, torn: bool| if open { ARROW_TIP } else { f32::from(u8::from(torn)) * TOOTH };
        let body_start = self.sure.min.max(left + tip(self.open_start, torn_start));
        let body_end = self.sure.max.min(right - tip(self.open_end, torn_end));

        if !self.open_start && self.sure.min - self.x.min > 0.5 && self.sure.min > left {
            let fade = self.rect(self.x.min, self.sure.min);
            scene.gradient(fade, faint, tint);
            outline(scene, fade.x_range(), self.y, [clear, line]);
        }
        if body_end > body_start {
            let body = self.rect(body_start, body_end);
            scene.rect(body, 0.0, tint);
            outline(scene, body.x_range(), self.y, [line; 2]);
        }
        if torn_start {
            teeth(scene, body_start.round(), left, self.y, tint);
        }
        if torn_end {
            teeth(scene, body_end.round(), right, self.y, tint);
        }
        if !self.open_end && self.x.max - self.sure.max > 0.5 && self.sure.max < right {
            let fade = self.rect(self.sure.max, self.x.max);
            scene.gradient(fade, tint, faint);
            outline(scene, fade.x_range(), self.y, [line, clear]);
        }
        self.arrows(scene, axis, [body_start, body_end], [tint, line]);
        if self.uncertain {
            let start = if torn_start { body_start } else { self.x.min.max(left) };
            let end = if torn_end { body_end } else { self.x.max.min(right) };
            hatch(scene, self.rect(start, end), Theme::thin(color, HATCHING), (mark, theme));
        }
        self.edges(scene, axis, color);
        if state.selected {
            let outline = self.rect(self.x.min.max(left), self.x.max.min(right)).expand(3.0);
            scene.outline(outline, 5.0, Stroke::new(2.0, theme.accent));
        }
    }

    /// Returns a rectangle on whole points, so that the parts of a bar join without a seam.
    fn rect(&self, from: f32, to: f32) -> Rect {
        Rect::from_x_y_ranges(Rangef::new(from.round(), to.round()), self.y)
    }

    /// Draws the tips of open ends.
    fn arrows(&self, scene: &mut Builder<'_>, axis: TimeAxis, body: [f32; 2], [tint, line]: [Color32; 2]) {
        let (left, right, y) = (axis.left, axis.right, self.y);
        let mut arrow = |base: f32, tip: f32| {
            let corners = vec![pos2(base, y.min), pos2(tip, y.center()), pos2(base, y.max)];
            scene.polygon(corners.clone(), tint);
            scene.line(corners, Stroke::new(1.0, line));
        };
        if self.open_start && body[1] > left {
            arrow(left + ARROW_TIP, left);
        }
        if self.open_end && body[0] < right {
            arrow((right - ARROW_TIP).max(body[0]), right);
        }
    }

    /// Draws edges at ends that are exact to within a few points, not at fading ends.
    fn edges(&self, scene: &mut Builder<'_>, axis: TimeAxis, color: Color32) {
        let mut edge = |x: f32| {
            scene.line(vec![pos2(x, self.y.min), pos2(x, self.y.max)], Stroke::new(3.0, color));
        };
        if !self.open_start && self.sure.min - self.x.min <= FIRM && self.x.min > axis.left - 3.0 {
            edge(self.x.min + 1.5);
        }
        if !self.open_end && self.x.max - self.sure.max <= FIRM && self.x.span() > 8.0 && self.x.max < axis.right + 3.0
        {
            edge(self.x.max - 1.5);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timeline::Hue;

    #[test]
    fn lanes_of_different_hues_have_different_shapes() {
        let shape = |style: usize| format!("{:?}", marker(style, Pos2::ZERO, 6.0, Color32::BLACK, None).geometry);
        let shapes: std::collections::BTreeSet<String> = (0..Hue::ALL.len()).map(shape).collect();
        assert_eq!(shapes.len(), Hue::ALL.len(), "{shapes:?}");
    }
}
