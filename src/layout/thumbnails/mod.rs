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

/// Returns what decides which thumbnails a view that rests has.
fn rest_key(request: &Request<'_>, axis: TimeAxis, lanes: &Lanes<'_>) -> RestKey {
    let (pictures, pinned) = (request.pictures.shown(), request.pinned);
    RestKey { axis, pinned, pictures, spare: lanes.spare, lanes: lanes.all.len() }
}

#[cfg(test)]
mod tests;
