//! What a list says of an event beside its own fields: where it belongs, and what its date means.

use crate::date::{Date, Endpoint};
use crate::timeline::{Event, LaneIndex, Timeline, UNDATED};

use super::json::Json;

/// An event in a list.
#[derive(Clone, Debug)]
pub struct Row<'a> {
    /// Its id.
    pub id: &'a str,
    /// The id of its lane.
    pub lane: &'a str,
    /// The ids of the lanes around that lane, the outermost first.
    pub parents: Vec<&'a str>,
    /// The ids of further lanes that it belongs to.
    pub also: Vec<&'a str>,
    /// Its title.
    pub title: &'a str,
    /// The date in words.
    pub date: String,
    /// The first second that the date may mean, in ISO 8601, a time of day with its offset from UTC; `None` if the
    /// beginning is open or unknown.
    pub earliest: Option<String>,
    /// The first second after the date, in ISO 8601; `None` if the end is open or unknown.
    pub latest: Option<String>,
    /// Whether the beginning is "dated", "open" (it goes back without one), "unknown", or that date "or earlier".
    pub start: &'static str,
    /// Whether the end is "dated", "open" (it goes on), "unknown", or that date "or later".
    pub end: &'static str,
    /// How exactly it is dated, in words.
    pub precision: String,
    /// The ids of the works that are cited, each once.
    pub sources: Vec<&'a str>,
}

impl<'a> Row<'a> {
    /// Describes an event.
    #[must_use]
    pub fn new(event: &Event<'a>, timeline: &'a Timeline) -> Self {
        let mut sources: Vec<&str> = Vec::new();
        for citation in event.citations.iter() {
            if let Some(source) = timeline.source(citation.source)
                && !sources.contains(&source.id.as_str())
            {
                sources.push(&source.id);
            }
        }
        let id = |lane: LaneIndex| timeline.lane(lane).map(|lane| lane.id.as_str());
        let mut parents: Vec<&str> = timeline.around(event.lane).skip(1).filter_map(id).collect();
        parents.reverse();
        let [earliest, latest] = event.date.map_or([None, None], Date::iso_bounds);
        Self {
            id: event.id,
            lane: timeline.lane_of(event).map_or("", |lane| &lane.id),
            parents,
            also: event.also.iter().copied().filter_map(id).collect(),
            title: event.title,
            date: event.date_words(),
            earliest,
            latest,
            start: event.date.map_or(UNDATED, |date| ending(date, Side::Start)),
            end: event.date.map_or(UNDATED, |date| ending(date, Side::End)),
            precision: event.date.map_or_else(|| "not dated".to_owned(), Date::precision_words),
            sources,
        }
    }

    /// Returns the row as fields of JSON.
    #[must_use]
    pub fn json(&self) -> Vec<(&'static str, Json)> {
        vec![
            ("id", Json::text(self.id)),
            ("lane", Json::text(self.lane)),
            ("parents", Json::texts(self.parents.iter().copied())),
            ("also", Json::texts(self.also.iter().copied())),
            ("title", Json::text(self.title)),
            ("date", Json::text(&self.date)),
            ("earliest", Json::maybe(self.earliest.as_deref())),
            ("latest", Json::maybe(self.latest.as_deref())),
            ("start", Json::text(self.start)),
            ("end", Json::text(self.end)),
            ("precision", Json::text(&self.precision)),
            ("sources", Json::texts(self.sources.iter().copied())),
        ]
    }
}

/// One side of a date.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Start,
    End,
}

/// What is known of one side of a date, in a word.
fn ending(date: &Date, side: Side) -> &'static str {
    let beyond = if side == Side::Start { "or earlier" } else { "or later" };
    match date {
        Date::Span { start, end } => match if side == Side::Start { start } else { end } {
            Endpoint::Dated(_) => "dated",
            Endpoint::Beyond(_) => beyond,
            Endpoint::Open => "open",
            Endpoint::Unknown => "unknown",
        },
        Date::Single(_) | Date::Set(_) => {
            let second = if side == Side::Start { date.earliest() } else { date.latest() };
            if second.is_some() { "dated" } else { beyond }
        }
    }
}
