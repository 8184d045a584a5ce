//! What an update from a file has done, as the window shows it.

use crate::document::Value;
use crate::edit::{FieldChange, ItemChange, Outcome};
use crate::layout::one_line;

use super::words::count_words;

/// The greatest length of a value in words, in characters.
const LONGEST: usize = 90;

/// The heading of what of a file cannot be in a document.
pub(super) const NOTES: &str = "In the file, and not as it is there";

/// What an update from a file has done.
#[derive(Clone, Debug, PartialEq)]
pub struct UpdateReport {
    /// The name of the file.
    pub name: String,
    /// Whether it was known what the file held when it was last read or written.
    pub is_noted: bool,
    /// What became of each item that was not the same everywhere.
    pub changes: Vec<ItemChange>,
    /// What of the file cannot be in a document, a sentence each.
    pub notes: Vec<String>,
}

/// What the user does with the report of an update.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UpdateMessage {
    /// Takes a field as the file has it: which of the changes, and the name of the field.
    Take(usize, &'static str),
    /// Puts the report on the clipboard.
    Copy,
    /// Closes the report.
    Close,
}

/// What became of items in one way.
pub(super) struct Section {
    pub heading: &'static str,
    /// Which of the changes they are.
    pub changes: Vec<usize>,
}

impl UpdateReport {
    /// Returns how many items became what: "2 added, 1 changed, 1 kept as it is here".
    #[must_use]
    pub fn words(&self) -> String {
        let count = |is: fn(&Outcome) -> bool| self.changes.iter().filter(|change| is(&change.outcome)).count();
        let counted = [
            (count(|outcome| matches!(outcome, Outcome::Added)), "added"),
            (count(|outcome| matches!(outcome, Outcome::Updated(_))), "changed"),
            (count(|outcome| matches!(outcome, Outcome::Removed)), "removed"),
            (count(|outcome| matches!(outcome, Outcome::Kept(_))), "changed here too, and kept as you have it"),
            (count(|outcome| matches!(outcome, Outcome::Missing)), "not in the file, and kept"),
            (count(|outcome| matches!(outcome, Outcome::LeftOut)), "removed here, and left out"),
        ];
        let counted = counted.into_iter().filter(|(count, _)| *count > 0);
        let words: Vec<String> = counted.map(|(count, what)| format!("{count} {what}")).collect();
        if words.is_empty() { "nothing is new".to_owned() } else { words.join(", ") }
    }

    /// Returns what a person has to know first.
    pub(super) fn sections(&self) -> Vec<Section> {
        let section = |heading, is: fn(&Outcome) -> bool| {
            let changes = self.changes.iter().enumerate().filter(|(_, change)| is(&change.outcome));
            let changes: Vec<usize> = changes.map(|(number, _)| number).collect();
            (!changes.is_empty()).then_some(Section { heading, changes })
        };
        let all = [
            section("Changed here and in the file: yours is kept", |outcome| matches!(outcome, Outcome::Kept(_))),
            section("Changed as in the file", |outcome| matches!(outcome, Outcome::Updated(_))),
            section("Added", |outcome| matches!(outcome, Outcome::Added)),
            section("Removed, as they are not in the file any more", |outcome| matches!(outcome, Outcome::Removed)),
            section("Not in the file, and kept", |outcome| matches!(outcome, Outcome::Missing)),
            section("Removed here, and left out", |outcome| matches!(outcome, Outcome::LeftOut)),
        ];
        all.into_iter().flatten().collect()
    }

    /// Returns how it was told what a person has changed.
    pub(super) fn basis_words(&self) -> &'static str {
        if self.is_noted {
            "Compared with the file as it was when it was last read or written."
        } else {
            "It is not known what the file held before: what differs is as the file has it, and nothing was removed."
        }
    }

    /// Returns all of it as a text.
    pub(super) fn text(&self) -> String {
        let mut lines = vec![format!("{}: {}", self.name, self.words()), self.basis_words().to_owned()];
        for section in self.sections() {
            lines.extend([String::new(), section.heading.to_owned()]);
            for change in section.changes.iter().filter_map(|number| self.changes.get(*number)) {
                lines.push(format!("- {}", item_words(change)));
                lines.extend(
                    fields(&change.outcome).iter().map(|field| format!("  {}", field_words(field, &change.outcome))),
                );
            }
        }
        if !self.notes.is_empty() {
            lines.extend([String::new(), NOTES.to_owned()]);
            lines.extend(self.notes.iter().map(|note| format!("- {note}")));
        }
        lines.push(String::new());
        lines.join("\n")
    }
}

/// Returns the fields that an outcome is about.
pub(super) fn fields(outcome: &Outcome) -> &[FieldChange] {
    match outcome {
        Outcome::Updated(fields) | Outcome::Kept(fields) => fields,
        _ => &[],
    }
}

/// "Treaty on Basic Relations", "lane Diplomacy".
pub(super) fn item_words(change: &ItemChange) -> String {
    let title = one_line(&change.title);
    let title = if title.is_empty() { change.id.as_str() } else { &title };
    match change.list {
        "" => "The timeline itself".to_owned(),
        "events" => title.to_owned(),
        list => format!("{} {title}", super::form::singular(list)),
    }
}

/// "date: 1965, now 1966"; "title: yours is The Treaty, the file’s Some treaty".
pub(super) fn field_words(field: &FieldChange, outcome: &Outcome) -> String {
    let [own, theirs] =
        [&field.own, &field.theirs].map(|value| value.as_ref().map_or_else(|| "nothing".to_owned(), cut));
    let name = field.field.replace('_', " ");
    match outcome {
        Outcome::Kept(_) => format!("{name}: yours is {own}; the file’s is {theirs}"),
        _ => format!("{name}: {own}, now {theirs}"),
    }
}

fn cut(value: &Value<'_>) -> String {
    let words = value_words(value);
    let words = one_line(&words);
    match words.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", words.get(..end).unwrap_or_default()),
        None => words.into_owned(),
    }
}

/// Returns a value in words.
fn value_words(value: &Value<'_>) -> String {
    match value {
        Value::Text(text) => format!("“{text}”"),
        Value::Word(word) => (*word).to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Integer(number) => number.to_string(),
        Value::List(items) if items.iter().all(|item| matches!(item, Value::Text(_))) => {
            items.iter().map(value_words).collect::<Vec<_>>().join(", ")
        }
        Value::List(items) => count_words(items.len(), "item"),
        Value::Item(fields) => {
            let field = |(name, value): &(&str, Value<'_>)| format!("{name} {}", value_words(value));
            fields.iter().map(field).collect::<Vec<_>>().join(", ")
        }
    }
}
