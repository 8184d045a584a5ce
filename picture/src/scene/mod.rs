//! The display list: the content of a page as plain data.
//!
//! `paint` builds a [`Scene`] with a [`Builder`]; the window paints it as egui shapes, and `export` writes it as SVG,
//! PDF and PNG. Every output draws the same nodes in the same order and need not infer their meaning: a [`Group`]
//! identifies the item it shows, a [`Paint`] is explicitly a gradient or hatching, and a [`TextNode`] contains glyphs
//! that are already shaped.
//!
//! Coordinates are points, with y down and the origin at the top left of the page. Colours are premultiplied sRGB, as
//! everywhere in egui.

mod builder;
mod exif;
mod geometry;
mod image;
mod moved;
mod orientation;
mod reduce;
mod structure;
pub mod text;

use std::sync::Arc;

use egui::{Align, Color32, Pos2, Rect, Vec2};

use crate::timeline::Item;

pub use builder::Builder;
pub use exif::Exif;
pub use geometry::{Geometry, Radii, cut_line};
pub use image::{ImageData, ImageError, ImageKind, check_size, unknown_kind};
pub use orientation::Orientation;
pub use structure::{Content, Element, ElementKind, ListMarks, OutlineEntry, Structure};
use text::TextLayout;

/// A page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scene {
    /// Width and height of the page, in points.
    pub size: Vec2,
    /// The background; transparent if the page has no paper of its own.
    pub background: Color32,
    /// The nodes, from back to front.
    pub nodes: Vec<Node>,
}

/// One entry of a display list.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// Nodes that belong together.
    Group(Group),
    /// Nodes that are clipped to a rectangle.
    Clip(Clip),
    /// A filled or stroked shape.
    Path(Path),
    /// Text.
    Text(TextNode),
    /// An image.
    Image(Image),
}

/// Nodes that belong together, with their meaning.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Group {
    /// The item of the timeline that the nodes show.
    pub item: Option<Item>,
    /// A title that describes the nodes; empty if it is not needed, as in a window.
    pub title: String,
    /// Further description, such as the date; may be empty.
    pub description: String,
    /// The link of the group.
    pub link: Option<Link>,
    /// What it is in the structure of the document; `None` for a part of the figure that the page is.
    pub structure: Option<Structure>,
    /// The nodes, from back to front.
    pub nodes: Vec<Node>,
}

/// A link on the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The clickable rectangle.
    pub rect: Rect,
    /// The address.
    pub url: String,
    /// The description of its target.
    pub title: String,
}

/// Nodes that are clipped to a rectangle.
#[derive(Clone, Debug, PartialEq)]
pub struct Clip {
    /// The clip rectangle.
    pub rect: Rect,
    /// The nodes, from back to front.
    pub nodes: Vec<Node>,
}

/// A shape with its fill and its stroke. The stroke is drawn over the fill, centred on the outline.
#[derive(Clone, Debug, PartialEq)]
pub struct Path {
    /// The outline.
    pub geometry: Geometry,
    /// The fill of the inside.
    pub fill: Option<Paint>,
    /// The stroke of the outline.
    pub stroke: Option<Stroke>,
}

/// The fill of a shape.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Paint {
    /// One colour.
    Solid(Color32),
    /// A gradient between two colours.
    Gradient(Gradient),
    /// Parallel rising lines at 45 degrees, on a transparent background.
    Hatching(Hatching),
}

/// A linear gradient between two points, with the end colours beyond them.
///
/// Colours are interpolated premultiplied. A fully transparent end counts as having the hue of the other, so that
/// renderers that interpolate straight colours agree: use [`Gradient::straight`] for those.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gradient {
    /// The position of the first colour, in points.
    pub from: Pos2,
    /// The position of the second colour, in points.
    pub to: Pos2,
    /// The two colours.
    pub colors: [Color32; 2],
}

impl Gradient {
    /// Creates a gradient from the left edge of a rectangle to its right edge.
    #[must_use]
    pub fn across(rect: Rect, left: Color32, right: Color32) -> Self {
        Self { from: rect.left_center(), to: rect.right_center(), colors: [left, right] }
    }

    /// Returns the colour at a point, premultiplied.
    #[must_use]
    pub fn color_at(&self, at: Pos2) -> Color32 {
        let along = self.to - self.from;
        let length = along.length_sq();
        let share = if length > 0.0 { ((at - self.from).dot(along) / length).clamp(0.0, 1.0) } else { 0.0 };
        self.colors[0].lerp_to_gamma(self.colors[1], share)
    }

    /// Returns the two colours as straight (not premultiplied) red, green, blue and alpha. A fully transparent colour
    /// has the hue of the other.
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

/// Hatching: lines that rise to the right, at fixed positions on the page, so that the pattern does not move when the
/// shape grows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hatching {
    /// Colour of the lines.
    pub color: Color32,
    /// Distance between lines along the x axis, in points.
    pub spacing: f32,
    /// Width of a line, in points.
    pub width: f32,
}

impl Hatching {
    /// Returns the lines over a rectangle, each from its lower to its upper end, from left to right.
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

    /// Returns the lines of [`lines`](Self::lines), extended beyond the edges of the rectangle, and adjacent lines
    /// whose width extends into it: clipped to the rectangle, they end flush with its edges.
    pub fn lines_beyond(self, rect: Rect) -> impl Iterator<Item = [Pos2; 2]> {
        let spacing = self.spacing.max(0.5);
        let below = (self.width / spacing).ceil().max(1.0) * spacing;
        let around = rect.expand(self.width);
        // The lines keep their positions if the lower edge moves by whole spacings.
        self.lines(around.with_max_y(rect.bottom() + below))
    }
}

/// Maximum length of a mitre relative to the stroke width, as in SVG: slightly more than at a right angle.
pub const MITER_LIMIT: f32 = 1.42;

/// The stroke of an outline: with flat ends, and corners that are mitred up to a right angle and bevelled if sharper.
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
    /// Creates a solid line.
    #[must_use]
    pub const fn new(width: f32, color: Color32) -> Self {
        Self { width, color, dash: None }
    }

    /// Creates a dashed line.
    #[must_use]
    pub const fn dashed(width: f32, color: Color32, dash: f32, gap: f32) -> Self {
        Self { width, color, dash: Some([dash, gap]) }
    }
}

/// Placed text.
#[derive(Clone, Debug, PartialEq)]
pub struct TextNode {
    /// The shaped text.
    pub layout: Arc<TextLayout>,
    /// Top left of the layout, in points.
    pub at: Pos2,
    /// Colour of the parts without a colour of their own.
    pub color: Color32,
    /// The fixed end of the text: if set in another font, it grows away from it.
    pub anchor: Align,
}

/// A placed image, stretched to fill its rectangle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Image {
    /// Where it is drawn.
    pub rect: Rect,
    /// The image.
    pub data: Arc<ImageData>,
    /// The alternative text.
    pub alternative: String,
}

impl Node {
    /// Returns the extent of everything that is drawn, in points, including strokes; [`Rect::NOTHING`] if nothing is
    /// drawn.
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

/// Returns the extent of everything that some nodes draw, in points.
#[must_use]
pub fn bounds(nodes: &[Node]) -> Rect {
    nodes.iter().map(Node::bounds).fold(Rect::NOTHING, Rect::union)
}

/// Visits every node of a scene in drawing order, groups and clips before their content.
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
    /// Returns the links of the page, in drawing order.
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

    /// Returns the items that the page shows, in drawing order.
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
