//! Text as it is seen: lines, directions, and what glyphs stand for.

mod bidi;
mod order;
mod reading;

use std::sync::Arc;

use egui::text::LayoutJob;
use egui::{Galley, Painter};

pub use bidi::{has_order, is_right_to_left, isolated, levels, mirrored, own_order_after, seen};
pub use order::{VisualOrder, in_visual_order};
pub use reading::{Read, is_without_ink, reads};

/// Lays text out. What is cut off ends with its first letters that fit, whichever way it runs.
///
/// egui cuts off what stands at the right, which in a word from right to left is its beginning.
pub fn lay_out(painter: &Painter, job: LayoutJob) -> Arc<Galley> {
    let whole = painter.layout_job(job);
    let may_cut = whole.job.sections.len() == 1 && whole.job.wrap.overflow_character.is_some();
    if !whole.elided || !may_cut || !has_order(&whole.job.text) {
        return whole;
    }
    // No line holds more letters than quarters of points.
    let most = (whole.job.wrap.max_width * 4.0) as usize * whole.job.wrap.max_rows.min(8);
    let ends: Vec<usize> = whole.job.text.char_indices().map(|(at, _)| at).take(most).collect();
    let cut = |end: usize| {
        let mut job = LayoutJob::clone(&whole.job);
        job.text.truncate(ends.get(end).copied().unwrap_or_default());
        job.text.truncate(job.text.trim_end().len());
        job.text.extend(job.wrap.overflow_character);
        if let Some(section) = job.sections.first_mut() {
            section.byte_range.end = job.text.len().into();
        }
        painter.layout_job(job)
    };
    // The most letters that fit lie in between.
    let (mut fits, mut too_many) = (0, ends.len());
    while fits + 1 < too_many {
        let middle = usize::midpoint(fits, too_many);
        if cut(middle).elided { too_many = middle } else { fits = middle }
    }
    cut(fits)
}
