//! For tests: a timeline with the projection that shows all of it.

use std::ops::Deref;

use crate::query::Projection;
use crate::timeline::Timeline;

/// A timeline that is shown entirely.
pub(super) struct Shown {
    pub(super) timeline: Timeline,
    pub(super) projection: Projection,
}

impl From<Timeline> for Shown {
    fn from(timeline: Timeline) -> Self {
        Self { projection: Projection::all(&timeline), timeline }
    }
}

impl Deref for Shown {
    type Target = Timeline;

    fn deref(&self) -> &Timeline {
        &self.timeline
    }
}
