//! How rows come to rest: when they are to be laid out anew, and marks on their way to them.

use crate::layout::RowPositions;
use crate::timeline::EventIndex;

/// How long the view rests before rows are laid out anew, in seconds.
const REST: f64 = 0.25;
/// How long marks take to their new rows, in seconds.
const DURATION: f64 = 0.15;

/// How rows come to rest. Times are in seconds since the window opened.
#[derive(Debug, Default)]
pub(super) struct Settling {
    /// When the view moved last; `None` if rows are not to be laid out anew.
    moved_at: Option<f64>,
    /// The event under the pointer that would lose its title, for as long as the pointer is on it.
    pub waits_for: Option<EventIndex>,
    /// Marks on their way to their rows.
    motion: Option<Motion>,
}

/// Marks on their way to their rows.
#[derive(Debug)]
struct Motion {
    from: RowPositions,
    began: f64,
}

impl Settling {
    /// After the view has moved.
    pub fn moved(now: f64) -> Self {
        Self { moved_at: Some(now), ..Self::default() }
    }

    /// After the view has come to a place of its own, where rows are laid out anew at once.
    pub fn arrived(now: f64) -> Self {
        Self::moved(now - REST)
    }

    /// After rows have been laid out anew: marks leave where they were.
    pub fn leaving(from: RowPositions, now: f64) -> Self {
        Self { motion: Some(Motion { from, began: now }), ..Self::default() }
    }

    /// Puts off what is to be laid out anew, as the pointer holds the view.
    pub fn put_off(&mut self, now: f64) {
        if let Some(moved_at) = &mut self.moved_at {
            *moved_at = now;
        }
    }

    /// When rows are to be laid out anew, if they are.
    pub fn due_at(&self) -> Option<f64> {
        Some(self.moved_at? + REST)
    }

    /// Where marks come from, and how far they have come, from 0 to 1.
    pub fn motion(&self, now: f64) -> Option<(&RowPositions, f32)> {
        let Motion { from, began } = self.motion.as_ref()?;
        let progress = ((now - began) / DURATION).clamp(0.0, 1.0);
        // Slow at first, fast, then slow: smoothstep.
        Some((from, (progress * progress * (3.0 - 2.0 * progress)) as f32))
    }

    /// Ends the way of marks to their rows once they are there.
    pub fn advance(&mut self, now: f64) {
        self.motion.take_if(|motion| now - motion.began >= DURATION);
    }
}
