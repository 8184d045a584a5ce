//! A newer version of what a document was made from, brought into the document.
//!
//! Items are the same if their ids are. What came from the file follows the file; what a person added or changed stays.

use std::collections::HashMap;

use crate::document::{DocPath, Timeline, Value};

use super::intent::Intent;

/// What brings a newer version of a file into a document, and what it does.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Update {
    /// The intents, each about the document after the one before it.
    pub intents: Vec<Intent<'static>>,
    /// What becomes of each item that is not the same everywhere.
    pub changes: Vec<ItemChange>,
    is_noted: bool,
}

/// What becomes of an item.
#[derive(Clone, Debug, PartialEq)]
pub struct ItemChange {
    /// The list that it is in: "events", "lanes".
    pub list: &'static str,
    /// Its id; empty for the document itself.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What becomes of it.
    pub outcome: Outcome,
}

/// A field that is not the same in the document and in the file.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldChange {
    /// Its name.
    pub field: &'static str,
    /// Its value in the document before the update.
    pub own: Option<Value<'static>>,
    /// Its value in the file.
    pub theirs: Option<Value<'static>>,
}

/// What becomes of an item that is not the same everywhere.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// It is new in the file, and added.
    Added,
    /// These fields are changed as the file has them.
    Updated(Vec<FieldChange>),
    /// These fields were changed by a person and in the file, too. Those of the person stay.
    Kept(Vec<FieldChange>),
    /// It is not in the file any more, nobody has changed it, and it is removed.
    Removed,
    /// It is not in the file any more. It stays, since a person has changed it, or since what the file had before is not
    /// known.
    Missing,
    /// A person removed it, and it stays so.
    LeftOut,
}

/// The documents that an update is made of.
#[derive(Clone, Copy, Debug)]
pub struct Versions<'t> {
    /// What the older version of the file was imported as, if that is known. Without it, fields that the file has replace
    /// those of the document.
    pub older: Option<&'t Timeline>,
    /// Whether the older version was noted when it was read or written, rather than made of the document. Nothing is removed
    /// without that: what is not in the file may never have been in it.
    pub is_noted: bool,
    /// The document.
    pub current: &'t Timeline,
    /// The document as it comes back from such a file, which may not hold all of it. What differs between the older version
    /// and this was changed by a person. `None` if such a file holds all that was imported from it.
    pub returned: Option<&'t Timeline>,
    /// What the newer version of the file is imported as.
    pub newer: &'t Timeline,
}

/// Returns what brings the newer version of a file into a document.
#[must_use]
pub fn update(versions: &Versions<'_>) -> Update {
    let mut update = Update { is_noted: versions.is_noted, ..Update::default() };
    let lists = versions.older.map(Lists::of);
    let returned = versions.returned.map(Lists::of);
    let (current, newer) = (Lists::of(versions.current), Lists::of(versions.newer));
    if let Some(base) = &lists {
        let returned = returned.as_ref().map_or(&current.head, |returned| &returned.head);
        let sides = Sides { base: Some(&base.head), current: &current.head, returned, newer: &newer.head };
        update.fields(&DocPath::root(), ("", ""), &sides);
    }
    for (number, (name, items)) in newer.lists.iter().enumerate() {
        let base = lists.as_ref().and_then(|lists| lists.lists.get(number)).map(|(_, items)| items);
        let returned = returned.as_ref().and_then(|lists| lists.lists.get(number)).map(|(_, items)| items);
        let Some((_, mine)) = current.lists.get(number) else { continue };
        update.list(name, [base, returned], mine, items);
    }
    update
}

/// The fields of an item in each version.
struct Sides<'s, 'v> {
    base: Option<&'s Fields<'v>>,
    current: &'s Fields<'v>,
    returned: &'s Fields<'v>,
    newer: &'s Fields<'v>,
}

/// An item, and its id.
type Identified<'v> = (String, Fields<'v>);
type Fields<'v> = Vec<(&'static str, Value<'v>)>;

/// The lists of a document, in an order in which what is referred to is before what refers to it.
struct Lists<'v> {
    head: Fields<'v>,
    lists: [(&'static str, Vec<Identified<'v>>); 5],
}

impl<'v> Lists<'v> {
    fn of(document: &'v Timeline) -> Self {
        fn all<'v, T>(items: &'v [T]) -> Vec<Identified<'v>>
        where
            Value<'v>: From<&'v T>,
        {
            items.iter().map(|item| identified(Value::from(item))).collect()
        }
        let texts = [
            ("title", Some(&document.title)),
            ("subtitle", document.subtitle.as_ref()),
            ("description", document.description.as_ref()),
            ("author", document.author.as_ref()),
            ("date", document.date.as_ref()),
            ("language", document.language.as_ref()),
            ("zone", document.zone.as_ref()),
        ];
        let head = texts.into_iter().filter_map(|(name, text)| Some((name, Value::Text(text?.as_str().into()))));
        Self {
            head: head.collect(),
            lists: [
                ("sources", all(&document.sources)),
                ("lanes", all(&document.lanes)),
                ("series", all(&document.series)),
                ("eras", all(&document.eras)),
                ("events", all(&document.events)),
            ],
        }
    }
}

fn identified(item: Value<'_>) -> Identified<'_> {
    let Value::Item(fields) = item else { return Identified::default() };
    let id = fields.iter().find_map(|(name, value)| match value {
        Value::Text(id) if *name == "id" => Some(id.clone().into_owned()),
        _ => None,
    });
    (id.unwrap_or_default(), fields)
}

/// Returns items by their ids, the first of each, with their numbers. Those without one are the same as none.
fn by_id<'i, 'v>(items: &'i [Identified<'v>]) -> HashMap<&'i str, (usize, &'i Fields<'v>)> {
    let mut found = HashMap::with_capacity(items.len());
    for (number, (id, fields)) in items.iter().enumerate().filter(|(_, (id, _))| !id.is_empty()) {
        found.entry(id.as_str()).or_insert((number, fields));
    }
    found
}

impl Update {
    fn list(
        &mut self,
        list: &'static str,
        [base, returned]: [Option<&Vec<Identified<'_>>>; 2],
        current: &[Identified<'_>],
        newer: &[Identified<'_>],
    ) {
        let path = DocPath::root().field(list);
        let before = base.map(|base| by_id(base));
        let returned = returned.map(|returned| by_id(returned));
        let (mine, theirs) = (by_id(current), by_id(newer));
        let was = |id: &str| before.as_ref().and_then(|before| before.get(id)).map(|(_, fields)| *fields);
        let comes_back = |id: &str| returned.as_ref().and_then(|returned| returned.get(id)).map(|(_, fields)| *fields);
        let nothing = Fields::new();
        let mut added = Vec::new();
        // Of several with one id, the first counts.
        let is_first = |number: usize, id: &str| theirs.get(id).is_some_and(|(first, _)| *first == number);
        for (_, (id, fields)) in newer.iter().enumerate().filter(|(number, (id, _))| is_first(*number, id)) {
            match mine.get(id.as_str()) {
                Some((number, own)) => {
                    // What the older version does not have, a person gave the same id.
                    let base = before.is_some().then(|| was(id).unwrap_or(&nothing));
                    let returned = comes_back(id).unwrap_or(own);
                    let sides = Sides { base, current: own, returned, newer: fields };
                    self.fields(&path.clone().index(*number), (list, id), &sides);
                }
                None if was(id).is_some() => self.say(list, id, title(fields), Outcome::LeftOut),
                None => added.push((id, fields)),
            }
        }
        // From the last on, so that the numbers of the others stay.
        for (number, (id, own)) in current.iter().enumerate().rev() {
            let is_gone = before.is_none() || was(id).is_some();
            let is_first = mine.get(id.as_str()).is_some_and(|(first, _)| *first == number);
            if !is_first || theirs.contains_key(id.as_str()) || !is_gone {
                continue;
            }
            let returned = comes_back(id).unwrap_or(own);
            if self.is_noted && was(id).is_some_and(|base| base == returned) {
                self.intents.push(Intent::Remove { list: path.clone(), index: number });
                self.say(list, id, title(own), Outcome::Removed);
            } else {
                self.say(list, id, title(own), Outcome::Missing);
            }
        }
        for (id, fields) in added {
            let value = Value::Item(fields.clone()).to_static();
            self.intents.push(Intent::Insert { list: path.clone(), index: usize::MAX, value });
            self.say(list, id, title(fields), Outcome::Added);
        }
    }

    /// Changes the fields of an item that are changed in the file and not by a person; without a base, all that the file
    /// has.
    fn fields(&mut self, path: &DocPath, (list, id): (&'static str, &str), sides: &Sides<'_, '_>) {
        let Sides { base, current, returned, newer } = sides;
        let (mut updated, mut kept) = (Vec::new(), Vec::new());
        let is_older = |name: &&'static str| newer.iter().all(|(other, _)| other != name);
        let older = base.iter().flat_map(|base| base.iter()).map(|(name, _)| *name).filter(is_older);
        for name in newer.iter().map(|(name, _)| *name).chain(older) {
            let (own, theirs) = (value(returned, name), value(newer, name));
            let before = base.map_or_else(|| own.clone(), |base| value(base, name));
            if theirs == own || theirs == before {
                continue;
            }
            let change = FieldChange { field: name, own: value(current, name), theirs: theirs.clone() };
            if own != before {
                kept.push(change);
                continue;
            }
            let path = path.clone().field(name);
            self.intents.push(match theirs {
                Some(value) => Intent::Set { path, value },
                None => Intent::Unset { path },
            });
            updated.push(change);
        }
        let title = title(current);
        if !updated.is_empty() {
            self.say(list, id, title.clone(), Outcome::Updated(updated));
        }
        if !kept.is_empty() {
            self.say(list, id, title, Outcome::Kept(kept));
        }
    }

    fn say(&mut self, list: &'static str, id: &str, title: String, outcome: Outcome) {
        self.changes.push(ItemChange { list, id: id.to_owned(), title, outcome });
    }
}

/// Returns the value of a field, independent of the item.
fn value(fields: &Fields<'_>, name: &str) -> Option<Value<'static>> {
    fields.iter().find(|(other, _)| *other == name).map(|(_, value)| value.to_static())
}

/// Returns the title of an item.
fn title(fields: &Fields<'_>) -> String {
    match value(fields, "title") {
        Some(Value::Text(title)) => title.into_owned(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::intent::edit;
    use super::*;
    use crate::document::tests::random::timeline;
    use crate::document::{self, read};

    fn document(events: &str) -> String {
        format!("(\n    title: \"T\",\n    lanes: [(id: \"a\", title: \"A\")],\n    events: [\n{events}    ],\n)\n")
    }

    fn parsed(text: &str) -> Timeline {
        read(text.as_bytes()).timeline.expect("a document")
    }

    fn updated(older: Option<&Timeline>, current: &Timeline, newer: &Timeline) -> Update {
        update(&Versions { older, is_noted: older.is_some(), current, returned: None, newer })
    }

    fn applied(text: &str, update: &Update) -> String {
        let mut text = text.to_owned();
        for intent in &update.intents {
            text = edit(&text, intent, None).expect("a place for it").apply(&text);
        }
        text
    }

    #[test]
    fn what_a_person_changed_stays_and_the_rest_follows_the_file() {
        let base = document(
            "        (id: \"x\", lane: \"a\", title: \"X\", date: \"1965\"),\n        (id: \"y\", lane: \"a\", title: \"Y\"),\n        (id: \"z\", lane: \"a\", title: \"Z\"),\n        (id: \"w\", lane: \"a\", title: \"W\"),\n",
        );
        let current = document(
            "        (id: \"x\", lane: \"a\", title: \"Mine\", date: \"1965\"), // see the archive\n        (id: \"y\", lane: \"a\", title: \"Y\", tags: [\"mine\"]),\n        (id: \"z\", lane: \"a\", title: \"Z\"),\n        (id: \"own\", lane: \"a\", title: \"Own\"),\n",
        );
        let newer = document(
            "        (id: \"x\", lane: \"a\", title: \"Theirs\", date: \"1966\"),\n        (id: \"new\", lane: \"a\", title: \"New\"),\n        (id: \"w\", lane: \"a\", title: \"W\"),\n",
        );
        let made = updated(Some(&parsed(&base)), &parsed(&current), &parsed(&newer));
        let change = |id: &str, title: &str, outcome| {
            let (id, title) = (id.to_owned(), title.to_owned());
            ItemChange { list: "events", id, title, outcome }
        };
        let field = |field, own: &'static str, theirs: &'static str| {
            let [own, theirs] = [own, theirs].map(|text| Some(Value::Text(text.into())));
            vec![FieldChange { field, own, theirs }]
        };
        assert_eq!(
            made.changes,
            [
                change("x", "Mine", Outcome::Updated(field("date", "1965", "1966"))),
                change("x", "Mine", Outcome::Kept(field("title", "Mine", "Theirs"))),
                change("w", "W", Outcome::LeftOut),
                change("z", "Z", Outcome::Removed),
                change("y", "Y", Outcome::Missing),
                change("new", "New", Outcome::Added),
            ]
        );
        let expect = document(
            "        (id: \"x\", lane: \"a\", title: \"Mine\", date: \"1966\"), // see the archive\n        (id: \"y\", lane: \"a\", title: \"Y\", tags: [\"mine\"]),\n        (id: \"own\", lane: \"a\", title: \"Own\"),\n        (id: \"new\", lane: \"a\", title: \"New\"),\n",
        );
        assert_eq!(applied(&current, &made), expect);
    }

    #[test]
    fn without_what_the_file_was_its_fields_count_and_nothing_is_removed() {
        let current = document(
            "        (id: \"x\", lane: \"a\", title: \"X\", tags: [\"mine\"]),\n        (id: \"y\", lane: \"a\", title: \"Y\"),\n",
        );
        let newer = document("        (id: \"x\", lane: \"a\", title: \"Theirs\"),\n");
        let made = updated(None, &parsed(&current), &parsed(&newer));
        assert_eq!(applied(&current, &made), current.replace("title: \"X\"", "title: \"Theirs\""));
        assert_eq!(made.changes.last().map(|change| &change.outcome), Some(&Outcome::Missing));
    }

    #[test]
    fn what_a_file_cannot_hold_is_no_change_of_a_person() {
        let event = |title: &str, more: &str| {
            parsed(&document(&format!("        (id: \"x\", lane: \"a\", title: \"{title}\"{more}),\n")))
        };
        let (current, older) =
            (event("X", ", color: \"red\", tags: [\"b\", \"a\"]"), event("X", ", tags: [\"a\", \"b\"]"));
        let check = |returned: &Timeline, newer: &Timeline, expect: usize| {
            let returned = Some(returned);
            let versions = Versions { older: Some(&older), is_noted: true, current: &current, returned, newer };
            assert_eq!(update(&versions).intents.len(), expect);
        };
        check(&older, &older, 0);
        check(&older, &event("Y", ", tags: [\"a\", \"b\"]"), 1);
        check(&older, &event("X", ", tags: [\"c\"]"), 1);
        // A person has changed it since it was written.
        check(&event("Mine", ", tags: [\"a\", \"b\"]"), &event("Y", ", tags: [\"a\", \"b\"]"), 0);
        // What is not in a file that was not noted stays.
        let nothing = parsed(&document(""));
        let made = |is_noted| {
            let versions =
                Versions { older: Some(&older), is_noted, current: &current, returned: Some(&older), newer: &nothing };
            update(&versions).changes.into_iter().map(|change| change.outcome).collect::<Vec<_>>()
        };
        assert_eq!((made(true), made(false)), (vec![Outcome::Removed], vec![Outcome::Missing]));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(96))]
        #[test]
        fn what_nobody_changed_becomes_what_the_file_is(older in timeline(), newer in timeline()) {
            let text = document::write(&older);
            let older = parsed(&text);
            let made = updated(Some(&older), &older, &newer);
            let result = parsed(&applied(&text, &made));
            // Once more changes nothing: what follows the file is as the file has it.
            prop_assert_eq!(updated(Some(&newer), &result, &newer).intents, []);
            prop_assert_eq!(updated(Some(&older), &newer, &newer).intents, []);
        }
    }
}
