//! Builds a display list from back to front, omitting what is outside the clip.

use std::sync::Arc;

use egui::emath::GuiRounding as _;
use egui::{Align, Align2, Color32, Pos2, Rect, Vec2, pos2};

use super::text::{TextEngine, TextLayout};
use super::{
    Clip, Geometry, Gradient, Group, Hatching, Image, ImageData, Node, Paint, Path, Radii, Scene, Stroke, TextNode,
    cut_line,
};

/// Builds a [`Scene`].
pub struct Builder<'e> {
    /// Shapes the text.
    pub text: &'e mut TextEngine,
    pixels_per_point: f32,
    scene: Scene,
    clip: Rect,
}

impl<'e> Builder<'e> {
    /// Creates a builder of an empty scene for a page of this size in points.
    ///
    /// `pixels_per_point` determines the pixel grid on which lines are sharp.
    #[must_use]
    pub fn new(size: egui::Vec2, background: Color32, pixels_per_point: f32, text: &'e mut TextEngine) -> Self {
        let scene = Scene { size, background, nodes: Vec::new() };
        Self { text, pixels_per_point, scene, clip: Rect::EVERYTHING }
    }

    /// Returns the scene.
    #[must_use]
    pub fn finish(self) -> Scene {
        self.scene
    }

    /// Returns the clip rectangle, in points; nothing outside of it is drawn.
    #[must_use]
    pub const fn clip(&self) -> Rect {
        self.clip
    }

    /// Draws the output of `draw` as one group. A group with neither nodes nor a link in the clip is omitted.
    pub fn group(&mut self, group: Group, draw: impl FnOnce(&mut Self)) {
        let outer = std::mem::take(&mut self.scene.nodes);
        draw(self);
        let nodes = std::mem::replace(&mut self.scene.nodes, outer);
        let has_link = group.link.as_ref().is_some_and(|link| self.clip.intersects(link.rect));
        if !nodes.is_empty() || has_link {
            self.scene.nodes.push(Node::Group(Group { nodes, ..group }));
        }
    }

    /// Draws the output of `draw`, moved by an offset in whole pixels. In `draw`, the clip is moved the other way.
    pub fn moved(&mut self, by: Vec2, draw: impl FnOnce(&mut Self)) {
        let by = by.round_to_pixels(self.pixels_per_point);
        if by == Vec2::ZERO {
            return draw(self);
        }
        let (outer, clip) = (std::mem::take(&mut self.scene.nodes), self.clip);
        self.clip = clip.translate(-by);
        draw(self);
        self.clip = clip;
        let nodes = std::mem::replace(&mut self.scene.nodes, outer);
        self.scene.nodes.extend(nodes.into_iter().map(|node| node.moved(by)));
    }

    /// Draws the output of `draw`, clipped to a rectangle.
    ///
    /// Shapes that can be cut exactly are cut; the scene contains a clip node only if other shapes remain.
    pub fn clipped<T>(&mut self, rect: Rect, draw: impl FnOnce(&mut Self) -> T) -> T {
        let inside = self.clip.intersect(rect);
        let outside = std::mem::replace(&mut self.clip, inside);
        let drawn = draw(self);
        self.clip = outside;
        drawn
    }

    /// Adds a node, clipped only if it extends beyond the clip.
    fn add(&mut self, node: Node) {
        let bounds = node.bounds();
        if bounds.any_nan() || !self.clip.intersects(bounds) {
            return;
        }
        // The tolerance prevents clipping because of rounding errors.
        if self.clip.expand(0.01).contains_rect(bounds) {
            self.scene.nodes.push(node);
            return;
        }
        let (node, is_cut) = cut(node, self.clip);
        if !node.bounds().is_positive() && is_cut && matches!(&node, Node::Path(Path { stroke: None, .. })) {
            // None of its rectangles is inside the clip.
            return;
        }
        match self.scene.nodes.last_mut() {
            _ if is_cut => self.scene.nodes.push(node),
            Some(Node::Clip(last)) if last.rect == self.clip => last.nodes.push(node),
            _ => self.scene.nodes.push(Node::Clip(Clip { rect: self.clip, nodes: vec![node] })),
        }
    }

    /// Draws a shape.
    pub fn path(&mut self, geometry: Geometry, fill: Option<Paint>, stroke: Option<Stroke>) {
        self.add(Node::Path(Path { geometry, fill, stroke }));
    }

    /// Fills a rectangle.
    pub fn rect(&mut self, rect: Rect, radii: impl Into<Radii>, color: Color32) {
        self.path(Geometry::Rect { rect, radii: radii.into() }, Some(Paint::Solid(color)), None);
    }

    /// Draws the outline of a rectangle.
    pub fn outline(&mut self, rect: Rect, radii: impl Into<Radii>, stroke: Stroke) {
        self.path(Geometry::Rect { rect, radii: radii.into() }, None, Some(stroke));
    }

    /// Fills rectangles that do not overlap, without anti-aliasing.
    pub fn rects(&mut self, rects: Vec<Rect>, color: Color32) {
        if !rects.is_empty() {
            self.path(Geometry::Rects(rects), Some(Paint::Solid(color)), None);
        }
    }

    /// Fills a rectangle with a horizontal gradient.
    pub fn gradient(&mut self, rect: Rect, left: Color32, right: Color32) {
        let paint = Paint::Gradient(Gradient::across(rect, left, right));
        self.path(Geometry::rect(rect), Some(paint), None);
    }

    /// Hatches a rectangle.
    pub fn hatching(&mut self, rect: Rect, hatching: Hatching) {
        self.path(Geometry::rect(rect), Some(Paint::Hatching(hatching)), None);
    }

    /// Draws a circle.
    pub fn circle(&mut self, center: Pos2, radius: f32, fill: Option<Color32>, stroke: Option<Stroke>) {
        self.path(Geometry::Circle { center, radius }, fill.map(Paint::Solid), stroke);
    }

    /// Fills a convex polygon.
    pub fn polygon(&mut self, points: Vec<Pos2>, color: Color32) {
        self.path(Geometry::Polygon(points), Some(Paint::Solid(color)), None);
    }

    /// Draws a line through points.
    pub fn line(&mut self, points: Vec<Pos2>, stroke: Stroke) {
        self.path(Geometry::Polyline(points), None, Some(stroke));
    }

    /// Draws an image, stretched to fill a rectangle.
    pub fn image(&mut self, rect: Rect, data: Arc<ImageData>, alternative: String) {
        self.add(Node::Image(Image { rect, data, alternative }));
    }

    /// Draws text with its top left at a point. It is moved by less than a pixel, so that its left edge and its first
    /// baseline are on whole pixels, where letters are sharp.
    pub fn text(&mut self, layout: Arc<TextLayout>, at: Pos2, color: Color32, anchor: Align) {
        let baseline = layout.first_baseline();
        let at = pos2(self.to_pixel(at.x), self.to_pixel(at.y + baseline) - baseline);
        self.add(Node::Text(TextNode { layout, at, color, anchor }));
    }

    /// Draws text with its anchor at a point. Returns its box.
    pub fn text_at(&mut self, layout: Arc<TextLayout>, at: Pos2, anchor: Align2, color: Color32) -> Rect {
        let rect = anchor.anchor_size(at, layout.size);
        self.text(layout, rect.min, color, anchor.x());
        rect
    }

    /// Draws text with the baseline of its first line at a y: from x, or up to x for [`Align::Max`]. Returns its box.
    pub fn text_on(
        &mut self,
        layout: Arc<TextLayout>,
        (x, baseline): (f32, f32),
        align: Align,
        color: Color32,
    ) -> Rect {
        let left = if align == Align::Max { x - layout.size.x } else { x };
        let at = pos2(left, self.to_pixel(baseline) - layout.first_baseline());
        let rect = Rect::from_min_size(at, layout.size);
        self.text(layout, at, color, align);
        rect
    }

    /// Rounds a coordinate to a whole pixel, in points.
    #[must_use]
    pub fn to_pixel(&self, at: f32) -> f32 {
        at.round_to_pixels(self.pixels_per_point)
    }

    /// Moves a coordinate to the centre of its pixel, in points, where a line one pixel wide is sharp.
    #[must_use]
    pub fn to_pixel_center(&self, at: f32) -> f32 {
        at.round_to_pixel_center(self.pixels_per_point)
    }
}

/// Cuts a node if that is exact: plain filled rectangles, and horizontal or vertical lines. Also returns whether it was
/// cut.
fn cut(node: Node, clip: Rect) -> (Node, bool) {
    /// A rectangle thinner than this, in points, is anti-aliased like a line.
    const THIN: f32 = 2.0;
    match node {
        Node::Path(Path {
            geometry: Geometry::Rect { rect, radii: Radii::ZERO },
            fill: fill @ Some(_),
            stroke: None,
        }) if rect.size().min_elem() > THIN => {
            (Node::Path(Path { geometry: Geometry::rect(rect.intersect(clip)), fill, stroke: None }), true)
        }
        Node::Path(Path { geometry: Geometry::Rects(rects), fill, stroke: None }) => {
            let rects = rects.into_iter().map(|rect| rect.intersect(clip)).filter(Rect::is_positive).collect();
            (Node::Path(Path { geometry: Geometry::Rects(rects), fill, stroke: None }), true)
        }
        Node::Path(Path { geometry: Geometry::Polyline(points), fill: None, stroke: Some(stroke) })
            if points.len() == 2 && stroke.dash.is_none() =>
        {
            let line = points.first().zip(points.last()).and_then(|(a, b)| cut_line([*a, *b], stroke.width, clip));
            let cut = line.map_or(points, Vec::from);
            let is_cut = line.is_some();
            let node = Node::Path(Path { geometry: Geometry::Polyline(cut), fill: None, stroke: Some(stroke) });
            (node, is_cut)
        }
        other => (other, false),
    }
}

#[cfg(test)]
mod tests {
    use egui::vec2;

    use super::super::Link;
    use super::super::text::FontSet;
    use super::*;

    fn rect(left: f32, top: f32, right: f32, bottom: f32) -> Rect {
        Rect::from_min_max(pos2(left, top), pos2(right, bottom))
    }

    /// Returns the nodes that remain after clipping to 0 to 10.
    fn clipped(draw: impl FnOnce(&mut Builder<'_>)) -> Vec<Node> {
        let mut text = TextEngine::new(FontSet::carried());
        let mut builder = Builder::new(vec2(100.0, 100.0), Color32::WHITE, 1.0, &mut text);
        builder.clipped(rect(0.0, 0.0, 10.0, 10.0), draw);
        builder.finish().nodes
    }

    #[test]
    fn only_what_crosses_a_clip_is_clipped() {
        let black = Color32::BLACK;
        assert!(matches!(&clipped(|b| b.circle(pos2(5.0, 5.0), 2.0, Some(black), None))[..], [Node::Path(_)]));
        assert!(clipped(|b| b.circle(pos2(50.0, 5.0), 2.0, Some(black), None)).is_empty());
        let crossing = clipped(|b| {
            b.circle(pos2(10.0, 5.0), 2.0, Some(black), None);
            b.circle(pos2(0.0, 5.0), 2.0, Some(black), None);
        });
        assert!(
            matches!(&crossing[..], [Node::Clip(clip)] if clip.nodes.len() == 2),
            "one clip for both: {crossing:?}"
        );
    }

    #[test]
    fn rectangles_of_which_none_is_inside_are_no_node() {
        let outside = vec![rect(-5.0, 2.0, -2.0, 8.0), rect(12.0, 2.0, 15.0, 8.0)];
        assert_eq!(clipped(|b| b.rects(outside, Color32::BLACK)), []);
    }

    #[test]
    fn rectangles_and_lines_are_cut_instead() {
        let black = Color32::BLACK;
        let cut = clipped(|b| b.rect(rect(-5.0, 2.0, 20.0, 8.0), 0.0, black));
        assert!(matches!(&cut[..], [Node::Path(path)] if path.geometry == Geometry::rect(rect(0.0, 2.0, 10.0, 8.0))));
        let line = clipped(|b| b.line(vec![pos2(-5.0, 5.0), pos2(20.0, 5.0)], Stroke::new(1.0, black)));
        let expect = Geometry::Polyline(vec![pos2(0.0, 5.0), pos2(10.0, 5.0)]);
        assert!(matches!(&line[..], [Node::Path(path)] if path.geometry == expect));
        let round = clipped(|b| b.rect(rect(-5.0, 2.0, 20.0, 8.0), 2.0, black));
        assert!(matches!(&round[..], [Node::Clip(_)]), "its corners would be cut off");
    }

    #[test]
    fn what_is_moved_is_clipped_where_it_comes_to_stand() {
        let black = Color32::BLACK;
        let by = vec2(3.0, 4.0);
        let moved = clipped(|b| b.moved(by, |b| b.rect(rect(1.0, 1.0, 20.0, 5.0), 0.0, black)));
        assert!(matches!(&moved[..], [Node::Path(path)] if path.geometry == Geometry::rect(rect(4.0, 5.0, 10.0, 9.0))));
        assert!(clipped(|b| b.moved(by, |b| b.rect(rect(8.0, 1.0, 20.0, 3.0), 0.0, black))).is_empty());
        let link =
            |left: f32| Link { rect: rect(left, 1.0, left + 2.0, 3.0), url: String::new(), title: String::new() };
        let kept = |left: f32| {
            let group = Group { link: Some(link(left)), ..Group::default() };
            clipped(|b| b.moved(by, |b| b.group(group, |_| {}))).len()
        };
        assert_eq!([kept(1.0), kept(9.0)], [1, 0], "a link outside the clip leads nowhere");
    }

    #[test]
    fn a_group_without_nodes_is_left_out() {
        assert!(clipped(|b| b.group(Group::default(), |_| {})).is_empty());
        let found = clipped(|b| {
            b.group(Group { title: "era".to_owned(), ..Group::default() }, |b| {
                b.rect(rect(1.0, 1.0, 5.0, 5.0), 0.0, Color32::BLACK);
            });
        });
        assert!(matches!(&found[..], [Node::Group(group)] if group.nodes.len() == 1 && group.title == "era"));
    }
}
