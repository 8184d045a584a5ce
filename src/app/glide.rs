//! A view on its way to another one.

use crate::layout::View;

/// How long a glide takes, in seconds.
const DURATION: f64 = 0.18;

/// A view on its way to another one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Glide {
    /// Where it began.
    pub from: View,
    /// Where it ends.
    pub to: View,
    /// When it began, in seconds since the window opened.
    pub began: f64,
    /// Whether rows are given anew at its end.
    pub is_jump: bool,
}

impl Glide {
    /// The view at a time, in seconds since the window opened; and whether the glide has ended.
    pub fn at(&self, now: f64) -> (View, bool) {
        let progress = ((now - self.began) / DURATION).clamp(0.0, 1.0);
        // Fast at first, then settling: cubic ease-out.
        let eased = 1.0 - (1.0 - progress).powi(3);
        if progress < 1.0 { (self.from.toward(self.to, eased), false) } else { (self.to, true) }
    }
}
