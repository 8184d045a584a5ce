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
}

/// What becomes of an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemChange {
    /// The list that it is in: "events", "lanes".
    pub list: &'static str,
    /// Its id; empty for the document itself.
    pub id: String,
    /// What becomes of it.
    pub outcome: Outcome,
}

/// What becomes of an item that is not the same everywhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is new in the file, and added.
    Added,
    /// These fields are changed as the file has them.
    Updated(Vec<&'static str>),
    /// These fields were changed by a person and in the file, too. Those of the person stay.
    Kept(Vec<&'static str>),
    /// It is not in the file any more, nobody has changed it, and it is removed.
    Removed,
    /// It is not in the file any more. It stays, since a person has changed it, or since what the file had before is not
    /// known.
    Missing,
    /// A person removed it, and it stays so.
    LeftOut,
}

/// Returns what brings the newer version of a file into a document. `base` is the document that the older version was
/// imported as, if that is known: without it, fields that the file has replace those of the document, and nothing is
/// removed.
#[must_use]
pub fn update(base: Option<&Timeline>, current: &Timeline, newer: &Timeline) -> Update {
    let mut update = Update::default();
    let lists = base.map(Lists::of);
    let (current, newer) = (Lists::of(current), Lists::of(newer));
    if let Some(base) = &lists {
        update.fields(&DocPath::root(), ("", ""), [Some(&base.head), Some(&current.head), Some(&newer.head)]);
    }
    for (number, (name, items)) in newer.lists.iter().enumerate() {
        let base = lists.as_ref().and_then(|lists| lists.lists.get(number)).map(|(_, items)| items);
        let Some((_, mine)) = current.lists.get(number) else { continue };
        update.list(name, base, mine, items);
    }
    update
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
        base: Option<&Vec<Identified<'_>>>,
        current: &[Identified<'_>],
        newer: &[Identified<'_>],
    ) {
        let path = DocPath::root().field(list);
        let before = base.map(|base| by_id(base));
        let (mine, theirs) = (by_id(current), by_id(newer));
        let was = |id: &str| before.as_ref().and_then(|before| before.get(id)).map(|(_, fields)| *fields);
        let mut added = Vec::new();
        // Of several with one id, the first counts.
        let is_first = |number: usize, id: &str| theirs.get(id).is_some_and(|(first, _)| *first == number);
        for (_, (id, fields)) in newer.iter().enumerate().filter(|(number, (id, _))| is_first(*number, id)) {
            match mine.get(id.as_str()) {
                Some((number, own)) => {
                    let path = path.clone().index(*number);
                    match (before.is_some(), was(id)) {
                        (false, _) => self.fields(&path, (list, id), [None, Some(own), Some(fields)]),
                        (true, Some(base)) => self.fields(&path, (list, id), [Some(base), Some(own), Some(fields)]),
                        // A person gave something else the same id.
                        (true, None) => self.fields(&path, (list, id), [Some(&Fields::new()), Some(own), Some(fields)]),
                    }
                }
                None if was(id).is_some() => self.say(list, id, Outcome::LeftOut),
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
            if was(id).is_some_and(|base| base == own) {
                self.intents.push(Intent::Remove { list: path.clone(), index: number });
                self.say(list, id, Outcome::Removed);
            } else {
                self.say(list, id, Outcome::Missing);
            }
        }
        for (id, fields) in added {
            let value = Value::Item(fields.clone()).to_static();
            self.intents.push(Intent::Insert { list: path.clone(), index: usize::MAX, value });
            self.say(list, id, Outcome::Added);
        }
    }

    /// Changes the fields of an item that are changed in the file and not by a person; without a base, all that the file
    /// has.
    fn fields(
        &mut self,
        path: &DocPath,
        (list, id): (&'static str, &str),
        [base, current, newer]: [Option<&Fields<'_>>; 3],
    ) {
        let (Some(current), Some(newer)) = (current, newer) else { return };
        let of = |fields: &[(&'static str, Value<'_>)], name: &str| {
            fields.iter().find(|(other, _)| *other == name).map(|(_, value)| value.to_static())
        };
        let (mut updated, mut kept) = (Vec::new(), Vec::new());
        let is_older = |name: &&'static str| newer.iter().all(|(other, _)| other != name);
        let older = base.into_iter().flatten().map(|(name, _)| *name).filter(is_older);
        for name in newer.iter().map(|(name, _)| *name).chain(older) {
            let (own, theirs) = (of(current, name), of(newer, name));
            let before = base.map_or_else(|| own.clone(), |base| of(base, name));
            if theirs == own || theirs == before {
                continue;
            }
            if own != before {
                kept.push(name);
                continue;
            }
            let path = path.clone().field(name);
            self.intents.push(match theirs {
                Some(value) => Intent::Set { path, value },
                None => Intent::Unset { path },
            });
            updated.push(name);
        }
        if !updated.is_empty() {
            self.say(list, id, Outcome::Updated(updated));
        }
        if !kept.is_empty() {
            self.say(list, id, Outcome::Kept(kept));
        }
    }

    fn say(&mut self, list: &'static str, id: &str, outcome: Outcome) {
        self.changes.push(ItemChange { list, id: id.to_owned(), outcome });
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
        let made = update(Some(&parsed(&base)), &parsed(&current), &parsed(&newer));
        let change = |id: &str, outcome| ItemChange { list: "events", id: id.to_owned(), outcome };
        assert_eq!(
            made.changes,
            [
                change("x", Outcome::Updated(vec!["date"])),
                change("x", Outcome::Kept(vec!["title"])),
                change("w", Outcome::LeftOut),
                change("z", Outcome::Removed),
                change("y", Outcome::Missing),
                change("new", Outcome::Added),
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
        let made = update(None, &parsed(&current), &parsed(&newer));
        assert_eq!(applied(&current, &made), current.replace("title: \"X\"", "title: \"Theirs\""));
        assert_eq!(made.changes.last().map(|change| &change.outcome), Some(&Outcome::Missing));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(96))]
        #[test]
        fn what_nobody_changed_becomes_what_the_file_is(older in timeline(), newer in timeline()) {
            let text = document::write(&older);
            let older = parsed(&text);
            let made = update(Some(&older), &older, &newer);
            let result = parsed(&applied(&text, &made));
            // Once more changes nothing: what follows the file is as the file has it.
            prop_assert_eq!(update(Some(&newer), &result, &newer).intents, []);
            prop_assert_eq!(update(Some(&older), &newer, &newer).intents, []);
        }
    }
}
