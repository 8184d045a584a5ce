//! How the explorer of series is opened, and what keys do while it is.

use crate::timeline::{Item, SeriesIndex};

use super::explorer::{Explorer, ExplorerMessage, Step};
use super::navigation::{PAN_STEP, ZOOM_STEP};
use super::state::State;
use super::ui_command::UiCommand;

impl State {
    /// Changes the explorer as a message says.
    pub(super) fn explore(&mut self, message: ExplorerMessage) {
        if let ExplorerMessage::Open(series) = message {
            self.selected = self.timeline().id(Item::Series(series));
            if self.record.covers_chart() {
                self.record.toggle();
            }
        }
        self.explorer = Explorer::after(self.explorer.take(), message, self.timeline());
    }

    /// Opens the explorer of the selected series, else of the first one.
    pub(super) fn explore_selected(&mut self) {
        let selected = match self.selected() {
            Some(Item::Series(series)) => Some(series),
            _ => self.first_series(),
        };
        if let Some(series) = selected {
            self.explore(ExplorerMessage::Open(series));
        }
    }

    /// The first series of the document.
    pub(super) fn first_series(&self) -> Option<SeriesIndex> {
        self.timeline().iter_series().next().map(|(index, _)| index)
    }

    /// What a command means while the explorer stands in the place of the chart. `None` if it means what it always does.
    pub(super) fn explorer_message(&self, command: &UiCommand) -> Option<ExplorerMessage> {
        self.explorer.as_ref()?;
        Some(match command {
            UiCommand::ZoomIn => ExplorerMessage::Zoom { factor: ZOOM_STEP, at: 0.5 },
            UiCommand::ZoomOut => ExplorerMessage::Zoom { factor: 1.0 / ZOOM_STEP, at: 0.5 },
            UiCommand::Fit | UiCommand::FitSelected => ExplorerMessage::Fit,
            UiCommand::PanLeft => ExplorerMessage::Pan(-PAN_STEP),
            UiCommand::PanRight => ExplorerMessage::Pan(PAN_STEP),
            UiCommand::Previous => ExplorerMessage::Step(Step::Previous),
            UiCommand::Next => ExplorerMessage::Step(Step::Next),
            UiCommand::First => ExplorerMessage::Step(Step::First),
            UiCommand::Last => ExplorerMessage::Step(Step::Last),
            UiCommand::Explore => ExplorerMessage::Close,
            _ => return None,
        })
    }
}
