//! What is typed in forms, as it is kept in a file.

use std::collections::BTreeMap;

use crate::document::{DocPath, PathSegment, field_names};
use crate::timeline::Key;

use super::state::{Drafts, NEW, RecordForm};
use super::target::FormTarget;
use crate::app::unsaved::KeptDraft;

/// What an index of an item that is not in its list yet is written as.
const NEW_ITEM: &str = "+";

/// Returns what is typed in a form, for a file.
pub(in crate::app) fn kept_drafts(target: &FormTarget, drafts: &Drafts) -> Vec<KeptDraft> {
    let target = target_name(target);
    let kept = |(path, typed): (&DocPath, &String)| {
        let (target, field, typed) = (target.clone(), path_name(path), typed.clone());
        KeptDraft { target, field, typed }
    };
    drafts.iter().map(kept).collect()
}

/// Returns what is typed in forms, of a file. What it cannot be told to belong to is left out.
pub(in crate::app) fn drafts_of(kept: &[KeptDraft]) -> BTreeMap<FormTarget, Drafts> {
    let mut all = BTreeMap::<FormTarget, Drafts>::new();
    for KeptDraft { target, field, typed } in kept {
        let Some(target) = target_named(target) else { continue };
        if let Some(path) = path_named(&target, field) {
            all.entry(target).or_default().insert(path, typed.clone());
        }
    }
    all
}

impl RecordForm {
    /// Returns what is typed and in no document: of a new event, not what the form begins with.
    pub(in crate::app) fn typed(&self) -> Drafts {
        let mut typed = self.drafts.clone();
        if self.target != FormTarget::NewEvent {
            return typed;
        }
        let tags = DocPath::root().field("tags");
        let chosen = self.tree.texts(&tags).join(", ");
        if !chosen.is_empty() {
            let new = typed.entry(tags.index(NEW)).or_default();
            *new = if new.is_empty() { chosen } else { format!("{chosen}, {new}") };
        }
        let begins = [DocPath::root().field("lane"), DocPath::root().field("date")];
        let is_typed = typed.iter().any(|(path, text)| !begins.contains(path) && !text.trim().is_empty());
        if is_typed { typed } else { Drafts::new() }
    }
}

fn target_name(target: &FormTarget) -> String {
    let (kind, key) = match target {
        FormTarget::Document => return "document".to_owned(),
        FormTarget::NewEvent => return "new".to_owned(),
        FormTarget::Event(key) => ("event", key),
        FormTarget::Era(key) => ("era", key),
        FormTarget::Series(key) => ("series", key),
        FormTarget::Lane(key) => ("lane", key),
        FormTarget::Source(key) => ("source", key),
    };
    match key {
        Key::Id(id) => format!("{kind} {id}"),
        Key::Place(place) => format!("{kind}#{place}"),
    }
}

fn target_named(name: &str) -> Option<FormTarget> {
    match name {
        "document" => return Some(FormTarget::Document),
        "new" => return Some(FormTarget::NewEvent),
        _ => {}
    }
    let at = name.find([' ', '#'])?;
    let (kind, rest) = name.split_at_checked(at)?;
    let key = match rest.split_at_checked(1)? {
        (" ", id) => Key::of_id(id),
        (_, place) => Key::Place(place.parse().ok()?),
    };
    Some(match kind {
        "event" => FormTarget::Event(key),
        "era" => FormTarget::Era(key),
        "series" => FormTarget::Series(key),
        "lane" => FormTarget::Lane(key),
        "source" => FormTarget::Source(key),
        _ => return None,
    })
}

fn path_name(path: &DocPath) -> String {
    let name = |segment: &PathSegment| match segment {
        PathSegment::Field(name) => (*name).to_owned(),
        PathSegment::Index(NEW) => NEW_ITEM.to_owned(),
        PathSegment::Index(index) => index.to_string(),
    };
    path.segments().iter().map(name).collect::<Vec<_>>().join("/")
}

fn path_named(target: &FormTarget, name: &str) -> Option<DocPath> {
    let mut within = target.list().map_or_else(DocPath::root, |list| DocPath::root().field(list).index(0));
    let mut path = DocPath::root();
    for part in name.split('/') {
        if part == NEW_ITEM || part.bytes().all(|byte| byte.is_ascii_digit()) {
            let index = if part == NEW_ITEM { NEW } else { part.parse().ok()? };
            (within, path) = (within.index(0), path.index(index));
        } else {
            let field = field_names(within.segments())?.into_iter().find(|field| *field == part)?;
            (within, path) = (within.field(field), path.field(field));
        }
    }
    Some(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_comes_back_to_its_field() {
        let root = DocPath::root;
        let check = |target: FormTarget, path: DocPath, name: &str| {
            let drafts = Drafts::from([(path, "31 June".to_owned())]);
            let kept = kept_drafts(&target, &drafts);
            assert_eq!(format!("{}: {}", kept[0].target, kept[0].field), name);
            assert_eq!(drafts_of(&kept), BTreeMap::from([(target, drafts)]));
        };
        check(FormTarget::Document, root().field("view").field("from"), "document: view/from");
        check(FormTarget::NewEvent, root().field("title"), "new: title");
        let treaty = FormTarget::Event(Key::of_id("a b#1"));
        check(treaty, root().field("citations").index(12).field("note"), "event a b#1: citations/12/note");
        let place = FormTarget::Series(Key::Place(17));
        check(place, root().field("points").index(NEW), "series#17: points/+");
        check(FormTarget::Lane(Key::of_id("l")), root().field("parent"), "lane l: parent");
        check(FormTarget::Event(Key::of_id("e")), root().field("place").field("latitude"), "event e: place/latitude");
        let other = |target: &str, field: &str| {
            let [target, field, typed] = [target, field, ""].map(str::to_owned);
            drafts_of(&[KeptDraft { target, field, typed }])
        };
        assert_eq!(other("event x", "no such field"), BTreeMap::new());
        assert_eq!(other("anything", "title"), BTreeMap::new());
    }
}
