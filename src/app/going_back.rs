//! How commands go back and forward through the views and selections that were shown.

use super::state::State;
use super::trail::Stop;
use super::ui_command::UiCommand;

/// What moves the view again within this many seconds goes on with the same movement.
const REST: f64 = 0.6;

/// Whether a command moves the view a little, as one of several that are one movement together.
fn is_movement(command: &UiCommand) -> bool {
    matches!(
        command,
        UiCommand::Zoom { .. }
            | UiCommand::Pan(_)
            | UiCommand::Show(_)
            | UiCommand::ZoomIn
            | UiCommand::ZoomOut
            | UiCommand::PanLeft
            | UiCommand::PanRight
    )
}

/// A place before a command, and whether the command is part of a movement.
#[derive(Debug)]
pub(super) struct Departure {
    stop: Stop,
    document: u64,
    moves: bool,
}

impl State {
    fn stop(&self) -> Stop {
        Stop { view: self.target(), selected: self.selected.clone() }
    }

    /// Returns what a command leaves. Returns `None` if the command goes through the trail itself.
    pub(super) fn departure(&self, command: &UiCommand) -> Option<Departure> {
        let is_own = matches!(command, UiCommand::Back | UiCommand::Forward);
        let document = self.document.number;
        (!is_own).then(|| Departure { stop: self.stop(), document, moves: is_movement(command) })
    }

    /// Remembers what a command has left, if it has: each jump by itself, a movement once.
    pub(super) fn depart(&mut self, departure: Option<Departure>) {
        let Some(Departure { stop, document, moves }) = departure else { return };
        if stop == self.stop() || document != self.document.number {
            return;
        }
        if stop.selected != self.selected {
            self.sitting.measuring.selected_at = self.now;
        }
        let goes_on = moves && self.sitting.trail.moved_at.is_some_and(|at| self.now - at < REST);
        self.sitting.trail.moved_at = moves.then_some(self.now);
        if !goes_on {
            self.sitting.trail.leave(stop);
        }
    }

    /// Goes to the place before the one that is shown.
    pub(super) fn go_back(&mut self) {
        let here = self.stop();
        while let Some(stop) = self.sitting.trail.earlier.pop_back() {
            if self.is_elsewhere(&stop) {
                self.sitting.trail.later.push(here);
                return self.go_to(stop);
            }
        }
    }

    /// Goes to the place that was left by going back.
    pub(super) fn go_forward(&mut self) {
        let here = self.stop();
        while let Some(stop) = self.sitting.trail.later.pop() {
            if self.is_elsewhere(&stop) {
                self.sitting.trail.earlier.push_back(here);
                return self.go_to(stop);
            }
        }
    }

    /// Whether a place is another than the one that is shown. What is not in the document any more cannot be selected.
    fn is_elsewhere(&self, stop: &Stop) -> bool {
        let is_known = stop.selected.as_ref().is_none_or(|id| self.timeline().find(id).is_some());
        let here = self.stop();
        stop.view.with_scale(self.scale()) != here.view || is_known && stop.selected != here.selected
    }

    fn go_to(&mut self, stop: Stop) {
        self.sitting.trail.moved_at = None;
        self.explorer = None;
        self.selected = stop.selected.filter(|id| self.timeline().find(id).is_some());
        self.reveal = self.selected.is_some();
        if self.target() != stop.view {
            self.jump_to(stop.view);
        }
    }
}
