//! The events of a projection as the rows of a table, sorted by one of its columns.

use std::cmp::Ordering;
use std::ops::Range;
use std::sync::Arc;

use crate::progress::Progress;
use crate::timeline::{Event, EventIndex, Timeline};

use super::needle::folded;
use super::projection::Projection;

/// A column of the table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Column {
    /// The date in words.
    #[default]
    Date,
    /// The title.
    Title,
    /// The title of the lane, after those of the groups around it.
    Lane,
    /// The tags.
    Tags,
    /// The titles of the sources that are cited.
    Sources,
}

impl Column {
    /// All columns, left to right.
    pub const ALL: [Self; 5] = [Self::Date, Self::Title, Self::Lane, Self::Tags, Self::Sources];

    /// Returns the name of the column.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Date => "Date",
            Self::Title => "Title",
            Self::Lane => "Lane",
            Self::Tags => "Tags",
            Self::Sources => "Sources",
        }
    }

    /// Returns the text of the cell of an event in this column.
    ///
    /// ```
    /// # use longview_model::open;
    /// use longview_model::query::Column;
    ///
    /// let text = r#"(title: "", lanes: [(id: "a", title: "Arts")],
    ///     events: [(id: "b", lane: "a", title: "Opening", date: "1965-06", tags: ["theatre", "Paris"])])"#;
    /// let timeline = open(text).timeline.unwrap();
    /// let event = timeline.events.get(0).unwrap();
    /// let cells = Column::ALL.map(|column| column.cell(&timeline, &event));
    /// assert_eq!(cells, ["June 1965", "Opening", "Arts", "theatre, Paris", ""]);
    /// ```
    #[must_use]
    pub fn cell(self, timeline: &Timeline, event: &Event<'_>) -> String {
        match self {
            Self::Date => event.date_words(),
            Self::Title => event.title.to_owned(),
            Self::Lane => timeline.path_of(event.lane),
            Self::Tags => event.tags.iter().collect::<Vec<_>>().join(", "),
            Self::Sources => {
                let mut titles: Vec<&str> = Vec::new();
                for source in event.citations.iter().filter_map(|citation| timeline.source(citation.source)) {
                    if !titles.contains(&source.title.as_str()) {
                        titles.push(&source.title);
                    }
                }
                titles.join("; ")
            }
        }
    }
}

/// What rows are sorted by. The default is the order of time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RowOrder {
    /// The column whose cells are compared.
    pub column: Column,
    /// Whether the greatest cell is first.
    pub is_descending: bool,
}

/// The events of a projection in the order of a list.
///
/// Events that compare equal are in the order of time. Empty cells are last in either direction, and so are undated events.
/// Lanes are in the order of the document; texts are compared without case and accents.
#[derive(Clone, Debug, Default)]
pub struct Listing {
    order: RowOrder,
    rows: Rows,
}

#[derive(Clone, Debug)]
enum Rows {
    /// All events of a timeline, of which there are so many, in their order.
    All(usize),
    /// These events.
    Some(Arc<[EventIndex]>),
}

impl Default for Rows {
    fn default() -> Self {
        Self::All(0)
    }
}

impl Listing {
    /// Returns how many events are compared to make a list, of which none are if all are shown in the order of time.
    #[must_use]
    pub fn cost(timeline: &Timeline, projection: &Projection, order: RowOrder) -> usize {
        let shown = projection.len();
        if order == RowOrder::default() && shown == timeline.events.len() { 0 } else { shown }
    }

    /// Returns the rows of a projection. Returns `None` if `progress` is cancelled.
    #[must_use]
    pub fn new(timeline: &Timeline, projection: &Projection, order: RowOrder, progress: &Progress) -> Option<Self> {
        if Self::cost(timeline, projection, order) == 0 {
            return Some(Self { order, rows: Rows::All(projection.len()) });
        }
        // The indices of events ascend in time.
        let mut events = projection.events();
        events.extend_from_slice(projection.undated());
        match order {
            RowOrder { column: Column::Date, is_descending: false } => {}
            RowOrder { column: Column::Date, .. } => reverse_time(&mut events, projection.dated(), timeline),
            _ => sort(&mut events, timeline, order, progress)?,
        }
        (!progress.is_cancelled()).then(|| Self { order, rows: Rows::Some(events.into()) })
    }

    /// Returns what the rows are sorted by.
    #[must_use]
    pub fn order(&self) -> RowOrder {
        self.order
    }

    /// Returns the number of rows.
    #[must_use]
    pub fn len(&self) -> usize {
        match &self.rows {
            Rows::All(count) => *count,
            Rows::Some(events) => events.len(),
        }
    }

    /// Returns whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns the event of a row, in O(1). Returns `None` if there is no such row, or if the timeline has become shorter.
    #[must_use]
    pub fn event(&self, row: usize, timeline: &Timeline) -> Option<EventIndex> {
        match &self.rows {
            Rows::All(count) => timeline.events.indices().nth(row).filter(|_| row < *count),
            Rows::Some(events) => events.get(row).copied().filter(|event| event.get() < timeline.events.len()),
        }
    }

    /// Returns the row of an event: in O(log n) in the order of time, else in O(n). Returns `None` if it is not listed.
    #[must_use]
    pub fn row_of(&self, event: EventIndex) -> Option<usize> {
        match &self.rows {
            Rows::All(count) => Some(event.get()).filter(|row| row < count),
            Rows::Some(events) if self.order == RowOrder::default() => events.binary_search(&event).ok(),
            Rows::Some(events) => events.iter().position(|other| *other == event),
        }
    }
}

/// Reverses the dated events, of which there are so many; those with equal dates stay in the order of the document.
fn reverse_time(events: &mut [EventIndex], dated: usize, timeline: &Timeline) {
    let Some(dated) = events.get_mut(..dated) else { return };
    dated.reverse();
    let key = |event: EventIndex| timeline.events.date(event).map(crate::date::Date::sort_key);
    dated.chunk_by_mut(|one, next| key(*one) == key(*next)).for_each(<[EventIndex]>::reverse);
}

/// An event with what it is sorted by.
struct Keyed {
    event: EventIndex,
    /// The first bytes of the text, so that most comparisons look at nothing else.
    first: u64,
    /// The bytes of the text.
    text: Range<usize>,
}

/// Sorts events by a column other than the date.
fn sort(events: &mut [EventIndex], timeline: &Timeline, order: RowOrder, progress: &Progress) -> Option<()> {
    /// Number of events between two checks for cancellation.
    const STEP: usize = 4096;
    progress.begin(events.len() as u64);
    let mut texts = String::new();
    let mut keyed = Vec::with_capacity(events.len());
    for some in events.chunks(STEP) {
        if progress.is_cancelled() {
            return None;
        }
        for event in some.iter().copied() {
            let start = texts.len();
            let first = timeline.event(event).map_or(0, |shown| match order.column {
                Column::Lane => shown.lane.get() as u64 + 1,
                column => {
                    folded(column.cell(timeline, &shown).trim_start(), &mut texts);
                    beginning(texts.as_bytes().get(start..).unwrap_or_default())
                }
            });
            keyed.push(Keyed { event, first, text: start..texts.len() });
        }
        progress.advance(some.len() as u64, 0);
    }
    let text = |key: &Keyed| texts.get(key.text.clone()).unwrap_or_default();
    let compare = |one: &Keyed, other: &Keyed| {
        let order = |ordering: Ordering| if order.is_descending { ordering.reverse() } else { ordering };
        let is_empty = |key: &Keyed| key.first == 0;
        let both = is_empty(one).cmp(&is_empty(other));
        both.then_with(|| order(one.first.cmp(&other.first).then_with(|| text(one).cmp(text(other)))))
    };
    keyed.sort_by(compare);
    events.iter_mut().zip(&keyed).for_each(|(event, key)| *event = key.event);
    Some(())
}

/// Returns the first bytes of a text as a number that is the greater the later the text is; 0 for an empty one.
fn beginning(text: &[u8]) -> u64 {
    let mut first = [0; 8];
    first.iter_mut().zip(text).for_each(|(to, from)| *to = *from);
    u64::from_be_bytes(first)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::open::open;
    use crate::query::Filter;

    const TEXT: &str = r#"(
        title: "t",
        sources: [(id: "b", title: "Blue Book"), (id: "a", title: "An Atlas")],
        lanes: [(id: "z", title: "Zebra"), (id: "y", title: "Yak"), (id: "q", title: "Quail", parent: "y")],
        events: [
            (id: "none", lane: "z", title: "élan", tags: ["two"]),
            (id: "late", lane: "q", title: "Eland", date: "1990", citations: [(source: "b"), (source: "a"), (source: "b")]),
            (id: "early", lane: "z", title: "zulu", date: "1901", tags: ["one", "two"]),
            (id: "same", lane: "y", title: "Apple", date: "1901", citations: [(source: "a")]),
            (id: "untitled", lane: "y", title: "", date: "1950"),
        ],
    )"#;

    #[track_caller]
    fn check(column: Column, is_descending: bool, expect: &[&str]) {
        let timeline = open(TEXT).timeline.expect("a timeline");
        let order = RowOrder { column, is_descending };
        let listing = Listing::new(&timeline, &Projection::all(&timeline), order, &Progress::default());
        let listing = listing.expect("not cancelled");
        let events: Vec<EventIndex> = (0..listing.len()).filter_map(|row| listing.event(row, &timeline)).collect();
        let ids: Vec<&str> = events.iter().filter_map(|event| Some(timeline.event(*event)?.id)).collect();
        assert_eq!(ids, expect, "{order:?}");
        let rows: Vec<Option<usize>> = events.iter().map(|event| listing.row_of(*event)).collect();
        assert_eq!(rows, (0..expect.len()).map(Some).collect::<Vec<_>>(), "each is in its row");
    }

    #[test]
    fn rows_are_sorted_by_any_column_and_equal_ones_are_in_the_order_of_time() {
        check(Column::Date, false, &["early", "same", "untitled", "late", "none"]);
        check(Column::Date, true, &["late", "untitled", "early", "same", "none"]);
        check(Column::Title, false, &["same", "none", "late", "early", "untitled"]);
        check(Column::Title, true, &["early", "late", "none", "same", "untitled"]);
        check(Column::Lane, false, &["early", "none", "same", "untitled", "late"]);
        check(Column::Lane, true, &["late", "same", "untitled", "early", "none"]);
        check(Column::Tags, false, &["early", "none", "same", "untitled", "late"]);
        check(Column::Sources, false, &["same", "late", "early", "untitled", "none"]);
    }

    #[test]
    fn only_what_a_projection_shows_is_listed() {
        let timeline = open(TEXT).timeline.expect("a timeline");
        let progress = Progress::default();
        let filter = Filter { events: Some(&|_, event: &Event<'_>| !event.title.is_empty()), ..Filter::default() };
        let projection = filter.project(&timeline, &progress).expect("not cancelled");
        let order = RowOrder::default();
        let listing = Listing::new(&timeline, &projection, order, &progress).expect("not cancelled");
        assert_eq!((listing.len(), Listing::cost(&timeline, &projection, order)), (4, 4));
        let untitled = timeline.event_by_id("untitled").expect("an event");
        assert_eq!(listing.row_of(untitled), None);
        assert_eq!(listing.event(4, &timeline), None);
        assert_eq!(Listing::cost(&timeline, &Projection::all(&timeline), order), 0);
        progress.cancel();
        assert!(Listing::new(&timeline, &projection, order, &progress).is_none());
    }
}
