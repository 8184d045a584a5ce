//! Documents as text: tidy RON, in the order of the format's fields, with comments.
//!
//! What has the value of an absent field is left out.

use std::fmt::{self, Write};

use super::types::{
    Axis, Calendar, Citation, Era, Event, InitialView, Lane, Link, Media, Place, Point, Scale, Series, Source, Timeline,
};
use super::value::{Fields, Style, Value, field, is_hidden, item};

const STYLE: Style<'static> = Style::TIDY;

/// Writes a document whose events come one after another, so that they need not be in memory at once.
pub struct Writer<'w> {
    out: &'w mut dyn Write,
}

impl fmt::Debug for Writer<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Writer").finish_non_exhaustive()
    }
}

impl<'w> Writer<'w> {
    /// Writes everything that is before the events: comments, each on lines of its own, and the fields of `head`, whose
    /// own events are not written.
    ///
    /// # Errors
    /// Returns an error if `out` does.
    pub fn new(out: &'w mut dyn Write, head: &Timeline, comments: &[String]) -> Result<Self, fmt::Error> {
        comment(out, comments, 0)?;
        out.write_str("(\n")?;
        for (name, value) in fields_before(head) {
            field(out, STYLE, name, &value, 1)?;
        }
        list(out, "sources", head.sources.iter().map(source))?;
        list(out, "lanes", head.lanes.iter().map(lane))?;
        list(out, "eras", head.eras.iter().map(era))?;
        STYLE.indent(out, 1)?;
        out.write_str("events: [\n")?;
        Ok(Self { out })
    }

    /// Writes an event, after its comments.
    ///
    /// # Errors
    /// Returns an error if the output does.
    pub fn event(&mut self, event: &Event, comments: &[String]) -> fmt::Result {
        comment(self.out, comments, 2)?;
        item(self.out, STYLE, &Value::Item(event_fields(event)), 2)
    }

    /// Writes everything that is after the events: the other fields of `head`.
    ///
    /// # Errors
    /// Returns an error if the output does.
    pub fn finish(self, head: &Timeline) -> fmt::Result {
        STYLE.indent(self.out, 1)?;
        self.out.write_str("],\n")?;
        list(self.out, "series", head.series.iter().map(series))?;
        if head.axis == Axis::Even {
            field(self.out, STYLE, "axis", &Value::Word("Even"), 1)?;
        }
        if let Some(InitialView { from, to }) = &head.view {
            let fields = [("from", maybe(from.as_deref())), ("to", maybe(to.as_deref()))];
            field(self.out, STYLE, "view", &Value::Item(given(fields)), 1)?;
        }
        self.out.write_str(")\n")
    }
}

/// Returns a document as text.
#[must_use]
pub fn write(document: &Timeline) -> String {
    let mut text = String::new();
    let written = || -> fmt::Result {
        let mut writer = Writer::new(&mut text, document, &[])?;
        for event in &document.events {
            writer.event(event, &[])?;
        }
        writer.finish(document)
    }();
    // Writing to a string does not fail.
    debug_assert!(written.is_ok());
    text
}

fn text(text: &str) -> Value<'_> {
    Value::Text(text.into())
}

fn maybe(text: Option<&str>) -> Option<Value<'_>> {
    text.map(|text| Value::Text(text.into()))
}

fn texts(texts: &[String]) -> Option<Value<'_>> {
    (!texts.is_empty()).then(|| Value::List(texts.iter().map(|text| Value::Text(text.into())).collect()))
}

fn items<'v, T>(items: &'v [T], fields: fn(&'v T) -> Fields<'v>) -> Option<Value<'v>> {
    (!items.is_empty()).then(|| Value::List(items.iter().map(|item| Value::Item(fields(item))).collect()))
}

/// Returns the fields that have a value.
fn given<'v>(fields: impl IntoIterator<Item = (&'static str, Option<Value<'v>>)>) -> Fields<'v> {
    fields.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
}

fn fields_before(head: &Timeline) -> Fields<'_> {
    given([
        ("title", Some(text(&head.title))),
        ("subtitle", maybe(head.subtitle.as_deref())),
        ("description", maybe(head.description.as_deref())),
        ("author", maybe(head.author.as_deref())),
        ("date", maybe(head.date.as_deref())),
        ("language", maybe(head.language.as_deref())),
        ("zone", maybe(head.zone.as_deref())),
    ])
}

fn source(source: &Source) -> Fields<'_> {
    given([
        ("id", Some(text(&source.id))),
        ("title", Some(text(&source.title))),
        ("author", maybe(source.author.as_deref())),
        ("publisher", maybe(source.publisher.as_deref())),
        ("date", maybe(source.date.as_deref())),
        ("url", maybe(source.url.as_deref())),
        ("kind", maybe(source.kind.as_deref())),
        ("container", maybe(source.container.as_deref())),
        ("editors", maybe(source.editors.as_deref())),
        ("volume", maybe(source.volume.as_deref())),
        ("issue", maybe(source.issue.as_deref())),
        ("pages", maybe(source.pages.as_deref())),
        ("edition", maybe(source.edition.as_deref())),
        ("place", maybe(source.place.as_deref())),
        ("doi", maybe(source.doi.as_deref())),
        ("isbn", maybe(source.isbn.as_deref())),
        ("accessed", maybe(source.accessed.as_deref())),
        ("original_date", maybe(source.original_date.as_deref())),
    ])
}

fn lane(lane: &Lane) -> Fields<'_> {
    given([
        ("id", Some(text(&lane.id))),
        ("title", Some(text(&lane.title))),
        ("color", maybe(lane.color.as_deref())),
        ("parent", maybe(lane.parent.as_deref())),
    ])
}

fn era(era: &Era) -> Fields<'_> {
    given([
        ("id", Some(text(&era.id))),
        ("title", Some(text(&era.title))),
        ("date", Some(text(&era.date))),
        ("color", maybe(era.color.as_deref())),
        ("description", maybe(era.description.as_deref())),
        ("citations", items(&era.citations, citation)),
    ])
}

fn event_fields(event: &Event) -> Fields<'_> {
    let place = event.place.as_ref().map(|place| Value::Item(place_fields(place)));
    given([
        ("id", Some(text(&event.id))),
        ("lane", Some(text(&event.lane))),
        ("also", texts(&event.also)),
        ("title", Some(text(&event.title))),
        ("date", maybe(event.date.as_deref())),
        ("calendar", (event.calendar == Calendar::Julian).then_some(Value::Word("Julian"))),
        ("written", maybe(event.written.as_deref())),
        ("place", place),
        ("color", maybe(event.color.as_deref())),
        ("description", maybe(event.description.as_deref())),
        ("importance", event.importance.map(Value::Integer)),
        ("tags", texts(&event.tags)),
        ("related", texts(&event.related)),
        ("figures", texts(&event.figures)),
        ("links", items(&event.links, link)),
        ("media", items(&event.media, media)),
        ("citations", items(&event.citations, citation)),
    ])
}

macro_rules! values {
    ($($of:ty => $fields:path),* $(,)?) => {
        $(impl<'v> From<&'v $of> for Value<'v> {
            fn from(item: &'v $of) -> Self {
                Self::Item($fields(item))
            }
        })*
    };
}

values! {
    Source => source,
    Lane => lane,
    Era => era,
    Event => event_fields,
    Place => place_fields,
    Link => link,
    Media => media,
    Citation => citation,
    Series => series,
    Point => point,
}

fn place_fields(place: &Place) -> Fields<'_> {
    given([
        ("name", maybe(place.name.as_deref())),
        ("latitude", place.latitude.map(Value::Number)),
        ("longitude", place.longitude.map(Value::Number)),
    ])
}

fn link(link: &Link) -> Fields<'_> {
    given([("url", Some(text(&link.url))), ("title", maybe(link.title.as_deref()))])
}

fn media(media: &Media) -> Fields<'_> {
    given([
        ("file", maybe(media.file.as_deref())),
        ("url", maybe(media.url.as_deref())),
        ("alt", maybe(media.alt.as_deref())),
        ("caption", maybe(media.caption.as_deref())),
        ("credit", maybe(media.credit.as_deref())),
        ("license", maybe(media.license.as_deref())),
    ])
}

fn citation(citation: &Citation) -> Fields<'_> {
    given([
        ("source", Some(text(&citation.source))),
        ("locator", maybe(citation.locator.as_deref())),
        ("basis", citation.basis.map(|basis| Value::Word(basis.name()))),
        ("note", maybe(citation.note.as_deref())),
    ])
}

fn series(series: &Series) -> Fields<'_> {
    given([
        ("id", Some(text(&series.id))),
        ("title", Some(text(&series.title))),
        ("unit", Some(text(&series.unit))),
        ("scale", (series.scale == Scale::Log).then_some(Value::Word("Log"))),
        ("points", Some(Value::List(series.points.iter().map(|of| Value::Item(point(of))).collect()))),
        ("citations", items(&series.citations, citation)),
    ])
}

fn point(point: &Point) -> Fields<'_> {
    given([
        ("date", Some(text(&point.date))),
        ("value", Some(Value::Number(point.value))),
        ("qualifier", point.qualifier.map(|qualifier| Value::Word(qualifier.name()))),
        ("citations", items(&point.citations, citation)),
    ])
}

/// Writes comments, each on lines of its own.
fn comment(out: &mut dyn Write, comments: &[String], depth: usize) -> fmt::Result {
    for text in comments {
        for line in text.lines() {
            STYLE.indent(out, depth)?;
            let line: String = line.chars().map(|c| if is_hidden(c) { '\u{fffd}' } else { c }).collect();
            writeln!(out, "// {}", line.trim_end())?;
        }
    }
    Ok(())
}

/// Writes a list of items as a field of the document; nothing if it is empty.
fn list<'v>(out: &mut dyn Write, name: &str, items: impl ExactSizeIterator<Item = Fields<'v>>) -> fmt::Result {
    if items.len() == 0 {
        return Ok(());
    }
    STYLE.indent(out, 1)?;
    writeln!(out, "{name}: [")?;
    for fields in items {
        item(out, STYLE, &Value::Item(fields), 2)?;
    }
    STYLE.indent(out, 1)?;
    out.write_str("],\n")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::read::{Read, read};
    use super::super::tests::random;
    use super::*;

    fn texts() -> impl Strategy<Value = Vec<Option<String>>> {
        prop::collection::vec(prop::option::of(random::text()), 24)
    }

    /// Returns a document that has every field.
    fn with_all_fields(document: Timeline, texts: &[Option<String>], [latitude, longitude]: [f64; 2]) -> Timeline {
        let maybe = |index: usize| texts.get(index).cloned().flatten();
        let text = |index: usize| maybe(index).unwrap_or_default();
        let citation = Citation { source: text(0), locator: maybe(1), basis: None, note: maybe(2) };
        let source = Source {
            id: text(0),
            title: text(1),
            author: maybe(2),
            publisher: maybe(3),
            date: maybe(4),
            url: maybe(5),
            kind: maybe(6),
            container: maybe(7),
            editors: maybe(8),
            volume: maybe(9),
            issue: maybe(10),
            pages: maybe(11),
            edition: maybe(12),
            place: maybe(13),
            doi: maybe(14),
            isbn: maybe(15),
            accessed: maybe(16),
            original_date: maybe(17),
        };
        let media = Media {
            file: maybe(3),
            url: maybe(4),
            alt: maybe(5),
            caption: maybe(6),
            credit: maybe(7),
            license: maybe(8),
        };
        let event = Event {
            id: text(0),
            lane: text(1),
            also: vec![text(2)],
            title: text(3),
            date: maybe(4),
            calendar: Calendar::Julian,
            written: maybe(5),
            place: Some(Place { name: maybe(6), latitude: Some(latitude), longitude: Some(longitude) }),
            color: maybe(7),
            description: maybe(8),
            importance: Some(-3),
            tags: vec![text(9), text(10)],
            related: vec![text(11)],
            figures: vec![text(12)],
            links: vec![Link { url: text(13), title: maybe(14) }],
            media: vec![media],
            citations: vec![citation.clone()],
        };
        let era = Era {
            id: text(0),
            title: text(1),
            date: text(2),
            color: maybe(3),
            description: maybe(4),
            citations: vec![citation],
        };
        let lane = Lane { id: text(5), title: text(6), color: maybe(7), parent: maybe(8) };
        let events = document.events.into_iter().chain([event]).collect();
        Timeline {
            language: maybe(18),
            zone: maybe(19),
            axis: Axis::Even,
            sources: vec![source],
            lanes: vec![lane],
            eras: vec![era],
            events,
            ..document
        }
    }

    proptest! {
        /// What is written is read back as it was.
        #[test]
        fn every_document_is_read_back(
            document in random::timeline(),
            texts in texts(),
            degrees in [-180.0..180.0, -180.0..180.0_f64],
        ) {
            let document = with_all_fields(document, &texts, degrees);
            let text = write(&document);
            let Read { timeline, diagnostics } = read(text.as_bytes());
            prop_assert!(timeline.is_some(), "{:?}\n{}", diagnostics, text);
            let again = timeline.unwrap_or_default();
            prop_assert_eq!(&again, &document, "{}", text);
            prop_assert_eq!(write(&again), text);
        }
    }
}
