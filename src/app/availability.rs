//! Which commands can be carried out now, and why others cannot.

use crate::date::Handle;

use super::state::State;
use super::ui_command::UiCommand;

impl State {
    /// Why a command would do nothing now, in a few words. Returns `None` if it does something.
    #[must_use]
    pub fn unavailable(&self, command: &UiCommand) -> Option<&'static str> {
        let editing = &self.document.editing;
        let (has_document, has_event) = (self.documents_shown > 0, self.selected_event().is_some());
        let unless = |is_possible: bool, reason| (!is_possible).then_some(reason);
        match command {
            UiCommand::ImportChoices => unless(self.can_be_imported_anew(), "Nothing is imported that is not saved"),
            UiCommand::ImportReport => unless(self.has_report(), "Nothing was imported"),
            UiCommand::ClearFilter => unless(self.filter.is_active(), "No filter is on"),
            UiCommand::Undo => unless(editing.next_undo().is_some(), "Nothing is changed"),
            UiCommand::Redo => unless(editing.next_redo().is_some(), "Nothing was taken back"),
            UiCommand::SaveDocument
            | UiCommand::SaveAs
            | UiCommand::CaptureFile
            | UiCommand::ExportData(_)
            | UiCommand::EditHistory
            | UiCommand::Capture
            | UiCommand::NewEvent
            | UiCommand::QuickEntry
            | UiCommand::Actions
            | UiCommand::Form(_) => unless(has_document, "No document is open"),
            UiCommand::MoveDate(handle, _) => self.unmovable(*handle),
            UiCommand::MoveToLane(_)
            | UiCommand::Duplicate
            | UiCommand::Delete
            | UiCommand::CopyEvents
            | UiCommand::CopyRecord
            | UiCommand::ExtendEarlier
            | UiCommand::ExtendLater => unless(has_event, "No event is selected"),
            UiCommand::MoveLane(_) => {
                unless(has_event || self.current_lane().is_some(), "No lane and no event is selected")
            }
            UiCommand::FitSelected | UiCommand::Clear => unless(self.selected().is_some(), "Nothing is selected"),
            UiCommand::ScrollUp => unless(self.scrolls.most > 0.0 && self.scroll > 0.0, "No lane is above"),
            UiCommand::ScrollDown => unless(self.scroll < self.scrolls.most, "No lane or series is below"),
            UiCommand::Explore => unless(self.first_series().is_some(), "There is no series"),
            UiCommand::Back => unless(self.sitting.trail.ends().0, "Nothing was shown before"),
            UiCommand::Forward => unless(self.sitting.trail.ends().1, "Nothing was shown after this"),
            UiCommand::CopyLink => unless(self.document.path.is_some(), "The document is in no file"),
            UiCommand::LaneAbove | UiCommand::LaneBelow => {
                unless(!self.projection().lanes().is_empty(), "There is no lane")
            }
            UiCommand::Fold => unless(self.folds() != (false, false), "There is no group of lanes"),
            UiCommand::FoldAll => unless(self.folds().1, "No group of lanes is unfolded"),
            UiCommand::UnfoldAll => unless(self.folds().0, "No group of lanes is folded"),
            _ => None,
        }
    }

    /// Why the date of the selected event cannot be moved.
    fn unmovable(&self, handle: Handle) -> Option<&'static str> {
        match (self.selected_event(), handle) {
            (None, _) => Some("No event is selected"),
            (Some(event), handle) if self.can_move(event, handle) => None,
            (Some(_), Handle::Whole) => Some("Its date cannot be moved"),
            (Some(_), _) => Some("Its date has no such end"),
        }
    }
}
