//! Shapes and images as elements.

use base64::Engine as _;
use egui::{Color32, Pos2, Rect};

use crate::scene::{Geometry, Hatching, Image, Paint, Path, Radii};

use super::definitions::Definitions;
use super::xml;

/// Distance from the page, in points, at which an unbounded rectangle is clipped, as rasterisers fail with huge
/// numbers.
const BEYOND: f32 = 4096.0;

/// Appends the elements of a shape.
///
/// Returns `None`, with nothing appended, if a coordinate is NaN or, except for the edges of a rectangle, infinite.
pub fn path(out: &mut String, definitions: &mut Definitions, path: &Path, page: Rect) -> Option<()> {
    if !is_possible(&path.geometry) {
        return None;
    }
    let stroke = path.stroke.filter(|stroke| xml::is_seen(*stroke));
    let mut attributes = String::new();
    match path.fill {
        Some(Paint::Solid(color)) => xml::paint(&mut attributes, "fill", color),
        Some(Paint::Gradient(gradient)) => {
            let reference = definitions.gradient(&gradient, &path.geometry);
            xml::text_attribute(&mut attributes, "fill", &reference);
        }
        Some(Paint::Hatching(hatching)) => hatch(out, definitions, &path.geometry, hatching, page),
        None => {}
    }
    if let Some(stroke) = stroke {
        xml::stroke(&mut attributes, stroke);
    }
    let is_nothing = matches!(path.geometry, Geometry::Rect { rect, .. } if rect.is_negative());
    if !attributes.is_empty() && !is_nothing {
        outline(out, &path.geometry, page);
        out.push_str(&attributes);
        out.push_str("/>\n");
    }
    Some(())
}

fn is_possible(geometry: &Geometry) -> bool {
    let all = |points: &[Pos2]| points.iter().all(|point| point.is_finite());
    match geometry {
        Geometry::Rect { rect, .. } => !rect.any_nan(),
        Geometry::Rects(rects) => rects.iter().all(|rect| !rect.any_nan()),
        Geometry::Circle { center, radius } => center.is_finite() && radius.is_finite(),
        Geometry::Polyline(points) | Geometry::Polygon(points) => all(points),
        Geometry::Band(points) => points.iter().all(|(x, y)| x.is_finite() && y.min.is_finite() && y.max.is_finite()),
    }
}

/// Appends the beginning of the element of an outline, before its paint attributes.
fn outline(out: &mut String, geometry: &Geometry, page: Rect) {
    match geometry {
        Geometry::Rect { rect, radii } => rectangle(out, bounded(*rect, page), *radii),
        Geometry::Circle { center, radius } => {
            out.push_str("<circle");
            xml::attribute(out, "cx", center.x);
            xml::attribute(out, "cy", center.y);
            xml::attribute(out, "r", *radius);
        }
        Geometry::Rects(_) => {
            out.push_str("<path d=\"");
            data(out, geometry, page);
            out.push_str("\" shape-rendering=\"crispEdges\"");
        }
        Geometry::Polyline(_) | Geometry::Polygon(_) | Geometry::Band(_) => {
            out.push_str("<path d=\"");
            data(out, geometry, page);
            out.push('"');
        }
    }
}

/// Clips a rectangle to slightly more than the page.
fn bounded(rect: Rect, page: Rect) -> Rect {
    rect.intersect(page.expand(BEYOND))
}

fn rectangle(out: &mut String, rect: Rect, radii: Radii) {
    let Radii { nw, ne, se, sw } = radii.within(rect);
    if !rect.is_positive() {
        // An element with an empty area would not show its stroke.
        out.push_str("<path d=\"");
        xml::rect_data(out, rect);
        out.push('"');
    } else if [ne, se, sw].iter().all(|radius| (radius - nw).abs() < 0.005) {
        out.push_str("<rect");
        xml::attribute(out, "x", rect.left());
        xml::attribute(out, "y", rect.top());
        xml::attribute(out, "width", rect.width());
        xml::attribute(out, "height", rect.height());
        if nw > 0.0 {
            xml::attribute(out, "rx", nw);
        }
    } else {
        out.push_str("<path d=\"");
        rounded_data(out, rect, radii);
        out.push('"');
    }
}

/// Appends an outline as path data.
fn data(out: &mut String, geometry: &Geometry, page: Rect) {
    match geometry {
        Geometry::Rect { rect, radii: Radii::ZERO } => xml::rect_data(out, bounded(*rect, page)),
        Geometry::Rect { rect, radii } => rounded_data(out, bounded(*rect, page), *radii),
        Geometry::Rects(rects) => {
            for rect in rects {
                xml::rect_data(out, bounded(*rect, page));
            }
        }
        Geometry::Circle { center, radius } => {
            let square = Rect::from_center_size(*center, egui::Vec2::splat(radius * 2.0));
            rounded_data(out, square, Radii::same(*radius));
        }
        Geometry::Polyline(points) => xml::polyline_data(out, points),
        Geometry::Polygon(points) => {
            xml::polyline_data(out, points);
            out.push('Z');
        }
        Geometry::Band(points) => {
            xml::polyline_data(out, &Geometry::band_outline(points));
            out.push('Z');
        }
    }
}

/// Appends path data of a rectangle with a separate radius at each corner.
fn rounded_data(out: &mut String, rect: Rect, radii: Radii) {
    let Radii { nw, ne, se, sw } = radii.within(rect);
    let arc = |out: &mut String, radius: f32, to: Pos2| {
        if radius > 0.0 {
            out.push('A');
            xml::point(out, Pos2::new(radius, radius));
            out.push_str(" 0 0 1 ");
            xml::point(out, to);
        }
    };
    let (left, top, right, bottom) = (rect.left(), rect.top(), rect.right(), rect.bottom());
    out.push('M');
    xml::point(out, Pos2::new(left + nw, top));
    out.push('H');
    xml::number(out, right - ne);
    arc(out, ne, Pos2::new(right, top + ne));
    out.push('V');
    xml::number(out, bottom - se);
    arc(out, se, Pos2::new(right - se, bottom));
    out.push('H');
    xml::number(out, left + sw);
    arc(out, sw, Pos2::new(left, bottom - sw));
    out.push('V');
    xml::number(out, top + nw);
    arc(out, nw, Pos2::new(left + nw, top));
    out.push('Z');
}

/// Appends the lines of a hatching as one path, as a pattern would show seams between its tiles in many viewers.
fn hatch(out: &mut String, definitions: &mut Definitions, geometry: &Geometry, hatching: Hatching, page: Rect) {
    if hatching.color == Color32::TRANSPARENT {
        return;
    }
    let mut lines = String::new();
    for line in hatching.lines(bounded(geometry.bounds(), page)) {
        xml::polyline_data(&mut lines, &line);
    }
    if lines.is_empty() {
        return;
    }
    out.push_str("<path");
    if !matches!(geometry, Geometry::Rect { radii: Radii::ZERO, .. }) {
        let mut inside = String::new();
        data(&mut inside, geometry, page);
        xml::text_attribute(out, "clip-path", &definitions.clip(&inside));
    }
    xml::text_attribute(out, "d", &lines);
    xml::stroke(out, crate::scene::Stroke::new(hatching.width, hatching.color));
    out.push_str("/>\n");
}

/// Appends an image, with its original file.
///
/// Returns `None`, with nothing appended, if a coordinate is not finite.
pub fn image(out: &mut String, image: &Image) -> Option<()> {
    if !image.rect.is_finite() {
        return None;
    }
    out.push_str("<image");
    xml::attribute(out, "x", image.rect.left());
    xml::attribute(out, "y", image.rect.top());
    xml::attribute(out, "width", image.rect.width());
    xml::attribute(out, "height", image.rect.height());
    out.push_str(" preserveAspectRatio=\"none\"");
    if !image.alternative.is_empty() {
        out.push_str(" role=\"img\"");
        xml::text_attribute(out, "aria-label", &image.alternative);
    }
    out.push_str(" href=\"data:");
    out.push_str(image.data.kind().media_type());
    out.push_str(";base64,");
    base64::engine::general_purpose::STANDARD.encode_string(image.data.encoded(), out);
    if image.alternative.is_empty() {
        out.push_str("\"/>\n");
    } else {
        out.push_str("\">");
        xml::element(out, "title", &image.alternative);
        out.truncate(out.trim_end().len());
        out.push_str("</image>\n");
    }
    Some(())
}
