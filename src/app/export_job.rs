//! A picture that is being drawn, as the thread that draws it and the window that shows its progress share it.

use std::sync::atomic::{AtomicU8, AtomicU32, Ordering};

use crate::export::Watch;

/// How far a large picture has come when its pixels begin to be drawn.
const BEFORE_PIXELS: f32 = 0.05;

/// The picture is being drawn or written, and can be cancelled.
const RUNNING: u8 = 0;
/// It was cancelled: no file gets its name.
const CANCELLED: u8 = 1;
/// Its file gets its name, and cancelling comes too late.
const COMMITTED: u8 = 2;

/// Progress of an export, and the decision whether it is cancelled or completed, which is made exactly once.
#[derive(Debug, Default)]
pub struct ExportJob {
    /// In millionths.
    share: AtomicU32,
    /// [`RUNNING`], [`CANCELLED`] or [`COMMITTED`].
    stage: AtomicU8,
}

impl ExportJob {
    /// How far it has come, from 0 to 1.
    #[must_use]
    pub fn share(&self) -> f32 {
        self.share.load(Ordering::Relaxed) as f32 / 1e6
    }

    fn reaches(&self, share: f32) {
        self.share.fetch_max((share * 1e6) as u32, Ordering::Relaxed);
    }

    /// Cancels it, so that nothing is written. Returns `false` if it is too late for that.
    pub fn cancel(&self) -> bool {
        self.decide(CANCELLED)
    }

    /// Commits to the result: from here on it cannot be cancelled. Returns `false` if it was cancelled before.
    pub fn commit(&self) -> bool {
        self.decide(COMMITTED)
    }

    /// Whether it was cancelled.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.stage.load(Ordering::Acquire) == CANCELLED
    }

    /// Moves a running export to `stage`; returns whether it is there.
    fn decide(&self, stage: u8) -> bool {
        match self.stage.compare_exchange(RUNNING, stage, Ordering::AcqRel, Ordering::Acquire) {
            Ok(_) => true,
            Err(now) => now == stage,
        }
    }
}

impl Watch for &ExportJob {
    fn ended(&mut self, stage: &str) {
        match stage {
            "paint" | "fonts" => self.reaches(BEFORE_PIXELS / 2.0),
            "svg" => self.reaches(BEFORE_PIXELS),
            _ => {}
        }
    }

    fn advanced(&mut self, share: f32) {
        self.reaches(BEFORE_PIXELS + (1.0 - BEFORE_PIXELS) * share);
    }

    fn is_cancelled(&self) -> bool {
        ExportJob::is_cancelled(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_decided_once_whether_an_export_is_cancelled() {
        let job = ExportJob::default();
        assert!(job.cancel() && job.cancel() && job.is_cancelled());
        assert!(!job.commit(), "a cancelled export is never completed");
        let job = ExportJob::default();
        assert!(job.commit() && job.commit() && !job.is_cancelled());
        assert!(!job.cancel() && !job.is_cancelled(), "a completed export is never cancelled");
    }
}
