//! How a newer version of a file is brought into the document.

use std::sync::Arc;

use crate::document::DocPath;
use crate::edit::{Intent, Outcome};
use crate::layout::one_line;
use crate::timeline::Key;

use super::effect::{Effect, Job, UpdateJob};
use super::form::FormTarget;
use super::jobs::Awaited;
use super::message::FoundUpdate;
use super::state::State;
use super::update_state::{UpdateMessage, UpdateReport};

impl State {
    /// Finds what the file of the import form changes in the document.
    pub(super) fn update_from_form(&mut self) -> Vec<Effect> {
        let Some((path, choices)) = self.import.as_ref().and_then(|form| Some((form.path.clone(), form.choices()?)))
        else {
            return Vec::new();
        };
        self.cancel_import();
        let job = UpdateJob {
            path,
            import: Box::new(choices),
            text: Arc::clone(&self.document.text),
            document: self.document.canonical_path.clone(),
            origins: self.document.origins.clone(),
        };
        let awaited = Awaited::Update(Arc::clone(&self.document.text));
        vec![Effect::Start(self.jobs.start(awaited), Job::Update(Box::new(job)))]
    }

    /// Brings what was found into the document, and says what became of it.
    pub(super) fn take_update(&mut self, text: &Arc<String>, found: Result<FoundUpdate, String>) -> Vec<Effect> {
        let FoundUpdate { name, update, notes, older, newer } = match found {
            Ok(found) => found,
            Err(error) => {
                self.notice(error, None, true);
                return Vec::new();
            }
        };
        if !Arc::ptr_eq(text, &self.document.text) {
            self.notice(format!("The document has changed meanwhile; update it from {name} again"), None, true);
            return Vec::new();
        }
        let report = UpdateReport { name: name.clone(), is_noted: older.is_some(), changes: update.changes, notes };
        self.report_open = !report.changes.is_empty();
        if !self.report_open {
            self.notice(format!("{name}: {}", report.words()), None, false);
        }
        self.document.update = Some(report);
        // What was noted of the file belongs to the document before the update, also when that is taken back.
        let mut origins = self.document.origins.clone();
        if let Some(older) = older {
            origins = origins.without(&older.source);
            self.document.origins = origins.with(older);
        }
        let origins = origins.with(newer);
        if update.intents.is_empty() {
            self.document.origins = origins;
            return Vec::new();
        }
        self.edit_from(format!("update from {name}"), &update.intents, None, origins)
    }

    /// Does what the user does with the report of an update.
    pub(super) fn change_update(&mut self, message: &UpdateMessage) -> Vec<Effect> {
        match message {
            UpdateMessage::Take(number, field) => self.take_field(*number, field),
            UpdateMessage::Copy => {
                let text = self.document.update.as_ref().map(UpdateReport::text).unwrap_or_default();
                self.notice("Copied the report".to_owned(), None, false);
                vec![Effect::CopyText(text)]
            }
            UpdateMessage::Close => {
                self.report_open = false;
                Vec::new()
            }
        }
    }

    /// Gives a field that was changed here, too, the value that it has in the file.
    fn take_field(&mut self, number: usize, field: &'static str) -> Vec<Effect> {
        let Some(report) = &mut self.document.update else { return Vec::new() };
        let name = report.name.clone();
        let Some(change) = report.changes.get_mut(number) else { return Vec::new() };
        let (key, title) = (Key::of_id(&change.id), one_line(&change.title).into_owned());
        let target = match change.list {
            "events" => FormTarget::Event(key),
            "eras" => FormTarget::Era(key),
            "series" => FormTarget::Series(key),
            "lanes" => FormTarget::Lane(key),
            "sources" => FormTarget::Source(key),
            _ => FormTarget::Document,
        };
        let Outcome::Kept(fields) = &mut change.outcome else { return Vec::new() };
        let Some(at) = fields.iter().position(|kept| kept.field == field) else { return Vec::new() };
        let theirs = fields.remove(at).theirs;
        if fields.is_empty() {
            report.changes.remove(number);
        }
        let Some((path, _)) = target.find(&self.document.text, self.timeline()) else {
            self.notice(format!("{title} is not in the document any more"), None, true);
            return Vec::new();
        };
        let path: DocPath = path.field(field);
        let intent = match theirs {
            Some(value) => Intent::Set { path, value },
            None => Intent::Unset { path },
        };
        let what = field.replace('_', " ");
        self.edit(format!("take {what} of {title} from {name}"), &[intent], target.item())
    }
}
