//! The parts of a document as JSON: what `longview list --format json` prints and `longview export -o x.json` writes.
//!
//! A field has the name and the meaning that it has in the document, but for the dates of events: `date` is in words, and
//! `edtf` is what the document has. What the document leaves out is `null` or an empty list.

use crate::document::{
    Axis, Basis, Citation, Era, Event, InitialView, Lane, Link, Media, Place, Point, Qualifier, Scale, Series, Source,
    Timeline,
};

use super::json::Json;

/// The fields of an object.
pub type Fields = Vec<(&'static str, Json)>;

fn maybe(text: Option<&String>) -> Json {
    Json::maybe(text.map(String::as_str))
}

fn texts(texts: &[String]) -> Json {
    Json::texts(texts.iter().map(String::as_str))
}

fn list<T>(items: &[T], fields: fn(&T) -> Fields) -> Json {
    Json::List(items.iter().map(|item| Json::Object(fields(item))).collect())
}

/// Returns the id, the lanes and the title of an event.
pub(super) fn names(event: &Event) -> Fields {
    vec![
        ("id", Json::text(&event.id)),
        ("lane", Json::text(&event.lane)),
        ("also", texts(&event.also)),
        ("title", Json::text(&event.title)),
    ]
}

/// Returns what an event has beside its id, lanes and title.
pub(super) fn details(event: &Event) -> Fields {
    vec![
        ("edtf", maybe(event.date.as_ref())),
        ("written", maybe(event.written.as_ref())),
        ("place", event.place.as_ref().map_or(Json::Null, place)),
        ("color", maybe(event.color.as_ref())),
        ("description", maybe(event.description.as_ref())),
        ("importance", Json::Integer(event.importance.unwrap_or(0).into())),
        ("tags", texts(&event.tags)),
        ("related", texts(&event.related)),
        ("figures", texts(&event.figures)),
        ("links", list(&event.links, link)),
        ("media", list(&event.media, media)),
        ("citations", list(&event.citations, citation)),
    ]
}

fn place(place: &Place) -> Json {
    let degrees = |degrees: Option<f64>| degrees.map_or(Json::Null, Json::Number);
    Json::Object(vec![
        ("name", maybe(place.name.as_ref())),
        ("latitude", degrees(place.latitude)),
        ("longitude", degrees(place.longitude)),
    ])
}

fn link(link: &Link) -> Fields {
    vec![("url", Json::text(&link.url)), ("title", maybe(link.title.as_ref()))]
}

fn media(media: &Media) -> Fields {
    vec![
        ("file", maybe(media.file.as_ref())),
        ("url", maybe(media.url.as_ref())),
        ("alt", maybe(media.alt.as_ref())),
        ("caption", maybe(media.caption.as_ref())),
        ("credit", maybe(media.credit.as_ref())),
        ("license", maybe(media.license.as_ref())),
    ]
}

fn citation(citation: &Citation) -> Fields {
    vec![
        ("source", Json::text(&citation.source)),
        ("locator", maybe(citation.locator.as_ref())),
        ("basis", Json::maybe(citation.basis.map(Basis::name))),
        ("note", maybe(citation.note.as_ref())),
    ]
}

/// Returns everything of a document but its events: what is before them, and what is after them.
pub(super) fn head(document: &Timeline) -> [Fields; 2] {
    let before = vec![
        ("title", Json::text(&document.title)),
        ("subtitle", maybe(document.subtitle.as_ref())),
        ("description", maybe(document.description.as_ref())),
        ("author", maybe(document.author.as_ref())),
        ("date", maybe(document.date.as_ref())),
        ("language", maybe(document.language.as_ref())),
        ("zone", maybe(document.zone.as_ref())),
        ("sources", list(&document.sources, source)),
        ("lanes", list(&document.lanes, lane)),
        ("eras", list(&document.eras, era)),
    ];
    let axis = match document.axis {
        Axis::Linear => "Linear",
        Axis::Even => "Even",
    };
    let after = vec![
        ("series", list(&document.series, series)),
        ("axis", Json::text(axis)),
        ("view", document.view.as_ref().map_or(Json::Null, view)),
    ];
    [before, after]
}

fn view(view: &InitialView) -> Json {
    Json::Object(vec![("from", maybe(view.from.as_ref())), ("to", maybe(view.to.as_ref()))])
}

/// Returns the fields of a source, each with its text.
pub(super) fn source_texts(source: &Source) -> [(&'static str, Option<&String>); 18] {
    [
        ("id", Some(&source.id)),
        ("title", Some(&source.title)),
        ("author", source.author.as_ref()),
        ("publisher", source.publisher.as_ref()),
        ("date", source.date.as_ref()),
        ("url", source.url.as_ref()),
        ("kind", source.kind.as_ref()),
        ("container", source.container.as_ref()),
        ("editors", source.editors.as_ref()),
        ("volume", source.volume.as_ref()),
        ("issue", source.issue.as_ref()),
        ("pages", source.pages.as_ref()),
        ("edition", source.edition.as_ref()),
        ("place", source.place.as_ref()),
        ("doi", source.doi.as_ref()),
        ("isbn", source.isbn.as_ref()),
        ("accessed", source.accessed.as_ref()),
        ("original_date", source.original_date.as_ref()),
    ]
}

fn source(source: &Source) -> Fields {
    source_texts(source).into_iter().map(|(name, text)| (name, maybe(text))).collect()
}

fn lane(lane: &Lane) -> Fields {
    vec![
        ("id", Json::text(&lane.id)),
        ("title", Json::text(&lane.title)),
        ("color", maybe(lane.color.as_ref())),
        ("parent", maybe(lane.parent.as_ref())),
    ]
}

fn era(era: &Era) -> Fields {
    vec![
        ("id", Json::text(&era.id)),
        ("title", Json::text(&era.title)),
        ("date", Json::text(&era.date)),
        ("color", maybe(era.color.as_ref())),
        ("description", maybe(era.description.as_ref())),
        ("citations", list(&era.citations, citation)),
    ]
}

fn series(series: &Series) -> Fields {
    let scale = match series.scale {
        Scale::Linear => "Linear",
        Scale::Log => "Log",
    };
    vec![
        ("id", Json::text(&series.id)),
        ("title", Json::text(&series.title)),
        ("unit", Json::text(&series.unit)),
        ("scale", Json::text(scale)),
        ("points", list(&series.points, point)),
        ("citations", list(&series.citations, citation)),
    ]
}

fn point(point: &Point) -> Fields {
    vec![
        ("date", Json::text(&point.date)),
        ("value", Json::Number(point.value)),
        ("qualifier", Json::maybe(point.qualifier.map(Qualifier::name))),
        ("citations", list(&point.citations, citation)),
    ]
}
