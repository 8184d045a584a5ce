//! A change of the document that the user makes.

use crate::edit::Intent;
use crate::timeline::ItemId;

/// A change of the document that the user makes at once, and that is taken back at once.
#[derive(Clone, Debug, PartialEq)]
pub struct Gesture {
    /// What it does, in words that follow "Undo: ", such as "move Treaty to 1966".
    pub name: String,
    /// What is changed: each is about the document after the one before it.
    pub intents: Vec<Intent<'static>>,
    /// What is selected and brought into view after it, if that changes.
    pub selects: Option<ItemId>,
}

impl Gesture {
    /// Returns a gesture that leaves the selection as it is.
    #[must_use]
    pub fn new(name: impl Into<String>, intents: Vec<Intent<'static>>) -> Self {
        Self { name: name.into(), intents, selects: None }
    }

    /// Returns the gesture with what is selected after it.
    #[must_use]
    pub fn selecting(self, item: ItemId) -> Self {
        Self { selects: Some(item), ..self }
    }
}
