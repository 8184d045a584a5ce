//! The pictures that events have, as far as the layout needs to know them.

use egui::{Vec2, vec2};

use crate::sorting;
use crate::timeline::EventIndex;

/// The size of the picture of each event that has one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pictures {
    /// Width and height in pixels, or `None` for a picture that cannot be shown; sorted by event.
    sizes: Vec<(EventIndex, Option<Vec2>)>,
}

impl Pictures {
    /// No pictures.
    pub const NONE: &'static Self = &Self { sizes: Vec::new() };

    /// Creates the pictures of these events from their widths and heights, in pixels; `None` for a picture that cannot be
    /// shown.
    #[must_use]
    pub fn new(sizes: impl IntoIterator<Item = (EventIndex, Option<[u32; 2]>)>) -> Self {
        let size = |[width, height]: [u32; 2]| vec2(width.max(1) as f32, height.max(1) as f32);
        let mut sizes: Vec<_> = sizes.into_iter().map(|(event, pixels)| (event, pixels.map(size))).collect();
        sorting::by_key(&mut sizes, |(event, _)| *event);
        sizes.dedup_by_key(|(event, _)| *event);
        Self { sizes }
    }

    /// Returns the pictures of a newer version of the document, given the events in it.
    #[must_use]
    pub fn translated(&self, newer: impl Fn(EventIndex) -> Option<EventIndex>) -> Self {
        let mut sizes: Vec<_> = self.sizes.iter().filter_map(|(event, size)| Some((newer(*event)?, *size))).collect();
        sorting::by_key(&mut sizes, |(event, _)| *event);
        Self { sizes }
    }

    /// Returns whether no event has a picture.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.sizes.is_empty()
    }

    /// Returns the events whose pictures can be shown.
    pub(super) fn all_shown(&self) -> impl Iterator<Item = EventIndex> {
        self.sizes.iter().filter(|(_, size)| size.is_some()).map(|(event, _)| *event)
    }

    /// Returns the number of pictures that can be shown.
    pub(super) fn shown(&self) -> usize {
        self.all_shown().count()
    }

    /// Returns the event with the size of its picture, if that can be shown. Returns `None` if the event has none.
    pub(super) fn of(&self, event: EventIndex) -> Option<(EventIndex, Option<Vec2>)> {
        let at = self.sizes.binary_search_by_key(&event, |(event, _)| *event).ok()?;
        self.sizes.get(at).copied()
    }
}
