//! Free room in a lane, in which a block is placed above or below a mark.

use egui::{Rangef, Rect, Vec2, pos2, vec2};

use crate::sorting;

/// Free space around a block, in points.
const CLEARANCE: f32 = 5.0;
/// Free space beside a line, in points.
const BESIDE: f32 = 4.0;
/// Distance of a line from the side of the block that it leads to, in points, and the minimum.
const INSET: f32 = 9.0;
pub(super) const LEAST_INSET: f32 = 1.0;
/// Maximum length of the line that leads from a mark to its block, in points.
const FARTHEST: f32 = 170.0;
/// A block above its mark is taken only if one below would be so much farther away, in points.
const ABOVE: f32 = 24.0;

/// The mark that a block belongs to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Anchor {
    /// The x at which the line to the block leaves the mark.
    pub x: f32,
    /// The y of the mark.
    pub mark: Rangef,
    /// The y of its row.
    pub row: Rangef,
    /// Whether the label is at the left of the mark.
    pub flush_right: bool,
}

/// A place for a block.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Spot {
    pub rect: Rect,
    /// The y of the line that leads to it from the mark.
    pub leader: Rangef,
    /// Whether it is above the mark.
    pub is_above: bool,
}

impl Anchor {
    /// Returns the place of a block with its top left there, if the line to it meets its upper or lower edge.
    fn spot(&self, rect: Rect) -> Option<Spot> {
        // At an edge of the chart it may be less.
        let is_over = rect.left() + LEAST_INSET <= self.x && self.x <= rect.right() - LEAST_INSET;
        let is_above = rect.center().y < self.mark.center();
        let leader =
            if is_above { Rangef::new(rect.bottom(), self.mark.min) } else { Rangef::new(self.mark.max, rect.top()) };
        (is_over && leader.span() >= 0.0 && leader.span() <= FARTHEST).then_some(Spot { rect, leader, is_above })
    }

    /// Returns the left edges that a block of this width may have, best first.
    fn lefts(&self, width: f32, bounds: Rangef) -> [f32; 3] {
        let [begins, ends] = [self.x - INSET, self.x + INSET - width];
        let middle = self.x - width / 2.0;
        let lefts = if self.flush_right { [ends, middle, begins] } else { [begins, middle, ends] };
        lefts.map(|left| left.min(bounds.max - width).max(bounds.min))
    }
}

/// What is in a lane.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Room {
    /// Where blocks may be.
    pub bounds: Rect,
    /// What they keep clear of, each with the number of the mark that it belongs to.
    pub solid: Vec<(Rect, usize)>,
}

impl Room {
    /// Returns the place of a block of this size for a mark, given by its number, that is nearest to it.
    pub fn place(&self, anchor: Anchor, of: usize, size: Vec2) -> Option<Spot> {
        let cost = |spot: &Spot| spot.leader.span() + if spot.is_above { ABOVE } else { 0.0 };
        let lefts = anchor.lefts(size.x, self.bounds.x_range());
        let spots = lefts.into_iter().flat_map(|left| {
            let x = Rangef::new(left, left + size.x);
            [self.below(anchor, x, size.y), self.above(anchor, x, size.y)].into_iter().flatten()
        });
        let spots = spots.filter_map(|rect| anchor.spot(rect)).filter(|spot| self.is_free(spot, anchor.x, of));
        // The first of those that are equally near.
        spots.reduce(|best, spot| if cost(&spot) < cost(&best) - 0.5 { spot } else { best })
    }

    /// Returns the place of a block with its top left there, moved along the line of time to where it is in the lane.
    pub fn place_at(&self, anchor: Anchor, of: usize, rect: Rect) -> Option<Spot> {
        let x = self.bounds.x_range();
        let left = rect.left().min(x.max - rect.width()).max(x.min);
        let rect = rect.translate(vec2(left - rect.left(), 0.0));
        anchor.spot(rect).filter(|spot| self.is_free(spot, anchor.x, of))
    }

    /// Returns whether a block touches nothing, and the line to it nothing but its own mark.
    fn is_free(&self, spot: &Spot, x: f32, of: usize) -> bool {
        let line = Rect::from_x_y_ranges(Rangef::point(x).expand(BESIDE), spot.leader);
        let is_crossed = |(solid, owner): &(Rect, usize)| *owner != of && solid.intersects(line);
        self.bounds.expand(0.01).contains_rect(spot.rect)
            && !self.solid.iter().any(|(solid, _)| touches(*solid, spot.rect))
            && !self.solid.iter().any(is_crossed)
    }

    /// Returns the highest rectangle below the mark that touches nothing.
    fn below(&self, anchor: Anchor, x: Rangef, height: f32) -> Option<Rect> {
        let mut top = anchor.row.max + 1.0;
        let mut in_way: Vec<Rangef> = self.in_way(x).filter(|y| y.max > top - CLEARANCE).collect();
        sorting::by(&mut in_way, |a, b| a.min.total_cmp(&b.min));
        for y in in_way {
            if y.min - CLEARANCE >= top + height {
                break;
            }
            top = top.max(y.max + CLEARANCE);
        }
        let rect = Rect::from_min_size(pos2(x.min, top), vec2(x.span(), height));
        (rect.bottom() <= self.bounds.bottom() + 0.01).then_some(rect)
    }

    /// Returns the lowest rectangle above the mark that touches nothing.
    fn above(&self, anchor: Anchor, x: Rangef, height: f32) -> Option<Rect> {
        let mut bottom = anchor.row.min - 1.0;
        let mut in_way: Vec<Rangef> = self.in_way(x).filter(|y| y.min < bottom + CLEARANCE).collect();
        sorting::by(&mut in_way, |a, b| b.max.total_cmp(&a.max));
        for y in in_way {
            if y.max + CLEARANCE <= bottom - height {
                break;
            }
            bottom = bottom.min(y.min - CLEARANCE);
        }
        let rect = Rect::from_min_size(pos2(x.min, bottom - height), vec2(x.span(), height));
        (rect.top() >= self.bounds.top() - 0.01).then_some(rect)
    }

    /// Returns the y of what is in a range of x.
    fn in_way(&self, x: Rangef) -> impl Iterator<Item = Rangef> {
        let wide = x.expand(CLEARANCE - 0.1);
        self.solid.iter().filter(move |(solid, _)| solid.x_range().intersects(wide)).map(|(solid, _)| solid.y_range())
    }
}

/// Returns whether a block is nearer to something solid than it may be.
fn touches(solid: Rect, block: Rect) -> bool {
    solid.expand(CLEARANCE - 0.1).intersects(block)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn rect(left: f32, top: f32, width: f32, height: f32) -> Rect {
        Rect::from_min_size(pos2(left, top), vec2(width, height))
    }

    /// A mark in the middle of a row of 20 points.
    fn anchor(x: f32, top: f32) -> Anchor {
        let row = Rangef::new(top, top + 20.0);
        Anchor { x, mark: Rangef::point(row.center()).expand(6.0), row, flush_right: false }
    }

    fn room(solid: &[Rect]) -> Room {
        let solid = solid.iter().map(|rect| (*rect, 9)).collect();
        Room { bounds: rect(0.0, 0.0, 400.0, 300.0), solid }
    }

    #[test]
    fn a_block_is_beside_its_mark() {
        let check = |room: &Room, anchor: Anchor, expect: Option<[f32; 2]>| {
            let spot = room.place(anchor, 0, vec2(80.0, 60.0));
            assert_eq!(spot.map(|spot| [spot.rect.left(), spot.rect.top()]), expect, "{spot:?}");
        };
        let empty = room(&[]);
        check(&empty, anchor(100.0, 0.0), Some([91.0, 21.0]));
        check(&empty, Anchor { flush_right: true, ..anchor(100.0, 0.0) }, Some([29.0, 21.0]));
        check(&empty, anchor(399.5, 0.0), None);
        check(&empty, anchor(395.0, 0.0), Some([320.0, 21.0]));
        check(&empty, anchor(385.0, 0.0), Some([320.0, 21.0]));
        check(&empty, anchor(100.0, 280.0), Some([91.0, 219.0]));
        // Another row below it is passed over, or makes way.
        check(&room(&[rect(150.0, 30.0, 40.0, 20.0)]), anchor(100.0, 0.0), Some([60.0, 21.0]));
        check(&room(&[rect(116.0, 30.0, 300.0, 20.0)]), anchor(100.0, 0.0), Some([29.0, 21.0]));
        check(
            &room(&[rect(20.0, 30.0, 60.0, 20.0), rect(110.0, 30.0, 300.0, 20.0)]),
            anchor(100.0, 0.0),
            Some([91.0, 55.0]),
        );
        check(&room(&[rect(0.0, 30.0, 400.0, 20.0)]), anchor(100.0, 0.0), None);
        check(&room(&[rect(0.0, 30.0, 400.0, 280.0)]), anchor(100.0, 0.0), None);
    }

    #[test]
    fn a_block_keeps_its_place_as_long_as_it_is_free() {
        let place = |room: &Room, left: f32| {
            room.place_at(anchor(100.0, 0.0), 0, rect(left, 40.0, 80.0, 60.0)).map(|spot| spot.rect.left())
        };
        assert_eq!(place(&room(&[]), 60.0), Some(60.0));
        assert_eq!(place(&room(&[]), 120.0), None, "it has left its mark");
        assert_eq!(place(&room(&[rect(90.0, 90.0, 10.0, 20.0)]), 60.0), None);
    }

    proptest! {
        /// A block is in the lane, touches nothing, and nothing is between it and its mark.
        #[test]
        fn blocks_touch_nothing(
            solid in prop::collection::vec((0_f32..400.0, 0_u8..15, 2_f32..120.0), 0..40),
            (x, row) in (0_f32..400.0, 0_u8..15),
            size in (20_f32..160.0, 48_f32..110.0),
            flush_right: bool,
        ) {
            let rects: Vec<Rect> =
                solid.iter().map(|(left, row, width)| rect(*left, f32::from(*row) * 20.0, *width, 20.0)).collect();
            let (room, size) = (room(&rects), vec2(size.0, size.1));
            let anchor = Anchor { flush_right, ..anchor(x, f32::from(row) * 20.0) };
            let Some(spot) = room.place(anchor, 0, size) else { return Ok(()) };
            prop_assert!(room.bounds.expand(0.1).contains_rect(spot.rect), "{:?}", spot);
            prop_assert!(spot.rect.x_range().contains(x));
            let line = Rect::from_x_y_ranges(x..=x, spot.leader);
            for rect in rects {
                prop_assert!(!rect.intersects(spot.rect), "{rect:?} {spot:?}");
                prop_assert!(!rect.shrink(1.0).intersects(line), "{rect:?} {spot:?}");
            }
            prop_assert!(!spot.rect.y_range().shrink(0.1).intersects(anchor.mark));
            prop_assert_eq!(room.place_at(anchor, 0, spot.rect), Some(spot), "it stays there");
        }
    }
}
