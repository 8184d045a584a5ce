//! When the pictures of a record and of the chart are read.

use std::path::PathBuf;
use std::sync::Arc;

use crate::export::DocumentPictures;
use crate::layout::Pictures;
use crate::scene::ImageData;
use crate::timeline::{EventIndex, Media};

use super::effect::{Effect, Job};
use super::jobs::Awaited;
use super::pictures::{MOST_SHOWN, ReadPicture};
use super::settling::Settling;
use super::state::State;
use super::thumbnails::Thumbnails;

impl State {
    /// Reads the next picture of the record that is shown, if one is missing and none is being read.
    pub(super) fn read_picture(&mut self) -> Vec<Effect> {
        if self.jobs.reads_picture() || !self.record.is_shown() {
            return Vec::new();
        }
        let (Some(folder), Some(event)) = (self.folder(), self.selected_event()) else { return Vec::new() };
        let timeline = Arc::clone(&self.document.timeline);
        let Some(event) = timeline.event(event) else { return Vec::new() };
        let files = event.details.media().filter_map(Media::shown_file).take(MOST_SHOWN);
        let mut missing = None;
        for file in files {
            if !self.document.pictures.is_wanted(file) && missing.is_none() {
                missing = Some(file.to_owned());
            }
        }
        let Some(file) = missing else { return Vec::new() };
        let job = Job::ReadPicture { folder, file: file.clone() };
        vec![Effect::Start(self.jobs.start(Awaited::Picture(file)), job)]
    }

    /// Takes in a picture that was read.
    pub(super) fn take_picture(&mut self, file: String, picture: ReadPicture) {
        self.document.pictures.insert(file, picture);
    }
}

impl State {
    /// The sizes of the pictures that the chart may show; none if they are hidden.
    #[must_use]
    pub fn picture_sizes(&self) -> &Pictures {
        if self.hides_pictures { Pictures::NONE } else { self.document.thumbnails.sizes() }
    }

    /// The same, to be kept by a job.
    pub(super) fn shown_sizes(&self) -> Arc<Pictures> {
        if self.hides_pictures { Arc::default() } else { Arc::clone(&self.document.thumbnails.sizes) }
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
