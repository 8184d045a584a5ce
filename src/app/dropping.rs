//! What becomes of files that are dropped on the window.

use std::path::{Path, PathBuf};

use crate::timeline::is_within;

use super::dropped::{DropChoice, Dropped, NewPicture, Place, has_ending, is_picture};
use super::effect::{CaptureJob, Effect, Job};
use super::form::{FormMessage, FormTarget};
use super::jobs::Awaited;
use super::state::State;

impl State {
    /// Does with a file that is dropped what fits it: a picture makes an event, or comes to the one whose form is shown; a
    /// text is shown beside the chart; anything else is opened.
    pub(super) fn drop_file(&mut self, path: PathBuf, place: Option<Place>) -> Vec<Effect> {
        if is_picture(&path) && self.documents_shown > 0 {
            let is_of_form = self.forms.open.as_ref().is_some_and(|form| matches!(form.target(), FormTarget::Event(_)));
            let new = || {
                let date = self.timeline().has_time().then(|| self.date_in_view());
                NewPicture::OfNewEvent(place.unwrap_or(Place { lane: None, date }))
            };
            let picture = if is_of_form { NewPicture::OfForm } else { new() };
            return self.take_new_picture(path, picture);
        }
        let is_text = has_ending(&path, &["txt", "text", "md", "markdown", "html", "htm", "xhtml"]);
        match () {
            () if self.documents_shown == 0 => self.open_file(path),
            () if has_ending(&path, &["pdf"]) || is_text && self.capture.open => self.capture_file(path),
            () if is_text => {
                self.dropped = Some(Dropped::Text(path));
                Vec::new()
            }
            () => self.open_file(path),
        }
    }

    /// Adds a picture of the folder of the document; offers to copy another one there.
    pub(super) fn take_new_picture(&mut self, path: PathBuf, picture: NewPicture) -> Vec<Effect> {
        let folder = self.document.path.as_ref().and_then(|path| path.parent()).map(Path::to_path_buf);
        let Some(folder) = folder else {
            let why = "a document shows pictures of its own folder only: save the timeline first, then drop the picture again";
            self.notice(format!("{} is not added, as {why}", path.display()), None, true);
            return Vec::new();
        };
        let canonical = self.document.canonical_path.as_ref().and_then(|path| path.parent()).unwrap_or(&folder);
        let within = path.strip_prefix(&folder).or_else(|_| path.strip_prefix(canonical)).ok();
        let within = within.map(|path| path.to_string_lossy().replace('\\', "/"));
        if let Some(file) = within.filter(|file| is_within(file)) {
            return self.add_picture(file, picture);
        }
        self.dropped = Some(Dropped::Picture { path, folder, picture });
        Vec::new()
    }

    /// Does with the file that was dropped what was decided.
    pub(super) fn drop_as(&mut self, choice: DropChoice) -> Vec<Effect> {
        match (self.dropped.take(), choice) {
            (Some(Dropped::Text(path)), DropChoice::Capture) => self.capture_file(path),
            (Some(Dropped::Text(path)), DropChoice::Open) => self.open_file(path),
            (Some(Dropped::Picture { path, folder, picture }), DropChoice::Copy) => {
                let id = self.jobs.start(Awaited::CopyPicture(picture));
                vec![Effect::Start(id, Job::Capture(CaptureJob::CopyPicture { from: path, folder }))]
            }
            _ => Vec::new(),
        }
    }

    /// Adds a picture that was copied into the folder of the document.
    pub(super) fn picture_copied(&mut self, picture: NewPicture, copied: Result<String, String>) -> Vec<Effect> {
        match copied {
            Ok(file) => self.add_picture(file, picture),
            Err(why) => {
                self.notice(why, None, true);
                Vec::new()
            }
        }
    }

    fn add_picture(&mut self, file: String, picture: NewPicture) -> Vec<Effect> {
        match picture {
            NewPicture::OfForm => self.add_media(file),
            NewPicture::OfNewEvent(Place { lane, date }) => {
                let effects = self.change_form(FormMessage::New { lane, date });
                self.give_new_event(file);
                effects
            }
        }
    }
}
