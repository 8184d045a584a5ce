//! Thumbnails of one height that are being placed.

use egui::{Pos2, Rangef, Rect, Vec2, pos2};

use crate::timeline::EventIndex;

use super::super::kept_thumbnails::{Block, Kept, KeptThumbnail, RestKey};
use super::super::lanes::LaneBox;
use super::super::measure::Measure;
use super::super::thumbnail::{Credit, Thumbnail};
use super::super::view::TimeAxis;
use super::candidates::{self, Candidate, Lanes};
use super::room::{Anchor, LEAST_INSET, Room, Spot};

/// Heights of thumbnails, in points, the tallest first.
pub(super) const HEIGHTS: [f32; 4] = [96.0, 80.0, 64.0, 48.0];
/// There is at most one thumbnail for this width of the chart, in points, and no more than [`MOST`].
pub(super) const WIDTH_OF_EACH: f32 = 200.0;
pub(super) const MOST: usize = 10;
/// How many events may be tried for as many thumbnails.
const MOST_TRIED: usize = 4;
/// Free space that a band has besides its pictures, in points.
pub(super) const BAND: f32 = 6.0;

/// Thumbnails, and the bands that they need.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::layout) struct Placed {
    /// The thumbnails of each lane, which are placed as if it had its place without bands.
    pub(in crate::layout) thumbnails: Vec<Vec<Thumbnail>>,
    /// The heights of the bands above and below the rows of each lane, in points.
    pub(in crate::layout) bands: Vec<[f32; 2]>,
    /// What places them again.
    pub(in crate::layout) kept: Kept,
}

impl Placed {
    /// Returns the height of all bands, in points.
    pub(in crate::layout) fn height(&self) -> f32 {
        self.bands.iter().flatten().sum()
    }
}

/// Thumbnails of one height that are being placed.
pub(super) struct Trial<'a> {
    pub lanes: Lanes<'a>,
    pub candidates: &'a [Candidate<'a>],
    height: f32,
    /// The room in each lane that has candidates.
    pub rooms: Vec<Option<Room>>,
    pub bands: Vec<[f32; 2]>,
    /// The height that further bands may take; `None` if there are to be no others.
    pub spare: Option<f32>,
    /// What is placed: the number of the candidate, and where it is.
    placed: Vec<(usize, Block, Spot)>,
    most: usize,
}

impl<'a> Trial<'a> {
    pub fn new(
        axis: TimeAxis,
        (lanes, candidates): (Lanes<'a>, &'a [Candidate<'a>]),
        height: f32,
        has_bands: bool,
    ) -> Self {
        let x = Rangef::new(axis.left, axis.right);
        let room = |(position, lane): (usize, &LaneBox)| {
            let is_needed = candidates.iter().any(|candidate| candidate.lane == position);
            let around = if has_bands {
                (lane.rect.height() - candidates::rows_height(lane, &lanes) - lanes.padding) / 2.0
            } else {
                0.0
            };
            let y = lane.rect.y_range().shrink(around.max(0.0) + 2.0);
            is_needed
                .then(|| Room { bounds: Rect::from_x_y_ranges(x, y), solid: candidates::solid(lane, lanes.row_height) })
        };
        Self {
            lanes,
            candidates,
            height,
            rooms: lanes.all.iter().enumerate().map(room).collect(),
            bands: vec![[0.0; 2]; lanes.all.len()],
            spare: has_bands.then_some(lanes.spare),
            placed: Vec::new(),
            most: ((axis.width() as f32 / WIDTH_OF_EACH) as usize).clamp(1, MOST),
        }
    }

    /// Returns how much is seen of pictures: their heights in points, where a credit that is not missing counts as much as
    /// the lowest picture, and important events count double.
    pub fn seen(&self) -> f32 {
        const CREDIT: f32 = HEIGHTS[HEIGHTS.len() - 1];
        let placed = self.placed.iter().filter_map(|(number, block, _)| Some((self.candidates.get(*number)?, block)));
        let seen = placed.map(|(candidate, block)| {
            let is_credited = block.credit.is_some() || candidate.has_no_credit();
            let times = if candidate.importance > 0.0 { 2.0 } else { 1.0 };
            times * (self.height + if is_credited { CREDIT } else { 0.0 })
        });
        seen.sum()
    }

    /// Places as many thumbnails as there may be, the more important first.
    pub fn place_all(&mut self, measure: &mut dyn Measure) {
        let mut left: Vec<usize> = (0..self.candidates.len()).filter(|number| self.is_usual(*number)).collect();
        for _ in 0..self.most * MOST_TRIED {
            if self.placed.len() >= self.most {
                return;
            }
            let Some(next) = self.next(&left) else { return };
            left.retain(|number| *number != next);
            let is_placed = self.place(next, measure);
            if let Some(event) = self.event(next).filter(|_| is_placed) {
                // An event may have several marks.
                left.retain(|number| self.event(*number) != Some(event));
            }
        }
    }

    fn is_usual(&self, number: usize) -> bool {
        self.candidates.get(number).is_some_and(|candidate| candidate.is_usual)
    }

    fn event(&self, number: usize) -> Option<EventIndex> {
        self.candidates.get(number).map(|candidate| candidate.event)
    }

    /// Returns the most important candidate; of several, the one that is farthest from what is placed.
    fn next(&self, left: &[usize]) -> Option<usize> {
        let x = |number: usize| self.candidates.get(number).map_or(0.0, |candidate| candidate.anchor.x);
        let importance = |number: &usize| self.candidates.get(*number).map_or(0.0, |candidate| candidate.importance);
        let most = left.iter().map(importance).reduce(f32::max)?;
        let distance = |number: usize| {
            let distances = self.placed.iter().map(|(other, ..)| (x(*other) - x(number)).abs());
            distances.fold(f32::INFINITY, f32::min)
        };
        let equal = left.iter().copied().filter(|number| importance(number) >= most);
        // The first in time of those that are equally far.
        equal
            .map(|number| (number, distance(number)))
            .reduce(|best, other| if other.1 > best.1 { other } else { best })
            .map(|(number, _)| number)
    }

    /// Places a thumbnail; returns whether it has room.
    pub fn place(&mut self, number: usize, measure: &mut dyn Measure) -> bool {
        let Some(candidate) = self.candidates.get(number) else { return false };
        for block in candidate.blocks(self.height, measure) {
            let spot = self.spot(candidate, block.size).or_else(|| self.spot_in_band(candidate, block.size));
            if let Some(spot) = spot {
                self.take(number, block, spot);
                return true;
            }
        }
        false
    }

    /// Returns a place in the room that there is.
    fn spot(&self, candidate: &Candidate<'_>, size: Vec2) -> Option<Spot> {
        self.rooms.get(candidate.lane)?.as_ref()?.place(candidate.anchor, candidate.mark, size)
    }

    /// Returns a place in a band, which is added to a lane that has none, or made as high as it must be.
    fn spot_in_band(&mut self, candidate: &Candidate<'_>, size: Vec2) -> Option<Spot> {
        let spare = self.spare?;
        let band = self.bands.get_mut(candidate.lane)?;
        let room = self.rooms.get_mut(candidate.lane)?.as_mut()?;
        for side in [1, 0] {
            let [other, own] = [1 - side, side].map(|side| band.get(side).copied().unwrap_or_default());
            let more = size.y + BAND - own;
            if other > 0.0 || more <= 0.0 || more > spare {
                continue;
            }
            let bounds = room.bounds;
            room.bounds = if side == 0 {
                bounds.with_min_y(bounds.top() - more)
            } else {
                bounds.with_max_y(bounds.bottom() + more)
            };
            if let Some(spot) = room.place(candidate.anchor, candidate.mark, size) {
                *band = if side == 0 { [own + more, 0.0] } else { [0.0, own + more] };
                self.spare = Some(spare - more);
                return Some(spot);
            }
            room.bounds = bounds;
        }
        None
    }

    pub fn take(&mut self, number: usize, block: Block, spot: Spot) {
        let Some(candidate) = self.candidates.get(number) else { return };
        if let Some(room) = self.rooms.get_mut(candidate.lane).and_then(Option::as_mut) {
            room.solid.extend(candidate.taken(&spot));
        }
        self.placed.push((number, block, spot));
    }

    /// Places the picture of the selected event in the room that there is, or else in that of others.
    pub fn place_pinned(&mut self, axis: TimeAxis, measure: &mut dyn Measure) {
        let pinned = (0..self.candidates.len())
            .filter(|number| self.candidates.get(*number).is_some_and(|candidate| candidate.is_pinned));
        let Some(number) = pinned.min_by_key(|number| !self.is_usual(*number)) else { return };
        let event = self.event(number);
        if self.placed.iter().any(|(other, ..)| self.event(*other) == event) {
            return;
        }
        if self.placed.is_empty() {
            for height in HEIGHTS {
                self.height = height;
                if self.place(number, measure) {
                    return;
                }
            }
            return;
        }
        self.spare = None;
        if self.place(number, measure) {
            return;
        }
        let Some(candidate) = self.candidates.get(number) else { return };
        let mut alone = Self::new(axis, (self.lanes, self.candidates), self.height, false);
        for (room, own) in alone.rooms.iter_mut().zip(&self.rooms) {
            if let (Some(room), Some(own)) = (room, own) {
                room.bounds = own.bounds;
            }
        }
        if !alone.place(number, measure) {
            return;
        }
        let Some((_, block, spot)) = alone.placed.pop() else { return };
        let taken = candidate.taken(&spot).map(|(rect, _)| rect.expand(4.0));
        let candidates = self.candidates;
        let is_in_way = |(number, _, spot): &(usize, Block, Spot)| {
            candidates.get(*number).is_some_and(|other| {
                other.lane == candidate.lane
                    && other.taken(spot).iter().any(|(rect, _)| taken.iter().any(|taken| taken.intersects(*rect)))
            })
        };
        self.placed.retain(|placed| !is_in_way(placed));
        self.placed.push((number, block, spot));
    }

    /// Returns what is placed.
    pub fn finish(self, key: Option<RestKey>) -> Placed {
        let mut thumbnails = vec![Vec::new(); self.lanes.all.len()];
        let mut kept =
            Kept::new(self.height, self.spare.is_some() || self.bands.iter().any(|band| *band != [0.0; 2]), key);
        for (number, block, spot) in self.placed {
            let Some(candidate) = self.candidates.get(number) else { continue };
            kept.add(candidate, &block, &spot, self.lanes.all);
            if let Some(lane) = thumbnails.get_mut(candidate.lane) {
                lane.push(thumbnail(candidate, block, &spot));
            }
        }
        kept.set_bands(self.lanes.all, &self.bands);
        Placed { thumbnails, bands: self.bands, kept }
    }
}

/// Returns a thumbnail at a place: the picture at the side of the mark, the credit beyond it.
fn thumbnail(candidate: &Candidate<'_>, block: Block, spot: &Spot) -> Thumbnail {
    let Spot { rect: whole, leader, is_above } = *spot;
    let (x, width) = (candidate.anchor.x, block.picture.x);
    let flush_right = candidate.anchor.flush_right;
    let usual = if flush_right { whole.right() - width } else { whole.left() };
    let is_met = usual + LEAST_INSET <= x && x <= usual + width - LEAST_INSET;
    let left = if is_met { usual } else { (x - width / 2.0).min(whole.right() - width).max(whole.left()) };
    let top = if is_above { whole.bottom() - block.picture.y } else { whole.top() };
    let rect = Rect::from_min_size(pos2(left, top), block.picture);
    let credit = block.credit.map(|(words, break_width)| {
        let y = if is_above {
            Rangef::new(whole.top(), rect.top() - 1.0)
        } else {
            Rangef::new(rect.bottom() + 1.0, whole.bottom())
        };
        Credit { words, rect: Rect::from_x_y_ranges(whole.x_range(), y), break_width, flush_right }
    });
    let leader = [pos2(x, leader.min), pos2(x, leader.max)];
    Thumbnail { event: candidate.event, rect, block: whole, leader, is_missing: candidate.pixels.is_none(), credit }
}

/// Returns the point of a mark that a kept thumbnail is relative to.
pub(super) fn point(anchor: Anchor) -> Pos2 {
    pos2(anchor.x, anchor.row.min)
}

impl Kept {
    fn new(height: f32, has_bands: bool, key: Option<RestKey>) -> Self {
        Self { height, has_bands, key, ..Self::default() }
    }

    fn add(&mut self, candidate: &Candidate<'_>, block: &Block, spot: &Spot, lanes: &[LaneBox]) {
        let Some(lane) = lanes.get(candidate.lane) else { return };
        let (lane, event, mark) = (lane.lane, candidate.event, point(candidate.anchor));
        self.thumbnails.push(KeptThumbnail { lane, event, block: block.clone(), rect: spot.rect, mark });
    }

    fn set_bands(&mut self, lanes: &[LaneBox], bands: &[[f32; 2]]) {
        let bands = lanes.iter().map(|lane| lane.lane).zip(bands.iter().copied());
        self.bands = bands.filter(|(_, band)| *band != [0.0; 2]).collect();
    }
}
