//! The marks of a lane with their rows.

use egui::{Rangef, Rect};

use crate::query::ShownLane;
use crate::timeline::{EventIndex, Headline, Timeline};

use super::super::arrangement::Arrangement;
use super::super::labels::{Measured, Setting, TitleSet};
use super::super::lanes::{self, LaneBox};
use super::super::measure::Measure;
use super::super::placement::Resting;
use super::super::rest::LaneRest;
use super::super::rows::Rows;
use super::super::view::TimeAxis;
use super::item::Item;

/// Marks of one lane that have rows but no y yet.
pub(in crate::layout) struct Packed<'t> {
    pub(super) items: Vec<Item<'t>>,
    /// What the items hold of their rows.
    pub(super) held: Rows,
    /// The rows that there are for second lines of titles, too.
    pub(super) limit: usize,
    /// The minimum number of rows.
    pub(super) least: usize,
    /// Whether some events of the lane have no mark.
    pub(super) has_strip: bool,
}

/// The parameters of packing, apart from the lane.
#[derive(Clone, Copy)]
pub(in crate::layout) struct Packing<'a> {
    /// The mapping between time and x.
    pub(in crate::layout) axis: TimeAxis,
    /// How labels are laid out.
    pub(in crate::layout) setting: Setting,
    /// An event that gets a mark whatever its importance.
    pub(in crate::layout) pinned: Option<EventIndex>,
    /// The rows that events already have.
    pub(in crate::layout) arrangement: &'a Arrangement,
    /// Width of the number before each title, in points; 0 if there are no numbers.
    pub(in crate::layout) number: f32,
}

impl Packing<'_> {
    /// Measures the label of an event, with its date if that is below the title.
    pub(super) fn measured<'t>(&self, event: Headline<'t>, measure: &mut dyn Measure) -> Measured<'t> {
        let room = self.axis.width() as f32 * 0.6;
        let label = Measured::title((event.title, event.importance < 0.0), self.setting, (room, self.number), measure);
        match self.setting {
            Setting::TwoLines => label.dated(event.date_words_within(self.axis.view.interval()), measure),
            Setting::OneLine => label,
        }
    }

    /// Measures the label of an event and sets it as it was set before.
    pub(super) fn set_as<'t>(&self, event: Headline<'t>, title: TitleSet, measure: &mut dyn Measure) -> Measured<'t> {
        let label = self.measured(event, measure);
        let is_dated_now = title.is_dated && self.setting == Setting::OneLine;
        let words = || event.date_words_within(self.axis.view.interval());
        let label = if is_dated_now { label.dated(words(), measure) } else { label };
        label.set_as(title)
    }
}

impl Packed<'_> {
    /// Returns the number of rows that the lane needs; at least one.
    pub(in crate::layout) fn rows(&self) -> usize {
        self.items.iter().map(Item::end_row).max().unwrap_or(1).max(self.least)
    }

    /// Returns whether some events of the lane have no mark.
    pub(in crate::layout) fn hides(&self) -> bool {
        self.has_strip
    }

    /// Returns what packs the lane like this again.
    pub(in crate::layout) fn rest(&self) -> LaneRest {
        let resting = |item: &Item<'_>| {
            let title = item.label.as_ref().map(Measured::title_set);
            (item.event, Resting { row: item.row, place: item.place, title })
        };
        LaneRest { places: self.items.iter().map(resting).collect(), has_strip: self.has_strip }
    }

    /// Returns the number of rows with those that second lines of titles had in the frame before.
    pub(super) fn rows_before(&self) -> usize {
        let had_two = |item: &Item<'_>| item.previous.is_some_and(|kept| kept.in_two_rows);
        let ends = self.items.iter().map(|item| item.end_row() + usize::from(had_two(item)));
        ends.max().unwrap_or(1).max(self.least)
    }

    /// Assigns a y to every mark in a lane with this rectangle. The columns of its strip are counted only if part of the
    /// lane is in the range of y that is `seen`.
    pub(in crate::layout) fn placed(
        self,
        shown: &ShownLane,
        timeline: &Timeline,
        (rect, seen): (Rect, Rangef),
        row_height: f32,
        axis: TimeAxis,
    ) -> LaneBox {
        /// Greatest height of a strip, in points; it takes no more than the free space of its lane.
        const STRIP: f32 = 14.0;
        let rows = self.rows();
        let used = rows as f32 * row_height;
        let strip_height = if self.has_strip { (rect.height() - used).clamp(0.0, STRIP) } else { 0.0 };
        let top = rect.center().y - f32::midpoint(used, strip_height);
        let marked: Vec<EventIndex> = self.items.iter().map(|item| item.event).collect();
        let mut marks = Vec::with_capacity(self.items.len());
        let own_lane = |event: EventIndex| {
            let lane = timeline.event(event).map_or(shown.lane(), |event| timeline.lane_within(&event, shown.lane()));
            (lane, timeline.lane(lane).map_or(0, |lane| lane.style))
        };
        let mut unlabelled = 0;
        for item in self.items {
            if !item.is_in_sight(axis) {
                continue;
            }
            let row_top = top + item.row as f32 * row_height;
            let lane = own_lane(item.event);
            let mark =
                item.placed(lane, Rangef::new(row_top, row_top + row_height), Rangef::new(axis.left, axis.right));
            unlabelled += usize::from(mark.label.is_none());
            marks.push(mark);
        }
        let names = Rangef::new(rect.left(), axis.left);
        let y = Rangef::new(top + used, top + used + strip_height);
        let rects = [Rangef::new(axis.left, axis.right), names].map(|x| Rect::from_x_y_ranges(x, y));
        let is_seen = rect.y_range().intersects(seen);
        let strip =
            if self.has_strip { lanes::strip(shown.index(), timeline, &marked, axis, rects, is_seen) } else { None };
        let bottom = if strip.is_some() { top + used } else { rect.bottom() };
        let name = Rect::from_x_y_ranges(names, rect.top()..=bottom);
        let thumbnails = Vec::new();
        LaneBox { lane: shown.lane(), folded: shown.folded(), rect, name, rows, marks, thumbnails, unlabelled, strip }
    }
}
