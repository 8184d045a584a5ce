//! A picture that is being drawn, as the thread that draws it and the window that shows its progress share it.

use std::sync::atomic::{AtomicU8, Ordering};

use crate::progress::Progress;

/// The picture is being drawn or written, and can be cancelled.
const RUNNING: u8 = 0;
/// It was cancelled: no file gets its name.
const CANCELLED: u8 = 1;
/// Its file gets its name, and cancelling comes too late.
const COMMITTED: u8 = 2;

/// Progress of an export, and the decision whether it is cancelled or completed, which is made exactly once.
#[derive(Debug, Default)]
pub struct ExportJob {
    progress: Progress,
    /// [`RUNNING`], [`CANCELLED`] or [`COMMITTED`].
    stage: AtomicU8,
}

impl ExportJob {
    /// How far it has come, from 0 to 1.
    #[must_use]
    pub fn share(&self) -> f32 {
        self.progress.share()
    }

    /// How far it has come, for the one who draws it.
    #[must_use]
    pub const fn progress(&self) -> &Progress {
        &self.progress
    }

    /// Cancels it, so that nothing is written. Returns `false` if it is too late for that.
    pub fn cancel(&self) -> bool {
        let is_cancelled = self.decide(CANCELLED);
        if is_cancelled {
            self.progress.cancel();
        }
        is_cancelled
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
