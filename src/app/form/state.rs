//! What a form remembers.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::date::Calendar;
use crate::document::{DocPath, PathSegment, Tree};

use super::rules::{self, Verdict};
use super::target::FormTarget;

/// What the user does in a form. Paths are those within the item that the form is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FormMessage {
    /// Show the form of an item.
    Open(FormTarget),
    /// Show the form of an event that is not in the document yet.
    New {
        /// Its lane, if that is known.
        lane: Option<String>,
        /// Its date, if that is known.
        date: Option<String>,
    },
    /// Show the record again.
    Close,
    /// A text is typed in a field.
    Type(DocPath, String),
    /// A field is left: its text goes into the document if it is good.
    Leave(DocPath),
    /// Enter is pressed in a field: as if it is left; where that adds an item to a list, a field of the item gets the focus.
    Enter(DocPath),
    /// A value is chosen, which goes into the document at once.
    Set(DocPath, String),
    /// The texts of a list are chosen.
    SetList(DocPath, Vec<String>),
    /// Add what is typed for a list, whatever else it may mean.
    AddTyped(DocPath),
    /// Add an item to a list.
    Add(DocPath, Vec<(&'static str, String)>),
    /// Remove an item of a list.
    Remove(DocPath, usize),
    /// Add an item of a kind to the document, and show its form.
    AddPart(&'static str),
    /// Remove the item that the form is about.
    RemovePart,
    /// Move the item that the form is about among its like: up if negative.
    MovePart(isize),
    /// Give up what has been typed and is not in the document.
    Discard,
    /// Put the new event into the document.
    Create,
    /// Search events for what is typed.
    Search(String),
    /// Add the values that are pasted.
    AddPasted,
    /// Show the values of a series from this one on.
    ShowPoints(usize),
    /// Add a source to the document and cite it in a list of citations; its form is shown until it is closed.
    CiteNew(DocPath),
    /// Choose the file of a picture.
    PickMedia,
    /// Give the focus to a field.
    Focus(DocPath),
    /// A field has the focus.
    Focused(DocPath),
}

/// The index of an item that is not in its list yet, in the path of what is typed for it.
pub const NEW: usize = usize::MAX;

/// Texts that have been typed, by the paths of their fields.
pub type Drafts = BTreeMap<DocPath, String>;

/// A form.
#[derive(Debug)]
pub struct RecordForm {
    /// What it is about.
    pub(in super::super) target: FormTarget,
    /// The item as it is in the document.
    pub(in super::super) tree: Tree,
    /// The text that it was read from.
    pub(in super::super) source: Arc<String>,
    /// What has been typed and is not in the document.
    pub(in super::super) drafts: Drafts,
    /// What has gone into the document, which is being read again.
    pub(in super::super) applied: Drafts,
    /// The field that is to get the focus.
    pub(in super::super) focus: Option<DocPath>,
    /// The field that had the focus last.
    pub(in super::super) last: Option<DocPath>,
    /// What is searched for, and the ids and titles of the events that were found.
    pub(in super::super) search: (String, Vec<(String, String)>),
    /// The first value of a series that is shown.
    pub(in super::super) first_point: usize,
    /// The form that is shown again once this one is closed, and its field that then gets the focus.
    pub(in super::super) returns_to: Option<(FormTarget, DocPath)>,
}

/// The form that is shown, if one is, and what was typed in others.
#[derive(Debug, Default)]
pub struct Forms {
    /// The form that is shown in the place of the record.
    pub open: Option<RecordForm>,
    /// What was typed in other forms and is not in the document.
    pub(in super::super) kept: BTreeMap<FormTarget, Drafts>,
    /// Which of the documents of the window they are about.
    pub(in super::super) document: u64,
    /// How often something was typed.
    pub(in super::super) revision: u64,
    /// What was selected when the form last followed the selection.
    pub(in super::super) followed: Option<crate::timeline::ItemId>,
}

/// Returns the path of a field of the picture of a new event.
#[must_use]
pub fn new_picture(name: &'static str) -> DocPath {
    DocPath::root().field("media").index(0).field(name)
}

/// Returns the path of the title of a lane that is made for a new event.
#[must_use]
pub fn new_lane() -> DocPath {
    DocPath::root().field("also").index(NEW)
}

impl RecordForm {
    pub(in super::super) fn new(target: FormTarget, tree: Tree, source: Arc<String>, drafts: Drafts) -> Self {
        let (applied, search) = (Drafts::new(), Default::default());
        let (focus, last, returns_to) = (None, None, None);
        Self { target, tree, source, drafts, applied, focus, last, search, first_point: 0, returns_to }
    }

    /// Returns what the form is about.
    #[must_use]
    pub fn target(&self) -> &FormTarget {
        &self.target
    }

    /// Returns the text of a field: as it was typed, else as it is in the document.
    #[must_use]
    pub fn text(&self, path: &DocPath) -> &str {
        let typed = self.drafts.get(path).or_else(|| self.applied.get(path));
        typed.map_or_else(|| self.tree.text(path), String::as_str)
    }

    /// Returns whether something has been typed that is not in the document.
    #[must_use]
    pub fn has_drafts(&self) -> bool {
        !self.drafts.is_empty()
    }

    /// Has the field of the title take the focus.
    pub(in super::super) fn focus_title(&mut self) {
        self.focus = Some(DocPath::root().field("title"));
    }

    /// Has the first field of an item of a list take the focus that is not filled in yet. For a tag, which has no fields,
    /// that is the field for another one.
    pub(in super::super) fn focus_item(&mut self, list: &DocPath, index: usize) {
        let item = list.clone().index(index);
        self.focus = match list.segments().last() {
            Some(PathSegment::Field("citations")) => Some(item.field("locator")),
            Some(PathSegment::Field("links")) => Some(item.field("title")),
            Some(PathSegment::Field("media")) => Some(item.field("alt")),
            Some(PathSegment::Field("tags")) => Some(list.clone().index(NEW)),
            _ => return,
        };
    }

    /// Returns what is said of the text of a field.
    pub(in super::super) fn verdict(&self, path: &DocPath) -> Verdict {
        rules::check(rules::rule(&self.target, path), self.text(path), self.calendar(path))
    }

    /// Returns the calendar of a date: only the event's own may be in another.
    fn calendar(&self, path: &DocPath) -> Calendar {
        let is_own = path.segments().len() == 1;
        let is_julian = self.text(&DocPath::root().field("calendar")) == "Julian";
        if is_own && is_julian { Calendar::Julian } else { Calendar::Gregorian }
    }

    /// Returns what the item is called.
    pub(in super::super) fn title(&self) -> String {
        let title = self.tree.text(&DocPath::root().field("title"));
        let title = crate::layout::one_line(title);
        if title.is_empty() { format!("the {}", self.target.noun()) } else { title.into_owned() }
    }

    /// Moves drafts in a list of which an item is removed.
    pub(in super::super) fn removed_from(&mut self, list: &DocPath, index: usize) {
        let depth = list.segments().len();
        let moved = |path: &DocPath| -> Option<DocPath> {
            let [before, after] = [path.segments().get(..depth), path.segments().get(depth + 1..)];
            let Some(PathSegment::Index(own)) = path.segments().get(depth) else { return Some(path.clone()) };
            if before != Some(list.segments()) || *own < index || *own == NEW {
                return Some(path.clone());
            }
            let rest = after.unwrap_or_default().iter();
            (*own > index).then(|| {
                rest.fold(list.clone().index(own - 1), |path, segment| match segment {
                    PathSegment::Field(name) => path.field(name),
                    PathSegment::Index(index) => path.index(*index),
                })
            })
        };
        let drafts = std::mem::take(&mut self.drafts);
        self.drafts = drafts.into_iter().filter_map(|(path, text)| Some((moved(&path)?, text))).collect();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drafts_stay_with_their_items() {
        let list = DocPath::root().field("citations");
        let note = |index: usize| list.clone().index(index).field("note");
        let drafts = [(DocPath::root().field("title"), "t"), (note(0), "a"), (note(1), "b"), (note(2), "c")];
        let drafts: Drafts = drafts.into_iter().map(|(path, text)| (path, text.to_owned())).collect();
        let mut form = RecordForm::new(FormTarget::Document, Tree::default(), Arc::default(), drafts);
        form.removed_from(&list, 1);
        let left: Vec<(DocPath, String)> = form.drafts.into_iter().collect();
        let expect = [(note(0), "a"), (note(1), "c"), (DocPath::root().field("title"), "t")];
        assert_eq!(left, expect.map(|(path, text)| (path, text.to_owned())));
    }
}
