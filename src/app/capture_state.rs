//! A text beside the chart of which events are made.

use std::path::PathBuf;
use std::sync::Arc;

use crate::capture::SourceText;
use crate::date::{Calendar, Date};
use crate::document::{Basis, Citation, Event};

use super::captured_text::{CapturedText, quoted};

/// What the user does with a text beside the chart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CaptureMessage {
    /// Set the text that is to be read, as it is typed or pasted.
    Type(String),
    /// Read the text.
    Read,
    /// Read a text that is pasted.
    Paste(String),
    /// Choose the file of a text.
    Choose,
    /// Read the text of a file.
    Open(PathBuf),
    /// Cancel the text that is being read.
    Cancel,
    /// Return to the text, to change it.
    Anew,
    /// Select a sentence.
    Select(usize),
    /// Select the next sentence with a date that no event cites, or the one before.
    Step(Step),
    /// Set the title of the event.
    Title(String),
    /// Set the date of the event.
    Date(String),
    /// Set the date of the event to the next one that the sentence may mean, or the one before.
    OtherDate(Step),
    /// Set the lane of the event, by its id.
    Lane(String),
    /// Select a sentence for an event in a lane, by its id.
    Place(usize, String),
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
    pub text: Option<Arc<CapturedText>>,
    /// The selected sentence.
    pub selected: Option<usize>,
    /// The title of the event.
    pub title: String,
    /// The date of the event.
    pub date: String,
    /// The id of its lane; `None` for the first one.
    pub lane: Option<String>,
    /// The id of the source that was chosen, or that the event before cites; `None` if none was.
    pub source: Option<String>,
    /// Whether the source is one that the document does not have yet, as it was chosen or the text says.
    pub has_new_source: bool,
    /// The title of the new source.
    pub new_source: String,
    /// Whether the field of the title is to get the focus.
    pub focuses_title: bool,
    /// Whether the field of the text is to get the focus.
    pub focuses_text: bool,
    /// For each sentence, whether an event cites it.
    used: Vec<bool>,
    /// The document that this was found out for: how many had been shown.
    followed: u64,
}

impl Capture {
    /// Returns whether an event cites a sentence.
    #[must_use]
    pub fn is_used(&self, sentence: usize) -> bool {
        self.used.get(sentence).copied().unwrap_or(false)
    }

    /// Returns the text.
    #[must_use]
    pub fn source_text(&self) -> Option<&SourceText> {
        self.text.as_ref().map(|text| &text.text)
    }

    /// The number of sentences with dates that an event cites, and of those that none does.
    #[must_use]
    pub fn counts(&self) -> [usize; 2] {
        let Some(text) = &self.text else { return [0, 0] };
        let used = text.dated().filter(|sentence| self.is_used(*sentence)).count();
        [used, text.dated().count() - used]
    }

    /// What is missing before the event can be added. Returns `None` if nothing is. `source` is the id of the source that
    /// the event would cite; `None` for a new one.
    #[must_use]
    pub fn missing(&self, source: Option<&str>) -> Option<String> {
        if self.selected.is_none() {
            return Some("Select a sentence".to_owned());
        }
        if self.title.trim().is_empty() {
            return Some("Write a title".to_owned());
        }
        if source.is_none() && self.new_source.trim().is_empty() {
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
        let text = self.source_text()?;
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

    /// Takes in what the user does, where that is about the text that was read and the event that is made of it.
    pub(super) fn change(&mut self, message: CaptureMessage) {
        match message {
            CaptureMessage::Type(text) => self.typed = text,
            CaptureMessage::Anew => {
                self.text = None;
                self.focuses_text = true;
            }
            CaptureMessage::Select(sentence) => self.select(Some(sentence)),
            CaptureMessage::Step(step) => self.step(step),
            CaptureMessage::Title(title) => self.title = title,
            CaptureMessage::Date(date) => self.date = date,
            CaptureMessage::OtherDate(step) => self.other_date(step),
            CaptureMessage::Lane(lane) => self.lane = Some(lane),
            CaptureMessage::Place(sentence, lane) => {
                self.lane = Some(lane);
                self.select(Some(sentence));
            }
            CaptureMessage::Source(source) => {
                self.has_new_source = source.is_none();
                self.source = source;
            }
            CaptureMessage::NewSource(title) => self.new_source = title,
            _ => {}
        }
    }

    /// Shows a text that was read.
    pub(super) fn take(&mut self, text: CapturedText) {
        self.followed = 0;
        // Another text has another source, unless it says nothing of that.
        if !text.title.is_empty() {
            self.source = None;
            self.has_new_source = true;
            self.new_source.clone_from(&text.title);
        }
        self.text = Some(Arc::new(text));
        self.used.clear();
        self.selected = None;
        self.title.clear();
        self.date.clear();
    }

    /// Selects a sentence, and proposes its first date.
    fn select(&mut self, sentence: Option<usize>) {
        let Some(text) = self.text.clone() else { return };
        let sentence = sentence.filter(|sentence| *sentence < text.text.sentences().len());
        // What was written stays if the same sentence is selected again.
        if sentence != self.selected {
            self.title.clear();
            let first =
                sentence.and_then(|sentence| text.text.dates_of(sentence).iter().find_map(|found| found.date.clone()));
            self.date = first.unwrap_or_default();
        }
        self.selected = sentence;
        self.focuses_title = sentence.is_some();
    }

    /// Selects the next sentence with a date that no event cites.
    pub(super) fn step(&mut self, step: Step) {
        let Some(text) = self.text.clone() else { return };
        let mut open = text.dated().filter(|sentence| !self.is_used(*sentence));
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

    /// Returns the dates that the selected sentence may mean, each once, in the order of the text.
    #[must_use]
    pub fn proposed_dates(&self) -> Vec<String> {
        let found = self.source_text().zip(self.selected).map_or(&[][..], |(text, sentence)| text.dates_of(sentence));
        let mut dates: Vec<String> = Vec::new();
        for found in found {
            let readings = found.doubt.iter().flat_map(|doubt| &doubt.readings);
            for date in found.date.iter().chain(readings) {
                if !dates.contains(date) {
                    dates.push(date.clone());
                }
            }
        }
        dates
    }

    fn other_date(&mut self, step: Step) {
        let dates = self.proposed_dates();
        let now = dates.iter().position(|date| *date == self.date);
        let next = match (step, now) {
            (Step::Next, None) => 0,
            (Step::Next, Some(now)) => now + 1,
            (Step::Previous, None | Some(0)) => dates.len().saturating_sub(1),
            (Step::Previous, Some(now)) => now - 1,
        };
        if let Some(date) = dates.get(next).or_else(|| dates.first()) {
            self.date.clone_from(date);
        }
    }

    /// Returns the text if it must be found out anew which sentences are cited. `shown` is how many documents have been
    /// shown.
    pub(super) fn is_behind(&mut self, shown: u64) -> Option<Arc<CapturedText>> {
        let is_behind = self.open && self.text.is_some() && self.followed != shown;
        self.followed = if is_behind { shown } else { self.followed };
        self.text.clone().filter(|_| is_behind)
    }

    /// Takes in which sentences of a text are cited.
    pub(super) fn take_cited(&mut self, cited: Vec<bool>) {
        self.used = cited;
    }

    /// Marks the selected sentence, of which an event has just been made.
    pub(super) fn mark_selected(&mut self) {
        let Some((text, sentence)) = self.text.clone().zip(self.selected) else { return };
        self.used.resize(text.text.sentences().len(), false);
        for alike in text.alike(sentence) {
            if let Some(used) = self.used.get_mut(*alike) {
                *used = true;
            }
        }
    }
}
