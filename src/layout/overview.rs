//! The overview strip: the whole document, and the visible window on it.

use egui::{Rangef, Rect};

use crate::timeline::Timeline;

use super::view::{TimeAxis, View};

/// Width of a density column, in points.
const COLUMN: f32 = 3.0;
/// The window is never narrower than this, in points, so that it can be taken hold of.
const LEAST_WINDOW: f32 = 10.0;

/// The strip, placed.
#[derive(Clone, Debug, PartialEq)]
pub struct Overview {
    /// The strip, in points.
    pub rect: Rect,
    /// The whole document over the strip.
    pub axis: TimeAxis,
    /// x of the visible window, in points, inside the strip.
    pub window: Rangef,
    /// Columns that hold events: x of the left edge in points, and how many events.
    pub columns: Vec<(f32, u32)>,
    /// Width of a column, in points.
    pub column_width: f32,
    /// Events in the fullest column.
    pub fullest: u32,
}

/// Places the strip.
pub(super) fn place(timeline: &Timeline, view: View, rect: Rect) -> Overview {
    let axis = TimeAxis { view: View::around(timeline.extent, 0.06), left: rect.left(), right: rect.right() };
    let columns_wide = ((rect.width() / COLUMN).ceil() as usize).max(1);
    let edge = |column: usize| axis.time(rect.left() + column as f32 * COLUMN);
    let mut columns = Vec::new();
    let mut before = 0;
    for column in 0..columns_wide {
        // The first and the last column take in what lies outside of the strip.
        let last = column + 1 == columns_wide;
        let after =
            if last { timeline.index.len() } else { timeline.index.drawn_before_from(before, edge(column + 1)) };
        if after > before {
            columns.push((rect.left() + column as f32 * COLUMN, (after - before) as u32));
        }
        before = after;
    }
    let fullest = columns.iter().map(|(_, count)| *count).max().unwrap_or(0);
    Overview { rect, axis, window: window(axis, view), columns, column_width: COLUMN, fullest }
}

fn window(axis: TimeAxis, view: View) -> Rangef {
    let shown = view.interval();
    let left = axis.x_clipped(shown.start).clamp(axis.left, axis.right);
    let right = axis.x_clipped(shown.end).clamp(axis.left, axis.right);
    if right - left >= LEAST_WINDOW {
        return Rangef::new(left, right);
    }
    let middle = f32::midpoint(left, right).clamp(axis.left + LEAST_WINDOW / 2.0, axis.right - LEAST_WINDOW / 2.0);
    Rangef::new(middle - LEAST_WINDOW / 2.0, middle + LEAST_WINDOW / 2.0)
}
