//! Laying out rows anew on a thread, where that takes longer than a frame may.

use std::sync::Arc;

use egui::Rect;

use crate::layout::{self, Arrangement, Pictures, Request, RowMode, Settled, View};
use crate::query::Projection;
use crate::scene::text::TextEngine;
use crate::timeline::{EraIndex, EventIndex, Timeline};

/// A view that has come to rest, with all that its rows depend on.
#[derive(Clone, Debug)]
pub struct SettleJob {
    timeline: Arc<Timeline>,
    projection: Projection,
    pictures: Arc<Pictures>,
    arrangement: Arrangement,
    shown: ShownPart,
    /// The event under the pointer, which keeps its title.
    held: Option<EventIndex>,
}

/// What part of a document a window shows, and how.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct ShownPart {
    pub(super) view: View,
    /// The rectangle of the chart, in points.
    pub(super) rect: Rect,
    /// How far the lanes are scrolled, in points.
    pub(super) scroll: f32,
    pub(super) rows: RowMode,
    /// What is selected.
    pub(super) pinned: Option<EventIndex>,
    pub(super) pinned_era: Option<EraIndex>,
}

impl SettleJob {
    /// The job for what a window shows of a document in these rows, with the event under the pointer.
    pub(super) fn new(
        (timeline, projection, pictures): (Arc<Timeline>, Projection, Arc<Pictures>),
        arrangement: Arrangement,
        shown: ShownPart,
        held: Option<EventIndex>,
    ) -> Self {
        Self { timeline, projection, pictures, arrangement, shown, held }
    }

    /// What the window showed when the job began.
    pub(super) fn shown(&self) -> ShownPart {
        self.shown
    }

    /// Lays out the rows.
    ///
    /// # Errors
    /// The event under the pointer, if it would lose its title.
    pub fn run(&self, text: &mut TextEngine) -> Result<Settled, EventIndex> {
        let ShownPart { view, rect, scroll, rows, pinned, pinned_era } = self.shown;
        let request = Request {
            scroll,
            pinned,
            pinned_era,
            rows,
            pictures: &self.pictures,
            arrangement: &self.arrangement,
            ..Request::window(&self.timeline, &self.projection, view, rect)
        };
        let moving = layout::chart(request, text);
        layout::settle(request, &moving, self.held, text)
    }
}
