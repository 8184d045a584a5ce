//! What is not in the picture, and how much of it there is.

use std::ops::Range;

use egui::{Rangef, Rect, pos2, vec2};

use crate::timeline::Timeline;

use super::chart::EraBand;
use super::frame::{ERA_ROW, Frame};
use super::measure::{Face, Measure};
use super::view::TimeAxis;

/// Where something is that is not in the picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Beyond {
    /// Events wholly before the view.
    Earlier,
    /// Events wholly after the view.
    Later,
    /// Lanes scrolled out at the top.
    LanesAbove,
    /// Lanes that do not fit at the bottom.
    LanesBelow,
    /// Series that do not fit.
    Series,
    /// Eras whose names do not fit.
    Eras,
}

/// A word on what is not in the picture: nothing is left out without a number.
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::derive_partial_eq_without_eq, reason = "a rectangle of floats has no Eq")]
pub struct Cue {
    /// What is left out.
    pub beyond: Beyond,
    /// "← 2 earlier".
    pub text: String,
    /// Where it stands, in points.
    pub rect: Rect,
}

/// Which lanes are placed one below the other, and how many others are out of sight.
pub(super) struct Stack {
    /// The lanes that are placed.
    pub(super) placed: Range<usize>,
    /// Where the first of them begins, in points.
    pub(super) top: f32,
    /// How many lanes are out of sight above, and below.
    beyond: [usize; 2],
}

impl Stack {
    /// All lanes, scrolled: the ones at the edges may be cut.
    pub(super) fn scrolled(heights: &[f32], scroll: f32, frame: &Frame) -> Self {
        /// Of a lane in sight more than this is seen, in points: room for its name.
        const SEEN: f32 = 18.0;
        let top = frame.lanes.top() - scroll;
        let (mut end, mut above, mut below) = (top, 0, 0);
        for height in heights {
            below += usize::from(end >= frame.lanes.bottom() - SEEN);
            end += height;
            above += usize::from(end <= frame.lanes.top() + SEEN);
        }
        Self { placed: 0..heights.len(), top, beyond: [above, below] }
    }

    /// Where names of lanes are in sight, and not where it says how many others there are.
    pub(super) fn names(&self, frame: &Frame) -> Rangef {
        let line = |beyond: usize| if beyond > 0 { CUE_LINE + 2.0 } else { 0.0 };
        let [above, below] = self.beyond;
        Rangef::new(frame.lanes.top() + line(above), frame.lanes.bottom() - line(below))
    }

    /// As many whole lanes as a page has room for, from the first that is not scrolled out; one in any case.
    pub(super) fn whole(heights: &[f32], scroll: f32, frame: &Frame) -> Self {
        let ends = |from: usize| {
            let heights = heights.iter().skip(from);
            heights.scan(0.0, |end: &mut f32, height| {
                *end += height;
                Some(*end)
            })
        };
        // A lane of which less than half is in sight is not what the picture begins with.
        let first = ends(0).zip(heights).take_while(|(end, height)| *end - scroll < **height / 2.0).count();
        let first = first.min(heights.len().saturating_sub(1));
        let all = heights.len() - first;
        let line = CUE_LINE + 4.0;
        let top = if first > 0 { line } else { 0.0 };
        let room = frame.lanes.height() - top + 1.0;
        let fits = |room: f32| ends(first).take_while(|end| *end <= room).count();
        let count = if fits(room) == all { all } else { fits(room - line).max(1) };
        let end = first + count;
        Self { placed: first..end, top: frame.lanes.top() + top, beyond: [first, heights.len() - end] }
    }
}

/// What is said in full where that fits a width, in points, else in short: a number that is cut off is none.
fn fitting(long: String, short: String, width: f32, measure: &mut dyn Measure) -> String {
    if measure.width(&long, Face::Small) <= width { long } else { short }
}

/// Height of a cue, in points.
const CUE_LINE: f32 = 16.0;

/// Lanes, series and events that are not in the picture.
pub(super) fn cues(
    timeline: &Timeline,
    axis: TimeAxis,
    frame: &Frame,
    stack: &Stack,
    measure: &mut dyn Measure,
) -> Vec<Cue> {
    let shown = axis.view.interval();
    let left = frame.lanes.left();
    let line = |top: f32| Rect::from_min_max(pos2(left, top), pos2(axis.left - 4.0, top + CUE_LINE));
    let [above, below] = stack.beyond;
    let hidden_series = timeline.series.len() - frame.series.len();
    let mut cues = Vec::new();
    let mut cue = |beyond, count: usize, text: String, rect| {
        if count > 0 {
            cues.push(Cue { beyond, text, rect });
        }
    };
    let number = |count: usize| crate::timeline::number(count as f64);
    let width = axis.left - 4.0 - left;
    let mut lanes = |arrow: &str, count: usize| {
        let long = format!("{arrow} {count} {}", if count == 1 { "lane" } else { "lanes" });
        fitting(long, format!("{arrow} {count}"), width, measure)
    };
    let (above_words, below_words) = (lanes("↑", above), lanes("↓", below));
    cue(Beyond::LanesAbove, above, above_words, line(frame.lanes.top() + 2.0));
    cue(Beyond::LanesBelow, below, below_words, line(frame.lanes.bottom() - CUE_LINE - 2.0));
    let series = fitting(format!("+{hidden_series} series"), format!("+{hidden_series}"), width, measure);
    cue(Beyond::Series, hidden_series, series, line(frame.axis.top() + 6.0));
    if let Some(strip) = frame.overview {
        let index = &timeline.index;
        let (earlier, later) = (index.ended_by(shown.start), index.len() - index.begun_before(shown.end));
        let long = [format!("← {} earlier", number(earlier)), format!("{} later →", number(later))];
        let short = [format!("← {}", number(earlier)), format!("{} →", number(later))];
        let [before, after] =
            if long.iter().all(|text| measure.width(text, Face::Small) <= width) { long } else { short };
        cue(Beyond::Earlier, earlier, before, line(strip.center().y - CUE_LINE));
        cue(Beyond::Later, later, after, line(strip.center().y));
    }
    cues
}

/// How many eras in view have no room for their names.
pub(super) fn unnamed_eras(eras: &[EraBand], axis: TimeAxis, frame: &Frame, measure: &mut dyn Measure) -> Option<Cue> {
    let count = eras.iter().filter(|era| era.name.is_none()).count();
    let row = frame.eras.with_max_x(axis.left - 4.0);
    let long = format!("+{count} {}", if count == 1 { "era" } else { "eras" });
    let text = fitting(long, format!("+{count}"), row.width(), measure);
    let rect = row.with_min_y(row.bottom() - ERA_ROW).shrink2(vec2(0.0, 5.0));
    (count > 0).then_some(Cue { beyond: Beyond::Eras, text, rect })
}
