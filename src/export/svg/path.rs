//! Circles, ellipses, lines, polygons, bands and curves.

use egui::emath::{GuiRounding as _, Rot2};
use egui::epaint::{
    BandPoint, BandShape, CircleShape, ColorMode, CubicBezierShape, EllipseShape, PathShape, PathStroke,
    QuadraticBezierShape, StrokeKind,
};
use egui::{Color32, Pos2, Rect, Stroke, Vec2};

use super::{Writer, xml};

/// Appends a rectangle as path data, clockwise from the left top.
pub fn rect_data(out: &mut String, rect: Rect) {
    out.push('M');
    xml::point(out, rect.min);
    for (command, value) in [('H', rect.right()), ('V', rect.bottom()), ('H', rect.left())] {
        out.push(command);
        xml::number(out, value);
    }
    out.push('Z');
}

/// Appends a polygon or an open line as path data.
pub fn polygon_data(out: &mut String, points: &[Pos2], closed: bool) {
    for (index, point) in points.iter().enumerate() {
        out.push(match index {
            0 => 'M',
            1 => 'L',
            // After an L, further pairs are lines too.
            _ => ' ',
        });
        xml::point(out, *point);
    }
    if closed {
        out.push('Z');
    }
}

impl Writer<'_> {
    pub(super) fn circle(&mut self, circle: &CircleShape) {
        let out = &mut self.body;
        out.push_str("<circle");
        xml::attribute(out, "cx", circle.center.x);
        xml::attribute(out, "cy", circle.center.y);
        xml::attribute(out, "r", circle.radius);
        self.finish_element(circle.fill, circle.stroke);
    }

    pub(super) fn ellipse(&mut self, ellipse: &EllipseShape) {
        let out = &mut self.body;
        out.push_str("<ellipse");
        xml::attribute(out, "cx", ellipse.center.x);
        xml::attribute(out, "cy", ellipse.center.y);
        xml::attribute(out, "rx", ellipse.radius.x);
        xml::attribute(out, "ry", ellipse.radius.y);
        xml::rotation(out, ellipse.angle, ellipse.center);
        self.finish_element(ellipse.fill, ellipse.stroke);
    }

    /// A straight line; a level or upright one is snapped to pixels, like egui's.
    pub(super) fn line(&mut self, points: [Pos2; 2], stroke: Stroke) {
        if stroke.is_empty() {
            return;
        }
        if points.iter().any(|p| !p.is_finite()) {
            self.skipped += 1;
            return;
        }
        let [a, b] = snap(points, stroke, self.options.pixels_per_point);
        let out = &mut self.body;
        out.push_str("<path d=\"M");
        xml::point(out, a);
        if a.y.to_bits() == b.y.to_bits() {
            out.push('H');
            xml::number(out, b.x);
        } else if a.x.to_bits() == b.x.to_bits() {
            out.push('V');
            xml::number(out, b.y);
        } else {
            out.push('L');
            xml::point(out, b);
        }
        out.push('"');
        self.finish_element(Color32::TRANSPARENT, stroke);
    }

    pub(super) fn path(&mut self, path: &PathShape) {
        if path.points.len() < 2 {
            return;
        }
        if path.points.iter().any(|p| !p.is_finite()) {
            self.skipped += 1;
            return;
        }
        let fill = if path.closed { path.fill } else { Color32::TRANSPARENT };
        self.outline(&path.points, path.closed, fill, &path.stroke);
    }

    /// Fills and strokes a polygon, with the stroke on the side that it asks for.
    fn outline(&mut self, points: &[Pos2], closed: bool, fill: Color32, stroke: &PathStroke) {
        let ColorMode::Solid(color) = stroke.color else {
            self.polygon(points, closed, fill, Stroke::NONE);
            self.many_coloured(points, closed, stroke);
            return;
        };
        let solid = Stroke::new(stroke.width, color);
        let shift = match stroke.kind {
            StrokeKind::Inside => -0.5 * stroke.width,
            StrokeKind::Middle => 0.0,
            StrokeKind::Outside => 0.5 * stroke.width,
        };
        if shift == 0.0 || !closed || solid.is_empty() {
            self.polygon(points, closed, fill, solid);
        } else {
            self.polygon(points, closed, fill, Stroke::NONE);
            let shifted = offset(points, shift);
            self.polygon(&shifted, closed, Color32::TRANSPARENT, solid);
        }
    }

    fn polygon(&mut self, points: &[Pos2], closed: bool, fill: Color32, stroke: Stroke) {
        if fill == Color32::TRANSPARENT && stroke.is_empty() {
            return;
        }
        self.body.push_str("<path d=\"");
        polygon_data(&mut self.body, points, closed);
        self.body.push('"');
        self.finish_element(fill, stroke);
    }

    /// A stroke whose colour depends on the place: each segment takes the colour of its middle.
    fn many_coloured(&mut self, points: &[Pos2], closed: bool, stroke: &PathStroke) {
        let ColorMode::UV(color_at) = &stroke.color else {
            return;
        };
        let bounds = Rect::from_points(points).expand(stroke.width * 0.5);
        let back = closed.then(|| points.last().zip(points.first())).flatten();
        for (a, b) in points.iter().zip(points.iter().skip(1)).chain(back) {
            let color = color_at(bounds, a.lerp(*b, 0.5));
            let segment = Stroke::new(stroke.width, color);
            self.polygon(&[*a, *b], false, Color32::TRANSPARENT, segment);
        }
    }

    /// A band is a polygon per unbroken run of its samples.
    pub(super) fn band(&mut self, band: &BandShape) {
        let rotation = Rot2::from_angle(band.angle);
        let inset = match band.stroke_kind {
            StrokeKind::Inside => band.stroke.width,
            StrokeKind::Middle => 0.5 * band.stroke.width,
            StrokeKind::Outside => 0.0,
        };
        let stroke = PathStroke::from(band.stroke).with_kind(StrokeKind::Outside);
        for run in runs(&band.points) {
            let edge = |point: &BandPoint, side: f32| {
                let half = (0.5 * point.y.span() - inset).max(0.0);
                (rotation * Vec2::new(point.x, point.y.center() + side * half)).to_pos2()
            };
            let upper = run.iter().map(|point| edge(point, -1.0));
            let lower = run.iter().rev().map(|point| edge(point, 1.0));
            let points: Vec<Pos2> = upper.chain(lower).collect();
            self.outline(&points, true, band.fill, &stroke);
        }
    }

    pub(super) fn quadratic(&mut self, curve: &QuadraticBezierShape) {
        let [start, control, end] = curve.points;
        let stroke = solid(&curve.stroke, start);
        self.curve(start, 'Q', &[control, end], curve.closed, curve.fill, stroke);
    }

    pub(super) fn cubic(&mut self, curve: &CubicBezierShape) {
        let [start, one, two, end] = curve.points;
        let stroke = solid(&curve.stroke, start);
        self.curve(start, 'C', &[one, two, end], curve.closed, curve.fill, stroke);
    }

    fn curve(&mut self, start: Pos2, command: char, rest: &[Pos2], closed: bool, fill: Color32, stroke: Stroke) {
        if !start.is_finite() || rest.iter().any(|p| !p.is_finite()) {
            self.skipped += 1;
            return;
        }
        let out = &mut self.body;
        out.push_str("<path d=\"M");
        xml::point(out, start);
        for (index, point) in rest.iter().enumerate() {
            out.push(if index == 0 { command } else { ' ' });
            xml::point(out, *point);
        }
        out.push_str(if closed { "Z\"" } else { "\"" });
        self.finish_element(fill, stroke);
    }

    /// Ends an element that is open in the body with its fill and its stroke.
    pub(super) fn finish_element(&mut self, fill: Color32, stroke: Stroke) {
        xml::paint(&mut self.body, "fill", fill);
        xml::stroke(&mut self.body, stroke);
        self.body.push_str("/>\n");
    }
}

/// One colour for a curve: its own, or the one at its start.
fn solid(stroke: &PathStroke, at: Pos2) -> Stroke {
    let color = match &stroke.color {
        ColorMode::Solid(color) => *color,
        ColorMode::UV(color_at) => color_at(Rect::from_min_max(at, at), at),
    };
    Stroke::new(stroke.width, color)
}

/// egui puts the middle of a level or upright line where its edges are sharp, and its ends on whole pixels.
fn snap([mut a, mut b]: [Pos2; 2], stroke: Stroke, pixels_per_point: f32) -> [Pos2; 2] {
    // Shrunk by a quarter pixel first, so that an end on a boundary stays there.
    let ends = |from: &mut f32, to: &mut f32| {
        let (low, high) = if *from < *to { (from, to) } else { (to, from) };
        *low = (*low * pixels_per_point + 0.25).floor() / pixels_per_point;
        *high = (*high * pixels_per_point - 0.25).ceil() / pixels_per_point;
    };
    if a.x.to_bits() == b.x.to_bits() {
        stroke.round_center_to_pixel(pixels_per_point, &mut a.x);
        b.x = a.x;
        ends(&mut a.y, &mut b.y);
    } else if a.y.to_bits() == b.y.to_bits() {
        stroke.round_center_to_pixel(pixels_per_point, &mut a.y);
        b.y = a.y;
        ends(&mut a.x, &mut b.x);
    }
    [a, b]
}

/// Moves each side of a closed polygon outwards by `distance` (inwards where negative).
fn offset(points: &[Pos2], distance: f32) -> Vec<Pos2> {
    let count = points.len();
    let area: f32 = (0..count)
        .map(|i| {
            let (a, b) = (points[i], points[(i + 1) % count]);
            a.x * b.y - b.x * a.y
        })
        .sum();
    let outwards = if area < 0.0 { -distance } else { distance };
    let normal = |a: Pos2, b: Pos2| {
        let side = (b - a).normalized();
        Vec2::new(side.y, -side.x)
    };
    (0..count)
        .map(|i| {
            let before = normal(points[(i + count - 1) % count], points[i]);
            let after = normal(points[i], points[(i + 1) % count]);
            let sum = before + after;
            // The mitre grows without bound at a spike: at most twice the distance.
            let mitre = 2.0 * sum / sum.length_sq().max(1.0);
            points[i] + outwards * mitre
        })
        .collect()
}

/// The stretches of a band whose samples are finite, the right way up and in order.
fn runs(points: &[BandPoint]) -> impl Iterator<Item = &[BandPoint]> {
    let valid = |point: &BandPoint| point.is_finite() && point.y.min <= point.y.max;
    points.chunk_by(move |a, b| valid(a) && valid(b) && a.x < b.x).filter(|run| run.len() > 1)
}

/// Rounds a rectangle to the grid on which a stroke along its edge is sharp.
pub fn snap_rect(rect: Rect, stroke: Stroke, kind: StrokeKind, pixels_per_point: f32) -> Rect {
    if kind != StrokeKind::Middle || stroke.is_empty() {
        return rect.round_to_pixels(pixels_per_point);
    }
    // Ask where egui would put the centre of such a stroke, for each edge.
    let edge = |mut value: f32| {
        stroke.round_center_to_pixel(pixels_per_point, &mut value);
        value
    };
    Rect::from_min_max(
        Pos2::new(edge(rect.left()), edge(rect.top())),
        Pos2::new(edge(rect.right()), edge(rect.bottom())),
    )
}
