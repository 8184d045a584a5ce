//! The overview strip: the whole document with the visible window.

use egui::{Rangef, Rect};

use crate::date::Interval;
use crate::query::Projection;
use crate::timeline::Timeline;

use super::view::{Section, TimeAxis, View};

/// Approximate width of a density column, in points.
const COLUMN: f32 = 3.0;
/// Minimum width of the window, in points, so that it can be dragged.
const LEAST_WINDOW: f32 = 10.0;

/// The placed strip.
#[derive(Clone, Debug, PartialEq)]
pub struct Overview {
    /// The rectangle of the strip, in points.
    pub rect: Rect,
    /// The axis that maps the whole document to the strip.
    pub axis: TimeAxis,
    /// x of the visible window, in points, within the strip.
    pub window: Rangef,
    /// Columns that contain events: x of the left edge in points, and the number of events.
    pub columns: Vec<(f32, u32)>,
    /// Width of a column, in points.
    pub column_width: f32,
    /// Number of events in the fullest column.
    pub fullest: u32,
}

/// Places the strip.
pub(super) fn place(timeline: &Timeline, projection: &Projection, view: View, rect: Rect) -> Overview {
    let axis = TimeAxis {
        view: View::on(*view.scale(), timeline.extent).widened(0.06),
        left: rect.left(),
        right: rect.right(),
    };
    let mut columns = Vec::new();
    // The narrowest column of all sections.
    let mut width = 2.0 * COLUMN;
    for Section { axis: own, interval, .. } in axis.sections() {
        let log2 = (own.seconds_per_point() * f64::from(COLUMN)).log2().round().clamp(0.0, 61.0) as u32;
        width = width.min(((1_u64 << log2) as f64 / own.seconds_per_point()) as f32);
        let extent = timeline.extent;
        let interval = Interval { start: interval.start.max(extent.start), end: interval.end.min(extent.end) };
        if interval.start < interval.end {
            projection.columns(interval, log2, &mut |column, count| {
                columns.push((axis.x_clipped((column << log2).max(own.view.interval().start)), count as u32));
            });
        }
    }
    for (left, _) in &mut columns {
        *left = left.min(rect.right() - width).max(rect.left());
    }
    let fullest = columns.iter().map(|(_, count)| *count).max().unwrap_or(0);
    Overview { rect, axis, window: window(axis, view), columns, column_width: width, fullest }
}

fn window(axis: TimeAxis, view: View) -> Rangef {
    let shown = view.interval();
    let left = axis.x_clipped(shown.start).clamp(axis.left, axis.right);
    let right = axis.x_clipped(shown.end).clamp(axis.left, axis.right);
    if right - left >= LEAST_WINDOW {
        return Rangef::new(left, right);
    }
    // If the strip is narrower than the minimum, the window covers all of it.
    let start = (f32::midpoint(left, right) - LEAST_WINDOW / 2.0).min(axis.right - LEAST_WINDOW).max(axis.left);
    Rangef::new(start, (start + LEAST_WINDOW).min(axis.right))
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::pos2;

    /// The window stays inside a strip of any width, even one narrower than the minimum window.
    #[test]
    fn the_window_stays_inside_a_strip_of_any_width() {
        let timeline = crate::open("(title: \"T\", lanes: [], events: [])").timeline.unwrap_or_default();
        for width in [0.0, 1.0, 5.0, LEAST_WINDOW, LEAST_WINDOW + 0.1, 300.0] {
            for interval in [Interval { start: 0, end: 1 }, Interval { start: i64::MIN, end: i64::MAX }] {
                let rect = Rect::from_x_y_ranges(44.0..=44.0 + width, 0.0..=28.0);
                let strip = place(&timeline, &Projection::all(&timeline), View::of(interval), rect);
                assert!(
                    rect.left() <= strip.window.min && strip.window.max <= rect.right(),
                    "{width}: {:?}",
                    strip.window
                );
                assert!(strip.window.min <= strip.window.max, "{width}: {:?}", strip.window);
                assert!(strip.columns.iter().all(|(left, _)| rect.x_range().contains(*left)), "{width}");
                assert!(rect.contains(pos2(strip.window.min, 10.0)));
            }
        }
    }
}
