//! Nodes of a scene as triangles.

use std::collections::HashMap;
use std::sync::Arc;

use egui::emath::GuiRounding as _;
use egui::epaint::{BandPoint, BandShape, CircleShape, CornerRadiusF32, PathShape, Tessellator, Vertex, WHITE_UV};
use egui::{Color32, Mesh, Pos2, Rect, Shape, StrokeKind, TextureId, Ui, pos2, vec2};

use crate::scene::text::{FontSet, OBLIQUE, TextLayout};
use crate::scene::{Geometry, Gradient, Image, ImageData, Node, Paint, Path, Radii, Stroke, TextNode};

use super::atlas::Atlas;

/// The triangles of a path without gradient or hatching, for a panel that paints single shapes.
pub fn shape(path: &Path) -> Shape {
    let fill = if let Some(Paint::Solid(color)) = path.fill { color } else { Color32::TRANSPARENT };
    let stroke = path.stroke.map_or(egui::Stroke::NONE, line);
    Shape::Vec(shapes(&path.geometry, fill, stroke))
}

fn line(stroke: Stroke) -> egui::Stroke {
    egui::Stroke::new(stroke.width, stroke.color)
}

/// A geometry in egui's shapes.
fn shapes(geometry: &Geometry, fill: Color32, stroke: egui::Stroke) -> Vec<Shape> {
    let path = |points: &[Pos2], closed: bool| {
        Shape::Path(PathShape { points: points.to_vec(), closed, fill, stroke: stroke.into() })
    };
    match geometry {
        Geometry::Rect { rect, radii } => {
            let Radii { nw, ne, sw, se } = radii.within(*rect);
            let corners = CornerRadiusF32 { nw, ne, sw, se };
            vec![egui::epaint::RectShape::new(*rect, corners, fill, stroke, StrokeKind::Middle).into()]
        }
        Geometry::Rects(rects) => rects.iter().map(|rect| Shape::rect_filled(*rect, 0.0, fill)).collect(),
        Geometry::Circle { center, radius } => {
            vec![CircleShape { center: *center, radius: *radius, fill, stroke }.into()]
        }
        Geometry::Polyline(points) => vec![path(points, false)],
        Geometry::Polygon(points) => vec![path(points, true)],
        Geometry::Band(points) => {
            let points = points.iter().map(|(x, y)| BandPoint { x: *x, y: *y }).collect();
            vec![Shape::Band(BandShape::filled(points, fill))]
        }
    }
}

/// Meshes of texts that are painted from frame to frame.
#[derive(Default)]
pub(super) struct TextMeshes {
    kept: HashMap<usize, KeptText>,
}

struct KeptText {
    /// Held, so that no other layout takes its place in memory.
    layout: Arc<TextLayout>,
    /// Around the beginning of the first baseline; a placeholder where the colour is that of the node.
    mesh: Mesh,
    /// The vertices that have a colour of their own.
    colored: Vec<std::ops::Range<usize>>,
}

impl TextMeshes {
    pub(super) fn clear(&mut self) {
        self.kept.clear();
    }

    /// Forgets texts that nothing else holds any more: a line that comes back soon has its mesh still.
    pub(super) fn end_frame(&mut self) {
        self.kept.retain(|_, text| Arc::strong_count(&text.layout) > 1);
    }
}

/// Finds the texture of a picture.
type TextureOf<'a> = dyn FnMut(&Arc<ImageData>) -> TextureId + 'a;

/// Turns nodes into meshes.
pub(super) struct Painter<'a> {
    fonts: &'a FontSet,
    atlas: &'a mut Atlas,
    texts: &'a mut TextMeshes,
    texture_of: &'a mut TextureOf<'a>,
    tessellator: Tessellator,
    pixels_per_point: f32,
    /// What is outside is not drawn.
    clip: Rect,
    /// What was drawn, with the clip of each mesh.
    layers: Vec<(Rect, Mesh)>,
}

impl<'a> Painter<'a> {
    pub(super) fn new(
        ui: &Ui,
        fonts: &'a FontSet,
        atlas: &'a mut Atlas,
        texts: &'a mut TextMeshes,
        texture_of: &'a mut TextureOf<'a>,
    ) -> Self {
        let pixels_per_point = ui.ctx().pixels_per_point();
        let options = ui.ctx().options(|options| options.tessellation_options);
        let mut tessellator = Tessellator::new(pixels_per_point, options, [1, 1], Vec::new());
        let clip = ui.clip_rect();
        tessellator.set_clip_rect(clip);
        Self { fonts, atlas, texts, texture_of, tessellator, pixels_per_point, clip, layers: Vec::new() }
    }

    /// The meshes, each with its clip, from back to front. Places in the texture are parts of its size now.
    pub(super) fn finish(mut self) -> Vec<(Rect, Mesh)> {
        let [width, height] = self.atlas.size().map(|side| side as f32);
        let id = self.atlas.id();
        for (_, mesh) in self.layers.iter_mut().filter(|(_, mesh)| mesh.texture_id == TextureId::default()) {
            mesh.texture_id = id;
            for vertex in &mut mesh.vertices {
                vertex.uv = pos2(vertex.uv.x / width, vertex.uv.y / height);
            }
        }
        self.layers
    }

    pub(super) fn nodes(&mut self, nodes: &[Node]) {
        for node in nodes {
            match node {
                Node::Group(group) => self.nodes(&group.nodes),
                Node::Clip(clip) => {
                    let outside = self.clip;
                    self.clip = outside.intersect(clip.rect);
                    self.tessellator.set_clip_rect(self.clip);
                    self.nodes(&clip.nodes);
                    self.clip = outside;
                    self.tessellator.set_clip_rect(outside);
                }
                Node::Path(path) => self.path(path),
                Node::Text(text) => self.text(text),
                Node::Image(image) => self.image(image),
            }
        }
    }

    /// Begins a mesh if the last one is of another clip or of a picture. What is of the glyphs' texture has the default
    /// one until all is drawn: the tessellator wants it so.
    fn begin_layer(&mut self) {
        let clip = self.clip;
        if !self.layers.last().is_some_and(|(of, mesh)| *of == clip && mesh.texture_id == TextureId::default()) {
            self.layers.push((clip, Mesh::default()));
        }
    }

    /// The mesh that is drawn into, and what draws into it.
    fn mesh(&mut self) -> (&mut Mesh, &mut Tessellator) {
        self.begin_layer();
        let place = self.layers.len() - 1;
        (&mut self.layers[place].1, &mut self.tessellator)
    }

    fn path(&mut self, path: &Path) {
        match path.fill {
            Some(Paint::Solid(color)) => self.filled(&path.geometry, color),
            Some(Paint::Gradient(gradient)) => self.shaded(&path.geometry, gradient),
            Some(Paint::Hatching(hatching)) => {
                let stroke = egui::Stroke::new(hatching.width, hatching.color);
                let (mesh, tessellator) = self.mesh();
                for points in hatching.lines(path.geometry.bounds()) {
                    tessellator.tessellate_line_segment(points, stroke, mesh);
                }
            }
            None => {}
        }
        if let Some(stroke) = path.stroke {
            self.stroked(&path.geometry, stroke);
        }
    }

    fn filled(&mut self, geometry: &Geometry, color: Color32) {
        let (mesh, tessellator) = self.mesh();
        if let Geometry::Rects(rects) = geometry {
            for rect in rects {
                mesh.add_colored_rect(*rect, color);
            }
            return;
        }
        for shape in shapes(geometry, color, egui::Stroke::NONE) {
            tessellator.tessellate_shape(shape, mesh);
        }
    }

    /// Each corner has the colour that the gradient has there, which is the gradient itself while both of its ends are
    /// outside.
    fn shaded(&mut self, geometry: &Geometry, gradient: Gradient) {
        let outline = match geometry {
            Geometry::Polygon(points) => points.clone(),
            other => {
                let rect = other.bounds();
                vec![rect.left_top(), rect.right_top(), rect.right_bottom(), rect.left_bottom()]
            }
        };
        let (mesh, _) = self.mesh();
        let first = mesh.vertices.len() as u32;
        let vertex = |pos: Pos2| Vertex { pos, uv: WHITE_UV, color: gradient.color_at(pos) };
        mesh.vertices.extend(outline.iter().copied().map(vertex));
        for corner in 2..outline.len() as u32 {
            mesh.add_triangle(first, first + corner - 1, first + corner);
        }
    }

    fn stroked(&mut self, geometry: &Geometry, stroke: Stroke) {
        let (mesh, tessellator) = self.mesh();
        match (stroke.dash, geometry) {
            (Some([dash, gap]), Geometry::Polyline(points)) => {
                for shape in Shape::dashed_line(points, line(stroke), dash, gap) {
                    tessellator.tessellate_shape(shape, mesh);
                }
            }
            (None, Geometry::Polyline(points)) if points.len() == 2 => {
                if let [a, b] = points[..] {
                    tessellator.tessellate_line_segment([a, b], line(stroke), mesh);
                }
            }
            _ => {
                for shape in shapes(geometry, Color32::TRANSPARENT, line(stroke)) {
                    tessellator.tessellate_shape(shape, mesh);
                }
            }
        }
    }

    fn text(&mut self, text: &TextNode) {
        if !self.clip.intersects(text.layout.ink.translate(text.at.to_vec2())) {
            return;
        }
        let key = Arc::as_ptr(&text.layout).addr();
        if !self.texts.kept.contains_key(&key) {
            let kept = self.laid_out(&text.layout);
            self.texts.kept.insert(key, kept);
        }
        let origin = text.at + vec2(0.0, text.layout.first_baseline());
        let at = origin.round_to_pixels(self.pixels_per_point).to_vec2();
        self.begin_layer();
        let Some(kept) = self.texts.kept.get(&key) else { return };
        let Some((_, mesh)) = self.layers.last_mut() else { return };
        let first = mesh.vertices.len();
        let moved = |vertex: &Vertex| Vertex { pos: vertex.pos + at, uv: vertex.uv, color: text.color };
        mesh.vertices.extend(kept.mesh.vertices.iter().map(moved));
        for range in &kept.colored {
            for place in range.clone() {
                mesh.vertices[first + place].color = kept.mesh.vertices[place].color;
            }
        }
        mesh.indices.extend(kept.mesh.indices.iter().map(|index| index + first as u32));
    }

    /// The glyphs of a text around the beginning of its first baseline, which is on a whole pixel.
    fn laid_out(&mut self, layout: &Arc<TextLayout>) -> KeptText {
        let scale = self.pixels_per_point;
        let mut mesh = Mesh::default();
        let mut colored = Vec::new();
        let baseline = layout.first_baseline();
        for run in layout.runs() {
            let Some(face) = self.fonts.face(run.font) else { continue };
            for glyph in &run.glyphs {
                let (Some(sprite), x) = self.atlas.sprite(face, run, glyph.id, glyph.x * scale) else { continue };
                let origin = pos2(x, ((glyph.y - baseline) * scale).round());
                let min = origin + sprite.offset;
                let rect = Rect::from_min_size(min / scale, sprite.texels.size() / scale);
                let first = mesh.vertices.len();
                let color = if sprite.is_colored { Some(Color32::WHITE) } else { run.color };
                if color.is_some() {
                    colored.push(first..first + 4);
                }
                mesh.add_rect_with_uv(rect, sprite.texels, color.unwrap_or(Color32::PLACEHOLDER));
                if run.oblique {
                    for vertex in mesh.vertices.iter_mut().skip(first) {
                        vertex.pos.x += (origin.y / scale - vertex.pos.y) * OBLIQUE;
                    }
                }
            }
        }
        KeptText { layout: Arc::clone(layout), mesh, colored }
    }

    fn image(&mut self, image: &Image) {
        let id = (self.texture_of)(&image.data);
        let mut mesh = Mesh::with_texture(id);
        mesh.add_rect_with_uv(image.rect, Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0)), Color32::WHITE);
        self.layers.push((self.clip, mesh));
    }
}
