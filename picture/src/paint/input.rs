//! The input of painting a chart.

use egui::Color32;

use crate::layout::{Chart, Mark};
use crate::query::Found;
use crate::scene::Group;
use crate::timeline::{Item, LaneIndex, Timeline};

use super::marks::State;
use super::measure::Measure;
use super::theme::Theme;
use super::thumbnails::Images;

/// What is highlighted, and the status text below the chart.
#[derive(Clone, Copy, Debug, Default)]
pub struct Emphasis<'a> {
    /// The item whose record is shown.
    pub selected: Option<Item>,
    /// The item under the pointer.
    pub hovered: Option<Item>,
    /// The lane that the keys are on, or the pointer.
    pub lane: Option<LaneIndex>,
    /// The text at the left of the source line.
    pub status: Option<&'a str>,
    /// What a search has found: all other events are dimmed.
    pub found: Option<&'a Found>,
    /// The distances that are shown.
    pub measures: &'a [Measure],
}

/// The input of painting a chart.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// The placed chart.
    pub chart: &'a Chart,
    /// The document.
    pub timeline: &'a Timeline,
    /// The highlighted items and the status text.
    pub emphasis: Emphasis<'a>,
    /// The colours.
    pub theme: &'a Theme,
    /// The pictures of events that have been read.
    pub images: &'a Images,
    /// Whether groups have descriptions, and sources link to their addresses, as in a file. A window provides these by
    /// other means and does not need them in each frame.
    pub describes: bool,
}

impl Input<'_> {
    /// Returns the colour of an item's name: its own, or the highlight colour if it is selected or under the pointer.
    pub(super) fn color(&self, item: Item, own: Color32) -> Color32 {
        if self.emphasis.selected == Some(item) {
            self.theme.accent
        } else if self.emphasis.hovered == Some(item) {
            self.theme.ink
        } else {
            own
        }
    }

    /// Returns the colour of a mark: that of its event, or else of its lane. Returns `None` for a mark of another document.
    pub(super) fn mark_color(&self, mark: &Mark) -> Option<Color32> {
        let own = self.timeline.event(mark.event).and_then(|event| event.details.color());
        let color = own.or_else(|| Some(self.timeline.lane(mark.lane)?.color()))?;
        Some(self.theme.color(color))
    }

    pub(super) fn state(&self, mark: &Mark) -> State {
        State {
            selected: self.emphasis.selected == Some(Item::Event(mark.event)),
            hovered: self.emphasis.hovered == Some(Item::Event(mark.event)),
            found: self.emphasis.found.map(|found| found.contains(mark.event)),
        }
    }

    /// Returns the group of an item, with its description if `describes` is set.
    pub(super) fn group(&self, item: Item) -> Group {
        let mut group = Group { item: Some(item), ..Group::default() };
        if self.describes {
            let timeline = self.timeline;
            let words = match item {
                Item::Event(index) => timeline.event(index).map(|event| (event.title.to_owned(), event.date_words())),
                Item::Series(index) => {
                    timeline.series_at(index).map(|series| (series.title.clone(), series.unit.clone()))
                }
                Item::Era(index) => timeline.era(index).map(|era| (era.title.clone(), era.date.words())),
            };
            (group.title, group.description) = words.unwrap_or_default();
        }
        group
    }
}
