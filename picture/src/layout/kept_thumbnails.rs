//! The thumbnails of the frame before.

use egui::{Pos2, Rect, Vec2};

use crate::timeline::{EventIndex, LaneIndex};

use super::view::TimeAxis;

/// The thumbnails of a chart, so that those of the next frame stay where they are.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Kept {
    /// The height of all, in points.
    pub(super) height: f32,
    pub(super) thumbnails: Vec<KeptThumbnail>,
    /// Whether lanes may have bands.
    pub(super) has_bands: bool,
    /// The heights of the bands above and below the rows of lanes that have any, in points.
    pub(super) bands: Vec<(LaneIndex, [f32; 2])>,
    /// What they were placed for, if no row was kept from a frame before.
    pub(super) key: Option<RestKey>,
}

/// A thumbnail, where it was relative to its mark.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct KeptThumbnail {
    pub(super) lane: LaneIndex,
    pub(super) event: EventIndex,
    pub(super) block: Block,
    pub(super) rect: Rect,
    pub(super) mark: Pos2,
}

/// What decides which thumbnails a view that rests has.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct RestKey {
    pub(super) axis: TimeAxis,
    pub(super) pinned: Option<EventIndex>,
    pub(super) pictures: usize,
    pub(super) spare: f32,
    pub(super) lanes: usize,
}

/// A picture with its credit, of a size.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Block {
    pub(super) size: Vec2,
    /// The size of the picture in it.
    pub(super) picture: Vec2,
    /// The words of the credit, and the width at which they are broken into two lines.
    pub(super) credit: Option<(String, Option<f32>)>,
}

impl Kept {
    /// No thumbnails.
    pub(super) const NONE: &'static Self =
        &Self { height: 0.0, thumbnails: Vec::new(), has_bands: false, bands: Vec::new(), key: None };

    /// Returns the events, in the order of choice.
    pub(super) fn events(&self) -> impl Iterator<Item = EventIndex> {
        self.thumbnails.iter().map(|kept| kept.event)
    }

    /// Returns the thumbnails of another version of the document.
    pub(super) fn translated(
        &self,
        lane: impl Fn(LaneIndex) -> Option<LaneIndex>,
        event: impl Fn(EventIndex, LaneIndex) -> Option<EventIndex>,
    ) -> Self {
        let thumbnail = |kept: &KeptThumbnail| {
            let lane = lane(kept.lane)?;
            Some(KeptThumbnail { lane, event: event(kept.event, lane)?, ..kept.clone() })
        };
        let bands = self.bands.iter().filter_map(|(of, band)| Some((lane(*of)?, *band))).collect();
        let thumbnails = self.thumbnails.iter().filter_map(thumbnail).collect();
        Self { thumbnails, bands, key: None, ..*self }
    }

    /// Returns whether they were placed for the same.
    pub(super) fn is_of(&self, key: &RestKey) -> bool {
        self.key.as_ref() == Some(key)
    }
}
