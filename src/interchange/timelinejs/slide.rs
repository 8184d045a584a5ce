//! Events, eras and the title as slides.

use std::fmt::Write as _;

use crate::date::{Date, Zone};
use crate::document::{Era, Event, Media, Timeline};
use crate::interchange::context::Context;
use crate::interchange::html::{escaped, html};
use crate::interchange::json::Json;
use crate::interchange::references;
use crate::interchange::shape::Fields;
use crate::timeline::is_web_or_mail;

use super::moment::Span;

/// How the dates of a file are written.
#[derive(Clone, Copy, Debug)]
pub struct Scale<'z> {
    /// The zone of times of day.
    pub zone: Option<&'z Zone>,
    /// Whether there are only years, but any of them.
    pub is_cosmological: bool,
}

/// Returns an event as a slide, without what only Longview reads, and whether that says all of its date. Returns `None` if it
/// has no date, without which there is no slide.
#[must_use]
pub fn slide(event: &Event, context: &Context<'_>, scale: Scale<'_>) -> Option<(Fields, bool)> {
    let date = event.date.as_deref().and_then(|date| Date::parse(date).ok())?;
    let (mut fields, is_exact) = dated(&date, event.written.as_deref(), scale);
    fields.push(("text", text(&event.title, &body(event, context))));
    if let Some(media) = event.media.first().and_then(media) {
        fields.push(("media", media));
    }
    fields.push(("group", Json::text(&context.lane_titles(&event.lane).join(" › "))));
    fields.push(("unique_id", Json::text(&event.id)));
    Some((fields, is_exact))
}

/// Returns the fields for a date, and whether they say all of it. What they cannot say is in words, as is what has words of
/// the author's.
fn dated(date: &Date, written: Option<&str>, scale: Scale<'_>) -> (Fields, bool) {
    let span = Span::new(date, scale.zone, scale.is_cosmological);
    let mut fields = vec![("start_date", span.start)];
    fields.extend(span.end.map(|end| ("end_date", end)));
    let words = written.map(str::to_owned).or_else(|| (!span.is_exact).then(|| date.words()));
    fields.extend(words.map(|words| ("display_date", Json::Text(words))));
    (fields, span.is_exact)
}

fn text(headline: &str, body: &str) -> Json {
    let mut fields = vec![("headline", Json::Text(escaped(headline)))];
    if !body.is_empty() {
        fields.push(("text", Json::text(body)));
    }
    Json::Object(fields)
}

/// Returns the description in HTML, with the links and sources below it.
fn body(event: &Event, context: &Context<'_>) -> String {
    let mut body = event.description.as_deref().map(html).unwrap_or_default();
    // Writing to a string does not fail.
    for link in event.links.iter().filter(|link| is_web_or_mail(&link.url)) {
        let words = link.title.as_deref().unwrap_or(&link.url);
        let _ = write!(body, "<p><a href=\"{}\">{}</a></p>", escaped(&link.url), escaped(words));
    }
    for citation in &event.citations {
        let _ = write!(body, "<p>Source: {}</p>", escaped(&references::words(citation, context)));
    }
    body
}

fn media(media: &Media) -> Option<Json> {
    let address = media.url.as_ref().or(media.file.as_ref())?;
    let mut fields = vec![("url", Json::text(address))];
    let credit: Vec<&str> = [&media.credit, &media.license].into_iter().flatten().map(String::as_str).collect();
    let credit = Some(credit.join(", ")).filter(|credit| !credit.is_empty());
    for (name, words) in [("caption", media.caption.as_ref()), ("credit", credit.as_ref())] {
        fields.extend(words.map(|words| (name, Json::Text(escaped(words)))));
    }
    fields.extend(media.alt.as_ref().map(|alt| ("alt", Json::text(alt))));
    Some(Json::Object(fields))
}

/// Returns the slide with the title.
#[must_use]
pub fn title(head: &Timeline) -> Json {
    let subtitle = head.subtitle.as_deref().map(|subtitle| format!("<p>{}</p>", escaped(subtitle)));
    let description = head.description.as_deref().map(html);
    let body: String = subtitle.into_iter().chain(description).collect();
    Json::Object(vec![("text", text(&head.title, &body))])
}

/// Returns the eras. Each has a beginning and an end.
#[must_use]
pub fn eras(head: &Timeline, scale: Scale<'_>) -> Json {
    let era = |era: &Era| {
        let date = Date::parse(&era.date).ok()?;
        let (mut fields, _) = dated(&date, None, scale);
        if !fields.iter().any(|(name, _)| *name == "end_date") {
            let start = fields.first().map(|(_, start)| start.clone())?;
            fields.insert(1, ("end_date", start));
        }
        fields.push(("text", text(&era.title, &era.description.as_deref().map(html).unwrap_or_default())));
        Some(Json::Object(fields))
    };
    Json::List(head.eras.iter().filter_map(era).collect())
}
