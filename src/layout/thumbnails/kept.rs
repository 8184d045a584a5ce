//! Thumbnails that the frame before had, placed again.

use egui::{Pos2, Rect, pos2};

use crate::timeline::LaneIndex;

use super::super::kept_thumbnails::{Block, Kept, KeptThumbnail, RestKey};
use super::super::lanes::LaneBox;
use super::super::measure::Measure;
use super::super::request::Request;
use super::super::view::TimeAxis;
use super::candidates::Candidate;
use super::room::{Anchor, Spot};
use super::{Lanes, Placed, Trial};

impl RestKey {
    pub(super) fn new(request: &Request<'_>, axis: TimeAxis, lanes: &Lanes<'_>) -> Self {
        let (pictures, pinned) = (request.pictures.shown(), request.pinned);
        Self { axis, pinned, pictures, spare: lanes.spare, lanes: lanes.lanes.len() }
    }
}

/// Returns the point of a mark that a kept thumbnail is relative to.
fn point(anchor: Anchor) -> Pos2 {
    pos2(anchor.x, anchor.row.min)
}

impl Kept {
    pub(super) fn new(height: f32, has_bands: bool, key: Option<RestKey>) -> Self {
        Self { height, has_bands, key, ..Self::default() }
    }

    pub(super) fn add(&mut self, candidate: &Candidate<'_>, block: &Block, spot: &Spot, lanes: &[LaneBox]) {
        let Some(lane) = lanes.get(candidate.lane) else { return };
        let (lane, event, mark) = (lane.lane, candidate.event, point(candidate.anchor));
        self.thumbnails.push(KeptThumbnail { lane, event, block: block.clone(), rect: spot.rect, mark });
    }

    pub(super) fn set_bands(&mut self, lanes: &[LaneBox], bands: &[[f32; 2]]) {
        let bands = lanes.iter().map(|lane| lane.lane).zip(bands.iter().copied());
        self.bands = bands.filter(|(_, band)| *band != [0.0; 2]).collect();
    }

    /// Places the same thumbnails, each where it was relative to its mark, or else as near to it as it can be.
    pub(super) fn again(
        &self,
        request: &Request<'_>,
        axis: TimeAxis,
        (lanes, candidates): (Lanes<'_>, &[Candidate<'_>]),
        key: RestKey,
        measure: &mut dyn Measure,
    ) -> Option<Placed> {
        let needed: f32 = self.bands.iter().flat_map(|(_, band)| band).sum();
        let has_bands = self.has_bands && needed <= lanes.spare + 0.5;
        let mut trial = Trial::new(axis, (lanes, candidates), self.height, has_bands);
        trial.spare = None;
        if has_bands {
            trial.add_bands(&self.bands);
        }
        for kept in &self.thumbnails {
            trial.keep(kept, measure);
        }
        let is_same = self.is_of(&key);
        if !is_same && request.pinned.is_some() {
            trial.place_pinned(axis, measure);
        }
        let mut placed = trial.finish(is_same.then_some(key))?;
        placed.kept.has_bands = has_bands;
        Some(placed)
    }
}

impl Trial<'_> {
    fn add_bands(&mut self, bands: &[(LaneIndex, [f32; 2])]) {
        let lanes = self.lanes.lanes.iter().zip(self.bands.iter_mut().zip(&mut self.rooms));
        for (lane, (band, room)) in lanes {
            let Some((_, [above, below])) = bands.iter().find(|(of, _)| *of == lane.lane) else { continue };
            *band = [*above, *below];
            if let Some(room) = room {
                let y = room.bounds.y_range();
                room.bounds = Rect::from_x_y_ranges(room.bounds.x_range(), y.min - above..=y.max + below);
            }
        }
    }

    /// Places a thumbnail that the frame before had.
    fn keep(&mut self, kept: &KeptThumbnail, measure: &mut dyn Measure) {
        let is_it = |candidate: &Candidate<'_>| {
            candidate.event == kept.event
                && self.lanes.lanes.get(candidate.lane).is_some_and(|lane| lane.lane == kept.lane)
        };
        let Some(number) = self.candidates.iter().position(is_it) else { return };
        let Some(candidate) = self.candidates.get(number) else { return };
        let moved = point(candidate.anchor) - kept.mark;
        // What has not moved is exactly where it was.
        let rect = if moved.length_sq() > 0.0 { kept.rect.translate(moved) } else { kept.rect };
        let room = self.rooms.get(candidate.lane).and_then(Option::as_ref);
        match room.and_then(|room| room.place_at(candidate.anchor, candidate.mark, rect)) {
            Some(spot) => self.take(number, kept.block.clone(), spot),
            None => {
                self.place(number, measure);
            }
        }
    }
}
