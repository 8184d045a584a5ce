//! Outlines of shapes.

use egui::{Pos2, Rangef, Rect};

/// Radii of the corners of a rectangle, in points.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Radii {
    /// Top left.
    pub nw: f32,
    /// Top right.
    pub ne: f32,
    /// Bottom right.
    pub se: f32,
    /// Bottom left.
    pub sw: f32,
}

impl Radii {
    /// Square corners.
    pub const ZERO: Self = Self::same(0.0);

    /// Returns the same radius for all corners.
    #[must_use]
    pub const fn same(radius: f32) -> Self {
        Self { nw: radius, ne: radius, se: radius, sw: radius }
    }

    /// Returns the radii limited to half of the sides of a rectangle.
    #[must_use]
    pub fn within(self, rect: Rect) -> Self {
        let most = (rect.size().min_elem() / 2.0).max(0.0);
        let fit = |radius: f32| radius.clamp(0.0, most);
        Self { nw: fit(self.nw), ne: fit(self.ne), se: fit(self.se), sw: fit(self.sw) }
    }
}

impl From<f32> for Radii {
    fn from(radius: f32) -> Self {
        Self::same(radius)
    }
}

/// An outline.
#[derive(Clone, Debug, PartialEq)]
pub enum Geometry {
    /// A rectangle with rounded corners.
    Rect {
        /// Its edges.
        rect: Rect,
        /// Its corners.
        radii: Radii,
    },
    /// Rectangles that do not overlap, without anti-aliasing: rules and columns on whole pixels.
    Rects(Vec<Rect>),
    /// A circle.
    Circle {
        /// Its centre.
        center: Pos2,
        /// Its radius, in points.
        radius: f32,
    },
    /// An open line through points.
    Polyline(Vec<Pos2>),
    /// A closed convex outline through points.
    Polygon(Vec<Pos2>),
    /// The area between two lines over the same x: each point has its x and its range of y, with x ascending.
    Band(Vec<(f32, Rangef)>),
}

impl Geometry {
    /// Creates a rectangle with square corners.
    #[must_use]
    pub const fn rect(rect: Rect) -> Self {
        Self::Rect { rect, radii: Radii::ZERO }
    }

    /// Returns the extent of the outline, in points; [`Rect::NOTHING`] if there is none.
    #[must_use]
    pub fn bounds(&self) -> Rect {
        let of_points = |points: &[Pos2]| {
            points.iter().fold(Rect::NOTHING, |bounds, point| bounds.union(Rect::from_min_max(*point, *point)))
        };
        match self {
            Self::Rect { rect, .. } => *rect,
            Self::Rects(rects) => rects.iter().copied().fold(Rect::NOTHING, Rect::union),
            Self::Circle { center, radius } => Rect::from_center_size(*center, egui::Vec2::splat(radius * 2.0)),
            Self::Polyline(points) | Self::Polygon(points) => of_points(points),
            Self::Band(points) => points
                .iter()
                .fold(Rect::NOTHING, |bounds, (x, y)| bounds.union(Rect::from_x_y_ranges(Rangef::point(*x), *y))),
        }
    }

    /// Returns the outline of a band: its upper line from left to right, then its lower line back.
    #[must_use]
    pub fn band_outline(points: &[(f32, Rangef)]) -> Vec<Pos2> {
        let upper = points.iter().map(|(x, y)| Pos2::new(*x, y.min));
        let lower = points.iter().rev().map(|(x, y)| Pos2::new(*x, y.max));
        upper.chain(lower).collect()
    }
}

/// Returns the part of a horizontal or vertical line of this width that is inside a rectangle.
///
/// Returns `None` if the line is neither, or if its width extends beyond the rectangle, so that the rest would not be a
/// line.
#[must_use]
pub fn cut_line([a, b]: [Pos2; 2], width: f32, clip: Rect) -> Option<[Pos2; 2]> {
    let inside = clip.shrink(width * 0.5);
    let level = a.y.to_bits() == b.y.to_bits() && inside.y_range().contains(a.y);
    let upright = a.x.to_bits() == b.x.to_bits() && inside.x_range().contains(a.x);
    let clamp = |p: Pos2| {
        if level {
            Pos2::new(p.x.max(clip.left()).min(clip.right()), p.y)
        } else {
            Pos2::new(p.x, p.y.max(clip.top()).min(clip.bottom()))
        }
    };
    (level || upright).then(|| [clamp(a), clamp(b)])
}

#[cfg(test)]
mod tests {
    use egui::pos2;

    use super::*;

    #[test]
    fn bounds_hold_all_points() {
        let rect = |left, top, right, bottom| Rect::from_min_max(pos2(left, top), pos2(right, bottom));
        let check = |geometry: &Geometry, expect: Rect| assert_eq!(geometry.bounds(), expect);
        check(&Geometry::Circle { center: pos2(3.0, 4.0), radius: 2.0 }, rect(1.0, 2.0, 5.0, 6.0));
        check(&Geometry::Polygon(vec![pos2(1.0, 5.0), pos2(3.0, 2.0), pos2(0.0, 3.0)]), rect(0.0, 2.0, 3.0, 5.0));
        check(
            &Geometry::Band(vec![(1.0, Rangef::new(2.0, 3.0)), (4.0, Rangef::new(0.0, 9.0))]),
            rect(1.0, 0.0, 4.0, 9.0),
        );
        check(&Geometry::Rects(Vec::new()), Rect::NOTHING);
    }

    #[test]
    fn lines_are_cut_along_themselves() {
        let clip = Rect::from_min_max(pos2(0.0, 0.0), pos2(10.0, 10.0));
        let cut = |a, b, width| cut_line([a, b], width, clip);
        assert_eq!(cut(pos2(-5.0, 5.0), pos2(20.0, 5.0), 1.0), Some([pos2(0.0, 5.0), pos2(10.0, 5.0)]));
        assert_eq!(cut(pos2(3.0, -5.0), pos2(3.0, 20.0), 1.0), Some([pos2(3.0, 0.0), pos2(3.0, 10.0)]));
        assert_eq!(cut(pos2(-5.0, 9.8), pos2(20.0, 9.8), 1.0), None, "half of the line is outside");
        assert_eq!(cut(pos2(0.0, 0.0), pos2(20.0, 5.0), 1.0), None);
    }
}
