//! Triangles with coloured corners. SVG has no such thing, but it has gradients, and those are what meshes are for.

use std::fmt::Write as _;

use egui::epaint::{Mesh, Vertex, WHITE_UV};
use egui::{Color32, Pos2, Rect, Stroke, TextureId};

use super::{Writer, path, xml};

/// The direction in which a gradient changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Axis {
    Horizontal,
    Vertical,
}

/// A rectangle whose colour changes along one axis, if at all.
struct Strip {
    rect: Rect,
    axis: Option<Axis>,
    /// Places along the axis, in points, and the colours there. At least two.
    stops: Vec<(f32, Color32)>,
}

impl Strip {
    /// Reads two triangles that make up an upright rectangle.
    fn read(corners: &[Vertex]) -> Option<Self> {
        let rect = Rect::from_points(&corners.iter().map(|v| v.pos).collect::<Vec<_>>());
        let places = [rect.left_top(), rect.right_top(), rect.left_bottom(), rect.right_bottom()];
        let mut colors = [None; 4];
        let mut missing = Vec::with_capacity(2);
        for triangle in corners.chunks_exact(3) {
            let mut hit = [false; 4];
            for vertex in triangle {
                let corner = places.iter().position(|place| *place == vertex.pos)?;
                hit[corner] = true;
                if *colors[corner].get_or_insert(vertex.color) != vertex.color {
                    return None;
                }
            }
            let mut without = (0..4).filter(|corner| !hit[*corner]);
            missing.push(without.next()?);
            if without.next().is_some() {
                return None;
            }
        }
        // The triangles share a diagonal if the corners that they lack are opposite: 0 and 3, or 1 and 2.
        let [Some(lt), Some(rt), Some(lb), Some(rb)] = colors else {
            return None;
        };
        if missing.iter().sum::<usize>() != 3 {
            return None;
        }
        let (axis, stops) = if lt == lb && rt == rb {
            let axis = (lt != rt).then_some(Axis::Horizontal);
            (axis, vec![(rect.left(), lt), (rect.right(), rt)])
        } else if lt == rt && lb == rb {
            let stops = vec![(rect.top(), lt), (rect.bottom(), lb)];
            (Some(Axis::Vertical), stops)
        } else {
            return None;
        };
        Some(Self { rect, axis, stops })
    }

    /// Takes in `next` where it carries on from this strip's end, since two rectangles would show a seam.
    fn join(&mut self, next: &Self) -> bool {
        let axis = match (self.axis, next.axis) {
            (Some(a), Some(b)) if a != b => return false,
            (a, b) => a.or(b),
        };
        // Closer than anything that is written tells apart.
        let meet = |a: f32, b: f32| (a - b).abs() < 0.005;
        let horizontal = self.rect.y_range() == next.rect.y_range() && meet(self.rect.right(), next.rect.left());
        let vertical = self.rect.x_range() == next.rect.x_range() && meet(self.rect.bottom(), next.rect.top());
        let along = match axis {
            Some(Axis::Horizontal) => horizontal,
            Some(Axis::Vertical) => vertical,
            None => horizontal || vertical,
        };
        let end = self.stops.last().map(|stop| stop.1);
        if !along || end != next.stops.first().map(|stop| stop.1) {
            return false;
        }
        if let Some(axis) = axis {
            // A plain strip knows no direction until one that changes joins it.
            self.align(axis);
            let mut rest = Self { stops: next.stops.clone(), ..*next };
            rest.align(axis);
            self.stops.extend(rest.stops.into_iter().skip(1));
        }
        self.axis = axis;
        self.rect |= next.rect;
        true
    }

    fn align(&mut self, axis: Axis) {
        if self.axis.is_none() {
            let color = self.stops.first().map_or(Color32::TRANSPARENT, |s| s.1);
            let range = match axis {
                Axis::Horizontal => self.rect.x_range(),
                Axis::Vertical => self.rect.y_range(),
            };
            self.stops = vec![(range.min, color), (range.max, color)];
        }
    }
}

/// What is collected while the triangles go by.
enum Pending {
    Nothing,
    Strip(Strip),
    /// Path data of triangles of one colour.
    Triangles(Color32, String),
}

impl Writer<'_> {
    pub(super) fn mesh(&mut self, mesh: &Mesh) {
        let plain = mesh.texture_id == TextureId::default()
            && mesh.is_valid()
            && mesh.vertices.iter().all(|v| v.uv == WHITE_UV && v.pos.is_finite());
        if !plain {
            self.skipped += 1;
            return;
        }
        let corners: Vec<Vertex> =
            mesh.indices.iter().filter_map(|index| mesh.vertices.get(usize::try_from(*index).ok()?).copied()).collect();
        let Some(first) = corners.first().map(|v| v.color) else {
            return;
        };
        if corners.len() > 6 && corners.iter().all(|v| v.color == first) {
            let mut data = String::new();
            for triangle in corners.chunks_exact(3) {
                triangle_data(&mut data, triangle);
            }
            self.flush(Pending::Triangles(first, data));
        } else {
            self.pieces(&corners);
        }
    }

    fn pieces(&mut self, mut corners: &[Vertex]) {
        let mut pending = Pending::Nothing;
        while corners.len() >= 3 {
            if let Some(strip) = corners.get(..6).and_then(Strip::read) {
                corners = &corners[6..];
                let joined = match &mut pending {
                    Pending::Strip(so_far) => so_far.join(&strip),
                    _ => false,
                };
                if !joined {
                    self.flush(std::mem::replace(&mut pending, Pending::Strip(strip)));
                }
                continue;
            }
            let (triangle, rest) = corners.split_at(3);
            corners = rest;
            let color = average(triangle);
            if let Pending::Triangles(same, data) = &mut pending
                && *same == color
            {
                triangle_data(data, triangle);
            } else {
                let mut data = String::new();
                triangle_data(&mut data, triangle);
                self.flush(std::mem::replace(&mut pending, Pending::Triangles(color, data)));
            }
        }
        self.flush(pending);
    }

    fn flush(&mut self, pending: Pending) {
        match pending {
            Pending::Nothing => {}
            Pending::Strip(strip) => self.strip(&strip),
            Pending::Triangles(color, data) => {
                if color != Color32::TRANSPARENT {
                    let _ = write!(self.body, "<path d=\"{data}\"");
                    self.finish_element(color, Stroke::NONE);
                }
            }
        }
    }

    fn strip(&mut self, strip: &Strip) {
        if strip.stops.iter().all(|(_, c)| *c == Color32::TRANSPARENT) {
            return;
        }
        let Some(axis) = strip.axis else {
            let color = strip.stops.first().map_or(Color32::TRANSPARENT, |s| s.1);
            self.body.push_str("<path d=\"");
            path::rect_data(&mut self.body, strip.rect);
            self.body.push('"');
            self.finish_element(color, Stroke::NONE);
            return;
        };
        // Fractions of the box, so that equal fades of different rectangles share one definition.
        let (direction, start, length) = match axis {
            Axis::Horizontal => ("", strip.rect.left(), strip.rect.width()),
            Axis::Vertical => (" x2=\"0\" y2=\"1\"", strip.rect.top(), strip.rect.height()),
        };
        let mut text = format!("<linearGradient id=\"#\"{direction}>");
        for (index, (place, color)) in strip.stops.iter().enumerate() {
            let at = (place - start) / length;
            if *color == Color32::TRANSPARENT {
                // SVG mixes colours before it applies their opacity: what fades out must keep its neighbour's hue.
                let before = index.checked_sub(1).and_then(|i| strip.stops.get(i));
                let after = strip.stops.get(index + 1);
                for (_, hue) in before.into_iter().chain(after) {
                    stop(&mut text, at, *hue, Some(0.0));
                }
            } else {
                stop(&mut text, at, *color, None);
            }
        }
        text.push_str("</linearGradient>");
        let id = self.define(text);
        self.body.push_str("<path d=\"");
        path::rect_data(&mut self.body, strip.rect);
        let _ = writeln!(self.body, "\" fill=\"url(#d{id})\"/>");
    }
}

fn stop(out: &mut String, at: f32, color: Color32, opacity: Option<f32>) {
    let (hue, own) = xml::color(color);
    let opacity = opacity.unwrap_or(own);
    out.push_str("<stop offset=\"");
    xml::fraction(out, at);
    let _ = write!(out, "\" stop-color=\"{hue}\"");
    if opacity < 1.0 {
        out.push_str(" stop-opacity=\"");
        xml::fraction(out, opacity);
        out.push('"');
    }
    out.push_str("/>");
}

/// Appends a triangle, always clockwise: turned both ways, neighbours in one path would cancel out.
fn triangle_data(out: &mut String, corners: &[Vertex]) {
    let [a, b, c] = corners else { return };
    let (a, b, c): (Pos2, Pos2, Pos2) = (a.pos, b.pos, c.pos);
    let clockwise = (b - a).x * (c - a).y - (b - a).y * (c - a).x >= 0.0;
    let points = if clockwise { [a, b, c] } else { [a, c, b] };
    path::polygon_data(out, &points, true);
}

/// The mean of the corners' colours.
fn average(corners: &[Vertex]) -> Color32 {
    let mean = |channel: usize| {
        let sum: u16 = corners.iter().map(|v| u16::from(v.color.to_array()[channel])).sum();
        u8::try_from((sum + 1) / 3).unwrap_or(u8::MAX)
    };
    Color32::from_rgba_premultiplied(mean(0), mean(1), mean(2), mean(3))
}
