//! A text beside the chart as it was read, and which of its sentences events cite.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use crate::capture::{SourceFile, SourceText};
use crate::export::lacking;
use crate::progress::Progress;
use crate::scene::text::FontSet;
use crate::timeline::Timeline;

/// Where a text comes from.
#[derive(Clone, Debug)]
pub enum CaptureSource {
    /// A file.
    File(PathBuf),
    /// What was typed or pasted.
    Typed(String),
}

/// A text that is to be read.
#[derive(Clone, Debug)]
pub struct ReadTextJob {
    /// Where it comes from.
    pub source: CaptureSource,
    /// How far it has come; cancels it.
    pub progress: Arc<Progress>,
}

/// A text as it was read, with what is found in it once.
#[derive(Debug, Default)]
pub struct CapturedText {
    /// The text.
    pub text: SourceText,
    /// What it is called, if that is known.
    pub title: String,
    /// What a reader should know of how it was read, a sentence each.
    pub notes: Vec<String>,
    /// Its characters that the carried fonts lack.
    pub foreign: String,
    /// The sentences, by their words in quotation marks.
    quotations: HashMap<String, Vec<usize>>,
}

impl CapturedText {
    /// Prepares the text of a file. `name` is that of the file.
    #[must_use]
    pub fn of_file(file: SourceFile, name: &str) -> Self {
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let title = file.title.unwrap_or_else(|| stem.replace('_', " "));
        Self { title, notes: file.notes, ..Self::of_text(file.text) }
    }

    /// Prepares a text.
    #[must_use]
    pub fn of_text(text: SourceText) -> Self {
        let foreign = lacking(text.text(), &FontSet::carried()).into_iter().collect();
        let mut quotations: HashMap<String, Vec<usize>> = HashMap::new();
        for sentence in 0..text.sentences().len() {
            quotations.entry(quoted(&text, sentence)).or_default().push(sentence);
        }
        Self { text, foreign, quotations, ..Self::default() }
    }

    /// Returns the sentences with dates.
    pub(super) fn dated(&self) -> impl Iterator<Item = usize> {
        let sentences = self.text.sentences().iter().enumerate();
        sentences.filter(|(_, sentence)| !sentence.dates.is_empty()).map(|(at, _)| at)
    }

    /// Returns, for each sentence, whether an event cites it. This walks over all events.
    #[must_use]
    pub fn cited(&self, timeline: &Timeline) -> Vec<bool> {
        let mut cited = vec![false; self.text.sentences().len()];
        for event in timeline.events.iter() {
            for note in event.citations.iter().filter_map(|citation| citation.note) {
                let sentences = if note.starts_with('“') { self.quotations.get(note) } else { None };
                for sentence in sentences.into_iter().flatten() {
                    if let Some(cited) = cited.get_mut(*sentence) {
                        *cited = true;
                    }
                }
            }
        }
        cited
    }

    /// Returns the sentences that have the words of one, with it.
    pub(super) fn alike(&self, sentence: usize) -> &[usize] {
        self.quotations.get(&quoted(&self.text, sentence)).map_or(&[], Vec::as_slice)
    }
}

/// Returns a sentence in quotation marks.
pub(super) fn quoted(text: &SourceText, sentence: usize) -> String {
    format!("“{}”", text.quotation(sentence))
}
