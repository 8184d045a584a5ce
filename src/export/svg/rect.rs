//! Rectangles: rounded, stroked on either side of the edge, turned and blurred.

use std::fmt::Write as _;

use egui::epaint::{CornerRadiusF32, RectShape, StrokeKind};
use egui::{Color32, Pos2, Rect, Stroke};

use super::{Writer, path, xml};

/// How far beyond the page, in points, a rectangle without end is cut off. Rasterisers fail with immense numbers.
const BEYOND: f32 = 4096.0;

/// A blur narrower than this, in points, is not seen.
const LEAST_BLUR: f32 = 0.5;

impl Writer<'_> {
    pub(super) fn rect(&mut self, shape: &RectShape) {
        if shape.fill_texture_id() != egui::TextureId::default() {
            self.skipped += 1;
            return;
        }
        let grid = self.options.pixels_per_point;
        let (mut rect, mut fill, mut stroke) = (shape.rect, shape.fill, shape.stroke);
        if shape.angle == 0.0 {
            rect = rect.intersect(self.page.expand(BEYOND));
        }
        if !stroke.is_empty() {
            let outer = rect.expand(outside(shape.stroke_kind) * stroke.width);
            // A stroke that meets itself leaves no inside: it is the fill.
            if outer.size().min_elem() <= 2.0 * stroke.width {
                (rect, fill, stroke) = (outer, stroke.color, Stroke::NONE);
            }
        }
        let thin = rect.size().min_elem() * grid <= 2.0;
        if thin && stroke.is_empty() && shape.angle == 0.0 && shape.blur_width <= 0.0 {
            self.thin_rect(rect, fill);
            return;
        }
        if shape.round_to_pixels.unwrap_or(true) && shape.angle == 0.0 {
            rect = path::snap_rect(rect, stroke, shape.stroke_kind, grid);
        }
        self.body.push_str("<g");
        let start = self.body.len();
        if shape.blur_width >= LEAST_BLUR {
            let blur = self.blur(rect, stroke, shape.blur_width);
            let _ = write!(self.body, " filter=\"url(#d{blur})\"");
        }
        xml::rotation(&mut self.body, shape.angle, rect.center());
        let grouped = self.body.len() > start;
        if grouped {
            self.body.push_str(">\n");
        } else {
            self.body.truncate(start - 2);
        }
        let radius = CornerRadiusF32::from(shape.corner_radius);
        self.upright_rect(rect, radius, fill, stroke, shape.stroke_kind);
        if grouped {
            self.body.push_str("</g>\n");
        }
    }

    /// Rounding could make a hairline vanish; as a line it keeps its width.
    fn thin_rect(&mut self, rect: Rect, fill: Color32) {
        let (points, width) = if rect.width() <= rect.height() {
            ([rect.center_top(), rect.center_bottom()], rect.width())
        } else {
            ([rect.left_center(), rect.right_center()], rect.height())
        };
        self.line(points, Stroke::new(width, fill));
    }

    fn upright_rect(&mut self, rect: Rect, radius: CornerRadiusF32, fill: Color32, stroke: Stroke, kind: StrokeKind) {
        if stroke.is_empty() {
            self.rect_element(rect, radius, fill, Stroke::NONE);
            return;
        }
        // SVG strokes run along the middle of the line: move the edge there.
        let shift = stroke.width * (outside(kind) - 0.5);
        let middle = rect.expand(shift);
        let along = widened(radius, shift);
        if stroke.color.is_opaque() || fill == Color32::TRANSPARENT {
            self.rect_element(middle, along, fill, stroke);
        } else {
            // egui's fill ends where the stroke begins; only a translucent stroke shows it.
            let half = -0.5 * stroke.width;
            self.rect_element(middle.expand(half), widened(along, half), fill, Stroke::NONE);
            self.rect_element(middle, along, Color32::TRANSPARENT, stroke);
        }
    }

    fn rect_element(&mut self, rect: Rect, radius: CornerRadiusF32, fill: Color32, stroke: Stroke) {
        if fill == Color32::TRANSPARENT && stroke.is_empty() {
            return;
        }
        let out = &mut self.body;
        let corners = [radius.nw, radius.ne, radius.se, radius.sw].map(|r| r.max(0.0));
        let [first, others @ ..] = corners;
        if others.iter().all(|r| (r - first).abs() < 0.005) {
            out.push_str("<rect");
            xml::attribute(out, "x", rect.left());
            xml::attribute(out, "y", rect.top());
            xml::attribute(out, "width", rect.width());
            xml::attribute(out, "height", rect.height());
            if first > 0.0 {
                xml::attribute(out, "rx", first.min(0.5 * rect.size().min_elem()));
            }
        } else {
            out.push_str("<path d=\"");
            rounded_data(out, rect, corners);
            out.push('"');
        }
        self.finish_element(fill, stroke);
    }

    /// Defines a blur for `rect` and returns its number.
    fn blur(&mut self, rect: Rect, stroke: Stroke, width: f32) -> usize {
        let reach = rect.expand(stroke.width + 1.5 * width);
        let mut text = String::from("<filter id=\"#\" filterUnits=\"userSpaceOnUse\"");
        xml::attribute(&mut text, "x", reach.left());
        xml::attribute(&mut text, "y", reach.top());
        xml::attribute(&mut text, "width", reach.width());
        xml::attribute(&mut text, "height", reach.height());
        text.push_str(" color-interpolation-filters=\"sRGB\"><feGaussianBlur");
        // A linear ramp as wide as the blur has this deviation.
        xml::attribute(&mut text, "stdDeviation", width / 12_f32.sqrt());
        text.push_str("/></filter>");
        self.define(text)
    }
}

/// The part of a stroke's width that lies outside the edge.
fn outside(kind: StrokeKind) -> f32 {
    match kind {
        StrokeKind::Inside => 0.0,
        StrokeKind::Middle => 0.5,
        StrokeKind::Outside => 1.0,
    }
}

/// The radii of an edge moved outwards by `shift`; a sharp corner stays sharp.
fn widened(radius: CornerRadiusF32, shift: f32) -> CornerRadiusF32 {
    let corner = |r: f32| if r > 0.0 { (r + shift).max(0.0) } else { 0.0 };
    CornerRadiusF32 { nw: corner(radius.nw), ne: corner(radius.ne), sw: corner(radius.sw), se: corner(radius.se) }
}

/// Path data of a rectangle with its own radius at each corner: left top, right top, right bottom, left bottom.
fn rounded_data(out: &mut String, rect: Rect, corners: [f32; 4]) {
    let most = 0.5 * rect.size().min_elem();
    let [nw, ne, se, sw] = corners.map(|r| r.min(most));
    let arc = |out: &mut String, r: f32, to: Pos2| {
        if r > 0.0 {
            out.push('A');
            xml::number(out, r);
            out.push(' ');
            xml::number(out, r);
            out.push_str(" 0 0 1 ");
            xml::point(out, to);
        }
    };
    let (l, t, r, b) = (rect.left(), rect.top(), rect.right(), rect.bottom());
    out.push('M');
    xml::point(out, Pos2::new(l + nw, t));
    out.push('H');
    xml::number(out, r - ne);
    arc(out, ne, Pos2::new(r, t + ne));
    out.push('V');
    xml::number(out, b - se);
    arc(out, se, Pos2::new(r - se, b));
    out.push('H');
    xml::number(out, l + sw);
    arc(out, sw, Pos2::new(l, b - sw));
    out.push('V');
    xml::number(out, t + nw);
    arc(out, nw, Pos2::new(l + nw, t));
    out.push('Z');
}
