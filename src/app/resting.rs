//! How rows are laid out anew once the view has come to rest, and marks glide to them.

use std::time::Duration;

use crate::layout::{Arrangement, RowPositions, Settled};
use crate::timeline::EventIndex;

use super::settling::Settling;
use super::state::State;
use super::subscription::Subscription;

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
            self.settling = Settling::arrived(self.now);
        }
    }

    /// When rows are laid out anew, in seconds since the window opened. Returns `None` if they are already, or if the view
    /// is on its way.
    fn settles_at(&self) -> Option<f64> {
        let is_moving = self.glide.is_some() || self.arrangement.is_unsettled();
        self.settling.due_at().filter(|_| !is_moving && !self.arrangement.rests_at(self.view))
    }

    /// Whether the view has been at rest for long enough to lay out rows anew.
    #[must_use]
    pub fn settles(&self) -> bool {
        self.settles_at().is_some_and(|at| at <= self.now)
    }

    /// Whether that is put off for as long as the pointer is on this event.
    pub(super) fn settling_waits_for(&self, event: EventIndex) -> bool {
        self.settling.waits_for == Some(event)
    }

    /// Whether the view is on its way to a place of its own, or is about to be laid out anew there.
    pub(super) fn is_arriving(&self) -> bool {
        self.glide.is_some_and(|glide| glide.is_jump) || self.settles() && self.settling.waits_for.is_none()
    }

    /// Takes in rows that were laid out anew, or the event under the pointer that would lose its title.
    pub(super) fn take_rows(&mut self, settled: Result<Settled, EventIndex>) {
        match settled {
            Ok(Settled { arrangement, scroll, from }) => {
                (self.arrangement, self.scroll) = (arrangement, scroll);
                self.settling = Settling::leaving(from, self.now);
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
            self.settling = Settling::arrived(self.now);
        }
    }

    /// Where marks come from on the way to their rows, and how far they have come, from 0 to 1.
    #[must_use]
    pub fn row_motion(&self) -> Option<(&RowPositions, f32)> {
        self.settling.motion(self.now)
    }

    /// What wakes the window while marks glide to their rows, and for rows to be laid out anew.
    pub(super) fn resting_subscriptions(&self) -> [Option<Subscription>; 2] {
        let at = self.settles_at().filter(|_| self.settling.waits_for.is_none());
        let at = at.and_then(|at| Duration::try_from_secs_f64(at).ok());
        [self.row_motion().is_some().then_some(Subscription::EveryFrame), at.map(Subscription::At)]
    }
}
