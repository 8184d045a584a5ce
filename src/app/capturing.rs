//! How events are made of a text beside the chart.

use std::path::PathBuf;
use std::sync::Arc;

use crate::capture::SourceText;
use crate::document::{DocPath, Event, Lane, Source, Value, new_id};
use crate::edit::Intent;
use crate::progress::Progress;
use crate::timeline::{self, ItemId, Key};

use super::capture_state::{Capture, CaptureMessage, Step};
use super::captured_text::{CaptureSource, CapturedText, ReadTextJob};
use super::desktop::DialogResult;
use super::effect::{CaptureJob, Effect, Job};
use super::jobs::Awaited;
use super::state::{OpenWhat, State};

/// Length of a text that is read at once, in bytes; longer ones are read by a job.
const SHORT: usize = 1 << 16;
/// Number of events in which citations are looked up at once; those of more are by a job.
const FEW: usize = 10_000;
/// Length of a pasted text that makes one event, in characters.
const LINE: usize = 200;

impl State {
    /// Shows the text beside the chart, or hides it.
    pub(super) fn toggle_capture(&mut self) {
        self.capture.open = !self.capture.open && self.documents_shown > 0;
        // What is typed next is the text, and no key of the chart.
        self.capture.focuses_text = self.capture.open && self.capture.text.is_none();
    }

    /// Takes in what the user does with the text.
    pub(super) fn change_capture(&mut self, message: CaptureMessage) -> Vec<Effect> {
        match message {
            CaptureMessage::Add => self.add_captured(),
            CaptureMessage::Read => self.read_typed(self.capture.typed.clone()),
            CaptureMessage::Paste(text) => self.read_typed(text),
            CaptureMessage::Choose => self.ask_text(),
            CaptureMessage::Open(path) => self.capture_file(path),
            CaptureMessage::Cancel => {
                self.cancel_text();
                Vec::new()
            }
            change => {
                self.capture.change(change);
                Vec::new()
            }
        }
    }

    /// Asks for the file of a text, unless a dialog already does.
    pub(super) fn ask_text(&mut self) -> Vec<Effect> {
        if self.jobs.asks_open() || self.documents_shown == 0 {
            return Vec::new();
        }
        let folder = self.folder();
        vec![Effect::Start(self.jobs.start(Awaited::AskText), Job::Capture(CaptureJob::Ask { folder }))]
    }

    /// Reads the file that was chosen; offers a field for its path if there is no dialog.
    pub(super) fn text_answered(&mut self, answer: DialogResult) -> Vec<Effect> {
        match answer {
            DialogResult::Path(path) => return self.capture_file(path),
            DialogResult::Cancelled => {}
            DialogResult::Unavailable => {
                let folder = self.folder().unwrap_or_default();
                self.ask_path(folder.join("").to_string_lossy().into_owned(), OpenWhat::Text);
            }
        }
        Vec::new()
    }

    /// Shows the text of a file beside the chart.
    pub(super) fn capture_file(&mut self, path: PathBuf) -> Vec<Effect> {
        if self.documents_shown == 0 {
            self.notice("Begin or open a timeline first, which events of the text come into".to_owned(), None, true);
            return Vec::new();
        }
        self.capture.open = true;
        self.start_reading_text(CaptureSource::File(path))
    }

    /// Reads a text that was typed or pasted.
    fn read_typed(&mut self, text: String) -> Vec<Effect> {
        if text.trim().is_empty() {
            return Vec::new();
        }
        if text.len() > SHORT {
            return self.start_reading_text(CaptureSource::Typed(text));
        }
        self.cancel_text();
        self.capture.take(CapturedText::of_text(SourceText::new(text)));
        Vec::new()
    }

    fn start_reading_text(&mut self, source: CaptureSource) -> Vec<Effect> {
        self.cancel_text();
        let progress = Arc::new(Progress::default());
        let id = self.jobs.start(Awaited::Text(Arc::clone(&progress)));
        vec![Effect::Start(id, Job::Capture(CaptureJob::Read(ReadTextJob { source, progress })))]
    }

    /// Cancels the text that is being read.
    pub(super) fn cancel_text(&mut self) {
        self.jobs.retain(|job| {
            let Awaited::Text(progress) = job else { return true };
            progress.cancel();
            false
        });
    }

    /// Shows a text that was read, or says why it was not.
    pub(super) fn take_text(&mut self, read: Result<Box<CapturedText>, String>) {
        match read {
            Ok(text) => {
                self.capture.take(*text);
                // The document may have it already.
                let is_it = |source: &&timeline::Source| source.title.trim() == self.capture.new_source.trim();
                let known = self.timeline().sources.iter().find(is_it).map(|source| source.id.clone());
                if self.capture.has_new_source && known.is_some() {
                    self.capture.change(CaptureMessage::Source(known));
                }
            }
            Err(why) => self.notice(why, None, true),
        }
    }

    /// Makes one event of a short text that is pasted where nothing is typed, or shows a longer one beside the chart.
    pub(super) fn paste(&mut self, text: &str) -> Vec<Effect> {
        let text = text.trim();
        if text.is_empty() || self.documents_shown == 0 || self.has_overlay() {
            return Vec::new();
        }
        let is_line = text.lines().count() == 1 && text.chars().count() <= LINE;
        if is_line && !(self.capture.open && self.capture.text.is_none()) {
            self.quick_entry = Some(text.to_owned());
            return Vec::new();
        }
        self.capture.open = true;
        self.read_typed(text.to_owned())
    }

    /// Finds out which sentences are cited, if that may have changed. A job does where there are many events.
    pub(super) fn follow_captured(&mut self) -> Option<Effect> {
        let text = self.capture.is_behind(self.documents_shown)?;
        let timeline = Arc::clone(&self.document.timeline);
        if timeline.events.len() <= FEW {
            self.capture.take_cited(text.cited(&timeline));
            return None;
        }
        Some(Effect::Start(self.jobs.start(Awaited::Cited), Job::Capture(CaptureJob::FindCited { timeline, text })))
    }

    /// Searches the system's fonts for the characters of the text, with those of the document.
    pub(super) fn seek_captured_fonts(&mut self) -> Option<Effect> {
        let foreign = &self.capture.text.as_ref()?.foreign;
        if foreign.is_empty() || self.capture_fonts == *foreign || self.jobs.seeks_fonts() {
            return None;
        }
        self.capture_fonts.clone_from(foreign);
        let job = Job::FindFonts { text: Arc::clone(&self.document.text), also: foreign.clone() };
        Some(Effect::Start(self.jobs.start(Awaited::CapturedFonts), job))
    }

    /// Adds the event that is made of the selected sentence, with its source and lane if they are new; goes on to the next
    /// sentence.
    fn add_captured(&mut self) -> Vec<Effect> {
        let known = self.captured_source();
        if self.capture.missing(known.as_deref()).is_some() {
            // Enter in the title leaves it.
            self.capture.focuses_title = self.capture.selected.is_some() && self.capture.title.trim().is_empty();
            return Vec::new();
        }
        let timeline = self.timeline();
        let mut intents = Vec::new();
        let at = |list: &'static str| DocPath::root().field(list);
        let lane = self.captured_lane().unwrap_or_else(|| {
            let lane = Lane { id: "events".to_owned(), title: "Events".to_owned(), ..Lane::default() };
            intents.push(Intent::Insert { list: at("lanes"), index: 0, value: fixed((&lane).into()) });
            lane.id
        });
        let source = known.unwrap_or_else(|| {
            let title = self.capture.new_source.trim().to_owned();
            let id = new_id(&title, "source", |id| timeline.sources.iter().any(|source| source.id == id));
            let source = Source { id: id.clone(), title, ..Source::default() };
            let value = fixed((&source).into());
            intents.push(Intent::Insert { list: at("sources"), index: timeline.sources.len(), value });
            id
        });
        let Some(event) = self.capture.event(lane, source.clone()) else { return Vec::new() };
        let id = new_id(&event.title, "event", |id| timeline.event_by_id(id).is_some());
        let event = Event { id: id.clone(), ..event };
        // Those that are not shown because they have errors are in the list too.
        let index = usize::MAX;
        // The first: its place in a long list is known as long as nothing else has changed.
        intents.insert(0, Intent::Insert { list: at("events"), index, value: fixed((&event).into()) });
        let shown = self.document.editing.entries().1;
        let effects = self.edit(format!("add {}", event.title), &intents, Some(ItemId::Event(Key::of_id(&id))));
        if self.document.editing.entries().1 != shown {
            self.capture.change(CaptureMessage::Source(Some(source)));
            self.capture.new_source.clear();
            self.capture.mark_selected();
            self.capture.change(CaptureMessage::Title(String::new()));
            self.capture.step(Step::Next);
        }
        effects
    }

    /// The id of the lane that the event comes into; `None` if the document has no lanes.
    #[must_use]
    pub fn captured_lane(&self) -> Option<String> {
        let lanes = || self.timeline().lanes.iter();
        let chosen = self.capture.lane.as_ref().filter(|id| lanes().any(|lane| lane.id == **id));
        chosen.cloned().or_else(|| lanes().next().map(|lane| lane.id.clone()))
    }

    /// The id of the source that the event cites: the one that was chosen or cited last, or the first one if none was;
    /// `None` for a new one.
    #[must_use]
    pub fn captured_source(&self) -> Option<String> {
        let Capture { source: chosen, has_new_source, .. } = &self.capture;
        let mut sources = self.timeline().sources.iter().map(|source| &source.id);
        match chosen {
            // Or it was taken out of the document.
            Some(chosen) => sources.find(|id| *id == chosen),
            None => sources.next().filter(|_| !has_new_source),
        }
        .cloned()
    }
}

/// Returns a value that borrows nothing.
fn fixed(value: Value<'_>) -> Value<'static> {
    match value {
        Value::Text(text) => Value::Text(text.into_owned().into()),
        Value::Word(word) => Value::Word(word),
        Value::Number(number) => Value::Number(number),
        Value::Integer(integer) => Value::Integer(integer),
        Value::List(items) => Value::List(items.into_iter().map(fixed).collect()),
        Value::Item(fields) => Value::Item(fields.into_iter().map(|(name, value)| (name, fixed(value))).collect()),
    }
}
