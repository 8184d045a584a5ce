//! The occupied parts of the rows of a lane.

use egui::Rangef;

use crate::timeline::EventIndex;

/// Overlaps of marks below this, in points, are rounding errors.
const ROUNDING: f32 = 0.05;

/// Distances that texts keep, in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Clearance {
    /// Between a text and the mark of another event: at least twice the distance between a text and its own mark.
    pub(super) text_to_mark: f32,
    /// Between two texts.
    pub(super) text_to_text: f32,
}

/// A range of x in a row that belongs to one event.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Span {
    /// In points.
    pub(super) x: Rangef,
    /// Whether its left and its right end are text, not mark.
    pub(super) is_text: [bool; 2],
}

impl Span {
    /// Returns the span of a mark without text beside it.
    pub(super) fn mark(x: Rangef) -> Self {
        Self { x, is_text: [false; 2] }
    }
}

/// What a span would touch in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Touching {
    Nothing,
    /// One event only.
    One(EventIndex),
    Several,
}

/// What each row holds: spans that do not touch, from left to right, each with its event.
pub(super) struct Rows {
    rows: Vec<Vec<(Span, EventIndex)>>,
    clearance: Clearance,
}

impl Rows {
    /// Creates empty rows.
    pub(super) fn new(clearance: Clearance) -> Self {
        Self { rows: Vec::new(), clearance }
    }

    /// Returns the distance that two facing ends must keep.
    fn distance(&self, left: Span, right: Span) -> f32 {
        match (left.is_text[1], right.is_text[0]) {
            (false, false) => -ROUNDING,
            (true, true) => self.clearance.text_to_text,
            _ => self.clearance.text_to_mark,
        }
    }

    fn touch(&self, left: Span, right: Span) -> bool {
        right.x.min - left.x.max < self.distance(left, right)
    }

    /// Returns whether a span touches nothing in a row.
    pub(super) fn is_free(&self, row: usize, wanted: Span) -> bool {
        self.rows.get(row).is_none_or(|held| {
            let next = next_of(held, wanted);
            let after = held.get(next).is_none_or(|(other, _)| !self.touch(wanted, *other));
            let before = next.checked_sub(1).and_then(|at| held.get(at));
            after && before.is_none_or(|(other, _)| !self.touch(*other, wanted))
        })
    }

    /// Returns what a span would touch in a row.
    pub(super) fn touching(&self, row: usize, wanted: Span) -> Touching {
        let Some(held) = self.rows.get(row) else { return Touching::Nothing };
        let next = next_of(held, wanted);
        let (before, after) = held.split_at_checked(next).unwrap_or_default();
        let before = before.iter().rev().take_while(|(other, _)| self.touch(*other, wanted));
        let mut touched = before.chain(after.iter().take_while(|(other, _)| self.touch(wanted, *other)));
        match (touched.next(), touched.next()) {
            (None, _) => Touching::Nothing,
            (Some((_, only)), None) => Touching::One(*only),
            _ => Touching::Several,
        }
    }

    /// Returns the events that a span would touch in a row.
    pub(super) fn touched(&self, row: usize, wanted: Span) -> Vec<EventIndex> {
        let held = self.rows.get(row).into_iter().flatten();
        held.filter(|(other, _)| self.touch(*other, wanted) && self.touch(wanted, *other))
            .map(|(_, event)| *event)
            .collect()
    }

    /// Adds an empty row above a row.
    pub(super) fn insert(&mut self, row: usize) {
        if row < self.rows.len() {
            self.rows.insert(row, Vec::new());
        }
    }

    /// Returns the number of rows that anything is or was in.
    pub(super) fn count(&self) -> usize {
        self.rows.len()
    }

    /// Adds the span of an event, which touches nothing.
    pub(super) fn occupy(&mut self, row: usize, span: Span, event: EventIndex) {
        if self.rows.len() <= row {
            self.rows.resize_with(row + 1, Vec::new);
        }
        if let Some(held) = self.rows.get_mut(row) {
            let at = next_of(held, span);
            held.insert(at, (span, event));
        }
    }

    /// Removes what an event holds in a row.
    pub(super) fn release(&mut self, row: usize, event: EventIndex) {
        if let Some(held) = self.rows.get_mut(row)
            && let Some(index) = held.iter().rposition(|(_, other)| *other == event)
        {
            held.remove(index);
        }
    }
}

/// Returns the position of the first span that begins at the same x or later.
fn next_of(held: &[(Span, EventIndex)], wanted: Span) -> usize {
    match held.last() {
        Some((last, _)) if last.x.min >= wanted.x.min => held.partition_point(|(other, _)| other.x.min < wanted.x.min),
        _ => held.len(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document;
    use crate::timeline::resolve;

    const CLEARANCE: Clearance = Clearance { text_to_mark: 12.0, text_to_text: 8.0 };

    /// Returns the events of a timeline of three.
    fn events() -> [EventIndex; 3] {
        let event = |id: usize| document::Event { id: id.to_string(), lane: "l".to_owned(), ..Default::default() };
        let lanes = vec![document::Lane { id: "l".to_owned(), ..Default::default() }];
        let document = document::Timeline { lanes, events: (0..3).map(event).collect(), ..Default::default() };
        let timeline = resolve(document).timeline.expect("a timeline");
        [0, 1, 2].map(|number| timeline.events.indices().nth(number).expect("three events"))
    }

    fn span(min: f32, max: f32, is_text: [bool; 2]) -> Span {
        Span { x: Rangef::new(min, max), is_text }
    }

    #[test]
    fn texts_keep_their_distance_and_marks_may_adjoin() {
        let mut rows = Rows::new(CLEARANCE);
        rows.occupy(0, span(100.0, 200.0, [false, true]), events()[0]);
        let check = |wanted: Span, free: bool| assert_eq!(rows.is_free(0, wanted), free, "{wanted:?}");
        check(span(80.0, 100.0, [false, false]), true);
        check(span(80.0, 101.0, [false, false]), false);
        check(span(40.0, 88.0, [false, true]), true);
        check(span(40.0, 89.0, [false, true]), false);
        check(span(212.0, 230.0, [false, false]), true);
        check(span(211.0, 230.0, [false, false]), false);
        check(span(208.0, 230.0, [true, false]), true);
        check(span(207.0, 230.0, [true, false]), false);
        check(span(120.0, 130.0, [false, false]), false);
        check(span(50.0, 400.0, [false, false]), false);
        assert!(rows.is_free(1, span(120.0, 130.0, [false, false])));
    }

    #[test]
    fn what_is_touched_is_counted_and_can_be_released() {
        let mut rows = Rows::new(CLEARANCE);
        let [first, second, third] = events();
        for (event, x) in [(first, 0.0), (second, 50.0), (third, 100.0)] {
            rows.occupy(3, span(x, x + 20.0, [false, false]), event);
        }
        assert_eq!(rows.touching(3, span(25.0, 45.0, [false; 2])), Touching::Nothing);
        assert_eq!(rows.touching(3, span(15.0, 45.0, [false; 2])), Touching::One(first));
        assert_eq!(rows.touching(3, span(60.0, 61.0, [false; 2])), Touching::One(second));
        assert_eq!(rows.touching(3, span(60.0, 90.0, [false, true])), Touching::Several);
        rows.release(3, second);
        assert_eq!(rows.touching(3, span(60.0, 61.0, [false; 2])), Touching::Nothing);
        rows.insert(3);
        assert_eq!(rows.touching(3, span(0.0, 120.0, [false; 2])), Touching::Nothing);
        assert_eq!(rows.touching(4, span(0.0, 120.0, [false; 2])), Touching::Several);
    }
}
