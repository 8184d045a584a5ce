//! When the pictures of a record are read.

use std::sync::Arc;

use crate::timeline::Media;

use super::effect::{Effect, Job};
use super::jobs::Awaited;
use super::pictures::{MOST_SHOWN, ReadPicture};
use super::state::State;

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
