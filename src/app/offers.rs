//! What the box offers besides events.

use std::collections::BTreeMap;

use crate::query::{Found, Needle};
use crate::timeline::{Event, EventIndex, Timeline};

use super::effect::SearchJob;
use super::finder::Searched;
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
    counts.sort_by(|(a, many), (b, more)| more.cmp(many).then_with(|| a.cmp(b)));
    counts.into_iter().take(MOST_TAGS).map(|(tag, _)| tag.to_owned()).collect()
}

impl State {
    /// Offers what fits what is typed.
    pub(super) fn offer(&mut self) {
        let Some(finder) = &mut self.finder else { return };
        finder.offers = Vec::new();
    }

    /// Offers tags, too.
    pub(super) fn offer_tags(&mut self, _tags: &[String]) {}
}
