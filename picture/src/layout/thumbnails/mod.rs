//! Thumbnails: the pictures of a few events, each in free room near its mark.
//!
//! They are placed after everything else, so that none costs a title. The more important events come first, then those
//! that are far from the pictures that there are already. All have one height: the one at which most of pictures is seen.
//! Where rows leave room, lanes get bands for them. While a view moves, no picture is added, and those that there are
//! keep their places at their marks as long as these are free.

mod again;
mod candidates;
mod room;
mod trial;

use super::kept_thumbnails::RestKey;
use super::measure::Measure;
use super::request::Request;
use super::view::TimeAxis;
use crate::timeline::EventIndex;
pub(super) use candidates::Lanes;
pub(super) use trial::Placed;
use trial::{HEIGHTS, Trial};

/// Places the thumbnails of lanes. Returns `None` if no event has a picture.
pub(super) fn place(
    request: &Request<'_>,
    axis: TimeAxis,
    lanes: Lanes<'_>,
    measure: &mut dyn Measure,
) -> Option<Placed> {
    if request.pictures.is_empty() {
        return None;
    }
    let key = rest_key(request, axis, &lanes);
    let before = request.arrangement.thumbnails();
    let candidates = candidates::all(request, axis, &lanes);
    if before.is_of(&key) || !lanes.is_at_rest {
        return Some(again::again(before, request, axis, (lanes, &candidates), key, measure));
    }
    let mut best: Option<Trial<'_>> = None;
    for (height, has_bands) in HEIGHTS.into_iter().flat_map(|height| [(height, false), (height, true)]) {
        if has_bands && lanes.spare <= 0.0 {
            continue;
        }
        let mut trial = Trial::new(axis, (lanes, &candidates), height, has_bands);
        trial.place_all(measure);
        if best.as_ref().is_none_or(|best| trial.seen() > best.seen() + 0.5) {
            best = Some(trial);
        }
    }
    let mut trial = best?;
    trial.place_pinned(axis, measure);
    Some(trial.finish(Some(key)))
}

/// Returns the height that pictures ask for where the chart may be as high as it needs, in points: a band of a picture of usual
/// height with its credit for each lane that has one in view, but only for a few lanes.
pub(super) fn needed_height(request: &Request<'_>) -> f32 {
    /// Pictures of more lanes find their places in what rows leave.
    const MOST_BANDS: usize = 3;
    let is_in_view = |event: EventIndex| {
        let bounds = request.timeline.event(event).and_then(|event| Some(event.date?.known_bounds()));
        bounds.is_some_and(|bounds| bounds.overlaps(request.view.interval()))
    };
    let lane = |event: EventIndex| Some(request.timeline.event(event)?.lane);
    let mut lanes: Vec<_> = request.pictures.all_shown().filter(|event| is_in_view(*event)).filter_map(lane).collect();
    lanes.sort_unstable();
    lanes.dedup();
    lanes.len().min(MOST_BANDS) as f32 * (HEIGHTS[1] + candidates::CREDIT_HEIGHT + trial::BAND)
}

/// Returns what decides which thumbnails a view that rests has.
fn rest_key(request: &Request<'_>, axis: TimeAxis, lanes: &Lanes<'_>) -> RestKey {
    let (pictures, pinned) = (request.pictures.shown(), request.pinned);
    RestKey { axis, pinned, pictures, spare: lanes.spare, lanes: lanes.all.len() }
}

#[cfg(test)]
mod tests;
