//! The pictures of the document that the chart shows as thumbnails: when they are read, and how many are kept.

use std::path::PathBuf;
use std::sync::Arc;

use crate::export::DocumentPictures;
use crate::layout::Pictures;
use crate::paint::Images;
use crate::scene::ImageData;
use crate::timeline::{EventIndex, Item, Timeline};

use super::effect::{Effect, Job};
use super::jobs::Awaited;
use super::settling::Settling;
use super::state::State;

/// Maximum number of thumbnails that are kept: a few times as many as a chart shows.
const MOST: usize = 40;

/// The pictures of a document, as far as they have been read.
#[derive(Clone, Debug, Default)]
pub struct Thumbnails {
    /// Their sizes; none before they have been read.
    sizes: Arc<Pictures>,
    /// Whether the sizes have been asked for.
    is_asked: bool,
    /// Those that have been read.
    images: Images,
    /// Their events; the one that was wanted last is last.
    order: Vec<EventIndex>,
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
    pub(super) fn translated(&self, before: &Timeline, after: &Timeline) -> Self {
        let newer = |event: EventIndex| match after.find(&before.id(Item::Event(event))?) {
            Some(Item::Event(found)) => Some(found),
            _ => None,
        };
        let images = self.images.iter().filter_map(|(event, image)| Some((newer(*event)?, image.clone()))).collect();
        let order = self.order.iter().filter_map(|event| newer(*event)).collect();
        Self { sizes: Arc::new(self.sizes.translated(newer)), is_asked: false, images, order }
    }

    /// Takes in a picture, and forgets those that were wanted longest ago.
    fn insert(&mut self, event: EventIndex, image: Option<Arc<ImageData>>) {
        self.images.insert(event, image);
        self.order.retain(|known| *known != event);
        self.order.push(event);
        let surplus = self.order.len().saturating_sub(MOST);
        for forgotten in self.order.drain(..surplus) {
            self.images.remove(&forgotten);
        }
    }

    /// Notes that pictures are wanted. Returns the first that has not been read.
    fn want(&mut self, events: &[EventIndex]) -> Option<EventIndex> {
        let is_wanted = |event: &EventIndex| events.contains(event);
        // Sorting is stable: what is wanted comes last.
        self.order.sort_by_key(is_wanted);
        events.iter().copied().find(|event| !self.images.contains_key(event))
    }
}

impl State {
    /// The sizes of the pictures that the chart may show; none if they are hidden.
    #[must_use]
    pub fn picture_sizes(&self) -> &Pictures {
        if self.hides_pictures { Pictures::NONE } else { self.document.thumbnails.sizes() }
    }

    /// The pictures of the document for an export.
    pub(super) fn document_pictures(&self) -> DocumentPictures {
        let Thumbnails { sizes, images, .. } = &self.document.thumbnails;
        DocumentPictures { sizes: Arc::clone(sizes), known: images.clone(), folder: self.folder(), read: None }
    }

    /// Reads the sizes of the pictures of the document, once, and then the next picture that the chart shows, if it has
    /// not been read and none is being read.
    pub(super) fn read_thumbnails(&mut self) -> Option<Effect> {
        let folder = self.folder().filter(|_| !self.hides_pictures && self.documents_shown > 0)?;
        let thumbnails = &mut self.document.thumbnails;
        if !std::mem::replace(&mut thumbnails.is_asked, true) {
            return self.read_sizes(folder);
        }
        if self.jobs.reads_thumbnail() {
            return None;
        }
        let shown: Vec<EventIndex> = self.arrangement.pictured().collect();
        let event = if shown.is_empty() { None } else { thumbnails.want(&shown) }?;
        let job = Job::ReadThumbnail { timeline: Arc::clone(&self.document.timeline), folder, event };
        Some(Effect::Start(self.jobs.start(Awaited::Thumbnail(event)), job))
    }

    fn read_sizes(&mut self, folder: PathBuf) -> Option<Effect> {
        // What an earlier version of the document had is read anew.
        let has_some = !self.document.thumbnails.sizes.is_empty();
        if self.timeline().events.pictures().next().is_none() && !has_some {
            return None;
        }
        let job = Job::ReadSizes { timeline: Arc::clone(&self.document.timeline), folder };
        Some(Effect::Start(self.jobs.start(Awaited::Sizes), job))
    }

    /// Takes in the sizes of the pictures of the document.
    pub(super) fn take_sizes(&mut self, sizes: Pictures) {
        let thumbnails = &mut self.document.thumbnails;
        // The files may have changed since an earlier version of the document.
        (thumbnails.images, thumbnails.order) = Default::default();
        thumbnails.sizes = Arc::new(sizes);
        self.pictures_changed();
    }

    /// Other pictures may be shown: a view that rests has them at once, one that has moved once it rests.
    pub(super) fn pictures_changed(&mut self) {
        if !self.arrangement.is_empty() && !self.arrangement.rests_at(self.view) {
            self.settling = Settling::arrived(self.now);
        }
    }

    /// Takes in a picture that was read, or that cannot be shown.
    pub(super) fn take_thumbnail(&mut self, event: EventIndex, image: Option<Arc<ImageData>>) {
        self.document.thumbnails.insert(event, image);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_wanted_longest_ago_is_forgotten_first() {
        let events: String =
            (0..60).map(|n| format!("(id: \"e{n}\", lane: \"l\", title: \"E\", date: \"{}\"),", 1900 + n)).collect();
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
