//! How events are searched: in a job, which the next key cancels; how what is found is walked through.

use std::sync::Arc;

use crate::progress::Progress;
use crate::query::{Found, Search};
use crate::timeline::Item;

use super::effect::{Effect, Job, SearchJob};
use super::find_message::FindMessage;
use super::finder::{Asked, Before, Finder, Offer, Searched};
use super::jobs::Awaited;
use super::record_panel::RecordPlacement;
use super::state::State;

impl State {
    /// What the search in the box has found. Returns `None` if nothing is searched, or the document has changed since.
    #[must_use]
    pub fn found(&self) -> Option<&Found> {
        let (version, found) = self.finder.as_ref()?.found.as_ref()?;
        (*version == self.documents_shown).then_some(found)
    }

    /// Opens the box, or gives its field the focus.
    pub(super) fn find(&mut self) {
        if let Some(finder) = &mut self.finder {
            (finder.focuses, finder.selects_all) = (finder.focuses + 1, true);
            return;
        }
        self.finder = Some(Finder::new(Before {
            document: self.document.number,
            view: self.target(),
            scroll: self.scroll,
            selected: self.selected.clone(),
            several: self.several.clone(),
            record: self.record,
        }));
        self.offer(&[]);
    }

    /// Opens the box with a text, and goes to the first event that is found.
    pub(super) fn find_first(&mut self, typed: String) {
        self.find();
        self.set_typed(typed);
        if let Some(finder) = &mut self.finder {
            finder.waits = Some(1);
        }
    }

    /// Does what is done in the box.
    pub(super) fn change_finder(&mut self, message: FindMessage) -> Vec<Effect> {
        match message {
            FindMessage::Type(typed) => self.set_typed(typed),
            FindMessage::Enter(by) => return self.enter(by),
            FindMessage::Move(by) => self.move_active(by),
            FindMessage::Choose(option) => return self.choose(option),
            FindMessage::Scroll(top) => {
                if let Some(finder) = &mut self.finder {
                    (finder.top, finder.follows) = (top, false);
                }
            }
            FindMessage::Stay => self.end_search(false),
            FindMessage::Return => self.end_search(true),
        }
        Vec::new()
    }

    /// Offers what fits what is typed.
    fn offer(&mut self, tags: &[String]) {
        let Some(finder) = &self.finder else { return };
        let offers = self.offers(&finder.typed, tags);
        if let Some(finder) = &mut self.finder {
            finder.offers = offers;
        }
    }

    fn set_typed(&mut self, typed: String) {
        let Some(finder) = &mut self.finder else { return };
        finder.search = if typed.starts_with('>') { Search::default() } else { Search::new(&typed) };
        finder.typed = typed;
        (finder.active, finder.walks, finder.top, finder.follows) = (None, false, 0, true);
        finder.waits = None;
        self.offer(&[]);
    }

    /// Closes the box; with `returns`, view and selection are as they were before it was opened.
    fn end_search(&mut self, returns: bool) {
        self.cancel_search();
        let Some(Finder { before, .. }) = self.finder.take() else { return };
        if returns && before.document == self.document.number {
            (self.selected, self.several) = (before.selected, before.several);
            self.record = before.record.at(self.record.placement);
            self.scroll_to(before.scroll);
            self.jump_to(before.view);
        }
    }

    /// Closes the box as Escape does. Returns whether it was open.
    pub(super) fn escape_search(&mut self) -> bool {
        let is_open = self.finder.is_some();
        self.end_search(true);
        is_open
    }

    fn enter(&mut self, by: isize) -> Vec<Effect> {
        let Some(finder) = &self.finder else { return Vec::new() };
        let is_date = matches!(finder.offers.first(), Some(first) if matches!(first.offer, Offer::GoTo(_)));
        let first = (by > 0 && (is_date || finder.finds_commands())).then_some(0);
        let chosen = finder.active.or(first).filter(|option| *option < finder.offers.len() && !finder.walks);
        if let Some(option) = chosen {
            return self.choose(option);
        }
        self.walk(by);
        Vec::new()
    }

    /// Goes this many of the events that were found further, and from the last one to the first.
    fn walk(&mut self, by: isize) {
        let is_awaited = self.searches();
        let Some(finder) = &mut self.finder else { return };
        if is_awaited {
            finder.waits = Some(by);
            return;
        }
        let here = finder.active.and_then(|option| option.checked_sub(finder.offers.len()));
        let count = self.found().map_or(0, Found::len);
        if count == 0 {
            return;
        }
        let last = count - 1;
        let next = match here {
            None if by > 0 => 0,
            None => last,
            Some(here) if by > 0 => {
                if here >= last {
                    0
                } else {
                    here + 1
                }
            }
            Some(here) => here.checked_sub(1).unwrap_or(last),
        };
        self.go_to_match(next, true);
    }

    /// Selects an event that was found, by its position among these, and shows it.
    fn go_to_match(&mut self, position: usize, walks: bool) {
        let event = self.found().and_then(|found| found.events().get(position).copied());
        let Some(id) = event.and_then(|event| self.timeline().id(Item::Event(event))) else { return };
        if let Some(finder) = &mut self.finder {
            finder.active = Some(finder.offers.len() + position);
            (finder.walks, finder.follows) = (walks, true);
        }
        self.explorer = None;
        if self.record.placement != RecordPlacement::Instead {
            self.record.show();
        }
        self.visit(id);
    }

    /// Moves through all options; events are shown as they are passed.
    fn move_active(&mut self, by: isize) {
        let found = self.found().map_or(0, Found::len);
        let Some(finder) = &mut self.finder else { return };
        let offers = finder.offers.len();
        let Some(last) = (offers + found).checked_sub(1) else { return };
        let next = match finder.active {
            None if by < 0 => return,
            None => 0,
            Some(active) => active.saturating_add_signed(by).min(last),
        };
        if let Some(position) = next.checked_sub(offers) {
            return self.go_to_match(position, false);
        }
        finder.active = Some(next);
        (finder.walks, finder.follows) = (false, true);
    }

    fn choose(&mut self, option: usize) -> Vec<Effect> {
        let Some(finder) = &mut self.finder else { return Vec::new() };
        (finder.focuses, finder.selects_all) = (finder.focuses + 1, false);
        let Some(line) = finder.offers.get(option) else {
            let position = option - finder.offers.len();
            self.go_to_match(position, false);
            return Vec::new();
        };
        match line.offer.clone() {
            Offer::Run(command) => {
                if self.unavailable(&command).is_none() {
                    self.end_search(false);
                    return self.command(command);
                }
            }
            Offer::Write(typed) => self.set_typed(typed),
            Offer::GoTo(extent) => {
                finder.active = Some(option);
                finder.walks = true;
                self.explorer = None;
                self.jump_to(self.around(extent));
            }
        }
        Vec::new()
    }

    /// Whether a search goes on.
    #[must_use]
    pub fn searches(&self) -> bool {
        self.jobs.iter().any(|job| matches!(job, Awaited::Search(_)))
    }

    fn cancel_search(&mut self) {
        self.jobs.retain(|job| {
            let Awaited::Search(progress) = job else { return true };
            progress.cancel();
            false
        });
    }

    /// Starts to search if something else is looked for than before, or in something else.
    pub(super) fn search(&mut self) -> Option<Effect> {
        let (number, version) = (self.document.number, self.documents_shown);
        let finder = self.finder.as_mut()?;
        if finder.before.document != number {
            self.end_search(false);
            return None;
        }
        let is_same = |asked: &Asked| {
            asked.typed == finder.typed
                && asked.version == version
                && asked.projection.is_same(&self.document.projection)
        };
        if finder.asked.as_ref().is_some_and(is_same) {
            return None;
        }
        let (typed, projection) = (finder.typed.clone(), self.document.projection.clone());
        let is_needed = !finder.search.is_empty() || super::offers::asks_tags(&typed);
        if finder.search.is_empty() {
            finder.found = None;
        }
        finder.asked = Some(Asked { typed: typed.clone(), version, projection: projection.clone() });
        let search = finder.search.clone();
        self.cancel_search();
        if !is_needed {
            return None;
        }
        let progress = Arc::new(Progress::default());
        let id = self.jobs.start(Awaited::Search(Arc::clone(&progress)));
        let timeline = Arc::clone(&self.document.timeline);
        Some(Effect::Start(id, Job::Search(Box::new(SearchJob { timeline, projection, search, typed, progress }))))
    }

    /// Takes in what was found.
    pub(super) fn take_searched(&mut self, searched: Searched) {
        let (version, selected) = (self.documents_shown, self.selected_event());
        let Some(finder) = &mut self.finder else { return };
        let is_at_event = finder.active.is_some_and(|active| active >= finder.offers.len());
        finder.found = searched.found.map(|found| (version, found));
        self.offer(&searched.tags);
        let Some(finder) = &mut self.finder else { return };
        if is_at_event {
            let found = finder.found.as_ref().map(|(_, found)| found);
            let position = found.zip(selected).and_then(|(found, event)| found.position(event));
            finder.active = position.map(|position| finder.offers.len() + position);
        }
        if let Some(by) = finder.waits.take() {
            self.walk(by);
        }
    }
}
