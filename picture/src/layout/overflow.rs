//! Indicators of what is not in the image, and how much of it there is.

use std::ops::Range;

use egui::{Rangef, Rect, pos2, vec2};

use super::left_out::LeftOut;
use super::measure::{Measure, TextRole};
use super::regions::{ChartRegions, ERA_ROW, INDICATOR_LINE};
use super::view::TimeAxis;

/// A kind of content that is not in the image.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Overflow {
    /// Events entirely before the view.
    Earlier,
    /// Events entirely after the view.
    Later,
    /// Events without a date.
    Undated,
    /// Lanes scrolled out at the top.
    LanesAbove,
    /// Lanes that do not fit at the bottom.
    LanesBelow,
    /// Series that do not fit.
    Series,
    /// Eras whose names do not fit.
    Eras,
}

/// A text that counts what is not in the image: nothing is left out without a number.
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::derive_partial_eq_without_eq, reason = "a rectangle of floats has no Eq")]
pub struct OverflowIndicator {
    /// What is left out.
    pub overflow: Overflow,
    /// The text, such as "← 2 earlier".
    pub text: String,
    /// Its rectangle, in points.
    pub rect: Rect,
}

/// The lanes that are placed one below the other, and how many others are out of sight.
pub(super) struct Stack {
    /// The lanes that are placed.
    pub(super) placed: Range<usize>,
    /// y of the top of the first of them, in points.
    pub(super) top: f32,
    /// Number of lanes out of sight above, and below.
    pub(super) beyond: [usize; 2],
}

impl Stack {
    /// Returns all lanes, scrolled; the ones at the edges may be cut.
    pub(super) fn scrolled(heights: &[f32], scroll: f32, regions: &ChartRegions) -> Self {
        /// A lane counts as in sight if more than this is visible, in points: enough for its name.
        const SEEN: f32 = 18.0;
        let top = regions.lanes.top() - scroll;
        let (mut end, mut above, mut below) = (top, 0, 0);
        for height in heights {
            below += usize::from(end >= regions.lanes.bottom() - SEEN);
            end += height;
            above += usize::from(end <= regions.lanes.top() + SEEN);
        }
        Self { placed: 0..heights.len(), top, beyond: [above, below] }
    }

    /// Returns the y range for the names of lanes, excluding the lines that count the lanes out of sight.
    pub(super) fn names(&self, regions: &ChartRegions) -> Rangef {
        let line = |beyond: usize| if beyond > 0 { INDICATOR_LINE + 2.0 } else { 0.0 };
        let [above, below] = self.beyond;
        Rangef::new(regions.lanes.top() + line(above), regions.lanes.bottom() - line(below))
    }

    /// Returns as many whole lanes as fit on a page, from the first that is not scrolled out; at least one.
    pub(super) fn whole(heights: &[f32], scroll: f32, most: f32, regions: &ChartRegions) -> Self {
        let ends = |from: usize| {
            let heights = heights.iter().skip(from);
            heights.scan(0.0, |end: &mut f32, height| {
                *end += height;
                Some(*end)
            })
        };
        // A page does not begin with a lane of which less than half is in sight.
        let first = ends(0).zip(heights).take_while(|(end, height)| *end - scroll < **height / 2.0).count();
        let first = first.min(heights.len().saturating_sub(1));
        let all = heights.len() - first;
        let line = INDICATOR_LINE + 4.0;
        let top = if first > 0 { line } else { 0.0 };
        let room = regions.lanes.height().min(most) - top + 1.0;
        let fits = |room: f32| ends(first).take_while(|end| *end <= room).count();
        let count = if fits(room) == all { all } else { fits(room - line).max(1) };
        let end = first + count;
        Self { placed: first..end, top: regions.lanes.top() + top, beyond: [first, heights.len() - end] }
    }
}

/// Returns the long text if it fits a width, in points, else the short one, as a truncated number would be misleading.
fn fitting(long: String, short: String, width: f32, measure: &mut dyn Measure) -> String {
    if measure.width(&long, TextRole::Small) <= width { long } else { short }
}

/// Returns the indicators for lanes, series, events and era names that are not in the image.
pub(super) fn indicators(
    out: &LeftOut,
    axis: TimeAxis,
    regions: &ChartRegions,
    measure: &mut dyn Measure,
) -> Vec<OverflowIndicator> {
    let left = regions.lanes.left();
    let line = |top: f32| Rect::from_min_max(pos2(left, top), pos2(axis.left - 4.0, top + INDICATOR_LINE));
    let width = axis.left - 4.0 - left;
    let mut indicators = Vec::new();
    let mut add = |overflow, count: usize, before: &str, [one, several]: [&str; 2], rect: Rect| {
        if count > 0 {
            let number = crate::timeline::number(count as f64);
            let long = format!("{before}{number} {}", if count == 1 { one } else { several });
            let text = fitting(long, format!("{before}{number}"), width, measure);
            indicators.push(OverflowIndicator { overflow, text, rect });
        }
    };
    let [above, below] = out.lanes;
    add(Overflow::LanesAbove, above, "↑ ", ["lane", "lanes"], line(regions.lanes.top() + 2.0));
    add(Overflow::LanesBelow, below, "↓ ", ["lane", "lanes"], line(regions.lanes.bottom() - INDICATOR_LINE - 2.0));
    add(Overflow::Series, out.series, "+", ["series", "series"], line(regions.axis.top() + 6.0));
    let eras = regions.eras.with_max_x(axis.left - 4.0);
    let eras = eras.with_min_y(eras.bottom() - ERA_ROW).shrink2(vec2(0.0, 5.0));
    add(Overflow::Eras, out.era_names.len(), "+", ["era", "eras"], eras);
    if let Some(strip) = regions.overview {
        let fits = |(_, text): &(Overflow, String)| measure.width(text, TextRole::Small) <= width;
        let long = outside(out, true);
        let sides = if long.iter().all(fits) { long } else { outside(out, false) };
        let place = |(overflow, text)| {
            let top = if overflow == Overflow::Earlier { strip.center().y - INDICATOR_LINE } else { strip.center().y };
            OverflowIndicator { overflow, text, rect: line(top) }
        };
        indicators.extend(sides.into_iter().map(place));
    } else if let Some(row) = regions.outside {
        indicators.extend(in_a_row(out, axis, row, measure));
    }
    indicators
}

/// Counts the events before and after the view, if there are any.
fn outside(out: &LeftOut, long: bool) -> Vec<(Overflow, String)> {
    let number = |count: usize| crate::timeline::number(count as f64);
    let [earlier, later] = if long { [" earlier", " later"] } else { [""; 2] };
    let before = (out.earlier > 0).then(|| (Overflow::Earlier, format!("← {}{earlier}", number(out.earlier))));
    let after = (out.later > 0).then(|| (Overflow::Later, format!("{}{later} →", number(out.later))));
    before.into_iter().chain(after).collect()
}

/// Places these counts in one row, each at its edge of the view, together with the number of events without a date.
fn in_a_row(out: &LeftOut, axis: TimeAxis, row: Rect, measure: &mut dyn Measure) -> Vec<OverflowIndicator> {
    /// Free space between two counts, in points.
    const GAP: f32 = 20.0;
    let undated = format!("{} undated", crate::timeline::number(out.undated as f64));
    let undated = (out.undated > 0).then_some((Overflow::Undated, undated));
    let mut width = |text: &str| measure.width(text, TextRole::Small).ceil() + 1.0;
    let mut counts: Vec<(Overflow, String)> = outside(out, true).into_iter().chain(undated.clone()).collect();
    if counts.iter().map(|(_, text)| width(text) + GAP).sum::<f32>() > axis.right - axis.left + GAP {
        counts = outside(out, false).into_iter().chain(undated).collect();
    }
    let mut left = axis.left;
    // The count after the view is aligned to its right edge, all others follow one another from its left.
    let place = |(overflow, text): (Overflow, String)| {
        let width = width(&text);
        let from = if overflow == Overflow::Later { axis.right - width } else { left };
        if overflow != Overflow::Later {
            left += width + GAP;
        }
        OverflowIndicator {
            overflow,
            text,
            rect: Rect::from_min_size(pos2(from, row.top()), vec2(width, INDICATOR_LINE)),
        }
    };
    counts.into_iter().map(place).collect()
}
