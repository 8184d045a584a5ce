//! What a format cannot hold, in words and numbers.

use crate::date::with_separators;
use crate::document::{Lane, Timeline};

/// What a format cannot hold.
#[derive(Debug)]
pub(super) struct Losses {
    /// The name of the format.
    format: &'static str,
    sentences: Vec<String>,
}

impl Losses {
    pub fn new(format: &'static str) -> Self {
        Self { format, sentences: Vec::new() }
    }

    /// Adds what becomes of `count` of something, unless there is none: "of 12 dates, only the days".
    pub fn add(&mut self, count: usize, [one, many]: [&str; 2], becomes: &str) {
        if count > 0 {
            let sentence = format!("{}: {} {becomes}", self.format, counted(count, [one, many]));
            self.sentences.push(sentence.trim_end().to_owned());
        }
    }

    /// Adds what of the document itself has no place.
    pub fn fields_of_document(&mut self, document: &Timeline, has: &[&str]) {
        let fields = [
            ("title", !document.title.is_empty()),
            ("subtitle", document.subtitle.is_some()),
            ("description", document.description.is_some()),
            ("author", document.author.is_some()),
            ("date", document.date.is_some()),
            ("language", document.language.is_some()),
            ("time zone", document.zone.is_some()),
            ("even axis", document.axis == crate::document::Axis::Even),
            ("initial view", document.view.is_some()),
        ];
        let left_out: Vec<&str> =
            fields.iter().filter(|(name, is_given)| *is_given && !has.contains(name)).map(|(name, _)| *name).collect();
        let words = match left_out.as_slice() {
            [] => return,
            [one] => format!("the {one} of the document is left out"),
            [others @ .., end] => format!("{} and {end} of the document are left out", others.join(", ")),
        };
        self.sentences.push(format!("{}: {words}", self.format));
    }

    /// Returns the sentences.
    pub fn into_sentences(self) -> Vec<String> {
        self.sentences
    }
}

/// Returns a number of something: "1 era", "12,000 eras".
fn counted(count: usize, [one, many]: [&str; 2]) -> String {
    format!("{} {}", with_separators(&count.to_string()), if count == 1 { one } else { many })
}

/// Returns the number of lanes that have the title of another one in the same lane.
pub(super) fn same_titles(lanes: &[Lane]) -> usize {
    let mut names: Vec<(Option<&str>, &str)> =
        lanes.iter().map(|lane| (lane.parent.as_deref(), lane.title.as_str())).collect();
    names.sort_unstable();
    let count = names.len();
    names.dedup();
    count - names.len()
}
