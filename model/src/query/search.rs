//! Search: what is typed, read as words and conditions, and the events that meet all of them.

use std::ops::Range;

use crate::date::{Date, Interval};
use crate::document::Basis;
use crate::progress::Progress;
use crate::sorting;
use crate::timeline::{Event, EventIndex, Key, Lane, LaneId, LaneIndex, Source, SourceIndex, Timeline, number};

use super::needle::{Needle, folded};
use super::projection::Projection;

/// What is looked for: all of several words and conditions.
///
/// A word, or several in quotation marks, is looked for in titles, descriptions, written dates, tags, places, and the
/// sources and notes of citations; one that reads as a date also finds the events within it. `#tag` and `@lane` find
/// events by the beginning of a tag, of the title or of the id of a lane; `before:1965` those that begin before a date,
/// `after:1965` those that end after it, `source:words` those that cite such a source, `basis:stated` those with such a
/// citation, `precision:year` those that are dated so, and `undated` those without a date.
///
/// Of several tags, lanes, sources, bases or precisions, any one is enough. `=` before a name means the whole name, as in
/// `@=Diplomacy`, and `-` before a condition that it does not hold, as in `-#draft`. What is in a group of lanes is in the
/// lanes of that name, too.
#[derive(Clone, Debug, Default)]
pub struct Search {
    terms: Vec<Condition>,
    problems: Vec<SearchProblem>,
}

/// A term, as it was typed.
#[derive(Clone, Debug)]
struct Condition {
    /// Where it is in what was typed, in bytes.
    range: Range<usize>,
    /// Whether it finds the events that do not meet it.
    is_not: bool,
    term: Term,
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
    Tag(Name),
    Lane(Name),
    Source(Name),
    Basis(Basis),
    Precision(Name),
    Before(i64),
    After(i64),
    Undated,
}

impl Term {
    /// Returns whether any one of several terms of its kind is enough.
    fn is_any_of(&self) -> bool {
        matches!(self, Self::Tag(_) | Self::Lane(_) | Self::Source(_) | Self::Basis(_) | Self::Precision(_))
    }

    /// Returns whether two terms are of one kind.
    fn is_like(&self, other: &Self) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(other)
    }
}

/// The name of something that events have: a part of it, or all of it.
#[derive(Clone, Debug)]
struct Name {
    needle: Needle,
    /// All of the name, folded; `None` if a part is enough.
    whole: Option<String>,
}

impl Name {
    /// Returns `None` if nothing of a name is there yet.
    fn new(text: &str) -> Option<Self> {
        let (text, is_whole) = text.strip_prefix('=').map_or((text, false), |text| (text, true));
        let text = text.replace('"', "");
        Some(Self { needle: Needle::new(text.trim())?, whole: is_whole.then(|| whole(&text)) })
    }

    fn begins(&self, text: &str) -> bool {
        self.whole.as_ref().map_or_else(|| self.needle.begins(text), |name| whole(text) == *name)
    }

    fn is_in(&self, text: &str) -> bool {
        self.whole.as_ref().map_or_else(|| self.needle.is_in(text), |name| whole(text) == *name)
    }
}

/// Returns a name as it is compared with another one. Quotation marks cannot be typed in one.
fn whole(text: &str) -> String {
    let mut name = String::new();
    folded(text.replace('"', "").trim(), &mut name);
    name
}

/// Returns a term that finds the events with exactly this name, after a prefix such as `#`, `@` or `source:`.
///
/// ```
/// use longview_model::query::term_of;
///
/// assert_eq!(term_of("@", "Diplomacy"), "@=Diplomacy");
/// assert_eq!(term_of("-#", "to do"), "-#=\"to do\"");
/// ```
#[must_use]
pub fn term_of(prefix: &str, name: &str) -> String {
    let name = name.replace('"', "");
    let name = name.trim();
    if name.contains(char::is_whitespace) { format!("{prefix}=\"{name}\"") } else { format!("{prefix}={name}") }
}

/// The names of the conditions that a date or words follow.
const NAMES: [&str; 5] = ["before:", "after:", "source:", "basis:", "precision:"];

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
            let denied = token.strip_prefix('-').filter(|rest| is_condition(rest));
            match term(denied.unwrap_or(token)) {
                Ok(term) => {
                    let is_not = denied.is_some();
                    search.terms.extend(term.map(|term| Condition { range, is_not, term }));
                }
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
        self.terms.iter().filter_map(|condition| match &condition.term {
            Term::Word { needle, .. } => Some(needle),
            _ => None,
        })
    }

    /// Returns each term as it was typed.
    pub fn tokens<'a>(&'a self, typed: &'a str) -> impl Iterator<Item = &'a str> {
        self.terms.iter().map(|condition| typed.get(condition.range.clone()).unwrap_or_default())
    }

    /// Returns what each term means: "lane Diplomacy". Where a term is about one lane or one source of the timeline, that is
    /// called by its title, whatever was typed.
    pub fn terms<'a>(&'a self, typed: &'a str, timeline: &'a Timeline) -> impl Iterator<Item = String> + 'a {
        self.terms.iter().map(|Condition { range, is_not, term }| {
            let token = typed.get(range.clone()).unwrap_or_default();
            let token = if *is_not { token.strip_prefix('-').unwrap_or(token) } else { token };
            let value = token.trim_start_matches(['#', '@']).split_once(':').map_or(token, |(_, value)| value);
            let value =
                if matches!(term, Term::Tag(_) | Term::Lane(_)) { token.get(1..).unwrap_or_default() } else { value };
            let value = value.strip_prefix('=').unwrap_or(value).replace('"', "");
            let value = value.trim();
            let not = if *is_not { "not " } else { "" };
            let words = match term {
                Term::Word { .. } => format!("“{value}”"),
                Term::Tag(_) => format!("tag {value}"),
                Term::Lane(name) => format!("lane {}", title_of_lane(name, timeline).unwrap_or(value)),
                Term::Source(name) => format!("source {}", title_of_source(name, timeline).unwrap_or(value)),
                Term::Basis(basis) => format!("basis {}", basis.name().to_lowercase()),
                Term::Precision(_) => value.to_owned(),
                Term::Before(_) => format!("before {value}"),
                Term::After(_) => format!("after {value}"),
                Term::Undated => "undated".to_owned(),
            };
            format!("{not}{words}")
        })
    }

    /// Returns what is shown and why: "Shown: 12 of 340 events: lane Diplomacy, tag treaty".
    #[must_use]
    pub fn shown_words(&self, typed: &str, timeline: &Timeline, shown: &Projection) -> String {
        let terms: Vec<String> = self.terms(typed, timeline).collect();
        let [count, all] = [shown.len(), timeline.events.len()].map(|count| number(count as f64));
        format!(
            "Shown: {count} of {all} event{}: {}",
            if timeline.events.len() == 1 { "" } else { "s" },
            terms.join(", ")
        )
    }

    /// Returns, for each lane, whether the conditions on lanes let it be shown.
    pub(super) fn lanes(&self, timeline: &Timeline) -> Vec<bool> {
        let mut shown = vec![true; timeline.lanes.len()];
        for group in self.groups(timeline) {
            for (lane, is_shown) in shown.iter_mut().enumerate() {
                let of_lanes = group.iter().filter_map(|(is_not, term)| match term {
                    Resolved::Lanes(lanes) => Some(lanes.get(lane).copied().unwrap_or_default() != *is_not),
                    _ => None,
                });
                *is_shown &= of_lanes.reduce(|one, other| one || other).unwrap_or(true);
            }
        }
        shown
    }

    /// Returns the terms in groups: all groups must hold, and any one term of a group is enough.
    fn groups<'a>(&'a self, timeline: &Timeline) -> Vec<Vec<(bool, Resolved<'a>)>> {
        let mut groups: Vec<(&Condition, Vec<(bool, Resolved<'a>)>)> = Vec::new();
        for condition in &self.terms {
            let resolved = (condition.is_not, Resolved::new(&condition.term, timeline));
            let joins = |(first, _): &&mut (&Condition, _)| {
                !first.is_not && !condition.is_not && first.term.is_any_of() && first.term.is_like(&condition.term)
            };
            match groups.iter_mut().find(joins) {
                Some((_, group)) => group.push(resolved),
                None => groups.push((condition, vec![resolved])),
            }
        }
        groups.into_iter().map(|(_, group)| group).collect()
    }

    /// Returns the events that are found, the dated ones in time order, then the undated ones. Returns `None` if
    /// `progress` is cancelled; its units of work are events.
    #[must_use]
    pub fn run(&self, timeline: &Timeline, progress: &Progress) -> Option<Vec<EventIndex>> {
        let mut groups = self.groups(timeline);
        // What costs least and lets through least comes first.
        let cost = |group: &Vec<(bool, Resolved<'_>)>| match group.first() {
            Some((_, Resolved::Word { needle, .. })) => usize::MAX - needle.len(),
            _ => 0,
        };
        sorting::by_key(&mut groups, cost);
        let holds = |event: &Event<'_>| {
            groups.iter().all(|group| group.iter().any(|(is_not, term)| term.holds(event) != *is_not))
        };
        timeline.events.select(&holds, progress)
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

/// Returns whether a term is more than a word, so that it can be denied.
fn is_condition(token: &str) -> bool {
    let is_named = |name: &str| token.get(..name.len()).is_some_and(|begins| begins.eq_ignore_ascii_case(name));
    token.starts_with(['#', '@']) || token.eq_ignore_ascii_case("undated") || NAMES.into_iter().any(is_named)
}

/// Reads a term. Returns `None` if it has no words yet.
fn term(token: &str) -> Result<Option<Term>, String> {
    if let Some(tag) = token.strip_prefix('#') {
        return Ok(Name::new(tag).map(Term::Tag));
    }
    if let Some(lane) = token.strip_prefix('@') {
        return Ok(Name::new(lane).map(Term::Lane));
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
        "source:" => Ok(Name::new(value).map(Term::Source)),
        "precision:" => Ok(Name::new(value).map(Term::Precision)),
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
    Tag(&'a Name),
    Precision(&'a Name),
    Lanes(Vec<bool>),
    Sources(Vec<bool>),
    Basis(Basis),
    Before(i64),
    After(i64),
    Undated,
}

impl<'a> Resolved<'a> {
    fn new(term: &'a Term, timeline: &Timeline) -> Self {
        let sources =
            |is_in: &dyn Fn(&str) -> bool| timeline.sources.iter().map(|source| is_meant(source, is_in)).collect();
        match term {
            Term::Word { needle, within } => {
                Self::Word { needle, within: *within, sources: sources(&|text| needle.is_in(text)) }
            }
            Term::Tag(name) => Self::Tag(name),
            Term::Precision(name) => Self::Precision(name),
            Term::Lane(name) => {
                // What is in a group is in the lanes of its name.
                let holds =
                    |(index, _): (LaneIndex, &Lane)| timeline.around(index).any(|lane| is_called(lane, name, timeline));
                Self::Lanes(timeline.iter_lanes().map(holds).collect())
            }
            Term::Source(name) => Self::Sources(sources(&|text| name.is_in(text))),
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
            Self::Tag(name) => event.tags.iter().any(|tag| name.begins(tag)),
            Self::Precision(name) => event.date.is_some_and(|date| name.is_in(&date.precision_words())),
            Self::Lanes(lanes) => event.lanes().any(|lane| lanes.get(lane.get()).copied().unwrap_or_default()),
            Self::Sources(sources) => cites(sources),
            Self::Basis(basis) => event.citations.iter().any(|citation| citation.basis == Some(*basis)),
            Self::Before(seconds) => event.known_bounds().is_some_and(|own| own.start < *seconds),
            Self::After(seconds) => event.known_bounds().is_some_and(|own| own.end > *seconds),
            Self::Undated => event.date.is_none(),
        }
    }
}

/// Returns whether the title of a lane, or its id, begins with a name.
fn is_called(index: LaneIndex, name: &Name, timeline: &Timeline) -> bool {
    let id = match timeline.lane_id(index) {
        Some(LaneId(Key::Id(id))) => id,
        _ => "",
    };
    timeline.lane(index).is_some_and(|lane| name.begins(&lane.title)) || name.begins(id)
}

/// Returns whether one of the texts that a source is looked for by is meant.
fn is_meant(source: &Source, is_in: &dyn Fn(&str) -> bool) -> bool {
    let texts = [Some(&source.title), source.author.as_ref(), source.publisher.as_ref(), Some(&source.id)];
    texts.into_iter().flatten().any(|text| is_in(text))
}

/// Returns the title of the lane that a term is about. Returns `None` if there is none, or several.
fn title_of_lane<'t>(name: &Name, timeline: &'t Timeline) -> Option<&'t str> {
    let mut called = timeline.iter_lanes().filter(|(index, _)| is_called(*index, name, timeline));
    only(called.next().map(|(_, lane)| lane.title.as_str()), called.next().is_some())
}

/// Returns the title of the source that a term is about. Returns `None` if there is none, or several.
fn title_of_source<'t>(name: &Name, timeline: &'t Timeline) -> Option<&'t str> {
    let mut meant = timeline.sources.iter().filter(|source| is_meant(source, &|text| name.is_in(text)));
    only(meant.next().map(|source| source.title.as_str()), meant.next().is_some())
}

/// Returns the title of the first of several things, if it has one and is the only one.
fn only(title: Option<&str>, has_more: bool) -> Option<&str> {
    title.map(str::trim).filter(|title| !has_more && !title.is_empty())
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
        check("@=Diplomacy", &["talks", "treaty", "opening"]);
        check("@=Dip", &[]);
        check("@dip @cul", &["talks", "treaty", "opening", "none"]);
        check("-@dip", &["none"]);
        check("-#trade -undated", &["talks", "treaty"]);
        check("#food #trade", &["opening", "none"]);
        check("#food @dip", &[]);
        check("source:=\"Blue Book\" source:=cfr", &["talks", "treaty"]);
        check("source:=Blue", &[]);
        check("precision:day", &["treaty"]);
        check("-precision:day", &["talks", "opening", "none"]);
        check("-treaty", &[]);
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
    fn terms_say_what_they_mean() {
        let timeline = open(TEXT).timeline.expect("a timeline");
        let check = |typed: &str, expect: &[&str]| {
            let search = Search::new(typed);
            let words: Vec<String> = search.terms(typed, &timeline).collect();
            assert_eq!(words, expect, "{typed}");
            assert_eq!(search.tokens(typed).collect::<Vec<_>>().join(" "), typed);
        };
        check("@=\"Foreign Affairs\" -#=draft", &["lane Foreign Affairs", "not tag draft"]);
        check("before:1965 -after:\"June 1970\"", &["before 1965", "not after June 1970"]);
        check("basis:der -undated \"a b\"", &["basis derived", "not undated", "“a b”"]);
        check("source:=other precision:year #x:y", &["source other", "year", "tag x:y"]);
        // One that is meant is called by its title.
        check("@d -@=c @=DIPLOMACY", &["lane Diplomacy", "not lane Culture", "lane Diplomacy"]);
        check("source:=cfr source:relations", &["source Council on Foreign Relations"; 2]);
        check("source:o source:=b", &["source o", "source Blue Book"]);
    }

    #[test]
    fn what_is_in_a_group_is_in_the_lane_of_its_name() {
        let text = r#"(title: "", lanes: [(id: "g", title: "Group"), (id: "a", title: "A", parent: "g"), (id: "b", title: "B")],
            events: [(id: "1", lane: "a", title: ""), (id: "2", lane: "b", title: "")])"#;
        let timeline = open(text).timeline.expect("a timeline");
        let found = |typed: &str| Search::new(typed).run(&timeline, &Progress::default()).expect("not cancelled").len();
        assert_eq!((found("@group"), found("@=Group"), found("-@=Group"), found("@=A")), (1, 1, 1, 1));
        assert_eq!(Search::new("@=A").lanes(&timeline), [false, true, false]);
        assert_eq!(Search::new("-@=Group @b @a").lanes(&timeline), [false, false, true]);
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
        fn a_word_more_finds_no_more(one in "[@#\" a-t:é1965]{0,12}", more in "[a-t:é1965]{0,6}") {
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
