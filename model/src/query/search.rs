//! Search: what is typed, read as words and conditions, and the events that meet all of them.

use std::ops::Range;

use crate::date::{Date, Interval};
use crate::document::Basis;
use crate::progress::Progress;
use crate::timeline::{Event, EventIndex, Key, Lane, LaneId, LaneIndex, Source, SourceIndex, Timeline};

use super::needle::Needle;

/// What is looked for: all of several words and conditions.
///
/// A word, or several in quotation marks, is looked for in titles, descriptions, written dates, tags, places, and the
/// sources and notes of citations; one that reads as a date also finds the events within it. `#tag` and `@lane` find
/// events by the beginning of a tag, of the title or of the id of a lane; `before:1965` those that begin before a date,
/// `after:1965` those that end after it, `source:words` those that cite such a source, `basis:stated` those with such a
/// citation, and `undated` those without a date.
#[derive(Clone, Debug, Default)]
pub struct Search {
    terms: Vec<Term>,
    problems: Vec<SearchProblem>,
}

/// Something in a search that cannot be understood; the rest of it is looked for all the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SearchProblem {
    /// Where it is in what was typed, in bytes.
    pub range: Range<usize>,
    /// What is wrong, and what to do.
    pub message: String,
}

#[derive(Clone, Debug)]
enum Term {
    Word { needle: Needle, within: Option<Interval> },
    Tag(Needle),
    Lane(Needle),
    Source(Needle),
    Basis(Basis),
    Before(i64),
    After(i64),
    Undated,
}

/// The names of the conditions that a date or words follow.
const NAMES: [&str; 4] = ["before:", "after:", "source:", "basis:"];

impl Search {
    /// Reads what was typed.
    ///
    /// ```
    /// # use longview_model::open;
    /// use longview_model::progress::Progress;
    /// use longview_model::query::Search;
    ///
    /// let text = r##"(title: "", lanes: [(id: "d", title: "Diplomacy")],
    ///     events: [(id: "t", lane: "d", title: "The Treaty is signed", date: "1965-06-22")])"##;
    /// let timeline = open(text).timeline.unwrap();
    /// let found = |typed: &str| Search::new(typed).run(&timeline, &Progress::default()).unwrap().len();
    /// assert_eq!(found("treaty @dip before:1966"), 1);
    /// assert_eq!(found("treaty after:1966"), 0);
    /// assert_eq!(found("1965"), 1);
    /// ```
    #[must_use]
    pub fn new(typed: &str) -> Self {
        let mut search = Self::default();
        let mut from = 0;
        while let Some(range) = token(typed, from) {
            from = range.end;
            let token = typed.get(range.clone()).unwrap_or_default();
            match term(token) {
                Ok(term) => search.terms.extend(term),
                Err(message) => search.problems.push(SearchProblem { range, message }),
            }
        }
        search
    }

    /// Returns whether nothing is looked for, so that every event is found.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// Returns what could not be understood.
    #[must_use]
    pub fn problems(&self) -> &[SearchProblem] {
        &self.problems
    }

    /// Returns the words, whose places in the texts of an event may be marked.
    pub fn words(&self) -> impl Iterator<Item = &Needle> {
        self.terms.iter().filter_map(|term| match term {
            Term::Word { needle, .. } => Some(needle),
            _ => None,
        })
    }

    /// Returns the events that are found, the dated ones in time order, then the undated ones. Returns `None` if
    /// `progress` is cancelled; its units of work are events.
    #[must_use]
    pub fn run(&self, timeline: &Timeline, progress: &Progress) -> Option<Vec<EventIndex>> {
        let terms: Vec<Resolved<'_>> = self.terms.iter().map(|term| Resolved::new(term, timeline)).collect();
        timeline.events.select(&|event| terms.iter().all(|term| term.holds(event)), progress)
    }
}

/// Returns the range of the next term of a text from a position on: up to a space that is not in quotation marks.
fn token(typed: &str, from: usize) -> Option<Range<usize>> {
    let rest = typed.get(from..)?;
    let start = from + rest.find(|c: char| !c.is_whitespace())?;
    let mut is_quoted = false;
    let end = typed.get(start..)?.find(|c: char| {
        is_quoted ^= c == '"';
        c.is_whitespace() && !is_quoted
    });
    Some(start..end.map_or(typed.len(), |end| start + end))
}

/// Reads a term. Returns `None` if it has no words yet.
fn term(token: &str) -> Result<Option<Term>, String> {
    let words = |text: &str| Needle::new(text.replace('"', "").trim());
    if let Some(tag) = token.strip_prefix('#') {
        return Ok(words(tag).map(Term::Tag));
    }
    if let Some(lane) = token.strip_prefix('@') {
        return Ok(words(lane).map(Term::Lane));
    }
    if token.eq_ignore_ascii_case("undated") {
        return Ok(Some(Term::Undated));
    }
    let named = NAMES.into_iter().find_map(|name| {
        let (found, value) = token.split_at_checked(name.len())?;
        found.eq_ignore_ascii_case(name).then(|| (name, value.replace('"', "")))
    });
    let Some((name, value)) = named else {
        let text = token.replace('"', "");
        let text = text.trim();
        let within = text.starts_with(|c: char| c.is_ascii_digit()).then(|| Date::parse(text).ok()).flatten();
        let within = within.filter(|_| text.len() > 2).map(|date| date.known_bounds());
        return Ok(Needle::new(text).map(|needle| Term::Word { needle, within }));
    };
    let value = value.trim();
    if value.is_empty() {
        return Ok(None);
    }
    let date = || Date::parse(value).map(|date| date.known_bounds()).map_err(|error| format!("“{value}”: {error}"));
    match name {
        "before:" => date().map(|bounds| Some(Term::Before(bounds.start))),
        "after:" => date().map(|bounds| Some(Term::After(bounds.end))),
        "source:" => Ok(Needle::new(value).map(Term::Source)),
        _ => {
            let is_meant =
                |basis: &Basis| basis.name().get(..value.len()).is_some_and(|name| name.eq_ignore_ascii_case(value));
            let bases = [Basis::Stated, Basis::Derived, Basis::Background];
            let found = bases.into_iter().find(is_meant);
            let unknown = || format!("no basis is called “{value}”: it is stated, derived or background");
            found.map(|basis| Some(Term::Basis(basis))).ok_or_else(unknown)
        }
    }
}

/// A term, with the lanes or sources of a timeline that it is about.
enum Resolved<'a> {
    Word { needle: &'a Needle, within: Option<Interval>, sources: Vec<bool> },
    Tag(&'a Needle),
    Lanes(Vec<bool>),
    Sources(Vec<bool>),
    Basis(Basis),
    Before(i64),
    After(i64),
    Undated,
}

impl<'a> Resolved<'a> {
    fn new(term: &'a Term, timeline: &Timeline) -> Self {
        let sources = |needle: &Needle| {
            let holds = |source: &Source| {
                let texts = [Some(&source.title), source.author.as_ref(), source.publisher.as_ref(), Some(&source.id)];
                texts.into_iter().flatten().any(|text| needle.is_in(text))
            };
            timeline.sources.iter().map(holds).collect()
        };
        match term {
            Term::Word { needle, within } => Self::Word { needle, within: *within, sources: sources(needle) },
            Term::Tag(needle) => Self::Tag(needle),
            Term::Lane(needle) => {
                let begins = |(index, lane): (LaneIndex, &Lane)| {
                    let id = match timeline.lane_id(index) {
                        Some(LaneId(Key::Id(id))) => id,
                        _ => "",
                    };
                    needle.begins(&lane.title) || needle.begins(id)
                };
                Self::Lanes(timeline.iter_lanes().map(begins).collect())
            }
            Term::Source(needle) => Self::Sources(sources(needle)),
            Term::Basis(basis) => Self::Basis(*basis),
            Term::Before(seconds) => Self::Before(*seconds),
            Term::After(seconds) => Self::After(*seconds),
            Term::Undated => Self::Undated,
        }
    }

    fn holds(&self, event: &Event<'_>) -> bool {
        let cites = |sources: &[bool]| {
            let is_one = |source: SourceIndex| sources.get(source.get()).copied().unwrap_or_default();
            sources.contains(&true) && event.citations.iter().any(|citation| is_one(citation.source))
        };
        match self {
            Self::Word { needle, within, sources } => {
                within.is_some_and(|within| event.known_bounds().is_some_and(|own| is_inside(own, within)))
                    || has_word(event, needle)
                    || cites(sources)
            }
            Self::Tag(needle) => event.tags.iter().any(|tag| needle.begins(tag)),
            Self::Lanes(lanes) => event.lanes().any(|lane| lanes.get(lane.get()).copied().unwrap_or_default()),
            Self::Sources(sources) => cites(sources),
            Self::Basis(basis) => event.citations.iter().any(|citation| citation.basis == Some(*basis)),
            Self::Before(seconds) => event.known_bounds().is_some_and(|own| own.start < *seconds),
            Self::After(seconds) => event.known_bounds().is_some_and(|own| own.end > *seconds),
            Self::Undated => event.date.is_none(),
        }
    }
}

fn is_inside(own: Interval, within: Interval) -> bool {
    within.start <= own.start && own.end <= within.end
}

/// Returns whether a word is in one of the texts of an event.
fn has_word(event: &Event<'_>, needle: &Needle) -> bool {
    let is_in = |text: Option<&str>| text.is_some_and(|text| needle.is_in(text));
    needle.is_in(event.title)
        || is_in(event.description)
        || event.tags.iter().any(|tag| needle.is_in(tag))
        || is_in(event.details.written())
        || is_in(event.details.place().and_then(|place| place.name))
        || event.citations.iter().any(|citation| is_in(citation.note) || is_in(citation.locator))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::open::open;

    const TEXT: &str = r#"(
        title: "t",
        sources: [(id: "cfr", title: "Council on Foreign Relations"), (id: "b", title: "Blue Book")],
        lanes: [(id: "d", title: "Diplomacy"), (id: "c", title: "Culture")],
        events: [
            (id: "none", lane: "c", title: "Café opened", tags: ["Food"]),
            (id: "treaty", lane: "d", title: "Treaty signed", date: "1965-06-22", place: (name: "Tōkyō"),
             citations: [(source: "cfr", basis: Stated, note: "Signed that day.")]),
            (id: "opening", lane: "c", also: ["d"], title: "Cultural opening", date: "1998/2004", written: "Heisei 10",
             description: "Films and *manga*.", tags: ["trade"]),
            (id: "talks", lane: "d", title: "Talks", date: "1951/1965", citations: [(source: "b", basis: Derived)]),
        ],
    )"#;

    #[track_caller]
    fn check(typed: &str, expect: &[&str]) {
        let timeline = open(TEXT).timeline.expect("a timeline");
        let found = Search::new(typed).run(&timeline, &Progress::default()).expect("not cancelled");
        let ids: Vec<&str> = found.iter().filter_map(|event| timeline.event(*event)).map(|event| event.id).collect();
        assert_eq!(ids, expect, "{typed}");
    }

    #[test]
    fn words_and_conditions_find_events() {
        check("", &["talks", "treaty", "opening", "none"]);
        check("tre", &["treaty"]);
        check("CAFE", &["none"]);
        check("tokyo signed", &["treaty"]);
        check("\"signed that\"", &["treaty"]);
        check("\"that signed\"", &[]);
        check("heisei", &["opening"]);
        check("manga", &["opening"]);
        check("food", &["none"]);
        check("council", &["treaty"]);
        check("#tr", &["opening"]);
        check("#rade", &[]);
        check("@dip", &["talks", "treaty", "opening"]);
        check("@c", &["opening", "none"]);
        check("source:blue", &["talks"]);
        check("source:\"foreign relations\"", &["treaty"]);
        check("basis:der", &["talks"]);
        check("undated", &["none"]);
        check("\"undated\"", &[]);
        check("before:1965", &["talks"]);
        check("after:1965", &["opening"]);
        check("after:1960 before:1966", &["talks", "treaty"]);
        check("1965", &["treaty"]);
        check("1965-06 @d", &["treaty"]);
        // What is not yet complete keeps nothing out.
        check("treaty @ # before: source:", &["treaty"]);
    }

    #[test]
    fn what_is_not_understood_is_said_and_the_rest_looked_for() {
        let search = Search::new("treaty before:Febuary basis:heard");
        let ranges: Vec<&str> = search
            .problems()
            .iter()
            .map(|problem| &"treaty before:Febuary basis:heard"[problem.range.clone()])
            .collect();
        assert_eq!(ranges, ["before:Febuary", "basis:heard"]);
        assert!(search.problems().iter().all(|problem| !problem.message.is_empty()));
        check("treaty before:Febuary basis:heard", &["treaty"]);
    }

    #[test]
    fn a_cancelled_search_gives_nothing() {
        let timeline = open(TEXT).timeline.expect("a timeline");
        let progress = Progress::default();
        progress.cancel();
        assert_eq!(Search::new("t").run(&timeline, &progress), None);
    }

    proptest! {
        /// Whatever is typed, one more word never finds an event that was not found before.
        #[test]
        fn a_word_more_finds_no_more(one in "[@#\" a-t:é1965]{0,12}", more in "[@#a-t:é1965]{0,6}") {
            let timeline = open(TEXT).timeline.expect("a timeline");
            let found = |typed: &str| Search::new(typed).run(&timeline, &Progress::default()).expect("not cancelled");
            let before = found(&one);
            if one.matches('"').count() % 2 == 0 {
                let both = [one.as_str(), more.as_str()].join(" ");
                prop_assert!(found(&both).iter().all(|event| before.contains(event)));
            }
        }
    }
}
