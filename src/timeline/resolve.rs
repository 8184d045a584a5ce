//! Document as written -> [`Timeline`], with every problem of meaning at once.

use std::collections::HashMap;

use crate::document::{self, Place, Problem, nearest};

use super::color::{Hue, LaneColor};
use super::date::{Calendar, Date, Interval, caution};
use super::index::{Index, Indexed};
use super::model::{
    Citation, Era, Event, EventIndex, Lane, LaneIndex, Point, Series, SeriesIndex, Source, SourceIndex, Timeline,
};

/// What resolving gives: a timeline when nothing is wrong with the document, and what is wrong or odd about it.
#[derive(Debug)]
pub struct Resolved {
    /// None when a problem is an error.
    pub timeline: Option<Timeline>,
    /// Errors and warnings, in no particular order; [`document::locate()`] puts them at their places.
    pub problems: Vec<Problem>,
}

/// Resolves references and dates. Never fails early: all problems are found in one run.
#[must_use]
pub fn resolve(document: document::Timeline) -> Resolved {
    let mut resolver = Resolver::new(&document);
    let timeline = resolver.timeline(document);
    let problems = resolver.problems;
    let sound = problems.iter().all(|problem| problem.severity == document::Severity::Warning);
    Resolved { timeline: sound.then_some(timeline), problems }
}

/// Ids of one kind of item, to their positions.
struct Ids {
    /// What one is called in messages: "lane".
    kind: &'static str,
    /// What several are called, which is also the field that lists them.
    kinds: &'static str,
    by_id: HashMap<String, usize>,
}

impl Ids {
    fn new<'a>(
        kind: &'static str,
        list: &'static str,
        ids: impl Iterator<Item = &'a String>,
        problems: &mut Vec<Problem>,
    ) -> Self {
        let mut by_id = HashMap::new();
        for (index, id) in ids.enumerate() {
            let place = || Place::root().field(list).index(index).field("id");
            if id.trim().is_empty() {
                let hint = "give it a short name of its own".to_owned();
                problems.push(error(place(), format!("this {kind} has an empty id"), Some(hint)));
            } else if by_id.contains_key(id) {
                let hint = format!("every {kind} needs an id of its own; the first one keeps `{id}`");
                problems.push(error(place(), format!("two {list} have the id `{id}`"), Some(hint)));
            } else {
                by_id.insert(id.clone(), index);
            }
        }
        Self { kind, kinds: list, by_id }
    }

    fn find(&self, id: &str, place: Place, problems: &mut Vec<Problem>) -> Option<usize> {
        let found = self.by_id.get(id).copied();
        if found.is_none() {
            // Sorted, so that of two equally near names the same one is always offered.
            let mut known: Vec<&str> = self.by_id.keys().map(String::as_str).collect();
            known.sort_unstable();
            let hint = match nearest(id, known.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None if known.is_empty() => format!("the document has no {} yet", self.kinds),
                None if known.len() <= 12 => format!("known {}: {}", self.kinds, known.join(", ")),
                None => format!("no {} has a name like it", self.kind),
            };
            problems.push(error(place, format!("there is no {} `{id}`", self.kind), Some(hint)));
        }
        found
    }
}

fn error(place: Place, message: String, hint: Option<String>) -> Problem {
    Problem { severity: document::Severity::Error, place, within: None, message, hint }
}

struct Resolver {
    sources: Ids,
    lanes: Ids,
    events: Ids,
    series: Ids,
    problems: Vec<Problem>,
}

impl Resolver {
    fn new(document: &document::Timeline) -> Self {
        let mut problems = Vec::new();
        let found = &mut problems;
        let sources = Ids::new("source", "sources", document.sources.iter().map(|item| &item.id), found);
        let lanes = Ids::new("lane", "lanes", document.lanes.iter().map(|item| &item.id), found);
        let events = Ids::new("event", "events", document.events.iter().map(|item| &item.id), found);
        let series = Ids::new("series", "series", document.series.iter().map(|item| &item.id), found);
        Ids::new("era", "eras", document.eras.iter().map(|item| &item.id), found);
        Self { sources, lanes, events, series, problems }
    }

    fn timeline(&mut self, document: document::Timeline) -> Timeline {
        let sources = self.all_sources(document.sources);
        let mut lanes = self.all_lanes(document.lanes);
        let eras = self.all_eras(document.eras);
        let events = self.all_events(document.events);
        let mut in_lanes: Vec<Vec<EventIndex>> = vec![Vec::new(); lanes.len()];
        for (index, event) in events.iter().enumerate() {
            if let Some(lane) = in_lanes.get_mut(event.lane.0) {
                lane.push(EventIndex(index));
            }
        }
        let indexed = |index: EventIndex| {
            events.get(index.0).map(|event| Indexed::new(&event.date, event.importance)).unwrap_or_default()
        };
        for (lane, in_lane) in lanes.iter_mut().zip(in_lanes) {
            lane.index = Index::new(in_lane, &indexed);
        }
        let index = Index::new((0..events.len()).map(EventIndex).collect(), &indexed);
        let series = self.all_series(document.series);
        let extent = extent(&events, &eras, &series);
        let initial_view = document.view.and_then(|view| self.initial_view(view, extent));
        Timeline {
            title: document.title,
            subtitle: document.subtitle,
            description: document.description,
            sources,
            lanes,
            eras,
            events,
            series,
            index,
            extent,
            initial_view,
        }
    }

    fn all_sources(&mut self, sources: Vec<document::Source>) -> Vec<Source> {
        sources
            .into_iter()
            .enumerate()
            .map(|(index, source)| Source {
                date: source
                    .date
                    .and_then(|text| self.date(&text, || Place::root().field("sources").index(index).field("date"))),
                id: source.id,
                title: source.title,
                author: source.author,
                publisher: source.publisher,
                url: source.url,
            })
            .collect()
    }

    /// Lanes, still empty. A lane without a colour takes the next of the palette.
    fn all_lanes(&mut self, lanes: Vec<document::Lane>) -> Vec<Lane> {
        let mut resolved = Vec::with_capacity(lanes.len());
        for (index, (lane, hue)) in lanes.into_iter().zip(Hue::ALL.into_iter().cycle()).enumerate() {
            let mut color = LaneColor::Named(hue);
            if let Some(text) = lane.color {
                if let Some(read) = LaneColor::parse(&text) {
                    color = read;
                } else {
                    let place = Place::root().field("lanes").index(index).field("color");
                    let names: Vec<&str> = Hue::ALL.into_iter().map(Hue::name).collect();
                    let hint = format!("write one of {}, or a colour like #1f7a74", names.join(", "));
                    self.problems.push(error(place, format!("there is no colour `{text}`"), Some(hint)));
                }
            }
            resolved.push(Lane { id: lane.id, title: lane.title, color, index: Index::default() });
        }
        resolved
    }

    fn all_eras(&mut self, eras: Vec<document::Era>) -> Vec<Era> {
        let mut resolved: Vec<Era> = eras
            .into_iter()
            .enumerate()
            .filter_map(|(index, era)| {
                let place = || Place::root().field("eras").index(index);
                let citations = self.citations(era.citations, &place);
                let date = self.date(&era.date, || place().field("date"))?;
                Some(Era { id: era.id, title: era.title, date, description: era.description, citations })
            })
            .collect();
        resolved.sort_by_key(|era| era.date.sort_key());
        resolved
    }

    /// Events in time order. `related` is written as positions in the document, so it is mapped through the sort.
    fn all_events(&mut self, events: Vec<document::Event>) -> Vec<Event> {
        let mut resolved: Vec<(usize, Event)> = Vec::with_capacity(events.len());
        for (index, event) in events.into_iter().enumerate() {
            if let Some(event) = self.event(event, index) {
                resolved.push((index, event));
            }
        }
        resolved.sort_by_cached_key(|(_, event)| event.date.sort_key());
        let position: HashMap<usize, EventIndex> =
            resolved.iter().enumerate().map(|(sorted, (written, _))| (*written, EventIndex(sorted))).collect();
        resolved
            .into_iter()
            .map(|(_, mut event)| {
                event.related = event.related.iter().filter_map(|written| position.get(&written.0).copied()).collect();
                event
            })
            .collect()
    }

    fn event(&mut self, event: document::Event, index: usize) -> Option<Event> {
        let place = || Place::root().field("events").index(index);
        let lane = self.lanes.find(&event.lane, place().field("lane"), &mut self.problems);
        let mut related = Vec::with_capacity(event.related.len());
        for (number, id) in event.related.iter().enumerate() {
            let at = place().field("related").index(number);
            match self.events.find(id, at.clone(), &mut self.problems) {
                Some(other) if other == index => {
                    self.problems.push(error(at, "an event cannot be related to itself".to_owned(), None));
                }
                Some(other) => related.push(EventIndex(other)),
                None => {}
            }
        }
        let mut figures = Vec::with_capacity(event.figures.len());
        for (number, id) in event.figures.iter().enumerate() {
            let at = place().field("figures").index(number);
            figures.extend(self.series.find(id, at, &mut self.problems).map(SeriesIndex));
        }
        let citations = self.citations(event.citations, &place);
        if event.title.trim().is_empty() {
            let hint = Some("a reader sees only a marker without one".to_owned());
            let empty = error(place().field("title"), "this event has an empty title".to_owned(), hint);
            self.problems.push(Problem { severity: document::Severity::Warning, ..empty });
        }
        let calendar = match event.calendar {
            document::Calendar::Gregorian => Calendar::Gregorian,
            document::Calendar::Julian => Calendar::Julian,
        };
        let date = self.date_in(&event.date, calendar, || place().field("date"));
        Some(Event {
            lane: LaneIndex(lane?),
            date: date?,
            id: event.id,
            title: event.title,
            description: event.description,
            importance: event.importance.unwrap_or(0) as f32,
            tags: event.tags,
            related,
            figures,
            citations,
        })
    }

    fn all_series(&mut self, series: Vec<document::Series>) -> Vec<Series> {
        series
            .into_iter()
            .enumerate()
            .map(|(index, series)| {
                let place = || Place::root().field("series").index(index);
                let citations = self.citations(series.citations, &place);
                let mut points = Vec::with_capacity(series.points.len());
                for (number, point) in series.points.into_iter().enumerate() {
                    let place = || place().field("points").index(number);
                    if series.scale == document::Scale::Log && point.value <= 0.0 {
                        let hint = "a logarithmic scale starts above zero; use `scale: Linear`".to_owned();
                        let message = format!("{} cannot stand on a logarithmic scale", point.value);
                        self.problems.push(error(place().field("value"), message, Some(hint)));
                    }
                    let citations = self.citations(point.citations, &place);
                    if let Some(date) = self.date(&point.date, || place().field("date")) {
                        points.push(Point { date, value: point.value, qualifier: point.qualifier, citations });
                    }
                }
                points.sort_by_cached_key(|point| point.date.sort_key());
                Series { id: series.id, title: series.title, unit: series.unit, scale: series.scale, points, citations }
            })
            .collect()
    }

    fn citations(&mut self, citations: Vec<document::Citation>, item: &dyn Fn() -> Place) -> Vec<Citation> {
        let mut resolved = Vec::with_capacity(citations.len());
        for (number, citation) in citations.into_iter().enumerate() {
            let place = item().field("citations").index(number).field("source");
            if let Some(source) = self.sources.find(&citation.source, place, &mut self.problems) {
                resolved.push(Citation {
                    source: SourceIndex(source),
                    locator: citation.locator,
                    basis: citation.basis,
                    note: citation.note,
                });
            }
        }
        resolved
    }

    fn date(&mut self, text: &str, place: impl Fn() -> Place) -> Option<Date> {
        self.date_in(text, Calendar::Gregorian, place)
    }

    fn date_in(&mut self, text: &str, calendar: Calendar, place: impl Fn() -> Place) -> Option<Date> {
        match Date::parse_in(text, calendar) {
            Ok(date) => {
                if let Some(doubt) = caution(text) {
                    self.problems.push(Problem {
                        severity: document::Severity::Warning,
                        place: place(),
                        within: Some(doubt.range),
                        message: doubt.message,
                        hint: Some(doubt.hint),
                    });
                }
                Some(date)
            }
            Err(bad) => {
                let problem = error(place(), bad.message, bad.hint);
                self.problems.push(Problem { within: Some(bad.range), ..problem });
                None
            }
        }
    }

    fn initial_view(&mut self, view: document::InitialView, extent: Interval) -> Option<Interval> {
        let place = || Place::root().field("view");
        let from = view.from.map(|text| self.date(&text, || place().field("from")));
        let to = view.to.map(|text| self.date(&text, || place().field("to")));
        let start = from.flatten().and_then(|date| date.earliest()).unwrap_or(extent.start);
        let end = to.flatten().and_then(|date| date.latest()).unwrap_or(extent.end);
        if start >= end {
            let hint = "`from` must be before `to`".to_owned();
            self.problems.push(error(place(), "the view is empty".to_owned(), Some(hint)));
            return None;
        }
        Some(Interval { start, end })
    }
}

/// The smallest interval around all that is dated. Open ends have no place and do not count.
fn extent(events: &[Event], eras: &[Era], series: &[Series]) -> Interval {
    let dates = events
        .iter()
        .map(|event| &event.date)
        .chain(eras.iter().map(|era| &era.date))
        .chain(series.iter().flat_map(|series| series.points.iter().map(|point| &point.date)));
    let mut extent: Option<Interval> = None;
    for known in dates.map(Date::known_extent) {
        extent = Some(
            extent.map_or(known, |sum| Interval { start: sum.start.min(known.start), end: sum.end.max(known.end) }),
        );
    }
    extent.unwrap_or(Interval { start: 0, end: 86_400 })
}
