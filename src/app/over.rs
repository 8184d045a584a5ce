//! What is shown over the chart, and which keys work meanwhile.

use super::ui_command::UiCommand;

/// What is shown over the chart, for what keys mean.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Over {
    /// Nothing.
    Nothing,
    /// The list of keys or of problems, alone.
    List,
    /// The page of settings, alone.
    Settings,
    /// The export form, alone.
    Export,
    /// The field in which lines make events, alone.
    Lines,
    /// A question or another form, perhaps with others. So it is before the first frame: what that shows is not known.
    #[default]
    Dialog,
}

impl Over {
    /// Whether the keys of a command work meanwhile: those that close what is shown, and those of its own buttons. What
    /// a dialog covers is changed by none.
    #[must_use]
    pub fn leaves(self, command: &UiCommand) -> bool {
        match command {
            // The window stays as large as it is wanted, and its text: a dialog has text, too.
            UiCommand::Clear
            | UiCommand::FullScreen
            | UiCommand::Quit
            | UiCommand::TextLarger
            | UiCommand::TextSmaller
            | UiCommand::TextUsual => true,
            UiCommand::Settings => matches!(self, Self::Nothing | Self::Settings),
            UiCommand::Help | UiCommand::Problems | UiCommand::Reload => matches!(self, Self::Nothing | Self::List),
            // Who types one event after the other saves now and then.
            UiCommand::SaveDocument | UiCommand::SaveAs => matches!(self, Self::Nothing | Self::Lines),
            UiCommand::CopyPicture => matches!(self, Self::Nothing | Self::Export),
            _ => self == Self::Nothing,
        }
    }
}
