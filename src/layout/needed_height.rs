//! The height at which a chart shows everything.

use egui::{Rect, vec2};

use super::chart::chart;
use super::left_out::LeftOut;
use super::measure::Measure;
use super::request::Request;

/// Maximum excess of the result, in points: less than a row.
const CLOSE: f32 = 8.0;

/// Returns the least height, in points, at which every event of the view has a mark with a title and every lane and
/// series its place, at the width of the request. If there is none up to `most`, returns that at which most of them have.
#[must_use]
pub fn needed_height(request: Request<'_>, most: f32, measure: &mut dyn Measure) -> f32 {
    let mut lacking = |height: f32| {
        let rect = Rect::from_min_size(request.rect.min, vec2(request.rect.width(), height));
        chart(Request { rect, ..request }, measure).left_out.lacking_height()
    };
    let mut low = 0.0;
    let mut high = request.rect.height().clamp(1.0, most.max(1.0));
    let mut best = lacking(high);
    // Twice the height for fewer that are missing, as long as that helps.
    let mut tall = high;
    while best > 0 && tall < most {
        let next = (tall * 2.0).min(most);
        let found = lacking(next);
        if found < best {
            (best, low, high) = (found, high, next);
        } else if next >= high * 8.0 {
            break;
        }
        tall = next;
    }
    while high - low > CLOSE {
        let middle = f32::midpoint(low, high);
        if lacking(middle) <= best { high = middle } else { low = middle }
    }
    high.ceil()
}

impl LeftOut {
    /// Returns the number of things that the image leaves out, or shows without a title, for lack of height.
    #[must_use]
    pub fn lacking_height(&self) -> usize {
        self.without_marks() + self.untitled + self.lanes.iter().sum::<usize>() + self.series + self.parts.len()
    }
}
