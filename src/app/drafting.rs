//! What is typed in forms and is not in the document: it is kept like unsaved changes, and asked about like them.

use crate::document::DocPath;

use super::effect::Effect;
use super::form::{Drafts, FormTarget, Forms, drafts_of, field_words, kept_drafts};
use super::state::State;
use super::unsaved::KeptDraft;

/// The name of the lines that are typed to make events, among what forms are about.
const LINES: &str = "lines";
/// The greatest number of fields that are named.
const NAMED: usize = 3;

impl State {
    /// What is typed in forms and is not in the document.
    fn typed(&self) -> impl Iterator<Item = (&FormTarget, Drafts)> {
        let is_own = self.forms.document == self.document.number;
        let open = self.forms.open.iter().map(|form| (form.target(), form.typed()));
        let kept = self.forms.kept.iter().map(|(target, drafts)| (target, drafts.clone()));
        open.chain(kept).filter(move |(_, drafts)| is_own && !drafts.is_empty())
    }

    fn typed_lines_text(&self) -> Option<&str> {
        self.quick_entry.as_deref().filter(|lines| !lines.trim().is_empty())
    }

    /// Whether something is typed in a form that is not in the document.
    #[must_use]
    pub fn has_typed(&self) -> bool {
        self.documents_shown > 0 && (self.typed().next().is_some() || self.typed_lines_text().is_some())
    }

    /// Whether something would be lost with the document: changes that are in no file, or what is typed in forms.
    pub(super) fn has_something_to_lose(&self) -> bool {
        self.has_unsaved_changes() || self.has_typed()
    }

    /// Returns what is typed in forms, to be kept in a file.
    pub(super) fn kept_drafts(&self) -> Vec<KeptDraft> {
        let lines = self.typed_lines_text().map(|lines| {
            let (target, field, typed) = (LINES.to_owned(), String::new(), lines.to_owned());
            KeptDraft { target, field, typed }
        });
        self.typed().flat_map(|(target, drafts)| kept_drafts(target, &drafts)).chain(lines).collect()
    }

    /// Returns how often something was typed.
    pub(super) fn typed_revision(&self) -> u64 {
        self.forms.revision
    }

    /// Returns which fields hold something that is not in the document: "the date of Treaty".
    #[must_use]
    pub fn typed_words(&self) -> Option<String> {
        let title = |target: &FormTarget| match target {
            FormTarget::NewEvent => "a new event".to_owned(),
            target => match target.find(&self.document.text, self.timeline()) {
                Some((_, tree)) => crate::layout::one_line(tree.text(&DocPath::root().field("title"))).into_owned(),
                None => format!("the {}", target.noun()),
            },
        };
        let mut all: Vec<String> = Vec::new();
        for (target, drafts) in self.typed() {
            let title = title(target);
            all.extend(drafts.keys().map(|path| format!("the {} of {title}", field_words(path))));
        }
        all.extend(self.typed_lines_text().map(|_| "the lines for new events".to_owned()));
        let more = all.len().saturating_sub(NAMED);
        all.truncate(NAMED);
        if more > 0 {
            all.push(format!("{more} more"));
        }
        (!all.is_empty()).then(|| all.join(", "))
    }

    /// Gives up what is typed in forms.
    pub(super) fn forget_typed(&mut self) {
        self.forms.open = None;
        self.forms.kept.clear();
        self.forms.revision += 1;
        self.quick_entry = None;
    }

    /// Shows what was typed in forms of an earlier process again.
    pub(super) fn restore_drafts(&mut self, kept: &[KeptDraft]) -> Vec<Effect> {
        let lines = kept.iter().find(|draft| draft.target == LINES).map(|draft| draft.typed.clone());
        let drafts = drafts_of(kept);
        let first = drafts.keys().next().cloned();
        let revision = self.forms.revision + 1;
        self.forms = Forms { kept: drafts, document: self.document.number, revision, ..Forms::default() };
        self.quick_entry = lines;
        match first {
            Some(FormTarget::NewEvent) => self.open_new_event(None, None),
            Some(target) => self.open_form(target),
            None => Vec::new(),
        }
    }
}
