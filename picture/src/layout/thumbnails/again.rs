//! Thumbnails that the frame before had, placed again.

use egui::Rect;

use crate::timeline::LaneIndex;

use super::super::kept_thumbnails::{Kept, KeptThumbnail, RestKey};
use super::super::measure::Measure;
use super::super::request::Request;
use super::super::view::TimeAxis;
use super::candidates::{Candidate, Lanes};
use super::trial::{Placed, Trial, point};

/// Places the same thumbnails, each where it was relative to its mark, or else as near to it as it can be.
pub(super) fn again(
    before: &Kept,
    request: &Request<'_>,
    axis: TimeAxis,
    (lanes, candidates): (Lanes<'_>, &[Candidate<'_>]),
    key: RestKey,
    measure: &mut dyn Measure,
) -> Placed {
    let needed: f32 = before.bands.iter().flat_map(|(_, band)| band).sum();
    let has_bands = before.has_bands && needed <= lanes.spare + 0.5;
    let mut trial = Trial::new(axis, (lanes, candidates), before.height, has_bands);
    trial.spare = None;
    if has_bands {
        trial.add_bands(&before.bands);
    }
    for kept in &before.thumbnails {
        trial.keep(kept, measure);
    }
    let is_same = before.is_of(&key);
    if !is_same && request.pinned.is_some() {
        trial.place_pinned(axis, measure);
    }
    let mut placed = trial.finish(is_same.then_some(key));
    placed.kept.has_bands = has_bands;
    placed
}

impl Trial<'_> {
    fn add_bands(&mut self, bands: &[(LaneIndex, [f32; 2])]) {
        let lanes = self.lanes.all.iter().zip(self.bands.iter_mut().zip(&mut self.rooms));
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
                && self.lanes.all.get(candidate.lane).is_some_and(|lane| lane.lane == kept.lane)
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
