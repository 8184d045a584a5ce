//! What is said to who cannot see it, as something changes that does not have the focus: one text at a time, which a screen
//! reader speaks whenever it is another.

use crate::layout::View;
use crate::timeline::{ItemId, LaneId};

/// How long the view must stay where it is before it is said what it shows, in seconds.
const REST: f64 = 0.3;

/// What is looked at in each frame to find out whether there is something to say. It costs the same in any document.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Seen {
    /// Which of the documents of the window is shown.
    pub(super) document: u64,
    pub(super) selected: Option<ItemId>,
    /// How many other events are selected.
    pub(super) others: usize,
    /// What is shown, or will be once the view has arrived there.
    pub(super) view: View,
    /// What was searched last, and how many events were found.
    pub(super) search: Option<(String, usize)>,
    /// The terms of the filter; `None` as long as a job finds out what it shows.
    pub(super) filter: Option<String>,
    /// How many lanes are shown.
    pub(super) rows: usize,
    /// The lane that the keys are on.
    pub(super) lane: Option<LaneId>,
    /// What is on of [`SWITCHES`].
    pub(super) switches: [bool; SWITCHES.len()],
}

/// What is on or off.
pub(super) const SWITCHES: [&str; 9] = [
    "Even time",
    "Fit rows",
    "All rows",
    "Chart pictures",
    "Record",
    "Event list",
    "Measuring",
    "Full screen",
    "Explorer",
];

/// Something that has changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Topic {
    Document,
    Selection,
    Several,
    Lane,
    Search,
    Filter,
    Rows,
    View,
    Switch(&'static str, bool),
}

/// What was said last, and what was seen then.
#[derive(Debug, Default)]
pub struct Said {
    words: String,
    /// Whether they were said in this frame.
    is_new: bool,
    seen: Option<Seen>,
    /// The terms of the filter that were said last.
    filter: String,
    /// The view that was said last.
    view: Option<View>,
    /// When the view moved last, if that has not been said yet.
    moved_at: Option<f64>,
}

impl Said {
    /// Returns what was said last.
    #[must_use]
    pub fn words(&self) -> &str {
        &self.words
    }

    /// Begins a frame: what is said in it takes the place of what was said before.
    pub(super) fn begin_frame(&mut self) {
        self.is_new = false;
    }

    /// Says something, after what was said in the same frame.
    pub(super) fn tell(&mut self, words: &str) {
        if words.is_empty() || self.is_new && self.words.ends_with(words) {
            return;
        }
        if std::mem::replace(&mut self.is_new, true) {
            self.words.push_str(". ");
            self.words.push_str(words);
            return;
        }
        let is_repeated = self.words == words;
        words.clone_into(&mut self.words);
        if is_repeated {
            // The same text would not be spoken again.
            self.words.push('\u{a0}');
        }
    }

    /// Takes in what is seen at a time, in seconds. Returns what there is to say of it.
    pub(super) fn look(&mut self, seen: Seen, now: f64) -> Vec<Topic> {
        let mut topics = Vec::new();
        let (view, filter) = (seen.view, seen.filter.clone());
        let before = self.seen.replace(seen);
        let (Some(before), Some(seen)) = (before, &self.seen) else { return topics };
        if before.document != seen.document {
            // What else is other belongs to it.
            (self.view, self.moved_at) = (Some(view), None);
            self.filter = filter.unwrap_or_default();
            return vec![Topic::Document];
        }
        let selects = before.selected != seen.selected;
        let is_said = [
            (Topic::Selection, selects),
            (Topic::Several, !selects && before.others != seen.others),
            (Topic::Lane, before.lane != seen.lane && seen.lane.is_some()),
            (Topic::Search, before.search != seen.search && seen.search.is_some()),
            (Topic::Filter, filter.as_ref().is_some_and(|filter| *filter != self.filter)),
            (Topic::Rows, before.rows != seen.rows && filter.as_ref() == Some(&self.filter)),
        ];
        topics.extend(is_said.into_iter().filter(|(_, is)| *is).map(|(topic, _)| topic));
        let switches = SWITCHES.into_iter().zip(seen.switches).zip(before.switches);
        topics.extend(switches.filter(|((_, is), was)| is != was).map(|((name, is), _)| Topic::Switch(name, is)));
        if let Some(filter) = filter {
            self.filter = filter;
        }
        if before.view != view {
            self.moved_at = Some(now);
        }
        if selects {
            // Where it is, is said with it.
            (self.view, self.moved_at) = (Some(view), None);
        }
        if self.moved_at.is_some_and(|moved_at| now >= moved_at + REST) {
            self.moved_at = None;
            if self.view.replace(view) != Some(view) {
                topics.push(Topic::View);
            }
        }
        topics
    }

    /// Returns when there will be something to say if nothing else changes, in seconds.
    pub(super) fn due_at(&self) -> Option<f64> {
        Some(self.moved_at? + REST)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date::Interval;

    fn view(start: i64) -> View {
        View::of(Interval { start, end: start + 1000 })
    }

    fn seen() -> Seen {
        Seen {
            document: 1,
            selected: None,
            others: 0,
            view: view(0),
            search: None,
            filter: Some(String::new()),
            rows: 2,
            lane: None,
            switches: [false; SWITCHES.len()],
        }
    }

    fn said() -> Said {
        let mut said = Said::default();
        assert_eq!(said.look(seen(), 0.0), []);
        said
    }

    #[test]
    fn what_changes_is_said_once() {
        let check = |changed: Seen, expect: &[Topic]| {
            let mut said = said();
            assert_eq!(said.look(changed.clone(), 1.0), expect, "{changed:?}");
            assert_eq!(said.look(changed, 9.0), [], "once");
        };
        check(seen(), &[]);
        check(Seen { rows: 3, ..seen() }, &[Topic::Rows]);
        check(Seen { others: 1, ..seen() }, &[Topic::Several]);
        check(Seen { search: Some(("a".to_owned(), 3)), ..seen() }, &[Topic::Search]);
        check(Seen { filter: Some("#a".to_owned()), rows: 1, ..seen() }, &[Topic::Filter]);
        check(Seen { document: 2, view: view(7), rows: 9, ..seen() }, &[Topic::Document]);
        let mut switches = [false; SWITCHES.len()];
        switches[1] = true;
        check(Seen { switches, ..seen() }, &[Topic::Switch("Fit rows", true)]);
    }

    #[test]
    fn a_view_is_said_once_it_rests() {
        let mut said = said();
        assert_eq!(said.look(Seen { view: view(1), ..seen() }, 1.0), []);
        assert_eq!(said.look(Seen { view: view(2), ..seen() }, 1.2), []);
        assert_eq!(said.due_at(), Some(1.2 + REST));
        assert_eq!(said.look(Seen { view: view(2), ..seen() }, 1.4), []);
        assert_eq!(said.look(Seen { view: view(2), ..seen() }, 1.6), [Topic::View]);
        assert_eq!(said.due_at(), None);
    }

    #[test]
    fn what_a_selection_moves_is_said_with_it() {
        let mut said = said();
        let selected = Some(ItemId::Event(crate::timeline::Key::of_id("a")));
        let selects = Seen { selected, view: view(5), ..seen() };
        assert_eq!(said.look(selects.clone(), 1.0), [Topic::Selection]);
        assert_eq!(said.look(selects, 9.0), []);
    }

    #[test]
    fn a_filter_is_said_once_it_is_known_what_it_shows() {
        let mut said = said();
        assert_eq!(said.look(Seen { filter: None, ..seen() }, 1.0), []);
        assert_eq!(said.look(Seen { filter: None, rows: 1, ..seen() }, 1.1), []);
        assert_eq!(said.look(Seen { filter: Some("#a".to_owned()), rows: 1, ..seen() }, 1.2), [Topic::Filter]);
    }

    #[test]
    fn words_of_one_frame_are_one_text_and_repeated_ones_are_another() {
        let mut said = Said::default();
        said.tell("One");
        said.tell("Two");
        said.tell("Two");
        assert_eq!(said.words(), "One. Two");
        said.begin_frame();
        said.tell("Three");
        assert_eq!(said.words(), "Three");
        said.begin_frame();
        said.tell("Three");
        assert_eq!(said.words(), "Three\u{a0}");
        said.begin_frame();
        said.tell("Three");
        assert_eq!(said.words(), "Three");
    }
}
