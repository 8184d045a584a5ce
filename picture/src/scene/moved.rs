//! Moving nodes of a display list.

use egui::Vec2;

use super::{Clip, Geometry, Group, Image, Node, Paint, Path, TextNode};

impl Node {
    /// Returns the node moved by an offset, in points. Hatching keeps its lines, which are at fixed positions on the page.
    #[must_use]
    pub fn moved(self, by: Vec2) -> Self {
        let all = |nodes: Vec<Self>| nodes.into_iter().map(|node| node.moved(by)).collect();
        match self {
            Self::Group(mut group) => {
                if let Some(link) = &mut group.link {
                    link.rect = link.rect.translate(by);
                }
                Self::Group(Group { nodes: all(group.nodes), ..group })
            }
            Self::Clip(clip) => Self::Clip(Clip { rect: clip.rect.translate(by), nodes: all(clip.nodes) }),
            Self::Path(mut path) => {
                if let Some(Paint::Gradient(gradient)) = &mut path.fill {
                    gradient.from += by;
                    gradient.to += by;
                }
                Self::Path(Path { geometry: path.geometry.moved(by), ..path })
            }
            Self::Text(text) => Self::Text(TextNode { at: text.at + by, ..text }),
            Self::Image(image) => Self::Image(Image { rect: image.rect.translate(by), ..image }),
        }
    }
}

impl Geometry {
    /// Returns the outline moved by an offset, in points.
    fn moved(mut self, by: Vec2) -> Self {
        match &mut self {
            Self::Rect { rect, .. } => *rect = rect.translate(by),
            Self::Rects(rects) => rects.iter_mut().for_each(|rect| *rect = rect.translate(by)),
            Self::Circle { center, .. } => *center += by,
            Self::Polyline(points) | Self::Polygon(points) => points.iter_mut().for_each(|at| *at += by),
            Self::Band(points) => {
                for (x, y) in points {
                    *x += by.x;
                    (y.min, y.max) = (y.min + by.y, y.max + by.y);
                }
            }
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use egui::{Align, Color32, Rangef, Rect, pos2, vec2};

    use super::super::text::{FontSet, TextEngine, TextStyle};
    use super::super::{Gradient, Link};
    use super::*;

    #[test]
    fn every_kind_of_node_is_moved() {
        let by = vec2(3.0, -5.0);
        let rect = Rect::from_min_max(pos2(1.0, 2.0), pos2(9.0, 8.0));
        let corners = vec![rect.min, rect.right_top(), rect.max];
        let band = vec![(1.0, Rangef::new(2.0, 8.0)), (9.0, Rangef::new(2.0, 8.0))];
        let shapes = [
            Geometry::rect(rect),
            Geometry::Rects(vec![rect]),
            Geometry::Circle { center: rect.center(), radius: 2.0 },
            Geometry::Polyline(corners.clone()),
            Geometry::Polygon(corners),
            Geometry::Band(band),
        ];
        let path = |geometry| Node::Path(Path { geometry, fill: Some(Paint::Solid(Color32::RED)), stroke: None });
        let mut engine = TextEngine::new(FontSet::carried());
        let layout = engine.line("Words", TextStyle { size: 12.0, bold: false }, f32::INFINITY);
        let text = Node::Text(TextNode { layout, at: rect.min, color: Color32::RED, anchor: Align::Min });
        for node in shapes.into_iter().map(path).chain([text]) {
            let before = node.bounds();
            let clip = Node::Clip(Clip { rect, nodes: vec![node.clone()] });
            let clipped = clip.bounds();
            assert_eq!(node.moved(by).bounds(), before.translate(by));
            assert_eq!(clip.moved(by).bounds(), clipped.translate(by));
        }
        let gradient = Gradient::across(rect, Color32::RED, Color32::BLUE);
        let fill = Some(Paint::Gradient(gradient));
        let link = Some(Link { rect, url: String::new(), title: String::new() });
        let nodes = vec![Node::Path(Path { geometry: Geometry::rect(rect), fill, stroke: None })];
        let Node::Group(moved) = Node::Group(Group { link, nodes, ..Group::default() }).moved(by) else {
            panic!("a group")
        };
        assert_eq!(moved.link.map(|link| link.rect), Some(rect.translate(by)));
        let [Node::Path(Path { fill: Some(Paint::Gradient(moved)), .. })] = &moved.nodes[..] else { panic!("a path") };
        assert_eq!((moved.from, moved.to), (gradient.from + by, gradient.to + by));
    }
}
