//! How far a long task has come, and whether it is to go on.
//!
//! The task and the thread that waits for it share one [`Progress`]: reading a document, resolving it and writing a
//! picture report to it, a progress bar reads it, and a Cancel button sets its flag. It also carries the clock of the
//! task, so that what measures its stages reads no clock of its own.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// The progress of one task. All methods take `&self` and may be called from any thread.
///
/// ```
/// use longview_model::progress::Progress;
///
/// let progress = Progress::default();
/// progress.begin(200);
/// progress.advance(50, 3);
/// assert_eq!((progress.share(), progress.items()), (0.25, 3));
/// progress.cancel();
/// assert!(progress.is_cancelled());
/// ```
#[derive(Debug, Default)]
pub struct Progress {
    total: AtomicU64,
    done: AtomicU64,
    items: AtomicU64,
    cancelled: AtomicBool,
    started: Option<Instant>,
    stages: Mutex<Stages>,
}

/// The stages that have ended.
#[derive(Debug, Default)]
struct Stages {
    ended: Vec<(&'static str, Duration)>,
    /// When the last one ended, as [`Progress::now`] tells it.
    last: Duration,
}

/// [`Progress::set_share`] counts in millionths.
const WHOLE: u64 = 1_000_000;

impl Progress {
    /// A progress with a clock, which starts at zero at `started`. Without one all durations are zero.
    #[must_use]
    pub fn timed(started: Instant) -> Self {
        Self { started: Some(started), ..Self::default() }
    }

    /// Begins the task or a new part of it, of `total` units of work of which none is done.
    pub fn begin(&self, total: u64) {
        self.done.store(0, Ordering::Relaxed);
        self.total.store(total, Ordering::Relaxed);
    }

    /// Adds finished work: `units` of the total, and `items` that it consisted of.
    pub fn advance(&self, units: u64, items: u64) {
        self.done.fetch_add(units, Ordering::Relaxed);
        self.items.fetch_add(items, Ordering::Relaxed);
    }

    /// Sets the share of the task that is done, from 0 to 1, for a task that counts no units. A smaller share than
    /// before changes nothing.
    pub fn set_share(&self, share: f32) {
        self.total.store(WHOLE, Ordering::Relaxed);
        self.done.fetch_max((f64::from(share.clamp(0.0, 1.0)) * WHOLE as f64) as u64, Ordering::Relaxed);
    }

    /// The share of the task that is done, from 0 to 1; 0 before it has begun.
    #[must_use]
    pub fn share(&self) -> f32 {
        let total = self.total();
        if total == 0 { 0.0 } else { (self.done() as f64 / total as f64).min(1.0) as f32 }
    }

    /// The units of work of the whole task, such as the bytes of a document; 0 before it has begun.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.total.load(Ordering::Relaxed)
    }

    /// The units of work that are done.
    #[must_use]
    pub fn done(&self) -> u64 {
        self.done.load(Ordering::Relaxed)
    }

    /// The items that are done, such as the events of a document.
    #[must_use]
    pub fn items(&self) -> u64 {
        self.items.load(Ordering::Relaxed)
    }

    /// Asks the task to stop. It does so soon after, and gives no result.
    pub fn cancel(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }

    /// Returns `true` once the task has been asked to stop.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }

    /// The time since the start of the clock, or zero if there is none.
    #[must_use]
    pub fn now(&self) -> Duration {
        self.started.map_or(Duration::ZERO, |started| started.elapsed())
    }

    /// Records that a stage has ended. It began when the one before it ended, or with the clock.
    pub fn end_stage(&self, stage: &'static str) {
        let now = self.now();
        let mut stages = self.stages.lock().unwrap_or_else(PoisonError::into_inner);
        let took = now.saturating_sub(stages.last);
        stages.ended.push((stage, took));
        stages.last = now;
    }

    /// The stages that have ended, in that order, with how long each took.
    #[must_use]
    pub fn stages(&self) -> Vec<(&'static str, Duration)> {
        self.stages.lock().unwrap_or_else(PoisonError::into_inner).ended.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_never_goes_back() {
        let progress = Progress::default();
        assert_eq!(progress.share(), 0.0);
        for (share, expect) in [(0.25, 0.25), (0.125, 0.25), (2.0, 1.0), (f32::NAN, 1.0)] {
            progress.set_share(share);
            assert_eq!(progress.share(), expect, "{share}");
        }
    }

    #[test]
    fn units_past_the_total_are_the_whole() {
        let progress = Progress::default();
        progress.begin(4);
        progress.advance(3, 1);
        assert_eq!((progress.share(), progress.done(), progress.items()), (0.75, 3, 1));
        progress.advance(3, 1);
        assert_eq!((progress.share(), progress.items()), (1.0, 2));
    }

    #[test]
    fn stages_follow_each_other() {
        let untimed = Progress::default();
        untimed.end_stage("layout");
        assert_eq!(untimed.stages(), [("layout", Duration::ZERO)]);
        let Some(started) = Instant::now().checked_sub(Duration::from_mins(1)) else { return };
        let progress = Progress::timed(started);
        progress.end_stage("layout");
        progress.end_stage("paint");
        let stages = progress.stages();
        assert_eq!(stages.iter().map(|stage| stage.0).collect::<Vec<_>>(), ["layout", "paint"]);
        assert!(stages[0].1 >= Duration::from_mins(1));
        assert!(stages[1].1 < stages[0].1, "it began when the first ended: {stages:?}");
    }
}
