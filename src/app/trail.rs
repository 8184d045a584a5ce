//! Back and forward through the views and selections that were shown.

use std::collections::VecDeque;

use crate::layout::View;
use crate::timeline::ItemId;

/// Maximum number of places that are remembered in each direction.
const MOST: usize = 200;

/// A place in a document.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Stop {
    pub view: View,
    pub selected: Option<ItemId>,
}

/// The places of the document that were shown before the one that is shown, and after it if the user went back.
#[derive(Debug, Default)]
pub struct Trail {
    /// Oldest first.
    pub(super) earlier: VecDeque<Stop>,
    /// The place to go forward to is the last.
    pub(super) later: Vec<Stop>,
    /// When a movement that has its place in the trail already went on last, in seconds since the window opened.
    pub(super) moved_at: Option<f64>,
}

impl Trail {
    /// Whether there is a place to go back to, and one to go forward to.
    #[must_use]
    pub fn ends(&self) -> (bool, bool) {
        (!self.earlier.is_empty(), !self.later.is_empty())
    }

    /// Puts a place before the one that is shown now.
    pub(super) fn leave(&mut self, stop: Stop) {
        self.later.clear();
        if self.earlier.back() != Some(&stop) {
            self.earlier.push_back(stop);
        }
        if self.earlier.len() > MOST {
            self.earlier.pop_front();
        }
    }

    /// A button of the pointer is held: a movement that has begun is not over.
    pub(super) fn hold(&mut self, now: f64) {
        if let Some(moved_at) = &mut self.moved_at {
            *moved_at = now;
        }
    }
}
