//! What the window remembers of the list of events.

use crate::query::{Column, Listing, RowOrder};
use crate::timeline::ItemId;

/// Where the list of events is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ListPlacement {
    /// Below the chart, where there is room for both.
    #[default]
    Below,
    /// In the place of the chart.
    Instead,
}

/// The list of events.
#[derive(Clone, Debug, Default)]
pub struct EventList {
    /// Whether it is shown.
    pub is_open: bool,
    /// Where it is shown.
    pub placement: ListPlacement,
    /// What it is sorted by, or will be once a job has done that.
    pub order: RowOrder,
    /// Its rows.
    pub listing: Listing,
    /// How far it is scrolled, in rows: a million of them are more than `f32` can tell apart in points.
    pub top: f64,
    /// The row that the keys are on.
    pub cursor: Option<usize>,
    /// Whether it must still be given the focus.
    pub focuses: bool,
    /// How many rows are in sight, as last drawn.
    pub(super) page: f64,
    /// What its rows were made of: which version of the timeline, and of what is shown of it.
    pub(super) made_of: Option<(u64, u64)>,
    /// What was selected when the list last went to it.
    pub(super) followed: Option<ItemId>,
}

impl EventList {
    /// Scrolls to a place, in rows.
    pub(super) fn scroll_to(&mut self, top: f64) {
        let most = self.listing.len() as f64 - self.page;
        self.top = top.min(most).max(0.0);
    }

    /// Scrolls as little as brings a row into sight.
    pub(super) fn reveal(&mut self, row: usize) {
        let row = row as f64;
        // Before the list has been drawn it has no height.
        let lowest = row + 1.0 - self.page.max(1.0);
        self.scroll_to(self.top.max(lowest).min(row));
    }
}

/// What is done in the list of events.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ListMessage {
    /// Sort by a column, or in the other direction if the list is sorted by it.
    Sort(Column),
    /// Scroll to a place, in rows.
    Scroll(f64),
    /// Select a row.
    Select(usize),
    /// Select a row besides those that are selected, or take it out of them.
    Toggle(usize),
    /// Select all rows from the one whose record is shown to this one.
    Through(usize),
    /// Go to another row.
    Go {
        /// Where to.
        to: Step,
        /// Whether the rows up to there are selected, too.
        extends: bool,
    },
    /// Select all rows.
    SelectAll,
    /// Show the record of the row that the keys are on, and go to it.
    Open,
}

/// Where a key leads in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// So many rows down, or up.
    Rows(i8),
    /// So many times the rows in sight down, or up.
    Pages(i8),
    /// To the first row.
    First,
    /// To the last row.
    Last,
}
