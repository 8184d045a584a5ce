//! Scrolling through a chart that is higher than its room: first the lanes, then one series after another.

/// The lanes and series in sight.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Scrolling {
    /// Scroll offset of the whole chart, in points.
    pub at: f32,
    /// Maximum scroll offset, in points.
    pub most: f32,
    /// The part of `at` by which the lanes are scrolled, in points.
    pub lanes: f32,
    /// Index of the first series in sight.
    pub first_series: usize,
    /// Number of series in sight.
    pub series: usize,
    /// The scroll offset at which the lanes end and the series begin to move, in points.
    turn: f32,
    /// Number of series in sight before any has moved.
    fitting: usize,
}

/// Scroll distance from one series to the next, in points.
const STEP: f32 = 80.0;

impl Scrolling {
    /// Scrolls by `at` points through lanes that can scroll by `lanes_most` points while `fitting` series are in sight.
    /// If none fits beside the lanes, one takes some of their room once it is scrolled to, if `has_room`.
    pub(super) fn new(at: f32, lanes_most: f32, fitting: usize, series: usize, has_room: bool) -> Self {
        let steps = match fitting {
            0 if !has_room => 0,
            0 => series,
            _ => series - fitting.min(series),
        };
        let most = lanes_most + steps as f32 * STEP;
        let at = at.min(most).max(0.0);
        let step = (((at - lanes_most) / STEP).ceil().max(0.0) as usize).min(steps);
        let first_series = if fitting == 0 { step.saturating_sub(1) } else { step };
        let shown = if step > 0 { fitting.max(1) } else { fitting };
        Self { at, most, lanes: at.min(lanes_most), first_series, series: shown, turn: lanes_most, fitting }
    }

    /// Returns the nearest scroll offset at which a series is in sight, in points; the current one if it already is.
    #[must_use]
    pub fn to_series(&self, index: usize) -> f32 {
        let first = if self.fitting == 0 { index + 1 } else { (index + 1).saturating_sub(self.fitting) };
        let in_sight = self.first_series..self.first_series + self.series;
        if in_sight.contains(&index) {
            self.at
        } else if index < self.first_series {
            self.turn + if self.fitting == 0 { index + 1 } else { index } as f32 * STEP
        } else {
            self.turn + first as f32 * STEP
        }
    }

    /// Returns the scroll offset at which further series are in sight, in points; after the last series, that of the
    /// first.
    #[must_use]
    pub fn to_other_series(&self, all: usize) -> f32 {
        let next = self.first_series + self.series;
        if next < all { self.to_series(next) } else { self.to_series(0) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Scrolling to the end in small steps shows every series, wherever scrolling began.
    #[test]
    fn every_series_comes_into_sight() {
        for (lanes_most, fitting, series) in [(0.0, 0, 3), (120.0, 0, 2), (0.0, 1, 4), (50.0, 2, 2), (33.0, 3, 7)] {
            let mut seen = vec![false; series];
            let mut at = 0.0;
            loop {
                let now = Scrolling::new(at, lanes_most, fitting, series, true);
                assert!(now.first_series + now.series <= series);
                seen[now.first_series..now.first_series + now.series].fill(true);
                if now.at < at {
                    break;
                }
                at += 7.0;
            }
            assert!(seen.iter().all(|seen| *seen), "{lanes_most} {fitting} {series}: {seen:?}");
            for from in [0.0, lanes_most + STEP, 1e4] {
                for index in 0..series {
                    let to = Scrolling::new(from, lanes_most, fitting, series, true).to_series(index);
                    let then = Scrolling::new(to, lanes_most, fitting, series, true);
                    let in_sight = then.first_series..then.first_series + then.series;
                    assert!(in_sight.contains(&index), "{index} of {series} is not in {in_sight:?}");
                }
            }
        }
    }

    /// Without room for any series there is nothing more to scroll to.
    #[test]
    fn no_room_is_no_scrolling() {
        let now = Scrolling::new(1e4, 10.0, 0, 3, false);
        assert_eq!((now.at, now.most, now.series), (10.0, 10.0, 0));
    }
}
