//! Vertical lines through the lanes, which leave the labels of events clear.

use egui::{Rangef, Rect};

use crate::layout::Chart;
use crate::sorting;

/// Returns the rectangles of all labels, and of the credits of pictures.
pub(super) fn labels(chart: &Chart) -> Vec<Rect> {
    let credits = chart.thumbnails().filter_map(|picture| Some(picture.credit.as_ref()?.rect));
    chart.marks().filter_map(|mark| Some(mark.label.as_ref()?.rect)).chain(credits).collect()
}

/// Returns the parts of a vertical line that cross no label.
pub(super) fn around_labels(x: Rangef, y: Rangef, labels: &[Rect]) -> Vec<Rangef> {
    /// Free space beside a label and above and below it, in points.
    const BESIDE: f32 = 3.0;
    const ABOVE: f32 = -1.0;
    let is_in_way = |label: &&Rect| label.x_range().expand(BESIDE).intersects(x) && label.y_range().intersects(y);
    let crossed = labels.iter().filter(is_in_way);
    let mut crossed: Vec<Rangef> = crossed.map(|label| label.y_range().expand(ABOVE)).collect();
    sorting::by(&mut crossed, |a, b| a.min.total_cmp(&b.min));
    let mut parts = Vec::with_capacity(crossed.len() + 1);
    let mut top = y.min;
    for gap in crossed {
        if gap.min > top {
            parts.push(Rangef::new(top, gap.min));
        }
        top = top.max(gap.max);
    }
    if top < y.max {
        parts.push(Rangef::new(top, y.max));
    }
    parts
}
