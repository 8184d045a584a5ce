//! The box in which events are searched, commands are found and dates are gone to: what it remembers.

use crate::date::Interval;
use crate::layout::View;
use crate::query::{Found, Projection, Search};
use crate::timeline::ItemId;

use super::record_panel::RecordPanel;
use super::several::Several;
use super::ui_command::UiCommand;

/// Something that the box offers besides events.
#[derive(Clone, Debug, PartialEq)]
pub enum Offer {
    /// Carry out a command.
    Run(UiCommand),
    /// Show a time.
    GoTo(Interval),
    /// Write this instead of what is typed.
    Write(String),
}

/// A line of the list of offers.
#[derive(Clone, Debug, PartialEq)]
pub struct OfferLine {
    /// What it is called.
    pub words: String,
    /// What is said of it at the right.
    pub hint: String,
    /// What it does.
    pub offer: Offer,
}

/// What was there when the box was opened.
#[derive(Debug)]
pub(super) struct Before {
    /// Which of the documents of the window.
    pub(super) document: u64,
    pub(super) view: View,
    pub(super) scroll: f32,
    pub(super) selected: Option<ItemId>,
    pub(super) several: Several,
    pub(super) record: RecordPanel,
}

/// What a search was made of.
#[derive(Debug)]
pub(super) struct Asked {
    pub(super) typed: String,
    /// Which version of the document.
    pub(super) version: u64,
    /// What is shown of it.
    pub(super) projection: Projection,
}

/// What a job has found.
#[derive(Debug)]
pub struct Searched {
    /// The events; `None` if nothing is looked for.
    pub found: Option<Found>,
    /// Tags that may be meant, most frequent first.
    pub tags: Vec<String>,
}

/// The box.
#[derive(Debug)]
pub struct Finder {
    /// What is typed.
    pub typed: String,
    /// The same, as it is read.
    pub search: Search,
    /// What is offered besides the events that are found.
    pub offers: Vec<OfferLine>,
    /// The option that the keys are on: an offer, or after all of these an event.
    pub active: Option<usize>,
    /// Whether Enter goes from event to event.
    pub walks: bool,
    /// The first option in sight.
    pub top: usize,
    /// Whether the active option is kept in sight.
    pub follows: bool,
    /// How often its field was to have the focus.
    pub focuses: u64,
    /// Whether its text is selected then, and replaced by what is typed.
    pub selects_all: bool,
    /// What was found, in which version of the document.
    pub(super) found: Option<(u64, Found)>,
    pub(super) asked: Option<Asked>,
    /// The step that is made once the events are found.
    pub(super) waits: Option<isize>,
    pub(super) before: Before,
}

impl Finder {
    pub(super) fn new(before: Before) -> Self {
        Self {
            typed: String::new(),
            search: Search::default(),
            offers: Vec::new(),
            active: None,
            walks: false,
            top: 0,
            follows: true,
            focuses: 1,
            selects_all: true,
            found: None,
            asked: None,
            waits: None,
            before,
        }
    }

    /// Whether commands are looked for.
    #[must_use]
    pub fn finds_commands(&self) -> bool {
        self.typed.starts_with('>')
    }
}
