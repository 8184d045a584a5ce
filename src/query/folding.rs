//! Groups of lanes that are folded into one.

use crate::timeline::{LaneIndex, Timeline};

use super::filter::Row;

/// Returns the rows of a timeline in which the groups for which `is_folded` returns `true` show what is in them in one
/// row. Groups within a folded one are not asked for.
pub fn folded_rows(timeline: &Timeline, is_folded: &dyn Fn(LaneIndex) -> bool) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut lanes = timeline.iter_lanes();
    while let Some((lane, resolved)) = lanes.next() {
        let folded: Vec<LaneIndex> =
            if resolved.is_group() && is_folded(lane) { timeline.lanes_in(lane).collect() } else { Vec::new() };
        if let Some(last) = folded.len().checked_sub(1) {
            lanes.nth(last);
        }
        rows.push(Row { lane, folded });
    }
    rows
}
