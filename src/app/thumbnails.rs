//! The pictures of the document that the chart shows as thumbnails, as far as they are kept.

use std::sync::Arc;

use crate::layout::Pictures;
use crate::paint::Images;
use crate::scene::ImageData;
use crate::sorting;
use crate::timeline::{EventIndex, Successors, Timeline};

/// Maximum number of thumbnails that are kept: a few times as many as a chart shows.
const MOST: usize = 40;

/// The pictures of a document, as far as they have been read.
#[derive(Clone, Debug, Default)]
pub struct Thumbnails {
    /// Their sizes; none before they have been read.
    pub(super) sizes: Arc<Pictures>,
    /// Whether the sizes have been asked for.
    pub(super) is_asked: bool,
    /// Those that have been read.
    pub(super) images: Images,
    /// Their events; the one that was wanted last is last.
    pub(super) order: Vec<EventIndex>,
}

impl Thumbnails {
    /// The sizes of all pictures that are known.
    #[must_use]
    pub fn sizes(&self) -> &Pictures {
        &self.sizes
    }

    /// The pictures that have been read.
    #[must_use]
    pub fn images(&self) -> &Images {
        &self.images
    }

    /// What is still shown of a newer version of the document until its own pictures have been read.
    pub(super) fn translated(&self, successors: &Successors<'_>, after: &Timeline) -> Self {
        let newer = |event: EventIndex| successors.event(event, after);
        let images = self.images.iter().filter_map(|(event, image)| Some((newer(*event)?, image.clone()))).collect();
        let order = self.order.iter().filter_map(|event| newer(*event)).collect();
        Self { sizes: Arc::new(self.sizes.translated(newer)), is_asked: false, images, order }
    }

    /// Takes in a picture, and forgets those that were wanted longest ago.
    pub(super) fn insert(&mut self, event: EventIndex, image: Option<Arc<ImageData>>) {
        self.images.insert(event, image);
        self.order.retain(|known| *known != event);
        self.order.push(event);
        let surplus = self.order.len().saturating_sub(MOST);
        for forgotten in self.order.drain(..surplus) {
            self.images.remove(&forgotten);
        }
    }

    /// Notes that pictures are wanted. Returns the first that has not been read.
    pub(super) fn want(&mut self, events: &[EventIndex]) -> Option<EventIndex> {
        let is_wanted = |event: &EventIndex| events.contains(event);
        // Sorting is stable: what is wanted comes last.
        sorting::by_key(&mut self.order, is_wanted);
        events.iter().copied().find(|event| !self.images.contains_key(event))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_wanted_longest_ago_is_forgotten_first() {
        let event = |n: i32| format!("(id: \"e{n}\", lane: \"l\", title: \"E\", date: \"{}\"),", 1900 + n);
        let events = (0..60).map(event).collect::<Vec<_>>().concat();
        let text = format!("(title: \"T\", lanes: [(id: \"l\", title: \"L\")], events: [{events}])");
        let timeline = crate::open(text).timeline.expect("a document");
        let all: Vec<EventIndex> = timeline.events.indices().collect();
        let mut thumbnails = Thumbnails::default();
        for event in &all[..MOST] {
            assert_eq!(thumbnails.want(&[*event]), Some(*event));
            thumbnails.insert(*event, None);
        }
        assert_eq!(thumbnails.want(&all[..5]), None, "they are known");
        for event in &all[MOST..MOST + 10] {
            thumbnails.insert(*event, None);
        }
        assert_eq!(thumbnails.images().len(), MOST);
        assert_eq!(thumbnails.want(&all[..7]), Some(all[5]), "what was wanted again is kept");
    }
}
