//! How the list of events follows what is shown, selected and changed, and what is done in it.

use std::sync::Arc;

use crate::interchange::cells::guarded;
use crate::progress::Progress;
use crate::query::{Column, Listing, RowOrder};
use crate::timeline::{EventIndex, Item, ItemId};

use super::effect::{Effect, Job, ListJob};
use super::jobs::Awaited;
use super::list_state::{ListMessage, ListPlacement, Step};
use super::record_text::record_text;
use super::state::State;
use super::words::count_words;

/// So many events are sorted within a frame.
const AT_ONCE: usize = 5_000;
/// So many rows can be selected at once, and copied.
const MOST_SELECTED: usize = 10_000;

impl State {
    /// Shows the list of events, or hides it.
    pub(super) fn toggle_list(&mut self) {
        let is_open = !self.list.is_open && self.documents_shown > 0;
        self.list.is_open = is_open;
        self.list.focuses = is_open;
        if is_open && self.record.covers_chart() {
            self.record.toggle();
        }
        if is_open && self.list.placement == ListPlacement::Instead {
            self.explorer = None;
        }
    }

    /// Shows the list of events in the place of the chart, or below it.
    pub(super) fn place_list(&mut self) {
        let is_instead = self.list.is_open && self.list.placement == ListPlacement::Instead;
        self.list.placement = if is_instead { ListPlacement::Below } else { ListPlacement::Instead };
        self.list.is_open = false;
        self.toggle_list();
    }

    /// Whether the list of events is shown in the place of the chart, in a window of any size.
    #[must_use]
    pub fn list_covers_chart(&self) -> bool {
        self.list.is_open && self.list.placement == ListPlacement::Instead && self.explorer.is_none()
    }

    /// Does what is done in the list of events.
    pub(super) fn change_list(&mut self, message: ListMessage) {
        match message {
            ListMessage::Sort(column) => {
                let is_descending = self.list.order.column == column && !self.list.order.is_descending;
                self.list.order = RowOrder { column, is_descending };
            }
            ListMessage::Scroll(top) => self.list.scroll_to(top),
            ListMessage::Select(row) => self.go_to_row(row),
            ListMessage::Toggle(row) => {
                if let Some(id) = self.id_of_row(row) {
                    self.toggle_selected(id);
                    self.list.cursor = Some(row);
                    self.list.followed.clone_from(&self.selected);
                }
            }
            ListMessage::Through(row) => self.select_rows_through(row),
            ListMessage::Go { to, extends } => {
                let Some(row) = self.row_at(to) else { return };
                if extends { self.select_rows_through(row) } else { self.go_to_row(row) }
            }
            ListMessage::SelectAll => self.select_all_rows(),
            ListMessage::Open => {
                if self.selected_event().is_none()
                    && let Some(row) = self.list.cursor
                {
                    self.go_to_row(row);
                }
                if self.selected.is_some() {
                    self.record.show();
                    self.record.focuses = self.forms.open.is_none() && !self.has_several();
                }
            }
        }
    }

    /// Returns the event of a row.
    fn id_of_row(&self, row: usize) -> Option<ItemId> {
        self.timeline().id(Item::Event(self.list.listing.event(row, self.timeline())?))
    }

    /// Returns the row that a key leads to. Returns `None` if there are no rows.
    fn row_at(&self, step: Step) -> Option<usize> {
        let last = self.list.listing.len().checked_sub(1)?;
        let Some(from) = self.list.cursor else { return Some(if step == Step::Last { last } else { 0 }) };
        let page = (self.list.page.floor() as isize - 1).max(1);
        let moved = |rows: isize| from.saturating_add_signed(rows).min(last);
        Some(match step {
            Step::Rows(rows) => moved(rows.into()),
            Step::Pages(pages) => moved(isize::from(pages) * page),
            Step::First => 0,
            Step::Last => last,
        })
    }

    /// Selects the event of a row, and brings it into view.
    fn go_to_row(&mut self, row: usize) {
        let Some(id) = self.id_of_row(row) else { return };
        self.list.followed = Some(id.clone());
        self.list.cursor = Some(row);
        self.list.reveal(row);
        // The same event again is the only one that is selected.
        self.several = super::several::Several::default();
        self.visit(id);
    }

    /// Selects the rows from the one whose record is shown to this one.
    fn select_rows_through(&mut self, to: usize) {
        let from = self.selected_event().and_then(|event| self.list.listing.row_of(event));
        let Some(from) = from else { return self.go_to_row(to) };
        let (first, last) = (from.min(to), from.max(to));
        if last - first >= MOST_SELECTED {
            return self.say_too_many();
        }
        let ids: Vec<ItemId> =
            (first..=last).filter(|row| *row != from).filter_map(|row| self.id_of_row(row)).collect();
        self.several = super::several::Several::default();
        self.select_also(ids.into_iter());
        self.list.cursor = Some(to);
        self.list.reveal(to);
    }

    fn select_all_rows(&mut self) {
        let Some(last) = self.list.listing.len().checked_sub(1) else { return };
        if last >= MOST_SELECTED {
            return self.say_too_many();
        }
        let (cursor, top) = (self.list.cursor, self.list.top);
        if self.selected_event().and_then(|event| self.list.listing.row_of(event)) != Some(0) {
            self.selected = self.id_of_row(0);
            self.list.followed.clone_from(&self.selected);
        }
        self.select_rows_through(last);
        self.list.cursor = cursor.or(Some(0));
        self.list.scroll_to(top);
    }

    fn say_too_many(&mut self) {
        let most = count_words(MOST_SELECTED, "event");
        let text = format!("At most {most} are selected at once. File > Export Data writes all of them as a table.");
        self.notice(text, None, false);
    }

    /// Puts the record of the selected event on the clipboard.
    pub(super) fn copy_record(&mut self) -> Vec<Effect> {
        let Some(text) = self.selected_event().and_then(|index| record_text(self.timeline(), index)) else {
            self.notice("No event is selected that could be copied.".to_owned(), None, false);
            return Vec::new();
        };
        self.notice("The record is copied".to_owned(), None, false);
        vec![Effect::CopyText(text)]
    }

    /// Returns the selected events as rows that a spreadsheet takes in: in the order of the list, where that is shown, cells
    /// with tabs between them. Returns `None` if none is selected.
    pub(super) fn copy_events(&mut self) -> Vec<Effect> {
        let mut all = self.selected_events();
        if all.is_empty() {
            self.notice("No event is selected that could be copied.".to_owned(), None, false);
            return Vec::new();
        }
        if self.list.is_open && self.list.listing.order() != RowOrder::default() {
            let listing = &self.list.listing;
            let rows = (0..listing.len()).filter_map(|row| listing.event(row, self.timeline()));
            all = rows.filter(|event| all.binary_search(event).is_ok()).collect();
        }
        let text: String = all.iter().map(|event| self.line_of(*event)).collect();
        self.notice(format!("{} copied", count_words(all.len(), "event")), None, false);
        vec![Effect::CopyText(text)]
    }

    fn line_of(&self, event: EventIndex) -> String {
        let Some(shown) = self.timeline().event(event) else { return String::new() };
        let cells = Column::ALL.map(|column| {
            let cell = column.cell(self.timeline(), &shown);
            let cell = guarded(&cell);
            let is_plain = !cell.contains(['"', '\t', '\n', '\r']);
            if is_plain { cell.into_owned() } else { format!("\"{}\"", cell.replace('"', "\"\"")) }
        });
        cells.join("\t") + "\n"
    }

    /// Brings the list of events in step with what is shown and selected, while it is shown.
    pub(super) fn follow_with_list(&mut self) -> Option<Effect> {
        if !self.list.is_open {
            return None;
        }
        let mut effect = None;
        let made_of = (self.documents_shown, self.projections);
        let is_outdated = self.list.made_of != Some(made_of) || self.list.listing.order() != self.list.order;
        if is_outdated && !self.is_listing(made_of, self.list.order) {
            effect = self.list_anew(made_of);
        }
        if self.list.followed != self.selected {
            self.list.followed.clone_from(&self.selected);
            self.go_to_selected();
        }
        effect
    }

    fn is_listing(&self, of: (u64, u64), with: RowOrder) -> bool {
        self.jobs
            .iter()
            .any(|job| matches!(job, Awaited::List { made_of, order, .. } if *made_of == of && *order == with))
    }

    /// Makes the rows anew: at once if that takes no time, else by a job. What is listed stays until then.
    fn list_anew(&mut self, made_of: (u64, u64)) -> Option<Effect> {
        let order = self.list.order;
        self.cancel_listing();
        if Listing::cost(self.timeline(), self.projection(), order) <= AT_ONCE {
            let listing = Listing::new(self.timeline(), self.projection(), order, &Progress::default());
            self.take_listing(made_of, listing);
            return None;
        }
        let progress = Arc::new(Progress::default());
        let id = self.jobs.start(Awaited::List { made_of, order, progress: Arc::clone(&progress) });
        let (timeline, projection) = (Arc::clone(&self.document.timeline), self.projection().clone());
        Some(Effect::Start(id, Job::List(Box::new(ListJob { timeline, projection, order, progress }))))
    }

    /// Cancels the job that makes rows.
    pub(super) fn cancel_listing(&mut self) {
        self.jobs.retain(|job| {
            let Awaited::List { progress, .. } = job else { return true };
            progress.cancel();
            false
        });
    }

    /// Takes in rows that were made of a version of what is shown.
    pub(super) fn take_listing(&mut self, made_of: (u64, u64), listing: Option<Listing>) {
        let Some(listing) = listing else { return };
        self.list.listing = listing;
        self.list.made_of = Some(made_of);
        self.list.scroll_to(self.list.top);
        self.go_to_selected();
    }

    /// Goes to the row of the selected event, if it is listed.
    fn go_to_selected(&mut self) {
        let last = self.list.listing.len().checked_sub(1);
        let row = self.selected_event().and_then(|event| self.list.listing.row_of(event));
        match row {
            Some(row) => {
                self.list.cursor = Some(row);
                self.list.reveal(row);
            }
            None => self.list.cursor = self.list.cursor.and_then(|row| Some(row.min(last?))),
        }
    }
}
