//! Changes of the document that are shown at once, however large it is.

use std::sync::Arc;

use crate::Opened;
use crate::edit::Splices;
use crate::export;
use crate::query::Projection;
use crate::reopen::Change;
use crate::scene::text::FontSet;
use crate::timeline::Successors;

use super::documents::Version;
use super::effect::Effect;
use super::jobs::Awaited;
use super::loaded_document::DocumentFonts;
use super::state::State;

impl State {
    /// Changes the text and what is shown, where the text near the changes tells what they mean. Returns `None`, and
    /// changes nothing, if all of the text must be read.
    pub(super) fn amend(&mut self, splices: &Splices) -> Option<Vec<Effect>> {
        if self.jobs.reopens() || self.failed.is_some() || !self.document.editing.shows_text() {
            return None;
        }
        let change = Change::of(self.timeline(), &self.document.text, splices)?;
        // What nothing else refers to is changed in place, which costs a large document a fraction of a copy.
        self.jobs.retain(|job| !matches!(job, Awaited::Settle(_)));
        self.cancel_listing();
        self.cancel_filter();
        self.document.projection = Projection::default();
        self.document.editing.shows(Arc::default());
        let (timeline, text) = (std::mem::take(&mut self.document.timeline), std::mem::take(&mut self.document.text));
        let (Opened { timeline, diagnostics, text, .. }, moved) = change.apply(timeline, text, splices);
        self.document.text = Arc::clone(&text);
        self.document.editing.shows(Arc::clone(&text));
        let Some(timeline) = timeline else { return Some(self.reopen()) };
        self.show_successor(timeline, Version::Edited, &Successors::Moved(moved));
        self.document.problems = diagnostics;
        let mut effects: Vec<Effect> = self.find_picture_problems(&text).into_iter().collect();
        effects.push(Effect::SetTitle(self.window_title()));
        let lacks = |text: &str| !export::lacking(text, &FontSet::carried()).is_empty();
        if self.document.lacks_fonts || splices.as_slice().iter().any(|splice| lacks(&splice.text)) {
            effects.extend(self.take_document_fonts(DocumentFonts::Unsearched, text));
        }
        Some(effects)
    }
}
