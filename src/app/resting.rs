//! How rows are laid out anew once the view has come to rest, and marks glide to them.

use std::sync::Arc;
use std::time::Duration;

use crate::layout::{Arrangement, RowPositions, Settled, settles_slowly};
use crate::timeline::EventIndex;

use super::effect::{Effect, Job};
use super::jobs::Awaited;
use super::settle_job::{SettleJob, ShownPart};
use super::settling::Settling;
use super::state::State;
use super::subscription::Subscription;

impl State {
    /// Lays out rows anew in the next frame.
    pub(super) fn forget_rows(&mut self) {
        self.keep_rows(Arrangement::default());
    }

    /// Lays out rows anew: in the next frame, or, where that takes long, by a job as `settling` says; until then events keep
    /// the rows that they have.
    pub(super) fn lay_out_anew(&mut self, settling: Settling) {
        if self.arrangement.is_empty() || !settles_slowly(self.projection(), self.view, self.rows) {
            return self.forget_rows();
        }
        let rows = std::mem::take(&mut self.arrangement).moving();
        self.keep_rows(rows);
        self.settling = settling;
    }

    /// Keeps these rows until the view moves again.
    pub(super) fn keep_rows(&mut self, arrangement: Arrangement) {
        self.jobs.retain(|job| !matches!(job, Awaited::Settle(_)));
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

    /// When rows are laid out anew, in seconds since the window opened. Returns `None` if they are or are being laid out
    /// already, or if the view is on its way.
    fn settles_at(&self) -> Option<f64> {
        let is_moving = self.glide.is_some() || self.arrangement.is_unsettled() || self.jobs.settles();
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
        let settles = self.jobs.settles() || self.settles();
        self.glide.is_some_and(|glide| glide.is_jump) || settles && self.settling.waits_for.is_none()
    }

    /// Starts the job that lays out rows anew, with the event under the pointer.
    pub(super) fn settle(&mut self, held: Option<EventIndex>) -> Option<Effect> {
        if !self.settles() {
            return None;
        }
        let document = (Arc::clone(&self.document.timeline), self.projection().clone(), self.shown_sizes());
        let job = Arc::new(SettleJob::new(document, self.arrangement.clone(), self.shown_part(), held));
        Some(Effect::Start(self.jobs.start(Awaited::Settle(Arc::clone(&job))), Job::Settle(job)))
    }

    fn shown_part(&self) -> ShownPart {
        ShownPart {
            view: self.view,
            rect: self.chart_rect,
            scroll: self.scroll,
            rows: self.rows,
            pinned: self.selected_event(),
            pinned_era: self.selected_era(),
        }
    }

    /// Takes in the rows that a job has laid out, unless the window shows something else by now.
    pub(super) fn settled(&mut self, job: &SettleJob, settled: Result<Settled, EventIndex>) {
        if self.glide.is_none() && job.shown() == self.shown_part() {
            self.take_rows(settled);
        }
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
        self.settling.motion(self.now).filter(|_| !self.preferences.reduced_motion)
    }

    /// What wakes the window while marks glide to their rows, and for rows to be laid out anew.
    pub(super) fn resting_subscriptions(&self) -> [Option<Subscription>; 2] {
        let at = self.settles_at().filter(|_| self.settling.waits_for.is_none());
        let at = at.and_then(|at| Duration::try_from_secs_f64(at).ok());
        [self.row_motion().is_some().then_some(Subscription::EveryFrame), at.map(Subscription::At)]
    }
}
