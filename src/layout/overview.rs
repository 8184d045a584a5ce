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
    let mut counts = vec![0_u32; columns_wide];
    for event in &timeline.events {
        let column = ((axis.x_clipped(event.date.anchor()) - rect.left()) / COLUMN).max(0.0) as usize;
        if let Some(count) = counts.get_mut(column.min(columns_wide - 1)) {
            *count += 1;
        }
    }
    let fullest = counts.iter().copied().max().unwrap_or(0);
    let columns = counts
        .into_iter()
        .enumerate()
        .filter(|(_, count)| *count > 0)
        .map(|(column, count)| (rect.left() + column as f32 * COLUMN, count))
        .collect();
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
