//! What becomes of files that are dropped on the window.

use std::path::{Path, PathBuf};

use crate::date::Date;
use crate::timeline::is_within;

use super::dropped::{DropChoice, Dropped, KeptPicture, NewPicture, Place, has_ending, is_picture, other_picture};
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
        if other_picture(&path).is_some() && self.documents_shown > 0 {
            return self.take_new_picture(path, NewPicture::OfForm);
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
        if let Some(kind) = other_picture(&path) {
            let why = format!("it is in {kind}, and only PNG and JPEG can be shown: save it as one of them first");
            self.notice(format!("{} is not added: {why}", path.display()), None, true);
            return Vec::new();
        }
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
            return match picture {
                NewPicture::OfForm => self.add_media(file),
                NewPicture::OfNewEvent(_) => self.look_at_picture(path, folder, Some(file), picture),
            };
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
                self.look_at_picture(path, folder, None, picture)
            }
            _ => Vec::new(),
        }
    }

    /// Reads when a picture was taken, and copies it into the folder of the document unless it is in it.
    fn look_at_picture(
        &mut self,
        from: PathBuf,
        folder: PathBuf,
        within: Option<String>,
        picture: NewPicture,
    ) -> Vec<Effect> {
        let id = self.jobs.start(Awaited::CopyPicture(picture));
        vec![Effect::Start(id, Job::Capture(CaptureJob::CopyPicture { from, folder, within }))]
    }

    /// Adds a picture that is in the folder of the document now.
    pub(super) fn picture_copied(&mut self, picture: NewPicture, copied: Result<KeptPicture, String>) -> Vec<Effect> {
        let KeptPicture { file, taken } = match copied {
            Ok(copied) => copied,
            Err(why) => {
                self.notice(why, None, true);
                return Vec::new();
            }
        };
        match picture {
            NewPicture::OfForm => self.add_media(file),
            NewPicture::OfNewEvent(Place { lane, date }) => {
                let taken = taken.and_then(|taken| self.date_of_photograph(&taken));
                let effects = self.change_form(FormMessage::New { lane, date: taken.or(date) });
                self.give_new_event(file);
                effects
            }
        }
    }

    /// Returns the date of an event that a photograph shows, and says where it is from: the minute if the view is of
    /// days, else the day.
    fn date_of_photograph(&mut self, taken: &str) -> Option<String> {
        /// The longest view in which a time of day can be told apart, in seconds.
        const DAYS: i64 = 10 * 86_400;
        let is_close = self.timeline().has_time() && self.target().interval().length() <= DAYS;
        let date = if is_close { taken } else { taken.split('T').next()? };
        let words = Date::parse(date).ok()?.words();
        self.notice(format!("The photograph says when it was taken: {words}. That is the date."), None, false);
        Some(date.to_owned())
    }
}
