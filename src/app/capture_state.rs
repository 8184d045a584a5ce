//! A text beside the chart of which events are made.

use std::collections::HashSet;
use std::sync::Arc;

use crate::capture::SourceText;
use crate::date::{Calendar, Date};
use crate::document::{Basis, Citation, Event};
use crate::timeline::Timeline;

/// What the user does with a text beside the chart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CaptureMessage {
    /// Set the text that is to be read, as it is typed or pasted.
    Type(String),
    /// Read the text.
    Read,
    /// Return to the text, to change it.
    Anew,
    /// Show the paragraphs from this one on.
    Show(usize),
    /// Select a sentence.
    Select(usize),
    /// Select the next sentence with a date that no event cites, or the one before.
    Step(Step),
    /// Set the title of the event.
    Title(String),
    /// Set the date of the event.
    Date(String),
    /// Set the lane of the event, by its id.
    Lane(String),
    /// Set the source of the text, by its id; `None` for one that the document does not have yet.
    Source(Option<String>),
    /// Set the title of the source that the document does not have yet.
    NewSource(String),
    /// Add the event.
    Add,
}

/// A direction in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// To the sentence before.
    Previous,
    /// To the sentence after.
    Next,
}

/// A text beside the chart, and the event that is being made of it.
#[derive(Clone, Debug, Default)]
pub struct Capture {
    /// Whether it is shown.
    pub open: bool,
    /// The text as it is typed.
    pub typed: String,
    /// The text as it was read; `None` while it is typed.
    pub text: Option<Arc<SourceText>>,
    /// The first paragraph that is shown.
    pub first: usize,
    /// The selected sentence.
    pub selected: Option<usize>,
    /// The title of the event.
    pub title: String,
    /// The date of the event.
    pub date: String,
    /// The id of its lane; `None` for the first one.
    pub lane: Option<String>,
    /// The id of the source; `None` for a new one.
    pub source: Option<String>,
    /// The title of the new source.
    pub new_source: String,
    /// Whether the field of the title is to get the focus.
    pub focuses_title: bool,
    /// For each sentence, whether an event cites it.
    used: Vec<bool>,
    /// The document that this was found out for: how many had been shown.
    followed: u64,
}

impl Capture {
    /// Number of paragraphs that are shown at once.
    pub const SHOWN: usize = 60;

    /// Whether an event cites a sentence.
    #[must_use]
    pub fn is_used(&self, sentence: usize) -> bool {
        self.used.get(sentence).copied().unwrap_or(false)
    }

    /// The number of sentences with dates that an event cites, and of those that none does.
    #[must_use]
    pub fn counts(&self) -> [usize; 2] {
        let Some(text) = &self.text else { return [0, 0] };
        let used = dated(text).filter(|sentence| self.is_used(*sentence)).count();
        [used, dated(text).count() - used]
    }

    /// What is missing before the event can be added. Returns `None` if nothing is.
    #[must_use]
    pub fn missing(&self) -> Option<String> {
        if self.selected.is_none() {
            return Some("Select a sentence".to_owned());
        }
        if self.title.trim().is_empty() {
            return Some("Write a title".to_owned());
        }
        if self.source.is_none() && self.new_source.trim().is_empty() {
            return Some("Name the source".to_owned());
        }
        let date = self.date.trim();
        let error = (!date.is_empty()).then(|| Date::parse(date).err()).flatten();
        error.map(|error| format!("The date cannot be read: {error}"))
    }

    /// What the date is read as.
    #[must_use]
    pub fn date_words(&self) -> String {
        match Date::try_read(self.date.trim(), Calendar::Gregorian) {
            Some(reading) => reading.date.words(),
            None if self.date.trim().is_empty() => "undated".to_owned(),
            None => String::new(),
        }
    }

    /// The event that is to be added, without an id, with a citation of this source.
    #[must_use]
    pub(super) fn event(&self, lane: String, source: String) -> Option<Event> {
        let text = self.text.as_ref()?;
        let sentence = self.selected?;
        let citation = Citation {
            source,
            locator: Some(text.locator(sentence)).filter(|locator| !locator.is_empty()),
            basis: Some(Basis::Stated),
            note: Some(quoted(text, sentence)),
        };
        Some(Event {
            lane,
            title: self.title.trim().to_owned(),
            date: Some(self.date.trim().to_owned()).filter(|date| !date.is_empty()),
            citations: vec![citation],
            ..Event::default()
        })
    }

    /// Takes in what the user does, but for adding the event.
    pub(super) fn change(&mut self, message: CaptureMessage) {
        match message {
            CaptureMessage::Type(text) => self.typed = text,
            CaptureMessage::Read => self.read(),
            CaptureMessage::Anew => self.text = None,
            CaptureMessage::Show(first) => self.first = first,
            CaptureMessage::Select(sentence) => self.select(Some(sentence)),
            CaptureMessage::Step(step) => self.step(step),
            CaptureMessage::Title(title) => self.title = title,
            CaptureMessage::Date(date) => self.date = date,
            CaptureMessage::Lane(lane) => self.lane = Some(lane),
            CaptureMessage::Source(source) => self.source = source,
            CaptureMessage::NewSource(title) => self.new_source = title,
            CaptureMessage::Add => {}
        }
    }

    fn read(&mut self) {
        if self.typed.trim().is_empty() {
            return;
        }
        let text = SourceText::new(self.typed.clone());
        (self.first, self.followed) = (0, 0);
        self.text = Some(Arc::new(text));
        self.used.clear();
        self.select(None);
    }

    /// Selects a sentence, and proposes its first date.
    fn select(&mut self, sentence: Option<usize>) {
        let Some(text) = self.text.clone() else { return };
        self.selected = sentence.filter(|sentence| *sentence < text.sentences().len());
        self.title.clear();
        let date =
            self.selected.and_then(|sentence| text.dates_of(sentence).iter().find_map(|found| found.date.clone()));
        self.date = date.unwrap_or_default();
        let paragraph = self.selected.and_then(|sentence| Some(text.sentences().get(sentence)?.paragraph));
        if let Some(paragraph) = paragraph {
            let is_shown = (self.first..self.first + Self::SHOWN).contains(&paragraph);
            self.first = if is_shown { self.first } else { paragraph / Self::SHOWN * Self::SHOWN };
            self.focuses_title = true;
        }
    }

    /// Selects the next sentence with a date that no event cites.
    pub(super) fn step(&mut self, step: Step) {
        let Some(text) = self.text.clone() else { return };
        let mut open = dated(&text).filter(|sentence| !self.is_used(*sentence));
        let next = match (step, self.selected) {
            (Step::Next, None) => open.next(),
            (Step::Next, Some(now)) => open.find(|sentence| *sentence > now),
            (Step::Previous, None) => open.last(),
            (Step::Previous, Some(now)) => open.take_while(|sentence| *sentence < now).last(),
        };
        if next.is_some() {
            self.select(next);
        }
    }

    /// Whether it must be found out anew which sentences are cited.
    pub(super) fn is_behind(&self, shown: u64) -> bool {
        self.open && self.text.is_some() && self.followed != shown
    }

    /// Finds out which sentences events cite. `shown` is how many documents have been shown.
    pub(super) fn follow(&mut self, timeline: &Timeline, shown: u64) {
        let Some(text) = &self.text else { return };
        let events = timeline.events.iter();
        let notes: HashSet<&str> =
            events.flat_map(|event| event.citations.iter().filter_map(|citation| citation.note)).collect();
        self.used = (0..text.sentences().len()).map(|sentence| notes.contains(&*quoted(text, sentence))).collect();
        self.followed = shown;
    }
}

/// The sentences with dates.
fn dated(text: &SourceText) -> impl Iterator<Item = usize> {
    text.sentences().iter().enumerate().filter(|(_, sentence)| !sentence.dates.is_empty()).map(|(at, _)| at)
}

/// A sentence in quotation marks.
fn quoted(text: &SourceText, sentence: usize) -> String {
    format!("“{}”", text.quotation(sentence))
}
