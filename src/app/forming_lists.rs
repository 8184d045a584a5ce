//! How lists of an item are changed in its form, and the values of a series.

use crate::compose::{PointLine, points};
use crate::date::{Calendar, Date};
use crate::document::{DocPath, PathSegment, Tree, Value};
use crate::edit::Intent;
use crate::layout::one_line;
use crate::query::Needle;
use crate::timeline::{Event, EventIndex};

use super::effect::Effect;
use super::form::{FormTarget, NEW, check, field_words, intent, list_words, new_lane, rule};
use super::state::State;

/// The greatest number of events that a search lists.
const MOST_FOUND: usize = 8;

fn own(name: &'static str) -> DocPath {
    DocPath::root().field(name)
}

fn text(text: impl Into<String>) -> Value<'static> {
    Value::Text(text.into().into())
}

/// Returns the list that an item is typed for which is not in it yet. A new lane is none of an event.
pub(super) fn list_of_new(path: &DocPath) -> Option<DocPath> {
    let (list, end) = path.split_last().filter(|_| *path != new_lane())?;
    (end == PathSegment::Index(NEW)).then_some(list)
}

impl State {
    /// Gives a list these texts.
    pub(super) fn set_list(&mut self, list: &DocPath, texts: Vec<String>) -> Vec<Effect> {
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

    /// Adds an item to a list, if nothing is wrong with it.
    pub(super) fn add_to_list(&mut self, list: &DocPath, fields: &[(&'static str, String)]) -> Vec<Effect> {
        let Some(form) = &self.forms.open else { return Vec::new() };
        let index = form.tree.items(list).len();
        let checked = |(name, typed): &(&'static str, String)| {
            let path = list.clone().index(index).field(name);
            let value = check(rule(&form.target, &path), typed, Calendar::Gregorian).value.ok()?;
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

    /// Adds an item to a list, which gets the focus.
    pub(super) fn add_item(&mut self, list: &DocPath, fields: &[(&'static str, String)]) -> Vec<Effect> {
        let index = self.forms.open.as_ref().map_or(0, |form| form.tree.items(list).len());
        let effects = self.add_to_list(list, fields);
        if let Some(form) = &mut self.forms.open {
            form.focus_item(list, index);
        }
        effects
    }

    /// Removes an item of a list.
    pub(super) fn remove_from_list(&mut self, list: &DocPath, index: usize) -> Vec<Effect> {
        let words = list_words(list);
        let effects = self.edit_part(&format!("remove {words} from"), |base, _| {
            vec![Intent::Remove { list: base.clone().join(list), index }]
        });
        if let Some(form) = &mut self.forms.open {
            form.removed_from(list, index);
        }
        effects
    }

    /// Adds what is typed for an item of a list that is not in it yet, if nothing is wrong with it, nor, unless that is
    /// asked for, doubtful. Pasted values wait until they have been looked at.
    pub(super) fn add_typed(&mut self, list: &DocPath, is_asked_for: bool) -> Vec<Effect> {
        let path = list.clone().index(NEW);
        let Some(form) = &mut self.forms.open else { return Vec::new() };
        let verdict = form.verdict(&path);
        let is_good = verdict.value.is_ok() && (is_asked_for || verdict.cautions.is_empty());
        if list == &own("points") || !is_good {
            return Vec::new();
        }
        let Some(typed) = form.drafts.remove(&path) else { return Vec::new() };
        let typed = typed.trim().to_owned();
        match list.segments() {
            [PathSegment::Field("tags")] => {
                let mut tags: Vec<String> = form.tree.texts(list).into_iter().map(str::to_owned).collect();
                for tag in typed.split(',').map(|tag| tag.trim().trim_start_matches('#')) {
                    if !tag.is_empty() && !tags.iter().any(|own| own == tag) {
                        tags.push(tag.to_owned());
                    }
                }
                self.set_list(list, tags)
            }
            [PathSegment::Field("links")] => self.add_to_list(list, &[("url", typed)]),
            [PathSegment::Field("media")] => self.add_to_list(list, &[("file", typed)]),
            _ => Vec::new(),
        }
    }

    /// Adds the values that are pasted. Lines with a mistake stay to be mended.
    pub(super) fn add_pasted(&mut self) -> Vec<Effect> {
        let list = own("points");
        let Some(form) = &mut self.forms.open else { return Vec::new() };
        let path = list.clone().index(NEW);
        let Some(pasted) = form.drafts.remove(&path) else { return Vec::new() };
        let (good, bad): (Vec<PointLine>, Vec<PointLine>) =
            points(&pasted).into_iter().partition(|line| line.point.is_ok());
        let lines: Vec<&str> = pasted.lines().collect();
        let rest: Vec<&str> = bad.iter().filter_map(|line| lines.get(line.line - 1).copied()).collect();
        if !rest.is_empty() {
            form.drafts.insert(path, rest.join("\n"));
        }
        form.first_point = form.tree.items(&list).len();
        let words = super::words::count_words(good.len(), "value");
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

    /// Returns the ids and titles of events whose title or id has each of these words in it, then of those that are at the
    /// date that the words are. A single letter is no word yet, a single character of other scripts is.
    pub(super) fn search_events(&self, words: &str) -> Vec<(String, String)> {
        let words = words.trim();
        if words.len() < 2 {
            return Vec::new();
        }
        let timeline = self.timeline();
        let needles: Vec<Needle> = words.split_whitespace().filter_map(Needle::new).collect();
        let has_words = |event: &EventIndex| {
            let found = |event: &Event<'_>, needle: &Needle| needle.is_in(event.title) || needle.is_in(event.id);
            let event = timeline.event(*event).filter(|_| !needles.is_empty());
            event.is_some_and(|event| needles.iter().all(|needle| found(&event, needle)))
        };
        let mut found: Vec<EventIndex> = timeline.events.indices().filter(has_words).take(MOST_FOUND).collect();
        if let Some(reading) = Date::try_read(words, Calendar::Gregorian) {
            let extent = timeline.zone.place(reading.date).bounds();
            let there = timeline.index().overlapping(extent);
            let others: Vec<EventIndex> = there.into_iter().filter(|event| !found.contains(event)).collect();
            found.extend(others.into_iter().take(MOST_FOUND - found.len().min(MOST_FOUND)));
        }
        let event = |event: &EventIndex| {
            let event = timeline.event(*event)?;
            Some((event.id.to_owned(), format!("{}, {}", one_line(event.title), event.date_words())))
        };
        found.iter().filter_map(event).collect()
    }
}
