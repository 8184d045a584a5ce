//! A placed picture of an event.

use egui::{Pos2, Rect, vec2};

use crate::timeline::EventIndex;

/// A placed picture of an event.
#[derive(Clone, Debug, PartialEq)]
pub struct Thumbnail {
    /// The event.
    pub event: EventIndex,
    /// The picture, in points.
    pub rect: Rect,
    /// The picture with its credit, in points.
    pub block: Rect,
    /// The line that leads to the picture from its mark, in points.
    pub leader: [Pos2; 2],
    /// Whether the picture cannot be shown, so that its alternative text stands in its place.
    pub is_missing: bool,
    /// Who made it and its licence, if there is room for that.
    pub credit: Option<Credit>,
}

/// The credit of a picture, above or below it.
#[derive(Clone, Debug, PartialEq)]
pub struct Credit {
    /// Its words, in [`TextRole::Small`](super::TextRole::Small).
    pub words: String,
    /// Its rectangle, in points.
    pub rect: Rect,
    /// The width at which it is broken into two lines, in points; `None` if it is on one line.
    pub break_width: Option<f32>,
    /// Whether its lines are aligned to the right edge of the rectangle instead of its left.
    pub flush_right: bool,
}

/// Distance between the baselines of a credit on two lines, in points.
pub const CREDIT_LEADING: f32 = 13.0;

impl Thumbnail {
    /// Moves the picture down, in points.
    pub(super) fn shift(&mut self, down: f32) {
        let down = vec2(0.0, down);
        self.rect = self.rect.translate(down);
        self.block = self.block.translate(down);
        self.leader = self.leader.map(|end| end + down);
        if let Some(credit) = &mut self.credit {
            credit.rect = credit.rect.translate(down);
        }
    }
}
