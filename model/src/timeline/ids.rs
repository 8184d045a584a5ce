//! Maps ids to positions, and reports unknown ids.

use std::collections::HashMap;

use crate::document::{self, DocPath, Problem, nearest};

/// A map from the ids of one kind of item to their positions.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Ids {
    kind: Kind,
    by_id: HashMap<String, usize>,
    /// All ids in sorted order, so that the suggestion among equally near ids is deterministic.
    known: Vec<String>,
}

/// The names of a kind of item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Kind {
    /// The singular noun in messages: "lane".
    pub one: &'static str,
    /// The plural noun, which is also the name of the field with the list.
    pub many: &'static str,
}

/// The names of events.
pub(super) const EVENTS: Kind = Kind { one: "event", many: "events" };

impl Kind {
    /// Returns the problem of an empty id at this position, if the id is empty.
    pub fn empty(self, index: usize, id: &str) -> Option<Problem> {
        id.trim().is_empty().then(|| {
            let hint = "give it a short name of its own".to_owned();
            error(self.path(index), format!("this {} has an empty id", self.one), Some(hint))
        })
    }

    /// Returns the problem that the id of the item at this position is already in use.
    pub fn twice(self, index: usize, id: &str) -> Problem {
        let hint = format!("every {} needs an id of its own; the first one keeps `{id}`", self.one);
        error(self.path(index), format!("two {} have the id `{id}`", self.many), Some(hint))
    }

    fn path(self, index: usize) -> DocPath {
        DocPath::root().field(self.many).index(index).field("id")
    }

    /// Returns the problem that no item has this id; `known` are the existing ids in sorted order.
    pub fn missing<'a>(
        self,
        id: &str,
        path: DocPath,
        known: impl ExactSizeIterator<Item = &'a str> + Clone,
    ) -> Problem {
        let count = known.len();
        let hint = match nearest(id, known.clone()) {
            Some(near) => format!("did you mean `{near}`?"),
            None if count == 0 => format!("the document has no {} yet", self.many),
            None if count <= 12 => format!("known {}: {}", self.many, known.collect::<Vec<_>>().join(", ")),
            None => format!("no {} has a name like it", self.one),
        };
        error(path, format!("there is no {} `{id}`", self.one), Some(hint))
    }
}

impl Ids {
    pub fn new<'a>(
        one: &'static str,
        many: &'static str,
        ids: impl Iterator<Item = &'a String>,
        problems: &mut Vec<Problem>,
    ) -> Self {
        let kind = Kind { one, many };
        let mut by_id = HashMap::new();
        for (index, id) in ids.enumerate() {
            if let Some(empty) = kind.empty(index, id) {
                problems.push(empty);
            } else if by_id.contains_key(id) {
                problems.push(kind.twice(index, id));
            } else {
                by_id.insert(id.clone(), index);
            }
        }
        let mut known: Vec<String> = by_id.keys().cloned().collect();
        known.sort_unstable();
        Self { kind, by_id, known }
    }

    pub fn find(&self, id: &str, path: impl FnOnce() -> DocPath, problems: &mut Vec<Problem>) -> Option<usize> {
        let found = self.by_id.get(id).copied();
        if found.is_none() {
            problems.push(self.kind.missing(id, path(), self.known.iter().map(String::as_str)));
        }
        found
    }
}

pub(super) fn error(path: DocPath, message: String, hint: Option<String>) -> Problem {
    Problem { severity: document::Severity::Error, path, within: None, message, hint }
}

/// Returns whether any of these is an error.
pub(super) fn has_errors(problems: &[Problem]) -> bool {
    problems.iter().any(|problem| problem.severity == document::Severity::Error)
}
