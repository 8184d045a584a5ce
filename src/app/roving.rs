//! Many things in one place of which one can have the focus by Tab, while keys walk through them: the marks of the chart, and
//! the names of its lanes.

use egui::accesskit::Action;
use egui::{Id, Response, Sense, Ui};

/// Which of them can have the focus.
pub(super) struct Roving {
    name: Id,
    stop: Option<Id>,
    focused: Option<Id>,
    /// The first one that was shown in this frame, and the one that keys are on.
    first: Option<Id>,
    current: Option<Id>,
    has_focus: bool,
}

impl Roving {
    /// Begins a frame; the one that could have the focus in the last frame still can.
    pub(super) fn begin(ui: &Ui, name: &'static str) -> Self {
        let name = Id::unique(name);
        let stop = ui.data(|data| data.get_temp(name));
        let focused = ui.memory(egui::Memory::focused);
        Self { name, stop, focused, first: None, current: None, has_focus: false }
    }

    /// Makes a rectangle react to clicks and to what else `sense` says.
    pub(super) fn interact(&mut self, ui: &Ui, rect: egui::Rect, id: Id, sense: Sense, is_current: bool) -> Response {
        // A screen reader may give the focus to any of them.
        let is_asked = ui.input(|input| input.has_accesskit_action_request(id, Action::Focus));
        let can_have_focus = is_asked || self.stop == Some(id) || self.focused == Some(id);
        let response = ui.interact(rect, id, if can_have_focus { Sense::click() } else { Sense::CLICK } | sense);
        if !can_have_focus {
            ui.ctx().accesskit_node_builder(id, |node| node.add_action(Action::Focus));
        }
        if is_asked {
            response.request_focus();
        }
        self.first.get_or_insert(id);
        if is_current {
            self.current.get_or_insert(id);
        }
        self.has_focus |= response.has_focus();
        if response.has_focus() {
            self.focused = Some(id);
        }
        response
    }

    /// Gives the focus to one of them; one that is shown after it in this frame has it no more.
    pub(super) fn focus(&mut self, response: &Response) {
        response.request_focus();
        self.has_focus = true;
        self.focused = Some(response.id);
    }

    /// Ends the frame. Returns whether one of them has the focus.
    pub(super) fn end(self, ui: &Ui) -> bool {
        let focused = self.focused.filter(|_| self.has_focus);
        match focused.or(self.current).or(self.first) {
            Some(stop) => {
                ui.data_mut(|data| data.insert_temp(self.name, stop));
            }
            None => ui.data_mut(|data| data.remove::<Id>(self.name)),
        }
        self.has_focus
    }
}
