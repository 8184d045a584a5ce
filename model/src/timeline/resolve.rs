//! Resolves a document as written to a [`Timeline`], reporting all semantic problems at once.

use std::hash::RandomState;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use crate::document::{self, DocPath, Piece, Problem};
use crate::progress::Progress;

use super::batch::Batch;
use super::citation::Citation;
use super::clocks::Seen;
use super::color::{Color, no_color};
use super::complete::complete;
use super::handles::{LaneIndex, SourceIndex};
use super::ids::{Ids, error, has_errors};
use super::item_id::{Key, LaneId};
use super::kept::Kept;
use super::lane_tree::LaneTree;
use super::language::is_language_tag;
use super::merge;
use super::model::{Era, Lane, Timeline};
use super::omitted::{Faulty, Omitted};
use super::quantity;
use super::reference::{bare_doi, is_doi, is_isbn};
use super::references::{References, read_date};
use super::series::{Point, Series, SeriesWords};
use super::sources::{Source, SourceNames, Work, given, is_web};
use crate::date::{Calendar, Date, Interval, Zone, is_undated};
use crate::sorting;

/// The result of resolving: a timeline, and the problems of the document.
#[derive(Debug)]
pub struct Resolved {
    /// Everything without errors; `None` if there is nothing.
    pub timeline: Option<Timeline>,
    /// Errors and warnings, in no particular order; [`document::locate()`] finds their positions in the text.
    pub problems: Vec<Problem>,
    /// The time taken to sort and index the events.
    pub indexing: Duration,
}

/// Resolves references and dates. Never fails early: all problems are found in one run.
#[must_use]
pub fn resolve(document: document::Timeline) -> Resolved {
    resolve_recovered(document, &[])
}

/// Resolves a document that has mistakes at `paths`, where values may be fillers. Items with mistakes are not in the
/// timeline.
#[must_use]
pub fn resolve_recovered(mut document: document::Timeline, paths: &[DocPath]) -> Resolved {
    let events = std::mem::take(&mut document.events);
    let resolver = Resolver::new(document, Arc::default());
    let batch = |(number, events): (usize, &[document::Event])| {
        resolver.batch(Piece { first: number * BATCH, ..Piece::default() }, events)
    };
    let batches = events.chunks(BATCH).enumerate().map(batch).collect();
    drop(events);
    // Resolving returns `None` only if cancelled, which cannot happen here.
    let nothing = Resolved { timeline: None, problems: Vec::new(), indexing: Duration::ZERO };
    resolver.finish(batches, paths, &Progress::default()).unwrap_or(nothing)
}

/// Number of events of a document made in memory that are resolved at once.
const BATCH: usize = 4096;

/// Resolves a document in batches of events, possibly on several threads, so that the unresolved events need not all be
/// in memory at once.
#[derive(Debug)]
pub struct Resolver {
    /// The document without its events.
    rest: document::Timeline,
    /// The text of the document.
    text: Arc<String>,
    references: References,
    /// The times of day in eras and series.
    seen: Seen,
    problems: Vec<Problem>,
}

impl Resolver {
    /// Creates a resolver for a document whose events follow, and whose whole text is `text`.
    #[must_use]
    pub fn new(rest: document::Timeline, text: Arc<String>) -> Self {
        let mut problems = Vec::new();
        let found = &mut problems;
        let sources = Ids::new("source", "sources", rest.sources.iter().map(|item| &item.id), found);
        let lanes = Ids::new("lane", "lanes", rest.lanes.iter().map(|item| &item.id), found);
        let lane_tree = LaneTree::new(&rest.lanes, &lanes, found);
        let series = Ids::new("series", "series", rest.series.iter().map(|item| &item.id), found);
        Ids::new("era", "eras", rest.eras.iter().map(|item| &item.id), found);
        let zone = rest.zone.as_deref().and_then(|name| zone(name, found));
        let (hasher, seen) = (RandomState::new(), Seen::default());
        let references = References { sources, lanes, lane_tree, series, zone, hasher };
        Self { rest, text, references, seen, problems }
    }

    /// Returns whether events refer to the same lanes, sources and series in the same way, and to the same zone.
    pub(super) fn refers_as(&self, other: &References) -> bool {
        let References { sources, lanes, lane_tree, series, zone, hasher: _ } = &self.references;
        (sources, lanes, series) == (&other.sources, &other.lanes, &other.series)
            && (lane_tree, zone) == (&other.lane_tree, &other.zone)
    }

    /// Hashes the ids of events as others are.
    pub(super) fn hash_as(&mut self, other: &References) {
        self.references.hasher = other.hasher.clone();
    }

    /// Resolves a run of events. Strings of theirs that are parts of the text of the piece are not copied.
    #[must_use]
    pub fn batch<S: AsRef<str>>(&self, piece: Piece<'_>, events: &[document::Event<S>]) -> Batch {
        Batch::new(&self.references, piece, events)
    }

    /// Returns the timeline of these batches, which must be the whole document in document order. Returns `None` if
    /// cancelled. Items with errors, or with a mistake at one of `paths`, are omitted.
    #[must_use]
    pub fn finish(mut self, batches: Vec<Batch>, paths: &[DocPath], progress: &Progress) -> Option<Resolved> {
        let with = (std::mem::take(&mut self.text), self.references.hasher.clone());
        let (mut timeline, mut kept) = self.rest(paths);
        let mut unordered = merge::join(batches, with, progress)?;
        let mut problems = kept.problems.clone();
        problems.extend(unordered.events.problems());
        kept.is_whole = paths.is_empty() && unordered.between.is_empty();
        problems.append(&mut unordered.between);
        let faulty = Faulty::of(&problems, paths).events;
        unordered.omit(&faulty);
        let before = progress.now();
        let (events, index) = unordered.into_order(&mut timeline.lanes, progress)?;
        (timeline.events, timeline.index) = (events, Arc::new(index));
        let indexing = progress.now().saturating_sub(before);
        complete(&kept, &mut timeline, &mut problems);
        timeline.omitted.events = faulty.len();
        timeline.kept = Some(Arc::new(kept));
        Some(Resolved { timeline: shown(timeline, !paths.is_empty(), &mut problems), problems, indexing })
    }

    /// Returns the timeline without events, and what is kept for them.
    pub(super) fn rest(mut self, paths: &[DocPath]) -> (Timeline, Kept) {
        let rest = std::mem::take(&mut self.rest);
        let date = self.date_if_known(rest.date.as_deref(), || DocPath::root().field("date"));
        let language = rest.language.and_then(|tag| self.language(&tag));
        let mut sources = self.all_sources(rest.sources);
        let source_names = SourceNames::new(&mut sources);
        let lanes = self.all_lanes(rest.lanes);
        let faulty = Faulty::of(&self.problems, paths);
        let mut omitted = Omitted::default();
        let eras = self.all_eras(rest.eras, &faulty, &mut omitted);
        let series = self.all_series(rest.series, &faulty, &mut omitted);
        let timeline = Timeline {
            title: rest.title,
            subtitle: rest.subtitle,
            description: rest.description,
            author: rest.author,
            date,
            language,
            sources,
            source_names,
            has_groups: lanes.iter().any(Lane::is_group),
            lanes,
            eras,
            series,
            axis: rest.axis,
            omitted,
            ..Timeline::default()
        };
        let Self { references, seen, problems, .. } = self;
        (timeline, Kept { references, problems, seen, view: rest.view, is_whole: false })
    }

    fn all_sources(&mut self, sources: Vec<document::Source>) -> Vec<Source> {
        sources
            .into_iter()
            .enumerate()
            .map(|(index, source)| {
                let path = || DocPath::root().field("sources").index(index).field("date");
                let is_undated = source.date.as_ref().is_some_and(|text| is_undated(text) && !text.trim().is_empty());
                self.check_numbers(index, source.doi.as_deref(), source.isbn.as_deref());
                let url = source.url.filter(|url| !url.trim().is_empty());
                if let Some(url) = url.as_deref().filter(|url| !is_web(url.trim())) {
                    self.no_address(index, url.trim());
                }
                let date_of = |of: &'static str| DocPath::root().field("sources").index(index).field(of);
                let accessed = self.date_if_known(source.accessed.as_deref(), || date_of("accessed"));
                let original_date = self.date_if_known(source.original_date.as_deref(), || date_of("original_date"));
                Source {
                    date: self.date_if_known(source.date.as_deref(), path),
                    is_undated,
                    id: source.id,
                    title: source.title,
                    author: source.author,
                    publisher: source.publisher,
                    url,
                    work: Work {
                        kind: source.kind,
                        container: source.container,
                        editors: source.editors,
                        volume: source.volume,
                        issue: source.issue,
                        pages: source.pages,
                        edition: source.edition,
                        place: source.place,
                        doi: source.doi,
                        isbn: source.isbn,
                        accessed,
                        original_date,
                    },
                    shares_maker: false,
                }
            })
            .collect()
    }

    /// Returns the tag of a language. Reports a text that is none.
    fn language(&mut self, tag: &str) -> Option<String> {
        let tag = tag.trim();
        if is_language_tag(tag) {
            return Some(tag.to_owned());
        }
        let hint = "write a tag like en, ko or pt-BR (BCP 47)";
        self.warn(DocPath::root().field("language"), format!("`{tag}` is no tag of a language"), hint.to_owned());
        None
    }

    /// Reports numbers of a source that cannot be right.
    fn check_numbers(&mut self, source: usize, doi: Option<&str>, isbn: Option<&str>) {
        let path = |of: &'static str| DocPath::root().field("sources").index(source).field(of);
        if let Some(doi) = doi.and_then(|doi| given(Some(doi))).filter(|doi| !is_doi(bare_doi(doi))) {
            let hint = "it begins with 10., a number and a slash: 10.1000/182".to_owned();
            self.warn(path("doi"), format!("`{doi}` is no Digital Object Identifier"), hint);
        }
        if let Some(isbn) = isbn.and_then(|isbn| given(Some(isbn))).filter(|isbn| !is_isbn(isbn)) {
            let hint = "it has 10 or 13 digits, the last of which checks the others".to_owned();
            self.warn(path("isbn"), format!("`{isbn}` is no International Standard Book Number"), hint);
        }
    }

    fn warn(&mut self, path: DocPath, message: String, hint: String) {
        let severity = document::Severity::Warning;
        self.problems.push(Problem { severity, path, within: None, message, hint: Some(hint) });
    }

    /// Reads a colour. Reports a text that is none.
    fn color(&mut self, text: &str, path: impl Fn() -> DocPath) -> Option<Color> {
        let color = Color::parse(text);
        if color.is_none() {
            let (message, hint) = no_color(text);
            self.problems.push(error(path(), message, Some(hint)));
        }
        color
    }

    /// Reports that the address of a source is not a web address.
    fn no_address(&mut self, source: usize, url: &str) {
        let meant = if url.starts_with("10.") && url.contains('/') {
            Some(format!("https://doi.org/{url}"))
        } else if let Some(doi) = url.strip_prefix("doi:") {
            Some(format!("https://doi.org/{}", doi.trim()))
        } else {
            let whole = format!("https://{url}");
            let host = url.split('/').next().unwrap_or_default();
            (host.contains('.') && !host.contains([':', '@']) && is_web(&whole)).then_some(whole)
        };
        self.problems.push(Problem {
            severity: document::Severity::Warning,
            path: DocPath::root().field("sources").index(source).field("url"),
            within: None,
            message: "this address is no link: it is not one that begins with http:// or https://".to_owned(),
            hint: meant.map(|meant| format!("write {meant}")),
        });
    }

    /// Returns all lanes depth first, still empty. A lane without a colour takes the next of the palette.
    fn all_lanes(&mut self, lanes: Vec<document::Lane>) -> Vec<Lane> {
        let mut resolved = Vec::with_capacity(lanes.len());
        let keys = Key::of_all(lanes.iter().map(|lane| &lane.id));
        let mut lanes: Vec<Option<(document::Lane, Key)>> = lanes.into_iter().zip(keys).map(Some).collect();
        let tree = self.references.lane_tree.clone();
        for place in tree.places {
            let index = place.number;
            let Some((lane, key)) = lanes.get_mut(index).and_then(Option::take) else { continue };
            let path = || DocPath::root().field("lanes").index(index).field("color");
            let color = lane.color.as_deref().and_then(|text| self.color(text, path));
            resolved.push(Lane {
                id: lane.id,
                title: lane.title,
                color,
                key: LaneId(key),
                style: index,
                parent: place.parent.map(LaneIndex::new),
                depth: place.depth,
                descendants: place.descendants,
                index: Arc::default(),
                undated: Arc::default(),
                group: OnceLock::new(),
            });
        }
        resolved
    }

    fn all_eras(&mut self, eras: Vec<document::Era>, faulty: &Faulty, omitted: &mut Omitted) -> Vec<Era> {
        let count = eras.len();
        let keys = Key::of_all(eras.iter().map(|era| &era.id));
        let mut resolved: Vec<Era> = eras
            .into_iter()
            .zip(keys)
            .enumerate()
            .filter_map(|(index, (era, key))| {
                let before = self.problems.len();
                let path = || DocPath::root().field("eras").index(index);
                let citations = self.citations(era.citations, &path);
                let date = self.needed_date(&era.date, "an era", || path().field("date"))?;
                let color = era.color.as_deref().and_then(|text| self.color(text, || path().field("color")));
                (!self.has_errors(before) && !faulty.eras.contains(&index)).then_some(Era {
                    id: era.id,
                    title: era.title,
                    date,
                    color,
                    description: era.description,
                    citations,
                    key,
                })
            })
            .collect();
        omitted.eras = count - resolved.len();
        sorting::by_key(&mut resolved, |era| era.date.sort_key());
        resolved
    }

    fn all_series(&mut self, series: Vec<document::Series>, faulty: &Faulty, omitted: &mut Omitted) -> Vec<Series> {
        let keys = Key::of_all(series.iter().map(|series| &series.id));
        series
            .into_iter()
            .zip(keys)
            .enumerate()
            .map(|(index, (series, key))| {
                let path = || DocPath::root().field("series").index(index);
                let citations = self.citations(series.citations, &path);
                let mut points = Vec::with_capacity(series.points.len());
                let mut dated = Vec::with_capacity(series.points.len());
                for (number, point) in series.points.into_iter().enumerate() {
                    let path = || path().field("points").index(number);
                    let before = self.problems.len();
                    if series.scale == document::Scale::Log && point.value <= 0.0 {
                        let hint = "a logarithmic scale starts above zero; use `scale: Linear`".to_owned();
                        let message = format!("{} cannot stand on a logarithmic scale", quantity::number(point.value));
                        self.problems.push(error(path().field("value"), message, Some(hint)));
                    }
                    let citations = self.citations(point.citations, &path);
                    let date = self.needed_date(&point.date, "a point of a series", || path().field("date"));
                    match date.filter(|_| !self.has_errors(before) && !faulty.points.contains(&(index, number))) {
                        Some(date) => {
                            let (_, nanos, _, kind) = date.sort_key();
                            dated.push((date.bounds(), (nanos, kind), number, points.len()));
                            points.push(Point {
                                date,
                                value: point.value,
                                qualifier: point.qualifier,
                                citations,
                                place: number,
                            });
                        }
                        None => omitted.points += 1,
                    }
                }
                self.values_of_one_date(dated, &points, &path);
                let document::Series { id, title, unit, scale, .. } = series;
                Series::new(SeriesWords { id, title, unit, scale, key, style: index }, points, citations)
            })
            .collect()
    }

    /// Warns of several values of the same date. Each entry is the bounds of the date, its kind, the position in the
    /// document and the position among the points.
    fn values_of_one_date(
        &mut self,
        mut dated: Vec<(Interval, (u32, u8), usize, usize)>,
        points: &[Point],
        series: &dyn Fn() -> DocPath,
    ) {
        sorting::by_key(&mut dated, |(extent, kind, number, _)| (extent.start, extent.end, *kind, *number));
        for same in dated.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
            let Some((_, _, number, at)) = same.get(1) else { continue };
            let Some(date) = points.get(*at).map(|point| point.date.words()) else { continue };
            self.problems.push(Problem {
                severity: document::Severity::Warning,
                path: series().field("points").index(*number).field("date"),
                within: None,
                message: format!("the series has {} values for {date}", same.len()),
                hint: Some("all are drawn, and no line joins them: leave one, or date them apart".to_owned()),
            });
        }
    }

    fn citations(&mut self, citations: Vec<document::Citation>, item: &dyn Fn() -> DocPath) -> Vec<Citation> {
        let mut resolved = Vec::with_capacity(citations.len());
        for (number, citation) in citations.into_iter().enumerate() {
            let path = || item().field("citations").index(number).field("source");
            if let Some(source) = self.references.sources.find(&citation.source, path, &mut self.problems) {
                resolved.push(Citation {
                    source: SourceIndex::new(source),
                    locator: citation.locator,
                    basis: citation.basis,
                    note: citation.note,
                });
            }
        }
        resolved
    }

    /// Returns whether any problem from this index on is an error.
    fn has_errors(&self, since: usize) -> bool {
        has_errors(self.problems.get(since..).unwrap_or_default())
    }

    /// Parses a date that may be given as unknown.
    fn date_if_known(&mut self, text: Option<&str>, path: impl Fn() -> DocPath) -> Option<Date> {
        let text = text.filter(|text| !is_undated(text))?;
        read_date(text, Calendar::Gregorian, self.references.zone.as_ref(), path, &mut self.problems)
    }

    /// Parses a required date; the item is dropped if it is missing or invalid.
    fn needed_date(&mut self, text: &str, of: &str, path: impl Fn() -> DocPath) -> Option<Date> {
        if is_undated(text) {
            let hint = "only events, sources and the document itself may be undated".to_owned();
            self.problems.push(error(path(), format!("{of} needs a date"), Some(hint)));
            return None;
        }
        let date = read_date(text, Calendar::Gregorian, self.references.zone.as_ref(), &path, &mut self.problems)?;
        self.seen.add(&date, text, path);
        Some(date)
    }
}

/// Returns the timeline if there is anything to show, or nothing is wrong. Warns of one that is empty.
pub(super) fn shown(timeline: Timeline, has_mistakes: bool, problems: &mut Vec<Problem>) -> Option<Timeline> {
    let is_wrong = has_mistakes || has_errors(problems);
    if timeline.shows_nothing() && !is_wrong {
        problems.push(nothing_to_show());
    }
    (!is_wrong || !timeline.shows_nothing()).then_some(timeline)
}

/// Returns the problem that a document has nothing to draw or list.
fn nothing_to_show() -> Problem {
    Problem {
        severity: document::Severity::Warning,
        path: DocPath::root(),
        within: None,
        message: "nothing is in this timeline: it has no event, no era and no value of a series".to_owned(),
        hint: Some("add an event: `events: [(id: \"..\", lane: \"..\", title: \"..\", date: \"1965\")]`".to_owned()),
    }
}

/// Returns the zone with this name.
fn zone(name: &str, problems: &mut Vec<Problem>) -> Option<Zone> {
    let found = Zone::named(name.trim());
    if found.is_none() {
        let hint = "write an IANA name, such as Asia/Seoul, America/New_York or UTC".to_owned();
        problems.push(error(
            DocPath::root().field("zone"),
            format!("there is no time zone called {name:?}"),
            Some(hint),
        ));
    }
    found
}
