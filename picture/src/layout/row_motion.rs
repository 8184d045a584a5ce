//! Marks on their way from row to row.

use std::collections::BTreeMap;

use egui::{Rangef, Rect, vec2};

use crate::timeline::{EventIndex, LaneIndex};

use super::lanes::{LaneBox, Mark, MarkShape};
use super::placed::Chart;

/// Where the lanes and marks of a chart are, from top to bottom.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RowPositions {
    /// The y of each lane, in points.
    lanes: BTreeMap<LaneIndex, Rangef>,
    /// The y of the centre of the mark of each event in each lane, in points.
    marks: BTreeMap<(LaneIndex, EventIndex), f32>,
}

impl RowPositions {
    /// Returns the positions in a chart.
    #[must_use]
    pub fn of(chart: &Chart) -> Self {
        let lanes = chart.lanes.iter().map(|lane| (lane.lane, lane.rect.y_range())).collect();
        let marks = chart
            .lanes
            .iter()
            .flat_map(|lane| lane.marks.iter().map(move |mark| ((lane.lane, mark.event), mark.rect.center().y)));
        Self { lanes, marks: marks.collect() }
    }
}

impl Chart {
    /// Returns the chart with its lanes and marks on their way from where they were: at the fraction 0 there, at 1 at
    /// their places. What was not there is at its place.
    #[must_use]
    pub fn on_its_way(mut self, from: &RowPositions, fraction: f32) -> Self {
        let left = 1.0 - fraction;
        for lane in &mut self.lanes {
            for mark in &mut lane.marks {
                if let Some(was) = from.marks.get(&(lane.lane, mark.event)) {
                    let down = (was - mark.rect.center().y) * left;
                    shift(mark, down);
                    let own = lane.thumbnails.iter_mut().filter(|thumbnail| thumbnail.event == mark.event);
                    own.for_each(|thumbnail| thumbnail.shift(down));
                }
            }
            let Some(was) = from.lanes.get(&lane.lane) else { continue };
            let (above, below) = ((was.min - lane.rect.top()) * left, (was.max - lane.rect.bottom()) * left);
            let moved = |rect: Rect| {
                Rect::from_x_y_ranges(
                    rect.x_range(),
                    rect.top() + above..=(rect.bottom() + below).max(rect.top() + above),
                )
            };
            (lane.rect, lane.name) = (moved(lane.rect), moved(lane.name));
            if let Some(strip) = &mut lane.strip {
                strip.rect = strip.rect.translate(vec2(0.0, below));
                strip.count = strip.count.translate(vec2(0.0, below));
            }
        }
        self
    }
}

impl LaneBox {
    /// Moves the rows of the lane, with what is in them, to a range of y, between bands of these heights; in points.
    pub(super) fn move_rows(&mut self, y: Rangef, [above, below]: [f32; 2]) {
        let down = y.center() - self.rect.center().y;
        self.marks.iter_mut().for_each(|mark| shift(mark, down));
        self.thumbnails.iter_mut().for_each(|thumbnail| thumbnail.shift(down));
        self.name = Rect::from_x_y_ranges(self.name.x_range(), y);
        self.rect = Rect::from_x_y_ranges(self.rect.x_range(), y.min - above..=y.max + below);
    }
}

/// Moves a mark with its label down, in points.
pub(super) fn shift(mark: &mut Mark, down: f32) {
    let down = vec2(0.0, down);
    mark.rect = mark.rect.translate(down);
    if let Some(label) = &mut mark.label {
        label.rect = label.rect.translate(down);
    }
    match &mut mark.shape {
        MarkShape::Point { center, .. } => *center += down,
        MarkShape::Set { centers, .. } => centers.iter_mut().for_each(|center| *center += down),
        MarkShape::Span { .. } => {}
    }
}
