//! What a chart is painted from.

use egui::Color32;

use crate::layout::{Chart, Mark};
use crate::scene::Group;
use crate::timeline::{Item, Timeline};

use super::marks::State;
use super::theme::Theme;

/// What stands out, and what is said below the chart.
#[derive(Clone, Copy, Debug, Default)]
pub struct Emphasis<'a> {
    /// What the record is shown of.
    pub selected: Option<Item>,
    /// What is under the pointer.
    pub hovered: Option<Item>,
    /// What is said at the left of the source line.
    pub status: Option<&'a str>,
}

/// What a chart is painted from.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// The placed marks.
    pub chart: &'a Chart,
    /// The document.
    pub timeline: &'a Timeline,
    /// What stands out.
    pub emphasis: Emphasis<'a>,
    /// The colours.
    pub theme: &'a Theme,
    /// Whether groups say in words what they show, and sources link to their addresses, as in a file. A window, which
    /// says so by other means, needs none of it in each frame.
    pub describes: bool,
}

impl Input<'_> {
    /// The colour of an item's name: its own, or that of what is selected or under the pointer.
    pub(super) fn color(&self, item: Item, own: Color32) -> Color32 {
        if self.emphasis.selected == Some(item) {
            self.theme.accent
        } else if self.emphasis.hovered == Some(item) {
            self.theme.ink
        } else {
            own
        }
    }

    pub(super) fn state(&self, mark: &Mark) -> State {
        State {
            selected: self.emphasis.selected == Some(Item::Event(mark.event)),
            hovered: self.emphasis.hovered == Some(Item::Event(mark.event)),
        }
    }

    /// The group of an item, with its words where those are wanted.
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
