//! A timeline of `TimelineJS`: JSON.
//!
//! The format: <https://timeline.knightlab.com/docs/json-format.html>. Texts are HTML. A field `longview`, of the timeline and
//! of each slide, has what there is no other place for, in the shape of a whole document; `TimelineJS` does not look at it.
//! Events without a date, which cannot be slides, are in that of the timeline.

mod moment;
mod slide;

use std::io;

use crate::date::{Date, Zone};
use crate::document::Event;

use super::context::Context;
use super::json::Json;
use super::losses::Losses;
use super::shape;
use super::sink::Sink;
use super::written::Written;

pub use slide::{Scale, eras, slide, title};

/// The field that only Longview reads.
pub const OWN: &str = "longview";

/// Writes a timeline. Returns what it cannot hold.
pub(super) fn write(written: &Written<'_>, sink: &mut Sink<'_>) -> io::Result<Vec<String>> {
    let head = &written.head;
    let context = Context::new(head);
    let zone = head.zone.as_deref().and_then(Zone::named);
    let dates = written.dates().chain(head.eras.iter().filter_map(|era| Date::parse(&era.date).ok()));
    let is_cosmological = dates.into_iter().any(|date| moment::is_cosmological(&date));
    let scale = Scale { zone: zone.as_ref(), is_cosmological };
    let name = if is_cosmological { "cosmological" } else { "human" };
    sink.text(&format!("{{\n  \"scale\": \"{name}\",\n  \"title\": {},\n", title(head).pretty(2)))?;
    sink.text("  \"events\": [")?;
    let mut counts = Counts::default();
    let mut undated = Vec::new();
    let mut is_first = true;
    for (_, event) in written.events() {
        let own = own(&event);
        match slide(&event, &context, scale) {
            Some((mut fields, is_exact)) => {
                fields.push((OWN, own));
                sink.text(if is_first { "\n    " } else { ",\n    " })?;
                sink.text(&Json::Object(fields).pretty(4))?;
                is_first = false;
                counts.inexact += usize::from(!is_exact);
            }
            None => undated.push(own),
        }
        counts.add(&event);
        sink.event()?;
    }
    counts.undated = undated.len();
    let [mut fields, after] = shape::head(head);
    fields.extend(after);
    fields.push(("events", Json::List(undated)));
    sink.text(if is_first { "],\n" } else { "\n  ],\n" })?;
    sink.text(&format!("  \"eras\": {},\n", eras(head, scale).pretty(2)))?;
    sink.text(&format!("  \"{OWN}\": {}\n}}\n", Json::Object(fields).pretty(2)))?;
    Ok(counts.losses(&context))
}

/// Returns what only Longview reads of an event.
fn own(event: &Event) -> Json {
    let mut fields = shape::names(event);
    fields.extend(shape::details(event));
    Json::Object(fields.into_iter().filter(|(_, value)| !value.is_nothing()).collect())
}

/// How much of a document `TimelineJS` does not show.
#[derive(Debug, Default)]
struct Counts {
    undated: usize,
    inexact: usize,
    in_lanes: usize,
    with_tags: usize,
    with_place: usize,
    further_media: usize,
}

impl Counts {
    fn add(&mut self, event: &Event) {
        self.in_lanes += usize::from(!event.also.is_empty());
        self.with_tags += usize::from(!event.tags.is_empty());
        self.with_place += usize::from(event.place.is_some());
        self.further_media += event.media.len().saturating_sub(1);
    }

    fn losses(&self, context: &Context<'_>) -> Vec<String> {
        let mut losses = Losses::new("TimelineJS");
        let event = ["event", "events"];
        losses.add(self.undated, event, "without a date left out for all programs but Longview");
        let date = ["date", "dates"];
        losses.add(self.inexact, date, "that it has no form for shown in words, beside the time that may be meant");
        losses.add(self.in_lanes, event, "in several lanes shown in the first of them");
        losses.add(self.with_tags, event, "whose tags only Longview reads");
        losses.add(self.with_place, event, "whose place only Longview reads");
        losses.add(
            self.further_media,
            ["picture", "pictures"],
            "beside the first of an event, which only Longview reads",
        );
        losses.add(context.head.series.len(), ["series", "series"], "left out for all programs but Longview");
        losses.into_sentences()
    }
}
