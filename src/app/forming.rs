//! How what is typed in a form becomes a change of the document.

use std::sync::Arc;

use crate::document::{DocPath, Fields, PathSegment, Tree, Value, field_names};
use crate::edit::Intent;

use super::desktop::DialogResult;
use super::dropped::NewPicture;
use super::effect::{Effect, Job};
use super::form::{
    Drafts, FormMessage, FormTarget, Forms, NEW, RecordForm, field_words, intent, new_lane, new_picture,
};
use super::forming_lists::list_of_new;
use super::jobs::Awaited;
use super::record_panel::RecordPlacement;
use super::state::State;

fn own(name: &'static str) -> DocPath {
    DocPath::root().field(name)
}

fn text(text: impl Into<String>) -> Value<'static> {
    Value::Text(text.into().into())
}

impl State {
    /// Does what the user does in a form.
    pub(super) fn change_form(&mut self, message: FormMessage) -> Vec<Effect> {
        match message {
            FormMessage::Open(target) => {
                let effects = self.open_form(target);
                if let Some(form) = &mut self.forms.open {
                    form.focus_title();
                }
                effects
            }
            FormMessage::New { lane, date } => self.open_new_event(lane, date),
            FormMessage::Close => self.close_form(),
            FormMessage::Leave(path) => self.apply_drafts(&[path]),
            FormMessage::Enter(path) => self.enter_field(&path, false),
            FormMessage::Set(path, value) => {
                self.type_in_form(path.clone(), value);
                self.apply_drafts(&[path])
            }
            FormMessage::SetList(list, texts) => self.set_list(&list, texts),
            FormMessage::Add(list, fields) => self.add_item(&list, &fields),
            FormMessage::AddTyped(list) => self.enter_field(&list.index(NEW), true),
            FormMessage::Remove(list, index) => self.remove_from_list(&list, index),
            FormMessage::AddPart(list) => self.add_part(list),
            FormMessage::RemovePart => self.remove_part(),
            FormMessage::MovePart(by) => self.move_part(by),
            FormMessage::CiteNew(list) => self.cite_new_source(&list),
            FormMessage::Create => self.create_event(),
            FormMessage::AddPasted => self.add_pasted(),
            FormMessage::PickMedia => self.ask_media(),
            inside => {
                self.change_in_form(inside);
                Vec::new()
            }
        }
    }

    /// Does what changes nothing but the form.
    fn change_in_form(&mut self, message: FormMessage) {
        if let FormMessage::Type(path, typed) = message {
            self.type_in_form(path, typed);
            return;
        }
        let found = if let FormMessage::Search(words) = &message { self.search_events(words) } else { Vec::new() };
        let Some(form) = &mut self.forms.open else { return };
        match message {
            FormMessage::Discard => {
                form.drafts.clear();
                self.forms.revision += 1;
            }
            FormMessage::Search(words) => form.search = (words, found),
            FormMessage::ShowPoints(first) => form.first_point = first,
            FormMessage::Focus(path) => form.focus = Some(path),
            FormMessage::Focused(path) => {
                form.focus.take_if(|focus| *focus == path);
                form.last = Some(path);
            }
            _ => {}
        }
    }

    pub(super) fn type_in_form(&mut self, path: DocPath, typed: String) {
        self.forms.revision += 1;
        let Some(form) = &mut self.forms.open else { return };
        if form.tree.text(&path) == typed && form.target != FormTarget::NewEvent {
            form.drafts.remove(&path);
        } else {
            form.drafts.insert(path, typed);
        }
    }

    /// Shows the form of an item. What was typed in the one before goes into the document, or is kept.
    pub(super) fn open_form(&mut self, target: FormTarget) -> Vec<Effect> {
        if self.documents_shown == 0 || self.forms.open.as_ref().is_some_and(|form| form.target == target) {
            return Vec::new();
        }
        let effects = self.put_form_away();
        let document = Arc::clone(&self.document.text);
        let Some((_, tree)) = target.find(&document, self.timeline()) else { return effects };
        let drafts = self.forms.kept.remove(&target).unwrap_or_default();
        if let Some(item) = target.item().filter(|item| Some(item) != self.selected.as_ref()) {
            self.selected = Some(item);
        }
        self.forms.followed.clone_from(&self.selected);
        self.forms.open = Some(RecordForm::new(target, tree, document, drafts));
        self.record.show();
        effects
    }

    /// Shows the form of what is selected, or of the document; hides it if it is shown.
    pub(super) fn toggle_form(&mut self) -> Vec<Effect> {
        if self.forms.open.is_some() && self.record.is_shown() {
            return self.close_form();
        }
        let target = self.selected.as_ref().map_or(FormTarget::Document, FormTarget::from);
        let effects = self.open_form(target);
        if let Some(form) = &mut self.forms.open {
            form.focus = Some(own("title"));
            self.record.show();
        }
        effects
    }

    /// Shows the record again. What is not good stays with its form, and is said.
    pub(super) fn close_form(&mut self) -> Vec<Effect> {
        let returns_to = self.forms.open.as_mut().and_then(|form| form.returns_to.take());
        let mut effects = self.put_form_away();
        self.forms.followed = None;
        if let Some((target, field)) = returns_to {
            effects.extend(self.open_form(target));
            if let Some(form) = &mut self.forms.open {
                form.focus = Some(field);
            }
        } else if self.record.covers_text() {
            self.record.toggle();
        }
        effects
    }

    /// Takes in where the record is shown. A form makes room for a text that has no other place.
    pub(super) fn record_placed(&mut self, placement: RecordPlacement) -> Vec<Effect> {
        self.record.placement = placement;
        if placement == RecordPlacement::InsteadOfText { self.uncover_text() } else { Vec::new() }
    }

    /// Shows the text in whose place the record is, and puts its form away.
    pub(super) fn uncover_text(&mut self) -> Vec<Effect> {
        let effects = self.put_form_away();
        if self.record.covers_text() {
            self.record.toggle();
        }
        effects
    }

    /// Closes the form: good drafts go into the document, others are kept until the form is shown again.
    fn put_form_away(&mut self) -> Vec<Effect> {
        let effects = self.apply_all_drafts();
        if let Some(form) = self.forms.open.take().filter(RecordForm::has_drafts) {
            let what = match form.drafts.keys().collect::<Vec<_>>().as_slice() {
                [one] => format!("The {} of {} is", field_words(one), form.title()),
                more => format!("{} fields of {} are", more.len(), form.title()),
            };
            if form.target != FormTarget::NewEvent {
                self.notice(format!("{what} not in the document yet; the form keeps what was typed"), None, false);
            }
            self.forms.kept.insert(form.target, form.drafts);
        }
        effects
    }

    /// Puts all that was typed and is good into the document.
    pub(super) fn apply_all_drafts(&mut self) -> Vec<Effect> {
        let paths: Vec<DocPath> = self.forms.open.iter().flat_map(|form| form.drafts.keys().cloned()).collect();
        let is_new = self.forms.open.as_ref().is_some_and(|form| form.target == FormTarget::NewEvent);
        let mut effects = self.apply_drafts(&paths);
        for list in paths.iter().filter_map(list_of_new).filter(|_| !is_new) {
            effects.extend(self.add_typed(&list, false));
        }
        effects
    }

    /// Puts what was typed in some fields into the document, as one change. What is not good stays a draft.
    fn apply_drafts(&mut self, paths: &[DocPath]) -> Vec<Effect> {
        if let [path] = paths
            && let Some(list) = list_of_new(path)
        {
            return self.add_typed(&list, false);
        }
        let document = Arc::clone(&self.document.text);
        let Some(form) = self.forms.open.as_ref().filter(|form| form.target != FormTarget::NewEvent) else {
            return Vec::new();
        };
        let Some((base, _)) = form.target.find(&document, self.timeline()) else { return Vec::new() };
        let paths = paths.iter().filter(|path| list_of_new(path).is_none());
        let typed = paths.filter(|path| form.drafts.contains_key(path));
        let good: Vec<(DocPath, Option<Value<'static>>)> =
            typed.filter_map(|path| Some((path.clone(), form.verdict(path).value.ok()?))).collect();
        let intents: Vec<Intent<'static>> =
            good.iter().filter_map(|(path, value)| intent(&base, &form.tree, path, value.clone())).collect();
        let what = match good.as_slice() {
            [(one, _)] => field_words(one),
            more => format!("{} fields", more.len()),
        };
        let name = format!("change {what} of {}", form.title());
        // A date that is another one may be out of view.
        let moved = form.target.item().filter(|_| good.iter().any(|(path, _)| *path == own("date")));
        if let Some(form) = &mut self.forms.open {
            for (path, _) in &good {
                if let Some(typed) = form.drafts.remove(path) {
                    form.applied.insert(path.clone(), typed.trim().to_owned());
                }
            }
        }
        if intents.is_empty() {
            self.renew_form();
            return Vec::new();
        }
        let effects = self.edit(name, &intents, moved);
        self.renew_form();
        effects
    }

    /// Puts what was typed in a field into the document, as Enter is pressed there. An item that this adds to a list gets the
    /// focus.
    fn enter_field(&mut self, path: &DocPath, is_asked_for: bool) -> Vec<Effect> {
        let Some(list) = list_of_new(path) else { return self.apply_drafts(std::slice::from_ref(path)) };
        let Some(form) = &self.forms.open else { return Vec::new() };
        let (index, is_typed) = (form.tree.items(&list).len(), form.drafts.contains_key(path));
        let effects = self.add_typed(&list, is_asked_for);
        if let Some(form) = self.forms.open.as_mut().filter(|form| is_typed && !form.drafts.contains_key(path)) {
            form.focus_item(&list, index);
        }
        effects
    }

    /// Makes a change of the item of the form, after what was typed in it; `intents` are told its path.
    pub(super) fn edit_part(
        &mut self,
        name: &str,
        intents: impl FnOnce(&DocPath, &Tree) -> Vec<Intent<'static>>,
    ) -> Vec<Effect> {
        let mut effects = self.apply_all_drafts();
        let document = Arc::clone(&self.document.text);
        let Some(form) = &self.forms.open else { return effects };
        let Some((base, tree)) = form.target.find(&document, self.timeline()) else { return effects };
        let name = format!("{name} {}", form.title());
        let intents = intents(&base, &tree);
        if !intents.is_empty() {
            effects.extend(self.edit(name, &intents, None));
            self.renew_form();
        }
        effects
    }

    /// Asks for the file of a picture.
    fn ask_media(&mut self) -> Vec<Effect> {
        let folder = self.folder();
        vec![Effect::Start(self.jobs.start(Awaited::AskMedia), Job::AskMedia { folder })]
    }

    /// Adds the picture that was chosen.
    pub(super) fn media_answered(&mut self, answer: DialogResult) -> Vec<Effect> {
        match answer {
            DialogResult::Path(path) => self.take_new_picture(path, NewPicture::OfForm),
            DialogResult::Cancelled => Vec::new(),
            DialogResult::Unavailable => {
                self.notice("This desktop has no dialog: type the path of the file instead".to_owned(), None, false);
                Vec::new()
            }
        }
    }

    /// Adds a picture to the event of the form: a path within the folder of the document.
    pub(super) fn add_media(&mut self, file: String) -> Vec<Effect> {
        self.add_to_list(&own("media"), &[("file", file)])
    }

    /// Gives the new event whose form is shown a picture: a path within the folder of the document.
    pub(super) fn give_new_event(&mut self, file: String) {
        if let Some(form) = self.forms.open.as_mut().filter(|form| form.target == FormTarget::NewEvent) {
            form.drafts.insert(new_picture("file"), file);
        }
    }

    /// Reads the item of the form again, where the document has changed; shows the form of what is selected, where that
    /// has changed.
    pub(super) fn renew_form(&mut self) -> Vec<Effect> {
        if self.forms.document != self.document.number {
            self.forms = Forms { document: self.document.number, ..Forms::default() };
            self.quick_entry = None;
        }
        let Some(form) = &self.forms.open else { return Vec::new() };
        if self.forms.followed != self.selected && !self.jobs.reopens() {
            let target = self.selected.as_ref().map_or(FormTarget::Document, FormTarget::from);
            self.forms.followed.clone_from(&self.selected);
            if target != form.target {
                return self.open_form(target);
            }
            return Vec::new();
        }
        let is_read = !self.jobs.reopens() && !Arc::ptr_eq(&form.source, &self.document.text);
        if form.target == FormTarget::NewEvent || !is_read {
            return Vec::new();
        }
        let document = Arc::clone(&self.document.text);
        let found = form.target.find(&document, self.timeline());
        if let (Some((_, tree)), Some(form)) = (found, &mut self.forms.open) {
            form.applied.clear();
            form.drafts.retain(|path, typed| tree.text(path) != typed);
            (form.tree, form.source) = (tree, document);
        } else {
            // It is not in the document any more.
            let gone = self.forms.open.take().filter(RecordForm::has_drafts);
            self.forms.kept.extend(gone.map(|form| (form.target, form.drafts)));
        }
        Vec::new()
    }

    /// Shows the form of an event that is not in the document yet.
    pub(super) fn open_new_event(&mut self, lane: Option<String>, date: Option<String>) -> Vec<Effect> {
        if self.documents_shown == 0 {
            return Vec::new();
        }
        let effects = self.put_form_away();
        let mut drafts: Drafts = self.forms.kept.remove(&FormTarget::NewEvent).unwrap_or_default();
        let lane = lane.or_else(|| self.usual_lane()).unwrap_or_default();
        drafts.insert(own("lane"), lane);
        if let Some(date) = date {
            drafts.insert(own("date"), date);
        }
        let mut form = RecordForm::new(FormTarget::NewEvent, Tree::default(), Arc::default(), drafts);
        form.focus = Some(own("title"));
        self.forms.open = Some(form);
        self.forms.followed.clone_from(&self.selected);
        self.record.show();
        effects
    }

    /// Puts the new event into the document, if nothing is wrong with it.
    fn create_event(&mut self) -> Vec<Effect> {
        self.add_typed(&own("tags"), true);
        let is_new = |form: &&RecordForm| form.target == FormTarget::NewEvent;
        let Some(form) = self.forms.open.as_ref().filter(is_new) else { return Vec::new() };
        let mut fields = Vec::new();
        let title_of_lane = form.text(&new_lane()).trim();
        let has_lane = !form.text(&own("lane")).trim().is_empty();
        if title_of_lane.is_empty() && !has_lane && !self.timeline().lanes.is_empty() {
            return self.change_form(FormMessage::Focus(new_lane()));
        }
        let is_named = !title_of_lane.is_empty();
        let (new_lane, intents) = is_named.then(|| self.lane_titled(title_of_lane, has_lane)).unzip();
        for name in field_names(&[PathSegment::Field("events"), PathSegment::Index(0)]).unwrap_or_default() {
            let path = own(name);
            let mut list: Vec<Value<'static>> =
                form.tree.items(&path).iter().map(|item| text(item.text(&DocPath::root()))).collect();
            if name == "also" && has_lane {
                list.extend(new_lane.clone().map(text));
            }
            if !list.is_empty() {
                fields.push((name, Value::List(list)));
                continue;
            }
            if name == "lane" && !has_lane {
                fields.extend(new_lane.clone().map(|id| (name, text(id))));
                continue;
            }
            if name != "title" && !form.drafts.contains_key(&path) {
                continue;
            }
            let Ok(value) = form.verdict(&path).value else {
                if let Some(form) = &mut self.forms.open {
                    form.focus = Some(path);
                }
                return Vec::new();
            };
            fields.extend(value.map(|value| (name, value)));
        }
        let picture: Fields<'static> = ["file", "alt"]
            .into_iter()
            .map(|name| (name, form.text(&new_picture(name)).trim().to_owned()))
            .filter(|(_, typed)| !typed.is_empty())
            .map(|(name, typed)| (name, text(typed)))
            .collect();
        if picture.first().is_some_and(|(name, _)| *name == "file") {
            fields.push(("media", Value::List(vec![Value::Item(picture)])));
        }
        let date = form.verdict(&own("date")).date;
        self.forms.open = None;
        let (effects, id) = self.add_events(vec![(fields, date)], intents.unwrap_or_default());
        if let Some(id) = id {
            self.forms.followed = None;
            let mut effects = effects;
            effects.extend(self.open_form(FormTarget::Event(id)));
            return effects;
        }
        effects
    }
}
