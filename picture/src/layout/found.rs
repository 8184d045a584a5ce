//! What a search has found in the parts of a chart that count events.

use crate::date::Interval;
use crate::query::{Found, Projection};
use crate::timeline::Timeline;

use super::overview;
use super::placed::Chart;

impl Chart {
    /// Returns the chart with the numbers of events that a search has found in its strips and its overview. It is placed as
    /// it was: what is found moves nothing.
    #[must_use]
    pub fn with_found(mut self, found: &Found, timeline: &Timeline, projection: &Projection) -> Self {
        for lane in &mut self.lanes {
            let Some(strip) = lane.strip.as_mut().filter(|strip| !strip.bins.is_empty()) else { continue };
            let Some(row) = projection.lane(lane.lane) else { continue };
            let start = |event| timeline.event(event)?.known_bounds().map(|bounds: Interval| bounds.start);
            let marked = lane.marks.iter().map(|mark| mark.event).filter(|event| found.contains(*event));
            let mut marked: Vec<i64> = marked.filter_map(start).collect();
            marked.sort_unstable();
            for bin in &mut strip.bins {
                let before = |seconds| marked.partition_point(|start| *start < seconds);
                let with_mark = before(bin.extent.end) - before(bin.extent.start);
                bin.found = found.begin_in_row(row, bin.extent).saturating_sub(with_mark);
            }
        }
        if let Some(strip) = &mut self.overview {
            overview::mark_found(strip, found, timeline, projection);
        }
        self
    }
}
