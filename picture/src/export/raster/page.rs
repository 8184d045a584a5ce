//! Preparation of a page for drawing: its size in pixels, and the nodes that draw something.

use super::super::error::{ExportError, MAX_SIDE};
use super::grid::{Grid, PixelRect};
use crate::scene::text::FontSet;
use crate::scene::{Node, Scene};

/// Bytes per pixel in memory: red, green, blue and alpha, premultiplied.
pub(super) const PIXEL: usize = 4;

/// Returns the size in pixels of a page in points.
///
/// # Errors
/// Returns an error if the scale is not positive or a side would be longer than [`MAX_SIDE`].
pub(in crate::export) fn check_size(size: egui::Vec2, scale: f32) -> Result<[u32; 2], ExportError> {
    if !(scale.is_finite() && scale > 0.0) {
        return Err(ExportError::BadScale { scale });
    }
    let pixels = |points: f32| (f64::from(points) * f64::from(scale)).round().max(1.0) as u64;
    let (width, height) = (pixels(size.x), pixels(size.y));
    if width.max(height) > u64::from(MAX_SIDE) {
        return Err(ExportError::TooLarge { width, height });
    }
    Ok([width as u32, height as u32])
}

/// A page prepared for drawing.
pub(super) struct Page<'s> {
    pub scene: &'s Scene,
    pub fonts: &'s FontSet,
    /// Width and height, in pixels.
    pub size: [u32; 2],
    pub grid: Grid,
    pub leaves: Vec<Leaf<'s>>,
}

impl<'s> Page<'s> {
    pub fn new(scene: &'s Scene, fonts: &'s FontSet, scale: f32) -> Result<Self, ExportError> {
        let size = check_size(scene.size, scale)?;
        let grid = Grid::new(scene.size, size);
        Ok(Self { scene, fonts, size, grid, leaves: leaves(&scene.nodes, &grid, size) })
    }
}

/// A node without child nodes.
pub(super) struct Leaf<'s> {
    pub node: &'s Node,
    /// The clip around it, if it extends beyond that.
    pub clip: Option<PixelRect>,
    /// All pixels that it may change.
    pub touches: PixelRect,
}

/// Returns the nodes that draw something on a page of this size in pixels, from back to front.
fn leaves<'s>(nodes: &'s [Node], grid: &Grid, size: [u32; 2]) -> Vec<Leaf<'s>> {
    let mut leaves = Vec::new();
    add_leaves(nodes, grid, PixelRect { min: [0, 0], max: size.map(|side| side as i32) }, &mut leaves);
    leaves
}

fn add_leaves<'s>(nodes: &'s [Node], grid: &Grid, clip: PixelRect, leaves: &mut Vec<Leaf<'s>>) {
    for node in nodes {
        let bounds = match node {
            Node::Group(group) => {
                add_leaves(&group.nodes, grid, clip, leaves);
                continue;
            }
            Node::Clip(inner) => {
                add_leaves(&inner.nodes, grid, clip.intersect(grid.round(inner.rect)), leaves);
                continue;
            }
            Node::Path(_) | Node::Image(_) => node.bounds(),
            // Letters of some fonts extend beyond the line.
            Node::Text(text) => node.bounds().expand(text.layout.runs().map(|run| run.size).fold(0.0, f32::max)),
        };
        if bounds.any_nan() {
            continue;
        }
        let around = grid.around(bounds);
        let touches = around.intersect(clip);
        if !touches.is_empty() {
            leaves.push(Leaf { node, clip: (touches != around).then_some(clip), touches });
        }
    }
}
