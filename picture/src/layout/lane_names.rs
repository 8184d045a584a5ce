//! Where the names of lanes begin: indented by what is around them, after the sign of a group.

use crate::timeline::{Lane, Timeline};

/// Indentation of a lane in another, in points.
const INDENT: f32 = 12.0;
/// Maximum share of the width of the names that is left free before one.
const MOST_FREE: f32 = 0.45;
/// Width of the sign that says whether a group is folded, with the space after it, in points.
pub const FOLD_SIGN: f32 = 15.0;

/// Returns the free space before the name of a lane, in points, of which the last [`FOLD_SIGN`] points are those of its
/// sign. `room` is the width of the names. There is none in a document in which no lane contains another.
#[must_use]
pub fn lane_indent(timeline: &Timeline, lane: &Lane, room: f32) -> f32 {
    if !timeline.has_groups() {
        return 0.0;
    }
    let free = (room * MOST_FREE - FOLD_SIGN).max(0.0);
    FOLD_SIGN + (lane.depth as f32 * INDENT).min(free)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_indented_by_their_depth_as_far_as_there_is_room() {
        let check = |lanes: &str, room: f32, expect: &[f32]| {
            let text = format!("(title: \"T\", lanes: [{lanes}], eras: [(id: \"e\", title: \"E\", date: \"1900\")])");
            let timeline = crate::open(text).timeline.expect("a timeline");
            let found: Vec<f32> = timeline.lanes.iter().map(|lane| lane_indent(&timeline, lane, room)).collect();
            assert_eq!(found, expect);
        };
        let lane = |id: &str, parent: &str| format!("(id: \"{id}\", title: \"L\", parent: \"{parent}\"),");
        let flat = "(id: \"a\", title: \"A\"), (id: \"z\", title: \"Z\"),";
        check(flat, 100.0, &[0.0, 0.0]);
        check(&(flat.to_owned() + &lane("b", "a") + &lane("c", "b")), 400.0, &[15.0, 27.0, 39.0, 15.0]);
        check(&(flat.to_owned() + &lane("b", "a") + &lane("c", "b")), 70.0, &[15.0, 27.0, 31.5, 15.0]);
    }
}
