//! How what is typed in a form becomes a change of the document.

use std::path::Path;
use std::sync::Arc;

use crate::compose::points;
use crate::document::{DocPath, PathSegment, Tree, Value, field_names, new_id};
use crate::edit::Intent;
use crate::layout::one_line;
use crate::timeline::{ItemId, Key, is_within};

use super::desktop::DialogResult;
use super::effect::{Effect, Job};
use super::form::{Drafts, FormMessage, FormTarget, Forms, RecordForm, check, field_words, list_words, rule, singular};
use super::jobs::Awaited;
use super::state::State;

/// The greatest number of events that a search lists.
const MOST_FOUND: usize = 8;

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
            FormMessage::Open(target) => self.open_form(target),
            FormMessage::New { lane, date } => self.open_new_event(lane, date),
            FormMessage::Close => self.close_form(),
            FormMessage::Leave(path) => self.apply_drafts(&[path]),
            FormMessage::Set(path, value) => {
                self.type_in_form(path.clone(), value);
                self.apply_drafts(&[path])
            }
            FormMessage::SetList(list, texts) => self.set_list(&list, texts),
            FormMessage::Add(list, fields) => self.add_to_list(&list, &fields),
            FormMessage::Remove(list, index) => self.remove_from_list(&list, index),
            FormMessage::AddPart(list) => self.add_part(list),
            FormMessage::RemovePart => self.remove_part(),
            FormMessage::MovePart(by) => self.move_part(by),
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
            FormMessage::Discard => form.drafts.clear(),
            FormMessage::Search(words) => form.search = (words, found),
            FormMessage::Paste(pasted) => form.paste = pasted,
            FormMessage::Focused => form.focus = None,
            _ => {}
        }
    }

    fn type_in_form(&mut self, path: DocPath, typed: String) {
        let Some(form) = &mut self.forms.open else { return };
        if form.tree.text(&path) == typed && form.target != FormTarget::NewEvent {
            form.drafts.remove(&path);
        } else {
            form.drafts.insert(path, typed);
        }
    }

    /// Shows the form of an item. What was typed in the one before goes into the document, or is kept.
    fn open_form(&mut self, target: FormTarget) -> Vec<Effect> {
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
        if self.forms.open.is_some() {
            return self.close_form();
        }
        let target = self.selected.as_ref().map_or(FormTarget::Document, FormTarget::from);
        let effects = self.open_form(target);
        if let Some(form) = &mut self.forms.open {
            form.focus = Some(own("title"));
        }
        effects
    }

    /// Shows the record again. What is not good stays with its form, and is said.
    pub(super) fn close_form(&mut self) -> Vec<Effect> {
        let effects = self.put_form_away();
        self.forms.followed = None;
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
        self.apply_drafts(&paths)
    }

    /// Puts what was typed in some fields into the document, as one change. What is not good stays a draft.
    fn apply_drafts(&mut self, paths: &[DocPath]) -> Vec<Effect> {
        let document = Arc::clone(&self.document.text);
        let Some(form) = self.forms.open.as_ref().filter(|form| form.target != FormTarget::NewEvent) else {
            return Vec::new();
        };
        let Some((base, _)) = form.target.find(&document, self.timeline()) else { return Vec::new() };
        let typed = paths.iter().filter(|path| form.drafts.contains_key(path));
        let good: Vec<(DocPath, Option<Value<'static>>)> =
            typed.filter_map(|path| Some((path.clone(), form.verdict(path).value.ok()?))).collect();
        let intents: Vec<Intent<'static>> =
            good.iter().filter_map(|(path, value)| intent(&base, &form.tree, path, value.clone())).collect();
        let what = match good.as_slice() {
            [(one, _)] => field_words(one),
            more => format!("{} fields", more.len()),
        };
        let name = format!("change {what} of {}", form.title());
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
        let effects = self.edit(name, &intents, None);
        self.renew_form();
        effects
    }

    /// Makes a change of the item of the form, after what was typed in it; `intents` are told its path.
    fn edit_part(&mut self, name: &str, intents: impl FnOnce(&DocPath, &Tree) -> Vec<Intent<'static>>) -> Vec<Effect> {
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

    fn set_list(&mut self, list: &DocPath, texts: Vec<String>) -> Vec<Effect> {
        if let Some(form) = self.forms.open.as_mut().filter(|form| form.target == FormTarget::NewEvent) {
            let tree = Tree::List(texts.into_iter().map(Tree::Text).collect());
            if let (Tree::Item(fields), Some(PathSegment::Field(name))) = (&mut form.tree, list.segments().first()) {
                fields.retain(|(field, _)| field != name);
                fields.push(((*name).to_owned(), tree));
            }
            return Vec::new();
        }
        let words = field_words(list);
        self.edit_part(&format!("change {words} of"), |base, tree| {
            let value = (!texts.is_empty()).then(|| Value::List(texts.into_iter().map(text).collect()));
            intent(base, tree, list, value).into_iter().collect()
        })
    }

    fn add_to_list(&mut self, list: &DocPath, fields: &[(&'static str, String)]) -> Vec<Effect> {
        let Some(form) = &self.forms.open else { return Vec::new() };
        let index = form.tree.items(list).len();
        let checked = |(name, typed): &(&'static str, String)| {
            let path = list.clone().index(index).field(name);
            let value = check(rule(&form.target, &path), typed, crate::date::Calendar::Gregorian).value.ok()?;
            Some(value.map(|value| (*name, value)))
        };
        // The form says what is wrong before it offers to add something.
        let Some(fields) = fields.iter().map(checked).collect::<Option<Vec<_>>>() else { return Vec::new() };
        let value = Value::Item(fields.into_iter().flatten().collect());
        let words = list_words(list);
        self.edit_part(&format!("add {words} to"), |base, _| {
            vec![Intent::Insert { list: base.clone().join(list), index, value }]
        })
    }

    fn remove_from_list(&mut self, list: &DocPath, index: usize) -> Vec<Effect> {
        let words = list_words(list);
        let effects = self.edit_part(&format!("remove {words} from"), |base, _| {
            vec![Intent::Remove { list: base.clone().join(list), index }]
        });
        if let Some(form) = &mut self.forms.open {
            form.removed_from(list, index);
        }
        effects
    }

    /// Adds a lane, a source, an era or a series, and shows its form.
    fn add_part(&mut self, list: &'static str) -> Vec<Effect> {
        let mut effects = self.apply_all_drafts();
        let noun = singular(list);
        let title = format!("New {noun}");
        let timeline = self.timeline();
        let is_taken = |id: &str| match list {
            "lanes" => timeline.lanes.iter().any(|lane| lane.id == id),
            "sources" => timeline.sources.iter().any(|source| source.id == id),
            "eras" => timeline.find(&ItemId::Era(Key::of_id(id))).is_some(),
            _ => timeline.find(&ItemId::Series(Key::of_id(id))).is_some(),
        };
        let id = new_id(&title, noun, is_taken);
        let mut fields = vec![("id", text(id.clone())), ("title", text(title))];
        match list {
            "eras" => fields.push(("date", text(self.date_in_view()))),
            "series" => fields.extend([("unit", text("units")), ("points", Value::List(Vec::new()))]),
            _ => {}
        }
        let intent =
            Intent::Insert { list: DocPath::root().field(list), index: usize::MAX, value: Value::Item(fields) };
        let key = Key::of_id(&id);
        let target = match list {
            "lanes" => FormTarget::Lane(key),
            "sources" => FormTarget::Source(key),
            "eras" => FormTarget::Era(key),
            _ => FormTarget::Series(key),
        };
        effects.extend(self.edit(format!("add {noun}"), &[intent], target.item()));
        effects.extend(self.open_form(target));
        if let Some(form) = &mut self.forms.open {
            form.focus = Some(own("title"));
        }
        effects
    }

    /// Removes the item of the form from the document. A lane that is not empty, or a source that is cited, stays.
    fn remove_part(&mut self) -> Vec<Effect> {
        let Some(form) = &self.forms.open else { return Vec::new() };
        if let Some(why) = self.why_needed(&form.target) {
            self.notice(why, None, true);
            return Vec::new();
        }
        let effects = self.edit_part("delete", |base, _| {
            let Some((list, PathSegment::Index(index))) = base.split_last() else { return Vec::new() };
            vec![Intent::Remove { list, index }]
        });
        self.forms.open = None;
        self.selected = None;
        effects
    }

    /// Returns why an item cannot be removed: something else refers to it.
    fn why_needed(&self, target: &FormTarget) -> Option<String> {
        let timeline = self.timeline();
        match target {
            FormTarget::Lane(Key::Id(id)) => {
                let (index, lane) = timeline.iter_lanes().find(|(_, lane)| lane.id == **id)?;
                let count = lane.index().len() + lane.undated().len();
                if lane.is_group() || count > 0 {
                    let what = if lane.is_group() {
                        "other lanes".to_owned()
                    } else {
                        super::words::count_words(count, "event")
                    };
                    let path = timeline.path_of(index);
                    return Some(format!("{path} is not deleted, as {what} are in it: move them first"));
                }
                None
            }
            FormTarget::Source(Key::Id(id)) => {
                let cited = format!("source: \"{id}\"");
                let is_cited = self.document.text.contains(&cited);
                is_cited.then(|| "This source is not deleted, as it is cited: remove its citations first".to_owned())
            }
            _ => None,
        }
    }

    fn move_part(&mut self, by: isize) -> Vec<Effect> {
        self.edit_part("move", |base, _| {
            let Some((list, PathSegment::Index(from))) = base.split_last() else { return Vec::new() };
            from.checked_add_signed(by).map(|to| Intent::Move { list, from, to }).into_iter().collect()
        })
    }

    fn add_pasted(&mut self) -> Vec<Effect> {
        let Some(form) = &mut self.forms.open else { return Vec::new() };
        let pasted = std::mem::take(&mut form.paste);
        let (good, bad): (Vec<_>, Vec<_>) = points(&pasted).into_iter().partition(|line| line.point.is_ok());
        // Lines with a mistake stay to be mended.
        let lines: Vec<&str> = pasted.lines().collect();
        let rest = bad.iter().filter_map(|line| lines.get(line.line - 1).copied());
        form.paste = rest.collect::<Vec<_>>().join("\n");
        let count = good.len();
        let list = own("points");
        let words = super::words::count_words(count, "value");
        self.edit_part(&format!("add {words} to"), |base, tree| {
            let known = tree.items(&list).len();
            let insert = |(number, (date, value)): (usize, (String, f64))| Intent::Insert {
                list: base.clone().join(&list),
                index: known + number,
                value: Value::Item(vec![("date", text(date)), ("value", Value::Number(value))]),
            };
            good.into_iter().filter_map(|line| line.point.ok()).enumerate().map(insert).collect()
        })
    }

    fn search_events(&self, words: &str) -> Vec<(String, String)> {
        let words = words.trim().to_lowercase();
        if words.chars().count() < 2 {
            return Vec::new();
        }
        let events = self.timeline().events.iter();
        let found = events.filter(|event| event.title.to_lowercase().contains(&words));
        found.take(MOST_FOUND).map(|event| (event.id.to_owned(), one_line(event.title).into_owned())).collect()
    }

    /// Asks for the file of a picture.
    fn ask_media(&mut self) -> Vec<Effect> {
        let folder = self.folder();
        vec![Effect::Start(self.jobs.start(Awaited::AskMedia), Job::AskMedia { folder })]
    }

    /// Adds the picture that was chosen.
    pub(super) fn media_answered(&mut self, answer: DialogResult) -> Vec<Effect> {
        match answer {
            DialogResult::Path(path) => self.add_media(&path),
            DialogResult::Cancelled => Vec::new(),
            DialogResult::Unavailable => {
                self.notice("This desktop has no dialog: type the path of the file instead".to_owned(), None, false);
                Vec::new()
            }
        }
    }

    /// Adds a picture to the event of the form: its path within the folder of the document.
    pub(super) fn add_media(&mut self, path: &Path) -> Vec<Effect> {
        let folder = self.folder().and_then(|folder| if folder.as_os_str().is_empty() { None } else { Some(folder) });
        let within = match &folder {
            Some(folder) => path.strip_prefix(folder).ok(),
            None => Some(path),
        };
        let file = within.map(|path| path.to_string_lossy().replace('\\', "/")).filter(|file| is_within(file));
        let Some(file) = file else {
            let why = match &folder {
                Some(folder) => format!("put it into {} or a folder in it", folder.display()),
                None => "save the document first, beside the picture".to_owned(),
            };
            self.notice(
                format!("{} is not added, as a document shows pictures of its own folder only: {why}", path.display()),
                None,
                true,
            );
            return Vec::new();
        };
        self.add_to_list(&own("media"), &[("file", file)])
    }

    /// Returns whether a file that is dropped is a picture for the event of the form.
    pub(super) fn takes_picture(&self, path: &Path) -> bool {
        let is_event = self.forms.open.as_ref().is_some_and(|form| matches!(form.target, FormTarget::Event(_)));
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
        is_event && ending.is_some_and(|ending| ["png", "jpg", "jpeg"].contains(&ending.as_str()))
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
    fn open_new_event(&mut self, lane: Option<String>, date: Option<String>) -> Vec<Effect> {
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
        let Some(form) = &self.forms.open else { return Vec::new() };
        let mut fields = Vec::new();
        for name in field_names(&[PathSegment::Field("events"), PathSegment::Index(0)]).unwrap_or_default() {
            let path = own(name);
            let list: Vec<Value<'static>> =
                form.tree.items(&path).iter().map(|item| text(item.text(&DocPath::root()))).collect();
            if !list.is_empty() {
                fields.push((name, Value::List(list)));
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
        let date = form.verdict(&own("date")).date;
        self.forms.open = None;
        let (effects, id) = self.add_events(vec![(fields, date)], None);
        if let Some(id) = id {
            self.forms.followed = None;
            let mut effects = effects;
            effects.extend(self.open_form(FormTarget::Event(id)));
            return effects;
        }
        effects
    }
}

/// Returns what gives a field of an item a value, or none: the item or list around it is made where it is absent, and
/// removed where nothing is left in it.
fn intent(base: &DocPath, tree: &Tree, path: &DocPath, value: Option<Value<'static>>) -> Option<Intent<'static>> {
    let at = |path: &DocPath| base.clone().join(path);
    let (outer, _) = path.split_last()?;
    let name = match path.segments().last() {
        Some(PathSegment::Field(name)) => *name,
        _ => return None,
    };
    let is_inner = matches!(outer.segments().last(), Some(PathSegment::Field(_)));
    let around = if is_inner { tree.at(&outer) } else { Some(tree) };
    match value {
        Some(value) if around.is_some() => Some(Intent::Set { path: at(path), value }),
        Some(value) => Some(Intent::Set { path: at(&outer), value: Value::Item(vec![(name, value)]) }),
        None if tree.at(path).is_none() => None,
        None if is_inner && around.is_some_and(|around| around.len() == 1) => Some(Intent::Unset { path: at(&outer) }),
        None => Some(Intent::Unset { path: at(path) }),
    }
}
