//! Groups of lanes that are folded into one.

use crate::progress::Progress;
use crate::timeline::{LaneIndex, Timeline};

use super::filter::{Filter, Row};
use super::projection::Projection;

/// Returns all events of a timeline, with the groups for which `is_folded` returns `true` in one row each.
#[must_use]
pub fn folded(timeline: &Timeline, is_folded: &dyn Fn(LaneIndex) -> bool) -> Projection {
    let rows = folded_rows(timeline, is_folded);
    if rows.iter().all(|row| row.folded.is_empty()) {
        return Projection::all(timeline);
    }
    let filter = Filter { rows: Some(&rows), ..Filter::default() };
    // Only a cancelled filter has no projection.
    filter.project(timeline, &Progress::default()).unwrap_or_else(|| Projection::all(timeline))
}

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
