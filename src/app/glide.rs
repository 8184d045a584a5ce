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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date::Interval;

    #[test]
    fn a_glide_is_fast_at_first_and_ends_at_its_end() {
        let [from, to] = [0, 1_000_000].map(|start| View::of(Interval { start, end: start + 1_000_000 }));
        let glide = Glide { from, to, began: 5.0, is_jump: false };
        let check = |share: f64, expect: i64, ends: bool| {
            let (view, ended) = glide.at(5.0 + share * DURATION);
            assert!(view.time_at(0.0).abs_diff(expect) <= 1, "after {share}: {}", view.time_at(0.0));
            assert_eq!(ended, ends, "after {share}");
        };
        check(-1.0, 0, false);
        check(0.0, 0, false);
        check(0.25, 578_125, false);
        check(0.5, 875_000, false);
        check(1.5, 1_000_000, true);
        assert_eq!(glide.at(6.0), (to, true));
    }
}
