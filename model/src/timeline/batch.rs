//! Resolves a run of events as written to records, and reports every problem that can be found without the other
//! events.

use std::collections::HashMap;
use std::hash::BuildHasher as _;
use std::ops::Range;

use crate::document::{self, DocPath, Piece, Problem};

use super::color::Color;
use super::details::{self, has_details};
use super::handles::{LaneIndex, SeriesIndex};
use super::ids::{EVENTS, error};
use super::records::{CitationRecord, DetailsRecord, Ends, Record, Records, RelatedRecord, Slice};
use super::references::{References, read_date};
use crate::date::{Calendar, is_undated};

/// A run of events, resolved as far as possible on its own.
#[derive(Debug)]
pub struct Batch {
    pub(super) records: Records,
    /// The document number of the first event.
    pub(super) first: usize,
    /// The bytes of the document that it was read from.
    pub(super) bytes: Range<usize>,
}

impl Batch {
    /// Resolves a run of events. Strings of theirs that are parts of the text of the piece are not copied.
    pub(super) fn new<S: AsRef<str>>(references: &References, piece: Piece<'_>, events: &[document::Event<S>]) -> Self {
        let cited = events.iter().map(|event| event.citations.len()).sum();
        let records = Records {
            events: Vec::with_capacity(events.len()),
            hashes: Vec::with_capacity(events.len()),
            citations: Vec::with_capacity(cited),
            ..Records::default()
        };
        let mut builder = Builder { references, text: piece.text, records, tags: HashMap::new() };
        for (number, event) in events.iter().enumerate() {
            builder.event(event, number);
        }
        Self { records: builder.records, first: piece.first, bytes: piece.at..piece.at + piece.text.len() }
    }
}

struct Builder<'r, 'e> {
    references: &'r References,
    /// The text of the batch.
    text: &'r str,
    records: Records,
    /// The symbols of the tags seen so far.
    tags: HashMap<&'e str, u32>,
}

impl<'e> Builder<'_, 'e> {
    /// Adds an event; `number` is its position in the batch.
    fn event<S: AsRef<str>>(&mut self, event: &'e document::Event<S>, number: usize) {
        let path = || DocPath::root().field("events").index(number);
        let references = self.references;
        let id = event.id.as_ref();
        self.records.hashes.push(references.hasher.hash_one(id));
        self.records.problems.extend(EVENTS.empty(number, id));
        let lane = references.lanes.find(event.lane.as_ref(), || path().field("lane"), &mut self.records.problems);
        let lane = lane.map(|number| references.position(number));
        self.also(event, lane, &path);
        self.lists(event, &path);
        if has_details(event) {
            self.details(event, &path);
        }
        if event.title.as_ref().trim().is_empty() {
            let hint = Some("a reader sees only a marker without one".to_owned());
            let empty = error(path().field("title"), "this event has an empty title".to_owned(), hint);
            self.records.problems.push(Problem { severity: document::Severity::Warning, ..empty });
        }
        let calendar = match event.calendar {
            document::Calendar::Gregorian => Calendar::Gregorian,
            document::Calendar::Julian => Calendar::Julian,
        };
        let written = event.date.as_ref().map(AsRef::as_ref).filter(|text| !is_undated(text));
        let date_path = || path().field("date");
        let zone = references.zone.as_ref();
        let date = written.and_then(|text| read_date(text, calendar, zone, date_path, &mut self.records.problems));
        if let (Some(date), Some(text)) = (&date, written) {
            self.records.seen.add(date, text, date_path);
        }
        if let (Some(date), Some(_)) = (&date, lane) {
            let known = date.known_extent();
            self.records.extent = Some(self.records.extent.map_or(known, |sum| sum.hull(known)));
        }
        let record = Record {
            id: self.text(id),
            title: self.text(event.title.as_ref()),
            description: self.maybe(event.description.as_ref()),
            lane: lane.map_or(0, |lane| lane.get() as u32),
            importance: event.importance.unwrap_or(0) as f32,
            ends: self.ends(),
            date,
        };
        self.records.events.push(record);
    }

    /// Adds the further lanes of an event; `lane` is its own.
    fn also<S: AsRef<str>>(
        &mut self,
        event: &'e document::Event<S>,
        lane: Option<LaneIndex>,
        path: &dyn Fn() -> DocPath,
    ) {
        let first = self.records.also.len();
        for (position, id) in event.also.iter().enumerate() {
            let at = || path().field("also").index(position);
            let found = self.references.lanes.find(id.as_ref(), at, &mut self.records.problems);
            let Some(further) = found.map(|number| self.references.position(number)) else { continue };
            let said = self.records.also.get(first..).unwrap_or_default();
            let message = if Some(further) == lane {
                format!("the event is in the lane `{}` already", id.as_ref())
            } else if said.contains(&further) {
                format!("the lane `{}` is said twice", id.as_ref())
            } else {
                let offset = self.records.events.len() as u32;
                self.records.also_of.push(offset);
                self.records.also.push(further);
                continue;
            };
            let again = error(at(), message, Some("leave it out: an event is in a lane only once".to_owned()));
            self.records.problems.push(Problem { severity: document::Severity::Warning, ..again });
        }
    }

    /// Adds the lists of an event.
    fn lists<S: AsRef<str>>(&mut self, event: &'e document::Event<S>, path: &dyn Fn() -> DocPath) {
        for tag in &event.tags {
            let symbol = self.tag(tag.as_ref());
            self.records.tags.push(symbol);
        }
        for id in &event.related {
            let id = id.as_ref();
            let (hash, is_empty) = (self.references.hasher.hash_one(id), id.trim().is_empty());
            let id = self.text(id);
            self.records.related.push(RelatedRecord { hash, id, is_empty });
        }
        for (position, id) in event.figures.iter().enumerate() {
            let at = || path().field("figures").index(position);
            let series = self.references.series.find(id.as_ref(), at, &mut self.records.problems);
            self.records.figures.extend(series.map(SeriesIndex::new));
        }
        for (position, citation) in event.citations.iter().enumerate() {
            let at = || path().field("citations").index(position).field("source");
            let source = self.references.sources.find(citation.source.as_ref(), at, &mut self.records.problems);
            if let Some(source) = source {
                let record = CitationRecord {
                    source: source as u32,
                    locator: self.maybe(citation.locator.as_ref()),
                    basis: citation.basis,
                    note: self.maybe(citation.note.as_ref()),
                };
                self.records.citations.push(record);
            }
        }
    }

    /// Adds what only some events have.
    fn details<S: AsRef<str>>(&mut self, event: &'e document::Event<S>, path: &dyn Fn() -> DocPath) {
        details::check(event, path, &mut self.records.problems);
        let [first_link, first_media] = [self.records.links.len(), self.records.media.len()];
        for link in &event.links {
            let link = [self.text(link.url.as_ref()), self.maybe(link.title.as_ref())];
            self.records.links.push(link);
        }
        for one in &event.media {
            let media = [&one.file, &one.url, &one.alt, &one.caption, &one.credit, &one.license];
            let media = media.map(|text| self.maybe(text.as_ref()));
            self.records.media.push(media);
        }
        let place = event.place.as_ref();
        let degrees = |place: &document::Place<S>| Some([place.latitude?, place.longitude?]);
        let on_earth = |[north, east]: &[f64; 2]| north.abs() <= 90.0 && east.abs() <= 180.0;
        let record = DetailsRecord {
            of: self.records.events.len() as u32,
            written: self.maybe(event.written.as_ref()),
            place: self.maybe(place.and_then(|place| place.name.as_ref())),
            coordinates: place.and_then(degrees).filter(on_earth),
            color: event.color.as_ref().and_then(|text| Color::parse(text.as_ref())),
            links: [first_link, self.records.links.len()],
            media: [first_media, self.records.media.len()],
        };
        self.records.details.push(record);
    }

    fn ends(&self) -> Ends {
        let Records { tags, related, figures, citations, .. } = &self.records;
        Ends {
            tags: tags.len() as u32,
            related: related.len() as u32,
            figures: figures.len() as u32,
            citations: citations.len() as u32,
        }
    }

    fn tag(&mut self, tag: &'e str) -> u32 {
        if let Some(symbol) = self.tags.get(tag) {
            return *symbol;
        }
        let symbol = self.tags.len() as u32;
        self.tags.insert(tag, symbol);
        let name = self.text(tag);
        self.records.tag_names.push(name);
        symbol
    }

    fn maybe<S: AsRef<str>>(&mut self, text: Option<&S>) -> Slice {
        text.map_or(Slice::ABSENT, |text| self.text(text.as_ref()))
    }

    /// Returns the slice for a string: in the text of the batch if it is a part of it, else stored with this batch.
    fn text(&mut self, text: &str) -> Slice {
        let source = self.text;
        let at = (text.as_ptr() as usize).wrapping_sub(source.as_ptr() as usize);
        let start = if at < source.len() {
            at
        } else {
            self.records.extra.push_str(text);
            source.len() + self.records.extra.len() - text.len()
        };
        // A document's text is far shorter than this, and so is a batch made in memory.
        u32::try_from(start).map_or(Slice::ABSENT, |start| Slice { start, length: text.len() as u32 })
    }
}
