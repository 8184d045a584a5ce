//! What the box offers besides events.

use std::collections::BTreeMap;

use crate::date::Date;
use crate::layout::one_line;
use crate::query::{Found, Needle};
use crate::sorting;
use crate::timeline::{Event, EventIndex, Lane, Source, Timeline};

use super::effect::SearchJob;
use super::finder::{Offer, OfferLine, Searched};
use super::state::State;

/// The number of tags that are offered.
const MOST_TAGS: usize = 6;
/// The number of events whose tags are looked at.
const LOOKED_AT: usize = 20_000;

/// Returns what is being written at the end of a text: what follows the last space that is not in quotation marks.
fn last_term(typed: &str) -> &str {
    let mut is_quoted = false;
    let start = typed.char_indices().filter(|(_, c)| {
        is_quoted ^= *c == '"';
        c.is_whitespace() && !is_quoted
    });
    let start = start.last().map_or(0, |(space, c)| space + c.len_utf8());
    typed.get(start..).unwrap_or_default()
}

/// Whether a tag is being written.
pub(super) fn asks_tags(typed: &str) -> bool {
    last_term(typed).starts_with('#')
}

impl SearchJob {
    /// Searches. Returns `None` if that is cancelled.
    pub(super) fn run(&self) -> Option<Searched> {
        let Self { timeline, projection, search, typed, progress } = self;
        let found = if search.is_empty() { None } else { Some(search.run(timeline, progress)?) };
        let found = found.map(|events| Found::new(events, timeline, projection));
        let mut tags = Vec::new();
        if let Some(tag) = last_term(typed).strip_prefix('#') {
            tags = match &found {
                Some(found) => tags_of(timeline, found.events().iter().copied(), tag),
                None => tags_of(timeline, timeline.events.indices(), tag),
            };
        }
        (!progress.is_cancelled()).then_some(Searched { found, tags })
    }
}

/// Returns the tags of events that begin like this, most frequent first.
fn tags_of(timeline: &Timeline, events: impl Iterator<Item = EventIndex>, begun: &str) -> Vec<String> {
    let needle = Needle::new(begun.replace('"', "").trim());
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let events: Vec<Event<'_>> = events.take(LOOKED_AT).filter_map(|event| timeline.event(event)).collect();
    for tag in events.iter().flat_map(|event| event.tags.iter()) {
        if needle.as_ref().is_none_or(|needle| needle.begins(tag)) {
            *counts.entry(tag).or_default() += 1;
        }
    }
    let mut counts: Vec<(&str, usize)> = counts.into_iter().collect();
    sorting::by(&mut counts, |(a, many), (b, more)| more.cmp(many).then_with(|| a.cmp(b)));
    counts.into_iter().take(MOST_TAGS).map(|(tag, _)| tag.to_owned()).collect()
}

impl State {
    /// Returns what the box offers for what is typed, with tags that may be meant.
    pub(super) fn offers(&self, typed: &str, tags: &[String]) -> Vec<OfferLine> {
        if let Some(command) = typed.strip_prefix('>') {
            return self.commands(command);
        }
        if typed.is_empty() {
            return beginnings();
        }
        let tags = tags.iter().map(|tag| write(typed, &format!("#{}", quoted(tag)), "tag"));
        date(typed).into_iter().chain(completions(typed, self.timeline())).chain(tags).collect()
    }
}

/// Returns the ways to begin, for a box in which nothing is typed.
fn beginnings() -> Vec<OfferLine> {
    let all = [
        (">", "run a command"),
        ("#", "events with a tag"),
        ("@", "events of a lane"),
        ("before:", "events that begin before a date"),
        ("after:", "events that end after a date"),
        ("source:", "events that cite a source"),
        ("basis:", "stated, derived or background"),
        ("undated", "events without a date"),
    ];
    let line = |(words, hint): (&str, &str)| OfferLine {
        words: words.to_owned(),
        hint: hint.to_owned(),
        offer: Offer::Write(words.to_owned()),
    };
    all.into_iter().map(line).collect()
}

/// Returns the offer to go to what is typed, if that is a date and nothing else.
fn date(typed: &str) -> Option<OfferLine> {
    let text = typed.trim();
    // A number of two digits is more often no year.
    let is_meant = text.len() > 2 && text.contains(|c: char| c.is_ascii_digit());
    let date = Date::parse(text).ok().filter(|_| is_meant)?;
    let hint = "show this time".to_owned();
    Some(OfferLine { words: format!("Go to {}", date.words()), hint, offer: Offer::GoTo(date.known_bounds()) })
}

/// Returns a text in quotation marks if it has spaces.
fn quoted(text: &str) -> String {
    let text = one_line(text).replace('"', "");
    if text.contains(char::is_whitespace) { format!("\"{text}\"") } else { text }
}

/// Returns the offer to write a term instead of the last one that is typed.
fn write(typed: &str, term: &str, hint: &str) -> OfferLine {
    let before = typed.get(..typed.len() - last_term(typed).len()).unwrap_or_default();
    let space = if term.ends_with(':') { "" } else { " " };
    let offer = Offer::Write(format!("{before}{term}{space}"));
    OfferLine { words: term.to_owned(), hint: hint.to_owned(), offer }
}

/// Returns the offers to complete the last term that is typed; those for tags come with what is found.
fn completions(typed: &str, timeline: &Timeline) -> Vec<OfferLine> {
    const MOST: usize = 6;
    let term = last_term(typed);
    let needle = |words: &str| Needle::new(words.replace('"', "").trim());
    if let Some(words) = term.strip_prefix('@') {
        let needle = needle(words);
        let begins =
            |lane: &&Lane| needle.as_ref().is_none_or(|word| word.begins(&lane.title) || word.begins(&lane.id));
        let lanes = timeline.lanes.iter().filter(begins).take(MOST);
        return lanes.map(|lane| write(typed, &format!("@{}", quoted(&lane.title)), "lane")).collect();
    }
    if let Some(words) = term.strip_prefix("source:") {
        let needle = needle(words);
        let is_meant = |source: &&Source| needle.as_ref().is_none_or(|word| word.is_in(&source.title));
        let sources = timeline.sources.iter().filter(is_meant).take(MOST);
        return sources.map(|source| write(typed, &format!("source:{}", quoted(&source.title)), "source")).collect();
    }
    let fixed = ["before:", "after:", "source:", "undated", "basis:stated", "basis:derived", "basis:background"];
    let is_begun = |whole: &&str| term.len() > 1 && whole.starts_with(term) && *whole != term;
    fixed.into_iter().filter(is_begun).map(|whole| write(typed, whole, "condition")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_term_is_completed() {
        let text = r#"(title: "", lanes: [(id: "a", title: "South Korea"), (id: "b", title: "Society")],
            sources: [(id: "s", title: "Still \"Distant\" Neighbors")])"#;
        let timeline = crate::open(text).timeline.unwrap_or_default();
        let check = |typed: &str, expect: &[&str]| {
            let written = completions(typed, &timeline).into_iter().map(|line| match line.offer {
                Offer::Write(written) => written,
                other => format!("{other:?}"),
            });
            assert_eq!(written.collect::<Vec<_>>(), expect, "{typed}");
        };
        check("war @so", &["war @\"South Korea\" ", "war @Society "]);
        check("war @\"South K", &["war @\"South Korea\" "]);
        check("source:dist", &["source:\"Still Distant Neighbors\" "]);
        check("a bef", &["a before:"]);
        check("basis:", &["basis:stated ", "basis:derived ", "basis:background "]);
        check("und", &["undated "]);
        check("u", &[]);
        check("undated", &[]);
        check("war ", &[]);
    }

    #[test]
    fn only_a_date_is_gone_to() {
        let check = |typed: &str, expect: Option<&str>| {
            assert_eq!(date(typed).map(|line| line.words).as_deref(), expect, "{typed}");
        };
        check("1965", Some("Go to 1965"));
        check(" 1965-06 ", Some("Go to June 1965"));
        check("22 June 1965", Some("Go to 22 June 1965"));
        check("1965 treaty", None);
        check("65", None);
        check("treaty", None);
    }
}
