//! A chart that is taller than a page, cut into slices between its rows.

use egui::{Rangef, Rect};

use crate::sorting;

use super::placed::Chart;

/// How far marks may overlap a cut, in points: labels of adjacent rows may touch.
const TOLERANCE: f32 = 1.5;
/// Minimum height of what goes on of a lane in the next slice, in points: two rows, and room for its name in two lines.
const LEAST: f32 = 40.0;
/// A slice ends with a lane or series, rather than between two rows of a lane, if it is at least this full.
const FULL: f32 = 0.6;

impl Chart {
    /// Cuts the lanes and series into slices that are at most as high as the first of `heights` for the first slice, and
    /// as the second for the others, in points. No cut is through a mark, a label or a plot that fits a slice. There are
    /// as few slices as that takes, and none is much lower than the others.
    ///
    /// The slices follow one another from the top of the lanes to the bottom of the last series; only what is empty is in
    /// none.
    #[must_use]
    pub fn slices(&self, heights: [f32; 2]) -> Vec<Rangef> {
        let (solid, ends) = (self.solid(), self.lane_ends());
        let within = |share: f32| self.slices_within(heights.map(|height| height * share), &solid, &ends);
        let fewest = within(1.0);
        let (mut low, mut high) = (0.0, 1.0);
        let mut even = fewest.clone();
        for _ in 0..6 {
            let share = f32::midpoint(low, high);
            let slices = within(share);
            if slices.len() <= fewest.len() {
                (high, even) = (share, slices);
            } else {
                low = share;
            }
        }
        even
    }

    fn slices_within(&self, [first, others]: [f32; 2], solid: &[Rangef], ends: &[f32]) -> Vec<Rangef> {
        let top = self.regions.lanes.top();
        let bottom = self.regions.series.last().map_or(self.regions.lanes.bottom(), Rect::bottom);
        let mut slices = Vec::new();
        let mut from = top;
        while from < bottom {
            let height = if slices.is_empty() { first } else { others }.max(1.0);
            let limit = from + height;
            let to = if bottom <= limit + 0.5 { bottom } else { cut(from, limit, solid, ends) };
            slices.push(Rangef::new(from, to));
            from = to;
        }
        // Of a plot that is higher than a slice, the rest may be empty.
        slices.retain(|slice| self.begins_in(*slice));
        slices
    }

    /// Returns whether a lane, a mark or a series begins in a slice.
    fn begins_in(&self, slice: Rangef) -> bool {
        let lanes = self.lanes.iter().map(|lane| lane.rect.top());
        let marks = self.marks().map(|mark| mark.bounds().center().y);
        let plots = self.regions.series.iter().map(Rect::top);
        lanes.chain(marks).chain(plots).any(|y| slice.min - 0.5 <= y && y < slice.max - 0.5)
    }

    /// Returns the part of the chart with the lanes and series of a slice. Everything keeps its place.
    #[must_use]
    pub fn slice(&self, slice: Rangef) -> Self {
        let mut part = self.clone();
        let holds = |rect: Rect| slice.min <= rect.center().y && rect.center().y < slice.max;
        part.lanes.retain(|lane| lane.rect.y_range().intersection(slice).span() > 1.0);
        part.is_further = slice.min > self.regions.lanes.top() + 1.0;
        part.continues = part.lanes.first().is_some_and(|lane| lane.rect.top() < slice.min - 1.0);
        for lane in &mut part.lanes {
            lane.marks.retain(|mark| holds(mark.bounds()));
            lane.thumbnails.retain(|thumbnail| holds(thumbnail.block));
            lane.strip = lane.strip.take().filter(|strip| holds(strip.rect));
            let y = lane.rect.y_range().intersection(slice);
            lane.rect = Rect::from_x_y_ranges(lane.rect.x_range(), y);
            lane.name = Rect::from_x_y_ranges(lane.name.x_range(), y);
        }
        part.series.retain(|series| holds(series.header.union(series.plot)));
        part
    }

    /// Returns the ranges of y that no cut may be in, in ascending order and without overlaps.
    fn solid(&self) -> Vec<Rangef> {
        let marks = self.marks().map(|mark| mark.bounds().y_range());
        let strips = self.lanes.iter().filter_map(|lane| lane.strip.as_ref()).map(|strip| strip.rect.y_range());
        let plots = self.regions.series.iter().map(Rect::y_range);
        let pictures = self.thumbnails().map(|thumbnail| {
            thumbnail.leader.iter().fold(thumbnail.block, |all, end| all.union(Rect::from_pos(*end))).y_range()
        });
        let mut all: Vec<Rangef> = marks
            .chain(strips)
            .chain(plots)
            .chain(pictures)
            .map(|y| Rangef::new(y.min + TOLERANCE, y.max - TOLERANCE))
            .collect();
        all.retain(|y| y.min < y.max);
        sorting::by(&mut all, |a, b| a.min.total_cmp(&b.min));
        let mut solid: Vec<Rangef> = Vec::new();
        for y in all {
            match solid.last_mut() {
                Some(last) if y.min < last.max => last.max = last.max.max(y.max),
                _ => solid.push(y),
            }
        }
        solid
    }

    /// Returns the lower edges of lanes and series.
    fn lane_ends(&self) -> Vec<f32> {
        self.lanes.iter().map(|lane| lane.rect.bottom()).chain(self.regions.series.iter().map(Rect::bottom)).collect()
    }
}

/// Returns where a slice from a y ends, at most at `limit`.
fn cut(from: f32, limit: f32, solid: &[Rangef], ends: &[f32]) -> f32 {
    let after_lane = ends.iter().copied().filter(|end| *end <= limit && *end >= from + (limit - from) * FULL);
    if let Some(end) = after_lane.reduce(f32::max) {
        return end;
    }
    // Not only the last row of a lane goes on.
    let limit = match ends.iter().copied().filter(|end| *end > limit).reduce(f32::min) {
        Some(end) if end - limit < LEAST && end - LEAST > from + LEAST => end - LEAST,
        _ => limit,
    };
    // The last of the ranges that begin above the limit.
    let next = solid.partition_point(|range| range.min < limit);
    match next.checked_sub(1).and_then(|last| solid.get(last)) {
        // It begins in the slice and ends below it: the cut is in the gap above it.
        Some(range) if range.max > limit => {
            let above = next.checked_sub(2).and_then(|before| solid.get(before)).map_or(from, |before| before.max);
            let gap = f32::midpoint(above.max(from), range.min);
            // What is higher than a slice is cut where the slice ends.
            if gap > from + 1.0 { gap } else { limit }
        }
        _ => limit,
    }
}

#[cfg(test)]
mod tests {
    use egui::{pos2, vec2};
    use proptest::prelude::*;

    use super::super::RowMode;
    use super::super::chart::chart;
    use super::super::measure::fixed::Fixed;
    use super::super::needed_height::needed_height;
    use super::super::request::Request;
    use super::super::shown::Shown;
    use super::super::view::View;
    use super::*;
    use crate::document;
    use crate::timeline::resolve_recovered;

    fn document(events: &[(usize, u32)], lanes: usize, series: usize) -> Shown {
        let lane = |id: usize| document::Lane { id: id.to_string(), title: id.to_string(), ..Default::default() };
        let event = |(id, (lane, year)): (usize, &(usize, u32))| document::Event {
            id: id.to_string(),
            title: format!("Event {id}"),
            lane: (lane % lanes).to_string(),
            date: Some(year.to_string()),
            ..Default::default()
        };
        let series_of = |id: usize| document::Series {
            id: id.to_string(),
            title: format!("Series {id}"),
            unit: "t".to_owned(),
            points: vec![document::Point { date: "1950".to_owned(), value: 1.0, ..Default::default() }],
            ..Default::default()
        };
        let document = document::Timeline {
            lanes: (0..lanes).map(lane).collect(),
            events: events.iter().enumerate().map(event).collect(),
            series: (0..series).map(series_of).collect(),
            ..Default::default()
        };
        resolve_recovered(document, &[]).timeline.unwrap_or_default().into()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]

        /// Each mark and each series is in exactly one slice, and no slice is higher than its page.
        #[test]
        fn everything_is_in_one_slice(
            events in prop::collection::vec((0_usize..9, 1900_u32..2000), 1..150),
            lanes in 1_usize..9,
            series in 0_usize..4,
            heights in (180_f32..600.0, 180_f32..600.0),
        ) {
            let timeline = document(&events, lanes, series);
            let page = Rect::from_min_size(pos2(0.0, 0.0), vec2(900.0, 400.0));
            let page_of = Request::page(&timeline, &timeline.projection, View::whole(&timeline), page);
            let request = Request { rows: RowMode::All, ..page_of };
            let height = needed_height(request, 50_000.0, &mut Fixed);
            let rect = Rect::from_min_size(page.min, vec2(900.0, height));
            let chart = chart(Request { rect, ..request }, &mut Fixed);
            let heights = [heights.0, heights.1];
            let slices = chart.slices(heights);
            prop_assert_eq!(slices.first().map(|slice| slice.min), Some(chart.regions.lanes.top()));
            for (index, slice) in slices.iter().enumerate() {
                let most = heights[usize::from(index > 0)];
                prop_assert!(slice.span() <= most + 0.51, "{slice:?} is higher than {most}");
                // What is left out between two slices is the rest of a plot that is higher than a slice.
                prop_assert!(slices.get(index + 1).is_none_or(|next| next.min >= slice.max));
            }
            let parts: Vec<Chart> = slices.iter().map(|slice| chart.slice(*slice)).collect();
            let mut marks: Vec<_> = parts.iter().flat_map(Chart::marks).cloned().collect();
            let mut all: Vec<_> = chart.marks().cloned().collect();
            sorting::by_key(&mut marks, |mark| mark.event);
            sorting::by_key(&mut all, |mark| mark.event);
            prop_assert_eq!(marks, all);
            let plots: Vec<_> = parts.iter().flat_map(|part| &part.series).map(|plot| plot.series).collect();
            prop_assert_eq!(plots, chart.series.iter().map(|plot| plot.series).collect::<Vec<_>>());
            for (part, slice) in parts.iter().zip(&slices) {
                for mark in part.marks() {
                    let y = mark.bounds().y_range();
                    prop_assert!(y.min >= slice.min - 2.0 && y.max <= slice.max + 2.0, "{y:?} is cut by {slice:?}");
                }
            }
        }
    }

    #[test]
    fn a_lane_that_goes_on_says_so() {
        let events: Vec<(usize, u32)> = (0..40).map(|number| (0, 1900 + number / 4)).collect();
        let timeline = document(&events, 1, 0);
        let rect = Rect::from_min_size(pos2(0.0, 0.0), vec2(500.0, 1200.0));
        let chart = chart(Request::page(&timeline, &timeline.projection, View::whole(&timeline), rect), &mut Fixed);
        let slices = chart.slices([120.0, 120.0]);
        assert!(slices.len() > 1);
        let continues: Vec<bool> = slices.iter().map(|slice| chart.slice(*slice).continues).collect();
        assert!(!continues[0] && continues[1..].iter().all(|continues| *continues), "{continues:?}");
    }

    #[test]
    fn cuts_are_in_the_lowest_gap_and_after_lanes() {
        let rows: Vec<Rangef> =
            (0..10_u8).map(|row| f32::from(row) * 20.0).map(|y| Rangef::new(y + 2.0, y + 18.0)).collect();
        assert_eq!(cut(0.0, 110.0, &rows, &[]), 100.0);
        assert_eq!(cut(0.0, 110.0, &rows, &[80.0]), 80.0);
        assert_eq!(cut(0.0, 110.0, &rows, &[20.0]), 100.0, "too little would be on the page");
        assert_eq!(cut(0.0, 100.0, &rows, &[]), 100.0);
        assert_eq!(cut(0.0, 50.0, &[Rangef::new(0.0, 300.0)], &[]), 50.0, "nothing else is left");
        assert_eq!(cut(0.0, 181.0, &rows, &[200.0]), 160.0, "two rows go on, not one");
    }
}
