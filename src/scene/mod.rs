//! The display list: what a page shows, as plain data that can be read back.
//!
//! `paint` builds a [`Scene`] with a [`Builder`]; the window paints it as shapes of its own, and `export` writes it as
//! SVG, PDF and PNG. Every output draws the same nodes in the same order, so that none of them has to guess what a shape
//! means: a [`Group`] says which item it shows, a [`Paint`] says that it is a gradient or hatching, and a [`TextNode`]
//! carries glyphs that are already shaped.
//!
//! Coordinates are points, with y down and the origin at the top left of the page. Colours are premultiplied sRGB, as
//! everywhere in egui.

mod builder;
mod geometry;
mod image;
pub mod text;

use std::sync::Arc;

use egui::{Align, Color32, Pos2, Rect, Vec2};

use crate::timeline::Item;

pub use builder::Builder;
pub use geometry::{Geometry, Radii, cut_line};
pub use image::{ImageData, ImageError, ImageKind};
use text::TextLayout;

/// A page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scene {
    /// Width and height of the page, in points.
    pub size: Vec2,
    /// What is under everything; transparent where the page has no paper of its own.
    pub background: Color32,
    /// What is drawn, from back to front.
    pub nodes: Vec<Node>,
}

/// One entry of a display list.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// Nodes that belong together.
    Group(Group),
    /// Nodes of which only the part inside a rectangle is drawn.
    Clip(Clip),
    /// A filled or stroked shape.
    Path(Path),
    /// Text.
    Text(TextNode),
    /// A picture.
    Image(Image),
}

/// Nodes that belong together, with what they stand for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Group {
    /// The item of the timeline that the nodes show.
    pub item: Option<Item>,
    /// What the nodes show, in words; empty where nobody reads it, as in a window.
    pub title: String,
    /// More about it, such as its date; may be empty.
    pub description: String,
    /// Where a click leads.
    pub link: Option<Link>,
    /// The nodes, from back to front.
    pub nodes: Vec<Node>,
}

/// A part of the page that leads to an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The part of the page.
    pub rect: Rect,
    /// The address.
    pub url: String,
    /// What it leads to, in words.
    pub title: String,
}

/// Nodes of which only the part inside a rectangle is drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Clip {
    /// What is drawn lies inside.
    pub rect: Rect,
    /// The nodes, from back to front.
    pub nodes: Vec<Node>,
}

/// A shape with its fill and its stroke. The stroke is drawn over the fill, centred on the outline.
#[derive(Clone, Debug, PartialEq)]
pub struct Path {
    /// The outline.
    pub geometry: Geometry,
    /// What the inside is filled with.
    pub fill: Option<Paint>,
    /// How the outline is drawn.
    pub stroke: Option<Stroke>,
}

/// What a shape is filled with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Paint {
    /// One colour.
    Solid(Color32),
    /// A colour that turns into another.
    Gradient(Gradient),
    /// Parallel rising lines at 45 degrees, on nothing.
    Hatching(Hatching),
}

/// A linear gradient between two points, with the end colours beyond them.
///
/// Colours between are those of premultiplied interpolation. A fully transparent end counts as of the hue of the other, so
/// that renderers that interpolate straight colours agree: [`Gradient::straight`] gives them those.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gradient {
    /// Where the first colour is, in points.
    pub from: Pos2,
    /// Where the second colour is, in points.
    pub to: Pos2,
    /// The two colours.
    pub colors: [Color32; 2],
}

impl Gradient {
    /// A gradient that runs from the left edge of a rectangle to its right edge.
    #[must_use]
    pub fn across(rect: Rect, left: Color32, right: Color32) -> Self {
        Self { from: rect.left_center(), to: rect.right_center(), colors: [left, right] }
    }

    /// The colour at a point, premultiplied.
    #[must_use]
    pub fn color_at(&self, at: Pos2) -> Color32 {
        let along = self.to - self.from;
        let length = along.length_sq();
        let share = if length > 0.0 { ((at - self.from).dot(along) / length).clamp(0.0, 1.0) } else { 0.0 };
        self.colors[0].lerp_to_gamma(self.colors[1], share)
    }

    /// The two colours as straight (not premultiplied) red, green, blue and alpha. A fully transparent colour has the
    /// hue of the other.
    #[must_use]
    pub fn straight(&self) -> [[u8; 4]; 2] {
        let [from, to] = self.colors.map(|color| color.to_srgba_unmultiplied());
        let hue = |[red, green, blue, _]: [u8; 4]| [red, green, blue, 0];
        match (from[3], to[3]) {
            (0, 1..) => [hue(to), to],
            (1.., 0) => [from, hue(from)],
            _ => [from, to],
        }
    }
}

/// Hatching: lines that rise to the right at fixed places of the page, so that the pattern does not move while the
/// shape grows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hatching {
    /// Colour of the lines.
    pub color: Color32,
    /// Distance from line to line along the x axis, in points.
    pub spacing: f32,
    /// Width of a line, in points.
    pub width: f32,
}

impl Hatching {
    /// The lines over a rectangle, each from its lower to its upper end, from left to right.
    pub fn lines(self, rect: Rect) -> impl Iterator<Item = [Pos2; 2]> {
        let spacing = self.spacing.max(0.5);
        let height = rect.height().max(0.0);
        let first = ((rect.left() - height) / spacing).ceil();
        let count = ((rect.width().max(0.0) + height) / spacing).ceil();
        let count = if count.is_finite() { count as usize } else { 0 };
        (0..=count).filter_map(move |line| {
            let x = (first + line as f32) * spacing;
            let low = (rect.left() - x).max(0.0);
            let high = (rect.right() - x).min(height);
            let at = |rise: f32| Pos2::new(x + rise, rect.bottom() - rise);
            (low < high).then(|| [at(low), at(high)])
        })
    }

    /// The lines of [`lines`](Self::lines), lengthened over the edges of the rectangle, and those beside them whose width
    /// reaches into it: clipped by the rectangle, they end flush with its edges.
    pub fn lines_beyond(self, rect: Rect) -> impl Iterator<Item = [Pos2; 2]> {
        let spacing = self.spacing.max(0.5);
        let below = (self.width / spacing).ceil().max(1.0) * spacing;
        let around = rect.expand(self.width);
        // The lines keep their places if the lower edge moves by whole spacings.
        self.lines(around.with_max_y(rect.bottom() + below))
    }
}

/// How much longer than the width of its stroke a mitred corner is at most, as in SVG: a little more than at a right
/// angle.
pub const MITER_LIMIT: f32 = 1.42;

/// How an outline is drawn: with flat ends, and corners that are mitred up to a right angle and bevelled beyond.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stroke {
    /// Width, in points.
    pub width: f32,
    /// Colour.
    pub color: Color32,
    /// Lengths of a dash and of the gap after it, in points; `None` for a solid line.
    pub dash: Option<[f32; 2]>,
}

impl Stroke {
    /// A solid line.
    #[must_use]
    pub const fn new(width: f32, color: Color32) -> Self {
        Self { width, color, dash: None }
    }

    /// A dashed line.
    #[must_use]
    pub const fn dashed(width: f32, color: Color32, dash: f32, gap: f32) -> Self {
        Self { width, color, dash: Some([dash, gap]) }
    }
}

/// Text at its place.
#[derive(Clone, Debug, PartialEq)]
pub struct TextNode {
    /// The shaped text.
    pub layout: Arc<TextLayout>,
    /// Top left of the layout, in points.
    pub at: Pos2,
    /// Colour of what has no colour of its own.
    pub color: Color32,
    /// The end at which the text is held: set in another font it grows away from there.
    pub anchor: Align,
}

/// A picture at its place, stretched to fill it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Image {
    /// Where it is drawn.
    pub rect: Rect,
    /// The picture.
    pub data: Arc<ImageData>,
    /// What it shows, in words.
    pub alternative: String,
}

impl Node {
    /// The extent of all that is drawn, in points, with strokes; [`Rect::NOTHING`] where nothing is.
    #[must_use]
    pub fn bounds(&self) -> Rect {
        match self {
            Self::Group(group) => bounds(&group.nodes),
            Self::Clip(clip) => bounds(&clip.nodes).intersect(clip.rect),
            Self::Path(path) => {
                let bounds = path.geometry.bounds();
                path.stroke.map_or(bounds, |stroke| bounds.expand(stroke.width / 2.0))
            }
            Self::Text(text) => text.layout.ink.translate(text.at.to_vec2()),
            Self::Image(image) => image.rect,
        }
    }
}

/// The extent of all that some nodes draw, in points.
#[must_use]
pub fn bounds(nodes: &[Node]) -> Rect {
    nodes.iter().map(Node::bounds).fold(Rect::NOTHING, Rect::union)
}

/// A visit to every node of a scene, in the order of drawing, groups and clips before what is in them.
pub fn walk<'s>(nodes: &'s [Node], visit: &mut dyn FnMut(&'s Node)) {
    for node in nodes {
        visit(node);
        match node {
            Node::Group(group) => walk(&group.nodes, visit),
            Node::Clip(clip) => walk(&clip.nodes, visit),
            Node::Path(_) | Node::Text(_) | Node::Image(_) => {}
        }
    }
}

impl Scene {
    /// The links of the page, in the order of drawing.
    #[must_use]
    pub fn links(&self) -> Vec<&Link> {
        let mut links = Vec::new();
        walk(&self.nodes, &mut |node| {
            if let Node::Group(Group { link: Some(link), .. }) = node {
                links.push(link);
            }
        });
        links
    }

    /// The items that the page shows, in the order of drawing.
    #[must_use]
    pub fn items(&self) -> Vec<Item> {
        let mut items = Vec::new();
        walk(&self.nodes, &mut |node| {
            if let Node::Group(Group { item: Some(item), .. }) = node {
                items.push(*item);
            }
        });
        items
    }
}

#[cfg(test)]
mod tests {
    use egui::pos2;

    use super::*;

    #[test]
    fn hatching_keeps_its_places() {
        let hatching = Hatching { color: Color32::BLACK, spacing: 5.0, width: 1.0 };
        let inside = |rect: Rect| -> Vec<[Pos2; 2]> { hatching.lines(rect).collect() };
        let small = Rect::from_min_max(pos2(12.0, 10.0), pos2(30.0, 20.0));
        let lines = inside(small);
        assert!(lines.len() >= 4);
        for [low, high] in &lines {
            assert!(small.expand(0.01).contains(*low) && small.expand(0.01).contains(*high), "{low:?} {high:?}");
            assert!(((high.x - low.x) - (low.y - high.y)).abs() < 1e-4, "lines rise at 45 degrees");
            // On the lower edge of the page's own grid.
            let foot = low.x - (small.bottom() - low.y);
            assert!((foot / 5.0 - (foot / 5.0).round()).abs() < 1e-4, "{foot}");
        }
        let grown = inside(small.with_max_x(50.0));
        for line in &lines[..lines.len() - 2] {
            assert!(grown.contains(line), "{line:?} stays where it was");
        }
        assert_eq!(hatching.lines(Rect::NOTHING).count(), 0);
    }

    #[test]
    fn a_transparent_end_has_the_hue_of_the_other() {
        let rect = Rect::from_min_max(pos2(0.0, 0.0), pos2(10.0, 1.0));
        let red = Color32::from_rgb(200, 10, 20);
        let check = |left, right, expect| assert_eq!(Gradient::across(rect, left, right).straight(), expect);
        check(Color32::TRANSPARENT, red, [[200, 10, 20, 0], [200, 10, 20, 255]]);
        check(red, Color32::TRANSPARENT, [[200, 10, 20, 255], [200, 10, 20, 0]]);
        check(red, red, [[200, 10, 20, 255]; 2]);
        let half = Gradient::across(rect, Color32::TRANSPARENT, red).color_at(pos2(5.0, 0.5));
        assert_eq!(half.a(), 128);
    }
}
