//! How lanes, sources, eras and series are added to the document, moved and removed in their forms.

use crate::document::{DocPath, PathSegment, Value, new_id};
use crate::edit::Intent;
use crate::timeline::{ItemId, Key};

use super::effect::Effect;
use super::form::{FormTarget, singular};
use super::state::State;

fn text(text: impl Into<String>) -> Value<'static> {
    Value::Text(text.into().into())
}

/// A part of the document that is to be added.
struct NewPart {
    target: FormTarget,
    id: String,
    intent: Intent<'static>,
}

impl State {
    /// Adds a lane, a source, an era or a series, and shows its form.
    pub(super) fn add_part(&mut self, list: &'static str) -> Vec<Effect> {
        let mut effects = self.apply_all_drafts();
        let NewPart { target, intent, .. } = self.new_part(list);
        effects.extend(self.edit(format!("add {}", singular(list)), &[intent], target.item()));
        effects.extend(self.open_form(target));
        self.focus_on_title();
        effects
    }

    /// Adds a source, and a citation of it to a list of the item of the form. The form of the source is shown until it is
    /// closed.
    pub(super) fn cite_new_source(&mut self, citations: &DocPath) -> Vec<Effect> {
        let Some(form) = &self.forms.open else { return Vec::new() };
        let (from, index) = (form.target.clone(), form.tree.items(citations).len());
        let NewPart { target, id, intent } = self.new_part("sources");
        let mut effects = self.edit_part("add a citation of a new source to", |base, _| {
            let value = Value::Item(vec![("source", text(id))]);
            vec![intent, Intent::Insert { list: base.clone().join(citations), index, value }]
        });
        effects.extend(self.open_form(target));
        self.focus_on_title();
        if let Some(form) = &mut self.forms.open {
            form.returns_to = Some((from, citations.clone().index(index).field("locator")));
        }
        effects
    }

    fn focus_on_title(&mut self) {
        if let Some(form) = &mut self.forms.open {
            form.focus_title();
        }
    }

    /// Returns a new part of the document, with an id that none has.
    fn new_part(&self, list: &'static str) -> NewPart {
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
            "eras" => fields.push(("date", text(self.span_in_view()))),
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
        NewPart { target, id, intent }
    }

    /// Removes the item of the form from the document. A lane that is not empty, or a source that is cited, stays.
    pub(super) fn remove_part(&mut self) -> Vec<Effect> {
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

    /// Moves the item of the form among its like.
    pub(super) fn move_part(&mut self, by: isize) -> Vec<Effect> {
        self.edit_part("move", |base, _| {
            let Some((list, PathSegment::Index(from))) = base.split_last() else { return Vec::new() };
            from.checked_add_signed(by).map(|to| Intent::Move { list, from, to }).into_iter().collect()
        })
    }
}
