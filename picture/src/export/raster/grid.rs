//! Conversion of points of the page to pixels.

use egui::{Pos2, Rect, Vec2};
use vello_cpu::kurbo::{Affine, BezPath, PathEl, Point};

/// Number of steps per pixel to which coordinates are snapped.
///
/// Together with [`FARTHEST`] it needs 24 bits, the precision of the rasteriser's `f32`: moving a snapped coordinate by
/// whole pixels is exact, so that coverage does not depend on the band in which a shape is drawn.
const STEPS: f64 = 256.0;

/// Maximum coordinate, in pixels, to which all others are clamped: twice the longest side of an image.
const FARTHEST: f64 = 32_768.0;

/// Maximum distance of a flattened curve from the curve, in pixels.
pub(super) const TOLERANCE: f64 = 0.02;

/// Converts points of the page to pixels.
#[derive(Clone, Copy, Debug)]
pub(super) struct Grid {
    /// Pixels per point.
    pub scale: [f64; 2],
}

/// A rectangle of whole pixels: x and y of its top left, and of its bottom right, which is exclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct PixelRect {
    pub min: [i32; 2],
    pub max: [i32; 2],
}

impl PixelRect {
    pub fn intersect(self, other: Self) -> Self {
        let [min, max] = [
            [self.min[0].max(other.min[0]), self.min[1].max(other.min[1])],
            [self.max[0].min(other.max[0]), self.max[1].min(other.max[1])],
        ];
        Self { min, max }
    }

    pub const fn is_empty(self) -> bool {
        self.min[0] >= self.max[0] || self.min[1] >= self.max[1]
    }
}

/// Returns a coordinate in pixels, rounded to the grid.
fn snap(at: f64) -> f64 {
    (at.clamp(-FARTHEST, FARTHEST) * STEPS).round() / STEPS
}

impl Grid {
    /// Creates a grid in which the page fills whole pixels, even if its scaled size is fractional.
    pub fn new(page: Vec2, [width, height]: [u32; 2]) -> Self {
        let scale = |pixels: u32, points: f32| if points > 0.0 { f64::from(pixels) / f64::from(points) } else { 1.0 };
        Self { scale: [scale(width, page.x), scale(height, page.y)] }
    }

    pub fn affine(&self) -> Affine {
        Affine::scale_non_uniform(self.scale[0], self.scale[1])
    }

    /// Returns the larger of the two scales, in pixels per point.
    pub const fn largest(&self) -> f64 {
        self.scale[0].max(self.scale[1])
    }

    /// Returns a point of the page, in pixels.
    pub fn point(&self, at: Pos2) -> Point {
        Point::new(snap(f64::from(at.x) * self.scale[0]), snap(f64::from(at.y) * self.scale[1]))
    }

    /// Returns a rectangle of the page with its edges rounded to whole pixels.
    pub fn round(&self, rect: Rect) -> PixelRect {
        let round = |at: Pos2| {
            let Point { x, y } = self.point(at);
            [x.round() as i32, y.round() as i32]
        };
        PixelRect { min: round(rect.min), max: round(rect.max) }
    }

    /// Returns all pixels that a rectangle of the page touches, extended by one pixel on each side.
    pub fn around(&self, rect: Rect) -> PixelRect {
        let [min, max] = [self.point(rect.min), self.point(rect.max)];
        PixelRect {
            min: [min.x.floor() as i32 - 1, min.y.floor() as i32 - 1],
            max: [max.x.ceil() as i32 + 1, max.y.ceil() as i32 + 1],
        }
    }

    /// Appends a path to another as lines between snapped points, moved up by `top` pixels.
    pub fn flatten(path: impl IntoIterator<Item = PathEl>, top: u32, lines: &mut BezPath) {
        let snapped = |at: Point| Point::new(snap(at.x), snap(at.y) - f64::from(top));
        vello_cpu::kurbo::flatten(path, TOLERANCE, |element| match element {
            PathEl::MoveTo(at) => lines.move_to(snapped(at)),
            PathEl::LineTo(at) => lines.line_to(snapped(at)),
            PathEl::ClosePath => lines.close_path(),
            // Curves have been flattened.
            PathEl::QuadTo(..) | PathEl::CurveTo(..) => {}
        });
    }
}
