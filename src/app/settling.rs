//! How rows are laid out anew once the view has come to rest, and marks glide to them.

use std::time::Duration;

use crate::layout::{Arrangement, RowPositions, Settled};
use crate::timeline::EventIndex;

use super::state::State;
use super::subscription::Subscription;

/// How long the view rests before rows are laid out anew, in seconds.
const REST: f64 = 0.25;
/// How long marks take to their new rows, in seconds.
const DURATION: f64 = 0.15;

/// How rows come to rest.
#[derive(Debug, Default)]
pub(super) struct Settling {
    /// When the view moved last, in seconds since the window opened; `None` if rows are not to be laid out anew.
    moved_at: Option<f64>,
    /// The event under the pointer that would lose its title.
    waits_for: Option<EventIndex>,
    /// Marks on their way to their rows.
    motion: Option<Motion>,
}

/// Marks on their way to their rows.
#[derive(Debug)]
struct Motion {
    from: RowPositions,
    /// When it began, in seconds since the window opened.
    began: f64,
}

impl State {
    /// Lays out rows anew in the next frame.
    pub(super) fn forget_rows(&mut self) {
        self.keep_rows(Arrangement::default());
    }

    /// Keeps these rows until the view moves again.
    pub(super) fn keep_rows(&mut self, arrangement: Arrangement) {
        self.arrangement = arrangement;
        self.settling = Settling::default();
    }

    /// Texts have other widths: a view that rests is laid out anew.
    pub(super) fn texts_changed(&mut self) {
        if self.arrangement.rests_at(self.view) {
            self.arrangement = std::mem::take(&mut self.arrangement).moving();
            self.view_arrived();
        }
    }

    /// The view has moved, or is held by the pointer.
    pub(super) fn view_moved(&mut self) {
        self.settling = Settling { moved_at: Some(self.now), ..Settling::default() };
    }

    /// The view is at a place of its own, where rows are laid out anew at once.
    pub(super) fn view_arrived(&mut self) {
        self.settling = Settling { moved_at: Some(self.now - REST), ..Settling::default() };
    }

    /// The pointer holds something: a view that is still moving waits for its release.
    pub(super) fn pointer_held(&mut self) {
        if let Some(moved_at) = &mut self.settling.moved_at {
            *moved_at = self.now;
        }
    }

    /// When rows are laid out anew, in seconds since the window opened. Returns `None` if they are already, or if the view
    /// is on its way.
    fn settles_at(&self) -> Option<f64> {
        let is_moving = self.glide.is_some() || self.arrangement.is_unsettled();
        let moved_at = self.settling.moved_at.filter(|_| !is_moving && !self.arrangement.rests_at(self.view))?;
        Some(moved_at + REST)
    }

    /// Whether the view has been at rest for long enough to lay out rows anew.
    #[must_use]
    pub fn settles(&self) -> bool {
        self.settles_at().is_some_and(|at| at <= self.now)
    }

    /// Whether the view is on its way to a place of its own, or is about to be laid out anew there.
    pub(super) fn is_arriving(&self) -> bool {
        self.glide.is_some_and(|glide| glide.is_jump) || self.settles() && self.settling.waits_for.is_none()
    }

    /// Whether that is put off for as long as the pointer is on this event.
    pub(super) fn settling_waits_for(&self, event: EventIndex) -> bool {
        self.settling.waits_for == Some(event)
    }

    /// Takes in rows that were laid out anew, or the event under the pointer that would lose its title.
    pub(super) fn settled(&mut self, settled: Result<Settled, EventIndex>) {
        match settled {
            Ok(Settled { arrangement, scroll, from }) => {
                (self.arrangement, self.scroll) = (arrangement, scroll);
                self.settling = Settling { motion: Some(Motion { from, began: self.now }), ..Settling::default() };
            }
            Err(event) => self.settling.waits_for = Some(event),
        }
    }

    /// Takes in the rows of the last frame.
    pub(super) fn arranged(&mut self, arrangement: Arrangement) {
        let is_disturbed = self.arrangement.rests_at(self.view) && !arrangement.rests_at(self.view);
        self.arrangement = arrangement;
        if is_disturbed {
            // The selected event has been given a mark that it had not at rest.
            self.view_arrived();
        }
    }

    /// Where marks come from on the way to their rows, and how far they have come, from 0 to 1.
    #[must_use]
    pub fn row_motion(&self) -> Option<(&RowPositions, f32)> {
        let Motion { from, began } = self.settling.motion.as_ref()?;
        let progress = ((self.now - began) / DURATION).clamp(0.0, 1.0);
        // Slow at first, fast, then slow: smoothstep.
        Some((from, (progress * progress * (3.0 - 2.0 * progress)) as f32))
    }

    /// Ends the way of marks to their rows once they are there.
    pub(super) fn advance_rows(&mut self) {
        let now = self.now;
        self.settling.motion.take_if(|motion| now - motion.began >= DURATION);
    }

    /// What wakes the window for rows to be laid out anew, and while marks glide to them.
    pub(super) fn settling_subscriptions(&self) -> [Option<Subscription>; 2] {
        let at = self.settles_at().filter(|_| self.settling.waits_for.is_none());
        let at = at.and_then(|at| Duration::try_from_secs_f64(at).ok());
        [self.settling.motion.is_some().then_some(Subscription::EveryFrame), at.map(Subscription::At)]
    }
}
